//! Half an hour at fifty questions a second: memory, latency and the store's size must not grow, no
//! quotation may be wrong, no confirmed vote lost.
//!
//! `HOIDAP_SOAK_SECONDS` and `HOIDAP_SOAK_RATE` set another length and rate, `HOIDAP_SOAK_OUT` a folder for
//! the samples (`soak.csv`) and the plot (`soak.svg`).

use std::collections::{HashMap, HashSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::http::{free_port, get};
use super::people::{Bot, button, only_embedded, text_of};
use super::quotations::Documents;
use super::seeded::Seeded;
use super::server::Call;
use super::soak_plot;

const SECONDS: u64 = 1_800;
const RATE: u64 = 50;
/// Chats that speak in turn; each waits for its answer before it is its turn again.
const CHATS: i64 = 3_000;
/// Of so many answers one is voted on, and one leafed from.
const VOTED: u64 = 10;
const LEAFED: u64 = 15;
const SAMPLE: Duration = Duration::from_secs(10);
/// Messages that Telegram's double remembers; older ones are not pressed any more.
const REMEMBERED: i64 = 20_000;

/// Makes the sample, and its line in the file, of one list of figures: each has its name in the struct and
/// that of its column.
macro_rules! sample {
    ($($(#[$doc:meta])* $field:ident = $column:literal,)*) => {
        /// What the bot was like in one stretch of [`SAMPLE`].
        #[derive(Clone, Debug, Default)]
        pub struct Sample {
            $($(#[$doc])* pub $field: u64,)*
        }

        impl Sample {
            /// The names of the columns.
            pub fn head() -> String {
                [$($column),*].join(",")
            }

            /// A line of the file.
            pub fn parse(line: &str) -> Self {
                let mut numbers = line.split(',').map(|number| number.parse().unwrap());
                let sample = Self { $($field: numbers.next().expect($column),)* };
                assert_eq!(numbers.next(), None, "too many numbers in “{line}”");
                sample
            }

            fn line(&self) -> String {
                [$(self.$field.to_string()),*].join(",")
            }
        }
    };
}

sample! {
    /// Seconds since the beginning.
    second = "second",
    /// Questions asked and answered since the beginning.
    asked = "asked",
    answered = "answered",
    /// Resident memory, and the part of it that is no file, in KiB.
    rss = "rss_kib",
    anonymous = "anonymous_kib",
    /// Bytes of the store's folder.
    store = "store_bytes",
    /// Open files, and threads.
    files = "files",
    threads = "threads",
    /// From a question to its first message, in this stretch, in microseconds: the median, and so on.
    p50 = "p50_us",
    p95 = "p95_us",
    p99 = "p99_us",
    most = "max_us",
}

/// The soak under way.
struct Soak<'a> {
    bot: &'a Bot,
    documents: Documents,
    random: Seeded,
    /// When the question of a chat that is not yet answered was asked.
    pending: HashMap<i64, Instant>,
    /// Presses of votes that are not yet answered: person and answer.
    presses: HashMap<String, (i64, String)>,
    confirmed: HashSet<(i64, String)>,
    confirmations: usize,
    refused: u64,
    asked: u64,
    answered: u64,
    quotations: usize,
    pressed: u64,
    newest: i64,
    latencies: Vec<u64>,
}

impl Soak<'_> {
    fn ask(&mut self, chats: &mut VecDeque<i64>, questions: &[String]) {
        // A chat that still waits is passed over, as a person who waits does not ask on.
        for _ in 0..chats.len() {
            let chat = chats.pop_front().unwrap();
            chats.push_back(chat);
            if self.pending.contains_key(&chat) {
                continue;
            }
            let question = self.question(questions);
            self.pending.insert(chat, Instant::now());
            self.bot.person(chat).sends(text_of(&question));
            self.asked += 1;
            return;
        }
    }

    /// One as it stands in the list, or changed as people type.
    fn question(&mut self, questions: &[String]) -> String {
        let question = &questions[self.random.below(questions.len())];
        match self.random.below(6) {
            0 => question.to_uppercase(),
            1 => format!("cho em hỏi {question} ạ"),
            2 => self.slipped(question),
            _ => question.clone(),
        }
    }

    /// Two neighbouring letters change their places.
    fn slipped(&mut self, question: &str) -> String {
        let mut letters: Vec<char> = question.chars().collect();
        if letters.len() > 2 {
            let at = self.random.below(letters.len() - 1);
            letters.swap(at, at + 1);
        }
        letters.into_iter().collect()
    }

    fn look(&mut self) {
        for call in self.bot.server.take_calls() {
            match call.method.as_str() {
                "sendmessage" | "editmessagetext" => self.see(&call),
                "answercallbackquery" => self.pressed(&call),
                _ => {}
            }
        }
    }

    fn see(&mut self, call: &Call) {
        assert_eq!(call.status, 200, "{}", call.body);
        let html = call.body["text"].as_str().unwrap();
        self.quotations += self.documents.check(html);
        let chat = call.body["chat_id"].as_i64().unwrap();
        let Some(id) = call.made else { return };
        self.newest = self.newest.max(id);
        if let Some(asked) = self.pending.remove(&chat) {
            let took = call.at.duration_since(asked);
            self.latencies.push(took.as_micros() as u64);
            self.answered += 1;
        }
        if self.answered.is_multiple_of(VOTED) {
            let thumb = if self.random.below(3) == 0 {
                "👎"
            } else {
                "👍"
            };
            self.press(chat, id, thumb);
        } else if self.answered.is_multiple_of(LEAFED) {
            self.press(chat, id, "Sau");
        }
    }

    fn press(&mut self, chat: i64, id: i64, label: &str) {
        let Some(message) = self.bot.server.message(chat, id) else {
            return;
        };
        let Some(data) = button(&message, label) else {
            return;
        };
        let data = data.as_str().unwrap().to_owned();
        self.pressed += 1;
        let press = format!("soak-{}", self.pressed);
        self.bot.person(chat).pushes_button(&message, &data, &press);
        if label != "Sau" {
            let print = data.split('|').nth(1).unwrap().to_owned();
            self.presses.insert(press, (chat, print));
        }
    }

    fn pressed(&mut self, call: &Call) {
        let press = call.body["callback_query_id"].as_str().unwrap();
        let Some(vote) = self.presses.remove(press) else {
            return;
        };
        match call.body["text"].as_str().unwrap_or_default() {
            "Cảm ơn bạn đã góp ý." | "Chưa được ở điểm nào?" => {
                self.confirmed.insert(vote);
                self.confirmations += 1;
            }
            _ => self.refused += 1,
        }
    }

    fn sample(&mut self, start: Instant) -> Sample {
        self.latencies.sort_unstable();
        let at = |share: f64| {
            let at = (self.latencies.len() as f64 * share) as usize;
            self.latencies
                .get(at.min(self.latencies.len().saturating_sub(1)))
                .copied()
                .unwrap_or(0)
        };
        let process = PathBuf::from(format!("/proc/{}", self.bot.pid()));
        let status = fs::read_to_string(process.join("status")).unwrap();
        let sample = Sample {
            second: start.elapsed().as_secs(),
            asked: self.asked,
            answered: self.answered,
            rss: field(&status, "VmRSS"),
            anonymous: field(&status, "RssAnon"),
            store: size(&self.bot.folder.path().join("data/store")),
            files: fs::read_dir(process.join("fd")).unwrap().count() as u64,
            threads: field(&status, "Threads"),
            p50: at(0.5),
            p95: at(0.95),
            p99: at(0.99),
            most: at(1.0),
        };
        self.latencies.clear();
        self.bot.server.forget_messages(self.newest - REMEMBERED);
        sample
    }
}

fn field(status: &str, name: &str) -> u64 {
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Bytes of all files below a folder; one that goes meanwhile counts nothing.
fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    entries
        .flatten()
        .map(|entry| match entry.metadata() {
            Ok(data) if data.is_dir() => size(&entry.path()),
            Ok(data) => data.len(),
            Err(_) => 0,
        })
        .sum()
}

/// The questions of the benchmarks, and one on each stretch of words of the documents.
fn questions(corpus: &Path) -> Vec<String> {
    let list = include_str!("../../../benches/questions.txt");
    let listed = list
        .lines()
        .map(|line| line.trim_start_matches("+ ").trim())
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut questions: Vec<String> = listed.map(str::to_owned).collect();
    let mut files: Vec<PathBuf> = fs::read_dir(corpus)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        let words: Vec<&str> = text
            .split_whitespace()
            .filter(|word| word.chars().any(char::is_alphabetic))
            .collect();
        for piece in words.chunks(6).filter(|piece| piece.len() == 6) {
            questions.push(format!("Văn bản nói gì về {}?", piece.join(" ")));
        }
    }
    questions
}

fn number(variable: &str, otherwise: u64) -> u64 {
    let given = std::env::var(variable).ok();
    given.map_or(otherwise, |value| value.parse().expect("a number"))
}

#[test]
#[ignore = "takes half an hour; docs/faults.md tells how"]
fn soak() {
    if !only_embedded() {
        return;
    }
    let length = Duration::from_secs(number("HOIDAP_SOAK_SECONDS", SECONDS));
    let rate = number("HOIDAP_SOAK_RATE", RATE);
    let port = free_port();
    let mut bot = Bot::with(&["--listen", &format!("127.0.0.1:{port}")]);
    for (variable, value) in surroundings() {
        bot.set(variable, value);
    }
    let (samples, confirmed) = run(&bot, length, rate);
    assert!(get(port, "/readyz").contains("200 OK"), "{}", bot.log());
    assert_eq!(bot.stop().0, Some(0), "{}", bot.log());
    let log = bot.log();
    // At the end the last request for updates may meet the one before it.
    let (before, _) = log.split_once("đang dừng").unwrap();
    assert!(
        !before.contains("ERROR") && !before.contains("WARN"),
        "{log}"
    );

    write(&samples);
    // Somebody may vote again on the same answer when his first vote is but a number already, and both count.
    let kept = votes(&bot);
    println!("{kept} votes kept");
    assert!(kept >= confirmed.different, "{kept} kept of {confirmed:?}");
    assert!(kept <= confirmed.all, "{kept} kept of {confirmed:?}");
    judge(&samples);
}

/// What the service is given in its environment, so that the soak's bot runs as an operator's does.
fn surroundings() -> impl Iterator<Item = (&'static str, &'static str)> {
    let unit = include_str!("../../../deploy/hoidap.service");
    let lines = unit.lines().filter_map(|l| l.strip_prefix("Environment="));
    lines.filter_map(|line| line.split_once('='))
}

/// The votes that the operator is shown, those kept one by one and those kept as numbers.
fn votes(bot: &Bot) -> usize {
    let shown = bot.command("stats").arg("--json").output().unwrap();
    let shown: Value = serde_json::from_slice(&shown.stdout).unwrap();
    let lines = shown["votes"].as_array().unwrap().iter();
    lines
        .map(|line| line["count"].as_u64().unwrap() as usize)
        .sum()
}

/// Votes that were confirmed: all, and those of different people or on different answers.
#[derive(Debug)]
struct Confirmed {
    all: usize,
    different: usize,
}

/// Runs it; the samples, and how many votes were confirmed.
fn run(bot: &Bot, length: Duration, rate: u64) -> (Vec<Sample>, Confirmed) {
    let questions = questions(bot.corpus());
    let mut chats: VecDeque<i64> = (10_000..10_000 + CHATS).collect();
    // The caches fill before the clock runs.
    bot.person(9).says("xin chào");
    let mut soak = Soak {
        bot,
        documents: Documents::read(bot.corpus()),
        random: Seeded::new(2026),
        pending: HashMap::new(),
        presses: HashMap::new(),
        confirmed: HashSet::new(),
        confirmations: 0,
        refused: 0,
        asked: 0,
        answered: 0,
        quotations: 0,
        pressed: 0,
        newest: 0,
        latencies: Vec::new(),
    };
    let start = Instant::now();
    let mut samples: Vec<Sample> = Vec::new();
    while start.elapsed() < length {
        let due = (start.elapsed().as_secs_f64() * rate as f64) as u64;
        while soak.asked < due {
            let before = soak.asked;
            soak.ask(&mut chats, &questions);
            assert!(soak.asked > before, "every chat waits:\n{}", bot.log());
        }
        soak.look();
        let next = SAMPLE * (samples.len() as u32 + 1);
        if start.elapsed() >= next {
            let sample = soak.sample(start);
            println!("{}", sample.line());
            samples.push(sample);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let end = Instant::now() + Duration::from_secs(60);
    while !(soak.pending.is_empty() && soak.presses.is_empty()) {
        assert!(Instant::now() < end, "not all was answered:\n{}", bot.log());
        soak.look();
        std::thread::sleep(Duration::from_millis(20));
    }
    println!(
        "{} questions, {} answered, {} quotations looked up, {} buttons pressed, {} votes confirmed, {} of them different ones, {} refused",
        soak.asked,
        soak.answered,
        soak.quotations,
        soak.pressed,
        soak.confirmations,
        soak.confirmed.len(),
        soak.refused
    );
    assert_eq!(soak.refused, 0, "votes that could not be kept");
    let confirmed = Confirmed {
        all: soak.confirmations,
        different: soak.confirmed.len(),
    };
    (samples, confirmed)
}

fn write(samples: &[Sample]) {
    let Ok(folder) = std::env::var("HOIDAP_SOAK_OUT") else {
        return;
    };
    let folder = Path::new(&folder);
    let mut csv = format!("{}\n", Sample::head());
    for sample in samples {
        csv.push_str(&sample.line());
        csv.push('\n');
    }
    fs::write(folder.join("soak.csv"), csv).unwrap();
    fs::write(folder.join("soak.svg"), soak_plot::svg(samples)).unwrap();
}

/// The last third against the second one: the first fills caches, and what is kept up to a limit.
fn judge(samples: &[Sample]) {
    let third = samples.len() / 3;
    if third < 3 {
        return;
    }
    let middle = &samples[third..2 * third];
    let last = &samples[samples.len() - third..];
    let mean = |part: &[Sample], of: fn(&Sample) -> u64| {
        part.iter().map(of).sum::<u64>() as f64 / part.len() as f64
    };
    for (what, of, allowed) in [
        ("memory", (|s| s.anonymous) as fn(&Sample) -> u64, 1.05),
        ("the store", |s| s.store, 1.15),
        ("open files", |s| s.files, 1.10),
        // What else runs on the machine weighs here, so that there is more room.
        ("the median of the latency", |s| s.p50, 1.5),
    ] {
        let (before, after) = (mean(middle, of), mean(last, of));
        println!("{what}: {before:.0} in the second third, {after:.0} in the last");
        assert!(after <= before * allowed, "{what} grows");
    }
}
