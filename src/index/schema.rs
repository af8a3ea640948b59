//! The fields of the index, and what can go wrong with it.

use std::path::PathBuf;

use tantivy::schema::{self, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

use super::analyser::ANALYSER;

/// A searchable view of a passage. Syllables carry most of the meaning when typed with
/// diacritics, pairs of neighbours stand for the two-syllable words of Vietnamese, and each has a
/// twin without diacritics for questions typed that way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Syllables with their diacritics.
    Exact,
    /// Neighbouring syllables with their diacritics.
    ExactPair,
    /// Syllables, folded.
    Folded,
    /// Neighbouring syllables, folded.
    FoldedPair,
    /// Syllables of the section's heading with their diacritics.
    HeadingExact,
    /// Syllables of the section's heading, folded.
    HeadingFolded,
    /// Neighbouring syllables of the heading, folded.
    HeadingFoldedPair,
    /// Syllables of the passage's paraphrases with their diacritics.
    SaidExact,
    /// Syllables of the paraphrases, folded.
    SaidFolded,
    /// Neighbouring syllables of the paraphrases, folded.
    SaidFoldedPair,
}

impl Field {
    /// Every field, in schema order.
    pub const ALL: [Field; 10] = [
        Field::Exact,
        Field::ExactPair,
        Field::Folded,
        Field::FoldedPair,
        Field::HeadingExact,
        Field::HeadingFolded,
        Field::HeadingFoldedPair,
        Field::SaidExact,
        Field::SaidFolded,
        Field::SaidFoldedPair,
    ];

    /// Whether the passages' own words are in it.
    pub(super) fn is_body(self) -> bool {
        let body = [
            Field::Exact,
            Field::ExactPair,
            Field::Folded,
            Field::FoldedPair,
        ];
        body.contains(&self)
    }

    /// The field of the headings that holds what this one holds of the passages.
    pub(super) fn of_heading(self) -> Option<Field> {
        match self {
            Field::Exact => Some(Field::HeadingExact),
            Field::Folded => Some(Field::HeadingFolded),
            Field::FoldedPair => Some(Field::HeadingFoldedPair),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Field::Exact => "exact",
            Field::ExactPair => "exact_pair",
            Field::Folded => "folded",
            Field::FoldedPair => "folded_pair",
            Field::HeadingExact => "heading_exact",
            Field::HeadingFolded => "heading_folded",
            Field::HeadingFoldedPair => "heading_folded_pair",
            Field::SaidExact => "said_exact",
            Field::SaidFolded => "said_folded",
            Field::SaidFoldedPair => "said_folded_pair",
        }
    }
}

/// Name of the field with the key of a passage's document, on which documents are removed.
pub(super) const KEY: &str = "key";
/// Name of the field with a passage's number in its document, from 0.
pub(super) const NUMBER: &str = "number";
/// Name of the field with the number of its section in the document, from 1; 0 before the first.
pub(super) const SECTION: &str = "section";
/// Name of the field with the hash of the file that the document was read from.
pub(super) const HASH: &str = "hash";

/// The schema's field handles.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    pub key: schema::Field,
    pub number: schema::Field,
    pub section: schema::Field,
    pub hash: schema::Field,
    texts: [schema::Field; Field::ALL.len()],
}

impl Fields {
    pub fn get(&self, field: Field) -> schema::Field {
        self.texts[field as usize]
    }
}

/// Builds the schema. Positions are left out: the pairs do what phrases would.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let key = builder.add_u64_field(KEY, schema::INDEXED | schema::FAST);
    let number = builder.add_u64_field(NUMBER, schema::FAST);
    let section = builder.add_u64_field(SECTION, schema::FAST);
    let hash = builder.add_u64_field(HASH, schema::FAST);
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(ANALYSER)
        .set_index_option(IndexRecordOption::WithFreqs)
        .set_fieldnorms(true);
    let options = TextOptions::default().set_indexing_options(indexing);
    let texts = Field::ALL.map(|field| builder.add_text_field(field.name(), options.clone()));
    let fields = Fields {
        key,
        number,
        section,
        hash,
        texts,
    };
    (builder.build(), fields)
}

/// Why an index could not be built or searched.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The search library refused.
    #[error("chỉ mục tìm kiếm: {0}")]
    Engine(#[from] tantivy::TantivyError),
    /// A file or folder of the index could not be written or read.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The index opened but is not the one that was stamped.
    #[error("chỉ mục không khớp với dấu của nó")]
    Stale,
}
