//! What is said of a document's standing: replaced by another, in force from a day, of doubtful text.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::quote::Quote;
use super::{Brief, phrases};
use crate::answer::{Intent, Kind};
use crate::corpus::{Corpus, Document};

/// Marks an answer: first of all which of the documents it quotes were replaced, last of all which
/// of them could not be read for certain.
pub fn mark(draft: &mut Draft, corpus: &Corpus) {
    if draft.kind != Kind::Answer {
        return;
    }
    let cited = draft.citations.iter();
    let cited: BTreeSet<usize> = cited
        .filter_map(|citation| Some(corpus.document(&citation.document)?.0))
        .collect();
    let cited: Vec<&Document> = cited.iter().map(|at| &corpus.documents[*at]).collect();
    // Each goes before the others: the last one first.
    for document in cited.iter().rev() {
        if let Some(by) = &document.replaced_by {
            draft.first(phrases::replaced(document, &name(corpus, by)));
        }
    }
    for document in cited.iter().filter(|document| document.doubtful) {
        draft.note(phrases::doubtful(document));
    }
}

/// Whether a document is in force, where its front matter tells; of every such document when none
/// is named.
pub fn answer(brief: &Brief) -> Option<Draft> {
    let corpus = brief.corpus;
    let scope = brief.scope();
    let mut draft = Draft::new(Kind::Answer, Intent::About);
    let documents = match scope.is_empty() {
        true => brief.at_hand(),
        false => (0..corpus.documents.len()).collect(),
    };
    for at in documents {
        let document = &corpus.documents[at];
        let lines = lines(corpus, at);
        let told = !lines.is_empty() || document.replaced_by.is_some();
        if told && (scope.is_empty() || scope.contains(&at)) {
            for line in lines {
                draft.frame(line);
            }
            draft.quote(Quote::title(corpus, at));
        }
    }
    draft.confidence = 1.0;
    (!draft.citations.is_empty()).then_some(draft)
}

/// What a document's front matter says of its force and of what it changes.
pub fn lines(corpus: &Corpus, document: usize) -> Vec<String> {
    let document = &corpus.documents[document];
    let mut lines = Vec::new();
    if let Some(date) = document.in_force_from {
        lines.push(phrases::in_force_from(document, &date.to_string()));
    }
    if !document.amends.is_empty() {
        let names: Vec<String> = document.amends.iter().map(|id| name(corpus, id)).collect();
        lines.push(phrases::amends(document, &names));
    }
    lines
}

/// The name of a document that is here, by its id; any other name as it stands.
fn name(corpus: &Corpus, named: &str) -> String {
    corpus
        .document(named)
        .map_or_else(|| named.to_owned(), |(_, document)| document.short.clone())
}
