//! Courtesies around what somebody says: they tell nothing of what it is about.

use std::borrow::Cow;

use crate::corpus::Corpus;
use crate::text::Token;

/// Sounds made before one begins to speak; a machine that types what is said types them too.
const SOUNDS: [&str; 14] = [
    "à", "ạ", "ờ", "ừ", "ừm", "ầu", "ơ", "ô", "ồ", "ê", "um", "uhm", "hmm", "dạ",
];

/// How many words at the beginning are only sounds: none of what follows, where something follows.
pub(super) fn sounds_before(tokens: &[Token], restored: &[String]) -> usize {
    let is_sound = |at: &usize| SOUNDS.contains(&restored[*at].as_str());
    let sounds = (0..tokens.len()).take_while(is_sound).count();
    if sounds < tokens.len() { sounds } else { 0 }
}

/// A text without its courtesies, its abbreviations written out: what is learnt from.
pub fn without_courtesies<'a>(corpus: &Corpus, tokens: &'a [Token]) -> Cow<'a, [Token]> {
    let tokens = super::write_out(corpus, tokens);
    let kept = beside_courtesies(corpus, &tokens);
    if kept.len() == tokens.len() {
        return tokens;
    }
    Cow::Owned(kept.into_iter().map(|at| tokens[at].clone()).collect())
}

/// The places of words outside phrases that carry no content, such as "cho em hỏi": who is polite is
/// not in danger for it, and asks about nothing else.
pub(super) fn beside_courtesies(corpus: &Corpus, tokens: &[Token]) -> Vec<usize> {
    let mut free = corpus.lexicon.content_free.find(tokens);
    free.retain(|found| found.tokens.len() > 1);
    (0..tokens.len())
        .filter(|at| !free.iter().any(|found| found.tokens.contains(at)))
        .collect()
}
