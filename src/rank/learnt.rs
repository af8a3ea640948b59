//! What is learnt from the corpus's tables about whole questions: which passage a question is about
//! (from the paraphrases and the passages' own sentences), and how likely the documents are silent
//! on it (from the questions they do not answer).

use crate::corpus::Corpus;
use crate::question::{Question, utterance, without_courtesies};
use crate::text::{Lessons, Token, Topics, tokenize};

/// What was learnt of one corpus.
#[derive(Default)]
pub struct Learnt {
    /// Which passage a question is about.
    passages: Topics,
    /// The passages' ordinals in the corpus, topic by topic.
    known: Vec<usize>,
    /// Whether the documents answer a question at all.
    silence: Topics,
}

/// What was learnt says this of one question.
#[derive(Clone, Debug, Default)]
pub struct Guess {
    /// Passages that something was learnt of, in their order, each with its likelihood.
    about: Vec<(usize, f32)>,
    /// How likely the documents are silent on it; 0 where nothing was learnt.
    pub silent: f32,
}

/// The topics of the second question: the documents answer it, or they are silent.
const ANSWERED: usize = 0;
const SILENT: usize = 1;

impl Learnt {
    /// Learns from the tables of a corpus; nothing where they are missing.
    pub fn new(corpus: &Corpus) -> Self {
        let mut known: Vec<usize> = corpus.paraphrases.iter().map(|said| said.passage).collect();
        known.dedup();
        if known.is_empty() {
            return Self::default();
        }
        let mut passages = Lessons::new(known.len());
        let mut silence = Lessons::new(2);
        // The documents say it, in people's words and in their own.
        let mut answered = |topic: usize, tokens: &[Token]| {
            let said = utterance(corpus, tokens);
            passages.add(topic, &said);
            silence.add(ANSWERED, &said);
        };
        for (topic, passage) in known.iter().enumerate() {
            for said in corpus.paraphrases_of(*passage) {
                answered(topic, &without_courtesies(corpus, &said.tokens));
            }
        }
        for (topic, passage) in known.iter().enumerate() {
            for own in own_words(corpus, *passage) {
                answered(topic, &own);
            }
        }
        for asked in &corpus.silent {
            let asked = without_courtesies(corpus, asked);
            silence.add(SILENT, &utterance(corpus, &asked));
        }
        let silence = match corpus.silent.is_empty() {
            true => Topics::default(),
            false => silence.learn(),
        };
        Self {
            passages: passages.learn(),
            known,
            silence,
        }
    }

    /// What was learnt says this of a question.
    pub fn guess(&self, corpus: &Corpus, question: &Question) -> Guess {
        if self.passages.is_empty() {
            return Guess::default();
        }
        // What somebody tells of himself leads away from what he asks.
        let said = question.asked(corpus);
        let likelihoods = self.passages.likelihoods(&said);
        let about = self.known.iter().copied().zip(likelihoods).collect();
        let silent = match self.silence.is_empty() {
            true => 0.0,
            false => self.silence.likelihoods(&said)[SILENT],
        };
        Guess { about, silent }
    }
}

/// Weighs against the passages a question is restricted to that it is about none of them: what is hardly
/// about any stays unlikely.
const ABOUT_NONE: f32 = 0.1;

impl Guess {
    /// Of the passages inside, how likely each is where no other is asked about.
    pub fn restrict(&mut self, inside: impl Fn(usize) -> bool) {
        let before = self.about.len();
        self.about.retain(|(passage, _)| inside(*passage));
        if self.about.len() == before {
            return;
        }
        let all: f32 = self.about.iter().map(|(_, likely)| likely).sum();
        for (_, likely) in &mut self.about {
            *likely /= all.clamp(0.0, 1.0 - ABOUT_NONE) + ABOUT_NONE;
        }
    }

    /// How likely the question is about a passage.
    pub fn about(&self, passage: usize) -> f32 {
        let found = self
            .about
            .binary_search_by_key(&passage, |(known, _)| *known);
        found.map_or(0.0, |at| self.about[at].1)
    }

    /// The passages that are at least so likely.
    pub fn likely(&self, least: f32) -> impl Iterator<Item = usize> {
        let passages = self.about.iter();
        passages
            .filter(move |(_, likely)| *likely >= least)
            .map(|(passage, _)| *passage)
    }
}

/// A passage's own sentences, a piece at each semicolon.
fn own_words(corpus: &Corpus, passage: usize) -> impl Iterator<Item = Vec<Token>> {
    corpus
        .text_of(passage)
        .split([';', '.'])
        .map(tokenize)
        .filter(|tokens| tokens.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restricted(about: &[(usize, f32)], inside: &[usize]) -> Vec<(usize, f32)> {
        let mut guess = Guess {
            about: about.to_vec(),
            silent: 0.0,
        };
        guess.restrict(|passage| inside.contains(&passage));
        guess.about
    }

    #[test]
    fn what_is_left_shares_the_likelihood_of_what_is_not() {
        let about = [(1, 0.8), (2, 0.18), (3, 0.02)];
        assert_eq!(restricted(&about, &[1, 2, 3]), about);
        let [(2, second), (3, third)] = restricted(&about, &[2, 3])[..] else {
            panic!("two are left");
        };
        assert!(second > 0.5 && third > 0.02 && second + third < 1.0);
    }

    #[test]
    fn what_is_hardly_likely_stays_so_alone() {
        let [(3, alone)] = restricted(&[(1, 0.98), (3, 0.02)], &[3])[..] else {
            panic!("one is left");
        };
        assert!(alone < 0.2, "{alone}");
        assert!(restricted(&[(1, 1.0)], &[2]).is_empty());
    }
}
