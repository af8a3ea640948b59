//! Remarks that stand beside a quotation: what became of a unit, through whom a text speaks.

use super::draft::Draft;
use super::phrases;
use crate::answer::{Intent, Kind};
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

/// Says so where an answer on who does what rests on an entry that nobody has looked at: a unit it
/// names, or a task given by a passage it quotes.
pub fn unreviewed(draft: &mut Draft, corpus: &Corpus) {
    if draft.kind != Kind::Answer || !matches!(draft.intent, Intent::Duties | Intent::Who) {
        return;
    }
    let unit = |id: &String| corpus.units.get(id).is_some_and(|(_, unit)| unit.review);
    let mut quoted = draft
        .citations
        .iter()
        .filter_map(|citation| corpus.passage_by_id(&citation.passage));
    let given = |passage: usize| {
        let mut tasks = corpus.assignments.iter();
        tasks.any(|task| task.review && task.passage == passage)
    };
    if draft.units.iter().any(unit) || quoted.any(given) {
        draft.note(phrases::UNREVIEWED);
    }
}
