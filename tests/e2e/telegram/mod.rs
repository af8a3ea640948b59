//! The bot, run as a process against a Bot API server on this machine.

mod commands;
mod danger;
mod faults;
mod groups;
mod http;
mod inline;
mod operators;
mod people;
mod rules;
mod server;
mod talk;
mod transcripts;
mod webhook;
