//! The search index over the passages: schema, analyser, build, search. The only room that knows
//! tantivy; it knows nothing of intents or wording.
//!
//! A passage is known here by its ordinal in [`Corpus::passages`](crate::corpus::Corpus), and a
//! query is a list of weighted terms. The passages themselves stay in the corpus, so a damaged
//! index can spoil an order but never a quotation.

mod analyser;
mod best;
mod build;
mod field;
mod has;
pub mod library;
mod likeness;
mod open;
mod rarity;
mod rest;
mod rows;
mod scan;
mod schema;
mod search;
mod sums;
mod wider;
mod writer;

pub use analyser::pair;
pub use build::{entries, keys, listed, listed_in};
pub use open::{Opened, check, is_checked_at_opening, open, open_in_memory, open_written};
pub use rows::Listed;
pub use schema::{Field, IndexError};
pub use search::{Hit, SearchIndex, WeightedTerm, in_parallel};
pub use writer::{Entry, Writer, key};

/// What the files of the index depend on beside the corpus; raised when schema or analyser change.
pub const FORMAT: u32 = 2;
