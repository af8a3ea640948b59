//! One slip of the thumb in a word of three letters or more: a neighbouring key, a lost letter, a
//! doubled or an extra one, two letters swapped, or one lost mark. Numerals are left alone, digits
//! and Roman ones alike: with a slip "phần III" asks for another place, and rightly gets it.

use super::marks::bare_letter;
use super::rng::Rng;

/// Words shorter than this are typed without thinking.
const SHORTEST: usize = 3;
/// Draws before giving up: a slip may happen to change nothing.
const DRAWS: usize = 50;

/// Each key with the keys around it.
const KEYS: &str = "qwertyuiopasdfghjklzxcvbnm";
const NEAR: [&str; 26] = [
    "wa", "qes", "wrd", "etf", "ryg", "tuh", "yij", "uok", "ipl", "ol", "qsz", "awdx", "sefc",
    "drgv", "fthb", "gyjn", "hukm", "jil", "kop", "asx", "zsdc", "xdfv", "cfgb", "vghn", "bhjm",
    "njk",
];

#[derive(Clone, Copy, PartialEq)]
enum Slip {
    Near,
    Lose,
    Extra,
    Swap,
    Mark,
}

/// The text with one slip, drawn from the id; as it is when no word is long enough.
pub fn slip(text: &str, id: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let words = words(&letters);
    if words.is_empty() {
        return text.to_owned();
    }
    let mut rng = Rng::of(id);
    for _ in 0..DRAWS {
        let word = rng.pick(&words).clone();
        let slipped = slipped(&letters[word.clone()], &mut rng);
        if slipped != letters[word.clone()] {
            let mut result = letters[..word.start].to_vec();
            result.extend(slipped);
            result.extend(&letters[word.end..]);
            return result.into_iter().collect();
        }
    }
    text.to_owned()
}

fn words(letters: &[char]) -> Vec<std::ops::Range<usize>> {
    let mut words = Vec::new();
    let mut start = 0;
    for run in letters.chunk_by(|a, b| a.is_alphabetic() == b.is_alphabetic()) {
        let numeral = run.iter().all(|letter| "IVXLC".contains(*letter));
        if run[0].is_alphabetic() && run.len() >= SHORTEST && !numeral {
            words.push(start..start + run.len());
        }
        start += run.len();
    }
    words
}

fn slipped(word: &[char], rng: &mut Rng) -> Vec<char> {
    let marked: Vec<usize> = (0..word.len())
        .filter(|i| bare_letter(word[*i]) != word[*i])
        .collect();
    let mut slips = vec![Slip::Near, Slip::Lose, Slip::Extra, Slip::Swap];
    if !marked.is_empty() {
        slips.push(Slip::Mark);
    }
    let slip = *rng.pick(&slips);
    let at = rng.below(word.len());
    let mut word = word.to_vec();
    match slip {
        Slip::Near => word[at] = near(word[at], rng),
        Slip::Lose => {
            word.remove(at);
        }
        Slip::Extra => {
            let doubled = word[at].to_lowercase().next().unwrap_or(word[at]);
            let beside = near(doubled, rng);
            word.insert(at + 1, *rng.pick(&[doubled, beside]));
        }
        Slip::Swap => {
            let at = rng.below(word.len() - 1);
            word.swap(at, at + 1);
        }
        Slip::Mark => {
            let at = *rng.pick(&marked);
            word[at] = bare_letter(word[at]);
        }
    }
    word
}

fn near(c: char, rng: &mut Rng) -> char {
    let key = bare_letter(c).to_ascii_lowercase();
    let around = KEYS.find(key).map_or("e", |i| NEAR[i]).as_bytes();
    let near = char::from(*rng.pick(around));
    if c.is_uppercase() {
        near.to_ascii_uppercase()
    } else {
        near
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_one_word_slips() {
        let text = "Trách nhiệm của phường là gì";
        for id in 0..200 {
            let slipped = slip(text, &id.to_string());
            let differing = text
                .split(' ')
                .zip(slipped.split(' '))
                .filter(|(a, b)| a != b)
                .count();
            assert_eq!(differing, 1, "{slipped}");
        }
    }

    #[test]
    fn short_words_never_slip() {
        assert_eq!(slip("ai là ai, số 12345?", "a"), "ai là ai, số 12345?");
        assert_eq!(slip("", "a"), "");
    }

    #[test]
    fn every_slip_happens() {
        let all: std::collections::HashSet<_> =
            (0..500).map(|id| slip("trẻ", &id.to_string())).collect();
        for expect in ["tẻ", "rtẻ", "tre", "trrẻ", "tfẻ"] {
            assert!(all.contains(expect), "{expect} not in {all:?}");
        }
    }
}
