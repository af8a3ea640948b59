//! The place of the tone mark: people write both `hòa` and `hoà`; this room writes `hòa`.

use std::borrow::Cow;
use std::ops::Range;

use super::letters::{self, Tone};
use super::syllable;

/// `word` with its tone mark where the older, still official habit has it: `hoà` → `hòa`, `uỷ` →
/// `ủy`, `khoẻ` → `khỏe`. What is no Vietnamese syllable in NFC and lower case stays as it is.
pub fn canonical_tone(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let mut buffer = ['\0'; syllable::LONGEST];
    match letters_of(word, &mut buffer).and_then(misplaced) {
        Some((from, to, tone)) if syllable::is_syllable(word) => {
            let moved = word.chars().enumerate().map(|(at, c)| match at {
                _ if at == to => letters::with_tone(c, tone),
                _ if at == from => letters::with_tone(c, Tone::Ngang),
                _ => c,
            });
            Cow::Owned(moved.collect())
        }
        _ => Cow::Borrowed(word),
    }
}

/// The word's letters, unless they are too many for a syllable.
fn letters_of<'a>(word: &str, buffer: &'a mut [char; syllable::LONGEST]) -> Option<&'a [char]> {
    let mut length = 0;
    for c in word.chars() {
        *buffer.get_mut(length)? = c;
        length += 1;
    }
    Some(&buffer[..length])
}

/// Where a tone mark is that belongs elsewhere, where it belongs, and which it is.
fn misplaced(word: &[char]) -> Option<(usize, usize, Tone)> {
    let (from, tone) = toned(word)?;
    let to = tone_place(word, vowels(word)?)?;
    (to != from).then_some((from, to, tone))
}

/// Place and kind of the word's tone mark.
fn toned(word: &[char]) -> Option<(usize, Tone)> {
    word.iter().enumerate().find_map(|(at, c)| {
        letters::vowel(*c)
            .filter(|(_, tone)| *tone != Tone::Ngang)
            .map(|(_, tone)| (at, tone))
    })
}

/// The vowels of the rime. The `u` of `qu` and the `i` of `gi` before another vowel belong to the
/// onset.
fn vowels(word: &[char]) -> Option<Range<usize>> {
    let is_vowel = |c: &char| letters::vowel(*c).is_some();
    let mut start = word.iter().position(is_vowel)?;
    let first = letters::bare(word[start])?;
    let onset_takes_it = start == 1 && matches!((word[0], first), ('q', 'u') | ('g', 'i'));
    if onset_takes_it && word.get(start + 1).is_some_and(is_vowel) {
        start += 1;
    }
    let length = word[start..].iter().take_while(|c| is_vowel(c)).count();
    Some(start..start + length)
}

/// Where the mark goes among the rime's vowels: on the last hatted one; else before a final
/// consonant on the last; else on the middle one of three, the first one of two.
fn tone_place(word: &[char], vowels: Range<usize>) -> Option<usize> {
    if let Some(at) = vowels.clone().rfind(|at| letters::is_hatted(word[*at])) {
        return Some(at);
    }
    let closed = vowels.end < word.len();
    match vowels.len() {
        0 => None,
        _ if closed => Some(vowels.end - 1),
        3 => Some(vowels.start + 1),
        _ => Some(vowels.start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expect: &str) {
        assert_eq!(canonical_tone(word), expect);
    }

    #[test]
    fn old_and_new_habit_become_one() {
        check("hoà", "hòa");
        check("hòa", "hòa");
        check("uỷ", "ủy");
        check("khoẻ", "khỏe");
        check("thuý", "thúy");
        check("thuỷ", "thủy");
        check("loè", "lòe");
    }

    #[test]
    fn right_places_stay() {
        for word in [
            "quý", "quá", "quả", "hoàn", "thuyền", "giá", "gì", "gìn", "giữa", "giếng", "của",
            "thuở", "khuỷu", "ngoẻo", "toại", "xoáy", "quỳnh", "quýt", "quyển", "nước", "người",
            "rượu", "yếu", "ỷ", "tòa", "múa", "mía", "moóc", "goòng", "nghĩa", "khuýp", "đảng",
            "ở",
        ] {
            check(word, word);
        }
    }

    #[test]
    fn misplaced_marks_are_moved() {
        check("tóan", "toán");
        check("cuả", "của");
        check("gìa", "già");
        check("qủa", "quả");
        check("ngừơi", "người");
        check("qúy", "quý");
    }

    #[test]
    fn what_is_no_syllable_stays() {
        check("café", "café");
        check("xyzà", "xyzà");
        check("", "");
        check("28", "28");
    }
}
