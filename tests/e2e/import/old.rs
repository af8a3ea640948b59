//! Vietnamese in the encodings of old fonts. The letters are those of TCVN 5712:1993 (ABC) and of
//! the VNI-Windows table of the keyboard driver xvnkb.

use unicode_normalization::UnicodeNormalization;

/// TCVN3: pieces, each with whether it is set in the font that draws small letters as capitals:
/// capitals with a tone have no code of their own.
pub fn tcvn3(text: &str) -> Vec<(bool, String)> {
    const LETTERS: &str = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ";
    let code = |c: char| {
        LETTERS
            .chars()
            .position(|letter| letter == c && c != '.')
            .and_then(|at| char::from_u32(0xA1 + u32::try_from(at).ok()?))
    };
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for c in text.chars() {
        let small = c.to_lowercase().next().unwrap_or(c);
        let (capital, letter) = match code(c) {
            Some(letter) => (false, letter),
            None if c != small => match code(small) {
                Some(letter) => (true, letter),
                None => (false, c),
            },
            None => (false, c),
        };
        match pieces.last_mut() {
            Some((same, piece)) if *same == capital => piece.push(letter),
            _ => pieces.push((capital, letter.to_string())),
        }
    }
    pieces
}

/// VNI-Windows: a vowel and a sign for its marks.
pub fn vni(text: &str) -> String {
    text.chars().map(vni_letter).collect()
}

fn vni_letter(c: char) -> String {
    const WHOLE: [(char, char); 7] = [
        ('đ', 'ñ'),
        ('ỉ', 'æ'),
        ('ĩ', 'ó'),
        ('ị', 'ò'),
        ('ỵ', 'î'),
        ('í', 'í'),
        ('ì', 'ì'),
    ];
    // Tones alone, under a circumflex, under a breve: none, acute, grave, hook, tilde, dot.
    const TONES: [&str; 3] = [" ùøûõï", "âáàåãä", "êéèúüë"];
    let upper = c.is_uppercase();
    let small = c.to_lowercase().next().unwrap_or(c);
    let cased = |sign: char| {
        if upper {
            sign.to_uppercase().next().unwrap_or(sign)
        } else {
            sign
        }
    };
    if let Some((_, sign)) = WHOLE.iter().find(|(letter, _)| *letter == small) {
        return cased(*sign).to_string();
    }
    let mut parts = small.nfd();
    let base = parts.next().unwrap_or(small);
    let (mut row, mut tone, mut base) = (0, 0, base);
    for mark in parts {
        match mark {
            '\u{302}' => row = 1,
            '\u{306}' => row = 2,
            '\u{31B}' => base = if base == 'o' { 'ô' } else { 'ö' },
            '\u{301}' => tone = 1,
            '\u{300}' => tone = 2,
            '\u{309}' => tone = 3,
            '\u{303}' => tone = 4,
            '\u{323}' => tone = 5,
            _ => {}
        }
    }
    let sign = TONES[row].chars().nth(tone).filter(|sign| *sign != ' ');
    std::iter::once(cased(base))
        .chain(sign.map(cased))
        .collect()
}
