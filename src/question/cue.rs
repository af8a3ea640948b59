//! Cues: phrases of the language that show what is asked for, whatever the documents are about.
//! Each signal keeps its own list; this file finds them all at once.

use std::ops::Range;

use super::{asked, chat, followup, intent};
use crate::corpus::Corpus;
use crate::text::Token;
use crate::text::{Match, PhraseTable};

/// What a phrase shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// Asks who does something.
    Who,
    /// Asks for what a unit has to do.
    Duties,
    /// Asks for a time, a period, a frequency.
    When,
    /// Asks for a calendar date.
    Calendar,
    /// Asks for an enumeration.
    List,
    /// Asks how many there are.
    Count,
    /// Asks for several documents side by side.
    Compare,
    /// Asks what something is for.
    Purpose,
    /// Asks what a document rests on.
    Grounds,
    /// Asks to whom a report goes.
    Recipient,
    /// Asks for metadata of a document.
    About(Field),
    /// Asks for a kind of fact.
    Fact(asked::Asked),
    /// Leans on the question before.
    Follow(followup::Lean),
    /// Social, or beyond what quotations can do.
    Chat(chat::Chat),
}

/// A piece of a document's metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Number and sign.
    Number,
    /// Day of issue.
    Date,
    /// Who signed.
    Signer,
    /// Who issued it.
    Issuer,
    /// Its full title.
    Title,
    /// Where it was signed.
    Place,
    /// Its parts.
    Structure,
    /// Where the text here comes from.
    Source,
}

impl Field {
    /// The shortest words that ask for it.
    pub fn ask(self) -> &'static str {
        match self {
            Field::Number => "số hiệu",
            Field::Date => "ngày ban hành",
            Field::Signer => "ai ký",
            Field::Issuer => "ai ban hành",
            Field::Title => "tên đầy đủ",
            Field::Place => "ban hành ở đâu",
            Field::Structure => "mấy phần",
            Field::Source => "bản gốc",
        }
    }
}

/// A cue found.
#[derive(Clone, Debug)]
pub(super) struct CueMatch {
    pub tokens: Range<usize>,
    pub cue: Cue,
}

/// Longer cues are whole turns of speech, and words are not cut at their ends by chance.
const SHORT_CUE: usize = 3;

/// All cues, ready to be found.
pub(super) struct CueTable {
    phrases: PhraseTable<Cue>,
}

impl CueTable {
    pub fn new() -> Self {
        let mut table = PhraseTable::new();
        for (phrase, cue) in all() {
            table.insert(phrase, *cue);
        }
        Self { phrases: table }
    }

    /// Cues at every place; one inside a longer cue of any kind is dropped.
    /// One that cuts a word of the lexicon in two is none: "mấy chương" in "mấy chương trình".
    pub fn find(
        &self,
        corpus: &Corpus,
        typed: &str,
        tokens: &[Token],
        restored: &[String],
    ) -> Vec<CueMatch> {
        let phrases = corpus.lexicon.phrases.find(tokens);
        let cuts = |cue: &Range<usize>| {
            phrases.iter().any(|phrase| {
                let (start, end) = (phrase.tokens.start, phrase.tokens.end);
                let cut =
                    cue.len() <= SHORT_CUE && cue.start < start && start < cue.end && cue.end < end;
                let inside = start <= cue.start && cue.end <= end && cue.len() < end - start;
                cut || inside
            })
        };
        let mut found: Vec<CueMatch> = self
            .phrases
            .find(tokens)
            .into_iter()
            .filter(|m| means(tokens, restored, m) && !crosses_mark(typed, tokens, m))
            .filter(|m| !(is_of_a_noun(*m.value) && cuts(&m.tokens)))
            .filter(|m| !must_be_read_so(*m.value) || is_read_so(restored, m))
            .map(|m| CueMatch {
                tokens: m.tokens,
                cue: *m.value,
            })
            .collect();
        let ranges: Vec<Range<usize>> = found.iter().map(|m| m.tokens.clone()).collect();
        found.retain(|m| !ranges.iter().any(|outer| strictly_inside(&m.tokens, outer)));
        found.sort_by_key(|m| (m.tokens.start, m.tokens.end));
        found
    }
}

/// Cues that end in a noun or stand inside other phrases: "mấy chương", "năm nào".
fn is_of_a_noun(cue: Cue) -> bool {
    matches!(cue, Cue::About(_) | Cue::Count | Cue::Calendar | Cue::When)
}

/// A single word typed without marks means a marked phrase only if that is its likeliest reading
/// here ("ky" in "dinh ky" is not "ký").
pub(super) fn means<T>(tokens: &[Token], restored: &[String], found: &Match<T>) -> bool {
    let at = found.tokens.start;
    found.tokens.len() > 1
        || found.exact == 1
        || tokens[at].marked
        || restored
            .get(at)
            .is_some_and(|word| *word == found.phrase[0].word)
}

/// Whether a punctuation mark stands inside what was typed where the phrase has none: in "dịch vụ,
/// công trình" nobody says "dịch vụ công". A saying of four or more syllables is sure enough.
pub(super) fn crosses_mark<T>(typed: &str, tokens: &[Token], found: &Match<'_, T>) -> bool {
    if found.tokens.len() >= 4 {
        return false;
    }
    let typed_marks = tokens[found.tokens.clone()].windows(2).map(|two| {
        typed
            .get(two[0].span.end..two[1].span.start)
            .is_some_and(|between| between.contains([',', ';', ':', '.', '?', '!', '\n']))
    });
    // In a phrase, words without a mark between them are one space apart.
    let own_marks = found
        .phrase
        .windows(2)
        .map(|two| two[1].span.start > two[0].span.end + 1);
    typed_marks.zip(own_marks).any(|(typed, own)| typed && !own)
}

/// Cues that have a question refused, or answered with bodies: "bản nào" is no "ban nào".
fn must_be_read_so(cue: Cue) -> bool {
    matches!(
        cue,
        Cue::Who | Cue::Chat(chat::Chat::Opinion | chat::Chat::Writing | chat::Chat::Injection)
    )
}

/// Whether two words are most likely those of the phrase: "theo ban" is "theo bản" before "ke hoach" and
/// "theo bạn" elsewhere.
fn is_read_so<T>(restored: &[String], found: &Match<'_, T>) -> bool {
    let likely = &restored[found.tokens.clone()];
    let is_phrase = || {
        likely
            .iter()
            .zip(found.phrase)
            .all(|(word, own)| *word == own.word)
    };
    found.tokens.len() != 2 || found.exact == 2 || is_phrase()
}

fn strictly_inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end && inner.len() < outer.len()
}

fn all() -> impl Iterator<Item = &'static (&'static str, Cue)> {
    [
        intent::PHRASES,
        asked::PHRASES,
        followup::PHRASES,
        chat::PHRASES,
    ]
    .into_iter()
    .flatten()
}

/// Every cue phrase, for the vocabulary.
pub(super) fn phrases() -> impl Iterator<Item = &'static str> {
    all().map(|(phrase, _)| *phrase)
}

/// Whether a cue was found.
pub(super) fn has(cues: &[CueMatch], cue: Cue) -> bool {
    cues.iter().any(|m| m.cue == cue)
}

/// The metadata asked for, in the order of the question.
pub(super) fn fields(cues: &[CueMatch]) -> Vec<Field> {
    let mut fields = Vec::new();
    for m in cues {
        if let Cue::About(field) = m.cue
            && !fields.contains(&field)
        {
            fields.push(field);
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_phrase_is_listed_twice() {
        let mut seen = std::collections::HashSet::new();
        for phrase in phrases() {
            assert!(seen.insert(phrase), "{phrase} stands in two lists");
        }
    }
}
