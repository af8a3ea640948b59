//! A mark lost or mistaken in a word that is still a word: `nhà trương`, `bão vệ`.

use std::iter::zip;

use super::super::letters::{self, Tone};
use super::super::{Repair, Token};
use super::evidence::{Known, Neighbours};
use super::vocabulary::{Vocabulary, WordId};

/// Changes known marked words that the vocabulary has beside neither neighbour to a spelling, one
/// mark away, that belongs beside one of them.
pub(super) fn mend(tokens: Vec<Token>, vocabulary: &Vocabulary) -> Vec<Token> {
    let mut mended: Vec<Token> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let neighbours = Neighbours::new(mended.last(), tokens.get(at + 1), vocabulary);
        let better = better_spelling(token, &neighbours, vocabulary);
        mended.push(better.unwrap_or_else(|| token.clone()));
    }
    mended
}

fn better_spelling(
    token: &Token,
    neighbours: &Neighbours,
    vocabulary: &Vocabulary,
) -> Option<Token> {
    if !token.marked || token.repair.is_some() {
        return None;
    }
    let word = vocabulary.word(&token.word)?;
    if neighbours.pairs(Known::Word(word), vocabulary).sides() > 0 {
        return None;
    }
    let seen = |other: WordId| neighbours.pairs(Known::Word(other), vocabulary);
    vocabulary
        .words_of(vocabulary.fold_of(word))
        .iter()
        .copied()
        .filter(|other| explains(&token.word, vocabulary.name(*other)))
        .filter(|other| seen(*other).are_convincing(vocabulary.count_of(*other)))
        .max_by_key(|other| {
            (
                seen(*other).sides(),
                seen(*other).count(),
                std::cmp::Reverse(vocabulary.name(*other)),
            )
        })
        .map(|other| token.repaired(vocabulary.name(other).to_owned(), Repair::Slip))
}

/// True when `typed` is `meant` without one of its marks or all marks of one letter, or with hỏi for
/// ngã or ngã for hỏi.
pub(super) fn explains(typed: &str, meant: &str) -> bool {
    lost_one_mark(typed, meant) || lost_one_letters_marks(typed, meant)
}

fn lost_one_mark(typed: &str, meant: &str) -> bool {
    if typed.chars().count() != meant.chars().count() {
        return false;
    }
    let lost: Option<Vec<bool>> = zip(typed.chars(), meant.chars())
        .map(|(t, m)| hat_lost(t, m))
        .collect();
    let Some(lost) = lost else { return false };
    let hats = lost.into_iter().filter(|lost| *lost).count();
    match (letters::tone_of(typed), letters::tone_of(meant)) {
        (a, b) if a == b => hats == 1,
        (Tone::Ngang, _) | (Tone::Hoi, Tone::Nga) | (Tone::Nga, Tone::Hoi) => hats == 0,
        _ => false,
    }
}

fn lost_one_letters_marks(typed: &str, meant: &str) -> bool {
    let mut differing = zip(typed.chars(), meant.chars()).filter(|(t, m)| t != m);
    let first = differing.next();
    typed.chars().count() == meant.chars().count()
        && differing.next().is_none()
        && first.is_some_and(|(typed, meant)| letters::bare(meant) == Some(typed))
}

/// Whether the letter lost its hat, horn, breve or bar; nothing when they are different letters.
fn hat_lost(typed: char, meant: char) -> Option<bool> {
    let toneless = |c| letters::vowel(c).map_or(c, |(vowel, _)| vowel);
    let (typed, meant) = (toneless(typed), toneless(meant));
    if typed == meant {
        Some(false)
    } else {
        (letters::bare(meant) == Some(typed)).then_some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tokenize;
    use super::super::tests::vocabulary;
    use super::*;

    #[test]
    fn one_mark() {
        for (typed, meant) in [
            ("trương", "trường"),
            ("trưòng", "trường"),
            ("dơn", "đơn"),
            ("bão", "bảo"),
            ("nghỉa", "nghĩa"),
            ("tuyen", "tuyên"),
            ("trưoc", "trước"),
        ] {
            assert!(explains(typed, meant), "{typed}, {meant}");
        }
        for (typed, meant) in [
            ("bảo", "báo"),
            ("trường", "trương"),
            ("truong", "trường"),
            ("tre", "trẻm"),
            ("trẻ", "trẻ"),
            ("đá", "đã"),
            ("em", "êmm"),
        ] {
            assert!(!explains(typed, meant), "{typed}, {meant}");
        }
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut vocabulary = vocabulary();
        vocabulary.add(&tokenize("ông trương văn bão gặp bão"), 1);
        let words: Vec<_> = mend(tokenize(text), &vocabulary)
            .into_iter()
            .map(|token| token.word)
            .collect();
        assert_eq!(words.join(" "), expect);
    }

    #[test]
    fn mends() {
        check("nhà trương không", "nhà trường không");
        check("nha trương không", "nha trường không");
        check("bão vệ trẻ em", "bảo vệ trẻ em");
        check("ông trương là ai", "ông trương là ai");
        check("báo vệ", "báo vệ");
        check("gặp bão", "gặp bão");
    }
}
