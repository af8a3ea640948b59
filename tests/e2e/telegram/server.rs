//! A Bot API server on this machine, as strict as Telegram: an update is delivered again until a
//! higher offset is asked for, a second poller gets 409, and what Telegram refuses is refused. It
//! writes down every call.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::rules;

/// The token that the bot under test uses.
pub const TOKEN: &str = "4242:AA_secret-of-the-bot_zz";
pub const BOT: i64 = 4242;
pub const BOT_NAME: &str = "hoidap_thu_bot";

/// A call that the bot made.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: String,
    pub body: Value,
    /// What it got; 0 when the connection was closed on it.
    pub status: u16,
    /// The number of the message that it made.
    pub made: Option<i64>,
    /// When it came.
    pub at: Instant,
}

/// What is done to a call instead of answering it.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// Answers with this code, as Telegram words it.
    Code(u16),
    /// Tells to come back after so many seconds.
    Flood(u64),
    /// Does what was asked, and closes the connection in the middle of the answer.
    Cut,
}

#[derive(Default)]
struct Telegram {
    updates: VecDeque<(i64, Value)>,
    next_update: i64,
    next_message: i64,
    calls: Vec<Call>,
    faults: HashMap<String, VecDeque<Fault>>,
    polling: bool,
    webhook: Option<(String, String)>,
    /// How many seconds Telegram's clock is before the machine's.
    ahead: i64,
    messages: HashMap<(i64, i64), Value>,
    blocked: HashSet<i64>,
}

struct Shared {
    telegram: Mutex<Telegram>,
    changed: Condvar,
    wake: Notify,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Telegram> {
        self.telegram.lock().unwrap_or_else(|e| e.into_inner())
    }
}

/// The server, in a thread of its own until the test ends.
pub struct Server {
    pub port: u16,
    shared: Arc<Shared>,
}

impl Server {
    pub fn start() -> Self {
        let telegram = Telegram {
            next_update: 1_000,
            next_message: 1,
            ..Telegram::default()
        };
        let shared = Arc::new(Shared {
            telegram: Mutex::new(telegram),
            changed: Condvar::new(),
            wake: Notify::new(),
        });
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        let serving = Arc::clone(&shared);
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                let router = Router::new()
                    .route("/bot{token}/{method}", axum::routing::any(answer))
                    .with_state(serving);
                axum::serve(listener, router).await.unwrap();
            });
        });
        Self { port, shared }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Puts an update in the queue; its number.
    pub fn push(&self, mut update: Value) -> i64 {
        let id = {
            let mut telegram = self.shared.lock();
            let id = telegram.next_update;
            telegram.next_update += 1;
            update["update_id"] = json!(id);
            telegram.updates.push_back((id, update));
            id
        };
        self.shared.wake.notify_waiters();
        id
    }

    /// Delivers an update again, under its old number.
    pub fn push_again(&self, id: i64, mut update: Value) {
        update["update_id"] = json!(id);
        self.shared.lock().updates.push_back((id, update));
        self.shared.wake.notify_waiters();
    }

    pub fn fault(&self, method: &str, faults: &[Fault]) {
        let mut telegram = self.shared.lock();
        let queue = telegram
            .faults
            .entry(method.to_ascii_lowercase())
            .or_default();
        queue.extend(faults);
    }

    /// Telegram's time, in seconds since 1970.
    pub fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        since.as_secs() as i64 + self.shared.lock().ahead
    }

    /// Puts Telegram's clock before the machine's: the machine's is then set back by so many seconds.
    pub fn set_ahead(&self, seconds: i64) {
        self.shared.lock().ahead = seconds;
    }

    pub fn block(&self, chat: i64) {
        self.shared.lock().blocked.insert(chat);
    }

    pub fn webhook(&self) -> Option<(String, String)> {
        self.shared.lock().webhook.clone()
    }

    /// A number for a message that a person sends.
    pub fn next_message(&self) -> i64 {
        let mut telegram = self.shared.lock();
        telegram.next_message += 1;
        telegram.next_message
    }

    pub fn remember(&self, message: &Value) {
        let key = (
            message["chat"]["id"].as_i64().unwrap(),
            message["message_id"].as_i64().unwrap(),
        );
        self.shared.lock().messages.insert(key, message.clone());
    }

    /// A message as Telegram has it now.
    pub fn message(&self, chat: i64, id: i64) -> Option<Value> {
        self.shared.lock().messages.get(&(chat, id)).cloned()
    }

    pub fn calls(&self) -> Vec<Call> {
        self.shared.lock().calls.clone()
    }

    /// The calls since this was last asked; for tests that go on for long, and must not keep them all.
    pub fn take_calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.shared.lock().calls)
    }

    /// Forgets messages before a number.
    pub fn forget_messages(&self, before: i64) {
        let messages = &mut self.shared.lock().messages;
        messages.retain(|(_, id), _| *id >= before);
    }

    /// The calls of a method that Telegram took.
    pub fn taken(&self, method: &str) -> Vec<Call> {
        let calls = self.calls().into_iter();
        calls
            .filter(|call| call.method == method.to_ascii_lowercase() && call.status == 200)
            .collect()
    }

    /// Waits until a condition on the calls holds.
    #[track_caller]
    pub fn wait(&self, what: &str, limit: Duration, holds: impl Fn(&[Call]) -> bool) {
        let end = Instant::now() + limit;
        let mut telegram = self.shared.lock();
        while !holds(&telegram.calls) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let calls: Vec<String> = telegram
                    .calls
                    .iter()
                    .rev()
                    .take(12)
                    .map(|call| format!("{} {} {}", call.status, call.method, call.body))
                    .collect();
                panic!(
                    "waited in vain for {what}; the last calls:\n{}",
                    calls.join("\n")
                );
            }
            telegram = self.shared.changed.wait_timeout(telegram, left).unwrap().0;
        }
    }
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    Path((token, method)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let method = method.to_ascii_lowercase();
    let body = read_body(&headers, &body);
    if token != TOKEN {
        return failed(401, "Unauthorized");
    }
    if method == "getupdates" {
        return updates(&shared, body).await;
    }
    let fault = shared
        .lock()
        .faults
        .get_mut(&method)
        .and_then(VecDeque::pop_front);
    let mut made = None;
    let (status, response) = match fault {
        Some(Fault::Code(code)) => (code, failed(code, words_of(code))),
        Some(Fault::Flood(seconds)) => (429, flood(seconds)),
        Some(Fault::Cut) => {
            let _ = act(&shared, &method, &body);
            (0, cut())
        }
        None => match act(&shared, &method, &body) {
            Ok(result) => {
                made = result["message_id"].as_i64();
                (
                    200,
                    axum::Json(json!({"ok": true, "result": result})).into_response(),
                )
            }
            Err(what) => {
                let code = if what.starts_with("Forbidden") {
                    403
                } else {
                    400
                };
                (code, failed(code, &what))
            }
        },
    };
    note(&shared, method, body, status, made);
    response
}

fn note(shared: &Shared, method: String, body: Value, status: u16, made: Option<i64>) {
    shared.lock().calls.push(Call {
        method,
        body,
        status,
        made,
        at: Instant::now(),
    });
    shared.changed.notify_all();
}

/// JSON as it is; of a form with a file only its fields and its size.
fn read_body(headers: &HeaderMap, body: &Bytes) -> Value {
    let kind = headers
        .get("content-type")
        .map_or("", |kind| kind.to_str().unwrap_or(""));
    if !kind.starts_with("multipart/") {
        return serde_json::from_slice(body).unwrap_or(Value::Null);
    }
    let text = String::from_utf8_lossy(body);
    let mut fields = json!({"bytes": body.len()});
    for part in text
        .split("Content-Disposition: form-data; name=\"")
        .skip(1)
    {
        let (name, rest) = part.split_once('"').unwrap_or((part, ""));
        let value = rest.split("\r\n\r\n").nth(1).unwrap_or("");
        let value = value.split("\r\n").next().unwrap_or("");
        if !rest.starts_with("; filename") {
            fields[name] = json!(value);
        }
    }
    fields
}

async fn updates(shared: &Arc<Shared>, body: Value) -> Response {
    {
        let mut telegram = shared.lock();
        if telegram.webhook.is_some() {
            return failed(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            );
        }
        if telegram.polling {
            drop(telegram);
            note(shared, "getupdates".to_owned(), body, 409, None);
            return failed(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            );
        }
        if let Some(fault) = telegram
            .faults
            .get_mut("getupdates")
            .and_then(VecDeque::pop_front)
        {
            drop(telegram);
            let (status, response) = match fault {
                Fault::Code(code) => (code, failed(code, words_of(code))),
                Fault::Flood(seconds) => (429, flood(seconds)),
                Fault::Cut => (0, cut()),
            };
            note(shared, "getupdates".to_owned(), body, status, None);
            return response;
        }
        telegram.polling = true;
    }
    let polling = Polling(Arc::clone(shared));
    let offset = body["offset"].as_i64().unwrap_or(0);
    let limit = body["limit"].as_u64().unwrap_or(100) as usize;
    let hold = Duration::from_secs(body["timeout"].as_u64().unwrap_or(0));
    let end = tokio::time::Instant::now() + hold;
    loop {
        let woken = shared.wake.notified();
        tokio::pin!(woken);
        woken.as_mut().enable();
        let ready: Vec<Value> = {
            let mut telegram = shared.lock();
            telegram.updates.retain(|(id, _)| *id >= offset);
            let ready = telegram.updates.iter().take(limit);
            ready.map(|(_, update)| update.clone()).collect()
        };
        if !ready.is_empty() || tokio::time::timeout_at(end, woken).await.is_err() {
            drop(polling);
            note(shared, "getupdates".to_owned(), body, 200, None);
            return axum::Json(json!({"ok": true, "result": ready})).into_response();
        }
    }
}

/// One request for updates at a time; a connection that is dropped ends its request.
struct Polling(Arc<Shared>);

impl Drop for Polling {
    fn drop(&mut self) {
        self.0.lock().polling = false;
    }
}

fn act(shared: &Shared, method: &str, body: &Value) -> Result<Value, String> {
    let chat = body["chat_id"]
        .as_i64()
        .or_else(|| body["chat_id"].as_str()?.parse().ok())
        .unwrap_or(0);
    let mut telegram = shared.lock();
    if telegram.blocked.contains(&chat) && method.starts_with("send") {
        return Err("Forbidden: bot was blocked by the user".to_owned());
    }
    match method {
        "getme" => Ok(me()),
        "sendmessage" => {
            let text = rules::message_text(body)?;
            rules::buttons(body)?;
            Ok(telegram.send(chat, text, body))
        }
        "sendphoto" => Ok(telegram.send(chat, "photo".to_owned(), body)),
        "editmessagetext" => {
            let text = rules::message_text(body)?;
            rules::buttons(body)?;
            telegram.edit(chat, body, Some(text))
        }
        "editmessagereplymarkup" => {
            rules::buttons(body)?;
            telegram.edit(chat, body, None)
        }
        "deletemessage" => {
            let key = (chat, body["message_id"].as_i64().unwrap_or(0));
            let gone = telegram.messages.remove(&key);
            gone.map(|_| json!(true))
                .ok_or_else(|| "Bad Request: message to delete not found".to_owned())
        }
        "answercallbackquery" => {
            let length = body["text"].as_str().map_or(0, |text| text.chars().count());
            if length > 200 {
                return Err("Bad Request: MESSAGE_TOO_LONG".to_owned());
            }
            Ok(json!(true))
        }
        "answerinlinequery" => rules::inline(body).map(|()| json!(true)),
        "setmycommands" => rules::commands(body).map(|()| json!(true)),
        "sendchataction" => Ok(json!(true)),
        "setwebhook" => {
            let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
            telegram.webhook = Some((text("url"), text("secret_token")));
            Ok(json!(true))
        }
        "deletewebhook" => {
            telegram.webhook = None;
            Ok(json!(true))
        }
        "getwebhookinfo" => {
            let url = telegram
                .webhook
                .as_ref()
                .map_or("", |(url, _)| url.as_str());
            Ok(json!({"url": url, "has_custom_certificate": false, "pending_update_count": 0}))
        }
        other => Err(format!("Not Found: {other}")),
    }
}

impl Telegram {
    fn send(&mut self, chat: i64, text: String, body: &Value) -> Value {
        self.next_message += 1;
        let id = self.next_message;
        let kind = if chat < 0 { "supergroup" } else { "private" };
        let mut message = json!({
            "message_id": id,
            "date": 1_790_000_000,
            "chat": {"id": chat, "type": kind, "title": "Nhóm", "first_name": "Người"},
            "from": me_as_user(),
            "text": text,
        });
        if body["reply_markup"].is_object() {
            message["reply_markup"] = body["reply_markup"].clone();
        }
        if let Some(replied) = body["reply_parameters"]["message_id"].as_i64()
            && let Some(replied) = self.messages.get(&(chat, replied))
        {
            let mut replied = replied.clone();
            replied.as_object_mut().unwrap().remove("reply_to_message");
            message["reply_to_message"] = replied;
        }
        self.messages.insert((chat, id), message.clone());
        message
    }

    fn edit(&mut self, chat: i64, body: &Value, text: Option<String>) -> Result<Value, String> {
        let key = (chat, body["message_id"].as_i64().unwrap_or(0));
        let message = self
            .messages
            .get_mut(&key)
            .ok_or("Bad Request: message to edit not found")?;
        let before = message.clone();
        if let Some(text) = text {
            message["text"] = json!(text);
        }
        let empty = json!({"inline_keyboard": []});
        match body.get("reply_markup").filter(|markup| **markup != empty) {
            Some(markup) => message["reply_markup"] = markup.clone(),
            None => {
                message.as_object_mut().unwrap().remove("reply_markup");
            }
        }
        if *message == before {
            return Err("Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message".to_owned());
        }
        Ok(message.clone())
    }
}

fn me_as_user() -> Value {
    json!({"id": BOT, "is_bot": true, "first_name": "Hỏi đáp", "username": BOT_NAME})
}

fn me() -> Value {
    let mut me = me_as_user();
    for field in [
        "can_join_groups",
        "can_read_all_group_messages",
        "supports_inline_queries",
        "can_connect_to_business",
        "has_main_web_app",
    ] {
        me[field] = json!(field.starts_with("can_join") || field.starts_with("supports"));
    }
    me
}

fn words_of(code: u16) -> &'static str {
    match code {
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        409 => {
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        }
        403 => "Forbidden: bot was blocked by the user",
        _ => "Bad Request: refused by the test",
    }
}

fn failed(code: u16, description: &str) -> Response {
    let status = StatusCode::from_u16(code).unwrap();
    let body = json!({"ok": false, "error_code": code, "description": description});
    (status, axum::Json(body)).into_response()
}

fn flood(seconds: u64) -> Response {
    let body = json!({
        "ok": false,
        "error_code": 429,
        "description": format!("Too Many Requests: retry after {seconds}"),
        "parameters": {"retry_after": seconds},
    });
    (StatusCode::TOO_MANY_REQUESTS, axum::Json(body)).into_response()
}

/// Promises more than it sends, so that the connection breaks in the middle.
fn cut() -> Response {
    Response::builder()
        .header("content-length", "1000")
        .header("content-type", "application/json")
        .body(axum::body::Body::from_stream(futures::stream::iter([
            Ok::<_, std::io::Error>(Bytes::from_static(b"{\"ok\":")),
            Err(std::io::Error::other("cut")),
        ])))
        .unwrap()
}
