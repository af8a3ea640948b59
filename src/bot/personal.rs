//! Personal data in a message, found by its shape before anything is stored: telephone numbers,
//! numbers of identity papers, e-mail addresses.

/// What stands in place of what was found.
const MASK: &str = "[…]";
/// Digits of a telephone number at home (with the leading 0) or of an identity card.
const DIGITS: std::ops::RangeInclusive<usize> = 9..=13;

/// The text with personal data masked; `None` when there is none.
pub fn masked(text: &str) -> Option<String> {
    let mut masked = String::with_capacity(text.len());
    let mut found = false;
    let mut rest = text;
    while !rest.is_empty() {
        let at_word_start = masked
            .chars()
            .next_back()
            .is_none_or(|before| !before.is_alphanumeric());
        let length = if at_word_start {
            number(rest).or_else(|| address(rest))
        } else {
            None
        };
        match length {
            Some(length) => {
                masked.push_str(MASK);
                found = true;
                rest = &rest[length..];
            }
            None => {
                let first = rest.chars().next().map_or(1, char::len_utf8);
                masked.push_str(&rest[..first]);
                rest = &rest[first..];
            }
        }
    }
    found.then_some(masked)
}

/// Length of a number at the start that is long enough for a telephone or an identity card. Its
/// groups may be set apart by a space, a dot or a hyphen. Dates and numbers of documents are
/// shorter or have other marks.
fn number(text: &str) -> Option<usize> {
    let start = usize::from(text.starts_with('+'));
    let mut digits = 0;
    let mut end = start;
    let mut separated = false;
    for (at, c) in text.char_indices().skip(start) {
        match c {
            '0'..='9' => {
                digits += 1;
                end = at + 1;
                separated = false;
            }
            ' ' | '.' | '-' if digits > 0 && !separated => separated = true,
            c if c.is_alphanumeric() && !separated => return None,
            _ => break,
        }
    }
    let telephone = text[..end].starts_with(['0', '+']);
    let together = text[..end]
        .bytes()
        .skip(start)
        .all(|byte| byte.is_ascii_digit());
    (DIGITS.contains(&digits) && (telephone || together)).then_some(end)
}

/// Length of an e-mail address at the start.
fn address(text: &str) -> Option<usize> {
    let part = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let local = text.find(|c| !part(c))?;
    let domain = text[local..].strip_prefix('@')?;
    let length = domain.find(|c| !part(c)).unwrap_or(domain.len());
    let domain = domain[..length].trim_end_matches(['.', '-']);
    let (name, top) = domain.rsplit_once('.')?;
    let sound = local > 0 && !name.is_empty() && top.len() >= 2;
    sound.then(|| local + 1 + domain.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_masked() {
        for (text, expect) in [
            ("gọi 0912345678 nhé", "gọi […] nhé"),
            ("gọi 0912 345 678.", "gọi […]."),
            ("số 0912.345.678", "số […]"),
            ("+84 912-345-678", "[…]"),
            ("cccd 068123456789", "cccd […]"),
            ("cmnd 250123456", "cmnd […]"),
            ("thư tới an.nguyen@lamdong.gov.vn, nhé", "thư tới […], nhé"),
        ] {
            assert_eq!(masked(text).as_deref(), Some(expect), "{text}");
        }
    }

    #[test]
    fn what_is_not() {
        for text in [
            "Kế hoạch 109-KH/TU ngày 08/3/2024",
            "Chỉ thị 28-CT/TW, 25/12/2023",
            "gọi 111 hoặc 113",
            "năm 2020 2021 2022",
            "12 34 567 89",
            "mục III.4 và II.3.2",
            "a@b",
            "1.000.000.000 đồng",
            "",
        ] {
            assert_eq!(masked(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in any::<String>()) {
            if let Some(masked) = masked(&text) {
                prop_assert!(masked.contains(MASK));
            }
        }
    }
}
