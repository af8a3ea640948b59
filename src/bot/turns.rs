//! Several processes behind one webhook: one chat's updates may come to different ones, and are answered
//! in order all the same. An update waits here while another process has an earlier one of its chat to
//! answer; what a process left that has ended is taken over.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use teloxide::prelude::*;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

use super::app::{App, locked};
use super::{inbox, late};
use crate::store::{TEND, Taken};

/// Longer an update waits for none before it: by then the process that holds that one has ended, and
/// another has taken it over, or something is wrong, and a late answer is better than none.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks whether it is an update's turn: at first, and at last.
const PAUSE: Duration = Duration::from_millis(5);
const LONGEST_PAUSE: Duration = Duration::from_millis(100);

/// Updates that wait for their turn, by line.
pub type Waiting = HashMap<i64, VecDeque<Update>>;

/// The process is ending, and hands nothing on.
#[derive(Debug)]
pub struct Ended;

/// Takes an update in that the webhook brings, and hands it on when it is its turn.
pub async fn take_in(app: &Arc<App>, update: Update) -> Result<(), Ended> {
    let Some((update, taken)) = inbox::take_in(app, update).await else {
        return Ok(());
    };
    let line = inbox::line_of(&update);
    match locked(&app.turns).entry(line) {
        // Behind those that wait already, whatever has become of the others.
        Entry::Occupied(mut waiting) => waiting.get_mut().push_back(update),
        Entry::Vacant(_) if taken != Taken::Behind => {
            return app.again.send(update).map_err(|_| Ended);
        }
        Entry::Vacant(place) => {
            place.insert(VecDeque::from([update]));
            tokio::spawn(wait(Arc::clone(app), line));
        }
    }
    Ok(())
}

/// Hands the updates of a line on, each when it is its turn.
async fn wait(app: Arc<App>, line: i64) {
    let mut pause = PAUSE;
    let mut end = Instant::now() + PATIENCE;
    loop {
        // What was taken over a moment ago must be handed on before what is behind it.
        let tending = app.tending.read().await;
        let first = locked(&app.turns)
            .get(&line)
            .and_then(|waiting| waiting.front().map(|update| update.id.0));
        let Some(first) = first else { return };
        let next = app.keep(move |store| store.is_next(line, first)).await;
        if next.unwrap_or(true) || Instant::now() > end {
            if hand_on_first(&app, line) {
                return;
            }
            (pause, end) = (PAUSE, Instant::now() + PATIENCE);
            continue;
        }
        drop(tending);
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// True when the line is empty then.
fn hand_on_first(app: &App, line: i64) -> bool {
    let mut turns = locked(&app.turns);
    let Some(waiting) = turns.get_mut(&line) else {
        return true;
    };
    if let Some(update) = waiting.pop_front() {
        // At the end of the process nobody takes it, and it waits in the store.
        let _ = app.again.send(update);
    }
    let empty = waiting.is_empty();
    if empty {
        turns.remove(&line);
    }
    empty
}

/// Says once a second that this process lives, takes over what others have left, and learns what was
/// switched elsewhere.
pub async fn tend(app: Arc<App>) {
    let mut every = interval(TEND);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let _tending = app.tending.write().await;
        late::tell(&app).await;
        let entries = app
            .keep_long(|store| store.tend())
            .await
            .unwrap_or_default();
        if !entries.is_empty() {
            tracing::info!(
                count = entries.len(),
                "nhận các tin mà tiến trình khác bỏ lại"
            );
        }
        for update in inbox::readable(&app, entries).await {
            let _ = app.again.send(update);
        }
        if let Some(switches) = app.keep(|store| store.switches()).await {
            app.service.set_switches(switches);
        }
    }
}
