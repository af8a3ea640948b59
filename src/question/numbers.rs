//! Numbers as people write them in a place: 4, IV, "bốn", "thứ tư", "cuối".

use crate::text::Token;
use crate::text::roman::roman;

/// A position in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// Counted from one.
    Nth(u32),
    /// The last one.
    Last,
}

/// Number words. The second form of some stands after tens or in "thứ …".
const WORDS: &[(&str, u32)] = &[
    ("một", 1),
    ("nhất", 1),
    ("hai", 2),
    ("nhì", 2),
    ("ba", 3),
    ("bốn", 4),
    ("tư", 4),
    ("năm", 5),
    ("sáu", 6),
    ("bảy", 7),
    ("bẩy", 7),
    ("tám", 8),
    ("chín", 9),
    ("mười", 10),
];

/// The value of a token as digits or a Roman numeral.
pub fn numeral(token: &Token) -> Option<u32> {
    match token.fold.parse::<u32>() {
        Ok(number) if number > 0 && number < 1000 => Some(number),
        _ => roman(&token.fold),
    }
}

/// The value of a number word, by its marks if it has any, else folded.
pub fn word(token: &Token) -> Option<u32> {
    WORDS
        .iter()
        .find(|(word, _)| {
            if token.marked {
                token.word == *word
            } else {
                token.fold == crate::text::fold(word)
            }
        })
        .map(|(_, value)| *value)
}

/// Reads a position at `at`: "4", "IV", "số 4", "thứ tư", "thứ 4", "đầu tiên", "cuối (cùng)".
/// Returns it with the number of tokens read. A bare number word is not read: "mục hai" is
/// rare, "nhiệm vụ năm nay" is not.
pub fn position(tokens: &[Token], at: usize) -> Option<(Position, usize)> {
    let first = tokens.get(at)?;
    let second = tokens.get(at + 1);
    let is = |token: Option<&Token>, word: &str| token.is_some_and(|token| token.may_be(word));
    if first.may_be("thứ") || first.may_be("số") {
        let second = second?;
        let value = numeral(second).or_else(|| word(second))?;
        return Some((Position::Nth(value), 2));
    }
    // "phần đầu óc", "phần đầu tư": other words.
    if first.may_be("đầu") && !second.is_some_and(|next| next.may_be_any(&["óc", "tư", "mối"]))
    {
        return Some((Position::Nth(1), if is(second, "tiên") { 2 } else { 1 }));
    }
    if first.may_be("cuối") || first.may_be("chót") {
        return Some((Position::Last, if is(second, "cùng") { 2 } else { 1 }));
    }
    numeral(first).map(|value| (Position::Nth(value), 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    #[track_caller]
    fn check(text: &str, expect: Option<(Position, usize)>) {
        assert_eq!(position(&tokenize(text), 0), expect, "{text}");
    }

    #[test]
    fn positions() {
        check("4", Some((Position::Nth(4), 1)));
        check("IV", Some((Position::Nth(4), 1)));
        check("thứ tư", Some((Position::Nth(4), 2)));
        check("thu tu", Some((Position::Nth(4), 2)));
        check("số 3", Some((Position::Nth(3), 2)));
        check("đầu tiên", Some((Position::Nth(1), 2)));
        check("cuối cùng", Some((Position::Last, 2)));
        check("thứ trưởng", None);
        check("đầu tư", None);
        check("này", None);
    }
}
