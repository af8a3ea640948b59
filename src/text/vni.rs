//! Raw VNI: `tie61ng` is `tiếng` typed with the input method off.

use super::keys;

/// The accented syllable meant by raw VNI keys, when `word` is lower-case ASCII letters with
/// digits among or after them, and the keys give a marked syllable.
pub fn undo(word: &str) -> Option<String> {
    let possible = word.len() <= LONGEST
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && word
            .bytes()
            .all(|b| b.is_ascii_lowercase() || (b'1'..=b'9').contains(&b))
        && word.bytes().any(|b| b.is_ascii_digit());
    if possible {
        keys::typed(&vi::VNI, word).filter(|word| !word.contains(|c: char| c.is_ascii_digit()))
    } else {
        None
    }
}

/// Seven letters, three of them with a key for their mark, and a tone key.
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

    #[test]
    fn undoes() {
        check("tre3", "trẻ");
        check("tie61ng", "tiếng");
        check("tieng61", "tiếng");
        check("tie6ng1", "tiếng");
        check("d9a4", "đã");
        check("thu75c", "thực");
        check("hie65n", "hiện");
        check("nguoi72", "người");
        check("d9uoc75", "được");
        check("d9u7o75c", "được");
        check("uy3", "ủy");
        check("thuo73", "thuở");
        check("lo71p", "lớp");
        check("va8n", "văn");
    }

    #[test]
    fn leaves() {
        for word in "28 covid19 lop10 khoa10 tre 136hd b2 2024 trẻ1 3a h1n1".split(' ') {
            assert_eq!(undo(word), None, "{word}");
        }
    }

    /// Raw keys of a word: mark keys after their letter, the tone key after its vowel or last.
    fn raw(word: &str, tone_last: bool) -> String {
        let mut keys = String::new();
        let mut last = None;
        for c in word.chars() {
            let (vowel, tone) = letters::vowel(c).unwrap_or((c, Tone::Ngang));
            keys.extend(letters::bare(vowel));
            match vowel {
                'â' | 'ê' | 'ô' => keys.push('6'),
                'ơ' | 'ư' => keys.push('7'),
                'ă' => keys.push('8'),
                'đ' => keys.push('9'),
                _ => {}
            }
            let key = [None, Some('2'), Some('1'), Some('3'), Some('4'), Some('5')][tone as usize];
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
        for word in every_syllable().iter().filter(|word| !word.is_ascii()) {
            for keys in [raw(word, false), raw(word, true)] {
                if undo(&keys).as_ref() != Some(word) {
                    wrong.push(format!("{keys}: {:?}, not {word}", undo(&keys)));
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
