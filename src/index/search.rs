//! Searching: weighted terms in, passages with their BM25 scores out.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, ReloadPolicy, Searcher, Term};

use super::build::register;
use super::schema::{Field, Fields, IndexError, schema};

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
    searcher: Searcher,
    fields: Fields,
}

impl SearchIndex {
    pub(super) fn new(index: &Index) -> Result<Self, IndexError> {
        register(index);
        let (_, fields) = schema();
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            searcher: reader.searcher(),
            fields,
        })
    }

    /// Number of passages in the index.
    pub fn len(&self) -> usize {
        self.searcher.num_docs() as usize
    }

    /// True when the index holds no passage.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The best `limit` passages, best first, ties in the order of the text.
    pub fn search(&self, terms: &[WeightedTerm], limit: usize) -> Result<Vec<Hit>, IndexError> {
        if terms.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let clauses = terms
            .iter()
            .map(|term| (Occur::Should, self.clause(term)))
            .collect();
        let collector = TopDocs::with_limit(limit).order_by_score();
        let found = self
            .searcher
            .search(&BooleanQuery::new(clauses), &collector)?;
        let mut hits = Vec::with_capacity(found.len());
        for (score, address) in found {
            let ordinals = self
                .searcher
                .segment_reader(address.segment_ord)
                .fast_fields()
                .u64("ordinal")?;
            if let Some(ordinal) = ordinals.first(address.doc_id) {
                hits.push(Hit {
                    passage: ordinal as usize,
                    score,
                });
            }
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.passage.cmp(&b.passage)));
        Ok(hits)
    }

    fn clause(&self, term: &WeightedTerm) -> Box<dyn Query> {
        let text = Term::from_field_text(self.fields.get(term.field), &term.text);
        let query = TermQuery::new(text, IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(query), term.weight))
    }
}
