//! What is wrong in a corpus: a sentence for the person who keeps the texts, with file and line.

use std::fmt;

/// One problem. The order is that of a reader: by file, then by line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Name of the file.
    pub file: String,
    /// Line in that file, from 1.
    pub line: usize,
    /// What is wrong, in plain Vietnamese.
    pub what: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)?;
        match &self.hint {
            Some(hint) => write!(f, "\n    gợi ý: {hint}"),
            None => Ok(()),
        }
    }
}

/// Gathers the problems of one file, each placed by its byte offset.
pub(super) struct Reporter {
    file: String,
    /// Offset at which each line begins.
    lines: Vec<usize>,
    problems: Vec<Problem>,
}

impl Reporter {
    /// A reporter for the file of that name and text.
    pub(super) fn new(file: &str, text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes());
        let lines = std::iter::once(0).chain(breaks.map(|at| at + 1)).collect();
        Self {
            file: file.to_owned(),
            lines,
            problems: Vec::new(),
        }
    }

    /// The line, from 1, on which the byte at that offset stands.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset)
    }

    /// Notes a problem.
    pub(super) fn report(&mut self, offset: usize, what: impl Into<String>) {
        self.push(offset, what.into(), None);
    }

    /// Notes a problem and what to do about it.
    pub(super) fn suggest(
        &mut self,
        offset: usize,
        what: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.push(offset, what.into(), Some(hint.into()));
    }

    fn push(&mut self, offset: usize, what: String, hint: Option<String>) {
        let line = self.line(offset);
        self.problems.push(Problem {
            file: self.file.clone(),
            line,
            what,
            hint,
        });
    }

    /// All that was noted.
    pub(super) fn finish(self) -> Vec<Problem> {
        self.problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_place_first_and_the_hint_below() {
        let mut reporter = Reporter::new("a.md", "một\nhai\n");
        reporter.report(0, "sai");
        reporter.suggest(6, "sai nữa", "sửa đi");
        reporter.report(99, "quá cuối");
        let shown: Vec<String> = reporter.finish().iter().map(Problem::to_string).collect();
        assert_eq!(
            shown,
            [
                "a.md:1: sai",
                "a.md:2: sai nữa\n    gợi ý: sửa đi",
                "a.md:3: quá cuối"
            ]
        );
    }
}
