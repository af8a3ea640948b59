//! Asking back: where a question has several readings nearly as good, the others are offered as
//! choices, each of which has an answer.

use super::draft::Draft;
use super::lookup::quoted;
use super::{Brief, phrases, suggest};
use crate::answer::{Intent, Kind};
use crate::corpus::Corpus;
use crate::text::{self, Token};

/// At most so many choices.
const MOST: usize = 4;

/// A passage that is not quoted is a choice when it stands this near to the first, as a share of the
/// first one's score.
const NEARLY: f32 = 0.9;

/// A question that has only the first word of several names.
pub fn ask_back(brief: &Brief) -> Draft {
    let corpus = brief.corpus;
    let mut units = brief.question.either.clone();
    // The text's own units first: what they have to do is written there and not concluded.
    units.sort_by_key(|unit| (!has_tasks(corpus, *unit), *unit));
    let mut draft = Draft::new(Kind::Abstain, Intent::Duties);
    draft.frame(phrases::which_unit(&text::nfc(&brief.question.topic())));
    draft.suggestions = ask_for(corpus, units.into_iter());
    draft
}

/// The tasks of a unit named by a short form with which the names of others begin.
pub fn beside_duties(brief: &Brief, mut draft: Draft) -> Draft {
    let corpus = brief.corpus;
    let [mention] = brief.question.units.as_slice() else {
        return draft;
    };
    let short = &brief.question.tokens[mention.tokens.clone()];
    let others = (0..corpus.units.len()).filter(|unit| {
        *unit != mention.unit
            && has_tasks(corpus, *unit)
            && names(corpus, *unit).any(|name| begins(&name, short))
    });
    let others = ask_for(corpus, others);
    if !others.is_empty() && draft.kind == Kind::Answer {
        draft.note(phrases::also_called(&text::nfc(
            brief.question.typed(mention.tokens.clone()),
        )));
        offer(&mut draft, others);
    }
    draft
}

/// The passages on a topic, where more are nearly as good as those that are quoted.
pub fn beside_lookup(brief: &Brief, mut draft: Draft) -> Draft {
    let corpus = brief.corpus;
    let Some(best) = brief.ranking.best() else {
        return draft;
    };
    if draft.citations.first().map(|first| &first.passage) != Some(&corpus.passage(best.passage).id)
    {
        return draft;
    }
    let shown: Vec<usize> = quoted(brief, best)
        .map(|candidate| candidate.passage)
        .collect();
    let section = |passage: usize| corpus.passage(passage).section;
    let nearly = |at: &usize| {
        let candidate = &brief.ranking.candidates[*at];
        let near = candidate.score >= best.score * NEARLY && candidate.coverage >= best.coverage;
        let elsewhere = shown
            .iter()
            .all(|passage| section(*passage) != section(candidate.passage));
        near && elsewhere
    };
    let others: Vec<usize> = (0..brief.ranking.candidates.len())
        .filter(nearly)
        .filter_map(|at| section(brief.ranking.candidates[at].passage))
        .collect();
    if !others.is_empty() {
        draft.note(phrases::OTHER_PLACES);
        offer(&mut draft, suggest::sections(corpus, &others));
    }
    draft
}

/// Puts choices before the suggestions that are there.
fn offer(draft: &mut Draft, choices: Vec<String>) {
    let rest = std::mem::replace(&mut draft.suggestions, choices);
    for suggestion in rest {
        if draft.suggestions.len() < MOST && !draft.suggestions.contains(&suggestion) {
            draft.suggestions.push(suggestion);
        }
    }
}

fn ask_for(corpus: &Corpus, units: impl Iterator<Item = usize>) -> Vec<String> {
    units
        .take(MOST)
        .map(|unit| phrases::ask_duties(&corpus.units.at(unit).name))
        .collect()
}

fn has_tasks(corpus: &Corpus, unit: usize) -> bool {
    corpus
        .assignments
        .iter()
        .any(|task| task.units.contains(&unit))
}

fn names(corpus: &Corpus, unit: usize) -> impl Iterator<Item = Vec<Token>> {
    let unit = corpus.units.at(unit);
    std::iter::once(&unit.name)
        .chain(&unit.aliases)
        .map(|name| text::tokenize(name))
}

/// Whether a name is these words and more.
fn begins(name: &[Token], short: &[Token]) -> bool {
    name.len() > short.len()
        && name
            .iter()
            .zip(short)
            .all(|(word, typed)| typed.may_be(&word.word))
}
