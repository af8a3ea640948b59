//! Messages of children in danger, of those who know of one, and ordinary ones that may look like
//! them (`nguy-hiem.toml`): from these it is learnt when the hotline has to come first.

use super::problem::Reporter;
use super::table;

/// Messages of both kinds, as they were typed: they are learnt from once, and their words would take
/// many times the room.
#[derive(Clone, Debug, Default)]
pub struct Messages {
    /// A child may be in danger.
    pub urgent: Vec<String>,
    /// Nobody is: questions about the rules among them.
    pub ordinary: Vec<String>,
}

/// Reads the table.
pub(super) fn read(text: &str, reporter: &mut Reporter) -> Messages {
    let root = table::parse(text, 0, reporter);
    table::only(&root, &["urgent", "ordinary"], reporter);
    let mut list = |name| table::texts_of(&root, name, "messages", reporter);
    Messages {
        urgent: list("urgent"),
        ordinary: list("ordinary"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{lines, with_body};

    #[test]
    fn both_lists_are_read() {
        let table =
            "[urgent]\nmessages=['cứu con', 'ba đánh']\n[ordinary]\nmessages=['chào']\n[other]\n";
        let (corpus, problems) = with_body("", &[("nguy-hiem.toml", table)]);
        let messages = &corpus.messages;
        assert_eq!((messages.urgent.len(), messages.ordinary.len()), (2, 1));
        assert_eq!(lines(&problems).len(), 1);
    }
}
