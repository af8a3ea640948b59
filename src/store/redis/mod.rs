//! The store in Redis, for several processes at once. What must hold over all of them is done in
//! scripts, which Redis runs one after the other.
//!
//! An update is held by the process that took it in, and that process says once a second that it lives.
//! When it has been silent for [`LEASE`], whoever notices first holds its updates. Redis keeps the
//! time: the clocks of the machines don't matter.
//!
//! What is on disk when a call returns depends on Redis: see [`RedisStore::warnings`].

mod calls;
mod link;
mod restore;
mod scripts;
mod trees;

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Mutex;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use ::redis::{Pipeline, cmd, pipe};

use super::records::{FORMAT, parse};
use super::{Day, Retention, Seconds, Session, StoreError, Talk, Waiting};
use link::Link;
use scripts::Scripts;

pub use link::RedisPlace;

/// A process that has said nothing for so long has ended.
const LEASE: Duration = Duration::from_secs(8);
/// After Redis was away, everybody first gets to say that he lives, and what he has answered.
const GRACE: Duration = Duration::from_secs(3);
/// Updates taken over at once; the rest a moment later, or by another process.
const TAKEN_OVER: usize = 1_000;
/// A conversation is deleted so many seconds after it is over.
const SLACK: Seconds = 60;
/// Members read at once, so that no answer of Redis takes long.
const PAGE: isize = 1_000;

/// Names of what is kept. One Redis database holds one store.
mod name {
    pub const FORMAT: &str = "hoidap:format";
    pub const SWITCHES: &str = "hoidap:switches";
    pub const INBOX: &str = "hoidap:inbox";
    pub const HELD: &str = "hoidap:held";
    pub const DONE: &str = "hoidap:done";
    pub const DONE_COUNT: &str = "hoidap:done-count";
    pub const QUESTIONS: &str = "hoidap:questions";
    pub const QUESTION_COUNT: &str = "hoidap:question-count";
    pub const FEEDBACK: &str = "hoidap:feedback";
    pub const COUNTERS: &str = "hoidap:counters";
    pub const LOADING: &str = "hoidap:loading";
    pub const FETCHING: &str = "hoidap:fetching";
    pub const WRITABLE: &str = "hoidap:writable";
    /// Followed by a person: a conversation a chat.
    pub const SESSION: &str = "hoidap:session:";
    /// Followed by a line: its updates in order.
    pub const LINE: &str = "hoidap:line:";
    /// Followed by a process: it lives.
    pub const ALIVE: &str = "hoidap:alive:";
    /// Followed by what is counted and a person.
    pub const TALLY: &str = "hoidap:tally:";
}

/// A store in Redis.
pub struct RedisStore {
    link: Link,
    scripts: Scripts,
    retention: Retention,
    /// This process's name.
    me: String,
    /// How many updates this process has taken in.
    taken: AtomicU64,
    tended: Mutex<Tended>,
    /// Records put and not yet sent, and the highest number of a question and of an update among
    /// all that were put.
    put: Mutex<(Pipeline, u64, u64)>,
}

#[derive(Default)]
struct Tended {
    last: Option<Instant>,
    /// Before this nothing is taken over.
    after: Option<Instant>,
}

impl RedisStore {
    /// Opens the store, made when there is none.
    pub fn open(place: &RedisPlace, retention: Retention) -> Result<Self, StoreError> {
        let store = Self::connect(place, retention)?;
        store.check_format()?;
        Ok(store)
    }

    fn connect(place: &RedisPlace, retention: Retention) -> Result<Self, StoreError> {
        Ok(Self {
            link: Link::open(place)?,
            scripts: Scripts::new(),
            retention,
            me: format!("{:016x}", RandomState::new().build_hasher().finish()),
            taken: AtomicU64::new(0),
            tended: Mutex::default(),
            put: Mutex::default(),
        })
    }

    fn check_format(&self) -> Result<(), StoreError> {
        let (format, loading): (Option<Vec<u8>>, bool) = self.link.run(|redis| {
            let mut both = pipe();
            both.cmd("GET").arg(name::FORMAT);
            both.cmd("EXISTS").arg(name::LOADING);
            both.query(redis)
        })?;
        if loading {
            return Err(unfinished());
        }
        match format {
            Some(format) if format == FORMAT => Ok(()),
            Some(_) => Err(StoreError::Damaged(
                "định dạng không phải của phiên bản này".to_owned(),
            )),
            None if self.holds_something()? => {
                Err(StoreError::Damaged("thiếu dấu định dạng".to_owned()))
            }
            None => self
                .link
                .run(|redis| cmd("SET").arg(name::FORMAT).arg(FORMAT).exec(redis)),
        }
    }

    /// What of Redis' own settings lets go of what was promised to be on disk.
    pub fn warnings(&self) -> Vec<&'static str> {
        let asked = self.link.run(|redis| {
            let mut settings = Vec::<(String, String)>::new();
            for pattern in ["appendonly", "appendfsync", "maxmemory-policy"] {
                let found: Vec<(String, String)> =
                    cmd("CONFIG").arg("GET").arg(pattern).query(redis)?;
                settings.extend(found);
            }
            Ok(settings)
        });
        let Ok(settings) = asked else {
            return vec!["Redis không cho xem cấu hình: hãy tự soát appendonly, appendfsync"];
        };
        let is = |name: &str, wanted: &str| {
            let mut found = settings.iter();
            found.any(|(setting, value)| setting == name && value == wanted)
        };
        let mut warnings = Vec::new();
        if !is("appendonly", "yes") || !is("appendfsync", "always") {
            warnings.push(
                "Redis không ghi đĩa từng lệnh: mất điện là mất góp ý đã báo nhận; đặt appendonly yes, appendfsync always",
            );
        }
        if !is("maxmemory-policy", "noeviction") {
            warnings
                .push("Redis được phép bỏ bớt dữ liệu khi đầy: đặt maxmemory-policy noeviction");
        }
        warnings
    }

    /// How many updates may be taken over now. After a time without Redis none, for the others may
    /// have had no way to say that they live.
    fn may_take_over(&self) -> usize {
        let mut tended = self.tended.lock().unwrap_or_else(|e| e.into_inner());
        let now = Instant::now();
        if tended.last.is_some_and(|last| now - last > LEASE / 2) {
            tended.after = Some(now + GRACE);
        }
        match tended.after {
            Some(after) if now < after => 0,
            _ => TAKEN_OVER,
        }
    }

    fn say_alive(&self, take_over: usize) -> Result<Vec<Waiting>, StoreError> {
        let found: Option<Vec<String>> = self.link.run(|redis| {
            let mut call = self.scripts.tend.key(name::INBOX);
            call.key(name::HELD).key(name::LOADING).key(name::FETCHING);
            call.arg(&self.me).arg(milliseconds(LEASE));
            call.arg(name::ALIVE).arg(take_over).invoke(redis)
        })?;
        let mut tended = self.tended.lock().unwrap_or_else(|e| e.into_inner());
        tended.last = Some(Instant::now());
        drop(tended);
        let found = found.ok_or_else(unfinished)?;
        found.chunks(2).map(waiting_of).collect()
    }

    /// The conversations of all, by the names of their keys.
    fn session_keys(&self) -> Result<Vec<String>, StoreError> {
        self.keys(&format!("{}*", name::SESSION))
    }

    /// All keys of a pattern. Page by page: meanwhile others may come and go.
    fn keys(&self, pattern: &str) -> Result<Vec<String>, StoreError> {
        self.link.run(|redis| {
            let (mut keys, mut cursor) = (Vec::new(), 0u64);
            loop {
                let mut scan = cmd("SCAN");
                scan.arg(cursor).arg("MATCH").arg(pattern);
                let (next, found): (u64, Vec<String>) = scan.arg("COUNT").arg(PAGE).query(redis)?;
                keys.extend(found);
                cursor = next;
                if cursor == 0 {
                    // A key may come more than once.
                    keys.sort_unstable();
                    keys.dedup();
                    return Ok(keys);
                }
            }
        })
    }

    /// The fields of a hash that fit a pattern.
    fn fields(&self, key: &str, pattern: &str) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
        self.link.run(|redis| {
            let (mut fields, mut cursor) = (BTreeMap::new(), 0u64);
            loop {
                let mut scan = cmd("HSCAN");
                scan.arg(key).arg(cursor).arg("MATCH").arg(pattern);
                let (next, found): (u64, Vec<(String, Vec<u8>)>) =
                    scan.arg("COUNT").arg(PAGE).query(redis)?;
                fields.extend(found);
                cursor = next;
                if cursor == 0 {
                    return Ok(fields);
                }
            }
        })
    }

    /// Questions by their numbers.
    fn numbered_questions(&self) -> Result<BTreeMap<u64, String>, StoreError> {
        let mut questions = BTreeMap::new();
        let mut from = 0;
        loop {
            let page: Vec<String> = self.link.run(|redis| {
                let mut range = cmd("ZRANGE");
                range.arg(name::QUESTIONS).arg(from);
                range.arg(from + PAGE - 1).query(redis)
            })?;
            let all = page.len() < PAGE as usize;
            for member in page {
                let split = member.split_once(' ');
                let numbered = split.and_then(|(number, json)| {
                    Some((u64::from_str_radix(number, 16).ok()?, json.to_owned()))
                });
                let (number, json) = numbered.ok_or_else(strange)?;
                questions.insert(number, json);
            }
            if all {
                return Ok(questions);
            }
            from += PAGE;
        }
    }

    /// Counters by day and name.
    fn all_counters(&self) -> Result<BTreeMap<(Day, String), u64>, StoreError> {
        let fields = self.fields(name::COUNTERS, "*")?;
        let counter = |(field, value): (String, Vec<u8>)| {
            let (day, name) = field.split_once(' ')?;
            let value = String::from_utf8(value).ok()?;
            Some(((day.parse().ok()?, name.to_owned()), value.parse().ok()?))
        };
        let read = fields
            .into_iter()
            .map(|field| counter(field).ok_or_else(strange));
        read.collect()
    }

    fn sweep_sessions(&self, unused: Seconds) -> Result<usize, StoreError> {
        let mut swept = 0;
        for key in self.session_keys()? {
            for (chat, json) in self.fields(&key, "*")? {
                if parse::<Session>(&json)?.used < unused {
                    swept += self.link.run(|redis| {
                        let mut call = self.scripts.take_out.key(&key);
                        call.arg(&chat).arg(&json).invoke::<usize>(redis)
                    })?;
                }
            }
        }
        Ok(swept)
    }
}

/// A conversation, deleted by Redis when nobody goes on with it.
fn put_session(all: &mut Pipeline, talk: Talk, json: &[u8], retention: Retention) {
    let key = format!("{}{}", name::SESSION, talk.person);
    let ends = retention.session.saturating_add(SLACK);
    all.cmd("HSET").arg(&key).arg(talk.chat).arg(json).ignore();
    all.cmd("EXPIRE").arg(&key).arg(ends).ignore();
}

fn waiting_of(pair: &[String]) -> Result<Waiting, StoreError> {
    let [update, json] = pair else {
        return Err(strange());
    };
    Ok(Waiting {
        update: update.parse().map_err(|_| strange())?,
        json: json.clone(),
    })
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn strange() -> StoreError {
    StoreError::Damaged("Redis có bản ghi lạ".to_owned())
}

fn unfinished() -> StoreError {
    StoreError::Damaged("một lần khôi phục chưa xong; hãy chạy lại hoidap restore".to_owned())
}
