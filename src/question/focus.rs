//! What the answer has to be one of: the noun of "tòa nào", "mấy dự án". A passage that never names
//! such a thing does not answer, however much of the rest it says.

use super::Term;
use crate::text::Token;

/// Nouns that stand for anything: what they ask for has no name of its own in a text.
const ANYTHING: &[&str] = &[
    "ai", "việc", "chuyện", "điều", "cái", "thứ", "loại", "kiểu", "chỗ", "nơi", "phần", "mục",
    "đoạn", "câu", "trang", "ý", "bên", "phía", "ngành", "cơ", "quan", "đơn", "vị", "tổ", "chức",
    "người", "khi", "lúc", "thời", "ngày", "năm", "tháng", "quý", "cách", "hướng", "mức", "vấn",
    "đề", "mặt", "dạng", "cảnh", "do", "hợp", "nhóm", "đối", "tượng", "thể", "vụ", "gì", "thế",
    "như", "trẻ", "em", "cháu", "bé", "đứa", "con", "văn", "bản", "điểm", "nội", "dung", "hành",
    "vi", "kỳ", "hạn", "điều", "khía", "cạnh", "lĩnh", "vực", "ban", "sở", "cấp", "hội", "phòng",
    "đoàn", "lời", "chữ", "từ", "tên", "nghĩa", "đâu", "sao", "hồi", "bữa", "hôm", "nhà", "ông",
    "bà", "thằng", "khối", "lực", "lượng", "khúc", "khoản", "mảng", "món", "vế", "khâu", "bộ",
    "phận", "luật", "định", "thị", "hoạch",
];

/// Nouns that the documents' own structure counts: tasks, parts, programmes.
const COUNTED: &[&str] = &[
    "nhiệm", "nhóm", "giải", "yêu", "mục", "chương", "nội", "việc", "phần", "ý", "điểm", "đơn",
    "cơ", "nơi", "văn", "đoạn", "hạn", "kết", "biện", "tổ", "bên", "kế", "chiến", "chỗ", "điều",
    "loại", "hình", "kiểu", "cái", "thứ", "mặt", "đích", "lĩnh", "phong", "ngày", "tháng", "năm",
    "lần", "quý", "tuần", "lâu", "giờ", "trang", "bước", "đầu", "câu", "hành", "dạng", "cuộc",
    "khoản", "ban", "sở", "ngành", "người", "ông", "hội", "chỉ", "hướng", "thời", "tuổi", "tiền",
];

/// Words before "mấy" with which it asks how many; alone it also says "some".
const HOW_MANY: &[&str] = &[
    "có", "gồm", "là", "được", "cả", "hết", "cần", "bằng", "thảy", "cấp",
];

/// The term whose thing the answer must name: right before "nào", or counted by "mấy".
pub(super) fn find(tokens: &[Token], restored: &[String], terms: &[Term]) -> Option<usize> {
    let word = |at: usize| restored.get(at).map_or("", String::as_str);
    let term_of = |at: usize| {
        let of = |term: &Term| term.tokens.contains(&at) && term.is_topic();
        terms.iter().position(of)
    };
    let named = |at: usize| !ANYTHING.contains(&word(at));
    let which = (1..tokens.len()).find_map(|at| {
        // "tối nào cũng": every evening.
        (word(at) == "nào" && word(at + 1) != "cũng" && named(at - 1))
            .then(|| term_of(at - 1))
            .flatten()
    });
    which.or_else(|| counted(restored).and_then(term_of))
}

/// The place of the noun that is counted, when it is none that the documents' structure counts.
fn counted(restored: &[String]) -> Option<usize> {
    let words: Vec<&str> = restored.iter().map(String::as_str).collect();
    let noun = words.windows(3).enumerate().find_map(|(at, three)| {
        let some = HOW_MANY.contains(&three[0]) && three[1] == "mấy";
        let many = three[0] == "bao" && three[1] == "nhiêu";
        (some || many).then_some(at + 2)
    })?;
    // "năm bao nhiêu vậy": a year, and nothing counted.
    let calendar =
        noun >= 3 && ["năm", "ngày", "tháng", "tuổi", "là", "số"].contains(&words[noun - 3]);
    if calendar && words[noun - 2] == "bao" {
        return None;
    }
    // "mấy loại dịch vụ nào" asks which.
    let goes_on = words[noun..].iter().take(4).any(|word| *word == "nào");
    (!goes_on && !COUNTED.contains(&words[noun])).then_some(noun)
}

/// "… là bao nhiêu", "một tháng đóng bao nhiêu": a figure of something. A number of the calendar, of a
/// document or of a place in it is none.
pub(super) fn ends_in_how_much(restored: &[String]) -> bool {
    const NUMBERED: [&str; 16] = [
        "số", "năm", "ngày", "tháng", "quý", "thứ", "điều", "khoản", "mục", "phần", "ý", "trang",
        "gồm", "có", "được", "nêu",
    ];
    let words: Vec<&str> = restored.iter().map(String::as_str).collect();
    let said = words.strip_suffix(&["bao", "nhiêu"]);
    said.and_then(<[&str]>::last)
        .is_some_and(|before| !NUMBERED.contains(before))
}

/// Whether things are counted that no document counts: children, schools, projects.
pub(super) fn counts_things(restored: &[String], terms: &[Term]) -> bool {
    counted(restored).is_some_and(|noun| {
        let unit = |term: &Term| term.is_unit() && term.tokens.contains(&noun);
        !terms.iter().any(unit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn how_much_at_the_end() {
        for (text, expect) in [
            ("mục tiêu là bao nhiêu", true),
            ("gửi con một tháng đóng bao nhiêu", true),
            ("kế hoạch số bao nhiêu", false),
            ("ra năm bao nhiêu", false),
            ("bao nhiêu", false),
        ] {
            assert_eq!(ends_in_how_much(&words(text)), expect, "{text}");
        }
    }

    #[test]
    fn what_is_counted() {
        let cases = [
            ("có mấy dự án", Some(2)),
            ("hiện có bao nhiêu trẻ mồ côi", Some(4)),
            ("kế hoạch có mấy nhiệm vụ", None),
            ("mấy đứa nhỏ đi học", None),
            ("được mấy loại nào", None),
        ];
        for (text, expect) in cases {
            assert_eq!(counted(&words(text)), expect, "{text}");
        }
    }
}
