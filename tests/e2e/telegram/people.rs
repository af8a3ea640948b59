//! People who talk to the bot, the bot's process, and what Telegram shows them.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::redis_server::{RedisServer, is_installed};
use super::server::{Call, Server, TOKEN};

/// A limit, not a wait: a debug build on a busy machine takes long to open.
const LONG: Duration = Duration::from_secs(120);

/// Options that keep a test from waiting, unless it is about them.
const FAST: [(&str, &str); 5] = [
    ("--per-second", "2000"),
    ("--per-second-chat", "1000"),
    ("--per-minute-group", "10000"),
    ("--per-minute-person", "100000"),
    ("--inline-cache", "0"),
];

/// Whether the tests are to run with the store in Redis: `HOIDAP_TEST_STORE=redis`.
fn on_redis() -> bool {
    match std::env::var("HOIDAP_TEST_STORE").as_deref() {
        Ok("redis") => true,
        Ok("") | Err(_) => false,
        Ok(other) => panic!("HOIDAP_TEST_STORE: no store is called {other}"),
    }
}

/// For tests of the embedded store's own files; says so when they are passed over.
pub fn only_embedded() -> bool {
    if on_redis() {
        eprintln!("passed over: it is about the embedded store's files");
    }
    !on_redis()
}

/// The bot on the server of this test, with a folder of its own.
pub struct Bot {
    pub server: Server,
    /// The store, where it is not the embedded one.
    pub redis: Option<RedisServer>,
    pub folder: TempDir,
    corpus: PathBuf,
    options: Vec<String>,
    environment: Vec<(&'static str, String)>,
    /// Shell commands before the process, as limits; and where its data is.
    before: Option<String>,
    data: PathBuf,
    process: Option<Child>,
}

impl Bot {
    /// On the documents of this repository.
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// The same with more options.
    pub fn with(options: &[&str]) -> Self {
        let redis = on_redis().then(|| {
            assert!(is_installed(), "HOIDAP_TEST_STORE=redis needs redis-server");
            RedisServer::start()
        });
        Self::on(redis, options)
    }

    /// The same on a store of the test's choice.
    pub fn on(redis: Option<RedisServer>, options: &[&str]) -> Self {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let folder = tempfile::tempdir().unwrap();
        let mut bot = Self {
            server: Server::start(),
            redis,
            before: None,
            data: folder.path().join("data"),
            folder,
            corpus,
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            environment: Vec::new(),
            process: None,
        };
        bot.write_token(TOKEN);
        bot.run();
        bot
    }

    /// Starts it again with this in its surroundings.
    pub fn set(&mut self, variable: &'static str, value: &str) {
        self.kill();
        self.environment.push((variable, value.to_owned()));
        self.run();
    }

    /// Starts it again with these shell commands before it.
    pub fn set_before(&mut self, commands: &str) {
        self.kill();
        self.before = Some(commands.to_owned());
        self.run();
    }

    /// Has its data in another folder from the next start on.
    pub fn put_data(&mut self, folder: &Path) {
        self.data = folder.to_owned();
    }

    /// Takes a copy of the documents as the corpus, so that it can be changed.
    pub fn with_own_corpus(options: &[&str]) -> Self {
        let mut bot = Self::with(options);
        bot.kill();
        let own = bot.folder.path().join("corpus");
        std::fs::create_dir(&own).unwrap();
        for entry in std::fs::read_dir(&bot.corpus).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, own.join(path.file_name().unwrap())).unwrap();
            }
        }
        bot.corpus = own;
        bot.run();
        bot
    }

    pub fn write_token(&self, token: &str) {
        use std::os::unix::fs::PermissionsExt;
        let path = self.folder.path().join("token");
        std::fs::write(&path, token).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }

    pub fn corpus(&self) -> &Path {
        &self.corpus
    }

    /// The command of a process on the same folders.
    pub fn command(&self, name: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hoidap"));
        command
            .arg(name)
            .arg("--corpus")
            .arg(&self.corpus)
            .arg("--index")
            .arg(self.folder.path().join("index"))
            .arg("--data")
            .arg(&self.data)
            .current_dir(self.folder.path())
            .env_remove("TELOXIDE_TOKEN")
            .stdin(Stdio::null());
        if let Some(redis) = &self.redis {
            command.args(["--store", &redis.url()]);
        }
        command
    }

    /// Starts the process.
    pub fn run(&mut self) {
        self.process = Some(self.start_with(&self.options));
    }

    /// Starts a process with some options, whose log is this one's.
    pub fn start_with(&self, options: &[String]) -> Child {
        let log = File::options()
            .create(true)
            .append(true)
            .open(self.log_path())
            .unwrap();
        let mut command = self.command("bot");
        command
            .args(["--token-file", "token", "--api-url", &self.server.url()])
            .args(options);
        for (option, value) in FAST {
            if !options.iter().any(|given| given == option) {
                command.args([option, value]);
            }
        }
        if let Some(before) = &self.before {
            command = within_shell(before, &command);
        }
        command.envs(self.environment.iter().map(|(name, value)| (*name, value)));
        command.stdout(log.try_clone().unwrap()).stderr(log);
        command.spawn().unwrap()
    }

    fn log_path(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    /// Waits until the log has said something so often.
    #[track_caller]
    pub fn wait_for_log(&self, what: &str, times: usize) {
        let start = Instant::now();
        while self.log().matches(what).count() < times {
            assert!(start.elapsed() < LONG, "{what} in:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn pid(&self) -> u32 {
        self.process.as_ref().unwrap().id()
    }

    /// As `kill -9`.
    pub fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    pub fn signal(&self, name: &str) {
        let done = Command::new("kill")
            .args([format!("-{name}"), self.pid().to_string()])
            .status()
            .unwrap();
        assert!(done.success());
    }

    /// Whether the process has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        let process = self.process.as_mut().unwrap();
        process.try_wait().unwrap().is_some()
    }

    /// Asks the process to end; its exit code and how long it took.
    pub fn stop(&mut self) -> (Option<i32>, Duration) {
        let start = Instant::now();
        self.signal("TERM");
        let status = self.process.take().unwrap().wait().unwrap();
        (status.code(), start.elapsed())
    }

    /// Ends the process as asked, and starts it again.
    pub fn restart(&mut self) {
        assert_eq!(self.stop().0, Some(0), "{}", self.log());
        self.run();
    }

    pub fn person(&self, id: i64) -> Person<'_> {
        Person {
            bot: self,
            id,
            chat: id,
        }
    }

    /// Waits until this many messages went to a chat; all of them.
    #[track_caller]
    pub fn sent(&self, chat: i64, count: usize) -> Vec<Call> {
        self.wait_for("messages to the chat", |calls| {
            to(calls, chat).count() >= count
        });
        to(&self.server.calls(), chat).cloned().collect()
    }

    #[track_caller]
    pub fn wait_for(&self, what: &str, holds: impl Fn(&[Call]) -> bool) {
        self.server
            .wait(&format!("{what}\n{}", self.log()), LONG, holds);
    }
}

/// The same command after some of the shell's, as the same process.
fn within_shell(before: &str, command: &Command) -> Command {
    let mut shell = Command::new("sh");
    shell
        .args(["-c", &format!("{before}; exec \"$0\" \"$@\"")])
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(command.get_current_dir().unwrap())
        .env_remove("TELOXIDE_TOKEN")
        .stdin(Stdio::null());
    shell
}

/// The messages that a chat got.
pub fn to(calls: &[Call], chat: i64) -> impl Iterator<Item = &Call> {
    calls.iter().filter(move |call| {
        call.method == "sendmessage" && call.status == 200 && call.body["chat_id"] == json!(chat)
    })
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.kill();
        let log = self.log();
        let secret = TOKEN.split_once(':').unwrap().1;
        if std::thread::panicking() {
            eprintln!("the bot's log:\n{log}");
        } else {
            assert!(!log.contains(secret), "the token is in the log:\n{log}");
            assert!(!log.contains("panicked"), "the bot panicked:\n{log}");
        }
    }
}

/// Somebody in a chat.
#[derive(Clone, Copy)]
pub struct Person<'a> {
    bot: &'a Bot,
    pub id: i64,
    pub chat: i64,
}

impl<'a> Person<'a> {
    /// The same person in a group.
    pub fn in_group(self, chat: i64) -> Self {
        Self { chat, ..self }
    }

    fn server(&self) -> &'a Server {
        &self.bot.server
    }

    fn user(&self) -> Value {
        json!({"id": self.id, "is_bot": false, "first_name": "Lan", "language_code": "vi"})
    }

    /// A message of this person with these fields.
    pub fn message(&self, fields: Value) -> Value {
        let kind = if self.chat < 0 {
            "supergroup"
        } else {
            "private"
        };
        let mut message = json!({
            "message_id": self.server().next_message(),
            "date": self.server().now(),
            "chat": {"id": self.chat, "type": kind, "title": "Nhóm", "first_name": "Lan"},
            "from": self.user(),
        });
        for (name, value) in fields.as_object().unwrap() {
            message[name] = value.clone();
        }
        self.server().remember(&message);
        message
    }

    /// Sends a message; it.
    pub fn sends(&self, fields: Value) -> Value {
        let message = self.message(fields);
        self.server().push(json!({"message": message}));
        message
    }

    /// Says something and waits for the next message in the chat.
    #[track_caller]
    pub fn says(&self, text: &str) -> Shown {
        self.gets(|| {
            self.sends(text_of(text));
        })
    }

    /// Waits for the message that comes of what is done.
    #[track_caller]
    pub fn gets(&self, done: impl FnOnce()) -> Shown {
        let before = to(&self.server().calls(), self.chat).count();
        done();
        let sent = self.bot.sent(self.chat, before + 1);
        self.shown(&sent[before])
    }

    /// Says something and waits until it was dealt with, whatever came of it.
    pub fn edits(&self, message: &Value, text: &str) {
        let mut edited = message.clone();
        edited["text"] = json!(text);
        edited["edit_date"] = json!(1_790_000_100);
        self.server().remember(&edited);
        self.server().push(json!({"edited_message": edited}));
    }

    /// Replies to a message.
    pub fn replies(&self, to: &Value, text: &str) -> Value {
        let mut fields = text_of(text);
        fields["reply_to_message"] = to.clone();
        self.sends(fields)
    }

    /// Presses a button by its label and waits until the press is answered; the note.
    #[track_caller]
    pub fn presses(&self, shown: &Shown, label: &str) -> Pressed {
        let message = self.server().message(self.chat, shown.id).unwrap();
        let data = button(&message, label)
            .unwrap_or_else(|| panic!("no button “{label}” under: {message}"));
        self.presses_data(&message, data.as_str().unwrap())
    }

    /// Presses a button with this data.
    #[track_caller]
    pub fn presses_data(&self, message: &Value, data: &str) -> Pressed {
        let answered = |calls: &[Call]| {
            calls
                .iter()
                .filter(|call| call.method == "answercallbackquery" && call.status == 200)
                .count()
        };
        let before = answered(&self.server().calls());
        self.pushes_button(message, data, &format!("{}", 7_000 + before));
        self.bot
            .wait_for("an answer to the press", |calls| answered(calls) > before);
        let calls = self.server().calls();
        let last = calls
            .iter()
            .rfind(|call| call.method == "answercallbackquery")
            .unwrap();
        Pressed {
            note: last.body["text"].as_str().unwrap_or_default().to_owned(),
        }
    }

    /// Presses a button with this data and waits for nothing; the press has this number.
    pub fn pushes_button(&self, message: &Value, data: &str, press: &str) {
        self.server().push(json!({"callback_query": {
            "id": press,
            "from": self.user(),
            "message": message,
            "chat_instance": "1",
            "data": data,
        }}));
    }

    /// The message after an edit that contains some words.
    #[track_caller]
    pub fn sees(&self, shown: &Shown, words: &str) -> Shown {
        let end = Instant::now() + LONG;
        loop {
            let message = self.server().message(self.chat, shown.id).unwrap();
            if message["text"].as_str().unwrap().contains(words) {
                return Shown::of(&message);
            }
            assert!(
                Instant::now() < end,
                "“{words}” did not come; the message is: {message}\n{}",
                self.bot.log()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The message once it has a button with this label.
    #[track_caller]
    pub fn sees_button(&self, shown: &Shown, label: &str) -> Shown {
        let end = Instant::now() + LONG;
        loop {
            let message = self.server().message(self.chat, shown.id).unwrap();
            if button(&message, label).is_some() {
                return Shown::of(&message);
            }
            assert!(
                Instant::now() < end,
                "no button “{label}” came under: {message}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Types an inline query; the answer.
    #[track_caller]
    pub fn types_inline(&self, query: &str, offset: &str) -> Value {
        let count = |calls: &[Call]| {
            calls
                .iter()
                .filter(|call| call.method == "answerinlinequery")
                .count()
        };
        let before = count(&self.server().calls());
        self.server().push(json!({"inline_query": {
            "id": format!("{}", 9_000 + before),
            "from": self.user(),
            "query": query,
            "offset": offset,
        }}));
        self.bot
            .wait_for("an answer to the query", |calls| count(calls) > before);
        let calls = self.server().calls();
        let last = calls
            .iter()
            .rfind(|call| call.method == "answerinlinequery")
            .unwrap();
        assert_eq!(last.status, 200, "{}", last.body);
        last.body.clone()
    }

    fn shown(&self, call: &Call) -> Shown {
        let id = call.made.unwrap();
        Shown {
            html: call.body["text"].as_str().unwrap_or_default().to_owned(),
            ..Shown::of(&self.server().message(self.chat, id).unwrap())
        }
    }
}

pub fn text_of(text: &str) -> Value {
    let mut fields = json!({"text": text});
    if text.starts_with('/') {
        let length = text
            .split_whitespace()
            .next()
            .unwrap()
            .encode_utf16()
            .count();
        fields["entities"] = json!([{"type": "bot_command", "offset": 0, "length": length}]);
    }
    fields
}

pub fn button(message: &Value, label: &str) -> Option<Value> {
    let rows = message["reply_markup"]["inline_keyboard"].as_array()?;
    rows.iter()
        .flat_map(|row| row.as_array().unwrap())
        .find(|button| button["text"].as_str().unwrap().contains(label))
        .map(|button| button["callback_data"].clone())
}

/// What came of a pressed button.
pub struct Pressed {
    pub note: String,
}

/// A message of the bot as a person sees it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub id: i64,
    pub text: String,
    pub html: String,
    pub labels: Vec<Vec<String>>,
    pub raw: Value,
}

impl Shown {
    fn of(message: &Value) -> Self {
        let rows = message["reply_markup"]["inline_keyboard"].as_array();
        let label = |button: &Value| button["text"].as_str().unwrap().to_owned();
        Self {
            id: message["message_id"].as_i64().unwrap(),
            text: message["text"].as_str().unwrap().to_owned(),
            html: String::new(),
            labels: rows
                .into_iter()
                .flatten()
                .map(|row| row.as_array().unwrap().iter().map(label).collect())
                .collect(),
            raw: message.clone(),
        }
    }

    #[track_caller]
    pub fn has(&self, words: &str) -> &Self {
        assert!(self.text.contains(words), "no “{words}” in:\n{}", self.text);
        self
    }

    #[track_caller]
    pub fn has_not(&self, words: &str) -> &Self {
        assert!(!self.text.contains(words), "“{words}” in:\n{}", self.text);
        self
    }
}
