//! One form for what Unicode can write in several: composed letters.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// `text` in normalization form C. Text that already is, the usual case, is only copied.
pub fn nfc(text: &str) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.to_owned(),
        _ => text.nfc().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(nfc(text), expect);
    }

    #[test]
    fn composes() {
        check("tre\u{309} em", "trẻ em");
        check("thu\u{31b}\u{323}c hie\u{323}\u{302}n", "thực hiện");
        check("hie\u{302}\u{323}n", "hiện");
        check("Đảng", "Đảng");
        check("", "");
    }
}
