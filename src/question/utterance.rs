//! What is learnt from a text, and told of one by what was learnt: its words and the concepts they name,
//! both without marks.

use crate::corpus::{Corpus, Form};
use crate::text::{self, Token, Utterance};

/// Words and concepts of a text.
pub fn utterance<'a>(corpus: &Corpus, tokens: &'a [Token]) -> Utterance<'a> {
    of(tokens, concepts(corpus, tokens))
}

/// The same where the concepts are known.
pub(super) fn of(tokens: &[Token], concepts: Vec<usize>) -> Utterance<'_> {
    Utterance {
        words: tokens.iter().map(|token| token.fold.as_str()).collect(),
        concepts,
    }
}

/// The concepts that words name, those inside a longer phrase left out. Like the words, they are told
/// without marks, so that a question names the same however it is typed.
pub(super) fn concepts(corpus: &Corpus, tokens: &[Token]) -> Vec<usize> {
    if corpus.lexicon.concepts.is_empty() {
        return Vec::new();
    }
    let bare: Vec<Token> = tokens.iter().map(Token::without_marks).collect();
    let found = corpus.lexicon.phrases.find(&bare);
    let inside = |range| found.iter().any(|other| text::covers(&other.tokens, range));
    let named = found
        .iter()
        .filter(|phrase| phrase.value.1 != Form::Not && !inside(&phrase.tokens));
    let mut concepts: Vec<usize> = named.map(|phrase| phrase.value.0).collect();
    concepts.sort_unstable();
    concepts.dedup();
    concepts
}
