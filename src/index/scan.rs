//! Reading all postings of some terms, and keeping the best passages.
//!
//! The rows are gone through in stretches, each from one document to another, and within a stretch the
//! postings are read term by term and summed into an array with a place for each row. A stretch is so short that
//! what is summed, and what is known of its rows, stays in the processor's cache; summed over all rows of
//! a large library at once, nearly every posting would have to wait for the memory.

use std::ops::Range;

use super::best::Best;
use super::field::Cursor;
use super::rarity::Weighed;
use super::schema::IndexError;
use super::search::{Hit, SearchIndex, in_parallel};
use super::wider::Scores;

/// So many rows are a stretch, or one document that has more.
pub(super) const STRETCH: usize = 1 << 14;
/// From how many postings or rows on a second thread pays.
const TWO_THREADS: usize = 300_000;
/// More than what sums in another order can differ by.
const ROUNDING: f32 = 1.0001;

/// What is read, and what is wanted of it.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    pub terms: &'a [Weighed<'a>],
    /// What section and document count beside a passage.
    pub around: f32,
    pub limit: usize,
}

impl SearchIndex {
    /// Whether all rows are one stretch, so that reading a term's postings tells how rare it is around passages.
    pub(super) fn is_one_stretch(&self) -> bool {
        let all = 0..self.rows.documents.len();
        all.is_empty() || self.stretch(all.clone()) == all
    }

    /// The best passages by what some terms give to them.
    pub(super) fn scan(&self, scan: Scan) -> Result<Vec<Hit>, IndexError> {
        let documents = &self.rows.documents;
        let postings: usize = scan
            .terms
            .iter()
            .map(|term| term.found.count as usize)
            .sum();
        let pays = postings.max(self.rows.all) > TWO_THREADS;
        if !pays || self.is_one_stretch() {
            return Ok(self.best_within(scan, 0..documents.len())?.finish());
        }
        let middle = documents.partition_point(|document| document.rows.end <= self.rows.all / 2);
        let (some, others) = in_parallel(
            true,
            || self.best_within(scan, 0..middle),
            || self.best_within(scan, middle..documents.len()),
        );
        Ok(some?.and(others?).finish())
    }

    /// The best passages of some documents.
    fn best_within(&self, scan: Scan, documents: Range<usize>) -> Result<Best, IndexError> {
        let mut best = Best::new(scan.limit);
        let mut cursors: Vec<Cursor> = scan.terms.iter().map(|term| term.found.cursor()).collect();
        let mut sums = Sums::new(self);
        let mut rest = documents;
        while !rest.is_empty() {
            let stretch = self.stretch(rest.clone());
            rest.start = stretch.end;
            sums.begin(&stretch);
            for (term, cursor) in scan.terms.iter().zip(&mut cursors) {
                sums.read(term, cursor, scan.around > 0.0)?;
            }
            for number in stretch {
                sums.offer(&mut best, number, scan.around);
            }
        }
        Ok(best)
    }

    /// The first of some documents that together are a stretch: all in one segment.
    fn stretch(&self, documents: Range<usize>) -> Range<usize> {
        let rows = |number: usize| &self.rows.documents[number].rows;
        let start = rows(documents.start).start;
        let segment = self.fields[0].segment_of(start);
        let end = segment.end.min(start + self.stretch);
        let within = documents
            .clone()
            .take_while(|number| rows(*number).end <= end);
        documents.start..documents.start + within.count().max(1)
    }
}

/// What the terms read so far give to the rows of a stretch.
struct Sums<'a> {
    index: &'a SearchIndex,
    rows: Range<usize>,
    own: Vec<f32>,
    sections: Scores<'a>,
    documents: Scores<'a>,
}

impl<'a> Sums<'a> {
    fn new(index: &'a SearchIndex) -> Self {
        Self {
            index,
            rows: 0..0,
            own: Vec::new(),
            sections: index.sections.scores(),
            documents: index.documents.scores(),
        }
    }

    /// Begins a stretch of documents.
    fn begin(&mut self, documents: &Range<usize>) {
        let rows = |number: usize| &self.index.rows.documents[number].rows;
        self.rows = rows(documents.start).start..rows(documents.end - 1).end;
        self.own.clear();
        self.own.resize(self.rows.len(), 0.0);
        self.sections
            .begin(self.index.sections.groups(self.rows.clone()));
        self.documents.begin(documents.clone());
    }

    /// Adds what a term gives to the rows that have it, and to what stands around those.
    fn read(
        &mut self,
        term: &Weighed,
        cursor: &mut Cursor,
        around: bool,
    ) -> Result<(), IndexError> {
        let found = &term.found;
        let around = around && found.term.field.is_body();
        cursor.read(&self.rows, |part, rows, frequencies| {
            // By their places in the stretch.
            let first = self.rows.start - part.rows.start;
            found.add_to(&mut self.own, first, part, rows, frequencies);
            if around {
                self.sections.note(part.rows.start, rows, frequencies);
            }
        })?;
        if around {
            // A term stands in a document as often as in its sections together.
            self.documents
                .note_parts(&self.sections, &self.index.document_of);
            self.sections
                .add(found.term, term.around.map(|most| most.section));
            self.documents
                .add(found.term, term.around.map(|most| most.document));
        }
        Ok(())
    }

    /// Offers the passages of a document. It is passed over where its best row, best section and own score together
    /// would not be enough: nearly all are, once there are as many hits as wanted.
    fn offer(&self, best: &mut Best, number: usize, share: f32) {
        let document = &self.index.rows.documents[number];
        let Some(first) = document.first else {
            return;
        };
        let rows = document.rows.clone();
        let own = &self.own[rows.start - self.rows.start..rows.end - self.rows.start];
        let around = share * self.documents.sum(number);
        let sections = self.sections.of(self.index.sections.groups(rows.clone()));
        let most = greatest(own) + share * greatest(sections) + around;
        if most * ROUNDING < best.least() {
            return;
        }
        for (at, own) in own.iter().enumerate() {
            let section = self
                .sections
                .sum(self.index.sections.group(rows.start + at));
            best.offer(Hit {
                passage: first + at,
                score: *own + share * section + around,
            });
        }
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

#[cfg(test)]
mod tests {
    use super::super::{Field, SearchIndex, WeightedTerm, open_in_memory};
    use super::*;
    use crate::corpus::Corpus;

    const DOCUMENTS: usize = 12;

    /// Documents of different lengths, with sections, in which words of a few stand.
    fn index() -> SearchIndex {
        let words = ["bảo", "vệ", "trẻ", "em", "báo", "cáo", "xã"];
        let file = |number: usize| {
            let mut file = format!(
                "+++\nid = \"d{number}\"\ntype = \"Kế hoạch\"\nnumber = \"{number}\"\nshort = \"Kế hoạch \
                 {number}\"\ntitle = \"Kế hoạch\"\nissuer = \"Tỉnh ủy\"\n+++\n"
            );
            for bullet in 0..number * number % 17 + 1 {
                if bullet % 3 == 0 {
                    file += &format!("## {}. Bảo vệ\n", bullet / 3 + 1);
                }
                let word = |at: usize| words[(number + bullet * at) % words.len()];
                let length = 1 + (number + bullet) % 6;
                let said: Vec<&str> = (0..length).map(word).collect();
                file += &format!("- {}\n", said.join(" "));
            }
            (format!("{number}.md"), file.into_bytes())
        };
        let (corpus, _) = Corpus::from_files((0..DOCUMENTS).map(file).collect()).unwrap();
        open_in_memory(&corpus).unwrap()
    }

    fn terms() -> Vec<WeightedTerm> {
        let terms = [
            (Field::Folded, "bao", 1.0),
            (Field::Exact, "báo", 0.5),
            (Field::Folded, "xa", 1.0),
            (Field::HeadingFolded, "ve", 0.3),
        ];
        let term = |(field, text, weight): (Field, &str, f32)| WeightedTerm {
            field,
            text: text.to_owned(),
            weight,
        };
        terms.map(term).to_vec()
    }

    #[test]
    fn stretches_of_any_length_give_the_same() {
        let whole = index();
        assert!(whole.is_one_stretch());
        let expect = whole.search(&terms(), 0.5, usize::MAX).unwrap();
        assert!(expect.len() > DOCUMENTS);
        for stretch in [1, 7, 20] {
            let mut index = index();
            index.stretch = stretch;
            assert!(!index.is_one_stretch());
            assert_eq!(index.search(&terms(), 0.5, usize::MAX).unwrap(), expect);
            let first = index.search(&terms(), 0.5, 5).unwrap();
            assert_eq!(first, expect[..5], "{stretch}");
        }
    }

    #[test]
    fn the_best_of_two_halves_are_the_best_of_all() {
        let index = index();
        let mut found = Vec::new();
        let terms = terms();
        for term in &terms {
            found.extend(index.fields[term.field as usize].find(term).unwrap());
        }
        let weighed = index.weigh(found, true).unwrap();
        let scan = Scan {
            terms: &weighed,
            around: 0.5,
            limit: 9,
        };
        let of = |documents| index.best_within(scan, documents).unwrap();
        let halves = of(0..5).and(of(5..DOCUMENTS)).finish();
        assert_eq!(halves, of(0..DOCUMENTS).finish());
        assert_eq!(halves, index.search(&terms, 0.5, 9).unwrap());
    }
}
