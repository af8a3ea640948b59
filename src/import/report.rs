//! What the import tells the person who brought the file: what was recognised, what was guessed,
//! what was left out, each with its place.

use std::fmt;

use super::source::{Counted, Place};

/// How sure the import is of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// The file says so plainly.
    Recognised,
    /// The file does not say so; it is likely.
    Guessed,
    /// It is in the file and not in the document.
    Left,
    /// It needs a person.
    ToDo,
}

impl Sort {
    /// The heading over findings of this sort.
    pub fn title(self) -> &'static str {
        match self {
            Sort::Recognised => "Nhận ra",
            Sort::Guessed => "Đoán, cần xem lại",
            Sort::Left => "Bỏ ra ngoài",
            Sort::ToDo => "Còn phải làm",
        }
    }
}

/// One thing worth telling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How sure it is.
    pub sort: Sort,
    /// Where in the file, if at one place.
    pub at: Option<Place>,
    /// What, in Vietnamese.
    pub text: String,
}

impl Finding {
    /// As it is told, with its place in front.
    fn told(&self, counted: Counted) -> String {
        let place = match (self.at, counted) {
            (None, _) => String::new(),
            (
                Some(Place {
                    page: Some(page),
                    line,
                }),
                _,
            ) => format!("trang {page}, dòng {line}: "),
            (Some(Place { line, .. }), Counted::Lines) => format!("dòng {line}: "),
            (Some(Place { line, .. }), Counted::Paragraphs) => format!("đoạn {line}: "),
        };
        format!("{place}{}", self.text)
    }
}

/// All that is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// In the order in which it was found.
    pub findings: Vec<Finding>,
    /// What places are counted in.
    pub counted: Counted,
}

impl Report {
    /// Adds a finding.
    pub fn add(&mut self, sort: Sort, at: Option<Place>, text: impl Into<String>) {
        self.findings.push(Finding {
            sort,
            at,
            text: text.into(),
        });
    }

    /// The findings from one on, as they are told.
    pub fn told(&self, from: usize) -> impl Iterator<Item = String> {
        self.findings
            .iter()
            .skip(from)
            .map(|finding| finding.told(self.counted))
    }

    /// The findings of one sort, as they are told.
    pub fn of(&self, sort: Sort) -> impl Iterator<Item = String> {
        self.findings
            .iter()
            .filter(move |finding| finding.sort == sort)
            .map(|finding| finding.told(self.counted))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for sort in [Sort::Recognised, Sort::Guessed, Sort::Left, Sort::ToDo] {
            if self.of(sort).next().is_none() {
                continue;
            }
            writeln!(f, "{}:", sort.title())?;
            for finding in self.of(sort) {
                writeln!(f, "  {finding}")?;
            }
        }
        Ok(())
    }
}
