//! Units named: longest alias first, by diacritics where the question has them, folded where it
//! has none.

use std::ops::Range;

use super::cue::means;
use super::documents::DocumentMention;
use crate::corpus::Corpus;
use crate::text::spelling::Vocabulary;
use crate::text::{Match, Token};

/// A unit named in a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitMention {
    /// Index into the corpus's units.
    pub unit: usize,
    /// The words that name it.
    pub tokens: Range<usize>,
    /// What is named is not the unit itself, but something in it.
    pub included: Option<String>,
    /// It is the one who gives a task, and not the one who is asked about: "được Bộ Chính trị giao".
    pub gives: bool,
}

/// Finds the units named, in the order of the question. A unit inside the name of a document
/// ("Chỉ thị của Bộ Chính trị") is part of that name.
pub(super) fn find(
    corpus: &Corpus,
    tokens: &[Token],
    restored: &[String],
    documents: &[DocumentMention],
    vocabulary: &Vocabulary,
) -> Vec<UnitMention> {
    let mut mentions: Vec<UnitMention> = Vec::new();
    let all = corpus
        .units
        .phrases
        .find_longest_where(tokens, |m| means(tokens, restored, m));
    let starts: Vec<usize> = all.iter().map(|found| found.tokens.start).collect();
    for found in all {
        let unit = *found.value;
        let inside = documents.iter().any(|document| {
            document.tokens.start <= found.tokens.start && found.tokens.end <= document.tokens.end
        });
        let said_before = mentions.iter().any(|mention| mention.unit == unit);
        if inside
            || said_before
            || is_body_of(tokens, &found.tokens)
            || (!starts.contains(&found.tokens.end)
                && (goes_on(tokens, &found.tokens)
                    || begins_another_name(corpus, restored, &found, vocabulary)))
        {
            continue;
        }
        mentions.push(UnitMention {
            unit,
            gives: gives(tokens, &found.tokens),
            included: corpus.units.included(found.phrase).map(str::to_owned),
            tokens: found.tokens,
        });
    }
    mentions
}

/// "được … giao", "do … phân công": the unit stands between the passive and a verb of charging.
fn gives(tokens: &[Token], range: &Range<usize>) -> bool {
    const PASSIVE: [&str; 4] = ["được", "do", "bởi", "bị"];
    const CHARGING: [&str; 8] = ["giao", "phân", "bảo", "yêu", "chỉ", "sai", "nhờ", "kêu"];
    let is = |at: Option<usize>, words: &[&str]| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|token| token.may_be_any(words))
    };
    is(range.start.checked_sub(1), &PASSIVE) && is(Some(range.end), &CHARGING)
}

/// Whether a short name that begins those of several units goes on to another: "ủy ban" in "ủy ban
/// kiểm tra", which no unit's name covers, is not the one it stands for alone.
fn begins_another_name(
    corpus: &Corpus,
    restored: &[String],
    found: &Match<'_, usize>,
    vocabulary: &Vocabulary,
) -> bool {
    const SHORT: usize = 2;
    let range = &found.tokens;
    let (Some(last), Some(next)) = (restored.get(range.end - 1), restored.get(range.end)) else {
        return false;
    };
    // What a unit does or is begins no other name.
    const GOES_ON: [&str; 18] = [
        "có", "phải", "được", "thì", "là", "cần", "làm", "lo", "sẽ", "đã", "đang", "gồm", "chịu",
        "tham", "trong", "ở", "của", "nào",
    ];
    let verb = GOES_ON.contains(&next.as_str());
    if range.len() > SHORT || verb || !vocabulary.stand_together(last, next) {
        return false;
    }
    let longer = |phrase: &&[Token]| {
        phrase.len() > range.len()
            && phrase
                .iter()
                .zip(found.phrase)
                .all(|(a, b)| a.word == b.word)
    };
    corpus.units.phrases.phrases().filter(longer).count() > 1
}

/// "Bộ Công an" is not the police of the province.
fn is_body_of(tokens: &[Token], range: &Range<usize>) -> bool {
    let before = range.start.checked_sub(1).and_then(|at| tokens.get(at));
    before.is_some_and(|token| token.may_be("bộ"))
}

/// The police "xã" is not that of the province, nor that of a town.
fn goes_on(tokens: &[Token], range: &Range<usize>) -> bool {
    let is =
        |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| token.may_be_any(words));
    let at = range.end + usize::from(is(range.end, &["cấp"]));
    let town = is(at, &["thị"]) && is(at + 1, &["trấn", "xã"]);
    town || is(at, &["xã", "huyện", "phường", "quận"])
}
