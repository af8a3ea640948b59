//! Questions to go on with, each of which has an answer: places that exist, units that are given
//! something.

use super::{Brief, phrases};
use crate::answer::PassageId;
use crate::corpus::Corpus;
use crate::rank::enough;

/// At most so many suggestions.
const MOST: usize = 3;

/// After an answer from a passage: its section, and the units given something there.
pub fn around(brief: &Brief, passage: usize) -> Vec<String> {
    let corpus = brief.corpus;
    let mut suggestions = Vec::new();
    if let Some(section) = corpus.passage(passage).section {
        suggestions.push(ask_place(corpus, &corpus.section(section).id));
    }
    let units: Vec<usize> = corpus
        .assignments
        .iter()
        .filter(|task| task.passage == passage)
        .flat_map(|task| task.units.iter().copied())
        .collect();
    suggestions.extend(duties_of(corpus, &units));
    finish(suggestions)
}

/// The duties of these units.
pub fn duties_of(corpus: &Corpus, units: &[usize]) -> Vec<String> {
    finish(
        units
            .iter()
            .map(|unit| phrases::ask_duties(&corpus.units.at(*unit).name))
            .collect(),
    )
}

/// The duties of other units that have any.
pub fn other_units(brief: &Brief, units: &[usize]) -> Vec<String> {
    duties_but(brief.corpus, units)
}

/// The duties of some units that have any.
pub fn some_duties(corpus: &Corpus) -> Vec<String> {
    duties_but(corpus, &[])
}

fn duties_but(corpus: &Corpus, units: &[usize]) -> Vec<String> {
    let mut others: Vec<usize> = Vec::new();
    for task in &corpus.assignments {
        // A task given to one unit alone says more of it than one given to many.
        if task.units.len() == 1
            && !units.contains(&task.units[0])
            && !others.contains(&task.units[0])
        {
            others.push(task.units[0]);
        }
    }
    duties_of(corpus, &others)
}

/// Sections as places to read.
pub fn sections(corpus: &Corpus, sections: &[usize]) -> Vec<String> {
    finish(
        sections
            .iter()
            .map(|section| ask_place(corpus, &corpus.section(*section).id))
            .collect(),
    )
}

/// The nearest topics: the sections of the passages that came nearest.
pub fn nearest(brief: &Brief) -> Vec<String> {
    let corpus = brief.corpus;
    let mut suggestions = Vec::new();
    // What another document has more of than the ones asked of comes first.
    let best = brief.ranking.best().map_or(0.0, |best| best.own);
    let elsewhere = brief.ranking.elsewhere.iter();
    let elsewhere = elsewhere.filter(|other| enough(other) && other.own > best);
    for candidate in elsewhere.chain(&brief.ranking.candidates) {
        let place = match corpus.passage(candidate.passage).section {
            Some(section) => &corpus.section(section).id,
            None => &corpus.passage(candidate.passage).id,
        };
        let suggestion = ask_place(corpus, place);
        if !suggestions.contains(&suggestion) {
            suggestions.push(suggestion);
        }
        if suggestions.len() == MOST {
            return suggestions;
        }
    }
    // No more documents are looked into than are needed.
    let parts = (0..corpus.documents.len())
        .flat_map(|document| corpus.sections_of(document))
        .map(|section| corpus.section(section))
        .filter(|section| section.parent.is_none());
    for part in parts {
        let suggestion = ask_place(corpus, &part.id);
        if !suggestions.contains(&suggestion) {
            suggestions.push(suggestion);
        }
        if suggestions.len() == MOST {
            break;
        }
    }
    suggestions
}

pub fn ask_place(corpus: &Corpus, place: &PassageId) -> String {
    phrases::ask_place(&corpus.label(place))
}

fn finish(mut suggestions: Vec<String>) -> Vec<String> {
    let mut seen = Vec::new();
    suggestions.retain(|suggestion| {
        let new = !seen.contains(suggestion);
        seen.push(suggestion.clone());
        new
    });
    suggestions.truncate(MOST);
    suggestions
}
