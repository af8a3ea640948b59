//! A passage cut into sentences, so that the one that answers can be quoted alone.

use std::ops::Range;

/// Words that end in a dot in the middle of a sentence.
const ABBREVIATIONS: [&str; 18] = [
    "TT", "TP", "Tp", "TX", "GS", "PGS", "TS", "ThS", "CN", "KS", "BS", "Bs", "NXB", "Nxb", "tr",
    "St", "Mr", "Dr",
];

/// Words after which a number names something and does not end a sentence: “số 28. …”.
const BEFORE_NUMBERS: [&str; 9] = [
    "số", "điều", "khoản", "mục", "điểm", "chương", "phần", "bảng", "hình",
];

/// The sentences of `text` within `span`, in order, white space trimmed. A passage with no end
/// of a sentence inside is one sentence; an empty one has none.
pub(crate) fn sentences(text: &str, span: Range<usize>) -> Vec<Range<usize>> {
    let passage = &text[span.clone()];
    let quoted = quotations(passage);
    let mut found = Vec::new();
    let mut start = 0;
    for at in marks(passage) {
        if let Some(end) = sentence_end(passage, at)
            && !quoted
                .iter()
                .any(|quote| quote.contains(&at) && quote.contains(&end))
        {
            push(&mut found, passage, start..end);
            start = end;
        }
    }
    push(&mut found, passage, start..passage.len());
    found
        .into_iter()
        .map(|s| span.start + s.start..span.start + s.end)
        .collect()
}

/// Where the marks stand that may end a sentence. Most bytes are of none, and each is looked at once.
fn marks(passage: &str) -> impl Iterator<Item = usize> {
    const ELLIPSIS: &[u8] = "…".as_bytes();
    let bytes = passage.as_bytes();
    (0..bytes.len()).filter(|at| match bytes[*at] {
        b'.' | b'!' | b'?' => true,
        first => first == ELLIPSIS[0] && bytes[*at..].starts_with(ELLIPSIS),
    })
}

fn push(found: &mut Vec<Range<usize>>, passage: &str, span: Range<usize>) {
    let sentence = passage[span.clone()].trim_start();
    let start = span.end - sentence.len();
    let end = start + sentence.trim_end().len();
    if start < end {
        found.push(start..end);
    }
}

/// Where the sentence ends whose closing mark stands at `at`: after the mark and the quotation
/// marks or brackets that close with it. `None` when no sentence ends here.
fn sentence_end(passage: &str, at: usize) -> Option<usize> {
    let mark = passage[at..].chars().next()?;
    let after = &passage[at + mark.len_utf8()..];
    let rest = after.trim_start_matches(['”', '"', '’', '»', ')', ']']);
    let next = rest.trim_start();
    let begins_anew = next.len() < rest.len()
        && next
            .trim_start_matches(['“', '"', '‘', '«', '(', '['])
            .starts_with(char::is_uppercase);
    let ends = begins_anew && (mark != '.' || !is_inner_dot(&passage[..at]));
    ends.then_some(passage.len() - rest.len())
}

/// A dot after `before` that belongs to an abbreviation, an initial or a number.
fn is_inner_dot(before: &str) -> bool {
    // Dots in a row are an ellipsis, which ends a sentence; so does “v.v.”.
    if before.ends_with('.') || before.ends_with("v.v") {
        return false;
    }
    let is_break = |c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '.' | '/' | ',');
    let word = before.rsplit(is_break).next().unwrap_or(before);
    if word.chars().count() == 1 && word.chars().all(char::is_alphabetic) {
        return true;
    }
    if word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty() {
        return is_name_of_a_number(before, word);
    }
    ABBREVIATIONS.contains(&word)
}

/// Short numbers are taken for names (“số 28.”, “Điều 5.”) or counts; a year ends a sentence
/// unless a word before it makes it a name.
fn is_name_of_a_number(before: &str, number: &str) -> bool {
    let ahead = &before[..before.len() - number.len()];
    let last = ahead
        .split_whitespace()
        .next_back()
        .unwrap_or("")
        .to_lowercase();
    let stands_alone = ahead.is_empty() || ahead.ends_with(char::is_whitespace);
    stands_alone && (number.len() < 4 || BEFORE_NUMBERS.contains(&last.as_str()))
}

/// The stretches between quotation marks. A mark that is never closed opens nothing.
fn quotations(passage: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Both marks have bytes that no letter has: most passages are done with after one look at each.
    let opening = "“".as_bytes()[0];
    if !passage.bytes().any(|byte| byte == b'"' || byte == opening) {
        return found;
    }
    let mut from = 0;
    while let Some(open) = passage[from..].find(['“', '"']).map(|at| from + at) {
        let mark = if passage[open..].starts_with('“') {
            '“'
        } else {
            '"'
        };
        let inside = open + mark.len_utf8();
        let closing = if mark == '“' { '”' } else { '"' };
        from = inside;
        if let Some(close) = passage[inside..].find(closing) {
            from = inside + close + closing.len_utf8();
            found.push(open..inside + close + 1);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let framed = format!("xx{text}yy");
        let found: Vec<&str> = sentences(&framed, 2..2 + text.len())
            .into_iter()
            .map(|span| &framed[span])
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn ends() {
        check(
            "Một hai. Ba bốn! Năm? Sáu…",
            &["Một hai.", "Ba bốn!", "Năm?", "Sáu…"],
        );
        check("Bị xâm hại... Tăng cường", &["Bị xâm hại...", "Tăng cường"]);
        check("các cấp... bảo đảm", &["các cấp... bảo đảm"]);
        check("cho trẻ em,... nhất là", &["cho trẻ em,... nhất là"]);
        check("Một.\n  Hai.", &["Một.", "Hai."]);
        check("Một. (Hai.) Ba", &["Một.", "(Hai.)", "Ba"]);
        check("sách, vở, v.v. Các em", &["sách, vở, v.v.", "Các em"]);
        check("không có dấu kết", &["không có dấu kết"]);
        check("", &[]);
        check(" . ", &["."]);
    }

    #[test]
    fn dots_inside() {
        check("TT. HĐND tỉnh", &["TT. HĐND tỉnh"]);
        check(
            "Kế hoạch của UBND. Các sở",
            &["Kế hoạch của UBND.", "Các sở"],
        );
        check("Chỉ thị số 28. Ban", &["Chỉ thị số 28. Ban"]);
        check("Điều 5. Phạm vi", &["Điều 5. Phạm vi"]);
        check("5. Phạm vi", &["5. Phạm vi"]);
        check("J. Allen và A. B. Day", &["J. Allen và A. B. Day"]);
        check("ngày 08/3/2024. Ban", &["ngày 08/3/2024.", "Ban"]);
        check(
            "đến năm 2030. Chương trình",
            &["đến năm 2030.", "Chương trình"],
        );
        check("Nghị định số 2030. Chương", &["Nghị định số 2030. Chương"]);
        check("tăng 3.500 người. Họ", &["tăng 3.500 người.", "Họ"]);
    }

    #[test]
    fn quotations_stay_whole() {
        check(
            "Ông nói “Một. Hai.” rồi đi. Ba",
            &["Ông nói “Một. Hai.” rồi đi.", "Ba"],
        );
        check(
            "Phong trào “Một. Hai.” Ba bốn",
            &["Phong trào “Một. Hai.”", "Ba bốn"],
        );
        check(
            "Ông nói \"Một. Hai\" và đi",
            &["Ông nói \"Một. Hai\" và đi"],
        );
        check("Dấu “ mở. Rồi thôi", &["Dấu “ mở.", "Rồi thôi"]);
        check("Một. “Hai” ba", &["Một.", "“Hai” ba"]);
    }
}
