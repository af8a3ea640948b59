//! What changes when a document is imported over one of the same id: passage by passage.

use std::collections::HashMap;
use std::fmt::Write;

use crate::corpus::Corpus;

/// The difference, a passage a line, in the order of the new text: `-` for what goes, `+` for what
/// comes. Empty when no passage differs.
pub fn difference(old: &Corpus, new: &Corpus, id: &str) -> String {
    let (before, after) = (passages(old, id), passages(new, id));
    let known: HashMap<&str, &str> = before.iter().copied().collect();
    let fresh: HashMap<&str, &str> = after.iter().copied().collect();
    let mut text = String::new();
    for (path, words) in &after {
        match known.get(path) {
            Some(old) if old == words => {}
            Some(old) => {
                let _ = writeln!(text, "- {path}: {old}\n+ {path}: {words}");
            }
            None => {
                let _ = writeln!(text, "+ {path}: {words}");
            }
        }
    }
    for (path, words) in before.iter().filter(|(path, _)| !fresh.contains_key(path)) {
        let _ = writeln!(text, "- {path}: {words}");
    }
    text
}

fn passages<'c>(corpus: &'c Corpus, id: &str) -> Vec<(&'c str, &'c str)> {
    let places = corpus
        .document(id)
        .map(|(_, document)| document.passages.clone());
    places
        .into_iter()
        .flatten()
        .map(|at| (corpus.passage(at).id.as_str(), corpus.text_of(at)))
        .collect()
}
