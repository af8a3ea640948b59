//! Passages that read like real ones as far as a search goes.
//!
//! Syllables drawn at random would make every pair of them rare and all texts alike. Here a passage is a chain
//! of runs of two to six syllables of real texts, in which each run goes on from a place where the last
//! syllable of the run before stands too: so syllables and pairs come about as often as in real texts, and
//! few pairs are new. Each document is about a few places of the texts: half of the runs, where
//! there is a choice, are from around those, so that words which belong together come together. The same
//! number always gives the same document.

use std::collections::HashMap;
use std::path::Path;

use hoidap::corpus::Corpus;
use hoidap::text::tokenize;

use super::{IN_DOCUMENT, IN_SECTION};

/// What a document is about: so many places of the texts.
const ABOUT: usize = 4;
/// How many syllables belong to such a place.
const PLACE: usize = 200;
/// One in so many runs starts anew, as sentences do.
const ANEW: usize = 8;

/// The syllables that passages are made of.
pub struct Source {
    /// All syllables of the texts, in their order.
    words: Vec<String>,
    /// Where each syllable stands, in order.
    places: HashMap<String, Vec<usize>>,
}

impl Source {
    /// Reads the corpora of some folders.
    pub fn new<'a>(folders: impl Iterator<Item = &'a Path>) -> Self {
        let mut words: Vec<String> = Vec::new();
        for folder in folders {
            let (corpus, _) = Corpus::load(folder).expect("a corpus");
            let texts = (0..corpus.passage_count()).map(|passage| corpus.text_of(passage));
            words.extend(texts.flat_map(tokenize).map(|token| token.word));
        }
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
            places.entry(word.clone()).or_default().push(at);
        }
        Self { words, places }
    }

    /// Headings and bodies of a document.
    pub fn document(&self, number: usize) -> (Vec<String>, Vec<String>) {
        let mut random = Random::new(number as u64 + 1);
        let about: Vec<usize> = (0..ABOUT).map(|_| random.below(self.words.len())).collect();
        let headings = 0..IN_DOCUMENT.div_ceil(IN_SECTION);
        let headings = headings.map(|_| self.chain(8, &about, &mut random));
        let headings = headings.collect();
        let bodies = 0..IN_DOCUMENT;
        let bodies = bodies.map(|at| self.chain(40 + at * 7 % 41, &about, &mut random));
        (headings, bodies.collect())
    }

    fn chain(&self, count: usize, about: &[usize], random: &mut Random) -> String {
        let mut text: Vec<&str> = Vec::new();
        let mut at = self.start(about, random);
        while text.len() < count {
            for _ in 0..2 + random.below(5) {
                text.push(&self.words[at]);
                at = (at + 1) % self.words.len();
            }
            at = match random.below(ANEW) {
                0 => self.start(about, random),
                _ => self.after(text[text.len() - 1], about, random),
            };
        }
        text.join(" ")
    }

    fn start(&self, about: &[usize], random: &mut Random) -> usize {
        let start = match random.below(2) {
            0 => random.below(self.words.len()),
            _ => about[random.below(about.len())] + random.below(PLACE),
        };
        start % self.words.len()
    }

    /// The place after another one where this syllable stands.
    fn after(&self, word: &str, about: &[usize], random: &mut Random) -> usize {
        let all = &self.places[word];
        let place = about[random.below(about.len())];
        let (from, to) = (
            all.partition_point(|at| *at < place),
            all.partition_point(|at| *at < place + PLACE),
        );
        let near = random.below(2) == 1 && from < to;
        let choice = if near { &all[from..to] } else { all };
        (choice[random.below(choice.len())] + 1) % self.words.len()
    }
}

/// A xorshift generator.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, end: usize) -> usize {
        for (left, shift) in [(true, 13), (false, 7), (true, 17)] {
            self.0 ^= if left {
                self.0 << shift
            } else {
                self.0 >> shift
            };
        }
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end
    }
}
