//! Writing an index from a corpus.

use std::collections::HashSet;

use tantivy::Index;
use tantivy::directory::Directory;

use super::analyser::{ANALYSER, Words};
use super::rows::Listed;
use super::schema::IndexError;
use super::writer::{Entry, MEMORY, Writer, key};
use crate::corpus::{Corpus, Document};

/// Writer memory for a small corpus in bytes: the library's minimum, since its tables are laid out by it.
const SMALL_MEMORY: usize = 15_000_000;
/// From how many passages on the writer has as much as it wants.
const LARGE: usize = 5_000;

/// Writes the corpus into an empty directory and returns the index.
pub(super) fn build(
    corpus: &Corpus,
    directory: impl Into<Box<dyn Directory>>,
) -> Result<Index, IndexError> {
    let memory = if corpus.passage_count() > LARGE {
        MEMORY
    } else {
        SMALL_MEMORY
    };
    let mut writer = Writer::with_memory(directory, memory)?;
    for (document, key) in corpus.documents.iter().zip(keys(corpus)) {
        add(&mut writer, corpus, document, key)?;
    }
    writer.into_index()
}

/// The documents' keys. Two files may bear one name where the system's names are no text.
fn keys(corpus: &Corpus) -> Vec<u64> {
    let mut taken = HashSet::new();
    let mut free = |mut key: u64| {
        while !taken.insert(key) {
            key = key.wrapping_add(1);
        }
        key
    };
    let names = corpus.documents.iter();
    names
        .map(|document| free(key(&document.file_name)))
        .collect()
}

/// Adds a document of the corpus. Its hash says nothing here: the corpus as a whole is stamped.
fn add(
    writer: &mut Writer,
    corpus: &Corpus,
    document: &Document,
    key: u64,
) -> Result<(), IndexError> {
    let passages = document.passages.clone();
    writer.add(
        key,
        0,
        passages.map(|passage| entry(corpus, document, passage)),
    )
}

/// Where each document's passages are in the corpus.
pub(super) fn listed(corpus: &Corpus) -> Vec<Listed> {
    let documents = corpus
        .documents
        .iter()
        .zip(keys(corpus))
        .filter(|(document, _)| !document.passages.is_empty());
    let listed = documents.map(|(document, key)| Listed {
        key,
        first: document.passages.start,
        passages: document.passages.len(),
    });
    listed.collect()
}

/// Makes the analyser known to an index; it is not stored in the index's files.
pub(super) fn register(index: &Index) {
    index.tokenizers().register(ANALYSER, Words);
}

fn entry<'a>(corpus: &'a Corpus, document: &Document, passage: usize) -> Entry<'a> {
    let section = corpus.passage(passage).section;
    let said = corpus.paraphrases_of(passage).iter();
    Entry {
        heading: section.map_or("", |section| corpus.heading_of(section)),
        section: section.map(|section| section - document.sections.start),
        body: corpus.text_of(passage),
        said: said
            .map(|paraphrase| paraphrase.tokens.as_slice())
            .collect(),
    }
}
