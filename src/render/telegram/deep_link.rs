//! Passage ids in `t.me/<bot>?start=…`, which takes 64 characters of `A-Za-z0-9_-`:
//! `ke-hoach-109#III.4` is `ke-hoach-109_III_4`.

use crate::answer::PassageId;

/// The start parameter of a place; `None` if it does not fit.
pub fn to_start(_place: &PassageId) -> Option<String> {
    todo!()
}

/// The place a start parameter names, among those that the corpus holds: the first `_` stands for
/// `#`, the others for `.`.
pub fn from_start(_parameter: &str) -> Option<PassageId> {
    todo!()
}
