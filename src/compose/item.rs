//! The items of an enumeration inside a sentence, and the one that a question singles out.

use std::ops::Range;

use super::Brief;
use crate::corpus::Corpus;
use crate::text::{self, Token};

/// An enumeration has at least so many items.
pub const FEWEST: usize = 3;

/// Where the words of a passage stand.
struct Words {
    start: usize,
    tokens: Vec<Token>,
}

impl Words {
    fn new(corpus: &Corpus, passage: usize) -> Self {
        Self {
            start: corpus.passage(passage).span.start,
            tokens: text::tokenize(corpus.text_of(passage)),
        }
    }

    /// The words of a piece, given in bytes of the file.
    fn of(&self, piece: Range<usize>) -> Range<usize> {
        let at = |byte: usize| {
            let before = |word: &Token| word.span.start + self.start < byte;
            self.tokens.partition_point(before)
        };
        at(piece.start)..at(piece.end)
    }
}

/// "chương trình nào dành cho trẻ mồ côi": the only item of an enumeration in a passage that has what is asked
/// for, where neither the words that lead to the items have it nor any other.
pub fn singled_out(brief: &Brief, passage: usize) -> Option<Range<usize>> {
    /// "Chiến lược quốc gia …": an item begins with what it is.
    const KIND: usize = 2;
    let corpus = brief.corpus;
    let file = corpus.file(corpus.document_of(passage));
    let (sentence, items) = corpus.sentences_of(passage).iter().find_map(|sentence| {
        let items = items(file.get(sentence.clone())?, sentence.start);
        (items.len() >= FEWEST).then_some((sentence.clone(), items))
    })?;
    let words = Words::new(corpus, passage);
    let body = &brief.features.passage(corpus, passage).body;
    let has = |term: usize, piece: Range<usize>| {
        brief.needs.found_wholly_within(term, body, words.of(piece))
    };
    let lead = sentence.start..items.first()?.start;
    let all = corpus.passage(passage).span.clone();
    // The items that have each of the terms that some of them have.
    let mut held: Vec<Vec<usize>> = Vec::new();
    for (at, term) in brief.question.terms.iter().enumerate() {
        let elsewhere = has(at, all.start..lead.end) || has(at, sentence.end..all.end);
        // "chương trình, chiến lược": what items are, and not what they are about.
        let is_a_kind = items.iter().any(|item| {
            let words = words.of(item.clone());
            let begins = words.start..words.end.min(words.start + KIND);
            brief.needs.found_wholly_within(at, body, begins)
        });
        let holding = (0..items.len()).filter(|item| has(at, items[*item].clone()));
        if term.is_topic() && !elsewhere && !is_a_kind {
            held.push(holding.collect());
        }
    }
    held.retain(|items| !items.is_empty());
    let only = held.iter().find_map(|holding| match holding[..] {
        [item] => Some(item),
        _ => None,
    })?;
    let others_agree = held.iter().all(|holding| holding.contains(&only));
    others_agree.then(|| items[only].clone())
}

/// Whether the items are what is asked for: something of it stands in them, or in the words that lead to them.
/// "Hằng năm" at the other end of the sentence asks for what is done each year, and not for these.
pub fn are_asked_for(brief: &Brief, passage: usize, items: &[Range<usize>]) -> bool {
    /// "các chương trình, kế hoạch về chăm sóc, giáo dục và bảo vệ trẻ em, như:"
    const LEAD: usize = 16;
    let corpus = brief.corpus;
    let (Some(first), Some(last)) = (items.first(), items.last()) else {
        return false;
    };
    let words = Words::new(corpus, passage);
    let around = words.of(first.start..last.end);
    let around = around.start.saturating_sub(LEAD)..around.end;
    let body = &brief.features.passage(corpus, passage).body;
    let mut terms =
        (0..brief.question.terms.len()).filter(|at| brief.question.terms[*at].is_topic());
    let none = terms.clone().next().is_none();
    none || terms.any(|term| brief.needs.found_within(term, body, around.clone()))
}

/// The items between the colon and the end of a sentence, parted by semicolons; spans in bytes of
/// the file, `start` being where the sentence begins.
pub fn items(sentence: &str, start: usize) -> Vec<Range<usize>> {
    let Some(colon) = sentence.find(':') else {
        return Vec::new();
    };
    let list = colon + 1;
    let mut items = Vec::new();
    let mut from = list;
    for (at, _) in sentence[list..]
        .match_indices(';')
        .map(|(at, sign)| (at + list, sign))
    {
        items.push(from..at);
        from = at + 1;
    }
    items.push(from..sentence.len());
    items
        .into_iter()
        .map(|range| {
            let item = &sentence[range.clone()];
            let lead = item.len() - item.trim_start().len();
            let tail = item.len() - item.trim_end().trim_end_matches('.').len();
            start + range.start + lead..start + range.end - tail
        })
        .filter(|range| range.start < range.end)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::items;

    #[test]
    fn items_are_cut_at_semicolons() {
        let sentence = "Làm ba việc, như: một; hai và nửa; ba.";
        let cut: Vec<&str> = items(sentence, 0)
            .into_iter()
            .map(|range| &sentence[range])
            .collect();
        assert_eq!(cut, ["một", "hai và nửa", "ba"]);
        assert!(items("Không có danh sách; chỉ có chấm phẩy", 0).is_empty());
    }
}
