//! Backup and restore as an operator does them: while people ask, with the process killed on the way,
//! into another folder, over what is kept. Of the embedded store: `redis.rs` has the other.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::http::{free_port, get};
use super::people::{Bot, only_embedded, text_of, to};

/// Runs a command on some data folder.
fn run(bot: &Bot, data: &str, arguments: &[&str]) -> Output {
    command(bot, data, arguments).output().unwrap()
}

fn command(bot: &Bot, data: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hoidap"));
    command
        .args(arguments)
        .args(["--data", data])
        .current_dir(bot.folder.path())
        .stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    let both = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8(both).unwrap()
}

#[track_caller]
fn fine(bot: &Bot, data: &str, arguments: &[&str]) -> String {
    let output = run(bot, data, arguments);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    said(&output)
}

#[track_caller]
fn fails(bot: &Bot, data: &str, arguments: &[&str], why: &str) {
    let output = run(bot, data, arguments);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains(why), "{}", said(&output));
}

fn dumped(bot: &Bot, data: &str) -> String {
    fine(bot, data, &["store", "dump"])
}

/// Names in the test's folder that begin so.
fn named(folder: &Path, start: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(start)).collect()
}

#[test]
fn while_people_ask_and_all_of_it_comes_back() {
    if !only_embedded() {
        return;
    }
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let mut bot = Bot::with(&["--operators", "77", "--listen", &listen]);
    bot.person(77).says("/tat ke-hoach-109#III.2");
    let shown = bot.person(11).says("Mục III.4 viết gì?");
    bot.person(11).presses(&shown, "👎");
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for person in 100.. {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                bot.person(person).says("Mục III.3 viết gì?");
            }
        });
        for number in 0..5 {
            let file = format!("luc-{number}");
            let told = fine(&bot, "data", &["backup", &file]);
            assert!(told.contains("hỏi bot đang chạy"), "{told}");
            fine(&bot, "data", &["restore", "--check", &file]);
            std::thread::sleep(Duration::from_millis(100));
        }
        stop.store(true, Ordering::Relaxed);
    });
    let metrics = get(port, "/metrics");
    assert!(
        metrics.contains("hoidap_backups_total{result=\"ok\"} 5"),
        "{metrics}"
    );
    assert!(
        metrics.contains("hoidap_last_backup_timestamp_seconds 1"),
        "{metrics}"
    );

    // Nobody asks any more: the running bot gives what is there after it has stopped.
    bot.person(12).says("Mục III.4 viết gì?");
    std::thread::sleep(Duration::from_millis(300));
    fine(&bot, "data", &["backup", "cuoi"]);
    let mode = fs::metadata(bot.folder.path().join("cuoi"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(bot.stop().0, Some(0));
    assert!(!bot.folder.path().join("data/backup.sock").exists());
    let told = fine(&bot, "moi", &["restore", "cuoi"]);
    assert!(told.contains("Đã khôi phục"), "{told}");
    assert_eq!(dumped(&bot, "moi"), dumped(&bot, "data"));
    assert_eq!(named(bot.folder.path(), "cuoi"), ["cuoi"]);

    // The bot goes on with it: the talk, the switch, the figures.
    fs::rename(bot.folder.path().join("data"), bot.folder.path().join("cu")).unwrap();
    fs::rename(
        bot.folder.path().join("moi"),
        bot.folder.path().join("data"),
    )
    .unwrap();
    bot.run();
    bot.person(12).says("mục trước").has("mục III.3");
    bot.person(11).says("/muc III.2").has("tạm ngưng");
    bot.person(77).says("/thongke").has("không hữu ích");
    let answers = to(&bot.server.calls(), 100).count();
    assert_eq!(answers, 1, "a question was answered again");
}

#[test]
fn a_question_that_waits_is_in_the_backup_and_answered_after_the_restore() {
    if !only_embedded() {
        return;
    }
    use super::server::Fault;
    let mut bot = Bot::start();
    bot.person(9).says("xin chào");
    // Telegram asks to wait: the question stays open.
    bot.server.fault("sendMessage", &[Fault::Flood(60)]);
    bot.person(11).sends(text_of("Mục III.4 viết gì?"));
    bot.wait_for("the refusal", |calls| {
        calls.iter().any(|call| call.status == 429)
    });
    fine(&bot, "data", &["backup", "f"]);
    bot.kill();
    fs::remove_dir_all(bot.folder.path().join("data")).unwrap();
    fine(&bot, "data", &["restore", "f"]);
    bot.run();
    assert_eq!(bot.sent(11, 1).len(), 1);
}

#[test]
fn nothing_is_written_over_without_being_told() {
    if !only_embedded() {
        return;
    }
    let mut bot = Bot::start();
    bot.person(11).says("Mục III.4 viết gì?");
    fine(&bot, "data", &["backup", "f"]);
    fails(&bot, "data", &["backup", "f"], "--force");
    fine(&bot, "data", &["backup", "f", "--force"]);
    fails(
        &bot,
        "data",
        &["restore", "f", "--force"],
        "đang được một tiến trình khác mở",
    );
    bot.person(11).says("Mục III.3 viết gì?");
    bot.stop();
    fails(&bot, "data", &["restore", "f"], "--force");
    let told = fine(&bot, "data", &["restore", "f", "--force"]);
    assert!(told.contains("Kho cũ được giữ ở"), "{told}");
    let kept = named(&bot.folder.path().join("data"), "store.truoc-");
    assert_eq!(kept.len(), 1, "{kept:?}");
    fails(&bot, "khong-co", &["backup", "g"], "chưa có kho dữ liệu");
    assert!(named(bot.folder.path(), "g").is_empty());
    assert!(!bot.folder.path().join("khong-co").exists());
}

#[test]
fn a_file_that_is_cut_restores_nothing() {
    if !only_embedded() {
        return;
    }
    let mut bot = Bot::start();
    bot.person(11).says("Mục III.4 viết gì?");
    bot.stop();
    // Without a bot the store itself is read.
    let told = fine(&bot, "data", &["backup", "f"]);
    assert!(told.contains("đọc thẳng từ kho"), "{told}");
    let path = bot.folder.path().join("f");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 20]).unwrap();
    let before = dumped(&bot, "data");
    fails(
        &bot,
        "data",
        &["restore", "--check", "f"],
        "không dùng được",
    );
    fails(
        &bot,
        "data",
        &["restore", "f", "--force"],
        "không dùng được",
    );
    assert_eq!(dumped(&bot, "data"), before);
}

#[test]
fn killed_in_the_middle_there_is_a_whole_file_or_none_and_one_store() {
    if !only_embedded() {
        return;
    }
    let mut bot = Bot::start();
    bot.person(11).says("Mục III.4 viết gì?");
    bot.stop();
    // Enough that each takes a while, and of a day that the bot does not delete as old.
    let mut lines = dumped(&bot, "data");
    let count = 4_000;
    for id in 1_000..1_000 + count {
        lines.push_str(&format!(
            "{{\"tree\":\"questions\",\"key\":\"{id:016x}\",\"json\":{{\"text\":\"câu số {id}\",\"kind\":\"answer\",\"intent\":\"who\",\"cited\":null,\"day\":30000}}}}\n"
        ));
    }
    fs::write(bot.folder.path().join("dong"), lines).unwrap();
    fine(&bot, "lon", &["store", "load", "dong"]);
    let (small, large) = (dumped(&bot, "data"), dumped(&bot, "lon"));
    fs::remove_dir_all(bot.folder.path().join("data")).unwrap();
    fs::rename(
        bot.folder.path().join("lon"),
        bot.folder.path().join("data"),
    )
    .unwrap();

    // The one who asks is killed, then the bot that answers.
    bot.run();
    bot.person(9).says("xin chào");
    for round in 0..10u64 {
        let file = format!("b{round}");
        let mut asking = command(&bot, "data", &["backup", &file])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(round * 12));
        if round % 3 == 2 {
            bot.kill();
            let _ = asking.wait();
            bot.run();
        } else {
            let _ = asking.kill();
            let _ = asking.wait();
        }
        if bot.folder.path().join(&file).exists() {
            fine(&bot, "data", &["restore", "--check", &file]);
        }
    }
    bot.person(9).says("xin chào");
    fine(&bot, "data", &["backup", "tot"]);
    bot.stop();

    // A small store is to give way to the large one, again and again.
    fs::write(bot.folder.path().join("nho-dong"), &small).unwrap();
    fine(&bot, "nho", &["store", "load", "nho-dong"]);
    let mut done = 0;
    for round in 0..12u64 {
        let mut restoring = command(&bot, "nho", &["restore", "tot", "--force"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(20 + round * 60));
        let _ = restoring.kill();
        let _ = restoring.wait();
        let now = dumped(&bot, "nho");
        if now == small {
            continue;
        }
        done += 1;
        let questions = now.matches("câu số").count();
        assert_eq!(questions, count, "half a store after kill {round}");
    }
    println!("{done} of 12 restores were done before they were killed");
    fine(&bot, "nho", &["restore", "tot", "--force"]);
    let (now, all) = (dumped(&bot, "nho"), large.matches("câu số").count());
    assert_eq!(now.matches("câu số").count(), all);
}

#[test]
fn only_the_owner_may_reach_the_socket_and_what_a_killed_bot_left_is_no_hindrance() {
    if !only_embedded() {
        return;
    }
    let mut bot = Bot::start();
    bot.person(11).says("xin chào");
    let socket = bot.folder.path().join("data/backup.sock");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&socket), 0o600);
    assert_eq!(mode(socket.parent().unwrap()), 0o700);
    bot.kill();
    assert!(socket.exists(), "the kill was gentle");
    let told = fine(&bot, "data", &["backup", "f"]);
    assert!(told.contains("đọc thẳng từ kho"), "{told}");
    bot.run();
    bot.person(11).says("xin chào");
    let told = fine(&bot, "data", &["backup", "g"]);
    assert!(told.contains("hỏi bot đang chạy"), "{told}");
}

#[test]
fn somebody_who_asks_and_does_not_read_holds_nobody_up() {
    if !only_embedded() {
        return;
    }
    let bot = Bot::start();
    bot.person(11).says("xin chào");
    let socket = bot.folder.path().join("data/backup.sock");
    let _silent = std::os::unix::net::UnixStream::connect(socket).unwrap();
    bot.person(11).says("xin chào");
    fine(&bot, "data", &["backup", "f"]);
}
