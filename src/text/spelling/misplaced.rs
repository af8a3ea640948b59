//! A slip of the thumb that made another word: `bên hào` for `bên nào`, `ba hành` for `ban hành`.
//! Words that may stand anywhere, as those added to the vocabulary by themselves, are changed only
//! for a very common pair.

use super::super::{Repair, Token};
use super::evidence::{self, Neighbours};
use super::slip;
use super::vocabulary::Vocabulary;

/// The vocabulary must have the word meant beside a neighbour at least so often: pairs seen less
/// often stand side by side by chance.
const OFTEN: u32 = 3;
/// The same for a word in whose place another was typed that may stand anywhere.
const VERY_OFTEN: u32 = 20;

/// A word that was seen so often may stand anywhere too.
const COMMON: u32 = 200;

/// Words that ask stand beside any word, common there or not: "ai học" is no slip for "đại học",
/// "hoạt động gì" none for "hoạt động vì".
const ASKING: [&str; 6] = ["ai", "gi", "nao", "sao", "dau", "may"];

/// Words that open what is said, "còn", "thế", "vậy": there they stand beside any word, too.
const OPENING: [&str; 3] = ["con", "the", "vay"];

/// Changes known words that the vocabulary has beside neither neighbour to a word one slip away that
/// often stands there.
pub(super) fn mend(tokens: Vec<Token>, marked_text: bool, vocabulary: &Vocabulary) -> Vec<Token> {
    let mut mended: Vec<Token> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        if at == 0 && OPENING.contains(&token.fold.as_str()) {
            mended.push(token.clone());
            continue;
        }
        let neighbours = Neighbours::new(mended.last(), tokens.get(at + 1), vocabulary);
        let meant = meant(token, marked_text, &neighbours, vocabulary);
        mended.push(meant.unwrap_or_else(|| token.clone()));
    }
    mended
}

fn meant(
    token: &Token,
    marked_text: bool,
    neighbours: &Neighbours,
    vocabulary: &Vocabulary,
) -> Option<Token> {
    let letters = token.word.chars().count();
    let asks = ASKING.contains(&token.fold.as_str());
    if token.repair.is_some() || asks || letters < 2 || !super::has_letters_only(token) {
        return None;
    }
    // A word that may stand anywhere needs more to be taken for another.
    let anywhere =
        vocabulary.stands_alone(&token.fold) || vocabulary.count_folded(&token.fold) >= COMMON;
    let often = if anywhere { VERY_OFTEN } else { OFTEN };
    let at_home = evidence::known(token, vocabulary)
        .is_some_and(|known| neighbours.pairs(known, vocabulary).sides() > 0);
    if at_home {
        return None;
    }
    slip::belonging(token, marked_text, neighbours, often, vocabulary)
        .map(|word| token.repaired(word.to_owned(), Repair::Slip))
}

#[cfg(test)]
mod tests {
    use super::super::super::tokenize;
    use super::super::is_marked_text;
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let mut vocabulary = Vocabulary::new();
        for (phrase, weight) in [
            ("bên nào", 3),
            ("ban hành", 3),
            ("hào hứng", 1),
            ("ba bên", 1),
            ("khi nào", 3),
            ("báo cáo", 3),
            ("động vì", 30),
            ("cổng trường", 30),
        ] {
            vocabulary.add(&tokenize(phrase), weight);
        }
        vocabulary.finish();
        let tokens = tokenize(text);
        let marked = is_marked_text(&tokens);
        let words: Vec<_> = mend(tokens, marked, &vocabulary)
            .into_iter()
            .map(|token| token.word)
            .collect();
        assert_eq!(words.join(" "), expect);
    }

    #[test]
    fn a_word_that_stands_beside_strangers() {
        check("việc của bên hào", "việc của bên nào");
        check("ba hanh", "ban hanh");
        check("bao ca", "bao cao");
        check("khi noa", "khi nao");
    }

    #[test]
    fn a_word_at_home_stays() {
        check("hào hứng", "hào hứng");
        check("ba ben", "ba ben");
        check("hội hào", "hội hào");
        check("hoạt động gì", "hoạt động gì");
        check("hoat dong gi", "hoat dong gi");
        check("con truong", "con truong");
        check("ngoai con truong", "ngoai cong truong");
    }
}
