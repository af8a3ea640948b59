//! What the rules need to know of each passage: its words as small numbers, its concepts, the units it
//! names, its sentences. Kept in a slot for each passage, filled at once where the whole corpus is read
//! when it is opened, or when a question first needs the passage.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::said::Paraphrases;
use super::statistics::{Gathering, Statistics, WordId};
use super::{fact, time};
use crate::corpus::{Assignment, Corpus, Form, Leaf, Passage, sentences};
use crate::question::Asked;
use crate::text::{self, Token};

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

/// What is known of the passages of one document.
#[derive(Clone, Debug, Default)]
pub struct DocumentFeatures {
    /// In the order of its leaf's passages.
    pub passages: Vec<PassageFeatures>,
    /// In the order of its leaf's sections.
    headings: Vec<Piece>,
    /// For each passage, its section's place among the headings.
    sections: Vec<Option<u32>>,
}

/// Gives a word's numbers, with its diacritics and without.
pub(super) type Number<'n> = dyn FnMut(&Token) -> (WordId, WordId) + 'n;

impl DocumentFeatures {
    /// Reads a leaf of the corpus.
    pub(super) fn read(corpus: &Corpus, leaf: &Leaf, number: &mut Number) -> Self {
        let words = |span| words(leaf, span);
        let headings = leaf
            .sections
            .iter()
            .map(|section| official(corpus, &text::tokenize(words(&section.heading)), number))
            .collect();
        let passages = leaf
            .passages
            .iter()
            .map(|passage| read_passage(corpus, words(&passage.span), number))
            .collect();
        let first = |passage: &Passage| corpus.documents[passage.document].sections.start;
        let sections = leaf
            .passages
            .iter()
            .map(|passage| Some((passage.section? - first(passage)) as u32))
            .collect();
        Self {
            passages,
            headings,
            sections,
        }
    }

    /// The heading of the section that a passage, by its place here, stands in.
    pub(super) fn heading(&self, passage: usize) -> Option<&Piece> {
        Some(&self.headings[self.sections[passage]? as usize])
    }
}

/// What is known of all passages.
pub struct Features {
    /// What is known of all documents together.
    pub statistics: Arc<Statistics>,
    /// How people put what the passages say.
    pub paraphrases: Arc<Paraphrases>,
    /// For each of the corpus's assignments, the words of its task in its passage's body.
    pub tasks: Vec<Range<usize>>,
    /// In the order of the corpus's documents.
    documents: Vec<OnceLock<Slots>>,
}

/// What is known of one document's passages so far.
struct Slots {
    passages: Vec<OnceLock<PassageFeatures>>,
    headings: Vec<OnceLock<Piece>>,
}

impl Slots {
    /// Nothing yet.
    fn empty(leaf: &Leaf) -> Self {
        Self {
            passages: leaf.passages.iter().map(|_| OnceLock::new()).collect(),
            headings: leaf.sections.iter().map(|_| OnceLock::new()).collect(),
        }
    }
}

impl From<DocumentFeatures> for Slots {
    fn from(read: DocumentFeatures) -> Self {
        Self {
            passages: read.passages.into_iter().map(OnceLock::from).collect(),
            headings: read.headings.into_iter().map(OnceLock::from).collect(),
        }
    }
}

impl Features {
    /// Reads the whole corpus once.
    pub fn new(corpus: &Corpus) -> Self {
        let mut gathering = Gathering::default();
        let documents = (0..corpus.documents.len())
            .map(|at| OnceLock::from(Slots::from(gathering.add(corpus, at, corpus.leaf(at)))))
            .collect();
        Self::of(corpus, gathering.finish(), documents)
    }

    /// The features of a corpus whose statistics are known: each passage is read when it is first
    /// asked for.
    pub fn with(corpus: &Corpus, statistics: Statistics) -> Self {
        let documents = corpus.documents.iter().map(|_| OnceLock::new()).collect();
        Self::of(corpus, statistics, documents)
    }

    fn of(corpus: &Corpus, statistics: Statistics, documents: Vec<OnceLock<Slots>>) -> Self {
        let task = |assignment| task_words(corpus, assignment);
        Self {
            paraphrases: Arc::new(Paraphrases::new(corpus, &statistics)),
            tasks: corpus.assignments.iter().map(task).collect(),
            statistics: Arc::new(statistics),
            documents,
        }
    }

    /// The same with nothing known of any passage yet.
    pub(super) fn emptied(&self) -> Self {
        Self {
            statistics: Arc::clone(&self.statistics),
            paraphrases: Arc::clone(&self.paraphrases),
            tasks: self.tasks.clone(),
            documents: self.documents.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// What is known of the passage at that place.
    ///
    /// # Panics
    /// When there is no such place.
    pub fn passage(&self, corpus: &Corpus, passage: usize) -> &PassageFeatures {
        let (document, at) = place(corpus, passage);
        self.slots(corpus, document).passages[at].get_or_init(|| {
            let leaf = corpus.leaf(document);
            let words = words(leaf, &leaf.passages[at].span);
            read_passage(corpus, words, &mut |token| self.statistics.words.of(token))
        })
    }

    /// The heading of the passage's section.
    ///
    /// # Panics
    /// When there is no such passage.
    pub fn heading(&self, corpus: &Corpus, passage: usize) -> Option<&Piece> {
        let (document, at) = place(corpus, passage);
        let section = corpus.leaf(document).passages[at].section?;
        Some(self.heading_in(corpus, document, section))
    }

    /// The heading of the section at that place.
    ///
    /// # Panics
    /// When there is no such place.
    pub fn heading_of(&self, corpus: &Corpus, section: usize) -> &Piece {
        self.heading_in(corpus, corpus.document_of_section(section), section)
    }

    fn heading_in(&self, corpus: &Corpus, document: usize, section: usize) -> &Piece {
        let at = section - corpus.documents[document].sections.start;
        self.slots(corpus, document).headings[at].get_or_init(|| {
            let leaf = corpus.leaf(document);
            let tokens = text::tokenize(words(leaf, &leaf.sections[at].heading));
            official(corpus, &tokens, &mut |token| {
                self.statistics.words.of(token)
            })
        })
    }

    fn slots(&self, corpus: &Corpus, document: usize) -> &Slots {
        self.documents[document].get_or_init(|| Slots::empty(corpus.leaf(document)))
    }
}

fn words<'l>(leaf: &'l Leaf, span: &Range<usize>) -> &'l str {
    leaf.file.get(span.clone()).unwrap_or_default()
}

/// A passage's document and its place there.
fn place(corpus: &Corpus, passage: usize) -> (usize, usize) {
    let document = corpus.document_of(passage);
    (
        document,
        passage - corpus.documents[document].passages.start,
    )
}

fn read_passage(corpus: &Corpus, words: &str, number: &mut Number) -> PassageFeatures {
    let tokens = text::tokenize(words);
    let sentences = sentences(words, 0..words.len())
        .into_iter()
        .map(|sentence| {
            let words_before = |at| tokens.partition_point(|token| token.span.start < at);
            words_before(sentence.start)..words_before(sentence.end)
        })
        .collect();
    let facts = Asked::ALL
        .iter()
        .copied()
        .filter(|asked| fact::holds(*asked, &tokens, words))
        .collect();
    let times = time::expressions(&tokens);
    PassageFeatures {
        body: official(corpus, &tokens, number),
        sentences,
        timed: !times.is_empty(),
        frequent: times.iter().any(|(_, kind)| *kind == time::Kind::Frequency),
        deadline: time::sets_deadline(&tokens),
        facts,
    }
}

/// The documents name a concept in their own words.
fn official(corpus: &Corpus, tokens: &[Token], number: &mut Number) -> Piece {
    piece(corpus, tokens, |form| form == Form::Official, number)
}

/// People name a concept in any of its words.
pub(super) fn paraphrase(corpus: &Corpus, tokens: &[Token], number: &mut Number) -> Piece {
    piece(corpus, tokens, |form| form != Form::Not, number)
}

fn piece(corpus: &Corpus, tokens: &[Token], names: fn(Form) -> bool, number: &mut Number) -> Piece {
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
    let (exact, folded) = tokens.iter().map(number).unzip();
    Piece {
        exact,
        folded,
        concepts,
        units,
    }
}

/// The words of a task as a range of its passage's words.
fn task_words(corpus: &Corpus, assignment: &Assignment) -> Range<usize> {
    let passage = corpus.passage(assignment.passage);
    let count = |range| text::tokenize(corpus.cut(passage.document, range)).len();
    let start = count(passage.span.start..assignment.task.start);
    start..start + count(assignment.task.clone())
}
