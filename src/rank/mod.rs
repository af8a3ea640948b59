//! From a question to ranked passages, and the one line between answering and abstaining.
//!
//! Candidates come from the index by BM25; a few named rules, a file each, order them. Every
//! contribution is kept, so that a trace can show why a passage stands where it stands.

mod assigned;
mod coverage;
mod decide;
mod document;
pub mod fact;
mod features;
mod learnt;
mod likeness;
mod query;
mod said;
mod sentence;
mod shape;
mod statistics;
mod stored;
pub mod time;
mod timed;
mod weights;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::corpus::Corpus;
use crate::index::{self, Field, Hit, IndexError, SearchIndex};
use crate::question::Question;
use crate::text::Token;

pub use assigned::task_coverage;
pub use coverage::Needs;
use learnt::{Guess, Learnt};
use said::Said;
use statistics::WordId;
use weights::Weights;

pub use decide::{Verdict, Why, decide, enough};
pub use features::{Features, Piece};
pub use sentence::answering;
pub use statistics::{Gathering, Statistics, UNKNOWN};

/// How many passages the index is asked for; the rules order no more than these.
const CANDIDATES: usize = 50;

/// A passage so likely by what was learnt is considered, whatever words it shares.
const LIKELY: f32 = 0.1;

/// What a rule looks at.
pub struct Scene<'a> {
    /// The corpus.
    pub corpus: &'a Corpus,
    /// What is known of its passages.
    pub features: &'a Features,
    /// The question.
    pub question: &'a Question,
    /// What it asks for.
    pub needs: &'a Needs,
    /// What paraphrases say of it.
    said: Said,
    /// What was learnt of questions like it.
    guess: &'a Guess,
    /// How much each rule counts.
    weights: &'a Weights,
    /// Rules that give nothing.
    off: &'a [&'static str],
    /// BM25 scores by passage, as shares of the best.
    bm25: HashMap<usize, f32>,
}

/// A rule: a name, a weight, and a score of about 0 to 1 for a passage.
struct Rule {
    name: &'static str,
    weight: fn(&Weights) -> f32,
    score: fn(&Scene, usize) -> f32,
}

/// The other rules, in the order a trace shows them.
const RULES: &[Rule] = &[
    Rule {
        name: "bm25",
        weight: |_| 1.0,
        score: |scene, passage| scene.bm25.get(&passage).copied().unwrap_or(0.0),
    },
    Rule {
        name: "sentence",
        weight: |weights| weights.sentence,
        score: sentence::best,
    },
    Rule {
        name: "document",
        weight: |_| 1.0,
        score: document::score,
    },
    Rule {
        name: "assigned",
        weight: |_| 0.8,
        score: assigned::score,
    },
    Rule {
        name: "timed",
        weight: |weights| weights.timed,
        score: timed::score,
    },
    Rule {
        name: "learnt",
        weight: |_| 1.2,
        score: |scene, passage| scene.guess.about(passage),
    },
    Rule {
        name: "shape",
        weight: |_| 0.4,
        score: shape::score,
    },
];

/// A passage considered, and what each rule gave it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Ordinal in the corpus.
    pub passage: usize,
    /// Sum of the contributions.
    pub score: f32,
    /// Share of the question's needs that passage and heading cover, 0 to 1.
    pub coverage: f32,
    /// The same by its own words alone, without paraphrases.
    pub own: f32,
    /// How likely the question is about it, as learnt from examples, 0 to 1.
    pub likely: f32,
    /// Weighted contribution of each rule.
    pub rules: Vec<(&'static str, f32)>,
}

/// The passages considered, best first.
#[derive(Clone, Debug, Default)]
pub struct Ranking {
    /// Best first, ties in the order of the text.
    pub candidates: Vec<Candidate>,
    /// The best one of documents that the question is not restricted to.
    pub elsewhere: Option<Candidate>,
    /// How likely the documents are silent on the question, as learnt from examples, 0 to 1.
    pub silent: f32,
    /// How much of the question the best one has and how much an answer must have, by the documents'
    /// statistics; nothing where tables tell more than those.
    pub likeness: Option<(f32, f32)>,
}

impl Ranking {
    /// The best candidate.
    pub fn best(&self) -> Option<&Candidate> {
        self.candidates.first()
    }

    /// The candidate of this passage.
    pub fn of(&self, passage: usize) -> Option<&Candidate> {
        self.candidates
            .iter()
            .find(|candidate| candidate.passage == passage)
    }
}

/// Ranks the passages of one corpus.
pub struct Ranker {
    index: Arc<SearchIndex>,
    features: Features,
    learnt: Arc<Learnt>,
    weights: Weights,
    /// The least likeness of an answer, where likeness decides.
    least: Option<f32>,
    /// Rules that give nothing, to see what they bring.
    off: Vec<&'static str>,
}

/// Name of the rule that is also the line between answering and abstaining.
const COVERAGE_RULE: &str = "coverage";

/// The names of all rules.
pub fn rules() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.name).chain([COVERAGE_RULE])
}

impl Ranker {
    /// Prepares the features of the corpus's passages.
    pub fn new(corpus: &Corpus, index: SearchIndex) -> Self {
        Self::of(corpus, index, Features::new(corpus))
    }

    /// The same where the documents' statistics are known and none needs to be read for them.
    pub fn with(corpus: &Corpus, index: SearchIndex, statistics: Statistics) -> Self {
        Self::of(corpus, index, Features::with(corpus, statistics))
    }

    fn of(corpus: &Corpus, index: SearchIndex, features: Features) -> Self {
        Self {
            index: Arc::new(index),
            least: (!corpus.has_everyday_words()).then(|| likeness::least(&features)),
            features,
            learnt: Arc::new(Learnt::new(corpus)),
            weights: Weights::new(corpus),
            off: Vec::new(),
        }
    }

    /// The same with nothing known of any passage yet.
    pub fn emptied(&self) -> Self {
        Self {
            index: Arc::clone(&self.index),
            features: self.features.emptied(),
            learnt: Arc::clone(&self.learnt),
            weights: self.weights,
            least: self.least,
            off: self.off.clone(),
        }
    }

    /// Has a rule give nothing from now on; false when there is none of this name.
    pub fn switch_off(&mut self, rule: &str) -> bool {
        let found = rules().find(|name| *name == rule);
        self.off.extend(found);
        found.is_some()
    }

    /// What is known of the passages.
    pub fn features(&self) -> &Features {
        &self.features
    }

    /// Whether no passage has these words side by side, whatever their marks, proved without reading
    /// the passages again; `false` where that does not prove it.
    pub fn never_say(&self, words: &[Token]) -> bool {
        let statistics = &self.features.statistics;
        // A word typed with its marks is said with them or not at all.
        let exact = &statistics.words.exact;
        let unsaid = |token: &Token| token.marked && exact.passages(exact.id(&token.word)) == 0;
        if words.iter().any(unsaid) {
            return true;
        }
        let folded = &statistics.words.folded;
        let ids: Vec<WordId> = words.iter().map(|token| folded.id(&token.fold)).collect();
        if statistics.know_neighbours() || statistics.never_say(&ids) {
            return statistics.never_say(&ids);
        }
        let apart = |two: &[Token]| {
            let pair = index::pair(&two[0].fold, &two[1].fold);
            !self.index.has(Field::FoldedPair, &pair)
        };
        words.windows(2).any(apart)
    }

    /// What the question asks for, against this corpus.
    pub fn needs(&self, corpus: &Corpus, question: &Question) -> Needs {
        Needs::new(corpus, &self.features, question)
    }

    /// The passages considered for a question, best first.
    pub fn rank(
        &self,
        corpus: &Corpus,
        question: &Question,
        needs: &Needs,
    ) -> Result<Ranking, IndexError> {
        let terms = query::terms(corpus, question, &self.weights.terms);
        let mut hits = self.index.search(&terms, self.weights.around, CANDIDATES)?;
        self.read(corpus, &hits);
        // What the index knows of them is no longer so.
        let is_there = |passage: usize| !corpus.is_lost(corpus.document_of(passage));
        hits.retain(|hit| is_there(hit.passage));
        let scope = question.restricted_to();
        let in_scope = |passage| scope.is_empty() || scope.contains(&corpus.document_of(passage));
        let mut guess = self.learnt.guess(corpus, question);
        guess.restrict(in_scope);
        let scene = Scene {
            corpus,
            features: &self.features,
            question,
            needs,
            said: Said::new(needs, &self.features.paraphrases),
            guess: &guess,
            weights: &self.weights,
            off: &self.off,
            bm25: shares(&hits),
        };
        let mut candidates: Vec<Candidate> =
            hits.iter().map(|hit| judge(&scene, hit.passage)).collect();
        for passage in guess.likely(LIKELY) {
            if !scene.bm25.contains_key(&passage) && is_there(passage) {
                candidates.push(judge(&scene, passage));
            }
        }
        let elsewhere = candidates
            .extract_if(.., |c| !in_scope(c.passage))
            .max_by(|a, b| a.score.total_cmp(&b.score));
        // Without a lexicon a heading's words may be any words: they count by the index alone.
        let within = question
            .place
            .as_ref()
            .filter(|_| self.least.is_none())
            .map_or(&[][..], |place| place.headings());
        // "trong phần quản lý nhà nước kế hoạch kể …": a heading of another document than the one asked.
        let of_scope = |section: &&usize| {
            scope.is_empty() || scope.contains(&corpus.document_of_section(**section))
        };
        let within: Vec<usize> = within.iter().filter(of_scope).copied().collect();
        if !within.is_empty() {
            let inside = |passage: usize| {
                within
                    .iter()
                    .any(|section| corpus.section(*section).passages.contains(&passage))
            };
            candidates.retain(|c| inside(c.passage));
        }
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.passage.cmp(&b.passage)));
        Ok(Ranking {
            likeness: self.likeness(corpus, question, candidates.first())?,
            candidates,
            elsewhere,
            silent: guess.silent,
        })
    }

    /// Has what is not yet known of some passages read, by several at once where that pays.
    fn read(&self, corpus: &Corpus, hits: &[Hit]) {
        let documents = hits.iter().map(|hit| corpus.document_of(hit.passage));
        corpus.fetch(&documents.collect::<Vec<usize>>(), |document| {
            let passages = hits.iter().map(|hit| hit.passage);
            for passage in passages.filter(|at| corpus.document_of(*at) == document) {
                self.features.passage(corpus, passage);
                self.features.heading(corpus, passage);
            }
        });
    }

    fn likeness(
        &self,
        corpus: &Corpus,
        question: &Question,
        best: Option<&Candidate>,
    ) -> Result<Option<(f32, f32)>, IndexError> {
        let (Some(least), Some(best)) = (self.least, best) else {
            return Ok(None);
        };
        let terms = query::terms(corpus, question, &likeness::TERMS);
        let likeness = self.index.likeness(&terms, best.passage)?;
        Ok(Some((likeness, least)))
    }
}

fn judge(scene: &Scene, passage: usize) -> Candidate {
    // Computed once: it is a rule, and the line between answering and abstaining.
    let heading = scene.features.heading(scene.corpus, passage);
    let body = &scene.features.passage(scene.corpus, passage).body;
    let found = scene.needs.found(body, heading);
    let own = scene.needs.sum(&found);
    let paraphrases = &scene.features.paraphrases;
    let coverage = scene
        .said
        .covered(scene.needs, paraphrases, passage, &found);
    let mut rules: Vec<(&'static str, f32)> = RULES
        .iter()
        .map(|rule| {
            (
                rule.name,
                (rule.weight)(scene.weights) * (rule.score)(scene, passage),
            )
        })
        .collect();
    rules.push((COVERAGE_RULE, scene.weights.coverage * coverage));
    rules.retain(|(name, _)| !scene.off.contains(name));
    Candidate {
        passage,
        score: rules.iter().map(|(_, score)| score).sum(),
        coverage,
        own,
        likely: scene.guess.about(passage),
        rules,
    }
}

fn shares(hits: &[Hit]) -> HashMap<usize, f32> {
    let best = hits.first().map_or(1.0, |hit| hit.score.max(f32::EPSILON));
    hits.iter()
        .map(|hit| (hit.passage, hit.score / best))
        .collect()
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.3} (phủ {:.2}, tự phủ {:.2}):",
            self.score, self.coverage, self.own
        )?;
        for (name, score) in self.rules.iter().filter(|(_, score)| *score != 0.0) {
            write!(f, " {name} {score:+.2}")?;
        }
        Ok(())
    }
}
