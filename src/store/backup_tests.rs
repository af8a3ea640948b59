//! Tests of backups: whole ones come back, others change nothing, and no moment at which a restore is
//! killed leaves half a store.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::super::dump::LONGEST;
use super::*;
use crate::answer::{Intent, Kind};
use crate::store::{Asked, Feedback, Store, Switches, Talk, Vote, Waiting};

const MADE: Seconds = 1_800_000_000;

fn open(folder: &Path) -> EmbeddedStore {
    EmbeddedStore::open(folder, Retention::default()).unwrap()
}

fn asked(text: &str) -> Asked {
    Asked {
        text: text.to_owned(),
        kind: Kind::Answer,
        intent: Intent::Who,
        cited: None,
        day: 300,
    }
}

/// A data folder; its store has something of every kind.
fn filled() -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    let store = open(&data.path().join("store"));
    let waiting = |update| Waiting {
        update,
        json: "{\"a\":1}".to_owned(),
    };
    store.take_in(0, &[waiting(5), waiting(7)]).unwrap();
    store.done(7).unwrap();
    let talk = Talk { chat: 3, person: 9 };
    store.keep_session(talk, &Default::default()).unwrap();
    store.log(&asked("ai lo?")).unwrap();
    let feedback = Feedback {
        answer: "0f".to_owned(),
        cited: None,
        vote: Vote::Wrong,
        day: 300,
    };
    store.vote(77, &feedback).unwrap();
    store.count("hoi", 300, 2).unwrap();
    let switches = Switches {
        bot_off: true,
        ..Switches::default()
    };
    store.keep_switches(&switches).unwrap();
    data
}

fn backup_of(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    open(folder).back_up(MADE, &mut bytes).unwrap();
    bytes
}

fn dumped(folder: &Path) -> String {
    let mut lines = Vec::new();
    dump(&open(folder), &mut lines).unwrap();
    String::from_utf8(lines).unwrap()
}

fn put(data: &Path, backup: &[u8], force: bool) -> Result<Restored, StoreError> {
    let mut input = backup;
    restore(
        &data.join("store"),
        &data.join("store.truoc"),
        &mut input,
        force,
        Retention::default(),
    )
}

/// The names in a data folder but for the lock.
fn names(data: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(data).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name != "store.khoa").collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn what_was_backed_up_comes_back() {
    let first = filled();
    let backup = backup_of(&first.path().join("store"));
    let held = check_backup(&mut backup.as_slice()).unwrap();
    assert_eq!((held.records, held.made), (8, MADE));
    let second = tempfile::tempdir().unwrap();
    let restored = put(second.path(), &backup, false).unwrap();
    assert_eq!(restored.backup, held);
    assert!(!restored.kept);
    assert_eq!(names(second.path()), set(&["store"]));
    let dumps = [first, second].map(|data| dumped(&data.path().join("store")));
    assert_eq!(dumps[0], dumps[1]);
}

#[test]
fn questions_after_a_restore_stand_beside_those_before() {
    let backup = backup_of(&filled().path().join("store"));
    let data = tempfile::tempdir().unwrap();
    put(data.path(), &backup, false).unwrap();
    let store = open(&data.path().join("store"));
    store.log(&asked("khi nào?")).unwrap();
    let texts = store
        .questions()
        .unwrap()
        .into_iter()
        .map(|asked| asked.text);
    assert_eq!(texts.collect::<Vec<_>>(), ["ai lo?", "khi nào?"]);
}

#[test]
fn a_file_that_is_not_whole_changes_nothing() {
    let backup = backup_of(&filled().path().join("store"));
    let data = filled();
    let before = dumped(&data.path().join("store"));
    let refused = |bytes: &[u8], what: &str| {
        let checked = check_backup(&mut &*bytes);
        assert!(
            matches!(checked, Err(StoreError::Backup(_))),
            "{what}: {checked:?}"
        );
    };
    for cut in 0..backup.len() {
        refused(&backup[..cut], &format!("cut at {cut}"));
    }
    for at in 0..backup.len() {
        let mut changed = backup.clone();
        changed[at] ^= 0x15;
        refused(&changed, &format!("changed at {at}"));
    }
    let mut longer = backup.clone();
    longer.extend(b"{}\n");
    refused(&longer, "more after the end");
    refused(&vec![b'a'; LONGEST as usize + 9], "an endless line");
    refused(b"+++\nid = \"a\"\n", "another file");
    for bytes in [&backup[..backup.len() / 2], &longer] {
        assert!(matches!(
            put(data.path(), bytes, true),
            Err(StoreError::Backup(_))
        ));
        assert_eq!(names(data.path()), set(&["store"]));
    }
    assert_eq!(dumped(&data.path().join("store")), before);
}

/// A backup of these lines with a right end.
fn sealed(head: &str, records: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for line in [head].iter().chain(records) {
        bytes.extend(line.as_bytes());
        bytes.push(b'\n');
    }
    let end = End {
        records: records.len(),
        sha256: hex(Sha256::new().chain_update(&bytes)),
    };
    write_line(&mut bytes, &end).unwrap();
    bytes
}

const HEAD: &str = r#"{"hoidap_backup":1,"store":"1","made":5}"#;

#[track_caller]
fn refuses(backup: &[u8], why: &str) {
    let data = tempfile::tempdir().unwrap();
    let told = put(data.path(), backup, false).unwrap_err().to_string();
    assert!(told.contains(why), "{told}");
    assert_eq!(names(data.path()), set(&[]), "something was left");
}

#[test]
fn a_newer_file_is_refused_and_says_so() {
    for head in [
        r#"{"hoidap_backup":2,"store":"1","made":5,"more":[]}"#,
        r#"{"hoidap_backup":1,"store":"2","made":5}"#,
    ] {
        refuses(&sealed(head, &[]), "phiên bản mới hơn");
    }
}

#[test]
fn records_that_no_store_would_write_are_refused() {
    for record in [
        r#"{"tree":"sessions","key":"00","hex":"00"}"#,
        r#"{"tree":"questions","key":"0000000000000001","json":{"text":1}}"#,
        r#"{"tree":"done","key":"00000001","hex":"00"}"#,
        r#"{"tree":"meta","key":"666f726d6174","hex":"32"}"#,
        r#"{"tree":"../x","key":"00","hex":"00"}"#,
        r#"{"tree":"inbox","key":"0","hex":"00"}"#,
        "[]",
    ] {
        refuses(&sealed(HEAD, &[record]), "dòng 2");
    }
}

#[test]
fn what_is_kept_is_never_written_over() {
    let backup = backup_of(&filled().path().join("store"));
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("store");
    open(&folder).log(&asked("câu cũ")).unwrap();
    assert!(matches!(
        put(data.path(), &backup, false),
        Err(StoreError::NotEmpty)
    ));
    assert_eq!(names(data.path()), set(&["store"]));
    assert!(put(data.path(), &backup, true).unwrap().kept);
    assert_eq!(names(data.path()), set(&["store", "store.truoc"]));
    assert!(dumped(&folder).contains("ai lo?"));
    assert!(dumped(&data.path().join("store.truoc")).contains("câu cũ"));
    // And the folder for what was there is not written over either.
    assert!(put(data.path(), &backup, true).is_err());
    assert!(dumped(&folder).contains("ai lo?"));
}

#[test]
fn an_empty_store_gives_way_and_a_store_in_use_does_not() {
    let backup = backup_of(&filled().path().join("store"));
    let data = tempfile::tempdir().unwrap();
    let store = open(&data.path().join("store"));
    assert!(matches!(
        put(data.path(), &backup, true),
        Err(StoreError::InUse)
    ));
    drop(store);
    assert!(!put(data.path(), &backup, false).unwrap().kept);
    assert_eq!(names(data.path()), set(&["store"]));
}

#[test]
fn a_damaged_store_gives_way_when_told_so() {
    let backup = backup_of(&filled().path().join("store"));
    let data = filled();
    fs::write(data.path().join("store/db"), b"hong").unwrap();
    assert!(matches!(
        put(data.path(), &backup, false),
        Err(StoreError::Damaged(_))
    ));
    assert!(put(data.path(), &backup, true).unwrap().kept);
    assert!(dumped(&data.path().join("store")).contains("ai lo?"));
}

#[test]
fn a_restore_that_was_killed_is_ended_or_has_not_begun() {
    let backup = backup_of(&filled().path().join("store"));
    let made = tempfile::tempdir().unwrap();
    put(made.path(), &backup, false).unwrap();
    // Before the old store is out of the way: it stays, and the new one is not left over.
    let data = filled();
    let folder = data.path().join("store");
    let ready = beside(&folder, READY);
    fs::create_dir(beside(&folder, LOADING)).unwrap();
    fs::create_dir(&ready).unwrap();
    finish_restore(&folder).unwrap();
    assert!(dumped(&folder).contains("ai lo?") && !ready.exists());
    // After that: the new one takes its place.
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("store");
    fs::rename(made.path().join("store"), beside(&folder, READY)).unwrap();
    finish_restore(&folder).unwrap();
    assert!(dumped(&folder).contains("ai lo?"));
    // Nor is a restore that is at work ended by somebody else.
    fs::create_dir(beside(&folder, READY)).unwrap();
    let _at_work = one_at_a_time(&folder).unwrap();
    assert!(matches!(finish_restore(&folder), Err(StoreError::InUse)));
}

#[test]
fn made_while_the_store_is_in_use_it_has_each_update_once() {
    let data = tempfile::tempdir().unwrap();
    let store = open(&data.path().join("store"));
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for update in 0.. {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                let json = "{}".to_owned();
                store.take_in(0, &[Waiting { update, json }]).unwrap();
                store.log(&asked("ai lo?")).unwrap();
                store.done(update).unwrap();
            }
        });
        for _ in 0..30 {
            let mut bytes = Vec::new();
            store.back_up(MADE, &mut bytes).unwrap();
            check_backup(&mut bytes.as_slice()).unwrap();
            let mut seen = BTreeSet::new();
            for line in String::from_utf8(bytes).unwrap().lines() {
                let line: serde_json::Value = serde_json::from_str(line).unwrap();
                if line["tree"] == "inbox" || line["tree"] == "done" {
                    let key = line["key"].as_str().unwrap().to_owned();
                    assert!(seen.insert(key), "{line} is there twice");
                }
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
}
