//! What the neighbours say: how often the vocabulary has one word beside another, when either may
//! be known by its folded form alone.

use super::super::Token;
use super::vocabulary::{FoldId, Vocabulary, WordId};

/// A word as far as it is known: spelled with its marks, or folded because it was typed so.
#[derive(Clone, Copy, Debug)]
pub(super) enum Known {
    Word(WordId),
    Fold(FoldId),
}

/// What the vocabulary knows of a token: its word when marked, else its fold.
pub(super) fn known(token: &Token, vocabulary: &Vocabulary) -> Option<Known> {
    if token.marked {
        vocabulary.word(&token.word).map(Known::Word)
    } else {
        vocabulary.fold(&token.fold).map(Known::Fold)
    }
}

/// How often the vocabulary has a word.
pub(super) fn count(known: Known, vocabulary: &Vocabulary) -> u32 {
    match known {
        Known::Word(word) => vocabulary.count_of(word),
        Known::Fold(fold) => vocabulary
            .words_of(fold)
            .iter()
            .map(|word| vocabulary.count_of(*word))
            .sum(),
    }
}

/// How often `b` follows `a`.
pub(super) fn pair(a: Known, b: Known, vocabulary: &Vocabulary) -> u32 {
    match (a, b) {
        (Known::Word(a), Known::Word(b)) => vocabulary.pair(a, b),
        (Known::Fold(a), Known::Fold(b)) => vocabulary.folded_pair(a, b),
        (Known::Word(a), Known::Fold(b)) => vocabulary
            .words_of(b)
            .iter()
            .map(|b| vocabulary.pair(a, *b))
            .sum(),
        (Known::Fold(a), Known::Word(b)) => vocabulary
            .words_of(a)
            .iter()
            .map(|a| vocabulary.pair(*a, b))
            .sum(),
    }
}

/// What stands to the left and to the right of a word, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Neighbours {
    left: Option<Known>,
    right: Option<Known>,
}

impl Neighbours {
    pub(super) fn new(
        left: Option<&Token>,
        right: Option<&Token>,
        vocabulary: &Vocabulary,
    ) -> Self {
        let known = |token: Option<&Token>| token.and_then(|token| known(token, vocabulary));
        Self {
            left: known(left),
            right: known(right),
        }
    }

    /// Whether a word that was seen so often after the left and before the right neighbour belongs there:
    /// `often` beside one of them, and not once in hundreds of times. "không" stands after any word.
    pub(super) fn is_no_chance(
        &self,
        left: u32,
        right: u32,
        often: u32,
        vocabulary: &Vocabulary,
    ) -> bool {
        const HUNDREDS: u32 = 500;
        let belongs = |pairs: u32, neighbour: Option<Known>| {
            let all = neighbour.map_or(0, |known| count(known, vocabulary));
            pairs >= often && pairs.saturating_mul(HUNDREDS) >= all
        };
        belongs(left, self.left) || belongs(right, self.right)
    }

    /// How often the vocabulary has `word` after the left and before the right neighbour.
    pub(super) fn pairs(&self, word: Known, vocabulary: &Vocabulary) -> Pairs {
        Pairs {
            left: self.left.map_or(0, |left| pair(left, word, vocabulary)),
            right: self.right.map_or(0, |right| pair(word, right, vocabulary)),
        }
    }
}

/// Counts of a word's pairs with its two neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pairs {
    pub(super) left: u32,
    pub(super) right: u32,
}

impl Pairs {
    /// With how many of the neighbours the word was seen.
    pub(super) fn sides(self) -> u32 {
        u32::from(self.left > 0) + u32::from(self.right > 0)
    }

    /// True when the word belongs beside a neighbour: seen with both, or with one of them more than
    /// once and in a third of all its `count` occurrences.
    pub(super) fn are_convincing(self, count: u32) -> bool {
        let most = self.left.max(self.right);
        self.sides() == 2 || (most >= 2 && most.saturating_mul(3) >= count)
    }

    pub(super) fn count(self) -> u32 {
        self.left.saturating_add(self.right)
    }
}
