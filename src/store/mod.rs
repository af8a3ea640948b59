//! What the bot keeps: updates not yet answered, conversations, what was asked and how people
//! found the answers, counters, switches. One trait, two kinds: the embedded database, for one process, and
//! Redis, for several behind one webhook address. Each is known to its own files alone.
//!
//! Nothing here holds the text of an answer, and a logged question holds nothing of who asked.

mod backup;
mod database;
mod dump;
mod embedded;
mod ledger;
mod records;
#[cfg(feature = "redis")]
mod redis;
pub mod stats;
#[cfg(test)]
mod tests;

use std::io::Write;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::answer::{Context, Intent, Kind, PassageId};

pub use backup::{Backup, Restored, check_backup, finish_restore, restore};
pub use dump::{dump, load, repair};
pub use embedded::EmbeddedStore;
pub use records::Records;
#[cfg(feature = "redis")]
pub use redis::{RedisPlace, RedisStore};

/// Seconds since 1970-01-01 UTC. The store has no clock of its own: whoever calls says the time.
pub type Seconds = u64;

/// Days since 1970-01-01 UTC.
pub type Day = u32;

const SECONDS_A_DAY: Seconds = 86_400;

/// The day that a time falls on.
pub fn day_of(time: Seconds) -> Day {
    Day::try_from(time / SECONDS_A_DAY).unwrap_or(Day::MAX)
}

/// A person in a chat; the two are one number in a private chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Talk {
    /// The chat.
    pub chat: i64,
    /// The person.
    pub person: u64,
}

/// An update that was taken in and not yet answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Telegram's number of the update.
    pub update: u32,
    /// The update as JSON, with what must not be kept already taken out.
    pub json: String,
}

/// What became of an update that was to be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is kept, and may be answered now.
    Next,
    /// It is kept, and another process still has an earlier update of the same line to answer.
    Behind,
    /// It waits already, or is done.
    Known,
}

/// A conversation with one person in one chat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// What the next question may lean on.
    pub context: Context,
    /// The last questions and the messages that answered them, so that an edited question edits
    /// its answer; oldest first.
    pub answered: Vec<Answered>,
    /// When it was last used.
    pub used: Seconds,
}

impl Session {
    /// Whether it was used lately. One that was used in the future was kept by a clock that was wrong.
    fn is_live(&self, now: Seconds, retention: Retention) -> bool {
        now.abs_diff(self.used) <= retention.session
    }
}

/// A question's message and the messages that answered it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answered {
    /// Telegram's number of the question's message.
    pub question: i32,
    /// Numbers of the answer's messages, in order.
    pub answers: Vec<i32>,
    /// What the question leaned on, so that its edited form leans on the same.
    pub before: Context,
}

/// A question as it is kept for the operator: no person, no chat, no name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The text, personal data already taken out.
    pub text: String,
    /// What sort of reply it got; never [`Kind::Urgent`], of which nothing is kept.
    pub kind: Kind,
    /// What was asked for.
    pub intent: Intent,
    /// The passage the answer rested on.
    pub cited: Option<PassageId>,
    /// The day it was asked.
    pub day: Day,
}

/// What somebody thought of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// Fingerprint of the answer.
    pub answer: String,
    /// The passage it rested on.
    pub cited: Option<PassageId>,
    /// Up or down, and why down.
    pub vote: Vote,
    /// The day.
    pub day: Day,
}

/// A vote. The four reasons are those the buttons offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vote {
    /// 👍
    Up,
    /// 👎 without a reason yet.
    Down,
    /// It answers something else.
    OffTopic,
    /// It lacks something.
    Incomplete,
    /// It is hard to understand.
    Unclear,
    /// The quotation or its place is wrong.
    Wrong,
}

impl Vote {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Up,
        Self::Down,
        Self::OffTopic,
        Self::Incomplete,
        Self::Unclear,
        Self::Wrong,
    ];

    /// The counter of such votes that are not kept one by one any more.
    pub fn counter(self) -> &'static str {
        match self {
            Self::Up => "gop-y-up",
            Self::Down => "gop-y-down",
            Self::OffTopic => "gop-y-offtopic",
            Self::Incomplete => "gop-y-incomplete",
            Self::Unclear => "gop-y-unclear",
            Self::Wrong => "gop-y-wrong",
        }
    }
}

/// What operators have switched off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Switches {
    /// The whole bot.
    pub bot_off: bool,
    /// Documents, sections, passages that are not quoted for now.
    pub hidden: Vec<PassageId>,
}

/// How long what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Seconds after which an unused conversation is forgotten.
    pub session: Seconds,
    /// Days after which questions, feedback and counters are deleted.
    pub days: Day,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            session: 30 * 60,
            days: 180,
        }
    }
}

/// How often [`Store::tend`] is to be called.
pub const TEND: Duration = Duration::from_secs(1);

/// The stretch of time that [`Store::tally`] counts in, in seconds.
pub const MINUTE: Seconds = 60;

/// Why the store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has it open.
    #[error("kho dữ liệu đang được một tiến trình khác mở")]
    InUse,
    /// What is on disk cannot be read.
    #[error("kho dữ liệu bị hỏng: {0}")]
    Damaged(String),
    /// A backup would be restored over what is kept.
    #[error("kho dữ liệu không trống")]
    NotEmpty,
    /// A backup's file cannot be restored.
    #[error("tệp sao lưu không dùng được: {0}")]
    Backup(String),
    /// The server that keeps it cannot be reached now.
    #[error("kho dữ liệu không nối được: {0}")]
    Away(String),
    /// The disk or the system refused.
    #[error("kho dữ liệu không đọc hoặc ghi được: {0}")]
    Io(String),
}

/// What every store does. All calls are short and synchronous; what they return `Ok` for is on
/// disk, except for sessions and counters, which [`Store::flush`] and the store's own timer write.
///
/// Several processes may share a store: an update then belongs to the process that took it in, for as
/// long as that process says that it lives.
pub trait Store: Records + Send + Sync {
    /// Takes updates in for this process, on disk when this returns. Updates of one line are answered
    /// one after the other, whichever processes take them in.
    fn take_in(&self, line: i64, updates: &[Waiting]) -> Result<Vec<Taken>, StoreError>;
    /// Whether no other process has an earlier update of the line to answer.
    fn is_next(&self, line: i64, update: u32) -> Result<bool, StoreError>;
    /// The update waits on, but nothing of its line waits for it any more.
    fn step_aside(&self, update: u32) -> Result<(), StoreError>;
    /// Writes an update that waits anew, as after an attempt that did not end; on disk when this
    /// returns.
    fn rewrite(&self, update: &Waiting) -> Result<(), StoreError>;
    /// The update is answered: it waits no more, and is not taken in again; on disk when this
    /// returns.
    fn done(&self, update: u32) -> Result<(), StoreError>;
    /// What was taken in and not answered, in the order of the numbers.
    fn waiting(&self) -> Result<Vec<Waiting>, StoreError>;

    /// Says that this process lives, and takes over what processes that live no more have left, in
    /// the order of the numbers. To be called at the start, and then every [`TEND`].
    fn tend(&self) -> Result<Vec<Waiting>, StoreError>;
    /// Makes this process the only one that fetches updates; waits for one that has just gone.
    /// [`StoreError::InUse`] where another goes on. Nothing to do where no other can be.
    fn fetch_alone(&self) -> Result<(), StoreError> {
        Ok(())
    }
    /// This process ends: what it has not answered is for others at once, where there are others.
    fn leave(&self) -> Result<(), StoreError> {
        Ok(())
    }
    /// Counts something that a person does, over all processes, within the [`MINUTE`] that began with
    /// the first of it; `None` where there is but this process, which then counts by itself.
    fn tally(&self, _what: &'static str, _person: u64) -> Result<Option<u32>, StoreError> {
        Ok(None)
    }

    /// The conversation, if it was used within the retention before `now`.
    fn session(&self, talk: Talk, now: Seconds) -> Result<Option<Session>, StoreError>;
    /// Keeps the conversation.
    fn keep_session(&self, talk: Talk, session: &Session) -> Result<(), StoreError>;
    /// Forgets a person's conversations in every chat, and the votes of the same person as a voter;
    /// how many of both there were.
    fn forget(&self, person: u64, voter: u64) -> Result<usize, StoreError>;

    /// Keeps a question.
    fn log(&self, asked: &Asked) -> Result<(), StoreError>;
    /// Keeps a vote; on disk when this returns. The oldest of very many may be kept as numbers alone,
    /// under [`Vote::counter`]. A second vote of the same voter on the same
    /// answer replaces the first: `voter` is a hash that cannot be led back to a person.
    fn vote(&self, voter: u64, feedback: &Feedback) -> Result<(), StoreError>;
    /// Questions kept, oldest first.
    fn questions(&self) -> Result<Vec<Asked>, StoreError>;
    /// Votes kept, oldest first.
    fn feedback(&self) -> Result<Vec<Feedback>, StoreError>;

    /// Adds to a counter of a day.
    fn count(&self, name: &str, day: Day, by: u64) -> Result<(), StoreError>;
    /// All counters: name, day, value; ordered.
    fn counters(&self) -> Result<Vec<(String, Day, u64)>, StoreError>;

    /// What is switched off.
    fn switches(&self) -> Result<Switches, StoreError>;
    /// Keeps what is switched off; on disk when this returns.
    fn keep_switches(&self, switches: &Switches) -> Result<(), StoreError>;

    /// Deletes what is older than the retention allows; how many records went.
    fn sweep(&self, now: Seconds) -> Result<usize, StoreError>;
    /// Writes everything to disk.
    fn flush(&self) -> Result<(), StoreError>;

    /// Writes a backup made at this time, while the store is in use; how many records it has. Each
    /// record is whole, and no update is both waiting and done; what is kept meanwhile may be in it.
    fn back_up(&self, made: Seconds, out: &mut dyn Write) -> Result<usize, StoreError>;
}
