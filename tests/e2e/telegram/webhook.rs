//! The webhook: a secret, and an update on disk before Telegram is told that it was received.

use serde_json::json;

use super::http::{free_port, post};
use super::people::{Bot, text_of};

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
