//! The corpus: documents, units, assignments and lexicon, read from a folder, with everything in
//! it checked against everything else. Reading never fails on what a file says: it gives what can
//! be used, and the list of all that is wrong.
//!
//! ```
//! # use hoidap::corpus::Corpus;
//! # use hoidap::answer::PassageId;
//! let file = "+++\nid = \"ke-hoach\"\ntype = \"Kế hoạch\"\nnumber = \"1\"\nshort = \"Kế hoạch 1\"\n\
//!             title = \"Kế hoạch số 1\"\nissuer = \"Tỉnh ủy\"\n+++\n## I. Mục đích\n- Bảo vệ trẻ em.\n";
//! let (corpus, problems) = Corpus::from_files(vec![("ke-hoach.md".into(), file.into())]).unwrap();
//! assert!(problems.is_empty());
//! let id = PassageId::new("ke-hoach#I.1");
//! assert_eq!(corpus.text_of(corpus.passage_by_id(&id).unwrap()), "Bảo vệ trẻ em.");
//! assert_eq!(corpus.label(&id), "Kế hoạch 1, phần I, ý 1");
//! ```

mod assignments;
mod block;
pub mod catalogue;
mod check;
mod collocations;
mod disk;
mod document;
mod fingerprint;
mod heading;
mod initials;
mod intents;
mod label;
pub mod leaf;
mod lexicon;
mod messages;
mod paraphrases;
mod parse;
mod problem;
#[cfg(test)]
mod sample;
mod sentence;
mod shelf;
mod silence;
mod slug;
mod table;
mod units;
mod words;

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::answer::PassageId;
use crate::text::spelling::Vocabulary;
use crate::text::{Token, tokenize};

pub use assignments::{Assignment, Role};
pub use check::check;
pub use disk::{Folder, Listed, Listing, list};
pub use document::{Date, Document};
pub use intents::Asking;
pub use leaf::Leaf;
pub use lexicon::{Concept, Danger, Form, Lexicon};
pub use messages::Messages;
pub use paraphrases::Paraphrase;
pub use parse::{Passage, Section, Shape};
pub use problem::Problem;
pub use shelf::{Mark, Source};
pub use units::{Level, Unit, UnitKind, Units};
pub use words::{ConceptWords, Reach, Shared, Words};

use problem::Reporter;
pub(crate) use sentence::sentences;
use shelf::Shelf;

/// Everything the answers are made of.
#[derive(Clone, Debug)]
pub struct Corpus {
    /// The documents, in the order of their files' names.
    pub documents: Vec<Document>,
    /// The units.
    pub units: Units,
    /// Who is given what.
    pub assignments: Vec<Assignment>,
    /// How people say it.
    pub lexicon: Lexicon,
    /// Words that stand side by side in everyday language.
    pub collocations: Vec<Vec<Token>>,
    /// How people put what the passages say, in the order of the passages.
    pub paraphrases: Vec<Paraphrase>,
    /// Messages of danger, and others.
    pub messages: Messages,
    /// Questions that the documents do not answer.
    pub silent: Vec<Vec<Token>>,
    /// Questions by what they ask for.
    pub intents: Vec<Asking>,
    /// The words of documents and tables, for repairing and completing what people type.
    pub vocabulary: Arc<Vocabulary>,
    /// 16 hex digits that differ when any byte of the files does.
    pub fingerprint: String,
    /// What most passages have, where it is known without reading them: of a library.
    pub common: Option<Common>,
    /// What the documents' files hold.
    shelf: Shelf,
    /// The documents with an id; it names the first.
    document_index: HashMap<String, Vec<usize>>,
    /// Names and texts of the tables, for checks that read them again.
    tables: Vec<(String, String)>,
    /// What was wrong when reading.
    reading: Vec<Problem>,
}

/// Words and concepts that so many passages have that they tell none apart.
#[derive(Clone, Debug, Default)]
pub struct Common {
    /// Words with their marks.
    pub words: Vec<String>,
    /// Concepts by their place in the lexicon.
    pub concepts: Vec<usize>,
}

/// Why there is no corpus at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The folder cannot be listed.
    #[error("không mở được thư mục văn bản {}", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file in it cannot be read.
    #[error("không đọc được tệp {}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// No file in it is a document.
    #[error("không có văn bản nào: văn bản là tệp .md mở đầu bằng dòng “+++”")]
    Empty,
    /// None is, and an import was stopped before it put one there.
    #[error(
        "lần nhập trước bị dừng giữa chừng (còn tệp {UNFINISHED_FILE}); hãy chạy lại lệnh hoidap import để ghi nốt"
    )]
    Unfinished,
}

/// The list of files that an import has written beside the old ones and not yet put in their place.
pub const UNFINISHED_FILE: &str = "nhap-do-dang.txt";

/// The table of units.
pub const UNITS_FILE: &str = "don-vi.toml";
/// The table of assignments.
pub const ASSIGNMENTS_FILE: &str = "phan-cong.toml";
/// The lexicon.
pub const LEXICON_FILE: &str = "tu-dien.toml";
/// The file of words that stand side by side in everyday language.
pub const COLLOCATIONS_FILE: &str = "tu-thuong.toml";
/// The file of everyday ways to put what the passages say.
pub const PARAPHRASES_FILE: &str = "dien-dat.toml";
/// The file of messages that tell of danger, and of others.
pub const MESSAGES_FILE: &str = "nguy-hiem.toml";
/// The file of questions that the documents do not answer.
pub const SILENCE_FILE: &str = "im-lang.toml";
/// The file of questions by what they ask for.
pub const INTENTS_FILE: &str = "y-hoi.toml";

impl Corpus {
    /// Loads a folder: its `.md` files that begin with front matter, and its tables. Whatever the
    /// files say, the result is what can be used of it, with all that is wrong.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read, or no file is a document, also where an
    /// import was stopped before it put one there.
    pub fn load(dir: &Path) -> Result<(Self, Vec<Problem>), LoadError> {
        let read = disk::read(dir)?;
        let (mut corpus, _) = Self::from_files(read.files).map_err(|error| match error {
            LoadError::Empty if read.unfinished => LoadError::Unfinished,
            error => error,
        })?;
        corpus.reading.extend(read.problems);
        corpus.reading.sort();
        let problems = corpus.reading.clone();
        Ok((corpus, problems))
    }

    /// The same from names and contents of files, without a disk.
    ///
    /// # Errors
    /// When no file is a document.
    pub fn from_files(
        mut files: Vec<(String, Vec<u8>)>,
    ) -> Result<(Self, Vec<Problem>), LoadError> {
        files.sort();
        let parts = files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let mut corpus = Self::empty(fingerprint::fingerprint(parts));
        for (name, bytes) in files {
            if name.ends_with(".md") {
                let (read, problems) = leaf::read(&name, bytes);
                corpus.reading.extend(problems);
                if let Some((document, leaf)) = read {
                    let entry = corpus.add_document(document);
                    corpus
                        .shelf
                        .put(leaf.placed(entry, &corpus.documents[entry]));
                }
            } else {
                corpus.add_table(name, bytes);
            }
        }
        let mut vocabulary = Vocabulary::new();
        for leaf in corpus.leaves() {
            leaf.add_words(&mut vocabulary);
        }
        corpus.add_front_matter(&mut vocabulary);
        corpus.finish(vocabulary)
    }

    /// A corpus whose documents are read when they are first needed: `known` is what
    /// [`leaf::read`] gave of each and the mark of its file's bytes, in the order of the files' names;
    /// `vocabulary` has the words of all their leaves, and then of their
    /// [front matter](Self::add_front_matter). The tables are read now, and with them the
    /// documents that they speak of.
    ///
    /// # Errors
    /// When there is no document.
    pub fn on_shelf(
        known: Vec<(Document, Mark)>,
        tables: Vec<(String, Vec<u8>)>,
        vocabulary: Vocabulary,
        fingerprint: String,
        source: Arc<dyn Source>,
    ) -> Result<(Self, Vec<Problem>), LoadError> {
        let mut corpus = Self::empty(fingerprint);
        corpus.shelf = Shelf::filled_from(source);
        for (document, mark) in known {
            corpus.add_document(document);
            corpus.shelf.leave(mark);
        }
        for (name, bytes) in tables {
            corpus.add_table(name, bytes);
        }
        corpus.finish(vocabulary)
    }

    /// Notes what is wrong with the folder and with the documents that were not read.
    pub fn add_problems(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.reading.extend(problems);
        self.reading.sort();
    }

    /// What was wrong when the corpus was read.
    pub fn found_when_reading(&self) -> &[Problem] {
        &self.reading
    }

    /// Whether there is so much of it that no question may go through all documents.
    pub fn is_library(&self) -> bool {
        self.common.is_some()
    }

    /// Reads these documents where they were not yet, on several threads where there are many; each
    /// thread does something with each that it has read.
    ///
    /// # Panics
    /// When there is no such document.
    pub fn fetch(&self, documents: &[usize], then: impl Fn(usize) + Sync) {
        /// So many threads at most, and fewer documents than this are not worth one.
        const THREADS: usize = 4;
        const FEW: usize = 4;
        let mut missing: Vec<usize> = documents.to_vec();
        missing.retain(|document| !self.shelf.is_filled(*document));
        missing.sort_unstable();
        missing.dedup();
        // Before the system is asked for its cores, which takes longer than a small search.
        if missing.len() < 2 * FEW {
            return;
        }
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = cores.min(THREADS).min(missing.len() / FEW);
        if threads < 2 {
            // Whoever needs one reads it.
            return;
        }
        let then = &then;
        std::thread::scope(|scope| {
            for share in missing.chunks(missing.len().div_ceil(threads)) {
                scope.spawn(move || {
                    for document in share {
                        self.leaf(*document);
                        then(*document);
                    }
                });
            }
        });
    }

    /// How many bytes of documents were read because they were needed.
    pub fn filled(&self) -> u64 {
        self.shelf.filled()
    }

    /// The files of documents that were needed, and were gone or not as they were indexed: nothing is
    /// quoted of these.
    pub fn lost_files(&self) -> Vec<String> {
        let documents = self.documents.iter().enumerate();
        let lost = documents.filter(|(at, _)| self.shelf.was_lost(*at));
        lost.map(|(_, document)| document.file_name.clone())
            .collect()
    }

    /// The same corpus with nothing read that was read because it was needed.
    pub fn emptied(&self) -> Self {
        // Field by field: a clone of the whole would copy all that was read only to drop it.
        Self {
            documents: self.documents.clone(),
            units: self.units.clone(),
            assignments: self.assignments.clone(),
            lexicon: self.lexicon.clone(),
            collocations: self.collocations.clone(),
            paraphrases: self.paraphrases.clone(),
            messages: self.messages.clone(),
            silent: self.silent.clone(),
            intents: self.intents.clone(),
            vocabulary: Arc::clone(&self.vocabulary),
            fingerprint: self.fingerprint.clone(),
            common: self.common.clone(),
            shelf: self.shelf.emptied(),
            document_index: self.document_index.clone(),
            tables: self.tables.clone(),
            reading: self.reading.clone(),
        }
    }

    /// The leaf of the document at that place, read from its file now and not kept; `None` when that
    /// is gone or changed.
    ///
    /// # Panics
    /// When there is no such place.
    pub fn passing_leaf(&self, document: usize) -> Option<Leaf> {
        self.shelf.passing(document, &self.documents[document])
    }

    /// Reads the tables against the documents that are there.
    fn finish(mut self, vocabulary: Vocabulary) -> Result<(Self, Vec<Problem>), LoadError> {
        if self.documents.is_empty() {
            return Err(LoadError::Empty);
        }
        self.read_tables();
        self.finish_vocabulary(vocabulary);
        self.reading.sort();
        let problems = self.reading.clone();
        Ok((self, problems))
    }

    /// The document with that id, and its place in the list.
    pub fn document(&self, id: &str) -> Option<(usize, &Document)> {
        let at = self.with_id(id).next()?;
        Some((at, &self.documents[at]))
    }

    /// The passage at that place.
    ///
    /// # Panics
    /// When there is no such place.
    pub fn passage(&self, at: usize) -> &Passage {
        let document = self.document_of(at);
        let first = self.documents[document].passages.start;
        &self.leaf(document).passages[at - first]
    }

    /// The section at that place.
    ///
    /// # Panics
    /// When there is no such place.
    pub fn section(&self, at: usize) -> &Section {
        let document = self.document_of_section(at);
        let first = self.documents[document].sections.start;
        &self.leaf(document).sections[at - first]
    }

    /// How many passages there are.
    pub fn passage_count(&self) -> usize {
        self.documents.last().map_or(0, |last| last.passages.end)
    }

    /// How many sections there are.
    pub fn section_count(&self) -> usize {
        self.documents.last().map_or(0, |last| last.sections.end)
    }

    /// All passages, in the order of documents and text.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> + Clone {
        self.leaves().flat_map(|leaf| &leaf.passages)
    }

    /// All sections, likewise.
    pub fn sections(&self) -> impl Iterator<Item = &Section> + Clone {
        self.leaves().flat_map(|leaf| &leaf.sections)
    }

    /// The passages of the document at that place; none where it is lost.
    ///
    /// # Panics
    /// When there is no such place.
    pub fn passages_of(&self, document: usize) -> Range<usize> {
        self.unless_lost(document, &self.documents[document].passages)
    }

    /// Its sections, likewise.
    ///
    /// # Panics
    /// When there is no such place.
    pub fn sections_of(&self, document: usize) -> Range<usize> {
        self.unless_lost(document, &self.documents[document].sections)
    }

    fn unless_lost(&self, document: usize, places: &Range<usize>) -> Range<usize> {
        if self.is_lost(document) {
            return places.start..places.start;
        }
        places.clone()
    }

    /// The place of the document that a passage stands in.
    pub fn document_of(&self, passage: usize) -> usize {
        self.documents
            .partition_point(|document| document.passages.end <= passage)
    }

    /// The place of the document that a section stands in.
    pub fn document_of_section(&self, section: usize) -> usize {
        self.documents
            .partition_point(|document| document.sections.end <= section)
    }

    /// What the file of the document at that place holds, read now if it was not yet.
    ///
    /// # Panics
    /// When there is no such place.
    pub fn leaf(&self, document: usize) -> &Leaf {
        self.shelf.leaf(document, &self.documents[document])
    }

    /// Whether the file of the document at that place was gone or changed when it was needed: then
    /// nothing of it may be quoted or offered, and nothing said of what it does not hold.
    ///
    /// # Panics
    /// When there is no such place.
    pub fn is_lost(&self, document: usize) -> bool {
        self.leaf(document).is_lost()
    }

    /// The whole text of the file that the document at that place was read from.
    ///
    /// # Panics
    /// When there is no such place.
    pub fn file(&self, document: usize) -> &str {
        &self.leaf(document).file
    }

    /// The words at a span of a document's file; none where it has no such span.
    ///
    /// # Panics
    /// When there is no such document.
    pub fn cut(&self, document: usize, span: Range<usize>) -> &str {
        self.file(document).get(span).unwrap_or_default()
    }

    /// The place of the passage with that id.
    pub fn passage_by_id(&self, id: &PassageId) -> Option<usize> {
        self.with_id(id.document()).find_map(|document| {
            let place = self.leaf(document).passage(id)?;
            Some(self.documents[document].passages.start + place)
        })
    }

    /// The place of the section with that id.
    pub fn section_by_id(&self, id: &PassageId) -> Option<usize> {
        self.with_id(id.document()).find_map(|document| {
            let place = self.leaf(document).section(id)?;
            Some(self.documents[document].sections.start + place)
        })
    }

    /// The words of the passage at that place, cut from its file.
    ///
    /// # Panics
    /// When there is no such place.
    pub fn text_of(&self, passage: usize) -> &str {
        let passage = self.passage(passage);
        self.cut(passage.document, passage.span.clone())
    }

    /// The sentences of the passage at that place, in its file.
    ///
    /// # Panics
    /// When there is no such place.
    pub fn sentences_of(&self, passage: usize) -> Vec<Range<usize>> {
        let passage = self.passage(passage);
        sentences(self.file(passage.document), passage.span.clone())
    }

    /// The passage that leads in to the one at that place: the nearest before it in the same
    /// section that ends with a colon.
    pub fn led_in_by(&self, passage: usize) -> Option<usize> {
        let section = self.passage(passage).section;
        let before = (0..passage).rev();
        before
            .take_while(|at| section.is_some() && self.passage(*at).section == section)
            .find(|at| self.text_of(*at).ends_with(':'))
    }

    /// How people put what the passage at that place says.
    pub fn paraphrases_of(&self, passage: usize) -> &[Paraphrase] {
        let start = self
            .paraphrases
            .partition_point(|said| said.passage < passage);
        let end = self
            .paraphrases
            .partition_point(|said| said.passage <= passage);
        &self.paraphrases[start..end]
    }

    /// The words of a section's heading.
    pub fn heading_of(&self, section: usize) -> &str {
        let section = self.section(section);
        self.cut(section.document, section.heading.clone())
    }

    /// A place as people read it: “Kế hoạch 109-KH/TU, mục II.3, ý 2”.
    pub fn label(&self, id: &PassageId) -> String {
        label::label(self, id)
    }

    /// All that is wrong: what reading found and what [`check`] finds.
    /// Of a library only the first: the others need every document.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = self.reading.clone();
        if !self.is_library() {
            problems.extend(check(self));
        }
        problems.sort();
        problems
    }

    /// What the import has proposed and nobody has looked at yet, in the order of the tables.
    pub fn waiting(&self) -> Vec<Problem> {
        let reporter = |name| Reporter::new(name, self.table(name).unwrap_or_default());
        let mut units = reporter(UNITS_FILE);
        for unit in self.units.iter().filter(|unit| unit.review) {
            units.report(unit.at, format!("đơn vị “{}”", unit.name));
        }
        let mut tasks = reporter(ASSIGNMENTS_FILE);
        for task in self.assignments.iter().filter(|task| task.review) {
            let passage = &self.passage(task.passage).id;
            tasks.report(task.at, format!("việc giao ở {passage}"));
        }
        let mut waiting = units.finish();
        waiting.extend(tasks.finish());
        waiting
    }

    fn empty(fingerprint: String) -> Self {
        Self {
            documents: Vec::new(),
            units: Units::default(),
            assignments: Vec::new(),
            lexicon: Lexicon::default(),
            collocations: Vec::new(),
            paraphrases: Vec::new(),
            messages: Messages::default(),
            silent: Vec::new(),
            intents: Vec::new(),
            vocabulary: Arc::default(),
            fingerprint,
            common: None,
            shelf: Shelf::default(),
            document_index: HashMap::new(),
            tables: Vec::new(),
            reading: Vec::new(),
        }
    }

    /// Whether tables kept by hand tell how people put what the documents say; without them the
    /// documents' own statistics are all there is to rank and to decide by.
    pub fn has_everyday_words(&self) -> bool {
        !self.lexicon.concepts.is_empty() || !self.paraphrases.is_empty()
    }

    /// The documents with that id, the one it names first.
    fn with_id(&self, id: &str) -> impl Iterator<Item = usize> {
        self.document_index.get(id).into_iter().flatten().copied()
    }

    fn leaves(&self) -> impl Iterator<Item = &Leaf> + Clone {
        (0..self.documents.len()).map(|document| self.leaf(document))
    }

    /// Gives a document the next place, and its passages and sections the next ordinals.
    fn add_document(&mut self, mut document: Document) -> usize {
        let at = self.documents.len();
        let (passages, sections) = (self.passage_count(), self.section_count());
        document.passages = passages..passages + document.passages.len();
        document.sections = sections..sections + document.sections.len();
        let same = self.document_index.entry(document.id.clone()).or_default();
        if let Some(first) = same.first() {
            let first = &self.documents[*first].file_name;
            let what = format!("trùng mã văn bản “{}” với tệp {first}", document.id);
            self.reading.push(Problem {
                file: document.file_name.clone(),
                line: 1,
                what,
                hint: None,
            });
        }
        same.push(at);
        self.documents.push(document);
        at
    }

    fn add_table(&mut self, name: String, bytes: Vec<u8>) {
        let (file, mut reporter) = decode(&name, bytes);
        let known = [
            UNITS_FILE,
            ASSIGNMENTS_FILE,
            LEXICON_FILE,
            COLLOCATIONS_FILE,
            PARAPHRASES_FILE,
            MESSAGES_FILE,
            SILENCE_FILE,
            INTENTS_FILE,
        ];
        if !known.contains(&name.as_str()) {
            let hint = format!("các bảng: {}", known.join(", "));
            reporter.suggest(0, "tệp này không phải bảng nào của bộ văn bản", hint);
        }
        self.reading.extend(reporter.finish());
        self.tables.push((name, file));
    }

    fn read_tables(&mut self) {
        self.units = self.read_table(UNITS_FILE, |text, _, reporter| units::read(text, reporter));
        self.lexicon = self.read_table(LEXICON_FILE, |text, _, reporter| {
            lexicon::read(text, reporter)
        });
        self.collocations = self.read_table(COLLOCATIONS_FILE, |text, _, reporter| {
            collocations::read(text, reporter)
        });
        self.messages = self.read_table(MESSAGES_FILE, |text, _, reporter| {
            messages::read(text, reporter)
        });
        self.silent = self.read_table(SILENCE_FILE, |text, _, reporter| {
            silence::read(text, reporter)
        });
        self.intents = self.read_table(INTENTS_FILE, |text, _, reporter| {
            intents::read(text, reporter)
        });
        // These speak of what is already there.
        self.assignments = self.read_table(ASSIGNMENTS_FILE, assignments::read);
        self.paraphrases = self.read_table(PARAPHRASES_FILE, paraphrases::read);
    }

    fn table(&self, name: &str) -> Option<&str> {
        self.tables
            .iter()
            .find(|(table, _)| table == name)
            .map(|(_, text)| text.as_str())
    }

    /// Reads one table, if it is there; nothing, if not.
    fn read_table<T: Default>(
        &mut self,
        name: &str,
        read: fn(&str, &Self, &mut Reporter) -> T,
    ) -> T {
        let Some(text) = self.table(name) else {
            return T::default();
        };
        let mut reporter = Reporter::new(name, text);
        let table = read(text, self, &mut reporter);
        self.reading.extend(reporter.finish());
        table
    }

    /// Adds the words that a question may share with the documents' front matter.
    pub fn add_front_matter(&self, vocabulary: &mut Vocabulary) {
        for words in self.documents.iter().flat_map(Document::front_matter) {
            vocabulary.add(&tokenize(words), 1);
        }
    }

    /// Adds the words that a question may share with tables.
    fn finish_vocabulary(&mut self, mut vocabulary: Vocabulary) {
        /// Questions speak of the places that the documents are about, and of who issued them, so much more often
        /// than those do.
        const HOME: u32 = 10;
        let units = self.units.iter().flat_map(|unit| {
            std::iter::once(&unit.name)
                .chain(&unit.aliases)
                .chain(&unit.includes)
                .map(String::as_str)
        });
        let lexicon = self.lexicon.words.iter().map(String::as_str);
        for words in units.chain(lexicon) {
            vocabulary.add(&tokenize(words), 1);
        }
        for place in self.lexicon.home.phrases() {
            vocabulary.add(place, HOME);
        }
        let issuers = self.documents.iter().map(|document| &document.issuer);
        for issuer in issuers.collect::<BTreeSet<_>>() {
            vocabulary.add(&tokenize(issuer), HOME);
        }
        vocabulary.finish();
        self.vocabulary = Arc::new(vocabulary);
    }
}

/// The text of a file. Bytes that are no UTF-8 are reported, and shown as �.
fn decode(name: &str, bytes: Vec<u8>) -> (String, Reporter) {
    // Checked faster than by the standard library, whose check would take longer than all the rest of reading.
    match simdutf8::compat::from_utf8(&bytes) {
        Ok(text) => (text.to_owned(), Reporter::new(name, text)),
        Err(error) => {
            let at = error.valid_up_to();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let mut reporter = Reporter::new(name, &text);
            reporter.suggest(at, "tệp không phải UTF-8", "lưu lại tệp với bảng mã UTF-8");
            (text, reporter)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::sample::{corpus, document, lines, with_body};
    use super::*;

    #[test]
    fn the_real_corpus_is_clean() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let (corpus, _) = Corpus::load(&dir).unwrap();
        let found: Vec<String> = corpus.problems().iter().map(Problem::to_string).collect();
        assert!(found.is_empty(), "{}", found.join("\n"));
        for (id, label) in [
            ("ke-hoach-109#II.3.2", "Kế hoạch 109-KH/TU, mục II.3, ý 2"),
            (
                "chi-thi-28#boi-canh.5",
                "Chỉ thị 28-CT/TW (tóm lược), phần ‘Bối cảnh ban hành’, ý 5",
            ),
            ("ke-hoach-109#III.4", "Kế hoạch 109-KH/TU, mục III.4"),
        ] {
            let id = PassageId::new(id);
            assert!(corpus.passage_by_id(&id).is_some());
            assert_eq!(corpus.label(&id), label);
        }
    }

    #[test]
    fn documents_come_in_the_order_of_their_files() {
        let (one, two) = (
            document("b", "## I. A\n- một\n"),
            document("a", "## I. B\n- hai\n"),
        );
        let (corpus, problems) =
            corpus(&[("2.md", &two), ("1.md", &one), ("note.md", "# Ghi chú\n")]);
        assert_eq!(problems, []);
        let ids: Vec<&str> = corpus.passages().map(|p| p.id.as_str()).collect();
        assert_eq!(ids, ["b#I.1", "a#I.1"]);
        assert_eq!(
            (
                corpus.documents[1].passages.clone(),
                corpus.documents[1].sections.clone()
            ),
            (1..2, 1..2)
        );
        let (place, found) = corpus.document("a").unwrap();
        assert_eq!(
            (place, found.file_name.as_str(), corpus.text_of(1)),
            (1, "2.md", "hai")
        );
        assert_eq!(corpus.section_by_id(&PassageId::new("a#I")), Some(1));
        assert_eq!(corpus.section_by_id(&PassageId::new("a#II")), None);
    }

    #[test]
    fn problems_of_files() {
        let sample = document("kh", "## I. A\n- một\n");
        let mut broken = sample.clone().into_bytes();
        broken.extend(b"- \xff\n");
        let files = vec![
            ("a.md".to_owned(), sample.clone().into_bytes()),
            ("b.md".to_owned(), broken),
            ("don-vị.toml".to_owned(), Vec::new()),
        ];
        let (corpus, problems) = Corpus::from_files(files).unwrap();
        assert_eq!(
            lines(&problems),
            [
                "b.md:1: trùng mã văn bản “kh” với tệp a.md",
                "b.md:11: tệp không phải UTF-8",
                "don-vị.toml:1: tệp này không phải bảng nào của bộ văn bản",
            ]
        );
        assert_eq!(corpus.passage_by_id(&PassageId::new("kh#I.1")), Some(0));
    }

    #[test]
    fn nothing_to_work_with() {
        let note = vec![("a.md".to_owned(), b"# A".to_vec())];
        assert!(matches!(Corpus::from_files(note), Err(LoadError::Empty)));
        let nowhere = Corpus::load(Path::new("khong-co-thu-muc-nay"));
        assert!(matches!(nowhere, Err(LoadError::Folder { .. })));
    }

    #[test]
    fn load_reads_what_from_files_does() {
        let dir = tempfile::tempdir().unwrap();
        let file = document("kh", "## I. A\n- một\n");
        for (name, text) in [("kh.md", file.as_str()), (".an.md", "x"), ("goc.txt", "x")] {
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        std::fs::create_dir(dir.path().join("thu-muc.md")).unwrap();
        let (loaded, _) = Corpus::load(dir.path()).unwrap();
        let (built, _) = corpus(&[("kh.md", &file)]);
        assert_eq!(loaded.fingerprint, built.fingerprint);
        assert!(loaded.passages().eq(built.passages()));
    }

    #[test]
    fn the_vocabulary_has_the_words_of_documents_and_tables() {
        let (corpus, _) = with_body(
            "## I. MỤC ĐÍCH\n- chăm sóc\n",
            &[
                (
                    "don-vi.toml",
                    "[[unit]]\nid='a'\nname='Sở'\nlevel='xa'\nkind='named'\naliases=['ngành']\n",
                ),
                (
                    "tu-dien.toml",
                    "[[abbreviation]]\nshort='ntn'\nlong='như thế nào'\n",
                ),
            ],
        );
        for word in ["đích", "sóc", "bảo", "sở", "ngành", "ntn", "nào"] {
            assert!(corpus.vocabulary.count(word) > 0, "{word}");
        }
    }

    proptest! {
        #[test]
        fn any_text_parses(body in "([#*+.0-9a-c)-]{0,3} ?[ \\PC]{0,12}\n{0,2}){0,20}") {
            let (corpus, _) = with_body(&body, &[]);
            let mut ids = std::collections::HashSet::new();
            for (at, passage) in corpus.passages().enumerate() {
                prop_assert!(ids.insert(passage.id.clone()));
                prop_assert_eq!(corpus.passage_by_id(&passage.id), Some(at));
                prop_assert!(!corpus.text_of(at).is_empty());
                prop_assert_eq!(corpus.text_of(at).trim(), corpus.text_of(at));
                let sentences = corpus.sentences_of(at);
                let ends = (sentences.first().unwrap().start, sentences.last().unwrap().end);
                prop_assert_eq!(ends, (passage.span.start, passage.span.end));
                prop_assert!(corpus.label(&passage.id).len() > "Kế hoạch 1, ".len());
            }
            for section in corpus.sections() {
                prop_assert!(ids.insert(section.id.clone()));
                prop_assert!(corpus.label(&section.id).len() > "Kế hoạch 1, ".len());
            }
            corpus.problems();
        }

        #[test]
        fn no_word_of_a_body_is_lost(words in proptest::collection::vec("[a-zà-ỹ]{1,6}|[-#]|\n|\n\n", 0..40)) {
            let body = words.join(" ");
            let (corpus, _) = with_body(&format!("\n# Tên\n{body}"), &[]);
            let kept: usize = corpus.leaf(0).words().map(|text| tokenize(text).len()).sum();
            prop_assert_eq!(kept, tokenize(&body).len());
        }

        #[test]
        fn any_files_load_or_are_no_corpus(
            text in "\\PC{0,200}",
            front in "(\\+\\+\\+)?\n?[a-z =\"\n\\[\\]]{0,80}(\n\\+\\+\\+\n)?",
            bytes in proptest::collection::vec(any::<u8>(), 0..60),
        ) {
            let sample = document("kh", "");
            let tables = [UNITS_FILE, ASSIGNMENTS_FILE, LEXICON_FILE].map(|name| (name.to_owned(), text.clone().into_bytes()));
            let mut files = vec![("a.md".to_owned(), (front + &text).into_bytes()), ("b.md".to_owned(), bytes)];
            files.extend(tables);
            files.push(("c.md".to_owned(), sample.into_bytes()));
            let (corpus, _) = Corpus::from_files(files).unwrap();
            corpus.problems();
        }
    }
}
