//! The embedded store: one process, a folder of the operator's. What is on disk is `database.rs`'s
//! matter; here it is opened again after the disk has failed it. sled gives up for good at the first
//! fault of the disk, and a disk that was full has room again some day.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use super::database::{Database, caught};
use super::records::{Records, Take};
use super::{
    Asked, Day, Feedback, Retention, Seconds, Session, Store, StoreError, Switches, Taken, Talk,
    Waiting,
};

/// From one attempt to open the store again to the next.
const PAUSE: Duration = Duration::from_secs(5);

/// A store in a folder.
pub struct EmbeddedStore {
    folder: PathBuf,
    retention: Retention,
    /// The database, or why it cannot be opened now.
    database: RwLock<Result<Database, String>>,
    /// A call has failed, and the database is not to be trusted any more.
    failed: AtomicBool,
    /// The last attempt to open it again.
    tried: Mutex<Option<Instant>>,
    /// What an earlier process left has been handed on.
    tended: AtomicBool,
}

impl EmbeddedStore {
    /// Opens the store in a folder, made when it is not there.
    pub fn open(folder: &Path, retention: Retention) -> Result<Self, StoreError> {
        Ok(Self {
            database: RwLock::new(Ok(Database::open(folder, retention)?)),
            folder: folder.to_owned(),
            retention,
            failed: AtomicBool::new(false),
            tried: Mutex::default(),
            tended: AtomicBool::new(false),
        })
    }

    /// How many votes and switches had been lost, and were there a second time, when it was opened.
    pub fn regained(&self) -> usize {
        let database = self.database.read().unwrap_or_else(PoisonError::into_inner);
        database.as_ref().map_or(0, Database::regained)
    }

    /// Runs a call on the database.
    fn run<T>(
        &self,
        call: impl FnOnce(&Database) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let database = self.database.read().unwrap_or_else(PoisonError::into_inner);
        match database.as_ref() {
            Ok(database) => caught(|| call(database)),
            Err(why) => Err(StoreError::Io(why.clone())),
        }
    }

    /// The same; one that fails has the database opened again.
    fn with<T>(
        &self,
        call: impl FnOnce(&Database) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let result = self.run(call);
        if let Err(StoreError::Io(_) | StoreError::Damaged(_)) = result {
            self.failed.store(true, Ordering::Relaxed);
        }
        result
    }

    /// Opens the database again where it has failed. Not while it is read, as for a backup: the next
    /// time comes soon.
    fn open_again(&self) {
        if !self.failed.load(Ordering::Relaxed) || !self.is_time() {
            return;
        }
        let Ok(mut database) = self.database.try_write() else {
            return;
        };
        // sled's lock on the folder must go before another is taken.
        *database = Err("đang mở lại".to_owned());
        *database = Database::open(&self.folder, self.retention).map_err(|error| error.to_string());
        self.failed.store(database.is_err(), Ordering::Relaxed);
    }

    fn is_time(&self) -> bool {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        let due = tried.is_none_or(|tried| tried.elapsed() >= PAUSE);
        if due {
            *tried = Some(Instant::now());
        }
        due
    }
}

impl Records for EmbeddedStore {
    fn each(&self, tree: &str, take: &mut Take<'_>) -> Result<(), StoreError> {
        // What takes the records may fail, too, which says nothing about them.
        self.run(|database| database.each(tree, take))
    }

    fn put(&self, tree: &str, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        self.with(|database| database.put(tree, key, value))
    }

    fn loaded(&self) -> Result<(), StoreError> {
        self.with(|database| database.loaded())
    }

    fn is_empty(&self) -> Result<bool, StoreError> {
        self.with(|database| database.is_empty())
    }
}

impl Store for EmbeddedStore {
    fn take_in(&self, line: i64, updates: &[Waiting]) -> Result<Vec<Taken>, StoreError> {
        self.with(|database| database.take_in(line, updates))
    }

    /// There is no other process.
    fn is_next(&self, _line: i64, _update: u32) -> Result<bool, StoreError> {
        Ok(true)
    }

    fn step_aside(&self, _update: u32) -> Result<(), StoreError> {
        Ok(())
    }

    fn rewrite(&self, update: &Waiting) -> Result<(), StoreError> {
        self.with(|database| database.rewrite(update))
    }

    fn done(&self, update: u32) -> Result<(), StoreError> {
        self.with(|database| database.done(update))
    }

    fn waiting(&self) -> Result<Vec<Waiting>, StoreError> {
        self.with(|database| database.waiting())
    }

    fn tend(&self) -> Result<Vec<Waiting>, StoreError> {
        self.open_again();
        // sled's lock has it that every other process is gone, and that no other comes.
        if self.tended.swap(true, Ordering::Relaxed) {
            return Ok(Vec::new());
        }
        self.waiting()
    }

    fn session(&self, talk: Talk, now: Seconds) -> Result<Option<Session>, StoreError> {
        self.with(|database| database.session(talk, now))
    }

    fn keep_session(&self, talk: Talk, session: &Session) -> Result<(), StoreError> {
        self.with(|database| database.keep_session(talk, session))
    }

    fn forget(&self, person: u64, voter: u64) -> Result<usize, StoreError> {
        self.with(|database| database.forget(person, voter))
    }

    fn log(&self, asked: &Asked) -> Result<(), StoreError> {
        self.with(|database| database.log(asked))
    }

    fn vote(&self, voter: u64, feedback: &Feedback) -> Result<(), StoreError> {
        self.with(|database| database.vote(voter, feedback))
    }

    fn questions(&self) -> Result<Vec<Asked>, StoreError> {
        self.with(|database| database.questions())
    }

    fn feedback(&self) -> Result<Vec<Feedback>, StoreError> {
        self.with(|database| database.feedback())
    }

    fn count(&self, name: &str, day: Day, by: u64) -> Result<(), StoreError> {
        self.with(|database| database.count(name, day, by))
    }

    fn counters(&self) -> Result<Vec<(String, Day, u64)>, StoreError> {
        self.with(|database| database.counters())
    }

    fn switches(&self) -> Result<Switches, StoreError> {
        self.with(|database| database.switches())
    }

    fn keep_switches(&self, switches: &Switches) -> Result<(), StoreError> {
        self.with(|database| database.keep_switches(switches))
    }

    fn sweep(&self, now: Seconds) -> Result<usize, StoreError> {
        self.with(|database| database.sweep(now))
    }

    fn flush(&self) -> Result<(), StoreError> {
        self.with(|database| database.flush())
    }

    fn back_up(&self, made: Seconds, out: &mut dyn Write) -> Result<usize, StoreError> {
        self.run(|database| database.back_up(made, out))
    }
}
