//! How the words of everyday language lead to the passages: for whoever keeps the tables. Nothing
//! here is wrong by itself; what is wrong, the checks report.

use std::collections::BTreeMap;

use super::problem::Reporter;
use super::{Corpus, Form, LEXICON_FILE};
use crate::text::{Token, tokenize};

/// A concept that at least this share of the passages has leads to none in particular.
const COMMON: f64 = 0.2;
/// Under so many passages shares mean nothing.
const FEW: usize = 20;

/// What the tables have for everyday words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// For each passage, in their order.
    pub passages: Vec<Reach>,
    /// Phrases that name more than one concept.
    pub shared: Vec<Shared>,
    /// Phrases of different concepts that are one without their diacritics.
    pub alike: Vec<Shared>,
    /// Names of concepts that are also listed as carrying no content.
    pub idle: Vec<Shared>,
    /// For each concept, in their order.
    pub concepts: Vec<ConceptWords>,
}

/// What leads to a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The passage's place in the corpus.
    pub passage: usize,
    /// Concepts with everyday names that it has in its own words, those left out that most passages have.
    pub concepts: usize,
    /// Paraphrases of it.
    pub paraphrases: usize,
}

/// Phrases that meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// Line of the first in the table's file, from 1.
    pub line: usize,
    /// Each phrase with the id of its concept.
    pub phrases: Vec<(String, String)>,
}

/// How many words a concept has, and how many places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConceptWords {
    /// Its id.
    pub id: String,
    /// Names that the documents use.
    pub official: usize,
    /// Names that people use.
    pub everyday: usize,
    /// Passages that have it in their own words or stand under a heading that has.
    pub passages: usize,
}

impl Words {
    /// Looks at the tables of a corpus.
    pub fn new(corpus: &Corpus) -> Self {
        let places = in_places(corpus);
        let concepts = corpus.lexicon.concepts.iter().zip(&places);
        Self {
            passages: reach(corpus, &places),
            shared: meeting(corpus, key, |_| true),
            alike: meeting(corpus, fold_key, |phrases| {
                let first = key(&phrases[0].0);
                phrases.iter().any(|(phrase, _)| key(phrase) != first)
            }),
            idle: idle(corpus),
            concepts: concepts
                .map(|(concept, places)| ConceptWords {
                    id: concept.id.clone(),
                    official: concept.official.len(),
                    everyday: concept.everyday.len(),
                    passages: places.len(),
                })
                .collect(),
        }
    }

    /// Passages that no everyday word leads to.
    pub fn unreached(&self) -> impl Iterator<Item = &Reach> {
        let cut_off = |reach: &&Reach| reach.concepts == 0 && reach.paraphrases == 0;
        self.passages.iter().filter(cut_off)
    }

    /// Passages with less than half as many paraphrases as most have, and how many most have.
    pub fn poor(&self) -> (usize, Vec<&Reach>) {
        let mut counts: Vec<usize> = self
            .passages
            .iter()
            .map(|reach| reach.paraphrases)
            .collect();
        counts.sort_unstable();
        let median = counts.get(counts.len() / 2).copied().unwrap_or(0);
        let poor = self
            .passages
            .iter()
            .filter(|reach| reach.paraphrases * 2 < median);
        (median, poor.collect())
    }
}

/// A phrase as it is looked up: its words.
pub(super) fn key(phrase: &str) -> String {
    joined(phrase, |token| &token.word)
}

fn fold_key(phrase: &str) -> String {
    joined(phrase, |token| &token.fold)
}

fn joined(phrase: &str, of: fn(&Token) -> &String) -> String {
    let tokens = tokenize(phrase);
    let words: Vec<&str> = tokens.iter().map(|token| of(token).as_str()).collect();
    words.join(" ")
}

/// For each concept, the passages that have it in the documents' words, their headings counted
/// with them.
pub(super) fn in_places(corpus: &Corpus) -> Vec<Vec<usize>> {
    let mut places = vec![Vec::new(); corpus.lexicon.concepts.len()];
    let headings: Vec<Vec<usize>> = (0..corpus.section_count())
        .map(|section| officially_named(corpus, corpus.heading_of(section)))
        .collect();
    for (at, passage) in corpus.passages().enumerate() {
        let mut concepts = officially_named(corpus, corpus.text_of(at));
        concepts.extend(
            passage
                .section
                .iter()
                .flat_map(|section| &headings[*section]),
        );
        concepts.sort_unstable();
        concepts.dedup();
        for concept in concepts {
            places[concept].push(at);
        }
    }
    places
}

fn officially_named(corpus: &Corpus, text: &str) -> Vec<usize> {
    let found = corpus.lexicon.phrases.find(&tokenize(text));
    let named = found
        .into_iter()
        .filter(|found| found.value.1 == Form::Official && found.exact == found.tokens.len());
    named.map(|found| found.value.0).collect()
}

fn reach(corpus: &Corpus, places: &[Vec<usize>]) -> Vec<Reach> {
    let all = corpus.passage_count();
    let common = |places: &[usize]| all >= FEW && places.len() as f64 >= all as f64 * COMMON;
    let mut concepts = vec![0; all];
    for (concept, places) in corpus.lexicon.concepts.iter().zip(places) {
        if !concept.everyday.is_empty() && !common(places) {
            for passage in places {
                concepts[*passage] += 1;
            }
        }
    }
    let of = |(passage, concepts)| Reach {
        passage,
        concepts,
        paraphrases: corpus.paraphrases_of(passage).len(),
    };
    concepts.into_iter().enumerate().map(of).collect()
}

/// Where each name of each concept stands, with the concept's id.
fn names(corpus: &Corpus) -> impl Iterator<Item = (&str, usize, &str)> {
    corpus.lexicon.concepts.iter().flat_map(|concept| {
        let names = concept
            .phrases(Form::Official)
            .chain(concept.phrases(Form::Everyday));
        names.map(|(phrase, at)| (phrase, at, concept.id.as_str()))
    })
}

/// Names with one key that belong to more than one concept, by the place of the first.
fn meeting(
    corpus: &Corpus,
    key: fn(&str) -> String,
    counts: fn(&[(String, String)]) -> bool,
) -> Vec<Shared> {
    let mut by_key: BTreeMap<String, (usize, Vec<(String, String)>)> = BTreeMap::new();
    for (phrase, at, id) in names(corpus) {
        let entry = by_key
            .entry(key(phrase))
            .or_insert_with(|| (at, Vec::new()));
        entry.1.push((phrase.to_owned(), id.to_owned()));
    }
    let meet = |(at, phrases): (usize, Vec<(String, String)>)| {
        let several = phrases.iter().any(|(_, id)| *id != phrases[0].1);
        (several && counts(&phrases)).then_some((at, phrases))
    };
    placed(corpus, by_key.into_values().filter_map(meet).collect())
}

fn idle(corpus: &Corpus) -> Vec<Shared> {
    let free = |phrase: &str| {
        let tokens = tokenize(phrase);
        let found = corpus.lexicon.content_free.find_at_start(&tokens);
        found
            .iter()
            .any(|found| found.tokens.len() == tokens.len() && found.exact == tokens.len())
    };
    let idle = names(corpus).filter(|(phrase, _, _)| free(phrase));
    let listed = idle.map(|(phrase, at, id)| (at, vec![(phrase.to_owned(), id.to_owned())]));
    placed(corpus, listed.collect())
}

fn placed(corpus: &Corpus, mut found: Vec<(usize, Vec<(String, String)>)>) -> Vec<Shared> {
    found.sort();
    let text = corpus.table(LEXICON_FILE).unwrap_or_default();
    let lines = Reporter::new(LEXICON_FILE, text);
    let shared = |(at, phrases)| Shared {
        line: lines.line(at),
        phrases,
    };
    found.into_iter().map(shared).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::with_body;
    use super::*;

    fn words() -> Words {
        let lexicon = "[[concept]]\nid='a'\nofficial=['trẻ em']\neveryday=['con nít', 'đất']\n\
             [[concept]]\nid='b'\nofficial=['quỹ đất']\neveryday=['đất',\n'con nịt', 'xin']\n\
             [[concept]]\nid='c'\nofficial=['rừng']\n\
             [[concept]]\nid='d'\neveryday=['học phí']\n[content_free]\nwords=['xin']\n";
        let said = "[[passage]]\nid='kh#I.3'\nsays=['nghỉ', 'chơi', 'ngủ']\n\
             [[passage]]\nid='kh#I.1'\nsays=['một', 'hai']\n[[passage]]\nid='kh#II.1'\nsays=['ba', 'bốn']\n";
        let body =
            "## I. A\n- Bảo vệ trẻ em.\n- Trồng rừng.\n- Nghỉ ngơi.\n## II. QUỸ ĐẤT\n- Ngủ.\n";
        let tables = [("tu-dien.toml", lexicon), ("dien-dat.toml", said)];
        let (corpus, problems) = with_body(body, &tables);
        assert_eq!(problems, []);
        Words::new(&corpus)
    }

    #[test]
    fn what_leads_to_passages() {
        let words = words();
        let reach: Vec<(usize, usize)> = words
            .passages
            .iter()
            .map(|reach| (reach.concepts, reach.paraphrases))
            .collect();
        // The documents' word alone leads people nowhere; a heading leads to what stands under it.
        assert_eq!(reach, [(1, 2), (0, 0), (0, 3), (1, 2)]);
        let unreached: Vec<usize> = words.unreached().map(|reach| reach.passage).collect();
        assert_eq!(unreached, [1]);
        let (median, poor) = words.poor();
        let poor: Vec<usize> = poor.iter().map(|reach| reach.passage).collect();
        assert_eq!((median, poor), (2, vec![1]));
    }

    #[test]
    fn phrases_that_meet() {
        let shown = |shared: &[Shared]| -> Vec<String> {
            let phrases = |shared: &Shared| {
                let phrases = shared
                    .phrases
                    .iter()
                    .map(|(phrase, id)| format!("{phrase}={id}"));
                format!("{} {}", shared.line, phrases.collect::<Vec<_>>().join(" "))
            };
            shared.iter().map(phrases).collect()
        };
        let words = words();
        assert_eq!(shown(&words.shared), ["4 đất=a đất=b"]);
        assert_eq!(shown(&words.alike), ["4 con nít=a con nịt=b"]);
        assert_eq!(shown(&words.idle), ["9 xin=b"]);
    }

    #[test]
    fn concepts_are_counted() {
        let counts: Vec<(String, usize, usize, usize)> = words()
            .concepts
            .into_iter()
            .map(|words| (words.id, words.official, words.everyday, words.passages))
            .collect();
        let expect = [
            ("a", 1, 2, 1),
            ("b", 1, 3, 1),
            ("c", 1, 0, 1),
            ("d", 0, 1, 0),
        ];
        assert_eq!(counts, expect.map(|(id, o, e, p)| (id.to_owned(), o, e, p)));
    }
}
