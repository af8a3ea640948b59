//! The search index over the passages: schema, analyser, build, search. The only room that knows
//! tantivy; it knows nothing of intents or wording.
//!
//! A passage is known here by its ordinal in [`Corpus::passages`](crate::corpus::Corpus), and a
//! query is a list of weighted terms. The passages themselves stay in the corpus, so a damaged
//! index can spoil an order but never a quotation.

mod analyser;
mod build;
mod likeness;
mod open;
mod schema;
mod search;
mod wider;

pub use analyser::pair;
pub use open::{Opened, open, open_in_memory};
pub use schema::{Field, IndexError};
pub use search::{Hit, SearchIndex, WeightedTerm};

/// What the files of the index depend on beside the corpus; raised when schema or analyser change.
pub const FORMAT: u32 = 1;
