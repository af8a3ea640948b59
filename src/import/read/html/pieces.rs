//! What a page is made of, once its tags are read: paragraphs, and tables that are tables.

use super::super::super::source::Place;
use super::super::ReadError;
use super::super::draft::{Draft, Drafts, Rows};
use super::super::merged::{Spanning, lay_out};

/// A piece of a page.
pub(super) enum Entry {
    /// A paragraph, and the links that it is made of; none where there are other words in it.
    Paragraph { draft: Draft, links: usize },
    /// A table that holds content.
    Table(Rows, Place),
}

/// Pieces one below the other.
#[derive(Default)]
pub(super) struct Container {
    entries: Vec<Entry>,
}

/// So many links in one paragraph, or so many paragraphs of links in a row, are a menu.
const MENU: usize = 3;

impl Container {
    pub(super) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    pub(super) fn extend(&mut self, entries: Vec<Entry>) {
        self.entries.extend(entries);
    }

    /// Hands everything over but menus.
    pub(super) fn deliver(self, drafts: &mut Drafts) -> Result<(), ReadError> {
        let links: Vec<usize> = self
            .entries
            .iter()
            .map(|entry| match entry {
                Entry::Paragraph { links, .. } => *links,
                Entry::Table(..) => 0,
            })
            .collect();
        let mut menu: Vec<bool> = Vec::with_capacity(links.len());
        for group in links.chunk_by(|a, b| (*a > 0) == (*b > 0)) {
            let row = group[0] > 0 && group.len() >= MENU;
            menu.extend(group.iter().map(|links| row || *links >= MENU));
        }
        let left_out = menu.contains(&true);
        for (entry, is_menu) in self.entries.into_iter().zip(menu) {
            match entry {
                Entry::Paragraph { draft, .. } if !is_menu => drafts.paragraph(draft)?,
                Entry::Paragraph { .. } => {}
                Entry::Table(rows, at) => drafts.table(rows, at)?,
            }
        }
        if left_out {
            drafts.remark(None, "đã bỏ các danh sách chỉ gồm đường dẫn tới trang khác");
        }
        Ok(())
    }

    fn is_blank(&self) -> bool {
        self.entries.is_empty()
    }

    fn has_table(&self) -> bool {
        self.entries
            .iter()
            .any(|entry| matches!(entry, Entry::Table(..)))
    }

    /// All paragraphs, those of tables too.
    fn flat(self) -> Vec<Draft> {
        let drafts = self.entries.into_iter().flat_map(|entry| match entry {
            Entry::Paragraph { draft, .. } => vec![draft],
            Entry::Table(rows, _) => rows.into_iter().flatten().flatten().collect(),
        });
        drafts.collect()
    }
}

/// A cell as the page has it.
struct Cell {
    content: Container,
    columns: usize,
    rows: usize,
}

/// A table under way.
#[derive(Default)]
pub(super) struct Grid {
    rows: Vec<Vec<Cell>>,
    /// What stands in the table and in no cell.
    stray: Container,
}

/// A cell with more paragraphs than this is a page, not a cell.
const LONGEST_CELL: usize = 40;

impl Grid {
    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(super) fn cell(&mut self, columns: usize, rows: usize) {
        if self.rows.is_empty() {
            self.row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.push(Cell {
                content: Container::default(),
                columns,
                rows,
            });
        }
    }

    /// Where paragraphs go.
    pub(super) fn container(&mut self) -> &mut Container {
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => &mut cell.content,
            None => &mut self.stray,
        }
    }

    /// The table, or its paragraphs if it was there for looks. `line` is where it ends.
    pub(super) fn finish(self, line: u32) -> Vec<Entry> {
        let mut entries = self.stray.entries;
        if is_for_looks(&self.rows) {
            entries.extend(
                self.rows
                    .into_iter()
                    .flatten()
                    .flat_map(|cell| cell.content.entries),
            );
            return entries;
        }
        let rows: Vec<Vec<Spanning>> = self
            .rows
            .into_iter()
            .map(|row| {
                let cells = row.into_iter().map(|cell| Spanning {
                    drafts: cell.content.flat(),
                    columns: cell.columns,
                    rows: cell.rows,
                });
                cells.collect()
            })
            .collect();
        let first = rows
            .iter()
            .flatten()
            .flat_map(|cell| &cell.drafts)
            .map(|draft| draft.at)
            .next();
        let at = first.unwrap_or(Place { page: None, line });
        entries.push(Entry::Table(lay_out(rows), at));
        entries
    }
}

/// True for a table that puts things beside each other and has no rows of content.
fn is_for_looks(rows: &[Vec<Cell>]) -> bool {
    let cells = || rows.iter().flatten();
    let one_column = rows
        .iter()
        .all(|row| row.iter().filter(|cell| !cell.content.is_blank()).count() <= 1);
    let full_rows = rows
        .iter()
        .filter(|row| row.iter().filter(|cell| !cell.content.is_blank()).count() >= 2)
        .count();
    let nested = cells().any(|cell| cell.content.has_table());
    let longest = cells()
        .map(|cell| cell.content.entries.len())
        .max()
        .unwrap_or(0);
    one_column || (full_rows < 3 && (nested || longest > LONGEST_CELL))
}
