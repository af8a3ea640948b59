//! The terms that a question has beyond its budget, looked up for the passages that are best without them:
//! what they give to those passages, and to the sections and documents around them.
//!
//! In how many sections and documents such a term stands nobody knows without reading all its postings. They
//! are the commonest terms, so a few dozen documents spread over the index tell it well enough.

use std::ops::Range;

use super::best::better;
use super::field::{Found, K1, idf};
use super::schema::IndexError;
use super::search::{Hit, SearchIndex, in_parallel};
use super::wider::Wider;

/// So many documents tell how common a term is.
const SAMPLE: usize = 64;

/// A term, and how rare it is among sections and documents.
struct Rest<'a> {
    found: &'a Found<'a>,
    sections: f32,
    documents: f32,
}

/// A document with passages that are considered.
struct Considered {
    /// Its rows.
    rows: Range<usize>,
    /// Which of the passages considered are in it.
    passages: Range<usize>,
}

impl SearchIndex {
    /// Adds to some hits what other terms give them, of which `around` for what stands around them, and
    /// brings them in order.
    pub(super) fn complete(
        &self,
        mut hits: Vec<Hit>,
        rest: &[Found],
        around: f32,
    ) -> Result<Vec<Hit>, IndexError> {
        let row = |hit: &Hit| self.rows.row_of(hit.passage);
        hits.sort_by_cached_key(row);
        let scored = hits.iter().filter_map(|hit| Some((row(hit)?, hit.score)));
        let mut scored: Vec<(usize, f32)> = scored.collect();
        let documents = self.considered(&scored);
        let rest = self.rarities(rest, around)?;
        let (earlier, later) = documents.split_at(documents.len() / 2);
        let passages = later.first().map_or(0, |first| first.passages.start);
        let (own, others) = scored.split_at_mut(passages);
        let (own, others) = in_parallel(
            true,
            || self.add_rest(earlier, own, &rest, around),
            || self.add_rest(later, others, &rest, around),
        );
        own.and(others)?;
        for (hit, (_, score)) in hits.iter_mut().zip(scored) {
            hit.score = score;
        }
        hits.sort_unstable_by(better);
        Ok(hits)
    }

    /// The documents of some rows, which come in order.
    fn considered(&self, rows: &[(usize, f32)]) -> Vec<Considered> {
        let mut documents: Vec<Considered> = Vec::new();
        for (at, (row, _)) in rows.iter().enumerate() {
            match documents.last_mut() {
                Some(last) if last.rows.contains(row) => last.passages.end = at + 1,
                _ => documents.push(Considered {
                    rows: self.rows.documents[self.documents.group(*row)].rows.clone(),
                    passages: at..at + 1,
                }),
            }
        }
        documents
    }

    fn rarities<'a>(
        &self,
        rest: &'a [Found<'a>],
        around: f32,
    ) -> Result<Vec<Rest<'a>>, IndexError> {
        let all = self.rows.documents.len();
        let sample = (0..SAMPLE.min(all)).map(|at| at * all / SAMPLE.min(all));
        let sample: Vec<Range<usize>> = sample
            .map(|at| self.rows.documents[at].rows.clone())
            .collect();
        let rarities = |terms: &'a [Found<'a>]| -> Result<Vec<Rest<'a>>, IndexError> {
            let terms = terms.iter();
            terms
                .map(|found| self.rarity_around(found, &sample, around))
                .collect()
        };
        let (earlier, later) = rest.split_at(rest.len() / 2);
        let (earlier, later) = in_parallel(true, || rarities(earlier), || rarities(later));
        let mut rarities = earlier?;
        rarities.extend(later?);
        Ok(rarities)
    }

    fn rarity_around<'a>(
        &self,
        found: &'a Found<'a>,
        sample: &[Range<usize>],
        around: f32,
    ) -> Result<Rest<'a>, IndexError> {
        let (mut sections, mut documents) = (Share::default(), Share::default());
        if around > 0.0 && found.term.field.is_body() {
            found.each_in(sample, |_, row, _| {
                sections.note(self.sections.group(row));
                documents.note(self.documents.group(row));
            })?;
        }
        let sampled = sample.iter();
        let all = sampled.map(|rows| self.sections.groups(rows.clone()).len());
        Ok(Rest {
            found,
            sections: sections.rarity(all.sum(), &self.sections),
            documents: documents.rarity(sample.len(), &self.documents),
        })
    }

    /// Adds what terms give to the passages considered of some documents.
    fn add_rest(
        &self,
        documents: &[Considered],
        scored: &mut [(usize, f32)],
        rest: &[Rest],
        around: f32,
    ) -> Result<(), IndexError> {
        let Some(first) = documents.first().map(|first| first.passages.start) else {
            return Ok(());
        };
        let rows: Vec<Range<usize>> = documents.iter().map(|at| at.rows.clone()).collect();
        let mut room = 0;
        // Where the frequencies of each document's sections begin.
        let places: Vec<usize> = rows
            .iter()
            .map(|rows| {
                let place = room;
                room += self.sections.groups(rows.clone()).len();
                place
            })
            .collect();
        for rest in rest {
            let found = rest.found;
            if around <= 0.0 || !found.term.field.is_body() {
                found.add_to_some(scored)?;
                continue;
            }
            let mut in_sections = vec![0.0; room];
            let mut in_documents = vec![0.0; documents.len()];
            found.each_in(&rows, |at, row, frequency| {
                let section = self.sections.group(row) - self.sections.group(rows[at].start);
                in_sections[places[at] + section] += frequency;
                in_documents[at] += frequency;
                let passages = &documents[at].passages;
                for (here, score) in &mut scored[passages.start - first..passages.end - first] {
                    if *here == row {
                        *score += found.gives(row, frequency);
                    }
                }
            })?;
            for (at, document) in documents.iter().enumerate() {
                let passages = document.passages.start - first..document.passages.end - first;
                for (row, score) in &mut scored[passages] {
                    let section = self.sections.group(*row);
                    let place = places[at] + section - self.sections.group(rows[at].start);
                    let of_section = self.sections.gives(found, section, in_sections[place]);
                    let number = self.documents.group(*row);
                    let of_document = self.documents.gives(found, number, in_documents[at]);
                    *score += around * (rest.sections * of_section + rest.documents * of_document);
                }
            }
        }
        Ok(())
    }
}

/// In how many larger texts of a sample a term stands.
#[derive(Default)]
struct Share {
    last: Option<usize>,
    count: usize,
}

impl Share {
    /// Notes that one has it; they come in order.
    fn note(&mut self, group: usize) {
        self.count += usize::from(self.last != Some(group));
        self.last = Some(group);
    }

    /// How rare it is among all.
    fn rarity(&self, sampled: usize, wider: &Wider) -> f32 {
        let share = self.count.min(sampled) as f32 / sampled.max(1) as f32;
        let count = share * wider.count() as f32;
        idf(count as u32, wider.count()) * (1.0 + K1)
    }
}
