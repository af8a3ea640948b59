//! What stands around a passage: its section and its document, each taken as one text and scored by
//! BM25 like a passage. An article whose clauses hold the words of a question between them is found
//! though none of them has many; of two clauses alike, the one in the document that speaks of the
//! matter comes first. No further postings are needed: a term stands in a section as often as in its
//! passages together.

use std::ops::Range;

use super::field::{K1, idf, norm};
use super::rows::Groups;
use super::schema::Field;
use super::search::WeightedTerm;

/// Larger texts, and what BM25 needs of their lengths.
pub(super) struct Wider {
    /// To which each row belongs.
    of: Vec<u32>,
    count: usize,
    /// Length of each in words.
    words: Vec<f32>,
    /// BM25's denominator beside the frequency, for each field of the passages' own words.
    norms: Vec<Vec<f32>>,
}

impl Wider {
    /// Takes the lengths of the texts in each field of the passages' own words.
    pub fn new(groups: Groups, lengths: &[Vec<f32>]) -> Self {
        let Groups { of, count, .. } = groups;
        let norms = lengths.iter().map(|lengths| {
            // Summed exactly, so that it is the same in whatever order.
            let all: f64 = lengths.iter().map(|length| f64::from(*length)).sum();
            let average = (all as f32 / count.max(1) as f32).max(1.0);
            lengths
                .iter()
                .map(|length| norm(*length, average))
                .collect()
        });
        Self {
            norms: norms.collect(),
            words: lengths[Field::Folded as usize].clone(),
            of,
            count,
        }
    }

    /// To which a row belongs.
    pub fn group(&self, row: usize) -> usize {
        self.of[row] as usize
    }

    /// Those that all rows of a document are in: from its first row's to the next document's.
    pub fn groups(&self, rows: Range<usize>) -> Range<usize> {
        let number = |row: usize| match self.of.get(row) {
            Some(number) => *number as usize,
            None => self.count,
        };
        number(rows.start)..number(rows.end)
    }

    /// What a term that so many have gives to one that says it again and again. Where there is but one
    /// text, it tells nothing apart.
    pub fn most(&self, term: &WeightedTerm, count: usize) -> f32 {
        if self.count < 2 {
            return 0.0;
        }
        term.weight * idf(count.min(self.count) as u32, self.count) * (1.0 + K1)
    }

    /// What a term gives to a text that has it so often, `most` to one that says it again and again.
    pub fn gives(&self, term: &WeightedTerm, most: f32, group: usize, frequency: f32) -> f32 {
        most * frequency / (frequency + self.norms[term.field as usize][group])
    }

    /// The rows in a row that stand in the same text as this one.
    pub fn beside(&self, row: usize) -> Range<usize> {
        let group = self.of[row];
        let first = self.of[..row]
            .iter()
            .rev()
            .take_while(move |other| **other == group);
        let last = self.of[row..]
            .iter()
            .take_while(move |other| **other == group);
        row - first.count()..row + last.count()
    }

    /// Length in words of the text around a row.
    pub fn words_around(&self, row: usize) -> f32 {
        self.words[self.of[row] as usize]
    }

    /// What a frequency counts in the text around a row, under 1.
    pub fn saturation(&self, field: Field, row: usize, frequency: f32) -> f32 {
        frequency / (frequency + self.norms[field as usize][self.of[row] as usize])
    }

    /// Room for the scores of one question.
    pub fn scores(&self) -> Scores<'_> {
        Scores {
            wider: self,
            groups: 0..0,
            sums: Vec::new(),
            frequencies: Vec::new(),
            touched: Vec::new(),
            count: 0,
        }
    }
}

/// Scores of some larger texts in a row for one question, term by term.
pub(super) struct Scores<'a> {
    wider: &'a Wider,
    /// Their numbers.
    groups: Range<usize>,
    sums: Vec<f32>,
    /// How often the term at hand stands in each.
    frequencies: Vec<f32>,
    /// Those that have it come first, by their places; there is room for one more than there can be.
    touched: Vec<u32>,
    /// How many have it.
    count: usize,
}

impl Scores<'_> {
    /// Begins with other texts, nothing noted.
    pub fn begin(&mut self, groups: Range<usize>) {
        for scores in [&mut self.sums, &mut self.frequencies] {
            scores.clear();
            scores.resize(groups.len(), 0.0);
        }
        self.touched.resize(groups.len() + 1, 0);
        self.count = 0;
        self.groups = groups;
    }

    /// Notes that some rows have the term at hand so often, by their places after the first of their
    /// segment.
    pub fn note(&mut self, first: usize, rows: &[u32], frequencies: &[u32]) {
        let of = &self.wider.of[first..];
        for (row, frequency) in rows.iter().zip(frequencies) {
            let place = of[*row as usize] as usize - self.groups.start;
            self.note_group(place, *frequency as f32);
        }
    }

    /// Notes of larger texts what is noted of their parts; `within` is which of them each part is in.
    pub fn note_parts(&mut self, parts: &Scores, within: &[u32]) {
        let within = &within[parts.groups.clone()];
        for part in &parts.touched[..parts.count] {
            let part = *part as usize;
            let place = within[part] as usize - self.groups.start;
            self.note_group(place, parts.frequencies[part]);
        }
    }

    fn note_group(&mut self, place: usize, frequency: f32) {
        // Written in any case and counted when new: whether it is cannot be foretold, and a wrong guess
        // would cost more than all the rest.
        let sum = &mut self.frequencies[place];
        self.touched[self.count] = place as u32;
        self.count += usize::from(*sum == 0.0);
        *sum += frequency;
    }

    /// Adds what the term noted gives, `most` to a text that says it again and again, and begins another.
    /// Where these are all texts there are, how many have it tells how much.
    pub fn add(&mut self, term: &WeightedTerm, most: Option<f32>) {
        let most = most.unwrap_or_else(|| self.wider.most(term, self.count));
        let norms = &self.wider.norms[term.field as usize][self.groups.clone()];
        for place in &self.touched[..self.count] {
            let place = *place as usize;
            let frequency = std::mem::take(&mut self.frequencies[place]);
            self.sums[place] += most * frequency / (frequency + norms[place]);
        }
        self.count = 0;
    }

    /// The score of a text by its number.
    pub fn sum(&self, number: usize) -> f32 {
        self.sums[number - self.groups.start]
    }

    /// The scores of some of the texts.
    pub fn of(&self, groups: Range<usize>) -> &[f32] {
        &self.sums[groups.start - self.groups.start..groups.end - self.groups.start]
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Field, WeightedTerm, open_in_memory};
    use crate::corpus::Corpus;

    /// Ids of what is found for a few words, best first.
    fn found(around: f32) -> Vec<String> {
        let file = "+++\nid = \"a\"\ntype = \"Quy chế\"\nnumber = \"1\"\nshort = \"Quy chế 1\"\n\
                    title = \"Quy chế\"\nissuer = \"Ủy ban xã\"\n+++\n## I. Chung\n\
                    ### 1. Một\n- cây mát\n- mương sâu\n### 2. Hai\n- cây\n- nhà\n";
        let (corpus, _) = Corpus::from_files(vec![("a.md".into(), file.into())]).unwrap();
        let terms = ["cay", "muong"].map(|text| WeightedTerm {
            field: Field::Folded,
            text: text.to_owned(),
            weight: 1.0,
        });
        let index = open_in_memory(&corpus).unwrap();
        let hits = index.search(&terms, around, 9).unwrap();
        let id = |passage: usize| corpus.passage(passage).id.as_str().to_owned();
        hits.into_iter().map(|hit| id(hit.passage)).collect()
    }

    #[test]
    fn a_section_with_all_the_words_comes_before_another_with_one() {
        assert_eq!(found(0.0), ["a#I.1.2", "a#I.2.1", "a#I.1.1"]);
        assert_eq!(found(0.5), ["a#I.1.2", "a#I.1.1", "a#I.2.1", "a#I.2.2"]);
    }
}
