//! Fonts of a PDF: which characters its codes stand for, how wide they are, how they look.

use std::borrow::Cow;
use std::collections::HashMap;

use hayro_cmap::{BfString, CMap};
use lopdf::{Dictionary, Encoding, Object};

use super::super::super::encoding::Face;
use super::super::ReadError;
use super::file::{File, LARGEST_STREAM, number};

/// More codes have no width of their own.
const MOST_WIDTHS: usize = 70_000;

/// What all fonts of a file together may hold: a file may have thousands that share one table.
pub(super) struct Room {
    /// Widths of codes.
    widths: usize,
    /// Bytes of the tables that fonts give for copying text.
    tables: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            widths: 600_000,
            tables: 4 << 20,
        }
    }
}

impl Room {
    fn take(room: &mut usize, size: usize) -> Result<(), ReadError> {
        *room = room
            .checked_sub(size)
            .ok_or(ReadError::TooLarge("quá nhiều phông chữ"))?;
        Ok(())
    }
}

/// A font as drawing needs it.
#[derive(Debug, Default)]
pub(super) struct Font {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) face: Face,
    /// Bytes of a code.
    pub(super) code_length: usize,
    /// The table that the file gives for copying text.
    table: Option<CMap>,
    /// The characters of a font without such a table.
    characters: HashMap<u32, String>,
    widths: HashMap<u32, f64>,
    default_width: f64,
}

impl Font {
    /// Reads a font.
    pub(super) fn read(
        file: &File,
        dictionary: &Dictionary,
        room: &mut Room,
    ) -> Result<Self, ReadError> {
        let name = file
            .get(dictionary, b"BaseFont")
            .and_then(|name| name.as_name().ok());
        let name = String::from_utf8_lossy(name.unwrap_or_default()).into_owned();
        let composite = is_named(file, dictionary, b"Subtype", b"Type0");
        let mut font = Self {
            face: Face::of(&name),
            code_length: if composite { 2 } else { 1 },
            default_width: 0.5,
            ..Self::default()
        };
        let inner = descendant(file, dictionary);
        font.look(file, inner.unwrap_or(dictionary), &name.to_lowercase());
        match inner {
            Some(inner) => font.composite_widths(file, inner),
            None => font.simple_widths(file, dictionary),
        }
        Room::take(&mut room.widths, font.widths.len())?;
        font.table = table(file, dictionary, room)?;
        let tells = |table: &CMap| (0..=0xFF).any(|code| table.lookup_bf_string(code).is_some());
        if !composite && !font.table.as_ref().is_some_and(tells) {
            font.table = None;
            font.simple_characters(file, dictionary);
        }
        Ok(font)
    }

    /// The characters that a code stands for; nothing if nobody can tell.
    pub(super) fn characters(&self, code: u32) -> Cow<'_, str> {
        let Some(table) = &self.table else {
            let characters = self.characters.get(&code).map(String::as_str);
            return characters.unwrap_or_default().into();
        };
        match table.lookup_bf_string(code) {
            Some(BfString::Char(c)) => String::from(c).into(),
            Some(BfString::String(text)) => text.into(),
            None => "".into(),
        }
    }

    /// The width of a code, of the height of the letters.
    pub(super) fn width(&self, code: u32) -> f64 {
        self.widths
            .get(&code)
            .copied()
            .unwrap_or(self.default_width)
    }

    fn look(&mut self, file: &File, dictionary: &Dictionary, name: &str) {
        let descriptor = file.dictionary(dictionary, b"FontDescriptor");
        let says =
            |key: &[u8]| descriptor.and_then(|descriptor| number(file.get(descriptor, key)?));
        let flags = says(b"Flags").unwrap_or(0.0) as i64;
        let weight = says(b"FontWeight").unwrap_or(0.0);
        self.bold = ["bold", "black", "heavy"]
            .iter()
            .any(|word| name.contains(word))
            || flags & 1 << 18 != 0
            || weight >= 600.0;
        self.italic = name.contains("italic") || name.contains("oblique") || flags & 1 << 6 != 0;
    }

    fn simple_widths(&mut self, file: &File, dictionary: &Dictionary) {
        let first = file
            .get(dictionary, b"FirstChar")
            .and_then(number)
            .unwrap_or(0.0) as u32;
        let widths = file
            .get(dictionary, b"Widths")
            .map(|widths| file.numbers(widths))
            .unwrap_or_default();
        // The letters of a font that is drawn say in its own measure how wide they are.
        let matrix = file
            .get(dictionary, b"FontMatrix")
            .map(|matrix| file.numbers(matrix))
            .unwrap_or_default();
        let scale = matrix.first().copied().unwrap_or(0.001);
        for (at, width) in widths.iter().take(256).enumerate() {
            self.widths
                .insert(first.saturating_add(at as u32), width * scale);
        }
        let missing = file
            .dictionary(dictionary, b"FontDescriptor")
            .and_then(|descriptor| number(file.get(descriptor, b"MissingWidth")?));
        if let Some(missing) = missing.filter(|missing| *missing > 0.0) {
            self.default_width = missing / 1000.0;
        }
    }

    /// `[first [w w w] first last w …]`.
    fn composite_widths(&mut self, file: &File, dictionary: &Dictionary) {
        let default = file.get(dictionary, b"DW").and_then(number);
        self.default_width = default.unwrap_or(1000.0) / 1000.0;
        let Some(Ok(array)) = file.get(dictionary, b"W").map(Object::as_array) else {
            return;
        };
        let mut spent = 0;
        let mut rest = array.iter().filter_map(|item| file.resolve(item));
        while let (Some(first), Some(next)) = (rest.next().and_then(number), rest.next()) {
            let first = first as u32;
            if next.as_array().is_ok() {
                for (at, width) in file.numbers(next).iter().enumerate() {
                    self.set_width(first.saturating_add(at as u32), *width);
                }
            } else if let (Some(last), Some(width)) = (number(next), rest.next().and_then(number)) {
                let last = (last as u32).min(first.saturating_add(0xFFFF));
                // A range that all others cover costs as much as the first.
                spent += last.saturating_sub(first) as usize;
                if spent > MOST_WIDTHS {
                    return;
                }
                (first..=last).for_each(|code| self.set_width(code, width));
            }
        }
    }

    fn set_width(&mut self, code: u32, width: f64) {
        if self.widths.len() < MOST_WIDTHS {
            self.widths.insert(code, width / 1000.0);
        }
    }

    /// The codes of a font without such a table: by its encoding, or as Windows has them.
    fn simple_characters(&mut self, file: &File, dictionary: &Dictionary) {
        let encoding = file.get(dictionary, b"Encoding");
        let base = match encoding {
            Some(Object::Name(name)) => Some(name.as_slice()),
            Some(Object::Dictionary(encoding)) => file
                .get(encoding, b"BaseEncoding")
                .and_then(|name| name.as_name().ok()),
            _ => None,
        };
        for code in 0x20..=0xFFu8 {
            let text = named_encoding(base.unwrap_or(b"WinAnsiEncoding"), code);
            // Windows draws ư of the ABC fonts where it has the soft hyphen.
            let text = if code == 0xAD && self.face.encoding().is_some() {
                "\u{AD}".to_owned()
            } else {
                text
            };
            self.characters.insert(u32::from(code), text);
        }
        if let Some(Object::Dictionary(encoding)) = encoding {
            self.differences(file, encoding);
        }
    }

    fn differences(&mut self, file: &File, encoding: &Dictionary) {
        let Some(Ok(array)) = file.get(encoding, b"Differences").map(Object::as_array) else {
            return;
        };
        let mut code = 0u32;
        for item in array
            .iter()
            .take(1024)
            .filter_map(|item| file.resolve(item))
        {
            match item {
                Object::Integer(first) => code = u32::try_from(*first).unwrap_or(0),
                Object::Name(name) => {
                    if let Some(text) = glyph(name) {
                        self.characters.insert(code, text);
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }
}

/// The table that a font gives for copying its text, if it gives one.
fn table(file: &File, dictionary: &Dictionary, room: &mut Room) -> Result<Option<CMap>, ReadError> {
    let stream = file
        .get(dictionary, b"ToUnicode")
        .and_then(|table| table.as_stream().ok());
    let Some(bytes) =
        stream.and_then(|stream| stream.get_plain_content_with_limit(LARGEST_STREAM / 4).ok())
    else {
        return Ok(None);
    };
    Room::take(&mut room.tables, bytes.len())?;
    Ok(CMap::parse(&bytes, |_| None))
}

fn is_named(file: &File, dictionary: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    file.get(dictionary, key)
        .and_then(|found| found.as_name().ok())
        == Some(name)
}

fn descendant<'f>(file: &'f File, dictionary: &'f Dictionary) -> Option<&'f Dictionary> {
    let array = file.get(dictionary, b"DescendantFonts")?.as_array().ok()?;
    file.resolve(array.first()?)?.as_dict().ok()
}

/// A font that has nothing but this encoding, read by the library.
fn by_library(encoding: Object, code: u8) -> Option<String> {
    let mut font = Dictionary::new();
    font.set("Type", Object::Name(b"Font".to_vec()));
    font.set("Encoding", encoding);
    let document = lopdf::Document::new();
    match font.get_font_encoding(&document).ok()? {
        // What the library falls back to where it does not know a name.
        Encoding::OneByteEncoding(_) if code == b'\0' => None,
        encoding => encoding.bytes_to_string(&[code]).ok(),
    }
}

fn named_encoding(name: &[u8], code: u8) -> String {
    by_library(Object::Name(name.to_vec()), code).unwrap_or_default()
}

/// The character that the name of a letter stands for: `aacute`, `uni1EA1`.
fn glyph(name: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(name).ok()?;
    let hex = text
        .strip_prefix("uni")
        .or_else(|| text.strip_prefix('u'))
        .filter(|hex| hex.len() >= 4);
    let numbered = hex.and_then(|hex| {
        char::from_u32(u32::from_str_radix(hex.get(..hex.len().min(6))?, 16).ok()?)
    });
    if let Some(c) = numbered {
        return Some(c.to_string());
    }
    let mut encoding = Dictionary::new();
    encoding.set(
        "Differences",
        Object::Array(vec![Object::Integer(0), Object::Name(name.to_vec())]),
    );
    by_library(Object::Dictionary(encoding), 0).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_letters() {
        for (name, expect) in [
            ("aacute", Some("á")),
            ("uni1EA1", Some("ạ")),
            ("u01B0", Some("ư")),
            ("mu", Some("µ")),
            ("cedilla", Some("¸")),
            ("g123", None),
            ("", None),
            ("uniZZZZ", None),
            ("u", Some("u")),
        ] {
            let found = glyph(name.as_bytes());
            let found = found
                .as_deref()
                .map(|text| if text == "μ" { "µ" } else { text });
            assert_eq!(found, expect, "{name}");
        }
    }

    #[test]
    fn encodings() {
        assert_eq!(named_encoding(b"WinAnsiEncoding", 0xE1), "á");
        assert_eq!(named_encoding(b"MacRomanEncoding", 0x87), "á");
        assert_eq!(named_encoding(b"Nonsense", 0x41), "");
    }
}
