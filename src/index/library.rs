//! The index of a library on disk: a folder in which one process at a time goes on with what was committed,
//! and from which a finished state is handed out as a folder of its own, that nobody changes any more.
//!
//! The files of the search library are written once and never changed, so what is handed out are links
//! to them; they are copied where the file system has no links.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::FORMAT;
use super::open::{READY, Temporary, io_error, remove_others};
use super::schema::IndexError;
use super::writer::Writer;

const WORK: &str = "work-";
const INDEX: &str = "index";
const PARTS: &str = "parts";
const LOCK: &str = "lock";
/// What lies beside the index of a library: its catalogue and what is known of all documents together.
pub const BESIDE: &str = "library";

/// The folder of the work, held by this process.
pub struct Work {
    /// The folder of indices that it stands in.
    folder: PathBuf,
    path: PathBuf,
    writer: Writer,
    /// Freed by the system whatever becomes of the process.
    _lock: File,
}

/// The folders of finished states that this program can read, under the folder of indices.
pub fn ready(folder: &Path) -> Vec<PathBuf> {
    let wanted = format!("{READY}{}", version());
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(&wanted));
    let mut ready: Vec<PathBuf> = named.map(|entry| entry.path()).collect();
    ready.sort();
    ready
}

impl Work {
    /// Takes the work up where it was left, or begins it; `fresh` throws away what is there. None when
    /// another process is at it.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn open(folder: &Path, fresh: bool) -> Result<Option<Self>, IndexError> {
        let path = folder.join(format!("{WORK}{}", version()));
        let parts = path.join(PARTS);
        fs::create_dir_all(&parts).map_err(|error| io_error(&parts, error))?;
        let lock = File::create(path.join(LOCK)).map_err(|error| io_error(&path, error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(io_error(&path, error)),
        }
        let index = path.join(INDEX);
        let clear = || {
            let _ = fs::remove_dir_all(&index);
        };
        if fresh {
            clear();
            for part in files(&parts) {
                let _ = fs::remove_file(part);
            }
        }
        // What cannot be gone on with is begun anew.
        let writer = Writer::open(&index).or_else(|_| {
            clear();
            Writer::open(&index)
        })?;
        Ok(Some(Self {
            folder: folder.to_owned(),
            path,
            writer,
            _lock: lock,
        }))
    }

    /// What fills the index.
    pub fn writer(&mut self) -> &mut Writer {
        &mut self.writer
    }

    /// The bytes kept under a name, whatever they are.
    pub fn part(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.path.join(PARTS).join(name)).ok()
    }

    /// Keeps bytes under a name, all of them or none.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn keep_part(&self, name: &str, bytes: &[u8]) -> Result<(), IndexError> {
        let parts = self.path.join(PARTS);
        let new = parts.join("new");
        write(&new, bytes)?;
        fs::rename(&new, parts.join(name)).map_err(|error| io_error(&parts, error))
    }

    /// Finishes the index and hands it out under a stamp, with what lies beside it; `parts` are
    /// kept for the next time, no others.
    ///
    /// # Errors
    /// When something cannot be written.
    pub fn finish(self, stamp: &str, beside: &[u8], parts: &[String]) -> Result<(), IndexError> {
        let Self {
            folder,
            path,
            writer,
            _lock,
        } = self;
        writer.finish()?;
        let temporary = Temporary::create(&folder)?;
        let index = path.join(INDEX);
        for file in files(&index) {
            let Some(name) = file.file_name() else {
                continue;
            };
            let target = temporary.path.join(name);
            // Files with a point are the search library's own notes, which it writes anew.
            let kept = name.to_string_lossy();
            let is_note = kept.starts_with('.') || kept == "meta.json";
            if kept.ends_with(".lock") {
                continue;
            }
            if is_note || fs::hard_link(&file, &target).is_err() {
                fs::copy(&file, &target).map_err(|error| io_error(&target, error))?;
            }
        }
        write(&temporary.path.join(BESIDE), beside)?;
        let ready = folder.join(format!("{READY}{}-{stamp}", version()));
        put_in_place(&temporary.path, &ready)?;
        remove_others(&folder, &ready);
        remove_other_work(&folder, &path);
        for part in files(&path.join(PARTS)) {
            let name = part.file_name().map(|name| name.to_string_lossy());
            let is_used = name.is_some_and(|name| parts.iter().any(|part| *part == name));
            if !is_used {
                let _ = fs::remove_file(part);
            }
        }
        Ok(())
    }
}

/// A rename does not replace a folder that holds files: what bears the name already is damaged, and moved
/// aside first.
fn put_in_place(built: &Path, ready: &Path) -> Result<(), IndexError> {
    if fs::rename(built, ready).is_ok() {
        return Ok(());
    }
    let aside = built.with_extension("aside");
    if fs::rename(ready, &aside).is_ok() {
        let _ = fs::remove_dir_all(&aside).or_else(|_| fs::remove_file(&aside));
    }
    fs::rename(built, ready).map_err(|error| io_error(ready, error))
}

fn remove_other_work(folder: &Path, own: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_work = entry.file_name().to_string_lossy().starts_with(WORK);
        if is_work && entry.path() != own {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    paths.filter(|path| path.is_file()).collect()
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    let write = || {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|error| io_error(path, error))
}

fn version() -> String {
    format!("{FORMAT}-{}", env!("CARGO_PKG_VERSION"))
}
