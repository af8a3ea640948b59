//! Places as people read them: “Kế hoạch 109-KH/TU, mục II.3, ý 2”.

use super::parse::{PREAMBLE, RECIPIENTS};
use super::{Corpus, Document, Passage, Section};
use crate::answer::{PassageId, TextKind};

/// The keyword that names a place in a whole statute, whatever chapter it stands in.
const ARTICLE: &str = "Điều";

/// The label of any id; of one that the corpus does not hold, the id itself.
pub(super) fn label(corpus: &Corpus, id: &PassageId) -> String {
    let Some((_, document)) = corpus.document(id.document()) else {
        return id.to_string();
    };
    let name = document_name(document);
    if id.path().is_empty() {
        return name;
    }
    let place = if let Some(at) = corpus.passage_by_id(id) {
        passage_place(corpus, document, &corpus.passages[at])
    } else if let Some(at) = corpus.section_by_id(id) {
        section_place(corpus, &corpus.sections[at])
    } else {
        special_place(id.path()).unwrap_or_else(|| id.path().to_owned())
    };
    format!("{name}, {place}")
}

fn document_name(document: &Document) -> String {
    match document.text {
        TextKind::Verbatim => document.short.clone(),
        TextKind::Digest => format!("{} (tóm lược)", document.short),
    }
}

/// Preamble and recipients, as a whole or by line.
fn special_place(path: &str) -> Option<String> {
    for (special, name, piece) in [
        (PREAMBLE, "phần mở đầu", "đoạn"),
        (RECIPIENTS, "nơi nhận", "dòng"),
    ] {
        if path == special {
            return Some(name.to_owned());
        }
        let number = path
            .strip_prefix(special)
            .and_then(|rest| rest.strip_prefix('.'));
        if let Some(number) = number {
            return Some(format!("{name}, {piece} {number}"));
        }
    }
    None
}

fn passage_place(corpus: &Corpus, document: &Document, passage: &Passage) -> String {
    let path = passage.id.path();
    let Some(section) = passage.section.map(|at| &corpus.sections[at]) else {
        // Where a document has no headings, all of it comes before the first.
        return match path
            .strip_prefix(PREAMBLE)
            .filter(|_| document.sections.is_empty())
        {
            Some("") => "toàn văn".to_owned(),
            Some(number) => format!("đoạn {}", number.trim_start_matches('.')),
            None => special_place(path).unwrap_or_else(|| path.to_owned()),
        };
    };
    if let Some(place) = special_place(path) {
        return place;
    }
    let own = path
        .strip_prefix(section.id.path())
        .unwrap_or(path)
        .trim_start_matches('.');
    let parts: Vec<&str> = own.split('.').collect();
    below_section(corpus, section, &parts, passage.shape)
}

/// The place of a passage whose path below its section has these parts.
fn below_section(
    corpus: &Corpus,
    section: &Section,
    parts: &[&str],
    shape: super::Shape,
) -> String {
    let outer = section_place(corpus, section);
    match parts {
        ["0"] => format!("{outer}, câu dẫn"),
        ["0", number] => format!("{outer}, câu dẫn {number}"),
        [number] if shape == super::Shape::Numbered => numbered_place(corpus, section, number),
        [number, inner] => {
            format!(
                "{}, {}",
                numbered_place(corpus, section, number),
                piece(inner)
            )
        }
        _ => format!("{outer}, {}", piece(&parts.join("."))),
    }
}

/// A bullet by its count, a lettered item by its letter.
fn piece(component: &str) -> String {
    if component.starts_with(char::is_alphabetic) {
        format!("điểm {component}")
    } else {
        format!("ý {component}")
    }
}

/// The place of a numbered or lettered paragraph directly in a section.
fn numbered_place(corpus: &Corpus, section: &Section, number: &str) -> String {
    let outer = section_place(corpus, section);
    if number.starts_with(char::is_alphabetic) {
        return format!("{outer}, {}", piece(number));
    }
    if section.keyword == Some(ARTICLE) {
        return format!("{outer}, khoản {number}");
    }
    match number_chain(corpus, section) {
        Some((before, chain)) => join(before, &format!("mục {chain}.{number}")),
        None => format!("{outer}, mục {number}"),
    }
}

/// “phần II”, “mục II.3”, “phần ‘Bối cảnh ban hành’”, “Chương II, mục 3”, “Điều 5”.
fn section_place(corpus: &Corpus, section: &Section) -> String {
    if let (Some(keyword), Some(number)) = (section.keyword, &section.number) {
        let outer = section
            .parent
            .filter(|_| keyword != ARTICLE)
            .map(|at| &corpus.sections[at]);
        let outer = outer.map(|outer| section_place(corpus, outer));
        return join(outer, &format!("{keyword} {number}"));
    }
    if section.id.path() == RECIPIENTS {
        return "nơi nhận".to_owned();
    }
    match number_chain(corpus, section) {
        Some((None, chain)) if section.parent.is_none() => format!("phần {chain}"),
        Some((before, chain)) => join(before, &format!("mục {chain}")),
        None => {
            let outer = section
                .parent
                .map(|at| section_place(corpus, &corpus.sections[at]));
            join(outer, &format!("phần ‘{}’", heading(corpus, section)))
        }
    }
}

/// The numbers of a section and of those it lies in, as far out as they are bare numbers, and the
/// place of the section outside those. `None` for a section that goes by a slug or a keyword.
fn number_chain(corpus: &Corpus, section: &Section) -> Option<(Option<String>, String)> {
    if section.slug.is_some() || section.keyword.is_some() {
        return None;
    }
    let number = section.number.as_ref()?;
    let Some(parent) = section.parent.map(|at| &corpus.sections[at]) else {
        return Some((None, number.clone()));
    };
    match number_chain(corpus, parent) {
        Some((before, chain)) => Some((before, format!("{chain}.{number}"))),
        None => Some((Some(section_place(corpus, parent)), number.clone())),
    }
}

fn heading<'c>(corpus: &'c Corpus, section: &Section) -> &'c str {
    let words = &corpus.documents[section.document].file[section.heading.clone()];
    words.trim_end_matches([':', '.', ';'])
}

fn join(outer: Option<String>, inner: &str) -> String {
    match outer {
        Some(outer) => format!("{outer}, {inner}"),
        None => inner.to_owned(),
    }
}
