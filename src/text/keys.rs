//! What the two input methods share: typing raw keys and judging what comes out.

use std::borrow::Cow;

use vi::Definition;
use vi::processor::AccentStyle;

use super::syllable::is_syllable;
use super::{canonical_tone, marks};

/// The syllable that `keys` give when typed with the method on, when they give a marked one.
pub(super) fn typed(method: &Definition, keys: &str) -> Option<String> {
    let mut typed = String::with_capacity(2 * keys.len());
    vi::transform_buffer_with_style(method, AccentStyle::Old, keys.chars(), &mut typed);
    let typed = match canonical_tone(&typed) {
        Cow::Borrowed(_) => typed,
        Cow::Owned(moved) => moved,
    };
    let fits = |word: &str| marks::is_marked(word) && is_syllable(word);
    if fits(&typed) {
        Some(typed)
    } else {
        without_first_horn(&typed).filter(|word| fits(word))
    }
}

/// One horn key makes `ươ` of `uo`, which is right but in `thuở` and its like.
fn without_first_horn(typed: &str) -> Option<String> {
    let (before, after) = typed.split_once('ư')?;
    let word = format!("{before}u{after}");
    Some(canonical_tone(&word).into_owned())
}
