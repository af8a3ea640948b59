//! What the tests of all readers share: a picture of a source in short lines.

use proptest::prelude::*;

use super::super::source::{Block, Paragraph};
use super::{Format, LARGEST_FILE, ReadError, read};

/// A block in a line: `#1` a level, `(1.)` a number, `**bold**`, `_italic_`, `|centred|`; a table as
/// its rows, `[a | b] [c | d]`, the paragraphs of a cell apart by `/`.
pub(super) fn line(block: &Block) -> String {
    match block {
        Block::Paragraph(paragraph) => of_paragraph(paragraph),
        Block::Table(table) => {
            let rows = table.rows.iter().map(|row| {
                let cells = row.iter().map(|cell| {
                    let paragraphs = cell.paragraphs.iter().map(of_paragraph);
                    paragraphs.collect::<Vec<_>>().join("/")
                });
                format!("[{}]", cells.collect::<Vec<_>>().join(" | "))
            });
            rows.collect::<Vec<_>>().join(" ")
        }
    }
}

fn of_paragraph(paragraph: &Paragraph) -> String {
    let mut line = paragraph.text.clone();
    if paragraph.bold && paragraph.level.is_none() {
        line = format!("**{line}**");
    }
    if paragraph.italic {
        line = format!("_{line}_");
    }
    if paragraph.centred {
        line = format!("|{line}|");
    }
    if let Some(number) = &paragraph.number {
        line = format!("({number}) {line}");
    }
    if let Some(level) = paragraph.level {
        line = format!("#{level} {line}");
    }
    line
}

#[track_caller]
fn check_format(name: &str, bytes: &[u8], expect: Result<Format, ReadError>) {
    assert_eq!(Format::of(name, bytes), expect, "{name}");
}

/// The name of a stream in a compound file.
fn compound(name: &str) -> Vec<u8> {
    let name = name.encode_utf16().flat_map(u16::to_le_bytes);
    [0xD0, 0xCF, 0x11, 0xE0]
        .into_iter()
        .chain([0; 600])
        .chain(name)
        .collect()
}

#[test]
fn the_content_tells_the_format() {
    check_format("x.txt", b"PK\x03\x04", Ok(Format::Docx));
    check_format("x.docx", b"%PDF-1.7", Ok(Format::Pdf));
    check_format("x.docx", b"junk %PDF-1.7", Ok(Format::Pdf));
    check_format("x", b"\n<!DOCTYPE HTML><p>", Ok(Format::Html));
    check_format("x.html", "Một".as_bytes(), Ok(Format::Html));
    check_format("x.md", b"<div>a</div>", Ok(Format::Markdown));
    check_format("x", b"+++\nid = 1", Ok(Format::Markdown));
    check_format("x.doc", "Một < hai".as_bytes(), Ok(Format::Text));
    check_format("x", b"\xFF\xFEM\0", Ok(Format::Text));
}

#[test]
fn what_is_not_read_says_why() {
    check_format("x.doc", &compound("WordDocument"), Err(ReadError::OldWord));
    check_format(
        "x.docx",
        &compound("EncryptedPackage"),
        Err(ReadError::Encrypted),
    );
    check_format(
        "x.xls",
        &compound("Workbook"),
        Err(ReadError::Unknown("tệp Office cũ")),
    );
    check_format("x.rtf", b"{\\rtf1", Err(ReadError::OldWord));
    check_format("x.jpg", b"\xFF\xD8\xFF\xE0", Err(ReadError::Scanned));
    check_format("x.png", b"\x89PNG", Err(ReadError::Scanned));
    check_format("x.txt", b" \n\0", Err(ReadError::Empty));
    check_format("x.txt", b"", Err(ReadError::Empty));
    check_format(
        "x.exe",
        b"MZ\x90\0\x03",
        Err(ReadError::Unknown("tệp nhị phân")),
    );
    check_format(
        "x.xml",
        b"<?xml?><w:wordDocument>",
        Err(ReadError::Unknown("Word XML")),
    );
    assert_eq!(
        read("x.txt", &vec![b'a'; LARGEST_FILE + 1]),
        Err(ReadError::TooLarge("hơn 20 MB"))
    );
}

#[test]
fn every_refusal_says_what_to_do() {
    for error in [
        ReadError::Empty,
        ReadError::TooLarge("x"),
        ReadError::Damaged("x"),
        ReadError::Encrypted,
        ReadError::OldWord,
        ReadError::Scanned,
        ReadError::Unknown("x"),
        ReadError::Charset,
        ReadError::TooSlow,
    ] {
        assert!(error.to_string().contains("; hãy "), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_bytes_are_refused_or_read(
        head in prop::sample::select(vec!["", "<html>", "%PDF-1.4\n", "PK\u{3}\u{4}", "+++\n", "\u{FEFF}"]),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        name in prop::sample::select(vec!["x", "x.html", "x.md", "x.txt", "x.docx", "ả."]),
    ) {
        let bytes: Vec<u8> = head.bytes().chain(bytes).collect();
        let _ = read(name, &bytes);
    }

    #[test]
    fn text_is_tidy_whatever_the_page_is(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "<p>", "</p>", "<div class=menu>", "</div>", "<table>", "</table>", "<tr>", "<td rowspan=3 colspan=2>", "</td>", "<b>",
            "</b>", "<ul>", "<li>", "</ul>", "<ol type=a start=-5>", "<br>", "chữ", " và\n", "&nbsp;", "&#x301;", "<a href=x>", "</a>",
            "<h1>", "</h1>", "<pre>", "<th>", "<!--", "-->", "<script>", "</script>", "<nav>", "</nav>", "B¶o vÖ", "\u{ad}", "<",
        ]),
        0..60,
    )) {
        if let Ok(source) = read("x.html", pieces.concat().as_bytes()) {
            for paragraph in source.blocks.iter().flat_map(paragraphs) {
                prop_assert_eq!(super::draft::tidy(&paragraph.text), paragraph.text.as_str());
                prop_assert!(!paragraph.text.is_empty());
            }
        }
    }

    #[test]
    fn no_word_of_plain_text_is_lost(text in "[a-zà-ỹ0-9.,;: \n()/-]{0,400}") {
        let words = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let before = words(&super::draft::tidy(&text));
        if let Ok(source) = read("x.txt", text.as_bytes()) {
            let after: String = source.blocks.iter().flat_map(paragraphs).map(|paragraph| words(&paragraph.text)).collect();
            // What Unicode composes across the end of a line may differ; nothing else.
            if before.len() == text.chars().filter(|c| !c.is_whitespace()).collect::<String>().len() {
                prop_assert_eq!(after, before);
            }
        }
    }
}

fn paragraphs(block: &Block) -> Vec<&Paragraph> {
    match block {
        Block::Paragraph(paragraph) => vec![paragraph],
        Block::Table(table) => table
            .rows
            .iter()
            .flatten()
            .flat_map(|cell| &cell.paragraphs)
            .collect(),
    }
}
