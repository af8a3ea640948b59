//! Timing asks one by one, and reading the memory in use.

use std::cmp::Reverse;
use std::hint::black_box;
use std::time::{Duration, Instant};

use hoidap::answer::Context;
use hoidap::engine::Engine;

/// A question, and whether it goes on from the one before.
#[derive(Clone, Copy)]
pub struct Question {
    pub text: &'static str,
    pub goes_on: bool,
}

/// The questions of the benchmark.
pub fn questions() -> Vec<Question> {
    let lines = include_str!("../questions.txt").lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| match line.strip_prefix("+ ") {
            Some(text) => Question {
                text,
                goes_on: true,
            },
            None => Question {
                text: line,
                goes_on: false,
            },
        })
        .collect()
}

/// Asks every question once, and hands over each with the time it took.
pub fn ask_all(engine: &Engine, questions: &[Question], mut seen: impl FnMut(usize, Duration)) {
    let mut context = Context::default();
    for (index, question) in questions.iter().enumerate() {
        if !question.goes_on {
            context = Context::default();
        }
        let start = Instant::now();
        let reply = black_box(engine.ask(black_box(question.text), &context));
        seen(index, start.elapsed());
        context = reply.context;
    }
}

/// How long answers take.
pub struct Latency {
    pub median: Duration,
    pub percentile_99: Duration,
    pub asks: usize,
    /// Questions with their medians, the slowest first.
    pub by_question: Vec<(&'static str, Duration)>,
}

/// Asks all questions again and again for a while, after one round to warm up.
pub fn latency(engine: &Engine, questions: &[Question], lasting: Duration) -> Latency {
    ask_all(engine, questions, |_, _| {});
    let mut by_question = vec![Vec::new(); questions.len()];
    let start = Instant::now();
    while start.elapsed() < lasting {
        ask_all(engine, questions, |index, took| {
            by_question[index].push(took)
        });
    }
    let mut medians: Vec<(&str, Duration)> = questions
        .iter()
        .zip(&mut by_question)
        .map(|(question, took)| (question.text, quantile(took, 0.5)))
        .collect();
    medians.sort_by_key(|(_, median)| Reverse(*median));
    let mut all = by_question.concat();
    Latency {
        median: quantile(&mut all, 0.5),
        percentile_99: quantile(&mut all, 0.99),
        asks: all.len(),
        by_question: medians,
    }
}

/// The median of some tries.
pub fn median(tries: usize, mut run: impl FnMut()) -> Duration {
    let mut took: Vec<Duration> = (0..tries).map(|_| time(&mut run).1).collect();
    quantile(&mut took, 0.5)
}

/// What a piece of work gives, and how long it took.
pub fn time<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = black_box(run());
    (result, start.elapsed())
}

fn quantile(took: &mut [Duration], share: f64) -> Duration {
    took.sort_unstable();
    let last = took.len().saturating_sub(1);
    took.get((last as f64 * share).round() as usize)
        .copied()
        .unwrap_or_default()
}

/// Resident memory of this process in megabytes: now, and the most there has been. Nothing where
/// the system does not tell.
pub fn resident() -> Option<(f64, f64)> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kilobytes / 1024.0)
    };
    Some((field("VmRSS:")?, field("VmHWM:")?))
}
