//! The place of the tone mark: people write both `hòa` and `hoà`; this room writes `hòa`.

use std::borrow::Cow;

use super::letters::{self, Tone};
use super::syllable;

/// `word` with its tone mark where the older, still official habit has it: `hoà` → `hòa`, `uỷ` →
/// `ủy`, `khoẻ` → `khỏe`. What is no Vietnamese syllable in NFC and lower case stays as it is.
pub fn canonical_tone(word: &str) -> Cow<'_, str> {
    match toned(word) {
        Some((at, tone)) => move_tone(word, at, tone),
        None => Cow::Borrowed(word),
    }
}

/// Place, in characters, and kind of the word's tone mark.
fn toned(word: &str) -> Option<(usize, Tone)> {
    if word.is_ascii() {
        return None;
    }
    word.chars().enumerate().find_map(|(at, c)| {
        letters::vowel(c)
            .filter(|(_, t)| *t != Tone::Ngang)
            .map(|(_, t)| (at, t))
    })
}

fn move_tone(word: &str, from: usize, tone: Tone) -> Cow<'_, str> {
    let to = vowels(word).and_then(|vowels| tone_place(word, vowels));
    match to {
        Some(to) if to != from && syllable::is_syllable(word) => Cow::Owned(
            word.chars()
                .enumerate()
                .map(|(at, c)| match at {
                    _ if at == to => letters::with_tone(c, tone),
                    _ if at == from => letters::with_tone(c, Tone::Ngang),
                    _ => c,
                })
                .collect(),
        ),
        _ => Cow::Borrowed(word),
    }
}

/// The vowels of the rime: first and one past last, in characters. The `u` of `qu` and the `i` of
/// `gi` before another vowel belong to the onset.
fn vowels(word: &str) -> Option<(usize, usize)> {
    let is_vowel = |c| letters::vowel(c).is_some();
    let mut start = word.chars().position(is_vowel)?;
    let mut rest = word.chars().skip(start);
    let first = rest.next().and_then(letters::bare)?;
    let before = start.checked_sub(1).and_then(|at| word.chars().nth(at));
    let onset_takes_it =
        start == 1 && matches!((before, first), (Some('q'), 'u') | (Some('g'), 'i'));
    if onset_takes_it && rest.next().is_some_and(is_vowel) {
        start += 1;
    }
    let length = word
        .chars()
        .skip(start)
        .take_while(|c| is_vowel(*c))
        .count();
    Some((start, start + length))
}

/// Where the mark goes among the rime's vowels: on the last hatted one; else before a final
/// consonant on the last; else on the middle one of three, the first one of two.
fn tone_place(word: &str, (start, end): (usize, usize)) -> Option<usize> {
    let hatted = word.chars().enumerate().skip(start).take(end - start);
    if let Some((at, _)) = hatted.filter(|(_, c)| letters::is_hatted(*c)).last() {
        return Some(at);
    }
    let closed = word.chars().nth(end).is_some();
    match end - start {
        0 => None,
        _ if closed => Some(end - 1),
        3 => Some(start + 1),
        _ => Some(start),
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
