//! A document whose text is replaced: the tables' entries that still hold move to their new
//! places, the others are set aside as comments. Nothing is thrown away.

use std::collections::HashMap;

use super::blocks::{Blocks, field, set_aside, texts, with_field};
use super::report::{Report, Sort};
use super::write::quoted;
use crate::answer::PassageId;
use crate::corpus::{
    ASSIGNMENTS_FILE, Corpus, LEXICON_FILE, PARAPHRASES_FILE, Problem, UNITS_FILE,
};

/// Files of a corpus by name.
pub type Files = Vec<(String, Vec<u8>)>;

/// Where an entry's words are found.
enum Found {
    /// Where they were.
    Here,
    /// In another passage.
    There(String),
    /// In none.
    Nowhere,
}

/// Over an entry that is set aside.
const GONE: &str = "Không còn khớp với văn bản mới nhập; rà soát rồi sửa hoặc xóa:";
/// So often what leans on what was set aside is looked for.
const ROUNDS: usize = 6;

/// Moves the entries that speak of passages of the document `id`. `files` hold the new text
/// already; `old` is the corpus before.
pub fn tables(old: &Corpus, id: &str, files: &mut Files, report: &mut Report) {
    let Some(new) = load(files) else { return };
    let kept = |name: &str, change: &mut dyn FnMut(&str) -> Option<String>, files: &mut Files| {
        let Some((_, bytes)) = files.iter_mut().find(|(file, _)| file == name) else {
            return;
        };
        if let Ok(text) = std::str::from_utf8(bytes) {
            *bytes = Blocks::new(text)
                .change(|entry, _| change(entry))
                .into_bytes();
        }
    };
    let mut counts = [0_usize; 3];
    let mut assignment = |entry: &str| {
        let passage = field(entry, "passage")?;
        let task = field(entry, "task")?;
        let when = field(entry, "when").unwrap_or_default();
        let found = own(&passage, id)?.then(|| find(&new, id, &passage, &[&task, &when]))?;
        follow(entry, "passage", &passage, found, &mut counts)
    };
    kept(ASSIGNMENTS_FILE, &mut assignment, files);
    tell(ASSIGNMENTS_FILE, "việc giao", counts, report);
    let mut counts = [0_usize; 3];
    let mut paraphrase = |entry: &str| {
        let passage = field(entry, "id")?;
        own(&passage, id)?;
        let place = old.passage_by_id(&PassageId::new(passage.as_str()));
        let found = place.map_or(Found::Nowhere, |place| {
            find(&new, id, &passage, &[old.text_of(place)])
        });
        follow(entry, "id", &passage, found, &mut counts)
    };
    kept(PARAPHRASES_FILE, &mut paraphrase, files);
    tell(PARAPHRASES_FILE, "đoạn diễn đạt", counts, report);
    set_aside_what_fails(old, files, report);
}

/// Whether a passage is of the document; `None` when it is not.
fn own(passage: &str, id: &str) -> Option<bool> {
    (PassageId::new(passage).document() == id).then_some(true)
}

/// The passage of the new text that holds all these words: the one of the same id before others.
fn find(new: &Corpus, id: &str, passage: &str, words: &[&str]) -> Found {
    let holds = |at: usize| words.iter().all(|words| new.text_of(at).contains(words));
    if new
        .passage_by_id(&PassageId::new(passage))
        .is_some_and(holds)
    {
        return Found::Here;
    }
    let passages = new
        .document(id)
        .map(|(_, document)| document.passages.clone());
    match passages.into_iter().flatten().find(|at| holds(*at)) {
        Some(at) => Found::There(new.passage(at).id.to_string()),
        None => Found::Nowhere,
    }
}

fn follow(
    entry: &str,
    name: &str,
    passage: &str,
    found: Found,
    counts: &mut [usize; 3],
) -> Option<String> {
    match found {
        Found::Here => {
            counts[0] += 1;
            None
        }
        Found::There(new) => {
            counts[1] += 1;
            Some(with_field(entry, name, passage, &new))
        }
        Found::Nowhere => {
            counts[2] += 1;
            Some(set_aside(entry, GONE))
        }
    }
}

fn tell(table: &str, what: &str, [here, there, nowhere]: [usize; 3], report: &mut Report) {
    if here + there > 0 {
        let text =
            format!("{table}: {here} {what} giữ nguyên mã đoạn, {there} chuyển sang mã đoạn mới");
        report.add(Sort::Recognised, None, text);
    }
    if nowhere > 0 {
        let text = format!("{table}: {nowhere} {what} không còn khớp, đã để thành chú thích");
        report.add(Sort::ToDo, None, text);
    }
}

/// Entries of the hand-kept tables that were right with the old text and are wrong with the new.
fn set_aside_what_fails(old: &Corpus, files: &mut Files, report: &mut Report) {
    let known = counted(&old.problems());
    for _ in 0..ROUNDS {
        let Some(new) = load(files) else { return };
        let mut known = known.clone();
        let fresh: Vec<Problem> = new
            .problems()
            .into_iter()
            .filter(|problem| {
                let seen = known.entry(problem.what.clone()).or_default();
                let was = *seen > 0;
                *seen = seen.saturating_sub(1);
                !was
            })
            .collect();
        let mut changed = false;
        for name in [UNITS_FILE, ASSIGNMENTS_FILE, PARAPHRASES_FILE, LEXICON_FILE] {
            let lines: Vec<&Problem> = fresh
                .iter()
                .filter(|problem| problem.file == name)
                .collect();
            changed |= !lines.is_empty() && set_aside_at(name, &lines, files, report);
        }
        if !changed {
            return;
        }
    }
}

/// Sets aside the entries that these problems are about; of the lexicon only the phrase, where
/// others are left.
fn set_aside_at(name: &str, problems: &[&Problem], files: &mut Files, report: &mut Report) -> bool {
    let Some((_, bytes)) = files.iter_mut().find(|(file, _)| file == name) else {
        return false;
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let changed = Blocks::new(text).change(|entry, lines| {
        let problem = problems
            .iter()
            .find(|problem| lines.contains(&problem.line))?;
        let own = problems
            .iter()
            .filter(|problem| lines.contains(&problem.line));
        let own = own.filter_map(|problem| phrase(&problem.what));
        let fewer = (name == LEXICON_FILE)
            .then(|| without(entry, own))
            .flatten();
        let done = match fewer {
            Some(_) => "đã bỏ cụm từ ấy",
            None => "mục này đã để thành chú thích",
        };
        let what = format!("{name}, dòng {}: {}; {done}", problem.line, problem.what);
        report.add(Sort::ToDo, None, what);
        Some(fewer.unwrap_or_else(|| set_aside(entry, GONE)))
    });
    let different = changed != text;
    *bytes = changed.into_bytes();
    different
}

/// The phrase that a problem is about: the last in its quotation marks.
fn phrase(what: &str) -> Option<&str> {
    let (_, rest) = what.rsplit_once('“')?;
    rest.strip_suffix('”')
}

/// A concept of the lexicon without official phrases that no text has any more; what people say
/// for it still serves. `None` where no official phrase would be left.
fn without<'p>(entry: &str, phrases: impl Iterator<Item = &'p str>) -> Option<String> {
    let mut text = entry.to_owned();
    let mut gone = Vec::new();
    for phrase in phrases {
        let typed = quoted(phrase);
        let at = text.find(&typed)?;
        let after = &text[at + typed.len()..];
        let next = after.len() - after.trim_start_matches([',', ' ']).len();
        // The comma goes with the phrase: the one after it, or the one before the last.
        let end = at + typed.len() + next;
        let start = match next {
            0 => text[..at].trim_end_matches([' ', ',']).len(),
            _ => at,
        };
        text.replace_range(start..end, "");
        gone.push(typed);
    }
    let left = texts(&text, "official")?;
    let note = format!("# Cụm từ không còn văn bản nào có: {}\n", gone.join(", "));
    (left > 0).then(|| note + &text)
}

fn counted(problems: &[Problem]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for problem in problems {
        *counts.entry(problem.what.clone()).or_default() += 1;
    }
    counts
}

fn load(files: &Files) -> Option<Corpus> {
    Corpus::from_files(files.clone())
        .ok()
        .map(|(corpus, _)| corpus)
}
