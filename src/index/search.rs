//! Searching: weighted terms in, passages with their BM25 scores out.
//!
//! A question has a hundred terms and more, and most passages of a large corpus have some of them:
//! too many for skipping ahead to pay. The postings are read term by term and summed into an array
//! with a place for each passage. What does not change from question to question (the length of
//! each passage and what BM25 makes of it) is read once, when the index is opened.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, ReloadPolicy, SegmentReader, TantivyError};

use super::build::register;
use super::schema::{Field, IndexError, ORDINAL, schema};
use super::wider::{Groups, Scores, Wider};
use crate::corpus::Corpus;

/// How soon a term said again and again in a passage stops to count more.
pub(super) const K1: f32 = 1.2;
/// How much the length of a passage counts.
const B: f32 = 0.75;

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
    /// In the order of [`Field::ALL`]; empty for an index without a passage.
    pub(super) fields: Vec<FieldIndex>,
    /// Passage of each document of the index.
    pub(super) passages: Vec<u32>,
    /// The sections the passages stand in.
    pub(super) sections: Wider,
    /// Their documents.
    documents: Wider,
}

impl SearchIndex {
    pub(super) fn new(corpus: &Corpus, index: &Index) -> Result<Self, IndexError> {
        register(index);
        if index.schema() != schema().0 {
            return Err(IndexError::Stale);
        }
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        match reader.searcher().segment_readers() {
            [] => Ok(Self {
                fields: Vec::new(),
                passages: Vec::new(),
                sections: Wider::default(),
                documents: Wider::default(),
            }),
            [segment] => Self::of_segment(corpus, segment),
            _ => Err(IndexError::Stale),
        }
    }

    fn of_segment(corpus: &Corpus, segment: &SegmentReader) -> Result<Self, IndexError> {
        let (_, fields) = schema();
        let ordinals = segment.fast_fields().u64(ORDINAL)?;
        let passages =
            (0..segment.max_doc()).map(|document| Some(ordinals.first(document)? as u32));
        let passages: Vec<u32> = passages.collect::<Option<_>>().ok_or(IndexError::Stale)?;
        if passages
            .iter()
            .any(|at| *at as usize >= corpus.passage_count())
        {
            return Err(IndexError::Stale);
        }
        let fields = Field::ALL.map(|field| FieldIndex::new(segment, fields.get(field)));
        let fields: Vec<FieldIndex> = fields.into_iter().collect::<Result<_, _>>()?;
        let sections = Wider::new(&fields, Groups::sections(corpus, &passages));
        let documents = Wider::new(&fields, Groups::documents(corpus, &passages));
        Ok(Self {
            fields,
            passages,
            sections,
            documents,
        })
    }

    /// Number of passages in the index.
    pub fn len(&self) -> usize {
        self.passages.len()
    }

    /// True when the index holds no passage.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The best `limit` passages, best first, ties in the order of the text. The section and the
    /// document around a passage count `around` of what it counts by itself.
    pub fn search(
        &self,
        terms: &[WeightedTerm],
        around: f32,
        limit: usize,
    ) -> Result<Vec<Hit>, IndexError> {
        if terms.is_empty() || limit == 0 || self.is_empty() {
            return Ok(Vec::new());
        }
        let mut scores = vec![0.0; self.passages.len()];
        let mut wider = match around > 0.0 {
            true => vec![self.sections.scores(), self.documents.scores()],
            false => Vec::new(),
        };
        for term in terms {
            let field = &self.fields[term.field as usize];
            let wider = match term.field.is_body() {
                true => &mut wider[..],
                false => &mut [],
            };
            field.add(term, &mut scores, wider)?;
        }
        for wider in wider {
            wider.spread(around, &mut scores);
        }
        let mut best = Best::new(limit);
        for (score, passage) in scores.into_iter().zip(&self.passages) {
            best.offer(Hit {
                passage: *passage as usize,
                score,
            });
        }
        Ok(best.finish())
    }
}

/// One field: its postings, and what BM25 needs of the passages' lengths.
pub(super) struct FieldIndex {
    postings: Arc<InvertedIndexReader>,
    /// Number of each document's length class.
    lengths: Vec<u8>,
    /// BM25's denominator beside the frequency, by length class.
    norms: Box<[f32; 256]>,
}

impl FieldIndex {
    fn new(segment: &SegmentReader, field: tantivy::schema::Field) -> Result<Self, IndexError> {
        let postings = segment.inverted_index(field)?;
        let lengths = segment.get_fieldnorms_reader(field)?;
        let average = postings.total_num_tokens() as f32 / segment.max_doc() as f32;
        let of_class = |class: usize| {
            let length = FieldNormReader::id_to_fieldnorm(class as u8) as f32;
            norm(length, average)
        };
        Ok(Self {
            postings,
            lengths: (0..segment.max_doc())
                .map(|document| lengths.fieldnorm_id(document))
                .collect(),
            norms: Box::new(std::array::from_fn(of_class)),
        })
    }

    /// Adds what a term gives to each document that has it, and to what stands around those.
    fn add(
        &self,
        term: &WeightedTerm,
        scores: &mut [f32],
        wider: &mut [Scores],
    ) -> Result<(), IndexError> {
        let Some((count, mut block)) = self.open(&term.text).map_err(TantivyError::from)? else {
            return Ok(());
        };
        let weight = idf(count, scores.len()) * (1.0 + K1) * term.weight;
        let mut left = count as usize;
        while left > 0 && !block.docs().is_empty() {
            for (document, frequency) in block.docs().iter().zip(block.freqs()) {
                let (document, frequency) = (*document as usize, *frequency as f32);
                scores[document] += weight * self.saturation(document, frequency);
                for wider in wider.iter_mut() {
                    wider.note(document, frequency);
                }
            }
            left = left.saturating_sub(block.docs().len());
            block.advance();
        }
        for wider in wider {
            wider.add(term);
        }
        Ok(())
    }

    /// What a frequency counts in a document of this length, under 1.
    pub(super) fn saturation(&self, document: usize, frequency: f32) -> f32 {
        frequency / (frequency + self.norms[usize::from(self.lengths[document])])
    }

    /// How often a term stands in one of some documents in a row, and in all of them together.
    pub(super) fn frequencies(
        &self,
        term: &str,
        document: usize,
        row: Range<usize>,
    ) -> Result<(f32, f32), IndexError> {
        let (mut here, mut together) = (0.0, 0.0);
        let Some((_, mut block)) = self.open(term).map_err(TantivyError::from)? else {
            return Ok((here, together));
        };
        block.seek(row.start as u32);
        while block
            .docs()
            .first()
            .is_some_and(|first| row.end > *first as usize)
        {
            for (found, frequency) in block.docs().iter().zip(block.freqs()) {
                let found = *found as usize;
                if row.contains(&found) {
                    together += *frequency as f32;
                }
                if found == document {
                    here = *frequency as f32;
                }
            }
            block.advance();
        }
        Ok((here, together))
    }

    /// How rare a term is; the rarest of all where no document has it.
    pub(super) fn rarity(&self, term: &str) -> Result<f32, IndexError> {
        let info = self
            .postings
            .terms()
            .get(term)
            .map_err(TantivyError::from)?;
        Ok(idf(
            info.map_or(0, |info| info.doc_freq),
            self.lengths.len(),
        ))
    }

    /// How many terms a document has, nearly.
    pub(super) fn length(&self, document: usize) -> f32 {
        FieldNormReader::id_to_fieldnorm(self.lengths[document]) as f32
    }

    /// How many documents have the term, and which.
    fn open(&self, term: &str) -> io::Result<Option<(u32, BlockSegmentPostings)>> {
        let Some(info) = self.postings.terms().get(term)? else {
            return Ok(None);
        };
        let option = IndexRecordOption::WithFreqs;
        let block = self
            .postings
            .read_block_postings_from_terminfo(&info, option)?;
        Ok(Some((info.doc_freq, block)))
    }
}

/// BM25's denominator beside the frequency.
pub(super) fn norm(length: f32, average: f32) -> f32 {
    K1 * (1.0 - B + B * length / average)
}

/// How rare a term is that so many of all documents have.
pub(super) fn idf(documents: u32, all: usize) -> f32 {
    let (with, without) = (
        documents as f32,
        (all as u32).saturating_sub(documents) as f32,
    );
    (1.0 + (without + 0.5) / (with + 0.5)).ln()
}

/// The best hits of those offered, in the order of the text.
struct Best {
    limit: usize,
    hits: Vec<Hit>,
    /// What a hit has to surpass to be among the best so far.
    least: f32,
}

impl Best {
    fn new(limit: usize) -> Self {
        Self {
            limit,
            hits: Vec::new(),
            least: 0.0,
        }
    }

    fn offer(&mut self, hit: Hit) {
        if hit.score > self.least {
            self.hits.push(hit);
            if self.hits.len() == self.limit.saturating_mul(2) {
                self.drop_worst();
            }
        }
    }

    fn drop_worst(&mut self) {
        if self.hits.len() > self.limit {
            self.hits.select_nth_unstable_by(self.limit - 1, better);
            self.hits.truncate(self.limit);
            self.least = self.hits[self.limit - 1].score;
        }
    }

    fn finish(mut self) -> Vec<Hit> {
        self.drop_worst();
        self.hits.sort_unstable_by(better);
        self.hits
    }
}

/// The better one first, the earlier one of equals.
fn better(a: &Hit, b: &Hit) -> std::cmp::Ordering {
    b.score.total_cmp(&a.score).then(a.passage.cmp(&b.passage))
}

#[cfg(test)]
mod tests {
    use tantivy::collector::TopDocs;
    use tantivy::directory::RamDirectory;
    use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
    use tantivy::{Searcher, Term};

    use super::super::build::build;
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
            let hits = SearchIndex::new(&corpus, &index)
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
        let search = SearchIndex::new(&corpus, &index).unwrap();
        let all = search.search(&terms(), 0.5, usize::MAX).unwrap();
        for limit in [0, 1, 2, 50, 699] {
            assert_eq!(
                search.search(&terms(), 0.5, limit).unwrap(),
                all[..limit.min(all.len())]
            );
        }
    }

    #[test]
    fn nothing_finds_nothing() {
        let search = |bullets: usize, terms: &[WeightedTerm]| {
            let (corpus, index) = index(bullets);
            let search = SearchIndex::new(&corpus, &index).unwrap();
            (search.len(), search.search(terms, 0.5, 10).unwrap())
        };
        assert_eq!(search(0, &terms()), (0, vec![]));
        assert_eq!(search(9, &[]), (9, vec![]));
    }
}
