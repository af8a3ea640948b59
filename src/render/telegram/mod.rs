//! An answer for Telegram: HTML messages and buttons as plain data. Nothing here knows teloxide;
//! the bot turns these into calls.

mod button;
mod cut;
mod deep_link;
mod html;
mod message;

pub use button::{Action, Button, Keyboard};
pub use deep_link::{from_start, to_start};
pub use message::{Card, Message, Surroundings, answer, card};
