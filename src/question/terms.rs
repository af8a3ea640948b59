//! The words that carry the topic: what is left when the question's frame is taken away.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::cue::{Cue, CueMatch, crosses_mark, means};
use super::{Question, UnitMention};
use crate::corpus::{Corpus, Form};
use crate::text::spelling::Vocabulary;
use crate::text::{Match, PhraseTable, Token};

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

    /// True when it tells what is asked about, beside the units that are.
    pub fn is_topic(&self) -> bool {
        !self.is_unit() && !self.is_slight()
    }

    /// True when it names a unit.
    pub fn is_unit(&self) -> bool {
        matches!(self.meaning, Meaning::Unit(_))
    }
}

/// Share of the passages from which on a word tells nothing apart.
pub const COMMON: f64 = 0.2;
/// Under so many passages shares mean nothing.
const FEW: usize = 20;

/// Words and concepts that most passages have.
struct CommonWords {
    words: HashSet<String>,
    concepts: HashSet<usize>,
}

impl CommonWords {
    fn new(corpus: &Corpus) -> Self {
        let mut common = Self {
            words: HashSet::new(),
            concepts: HashSet::new(),
        };
        let passages = corpus.passage_count();
        if passages < FEW {
            return common;
        }
        if let Some(known) = &corpus.common {
            common.words.extend(known.words.iter().cloned());
            common.concepts.extend(&known.concepts);
            return common;
        }
        let least = (passages as f64 * COMMON).ceil() as u32;
        let mut words = HashMap::<String, Seen>::new();
        let mut concepts = HashMap::<usize, Seen>::new();
        for passage in 0..passages {
            let tokens = crate::text::tokenize(corpus.text_of(passage));
            for found in corpus.lexicon.phrases.find(&tokens) {
                if found.value.1 == Form::Official {
                    concepts.entry(found.value.0).or_default().count(passage);
                }
            }
            for token in tokens {
                words.entry(token.word).or_default().count(passage);
            }
        }
        common.words.extend(
            words
                .into_iter()
                .filter(|(_, seen)| seen.passages >= least)
                .map(|(word, _)| word),
        );
        common.concepts.extend(
            concepts
                .into_iter()
                .filter(|(_, seen)| seen.passages >= least)
                .map(|(id, _)| id),
        );
        common
    }
}

/// Words of the language that are never a topic, for corpora without a lexicon of their own.
const FUNCTION_WORDS: &[&str] = &[
    "là",
    "thì",
    "mà",
    "và",
    "với",
    "hay",
    "hoặc",
    "nhưng",
    "vì",
    "nên",
    "nếu",
    "để",
    "cho",
    "của",
    "về",
    "ở",
    "tại",
    "trong",
    "trên",
    "đến",
    "từ",
    "như",
    "cũng",
    "còn",
    "nữa",
    "rồi",
    "đã",
    "sẽ",
    "đang",
    "được",
    "bị",
    "phải",
    "có",
    "không",
    "chưa",
    "những",
    "các",
    "một",
    "vậy",
    "đó",
    "này",
    "kia",
    "ấy",
    "gì",
    "nào",
    "ai",
    "đâu",
    "sao",
    "thế nào",
    "như thế nào",
    "ra sao",
    "bao nhiêu",
    "bao giờ",
    "khi nào",
    "khi",
    "mấy",
    "tôi",
    "em",
    "mình",
    "anh",
    "chị",
    "xin",
    "hỏi",
    "cho hỏi",
    "cho em hỏi",
    "ạ",
    "nhé",
    "theo",
    "do",
    "bởi",
    "làm",
    "nói",
    "gồm",
    "cần",
];

/// In how many passages something stands.
#[derive(Default)]
struct Seen {
    passages: u32,
    /// One past the last of them.
    last: usize,
}

impl Seen {
    /// Counts a passage once; passages come in order.
    fn count(&mut self, passage: usize) {
        if self.last != passage + 1 {
            self.last = passage + 1;
            self.passages += 1;
        }
    }
}

/// What a stretch of the question is.
#[derive(Clone)]
enum Piece {
    /// The frame of the question: cues, content-free words, names of documents and places.
    Frame,
    /// A word typed without marks that may be of the frame, though another reading is likelier.
    Perhaps,
    Unit(usize),
    Concepts(Vec<usize>),
}

/// What a question's words are compared with.
pub(super) struct Known<'a> {
    pub corpus: &'a Corpus,
    pub tables: &'a Tables,
    pub vocabulary: &'a Vocabulary,
}

/// The topic's terms, in the order of the question.
pub(super) fn find(
    known: &Known,
    tokens: &[Token],
    restored: &[String],
    cues: &[CueMatch],
    question: &Question,
    givers: &[UnitMention],
    place: &[Range<usize>],
) -> Vec<Term> {
    let Known {
        corpus,
        tables,
        vocabulary,
    } = *known;
    let fixed: Vec<Range<usize>> = question
        .documents
        .iter()
        .map(|mention| mention.tokens.clone())
        .chain(place.iter().cloned())
        .collect();
    let mut pieces: Vec<(Range<usize>, Piece)> = Vec::new();
    for mention in question.units.iter().chain(givers) {
        // Who sends a document is no topic: all of it is his.
        let piece = match super::units::sends(tokens, &mention.tokens) && mention.gives {
            true => Piece::Frame,
            false => Piece::Unit(mention.unit),
        };
        pieces.push((mention.tokens.clone(), piece));
    }
    for (range, ids) in concepts(known, &question.text, tokens, restored) {
        pieces.push((range, Piece::Concepts(ids)));
    }
    // What is itself a topic stays one: "năm nào cũng" (every year), "để làm gì" (the purpose).
    let is_topic = |cue: &CueMatch| {
        matches!(cue.cue, Cue::When | Cue::Purpose)
            && pieces.iter().any(|(range, _)| *range == cue.tokens)
    };
    let frame: Vec<Range<usize>> = cues
        .iter()
        .filter(|cue| !is_topic(cue))
        .map(|cue| cue.tokens.clone())
        .collect();
    pieces.extend(frame.into_iter().map(|range| (range, Piece::Frame)));
    let mut free = content_free(corpus, tables, tokens, restored);
    free.retain(|(range, piece)| {
        !matches!(piece, Piece::Perhaps) || !is_at_home(range, restored, vocabulary)
    });
    pieces.extend(free);
    pieces.retain(|(range, _)| !fixed.iter().any(|taken| overlap(taken, range)));
    pieces.extend(
        fixed
            .into_iter()
            .filter(|range| !range.is_empty())
            .map(|range| (range, Piece::Frame)),
    );
    let mut terms = Vec::new();
    let official: Vec<Range<usize>> = corpus
        .lexicon
        .phrases
        .find(tokens)
        .into_iter()
        .filter(|found| found.value.1 == Form::Official && found.tokens.len() > 1)
        .map(|found| found.tokens)
        .collect();
    for (range, piece) in best_cut(tokens.len(), pieces, &official) {
        let (meaning, slight) = match piece {
            Some(Piece::Frame | Piece::Perhaps) => continue,
            Some(Piece::Unit(unit)) => (Meaning::Unit(unit), false),
            Some(Piece::Concepts(ids)) => {
                let slight = ids.iter().all(|id| tables.common.concepts.contains(id));
                (Meaning::Concepts(ids), slight)
            }
            None => {
                let at = range.start;
                let words = &tables.common.words;
                (
                    Meaning::Word,
                    words.contains(&restored[at]) || words.contains(&tokens[at].word),
                )
            }
        };
        terms.push(Term {
            tokens: range,
            meaning,
            slight,
        });
    }
    terms
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Cuts the question so that the fewest words are left over, then so that the fewest pieces are
/// needed; of equal cuts a unit counts before the frame and the frame before a concept. Words left
/// over are pieces of their own, without a meaning.
fn best_cut(
    length: usize,
    pieces: Vec<(Range<usize>, Piece)>,
    official: &[Range<usize>],
) -> Vec<(Range<usize>, Option<Piece>)> {
    /// A word left over costs more than any number of pieces.
    const LEFT_OVER: u32 = 1000;
    /// A piece costs this, and a little more by its kind.
    const PIECE: u32 = 10;
    /// A piece that cuts one of the documents' own words in two costs this for each: "sách cho trẻ"
    /// in "chính sách cho trẻ".
    const CUT: u32 = 25;
    let cost_of = |range: &Range<usize>, piece: &Piece| {
        let cut = official.iter().filter(|word| {
            let contained = range.start <= word.start && word.end <= range.end;
            overlap(word, range)
                && !contained
                && !(word.start <= range.start && range.end <= word.end)
        });
        PIECE
            + CUT * cut.count() as u32
            + match piece {
                Piece::Unit(_) => 0,
                Piece::Frame => 1,
                Piece::Concepts(_) => 2,
                Piece::Perhaps => 5,
            }
    };
    // best[n]: cost of the first n words, and the piece that ends there.
    let mut best: Vec<(u32, Option<usize>)> = vec![(0, None)];
    for end in 1..=length {
        let mut here = (best[end - 1].0 + LEFT_OVER, None);
        for (index, (range, piece)) in pieces.iter().enumerate() {
            if range.end == end && range.start < end {
                let cost = best[range.start].0 + cost_of(range, piece);
                if cost < here.0 {
                    here = (cost, Some(index));
                }
            }
        }
        best.push(here);
    }
    let mut cut = Vec::new();
    let mut end = length;
    while end > 0 {
        let (range, piece) = match best[end].1 {
            Some(index) => (pieces[index].0.clone(), Some(pieces[index].1.clone())),
            None => (end - 1..end, None),
        };
        end = range.start;
        cut.push((range, piece));
    }
    cut.reverse();
    cut
}

/// Tables that belong to the topic's terms.
pub(super) struct Tables {
    common: CommonWords,
    /// Words that are never a topic.
    function: PhraseTable<()>,
    /// Names of the issuers' places, which every question about these documents may say.
    home: PhraseTable<()>,
}

impl Tables {
    pub fn new(corpus: &Corpus) -> Self {
        let mut home = PhraseTable::new();
        let issuers: BTreeSet<&str> = corpus
            .documents
            .iter()
            .map(|document| document.issuer.as_str())
            .collect();
        for issuer in issuers {
            let words: Vec<&str> = issuer.split_whitespace().collect();
            for start in 0..words.len().saturating_sub(1) {
                home.insert(&words[start..].join(" "), ());
            }
        }
        let mut function = PhraseTable::new();
        for phrase in FUNCTION_WORDS {
            function.insert(phrase, ());
        }
        for kind in super::documents::NOUNS_ONLY {
            function.insert(kind, ());
        }
        Self {
            common: CommonWords::new(corpus),
            function,
            home,
        }
    }
}

/// Concepts named, at every place; a phrase that is listed as meaning something else is no
/// concept, and none inside it is.
fn concepts(
    known: &Known,
    typed: &str,
    tokens: &[Token],
    restored: &[String],
) -> Vec<(Range<usize>, Vec<usize>)> {
    let mut all = known.corpus.lexicon.phrases.find(tokens);
    all.retain(|found| {
        means(tokens, restored, found)
            && !crosses_mark(typed, tokens, found)
            && !is_cut_out(found, restored, known.vocabulary)
    });
    let blocked: Vec<Range<usize>> = all
        .iter()
        .filter(|found| found.value.1 == Form::Not)
        .map(|found| found.tokens.clone())
        .collect();
    let mut concepts: Vec<(Range<usize>, Vec<usize>)> = Vec::new();
    for found in all.iter().filter(|found| found.value.1 != Form::Not) {
        let inside = |outer: &Range<usize>| {
            outer.start <= found.tokens.start && found.tokens.end <= outer.end
        };
        if blocked.iter().any(inside) {
            continue;
        }
        let concept = found.value.0;
        match concepts
            .iter_mut()
            .find(|(range, _)| *range == found.tokens)
        {
            Some((_, ids)) if ids.contains(&concept) => {}
            Some((_, ids)) => ids.push(concept),
            None => concepts.push((found.tokens.clone(), vec![concept])),
        }
    }
    concepts
}

/// Whether two words typed without marks are halves of the words beside them, and no phrase of their own:
/// "dan quan" in "trich dan quan diem" is not "dân quân".
fn is_cut_out<T>(found: &Match<'_, T>, restored: &[String], vocabulary: &Vocabulary) -> bool {
    let range = &found.tokens;
    let as_meant = || {
        let mut words = restored[range.clone()].iter().zip(found.phrase);
        words.any(|(restored, meant)| *restored == meant.word)
    };
    let together = |at: usize| {
        let next = restored.get(at + 1);
        next.is_some_and(|next| vocabulary.stand_together(&restored[at], next))
    };
    let halves = range.start > 0 && together(range.start - 1) && together(range.end - 1);
    range.len() == 2 && found.exact == 0 && halves && !as_meant()
}

/// Whether words in their likeliest reading stand beside a neighbour that they are known to stand
/// beside: then they are what they are read as, and no words of the frame without their marks.
fn is_at_home(range: &Range<usize>, restored: &[String], vocabulary: &Vocabulary) -> bool {
    let from = range.start.saturating_sub(1);
    let to = (range.end + 1).min(restored.len());
    restored[from..to]
        .windows(2)
        .any(|two| vocabulary.stand_together(&two[0], &two[1]))
}

fn content_free(
    corpus: &Corpus,
    tables: &Tables,
    tokens: &[Token],
    restored: &[String],
) -> Vec<(Range<usize>, Piece)> {
    let free = corpus.lexicon.content_free.find(tokens);
    let home = tables.home.find(tokens);
    let function = tables.function.find(tokens);
    free.into_iter()
        .chain(home)
        .chain(function)
        .map(|found| {
            let sure = means(tokens, restored, &found);
            (
                found.tokens,
                if sure { Piece::Frame } else { Piece::Perhaps },
            )
        })
        .collect()
}
