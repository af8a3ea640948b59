//! The JSON answer seen from outside: types of its own, which refuse every field that the
//! contract does not know, and a citation is checked against the file it was cut from.

use serde::Deserialize;

use super::harness::Place;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    question: String,
    kind: Kind,
    intent: Intent,
    units: Vec<String>,
    text: String,
    citations: Vec<Citation>,
    suggestions: Vec<String>,
    confidence: f64,
    fingerprint: String,
    elapsed_us: u64,
    ranked: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Citation {
    passage: String,
    document: String,
    label: String,
    quote: String,
    text: Text,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Answer,
    Abstain,
    Urgent,
    Chat,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Intent {
    Duties,
    Who,
    Lookup,
    List,
    When,
    About,
    Compare,
    Place,
    None,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Text {
    Verbatim,
    Digest,
}

#[track_caller]
fn ask(place: &Place, options: &[&str], question: &str) -> Answer {
    let ran = place.hoidap(&[&["ask", "--json"], options, &[question]].concat());
    let answer: Answer = serde_json::from_value(ran.code(0).quiet().object()).unwrap();
    assert_eq!(answer.question, question);
    assert!((0.0..=1.0).contains(&answer.confidence), "{answer:?}");
    assert!(!answer.fingerprint.is_empty(), "{answer:?}");
    assert!(!answer.text.is_empty(), "{answer:?}");
    assert!(answer.elapsed_us < 60_000_000, "{answer:?}");
    for citation in &answer.citations {
        check_citation(place, citation);
    }
    answer
}

#[track_caller]
fn check_citation(place: &Place, citation: &Citation) {
    let file = place.read(&format!("corpus/{}.md", citation.document));
    assert!(
        !citation.quote.is_empty() && file.contains(&citation.quote),
        "{citation:?}"
    );
    let document = citation.passage.split('#').next().unwrap();
    assert_eq!(document, citation.document, "{citation:?}");
    assert!(!citation.label.is_empty(), "{citation:?}");
    let digest = file.contains("text = \"digest\"");
    assert_eq!(citation.text == Text::Digest, digest, "{citation:?}");
}

#[test]
fn duties_of_a_unit() {
    let answer = ask(&Place::new(), &[], "Ban quản lý thư viện có nhiệm vụ gì?");
    assert_eq!(
        (&answer.kind, &answer.intent),
        (&Kind::Answer, &Intent::Duties)
    );
    assert_eq!(answer.units, ["ban-quan-ly-thu-vien"]);
    assert_eq!(answer.citations[0].passage, "quy-che-05#III.1");
    assert_eq!(answer.citations[0].label, "Quy chế 05-QC/TV, mục III.1");
    assert_eq!(answer.ranked, None);
}

#[test]
fn who_does_a_task() {
    let answer = ask(&Place::new(), &[], "Ai chủ trì việc mua sách mới?");
    assert_eq!(
        (&answer.kind, &answer.intent),
        (&Kind::Answer, &Intent::Who)
    );
    assert_eq!(answer.units, ["ban-quan-ly-thu-vien"]);
    assert_eq!(answer.citations[0].passage, "quy-che-05#III.1");
}

#[test]
fn a_place_by_its_number() {
    let answer = ask(&Place::new(), &[], "mục III.2 của quy chế viết gì?");
    assert_eq!(
        (&answer.kind, &answer.intent),
        (&Kind::Answer, &Intent::Place)
    );
    assert_eq!(answer.citations[0].passage, "quy-che-05#III.2");
}

#[test]
fn a_digest_says_that_it_is_one() {
    let answer = ask(
        &Place::new(),
        &[],
        "Thông báo 12 nói gì về mái tôn và tường nhà văn hóa?",
    );
    assert_eq!(answer.kind, Kind::Answer);
    assert_eq!(answer.citations[0].passage, "thong-bao-12#noi-dung.1");
    assert!(
        answer.citations[0].label.contains("(tóm lược)"),
        "{answer:?}"
    );
    assert!(answer.text.contains("tóm lược"), "{answer:?}");
}

#[test]
fn silence_cites_nothing() {
    let answer = ask(
        &Place::new(),
        &[],
        "Giá vé xe buýt đi Đà Nẵng là bao nhiêu?",
    );
    assert_eq!(answer.kind, Kind::Abstain);
    assert!(
        answer.citations.is_empty() && answer.units.is_empty(),
        "{answer:?}"
    );
}

#[test]
fn danger_names_the_hotline_in_the_first_line() {
    let answer = ask(&Place::new(), &[], "con bị đánh hoài, con sợ lắm");
    assert_eq!(answer.kind, Kind::Urgent);
    let first = answer.text.lines().next().unwrap();
    assert!(first.contains("111"), "{answer:?}");
}

#[test]
fn a_greeting_is_answered_with_things_to_ask() {
    let answer = ask(&Place::new(), &[], "xin chào");
    assert_eq!((&answer.kind, &answer.intent), (&Kind::Chat, &Intent::None));
    assert!(
        answer.citations.is_empty() && !answer.suggestions.is_empty(),
        "{answer:?}"
    );
}

#[test]
fn ranked_is_added_whatever_the_kind() {
    let place = Place::new();
    for question in [
        "Ai chủ trì việc mua sách mới?",
        "Giá vé xe buýt đi Đà Nẵng là bao nhiêu?",
    ] {
        let answer = ask(&place, &["--ranked", "5"], question);
        let ranked = answer.ranked.expect("ranked is there");
        assert!(ranked.len() <= 5, "{ranked:?}");
    }
    let answer = ask(&place, &["--ranked", "3"], "Thẻ bạn đọc được cấp miễn phí");
    assert_eq!(answer.ranked.unwrap()[0], "quy-che-05#II.1.2");
}

#[test]
fn two_processes_give_the_same_bytes() {
    let questions =
        "Ban quản lý thư viện có nhiệm vụ gì?\nxin chào\nmuon sach may ngay\nGiá vàng?\n";
    let answers = || {
        let ran = Place::new().piped(&["ask", "--lines", "--ranked", "20"], questions);
        let text = ran.code(0).stdout();
        let without_time = |line: &str| {
            let (before, after) = line.split_once("\"elapsed_us\":").unwrap();
            format!(
                "{before}{}",
                after.trim_start_matches(|c: char| c.is_ascii_digit())
            )
        };
        text.lines().map(without_time).collect::<Vec<_>>()
    };
    assert_eq!(answers(), answers());
}

#[test]
fn a_session_carries_the_context_on() {
    let lines = r#"{"question":"Ban quản lý thư viện có nhiệm vụ gì?","session":"a","id":"x","gold":[]}
{"question":"còn Đoàn xã?","session":"b"}
{"question":"còn Đoàn xã?","session":"a"}
"#;
    let answers = Place::new()
        .piped(&["ask", "--lines"], lines)
        .code(0)
        .objects(3);
    assert_eq!(answers[2]["intent"], "duties");
    assert_eq!(
        answers[2]["units"],
        serde_json::json!(["doan-thanh-nien-xa"])
    );
    assert_eq!(answers[2]["citations"][0]["passage"], "quy-che-05#III.2");
}
