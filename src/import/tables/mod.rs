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
    /// The heading names the units.
    pub via_heading: bool,
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
    let entries = Entries::new(corpus, tasks);
    let what = format!(
        "đề xuất {} đơn vị, {} việc; mỗi mục ghi review = true cho tới khi có người đối chiếu",
        entries.units.len(),
        entries.tasks.len()
    );
    report.add(Sort::Guessed, None, what);
    entries
}

fn tasks_of(corpus: &Corpus, at: usize) -> Vec<Task> {
    let passage = &corpus.passages[at];
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
    heading_over(corpus, passage).map_or_else(Vec::new, |units| {
        tasks::under(&units, words, passage.id.as_str())
    })
}

/// The units that the heading right over a passage names.
fn heading_over(corpus: &Corpus, passage: &Passage) -> Option<Vec<String>> {
    let section = passage.section?;
    let name = names::heading(corpus.heading_of(section))?;
    Some(names::list(name).into_iter().map(str::to_owned).collect())
}
