//! Sources written down as text, for tests: a paragraph a line, a row of a table in `|`, `**` for
//! bold, `>` for the middle of the line, `1.=` for a number that the word processor draws.

use super::source::{Block, Cell, Paragraph, Place, Source, Table};

/// Reads such a text.
pub fn source(text: &str) -> Source {
    let mut blocks: Vec<Block> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let at = Place {
            page: None,
            line: u32::try_from(at + 1).unwrap_or(u32::MAX),
        };
        let line = line.trim();
        if let Some(row) = line.strip_prefix('|') {
            let cell = |text: &str| Cell {
                paragraphs: text
                    .split(" // ")
                    .filter(|text| !text.trim().is_empty())
                    .map(|text| paragraph(text.trim(), at))
                    .collect(),
            };
            let row = row.trim_end_matches('|').split('|').map(cell).collect();
            match blocks.last_mut() {
                Some(Block::Table(table)) => table.rows.push(row),
                _ => blocks.push(Block::Table(Table {
                    rows: vec![row],
                    at,
                })),
            }
        } else if !line.is_empty() {
            blocks.push(Block::Paragraph(paragraph(line, at)));
        }
    }
    Source {
        blocks,
        ..Source::default()
    }
}

fn paragraph(line: &str, at: Place) -> Paragraph {
    let (centred, line) = match line.strip_prefix('>') {
        Some(rest) => (true, rest.trim()),
        None => (false, line),
    };
    let (bold, line) = match line.strip_prefix("**") {
        Some(rest) => (true, rest.trim()),
        None => (false, line),
    };
    let (number, line) = match line.split_once("= ") {
        Some((number, rest)) if number.chars().count() <= 6 => (Some(number.to_owned()), rest),
        _ => (None, line),
    };
    Paragraph {
        text: line.to_owned(),
        number,
        bold,
        centred,
        at,
        ..Paragraph::default()
    }
}
