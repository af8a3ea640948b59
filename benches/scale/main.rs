//! What libraries of growing size cost, measured on the binary as an operator runs it:
//! `HOIDAP_SCALE=1000,10000,100000,1000000 cargo bench --bench scale` generates so many passages, indexes
//! them, indexes them again unchanged and with ten documents changed, and asks questions of headings and
//! sentences drawn from them and of a file. Without the variable it does nothing. Others:
//! `HOIDAP_SCALE_FOLDER`, where documents and index stay; `HOIDAP_SCALE_WORDS`, a corpus of whose words the
//! documents are made instead of this repository's; `HOIDAP_SCALE_QUESTIONS`, a file with a question a line;
//! `HOIDAP_SCALE_PLOT`, where an SVG plot of the figures is written.

mod generate;
mod plot;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use generate::{PASSAGES, Random, Words};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
const QUESTIONS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/questions.txt");
/// So many questions of each kind are asked.
const ASKED: usize = 300;
/// So many documents are changed.
const CHANGED: usize = 10;

/// The figures of one size.
pub struct Row {
    /// Passages.
    pub passages: usize,
    /// Seconds to index them.
    pub indexing: f64,
    /// Most memory while indexing.
    pub indexing_memory: Memory,
    /// Seconds when nothing has changed.
    pub unchanged: f64,
    /// Seconds when a few documents have.
    pub changed: f64,
    /// Bytes on disk, in megabytes.
    pub disk: f64,
    /// Milliseconds from start to the first question.
    pub opening: f64,
    /// Milliseconds an answer.
    pub median: f64,
    /// Milliseconds of the slowest of a hundred.
    pub slow: f64,
    /// Most memory while answering.
    pub memory: Memory,
}

/// Resident memory, in megabytes.
#[derive(Clone, Copy, Default)]
pub struct Memory {
    /// With the pages of files that are looked into, which the system takes back when it needs them.
    pub all: f64,
    /// The program's own.
    pub own: f64,
}

impl Memory {
    /// What `/proc/…/status` says.
    fn of(status: &str) -> Self {
        let megabytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
            kilobytes.map_or(0.0, |kilobytes: f64| kilobytes / 1000.0)
        };
        Self {
            all: megabytes("VmRSS:"),
            own: megabytes("RssAnon:"),
        }
    }

    fn most(self, other: Self) -> Self {
        Self {
            all: self.all.max(other.all),
            own: self.own.max(other.own),
        }
    }
}

impl std::fmt::Display for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{:.0} ({:.0})", self.all, self.own)
    }
}

fn main() {
    let set = |name: &str| std::env::var(format!("HOIDAP_SCALE{name}")).ok();
    let Some(sizes) = set("") else {
        return println!("HOIDAP_SCALE is not set: nothing measured");
    };
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = set("_FOLDER").map_or(temporary.path().to_owned(), PathBuf::from);
    let words = Words::of(Path::new(&set("_WORDS").unwrap_or(CORPUS.to_owned())));
    let questions = set("_QUESTIONS").unwrap_or(QUESTIONS.to_owned());
    let questions = fs::read_to_string(questions).expect("questions");
    println!(
        "| passages | indexing s | µs a passage | MB (own) | unchanged s | 10 changed s | index MB | \
         opening ms | median ms | 99th ms | MB (own) |\n|{}",
        " --- |".repeat(11)
    );
    let sizes = sizes
        .split(',')
        .map(|size| size.trim().parse().expect("a number"));
    let rows: Vec<Row> = sizes
        .map(|passages| measure(&folder, &words, passages, &questions))
        .collect();
    if let Some(path) = set("_PLOT") {
        fs::write(path, plot::svg(&rows)).expect("a plot");
    }
}

fn measure(folder: &Path, words: &Words, passages: usize, questions: &str) -> Row {
    let place = folder.join(passages.to_string());
    let (corpus, index) = (place.join("corpus"), place.join("index"));
    let documents = passages.div_ceil(PASSAGES);
    generate::write(&corpus, words, documents);
    // The first file may have been changed by an earlier run.
    for number in 0..CHANGED.min(documents) {
        let text = generate::document(words, number, "");
        fs::write(corpus.join(generate::name(number)), text).expect("written");
    }
    let _ = fs::remove_dir_all(&index);
    // Times of files that were just written tell nothing.
    sleep(Duration::from_secs(3));
    let run = |arguments: &[&str], input: &str| hoidap(&corpus, &index, arguments, input);
    let indexed = run(&["index"], "");
    let unchanged = run(&["index"], "");
    let disk = size(&index);
    let questions = asked(&corpus, documents, questions);
    let opened = run(&["ask", "--lines"], "Hỏi gì?\n");
    let first = times(&opened.output);
    let answered = run(&["ask", "--lines"], &questions);
    let mut times = times(&answered.output);
    times.sort_by(f64::total_cmp);
    for number in 0..CHANGED.min(documents) {
        let text = generate::document(words, number, "Thêm một ý mới.");
        fs::write(corpus.join(generate::name(number)), text).expect("written");
    }
    let changed = run(&["index"], "");
    let row = Row {
        passages: documents * PASSAGES,
        indexing: indexed.seconds,
        indexing_memory: indexed.memory,
        unchanged: unchanged.seconds,
        changed: changed.seconds,
        disk,
        opening: opened.seconds * 1000.0 - first[0],
        median: times[times.len() / 2],
        slow: times[(times.len() - 1) * 99 / 100],
        memory: answered.memory,
    };
    println!(
        "| {} | {:.1} | {:.0} | {} | {:.2} | {:.1} | {:.0} | {:.0} | {:.2} | {:.2} | {} |",
        row.passages,
        row.indexing,
        row.indexing * 1e6 / row.passages as f64,
        row.indexing_memory,
        row.unchanged,
        row.changed,
        row.disk,
        row.opening,
        row.median,
        row.slow,
        row.memory
    );
    row
}

/// Headings and pieces of sentences of documents drawn at random, and the questions of a file.
fn asked(corpus: &Path, documents: usize, questions: &str) -> String {
    let mut random = Random(2026);
    let mut lines: Vec<String> = Vec::new();
    for _ in 0..ASKED {
        let file = corpus.join(generate::name(random.below(documents)));
        let text = fs::read_to_string(file).expect("a document");
        let of = |sign: &str| -> Vec<String> {
            let lines = text.lines().filter_map(|line| line.strip_prefix(sign));
            lines.map(str::to_owned).collect()
        };
        let (headings, sentences) = (of("### "), of("- "));
        let heading = &headings[random.below(headings.len())];
        lines.push(format!(
            "{}?",
            heading.trim_start_matches(|c: char| !c.is_alphabetic())
        ));
        let sentence: Vec<&str> = sentences[random.below(sentences.len())]
            .split(' ')
            .collect();
        let from = random.below(sentence.len() - 8);
        lines.push(format!("{} thế nào?", sentence[from..from + 8].join(" ")));
    }
    let others = questions.lines().filter(|line| !line.starts_with('#'));
    lines.extend(others.take(ASKED).map(str::to_owned));
    lines.join("\n") + "\n"
}

/// How a run of the binary went.
struct Ran {
    output: String,
    seconds: f64,
    memory: Memory,
}

fn hoidap(corpus: &Path, index: &Path, arguments: &[&str], input: &str) -> Ran {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_hoidap"))
        .args(arguments)
        .arg("--corpus")
        .arg(corpus)
        .arg("--index")
        .arg(index)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("hoidap");
    let mut stdin = child.stdin.take().expect("its input");
    let input = input.to_owned();
    let writing = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let watching = std::thread::spawn(move || {
        let mut most = Memory::default();
        while let Ok(status) = fs::read_to_string(&status) {
            // A process that has ended has a status, and no memory.
            if !status.contains("VmRSS:") {
                break;
            }
            most = most.most(Memory::of(&status));
            sleep(Duration::from_millis(5));
        }
        most
    });
    let output = child.wait_with_output().expect("its end");
    let seconds = start.elapsed().as_secs_f64();
    assert!(output.status.success(), "hoidap failed");
    let _ = writing.join();
    Ran {
        output: String::from_utf8(output.stdout).expect("text"),
        seconds,
        memory: watching.join().unwrap_or_default(),
    }
}

/// Milliseconds of each answer.
fn times(output: &str) -> Vec<f64> {
    let time = |line: &str| {
        let rest = line.split_once("\"elapsed_us\":")?.1;
        let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
        digits.parse::<f64>().ok()
    };
    output
        .lines()
        .filter_map(time)
        .map(|us| us / 1000.0)
        .collect()
}

/// Megabytes of the files below a folder, one that has several names counted once.
fn size(folder: &Path) -> f64 {
    use std::os::unix::fs::MetadataExt;
    let mut folders = vec![folder.to_owned()];
    let mut seen = std::collections::HashMap::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let about = entry.metadata().expect("a file");
            if about.is_dir() {
                folders.push(entry.path());
            } else {
                seen.insert(about.ino(), about.len());
            }
        }
    }
    seen.values().sum::<u64>() as f64 / 1e6
}
