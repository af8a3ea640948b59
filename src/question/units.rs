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
    for found in corpus
        .units
        .phrases
        .find_longest_where(tokens, |m| means(tokens, restored, m))
    {
        let unit = *found.value;
        let inside = documents.iter().any(|document| {
            document.tokens.start <= found.tokens.start && found.tokens.end <= document.tokens.end
        });
        let said_before = mentions.iter().any(|mention| mention.unit == unit);
        if inside
            || said_before
            || is_another_body(tokens, &found.tokens)
            || begins_another_name(corpus, restored, &found, vocabulary)
        {
            continue;
        }
        mentions.push(UnitMention {
            unit,
            tokens: found.tokens,
        });
    }
    mentions
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
    if range.len() > SHORT || !vocabulary.stand_together(last, next) {
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

/// "Bộ Công an" is not the police of the province, "UBND xã" not its committee.
fn is_another_body(tokens: &[Token], range: &Range<usize>) -> bool {
    let before = range.start.checked_sub(1).and_then(|at| tokens.get(at));
    let after = tokens.get(range.end);
    let is = |token: Option<&Token>, words: &[&str]| {
        token.is_some_and(|token| words.iter().any(|word| token.may_be(word)))
    };
    let town = is(after, &["thị"]) && is(tokens.get(range.end + 1), &["trấn", "xã"]);
    town || is(before, &["bộ"]) || is(after, &["xã", "huyện", "phường", "quận"])
}
