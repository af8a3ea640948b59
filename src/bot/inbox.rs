//! Updates on their way from Telegram to the handlers: each is written to the store before it is
//! handed on, what is known already is dropped, and what an earlier run left unanswered comes first.
//!
//! Telegram takes an update for received as soon as a later one is asked for; without this, a
//! process that ends at the wrong moment would lose questions.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

use futures::stream::{self, BoxStream, StreamExt};
use teloxide::prelude::*;
use teloxide::stop::StopToken;
use teloxide::types::{AllowedUpdate, UpdateKind};
use teloxide::update_listeners::{AsUpdateStream, UpdateListener};
use tokio::sync::mpsc::UnboundedReceiver;

use super::app::{App, locked};
use super::kept::Kept;
use super::queue_of;
use crate::store::{Taken, Waiting};

/// An update over which the process ended so often is not tried again; a process that is killed again
/// and again while it starts must not lose what it never came to.
const TRIES: u8 = 30;

/// What waits from an earlier run, and what comes to be tried again.
pub struct Left {
    waiting: VecDeque<Update>,
    again: UnboundedReceiver<Update>,
}

impl Left {
    /// Reads what the store has handed over. To be called before anything new is taken in.
    pub async fn read(
        app: &Arc<App>,
        entries: Vec<Waiting>,
        again: UnboundedReceiver<Update>,
    ) -> Self {
        let waiting: VecDeque<Update> = readable(app, entries).await.into();
        if !waiting.is_empty() {
            tracing::info!(count = waiting.len(), "trả lời tiếp các tin còn lại");
        }
        Self { waiting, again }
    }
}

/// The updates of what was kept; one that cannot be answered is done.
pub async fn readable(app: &Arc<App>, entries: Vec<Waiting>) -> Vec<Update> {
    let mut updates = Vec::with_capacity(entries.len());
    for entry in entries {
        let id = entry.update;
        match Kept::read(&entry.json).filter(|kept| kept.tries < TRIES) {
            Some(kept) => updates.push(restore(app, id, kept)),
            None => {
                tracing::warn!(update = id, "bỏ một tin cũ không trả lời được");
                app.keep(move |store| store.done(id)).await;
            }
        }
    }
    updates
}

/// Notes that the update is an old one, and what it was kept without.
fn restore(app: &App, id: u32, mut kept: Kept) -> Update {
    if kept.sensitive {
        locked(&app.redacted).insert(id);
    }
    kept.tries += 1;
    if let Some(json) = kept.write() {
        locked(&app.old).insert(id, json);
    }
    kept.update
}

/// A listener whose updates pass through the store.
pub struct Inbox<L> {
    inner: L,
    app: Arc<App>,
    left: Left,
}

impl<L> Inbox<L> {
    /// Puts the store between a listener and the handlers.
    pub fn new(inner: L, app: Arc<App>, left: Left) -> Self {
        Self { inner, app, left }
    }
}

impl<'a, L> AsUpdateStream<'a> for Inbox<L>
where
    L: AsUpdateStream<'a> + 'a,
    L::StreamErr: Send + 'a,
{
    type StreamErr = L::StreamErr;
    type Stream = BoxStream<'a, Result<Update, L::StreamErr>>;

    fn as_stream(&'a mut self) -> Self::Stream {
        let app = Arc::clone(&self.app);
        let waiting = std::mem::take(&mut self.left.waiting);
        let again = &mut self.left.again;
        let again = stream::poll_fn(move |context| again.poll_recv(context)).map(Ok);
        let live = self.inner.as_stream().filter_map(move |item| {
            let app = Arc::clone(&app);
            async move {
                match item {
                    Ok(update) => take_in(&app, update).await.map(|(update, _)| Ok(update)),
                    Err(error) => Some(Err(error)),
                }
            }
        });
        let app = Arc::clone(&self.app);
        stream::iter(waiting.into_iter().map(Ok))
            .chain(ending_with(live.boxed(), again.boxed()))
            .then(move |item| take_place(Arc::clone(&app), item))
            .boxed()
    }
}

/// Hands an update on once there is a place for it; the guard gives the place back.
async fn take_place<E>(app: Arc<App>, item: Result<Update, E>) -> Result<Update, E> {
    if item.is_ok()
        && let Ok(place) = app.places.acquire().await
    {
        place.forget();
    }
    item
}

/// Two streams as one that ends with the first: nothing is tried again after the end.
fn ending_with<'a, T: Send + 'a>(
    first: BoxStream<'a, T>,
    second: BoxStream<'a, T>,
) -> BoxStream<'a, T> {
    let first = first.map(Some).chain(stream::iter([None]));
    stream::select(first, second.map(Some))
        .take_while(|item| std::future::ready(item.is_some()))
        .filter_map(std::future::ready)
        .boxed()
}

impl<L> UpdateListener for Inbox<L>
where
    L: UpdateListener + 'static,
    L::Err: Send + 'static,
    Self: for<'a> AsUpdateStream<'a, StreamErr = L::Err>,
{
    type Err = L::Err;

    fn stop_token(&mut self) -> StopToken {
        self.inner.stop_token()
    }

    fn hint_allowed_updates(&mut self, hint: &mut dyn Iterator<Item = AllowedUpdate>) {
        self.inner.hint_allowed_updates(hint);
    }
}

/// Writes an update to the store, and whether it may be answered now; `None` when it is known already
/// or of a kind that nobody knows.
pub async fn take_in(app: &Arc<App>, update: Update) -> Option<(Update, Taken)> {
    if let UpdateKind::Error(_) = update.kind {
        // Telegram is newer than the library; the library would log the whole of it.
        tracing::debug!(update = update.id.0, "loại tin mới, bỏ qua");
        return None;
    }
    if let UpdateKind::Message(message) = &update.kind {
        // Not of what an earlier run left: it may be old.
        let date = u64::try_from(message.date.timestamp()).unwrap_or(0);
        app.clock.hear(date, Instant::now());
    }
    let (id, copy) = (update.id.0, update.clone());
    let judging = Arc::clone(app);
    let kept = tokio::task::spawn_blocking(move || {
        let engine = judging.service.engine();
        let sensitive = |text: &str| engine.is_sensitive(text);
        Kept::of(copy, judging.me.get()?, &sensitive)?.write()
    });
    let Some(json) = kept.await.ok().flatten() else {
        return Some((update, Taken::Next));
    };
    if locked(&app.late).has_seen(id) {
        return None;
    }
    let (line, entry) = (line_of(&update), [Waiting { update: id, json }]);
    let taken = app.keep(move |store| store.take_in(line, &entry)).await;
    match taken.as_deref() {
        Some([Taken::Known]) => None,
        Some([taken]) => Some((update, *taken)),
        // A store that fails must not keep people from an answer.
        _ => locked(&app.late).see(id).then_some((update, Taken::Next)),
    }
}

/// The line that an update stands in: updates of one chat are answered one after the other.
pub fn line_of(update: &Update) -> i64 {
    queue_of(update).unwrap_or(i64::from(update.id.0))
}
