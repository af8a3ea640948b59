//! The keys of Telex and VNI as they are struck when the input method is off: the mark of a
//! letter right after it, the tone at the end of the syllable.

use unicode_normalization::UnicodeNormalization;

use super::marks::{bare_letter, parted};

struct Method {
    /// Key for a letter's mark.
    mark: fn(char) -> Option<char>,
    /// Keys for sắc, huyền, hỏi, ngã, nặng.
    tones: [char; 5],
}

const TELEX: Method = Method {
    mark: telex_mark,
    tones: ['s', 'f', 'r', 'x', 'j'],
};
const VNI: Method = Method {
    mark: vni_mark,
    tones: ['1', '2', '3', '4', '5'],
};

/// `trẻ em` → `trer em`.
pub fn telex(text: &str) -> String {
    struck(text, &TELEX)
}

/// `trẻ em` → `tre3 em`.
pub fn vni(text: &str) -> String {
    struck(text, &VNI)
}

fn telex_mark(letter: char) -> Option<char> {
    Some(match letter {
        'â' => 'a',
        'ê' => 'e',
        'ô' => 'o',
        'ă' | 'ơ' | 'ư' => 'w',
        'đ' => 'd',
        _ => return None,
    })
}

fn vni_mark(letter: char) -> Option<char> {
    Some(match letter {
        'â' | 'ê' | 'ô' => '6',
        'ơ' | 'ư' => '7',
        'ă' => '8',
        'đ' => '9',
        _ => return None,
    })
}

fn tone_key(method: &Method, tone: char) -> char {
    match tone {
        '\u{301}' => method.tones[0],
        '\u{300}' => method.tones[1],
        '\u{309}' => method.tones[2],
        '\u{303}' => method.tones[3],
        _ => method.tones[4],
    }
}

fn struck(text: &str, method: &Method) -> String {
    let letters: Vec<char> = text.nfc().collect();
    let mut keys = String::with_capacity(text.len());
    for word in letters.chunk_by(|a, b| a.is_alphabetic() == b.is_alphabetic()) {
        if word[0].is_alphabetic() {
            strike(word, method, &mut keys);
        } else {
            keys.extend(word);
        }
    }
    keys
}

/// One syllable. With Caps Lock on, the keys for marks and tones come out as capitals too.
fn strike(word: &[char], method: &Method, keys: &mut String) {
    let capitals = word.len() > 1 && word.iter().all(|c| c.is_uppercase());
    let cased = |key: char| {
        if capitals {
            key.to_ascii_uppercase()
        } else {
            key
        }
    };
    let mut last = None;
    for c in word {
        let (letter, tone) = parted(*c);
        keys.push(bare_letter(letter));
        let lower = letter.to_lowercase().next().unwrap_or(letter);
        keys.extend((method.mark)(lower).map(cased));
        last = tone.or(last);
    }
    keys.extend(last.map(|tone| cased(tone_key(method, tone))));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, by_telex: &str, by_vni: &str) {
        assert_eq!(telex(typed), by_telex);
        assert_eq!(vni(typed), by_vni);
    }

    #[test]
    fn keys_as_struck() {
        check("trẻ em", "trer em", "tre3 em");
        check("Đảng ủy", "Ddangr uyr", "D9ang3 uy3");
        check("nước, trường", "nuwowcs, truwowngf", "nu7o7c1, tru7o7ng2");
        check("GD&ĐT 28-CT/TW", "GD&DDT 28-CT/TW", "GD&D9T 28-CT/TW");
        check("ĐƯỢC", "DDUWOWCJ", "D9U7O7C5");
        check("tiếng Việt ăn", "tieengs Vieetj awn", "tie6ng1 Vie6t5 a8n");
    }
}
