//! An answer as messages: the frame, each quotation in a blockquote with its place under it,
//! remarks, and the buttons of the last one.

use super::button::{Action, Ballot, Button, Keyboard, Rated};
use super::cut::{self, Piece};
use super::html;
use crate::answer::{Answer, Block, Citation, Kind, PassageId, TextKind, fnv1a};
use crate::render::markup::escape;

/// Suggestions longer than this many characters are cut on a phone's button, so that they are
/// listed in the text too.
const BUTTON: usize = 36;
/// Telegram's limit for a text to copy, in characters; counted here in UTF-16 units to be safe.
const COPY: usize = 256;
/// Longest description of a card.
const DESCRIPTION: usize = 120;
/// Longest quotation in one piece, with room for its place.
const QUOTE: usize = 3_500;

/// One message to send.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Telegram HTML, at most 4,096 UTF-16 units after its tags are taken out.
    pub html: String,
    /// The buttons under it.
    pub keyboard: Keyboard,
}

/// A result of an inline query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// At most 64 bytes, equal for equal results.
    pub id: String,
    /// The place.
    pub title: String,
    /// The beginning of the words.
    pub description: String,
    /// What is posted when it is chosen.
    pub html: String,
}

/// What lies around the place an answer rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The section it stands in.
    pub section: Option<PassageId>,
    /// The place before.
    pub previous: Option<PassageId>,
    /// The place after.
    pub next: Option<PassageId>,
    /// Whether other documents have something on its topic.
    pub elsewhere: bool,
}

/// The words on the buttons and lines that Telegram alone has.
mod words {
    pub const SECTION: &str = "📖 Cả mục";
    pub const PREVIOUS: &str = "« Trước";
    pub const NEXT: &str = "Sau »";
    pub const ELSEWHERE: &str = "🗂 Văn bản khác";
    pub const COPY: &str = "📋 Chép nguồn";
    pub const SHARE: &str = "↗️ Chia sẻ";
    pub const MORE: &str = "Hỏi tiếp:";
    pub const CONTINUED: &str = "(tiếp)";
    pub const DIGEST: &str = "Trích từ bản tóm lược; cần đối chiếu văn bản gốc.";
}

/// Draws an answer: one message, or several cut between quotations. The buttons are under the last.
pub fn answer(answer: &Answer, around: &Surroundings) -> Vec<Message> {
    let mut pieces = Vec::new();
    if answer.blocks.is_empty() {
        pieces.push(plain(&answer.text, answer.kind, true, false));
    }
    for (at, block) in answer.blocks.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &answer.blocks[at]);
        pieces.extend(block_pieces(answer, block, before));
    }
    pieces.extend(listed(answer));
    let mut messages: Vec<Message> = cut::messages(pieces)
        .into_iter()
        .map(|html| Message {
            html,
            keyboard: Vec::new(),
        })
        .collect();
    if let Some(last) = messages.last_mut() {
        last.keyboard = keyboard(answer, around);
    }
    messages
}

/// A citation as the result of an inline query.
pub fn card(citation: &Citation) -> Card {
    let quote = html::beginning(&citation.quote, QUOTE);
    let mut text = format!(
        "{}\n{}",
        html::quotation(&quote),
        html::italic(&format!("— {}", citation.label))
    );
    if citation.text == TextKind::Digest {
        text.push('\n');
        text.push_str(&html::italic(words::DIGEST));
    }
    Card {
        id: card_id(citation),
        title: citation.label.clone(),
        description: html::beginning(&citation.quote, DESCRIPTION),
        html: text,
    }
}

/// The line to cite a place by: the beginning of the quotation, and the place; at most 256 UTF-16
/// units, as Telegram copies.
pub fn citation_line(citation: &Citation) -> String {
    let place = html::beginning(&citation.label, COPY / 2);
    let left = COPY - html::units(&place) - 5;
    let quote = html::beginning(&citation.quote, left);
    format!("“{quote}” ({place})")
}

fn block_pieces(answer: &Answer, block: &Block, before: Option<&Block>) -> Vec<Piece> {
    match block {
        Block::Frame(text) => {
            let follows = matches!(before, Some(Block::Frame(_)));
            vec![plain(text, answer.kind, before.is_none(), follows)]
        }
        Block::Note(text) => {
            let follows = matches!(before, Some(Block::Note(_)));
            vec![Piece::new(html::italic(text), text, follows)]
        }
        Block::Quote(index) => answer
            .citations
            .get(*index)
            .map(quotation)
            .unwrap_or_default(),
    }
}

/// A line of the bot's own; the first of an urgent reply stands out.
fn plain(text: &str, kind: Kind, first: bool, follows: bool) -> Piece {
    let html = if kind == Kind::Urgent && first {
        html::bold(text)
    } else {
        escape(text)
    };
    Piece::new(html, text, follows)
}

fn quotation(citation: &Citation) -> Vec<Piece> {
    let parts = cut::parts(&citation.quote, QUOTE);
    let last = parts.len() - 1;
    parts
        .iter()
        .enumerate()
        .map(|(at, part)| {
            let mut html = html::quotation(part);
            let mut text = (*part).to_owned();
            let place = match (at, at == last) {
                (0, true) => format!("— {}", citation.label),
                (_, true) => format!("— {} {}", citation.label, words::CONTINUED),
                _ => words::CONTINUED.to_owned(),
            };
            html.push('\n');
            html.push_str(&html::italic(&place));
            text.push('\n');
            text.push_str(&place);
            Piece::new(html, &text, false)
        })
        .collect()
}

/// The suggestions as lines, where a button would not show them whole.
fn listed(answer: &Answer) -> Option<Piece> {
    let questions = suggestions(answer);
    let long = questions
        .iter()
        .any(|question| question.chars().count() > BUTTON);
    if !long {
        return None;
    }
    let mut text = words::MORE.to_owned();
    for (at, question) in questions.iter().enumerate() {
        text.push_str(&format!("\n{}. {question}", at + 1));
    }
    Some(Piece::new(escape(&text), &text, false))
}

/// What an answer suggests to ask; an urgent reply suggests nothing.
fn suggestions(answer: &Answer) -> &[String] {
    if answer.kind == Kind::Urgent {
        &[]
    } else {
        &answer.suggestions
    }
}

fn keyboard(answer: &Answer, around: &Surroundings) -> Keyboard {
    if answer.kind == Kind::Urgent {
        // What an urgent reply suggests is the way to take it back.
        let back = answer.suggestions.iter();
        return back
            .map(|label| vec![Button::call(label, Action::OnlyAsking)])
            .collect();
    }
    let mut rows: Keyboard = Vec::new();
    if let (Kind::Answer, Some(first)) = (answer.kind, answer.citations.first()) {
        rows.push(leafing(around));
        rows.push(using(first, around));
        rows.push(voting(answer, first));
    }
    let asks = suggestions(answer)
        .iter()
        .enumerate()
        .map(|(at, question)| {
            let number = u8::try_from(at).unwrap_or(u8::MAX);
            vec![Button::call(question, Action::Ask(number))]
        });
    rows.extend(asks);
    rows.iter_mut().for_each(|row| row.retain(can_be_written));
    rows.retain(|row| !row.is_empty());
    rows
}

/// A place whose id is too long for Telegram has no button.
fn can_be_written(button: &Button) -> bool {
    match button {
        Button::Call { action, .. } => action.encode().is_some(),
        _ => true,
    }
}

fn leafing(around: &Surroundings) -> Vec<Button> {
    let read = |label: &str, place: &Option<PassageId>| {
        place
            .clone()
            .map(|place| Button::call(label, Action::Read(place)))
    };
    [
        read(words::PREVIOUS, &around.previous),
        read(words::SECTION, &around.section),
        read(words::NEXT, &around.next),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn using(first: &Citation, around: &Surroundings) -> Vec<Button> {
    let mut row = Vec::new();
    if around.elsewhere {
        let action = Action::Elsewhere(first.passage.clone());
        row.push(Button::call(words::ELSEWHERE, action));
    }
    row.push(Button::Copy {
        label: words::COPY.to_owned(),
        text: citation_line(first),
    });
    row.push(Button::Share {
        label: words::SHARE.to_owned(),
        query: first.passage.to_string(),
    });
    row
}

fn voting(answer: &Answer, first: &Citation) -> Vec<Button> {
    let rated = Rated {
        print: answer.fingerprint.clone(),
        place: Some(first.passage.clone()),
    };
    vec![
        Button::call("👍", Action::Vote(Ballot::Good, rated.clone())),
        Button::call("👎", Action::Vote(Ballot::Bad, rated)),
    ]
}

/// The place, with a hash of the quotation: one place may give several.
fn card_id(citation: &Citation) -> String {
    let words = citation
        .passage
        .as_str()
        .bytes()
        .chain(citation.quote.bytes());
    format!("{:016x}", fnv1a(words))
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
