//! How rare terms are among sections and documents.
//!
//! No list says in how many of those a term stands. The postings of a rare term are counted through; of those of
//! a common one some blocks are, spread over the index: where most postings that follow one
//! another are in the same section, it stands in so many fewer sections than passages.

use super::field::Found;
use super::schema::IndexError;
use super::search::SearchIndex;
use super::wider::Wider;

/// A term with more postings is looked at in part.
const COUNTED: u32 = 1 << 13;
/// So many blocks of its postings.
const SAMPLE: usize = 16;

/// A term, and what it gives at most to what stands around passages; nothing where that was not reckoned.
pub(super) struct Weighed<'a> {
    pub found: Found<'a>,
    pub around: Option<Around>,
}

/// What a term gives to a section and to a document that say it again and again.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub section: f32,
    pub document: f32,
}

impl SearchIndex {
    /// Terms, those of the passages' own words with their rarities around them if wanted.
    pub(super) fn weigh<'a>(
        &self,
        found: Vec<Found<'a>>,
        around: bool,
    ) -> Result<Vec<Weighed<'a>>, IndexError> {
        let weigh = |found: Found<'a>| {
            let around = match around && found.term.field.is_body() {
                true => Some(self.around(&found)?),
                false => None,
            };
            Ok(Weighed { found, around })
        };
        found.into_iter().map(weigh).collect()
    }

    fn around(&self, found: &Found) -> Result<Around, IndexError> {
        let mut sections = Count::new(&self.sections);
        let mut documents = Count::new(&self.documents);
        let whole = found.count <= COUNTED;
        found.some_blocks((!whole).then_some(SAMPLE), |first, rows| {
            for row in rows {
                sections.note(first + *row as usize);
                documents.note(first + *row as usize);
            }
            if !whole {
                sections.pause();
                documents.pause();
            }
        })?;
        Ok(Around {
            section: sections.most(found),
            document: documents.most(found),
        })
    }
}

/// Counts in how many larger texts some rows are, which come in order.
struct Count<'a> {
    wider: &'a Wider,
    last: Option<usize>,
    /// How many rows follow another.
    following: u32,
    /// How many of those are not in the same text as that.
    elsewhere: u32,
}

impl<'a> Count<'a> {
    fn new(wider: &'a Wider) -> Self {
        Self {
            wider,
            last: None,
            following: 0,
            elsewhere: 0,
        }
    }

    fn note(&mut self, row: usize) {
        let group = self.wider.group(row);
        if let Some(last) = self.last {
            self.following += 1;
            self.elsewhere += u32::from(last != group);
        }
        self.last = Some(group);
    }

    /// What comes next doesn't follow.
    fn pause(&mut self) {
        self.last = None;
    }

    /// What the term gives to a text that says it again and again.
    fn most(&self, found: &Found) -> f32 {
        let share = f64::from(self.elsewhere) / f64::from(self.following.max(1));
        let count = 1 + (share * f64::from(found.count - 1)).round() as usize;
        self.wider.most(found.term, count)
    }
}
