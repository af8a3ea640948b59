//! A child in danger: the hotline first, and nothing of the message kept.

use serde_json::json;

use super::people::{Bot, text_of};

const STORY: &str = "con tôi bị bố dượng đánh đập mỗi ngày, giúp với";
const WORDS: &str = "bố dượng";

fn kept(bot: &mut Bot) -> String {
    bot.stop();
    let dump = bot.command("store").arg("dump").output().unwrap();
    let mut all = String::from_utf8(dump.stdout).unwrap();
    all.push_str(&bot.log());
    all
}

#[test]
fn the_hotline_comes_first_and_nothing_is_kept() {
    let mut bot = Bot::start();
    let shown = bot.person(11).says(STORY);
    assert!(
        shown.text.lines().next().unwrap().contains("111"),
        "{}",
        shown.text
    );
    assert!(shown.html.starts_with("<b>"));
    assert_eq!(shown.labels, [["Tôi chỉ hỏi về văn bản"]]);
    let kept = kept(&mut bot);
    assert!(!kept.contains(WORDS), "{kept}");
}

#[test]
fn only_asking_takes_it_back_and_keeps_nothing_either() {
    let mut bot = Bot::start();
    let lan = bot.person(11);
    let shown = lan.says(STORY);
    lan.presses(&shown, "Tôi chỉ hỏi về văn bản");
    let answer = lan.sees(&shown, "Kế hoạch 109-KH/TU");
    assert!(
        !answer.text.lines().next().unwrap().contains("gọi ngay 111"),
        "{}",
        answer.text
    );
    let kept = kept(&mut bot);
    assert!(!kept.contains(WORDS), "{kept}");
}

#[test]
fn a_process_that_dies_first_gives_the_hotline_after_the_next_start() {
    let mut bot = Bot::start();
    // Telegram does not take the answer, so that the message stays in the inbox.
    let faults = vec![super::server::Fault::Flood(3); 2];
    bot.server.fault("sendMessage", &faults);
    bot.person(11).sends(text_of(STORY));
    bot.wait_for("a refused answer", |calls| {
        calls
            .iter()
            .any(|call| call.method == "sendmessage" && call.status == 429)
    });
    bot.kill();
    let dump = bot.command("store").arg("dump").output().unwrap();
    let dump = String::from_utf8(dump.stdout).unwrap();
    assert!(dump.contains("\"tree\":\"inbox\""), "{dump}");
    assert!(!dump.contains(WORDS), "{dump}");
    bot.run();
    let sent = bot.sent(11, 1);
    assert!(sent[0].body["text"].as_str().unwrap().contains("111"));
}

#[test]
fn an_official_question_about_the_rules_is_no_alarm() {
    let bot = Bot::start();
    bot.person(11)
        .says("Kế hoạch 109 quy định thế nào về phòng, chống xâm hại trẻ em?")
        .has("Kế hoạch 109-KH/TU");
    let log = bot.server.taken("sendMessage");
    assert_eq!(log.len(), 1);
    assert_ne!(log[0].body["reply_markup"], json!(null));
}
