//! A library: a corpus too large to be read whole. It is indexed as it is read, gone on with after the
//! process was killed, and only what changed is indexed again.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::harness::{Place, Ran};

pub const DOCUMENTS: usize = 220;
const PASSAGES: usize = 220;
const TOPICS: [&str; 5] = [
    "trồng rừng",
    "dạy bơi",
    "đọc sách",
    "sửa đường",
    "tiêm phòng",
];
const PLACES: [&str; 7] = [
    "xã An",
    "xã Bình",
    "xã Cát",
    "xã Đồng",
    "xã Giang",
    "xã Hà",
    "xã Long",
];

/// A document whose passages are about one thing in one place, each with a number of its own.
fn document(number: usize) -> String {
    let (topic, place) = (TOPICS[number % TOPICS.len()], PLACES[number % PLACES.len()]);
    let mut text = format!(
        "+++\nid = \"vb-{number}\"\ntype = \"Kế hoạch\"\nnumber = \"{}/KH-X\"\n\
         short = \"Kế hoạch {}/KH-X\"\ntitle = \"Kế hoạch {topic} ở {place}\"\n\
         issuer = \"Ủy ban {place}\"\n+++\n## I. Việc làm về {topic}\n",
        number + 1,
        number + 1
    );
    for passage in 0..PASSAGES {
        text += &format!(
            "- Tổ {number} khu {passage} của {place} làm việc {topic} theo lịch đã định của thôn {}.\n",
            (number * 31 + passage * 7) % 997
        );
    }
    text
}

fn name(number: usize) -> String {
    format!("corpus/{}", file_name(number))
}

fn file_name(number: usize) -> String {
    format!("vb-{number:03}.md")
}

/// Fills a folder with so many documents of a library.
pub fn write_documents(folder: &Path, documents: usize) {
    for number in 0..documents {
        fs::write(folder.join(file_name(number)), document(number)).unwrap();
    }
}

/// A place whose corpus is a library.
fn library() -> Place {
    let place = Place::new();
    fs::remove_dir_all(place.path("corpus")).unwrap();
    fs::create_dir(place.path("corpus")).unwrap();
    write_documents(&place.path("corpus"), DOCUMENTS);
    place
}

fn questions() -> String {
    let ask = |number: usize| format!("tổ {number} khu {} làm việc gì\n", number * 3 % PASSAGES);
    let mut questions: String = (0..DOCUMENTS).step_by(11).map(ask).collect();
    questions += "Kế hoạch 5 do ai ban hành\ngiá vàng hôm nay bao nhiêu\nnhững ai phải báo cáo\n\
        so sánh việc trồng rừng\nphần I của kế hoạch 7/KH-X nói gì\n";
    questions
}

/// The answers, without the time they took.
fn answers(place: &Place) -> Vec<String> {
    let questions = questions();
    let ran = place.piped(&["ask", "--lines", "--ranked", "5"], &questions);
    let answers = ran.code(0).objects(questions.lines().count());
    let without_time = |mut answer: serde_json::Value| {
        answer["elapsed_us"] = 0.into();
        answer.to_string()
    };
    answers.into_iter().map(without_time).collect()
}

/// New, changed, removed and kept documents, as `hoidap index` tells.
#[track_caller]
fn changes(ran: &Ran) -> [usize; 4] {
    let output = ran.code(0).stdout();
    let line = output
        .lines()
        .find(|line| line.starts_with("Văn bản mới: "));
    let line = line.unwrap_or_else(|| panic!("no changes told: {output}"));
    let counts = line.split("; ").map(|piece| {
        let (_, count) = piece.rsplit_once(' ').unwrap();
        count.parse().unwrap()
    });
    counts.collect::<Vec<usize>>().try_into().unwrap()
}

#[test]
fn only_what_changed_is_indexed_again() {
    let place = library();
    assert_eq!(changes(&place.hoidap(&["index"])), [DOCUMENTS, 0, 0, 0]);
    place
        .hoidap(&["index"])
        .code(0)
        .prints("không phải dựng lại")
        .prints(&format!(
            "{} đoạn trong {DOCUMENTS} văn bản",
            DOCUMENTS * PASSAGES
        ));
    place.change(&name(3), "Tổ 3 khu 5 của", "Đội 3 khu 5 của");
    fs::remove_file(place.path(&name(4))).unwrap();
    fs::remove_file(place.path(&name(5))).unwrap();
    place.write("corpus/moi.md", document(999));
    let kept = DOCUMENTS - 3;
    assert_eq!(changes(&place.hoidap(&["index"])), [1, 1, 2, kept]);
    let asked = "đội 3 khu 5 làm việc gì";
    let answer = place.hoidap(&["ask", "--json", asked]).code(0).object();
    assert!(
        answer["citations"][0]["quote"]
            .as_str()
            .unwrap()
            .contains("Đội 3 khu 5")
    );
    // Nothing tells how it came about.
    let found = answers(&place);
    fs::remove_dir_all(place.path("index")).unwrap();
    assert_eq!(answers(&place), found);
    assert!(
        !found
            .iter()
            .any(|answer| answer.contains("\"vb-4#") || answer.contains("\"vb-5#"))
    );
}

#[test]
fn killed_at_any_moment_it_is_gone_on_with() {
    let place = library();
    let expect = answers(&place);
    let start = Instant::now();
    fs::remove_dir_all(place.path("index")).unwrap();
    place.hoidap(&["index"]).code(0);
    let whole = start.elapsed();
    for round in 0..3 {
        fs::remove_dir_all(place.path("index")).unwrap();
        for kill in 1..=4 {
            let mut indexing = place.command(&["index"]);
            indexing.stdout(Stdio::null()).stderr(Stdio::null());
            let mut indexing = indexing.spawn().unwrap();
            sleep(whole.mul_f64(f64::from(kill * 7 + round * 5) / 40.0));
            let _ = indexing.kill();
            indexing.wait().unwrap();
        }
        let ran = place.hoidap(&["index"]);
        ran.code(0);
        assert_eq!(answers(&place), expect, "round {round}");
    }
}

#[test]
fn what_was_committed_before_the_kill_is_not_indexed_again() {
    let place = library();
    let mut indexing = place.command(&["index"]);
    indexing.stdout(Stdio::null()).stderr(Stdio::null());
    let mut indexing = indexing.spawn().unwrap();
    let committed = || {
        let work = fs::read_dir(place.path("index"))
            .into_iter()
            .flatten()
            .flatten();
        let mut segments = work
            .filter(|entry| entry.file_name().to_string_lossy().starts_with("work-"))
            .filter_map(|entry| fs::read_to_string(entry.path().join("index/meta.json")).ok());
        segments.any(|meta| meta.contains("segment_id"))
    };
    while !committed() && indexing.try_wait().unwrap().is_none() {
        sleep(Duration::from_millis(2));
    }
    let _ = indexing.kill();
    indexing.wait().unwrap();
    let [new, changed, removed, kept] = changes(&place.hoidap(&["index"]));
    assert_eq!((new + kept, changed, removed), (DOCUMENTS, 0, 0));
    assert!(kept > 0 && new > 0, "{new} new, {kept} kept");
}

#[test]
fn what_is_damaged_or_foreign_is_built_anew() {
    let place = library();
    let expect = answers(&place);
    let ready = || {
        let entries = fs::read_dir(place.path("index")).unwrap().flatten();
        let ready =
            entries.filter(|entry| entry.file_name().to_string_lossy().starts_with("ready-"));
        ready.map(|entry| entry.path()).next().unwrap()
    };
    let beside = ready().join("library");
    let bytes = fs::read(&beside).unwrap();
    for damaged in [
        bytes[..bytes.len() / 2].to_vec(),
        bytes
            .iter()
            .enumerate()
            .map(|(at, byte)| byte ^ u8::from(at == 5_000))
            .collect(),
        b"something else".to_vec(),
    ] {
        fs::write(&beside, &damaged).unwrap();
        assert!(answers(&place) == expect);
        assert!(fs::read(&beside).unwrap() != damaged);
        place
            .hoidap(&["index"])
            .code(0)
            .prints("không phải dựng lại");
    }
    for file in fs::read_dir(ready()).unwrap().flatten() {
        let file = file.path();
        if file
            .extension()
            .is_some_and(|kind| kind == "idx" || kind == "term")
        {
            let bytes = fs::read(&file).unwrap();
            fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
        }
    }
    assert_eq!(answers(&place), expect);
}

#[test]
fn a_file_that_changes_afterwards_is_never_quoted_as_it_was() {
    let place = library();
    place.change(&name(3), "Tổ 3 khu 5 của", "Đội 3 khu 5 của");
    place.hoidap(&["index"]).code(0);
    let asked = "đội 3 khu 5 làm việc gì";
    let before = place.hoidap(&["ask", "--json", asked]).code(0).object();
    assert_eq!(before["citations"][0]["document"], "vb-3");
    // Of the same length, and with the time it had.
    let path = place.path(&name(3));
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    place.change(&name(3), "Đội 3 khu 5 của", "Đội 3 khu 9 của");
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.set_modified(time).unwrap();
    let after = place.hoidap(&["ask", "--json", asked]).code(0).object();
    let quoted = after["citations"].as_array().unwrap();
    assert!(!quoted.iter().any(|citation| {
        let quote = citation["quote"].as_str().unwrap();
        citation["document"] == "vb-3" && quote.contains("Đội 3 khu 5")
    }));
}
