//! One slip of the thumb between two folded words: which it is, whether a thumb is likely to have
//! made it, and the hashes by which the vocabulary finds such neighbours.

use std::hash::Hasher;

use super::super::hash::FastHasher;

/// What the typist did to the word that was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    /// Typed a letter more; `likely` when it repeats its neighbour or lies beside it on the keyboard.
    Extra { likely: bool },
    /// Left a letter out.
    Missing,
    /// Hit another key; `likely` when it is the next one.
    Wrong { likely: bool },
    /// Typed two letters in the wrong order.
    Swapped,
}

impl Edit {
    pub(super) fn is_likely(self) -> bool {
        match self {
            Self::Extra { likely } | Self::Wrong { likely } => likely,
            Self::Missing | Self::Swapped => true,
        }
    }
}

/// The single slip that makes `typed` of `meant`, if there is one. Works on accented words too.
pub(super) fn between(typed: &str, meant: &str) -> Option<Edit> {
    let (before, typed, meant) = differing(typed, meant);
    let (mut t, mut m) = (typed.chars(), meant.chars());
    match (t.next(), t.next(), t.next(), m.next(), m.next(), m.next()) {
        (Some(a), None, _, None, ..) => {
            let likely = before.is_some_and(|b| a == b || side_by_side(a, b));
            Some(Edit::Extra { likely })
        }
        (None, .., Some(_), None, _) => Some(Edit::Missing),
        (Some(a), None, _, Some(b), None, _) => Some(Edit::Wrong {
            likely: side_by_side(a, b),
        }),
        (Some(a), Some(b), None, Some(c), Some(d), None) if a == d && b == c => Some(Edit::Swapped),
        _ => None,
    }
}

/// The letter before the first difference, and what differs: both words without the start and the
/// end they share.
fn differing<'a>(a: &'a str, b: &'a str) -> (Option<char>, &'a str, &'a str) {
    let start: usize = a
        .chars()
        .zip(b.chars())
        .take_while(|(x, y)| x == y)
        .map(|(x, _)| x.len_utf8())
        .sum();
    let before = a[..start].chars().next_back();
    let (a, b) = (&a[start..], &b[start..]);
    let end: usize = a
        .chars()
        .rev()
        .zip(b.chars().rev())
        .take_while(|(x, y)| x == y)
        .map(|(x, _)| x.len_utf8())
        .sum();
    (before, &a[..a.len() - end], &b[..b.len() - end])
}

const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// True for keys that touch on a phone's keyboard, whose lower rows stand half a key further in.
fn side_by_side(a: char, b: char) -> bool {
    let place = |c| {
        ROWS.iter()
            .enumerate()
            .find_map(|(row, keys)| Some((row, keys.find(c)?)))
    };
    match (place(a), place(b)) {
        (Some((row, at)), Some((other_row, other_at))) if row == other_row => {
            at.abs_diff(other_at) == 1
        }
        (Some(one), Some(two)) => {
            let ((row, at), (lower_row, lower_at)) = (one.min(two), one.max(two));
            lower_row - row == 1 && (at == lower_at || at == lower_at + 1)
        }
        _ => false,
    }
}

/// True for what slips are sought among: words of letters, two or more.
pub(super) fn is_repairable(fold: &str) -> bool {
    fold.len() >= 2 && fold.chars().all(char::is_alphabetic)
}

pub(super) fn hash(word: &str) -> u64 {
    hash_of(word.chars())
}

fn hash_of(letters: impl Iterator<Item = char>) -> u64 {
    let mut hasher = FastHasher::default();
    letters.for_each(|c| hasher.write_u64(c as u64));
    hasher.finish()
}

/// Calls `visit` with the hash of `word` without each of its letters in turn.
pub(super) fn shortened(word: &str, mut visit: impl FnMut(u64)) {
    for left_out in 0..word.chars().count() {
        visit(hash_of(
            word.chars()
                .enumerate()
                .filter(|(at, _)| *at != left_out)
                .map(|(_, c)| c),
        ));
    }
}

/// Calls `visit` with `word` without each of its letters in turn.
pub(super) fn each_shortened(word: &str, mut visit: impl FnMut(&str)) {
    let mut shorter = String::with_capacity(word.len());
    for (at, c) in word.char_indices() {
        shorter.clear();
        shorter.push_str(&word[..at]);
        shorter.push_str(&word[at + c.len_utf8()..]);
        visit(&shorter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, meant: &str, expect: Option<Edit>) {
        assert_eq!(between(typed, meant), expect, "{typed}, {meant}");
    }

    #[test]
    fn kinds() {
        check("vienh", "vien", Some(Edit::Extra { likely: true }));
        check("vienq", "vien", Some(Edit::Extra { likely: false }));
        check("mmot", "mot", Some(Edit::Extra { likely: true }));
        check("thio", "thi", Some(Edit::Extra { likely: true }));
        check("hc", "hoc", Some(Edit::Missing));
        check("hpc", "hoc", Some(Edit::Wrong { likely: true }));
        check("hac", "hoc", Some(Edit::Wrong { likely: false }));
        check("teh", "the", Some(Edit::Swapped));
        check("truong", "trường", None);
        check("hoc", "hoc", None);
        check("giao", "gian", Some(Edit::Wrong { likely: false }));
        check("thẻ", "trẻ", Some(Edit::Wrong { likely: false }));
    }

    #[test]
    fn keys_beside_each_other() {
        for (a, b) in [
            ('q', 'w'),
            ('a', 'q'),
            ('a', 'w'),
            ('s', 'w'),
            ('n', 'h'),
            ('n', 'j'),
            ('o', 'p'),
        ] {
            assert!(side_by_side(a, b) && side_by_side(b, a), "{a}{b}");
        }
        for (a, b) in [
            ('q', 's'),
            ('a', 'p'),
            ('q', 'z'),
            ('n', 'k'),
            ('a', 'a'),
            ('đ', 'd'),
        ] {
            assert!(!side_by_side(a, b), "{a}{b}");
        }
    }
}
