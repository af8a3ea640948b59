//! The Vietnamese letters: which vowel a letter is, which tone it carries, and back. The rest of
//! the room asks here instead of knowing code points.

/// The six tones, named as Vietnamese names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Ngang,
    Huyen,
    Sac,
    Hoi,
    Nga,
    Nang,
}

impl Tone {
    pub(super) const ALL: [Self; 6] = [
        Self::Ngang,
        Self::Huyen,
        Self::Sac,
        Self::Hoi,
        Self::Nga,
        Self::Nang,
    ];
}

/// A row for each vowel, its tones in the order of [`Tone::ALL`].
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'á', 'ả', 'ã', 'ạ'],
    ['ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'],
    ['â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'],
    ['e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ'],
    ['ê', 'ề', 'ế', 'ể', 'ễ', 'ệ'],
    ['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị'],
    ['o', 'ò', 'ó', 'ỏ', 'õ', 'ọ'],
    ['ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ'],
    ['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ'],
    ['u', 'ù', 'ú', 'ủ', 'ũ', 'ụ'],
    ['ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự'],
    ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'],
];

/// What is left of each row's vowel without its hat, horn or breve.
const BARE: [char; 12] = ['a', 'a', 'a', 'e', 'e', 'i', 'o', 'o', 'o', 'u', 'u', 'y'];

/// The two stretches of Unicode that hold all letters: up to `ư`, and the block from `Ạ` on.
const LOW_END: usize = 0x1B1;
const HIGH_START: usize = 0x1EA0;
const HIGH_END: usize = 0x1EFA;
const SLOTS: usize = LOW_END + HIGH_END - HIGH_START;

/// `row * 6 + tone + 1` of every vowel, 0 of everything else.
static PLACES: [u8; SLOTS] = places();

const fn places() -> [u8; SLOTS] {
    let mut places = [0; SLOTS];
    let mut n = 0;
    while n < 12 * 6 {
        if let Some(slot) = slot(VOWELS[n / 6][n % 6]) {
            places[slot] = n as u8 + 1;
        }
        n += 1;
    }
    places
}

/// A letter or digit in lower case, and without any mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) lower: char,
    pub(super) bare: char,
}

/// The letters of either case and the digits.
static LETTERS: [Option<Letter>; SLOTS] = letters();

const fn letters() -> [Option<Letter>; SLOTS] {
    let mut letters = [None; SLOTS];
    let mut code = 0;
    while code < 0x80 {
        let c = code as u8 as char;
        if c.is_ascii_alphanumeric() {
            let lower = c.to_ascii_lowercase();
            letters[code] = Some(Letter { lower, bare: lower });
        }
        code += 1;
    }
    letters = with_both_cases(letters, 'đ', 'd');
    let mut n = 0;
    while n < 12 * 6 {
        let lower = VOWELS[n / 6][n % 6];
        if !lower.is_ascii() {
            letters = with_both_cases(letters, lower, BARE[n / 6]);
        }
        n += 1;
    }
    letters
}

const fn with_both_cases(
    mut letters: [Option<Letter>; SLOTS],
    lower: char,
    bare: char,
) -> [Option<Letter>; SLOTS] {
    if let Some(slot) = slot(lower) {
        // In Latin-1 the capitals stand 32 before the small letters, from there on just before.
        let capital = if slot < 0x100 { slot - 32 } else { slot - 1 };
        letters[slot] = Some(Letter { lower, bare });
        letters[capital] = Some(Letter { lower, bare });
    }
    letters
}

const fn slot(c: char) -> Option<usize> {
    let code = c as usize;
    if code < LOW_END {
        Some(code)
    } else if code >= HIGH_START && code < HIGH_END {
        Some(code - HIGH_START + LOW_END)
    } else {
        None
    }
}

fn place(c: char) -> Option<(usize, usize)> {
    match PLACES[slot(c)?] {
        0 => None,
        n => Some(((n as usize - 1) / 6, (n as usize - 1) % 6)),
    }
}

/// What a character is when it is an ASCII digit or a composed letter that Vietnamese or English
/// spells with, in either case.
pub(super) fn letter(c: char) -> Option<Letter> {
    LETTERS[slot(c)?]
}

/// The vowel without its tone, and the tone: `ấ` is `â` with sắc. Lower case only.
pub(super) fn vowel(c: char) -> Option<(char, Tone)> {
    place(c).map(|(row, tone)| (VOWELS[row][0], Tone::ALL[tone]))
}

/// `vowel` with this tone instead of its own; any other letter as it is.
pub(super) fn with_tone(c: char, tone: Tone) -> char {
    place(c).map_or(c, |(row, _)| VOWELS[row][tone as usize])
}

/// The tone of a word: that of its first vowel with one.
pub(super) fn tone_of(word: &str) -> Tone {
    let mut tones = word.chars().filter_map(vowel).map(|(_, tone)| tone);
    tones
        .find(|tone| *tone != Tone::Ngang)
        .unwrap_or(Tone::Ngang)
}

/// The word without its tone.
pub(super) fn toneless(word: &str) -> String {
    word.chars().map(|c| with_tone(c, Tone::Ngang)).collect()
}

/// True for the vowels that carry a hat, horn or breve.
pub(super) fn is_hatted(c: char) -> bool {
    place(c).is_some_and(|(row, _)| BARE[row] != VOWELS[row][0])
}

/// The letter without any mark, for Vietnamese letters of lower case: `ấ` is `a`, `đ` is `d`.
pub(super) fn bare(c: char) -> Option<char> {
    match c {
        'a'..='z' => Some(c),
        'đ' => Some('d'),
        _ => place(c).map(|(row, _)| BARE[row]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vowel_comes_apart_and_together() {
        for row in VOWELS {
            for (tone, c) in Tone::ALL.into_iter().zip(row) {
                assert_eq!(vowel(c), Some((row[0], tone)));
                assert_eq!(with_tone(row[0], tone), c);
            }
        }
        assert_eq!(vowel('đ'), None);
        assert_eq!(vowel('ǎ'), None);
    }

    #[test]
    fn letters_of_either_case() {
        let spelled = VOWELS.as_flattened().iter().copied();
        let lower: Vec<char> = spelled
            .chain(['đ'])
            .chain('a'..='z')
            .chain('0'..='9')
            .collect();
        for c in (0..=0x1FFF).filter_map(char::from_u32) {
            let small = c
                .to_lowercase()
                .next()
                .filter(|small| lower.contains(small));
            let expect = small.and_then(|small| {
                let bare = bare(small).unwrap_or(small);
                Some(Letter { lower: small, bare }).filter(|_| c != 'İ')
            });
            assert_eq!(letter(c), expect, "{c}");
        }
    }

    #[test]
    fn bare_letters() {
        let marked = "ấắằđếịộợửỹ";
        let folded: String = marked.chars().filter_map(bare).collect();
        assert_eq!(folded, "aaadeioouy");
    }
}
