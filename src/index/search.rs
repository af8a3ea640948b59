//! Searching: weighted terms in, passages with their BM25 scores out.
//!
//! A question has a hundred terms and more, and most passages of a large corpus have some of them:
//! too many for skipping ahead to pay, so all postings are read (`scan.rs`). What does not change from question to question (the length of
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

use super::build::register;
use super::field::{FieldIndex, Found};
use super::rows::{Listed, Rows};
use super::scan::{STRETCH, Scan};
use super::schema::{Field, IndexError, schema};
use super::wider::Wider;

/// How many postings are read for a question: more than any question has in a corpus of ten
/// thousand passages.
const BUDGET: u64 = 1_000_000;
/// How many of the best passages the rest of the terms is looked up for.
const CONSIDERED: usize = 1000;
/// From how many rows on a second thread pays when the index is opened.
const TWO_THREADS: usize = 300_000;

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
    pub(super) document_of: Vec<u32>,
    budget: u64,
    considered: usize,
    /// How many rows are read at a time.
    pub(super) stretch: usize,
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
        let lengths = |some: &[Field]| -> Vec<Vec<f32>> {
            let some = some.iter().filter(|field| field.is_body());
            some.map(|field| {
                sum(
                    fields[*field as usize].lengths(),
                    &sections.of,
                    sections.count,
                )
            })
            .collect()
        };
        let (some, others) = Field::ALL.split_at(Field::Folded as usize);
        let (mut of_sections, of_others) =
            in_parallel(rows.all > TWO_THREADS, || lengths(some), || lengths(others));
        of_sections.extend(of_others);
        let document_of = sections.within(&documents);
        let of_sections_in =
            |lengths: &Vec<f32>| sum(lengths.iter().copied(), &document_of, documents.count);
        let of_documents: Vec<Vec<f32>> = of_sections.iter().map(of_sections_in).collect();
        Ok(Self {
            fields,
            rows,
            sections: Wider::new(sections, &of_sections),
            documents: Wider::new(documents, &of_documents),
            document_of,
            budget: BUDGET,
            considered: CONSIDERED,
            stretch: STRETCH,
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
        let apart = around > 0.0 && !self.is_one_stretch();
        let (terms, rest) = in_parallel(
            !rest.is_empty(),
            || self.weigh(found, apart),
            || self.weigh(rest, around > 0.0),
        );
        let (terms, rest) = (&terms?, rest?);
        if rest.is_empty() {
            return self.scan(Scan {
                terms,
                around,
                limit,
            });
        }
        let considered = self.scan(Scan {
            terms,
            around,
            limit: limit.max(self.considered),
        })?;
        self.complete(considered, &rest, around, limit)
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
}

/// The lengths of larger texts: the sums of those of their parts, with what each is a part of.
fn sum(lengths: impl Iterator<Item = f32>, of: &[u32], count: usize) -> Vec<f32> {
    let mut sums = vec![0.0f32; count];
    for (length, of) in lengths.zip(of) {
        sums[*of as usize] += length;
    }
    sums
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
