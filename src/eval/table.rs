//! The committed table: one line a question, one column a form, so that what a change does to
//! each question is read in the diff. Its first lines hold the floors under which no measure may
//! fall.

use std::collections::BTreeMap;
use std::fmt;

use super::measure::Share;
use super::{Form, Outcome, Report};

const FLOOR: &str = "# sàn";
const HEAD: &str = "# Bảng của `hoidap eval`: mỗi câu một dòng, mỗi cách gõ một cột. `=` đúng, `x` sai; số là \
hạng của đoạn đúng, `-` là ngoài 20 đoạn đầu.\n# Các dòng sàn do người đặt, tính bằng phần trăm; --write giữ nguyên chúng.";

/// Floors of a table that has none yet: what the engine is meant to reach.
const GOALS: [(&str, f64); 13] = [
    ("clean", 97.0),
    ("bare", 93.0),
    ("capitals", 93.0),
    ("nfd", 93.0),
    ("old-tone", 93.0),
    ("slip", 93.0),
    ("bare-slip", 93.0),
    ("telex", 93.0),
    ("vni", 93.0),
    ("polite", 93.0),
    ("abstain-precision", 95.0),
    ("abstain-recall", 95.0),
    ("literal", 100.0),
];

/// The table, read or about to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    floors: BTreeMap<String, f64>,
    /// In order of the questions: id, and a cell for each form.
    lines: Vec<(String, Vec<Cell>)>,
}

/// One question in one form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cell {
    right: bool,
    /// Rank of the right passage, where one is sought.
    rank: Option<Option<usize>>,
}

/// Why a table cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("dòng {line}: {what}")]
pub struct TableError {
    /// The line.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl Table {
    /// The table of a run, with the floors of an older one.
    pub fn new(outcomes: &[Outcome], older: Option<&Table>) -> Self {
        let goals = || {
            GOALS
                .map(|(name, floor)| (name.to_owned(), floor))
                .into_iter()
                .collect()
        };
        let mut lines: Vec<(String, Vec<Cell>)> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for outcome in outcomes {
            let place = *places.entry(&outcome.id).or_insert_with(|| {
                lines.push((outcome.id.clone(), vec![Cell::default(); Form::ALL.len()]));
                lines.len() - 1
            });
            let cell = Cell {
                right: outcome.right(),
                rank: outcome.rank,
            };
            lines[place].1[outcome.form as usize] = cell;
        }
        Self {
            floors: older.map_or_else(goals, |older| older.floors.clone()),
            lines,
        }
    }

    /// Reads a table.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let mut table = Self {
            floors: BTreeMap::new(),
            lines: Vec::new(),
        };
        for (i, line) in text.lines().enumerate() {
            let wrong = |what: &str| TableError {
                line: i + 1,
                what: what.to_owned(),
            };
            if let Some(floor) = line.strip_prefix(FLOOR) {
                let (name, value) = floor.trim().split_once('\t').ok_or(wrong("sàn thiếu số"))?;
                if !GOALS.iter().any(|(known, _)| *known == name) {
                    return Err(wrong("không có số đo này"));
                }
                let value = value.parse().map_err(|_| wrong("sàn không phải là số"))?;
                table.floors.insert(name.to_owned(), value);
            } else if !line.starts_with('#') && !line.is_empty() && !line.starts_with("id\t") {
                table
                    .lines
                    .push(parse_line(line).ok_or(wrong("dòng không đọc được"))?);
            }
        }
        Ok(table)
    }

    /// How many questions are right in a form.
    pub fn right(&self, form: Form) -> Share {
        Share::of(&self.lines, |(_, cells)| cells[form as usize].right)
    }

    /// What changed from this committed table to a new run.
    pub fn compare(&self, outcomes: &[Outcome], report: &Report) -> Comparison {
        let now = Table::new(outcomes, Some(self));
        let old: BTreeMap<&str, &Vec<Cell>> = self
            .lines
            .iter()
            .map(|(id, cells)| (id.as_str(), cells))
            .collect();
        let mut comparison = Comparison {
            below: self.below(report),
            ..Comparison::default()
        };
        for (id, cells) in &now.lines {
            let Some(before) = old.get(id.as_str()) else {
                comparison.unknown.push(id.clone());
                continue;
            };
            for (form, (before, after)) in Form::ALL.iter().zip(before.iter().zip(cells)) {
                match (before.right, after.right) {
                    (true, false) => comparison.lost.push((id.clone(), *form)),
                    (false, true) => comparison.won.push((id.clone(), *form)),
                    _ if before.rank != after.rank => comparison.moved += 1,
                    _ => {}
                }
            }
        }
        let still_asked = |id: &str| now.lines.iter().any(|(known, _)| known == id);
        comparison.gone = self
            .lines
            .iter()
            .map(|(id, _)| id)
            .filter(|id| !still_asked(id))
            .cloned()
            .collect();
        comparison
    }

    fn below(&self, report: &Report) -> Vec<(String, Share, f64)> {
        let measured = |name: &str| match name {
            "abstain-precision" => report.total().silence_precision,
            "abstain-recall" => report.total().silence_recall,
            "literal" => report.literal(),
            _ => Form::ALL
                .into_iter()
                .find(|form| form.key() == name)
                .map_or(Share::default(), |form| report.right(form)),
        };
        self.floors
            .iter()
            .map(|(name, floor)| (name.clone(), measured(name), *floor))
            .filter(|(_, share, floor)| share.percent().is_some_and(|percent| percent < *floor))
            .collect()
    }
}

fn parse_line(line: &str) -> Option<(String, Vec<Cell>)> {
    let mut columns = line.split('\t');
    let id = columns.next()?.to_owned();
    let cells: Option<Vec<Cell>> = columns.map(Cell::parse).collect();
    cells
        .filter(|cells| cells.len() == Form::ALL.len())
        .map(|cells| (id, cells))
}

impl Cell {
    fn parse(cell: &str) -> Option<Self> {
        let right = cell.starts_with('=');
        let rank = match cell.strip_prefix(['=', 'x'])? {
            "" => None,
            "-" => Some(None),
            rank => Some(Some(rank.parse().ok()?)),
        };
        Some(Self { right, rank })
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.right { "=" } else { "x" })?;
        match self.rank {
            None => Ok(()),
            Some(None) => f.write_str("-"),
            Some(Some(rank)) => write!(f, "{rank}"),
        }
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
        for (name, _) in GOALS {
            if let Some(floor) = self.floors.get(name) {
                writeln!(f, "{FLOOR} {name}\t{floor}")?;
            }
        }
        writeln!(f, "id\t{}", Form::ALL.map(Form::key).join("\t"))?;
        for (id, cells) in &self.lines {
            let cells: Vec<_> = cells.iter().map(ToString::to_string).collect();
            writeln!(f, "{id}\t{}", cells.join("\t"))?;
        }
        Ok(())
    }
}

/// What changed since the table was committed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Was right, is wrong.
    pub lost: Vec<(String, Form)>,
    /// Was wrong, is right.
    pub won: Vec<(String, Form)>,
    /// How often only the rank of the right passage changed.
    pub moved: usize,
    /// Questions that the table does not know.
    pub unknown: Vec<String>,
    /// Questions that the table knows and nobody asks any more.
    pub gone: Vec<String>,
    /// Measures under their floor: name, measured, floor.
    pub below: Vec<(String, Share, f64)>,
}

impl Comparison {
    /// Nothing lost and nothing under its floor.
    pub fn passes(&self) -> bool {
        self.lost.is_empty() && self.below.is_empty()
    }

    /// The table no longer says what is.
    pub fn is_stale(&self) -> bool {
        !self.won.is_empty() || self.moved > 0 || !self.unknown.is_empty() || !self.gone.is_empty()
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (id, form) in &self.lost {
            writeln!(f, "nay sai: {id} [{}]", form.name())?;
        }
        for (name, share, floor) in &self.below {
            let percent = share.percent().unwrap_or(0.0);
            writeln!(f, "dưới sàn: {name} {percent:.1} % < {floor} %")?;
        }
        for (id, form) in &self.won {
            writeln!(f, "nay đúng: {id} [{}]", form.name())?;
        }
        for id in &self.unknown {
            writeln!(f, "chưa có trong bảng: {id}")?;
        }
        for id in &self.gone {
            writeln!(f, "không còn hỏi: {id}")?;
        }
        if self.moved > 0 {
            writeln!(f, "đổi hạng: {} chỗ", self.moved)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "# sàn clean\t97\n# sàn literal\t99.5\nid\tclean\na\t=1\t=1\t=-\t=\tx2\tx\tx-\t=1\t=1\t=1\n";

    #[test]
    fn a_table_survives_writing_and_reading() {
        let table = Table::parse(LINES).unwrap();
        let again = Table::parse(&table.to_string()).unwrap();
        assert_eq!(table, again);
        assert_eq!(table.floors["literal"], 99.5);
        assert_eq!(
            table.lines[0].1[4],
            Cell {
                right: false,
                rank: Some(Some(2))
            }
        );
    }

    #[track_caller]
    fn refused(text: &str, line: usize) {
        assert_eq!(Table::parse(text).unwrap_err().line, line);
    }

    #[test]
    fn a_damaged_table_is_refused_with_its_line() {
        refused("# sàn clean\tx\n", 1);
        refused("# sàn khác\t3\n", 1);
        refused("# sàn clean\t3\na\t=1\n", 2);
        refused("a\t=1\t=1\t=1\t=1\t=1\t=1\t=1\t=1\t=1\t?\n", 1);
    }

    #[test]
    fn every_form_has_a_goal() {
        for form in Form::ALL {
            assert!(
                GOALS.iter().any(|(name, _)| *name == form.key()),
                "{}",
                form.key()
            );
        }
    }
}
