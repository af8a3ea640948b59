//! What the store could not be told when it was away, and is told when it is back: which updates were
//! answered, and how conversations stand. It is kept in memory, and gone when the process ends first.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::app::{App, locked};
use crate::store::{Session, Store, StoreError, Talk};

/// More of each is not kept.
const MOST: usize = 10_000;
/// So many of each are told at once: meanwhile this process does not say that it lives.
const AT_ONCE: usize = 500;

/// What the store is still to be told.
#[derive(Default)]
pub struct Late {
    /// Updates that came while the store was away, so that one that comes twice is answered once.
    seen: HashSet<u32>,
    done: HashSet<u32>,
    talks: HashMap<Talk, Session>,
}

impl Late {
    /// Notes that an update came; false when it has come before.
    pub fn see(&mut self, update: u32) -> bool {
        if self.seen.len() >= MOST {
            self.seen.clear();
        }
        self.seen.insert(update)
    }

    /// Whether an update came while the store was away.
    pub fn has_seen(&self, update: u32) -> bool {
        self.seen.contains(&update)
    }

    /// Notes that an update is done.
    pub fn done(&mut self, update: u32) {
        if self.done.len() < MOST {
            self.done.insert(update);
        }
    }

    /// Notes how a conversation stands.
    pub fn remember(&mut self, talk: Talk, session: Session) {
        if self.talks.len() < MOST || self.talks.contains_key(&talk) {
            self.talks.insert(talk, session);
        }
    }

    /// A conversation that the store does not have yet.
    pub fn talk(&self, talk: Talk) -> Option<Session> {
        self.talks.get(&talk).cloned()
    }

    /// Forgets a person's conversations.
    pub fn forget(&mut self, person: u64) {
        self.talks.retain(|talk, _| talk.person != person);
    }

    fn is_empty(&self) -> bool {
        self.done.is_empty() && self.talks.is_empty()
    }

    /// What was told is not told again, unless it has changed since.
    fn told(&mut self, done: &[u32], talks: &[(Talk, Session)]) {
        for update in done {
            self.done.remove(update);
        }
        for (talk, session) in talks {
            if self.talks.get(talk) == Some(session) {
                self.talks.remove(talk);
            }
        }
    }
}

/// Tells the store; whatever it does not take now stays for the next time.
pub async fn tell(app: &Arc<App>) {
    let (done, talks) = {
        let late = locked(&app.late);
        if late.is_empty() {
            return;
        }
        let done: Vec<u32> = late.done.iter().copied().take(AT_ONCE).collect();
        let talks = late.talks.iter().take(AT_ONCE);
        let talks: Vec<(Talk, Session)> = talks.map(|(talk, s)| (*talk, s.clone())).collect();
        (done, talks)
    };
    let told = app.keep_long(move |store| {
        // What was answered goes first: another process must not answer it again.
        for update in &done {
            store.done(*update)?;
        }
        for (talk, session) in &talks {
            keep_if_newer(store, *talk, session)?;
        }
        Ok((done, talks))
    });
    if let Some((done, talks)) = told.await {
        locked(&app.late).told(&done, &talks);
    }
}

/// Another process may have gone on with the conversation.
fn keep_if_newer(store: &dyn Store, talk: Talk, session: &Session) -> Result<(), StoreError> {
    let kept = store.session(talk, session.used)?;
    if kept.is_some_and(|kept| kept.used > session.used) {
        return Ok(());
    }
    store.keep_session(talk, session)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_while_it_was_told_is_told_again() {
        let talk = Talk { chat: 1, person: 7 };
        let at = |used| Session {
            used,
            ..Session::default()
        };
        let mut late = Late::default();
        assert!(late.see(5) && !late.see(5) && late.has_seen(5));
        late.done(5);
        late.remember(talk, at(1));
        late.remember(talk, at(2));
        late.told(&[5], &[(talk, at(1))]);
        assert_eq!(late.talk(talk), Some(at(2)));
        assert!(!late.is_empty());
        late.told(&[], &[(talk, at(2))]);
        assert!(late.is_empty());
        late.remember(talk, at(3));
        late.forget(7);
        assert_eq!(late.talk(talk), None);
    }
}
