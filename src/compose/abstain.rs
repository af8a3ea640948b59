//! The documents do not say it: what exactly is missing, proved where it can be, and what is near.

use std::ops::Range;

use super::draft::Draft;
use super::{Brief, notes, phrases, suggest};
use crate::answer::{Intent, Kind};
use crate::question::{Asked, Question};
use crate::rank::Why;
use crate::text;

/// Says what is not there.
pub fn compose(brief: &Brief, why: Why) -> Draft {
    let mut draft = Draft::new(Kind::Abstain, Intent::None);
    // Nobody who tells of a child, or looks for a number to call, is left without this, whatever was
    // understood.
    if brief.question.personal || brief.question.asked == Some(Asked::Telephone) {
        draft.frame(phrases::IF_WORRIED);
    }
    draft.frame(reason(brief, why));
    if why == Why::NoTopic && !brief.question.personal && !brief.question.names_something() {
        // "giúp em với": whoever cannot say what it is about.
        draft.note(phrases::IF_WORRIED);
    }
    if let Some(lacks) = digest_lacks(brief) {
        draft.note(lacks);
    }
    // "sở lao động sáp nhập vào đâu": not the documents' to say, but known.
    notes::since(&mut draft, brief.corpus, &brief.units());
    draft.suggestions = suggest::nearest(brief);
    draft.intent = match why {
        Why::NoTopic => Intent::None,
        _ => brief.question.intent,
    };
    draft
}

fn reason(brief: &Brief, why: Why) -> String {
    let corpus = brief.corpus;
    let mut last = brief.question.restored.iter().rev();
    let whether = last
        .next()
        .is_some_and(|word| word == "không" || word == "chưa");
    // "có được miễn học phí không": whether, and no sum.
    if why == Why::NoSuchFact
        && whether
        && let Some(word) = unheard_concept(brief)
    {
        return phrases::never_mentioned(corpus, &word);
    }
    match why {
        Why::NoTopic => phrases::NO_TOPIC.to_owned(),
        Why::NoSuchPlace => phrases::no_such_place(corpus, &brief.scope()),
        Why::ForeignDocument => phrases::foreign_document(corpus),
        Why::NoSuchFact => match brief.question.asked {
            Some(asked) if is_silent(brief, asked) => phrases::silent_on(corpus, asked),
            Some(Asked::Day) => match without_deadline(brief) {
                Some(document) => phrases::no_deadline(&corpus.documents[document].short),
                None => phrases::passage_silent_on(Asked::Day),
            },
            Some(asked) => phrases::passage_silent_on(asked),
            None => phrases::not_stated(corpus),
        },
        Why::NotCovered => match unheard_of(brief) {
            Some(word) => phrases::never_mentioned(corpus, &word),
            None => phrases::not_found(corpus, &brief.question.restricted_to()),
        },
    }
}

/// The document that a day is looked for in, where its whole text sets no deadline.
fn without_deadline(brief: &Brief) -> Option<usize> {
    let document = match brief.scope()[..] {
        [document] => document,
        _ => brief.corpus.document_of(brief.ranking.best()?.passage),
    };
    super::when::has_no_deadline(brief, document).then_some(document)
}

/// Whether no document holds any fact of this kind: the whole text of each was read for it.
fn is_silent(brief: &Brief, asked: Asked) -> bool {
    !brief.features.statistics.hold(asked)
}

/// A run of the question's topic words of which no passage has even one, as typed: what the
/// documents provably never mention.
fn unheard_of(brief: &Brief) -> Option<String> {
    let question = brief.question;
    let unknown = |at: usize| {
        let token = &question.tokens[at];
        token.repair.is_none()
            && brief.features.statistics.words.folded.id(&token.fold) == crate::rank::UNKNOWN
    };
    if let Some(typed) = brief.unmentioned_body().or_else(|| unheard_concept(brief)) {
        return readable(&typed);
    }
    let is_number = |at: usize| question.tokens[at].is_number();
    let term = question
        .terms
        .iter()
        .filter(|term| term.tokens.clone().all(|at| unknown(at) && !is_number(at)))
        .max_by_key(|term| term.tokens.len())?;
    let mut range = term.tokens.clone();
    let is_term = |at: usize| question.terms.iter().any(|term| term.tokens.contains(&at));
    while range.end < question.tokens.len() && is_term(range.end) && unknown(range.end) {
        range.end += 1;
    }
    while range.start > 0 && is_term(range.start - 1) && unknown(range.start - 1) {
        range.start -= 1;
    }
    // One common syllable is half a word, and to say that it is never mentioned says nothing.
    let foreign = !text::is_folded_syllable(&question.tokens[range.start].fold);
    if range.len() < 2 && !foreign {
        return None;
    }
    readable(question.typed(range))
}

/// A topic that the lexicon knows and no passage has, as typed, when no passage says those words
/// either.
pub(super) fn unheard_concept(brief: &Brief) -> Option<String> {
    let question = brief.question;
    let term = question.terms.iter().find(|term| brief.is_unheard(term))?;
    if !(brief.never_say)(&question.tokens[term.tokens.clone()]) {
        return None;
    }
    readable(question.typed(without_asking(question, term.tokens.clone())))
}

/// "mẫu nào": the words before what asks; all of them where nothing else is said.
fn without_asking(question: &Question, range: Range<usize>) -> Range<usize> {
    const ASKING: [&str; 3] = ["nào", "gì", "đâu"];
    let asks = |at: &usize| ASKING.contains(&question.restored[*at].as_str());
    let asking = range.clone().rev().take_while(asks).count();
    match range.len() > asking {
        true => range.start..range.end - asking,
        false => range,
    }
}

/// Words of the question fit to be shown.
fn readable(typed: &str) -> Option<String> {
    let fit = typed.chars().count() <= 40 && !typed.chars().any(char::is_control);
    (fit && !typed.is_empty()).then(|| text::nfc(typed))
}

/// What a digest in scope is known to lack, when it may be what was asked for.
fn digest_lacks(brief: &Brief) -> Option<String> {
    let named = brief.question.documents.iter();
    let named = named.map(|mention| &brief.corpus.documents[mention.document]);
    let lines: Vec<String> = named.filter_map(phrases::digest_lacks).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// No other passage answers the last question.
pub fn nothing_more() -> Draft {
    let mut draft = Draft::new(Kind::Abstain, Intent::Lookup);
    draft.frame(phrases::NOTHING_MORE);
    draft
}
