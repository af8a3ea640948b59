//! When something is to be done, as a task says it.

use crate::text::roman::is_numeral;

/// Words that begin a time.
const CUES: [&str; 16] = [
    "trước ngày ",
    "xong trước ",
    "chậm nhất ",
    "trong tháng ",
    "trong quý ",
    "trong năm ",
    "quý ",
    "hằng ",
    "hàng ",
    "định kỳ",
    "thường xuyên",
    "đến năm ",
    "đến hết ",
    "tháng ",
    "giai đoạn ",
    "ngày ",
];

/// Words that go on with one.
const GO_ON: [&str; 26] = [
    "năm", "tháng", "quý", "ngày", "hằng", "hàng", "tuần", "sáu", "một", "hai", "lần", "-", "–",
    "là", "vào", "trước", "cuối", "đầu", "và", "đến", "hết", "trong", "kỳ", "6", "mỗi", "định",
];

/// The first time in a text, letter by letter; “định kỳ” alone gives way to one that says when.
pub fn find(text: &str) -> Option<&str> {
    const VAGUE: &str = "định kỳ";
    let found = first(text)?;
    if found != VAGUE {
        return Some(found);
    }
    let (_, rest) = text.split_once(VAGUE)?;
    first(rest).or(Some(found))
}

fn first(text: &str) -> Option<&str> {
    let start = CUES
        .iter()
        .filter_map(|cue| {
            text.match_indices(cue)
                .map(|(at, _)| at)
                .find(|at| *at == 0 || text[..*at].ends_with([' ', '(', ',', ';']))
                .filter(|at| is_time(&text[*at..], cue))
        })
        .min()?;
    let found = &text[start..start + length(&text[start..])];
    let found = found.trim_end_matches([' ', ',', ';', '.', ')', '(', '/']);
    let found = found
        .strip_suffix(" và")
        .or_else(|| found.strip_suffix(" là"))
        .unwrap_or(found);
    (!found.is_empty()).then_some(found)
}

/// Most cues need a number or a period after them: “hàng hóa” is no time.
fn is_time(text: &str, cue: &str) -> bool {
    if cue.trim_end() == cue {
        return true;
    }
    let next = text[cue.len()..].split_whitespace().next().unwrap_or("");
    let next = next.trim_end_matches([',', ';', '.']);
    next.starts_with(|c: char| c.is_ascii_digit())
        || is_numeral(next.split('/').next().unwrap_or(""))
        || ["năm", "quý", "tháng", "tuần", "ngày", "vào", "trong"].contains(&next)
}

/// How far a time reaches that begins the text.
fn length(text: &str) -> usize {
    let mut end = 0;
    for (count, word) in text.split_inclusive(' ').enumerate() {
        let bare = word.trim_end_matches([' ', ',', ';', '.', ')']);
        let number = bare.starts_with(|c: char| c.is_ascii_digit());
        let roman = is_numeral(bare.split('/').next().unwrap_or(""));
        // The words of the cue itself come first.
        let own = count < 2
            && ["thường", "xuyên", "giai", "đoạn", "xong", "chậm", "nhất"].contains(&bare);
        if !(own || number || roman || GO_ON.contains(&bare)) {
            break;
        }
        end += word.len();
        if word.trim_end().ends_with([',', ';', '.', ')']) {
            break;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_tasks() {
        for (text, expect) in [
            (
                "báo cáo trước ngày 15/12 hằng năm về Sở",
                Some("trước ngày 15/12 hằng năm"),
            ),
            ("hằng năm, tổ chức", Some("hằng năm")),
            (
                "xây dựng kế hoạch trong quý II/2024.",
                Some("trong quý II/2024"),
            ),
            ("định kỳ 6 tháng báo cáo", Some("định kỳ 6 tháng")),
            (
                "định kỳ báo cáo trước ngày 20 tháng 11 hằng năm",
                Some("trước ngày 20 tháng 11 hằng năm"),
            ),
            ("định kỳ kiểm tra", Some("định kỳ")),
            ("thường xuyên chỉ đạo", Some("thường xuyên")),
            ("hàng hóa trong tháng này", None),
            ("ngày hội", None),
            ("đến năm 2030 đạt 90%", Some("đến năm 2030")),
            ("", None),
        ] {
            assert_eq!(find(text), expect, "{text}");
        }
    }
}
