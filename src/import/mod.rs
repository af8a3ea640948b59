//! Official files to documents of the corpus: a file is read into a [`Source`], whose structure is
//! then recognised and written as the Markdown of `corpus/`; who does what is proposed for the
//! hand-kept tables. Nothing here touches a disk or a clock: a [`Plan`] says what to write.

mod blocks;
mod difference;
mod encoding;
#[cfg(test)]
mod plan_tests;
mod read;
mod replace;
mod report;
#[cfg(test)]
mod sample;
mod shape;
mod source;
mod tables;
mod write;

pub use encoding::{Doubtful, LEAST_SOUND, Quality, quality};
pub use read::{ReadError, read};
pub use report::{Finding, Report, Sort};
pub use source::{Block, Cell, Counted, Paragraph, Place, Remark, Source, Table};

use std::collections::HashSet;
use std::time::Duration;

use crate::corpus::{ASSIGNMENTS_FILE, Corpus, Document, Problem, UNITS_FILE};
use crate::text::tokenize;
use replace::Files;
use shape::Shaped;
use write::Facts;

/// What is asked of the import.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The file's name, for people.
    pub name: String,
    /// What a reader made of the file.
    pub source: Source,
    /// The files of the corpus as it is: names and contents.
    pub files: Vec<(String, Vec<u8>)>,
    /// The document's id, where it is not to be made from type and number.
    pub id: Option<String>,
    /// The text is wanted even if much of it could not be read for certain.
    pub force: bool,
}

/// What an import comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The document's id.
    pub id: String,
    /// What was recognised, guessed, left.
    pub report: Report,
    /// The document as Markdown.
    pub markdown: String,
    /// Names and contents of the files to write.
    pub writes: Vec<(String, Vec<u8>)>,
    /// The files that are replaced, as they were.
    pub replaced: Vec<(String, Vec<u8>)>,
    /// Which passages change, where there was a document of this id.
    pub difference: String,
}

/// Why nothing can be imported.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ImportError {
    /// There are no words in the file.
    #[error("tệp không có chữ nào để nhập")]
    Empty,
    /// Too many words are none: optical recognition went wrong.
    #[error(
        "chỉ {percent} chữ trong tệp đọc được chắc chắn (cần ít nhất {least}): tìm bản rõ hơn, soát lại bản nhận dạng, hoặc vẫn nhập bằng --force"
    )]
    Unsound {
        /// The share that is sound.
        percent: String,
        /// The share that is needed.
        least: String,
        /// The doubtful words, a line each.
        doubtful: Vec<String>,
    },
    /// Working it out took too long.
    #[error(
        "văn bản quá dài, đã dừng vì quá lâu; hãy tách phụ lục thành tệp riêng rồi nhập từng tệp"
    )]
    TooSlow,
    /// The id asked for cannot stand in a passage id.
    #[error("mã “{0}” chỉ được gồm chữ thường không dấu, số và gạch nối")]
    Id(String),
}

/// Works out what an import comes to, like [`plan`], and gives up after a time.
///
/// # Errors
/// Those of [`plan`], and [`ImportError::TooSlow`].
pub fn plan_within(request: Request, longest: Duration) -> Result<Plan, ImportError> {
    match read::guard::within(longest, || plan(request)) {
        Some(Ok(result)) => result,
        Some(Err(panic)) => std::panic::resume_unwind(panic),
        None => Err(ImportError::TooSlow),
    }
}

/// Works out what an import comes to.
///
/// # Errors
/// When there is nothing to import, when too much of it is unreadable, or the id asked for is none.
pub fn plan(request: Request) -> Result<Plan, ImportError> {
    let mut report = Report {
        counted: request.source.counted,
        ..Report::default()
    };
    let mut shaped = shape::recognise(&request.source, &mut report);
    if shaped.body.is_empty() && shaped.tail.recipients.is_empty() {
        return Err(ImportError::Empty);
    }
    let old = Corpus::from_files(request.files.clone())
        .ok()
        .map(|(corpus, _)| corpus);
    let doubtful = !judge(&request, old.as_ref(), &mut report)?;
    let id = id(request.id.as_deref(), &shaped, old.as_ref(), &mut report)?;
    let before = old
        .as_ref()
        .and_then(|corpus| corpus.document(&id))
        .map(|(_, document)| document);
    let mut facts = Facts {
        id: id.clone(),
        source: format!("Nhập từ tệp {}", request.name),
        doubtful,
        kept: Vec::new(),
    };
    if let Some(before) = before {
        keep(&mut shaped, &mut facts, before);
    }
    let markdown = write::markdown(&shaped, &facts);
    let file = before.map_or_else(|| format!("{id}.md"), |before| before.file_name.clone());
    let mut files = request.files.clone();
    put(&mut files, &file, markdown.clone().into_bytes());
    if let Some(old) = old.as_ref().filter(|_| before.is_some()) {
        replace::tables(old, &id, &mut files, &mut report);
    }
    propose(&id, &mut files, &mut report);
    let mut plan = Plan {
        id,
        markdown,
        ..Plan::default()
    };
    plan.changes(&request.files, files, old.as_ref(), &mut report);
    plan.report = report;
    Ok(plan)
}

impl Plan {
    /// Works out which files differ, and what of the whole is still wrong.
    fn changes(&mut self, before: &Files, after: Files, old: Option<&Corpus>, report: &mut Report) {
        let Ok((new, _)) = Corpus::from_files(after.clone()) else {
            return;
        };
        if let Some(old) = old {
            self.difference = difference::difference(old, &new, &self.id);
        }
        let known: Vec<String> = old
            .map(Corpus::problems)
            .unwrap_or_default()
            .into_iter()
            .map(|problem| problem.what)
            .collect();
        for problem in new
            .problems()
            .iter()
            .filter(|problem| !known.contains(&problem.what))
        {
            report.add(Sort::ToDo, None, problem.to_string());
        }
        for (name, bytes) in after {
            let was = before.iter().find(|(file, _)| *file == name);
            if was.is_some_and(|(_, was)| *was == bytes) {
                continue;
            }
            self.replaced.extend(was.cloned());
            self.writes.push((name, bytes));
        }
    }
}

/// Whether the text is sound; each doubtful word is told. What is not is an error, unless it is
/// wanted nevertheless.
fn judge(
    request: &Request,
    old: Option<&Corpus>,
    report: &mut Report,
) -> Result<bool, ImportError> {
    let foreign = old.into_iter().flat_map(|corpus| &corpus.lexicon.foreign);
    let found = quality(&request.source, foreign.map(String::as_str));
    let percent = |share: f64| format!("{:.1}%", share * 100.0).replace('.', ",");
    let share = percent(found.share());
    let what = format!(
        "{share} trong {} chữ đúng là tiếng của tiếng Việt",
        found.words
    );
    report.add(Sort::Recognised, None, what);
    let before = report.findings.len();
    for word in &found.doubtful {
        report.add(Sort::ToDo, Some(word.at), doubt(word));
    }
    if found.is_enough() || request.force {
        return Ok(found.is_enough());
    }
    Err(ImportError::Unsound {
        percent: share,
        least: percent(LEAST_SOUND),
        doubtful: report.told(before).collect(),
    })
}

/// A doubtful word and what it could be meant for.
fn doubt(word: &Doubtful) -> String {
    if word.near.is_empty() {
        return format!(
            "chữ “{}” không phải tiếng Việt, có thể đọc sai: so với bản gốc",
            word.word
        );
    }
    let near: Vec<String> = word.near.iter().map(|near| format!("“{near}”")).collect();
    format!(
        "chữ “{}” không phải tiếng Việt, có thể là {}: so với bản gốc",
        word.word,
        near.join(", ")
    )
}

/// The id asked for, or one made from type and number: `ke-hoach-109`.
fn id(
    asked: Option<&str>,
    shaped: &Shaped,
    old: Option<&Corpus>,
    report: &mut Report,
) -> Result<String, ImportError> {
    if let Some(asked) = asked {
        let fits = asked
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        return match fits && !asked.is_empty() {
            true => Ok(asked.to_owned()),
            false => Err(ImportError::Id(asked.to_owned())),
        };
    }
    let head = &shaped.head;
    let parts: Vec<&str> = head.number.split(['/', '-']).collect();
    let digits = |part: &&&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let numbers: Vec<&str> = parts.iter().take_while(digits).copied().collect();
    let name = match numbers.is_empty() {
        true => head
            .title
            .split_whitespace()
            .take(8)
            .collect::<Vec<_>>()
            .join(" "),
        false => format!("{} {}", head.kind, numbers.join(" ")),
    };
    let id = slug(&name);
    let other = old
        .and_then(|corpus| corpus.document(&id))
        .is_some_and(|(_, document)| document.number != head.number && !document.number.is_empty());
    let id = match other {
        // Another body's document of the same type and number.
        true => slug(&format!("{} {}", head.kind, head.number)),
        false => id,
    };
    report.add(
        Sort::Guessed,
        None,
        format!("mã văn bản: {id} (muốn mã khác: thêm --id MÃ)"),
    );
    Ok(id)
}

/// Words folded and joined by hyphens.
fn slug(words: &str) -> String {
    let folds: Vec<String> = tokenize(words)
        .into_iter()
        .map(|token| token.fold)
        .collect();
    folds.join("-")
}

/// What the file does not say and the document of the same id did stays as it was.
fn keep(shaped: &mut Shaped, facts: &mut Facts, before: &Document) {
    let head = &mut shaped.head;
    for (own, known) in [
        (&mut head.number, &before.number),
        (&mut head.issuer, &before.issuer),
    ] {
        if own.is_empty() {
            own.clone_from(known);
        }
    }
    if head.kind == "Văn bản" {
        head.kind.clone_from(&before.kind);
    }
    if head.title.is_empty() || head.title == head.kind {
        head.title.clone_from(&before.title);
    }
    head.issued = head.issued.or(before.issued);
    head.place = head.place.take().or_else(|| before.place.clone());
    let tail = &mut shaped.tail;
    if tail.signer.is_none() {
        tail.signer.clone_from(&before.signer);
        tail.signer_role.clone_from(&before.signer_role);
    } else if tail.signer == before.signer {
        tail.signer_role = tail
            .signer_role
            .take()
            .or_else(|| before.signer_role.clone());
    }
    if let Some(date) = before.in_force_from {
        facts.kept.push(format!(
            "in_force_from = {:04}-{:02}-{:02}",
            date.year, date.month, date.day
        ));
    }
    if let Some(by) = &before.replaced_by {
        facts
            .kept
            .push(format!("replaced_by = {}", write::quoted(by)));
    }
    if !before.amends.is_empty() {
        let names: Vec<String> = before
            .amends
            .iter()
            .map(|name| write::quoted(name))
            .collect();
        facts.kept.push(format!("amends = [{}]", names.join(", ")));
    }
}

/// Adds the proposed entries at the ends of the tables. An entry that the check would find fault
/// with is not proposed.
fn propose(id: &str, files: &mut Files, report: &mut Report) {
    let Ok((corpus, _)) = Corpus::from_files(files.clone()) else {
        return;
    };
    let mut entries = tables::propose(&corpus, id, report);
    for _ in 0..3 {
        let (tried, places) = added(files, &entries, id);
        let Ok((corpus, _)) = Corpus::from_files(tried.clone()) else {
            return;
        };
        let faulty = faulty(&corpus.problems(), &places);
        if faulty.is_empty() {
            *files = tried;
            return;
        }
        for at in &faulty {
            let task = &entries.tasks[*at].1;
            report.add(
                Sort::Left,
                None,
                format!(
                    "việc ở {} không ghép được với đơn vị: “{}”",
                    task.passage, task.task
                ),
            );
        }
        entries.without(&faulty);
    }
}

/// The files with the entries at the ends of the tables, and the lines where each task begins.
fn added(files: &Files, entries: &tables::Entries, id: &str) -> (Files, Vec<usize>) {
    let mut files = files.clone();
    let mut places = Vec::new();
    if entries.tasks.is_empty() {
        return (files, places);
    }
    let note = format!(
        "\n# Đề xuất khi nhập {id}: so từng mục với văn bản, đúng thì xóa dòng review của mục ấy\n"
    );
    if !entries.units.is_empty() {
        append(
            &mut files,
            UNITS_FILE,
            &format!("{note}{}", entries.units_toml()),
        );
    }
    let mut text = note;
    let before = files
        .iter()
        .find(|(name, _)| name == ASSIGNMENTS_FILE)
        .map_or(0, |(_, bytes)| {
            String::from_utf8_lossy(bytes)
                .trim_end()
                .matches('\n')
                .count()
                + 1
        });
    for entry in entries.tasks_toml() {
        places.push(before + text.matches('\n').count() + 1);
        text.push_str(&entry);
    }
    append(&mut files, ASSIGNMENTS_FILE, &text);
    (files, places)
}

fn append(files: &mut Files, name: &str, text: &str) {
    let old = files.iter().find(|(file, _)| file == name);
    let mut bytes = old.map(|(_, bytes)| bytes.clone()).unwrap_or_default();
    if bytes.last().is_some_and(|last| *last != b'\n') {
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(text.as_bytes());
    put(files, name, bytes);
}

fn put(files: &mut Files, name: &str, bytes: Vec<u8>) {
    match files.iter_mut().find(|(file, _)| file == name) {
        Some((_, old)) => *old = bytes,
        None => files.push((name.to_owned(), bytes)),
    }
}

/// The tasks that problems of their table are about.
fn faulty(problems: &[Problem], places: &[usize]) -> HashSet<usize> {
    problems
        .iter()
        .filter(|problem| problem.file == ASSIGNMENTS_FILE)
        .filter_map(|problem| {
            places
                .partition_point(|line| *line <= problem.line)
                .checked_sub(1)
        })
        .collect()
}
