//! The words and pairs of neighbours that a corpus has, with how often.

use super::super::Token;
use super::super::bytes;
use super::super::hash::{FastMap, FastSet};
use super::edit;

/// Words and pairs with counts, accented and folded. Fill it with [`Vocabulary::add`], then
/// [`Vocabulary::finish`] it once; what is added later is not found as a neighbour of slips.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: Names,
    folds: Names,
    /// Fold of each word.
    fold_of: Vec<FoldId>,
    /// Words of each fold, the most frequent first once finished.
    spellings: Vec<Vec<WordId>>,
    pairs: FastMap<u64, u32>,
    folded_pairs: FastMap<u64, u32>,
    /// Folds of words that were added as texts of their own: they need no neighbours.
    alone: FastSet<u32>,
    /// How many different words follow each word.
    followers: Vec<u32>,
    /// Sum of all words' counts.
    total: u64,
    /// Folds by the hash of each of their forms with one letter left out.
    shortened: FastMap<u64, Vec<FoldId>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WordId(u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FoldId(u32);

/// Interned strings, each with a count.
#[derive(Clone, Debug, Default)]
struct Names {
    ids: FastMap<Box<str>, u32>,
    names: Vec<Box<str>>,
    counts: Vec<u32>,
}

impl Names {
    fn id(&self, name: &str) -> Option<u32> {
        self.ids.get(name).copied()
    }

    fn count(&self, name: &str) -> u32 {
        self.id(name).map_or(0, |id| self.counts[id as usize])
    }

    /// The id of `name`, new or old, after counting it.
    fn add(&mut self, name: &str, weight: u32) -> u32 {
        let id = self.id(name).unwrap_or_else(|| {
            let id = self.names.len() as u32;
            self.ids.insert(name.into(), id);
            self.names.push(name.into());
            self.counts.push(0);
            id
        });
        let count = &mut self.counts[id as usize];
        *count = count.saturating_add(weight);
        id
    }
}

fn pair(a: u32, b: u32) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}

impl Vocabulary {
    /// An empty vocabulary: everything is unknown.
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts the words of `tokens`, and each two neighbours among them, `weight` times.
    pub fn add(&mut self, tokens: &[Token], weight: u32) {
        let mut before = None;
        for token in tokens {
            let (word, fold) = self.add_word(token, weight);
            if let Some((word_before, fold_before)) = before {
                count(&mut self.pairs, pair(word_before, word), weight);
                count(&mut self.folded_pairs, pair(fold_before, fold), weight);
            }
            before = Some((word, fold));
        }
        if let ([_], Some((_, fold))) = (tokens, before) {
            self.alone.insert(fold);
        }
    }

    /// Whether a word of this folded form was added as a text of its own.
    pub(super) fn stands_alone(&self, fold: &str) -> bool {
        self.folds
            .id(fold)
            .is_some_and(|id| self.alone.contains(&id))
    }

    fn add_word(&mut self, token: &Token, weight: u32) -> (u32, u32) {
        let fold = self.folds.add(&token.fold, weight);
        let word = self.words.add(&token.word, weight);
        if fold as usize == self.spellings.len() {
            self.spellings.push(Vec::new());
        }
        if word as usize == self.fold_of.len() {
            self.fold_of.push(FoldId(fold));
            self.spellings[fold as usize].push(WordId(word));
        }
        self.total += u64::from(weight);
        (word, fold)
    }

    /// Orders the spellings and prepares the search for slips.
    pub fn finish(&mut self) {
        let words = &self.words;
        for spellings in &mut self.spellings {
            spellings.sort_by_key(|id| {
                (
                    u32::MAX - words.counts[id.0 as usize],
                    &words.names[id.0 as usize],
                )
            });
        }
        self.followers = vec![0; words.names.len()];
        for pair in self.pairs.keys() {
            self.followers[(pair >> 32) as usize] += 1;
        }
        self.shortened.clear();
        for (id, fold) in self.folds.names.iter().enumerate() {
            if edit::is_repairable(fold) {
                edit::shortened(fold, |hash| {
                    self.shortened
                        .entry(hash)
                        .or_default()
                        .push(FoldId(id as u32))
                });
            }
        }
    }

    /// How many different words were seen after a word.
    pub(super) fn followers_of(&self, word: WordId) -> u32 {
        self.followers.get(word.0 as usize).copied().unwrap_or(0)
    }

    /// Whether `b` was seen right after `a`, both with their marks.
    pub fn stand_together(&self, a: &str, b: &str) -> bool {
        match (self.word(a), self.word(b)) {
            (Some(a), Some(b)) => self.pair(a, b) > 0,
            _ => false,
        }
    }

    /// How often this accented word occurs.
    pub fn count(&self, word: &str) -> u32 {
        self.words.count(word)
    }

    /// How often words with this folded form occur.
    pub fn count_folded(&self, fold: &str) -> u32 {
        self.folds.count(fold)
    }

    /// How often the accented word `b` follows the accented word `a`.
    pub fn pair_count(&self, a: &str, b: &str) -> u32 {
        self.word(a)
            .zip(self.word(b))
            .map_or(0, |(a, b)| self.pair(a, b))
    }

    /// How often a word that folds to `b` follows one that folds to `a`.
    pub fn pair_count_folded(&self, a: &str, b: &str) -> u32 {
        self.fold(a)
            .zip(self.fold(b))
            .map_or(0, |(a, b)| self.folded_pair(a, b))
    }

    /// The words that fold to `fold`, with their counts; the most frequent first.
    pub fn spellings(&self, fold: &str) -> impl Iterator<Item = (&str, u32)> {
        let ids = self.fold(fold).map_or(&[][..], |fold| self.words_of(fold));
        ids.iter().map(|id| (self.name(*id), self.count_of(*id)))
    }

    /// Sum of the counts of all words.
    pub(super) fn total(&self) -> u64 {
        self.total
    }

    pub(super) fn word(&self, word: &str) -> Option<WordId> {
        self.words.id(word).map(WordId)
    }

    pub(super) fn fold(&self, fold: &str) -> Option<FoldId> {
        self.folds.id(fold).map(FoldId)
    }

    pub(super) fn name(&self, word: WordId) -> &str {
        &self.words.names[word.0 as usize]
    }

    pub(super) fn folded_name(&self, fold: FoldId) -> &str {
        &self.folds.names[fold.0 as usize]
    }

    pub(super) fn count_of(&self, word: WordId) -> u32 {
        self.words.counts[word.0 as usize]
    }

    pub(super) fn folded_count_of(&self, fold: FoldId) -> u32 {
        self.folds.counts[fold.0 as usize]
    }

    pub(super) fn words_of(&self, fold: FoldId) -> &[WordId] {
        &self.spellings[fold.0 as usize]
    }

    pub(super) fn fold_of(&self, word: WordId) -> FoldId {
        self.fold_of[word.0 as usize]
    }

    pub(super) fn pair(&self, a: WordId, b: WordId) -> u32 {
        self.pairs.get(&pair(a.0, b.0)).copied().unwrap_or(0)
    }

    pub(super) fn folded_pair(&self, a: FoldId, b: FoldId) -> u32 {
        self.folded_pairs.get(&pair(a.0, b.0)).copied().unwrap_or(0)
    }

    /// The folds one slip away from `typed`, itself left out, in the order they were added.
    pub(super) fn neighbours(&self, typed: &str) -> Vec<FoldId> {
        let mut found = Vec::new();
        let mut look_up =
            |hash| found.extend(self.shortened.get(&hash).into_iter().flatten().copied());
        edit::shortened(typed, &mut look_up);
        look_up(edit::hash(typed));
        edit::each_shortened(typed, |shorter| found.extend(self.fold(shorter)));
        found.sort_unstable();
        found.dedup();
        found.retain(|fold| {
            let name = self.folded_name(*fold);
            edit::is_repairable(name) && edit::between(typed, name).is_some()
        });
        found
    }
}

impl Vocabulary {
    /// Forgets the pairs seen less often than that. Of many texts they are mostly chance.
    pub fn forget_rare_pairs(&mut self, least: u32) {
        self.pairs.retain(|_, count| *count >= least);
        self.folded_pairs.retain(|_, count| *count >= least);
    }

    /// Adds what was counted in other texts, as if they had come after these. [`Vocabulary::finish`] is
    /// still to come.
    pub fn absorb(&mut self, other: &Self) {
        let mut words = Vec::with_capacity(other.words.names.len());
        let mut folds = vec![0; other.folds.names.len()];
        for (at, name) in other.folds.names.iter().enumerate() {
            let fold = self.folds.add(name, other.folds.counts[at]);
            if fold as usize == self.spellings.len() {
                self.spellings.push(Vec::new());
            }
            folds[at] = fold;
        }
        for (at, name) in other.words.names.iter().enumerate() {
            let word = self.words.add(name, other.words.counts[at]);
            let fold = folds[other.fold_of[at].0 as usize];
            if word as usize == self.fold_of.len() {
                self.fold_of.push(FoldId(fold));
                self.spellings[fold as usize].push(WordId(word));
            }
            words.push(word);
        }
        let merge = |pairs: &mut FastMap<u64, u32>, more: &FastMap<u64, u32>, ids: &[u32]| {
            for (two, times) in more {
                let (a, b) = ((two >> 32) as usize, *two as u32 as usize);
                count(pairs, pair(ids[a], ids[b]), *times);
            }
        };
        merge(&mut self.pairs, &other.pairs, &words);
        merge(&mut self.folded_pairs, &other.folded_pairs, &folds);
        let alone = other.alone.iter().map(|fold| folds[*fold as usize]);
        self.alone.extend(alone);
        self.total += other.total;
    }

    /// The bytes that [`Vocabulary::from_bytes`] makes the same of, to be finished again.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for names in [&self.folds, &self.words] {
            bytes::put(&mut bytes, names.names.len());
            for name in &names.names {
                bytes::put_text(&mut bytes, name);
            }
            bytes::put_all(&mut bytes, &names.counts);
        }
        let folds: Vec<u32> = self.fold_of.iter().map(|fold| fold.0).collect();
        bytes::put_all(&mut bytes, &folds);
        for pairs in [&self.pairs, &self.folded_pairs] {
            let mut pairs: Vec<(u64, u32)> = pairs.iter().map(|(two, n)| (*two, *n)).collect();
            pairs.sort_unstable();
            bytes::put(&mut bytes, pairs.len());
            for (two, times) in pairs {
                bytes::put_long(&mut bytes, two);
                bytes.extend(times.to_le_bytes());
            }
        }
        let mut alone: Vec<u32> = self.alone.iter().copied().collect();
        alone.sort_unstable();
        bytes::put_all(&mut bytes, &alone);
        bytes::put_long(&mut bytes, self.total);
        bytes
    }

    /// The vocabulary that these bytes were made of; `None` when they are not whole.
    pub fn from_bytes(mut rest: &[u8]) -> Option<Self> {
        let rest = &mut rest;
        let (folds, words) = (names(rest)?, names(rest)?);
        let fold_of: Vec<FoldId> = bytes::numbers(rest)?.into_iter().map(FoldId).collect();
        let mut spellings = vec![Vec::new(); folds.names.len()];
        for (word, fold) in (0..).zip(&fold_of) {
            spellings.get_mut(fold.0 as usize)?.push(WordId(word));
        }
        let fits = |two: u64, names: &Names| {
            let (a, b) = ((two >> 32) as usize, two as u32 as usize);
            a.max(b) < names.names.len()
        };
        let pairs = read_pairs(rest, |two| fits(two, &words))?;
        let folded_pairs = read_pairs(rest, |two| fits(two, &folds))?;
        let alone = bytes::numbers(rest)?.into_iter().collect();
        let total = bytes::long(rest)?;
        (fold_of.len() == words.names.len() && rest.is_empty()).then_some(Self {
            words,
            folds,
            fold_of,
            spellings,
            pairs,
            folded_pairs,
            alone,
            total,
            ..Self::default()
        })
    }
}

fn names(rest: &mut &[u8]) -> Option<Names> {
    let count = bytes::number(rest)? as usize;
    let mut names = Names::default();
    for id in 0..count {
        if names.add(bytes::text(rest)?, 0) as usize != id {
            return None;
        }
    }
    names.counts = bytes::numbers(rest).filter(|counts| counts.len() == count)?;
    Some(names)
}

fn read_pairs(rest: &mut &[u8], fits: impl Fn(u64) -> bool) -> Option<FastMap<u64, u32>> {
    let count = bytes::number(rest)? as usize;
    let all = bytes::take(rest, count.checked_mul(12)?)?;
    let mut pairs = FastMap::with_capacity_and_hasher(count, Default::default());
    for mut entry in all.chunks_exact(12) {
        let two = bytes::long(&mut entry).filter(|two| fits(*two))?;
        pairs.insert(two, bytes::number(&mut entry)?);
    }
    Some(pairs)
}

fn count(pairs: &mut FastMap<u64, u32>, pair: u64, weight: u32) {
    let count = pairs.entry(pair).or_default();
    *count = count.saturating_add(weight);
}

#[cfg(test)]
mod tests {
    use super::super::super::tokenize;
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::new();
        vocabulary.add(&tokenize("bảo vệ trẻ em"), 1);
        vocabulary.add(&tokenize("báo cáo, bảo vệ"), 2);
        vocabulary.finish();
        vocabulary
    }

    #[test]
    fn counts() {
        let vocabulary = vocabulary();
        assert_eq!(vocabulary.count("bảo"), 3);
        assert_eq!(vocabulary.count("bao"), 0);
        assert_eq!(vocabulary.count_folded("bao"), 5);
        assert_eq!(vocabulary.pair_count("bảo", "vệ"), 3);
        assert_eq!(vocabulary.pair_count("báo", "vệ"), 0);
        assert_eq!(vocabulary.pair_count_folded("bao", "ve"), 3);
        assert_eq!(vocabulary.pair_count_folded("bao", "cao"), 2);
        assert_eq!(vocabulary.pair_count_folded("em", "bao"), 0);
    }

    #[test]
    fn parts_put_together_are_the_whole_and_come_back_from_bytes() {
        let texts = ["bảo vệ trẻ em", "báo cáo, bảo vệ", "xe", "bảo vệ báo"];
        let of = |texts: &[&str]| {
            let mut vocabulary = Vocabulary::new();
            for text in texts {
                vocabulary.add(&tokenize(text), 1);
            }
            vocabulary
        };
        let whole = of(&texts).to_bytes();
        for cut in 0..=texts.len() {
            let mut parts = of(&texts[..cut]);
            parts.absorb(&of(&texts[cut..]));
            let read = Vocabulary::from_bytes(&parts.to_bytes()).unwrap();
            assert_eq!(read.to_bytes(), parts.to_bytes());
            let (mut one, mut other) = (read, of(&texts));
            one.finish();
            other.finish();
            assert_eq!(one.stands_alone("xe"), other.stands_alone("xe"));
            for (a, b) in [("bảo", "vệ"), ("vệ", "báo"), ("báo", "bảo")] {
                assert_eq!(one.pair_count(a, b), other.pair_count(a, b));
                let spellings = |v: &Vocabulary| -> Vec<(String, u32)> {
                    let all = v.spellings("bao").map(|(word, n)| (word.to_owned(), n));
                    all.collect()
                };
                assert_eq!(spellings(&one), spellings(&other));
            }
        }
        for length in 0..whole.len() {
            assert!(Vocabulary::from_bytes(&whole[..length]).is_none());
        }
    }

    #[test]
    fn spellings_by_count() {
        let spellings: Vec<(String, u32)> = vocabulary()
            .spellings("bao")
            .map(|(word, count)| (word.to_owned(), count))
            .collect();
        assert_eq!(spellings, [("bảo".to_owned(), 3), ("báo".to_owned(), 2)]);
        assert_eq!(vocabulary().spellings("xe").count(), 0);
    }

    #[track_caller]
    fn check_neighbours(typed: &str, expect: &[&str]) {
        let vocabulary = vocabulary();
        let found: Vec<_> = vocabulary
            .neighbours(typed)
            .into_iter()
            .map(|f| vocabulary.folded_name(f))
            .collect();
        assert_eq!(found, expect, "{typed}");
    }

    #[test]
    fn neighbours_are_one_slip_away() {
        check_neighbours("bqo", &["bao"]);
        check_neighbours("bao", &["cao"]);
        check_neighbours("baoo", &["bao"]);
        check_neighbours("tr", &["tre"]);
        check_neighbours("ter", &["tre"]);
        check_neighbours("treem", &[]);
        check_neighbours("xyz", &[]);
    }
}
