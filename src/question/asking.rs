//! How a question is put, learnt from examples, for questions that no cue tells.

use crate::answer::Intent;
use crate::corpus::Corpus;
use crate::text::Token;
use crate::text::classifier::{Classifier, Examples, Words};
use crate::text::spelling::is_marked_text;

/// From here on the learnt intent is believed.
const SURE: f32 = 0.5;

/// Tells intents by the way a question is put.
pub(super) struct Askings {
    intents: Vec<Intent>,
    classifier: Classifier,
}

impl Askings {
    /// Learns from the corpus's questions.
    pub fn new(corpus: &Corpus) -> Self {
        let intents = corpus.intents.iter().map(|asking| asking.intent).collect();
        let examples: Vec<Examples> = corpus
            .intents
            .iter()
            .enumerate()
            .map(|(kind, asking)| Examples {
                kind: Some(kind),
                texts: asking
                    .questions
                    .iter()
                    .map(|tokens| super::write_out(corpus, tokens))
                    .collect(),
            })
            .collect();
        Self {
            intents,
            classifier: Classifier::learn(corpus.intents.len(), &examples),
        }
    }

    /// The likeliest intent, if one is likely.
    pub fn find(&self, tokens: &[Token], restored: &[String]) -> Option<Intent> {
        if self.classifier.is_empty() {
            return None;
        }
        let words = tokens.iter().zip(restored.iter().map(String::as_str));
        let likely = self
            .classifier
            .likelihoods(&Words::new(words, is_marked_text(tokens)));
        let best = (0..likely.len()).max_by(|a, b| likely[*a].total_cmp(&likely[*b]))?;
        (likely[best] >= SURE).then(|| self.intents[best])
    }
}
