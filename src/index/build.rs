//! Writing an index from a corpus.

use std::collections::HashSet;
use std::ops::Range;

use tantivy::Index;
use tantivy::directory::Directory;

use super::analyser::{ANALYSER, Words};
use super::rows::Listed;
use super::schema::IndexError;
use super::writer::{Entry, MEMORY, Writer, key};
use crate::corpus::{Corpus, Document, Leaf};

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
    for (at, (document, key)) in corpus.documents.iter().zip(keys(corpus)).enumerate() {
        let leaf = corpus.leaf(at);
        // The hash says nothing here: the corpus as a whole is stamped.
        writer.add(key, 0, entries(corpus, document, leaf))?;
    }
    writer.into_index()
}

/// The documents' keys, in their order. Two files may bear one name where the system's names are no text.
pub fn keys(corpus: &Corpus) -> Vec<u64> {
    keys_of(corpus.documents.iter()).collect()
}

fn keys_of<'a>(documents: impl Iterator<Item = &'a Document>) -> impl Iterator<Item = u64> {
    let mut taken = HashSet::new();
    let free = move |mut key: u64| {
        while !taken.insert(key) {
            key = key.wrapping_add(1);
        }
        key
    };
    documents.map(|document| key(&document.file_name)).map(free)
}

/// Where each document's passages are in the corpus.
pub fn listed(corpus: &Corpus) -> Vec<Listed> {
    listed_in(corpus.documents.iter())
}

/// The same of the documents that a corpus will be made of, in their order.
pub fn listed_in<'a>(documents: impl Iterator<Item = &'a Document> + Clone) -> Vec<Listed> {
    let mut next = 0;
    let keys = keys_of(documents.clone());
    let listed = documents.zip(keys).map(|(document, key)| {
        let passages = document.passages.len();
        next += passages;
        Listed {
            key,
            first: next - passages,
            passages,
        }
    });
    listed.filter(|listed| listed.passages > 0).collect()
}

/// Makes the analyser known to an index; it is not stored in the index's files.
pub(super) fn register(index: &Index) {
    index.tokenizers().register(ANALYSER, Words);
}

/// What is to be found of a document's passages, in the order of the text.
pub fn entries<'a>(
    corpus: &'a Corpus,
    document: &'a Document,
    leaf: &'a Leaf,
) -> impl Iterator<Item = Entry<'a>> {
    let words = |span: &Range<usize>| leaf.file.get(span.clone()).unwrap_or_default();
    let first = document.passages.start;
    leaf.passages.iter().enumerate().map(move |(at, passage)| {
        let section = passage
            .section
            .map(|section| section - document.sections.start);
        let said = corpus.paraphrases_of(first + at).iter();
        Entry {
            heading: section.map_or("", |section| words(&leaf.sections[section].heading)),
            section,
            body: words(&passage.span),
            said: said
                .map(|paraphrase| paraphrase.tokens.as_slice())
                .collect(),
        }
    })
}
