//! Questions that the documents do not answer (`im-lang.toml`): from these it is learnt what silence
//! has to be about.

use super::problem::Reporter;
use super::table;
use crate::text::Token;

/// Reads the table.
pub(super) fn read(text: &str, reporter: &mut Reporter) -> Vec<Vec<Token>> {
    let root = table::parse(text, 0, reporter);
    table::only(&root, &["silent"], reporter);
    table::tokens_of(&root, "silent", "questions", reporter)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{lines, with_body};

    #[test]
    fn the_list_is_read() {
        let table = "[silent]\nquestions=['vé bao nhiêu tiền', 'mấy giờ rồi']\n[other]\n";
        let (corpus, problems) = with_body("", &[("im-lang.toml", table)]);
        assert_eq!(corpus.silent.len(), 2);
        assert_eq!(lines(&problems).len(), 1);
    }
}
