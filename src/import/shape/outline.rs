//! The body as a tree: what lies in what, and which numbered paragraphs are headings.

use std::collections::HashSet;

use super::super::report::{Report, Sort};
use super::super::source::Place;
use super::line::{Line, Piece, is_capitals};
use super::marker::Marker;
use super::rows;
use crate::text::roman::is_numeral;

/// A paragraph or heading and what lies in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it begins with.
    pub marker: Marker,
    /// Its words without the marker.
    pub words: String,
    /// The file sets it like a heading.
    pub set: bool,
    /// Where it stands.
    pub at: Place,
    /// What lies in it.
    pub children: Vec<Node>,
}

impl Node {
    fn new(marker: Marker, words: &str, at: Place) -> Self {
        Self {
            marker,
            words: words.to_owned(),
            set: false,
            at,
            children: Vec::new(),
        }
    }

    /// Its words can be the name of what lies in it.
    pub fn is_titled(&self) -> bool {
        let ends = self.words.ends_with(['.', ';', '?', '!', ',']);
        let length = self.words.chars().count();
        // A sentence that leads in to a list is none, unless it is as short as a name.
        let longest = match self.words.ends_with(':') && !self.set {
            true => LONGEST_LEAD_IN,
            false => LONGEST_TITLE,
        };
        !ends && length <= longest && !self.words.is_empty()
    }
}

const LONGEST_TITLE: usize = 350;
const LONGEST_LEAD_IN: usize = 120;

/// Builds the tree.
pub fn build(pieces: &[Piece], report: &mut Report) -> Vec<Node> {
    let mut builder = Builder {
        // The root stands above every marker.
        open: vec![Node::new(Marker::None, "", Place::default())],
        report,
    };
    let mut rest = pieces;
    while let Some((piece, after)) = rest.split_first() {
        rest = after;
        match piece {
            Piece::Line(line) if line.is_rule() => {}
            Piece::Line(line) => {
                let taken = builder.line(line, rest);
                rest = &rest[taken..];
            }
            Piece::Table(cells, at) => builder.table(cells, *at),
        }
    }
    builder.close(1);
    let mut nodes = builder
        .open
        .pop()
        .map(|root| root.children)
        .unwrap_or_default();
    number_again(&mut nodes, builder.report);
    nodes
}

struct Builder<'r> {
    /// The nodes that are open, outermost first; the first is the root.
    open: Vec<Node>,
    report: &'r mut Report,
}

impl Builder<'_> {
    /// Adds a line; says how many of those after it belong to it.
    fn line(&mut self, line: &Line, after: &[Piece]) -> usize {
        let marker = self.marker_of(line);
        let mut node = Node::new(marker, &line.words, line.at);
        if node.marker == Marker::Title || node.marker == Marker::None {
            node.words.clone_from(&line.whole);
        }
        node.set = line.bold || line.level.is_some();
        let taken = match node.words.is_empty() || node.marker.is_annex() {
            true => self.title_below(&mut node, after),
            false => 0,
        };
        self.add(node);
        taken
    }

    /// A line's marker here: “V.” may be a capital after “IV.” or “U.”; a line that is set like a
    /// heading is one.
    fn marker_of(&self, line: &Line) -> Marker {
        match &line.marker {
            Marker::None if is_heading(line) => Marker::Title,
            Marker::Capital(letter) | Marker::Roman(letter) if letter.chars().count() == 1 => {
                let capitals = self.open.iter().any(
                    |node| matches!(&node.marker, Marker::Capital(last) if follows(last, letter)),
                );
                match capitals || !is_numeral(letter) {
                    true => Marker::Capital(letter.clone()),
                    false => Marker::Roman(letter.clone()),
                }
            }
            marker => marker.clone(),
        }
    }

    /// “Chương I” has its name on the next line, an annex on the next few.
    fn title_below(&mut self, node: &mut Node, after: &[Piece]) -> usize {
        let mut taken = 0;
        let most = match node.marker {
            Marker::Annex(_) | Marker::Form(_) => 4,
            Marker::Part(_) | Marker::Chapter(_) | Marker::Division(_) => 2,
            _ => 0,
        };
        for piece in after.iter().take(most) {
            let Piece::Line(next) = piece else { break };
            let set = next.centred || next.bold || next.is_capitals() || next.level.is_some();
            let title = set
                && next.marker == Marker::None
                && !next.is_rule()
                && !next.whole.starts_with('(');
            if !title {
                break;
            }
            if !node.words.is_empty() {
                node.words.push(' ');
            }
            node.words.push_str(&next.whole);
            taken += 1;
        }
        taken
    }

    fn add(&mut self, node: Node) {
        let rank = match node.marker {
            // A paragraph without a marker goes on with what is numbered, not with a point of a list.
            Marker::None => Marker::Group(None).rank(),
            _ => node.marker.rank(),
        };
        let depth = self
            .open
            .iter()
            .skip(1)
            .take_while(|open| open.marker.rank() < rank)
            .count();
        self.close(depth + 1);
        match node.marker {
            Marker::None => self.push_child(node),
            _ => self.open.push(node),
        }
    }

    fn push_child(&mut self, node: Node) {
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(node);
        }
    }

    /// Closes nodes until so many are open.
    fn close(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some(node) = self.open.pop() {
                self.push_child(node);
            }
        }
    }

    /// Adds a table: its head as a paragraph, its rows below.
    fn table(&mut self, cells: &[Vec<String>], at: Place) {
        let depth = self
            .open
            .iter()
            .skip(1)
            .take_while(|open| open.marker.rank() < Marker::Group(None).rank())
            .count();
        self.close(depth + 1);
        let table = rows::read(cells);
        let what = format!(
            "bảng {} hàng, cột: {}",
            table.rows.len(),
            table.head.as_deref().unwrap_or("không có hàng tiêu đề")
        );
        let sort = if table.head.is_some() {
            Sort::Recognised
        } else {
            Sort::Guessed
        };
        self.report.add(sort, Some(at), what);
        if let Some(head) = &table.head {
            self.push_child(Node::new(Marker::None, head, at));
        }
        for (marker, words) in table.rows {
            self.add(Node::new(marker, &words, at));
        }
        self.close(depth + 1);
    }
}

/// A heading that has no number: marked as one, or bold in the middle, and no sentence.
fn is_heading(line: &Line) -> bool {
    let short = line.whole.chars().count() <= 200 && !line.whole.ends_with(['.', ';', ':', ',']);
    let set = line.level.is_some()
        || (line.bold && line.centred)
        || (is_capitals(&line.whole)
            && (line.bold || line.centred)
            && line.whole.split(' ').count() > 1);
    set && short && !line.whole.starts_with('(')
}

/// Whether capital letter `next` comes right after `last`.
fn follows(last: &str, next: &str) -> bool {
    let letter = |text: &str| text.chars().next().map(u32::from);
    letter(last).map(|last| last + 1) == letter(next)
}

/// A number that is given twice in one list would name two places: the second is kept as the
/// words of an item without a number.
fn number_again(nodes: &mut [Node], report: &mut Report) {
    let mut taken: HashSet<String> = HashSet::new();
    for node in nodes {
        let number = match &node.marker {
            Marker::Number(number) => Some(format!("{number}.")),
            Marker::Letter(letter) => Some(format!("{letter})")),
            Marker::Row(Some(number)) => Some(format!("{number}.")),
            _ => None,
        };
        if let Some(number) = number
            && !taken.insert(number.clone())
        {
            report.add(
                Sort::Guessed,
                Some(node.at),
                format!(
                    "số “{number}” có hai lần trong một danh sách: lần sau thành gạch đầu dòng"
                ),
            );
            node.words = format!("{number} {}", node.words);
            node.marker = Marker::Dash;
        }
        number_again(&mut node.children, report);
    }
}
