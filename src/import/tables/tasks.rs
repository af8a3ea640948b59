//! Tasks in running text: “Sở Y tế chủ trì, phối hợp với Công an tỉnh xây dựng …; hằng năm báo cáo
//! …” gives Sở Y tế two tasks and Công an tỉnh a part in the first.

use super::{Task, names, time};
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
            add(&mut tasks, &units, piece, passage, false);
        }
    }
    tasks
}

/// The tasks of a passage under a heading that names the units.
pub fn under(units: &[String], words: &str, passage: &str) -> Vec<Task> {
    let mut tasks = Vec::new();
    for sentence in sentences(words) {
        for piece in pieces(sentence) {
            add(&mut tasks, units, piece, passage, true);
        }
    }
    tasks
}

/// One piece of a sentence: the task of the units, and of those that have a part in it.
fn add(tasks: &mut Vec<Task>, units: &[String], piece: &str, passage: &str, via_heading: bool) {
    let (helpers, action) = helpers(piece);
    let role = role(piece);
    let lead = Task {
        units: units.to_vec(),
        role,
        passage: passage.to_owned(),
        task: action.to_owned(),
        when: time::find(piece).map(str::to_owned),
        via_heading,
    };
    if role == "chu-tri" && !helpers.is_empty() {
        tasks.push(Task {
            units: helpers,
            role: "phoi-hop",
            via_heading: false,
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
    fn nobody_is_named() {
        let words = "Tổ chức tốt các phong trào. Sở Y tế theo dõi.";
        check(own(words, "a#1"), words, &[]);
    }

    #[test]
    fn a_lead_under_a_heading() {
        let words = "Chủ trì, phối hợp với Công an tỉnh rà soát.";
        check(
            under(&["Sở Y tế".to_owned()], words, "a#1"),
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
            under(&["Sở Y tế".to_owned()], words, "a#1"),
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
