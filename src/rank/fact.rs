//! Whether a text holds a fact of the kind asked for.

use super::time;
use crate::question::Asked;
use crate::text::{self, Token};

/// Whether a text, its tokens beside it, holds a fact of this kind. Used both for a passage (is it
/// an answer?) and for a whole document (is its silence proven?).
pub fn holds(asked: Asked, tokens: &[Token], text: &str) -> bool {
    match asked {
        Asked::Money => followed(tokens, &["đồng", "triệu", "tỷ", "nghìn", "ngàn", "usd"]),
        Asked::Telephone => tokens
            .iter()
            .any(|token| token.is_number() && token.fold.len() >= 8),
        Asked::Address => has(
            tokens,
            &[
                &["địa", "chỉ"],
                &["số", "nhà"],
                &["www"],
                &["http"],
                &["https"],
            ],
        ),
        Asked::Penalty => has(
            tokens,
            &[
                &["phạt", "tiền"],
                &["phạt", "tù"],
                &["mức", "phạt"],
                &["xử", "phạt"],
                &["hình", "phạt"],
            ],
        ),
        Asked::OfficeHolder | Asked::Progress => false,
        Asked::Figure => {
            text.contains('%')
                || followed(
                    tokens,
                    &[
                        "vụ",
                        "trẻ",
                        "em",
                        "cháu",
                        "người",
                        "trường",
                        "xã",
                        "tiết",
                        "giờ",
                        "ca",
                    ],
                )
        }
        Asked::Age => followed(tokens, &["tuổi"]),
        Asked::Cause => has(tokens, &[&["nguyên", "nhân"]]),
        Asked::Definition => has(
            tokens,
            &[
                &["được", "hiểu", "là"],
                &["nghĩa", "là"],
                &["được", "coi", "là"],
            ],
        ),
        Asked::Validity => has(tokens, &[&["có", "hiệu", "lực"], &["hết", "hiệu", "lực"]]),
        Asked::Day => time::expressions(tokens)
            .iter()
            .any(|(_, kind)| *kind == time::Kind::Date),
        Asked::Procedure => has(
            tokens,
            &[
                &["thủ", "tục"],
                &["hồ", "sơ"],
                &["mẫu", "đơn"],
                &["biểu", "mẫu"],
            ],
        ),
    }
}

fn followed(tokens: &[Token], units: &[&str]) -> bool {
    tokens
        .windows(2)
        .any(|two| two[0].is_number() && units.contains(&two[1].word.as_str()))
}

fn has(tokens: &[Token], phrases: &[&[&str]]) -> bool {
    phrases
        .iter()
        .any(|phrase| text::contains(tokens, phrase, Token::is))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    #[test]
    fn facts() {
        let cases = [
            (Asked::Money, "hỗ trợ 500 triệu đồng", true),
            (Asked::Money, "giai đoạn 2021 - 2030", false),
            (Asked::Age, "trẻ em dưới 5 tuổi", true),
            (Asked::Telephone, "gọi 02633822339", true),
            (Asked::Telephone, "ngày 25/12/2023", false),
            (Asked::Figure, "đạt 95% số trẻ", true),
            (Asked::Penalty, "xử lý nghiêm các hành vi", false),
        ];
        for (asked, text, expect) in cases {
            assert_eq!(
                holds(asked, &tokenize(text), text),
                expect,
                "{asked:?} {text}"
            );
        }
    }
}
