//! The objects of a PDF, loaded within limits, and the few questions that drawing asks them.

use std::cell::Cell;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};

use super::super::ReadError;

/// What the objects of a file weigh in memory, without pictures and fonts.
const HEAVIEST: usize = 56 << 20;
/// The tokens of one object: the library has it whole before it can be weighed.
const MOST_TOKENS: usize = 1_000_000;
/// A stream unpacks to no more than this.
pub(super) const LARGEST_STREAM: usize = 6 << 20;
/// Steps up the tree of pages.
const HIGHEST: usize = 40;

thread_local! {
    /// What the objects loaded on this thread weigh: the library takes a bare function as its filter.
    static WEIGHT: Cell<usize> = const { Cell::new(0) };
}

/// A PDF.
pub(super) struct File {
    document: Document,
}

impl File {
    pub(super) fn open(bytes: &[u8]) -> Result<Self, ReadError> {
        if is_encrypted(bytes) && span_of_objects(bytes) > 4 * bytes.len() + 4096 {
            return Err(super::DAMAGED);
        }
        if most_tokens(bytes) > MOST_TOKENS {
            return Err(ReadError::TooLarge("một thành phần quá dài"));
        }
        let mut file = Self::load(bytes, false)?;
        if file.pages().is_empty() && !file.document.is_encrypted() {
            file = Self::load(bytes, true)?;
        }
        if file.document.is_encrypted() {
            return Err(ReadError::Encrypted);
        }
        Ok(file)
    }

    fn load(bytes: &[u8], mend: bool) -> Result<Self, ReadError> {
        WEIGHT.set(0);
        let options = LoadOptions {
            filter: Some(weigh),
            max_decompressed_size: Some(LARGEST_STREAM),
            force_reconstruct: mend,
            ..LoadOptions::default()
        };
        let loaded = Document::load_mem_with_options(bytes, options);
        if WEIGHT.get() > HEAVIEST {
            return Err(ReadError::TooLarge("quá nhiều thành phần"));
        }
        match loaded {
            Ok(document) => Ok(Self { document }),
            Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => {
                Err(ReadError::Encrypted)
            }
            Err(_) => Err(super::DAMAGED),
        }
    }

    /// The pages, in order.
    pub(super) fn pages(&self) -> Vec<ObjectId> {
        self.document
            .page_iter()
            .take(super::MOST_PAGES + 1)
            .collect()
    }

    /// The content of a page, its pieces put together.
    pub(super) fn content(&self, page: ObjectId) -> Result<Vec<u8>, ReadError> {
        self.document
            .get_page_content_with_limit(page, LARGEST_STREAM)
            .map_err(|_| ReadError::TooLarge("một trang quá phức tạp"))
    }

    /// What a page, or a page above it in the tree, says under a key.
    pub(super) fn inherited(&self, page: ObjectId, key: &[u8]) -> Option<&Object> {
        let mut node = self.document.get_dictionary(page).ok()?;
        for _ in 0..HIGHEST {
            if let Ok(found) = node.get_deref(key, &self.document) {
                return Some(found);
            }
            node = node
                .get_deref(b"Parent", &self.document)
                .ok()?
                .as_dict()
                .ok()?;
        }
        None
    }

    /// A value in a dictionary, references followed.
    pub(super) fn get<'d>(&'d self, dictionary: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
        dictionary.get_deref(key, &self.document).ok()
    }

    /// A dictionary in a dictionary.
    pub(super) fn dictionary<'d>(
        &'d self,
        dictionary: &'d Dictionary,
        key: &[u8],
    ) -> Option<&'d Dictionary> {
        self.get(dictionary, key)?.as_dict().ok()
    }

    /// What a reference stands for; anything else stands for itself.
    pub(super) fn resolve<'d>(&'d self, object: &'d Object) -> Option<&'d Object> {
        self.document
            .dereference(object)
            .ok()
            .map(|(_, object)| object)
    }

    /// Numbers in an array.
    pub(super) fn numbers(&self, object: &Object) -> Vec<f64> {
        let array = object.as_array().map(Vec::as_slice).unwrap_or_default();
        array
            .iter()
            .filter_map(|item| number(self.resolve(item)?))
            .collect()
    }
}

/// A number, whole or not.
pub(super) fn number(object: &Object) -> Option<f64> {
    object
        .as_float()
        .ok()
        .map(f64::from)
        .filter(|number| number.is_finite())
}

/// Takes what drawing does not need out of an object, and leaves objects out once all weigh too much.
fn weigh(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    if let Object::Stream(stream) = object
        && is_needless(stream)
    {
        stream.set_content(Vec::new());
        stream.dict = Dictionary::new();
    }
    WEIGHT.set(WEIGHT.get().saturating_add(weight(object)));
    if WEIGHT.get() > HEAVIEST {
        return None;
    }
    // A stream is kept as it stands; of other objects the library may want a copy.
    let copy = match object {
        Object::Stream(_) => Object::Null,
        other => other.clone(),
    };
    Some((id, copy))
}

/// Pictures, fonts, attachments, descriptions.
fn is_needless(stream: &Stream) -> bool {
    let named = |key: &[u8], names: &[&[u8]]| {
        let name = stream.dict.get(key).and_then(Object::as_name);
        name.is_ok_and(|name| names.contains(&name))
    };
    named(
        b"Subtype",
        &[b"Image", b"Type1C", b"CIDFontType0C", b"OpenType", b"XML"],
    ) || named(b"Type", &[b"EmbeddedFile", b"Metadata"])
        || stream.dict.has(b"Length1")
}

fn weight(object: &Object) -> usize {
    size_of::<Object>()
        + match object {
            Object::Name(bytes) | Object::String(bytes, _) => bytes.len(),
            Object::Array(items) => items.iter().map(weight).sum(),
            Object::Dictionary(dictionary) => of_dictionary(dictionary),
            Object::Stream(stream) => of_dictionary(&stream.dict) + stream.content.len(),
            _ => 0,
        }
}

fn of_dictionary(dictionary: &Dictionary) -> usize {
    dictionary
        .iter()
        .map(|(key, value)| key.len() + 64 + weight(value))
        .sum()
}

/// The tokens of the longest object. What is no text, as in a packed stream, makes few.
fn most_tokens(bytes: &[u8]) -> usize {
    let (mut most, mut tokens, mut length, mut before) = (0, 0usize, 0usize, 0u8);
    for (at, byte) in bytes.iter().enumerate() {
        let opens = b"/<([".contains(byte);
        if opens || byte.is_ascii_whitespace() || *byte == 0 {
            tokens += usize::from(length > 0);
            // In noise a delimiter seldom stands behind text.
            tokens += usize::from(opens && (before.is_ascii_graphic() || before == b' '));
            length = 0;
        } else {
            length = if byte.is_ascii_graphic() {
                length + 1
            } else {
                0
            };
        }
        before = *byte;
        if *byte == b'j' && bytes[..=at].ends_with(b"endobj") {
            tokens = 0;
        }
        most = most.max(tokens);
    }
    most
}

fn is_encrypted(bytes: &[u8]) -> bool {
    bytes.windows(8).any(|window| window == b"/Encrypt")
}

/// How many bytes lie between the head of each object and the next end of one. The library copies
/// that much of an encrypted file.
fn span_of_objects(bytes: &[u8]) -> usize {
    let (mut open, mut span, mut last) = (0usize, 0usize, 0);
    for (at, window) in bytes.windows(4).enumerate() {
        if window == b" obj" {
            open += 1;
            last = at;
        } else if window == b"ndob" {
            open = 0;
        }
        span = span.saturating_add(open);
    }
    span.saturating_add(open.saturating_mul(bytes.len() - last.min(bytes.len())))
}
