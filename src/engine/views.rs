//! What a reader leafs through without asking a question: documents and their parts, units, the
//! passages around one. Each view is an [`Answer`] or plain data, quoted and labelled like any
//! other answer.

use super::Engine;
use crate::answer::{Answer, Citation, PassageId};

/// A place in a table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The place.
    pub place: PassageId,
    /// Its short name for a button: “Kế hoạch 109-KH/TU”, “II.3”, “Ý 2”.
    pub short: String,
    /// Its heading or the beginning of its words.
    pub title: String,
    /// True when there is something inside it to leaf through.
    pub opens: bool,
}

/// The places next to one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The section it stands in.
    pub section: Option<PassageId>,
    /// The passage, or section, before it in the same document.
    pub previous: Option<PassageId>,
    /// The one after it.
    pub next: Option<PassageId>,
}

/// A unit in the list of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitEntry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A document as a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub document: String,
    /// Number, title, issuer and date, as its front matter has them.
    pub description: String,
    /// Where the text was taken from.
    pub source: String,
    /// What a digest lacks; empty for a document in its own words.
    pub missing: String,
    /// True when the corpus holds a digest.
    pub digest: bool,
}

impl Engine {
    /// Whether the corpus has this place: a document, a section or a passage.
    pub fn holds(&self, _place: &PassageId) -> bool {
        todo!()
    }

    /// A place read out: a passage, a section with its passages, or a document's contents.
    pub fn read(&self, _place: &PassageId) -> Option<Answer> {
        todo!()
    }

    /// What stands next to a place.
    pub fn around(&self, _place: &PassageId) -> Around {
        todo!()
    }

    /// The documents, or what is inside a document or section.
    pub fn contents(&self, _place: Option<&PassageId>) -> Vec<Entry> {
        todo!()
    }

    /// The levels of units, each with its units, in the order of the table; the names are what a
    /// person reads (“Trung ương”, “Tỉnh”, …).
    pub fn units(&self) -> Vec<(String, Vec<UnitEntry>)> {
        todo!()
    }

    /// The duties of a unit by its id.
    pub fn duties(&self, _unit: &str) -> Option<Answer> {
        todo!()
    }

    /// The passages nearest to some words, from the `from`th on, and how many there are.
    pub fn search(&self, _words: &str, _from: usize, _count: usize) -> (Vec<Citation>, usize) {
        todo!()
    }

    /// What the other documents say on the topic of a place.
    pub fn elsewhere(&self, _place: &PassageId) -> Option<Answer> {
        todo!()
    }

    /// One topic across all documents, quotations only: a card to speak from.
    pub fn card(&self, _topic: &str) -> Answer {
        todo!()
    }

    /// Where the documents were taken from and what is missing of them.
    pub fn sources(&self) -> Vec<Source> {
        todo!()
    }

    /// Whether a message tells of a child who may be in danger, so that nothing of it may be kept.
    pub fn is_urgent(&self, _typed: &str) -> bool {
        todo!()
    }
}
