//! Lines become paragraphs, over the ends of pages too: by where the margin is and whether the next
//! word would still have had room, by indents, by distances, by what begins an item.

use super::super::super::encoding::{Encoding, recognise};
use super::super::super::source::Place;
use super::super::ReadError;
use super::super::draft::{Draft, Drafts, Rows, Run};
use super::super::lines;
use super::super::merged::{Spanning, lay_out};
use super::columns::{Item, Page};
use super::grid::{Cell, Grid};
use super::line::{Line, superscript};

/// What is as much to the left as to the right is centred, give or take this, in points.
const CENTRED: f64 = 8.0;
/// Indents nearer than this are the same, in points.
const SAME_INDENT: f64 = 3.0;
/// Columns with so many lines each hold running text.
const LONG_COLUMN: usize = 14;

/// The measures of the running text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flow {
    left: f64,
    right: f64,
    /// The old encoding of the text: what it says is judged as it will be read.
    encoding: Option<Encoding>,
    /// From line to line of a paragraph, of the height of the letters.
    leading: f64,
    size: f64,
    /// The two columns that running text stands in, if it does.
    columns: Option<Columns>,
}

/// Two columns of running text.
#[derive(Clone, Copy, Debug)]
struct Columns {
    /// Where each begins.
    lefts: [f64; 2],
    /// How wide the lines are.
    width: f64,
    leading: f64,
}

impl Columns {
    /// Looks for long columns beside each other.
    fn of(pages: &[Page]) -> Option<Self> {
        let found = pages
            .iter()
            .flat_map(|page| &page.items)
            .find_map(|item| match item {
                Item::Beside(columns)
                    if columns.len() == 2
                        && columns.iter().all(|column| column.len() >= LONG_COLUMN) =>
                {
                    Some(columns)
                }
                _ => None,
            })?;
        let measures = found
            .iter()
            .map(|column| Flow::of_lines(&column.iter().collect::<Vec<_>>()));
        let measures: Vec<Flow> = measures.collect();
        Some(Self {
            lefts: [measures.first()?.left, measures.get(1)?.left],
            width: measures
                .iter()
                .map(|flow| flow.right - flow.left)
                .fold(0.0, f64::max),
            leading: measures.first()?.leading,
        })
    }

    /// Whether these columns are such columns: text goes on in shorter ones.
    fn are(self, columns: &[Vec<Line>]) -> bool {
        let at = |column: &Vec<Line>| {
            column
                .iter()
                .map(|line| line.left)
                .fold(f64::INFINITY, f64::min)
        };
        columns.len() == 2
            && columns
                .iter()
                .zip(self.lefts)
                .all(|(column, left)| (at(column) - left).abs() <= 2.0 * SAME_INDENT)
    }
}

impl Flow {
    /// Takes the measures of all pages.
    pub(super) fn of(pages: &[Page]) -> Self {
        let lines: Vec<&Line> = pages
            .iter()
            .flat_map(|page| &page.items)
            .filter_map(|item| match item {
                Item::Line(line) => Some(line),
                _ => None,
            })
            .collect();
        let texts: Vec<String> = lines.iter().map(|line| line.text()).collect();
        Self {
            encoding: recognise(texts.iter().map(String::as_str)),
            columns: Columns::of(pages),
            ..Self::of_lines(&lines)
        }
    }

    /// What a line says.
    fn text(self, line: &Line) -> String {
        let text = line.text();
        self.encoding
            .map_or(text.clone(), |encoding| encoding.decode(&text))
    }

    /// These measures for lines elsewhere on the page.
    fn for_lines(self, lines: &[&Line]) -> Self {
        Self {
            encoding: self.encoding,
            ..Self::of_lines(lines)
        }
    }

    fn of_lines(lines: &[&Line]) -> Self {
        let gaps = lines
            .windows(2)
            .filter(|pair| pair[1].at == pair[0].at + 1)
            .map(|pair| {
                let gap = (pair[1].base - pair[0].base) / pair[1].size.max(1.0);
                (gap * 20.0).round() / 20.0
            });
        let gaps: Vec<f64> = gaps.filter(|gap| (0.8..2.4).contains(gap)).collect();
        Self {
            encoding: None,
            columns: None,
            left: share(lines.iter().map(|line| line.left).collect(), 0.03),
            right: share(lines.iter().map(|line| line.right).collect(), 0.97),
            leading: commonest(&gaps).unwrap_or(1.2),
            size: share(lines.iter().map(|line| line.size).collect(), 0.5),
        }
    }

    /// Hands everything over as paragraphs and tables.
    pub(super) fn write(self, pages: Vec<Page>, drafts: &mut Drafts) -> Result<(), ReadError> {
        let mut open = Open::new(self);
        let mut table: Option<(Grid, Place)> = None;
        let mut aligned = false;
        for page in pages {
            let number = page.number;
            let items = self.without_notes(page, drafts);
            for (at, item) in items.into_iter().enumerate() {
                match item {
                    Item::Table(grid) => {
                        let place = place_of(&grid, number);
                        match &mut table {
                            Some((before, _)) if at == 0 && is_continued(before, &grid) => {
                                continue_with(before, grid)
                            }
                            _ => {
                                open.flush(drafts)?;
                                self.write_table(table.replace((grid, place)), drafts)?;
                            }
                        }
                        continue;
                    }
                    other => {
                        self.write_table(table.take(), drafts)?;
                        match other {
                            Item::Line(line) => open.line(line, number, drafts)?,
                            Item::Beside(columns) => {
                                aligned |= columns.len() > 2;
                                self.beside(columns, number, &mut open, drafts)?;
                            }
                            Item::Table(_) => {}
                        }
                    }
                }
            }
        }
        self.write_table(table, drafts)?;
        open.flush(drafts)?;
        if aligned {
            drafts.remark(None, "có bảng không kẻ khung: các cột được đoán theo khoảng trống, cần đối chiếu với tệp gốc");
        }
        Ok(())
    }

    /// Takes footnotes out of a page: small lines at its end, the first with a number.
    fn without_notes(self, page: Page, drafts: &mut Drafts) -> Vec<Item> {
        let mut items = page.items;
        let is_small =
            |item: &Item| matches!(item, Item::Line(line) if line.size < 0.9 * self.size);
        let small = items.iter().rev().take_while(|item| is_small(item)).count();
        let begins = |item: &Item| match item {
            Item::Line(line) => line
                .text()
                .trim_start()
                .starts_with(|c: char| c.is_numeric() || c == '*'),
            _ => false,
        };
        let from = items.len() - small;
        if from == 0 || small == 0 || !begins(&items[from]) {
            return items;
        }
        let mut open: Option<String> = None;
        let mut notes = Vec::new();
        for item in items.drain(from..) {
            let starts = begins(&item);
            if let Item::Line(line) = item {
                match &mut open {
                    Some(note) if !starts => lines::join(note, &line.text()),
                    _ => notes.extend(open.replace(line.text())),
                }
            }
        }
        notes.extend(open);
        for mark in notes
            .iter()
            .map(|note| mark_of(note))
            .filter(|mark| !mark.is_empty())
        {
            for item in &mut items {
                if let Item::Line(line) = item {
                    line.runs
                        .iter_mut()
                        .for_each(|run| run.text = run.text.replace(&mark, ""));
                }
            }
        }
        for note in notes {
            let at = Place {
                page: Some(page.number),
                line: from as u32 + 1,
            };
            drafts.remark(
                Some(at),
                format!("chú thích không đưa vào văn bản: “{}”", note.trim()),
            );
        }
        items
    }

    /// Columns beside each other: running text one after the other, anything else a table.
    fn beside(
        self,
        columns: Vec<Vec<Line>>,
        page: u32,
        open: &mut Open,
        drafts: &mut Drafts,
    ) -> Result<(), ReadError> {
        if let Some(text) = self.columns.filter(|text| text.are(&columns)) {
            open.flow = Self {
                left: 0.0,
                right: text.width,
                leading: text.leading,
                ..self
            };
            for (column, left) in columns.into_iter().zip(text.lefts) {
                for mut line in column {
                    // All columns are measured from their own margin.
                    line.left -= left;
                    line.right -= left;
                    open.line(line, page, drafts)?;
                }
            }
            open.flow = self;
            return Ok(());
        }
        open.flush(drafts)?;
        let at = Place {
            page: Some(page),
            line: columns
                .iter()
                .flatten()
                .map(|line| line.at)
                .min()
                .unwrap_or(0),
        };
        let rows = if columns.len() > 2 {
            self.aligned_rows(columns, page)
        } else {
            vec![
                columns
                    .into_iter()
                    .map(|lines| self.cell(lines, page, None))
                    .collect(),
            ]
        };
        drafts.table(rows, at)
    }
}

impl Flow {
    /// Rows of columns that no rules part: a line in the first column begins one.
    fn aligned_rows(self, columns: Vec<Vec<Line>>, page: u32) -> Rows {
        let starts: Vec<u32> = columns
            .first()
            .into_iter()
            .flatten()
            .map(|line| line.at)
            .collect();
        let row_of = |line: &Line| {
            starts
                .partition_point(|start| *start <= line.at)
                .saturating_sub(1)
        };
        let width = columns.len();
        let mut rows: Vec<Vec<Vec<Line>>> = vec![vec![Vec::new(); width]; starts.len().max(1)];
        for (column, lines) in columns.into_iter().enumerate() {
            for line in lines {
                rows[row_of(&line)][column].push(line);
            }
        }
        rows.into_iter()
            .map(|row| {
                row.into_iter()
                    .map(|lines| self.cell(lines, page, None))
                    .collect()
            })
            .collect()
    }

    /// The paragraphs of a cell. `right` is where its text may go to, if that is known.
    fn cell(self, lines: Vec<Line>, page: u32, right: Option<f64>) -> Vec<Draft> {
        let refs: Vec<&Line> = lines.iter().collect();
        let mut flow = self.for_lines(&refs);
        flow.left = refs
            .iter()
            .map(|line| line.left)
            .fold(f64::INFINITY, f64::min);
        flow.right =
            right.unwrap_or_else(|| refs.iter().map(|line| line.right).fold(0.0, f64::max));
        let mut open = Open::new(flow);
        open.centred = is_block_centred(&flow, &lines);
        for line in lines {
            open.take(line, page);
        }
        open.end();
        open.done
    }

    fn write_table(
        self,
        table: Option<(Grid, Place)>,
        drafts: &mut Drafts,
    ) -> Result<(), ReadError> {
        let Some((grid, at)) = table else {
            return Ok(());
        };
        let page = at.page.unwrap_or(1);
        // How far the text of each column goes, over all rows.
        let mut right: Vec<f64> = vec![f64::NEG_INFINITY; grid.columns.len()];
        for cell in grid.rows.iter().flatten() {
            if let Some(edge) = right.get_mut(cell.column + cell.columns) {
                *edge = cell
                    .lines
                    .iter()
                    .map(|line| line.right)
                    .fold(*edge, f64::max);
            }
        }
        let rows = grid.rows.into_iter().map(|row| {
            let cells = row.into_iter().map(|place| Spanning {
                columns: place.columns,
                rows: place.rows,
                drafts: self.cell(
                    place.lines,
                    page,
                    right.get(place.column + place.columns).copied(),
                ),
            });
            cells.collect()
        });
        drafts.table(lay_out(rows.collect()), at)
    }
}

/// The mark in the text that a footnote belongs to.
fn mark_of(note: &str) -> String {
    let number = note.trim_start().chars().take_while(|c| c.is_numeric());
    number.map(superscript).collect()
}

fn place_of(grid: &Grid, page: u32) -> Place {
    let first = grid
        .rows
        .iter()
        .flatten()
        .flat_map(|cell| &cell.lines)
        .map(|line| line.at)
        .min();
    Place {
        page: Some(page),
        line: first.unwrap_or(1),
    }
}

/// Whether a table at the head of a page goes on from the one before.
fn is_continued(before: &Grid, grid: &Grid) -> bool {
    before.columns.len() == grid.columns.len()
        && before
            .columns
            .iter()
            .zip(&grid.columns)
            .all(|(a, b)| (a - b).abs() <= 5.0)
}

/// Puts the rows of a table behind those of the page before. A head that is repeated is left out; a
/// row that the end of the page has cut in two is one again.
fn continue_with(before: &mut Grid, grid: Grid) {
    let text = |row: &[Cell]| {
        row.iter()
            .flat_map(|cell| &cell.lines)
            .map(Line::text)
            .collect::<Vec<_>>()
    };
    let mut rows = grid.rows;
    let repeated = before
        .rows
        .iter()
        .zip(&rows)
        .take_while(|(a, b)| !text(a).is_empty() && text(a) == text(b))
        .count();
    rows.drain(..repeated);
    if let (Some(last), Some(first)) = (before.rows.last_mut(), rows.first())
        && is_cut(last, first)
    {
        for cell in rows.remove(0) {
            if let Some(place) = last.iter_mut().find(|place| place.column == cell.column) {
                place.lines.extend(cell.lines);
            }
        }
    }
    before.rows.extend(rows);
}

/// Whether a row goes on in another: that one has nothing in its first cell, which the table fills.
fn is_cut(last: &[Cell], first: &[Cell]) -> bool {
    let head = |row: &[Cell]| row.first().is_some_and(|cell| !cell.lines.is_empty());
    let same =
        last.len() == first.len() && last.iter().zip(first).all(|(a, b)| a.column == b.column);
    same && head(last) && !head(first) && first.iter().any(|cell| !cell.lines.is_empty())
}

/// The paragraph under way.
struct Open {
    flow: Flow,
    lines: Vec<Line>,
    page: u32,
    /// The page of its last line.
    last_page: u32,
    /// Whether all its lines are centred, the longest too.
    centred: bool,
    done: Vec<Draft>,
}

impl Open {
    fn new(flow: Flow) -> Self {
        Self {
            flow,
            lines: Vec::new(),
            page: 0,
            last_page: 0,
            centred: false,
            done: Vec::new(),
        }
    }

    fn line(&mut self, line: Line, page: u32, drafts: &mut Drafts) -> Result<(), ReadError> {
        self.take(line, page);
        self.done
            .drain(..)
            .try_for_each(|draft| drafts.paragraph(draft))
    }

    fn flush(&mut self, drafts: &mut Drafts) -> Result<(), ReadError> {
        self.end();
        self.done
            .drain(..)
            .try_for_each(|draft| drafts.paragraph(draft))
    }

    fn take(&mut self, line: Line, page: u32) {
        if !self.goes_on(&line, page) {
            self.end();
            self.page = page;
        }
        self.last_page = page;
        self.lines.push(line);
    }

    fn end(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let Some(first) = lines.first() else {
            return;
        };
        let mut draft = Draft {
            centred: lines.iter().all(|line| self.is_symmetrical(line))
                && lines.iter().any(|line| self.is_centred(line)),
            at: Place {
                page: Some(self.page),
                line: first.at,
            },
            ..Draft::default()
        };
        for line in lines {
            append(&mut draft.runs, line.runs);
        }
        self.done.push(draft);
    }

    /// Whether a line goes on where the last one ended.
    fn goes_on(&self, line: &Line, page: u32) -> bool {
        let Some(last) = self.lines.last() else {
            return false;
        };
        let same_page = page == self.last_page;
        if same_page && self.is_far(last, line) || (last.size / line.size - 1.0).abs() > 0.15 {
            return false;
        }
        let (text, before) = (self.flow.text(line), self.flow.text(last));
        let title = self
            .lines
            .iter()
            .chain([line])
            .all(|line| self.is_symmetrical(line));
        if title && (self.is_title() || self.is_centred(line)) {
            return self.goes_on_centred(last, line);
        }
        let item = lines::starts_item(&text);
        // A heading that fills its line, and the first item below it.
        let below = !line.is_bold() && self.lines.iter().all(Line::is_bold);
        let begins = item && (below || lines::ends_in_stop(&before));
        let parted = begins || self.is_indented(line) || lines::shouts(&before, &text);
        !parted && self.is_full(last, line)
    }

    /// Lines of a title: as long as they look alike.
    fn goes_on_centred(&self, last: &Line, line: &Line) -> bool {
        let (text, before) = (self.flow.text(line), self.flow.text(last));
        let worded = |text: &str| text.chars().any(char::is_alphanumeric);
        let alike = lines::is_capitals(&text) == lines::is_capitals(&before)
            && last.is_bold() == line.is_bold();
        // A line that fills the width is centred by accident.
        alike
            && worded(&text)
            && worded(&before)
            && !lines::starts_item(&text)
            && (!lines::ends_in_stop(&before) || self.is_full(last, line))
    }

    fn is_far(&self, last: &Line, line: &Line) -> bool {
        let gap = (line.base - last.base) / line.size.max(1.0);
        gap > self.flow.leading * 1.18 + 0.03
    }

    /// Whether the first word of the next line had no room any more.
    fn is_full(&self, last: &Line, line: &Line) -> bool {
        let blank = 0.24 * line.size;
        last.right + blank + line.first_word > self.flow.right - 0.1 * line.size
    }

    /// Whether a line of the paragraph is centred.
    fn is_title(&self) -> bool {
        self.lines.iter().any(|line| self.is_centred(line))
    }

    /// Whether a line stands in the middle, with room on both sides.
    fn is_centred(&self, line: &Line) -> bool {
        let room = line.left - self.flow.left;
        self.is_symmetrical(line) && (self.centred || room > 1.2 * line.size)
    }

    fn is_symmetrical(&self, line: &Line) -> bool {
        let (before, behind) = (line.left - self.flow.left, self.flow.right - line.right);
        (before - behind).abs() <= CENTRED
    }

    /// Whether a line is set in as only the first of a paragraph is.
    fn is_indented(&self, line: &Line) -> bool {
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else {
            return false;
        };
        // Lines of a title that nearly fill the width begin where they may.
        if self.is_symmetrical(line) && self.is_symmetrical(last) {
            return false;
        }
        let deeper = |line: &Line, other: &Line| line.left - other.left > SAME_INDENT;
        if self.lines.len() == 1 {
            // The second line may hang below the text of an item; otherwise it goes back.
            let hangs = lines::starts_item(&self.flow.text(first))
                && line.left - first.left < 6.0 * line.size;
            let first_is_set_in = first.left - self.flow.left > SAME_INDENT;
            let same = !deeper(line, first) && !deeper(first, line);
            return (deeper(line, first) && !hangs)
                || (same && first_is_set_in && lines::ends_in_stop(&self.flow.text(first)));
        }
        deeper(line, last)
    }
}

/// Whether lines of different length have one middle: a cell whose longest line fills it is told so.
fn is_block_centred(flow: &Flow, lines: &[Line]) -> bool {
    let middle = (flow.left + flow.right) / 2.0;
    let centred = lines
        .iter()
        .all(|line| ((line.left + line.right) / 2.0 - middle).abs() <= CENTRED / 2.0);
    let set_in = lines
        .iter()
        .any(|line| line.left - flow.left > line.size / 2.0);
    centred && set_in
}

/// Puts the letters of a line behind those of others.
fn append(runs: &mut Vec<Run>, line: Vec<Run>) {
    let Some(last) = runs.last_mut() else {
        *runs = line;
        return;
    };
    let mut line = line.into_iter();
    let Some(mut first) = line.next() else {
        return;
    };
    // The blank between the lines, or none, goes to the end of the last run.
    let mut joined = last.text.clone();
    lines::join(&mut joined, &first.text);
    let kept = last.text.trim_end();
    let glue = joined
        .get(kept.len()..)
        .is_some_and(|rest| rest.starts_with(' '));
    last.text.truncate(kept.len());
    if glue {
        last.text.push(' ');
    }
    first.text = first.text.trim_start().to_owned();
    let mut draft = Draft {
        runs: std::mem::take(runs),
        ..Draft::default()
    };
    for run in std::iter::once(first).chain(line) {
        draft.push(&run.text, run.face, run.bold, run.italic);
    }
    *runs = draft.runs;
}

/// The number below which a share of all lies.
fn share(mut numbers: Vec<f64>, share: f64) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let at = (numbers.len() as f64 * share) as usize;
    numbers
        .get(at.min(numbers.len().saturating_sub(1)))
        .copied()
        .unwrap_or(0.0)
}

fn commonest(numbers: &[f64]) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let groups = sorted.chunk_by(|a, b| a == b);
    groups
        .max_by_key(|group| group.len())
        .and_then(|group| group.first().copied())
}
