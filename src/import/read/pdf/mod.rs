//! PDF with a text layer: letters at places become lines, lines become paragraphs and tables.
//!
//! The program draws the pages itself instead of asking a library for their text, since paragraphs
//! are told by what such text has lost: where a line begins and ends, how far it is from the next
//! one, and the rules between the cells of a table.

mod canvas;
mod columns;
mod file;
mod flow;
mod font;
mod furniture;
mod grid;
mod line;

use super::super::source::Source;
use super::ReadError;
use super::draft::Drafts;
use canvas::Canvas;
use file::File;
use flow::Flow;

/// What is said of a file that does not hold what a PDF must hold.
const DAMAGED: ReadError = ReadError::Damaged("PDF");
/// No official document has more pages.
const MOST_PAGES: usize = 3_000;

/// Reads a document. Its places are pages and lines.
pub(super) fn read(bytes: Vec<u8>) -> Result<Source, ReadError> {
    let file = File::open(&bytes)?;
    drop(bytes);
    let ids = file.pages();
    if ids.len() > MOST_PAGES {
        return Err(ReadError::TooLarge("quá nhiều trang"));
    }
    let mut canvas = Canvas::new(&file);
    let mut pages = Vec::with_capacity(ids.len());
    for (at, id) in ids.iter().enumerate() {
        let drawn = canvas.draw(*id)?;
        pages.push(columns::page(at as u32 + 1, drawn));
    }
    if pages.iter().all(|page| page.items.is_empty()) {
        return Err(if ids.is_empty() {
            DAMAGED
        } else {
            ReadError::Scanned
        });
    }
    let mut drafts = Drafts::default();
    furniture::remove(&mut pages, &mut drafts);
    Flow::of(&pages).write(pages, &mut drafts)?;
    Ok(drafts.finish())
}

#[cfg(test)]
mod tests;
