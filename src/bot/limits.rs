//! How much one person may ask: over the limit he gets one polite line, then nothing until the
//! minute ends. Several processes count together in the store; each counts by itself too, for the
//! time when the store is away.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::app::locked;

/// Messages a minute that one person may send.
pub const A_MINUTE: u32 = 20;
const MINUTE: Duration = Duration::from_secs(60);
/// Above so many people the ones whose minute is over are forgotten.
const PEOPLE: usize = 10_000;

/// What to do with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Answer it.
    Answer,
    /// Say once that it is too much.
    Warn,
    /// Say nothing.
    Silence,
}

/// Counts messages by person.
pub struct PersonLimit {
    /// What is counted.
    what: &'static str,
    a_minute: u32,
    people: Mutex<HashMap<u64, (Instant, u32)>>,
}

impl PersonLimit {
    /// So many a minute.
    pub fn new(what: &'static str, a_minute: u32) -> Self {
        Self {
            what,
            a_minute,
            people: Mutex::new(HashMap::new()),
        }
    }

    /// What is counted.
    pub fn what(&self) -> &'static str {
        self.what
    }

    /// Counts a message of a person at a time.
    pub fn count(&self, person: u64, now: Instant) -> Verdict {
        let mut people = locked(&self.people);
        let over = |start: &Instant| now.duration_since(*start) >= MINUTE;
        if people.len() > PEOPLE {
            people.retain(|_, (start, _)| !over(start));
        }
        let (start, count) = people.entry(person).or_insert((now, 0));
        if over(start) {
            (*start, *count) = (now, 0);
        }
        *count = count.saturating_add(1);
        self.verdict(*count)
    }

    /// What to do with the message of this number within the minute.
    pub fn verdict(&self, count: u32) -> Verdict {
        match count {
            count if count <= self.a_minute => Verdict::Answer,
            count if count == self.a_minute.saturating_add(1) => Verdict::Warn,
            _ => Verdict::Silence,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_then_silence_until_the_minute_ends() {
        let limit = PersonLimit::new("hoi", 2);
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        let said: Vec<Verdict> = [0, 1, 2, 3, 59, 60]
            .into_iter()
            .map(|second| limit.count(7, after(second)))
            .collect();
        use Verdict::{Answer, Silence, Warn};
        assert_eq!(said, [Answer, Answer, Warn, Silence, Silence, Answer]);
        assert_eq!(limit.count(8, after(3)), Answer);
    }
}
