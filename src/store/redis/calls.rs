//! What every store does, done in Redis.

use std::io::Write;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use ::redis::{cmd, pipe};

use super::{LEASE, RedisStore, milliseconds, name, put_session, strange, waiting_of};
use crate::store::backup::back_up;
use crate::store::records::{QUESTIONS, REMEMBERED, parse, write};
use crate::store::{
    Asked, Day, Feedback, MINUTE, Seconds, Session, Store, StoreError, Switches, TEND, Taken, Talk,
    Waiting, day_of,
};

/// Between two attempts to be the only one.
const PAUSE: Duration = Duration::from_millis(200);

impl Store for RedisStore {
    fn take_in(&self, line: i64, updates: &[Waiting]) -> Result<Vec<Taken>, StoreError> {
        let take = |update: &Waiting| {
            let count = self.taken.fetch_add(1, Ordering::Relaxed) + 1;
            let holder = format!("{}:{count}:{line}", self.me);
            let taken: u8 = self.link.run(|redis| {
                let mut call = self.scripts.take_in.key(name::INBOX);
                call.key(name::HELD).key(name::DONE);
                call.key(format!("{}{line}", name::LINE));
                call.arg(update.update).arg(&update.json);
                call.arg(&self.me).arg(&holder).invoke(redis)
            })?;
            Ok(match taken {
                0 => Taken::Known,
                1 => Taken::Next,
                _ => Taken::Behind,
            })
        };
        updates.iter().map(take).collect()
    }

    fn is_next(&self, line: i64, update: u32) -> Result<bool, StoreError> {
        let next: u8 = self.link.run(|redis| {
            let mut call = self.scripts.is_next.key(name::HELD);
            call.key(format!("{}{line}", name::LINE));
            call.arg(update).arg(&self.me).invoke(redis)
        })?;
        Ok(next == 1)
    }

    fn step_aside(&self, update: u32) -> Result<(), StoreError> {
        self.link.run(|redis| {
            let mut call = self.scripts.step_aside.key(name::HELD);
            call.arg(update).arg(name::LINE).invoke(redis)
        })
    }

    fn rewrite(&self, update: &Waiting) -> Result<(), StoreError> {
        self.link.run(|redis| {
            let mut call = self.scripts.rewrite.key(name::INBOX);
            call.arg(update.update).arg(&update.json).invoke(redis)
        })
    }

    fn done(&self, update: u32) -> Result<(), StoreError> {
        self.link.run(|redis| {
            let mut call = self.scripts.done.key(name::INBOX);
            call.key(name::HELD).key(name::DONE).key(name::DONE_COUNT);
            call.arg(update).arg(name::LINE);
            call.arg(REMEMBERED).invoke(redis)
        })
    }

    fn waiting(&self) -> Result<Vec<Waiting>, StoreError> {
        let found = self.fields(name::INBOX, "*")?;
        let read = found.into_iter().map(|(update, json)| {
            waiting_of(&[update, String::from_utf8(json).map_err(|_| strange())?])
        });
        let mut waiting = read.collect::<Result<Vec<_>, _>>()?;
        waiting.sort_by_key(|waiting| waiting.update);
        Ok(waiting)
    }

    fn tend(&self) -> Result<Vec<Waiting>, StoreError> {
        self.say_alive(self.may_take_over())
    }

    fn fetch_alone(&self) -> Result<(), StoreError> {
        let deadline = Instant::now() + LEASE + 2 * TEND;
        loop {
            self.say_alive(0)?;
            let alone: bool = self.link.run(|redis| {
                let mut set = cmd("SET");
                set.arg(name::FETCHING).arg(&self.me).arg("NX");
                set.arg("PX").arg(milliseconds(LEASE)).query(redis)
            })?;
            if alone {
                return Ok(());
            }
            if Instant::now() > deadline {
                return Err(StoreError::InUse);
            }
            thread::sleep(PAUSE);
        }
    }

    fn leave(&self) -> Result<(), StoreError> {
        self.link.run(|redis| {
            let mut call = self
                .scripts
                .leave
                .key(format!("{}{}", name::ALIVE, self.me));
            call.key(name::FETCHING).arg(&self.me).invoke(redis)
        })
    }

    fn tally(&self, what: &'static str, person: u64) -> Result<Option<u32>, StoreError> {
        let count: u32 = self.link.run(|redis| {
            let mut call = self
                .scripts
                .tally
                .key(format!("{}{what}:{person}", name::TALLY));
            call.arg(MINUTE).invoke(redis)
        })?;
        Ok(Some(count))
    }

    fn session(&self, talk: Talk, now: Seconds) -> Result<Option<Session>, StoreError> {
        let json: Option<Vec<u8>> = self.link.run(|redis| {
            let mut get = cmd("HGET");
            get.arg(format!("{}{}", name::SESSION, talk.person));
            get.arg(talk.chat).query(redis)
        })?;
        let Some(session) = json.map(|json| parse::<Session>(&json)).transpose()? else {
            return Ok(None);
        };
        Ok(session.is_live(now, self.retention).then_some(session))
    }

    fn keep_session(&self, talk: Talk, session: &Session) -> Result<(), StoreError> {
        let json = write(session)?;
        let mut both = pipe();
        put_session(&mut both, talk, &json, self.retention);
        self.link.run(|redis| both.exec(redis))
    }

    fn forget(&self, person: u64, voter: u64) -> Result<usize, StoreError> {
        let votes = self.fields(name::FEEDBACK, &format!("{voter:016x}*"))?;
        let key = format!("{}{person}", name::SESSION);
        let (talks,): (usize,) = self.link.run(|redis| {
            let mut all = pipe();
            all.atomic().cmd("HLEN").arg(&key);
            all.cmd("DEL").arg(&key).ignore();
            for field in votes.keys() {
                all.cmd("HDEL").arg(name::FEEDBACK).arg(field).ignore();
            }
            all.query(redis)
        })?;
        Ok(talks + votes.len())
    }

    fn log(&self, asked: &Asked) -> Result<(), StoreError> {
        let json = write(asked)?;
        self.link.run(|redis| {
            let mut call = self.scripts.log.key(name::QUESTIONS);
            call.key(name::QUESTION_COUNT);
            call.arg(asked.day).arg(&json).arg(QUESTIONS).invoke(redis)
        })
    }

    fn vote(&self, voter: u64, feedback: &Feedback) -> Result<(), StoreError> {
        let field = format!("{voter:016x}{}", feedback.answer);
        let json = write(feedback)?;
        self.link.run(|redis| {
            let mut set = cmd("HSET");
            set.arg(name::FEEDBACK).arg(&field).arg(&json).exec(redis)
        })
    }

    fn questions(&self) -> Result<Vec<Asked>, StoreError> {
        let questions = self.numbered_questions()?.into_values();
        questions.map(|json| parse(json.as_bytes())).collect()
    }

    fn feedback(&self) -> Result<Vec<Feedback>, StoreError> {
        let kept = self.fields(name::FEEDBACK, "*")?;
        let read = kept.values().map(|json| parse(json));
        let mut feedback = read.collect::<Result<Vec<Feedback>, _>>()?;
        feedback.sort_by_key(|feedback| feedback.day);
        Ok(feedback)
    }

    /// May count once more than it was called, when Redis is started anew at that very moment.
    fn count(&self, name: &str, day: Day, by: u64) -> Result<(), StoreError> {
        let by = i64::try_from(by).unwrap_or(i64::MAX);
        self.link.run(|redis| {
            let mut add = cmd("HINCRBY");
            add.arg(name::COUNTERS).arg(format!("{day} {name}"));
            add.arg(by).exec(redis)
        })
    }

    fn counters(&self) -> Result<Vec<(String, Day, u64)>, StoreError> {
        let counters = self.all_counters()?.into_iter();
        let mut counters: Vec<_> = counters.map(|((day, name), n)| (name, day, n)).collect();
        counters.sort();
        Ok(counters)
    }

    fn switches(&self) -> Result<Switches, StoreError> {
        let json: Option<Vec<u8>> = self
            .link
            .run(|redis| cmd("GET").arg(name::SWITCHES).query(redis))?;
        json.map_or(Ok(Switches::default()), |json| parse(&json))
    }

    fn keep_switches(&self, switches: &Switches) -> Result<(), StoreError> {
        let json = write(switches)?;
        self.link
            .run(|redis| cmd("SET").arg(name::SWITCHES).arg(&json).exec(redis))
    }

    fn sweep(&self, now: Seconds) -> Result<usize, StoreError> {
        let oldest = day_of(now).saturating_sub(self.retention.days);
        let mut swept = self.sweep_sessions(now.saturating_sub(self.retention.session))?;
        swept += self.link.run(|redis| {
            let mut range = cmd("ZREMRANGEBYSCORE");
            range.arg(name::QUESTIONS).arg("-inf");
            range.arg(format!("({oldest}")).query::<usize>(redis)
        })?;
        for (field, json) in self.fields(name::FEEDBACK, "*")? {
            if parse::<Feedback>(&json)?.day < oldest {
                swept += self.link.run(|redis| {
                    let mut call = self.scripts.take_out.key(name::FEEDBACK);
                    call.arg(&field).arg(&json).invoke::<usize>(redis)
                })?;
            }
        }
        for (day, counter) in self.all_counters()?.into_keys() {
            if day < oldest {
                swept += self.link.run(|redis| {
                    let mut remove = cmd("HDEL");
                    remove.arg(name::COUNTERS).arg(format!("{day} {counter}"));
                    remove.query::<usize>(redis)
                })?;
            }
        }
        Ok(swept)
    }

    /// Redis writes by itself; this finds out whether it can.
    fn flush(&self) -> Result<(), StoreError> {
        self.link.run(|redis| {
            let mut set = cmd("SET");
            set.arg(name::WRITABLE)
                .arg(1)
                .arg("EX")
                .arg(MINUTE)
                .exec(redis)
        })
    }

    fn back_up(&self, made: Seconds, out: &mut dyn Write) -> Result<usize, StoreError> {
        back_up(self, made, out)
    }
}
