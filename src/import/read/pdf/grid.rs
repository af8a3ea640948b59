//! Tables with rules: where rules cross, cells are.

use super::super::merged::MOST_COLUMNS;
use super::canvas::{Glyph, Rule};
use super::line::{Line, rows, within};

/// Rules nearer than this, in points, are one.
const NEAR: f64 = 3.5;
/// A table has no more rows on a page.
const MOST_ROWS: usize = 200;

/// A table on a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// Where its columns begin, and where the last one ends.
    pub(super) columns: Vec<f64>,
    pub(super) top: f64,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) lines: Vec<Line>,
    /// The first column that it is in.
    pub(super) column: usize,
    /// Columns and rows that it spans.
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// Takes the tables of a page, with the letters in them.
pub(super) fn take(rules: &[Rule], glyphs: &mut Vec<Glyph>) -> Vec<Grid> {
    let mut grids = Vec::new();
    for group in groups(rules) {
        if let Some(frame) = Frame::of(&group) {
            let inside = within(glyphs, |x, y| frame.holds(x, y));
            grids.extend(frame.fill(inside));
        }
    }
    grids
}

/// Rules that touch each other, directly or through others.
fn groups(rules: &[Rule]) -> Vec<Vec<Rule>> {
    let mut sorted: Vec<Rule> = rules.to_vec();
    sorted.sort_by(|a, b| a.top.total_cmp(&b.top));
    let mut groups: Vec<(Rule, Vec<Rule>)> = Vec::new();
    for rule in sorted {
        // All groups that it touches become one.
        let (touched, apart): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|(bounds, _)| touch(bounds, &rule));
        groups = apart;
        let mut merged = (rule, vec![rule]);
        for (bounds, rules) in touched {
            merged.0 = around(&merged.0, &bounds);
            merged.1.extend(rules);
        }
        groups.push(merged);
        // A page full of separate strokes holds no table.
        if groups.len() > 300 {
            return Vec::new();
        }
    }
    groups.into_iter().map(|(_, rules)| rules).collect()
}

fn touch(one: &Rule, other: &Rule) -> bool {
    one.left - NEAR <= other.right
        && other.left - NEAR <= one.right
        && one.top - NEAR <= other.bottom
        && other.top - NEAR <= one.bottom
}

fn around(one: &Rule, other: &Rule) -> Rule {
    Rule {
        left: one.left.min(other.left),
        top: one.top.min(other.top),
        right: one.right.max(other.right),
        bottom: one.bottom.max(other.bottom),
    }
}

/// The rules of a table, and where its rows and columns lie.
struct Frame {
    rules: Vec<Rule>,
    xs: Vec<f64>,
    ys: Vec<f64>,
}

impl Frame {
    /// Nothing unless there are two columns at least.
    fn of(rules: &[Rule]) -> Option<Self> {
        let middle = |rule: &Rule| {
            if rule.lies() {
                (rule.top + rule.bottom) / 2.0
            } else {
                (rule.left + rule.right) / 2.0
            }
        };
        let xs = distinct(
            rules
                .iter()
                .filter(|rule| !rule.lies())
                .map(middle)
                .collect(),
        );
        let mut ys = distinct(
            rules
                .iter()
                .filter(|rule| rule.lies())
                .map(middle)
                .collect(),
        );
        if xs.len() < 3 || xs.len() > MOST_COLUMNS {
            return None;
        }
        // A table that goes on over the page may be open above or below.
        let top = rules
            .iter()
            .map(|rule| rule.top)
            .fold(f64::INFINITY, f64::min);
        let bottom = rules
            .iter()
            .map(|rule| rule.bottom)
            .fold(f64::NEG_INFINITY, f64::max);
        ys.extend([top, bottom]);
        let ys = distinct(ys);
        (2..=MOST_ROWS).contains(&ys.len()).then(|| Self {
            rules: rules.to_vec(),
            xs,
            ys,
        })
    }

    fn holds(&self, x: f64, y: f64) -> bool {
        let between = |edges: &[f64], at: f64| {
            edges.first().is_some_and(|first| *first <= at)
                && edges.last().is_some_and(|last| at <= *last)
        };
        between(&self.xs, x) && between(&self.ys, y)
    }

    /// Whether a rule stands at the left of a column, in the middle of a row.
    fn has_upright(&self, column: usize, row: usize) -> bool {
        let (x, y) = (self.xs[column], (self.ys[row] + self.ys[row + 1]) / 2.0);
        self.rules.iter().any(|rule| {
            !rule.lies()
                && ((rule.left + rule.right) / 2.0 - x).abs() <= NEAR
                && rule.top <= y
                && y <= rule.bottom
        })
    }

    /// Whether a rule lies on top of a row, in the middle of a column.
    fn has_lying(&self, row: usize, column: usize) -> bool {
        let (x, y) = ((self.xs[column] + self.xs[column + 1]) / 2.0, self.ys[row]);
        self.rules.iter().any(|rule| {
            rule.lies()
                && ((rule.top + rule.bottom) / 2.0 - y).abs() <= NEAR
                && rule.left <= x
                && x <= rule.right
        })
    }

    fn fill(&self, mut glyphs: Vec<Glyph>) -> Option<Grid> {
        let (width, height) = (self.xs.len() - 1, self.ys.len() - 1);
        let mut taken = vec![vec![false; width]; height];
        let mut table = Vec::with_capacity(height);
        for row in 0..height {
            let mut cells = Vec::new();
            for column in 0..width {
                if taken[row][column] {
                    continue;
                }
                let right = (column + 1..width)
                    .find(|at| self.has_upright(*at, row))
                    .unwrap_or(width);
                let bottom = (row + 1..height)
                    .find(|at| self.has_lying(*at, column))
                    .unwrap_or(height);
                for line in &mut taken[row..bottom] {
                    line[column..right].fill(true);
                }
                let (xs, ys) = (&self.xs, &self.ys);
                let inside = within(&mut glyphs, |x, y| {
                    xs[column] <= x && x <= xs[right] && ys[row] <= y && y <= ys[bottom]
                });
                cells.push(Cell {
                    lines: lines(inside),
                    column,
                    columns: right - column,
                    rows: bottom - row,
                });
            }
            table.push(cells);
        }
        let filled = table
            .iter()
            .flatten()
            .filter(|cell| !cell.lines.is_empty())
            .count();
        (filled > 0).then(|| Grid {
            columns: self.xs.clone(),
            top: self.ys[0],
            rows: table,
        })
    }
}

/// Lines of a cell; a cell has no columns of its own.
fn lines(glyphs: Vec<Glyph>) -> Vec<Line> {
    let joined = rows(glyphs).into_iter().filter_map(|row| {
        row.into_iter().reduce(|mut line, piece| {
            line.append(piece);
            line
        })
    });
    joined.collect()
}

/// Sorted, those that are near each other once.
fn distinct(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.dedup_by(|next, kept| *next - *kept <= NEAR);
    numbers
}

#[cfg(test)]
mod tests {
    use super::super::line::letters;
    use super::*;

    fn lying(left: f64, right: f64, y: f64) -> Rule {
        Rule {
            left,
            right,
            top: y,
            bottom: y,
        }
    }

    fn upright(x: f64, top: f64, bottom: f64) -> Rule {
        Rule {
            left: x,
            right: x,
            top,
            bottom,
        }
    }

    #[track_caller]
    fn check(rules: &[Rule], glyphs: Vec<Glyph>, expect: &[&str]) {
        let mut glyphs = glyphs;
        let grids = take(rules, &mut glyphs);
        let rows: Vec<String> = grids
            .iter()
            .flat_map(|grid| &grid.rows)
            .map(|row| {
                let cells = row.iter().map(|cell| {
                    let text: Vec<String> = cell.lines.iter().map(Line::text).collect();
                    format!("{}:{}x{}", text.join("/"), cell.columns, cell.rows)
                });
                cells.collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(rows, expect);
    }

    #[test]
    fn cells() {
        let frame = [
            lying(0.0, 200.0, 0.0),
            lying(0.0, 200.0, 20.0),
            lying(100.0, 200.0, 40.0),
            lying(0.0, 200.0, 60.0),
            upright(0.0, 0.0, 60.0),
            upright(100.0, 20.0, 60.0),
            upright(200.0, 0.0, 60.0),
        ];
        let text = [
            letters("đầu", 50.0, 15.0),
            letters("a", 10.0, 35.0),
            letters("b", 110.0, 35.0),
            letters("c", 110.0, 55.0),
            letters("ngoài", 10.0, 80.0),
        ];
        check(&frame, text.concat(), &["đầu:2x1", "a:1x2 b:1x1", "c:1x1"]);
    }

    #[test]
    fn what_is_no_table() {
        let frame = [
            lying(0.0, 200.0, 0.0),
            lying(0.0, 200.0, 20.0),
            upright(0.0, 0.0, 20.0),
            upright(200.0, 0.0, 20.0),
        ];
        check(&frame, letters("khung", 10.0, 15.0), &[]);
        check(&[lying(0.0, 50.0, 10.0)], letters("gạch", 10.0, 9.0), &[]);
        check(&[], Vec::new(), &[]);
    }
}
