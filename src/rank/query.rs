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
/// Pairs beside single syllables.
const PAIR: f32 = 0.8;
/// The documents' words for a concept, beside the words typed.
const CONCEPT: f32 = 0.7;

/// The index terms of a question, each once.
pub fn terms(corpus: &Corpus, question: &Question) -> Vec<WeightedTerm> {
    let mut terms = Terms::default();
    let exact: Vec<&str> = question.restored.iter().map(String::as_str).collect();
    let folded: Vec<&str> = question
        .tokens
        .iter()
        .map(|token| token.fold.as_str())
        .collect();
    terms.add_text(&exact, &folded, 1.0);
    for term in &question.terms {
        if let Meaning::Concepts(ids) = &term.meaning {
            for id in ids {
                for phrase in &corpus.lexicon.concepts[*id].official {
                    terms.add_phrase(phrase, CONCEPT);
                }
            }
        }
    }
    terms.finish()
}

/// Terms by field and text; a term said twice keeps its larger weight.
#[derive(Default)]
struct Terms(BTreeMap<(Field, String), f32>);

impl Terms {
    fn add(&mut self, field: Field, text: String, weight: f32) {
        let entry = self.0.entry((field, text)).or_insert(0.0);
        *entry = entry.max(weight);
    }

    fn add_text(&mut self, exact: &[&str], folded: &[&str], weight: f32) {
        for word in folded {
            self.add(Field::Folded, (*word).to_owned(), FOLDED * weight);
            self.add(Field::SaidFolded, (*word).to_owned(), SAID_FOLDED * weight);
            self.add(
                Field::HeadingFolded,
                (*word).to_owned(),
                HEADING_FOLDED * weight,
            );
        }
        for word in exact {
            self.add(Field::Exact, (*word).to_owned(), EXACT * weight);
            self.add(Field::SaidExact, (*word).to_owned(), SAID_EXACT * weight);
            self.add(
                Field::HeadingExact,
                (*word).to_owned(),
                HEADING_EXACT * weight,
            );
        }
        for two in folded.windows(2) {
            self.add(
                Field::FoldedPair,
                pair(two[0], two[1]),
                PAIR * FOLDED * weight,
            );
            self.add(
                Field::SaidFoldedPair,
                pair(two[0], two[1]),
                PAIR * SAID_FOLDED * weight,
            );
            self.add(
                Field::HeadingFoldedPair,
                pair(two[0], two[1]),
                PAIR * HEADING_FOLDED * weight,
            );
        }
        for two in exact.windows(2) {
            self.add(
                Field::ExactPair,
                pair(two[0], two[1]),
                PAIR * EXACT * weight,
            );
        }
    }

    fn add_phrase(&mut self, phrase: &str, weight: f32) {
        let tokens = text::tokenize(phrase);
        let exact: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
        let folded: Vec<&str> = tokens.iter().map(|token| token.fold.as_str()).collect();
        self.add_text(&exact, &folded, weight);
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
