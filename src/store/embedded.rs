//! The embedded store: sled, in a folder of the operator's. One process at a time.
//!
//! sled keeps what it has flushed through a `kill -9`, and loses what it has not; so every call
//! that promises to be on disk flushes. A damaged folder is never opened as an empty one.

use std::fs;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;

use super::backup::back_up;
use super::records::{
    DONE, FORMAT, FORMAT_KEY, REMEMBERED, Records, SWITCHES_KEY, TREES, Take, WAITING, bytes,
    key_day, number, parse, talk_key, write,
};
use super::{
    Asked, Day, Feedback, Retention, Seconds, Session, Store, StoreError, Switches, Taken, Talk,
    Waiting,
};

/// sled's page cache in bytes; its default is a gigabyte.
const CACHE: u64 = 16 << 20;
/// How long the lock of a store is waited for, and how often it is tried.
const LOCK_WAIT: Duration = Duration::from_secs(3);
const LOCK_PAUSE: Duration = Duration::from_millis(50);
/// A store in a folder.
pub struct EmbeddedStore {
    db: sled::Db,
    meta: sled::Tree,
    inbox: sled::Tree,
    done: sled::Tree,
    sessions: sled::Tree,
    questions: sled::Tree,
    feedback: sled::Tree,
    counters: sled::Tree,
    retention: Retention,
    /// How many updates were done before, over the life of the store.
    done_count: AtomicU64,
    /// Number of the next question. Not sled's own numbers: they begin anew in a store that was
    /// loaded from a file, and would write over the questions in it.
    next_question: AtomicU64,
    /// What an earlier process left has been handed on.
    tended: AtomicBool,
}

impl EmbeddedStore {
    /// Opens the store in a folder, made when it is not there.
    pub fn open(folder: &Path, retention: Retention) -> Result<Self, StoreError> {
        let existed = folder.join("conf").exists() || folder.join("db").exists();
        let db = match open_database(folder) {
            Err(StoreError::Damaged(_)) if set_snapshots_aside(folder)? => open_database(folder)?,
            opened => opened?,
        };
        let tree = |name: &str| db.open_tree(name).map_err(failure);
        let store = Self {
            meta: tree("meta")?,
            inbox: tree(WAITING)?,
            done: tree(DONE)?,
            sessions: tree("sessions")?,
            questions: tree("questions")?,
            feedback: tree("feedback")?,
            counters: tree("counters")?,
            retention,
            done_count: AtomicU64::new(0),
            next_question: AtomicU64::new(0),
            tended: AtomicBool::new(false),
            db,
        };
        store.check_format(existed)?;
        store.read_through()?;
        Ok(store)
    }

    fn check_format(&self, existed: bool) -> Result<(), StoreError> {
        match self.meta.get(FORMAT_KEY).map_err(failure)? {
            Some(format) if format == FORMAT => Ok(()),
            Some(_) => Err(StoreError::Damaged(
                "định dạng không phải của phiên bản này".to_owned(),
            )),
            None if existed => Err(StoreError::Damaged(
                "thiếu dấu định dạng: tệp đã bị cắt hoặc ghi đè".to_owned(),
            )),
            None => {
                self.meta.insert(FORMAT_KEY, FORMAT).map_err(failure)?;
                self.flush()
            }
        }
    }

    /// Reads every record once, so that damage is found at the start and not in the middle of a
    /// conversation.
    fn read_through(&self) -> Result<(), StoreError> {
        let read = || -> Result<u64, StoreError> {
            for name in TREES {
                for entry in self.db.open_tree(name).map_err(failure)?.iter() {
                    entry.map_err(failure)?;
                }
            }
            let mut last = 0;
            for entry in self.done.iter() {
                let (_, sequence) = entry.map_err(failure)?;
                last = last.max(number(&sequence)?);
            }
            Ok(last)
        };
        let last = caught(read)?;
        self.done_count.store(last, Ordering::Relaxed);
        self.number_on()
    }

    /// Numbers questions on from the last one kept.
    fn number_on(&self) -> Result<(), StoreError> {
        let last = self.questions.last().map_err(failure)?;
        let next = match last {
            Some((key, _)) => number(&key)?.saturating_add(1),
            None => 0,
        };
        self.next_question.fetch_max(next, Ordering::Relaxed);
        Ok(())
    }

    fn take_in_one(&self, update: u32, json: &str) -> Result<bool, StoreError> {
        let key = update.to_be_bytes();
        if self.done.contains_key(key).map_err(failure)?
            || self.inbox.contains_key(key).map_err(failure)?
        {
            return Ok(false);
        }
        self.inbox.insert(key, json.as_bytes()).map_err(failure)?;
        Ok(true)
    }

    /// Forgets which updates were done long ago.
    fn prune_done(&self) -> Result<usize, StoreError> {
        let count = self.done_count.load(Ordering::Relaxed);
        let oldest = count.saturating_sub(REMEMBERED);
        remove_where(&self.done, |_, sequence| Ok(number(sequence)? <= oldest))
    }

    fn tree(&self, name: &str) -> Result<sled::Tree, StoreError> {
        self.db.open_tree(name).map_err(failure)
    }
}

impl Records for EmbeddedStore {
    fn each(&self, tree: &str, take: &mut Take<'_>) -> Result<(), StoreError> {
        for entry in self.tree(tree)?.iter() {
            let (key, value) = entry.map_err(failure)?;
            take(&key, &value)?;
        }
        Ok(())
    }

    fn put(&self, tree: &str, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        self.tree(tree)?.insert(key, value).map_err(failure)?;
        Ok(())
    }

    fn loaded(&self) -> Result<(), StoreError> {
        self.number_on()?;
        self.flush()
    }

    fn is_empty(&self) -> Result<bool, StoreError> {
        let mut meta = self.meta.iter().keys();
        let only_format = meta.all(|key| key.is_ok_and(|key| key == FORMAT_KEY));
        let others = TREES.into_iter().filter(|name| *name != "meta");
        let mut empty = only_format;
        for name in others {
            empty &= self.tree(name)?.is_empty();
        }
        Ok(empty)
    }
}

impl Store for EmbeddedStore {
    fn take_in(&self, _line: i64, updates: &[Waiting]) -> Result<Vec<Taken>, StoreError> {
        let mut taken = Vec::with_capacity(updates.len());
        for update in updates {
            let new = self.take_in_one(update.update, &update.json)?;
            taken.push(if new { Taken::Next } else { Taken::Known });
        }
        self.flush()?;
        Ok(taken)
    }

    /// There is no other process.
    fn is_next(&self, _line: i64, _update: u32) -> Result<bool, StoreError> {
        Ok(true)
    }

    fn step_aside(&self, _update: u32) -> Result<(), StoreError> {
        Ok(())
    }

    fn rewrite(&self, update: &Waiting) -> Result<(), StoreError> {
        self.inbox
            .insert(update.update.to_be_bytes(), update.json.as_bytes())
            .map_err(failure)?;
        self.flush()
    }

    fn done(&self, update: u32) -> Result<(), StoreError> {
        let key = update.to_be_bytes();
        let sequence = self.done_count.fetch_add(1, Ordering::Relaxed) + 1;
        self.done
            .insert(key, &sequence.to_be_bytes())
            .map_err(failure)?;
        self.inbox.remove(key).map_err(failure)?;
        if sequence.is_multiple_of(REMEMBERED) {
            self.prune_done()?;
        }
        self.flush()
    }

    fn waiting(&self) -> Result<Vec<Waiting>, StoreError> {
        let mut waiting = Vec::new();
        for entry in self.inbox.iter() {
            let (key, json) = entry.map_err(failure)?;
            waiting.push(Waiting {
                update: u32::from_be_bytes(bytes(&key)?),
                json: String::from_utf8_lossy(&json).into_owned(),
            });
        }
        Ok(waiting)
    }

    fn tend(&self) -> Result<Vec<Waiting>, StoreError> {
        // Sled's lock has it that every other process is gone, and that no other comes.
        if self.tended.swap(true, Ordering::Relaxed) {
            return Ok(Vec::new());
        }
        self.waiting()
    }

    fn fetch_alone(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn leave(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn tally(&self, _what: &'static str, _person: u64) -> Result<Option<u32>, StoreError> {
        Ok(None)
    }

    fn session(&self, talk: Talk, now: Seconds) -> Result<Option<Session>, StoreError> {
        let Some(value) = self.sessions.get(talk_key(talk)).map_err(failure)? else {
            return Ok(None);
        };
        let session: Session = parse(&value)?;
        let live = session.used.saturating_add(self.retention.session) >= now;
        Ok(live.then_some(session))
    }

    fn keep_session(&self, talk: Talk, session: &Session) -> Result<(), StoreError> {
        self.sessions
            .insert(talk_key(talk), write(session)?)
            .map_err(failure)?;
        Ok(())
    }

    fn forget(&self, person: u64, voter: u64) -> Result<usize, StoreError> {
        let mut forgotten = 0;
        for (tree, key) in [(&self.sessions, person), (&self.feedback, voter)] {
            for entry in tree.scan_prefix(key.to_be_bytes()) {
                let (key, _) = entry.map_err(failure)?;
                tree.remove(key).map_err(failure)?;
                forgotten += 1;
            }
        }
        self.flush()?;
        Ok(forgotten)
    }

    fn log(&self, asked: &Asked) -> Result<(), StoreError> {
        let id = self.next_question.fetch_add(1, Ordering::Relaxed);
        self.questions
            .insert(id.to_be_bytes(), write(asked)?)
            .map_err(failure)?;
        Ok(())
    }

    fn vote(&self, voter: u64, feedback: &Feedback) -> Result<(), StoreError> {
        let mut key = voter.to_be_bytes().to_vec();
        key.extend(feedback.answer.as_bytes());
        self.feedback
            .insert(key, write(feedback)?)
            .map_err(failure)?;
        self.flush()
    }

    fn questions(&self) -> Result<Vec<Asked>, StoreError> {
        values(&self.questions)
    }

    fn feedback(&self) -> Result<Vec<Feedback>, StoreError> {
        let mut feedback: Vec<Feedback> = values(&self.feedback)?;
        feedback.sort_by_key(|feedback| feedback.day);
        Ok(feedback)
    }

    fn count(&self, name: &str, day: Day, by: u64) -> Result<(), StoreError> {
        let mut key = day.to_be_bytes().to_vec();
        key.extend(name.as_bytes());
        let add = |before: Option<&[u8]>| {
            let before = before.and_then(|value| number(value).ok()).unwrap_or(0);
            Some(before.saturating_add(by).to_be_bytes().to_vec())
        };
        self.counters.update_and_fetch(key, add).map_err(failure)?;
        Ok(())
    }

    fn counters(&self) -> Result<Vec<(String, Day, u64)>, StoreError> {
        let mut counters = Vec::new();
        for entry in self.counters.iter() {
            let (key, value) = entry.map_err(failure)?;
            let name = key.get(4..).unwrap_or_default();
            let name = String::from_utf8_lossy(name).into_owned();
            counters.push((name, key_day(&key)?, number(&value)?));
        }
        counters.sort();
        Ok(counters)
    }

    fn switches(&self) -> Result<Switches, StoreError> {
        match self.meta.get(SWITCHES_KEY).map_err(failure)? {
            Some(value) => parse(&value),
            None => Ok(Switches::default()),
        }
    }

    fn keep_switches(&self, switches: &Switches) -> Result<(), StoreError> {
        self.meta
            .insert(SWITCHES_KEY, write(switches)?)
            .map_err(failure)?;
        self.flush()
    }

    fn sweep(&self, now: Seconds) -> Result<usize, StoreError> {
        let oldest = super::day_of(now).saturating_sub(self.retention.days);
        let unused = now.saturating_sub(self.retention.session);
        let mut swept = remove_where(&self.sessions, |_, value| {
            Ok(parse::<Session>(value)?.used < unused)
        })?;
        swept += remove_where(&self.questions, |_, value| {
            Ok(parse::<Asked>(value)?.day < oldest)
        })?;
        swept += remove_where(&self.feedback, |_, value| {
            Ok(parse::<Feedback>(value)?.day < oldest)
        })?;
        swept += remove_where(&self.counters, |key, _| Ok(key_day(key)? < oldest))?;
        swept += self.prune_done()?;
        self.flush()?;
        Ok(swept)
    }

    fn flush(&self) -> Result<(), StoreError> {
        self.db.flush().map(|_| ()).map_err(failure)
    }

    fn back_up(&self, made: Seconds, out: &mut dyn Write) -> Result<usize, StoreError> {
        self.flush()?;
        back_up(self, made, out)
    }
}

/// Opens sled, waiting a moment for whoever holds it: sled's threads, and a process on its way
/// out, let go of the lock a little after the store was closed.
fn open_database(folder: &Path) -> Result<sled::Db, StoreError> {
    let deadline = Instant::now() + LOCK_WAIT;
    loop {
        match try_to_open(folder) {
            Err(StoreError::InUse) if Instant::now() < deadline => thread::sleep(LOCK_PAUSE),
            opened => return opened,
        }
    }
}

fn try_to_open(folder: &Path) -> Result<sled::Db, StoreError> {
    let open = || {
        sled::Config::new()
            .path(folder)
            .cache_capacity(CACHE)
            .flush_every_ms(Some(500))
            .open()
            .map_err(failure)
    };
    caught(open)
}

/// sled panics on some damaged files; whoever opens the store is told of damage all the same.
fn caught<T>(run: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    catch_unwind(AssertUnwindSafe(run))
        .unwrap_or_else(|_| Err(StoreError::Damaged("không đọc được tệp".to_owned())))
}

/// Renames sled's snapshots, which it can do without and which are cut to nothing when a machine
/// stops at the wrong moment; false when there are none.
pub(super) fn set_snapshots_aside(folder: &Path) -> Result<bool, StoreError> {
    let io = |error: std::io::Error| StoreError::Io(error.to_string());
    let mut found = false;
    for entry in fs::read_dir(folder).map_err(io)? {
        let path: PathBuf = entry.map_err(io)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with("snap.") {
            fs::rename(&path, folder.join(format!("hong-{name}"))).map_err(io)?;
            found = true;
        }
    }
    Ok(found)
}

fn failure(error: sled::Error) -> StoreError {
    match error {
        sled::Error::Io(error) if is_lock(&error) => StoreError::InUse,
        sled::Error::Io(error) => StoreError::Io(error.to_string()),
        sled::Error::Corruption { .. } => {
            StoreError::Damaged("tệp không đúng mã kiểm tra".to_owned())
        }
        other => StoreError::Damaged(other.to_string()),
    }
}

fn is_lock(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::WouldBlock || error.to_string().contains("acquire lock")
}

/// Removes the records that pass a test; one that cannot be read stays, and is reported.
fn remove_where(
    tree: &sled::Tree,
    test: impl Fn(&[u8], &[u8]) -> Result<bool, StoreError>,
) -> Result<usize, StoreError> {
    let mut removed = 0;
    for entry in tree.iter() {
        let (key, value) = entry.map_err(failure)?;
        if test(&key, &value)? {
            tree.remove(key).map_err(failure)?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn values<T: DeserializeOwned>(tree: &sled::Tree) -> Result<Vec<T>, StoreError> {
    tree.iter()
        .values()
        .map(|value| parse(&value.map_err(failure)?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::repair;
    use crate::store::tests::{asked, waiting};

    fn open(folder: &Path) -> EmbeddedStore {
        EmbeddedStore::open(folder, Retention::default()).unwrap()
    }

    #[test]
    fn one_process_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let _first = open(folder.path());
        let second = EmbeddedStore::open(folder.path(), Retention::default());
        assert!(matches!(second, Err(StoreError::InUse)));
    }

    #[test]
    fn updates_done_long_ago_are_forgotten_the_last_ones_not() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path());
        // Numbers may start anew from anywhere.
        for update in (900_000..900_100).chain(5..(5 + REMEMBERED as u32)) {
            let key = update.to_be_bytes();
            let sequence = store.done_count.fetch_add(1, Ordering::Relaxed) + 1;
            store.done.insert(key, &sequence.to_be_bytes()).unwrap();
        }
        store.prune_done().unwrap();
        let last = 4 + REMEMBERED as u32;
        assert_eq!(
            store
                .take_in(0, &[waiting(900_000), waiting(5), waiting(last)])
                .unwrap(),
            [Taken::Next, Taken::Known, Taken::Known]
        );
    }

    #[test]
    fn a_cut_snapshot_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path());
        store.take_in(0, &[waiting(1)]).unwrap();
        drop(store);
        // What a machine that stops while sled writes a snapshot leaves behind.
        fs::write(folder.path().join("snap.0000000000001000"), b"").unwrap();
        assert!(matches!(
            open_database(folder.path()),
            Err(StoreError::Damaged(_))
        ));
        assert_eq!(open(folder.path()).waiting().unwrap(), [waiting(1)]);
    }

    #[test]
    fn damage_is_never_an_empty_store() {
        for (name, keep) in [("db", 0), ("db", 100), ("conf", 0)] {
            let folder = tempfile::tempdir().unwrap();
            let store = open(folder.path());
            store.take_in(0, &[waiting(1), waiting(2)]).unwrap();
            store.log(&asked(3)).unwrap();
            drop(store);
            let path = folder.path().join(name);
            let mut bytes = fs::read(&path).unwrap();
            bytes.truncate(keep);
            fs::write(&path, bytes).unwrap();
            match EmbeddedStore::open(folder.path(), Retention::default()) {
                Ok(store) => assert_eq!(store.waiting().unwrap().len(), 2, "{name} {keep}"),
                Err(StoreError::Damaged(_)) => {
                    let aside = folder.path().with_extension("hong");
                    repair(folder.path(), &aside, Retention::default()).unwrap();
                    assert!(aside.exists());
                    open(folder.path());
                    fs::remove_dir_all(aside).unwrap();
                }
                Err(other) => panic!("{name} {keep}: {other}"),
            }
        }
    }
}
