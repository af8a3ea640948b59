//! What the bot does with each kind of update, one kind a file. Handlers ask the engine, have the
//! answer drawn and send it; how an answer is found they do not know.

pub mod buttons;
pub mod commands;
pub mod edited;
pub mod groups;
pub mod inline;
pub mod leaf;
pub mod operators;
pub mod question;
