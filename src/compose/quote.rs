//! Quotations that cannot be wrong: a [`Quote`] is cut from the corpus by span and in no other way.

use std::ops::Range;

use crate::answer::{Citation, PassageId, TextKind};
use crate::corpus::Corpus;

/// A literal piece of a document with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    citation: Citation,
}

impl Quote {
    /// A whole passage.
    pub fn passage(corpus: &Corpus, passage: usize) -> Self {
        let entry = corpus.passage(passage);
        Self::cut(corpus, entry.document, entry.id.clone(), entry.span.clone())
    }

    /// A piece of a passage: `span` in bytes of the document's file. A span that leaves the
    /// passage is cut back to it.
    pub fn piece(corpus: &Corpus, passage: usize, span: Range<usize>) -> Self {
        let entry = corpus.passage(passage);
        let start = span.start.clamp(entry.span.start, entry.span.end);
        let end = span.end.clamp(start, entry.span.end);
        if start == end {
            return Self::passage(corpus, passage);
        }
        Self::cut(corpus, entry.document, entry.id.clone(), start..end)
    }

    /// Neighbouring sentences of a passage, by index.
    pub fn sentences(corpus: &Corpus, passage: usize, sentences: Range<usize>) -> Self {
        let all = corpus.sentences_of(passage);
        match (
            all.get(sentences.start),
            sentences.end.checked_sub(1).and_then(|last| all.get(last)),
        ) {
            (Some(first), Some(last)) => Self::piece(corpus, passage, first.start..last.end),
            _ => Self::passage(corpus, passage),
        }
    }

    /// A section as a whole, by its heading.
    pub fn heading(corpus: &Corpus, section: usize) -> Self {
        let entry = corpus.section(section);
        Self::cut(
            corpus,
            entry.document,
            entry.id.clone(),
            entry.heading.clone(),
        )
    }

    /// A document as a whole, by its title.
    pub fn title(corpus: &Corpus, document: usize) -> Self {
        let entry = &corpus.documents[document];
        let id = PassageId::new(entry.id.clone());
        Self::cut(corpus, document, id, entry.title_span.clone())
    }

    fn cut(corpus: &Corpus, document: usize, passage: PassageId, span: Range<usize>) -> Self {
        let entry = &corpus.documents[document];
        let quote = corpus.cut(document, span).to_owned();
        let label = corpus.label(&passage);
        Self {
            citation: Citation {
                passage,
                document: entry.id.clone(),
                label,
                quote,
                text: entry.text,
            },
        }
    }

    /// The place quoted.
    pub fn place(&self) -> &PassageId {
        &self.citation.passage
    }

    /// The words quoted.
    pub fn words(&self) -> &str {
        &self.citation.quote
    }

    /// Whether the words are a digest's.
    pub fn is_digest(&self) -> bool {
        self.citation.text == TextKind::Digest
    }

    /// What is cited.
    pub fn citation(&self) -> &Citation {
        &self.citation
    }

    /// The citation of the contract.
    pub fn into_citation(self) -> Citation {
        self.citation
    }
}

/// The gate before an answer leaves: whether the citation's words stand in its place.
pub fn is_literal(corpus: &Corpus, citation: &Citation) -> bool {
    if citation.quote.is_empty() {
        return false;
    }
    let span = if let Some(passage) = corpus.passage_by_id(&citation.passage) {
        corpus.passage(passage).span.clone()
    } else if let Some(section) = corpus.section_by_id(&citation.passage) {
        corpus.section(section).heading.clone()
    } else if let Some((_, document)) = corpus.document(citation.passage.as_str()) {
        document.title_span.clone()
    } else {
        return false;
    };
    corpus
        .document(&citation.document)
        .and_then(|(at, _)| corpus.file(at).get(span))
        .is_some_and(|words| words.contains(&citation.quote))
}
