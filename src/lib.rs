//! `hoidap`: questions in Vietnamese answered by quotation of official documents.

#![forbid(unsafe_code)]

pub mod answer;
pub mod cli;
pub mod compose;
pub mod corpus;
pub mod engine;
pub mod eval;
pub mod index;
pub mod question;
pub mod rank;
pub mod render;
pub mod text;
