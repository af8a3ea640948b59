//! The sums of an index's files, in a file beside them. The search library trusts what it reads before it
//! comes to its own sums, which don't cover every file, and panics on some damage; so that damage is
//! found here, before it opens anything.

use std::fs;
use std::hash::Hasher;
use std::io;
use std::path::Path;

use crate::text::FastHasher;

const NAME: &str = "sums";

/// Writes the sums of all files of a finished index.
pub(super) fn write(folder: &Path) -> io::Result<()> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        // Locks are empty, and come and go.
        if !name.ends_with(".lock") {
            names.push(name);
        }
    }
    names.sort();
    let mut sums = String::new();
    for name in names {
        let bytes = fs::read(folder.join(&name))?;
        sums.push_str(&format!("{} {name}\n", sum(&bytes)));
    }
    fs::write(folder.join(NAME), sums)
}

/// The files of an index with what is in them, when each is as it was written.
pub(super) fn read_whole(folder: &Path) -> Option<Vec<(String, Vec<u8>)>> {
    let sums = fs::read_to_string(folder.join(NAME)).ok()?;
    let mut files = Vec::new();
    for line in sums.lines() {
        let (expected, name) = line.split_once(' ')?;
        let bytes = fs::read(folder.join(name)).ok()?;
        if sum(&bytes) != expected {
            return None;
        }
        files.push((name.to_owned(), bytes));
    }
    (!files.is_empty()).then_some(files)
}

/// Whether each file of an index is at least as long as it was written: for one too large to be read whole.
pub(super) fn is_as_long(folder: &Path) -> bool {
    let Ok(sums) = fs::read_to_string(folder.join(NAME)) else {
        return false;
    };
    let is_as_long = |line: &str| {
        let (expected, name) = line.split_once(' ')?;
        let (length, _) = expected.split_once('-')?;
        let there = fs::metadata(folder.join(name)).ok()?.len();
        (there.to_string() == length).then_some(())
    };
    !sums.is_empty() && sums.lines().all(|line| is_as_long(line).is_some())
}

/// A sum that no single change leaves as it was: each step can be undone.
fn sum(bytes: &[u8]) -> String {
    let mut hasher = FastHasher::default();
    hasher.write(bytes);
    format!("{}-{:016x}", bytes.len(), hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(folder: &Path, whole: bool) -> bool {
        if whole {
            read_whole(folder).is_some()
        } else {
            is_as_long(folder)
        }
    }

    #[test]
    fn every_bit_counts() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.term");
        let whole: Vec<u8> = (0..41).collect();
        fs::write(&file, &whole).unwrap();
        fs::write(folder.path().join("x.lock"), "").unwrap();
        assert!(!fit(folder.path(), true), "no sums yet");
        write(folder.path()).unwrap();
        assert!(fit(folder.path(), true));
        fs::remove_file(folder.path().join("x.lock")).unwrap();
        assert!(fit(folder.path(), true));
        for bit in 0..whole.len() * 8 {
            let mut bytes = whole.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            fs::write(&file, bytes).unwrap();
            assert!(!fit(folder.path(), true), "bit {bit}");
        }
        assert!(fit(folder.path(), false), "as long as it was");
        fs::write(&file, &whole[..40]).unwrap();
        assert!(!fit(folder.path(), true) && !fit(folder.path(), false));
        fs::write(&file, &whole).unwrap();
        fs::write(folder.path().join(NAME), "").unwrap();
        assert!(!fit(folder.path(), true), "the sums are gone");
    }
}
