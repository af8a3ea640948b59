//! The store in Redis, with one process: Redis gone and back, and the commands on it.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::http::{free_port, get};
use super::people::{Bot, text_of};
use super::quotations::Documents;
use super::redis_server::{RedisServer, is_installed};

const NO_MEMORY: &str = "không nhớ được câu trước";
const NOT_KEPT: &str = "chưa ghi được";

/// Asks the bot until it can write to its store again.
#[track_caller]
fn wait_until_ready(bot: &Bot, port: u16) {
    let start = Instant::now();
    while !get(port, "/readyz").contains("200 OK") {
        let took = start.elapsed();
        assert!(took < Duration::from_secs(60), "not ready:\n{}", bot.log());
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn redis_gone_and_back() {
    if !is_installed() {
        return;
    }
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let mut bot = Bot::on(Some(RedisServer::start()), &["--listen", &listen]);
    let shown = bot.person(11).says("Mục III.3 viết gì?");
    shown.has_not(NO_MEMORY);
    wait_until_ready(&bot, port);
    // The talk is kept a moment after the answer has gone out.
    sleep(Duration::from_millis(500));
    bot.redis.as_mut().unwrap().kill();

    // It answers, and says what it cannot.
    let lan = bot.person(12);
    let away = lan.says("Mục III.1 viết gì?");
    away.has("mục III.1").has(NO_MEMORY);
    lan.says("xin chào").has_not(NO_MEMORY);
    assert!(lan.presses(&away, "👎").note.contains(NOT_KEPT));
    lan.sees_button(&away, "👎");
    bot.person(11).says("/quen").has("chưa xóa được");
    assert!(get(port, "/readyz").contains("503"));
    assert!(get(port, "/healthz").contains("200"));

    bot.redis.as_mut().unwrap().run();
    wait_until_ready(&bot, port);
    // What was said before it went, and while it was away.
    bot.person(11)
        .says("mục tiếp theo")
        .has("mục III.4")
        .has_not(NO_MEMORY);
    let lan = bot.person(12);
    lan.says("mục tiếp theo")
        .has("mục III.2")
        .has_not(NO_MEMORY);
    assert_eq!(lan.presses(&away, "👎").note, "Chưa được ở điểm nào?");
    lan.sees_button(&away, "Thiếu ý");

    // What was confirmed is on disk.
    bot.redis.as_mut().unwrap().kill();
    bot.redis.as_mut().unwrap().run();
    wait_until_ready(&bot, port);
    let stats = bot.command("stats").output().unwrap();
    let stats = String::from_utf8(stats.stdout).unwrap();
    assert!(stats.contains("không hữu ích"), "{stats}");
    assert!(Documents::read(bot.corpus()).check_all(&bot.server.calls()) > 0);
    let code = bot.stop().0;
    assert_eq!(code, Some(0), "{}", bot.log());
}

#[test]
fn an_update_of_the_time_without_redis_is_answered_once() {
    if !is_installed() {
        return;
    }
    use serde_json::json;
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let mut bot = Bot::on(Some(RedisServer::start()), &["--listen", &listen]);
    bot.person(9).says("xin chào");
    bot.redis.as_mut().unwrap().kill();
    let message = bot.person(11).message(text_of("xin chào"));
    let id = bot.server.push(json!({"message": message}));
    bot.sent(11, 1);
    bot.server.push_again(id, json!({"message": message}));
    bot.person(12).says("xin chào");
    bot.redis.as_mut().unwrap().run();
    wait_until_ready(&bot, port);
    bot.server.push_again(id, json!({"message": message}));
    bot.person(12).says("xin chào");
    // The store has heard of it by then, and the next process knows it too.
    sleep(Duration::from_secs(3));
    bot.restart();
    bot.server.push_again(id, json!({"message": message}));
    bot.person(12).says("xin chào");
    assert_eq!(bot.sent(11, 1).len(), 1);
}

#[test]
fn a_redis_that_hangs_keeps_nobody_waiting_for_long() {
    if !is_installed() {
        return;
    }
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let bot = Bot::on(Some(RedisServer::start()), &["--listen", &listen]);
    bot.person(11).says("Mục III.3 viết gì?");
    let redis = bot.redis.as_ref().unwrap();
    redis.signal("STOP");
    let start = Instant::now();
    for person in 20..40 {
        bot.person(person).sends(text_of("Mục III.1 viết gì?"));
    }
    for person in 20..40 {
        bot.sent(person, 1);
    }
    let took = start.elapsed();
    redis.signal("CONT");
    println!("20 questions while Redis hung: {took:?}");
    assert!(took < Duration::from_secs(30), "{took:?}");
    wait_until_ready(&bot, port);
    bot.person(11).says("mục tiếp theo").has("mục III.4");
    assert!(Documents::read(bot.corpus()).check_all(&bot.server.calls()) > 0);
}

#[test]
fn without_redis_it_does_not_start_and_says_so() {
    if !is_installed() {
        return;
    }
    let mut bot = Bot::on(Some(RedisServer::start()), &[]);
    bot.person(9).says("xin chào");
    bot.kill();
    bot.redis.as_mut().unwrap().kill();
    let ran = bot.command("stats").output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(1));
    assert!(
        said.contains("không nối được") && said.contains("redis://127.0.0.1"),
        "{said}"
    );
    // The password is told to nobody.
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hoidap"));
    command.args(["stats", "--store", "redis://:mat-khau@127.0.0.1:1/0"]);
    let ran = command.output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert_eq!(ran.status.code(), Some(1), "{said}");
    assert!(
        !said.contains("mat-khau") && said.contains("redis://127.0.0.1:1/0"),
        "{said}"
    );
    for (store, code) in [("sled:///a", 2), ("rediss://a", 2)] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hoidap"));
        let ran = command.args(["stats", "--store", store]).output().unwrap();
        assert_eq!(ran.status.code(), Some(code), "{store}");
    }
}

#[test]
fn the_commands_work_beside_the_bot() {
    if !is_installed() {
        return;
    }
    let mut bot = Bot::on(Some(RedisServer::start()), &[]);
    let lan = bot.person(11);
    let shown = lan.says("Mục III.3 viết gì?");
    lan.presses(&shown, "👎");
    let run = |bot: &Bot, name: &str, arguments: &[&str]| {
        let ran = bot.command(name).args(arguments).output().unwrap();
        let both = [&ran.stdout[..], &ran.stderr[..]].concat();
        (ran.status.code(), String::from_utf8(both).unwrap())
    };
    // Everything is there once the next question is answered.
    bot.person(12).says("xin chào");
    let (code, said) = run(&bot, "stats", &[]);
    assert!(
        code == Some(0) && said.contains("Mục III.3 viết gì?"),
        "{said}"
    );
    let (code, said) = run(&bot, "backup", &["f"]);
    assert!(code == Some(0) && said.contains("đọc từ Redis"), "{said}");
    let (code, said) = run(&bot, "restore", &["f"]);
    assert!(
        code == Some(1) && said.contains("đang được một tiến trình khác mở"),
        "{said}"
    );
    let (code, said) = run(&bot, "store", &["repair"]);
    assert!(
        code == Some(2) && said.contains("redis-check-aof"),
        "{said}"
    );
    assert_eq!(bot.stop().0, Some(0), "{}", bot.log());
    let (code, said) = run(&bot, "restore", &["f"]);
    assert!(code == Some(1) && said.contains("không trống"), "{said}");
    let (code, said) = run(&bot, "restore", &["f", "--force"]);
    assert!(code == Some(1) && said.contains("không ghi đè"), "{said}");

    // Into another Redis, and into the embedded store: the bot goes on with it.
    let dump = run(&bot, "store", &["dump"]);
    bot.redis = Some(RedisServer::start());
    let (code, said) = run(&bot, "restore", &["f"]);
    assert!(code == Some(0) && said.contains("Đã khôi phục"), "{said}");
    assert_eq!(run(&bot, "store", &["dump"]), dump);
    bot.run();
    bot.person(11).says("mục tiếp theo").has("mục III.4");
    bot.kill();
    bot.redis = None;
    let (code, said) = run(&bot, "restore", &["f"]);
    assert!(code == Some(0), "{said}");
    bot.run();
    bot.person(11).says("mục tiếp theo").has("mục III.4");
}
