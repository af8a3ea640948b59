//! The words that carry the topic: what is left when the question's frame is taken away.

use std::collections::HashSet;
use std::ops::Range;

use super::cue::{CueMatch, means};
use super::Question;
use crate::corpus::{Corpus, Form};
use crate::text::Token;

/// What a term stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Concepts of the lexicon, in whatever words.
    Concepts(Vec<usize>),
    /// A unit, by index.
    Unit(usize),
    /// Just this word.
    Word,
}

/// A piece of the topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its words.
    pub tokens: Range<usize>,
    /// What it stands for.
    pub meaning: Meaning,
    /// True when so many passages have it that it tells nothing apart.
    pub slight: bool,
}

impl Term {
    /// True when so many passages have it that it tells nothing apart.
    pub fn is_slight(&self) -> bool {
        self.slight
    }

    /// True when it names a unit.
    pub fn is_unit(&self) -> bool {
        matches!(self.meaning, Meaning::Unit(_))
    }
}

/// Share of the passages from which on a word tells nothing apart.
const COMMON: f64 = 0.2;
/// Under so many passages shares mean nothing.
const FEW: usize = 20;

/// Words and concepts that most passages have.
pub(super) struct CommonWords {
    words: HashSet<String>,
    concepts: HashSet<usize>,
}

impl CommonWords {
    pub fn new(corpus: &Corpus) -> Self {
        let mut common = Self { words: HashSet::new(), concepts: HashSet::new() };
        let passages = corpus.passages.len();
        if passages < FEW {
            return common;
        }
        let least = (passages as f64 * COMMON).ceil() as u32;
        let mut words = std::collections::HashMap::<String, u32>::new();
        let mut concepts = std::collections::HashMap::<usize, u32>::new();
        for passage in 0..passages {
            let tokens = crate::text::tokenize(corpus.text_of(passage));
            let here: HashSet<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
            for word in here {
                *words.entry(word.to_owned()).or_default() += 1;
            }
            let here: HashSet<usize> = corpus
                .lexicon
                .phrases
                .find(&tokens)
                .into_iter()
                .filter(|found| found.value.1 == Form::Official)
                .map(|found| found.value.0)
                .collect();
            for concept in here {
                *concepts.entry(concept).or_default() += 1;
            }
        }
        common.words.extend(words.into_iter().filter(|(_, n)| *n >= least).map(|(word, _)| word));
        common.concepts.extend(concepts.into_iter().filter(|(_, n)| *n >= least).map(|(id, _)| id));
        common
    }
}

/// The topic's terms, in the order of the question.
pub(super) fn find(
    corpus: &Corpus,
    common: &CommonWords,
    tokens: &[Token],
    restored: &[String],
    cues: &[CueMatch],
    question: &Question,
    place: &[Range<usize>],
) -> Vec<Term> {
    let concepts = concepts(corpus, tokens, restored);
    let free = content_free(corpus, tokens, restored);
    let mut taken = vec![false; tokens.len()];
    let mut take = |range: &Range<usize>| taken[range.clone()].fill(true);
    for mention in &question.documents {
        take(&mention.tokens);
    }
    for range in place {
        take(range);
    }
    let mut terms = Vec::new();
    for mention in &question.units {
        if !taken[mention.tokens.clone()].contains(&true) {
            taken[mention.tokens.clone()].fill(true);
            terms.push(Term {
                tokens: mention.tokens.clone(),
                meaning: Meaning::Unit(mention.unit),
                slight: false,
            });
        }
    }
    let frame: Vec<Range<usize>> = cues.iter().map(|cue| cue.tokens.clone()).chain(free).collect();
    for (range, ids) in concepts {
        let framed = frame.iter().any(|outer| outer.start <= range.start && range.end <= outer.end);
        if framed || taken[range.clone()].contains(&true) {
            continue;
        }
        taken[range.clone()].fill(true);
        let slight = ids.iter().all(|id| common.concepts.contains(id));
        terms.push(Term { tokens: range, meaning: Meaning::Concepts(ids), slight });
    }
    for range in &frame {
        taken[range.clone()].fill(true);
    }
    for (at, token) in tokens.iter().enumerate() {
        if !taken[at] {
            let slight = common.words.contains(&restored[at]) || common.words.contains(&token.word);
            terms.push(Term { tokens: at..at + 1, meaning: Meaning::Word, slight });
        }
    }
    terms.sort_by_key(|term| term.tokens.start);
    terms
}

/// Concepts named, the longest phrase at each place; a phrase that is listed as meaning something
/// else takes its words out.
fn concepts(corpus: &Corpus, tokens: &[Token], restored: &[String]) -> Vec<(Range<usize>, Vec<usize>)> {
    let all = corpus.lexicon.phrases.find(tokens);
    corpus
        .lexicon
        .phrases
        .find_longest_where(tokens, |found| means(tokens, restored, found))
        .into_iter()
        .filter_map(|longest| {
            let here = all.iter().filter(|found| found.tokens == longest.tokens);
            let mut ids: Vec<usize> = Vec::new();
            for found in here {
                let (concept, form) = *found.value;
                if form != Form::Not && means(tokens, restored, found) && !ids.contains(&concept) {
                    ids.push(concept);
                }
            }
            (!ids.is_empty()).then_some((longest.tokens, ids))
        })
        .collect()
}

fn content_free(corpus: &Corpus, tokens: &[Token], restored: &[String]) -> Vec<Range<usize>> {
    corpus
        .lexicon
        .content_free
        .find_longest_where(tokens, |found| means(tokens, restored, found))
        .into_iter()
        .map(|found| found.tokens)
        .collect()
}
