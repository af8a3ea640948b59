//! How a question is put, learnt from examples: "what does X have to do", "who does Y", "which of
//! them". What it speaks of is left out: a unit is a unit, a document a document.

use crate::answer::Intent;
use crate::corpus::Corpus;
use crate::text::{Lessons, Token, Topics};

use super::documents::DocumentTable;

/// Stands for a unit.
const UNIT: &str = "‹unit›";
/// Stands for a document.
const DOCUMENT: &str = "‹document›";
/// Stand before the first word and after the last.
const BEGINNING: &str = "‹beginning›";
const END: &str = "‹end›";

/// How a question may be put, each intent with its likelihood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manner {
    likely: Vec<(Intent, f32)>,
}

impl Manner {
    /// The likeliest intent, and how likely it is.
    pub fn best(&self) -> Option<(Intent, f32)> {
        let by_likelihood = |a: &&(Intent, f32), b: &&(Intent, f32)| a.1.total_cmp(&b.1);
        self.likely.iter().max_by(by_likelihood).copied()
    }

    /// How likely an intent is.
    pub fn of(&self, intent: Intent) -> f32 {
        let found = self.likely.iter().find(|(other, _)| *other == intent);
        found.map_or(0.0, |(_, likely)| *likely)
    }
}

/// Tells intents by the way a question is put.
pub(super) struct Askings {
    intents: Vec<Intent>,
    topics: Topics,
}

impl Askings {
    /// Learns from the corpus's questions.
    pub fn new(corpus: &Corpus, documents: &DocumentTable) -> Self {
        let intents: Vec<Intent> = corpus.intents.iter().map(|asking| asking.intent).collect();
        let mut lessons = Lessons::new(intents.len());
        for (kind, asking) in corpus.intents.iter().enumerate() {
            for tokens in &asking.questions {
                let tokens = super::write_out(corpus, tokens);
                let typed: Vec<String> = tokens.iter().map(|token| token.word.clone()).collect();
                lessons.add(kind, &frame(corpus, documents, &tokens, &typed).into());
            }
        }
        Self {
            topics: lessons.learn(),
            intents,
        }
    }

    /// How likely each intent is; nothing where there are no examples.
    pub fn find(
        &self,
        corpus: &Corpus,
        documents: &DocumentTable,
        tokens: &[Token],
        restored: &[String],
    ) -> Manner {
        if self.topics.is_empty() {
            return Manner::default();
        }
        let likelihoods = self
            .topics
            .likelihoods(&frame(corpus, documents, tokens, restored).into());
        Manner {
            likely: self.intents.iter().copied().zip(likelihoods).collect(),
        }
    }
}

/// The words of a question, folded, with one word for each unit and document.
fn frame<'a>(
    corpus: &Corpus,
    documents: &DocumentTable,
    tokens: &'a [Token],
    restored: &[String],
) -> Vec<&'a str> {
    let mut marks: Vec<Option<&str>> = vec![None; tokens.len()];
    for found in corpus.units.phrases.find_longest(tokens) {
        marks[found.tokens.clone()].fill(Some(UNIT));
    }
    let (mentions, _) = documents.find(corpus, tokens, restored, None);
    for mention in mentions {
        marks[mention.tokens.clone()].fill(Some(DOCUMENT));
    }
    let mut words = vec![BEGINNING];
    for (token, mark) in tokens.iter().zip(marks) {
        match mark {
            Some(mark) if words.last() == Some(&mark) => {}
            Some(mark) => words.push(mark),
            None => words.push(&token.fold),
        }
    }
    words.push(END);
    words
}
