//! Assignments: which unit the documents give which task, each a literal piece of a passage
//! (`phan-cong.toml`).

use std::ops::Range;

use super::problem::Reporter;
use super::table::{self, Entry, Text};
use super::units::{Level, choice, optional_level};
use super::{Corpus, Passage};
use crate::answer::PassageId;

/// A task that a passage gives to units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Places of the units in [`Units`](super::Units).
    pub units: Vec<usize>,
    /// What the units are to the task.
    pub role: Role,
    /// Place of the passage in the corpus.
    pub passage: usize,
    /// The task's words in the document's file.
    pub task: Range<usize>,
    /// When or how often, as the passage says it.
    pub when: Option<Range<usize>>,
    /// To whom to report: words of the passage, or a unit's id.
    pub report_to: Option<String>,
    /// The text gives it to the units of this level only.
    pub level: Option<Level>,
    /// The units are named by the heading, or by a passage above, not by the passage itself.
    pub via_heading: bool,
    /// The passage above that names them: “- Sở Y tế:” over its items.
    pub above: Option<usize>,
    /// The task is the carrying out of the document as a whole.
    pub general: bool,
    /// It was proposed by the import, and nobody has looked at it yet.
    pub review: bool,
    /// Where it begins in the table's file.
    pub(super) at: usize,
}

/// What a unit is to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Chủ trì.
    Lead,
    /// Chỉ đạo.
    Direct,
    /// Thực hiện.
    Perform,
    /// Phối hợp.
    Support,
    /// Theo dõi, đôn đốc, kiểm tra, giám sát.
    Oversee,
    /// Tham mưu.
    Advise,
}

const ROLES: [(&str, Role); 6] = [
    ("chu-tri", Role::Lead),
    ("chi-dao", Role::Direct),
    ("thuc-hien", Role::Perform),
    ("phoi-hop", Role::Support),
    ("theo-doi", Role::Oversee),
    ("tham-muu", Role::Advise),
];

/// Reads the table against the corpus, whose documents and units are already there. Entries with
/// faults are left out.
pub(super) fn read(text: &str, corpus: &Corpus, reporter: &mut Reporter) -> Vec<Assignment> {
    let root = table::parse(text, 0, reporter);
    table::only(&root, &["assignment"], reporter);
    let entries = table::entries(&root, "assignment", reporter);
    entries
        .into_iter()
        .filter_map(|entry| read_one(entry, corpus, reporter))
        .collect()
}

fn read_one(
    mut entry: Entry<'_, '_>,
    corpus: &Corpus,
    reporter: &mut Reporter,
) -> Option<Assignment> {
    let at = entry.at;
    let units = units(&mut entry, corpus, reporter);
    let role = choice(&mut entry, "role", &ROLES, reporter);
    let passage = passage(&mut entry, corpus, reporter);
    let task = Some(entry.required("task", reporter)).filter(|task| !task.value.is_empty());
    let when = entry.text("when", reporter);
    let report_to = entry.text("report_to", reporter);
    let via = entry.text("via", reporter);
    let level = optional_level(&mut entry, reporter);
    let general = entry.flag("scope", "document", reporter);
    let review = entry.mark("review", reporter);
    let place = passage.map(|at| corpus.passage(at));
    let mut find = |entry: &mut Entry<'_, '_>, text: Option<&Text>| {
        text.zip(place)
            .and_then(|(text, place)| literal(entry, corpus, place, text, reporter))
    };
    let task = find(&mut entry, task.as_ref());
    let when = find(&mut entry, when.as_ref());
    if report_to
        .as_ref()
        .is_some_and(|to| corpus.units.get(&to.value).is_none())
    {
        find(&mut entry, report_to.as_ref());
    }
    let above = via
        .as_ref()
        .and_then(|via| above(&mut entry, corpus, passage, via, reporter));
    let sound = entry.finish(reporter);
    Some(Assignment {
        units,
        role: role?,
        passage: passage?,
        task: task?,
        when,
        report_to: report_to.map(|text| text.value),
        level,
        via_heading: via.is_some(),
        above,
        general,
        review,
        at,
    })
    .filter(|_| sound)
}

fn units(entry: &mut Entry<'_, '_>, corpus: &Corpus, reporter: &mut Reporter) -> Vec<usize> {
    let ids = entry.texts("unit", reporter);
    if ids.is_empty() {
        entry.reject(
            entry.at,
            "phân công này không ghi đơn vị nào (unit)",
            reporter,
        );
    }
    let mut units = Vec::new();
    for id in ids {
        match corpus.units.get(&id.value) {
            Some((place, _)) => units.push(place),
            None => {
                entry.reject(
                    id.at,
                    format!("không có đơn vị nào mã “{}”", id.value),
                    reporter,
                );
            }
        }
    }
    units
}

fn passage(entry: &mut Entry<'_, '_>, corpus: &Corpus, reporter: &mut Reporter) -> Option<usize> {
    let id = entry.required("passage", reporter);
    let found = corpus.passage_by_id(&PassageId::new(id.value.as_str()));
    if found.is_none() && !id.value.trim().is_empty() {
        entry.reject(
            id.at,
            format!("không có đoạn nào mã “{}”", id.value),
            reporter,
        );
    }
    found
}

/// The passage above that names the units, where `via` says that one does.
fn above(
    entry: &mut Entry<'_, '_>,
    corpus: &Corpus,
    passage: Option<usize>,
    via: &Text,
    reporter: &mut Reporter,
) -> Option<usize> {
    match via.value.as_str() {
        "heading" => return None,
        "above" => {
            let found = passage.and_then(|at| corpus.led_in_by(at));
            if found.is_none() {
                let what =
                    "phía trên đoạn này, trong cùng mục, không có ý nào kết thúc bằng dấu hai chấm";
                entry.reject(via.at, what, reporter);
            }
            return found;
        }
        _ => {}
    }
    let what = format!("trường “via” không nhận giá trị “{}”", via.value);
    let hint = "giá trị của via là heading (tiêu đề nêu tên) hoặc above (ý phía trên nêu tên)";
    entry.reject_with(via.at, what, hint, reporter);
    None
}

/// Where the words stand in the passage, byte for byte.
fn literal(
    entry: &mut Entry<'_, '_>,
    corpus: &Corpus,
    passage: &Passage,
    text: &Text,
    reporter: &mut Reporter,
) -> Option<Range<usize>> {
    let within = corpus.cut(passage.document, passage.span.clone());
    if let Some(at) = within.find(&text.value) {
        let start = passage.span.start + at;
        return Some(start..start + text.value.len());
    }
    let what = format!(
        "“{}” không có nguyên văn trong đoạn {}",
        text.value, passage.id
    );
    let hint = "chép đúng từng chữ, kể cả dấu câu và khoảng trắng, từ đoạn ấy";
    entry.reject_with(text.at, what, hint, reporter);
    None
}

#[cfg(test)]
mod tests {
    use super::super::sample::{lines, with_body};
    use super::*;

    const BODY: &str = "## I. A\n1. Sở định kỳ báo cáo Tỉnh ủy.\n";
    const UNITS: &str = "[[unit]]\nid='so'\nname='Sở'\nlevel='tinh'\nkind='named'\n";

    #[track_caller]
    fn check(fields: &str, problems: &[&str]) -> Vec<Assignment> {
        let table = format!("[[assignment]]\n{fields}");
        let (corpus, found) =
            with_body(BODY, &[("don-vi.toml", UNITS), ("phan-cong.toml", &table)]);
        let found: Vec<String> = lines(&found)
            .iter()
            .map(|line| line.replace("phan-cong.toml:", ""))
            .collect();
        assert_eq!(found, problems);
        corpus.assignments
    }

    #[test]
    fn reads_assignments() {
        let (corpus, _) = with_body(BODY, &[]);
        let file = corpus.file(0);
        let found = check(
            "unit='so'\nrole='thuc-hien'\npassage='kh#I.1'\ntask='định kỳ báo cáo'\n\
             when='định kỳ'\nreport_to='Tỉnh ủy'\n",
            &[],
        );
        let [assignment] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((assignment.role, assignment.passage), (Role::Perform, 0));
        assert_eq!(
            (assignment.units.as_slice(), assignment.via_heading),
            (&[0][..], false)
        );
        assert_eq!(&file[assignment.task.clone()], "định kỳ báo cáo");
        assert_eq!(&file[assignment.when.clone().unwrap()], "định kỳ");
        assert_eq!(assignment.report_to.as_deref(), Some("Tỉnh ủy"));
        let found = check(
            "unit=['so']\nrole='chu-tri'\npassage='kh#I.1'\ntask='Sở'\nreport_to='so'\nvia='heading'\n",
            &[],
        );
        assert!(found[0].via_heading);
        assert_eq!(found[0].above, None);
    }

    #[test]
    fn a_passage_above_names_the_units() {
        let body = "## I. A\n- Sở:\n+ Báo cáo.\n+ Kiểm tra.\n";
        let entry = |passage: &str, task: &str| {
            format!(
                "[[assignment]]\nunit=['so']\nrole='thuc-hien'\npassage='kh#I.{passage}'\ntask='{task}'\nvia='above'\n"
            )
        };
        let read =
            |table: &str| with_body(body, &[("don-vi.toml", UNITS), ("phan-cong.toml", table)]);
        let (corpus, found) = read(&entry("3", "Kiểm tra"));
        assert_eq!(lines(&found), [""; 0]);
        assert_eq!(corpus.assignments[0].above, Some(0));
        assert_eq!(corpus.problems(), []);
        let (_, found) = read(&entry("1", "Sở"));
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn faulty_assignments_are_left_out() {
        let base = "unit=['so']\nrole='thuc-hien'\npassage='kh#I.1'\ntask='báo cáo'\n";
        for (old, new, problem) in [
            ("['so']", "['xa']", "2: không có đơn vị nào mã “xa”"),
            (
                "['so']",
                "[]",
                "1: phân công này không ghi đơn vị nào (unit)",
            ),
            (
                "thuc-hien",
                "lam",
                "3: trường “role” không nhận giá trị “lam”",
            ),
            ("kh#I.1", "kh#I.2", "4: không có đoạn nào mã “kh#I.2”"),
            (
                "báo cáo'",
                "bao cáo'",
                "5: “bao cáo” không có nguyên văn trong đoạn kh#I.1",
            ),
            ("báo cáo'", "'", "5: trường “task” bị bỏ trống"),
            (
                "báo cáo'",
                "báo cáo'\nwhen='hằng năm'",
                "6: “hằng năm” không có nguyên văn trong đoạn kh#I.1",
            ),
            (
                "báo cáo'",
                "báo cáo'\nreport_to='Sở Y tế'",
                "6: “Sở Y tế” không có nguyên văn trong đoạn kh#I.1",
            ),
            (
                "báo cáo'",
                "báo cáo'\nvia='tieu-de'",
                "6: trường “via” không nhận giá trị “tieu-de”",
            ),
            (
                "báo cáo'",
                "báo cáo'\nwhem='định kỳ'",
                "6: không có trường nào tên là “whem”",
            ),
        ] {
            assert_eq!(check(&base.replace(old, new), &[problem]), []);
        }
        assert_eq!(check(base, &[]).len(), 1);
    }
}
