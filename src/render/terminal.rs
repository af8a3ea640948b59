//! An answer for a terminal: the bot's own lines flush left, each quotation behind a bar with its
//! place under it, remarks after, and the suggestions numbered so that a digit picks one.

use super::markup::shows;
use crate::answer::{Answer, Block, Citation, Kind};

/// How to draw.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// Use colours.
    pub colour: bool,
    /// Break lines at this many characters; `None` leaves them whole, as a pipe wants them.
    pub width: Option<usize>,
}

/// Narrower than this nothing readable is left beside the bar.
const NARROWEST: usize = 24;

#[derive(Clone, Copy)]
enum Ink {
    Plain,
    Urgent,
    Bar,
    Place,
    Note,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Ink::Plain => "",
            Ink::Urgent => "1;31",
            Ink::Bar => "2",
            Ink::Place => "36",
            Ink::Note => "2;3",
        }
    }
}

/// Draws an answer, its last line ended.
pub fn answer(answer: &Answer, style: Style) -> String {
    let mut page = Page {
        style,
        text: String::new(),
    };
    if answer.blocks.is_empty() {
        page.paragraph(&answer.text, "", frame_ink(answer.kind));
    }
    for (i, block) in answer.blocks.iter().enumerate() {
        if i > 0 && !follows_on(&answer.blocks[i - 1], block) {
            page.text.push('\n');
        }
        page.block(answer, block);
    }
    page.suggestions(&answer.suggestions);
    page.text
}

/// Remarks and frame lines of one kind stand together; all else is set apart by an empty line.
fn follows_on(before: &Block, block: &Block) -> bool {
    matches!(
        (before, block),
        (Block::Frame(_), Block::Frame(_)) | (Block::Note(_), Block::Note(_))
    )
}

fn frame_ink(kind: Kind) -> Ink {
    if kind == Kind::Urgent {
        Ink::Urgent
    } else {
        Ink::Plain
    }
}

struct Page {
    style: Style,
    text: String,
}

impl Page {
    fn block(&mut self, answer: &Answer, block: &Block) {
        match block {
            Block::Frame(text) => self.paragraph(text, "", frame_ink(answer.kind)),
            Block::Note(text) => self.paragraph(text, "", Ink::Note),
            Block::Quote(index) => {
                if let Some(citation) = answer.citations.get(*index) {
                    self.quotation(citation);
                }
            }
        }
    }

    fn quotation(&mut self, citation: &Citation) {
        self.paragraph(&citation.quote, "│ ", Ink::Plain);
        self.paragraph(&citation.label, "└ ", Ink::Place);
    }

    fn suggestions(&mut self, suggestions: &[String]) {
        if suggestions.is_empty() {
            return;
        }
        self.text.push_str("\nHỏi tiếp:\n");
        for (i, suggestion) in suggestions.iter().enumerate() {
            self.paragraph(suggestion, &format!("{}. ", i + 1), Ink::Plain);
        }
    }

    /// Lines of a text. The margin stands before each line of a quotation; a place or a number
    /// shows its margin once, and what follows is set under its words.
    fn paragraph(&mut self, text: &str, margin: &str, ink: Ink) {
        let indent = margin.chars().count() + if margin.is_empty() { 0 } else { 2 };
        let room = self.style.width.map(|width| width.max(NARROWEST) - indent);
        let repeats = margin.starts_with('│');
        let mut first = true;
        for line in text.lines() {
            for piece in broken(line, room) {
                self.margin(if first || repeats { margin } else { "" }, indent);
                self.inked(&shown(&piece), ink);
                self.text.push('\n');
                first = false;
            }
        }
    }

    fn margin(&mut self, margin: &str, indent: usize) {
        let blank = indent - margin.chars().count();
        self.text.extend(std::iter::repeat_n(' ', blank));
        self.inked(margin, Ink::Bar);
    }

    fn inked(&mut self, text: &str, ink: Ink) {
        let code = ink.code();
        if self.style.colour && !code.is_empty() && !text.is_empty() {
            self.text
                .push_str(&format!("\u{1b}[{code}m{text}\u{1b}[0m"));
        } else {
            self.text.push_str(text);
        }
    }
}

/// Breaks a line at spaces so that each piece has at most `room` characters where its words
/// allow it. The blanks a line begins with stay.
fn broken(line: &str, room: Option<usize>) -> Vec<String> {
    let Some(room) = room else {
        return vec![line.to_owned()];
    };
    let words = line.trim_start_matches(' ');
    let blanks = line.len() - words.len();
    let mut piece = " ".repeat(blanks);
    let mut pieces = Vec::new();
    let mut length = blanks;
    for (i, word) in words.split(' ').enumerate() {
        let width = word.chars().count();
        if i > 0 && length + 1 + width > room {
            pieces.push(std::mem::take(&mut piece));
            length = 0;
        } else if i > 0 {
            piece.push(' ');
            length += 1;
        }
        piece.push_str(word);
        length += width;
    }
    pieces.push(piece);
    pieces
}

/// A document or a question must not be able to steer the terminal: control characters, and those
/// that turn the direction of the text, are shown as a blank.
pub fn shown(text: &str) -> String {
    text.chars()
        .map(|c| if shows(c) { c } else { ' ' })
        .collect()
}

/// The same for a text of several lines.
pub fn shown_lines(text: &str) -> String {
    text.chars()
        .map(|c| if shows(c) || c == '\n' { c } else { ' ' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Intent, PassageId, TextKind};

    fn sample() -> Answer {
        Answer {
            question: String::new(),
            kind: Kind::Answer,
            intent: Intent::Lookup,
            units: Vec::new(),
            text: String::new(),
            citations: vec![Citation {
                passage: PassageId::new("a#I.1"),
                document: "a".to_owned(),
                label: "Văn bản A, mục I, ý 1".to_owned(),
                quote: "Một hai ba bốn năm sáu bảy tám.".to_owned(),
                text: TextKind::Verbatim,
            }],
            suggestions: vec!["Ai làm?".to_owned(), "Bao giờ?".to_owned()],
            confidence: 1.0,
            fingerprint: String::new(),
            elapsed_us: 0,
            blocks: vec![
                Block::Frame("Văn bản viết:".to_owned()),
                Block::Quote(0),
                Block::Note("Ghi chú.".to_owned()),
            ],
        }
    }

    #[track_caller]
    fn check(answer_: &Answer, style: Style, expect: &str) {
        assert_eq!(answer(answer_, style), expect);
    }

    #[test]
    fn whole_lines_without_a_width() {
        check(
            &sample(),
            Style::default(),
            "Văn bản viết:\n\n  │ Một hai ba bốn năm sáu bảy tám.\n  └ Văn bản A, mục I, ý 1\n\n\
             Ghi chú.\n\nHỏi tiếp:\n  1. Ai làm?\n  2. Bao giờ?\n",
        );
    }

    #[test]
    fn a_width_breaks_lines_at_spaces_and_keeps_the_bar() {
        let text = answer(
            &sample(),
            Style {
                colour: false,
                width: Some(24),
            },
        );
        assert!(
            text.contains("  │ Một hai ba bốn năm\n  │ sáu bảy tám.\n"),
            "{text}"
        );
        assert!(text.contains("  └ Văn bản A, mục I, ý\n    1\n"), "{text}");
    }

    #[test]
    fn blanks_at_the_start_of_a_line_stay() {
        assert_eq!(broken("  a bb cc", Some(6)), ["  a bb", "cc"]);
        assert_eq!(broken("", Some(6)), [""]);
    }

    #[test]
    fn colours_only_when_asked_for() {
        let style = Style {
            colour: true,
            width: None,
        };
        assert!(answer(&sample(), style).contains("\u{1b}[36mVăn bản A"));
        assert!(!answer(&sample(), Style::default()).contains('\u{1b}'));
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let mut hostile = sample();
        hostile.blocks = vec![Block::Frame("a\u{1b}[2Jb\u{7}".to_owned())];
        hostile.suggestions.clear();
        check(&hostile, Style::default(), "a [2Jb \n");
    }

    #[test]
    fn a_quotation_that_is_not_there_draws_nothing() {
        let mut odd = sample();
        odd.blocks = vec![Block::Quote(7)];
        odd.suggestions.clear();
        check(&odd, Style::default(), "");
    }
}
