//! Signs that a child may be in danger. The words are the lexicon's; here is only how they have
//! to stand together, so that a child's words are told from an official's question on the rules.

use std::ops::Range;

use super::cue::means;
use super::numbers::same;
use crate::corpus::{Corpus, Form};
use crate::text::PhraseTable;
use crate::text::Token;

/// Whether a child may be in danger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Danger {
    /// No sign of it.
    #[default]
    None,
    /// It may be: the hotline comes first.
    Urgent,
    /// It may be, and the documents are asked about as well.
    UrgentAndRules,
}

/// Most words between the one a thing is done to and what is done.
const REACH: usize = 5;
/// Most words between what is done and the one it is done to, when he comes after.
const NEAR: usize = 3;
/// Words between a person and what is done that make it something that happens to him or is done
/// by him again and again.
const HAPPENS: &[&str] = &[
    "bị", "hay", "cứ", "toàn", "đang", "đòi", "định", "suốt", "luôn", "lại", "bắt", "vừa", "mới",
];

/// Looks for signs of danger.
/// Who asks for a punishment asks about the rules.
pub(super) fn find(
    corpus: &Corpus,
    tokens: &[Token],
    restored: &[String],
    asks_penalty: bool,
) -> Danger {
    let danger = &corpus.lexicon.danger;
    let seen = |table: &PhraseTable<()>| matches(table, tokens, restored);
    let general = general_phrases(corpus, tokens);
    let concrete = |ranges: Vec<Range<usize>>| -> Vec<Range<usize>> {
        ranges
            .into_iter()
            .filter(|range| !general.iter().any(|outer| covers(outer, range)))
            .collect()
    };
    let calm = asks_penalty || !seen(&danger.calm).is_empty();
    let other: Vec<Range<usize>> = corpus
        .lexicon
        .phrases
        .find(tokens)
        .into_iter()
        .filter(|found| found.value.1 == Form::Not)
        .map(|found| found.tokens)
        .collect();
    // "đánh giá" is no "đánh".
    let mut acts = seen(&danger.acts);
    acts.retain(|act| !other.iter().any(|outer| covers(outer, act)));
    let victims = concrete(seen(&danger.victims));
    let perpetrators = seen(&danger.perpetrators);
    let distress = !seen(&danger.distress).is_empty();
    let report = !seen(&danger.report).is_empty();
    let happens = |from: usize, to: usize| {
        tokens.get(from..to).is_some_and(|between| {
            between
                .iter()
                .any(|token| HAPPENS.iter().any(|word| same(token, word)))
        })
    };
    let done_to_somebody = acts.iter().any(|act| {
        let before = victims.iter().any(|victim| {
            let named = victim.len() > 1;
            victim.end <= act.start
                && act.start - victim.end <= REACH
                && (named || happens(victim.end, act.start))
        });
        let after = !asks_penalty
            && victims
                .iter()
                .any(|victim| act.end <= victim.start && victim.start - act.end < NEAR);
        let by = perpetrators.iter().any(|person| {
            let near = person.end <= act.start && act.start - person.end <= 2;
            let suffered = person.start > 0 && same(&tokens[person.start - 1], "bị");
            near && (suffered || happens(person.end, act.start))
        });
        before || after || by
    });
    let urgent = !seen(&danger.certain).is_empty()
        || done_to_somebody
        || (report && !acts.is_empty() && !calm)
        || (distress && !calm);
    match (urgent, calm) {
        (false, _) => Danger::None,
        (true, false) => Danger::Urgent,
        (true, true) => Danger::UrgentAndRules,
    }
}

fn matches(table: &PhraseTable<()>, tokens: &[Token], restored: &[String]) -> Vec<Range<usize>> {
    table
        .find(tokens)
        .into_iter()
        .filter(|found| means(tokens, restored, found))
        .map(|found| found.tokens)
        .collect()
}

/// Longer phrases in which a word for a person is none: "trẻ em", "cho em hỏi".
fn general_phrases(corpus: &Corpus, tokens: &[Token]) -> Vec<Range<usize>> {
    let concepts = corpus
        .lexicon
        .phrases
        .find(tokens)
        .into_iter()
        .map(|found| found.tokens);
    let free = corpus
        .lexicon
        .content_free
        .find(tokens)
        .into_iter()
        .map(|found| found.tokens);
    concepts
        .chain(free)
        .filter(|range| range.len() > 1)
        .collect()
}

fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end && outer.len() > inner.len()
}
