//! Tests of drawing answers for Telegram: a strict reader of its HTML over any answer, and how a few
//! answers look.

use proptest::prelude::*;

use super::*;
use crate::answer::Intent;

fn blank(kind: Kind) -> Answer {
    Answer {
        question: String::new(),
        kind,
        intent: Intent::None,
        units: Vec::new(),
        text: String::new(),
        citations: Vec::new(),
        suggestions: Vec::new(),
        confidence: 1.0,
        fingerprint: "0123456789ab".to_owned(),
        elapsed_us: 0,
        blocks: Vec::new(),
    }
}

fn citation(quote: &str) -> Citation {
    Citation {
        passage: PassageId::new("ke-hoach-109#III.4"),
        document: "ke-hoach-109".to_owned(),
        label: "Kế hoạch 109-KH/TU, mục III.4".to_owned(),
        quote: quote.to_owned(),
        text: TextKind::Verbatim,
    }
}

fn quoting(quotes: &[String]) -> Answer {
    let mut answer = blank(Kind::Answer);
    answer
        .blocks
        .push(Block::Frame("Kế hoạch <109> viết:".to_owned()));
    for quote in quotes {
        answer.blocks.push(Block::Quote(answer.citations.len()));
        answer.citations.push(citation(quote));
    }
    answer
        .blocks
        .push(Block::Note("Lưu ý & ghi nhớ".to_owned()));
    answer
}

/// Reads HTML as Telegram does and gives the text without tags, or what is wrong.
fn read(html: &str) -> Result<String, String> {
    const TAGS: [&str; 3] = ["b", "i", "blockquote"];
    let mut text = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>').ok_or("a tag without end")?;
            (open.pop() == Some(name))
                .then_some(())
                .ok_or(format!("</{name}>"))?;
            rest = after;
        } else if let Some(after) = rest.strip_prefix('<') {
            let (tag, after) = after.split_once('>').ok_or("a tag without end")?;
            let name = tag.strip_suffix(" expandable").unwrap_or(tag);
            if !TAGS.contains(&name) || open.contains(&name) {
                return Err(format!("<{tag}>"));
            }
            open.push(name);
            rest = after;
        } else if c == '&' {
            let (entity, after) = rest.split_once(';').ok_or("an entity without end")?;
            text.push(match entity {
                "&lt" => '<',
                "&gt" => '>',
                "&amp" => '&',
                "&quot" => '"',
                other => return Err(other.to_owned()),
            });
            rest = after;
        } else {
            text.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    if open.is_empty() {
        Ok(text)
    } else {
        Err(format!("open: {open:?}"))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_answer_is_sendable_and_whole(
        quotes in prop::collection::vec("[ -~àếữ👶<>&.;]{1,60}", 1..6),
        repeat in 1usize..200,
    ) {
        let quotes: Vec<String> = quotes
            .iter()
            .map(|quote| quote.repeat(repeat).trim().to_owned())
            .filter(|quote| !quote.is_empty())
            .collect();
        let messages = answer(&quoting(&quotes), &Surroundings::default());
        let mut all = String::new();
        for message in &messages {
            let text = read(&message.html).map_err(TestCaseError::fail)?;
            prop_assert!(html::units(&text) <= 4_096);
            prop_assert!(message.html.len() < 30_000);
            all.push_str(&text);
            all.push('\n');
        }
        // Two parts stand in one message, or one after another.
        let joined = all.replace("\n(tiếp)\n\n", "").replace("\n(tiếp)\n", "");
        for quote in &quotes {
            prop_assert!(joined.contains(quote.as_str()), "lost: {quote}");
        }
    }
}

#[test]
fn a_quotation_with_its_place_and_its_buttons() {
    let around = Surroundings {
        section: Some(PassageId::new("ke-hoach-109#III")),
        previous: Some(PassageId::new("ke-hoach-109#III.3")),
        next: None,
        elsewhere: true,
    };
    let mut given = quoting(&["Chủ trì, phối hợp.".to_owned()]);
    given.suggestions = vec!["Còn ai nữa?".to_owned()];
    let [message] = answer(&given, &around).try_into().unwrap();
    insta::assert_snapshot!(message.html, @"
    Kế hoạch &lt;109&gt; viết:

    <blockquote>Chủ trì, phối hợp.</blockquote>
    <i>— Kế hoạch 109-KH/TU, mục III.4</i>

    <i>Lưu ý &amp; ghi nhớ</i>
    ");
    let labels: Vec<Vec<&str>> = message
        .keyboard
        .iter()
        .map(|row| row.iter().map(label).collect())
        .collect();
    assert_eq!(
        labels,
        [
            vec!["« Trước", "📖 Cả mục"],
            vec!["🗂 Văn bản khác", "📋 Chép nguồn", "↗️ Chia sẻ"],
            vec!["👍", "👎"],
            vec!["Còn ai nữa?"],
        ]
    );
}

fn label(button: &Button) -> &str {
    match button {
        Button::Call { label, .. } | Button::Copy { label, .. } | Button::Share { label, .. } => {
            label
        }
    }
}

#[test]
fn an_urgent_reply_has_one_way_back_and_no_votes() {
    let mut urgent = blank(Kind::Urgent);
    urgent.blocks.push(Block::Frame("Gọi 111".to_owned()));
    urgent.suggestions.push("Tôi chỉ hỏi về văn bản".to_owned());
    let [message] = answer(&urgent, &Surroundings::default())
        .try_into()
        .unwrap();
    assert_eq!(message.html, "<b>Gọi 111</b>");
    assert_eq!(message.keyboard.len(), 1);
    assert_eq!(label(&message.keyboard[0][0]), "Tôi chỉ hỏi về văn bản");
}

#[test]
fn long_suggestions_are_listed_too() {
    let mut silent = blank(Kind::Abstain);
    silent.blocks.push(Block::Frame("Không có.".to_owned()));
    silent
        .suggestions
        .push("Ban Tuyên giáo Tỉnh ủy có nhiệm vụ gì trong năm?".to_owned());
    let [message] = answer(&silent, &Surroundings::default())
        .try_into()
        .unwrap();
    assert!(
        message
            .html
            .ends_with("Hỏi tiếp:\n1. Ban Tuyên giáo Tỉnh ủy có nhiệm vụ gì trong năm?")
    );
    assert_eq!(message.keyboard.len(), 1);
}

#[test]
fn the_line_to_cite_by_fits() {
    let long = citation(&"nâng cao nhận thức 👶 ".repeat(40));
    let line = citation_line(&long);
    assert!(html::units(&line) <= COPY, "{line}");
    assert!(line.starts_with("“nâng cao") && line.ends_with("…” (Kế hoạch 109-KH/TU, mục III.4)"));
    assert_eq!(
        citation_line(&citation("Ngắn.")),
        "“Ngắn.” (Kế hoạch 109-KH/TU, mục III.4)"
    );
}

#[test]
fn a_card_posts_the_quotation_with_its_place() {
    let mut digest = citation("Ngắn.");
    digest.text = TextKind::Digest;
    let card = card(&digest);
    assert!(card.id.len() <= 64);
    assert_eq!(card.title, "Kế hoạch 109-KH/TU, mục III.4");
    insta::assert_snapshot!(card.html, @"
    <blockquote>Ngắn.</blockquote>
    <i>— Kế hoạch 109-KH/TU, mục III.4</i>
    <i>Trích từ bản tóm lược; cần đối chiếu văn bản gốc.</i>
    ");
}
