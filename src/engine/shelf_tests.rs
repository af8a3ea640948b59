//! Documents that are read when a question needs them: the same answers, and nothing of a file that is
//! no longer what it was.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Checked, Engine, library};
use crate::answer::{Answer, Context, Kind};
use crate::corpus::{Corpus, Mark, Source, leaf};
use crate::index;
use crate::rank::Gathering;
use crate::text::spelling::Vocabulary;

const TREES: &str = "+++\nid = \"rung\"\ntype = \"Kế hoạch\"\nnumber = \"1\"\nshort = \"Kế hoạch rừng\"\n\
    title = \"Kế hoạch phát triển rừng\"\nissuer = \"Sở Nông nghiệp\"\n+++\n## I. Trồng rừng\n\
    - Trồng rừng ngập mặn ven biển để chắn sóng.\n- Chăm sóc cây giống ở vườn ươm.\n";
const SWIMMING: &str = "+++\nid = \"boi\"\ntype = \"Kế hoạch\"\nnumber = \"2\"\nshort = \"Kế hoạch bơi\"\n\
    title = \"Kế hoạch phòng đuối nước\"\nissuer = \"Sở Văn hóa\"\n+++\n## I. Dạy bơi\n\
    - Dạy bơi an toàn cho học sinh tiểu học trong dịp hè.\n- Lắp biển cảnh báo ở ao hồ.\n";

const ON_TREES: &str = "trồng rừng ngập mặn ven biển để làm gì";
const ON_SWIMMING: &str = "dạy bơi an toàn cho học sinh tiểu học khi nào";
const QUESTIONS: &[&str] = &[
    ON_TREES,
    ON_SWIMMING,
    "vườn ươm",
    "phần I kế hoạch bơi",
    "kế hoạch bơi nói gì",
    "kế hoạch bơi do ai ban hành",
    "so sánh kế hoạch rừng và kế hoạch bơi",
    "những ai nhận văn bản",
    "giá vàng hôm nay bao nhiêu",
];

/// Files by name.
#[derive(Debug)]
struct Files(HashMap<&'static str, String>);

impl Source for Files {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let file = self.0.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(file.clone().into_bytes())
    }
}

fn files() -> [(&'static str, &'static str); 2] {
    [("boi.md", SWIMMING), ("rung.md", TREES)]
}

fn whole() -> Corpus {
    let files = files().map(|(name, text)| (name.to_owned(), text.as_bytes().to_owned()));
    let (corpus, problems) = Corpus::from_files(files.to_vec()).unwrap();
    assert_eq!(problems, []);
    corpus
}

/// An engine over what was known of the files, which are now as `now` makes them.
fn later(now: impl FnOnce(&mut HashMap<&'static str, String>)) -> Engine {
    let whole = whole();
    let mut gathering = Gathering::default();
    let mut vocabulary = Vocabulary::new();
    let mut known = Vec::new();
    for (at, (name, text)) in files().into_iter().enumerate() {
        gathering.add(&whole, at, whole.leaf(at));
        whole.leaf(at).add_words(&mut vocabulary);
        let mark = Mark::of(text.as_bytes());
        let (document, _) = leaf::read(name, text.as_bytes().to_owned()).0.unwrap();
        known.push((document, mark));
    }
    whole.add_front_matter(&mut vocabulary);
    let mut files = files().map(|(name, text)| (name, text.to_owned())).into();
    now(&mut files);
    let fingerprint = whole.fingerprint.clone();
    let source = Arc::new(Files(files));
    let (corpus, problems) =
        Corpus::on_shelf(known, Vec::new(), vocabulary, fingerprint, source).unwrap();
    assert_eq!(problems, []);
    let index = index::open_in_memory(&whole).unwrap();
    Engine::with(corpus, index, gathering.finish())
}

fn ask(engine: &Engine, question: &str) -> Answer {
    let mut answer = engine.ask(question, &Context::default()).answer;
    answer.elapsed_us = 0;
    answer
}

#[test]
fn what_is_read_later_is_answered_alike() {
    let whole = whole();
    let index = index::open_in_memory(&whole).unwrap();
    let (at_once, later) = (Engine::new(whole, index), later(|_| ()));
    for question in QUESTIONS {
        let (found, expect) = (ask(&later, question), ask(&at_once, question));
        assert_eq!(format!("{found:?}"), format!("{expect:?}"));
    }
    // Or the tests below would show nothing.
    for (question, document) in [(ON_TREES, "rung"), (ON_SWIMMING, "boi")] {
        assert_eq!(ask(&later, question).citations[0].document, document);
    }
}

#[test]
fn a_file_that_is_gone_or_changed_is_neither_quoted_nor_offered() {
    let changed = later(|files| {
        // One byte, and every span fits as before.
        files.insert("boi.md", SWIMMING.replace("trong dịp hè", "trong dịp hẹ"));
    });
    let gone = later(|files| {
        files.remove("boi.md");
    });
    for engine in [changed, gone] {
        assert!(engine.corpus().is_lost(0) && !engine.corpus().is_lost(1));
        for question in QUESTIONS {
            let answer = ask(&engine, question);
            let cites = answer.citations.iter().any(|c| c.document == "boi");
            assert!(!cites, "{question}: {answer:?}");
            let offers = answer
                .suggestions
                .iter()
                .any(|said| said.contains("Kế hoạch bơi"));
            assert!(!offers, "{question}: {answer:?}");
        }
        assert_ne!(ask(&engine, ON_SWIMMING).kind, Kind::Answer);
        assert_eq!(ask(&engine, ON_TREES).citations[0].document, "rung");
    }
}

#[test]
fn a_large_index_with_a_bit_turned_is_thrown_away_and_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, indices) = (folder.path().join("corpus"), folder.path().join("index"));
    fs::create_dir(&corpus).unwrap();
    for (name, text) in files() {
        fs::write(corpus.join(name), text).unwrap();
    }
    let open = || {
        let indices = Some(indices.as_path());
        let looked = library::look(&corpus, indices).unwrap();
        Engine::of_library(library::open(&corpus, indices, looked, &mut |_| ()).unwrap())
    };
    let files_of = |folder: &PathBuf| -> Vec<PathBuf> {
        let files = fs::read_dir(folder).unwrap();
        files.map(|file| file.unwrap().path()).collect()
    };
    let is_ready = |path: &PathBuf| path.to_string_lossy().contains("ready-");
    let opened = open();
    assert!(opened.built);
    let mut engine = opened.engine;
    let before = ask(&engine, ON_TREES);
    assert_eq!(engine.check_index().unwrap(), Checked::Sound, "small");
    let ready = files_of(&indices).into_iter().find(is_ready).unwrap();
    engine.unchecked = Some(ready.clone());
    assert_eq!(engine.check_index().unwrap(), Checked::Sound);
    assert!(!open().built);

    let is_words = |path: &PathBuf| path.extension().is_some_and(|e| e == "term");
    let words = files_of(&ready).into_iter().find(is_words).unwrap();
    let mut bytes = fs::read(&words).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    fs::write(&words, bytes).unwrap();
    assert_eq!(engine.check_index().unwrap(), Checked::Discarded);
    assert!(!ready.exists());
    let opened = open();
    assert!(opened.built);
    let mut renewed = opened.engine;
    renewed.unchecked = files_of(&indices).into_iter().find(is_ready);
    assert_eq!(renewed.check_index().unwrap(), Checked::Sound);
    assert_eq!(
        format!("{:?}", ask(&renewed, ON_TREES)),
        format!("{before:?}")
    );
}
