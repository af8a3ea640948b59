//! `hoidap ask`: one question from the arguments, or one a line from standard input.

use std::collections::HashMap;
use std::io::{self, BufRead, BufWriter, Write};

use serde::Deserialize;

use super::arguments::Ask;
use super::config::Config;
use super::failure::UsageError;
use super::lossy::read_lossy_line;
use super::open::open;
use super::{Outcome, screen};
use crate::answer::{Context, Kind};
use crate::engine::{Engine, Reply};
use crate::render::json::{self, Extras};
use crate::render::terminal;

/// Answers.
pub fn run(config: &Config, arguments: &Ask) -> anyhow::Result<Outcome> {
    if arguments.lines {
        let engine = open(config)?;
        let stdout = BufWriter::new(io::stdout().lock());
        let mut lines = Lines::new(engine, arguments);
        lines.run(io::stdin().lock(), stdout)?;
        // The process ends: the system takes the memory back at once, and not piece by piece.
        std::mem::forget(lines);
        return Ok(Outcome::Fine);
    }
    if arguments.question.is_empty() {
        let message = "chưa có câu hỏi".to_owned();
        return Err(UsageError {
            message,
            command: "ask",
        }
        .into());
    }
    let words: Vec<_> = arguments
        .question
        .iter()
        .map(|word| word.to_string_lossy())
        .collect();
    one(&open(config)?, arguments, &words.join(" "))?;
    Ok(Outcome::Fine)
}

fn one(engine: &Engine, arguments: &Ask, question: &str) -> anyhow::Result<()> {
    let context = Context::default();
    let reply = engine.ask(question, &context);
    let mut stdout = io::stdout().lock();
    if arguments.json || arguments.ranked.is_some() {
        let extras = extras(engine, arguments, question, &context);
        writeln!(stdout, "{}", json::line(&reply.answer, &extras))?;
        if arguments.trace {
            trace_aside(&reply);
        }
    } else {
        stdout.write_all(terminal::answer(&reply.answer, screen::style()).as_bytes())?;
        if arguments.trace {
            writeln!(stdout, "\n{}", reply.trace)?;
        }
    }
    stdout.flush()?;
    Ok(())
}

fn extras(engine: &Engine, arguments: &Ask, question: &str, context: &Context) -> Extras {
    let ranked = arguments
        .ranked
        .map(|n| engine.ranked(question, context, n));
    Extras {
        ranked,
        error: None,
    }
}

/// Beside JSON the trace goes where it does not mix with it.
fn trace_aside(reply: &Reply) {
    let _ = writeln!(io::stderr(), "{}", reply.trace);
}

/// A line of input in its richer form. Question files carry more fields than these.
#[derive(Deserialize)]
struct Entry {
    question: String,
    #[serde(default)]
    session: Option<Session>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Session {
    Name(String),
    Number(i64),
}

impl From<Session> for String {
    fn from(session: Session) -> Self {
        match session {
            Session::Name(name) => name,
            Session::Number(number) => number.to_string(),
        }
    }
}

/// Answers a question a line, each as soon as it is read.
struct Lines<'a> {
    engine: Engine,
    arguments: &'a Ask,
    sessions: HashMap<String, Context>,
}

impl<'a> Lines<'a> {
    fn new(engine: Engine, arguments: &'a Ask) -> Self {
        Self {
            engine,
            arguments,
            sessions: HashMap::new(),
        }
    }

    fn run(&mut self, mut input: impl BufRead, mut output: impl Write) -> io::Result<()> {
        while let Some(line) = read_lossy_line(&mut input)? {
            writeln!(output, "{}", self.answer(&line))?;
            output.flush()?;
        }
        Ok(())
    }

    fn answer(&mut self, line: &str) -> String {
        if !line.trim_start().starts_with('{') {
            return self.ask(line, None);
        }
        match serde_json::from_str::<Entry>(line) {
            Ok(entry) => self.ask(&entry.question, entry.session.map(String::from)),
            Err(error) => self.unreadable(line, &error),
        }
    }

    fn ask(&mut self, question: &str, session: Option<String>) -> String {
        let context = session
            .as_ref()
            .and_then(|name| self.sessions.get(name))
            .cloned();
        let context = context.unwrap_or_default();
        let reply = self.engine.ask(question, &context);
        let extras = extras(&self.engine, self.arguments, question, &context);
        if self.arguments.trace {
            trace_aside(&reply);
        }
        if self.engine.is_full() {
            self.engine = self.engine.emptied();
        }
        if let Some(name) = session {
            self.sessions.insert(name, reply.context);
        }
        json::line(&reply.answer, &extras)
    }

    /// A line that holds no question gets the answer to no question, and says why.
    fn unreadable(&self, line: &str, error: &serde_json::Error) -> String {
        let mut answer = self.engine.ask("", &Context::default()).answer;
        answer.question = line.to_owned();
        answer.kind = Kind::Abstain;
        let ranked = self.arguments.ranked.map(|_| Vec::new());
        let error = format!("dòng JSON không có “question” đọc được: {error}");
        json::line(
            &answer,
            &Extras {
                ranked,
                error: Some(error),
            },
        )
    }
}
