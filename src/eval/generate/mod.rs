//! Questions made by chance from a corpus's own tables and texts, as many as one likes, each
//! answered and each answer looked at from outside. No one wrote down what would be right; what is
//! looked for is what must never be: a quotation that is no piece of its place, a frame that names
//! a unit which the table does not give that passage, a citation of silence, a panic.
//!
//! The same number and seed ask the same questions on every machine, whatever the threads.

mod frame;
mod hostile;
mod material;
mod tally;
mod watch;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

pub use self::material::WORDS;
pub use self::tally::Tally;
pub use self::watch::{Breach, look};

use super::forms::Form;
use super::forms::rng::Rng;
use crate::answer::{Context, Kind};
use crate::engine::{Engine, Reply};

use self::material::Material;
use self::tally::Asked;

/// What to ask.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many questions.
    pub questions: usize,
    /// What chance is drawn from.
    pub seed: u64,
    /// How many threads ask; at least one does.
    pub threads: usize,
}

/// Questions of the talks in turn: five of eight are single ones.
const TURNS: [usize; 8] = [1, 2, 1, 1, 3, 1, 2, 1];
/// Talks that a thread takes at once.
const BATCH: usize = 64;
/// One question of so many is asked twice, to see whether the answer is the same.
const ASKED_TWICE: usize = 32;

/// Asks all questions. `progress` hears, now and then and from any thread, how many were asked.
pub fn run(engine: &Engine, plan: &Plan, progress: impl Fn(usize) + Sync) -> Tally {
    let material = Material::new(engine.corpus());
    let next = AtomicUsize::new(0);
    let asked = AtomicUsize::new(0);
    let work = || {
        let mut tally = Tally::default();
        loop {
            let first = next.fetch_add(BATCH, Ordering::Relaxed);
            if turns_before(first) >= plan.questions {
                return tally;
            }
            let before = tally.asked;
            for talk in first..first + BATCH {
                let left = plan.questions.saturating_sub(turns_before(talk));
                let turns = TURNS[talk % TURNS.len()].min(left);
                Talk::new(engine, &material, plan.seed, talk).hold(turns, &mut tally);
            }
            let new = tally.asked - before;
            progress(asked.fetch_add(new, Ordering::Relaxed) + new);
        }
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..plan.threads).map(|_| scope.spawn(work)).collect();
        let mut tally = work();
        for other in others {
            // A panic of the engine is caught where it happens; one of this code goes on.
            let counted = other.join();
            tally.merge(counted.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        tally
    })
}

/// How many questions the talks before this one have.
fn turns_before(talk: usize) -> usize {
    let rounds = talk / TURNS.len() * TURNS.iter().sum::<usize>();
    rounds + TURNS[..talk % TURNS.len()].iter().sum::<usize>()
}

/// One conversation.
struct Talk<'a> {
    engine: &'a Engine,
    material: &'a Material<'a>,
    number: usize,
    rng: Rng,
    context: Context,
}

impl<'a> Talk<'a> {
    fn new(engine: &'a Engine, material: &'a Material<'a>, seed: u64, number: usize) -> Self {
        Self {
            engine,
            material,
            number,
            rng: Rng::of(&format!("{seed}/{number}")),
            context: Context::default(),
        }
    }

    fn hold(mut self, turns: usize, tally: &mut Tally) {
        for turn in 0..turns {
            let (source, question) = match turn {
                0 => self.material.question(&mut self.rng),
                _ => self
                    .material
                    .follow_up(&self.context.suggestions, &mut self.rng),
            };
            // What was offered is taken by a press of a button, without a slip.
            let typed = match source {
                material::SUGGESTION => question,
                _ => typed(&question, &mut self.rng),
            };
            let twice = self.rng.below(ASKED_TWICE) == 0;
            let (reply, breaches) = self.ask(&typed, source, twice);
            tally.count(&Asked {
                place: (self.number, turn),
                source,
                question: &typed,
                answer: reply.as_ref().map(|reply| &reply.answer),
                breaches,
            });
            match reply {
                Some(reply) => self.context = reply.context,
                None => return,
            }
        }
    }

    /// The reply, unless the engine broke down, and what is wrong.
    fn ask(&self, typed: &str, source: &str, twice: bool) -> (Option<Reply>, Vec<Breach>) {
        let ask = || catch_unwind(AssertUnwindSafe(|| self.engine.ask(typed, &self.context)));
        let Ok(reply) = ask() else {
            return (None, vec![Breach::Panic]);
        };
        let mut breaches = look(self.engine.corpus(), &reply.answer);
        if source == material::SUGGESTION && reply.answer.kind != Kind::Answer {
            breaches.push(Breach::EmptyPromise);
        }
        let same = |again: Reply| {
            again.answer.text == reply.answer.text
                && again.answer.fingerprint == reply.answer.fingerprint
                && again.context == reply.context
        };
        if twice && !ask().is_ok_and(same) {
            breaches.push(Breach::Unsteady);
        }
        (Some(reply), breaches)
    }
}

/// The question as somebody types it: as it should be, in one form, or in two forms mixed; now and
/// then with characters that nobody meant to type.
fn typed(question: &str, rng: &mut Rng) -> String {
    let times = match rng.below(10) {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    let mut typed = question.to_owned();
    for _ in 0..times {
        let form = match rng.below(2) {
            0 => *rng.pick(&Form::ALL),
            _ => *rng.pick(&Form::ROUGH),
        };
        typed = form.write(&typed, &rng.below(usize::MAX).to_string(), false);
    }
    if rng.below(25) == 0 {
        typed = hostile::sprinkled(&typed, rng);
    }
    typed
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use super::*;
    use crate::corpus::Corpus;
    use crate::index;

    fn engine() -> &'static Engine {
        static ENGINE: OnceLock<Engine> = OnceLock::new();
        ENGINE.get_or_init(|| {
            let document = "+++\nid = \"kh\"\ntype = \"Kế hoạch\"\nnumber = \"7-KH\"\nshort = \"Kế hoạch 7\"\n\
                 title = \"Kế hoạch trồng cây\"\nissuer = \"Ủy ban xã\"\n+++\n## I. VIỆC LÀM\n\
                 - Trường học trồng cây bóng mát trước mùa mưa.\n- Thôn dọn mương hằng tháng.\n";
            let files = [("kh.md", document), ("y-hoi.toml", "[who]\nquestions = ['ai trồng cây']\n")];
            let files = files.map(|(name, text)| (name.to_owned(), text.into()));
            let (corpus, _) = Corpus::from_files(files.to_vec()).unwrap();
            let index = index::open_in_memory(&corpus).unwrap();
            Engine::new(corpus, index)
        })
    }

    fn plan(questions: usize, seed: u64, threads: usize) -> Plan {
        Plan {
            questions,
            seed,
            threads,
        }
    }

    #[test]
    fn as_many_as_asked_for() {
        for questions in [0, 1, 11, 12, 13, 300] {
            let tally = run(engine(), &plan(questions, 1, 2), |_| ());
            assert_eq!(tally.asked, questions);
            assert_eq!(tally.kinds.values().sum::<usize>(), questions);
        }
    }

    #[test]
    fn turns_are_counted_as_they_come() {
        let mut before = 0;
        for talk in 0..40 {
            assert_eq!(turns_before(talk), before);
            before += TURNS[talk % TURNS.len()];
        }
    }

    #[test]
    fn threads_change_nothing_and_the_seed_does() {
        let shown = |threads, seed| {
            let mut tally = run(engine(), &plan(400, seed, threads), |_| ());
            tally.slowest = None;
            tally.to_string()
        };
        assert_eq!(shown(1, 7), shown(3, 7));
        assert_ne!(shown(1, 7), shown(1, 8));
    }

    #[test]
    fn progress_ends_with_all() {
        let most = AtomicUsize::new(0);
        run(engine(), &plan(500, 1, 2), |asked| {
            most.fetch_max(asked, Ordering::Relaxed);
        });
        assert_eq!(most.into_inner(), 500);
    }
}
