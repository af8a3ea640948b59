//! Cross-checks.
use super::{Corpus, Problem};
/// All cross-checks.
pub fn check(_corpus: &Corpus) -> Vec<Problem> {
    Vec::new()
}
