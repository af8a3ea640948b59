//! The orders of a conversation, lines that begin with a slash, and what they print.

use crate::answer::{PassageId, TextKind};
use crate::corpus::{Corpus, Document};
use crate::engine::Engine;
use crate::text;

/// What `/trogiup` prints.
pub const HELP: &str = "Gõ câu hỏi, có dấu hay không dấu đều được; gõ số để chọn câu gợi ý.
  /muc III.4    đọc một mục, một phần hay một ý theo số
  /donvi        các đơn vị, theo cấp
  /vanban       các văn bản và các phần của mỗi văn bản
  /trogiup      trợ giúp này
  /thoat        ra (hoặc Ctrl-D)";

/// An order.
#[derive(Debug, PartialEq, Eq)]
pub enum Order {
    /// `/trogiup`
    Help,
    /// `/thoat`, or a word for it
    Leave,
    /// `/donvi`
    Units,
    /// `/vanban`
    Documents,
    /// `/muc`, with the place named
    Place(String),
    /// A slash and no order known, or one that lacks its place
    Unknown,
}

/// Reads an order; `None` when the line is none. Orders may be typed with diacritics or without.
pub fn read(line: &str) -> Option<Order> {
    let folded = text::fold(&text::nfc(line).to_lowercase());
    if ["thoat", "exit", "quit"].contains(&folded.as_str()) {
        return Some(Order::Leave);
    }
    let rest = folded.strip_prefix('/')?;
    let name = rest.split_whitespace().next().unwrap_or("");
    let place = line
        .split_whitespace()
        .skip(1)
        .collect::<Vec<_>>()
        .join(" ");
    Some(match name {
        "trogiup" | "help" | "start" => Order::Help,
        "thoat" | "exit" | "quit" => Order::Leave,
        "donvi" => Order::Units,
        "vanban" => Order::Documents,
        "muc" if !place.is_empty() => Order::Place(place),
        _ => Order::Unknown,
    })
}

/// The question that asks for a place: a passage id is named as people name it, anything else is
/// taken as the number of a place.
pub fn place_question(corpus: &Corpus, place: &str) -> String {
    let id = PassageId::new(place);
    let known = corpus.passage_by_id(&id).is_some() || corpus.section_by_id(&id).is_some();
    if known {
        corpus.label(&id)
    } else {
        format!("mục {place}")
    }
}

/// The units, by level.
pub fn units(engine: &Engine) -> String {
    let mut page = String::new();
    for (level, units) in engine.units() {
        page.push_str(level);
        page.push('\n');
        for unit in units {
            page.push_str(&format!("  {}\n", unit.name));
        }
    }
    if page.is_empty() {
        "Chưa có bảng đơn vị nào.".to_owned()
    } else {
        page
    }
}

/// The documents, each with its parts.
pub fn documents(corpus: &Corpus) -> String {
    corpus
        .documents
        .iter()
        .map(|document| outline(corpus, document))
        .collect::<Vec<_>>()
        .join("\n")
}

fn outline(corpus: &Corpus, document: &Document) -> String {
    let digest = if document.text == TextKind::Digest {
        " (tóm lược)"
    } else {
        ""
    };
    let mut page = format!("{}{digest}: {}\n", document.short, document.title);
    for at in document.sections.clone() {
        if corpus.section(at).parent.is_none() {
            page.push_str(&format!("  {}\n", heading(corpus, at)));
        }
    }
    page
}

fn heading(corpus: &Corpus, part: usize) -> String {
    let words = corpus.heading_of(part);
    match &corpus.section(part).number {
        Some(number) => format!("{number}. {words}"),
        None => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expect: Option<Order>) {
        assert_eq!(read(line), expect, "{line}");
    }

    #[test]
    fn orders_are_read() {
        check("/trogiup", Some(Order::Help));
        check("/TRỢGIÚP", Some(Order::Help));
        check("/đơnvị", Some(Order::Units));
        check("/vanban", Some(Order::Documents));
        check("/muc III.4", Some(Order::Place("III.4".to_owned())));
        check("/muc  II.3  ý 2", Some(Order::Place("II.3 ý 2".to_owned())));
        check("/muc", Some(Order::Unknown));
        check("/", Some(Order::Unknown));
        check("/thoat", Some(Order::Leave));
        check("thoát", Some(Order::Leave));
        check("mục III.4", None);
        check("thoát nước thì sao", None);
    }
}
