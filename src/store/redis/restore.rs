//! A backup put into a database of Redis that holds nothing. While that goes on a mark is set, under
//! which no bot starts and no command reads; whoever is killed leaves it, and the next attempt begins
//! anew.

use std::io::BufRead;

use ::redis::cmd;

use super::{RedisPlace, RedisStore, name};
use crate::store::backup::fill;
use crate::store::records::FORMAT;
use crate::store::{Backup, Retention, StoreError};

impl RedisStore {
    /// Makes a backup the store. What is kept is never written over: the database must hold no store,
    /// or what an attempt that was killed has left.
    ///
    /// # Errors
    /// When a bot is at work, something is kept, or the backup is not whole: nothing is kept then.
    pub fn restore(
        place: &RedisPlace,
        input: &mut dyn BufRead,
        retention: Retention,
    ) -> Result<Backup, StoreError> {
        let store = Self::connect(place, retention)?;
        let again = !store.set_mark()?;
        // From here on no bot begins; one that began before has said so.
        if store.somebody_lives()? {
            store.take_mark(again)?;
            return Err(StoreError::InUse);
        }
        if again {
            store.wipe()?;
        } else if store.holds_something()? {
            store.take_mark(false)?;
            return Err(StoreError::NotEmpty);
        }
        let filled = fill(&store, input).and_then(|backup| {
            store
                .link
                .run(|redis| cmd("SET").arg(name::FORMAT).arg(FORMAT).exec(redis))?;
            Ok(backup)
        });
        if filled.is_err() {
            store.wipe()?;
        }
        store.take_mark(false)?;
        filled
    }

    /// Sets the mark; false when it was set.
    fn set_mark(&self) -> Result<bool, StoreError> {
        self.link.run(|redis| {
            let mut set = cmd("SET");
            set.arg(name::LOADING).arg(1).arg("NX").query(redis)
        })
    }

    /// Takes the mark away, unless it was there before.
    fn take_mark(&self, before: bool) -> Result<(), StoreError> {
        if before {
            return Ok(());
        }
        self.link
            .run(|redis| cmd("DEL").arg(name::LOADING).exec(redis))
    }

    /// Deletes whatever there is but the mark.
    fn wipe(&self) -> Result<(), StoreError> {
        for key in self.keys("hoidap:*")? {
            if key != name::LOADING {
                self.link.run(|redis| cmd("DEL").arg(&key).exec(redis))?;
            }
        }
        Ok(())
    }
}
