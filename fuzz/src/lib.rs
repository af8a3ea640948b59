//! What each fuzz target does with its bytes. A target fails by a panic, by a broken promise that
//! an `assert!` here states, by taking too long or too much memory.

use std::sync::LazyLock;

use hoidap::answer::Context;
use hoidap::corpus::Corpus;
use hoidap::engine::Engine;
use hoidap::import::{self, ReadError, Request, Source};
use hoidap::index;

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../../tests/support/docx.rs"]
mod built;

/// The tiny corpus of the end-to-end tests.
const CORPUS: [(&str, &str); 5] = [
    (
        "quy-che-05.md",
        include_str!("../../tests/e2e/corpus/quy-che-05.md"),
    ),
    (
        "thong-bao-12.md",
        include_str!("../../tests/e2e/corpus/thong-bao-12.md"),
    ),
    (
        "don-vi.toml",
        include_str!("../../tests/e2e/corpus/don-vi.toml"),
    ),
    (
        "phan-cong.toml",
        include_str!("../../tests/e2e/corpus/phan-cong.toml"),
    ),
    (
        "tu-dien.toml",
        include_str!("../../tests/e2e/corpus/tu-dien.toml"),
    ),
];

/// The tables that a corpus may have.
const TABLES: [&str; 8] = [
    "don-vi.toml",
    "phan-cong.toml",
    "tu-dien.toml",
    "tu-thuong.toml",
    "dien-dat.toml",
    "y-hoi.toml",
    "im-lang.toml",
    "nguy-hiem.toml",
];

fn corpus() -> Vec<(String, Vec<u8>)> {
    CORPUS
        .map(|(name, text)| (name.to_owned(), text.into()))
        .into()
}

/// Reads a file. The reader's own limit of time ends a run before the fuzzer's does, so that a
/// refusal for it is a failure here.
fn read(name: &str, bytes: &[u8]) -> Option<Source> {
    let read = import::read(name, bytes);
    assert_ne!(read, Err(ReadError::TooSlow), "{name}");
    let source = read.ok()?;
    assert!(!source.blocks.is_empty());
    import::quality(&source, []);
    Some(source)
}

/// An archive as it is; anything else as the parts of one, apart by NUL: document, styles,
/// numbering, footnotes.
fn archive(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.to_vec();
    }
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split('\0');
    let mut docx = built::Docx::of(parts.next().unwrap_or_default());
    for (name, part) in ["styles", "numbering", "footnotes"].into_iter().zip(parts) {
        docx = docx.with(name, part);
    }
    docx.bytes()
}

/// See `fuzz_targets/docx.rs`; so for the others.
pub fn docx(bytes: &[u8]) {
    read("a.docx", &archive(bytes));
}

pub fn pdf(bytes: &[u8]) {
    read("a.pdf", bytes);
}

pub fn html(bytes: &[u8]) {
    read("a.html", bytes);
}

pub fn text(bytes: &[u8]) {
    read("a.txt", bytes);
    read("a.md", bytes);
}

/// The first byte says what the rest is.
pub fn plan(bytes: &[u8]) {
    let Some((kind, bytes)) = bytes.split_first() else {
        return;
    };
    let file = match kind % 4 {
        0 => read("a.docx", &archive(bytes)),
        1 => read("a.html", bytes),
        2 => read("a.md", bytes),
        _ => read("a.txt", bytes),
    };
    let Some(source) = file else { return };
    let request = |files, id: Option<&str>| Request {
        name: "a".to_owned(),
        source: source.clone(),
        files,
        id: id.map(str::to_owned),
        force: true,
    };
    let Ok(plan) = import::plan(request(corpus(), None)) else {
        return;
    };
    let after = written(corpus(), plan.writes);
    // A second time nothing is left to be changed in the text.
    let again = import::plan(request(after, Some(&plan.id))).expect("a plan as before");
    assert_eq!(
        plan.markdown, again.markdown,
        "the same text from the same file"
    );
    // Over a document whose tables speak of it.
    let over = import::plan(request(corpus(), Some("quy-che-05"))).expect("a plan as before");
    written(corpus(), over.writes);
}

/// The corpus with what a plan writes; it must be one that can be read.
fn written(
    mut files: Vec<(String, Vec<u8>)>,
    writes: Vec<(String, Vec<u8>)>,
) -> Vec<(String, Vec<u8>)> {
    for (name, bytes) in writes {
        std::str::from_utf8(&bytes).expect("UTF-8");
        files.retain(|(file, _)| *file != name);
        files.push((name, bytes));
    }
    Corpus::from_files(files.clone()).expect("documents");
    files
}

pub fn corpus_markdown(bytes: &[u8]) {
    look(vec![("a.md".to_owned(), bytes.to_vec())]);
}

/// Everything that `check` and the answers read of a corpus.
fn look(files: Vec<(String, Vec<u8>)>) {
    let Ok((corpus, _)) = Corpus::from_files(files) else {
        return;
    };
    corpus.problems();
    corpus.waiting();
    for at in 0..corpus.passage_count() {
        corpus.text_of(at);
        let id = &corpus.passage(at).id;
        assert!(corpus.passage_by_id(id).is_some(), "{id}");
        corpus.label(id);
    }
    for at in 0..corpus.section_count() {
        corpus.heading_of(at);
    }
}

/// The first byte names the table, the rest is it, beside a sound document.
pub fn tables(bytes: &[u8]) {
    let Some((which, bytes)) = bytes.split_first() else {
        return;
    };
    let name = TABLES[usize::from(*which) % TABLES.len()];
    let mut files = corpus();
    files.retain(|(file, _)| file != name);
    files.push((name.to_owned(), bytes.to_vec()));
    look(files);
}

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let (corpus, _) = Corpus::from_files(corpus()).expect("documents");
    let index = index::open_in_memory(&corpus).expect("an index in memory");
    Engine::new(corpus, index)
});

/// A question a line; each goes on with the talk before it. No quotation may be anything but a
/// piece of its passage.
pub fn question(bytes: &[u8]) {
    let typed = String::from_utf8_lossy(bytes);
    let mut context = Context::default();
    for line in typed.split('\n').take(3) {
        let reply = ENGINE.ask(line, &context);
        for citation in &reply.answer.citations {
            let at = ENGINE.corpus().passage_by_id(&citation.passage);
            let Some(at) = at else { continue };
            let whole = ENGINE.corpus().text_of(at);
            assert!(whole.contains(&citation.quote), "{}", citation.quote);
        }
        context = reply.context;
    }
}
