//! Spelling: typed words against the words the corpus has. Each kind of repair is a file; this one
//! puts them in order. Nothing here can fail: what cannot be repaired stays.

mod edit;
mod evidence;
mod join;
mod lost_mark;
mod misplaced;
mod nearest;
mod raw_keys;
mod repeated;
mod restore;
mod slip;
mod split;
mod variant;
mod vocabulary;

pub use nearest::Dictionary;
pub use restore::restore;
pub use vocabulary::Vocabulary;

use super::Token;
use super::roman::roman;
use evidence::Neighbours;
use raw_keys::Typing;

/// Repairs typed words against the vocabulary. What cannot be repaired stays.
///
/// Words are first mended on their own (held keys, raw Telex and VNI, i for y), then by their
/// neighbours (missing and stray spaces, slips of the thumb), at last known words that lost a mark.
pub fn repair(tokens: Vec<Token>, vocabulary: &Vocabulary) -> Vec<Token> {
    let text = Typing::of(&tokens, vocabulary);
    let alone = tokens
        .into_iter()
        .enumerate()
        .map(|(at, token)| mend_alone(at, token, &text, vocabulary));
    let together = mend_together(&alone.collect::<Vec<_>>(), &text, vocabulary);
    misplaced::mend(
        lost_mark::mend(together, vocabulary),
        text.marked,
        vocabulary,
    )
}

/// True when so many words carry marks that the unmarked ones are unmarked on purpose: three or
/// more words, three in five of them marked: of a text typed with care three in four are.
pub fn is_marked_text(tokens: &[Token]) -> bool {
    let marked = tokens.iter().filter(|token| token.marked).count();
    tokens.len() >= 3 && marked * 5 >= tokens.len() * 3
}

fn mend_alone(at: usize, token: Token, text: &Typing, vocabulary: &Vocabulary) -> Token {
    if is_known(&token, vocabulary) {
        return token;
    }
    let telex = || {
        if text.telex {
            text.telex_meaning(at, &token, vocabulary)
        } else {
            None
        }
    };
    repeated::mend(&token, vocabulary)
        .or_else(|| text.vni_meaning(&token, vocabulary))
        .or_else(telex)
        .or_else(|| variant::mend(&token, vocabulary))
        .unwrap_or(token)
}

fn mend_together(tokens: &[Token], text: &Typing, vocabulary: &Vocabulary) -> Vec<Token> {
    let mut mended: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let [token, after @ ..] = &tokens[at..] {
        if let Some(joined) = join::mend(mended.last(), token, after, vocabulary) {
            mended.push(joined);
            at += 2;
            continue;
        }
        let neighbours = Neighbours::new(mended.last(), after.first(), vocabulary);
        if !is_open(token, vocabulary) {
            let other = variant::mend_by_neighbours(token, &neighbours, vocabulary);
            mended.push(other.unwrap_or_else(|| token.clone()));
        } else if let Some(parts) = split::mend(token, vocabulary) {
            mended.extend(parts);
        } else {
            let reading = text.telex_meaning(at, token, vocabulary);
            match slip::mend(token, reading, text.marked, &neighbours, vocabulary) {
                Some(meant) => mended.push(meant),
                None => match split::mend_by_parts(token, &neighbours, vocabulary) {
                    Some(parts) => mended.extend(parts),
                    None => mended.push(token.clone()),
                },
            }
        }
        at += 1;
    }
    mended
}

/// The vocabulary has the word: as marked, or when it is unmarked in any spelling.
fn is_known(token: &Token, vocabulary: &Vocabulary) -> bool {
    if token.marked {
        vocabulary.count(&token.word) > 0
    } else {
        vocabulary.count_folded(&token.fold) > 0
    }
}

/// Still to be repaired: unknown, not repaired yet, letters only.
fn is_open(token: &Token, vocabulary: &Vocabulary) -> bool {
    token.repair.is_none() && has_letters_only(token) && !is_known(token, vocabulary)
}

/// Whether a token is a word of letters; a Roman numeral is none, and stays as it is.
fn has_letters_only(token: &Token) -> bool {
    token.word.chars().all(char::is_alphabetic) && roman(&token.word).is_none()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Repair, tokenize};
    use super::*;

    /// A vocabulary of a few sentences, for the tests of every step.
    pub(super) fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::new();
        for sentence in [
            "Ban Tuyên giáo Tỉnh ủy chủ trì tuyên truyền về trẻ em",
            "bảo vệ trẻ em là trách nhiệm của nhà trường và gia đình",
            "chăm sóc, giáo dục và bảo vệ trẻ em trong tình hình mới",
            "công tác chăm sóc, giáo dục và bảo vệ trẻ em",
            "báo cáo Ban Thường vụ Tỉnh ủy trước ngày 15 hằng năm",
            "các cơ quan báo chí báo cáo kết quả thực hiện Chỉ thị số 28-CT/TW",
            "các nhà trường được giao nhiệm vụ giáo dục kỹ năng cho trẻ em",
            "được sự chỉ đạo của cấp ủy, nhà trường không để trẻ em bị bạo lực",
            "nhiệm vụ và giải pháp ở phần II",
        ] {
            vocabulary.add(&tokenize(sentence), 1);
        }
        vocabulary.finish();
        vocabulary
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let repaired = repair(tokenize(text), &vocabulary());
        let words: Vec<_> = repaired.iter().map(|token| token.word.as_str()).collect();
        assert_eq!(words.join(" "), expect);
    }

    #[test]
    fn sound_text_stays() {
        check("trách nhiệm của nhà trường", "trách nhiệm của nhà trường");
        check("trach nhiem cua nha truong", "trach nhiem cua nha truong");
        check("đội bóng đá vô địch", "đội bóng đá vô địch");
        check("gia vang hom nay bao nhieu", "gia vang hom nay bao nhieu");
        check("số 28-CT/TW", "số 28 ct tw");
        check("", "");
    }

    #[test]
    fn each_kind_of_repair() {
        check("được giaoooo nhiệm vụ", "được giao nhiệm vụ");
        check("bảooo vệ", "bảo vệ");
        check("trer em laf gif", "trẻ em là gì");
        check("tre3 em la2 gi2", "trẻ em là gì");
        check("bao ve trẻem", "bao ve trẻ em");
        check("tuyengiao tinh uy", "tuyen giao tinh uy");
        check("trá ch nhiệm", "trách nhiệm");
        check("cua nha truơngg", "cua nha trường");
        check("bao ve ter em", "bao ve tre em");
        check("nhà trương", "nhà trường");
        check("kĩ năng", "kỹ năng");
    }

    #[test]
    fn roman_numerals_stay() {
        for typed in ["III.4", "phần iii", "mục IV", "XII"] {
            let repaired = repair(tokenize(typed), &vocabulary());
            assert!(
                repaired.iter().all(|token| token.repair.is_none()),
                "{typed}"
            );
        }
    }

    #[test]
    fn repairs_are_named() {
        let repaired = repair(tokenize("khoong trẻem"), &vocabulary());
        let kinds: Vec<_> = repaired.iter().map(|token| token.repair).collect();
        assert_eq!(
            kinds,
            [
                Some(Repair::Telex),
                Some(Repair::Split),
                Some(Repair::Split)
            ]
        );
    }

    #[test]
    fn an_empty_vocabulary_harms_nothing() {
        let tokens = tokenize("trẻ em là ai, 28-CT/TW, khong biet tuyengiao");
        assert_eq!(repair(tokens.clone(), &Vocabulary::new()), tokens);
        assert_eq!(restore(&tokens, &Vocabulary::new()).len(), tokens.len());
    }

    proptest! {
        #[test]
        fn any_text_comes_through(text in prop_oneof![any::<String>(), "[ a-zđ0-9ăâêôơưàáảãạếộừỷ\u{301}\u{ad}]{0,40}"]) {
            let vocabulary = vocabulary();
            let repaired = repair(tokenize(&text), &vocabulary);
            prop_assert_eq!(restore(&repaired, &vocabulary).len(), repaired.len());
            let mut last = 0;
            for token in repaired {
                prop_assert!(token.span.start >= last && text.get(token.span.clone()).is_some());
                last = token.span.end;
            }
        }
    }
}
