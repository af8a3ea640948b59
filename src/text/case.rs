//! Lower case, and the one letter that fonts and keyboards confuse.

/// `text` in lower case. The Icelandic Ð and the African Ɖ, which look like Đ and come from old
/// Vietnamese keyboards and OCR, become đ as well.
pub fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let lower = text.to_lowercase();
    if lower.contains(LOOKALIKES) {
        lower.replace(LOOKALIKES, "đ")
    } else {
        lower
    }
}

const LOOKALIKES: [char; 2] = ['ð', 'ɖ'];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(lower(text), expect);
    }

    #[test]
    fn lowers() {
        check("ĐẢNG", "đảng");
        check("Ủy Ban", "ủy ban");
        check("ÐỒNG", "đồng");
        check("ƯƠNG", "ương");
        check("CT/TW 28", "ct/tw 28");
        check("I", "i");
    }
}
