//! Who does what, proposed from a document's own words: paragraphs that begin with a unit, items
//! under a heading that names one, rows of tables with columns for task, lead, support and time.
//! Whatever is proposed is marked, until a person has looked at it.

mod columns;
mod entries;
mod names;
mod tasks;
mod time;

pub use entries::Entries;

use super::report::{Report, Sort};
use crate::corpus::{Corpus, Passage, Shape};
use crate::text::lower;

/// A task as it is proposed: every piece a literal one of its passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Names of the units, as the passage or the heading has them.
    pub units: Vec<String>,
    /// What they are to the task: a word of `phan-cong.toml`.
    pub role: &'static str,
    /// The passage's id.
    pub passage: String,
    /// Its words.
    pub task: String,
    /// When.
    pub when: Option<String>,
    /// To whom to report.
    pub report_to: Option<String>,
    /// What names the units.
    pub named: Named,
    /// It is the carrying out of the document as a whole.
    pub general: bool,
}

/// What names the units of a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Named {
    /// The passage itself.
    #[default]
    Here,
    /// The heading over it.
    Heading,
    /// The item above that leads in to it.
    Above,
}

/// Compares tasks with what a test expects: units, role, words, time.
#[cfg(test)]
#[track_caller]
fn check_tasks(tasks: &[Task], expect: &[(&str, &str, &str, &str)]) {
    let units: Vec<String> = tasks.iter().map(|task| task.units.join(" + ")).collect();
    let shown: Vec<(&str, &str, &str, &str)> = tasks
        .iter()
        .zip(&units)
        .map(|(task, units)| {
            let when = task.when.as_deref().unwrap_or_default();
            (units.as_str(), task.role, task.task.as_str(), when)
        })
        .collect();
    assert_eq!(shown, expect);
}

/// Proposes units and tasks for the document with that id. Passages that the tables speak of
/// already are left as they are.
pub fn propose(corpus: &Corpus, id: &str, report: &mut Report) -> Entries {
    let Some((_, document)) = corpus.document(id) else {
        return Entries::default();
    };
    let mut tasks = Vec::new();
    for at in document.passages.clone() {
        let known = corpus.assignments.iter().any(|task| task.passage == at);
        if !known {
            tasks.extend(tasks_of(corpus, at));
        }
    }
    for task in &mut tasks {
        task.general = is_general(&task.task, &document.kind);
    }
    let entries = Entries::new(corpus, tasks);
    let what = match (entries.units.len(), entries.tasks.len()) {
        (_, 0) => {
            "không đề xuất được phân công nào: không thấy câu nào nêu rõ đơn vị và việc".into()
        }
        (units, tasks) => format!(
            "đề xuất {units} đơn vị (don-vi.toml), {tasks} phân công (phan-cong.toml): so từng mục với văn bản, \
             đúng thì xóa dòng “review = true” của mục ấy; còn dòng ấy thì câu trả lời ghi “Chưa rà soát”"
        ),
    };
    report.add(Sort::Guessed, None, what);
    entries
}

fn tasks_of(corpus: &Corpus, at: usize) -> Vec<Task> {
    let passage = corpus.passage(at);
    let words = corpus.text_of(at);
    // Grounds, recipients and the names of columns give nobody anything.
    let columns = passage.shape == Shape::LeadIn && words.contains(super::shape::BETWEEN);
    if columns || matches!(passage.shape, Shape::Preamble | Shape::Recipient) {
        return Vec::new();
    }
    if words.contains(super::shape::BETWEEN) {
        return columns::of(corpus, passage).map_or_else(Vec::new, |columns| {
            columns::tasks(&columns, words, passage.id.as_str())
        });
    }
    let own = tasks::own(words, passage.id.as_str());
    if !own.is_empty() {
        return own;
    }
    let (units, named) = match item_above(corpus, at) {
        Some(units) => (Some(units), Named::Above),
        None => (heading_over(corpus, passage), Named::Heading),
    };
    units.map_or_else(Vec::new, |units| {
        tasks::under(&units, named, words, passage.id.as_str())
    })
}

/// The units that the item above names which leads in to a passage: “- Sở Y tế:” over “+ …”, or
/// “a) Sở Y tế:” over “- …”.
fn item_above(corpus: &Corpus, at: usize) -> Option<Vec<String>> {
    let above = corpus.led_in_by(at)?;
    let lies_in = corpus.passage(above).id.covers(&corpus.passage(at).id);
    let below = lies_in || (sign(corpus, at) == "+" && sign(corpus, above) == "-");
    let name = names::heading(corpus.text_of(above)).filter(|_| below)?;
    Some(names::list(name).into_iter().map(str::to_owned).collect())
}

/// What stands before a passage on its line: “-”, “+”, “a)”.
fn sign(corpus: &Corpus, at: usize) -> &str {
    let passage = corpus.passage(at);
    let before = &corpus.file(passage.document)[..passage.span.start];
    before.rsplit('\n').next().unwrap_or_default().trim()
}

/// Whether a task is the carrying out of the document itself, and says so: “tổ chức thực hiện Kế
/// hoạch này”.
fn is_general(task: &str, kind: &str) -> bool {
    let task = lower(task);
    let itself = format!("{} này", lower(kind));
    let Some(at) = task.find(&itself) else {
        return false;
    };
    let ends = !task[at + itself.len()..].starts_with(char::is_alphanumeric);
    let before: Vec<&str> = task[..at].split_whitespace().collect();
    let near = before[before.len().saturating_sub(CARRIES_OUT_WITHIN)..].join(" ");
    ends && CARRYING_OUT.iter().any(|verb| near.contains(verb))
}

/// What is done with a document as a whole.
const CARRYING_OUT: [&str; 4] = ["thực hiện", "triển khai", "quán triệt", "cụ thể hóa"];
/// The document is named at most so many words after that.
const CARRIES_OUT_WITHIN: usize = 8;

/// The units that the heading right over a passage names.
fn heading_over(corpus: &Corpus, passage: &Passage) -> Option<Vec<String>> {
    let section = passage.section?;
    let name = names::heading(corpus.heading_of(section))?;
    Some(names::list(name).into_iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tasks proposed for a body: passage, units, role, task, what names the units.
    #[track_caller]
    fn check(body: &str, expect: &[(&str, &str, &str, &str, Named)]) {
        let file = format!(
            "+++\nid = \"kh\"\ntype = \"Kế hoạch\"\nnumber = \"1-KH\"\nshort = \"Kế hoạch 1\"\ntitle = \"A\"\nissuer = \"B\"\n+++\n\n{body}"
        );
        let (corpus, problems) = Corpus::from_files(vec![("kh.md".into(), file.into())]).unwrap();
        assert_eq!(problems, []);
        let entries = propose(&corpus, "kh", &mut Report::default());
        let found: Vec<_> = entries
            .tasks
            .iter()
            .map(|(_, task)| {
                let units = task.units.join(" + ");
                (
                    task.passage.clone(),
                    units,
                    task.role,
                    task.task.clone(),
                    task.named,
                )
            })
            .collect();
        let found: Vec<_> = found
            .iter()
            .map(|(passage, units, role, task, named)| {
                (
                    passage.as_str(),
                    units.as_str(),
                    *role,
                    task.as_str(),
                    *named,
                )
            })
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn items_under_an_item_that_names_a_unit() {
        check(
            "## I. VIỆC\n\n- Sở Y tế:\n\n+ Lập danh sách;\n\n+ Chủ trì, phối hợp với Công an tỉnh rà soát.\n\n- Công an tỉnh:\n\n+ Điều tra các vụ việc.\n\n- Việc chung của xã.\n",
            &[
                (
                    "kh#I.2",
                    "Sở Y tế",
                    "thuc-hien",
                    "Lập danh sách",
                    Named::Above,
                ),
                ("kh#I.3", "Sở Y tế", "chu-tri", "rà soát", Named::Above),
                ("kh#I.3", "Công an tỉnh", "phoi-hop", "rà soát", Named::Here),
                (
                    "kh#I.5",
                    "Công an tỉnh",
                    "thuc-hien",
                    "Điều tra các vụ việc",
                    Named::Above,
                ),
            ],
        );
        // A list of another thing, and items of the same depth, are nobody's.
        check(
            "## I. VIỆC\n\n- Mục tiêu cụ thể:\n\n+ Lập danh sách.\n\n- Sở Y tế:\n\n- Lập danh sách.\n",
            &[],
        );
    }

    #[test]
    fn the_document_as_a_whole() {
        for (task, expect) in [
            ("tổ chức thực hiện Kế hoạch này", true),
            (
                "xây dựng kế hoạch cụ thể triển khai thực hiện Chỉ thị 28-CT/TW và Kế hoạch này",
                true,
            ),
            ("báo cáo theo Kế hoạch này", false),
            ("thực hiện Chỉ thị này", false),
            ("", false),
        ] {
            assert_eq!(is_general(task, "Kế hoạch"), expect, "{task}");
        }
    }
}
