//! One answer against what was expected of it.

use std::collections::BTreeSet;
use std::fmt;

use super::gold::{Expect, word};
use super::measure::Share;
use crate::answer::{Answer, Intent, Kind, PassageId};
use crate::text;

/// Something wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Another kind than expected.
    Kind(Kind),
    /// Another intent than expected.
    Intent(Intent),
    /// Other units than expected.
    Units(Vec<String>),
    /// The first citation is none of the right ones; `None` when nothing is cited.
    First(Option<PassageId>),
    /// A place that should be cited and is not.
    Missing(PassageId),
    /// A piece that should stand in the text and does not.
    Must(String),
    /// A piece that stands in the text and should not.
    MustNot(String),
    /// An abstention that cites.
    Cites,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Kind(kind) => write!(f, "loại trả lời là {}", word(kind)),
            Fault::Intent(intent) => write!(f, "hiểu ý hỏi là {}", word(intent)),
            Fault::Units(units) => write!(f, "đơn vị là [{}]", units.join(", ")),
            Fault::First(None) => write!(f, "không trích gì"),
            Fault::First(Some(place)) => write!(f, "trích trước hết {place}"),
            Fault::Missing(place) => write!(f, "không trích {place}"),
            Fault::Must(piece) => write!(f, "thiếu “{piece}”"),
            Fault::MustNot(piece) => write!(f, "có “{piece}”"),
            Fault::Cites => write!(f, "nói là không có mà vẫn trích"),
        }
    }
}

/// Everything that is wrong with an answer.
pub fn judge(expect: &Expect, answer: &Answer) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !expect.kinds.is_empty() && !expect.kinds.contains(&answer.kind) {
        faults.push(Fault::Kind(answer.kind));
    }
    if answer.kind == Kind::Abstain && !answer.citations.is_empty() {
        faults.push(Fault::Cites);
    }
    let cites = matches!(answer.kind, Kind::Answer | Kind::Urgent);
    if !cites && expect.kinds.contains(&answer.kind) {
        // Where silence or small talk is right, there is nothing to cite and no unit to name; and
        // where an answer would be right as well, the words wanted are an answer's.
        if !expect.kinds.contains(&Kind::Answer) {
            faults.extend(text_faults(expect, &answer.text));
        }
        return faults;
    }
    faults.extend(meaning_faults(expect, answer));
    faults.extend(citation_faults(expect, answer));
    faults.extend(text_faults(expect, &answer.text));
    faults
}

fn meaning_faults(expect: &Expect, answer: &Answer) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !expect.intents.is_empty() && !expect.intents.contains(&answer.intent) {
        faults.push(Fault::Intent(answer.intent));
    }
    if let Some(units) = &expect.units {
        let expected: BTreeSet<_> = units.iter().collect();
        if expected != answer.units.iter().collect() {
            faults.push(Fault::Units(answer.units.clone()));
        }
    }
    if !expect.least.iter().all(|unit| answer.units.contains(unit)) {
        faults.push(Fault::Units(answer.units.clone()));
    }
    faults
}

fn citation_faults(expect: &Expect, answer: &Answer) -> Vec<Fault> {
    let mut faults = Vec::new();
    if first_is_right(expect, answer) == Some(false) {
        faults.push(Fault::First(first(answer).cloned()));
    }
    for need in &expect.need {
        if !answer
            .citations
            .iter()
            .any(|citation| need.covers(&citation.passage))
        {
            faults.push(Fault::Missing(need.clone()));
        }
    }
    faults
}

fn text_faults(expect: &Expect, answered: &str) -> Vec<Fault> {
    if expect.must.is_empty() && expect.mustnot.is_empty() {
        return Vec::new();
    }
    let answered = plain(answered);
    let stands = |pieces: &str| {
        pieces
            .split('|')
            .any(|piece| answered.contains(&plain(piece)))
    };
    let must = expect
        .must
        .iter()
        .filter(|pieces| !stands(pieces))
        .cloned()
        .map(Fault::Must);
    let mustnot = expect
        .mustnot
        .iter()
        .filter(|pieces| stands(pieces))
        .cloned();
    must.chain(mustnot.map(Fault::MustNot)).collect()
}

/// NFC, lower case, blanks squeezed.
fn plain(text: &str) -> String {
    text::nfc(text)
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn first(answer: &Answer) -> Option<&PassageId> {
    answer.citations.first().map(|citation| &citation.passage)
}

/// Whether the first citation is one of the right ones or inside one, where the gold names any.
pub fn first_is_right(expect: &Expect, answer: &Answer) -> Option<bool> {
    if expect.gold.is_empty() {
        return None;
    }
    Some(first(answer).is_some_and(|first| expect.gold.iter().any(|gold| gold.covers(first))))
}

/// Citations that the gold allows, of all; of none where the gold names no passage.
pub fn precision(expect: &Expect, answer: &Answer) -> Share {
    let mut share = Share::default();
    if expect.gold.is_empty() {
        return share;
    }
    for citation in &answer.citations {
        let mut allowed = expect.gold.iter().chain(&expect.need).chain(&expect.ok);
        share.count(allowed.any(|place| place.covers(&citation.passage)));
    }
    share
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Citation, TextKind};

    fn answer(kind: Kind, cited: &[&str]) -> Answer {
        let citation = |place: &&str| Citation {
            passage: PassageId::new(*place),
            document: String::new(),
            label: String::new(),
            quote: String::new(),
            text: TextKind::Verbatim,
        };
        Answer {
            question: String::new(),
            kind,
            intent: Intent::Who,
            units: vec!["b".to_owned(), "a".to_owned()],
            text: "Ban  Chỉ đạo\nHọp hằng quý.".to_owned(),
            citations: cited.iter().map(citation).collect(),
            suggestions: Vec::new(),
            confidence: 0.0,
            fingerprint: String::new(),
            elapsed_us: 0,
            blocks: Vec::new(),
        }
    }

    fn ids(places: &[&str]) -> Vec<PassageId> {
        places.iter().map(|place| PassageId::new(*place)).collect()
    }

    #[track_caller]
    fn check(expect: &Expect, answer: &Answer, faults: &[Fault]) {
        assert_eq!(judge(expect, answer), faults);
    }

    #[test]
    fn all_as_expected() {
        let expect = Expect {
            kinds: vec![Kind::Answer],
            intents: vec![Intent::Who],
            units: Some(vec!["a".to_owned(), "b".to_owned()]),
            gold: ids(&["d#I"]),
            need: ids(&["d#II.2"]),
            must: vec!["không có|ban chỉ đạo họp".to_owned()],
            mustnot: vec!["hằng năm".to_owned()],
            ..Expect::default()
        };
        check(&expect, &answer(Kind::Answer, &["d#I.1", "d#II.2"]), &[]);
    }

    #[test]
    fn every_fault_is_told() {
        let expect = Expect {
            kinds: vec![Kind::Abstain],
            intents: vec![Intent::When],
            units: Some(vec!["a".to_owned()]),
            gold: ids(&["d#II"]),
            need: ids(&["d#III"]),
            must: vec!["hằng năm".to_owned()],
            mustnot: vec!["ban chỉ đạo|x".to_owned()],
            ..Expect::default()
        };
        check(
            &expect,
            &answer(Kind::Answer, &["d#I.1"]),
            &[
                Fault::Kind(Kind::Answer),
                Fault::Intent(Intent::Who),
                Fault::Units(vec!["b".to_owned(), "a".to_owned()]),
                Fault::First(Some(PassageId::new("d#I.1"))),
                Fault::Missing(PassageId::new("d#III")),
                Fault::Must("hằng năm".to_owned()),
                Fault::MustNot("ban chỉ đạo|x".to_owned()),
            ],
        );
    }

    #[test]
    fn more_units_than_the_least_are_no_fault() {
        let expect = |unit: &str| Expect {
            kinds: vec![Kind::Answer],
            least: vec![unit.to_owned()],
            ..Expect::default()
        };
        let answer = answer(Kind::Answer, &["d#I.1"]);
        check(&expect("a"), &answer, &[]);
        check(&expect("c"), &answer, &[Fault::Units(answer.units.clone())]);
    }

    #[test]
    fn a_right_silence_need_not_cite() {
        let expect = Expect {
            kinds: vec![Kind::Answer, Kind::Abstain],
            intents: vec![Intent::When],
            gold: ids(&["d#I"]),
            ..Expect::default()
        };
        check(&expect, &answer(Kind::Abstain, &[]), &[]);
        check(&expect, &answer(Kind::Abstain, &["d#I"]), &[Fault::Cites]);
    }

    #[test]
    fn precision_counts_what_the_gold_allows() {
        let expect = Expect {
            gold: ids(&["d#I.1"]),
            ok: ids(&["d#II"]),
            ..Expect::default()
        };
        let share = precision(
            &expect,
            &answer(Kind::Answer, &["d#I.1", "d#I.10", "d#II.3"]),
        );
        assert_eq!((share.hits, share.all), (2, 3));
    }
}
