//! What the tests of all readers share: a picture of a source in short lines.

use super::super::source::{Block, Paragraph};

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
