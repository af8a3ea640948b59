//! Raw Telex or VNI keys: the input method was off, or the keyboard had none.

use super::super::{Repair, Token, telex, vni};
use super::vocabulary::Vocabulary;
use super::{is_known, is_marked_text};

/// How a text was typed, as far as it matters for the keys of one word.
#[derive(Clone, Debug)]
pub(super) struct Typing {
    /// Enough words carry marks that the input method was on.
    pub(super) marked: bool,
    /// Raw Telex: the only word is such keys, or two are and the vocabulary has one of the readings.
    /// A single one among other words may as well be a slip or a foreign word.
    pub(super) telex: bool,
    /// What Telex makes of each word, where the vocabulary doesn't have the word itself.
    readings: Vec<Option<String>>,
}

impl Typing {
    pub(super) fn of(tokens: &[Token], vocabulary: &Vocabulary) -> Self {
        let readings: Vec<Option<String>> = tokens
            .iter()
            .map(|token| reading(token, vocabulary))
            .collect();
        let mut found = readings.iter().flatten();
        let telex = match found.clone().count() {
            0 => false,
            1 => tokens.len() == 1,
            _ => found.any(|reading| vocabulary.count(reading) > 0),
        };
        Self {
            marked: is_marked_text(tokens),
            telex,
            readings,
        }
    }

    /// The word that the Telex keys of token number `at` mean, if it is to be believed.
    pub(super) fn telex_meaning(
        &self,
        at: usize,
        token: &Token,
        vocabulary: &Vocabulary,
    ) -> Option<Token> {
        let reading = self.readings[at].clone()?;
        believed(
            token,
            reading,
            Repair::Telex,
            self.telex && !self.marked,
            vocabulary,
        )
    }

    /// The word that VNI keys mean, if it is to be believed.
    pub(super) fn vni_meaning(&self, token: &Token, vocabulary: &Vocabulary) -> Option<Token> {
        believed(
            token,
            vni::undo(&token.word).or_else(|| barred(&token.word, "d9", vocabulary))?,
            Repair::Vni,
            !self.marked,
            vocabulary,
        )
    }
}

/// What Telex makes of an unknown word. Where the keys could be a syllable themselves, as in `coong`,
/// only a known reading counts.
fn reading(token: &Token, vocabulary: &Vocabulary) -> Option<String> {
    if is_known(token, vocabulary) {
        return None;
    }
    let known = |word: &String| vocabulary.count(word) > 0;
    telex::undo(&token.word)
        .or_else(|| telex::reading(&token.word).filter(known))
        .or_else(|| barred(&token.word, "dd", vocabulary))
}

/// An abbreviation with Đ: no syllable, and its keys are read all the same ("hddnd", "hd9nd").
fn barred(word: &str, keys: &str, vocabulary: &Vocabulary) -> Option<String> {
    let reading = word.contains(keys).then(|| word.replace(keys, "đ"))?;
    (vocabulary.count(&reading) > 0).then_some(reading)
}

/// A reading the vocabulary has is believed; one it doesn't have only in a text typed so, and not
/// of two keys alone. Who types marks has the input method on.
fn believed(
    token: &Token,
    reading: String,
    repair: Repair,
    typed_so: bool,
    vocabulary: &Vocabulary,
) -> Option<Token> {
    let known = vocabulary.count(&reading) > 0;
    (known || (typed_so && token.word.len() > 2)).then(|| token.repaired(reading, repair))
}

#[cfg(test)]
mod tests {
    use super::super::super::tokenize;
    use super::super::tests::vocabulary;
    use super::*;

    #[track_caller]
    fn check(word: &str, marked_text: bool, expect: Option<&str>) {
        let (tokens, vocabulary) = (tokenize(word), vocabulary());
        let text = Typing {
            marked: marked_text,
            ..Typing::of(&tokens, &vocabulary)
        };
        let mended = text.vni_meaning(&tokens[0], &vocabulary);
        let mended = mended.or_else(|| text.telex_meaning(0, &tokens[0], &vocabulary));
        assert_eq!(mended.map(|token| token.word).as_deref(), expect, "{word}");
    }

    #[test]
    fn readings() {
        check("trer", false, Some("trẻ"));
        check("trer", true, Some("trẻ"));
        check("coong", false, Some("công"));
        check("boong", false, None);
        check("d9u7o75c", false, Some("được"));
        check("xeer", false, Some("xể"));
        check("test", true, None);
        check("as", false, None);
        check("a1", false, None);
        check("trẻ", false, None);
        check("28", false, None);
    }
}
