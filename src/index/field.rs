//! One field over all segments: its postings, and what BM25 needs of the passages' lengths. How many
//! passages have a term and how long they are on average is reckoned over all segments together, so
//! that scores don't depend on how the passages are cut into segments. Passages that were removed count
//! in both until a merge drops them.

use std::ops::Range;
use std::sync::Arc;

use tantivy::directory::OwnedBytes;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{self, IndexRecordOption};
use tantivy::{SegmentReader, TantivyError};

use super::schema::IndexError;
use super::search::WeightedTerm;

/// How soon a term said again and again in a passage stops to count more.
pub(super) const K1: f32 = 1.2;
/// How much the length of a passage counts.
const B: f32 = 0.75;

/// A field over all segments.
pub(super) struct FieldIndex {
    parts: Vec<Part>,
    rows: usize,
    /// BM25's denominator beside the frequency, by length class.
    norms: Box<[f32; 256]>,
}

/// A field in one segment.
pub(super) struct Part {
    postings: Arc<InvertedIndexReader>,
    /// The segment's rows in the index.
    pub rows: Range<usize>,
    /// Number of each row's length class, as it lies in the file.
    lengths: OwnedBytes,
}

/// A term that the index has.
pub(super) struct Found<'a> {
    pub term: &'a WeightedTerm,
    field: &'a FieldIndex,
    parts: Vec<(&'a Part, TermInfo)>,
    /// How many passages have it.
    pub count: u32,
    /// What it gives to a passage that says it again and again.
    pub most: f32,
}

impl FieldIndex {
    pub fn new(segments: &[SegmentReader], field: schema::Field) -> Result<Self, IndexError> {
        let mut parts = Vec::with_capacity(segments.len());
        let (mut rows, mut words) = (0, 0);
        for segment in segments {
            let part = Part::new(segment, field, rows)?;
            words += part.postings.total_num_tokens();
            rows = part.rows.end;
            parts.push(part);
        }
        let average = words as f32 / rows as f32;
        let norms = lengths_of_classes().map(|length| norm(length, average));
        Ok(Self {
            parts,
            rows,
            norms: Box::new(norms),
        })
    }

    /// Looks a term up.
    pub fn find<'a>(&'a self, term: &'a WeightedTerm) -> Result<Option<Found<'a>>, IndexError> {
        let mut parts = Vec::new();
        for part in &self.parts {
            if let Some(info) = part.info(&term.text)? {
                parts.push((part, info));
            }
        }
        let count = parts.iter().map(|(_, info)| info.doc_freq).sum();
        Ok((count > 0).then(|| Found {
            term,
            field: self,
            parts,
            count,
            most: idf(count, self.rows) * (1.0 + K1) * term.weight,
        }))
    }

    /// What a frequency counts in a row of this length, under 1.
    pub fn saturation(&self, row: usize, frequency: f32) -> f32 {
        let part = self.part_of(row);
        frequency / (frequency + self.norms[part.length_class(row - part.rows.start)])
    }

    /// How rare a term is that so many passages have.
    pub fn rarity(&self, count: u32) -> f32 {
        idf(count, self.rows)
    }

    /// How many terms each row has, nearly.
    pub fn lengths(&self) -> impl Iterator<Item = f32> {
        let lengths = lengths_of_classes();
        let classes = self.parts.iter().flat_map(|part| part.lengths.as_slice());
        classes.map(move |class| lengths[usize::from(*class)])
    }

    /// The rows of the segment that a row is in.
    pub fn segment_of(&self, row: usize) -> &Range<usize> {
        &self.part_of(row).rows
    }

    /// The segment that a row is in.
    fn part_of(&self, row: usize) -> &Part {
        let at = self.parts.partition_point(|part| part.rows.end <= row);
        &self.parts[at]
    }
}

impl Part {
    fn new(
        segment: &SegmentReader,
        field: schema::Field,
        first: usize,
    ) -> Result<Self, IndexError> {
        let rows = first..first + segment.max_doc() as usize;
        let lengths = segment.fieldnorms_readers().get_inner_file();
        let lengths = lengths.open_read(field).ok_or(IndexError::Stale)?;
        let lengths = lengths.read_bytes().map_err(TantivyError::from)?;
        if lengths.len() != rows.len() {
            return Err(IndexError::Stale);
        }
        Ok(Self {
            postings: segment.inverted_index(field)?,
            rows,
            lengths,
        })
    }

    fn length_class(&self, at: usize) -> usize {
        usize::from(self.lengths[at])
    }

    fn info(&self, term: &str) -> Result<Option<TermInfo>, IndexError> {
        let info = self.postings.terms().get(term);
        Ok(info.map_err(TantivyError::from)?)
    }

    fn open(&self, info: &TermInfo) -> Result<BlockSegmentPostings, IndexError> {
        let option = IndexRecordOption::WithFreqs;
        let block = self
            .postings
            .read_block_postings_from_terminfo(info, option);
        Ok(block.map_err(TantivyError::from)?)
    }
}

impl Found<'_> {
    /// A reader of the postings from their beginning.
    pub fn cursor(&self) -> Cursor<'_> {
        Cursor {
            parts: &self.parts,
            block: None,
            place: 0,
        }
    }

    /// Goes through blocks of those that have the term: where their segment begins, and their places in
    /// it. All of them, or about so many, spread evenly.
    pub fn some_blocks(
        &self,
        wanted: Option<usize>,
        mut with: impl FnMut(usize, &[u32]),
    ) -> Result<(), IndexError> {
        for (part, info) in &self.parts {
            let mut block = part.open(info)?;
            let Some(wanted) = wanted else {
                while !is_at_end(&block) {
                    with(part.rows.start, block.docs());
                    block.advance();
                }
                continue;
            };
            let share = (wanted * info.doc_freq as usize).div_ceil(self.count.max(1) as usize);
            for at in 0..share {
                block.seek((part.rows.len() * at / share) as u32);
                if is_at_end(&block) {
                    break;
                }
                with(part.rows.start, block.docs());
            }
        }
        Ok(())
    }

    /// Adds what the term gives to some rows of a segment; `first` is the row there that the scores begin with.
    pub fn add_to(
        &self,
        scores: &mut [f32],
        first: usize,
        part: &Part,
        rows: &[u32],
        frequencies: &[u32],
    ) {
        let lengths = &part.lengths.as_slice()[first..first + scores.len()];
        let norms = &*self.field.norms;
        for (row, frequency) in rows.iter().zip(frequencies) {
            let (at, frequency) = (*row as usize - first, *frequency as f32);
            let norm = norms[usize::from(lengths[at])];
            scores[at] += self.most * (frequency / (frequency + norm));
        }
    }

    /// How often the term stands in one of some rows in a row, and in all of them together.
    pub fn frequencies(&self, row: usize, beside: Range<usize>) -> Result<(f32, f32), IndexError> {
        let (mut here, mut together) = (0.0, 0.0);
        self.each_in(&[beside], |_, found, frequency| {
            together += frequency;
            if found == row {
                here = frequency;
            }
        })?;
        Ok((here, together))
    }

    /// Goes through the rows of some ranges that have the term, and how often: gives with each the
    /// place of its range. The ranges come in order, and none goes over from one segment to the next.
    pub fn each_in(
        &self,
        ranges: &[Range<usize>],
        mut with: impl FnMut(usize, usize, f32),
    ) -> Result<(), IndexError> {
        for (part, info) in &self.parts {
            let start = ranges.partition_point(|range| range.start < part.rows.start);
            let end = ranges.partition_point(|range| range.start < part.rows.end);
            if start == end {
                continue;
            }
            let mut block = part.open(info)?;
            for (at, range) in (start..end).zip(&ranges[start..end]) {
                let first = part.rows.start;
                let (from, to) = ((range.start - first) as u32, (range.end - first) as u32);
                let mut place = block.seek(from);
                while block.docs().get(place).is_some_and(|row| *row < to) {
                    let rows = block.docs()[place..].iter().zip(&block.freqs()[place..]);
                    for (row, frequency) in rows.take_while(|(row, _)| **row < to) {
                        with(at, first + *row as usize, *frequency as f32);
                    }
                    if block.docs().last().is_some_and(|last| *last >= to) {
                        break;
                    }
                    block.advance();
                    place = 0;
                }
            }
        }
        Ok(())
    }

    /// What the term gives to a row that has it so often.
    pub fn gives(&self, row: usize, frequency: f32) -> f32 {
        self.most * self.field.saturation(row, frequency)
    }

    /// Adds what the term gives to some rows, which come in order.
    pub fn add_to_some(&self, rows: &mut [(usize, f32)]) -> Result<(), IndexError> {
        for (part, info) in &self.parts {
            let start = rows.partition_point(|(row, _)| *row < part.rows.start);
            let end = rows.partition_point(|(row, _)| *row < part.rows.end);
            if start == end {
                continue;
            }
            let mut block = part.open(info)?;
            for (row, score) in &mut rows[start..end] {
                let place = *row - part.rows.start;
                let at = block.seek(place as u32);
                if block.docs().get(at) == Some(&(place as u32)) {
                    let frequency = block.freq(at) as f32;
                    let norm = self.field.norms[part.length_class(place)];
                    *score += self.most * (frequency / (frequency + norm));
                }
            }
        }
        Ok(())
    }
}

/// Reads the postings of a term, stretch by stretch.
pub(super) struct Cursor<'a> {
    /// The segments that are not done with.
    parts: &'a [(&'a Part, TermInfo)],
    /// The block at hand of the first of them.
    block: Option<BlockSegmentPostings>,
    /// The first posting in it that was not read.
    place: usize,
}

impl Cursor<'_> {
    /// Goes through those of some rows that have the term, and how often, by their places in their segment. No call has
    /// rows before those of the last, and none has rows of two segments.
    pub fn read(
        &mut self,
        rows: &Range<usize>,
        mut with: impl FnMut(&Part, &[u32], &[u32]),
    ) -> Result<(), IndexError> {
        while self
            .parts
            .first()
            .is_some_and(|(part, _)| part.rows.end <= rows.start)
        {
            self.parts = &self.parts[1..];
            self.block = None;
        }
        let Some((part, info)) = self
            .parts
            .first()
            .filter(|(part, _)| part.rows.start < rows.end)
        else {
            return Ok(());
        };
        let (from, to) = (rows.start - part.rows.start, rows.end - part.rows.start);
        let block = match &mut self.block {
            Some(block) => block,
            none => {
                let mut block = part.open(info)?;
                self.place = block.seek(from as u32);
                none.insert(block)
            }
        };
        loop {
            let found = &block.docs()[self.place..];
            let ends_here = block.docs().last().is_none_or(|last| *last as usize >= to);
            let count = match ends_here {
                true => found.partition_point(|row| (*row as usize) < to),
                false => found.len(),
            };
            with(
                part,
                &found[..count],
                &block.freqs()[self.place..self.place + count],
            );
            self.place += count;
            if ends_here {
                return Ok(());
            }
            block.advance();
            self.place = 0;
        }
    }
}

/// Whether no posting is left from the block at hand on.
fn is_at_end(block: &BlockSegmentPostings) -> bool {
    block.docs().is_empty()
}

/// How many terms a row of each length class has, nearly.
fn lengths_of_classes() -> [f32; 256] {
    std::array::from_fn(|class| FieldNormReader::id_to_fieldnorm(class as u8) as f32)
}

/// BM25's denominator beside the frequency.
pub(super) fn norm(length: f32, average: f32) -> f32 {
    K1 * (1.0 - B + B * length / average)
}

/// How rare a term is that so many of all passages have.
pub(super) fn idf(passages: u32, all: usize) -> f32 {
    let (with, without) = (
        passages as f32,
        (all as u32).saturating_sub(passages) as f32,
    );
    (1.0 + (without + 0.5) / (with + 0.5)).ln()
}
