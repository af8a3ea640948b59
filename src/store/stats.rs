//! What the kept questions, votes and counters say, as plain data: what is asked most, what was not
//! answered, what was voted down.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Asked, Day, Feedback, Store, StoreError, Vote};
use crate::answer::{Intent, Kind, date};

/// At most so many lines in each list.
const LONGEST: usize = 20;

/// The figures of a stretch of days.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Stats {
    /// First and last day, `YYYY-MM-DD`; empty when nothing is kept.
    pub from: String,
    /// See `from`.
    pub to: String,
    /// Questions kept.
    pub questions: usize,
    /// Of them answered by a quotation.
    pub answered: usize,
    /// Of them not in the documents.
    pub abstained: usize,
    /// Questions and answers a day, in order, days without any left out.
    pub days: Vec<DayLine>,
    /// Questions by what was asked for.
    pub intents: Vec<Line>,
    /// Passages that answers rested on, the most asked first.
    pub passages: Vec<Line>,
    /// Questions as typed, the most asked first.
    pub asked: Vec<Line>,
    /// Questions that got no answer, the most asked first.
    pub unanswered: Vec<Line>,
    /// Votes.
    pub votes: Vec<Line>,
    /// Passages voted down, the most often first.
    pub voted_down: Vec<Line>,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayLine {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// Questions.
    pub questions: usize,
    /// Of them answered.
    pub answered: usize,
}

/// A thing and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The thing.
    pub what: String,
    /// How often.
    pub count: usize,
}

/// Reads the figures of the last `days` days before and with `today`.
pub fn read(store: &dyn Store, today: Day, days: Day) -> Result<Stats, StoreError> {
    let first = (today + 1).saturating_sub(days);
    let questions: Vec<Asked> = store
        .questions()?
        .into_iter()
        .filter(|asked| asked.day >= first)
        .collect();
    let feedback: Vec<Feedback> = store
        .feedback()?
        .into_iter()
        .filter(|feedback| feedback.day >= first)
        .collect();
    let mut stats = of(&questions, &feedback);
    add_counted(&mut stats.votes, &store.counters()?, first);
    Ok(stats)
}

/// Adds the votes that are not kept one by one any more.
fn add_counted(votes: &mut Vec<Line>, counters: &[(String, Day, u64)], first: Day) {
    for vote in Vote::ALL {
        let of_it = |(name, day, _): &&(String, Day, u64)| name == vote.counter() && *day >= first;
        let count: u64 = counters.iter().filter(of_it).map(|(_, _, n)| n).sum();
        let what = vote_name(vote);
        match votes.iter_mut().find(|line| line.what == what) {
            Some(line) => line.count += count as usize,
            None if count > 0 => votes.push(Line {
                what,
                count: count as usize,
            }),
            None => {}
        }
    }
    *votes = most_first(std::mem::take(votes));
}

/// The figures of some questions and votes.
pub fn of(questions: &[Asked], feedback: &[Feedback]) -> Stats {
    let kind = |kind: Kind| questions.iter().filter(move |asked| asked.kind == kind);
    let cited = |asked: &Asked| asked.cited.as_ref().map(ToString::to_string);
    let down = feedback.iter().filter(|feedback| feedback.vote != Vote::Up);
    let days = by_day(questions);
    Stats {
        from: days
            .first()
            .map(|line| line.day.clone())
            .unwrap_or_default(),
        to: days.last().map(|line| line.day.clone()).unwrap_or_default(),
        questions: questions.len(),
        answered: kind(Kind::Answer).count(),
        abstained: kind(Kind::Abstain).count(),
        intents: counted(questions.iter().map(|asked| intent_name(asked.intent))),
        passages: counted(kind(Kind::Answer).filter_map(cited)),
        asked: same_text(questions.iter()),
        unanswered: same_text(kind(Kind::Abstain)),
        votes: counted(feedback.iter().map(|feedback| vote_name(feedback.vote))),
        voted_down: counted(
            down.filter_map(|feedback| feedback.cited.as_ref().map(ToString::to_string)),
        ),
        days,
    }
}

/// A vote as operators read it.
pub fn vote_name(vote: Vote) -> String {
    match vote {
        Vote::Up => "hữu ích",
        Vote::Down => "không hữu ích",
        Vote::OffTopic => "trả lời chuyện khác",
        Vote::Incomplete => "thiếu ý",
        Vote::Unclear => "khó hiểu",
        Vote::Wrong => "trích sai hoặc sai chỗ",
    }
    .to_owned()
}

fn intent_name(intent: Intent) -> String {
    match intent {
        Intent::Duties => "nhiệm vụ của đơn vị",
        Intent::Who => "ai làm",
        Intent::Lookup => "văn bản nói gì",
        Intent::List => "liệt kê",
        Intent::When => "khi nào",
        Intent::About => "về văn bản",
        Intent::Compare => "so sánh",
        Intent::Place => "đọc một mục",
        Intent::None => "khác",
    }
    .to_owned()
}

fn by_day(questions: &[Asked]) -> Vec<DayLine> {
    let mut days: BTreeMap<Day, (usize, usize)> = BTreeMap::new();
    for asked in questions {
        let (all, answered) = days.entry(asked.day).or_default();
        *all += 1;
        *answered += usize::from(asked.kind == Kind::Answer);
    }
    days.into_iter()
        .map(|(day, (questions, answered))| DayLine {
            day: date(day),
            questions,
            answered,
        })
        .collect()
}

/// Questions with equal words but for case and spaces, under the first way they were typed.
fn same_text<'a>(questions: impl Iterator<Item = &'a Asked>) -> Vec<Line> {
    let mut counts: BTreeMap<String, Line> = BTreeMap::new();
    for asked in questions {
        let words: Vec<&str> = asked.text.split_whitespace().collect();
        let text = words.join(" ");
        let line = counts.entry(text.to_lowercase()).or_insert(Line {
            what: text,
            count: 0,
        });
        line.count += 1;
    }
    most_first(counts.into_values().collect())
}

fn counted(things: impl Iterator<Item = String>) -> Vec<Line> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for thing in things {
        *counts.entry(thing).or_default() += 1;
    }
    let lines = counts.into_iter().map(|(what, count)| Line { what, count });
    most_first(lines.collect())
}

fn most_first(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by(|a, b| (b.count, &a.what).cmp(&(a.count, &b.what)));
    lines.truncate(LONGEST);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::PassageId;

    #[test]
    fn votes_that_were_counted_are_votes() {
        let line = |what: Vote, count| Line {
            what: vote_name(what),
            count,
        };
        let mut votes = vec![line(Vote::Down, 3), line(Vote::Up, 2)];
        let counters = [
            (Vote::Up.counter().to_owned(), 8, 4),
            (Vote::Up.counter().to_owned(), 9, 5),
            (Vote::Wrong.counter().to_owned(), 9, 1),
            ("hoi".to_owned(), 9, 100),
        ];
        add_counted(&mut votes, &counters, 9);
        let all = [line(Vote::Up, 7), line(Vote::Down, 3), line(Vote::Wrong, 1)];
        assert_eq!(votes, all);
    }

    #[test]
    fn figures() {
        let asked = |text: &str, kind, day| Asked {
            text: text.to_owned(),
            kind,
            intent: Intent::Lookup,
            cited: (kind == Kind::Answer).then(|| PassageId::new("kh#I.1")),
            day,
        };
        let feedback = |vote| Feedback {
            answer: "a".to_owned(),
            cited: Some(PassageId::new("kh#I.1")),
            vote,
            day: 2,
        };
        let stats = of(
            &[
                asked("Ai lo?", Kind::Answer, 1),
                asked("ai  lo?", Kind::Answer, 2),
                asked("giá vàng", Kind::Abstain, 2),
            ],
            &[feedback(Vote::Up), feedback(Vote::Wrong)],
        );
        assert_eq!(
            (stats.questions, stats.answered, stats.abstained),
            (3, 2, 1)
        );
        assert_eq!(
            (stats.from.as_str(), stats.to.as_str()),
            ("1970-01-02", "1970-01-03")
        );
        assert_eq!(
            stats.asked[0],
            Line {
                what: "Ai lo?".into(),
                count: 2
            }
        );
        assert_eq!(
            stats.unanswered,
            [Line {
                what: "giá vàng".into(),
                count: 1
            }]
        );
        assert_eq!(
            stats.voted_down,
            [Line {
                what: "kh#I.1".into(),
                count: 1
            }]
        );
        assert_eq!(
            stats.days[1],
            DayLine {
                day: "1970-01-03".into(),
                questions: 2,
                answered: 1
            }
        );
    }
}
