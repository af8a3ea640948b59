//! The terms that a question has beyond its budget, looked up for the passages that are best without them:
//! what they give to those passages, and to the sections and documents around them.

use std::ops::Range;

use super::best::better;
use super::rarity::Weighed;
use super::schema::IndexError;
use super::search::{Hit, SearchIndex, in_parallel};

/// In so many parts the terms are looked up.
const PARTS: usize = 3;

/// A document with passages that are considered.
struct Considered {
    /// Its rows.
    rows: Range<usize>,
    /// Which of the passages considered are in it.
    passages: Range<usize>,
}

impl SearchIndex {
    /// The best `limit` of some hits, best first, by what the terms read give them and by what others do, of which
    /// `around` for what stands around them. The others come in the order of what they can give: after each part
    /// of them, the worse half of the hits is far behind and left out.
    pub(super) fn complete(
        &self,
        mut hits: Vec<Hit>,
        rest: &[Weighed],
        around: f32,
        limit: usize,
    ) -> Result<Vec<Hit>, IndexError> {
        for part in rest.chunks(rest.len().div_ceil(PARTS).max(1)) {
            self.add_part(&mut hits, part, around)?;
            hits.truncate(limit.max(hits.len() / 2));
        }
        hits.truncate(limit);
        Ok(hits)
    }

    /// Adds to some hits what other terms give them, and brings them in order.
    fn add_part(&self, hits: &mut [Hit], rest: &[Weighed], around: f32) -> Result<(), IndexError> {
        let row = |hit: &Hit| self.rows.row_of(hit.passage);
        hits.sort_by_cached_key(row);
        let scored = hits.iter().filter_map(|hit| Some((row(hit)?, hit.score)));
        let mut scored: Vec<(usize, f32)> = scored.collect();
        let documents = self.considered(&scored);
        let (earlier, later) = documents.split_at(documents.len() / 2);
        let passages = later.first().map_or(0, |first| first.passages.start);
        let (own, others) = scored.split_at_mut(passages);
        let (own, others) = in_parallel(
            true,
            || self.add_rest(earlier, own, rest, around),
            || self.add_rest(later, others, rest, around),
        );
        own.and(others)?;
        for (hit, (_, score)) in hits.iter_mut().zip(scored) {
            hit.score = score;
        }
        hits.sort_unstable_by(better);
        Ok(())
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

    /// Adds what terms give to the passages considered of some documents.
    fn add_rest(
        &self,
        documents: &[Considered],
        scored: &mut [(usize, f32)],
        rest: &[Weighed],
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
            let found = &rest.found;
            let Some(most) = rest.around else {
                found.add_to_some(scored)?;
                continue;
            };
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
                    let of_section =
                        self.sections
                            .gives(found.term, most.section, section, in_sections[place]);
                    let number = self.documents.group(*row);
                    let of_document =
                        self.documents
                            .gives(found.term, most.document, number, in_documents[at]);
                    *score += around * (of_section + of_document);
                }
            }
        }
        Ok(())
    }
}
