//! Question words of central Vietnam, read as those that all know: "chi" is "gì", "mô" is "nào" or "đâu",
//! "răng" is "sao". Each is another word elsewhere ("chi bộ", "mô hình", "sâu răng"), so that its
//! neighbours decide.

use std::borrow::Cow;

use crate::text::{Token, tokenize};

/// Words after which "chi" asks what.
const WHAT: [&str; 30] = [
    "việc", "cái", "điều", "chuyện", "làm", "nói", "là", "tên", "gồm", "viết", "ghi", "nêu", "có",
    "vụ", "thứ", "giao", "cần", "để", "vì", "về", "lo", "gánh", "nhiệm", "hỏi", "muốn", "bàn",
    "dạy", "nhắc", "bắt", "ra",
];
/// Words before which it does not, even then.
const SPENDING: [&str; 14] = [
    "bộ",
    "hội",
    "cục",
    "nhánh",
    "phí",
    "trả",
    "tiêu",
    "tiền",
    "đoàn",
    "ủy",
    "tiết",
    "ngân",
    "cho",
    "thường",
];
/// Words before which it does where it may be "chỉ" or "chị" as well.
const AFTER_WHAT: [&str; 26] = [
    "vậy", "rứa", "hè", "hả", "hở", "ạ", "dạ", "đó", "đây", "không", "thế", "ta", "nhỉ", "nhé",
    "nữa", "hết", "trong", "về", "với", "ở", "theo", "khi", "nếu", "mà", "bot", "bác",
];
/// Words around "mô" where it asks nothing.
const SCALE: [&str; 3] = ["quy", "vi", "vĩ"];
const MODEL: [&str; 4] = ["hình", "tả", "phỏng", "đất"];
/// Words after which it asks for a place.
const WHERE: [&str; 7] = ["ở", "đi", "tới", "đến", "về", "từ", "tại"];
/// Words around "răng" where it is a tooth.
const TOOTH_AFTER: [&str; 12] = [
    "khám", "sâu", "đánh", "nhổ", "hàm", "cái", "thay", "chải", "trồng", "niềng", "đau", "mọc",
];
const TOOTH_BEFORE: [&str; 6] = ["miệng", "hàm", "sữa", "sâu", "đau", "cho"];

/// Reads them so.
pub(super) fn read(mut tokens: Cow<[Token]>) -> Cow<[Token]> {
    if tokens.iter().any(is_age) {
        tokens = Cow::Owned(tokens.iter().flat_map(with_years).collect());
    }
    for at in 0..tokens.len() {
        if let Some(word) = standard(&tokens, at) {
            tokens.to_mut()[at].rewrite(word);
        }
    }
    tokens
}

/// "5t", "15t": an age as it is typed.
fn is_age(token: &Token) -> bool {
    let years = token.word.strip_suffix('t').map(str::parse::<u32>);
    matches!(years, Some(Ok(1..=18)))
}

/// The words of an age, which keep the place of its short form; any other word as it is.
fn with_years(token: &Token) -> Vec<Token> {
    if !is_age(token) {
        return vec![token.clone()];
    }
    let written = token.word.replace('t', " tuổi");
    let mut words = tokenize(&written);
    for word in &mut words {
        word.span = token.span.clone();
    }
    words
}

fn standard(tokens: &[Token], at: usize) -> Option<&'static str> {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let after = tokens.get(at + 1);
    let is = |token: Option<&Token>, words: &[&str]| {
        token.is_some_and(|token| words.contains(&token.word.as_str()))
    };
    match tokens[at].word.as_str() {
        "chi" => {
            let what = before.is_some_and(|token| token.may_be_any(&WHAT));
            let asks = match before.is_some_and(|token| token.marked) {
                true => !is(after, &SPENDING),
                false => after.is_none_or(|token| token.may_be_any(&AFTER_WHAT)),
            };
            (what && asks).then_some("gì")
        }
        "mô" if is(before, &SCALE) || is(after, &MODEL) => None,
        "mô" if is(before, &WHERE) => Some("đâu"),
        "mô" if before.is_some() => Some("nào"),
        "răng" if is(before, &TOOTH_AFTER) || is(after, &TOOTH_BEFORE) => None,
        "răng" => Some("sao"),
        "rứa" => Some("vậy"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_in_the_middle_of_the_country() {
        let cases = [
            ("kế hoạch bắt làm chi rứa", "kế hoạch bắt làm gì vậy"),
            ("Viec chi trong huyen", "viec gì trong huyen"),
            ("bên mô lo, họp ở mô", "bên nào lo họp ở đâu"),
            ("răng không thấy ghi", "sao không thấy ghi"),
            ("bé dưới 5t thì sao", "bé dưới 5 tuổi thì sao"),
            // Other words.
            ("QĐ 30t", "qđ 30t"),
            ("việc chi bộ phải làm", "việc chi bộ phải làm"),
            ("việc chi huyện phải làm", "việc gì huyện phải làm"),
            ("nhung viec chi thi giao", "nhung viec chi thi giao"),
            ("mức chi cho mô hình, quy mô", "mức chi cho mô hình quy mô"),
            ("khám răng cho trẻ", "khám răng cho trẻ"),
        ];
        for (typed, expect) in cases {
            let tokens = read(Cow::from(tokenize(typed)));
            let words: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
            assert_eq!(words.join(" "), expect);
        }
    }
}
