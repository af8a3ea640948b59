//! Which words are the name of a unit: over determiners, with the level said after several, with the place it
//! goes on to.

use std::ops::Range;

use crate::corpus::{Corpus, Level};
use crate::question::cue::means;
use crate::text::{self, Match, Token};

/// Words that stand inside a name when it is said of several: "UBND các xã".
pub(super) const DETERMINERS: [&str; 5] = ["các", "những", "mỗi", "mọi", "từng"];

/// The matches, and those that are found where determiners inside a name are passed over: "UBND các xã" is
/// no body of the province; nor is "của" a part of "ban tuyên giáo của tỉnh ủy".
pub(super) fn across_determiners<'a>(
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
pub(super) fn of_shared_level<'a>(
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

/// "ban thường vụ" in "ban thường vụ hội phụ nữ": the short name of one body's organ goes on to another body,
/// whose organ is meant. "ban tuyên giáo, ban dân vận" said without a comma are two of the same body.
pub(super) fn is_organ_of(corpus: &Corpus, found: &Match<'_, usize>, next: usize) -> bool {
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

/// "phó trưởng ban dân vận" and "Tỉnh ủy": whether the name of one unit ends in that of another, which then goes
/// on with it.
pub(super) fn ends_in(corpus: &Corpus, unit: usize, other: usize) -> bool {
    let fold = |unit: usize| text::fold(&text::lower(&corpus.units.at(unit).name));
    unit != other && fold(unit).ends_with(&format!(" {}", fold(other)))
}

/// Bodies of a commune or a district that no unit stands for: "công an xã".
pub(super) fn local_bodies(corpus: &Corpus, tokens: &[Token]) -> Vec<Range<usize>> {
    let level = |at: usize| tokens[at].may_be_any(&["xã", "phường", "huyện", "quận"]);
    let named = corpus.units.bodies.find_longest(tokens).into_iter();
    named
        .map(|found| found.tokens)
        .filter(|body| body.len() > 1 && level(body.end - 1))
        .collect()
}

/// Whether a name is a part of such a body's, or begins with its last word: "công an" and "xã tôi" of
/// "công an xã tôi".
pub(super) fn cuts(body: &Range<usize>, name: &Range<usize>) -> bool {
    let part = body.start <= name.start && name.end < body.end;
    part || (body.start < name.start && name.start < body.end)
}

/// "trưởng ban tuyên giáo" in "trưởng ban tuyên giáo trung ương" is cut off where the name goes on: of
/// names that share words, the one that goes on says whose body it is.
pub(super) fn name_going_on<'a>(
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
pub(super) fn with_place(corpus: &Corpus, tokens: &[Token], name: Range<usize>) -> Range<usize> {
    let after = &tokens[name.end..];
    let place_at = |at: usize| {
        let place = corpus.lexicon.home.longest_at_start(after.get(at..)?)?;
        Some(at + place)
    };
    let kind = corpus.units.localities.longest_at_start(after);
    let place = place_at(0).or_else(|| place_at(kind?));
    name.start..name.end + place.unwrap_or(0)
}
