//! Writing an index from a corpus.

use tantivy::directory::Directory;
use tantivy::merge_policy::NoMergePolicy;
use tantivy::{Index, IndexSettings, TantivyDocument};

use super::analyser::{ANALYSER, Analysed, Words};
use super::schema::{Field, Fields, IndexError, schema};
use crate::corpus::Corpus;

/// Writer memory in bytes: the library's minimum for a small corpus, more for a library of
/// documents so that it is not cut into many segments.
const SMALL_MEMORY: usize = 15_000_000;
const LARGE_MEMORY: usize = 200_000_000;
/// From how many passages on the larger memory is used.
const LARGE: usize = 5_000;

/// Writes the corpus into a directory and returns the index. One writer thread: the same corpus
/// gives the same segments, hence the same scores in the same order.
pub(super) fn build(
    corpus: &Corpus,
    directory: impl Into<Box<dyn Directory>>,
) -> Result<Index, IndexError> {
    let (schema, fields) = schema();
    let index = Index::create(directory, schema, IndexSettings::default())?;
    register(&index);
    let memory = if corpus.passage_count() > LARGE {
        LARGE_MEMORY
    } else {
        SMALL_MEMORY
    };
    let mut writer = index.writer_with_num_threads(1, memory)?;
    // Only the merge below: one that starts by itself would be in its way.
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let mut heading = (None, Analysed::default());
    for (ordinal, passage) in corpus.passages().enumerate() {
        if heading.0 != passage.section {
            // Passages come in the order of the text: a heading is analysed once, not once a passage.
            heading = (
                passage.section,
                Analysed::new(heading_of(corpus, passage.section)),
            );
        }
        writer.add_document(document(
            &fields,
            ordinal,
            corpus.text_of(ordinal),
            &heading.1,
            &said(corpus, ordinal),
        ))?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()?;
    Ok(index)
}

/// Makes the analyser known to an index; it is not stored in the index's files.
pub(super) fn register(index: &Index) {
    index.tokenizers().register(ANALYSER, Words);
}

fn heading_of(corpus: &Corpus, section: Option<usize>) -> &str {
    section.map_or("", |section| corpus.heading_of(section))
}

/// The paraphrases of a passage, together.
fn said(corpus: &Corpus, passage: usize) -> Analysed {
    let mut said = Analysed::default();
    for paraphrase in corpus.paraphrases_of(passage) {
        said.add(&paraphrase.tokens);
    }
    said
}

fn document(
    fields: &Fields,
    ordinal: usize,
    body: &str,
    heading: &Analysed,
    said: &Analysed,
) -> TantivyDocument {
    let body = Analysed::new(body);
    let mut document = TantivyDocument::new();
    document.add_u64(fields.ordinal, ordinal as u64);
    document.add_text(fields.get(Field::Exact), &body.exact);
    document.add_text(fields.get(Field::ExactPair), &body.exact_pair);
    document.add_text(fields.get(Field::Folded), &body.folded);
    document.add_text(fields.get(Field::FoldedPair), &body.folded_pair);
    document.add_text(fields.get(Field::HeadingExact), &heading.exact);
    document.add_text(fields.get(Field::HeadingFolded), &heading.folded);
    document.add_text(fields.get(Field::HeadingFoldedPair), &heading.folded_pair);
    document.add_text(fields.get(Field::SaidExact), &said.exact);
    document.add_text(fields.get(Field::SaidFolded), &said.folded);
    document.add_text(fields.get(Field::SaidFoldedPair), &said.folded_pair);
    document
}
