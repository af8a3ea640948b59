//! The promise, checked once more from outside: a quotation is a byte-exact piece of its place.

use super::measure::Share;
use crate::answer::{Answer, Citation, PassageId};
use crate::corpus::Corpus;

/// Quotations that are literal, of all.
pub fn share(corpus: &Corpus, answer: &Answer) -> Share {
    let mut share = Share::default();
    for citation in &answer.citations {
        share.count(is_literal(corpus, citation));
    }
    share
}

/// Whether a quotation is a piece of its place.
pub fn is_literal(corpus: &Corpus, citation: &Citation) -> bool {
    let place = text_at(corpus, &citation.passage);
    !citation.quote.is_empty() && place.is_some_and(|place| place.contains(&citation.quote))
}

/// The text of a place: a passage's words, a section from its heading to its last passage, the
/// whole file of a document.
fn text_at<'a>(corpus: &'a Corpus, place: &PassageId) -> Option<&'a str> {
    if let Some(passage) = corpus.passage_by_id(place) {
        return Some(corpus.text_of(passage));
    }
    if let Some(section) = corpus.section_by_id(place) {
        let section = corpus.section(section);
        let last = section.passages.clone().last();
        let end = last.map_or(section.heading.end, |at| corpus.passage(at).span.end);
        return corpus
            .file(section.document)
            .get(section.heading.start..end);
    }
    if place.path().is_empty() {
        return corpus
            .document(place.document())
            .map(|(at, _)| corpus.file(at));
    }
    None
}
