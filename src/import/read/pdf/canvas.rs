//! Draws a page: where each letter stands, and where rules are.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId};

use super::super::ReadError;
use super::file::{File, LARGEST_STREAM, number};
use super::font::{Font, Room};

/// Drawings within drawings.
const DEEPEST: usize = 10;
/// Saved states.
const MOST_STATES: usize = 128;
/// Steps to draw all pages.
const MOST_STEPS: usize = 6_000_000;
/// Bytes of the content of all pages.
const MOST_CONTENT: usize = 80 << 20;
/// Letters of all pages.
const MOST_GLYPHS: usize = 4_000_000;
/// Rules of a page; maps have more, tables don't.
const MOST_RULES: usize = 4_000;
/// Fonts of a file.
const MOST_FONTS: usize = 2_000;
/// What is thinner than this is a rule, in points.
const THIN: f64 = 3.0;

/// A letter, its place in points from the left and from the top of the page.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) left: f64,
    pub(super) right: f64,
    /// Where it stands on.
    pub(super) base: f64,
    /// The height of the letters.
    pub(super) size: f64,
    pub(super) font: Rc<Font>,
}

/// A straight rule, horizontal or vertical.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

/// A page as drawn.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
}

/// `[a b c d e f]`: a point (x, y) goes to (ax + cy + e, bx + dy + f).
type Matrix = [f64; 6];

const SAME: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `one`, then `then`.
fn after(one: Matrix, then: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = one;
    let [p, q, r, s, t, u] = then;
    [
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    ]
}

fn point([a, b, c, d, e, f]: Matrix, x: f64, y: f64) -> (f64, f64) {
    (a * x + c * y + e, b * x + d * y + f)
}

/// What operators set and `q` saves.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    letter_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

impl State {
    fn on(matrix: Matrix) -> Self {
        Self {
            matrix,
            font: None,
            size: 0.0,
            letter_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// Draws the pages of a file.
pub(super) struct Canvas<'f> {
    file: &'f File,
    /// By where the file's dictionary of each lies.
    fonts: HashMap<*const Dictionary, Rc<Font>>,
    room: Room,
    steps: usize,
    content: usize,
    glyphs: usize,
}

impl<'f> Canvas<'f> {
    pub(super) fn new(file: &'f File) -> Self {
        Self {
            file,
            fonts: HashMap::new(),
            room: Room::default(),
            steps: 0,
            content: 0,
            glyphs: 0,
        }
    }

    /// Draws a page.
    pub(super) fn draw(&mut self, page: ObjectId) -> Result<Drawn, ReadError> {
        let content = self.file.content(page)?;
        let resources = self
            .file
            .inherited(page, b"Resources")
            .and_then(|found| found.as_dict().ok());
        let mut pen = Pen {
            state: State::on(self.page_matrix(page)),
            saved: Vec::new(),
            text: SAME,
            line: SAME,
            path: Vec::new(),
            marks: Vec::new(),
            drawn: Drawn::default(),
        };
        self.run(&content, resources, &mut pen, 0)?;
        Ok(pen.drawn)
    }

    /// From the measure of the page to points from its top left corner, turned as it is shown.
    fn page_matrix(&self, page: ObjectId) -> Matrix {
        let of = |key: &[u8]| self.file.inherited(page, key);
        let area = of(b"CropBox")
            .or_else(|| of(b"MediaBox"))
            .map(|area| self.file.numbers(area));
        let (left, bottom, right, top) = match area.as_deref() {
            Some([a, b, c, d]) => (a.min(*c), b.min(*d), a.max(*c), b.max(*d)),
            _ => (0.0, 0.0, 595.0, 842.0),
        };
        let turned = of(b"Rotate").and_then(number).unwrap_or(0.0) as i64;
        match turned.rem_euclid(360) {
            90 => [0.0, 1.0, 1.0, 0.0, -bottom, -left],
            180 => [-1.0, 0.0, 0.0, 1.0, right, -bottom],
            270 => [0.0, -1.0, -1.0, 0.0, top, right],
            _ => [1.0, 0.0, 0.0, -1.0, -left, top],
        }
    }

    fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'f Dictionary>,
        pen: &mut Pen,
        depth: usize,
    ) -> Result<(), ReadError> {
        self.content += content.len();
        let too_much = || ReadError::TooLarge("các trang quá phức tạp");
        if self.content > MOST_CONTENT {
            return Err(too_much());
        }
        for operation in Content::decode_iter(content) {
            // What follows a damaged operation is lost; what came before it stays.
            let Ok(Operation { operator, operands }) = operation else {
                break;
            };
            self.steps += 1;
            if self.steps > MOST_STEPS || self.glyphs > MOST_GLYPHS {
                return Err(too_much());
            }
            match operator.as_str() {
                "Tf" => pen.state.font = self.font(resources, &operands)?,
                "Do" if depth < DEEPEST => self.form(resources, &operands, pen, depth)?,
                _ => {}
            }
            let before = pen.drawn.glyphs.len();
            pen.operate(&operator, &operands, self.file, resources);
            self.glyphs += pen.drawn.glyphs.len() - before;
        }
        Ok(())
    }

    /// The font that `Tf` names.
    fn font(
        &mut self,
        resources: Option<&'f Dictionary>,
        operands: &[Object],
    ) -> Result<Option<Rc<Font>>, ReadError> {
        let found = || {
            let name = operands.first()?.as_name().ok()?;
            let fonts = self.file.dictionary(resources?, b"Font")?;
            self.file.dictionary(fonts, name)
        };
        let Some(dictionary) = found() else {
            return Ok(None);
        };
        let place = std::ptr::from_ref(dictionary);
        if let Some(font) = self.fonts.get(&place) {
            return Ok(Some(Rc::clone(font)));
        }
        if self.fonts.len() >= MOST_FONTS {
            return Ok(None);
        }
        let font = Rc::new(Font::read(self.file, dictionary, &mut self.room)?);
        self.fonts.insert(place, Rc::clone(&font));
        Ok(Some(font))
    }

    /// Draws the drawing that `Do` names.
    fn form(
        &mut self,
        resources: Option<&'f Dictionary>,
        operands: &[Object],
        pen: &mut Pen,
        depth: usize,
    ) -> Result<(), ReadError> {
        let found = || {
            let name = operands.first()?.as_name().ok()?;
            let drawings = self.file.dictionary(resources?, b"XObject")?;
            self.file.get(drawings, name)?.as_stream().ok()
        };
        let Some(stream) = found() else {
            return Ok(());
        };
        let kind = stream.dict.get(b"Subtype").and_then(Object::as_name);
        if !kind.is_ok_and(|kind| kind == b"Form") {
            return Ok(());
        }
        let content = match stream.get_plain_content_with_limit(LARGEST_STREAM) {
            Ok(content) => content,
            Err(lopdf::Error::Decompress(_)) => {
                return Err(ReadError::TooLarge("một hình vẽ quá phức tạp"));
            }
            Err(_) => return Ok(()),
        };
        let matrix = self
            .file
            .get(&stream.dict, b"Matrix")
            .map(|matrix| self.file.numbers(matrix));
        let matrix = matrix
            .and_then(|numbers| Matrix::try_from(numbers).ok())
            .unwrap_or(SAME);
        let own = self
            .file
            .dictionary(&stream.dict, b"Resources")
            .or(resources);
        let (saved, marks) = (pen.state.clone(), pen.marks.len());
        let outer = std::mem::take(&mut pen.saved);
        pen.state.matrix = after(matrix, pen.state.matrix);
        let done = self.run(&content, own, pen, depth + 1);
        pen.state = saved;
        pen.saved = outer;
        pen.marks.truncate(marks);
        done
    }
}

/// The pen that draws.
struct Pen {
    state: State,
    saved: Vec<State>,
    /// The text matrix, and that of the line.
    text: Matrix,
    line: Matrix,
    /// Corners of the path under way, in points of the page, part by part.
    path: Vec<Vec<(f64, f64)>>,
    /// Marked content that is open.
    marks: Vec<Mark>,
    drawn: Drawn,
}

/// What marked content is.
enum Mark {
    /// Nothing that matters.
    Plain,
    /// A running head, a page number: not part of the document.
    Artifact,
    /// Letters that stand for this text, and whether it has been written.
    Means(String, bool),
}

fn operand(operands: &[Object], at: usize) -> f64 {
    operands.get(at).and_then(number).unwrap_or(0.0)
}

impl Pen {
    fn operate(
        &mut self,
        operator: &str,
        operands: &[Object],
        file: &File,
        resources: Option<&Dictionary>,
    ) {
        let n = |at| operand(operands, at);
        match operator {
            "q" if self.saved.len() < MOST_STATES => self.saved.push(self.state.clone()),
            "Q" => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            "cm" => {
                self.state.matrix = after([n(0), n(1), n(2), n(3), n(4), n(5)], self.state.matrix)
            }
            "BT" => (self.text, self.line) = (SAME, SAME),
            "Tf" => self.state.size = n(1),
            "Tc" => self.state.letter_space = n(0),
            "Tw" => self.state.word_space = n(0),
            "Tz" => self.state.stretch = n(0) / 100.0,
            "TL" => self.state.leading = n(0),
            "Ts" => self.state.rise = n(0),
            "Tm" => {
                self.line = [n(0), n(1), n(2), n(3), n(4), n(5)];
                self.text = self.line;
            }
            "Td" => self.next_line(n(0), n(1)),
            "TD" => {
                self.state.leading = -n(1);
                self.next_line(n(0), n(1));
            }
            "T*" => self.next_line(0.0, -self.state.leading),
            "Tj" => self.show(operands.first()),
            "'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands.first());
            }
            "\"" => {
                (self.state.word_space, self.state.letter_space) = (n(0), n(1));
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2));
            }
            "TJ" => {
                for item in operands
                    .first()
                    .and_then(|array| array.as_array().ok())
                    .into_iter()
                    .flatten()
                {
                    match number(item) {
                        Some(back) => {
                            self.advance(-back / 1000.0 * self.state.size * self.state.stretch)
                        }
                        None => self.show(Some(item)),
                    }
                }
            }
            "BMC" | "BDC" => self.mark(operands, file, resources),
            "EMC" => {
                self.marks.pop();
            }
            _ => self.draw(operator, operands),
        }
    }

    fn mark(&mut self, operands: &[Object], file: &File, resources: Option<&Dictionary>) {
        let properties = match operands.get(1) {
            Some(Object::Dictionary(properties)) => Some(properties),
            Some(Object::Name(name)) => resources
                .and_then(|resources| file.dictionary(resources, b"Properties"))
                .and_then(|all| file.dictionary(all, name)),
            _ => None,
        };
        let is_artifact = operands.first().and_then(|tag| tag.as_name().ok()) == Some(b"Artifact");
        let meaning = properties.and_then(|properties| file.get(properties, b"ActualText"));
        let mark = match meaning.map(lopdf::decode_text_string) {
            _ if is_artifact => Mark::Artifact,
            Some(Ok(text)) => Mark::Means(text.chars().take(4096).collect(), false),
            _ => Mark::Plain,
        };
        if self.marks.len() < 256 {
            self.marks.push(mark);
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = after([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn advance(&mut self, x: f64) {
        self.text = after([1.0, 0.0, 0.0, 1.0, x, 0.0], self.text);
    }

    fn show(&mut self, text: Option<&Object>) {
        let (Some(Object::String(bytes, _)), Some(font)) = (text, self.state.font.clone()) else {
            return;
        };
        for code in bytes.chunks(font.code_length.max(1)) {
            let is_blank = code == b" ";
            let code = code
                .iter()
                .fold(0u32, |code, byte| code << 8 | u32::from(*byte));
            let State {
                size,
                letter_space,
                word_space,
                stretch,
                ..
            } = self.state;
            let width = font.width(code) * size * stretch;
            self.glyph(&font.characters(code), width, &font);
            let word_space = if is_blank { word_space } else { 0.0 };
            self.advance(width + (letter_space + word_space) * stretch);
        }
    }

    fn glyph(&mut self, text: &str, width: f64, font: &Rc<Font>) {
        if self.marks.iter().any(|mark| matches!(mark, Mark::Artifact)) {
            return;
        }
        let meaning = self.marks.iter_mut().rev().find_map(|mark| match mark {
            Mark::Means(meaning, written) => Some(if std::mem::replace(written, true) {
                String::new()
            } else {
                std::mem::take(meaning)
            }),
            _ => None,
        });
        let text = meaning.as_deref().unwrap_or(text);
        let full = after(self.text, self.state.matrix);
        let (left, base) = point(full, 0.0, self.state.rise);
        let (right, slant) = point(full, width, self.state.rise);
        let (_, up) = point(
            [full[0], full[1], full[2], full[3], 0.0, 0.0],
            0.0,
            self.state.size,
        );
        let size = up.abs();
        // Letters on their side or upside down are stamps and marks in the margin.
        let upright =
            right >= left && (slant - base).abs() <= 0.3 * (right - left).max(0.1) && up < 0.0;
        let shown = [left, right, base, size]
            .iter()
            .all(|number| number.is_finite() && number.abs() < 1e5);
        if !upright || !shown || size < 1.0 {
            return;
        }
        for (at, c) in text.chars().enumerate() {
            self.drawn.glyphs.push(Glyph {
                c,
                left: if at == 0 { left } else { right },
                right,
                base,
                size,
                font: Rc::clone(font),
            });
        }
    }

    fn draw(&mut self, operator: &str, operands: &[Object]) {
        let n = |at| operand(operands, at);
        match operator {
            "m" if self.path.len() < MOST_RULES => {
                self.path.push(vec![point(self.state.matrix, n(0), n(1))])
            }
            "l" => {
                let to = point(self.state.matrix, n(0), n(1));
                if let Some(part) = self.path.last_mut().filter(|part| part.len() < 64) {
                    part.push(to);
                }
            }
            "c" | "v" | "y" => {
                // No rule is curved.
                self.path.pop();
            }
            "h" => {
                if let Some(part) = self.path.last_mut().filter(|part| part.len() < 64) {
                    part.extend(part.first().copied());
                }
            }
            "re" if self.path.len() < MOST_RULES => {
                let (x, y, width, height) = (n(0), n(1), n(2), n(3));
                let corners = [
                    (x, y),
                    (x + width, y),
                    (x + width, y + height),
                    (x, y + height),
                    (x, y),
                ];
                self.path.push(
                    corners
                        .iter()
                        .map(|(x, y)| point(self.state.matrix, *x, *y))
                        .collect(),
                );
            }
            "S" | "s" => self.paint(true),
            "B" | "B*" | "b" | "b*" => self.paint(true),
            "f" | "F" | "f*" => self.paint(false),
            "n" => self.path.clear(),
            _ => {}
        }
    }

    /// Turns the path into rules: its straight lines where it is stroked, thin parts where it is filled.
    fn paint(&mut self, stroked: bool) {
        for part in std::mem::take(&mut self.path) {
            let bounds = part.iter().fold(None, |bounds: Option<Rule>, (x, y)| {
                let bounds = bounds.unwrap_or(Rule {
                    left: *x,
                    top: *y,
                    right: *x,
                    bottom: *y,
                });
                Some(Rule {
                    left: bounds.left.min(*x),
                    top: bounds.top.min(*y),
                    right: bounds.right.max(*x),
                    bottom: bounds.bottom.max(*y),
                })
            });
            let whole = bounds.filter(Rule::is_rule);
            if whole.is_some() {
                self.drawn.rules.extend(whole);
            } else if stroked {
                let sides = part.windows(2).map(|ends| Rule {
                    left: ends[0].0.min(ends[1].0),
                    top: ends[0].1.min(ends[1].1),
                    right: ends[0].0.max(ends[1].0),
                    bottom: ends[0].1.max(ends[1].1),
                });
                self.drawn.rules.extend(sides.filter(Rule::is_rule));
            }
            self.drawn.rules.truncate(MOST_RULES);
        }
    }
}

impl Rule {
    fn is_rule(&self) -> bool {
        let (width, height) = (self.right - self.left, self.bottom - self.top);
        width.is_finite()
            && height.is_finite()
            && (width <= THIN) != (height <= THIN)
            && width.max(height) > THIN + 2.0
    }

    /// Whether it lies rather than stands.
    pub(super) fn lies(&self) -> bool {
        self.right - self.left > self.bottom - self.top
    }
}
