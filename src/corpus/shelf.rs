//! The shelf: a slot for the leaf of each document, filled at once where all files are read when the
//! corpus is opened, or from a [`Source`] when a question first needs the document.

use std::fmt;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::Document;
use super::leaf::{self, Leaf};
use crate::text::bytes::checksum;

/// Where the files of documents are read that were not read when the corpus was opened.
pub trait Source: fmt::Debug + Send + Sync {
    /// The bytes of the file of that name.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;
}

/// What tells whether a file still has the bytes it had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// How many they were.
    pub length: u64,
    /// Their checksum.
    pub hash: u64,
}

impl Mark {
    /// The mark of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            length: bytes.len() as u64,
            hash: checksum(bytes),
        }
    }
}

/// Slots in the order of the documents.
#[derive(Clone, Debug, Default)]
pub(super) struct Shelf {
    slots: Vec<Slot>,
    source: Option<Arc<dyn Source>>,
    /// How many bytes were read into empty slots.
    filled: Arc<AtomicU64>,
}

#[derive(Clone, Debug)]
struct Slot {
    leaf: OnceLock<Leaf>,
    /// What the file had when the document was indexed.
    mark: Option<Mark>,
}

impl Shelf {
    /// A shelf whose empty slots are filled from there.
    pub fn filled_from(source: Arc<dyn Source>) -> Self {
        Self {
            source: Some(source),
            ..Self::default()
        }
    }

    /// A shelf with the same slots, those empty that were left so.
    pub fn emptied(&self) -> Self {
        let emptied = |slot: &Slot| match slot.mark {
            Some(mark) => Slot {
                leaf: OnceLock::new(),
                mark: Some(mark),
            },
            None => slot.clone(),
        };
        Self {
            slots: self.slots.iter().map(emptied).collect(),
            source: self.source.clone(),
            filled: Arc::default(),
        }
    }

    /// Whether the leaf of the document at that place is there.
    pub fn is_filled(&self, document: usize) -> bool {
        self.slots[document].leaf.get().is_some()
    }

    /// How many bytes were read into slots that were left empty.
    pub fn filled(&self) -> u64 {
        self.filled.load(Ordering::Relaxed)
    }

    /// Whether the file of the document at that place was needed, and was not there or not as it was indexed.
    pub fn was_lost(&self, document: usize) -> bool {
        let leaf = self.slots[document].leaf.get();
        leaf.is_some_and(Leaf::is_lost)
    }

    /// Puts the leaf of the next document in its slot.
    pub fn put(&mut self, leaf: Leaf) {
        self.slots.push(Slot {
            leaf: OnceLock::from(leaf),
            mark: None,
        });
    }

    /// Leaves the slot of the next document empty, to be filled with what has this mark.
    pub fn leave(&mut self, mark: Mark) {
        self.slots.push(Slot {
            leaf: OnceLock::new(),
            mark: Some(mark),
        });
    }

    /// The leaf of the document at that place, read now if it was not yet. What is read once stays,
    /// also when the file is changed afterwards.
    pub fn leaf(&self, document: usize, entry: &Document) -> &Leaf {
        let slot = &self.slots[document];
        slot.leaf.get_or_init(|| {
            let length = slot.mark.map_or(0, |mark| mark.length);
            self.filled.fetch_add(length, Ordering::Relaxed);
            self.read(slot.mark, document, entry)
                .unwrap_or_else(|| Leaf::lost(document, entry))
        })
    }

    /// The leaf of the document at that place, read from its file and not kept; `None` as below.
    pub fn passing(&self, document: usize, entry: &Document) -> Option<Leaf> {
        self.read(self.slots[document].mark, document, entry)
    }

    /// `None` when the file is not there or is no longer the one that was indexed: ordinals, spans and
    /// words known of it would be those of another text.
    fn read(&self, mark: Option<Mark>, document: usize, entry: &Document) -> Option<Leaf> {
        let bytes = self.source.as_ref()?.read(&entry.file_name).ok()?;
        if mark != Some(Mark::of(&bytes)) {
            return None;
        }
        let (_, leaf) = leaf::read(&entry.file_name, bytes).0?;
        let fits = leaf.passages.len() == entry.passages.len()
            && leaf.sections.len() == entry.sections.len();
        fits.then(|| leaf.placed(document, entry))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::document;
    use super::super::{Corpus, Folder, leaf};
    use super::*;
    use crate::answer::PassageId;
    use crate::text::spelling::Vocabulary;

    /// A corpus over a folder with these files, none read yet.
    fn corpus(dir: &std::path::Path, files: &[(&str, &str)]) -> Corpus {
        let mut known = Vec::new();
        for (name, text) in files {
            std::fs::write(dir.join(name), text).unwrap();
            let read = leaf::read(name, text.as_bytes().to_owned()).0;
            known.push((read.unwrap().0, Mark::of(text.as_bytes())));
        }
        let source = Arc::new(Folder::new(dir));
        let opened = Corpus::on_shelf(known, vec![], Vocabulary::new(), String::new(), source);
        opened.unwrap().0
    }

    #[test]
    fn a_document_is_read_once_when_it_is_first_needed() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (
            document("a", "## I. A\n- một\n"),
            document("b", "## I. B\n- hai\n- ba\n"),
        );
        let corpus = corpus(dir.path(), &[("1.md", &one), ("2.md", &two)]);
        assert_eq!((corpus.passage_count(), corpus.section_count()), (3, 2));
        assert_eq!(corpus.text_of(2), "ba");
        assert_eq!(
            (corpus.passage(2).document, corpus.passage(2).section),
            (1, Some(1))
        );
        assert_eq!(corpus.passage_by_id(&PassageId::new("b#I.2")), Some(2));
        std::fs::remove_file(dir.path().join("1.md")).unwrap();
        std::fs::remove_file(dir.path().join("2.md")).unwrap();
        // What was not needed before is lost, what was is not.
        assert_eq!((corpus.is_lost(0), corpus.is_lost(1)), (true, false));
        assert_eq!(corpus.text_of(1), "hai");
    }

    #[test]
    fn of_a_lost_document_nothing_has_words_or_is_found() {
        let dir = tempfile::tempdir().unwrap();
        let file = document("a", "## I. A\n- một\n### 1. B\n- hai\n");
        let corpus = corpus(dir.path(), &[("1.md", &file)]);
        // As long as it was, and with the same spans.
        std::fs::write(dir.path().join("1.md"), file.replace("một", "mốt")).unwrap();
        assert!(corpus.lost_files().is_empty(), "not needed yet");
        assert!(corpus.is_lost(0) && corpus.is_lost(0));
        assert_eq!(corpus.lost_files(), ["1.md"], "told of once");
        assert!(corpus.emptied().lost_files().is_empty());
        for passage in 0..corpus.passage_count() {
            assert_eq!(corpus.text_of(passage), "");
            assert_eq!(corpus.led_in_by(passage), None);
        }
        for section in 0..corpus.section_count() {
            assert_eq!(corpus.heading_of(section), "");
            assert_eq!(corpus.section(section).passages.len(), 0);
        }
        assert_eq!(
            (corpus.passages_of(0).len(), corpus.sections_of(0).len()),
            (0, 0)
        );
        for id in ["a#I.1", "a#I", "", "#"] {
            let id = PassageId::new(id);
            let found = (corpus.passage_by_id(&id), corpus.section_by_id(&id));
            assert_eq!(found, (None, None));
        }
        corpus.problems();
    }
}
