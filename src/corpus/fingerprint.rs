//! A short name for the state of a corpus: equal bytes, equal fingerprint, on every machine.

use crate::answer::fnv1a;

/// FNV-1a over names, lengths and contents of the files in the order given, as 16 hex digits.
/// The lengths keep a byte from moving between two files unseen.
pub(super) fn fingerprint<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let parts = files.flat_map(|(name, bytes)| [name.as_bytes(), bytes]);
    let hash = fnv1a(parts.flat_map(|part| {
        let length = (part.len() as u64).to_le_bytes();
        length.into_iter().chain(part.iter().copied())
    }));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, &str)]) -> String {
        fingerprint(files.iter().map(|(name, text)| (*name, text.as_bytes())))
    }

    #[test]
    fn is_the_same_on_every_machine() {
        assert_eq!(of(&[]), "cbf29ce484222325");
        assert_eq!(of(&[("a.md", "trẻ em")]), "c272c559fbb7eebb");
    }

    #[test]
    fn differs_when_any_byte_or_name_does() {
        let one = of(&[("a", "bc"), ("d", "")]);
        for other in [
            of(&[("a", "b"), ("d", "c")]),
            of(&[("ab", "c"), ("d", "")]),
            of(&[("a", "bc")]),
            of(&[("d", ""), ("a", "bc")]),
        ] {
            assert_ne!(one, other);
        }
    }
}
