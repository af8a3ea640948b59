//! TCVN3 (ABC): one byte a letter, small letters only for vowels with a tone. Files show its bytes
//! as Latin-1 characters.

use std::borrow::Cow;
use std::sync::LazyLock;

/// The letters at 0xA1 to 0xFE, `.` where the encoding has none. From TCVN 5712:1993, the part that
/// the ABC fonts draw; compared with the table `TCVN` of glibc's iconv, which is the same there.
const LETTERS: &str = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ";
const FIRST: usize = 0xA1;
static TABLE: LazyLock<Vec<char>> = LazyLock::new(|| LETTERS.chars().collect());

/// The text in Unicode. A word in capitals whose toned vowels are small, as the encoding has no
/// others, becomes capitals.
pub(super) fn decode(text: &str) -> String {
    decode_letters(&hyphens_to_letters(text))
}

/// The same of a text whose hyphens are none but hyphens.
pub(super) fn decode_letters(text: &str) -> String {
    let letters: String = text.chars().map(letter).collect();
    raise(text, &letters)
}

/// True for small letters whose capitals the encoding does not have.
pub(super) fn has_no_capital(c: char) -> bool {
    let has = |c: char| TABLE.contains(&c);
    has(c) && !c.to_uppercase().all(has)
}

fn letter(c: char) -> char {
    let place = match c {
        // What readers of PDF make of the micro sign and of the middle dot.
        'μ' => 0xB5,
        '∙' => 0xB7,
        _ => c as usize,
    };
    let found = place.checked_sub(FIRST).and_then(|at| TABLE.get(at));
    found.copied().filter(|letter| *letter != '.').unwrap_or(c)
}

/// Files made with a wrong character map hold a plain hyphen for ư, which lies where Latin-1 has
/// the soft hyphen. A text that has soft hyphens is not such a file.
fn hyphens_to_letters(text: &str) -> Cow<'_, str> {
    if text.contains('\u{AD}') || !text.contains('-') || text.is_ascii() {
        return text.into();
    }
    let mended = text.split(' ').map(|word| {
        let inside = word.len() > 1 && !word.starts_with("--");
        let as_letter = word.replace('-', "\u{AD}");
        let decoded: String = as_letter.chars().map(letter).collect();
        let decoded = decoded.trim_matches(|c: char| !c.is_alphabetic());
        let as_hyphen = word.chars().map(letter).collect::<String>();
        let parts_sound = as_hyphen
            .split('-')
            .all(|part| super::is_sound(part.trim_matches(|c: char| !c.is_alphabetic())));
        if inside && word.contains('-') && super::is_sound(decoded) && !parts_sound {
            as_letter
        } else {
            word.to_owned()
        }
    });
    mended.collect::<Vec<_>>().join(" ").into()
}

/// How a word was written in the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    /// Has small letters, or one capital at its head.
    Small,
    /// A capital stands behind a letter that can only be small: all were meant to be capitals.
    Raised,
    /// Two capitals or more, nothing to raise.
    Capitals,
    /// All that could be a capital is one, but that may be its head only: `Hà`.
    Open,
}

fn raise(raw: &str, letters: &str) -> String {
    let words: Vec<(&str, &str)> = split_alike(raw, letters);
    let cases: Vec<Case> = words.iter().map(|(raw, _)| case(raw)).collect();
    let no_small = !raw.chars().any(|c| c.is_ascii_lowercase());
    // “SỞ Y TẾ”: three words or more in which all letters are capitals that can be.
    let all_that_can = words.len() >= 3
        && letters.chars().filter(|c| c.is_uppercase()).count() >= 3
        && letters
            .chars()
            .all(|c| !c.is_lowercase() || has_no_capital(c));
    let stands_out = |case: Option<&Case>| matches!(case, Some(Case::Raised | Case::Capitals));
    let mut raised = String::with_capacity(letters.len());
    for (at, (_, word)) in words.iter().enumerate() {
        let between = at > 0 && stands_out(cases.get(at - 1)) && stands_out(cases.get(at + 1));
        let up = match cases[at] {
            Case::Raised => true,
            Case::Open => between || (no_small && (all_that_can || cases.contains(&Case::Raised))),
            Case::Small | Case::Capitals => false,
        };
        if up {
            raised.extend(word.chars().flat_map(char::to_uppercase));
        } else {
            raised.push_str(word);
        }
    }
    raised
}

/// Both texts in pieces that end after each blank; one character stands for one.
fn split_alike<'t>(raw: &'t str, letters: &'t str) -> Vec<(&'t str, &'t str)> {
    raw.split_inclusive(' ')
        .zip(letters.split_inclusive(' '))
        .collect()
}

fn case(word: &str) -> Case {
    let mut capitals = 0;
    let mut small_vowels = 0;
    let mut raised = false;
    for c in word.chars() {
        if c.is_ascii_lowercase() {
            return Case::Small;
        }
        let decoded = letter(c);
        if decoded != c && decoded.is_lowercase() {
            small_vowels += 1;
        } else if decoded.is_uppercase() {
            raised |= small_vowels > 0;
            capitals += 1;
        }
    }
    match (capitals, small_vowels) {
        _ if raised => Case::Raised,
        // Two capitals before a small letter: `TRÎ`.
        (2.., 1..) => Case::Raised,
        (2.., 0) => Case::Capitals,
        (1, 1..) => Case::Open,
        _ => Case::Small,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(decode(text), expect);
    }

    #[test]
    fn every_letter() {
        // Right: the letters in Unicode; left: what `iconv -f UTF-8 -t TCVN` makes of them, its bytes
        // read as Latin-1.
        check(
            "µ¶·¸¹ ¨»¼½¾Æ ©ÇÈÉÊË ÌÎÏÐÑ ªÒÓÔÕÖ ×ØÜÝÞ ßáâãä «åæçèé ¬êëìíî ïñòóô \u{ad}õö÷øù úûüýþ ® § ¡ ¢ £ ¤ ¥ ¦",
            "àảãáạ ăằẳẵắặ âầẩẫấậ èẻẽéẹ êềểễếệ ìỉĩíị òỏõóọ ôồổỗốộ ơờởỡớợ ùủũúụ ưừửữứự ỳỷỹýỵ đ Đ Ă Â Ê Ô Ơ Ư",
        );
    }

    #[test]
    fn what_is_no_letter_stays() {
        check("28-CT/TW (a) 5% “x” …", "28-CT/TW (a) 5% “x” …");
        check("", "");
    }

    #[test]
    fn capitals_with_small_vowels() {
        check("KÕ HO¹CH", "KẾ HOẠCH");
        check("§¶NG CéNG S¶N VIÖT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM");
        check("Hµ NéI", "HÀ NỘI");
        check("ñy ban nh©n d©n tØnh Hµ Nam", "ủy ban nhân dân tỉnh Hà Nam");
        check("Së Y tÕ, UBND tØnh L©m §ång", "Sở Y tế, UBND tỉnh Lâm Đồng");
        check("§µ N½ng", "Đà Nẵng");
        check("Së Y TÕ", "SỞ Y TẾ");
        check("Lª Tè Hµ", "Lê Tố Hà");
    }

    #[test]
    fn hyphens_that_are_letters() {
        check("tr-êng -u tiªn ®-îc", "trường ưu tiên được");
        check(
            "chÝnh trÞ - x· héi, sè 28-CT/TW",
            "chính trị - xã hội, số 28-CT/TW",
        );
        check("kinh tÕ-x· héi", "kinh tế-xã hội");
    }
}
