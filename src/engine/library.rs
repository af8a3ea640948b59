//! Opening a library: a corpus too large to be read whole each time. Its documents are read one after the
//! other, none kept, when they are new or changed; what is known of all of them lies beside the index and is
//! all that is read when nothing has changed.
//!
//! What is known of all documents is gathered in parts of some dozens of documents each, and put together
//! at the end. A part is kept under a name that says which bytes it is of, so that after a change, or
//! after the process was killed, only the parts with other bytes in them are gathered again; and the same
//! documents give the same whole, however they came to it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{EngineError, Progress};
use crate::answer::fnv1a;
use crate::corpus::catalogue::{self, Entry};
use crate::corpus::{
    Common, Corpus, Document, Folder, Listed, Listing, LoadError, Mark, Source, list,
};
use crate::index::library::{BESIDE, Work, ready};
use crate::index::{self, IndexError, SearchIndex, Writer};
use crate::question::COMMON;
use crate::rank::{Gathering, Statistics};
use crate::text::Vocabulary;
use crate::text::bytes::{checksum, long, number, put, put_long, take};

/// From so many bytes of documents on a folder is a library: a few thousand passages.
const LARGE: u64 = 4_000_000;
/// A part ends with a document whose key ends in so many zero bits, so that where parts end does not
/// change with what stands before.
const PART_BITS: u32 = 6;
/// And with so many documents in any case.
const LONGEST_PART: usize = 256;
/// Of a part with so many passages, pairs of words seen once are forgotten: nearly all are chance.
const MANY: usize = 2_000;
/// A file changed so shortly before it was read may be changed again without its time telling.
const UNSURE: Duration = Duration::from_secs(2);
/// So often is it tried to index a folder that is changed meanwhile.
const ATTEMPTS: usize = 3;
/// How long another process that is indexing is waited for before it is looked again.
const WAIT: Duration = Duration::from_millis(200);
/// Begins the file beside the index; another number when its form changes.
const MAGIC: &[u8] = b"hoidap-library-2";

/// How many documents were what to the index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Not there before.
    pub new: usize,
    /// There with other bytes.
    pub changed: usize,
    /// There and not in the folder any more.
    pub removed: usize,
    /// As they were.
    pub kept: usize,
}

/// A library that is open.
pub(super) struct Library {
    pub corpus: Corpus,
    pub statistics: Statistics,
    pub index: SearchIndex,
    /// The folder of an index too large to be read whole when it was opened.
    pub unchecked: Option<PathBuf>,
    pub changes: Option<Changes>,
    pub warning: Option<String>,
}

/// Whether what a folder lists is a library.
pub(super) fn is_library(listing: &Listing) -> bool {
    listing.length() >= LARGE
}

/// What a folder lists, and what is known of libraries under the folder of indices: both take long
/// where there are many documents, and neither needs the other.
pub(super) fn look(
    dir: &Path,
    folder: Option<&Path>,
) -> Result<(Listing, Vec<(PathBuf, Known)>), LoadError> {
    let (known, listing) =
        index::in_parallel(true, || folder.map(known).unwrap_or_default(), || list(dir));
    Ok((listing?, known))
}

/// What is known of the libraries that were handed out under a folder of indices, each with its place.
fn known(folder: &Path) -> Vec<(PathBuf, Known)> {
    let known = ready(folder).into_iter().filter_map(|path| {
        let bytes = std::fs::read(path.join(BESIDE)).ok()?;
        Some((path, Known::from_bytes(&bytes)?))
    });
    known.collect()
}

/// What is known of a library beside its index.
pub(super) struct Known {
    tables: u64,
    entries: Vec<Entry>,
    gathered: Gathered,
}

/// What is known of documents together.
#[derive(Default)]
struct Gathered {
    vocabulary: Vocabulary,
    statistics: Statistics,
}

/// Why indexing stopped.
enum Stop {
    /// A file is not what it was a moment ago.
    Changed,
    Index(IndexError),
    Corpus(LoadError),
}

impl From<IndexError> for Stop {
    fn from(error: IndexError) -> Self {
        Self::Index(error)
    }
}

impl From<LoadError> for Stop {
    fn from(error: LoadError) -> Self {
        Self::Corpus(error)
    }
}

impl From<Stop> for EngineError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Changed => IndexError::Stale.into(),
            Stop::Index(error) => error.into(),
            Stop::Corpus(error) => error.into(),
        }
    }
}

/// Opens a library with its index under a folder, or in memory, after it was [looked](look) at.
pub(super) fn open(
    dir: &Path,
    folder: Option<&Path>,
    looked: (Listing, Vec<(PathBuf, Known)>),
    tell: &mut dyn FnMut(Progress),
) -> Result<Library, EngineError> {
    let Some(folder) = folder else {
        return in_memory(dir, None, tell);
    };
    let mut looked = Some(looked);
    let (mut changes, mut fresh, mut waited) = (None, false, false);
    let mut attempts = 0;
    while attempts < ATTEMPTS {
        let (listing, known) = match looked.take() {
            Some(looked) => looked,
            None => look(dir, Some(folder))?,
        };
        let mut before = Vec::new();
        for (path, known) in known {
            if !known.is_of(dir, &listing) {
                before = known.entries;
                continue;
            }
            let index = |listed: &[index::Listed]| index::open_written(&path, listed);
            match known.open(dir, &listing, index) {
                Ok(library) => {
                    let checked = index::is_checked_at_opening(&path);
                    let unchecked = matches!(checked, Ok(false)).then_some(path);
                    return Ok(Library {
                        changes,
                        unchecked,
                        ..library
                    });
                }
                // What it was linked from is as damaged as it is.
                Err(Stop::Index(_)) => fresh = true,
                Err(stop) => return Err(stop.into()),
            }
        }
        let work = match Work::open(folder, fresh) {
            Ok(Some(work)) => work,
            Ok(None) => {
                if !waited {
                    tell(Progress::Waiting);
                }
                waited = true;
                sleep(WAIT);
                continue;
            }
            Err(error) => return in_memory(dir, Some(&error), tell),
        };
        match renew(dir, work, before, tell) {
            Ok(made) => changes = Some(made),
            Err(Stop::Changed) => {}
            Err(Stop::Index(error)) => return in_memory(dir, Some(&error), tell),
            Err(stop) => return Err(stop.into()),
        }
        attempts += 1;
    }
    in_memory(dir, Some(&IndexError::Stale), tell)
}

/// Throws a damaged index away, with what it was linked from, so that the next opening builds it anew. False
/// when another process is at that already.
pub(super) fn discard(ready: &Path) -> Result<bool, IndexError> {
    let folder = ready.parent().unwrap_or(Path::new("."));
    let Some(_work) = Work::open(folder, true)? else {
        return Ok(false);
    };
    std::fs::remove_dir_all(ready).map_err(|source| IndexError::Io {
        path: ready.to_owned(),
        source,
    })?;
    Ok(true)
}

/// Indexes in memory, where nothing can be written: it takes as long each time.
fn in_memory(
    dir: &Path,
    why: Option<&IndexError>,
    tell: &mut dyn FnMut(Progress),
) -> Result<Library, EngineError> {
    let listing = list(dir)?;
    let entries = read_entries(dir, &listing, Vec::new(), tell)?;
    let corpus = corpus(dir, &listing, entries.clone(), Vocabulary::new())?;
    let mut writer = Writer::in_memory()?;
    let mut gathered = Gathered::default();
    let mut told = Told::new(&corpus, tell);
    for part in parts(&entries) {
        let (documents, _) = self::documents(&entries, part);
        gathered.absorb(read_part(&corpus, documents, true, &mut writer, &mut told)?);
    }
    corpus.add_front_matter(&mut gathered.vocabulary);
    let index = writer.into_search(&index::listed(&corpus))?;
    let known = Known {
        tables: tables_hash(&listing),
        entries,
        gathered,
    };
    let warning = why.map(|error| {
        format!("không ghi được chỉ mục vào đĩa ({error}); dùng chỉ mục trong bộ nhớ")
    });
    let library = known.open(dir, &listing, |_| Ok(index))?;
    Ok(Library { warning, ..library })
}

/// Brings the index up to what the folder holds now, and hands it out.
fn renew(
    dir: &Path,
    mut work: Work,
    before: Vec<Entry>,
    tell: &mut dyn FnMut(Progress),
) -> Result<Changes, Stop> {
    let listing = list(dir)?;
    let entries = read_entries(dir, &listing, before, tell)?;
    let tables = tables_hash(&listing);
    let corpus = corpus(dir, &listing, entries.clone(), Vocabulary::new())?;
    let changes = compare(&corpus, &entries, &mut work);
    let mut gathered = Gathered::default();
    let mut names = Vec::new();
    let mut told = Told::new(&corpus, tell);
    for part in parts(&entries) {
        let (documents, marks) = self::documents(&entries, part);
        let name = format!(
            "{:016x}",
            fnv1a(marks.into_iter().chain(tables.to_le_bytes()))
        );
        let kept = work
            .part(&name)
            .and_then(|bytes| Gathered::from_bytes(&bytes));
        let is_new = kept.is_none();
        let read = read_part(&corpus, documents, is_new, work.writer(), &mut told)?;
        if is_new {
            work.keep_part(&name, &read.to_bytes())?;
        }
        gathered.absorb(kept.unwrap_or(read));
        names.push(name);
    }
    told.finish();
    corpus.add_front_matter(&mut gathered.vocabulary);
    let stamp = catalogue::fingerprint(&entries, tables);
    let known = Known {
        tables,
        entries,
        gathered,
    };
    work.finish(&stamp, &known.to_bytes(), &names)?;
    Ok(changes)
}

/// Compares what the index holds with the documents, and removes from it what is no more.
fn compare(corpus: &Corpus, entries: &[Entry], work: &mut Work) -> Changes {
    let writer = work.writer();
    let mut changes = Changes::default();
    let mut there = HashSet::new();
    let marks = entries.iter().filter(|entry| entry.document.is_some());
    let documents = corpus.documents.iter().zip(index::keys(corpus));
    for ((document, key), entry) in documents.zip(marks) {
        there.insert(key);
        // A document without a passage leaves nothing in the index.
        if document.passages.is_empty() {
            continue;
        }
        match writer.contents().get(&key) {
            None => changes.new += 1,
            Some(hash) if *hash == entry_hash(corpus, document, entry.mark) => changes.kept += 1,
            Some(_) => changes.changed += 1,
        }
    }
    let gone = writer.contents().keys().filter(|key| !there.contains(key));
    let gone: Vec<u64> = gone.copied().collect();
    changes.removed = gone.len();
    gone.into_iter().for_each(|key| writer.remove(key));
    changes
}

/// What tells whether the index has a document as it is: its bytes, and what paraphrases say of it.
fn entry_hash(corpus: &Corpus, document: &Document, mark: Mark) -> u64 {
    let said = document.passages.clone().flat_map(|passage| {
        let paraphrases = corpus.paraphrases_of(passage).iter();
        let words = paraphrases.flat_map(|said| &said.tokens);
        let words = words.flat_map(|token| token.word.bytes().chain([0]));
        words.chain((passage as u64 - document.passages.start as u64).to_le_bytes())
    });
    match corpus.paraphrases.is_empty() {
        true => mark.hash,
        false => fnv1a(mark.hash.to_le_bytes().into_iter().chain(said)),
    }
}

/// The entries of a folder's files, in the order of their names; those of `before` where nothing tells
/// of a change.
fn read_entries(
    dir: &Path,
    listing: &Listing,
    before: Vec<Entry>,
    tell: &mut dyn FnMut(Progress),
) -> Result<Vec<Entry>, LoadError> {
    let mut before: HashMap<String, Entry> = before
        .into_iter()
        .map(|entry| (entry.name.clone(), entry))
        .collect();
    let folder = Folder::new(dir);
    let mut entries = Vec::with_capacity(listing.files.len());
    for (done, file) in listing.files.iter().enumerate() {
        tell(Progress::Listing {
            done,
            all: listing.files.len(),
        });
        let known = before.remove(&file.name);
        entries.push(match known.filter(|known| is_same(known, file)) {
            Some(known) => known,
            None => read_entry(dir, &folder, file)?,
        });
    }
    Ok(entries)
}

fn is_same(known: &Entry, file: &Listed) -> bool {
    let same_time = known.modified == file.modified && file.modified != 0;
    same_time && known.mark.length == file.length
}

fn read_entry(dir: &Path, folder: &Folder, file: &Listed) -> Result<Entry, LoadError> {
    let bytes = folder.read(&file.name);
    let bytes = bytes.map_err(|source| LoadError::File {
        path: dir.join(&file.name),
        source,
    })?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let settled = now.unwrap_or_default().saturating_sub(UNSURE).as_nanos();
    let modified = match u128::from(file.modified) < settled {
        true => file.modified,
        false => 0,
    };
    Ok(Entry::read(&file.name, modified, bytes).0)
}

fn tables_hash(listing: &Listing) -> u64 {
    let parts = listing.tables.iter();
    let parts = parts.flat_map(|(name, bytes)| [name.as_bytes(), bytes.as_slice()]);
    fnv1a(parts.flat_map(|part| {
        let length = (part.len() as u64).to_le_bytes();
        length.into_iter().chain(part.iter().copied())
    }))
}

/// The corpus of these entries, none of its documents read but those that the tables speak of.
fn corpus(
    dir: &Path,
    listing: &Listing,
    entries: Vec<Entry>,
    vocabulary: Vocabulary,
) -> Result<Corpus, LoadError> {
    let fingerprint = catalogue::fingerprint(&entries, tables_hash(listing));
    let mut problems = listing.problems.clone();
    let known = entries.into_iter().filter_map(|entry| {
        problems.extend(entry.problems);
        Some((entry.document?, entry.mark))
    });
    let known = known.collect();
    let source = Arc::new(Folder::new(dir));
    let tables = listing.tables.clone();
    let read = Corpus::on_shelf(known, tables, vocabulary, fingerprint, source);
    let (mut corpus, _) = read.map_err(|error| match error {
        LoadError::Empty if listing.unfinished => LoadError::Unfinished,
        error => error,
    })?;
    corpus.add_problems(problems);
    Ok(corpus)
}

/// Where the parts of a library begin and end, among its entries.
fn parts(entries: &[Entry]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, entry) in entries.iter().enumerate() {
        let ends = index::key(&entry.name).trailing_zeros() >= PART_BITS;
        if ends || at + 1 - start == LONGEST_PART || at + 1 == entries.len() {
            parts.push(start..at + 1);
            start = at + 1;
        }
    }
    parts
}

/// The documents among a range of the entries, by their place in the corpus, each with its mark; and bytes
/// that are other ones for other documents.
fn documents(entries: &[Entry], range: Range<usize>) -> (Vec<(usize, Mark)>, Vec<u8>) {
    let is_document = |entry: &&Entry| entry.document.is_some();
    let first = entries[..range.start].iter().filter(is_document).count();
    let here = entries[range].iter().filter(is_document);
    let mut bytes = Vec::new();
    let documents = here.enumerate().map(|(at, entry)| {
        put_long(&mut bytes, index::key(&entry.name));
        put_long(&mut bytes, entry.mark.length);
        put_long(&mut bytes, entry.mark.hash);
        (first + at, entry.mark)
    });
    let documents = documents.collect();
    (documents, bytes)
}

/// Reads what must be read of a part: documents that the index has not as they are, and all of them where
/// the part is to be gathered.
fn read_part(
    corpus: &Corpus,
    documents: Vec<(usize, Mark)>,
    gather: bool,
    writer: &mut Writer,
    told: &mut Told,
) -> Result<Gathered, Stop> {
    let mut vocabulary = Vocabulary::new();
    let mut gathering = Gathering::without_neighbours();
    let mut passages = 0;
    for (at, mark) in documents {
        let document = &corpus.documents[at];
        let key = index::key(&document.file_name);
        let hash = entry_hash(corpus, document, mark);
        let there = document.passages.is_empty() || writer.contents().get(&key) == Some(&hash);
        told.document(document.passages.len());
        if there && !gather {
            continue;
        }
        let leaf = corpus.passing_leaf(at).ok_or(Stop::Changed)?;
        if !there {
            writer.add(key, hash, index::entries(corpus, document, &leaf))?;
        }
        if gather {
            gathering.add(corpus, at, &leaf);
            leaf.add_words(&mut vocabulary);
            passages += leaf.passages.len();
        }
    }
    if passages >= MANY {
        vocabulary.forget_rare_pairs(2);
    }
    Ok(Gathered {
        vocabulary,
        statistics: gathering.finish(),
    })
}

/// Tells how far it is.
struct Told<'t> {
    tell: &'t mut dyn FnMut(Progress),
    done: usize,
    all: usize,
}

impl<'t> Told<'t> {
    fn new(corpus: &Corpus, tell: &'t mut dyn FnMut(Progress)) -> Self {
        Self {
            tell,
            done: 0,
            all: corpus.passage_count(),
        }
    }

    fn document(&mut self, passages: usize) {
        let (done, all) = (self.done, self.all);
        (self.tell)(Progress::Indexing { done, all });
        self.done += passages;
    }

    fn finish(&mut self) {
        (self.tell)(Progress::Finishing);
    }
}

impl Gathered {
    fn absorb(&mut self, other: Self) {
        self.vocabulary.absorb(&other.vocabulary);
        self.statistics.absorb(&other.statistics);
    }

    fn to_bytes(&self) -> Vec<u8> {
        sealed(&[self.vocabulary.to_bytes(), self.statistics.to_bytes()])
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let [vocabulary, statistics] = unsealed(bytes)?;
        Some(Self {
            vocabulary: Vocabulary::from_bytes(vocabulary)?,
            statistics: Statistics::from_bytes(statistics)?,
        })
    }
}

impl Known {
    fn to_bytes(&self) -> Vec<u8> {
        sealed(&[
            self.tables.to_le_bytes().to_vec(),
            catalogue::to_bytes(&self.entries),
            self.gathered.vocabulary.to_bytes(),
            self.gathered.statistics.to_bytes(),
        ])
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let [mut tables, entries, vocabulary, statistics] = unsealed(bytes)?;
        Some(Self {
            tables: long(&mut tables)?,
            entries: catalogue::from_bytes(entries)?,
            gathered: Gathered {
                vocabulary: Vocabulary::from_bytes(vocabulary)?,
                statistics: Statistics::from_bytes(statistics)?,
            },
        })
    }

    /// Whether this is what the folder holds. Files whose time tells nothing are read.
    fn is_of(&self, dir: &Path, listing: &Listing) -> bool {
        let folder = Folder::new(dir);
        let same = |(known, file): (&Entry, &Listed)| {
            known.name == file.name
                && known.mark.length == file.length
                && (is_same(known, file)
                    || folder
                        .read(&file.name)
                        .is_ok_and(|bytes| Mark::of(&bytes) == known.mark))
        };
        self.tables == tables_hash(listing)
            && self.entries.len() == listing.files.len()
            && self.entries.iter().zip(&listing.files).all(same)
    }

    fn open(
        self,
        dir: &Path,
        listing: &Listing,
        index: impl FnOnce(&[index::Listed]) -> Result<SearchIndex, IndexError> + Send,
    ) -> Result<Library, Stop> {
        let Gathered {
            vocabulary,
            statistics,
        } = self.gathered;
        let documents = self.entries.iter();
        let listed = index::listed_in(documents.filter_map(|entry| entry.document.as_ref()));
        let (index, corpus) = index::in_parallel(
            true,
            || index(&listed),
            || corpus(dir, listing, self.entries, vocabulary),
        );
        let (index, mut corpus) = (index?, corpus?);
        let (words, concepts) = statistics.common(COMMON);
        corpus.common = Some(Common { words, concepts });
        if index.len() != corpus.passage_count() {
            return Err(IndexError::Stale.into());
        }
        Ok(Library {
            corpus,
            statistics,
            index,
            unchecked: None,
            changes: None,
            warning: None,
        })
    }
}

/// Pieces of bytes one after the other, with what tells when they are damaged.
fn sealed(pieces: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    put(&mut bytes, pieces.len());
    for piece in pieces {
        put_long(&mut bytes, piece.len() as u64);
        bytes.extend(piece);
    }
    let sum = checksum(&bytes);
    put_long(&mut bytes, sum);
    bytes
}

fn unsealed<const PIECES: usize>(bytes: &[u8]) -> Option<[&[u8]; PIECES]> {
    let (mut rest, mut sum) = bytes.split_at_checked(bytes.len().checked_sub(8)?)?;
    if long(&mut sum)? != checksum(rest) {
        return None;
    }
    let rest = &mut rest;
    if take(rest, MAGIC.len())? != MAGIC || number(rest)? as usize != PIECES {
        return None;
    }
    let mut pieces = [&[][..]; PIECES];
    for piece in &mut pieces {
        let length = usize::try_from(long(rest)?).ok()?;
        *piece = take(rest, length)?;
    }
    rest.is_empty().then_some(pieces)
}
