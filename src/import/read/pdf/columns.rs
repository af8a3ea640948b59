//! A page in reading order: tables, what stands side by side, and lines.

use super::canvas::Drawn;
use super::grid::{self, Grid};
use super::line::{Line, rows};

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// From 1.
    pub(super) number: u32,
    /// From the top.
    pub(super) items: Vec<Item>,
}

/// A piece of a page.
#[derive(Debug)]
pub(super) enum Item {
    /// A line over the whole width.
    Line(Line),
    /// Columns beside each other: each its lines.
    Beside(Vec<Vec<Line>>),
    /// A table with rules.
    Table(Grid),
}

impl Item {
    fn top(&self) -> f64 {
        match self {
            Self::Line(line) => line.base,
            Self::Beside(columns) => columns
                .iter()
                .flatten()
                .map(|line| line.base)
                .fold(f64::INFINITY, f64::min),
            Self::Table(grid) => grid.top,
        }
    }
}

/// A gutter is this wide at least, of the height of the letters.
const GUTTER: f64 = 0.9;
/// Lines further apart, of the height of the letters, are not beside each other's columns.
const FAR: f64 = 3.2;

/// The page in reading order.
pub(super) fn page(number: u32, drawn: Drawn) -> Page {
    let Drawn { mut glyphs, rules } = drawn;
    let tables = grid::take(&rules, &mut glyphs);
    let mut items: Vec<Item> = tables.into_iter().map(Item::Table).collect();
    let edges: Vec<f64> = items.iter().map(Item::top).collect();
    // A table parts what is above it from what is below.
    let mut band: Vec<Vec<Line>> = Vec::new();
    for row in rows(glyphs) {
        let (Some(above), Some(here)) = (
            band.last()
                .and_then(|row| row.first())
                .map(|line| line.base),
            row.first().map(|line| line.base),
        ) else {
            band.push(row);
            continue;
        };
        if edges.iter().any(|edge| above < *edge && *edge < here) {
            items.extend(arrange(std::mem::take(&mut band)));
        }
        band.push(row);
    }
    items.extend(arrange(band));
    items.sort_by(|a, b| a.top().total_cmp(&b.top()));
    Page { number, items }
}

/// Parts lines that stand alone from those that stand in columns.
fn arrange(rows: Vec<Vec<Line>>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut rest = rows.into_iter().peekable();
    let mut waiting: Vec<Vec<Line>> = Vec::new();
    while let Some(row) = rest.next() {
        waiting.push(row);
        let Some(mut run) = Run::from(&waiting) else {
            continue;
        };
        while let Some(next) = rest.peek() {
            if !run.takes(next) {
                break;
            }
            run.rows.extend(rest.next());
        }
        if run.is_columns() {
            waiting.truncate(waiting.len() - run.begins);
            items.extend(waiting.drain(..).map(whole));
            items.push(run.columns());
        } else {
            waiting.truncate(waiting.len() - run.begins);
            items.extend(waiting.drain(..).map(whole));
            items.extend(run.rows.into_iter().map(whole));
        }
    }
    items.extend(waiting.into_iter().map(whole));
    items
}

/// A row as one line.
fn whole(row: Vec<Line>) -> Item {
    let line = row.into_iter().reduce(|mut line, piece| {
        line.append(piece);
        line
    });
    Item::Line(line.unwrap_or_default())
}

/// Rows that one gutter runs through.
struct Run {
    rows: Vec<Vec<Line>>,
    /// How many rows before the one with two pieces belong to it, that one counted.
    begins: usize,
    left: f64,
    right: f64,
}

impl Run {
    /// A run that begins with the last row, if that has a gutter; rows above it that keep to one
    /// side and stand close belong to it too.
    fn from(rows: &[Vec<Line>]) -> Option<Self> {
        let row = rows.last()?;
        let (left, right) = row
            .windows(2)
            .map(|pair| (pair[0].right, pair[1].left))
            .max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))?;
        let mut run = Self {
            rows: vec![row.clone()],
            begins: 1,
            left,
            right,
        };
        for above in rows.iter().rev().skip(1).take(3) {
            let close = distance(above, &run.rows[0]) <= FAR / 2.0;
            if !(close
                && run
                    .narrowed(above)
                    .is_some_and(|(left, right)| is_gutter(left, right, row)))
            {
                break;
            }
            (run.left, run.right) = run.narrowed(above)?;
            run.rows.insert(0, above.clone());
            run.begins += 1;
        }
        Some(run)
    }

    /// What is left of the gutter beside the pieces of a row; nothing if one crosses it.
    fn narrowed(&self, row: &[Line]) -> Option<(f64, f64)> {
        let (mut left, mut right) = (self.left, self.right);
        for line in row {
            // A piece is left of the gutter or right of it: by its middle.
            if (line.left + line.right) / 2.0 < (self.left + self.right) / 2.0 {
                left = left.max(line.right);
            } else {
                right = right.min(line.left);
            }
        }
        (left < right).then_some((left, right))
    }

    fn takes(&mut self, next: &[Line]) -> bool {
        let close = self
            .rows
            .last()
            .is_some_and(|last| distance(last, next) <= FAR);
        match self.narrowed(next) {
            Some((left, right)) if close && is_gutter(left, right, next) => {
                (self.left, self.right) = (left, right);
                true
            }
            _ => false,
        }
    }

    /// Columns have two rows on either side at least; one row is a line with a wide blank. The rows
    /// of one side need not be level with those of the other.
    fn is_columns(&self) -> bool {
        let middle = (self.left + self.right) / 2.0;
        let rows = |is_on: &dyn Fn(&Line) -> bool| {
            self.rows.iter().filter(|row| row.iter().any(is_on)).count()
        };
        rows(&|line| line.right < middle) >= 2 && rows(&|line| line.left > middle) >= 2
    }

    /// The columns that gutters part, three or more if there are.
    fn columns(self) -> Item {
        let mut spans: Vec<(f64, f64)> = self
            .rows
            .iter()
            .flatten()
            .map(|line| (line.left, line.right))
            .collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let size = self
            .rows
            .iter()
            .flatten()
            .map(|line| line.size)
            .fold(0.0, f64::max);
        let mut edges = Vec::new();
        let mut end = f64::NEG_INFINITY;
        for (left, right) in spans {
            if left - end > GUTTER * size {
                edges.push(left);
            }
            end = end.max(right);
        }
        let mut columns: Vec<Vec<Line>> = vec![Vec::new(); edges.len()];
        for line in self.rows.into_iter().flatten() {
            let at = edges
                .iter()
                .rposition(|edge| *edge <= line.left + 0.01)
                .unwrap_or(0);
            if let Some(column) = columns.get_mut(at) {
                column.push(line);
            }
        }
        columns.iter_mut().for_each(rejoin);
        Item::Beside(columns)
    }
}

/// Pieces of one line that fell into one column are one line again.
fn rejoin(column: &mut Vec<Line>) {
    let mut joined: Vec<Line> = Vec::with_capacity(column.len());
    for line in column.drain(..) {
        match joined.last_mut() {
            Some(last) if last.at == line.at => last.append(line),
            _ => joined.push(line),
        }
    }
    *column = joined;
}

fn is_gutter(left: f64, right: f64, row: &[Line]) -> bool {
    let size = row.iter().map(|line| line.size).fold(0.0, f64::max);
    right - left >= GUTTER * size
}

/// How far a row is below another, of the height of its letters.
fn distance(above: &[Line], below: &[Line]) -> f64 {
    match (above.first(), below.first()) {
        (Some(above), Some(below)) if below.size > 0.0 => {
            (below.base - above.base) / below.size.max(above.size)
        }
        _ => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::super::canvas::Glyph;
    use super::super::line::letters;
    use super::*;

    #[track_caller]
    fn check(glyphs: Vec<Glyph>, expect: &[&str]) {
        let drawn = Drawn {
            glyphs,
            rules: Vec::new(),
        };
        let shown: Vec<String> = page(1, drawn)
            .items
            .iter()
            .map(|item| match item {
                Item::Line(line) => line.text(),
                Item::Beside(columns) => {
                    let texts = columns
                        .iter()
                        .map(|column| column.iter().map(Line::text).collect::<Vec<_>>().join("/"));
                    format!("[{}]", texts.collect::<Vec<_>>().join(" | "))
                }
                Item::Table(_) => "table".to_owned(),
            })
            .collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn heads_of_documents_stand_side_by_side() {
        check(
            [
                letters("TỈNH ỦY", 0.0, 10.0),
                letters("ĐẢNG CỘNG SẢN", 200.0, 10.0),
                letters("*", 20.0, 24.0),
                letters("Số 109", 0.0, 38.0),
                letters("Đà Lạt", 220.0, 38.0),
                letters("KẾ HOẠCH thực hiện Chỉ thị số 28", 60.0, 80.0),
            ]
            .concat(),
            &[
                "[TỈNH ỦY/*/Số 109 | ĐẢNG CỘNG SẢN/Đà Lạt]",
                "KẾ HOẠCH thực hiện Chỉ thị số 28",
            ],
        );
    }

    #[test]
    fn one_wide_blank_is_no_column() {
        check(
            [
                letters("ngày", 0.0, 10.0),
                letters("tháng", 100.0, 10.0),
                letters("một hai ba bốn năm", 0.0, 24.0),
            ]
            .concat(),
            &["ngày tháng", "một hai ba bốn năm"],
        );
    }

    #[test]
    fn three_columns() {
        let row = |base| {
            [
                letters("a", 0.0, base),
                letters("b", 100.0, base),
                letters("c", 200.0, base),
            ]
            .concat()
        };
        check([row(10.0), row(24.0)].concat(), &["[a/a | b/b | c/c]"]);
    }
}
