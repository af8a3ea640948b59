//! What was promised to people, a second time: each vote that somebody was thanked for, one by one or counted, and
//! what operators have switched off. One line a promise, each with its own sum, so that damage to one costs none of
//! the others, and what sled loses without noticing is found here.
//!
//! A file beside sled's, in the same folder: a store that is put aside or in place takes it along.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::StoreError;
use super::dump::Line;
use super::records::is_sound;
use crate::answer::fnv1a;

/// It is written anew when it has so many lines more than twice its promises.
pub(super) const SLACK: usize = 1_000;

/// A record that somebody was told is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Promise {
    pub tree: String,
    pub key: Vec<u8>,
    pub value: Vec<u8>,
}

impl Promise {
    pub fn new(tree: &str, key: &[u8], value: &[u8]) -> Self {
        Self {
            tree: tree.to_owned(),
            key: key.to_vec(),
            value: value.to_vec(),
        }
    }

    /// As a line of a dump.
    pub fn line(&self) -> Line {
        Line::exact(&self.tree, &self.key, &self.value)
    }

    /// The line in the file: the sum of what follows, and a line of a dump.
    fn write(&self) -> Result<String, StoreError> {
        let text = serde_json::to_string(&self.line()).map_err(io)?;
        Ok(format!("{:016x} {text}\n", fnv1a(text.bytes())))
    }

    /// `None` for a line that is not as it was written.
    fn read(line: &[u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?;
        let (sum, text) = line.split_once(' ')?;
        if u64::from_str_radix(sum, 16).ok()? != fnv1a(text.bytes()) {
            return None;
        }
        let line: Line = serde_json::from_str(text).ok()?;
        let (key, value) = line.record()?;
        is_sound(&line.tree, &key, &value).then_some(Self {
            tree: line.tree,
            key,
            value,
        })
    }
}

/// The file, open for the next line.
pub(super) struct Ledger {
    path: PathBuf,
    file: File,
    lines: usize,
    /// Promises there were when it was opened or written anew.
    promises: usize,
    /// A line may have been written in part: the next one begins on its own.
    torn: bool,
    /// Every line could be read.
    sound: bool,
}

impl Ledger {
    /// The file's name in the store's folder.
    pub const NAME: &str = "ledger";

    /// Opens the ledger of a store, made when there is none; what it says, the last word on each record.
    pub fn open(folder: &Path) -> Result<(Self, Vec<Promise>), StoreError> {
        let path = folder.join(Self::NAME);
        let file = append_to(&path)?;
        let bytes = fs::read(&path).map_err(io)?;
        let lines = lines_of(&bytes).count();
        let promises = last_words(&bytes);
        let ledger = Self {
            sound: lines_of(&bytes).all(|line| Promise::read(line).is_some()),
            torn: bytes.last().is_some_and(|last| *last != b'\n'),
            promises: promises.len(),
            lines,
            file,
            path,
        };
        Ok((ledger, promises))
    }

    /// What can be read of the ledger in a folder; nothing where there is none.
    pub fn read(folder: &Path) -> Vec<Promise> {
        fs::read(folder.join(Self::NAME)).map_or_else(|_| Vec::new(), |bytes| last_words(&bytes))
    }

    /// Whether it has far more lines than it had promises: most are replaced by later ones, and it is to be
    /// written anew.
    pub fn is_long(&self) -> bool {
        self.lines > 2 * self.promises + SLACK
    }

    /// Whether every line could be read when it was opened.
    pub fn is_sound(&self) -> bool {
        self.sound
    }

    /// Adds a promise, on disk when this returns.
    pub fn write(&mut self, promise: &Promise) -> Result<(), StoreError> {
        let mut line = promise.write()?;
        if self.torn {
            line.insert(0, '\n');
        }
        self.torn = true;
        self.file.write_all(line.as_bytes()).map_err(io)?;
        self.file.sync_data().map_err(io)?;
        self.torn = false;
        self.lines += 1;
        Ok(())
    }

    /// Puts these promises in the place of all; whoever is killed meanwhile leaves the old file.
    pub fn rewrite(&mut self, promises: &[Promise]) -> Result<(), StoreError> {
        let beside = self.path.with_extension("moi");
        remove(&beside)?;
        let mut file = append_to(&beside)?;
        let mut text = String::new();
        for promise in promises {
            text.push_str(&promise.write()?);
        }
        let written = file
            .write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&beside, &self.path));
        if let Err(error) = written {
            // It takes room that a full disk does not have.
            let _ = fs::remove_file(&beside);
            return Err(io(error));
        }
        sync_folder(&self.path)?;
        self.file = file;
        self.lines = promises.len();
        self.promises = promises.len();
        self.torn = false;
        self.sound = true;
        Ok(())
    }
}

fn append_to(path: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    let opened = options.create(true).append(true).mode(0o600).open(path);
    opened.map_err(io)
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(io(error)),
        _ => Ok(()),
    }
}

/// The new name, too, must outlive a power cut.
fn sync_folder(path: &Path) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let folder = File::open(folder).map_err(io)?;
    folder.sync_all().map_err(io)
}

fn lines_of(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = bytes.split(|byte| *byte == b'\n');
    lines.filter(|line| !line.is_empty())
}

fn last_words(bytes: &[u8]) -> Vec<Promise> {
    let mut last = BTreeMap::new();
    for promise in lines_of(bytes).filter_map(Promise::read) {
        last.insert((promise.tree.clone(), promise.key.clone()), promise);
    }
    last.into_values().collect()
}

fn io(error: impl std::fmt::Display) -> StoreError {
    StoreError::Io(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Vote;
    use crate::store::records::{FEEDBACK, write};
    use crate::store::tests::feedback;

    fn vote(voter: u64, vote: Vote) -> Promise {
        let mut key = voter.to_be_bytes().to_vec();
        key.extend(b"0f");
        Promise::new(FEEDBACK, &key, &write(&feedback(vote, 300)).unwrap())
    }

    #[test]
    fn the_last_word_counts() {
        let folder = tempfile::tempdir().unwrap();
        let (mut ledger, none) = Ledger::open(folder.path()).unwrap();
        assert_eq!(none, []);
        for promise in [vote(1, Vote::Down), vote(2, Vote::Up), vote(1, Vote::Wrong)] {
            ledger.write(&promise).unwrap();
        }
        drop(ledger);
        let (mut ledger, read) = Ledger::open(folder.path()).unwrap();
        let last = [vote(1, Vote::Wrong), vote(2, Vote::Up)];
        assert_eq!((read.as_slice(), ledger.lines), (&last[..], 3));
        ledger.rewrite(&last[1..]).unwrap();
        ledger.write(&last[0]).unwrap();
        drop(ledger);
        assert_eq!(Ledger::read(folder.path()), last);
    }

    #[test]
    fn damage_costs_the_line_it_is_in() {
        let folder = tempfile::tempdir().unwrap();
        let (mut ledger, _) = Ledger::open(folder.path()).unwrap();
        let all = [vote(1, Vote::Up), vote(2, Vote::Up), vote(3, Vote::Up)];
        all.iter().for_each(|vote| ledger.write(vote).unwrap());
        drop(ledger);
        let path = folder.path().join(Ledger::NAME);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut bytes = whole.clone();
                bytes[at] ^= 1 << bit;
                let left = last_words(&bytes);
                assert!(!left.is_empty() && left.iter().all(|vote| all.contains(vote)));
            }
            assert!(
                last_words(&whole[..at]).len() >= lines_of(&whole[..at]).count().saturating_sub(1)
            );
        }
        // A line that was cut does not take the next one with it.
        fs::write(&path, &whole[..whole.len() - 9]).unwrap();
        let (mut ledger, read) = Ledger::open(folder.path()).unwrap();
        assert_eq!((read.as_slice(), ledger.is_sound()), (&all[..2], false));
        ledger.write(&all[2]).unwrap();
        assert_eq!(Ledger::read(folder.path()), all);
    }
}
