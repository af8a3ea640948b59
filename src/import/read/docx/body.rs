//! The text of a document: paragraphs with their runs, tables, text boxes; what was deleted, hidden
//! or computed by Word left out.

use std::collections::HashMap;

use super::super::super::encoding::{Face, recognise};
use super::super::super::source::Place;
use super::super::ReadError;
use super::super::draft::{Allowance, Draft, Drafts, Piece, tidy};
use super::super::merged::{MOST_COLUMNS, Spanning, lay_out};
use super::look::{Letters, Setting};
use super::numbering::Numbering;
use super::styles::Styles;
use super::xml::{Element, Visitor, walk};

/// Fields within fields.
const DEEPEST_FIELD: usize = 64;

/// Elements of which nothing is read: what was there before a change, what was deleted or moved
/// away, what Word computes fields from, the settings of a section.
const SKIPPED: [&str; 13] = [
    "del",
    "moveFrom",
    "delText",
    "delInstrText",
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "numberingChange",
    "sectPr",
    "tblGrid",
];

/// Footnotes by their id.
pub(super) type Notes = HashMap<String, String>;

/// Reads the text of a document.
pub(super) struct Body<'s> {
    styles: &'s Styles,
    known: HashMap<Option<String>, (Letters, Setting)>,
    numbering: Numbering,
    notes: Vec<Notes>,
    /// What is open, the innermost last; never empty.
    frames: Vec<Frame>,
    /// How deep below an element that is skipped.
    skipping: usize,
    /// Whether an element with two versions has been read already, for each one open.
    alternatives: Vec<bool>,
    /// A paragraph whose end was deleted.
    waiting: Option<Box<Paragraph>>,
    fields: Vec<Field>,
    in_setting: bool,
    in_letters: bool,
    in_text: Text,
    paragraphs: u32,
    allowance: Allowance,
    drafts: Drafts,
    left_out: LeftOut,
    /// Whether the table of contents is read too.
    keep_contents: bool,
}

/// What kind of text the innermost element holds.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Text {
    #[default]
    None,
    Shown,
    Instruction,
}

/// A field: its instruction, then its result.
#[derive(Default)]
struct Field {
    instruction: String,
    in_result: bool,
}

impl Field {
    /// A table of contents repeats the headings.
    fn is_contents(&self) -> bool {
        self.instruction.trim_start().starts_with("TOC")
    }
}

/// What was not taken, for the remarks.
#[derive(Default)]
struct LeftOut {
    deleted: bool,
    hidden: bool,
    contents: bool,
}

/// Something open.
enum Frame {
    /// The text, or a text box.
    Story(Vec<Piece>),
    Paragraph(Box<Paragraph>),
    Table(Vec<Vec<Cell>>),
    Row {
        cells: Vec<Cell>,
        deleted: bool,
    },
    Cell(Cell),
}

#[derive(Default)]
struct Paragraph {
    draft: Draft,
    style: Option<String>,
    setting: Setting,
    /// The run under way: what it says itself, and its style.
    letters: Letters,
    letters_style: Option<String>,
    /// The end of the paragraph was deleted: the next one goes on with it.
    end_deleted: bool,
    /// Text boxes that are tied to it.
    boxes: Vec<Piece>,
}

#[derive(Default)]
struct Cell {
    drafts: Vec<Draft>,
    columns: usize,
    /// It goes on from the row above.
    continues: bool,
}

impl<'s> Body<'s> {
    pub(super) fn new(styles: &'s Styles, numbering: Numbering, notes: Vec<Notes>) -> Self {
        Self {
            styles,
            known: HashMap::new(),
            numbering,
            notes,
            frames: vec![Frame::Story(Vec::new())],
            skipping: 0,
            alternatives: Vec::new(),
            waiting: None,
            fields: Vec::new(),
            in_setting: false,
            in_letters: false,
            in_text: Text::None,
            paragraphs: 0,
            allowance: Allowance::default(),
            drafts: Drafts::default(),
            left_out: LeftOut::default(),
            keep_contents: false,
        }
    }

    /// Takes the table of contents for text: in a damaged file it has no end.
    pub(super) fn keeping_contents(mut self) -> Self {
        self.keep_contents = true;
        self
    }

    /// Reads the part with the text. Nothing if the table of contents does not end.
    pub(super) fn read(mut self, part: &[u8]) -> Result<Option<Drafts>, ReadError> {
        walk(part, &mut self)?;
        if !self.keep_contents && self.fields.iter().any(Field::is_contents) {
            return Ok(None);
        }
        self.release()?;
        while self.frames.len() > 1 {
            self.close()?;
        }
        if let Some(Frame::Story(pieces)) = self.frames.pop() {
            for piece in pieces {
                match piece {
                    Piece::Paragraph(draft) => self.drafts.paragraph(draft)?,
                    Piece::Table(rows, at) => self.drafts.table(rows, at)?,
                }
            }
        }
        let LeftOut {
            deleted,
            hidden,
            contents,
        } = self.left_out;
        for (left_out, text) in [
            (
                deleted,
                "tệp còn các sửa đổi chưa chốt (Track Changes): đã bỏ chữ bị xóa, giữ chữ được thêm",
            ),
            (hidden, "đã bỏ chữ ẩn (Hidden)"),
            (contents, "đã bỏ mục lục tự động"),
        ] {
            if left_out {
                self.drafts.remark(None, text);
            }
        }
        Ok(Some(self.drafts))
    }

    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        match self.frames.last_mut() {
            Some(Frame::Paragraph(paragraph)) => Some(paragraph),
            _ => None,
        }
    }

    /// What the style of the paragraph under way says.
    fn style(&mut self, id: Option<&str>) -> (Letters, Setting) {
        if let Some(known) = self.known.get(&id.map(str::to_owned)) {
            return *known;
        }
        let resolved = self.styles.paragraph(id);
        self.known.insert(id.map(str::to_owned), resolved);
        resolved
    }

    /// Adds letters to the run under way.
    fn letters(&mut self, text: &str) {
        if self.fields.iter().any(|field| !field.in_result) {
            return;
        }
        if !self.keep_contents && self.fields.iter().any(Field::is_contents) {
            self.left_out.contents = true;
            return;
        }
        let styles = self.styles;
        let Some(paragraph) = self.paragraph() else {
            return;
        };
        let style = paragraph.style.clone();
        let (own, own_style) = (paragraph.letters, paragraph.letters_style.clone());
        let (below, _) = self.style(style.as_deref());
        let named = own_style.map(|id| styles.letters(&id)).unwrap_or_default();
        let look = own.over(named).over(below);
        if look.hidden == Some(true) {
            self.left_out.hidden |= !text.trim().is_empty();
            return;
        }
        let (bold, italic) = (look.bold == Some(true), look.italic == Some(true));
        let face = look.face.unwrap_or(Face::Any);
        if let Some(paragraph) = self.paragraph() {
            if look.capitals == Some(true) && face == Face::Any {
                paragraph
                    .draft
                    .push(&text.to_uppercase(), face, bold, italic);
            } else {
                paragraph.draft.push(text, face, bold, italic);
            }
        }
    }

    /// Ends the innermost thing that is open.
    fn close(&mut self) -> Result<(), ReadError> {
        match self.frames.pop() {
            Some(Frame::Paragraph(paragraph)) => self.close_paragraph(*paragraph)?,
            Some(Frame::Cell(cell)) => {
                if let Some(Frame::Row { cells, .. }) = self.frames.last_mut() {
                    cells.push(cell);
                }
            }
            Some(Frame::Row { cells, deleted }) => {
                self.left_out.deleted |= deleted;
                if let Some(Frame::Table(rows)) = self.frames.last_mut().filter(|_| !deleted) {
                    rows.push(cells);
                }
            }
            Some(Frame::Table(rows)) => self.close_table(rows),
            Some(Frame::Story(pieces)) => match self.frames.last_mut() {
                Some(Frame::Paragraph(paragraph)) => paragraph.boxes.extend(pieces),
                _ => self.append(pieces),
            },
            None => {}
        }
        Ok(())
    }

    fn close_paragraph(&mut self, mut paragraph: Paragraph) -> Result<(), ReadError> {
        if paragraph.end_deleted {
            self.left_out.deleted = true;
            // Waits, as the head of the next paragraph.
            if !paragraph.draft.is_blank() || !paragraph.boxes.is_empty() {
                self.waiting = Some(Box::new(paragraph));
            }
            return Ok(());
        }
        // An instruction that is not over by now never will be.
        self.fields.retain(|field| field.in_result);
        let (_, below) = self.style(paragraph.style.as_deref());
        let setting = paragraph.setting.over(below);
        let blank = paragraph.draft.is_blank();
        self.allowance.cell()?;
        paragraph.draft.centred = setting.centred == Some(true);
        paragraph.draft.level = setting.level.filter(|level| *level > 0);
        paragraph.draft.number = self.number(&paragraph, setting);
        if !blank {
            self.paragraphs += 1;
        }
        paragraph.draft.at = Place {
            page: None,
            line: self.paragraphs,
        };
        let mut pieces = Vec::new();
        if !blank {
            self.allowance.draft(&paragraph.draft)?;
            pieces.push(Piece::Paragraph(paragraph.draft));
        }
        pieces.append(&mut paragraph.boxes);
        self.append(pieces);
        Ok(())
    }

    /// Gives up waiting for the paragraph that goes on with the last one.
    fn release(&mut self) -> Result<(), ReadError> {
        match self.waiting.take() {
            Some(mut paragraph) => {
                paragraph.end_deleted = false;
                self.close_paragraph(*paragraph)
            }
            None => Ok(()),
        }
    }

    fn open_paragraph(&mut self) {
        let waiting = self
            .waiting
            .take()
            .map(|waiting| *waiting)
            .unwrap_or_default();
        let paragraph = Paragraph {
            draft: waiting.draft,
            boxes: waiting.boxes,
            ..Paragraph::default()
        };
        self.frames.push(Frame::Paragraph(Box::new(paragraph)));
    }

    fn number(&mut self, paragraph: &Paragraph, setting: Setting) -> Option<String> {
        let list = setting.list.filter(|list| *list > 0)?;
        let of_style = || {
            let own = paragraph.style.as_deref();
            let (style, list) = self.styles.list(own)?;
            let of = |style| self.numbering.level_of(list, style);
            own.and_then(of).or_else(|| of(style))
        };
        let own = paragraph.setting.list.is_some() || paragraph.setting.depth.is_some();
        let depth = if own {
            setting.depth
        } else {
            of_style().or(setting.depth)
        };
        self.numbering.next(list, depth.unwrap_or(0))
    }

    fn close_table(&mut self, rows: Vec<Vec<Cell>>) {
        let rows = lay_out(spanning(rows));
        let in_cell = self
            .frames
            .iter()
            .rev()
            .any(|frame| matches!(frame, Frame::Cell(_)));
        if in_cell {
            let flat = rows
                .into_iter()
                .flatten()
                .flatten()
                .map(Piece::Paragraph)
                .collect();
            return self.append(flat);
        }
        let first = rows.iter().flatten().flatten().map(|draft| draft.at).next();
        let at = first.unwrap_or(Place {
            page: None,
            line: self.paragraphs,
        });
        self.append(vec![Piece::Table(rows, at)]);
    }

    /// Adds pieces where they belong.
    fn append(&mut self, pieces: Vec<Piece>) {
        match self.frames.last_mut() {
            Some(Frame::Story(story)) => story.extend(pieces),
            Some(Frame::Cell(cell)) => {
                let drafts = pieces.into_iter().flat_map(|piece| match piece {
                    Piece::Paragraph(draft) => vec![draft],
                    Piece::Table(rows, _) => rows.into_iter().flatten().flatten().collect(),
                });
                cell.drafts.extend(drafts);
            }
            Some(Frame::Paragraph(paragraph)) => paragraph.boxes.extend(pieces),
            // A paragraph between the rows of a damaged table: it is not lost.
            Some(Frame::Table(_) | Frame::Row { .. }) | None => {
                let outer = self.frames.iter_mut().rev().find_map(|frame| match frame {
                    Frame::Story(story) => Some(story),
                    _ => None,
                });
                if let Some(story) = outer {
                    story.extend(pieces);
                }
            }
        }
    }
}

/// The cells of a table with the rows that each spans: Word marks the cells that go on from above.
fn spanning(rows: Vec<Vec<Cell>>) -> Vec<Vec<Spanning>> {
    // From the last row up: how many rows go on below, by column.
    let mut below: HashMap<usize, usize> = HashMap::new();
    let mut laid: Vec<Vec<Spanning>> = Vec::with_capacity(rows.len());
    let count = rows.len();
    for (at, row) in rows.into_iter().rev().enumerate() {
        let first = at + 1 == count;
        let mut here = HashMap::new();
        let mut column = 0;
        let mut cells = Vec::with_capacity(row.len());
        for cell in row {
            let columns = cell.columns.clamp(1, MOST_COLUMNS);
            let rows = 1 + below.get(&column).copied().unwrap_or(0);
            if cell.continues && !first {
                here.insert(column, rows);
            } else {
                cells.push(Spanning {
                    drafts: cell.drafts,
                    columns,
                    rows,
                });
            }
            column += columns;
        }
        below = here;
        laid.push(cells);
    }
    laid.reverse();
    laid
}

impl Visitor for Body<'_> {
    fn start(&mut self, element: &Element) -> Result<(), ReadError> {
        if self.skipping > 0 {
            self.skipping += 1;
            return Ok(());
        }
        let name = element.name;
        if SKIPPED.contains(&name)
            || (name == "Fallback" && self.alternatives.last() == Some(&true))
        {
            self.note_deletion(name);
            self.skipping = 1;
            return Ok(());
        }
        match name {
            "AlternateContent" => self.alternatives.push(false),
            "Choice" => {
                if let Some(read) = self.alternatives.last_mut() {
                    // A second choice is skipped by what follows; only the first is read.
                    if std::mem::replace(read, true) {
                        self.skipping = 1;
                    }
                }
            }
            "p" => self.open_paragraph(),
            "txbxContent" => self.frames.push(Frame::Story(Vec::new())),
            "tbl" => {
                self.release()?;
                self.frames.push(Frame::Table(Vec::new()));
            }
            "tr" => self.frames.push(Frame::Row {
                cells: Vec::new(),
                deleted: false,
            }),
            "tc" => {
                self.allowance.cell()?;
                self.frames.push(Frame::Cell(Cell::default()));
            }
            "pPr" => self.in_setting = true,
            "rPr" => self.in_letters = true,
            _ if self.in_letters || self.in_setting => self.property(element),
            _ => self.content(element),
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if self.skipping > 0 {
            self.skipping -= 1;
            return Ok(());
        }
        match name {
            "AlternateContent" => {
                self.alternatives.pop();
            }
            "pPr" => self.in_setting = false,
            "rPr" => self.in_letters = false,
            "t" | "instrText" => self.in_text = Text::None,
            "p" => self.close_until(|frame| matches!(frame, Frame::Paragraph(_)))?,
            "tc" => {
                self.release()?;
                self.close_until(|frame| matches!(frame, Frame::Cell(_)))?;
            }
            "tr" => self.close_until(|frame| matches!(frame, Frame::Row { .. }))?,
            "tbl" => self.close_until(|frame| matches!(frame, Frame::Table(_)))?,
            "txbxContent" => {
                self.release()?;
                self.close_until(|frame| matches!(frame, Frame::Story(_)))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.skipping > 0 {
            return;
        }
        match self.in_text {
            Text::Shown => self.letters(&text.replace(['\n', '\r'], " ")),
            Text::Instruction => {
                if let Some(field) = self
                    .fields
                    .last_mut()
                    .filter(|field| field.instruction.len() < 200)
                {
                    field.instruction.push_str(text);
                }
            }
            Text::None => {}
        }
    }
}

impl Body<'_> {
    /// Ends what is open up to the innermost thing of a kind, unless there is none but the text itself.
    fn close_until(&mut self, is: impl Fn(&Frame) -> bool) -> Result<(), ReadError> {
        let Some(at) = self.frames.iter().skip(1).rposition(is) else {
            return Ok(());
        };
        while self.frames.len() > at + 1 {
            self.close()?;
        }
        Ok(())
    }

    fn note_deletion(&mut self, name: &str) {
        if !matches!(name, "del" | "moveFrom") {
            return;
        }
        if self.in_letters && self.in_setting {
            if let Some(paragraph) = self.paragraph() {
                paragraph.end_deleted = true;
            }
        } else if let Some(Frame::Row { deleted, .. }) = self.frames.last_mut() {
            *deleted = true;
        } else if !self.in_letters {
            self.left_out.deleted = true;
        }
    }

    /// A property of the paragraph or the run under way.
    fn property(&mut self, element: &Element) {
        let (in_letters, in_setting) = (self.in_letters, self.in_setting);
        let Some(paragraph) = self.paragraph() else {
            return;
        };
        match (element.name, in_letters) {
            // The letters of the paragraph's end are not shown.
            (_, true) if in_setting => {}
            ("rStyle", true) => paragraph.letters_style = element.value().map(|id| id.into_owned()),
            (_, true) => paragraph.letters.set(element),
            ("pStyle", false) => paragraph.style = element.value().map(|id| id.into_owned()),
            (_, false) => paragraph.setting.set(element),
        }
    }

    /// An element that is content, or says how a table is laid out.
    fn content(&mut self, element: &Element) {
        match element.name {
            "r" => {
                if let Some(paragraph) = self.paragraph() {
                    paragraph.letters = Letters::default();
                    paragraph.letters_style = None;
                }
            }
            "t" => self.in_text = Text::Shown,
            "instrText" => self.in_text = Text::Instruction,
            "tab" | "ptab" => self.letters("\t"),
            "br" if element
                .attribute("type")
                .is_none_or(|kind| kind == "textWrapping") =>
            {
                self.letters("\n")
            }
            "br" => self.letters(" "),
            "cr" => self.letters("\n"),
            "noBreakHyphen" => self.letters("-"),
            // In TCVN3 it is a letter; elsewhere it is dropped with all that is invisible.
            "softHyphen" => self.letters("\u{AD}"),
            "sym" => {
                let code = element
                    .attribute("char")
                    .and_then(|code| u32::from_str_radix(&code, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    self.letters(c.encode_utf8(&mut [0; 4]));
                }
            }
            "fldChar" => self.field(element.attribute("fldCharType").as_deref()),
            "footnoteReference" => self.note(0, element),
            "endnoteReference" => self.note(1, element),
            "gridSpan" => {
                let columns = element
                    .number()
                    .and_then(|columns| usize::try_from(columns).ok());
                if let Some(Frame::Cell(cell)) = self.frames.last_mut() {
                    cell.columns = columns.unwrap_or(1);
                }
            }
            "vMerge" => {
                if let Some(Frame::Cell(cell)) = self.frames.last_mut() {
                    cell.continues = element.value().as_deref() != Some("restart");
                }
            }
            "gridBefore" => {
                let columns = element
                    .number()
                    .and_then(|columns| usize::try_from(columns).ok());
                if let Some(Frame::Row { cells, .. }) = self.frames.last_mut() {
                    cells.push(Cell {
                        columns: columns.unwrap_or(1),
                        ..Cell::default()
                    });
                }
            }
            _ => {}
        }
    }

    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") if self.fields.len() < DEEPEST_FIELD => {
                self.fields.push(Field::default())
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn note(&mut self, kind: usize, element: &Element) {
        let id = element.attribute("id").unwrap_or_default().into_owned();
        let text = self.notes.get_mut(kind).and_then(|notes| notes.remove(&id));
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            let at = Place {
                page: None,
                line: self.paragraphs + 1,
            };
            self.drafts.remark(
                Some(at),
                format!("chú thích không đưa vào văn bản: “{text}”"),
            );
        }
    }
}

/// Reads the part with the footnotes, or with the notes at the end.
pub(super) fn notes(part: &[u8]) -> Result<Notes, ReadError> {
    let mut reader = NoteReader::default();
    walk(part, &mut reader)?;
    let notes = reader.notes.into_iter().map(|(id, text)| {
        let encoding = recognise(std::iter::once(text.as_str()));
        let text = encoding.map_or(text.clone(), |encoding| encoding.decode(&text));
        (id, tidy(&text))
    });
    Ok(notes.collect())
}

#[derive(Default)]
struct NoteReader {
    notes: HashMap<String, String>,
    open: Option<(String, String)>,
    in_text: bool,
}

impl Visitor for NoteReader {
    fn start(&mut self, element: &Element) -> Result<(), ReadError> {
        match element.name {
            "footnote" | "endnote" => {
                let id = element.attribute("id").unwrap_or_default().into_owned();
                self.open = Some((id, String::new()));
            }
            "t" => self.in_text = true,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "footnote" | "endnote" => self.notes.extend(self.open.take()),
            "t" => self.in_text = false,
            "p" => self.text_of_note(" "),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.text_of_note(text);
        }
    }
}

impl NoteReader {
    fn text_of_note(&mut self, more: &str) {
        if let Some((_, text)) = self.open.as_mut().filter(|(_, text)| text.len() < 4096) {
            text.push_str(more);
        }
    }
}
