//! The embedded store while it is open: sled, in a folder of the operator's, and the ledger beside it.
//!
//! sled keeps what it has flushed through a `kill -9`, and loses what it has not; so every call
//! that promises to be on disk flushes. A damaged folder is never opened as an empty one; but sled takes
//! damage near the end of its file for an end, so that what was promised to people is in the ledger too.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;

use super::backup::back_up;
use super::ledger::{Ledger, Promise};
use super::records::{
    COUNTERS, DONE, FEEDBACK, FORMAT, FORMAT_KEY, META, QUESTIONS, REMEMBERED, Records,
    SWITCHES_KEY, TREES, Take, VOTES, VOTES_SLACK, WAITING, bytes, counter_key, counts_votes,
    key_day, number, parse, talk_key, write,
};
use super::{
    Asked, Day, Feedback, Retention, Seconds, Session, Store, StoreError, Switches, Taken, Talk,
    Waiting,
};

/// sled's page cache in bytes; its default is a gigabyte. In memory it takes several times as much, and what is
/// not in it the system has at hand all the same.
const CACHE: u64 = 4 << 20;
/// How long the lock of a store is waited for, and how often it is tried.
const LOCK_WAIT: Duration = Duration::from_secs(3);
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// A store in a folder, open.
pub(super) struct Database {
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
    /// Votes kept one by one.
    votes: AtomicU64,
    /// What was promised, a second time. Held while a promise is kept in both places.
    ledger: Mutex<Ledger>,
    /// How many promises sled had lost and the ledger had not.
    regained: usize,
}

impl Database {
    /// Opens the store in a folder, made when it is not there.
    pub fn open(folder: &Path, retention: Retention) -> Result<Self, StoreError> {
        let existed = ["conf", "db", Ledger::NAME]
            .iter()
            .any(|name| folder.join(name).exists());
        let db = match open_database(folder) {
            Err(StoreError::Damaged(_)) if set_snapshots_aside(folder)? => open_database(folder)?,
            opened => opened?,
        };
        let tree = |name: &str| db.open_tree(name).map_err(failure);
        let (ledger, promises) = Ledger::open(folder)?;
        let mut store = Self {
            meta: tree(META)?,
            inbox: tree(WAITING)?,
            done: tree(DONE)?,
            sessions: tree("sessions")?,
            questions: tree("questions")?,
            feedback: tree(FEEDBACK)?,
            counters: tree(COUNTERS)?,
            retention,
            done_count: AtomicU64::new(0),
            next_question: AtomicU64::new(0),
            votes: AtomicU64::new(0),
            ledger: Mutex::new(ledger),
            regained: 0,
            db,
        };
        store.check_format(existed)?;
        store.read_through()?;
        store.regained = store.settle(promises)?;
        Ok(store)
    }

    /// How many promises were lost by sled, and taken from the ledger when it was opened.
    pub fn regained(&self) -> usize {
        self.regained
    }

    /// Makes sled and the ledger say the same; how many promises sled had lost. The ledger is written
    /// first, so that what it says is the later word.
    fn settle(&self, promises: Vec<Promise>) -> Result<usize, StoreError> {
        let mut ledger = self.ledger();
        let (mut regained, mut counted) = (0, false);
        for promise in &promises {
            let tree = self.tree(&promise.tree)?;
            let kept = tree.get(&promise.key).map_err(failure)?;
            if kept.is_none_or(|kept| kept != promise.value) {
                tree.insert(&promise.key[..], &promise.value[..])
                    .map_err(failure)?;
                regained += 1;
                counted |= promise.tree == COUNTERS;
            }
        }
        // Votes were counted, and sled does not know of it: those among them that it has are no others.
        if counted && ledger.is_sound() {
            let others = promises.iter().filter(|promise| promise.tree == FEEDBACK);
            let others: HashSet<&[u8]> = others.map(|promise| &promise.key[..]).collect();
            remove_where(&self.feedback, |key, _| Ok(!others.contains(key)))?;
        }
        if regained > 0 {
            self.flush()?;
        }
        let kept = self.promises()?;
        if !ledger.is_sound() || kept.len() != promises.len() {
            ledger.rewrite(&kept)?;
        }
        self.recount_votes();
        Ok(regained)
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger
            .lock()
            .unwrap_or_else(|broken| broken.into_inner())
    }

    /// What sled has of what was promised.
    fn promises(&self) -> Result<Vec<Promise>, StoreError> {
        let mut promises = Vec::new();
        for entry in self.feedback.iter() {
            let (key, value) = entry.map_err(failure)?;
            promises.push(Promise::new(FEEDBACK, &key, &value));
        }
        for entry in self.counters.iter() {
            let (key, value) = entry.map_err(failure)?;
            if counts_votes(&key) {
                promises.push(Promise::new(COUNTERS, &key, &value));
            }
        }
        if let Some(value) = self.meta.get(SWITCHES_KEY).map_err(failure)? {
            promises.push(Promise::new(META, SWITCHES_KEY, &value));
        }
        Ok(promises)
    }

    /// Keeps what somebody will be told is kept: in the ledger, and in sled. True when nothing was there
    /// before under its key.
    fn promise(&self, tree: &sled::Tree, promise: &Promise) -> Result<bool, StoreError> {
        let mut ledger = self.ledger();
        ledger.write(promise)?;
        let before = tree
            .insert(&promise.key[..], &promise.value[..])
            .map_err(failure)?;
        self.flush()?;
        Ok(before.is_none())
    }

    fn recount_votes(&self) {
        self.votes
            .store(self.feedback.len() as u64, Ordering::Relaxed);
    }

    /// Bounds the room that votes take: the oldest of too many are counted instead of kept, and the ledger's
    /// lines that later ones replace go. `newest` was given just now, and its reason may follow: it stays.
    fn bound_votes(&self, newest: &[u8]) -> Result<(), StoreError> {
        let mut ledger = self.ledger();
        let votes = self.votes.load(Ordering::Relaxed);
        if votes > VOTES + VOTES_SLACK {
            self.count_oldest_votes(&mut ledger, newest)
        } else if ledger.is_long() {
            ledger.rewrite(&self.promises()?)
        } else {
            Ok(())
        }
    }

    /// The ledger counts them and loses them first, in one step: whenever the process ends, none is lost and none
    /// is counted twice, and what is wanting in sled is made up for when it is opened.
    fn count_oldest_votes(&self, ledger: &mut Ledger, newest: &[u8]) -> Result<(), StoreError> {
        let mut votes = Vec::new();
        for entry in self.feedback.iter() {
            let (key, value) = entry.map_err(failure)?;
            let Feedback { day, vote, .. } = parse(&value)?;
            votes.push((day, key, vote));
        }
        votes.sort_by_key(|(day, key, _)| (*key == newest, *day));
        votes.truncate(votes.len().saturating_sub(VOTES as usize));
        let mut counts: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        for (day, _, vote) in &votes {
            *counts.entry(counter_key(vote.counter(), *day)).or_default() += 1;
        }
        for (key, count) in &mut counts {
            *count += self.counted(key)?;
        }
        let old: HashSet<&[u8]> = votes.iter().map(|(_, key, _)| &key[..]).collect();
        let mut promises = self.promises()?;
        promises.retain(|promise| match &promise.tree[..] {
            FEEDBACK => !old.contains(&promise.key[..]),
            COUNTERS => !counts.contains_key(&promise.key),
            _ => true,
        });
        let counted =
            |(key, count): (&Vec<u8>, &u64)| Promise::new(COUNTERS, key, &count.to_be_bytes());
        promises.extend(counts.iter().map(counted));
        ledger.rewrite(&promises)?;
        for (key, count) in &counts {
            self.counters
                .insert(&key[..], &count.to_be_bytes())
                .map_err(failure)?;
        }
        for key in old {
            self.feedback.remove(key).map_err(failure)?;
        }
        self.recount_votes();
        self.flush()
    }

    /// What a counter has come to.
    fn counted(&self, key: &[u8]) -> Result<u64, StoreError> {
        let count = self.counters.get(key).map_err(failure)?;
        count.map_or(Ok(0), |count| number(&count))
    }

    /// Keeps a question under the next number, and lets the oldest go.
    fn log_one(&self, asked: &Asked) -> Result<(), StoreError> {
        let id = self.next_question.fetch_add(1, Ordering::Relaxed);
        self.questions
            .insert(id.to_be_bytes(), write(asked)?)
            .map_err(failure)?;
        if let Some(oldest) = id.checked_sub(QUESTIONS) {
            self.questions
                .remove(oldest.to_be_bytes())
                .map_err(failure)?;
        }
        Ok(())
    }

    /// Removes questions before the last [`QUESTIONS`], and those of before a day.
    fn sweep_questions(&self, oldest: Day) -> Result<usize, StoreError> {
        let next = self.next_question.load(Ordering::Relaxed);
        let first = next.saturating_sub(QUESTIONS);
        remove_where(&self.questions, |key, value| {
            Ok(number(key)? < first || parse::<Asked>(value)?.day < oldest)
        })
    }

    /// Removes votes and counters of before a day, from the ledger first, which otherwise would bring them back.
    fn sweep_promises(&self, oldest: Day) -> Result<usize, StoreError> {
        let mut ledger = self.ledger();
        let (mut kept, mut old) = (Vec::new(), Vec::new());
        for promise in self.promises()? {
            let is_old = match &promise.tree[..] {
                FEEDBACK => parse::<Feedback>(&promise.value)?.day < oldest,
                COUNTERS => key_day(&promise.key)? < oldest,
                _ => false,
            };
            if is_old { &mut old } else { &mut kept }.push(promise);
        }
        if !old.is_empty() || ledger.is_long() {
            ledger.rewrite(&kept)?;
        }
        for promise in &old {
            let tree = self.tree(&promise.tree)?;
            tree.remove(&promise.key).map_err(failure)?;
        }
        self.recount_votes();
        // Those of other things than votes are promised to nobody.
        let counters = remove_where(&self.counters, |key, _| Ok(key_day(key)? < oldest))?;
        Ok(old.len() + counters)
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

impl Records for Database {
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
        self.flush()?;
        let mut ledger = self.ledger();
        self.recount_votes();
        ledger.rewrite(&self.promises()?)
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

impl Store for Database {
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
        self.waiting()
    }

    fn session(&self, talk: Talk, now: Seconds) -> Result<Option<Session>, StoreError> {
        let Some(value) = self.sessions.get(talk_key(talk)).map_err(failure)? else {
            return Ok(None);
        };
        let session: Session = parse(&value)?;
        Ok(session.is_live(now, self.retention).then_some(session))
    }

    fn keep_session(&self, talk: Talk, session: &Session) -> Result<(), StoreError> {
        self.sessions
            .insert(talk_key(talk), write(session)?)
            .map_err(failure)?;
        Ok(())
    }

    fn forget(&self, person: u64, voter: u64) -> Result<usize, StoreError> {
        let talks = keys_of(&self.sessions, person)?;
        for key in &talks {
            self.sessions.remove(key).map_err(failure)?;
        }
        let mut ledger = self.ledger();
        let votes = keys_of(&self.feedback, voter)?;
        if !votes.is_empty() {
            let own = voter.to_be_bytes();
            let mut promises = self.promises()?;
            promises.retain(|promise| promise.tree != FEEDBACK || !promise.key.starts_with(&own));
            ledger.rewrite(&promises)?;
        }
        for key in &votes {
            self.feedback.remove(key).map_err(failure)?;
        }
        self.recount_votes();
        self.flush()?;
        Ok(talks.len() + votes.len())
    }

    fn log(&self, asked: &Asked) -> Result<(), StoreError> {
        self.log_one(asked)
    }

    fn vote(&self, voter: u64, feedback: &Feedback) -> Result<(), StoreError> {
        let mut key = voter.to_be_bytes().to_vec();
        key.extend(feedback.answer.as_bytes());
        let promise = Promise::new(FEEDBACK, &key, &write(feedback)?);
        if self.promise(&self.feedback, &promise)? {
            self.votes.fetch_add(1, Ordering::Relaxed);
        }
        self.bound_votes(&key)
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
        let key = counter_key(name, day);
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
        let promise = Promise::new(META, SWITCHES_KEY, &write(switches)?);
        self.promise(&self.meta, &promise).map(|_| ())
    }

    fn sweep(&self, now: Seconds) -> Result<usize, StoreError> {
        let oldest = super::day_of(now).saturating_sub(self.retention.days);
        let mut swept = remove_where(&self.sessions, |_, value| {
            Ok(!parse::<Session>(value)?.is_live(now, self.retention))
        })?;
        swept += self.sweep_questions(oldest)?;
        swept += self.sweep_promises(oldest)?;
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
pub(super) fn caught<T>(run: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
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

/// The keys that begin with a number.
fn keys_of(tree: &sled::Tree, number: u64) -> Result<Vec<sled::IVec>, StoreError> {
    tree.scan_prefix(number.to_be_bytes())
        .keys()
        .map(|key| key.map_err(failure))
        .collect()
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
    use crate::store::Vote;
    use crate::store::ledger::SLACK;
    use crate::store::repair;
    use crate::store::tests::{asked, feedback, waiting};

    fn open(folder: &Path) -> Database {
        Database::open(folder, Retention::default()).unwrap()
    }

    #[test]
    fn one_process_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let _first = open(folder.path());
        let second = Database::open(folder.path(), Retention::default());
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
    fn what_was_promised_outlives_a_file_that_is_cut() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path());
        for voter in 0..40 {
            store.vote(voter, &feedback(Vote::Up, 300)).unwrap();
        }
        let off = Switches {
            bot_off: true,
            ..Switches::default()
        };
        store.keep_switches(&off).unwrap();
        drop(store);
        assert_eq!(open(folder.path()).regained(), 0, "nothing was lost");
        let db = folder.path().join("db");
        let whole = fs::read(&db).unwrap();
        let mut regained = 0;
        // Most of a small file's cuts are noticed, since its first records are gone too.
        for part in 1..250 {
            fs::write(&db, &whole[..whole.len() * part / 250]).unwrap();
            let store = match Database::open(folder.path(), Retention::default()) {
                Ok(store) => store,
                Err(StoreError::Damaged(_)) => continue,
                Err(other) => panic!("{other}"),
            };
            assert_eq!(store.feedback().unwrap().len(), 40, "{part}");
            assert_eq!(store.switches().unwrap(), off, "{part}");
            regained += store.regained();
        }
        assert!(
            regained > 0,
            "sled noticed every cut: the test says nothing"
        );
    }

    #[test]
    fn the_last_questions_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path());
        for number in 0..QUESTIONS as u32 + 5 {
            store.log(&asked(number)).unwrap();
        }
        let kept = store.questions().unwrap();
        assert_eq!((kept.len() as u64, kept[0].day), (QUESTIONS, 5));
    }

    /// So many votes are given before the oldest are counted.
    const GIVEN: u64 = VOTES + VOTES_SLACK;

    /// A store that has as many votes as it keeps one by one: another, and the oldest are counted.
    fn full(folder: &Path) -> Database {
        let store = open(folder);
        for voter in 0..GIVEN {
            // Behind the door, since each vote waits for the disk.
            let feedback = feedback(Vote::Down, 300 + u32::from(voter >= VOTES_SLACK));
            let mut key = voter.to_be_bytes().to_vec();
            key.extend(feedback.answer.as_bytes());
            store
                .put(FEEDBACK, &key, &write(&feedback).unwrap())
                .unwrap();
        }
        store.loaded().unwrap();
        assert_eq!(store.feedback().unwrap().len() as u64, GIVEN);
        store
    }

    /// The oldest by its day, and yet not counted: its reason may follow.
    fn one_more(store: &Database) {
        store.vote(GIVEN, &feedback(Vote::Up, 1)).unwrap();
    }

    fn check_counted(store: &Database) {
        assert_eq!(store.feedback().unwrap().len() as u64, VOTES);
        let counted = store.counters().unwrap();
        let name = || Vote::Down.counter().to_owned();
        assert_eq!(
            counted,
            [(name(), 300, VOTES_SLACK), (name(), 301, 1)],
            "the oldest first"
        );
        assert_eq!(store.feedback().unwrap()[0].day, 1);
    }

    #[test]
    fn the_oldest_of_too_many_votes_are_counted_and_none_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let store = full(folder.path());
        one_more(&store);
        check_counted(&store);
        drop(store);
        assert_eq!(Ledger::read(folder.path()).len() as u64, VOTES + 2);
        let store = open(folder.path());
        assert_eq!(store.regained(), 0);
        check_counted(&store);
        // Counters that sled loses are those of the ledger.
        store.counters.clear().unwrap();
        store.flush().unwrap();
        drop(store);
        let store = open(folder.path());
        assert_eq!(store.regained(), 2);
        check_counted(&store);
    }

    #[test]
    fn votes_are_counted_once_though_sled_was_stopped_before_it_knew() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        drop(full(folder.path()));
        for entry in fs::read_dir(folder.path()).unwrap().flatten() {
            // sled's folder of large values stays empty.
            if entry.path().is_file() {
                fs::copy(entry.path(), other.path().join(entry.file_name())).unwrap();
            }
        }
        one_more(&open(folder.path()));
        let ledger = |folder: &tempfile::TempDir| folder.path().join(Ledger::NAME);
        fs::copy(ledger(&folder), ledger(&other)).unwrap();
        let store = open(other.path());
        assert!(store.regained() > 0);
        check_counted(&store);
    }

    #[test]
    fn a_vote_changed_again_and_again_takes_no_more_room() {
        let folder = tempfile::tempdir().unwrap();
        let store = open(folder.path());
        let length = || {
            fs::metadata(folder.path().join(Ledger::NAME))
                .unwrap()
                .len()
        };
        store.vote(7, &feedback(Vote::Up, 300)).unwrap();
        let one = length();
        for _ in 0..SLACK + 10 {
            store.vote(7, &feedback(Vote::Up, 300)).unwrap();
        }
        assert!(length() < 20 * one);
        assert_eq!(store.feedback().unwrap().len(), 1);
    }

    #[test]
    fn damage_is_never_an_empty_store() {
        for (name, keep) in [("db", 0), ("db", 100), ("conf", 0)] {
            let folder = tempfile::tempdir().unwrap();
            let store = open(folder.path());
            store.take_in(0, &[waiting(1), waiting(2)]).unwrap();
            store.log(&asked(3)).unwrap();
            store.vote(7, &feedback(Vote::Up, 300)).unwrap();
            drop(store);
            let path = folder.path().join(name);
            let mut bytes = fs::read(&path).unwrap();
            bytes.truncate(keep);
            fs::write(&path, bytes).unwrap();
            match Database::open(folder.path(), Retention::default()) {
                Ok(store) => assert_eq!(store.waiting().unwrap().len(), 2, "{name} {keep}"),
                Err(StoreError::Damaged(_)) => {
                    let aside = folder.path().with_extension("hong");
                    repair(folder.path(), &aside, Retention::default()).unwrap();
                    assert!(aside.exists());
                    let store = open(folder.path());
                    assert_eq!(store.feedback().unwrap(), [feedback(Vote::Up, 300)]);
                    fs::remove_dir_all(aside).unwrap();
                }
                Err(other) => panic!("{name} {keep}: {other}"),
            }
        }
    }
}
