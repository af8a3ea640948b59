//! Bytes of text to characters: byte order marks, UTF-8, what the file says of itself, and the old
//! Vietnamese encodings, which read as Windows-1252 until [`super::draft`] recognises them.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252, WINDOWS_1258};

use super::super::encoding::{Evidence, recognise};
use super::ReadError;
use crate::text::nfc;

/// So much of a file tells its encoding.
const SAMPLE: usize = 400_000;

/// The characters of a file. `declared` is the name of an encoding that the file gives.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<String, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(read(encoding, &bytes[mark..]));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    match declared.and_then(|label| Encoding::for_label(label.as_bytes())) {
        // Pages that say so and are cut in the middle of a character, or hold a few stray bytes.
        Some(encoding) if encoding == UTF_8 => lossy(bytes),
        Some(encoding) if encoding != WINDOWS_1252 => Ok(read(encoding, bytes)),
        // What says that it is Latin-1 may be anything, and is that if it is nothing else.
        Some(western) => guess(bytes).or_else(|_| Ok(read(western, bytes))),
        None => guess(bytes),
    }
}

fn read(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// UTF-8 with a few bytes wrong.
fn lossy(bytes: &[u8]) -> Result<String, ReadError> {
    let text = String::from_utf8_lossy(bytes);
    let wrong = text.matches(char::REPLACEMENT_CHARACTER).count();
    if wrong * 200 <= text.len() {
        Ok(text.replace(char::REPLACEMENT_CHARACTER, ""))
    } else {
        guess(bytes)
    }
}

/// Of the encodings that Vietnamese files are in, the one that makes words of the bytes.
fn guess(bytes: &[u8]) -> Result<String, ReadError> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let western = read(WINDOWS_1252, sample);
    if recognise(std::iter::once(western.as_str())).is_some() {
        return Ok(read(WINDOWS_1252, bytes));
    }
    let evidence = Evidence::of(&nfc(&read(WINDOWS_1258, sample)));
    if evidence.words > 0 && evidence.share() >= 0.75 {
        return Ok(nfc(&read(WINDOWS_1258, bytes)));
    }
    lossy_or_refused(bytes)
}

fn lossy_or_refused(bytes: &[u8]) -> Result<String, ReadError> {
    let text = String::from_utf8_lossy(bytes);
    let wrong = text.matches(char::REPLACEMENT_CHARACTER).count();
    if wrong * 200 <= text.len() {
        Ok(text.replace(char::REPLACEMENT_CHARACTER, ""))
    } else {
        Err(ReadError::Charset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Bảo vệ trẻ em là trách nhiệm của mọi người";

    #[track_caller]
    fn check(bytes: &[u8], declared: Option<&str>, expect: Result<&str, ReadError>) {
        assert_eq!(decode(bytes, declared), expect.map(str::to_owned));
    }

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xFEFF)
            .chain(text.encode_utf16())
            .flat_map(bytes)
            .collect()
    }

    #[test]
    fn marks_and_names() {
        check(TEXT.as_bytes(), None, Ok(TEXT));
        check(format!("\u{FEFF}{TEXT}").as_bytes(), None, Ok(TEXT));
        check(&utf_16(TEXT, u16::to_le_bytes), None, Ok(TEXT));
        check(&utf_16(TEXT, u16::to_be_bytes), Some("utf-8"), Ok(TEXT));
        check(b"", None, Ok(""));
    }

    /// The bytes are what `iconv -t CP1258` (glibc) makes of the words.
    #[test]
    fn windows_1258() {
        let bytes = b"B\xe0 v\xe0 m\xd2\xea"; // broken on purpose: no syllables
        assert!(decode(bytes, None).is_err());
        let bytes = b"c\xf4ng t\xe1c ch\xe3m s\xf3c, gi\xe1o d\xf9c"; // Latin-1 letters
        assert!(decode(bytes, None).is_ok());
        let bytes = b"Ba\xd2o v\xea\xf2 tre\xd2 em";
        check(bytes, None, Ok("Bảo vệ trẻ em"));
        check(
            bytes,
            Some("windows-1258"),
            Ok("Ba\u{309}o vê\u{323} tre\u{309} em"),
        );
    }

    #[test]
    fn old_vietnamese_stays_for_the_draft() {
        // `iconv -t TCVN` of "Bảo vệ trẻ em là trách nhiệm".
        let bytes = b"B\xb6o v\xd6 tr\xce em l\xb5 tr\xb8ch nhi\xd6m";
        check(bytes, None, Ok("B¶o vÖ trÎ em lµ tr¸ch nhiÖm"));
        check(
            bytes,
            Some("iso-8859-1"),
            Ok("B¶o vÖ trÎ em lµ tr¸ch nhiÖm"),
        );
    }

    #[test]
    fn a_stray_byte_is_dropped_and_noise_refused() {
        let mut bytes = TEXT.repeat(20).into_bytes();
        bytes.push(0xE1);
        check(&bytes, Some("utf-8"), Ok(&TEXT.repeat(20)));
        check(b"\x81\xfe\x90\xff\x81\xc1", None, Err(ReadError::Charset));
    }
}
