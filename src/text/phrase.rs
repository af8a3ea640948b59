//! Phrases with a value each, found in tokens: units by their names, documents by their numbers,
//! the lexicon's words, signals of an intent.

use std::cmp::Reverse;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use super::hash::{FastHasher, FastMap};
use super::spelling::is_marked_text;
use super::{Token, tokenize};

/// Phrases of one or more syllables, each with a value. The same phrase may be there twice.
#[derive(Clone, Debug)]
pub struct PhraseTable<T> {
    phrases: Vec<(Vec<Token>, T)>,
    /// Phrases of one syllable by the hash of its fold, in the order they were inserted.
    single: FastMap<u64, Vec<usize>>,
    /// Longer phrases by the hash of their first two folds, likewise.
    longer: FastMap<u64, Vec<usize>>,
}

/// A phrase found in tokens.
#[derive(Debug, PartialEq, Eq)]
pub struct Match<'a, T> {
    /// The tokens, by index.
    pub tokens: Range<usize>,
    /// How many of them equal the phrase's syllables with their diacritics.
    pub exact: usize,
    /// What was inserted with the phrase.
    pub value: &'a T,
    /// The phrase itself, as inserted.
    pub phrase: &'a [Token],
}

impl<T> Clone for Match<'_, T> {
    fn clone(&self) -> Self {
        Self {
            tokens: self.tokens.clone(),
            ..*self
        }
    }
}

impl<T> Default for PhraseTable<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> PhraseTable<T> {
    /// A table without phrases.
    pub fn new() -> Self {
        Self {
            phrases: Vec::new(),
            single: FastMap::default(),
            longer: FastMap::default(),
        }
    }

    /// The phrases, in the order they were inserted.
    pub fn phrases(&self) -> impl Iterator<Item = &[Token]> {
        self.phrases
            .iter()
            .map(|(syllables, _)| syllables.as_slice())
    }

    /// Adds a phrase, which is tokenized as any text. One without a word in it is never found.
    pub fn insert(&mut self, phrase: &str, value: T) {
        let syllables = tokenize(phrase);
        let starting_so = match syllables.as_slice() {
            [] => return,
            [only] => self.single.entry(hash([only])),
            [first, second, ..] => self.longer.entry(hash([first, second])),
        };
        starting_so.or_default().push(self.phrases.len());
        self.phrases.push((syllables, value));
    }

    /// Every match at every place, overlaps included, by position and then in order of insertion.
    pub fn find(&self, tokens: &[Token]) -> Vec<Match<'_, T>> {
        let marked_text = is_marked_text(tokens);
        (0..tokens.len())
            .flat_map(|at| self.find_at(tokens, at, marked_text))
            .collect()
    }

    /// The matches that begin with the first token, in order of insertion.
    pub fn find_at_start(&self, tokens: &[Token]) -> Vec<Match<'_, T>> {
        self.find_at(tokens, 0, is_marked_text(tokens)).collect()
    }

    /// The number of tokens of the longest match that begins with the first token.
    pub fn longest_at_start(&self, tokens: &[Token]) -> Option<usize> {
        let found = self.find_at(tokens, 0, is_marked_text(tokens));
        found.map(|found| found.tokens.len()).max()
    }

    /// The matches that are left when the longest are taken first, then the more exact, then the
    /// leftmost, then the first inserted, and no token is used twice; by position.
    pub fn find_longest(&self, tokens: &[Token]) -> Vec<Match<'_, T>> {
        self.find_longest_where(tokens, |_| true)
    }

    /// The same among the matches that pass a test.
    pub fn find_longest_where(
        &self,
        tokens: &[Token],
        passes: impl Fn(&Match<'_, T>) -> bool,
    ) -> Vec<Match<'_, T>> {
        let mut matches = self.find(tokens);
        matches.retain(passes);
        matches.sort_by_key(|found| {
            (
                Reverse(found.tokens.len()),
                Reverse(found.exact),
                found.tokens.start,
            )
        });
        let mut used = vec![false; tokens.len()];
        matches.retain(|found| {
            let free = !used[found.tokens.clone()].contains(&true);
            if free {
                used[found.tokens.clone()].fill(true);
            }
            free
        });
        matches.sort_by_key(|found| found.tokens.start);
        matches
    }

    fn find_at(
        &self,
        tokens: &[Token],
        at: usize,
        marked_text: bool,
    ) -> impl Iterator<Item = Match<'_, T>> {
        self.starting_as(&tokens[at..]).filter_map(move |phrase| {
            let (syllables, value) = &self.phrases[phrase];
            let range = at..at + syllables.len();
            let exact = compare(syllables, tokens.get(range.clone())?, marked_text)?;
            Some(Match {
                tokens: range,
                exact,
                value,
                phrase: syllables,
            })
        })
    }

    /// The phrases that may begin with the first token, in order of insertion.
    fn starting_as(&self, tokens: &[Token]) -> impl Iterator<Item = usize> {
        let (single, longer) = match tokens {
            [] => (None, None),
            [first] => (self.single.get(&hash([first])), None),
            [first, second, ..] => (
                self.single.get(&hash([first])),
                self.longer.get(&hash([first, second])),
            ),
        };
        let mut single = single.into_iter().flatten().copied().peekable();
        let mut longer = longer.into_iter().flatten().copied().peekable();
        std::iter::from_fn(move || match (single.peek(), longer.peek()) {
            (Some(one), Some(other)) if one < other => single.next(),
            (_, Some(_)) => longer.next(),
            _ => single.next(),
        })
    }
}

fn hash<const N: usize>(syllables: [&Token; N]) -> u64 {
    let mut hasher = FastHasher::default();
    for syllable in syllables {
        syllable.fold.hash(&mut hasher);
    }
    hasher.finish()
}

/// Whether a range of tokens is inside a longer one.
pub fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end && outer.len() > inner.len()
}

/// Words without a vowel are abbreviations, and Đ in one is typed D by people who type all other
/// marks ("HDND tỉnh").
fn has_vowel(token: &Token) -> bool {
    token.fold.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// From three syllables on, one word with other marks doesn't make it another phrase.
const LONG: usize = 3;

/// How many tokens equal the syllables with their marks; nothing when this is not the phrase.
fn compare(syllables: &[Token], tokens: &[Token], marked_text: bool) -> Option<usize> {
    if syllables
        .iter()
        .zip(tokens)
        .any(|(syllable, token)| syllable.fold != token.fold)
    {
        return None;
    }
    let differing = || {
        syllables
            .iter()
            .zip(tokens)
            .filter(|(syllable, token)| syllable.word != token.word)
    };
    let contradicting = differing().filter(|(_, token)| token.marked).count();
    let means_what_it_says =
        marked_text && syllables.len() == 1 && has_vowel(&tokens[0]) && differing().count() > 0;
    let allowed = usize::from(syllables.len() >= LONG);
    (contradicting <= allowed && !means_what_it_says).then(|| tokens.len() - differing().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> PhraseTable<u8> {
        let mut table = PhraseTable::new();
        for (value, phrase) in [
            "bạn",
            "báo",
            "bảo vệ",
            "Ban Tuyên giáo",
            "Ban Tuyên giáo Tỉnh ủy",
            "tuyên giáo",
            "28-CT/TW",
            "ủy ban",
            "",
        ]
        .into_iter()
        .enumerate()
        {
            table.insert(phrase, value as u8);
        }
        table
    }

    /// Matches as `start-end:exact=value`.
    fn show(matches: Vec<Match<u8>>) -> String {
        let show = |m: &Match<u8>| {
            format!(
                "{}-{}:{}={}",
                m.tokens.start, m.tokens.end, m.exact, m.value
            )
        };
        matches.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(show(table().find(&tokenize(text))), expect);
    }

    #[track_caller]
    fn check_longest(text: &str, expect: &str) {
        assert_eq!(show(table().find_longest(&tokenize(text))), expect);
    }

    #[test]
    fn marks_decide_where_they_are_typed() {
        check("bảo vệ", "0-2:2=2");
        check("bao ve", "0-1:0=1 0-2:0=2");
        check("báo vệ", "0-1:1=1");
        check("bảo ve", "0-2:1=2");
    }

    #[test]
    fn a_long_phrase_forgives_one_mark() {
        check("bạn tuyên giáo", "0-1:1=0 0-3:2=3 1-3:2=5");
        check("bạn tuyền giáo", "0-1:1=0");
        check("ban tuyen giao", "0-1:0=0 0-3:1=3 1-3:0=5");
    }

    #[test]
    fn one_unmarked_syllable_in_marked_text_means_itself() {
        check("ban lãnh đạo", "");
        check("ban lanh dao", "0-1:0=0");
        check("ban lãnh", "0-1:0=0");
        check("ban lãnh dao cac cap", "0-1:0=0");
    }

    #[test]
    fn longest_first() {
        check_longest("Ban Tuyên giáo Tỉnh uỷ ban hành", "0-5:5=4");
        check_longest("số 28 ct tw của ban tuyên giáo", "1-4:3=6 5-8:3=3");
        check_longest("tuyen giao bao ve", "0-2:0=5 2-4:0=2");
        check_longest("", "");
    }

    #[test]
    fn by_order_of_insertion_whatever_the_length() {
        let mut table = PhraseTable::new();
        for (value, phrase) in ["bảo vệ", "bảo", "bảo vệ trẻ em", "bảo", "bảo vệ"]
            .into_iter()
            .enumerate()
        {
            table.insert(phrase, value as u8);
        }
        let text = tokenize("bảo vệ trẻ em, bảo");
        let start = "0-2:2=0 0-1:1=1 0-4:4=2 0-1:1=3 0-2:2=4";
        assert_eq!(show(table.find(&text)), format!("{start} 4-5:1=1 4-5:1=3"));
        assert_eq!(show(table.find_at_start(&text)), start);
        assert_eq!(show(table.find_at_start(&[])), "");
    }

    #[test]
    fn of_equals_the_more_exact_then_the_first() {
        let mut table = PhraseTable::new();
        table.insert("cao bao", 1);
        table.insert("cáo báo", 2);
        table.insert("cao báo", 3);
        assert_eq!(show(table.find_longest(&tokenize("cao báo"))), "0-2:2=3");
        table.insert("cao báo", 4);
        assert_eq!(show(table.find_longest(&tokenize("cao báo"))), "0-2:2=3");
        assert_eq!(
            show(table.find(&tokenize("cao báo"))),
            "0-2:1=2 0-2:2=3 0-2:2=4"
        );
    }
}
