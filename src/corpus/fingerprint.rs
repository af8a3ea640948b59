//! A short name for the state of a corpus: equal bytes, equal fingerprint, on every machine.

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a over names, lengths and contents of the files in the order given, as 16 hex digits.
/// The lengths keep a byte from moving between two files unseen.
pub(super) fn fingerprint<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut hash = OFFSET;
    for (name, bytes) in files {
        for part in [name.as_bytes(), bytes] {
            hash = fold_in(hash, &(part.len() as u64).to_le_bytes());
            hash = fold_in(hash, part);
        }
    }
    format!("{hash:016x}")
}

fn fold_in(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(PRIME)
    })
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
