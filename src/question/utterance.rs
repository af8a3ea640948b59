//! What is learnt from a text, and told of one by what was learnt: its words and the concepts they name,
//! both without marks.

use crate::corpus::{Corpus, Form};
use crate::text::{self, Token, Utterance};

/// Words and concepts of a text.
pub fn utterance<'a>(
    corpus: &Corpus,
    tokens: impl Iterator<Item = &'a Token> + Clone,
) -> Utterance<'a> {
    Utterance {
        words: tokens.clone().map(|token| token.fold.as_str()).collect(),
        concepts: concepts(corpus, tokens),
    }
}

/// The concepts that words name, those inside a longer phrase left out. Like the words, they are told
/// without marks, so that a question names the same however it is typed.
fn concepts<'a>(corpus: &Corpus, tokens: impl Iterator<Item = &'a Token>) -> Vec<usize> {
    let bare: Vec<Token> = tokens.map(Token::without_marks).collect();
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
