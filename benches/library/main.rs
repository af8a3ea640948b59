//! What a library costs: `HOIDAP_LIBRARY_PASSAGES=1000000 cargo bench --bench library` fills an index
//! with so many generated passages, opens it, and searches it with and without the budget of postings.
//! Without the variable it does nothing. Others, lists with `:` between: `HOIDAP_LIBRARY_WORDS`, the corpora
//! from which the passages are made instead of this repository's; `HOIDAP_LIBRARY_QUESTIONS`, files with a question
//! a line, as it is or as JSON; `HOIDAP_LIBRARY_BUDGETS`, postings and passages considered to be tried besides what
//! is set in the program, as `500000/300`. `HOIDAP_LIBRARY_FOLDER` is where the index stays, to be gone on with by the next run.
//!
//! How the passages are made is told in `text.rs`. Besides the questions of the files, as many pieces of the
//! generated passages are asked for.

mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hoidap::index::{self, Entry, Field, Listed, SearchIndex, WeightedTerm, Writer, pair};
use hoidap::text::tokenize;

use text::{Random, Source};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
const QUESTIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/questions.txt");
const IN_DOCUMENT: usize = 100;
const IN_SECTION: usize = 5;
/// What the section and the document around a passage count, as where there are no tables.
const AROUND: f32 = 0.5;
const HITS: usize = 50;
/// So many questions are asked.
const ASKED: usize = 500;

fn main() {
    let set = |name: &str| std::env::var(format!("HOIDAP_LIBRARY_{name}")).ok();
    let Some(passages) = set("PASSAGES").and_then(|passages| passages.parse::<usize>().ok()) else {
        return println!("HOIDAP_LIBRARY_PASSAGES is not set: nothing measured");
    };
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = set("FOLDER").map_or(temporary.path().to_owned(), PathBuf::from);
    let source = set("WORDS").unwrap_or(CORPUS.to_owned());
    let source = Source::new(source.split(':').map(Path::new));
    let questions = set("QUESTIONS").unwrap_or(QUESTIONS.to_owned());
    let mut questions = spread(questions.split(':').flat_map(asked).collect(), ASKED / 2);
    questions.extend(pieces(&source, passages, ASKED / 2));
    let listed: Vec<Listed> = (0..passages.div_ceil(IN_DOCUMENT)).map(listed).collect();
    println!("{} documents of {IN_DOCUMENT} passages", listed.len());
    fill(&folder, &source, &listed);
    let index = open(&folder, &listed);
    let budgets = set("BUDGETS").unwrap_or_default();
    let budgets = budgets.split(':').filter_map(|budget| {
        let (postings, considered) = budget.split_once('/')?;
        Some((postings.parse().ok()?, considered.parse().ok()?))
    });
    let budgets: Vec<(u64, usize)> = budgets.collect();
    ask(index, &folder, &listed, &questions, &budgets);
}

fn listed(document: usize) -> Listed {
    Listed {
        key: index::key(&format!("sinh-{document}.md")),
        first: document * IN_DOCUMENT,
        passages: IN_DOCUMENT,
    }
}

/// The questions of a file.
fn asked(file: &str) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("questions");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let question = |line: &str| {
        let json: Option<serde_json::Value> = serde_json::from_str(line).ok();
        let question = json.and_then(|json| Some(json.get("question")?.as_str()?.to_owned()));
        question.unwrap_or_else(|| line.to_owned())
    };
    lines.map(question).collect()
}

/// So many of some questions, evenly from all of them.
fn spread(questions: Vec<String>, count: usize) -> Vec<String> {
    let count = count.min(questions.len());
    let at = |number: usize| questions[number * questions.len() / count].clone();
    (0..count).map(at).collect()
}

/// Pieces of six to fifteen syllables of the generated passages.
fn pieces(source: &Source, passages: usize, count: usize) -> Vec<String> {
    let mut random = Random::new(7);
    let mut piece = || {
        let (_, bodies) = source.document(random.below(passages.div_ceil(IN_DOCUMENT)));
        let words: Vec<&str> = bodies[random.below(bodies.len())].split(' ').collect();
        let length = 6 + random.below(10);
        let start = random.below(words.len() - length);
        words[start..start + length].join(" ")
    };
    (0..count).map(|_| piece()).collect()
}

/// Adds the documents that are not there yet.
fn fill(folder: &Path, source: &Source, listed: &[Listed]) {
    let (start, mut added) = (Instant::now(), 0);
    let mut writer = Writer::open(folder).expect("a writer");
    println!("already there: {} documents", writer.contents().len());
    for (number, document) in listed.iter().enumerate() {
        if writer.contents().contains_key(&document.key) {
            continue;
        }
        let (headings, bodies) = source.document(number);
        let entries = bodies.iter().enumerate().map(|(at, body)| Entry {
            heading: &headings[at / IN_SECTION],
            section: Some(at / IN_SECTION),
            body,
            said: Vec::new(),
        });
        writer.add(document.key, 1, entries).expect("added");
        added += IN_DOCUMENT;
    }
    let written = start.elapsed();
    writer.finish().expect("finished");
    let all = start.elapsed();
    let rate = added as f64 / all.as_secs_f64();
    println!("added {added} passages: {written:.1?}, with merges {all:.1?}, {rate:.0} passages/s");
    println!("most resident {}", resident("VmHWM:"));
}

fn open(folder: &Path, listed: &[Listed]) -> SearchIndex {
    let mut took: Vec<Duration> = Vec::new();
    for _ in 0..10 {
        let start = Instant::now();
        drop(index::open_written(folder, listed).expect("an index"));
        took.push(start.elapsed());
    }
    let first = took[0];
    let median = quantile(&mut took, 0.5);
    println!("opened: first {first:.1?}, median {median:.1?}");
    index::open_written(folder, listed).expect("an index")
}

fn ask(
    index: SearchIndex,
    folder: &Path,
    listed: &[Listed],
    questions: &[String],
    budgets: &[(u64, usize)],
) {
    let questions: Vec<Vec<WeightedTerm>> = questions.iter().map(|asked| terms(asked)).collect();
    let open = || index::open_written(folder, listed).expect("an index");
    let expected = run("all postings", &open().with_budget(u64::MAX), &questions);
    compare(&expected, &run("with the budget", &index, &questions));
    for (postings, considered) in budgets {
        let index = open().with_budget(*postings).considering(*considered);
        let name = format!("{postings} postings, {considered} considered");
        compare(&expected, &run(&name, &index, &questions));
    }
    println!("resident {}", resident("VmRSS:"));
}

/// Tells how much of what should be found is found.
fn compare(expected: &[Vec<usize>], found: &[Vec<usize>]) {
    for count in [1, 10, HITS] {
        let same: usize = expected
            .iter()
            .zip(found)
            .map(|(expected, found)| {
                let found = &found[..count.min(found.len())];
                let expected = expected.iter().take(count);
                expected.filter(|passage| found.contains(passage)).count()
            })
            .sum();
        let all: usize = expected.iter().map(|hits| hits.len().min(count)).sum();
        println!(
            "of the first {count}: {:.1} % the same",
            100.0 * same as f64 / all as f64
        );
    }
}

fn run(name: &str, index: &SearchIndex, questions: &[Vec<WeightedTerm>]) -> Vec<Vec<usize>> {
    let mut took = Vec::new();
    let mut found = Vec::new();
    for terms in questions {
        let start = Instant::now();
        let hits = index.search(terms, AROUND, HITS).expect("hits");
        took.push(start.elapsed());
        found.push(hits.into_iter().map(|hit| hit.passage).collect());
    }
    println!(
        "{name}: {} questions, median {:.2?}, 99th percentile {:.2?}, most {:.2?}",
        questions.len(),
        quantile(&mut took, 0.5),
        quantile(&mut took, 0.99),
        quantile(&mut took, 1.0)
    );
    found
}

/// The terms of a question as the ranking makes them where there are no tables, names and frames
/// aside.
fn terms(question: &str) -> Vec<WeightedTerm> {
    let tokens = tokenize(question);
    let mut terms: BTreeMap<(Field, String), f32> = BTreeMap::new();
    for token in &tokens {
        for field in [Field::Folded, Field::HeadingFolded] {
            terms.insert((field, token.fold.clone()), 1.0);
        }
        for field in [Field::Exact, Field::HeadingExact] {
            terms.insert((field, token.word.clone()), 0.5);
        }
        terms.insert((Field::SaidFolded, token.fold.clone()), 0.5);
        terms.insert((Field::SaidExact, token.word.clone()), 0.5);
    }
    for two in tokens.windows(2) {
        let folded = pair(&two[0].fold, &two[1].fold);
        for field in [Field::FoldedPair, Field::HeadingFoldedPair] {
            terms.insert((field, folded.clone()), 0.5);
        }
        let exact = pair(&two[0].word, &two[1].word);
        terms.insert((Field::ExactPair, exact), 0.25);
    }
    let terms = terms.into_iter();
    terms
        .map(|((field, text), weight)| WeightedTerm {
            field,
            text,
            weight,
        })
        .collect()
}

fn quantile(took: &mut [Duration], share: f64) -> Duration {
    took.sort_unstable();
    took[((took.len() - 1) as f64 * share).round() as usize]
}

/// A line of what the system says of this process's memory.
fn resident(field: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    line.unwrap_or("?").trim().to_owned()
}
