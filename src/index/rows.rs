//! Which passage of the corpus each row of the index is, and which rows stand together.
//!
//! The rows of all segments are numbered through. A document's passages are rows in a row, in the order
//! of the text, so all that must be known is where each document begins.

use std::collections::HashMap;
use std::ops::Range;

use tantivy::SegmentReader;
use tantivy::columnar::{Cardinality, Column};

use super::schema::{HASH, IndexError, KEY, NUMBER, SECTION};

/// A document of the corpus that the index is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its [`key`](super::key).
    pub key: u64,
    /// Ordinal of its first passage in the corpus.
    pub first: usize,
    /// How many passages it has.
    pub passages: usize,
}

/// A document in the index.
pub(super) struct Indexed {
    pub rows: Range<usize>,
    /// Ordinal of its first passage in the corpus; none for one that was removed.
    pub first: Option<usize>,
}

/// The rows of the index.
#[derive(Default)]
pub(super) struct Rows {
    /// In the order of the rows.
    pub documents: Vec<Indexed>,
    /// Those not removed, in the order of the corpus.
    in_order: Vec<u32>,
    /// How many rows there are, removed ones included.
    pub all: usize,
    /// How many of them are passages of the corpus.
    pub passages: usize,
}

/// To which larger text each row belongs.
#[derive(Default)]
pub(super) struct Groups {
    pub of: Vec<u32>,
    /// The first row of each group.
    pub first: Vec<u32>,
    pub count: usize,
}

impl Rows {
    /// Reads the rows of all segments, their sections and their documents. It is an error when what
    /// is there and not removed is not what is listed.
    pub fn read(
        segments: &[SegmentReader],
        listed: &[Listed],
    ) -> Result<(Self, Groups, Groups), IndexError> {
        let mut wanted: HashMap<u64, &Listed> =
            listed.iter().map(|listed| (listed.key, listed)).collect();
        let (mut rows, mut sections, mut documents) =
            (Self::default(), Groups::default(), Groups::default());
        for segment in segments {
            let stored = Stored::read(segment)?;
            let numbers = bulk(segment, SECTION)?;
            for found in stored.documents {
                let range = rows.all + found.rows.start..rows.all + found.rows.end;
                let first = match found.removed {
                    true => None,
                    false => Some(place(&mut wanted, &found)?),
                };
                if first.is_some() {
                    rows.passages += range.len();
                }
                sections.add_document(&numbers[found.rows.clone()]);
                documents.add(range.len());
                rows.documents.push(Indexed { rows: range, first });
            }
            rows.all += segment.max_doc() as usize;
        }
        let kept = (0u32..).zip(&rows.documents);
        let mut in_order: Vec<u32> = kept
            .filter(|(_, document)| document.first.is_some())
            .map(|(at, _)| at)
            .collect();
        in_order.sort_unstable_by_key(|at| rows.documents[*at as usize].first);
        rows.in_order = in_order;
        Ok((rows, sections, documents))
    }

    /// The row of a passage of the corpus.
    pub fn row_of(&self, passage: usize) -> Option<usize> {
        let first = |at: &u32| self.documents[*at as usize].first;
        let after = self
            .in_order
            .partition_point(|at| first(at) <= Some(passage));
        let document = &self.documents[*self.in_order.get(after.checked_sub(1)?)? as usize];
        let row = document.rows.start + (passage - document.first?);
        (row < document.rows.end).then_some(row)
    }
}

/// Where a document found is in the corpus; each is found once.
fn place(wanted: &mut HashMap<u64, &Listed>, found: &Found) -> Result<usize, IndexError> {
    let listed = wanted.remove(&found.key).ok_or(IndexError::Stale)?;
    match listed.passages == found.rows.len() {
        true => Ok(listed.first),
        false => Err(IndexError::Stale),
    }
}

impl Groups {
    /// Which of some larger texts each of these is in.
    pub fn within(&self, larger: &Self) -> Vec<u32> {
        let first = self.first.iter();
        first.map(|row| larger.of[*row as usize]).collect()
    }

    /// Adds one group of so many rows.
    fn add(&mut self, rows: usize) {
        self.first.push(self.of.len() as u32);
        self.of.resize(self.of.len() + rows, self.count as u32);
        self.count += 1;
    }

    /// Adds the sections of a document, one group each, by their numbers row for row. They mostly come
    /// in the order of the text; where one comes again, its rows are one group all the same.
    fn add_document(&mut self, sections: &[u64]) {
        let mut groups: Vec<(u64, u32)> = Vec::new();
        let mut greatest = None;
        for section in sections {
            let known = match Some(*section) > greatest {
                true => None,
                false => groups.iter().rev().find(|(known, _)| known == section),
            };
            greatest = greatest.max(Some(*section));
            let group = match known {
                Some((_, group)) => *group,
                None => {
                    groups.push((*section, self.count as u32));
                    self.first.push(self.of.len() as u32);
                    self.count += 1;
                    self.count as u32 - 1
                }
            };
            self.of.push(group);
        }
    }
}

/// A document in a segment.
pub(super) struct Found {
    pub key: u64,
    pub rows: Range<usize>,
    pub removed: bool,
}

/// The documents of a segment, in the order of its rows.
pub(super) struct Stored {
    pub documents: Vec<Found>,
}

impl Stored {
    /// Reads them. Half a document, or one removed in part, is never written.
    pub fn read(segment: &SegmentReader) -> Result<Self, IndexError> {
        let keys = column(segment, KEY)?;
        let mut documents: Vec<Found> = Vec::new();
        for (row, number) in bulk(segment, NUMBER)?.into_iter().enumerate() {
            match documents.last_mut() {
                _ if number == 0 => documents.push(Found {
                    key: keys.values.get_val(row as u32),
                    rows: row..row + 1,
                    removed: false,
                }),
                Some(last) if last.rows.len() as u64 == number => last.rows.end += 1,
                _ => return Err(IndexError::Stale),
            }
        }
        if let Some(alive) = segment.alive_bitset() {
            for document in &mut documents {
                let mut rows = document.rows.clone();
                document.removed = alive.is_deleted(rows.start as u32);
                if rows.any(|row| alive.is_deleted(row as u32) != document.removed) {
                    return Err(IndexError::Stale);
                }
            }
        }
        Ok(Self { documents })
    }

    /// Key and hash of those not removed.
    pub fn hashes(&self, segment: &SegmentReader) -> Result<Vec<(u64, u64)>, IndexError> {
        let hashes = column(segment, HASH)?;
        let kept = self.documents.iter().filter(|document| !document.removed);
        let hash = |found: &Found| hashes.values.get_val(found.rows.start as u32);
        Ok(kept.map(|found| (found.key, hash(found))).collect())
    }
}

/// A field that every row has.
fn column(segment: &SegmentReader, name: &str) -> Result<Column<u64>, IndexError> {
    let column = segment.fast_fields().u64(name)?;
    let whole =
        column.get_cardinality() == Cardinality::Full && column.num_docs() == segment.max_doc();
    whole.then_some(column).ok_or(IndexError::Stale)
}

/// A field of all rows.
fn bulk(segment: &SegmentReader, name: &str) -> Result<Vec<u64>, IndexError> {
    let column = column(segment, name)?;
    let mut values = vec![0; segment.max_doc() as usize];
    column.values.get_range(0, &mut values);
    Ok(values)
}
