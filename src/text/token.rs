//! Words of a text, each with the place it was read from: where the folding chain begins.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::{canonical_tone, fold, letters, lower, marks, nfc};

/// A word of a text: letters or digits without a break. Steps of the chain may change `word` and
/// `fold`, never what the span means: the bytes the word was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the original text, which may be NFD.
    pub span: Range<usize>,
    /// NFC, lower case, canonical tone placement, diacritics as typed or as repaired.
    pub word: String,
    /// `word` without diacritics, đ → d.
    pub fold: String,
    /// True when `word` carries at least one Vietnamese diacritic or đ.
    pub marked: bool,
    /// What changed the word beyond composition, case and tone placement, if anything.
    pub repair: Option<Repair>,
}

/// How a word was repaired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Repair {
    /// Raw Telex keys were typed out.
    Telex,
    /// Raw VNI keys were typed out.
    Vni,
    /// A slip: a letter too many, too few, wrong or swapped, or a lost or mistaken mark.
    Slip,
    /// One of the words that were typed without a space between them.
    Split,
    /// Two pieces of one word that were typed with a space between them.
    Joined,
    /// A letter held down.
    Repeated,
}

impl Token {
    /// A token for a word already in NFC, lower case and canonical tone placement.
    pub(super) fn new(span: Range<usize>, word: String, repair: Option<Repair>) -> Self {
        Self {
            span,
            fold: fold(&word),
            marked: marks::is_marked(&word),
            word,
            repair,
        }
    }

    /// Makes it another word, in lower case, that was meant by the same letters.
    pub fn rewrite(&mut self, word: &str) {
        *self = Self::new(self.span.clone(), word.to_owned(), self.repair);
    }

    /// The same word as if typed without diacritics.
    pub fn without_marks(&self) -> Self {
        Self {
            span: self.span.clone(),
            word: self.fold.clone(),
            fold: self.fold.clone(),
            marked: false,
            repair: self.repair,
        }
    }

    /// True for a number in digits.
    pub fn is_number(&self) -> bool {
        !self.fold.is_empty() && self.fold.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// True for this word with its marks, as documents write it.
    pub fn is(&self, word: &str) -> bool {
        self.word == word
    }

    /// True for this word as people type it: with its marks, or without any.
    pub fn may_be(&self, word: &str) -> bool {
        if self.marked {
            self.word == word
        } else {
            self.fold == fold(word)
        }
    }

    /// True for one of these words, each as [`Token::may_be`] takes it.
    pub fn may_be_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.may_be(word))
    }

    /// This token with another word in its place, and why.
    pub(super) fn repaired(&self, word: String, repair: Repair) -> Self {
        Self::new(self.span.clone(), word, Some(repair))
    }
}

/// The words of `text` in order. Punctuation, underscores, symbols and control characters stand
/// between words; invisible characters inside a word are dropped.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 4);
    let mut open: Option<Range<usize>> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match (&mut open, role(c)) {
            (Some(span), Role::Letter | Role::Mark) => span.end = end,
            (None, Role::Letter) => open = Some(at..end),
            (Some(_), Role::Break) => tokens.extend(open.take().map(|span| read(text, span))),
            (_, Role::Invisible) | (None, Role::Mark | Role::Break) => {}
        }
    }
    tokens.extend(open.map(|span| read(text, span)));
    tokens
}

enum Role {
    Letter,
    /// Belongs to the letter before it.
    Mark,
    Invisible,
    Break,
}

fn role(c: char) -> Role {
    match c {
        _ if letters::letter(c).is_some() => Role::Letter,
        _ if c.is_ascii() => Role::Break,
        _ if is_invisible(c) => Role::Invisible,
        _ if is_combining_mark(c) => Role::Mark,
        _ if c.is_alphanumeric() => Role::Letter,
        _ => Role::Break,
    }
}

/// Soft hyphen, zero-width spaces and joiners, direction marks, variation selectors, BOM.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

fn read(text: &str, span: Range<usize>) -> Token {
    let typed = &text[span.clone()];
    if typed.is_ascii() {
        return Token {
            word: lower(typed),
            fold: lower(typed),
            marked: false,
            repair: None,
            span,
        };
    }
    read_composed(typed, &span).unwrap_or_else(|| read_any(typed, span))
}

/// The usual case: only letters that are composed already, each of which has its lower case and its
/// fold in a table.
fn read_composed(typed: &str, span: &Range<usize>) -> Option<Token> {
    let mut word = String::with_capacity(typed.len());
    let mut fold = String::with_capacity(typed.len());
    for c in typed.chars() {
        let letter = letters::letter(c)?;
        word.push(letter.lower);
        fold.push(letter.bare);
    }
    if let Cow::Owned(moved) = canonical_tone(&word) {
        word = moved;
    }
    Some(Token {
        span: span.clone(),
        marked: !word.is_ascii(),
        word,
        fold,
        repair: None,
    })
}

fn read_any(typed: &str, span: Range<usize>) -> Token {
    let visible: String = typed.chars().filter(|c| !is_invisible(*c)).collect();
    let mut word = nfc(&lower(&nfc(&visible)));
    word.retain(|c| !is_stray(c));
    let word = canonical_tone(&word).into_owned();
    Token::new(span, word, None)
}

/// Marks that composed with nothing: a tone typed twice, the frame of a keycap.
fn is_stray(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20F0}')
}

/// Whether these words stand side by side somewhere in the tokens.
pub fn contains(tokens: &[Token], words: &[&str], equal: impl Fn(&Token, &str) -> bool) -> bool {
    tokens.windows(words.len()).any(|here| {
        here.iter()
            .zip(words)
            .all(|(token, word)| equal(token, word))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let words: Vec<String> = tokenize(text).into_iter().map(|token| token.word).collect();
        assert_eq!(words.join(" "), expect);
    }

    #[test]
    fn words() {
        check("28-CT/TW", "28 ct tw");
        check("Sở GD&ĐT", "sở gd đt");
        check("Uỷ ban, HOÀ bình!", "ủy ban hòa bình");
        check("a_b", "a b");
        check("tre3 em (2024)", "tre3 em 2024");
        check("“Trẻ em”…", "trẻ em");
        check("", "");
        check(" \u{301}\u{200B}!? ", "");
        check("tr\u{200B}ẻ\u{FEFF} e\u{AD}m\u{200D}", "trẻ em");
        check("trẻ\u{0}em\tlà\nai", "trẻ em là ai");
        check("1️⃣ việc", "1 việc");
        check("ÐẢNG İ", "đảng i");
    }

    #[test]
    fn composed_and_decomposed_alike() {
        let text = "Thực hiện Chỉ thị số 28-CT/TW của Bộ Chính trị, uỷ ban";
        let decomposed: String = text.nfd().collect();
        let words = |text: &str| {
            tokenize(text)
                .into_iter()
                .map(|t| t.word)
                .collect::<Vec<_>>()
        };
        assert_eq!(words(text), words(&decomposed));
    }

    #[test]
    fn spans_are_places_in_the_original() {
        let text = "Tre\u{309} em: 28-CT\u{200B}/TW";
        let pieces: Vec<&str> = tokenize(text)
            .iter()
            .map(|token| &text[token.span.clone()])
            .collect();
        assert_eq!(pieces, ["Tre\u{309}", "em", "28", "CT", "TW"]);
    }

    #[test]
    fn fold_and_marked() {
        let tokens = tokenize("Đi em ủy");
        let seen: Vec<_> = tokens.iter().map(|t| (t.fold.as_str(), t.marked)).collect();
        assert_eq!(seen, [("di", true), ("em", false), ("uy", true)]);
    }

    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[a-zA-Z0-9ăâđêôơưĂÂĐÊÔƠƯàáảãạấộừỹ\u{300}\u{301}\u{303}\u{309}\u{323}\u{302}\u{31b}\u{200b} ./-]{0,40}",
        ]
    }

    proptest! {
        #[test]
        fn spans_are_sound(text in texts()) {
            let mut last = 0;
            for token in tokenize(&text) {
                prop_assert!(token.span.start >= last && token.span.start < token.span.end);
                prop_assert!(text.get(token.span.clone()).is_some());
                prop_assert!(!token.word.is_empty() && !token.fold.is_empty());
                last = token.span.end;
            }
        }

        #[test]
        fn the_usual_case_is_no_other(word in "[a-zA-Z0-9đĐàÁảãẠăẰẴÂấộỢƯừỹỶýìĩoÓuỦ]{1,7}") {
            if let Some(token) = read_composed(&word, &(0..word.len())) {
                prop_assert_eq!(token, read_any(&word, 0..word.len()));
            }
        }

        #[test]
        fn normal_forms_give_the_same_words(text in texts()) {
            let words = |text: String| tokenize(&text).into_iter().map(|t| t.word).collect::<Vec<_>>();
            let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
            prop_assert_eq!(words(visible.nfc().collect()), words(visible.nfd().collect()));
        }
    }
}
