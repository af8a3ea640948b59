//! The bot, run as a process against a Bot API server on this machine.

mod backup;
mod balancer;
mod commands;
mod damage;
mod danger;
mod disk;
mod faults;
mod groups;
mod hostile;
mod http;
mod inline;
mod operators;
mod people;
mod quotations;
mod redis;
#[path = "../../support/redis_server.rs"]
mod redis_server;
mod replicas;
mod rules;
mod seeded;
mod server;
mod soak;
mod soak_plot;
mod talk;
mod transcripts;
mod webhook;
