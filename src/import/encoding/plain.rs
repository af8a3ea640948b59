//! Texts that have no fonts, in an old encoding: whole files of one code page, read as Windows-1252.
//! Beside TCVN3, which has no capitals with a tone, files may hold the whole of TCVN 5712 (VN1),
//! which has them where Latin-1 has controls and Windows punctuation.

use super::{Encoding, has_unicode_letters, is_sound, recognise, tcvn3};

/// A text made Unicode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Converted {
    /// The text, line for line.
    pub(in crate::import) text: String,
    /// What it was.
    pub(in crate::import) from: Encoding,
    /// Capitals with a tone could not be told from small letters.
    pub(in crate::import) lacks_capitals: bool,
    /// What may be names that lack one.
    pub(in crate::import) possible_names: Vec<String>,
}

/// The text in Unicode, if its syllables show that it is in an old encoding.
pub(in crate::import) fn convert(text: &str) -> Option<Converted> {
    let from = recognise(text.split('\n'))?;
    let each = |decode: &dyn Fn(&str) -> String| {
        let lines = text
            .split('\n')
            .map(|line| match has_unicode_letters(line) {
                true => line.to_owned(),
                false => decode(line),
            });
        lines.collect::<Vec<_>>()
    };
    let whole = from == Encoding::Tcvn3 && has_capitals(text);
    let letters = match from {
        Encoding::Vni => each(&|line| from.decode(line)),
        Encoding::Tcvn3 if whole => each(&with_capitals),
        // Hyphens that stand for ư are told apart by the whole text.
        Encoding::Tcvn3 if text.contains('\u{AD}') => each(&tcvn3::decode_letters),
        Encoding::Tcvn3 => each(&tcvn3::decode),
    };
    let lacks_capitals = from == Encoding::Tcvn3 && !whole;
    let lines = match lacks_capitals {
        true => raise_beginnings(&letters),
        false => letters,
    };
    let possible_names = match lacks_capitals {
        true => possible_names(&lines),
        false => Vec::new(),
    };
    Some(Converted {
        possible_names,
        text: lines.join("\n"),
        from,
        lacks_capitals,
    })
}

/// What Windows-1252 has at 0x80 to 0x9F.
const WESTERN: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
/// The capitals of TCVN 5712 there. This table and the next two are those of glibc's iconv (TCVN).
const AT_80: &str = "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ";
/// Its capitals among the controls.
const CONTROLS: [(char, char); 12] = [
    ('\u{1}', 'Ú'),
    ('\u{2}', 'Ụ'),
    ('\u{4}', 'Ừ'),
    ('\u{5}', 'Ử'),
    ('\u{6}', 'Ữ'),
    ('\u{11}', 'Ứ'),
    ('\u{12}', 'Ự'),
    ('\u{13}', 'Ỳ'),
    ('\u{14}', 'Ỷ'),
    ('\u{15}', 'Ỹ'),
    ('\u{16}', 'Ý'),
    ('\u{17}', 'Ỵ'),
];
/// Its capitals among the letters, where TCVN3 has nothing.
const AMONG_LETTERS: [(char, char); 16] = [
    ('\u{AF}', 'Ằ'),
    ('\u{BA}', 'Ẳ'),
    ('\u{BF}', 'Ẵ'),
    ('\u{C0}', 'Ắ'),
    ('\u{C1}', 'Ầ'),
    ('\u{C2}', 'Ẩ'),
    ('\u{C3}', 'Ẫ'),
    ('\u{C4}', 'Ấ'),
    ('\u{C5}', 'Ề'),
    ('\u{CD}', 'Ể'),
    ('\u{D9}', 'Ễ'),
    ('\u{DA}', 'Ế'),
    ('\u{DB}', 'Ồ'),
    ('\u{E0}', 'Ổ'),
    ('\u{F0}', 'Ỗ'),
    ('\u{FF}', 'Ố'),
];
/// Characters of Windows that stand beside words, whatever the encoding of these.
const PUNCTUATION: [char; 10] = ['‚', '„', '…', '‘', '’', '“', '”', '•', '–', '—'];

/// The capital that a character stands for in the whole of TCVN 5712.
fn capital(c: char) -> Option<char> {
    let among = |table: &[(char, char)]| table.iter().find(|(own, _)| *own == c).map(|(_, to)| *to);
    let at_80 = || {
        let place = WESTERN.chars().position(|western| western == c)?;
        AT_80.chars().nth(place)
    };
    among(&CONTROLS)
        .or_else(|| among(&AMONG_LETTERS))
        .or_else(at_80)
}

/// Whether the text has words that only capitals with a tone make sound.
fn has_capitals(text: &str) -> bool {
    text.split(is_between).any(|word| {
        let certain = |c: char| capital(c).is_some() && !PUNCTUATION.contains(&c);
        word.contains(certain) && as_capitals(word).is_some()
    })
}

/// True for what no letter of either encoding is.
fn is_between(c: char) -> bool {
    c.is_ascii() && !c.is_ascii_alphabetic() && capital(c).is_none() || c == '\u{A0}'
}

/// A line in the whole of TCVN 5712: each word with such capitals as they make it sound.
fn with_capitals(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        let end = rest.find(is_between).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        match as_capitals(word) {
            Some(read) => text.push_str(&read),
            None => text.push_str(&tcvn3::decode_letters(word)),
        }
        let next = after.chars().next();
        text.extend(next);
        rest = &after[next.map_or(0, char::len_utf8)..];
    }
    text
}

/// The word with its capitals, if it has some and is sound so; punctuation at its ends may be just
/// that.
fn as_capitals(word: &str) -> Option<String> {
    if !word.contains(|c| capital(c).is_some()) || word.len() > 60 {
        return None;
    }
    let ends: [(bool, bool); 4] = [(false, false), (true, false), (false, true), (true, true)];
    ends.iter().find_map(|(start, end)| {
        let mut core = word;
        if *start {
            core = core.trim_start_matches(PUNCTUATION);
        }
        if *end {
            core = core.trim_end_matches(PUNCTUATION);
        }
        let at = core.as_ptr() as usize - word.as_ptr() as usize;
        let alone = core.chars().nth(1).is_none() && core.starts_with(PUNCTUATION);
        let raised = core.contains(|c| capital(c).is_some()) && !alone;
        let read: String = core
            .chars()
            .map(|c| capital(c).map_or_else(|| tcvn3::decode_letters(&c.to_string()), String::from))
            .collect();
        let fits = raised && is_sound(&read) && is_cased(&read);
        fits.then(|| format!("{}{read}{}", &word[..at], &word[at + core.len()..]))
    })
}

/// All capitals, or none but the first letter.
fn is_cased(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    let rest = letters.as_str();
    first && (rest.chars().all(char::is_uppercase) || !rest.contains(char::is_uppercase))
}

/// The lines with capitals where sentences and items begin, and in “Ủy ban”, which is always
/// written so: TCVN3 has no capitals with a tone.
fn raise_beginnings(lines: &[String]) -> Vec<String> {
    let mut begins = true;
    let mut raised = Vec::with_capacity(lines.len());
    for line in lines {
        let mut text = String::with_capacity(line.len());
        begins |= line.trim().is_empty();
        let words: Vec<&str> = line.split_inclusive(' ').collect();
        let is_name = is_name(line);
        for (at, word) in words.iter().enumerate() {
            let bare = word.trim();
            if begins && is_marker(bare) {
                text.push_str(word);
                continue;
            }
            match begins || is_name || is_committee(&words, at) {
                true => text.push_str(&first_raised(word)),
                false => text.push_str(word),
            }
            begins = bare.ends_with(['.', '!', '?']);
        }
        let end = line.trim_end();
        begins = end.is_empty() || end.ends_with(['.', ';', ':', '!', '?']);
        raised.push(text);
    }
    raised
}

/// “Vũ Thị ánh Tuyết”: a line of its own in which all words have capitals that can have them.
fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let fits = |word: &&str| {
        let first = word.chars().next().unwrap_or(' ');
        let raised = first.is_uppercase() || lacks_capital(word);
        raised && word.chars().all(char::is_alphabetic)
    };
    (3..=5).contains(&words.len())
        && words[0].starts_with(char::is_uppercase)
        && words.iter().all(fits)
}

/// A word that may have lost a capital; some words are seldom names.
fn lacks_capital(word: &str) -> bool {
    let small = ["ủy", "uỷ", "ở", "ý"].contains(&word);
    !small && word.chars().next().is_some_and(tcvn3::has_no_capital)
}

/// Words behind two with capitals that may be the end of a person's name: “Đặng Văn ấn”.
fn possible_names(lines: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphabetic()).to_owned();
    for line in lines {
        let words: Vec<String> = line.split_whitespace().map(bare).collect();
        for three in words.windows(3) {
            let named = three[..2]
                .iter()
                .all(|word| word.starts_with(char::is_uppercase) && word.chars().nth(1).is_some());
            let name = three.join(" ");
            if named && lacks_capital(&three[2]) && !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

/// Whether the word at `at` begins “Ủy ban”: not in “Tỉnh ủy ban hành”.
fn is_committee(words: &[&str], at: usize) -> bool {
    const BEFORE: [&str; 8] = ["tỉnh", "thành", "huyện", "thị", "quận", "đảng", "xã", "cấp"];
    let word = |at: Option<usize>| {
        at.and_then(|at| words.get(at))
            .map_or("", |word| word.trim())
    };
    let body = matches!(word(Some(at)), "ủy" | "uỷ") && word(Some(at + 1)) == "ban";
    let party = || BEFORE.contains(&crate::text::lower(word(at.checked_sub(1))).as_str());
    body && (word(Some(at + 2)) == "nhân" || !party())
}

/// “-”, “1.”, “a)”: what stands before the words of an item.
fn is_marker(word: &str) -> bool {
    let short = word.chars().count() <= 5;
    short && (!word.contains(char::is_alphabetic) || word.ends_with([')', '.', '/']))
}

/// The word with its first letter as a capital, if that is one that TCVN3 has no capital for.
fn first_raised(word: &str) -> String {
    let Some((at, first)) = word.char_indices().find(|(_, c)| c.is_alphabetic()) else {
        return word.to_owned();
    };
    match tcvn3::has_no_capital(first) {
        true => {
            let (before, after) = (&word[..at], &word[at + first.len_utf8()..]);
            format!("{before}{}{after}", first.to_uppercase())
        }
        false => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<(&str, Encoding)>) {
        let found = convert(text);
        let found = found
            .as_ref()
            .map(|found| (found.text.as_str(), found.from));
        assert_eq!(found, expect);
    }

    #[test]
    fn files_of_one_code_page() {
        let tcvn3 = Some(Encoding::Tcvn3);
        check(
            "KÕ HO¹CH\n\nñy ban nh©n d©n tØnh Hµ Nam\n- ñy ban nh©n d©n x·: b¶o vÖ trÎ em, TØnh ñy ban hµnh",
            tcvn3.map(|from| {
                (
                    "KẾ HOẠCH\n\nỦy ban nhân dân tỉnh Hà Nam\n- Ủy ban nhân dân xã: bảo vệ trẻ em, Tỉnh ủy ban hành",
                    from,
                )
            }),
        );
        check(
            "KEÁ HOAÏCH\nÖu tieân baûo veä treû em, ÔÛ xaõ",
            Some(("KẾ HOẠCH\nƯu tiên bảo vệ trẻ em, Ở xã", Encoding::Vni)),
        );
        check("Kế hoạch\nBảo vệ trẻ em", None);
        check("", None);
    }

    #[test]
    fn sentences_begin_with_capitals() {
        check(
            "B¶o vÖ trÎ em. ¸p dông ë\nx·, tæ d©n phè;\ntæ chøc. ¸p dông",
            Some((
                "Bảo vệ trẻ em. Áp dụng ở\nxã, tổ dân phố;\ntổ chức. Áp dụng",
                Encoding::Tcvn3,
            )),
        );
    }

    #[test]
    fn names_lack_capitals() {
        let text = "¤ng §Æng V¨n Ên chØ ®¹o b¶o vÖ trÎ em ë x·\nVò ThÞ ¸nh TuyÕt\nBan Tæ chøc TØnh ñy Hµ Nam";
        let found = convert(text).expect("TCVN3");
        assert_eq!(
            found.text,
            "Ông Đặng Văn ấn chỉ đạo bảo vệ trẻ em ở xã\nVũ Thị Ánh Tuyết\nBan Tổ chức Tỉnh ủy Hà Nam"
        );
        assert_eq!(found.possible_names, ["Đặng Văn ấn"]);
    }

    /// The capitals lie as `iconv -t TCVN` writes them, read as Windows-1252.
    #[test]
    fn capitals_of_the_whole_standard() {
        check(
            "K\u{DA} HO„CH\n“žy ban nh©n d©n” – ë x·, v.v… ™ c¸c tØnh b¶o vÖ trÎ em, ch¨m sãc, gi¸o dôc vµ b¶o vÖ trÎ em\n\u{16} kiÕn cña x·",
            Some((
                "KẾ HOẠCH\n“Ủy ban nhân dân” – ở xã, v.v… Ở các tỉnh bảo vệ trẻ em, chăm sóc, giáo dục và bảo vệ trẻ em\nÝ kiến của xã",
                Encoding::Tcvn3,
            )),
        );
    }
}
