//! A child may be in danger: the hotline in the first line, whatever else was asked.

use super::draft::Draft;
use super::{Brief, lookup, phrases};
use crate::answer::{Intent, Kind};
use crate::question::Danger;
use crate::rank::{Verdict, Why, enough};

/// The hotline, then what the documents say of such cases.
pub fn compose(brief: &Brief, danger: Danger) -> Draft {
    let mut draft = Draft::new(Kind::Urgent, Intent::None);
    draft.frame(phrases::HOTLINE);
    draft.frame(phrases::POLICE);
    draft.frame(phrases::NOBODY_READS);
    let best = brief.ranking.best().filter(|best| enough(best));
    if danger == Danger::UrgentAndRules
        && let Some(best) = best
    {
        if brief.verdict() == Verdict::Abstain(Why::NoSuchFact) {
            draft.frame(phrases::not_stated(brief.corpus));
        } else if brief.question.intent == Intent::Who && charges_nobody(brief, best.passage) {
            draft.frame(phrases::NOBODY_TOLD);
        }
        draft.frame(phrases::DOCUMENTS_ON_THIS);
        draft.quote(lookup::quote(brief, best.passage));
        draft.confidence = best.coverage;
    }
    draft.suggestions = vec![phrases::ONLY_ASKING.to_owned()];
    draft
}

/// Whether no task in a passage is anybody's.
fn charges_nobody(brief: &Brief, passage: usize) -> bool {
    let mut tasks = brief.corpus.assignments.iter();
    !tasks.any(|task| task.passage == passage)
}
