//! Measuring: gold questions asked in ten forms through the engine, judged against what a person
//! wrote down beforehand; and questions made by chance, looked at for what must never be. Nothing
//! here may help an answer; it only looks on.

pub mod forms;
pub mod generate;
pub mod gold;
mod judge;
mod literal;
mod measure;
mod report;
mod summary;
mod table;

pub use self::forms::Form;
pub use self::judge::Fault;
pub use self::measure::Share;
pub use self::report::Report;
pub use self::summary::{measured, summary};
pub use self::table::{Comparison, Table, TableError};

use crate::answer::{Answer, Context, Intent, Kind, PassageId};
use crate::corpus::Corpus;
use crate::engine::Engine;

use self::gold::{Expect, Talk, Turn};

/// How far down the ranking the right passage is looked for.
const DEPTH: usize = 20;

/// One question asked in one form, and how it went.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Id of the question or of the dialogue's turn.
    pub id: String,
    /// Index of the dialogue (or single question) it belongs to.
    pub talk: usize,
    /// Whether that is a dialogue of several turns.
    pub dialogue: bool,
    /// Name of the file it stands in, without its ending.
    pub file: String,
    /// What it is counted under: its intent, or its kind when it is no question for the documents.
    pub label: String,
    /// The form it was asked in.
    pub form: Form,
    /// The question as it was typed in this form.
    pub typed: String,
    /// What was wrong; nothing when it was right.
    pub faults: Vec<Fault>,
    /// Kind of the reply.
    pub kind: Kind,
    /// Intent of the reply.
    pub intent: Intent,
    /// The places cited, best first.
    pub cited: Vec<PassageId>,
    /// Whether the first citation was a right one, where one is expected.
    pub first: Option<bool>,
    /// Citations that the gold allows, and all citations, where the gold names passages.
    pub precision: Share,
    /// Rank of the first right passage, counted from one, where one is expected.
    pub rank: Option<Option<usize>>,
    /// Whether to abstain would have been right, and whether anything else would.
    pub silence: Silence,
    /// Whether the answer was the same as in the clean form.
    pub same: bool,
    /// Quotations that are literal pieces of their passage, and all quotations.
    pub literal: Share,
    /// Microseconds the answer took.
    pub elapsed_us: u64,
}

impl Outcome {
    /// Wholly right; partly right counts as wrong.
    pub fn right(&self) -> bool {
        self.faults.is_empty()
    }
}

/// What the gold says about abstaining.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// The documents do not say it.
    Due,
    /// An answer and silence are both right.
    Allowed,
    /// Silence would be wrong.
    Wrong,
}

impl Silence {
    fn of(expect: &Expect) -> Self {
        match (
            expect.kinds.contains(&Kind::Abstain),
            expect.kinds.contains(&Kind::Answer),
        ) {
            (true, false) => Silence::Due,
            (true, true) => Silence::Allowed,
            (false, _) => Silence::Wrong,
        }
    }
}

/// Asks everything in each of the forms, of which the clean one must be the first.
pub fn run(engine: &Engine, talks: &[Talk], forms: &[Form]) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for (number, talk) in talks.iter().enumerate() {
        // Fingerprints of the clean form, turn by turn; it is the first in the list.
        let mut clean: Vec<String> = Vec::new();
        for form in forms.iter().copied() {
            let mut context = Context::default();
            for (i, turn) in talk.turns.iter().enumerate() {
                let typed = form.write(&turn.question, &turn.id, turn.expect.only_chat());
                let rank = rank_of(engine, &typed, &context, &turn.expect);
                let reply = engine.ask(&typed, &context);
                context = reply.context;
                if form == Form::Clean {
                    clean.push(reply.answer.fingerprint.clone());
                }
                let same = clean[i] == reply.answer.fingerprint;
                if turn.expect.is_asked_for() {
                    let asked = Asked {
                        talk,
                        number,
                        turn,
                        form,
                        typed,
                        rank,
                        same,
                    };
                    outcomes.push(asked.outcome(engine.corpus(), &reply.answer));
                }
            }
        }
    }
    outcomes
}

fn rank_of(
    engine: &Engine,
    question: &str,
    context: &Context,
    expect: &Expect,
) -> Option<Option<usize>> {
    if expect.gold.is_empty() {
        return None;
    }
    let ranked = engine.ranked(question, context, DEPTH);
    let place = ranked
        .iter()
        .position(|id| expect.gold.iter().any(|gold| gold.covers(id)));
    Some(place.map(|place| place + 1))
}

/// A turn as it was asked, before it is judged.
struct Asked<'a> {
    talk: &'a Talk,
    number: usize,
    turn: &'a Turn,
    form: Form,
    typed: String,
    rank: Option<Option<usize>>,
    same: bool,
}

impl Asked<'_> {
    fn outcome(self, corpus: &Corpus, answer: &Answer) -> Outcome {
        let expect = &self.turn.expect;
        Outcome {
            id: self.turn.id.clone(),
            talk: self.number,
            dialogue: self.talk.turns.len() > 1,
            file: self.talk.file.clone(),
            label: expect.label(),
            form: self.form,
            typed: self.typed,
            faults: judge::judge(expect, answer),
            kind: answer.kind,
            intent: answer.intent,
            cited: answer
                .citations
                .iter()
                .map(|citation| citation.passage.clone())
                .collect(),
            first: judge::first_is_right(expect, answer),
            precision: judge::precision(expect, answer),
            rank: self.rank,
            silence: Silence::of(expect),
            same: self.same,
            literal: literal::share(corpus, answer),
            elapsed_us: answer.elapsed_us,
        }
    }
}
