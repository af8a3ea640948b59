//! The file as one run of lines and tables: what is set in columns for looks alone (the head, the
//! recipients beside the signature) is read column by column.

use super::super::source::{Block, Cell, Paragraph, Place, Source, Table};
use super::marker::{self, Marker};

/// A paragraph with its marker taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it begins with.
    pub marker: Marker,
    /// Its words without the marker.
    pub words: String,
    /// The whole paragraph, a drawn number included.
    pub whole: String,
    /// The file marks it as a heading.
    pub level: Option<u8>,
    /// All of it is bold.
    pub bold: bool,
    /// It stands in the middle.
    pub centred: bool,
    /// Where it stands.
    pub at: Place,
}

impl Line {
    fn new(paragraph: &Paragraph) -> Self {
        let (marker, words, whole) = match paragraph.number.as_deref() {
            Some(number) => {
                let whole = format!("{} {}", number.trim(), paragraph.text);
                (marker::drawn(number), paragraph.text.clone(), whole)
            }
            None => {
                let (marker, words) = marker::read(&paragraph.text);
                (marker, words.to_owned(), paragraph.text.clone())
            }
        };
        Self {
            marker,
            words,
            whole: whole.trim().to_owned(),
            level: paragraph.level,
            bold: paragraph.bold,
            centred: paragraph.centred,
            at: paragraph.at,
        }
    }

    /// Only capitals, and more than one letter.
    pub fn is_capitals(&self) -> bool {
        is_capitals(&self.whole)
    }

    /// A line drawn across the page, or a star under a name.
    pub fn is_rule(&self) -> bool {
        self.whole
            .chars()
            .all(|c| matches!(c, '-' | '–' | '—' | '_' | '*' | '=' | '.' | '…' | 'o' | ' '))
    }
}

/// “Nơi nhận”, with or without what is written beside it.
pub fn is_recipients(text: &str) -> bool {
    crate::text::lower(text).starts_with("nơi nhận") && text.chars().count() < 400
}

/// Only capitals, and more than one letter.
pub fn is_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && letters.all(char::is_uppercase)
        && text.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
}

/// A piece of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A paragraph.
    Line(Line),
    /// A table that holds data: its rows of cells, each as one line.
    Table(Vec<Vec<String>>, Place),
}

/// The pieces of a file. Tables that continue one another are one.
pub fn pieces(source: &Source) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    // Between the recipients and the annexes there are no tables, whatever a reader took for one.
    let mut ending = false;
    for block in &source.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                push_line(&mut pieces, paragraph);
                if let Some(Piece::Line(line)) = pieces.last() {
                    let annex = line.marker.is_annex();
                    ending = !annex && (ending || is_recipients(&line.whole));
                }
            }
            Block::Table(table) if ending || is_layout(table) => {
                for paragraph in by_columns(table) {
                    push_line(&mut pieces, paragraph);
                }
            }
            Block::Table(table) => push_table(&mut pieces, table),
        }
    }
    pieces
}

fn push_line(pieces: &mut Vec<Piece>, paragraph: &Paragraph) {
    let line = Line::new(paragraph);
    if !line.whole.is_empty() {
        pieces.push(Piece::Line(line));
    }
}

fn push_table(pieces: &mut Vec<Piece>, table: &Table) {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows: Vec<Vec<String>> = Vec::new();
    for row in &table.rows {
        let mut cells: Vec<String> = row.iter().map(text_of).collect();
        cells.resize(columns, String::new());
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(cells);
        }
    }
    let Some(first) = rows.first() else { return };
    match pieces.last_mut() {
        // A table that was cut where a page ended: the same columns, with the head again or none.
        Some(Piece::Table(before, _)) if before[0].len() == columns => {
            let again = usize::from(before[0] == *first);
            before.extend(rows.into_iter().skip(again));
        }
        _ => pieces.push(Piece::Table(rows, table.at)),
    }
}

/// The words of a cell on one line. Where a line of it neither ends nor goes on as a sentence, a
/// stroke keeps apart what stands on lines of its own: two units, two dates.
fn text_of(cell: &Cell) -> String {
    let mut text = String::new();
    for paragraph in &cell.paragraphs {
        let whole = Line::new(paragraph).whole;
        if whole.is_empty() {
            continue;
        }
        if !text.is_empty() {
            let ends = text.ends_with([',', ';', ':', '.', '-', '–']);
            let begins = whole.starts_with(char::is_uppercase) || whole.starts_with(['-', '+']);
            text.push_str(if begins && !ends { LINE } else { " " });
        }
        text.push_str(&whole);
    }
    text
}

/// What stands between two lines of a cell.
pub const LINE: &str = " / ";

/// What stands over a signature: in whose name, or instead of whom, it is given.
const SIGNED_FOR: [&str; 6] = ["T/M ", "TM. ", "KT. ", "K/T ", "TL. ", "TUQ. "];

/// A table that only sets things side by side: the head of the first page, the recipients beside
/// the signature, a frame around text.
fn is_layout(table: &Table) -> bool {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let paragraphs = || {
        table
            .rows
            .iter()
            .flatten()
            .flat_map(|cell| &cell.paragraphs)
    };
    let telling = |text: &str| {
        let typed = crate::text::lower(text);
        [
            "nơi nhận",
            "đảng cộng sản việt nam",
            "cộng hòa xã hội chủ nghĩa",
            "cộng hoà xã hội chủ nghĩa",
        ]
        .iter()
        .any(|words| typed.starts_with(words))
            || (is_capitals(text) && SIGNED_FOR.iter().any(|sign| text.starts_with(sign)))
            || (typed.contains(", ngày")
                && typed.contains("tháng")
                && typed.contains("năm")
                && text.chars().count() < 80)
    };
    columns <= 1 || (columns <= 3 && paragraphs().any(|paragraph| telling(&paragraph.text)))
}

/// The paragraphs of a table, column after column. A cell that spans several is read once.
fn by_columns(table: &Table) -> Vec<&Paragraph> {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut found = Vec::new();
    for column in 0..columns {
        let mut above: Option<&Cell> = None;
        for row in &table.rows {
            let Some(cell) = row.get(column) else {
                continue;
            };
            let left = column.checked_sub(1).and_then(|left| row.get(left));
            if left != Some(cell) && above != Some(cell) {
                found.extend(&cell.paragraphs);
            }
            above = Some(cell);
        }
    }
    found
}
