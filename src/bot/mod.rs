//! The bot on Telegram. It takes what it needs, stops when told, and knows nothing of how an answer
//! is found: handlers ask the engine, have the answer drawn, and send it.

mod app;
mod backup;
mod clock;
mod dispatch;
mod handlers;
mod http;
mod inbox;
mod kept;
mod late;
mod limits;
mod menu;
mod personal;
mod phrases;
mod poll;
#[cfg(test)]
mod sample;
mod send;
mod service;
mod token;
mod turns;
mod watch;

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use sha2::{Digest, Sha256};
use teloxide::dispatching::ShutdownToken;
use teloxide::payloads::SetWebhookSetters;
use teloxide::prelude::*;
use teloxide::types::{AllowedUpdate, UpdateKind};
use teloxide::{ApiError, RequestError};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::unbounded_channel;
use tokio::sync::{RwLock, Semaphore};
use url::Url;

use app::{App, STORE_PLACES};
use clock::{Clock, Last};
use inbox::{Inbox, Left};
use poll::{Brought, Health};
use send::Sender;

pub use app::{now, today};
pub use backup::BACKUP_SOCKET;
pub use limits::A_MINUTE;
pub use send::Pace;
pub use service::Folders;
pub use token::Token;

use crate::engine::Engine;
use crate::store::{Store, StoreError};

/// A chat's updates that wait behind one another before they hold up those of others.
const QUEUE: usize = 4_096;
/// Updates handed on and not yet done, over all chats.
const PLACES: usize = 256;
/// Threads for engine and store. Both are quick; a thread for each of hundreds of chats would only
/// take memory.
const BLOCKING: usize = 10;
/// Buttons are pressed faster than questions are typed, by so much.
const PRESSES: u32 = 3;
/// What is under way at the end may take so long.
const DEADLINE: Duration = Duration::from_millis(4_500);
/// Between two deletions of what is too old.
const SWEEP: Duration = Duration::from_secs(3_600);
/// Between two times that measures are folded.
const FOLD: Duration = Duration::from_secs(5);
/// Between two looks whether Telegram has told the time.
const UNSURE: Duration = Duration::from_secs(1);

/// How the bot is run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The token.
    pub token: Token,
    /// Another Bot API server than Telegram's own.
    pub api_url: Option<Url>,
    /// Where Telegram is to bring updates; without it they are fetched.
    pub webhook: Option<Url>,
    /// What Telegram proves itself with there; made from the token when not given.
    pub webhook_secret: Option<String>,
    /// Where health, measures and the webhook are served.
    pub listen: Option<SocketAddr>,
    /// Numbers of the operators.
    pub operators: HashSet<u64>,
    /// How fast messages are sent.
    pub pace: Pace,
    /// Messages that one person may send in a minute.
    pub person_limit: u32,
    /// Seconds for which Telegram may keep answers to inline queries.
    pub inline_cache: u32,
    /// What was measured of this build, for people.
    pub accuracy: String,
    /// The data folder, where backups are asked for.
    pub data: Option<PathBuf>,
}

/// Why the bot did not run to its end.
#[derive(Debug, thiserror::Error)]
pub enum BotError {
    /// Telegram does not know the token.
    #[error("Telegram không nhận mã token này")]
    Token,
    /// The address for health and webhook is taken or not ours.
    #[error("{address}: không mở được cổng")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// A webhook needs an address to listen on.
    #[error("--webhook cần đi cùng --listen")]
    WebhookWithoutListen,
    /// Telegram refuses the webhook.
    #[error("Telegram không nhận địa chỉ webhook")]
    Webhook,
    /// The system gives no threads or signals.
    #[error("hệ thống không cho chạy tiến trình")]
    System(#[from] std::io::Error),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Telegram, reached before, could not be reached when dispatching began.
    #[error("không nối được tới Telegram; hãy chạy lại")]
    Unreachable,
    /// A fault of this program where no answer is made.
    #[error("chương trình gặp lỗi; hãy chạy lại")]
    Broken,
    /// The measures cannot be gathered.
    #[error("không lập được bộ đo")]
    Metrics,
}

/// Runs the bot until the process is told to stop.
pub fn run(
    settings: Settings,
    engine: Engine,
    folders: Folders,
    store: Arc<dyn Store>,
) -> Result<(), BotError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .max_blocking_threads(BLOCKING)
        .enable_all()
        .build()?;
    let result = runtime.block_on(serve(settings, engine, folders, Arc::clone(&store)));
    runtime.shutdown_timeout(Duration::from_millis(200));
    store.leave()?;
    store.flush()?;
    result
}

async fn serve(
    settings: Settings,
    engine: Engine,
    folders: Folders,
    store: Arc<dyn Store>,
) -> Result<(), BotError> {
    silence_panics();
    let mut stop = Stop::new()?;
    let mut bot = Bot::new(settings.token.expose());
    if let Some(url) = &settings.api_url {
        bot = bot.set_api_url(url.clone());
    }
    let metrics = PrometheusBuilder::new()
        .install_recorder()
        .map_err(|_| BotError::Metrics)?;
    let switches = store.switches()?;
    if settings.webhook.is_none() {
        let fetching = Arc::clone(&store);
        let alone = tokio::task::spawn_blocking(move || fetching.fetch_alone());
        tokio::select! {
            alone = alone => alone.map_err(|_| BotError::Broken)??,
            () = stop.told() => return Ok(()),
        }
    }
    let entries = store.tend()?;
    let (again, to_try_again) = unbounded_channel();
    let app = Arc::new(App {
        sender: Sender::new(bot.clone(), settings.pace),
        service: service::Service::new(engine, folders, switches),
        store,
        operators: settings.operators.clone(),
        limit: limits::PersonLimit::new("hoi", settings.person_limit),
        presses: limits::PersonLimit::new("bam", settings.person_limit.saturating_mul(PRESSES)),
        redacted: Mutex::new(HashSet::new()),
        old: Mutex::new(HashMap::new()),
        salt: voters_salt(&settings.token),
        inline_cache: settings.inline_cache,
        accuracy: settings.accuracy.clone(),
        me: OnceLock::new(),
        places: Semaphore::new(PLACES),
        again,
        turns: Mutex::default(),
        tending: RwLock::default(),
        late: Mutex::default(),
        stopping: AtomicBool::new(false),
        clock: Clock::default(),
        store_places: Arc::new(Semaphore::new(STORE_PLACES)),
        late_calls: Last::default(),
        told_away: Last::default(),
    });
    tokio::spawn(fold(metrics.clone()));
    let health = Arc::new(Health::default());
    let pages = http::Pages {
        app: Arc::clone(&app),
        health: Arc::clone(&health),
        metrics,
    };
    // Pages and backups do not wait for Telegram, which may be away for long.
    let webhook = listen(&settings, pages).await?;
    if let Some(data) = &settings.data {
        give_backups(&app, data);
    }
    let me = tokio::select! {
        me = who_am_i(&bot) => me?,
        () = stop.told() => return Ok(()),
    };
    // Before the webhook brings anything, so that what it brings is not taken for left over.
    let left = Left::read(&app, entries, to_try_again).await;
    let name = me.username().to_owned();
    app.me.get_or_init(|| me);
    tokio::spawn(turns::tend(Arc::clone(&app)));
    let brought = match webhook {
        Some(secret) => Some(bring(&settings, &bot, secret).await?),
        None => None,
    };
    tokio::spawn(set_menus(Arc::clone(&app)));
    tokio::spawn(sweep(Arc::clone(&app)));
    tokio::spawn(watch::watch(Arc::clone(&app)));
    tokio::spawn(reload_on_hangup(Arc::clone(&app))?);
    tracing::info!(bot = name, "bot đang chạy");
    let dispatching = match brought {
        Some(brought) => {
            let inbox = Inbox::new(brought, Arc::clone(&app), left);
            start(&app, &bot, inbox, health)
        }
        None => {
            fetch_instead_of_webhook(&bot).await;
            let polling = poll::polling(bot.clone());
            let inbox = Inbox::new(polling, Arc::clone(&app), left);
            start(&app, &bot, inbox, health)
        }
    };
    finish(dispatching, stop, &app).await
}

/// Dispatching under way, and how to end it.
struct Dispatching {
    task: tokio::task::JoinHandle<Result<(), BotError>>,
    token: ShutdownToken,
}

fn start<L>(app: &Arc<App>, bot: &Bot, inbox: Inbox<L>, health: Arc<Health>) -> Dispatching
where
    Inbox<L>: teloxide::update_listeners::UpdateListener<Err = RequestError> + Send + 'static,
    L: Send + 'static,
{
    let ignoring = Arc::clone(app);
    let mut dispatcher = Dispatcher::builder(bot.clone(), dispatch::tree())
        .dependencies(dptree::deps![Arc::clone(app)])
        .distribution_function(queue_of)
        .worker_queue_size(QUEUE)
        .default_handler(move |update| dispatch::ignored(Arc::clone(&ignoring), update))
        .build();
    let token = dispatcher.shutdown_token();
    let task = tokio::spawn(async move {
        dispatcher
            .try_dispatch_with_listener(inbox, health)
            .await
            .map_err(|_| BotError::Unreachable)
    });
    Dispatching { task, token }
}

/// Waits until the process is told to stop, then lets what is under way finish within the deadline.
async fn finish(dispatching: Dispatching, mut stop: Stop, app: &App) -> Result<(), BotError> {
    let Dispatching { mut task, token } = dispatching;
    tokio::select! {
        () = stop.told() => {}
        ended = &mut task => return ended.unwrap_or(Err(BotError::Broken)),
    }
    tracing::info!("đang dừng");
    app.stopping.store(true, Ordering::Relaxed);
    let ending = async {
        if let Ok(ended) = token.shutdown() {
            ended.await;
        }
        let _ = (&mut task).await;
    };
    if tokio::time::timeout(DEADLINE, ending).await.is_err() {
        task.abort();
        // What is most often not over by then is a request for updates that Telegram holds open.
        if app.places.available_permits() < PLACES {
            tracing::warn!("còn tin chưa trả lời; sẽ trả lời khi chạy lại");
        }
    }
    Ok(())
}

/// Updates of one chat wait for each other, those of different chats don't; inline queries have no
/// chat and wait by person.
fn queue_of(update: &Update) -> Option<i64> {
    match &update.kind {
        UpdateKind::InlineQuery(query) => i64::try_from(query.from.id.0).ok(),
        UpdateKind::ChosenInlineResult(chosen) => i64::try_from(chosen.from.id.0).ok(),
        _ => update.chat().map(|chat| chat.id.0),
    }
}

/// Asks Telegram who the bot is, for as long as it takes.
async fn who_am_i(bot: &Bot) -> Result<teloxide::types::Me, BotError> {
    let mut wait = Duration::from_secs(1);
    loop {
        match bot.get_me().await {
            Ok(me) => return Ok(me),
            Err(RequestError::Api(ApiError::InvalidToken)) => return Err(BotError::Token),
            Err(RequestError::RetryAfter(seconds)) => tokio::time::sleep(seconds.duration()).await,
            Err(_) => {
                tracing::warn!("không nối được tới Telegram, sẽ thử lại");
                tokio::time::sleep(send::jittered(wait)).await;
                wait = (wait * 2).min(Duration::from_secs(64));
            }
        }
    }
}

/// Opens the port, and the webhook with it; what Telegram is to prove itself with there.
async fn listen(settings: &Settings, pages: http::Pages) -> Result<Option<String>, BotError> {
    let Some(address) = settings.listen else {
        return match settings.webhook {
            Some(_) => Err(BotError::WebhookWithoutListen),
            None => Ok(None),
        };
    };
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| BotError::Listen { address, source })?;
    let webhook = settings.webhook.as_ref().map(|url| http::Webhook {
        path: url.path().to_owned(),
        secret: settings
            .webhook_secret
            .clone()
            .unwrap_or_else(|| webhook_secret(&settings.token)),
    });
    let secret = webhook.as_ref().map(|webhook| webhook.secret.clone());
    tokio::spawn(http::serve(listener, pages, webhook));
    Ok(secret)
}

/// Has Telegram bring updates to the webhook; what it brings.
async fn bring(settings: &Settings, bot: &Bot, secret: String) -> Result<Brought, BotError> {
    let url = settings.webhook.clone().ok_or(BotError::Webhook)?;
    bot.set_webhook(url)
        .secret_token(secret)
        .allowed_updates(ALLOWED)
        .await
        .map_err(|_| BotError::Webhook)?;
    Ok(Brought::new())
}

/// What the bot reacts to.
const ALLOWED: [AllowedUpdate; 5] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::InlineQuery,
    AllowedUpdate::ChosenInlineResult,
];

/// Telegram gives no updates out while a webhook is set.
async fn fetch_instead_of_webhook(bot: &Bot) {
    let set = bot.get_webhook_info().await;
    if set.is_ok_and(|info| info.url.is_some()) && bot.delete_webhook().await.is_err() {
        tracing::warn!("không bỏ được webhook cũ");
    }
}

/// Opens the way to backups; the bot runs without it where the folder cannot hold a socket.
fn give_backups(app: &Arc<App>, data: &Path) {
    match backup::Door::open(data) {
        Ok(door) => {
            tokio::spawn(door.serve(Arc::clone(app)));
        }
        Err(error) => {
            tracing::warn!(%error, "không mở được lối sao lưu; muốn sao lưu thì phải dừng bot");
        }
    }
}

async fn set_menus(app: Arc<App>) {
    menu::set(&app).await;
}

async fn sweep(app: Arc<App>) {
    loop {
        // By the machine's clock alone nothing is old.
        while !app.clock.is_sure() {
            tokio::time::sleep(UNSURE).await;
        }
        let now = app.now();
        let swept = app.keep_long(move |store| store.sweep(now)).await;
        tracing::debug!(swept, "dọn kho dữ liệu");
        tokio::time::sleep(SWEEP).await;
    }
}

/// Folds the measures taken since the last time into their sums; otherwise each would be kept until somebody
/// reads the page.
async fn fold(metrics: PrometheusHandle) {
    loop {
        tokio::time::sleep(FOLD).await;
        metrics.run_upkeep();
    }
}

/// Reads the corpus again at each SIGHUP.
fn reload_on_hangup(app: Arc<App>) -> Result<impl Future<Output = ()>, BotError> {
    let mut hangup = signal(SignalKind::hangup())?;
    Ok(async move {
        while hangup.recv().await.is_some() {
            handlers::operators::reload(&app).await;
        }
    })
}

/// SIGTERM and SIGINT.
struct Stop {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl Stop {
    fn new() -> Result<Self, BotError> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn told(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// A panic is told of by its place alone: what it says may hold what somebody wrote.
fn silence_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "lỗi trong chương trình");
    }));
}

/// Made from the token, so that nobody else can make it and it stays the same; whoever learns the one
/// can make neither the token nor the other of it.
fn made_of(token: &Token, purpose: &str) -> [u8; 32] {
    let mut sum = Sha256::new();
    sum.update(purpose);
    sum.update([0]);
    sum.update(token.expose());
    sum.finalize().into()
}

/// What Telegram proves itself with at the webhook.
fn webhook_secret(token: &Token) -> String {
    let bytes = made_of(token, "hoidap webhook");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Makes numbers of people who vote.
fn voters_salt(token: &Token) -> u64 {
    let bytes = made_of(token, "hoidap voters");
    u64::from_be_bytes(std::array::from_fn(|at| bytes[at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_of_the_token_tells_nothing_of_it() {
        let token = Token::new("123:Ab_-9").unwrap();
        let secret = webhook_secret(&token);
        assert_eq!(secret.len(), 64);
        assert_eq!(secret, webhook_secret(&token), "it changes between runs");
        assert_ne!(secret, webhook_secret(&Token::new("123:Ab_-8").unwrap()));
        let salt = format!("{:016x}", voters_salt(&token));
        assert!(!secret.contains(&salt));
    }
}
