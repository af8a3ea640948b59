//! Writing an index document by document, in memory that does not grow with their number. What was
//! committed is there after any crash, and the index itself tells what that is, so that whoever fills
//! it goes on where it stood and adds only what has changed.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use tantivy::directory::{Directory, MmapDirectory, RamDirectory};
use tantivy::index::SegmentId;
use tantivy::indexer::UserOperation;
use tantivy::merge_policy::NoMergePolicy;
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument, TantivyError, Term};

use super::analyser::Analysed;
use super::build::register;
use super::rows::{Listed, Stored};
use super::schema::{Field, Fields, IndexError, schema};
use super::search::SearchIndex;
use crate::text::Token;

/// Memory for the postings of what is not committed, in bytes. Commits come before it is used up, but for
/// a document of many thousands of passages.
pub(super) const MEMORY: usize = 200_000_000;
/// After so many passages they are committed. Between two commits the passages wait in memory, a few
/// kilobytes each.
const COMMIT: usize = 20_000;
/// Up to so many passages lie in one segment.
const ONE_SEGMENT: u32 = 100_000;
/// Of more, a segment is left alone when it holds one part in so many of all.
const LARGE_PART: u32 = 8;
/// And so many such parts are merged into one at most.
const MERGED_PARTS: u32 = 2;
/// A segment with one removed passage in so many is written anew.
const REMOVED_PART: u32 = 4;

/// The key of a document: a hash (FNV-1a) of the name of its file.
pub fn key(file_name: &str) -> u64 {
    file_name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// What is to be found of a passage.
#[derive(Clone, Debug, Default)]
pub struct Entry<'a> {
    /// The heading of its section.
    pub heading: &'a str,
    /// Number of the section in the document; none before the first.
    pub section: Option<usize>,
    /// Its own words.
    pub body: &'a str,
    /// The paraphrases of it, each by its words.
    pub said: Vec<&'a [Token]>,
}

/// Fills an index. One at a time has it open; the search library sees to that.
pub struct Writer {
    index: Index,
    writer: IndexWriter,
    fields: Fields,
    /// Hash by key of what the index holds.
    contents: HashMap<u64, u64>,
    /// Segments in the order in which they came.
    segments: Vec<SegmentId>,
    /// Passages not committed yet.
    pending: usize,
    commit_after: usize,
}

impl Writer {
    /// Opens the index in a folder, or begins one there. A folder that holds another kind of index
    /// is [`Stale`](IndexError::Stale).
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        std::fs::create_dir_all(folder).map_err(|source| IndexError::Io {
            path: folder.to_owned(),
            source,
        })?;
        let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
        Self::with_memory(directory, MEMORY)
    }

    /// Begins an index in memory, for where none can be written.
    pub fn in_memory() -> Result<Self, IndexError> {
        Self::with_memory(RamDirectory::create(), MEMORY)
    }

    /// The same in any directory, with memory for what is not committed in bytes.
    pub(super) fn with_memory(
        directory: impl Into<Box<dyn Directory>>,
        memory: usize,
    ) -> Result<Self, IndexError> {
        let directory = directory.into();
        let (schema, fields) = schema();
        let there = Index::exists(&*directory).map_err(TantivyError::from)?;
        let index = match there {
            true => Index::open(directory)?,
            false => Index::create(directory, schema.clone(), IndexSettings::default())?,
        };
        if index.schema() != schema {
            return Err(IndexError::Stale);
        }
        register(&index);
        // One thread: passages stay in the order in which they are added.
        let writer = index.writer_with_num_threads(1, memory)?;
        // Only the merges below: one that starts by itself would be in their way.
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self {
            contents: contents(&index)?,
            segments: index.searchable_segment_ids()?,
            index,
            writer,
            fields,
            pending: 0,
            commit_after: COMMIT,
        })
    }

    /// Commits after so many passages, for tests of how they are cut.
    #[cfg(test)]
    pub(super) fn committing_after(mut self, passages: usize) -> Self {
        self.commit_after = passages;
        self
    }

    /// Hash by key of the documents that the index holds, those of an earlier run among them. A document
    /// without a passage leaves nothing, so it is not among them.
    pub fn contents(&self) -> &HashMap<u64, u64> {
        &self.contents
    }

    /// Adds a document with its passages in the order of the text, in place of an earlier one of this
    /// key. The hash is that of its file's bytes. The whole document is in memory until it is handed on.
    pub fn add<'a>(
        &mut self,
        key: u64,
        hash: u64,
        passages: impl IntoIterator<Item = Entry<'a>>,
    ) -> Result<(), IndexError> {
        let mut operations = Vec::new();
        if self.contents.remove(&key).is_some() {
            operations.push(UserOperation::Delete(self.term(key)));
        }
        let before = operations.len();
        // Passages come in the order of the text: a heading is analysed once, not once a passage.
        let mut heading = ("", Analysed::default());
        for (number, entry) in passages.into_iter().enumerate() {
            if heading.0 != entry.heading {
                heading = (entry.heading, Analysed::new(entry.heading));
            }
            let mut document = words(&self.fields, &entry, &heading.1);
            document.add_u64(self.fields.key, key);
            document.add_u64(self.fields.hash, hash);
            document.add_u64(self.fields.number, number as u64);
            document.add_u64(
                self.fields.section,
                entry.section.map_or(0, |section| section as u64 + 1),
            );
            operations.push(UserOperation::Add(document));
        }
        let passages = operations.len() - before;
        if passages > 0 {
            self.contents.insert(key, hash);
        }
        // What is handed over together comes into the same segment, even where memory runs out.
        self.writer.run(operations)?;
        self.pending += passages;
        match self.pending >= self.commit_after {
            true => self.commit(),
            false => Ok(()),
        }
    }

    /// Removes a document.
    pub fn remove(&mut self, key: u64) {
        if self.contents.remove(&key).is_some() {
            self.writer.delete_term(self.term(key));
        }
    }

    /// Makes what was added and removed so far last. [`add`](Self::add) does so from time to time.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        self.writer.commit()?;
        self.pending = 0;
        let now = self.index.searchable_segment_ids()?;
        let known: HashSet<SegmentId> = self.segments.iter().copied().collect();
        self.segments.retain(|segment| now.contains(segment));
        let new = now.into_iter().filter(|segment| !known.contains(segment));
        self.segments.extend(new);
        Ok(())
    }

    /// Commits, and merges the segments into a few: a small index into one, of a large one the small
    /// segments and those with much removed. Documents keep the order in which they were added, within
    /// what is merged.
    pub fn finish(mut self) -> Result<(), IndexError> {
        self.finish_open()?;
        self.writer.wait_merging_threads()?;
        Ok(())
    }

    /// The same, and opens the index for the documents listed.
    pub fn into_search(self, listed: &[Listed]) -> Result<SearchIndex, IndexError> {
        SearchIndex::new(listed, &self.into_index()?)
    }

    /// The same, and gives the index.
    pub(super) fn into_index(mut self) -> Result<Index, IndexError> {
        self.finish_open()?;
        self.writer.wait_merging_threads()?;
        Ok(self.index)
    }

    fn finish_open(&mut self) -> Result<(), IndexError> {
        self.commit()?;
        let sizes: Vec<Size> = self.sizes()?;
        for merge in merges(&sizes) {
            let segments: Vec<SegmentId> = merge.into_iter().map(|at| self.segments[at]).collect();
            self.writer.merge(&segments).wait()?;
        }
        self.writer.garbage_collect_files().wait()?;
        Ok(())
    }

    /// The sizes of the segments, in their order.
    fn sizes(&self) -> Result<Vec<Size>, IndexError> {
        let metas = self.index.searchable_segment_metas()?;
        let sizes: HashMap<SegmentId, Size> = metas
            .iter()
            .map(|meta| {
                let size = Size {
                    kept: meta.num_docs(),
                    removed: meta.num_deleted_docs(),
                };
                (meta.id(), size)
            })
            .collect();
        let size = |segment: &SegmentId| sizes.get(segment).copied().ok_or(IndexError::Stale);
        self.segments.iter().map(size).collect()
    }

    fn term(&self, key: u64) -> Term {
        Term::from_field_u64(self.fields.key, key)
    }
}

/// How many passages a segment has.
#[derive(Clone, Copy, Debug)]
struct Size {
    kept: u32,
    removed: u32,
}

impl Size {
    fn much_is_removed(self) -> bool {
        self.removed > 0 && self.removed >= (self.kept + self.removed) / REMOVED_PART
    }
}

/// Which segments to merge, so that a bounded number of them is left and large ones are seldom written
/// anew.
fn merges(sizes: &[Size]) -> Vec<Vec<usize>> {
    let all: u32 = sizes.iter().map(|size| size.kept).sum();
    let large = match all <= ONE_SEGMENT {
        true => u32::MAX,
        false => all / LARGE_PART,
    };
    let most = match all <= ONE_SEGMENT {
        true => u32::MAX,
        false => large.saturating_mul(MERGED_PARTS),
    };
    let mut merges: Vec<(u32, Vec<usize>)> = Vec::new();
    for (at, size) in sizes.iter().enumerate() {
        if size.kept >= large && !size.much_is_removed() {
            continue;
        }
        match merges.last_mut() {
            Some((sum, merge)) if sum.saturating_add(size.kept) <= most => {
                *sum += size.kept;
                merge.push(at);
            }
            _ => merges.push((size.kept, vec![at])),
        }
    }
    let pays = |merge: &Vec<usize>| merge.len() > 1 || sizes[merge[0]].much_is_removed();
    let merges = merges.into_iter().map(|(_, merge)| merge);
    merges.filter(pays).collect()
}

/// Hash by key of the documents in an index.
fn contents(index: &Index) -> Result<HashMap<u64, u64>, IndexError> {
    let mut contents = HashMap::new();
    for segment in index.reader()?.searcher().segment_readers() {
        contents.extend(Stored::read(segment)?.hashes(segment)?);
    }
    Ok(contents)
}

/// The searchable words of a passage.
fn words(fields: &Fields, entry: &Entry, heading: &Analysed) -> TantivyDocument {
    let body = Analysed::new(entry.body);
    let mut said = Analysed::default();
    for tokens in &entry.said {
        said.add(tokens);
    }
    let mut document = TantivyDocument::new();
    document.add_text(fields.get(Field::Exact), &body.exact);
    document.add_text(fields.get(Field::ExactPair), &body.exact_pair);
    document.add_text(fields.get(Field::Folded), &body.folded);
    document.add_text(fields.get(Field::FoldedPair), &body.folded_pair);
    document.add_text(fields.get(Field::HeadingExact), &heading.exact);
    document.add_text(fields.get(Field::HeadingFolded), &heading.folded);
    document.add_text(fields.get(Field::HeadingFoldedPair), &heading.folded_pair);
    document.add_text(fields.get(Field::SaidExact), &said.exact);
    document.add_text(fields.get(Field::SaidFolded), &said.folded);
    document.add_text(fields.get(Field::SaidFoldedPair), &said.folded_pair);
    document
}

#[cfg(test)]
mod tests {
    use super::super::search::{Hit, WeightedTerm};
    use super::*;

    /// Documents of a few passages, of the same few words in turns.
    fn texts(document: usize) -> Vec<String> {
        let words = ["bảo", "vệ", "trẻ", "em", "báo", "cáo", "cao", "xã"];
        let passage = |at: usize| {
            let words = (0..3 + (document + at) % 5)
                .map(|word| words[(document * document + at * 3 + word * word) % words.len()]);
            words.collect::<Vec<_>>().join(" ")
        };
        (0..1 + document % 7).map(passage).collect()
    }

    fn add(writer: &mut Writer, document: usize, texts: &[String]) {
        let entries = texts.iter().enumerate().map(|(at, body)| Entry {
            heading: if at < 2 { "Trẻ em" } else { "Báo cáo" },
            section: at.checked_sub(1).map(|at| at / 2),
            body,
            said: Vec::new(),
        });
        writer.add(document as u64, 7, entries).unwrap();
    }

    /// Where the documents are in a corpus that has them in this order.
    fn listed(documents: impl Iterator<Item = usize>) -> Vec<Listed> {
        let mut first = 0;
        let listed = documents.map(|document| {
            let passages = texts(document).len();
            first += passages;
            Listed {
                key: document as u64,
                first: first - passages,
                passages,
            }
        });
        listed.collect()
    }

    fn search(index: &Index, listed: &[Listed], around: f32, limit: usize) -> Vec<Hit> {
        let terms = [
            (Field::Folded, "bao", 1.0),
            (Field::Exact, "báo", 0.5),
            (Field::ExactPair, "trẻ em", 0.7),
            (Field::HeadingFolded, "tre", 0.3),
            (Field::Folded, "xa", 1.0),
        ];
        let terms = terms.map(|(field, text, weight)| WeightedTerm {
            field,
            text: text.to_owned(),
            weight,
        });
        let index = SearchIndex::new(listed, index).unwrap();
        index.search(&terms, around, limit).unwrap()
    }

    const DOCUMENTS: usize = 60;

    /// An index of documents in this order, cut after so many passages, not merged.
    fn cut(documents: impl Iterator<Item = usize>, after: usize) -> Writer {
        let writer = Writer::with_memory(RamDirectory::create(), 15_000_000).unwrap();
        let mut writer = writer.committing_after(after);
        for document in documents {
            add(&mut writer, document, &texts(document));
        }
        writer.commit().unwrap();
        writer
    }

    #[test]
    fn scores_do_not_depend_on_how_passages_are_cut_into_segments() {
        let listed = listed(0..DOCUMENTS);
        let whole = cut(0..DOCUMENTS, usize::MAX).index;
        for (after, segments) in [(usize::MAX, 1), (121, 2), (50, 5), (1, DOCUMENTS)] {
            let cut = cut((0..DOCUMENTS).rev(), after);
            assert_eq!(cut.segments.len(), segments);
            for (around, limit) in [(0.0, 1000), (0.5, 1000), (0.0, 9), (0.5, 9)] {
                let expect = search(&whole, &listed, around, limit);
                assert!(expect.len() > 8);
                assert_eq!(search(&cut.index, &listed, around, limit), expect);
            }
        }
    }

    #[test]
    fn likeness_does_not_depend_on_it_either() {
        let listed = listed(0..DOCUMENTS);
        let terms = ["bao", "em", "xa"].map(|text| WeightedTerm {
            field: Field::Folded,
            text: text.to_owned(),
            weight: 1.0,
        });
        let all = |writer: Writer| -> Vec<f32> {
            let index = SearchIndex::new(&listed, &writer.index).unwrap();
            let likeness = |passage| index.likeness(&terms, passage).unwrap();
            (0..=index.len()).map(likeness).collect()
        };
        let whole = all(cut(0..DOCUMENTS, usize::MAX));
        assert!(whole[0] > 0.0 && whole.last() == Some(&0.0));
        assert_eq!(all(cut((0..DOCUMENTS).rev(), 50)), whole);
    }

    #[test]
    fn what_is_finished_is_one_segment_with_the_same_scores() {
        let listed = listed(0..DOCUMENTS);
        let expect = search(&cut(0..DOCUMENTS, usize::MAX).index, &listed, 0.5, 1000);
        let merged = cut(0..DOCUMENTS, 20).into_index().unwrap();
        assert_eq!(merged.searchable_segment_ids().unwrap().len(), 1);
        assert_eq!(search(&merged, &listed, 0.5, 1000), expect);
    }

    #[test]
    fn what_was_removed_or_replaced_is_not_found() {
        let mut writer = cut(0..DOCUMENTS, 50);
        for document in (0..DOCUMENTS).step_by(2) {
            writer.remove(document as u64);
        }
        // Replaced twice between two commits: the last one counts.
        add(&mut writer, 1, &["gì khác".to_owned()]);
        add(&mut writer, 1, &texts(1));
        writer.commit().unwrap();
        let odd = listed((1..DOCUMENTS).step_by(2));
        let passages: usize = odd.iter().map(|listed| listed.passages).sum();
        assert_eq!(
            SearchIndex::new(&odd, &writer.index).unwrap().len(),
            passages
        );
        assert!(search(&writer.index, &odd, 0.5, 1000).len() <= passages);
        // Once they are merged away, nothing tells that they have been.
        let expect = search(
            &cut((1..DOCUMENTS).step_by(2), usize::MAX).index,
            &odd,
            0.5,
            1000,
        );
        let found = search(&writer.into_index().unwrap(), &odd, 0.5, 1000);
        assert_eq!(found, expect);
    }

    #[test]
    fn an_index_is_gone_on_with_where_it_was_committed() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(folder.path()).unwrap();
        add(&mut writer, 1, &texts(1));
        add(&mut writer, 2, &texts(2));
        add(&mut writer, 3, &[]);
        writer.commit().unwrap();
        add(&mut writer, 4, &texts(4));
        drop(writer);
        let mut writer = Writer::open(folder.path()).unwrap();
        let mut contents: Vec<_> = writer.contents().iter().collect();
        contents.sort();
        assert_eq!(contents, [(&1, &7), (&2, &7)]);
        add(&mut writer, 4, &texts(4));
        let index = writer.into_index().unwrap();
        let found = search(&index, &listed([1, 2, 4].into_iter()), 0.0, 1000);
        assert_eq!(
            found,
            search(
                &cut([1, 2, 4].into_iter(), 99).index,
                &listed([1, 2, 4].into_iter()),
                0.0,
                1000
            )
        );
    }

    #[test]
    fn what_is_not_what_is_listed_is_stale() {
        let index = cut(0..9, usize::MAX).index;
        let listed = listed(0..9);
        let mut longer = listed.clone();
        longer[4].passages += 1;
        for wrong in [&listed[1..], &longer] {
            assert!(matches!(
                SearchIndex::new(wrong, &index),
                Err(IndexError::Stale)
            ));
        }
    }

    #[test]
    fn a_document_is_in_one_segment_even_when_memory_runs_out() {
        // The least that the library takes: a few thousand passages of words of their own fill it.
        let mut writer = Writer::with_memory(RamDirectory::create(), 15_000_000)
            .unwrap()
            .committing_after(usize::MAX);
        let passages = 3_000;
        for document in 0..6 {
            let texts: Vec<String> = (0..passages)
                .map(|at| {
                    let words = (0..20).map(|word| format!("x{document}y{at}z{word}"));
                    words.collect::<Vec<_>>().join(" ")
                })
                .collect();
            add(&mut writer, document, &texts);
        }
        writer.commit().unwrap();
        assert!(writer.segments.len() > 1);
        let listed: Vec<Listed> = (0..6)
            .map(|document| Listed {
                key: document as u64,
                first: document * passages,
                passages,
            })
            .collect();
        let index = SearchIndex::new(&listed, &writer.index).unwrap();
        assert_eq!(index.len(), 6 * passages);
    }

    #[test]
    fn few_segments_are_left_and_large_ones_left_alone() {
        let size = |kept, removed| Size { kept, removed };
        for (sizes, expect) in [
            (vec![], vec![]),
            (vec![size(9, 0)], vec![]),
            (vec![size(9, 1)], vec![]),
            (vec![size(9, 3)], vec![vec![0]]),
            (vec![size(9, 0), size(1, 0)], vec![vec![0, 1]]),
            // A large one stays where a small one comes beside it.
            (vec![size(400_000, 9), size(400_000, 0), size(1, 0)], vec![]),
            (
                vec![size(400_000, 0), size(1, 0), size(400_000, 0), size(1, 0)],
                vec![vec![1, 3]],
            ),
            (vec![size(20_000, 0); 6], vec![]),
        ] {
            assert_eq!(merges(&sizes), expect, "{sizes:?}");
        }
        let merged = merges(&vec![size(20_000, 0); 50]);
        assert_eq!(
            merged.iter().map(Vec::len).collect::<Vec<_>>(),
            [12, 12, 12, 12, 2]
        );
    }
}
