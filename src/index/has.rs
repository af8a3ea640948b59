//! Whether a word or pair stands anywhere at all, by the index's list of terms.

use super::schema::Field;
use super::search::{SearchIndex, WeightedTerm};

impl SearchIndex {
    /// Whether some passage has the term; true where that cannot be read, and for a while for one that
    /// only removed passages had.
    pub fn has(&self, field: Field, text: &str) -> bool {
        let term = WeightedTerm {
            field,
            text: text.to_owned(),
            weight: 1.0,
        };
        let found = self.fields[field as usize].find(&term);
        found.map_or(true, |found| found.is_some())
    }
}
