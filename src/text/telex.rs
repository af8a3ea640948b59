//! Raw Telex: `tieengs` is `tiếng` typed with the input method off.

use super::{is_folded_syllable, keys};

/// The accented syllable meant by raw Telex keys, when `word` is plain lower-case ASCII, cannot be
/// a syllable as it stands, and the keys give one. Marks may follow their letter or the syllable.
pub fn undo(word: &str) -> Option<String> {
    if is_folded_syllable(word) {
        None
    } else {
        reading(word)
    }
}

/// The same for a word that could be a syllable itself: `coong` is rare, raw `công` is not.
pub(super) fn reading(word: &str) -> Option<String> {
    let possible = word.len() >= 2
        && word.len() <= LONGEST
        && word.bytes().all(|b| b.is_ascii_lowercase())
        && word.bytes().skip(1).any(|b| b"sfrxjwaeod".contains(&b));
    if possible {
        keys::typed(&vi::TELEX, word)
    } else {
        None
    }
}

/// Seven letters, three of them doubled or with a horn key, and a tone key.
const LONGEST: usize = 11;

#[cfg(test)]
mod tests {
    use super::super::letters::{self, Tone};
    use super::super::syllable::every_syllable;
    use super::*;

    #[track_caller]
    fn check(word: &str, expect: &str) {
        assert_eq!(undo(word).as_deref(), Some(expect), "{word}");
    }

    #[track_caller]
    fn check_none(words: &str) {
        for word in words.split(' ') {
            assert_eq!(undo(word), None, "{word}");
        }
    }

    #[test]
    fn undoes() {
        check("trer", "trẻ");
        check("tieengs", "tiếng");
        check("tieesng", "tiếng");
        check("tiengse", "tiếng");
        check("dduwowcj", "được");
        check("dduwocj", "được");
        check("dduowcj", "được");
        check("dduocwj", "được");
        check("uyr", "ủy");
        check("hoaf", "hòa");
        check("thuowr", "thuở");
        check("quys", "quý");
        check("khoong", "không");
        check("nghieemj", "nghiệm");
        check("ddoongf", "đồng");
        check("dangr", "dảng");
        check("cuar", "của");
        check("gif", "gì");
    }

    #[test]
    fn leaves() {
        check_none("ban tuyen giao wifi who trẻ 28 tre3 TREr a data facebook");
        check_none("coong");
    }

    /// Raw keys of a word: hat keys after their letter, the tone key after its vowel or last.
    fn raw(word: &str, tone_last: bool) -> String {
        let mut keys = String::new();
        let mut last = None;
        for c in word.chars() {
            let (vowel, tone) = letters::vowel(c).unwrap_or((c, Tone::Ngang));
            let bare = letters::bare(vowel).unwrap_or(vowel);
            keys.push(bare);
            match vowel {
                'â' | 'ê' | 'ô' | 'đ' => keys.push(bare),
                'ă' | 'ơ' | 'ư' => keys.push('w'),
                _ => {}
            }
            let key = [None, Some('f'), Some('s'), Some('r'), Some('x'), Some('j')][tone as usize];
            if tone_last {
                last = last.or(key)
            } else {
                keys.extend(key)
            }
        }
        keys.extend(last);
        keys
    }

    #[test]
    fn every_syllable_survives() {
        let mut wrong = Vec::new();
        for word in every_syllable()
            .iter()
            .filter(|word| !word.is_ascii() && !super::super::fold(word).contains("oo"))
        {
            for keys in [raw(word, false), raw(word, true)] {
                if reading(&keys).as_ref() != Some(word) {
                    wrong.push(format!("{keys}: {:?}, not {word}", reading(&keys)));
                }
            }
        }
        assert!(
            wrong.is_empty(),
            "{} wrong: {:#?}",
            wrong.len(),
            &wrong[..wrong.len().min(400)]
        );
    }
}
