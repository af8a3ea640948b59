//! Files of the store and of the index, cut and with single bits turned, at places that a seed chooses.
//! A damaged store is never opened as if nothing were missing, and no confirmed vote is lost; a damaged
//! index gives the same answers as a whole one. Twenty-five cases of each kind of file in every run; all
//! five hundred: `cargo test --release --test e2e five_hundred -- --ignored --nocapture`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use super::people::{Bot, only_embedded};
use super::quotations::Documents;
use super::seeded::Seeded;
use crate::e2e::harness::Place;
use crate::e2e::library;

const SOME: usize = 25;
const STORE: usize = 300;
const INDEX: usize = 200;

/// What is done to a file.
#[derive(Clone, Copy, Debug)]
enum Damage {
    Cut,
    Flip,
}

/// Damages one of these files somewhere; what was done.
fn damage(files: &[PathBuf], random: &mut Seeded) -> String {
    let file = &files[random.below(files.len())];
    let mut bytes = fs::read(file).unwrap();
    if bytes.is_empty() {
        return format!("{}: empty", file.display());
    }
    let at = random.below(bytes.len());
    let kind = [Damage::Cut, Damage::Flip][random.below(2)];
    match kind {
        Damage::Cut => bytes.truncate(at),
        Damage::Flip => bytes[at] ^= 1 << random.below(8),
    }
    fs::write(file, bytes).unwrap();
    format!("{kind:?} of {} at {at}", file.display())
}

/// All files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in files(from) {
        let beside = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(beside.parent().unwrap()).unwrap();
        fs::copy(&file, beside).unwrap();
    }
}

fn store(data: &Path, what: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hoidap"))
        .args(["store", what, "--data"])
        .arg(data)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The records that were confirmed to somebody: votes, and what is switched off.
fn promises(dump: &Output) -> Vec<String> {
    let dump = String::from_utf8(dump.stdout.clone()).unwrap();
    let promised = |line: &&str| line.contains("\"feedback\"") || line.contains("bot_off");
    dump.lines().filter(promised).map(str::to_owned).collect()
}

/// A store as a bot leaves it that many have talked and voted with.
fn used() -> Bot {
    let mut bot = Bot::with(&["--operators", "77"]);
    for person in 0..60 {
        let lan = bot.person(1_000 + person);
        let shown = lan.says(["Mục III.3 viết gì?", "Mục III.4 viết gì?"][person as usize % 2]);
        let note = lan
            .presses(&shown, ["👍", "👎"][person as usize % 3 / 2])
            .note;
        assert!(!note.contains("chưa ghi được"), "{note}");
    }
    bot.person(77).says("/tat ke-hoach-109#III.1").has("Đã tắt");
    assert_eq!(bot.stop().0, Some(0));
    bot
}

fn damaged_stores(cases: usize, seed: u64) {
    if !only_embedded() {
        return;
    }
    let bot = used();
    let data = bot.folder.path().join("data");
    let whole = promises(&store(&data, "dump"));
    assert_eq!(whole.len(), 61);
    let mut random = Seeded::new(seed);
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..cases {
        let place = tempfile::tempdir().unwrap();
        let copied = place.path().join("data");
        copy(&data, &copied);
        let what = damage(&files(&copied.join("store")), &mut random);
        let opened = store(&copied, "dump");
        let told = said(&opened);
        let (end, kept) = if opened.status.success() {
            let end = if told.contains("mất phần cuối") {
                "opened, what was promised taken from the ledger, and said so"
            } else {
                "opened, nothing promised was missing"
            };
            (end, promises(&opened))
        } else {
            assert_eq!(opened.status.code(), Some(1), "{what}: {told}");
            assert!(
                told.contains("hỏng"),
                "{what}: it did not say plainly: {told}"
            );
            let repaired = store(&copied, "repair");
            assert!(repaired.status.success(), "{what}: {}", said(&repaired));
            (
                "said that it is damaged, repaired",
                promises(&store(&copied, "dump")),
            )
        };
        assert_eq!(kept, whole, "{what}: {told}");
        *ends.entry(end).or_default() += 1;
    }
    println!("{cases} damaged stores, no promise lost: {ends:#?}");
}

const QUESTIONS: [&str; 6] = [
    "Ai chủ trì việc mua sách mới?",
    "Ai ký Quy chế 05?",
    "mục II.2 viết gì",
    "ban doc phai lam gi",
    "Khi nào thư viện mở cửa?",
    "giá vàng hôm nay",
];

/// Answers without the time that they took.
fn answers(place: &Place) -> Vec<String> {
    let ran = place.piped(&["ask", "--lines"], QUESTIONS.join("\n"));
    let objects = ran.code(0).objects(QUESTIONS.len());
    let without_time = objects.into_iter().map(|mut object| {
        object.as_object_mut().unwrap().remove("elapsed_us");
        object.to_string()
    });
    without_time.collect()
}

fn damaged_indices(cases: usize, seed: u64) {
    let place = Place::new();
    place.hoidap(&["index"]).code(0);
    let whole = answers(&place);
    let aside = tempfile::tempdir().unwrap();
    copy(&place.path("index"), aside.path());
    let mut random = Seeded::new(seed);
    for _ in 0..cases {
        fs::remove_dir_all(place.path("index")).unwrap();
        copy(aside.path(), &place.path("index"));
        let what = damage(&files(&place.path("index")), &mut random);
        assert_eq!(answers(&place), whole, "{what}");
    }
    println!("{cases} damaged indices: the same answers, byte for byte");
}

#[test]
fn a_damaged_store_loses_nothing_that_was_promised() {
    damaged_stores(SOME, 7);
}

#[test]
fn a_damaged_index_gives_the_same_answers() {
    damaged_indices(SOME, 8);
}

#[test]
#[ignore = "five hundred cases take minutes"]
fn five_hundred_damaged_files() {
    damaged_stores(STORE, 2026);
    damaged_indices(INDEX, 2027);
}

/// Under a running bot: it goes on, and answers rightly, also after the next start.
#[test]
fn files_are_damaged_under_a_running_bot() {
    if !only_embedded() {
        return;
    }
    let mut bot = Bot::start();
    let documents = Documents::read(bot.corpus());
    let mut random = Seeded::new(9);
    for round in 0..12 {
        bot.person(9).says("xin chào");
        let kind = ["index", "data/store"][round % 2];
        let mut files = files(&bot.folder.path().join(kind));
        files.retain(|file| !file.to_string_lossy().contains("ledger"));
        let what = damage(&files, &mut random);
        let lan = bot.person(500 + round as i64);
        let question = "Ai lo việc phòng chống đuối nước?";
        let before = lan.says(question);
        assert!(documents.check(&before.html) > 0, "{what}");
        assert!(!bot.has_ended(), "{what}");
        bot.kill();
        let ran = bot.command("store").arg("repair").output().unwrap();
        assert!(ran.status.success(), "{what}: {}", said(&ran));
        bot.run();
        let after = bot.person(800 + round as i64).says(question);
        assert_eq!(after.html, before.html, "{what}");
    }
}

#[test]
fn a_library_s_file_that_changes_under_the_bot_is_told_of_once() {
    let mut bot = Bot::with_own_corpus(&[]);
    bot.kill();
    library::write_documents(bot.corpus(), library::DOCUMENTS);
    let file = bot.corpus().join("vb-003.md");
    let written = fs::read_to_string(&file).unwrap();
    let ours = written.replace("Tổ 3 khu 5 của", "Đội 3 khu 5 của");
    fs::write(&file, &ours).unwrap();
    bot.run();
    // Its index is there once it answers; nothing of the file has been needed yet.
    bot.person(1).says("xin chào");
    fs::write(&file, ours.replace("Đội 3 khu 5", "Đội 3 khu 9")).unwrap();
    let asked = "đội 3 khu 5 làm việc gì";
    for times in 1..=2 {
        bot.person(2).says(asked);
        let answer = bot.sent(2, times)[times - 1].body["text"].to_string();
        assert!(!answer.contains("Đội 3 khu 5"), "{answer}");
        bot.wait_for_log("văn bản đã đổi hay mất từ khi mở", 1);
    }
    // Longer than from one look to the next.
    std::thread::sleep(Duration::from_secs(6));
    let log = bot.log();
    assert_eq!(log.matches("văn bản đã đổi hay mất").count(), 1, "{log}");
    assert!(log.contains("vb-003.md"), "{log}");
    bot.signal("HUP");
    bot.wait_for_log("đã nạp lại bộ văn bản", 1);
    bot.person(3).says("đội 3 khu 9 làm việc gì");
    let answer = bot.sent(3, 1)[0].body["text"].to_string();
    assert!(answer.contains("Đội 3 khu 9"), "{answer}");
}

#[test]
#[ignore = "takes two minutes; docs/faults.md tells how"]
fn a_bit_turned_in_a_large_index_is_noticed_and_it_is_built_anew() {
    // More than are read whole when an index is opened.
    const DOCUMENTS: usize = 3_600;
    const LARGE: u64 = 64_000_000;
    let mut bot = Bot::with_own_corpus(&[]);
    bot.kill();
    library::write_documents(bot.corpus(), DOCUMENTS);
    bot.run();
    let asked = "tổ 3 khu 5 làm việc gì";
    let answer = |bot: &Bot, person: i64| {
        bot.person(person).says(asked);
        bot.sent(person, 1)[0].body["text"].clone()
    };
    let before = answer(&bot, 1);
    bot.kill();

    let index = files(&bot.folder.path().join("index"));
    let ready: Vec<&PathBuf> = index
        .iter()
        .filter(|file| file.to_string_lossy().contains("/ready-"))
        .collect();
    let length = |file: &&&PathBuf| fs::metadata(file).unwrap().len();
    let all: u64 = ready.iter().map(|file| length(&file)).sum();
    assert!(all > LARGE, "{all} bytes are read whole at once");
    let largest = ready.iter().max_by_key(length).unwrap();
    let mut bytes = fs::read(largest).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 16;
    // The file that it was linked from is the same one.
    fs::write(largest, bytes).unwrap();

    bot.run();
    bot.wait_for_log("chỉ mục hỏng trên đĩa; đang dựng lại", 1);
    bot.wait_for_log("đã nạp lại bộ văn bản", 1);
    assert_eq!(answer(&bot, 2), before);
    println!("{all} bytes, a bit turned in {}", largest.display());
    assert_eq!(bot.log().matches("chỉ mục hỏng").count(), 1);
}
