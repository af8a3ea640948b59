//! Searching: weighted terms in, passages with their BM25 scores out.
//!
//! A question has a hundred terms and more, and most passages of a large corpus have some of them:
//! too many for skipping ahead to pay. The postings are read term by term and summed into an array
//! with a place for each passage. What does not change from question to question (the length of
//! each passage and what BM25 makes of it) is read once, when the index is opened.
//!
//! In a library of a million passages that would be tens of millions of postings, nearly all of them of
//! words that most passages have and that tell little apart. There the terms are read in the order of
//! what they can give, until so many postings have been read as a question may cost; the rest is only
//! looked up for the passages that are best by then (Moffat and Zobel 1996, "Self-indexing inverted files for
//! fast text retrieval", call it "continue").

use std::panic::resume_unwind;
use std::thread;

use tantivy::{Index, ReloadPolicy};

use super::best::Best;
use super::build::register;
use super::field::{FieldIndex, Found};
use super::rows::{Listed, Rows};
use super::schema::{Field, IndexError, schema};
use super::wider::{Scores, Wider};

/// How many postings are read for a question: more than any question has in a corpus of ten
/// thousand passages.
const BUDGET: u64 = 1_000_000;
/// How many of the best passages the rest of the terms is looked up for.
const CONSIDERED: usize = 1000;
/// From how many postings on a second thread pays.
const TWO_THREADS: u64 = 300_000;
/// More than what sums in another order can differ by.
const ROUNDING: f32 = 1.0001;

/// A term to look for, and how much it counts.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedTerm {
    /// Where to look.
    pub field: Field,
    /// The term: a syllable, or a [`pair`](super::pair).
    pub text: String,
    /// Factor on its BM25 score.
    pub weight: f32,
}

/// A passage found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Ordinal of the passage in the corpus.
    pub passage: usize,
    /// Sum of the weighted BM25 scores of its terms.
    pub score: f32,
}

/// An opened index. It never changes: a new corpus makes a new one.
pub struct SearchIndex {
    /// In the order of [`Field::ALL`].
    pub(super) fields: Vec<FieldIndex>,
    pub(super) rows: Rows,
    /// The sections the passages stand in.
    pub(super) sections: Wider,
    /// Their documents.
    pub(super) documents: Wider,
    /// The document that each section is in.
    document_of: Vec<u32>,
    budget: u64,
    considered: usize,
}

impl SearchIndex {
    pub(super) fn new(listed: &[Listed], index: &Index) -> Result<Self, IndexError> {
        register(index);
        let (expected, names) = schema();
        if index.schema() != expected {
            return Err(IndexError::Stale);
        }
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let searcher = reader.searcher();
        let segments = searcher.segment_readers();
        let (rows, sections, documents) = Rows::read(segments, listed)?;
        let fields = Field::ALL.map(|field| FieldIndex::new(segments, names.get(field)));
        let fields: Vec<FieldIndex> = fields.into_iter().collect::<Result<_, _>>()?;
        let (sections, documents) = in_parallel(
            rows.all > TWO_THREADS as usize,
            || Wider::new(&fields, sections),
            || Wider::new(&fields, documents),
        );
        Ok(Self {
            fields,
            rows,
            document_of: sections.within(&documents),
            sections,
            documents,
            budget: BUDGET,
            considered: CONSIDERED,
        })
    }

    /// Number of passages in the index.
    pub fn len(&self) -> usize {
        self.rows.passages
    }

    /// True when the index holds no passage.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Has every question read so many postings at most, to see what the budget costs.
    pub fn with_budget(mut self, postings: u64) -> Self {
        self.budget = postings;
        self
    }

    /// Has the rest of the terms looked up for so many of the best passages, likewise.
    pub fn considering(mut self, passages: usize) -> Self {
        self.considered = passages;
        self
    }

    /// The best `limit` passages, best first, ties in the order of the text. The section and the
    /// document around a passage count `around` of what it counts by itself.
    ///
    /// How rare a term is and how long passages are is reckoned with the passages that were removed,
    /// until a merge drops them; they are never found.
    pub fn search(
        &self,
        terms: &[WeightedTerm],
        around: f32,
        limit: usize,
    ) -> Result<Vec<Hit>, IndexError> {
        if terms.is_empty() || limit == 0 || self.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = Vec::with_capacity(terms.len());
        for term in terms {
            found.extend(self.fields[term.field as usize].find(term)?);
        }
        let rest = self.beyond_budget(&mut found);
        let scores = self.scores(&found, around)?;
        if rest.is_empty() {
            return Ok(self.best(&scores, around, limit));
        }
        let considered = self.best(&scores, around, limit.max(self.considered));
        let mut hits = self.complete(considered, &rest, around)?;
        hits.truncate(limit);
        Ok(hits)
    }

    /// Takes out the terms that give the least, where all together have more postings than may be read.
    fn beyond_budget<'a>(&self, found: &mut Vec<Found<'a>>) -> Vec<Found<'a>> {
        if postings(found) <= self.budget {
            return Vec::new();
        }
        found.sort_by(|a, b| b.most.total_cmp(&a.most));
        let mut read = 0;
        let within = found.iter().take_while(|found| {
            read += u64::from(found.count);
            read <= self.budget
        });
        // One is read in any case: without a score there is nothing to consider.
        let within = within.count().max(1);
        found.split_off(within)
    }

    /// The scores of all rows.
    fn scores(&self, found: &[Found], around: f32) -> Result<Summed<'_>, IndexError> {
        let mut own = vec![0.0; self.rows.all];
        let mut wider = (around > 0.0).then(|| Around {
            sections: self.sections.scores(),
            documents: self.documents.scores(),
            document_of: &self.document_of,
        });
        match &mut wider {
            Some(wider) if postings(found) >= TWO_THREADS => {
                // Each reads the postings for itself: nothing is shared, and each sums in the order of the terms.
                let (own, around) = in_parallel(
                    true,
                    || read_all(found, Some(&mut own), None),
                    || read_all(found, None, Some(wider)),
                );
                own.and(around)?;
            }
            wider => read_all(found, Some(&mut own), wider.as_mut())?,
        }
        Ok(Summed { own, around: wider })
    }

    /// The best of all rows. A document is passed over where its best row, best section and own score
    /// together would not be enough: nearly all are, once there are as many hits as wanted.
    fn best(&self, scores: &Summed, share: f32, limit: usize) -> Vec<Hit> {
        let mut best = Best::new(limit);
        for (number, document) in self.rows.documents.iter().enumerate() {
            let Some(first) = document.first else {
                continue;
            };
            let rows = document.rows.clone();
            let own = &scores.own[rows.clone()];
            let Some(around) = &scores.around else {
                offer(&mut best, first, own.iter().copied());
                continue;
            };
            let (sections, documents) = (&around.sections, &around.documents);
            let most = greatest(own)
                + share * greatest(sections.of_rows(rows.clone()))
                + share * documents.sum(number);
            if most * ROUNDING < best.least() {
                continue;
            }
            let scores = rows
                .zip(own)
                .map(|(row, own)| documents.spread(share, row, sections.spread(share, row, *own)));
            offer(&mut best, first, scores);
        }
        best.finish()
    }
}

/// What the terms read give to all rows.
struct Summed<'a> {
    own: Vec<f32>,
    around: Option<Around<'a>>,
}

/// Offers the passages from one on.
fn offer(best: &mut Best, first: usize, scores: impl Iterator<Item = f32>) {
    for (passage, score) in (first..).zip(scores) {
        best.offer(Hit { passage, score });
    }
}

/// The greatest of some scores, none of which is under 0; in lanes, which processors do at once.
fn greatest(scores: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 8];
    let chunks = scores.chunks_exact(8);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (lane, score) in lanes.iter_mut().zip(chunk) {
            *lane = if *score > *lane { *score } else { *lane };
        }
    }
    lanes.iter().chain(rest).copied().fold(0.0, f32::max)
}

/// Scores of what stands around the passages.
struct Around<'a> {
    sections: Scores<'a>,
    documents: Scores<'a>,
    /// The document that each section is in.
    document_of: &'a [u32],
}

/// Adds what each term gives to the rows that have it, and to what stands around those.
fn read_all(
    found: &[Found],
    mut scores: Option<&mut [f32]>,
    mut around: Option<&mut Around>,
) -> Result<(), IndexError> {
    for found in found {
        let around = around.as_deref_mut().filter(|_| found.term.field.is_body());
        read(found, scores.as_deref_mut(), around)?;
    }
    Ok(())
}

fn read(
    found: &Found,
    mut scores: Option<&mut [f32]>,
    mut around: Option<&mut Around>,
) -> Result<(), IndexError> {
    if scores.is_none() && around.is_none() {
        return Ok(());
    }
    found.each_block(|part, rows, frequencies| {
        if let Some(scores) = &mut scores {
            found.add_to(scores, part, rows, frequencies);
        }
        if let Some(around) = &mut around {
            around.sections.note(part.rows.start, rows, frequencies);
        }
    })?;
    if let Some(around) = around {
        // A term stands in a document as often as in its sections together.
        around
            .documents
            .note_parts(&around.sections, around.document_of);
        around.sections.add(found.term);
        around.documents.add(found.term);
    }
    Ok(())
}

/// How many postings some terms have.
fn postings(found: &[Found]) -> u64 {
    found.iter().map(|found| u64::from(found.count)).sum()
}

/// Does two things, at once where that pays.
pub fn in_parallel<A: Send, B>(
    pays: bool,
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    if !pays {
        return (one(), other());
    }
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (
            one.join().unwrap_or_else(|panic| resume_unwind(panic)),
            other,
        )
    })
}

#[cfg(test)]
mod tests {
    use tantivy::collector::TopDocs;
    use tantivy::directory::RamDirectory;
    use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
    use tantivy::schema::IndexRecordOption;
    use tantivy::{Searcher, Term};

    use super::super::build::{build, listed};
    use super::*;
    use crate::corpus::Corpus;

    fn index(bullets: usize) -> (Corpus, Index) {
        let mut file =
            "+++\nid = \"a\"\ntype = \"Kế hoạch\"\nnumber = \"1\"\nshort = \"Kế hoạch 1\"\n\
                        title = \"Kế hoạch\"\nissuer = \"Tỉnh ủy\"\n+++\n## I. Bảo vệ trẻ em\n"
                .to_owned();
        let words = ["bảo", "vệ", "trẻ", "em", "báo", "cáo", "cao"];
        for bullet in 0..bullets {
            let count = 1 + bullet * bullet % 11;
            let words = (0..count).map(|at| words[(bullet / 3 * 5 + at * bullet) % words.len()]);
            file += &format!("- {}\n", words.collect::<Vec<_>>().join(" "));
        }
        let (corpus, _) = Corpus::from_files(vec![("a.md".into(), file.into())]).unwrap();
        let index = build(&corpus, RamDirectory::create()).unwrap();
        (corpus, index)
    }

    fn terms() -> Vec<WeightedTerm> {
        [
            (Field::Folded, "bao", 1.0),
            (Field::Exact, "báo", 0.5),
            (Field::ExactPair, "trẻ em", 0.7),
            (Field::HeadingFolded, "tre", 0.3),
            (Field::FoldedPair, "cao bao", 1.0),
            (Field::Folded, "khong", 1.0),
        ]
        .map(|(field, text, weight)| WeightedTerm {
            field,
            text: text.to_owned(),
            weight,
        })
        .to_vec()
    }

    /// What tantivy's own query of the same terms finds.
    fn found_by_tantivy(searcher: &Searcher, limit: usize) -> Vec<(u32, f32)> {
        let (_, fields) = schema();
        let clause = |term: WeightedTerm| -> (Occur, Box<dyn Query>) {
            let query = TermQuery::new(
                Term::from_field_text(fields.get(term.field), &term.text),
                IndexRecordOption::WithFreqs,
            );
            (
                Occur::Should,
                Box::new(BoostQuery::new(Box::new(query), term.weight)),
            )
        };
        let query = BooleanQuery::new(terms().into_iter().map(clause).collect());
        let found = searcher
            .search(&query, &TopDocs::with_limit(limit).order_by_score())
            .unwrap();
        found
            .into_iter()
            .map(|(score, address)| (address.doc_id, score))
            .collect()
    }

    #[test]
    fn scores_are_those_of_the_library() {
        for bullets in [1, 7, 127, 128, 129, 700] {
            let (corpus, index) = index(bullets);
            let hits = SearchIndex::new(&listed(&corpus), &index)
                .unwrap()
                .search(&terms(), 0.0, bullets)
                .unwrap();
            let searcher = index.reader().unwrap().searcher();
            let mut expect = found_by_tantivy(&searcher, bullets);
            let mut found: Vec<(u32, f32)> = hits
                .iter()
                .map(|hit| (hit.passage as u32, hit.score))
                .collect();
            assert!(found.is_sorted_by(|a, b| a.1 > b.1 || (a.1 == b.1 && a.0 < b.0)));
            found.sort_by_key(|(passage, _)| *passage);
            expect.sort_by_key(|(passage, _)| *passage);
            assert_eq!(found.len(), expect.len());
            for ((passage, score), (expected, expected_score)) in found.into_iter().zip(expect) {
                assert_eq!(passage, expected);
                assert!((score - expected_score).abs() <= 1e-5 * expected_score);
            }
        }
    }

    #[test]
    fn fewer_hits_are_the_first_of_more() {
        let (corpus, index) = index(700);
        let search = SearchIndex::new(&listed(&corpus), &index).unwrap();
        let all = search.search(&terms(), 0.5, usize::MAX).unwrap();
        for limit in [0, 1, 2, 50, 699] {
            assert_eq!(
                search.search(&terms(), 0.5, limit).unwrap(),
                all[..limit.min(all.len())]
            );
        }
    }

    #[test]
    fn beyond_the_budget_terms_count_for_what_was_found_by_others() {
        let (corpus, index) = index(200);
        let open = || SearchIndex::new(&listed(&corpus), &index).unwrap();
        let all = open().search(&terms(), 0.0, usize::MAX).unwrap();
        let postings: u64 = terms()
            .iter()
            .filter_map(|term| {
                Some(u64::from(
                    open().fields[term.field as usize].find(term).ok()??.count,
                ))
            })
            .sum();
        let found = |budget| {
            open()
                .with_budget(budget)
                .search(&terms(), 0.0, usize::MAX)
                .unwrap()
        };
        assert_eq!(found(postings), all);
        for budget in [0, postings / 4, postings / 2, postings - 1] {
            let found = found(budget);
            assert!(!found.is_empty() && found.len() <= all.len());
            for hit in found {
                // Summed in another order, it is the whole score all the same.
                let whole = all.iter().find(|all| all.passage == hit.passage).unwrap();
                assert!((whole.score - hit.score).abs() <= 1e-5 * whole.score);
            }
        }
    }

    #[test]
    fn nothing_finds_nothing() {
        let search = |bullets: usize, terms: &[WeightedTerm]| {
            let (corpus, index) = index(bullets);
            let search = SearchIndex::new(&listed(&corpus), &index).unwrap();
            (search.len(), search.search(terms, 0.5, 10).unwrap())
        };
        assert_eq!(search(0, &terms()), (0, vec![]));
        assert_eq!(search(9, &[]), (9, vec![]));
    }
}
