//! DOCX: the parts of the file that hold text, found through its own index of parts.
//!
//! Headers and footers are not read: they repeat what the text says, or count pages. Footnotes become
//! remarks, since a quotation cannot hold them in the middle of its sentence.

mod body;
mod look;
mod numbering;
mod parts;
mod styles;
mod xml;

use super::super::source::Source;
use super::ReadError;
use body::Body;
use numbering::Numbering;
use parts::Parts;
use styles::Styles;

/// What is said of a file that does not hold what a DOCX must hold.
const DAMAGED: ReadError = ReadError::Damaged("Word (.docx)");

/// Reads a document. Its places are paragraphs.
pub(super) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let mut parts = Parts::open(bytes)?;
    let document = parts.document()?;
    let styles = match parts.related("styles")? {
        Some(part) => Styles::read(&part)?,
        None => Styles::default(),
    };
    let numbering = match parts.related("numbering")? {
        Some(part) => Numbering::read(&part, &styles)?,
        None => Numbering::default(),
    };
    let mut notes = Vec::new();
    for kind in ["footnotes", "endnotes"] {
        if let Some(part) = parts.related(kind)? {
            notes.push(body::notes(&part)?);
        }
    }
    drop(parts);
    let body = Body::new(&styles, numbering.clone(), notes.clone());
    let drafts = match body.read(&document)? {
        Some(drafts) => drafts,
        None => Body::new(&styles, numbering, notes)
            .keeping_contents()
            .read(&document)?
            .unwrap_or_default(),
    };
    Ok(drafts.finish())
}

#[cfg(test)]
mod tests;
