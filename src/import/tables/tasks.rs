//! Tasks in running text: “Sở Y tế chủ trì, phối hợp với Công an tỉnh xây dựng …; hằng năm báo cáo
//! …” gives Sở Y tế two tasks and Công an tỉnh a part in the first.

use super::{Named, Task, names, time};
use crate::text::lower;

/// Verbs and what one who does them is to the task.
const ROLES: [(&str, &str); 14] = [
    ("chủ trì", "chu-tri"),
    ("chịu trách nhiệm chính", "chu-tri"),
    ("phối hợp", "phoi-hop"),
    ("theo dõi", "theo-doi"),
    ("đôn đốc", "theo-doi"),
    ("kiểm tra", "theo-doi"),
    ("giám sát", "theo-doi"),
    ("thường xuyên kiểm tra", "theo-doi"),
    ("tăng cường kiểm tra", "theo-doi"),
    ("tăng cường giám sát", "theo-doi"),
    ("tham mưu", "tham-muu"),
    ("chỉ đạo", "chi-dao"),
    ("lãnh đạo", "chi-dao"),
    ("giúp", "tham-muu"),
];

/// The tasks of a passage that begins with units.
pub fn own(words: &str, passage: &str) -> Vec<Task> {
    let mut tasks = Vec::new();
    let mut units: Vec<String> = Vec::new();
    for sentence in sentences(words) {
        let start = match names::subject(sentence) {
            Some((name, start)) => {
                units = owned(&names::list(name));
                start
            }
            // A first sentence without a unit: what follows is nobody's.
            None if units.is_empty() => return tasks,
            None => 0,
        };
        for piece in pieces(&sentence[start..]) {
            add(&mut tasks, &units, piece, passage, Named::Here);
        }
    }
    tasks
}

/// The tasks of a passage under a heading or an item that names the units.
pub fn under(units: &[String], named: Named, words: &str, passage: &str) -> Vec<Task> {
    let mut tasks = Vec::new();
    for sentence in sentences(words) {
        for piece in pieces(sentence) {
            add(&mut tasks, units, piece, passage, named);
        }
    }
    tasks
}

/// One piece of a sentence: the task of the units, and of those that have a part in it.
fn add(tasks: &mut Vec<Task>, units: &[String], piece: &str, passage: &str, named: Named) {
    let (helpers, action) = helpers(piece);
    let role = role(piece);
    let lead = Task {
        units: units.to_vec(),
        role,
        passage: passage.to_owned(),
        task: action.to_owned(),
        when: time::find(piece).map(str::to_owned),
        report_to: report_to(piece).map(str::to_owned),
        named,
        general: false,
    };
    if role == "chu-tri" && !helpers.is_empty() {
        tasks.push(Task {
            units: helpers,
            role: "phoi-hop",
            report_to: None,
            named: Named::Here,
            ..lead.clone()
        });
        let last = tasks.len() - 1;
        tasks.insert(last, lead);
    } else {
        tasks.push(lead);
    }
}

/// The units that a piece says to work with, and what is to be done together with them.
fn helpers(piece: &str) -> (Vec<String>, &str) {
    const WITH: [&str; 4] = ["phối hợp với ", "phối hợp cùng ", "cùng với ", "phối hợp "];
    let whole = (Vec::new(), piece);
    let Some(with) = WITH.iter().find(|with| piece.contains(**with)) else {
        return whole;
    };
    let Some(at) = piece.find(with).map(|at| at + with.len()) else {
        return whole;
    };
    // The partners come right after the units' own verb, not somewhere in the task.
    let near = piece[..at].split_whitespace().count() <= 6;
    if !near || !names::begins(&piece[at..]) {
        return whole;
    }
    let Some(end) = names::verb(piece, at) else {
        return whole;
    };
    let listed = piece[at..end].trim().trim_end_matches([',', ' ']);
    let listed = listed.strip_suffix(" để").unwrap_or(listed);
    (owned(&names::list(listed)), &piece[end..])
}

/// To whom a piece says to report: “báo cáo Ban Thường vụ Tỉnh ủy”, “báo cáo kết quả về Sở Y tế
/// trước ngày …”. The name is a unit's, or nobody is proposed.
fn report_to(piece: &str) -> Option<&str> {
    const REPORT: &str = "báo cáo ";
    const TO: [&str; 4] = ["về ", "cho ", "gửi ", "với "];
    let typed = lower(piece);
    // Lower case may change the length of a text only in letters that Vietnamese has not.
    (typed.len() == piece.len()).then_some(())?;
    typed.match_indices(REPORT).find_map(|(at, _)| {
        let rest = &piece[at + REPORT.len()..];
        let starts = TO.iter().flat_map(|to| {
            rest.match_indices(to)
                .filter(|(at, _)| *at == 0 || rest[..*at].ends_with(' '))
                .map(|(at, to)| at + to.len())
        });
        let mut starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
        starts.sort_unstable();
        let start = starts.into_iter().find(|at| names::begins(&rest[*at..]))?;
        // Another clause has another verb: “báo cáo kết quả, đề xuất về …”.
        let near = rest[..start].split_whitespace().count() <= LONGEST_REPORT
            && !rest[..start].contains([';', '.']);
        let name = receiver(&rest[start..]);
        (near && !name.is_empty()).then_some(name)
    })
}

/// At most so many words tell what is reported.
const LONGEST_REPORT: usize = 14;

/// The name that a text begins with, up to what is said of the report.
fn receiver(text: &str) -> &str {
    const ENDS: [&str; 13] = [
        " (",
        ";",
        ".",
        " trước ",
        " theo ",
        " để ",
        " kết quả",
        " tình hình",
        " về ",
        " qua ",
        " vào ",
        " khi ",
        " những ",
    ];
    let ends = ENDS.iter().filter_map(|end| text.find(end));
    let ends = ends.chain(time::find(text).and_then(|time| text.find(time)));
    let ends = ends.chain(names::verb(text, 0).filter(|end| *end > 0));
    let end = ends.min().unwrap_or(text.len());
    let name = names::list(&text[..end])
        .first()
        .copied()
        .unwrap_or_default();
    // “Sở Văn hóa, Thể thao và Du lịch” has a comma of its own.
    let comma = name
        .match_indices(", ")
        .find(|(at, comma)| !name[at + comma.len()..].starts_with(char::is_uppercase));
    let name = comma.map_or(name, |(at, _)| &name[..at]);
    name.trim_end_matches([' ', '/', ':', ','])
}

fn role(piece: &str) -> &'static str {
    let piece = lower(piece);
    let found = ROLES.iter().find(|(verb, _)| piece.starts_with(verb));
    found.map_or("thuc-hien", |(_, role)| role)
}

/// The sentences of a paragraph.
fn sentences(words: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in words.match_indices(". ") {
        let next = &words[at + 2..];
        if next.starts_with(char::is_uppercase) && !words[..at].ends_with(char::is_uppercase) {
            found.push(words[start..=at].trim());
            start = at + 2;
        }
    }
    found.push(words[start..].trim());
    found
}

/// The tasks of a sentence: what stands between semicolons.
fn pieces(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split(';')
        .map(|piece| piece.trim().trim_end_matches(['.', '/', ' ', ':', ',']))
        .filter(|piece| piece.split_whitespace().count() > 1)
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tasks: Vec<Task>, words: &str, expect: &[(&str, &str, &str, &str)]) {
        for task in &tasks {
            assert!(words.contains(&task.task), "{}", task.task);
            assert!(task.when.iter().all(|when| words.contains(when)));
        }
        super::super::check_tasks(&tasks, expect);
    }

    #[test]
    fn a_lead_and_those_it_works_with() {
        let words = "Sở Y tế chủ trì, phối hợp với Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh và các địa phương xây dựng kế hoạch trong quý II/2024; tham mưu Ủy ban nhân dân tỉnh bố trí kinh phí.";
        check(
            own(words, "a#1"),
            words,
            &[
                (
                    "Sở Y tế",
                    "chu-tri",
                    "xây dựng kế hoạch trong quý II/2024",
                    "trong quý II/2024",
                ),
                (
                    "Sở Văn hóa, Thể thao và Du lịch + Công an tỉnh + các địa phương",
                    "phoi-hop",
                    "xây dựng kế hoạch trong quý II/2024",
                    "trong quý II/2024",
                ),
                (
                    "Sở Y tế",
                    "tham-muu",
                    "tham mưu Ủy ban nhân dân tỉnh bố trí kinh phí",
                    "",
                ),
            ],
        );
    }

    #[test]
    fn one_sentence_after_another() {
        let words =
            "Công an tỉnh chỉ đạo điều tra. Hằng năm báo cáo kết quả. Sở Y tế theo dõi, đôn đốc.";
        check(
            own(words, "a#1"),
            words,
            &[
                ("Công an tỉnh", "chi-dao", "chỉ đạo điều tra", ""),
                ("Công an tỉnh", "thuc-hien", "Hằng năm báo cáo kết quả", ""),
                ("Sở Y tế", "theo-doi", "theo dõi, đôn đốc", ""),
            ],
        );
    }

    #[test]
    fn to_whom_to_report() {
        for (piece, expect) in [
            (
                "báo cáo Ban Thường vụ Tỉnh ủy",
                Some("Ban Thường vụ Tỉnh ủy"),
            ),
            (
                "Định kỳ 6 tháng báo cáo kết quả thực hiện về Ủy ban nhân dân tỉnh (qua Sở Y tế) trước ngày 15/12",
                Some("Ủy ban nhân dân tỉnh"),
            ),
            (
                "tổng hợp, báo cáo Ủy ban nhân dân tỉnh, Tỉnh ủy theo quy định",
                Some("Ủy ban nhân dân tỉnh"),
            ),
            (
                "gửi báo cáo cho Sở Y tế trước ngày 05 hằng tháng",
                Some("Sở Y tế"),
            ),
            (
                "báo cáo Sở Văn hóa, Thể thao và Du lịch, đồng thời lưu hồ sơ",
                Some("Sở Văn hóa, Thể thao và Du lịch"),
            ),
            ("báo cáo Bộ Y tế định kỳ hằng năm", Some("Bộ Y tế")),
            ("báo cáo về tình hình trẻ em", None),
            ("báo cáo kết quả thực hiện", None),
            ("đội ngũ báo cáo viên của Sở Y tế", None),
            ("theo báo cáo của Sở Y tế", None),
            ("", None),
        ] {
            assert_eq!(report_to(piece), expect, "{piece}");
        }
    }

    #[test]
    fn nobody_is_named() {
        let words = "Tổ chức tốt các phong trào. Sở Y tế theo dõi.";
        check(own(words, "a#1"), words, &[]);
    }

    #[test]
    fn a_lead_under_a_heading() {
        let words = "Chủ trì, phối hợp với Công an tỉnh rà soát.";
        check(
            under(&["Sở Y tế".to_owned()], Named::Heading, words, "a#1"),
            words,
            &[
                ("Sở Y tế", "chu-tri", "rà soát", ""),
                ("Công an tỉnh", "phoi-hop", "rà soát", ""),
            ],
        );
    }

    #[test]
    fn under_a_heading() {
        let words = "Theo dõi, tổng hợp; báo cáo trước ngày 15/12 hằng năm./.";
        check(
            under(&["Sở Y tế".to_owned()], Named::Heading, words, "a#1"),
            words,
            &[
                ("Sở Y tế", "theo-doi", "Theo dõi, tổng hợp", ""),
                (
                    "Sở Y tế",
                    "thuc-hien",
                    "báo cáo trước ngày 15/12 hằng năm",
                    "trước ngày 15/12 hằng năm",
                ),
            ],
        );
    }
}
