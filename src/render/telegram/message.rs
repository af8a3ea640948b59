//! An answer as messages: the frame, each quotation in a blockquote with its place under it,
//! remarks, and the buttons of the last one.

use super::button::Keyboard;
use crate::answer::Answer;

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

/// What the bot knows about an answer's surroundings when it draws its buttons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The section, the passage before and the one after.
    pub section: Option<crate::answer::PassageId>,
    /// The place before.
    pub previous: Option<crate::answer::PassageId>,
    /// The place after.
    pub next: Option<crate::answer::PassageId>,
}

/// Draws an answer: one message, or several cut between quotations.
pub fn answer(_answer: &Answer, _around: &Surroundings) -> Vec<Message> {
    todo!()
}

/// A citation as the result of an inline query.
pub fn card(_citation: &crate::answer::Citation) -> Card {
    todo!()
}
