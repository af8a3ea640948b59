//! Words that stand side by side in everyday language (`tu-thuong.toml`): they say nothing of the
//! documents, and help to put marks back and to mend slips in what people type.

use std::collections::HashSet;

use super::problem::Reporter;
use super::table;
use crate::text::{Token, is_syllable, tokenize};

/// Fewer syllables have no neighbour, more are a sentence.
const SYLLABLES: std::ops::RangeInclusive<usize> = 2..=5;

/// Reads the table: its phrases in the order of the file.
pub(super) fn read(text: &str, reporter: &mut Reporter) -> Vec<Vec<Token>> {
    let root = table::parse(text, 0, reporter);
    table::only(&root, &["group"], reporter);
    let mut phrases = Vec::new();
    let mut seen = HashSet::new();
    for mut entry in table::entries(&root, "group", reporter) {
        entry.required("about", reporter);
        for phrase in entry.texts("phrases", reporter) {
            let tokens = tokenize(&phrase.value);
            match fault(&phrase.value, &tokens) {
                Some(what) => entry.reject(phrase.at, what, reporter),
                None if !seen.insert(phrase.value.clone()) => {
                    let what = format!("“{}” đã có ở trên", phrase.value);
                    entry.reject(phrase.at, what, reporter);
                }
                None => phrases.push(tokens),
            }
        }
        entry.finish(reporter);
    }
    phrases
}

/// What is wrong with a phrase, if anything.
fn fault(phrase: &str, tokens: &[Token]) -> Option<String> {
    if let Some(token) = tokens.iter().find(|token| !is_syllable(&token.word)) {
        return Some(format!(
            "“{}” trong “{phrase}” không phải âm tiết tiếng Việt",
            token.word
        ));
    }
    (!SYLLABLES.contains(&tokens.len())).then(|| {
        format!(
            "“{phrase}” có {} âm tiết; cần từ {} đến {}",
            tokens.len(),
            SYLLABLES.start(),
            SYLLABLES.end()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_is_kept_and_what_is_wrong_is_said() {
        let text = "[[group]]\nabout = \"hỏi\"\nphrases = [\n  \"thế nào\",\n  \"nào\",\n  \"thế nào\",\n  \"xyz gì\",\n  \"ra sao\",\n]\n";
        let mut reporter = Reporter::new("tu-thuong.toml", text);
        let kept = ["thế nào", "ra sao"].map(tokenize);
        assert_eq!(read(text, &mut reporter), kept);
        let problems: Vec<String> = reporter.finish().iter().map(ToString::to_string).collect();
        assert_eq!(
            problems,
            [
                "tu-thuong.toml:5: “nào” có 1 âm tiết; cần từ 2 đến 5",
                "tu-thuong.toml:6: “thế nào” đã có ở trên",
                "tu-thuong.toml:7: “xyz” trong “xyz gì” không phải âm tiết tiếng Việt",
            ]
        );
    }
}
