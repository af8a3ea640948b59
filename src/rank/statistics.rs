//! What is known of all documents together: the numbers of their words, in how many passages each word
//! and concept stands, which words stand side by side, what kinds of facts there are. Gathered one
//! document after the other, none of which needs to stay.

use super::features::{DocumentFeatures, PassageFeatures, Piece};
use crate::corpus::{Corpus, Leaf};
use crate::question::Asked;
use crate::text::{FastMap, FastSet, Token};

/// A word as a small number; equal words have equal numbers.
pub type WordId = u32;
/// The number of a word that no passage has.
pub const UNKNOWN: WordId = u32::MAX;

/// Numbers for words.
#[derive(Default)]
pub struct Words {
    ids: FastMap<Box<str>, WordId>,
    /// In how many passages (headings counted with them) each word stands.
    pub(super) passages: Vec<u32>,
    /// The same, the paraphrases of the passages counted with them.
    pub(super) said: Vec<u32>,
}

impl Words {
    /// The word's number, [`UNKNOWN`] if no passage has it.
    pub fn id(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// How many different words there are.
    pub fn len(&self) -> usize {
        self.passages.len()
    }

    /// True when there is no word.
    pub fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }

    /// In how many passages a word stands.
    pub fn passages(&self, id: WordId) -> u32 {
        self.passages.get(id as usize).copied().unwrap_or(0)
    }

    /// In how many passages or their paraphrases a word stands.
    pub fn said(&self, id: WordId) -> u32 {
        self.said.get(id as usize).copied().unwrap_or(0)
    }

    /// The words in the order of their numbers.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names = vec![""; self.ids.len()];
        for (name, id) in &self.ids {
            names[*id as usize] = name;
        }
        names
    }

    /// The word's number, a new one if it had none.
    pub(super) fn insert(&mut self, word: &str) -> WordId {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = self.passages.len() as WordId;
        self.ids.insert(word.into(), id);
        self.passages.push(0);
        self.said.push(0);
        id
    }

    /// Adds the counts of others, whose words come after these.
    fn absorb(&mut self, other: &Self) {
        for (from, name) in other.names().into_iter().enumerate() {
            let id = self.insert(name) as usize;
            self.passages[id] += other.passages[from];
            self.said[id] += other.said[from];
        }
    }

    /// Counts the words of one passage, and of its paraphrases.
    fn count(&mut self, mut own: Vec<WordId>, mut said: Vec<WordId>) {
        said.extend(&own);
        for (ids, counts) in [(&mut own, &mut self.passages), (&mut said, &mut self.said)] {
            ids.sort_unstable();
            ids.dedup();
            for id in ids {
                counts[*id as usize] += 1;
            }
        }
    }
}

/// Words with their diacritics, and without.
#[derive(Default)]
pub struct Lists {
    /// With.
    pub exact: Words,
    /// Without.
    pub folded: Words,
}

impl Lists {
    /// The numbers of a word, [`UNKNOWN`] where no passage has it.
    pub fn of(&self, token: &Token) -> (WordId, WordId) {
        (self.exact.id(&token.word), self.folded.id(&token.fold))
    }

    fn insert(&mut self, token: &Token) -> (WordId, WordId) {
        (
            self.exact.insert(&token.word),
            self.folded.insert(&token.fold),
        )
    }
}

/// What is known of all documents together.
#[derive(Default)]
pub struct Statistics {
    /// The words of passages, headings and paraphrases.
    pub words: Lists,
    /// How many passages there are.
    pub passages: usize,
    /// In how many passages each concept stands, headings counted with them.
    pub(super) concepts: Vec<u32>,
    /// Words without diacritics that stand side by side in some passage, in order; not gathered of a
    /// library, whose index tells.
    pub(super) neighbours: Option<Vec<(WordId, WordId)>>,
    /// The kinds of facts that some passage holds.
    pub(super) facts: Vec<Asked>,
}

impl Statistics {
    /// In how many passages a concept stands, headings counted with them.
    pub fn concept(&self, concept: usize) -> u32 {
        self.concepts.get(concept).copied().unwrap_or(0)
    }

    /// Whether some passage holds a fact of this kind.
    pub fn hold(&self, asked: Asked) -> bool {
        self.facts.contains(&asked)
    }

    /// Whether no passage has these folded words side by side, proved without reading the passages
    /// again; `false` where that does not prove it.
    pub fn never_say(&self, words: &[WordId]) -> bool {
        let unknown = |word: &WordId| self.words.folded.passages(*word) == 0;
        let neighbours = self.neighbours.as_ref();
        let apart = |two: &[WordId]| {
            neighbours.is_some_and(|pairs| pairs.binary_search(&(two[0], two[1])).is_err())
        };
        words.iter().any(unknown) || words.windows(2).any(apart)
    }

    /// Whether it is known which words stand side by side.
    pub(super) fn know_neighbours(&self) -> bool {
        self.neighbours.is_some()
    }

    /// The words and the concepts that at least this share of the passages has, headings counted with
    /// them.
    pub fn common(&self, share: f64) -> (Vec<String>, Vec<usize>) {
        let least = (self.passages as f64 * share).ceil() as u32;
        let words = &self.words.exact;
        let names = words.names().into_iter().zip(&words.passages);
        let words = names.filter(|(_, passages)| **passages >= least);
        let concepts = self.concepts.iter().enumerate();
        let concepts = concepts.filter(|(_, passages)| **passages >= least);
        (
            words.map(|(name, _)| name.to_owned()).collect(),
            concepts.map(|(concept, _)| concept).collect(),
        )
    }

    /// Adds the statistics of other documents, gathered without neighbours as these were; the result is
    /// the same as if those documents had been added after these.
    pub fn absorb(&mut self, other: &Self) {
        self.words.exact.absorb(&other.words.exact);
        self.words.folded.absorb(&other.words.folded);
        self.passages += other.passages;
        let concepts = self.concepts.len().max(other.concepts.len());
        self.concepts.resize(concepts, 0);
        for (count, more) in self.concepts.iter_mut().zip(&other.concepts) {
            *count += more;
        }
        for fact in &other.facts {
            if !self.facts.contains(fact) {
                self.facts.push(*fact);
            }
        }
    }
}

/// Statistics that documents are still added to.
pub struct Gathering {
    statistics: Statistics,
    neighbours: Option<FastSet<(WordId, WordId)>>,
}

impl Default for Gathering {
    fn default() -> Self {
        Self {
            statistics: Statistics::default(),
            neighbours: Some(FastSet::default()),
        }
    }
}

impl Gathering {
    /// Gathers all but which words stand side by side, which takes the most memory.
    pub fn without_neighbours() -> Self {
        Self {
            statistics: Statistics::default(),
            neighbours: None,
        }
    }

    /// Adds the corpus's document at that place, whose leaf this is; gives what is known of it.
    pub fn add(&mut self, corpus: &Corpus, document: usize, leaf: &Leaf) -> DocumentFeatures {
        let words = &mut self.statistics.words;
        let features = DocumentFeatures::read(corpus, leaf, &mut |token| words.insert(token));
        let first = corpus.documents[document].passages.start;
        for (at, passage) in features.passages.iter().enumerate() {
            let heading = features.heading(at);
            self.add_passage(passage, heading);
            self.count_words(corpus, first + at, &passage.body, heading);
        }
        features
    }

    fn add_passage(&mut self, passage: &PassageFeatures, heading: Option<&Piece>) {
        let statistics = &mut self.statistics;
        statistics.passages += 1;
        let above = heading.map_or(&[][..], |heading| &heading.concepts);
        let mut concepts: Vec<usize> = passage
            .body
            .concepts
            .iter()
            .chain(above)
            .map(|(concept, _)| *concept as usize)
            .collect();
        concepts.sort_unstable();
        concepts.dedup();
        for concept in concepts {
            if statistics.concepts.len() <= concept {
                statistics.concepts.resize(concept + 1, 0);
            }
            statistics.concepts[concept] += 1;
        }
        for fact in &passage.facts {
            if !statistics.facts.contains(fact) {
                statistics.facts.push(*fact);
            }
        }
        if let Some(neighbours) = &mut self.neighbours {
            let pairs = passage.body.folded.windows(2);
            neighbours.extend(pairs.map(|two| (two[0], two[1])));
        }
    }

    /// Counts the words of a passage, those of its heading and its paraphrases with them.
    fn count_words(
        &mut self,
        corpus: &Corpus,
        passage: usize,
        body: &Piece,
        heading: Option<&Piece>,
    ) {
        let words = &mut self.statistics.words;
        let said = corpus.paraphrases_of(passage).iter();
        let (exact, folded) = said
            .flat_map(|said| &said.tokens)
            .map(|token| words.insert(token))
            .unzip();
        let own = |of: fn(&Piece) -> &Vec<WordId>| {
            let pieces = std::iter::once(body).chain(heading);
            pieces.flat_map(of).copied().collect()
        };
        words.exact.count(own(|piece| &piece.exact), exact);
        words.folded.count(own(|piece| &piece.folded), folded);
    }

    /// All that was gathered.
    pub fn finish(self) -> Statistics {
        let neighbours = self.neighbours.map(|pairs| {
            let mut neighbours: Vec<_> = pairs.into_iter().collect();
            neighbours.sort_unstable();
            neighbours
        });
        Statistics {
            neighbours,
            ..self.statistics
        }
    }
}
