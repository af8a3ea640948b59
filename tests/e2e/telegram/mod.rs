//! The bot, run as a process against a Bot API server on this machine.

mod backup;
mod commands;
mod danger;
mod faults;
mod groups;
mod hostile;
mod http;
mod inline;
mod operators;
mod people;
mod rules;
mod server;
mod talk;
mod transcripts;
mod webhook;
