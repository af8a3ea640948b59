//! The bot, run as a process against a Bot API server on this machine.

mod backup;
mod balancer;
mod commands;
mod danger;
mod faults;
mod groups;
mod hostile;
mod http;
mod inline;
mod operators;
mod people;
mod redis;
#[path = "../../support/redis_server.rs"]
mod redis_server;
mod replicas;
mod rules;
mod server;
mod talk;
mod transcripts;
mod webhook;
