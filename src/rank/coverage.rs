//! How much of what a question asks for a text really has: the share of its terms found, each
//! weighted by its rarity.
//!
//! The weight of a term in `n` of `N` passages is the inverse document frequency of BM25,
//! `ln(1 + (N - n + 0.5) / (n + 0.5))` (Robertson and Zaragoza 2009).

use std::ops::Range;

use super::features::{Features, Piece};
use super::statistics::{UNKNOWN, WordId};
use crate::corpus::Corpus;
use crate::question::{Meaning, Question, Term};
use crate::text::spelling::is_marked_text;

/// Share of a word's weight that counts when it stands in the text, but beside other words than
/// in the question. Most Vietnamese words have two syllables: one of them alone says half.
const ALONE: f32 = 0.5;
/// Share that counts when a word typed without marks is there only under other marks than its
/// likeliest ones.
const OTHER_MARKS: f32 = 0.8;
/// What a word that no passage has weighs, as a share of one that stands in a single passage: more
/// often than not it is a turn of speech the lexicon does not know.
const UNHEARD: f32 = 0.6;
/// What a word weighs that no passage has and that is no Vietnamese one: a name, most likely.
const FOREIGN: f32 = 1.3;
/// What a number weighs, likewise: it is asked for to the letter.
const NUMBER: f32 = 1.5;
/// Share that counts when the heading has the term and the text has not.
pub const IN_HEADING: f32 = 0.75;
/// Share that counts when the text speaks of a group that the unit belongs to.
const BY_GROUP: f32 = 0.8;

/// A term of the question, ready to be looked for.
pub struct Wanted {
    weight: f32,
    /// A concept that no passage has.
    pub(super) unheard: bool,
    look: Look,
    /// The term's words, for words matched as a phrase.
    words: Vec<WantedWord>,
}

enum Look {
    Concepts(Vec<u32>),
    Units { unit: u32, groups: Vec<u32> },
    Words,
}

/// A word of a term.
#[derive(Clone, Copy)]
pub(super) struct WantedWord {
    exact: WordId,
    /// Without diacritics.
    pub(super) folded: WordId,
    /// Typed with marks, or in a text typed with marks: only these marks will do.
    strict: bool,
    /// A number.
    number: bool,
    /// No Vietnamese syllable.
    foreign: bool,
    /// The same number written in letters or digits.
    other_form: WordId,
    /// The neighbours in the question, for pairs.
    left: Option<(WordId, WordId)>,
    right: Option<(WordId, WordId)>,
}

/// What a place named by the way counts of what else is asked for.
const WHERE: f32 = 0.4;
/// What counts of the words with which somebody tells why he asks.
const ASIDE: f32 = 0.15;

/// Whether words say where: "ở xã" in "trẻ bị đuối nước ở xã". The topic is what happens there.
fn is_where(question: &Question, tokens: &Range<usize>) -> bool {
    const WHERE_WORDS: [&str; 3] = ["ở", "tại", "dưới"];
    let word = |at: usize| question.restored.get(at).map_or("", String::as_str);
    let first = WHERE_WORDS.contains(&word(tokens.start)) && tokens.len() > 1;
    let before = tokens.start > 0 && WHERE_WORDS.contains(&word(tokens.start - 1));
    first || before
}

/// What a question asks for, as the passages' words.
pub struct Needs {
    terms: Vec<Wanted>,
    total: f32,
}

impl Needs {
    /// Reads the question's terms against the corpus.
    pub fn new(corpus: &Corpus, features: &Features, question: &Question) -> Self {
        let marked_text = is_marked_text(&question.tokens);
        let word = |at: usize| wanted_word(features, question, at, marked_text);
        let terms: Vec<Wanted> = question
            .terms
            .iter()
            .map(|term| {
                let words: Vec<WantedWord> = term.tokens.clone().map(word).collect();
                let (look, weight) = match &term.meaning {
                    Meaning::Concepts(ids) => concepts(features, ids),
                    Meaning::Unit(unit) => (units(corpus, *unit), idf(features, 2)),
                    Meaning::Word => {
                        let beside = |other: &Term| {
                            other.meaning == Meaning::Word
                                && (other.tokens.end == term.tokens.start
                                    || term.tokens.end == other.tokens.start)
                        };
                        let paired = question.terms.iter().any(beside);
                        (Look::Words, word_weight(features, &words, paired))
                    }
                };
                let aside = |clause: &Range<usize>| clause.contains(&term.tokens.start);
                let weight = match () {
                    () if question.asides.iter().any(aside) => weight * ASIDE,
                    () if is_where(question, &term.tokens) => weight * WHERE,
                    () => weight,
                };
                let unheard = match &term.meaning {
                    Meaning::Concepts(ids) => {
                        ids.iter().all(|id| features.statistics.concept(*id) == 0)
                    }
                    _ => false,
                };
                Wanted {
                    weight,
                    unheard,
                    look,
                    words,
                }
            })
            .collect();
        let total = terms.iter().map(|term| term.weight).sum();
        Self { terms, total }
    }

    /// True when nothing is asked for that could be covered.
    pub fn is_empty(&self) -> bool {
        self.total <= f32::EPSILON
    }

    /// The share of the needs that a text covers, alone.
    pub fn covered(&self, piece: &Piece, words: Range<usize>) -> f32 {
        self.share(|term| term.found_in(piece, &words, OTHER_MARKS))
    }

    /// The share that a text covers together with its heading.
    pub fn covered_with(&self, piece: &Piece, words: Range<usize>, heading: Option<&Piece>) -> f32 {
        self.share(|term| term.found_with(piece, &words, heading))
    }

    /// What a passage and its heading have of each term.
    pub fn found(&self, piece: &Piece, heading: Option<&Piece>) -> Vec<f32> {
        let found = |term: &Wanted| term.found_with(piece, &(0..piece.exact.len()), heading);
        self.terms.iter().map(found).collect()
    }

    /// The share of the needs that is found, given term by term.
    pub fn sum(&self, found: &[f32]) -> f32 {
        if self.is_empty() {
            return 0.0;
        }
        let weighted = self.terms.iter().zip(found);
        weighted
            .map(|(term, found)| term.weight * found)
            .sum::<f32>()
            / self.total
    }

    /// The terms.
    pub(super) fn terms(&self) -> &[Wanted] {
        &self.terms
    }

    /// Indices of terms of which a text has nothing, nor its heading.
    pub fn missing(&self, piece: &Piece, heading: Option<&Piece>) -> Vec<usize> {
        let all = 0..piece.exact.len();
        (0..self.terms.len())
            .filter(|index| {
                let term = &self.terms[*index];
                let above =
                    heading.map_or(0.0, |h| term.found_in(h, &(0..h.exact.len()), OTHER_MARKS));
                term.found_in(piece, &all, OTHER_MARKS).max(above) <= f32::EPSILON
            })
            .collect()
    }

    /// Whether a concept is named that no passage has.
    pub fn names_unheard(&self) -> bool {
        self.terms.iter().any(|term| term.unheard)
    }

    /// Whether a text or its heading has anything of a term.
    pub fn names(&self, term: usize, piece: &Piece, heading: Option<&Piece>) -> bool {
        !self.missing(piece, heading).contains(&term)
    }

    /// Whether some words of a text name this term.
    pub fn found_within(&self, term: usize, piece: &Piece, words: Range<usize>) -> bool {
        let term = self.terms.get(term);
        term.is_some_and(|term| term.found_in(piece, &words, OTHER_MARKS) > 0.0)
    }

    /// Whether some words of a text say all of this term.
    pub fn found_wholly_within(&self, term: usize, piece: &Piece, words: Range<usize>) -> bool {
        /// Words typed without marks may be there under other ones than their likeliest.
        const ALL: f32 = 0.8;
        let term = self.terms.get(term);
        term.is_some_and(|term| term.found_in(piece, &words, OTHER_MARKS) >= ALL)
    }

    /// The weight of a term.
    pub fn weight(&self, term: usize) -> f32 {
        self.terms[term].weight
    }

    fn share(&self, found: impl Fn(&Wanted) -> f32) -> f32 {
        if self.is_empty() {
            return 0.0;
        }
        self.terms
            .iter()
            .map(|term| term.weight * found(term))
            .sum::<f32>()
            / self.total
    }
}

impl Wanted {
    /// Whether it is a concept that some passage names.
    pub(super) fn is_heard(&self) -> bool {
        matches!(self.look, Look::Concepts(_)) && !self.unheard
    }

    /// The words looked for.
    pub(super) fn words(&self) -> &[WantedWord] {
        &self.words
    }

    /// The concepts looked for.
    pub(super) fn concepts(&self) -> &[u32] {
        match &self.look {
            Look::Concepts(ids) => ids,
            _ => &[],
        }
    }

    /// The unit looked for and its groups.
    pub(super) fn units(&self) -> Vec<u32> {
        match &self.look {
            Look::Units { unit, groups } => std::iter::once(unit).chain(groups).copied().collect(),
            _ => Vec::new(),
        }
    }

    /// The same together with the heading.
    fn found_with(&self, piece: &Piece, range: &Range<usize>, heading: Option<&Piece>) -> f32 {
        let own = self.found_in(piece, range, OTHER_MARKS);
        let above = heading.map_or(0.0, |heading| {
            IN_HEADING * self.found_in(heading, &(0..heading.exact.len()), OTHER_MARKS)
        });
        own.max(above)
    }

    /// How much of the term a text has, 0 to 1; words typed without marks that are there under
    /// other ones than their likeliest count `other_marks`.
    pub(super) fn found_in(&self, piece: &Piece, range: &Range<usize>, other_marks: f32) -> f32 {
        let words = || self.words_in(piece, range, other_marks);
        match &self.look {
            Look::Concepts(ids) => {
                let named = piece
                    .concepts
                    .iter()
                    .any(|(id, at)| range.contains(&(*at as usize)) && ids.contains(id));
                let said = || self.words.len() > 1 && words() >= 1.0 && self.said_in(piece, range);
                if named || said() { 1.0 } else { 0.0 }
            }
            Look::Units { unit, groups } => piece
                .units
                .iter()
                .filter(|(_, at)| range.contains(&(*at as usize)))
                .map(|(id, _)| {
                    if id == unit {
                        1.0
                    } else if groups.contains(id) {
                        BY_GROUP
                    } else {
                        0.0
                    }
                })
                .fold(0.0, f32::max),
            Look::Words => words(),
        }
    }

    fn words_in(&self, piece: &Piece, range: &Range<usize>, other_marks: f32) -> f32 {
        if self.words.is_empty() {
            return 0.0;
        }
        let sum: f32 = self
            .words
            .iter()
            .map(|word| word.found_in(piece, range, other_marks))
            .sum();
        sum / self.words.len() as f32
    }

    /// Whether the words stand there side by side, in their order: "ủy ban" here and "kiểm tra"
    /// there do not say "ủy ban kiểm tra".
    fn said_in(&self, piece: &Piece, range: &Range<usize>) -> bool {
        let end = range.end.min(piece.folded.len());
        let start = range.start.min(end);
        piece.folded[start..end]
            .windows(self.words.len())
            .any(|here| {
                here.iter()
                    .zip(&self.words)
                    .all(|(word, wanted)| *word == wanted.folded)
            })
    }
}

impl WantedWord {
    fn found_in(&self, piece: &Piece, range: &Range<usize>, other_marks: f32) -> f32 {
        let range = range.start..range.end.min(piece.exact.len());
        // Most texts have most words of a question nowhere: seen fastest in one array. A word that
        // is there with its marks is there without them.
        let has = |words: &[WordId], word: WordId| word != UNKNOWN && words.contains(&word);
        if !has(&piece.folded[range.clone()], self.folded)
            && !has(&piece.exact[range.clone()], self.other_form)
        {
            return 0.0;
        }
        let mut best = 0.0f32;
        for at in range.clone() {
            best = best.max(self.worth_in(piece, &range, at, other_marks));
            if best >= 1.0 {
                break;
            }
        }
        best
    }

    /// How much of the word stands at a place of a text, 0 to 1.
    pub(super) fn worth_at(&self, piece: &Piece, at: usize, other_marks: f32) -> f32 {
        self.worth_in(piece, &(0..piece.exact.len()), at, other_marks)
    }

    fn worth_in(&self, piece: &Piece, range: &Range<usize>, at: usize, other_marks: f32) -> f32 {
        let is = |word: WordId| word != UNKNOWN && piece.exact[at] == word;
        let marks = match () {
            () if is(self.exact) || is(self.other_form) => 1.0,
            () if !self.strict && piece.folded[at] == self.folded => other_marks,
            () => return 0.0,
        };
        let neighbour = |wanted: Option<(WordId, WordId)>, at: Option<usize>| {
            let Some(at) = at.filter(|at| range.contains(at)) else {
                return false;
            };
            wanted.is_some_and(|(exact, folded)| {
                piece.exact[at] == exact || (!self.strict && piece.folded[at] == folded)
            })
        };
        let lone = self.left.is_none() && self.right.is_none();
        let paired =
            lone || neighbour(self.left, at.checked_sub(1)) || neighbour(self.right, Some(at + 1));
        if paired { marks } else { marks * ALONE }
    }
}

/// Small numbers in digits and in letters.
const NUMBERS: &[(&str, &str)] = &[
    ("2", "hai"),
    ("3", "ba"),
    ("4", "bốn"),
    ("5", "năm"),
    ("6", "sáu"),
    ("7", "bảy"),
    ("8", "tám"),
    ("9", "chín"),
    ("10", "mười"),
];

/// A small number's other form; empty for other words.
fn other_form(word: &str) -> &'static str {
    NUMBERS
        .iter()
        .find(|(digits, _)| *digits == word)
        .map_or("", |(_, letters)| letters)
}

fn wanted_word(
    features: &Features,
    question: &Question,
    at: usize,
    marked_text: bool,
) -> WantedWord {
    let ids = |at: usize| {
        let token = &question.tokens[at];
        let exact = if token.marked || marked_text {
            &token.word
        } else {
            &question.restored[at]
        };
        (
            features.statistics.words.exact.id(exact),
            features.statistics.words.folded.id(&token.fold),
        )
    };
    let (exact, folded) = ids(at);
    WantedWord {
        exact,
        folded,
        strict: question.tokens[at].marked,
        foreign: !crate::text::is_folded_syllable(&question.tokens[at].fold),
        other_form: features
            .statistics
            .words
            .exact
            .id(other_form(&question.tokens[at].word)),
        number: question.tokens[at].is_number(),
        left: at.checked_sub(1).map(ids),
        right: (at + 1 < question.tokens.len()).then(|| ids(at + 1)),
    }
}

fn concepts(features: &Features, ids: &[usize]) -> (Look, f32) {
    // The commonest of the concepts: the reading that asks for least.
    let passages = ids
        .iter()
        .map(|id| features.statistics.concept(*id))
        .max()
        .unwrap_or(0);
    let look = Look::Concepts(ids.iter().map(|id| *id as u32).collect());
    // A concept that no passage has is surely asked for, and surely not there.
    let heard = if passages == 0 { FOREIGN } else { 1.0 };
    (look, heard * idf(features, passages.max(1)))
}

fn units(corpus: &Corpus, unit: usize) -> Look {
    let entry = corpus.units.at(unit);
    let groups = entry
        .member_of
        .iter()
        .chain(&entry.see)
        .filter_map(|id| corpus.units.index_of(id))
        .map(|index| index as u32)
        .collect();
    Look::Units {
        unit: unit as u32,
        groups,
    }
}

/// The weight of words left over. `paired` when another stands beside them: most words have two
/// syllables, and two side by side are one word.
fn word_weight(features: &Features, words: &[WantedWord], paired: bool) -> f32 {
    words
        .iter()
        .map(|word| {
            let exact = features.statistics.words.exact.said(word.exact);
            let passages = if exact > 0 || word.strict {
                exact
            } else {
                features.statistics.words.folded.said(word.folded)
            };
            let heard = match passages {
                _ if word.number => NUMBER,
                0 if word.foreign => FOREIGN,
                0 if paired => 1.0,
                0 => UNHEARD,
                _ => 1.0,
            };
            let share = if paired && !word.number { 0.5 } else { 1.0 };
            share * heard * idf(features, passages.max(1))
        })
        .sum()
}

fn idf(features: &Features, passages: u32) -> f32 {
    let all = features.statistics.passages as f32;
    let with = (passages as f32).min(all);
    (1.0 + (all - with + 0.5) / (with + 0.5)).ln()
}
