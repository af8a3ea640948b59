//! A library's catalogue: what is known of each file of its folder without reading it again.

use std::ops::Range;

use super::document::{Date, Document};
use super::leaf::{self, Leaf};
use super::problem::Problem;
use super::shelf::Mark;
use crate::answer::{TextKind, fnv1a};
use crate::text::bytes::{
    long, number, optional, put, put_long, put_optional, put_text, text as read_text,
};

/// A Markdown file of the folder, and the document in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The file's name.
    pub name: String,
    /// When it was last changed, in nanoseconds since 1970; 0 where that says nothing of its bytes.
    pub modified: u64,
    /// Its bytes.
    pub mark: Mark,
    /// The document; its passages and sections count from its own beginning. None for a note.
    pub document: Option<Document>,
    /// What is wrong in the file.
    pub problems: Vec<Problem>,
}

impl Entry {
    /// Reads a file's bytes; also gives the leaf.
    pub fn read(name: &str, modified: u64, bytes: Vec<u8>) -> (Self, Option<Leaf>) {
        let mark = Mark::of(&bytes);
        let (read, problems) = leaf::read(name, bytes);
        let (document, leaf) = read.unzip();
        let entry = Self {
            name: name.to_owned(),
            modified,
            mark,
            document,
            problems,
        };
        (entry, leaf)
    }
}

/// The short name of a library's state, by the marks of its files and the bytes of its tables: other
/// than that of a corpus that is read whole, since not all bytes are read each time.
pub fn fingerprint(entries: &[Entry], tables: u64) -> String {
    let mut bytes = Vec::new();
    put_long(&mut bytes, tables);
    for entry in entries {
        put_text(&mut bytes, &entry.name);
        put_long(&mut bytes, entry.mark.length);
        put_long(&mut bytes, entry.mark.hash);
    }
    format!("{:016x}", fnv1a(bytes))
}

/// Entries as bytes.
pub fn to_bytes(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    put(&mut bytes, entries.len());
    for entry in entries {
        put_text(&mut bytes, &entry.name);
        put_long(&mut bytes, entry.modified);
        put_long(&mut bytes, entry.mark.length);
        put_long(&mut bytes, entry.mark.hash);
        put(&mut bytes, usize::from(entry.document.is_some()));
        if let Some(document) = &entry.document {
            put_document(&mut bytes, document);
        }
        put(&mut bytes, entry.problems.len());
        for problem in &entry.problems {
            put_text(&mut bytes, &problem.file);
            put(&mut bytes, problem.line);
            put_text(&mut bytes, &problem.what);
            put_optional(&mut bytes, problem.hint.as_deref());
        }
    }
    bytes
}

/// Entries of bytes; `None` when they are not whole.
pub fn from_bytes(mut rest: &[u8]) -> Option<Vec<Entry>> {
    let rest = &mut rest;
    let count = number(rest)?;
    let entries = (0..count).map(|_| entry(rest)).collect::<Option<_>>()?;
    rest.is_empty().then_some(entries)
}

fn entry(rest: &mut &[u8]) -> Option<Entry> {
    let name = read_text(rest)?.to_owned();
    let modified = long(rest)?;
    let mark = Mark {
        length: long(rest)?,
        hash: long(rest)?,
    };
    let document = match number(rest)? {
        0 => None,
        _ => Some(document(rest, &name)?),
    };
    let count = number(rest)?;
    let problem = |rest: &mut &[u8]| {
        Some(Problem {
            file: read_text(rest)?.to_owned(),
            line: number(rest)? as usize,
            what: read_text(rest)?.to_owned(),
            hint: optional(rest)?,
        })
    };
    let problems = (0..count).map(|_| problem(rest)).collect::<Option<_>>()?;
    Some(Entry {
        name,
        modified,
        mark,
        document,
        problems,
    })
}

fn put_document(bytes: &mut Vec<u8>, document: &Document) {
    // Whoever adds a field to a document is told here to keep it.
    let Document {
        id,
        kind,
        number,
        short,
        title,
        issuer,
        issued,
        place,
        signer,
        signer_role,
        text,
        source,
        missing,
        in_force_from,
        replaced_by,
        amends,
        doubtful,
        file_name: _,
        title_span,
        passages,
        sections,
    } = document;
    for stated in [id, kind, number, short, title, issuer] {
        put_text(bytes, stated);
    }
    for optional in [place, signer, signer_role, source, replaced_by] {
        put_optional(bytes, optional.as_deref());
    }
    for date in [issued, in_force_from] {
        let day = |date: &Date| (date.year as usize) << 16 | (date.month as usize) << 8;
        put(bytes, date.map_or(0, |date| day(&date) | date.day as usize));
    }
    for list in [missing, amends] {
        put(bytes, list.len());
        list.iter().for_each(|name| put_text(bytes, name));
    }
    put(bytes, usize::from(*text == TextKind::Digest));
    put(bytes, usize::from(*doubtful));
    for length in [
        title_span.start,
        title_span.end,
        passages.len(),
        sections.len(),
    ] {
        put(bytes, length);
    }
}

fn document(rest: &mut &[u8], file_name: &str) -> Option<Document> {
    let mut stated = || Some(read_text(rest)?.to_owned());
    let (id, kind, official) = (stated()?, stated()?, stated()?);
    let (short, title, issuer) = (stated()?, stated()?, stated()?);
    let (place, signer, signer_role) = (optional(rest)?, optional(rest)?, optional(rest)?);
    let (source, replaced_by) = (optional(rest)?, optional(rest)?);
    let (issued, in_force_from) = (date(rest)?, date(rest)?);
    let (missing, amends) = (texts(rest)?, texts(rest)?);
    let text = match number(rest)? {
        0 => TextKind::Verbatim,
        _ => TextKind::Digest,
    };
    let doubtful = number(rest)? != 0;
    let mut length = || Some(number(rest)? as usize);
    let title_span: Range<usize> = length()?..length()?;
    Some(Document {
        id,
        kind,
        number: official,
        short,
        title,
        issuer,
        issued,
        place,
        signer,
        signer_role,
        text,
        source,
        missing,
        in_force_from,
        replaced_by,
        amends,
        doubtful,
        file_name: file_name.to_owned(),
        title_span,
        passages: 0..length()?,
        sections: 0..length()?,
    })
}

fn texts(rest: &mut &[u8]) -> Option<Vec<String>> {
    let count = number(rest)?;
    let texts = (0..count).map(|_| Some(read_text(rest)?.to_owned()));
    texts.collect()
}

fn date(rest: &mut &[u8]) -> Option<Option<Date>> {
    let day = number(rest)?;
    let date = Date {
        year: (day >> 16) as u16,
        month: (day >> 8) as u8,
        day: day as u8,
    };
    Some((day != 0).then_some(date))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: &str = "+++\nid = \"kh\"\ntype = \"Kế hoạch\"\nnumber = \"1\"\nshort = \"Kế hoạch 1\"\n\
        title = \"Kế hoạch\"\nissuer = \"Tỉnh ủy\"\nissued = 2024-03-08\nplace = \"Đà Lạt\"\nsigner = \"A\"\n\
        signer_role = \"Bí thư\"\ntext = \"digest\"\nsource = \"báo\"\nmissing = [\"phụ lục\", \"bảng\"]\n\
        replaced_by = \"kh-2\"\namends = [\"kh-0\"]\n+++\n## I. A\n- một\n- hai\n";

    fn entries() -> Vec<Entry> {
        let files = [
            ("a.md", FULL),
            ("b.md", "# ghi chú\n"),
            ("c.md", "+++\nid = \"\n"),
        ];
        let read = |(name, text): (&str, &str)| Entry::read(name, 7, text.into()).0;
        files.map(read).to_vec()
    }

    #[test]
    fn comes_back_as_it_was() {
        let entries = entries();
        let document = entries[0].document.as_ref().unwrap();
        assert!(document.issued.is_some() && document.missing.len() == 2);
        assert!(entries[1].document.is_none() && !entries[2].problems.is_empty());
        let bytes = to_bytes(&entries);
        assert_eq!(from_bytes(&bytes), Some(entries));
        for length in 0..bytes.len() {
            assert_eq!(from_bytes(&bytes[..length]), None);
        }
    }

    #[test]
    fn another_byte_or_table_is_another_state() {
        let (entries, mut changed) = (entries(), entries());
        changed[0].mark.hash ^= 1;
        let state = fingerprint(&entries, 1);
        assert_ne!(fingerprint(&changed, 1), state);
        assert_ne!(fingerprint(&entries, 2), state);
        changed[0].mark.hash ^= 1;
        changed[0].modified = 0;
        assert_eq!(fingerprint(&changed, 1), state);
    }
}
