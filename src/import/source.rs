//! What a reader makes of a file: its paragraphs and tables in reading order, as Unicode text, with
//! whatever the file says about their looks. What the paragraphs are (a part, a task, a recipient)
//! is not known yet.

/// The text of a file, before its structure is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Paragraphs and tables, in reading order.
    pub blocks: Vec<Block>,
    /// What the person who imports should know: what was left out, converted, guessed.
    pub remarks: Vec<Remark>,
    /// What [`Place::line`] counts.
    pub counted: Counted,
}

/// What a place is counted in, where the format has no pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counted {
    /// Lines, which an editor of plain text shows.
    #[default]
    Lines,
    /// Paragraphs that are not empty: files of Word and of the web have no lines.
    Paragraphs,
}

/// A piece of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Its text: NFC, one line, no blanks at the ends, none doubled.
    pub text: String,
    /// The number or bullet that a word processor draws before it and the text does not hold:
    /// "1.", "a)", "-".
    pub number: Option<String>,
    /// Its outline level, from 1, where the file marks it as a heading.
    pub level: Option<u8>,
    /// Whether all of its letters are bold.
    pub bold: bool,
    /// Whether all of its letters are italic.
    pub italic: bool,
    /// Whether it is set in the middle of the line.
    pub centred: bool,
    /// Where it stands.
    pub at: Place,
}

/// A table of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Rows of cells; a cell that spans rows or columns is repeated in each of them.
    pub rows: Vec<Vec<Cell>>,
    /// Where it begins.
    pub at: Place,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
}

/// A place in a file, for messages to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The page, from 1, where the format has pages.
    pub page: Option<u32>,
    /// The line, from 1; the paragraph, from 1, where the format has no lines.
    pub line: u32,
}

/// Something worth knowing about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where, if it is about one place.
    pub at: Option<Place>,
    /// What, in Vietnamese: it is shown as it stands.
    pub text: String,
}
