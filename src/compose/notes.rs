//! Remarks that stand beside a quotation: what became of a unit, through whom a text speaks.

use super::draft::Draft;
use super::phrases;
use crate::corpus::Corpus;

/// Adds the dated note of each unit that has one, each note once.
pub fn since(draft: &mut Draft, corpus: &Corpus, units: &[usize]) {
    for unit in units {
        let unit = corpus.units.at(*unit);
        if let Some(since) = &unit.since {
            draft.note(phrases::since(since));
        }
    }
}
