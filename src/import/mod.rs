//! Official files to documents of the corpus: a file is read into a [`Source`], whose structure is
//! then recognised and written as the Markdown of `corpus/`.

mod encoding;
mod read;
mod source;

pub use encoding::{Doubtful, LEAST_SOUND, Quality, quality};
pub use read::{ReadError, read};
pub use source::{Block, Cell, Paragraph, Place, Remark, Source, Table};
