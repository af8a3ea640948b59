//! How much of a question the paraphrases of a passage say: everyday words for what it says.

use std::ops::Range;

use super::coverage::{Needs, Wanted};
use super::features::{Piece, paraphrase};
use super::statistics::{Statistics, UNKNOWN, WordId};
use crate::corpus::Corpus;
use crate::text::FastMap;

/// Share of a term that counts when a paraphrase of the passage has it.
const SAID: f32 = 0.95;
/// Share that counts of a concept that other passages name in the documents' own words: those say it.
const SAID_ELSEWHERE: f32 = 0.8;
/// Share that counts of a unit where nothing but units is asked for: who is concerned in an example is not whom
/// the passage speaks of.
const SAID_OF_UNIT: f32 = 0.5;
/// Share that counts of a word typed without marks when a paraphrase has it under other ones than
/// its likeliest: among so many words, some look alike by chance.
const OTHER_MARKS: f32 = 0.3;
/// And when another paraphrase has it than the one that has most of the question.
const ELSEWHERE: f32 = 0.6;

/// All paraphrases, and where each word, concept and unit stands in them.
#[derive(Default)]
pub struct Paraphrases {
    pieces: Vec<Piece>,
    /// The passage of each, in order.
    passages: Vec<usize>,
    /// Each word without its marks: the paraphrases, in order, and where it stands in them.
    words: FastMap<WordId, Vec<(u32, u32)>>,
    concepts: FastMap<u32, Vec<u32>>,
    units: FastMap<u32, Vec<u32>>,
}

impl Paraphrases {
    /// Those of the corpus.
    pub fn new(corpus: &Corpus, statistics: &Statistics) -> Self {
        let mut all = Self::default();
        for said in &corpus.paraphrases {
            let piece = paraphrase(corpus, &said.tokens, &mut |token| {
                statistics.words.of(token)
            });
            all.push(said.passage, piece);
        }
        all
    }

    fn push(&mut self, passage: usize, piece: Piece) {
        let number = self.pieces.len() as u32;
        // A word that is there with its diacritics is there without them.
        for (at, word) in piece.folded.iter().enumerate() {
            let places = self.words.entry(*word).or_default();
            places.push((number, at as u32));
        }
        for (concept, _) in &piece.concepts {
            note(&mut self.concepts, *concept, number);
        }
        for (unit, _) in &piece.units {
            note(&mut self.units, *unit, number);
        }
        self.passages.push(passage);
        self.pieces.push(piece);
    }

    /// What each has of a term, 0 to 1.
    fn share(&self, term: &Wanted, shares: &mut [f32]) {
        for concept in term.concepts() {
            for number in listed(&self.concepts, *concept) {
                shares[number] = 1.0;
            }
        }
        let units = term.units();
        for unit in &units {
            for number in listed(&self.units, *unit) {
                shares[number] = found_anywhere(term, &self.pieces[number]);
            }
        }
        match (term.concepts(), units.as_slice()) {
            ([], []) => self.share_words(term, shares),
            ([], _) => {}
            _ => self.share_phrase(term, shares),
        }
    }

    /// What each has of words that may stand anywhere in it.
    fn share_words(&self, term: &Wanted, shares: &mut [f32]) {
        let worth = 1.0 / term.words().len() as f32;
        for word in term.words() {
            let places = self.places(word.folded);
            for here in places.chunk_by(|one, next| one.0 == next.0) {
                let number = here[0].0 as usize;
                let piece = &self.pieces[number];
                let found = here
                    .iter()
                    .map(|(_, at)| word.worth_at(piece, *at as usize, OTHER_MARKS));
                shares[number] += worth * found.fold(0.0, f32::max);
            }
        }
    }

    /// Where a word stands; nowhere if it is none that the corpus has.
    fn places(&self, word: WordId) -> &[(u32, u32)] {
        let known = (word != UNKNOWN).then(|| self.words.get(&word)).flatten();
        known.map_or(&[], Vec::as_slice)
    }

    /// Those that have all words of a concept side by side, without its being one there.
    fn share_phrase(&self, term: &Wanted, shares: &mut [f32]) {
        let rarest = term.words().iter().map(|word| self.places(word.folded));
        let Some(rarest) = rarest.min_by_key(|places| places.len()) else {
            return;
        };
        for (number, _) in rarest {
            let number = *number as usize;
            if shares[number] == 0.0 {
                shares[number] = found_anywhere(term, &self.pieces[number]);
            }
        }
    }

    /// Which of them say what the passage says.
    fn of(&self, passage: usize) -> Range<usize> {
        let start = self.passages.partition_point(|of| *of < passage);
        let end = self.passages.partition_point(|of| *of <= passage);
        start..end
    }
}

fn listed(places: &FastMap<u32, Vec<u32>>, key: u32) -> impl Iterator<Item = usize> {
    let places = places.get(&key).into_iter().flatten();
    places.map(|number| *number as usize)
}

fn note(places: &mut FastMap<u32, Vec<u32>>, key: u32, number: u32) {
    let places = places.entry(key).or_default();
    if places.last() != Some(&number) {
        places.push(number);
    }
}

/// What each paraphrase has of each term of one question.
pub struct Said {
    /// Term by term, a share for each paraphrase.
    shares: Vec<Vec<f32>>,
    /// Whether a paraphrase has anything.
    touched: Vec<bool>,
}

impl Said {
    /// Looks the question's terms up in the paraphrases.
    pub fn new(needs: &Needs, paraphrases: &Paraphrases) -> Self {
        let only_units = needs.terms().iter().all(|term| !term.units().is_empty());
        let mut touched = vec![false; paraphrases.pieces.len()];
        let shares = needs
            .terms()
            .iter()
            .map(|term| {
                let mut shares = vec![0.0; paraphrases.pieces.len()];
                // A concept that no passage has: no paraphrase makes up for it.
                if !term.unheard {
                    paraphrases.share(term, &mut shares);
                }
                let worth = match () {
                    () if term.is_heard() => SAID_ELSEWHERE,
                    () if only_units => SAID_OF_UNIT,
                    () => SAID,
                };
                for (share, touched) in shares.iter_mut().zip(&mut touched) {
                    *share *= worth;
                    *touched |= *share > 0.0;
                }
                shares
            })
            .collect();
        Self { shares, touched }
    }

    /// The share of the question that a passage covers by its own words, `own` term by term, and by
    /// the paraphrase that helps it most.
    pub fn covered(
        &self,
        needs: &Needs,
        paraphrases: &Paraphrases,
        passage: usize,
        own: &[f32],
    ) -> f32 {
        let mut best = needs.sum(own);
        let numbers = paraphrases.of(passage);
        let touched: Vec<usize> = numbers.filter(|number| self.touched[*number]).collect();
        if touched.is_empty() {
            return best;
        }
        let anywhere: Vec<f32> = self
            .shares
            .iter()
            .zip(own)
            .map(|(shares, own)| {
                let most = touched.iter().map(|n| shares[*n]).fold(0.0, f32::max);
                own.max(ELSEWHERE * most)
            })
            .collect();
        let mut here = anywhere.clone();
        for number in touched {
            for (at, shares) in self.shares.iter().enumerate() {
                here[at] = anywhere[at].max(shares[number]);
            }
            best = best.max(needs.sum(&here));
        }
        best
    }
}

fn found_anywhere(term: &Wanted, piece: &Piece) -> f32 {
    term.found_in(piece, &(0..piece.exact.len()), OTHER_MARKS)
}
