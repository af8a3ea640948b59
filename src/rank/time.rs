//! Expressions of time in a text: dates, years, periods, frequencies.

use std::ops::Range;

use crate::text::{self, Token};

/// Phrases that say when or how often, without a number.
const FREQUENCIES: &[&[&str]] = &[
    &["hằng", "năm"],
    &["hàng", "năm"],
    &["hằng", "tháng"],
    &["hằng", "quý"],
    &["định", "kỳ"],
    &["thường", "xuyên"],
];
/// Phrases that say how soon.
const PROMPT: &[&[&str]] = &[&["kịp", "thời"]];
/// Words before a number that make it a time.
const BEFORE: &[&str] = &["năm", "tháng", "ngày", "quý"];

/// The kind of a time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A day, a month or a year.
    Date,
    /// How often, or again and again.
    Frequency,
    /// How soon.
    Prompt,
}

/// The time expressions of a text, as ranges of its tokens.
pub fn expressions(tokens: &[Token]) -> Vec<(Range<usize>, Kind)> {
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let phrases = FREQUENCIES.iter().map(|words| (words, Kind::Frequency));
        let prompt = PROMPT.iter().map(|words| (words, Kind::Prompt));
        for (words, kind) in phrases.chain(prompt) {
            let here = tokens.get(at..at + words.len());
            if here.is_some_and(|here| {
                here.iter()
                    .zip(*words)
                    .all(|(token, word)| token.word == *word)
            }) {
                found.push((at..at + words.len(), kind));
            }
        }
        if is_year(&tokens[at]) || is_numbered(tokens, at) {
            found.push((at..at + 1, Kind::Date));
        }
    }
    found
}

/// Words that make a time a deadline.
const DEADLINE: &[&[&str]] = &[
    &["trước", "ngày"],
    &["chậm", "nhất"],
    &["trước", "tháng"],
    &["hạn", "chót"],
    &["thời", "hạn"],
    &["hoàn", "thành", "trong"],
    &["hoàn", "thành", "trước"],
    &["xong", "trước"],
];

/// Whether the text sets a deadline.
pub fn sets_deadline(tokens: &[Token]) -> bool {
    DEADLINE
        .iter()
        .any(|words| text::contains(tokens, words, Token::is))
}

/// A number from 1900 to 2099.
fn is_year(token: &Token) -> bool {
    token.fold.len() == 4
        && (token.fold.starts_with("19") || token.fold.starts_with("20"))
        && token.is_number()
}

/// "ngày 25", "quý 3".
fn is_numbered(tokens: &[Token], at: usize) -> bool {
    tokens[at].is_number() && at > 0 && BEFORE.contains(&tokens[at - 1].word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    #[track_caller]
    fn check(text: &str, expect: &[Kind]) {
        let kinds: Vec<Kind> = expressions(&tokenize(text))
            .into_iter()
            .map(|(_, kind)| kind)
            .collect();
        assert_eq!(kinds, expect, "{text}");
    }

    #[test]
    fn times() {
        check("Hằng năm, bố trí ngân sách", &[Kind::Frequency]);
        check("định kỳ sơ kết", &[Kind::Frequency]);
        check("giai đoạn 2021 - 2030", &[Kind::Date, Kind::Date]);
        check("ngày 25", &[Kind::Date]);
        check("trẻ em dưới 5 tuổi", &[]);
        check("năm điều", &[]);
    }
}
