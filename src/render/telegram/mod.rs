//! An answer for Telegram: HTML messages and buttons as plain data. Nothing here knows teloxide;
//! the bot turns these into calls.

mod button;
mod cut;
mod deep_link;
mod html;
mod message;

pub use button::{Action, Ballot, Button, Keyboard, Rated};
pub use deep_link::{from_start, to_start};
pub use html::beginning;
pub use message::{Card, Message, Surroundings, answer, card, citation_line};

use super::markup::escape;

/// A line of the bot's own as Telegram HTML.
pub fn line(text: &str) -> String {
    escape(text)
}

/// The same in bold.
pub fn heading(text: &str) -> String {
    html::bold(text)
}
