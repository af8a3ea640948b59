//! Character references of HTML: `&nbsp;`, `&#7843;`, `&#x1EA3;`.

use std::borrow::Cow;

/// The names of the characters from U+00A0 to U+00FF, in order (HTML 4, Latin 1).
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
    sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde \
    Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde \
    Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil \
    egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash \
    ugrave uacute ucirc uuml yacute thorn yuml";

/// Others that pages in Vietnamese use.
const OTHERS: [(&str, char); 37] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("hellip", '…'),
    ("bull", '•'),
    ("prime", '′'),
    ("Prime", '″'),
    ("rarr", '→'),
    ("larr", '←'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("trade", '™'),
    ("euro", '€'),
    ("permil", '‰'),
    ("abreve", 'ă'),
    ("Abreve", 'Ă'),
    ("dstrok", 'đ'),
    ("Dstrok", 'Đ'),
    ("itilde", 'ĩ'),
    ("utilde", 'ũ'),
    ("Utilde", 'Ũ'),
];

/// No reference is longer.
const LONGEST: usize = 12;

/// The text with its references resolved. What is none stays.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, length) = reference(&rest[1..]).unwrap_or(('&', 0));
        decoded.push(c);
        rest = &rest[1 + length..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The character that a reference after `&` stands for, and how long the reference is.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text
        .bytes()
        .take(LONGEST)
        .position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#')
        .unwrap_or_else(|| text.len().min(LONGEST));
    let name = text.get(..end)?;
    let closed = text.as_bytes().get(end) == Some(&b';');
    let c = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        // Browsers take a few names without the semicolon; of these only the commonest matters.
        None if closed || name == "nbsp" => named(name)?,
        None => return None,
    };
    Some((c, end + usize::from(closed)))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    let code = code.ok()?;
    // Pages made on Windows write its characters by their places there.
    if let Ok(byte @ 0x80..=0x9F) = u8::try_from(code) {
        let bytes = [byte];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
        return text.chars().next();
    }
    char::from_u32(code).filter(|c| *c != '\0')
}

fn named(name: &str) -> Option<char> {
    let other = OTHERS
        .iter()
        .find(|(other, _)| *other == name)
        .map(|(_, c)| *c);
    let latin = || {
        let at = LATIN.split_whitespace().position(|latin| latin == name)?;
        char::from_u32(0xA0 + u32::try_from(at).ok()?)
    };
    other.or_else(latin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for (text, expect) in [
            ("&nbsp;&amp;", "\u{a0}&"),
            ("tr&#7867; em", "trẻ em"),
            ("tr&#x1EBB;", "trẻ"),
            ("c&ocirc; gi&aacute;o", "cô giáo"),
            ("&yuml;&szlig;", "ÿß"),
            ("&#147;x&#148;", "“x”"),
            ("a & b", "a & b"),
            ("&unknown;", "&unknown;"),
            ("&nbsp x", "\u{a0} x"),
            ("&#0;&#xFFFFFFFF;", "&#0;&#xFFFFFFFF;"),
            ("&", "&"),
            ("&ảệệệệệệệ;", "&ảệệệệệệệ;"),
            ("&dstrok;", "đ"),
            ("AT&T;", "AT&T;"),
        ] {
            assert_eq!(decode(text), expect, "{text}");
        }
    }

    #[test]
    fn names_are_listed_once() {
        let mut names: Vec<&str> = LATIN
            .split_whitespace()
            .chain(OTHERS.iter().map(|(name, _)| *name))
            .collect();
        assert_eq!(LATIN.split_whitespace().count(), 96);
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
