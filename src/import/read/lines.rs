//! Lines that belong together: what begins an item of a list, how a line goes on in the next one.

use crate::text::{is_syllable, tokenize};

/// Signs that stand before the items of a list.
const BULLETS: [char; 12] = ['-', '–', '—', '+', '*', '•', '·', '▪', '■', '◦', '○', '➢'];

/// True for a line that begins with a bullet, a number or a letter of an enumeration, or with the
/// heading of an article or a chapter.
pub(super) fn starts_item(line: &str) -> bool {
    let line = line.trim_start();
    let (head, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    is_bullet(head) || is_number(head) || is_letter(head) || is_heading(head, rest)
}

/// True for `-`, `•` and their like, alone.
pub(super) fn is_bullet(head: &str) -> bool {
    let mut chars = head.chars();
    chars.next().is_some_and(|c| BULLETS.contains(&c)) && chars.next().is_none()
}

/// `1.`, `1.2.`, `12)`, `1/`, `IV.`.
fn is_number(head: &str) -> bool {
    let Some(body) = head.strip_suffix(['.', ')', '/']) else {
        // `1.2` alone is a number too; `12` is a quantity.
        return head.contains('.') && is_decimal(head);
    };
    is_decimal(body) || is_roman(body)
}

fn is_decimal(body: &str) -> bool {
    body.split('.')
        .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_roman(body: &str) -> bool {
    (1..=6).contains(&body.len()) && body.bytes().all(|byte| b"IVXLC".contains(&byte))
}

/// `a)`, `đ.`, `B.`.
fn is_letter(head: &str) -> bool {
    let Some(body) = head.strip_suffix([')', '.']) else {
        return false;
    };
    let mut chars = body.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// `Điều 3.`, `Chương II`, `PHẦN THỨ NHẤT`, `Phụ lục 1`.
fn is_heading(head: &str, rest: &str) -> bool {
    let next = rest.split_whitespace().next().unwrap_or("");
    let number = next.trim_end_matches(['.', ':', ')']);
    let counted = is_decimal(number) || is_roman(number) || matches!(number, "thứ" | "THỨ");
    match head {
        "Điều" | "ĐIỀU" | "Chương" | "CHƯƠNG" | "Mục" | "MỤC" | "Phần" | "PHẦN" => {
            counted
        }
        "Phụ" | "PHỤ" => matches!(number, "lục" | "LỤC"),
        _ => false,
    }
}

/// True where a sentence, a clause or an announcement ends.
pub(super) fn ends_in_stop(line: &str) -> bool {
    let line =
        line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '”' | '"' | '’' | ')'));
    line.ends_with(['.', ':', ';', '!', '?', ',', '…'])
}

/// Puts a line behind another. Vietnamese is broken between words only, so the hyphen at the end of
/// a line belongs to the text (`136-HD/BTGTW`) and what follows belongs to it.
pub(super) fn join(text: &mut String, line: &str) {
    let line = line.trim();
    let kept = text.trim_end().len();
    text.truncate(kept);
    let mut end = text.chars().rev();
    let glued = match (end.next(), end.next()) {
        (Some('\u{AD}'), _) => true,
        (Some('-' | '/' | '–'), Some(before)) => {
            before.is_alphanumeric() && line.starts_with(char::is_alphanumeric)
        }
        _ => false,
    };
    if !glued && !text.is_empty() && !line.is_empty() {
        text.push(' ');
    }
    text.push_str(line);
}

/// True when a line that somebody ended by hand, without ending the paragraph, goes on in the next
/// one: a long name broken in two does, the items of a list do not.
pub(super) fn goes_on(line: &str, next: &str) -> bool {
    let worded = |line: &str| line.chars().any(char::is_alphanumeric);
    if starts_item(next) || is_capitals(line) != is_capitals(next) || !worded(line) || !worded(next)
    {
        return false;
    }
    // A name in capitals over several lines; otherwise only a sentence that is not over.
    is_capitals(line) || !ends_in_stop(line) || line.trim_end().ends_with(',')
}

/// True for text whose letters are all capitals.
pub(super) fn is_capitals(line: &str) -> bool {
    let mut letters = line.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| !c.is_lowercase())
}

/// True when one of two lines is a heading in capitals and the other is not. Abbreviations at the
/// end of a sentence are capitals too, but no words.
pub(super) fn shouts(line: &str, next: &str) -> bool {
    let (one, other) = (is_capitals(line), is_capitals(next));
    let capitals = if one { line } else { next };
    let mut words = tokenize(capitals)
        .into_iter()
        .filter(|word| !word.is_number())
        .peekable();
    one != other
        && capitals.contains(' ')
        && words.peek().is_some()
        && words.all(|word| is_syllable(&word.word))
}

/// True for what stands at the edge of a page and counts it: `2`, `- 2 -`, `Trang 2/5`.
pub(super) fn page_number(line: &str) -> Option<u32> {
    let line = line.trim();
    let small = line.to_lowercase();
    let bare = small
        .trim_start_matches("trang")
        .trim_start_matches("page")
        .trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '–' | '—' | '.' | '[' | ']' | '|')
        });
    let number = bare.split(['/', ' ']).next().unwrap_or("");
    let rest = bare.get(number.len()..).unwrap_or("");
    let of_total = rest
        .trim_matches(|c: char| c.is_whitespace() || c == '/' || c.is_ascii_digit())
        .is_empty()
        && (rest.is_empty() || rest.contains('/'));
    let plain = (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    if plain && of_total {
        number.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items() {
        for line in [
            "- Nâng cao",
            "+ Một",
            "• Hai",
            "1. Ba",
            "1.2. Bốn",
            "1.2 Năm",
            "12) Sáu",
            "1/ Bảy",
            "IV. TÁM",
            "a) chín",
            "đ) mười",
            "A. MỘT",
            "Điều 3. Hai",
            "CHƯƠNG II",
            "Phần thứ nhất",
            "PHỤ LỤC",
            "  - lùi",
        ] {
            assert!(starts_item(line), "{line}");
        }
        for line in [
            "Nâng cao",
            "2024 là năm",
            "30/2020/NĐ-CP",
            "-HD/BTGTW",
            "Điều này",
            "Mục tiêu",
            "Phần lớn",
            "ngày 12.",
            "",
            "12",
            "em.",
            "Phụ nữ",
            "…",
        ] {
            assert!(!starts_item(line), "{line}");
        }
    }

    #[test]
    fn joined() {
        #[track_caller]
        fn check(text: &str, line: &str, expect: &str) {
            let mut text = text.to_owned();
            join(&mut text, line);
            assert_eq!(text, expect);
        }
        check("trẻ", "em", "trẻ em");
        check("số 136-", "HD/BTGTW", "số 136-HD/BTGTW");
        check("chính trị -", "xã hội", "chính trị - xã hội");
        check("28-CT/", "TW", "28-CT/TW");
        check("từ\u{AD}", "ng", "từ\u{AD}ng");
        check("", "em", "em");
        check("em ", " ", "em");
    }

    #[test]
    fn soft_breaks() {
        assert!(goes_on("ỦY BAN NHÂN DÂN", "TỈNH LÂM ĐỒNG"));
        assert!(goes_on("về tăng cường công tác", "bảo vệ trẻ em"));
        assert!(goes_on("của các cấp,", "các ngành;"));
        assert!(!goes_on("Độc lập - Tự do - Hạnh phúc", "-------"));
        assert!(!goes_on("KẾ HOẠCH", "Thực hiện Chỉ thị"));
        assert!(!goes_on("gồm các việc", "- Một"));
        assert!(!goes_on("Hết câu.", "Câu sau"));
    }

    #[test]
    fn headings_in_capitals() {
        assert!(shouts("TỈNH ỦY", "Số 109"));
        assert!(shouts("các việc sau:", "I. MỤC ĐÍCH"));
        assert!(!shouts("phối hợp với UBND,", "HĐND, MTTQ"));
        assert!(!shouts("số", "28-CT/TW"));
        assert!(!shouts("ĐẢNG ỦY", "TỈNH"));
    }

    #[test]
    fn page_numbers() {
        for (line, expect) in [
            ("2", Some(2)),
            ("- 12 -", Some(12)),
            ("Trang 2/5", Some(2)),
            ("trang 3", Some(3)),
            ("2 / 7", Some(2)),
            ("2024 năm", None),
            ("12345", None),
            ("Trang bị", None),
            ("", None),
            ("1.2", None),
            ("2.", Some(2)),
            ("5%", None),
            ("2 7", None),
        ] {
            assert_eq!(page_number(line), expect, "{line}");
        }
    }
}
