//! How many updates a second the bot answers, through the Bot API server of the tests, fetched and
//! brought, and what share of the time the engine takes: `cargo bench --bench telegram`. One run of
//! `HOIDAP_BENCH_UPDATES` updates (2,000 unless told otherwise) each way.

#[allow(dead_code)]
#[path = "../tests/e2e/telegram/http.rs"]
mod http;
#[allow(dead_code)]
#[path = "../tests/e2e/telegram/people.rs"]
mod people;
#[allow(dead_code)]
#[path = "../tests/support/redis_server.rs"]
mod redis_server;
#[allow(dead_code)]
#[path = "../tests/e2e/telegram/rules.rs"]
mod rules;
#[allow(dead_code)]
#[path = "../tests/e2e/telegram/server.rs"]
mod server;

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use http::{free_port, get, post};
use people::{Bot, text_of};

const UPDATES: usize = 2_000;
const CHATS: usize = 200;
const POSTERS: usize = 4;

fn main() {
    let updates = std::env::var("HOIDAP_BENCH_UPDATES").ok();
    let updates = updates.map_or(UPDATES, |count| count.parse().expect("a number of updates"));
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");

    let bot = Bot::with(&["--listen", &listen]);
    bot.person(9).says("xin chào");
    let start = Instant::now();
    for at in 0..updates {
        let message = question(&bot, at);
        bot.server.push(json!({"message": message}));
    }
    answered(&bot, updates + 1);
    report("polling", updates, start.elapsed(), port);
    drop(bot);

    let hook = "https://bot.example.vn/hook";
    let bot = Bot::with(&["--listen", &listen, "--webhook", hook]);
    bot.wait_for("the webhook", |calls| {
        calls.iter().any(|call| call.method == "setwebhook")
    });
    let (_, secret) = bot.server.webhook().expect("a webhook");
    let bodies: Vec<String> = (0..updates)
        .map(|at| json!({"update_id": at + 1, "message": question(&bot, at)}).to_string())
        .collect();
    let start = Instant::now();
    std::thread::scope(|scope| {
        for part in bodies.chunks(updates.div_ceil(POSTERS)) {
            let secret = &secret;
            scope.spawn(move || {
                for body in part {
                    assert_eq!(post(port, "/hook", Some(secret), body), 200);
                }
            });
        }
    });
    answered(&bot, updates);
    report("webhook", updates, start.elapsed(), port);
}

fn question(bot: &Bot, at: usize) -> Value {
    const QUESTIONS: [&str; 5] = [
        "ban tuyen giao tinh uy lam gi",
        "Ai chịu trách nhiệm phòng chống đuối nước?",
        "khi nào phải báo cáo",
        "giá vàng hôm nay",
        "mục II.3 viết gì",
    ];
    let chat = 10_000 + (at % CHATS) as i64;
    bot.person(chat)
        .message(text_of(QUESTIONS[at % QUESTIONS.len()]))
}

fn answered(bot: &Bot, count: usize) {
    bot.server
        .wait("all answers", Duration::from_secs(300), |calls| {
            let sent = calls
                .iter()
                .filter(|call| call.method == "sendmessage" && call.status == 200);
            sent.count() >= count
        });
}

fn report(way: &str, updates: usize, took: Duration, port: u16) {
    let seconds = took.as_secs_f64();
    let engine = measure(port, "hoidap_answer_seconds_sum").unwrap_or(0.0);
    println!(
        "{way}: {updates} updates in {seconds:.2} s, {:.0} a second; the engine took {:.1} % of it",
        updates as f64 / seconds,
        100.0 * engine / seconds
    );
}

fn measure(port: u16, name: &str) -> Option<f64> {
    let page = get(port, "/metrics");
    let line = page.lines().find(|line| line.starts_with(name))?;
    line.split(' ').next_back()?.parse().ok()
}
