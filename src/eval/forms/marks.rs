//! Diacritics taken off, and put where they used to stand.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const TONES: [char; 5] = ['\u{301}', '\u{300}', '\u{309}', '\u{303}', '\u{323}'];

/// A letter without its marks, case kept.
pub fn bare_letter(c: char) -> char {
    match c {
        'đ' => 'd',
        'Đ' => 'D',
        _ => std::iter::once(c).nfd().next().unwrap_or(c),
    }
}

/// A text without diacritics, case kept.
pub fn bare(text: &str) -> String {
    text.nfc()
        .filter(|c| !is_combining_mark(*c))
        .map(bare_letter)
        .collect()
}

/// A letter apart from its tone.
pub fn parted(c: char) -> (char, Option<char>) {
    let (tones, rest): (Vec<char>, Vec<char>) =
        std::iter::once(c).nfd().partition(|c| TONES.contains(c));
    let letter = rest.into_iter().nfc().next().unwrap_or(c);
    (letter, tones.first().copied())
}

fn joined(letter: char, tone: char) -> char {
    [letter, tone].into_iter().nfc().next().unwrap_or(letter)
}

/// The tone on the last vowel where a word ends in `oa`, `oe` or `uy`: `hòa` → `hoà`.
pub fn old_tone(text: &str) -> String {
    let mut letters: Vec<char> = text.nfc().collect();
    for end in 1..=letters.len() {
        let ends_word = letters.get(end).is_none_or(|next| !next.is_alphabetic());
        if end < 2 || !ends_word {
            continue;
        }
        let (first, tone) = parted(letters[end - 2]);
        let pair = (
            first.to_ascii_lowercase(),
            letters[end - 1].to_ascii_lowercase(),
        );
        if let (Some(tone), ('o', 'a') | ('o', 'e') | ('u', 'y')) = (tone, pair) {
            letters[end - 2] = first;
            letters[end - 1] = joined(letters[end - 1], tone);
        }
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_off() {
        assert_eq!(
            bare("Đề nghị Ủy ban: trẻ em, cừu"),
            "De nghi Uy ban: tre em, cuu"
        );
    }

    #[track_caller]
    fn check(typed: &str, expect: &str) {
        assert_eq!(old_tone(typed), expect);
    }

    #[test]
    fn tones_move_where_they_used_to_stand() {
        check(
            "Ủy ban, hòa thuận, khỏe, lũy",
            "Uỷ ban, hoà thuận, khoẻ, luỹ",
        );
        check("HÒA", "HOÀ");
        check("thủy", "thuỷ");
    }

    #[test]
    fn other_words_stay() {
        for word in ["của", "hoàn", "quý", "mùa", "òa à", "tuyên truyền", "thúc"] {
            let expect = if word == "òa à" { "oà à" } else { word };
            check(word, expect);
        }
    }
}
