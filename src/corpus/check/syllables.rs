//! Words of the documents that cannot be Vietnamese: misspelt, or foreign and not yet listed.

use std::collections::HashSet;
use std::ops::Range;

use crate::corpus::heading::is_roman;
use crate::corpus::problem::Reporter;
use crate::corpus::{Corpus, Problem};
use crate::text::spelling::Dictionary;
use crate::text::{Token, is_syllable, lower, nfc, tokenize};

/// Reports each such word once a document, with words of the corpus it could be meant for.
pub(super) fn check(corpus: &Corpus, problems: &mut Vec<Problem>) {
    let accepted = accepted(corpus);
    let mut dictionary = Dictionary::default();
    let mut suspects = Vec::new();
    for (at, document) in corpus.documents.iter().enumerate() {
        let found = suspects_of(corpus, at, &accepted, &mut dictionary);
        suspects.push((at, document, found));
    }
    // Only now are all words known that a suspect could be meant for.
    for (at, document, found) in suspects {
        let file = corpus.file(at);
        let mut reporter = Reporter::new(&document.file_name, file);
        for span in found {
            let typed = &file[span.clone()];
            let what = format!("“{typed}” không phải âm tiết tiếng Việt");
            reporter.suggest(span.start, what, hint(typed, &dictionary));
        }
        problems.extend(reporter.finish());
    }
}

/// Where the suspects stand, the first place of each. The other words go into the dictionary.
fn suspects_of(
    corpus: &Corpus,
    document: usize,
    accepted: &HashSet<String>,
    dictionary: &mut Dictionary,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for span in stretches(corpus, document) {
        let text = corpus.cut(document, span.clone());
        for token in tokenize(text) {
            if is_syllable(&token.word) {
                dictionary.add(token.word);
            } else if !is_acceptable(text, &token, accepted) && seen.insert(token.word) {
                found.push(span.start + token.span.start..span.start + token.span.end);
            }
        }
    }
    found
}

fn hint(typed: &str, dictionary: &Dictionary) -> String {
    let is_capitals = typed == typed.to_uppercase();
    let near = if is_capitals {
        Vec::new()
    } else {
        dictionary.nearest(&lower(&nfc(typed)))
    };
    if near.is_empty() {
        let hint = "nếu là chữ nước ngoài hay chữ viết tắt, thêm vào [foreign] trong tu-dien.toml";
        return hint.to_owned();
    }
    let near: Vec<String> = near.iter().map(|word| format!("“{word}”")).collect();
    format!("có phải là {}?", near.join(", "))
}

/// Title, headings and passages of a document.
fn stretches<'c>(corpus: &'c Corpus, document: usize) -> impl Iterator<Item = Range<usize>> + 'c {
    let document = &corpus.documents[document];
    let headings = document.sections.clone();
    let headings = headings.map(|at| corpus.section(at).heading.clone());
    let passages = document.passages.clone();
    let passages = passages.map(|at| corpus.passage(at).span.clone());
    std::iter::once(document.title_span.clone())
        .chain(headings)
        .chain(passages)
}

/// Words that are no syllables and still right: listed as foreign, abbreviations, parts of the
/// units' names and of the documents' numbers.
fn accepted(corpus: &Corpus) -> HashSet<String> {
    let foreign = corpus.lexicon.foreign.iter();
    let short_forms = corpus.lexicon.short_forms.iter();
    let units = corpus
        .units
        .iter()
        .flat_map(|unit| std::iter::once(&unit.name).chain(&unit.aliases));
    let documents = corpus
        .documents
        .iter()
        .flat_map(|document| [&document.number, &document.short]);
    let listed = foreign.chain(short_forms).chain(units).chain(documents);
    listed
        .flat_map(|words| tokenize(words))
        .map(|token| token.word)
        .collect()
}

fn is_acceptable(text: &str, token: &Token, accepted: &HashSet<String>) -> bool {
    let typed = &text[token.span.clone()];
    let has_digit = typed.contains(|c: char| c.is_numeric());
    let is_code = has_digit && !typed.contains(char::is_lowercase);
    // Capitals among small letters are a short form: “STT”, “UNICEF”. In a line of capitals they
    // may be any word.
    let is_short_form = token.span.len() <= 8
        && text.contains(char::is_lowercase)
        && typed.chars().all(char::is_uppercase);
    is_code
        || is_short_form
        || token.word.chars().nth(1).is_none()
        || is_roman(typed)
        || accepted.contains(&token.word)
        || is_in_number(text, token)
}

/// Part of something like “3190/KH-UBND”.
fn is_in_number(text: &str, token: &Token) -> bool {
    let start = text[..token.span.start]
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + 1);
    let rest = &text[token.span.end..];
    let end = token.span.end + rest.find(char::is_whitespace).unwrap_or(rest.len());
    // The white space before may be longer than a byte.
    let start = (start..=token.span.start).find(|at| text.is_char_boundary(*at));
    let chunk = &text[start.unwrap_or(token.span.start)..end];
    chunk.contains(|c: char| c.is_ascii_digit()) && chunk.contains(['/', '-'])
}
