//! Buttons as plain data. What a button does is written into at most 64 bytes that carry passage
//! ids, so that it still works after a restart, and a version, since old messages live for years.

use crate::answer::PassageId;

/// What pressing a button asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Show this place in the message: a passage, a section, a document's contents.
    Read(PassageId),
    /// Show what the other documents say on the topic of this passage.
    Elsewhere(PassageId),
    /// Ask the nth suggestion of the answer that rests on this place.
    Suggestion(u8),
    /// Leaf through the documents, or what is inside a place, from the nth entry on.
    Contents(Option<PassageId>, u16),
    /// The levels of units, or the units of the nth level from an entry on.
    Units(Option<u8>, u16),
    /// The duties of a unit.
    Duties(String),
    /// The hits of the search that the message shows, from the nth on.
    Hits(u16),
    /// The answer with this fingerprint was good.
    Good(String),
    /// It was not; ask why.
    Bad(String),
    /// It was not, for the nth reason.
    Because(String, u8),
    /// An example question of the greeting.
    Example(u8),
    /// Only the documents were meant: takes an urgent reply back.
    OnlyAsking,
}

/// A button of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Button {
    /// Calls back with an action.
    Call { label: String, action: Action },
    /// Copies a text of at most 256 characters.
    Copy { label: String, text: String },
    /// Opens the choice of a chat with an inline query typed in.
    Share { label: String, query: String },
}

/// Rows of buttons.
pub type Keyboard = Vec<Vec<Button>>;

impl Action {
    /// At most 64 bytes; `None` if it cannot be said in so few.
    pub fn encode(&self) -> Option<String> {
        todo!()
    }

    /// The action written in some callback data; `None` for what this version does not know.
    pub fn decode(_data: &str) -> Option<Self> {
        todo!()
    }
}
