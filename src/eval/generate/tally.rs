//! Counts of what was asked, and the first answers that were wrong.

use std::collections::BTreeMap;
use std::fmt;

use super::super::measure::Share;
use super::frame;
use super::watch::Breach;
use crate::answer::Answer;

/// So many wrong answers are told, the first ones.
const TOLD: usize = 20;
/// Characters of a question that are told.
const SHOWN: usize = 300;

/// One question and what came of it.
pub(super) struct Asked<'a> {
    /// The talk's number and the turn in it.
    pub place: (usize, usize),
    /// What the question was made from.
    pub source: &'static str,
    /// The question as typed.
    pub question: &'a str,
    /// The answer, unless the engine broke down.
    pub answer: Option<&'a Answer>,
    /// What is wrong with it.
    pub breaches: Vec<Breach>,
}

/// What was counted.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Questions asked.
    pub asked: usize,
    /// By what they were made from.
    pub sources: BTreeMap<&'static str, usize>,
    /// By kind of the answer.
    pub kinds: BTreeMap<&'static str, usize>,
    /// By what the answer took to be asked for.
    pub intents: BTreeMap<String, usize>,
    /// Quotations that are literal pieces of their place, and all.
    pub literal: Share,
    /// Sentences that name a unit and were held against the table.
    pub frames: usize,
    /// Answers with something wrong.
    pub wrong: usize,
    /// The longest text of an answer, in characters.
    pub longest: usize,
    /// Microseconds of the slowest answer, and its question.
    pub slowest: Option<(u64, String)>,
    /// The first wrong ones: place, question, what is wrong.
    first: Vec<((usize, usize), String, Vec<Breach>)>,
}

impl Tally {
    /// Counts one more.
    pub(super) fn count(&mut self, asked: &Asked) {
        self.asked += 1;
        *self.sources.entry(asked.source).or_default() += 1;
        let kind = asked.answer.map_or("panic", |answer| answer.kind.name());
        *self.kinds.entry(kind).or_default() += 1;
        if let Some(answer) = asked.answer {
            self.count_answer(asked, answer);
        }
        if !asked.breaches.is_empty() {
            self.wrong += 1;
            let question: String = asked.question.chars().take(SHOWN).collect();
            self.first
                .push((asked.place, question, asked.breaches.clone()));
            self.keep_first();
        }
    }

    fn count_answer(&mut self, asked: &Asked, answer: &Answer) {
        let intent = format!("{:?}", answer.intent).to_lowercase();
        *self.intents.entry(intent).or_default() += 1;
        let broken = asked.breaches.iter();
        let broken = broken.filter(|breach| matches!(breach, Breach::NotLiteral(_)));
        let all = answer.citations.len();
        self.literal = self.literal.plus(Share {
            hits: all - broken.count(),
            all,
        });
        self.frames += frame::count(answer);
        self.longest = self.longest.max(answer.text.chars().count());
        if self
            .slowest
            .as_ref()
            .is_none_or(|(most, _)| *most < answer.elapsed_us)
        {
            let question = asked.question.chars().take(SHOWN).collect();
            self.slowest = Some((answer.elapsed_us, question));
        }
    }

    /// Adds what another thread counted.
    pub(super) fn merge(&mut self, other: Tally) {
        self.asked += other.asked;
        for (counts, more) in [
            (&mut self.sources, other.sources),
            (&mut self.kinds, other.kinds),
        ] {
            for (name, count) in more {
                *counts.entry(name).or_default() += count;
            }
        }
        for (name, count) in other.intents {
            *self.intents.entry(name).or_default() += count;
        }
        self.literal = self.literal.plus(other.literal);
        self.frames += other.frames;
        self.wrong += other.wrong;
        self.longest = self.longest.max(other.longest);
        let time = |slowest: &Option<(u64, String)>| slowest.as_ref().map(|(time, _)| *time);
        if time(&self.slowest) < time(&other.slowest) {
            self.slowest = other.slowest;
        }
        self.first.extend(other.first);
        self.keep_first();
    }

    fn keep_first(&mut self) {
        self.first.sort_by_key(|(place, _, _)| *place);
        self.first.truncate(TOLD);
    }

    /// Whether nothing was wrong.
    pub fn is_sound(&self) -> bool {
        self.wrong == 0
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Đã hỏi {} câu.", self.asked)?;
        let intents = self
            .intents
            .iter()
            .map(|(name, count)| (name.as_str(), *count));
        row(
            f,
            "Sinh từ",
            self.sources.iter().map(|(name, count)| (*name, *count)),
        )?;
        row(
            f,
            "Loại trả lời",
            self.kinds.iter().map(|(name, count)| (*name, *count)),
        )?;
        row(f, "Ý hỏi", intents)?;
        let Share { hits, all } = self.literal;
        writeln!(f, "Lời trích: {all}; đúng từng byte với nơi trích: {hits}.")?;
        writeln!(
            f,
            "Câu dẫn nêu đơn vị, đối chiếu với bảng phân công: {}.",
            self.frames
        )?;
        writeln!(f, "Câu trả lời dài nhất: {} ký tự.", self.longest)?;
        if let Some((time, question)) = &self.slowest {
            let ms = *time as f64 / 1000.0;
            writeln!(
                f,
                "Câu chậm nhất: {} ms: {question:?}",
                format!("{ms:.1}").replace('.', ",")
            )?;
        }
        writeln!(f, "Câu trả lời có lỗi: {}.", self.wrong)?;
        for ((talk, turn), question, breaches) in &self.first {
            let breaches: Vec<String> = breaches.iter().map(Breach::to_string).collect();
            writeln!(
                f,
                "✗ {talk}.{} {question:?}: {}",
                turn + 1,
                breaches.join("; ")
            )?;
        }
        Ok(())
    }
}

fn row<'a>(
    f: &mut fmt::Formatter<'_>,
    title: &str,
    counts: impl Iterator<Item = (&'a str, usize)>,
) -> fmt::Result {
    let counts: Vec<String> = counts
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    match counts.is_empty() {
        true => Ok(()),
        false => writeln!(f, "{title}: {}.", counts.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(talk: usize) -> Tally {
        let mut tally = Tally::default();
        tally.count(&Asked {
            place: (talk, 0),
            source: "a",
            question: "hỏi\u{1b}",
            answer: None,
            breaches: vec![Breach::Panic],
        });
        tally
    }

    #[test]
    fn the_first_wrong_ones_are_told_in_their_order() {
        let mut tally = Tally::default();
        assert!(tally.is_sound());
        for talk in (0..30).rev() {
            tally.merge(broken(talk));
        }
        assert_eq!((tally.asked, tally.wrong, tally.sources["a"]), (30, 30, 30));
        assert!(!tally.is_sound());
        let shown = tally.to_string();
        let told: Vec<&str> = shown.lines().filter(|line| line.starts_with('✗')).collect();
        assert_eq!(told.len(), TOLD);
        assert_eq!(told[0], "✗ 0.1 \"hỏi\\u{1b}\": máy gặp sự cố (panic)");
    }
}
