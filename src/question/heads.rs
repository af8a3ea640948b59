//! A word that only begins the names of several bodies ("sở", "hội", "đảng ủy"), where none is named:
//! which of them may be meant.

use super::cue::{Cue, CueMatch, has};
use super::{Question, UnitMention};
use crate::answer::Context;
use crate::corpus::Corpus;
use crate::text::{self, Token};

/// A longer run of words is a topic.
const LONGEST: usize = 3;

/// The units whose names begin with the only words that the question has beside its cues, when it
/// asks what somebody has to do; empty when fewer than two do.
pub(super) fn find(
    corpus: &Corpus,
    tokens: &[Token],
    cues: &[CueMatch],
    question: &Question,
) -> Vec<usize> {
    if !question.units.is_empty() || question.place.is_some() || !has(cues, Cue::Duties) {
        return Vec::new();
    }
    let Some(head) = only_words(tokens, question) else {
        return Vec::new();
    };
    let begins_with_head = |unit: &usize| begins(&corpus.units.at(*unit).name, head);
    let units: Vec<usize> = (0..corpus.units.len()).filter(begins_with_head).collect();
    if units.len() > 1 { units } else { Vec::new() }
}

/// "còn nhiệm vụ của hội": the one of them that was spoken of.
pub(super) fn spoken_of(
    corpus: &Corpus,
    question: &Question,
    context: &Context,
) -> Option<UnitMention> {
    let mut units = context.units.iter();
    let unit = units.find_map(|id| {
        let unit = corpus.units.index_of(id)?;
        question.either.contains(&unit).then_some(unit)
    })?;
    let start = question.terms.iter().map(|term| term.tokens.start).min()?;
    let end = question.terms.iter().map(|term| term.tokens.end).max()?;
    Some(UnitMention {
        unit,
        tokens: start..end,
        included: false,
        gives: false,
    })
}

/// The words of the topic, where they stand side by side and are few.
fn only_words<'a>(tokens: &'a [Token], question: &Question) -> Option<&'a [Token]> {
    let start = question.terms.iter().map(|term| term.tokens.start).min()?;
    let end = question.terms.iter().map(|term| term.tokens.end).max()?;
    let words: usize = question.terms.iter().map(|term| term.tokens.len()).sum();
    (end - start <= LONGEST && words >= end - start).then(|| &tokens[start..end])
}

/// Whether a name is these words and more. One word alone is the kind of body only where the rest of
/// the name begins with a capital, as official spelling has it: "Hội Nông dân", but "Hội đồng nhân dân".
fn begins(name: &str, head: &[Token]) -> bool {
    let words = text::tokenize(name);
    let Some(next) = words.get(head.len()) else {
        return false;
    };
    let capital = name[next.span.clone()].starts_with(char::is_uppercase);
    (head.len() > 1 || capital)
        && words
            .iter()
            .zip(head)
            .all(|(word, typed)| typed.may_be(&word.word))
}
