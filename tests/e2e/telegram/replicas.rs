//! Two processes behind one webhook address, with what they keep in Redis: whichever of them is asked,
//! killed, stopped or started again, no question, no conversation and no vote is lost.

use std::collections::HashMap;
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::balancer;
use super::http::{free_port, get, post};
use super::people::{Bot, text_of, to};
use super::quotations::Documents;
use super::redis_server::{RedisServer, is_installed};
use super::server::Call;

const HOOK: &str = "https://bot.example.vn/hook";
/// People who each ask, vote and ask on, while processes are killed; `HOIDAP_PEOPLE` sets another number.
const PEOPLE: i64 = 240;
/// So many of them at a time.
const AT_ONCE: i64 = 12;
const LONG: Duration = Duration::from_secs(120);

/// Two processes of one bot, and what is in front of them. The bot's own process, which a [`Bot`] has, is
/// the first.
struct Replicas {
    bot: Bot,
    second: Option<Child>,
    options: [Vec<String>; 2],
    ports: [u16; 2],
    front: u16,
    next: AtomicI64,
}

impl Replicas {
    fn start(more: &[&str]) -> Self {
        let ports = [free_port(), free_port()];
        let options: [Vec<String>; 2] = ports.map(|port| {
            let listen = format!("127.0.0.1:{port}");
            let own = ["--listen", &listen, "--webhook", HOOK].into_iter();
            own.chain(more.iter().copied()).map(str::to_owned).collect()
        });
        let first: Vec<&str> = options[0].iter().map(String::as_str).collect();
        let bot = Bot::on(Some(RedisServer::start()), &first);
        let second = Some(bot.start_with(&options[1]));
        let replicas = Self {
            bot,
            second,
            options,
            ports,
            front: balancer::start(ports.to_vec()),
            next: AtomicI64::new(1),
        };
        ports
            .iter()
            .for_each(|port| replicas.wait_until_ready(*port));
        replicas
    }

    #[track_caller]
    fn wait_until_ready(&self, port: u16) {
        let start = Instant::now();
        while !get(port, "/readyz").contains("200 OK") {
            assert!(start.elapsed() < LONG, "not ready:\n{}", self.bot.log());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Brings an update as Telegram does: again and again, until it is taken.
    fn brings(&self, port: u16, mut update: Value) {
        let (_, secret) = self.bot.server.webhook().unwrap();
        update["update_id"] = json!(self.next.fetch_add(1, Ordering::Relaxed));
        let body = update.to_string();
        let start = Instant::now();
        while post(port, "/hook", Some(&secret), &body) != 200 {
            assert!(start.elapsed() < LONG, "nobody takes it");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Somebody says something to whichever process it comes to.
    fn says(&self, port: u16, person: i64, text: &str) {
        let message = self.bot.person(person).message(text_of(text));
        self.brings(port, json!({"message": message}));
    }

    /// The first message to somebody that has these words in it.
    #[track_caller]
    fn answered(&self, person: i64, words: &str) -> Call {
        let has = |call: &Call| call.body["text"].as_str().unwrap().contains(words);
        self.bot
            .wait_for(&format!("“{words}” to {person}"), |calls| {
                to(calls, person).any(has)
            });
        let calls = self.bot.server.calls();
        to(&calls, person).find(|call| has(call)).unwrap().clone()
    }

    /// Somebody presses 👎 under an answer; what he is told.
    #[track_caller]
    fn votes_down(&self, port: u16, person: i64, answer: &Call) -> String {
        let message = self.bot.server.message(person, answer.made.unwrap());
        let message = message.unwrap();
        let rows = message["reply_markup"]["inline_keyboard"].as_array();
        let mut buttons = rows.unwrap().iter().flat_map(|row| row.as_array().unwrap());
        let thumb = buttons
            .find(|button| button["text"].as_str().unwrap().contains("👎"))
            .unwrap();
        let press = format!("{}", 1_000_000 + self.next.fetch_add(1, Ordering::Relaxed));
        self.brings(
            port,
            json!({"callback_query": {
                "id": press,
                "from": {"id": person, "is_bot": false, "first_name": "Lan"},
                "message": message,
                "chat_instance": "1",
                "data": thumb["callback_data"],
            }}),
        );
        let is_it = |call: &&Call| {
            call.method == "answercallbackquery" && call.body["callback_query_id"] == json!(press)
        };
        self.bot.wait_for("an answer to the press", |calls| {
            calls.iter().any(|call| is_it(&call))
        });
        let calls = self.bot.server.calls();
        let told = calls.iter().find(is_it).unwrap();
        told.body["text"].as_str().unwrap_or_default().to_owned()
    }

    fn kill_second(&mut self) {
        let mut second = self.second.take().unwrap();
        second.kill().unwrap();
        second.wait().unwrap();
    }

    fn run_second(&mut self) {
        self.second = Some(self.bot.start_with(&self.options[1]));
    }

    /// As systemd stops a service.
    fn stop_second(&mut self) {
        let mut second = self.second.take().unwrap();
        let pid = second.id().to_string();
        Command::new("kill").arg(pid).status().unwrap();
        assert_eq!(second.wait().unwrap().code(), Some(0), "{}", self.bot.log());
    }

    fn stats(&self) -> Value {
        let ran = self.bot.command("stats").arg("--json").output().unwrap();
        assert!(ran.status.success(), "{ran:?}");
        serde_json::from_slice(&ran.stdout).unwrap()
    }
}

impl Drop for Replicas {
    fn drop(&mut self) {
        if let Some(mut second) = self.second.take() {
            let _ = second.kill();
            let _ = second.wait();
        }
    }
}

/// A question, and the words that its answer and the one to "mục tiếp theo" have.
fn dialogue(person: i64) -> (String, &'static str, &'static str) {
    const PLACES: [(&str, &str, &str); 4] = [
        ("II.1", "mục II.1", "mục II.2"),
        ("II.3", "mục II.3", "mục II.4"),
        ("III.1", "mục III.1", "mục III.2"),
        ("III.3", "mục III.3", "mục III.4"),
    ];
    let (place, first, next) = PLACES[person as usize % PLACES.len()];
    (format!("Mục {place} viết gì?"), first, next)
}

#[test]
fn one_is_killed_under_load_and_nothing_is_lost() {
    if !is_installed() {
        return;
    }
    let people = std::env::var("HOIDAP_PEOPLE").ok();
    let people: i64 = people.map_or(PEOPLE, |people| people.parse().unwrap());
    let mut replicas = Replicas::start(&[]);
    let (next, talked) = (AtomicI64::new(0), AtomicI64::new(0));
    let over = AtomicBool::new(false);
    let slowest = AtomicUsize::new(0);
    let start = Instant::now();
    // What is killed and started is not what the others speak through.
    let shared = std::sync::RwLock::new(&mut replicas);
    let talk = |person: i64| {
        let (question, first, then) = dialogue(person);
        let replicas = shared.read().unwrap();
        let asked = Instant::now();
        replicas.says(replicas.front, person, &question);
        let answer = replicas.answered(person, first);
        let note = replicas.votes_down(replicas.front, person, &answer);
        assert_eq!(note, "Chưa được ở điểm nào?");
        replicas.says(replicas.front, person, "mục tiếp theo");
        replicas.answered(person, then);
        slowest.fetch_max(asked.elapsed().as_millis() as usize, Ordering::Relaxed);
        talked.fetch_add(1, Ordering::Relaxed);
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                scope.spawn(|| {
                    loop {
                        let person = next.fetch_add(1, Ordering::Relaxed);
                        if person >= people || over.load(Ordering::Relaxed) {
                            return;
                        }
                        talk(1_000 + person);
                    }
                })
            })
            .collect();
        let reached = |share: i64| {
            while talked.load(Ordering::Relaxed) < people * share / 100 {
                let failed = threads.iter().any(|thread| thread.is_finished());
                if failed && talked.load(Ordering::Relaxed) < people {
                    over.store(true, Ordering::Relaxed);
                    return;
                }
                thread::sleep(Duration::from_millis(5));
            }
        };
        let pid = |replicas: &Replicas| replicas.second.as_ref().unwrap().id().to_string();
        reached(25);
        let killed = pid(&shared.read().unwrap());
        Command::new("kill").args(["-9", &killed]).status().unwrap();
        reached(50);
        {
            let mut replicas = shared.write().unwrap();
            replicas.kill_second();
            replicas.run_second();
        }
        reached(70);
        // The other as for an upgrade.
        shared.read().unwrap().bot.signal("TERM");
        reached(85);
        let mut replicas = shared.write().unwrap();
        assert_eq!(replicas.bot.stop().0, Some(0));
        replicas.bot.run();
    });
    let bot = &replicas.bot;
    let quoted = Documents::read(bot.corpus()).check_all(&bot.server.calls());
    assert!(quoted > 0);
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for call in bot.server.taken("sendMessage") {
        *counts
            .entry(call.body["chat_id"].as_i64().unwrap())
            .or_default() += 1;
    }
    let twice: usize = counts.values().map(|count| count - 2).sum();
    println!(
        "{people} people, {} questions, in {:?}; the slowest talk took {} ms; {twice} answers came twice; {quoted} quotations looked up",
        2 * people,
        start.elapsed(),
        slowest.into_inner()
    );
    assert_eq!(counts.len() as i64, people);
    // What was under way in the killed process, at most.
    assert!(twice as i64 <= AT_ONCE, "{twice} answers came twice");
    let stats = replicas.stats();
    let votes: i64 = stats["votes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["count"].as_i64().unwrap())
        .sum();
    assert_eq!(votes, people, "votes that were confirmed: {stats}");
    assert!(
        stats["questions"].as_i64().unwrap() >= 2 * people,
        "{stats}"
    );
}

#[test]
fn one_chat_s_questions_are_answered_in_order_by_two_processes() {
    if !is_installed() {
        return;
    }
    let replicas = Replicas::start(&[]);
    // Each leans on the one before; they come faster than they are answered.
    let said = [
        "Mục III.1 viết gì?",
        "mục tiếp theo",
        "mục tiếp theo",
        "mục tiếp theo",
        "mục trước",
    ];
    for person in 0..20 {
        for text in said {
            replicas.says(replicas.front, 100 + person, text);
        }
    }
    for person in 0..20 {
        let sent = replicas.bot.sent(100 + person, said.len());
        for (call, place) in sent
            .iter()
            .zip(["III.1", "III.2", "III.3", "III.4", "III.3"])
        {
            let text = call.body["text"].as_str().unwrap();
            assert!(text.contains(&format!("mục {place}")), "{place}: {text}");
        }
        assert_eq!(sent.len(), said.len());
    }
}

#[test]
fn an_update_that_comes_to_both_is_answered_once() {
    if !is_installed() {
        return;
    }
    let replicas = Replicas::start(&[]);
    let (_, secret) = replicas.bot.server.webhook().unwrap();
    let message = replicas
        .bot
        .person(11)
        .message(text_of("Mục III.4 viết gì?"));
    let update = json!({"update_id": 5, "message": message}).to_string();
    thread::scope(|scope| {
        for port in replicas.ports.iter().cycle().take(8) {
            let (secret, update) = (&secret, &update);
            scope.spawn(move || assert_eq!(post(*port, "/hook", Some(secret), update), 200));
        }
    });
    for port in replicas.ports {
        replicas.says(port, 12, "xin chào");
    }
    replicas.bot.sent(12, 2);
    assert_eq!(replicas.bot.sent(11, 1).len(), 1);
}

#[test]
fn what_is_switched_counted_and_forgotten_at_one_is_so_at_the_other() {
    if !is_installed() {
        return;
    }
    let replicas = Replicas::start(&["--operators", "77", "--per-minute-person", "4"]);
    let [one, other] = replicas.ports;
    replicas.says(one, 77, "/tat ke-hoach-109#III.2");
    replicas.answered(77, "Đã tắt");
    // It is read once a second.
    thread::sleep(Duration::from_secs(3));
    replicas.says(other, 11, "/muc III.2");
    replicas.answered(11, "tạm ngưng");
    // The other's switch does not take the first one's back.
    replicas.says(other, 77, "/tat ke-hoach-109#III.3");
    replicas.bot.sent(77, 2);
    thread::sleep(Duration::from_secs(3));
    for (person, place) in [(12, "III.2"), (13, "III.3")] {
        replicas.says(one, person, &format!("/muc {place}"));
        replicas.answered(person, "tạm ngưng");
    }
    for (port, text) in [
        (one, "Mục III.1 viết gì?"),
        (other, "/quen"),
        (one, "mục tiếp theo"),
    ] {
        replicas.says(port, 14, text);
    }
    replicas.answered(14, "Đã xóa");
    let after = replicas.bot.sent(14, 3);
    let text = after[2].body["text"].as_str().unwrap();
    assert!(!text.contains("tạm ngưng"), "it was remembered: {text}");
    // Four a minute, wherever they come to.
    for port in [one, other, one, other, one, other, one, other] {
        replicas.says(port, 15, "xin chào");
    }
    replicas.answered(15, "gửi nhanh quá");
    replicas.says(one, 16, "xin chào");
    replicas.bot.sent(16, 1);
    assert_eq!(replicas.bot.sent(15, 5).len(), 5);
}

#[test]
fn what_a_stopped_process_has_not_answered_another_answers_at_once() {
    if !is_installed() {
        return;
    }
    use super::server::Fault;
    let mut replicas = Replicas::start(&[]);
    // Telegram asks to wait: the question stays open.
    replicas
        .bot
        .server
        .fault("sendMessage", &[Fault::Flood(60)]);
    replicas.says(replicas.ports[1], 11, "Mục III.4 viết gì?");
    replicas.bot.wait_for("the refusal", |calls| {
        calls.iter().any(|call| call.status == 429)
    });
    let start = Instant::now();
    replicas.stop_second();
    replicas.answered(11, "mục III.4");
    let took = start.elapsed();
    // It may take five seconds to end, and another looks once a second.
    assert!(took < Duration::from_secs(20), "{took:?}");
    assert_eq!(replicas.bot.sent(11, 1).len(), 1);
}
