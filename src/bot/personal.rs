//! Personal data in a message, found by its shape before anything is stored: telephone numbers,
//! numbers of identity papers, e-mail addresses.

use std::ops::Range;

/// What stands in place of what was found.
const MASK: &str = "[…]";
/// Digits written in one piece: an old identity card has nine; more than an account has is no number
/// of a person.
const TOGETHER: std::ops::RangeInclusive<usize> = 9..=19;
/// Digits of a number with its country.
const ABROAD: std::ops::RangeInclusive<usize> = 9..=15;
/// Characters between two groups of one number.
const GAP: usize = 3;
/// How far before a number the word for it may stand, in characters.
const NEAR: usize = 24;
/// Words after which groups of digits are a number of somebody's, whatever their beginning.
const WORDS: [&str; 10] = [
    "cmnd",
    "cmt",
    "cccd",
    "căn cước",
    "chứng minh",
    "định danh",
    "điện thoại",
    "sđt",
    "sdt",
    "zalo",
];
/// Words after a number that make it an amount.
const AMOUNTS: [&str; 9] = [
    "đồng", "đ", "vnđ", "vnd", "usd", "triệu", "tỷ", "người", "trẻ",
];

/// The text with personal data masked; `None` when there is none.
pub fn masked(text: &str) -> Option<String> {
    let mut spans = numbers(text);
    spans.extend(addresses(text));
    if spans.is_empty() {
        return None;
    }
    spans.sort_by_key(|span| span.start);
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for span in spans {
        if span.start >= end {
            masked.push_str(&text[end..span.start]);
            masked.push_str(MASK);
        }
        end = end.max(span.end);
    }
    masked.push_str(&text[end..]);
    Some(masked)
}

/// Digits without anything between them.
struct Group {
    at: Range<usize>,
    /// What stands between it and the group before, where both may be of one number.
    joined: Option<char>,
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, c) in text.char_indices() {
        if !c.is_ascii_digit() {
            continue;
        }
        match groups.last_mut() {
            Some(last) if last.at.end == at => last.at.end = at + 1,
            last => {
                let joined = last.and_then(|last| separator(&text[last.at.end..at]));
                let at = at..at + 1;
                groups.push(Group { at, joined });
            }
        }
    }
    groups
}

/// The mark between two groups of one number: a space, a dot, a hyphen or brackets.
fn separator(gap: &str) -> Option<char> {
    let mark = |c: char| " \u{a0}.-–()".contains(c);
    if gap.chars().count() > GAP || !gap.chars().all(mark) {
        return None;
    }
    let strong = gap.chars().find(|c| !" \u{a0}".contains(*c));
    Some(strong.unwrap_or(' '))
}

fn numbers(text: &str) -> Vec<Range<usize>> {
    let groups = groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < groups.len() {
        if is_date(text, &groups[at..]) {
            at += 3;
        } else if let Some(count) = number(text, &groups[at..], at == 0 || starts(&groups[at])) {
            let start = groups[at].at.start - plus(text, &groups[at]);
            found.push(start..groups[at + count - 1].at.end);
            at += count;
        } else {
            at += 1;
        }
    }
    found
}

fn starts(group: &Group) -> bool {
    group.joined.is_none()
}

/// How many groups from the first on are one number of a person. `alone` when no group before could
/// be of the same number.
fn number(text: &str, groups: &[Group], alone: bool) -> Option<usize> {
    let first = groups.first()?;
    let country = plus(text, first) > 0;
    if TOGETHER.contains(&first.at.len()) {
        return (country || !is_amount(text, first)).then_some(1);
    }
    let run = 1 + groups[1..]
        .iter()
        .take_while(|group| !starts(group))
        .count();
    let named = alone && is_named(text, first);
    (2..=run).rev().find(|count| {
        let run = &groups[..*count];
        let digits: String = run.iter().map(|group| &text[group.at.clone()]).collect();
        let sound = if country {
            ABROAD.contains(&digits.len())
        } else {
            is_telephone_or_card(&digits) && is_even(run)
        };
        sound || (named && matches!(digits.len(), 9..=12))
    })
}

/// Ten digits of a mobile, eleven of a telephone with its area, twelve of an identity card; or the
/// country's number in place of the first zero.
fn is_telephone_or_card(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    matches!(
        (bytes, bytes.len()),
        ([b'0', b'2'..=b'9', ..], 10)
            | ([b'0', b'1' | b'2', ..], 11)
            | ([b'0', ..], 12)
            | ([b'8', b'4', b'2'..=b'9', ..], 11 | 12)
    )
}

/// One kind of mark between the groups, or a first group that no date or list begins with.
fn is_even(run: &[Group]) -> bool {
    let mut marks = run[1..].iter().map(|group| group.joined);
    let first = marks.next();
    run[0].at.len() >= 3 || marks.all(|mark| Some(mark) == first)
}

/// Day, month and year, set apart by dots, hyphens or spaces.
fn is_date(text: &str, groups: &[Group]) -> bool {
    let [day, month, year, ..] = groups else {
        return false;
    };
    let value = |group: &Group| text[group.at.clone()].parse::<u32>().unwrap_or(0);
    let together = month.joined.is_some() && year.joined.is_some();
    together
        && day.at.len() <= 2
        && month.at.len() <= 2
        && year.at.len() == 4
        && (1..=31).contains(&value(day))
        && (1..=12).contains(&value(month))
        && (1900..2100).contains(&value(year))
}

/// Length of the plus sign before a group.
fn plus(text: &str, group: &Group) -> usize {
    usize::from(text[..group.at.start].ends_with('+'))
}

fn is_amount(text: &str, group: &Group) -> bool {
    let after = text[group.at.end..].trim_start().to_lowercase();
    let word = after.split(|c: char| !c.is_alphanumeric()).next();
    word.is_some_and(|word| AMOUNTS.contains(&word))
}

fn is_named(text: &str, group: &Group) -> bool {
    let before: Vec<char> = text[..group.at.start].chars().rev().take(NEAR).collect();
    let before: String = before.into_iter().rev().collect();
    let before = crate::text::nfc(&before).to_lowercase();
    WORDS.iter().any(|word| before.contains(word))
}

/// E-mail addresses.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let part = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let local = text[..at].trim_end_matches(part).len();
        let after = &text[at + 1..];
        let length = after.find(|c| !part(c)).unwrap_or(after.len());
        let domain = after[..length].trim_end_matches(['.', '-', '_']);
        let sound = domain
            .rsplit_once('.')
            .is_some_and(|(name, top)| !name.is_empty() && top.len() >= 2);
        if local < at && sound {
            found.push(local..at + 1 + domain.len());
        }
    }
    found
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
            ("số 0912-345-678!", "số […]!"),
            ("0912 345.678", "[…]"),
            ("09 12 34 56 78", "[…]"),
            ("0912\u{a0}345\u{a0}678", "[…]"),
            ("0912 - 345 - 678", "[…]"),
            ("sđt0912345678", "sđt[…]"),
            ("0912345678, 0987654321", "[…], […]"),
            ("0912345678 năm 2024", "[…] năm 2024"),
            ("0912345678 2024", "[…] 2024"),
            ("0912 345 678 hoặc 0263 3822 123", "[…] hoặc […]"),
            ("(0263) 3822 123", "([…]"),
            ("+84 912-345-678", "[…]"),
            ("+84 (0) 912 345 678", "[…]"),
            ("84912345678", "[…]"),
            ("cccd 068123456789", "cccd […]"),
            ("cccd 068 123 456 789", "cccd […]"),
            ("068.123.456.789", "[…]"),
            ("cmnd 250123456", "cmnd […]"),
            ("CMND: 250 123 456", "CMND: […]"),
            (
                "số chứng minh 250.123.456 cấp ngày 08.3.2024",
                "số chứng minh […] cấp ngày 08.3.2024",
            ),
            ("thư tới an.nguyen@lamdong.gov.vn, nhé", "thư tới […], nhé"),
            ("a.b-c_d+e@x.vn.", "[…]."),
            ("0912345678@zalo.me", "[…]"),
        ] {
            assert_eq!(masked(text).as_deref(), Some(expect), "{text}");
        }
    }

    #[test]
    fn what_is_not() {
        for text in [
            "Kế hoạch 109-KH/TU ngày 08/3/2024",
            "Chỉ thị 28-CT/TW, 25/12/2023",
            "Hướng dẫn 136-HD/BTGTW 15/01/2024",
            "từ 08.3.2024 đến 25.12.2025",
            "01.01.2024 - 31.12.2025",
            "01 02 2024 2025",
            "08.3.2024 09.4.2025",
            "gọi 111 hoặc 113, hoặc 18001567",
            "năm 2020 2021 2022",
            "2020-2021-2022-2023",
            "12 34 567 89",
            "mục III.4 và II.3.2",
            "a@b",
            "@hoidap_bot ai lo?",
            "1.000.000.000 đồng",
            "1000000000 đồng",
            "05 06 07 08",
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

        #[test]
        fn a_mobile_is_masked_wherever_it_stands(
            before in "[a-zà-ỹ ,:]{0,12}",
            after in "[a-zà-ỹ ,.!?]{0,12}",
            number in "0[35789][0-9]{8}",
            mark in prop::sample::select(vec!["", " ", ".", "-"]),
        ) {
            let written = [&number[..4], &number[4..7], &number[7..]].join(mark);
            let masked = masked(&format!("{before}{written}{after}"));
            let left: String = masked.unwrap_or_default().matches(|c: char| c.is_ascii_digit()).collect();
            prop_assert_eq!(left, "");
        }
    }
}
