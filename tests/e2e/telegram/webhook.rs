//! The webhook: a secret, and an update on disk before Telegram is told that it was received.

use serde_json::json;

use super::http::{free_port, get, post, raw};
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

#[test]
fn whoever_else_finds_the_webhook_gets_nothing_done() {
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let hook = "https://bot.example.vn/hook";
    let bot = Bot::with(&["--listen", &listen, "--webhook", hook]);
    bot.wait_for("the webhook to be set", |calls| {
        calls.iter().any(|call| call.method == "setwebhook")
    });
    let (_, secret) = bot.server.webhook().unwrap();
    let update = json!({"update_id": 1, "message": bot.person(11).message(text_of("xin chào"))});
    let update = update.to_string();
    let half = &secret[..secret.len() - 1];
    let twice = format!("{secret}{secret}");
    for wrong in ["", " ", half, &twice, &secret.to_uppercase(), "null"] {
        assert_eq!(post(port, "/hook", Some(wrong), &update), 401, "{wrong:?}");
    }
    // The first of two headers counts, and it is not the right one.
    let two = format!("sai\r\nx-telegram-bot-api-secret-token: {secret}");
    assert_eq!(post(port, "/hook", Some(&two), &update), 401);
    // Without the secret nobody learns whether what he sends could be read.
    assert_eq!(post(port, "/hook", Some("sai"), "{"), 401);
    assert!(get(port, "/hook").starts_with("HTTP/1.1 405"));
    for path in [
        "/hook/", "/HOOK", "/hook/..", "/hook%00", "//hook", "/../hook",
    ] {
        assert_eq!(post(port, path, Some(&secret), &update), 404, "{path}");
    }
    // With the secret, what is no update is taken and dropped: Telegram would bring it again.
    let deep = format!("{{\"update_id\":1,\"message\":{}", "[".repeat(400_000));
    let number = update.replace("\"update_id\":1", "\"update_id\":99999999999999999999");
    for body in ["", "[]", "null", "{\"update_id\":-1}", &deep, &number] {
        assert_eq!(post(port, "/hook", Some(&secret), body), 200);
    }
    let head = format!(
        "POST /hook HTTP/1.1\r\nhost: a\r\nconnection: close\r\nx-telegram-bot-api-secret-token: {secret}\r\n"
    );
    let not_utf8 = [head.as_bytes(), b"content-length: 3\r\n\r\n\xff\xfe\0"].concat();
    assert_eq!(raw(port, &not_utf8), 400);
    for nonsense in [
        &b"\x16\x03\x01\x02\0\x01"[..],
        b"GET\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
    ] {
        assert!([0, 400].contains(&raw(port, nonsense)));
    }
    let long = [head.as_bytes(), b"x-a: ", &vec![b'a'; 2 << 20], b"\r\n\r\n"].concat();
    assert!([0, 400, 431].contains(&raw(port, &long)));
    // It lives, and nothing was answered.
    assert_eq!(
        post(
            port,
            "/hook",
            Some(&secret),
            &update.replace("\"update_id\":1", "\"update_id\":2")
        ),
        200
    );
    assert_eq!(bot.sent(11, 1).len(), 1);
    assert!(!bot.log().contains("xin chào"), "{}", bot.log());
}
