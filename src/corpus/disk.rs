//! Reading the files of a folder: the one place where the corpus touches a disk.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::shelf::Source;
use super::{LoadError, Problem, UNFINISHED_FILE};

/// A longer file, in bytes, is passed over. The longest laws have less than two million.
const LONGEST: u64 = 16 << 20;

/// What a folder holds of a corpus.
pub(super) struct Files {
    /// Names and bytes, in no order.
    pub files: Vec<(String, Vec<u8>)>,
    /// What kept others from being read.
    pub problems: Vec<Problem>,
    /// Whether an import was stopped before all its files were in their place.
    pub unfinished: bool,
}

/// Reads the documents, tables and notes of a folder.
pub(super) fn read(dir: &Path) -> Result<Files, LoadError> {
    let folder_error = |source| LoadError::Folder {
        path: dir.to_owned(),
        source,
    };
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(folder_error)? {
        let path = entry.map_err(folder_error)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if is_corpus_file(name) && path.is_file() {
            let read = read_bounded(&path).map_err(|source| LoadError::File {
                path: path.clone(),
                source,
            })?;
            match read {
                Some(bytes) => files.push((name.to_owned(), bytes)),
                None => problems.push(is_too_long(name)),
            }
        }
    }
    let unfinished = dir.join(UNFINISHED_FILE).exists();
    problems.extend(unfinished.then(unfinished_import));
    Ok(Files {
        files,
        problems,
        unfinished,
    })
}

/// What a folder holds, its documents not read.
#[derive(Debug, Default)]
pub struct Listing {
    /// Its Markdown files, in the order of their names.
    pub files: Vec<Listed>,
    /// Names and bytes of its tables, likewise.
    pub tables: Vec<(String, Vec<u8>)>,
    /// What is wrong with the folder or keeps files from being read.
    pub problems: Vec<Problem>,
    /// Whether an import was stopped before all its files were in their place.
    pub unfinished: bool,
}

/// A Markdown file as the folder tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub length: u64,
    /// When it was last changed, in nanoseconds since 1970; 0 where that is not known.
    pub modified: u64,
}

impl Listing {
    /// How many bytes the Markdown files have together.
    pub fn length(&self) -> u64 {
        self.files.iter().map(|file| file.length).sum()
    }
}

/// Lists a folder, and reads its tables.
///
/// # Errors
/// When the folder or a table cannot be read.
pub fn list(dir: &Path) -> Result<Listing, LoadError> {
    let folder_error = |source| LoadError::Folder {
        path: dir.to_owned(),
        source,
    };
    let mut listing = Listing::default();
    for entry in std::fs::read_dir(dir).map_err(folder_error)? {
        let entry = entry.map_err(folder_error)?;
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| is_corpus_file(name)) else {
            continue;
        };
        let path = entry.path();
        // What a link points to is meant; one that points nowhere is no file.
        let Some(about) = std::fs::metadata(&path)
            .ok()
            .filter(|about| about.is_file())
        else {
            continue;
        };
        if about.len() > LONGEST {
            listing.problems.push(is_too_long(name));
        } else if name.ends_with(".md") {
            listing.files.push(Listed {
                name: name.to_owned(),
                length: about.len(),
                modified: modified(&about),
            });
        } else {
            let read = read_bounded(&path);
            let bytes = read.map_err(|source| LoadError::File { path, source })?;
            let table = bytes.map(|bytes| (name.to_owned(), bytes));
            listing.tables.extend(table);
        }
    }
    listing.files.sort_by(|a, b| a.name.cmp(&b.name));
    listing.tables.sort();
    listing.unfinished = dir.join(UNFINISHED_FILE).exists();
    let unfinished = listing.unfinished.then(unfinished_import);
    listing.problems.extend(unfinished);
    Ok(listing)
}

fn modified(about: &std::fs::Metadata) -> u64 {
    let modified = about.modified().ok();
    let since = modified.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(0))
}

/// A folder whose documents are read one by one.
#[derive(Clone, Debug)]
pub struct Folder {
    dir: PathBuf,
}

impl Folder {
    /// The folder of that path; it is not looked at yet.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }
}

impl Source for Folder {
    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let too_long = || io::Error::from(io::ErrorKind::FileTooLarge);
        read_bounded(&self.dir.join(name))?.ok_or_else(too_long)
    }
}

fn unfinished_import() -> Problem {
    Problem {
        file: UNFINISHED_FILE.to_owned(),
        line: 1,
        what: "lần nhập trước bị dừng giữa chừng: các tệp liệt kê ở đây còn là tên.tam".to_owned(),
        hint: Some("chạy lại lệnh hoidap import để ghi nốt".to_owned()),
    }
}

/// The bytes of a file; `None` when there are too many.
fn read_bounded(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = std::fs::File::open(path)?;
    // One more, so that the end is found without asking for more room.
    let length = file.metadata()?.len().min(LONGEST) + 1;
    let mut bytes = Vec::with_capacity(length as usize);
    file.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= LONGEST).then_some(bytes))
}

fn is_too_long(name: &str) -> Problem {
    Problem {
        file: name.to_owned(),
        line: 1,
        what: format!("tệp dài hơn {} MB, không đọc", LONGEST >> 20),
        hint: Some("chia văn bản thành nhiều tệp".to_owned()),
    }
}

fn is_corpus_file(name: &str) -> bool {
    !name.starts_with('.') && (name.ends_with(".md") || name.ends_with(".toml"))
}
