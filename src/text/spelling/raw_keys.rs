//! Raw Telex or VNI keys: the input method was off, or the keyboard had none.

use super::super::{Repair, Token, telex, vni};
use super::Typing;
use super::vocabulary::Vocabulary;

/// True for what raw Telex keys alone explain.
pub(super) fn is_telex(token: &Token) -> bool {
    telex::undo(&token.word).is_some()
}

/// The word that Telex keys mean, if it is to be believed.
pub(super) fn mend_telex(token: &Token, text: Typing, vocabulary: &Vocabulary) -> Option<Token> {
    let known = |word: &String| vocabulary.count(word) > 0;
    let reading = telex::undo(&token.word).or_else(|| telex::reading(&token.word).filter(known))?;
    believed(token, reading, Repair::Telex, text, vocabulary)
}

/// The word that VNI keys mean, if it is to be believed.
pub(super) fn mend_vni(token: &Token, text: Typing, vocabulary: &Vocabulary) -> Option<Token> {
    believed(token, vni::undo(&token.word)?, Repair::Vni, text, vocabulary)
}

/// A reading the vocabulary has is believed; one it doesn't have only in a text without marks,
/// since who types marks has the input method on, and not of two keys alone.
fn believed(token: &Token, reading: String, repair: Repair, text: Typing, vocabulary: &Vocabulary) -> Option<Token> {
    let known = vocabulary.count(&reading) > 0;
    (known || (!text.marked && token.word.len() > 2)).then(|| token.repaired(reading, repair))
}

#[cfg(test)]
mod tests {
    use super::super::super::tokenize;
    use super::super::tests::vocabulary;
    use super::*;

    #[track_caller]
    fn check(word: &str, marked_text: bool, expect: Option<&str>) {
        let (token, vocabulary) = (&tokenize(word)[0], vocabulary());
        let text = Typing { marked: marked_text, telex: true };
        let mended = mend_vni(token, text, &vocabulary).or_else(|| mend_telex(token, text, &vocabulary));
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
