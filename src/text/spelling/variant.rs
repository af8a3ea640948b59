//! i and y at the end of a syllable: `kĩ` and `kỹ`, `lí` and `lý` are the same word.

use super::super::letters;
use super::super::{Repair, Token};
use super::vocabulary::Vocabulary;

/// The other of two accepted spellings, when the vocabulary has only that one.
pub(super) fn mend(token: &Token, vocabulary: &Vocabulary) -> Option<Token> {
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
    let mended = token.repaired(word, Repair::Slip);
    super::is_known(&mended, vocabulary).then_some(mended)
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
}
