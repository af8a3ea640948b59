//! i and y at the end of a syllable: `kĩ` and `kỹ`, `lí` and `lý` are the same word.

use super::super::letters;
use super::super::{Repair, Token};
use super::evidence::{self, Neighbours};
use super::vocabulary::Vocabulary;

/// The other of two accepted spellings, when the vocabulary has only that one.
pub(super) fn mend(token: &Token, vocabulary: &Vocabulary) -> Option<Token> {
    other_spelling(token).filter(|other| super::is_known(other, vocabulary))
}

/// The other spelling, when the vocabulary has both and only that one beside a neighbour: "ai ki" is
/// "ai ky", though "ki" is a word of its own ("thời kì").
pub(super) fn mend_by_neighbours(
    token: &Token,
    neighbours: &Neighbours,
    vocabulary: &Vocabulary,
) -> Option<Token> {
    let other = other_spelling(token).filter(|_| token.repair.is_none())?;
    let sides = |token: &Token| {
        let known = evidence::known(token, vocabulary)?;
        Some(neighbours.pairs(known, vocabulary).sides())
    };
    let at_home = sides(token).is_some_and(|sides| sides > 0);
    (!at_home && sides(&other)? > 0).then_some(other)
}

fn other_spelling(token: &Token) -> Option<Token> {
    let last = token.word.chars().next_back()?;
    let (vowel, tone) = letters::vowel(last)?;
    let other = match vowel {
        'i' => 'y',
        'y' => 'i',
        _ => return None,
    };
    let stem = &token.word[..token.word.len() - last.len_utf8()];
    if !matches!(stem, "h" | "k" | "l" | "m" | "qu" | "s" | "t") {
        return None;
    }
    let word = format!("{stem}{}", letters::with_tone(other, tone));
    Some(token.repaired(word, Repair::Slip))
}

#[cfg(test)]
mod tests {
    use super::super::super::tokenize;
    use super::*;

    #[track_caller]
    fn check(word: &str, expect: Option<&str>) {
        let mut vocabulary = Vocabulary::new();
        vocabulary.add(&tokenize("kỹ năng, quản lý, quý, mĩ, tùy"), 1);
        vocabulary.finish();
        let mended = mend(&tokenize(word)[0], &vocabulary);
        assert_eq!(mended.map(|token| token.word).as_deref(), expect, "{word}");
    }

    #[test]
    fn i_and_y() {
        check("kĩ", Some("kỹ"));
        check("lí", Some("lý"));
        check("quí", Some("quý"));
        check("mỹ", Some("mĩ"));
        check("ki", Some("ky"));
        check("kí", None);
        check("túi", None);
        check("em", None);
    }

    #[track_caller]
    fn check_beside(text: &str, expect: &str) {
        let mut vocabulary = Vocabulary::new();
        vocabulary.add(&tokenize("thời kì mới"), 1);
        vocabulary.add(&tokenize("ai ký văn bản"), 1);
        vocabulary.finish();
        let tokens = tokenize(text);
        let neighbours = Neighbours::new(tokens.first(), tokens.get(2), &vocabulary);
        let mended = mend_by_neighbours(&tokens[1], &neighbours, &vocabulary);
        let word = mended.map_or_else(|| tokens[1].word.clone(), |token| token.word);
        assert_eq!(word, expect, "{text}");
    }

    #[test]
    fn the_one_that_stands_beside_a_neighbour() {
        check_beside("ai ki", "ky");
        check_beside("ai kí", "ký");
        check_beside("thoi ki", "ki");
        check_beside("thoi ky", "ki");
        check_beside("ha ki", "ki");
        check_beside("ai van", "van");
    }
}
