//! What time it is, when the machine's clock may be wrong: set back by hand, or at 1970 until the network
//! is there. Telegram writes the time into every message; between two messages the machine is
//! believed only in that time passes. So nothing is deleted as old that is not, and no conversation
//! goes on for ever.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::app::locked;
use crate::store::Seconds;

/// A message may have waited at Telegram's for a day: the machine may be ahead of what it says by so
/// much.
const AHEAD: Seconds = 2 * 86_400;

/// The time, as far as it was heard of.
#[derive(Debug, Default)]
pub struct Clock {
    /// The latest time that Telegram has told, and when it did.
    heard: Mutex<Option<(Seconds, Instant)>>,
}

impl Clock {
    /// Telegram has told a time, which is past.
    pub fn hear(&self, time: Seconds, now: Instant) {
        let mut heard = locked(&self.heard);
        if heard.is_none_or(|heard| passed(heard, now) < time) {
            *heard = Some((time, now));
        }
    }

    /// The time, where the machine says `system`.
    pub fn time(&self, system: Seconds, now: Instant) -> Seconds {
        match *locked(&self.heard) {
            None => system,
            Some(heard) => {
                let least = passed(heard, now);
                system.clamp(least, least.saturating_add(AHEAD))
            }
        }
    }

    /// Whether Telegram has told a time. Before that nothing is to be deleted as old.
    pub fn is_sure(&self) -> bool {
        locked(&self.heard).is_some()
    }
}

fn passed((time, when): (Seconds, Instant), now: Instant) -> Seconds {
    time.saturating_add(now.saturating_duration_since(when).as_secs())
}

/// When something last happened or was told of: by the time that passes, not by the clock, which may be
/// set back.
#[derive(Debug, Default)]
pub struct Last {
    time: Mutex<Option<Instant>>,
}

impl Last {
    /// It has happened now.
    pub fn note(&self, now: Instant) {
        *locked(&self.time) = Some(now);
    }

    /// Whether it was so long ago at most.
    pub fn was_within(&self, time: Duration, now: Instant) -> bool {
        locked(&self.time).is_some_and(|last| now.saturating_duration_since(last) <= time)
    }

    /// Whether it is to be told of now, when it was told of so long ago at the latest.
    pub fn speaks(&self, pause: Duration, now: Instant) -> bool {
        let mut last = locked(&self.time);
        let due = last.is_none_or(|last| now.saturating_duration_since(last) >= pause);
        if due {
            *last = Some(now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUE: Seconds = 1_800_000_000;
    const DAY: Seconds = 86_400;

    #[test]
    fn telegram_s_time_bounds_the_machine_s() {
        let start = Instant::now();
        let later = |seconds| start + Duration::from_secs(seconds);
        // Seconds since Telegram told the time, what the machine says, and what is believed.
        for (passed, system, believed) in [
            (0, TRUE, TRUE),
            (60, TRUE + 60, TRUE + 60),
            (60, TRUE + DAY, TRUE + DAY),
            // Set back by a minute, a year; at 1970.
            (60, TRUE, TRUE + 60),
            (60, TRUE - 365 * DAY, TRUE + 60),
            (60, 0, TRUE + 60),
            // Set ahead by years.
            (60, TRUE + 5_000 * DAY, TRUE + 60 + 2 * DAY),
        ] {
            let clock = Clock::default();
            assert!(!clock.is_sure());
            assert_eq!(clock.time(system, start), system, "nothing heard yet");
            clock.hear(TRUE, start);
            // An old message, as one that was forwarded late, sets nothing back.
            clock.hear(TRUE - 7 * DAY, start);
            assert!(clock.is_sure());
            assert_eq!(clock.time(system, later(passed)), believed);
            clock.hear(TRUE + 300, later(passed));
            assert_eq!(clock.time(0, later(passed + 1)), TRUE + 301);
        }
    }

    #[test]
    fn it_speaks_now_and_then() {
        let quiet = Last::default();
        let start = Instant::now();
        let spoken: Vec<bool> = [0, 1, 9, 10, 11, 25]
            .into_iter()
            .map(|second| {
                quiet.speaks(Duration::from_secs(10), start + Duration::from_secs(second))
            })
            .collect();
        assert_eq!(spoken, [true, false, false, true, false, true]);
    }
}
