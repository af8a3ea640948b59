//! Fetching updates by long polling, or waiting while the webhook brings them; and what is said when it
//! does not go well.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::future::BoxFuture;
use futures::stream::{BoxStream, StreamExt};
use teloxide::error_handlers::ErrorHandler;
use teloxide::prelude::*;
use teloxide::stop::{StopFlag, StopToken, mk_stop_token};
use teloxide::update_listeners::{AsUpdateStream, Polling, UpdateListener};
use teloxide::{ApiError, RequestError};

use super::clock::Last;
use super::send::jittered;

/// Telegram holds a request for updates open for so long; the library's own limit is 17 s.
const HOLD: Duration = Duration::from_secs(10);
/// The longest wait between two attempts.
const LONGEST_WAIT: u64 = 64;
/// The same fault is told of again after this.
const QUIET: Duration = Duration::from_secs(300);
/// A fault that is no longer ago makes the bot not ready.
const RECENT: Duration = Duration::from_secs(90);

/// Long polling.
pub fn polling(bot: Bot) -> Polling<Bot> {
    Polling::builder(bot)
        .timeout(HOLD)
        .backoff_strategy(|attempt| {
            let seconds = 2u64.saturating_pow(attempt).min(LONGEST_WAIT);
            jittered(Duration::from_secs(seconds))
        })
        .build()
}

/// Brings nothing until it is told to stop: the webhook hands updates on by itself.
pub struct Brought {
    stop: StopToken,
    stopped: StopFlag,
}

impl Brought {
    /// A listener to be stopped.
    pub fn new() -> Self {
        let (stop, stopped) = mk_stop_token();
        Self { stop, stopped }
    }
}

impl<'a> AsUpdateStream<'a> for Brought {
    type StreamErr = RequestError;
    type Stream = BoxStream<'a, Result<Update, RequestError>>;

    fn as_stream(&'a mut self) -> Self::Stream {
        futures::stream::pending()
            .take_until(self.stopped.clone())
            .boxed()
    }
}

impl UpdateListener for Brought {
    type Err = RequestError;

    fn stop_token(&mut self) -> StopToken {
        self.stop.clone()
    }
}

/// How fetching updates goes.
#[derive(Debug, Default)]
pub struct Health {
    fault: Last,
    told: Last,
}

impl Health {
    /// No fault lately.
    pub fn is_fine(&self) -> bool {
        !self.fault.was_within(RECENT, Instant::now())
    }

    /// Notes a fault; true when it is to be told of.
    fn note_fault(&self) -> bool {
        let now = Instant::now();
        self.fault.note(now);
        self.told.speaks(QUIET, now)
    }
}

impl ErrorHandler<RequestError> for Health {
    fn handle_error(self: Arc<Self>, error: RequestError) -> BoxFuture<'static, ()> {
        metrics::counter!("hoidap_fetch_errors_total").increment(1);
        if self.note_fault() {
            match &error {
                RequestError::Api(ApiError::TerminatedByOtherGetUpdates) => {
                    tracing::error!(
                        "một tiến trình khác đang nhận tin của cùng bot này; chỉ chạy một"
                    );
                }
                RequestError::Api(ApiError::InvalidToken) => {
                    tracing::error!("Telegram không nhận mã token này");
                }
                RequestError::Network(_) => {
                    tracing::warn!("không nối được tới Telegram, sẽ thử lại")
                }
                _ => tracing::warn!("Telegram không đưa tin mới, sẽ thử lại"),
            }
        }
        Box::pin(async {})
    }
}
