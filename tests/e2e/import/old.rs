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

/// A file of one byte a character: the letters of an old encoding as Latin-1 holds them, the
/// punctuation where Windows has it.
pub fn bytes(text: &str) -> Vec<u8> {
    text.chars().map(byte).collect()
}

fn byte(c: char) -> u8 {
    const AT_80: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match AT_80.chars().position(|western| western == c) {
        Some(at) => 0x80 + u8::try_from(at).unwrap(),
        None => u8::try_from(u32::from(c)).unwrap_or_else(|_| panic!("{c} has no byte")),
    }
}

/// TCVN3 in a file without fonts: capitals with a tone become small letters, since there are no
/// others.
pub fn tcvn3_bytes(text: &str) -> Vec<u8> {
    let pieces = tcvn3(text);
    pieces.iter().flat_map(|(_, piece)| bytes(piece)).collect()
}

/// The whole of TCVN 5712 (VN1), which has a byte for every capital. Its table is that of glibc's
/// iconv (TCVN).
pub fn tcvn5712_bytes(text: &str) -> Vec<u8> {
    const CONTROLS: [(u8, &str); 3] = [(0x01, "ÚỤ"), (0x04, "ỪỬỮ"), (0x11, "ỨỰỲỶỸÝỴ")];
    const AT_80: &str = "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ";
    const ABOVE: [(u8, &str); 9] = [
        (0xAF, "Ằ"),
        (0xBA, "Ẳ"),
        (0xBF, "ẴẮẦẨẪẤỀ"),
        (0xCD, "Ể"),
        (0xD9, "ỄẾỒ"),
        (0xE0, "Ổ"),
        (0xF0, "Ỗ"),
        (0xFF, "Ố"),
        (0x80, AT_80),
    ];
    let capital = |c: char| {
        CONTROLS.iter().chain(&ABOVE).find_map(|(first, letters)| {
            let at = letters.chars().position(|letter| letter == c)?;
            Some(first + u8::try_from(at).unwrap())
        })
    };
    let letters = text.chars().map(|c| match capital(c) {
        Some(byte) => vec![byte],
        None => tcvn3_bytes(&c.to_string()),
    });
    letters.flatten().collect()
}
