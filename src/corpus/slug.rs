//! Ids made from words: “Bối cảnh ban hành” → `boi-canh-ban-hanh`.

use crate::text::tokenize;

/// The words folded and joined by hyphens. Empty when there are no words.
pub(super) fn slug(words: &str) -> String {
    let folds: Vec<String> = tokenize(words)
        .into_iter()
        .map(|token| token.fold)
        .collect();
    folds.join("-")
}

/// True for what can be a component of a passage id: letters, digits, hyphens and underscores.
pub(super) fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_and_joins() {
        for (words, expect) in [
            ("Nơi nhận:", "noi-nhan"),
            ("Điều khoản  thi hành", "dieu-khoan-thi-hanh"),
            ("28-CT/TW", "28-ct-tw"),
            (" … ", ""),
        ] {
            assert_eq!(slug(words), expect);
        }
    }

    #[test]
    fn knows_what_fits_an_id() {
        for (text, fits) in [
            ("boi-canh", true),
            ("II_3", true),
            ("", false),
            ("a.b", false),
            ("a#b", false),
        ] {
            assert_eq!(is_slug(text), fits, "{text}");
        }
    }
}
