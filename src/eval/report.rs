//! What the measuring found, for people and for machines.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Value, json};

use super::measure::{Share, quantile};
use super::{Fault, Form, Outcome, Silence};
use crate::answer::Kind;

/// The measures of one form, or of all together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row {
    /// Wholly right.
    pub right: Share,
    /// The first citation is a right one.
    pub first: Share,
    /// Citations that the gold allows.
    pub precision: Share,
    /// Abstentions where the documents really do not say it.
    pub silence_precision: Share,
    /// Questions that the documents do not answer, recognised as such.
    pub silence_recall: Share,
    /// Same answer as in the clean form.
    pub same: Share,
    /// Dialogues with every turn right.
    pub dialogues: Share,
}

impl Row {
    fn of<'a>(outcomes: impl Iterator<Item = &'a Outcome> + Clone) -> Self {
        let silent = outcomes.clone().filter(|o| o.kind == Kind::Abstain);
        let due = outcomes.clone().filter(|o| o.silence == Silence::Due);
        Self {
            right: Share::of(outcomes.clone(), Outcome::right),
            first: Share::of(outcomes.clone().filter_map(|o| o.first), |first| first),
            precision: outcomes.clone().map(|o| o.precision).sum(),
            silence_precision: Share::of(silent, |o| o.silence != Silence::Wrong),
            silence_recall: Share::of(due, kind_is_right),
            same: Share::of(outcomes.clone(), |o| o.same),
            dialogues: dialogues(outcomes),
        }
    }

    fn shares(&self) -> [(&'static str, Share); 7] {
        [
            ("right", self.right),
            ("first", self.first),
            ("precision", self.precision),
            ("abstain_precision", self.silence_precision),
            ("abstain_recall", self.silence_recall),
            ("same_as_clean", self.same),
            ("dialogues", self.dialogues),
        ]
    }
}

fn kind_is_right(outcome: &Outcome) -> bool {
    !outcome
        .faults
        .iter()
        .any(|fault| matches!(fault, Fault::Kind(_)))
}

fn dialogues<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> Share {
    let mut right: BTreeMap<(usize, Form), bool> = BTreeMap::new();
    for outcome in outcomes.filter(|outcome| outcome.dialogue) {
        *right.entry((outcome.talk, outcome.form)).or_insert(true) &= outcome.right();
    }
    Share::of(right.into_values(), |right| right)
}

/// The questions of one intent, kind or file.
#[derive(Clone, Debug)]
struct Group {
    name: String,
    clean: Share,
    all: Share,
    worst: (Form, Share),
}

impl Group {
    fn of(name: &str, outcomes: &[&Outcome]) -> Self {
        let in_form = |form| Share::of(outcomes.iter().filter(|o| o.form == form), |o| o.right());
        let worst = forms_of(outcomes.iter().copied())
            .into_iter()
            .map(|form| (form, in_form(form)))
            .min_by_key(|(_, share)| share.hits)
            .unwrap_or((Form::Clean, Share::default()));
        Self {
            name: name.to_owned(),
            clean: in_form(Form::Clean),
            all: Share::of(outcomes, |o| o.right()),
            worst,
        }
    }
}

/// Everything measured in one run.
pub struct Report<'a> {
    outcomes: &'a [Outcome],
    forms: Vec<(Form, Row)>,
    total: Row,
    labels: Vec<Group>,
    files: Vec<Group>,
    literal: Share,
}

impl<'a> Report<'a> {
    /// Sums the outcomes up.
    pub fn new(outcomes: &'a [Outcome]) -> Self {
        let of_form = |form| Row::of(outcomes.iter().filter(move |o| o.form == form));
        Self {
            outcomes,
            forms: forms_of(outcomes.iter())
                .into_iter()
                .map(|form| (form, of_form(form)))
                .collect(),
            total: Row::of(outcomes.iter()),
            labels: groups(outcomes, |outcome| &outcome.label),
            files: groups(outcomes, |outcome| &outcome.file),
            literal: outcomes.iter().map(|outcome| outcome.literal).sum(),
        }
    }

    /// The share wholly right in a form.
    pub fn right(&self, form: Form) -> Share {
        Share::of(
            self.outcomes.iter().filter(|o| o.form == form),
            Outcome::right,
        )
    }

    /// The measures over all forms together.
    pub fn total(&self) -> &Row {
        &self.total
    }

    /// Quotations that are literal, of all.
    pub fn literal(&self) -> Share {
        self.literal
    }

    /// The measures for machines.
    pub fn json(&self) -> Value {
        let forms: Vec<(String, Value)> = self
            .forms
            .iter()
            .map(|(form, row)| (form.key().to_owned(), row_json(row)))
            .collect();
        let (median, slow) = self.times();
        json!({
            "questions": self.right(Form::Clean).all,
            "forms": Value::Object(forms.into_iter().collect()),
            "all": row_json(&self.total),
            "intents": groups_json(&self.labels),
            "files": groups_json(&self.files),
            "literal": share_json(self.literal),
            "median_us": median,
            "p99_us": slow,
        })
    }

    fn times(&self) -> (Option<u64>, Option<u64>) {
        let mut times: Vec<u64> = self
            .outcomes
            .iter()
            .map(|outcome| outcome.elapsed_us)
            .collect();
        (quantile(&mut times, 0.5), quantile(&mut times, 0.99))
    }

    /// Each question that went wrong: in which forms, why, and what was cited. Forms that went
    /// wrong in the same way stand together.
    pub fn fails(&self) -> String {
        let mut page = String::new();
        let mut told = BTreeSet::new();
        for outcome in self.outcomes.iter().filter(|outcome| !outcome.right()) {
            let alike = |other: &&Outcome| {
                other.id == outcome.id
                    && other.faults == outcome.faults
                    && other.cited == outcome.cited
            };
            let together: Vec<_> = self.outcomes.iter().filter(alike).collect();
            let first = together[0];
            if !told.insert((&first.id, first.form)) {
                continue;
            }
            let names = match together.len() == self.forms.len() {
                true => "mọi cách gõ".to_owned(),
                false => form_names(&together),
            };
            page.push_str(&fail(first, &names));
        }
        page
    }
}

/// The forms that were asked, in their order.
fn forms_of<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> Vec<Form> {
    let forms: BTreeSet<Form> = outcomes.map(|outcome| outcome.form).collect();
    forms.into_iter().collect()
}

fn form_names(outcomes: &[&Outcome]) -> String {
    outcomes
        .iter()
        .map(|outcome| outcome.form.name())
        .collect::<Vec<_>>()
        .join(", ")
}

fn fail(outcome: &Outcome, forms: &str) -> String {
    let why: Vec<_> = outcome.faults.iter().map(ToString::to_string).collect();
    let cited: Vec<_> = outcome.cited.iter().map(ToString::to_string).collect();
    let cited = if cited.is_empty() {
        "không gì".to_owned()
    } else {
        cited.join(", ")
    };
    format!(
        "✗ {} [{}] “{}”\n    sai: {}\n    đã trích: {cited}\n",
        outcome.id,
        forms,
        outcome.typed,
        why.join("; "),
    )
}

fn groups(outcomes: &[Outcome], name: impl Fn(&Outcome) -> &str) -> Vec<Group> {
    let mut by_name: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
    for outcome in outcomes {
        by_name.entry(name(outcome)).or_default().push(outcome);
    }
    by_name
        .into_iter()
        .map(|(name, outcomes)| Group::of(name, &outcomes))
        .collect()
}

fn share_json(share: Share) -> Value {
    let interval = share.interval();
    json!({
        "hits": share.hits,
        "all": share.all,
        "percent": share.percent(),
        "low": interval.map(|(low, _)| low),
        "high": interval.map(|(_, high)| high),
    })
}

fn row_json(row: &Row) -> Value {
    let shares = row
        .shares()
        .map(|(name, share)| (name.to_owned(), share_json(share)));
    Value::Object(shares.into_iter().collect())
}

fn groups_json(groups: &[Group]) -> Value {
    let one = |group: &Group| {
        let value = json!({
            "clean": share_json(group.clean),
            "all": share_json(group.all),
            "worst": { "form": group.worst.0.key(), "right": share_json(group.worst.1) },
        });
        (group.name.clone(), value)
    };
    Value::Object(groups.iter().map(one).collect())
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", aligned(&self.form_lines()))?;
        writeln!(f, "{}", aligned(&group_lines("ý hỏi", &self.labels)))?;
        if self.files.len() > 1 {
            writeln!(f, "{}", aligned(&group_lines("tệp", &self.files)))?;
        }
        writeln!(
            f,
            "Trích nguyên văn: {} ({}/{})",
            percent(self.literal),
            self.literal.hits,
            self.literal.all
        )?;
        let (median, slow) = self.times();
        writeln!(
            f,
            "Thời gian một câu: trung vị {} µs, bách phân vị 99 {} µs",
            median.unwrap_or(0),
            slow.unwrap_or(0)
        )
    }
}

impl Report<'_> {
    fn form_lines(&self) -> Vec<Vec<String>> {
        let heads = [
            "cách gõ",
            "câu",
            "đúng (khoảng tin cậy 95 %)",
            "trích đầu đúng",
            "chỗ trích đúng",
            "im lặng đúng",
            "im lặng đủ",
            "như câu gốc",
            "hội thoại đúng",
        ];
        let mut lines = vec![heads.map(str::to_owned).to_vec()];
        lines.extend(
            self.forms
                .iter()
                .map(|(form, row)| form_line(form.name(), row)),
        );
        lines.push(form_line("tất cả", &self.total));
        lines
    }
}

fn form_line(name: &str, row: &Row) -> Vec<String> {
    let mut line = vec![
        name.to_owned(),
        row.right.all.to_string(),
        with_interval(row.right),
    ];
    line.extend(
        [
            row.first,
            row.precision,
            row.silence_precision,
            row.silence_recall,
            row.same,
            row.dialogues,
        ]
        .map(percent),
    );
    line
}

fn group_lines(head: &str, groups: &[Group]) -> Vec<Vec<String>> {
    let heads = [
        head,
        "câu",
        "đúng khi gõ đúng",
        "đúng mọi cách gõ",
        "cách gõ kém nhất",
    ];
    let mut lines = vec![heads.map(str::to_owned).to_vec()];
    for group in groups {
        let (form, share) = group.worst;
        lines.push(vec![
            group.name.clone(),
            group.clean.all.to_string(),
            with_interval(group.clean),
            percent(group.all),
            format!("{} {}", form.name(), percent(share)),
        ]);
    }
    lines
}

fn number(value: f64) -> String {
    format!("{value:.1}").replace('.', ",")
}

fn percent(share: Share) -> String {
    share
        .percent()
        .map_or("–".to_owned(), |percent| format!("{} %", number(percent)))
}

fn with_interval(share: Share) -> String {
    match share.interval() {
        Some((low, high)) => format!("{} ({}–{})", percent(share), number(low), number(high)),
        None => percent(share),
    }
}

/// Columns under each other: the first to the left, the others to the right.
fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        lines
            .iter()
            .filter_map(|line| line.get(column))
            .map(|cell| cell.chars().count())
            .max()
    };
    let widths: Vec<usize> = (0..columns)
        .map(|column| width(column).unwrap_or(0))
        .collect();
    let mut page = String::new();
    for line in lines {
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            match column {
                0 => page.push_str(&format!("{cell:<width$}")),
                _ => page.push_str(&format!("  {cell:>width$}")),
            }
        }
        page.push('\n');
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Intent, PassageId};

    fn outcome(id: &str, form: Form, faults: Vec<Fault>) -> Outcome {
        Outcome {
            id: id.to_owned(),
            talk: 0,
            dialogue: false,
            file: "a".to_owned(),
            label: "who".to_owned(),
            form,
            typed: "Ai?".to_owned(),
            faults,
            kind: Kind::Answer,
            intent: Intent::Who,
            cited: vec![PassageId::new("d#I.1")],
            first: Some(true),
            precision: Share { hits: 1, all: 2 },
            rank: Some(Some(1)),
            silence: Silence::Wrong,
            same: true,
            literal: Share { hits: 2, all: 2 },
            elapsed_us: 5,
        }
    }

    #[test]
    fn columns_are_aligned() {
        let lines = [
            vec!["à".to_owned(), "1".to_owned()],
            vec!["bc".to_owned(), "10".to_owned()],
        ];
        assert_eq!(aligned(&lines), "à    1\nbc  10\n");
    }

    #[test]
    fn alike_fails_stand_together() {
        let wrong = || vec![Fault::Kind(Kind::Abstain)];
        let outcomes = [
            outcome("x", Form::Clean, vec![]),
            outcome("x", Form::Bare, wrong()),
            outcome("x", Form::Vni, wrong()),
        ];
        assert_eq!(
            Report::new(&outcomes).fails(),
            "✗ x [không dấu, VNI thô] “Ai?”\n    sai: loại trả lời là abstain\n    đã trích: d#I.1\n"
        );
    }

    #[test]
    fn measures_for_people_and_machines() {
        let outcomes = [
            outcome("x", Form::Clean, vec![]),
            outcome("y", Form::Clean, vec![Fault::Cites]),
        ];
        let report = Report::new(&outcomes);
        let text = report.to_string();
        assert!(text.contains("50,0 %"), "{text}");
        assert!(text.contains("Trích nguyên văn: 100,0 % (4/4)"), "{text}");
        assert_eq!(report.json()["forms"]["clean"]["right"]["hits"], 1);
        assert_eq!(
            report.json()["forms"]["vni"]["right"]["percent"],
            Value::Null
        );
    }

    #[test]
    fn silence_is_measured_both_ways() {
        let mut wrong = outcome("x", Form::Clean, vec![]);
        wrong.kind = Kind::Abstain;
        let mut due = outcome("y", Form::Clean, vec![]);
        (due.kind, due.silence) = (Kind::Abstain, Silence::Due);
        let mut missed = outcome("z", Form::Clean, vec![Fault::Kind(Kind::Answer)]);
        missed.silence = Silence::Due;
        let outcomes = [wrong, due, missed];
        let total = *Report::new(&outcomes).total();
        assert_eq!(total.silence_precision, Share { hits: 1, all: 2 });
        assert_eq!(total.silence_recall, Share { hits: 1, all: 2 });
    }
}
