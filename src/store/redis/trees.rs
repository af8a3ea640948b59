//! The store in Redis as the records that dumps and backups are made of.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use ::redis::{Pipeline, cmd};

use super::{RedisStore, name, put_session, strange};
use crate::store::records::{
    DONE, FORMAT, FORMAT_KEY, Records, SWITCHES_KEY, Take, WAITING, bytes, key_day, number, parse,
    talk_key,
};
use crate::store::{Asked, Day, Store, StoreError, Talk};

/// So many records are sent at once.
const AT_ONCE: usize = 500;

type Entries = BTreeMap<Vec<u8>, Vec<u8>>;

impl Records for RedisStore {
    fn each(&self, tree: &str, take: &mut Take<'_>) -> Result<(), StoreError> {
        let entries = self.entries(tree)?;
        entries.iter().try_for_each(|(key, value)| take(key, value))
    }

    fn put(&self, tree: &str, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        let mut put = self.lock_put();
        let (all, question, done) = &mut *put;
        match tree {
            "meta" if key == FORMAT_KEY => {}
            "meta" => {
                all.cmd("SET").arg(name::SWITCHES).arg(value);
            }
            WAITING => {
                let update = u32::from_be_bytes(bytes(key)?);
                all.cmd("HSET").arg(name::INBOX).arg(update).arg(value);
            }
            DONE => {
                let sequence = number(value)?;
                *done = sequence.max(*done);
                all.cmd("ZADD").arg(name::DONE).arg(sequence);
                all.arg(u32::from_be_bytes(bytes(key)?));
            }
            "sessions" => put_session(all, talk_of(key)?, value, self.retention),
            "questions" => put_question(all, number(key)?, value, question)?,
            "feedback" => {
                let (voter, answer) = key.split_at_checked(8).ok_or_else(strange)?;
                let mut field = format!("{:016x}", number(voter)?).into_bytes();
                field.extend(answer);
                all.cmd("HSET").arg(name::FEEDBACK).arg(field).arg(value);
            }
            "counters" => {
                let counter = String::from_utf8_lossy(key.get(4..).unwrap_or_default());
                all.cmd("HSET").arg(name::COUNTERS);
                all.arg(format!("{} {counter}", key_day(key)?));
                all.arg(number(value)?);
            }
            _ => return Err(strange()),
        }
        if all.len() >= AT_ONCE {
            let full = std::mem::take(all);
            self.link.run(|redis| full.query::<::redis::Value>(redis))?;
        }
        Ok(())
    }

    fn loaded(&self) -> Result<(), StoreError> {
        let mut put = self.lock_put();
        let (mut rest, question, done) = std::mem::take(&mut *put);
        rest.cmd("SET").arg(name::QUESTION_COUNT).arg(question);
        rest.cmd("SET").arg(name::DONE_COUNT).arg(done);
        self.link.run(|redis| rest.query::<::redis::Value>(redis))?;
        Ok(())
    }

    fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(!self.holds_something()? && !self.somebody_lives()?)
    }
}

impl RedisStore {
    /// Whether anything is kept but the format.
    pub(super) fn holds_something(&self) -> Result<bool, StoreError> {
        let found: usize = self.link.run(|redis| {
            let mut exists = cmd("EXISTS");
            exists.arg(name::SWITCHES).arg(name::INBOX).arg(name::DONE);
            exists.arg(name::QUESTIONS).arg(name::FEEDBACK);
            exists.arg(name::COUNTERS).query(redis)
        })?;
        Ok(found > 0 || !self.session_keys()?.is_empty())
    }

    /// Whether a bot is at work on this store.
    pub(super) fn somebody_lives(&self) -> Result<bool, StoreError> {
        Ok(!self.keys(&format!("{}*", name::ALIVE))?.is_empty())
    }

    fn entries(&self, tree: &str) -> Result<Entries, StoreError> {
        match tree {
            "meta" => self.meta(),
            WAITING => {
                let waiting = self.waiting()?.into_iter();
                Ok(waiting
                    .map(|waiting| {
                        let key = waiting.update.to_be_bytes().to_vec();
                        (key, waiting.json.into_bytes())
                    })
                    .collect())
            }
            DONE => self.done_updates(),
            "sessions" => self.sessions(),
            "questions" => {
                let questions = self.numbered_questions()?.into_iter();
                Ok(questions
                    .map(|(number, json)| (number.to_be_bytes().to_vec(), json.into_bytes()))
                    .collect())
            }
            "feedback" => self.votes(),
            "counters" => {
                let counters = self.all_counters()?.into_iter();
                Ok(counters
                    .map(|((day, name), count)| {
                        let mut key = day.to_be_bytes().to_vec();
                        key.extend(name.as_bytes());
                        (key, count.to_be_bytes().to_vec())
                    })
                    .collect())
            }
            _ => Err(strange()),
        }
    }

    fn meta(&self) -> Result<Entries, StoreError> {
        let switches: Option<Vec<u8>> = self
            .link
            .run(|redis| cmd("GET").arg(name::SWITCHES).query(redis))?;
        let mut meta = Entries::from([(FORMAT_KEY.to_vec(), FORMAT.to_vec())]);
        meta.extend(switches.map(|json| (SWITCHES_KEY.to_vec(), json)));
        Ok(meta)
    }

    fn done_updates(&self) -> Result<Entries, StoreError> {
        let done: Vec<(u32, u64)> = self.link.run(|redis| {
            let mut range = cmd("ZRANGE");
            range.arg(name::DONE).arg(0).arg(-1);
            range.arg("WITHSCORES").query(redis)
        })?;
        let bytes = |(update, sequence): (u32, u64)| {
            (
                update.to_be_bytes().to_vec(),
                sequence.to_be_bytes().to_vec(),
            )
        };
        Ok(done.into_iter().map(bytes).collect())
    }

    fn sessions(&self) -> Result<Entries, StoreError> {
        let mut sessions = Entries::new();
        for key in self.session_keys()? {
            let person = key.strip_prefix(name::SESSION).unwrap_or_default();
            let person = person.parse().map_err(|_| strange())?;
            for (chat, json) in self.fields(&key, "*")? {
                let chat = chat.parse().map_err(|_| strange())?;
                sessions.insert(talk_key(Talk { chat, person }).to_vec(), json);
            }
        }
        Ok(sessions)
    }

    fn votes(&self) -> Result<Entries, StoreError> {
        let mut votes = Entries::new();
        for (field, json) in self.fields(name::FEEDBACK, "*")? {
            let (voter, answer) = field.split_at_checked(16).ok_or_else(strange)?;
            let voter = u64::from_str_radix(voter, 16).map_err(|_| strange())?;
            let mut key = voter.to_be_bytes().to_vec();
            key.extend(answer.as_bytes());
            votes.insert(key, json);
        }
        Ok(votes)
    }

    fn lock_put(&self) -> MutexGuard<'_, (Pipeline, u64, u64)> {
        self.put.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn talk_of(key: &[u8]) -> Result<Talk, StoreError> {
    let (person, chat) = key.split_at_checked(8).ok_or_else(strange)?;
    Ok(Talk {
        person: number(person)?,
        chat: i64::from_be_bytes(bytes(chat)?),
    })
}

fn put_question(
    all: &mut Pipeline,
    number: u64,
    json: &[u8],
    highest: &mut u64,
) -> Result<(), StoreError> {
    let day: Day = parse::<Asked>(json)?.day;
    let mut member = format!("{number:016x} ").into_bytes();
    member.extend(json);
    *highest = number.max(*highest);
    all.cmd("ZADD").arg(name::QUESTIONS).arg(day).arg(member);
    Ok(())
}
