//! Drawing answers: for a terminal, and as JSON for machines. Plain data in, text out; nothing
//! here knows where an answer came from.

#[cfg(feature = "bot")]
pub mod chart;
pub mod json;
mod markup;
pub mod telegram;
pub mod terminal;
