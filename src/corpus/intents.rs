//! Questions by what they ask for (`y-hoi.toml`): from these it is learnt how people put a question.

use super::problem::Reporter;
use super::table;
use crate::answer::Intent;
use crate::text::Token;

/// The intents that can be learnt, with their names in the table.
const NAMES: [(&str, Intent); 8] = [
    ("who", Intent::Who),
    ("duties", Intent::Duties),
    ("when", Intent::When),
    ("list", Intent::List),
    ("about", Intent::About),
    ("compare", Intent::Compare),
    ("lookup", Intent::Lookup),
    ("place", Intent::Place),
];

/// Questions of one intent.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// What they ask for.
    pub intent: Intent,
    /// The questions.
    pub questions: Vec<Vec<Token>>,
}

/// Reads the table: the intents it has questions for.
pub(super) fn read(text: &str, reporter: &mut Reporter) -> Vec<Asking> {
    let root = table::parse(text, 0, reporter);
    table::only(&root, &NAMES.map(|(name, _)| name), reporter);
    let askings = NAMES.map(|(name, intent)| Asking {
        intent,
        questions: table::tokens_of(&root, name, "questions", reporter),
    });
    let asked = |asking: &Asking| !asking.questions.is_empty();
    askings.into_iter().filter(asked).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{lines, with_body};
    use super::*;

    #[test]
    fn questions_are_read_by_intent() {
        let table =
            "[who]\nquestions=['ai làm', 'bên nào lo']\n[when]\nquestions=['khi nào']\n[whom]\n";
        let (corpus, problems) = with_body("", &[("y-hoi.toml", table)]);
        let read: Vec<(Intent, usize)> = corpus
            .intents
            .iter()
            .map(|asking| (asking.intent, asking.questions.len()))
            .collect();
        assert_eq!(read, [(Intent::Who, 2), (Intent::When, 1)]);
        assert_eq!(lines(&problems).len(), 1);
    }
}
