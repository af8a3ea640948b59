//! The question as weighted index terms.
//!
//! Folded syllables and pairs find what was typed without marks, their exact twins at half the
//! weight prefer what was typed with them, the heading counts as much as the text, and the lexicon's
//! concepts bring in the documents' own words for what was said in everyday ones.

use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::index::{Field, WeightedTerm, pair};
use crate::question::{Meaning, Question};
use crate::text;

const FOLDED: f32 = 1.0;
const EXACT: f32 = 0.5;
const HEADING_FOLDED: f32 = 1.0;
const HEADING_EXACT: f32 = 0.5;
/// What people say of a passage, beside what it says.
const SAID_FOLDED: f32 = 0.5;
const SAID_EXACT: f32 = 0.5;
/// The documents' words for a concept, beside the words typed.
const CONCEPT: f32 = 0.7;

/// What kinds of terms count.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Pairs beside single syllables.
    pub pair: f32,
    /// A syllable of the question's frame: "như", "nào".
    pub frame: f32,
    /// A pair of two of those.
    pub frame_pair: f32,
    /// A pair of one of those and another.
    pub half_frame_pair: f32,
    /// A word that is no Vietnamese syllable: a name, most likely, and surely meant.
    pub name: f32,
}

/// The index terms of a question, each once.
pub fn terms(corpus: &Corpus, question: &Question, weights: &Terms) -> Vec<WeightedTerm> {
    let mut terms = Collected::default();
    let exact: Vec<&str> = question.restored.iter().map(String::as_str).collect();
    let folded: Vec<&str> = question
        .tokens
        .iter()
        .map(|token| token.fold.as_str())
        .collect();
    let kinds: Vec<Kind> = (0..folded.len()).map(|at| kind(question, at)).collect();
    let single = |at: usize| match kinds[at] {
        Kind::Frame => weights.frame,
        Kind::Name => weights.name,
        Kind::Word => 1.0,
    };
    let double = |at: usize| {
        let frame = |at: usize| kinds[at] == Kind::Frame;
        weights.pair
            * match (frame(at), frame(at + 1)) {
                (true, true) => weights.frame_pair,
                (false, false) => 1.0,
                _ => weights.half_frame_pair,
            }
    };
    terms.add_text(&exact, &folded, single, double);
    for term in &question.terms {
        if let Meaning::Concepts(ids) = &term.meaning {
            for id in ids {
                for phrase in &corpus.lexicon.concepts[*id].official {
                    terms.add_phrase(phrase, CONCEPT, weights.pair);
                }
            }
        }
    }
    terms.finish()
}

/// What a word of a question is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Of the frame around the topic.
    Frame,
    /// No Vietnamese syllable.
    Name,
    /// Any other.
    Word,
}

fn kind(question: &Question, at: usize) -> Kind {
    let token = &question.tokens[at];
    let of_topic = question.terms.iter().any(|term| term.tokens.contains(&at));
    match () {
        () if !of_topic => Kind::Frame,
        () if !token.is_number() && !text::is_folded_syllable(&token.fold) => Kind::Name,
        () => Kind::Word,
    }
}

/// Terms by field and text; a term said twice keeps its larger weight.
#[derive(Default)]
struct Collected(BTreeMap<(Field, String), f32>);

impl Collected {
    fn add(&mut self, field: Field, text: String, weight: f32) {
        let entry = self.0.entry((field, text)).or_insert(0.0);
        *entry = entry.max(weight);
    }

    /// Adds words and pairs, each with a weight by the place of its first word.
    fn add_text(
        &mut self,
        exact: &[&str],
        folded: &[&str],
        single: impl Fn(usize) -> f32,
        double: impl Fn(usize) -> f32,
    ) {
        const FOLDED_WORD: [(Field, f32); 3] = [
            (Field::Folded, FOLDED),
            (Field::SaidFolded, SAID_FOLDED),
            (Field::HeadingFolded, HEADING_FOLDED),
        ];
        const EXACT_WORD: [(Field, f32); 3] = [
            (Field::Exact, EXACT),
            (Field::SaidExact, SAID_EXACT),
            (Field::HeadingExact, HEADING_EXACT),
        ];
        const FOLDED_PAIR: [(Field, f32); 3] = [
            (Field::FoldedPair, FOLDED),
            (Field::SaidFoldedPair, SAID_FOLDED),
            (Field::HeadingFoldedPair, HEADING_FOLDED),
        ];
        for (words, fields) in [(folded, FOLDED_WORD), (exact, EXACT_WORD)] {
            for (at, word) in words.iter().enumerate() {
                for (field, worth) in fields {
                    self.add(field, (*word).to_owned(), worth * single(at));
                }
            }
        }
        for (at, two) in folded.windows(2).enumerate() {
            for (field, worth) in FOLDED_PAIR {
                self.add(field, pair(two[0], two[1]), worth * double(at));
            }
        }
        for (at, two) in exact.windows(2).enumerate() {
            self.add(Field::ExactPair, pair(two[0], two[1]), EXACT * double(at));
        }
    }

    fn add_phrase(&mut self, phrase: &str, weight: f32, pair: f32) {
        let tokens = text::tokenize(phrase);
        let exact: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
        let folded: Vec<&str> = tokens.iter().map(|token| token.fold.as_str()).collect();
        self.add_text(&exact, &folded, |_| weight, |_| pair * weight);
    }

    fn finish(self) -> Vec<WeightedTerm> {
        self.0
            .into_iter()
            .map(|((field, text), weight)| WeightedTerm {
                field,
                text,
                weight,
            })
            .collect()
    }
}
