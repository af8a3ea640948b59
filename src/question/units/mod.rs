//! Units named: longest alias first, by diacritics where the question has them, folded where it
//! has none.

mod apart;
mod names;
mod next;

use std::ops::Range;

use super::cue::means;
use super::documents::DocumentMention;
use crate::corpus::Corpus;
use crate::text::spelling::Vocabulary;
use crate::text::{Match, Token};

pub use next::{is_asked_of_next, next_of_its_kind};

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
    let phrases = &corpus.units.phrases;
    let all = phrases.find_longest_where(tokens, |m| means(tokens, restored, m));
    let all = names::across_determiners(corpus, tokens, all);
    let all = names::of_shared_level(corpus, tokens, all);
    if all.is_empty() {
        return Vec::new();
    }
    let overlapping = phrases.find(tokens);
    let starts: Vec<(usize, usize)> = all
        .iter()
        .map(|found| (found.tokens.start, *found.value))
        .collect();
    let local = names::local_bodies(corpus, tokens);
    let mut mentions: Vec<UnitMention> = Vec::new();
    // Where the name of the next one's organ begins.
    let mut organ: Option<usize> = None;
    for found in all {
        if local.iter().any(|body| names::cuts(body, &found.tokens)) {
            continue;
        }
        let found = names::name_going_on(&overlapping, tokens, restored, found);
        let next = unit_at(&starts, found.tokens.end);
        if next.is_some_and(|next| names::is_organ_of(corpus, &found, next)) {
            organ.get_or_insert(found.tokens.start);
            continue;
        }
        if let Some(before) = mentions.last_mut()
            && found.tokens.start <= before.tokens.end
            && names::ends_in(corpus, before.unit, *found.value)
        {
            before.tokens.end = before.tokens.end.max(found.tokens.end);
            continue;
        }
        let start = organ.take().unwrap_or(found.tokens.start);
        let included = corpus.units.is_included(found.phrase);
        let apart = apart::is_apart(corpus, tokens, restored, documents, &found)
            || (next.is_none()
                && apart::goes_on_to_another(corpus, tokens, restored, vocabulary, &found));
        if apart || is_said_before(tokens, &mentions, &found, included) {
            continue;
        }
        mentions.push(UnitMention {
            unit: *found.value,
            gives: gives(tokens, &found.tokens, &starts),
            included,
            tokens: names::with_place(corpus, tokens, start..found.tokens.end),
        });
    }
    mentions
}

/// Whether the unit was named before. "sở xây dựng với sở giao thông" are two that the text speaks of through one
/// unit; "bí thư chi bộ thôn, chi bộ" are one.
fn is_said_before(
    tokens: &[Token],
    mentions: &[UnitMention],
    found: &Match<'_, usize>,
    included: bool,
) -> bool {
    let another = |mention: &UnitMention| {
        let said = &tokens[mention.tokens.clone()];
        let again = |token: &Token| said.iter().any(|other| other.fold == token.fold);
        included && mention.included && !tokens[found.tokens.clone()].iter().all(again)
    };
    let mut mentions = mentions.iter();
    mentions.any(|mention| mention.unit == *found.value && !another(mention))
}

/// The unit whose name begins there.
fn unit_at(units: &[(usize, usize)], start: usize) -> Option<usize> {
    let found = units.iter().find(|(at, _)| *at == start);
    found.map(|(_, unit)| *unit)
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
    names.iter().any(|found| {
        means(tokens, restored, found) && apart::is_of_another_level(corpus, tokens, found)
    })
}

/// "được … giao", "do … phân công": the unit stands between the passive and a verb of charging; "… giao gì cho
/// …" names the charged one after it; "… gửi kế hoạch cho ai" sends it. Takes where units are named.
fn gives(tokens: &[Token], range: &Range<usize>, named: &[(usize, usize)]) -> bool {
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
        to.is_some_and(|to| unit_at(named, range.end + to + 1).is_some())
    };
    sends(tokens, range) || (charges && (is(range.start.checked_sub(1), &PASSIVE) || to_another()))
}

/// "gửi kế hoạch này cho những ai": the unit sends a document, and no report.
pub(super) fn sends(tokens: &[Token], range: &Range<usize>) -> bool {
    let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.may_be(word));
    is(range.end, "gửi") && !is(range.end + 1, "báo")
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
