//! `hoidap`: questions in Vietnamese answered by quotation of official documents.

#![forbid(unsafe_code)]

pub mod answer;
pub mod text;
