//! Letters that stand on one line, in pieces where the line has wide gaps.

use super::super::draft::{Draft, Run};
use super::super::lines::{is_bullet, starts_item};
use super::canvas::Glyph;

/// Of the height of the letters: what is nearer stands on the same line…
const SAME_BASE: f64 = 0.45;
/// …a wider gap is a blank…
const BLANK: f64 = 0.17;
/// …and a far wider one parts the line.
const GAP: f64 = 1.5;

/// A piece of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) base: f64,
    pub(super) size: f64,
    /// How wide its first word is, up to where a line may be broken.
    pub(super) first_word: f64,
    /// Which line of the page it is, from 1.
    pub(super) at: u32,
}

impl Line {
    /// Its letters.
    pub(super) fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Whether all its letters are bold.
    pub(super) fn is_bold(&self) -> bool {
        let mut lettered = self
            .runs
            .iter()
            .filter(|run| run.text.chars().any(char::is_alphabetic))
            .peekable();
        lettered.peek().is_some() && lettered.all(|run| run.bold)
    }

    /// Puts another piece of the same line behind it.
    pub(super) fn append(&mut self, other: Line) {
        if let Some(run) = self.runs.last_mut() {
            run.text.push(' ');
        }
        self.runs.extend(other.runs);
        self.right = other.right;
    }
}

/// The lines that letters stand on, from the top; each in its pieces, from the left.
pub(super) fn rows(mut glyphs: Vec<Glyph>) -> Vec<Vec<Line>> {
    glyphs.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if is_same_line(row, &glyph) => row.push(glyph),
            _ => rows.push(vec![glyph]),
        }
    }
    let rows = rows.into_iter().map(pieces).filter(|row| !row.is_empty());
    rows.enumerate()
        .map(|(at, mut row)| {
            row.iter_mut().for_each(|line| line.at = at as u32 + 1);
            row
        })
        .collect()
}

fn is_same_line(row: &[Glyph], glyph: &Glyph) -> bool {
    row.last()
        .is_some_and(|last| glyph.base - last.base <= SAME_BASE * last.size.max(glyph.size))
        // A chain of small steps is no line.
        && row.first().is_some_and(|first| glyph.base - first.base <= 0.6 * first.size.max(glyph.size))
}

fn pieces(mut row: Vec<Glyph>) -> Vec<Line> {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut pieces: Vec<Line> = Vec::new();
    let mut group: Vec<Glyph> = Vec::new();
    for glyph in row {
        let blank = glyph.c.is_whitespace();
        let last = group.last().filter(|_| !blank);
        let far = last.is_some_and(|last| {
            let end = group
                .iter()
                .rev()
                .find(|glyph| !glyph.c.is_whitespace())
                .map_or(last.right, |glyph| glyph.right);
            glyph.left - end > GAP * glyph.size.max(last.size)
        });
        if far {
            pieces.extend(piece(std::mem::take(&mut group)));
        }
        // Bold letters made by drawing them twice.
        let twice = group.last().is_some_and(|last| {
            last.c == glyph.c
                && !blank
                && (glyph.left - last.left).abs() < 0.12 * glyph.size
                && glyph.right > glyph.left
        });
        if !twice {
            group.push(glyph);
        }
    }
    pieces.extend(piece(group));
    joined(pieces)
}

/// The number of an item and its text are one piece, however far the tab is.
fn joined(pieces: Vec<Line>) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if is_marker(&last.text()) && piece.left - last.right < 6.0 * piece.size => {
                last.append(piece)
            }
            _ => joined.push(piece),
        }
    }
    joined
}

fn is_marker(text: &str) -> bool {
    let text = text.trim();
    is_bullet(text) || (!text.contains(' ') && starts_item(text) && text.ends_with(['.', ')', '/']))
}

fn piece(glyphs: Vec<Glyph>) -> Option<Line> {
    let shown = || glyphs.iter().filter(|glyph| !glyph.c.is_whitespace());
    let first = shown().next()?;
    let size = median(shown().map(|glyph| glyph.size).collect());
    let mut line = Line {
        left: first.left,
        right: shown().map(|glyph| glyph.right).fold(first.right, f64::max),
        // Most letters stand on the line; marks above it do not.
        base: median(shown().map(|glyph| glyph.base).collect()),
        size,
        ..Line::default()
    };
    let mut draft = Draft::default();
    let mut before: Option<&Glyph> = None;
    let mut word_ended = false;
    for glyph in &glyphs {
        let gap = before.is_some_and(|before| {
            glyph.left - before.right > BLANK * size && !before.c.is_whitespace()
        });
        let blank = glyph.c.is_whitespace();
        let font = &glyph.font;
        if gap && !blank {
            draft.push(" ", font.face, font.bold, font.italic);
        }
        word_ended |= (gap || blank) && line.first_word > 0.0;
        if !blank && !word_ended {
            line.first_word = glyph.right - line.left;
            word_ended = matches!(glyph.c, '-') && glyph.right - line.left > size;
        }
        let raised = line.base - glyph.base > 0.2 * size && glyph.size < 0.8 * size;
        let c = if raised {
            superscript(glyph.c)
        } else {
            glyph.c
        };
        draft.push(
            c.encode_utf8(&mut [0; 4]),
            font.face,
            font.bold,
            font.italic,
        );
        before = Some(glyph);
    }
    line.runs = draft.runs;
    Some(line)
}

/// A small digit above the line: of a square metre, of a footnote.
pub(super) fn superscript(c: char) -> char {
    match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32(0x2070 + u32::from(c) - u32::from('0')).unwrap_or(c),
        _ => c,
    }
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(0.0)
}

/// Letters whose middle lies in a place.
pub(super) fn within(glyphs: &mut Vec<Glyph>, is_in: impl Fn(f64, f64) -> bool) -> Vec<Glyph> {
    let (inside, outside) = std::mem::take(glyphs).into_iter().partition(|glyph| {
        is_in(
            (glyph.left + glyph.right) / 2.0,
            glyph.base - glyph.size * 0.3,
        )
    });
    *glyphs = outside;
    inside
}

#[cfg(test)]
pub(super) fn letters(text: &str, left: f64, base: f64) -> Vec<Glyph> {
    use std::rc::Rc;

    use super::font::Font;
    let font = Rc::new(Font::default());
    let glyphs = text.chars().enumerate().map(|(at, c)| Glyph {
        c,
        left: left + at as f64 * 6.0,
        right: left + at as f64 * 6.0 + 6.0,
        base,
        size: 12.0,
        font: Rc::clone(&font),
    });
    glyphs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(glyphs: Vec<Glyph>, expect: &[&[&str]]) {
        let rows: Vec<Vec<String>> = rows(glyphs)
            .iter()
            .map(|row| row.iter().map(Line::text).collect())
            .collect();
        assert_eq!(rows, expect);
    }

    #[test]
    fn lines_and_gaps() {
        let text = |text, left, base| letters(text, left, base);
        check(
            [text("hai", 20.0, 120.0), text("một", 20.0, 100.0)].concat(),
            &[&["một"], &["hai"]],
        );
        check(
            [text("em", 45.0, 100.5), text("trẻ", 20.0, 100.0)].concat(),
            &[&["trẻ em"]],
        );
        check(
            [text("trái", 20.0, 100.0), text("phải", 100.0, 100.0)].concat(),
            &[&["trái", "phải"]],
        );
        check(
            [text("1.", 20.0, 100.0), text("Mục", 60.0, 100.0)].concat(),
            &[&["1. Mục"]],
        );
        check(
            [text("đậm", 20.0, 100.0), text("đậm", 20.4, 100.0)].concat(),
            &[&["đậm"]],
        );
        check(text("  ", 0.0, 0.0), &[]);
        let small = Glyph {
            size: 7.0,
            ..text("2", 26.0, 96.0).remove(0)
        };
        check([text("m", 20.0, 100.0), vec![small]].concat(), &[&["m²"]]);
        check(Vec::new(), &[]);
    }

    #[test]
    fn first_words() {
        let width = |text| rows(letters(text, 0.0, 0.0))[0][0].first_word;
        assert_eq!(width("trẻ em"), 18.0);
        assert_eq!(width("136-HD/BTGTW"), 24.0);
        assert_eq!(width("- em"), 6.0);
    }
}
