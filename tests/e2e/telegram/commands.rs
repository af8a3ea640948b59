//! Commands, deep links, and the pages that their buttons turn.

use serde_json::{Value, json};

use super::people::Bot;

#[test]
fn start_greets_with_examples_that_have_answers() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let shown = lan.says("/start");
    shown.has("Chào bạn").has("/vanban");
    assert_eq!(shown.labels.len(), 3, "{:?}", shown.labels);
    for example in shown.labels.clone() {
        let shown = lan.says("/start");
        lan.presses(&shown, &example[0]);
        lan.sees(&shown, "—").has_not("Không");
    }
}

#[test]
fn a_deep_link_opens_a_passage() {
    let bot = Bot::start();
    let lan = bot.person(11);
    lan.says("/start ke-hoach-109_III_4").has("mục III.4");
    lan.says("mục trước").has("mục III.3");
    lan.says("/start khong_co_gi").has("Chào bạn");
    lan.says("/start ke-hoach-109_IX_9")
        .has("không còn trong văn bản ở đây");
    lan.says("/start ../../etc").has("Chào bạn");
}

#[test]
fn documents_are_leafed_down_to_their_passages() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let shown = lan.says("/vanban");
    assert_eq!(shown.labels.len(), 3);
    lan.presses(&shown, "Kế hoạch 109");
    let parts = lan.sees(&shown, "Kế hoạch 109-KH/TU");
    let part = parts
        .labels
        .iter()
        .flatten()
        .find(|label| label.starts_with("II."))
        .unwrap();
    lan.presses(&shown, part);
    let sections = lan.sees(&shown, "phần II");
    let section = sections
        .labels
        .iter()
        .flatten()
        .find(|label| label.starts_with("3."))
        .unwrap();
    lan.presses(&shown, section);
    let passages = lan.sees(&shown, "mục II.3");
    lan.presses(&shown, &passages.labels[0][0]);
    lan.sees(&shown, "— Kế hoạch 109-KH/TU, mục II.3, ý 1");
}

#[test]
fn units_are_listed_by_level_and_page() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let shown = lan.says("/donvi");
    lan.presses(&shown, "Cấp tỉnh");
    let first = lan.sees_button(&shown, "»");
    lan.presses(&shown, "»");
    let second = lan.sees_button(&shown, "«");
    assert_ne!(first.labels, second.labels);
    lan.presses(&shown, "«");
    lan.sees_button(&shown, "Ban Thường vụ Tỉnh ủy");
    lan.presses(&shown, "Ban Thường vụ Tỉnh ủy");
    lan.sees(&shown, "Kế hoạch 109-KH/TU");
}

#[test]
fn duties_places_and_topics() {
    let bot = Bot::start();
    let lan = bot.person(11);
    lan.says("/nhiemvu btg tỉnh ủy").has("mục III.4");
    lan.says("/nhiemvu").has("đơn vị nào");
    lan.says("/muc III.4").has("mục III.4");
    lan.says("/muc ke-hoach-109#II.3.2").has("mục II.3, ý 2");
    lan.says("/muc IX.9").has("không có");
    lan.says("/muc").has("Ví dụ");
    let card = lan.says("/phatbieu tuyên truyền");
    card.has("Chủ đề: tuyên truyền").has("Kế hoạch 109-KH/TU");
    assert!(card.labels.is_empty(), "a card to forward has buttons");
    lan.says("/phatbieu giá vàng").has_not("—");
    lan.says("/phatbieu").has("Ví dụ");
}

#[test]
fn a_search_shows_ranked_passages_page_by_page() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let shown = lan.says("/tim duoi nuoc");
    shown.has("Tìm: duoi nuoc").has("1. ").has("đuối nước");
    lan.presses(&shown, "»");
    lan.sees(&shown, "6. ").has("Tìm: duoi nuoc");
    lan.presses(&shown, "«");
    lan.sees(&shown, "1. ");
    lan.presses(&shown, "1");
    lan.sees(&shown, "—");
    lan.says("/tim qwrtzx").has("Không có đoạn nào khớp");
    lan.says("/tim").has("Ví dụ");
}

#[test]
fn sources_accuracy_and_help() {
    let bot = Bot::start();
    let lan = bot.person(11);
    lan.says("/nguon")
        .has("tóm lược")
        .has("Dấu vân tay")
        .has("Hướng dẫn 136-HD/BTGTW");
    lan.says("/dochinhxac")
        .has("câu hỏi mẫu")
        .has("không dấu: ");
    lan.says("/trogiup").has("/phatbieu");
    lan.says("/khongco").has("Tôi không có lệnh này");
    lan.says("/xoa").has("reply");
    lan.says("/hoi").has("Bạn muốn hỏi gì");
    lan.says("/hoi mục III.4 viết gì").has("mục III.4");
}

#[test]
fn menus_are_set_for_private_chats_groups_and_operators() {
    let bot = Bot::with(&["--operators", "77"]);
    bot.wait_for("six menus", |calls| {
        calls
            .iter()
            .filter(|call| call.method == "setmycommands")
            .count()
            >= 6
    });
    let menus = bot.server.taken("setMyCommands");
    let scope = |menu: &Value| menu["scope"]["type"].as_str().unwrap().to_owned();
    let scopes: Vec<String> = menus.iter().map(|call| scope(&call.body)).collect();
    for wanted in ["all_private_chats", "all_group_chats", "chat"] {
        assert_eq!(
            scopes.iter().filter(|scope| *scope == wanted).count(),
            2,
            "{scopes:?}"
        );
    }
    let languages = menus
        .iter()
        .filter(|call| call.body["language_code"] == json!("vi"));
    assert_eq!(languages.count(), 3);
    let names = |kind: &str| {
        let menu = menus.iter().find(|call| scope(&call.body) == kind).unwrap();
        menu.body["commands"].to_string()
    };
    assert!(names("chat").contains("thongke"));
    assert!(!names("all_private_chats").contains("thongke"));
    assert!(names("all_group_chats").contains("xoa"));
}
