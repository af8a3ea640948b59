//! A slip of the thumb: one letter too many, too few, wrong, or two swapped; or, in a word with
//! marks, one mark lost or mistaken.

use super::super::{Repair, Token, is_folded_syllable, is_syllable};
use super::evidence::{Known, Neighbours, Pairs};
use super::vocabulary::{FoldId, Vocabulary};
use super::{edit, evidence, lost_mark};

/// The word meant by an unknown one, or nothing. What can be a Vietnamese syllable is changed only to
/// a word seen beside a neighbour; what cannot, to the best word near it. `reading` is what raw
/// Telex would make of it: taken unless the neighbours speak for another word.
pub(super) fn mend(
    token: &Token,
    reading: Option<Token>,
    neighbours: &Neighbours,
    vocabulary: &Vocabulary,
) -> Option<Token> {
    if token.word.chars().count() <= 2 {
        return None;
    }
    let sound = is_sound(token);
    let best = candidates(token, vocabulary)
        .into_iter()
        .map(|known| Candidate::new(token, known, neighbours, vocabulary))
        .filter(|candidate| candidate.may_replace(token, sound))
        .max_by(|a, b| a.rank().cmp(&b.rank()));
    match (reading, best) {
        (Some(reading), Some(best)) if best.pairs.sides() <= sides(&reading, neighbours, vocabulary) => Some(reading),
        (Some(reading), None) => Some(reading),
        (_, best) => best.map(|best| token.repaired(best.word.to_owned(), Repair::Slip)),
    }
}

fn sides(reading: &Token, neighbours: &Neighbours, vocabulary: &Vocabulary) -> u32 {
    evidence::known(reading, vocabulary).map_or(0, |known| neighbours.pairs(known, vocabulary).sides())
}

fn is_sound(token: &Token) -> bool {
    if token.marked { is_syllable(&token.word) } else { is_folded_syllable(&token.fold) }
}

/// Folds for a word typed without marks, whose marks are restored later; words for one with marks.
fn candidates(token: &Token, vocabulary: &Vocabulary) -> Vec<Known> {
    let folds = vocabulary.neighbours(&token.fold);
    if !token.marked {
        return folds.into_iter().map(Known::Fold).collect();
    }
    let same = vocabulary.fold(&token.fold);
    let words_of = |fold: FoldId| vocabulary.words_of(fold).iter().copied().map(Known::Word);
    same.into_iter().chain(folds).flat_map(words_of).collect()
}

struct Candidate<'a> {
    word: &'a str,
    pairs: Pairs,
    /// The typed word with all its marks is one slip, or one mark, away.
    agrees: bool,
    /// A thumb is likely to slip so.
    likely: bool,
    count: u32,
}

impl<'a> Candidate<'a> {
    fn new(token: &Token, known: Known, neighbours: &Neighbours, vocabulary: &'a Vocabulary) -> Self {
        let (word, fold, count) = match known {
            Known::Fold(fold) => (vocabulary.folded_name(fold), fold, vocabulary.folded_count_of(fold)),
            Known::Word(word) => (vocabulary.name(word), vocabulary.fold_of(word), vocabulary.count_of(word)),
        };
        let one_mark = token.marked && lost_mark::explains(&token.word, word);
        let edit = edit::between(&token.fold, vocabulary.folded_name(fold));
        Self {
            word,
            pairs: neighbours.pairs(known, vocabulary),
            agrees: one_mark || (edit.is_some() && edit::between(&token.word, word).is_some()),
            likely: one_mark || edit.is_some_and(edit::Edit::is_likely),
            count,
        }
    }

    fn may_replace(&self, token: &Token, sound: bool) -> bool {
        let letters = token.word.chars().count();
        match self.pairs.sides() {
            0 => !sound && letters >= 4 && has_vowel(&token.fold),
            1 => !sound || (self.agrees && self.likely && self.pairs.count() >= 2),
            _ => !sound || self.agrees,
        }
    }

    /// Better candidates compare greater; the last part only makes the order total.
    fn rank(&self) -> impl Ord + use<'a> {
        let pairs = self.pairs;
        (self.agrees, pairs.sides(), self.likely, pairs.count(), self.count, std::cmp::Reverse(self.word))
    }
}

/// Words of consonants alone are abbreviations more often than slips.
fn has_vowel(fold: &str) -> bool {
    fold.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

#[cfg(test)]
mod tests {
    use super::super::super::{telex, tokenize};
    use super::super::tests::vocabulary;
    use super::*;

    /// Checks what becomes of the word in brackets.
    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let at = text.split(' ').position(|word| word.starts_with('[')).unwrap_or(0);
        let tokens = tokenize(text);
        let left = at.checked_sub(1).map(|left| &tokens[left]);
        let vocabulary = vocabulary();
        let neighbours = Neighbours::new(left, tokens.get(at + 1), &vocabulary);
        let reading = telex::undo(&tokens[at].word).map(|word| tokens[at].repaired(word, Repair::Telex));
        let mended = mend(&tokens[at], reading, &neighbours, &vocabulary);
        assert_eq!(mended.map(|token| token.word).as_deref(), expect, "{text}");
    }

    #[test]
    fn what_is_no_syllable_goes_to_the_nearest_word() {
        check("bao ve [ter] em", Some("tre"));
        check("bao ve [trre] em", Some("tre"));
        check("bảo vệ [trrẻ] em", Some("trẻ"));
        check("nhà [trưòng]", Some("trường"));
        check("nhà [trươngf]", Some("trường"));
        check("giáo [dụcc]", Some("dục"));
        check("[thựcc]", Some("thực"));
        check("[cwwhi]", None);
    }

    #[test]
    fn what_can_be_a_syllable_needs_neighbours() {
        check("nha [truon] va", Some("truong"));
        check("trach [nhiem] cua", None);
        check("bóng [đá]", None);
        check("nha [tran]", None);
    }

    #[test]
    fn a_lone_telex_word_may_be_a_slip() {
        check("bao ve [ter] em", Some("tre"));
        check("bao ve [trer] em", Some("trẻ"));
        check("rat [ter] khong", Some("tẻ"));
    }

    #[test]
    fn short_words_and_abbreviations_stay() {
        check("bao ve [tr] em", None);
        check("[bgdt]", None);
        check("[wzq]", None);
    }
}
