//! A backup of the store in one file, and the way back. The file is a head, the lines of a dump, and
//! an end with their number and SHA-256, so that a file that was cut, changed or made by a newer
//! program is told from a whole one before anything of a store is touched.
//!
//! A store is put in the place of another by renaming folders: whoever is killed on the way leaves the
//! old store, or the new one, or what [`finish_restore`] makes the new one of.

use std::fs::{self, File, TryLockError};
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::dump::{dump, insert, next_line};
use super::embedded::EmbeddedStore;
use super::records::{FORMAT, Records};
use super::{Retention, Seconds, StoreError};

/// Version of the file; a higher one is refused.
const VERSION: u32 = 1;

/// The new store while it is written, and once it is whole, by what is added to the store's name.
const LOADING: &str = "dang-nap";
const READY: &str = "da-nap";

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    hoidap_backup: u32,
    /// Format of the records.
    store: String,
    made: Seconds,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    records: usize,
    /// Over all lines before this one, with their ends.
    sha256: String,
}

/// What a backup file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backup {
    /// How many records.
    pub records: usize,
    /// When it was made.
    pub made: Seconds,
}

/// Writes a backup while the store is in use; how many records it has.
pub(super) fn back_up(
    store: &dyn Records,
    made: Seconds,
    out: &mut dyn Write,
) -> Result<usize, StoreError> {
    let mut out = Summing {
        inner: out,
        sum: Sha256::new(),
    };
    let head = Head {
        hoidap_backup: VERSION,
        store: String::from_utf8_lossy(FORMAT).into_owned(),
        made,
    };
    write_line(&mut out, &head)?;
    let records = dump(store, &mut out)?;
    let end = End {
        records,
        sha256: hex(out.sum),
    };
    write_line(out.inner, &end)?;
    out.inner.flush().map_err(io)?;
    Ok(records)
}

/// Reads a backup to its end and says what it holds; an error for one that could not be restored.
pub fn check_backup(input: &mut dyn BufRead) -> Result<Backup, StoreError> {
    read(input, |_| Ok(()))
}

/// What came of a restore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What was restored.
    pub backup: Backup,
    /// Whether there was a store with something in it, which now is in the folder `aside`.
    pub kept: bool,
}

/// Makes a backup the store in `folder`. A store there that holds something is left as it is, unless
/// `force` is given; then it is renamed to `aside`.
///
/// # Errors
/// When the store is in use, holds something, or the backup is not whole: nothing has changed then.
pub fn restore(
    folder: &Path,
    aside: &Path,
    input: &mut dyn BufRead,
    force: bool,
    retention: Retention,
) -> Result<Restored, StoreError> {
    let _alone = one_at_a_time(folder)?;
    finish(folder)?;
    let before = Before::of(folder, force, retention)?;
    if aside.exists() {
        return Err(StoreError::Io(format!("{} đã có", aside.display())));
    }
    let loading = beside(folder, LOADING);
    remove(&loading)?;
    let loaded = load(&loading, input, retention);
    let backup = loaded.inspect_err(|_| {
        // Nobody has seen anything of it; a folder that stays is removed the next time.
        let _ = remove(&loading);
    })?;
    fs::rename(&loading, beside(folder, READY)).map_err(io)?;
    let kept = before.give_way(folder, aside)?;
    finish(folder)?;
    sync(parent(folder))?;
    Ok(Restored { backup, kept })
}

/// Ends a restore that was killed: when the old store is out of the way, the new one takes its place;
/// while it is still there, nothing has happened.
///
/// # Errors
/// When a restore is at work right now, or the disk refuses.
pub fn finish_restore(folder: &Path) -> Result<(), StoreError> {
    if !beside(folder, READY).exists() {
        return Ok(());
    }
    let _alone = one_at_a_time(folder)?;
    finish(folder)
}

fn finish(folder: &Path) -> Result<(), StoreError> {
    let ready = beside(folder, READY);
    if !ready.exists() {
        return Ok(());
    }
    if folder.exists() {
        return remove(&ready);
    }
    fs::rename(&ready, folder).map_err(io)
}

/// What is in the place of the store to be.
enum Before {
    Nothing,
    /// Held open, so that no bot opens it meanwhile; with whether it holds something.
    Store(Box<EmbeddedStore>, bool),
    /// It cannot be opened, and is to give way all the same.
    Damaged,
}

impl Before {
    fn of(folder: &Path, force: bool, retention: Retention) -> Result<Self, StoreError> {
        if !folder.exists() {
            return Ok(Self::Nothing);
        }
        match EmbeddedStore::open(folder, retention) {
            Ok(store) => {
                let holds = !store.is_empty()?;
                if holds && !force {
                    return Err(StoreError::NotEmpty);
                }
                Ok(Self::Store(Box::new(store), holds))
            }
            Err(StoreError::Damaged(_)) if force => Ok(Self::Damaged),
            Err(error) => Err(error),
        }
    }

    /// Renames what is there, and lets go of it; true when it stays in `aside`.
    fn give_way(self, folder: &Path, aside: &Path) -> Result<bool, StoreError> {
        let (held, holds) = match self {
            Self::Nothing => return Ok(false),
            Self::Store(store, holds) => (Some(store), holds),
            Self::Damaged => (None, true),
        };
        fs::rename(folder, aside).map_err(io)?;
        drop(held);
        if !holds {
            remove(aside)?;
        }
        Ok(holds)
    }
}

/// Makes a store of a backup in a folder of its own, and opens it once more: what was written is read
/// through, and sled has let go of the folder.
fn load(
    folder: &Path,
    input: &mut dyn BufRead,
    retention: Retention,
) -> Result<Backup, StoreError> {
    let store = EmbeddedStore::open(folder, retention)?;
    let backup = read(input, |line| {
        insert(&store, line).map_err(StoreError::Backup)
    })?;
    store.loaded()?;
    drop(store);
    let records = dump(
        &EmbeddedStore::open(folder, retention)?,
        &mut std::io::sink(),
    )?;
    if records != backup.records {
        let what = format!("đã ghi {} bản ghi, đọc lại {records}", backup.records);
        return Err(StoreError::Io(what));
    }
    Ok(backup)
}

/// Puts the records of a backup into an empty store; an error for a file that is not whole, when part
/// of it may have been put.
#[cfg(feature = "redis")]
pub(super) fn fill(store: &dyn Records, input: &mut dyn BufRead) -> Result<Backup, StoreError> {
    let backup = read(input, |line| {
        insert(store, line).map_err(StoreError::Backup)
    })?;
    store.loaded()?;
    Ok(backup)
}

/// Reads head, records and end; each record is handed on before the end is known.
fn read(
    input: &mut dyn BufRead,
    mut record: impl FnMut(&str) -> Result<(), StoreError>,
) -> Result<Backup, StoreError> {
    let mut sum = Sha256::new();
    let mut line = whole_line(input)?.ok_or_else(|| wrong("tệp rỗng"))?;
    let head: Head =
        serde_json::from_str(&line).map_err(|_| wrong("không phải tệp sao lưu của hoidap"))?;
    let format = String::from_utf8_lossy(FORMAT);
    if head.hoidap_backup > VERSION || head.store != format {
        return Err(wrong(
            "do một phiên bản mới hơn làm ra; hãy dùng hoidap của phiên bản ấy",
        ));
    }
    let mut records = 0;
    loop {
        sum.update(&line);
        line = whole_line(input)?.ok_or_else(|| wrong("bị cắt: thiếu dòng cuối"))?;
        if let Ok(end) = serde_json::from_str::<End>(&line) {
            if end.records != records || end.sha256 != hex(sum) {
                return Err(wrong("không đúng mã kiểm tra: tệp đã bị sửa hoặc hỏng"));
            }
            if whole_line(input)?.is_some() {
                return Err(wrong("còn chữ sau dòng cuối"));
            }
            let made = head.made;
            return Ok(Backup { records, made });
        }
        records += 1;
        record(&line).map_err(|error| match error {
            StoreError::Backup(what) => wrong(&format!("dòng {}: {what}", records + 1)),
            other => other,
        })?;
    }
}

/// The next line of a file whose lines all have an end.
fn whole_line(input: &mut dyn BufRead) -> Result<Option<String>, StoreError> {
    match next_line(input) {
        Ok(Some(line)) if !line.ends_with('\n') => Err(wrong("bị cắt")),
        Err(StoreError::Io(what)) => Err(StoreError::Backup(what)),
        read => read,
    }
}

/// Two restores at once would remove each other's folders.
fn one_at_a_time(folder: &Path) -> Result<File, StoreError> {
    let file = File::create(beside(folder, "khoa")).map_err(io)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(io(error)),
    }
}

fn parent(folder: &Path) -> &Path {
    folder.parent().unwrap_or(Path::new("."))
}

/// `store.name` beside `store`.
fn beside(folder: &Path, name: &str) -> PathBuf {
    let mut own = folder.file_name().unwrap_or_default().to_os_string();
    own.push(".");
    own.push(name);
    folder.with_file_name(own)
}

fn remove(folder: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(io(error)),
        _ => Ok(()),
    }
}

/// Renames are on disk once their folder is.
fn sync(folder: &Path) -> Result<(), StoreError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(io)
}

fn write_line(out: &mut dyn Write, value: &impl Serialize) -> Result<(), StoreError> {
    let mut text = serde_json::to_string(value).map_err(io)?;
    text.push('\n');
    out.write_all(text.as_bytes()).map_err(io)
}

/// Passes on what is written, and sums it up.
struct Summing<'a> {
    inner: &'a mut dyn Write,
    sum: Sha256,
}

impl Write for Summing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

fn hex(sum: Sha256) -> String {
    sum.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn wrong(what: &str) -> StoreError {
    StoreError::Backup(what.to_owned())
}

fn io(error: impl std::fmt::Display) -> StoreError {
    StoreError::Io(error.to_string())
}

#[cfg(test)]
#[path = "backup_tests.rs"]
mod tests;
