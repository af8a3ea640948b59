//! Updates on their way from Telegram to the handlers: each is written to the store before it is
//! handed on, what is known already is dropped, and what an earlier run left unanswered comes first.
//!
//! Telegram takes an update for received as soon as a later one is asked for; without this, a
//! process that ends at the wrong moment would lose questions.

use std::collections::VecDeque;
use std::sync::Arc;

use futures::stream::{self, BoxStream, StreamExt};
use serde::{Deserialize, Serialize};
use teloxide::prelude::*;
use teloxide::stop::StopToken;
use teloxide::types::{
    AllowedUpdate, MaybeInaccessibleMessage, MediaKind, MediaText, MessageCommon, MessageKind,
    UpdateKind,
};
use teloxide::update_listeners::{AsUpdateStream, UpdateListener};

use super::app::App;
use super::personal;
use crate::store::Waiting;

/// An update as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// The message told of a child in danger, and its text was left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    sensitive: bool,
    update: Update,
}

/// A listener whose updates pass through the store.
pub struct Inbox<L> {
    inner: L,
    app: Arc<App>,
    replay: VecDeque<Update>,
    /// What the listener brings was written to the store before.
    kept: bool,
}

impl<L> Inbox<L> {
    /// Puts the store between a listener and the handlers; `kept` for a listener that writes to it
    /// by itself.
    pub async fn new(inner: L, app: Arc<App>, kept: bool) -> Self {
        let waiting = app.keep(|store| store.waiting()).await.unwrap_or_default();
        let mut replay = VecDeque::new();
        for entry in waiting {
            match serde_json::from_str::<Kept>(&entry.json) {
                Ok(kept) => {
                    if kept.sensitive {
                        lock(&app).insert(entry.update);
                    }
                    replay.push_back(kept.update);
                }
                Err(_) => {
                    // Another version wrote it, and this one cannot answer it.
                    tracing::warn!(update = entry.update, "bỏ một tin cũ không đọc được");
                    let _ = app.keep(move |store| store.done(entry.update)).await;
                }
            }
        }
        if !replay.is_empty() {
            tracing::info!(count = replay.len(), "trả lời tiếp các tin còn lại");
        }
        Self {
            inner,
            app,
            replay,
            kept,
        }
    }
}

fn lock(app: &App) -> std::sync::MutexGuard<'_, std::collections::HashSet<u32>> {
    app.redacted
        .lock()
        .unwrap_or_else(|broken| broken.into_inner())
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
        let replay = std::mem::take(&mut self.replay);
        let kept = self.kept;
        let live = self.inner.as_stream().filter_map(move |item| {
            let app = Arc::clone(&app);
            async move {
                match item {
                    Ok(update) if kept => Some(Ok(update)),
                    Ok(update) => take_in(&app, update).await.map(Ok),
                    Err(error) => Some(Err(error)),
                }
            }
        });
        stream::iter(replay.into_iter().map(Ok)).chain(live).boxed()
    }
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

/// Writes an update to the store; `None` when it is known already or of a kind that nobody knows.
pub async fn take_in(app: &Arc<App>, update: Update) -> Option<Update> {
    if let UpdateKind::Error(_) = update.kind {
        // Telegram is newer than the library; the library would log the whole of it.
        tracing::debug!(update = update.id.0, "loại tin mới, bỏ qua");
        return None;
    }
    let id = update.id.0;
    let (app_, copy) = (Arc::clone(app), update.clone());
    let json = tokio::task::spawn_blocking(move || kept(&app_, copy)).await;
    let Some(json) = json.ok().flatten() else {
        return Some(update);
    };
    let entry = [Waiting { update: id, json }];
    let new = app.keep(move |store| store.take_in(&entry)).await;
    // A store that fails must not keep people from an answer.
    let new = new.is_none_or(|new| new.first() != Some(&false));
    new.then_some(update)
}

/// The update as it may be kept: without the words of a message that tells of a child in danger,
/// and with personal data masked. `None` when nothing of it may be kept.
fn kept(app: &App, mut update: Update) -> Option<String> {
    let engine = app.service.engine();
    let sensitive = |text: &str| engine.is_sensitive(text);
    let mut redacted = false;
    match &mut update.kind {
        UpdateKind::Message(message) | UpdateKind::EditedMessage(message) => {
            let replied = message.reply_to_message().and_then(words);
            if words(message).is_some_and(sensitive) || replied.is_some_and(sensitive) {
                redacted = true;
                remove_words(message);
            } else if let Some(text) = text_of(message)
                && let Some(masked) = personal::masked(text)
            {
                *text = masked;
            }
        }
        // The button that takes an urgent reply back is under a reply to what was said.
        UpdateKind::CallbackQuery(query) => {
            if let Some(MaybeInaccessibleMessage::Regular(message)) = &mut query.message
                && let Some(common) = common_of(message)
                && common
                    .reply_to_message
                    .as_deref()
                    .and_then(words)
                    .is_some_and(sensitive)
            {
                common.reply_to_message = None;
            }
        }
        UpdateKind::InlineQuery(query) if sensitive(&query.query) => return None,
        _ => {}
    }
    let kept = Kept {
        sensitive: redacted,
        update,
    };
    serde_json::to_string(&kept).ok()
}

fn words(message: &Message) -> Option<&str> {
    message.text().or_else(|| message.caption())
}

fn common_of(message: &mut Message) -> Option<&mut MessageCommon> {
    match &mut message.kind {
        MessageKind::Common(common) => Some(common),
        _ => None,
    }
}

fn text_of(message: &mut Message) -> Option<&mut String> {
    match &mut common_of(message)?.media_kind {
        MediaKind::Text(text) => Some(&mut text.text),
        _ => None,
    }
}

fn remove_words(message: &mut Message) {
    if let Some(common) = common_of(message) {
        common.media_kind = MediaKind::Text(MediaText {
            text: "…".to_owned(),
            entities: Vec::new(),
            link_preview_options: None,
        });
        common.reply_to_message = None;
        common.quote = None;
        common.external_reply = None;
    }
}
