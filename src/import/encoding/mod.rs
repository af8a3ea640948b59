//! Vietnamese as files hold it, made Unicode: old encodings that show their letters through fonts of
//! their own are recognised by the names of the fonts and by the share of possible syllables.

mod plain;
mod quality;
mod tcvn3;
mod vni;

pub(super) use plain::{Converted, convert};
pub use quality::{Doubtful, LEAST_SOUND, Quality, quality};

use crate::text::{is_syllable, lower, nfc};

/// An encoding in which a file may hold Vietnamese letters as other characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// TCVN3, also called ABC: the fonts `.Vn…`.
    Tcvn3,
    /// VNI-Windows: the fonts `VNI-…`.
    Vni,
}

impl Encoding {
    const ALL: [Self; 2] = [Self::Tcvn3, Self::Vni];

    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI-Windows",
        }
    }

    /// The text in Unicode.
    pub(super) fn decode(self, text: &str) -> String {
        match self {
            Self::Tcvn3 => tcvn3::decode(text),
            Self::Vni => vni::decode(text),
        }
    }
}

/// What the name of a font tells about the letters set in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Face {
    /// Nothing.
    #[default]
    Any,
    /// They are encoded so.
    Encoded(Encoding),
    /// They are TCVN3, and the font draws small letters as capitals.
    Tcvn3Capitals,
}

impl Face {
    /// Reads the name of a font, as files write it: `.VnTime`, `.VnTimeH`, `VNI-Times`, with or
    /// without the tag of a subset before it (`ABCDEF+`).
    pub(super) fn of(font: &str) -> Self {
        let name = font.rsplit('+').next().unwrap_or(font).trim();
        let name = name
            .split(',')
            .next()
            .unwrap_or(name)
            .trim_matches(['"', '\'', ' ']);
        let is = |prefix: &str| {
            name.get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        if is(".Vn") {
            let family = name.split(['-', ',']).next().unwrap_or(name).trim_end();
            if family.ends_with('H') {
                Self::Tcvn3Capitals
            } else {
                Self::Encoded(Encoding::Tcvn3)
            }
        } else if is("VNI-") {
            Self::Encoded(Encoding::Vni)
        } else {
            Self::Any
        }
    }

    /// The encoding, if the name tells one.
    pub(super) fn encoding(self) -> Option<Encoding> {
        match self {
            Self::Any => None,
            Self::Encoded(encoding) => Some(encoding),
            Self::Tcvn3Capitals => Some(Encoding::Tcvn3),
        }
    }
}

/// How many words of a text could be told by their marks, and how many of them are syllables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    /// Words with a character outside ASCII: the others read the same in every encoding.
    pub(super) words: usize,
    /// Those of them that can be Vietnamese.
    pub(super) sound: usize,
}

impl Evidence {
    /// The evidence of a text read as Unicode.
    pub(super) fn of(text: &str) -> Self {
        let mut evidence = Self::default();
        for word in marked_words(text) {
            evidence.words += 1;
            evidence.sound += usize::from(is_sound(word));
        }
        evidence
    }

    /// The evidence of a text read in this encoding. Words are counted as they stand in the file,
    /// so that two readings of one text are compared over the same words.
    pub(super) fn of_encoded(text: &str, encoding: Encoding) -> Self {
        let mut evidence = Self::default();
        for word in marked_words(text) {
            evidence.words += 1;
            evidence.sound += usize::from(is_sound(&encoding.decode(word)));
        }
        evidence
    }

    /// The share of sound words, from 0 to 1; 0 of none.
    pub(super) fn share(self) -> f64 {
        if self.words == 0 {
            0.0
        } else {
            self.sound as f64 / self.words as f64
        }
    }
}

/// A text in an old encoding has nearly all its words right once it is decoded…
const LEAST_SHARE: f64 = 0.75;
/// …and far fewer before.
const LEAST_GAIN: f64 = 0.3;
/// Fewer words than these prove nothing by themselves.
const LEAST_WORDS: usize = 4;
/// So much of a text is enough to know its encoding.
const SAMPLE: usize = 400_000;

/// The old encoding that a text is in, by the statistics of its syllables.
pub(super) fn recognise<'t>(pieces: impl Iterator<Item = &'t str> + Clone) -> Option<Encoding> {
    let sample = || {
        let mut taken = 0;
        pieces.clone().take_while(move |piece| {
            taken += piece.len();
            taken - piece.len() < SAMPLE
        })
    };
    let sum = |of: &dyn Fn(&str) -> Evidence| {
        sample().fold(Evidence::default(), |sum, piece| {
            let piece = of(piece);
            Evidence {
                words: sum.words + piece.words,
                sound: sum.sound + piece.sound,
            }
        })
    };
    // Paragraphs that are Unicode beyond doubt say nothing about the others.
    let candidate = |piece: &str| !has_unicode_letters(piece);
    let plain = sum(&|piece| {
        if candidate(piece) {
            Evidence::of(piece)
        } else {
            Evidence::default()
        }
    });
    Encoding::ALL
        .into_iter()
        .map(|encoding| {
            let read = |piece: &str| {
                if candidate(piece) {
                    Evidence::of_encoded(piece, encoding)
                } else {
                    Evidence::default()
                }
            };
            (sum(&read), encoding)
        })
        .filter(|(read, _)| {
            read.words >= LEAST_WORDS
                && read.share() >= LEAST_SHARE
                && read.share() >= plain.share() + LEAST_GAIN
        })
        .max_by_key(|(read, _)| read.sound)
        .map(|(_, encoding)| encoding)
}

/// True for text with Vietnamese letters that no old encoding holds: ă, đ, ơ, ư and what lies
/// beyond Latin-1.
pub(super) fn has_unicode_letters(text: &str) -> bool {
    text.chars()
        .any(|c| matches!(c, 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{1EA0}'..='\u{1EF9}' | '\u{300}'..='\u{323}'))
}

/// Words with a character outside ASCII.
fn marked_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        c.is_ascii() && !c.is_ascii_alphabetic()
            || c.is_whitespace()
            || matches!(c, '\u{2010}'..='\u{205E}' | '\u{FEFF}' | '\u{F000}'..='\u{F8FF}')
    })
    .filter(|word| !word.is_ascii())
    // An enormous "word" is no word, and costs time.
    .filter(|word| word.len() <= 60)
}

fn is_sound(word: &str) -> bool {
    is_syllable(&lower(&nfc(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written by `iconv -t TCVN` (glibc) from the line in Unicode, and by the table `vni.h` of the
    /// keyboard driver xvnkb.
    const UNICODE: &str = "Thực hiện Chỉ thị của Bộ Chính trị về bảo vệ trẻ em, được ưu tiên.";
    const TCVN3: &str =
        "Thùc hiÖn ChØ thÞ cña Bé ChÝnh trÞ vÒ b¶o vÖ trÎ em, ®\u{ad}îc \u{ad}u tiªn.";
    const VNI: &str =
        "Thöïc hieän Chæ thò cuûa Boä Chính trò veà baûo veä treû em, ñöôïc öu tieân.";

    #[test]
    fn faces() {
        #[track_caller]
        fn check(font: &str, expect: Face) {
            assert_eq!(Face::of(font), expect, "{font}");
        }
        check(".VnTime", Face::Encoded(Encoding::Tcvn3));
        check("ABCDEF+.VnTime,Bold", Face::Encoded(Encoding::Tcvn3));
        check(".VnTimeH", Face::Tcvn3Capitals);
        check(".vnArial NarrowH", Face::Tcvn3Capitals);
        check("ABCDEF+.VnTimeH-Bold", Face::Tcvn3Capitals);
        check("VNI-Times", Face::Encoded(Encoding::Vni));
        check("\".VnTime\", serif", Face::Encoded(Encoding::Tcvn3));
        check("Times New Roman", Face::Any);
        check("", Face::Any);
        check("é", Face::Any);
    }

    #[test]
    fn statistics_tell_the_encoding() {
        #[track_caller]
        fn check(text: &str, expect: Option<Encoding>) {
            assert_eq!(recognise([text].into_iter()), expect, "{text}");
        }
        check(UNICODE, None);
        check(TCVN3, Some(Encoding::Tcvn3));
        check(VNI, Some(Encoding::Vni));
        check("", None);
        check(
            "Le père a mangé à côté de la forêt où était né l'élève",
            None,
        );
        check("Preis: 5 £, § 12, © 2024, «ja»", None);
        // Letters of Unicode text that happen to lie in Latin-1.
        check(
            "cô chú bác sĩ, lí do, có thì là, hòa, thú vì tình, không gì khó",
            None,
        );
    }

    #[test]
    fn both_readings_agree_with_unicode() {
        assert_eq!(Encoding::Tcvn3.decode(TCVN3), UNICODE);
        assert_eq!(Encoding::Vni.decode(VNI), UNICODE);
    }

    #[test]
    fn a_part_in_unicode_does_not_hide_the_rest() {
        assert_eq!(
            recognise([UNICODE, UNICODE, UNICODE, TCVN3].into_iter()),
            Some(Encoding::Tcvn3)
        );
    }
}
