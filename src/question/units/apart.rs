//! Names of units that are not the unit asked about: whose document it is, who stands above, the like body of
//! another level, the beginning of another name.

use std::ops::Range;

use super::names::DETERMINERS;
use crate::corpus::{Corpus, Level};
use crate::question::documents::DocumentMention;
use crate::text::spelling::Vocabulary;
use crate::text::{Match, Token, lower};

/// Whether what is named is not the unit asked about, for any of these reasons.
pub(super) fn is_apart(
    corpus: &Corpus,
    tokens: &[Token],
    restored: &[String],
    documents: &[DocumentMention],
    found: &Match<'_, usize>,
) -> bool {
    let inside = documents.iter().any(|document| {
        document.tokens.start <= found.tokens.start && found.tokens.end <= document.tokens.end
    });
    inside
        || is_whose_document_it_is(corpus, documents, restored, found)
        || is_over_another(restored, found)
        || is_body_of(tokens, &found.tokens)
        || is_of_another_level(corpus, tokens, found)
}

/// Whether the words after a name that no other unit's name follows make it another body's.
pub(super) fn goes_on_to_another(
    corpus: &Corpus,
    tokens: &[Token],
    restored: &[String],
    vocabulary: &Vocabulary,
    found: &Match<'_, usize>,
) -> bool {
    goes_on(corpus, tokens, found) || begins_another_name(corpus, restored, found, vocabulary)
}

/// "kế hoạch về trẻ em của Tỉnh ủy": whose document it is, by the short name of who issued it, and not whose
/// duty.
fn is_whose_document_it_is(
    corpus: &Corpus,
    documents: &[DocumentMention],
    restored: &[String],
    found: &Match<'_, usize>,
) -> bool {
    /// "kế hoạch thực hiện chỉ thị này của".
    const NEAR: usize = 6;
    const OWED: [&str; 5] = ["vụ", "việc", "nhiệm", "trò", "phần"];
    let start = found.tokens.start;
    let word = |at: Option<usize>| at.map_or("", |at| restored[at].as_str());
    if word(start.checked_sub(1)) != "của" || OWED.contains(&word(start.checked_sub(2))) {
        return false;
    }
    let name = lower(&corpus.units.at(*found.value).name);
    documents.iter().any(|mention| {
        let near = mention.tokens.end < start && start <= mention.tokens.end + NEAR;
        near && lower(&corpus.documents[mention.document].issuer).contains(&name)
    })
}

/// "đơn vị trực thuộc Tỉnh ủy", "mấy ông trong Tỉnh ủy": around those who are spoken of.
fn is_over_another(restored: &[String], found: &Match<'_, usize>) -> bool {
    const PEOPLE: [&str; 6] = ["ông", "bà", "người", "đồng", "chí", "vị"];
    let before = |back: usize| {
        let at = found.tokens.start.checked_sub(back);
        at.map_or("", |at| restored[at].as_str())
    };
    (before(2) == "trực" && before(1) == "thuộc")
        || (before(1) == "trong" && PEOPLE.contains(&before(2)))
}

/// "Bộ Công an" is not the police of the province.
fn is_body_of(tokens: &[Token], range: &Range<usize>) -> bool {
    /// "chi bộ", "cán bộ": no ministry.
    const OTHER: [&str; 4] = ["chi", "cán", "đảng", "nội"];
    let before = |back: usize| range.start.checked_sub(back).and_then(|at| tokens.get(at));
    let other = before(2).is_some_and(|token| token.may_be_any(&OTHER));
    before(1).is_some_and(|token| token.may_be("bộ")) && !other
}

/// "Ban Dân vận Trung ương", "Tổng Liên đoàn Lao động", "Công an thành phố": the like body of another level.
pub(super) fn is_of_another_level(
    corpus: &Corpus,
    tokens: &[Token],
    found: &Match<'_, usize>,
) -> bool {
    const ABOVE: [&[&str]; 2] = [&["trung", "ương"], &["tổng"]];
    const COUNTRY: [&[&str]; 2] = [&["việt", "nam"], &["vn"]];
    const CENTRE: [&[&str]; 2] = [&["trung", "ương"], &["tw"]];
    const TOWN: [&[&str]; 2] = [&["thành", "phố"], &["tp"]];
    let level = corpus.units.at(*found.value).level;
    let follows = |names: &[&[&str]]| {
        names.iter().any(|name| {
            let after = tokens.get(found.tokens.end..found.tokens.end + name.len());
            after.is_some_and(|after| after.iter().zip(*name).all(|(t, w)| t.may_be(w)))
        })
    };
    let precedes = |names: &[&[&str]]| {
        names.iter().any(|name| {
            let start = found.tokens.start.checked_sub(name.len());
            let before = start.map(|start| &tokens[start..found.tokens.start]);
            before.is_some_and(|before| before.iter().zip(*name).all(|(t, w)| t.may_be(w)))
        })
    };
    // "Hội Liên hiệp Phụ nữ Việt Nam tỉnh" is the province's.
    let of_the_country = follows(&COUNTRY)
        && !tokens
            .get(found.tokens.end + 1..)
            .is_some_and(|rest| rest.iter().take(2).any(|token| token.may_be("tỉnh")));
    let below = level != Level::Central;
    (below && (follows(&CENTRE) || precedes(&ABOVE)))
        || (level == Level::Province && (follows(&TOWN) || of_the_country))
}

/// Whether a short name that begins those of several units goes on to another: "ủy ban" in "ủy ban
/// kiểm tra", which no unit's name covers, is not the one it stands for alone.
fn begins_another_name(
    corpus: &Corpus,
    restored: &[String],
    found: &Match<'_, usize>,
    vocabulary: &Vocabulary,
) -> bool {
    const SHORT: usize = 2;
    let range = &found.tokens;
    let (Some(last), Some(next)) = (restored.get(range.end - 1), restored.get(range.end)) else {
        return false;
    };
    // What a unit does or is begins no other name.
    const GOES_ON: [&str; 23] = [
        "có", "phải", "được", "thì", "là", "cần", "làm", "lo", "sẽ", "đã", "đang", "gồm", "chịu",
        "tham", "trong", "ở", "của", "nào", "và", "với", "cùng", "hay", "hoặc",
    ];
    let verb = GOES_ON.contains(&next.as_str());
    if range.len() > SHORT || verb || !vocabulary.stand_together(last, next) {
        return false;
    }
    let longer = |phrase: &&[Token]| {
        phrase.len() > range.len()
            && phrase
                .iter()
                .zip(found.phrase)
                .all(|(a, b)| a.word == b.word)
    };
    corpus.units.phrases.phrases().filter(longer).count() > 1
}

/// The police "xã" is not that of the province, nor that of a town; a district's office is one of a
/// "huyện".
fn goes_on(corpus: &Corpus, tokens: &[Token], found: &Match<'_, usize>) -> bool {
    let range = &found.tokens;
    let level = corpus.units.at(*found.value).level;
    let is =
        |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| token.may_be_any(words));
    let at = range.end + usize::from(is(range.end, &DETERMINERS));
    let at = at + usize::from(is(at, &["cấp"]));
    let commune = is(at, &["xã", "phường"]) || (is(at, &["thị"]) && is(at + 1, &["trấn"]));
    let district = is(at, &["huyện", "quận"]) || (is(at, &["thị"]) && is(at + 1, &["xã"]));
    (commune && level != Level::Commune) || (district && level != Level::District)
}
