//! Units named: longest alias first, by diacritics where the question has them, folded where it
//! has none.

use std::ops::Range;

use super::cue::means;
use super::documents::DocumentMention;
use crate::corpus::{Corpus, Level};
use crate::text::spelling::Vocabulary;
use crate::text::{self, Match, Token, lower};

/// A unit named in a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitMention {
    /// Index into the corpus's units.
    pub unit: usize,
    /// The words that name it.
    pub tokens: Range<usize>,
    /// What is named is not the unit itself, but something in it.
    pub included: bool,
    /// It is the one who gives a task, and not the one who is asked about: "được Bộ Chính trị giao".
    pub gives: bool,
}

/// Finds the units named, in the order of the question. A unit inside the name of a document
/// ("Chỉ thị của Bộ Chính trị") is part of that name.
pub(super) fn find(
    corpus: &Corpus,
    tokens: &[Token],
    restored: &[String],
    documents: &[DocumentMention],
    vocabulary: &Vocabulary,
) -> Vec<UnitMention> {
    let all = corpus
        .units
        .phrases
        .find_longest_where(tokens, |m| means(tokens, restored, m));
    let all = across_determiners(corpus, tokens, all);
    let all = of_shared_level(corpus, tokens, all);
    if all.is_empty() {
        return Vec::new();
    }
    let overlapping = corpus.units.phrases.find(tokens);
    let starts: Vec<(usize, usize)> = all
        .iter()
        .map(|found| (found.tokens.start, *found.value))
        .collect();
    let named: Vec<usize> = starts.iter().map(|(start, _)| *start).collect();
    let local = local_bodies(corpus, tokens);
    let mut mentions: Vec<UnitMention> = Vec::new();
    // Where the name of the next one's organ begins.
    let mut organ: Option<usize> = None;
    for found in all {
        if local.iter().any(|body| cuts(body, &found.tokens)) {
            continue;
        }
        let found = name_going_on(&overlapping, tokens, restored, found);
        let unit = *found.value;
        let next = unit_at(&starts, found.tokens.end);
        if next.is_some_and(|next| is_organ_of(corpus, &found, next)) {
            organ.get_or_insert(found.tokens.start);
            continue;
        }
        let start = organ.take().unwrap_or(found.tokens.start);
        let inside = documents.iter().any(|document| {
            document.tokens.start <= found.tokens.start && found.tokens.end <= document.tokens.end
        });
        let included = corpus.units.is_included(found.phrase);
        // "sở xây dựng với sở giao thông": two that the text speaks of through one unit; "bí thư chi bộ thôn, chi
        // bộ" are one.
        let another = |mention: &UnitMention| {
            let said = &tokens[mention.tokens.clone()];
            let again = |token: &Token| said.iter().any(|other| other.fold == token.fold);
            included && mention.included && !tokens[found.tokens.clone()].iter().all(again)
        };
        let said_before = mentions
            .iter()
            .any(|mention| mention.unit == unit && !another(mention));
        if inside
            || said_before
            || is_whose_document_it_is(corpus, documents, restored, &found)
            || is_over_another(restored, &found)
            || is_body_of(tokens, &found.tokens)
            || is_of_another_level(corpus, tokens, &found)
            || (next.is_none()
                && (goes_on(corpus, tokens, &found)
                    || begins_another_name(corpus, restored, &found, vocabulary)))
        {
            continue;
        }
        mentions.push(UnitMention {
            unit,
            gives: gives(tokens, &found.tokens, &named),
            included,
            tokens: with_place(corpus, tokens, start..found.tokens.end),
        });
    }
    mentions
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

/// The unit whose name begins there.
fn unit_at(units: &[(usize, usize)], start: usize) -> Option<usize> {
    let found = units.iter().find(|(at, _)| *at == start);
    found.map(|(_, unit)| *unit)
}

/// "ban thường vụ" in "ban thường vụ hội phụ nữ": the short name of one body's organ goes on to another body,
/// whose organ is meant. "ban tuyên giáo, ban dân vận" said without a comma are two of the same body.
fn is_organ_of(corpus: &Corpus, found: &Match<'_, usize>, next: usize) -> bool {
    let name = |unit: usize| text::tokenize(&corpus.units.at(unit).name);
    let own = name(*found.value);
    let starts_own = own.len() > found.phrase.len()
        && own
            .iter()
            .zip(found.phrase)
            .all(|(one, other)| one.fold == other.fold);
    if !starts_own {
        return false;
    }
    let body = &own[found.phrase.len()..];
    let is_body = corpus.units.phrases.longest_at_start(body) == Some(body.len());
    let next = name(next);
    let of_same_body = next.len() > body.len()
        && next[next.len() - body.len()..]
            .iter()
            .zip(body)
            .all(|(one, other)| one.fold == other.fold);
    is_body && !of_same_body
}

/// Words that stand inside a name when it is said of several: "UBND các xã".
const DETERMINERS: [&str; 5] = ["các", "những", "mỗi", "mọi", "từng"];

/// The matches, and those that are found where determiners inside a name are passed over: "UBND các xã" is
/// no body of the province; nor is "của" a part of "ban tuyên giáo của tỉnh ủy".
fn across_determiners<'a>(
    corpus: &'a Corpus,
    tokens: &[Token],
    mut all: Vec<Match<'a, usize>>,
) -> Vec<Match<'a, usize>> {
    let kept: Vec<usize> = (0..tokens.len())
        .filter(|at| !tokens[*at].may_be_any(&DETERMINERS) && !tokens[*at].may_be("của"))
        .collect();
    if kept.len() == tokens.len() {
        return all;
    }
    let plain: Vec<Token> = kept.iter().map(|at| tokens[*at].clone()).collect();
    for mut found in corpus.units.phrases.find_longest(&plain) {
        let range = kept[found.tokens.start]..kept[found.tokens.end - 1] + 1;
        let longer = range.len() > found.tokens.len()
            && all.iter().all(|other| {
                other.tokens.end <= range.start
                    || range.end <= other.tokens.start
                    || other.tokens.len() < range.len()
            });
        if longer {
            all.retain(|other| other.tokens.end <= range.start || range.end <= other.tokens.start);
            found.tokens = range;
            all.push(found);
        }
    }
    all.sort_by_key(|found| found.tokens.start);
    all
}

/// "HĐND, UBND xã", "mặt trận và hội phụ nữ huyện": the level that ends the last of several names is that of
/// those before it, which without it would be the province's.
fn of_shared_level<'a>(
    corpus: &'a Corpus,
    tokens: &[Token],
    mut all: Vec<Match<'a, usize>>,
) -> Vec<Match<'a, usize>> {
    const LEVELS: [&str; 3] = ["xã", "phường", "huyện"];
    const AND: [&str; 3] = ["và", "với", "cùng"];
    for at in (1..all.len()).rev() {
        let level = &tokens[all[at].tokens.end - 1];
        let (one, next) = (&all[at - 1], &all[at]);
        let between = &tokens[one.tokens.end..next.tokens.start];
        let joined = between.is_empty() || (between.len() == 1 && between[0].may_be_any(&AND));
        let of_province = corpus.units.at(*one.value).level == Level::Province;
        if !joined || !of_province || !level.may_be_any(&LEVELS) {
            continue;
        }
        let mut named = one.phrase.to_vec();
        named.push(level.clone());
        let of_level = corpus.units.phrases.find_longest(&named).into_iter();
        let mut whole = of_level.filter(|found| found.tokens.len() == named.len());
        if let Some(found) = whole.next_back() {
            let tokens = one.tokens.clone();
            all[at - 1] = Match { tokens, ..found };
        }
    }
    all
}

/// Bodies of a commune or a district that no unit stands for: "công an xã".
fn local_bodies(corpus: &Corpus, tokens: &[Token]) -> Vec<Range<usize>> {
    let level = |at: usize| tokens[at].may_be_any(&["xã", "phường", "huyện", "quận"]);
    let named = corpus.units.bodies.find_longest(tokens).into_iter();
    named
        .map(|found| found.tokens)
        .filter(|body| body.len() > 1 && level(body.end - 1))
        .collect()
}

/// Whether a name is a part of such a body's, or begins with its last word: "công an" and "xã tôi" of
/// "công an xã tôi".
fn cuts(body: &Range<usize>, name: &Range<usize>) -> bool {
    let part = body.start <= name.start && name.end < body.end;
    part || (body.start < name.start && name.start < body.end)
}

/// "trưởng ban tuyên giáo" in "trưởng ban tuyên giáo trung ương" is cut off where the name goes on: of
/// names that share words, the one that goes on says whose body it is.
fn name_going_on<'a>(
    all: &[Match<'a, usize>],
    tokens: &[Token],
    restored: &[String],
    found: Match<'a, usize>,
) -> Match<'a, usize> {
    /// Fewer shared words may be an end and another beginning: "sở, ban, ngành", "ngành giáo dục".
    const SHARED: usize = 2;
    let range = found.tokens.clone();
    let goes_on = |other: &&Match<'a, usize>| {
        range.start < other.tokens.start
            && other.tokens.start + SHARED <= range.end
            && other.tokens.end > range.end
            && means(tokens, restored, other)
    };
    let longest = all
        .iter()
        .filter(goes_on)
        .max_by_key(|other| (other.tokens.end, other.exact));
    let Some(other) = longest else {
        return found;
    };
    // "bí thư chi bộ" and "chi bộ thôn": two names of one, and both are said.
    let start = match other.value == found.value {
        true => range.start,
        false => other.tokens.start,
    };
    Match {
        tokens: start..other.tokens.end,
        ..other.clone()
    }
}

/// The words of a name together with a place of here that follows: "huyện ủy Đức Trọng", "phòng lao
/// động huyện Di Linh".
fn with_place(corpus: &Corpus, tokens: &[Token], name: Range<usize>) -> Range<usize> {
    let after = &tokens[name.end..];
    let place_at = |at: usize| {
        let place = corpus.lexicon.home.longest_at_start(after.get(at..)?)?;
        Some(at + place)
    };
    let kind = corpus.units.localities.longest_at_start(after);
    let place = place_at(0).or_else(|| place_at(kind?));
    name.start..name.end + place.unwrap_or(0)
}

/// "con cong an", without marks: "còn" and the next unit, and nobody's child.
pub(super) fn is_asked_of_next(corpus: &Corpus, tokens: &[Token]) -> bool {
    let [first, rest @ ..] = tokens else {
        return false;
    };
    let unmarked = !tokens.iter().any(|token| token.marked);
    if !unmarked || first.fold != "con" {
        return false;
    }
    // "con xa me" is a child's; "con xa Loc An", "con cac xa" are places.
    let several = usize::from(
        rest.first()
            .is_some_and(|token| token.may_be_any(&DETERMINERS)),
    );
    let place = corpus.units.localities.longest_at_start(&rest[several..]);
    let named = |end: usize| {
        let after = &rest[several + end..];
        corpus.lexicon.home.longest_at_start(after).is_some()
    };
    let body = corpus.units.bodies.longest_at_start(rest);
    corpus.units.phrases.longest_at_start(rest).is_some()
        || body == Some(rest.len())
        || place.is_some_and(|end| several > 0 || named(end))
}

/// "còn phụ nữ?", "thế còn y tế thì sao" after the duties of another: the unit of that name, whose kind goes without
/// saying.
pub(super) fn next_of_its_kind(
    corpus: &Corpus,
    tokens: &[Token],
    restored: &[String],
) -> Option<UnitMention> {
    const KINDS: [&str; 4] = ["hội", "sở", "ban", "ủy ban"];
    let word = |at: usize| restored.get(at).map_or("", String::as_str);
    let start = match (word(0), word(1)) {
        ("còn", _) => 1,
        ("thế" | "vậy", "còn") => 2,
        _ => return None,
    };
    let then = restored.iter().position(|word| word == "thì");
    let end = then.unwrap_or(tokens.len());
    let name = tokens.get(start..end).filter(|name| !name.is_empty())?;
    let named = |kind: &&str| {
        let whole = [&text::tokenize(kind), name].concat();
        let found = corpus
            .units
            .phrases
            .find_longest(&whole)
            .into_iter()
            .next()?;
        (found.tokens.len() == whole.len()).then_some(*found.value)
    };
    let unit = KINDS.iter().find_map(named)?;
    Some(UnitMention {
        unit,
        tokens: start..end,
        included: false,
        gives: false,
    })
}

/// Whether the name of a unit goes straight on to a place that the documents are not about, however
/// its words could be read elsewhere.
pub(super) fn is_elsewhere(corpus: &Corpus, tokens: &[Token], units: &[UnitMention]) -> bool {
    let after = |mention: &UnitMention| {
        let rest = tokens.get(mention.tokens.end..).unwrap_or_default();
        let kind = rest.first().is_some_and(|token| token.may_be("tỉnh"));
        corpus
            .lexicon
            .phrases
            .find_at_start(&rest[usize::from(kind)..])
            .iter()
            .any(|found| corpus.lexicon.concepts[found.value.0].elsewhere)
    };
    units.iter().any(after)
}

/// Whether a body is named that is like one of the units, but of another level.
pub(super) fn names_another_level(corpus: &Corpus, tokens: &[Token], restored: &[String]) -> bool {
    let names = corpus.units.phrases.find(tokens);
    names
        .iter()
        .any(|found| means(tokens, restored, found) && is_of_another_level(corpus, tokens, found))
}

/// "Ban Dân vận Trung ương", "Tổng Liên đoàn Lao động", "Công an thành phố": the like body of another level.
fn is_of_another_level(corpus: &Corpus, tokens: &[Token], found: &Match<'_, usize>) -> bool {
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

/// "được … giao", "do … phân công": the unit stands between the passive and a verb of charging; "… giao gì cho
/// …" names the charged one after it; "… gửi kế hoạch cho ai" sends it. Takes where units are named.
fn gives(tokens: &[Token], range: &Range<usize>, named: &[usize]) -> bool {
    const PASSIVE: [&str; 4] = ["được", "do", "bởi", "bị"];
    const CHARGING: [&str; 8] = ["giao", "phân", "bảo", "yêu", "chỉ", "sai", "nhờ", "kêu"];
    let is = |at: Option<usize>, words: &[&str]| {
        at.and_then(|at| tokens.get(at))
            .is_some_and(|token| token.may_be_any(words))
    };
    let charges = is(Some(range.end), &CHARGING);
    let to_another = || {
        let rest = tokens.get(range.end..).unwrap_or_default();
        let to = rest.iter().position(|token| token.may_be("cho"));
        to.is_some_and(|to| named.contains(&(range.end + to + 1)))
    };
    sends(tokens, range) || (charges && (is(range.start.checked_sub(1), &PASSIVE) || to_another()))
}

/// "gửi kế hoạch này cho những ai": the unit sends a document, and no report.
pub(super) fn sends(tokens: &[Token], range: &Range<usize>) -> bool {
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.may_be(word));
    is(range.end, "gửi") && !is(range.end + 1, "báo")
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

/// "Bộ Công an" is not the police of the province.
fn is_body_of(tokens: &[Token], range: &Range<usize>) -> bool {
    let before = range.start.checked_sub(1).and_then(|at| tokens.get(at));
    before.is_some_and(|token| token.may_be("bộ"))
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

#[cfg(test)]
mod tests {
    use super::super::Reader;
    use super::*;
    use crate::answer::{Context, Intent};

    const UNITS: &str = "[[unit]]\nid='tinh-uy'\nname='Tỉnh ủy'\nlevel='tinh'\nkind='named'\n\
        [[unit]]\nid='thuong-vu'\nname='Ban Thường vụ Tỉnh ủy'\nlevel='tinh'\nkind='named'\naliases=['ban thường vụ']\n\
        [[unit]]\nid='tuyen-giao'\nname='Ban Tuyên giáo Tỉnh ủy'\nlevel='tinh'\nkind='named'\naliases=['ban tuyên giáo']\n\
        [[unit]]\nid='phu-nu'\nname='Hội Phụ nữ tỉnh'\nlevel='tinh'\nkind='named'\naliases=['hội phụ nữ']\n\
        [[unit]]\nid='hdnd'\nname='Hội đồng nhân dân tỉnh'\nlevel='tinh'\nkind='named'\naliases=['HĐND']\n\
        [[unit]]\nid='hdnd-xa'\nname='Hội đồng nhân dân xã'\nlevel='xa'\nkind='named'\naliases=['HĐND xã']\n\
        [[unit]]\nid='ubnd-xa'\nname='Ủy ban nhân dân xã'\nlevel='xa'\nkind='named'\naliases=['UBND xã']\n\
        [[unit]]\nid='so'\nname='Các sở'\nlevel='tinh'\nkind='named'\nincludes=['sở xây dựng', 'sở giao thông', 'sở']\n";
    const DOCUMENT: &str = "+++\nid='kh'\ntype='Kế hoạch'\nnumber='1'\nshort='Kế hoạch 1'\ntitle='A'\n\
        issuer='Ban Thường vụ Tỉnh ủy'\n+++\n";

    fn named(asked: &str, context: &Context) -> Vec<String> {
        let files = [("kh.md", DOCUMENT), ("don-vi.toml", UNITS)];
        let files = files.map(|(name, text)| (name.to_owned(), text.into()));
        let (corpus, _) = Corpus::from_files(files.to_vec()).unwrap();
        let question = Reader::new(&corpus).read(&corpus, asked, context);
        let id = |mention: &UnitMention| corpus.units.at(mention.unit).id.clone();
        question.units.iter().map(id).collect()
    }

    #[track_caller]
    fn check(asked: &str, expect: &[&str]) {
        assert_eq!(named(asked, &Context::default()), expect, "{asked}");
    }

    #[test]
    fn an_organ_is_of_the_body_after_it() {
        check("ban thường vụ hội phụ nữ làm gì", &["phu-nu"]);
        check("ban thường vụ làm gì", &["thuong-vu"]);
        check(
            "ban thường vụ, ban tuyên giáo làm gì",
            &["thuong-vu", "tuyen-giao"],
        );
    }

    #[test]
    fn a_level_is_that_of_all_names_before_it() {
        check("HĐND, UBND xã làm gì", &["hdnd-xa", "ubnd-xa"]);
        check("HĐND và UBND xã làm gì", &["hdnd-xa", "ubnd-xa"]);
        check("HĐND làm gì", &["hdnd"]);
        check("HĐND giao gì cho UBND xã", &["ubnd-xa"]);
    }

    #[test]
    fn two_of_one_unit_are_both_named() {
        check("sở xây dựng và sở giao thông làm gì", &["so", "so"]);
        check("sở xây dựng, sở làm gì", &["so"]);
    }

    #[test]
    fn who_issued_a_document_or_stands_above_is_not_asked_about() {
        check("nhiệm vụ của Tỉnh ủy trong kế hoạch 1", &["tinh-uy"]);
        check(
            "kế hoạch 1 về trẻ em của Tỉnh ủy giao gì cho hội phụ nữ",
            &["phu-nu"],
        );
        check("đơn vị trực thuộc Tỉnh ủy làm gì", &[]);
    }

    #[test]
    fn the_kind_goes_without_saying_after_another_of_it() {
        let after_duties = Context {
            intent: Intent::Duties,
            units: vec!["so".to_owned()],
            ..Context::default()
        };
        assert_eq!(named("còn phụ nữ?", &after_duties), ["phu-nu"]);
        assert_eq!(named("thế còn phụ nữ thì sao", &after_duties), ["phu-nu"]);
        assert_eq!(named("còn phụ nữ?", &Context::default()), [""; 0]);
        assert_eq!(named("còn trẻ em?", &after_duties), [""; 0]);
    }
}
