//! The duty matrix, both ways: every unit that the tables give something, in every name that it has
//! or that people make of it, is asked for its tasks, and every task is asked for its units. What is
//! right is worked out here from the tables alone.

mod duties;
mod figures;
mod names;
#[path = "../support/own_corpus.rs"]
mod own_corpus;
mod tasks;

use std::thread;

use hoidap::answer::{Answer, Context, Kind};
use hoidap::corpus::Corpus;

use figures::{Figures, Judged};
use own_corpus::engine;

fn corpus() -> &'static Corpus {
    engine().corpus()
}

fn ask(question: &str) -> Answer {
    engine().ask(question, &Context::default()).answer
}

/// Asks all questions, half of them beside the other half.
fn measure<Q: Sync>(questions: &[Q], judge: impl Fn(&Q) -> (String, Judged) + Sync) -> Figures {
    let half = |part: &[Q]| {
        let mut figures = Figures::default();
        for question in part {
            let (typed, judged) = judge(question);
            figures.add(&typed, judged);
        }
        figures
    };
    let (first, second) = questions.split_at(questions.len() / 2);
    thread::scope(|scope| {
        let beside = scope.spawn(|| half(second));
        let mut figures = half(first);
        figures.merge(beside.join().expect("questions can be asked"));
        figures
    })
}

/// A frame with its gap filled; small in the middle of a sentence.
fn filled(frame: &str, words: &str) -> String {
    if frame.starts_with("{}") {
        return frame.replace("{}", words);
    }
    frame.replace("{}", &names::begin_small(words))
}

/// As typed in the `form`th way: with marks, or without any.
fn typed(question: String, form: usize) -> String {
    match form % 2 {
        0 => question,
        _ => names::without_marks(&question).to_lowercase(),
    }
}

#[test]
fn every_unit_has_five_names_in_the_table() {
    const LEAST: usize = 5;
    let few: Vec<String> = corpus()
        .units
        .iter()
        .map(|unit| (unit, 1 + unit.aliases.len()))
        .filter(|(_, names)| *names < LEAST)
        .map(|(unit, names)| format!("{}: {names}", unit.id))
        .collect();
    assert!(few.is_empty(), "{}", few.join(", "));
}

#[test]
fn from_units_to_tasks() {
    let names = names::of_all_units(corpus());
    let given: Vec<duties::Given> = (0..corpus().units.len())
        .map(|unit| duties::Given::new(corpus(), unit))
        .collect();
    let mut questions = Vec::new();
    for (at, name) in names.iter().enumerate() {
        for form in 0..2 {
            // Every name in both forms, every frame with every kind of name: the frames go round.
            questions.push((
                name,
                duties::FRAMES[(at + form * 3) % duties::FRAMES.len()],
                form,
            ));
        }
    }
    let figures = measure(&questions, |(name, frame, form)| {
        let question = typed(filled(frame, &name.words), *form);
        let answer = ask(&question);
        let judged = duties::judge(corpus(), &given[name.unit], name, &answer);
        (question, judged)
    });
    let report = figures.report("units to tasks");
    eprintln!("{} names of {} units", names.len(), corpus().units.len());
    assert!(
        figures.precision() >= 100.0 && figures.recall() >= 99.0,
        "{report}"
    );
    eprintln!("{report}");
}

#[test]
fn from_tasks_to_units() {
    let questions = tasks::questions(corpus());
    let figures = measure(&questions, |(task, phrase, frame, form)| {
        let question = typed(filled(frame, phrase), *form);
        let answer = ask(&question);
        (question, tasks::judge(corpus(), task, phrase, &answer))
    });
    let report = figures.report("tasks to units");
    assert!(
        figures.precision() >= 100.0 && figures.recall() >= 99.0,
        "{report}"
    );
    eprintln!("{report}");
}

#[test]
fn both_clauses_are_answered() {
    let questions = tasks::with_second_clause(corpus());
    let figures = measure(&questions, |(task, phrase, frame, second)| {
        let question = filled(frame, phrase);
        let answer = ask(&question);
        let mut judged = tasks::judge(corpus(), task, phrase, &answer);
        judged
            .faults
            .extend(tasks::judge_second(corpus(), task, *second, &answer));
        (question, judged)
    });
    let report = figures.report("two clauses");
    assert!(
        figures.precision() >= 100.0 && figures.share_right() >= 99.0,
        "{report}"
    );
    eprintln!("{report}");
}

#[test]
fn bodies_of_other_places_and_of_no_group_have_no_duties_here() {
    let others = names::of_others(corpus());
    let questions: Vec<(&String, &str, usize)> = others
        .iter()
        .enumerate()
        .flat_map(|(at, name)| {
            let frame = duties::FRAMES[at % duties::FRAMES.len()];
            [(name, frame, 0), (name, frame, 1)]
        })
        .collect();
    let figures = measure(&questions, |(name, frame, form)| {
        let question = typed(filled(frame, name), *form);
        let answer = ask(&question);
        let mut judged = Judged {
            told: 1,
            ..Judged::default()
        };
        match answer.kind {
            Kind::Abstain => judged.true_told = 1,
            _ => judged
                .faults
                .push(format!("answered: {}", duties::first_line(&answer))),
        }
        (question, judged)
    });
    let report = figures.report("bodies of others");
    assert!(figures.precision() >= 100.0, "{report}");
    eprintln!("{report}");
}
