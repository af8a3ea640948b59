//! What goes wrong: Telegram answers badly or not at all, the process dies, much comes at once. No
//! question is lost.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::http::{free_port, get};
use super::people::{Bot, only_embedded, text_of, to};
use super::quotations::Documents;
use super::server::{Call, Fault};

/// So many talks are had while the process is killed; `HOIDAP_KILLS` sets another number of kills.
const KILLS: usize = 25;
const TALKS_A_KILL: usize = 20;
const CHATS: i64 = 1_000;
const EACH: i64 = 10;

/// One of ten questions whose answers can be told from each other.
fn numbered(number: i64) -> String {
    const PLACES: [&str; 10] = [
        "I.1", "I.2", "II.1", "II.2", "II.3", "II.4", "II.5", "III.1", "III.2", "III.3",
    ];
    format!("Mục {} viết gì?", PLACES[number as usize % PLACES.len()])
}

#[test]
fn what_telegram_cannot_do_now_is_done_later() {
    let bot = Bot::start();
    bot.server
        .fault("sendMessage", &[Fault::Flood(1), Fault::Cut]);
    let start = Instant::now();
    let lan = bot.person(11);
    lan.sends(text_of("xin chào"));
    bot.sent(11, 1);
    assert!(
        start.elapsed() >= Duration::from_secs(1),
        "it did not wait as told"
    );
}

#[test]
fn a_server_fault_is_waited_out() {
    let bot = Bot::start();
    bot.server.fault("sendMessage", &[Fault::Code(500)]);
    bot.person(11).says("xin chào").has("Chào bạn");
}

#[test]
fn fetching_goes_on_after_faults() {
    let bot = Bot::start();
    bot.server.fault(
        "getUpdates",
        &[Fault::Code(409), Fault::Cut, Fault::Flood(1)],
    );
    bot.person(11).says("xin chào");
    bot.person(11).says("xin chào");
}

#[test]
fn telegram_may_be_away_at_the_start() {
    let port = free_port();
    let mut bot = Bot::with(&["--listen", &format!("127.0.0.1:{port}")]);
    bot.kill();
    bot.server
        .fault("getMe", &[Fault::Cut, Fault::Code(502), Fault::Flood(1)]);
    bot.run();
    // It says so meanwhile, and lives.
    let mut said = false;
    while !get(port, "/readyz").contains("200 OK") {
        said |= get(port, "/readyz").contains("503");
        assert!(!said || get(port, "/healthz").contains("200"));
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(said, "the port opened only when Telegram had answered");
    bot.person(11).says("xin chào").has("Chào bạn");
}

#[test]
fn a_private_chat_has_no_limit_by_the_minute_but_the_persons_own() {
    let bot = Bot::start();
    let start = Instant::now();
    for _ in 0..25 {
        bot.person(11).says("xin chào");
    }
    assert!(
        start.elapsed() < Duration::from_secs(30),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn a_button_pressed_twice_harms_nothing() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let shown = lan.says("Mục III.3 viết gì?");
    for _ in 0..2 {
        lan.presses_data(&shown.raw, "1rke-hoach-109#III.4");
    }
    lan.sees(&shown, "mục III.4");
    lan.says("xin chào");
    let refused = bot
        .server
        .calls()
        .into_iter()
        .filter(|call| call.status == 400);
    assert!(refused.count() <= 1, "an edit was tried again");
    assert!(!bot.log().contains("không trả lời được"));
}

#[test]
fn a_chat_that_is_gone_is_not_tried_again() {
    let bot = Bot::start();
    bot.server.block(12);
    bot.person(12).sends(text_of("xin chào"));
    bot.person(11).says("xin chào");
    bot.wait_for("the refusal", |calls| {
        calls.iter().any(|call| call.status == 403)
    });
    bot.person(11).says("xin chào");
    let tried = bot
        .server
        .calls()
        .iter()
        .filter(|call| call.status == 403)
        .count();
    assert_eq!(tried, 1);
}

#[test]
fn an_update_that_comes_twice_is_answered_once() {
    let mut bot = Bot::start();
    let lan = bot.person(11);
    let message = lan.message(text_of("xin chào"));
    let id = bot.server.push(json!({"message": message}));
    bot.sent(11, 1);
    bot.server.push_again(id, json!({"message": message}));
    bot.restart();
    bot.server.push_again(id, json!({"message": message}));
    bot.person(12).says("xin chào");
    assert_eq!(bot.sent(11, 1).len(), 1);
}

#[test]
fn kinds_of_updates_that_nobody_knows_are_passed_over() {
    let bot = Bot::start();
    bot.server
        .push(json!({"telepathy": {"thought": "bí mật không ghi"}}));
    bot.server.push(json!({"channel_post": {
        "message_id": 1, "date": 1, "chat": {"id": -1_005, "type": "channel", "title": "K"}, "text": "a",
    }}));
    bot.person(11).says("xin chào");
    assert!(!bot.log().contains("bí mật"));
}

#[test]
fn the_end_is_quick_and_keeps_what_was_said() {
    let mut bot = Bot::start();
    bot.person(11).says("Mục III.3 viết gì?");
    let (code, took) = bot.stop();
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(5), "{took:?}");
    bot.run();
    bot.person(11).says("mục tiếp theo").has("mục III.4");
}

#[test]
fn the_end_does_not_wait_for_a_telegram_that_says_to_wait() {
    let mut bot = Bot::start();
    bot.server.fault("sendMessage", &[Fault::Flood(30)]);
    bot.person(11).sends(text_of("xin chào"));
    bot.wait_for("the refusal", |calls| {
        calls.iter().any(|call| call.status == 429)
    });
    let (code, took) = bot.stop();
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_millis(5_500), "{took:?}");
    bot.run();
    bot.sent(11, 1);
}

#[test]
fn one_process_on_one_store() {
    let bot = Bot::start();
    bot.person(11).says("xin chào");
    let second = bot
        .command("bot")
        .args(["--token-file", "token", "--api-url", &bot.server.url()])
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(1));
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains("đang được một tiến trình khác mở"), "{said}");
}

#[test]
fn a_damaged_store_is_told_of_and_repaired() {
    if !only_embedded() {
        return;
    }
    let mut bot = Bot::start();
    bot.person(11).says("Mục III.4 viết gì?");
    bot.stop();
    let db = bot.folder.path().join("data/store/db");
    let mut bytes = std::fs::read(&db).unwrap();
    bytes.truncate(64);
    std::fs::write(&db, bytes).unwrap();
    let ran = bot.command("stats").output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(
        said.contains("hỏng") && said.contains("hoidap store repair"),
        "{said}"
    );
    let repaired = bot.command("store").arg("repair").output().unwrap();
    assert!(
        repaired.status.success(),
        "{}",
        String::from_utf8_lossy(&repaired.stderr)
    );
    bot.run();
    bot.person(11).says("Mục III.4 viết gì?").has("mục III.4");
}

#[test]
fn a_token_that_telegram_does_not_know() {
    let mut bot = Bot::start();
    bot.kill();
    bot.write_token("1:khac");
    let ran = bot
        .command("bot")
        .args(["--token-file", "token", "--api-url", &bot.server.url()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(1));
    assert!(
        said.contains("không nhận mã token") && !said.contains("khac"),
        "{said}"
    );
}

#[test]
fn the_pace_is_kept_over_all_chats() {
    let bot = Bot::with(&["--per-second", "5"]);
    bot.person(9).says("xin chào");
    let start = Instant::now();
    for chat in 0..20 {
        bot.person(100 + chat).sends(text_of("xin chào"));
    }
    bot.wait_for("all answers", |calls| {
        calls
            .iter()
            .filter(|call| call.method == "sendmessage")
            .count()
            >= 21
    });
    // Twenty messages at five a second, the first five at once.
    assert!(
        start.elapsed() >= Duration::from_secs(3),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn killed_at_any_moment_no_question_is_lost() {
    let kills = std::env::var("HOIDAP_KILLS")
        .ok()
        .and_then(|kills| kills.parse().ok());
    let kills: usize = kills.unwrap_or(KILLS);
    let mut bot = Bot::start();
    let mut asked = 0;
    for kill in 0..kills {
        for _ in 0..TALKS_A_KILL {
            asked += 1;
            let person = bot.person(10_000 + asked);
            person.sends(text_of(&numbered(asked)));
        }
        // From at once to some time after the last was answered.
        std::thread::sleep(Duration::from_millis((kill as u64 * 37) % 220));
        bot.kill();
        bot.run();
    }
    let chats = |calls: &[Call]| -> HashMap<i64, usize> {
        let mut chats = HashMap::new();
        for call in calls
            .iter()
            .filter(|call| call.method == "sendmessage" && call.status == 200)
        {
            *chats
                .entry(call.body["chat_id"].as_i64().unwrap())
                .or_default() += 1;
        }
        chats
    };
    bot.wait_for("an answer to each question", |calls| {
        chats(calls).len() as i64 >= asked
    });
    bot.person(9).says("xin chào");
    let counts = chats(&bot.server.calls());
    let twice = counts.values().filter(|count| **count > 1).count();
    assert_eq!(counts.len() as i64, asked + 1);
    // Answers under way in several chats at once may each come twice, never three times.
    assert!(counts.values().all(|count| *count <= 2), "{counts:?}");
    let quoted = Documents::read(bot.corpus()).check_all(&bot.server.calls());
    assert!(quoted > 0);
    println!(
        "{asked} questions, {kills} kills: none lost, {twice} answered twice, {quoted} quotations looked up"
    );
    assert!(
        twice <= kills * 2,
        "{twice} answers came twice in {kills} kills"
    );
}

#[test]
fn a_burst_is_answered_in_order_within_each_chat() {
    let bot = Bot::start();
    bot.person(9).says("xin chào");
    let start = Instant::now();
    for round in 0..EACH {
        for chat in 0..CHATS {
            bot.person(20_000 + chat)
                .sends(text_of(&numbered(round + 1)));
        }
    }
    let all = (CHATS * EACH) as usize;
    bot.server
        .wait("all answers", Duration::from_secs(240), |calls| {
            let sent = calls
                .iter()
                .filter(|call| call.method == "sendmessage" && call.status == 200);
            sent.count() > all
        });
    println!(
        "{all} updates in {:?}, most memory {} MB",
        start.elapsed(),
        most_memory(bot.pid())
    );
    let calls = bot.server.calls();
    for chat in 0..CHATS {
        let answers: Vec<&Call> = to(&calls, 20_000 + chat).collect();
        assert_eq!(answers.len() as i64, EACH);
        let told: Vec<&Value> = answers.iter().map(|call| &call.body["text"]).collect();
        let first: Vec<&Value> = to(&calls, 20_000).map(|call| &call.body["text"]).collect();
        assert_eq!(told, first, "chat {chat} was answered in another order");
    }
    assert!(
        most_memory(bot.pid()) < 200,
        "{} MB",
        most_memory(bot.pid())
    );
}

/// The most memory that a process had, in MB.
fn most_memory(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<u64>()
        .unwrap()
        / 1024
}
