//! Inline mode: cards in any chat.

use serde_json::json;

use super::people::Bot;

#[test]
fn words_list_passages_as_cards() {
    let bot = Bot::start();
    let answer = bot.person(11).types_inline("tuyên giáo nhiệm vụ", "");
    let results = answer["results"].as_array().unwrap();
    assert!(!results.is_empty());
    let titles = answer["results"].to_string();
    assert!(titles.contains("Kế hoạch 109-KH/TU, mục III.4"), "{titles}");
    let posted = &results[0]["input_message_content"];
    assert!(
        posted["message_text"]
            .as_str()
            .unwrap()
            .contains("<blockquote")
    );
    assert!(posted["message_text"].as_str().unwrap().contains("<i>— "));
    assert_eq!(answer["button"]["start_parameter"], json!("hoi"));
    assert_eq!(answer["cache_time"], json!(0));
}

#[test]
fn more_cards_come_page_by_page() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let first = lan.types_inline("trẻ em", "");
    let offset = first["next_offset"].as_str().unwrap();
    assert!(!offset.is_empty());
    let second = lan.types_inline("trẻ em", offset);
    assert_ne!(first["results"], second["results"]);
}

#[test]
fn a_shared_passage_is_found_by_its_id() {
    let bot = Bot::start();
    let answer = bot.person(11).types_inline("ke-hoach-109#III.4", "");
    let results = answer["results"].as_array().unwrap();
    assert_eq!(results.len(), 1);
    assert_eq!(results[0]["title"], json!("Kế hoạch 109-KH/TU, mục III.4"));
}

#[test]
fn an_empty_query_lists_the_most_asked_first() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let before = lan.types_inline("", "");
    assert!(before["results"].as_array().unwrap().len() > 3);
    for _ in 0..3 {
        lan.says("Mục II.4 ý 2 viết gì?");
    }
    let after = lan.types_inline("", "");
    assert_eq!(
        after["results"][0]["title"],
        json!("Kế hoạch 109-KH/TU, mục II.4, ý 2")
    );
}

#[test]
fn nonsense_lists_nothing_and_the_choice_is_counted() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let answer = lan.types_inline("qwrtzx", "");
    assert_eq!(answer["results"], json!([]));
    bot.server.push(json!({"chosen_inline_result": {
        "result_id": "a", "from": {"id": 11, "is_bot": false, "first_name": "Lan"}, "query": "x",
    }}));
    lan.says("xin chào").has("Chào bạn");
}
