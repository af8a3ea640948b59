//! What every handler has at hand: the way to Telegram, the engine, the store, the settings; and the
//! guard that stands around each handler.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use futures::FutureExt;
use teloxide::prelude::*;
use teloxide::types::Me;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{RwLock, Semaphore};

use super::clock::{Clock, Last};
use super::late::Late;
use super::limits::{PersonLimit, Verdict};
use super::send::{Failure, Sender};
use super::service::Service;
use super::turns;
use crate::store::{Day, Seconds, Session, Store, StoreError, Talk, Waiting, day_of};

/// What every handler has at hand.
pub struct App {
    /// The way to Telegram.
    pub sender: Sender,
    /// The engine.
    pub service: Service,
    /// What is kept.
    pub store: Arc<dyn Store>,
    /// People who may switch, reload and read the figures.
    pub operators: HashSet<u64>,
    /// How much one person may ask.
    pub limit: PersonLimit,
    /// How many buttons one person may press.
    pub presses: PersonLimit,
    /// Updates that were kept without their text, since they told of a child in danger.
    pub redacted: Mutex<HashSet<u32>>,
    /// Updates from an earlier run that are still to be tried, as they are to be kept from the
    /// moment on when they are: one over which the process ends again and again is given up.
    pub old: Mutex<HashMap<u32, String>>,
    /// Makes a person's votes one without telling who he is.
    pub salt: u64,
    /// Seconds for which Telegram may keep the answers to inline queries.
    pub inline_cache: u32,
    /// What was measured of this build, for people.
    pub accuracy: String,
    /// The bot itself, once Telegram has said who it is. Nothing is handed on before.
    pub me: OnceLock<Me>,
    /// A place for each update that is handed on and not yet done: what comes beyond them waits at
    /// Telegram's, or on disk, and not in memory.
    pub places: Semaphore,
    /// Takes updates that are to be answered: those that the webhook brings, those that another process
    /// left, and those that could not be answered before.
    pub again: UnboundedSender<Update>,
    /// Updates that wait for another process.
    pub turns: Mutex<turns::Waiting>,
    /// Held for writing while updates are taken over and switches change.
    pub tending: RwLock<()>,
    /// What the store could not be told.
    pub late: Mutex<Late>,
    /// The process is ending: what the webhook brings is for another, or for later.
    pub stopping: AtomicBool,
    /// What time it is.
    pub clock: Clock,
    /// A place for each call of the store under way.
    pub store_places: Arc<Semaphore>,
    /// When a call of the store last took too long.
    pub late_calls: Last,
    /// When it was last told of in the log that the store fails.
    pub told_away: Last,
}

/// Calls of the store under way at once. Fewer than there are threads: a disk that hangs must leave
/// some to the engine.
pub const STORE_PLACES: usize = 5;
/// A store that fails is told of in the log again after so long: a line for each call would fill what
/// is left of a full disk.
const QUIET: Duration = Duration::from_secs(10);
/// So long a call of the store is waited for, which takes a few milliseconds on a disk that is well; Redis
/// has shorter limits of its own.
const STORE_PATIENCE: Duration = Duration::from_secs(4);
/// So long while the last one that took too long is not long past: one question makes several calls.
const STORE_IMPATIENCE: Duration = Duration::from_millis(200);
const LONG_PAST: Duration = Duration::from_secs(10);

/// An update that Telegram could not be reached for is tried again after this.
const AGAIN: Duration = Duration::from_secs(60);

/// How a handler ended.
pub type Handled = Result<(), Failure>;

impl App {
    /// Runs a handler: a panic ends nothing but this one answer, and the update is done afterwards
    /// unless Telegram could not be reached; then it is tried again, after the next start at last.
    pub async fn guard(
        self: Arc<Self>,
        update: Update,
        kind: &'static str,
        work: impl Future<Output = Handled> + Send,
    ) -> Result<(), Infallible> {
        metrics::counter!("hoidap_updates_total", "kind" => kind).increment(1);
        self.note_attempt(update.id.0).await;
        let done = match AssertUnwindSafe(work).catch_unwind().await {
            Ok(Ok(())) => true,
            Ok(Err(failure)) => {
                let reason = failure.reason();
                metrics::counter!("hoidap_failures_total", "reason" => reason).increment(1);
                tracing::warn!(update = update.id.0, kind, reason, "không trả lời được");
                if failure == Failure::Gone {
                    self.forget(&update).await;
                }
                failure != Failure::Unreachable
            }
            Err(_) => {
                metrics::counter!("hoidap_failures_total", "reason" => "panic").increment(1);
                tracing::error!(
                    update = update.id.0,
                    kind,
                    "lỗi trong chương trình khi trả lời"
                );
                if let Some(chat) = update.chat().filter(|chat| chat.is_private()) {
                    let _ = self.sender.line(chat.id, super::phrases::BROKEN).await;
                }
                true
            }
        };
        self.places.add_permits(1);
        if done {
            let id = update.id.0;
            locked(&self.redacted).remove(&id);
            if self.keep(move |store| store.done(id)).await.is_none() {
                locked(&self.late).done(id);
            }
        } else {
            let id = update.id.0;
            self.keep(move |store| store.step_aside(id)).await;
            let again = self.again.clone();
            tokio::spawn(async move {
                tokio::time::sleep(AGAIN).await;
                // At the end of the process nobody takes it, and it waits in the store.
                let _ = again.send(update);
            });
        }
        Ok(())
    }

    /// Writes down that an old update is tried once more.
    async fn note_attempt(self: &Arc<Self>, update: u32) {
        let json = locked(&self.old).remove(&update);
        if let Some(json) = json {
            let entry = Waiting { update, json };
            self.keep(move |store| store.rewrite(&entry)).await;
        }
    }

    /// Somebody who has blocked the bot is not to be remembered.
    async fn forget(self: &Arc<Self>, update: &Update) {
        if let Some(user) = update
            .from()
            .filter(|_| update.chat().is_some_and(|c| c.is_private()))
        {
            let (person, voter) = (user.id.0, self.voter(user.id.0));
            locked(&self.late).forget(person);
            self.keep(move |store| store.forget(person, voter)).await;
        }
    }

    /// Runs a call of the store where it may block; a store that fails, or takes too long, is told of in
    /// the log, and the answer goes out all the same. What took too long may yet be kept.
    pub async fn keep<T: Send + 'static>(
        self: &Arc<Self>,
        call: impl FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Option<T> {
        let app = Arc::clone(self);
        let called = async move {
            let place = Arc::clone(&app.store_places).acquire_owned().await;
            app.call_store(move |store| {
                // Given back by the call itself: one that hangs goes on having it.
                let _place = place;
                call(store)
            })
            .await
        };
        let patience = self.patience();
        let kept = match tokio::time::timeout(patience, called).await {
            Ok(kept) => kept,
            Err(_) => {
                self.late_calls.note(Instant::now());
                Err(StoreError::Away("đĩa hay máy chủ đáp quá chậm".to_owned()))
            }
        };
        self.told(kept)
    }

    /// The same for what takes long by its nature, as a backup.
    pub async fn keep_long<T: Send + 'static>(
        self: &Arc<Self>,
        call: impl FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Option<T> {
        let kept = self.call_store(call).await;
        self.told(kept)
    }

    async fn call_store<T: Send + 'static>(
        &self,
        call: impl FnOnce(&dyn Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let store = Arc::clone(&self.store);
        let called = tokio::task::spawn_blocking(move || call(store.as_ref())).await;
        called.unwrap_or_else(|_| Err(StoreError::Io("lỗi trong chương trình".to_owned())))
    }

    fn patience(&self) -> Duration {
        if self.late_calls.was_within(LONG_PAST, Instant::now()) {
            STORE_IMPATIENCE
        } else {
            STORE_PATIENCE
        }
    }

    /// A store that fails fails every call; one line in a while tells of all.
    fn told<T>(&self, kept: Result<T, StoreError>) -> Option<T> {
        let error = match kept {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        metrics::counter!("hoidap_store_errors_total").increment(1);
        if self.told_away.speaks(QUIET, Instant::now()) {
            tracing::error!(%error, "kho dữ liệu");
        }
        None
    }

    /// Seconds since 1970, as far as they can be known.
    pub fn now(&self) -> Seconds {
        self.clock.time(now(), Instant::now())
    }

    /// Days since 1970.
    pub fn today(&self) -> Day {
        day_of(self.now())
    }

    /// A conversation as it stands, a new one if there was none; `None` when that cannot be known.
    pub async fn recall(self: &Arc<Self>, talk: Talk) -> Option<Session> {
        let late = locked(&self.late).talk(talk);
        if late.is_some() {
            return late;
        }
        let now = self.now();
        let kept = self.keep(move |store| store.session(talk, now)).await;
        kept.map(Option::unwrap_or_default)
    }

    /// Keeps a conversation, in memory while the store cannot.
    pub async fn remember(self: &Arc<Self>, talk: Talk, session: Session) {
        let copy = session.clone();
        let kept = self
            .keep(move |store| store.keep_session(talk, &copy))
            .await;
        let mut late = locked(&self.late);
        if kept.is_none() || late.talk(talk).is_some() {
            late.remember(talk, session);
        }
    }

    /// Whether a person may go on, counted with the other processes where there are some.
    pub async fn verdict(self: &Arc<Self>, limit: &PersonLimit, person: u64) -> Verdict {
        let own = limit.count(person, Instant::now());
        let what = limit.what();
        let all = self.keep(move |store| store.tally(what, person)).await;
        all.flatten().map_or(own, |count| limit.verdict(count))
    }

    /// Runs a call of the engine where it may block.
    pub async fn think<T: Send + 'static>(
        self: &Arc<Self>,
        call: impl FnOnce(&Service) -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let app = Arc::clone(self);
        tokio::task::spawn_blocking(move || call(&app.service))
            .await
            .map_err(|_| Failure::Broken)
    }

    /// Whether somebody may do what operators may.
    pub fn is_operator(&self, user: Option<&teloxide::types::User>) -> bool {
        user.is_some_and(|user| self.operators.contains(&user.id.0))
    }

    /// A number for a person that cannot be led back to him without the token.
    pub fn voter(&self, person: u64) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.salt, person).hash(&mut hasher);
        hasher.finish()
    }

    /// Whether an update was kept without its words, so that only the urgent reply is left to give.
    pub fn is_redacted(&self, update: &Update) -> bool {
        locked(&self.redacted).contains(&update.id.0)
    }

    /// Adds to a counter of today.
    pub async fn count(self: &Arc<Self>, name: &'static str) {
        let today = self.today();
        self.keep(move |store| store.count(name, today, 1)).await;
    }
}

/// What a lock guards, even if somebody panicked over it: each is whole after every statement.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|broken| broken.into_inner())
}

/// Seconds since 1970, as the machine has them.
pub fn now() -> Seconds {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or(Duration::ZERO)
        .as_secs()
}

/// Days since 1970, as the machine has them.
pub fn today() -> Day {
    day_of(now())
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use serde_json::json;
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;
    use crate::bot::sample;
    use crate::bot::send::Pace;
    use crate::bot::service::Folders;
    use crate::engine::Engine;
    use crate::store::{EmbeddedStore, Retention, Switches};

    fn app(folder: &Path) -> Arc<App> {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let engine = Engine::open(&corpus, None).unwrap().engine;
        let folders = Folders {
            corpus,
            index: PathBuf::new(),
        };
        Arc::new(App {
            sender: Sender::new(Bot::new("1:a"), Pace::default()),
            service: Service::new(engine, folders, Switches::default()),
            store: Arc::new(EmbeddedStore::open(folder, Retention::default()).unwrap()),
            operators: HashSet::new(),
            limit: PersonLimit::new("hoi", 20),
            presses: PersonLimit::new("bam", 60),
            redacted: Mutex::new(HashSet::new()),
            old: Mutex::new(HashMap::new()),
            salt: 1,
            inline_cache: 0,
            accuracy: String::new(),
            me: sample::me().into(),
            places: Semaphore::new(0),
            again: unbounded_channel().0,
            turns: Mutex::default(),
            tending: RwLock::default(),
            late: Mutex::default(),
            stopping: AtomicBool::new(false),
            clock: Clock::default(),
            store_places: Arc::new(Semaphore::new(STORE_PLACES)),
            late_calls: Last::default(),
            told_away: Last::default(),
        })
    }

    fn update() -> Update {
        let update = json!({"update_id": 5, "message": {
            "message_id": 1, "date": 1, "text": "/muc III.4",
            "chat": {"id": -1_005, "type": "supergroup", "title": "N"},
            "from": {"id": 7, "is_bot": false, "first_name": "L"},
        }});
        serde_json::from_str(&update.to_string()).unwrap()
    }

    #[tokio::test]
    async fn a_store_that_hangs_keeps_nobody_waiting_for_long() {
        let folder = tempfile::tempdir().unwrap();
        let app = app(folder.path());
        let start = Instant::now();
        let hanging = (0..STORE_PLACES).map(|_| {
            app.keep(|_| {
                std::thread::sleep(STORE_PATIENCE * 3 / 2);
                Ok(())
            })
        });
        let hung = futures::future::join_all(hanging).await;
        assert!(hung.iter().all(Option::is_none));
        assert!(start.elapsed() < STORE_PATIENCE * 5 / 4);
        // The next call does not wait as long, and the engine goes on.
        let start = Instant::now();
        assert_eq!(app.keep(|store| store.flush()).await, None);
        app.think(|service| service.engine()).await.unwrap();
        assert!(start.elapsed() < Duration::from_secs(1));
        tokio::time::sleep(STORE_PATIENCE).await;
        assert_eq!(app.keep(|store| store.flush()).await, Some(()));
    }

    #[tokio::test]
    async fn a_panic_ends_one_answer_and_an_unreachable_telegram_leaves_it_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let app = app(folder.path());
        let entry = Waiting {
            update: 5,
            json: "{}".to_owned(),
        };
        app.store.take_in(1, std::slice::from_ref(&entry)).unwrap();
        locked(&app.redacted).insert(5);
        let unreachable = async { Err(Failure::Unreachable) };
        let guarded = Arc::clone(&app).guard(update(), "test", unreachable);
        assert!(guarded.await.is_ok());
        assert_eq!(app.store.waiting().unwrap(), [entry]);
        assert!(app.is_redacted(&update()), "the words would be missed");
        let broken = async { panic!("a fault in a handler") };
        let guarded = Arc::clone(&app).guard(update(), "test", broken);
        assert!(guarded.await.is_ok());
        assert_eq!(app.store.waiting().unwrap(), []);
        assert!(!app.is_redacted(&update()));
        assert_eq!(app.places.available_permits(), 2);
    }
}
