//! From words to index terms. A text is analysed once by the text room; the streams handed to the
//! index are its words already joined by [`SEPARATOR`], so that no field tokenizes again.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text;

/// Name under which the analyser is registered.
pub(super) const ANALYSER: &str = "words";
const SEPARATOR: char = '\n';
/// Between the two syllables of a pair; no word holds a space.
const JOINT: char = ' ';

/// The term of two neighbouring syllables.
pub fn pair(left: &str, right: &str) -> String {
    let mut term = String::with_capacity(left.len() + 1 + right.len());
    term.push_str(left);
    term.push(JOINT);
    term.push_str(right);
    term
}

/// The four views of a text, each a stream of terms joined by the separator.
#[derive(Default)]
pub(super) struct Analysed {
    pub exact: String,
    pub exact_pair: String,
    pub folded: String,
    pub folded_pair: String,
}

impl Analysed {
    /// Analyses a text.
    pub fn new(source: &str) -> Self {
        let mut analysed = Self::default();
        analysed.add(&text::tokenize(source));
        analysed
    }

    /// Adds a text of its own: no pair reaches into it.
    pub fn add(&mut self, tokens: &[text::Token]) {
        let mut previous: Option<&text::Token> = None;
        for token in tokens {
            push(&mut self.exact, &[&token.word]);
            push(&mut self.folded, &[&token.fold]);
            if let Some(left) = previous {
                push(&mut self.exact_pair, &[&left.word, &token.word]);
                push(&mut self.folded_pair, &[&left.fold, &token.fold]);
            }
            previous = Some(token);
        }
    }
}

fn push(stream: &mut String, syllables: &[&str]) {
    if !stream.is_empty() {
        stream.push(SEPARATOR);
    }
    for (i, syllable) in syllables.iter().enumerate() {
        if i > 0 {
            stream.push(JOINT);
        }
        stream.push_str(syllable);
    }
}

/// Splits a prepared stream at its separators.
#[derive(Clone, Default)]
pub(super) struct Words;

pub(super) struct WordStream<'a> {
    rest: std::str::Split<'a, char>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        WordStream {
            rest: text.split(SEPARATOR),
            token: Token::default(),
        }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.rest.find(|word| !word.is_empty()) else {
            return false;
        };
        self.token.text.clear();
        self.token.text.push_str(word);
        self.token.position = self.token.position.wrapping_add(1);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(stream: &str) -> Vec<String> {
        let mut words = Words;
        let mut stream = words.token_stream(stream);
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push(stream.token().text.clone());
        }
        terms
    }

    #[test]
    fn a_text_has_four_views() {
        let analysed = Analysed::new("Trẻ em, TRẺ EM!");
        assert_eq!(terms(&analysed.exact), ["trẻ", "em", "trẻ", "em"]);
        assert_eq!(terms(&analysed.exact_pair), ["trẻ em", "em trẻ", "trẻ em"]);
        assert_eq!(terms(&analysed.folded), ["tre", "em", "tre", "em"]);
        assert_eq!(terms(&analysed.folded_pair), ["tre em", "em tre", "tre em"]);
    }

    #[test]
    fn nothing_makes_nothing() {
        assert_eq!(terms(&Analysed::new("").exact), Vec::<String>::new());
        assert_eq!(
            terms(&Analysed::new("một").folded_pair),
            Vec::<String>::new()
        );
    }
}
