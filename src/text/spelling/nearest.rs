//! Words near a doubtful one: for messages to people, who choose; nothing is mended here.

use std::cmp::Reverse;
use std::collections::HashMap;

/// Known words, each with how often it occurs.
#[derive(Debug, Default)]
pub struct Dictionary {
    counts: HashMap<String, usize>,
}

impl Dictionary {
    /// More than these are no help.
    const SHOWN: usize = 3;

    /// Counts a word once more.
    pub fn add(&mut self, word: String) {
        *self.counts.entry(word).or_default() += 1;
    }

    /// The nearest words, frequent ones first among equals. Two letters apart is far for a word
    /// of three.
    pub fn nearest(&self, word: &str) -> Vec<&str> {
        let typed: Vec<char> = word.chars().collect();
        let limit = if typed.len() > 3 { 2 } else { 1 };
        let mut near: Vec<(usize, Reverse<usize>, &str)> = self
            .counts
            .iter()
            .filter(|(known, _)| known.chars().count().abs_diff(typed.len()) <= limit)
            .map(|(known, count)| (distance(&typed, known), Reverse(*count), known.as_str()))
            .filter(|(distance, ..)| *distance <= limit)
            .collect();
        near.sort_unstable();
        let closest = near.first().map_or(0, |(distance, ..)| *distance);
        near.retain(|(distance, ..)| *distance == closest);
        near.into_iter()
            .take(Self::SHOWN)
            .map(|(.., word)| word)
            .collect()
    }
}

/// Letters to insert, delete or replace.
fn distance(typed: &[char], known: &str) -> usize {
    let mut row: Vec<usize> = (0..=typed.len()).collect();
    for (above, letter) in known.chars().enumerate() {
        let mut diagonal = above;
        row[0] = above + 1;
        for (at, c) in typed.iter().enumerate() {
            let replaced = diagonal + usize::from(*c != letter);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[typed.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (typed, known, expect) in [
            ("được", "được", 0),
            ("đưọc", "được", 1),
            ("", "em", 2),
            ("ab", "ba", 2),
            ("tre", "trẻ", 1),
        ] {
            let typed: Vec<char> = typed.chars().collect();
            assert_eq!(distance(&typed, known), expect, "{known}");
        }
    }

    #[test]
    fn the_nearest_come_first() {
        #[track_caller]
        fn check(word: &str, expect: &[&str]) {
            let mut dictionary = Dictionary::default();
            for known in "được được đước trẻ trả em".split(' ') {
                dictionary.add(known.to_owned());
            }
            assert_eq!(dictionary.nearest(word), expect, "{word}");
        }
        check("đưọc", &["được", "đước"]);
        check("trẻ", &["trẻ"]);
        check("trè", &["trả", "trẻ"]);
        check("xoong", &[]);
        check("", &[]);
    }
}
