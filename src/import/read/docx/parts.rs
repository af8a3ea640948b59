//! The parts of a document file, which is a zip archive, unpacked within limits.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::ReadError;
use super::xml::{Element, Visitor, walk};

/// The text of a document unpacks to no more than this: some three thousand pages.
const LARGEST_DOCUMENT: u64 = 48 << 20;
/// Nor any other part.
const LARGEST_PART: u64 = 12 << 20;
/// No document has so many parts.
const MOST_PARTS: u16 = 20_000;

/// The archive, and where its document lies.
pub(super) struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The name of the document's part.
    document: String,
    /// What the document refers to: kind and name.
    relations: Vec<(String, String)>,
}

impl<'b> Parts<'b> {
    /// Opens the archive and finds the document in it.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        if claimed_parts(bytes).is_some_and(|parts| parts > MOST_PARTS) {
            return Err(ReadError::TooLarge("quá nhiều tệp con"));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| super::DAMAGED)?;
        let mut parts = Self {
            archive,
            document: "word/document.xml".to_owned(),
            relations: Vec::new(),
        };
        parts.find_document()?;
        parts.find_relations()?;
        Ok(parts)
    }

    /// The part that holds the text.
    pub(super) fn document(&mut self) -> Result<Vec<u8>, ReadError> {
        let name = self.document.clone();
        self.part(&name, LARGEST_DOCUMENT)?
            .ok_or_else(|| self.foreign())
    }

    /// The part of a kind that the document refers to.
    pub(super) fn related(&mut self, kind: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let name = self
            .relations
            .iter()
            .find(|(of, _)| of == kind)
            .map(|(_, name)| name.clone());
        match name {
            Some(name) => self.part(&name, LARGEST_PART),
            None => Ok(None),
        }
    }

    fn find_document(&mut self) -> Result<(), ReadError> {
        let relations = match self.part("_rels/.rels", LARGEST_PART)? {
            Some(part) => relations(&part, "")?,
            None => Vec::new(),
        };
        let named = relations
            .into_iter()
            .find(|(kind, _)| kind == "officeDocument");
        if let Some((_, name)) = named {
            self.document = name;
        }
        Ok(())
    }

    fn find_relations(&mut self) -> Result<(), ReadError> {
        let (folder, file) = self
            .document
            .rsplit_once('/')
            .unwrap_or(("", &self.document));
        let name = format!("{folder}/_rels/{file}.rels");
        let folder = format!("{folder}/");
        if let Some(part) = self.part(name.trim_start_matches('/'), LARGEST_PART)? {
            self.relations = relations(&part, &folder)?;
        }
        Ok(())
    }

    /// A part, unpacked; nothing if there is none.
    fn part(&mut self, name: &str, largest: u64) -> Result<Option<Vec<u8>>, ReadError> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::InvalidPassword) => return Err(ReadError::Encrypted),
            Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
                return Err(ReadError::Encrypted);
            }
            Err(_) => return Err(super::DAMAGED),
        };
        let mut part = Vec::new();
        let read = file.take(largest + 1).read_to_end(&mut part);
        if part.len() as u64 > largest {
            return Err(ReadError::TooLarge("giải nén ra quá nhiều"));
        }
        // A part whose checksum is wrong is not taken on trust.
        read.map_err(|_| super::DAMAGED)?;
        Ok(Some(part))
    }

    /// What the archive is if it is no document of Word.
    fn foreign(&self) -> ReadError {
        let has = |name: &str| self.archive.index_for_name(name).is_some();
        if has("content.xml") {
            ReadError::Unknown("LibreOffice")
        } else if has("xl/workbook.xml") {
            ReadError::Unknown("bảng tính Excel")
        } else if has("ppt/presentation.xml") {
            ReadError::Unknown("PowerPoint")
        } else if has("word/document.xml") || has("[Content_Types].xml") {
            super::DAMAGED
        } else {
            ReadError::Unknown("tệp nén")
        }
    }
}

/// How many parts the end of the archive says that it has.
fn claimed_parts(bytes: &[u8]) -> Option<u16> {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    let at = tail
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    Some(u16::from_le_bytes([count[0], count[1]]))
}

/// Kinds and names of the parts that an index of parts refers to, seen from `folder`.
fn relations(part: &[u8], folder: &str) -> Result<Vec<(String, String)>, ReadError> {
    let mut reader = Reader {
        folder,
        found: Vec::new(),
    };
    walk(part, &mut reader)?;
    Ok(reader.found)
}

struct Reader<'f> {
    folder: &'f str,
    found: Vec<(String, String)>,
}

impl Visitor for Reader<'_> {
    fn start(&mut self, element: &Element) -> Result<(), ReadError> {
        let inside = element.attribute("TargetMode").as_deref() != Some("External");
        if element.name == "Relationship" && inside && self.found.len() < 4096 {
            let kind = element.attribute("Type").unwrap_or_default();
            let target = element.attribute("Target").unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let name = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{}{target}", self.folder),
            };
            self.found.push((kind, name));
        }
        Ok(())
    }

    fn end(&mut self, _: &str) -> Result<(), ReadError> {
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}
