//! A leaf: what a document's file holds once it is read. One is made from one file and needs nothing
//! else, so that documents can be read one after the other without being kept.

use std::sync::OnceLock;

use super::document;
use super::parse::{self, Passage, Section, Shape, Text};
use super::problem::{Problem, Reporter};
use super::{Document, decode};
use crate::answer::PassageId;
use crate::text::spelling::Vocabulary;
use crate::text::tokenize;

/// The text of a document's file, with its sections and passages.
///
/// As [`read`] gives it, their ordinals and those in them count from the document's beginning and
/// the document is 0; in a [`Corpus`](super::Corpus) they are the corpus's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaf {
    /// The whole text of the file.
    pub file: String,
    /// Its passages, in the order of the text.
    pub passages: Vec<Passage>,
    /// Its sections, likewise.
    pub sections: Vec<Section>,
    /// Places in `passages`, in the order of their ids, once one was asked for.
    passages_by_id: OnceLock<Vec<u32>>,
    /// Places in `sections`, likewise.
    sections_by_id: OnceLock<Vec<u32>>,
    /// The file is not what it was when its passages were counted.
    lost: bool,
}

/// Reads a Markdown file into what is always kept of a document and its leaf, with all that is
/// wrong; no document where the file has no front matter and so is a note.
pub fn read(name: &str, bytes: Vec<u8>) -> (Option<(Document, Leaf)>, Vec<Problem>) {
    let (file, mut reporter) = decode(name, bytes);
    let read = read_text(name, file, &mut reporter);
    (read, reporter.finish())
}

fn read_text(name: &str, file: String, reporter: &mut Reporter) -> Option<(Document, Leaf)> {
    let layout = document::layout(&file)?;
    let mut document = document::read(name, &file, &layout, reporter);
    let Text { sections, passages } = parse::parse(&file, layout.body, &document.id, reporter);
    document.passages = 0..passages.len();
    document.sections = 0..sections.len();
    let leaf = Leaf {
        passages_by_id: OnceLock::new(),
        sections_by_id: OnceLock::new(),
        file,
        passages,
        sections,
        lost: false,
    };
    Some((document, leaf))
}

impl Leaf {
    /// The leaf of a document whose file is lost: nothing that has words or can be found stands in
    /// the places of its sections and passages.
    pub(super) fn lost(document: usize, entry: &Document) -> Self {
        let nowhere = PassageId::new("");
        let section = Section {
            id: nowhere.clone(),
            document,
            level: 2,
            parent: None,
            number: None,
            slug: None,
            keyword: None,
            heading: 0..0,
            passages: entry.passages.start..entry.passages.start,
            children: Vec::new(),
        };
        let passage = Passage {
            id: nowhere,
            document,
            section: None,
            span: 0..0,
            shape: Shape::Plain,
        };
        Self {
            passages: vec![passage; entry.passages.len()],
            sections: vec![section; entry.sections.len()],
            // None of these is found.
            passages_by_id: OnceLock::from(Vec::new()),
            sections_by_id: OnceLock::from(Vec::new()),
            lost: true,
            ..Self::default()
        }
    }

    /// Whether the file was not there any more, or not the same.
    pub fn is_lost(&self) -> bool {
        self.lost
    }

    /// The leaf as that of the document at this place in a corpus.
    pub(super) fn placed(mut self, document: usize, entry: &Document) -> Self {
        let (first_passage, first_section) = (entry.passages.start, entry.sections.start);
        for passage in &mut self.passages {
            passage.document = document;
            passage.section = passage.section.map(|at| at + first_section);
        }
        for section in &mut self.sections {
            section.document = document;
            section.parent = section.parent.map(|at| at + first_section);
            section.passages.start += first_passage;
            section.passages.end += first_passage;
            for child in &mut section.children {
                *child += first_section;
            }
        }
        self
    }

    /// The place in `passages` of the one with that id.
    pub fn passage(&self, id: &PassageId) -> Option<usize> {
        let ids = || by_id(self.passages.iter().map(|passage| &passage.id));
        let order = self.passages_by_id.get_or_init(ids);
        find(order, id, |at| &self.passages[at].id)
    }

    /// The place in `sections` of the one with that id.
    pub fn section(&self, id: &PassageId) -> Option<usize> {
        let ids = || by_id(self.sections.iter().map(|section| &section.id));
        let order = self.sections_by_id.get_or_init(ids);
        find(order, id, |at| &self.sections[at].id)
    }

    /// The stretches of words in it: passages, then headings.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let passages = self.passages.iter().map(|passage| &passage.span);
        let headings = self.sections.iter().map(|section| &section.heading);
        passages
            .chain(headings)
            .map(|span| self.file.get(span.clone()).unwrap_or_default())
    }

    /// Counts its words.
    pub fn add_words(&self, vocabulary: &mut Vocabulary) {
        for words in self.words() {
            vocabulary.add(&tokenize(words), 1);
        }
    }
}

fn by_id<'a>(ids: impl Iterator<Item = &'a PassageId>) -> Vec<u32> {
    let ids: Vec<&str> = ids.map(PassageId::as_str).collect();
    let mut order: Vec<u32> = (0..ids.len() as u32).collect();
    order.sort_by_key(|at| ids[*at as usize]);
    order
}

fn find<'a>(
    order: &[u32],
    id: &PassageId,
    id_of: impl Fn(usize) -> &'a PassageId,
) -> Option<usize> {
    let found = order.binary_search_by(|at| id_of(*at as usize).as_str().cmp(id.as_str()));
    found.ok().map(|place| order[place] as usize)
}

#[cfg(test)]
mod tests {
    use super::super::sample::document;
    use super::*;

    #[test]
    fn ordinals_count_from_the_document_s_beginning_until_it_has_a_place() {
        let file = document("kh", "x\n\n## I. A\n- b\n### 1. C\n- d\n");
        let (read, problems) = read("kh.md", file.into_bytes());
        assert_eq!(problems, []);
        let (mut entry, leaf) = read.unwrap();
        assert_eq!(
            (entry.passages.clone(), entry.sections.clone()),
            (0..3, 0..2)
        );
        let (inner, outer) = (&leaf.sections[1], &leaf.sections[0]);
        assert_eq!((inner.parent, inner.passages.clone()), (Some(0), 2..3));
        assert_eq!(outer.children, [1]);
        (entry.passages, entry.sections) = (10..13, 5..7);
        let placed = leaf.placed(4, &entry);
        let (inner, outer) = (&placed.sections[1], &placed.sections[0]);
        assert_eq!((inner.parent, inner.passages.clone()), (Some(5), 12..13));
        assert_eq!(
            (outer.children.as_slice(), outer.document),
            ([6].as_slice(), 4)
        );
        let sections: Vec<_> = placed
            .passages
            .iter()
            .map(|passage| passage.section)
            .collect();
        assert_eq!(sections, [None, Some(5), Some(6)]);
        assert_eq!(placed.passages[2].document, 4);
    }

    #[test]
    fn places_are_found_by_id() {
        let file = document("kh", "## II. A\n- b\n- c\n## I. D\n- e\n");
        let (read, _) = read("kh.md", file.into_bytes());
        let (_, leaf) = read.unwrap();
        for (at, passage) in leaf.passages.iter().enumerate() {
            assert_eq!(leaf.passage(&passage.id), Some(at));
        }
        assert_eq!(leaf.section(&PassageId::new("kh#I")), Some(1));
        assert_eq!(leaf.section(&PassageId::new("kh#I.1")), None);
    }

    #[test]
    fn a_note_is_no_document() {
        let (read, problems) = read("a.md", b"# A\xff\n".to_vec());
        assert_eq!((read.is_none(), problems.len()), (true, 1));
    }
}
