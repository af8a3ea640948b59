//! What units are to the tasks of a passage, when or how often, and to whom a report goes, as the
//! table of assignments has it: one line before the quotation.

use super::phrases;
use crate::corpus::{Assignment, Corpus};

/// The line on these tasks, each way of being charged once; `None` for no task.
pub fn line<'a>(corpus: &Corpus, tasks: impl Iterator<Item = &'a Assignment>) -> Option<String> {
    let mut charges: Vec<String> = Vec::new();
    for task in tasks {
        let charge = phrases::charge(task.role, when(corpus, task), report_to(corpus, task));
        if !charges.contains(&charge) {
            charges.push(charge);
        }
    }
    (!charges.is_empty()).then(|| phrases::charges(&charges))
}

fn when<'a>(corpus: &'a Corpus, task: &Assignment) -> Option<&'a str> {
    let document = corpus.document_of(task.passage);
    corpus.file(document).get(task.when.clone()?)
}

/// Words of the passage, or the name of the unit whose id stands there.
fn report_to<'a>(corpus: &'a Corpus, task: &'a Assignment) -> Option<&'a str> {
    let to = task.report_to.as_deref()?;
    let name = corpus.units.get(to).map(|(_, unit)| unit.name.as_str());
    Some(name.unwrap_or(to))
}
