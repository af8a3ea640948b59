//! Questions in a private chat, the buttons under their answers, follow-ups, edits, and what is no
//! question.

use serde_json::json;

use super::people::{Bot, text_of};

const DUTIES: &str = "ban tuyen giao tinh uy lam gi";

#[test]
fn a_question_is_answered_with_the_quotation_and_its_place() {
    let bot = Bot::start();
    let shown = bot.person(11).says(DUTIES);
    shown.has("Ban Tuyên giáo Tỉnh ủy được giao");
    shown.has("— Kế hoạch 109-KH/TU, mục III.4");
    assert!(shown.html.contains("<blockquote"), "{}", shown.html);
    let call = &bot.sent(11, 1)[0].body;
    assert_eq!(call["link_preview_options"]["is_disabled"], json!(true));
    assert!(
        call.get("reply_parameters")
            .is_none_or(|reply| reply.is_null())
    );
    // Quick answers show no typing.
    assert!(bot.server.taken("sendChatAction").is_empty());
}

#[test]
fn buttons_leaf_in_place_and_still_work_after_a_restart() {
    let mut bot = Bot::start();
    let shown = bot.person(11).says("Mục III.3 viết gì?");
    bot.restart();
    let lan = bot.person(11);
    lan.presses(&shown, "Sau »");
    let next = lan.sees(&shown, "mục III.4");
    assert_eq!(next.id, shown.id);
    lan.presses(&next, "« Trước");
    let back = lan.sees(&shown, "mục III.3");
    lan.presses(&back, "Cả mục");
    lan.sees(&shown, "— Kế hoạch 109-KH/TU, mục III.1");
    assert_eq!(
        bot.sent(11, 1).len(),
        1,
        "a button sent a message of its own"
    );
}

#[test]
fn other_documents_and_suggestions_open_in_place() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let shown = lan.says("Mục II.3 ý 1 viết gì?");
    lan.presses(&shown, "Văn bản khác");
    lan.sees(&shown, "Chỉ thị 28-CT/TW (tóm lược)");
    let shown = lan.says(DUTIES);
    let suggestion = shown.labels.last().unwrap()[0].clone();
    lan.presses(&shown, &suggestion);
    lan.sees(&shown, "được giao");
}

#[test]
fn the_citation_is_copied_and_the_passage_shared() {
    let bot = Bot::start();
    let shown = bot.person(11).says("Mục III.4 viết gì?");
    let buttons: Vec<_> = shown.raw["reply_markup"]["inline_keyboard"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|row| row.as_array().unwrap().clone())
        .collect();
    let copied = buttons
        .iter()
        .find_map(|button| button["copy_text"]["text"].as_str())
        .unwrap();
    assert!(
        copied.ends_with("(Kế hoạch 109-KH/TU, mục III.4)"),
        "{copied}"
    );
    let query = buttons
        .iter()
        .find_map(|button| button["switch_inline_query"].as_str())
        .unwrap();
    assert_eq!(query, "ke-hoach-109#III.4");
}

#[test]
fn votes_are_kept_and_a_vote_down_asks_why() {
    let mut bot = Bot::start();
    let lan = bot.person(11);
    let shown = lan.says(DUTIES);
    let pressed = lan.presses(&shown, "👎");
    assert_eq!(pressed.note, "Chưa được ở điểm nào?");
    bot.wait_for("the reasons", |calls| {
        calls
            .iter()
            .any(|call| call.method == "editmessagereplymarkup")
    });
    let pressed = lan.presses(&shown, "Thiếu ý");
    assert_eq!(pressed.note, "Cảm ơn bạn đã góp ý.");
    let (code, _) = bot.stop();
    assert_eq!(code, Some(0));
    let stats = bot.command("stats").arg("--json").output().unwrap();
    let stats: serde_json::Value = serde_json::from_slice(&stats.stdout).unwrap();
    assert_eq!(stats["votes"], json!([{"what": "thiếu ý", "count": 1}]));
    assert_eq!(stats["questions"], json!(1));
    assert_eq!(stats["asked"][0]["what"], json!(DUTIES));
}

#[test]
fn a_button_that_no_longer_fits_says_so() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let shown = lan.says("Mục III.4 viết gì?");
    for data in [
        "1rke-hoach-109#IX.9",
        "9zzz",
        "1d",
        "1dkhong-co",
        "1h5",
        "1u99|0",
    ] {
        let pressed = lan.presses_data(&shown.raw, data);
        assert!(
            pressed.note.contains("không còn dùng được"),
            "{data}: {}",
            pressed.note
        );
    }
}

#[test]
fn follow_ups_lean_on_the_question_before() {
    let mut bot = Bot::start();
    bot.person(11).says(DUTIES);
    bot.restart();
    bot.person(11).says("còn HĐND?").has("Hội đồng nhân dân");
    // Somebody else's talk is another.
    bot.person(12)
        .says("còn HĐND thì sao?")
        .has_not("vẫn nói về");
}

#[test]
fn what_is_forgotten_is_leaned_on_no_more() {
    let bot = Bot::start();
    let lan = bot.person(11);
    lan.says("Mục III.3 viết gì?");
    lan.says("/quen").has("Đã xóa");
    lan.says("mục tiếp theo").has_not("mục III.4");
    lan.says("/quen").has("xóa");
}

#[test]
fn an_edited_question_edits_its_answer() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let mut question = serde_json::Value::Null;
    let shown = lan.gets(|| question = lan.sends(text_of("Mục III.3 viết gì?")));
    lan.edits(&question, "Mục III.4 viết gì?");
    lan.sees(&shown, "mục III.4").has_not("mục III.3");
    assert_eq!(bot.sent(11, 1).len(), 1);
}

#[test]
fn what_is_no_text_gets_one_polite_line() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let photo =
        json!([{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1, "file_size": 1}]);
    for fields in [
        json!({"photo": photo}),
        json!({"voice": {"file_id": "a", "file_unique_id": "b", "duration": 1, "mime_type": "audio/ogg", "file_size": 1}}),
        json!({"location": {"latitude": 11.9, "longitude": 108.4}}),
        json!({"document": {"file_id": "a", "file_unique_id": "b", "file_size": 1}}),
        json!({"sticker": {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1, "height": 1, "is_animated": false, "is_video": false, "file_size": 1}}),
    ] {
        lan.gets(|| {
            lan.sends(fields);
        })
        .has("Tôi chỉ đọc được chữ");
    }
}

#[test]
fn a_forwarded_message_is_a_question() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let origin = json!({"type": "hidden_user", "sender_user_name": "Ai đó", "date": 1_790_000_000});
    lan.gets(|| {
        lan.sends(json!({"text": DUTIES, "forward_origin": origin}));
    })
    .has("mục III.4");
}

#[test]
fn long_messages() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let talk =
        "Kính chào anh chị, hôm nay cơ quan tôi họp và mọi người bàn rất nhiều chuyện. ".repeat(5);
    lan.says(&format!(
        "{talk} Ban Tuyên giáo Tỉnh ủy có nhiệm vụ gì? Xin cảm ơn."
    ))
    .has("Tôi hiểu câu bạn hỏi là: “Ban Tuyên giáo Tỉnh ủy có nhiệm vụ gì?”")
    .has("mục III.4");
    lan.says(&"Hôm nay cơ quan tôi họp và mọi người bàn rất nhiều chuyện. ".repeat(7))
        .has("không thấy câu hỏi nào");
    lan.says(&"a ".repeat(2_010)).has("dài quá");
}

#[test]
fn personal_data_is_pointed_out_and_masked() {
    let mut bot = Bot::start();
    bot.person(11)
        .says("Ban Tuyên giáo Tỉnh ủy làm gì? số tôi 0912 345 678")
        .has("Xin đừng gửi số điện thoại");
    bot.stop();
    let dump = bot.command("store").arg("dump").output().unwrap();
    let dump = String::from_utf8(dump.stdout).unwrap();
    assert!(dump.contains("[…]"), "{dump}");
    assert!(!dump.contains("345 678"), "{dump}");
}

#[test]
fn nothing_tells_who_asked() {
    let mut bot = Bot::start();
    bot.person(987_654_321).says(DUTIES);
    bot.stop();
    let dump = bot.command("store").arg("dump").output().unwrap();
    let dump = String::from_utf8(dump.stdout).unwrap();
    let questions: Vec<&str> = dump
        .lines()
        .filter(|line| line.contains("\"tree\":\"questions\""))
        .collect();
    assert_eq!(questions.len(), 1, "{dump}");
    assert!(!questions[0].contains("987654321") && !questions[0].contains("Lan"));
    assert!(!bot.log().contains("tuyen giao"), "a message is in the log");
}

#[test]
fn too_many_messages_get_one_line_and_then_silence() {
    let bot = Bot::with(&["--per-minute-person", "3"]);
    let lan = bot.person(11);
    for _ in 0..3 {
        lan.says("xin chào");
    }
    lan.says("xin chào").has("Bạn gửi nhanh quá");
    for _ in 0..3 {
        lan.sends(text_of("xin chào"));
    }
    // Somebody else is answered, and after him everything before is done with.
    bot.person(12).says("xin chào");
    assert_eq!(bot.sent(11, 4).len(), 4);
}
