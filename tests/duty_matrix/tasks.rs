//! From a task to its units: questions in the task's own words, whole and by their beginning, and
//! whether an answer names the units that have the task and no other.

use std::collections::{BTreeSet, HashSet};

use hoidap::answer::{Answer, Intent};
use hoidap::corpus::{Assignment, Corpus, Passage, Shape};
use hoidap::text::{lower, tokenize};

use crate::duties::{brief, other_than, untold_charge, words};
use crate::figures::Judged;
use crate::names::begin_small;

/// Ways to ask who does something.
const FRAMES: [&str; 8] = [
    "Ai {}?",
    "Đơn vị nào {}?",
    "Cơ quan nào được giao {}?",
    "Việc {} giao cho ai?",
    "{} là trách nhiệm của ai?",
    "Những ai phải {}",
    "Bên nào {} vậy?",
    "Ai được giao nhiệm vụ {}?",
];

/// Where the beginning of a task ends.
const CUTS: [&str; 8] = [
    ",",
    ";",
    " và ",
    " để ",
    " gắn với ",
    " đề ra ",
    " nhất là ",
    " trên các ",
];

/// Syllables that a beginning has at least, so that it says what is to be done.
const LEAST: usize = 5;
/// Syllables after which a long task may be cut.
const LONG: usize = 12;

/// Every task, in its words and by its beginning, in frames that go round and both forms of typing.
pub fn questions(corpus: &Corpus) -> Vec<(&Assignment, String, &'static str, usize)> {
    let mut questions = Vec::new();
    for (at, task) in corpus.assignments.iter().enumerate() {
        for (which, phrase) in phrases(words(corpus, task)).into_iter().enumerate() {
            for turn in 0..4 {
                let frame = FRAMES[(at + which * 3 + turn * 2 + turn / 2) % FRAMES.len()];
                questions.push((task, phrase.clone(), frame, turn));
            }
        }
    }
    questions
}

/// Ways to ask who does something and, in the same breath, to whom it is reported.
const WITH_REPORT: [&str; 3] = [
    "Ai {} và báo cáo cho ai?",
    "Đơn vị nào {}, báo cáo ai?",
    "Bên nào {} rồi báo cáo về đâu",
];
/// And how often it is done.
const WITH_TIME: [&str; 2] = ["Ai {} và bao lâu một lần?", "Đơn vị nào {}, khi nào?"];

/// The second clause of a question.
#[derive(Clone, Copy)]
pub enum Second {
    /// To whom it is reported.
    Report,
    /// When it is done.
    Time,
}

/// Every task by its beginning with a second clause: the report, and the time where the table has one.
pub fn with_second_clause(corpus: &Corpus) -> Vec<(&Assignment, String, &'static str, Second)> {
    let mut questions = Vec::new();
    for (at, task) in corpus.assignments.iter().enumerate() {
        let Some(phrase) = phrases(words(corpus, task)).pop() else {
            continue;
        };
        let report = WITH_REPORT[at % WITH_REPORT.len()];
        questions.push((task, phrase.clone(), report, Second::Report));
        if task.when.is_some() {
            let time = WITH_TIME[at % WITH_TIME.len()];
            questions.push((task, phrase, time, Second::Time));
        }
    }
    questions
}

/// What is missing of the second clause's answer: those marked as recipients of reports where the
/// task's document has such, the word that it has none where it has not; the time as the table has it.
pub fn judge_second(
    corpus: &Corpus,
    task: &Assignment,
    second: Second,
    answer: &Answer,
) -> Option<String> {
    let document = corpus.document_of(task.passage);
    match second {
        Second::Time => untold_charge(corpus, task, answer),
        Second::Report => {
            let mut marked = corpus.passages().filter(|passage| {
                let text = corpus.cut(passage.document, passage.span.clone());
                passage.document == document
                    && passage.shape == Shape::Recipient
                    && text.contains("(Báo cáo)")
            });
            let cited =
                |passage: &Passage| answer.citations.iter().any(|c| c.passage == passage.id);
            match marked.clone().next() {
                Some(_) => marked
                    .find(|passage| !cited(passage))
                    .map(|passage| format!("not told: {}", passage.id)),
                None => (!answer.text.contains("không nêu báo cáo cho ai"))
                    .then(|| "does not tell that no report is spoken of".to_owned()),
            }
        }
    }
}

/// The task whole, its first clause, its first words.
fn phrases(task: &str) -> Vec<String> {
    let whole = begin_small(task);
    let mut phrases = vec![whole.clone()];
    let cuts = CUTS
        .iter()
        .flat_map(|cut| whole.match_indices(cut).map(|(at, _)| at));
    let clause = cuts
        .map(|at| &whole[..at])
        .filter(|part| tokenize(part).len() >= LEAST)
        .min_by_key(|part| part.len());
    let first = tokenize(&whole)
        .get(LONG - 1)
        .map(|token| &whole[..token.span.end]);
    for phrase in clause.into_iter().chain(first) {
        if !phrases.iter().any(|seen| seen == phrase) {
            phrases.push(phrase.to_owned());
        }
    }
    phrases
}

/// One answer on who does a task against the tables.
pub fn judge(corpus: &Corpus, task: &Assignment, phrase: &str, answer: &Answer) -> Judged {
    let same: Vec<&Assignment> = corpus
        .assignments
        .iter()
        .filter(|other| *other == task || says(words(corpus, other), phrase))
        .collect();
    let like: Vec<&Assignment> = corpus
        .assignments
        .iter()
        .filter(|other| *other == task || says_nearly(words(corpus, other), phrase))
        .collect();
    let wanted = unit_ids(corpus, &same);
    let allowed = unit_ids(corpus, &like);
    let mut judged = Judged {
        wanted: wanted.len(),
        ..Judged::default()
    };
    if let Some(fault) = other_than(answer, Intent::Who) {
        judged.faults.push(fault);
        return judged;
    }
    let named: BTreeSet<&str> = answer.units.iter().map(String::as_str).collect();
    judged.told = named.len();
    judged.found = wanted.intersection(&named).count();
    judged.true_told = named.intersection(&allowed).count();
    for missing in wanted.difference(&named) {
        judged.faults.push(format!("not named: {missing}"));
    }
    for foreign in named.difference(&allowed) {
        judged.faults.push(format!("has no such task: {foreign}"));
    }
    judged.faults.extend(untold(corpus, task, answer));
    judged
}

/// What the table says of a task beside its units, and the answer does not.
fn untold(corpus: &Corpus, task: &Assignment, answer: &Answer) -> Vec<String> {
    let mut untold = Vec::new();
    let quoted = answer.citations.iter().any(|citation| {
        citation.passage == corpus.passage(task.passage).id
            && citation.quote.contains(words(corpus, task))
    });
    if !quoted {
        untold.push(format!("not quoted: {}", brief(corpus, task)));
    }
    untold.extend(untold_charge(corpus, task, answer));
    untold
}

fn unit_ids<'a>(corpus: &'a Corpus, tasks: &[&Assignment]) -> BTreeSet<&'a str> {
    let units = tasks.iter().flat_map(|task| &task.units);
    units
        .map(|unit| corpus.units.at(*unit).id.as_str())
        .collect()
}

/// Whether a text has these words in this order, one after the other.
fn says(text: &str, phrase: &str) -> bool {
    let plain = |text: &str| {
        let words: Vec<String> = tokenize(text).into_iter().map(|token| token.word).collect();
        format!(" {} ", words.join(" "))
    };
    plain(text).contains(&plain(phrase))
}

/// Whether a text has nearly all words of a phrase, in whatever order.
fn says_nearly(text: &str, phrase: &str) -> bool {
    const NEARLY: f64 = 0.8;
    let syllables = |text: &str| -> HashSet<String> {
        tokenize(&lower(text))
            .into_iter()
            .map(|token| token.word)
            .collect()
    };
    let (text, phrase) = (syllables(text), syllables(phrase));
    phrase.intersection(&text).count() as f64 >= NEARLY * phrase.len() as f64
}
