//! Vietnamese text as people type it: tokens, the folding chain, spelling, phrases.
//!
//! [`tokenize`] reads words, each with its place in the original; [`repair`] mends what was typed
//! wrong against the corpus's [`Vocabulary`]; [`restore`] puts marks back; a [`PhraseTable`] finds
//! phrases. Whether a word can be Vietnamese at all, [`is_syllable`] and [`is_folded_syllable`] say.

pub mod bytes;
mod case;
mod hash;
mod keys;
mod letters;
mod marks;
mod nfc;
pub mod phrase;
pub mod roman;
pub mod spelling;
pub mod syllable;
pub mod telex;
mod token;
mod tone;
mod topics;
pub mod vni;

pub use case::lower;
pub(crate) use hash::{FastHasher, FastMap, FastSet};
pub use marks::fold;
pub use nfc::nfc;
pub use phrase::{Match, PhraseTable, covers};
pub use spelling::{Vocabulary, repair, restore};
pub use syllable::{is_folded_syllable, is_syllable};
pub use token::{Repair, Token, contains, tokenize};
pub use tone::canonical_tone;
pub use topics::{Lessons, Topics, Utterance};
