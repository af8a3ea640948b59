//! Diacritics: taking them off, and seeing whether there are any.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::letters;

/// `word` without tone marks, hats, horns and breves, `đ` as `d`; letters of other languages lose
/// their marks too. Case stays.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match letters::bare(c) {
            Some(bare) => folded.push(bare),
            None => push_decomposed(c, &mut folded),
        }
    }
    folded
}

fn push_decomposed(c: char, folded: &mut String) {
    decompose_canonical(c, |part| match part {
        'Đ' => folded.push('D'),
        _ if is_combining_mark(part) => {}
        _ => folded.push(part),
    });
}

/// True when a lower-case `word` carries at least one Vietnamese diacritic, or a `đ`.
pub(super) fn is_marked(word: &str) -> bool {
    !word.is_ascii()
        && word
            .chars()
            .any(|c| letters::bare(c).is_some_and(|bare| bare != c))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::nfc;
    use super::*;

    #[track_caller]
    fn check(word: &str, expect: &str) {
        assert_eq!(fold(word), expect);
    }

    #[test]
    fn folds() {
        check("trường", "truong");
        check("Đắk", "Dak");
        check("THƯỜNG", "THUONG");
        check("nguyễn", "nguyen");
        check("naïve", "naive");
        check("tre\u{309}", "tre");
        check("28", "28");
        check("", "");
    }

    #[test]
    fn all_letters_fold_to_ascii() {
        let letters = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz";
        for c in letters.chars().chain(letters.to_uppercase().chars()) {
            let folded = fold(&c.to_string());
            assert!(folded.is_ascii() && folded.len() == 1, "{c} gives {folded}");
        }
    }

    #[test]
    fn marked() {
        assert!(is_marked("đi") && is_marked("ủy") && is_marked("là"));
        assert!(!is_marked("em") && !is_marked("28") && !is_marked("ñ"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC*") {
            let once = fold(&nfc(&text));
            prop_assert_eq!(fold(&once), once);
        }
    }
}
