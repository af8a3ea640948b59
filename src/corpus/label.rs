//! Places as people read them: “Kế hoạch 109-KH/TU, mục II.3, ý 2”.

use super::heading::{ANNEX, as_ordinal};
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
        passage_place(corpus, document, corpus.passage(at))
    } else if let Some(at) = corpus.section_by_id(id) {
        section_place(corpus, corpus.section(at))
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
    let Some(section) = passage.section.map(|at| corpus.section(at)) else {
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
        ["0"] => return format!("{outer}, câu dẫn"),
        ["0", number] => return format!("{outer}, câu dẫn {number}"),
        _ => {}
    }
    // The numbers come first, then a letter, then what is counted.
    let counted = usize::from(shape != super::Shape::Numbered);
    let (above, last) = parts.split_at(parts.len().saturating_sub(counted));
    let letters = above
        .iter()
        .position(|part| part.starts_with(char::is_alphabetic))
        .unwrap_or(above.len());
    let (numbers, letters) = above.split_at(letters);
    let place = match numbers {
        [] => outer,
        numbers => numbered_place(corpus, section, &numbers.join(".")),
    };
    letters
        .iter()
        .chain(last)
        .fold(place, |place, part| format!("{place}, {}", piece(part)))
}

/// A bullet by its count, a lettered item by its letter.
fn piece(component: &str) -> String {
    if component.starts_with(char::is_alphabetic) {
        format!("điểm {component}")
    } else {
        format!("ý {component}")
    }
}

/// The place of a numbered paragraph directly in a section.
fn numbered_place(corpus: &Corpus, section: &Section, number: &str) -> String {
    let outer = section_place(corpus, section);
    if section.keyword == Some(ARTICLE) {
        return format!("{outer}, khoản {number}");
    }
    match number_chain(corpus, section) {
        Some((before, chain)) => join(before, &format!("mục {chain}.{number}")),
        None => format!("{outer}, mục {number}"),
    }
}

/// “phần II”, “mục II.3”, “phần ‘Bối cảnh ban hành’”, “Chương II, mục 3”, “Điều 5”, “Phụ lục I”.
fn section_place(corpus: &Corpus, section: &Section) -> String {
    if section.keyword == Some(ANNEX) {
        let number = section.number.as_deref().unwrap_or_default();
        return format!("{ANNEX} {number}").trim_end().to_owned();
    }
    if let Some(place) = inner_place(corpus, section) {
        return place;
    }
    if let (Some(keyword), Some(number)) = (section.keyword, &section.number) {
        let number = match as_ordinal(number).filter(|_| is_spelled(corpus, section)) {
            Some(ordinal) => format!("thứ {ordinal}"),
            None => number.clone(),
        };
        let outer = section
            .parent
            .filter(|_| keyword != ARTICLE)
            .map(|at| corpus.section(at));
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
                .map(|at| section_place(corpus, corpus.section(at)));
            let own = match heading(corpus, section) {
                "" => "phần không có tiêu đề".to_owned(),
                words => format!("phần ‘{words}’"),
            };
            join(outer, &own)
        }
    }
}

/// The place of a section that is a clause of an article, “Điều 5, khoản 2”, or a point, “mục 3,
/// điểm a”.
fn inner_place(corpus: &Corpus, section: &Section) -> Option<String> {
    let parent = corpus.section(section.parent?);
    let number = section.number.as_ref();
    let number = number.filter(|_| section.keyword.is_none() && section.slug.is_none())?;
    let own = if number.starts_with(char::is_lowercase) {
        piece(number)
    } else if parent.keyword == Some(ARTICLE) {
        format!("khoản {number}")
    } else {
        return None;
    };
    Some(format!("{}, {own}", section_place(corpus, parent)))
}

/// Whether the heading's number is spelled out, as in “Phần thứ nhất”.
fn is_spelled(corpus: &Corpus, section: &Section) -> bool {
    let before = &corpus.file(section.document)[..section.heading.start];
    let line = before.rsplit('\n').next().unwrap_or(before);
    !line.contains(|c: char| c.is_ascii_digit())
        && crate::text::lower(line)
            .split_whitespace()
            .any(|word| word == "thứ")
}

/// The numbers of a section and of those it lies in, as far out as they are bare numbers, and the
/// place of the section outside those. `None` for a section that goes by a slug or a keyword.
fn number_chain(corpus: &Corpus, section: &Section) -> Option<(Option<String>, String)> {
    if section.slug.is_some() || section.keyword.is_some() {
        return None;
    }
    let number = section.number.as_ref()?;
    let Some(parent) = section.parent.map(|at| corpus.section(at)) else {
        return Some((None, number.clone()));
    };
    match number_chain(corpus, parent) {
        Some((before, chain)) => Some((before, format!("{chain}.{number}"))),
        None => Some((Some(section_place(corpus, parent)), number.clone())),
    }
}

fn heading<'c>(corpus: &'c Corpus, section: &Section) -> &'c str {
    let words = corpus.cut(section.document, section.heading.clone());
    words.trim_end_matches([':', '.', ';'])
}

fn join(outer: Option<String>, inner: &str) -> String {
    match outer {
        Some(outer) => format!("{outer}, {inner}"),
        None => inner.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{corpus, document, with_body};
    use super::*;

    #[track_caller]
    fn check(body: &str, expect: &[(&str, &str)]) {
        let (corpus, _) = with_body(body, &[]);
        for (path, label) in expect {
            let label = match *label {
                "" => "Kế hoạch 1".to_owned(),
                place => format!("Kế hoạch 1, {place}"),
            };
            assert_eq!(corpus.label(&PassageId::of("kh", path)), label, "{path}");
        }
    }

    #[test]
    fn numbered_places() {
        check(
            "một\n\n## II. A\n### 3. B\n\nc:\n\n- d\n- e\n\n## III. F\n\n4. g\n\na) h\n\n- i\n\n## IV. J\n- k\n",
            &[
                ("", ""),
                ("mo-dau", "phần mở đầu"),
                ("II", "phần II"),
                ("II.3", "mục II.3"),
                ("II.3.0", "mục II.3, câu dẫn"),
                ("II.3.2", "mục II.3, ý 2"),
                ("III.4", "mục III.4"),
                ("III.4.a", "mục III.4, điểm a"),
                ("III.4.a.1", "mục III.4, điểm a, ý 1"),
                ("IV.1", "phần IV, ý 1"),
                ("IX.9", "IX.9"),
            ],
        );
    }

    #[test]
    fn deep_places() {
        check(
            "## Phần thứ nhất. A\n### I. B\n1. c\n\n1.1. d\n\na) e\n\n- g\n## Phần thứ hai\n### Điều 5. H\n#### 1. I\n\n##### a) K\n\n- l\n## Phụ lục II. M\n\nTT | Việc\n\n1. n | o\n## Phụ lục\n- p\n",
            &[
                ("1", "Phần thứ nhất"),
                ("1.I.1", "Phần thứ nhất, mục I.1"),
                ("1.I.1.1", "Phần thứ nhất, mục I.1.1"),
                ("1.I.1.1.a", "Phần thứ nhất, mục I.1.1, điểm a"),
                ("1.I.1.1.a.1", "Phần thứ nhất, mục I.1.1, điểm a, ý 1"),
                ("2.5.1", "Điều 5, khoản 1"),
                ("2.5.1.a", "Điều 5, khoản 1, điểm a"),
                ("2.5.1.a.1", "Điều 5, khoản 1, điểm a, ý 1"),
                ("phu-luc-ii.0", "Phụ lục II, câu dẫn"),
                ("phu-luc-ii.1", "Phụ lục II, mục 1"),
                ("phu-luc", "Phụ lục"),
            ],
        );
    }

    #[test]
    fn special_places() {
        check(
            "một\n\nhai\n\n## I. A\n\nb\n\nc\n\n### 1. D\n\n## Nơi nhận\n- e\n- g\n",
            &[
                ("mo-dau.2", "phần mở đầu, đoạn 2"),
                ("mo-dau", "phần mở đầu"),
                ("I.0.2", "phần I, câu dẫn 2"),
                ("noi-nhan", "nơi nhận"),
                ("noi-nhan.2", "nơi nhận, dòng 2"),
            ],
        );
        check("một\n", &[("mo-dau", "toàn văn")]);
        check("một\n\nhai\n", &[("mo-dau.2", "đoạn 2")]);
    }

    #[test]
    fn places_under_words() {
        check(
            "## Bối cảnh: {#bc}\n- a\n- b\n### 2. C\n1. d\n### Đ e\n- g\n## {#x}\n- h\n",
            &[
                ("bc", "phần ‘Bối cảnh’"),
                ("bc.0.2", "phần ‘Bối cảnh’, câu dẫn 2"),
                ("bc.2", "phần ‘Bối cảnh’, mục 2"),
                ("bc.2.1", "phần ‘Bối cảnh’, mục 2.1"),
                ("bc.d-e.1", "phần ‘Bối cảnh’, phần ‘Đ e’, ý 1"),
                ("x.1", "phần không có tiêu đề, ý 1"),
            ],
        );
    }

    #[test]
    fn places_in_statutes() {
        check(
            "## Chương I. A\n### Điều 5. B\n1. c\n\na) d\n### Điều 6\ne\n## Phần II\n### Mục 1. G\n- h\n### 2. I\n",
            &[
                ("I", "Chương I"),
                ("I.5", "Điều 5"),
                ("I.5.1", "Điều 5, khoản 1"),
                ("I.5.1.a", "Điều 5, khoản 1, điểm a"),
                ("I.6.1", "Điều 6, ý 1"),
                ("II.1", "Phần II, Mục 1"),
                ("II.1.1", "Phần II, Mục 1, ý 1"),
                ("II.2", "Phần II, mục 2"),
            ],
        );
    }

    #[test]
    fn digests_say_so() {
        let digest =
            document("ct", "## B {#b}\n- c\n").replace("title", "text = \"digest\"\ntitle");
        let (corpus, _) = corpus(&[("ct.md", &digest)]);
        for (id, label) in [
            ("ct", "Kế hoạch 1 (tóm lược)"),
            ("ct#b.1", "Kế hoạch 1 (tóm lược), phần ‘B’, ý 1"),
            ("khac#b.1", "khac#b.1"),
        ] {
            assert_eq!(corpus.label(&PassageId::new(id)), label);
        }
    }
}
