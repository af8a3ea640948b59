//! The benchmark: `cargo bench`, one thread. First the figures that have a target are printed, for
//! the corpus of this repository and for a generated one of `HOIDAP_BENCH_PASSAGES` passages
//! (100,000 unless told otherwise; 0 leaves it out); then divan times single steps. With a filter,
//! as in `cargo bench -- repair`, only the steps that it names are timed.

mod generate;
mod measure;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use hoidap::answer::Context;
use hoidap::corpus::Corpus;
use hoidap::engine::Engine;
use hoidap::index;
use hoidap::text::{self, Token};

use measure::{Latency, latency, median, questions, resident, time};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
const LARGE: usize = 100_000;
/// So many of the slowest questions are named.
const SLOWEST: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments == ["--bench"] {
        real();
        large();
        println!();
    }
    divan::main();
}

/// The corpus of this repository.
fn real() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    drop(open(folder.path()));
    let ((engine, _), first) = time(|| {
        let engine = open(folder.path());
        let reply = engine.ask("Mục II.3 viết gì?", &Context::default());
        (engine, reply)
    });
    let (now, most) = resident().unwrap_or_default();
    let latency = latency(&engine, &questions(), Duration::from_secs(5));
    let (asked, _) = resident().unwrap_or_default();
    let opening = median(50, || drop(open(folder.path())));
    let process = median(30, || run_once(folder.path()));
    println!(
        "the corpus here, {} passages",
        engine.corpus().passage_count()
    );
    show_latency(
        &latency,
        Duration::from_micros(300),
        Duration::from_millis(1),
    );
    row("open, index ready", ms(opening), "");
    row("open and first answer", ms(first), "");
    row(
        "process, start to first answer",
        ms(process),
        &target(process, Duration::from_millis(50)),
    );
    row(
        "resident",
        format!("{now:.1} MB"),
        &format!("most {most:.1} MB, after all asks {asked:.1} MB; target 60 MB"),
    );
}

/// The same documents and tables with generated documents beside them.
fn large() {
    let passages = std::env::var("HOIDAP_BENCH_PASSAGES").ok();
    let passages = passages.map_or(LARGE, |passages| {
        passages.parse().expect("a number of passages")
    });
    if passages == 0 {
        return;
    }
    let (small, _) = Corpus::load(Path::new(CORPUS)).expect("the corpus");
    let mut files = files(Path::new(CORPUS));
    files.extend(generate::documents(
        &small,
        passages.saturating_sub(small.passage_count()),
    ));
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    let ((corpus, _), parse) = time(|| Corpus::from_files(files).expect("documents"));
    let passages = corpus.passage_count();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (_, build) = time(|| index::open(&corpus, folder.path()).expect("an index"));
    let (opened, open) = time(|| index::open(&corpus, folder.path()).expect("an index"));
    let (engine, prepare) = time(|| Engine::new(corpus, opened.index));
    let latency = latency(&engine, &questions(), Duration::from_secs(15));
    let (now, most) = resident().unwrap_or_default();
    println!(
        "\na generated corpus, {passages} passages, {:.1} MB of text",
        bytes as f64 / 1e6
    );
    let rate = passages as f64 / build.as_secs_f64();
    row(
        "index built",
        ms(build),
        &format!("{rate:.0} passages/s; target 20,000 passages/s"),
    );
    row("load, index ready", ms(parse + open + prepare), "");
    row("  corpus parsed", ms(parse), "");
    row("  index opened", ms(open), "");
    row("  engine prepared", ms(prepare), "");
    show_latency(&latency, Duration::MAX, Duration::from_millis(10));
    row(
        "resident",
        format!("{now:.0} MB"),
        &format!("most {most:.0} MB"),
    );
}

fn open(index: &Path) -> Engine {
    Engine::open(Path::new(CORPUS), Some(index))
        .expect("the corpus")
        .engine
}

/// The program itself, from its start to its answer.
fn run_once(index: &Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_hoidap"))
        .args(["ask", "--json", "--corpus", CORPUS, "--index"])
        .arg(index)
        .arg("Mục II.3 viết gì?")
        .stdout(Stdio::null())
        .status()
        .expect("the program runs");
    assert!(status.success(), "{status}");
}

/// Names and contents of a corpus's files.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths
        .into_iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|kind| kind == "md" || kind == "toml")
        })
        .map(|path| {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read(&path).expect("a file"))
        })
        .collect()
}

fn show_latency(latency: &Latency, median: Duration, percentile_99: Duration) {
    row(
        "answer, median",
        us(latency.median),
        &target(latency.median, median),
    );
    row(
        "answer, 99th percentile",
        us(latency.percentile_99),
        &target(latency.percentile_99, percentile_99),
    );
    for (question, took) in latency.by_question.iter().take(SLOWEST) {
        let question: String = question.chars().take(60).collect();
        row("  slowest", us(*took), &question);
    }
    row("  asks", latency.asks.to_string(), "");
}

fn row(what: &str, figure: String, remark: &str) {
    println!("  {what:<32}{figure:>12}  {remark}");
}

fn target(figure: Duration, target: Duration) -> String {
    match target {
        Duration::MAX => String::new(),
        _ if figure > target => format!("OVER the target of {}", ms(target)),
        _ => format!("target {}", ms(target)),
    }
}

fn us(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

/// All questions once.
#[divan::bench]
fn answer(bencher: Bencher) {
    let (engine, questions) = (memory_engine(), questions());
    bencher
        .counter(ItemsCount::new(questions.len()))
        .bench_local(|| measure::ask_all(&engine, &questions, |_, _| {}));
}

/// The words of all questions, mended.
#[divan::bench]
fn repair(bencher: Bencher) {
    let corpus = corpus();
    let typed: Vec<Vec<Token>> = questions().iter().map(|q| text::tokenize(q.text)).collect();
    bencher
        .counter(ItemsCount::new(typed.len()))
        .with_inputs(|| typed.clone())
        .bench_local_values(|typed| {
            for tokens in typed {
                black_box(text::repair(tokens, &corpus.vocabulary));
            }
        });
}

/// All passages' words.
#[divan::bench]
fn tokenize(bencher: Bencher) {
    let corpus = corpus();
    let texts: Vec<&str> = (0..corpus.passage_count())
        .map(|passage| corpus.text_of(passage))
        .collect();
    let tokens: usize = texts.iter().map(|text| text::tokenize(text).len()).sum();
    bencher.counter(ItemsCount::new(tokens)).bench_local(|| {
        for text in &texts {
            black_box(text::tokenize(black_box(text)));
        }
    });
}

/// The folder read, parsed and checked.
#[divan::bench]
fn load_corpus(bencher: Bencher) {
    bencher.bench_local(corpus);
}

/// What the engine prepares beside corpus and index.
#[divan::bench]
fn prepare_engine(bencher: Bencher) {
    let corpus = corpus();
    bencher
        .with_inputs(|| {
            let index = index::open_in_memory(&corpus).expect("an index");
            (corpus.clone(), index)
        })
        .bench_local_values(|(corpus, index)| Engine::new(corpus, index));
}

/// The index built in memory.
#[divan::bench]
fn build_index(bencher: Bencher) {
    let corpus = corpus();
    bencher
        .counter(ItemsCount::new(corpus.passage_count()))
        .bench_local(|| index::open_in_memory(&corpus).expect("an index"));
}

fn corpus() -> Corpus {
    Corpus::load(Path::new(CORPUS)).expect("the corpus").0
}

fn memory_engine() -> Engine {
    Engine::open(Path::new(CORPUS), None)
        .expect("the corpus")
        .engine
}
