//! What the bot serves over HTTP: whether it lives, whether it is ready, its measures, and, where
//! Telegram is to bring updates itself, the webhook.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use metrics_exporter_prometheus::PrometheusHandle;
use teloxide::types::Update;
use tokio::net::TcpListener;

use super::app::App;
use super::poll::Health;
use super::turns;

/// Telegram's updates are small; more than this is no update.
const LARGEST: usize = 1 << 20;
const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// What the pages need.
#[derive(Clone)]
pub struct Pages {
    /// The bot.
    pub app: Arc<App>,
    /// How fetching updates goes.
    pub health: Arc<Health>,
    /// The measures.
    pub metrics: PrometheusHandle,
}

/// Where Telegram brings updates.
#[derive(Clone)]
pub struct Webhook {
    /// The path, beginning with a slash.
    pub path: String,
    /// What Telegram proves itself with.
    pub secret: String,
}

/// Serves the pages, and the webhook if there is one, until the process ends.
pub async fn serve(listener: TcpListener, pages: Pages, webhook: Option<Webhook>) {
    let mut router = Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(measures))
        .with_state(pages.clone());
    if let Some(webhook) = webhook {
        let path = webhook.path.clone();
        let hook = Router::new()
            .route(&path, post(update))
            .layer(DefaultBodyLimit::max(LARGEST))
            .with_state((pages.app, webhook));
        router = router.merge(hook);
    }
    if let Err(error) = axum::serve(listener, router).await {
        tracing::error!(%error, "không phục vụ HTTP được nữa");
    }
}

async fn ready(State(pages): State<Pages>) -> (StatusCode, &'static str) {
    if pages.app.me.get().is_none() || !pages.health.is_fine() {
        return (StatusCode::SERVICE_UNAVAILABLE, "telegram\n");
    }
    match pages.app.keep(|store| store.flush()).await {
        Some(()) => (StatusCode::OK, "ok\n"),
        None => (StatusCode::SERVICE_UNAVAILABLE, "store\n"),
    }
}

async fn measures(State(pages): State<Pages>) -> String {
    let waiting = pages.app.keep(|store| store.waiting()).await;
    metrics::gauge!("hoidap_waiting_updates").set(waiting.map_or(0, |w| w.len()) as f64);
    pages.metrics.render()
}

/// Takes an update from Telegram: it is on disk before Telegram is told that it was received.
async fn update(
    State((app, webhook)): State<(Arc<App>, Webhook)>,
    headers: HeaderMap,
    body: String,
) -> StatusCode {
    let given = headers
        .get(SECRET_HEADER)
        .map_or(&[][..], |value| value.as_bytes());
    if !equal(given, webhook.secret.as_bytes()) {
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(update) = serde_json::from_str::<Update>(&body) else {
        // Telegram would bring it again and again; nothing of it is logged.
        tracing::warn!("một tin của Telegram không đọc được");
        return StatusCode::OK;
    };
    // Telegram brings it again.
    if app.me.get().is_none() || app.stopping.load(Ordering::Relaxed) {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    match turns::take_in(&app, update).await {
        Ok(()) => StatusCode::OK,
        // It is kept, and answered after the next start, or by another process.
        Err(turns::Ended) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Compares in a time that does not tell where the first difference is.
fn equal(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len()
        && a.iter()
            .zip(b)
            .fold(0, |different, (a, b)| different | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests {
    use super::equal;

    #[test]
    fn secrets_are_compared_whole() {
        assert!(equal(b"abc", b"abc"));
        for other in [&b"abd"[..], b"ab", b"", b"abcd", b"Abc"] {
            assert!(!equal(b"abc", other));
        }
    }
}
