//! A heading taken apart: “II. NHIỆM VỤ”, “3. Nâng cao …”, “Điều 5. Phạm vi”, “Bối cảnh {#boi-canh}”.

use std::ops::Range;

use super::slug::{is_slug, slug};
use crate::text::{lower, nfc};

/// The parts of a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// “Điều”, “Chương”, … where the number has such a word before it.
    pub keyword: Option<&'static str>,
    /// The number as typed, without its dot: `II`, `3`, `1.1`, `a`.
    pub number: Option<String>,
    /// From `{#slug}`.
    pub slug: Option<String>,
    /// The words that are left, in the same offsets as the heading's.
    pub words: Range<usize>,
}

/// Words that statutes put before a heading's number.
const KEYWORDS: [&str; 6] = ["Phần", "Chương", "Mục", "Điều", "Khoản", ANNEX];

/// What a document is followed by. It may have no number, and is no part of the document's own
/// count: annex I is not part I.
pub(super) const ANNEX: &str = "Phụ lục";

/// Numbers as “Phần thứ nhất” has them.
const ORDINALS: [&str; 10] = [
    "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười",
];

/// Takes apart the heading that stands in `text` at `span`.
pub(super) fn read(text: &str, span: Range<usize>) -> Heading {
    let (slug, words) = take_slug(text, span);
    let keyword = keyword(&text[words.clone()]);
    let after_keyword = match keyword {
        Some((_, length)) => trim_start(text, words.start + length..words.end),
        None => words.clone(),
    };
    let keyword = keyword.map(|(keyword, _)| keyword);
    if keyword == Some(ANNEX) {
        return annex(text, after_keyword, slug);
    }
    let after = &text[after_keyword.clone()];
    let found =
        number(after, keyword.is_some()).or_else(|| ordinal(after).filter(|_| keyword.is_some()));
    match found {
        Some((number, length)) => Heading {
            keyword,
            number: Some(number),
            slug,
            words: trim_start(text, after_keyword.start + length..after_keyword.end),
        },
        None => Heading {
            keyword: None,
            number: None,
            slug,
            words,
        },
    }
}

/// An annex, by its slug or one made from its number.
fn annex(text: &str, after_keyword: Range<usize>, typed: Option<String>) -> Heading {
    let number = number(&text[after_keyword.clone()], true);
    let length = number.as_ref().map_or(0, |(_, length)| *length);
    let number = number.map(|(number, _)| number);
    let name = format!("{ANNEX} {}", number.as_deref().unwrap_or_default());
    Heading {
        keyword: Some(ANNEX),
        slug: typed.or_else(|| Some(slug(&name))),
        number,
        words: trim_start(text, after_keyword.start + length..after_keyword.end),
    }
}

/// Splits off `{#slug}`. A slug that cannot stand in an id is folded into one that can.
fn take_slug(text: &str, span: Range<usize>) -> (Option<String>, Range<usize>) {
    let heading = &text[span.clone()];
    let Some((words, typed)) = heading
        .strip_suffix('}')
        .and_then(|heading| heading.rsplit_once("{#"))
    else {
        return (None, span);
    };
    let end = span.start + words.trim_end().len();
    let usable = if is_slug(typed) {
        typed.to_owned()
    } else {
        slug(typed)
    };
    (
        Some(usable).filter(|slug| !slug.is_empty()),
        span.start..end,
    )
}

/// The keyword a heading begins with, and its length as typed.
fn keyword(words: &str) -> Option<(&'static str, usize)> {
    // Most headings begin with none, which the first letter tells: no keyword's has a mark that could be
    // a character of its own.
    let begins = |keyword: &&str| first_letter(keyword) == first_letter(words);
    let mut keywords = KEYWORDS.into_iter().filter(begins);
    keywords.find_map(|keyword| {
        let length = first_words(words, keyword.split(' ').count())?;
        let same = lower(&nfc(&words[..length])) == lower(keyword);
        same.then_some((keyword, length))
    })
}

fn first_letter(words: &str) -> Option<char> {
    words.chars().flat_map(char::to_lowercase).next()
}

/// The length of the first `count` words, which single blanks part.
fn first_words(words: &str, count: usize) -> Option<usize> {
    let mut ends = words
        .match_indices(char::is_whitespace)
        .map(|(at, _)| at)
        .chain([words.len()]);
    let end = ends.nth(count - 1)?;
    // What stands right after the last word, as in “PHỤ LỤC:”, is not the word's.
    Some(words[..end].trim_end_matches([':', '.']).len())
}

/// “thứ nhất” at the start of what follows a keyword: its number, and its length with the dot.
fn ordinal(words: &str) -> Option<(String, usize)> {
    let mut typed = words.split_whitespace();
    let first = typed.next().filter(|first| lower(first) == "thứ")?;
    let second = typed.next()?;
    let bare = lower(second.trim_end_matches(['.', ')', ':']));
    let number = ORDINALS.iter().position(|ordinal| *ordinal == bare)? + 1;
    let gap = words[first.len()..].find(second)?;
    Some((number.to_string(), first.len() + gap + second.len()))
}

/// The number as “Phần thứ nhất” has it, if it is so written.
pub(super) fn as_ordinal(number: &str) -> Option<&'static str> {
    let place = number.parse::<usize>().ok()?.checked_sub(1)?;
    ORDINALS.get(place).copied()
}

/// The number a heading begins with, and its length with the dot. After a keyword the dot may be
/// absent; otherwise “5 bước” or “I am” would count.
fn number(words: &str, after_keyword: bool) -> Option<(String, usize)> {
    let first = words.split_whitespace().next()?;
    let bare = first.trim_end_matches(['.', ')', ':']);
    let dotted = bare.len() < first.len() || (bare.contains('.') && is_decimal(bare));
    let fits = is_roman(bare) || is_decimal(bare) || is_letter(bare);
    (fits && (dotted || after_keyword)).then(|| (bare.to_owned(), first.len()))
}

pub(super) fn is_roman(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'D' | 'M'))
}

/// `5`, `1.1`, `5a` (an article that was put in later).
fn is_decimal(text: &str) -> bool {
    let digits = text.trim_end_matches(|c: char| c.is_lowercase());
    let letters = text[digits.len()..].chars().count();
    letters <= 1
        && digits
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
}

fn is_letter(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn trim_start(text: &str, span: Range<usize>) -> Range<usize> {
    let left = text[span.clone()].trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | ')' | ':' | '-' | '–')
    });
    span.end - left.len()..span.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, keyword: &str, number: &str, slug: &str, words: &str) {
        let found = read(text, 0..text.len());
        assert_eq!(
            (
                found.keyword.unwrap_or(""),
                found.number.as_deref().unwrap_or(""),
                found.slug.as_deref().unwrap_or(""),
                &text[found.words]
            ),
            (keyword, number, slug, words)
        );
    }

    #[test]
    fn numbers() {
        check("II. NHIỆM VỤ", "", "II", "", "NHIỆM VỤ");
        check("3. Nâng cao", "", "3", "", "Nâng cao");
        check("1.1. Sâu", "", "1.1", "", "Sâu");
        check("1.1 Sâu", "", "1.1", "", "Sâu");
        check("a) Ý", "", "a", "", "Ý");
        check("đ) Ý", "", "đ", "", "Ý");
        check("A. Phần", "", "A", "", "Phần");
        check("IV.", "", "IV", "", "");
    }

    #[test]
    fn keywords() {
        check("Điều 5. Phạm vi", "Điều", "5", "", "Phạm vi");
        check("ĐIỀU 5a: Phạm vi", "Điều", "5a", "", "Phạm vi");
        check("Chương II - Quyền", "Chương", "II", "", "Quyền");
        check("Điều 7", "Điều", "7", "", "");
        check("Phần thứ nhất. QUAN ĐIỂM", "Phần", "1", "", "QUAN ĐIỂM");
        check("PHẦN THỨ HAI", "Phần", "2", "", "");
        check("Mục đích, yêu cầu", "", "", "", "Mục đích, yêu cầu");
        check("Thứ hai. Việc", "", "", "", "Thứ hai. Việc");
        check("Phần mềm", "", "", "", "Phần mềm");
        check("Điều", "", "", "", "Điều");
    }

    #[test]
    fn annexes() {
        check("Phụ lục I. Bảng", "Phụ lục", "I", "phu-luc-i", "Bảng");
        check("PHỤ LỤC: Bảng", "Phụ lục", "", "phu-luc", "Bảng");
        check("PHỤ LỤC", "Phụ lục", "", "phu-luc", "");
        check("Phụ lục 2 {#b}", "Phụ lục", "2", "b", "");
    }

    #[test]
    fn words_that_look_like_numbers() {
        check("5 bước", "", "", "", "5 bước");
        check("I am", "", "", "", "I am");
        check("Y tế", "", "", "", "Y tế");
        check("", "", "", "", "");
    }

    #[test]
    fn slugs() {
        check("Bối cảnh {#boi-canh}", "", "", "boi-canh", "Bối cảnh");
        check("II. Bối cảnh{#x}", "", "II", "x", "Bối cảnh");
        check("Bối cảnh {#Bối cảnh}", "", "", "boi-canh", "Bối cảnh");
        check("Bối cảnh {#}", "", "", "", "Bối cảnh");
        check("{#x}", "", "", "x", "");
    }
}
