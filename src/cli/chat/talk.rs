//! One conversation: what a line means and what is said to it. No input or output here.

use super::orders::{self, Order};
use crate::answer::{Context, Kind};
use crate::engine::Engine;
use crate::render::terminal::{self, Style};

const EXAMPLES: usize = 3;

/// What comes of a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Turn {
    /// Show this text. What is private is kept nowhere.
    Say { text: String, private: bool },
    /// An empty line.
    Nothing,
    /// The person leaves.
    Leave,
}

/// A conversation under way.
pub struct Talk<'a> {
    engine: &'a Engine,
    style: Style,
    context: Context,
    /// The last suggestions shown, picked by their number.
    suggestions: Vec<String>,
}

impl<'a> Talk<'a> {
    /// Nothing said yet.
    pub fn new(engine: &'a Engine, style: Style) -> Self {
        Self {
            engine,
            style,
            context: Context::default(),
            suggestions: Vec::new(),
        }
    }

    /// The first words, with questions to try that have answers in this corpus.
    pub fn welcome(&mut self) -> String {
        self.suggestions = self.examples();
        self.context.suggestions.clone_from(&self.suggestions);
        let mut text =
            "Chào bạn! Hãy hỏi về các văn bản; mỗi câu trả lời là đoạn trích nguyên văn \
                        kèm nơi trích. Thử:\n"
                .to_owned();
        for (i, example) in self.suggestions.iter().enumerate() {
            text.push_str(&format!("  {}. {example}\n", i + 1));
        }
        text.push_str("Gõ số để chọn; /trogiup để xem các lệnh; /thoat để ra.\n\n");
        text
    }

    /// What the engine itself offers to somebody who greets it, filled up from the documents.
    fn examples(&self) -> Vec<String> {
        let greeted = self.engine.ask("xin chào", &Context::default()).answer;
        let of_documents = self
            .engine
            .corpus()
            .documents
            .iter()
            .map(|document| format!("{} do ai ban hành?", document.short));
        greeted
            .suggestions
            .into_iter()
            .chain(of_documents)
            .take(EXAMPLES)
            .collect()
    }

    /// Answers a line.
    pub fn turn(&mut self, line: &str) -> Turn {
        let line = line.trim();
        if line.is_empty() {
            return Turn::Nothing;
        }
        match orders::read(line) {
            Some(Order::Leave) => Turn::Leave,
            Some(Order::Help) => say(orders::HELP),
            Some(Order::Units) => say(&orders::units(self.engine)),
            Some(Order::Documents) => say(&orders::documents(self.engine.corpus())),
            Some(Order::Place(place)) => {
                let question = orders::place_question(self.engine.corpus(), &place);
                self.ask(&question)
            }
            Some(Order::Unknown) => say(&format!("Không có lệnh này.\n{}", orders::HELP)),
            None => match self.picked(line) {
                Some(question) => self.ask_picked(&question),
                None => self.ask(line),
            },
        }
    }

    /// The suggestion whose number was typed.
    fn picked(&self, line: &str) -> Option<String> {
        let number: usize = line.trim_end_matches('.').parse().ok()?;
        self.suggestions.get(number.checked_sub(1)?).cloned()
    }

    fn ask_picked(&mut self, question: &str) -> Turn {
        match self.ask(question) {
            Turn::Say { text, private } => Turn::Say {
                text: format!("→ {question}\n\n{text}"),
                private,
            },
            other => other,
        }
    }

    fn ask(&mut self, question: &str) -> Turn {
        let reply = self.engine.ask(question, &self.context);
        self.context = reply.context;
        self.suggestions.clone_from(&reply.answer.suggestions);
        let text = terminal::answer(&reply.answer, self.style);
        Turn::Say {
            text: format!("{text}\n"),
            private: reply.answer.kind == Kind::Urgent,
        }
    }
}

fn say(text: &str) -> Turn {
    Turn::Say {
        text: format!("{}\n\n", text.trim_end()),
        private: false,
    }
}
