//! What was asked and how much of it was right, as a text that can be read when a floor breaks.

use std::fmt::Write;

/// Counts over many questions.
#[derive(Default)]
pub struct Figures {
    /// Questions asked.
    pub asked: usize,
    /// Questions with nothing wrong.
    pub right: usize,
    /// Things that the tables want in the answers.
    wanted: usize,
    /// Those that were there.
    found: usize,
    /// Things that the answers tell.
    told: usize,
    /// Those that the tables have.
    true_told: usize,
    /// A line for each question that went wrong.
    faults: Vec<String>,
}

/// One answer against the tables.
#[derive(Default)]
pub struct Judged {
    /// Things wanted.
    pub wanted: usize,
    /// Those that were there.
    pub found: usize,
    /// Things told.
    pub told: usize,
    /// Those that are so.
    pub true_told: usize,
    /// What else is wrong.
    pub faults: Vec<String>,
}

impl Figures {
    /// Counts one question.
    pub fn add(&mut self, question: &str, judged: Judged) {
        self.asked += 1;
        self.wanted += judged.wanted;
        self.found += judged.found;
        self.told += judged.told;
        self.true_told += judged.true_told;
        if judged.faults.is_empty() {
            self.right += 1;
        } else {
            self.faults
                .push(format!("{question}\n    {}", judged.faults.join("; ")));
        }
    }

    /// Counts what another part of the questions came to.
    pub fn merge(&mut self, other: Figures) {
        self.asked += other.asked;
        self.right += other.right;
        self.wanted += other.wanted;
        self.found += other.found;
        self.told += other.told;
        self.true_told += other.true_told;
        self.faults.extend(other.faults);
    }

    /// Share of the things told that are so, in percent.
    pub fn precision(&self) -> f64 {
        percent(self.true_told, self.told)
    }

    /// Share of the things wanted that were there, in percent.
    pub fn recall(&self) -> f64 {
        percent(self.found, self.wanted)
    }

    /// Share of the questions with nothing wrong, in percent.
    pub fn share_right(&self) -> f64 {
        percent(self.right, self.asked)
    }

    /// All of it, the faults last.
    pub fn report(&self, what: &str) -> String {
        let mut report = format!(
            "{what}: {} questions, {} right ({:.2} %), precision {:.2} %, recall {:.2} %\n",
            self.asked,
            self.right,
            self.share_right(),
            self.precision(),
            self.recall()
        );
        for fault in &self.faults {
            let _ = writeln!(report, "  {fault}");
        }
        report
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        100.0
    } else {
        100.0 * part as f64 / whole as f64
    }
}
