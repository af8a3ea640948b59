//! VNI-Windows: a vowel, then a character that stands for its marks; a few letters have one
//! character of their own. Files show them as Latin-1 characters.

use crate::text::nfc;

/// The text in Unicode.
///
/// The table is that of `vni.h` in the keyboard driver xvnkb, put in order: what stands for which
/// combining marks after a vowel.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut after_vowel = false;
    for c in text.chars() {
        let marks = if after_vowel { marks(c) } else { "" };
        if marks.is_empty() {
            decoded.push(letter(c));
        } else {
            decoded.push_str(marks);
        }
        after_vowel = marks.is_empty() && takes_marks(c);
    }
    nfc(&decoded)
}

fn takes_marks(c: char) -> bool {
    matches!(
        c,
        'A' | 'E' | 'O' | 'U' | 'Y' | 'Ô' | 'Ö' | 'a' | 'e' | 'o' | 'u' | 'y' | 'ô' | 'ö'
    )
}

/// Letters that have a character of their own.
fn letter(c: char) -> char {
    match c {
        'Ô' => 'Ơ',
        'ô' => 'ơ',
        'Ö' => 'Ư',
        'ö' => 'ư',
        'Ñ' => 'Đ',
        'ñ' => 'đ',
        'Æ' => 'Ỉ',
        'æ' => 'ỉ',
        'Ó' => 'Ĩ',
        'ó' => 'ĩ',
        'Ò' => 'Ị',
        'ò' => 'ị',
        'Î' => 'Ỵ',
        'î' => 'ỵ',
        _ => c,
    }
}

/// The combining marks that a character stands for after a vowel, whatever the case of either.
fn marks(c: char) -> &'static str {
    match c {
        'Ù' | 'ù' => "\u{301}",
        'Ø' | 'ø' => "\u{300}",
        'Û' | 'û' => "\u{309}",
        'Õ' | 'õ' => "\u{303}",
        'Ï' | 'ï' => "\u{323}",
        'Â' | 'â' => "\u{302}",
        'Á' | 'á' => "\u{302}\u{301}",
        'À' | 'à' => "\u{302}\u{300}",
        'Å' | 'å' => "\u{302}\u{309}",
        'Ã' | 'ã' => "\u{302}\u{303}",
        'Ä' | 'ä' => "\u{302}\u{323}",
        'Ê' | 'ê' => "\u{306}",
        'É' | 'é' => "\u{306}\u{301}",
        'È' | 'è' => "\u{306}\u{300}",
        'Ú' | 'ú' => "\u{306}\u{309}",
        'Ü' | 'ü' => "\u{306}\u{303}",
        'Ë' | 'ë' => "\u{306}\u{323}",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(decode(text), expect);
    }

    /// The rows of `vni.h`, in its order, with the letters that stand at the same place of `utf.h`
    /// beside it.
    #[test]
    fn every_letter() {
        check("aù aø aû aõ aï", "á à ả ã ạ");
        check("aâ aá aà aå aã aä", "â ấ ầ ẩ ẫ ậ");
        check("aê aé aè aú aü aë", "ă ắ ằ ẳ ẵ ặ");
        check("eù eø eû eõ eï", "é è ẻ ẽ ẹ");
        check("eâ eá eà eå eã eä", "ê ế ề ể ễ ệ");
        check("où oø oû oõ oï", "ó ò ỏ õ ọ");
        check("oâ oá oà oå oã oä", "ô ố ồ ổ ỗ ộ");
        check("ô ôù ôø ôû ôõ ôï", "ơ ớ ờ ở ỡ ợ");
        check("uù uø uû uõ uï", "ú ù ủ ũ ụ");
        check("ö öù öø öû öõ öï", "ư ứ ừ ử ữ ự");
        check("í ì æ ó ò", "í ì ỉ ĩ ị");
        check("yù yø yû yõ î", "ý ỳ ỷ ỹ ỵ");
        check("ñ Ñ", "đ Đ");
    }

    #[test]
    fn capitals() {
        check("KEÁ HOAÏCH", "KẾ HOẠCH");
        check("ÑAÛNG COÄNG SAÛN VIEÄT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM");
        check("CHÆ THÒ Kyù", "CHỈ THỊ Ký");
    }

    #[test]
    fn what_is_no_letter_stays() {
        check("28-CT/TW, 5% “x”", "28-CT/TW, 5% “x”");
        check("", "");
    }
}
