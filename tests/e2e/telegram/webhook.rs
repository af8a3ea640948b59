//! The webhook: a secret, and an update on disk before Telegram is told that it was received.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use super::people::{Bot, text_of};

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

fn post(port: u16, path: &str, secret: Option<&str>, body: &str) -> u16 {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let secret = secret.map_or(String::new(), |secret| {
        format!("x-telegram-bot-api-secret-token: {secret}\r\n")
    });
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{secret}content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
        .split(' ')
        .nth(1)
        .and_then(|code| code.parse().ok())
        .unwrap_or(0)
}

#[test]
fn updates_are_brought_with_the_secret_alone() {
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let mut bot = Bot::with(&[
        "--listen",
        &listen,
        "--webhook",
        "https://bot.example.vn/hook",
    ]);
    bot.wait_for("the webhook to be set", |calls| {
        calls.iter().any(|call| call.method == "setwebhook")
    });
    let (url, secret) = bot.server.webhook().unwrap();
    assert_eq!(url, "https://bot.example.vn/hook");
    let set = &bot.server.taken("setWebhook")[0].body;
    assert!(
        set["allowed_updates"]
            .to_string()
            .contains("callback_query"),
        "{set}"
    );
    let lan = bot.person(11);
    let update = |id: i64| {
        let message = lan.message(text_of("Mục III.4 viết gì?"));
        json!({"update_id": id, "message": message}).to_string()
    };
    assert_eq!(post(port, "/hook", None, &update(1)), 401);
    assert_eq!(post(port, "/hook", Some("sai"), &update(1)), 401);
    assert_eq!(post(port, "/hook", Some(&secret), "{"), 200);
    assert_eq!(
        post(port, "/hook", Some(&secret), &"x".repeat(2 << 20)),
        413
    );
    assert_eq!(post(port, "/hook", Some(&secret), &update(5)), 200);
    // Telegram may bring it twice.
    assert_eq!(post(port, "/hook", Some(&secret), &update(5)), 200);
    assert_eq!(post(port, "/hook", Some(&secret), &update(6)), 200);
    assert_eq!(bot.sent(11, 2).len(), 2);
    let (code, _) = bot.stop();
    assert_eq!(code, Some(0));
    assert!(
        bot.server.webhook().is_some(),
        "the webhook is gone after the end"
    );
}

#[test]
fn a_webhook_needs_an_address() {
    let mut bot = Bot::start();
    bot.kill();
    let ran = bot
        .command("bot")
        .args(["--token-file", "token", "--api-url", &bot.server.url()])
        .args(["--webhook", "https://bot.example.vn/hook"])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&ran.stderr).contains("--listen"));
}
