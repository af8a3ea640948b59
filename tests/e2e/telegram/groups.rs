//! Groups: silent unless spoken to.

use serde_json::json;

use super::people::{Bot, text_of};
use super::server::BOT_NAME;

const GROUP: i64 = -100_200_300;

#[test]
fn silent_unless_spoken_to() {
    let bot = Bot::start();
    let lan = bot.person(11).in_group(GROUP);
    lan.sends(text_of("Ban Tuyên giáo Tỉnh ủy làm gì?"));
    lan.sends(text_of("/thongke"));
    lan.sends(text_of(&format!("/muc@{BOT_NAME}x III.3")));
    lan.sends(json!({"new_chat_title": "Nhóm mới"}));
    lan.sends(json!({"location": {"latitude": 11.9, "longitude": 108.4}}));
    let shown = lan.says(&format!("@{BOT_NAME} mục III.4 viết gì?"));
    shown.has("mục III.4");
    assert_eq!(bot.sent(GROUP, 1).len(), 1);
    // The answer is a reply to the question.
    let call = &bot.sent(GROUP, 1)[0].body;
    assert!(call["reply_parameters"]["message_id"].is_i64());
    assert_eq!(
        call["reply_parameters"]["allow_sending_without_reply"],
        json!(true)
    );
    lan.gets(|| {
        lan.replies(&shown.raw, "mục trước");
    })
    .has("mục III.3");
    lan.says(&format!("/muc@{BOT_NAME} III.4")).has("mục III.4");
}

#[test]
fn hoi_as_a_reply_answers_that_message() {
    let bot = Bot::start();
    let question = bot
        .person(12)
        .in_group(GROUP)
        .sends(text_of("BTG tỉnh ủy làm gì?"));
    let lan = bot.person(11).in_group(GROUP);
    lan.gets(|| {
        lan.replies(&question, "/hoi");
    })
    .has("mục III.4");
}

#[test]
fn xoa_as_a_reply_removes_the_bots_own_message() {
    let bot = Bot::start();
    let lan = bot.person(11).in_group(GROUP);
    let shown = lan.says("/muc III.4");
    lan.replies(&shown.raw, "/xoa");
    bot.wait_for("the deletion", |calls| {
        calls
            .iter()
            .any(|call| call.method == "deletemessage" && call.status == 200)
    });
    assert!(bot.server.message(GROUP, shown.id).is_none());
    let other = bot
        .person(12)
        .in_group(GROUP)
        .sends(text_of("không liên quan"));
    lan.gets(|| {
        lan.replies(&other, "/xoa");
    })
    .has("reply");
}

#[test]
fn each_person_of_a_group_has_a_talk_of_his_own() {
    let bot = Bot::start();
    let lan = bot.person(11).in_group(GROUP);
    let minh = bot.person(12).in_group(GROUP);
    lan.says("/muc III.2");
    minh.says("/muc II.2");
    lan.says(&format!("@{BOT_NAME} mục tiếp theo"))
        .has("mục III.3");
    minh.says(&format!("@{BOT_NAME} mục tiếp theo"))
        .has("mục II.3");
}

#[test]
fn an_anonymous_administrator_is_answered() {
    let bot = Bot::start();
    let lan = bot.person(11).in_group(GROUP);
    let mut message = lan.message(text_of("/muc III.4"));
    message["sender_chat"] = json!({"id": GROUP, "type": "supergroup", "title": "Nhóm"});
    message.as_object_mut().unwrap().remove("from");
    lan.gets(|| {
        bot.server.push(json!({"message": message}));
    })
    .has("mục III.4");
}
