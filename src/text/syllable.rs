//! Which letters make a Vietnamese syllable: every onset with every rime it can take. Spelling
//! and the undoing of raw keys ask here whether a word can be Vietnamese at all.

use std::sync::LazyLock;

use super::letters::{self, Tone};

/// True when `word` (NFC, lower case) can be a syllable of accented text, the tone mark in either
/// habit's place. Syllables ending in c, ch, p, t carry sắc or nặng, so `cac` is none, `các` is.
pub fn is_syllable(word: &str) -> bool {
    toneless_key(word).is_some_and(|(key, tone)| {
        SYLLABLES.accented.binary_search(&key).is_ok() && tone_fits(word, tone)
    })
}

/// True when some accented syllable has this form without its marks.
pub fn is_folded_syllable(fold: &str) -> bool {
    fold.is_ascii()
        && key(fold.chars()).is_some_and(|key| SYLLABLES.folded.binary_search(&key).is_ok())
}

fn tone_fits(word: &str, tone: Tone) -> bool {
    !word.ends_with(['c', 'p', 't']) && !word.ends_with("ch")
        || matches!(tone, Tone::Sac | Tone::Nang)
}

const ONSETS: &str = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x";

const RIMES: &str = "a ac ach ai am an ang anh ao ap at au ay \
    ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu \
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    y ych yn ynh yp yt yêm yên yêng yêt yêu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt \
    oc oe oem oen oeo oet oi om on ong ooc oong op ot \
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ up ut \
    uôc uôi uôm uôn uông uôp uôt uy uya uych uyên uyêt uyn uynh uyp uyt uyu \
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu";

/// Onsets seen with the rare long o (xoong, moóc): without the limit a raw Telex `khoong` would
/// pass for a word.
const LONG_O_ONSETS: &str = "b c ch g l m r s t x";
/// Onsets that may be followed by a single y instead of i.
const Y_ONSETS: &str = "h k l m n s t th v qu";

fn listed(list: &str, item: &str) -> bool {
    list.split(' ').any(|listed| listed == item)
}

/// The rules of spelling about which onset stands before which rime.
fn joins(onset: &str, rime: &str) -> bool {
    let front = rime.starts_with(['e', 'ê', 'i', 'y']);
    let glide = ["oa", "oă", "oe", "uâ", "uê", "uơ", "uy"]
        .iter()
        .any(|glide| rime.starts_with(glide));
    let onset_fits = match onset {
        "" => {
            !rime.starts_with("iê")
                && (rime == "y" || !rime.starts_with('y') || rime.starts_with("yê"))
        }
        "c" => !front && !glide,
        "ng" => !front,
        // `gi` and `gìn`, `giêng`: written with one i, so they count as g before i.
        "g" => !front || rime == "i" || rime == "in" || rime.starts_with("iê"),
        "gi" => !rime.starts_with(['i', 'y']) && !glide,
        "k" | "gh" | "ngh" => front,
        "qu" => !glide && !rime.starts_with(['u', 'ư', 'o']),
        _ => true,
    };
    onset_fits && y_fits(onset, rime) && (!rime.starts_with("oo") || listed(LONG_O_ONSETS, onset))
}

fn y_fits(onset: &str, rime: &str) -> bool {
    match rime {
        "y" => onset.is_empty() || listed(Y_ONSETS, onset),
        _ if rime.starts_with("yê") => onset.is_empty() || onset == "qu",
        _ => !rime.starts_with('y') || onset == "qu",
    }
}

struct Syllables {
    /// Keys of all syllables without their tone, sorted.
    accented: Vec<u64>,
    /// Keys of all syllables without any mark, sorted.
    folded: Vec<u64>,
}

static SYLLABLES: LazyLock<Syllables> = LazyLock::new(|| {
    let all: Vec<String> = spelled_out().collect();
    let sorted = |keys: Vec<u64>| {
        let mut keys = keys;
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    Syllables {
        accented: sorted(all.iter().filter_map(|word| key(word.chars())).collect()),
        folded: sorted(
            all.iter()
                .filter_map(|word| key(word.chars().filter_map(letters::bare)))
                .collect(),
        ),
    }
});

/// Every syllable, without its tone.
fn spelled_out() -> impl Iterator<Item = String> {
    std::iter::once("")
        .chain(ONSETS.split(' '))
        .flat_map(|onset| {
            RIMES
                .split(' ')
                .filter(move |rime| joins(onset, rime))
                .map(move |rime| format!("{onset}{rime}"))
        })
}

/// The letters that spell syllables. A syllable of up to seven packs into a number.
const ALPHABET: [char; 29] = [
    'a', 'b', 'c', 'd', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u',
    'v', 'x', 'y', 'ă', 'â', 'đ', 'ê', 'ô', 'ơ', 'ư',
];
/// Letters of the longest syllable.
pub(super) const LONGEST: usize = 7;

/// A number from 1 on for each letter of the alphabet, 0 for everything else.
static CODES: [u8; 'ư' as usize + 1] = codes();

const fn codes() -> [u8; 'ư' as usize + 1] {
    let mut codes = [0; 'ư' as usize + 1];
    let mut n = 0;
    while n < ALPHABET.len() {
        codes[ALPHABET[n] as usize] = n as u8 + 1;
        n += 1;
    }
    codes
}

fn key(word: impl Iterator<Item = char>) -> Option<u64> {
    let mut key = 0;
    for (length, c) in word.enumerate() {
        let code = *CODES.get(c as usize).filter(|code| **code > 0)?;
        if length == LONGEST {
            return None;
        }
        key = key << 5 | u64::from(code);
    }
    Some(key)
}

/// The key of the word without its tone, and the tone; nothing when there are two tones.
fn toneless_key(word: &str) -> Option<(u64, Tone)> {
    let mut tones = word
        .chars()
        .filter_map(letters::vowel)
        .map(|(_, tone)| tone)
        .filter(|t| *t != Tone::Ngang);
    let tone = tones.next().unwrap_or(Tone::Ngang);
    if tones.next().is_some() {
        return None;
    }
    key(word.chars().map(|c| letters::with_tone(c, Tone::Ngang))).map(|key| (key, tone))
}

/// Every syllable with every tone it can carry, the mark on its canonical place: for the tests of
/// the whole room.
#[cfg(test)]
pub(super) fn every_syllable() -> Vec<String> {
    let with_tones = |word: String| {
        Tone::ALL.into_iter().map(move |tone| {
            let at = word
                .chars()
                .position(|c| letters::vowel(c).is_some())
                .unwrap_or(0);
            let toned: String = word
                .chars()
                .enumerate()
                .map(|(i, c)| {
                    if i == at {
                        letters::with_tone(c, tone)
                    } else {
                        c
                    }
                })
                .collect();
            super::canonical_tone(&toned).into_owned()
        })
    };
    spelled_out()
        .flat_map(with_tones)
        .filter(|word| is_syllable(word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fold;
    use super::*;

    #[track_caller]
    fn check(words: &str, expect: bool) {
        for word in words.split_whitespace() {
            assert_eq!(is_syllable(word), expect, "{word}");
        }
    }

    #[test]
    fn syllables() {
        check(
            "trẻ em bảo vệ giáo dục chăm sóc đảng ủy uỷ ban thường vụ tỉnh hòa hoà",
            true,
        );
        check(
            "gì gìn giữ giêng giếng giết già giữa giường giặc gỉ quý quốc quyết quỳnh quýt quở quên",
            true,
        );
        check(
            "thuở huơ khuya khuỷu khúc xoong boong moóc goòng nghiêng nguyễn ngoằn ngoèo khuếch",
            true,
        );
        check(
            "pa pin pê pô y ý yêu yếu ỉa kỹ kĩ lý mỹ tỷ buýt tuýp hươu rượu bưởi ngoại xoáy ì oạp",
            true,
        );
        check("a à ở ơ ô ư ừ âm ấp ăn ông ưng ươm oái oanh uyên uể", true);
    }

    #[test]
    fn no_syllables() {
        check("cac hoc phap thuc mat sach", false);
        check("hòc cãp tẻt", false);
        check(
            "ngề gế cê ke\u{301} kà quuy trr bcd fa wifi zalo jết hzz nghà ghà coán",
            false,
        );
        check("đđ ươ trưong nghiêngg 28 a1 các\u{301} bả̉o bảó tểst", false);
        check("khoong", false);
    }

    #[test]
    fn folded() {
        for fold in "tre em bao cac hoc gi quoc uy xoong pin y nguyen".split(' ') {
            assert!(is_folded_syllable(fold), "{fold}");
        }
        for fold in "tieengs tre3 vienh teh cvhi bcd trẻ wifi khoong ngien".split(' ') {
            assert!(!is_folded_syllable(fold), "{fold}");
        }
        assert!(!is_folded_syllable(""));
        assert!(!is_syllable(""));
    }

    #[test]
    fn every_syllable_folds_to_a_folded_one() {
        let all = every_syllable();
        assert!(all.len() > 10_000, "{}", all.len());
        for word in all {
            assert!(is_folded_syllable(&fold(&word)), "{word}");
        }
    }
}
