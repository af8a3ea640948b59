//! How much each rule and each kind of term counts: where tables tell how people put what the documents
//! say, and where there are only the documents.
//!
//! The first were found on the gold questions of this project's corpus. The second were found on
//! questions of other people about other documents (`docs/benchmarks.md`), and are the same for all of
//! them; each of them may be half or twice as large without much changing.

use super::query::Terms;
use crate::corpus::Corpus;

/// The weights for one corpus.
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    /// Terms of a question.
    pub terms: Terms,
    /// What the section and the document around a passage count beside it.
    pub around: f32,
    /// Rule "sentence".
    pub sentence: f32,
    /// Rule "timed".
    pub timed: f32,
    /// The share of the needs that passage and heading cover.
    pub coverage: f32,
}

impl Weights {
    /// The weights for a corpus.
    pub fn new(corpus: &Corpus) -> Self {
        match corpus.has_everyday_words() {
            true => WITH_TABLES,
            false => DOCUMENTS_ALONE,
        }
    }
}

const WITH_TABLES: Weights = Weights {
    terms: Terms {
        pair: 0.8,
        frame: 1.0,
        frame_pair: 1.0,
        half_frame_pair: 1.0,
        name: 1.0,
    },
    around: 0.0,
    sentence: 0.6,
    timed: 0.5,
    coverage: 0.9,
};

const DOCUMENTS_ALONE: Weights = Weights {
    terms: Terms {
        pair: 0.5,
        frame: 0.5,
        frame_pair: 1.0,
        half_frame_pair: 1.0,
        name: 1.3,
    },
    around: 0.5,
    sentence: 0.3,
    timed: 0.15,
    coverage: 0.0,
};
