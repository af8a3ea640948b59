//! What the rules need to know of each passage, computed once when the corpus is opened: its words
//! as small numbers, its concepts, the units it names, its sentences.

use std::ops::Range;

use super::said::Paraphrases;
use super::{fact, time};
use crate::corpus::{Assignment, Corpus, Form};
use crate::question::Asked;
use crate::text::{self, FastMap, FastSet, Token};

/// A word as a small number; equal words have equal numbers.
pub type WordId = u32;
/// The number of a word that no passage has.
pub const UNKNOWN: WordId = u32::MAX;

/// Numbers for words.
#[derive(Default)]
pub struct Words {
    ids: FastMap<Box<str>, WordId>,
    /// In how many passages (headings counted with them) each word stands.
    passages: Vec<u32>,
    /// The same, the paraphrases of the passages counted with them.
    said: Vec<u32>,
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

    fn insert(&mut self, word: &str) -> WordId {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = self.passages.len() as WordId;
        self.ids.insert(word.into(), id);
        self.passages.push(0);
        self.said.push(0);
        id
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

/// A piece of text, its words numbered.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    /// Words with their diacritics.
    pub exact: Vec<WordId>,
    /// Words without.
    pub folded: Vec<WordId>,
    /// Concepts named in the documents' own words, with the place of the first word.
    pub concepts: Vec<(u32, u32)>,
    /// Units named, with the place of the first word.
    pub units: Vec<(u32, u32)>,
}

/// What is known of a passage.
#[derive(Clone, Debug, Default)]
pub struct PassageFeatures {
    /// Its own words.
    pub body: Piece,
    /// For each sentence, its words in `body`.
    pub sentences: Vec<Range<usize>>,
    /// Whether it says when or how often.
    pub timed: bool,
    /// Whether it says how often.
    pub frequent: bool,
    /// Whether it sets a deadline.
    pub deadline: bool,
    /// The kinds of facts it holds.
    pub facts: Vec<Asked>,
}

/// What is known of all passages.
pub struct Features {
    /// Numbers of words with diacritics.
    pub exact: Words,
    /// Numbers of words without.
    pub folded: Words,
    /// In the order of the corpus's passages.
    pub passages: Vec<PassageFeatures>,
    /// How people put what they say.
    pub paraphrases: Paraphrases,
    /// Headings, in the order of the corpus's sections.
    pub headings: Vec<Piece>,
    /// In how many passages each concept stands, headings counted with them.
    pub concepts: Vec<u32>,
    /// For each of the corpus's assignments, the words of its task in its passage's body.
    pub tasks: Vec<Range<usize>>,
    /// Words without diacritics that stand side by side in some passage.
    neighbours: FastSet<(WordId, WordId)>,
}

impl Features {
    /// Reads the whole corpus once.
    pub fn new(corpus: &Corpus) -> Self {
        let mut features = Self {
            exact: Words::default(),
            folded: Words::default(),
            passages: Vec::with_capacity(corpus.passage_count()),
            paraphrases: Paraphrases::default(),
            headings: Vec::with_capacity(corpus.section_count()),
            concepts: vec![0; corpus.lexicon.concepts.len()],
            tasks: corpus
                .assignments
                .iter()
                .map(|assignment| task_words(corpus, assignment))
                .collect(),
            neighbours: FastSet::default(),
        };
        for section in 0..corpus.section_count() {
            let piece = features.piece(corpus, &text::tokenize(corpus.heading_of(section)));
            features.headings.push(piece);
        }
        for passage in 0..corpus.passage_count() {
            features.add_passage(corpus, passage);
        }
        features
    }

    /// Whether no passage has these folded words side by side, proved without reading the passages
    /// again; `false` where that does not prove it.
    pub fn never_say(&self, words: &[WordId]) -> bool {
        let unknown = |word: &WordId| self.folded.passages(*word) == 0;
        words.iter().any(unknown)
            || words
                .windows(2)
                .any(|two| !self.neighbours.contains(&(two[0], two[1])))
    }

    /// The heading of the passage's section.
    pub fn heading(&self, corpus: &Corpus, passage: usize) -> Option<&Piece> {
        corpus
            .passage(passage)
            .section
            .map(|section| &self.headings[section])
    }

    fn add_passage(&mut self, corpus: &Corpus, index: usize) {
        let passage = corpus.passage(index);
        let tokens = text::tokenize(corpus.text_of(index));
        let body = self.piece(corpus, &tokens);
        let sentences = passage
            .sentences
            .iter()
            .map(|sentence| {
                let inside = |token: &Token| token.span.start + passage.span.start;
                let start = tokens.partition_point(|token| inside(token) < sentence.start);
                let end = tokens.partition_point(|token| inside(token) < sentence.end);
                start..end
            })
            .collect();
        self.neighbours
            .extend(body.folded.windows(2).map(|two| (two[0], two[1])));
        let heading = passage
            .section
            .map(|section| self.headings[section].clone())
            .unwrap_or_default();
        let said: Vec<Piece> = corpus
            .paraphrases_of(index)
            .iter()
            .map(|paraphrase| self.paraphrase(corpus, &paraphrase.tokens))
            .collect();
        let all =
            |words: fn(&Piece) -> &Vec<WordId>| said.iter().flat_map(words).copied().collect();
        self.exact.count(
            [body.exact.as_slice(), &heading.exact].concat(),
            all(|piece| &piece.exact),
        );
        self.folded.count(
            [body.folded.as_slice(), &heading.folded].concat(),
            all(|piece| &piece.folded),
        );
        let mut concepts: Vec<u32> = body
            .concepts
            .iter()
            .chain(&heading.concepts)
            .map(|(concept, _)| *concept)
            .collect();
        concepts.sort_unstable();
        concepts.dedup();
        for concept in concepts {
            self.concepts[concept as usize] += 1;
        }
        let facts = Asked::ALL
            .iter()
            .copied()
            .filter(|asked| fact::holds(*asked, &tokens, corpus.text_of(index)))
            .collect();
        self.paraphrases.push(said);
        let times = time::expressions(&tokens);
        self.passages.push(PassageFeatures {
            body,
            sentences,
            timed: !times.is_empty(),
            frequent: times.iter().any(|(_, kind)| *kind == time::Kind::Frequency),
            deadline: time::sets_deadline(&tokens),
            facts,
        });
    }

    fn piece(&mut self, corpus: &Corpus, tokens: &[Token]) -> Piece {
        self.piece_with(corpus, tokens, |form| form == Form::Official)
    }

    /// People name a concept in any of its words.
    fn paraphrase(&mut self, corpus: &Corpus, tokens: &[Token]) -> Piece {
        self.piece_with(corpus, tokens, |form| form != Form::Not)
    }

    fn piece_with(&mut self, corpus: &Corpus, tokens: &[Token], names: fn(Form) -> bool) -> Piece {
        let mut concepts: Vec<(u32, u32)> = corpus
            .lexicon
            .phrases
            .find(tokens)
            .into_iter()
            .filter(|found| names(found.value.1) && found.exact == found.tokens.len())
            .map(|found| (found.value.0 as u32, found.tokens.start as u32))
            .collect();
        concepts.sort_unstable();
        concepts.dedup();
        let units = corpus
            .units
            .phrases
            .find_longest(tokens)
            .into_iter()
            .filter(|found| found.exact == found.tokens.len())
            .map(|found| (*found.value as u32, found.tokens.start as u32))
            .collect();
        Piece {
            exact: tokens
                .iter()
                .map(|token| self.exact.insert(&token.word))
                .collect(),
            folded: tokens
                .iter()
                .map(|token| self.folded.insert(&token.fold))
                .collect(),
            concepts,
            units,
        }
    }
}

/// The words of a task as a range of its passage's words.
fn task_words(corpus: &Corpus, assignment: &Assignment) -> Range<usize> {
    let passage = corpus.passage(assignment.passage);
    let file = corpus.file(passage.document);
    let count = |range: Range<usize>| file.get(range).map_or(0, |text| text::tokenize(text).len());
    let start = count(passage.span.start..assignment.task.start);
    start..start + count(assignment.task.clone())
}
