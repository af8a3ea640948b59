//! Opening an index that can be trusted: one whose stamp fits corpus and code, or a new one.
//!
//! Built indices lie side by side in folders named after their stamp. A new one is built under a
//! temporary name and moved into place by a rename, so that nobody ever opens half an index and
//! two processes that start at once are both right. Where the folder cannot be written, the index
//! is built in memory.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use tantivy::Index;
use tantivy::directory::{Directory, MmapDirectory, RamDirectory};

use super::FORMAT;
use super::build::{build, listed};
use super::rows::Listed;
use super::schema::IndexError;
use super::search::SearchIndex;
use super::sums;
use crate::corpus::Corpus;

pub(super) const READY: &str = "ready-";
const BUILDING: &str = "building-";
/// An index up to so many bytes is read whole at every opening, to see that nothing in it has changed,
/// and stays in memory: a file that is cut while it is mapped would end the process. Of a larger one only
/// that no file is cut short is seen. A damaged index can spoil an order, never a quotation.
const CHECKED_WHOLE: u64 = 64_000_000;

/// An index and how it came about.
pub struct Opened {
    /// The index.
    pub index: SearchIndex,
    /// True when it was built now.
    pub built: bool,
    /// Why it had to stay in memory, for one line of warning.
    pub warning: Option<String>,
}

/// Opens the index of `corpus` under `folder`, building it when it is missing, stale, damaged or
/// foreign.
pub fn open(corpus: &Corpus, folder: &Path) -> Result<Opened, IndexError> {
    let ready = folder.join(format!("{READY}{}", stamp(corpus)));
    if let Ok(index) = open_ready(corpus, &ready) {
        return Ok(Opened {
            index,
            built: false,
            warning: None,
        });
    }
    match build_on_disk(corpus, folder, &ready) {
        Ok(index) => Ok(Opened {
            index,
            built: true,
            warning: None,
        }),
        Err(error) => {
            let warning =
                format!("không ghi được chỉ mục vào đĩa ({error}); dùng chỉ mục trong bộ nhớ");
            Ok(Opened {
                index: open_in_memory(corpus)?,
                built: true,
                warning: Some(warning),
            })
        }
    }
}

/// Builds the index of `corpus` in memory.
pub fn open_in_memory(corpus: &Corpus) -> Result<SearchIndex, IndexError> {
    SearchIndex::new(&listed(corpus), &build(corpus, RamDirectory::create())?)
}

/// Opens what a [`Writer`](super::Writer) has put into a folder, for the documents listed; an error where
/// that is not what is there.
pub fn open_written(folder: &Path, documents: &[Listed]) -> Result<SearchIndex, IndexError> {
    let index = Index::open_in_dir(folder)?;
    if is_checked_at_opening(folder)? {
        check_whole(&index)?;
    }
    SearchIndex::new(documents, &index)
}

/// Whether an index is small enough to be read whole whenever it is opened; a larger one is to be
/// [checked](check) when there is time.
pub fn is_checked_at_opening(folder: &Path) -> Result<bool, IndexError> {
    Ok(size(folder)? <= CHECKED_WHOLE)
}

/// Reads all that a [`Writer`](super::Writer) has put into a folder, and says whether it is whole.
pub fn check(folder: &Path) -> Result<(), IndexError> {
    check_whole(&Index::open_in_dir(folder)?)
}

fn check_whole(index: &Index) -> Result<(), IndexError> {
    match index.validate_checksum()?.is_empty() {
        true => Ok(()),
        false => Err(IndexError::Stale),
    }
}

/// Bytes of the files in a folder.
fn size(folder: &Path) -> Result<u64, IndexError> {
    let size = || -> io::Result<u64> {
        let files = fs::read_dir(folder)?;
        files.map(|file| Ok(file?.metadata()?.len())).sum()
    };
    size().map_err(|error| io_error(folder, error))
}

/// What the files of an index depend on: format, version of this program, corpus.
fn stamp(corpus: &Corpus) -> String {
    format!(
        "{FORMAT}-{}-{}",
        env!("CARGO_PKG_VERSION"),
        corpus.fingerprint
    )
}

/// Opens a finished index, after checking that its files are whole and hold this corpus.
fn open_ready(corpus: &Corpus, ready: &Path) -> Result<SearchIndex, IndexError> {
    let documents = listed(corpus);
    let search = if size(ready)? <= CHECKED_WHOLE {
        SearchIndex::new(&documents, &in_memory(ready)?)?
    } else if sums::is_as_long(ready) {
        open_written(ready, &documents)?
    } else {
        return Err(IndexError::Stale);
    };
    if search.len() != corpus.passage_count() {
        Err(IndexError::Stale)
    } else {
        Ok(search)
    }
}

/// A finished index, read into memory.
fn in_memory(ready: &Path) -> Result<Index, IndexError> {
    let directory = RamDirectory::create();
    for (name, bytes) in sums::read_whole(ready).ok_or(IndexError::Stale)? {
        let path = Path::new(&name);
        let written = directory.atomic_write(path, &bytes);
        written.map_err(|error| io_error(path, error))?;
    }
    Ok(Index::open(directory)?)
}

fn build_on_disk(corpus: &Corpus, folder: &Path, ready: &Path) -> Result<SearchIndex, IndexError> {
    let temporary = Temporary::create(folder)?;
    let directory = MmapDirectory::open(&temporary.path).map_err(tantivy::TantivyError::from)?;
    drop(build(corpus, directory)?);
    sums::write(&temporary.path).map_err(|error| io_error(&temporary.path, error))?;
    put_in_place(corpus, &temporary.path, ready)?;
    let index = open_ready(corpus, ready)?;
    remove_others(folder, ready);
    Ok(index)
}

/// Moves a built index to its name, unless another process has put a good one there since.
/// A damaged one is moved aside first: a rename does not replace a folder that holds files.
fn put_in_place(corpus: &Corpus, built: &Path, ready: &Path) -> Result<(), IndexError> {
    if fs::rename(built, ready).is_ok() || open_ready(corpus, ready).is_ok() {
        return Ok(());
    }
    let aside = ready.with_file_name(unique_name());
    if fs::rename(ready, &aside).is_ok() {
        let _ = fs::remove_dir_all(&aside).or_else(|_| fs::remove_file(&aside));
    }
    match fs::rename(built, ready) {
        Ok(()) => Ok(()),
        // Lost the race by a hair: the winner's index is as good.
        Err(_) if open_ready(corpus, ready).is_ok() => Ok(()),
        Err(error) => Err(io_error(ready, error)),
    }
}

/// Removes indices of other corpora or versions, and what a killed process left half built.
pub(super) fn remove_others(folder: &Path, ready: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let stale = name.starts_with(READY) && path != ready;
        let left_over = name.starts_with(BUILDING) && !is_running(&name);
        if stale || left_over {
            // Best effort: a folder that stays costs disk space, nothing else.
            let _ = fs::remove_dir_all(path);
        }
    }
}

/// Whether the process that began this temporary folder may still be at work.
fn is_running(name: &str) -> bool {
    let process = name
        .trim_start_matches(BUILDING)
        .split('-')
        .next()
        .unwrap_or("");
    let proc = Path::new("/proc");
    !proc.exists() || proc.join(process).exists()
}

/// A name that no other process and no other thread of this one uses.
fn unique_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!(
        "{BUILDING}{}-{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    )
}

/// A folder that is gone when it goes out of scope, unless it was renamed away.
pub(super) struct Temporary {
    pub path: PathBuf,
}

impl Temporary {
    pub fn create(folder: &Path) -> Result<Self, IndexError> {
        let path = folder.join(unique_name());
        fs::create_dir_all(&path).map_err(|error| io_error(&path, error))?;
        Ok(Self { path })
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

pub(super) fn io_error(path: &Path, source: io::Error) -> IndexError {
    IndexError::Io {
        path: path.to_owned(),
        source,
    }
}
