//! A slip of the thumb: one letter too many, too few, wrong, or two swapped; or, in a word with
//! marks, one mark lost or mistaken.

use super::super::letters::{self, Tone};
use super::super::{Repair, Token, fold, is_folded_syllable, is_syllable};
use super::edit::{self, Edit};
use super::evidence::{Known, Neighbours, Pairs};
use super::vocabulary::{FoldId, Vocabulary};
use super::{evidence, lost_mark};

/// The word meant by an unknown one, or nothing. What can be a Vietnamese syllable is changed only to
/// a word that belongs beside a neighbour; what cannot, to the best word near it. `reading` is what
/// raw Telex would make of it: taken unless the neighbours speak for another word.
pub(super) fn mend(
    token: &Token,
    reading: Option<Token>,
    marked_text: bool,
    neighbours: &Neighbours,
    vocabulary: &Vocabulary,
) -> Option<Token> {
    if token.word.chars().count() <= 2 {
        return None;
    }
    let with_marks = token.marked || marked_text;
    let best = candidates(token, with_marks, vocabulary)
        .into_iter()
        .map(|known| Candidate::new(token, known, neighbours, vocabulary))
        .filter(|candidate| candidate.may_replace(token))
        .max_by(|a, b| a.rank().cmp(&b.rank()));
    let support = |reading: &Token| sides(reading, neighbours, vocabulary);
    let reading = reading.filter(|reading| !marked_text || support(reading) > 0);
    match (reading, best) {
        (Some(reading), Some(best)) if best.pairs.sides() <= support(&reading) => Some(reading),
        (Some(reading), None) => Some(reading),
        (_, best) => best.map(|best| token.repaired(best.word.to_owned(), Repair::Slip)),
    }
}

/// The word one slip away from a token that stands beside a neighbour at least `often` times.
pub(super) fn belonging<'a>(
    token: &Token,
    marked_text: bool,
    neighbours: &Neighbours,
    often: u32,
    vocabulary: &'a Vocabulary,
) -> Option<&'a str> {
    candidates(token, token.marked || marked_text, vocabulary)
        .into_iter()
        .map(|known| Candidate::new(token, known, neighbours, vocabulary))
        .filter(|candidate| candidate.agrees && candidate.likely)
        .filter(|candidate| {
            let Pairs { left, right } = candidate.pairs;
            neighbours.is_no_chance(left, right, often, vocabulary)
        })
        .max_by(|a, b| a.rank().cmp(&b.rank()))
        .map(|candidate| candidate.word)
}

fn sides(reading: &Token, neighbours: &Neighbours, vocabulary: &Vocabulary) -> u32 {
    evidence::known(reading, vocabulary)
        .map_or(0, |known| neighbours.pairs(known, vocabulary).sides())
}

/// Words for one typed with marks; folds for one typed without, whose marks are restored later.
fn candidates(token: &Token, with_marks: bool, vocabulary: &Vocabulary) -> Vec<Known> {
    let folds = vocabulary.neighbours(&token.fold);
    if !with_marks {
        return folds.into_iter().map(Known::Fold).collect();
    }
    let same = vocabulary.fold(&token.fold);
    let words_of = |fold: FoldId| vocabulary.words_of(fold).iter().copied().map(Known::Word);
    same.into_iter().chain(folds).flat_map(words_of).collect()
}

struct Candidate<'a> {
    word: &'a str,
    pairs: Pairs,
    /// The typed word with its marks is one slip, or one mark, away.
    agrees: bool,
    /// A thumb is likely to slip so.
    likely: bool,
    /// Two letters swapped: few foreign words look like that by chance.
    swapped: bool,
    count: u32,
}

impl<'a> Candidate<'a> {
    fn new(
        token: &Token,
        known: Known,
        neighbours: &Neighbours,
        vocabulary: &'a Vocabulary,
    ) -> Self {
        let (word, fold, count) = match known {
            Known::Fold(fold) => (
                vocabulary.folded_name(fold),
                fold,
                vocabulary.folded_count_of(fold),
            ),
            Known::Word(word) => (
                vocabulary.name(word),
                vocabulary.fold_of(word),
                vocabulary.count_of(word),
            ),
        };
        let edit = edit::between(&token.fold, vocabulary.folded_name(fold));
        let one_mark = edit.is_none() && lost_mark::explains(&token.word, word);
        Self {
            word,
            pairs: neighbours.pairs(known, vocabulary),
            agrees: one_mark || (edit.is_some() && marks_agree(&token.word, word)),
            likely: one_mark || edit.is_some_and(Edit::is_likely),
            swapped: edit == Some(Edit::Swapped),
            count,
        }
    }

    fn may_replace(&self, token: &Token) -> bool {
        let convincing = self.pairs.are_convincing(self.count);
        let length = token.word.chars().count();
        if is_sound(token) {
            let enough = token.marked || (length >= 4 && self.pairs.sides() == 2);
            return self.agrees && self.likely && convincing && enough;
        }
        let near = self.agrees || token.marked;
        near && match self.pairs.sides() {
            _ if convincing => has_vowel(&fold(self.word)),
            0 => {
                self.agrees
                    && self.likely
                    && has_vowel(&token.fold)
                    && self.needs_no_evidence(token)
            }
            // Four letters without a vowel are an abbreviation, unless a set phrase says otherwise.
            _ if token.marked || length >= 4 => has_vowel(&token.fold) || self.pairs.count() >= 3,
            _ => self.likely && self.pairs.count() >= 2 && has_vowel(&token.fold),
        }
    }

    /// Names and foreign words are short and unmarked too, and must not turn into ours.
    fn needs_no_evidence(&self, token: &Token) -> bool {
        token.marked || token.word.len() >= 5 || (token.word.len() == 4 && self.swapped)
    }

    /// Better candidates compare greater; the last part only makes the order total.
    fn rank(&self) -> impl Ord + use<'a> {
        let pairs = self.pairs;
        (
            self.agrees,
            pairs.sides(),
            self.likely,
            pairs.count(),
            self.count,
            std::cmp::Reverse(self.word),
        )
    }
}

/// Can be a Vietnamese syllable as it was typed.
fn is_sound(token: &Token) -> bool {
    if token.marked {
        is_syllable(&token.word)
    } else {
        is_folded_syllable(&token.fold)
    }
}

/// One slip apart with the marks too, wherever the tone mark stands. A tone may be lost only with
/// the letter that carried it.
fn marks_agree(typed: &str, meant: &str) -> bool {
    let (tone, tone_meant) = (letters::tone_of(typed), letters::tone_of(meant));
    let same = tone == tone_meant;
    let whole = (same || tone == Tone::Ngang) && edit::between(typed, meant).is_some();
    whole || (same && edit::between(&letters::toneless(typed), &letters::toneless(meant)).is_some())
}

/// Words of consonants alone are abbreviations more often than slips.
fn has_vowel(fold: &str) -> bool {
    fold.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

#[cfg(test)]
mod tests {
    use super::super::super::{telex, tokenize};
    use super::super::is_marked_text;
    use super::super::tests::vocabulary;
    use super::*;

    /// Checks what becomes of the word in brackets.
    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let at = text
            .split(' ')
            .position(|word| word.starts_with('['))
            .unwrap_or(0);
        let tokens = tokenize(text);
        let left = at.checked_sub(1).map(|left| &tokens[left]);
        let vocabulary = vocabulary();
        let neighbours = Neighbours::new(left, tokens.get(at + 1), &vocabulary);
        let reading =
            telex::undo(&tokens[at].word).map(|word| tokens[at].repaired(word, Repair::Telex));
        let marked = is_marked_text(&tokens);
        let mended = mend(&tokens[at], reading, marked, &neighbours, &vocabulary);
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
