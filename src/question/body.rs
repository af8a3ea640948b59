//! A body or an office that the table of units does not class, asked for its duties: "công an xã làm
//! gì". Whatever is near to it in meaning is nobody's duty but that of whom the documents name.

use std::ops::Range;

use super::aside::is_oneself;
use super::courtesy::beside_courtesies;
use super::cue::{Cue, CueMatch, has};
use super::{Question, UnitMention};
use crate::corpus::Corpus;
use crate::text::{Match, Token};

/// Words of a level that nothing else is written like.
const LEVEL: [&str; 4] = ["xã", "phường", "huyện", "tỉnh"];

/// Words of a place or a level that go on with a name.
const PLACE: [&str; 15] = [
    "xã",
    "phường",
    "huyện",
    "quận",
    "tỉnh",
    "thị",
    "trấn",
    "thành",
    "phố",
    "thôn",
    "cấp",
    "ở",
    "tại",
    "này",
    "mình",
];

/// Words that say where.
const IN: [&str; 2] = ["ở", "tại"];

/// Words that ask who is in charge, beside those that ask who, and say nothing of what.
const IN_CHARGE: [&str; 15] = [
    "chịu", "trách", "nhiệm", "phụ", "lo", "làm", "đảm", "thực", "hiện", "thì", "là", "sẽ", "phải",
    "ở", "tại",
];

/// Words that a question begins with before it names who it is about.
const BEFORE: [&str; 10] = [
    "của", "vậy", "thì", "thế", "còn", "hỏi", "bên", "mà", "nếu", "với",
];

/// Words between a name and what is asked of it.
const BETWEEN: [&str; 12] = [
    "phải", "cần", "sẽ", "có", "được", "thì", "là", "nên", "của", "các", "những", "theo",
];

/// The name, with the place after it, when its duties are asked for or nothing else is said.
pub(super) fn find(
    corpus: &Corpus,
    tokens: &[Token],
    restored: &[String],
    cues: &[CueMatch],
    question: &Question,
) -> Option<Range<usize>> {
    if !question.units.is_empty() || question.place.is_some() {
        return None;
    }
    let named = corpus.units.bodies.find_longest(tokens).into_iter();
    // "cán bộ văn hóa" is of no ministry.
    let whole = |found: &Match<'_, ()>| {
        let before = found.tokens.start.checked_sub(1);
        before.is_none_or(|at| restored[at] != "cán")
    };
    named
        .filter(whole)
        // "tôi là tổ trưởng dân phố, tôi …": the second one is not whose it is.
        .map(
            |found| match says_what_he_is(&tokens[..found.tokens.start]) {
                true => found.tokens,
                false => with_place(corpus, tokens, restored, found.tokens),
            },
        )
        .find(|body| {
            has_its_duties_asked(tokens, cues, body)
                || is_given_a_task(tokens, body)
                || question.whether_said
                || is_all(tokens, cues, question, body)
                || is_the_asker(tokens, cues, question, body)
        })
}

/// A body joined to a unit whose duties are asked: "[công an xã] với ban tuyên giáo làm gì".
pub(super) fn beside_a_unit(
    corpus: &Corpus,
    tokens: &[Token],
    restored: &[String],
    question: &Question,
) -> Option<Range<usize>> {
    const AND: [&str; 5] = ["và", "với", "cùng", "hay", "hoặc"];
    let and = |at: usize| {
        restored
            .get(at)
            .is_some_and(|word| AND.contains(&word.as_str()))
    };
    let units = || question.units.iter().map(|mention| &mention.tokens);
    let joined = |body: &Range<usize>| {
        let apart = units().all(|unit| unit.end <= body.start || body.end <= unit.start);
        let beside = units().any(|unit| {
            (and(body.end) && unit.start == body.end + 1)
                || (and(unit.end) && body.start == unit.end + 1)
        });
        apart && beside
    };
    let named = corpus.units.bodies.find_longest(tokens).into_iter();
    named
        .map(|found| with_place(corpus, tokens, restored, found.tokens))
        .find(joined)
}

/// The units that answer for a place of here, where the place itself has its duties asked: "xã Lộc An phải
/// làm gì", "các huyện làm gì"; or who is in charge there, of nothing else: "cấp huyện ai lo".
pub(super) fn locality(
    corpus: &Corpus,
    tokens: &[Token],
    restored: &[String],
    cues: &[CueMatch],
) -> Vec<UnitMention> {
    let kinds = corpus.units.localities.find_longest(tokens);
    let spoken = match kinds.is_empty() {
        true => return Vec::new(),
        false => beside_courtesies(corpus, tokens),
    };
    // "học sinh huyện Di Linh phải làm gì": not the district.
    let is_subject = |at: usize| {
        let before = at.checked_sub(1).map(|before| restored[before].as_str());
        let first = |at: usize| spoken.first().is_none_or(|first| at <= *first);
        let of = before.is_some_and(|before| BEFORE.contains(&before));
        let there = before.is_some_and(|before| IN.contains(&before)) && first(at - 1);
        of || there || first(at)
    };
    // "còn các huyện ạ?": the next one spoken of, and nothing else.
    let is_next = |place: &Range<usize>| {
        let before = place.start.checked_sub(1).map(|at| restored[at].as_str());
        before == Some("còn") && place.end + 1 >= tokens.len()
    };
    let asked = kinds.into_iter().find_map(|kind| {
        let before = kind.tokens.start.checked_sub(1).map(|at| &tokens[at]);
        let several =
            before.is_some_and(|token| token.may_be_any(&["các", "những", "mỗi", "từng", "cấp"]));
        let place = with_place(corpus, tokens, restored, kind.tokens.clone());
        // "Bảo Lộc" is a name without the kind of place it is.
        let name = corpus
            .lexicon
            .home
            .longest_at_start(&tokens[kind.tokens.start..]);
        let named = name.is_some() || place.end > kind.tokens.end;
        let tokens_of_it = kind.tokens.start - usize::from(several)..place.end;
        let subject = is_subject(tokens_of_it.start);
        let in_charge = asks_who_is_in_charge(restored, cues, &tokens_of_it);
        let asked = has_its_duties_asked(tokens, cues, &tokens_of_it)
            || is_next(&tokens_of_it)
            || in_charge;
        // "vậy xã có phải làm gì không": the level for all that are of it.
        let level = place.len() == 1
            && LEVEL.contains(&restored[place.start].as_str())
            && tokens
                .get(place.end)
                .is_none_or(|next| next.may_be_any(&BETWEEN) || begins_a_cue(cues, place.end));
        ((subject || in_charge) && (several || named || level) && asked)
            .then_some((kind.tokens, tokens_of_it))
    });
    let Some((kind, place)) = asked else {
        return Vec::new();
    };
    let all = corpus.units.localities.find(tokens);
    let mut units: Vec<usize> = all
        .into_iter()
        .filter(|found| found.tokens == kind)
        .map(|found| *found.value)
        .collect();
    units.sort_unstable();
    units.dedup();
    let mention = |unit: usize| UnitMention {
        unit,
        tokens: place.clone(),
        included: true,
        gives: false,
    };
    units.into_iter().map(mention).collect()
}

fn with_place(
    corpus: &Corpus,
    tokens: &[Token],
    restored: &[String],
    name: Range<usize>,
) -> Range<usize> {
    let mut end = name.end;
    while let Some(token) = tokens.get(end) {
        match corpus.lexicon.home.longest_at_start(&tokens[end..]) {
            Some(words) => end += words,
            None if is_place(token, &restored[end]) || token.is_number() => end += 1,
            None => break,
        }
    }
    end += whose(restored, end);
    name.start..end
}

/// How many words from here on say whose it is: "trưởng thôn tụi em", "trạm y tế chúng tôi".
fn whose(restored: &[String], at: usize) -> usize {
    let word = |at: usize| restored.get(at).map_or("", String::as_str);
    match ["tụi", "chúng", "bọn"].contains(&word(at)) {
        true => 2.min(restored.len() - at),
        false => usize::from(["tôi", "tui", "ta"].contains(&word(at))),
    }
}

/// Whether a word says of which place a body is; without marks as it is likely meant.
fn is_place(token: &Token, restored: &str) -> bool {
    PLACE.contains(&restored) || (!token.marked && token.may_be_any(&LEVEL))
}

/// "[công an xã] phải làm gì", "nhiệm vụ của [công an xã]": nothing stands between but small words.
fn has_its_duties_asked(tokens: &[Token], cues: &[CueMatch], body: &Range<usize>) -> bool {
    let small = |range: Range<usize>| tokens[range].iter().all(|token| token.may_be_any(&BETWEEN));
    let mut duties = cues.iter().filter(|cue| cue.cue == Cue::Duties);
    duties.any(|cue| {
        (body.end <= cue.tokens.start && small(body.end..cue.tokens.start))
            || (cue.tokens.end <= body.start && small(cue.tokens.end..body.start))
    })
}

/// "có giao [công an] việc …": right after the verb, and before a task.
fn is_given_a_task(tokens: &[Token], body: &Range<usize>) -> bool {
    let before = body.start.checked_sub(1).map(|at| &tokens[at]);
    let gives = before.is_some_and(|token| token.may_be("giao"));
    let task = tokens.get(body.end);
    gives && task.is_some_and(|token| token.may_be_any(&["việc", "nhiệm"]))
}

/// Whether the duties are asked for from here on.
fn begins_a_cue(cues: &[CueMatch], at: usize) -> bool {
    let mut duties = cues.iter().filter(|cue| cue.cue == Cue::Duties);
    duties.any(|cue| cue.tokens.start == at)
}

/// "[cấp huyện] ai lo", "ở [Đà Lạt] cơ quan nào thực hiện": who, and nothing of what.
fn asks_who_is_in_charge(restored: &[String], cues: &[CueMatch], place: &Range<usize>) -> bool {
    let of_who = |at: usize| {
        let mut who = cues.iter().filter(|cue| cue.cue == Cue::Who);
        who.any(|cue| cue.tokens.contains(&at))
    };
    has(cues, Cue::Who)
        && (0..restored.len())
            .filter(|at| !place.contains(at))
            .all(|at| of_who(at) || IN_CHARGE.contains(&restored[at].as_str()))
}

/// "trạm y tế xã?": nobody asks anything else.
fn is_all(tokens: &[Token], cues: &[CueMatch], question: &Question, body: &Range<usize>) -> bool {
    let outside = says_more(question, body);
    let asked = has(cues, Cue::Who) || has(cues, Cue::When) || has(cues, Cue::List);
    !outside && !asked && question.documents.is_empty() && body.end == tokens.len()
}

/// "tôi là [tổ trưởng dân phố], kế hoạch giao gì cho tôi": who asks says what he is, and asks for his duties
/// and nothing else.
fn is_the_asker(
    tokens: &[Token],
    cues: &[CueMatch],
    question: &Question,
    body: &Range<usize>,
) -> bool {
    let said = says_what_he_is(&tokens[..body.start]);
    said && has(cues, Cue::Duties) && !says_more(question, body)
}

/// "tôi là", right before a body.
fn says_what_he_is(before: &[Token]) -> bool {
    match before {
        [.., oneself, is] => is_oneself(oneself) && is.may_be("là"),
        _ => false,
    }
}

/// Whether a topic stands beside the body.
fn says_more(question: &Question, body: &Range<usize>) -> bool {
    let mut weighty = question.terms.iter().filter(|term| !term.is_slight());
    weighty.any(|term| term.tokens.end <= body.start || body.end <= term.tokens.start)
}

#[cfg(test)]
mod tests {
    use crate::answer::Context;
    use crate::corpus::Corpus;
    use crate::question::Reader;

    #[test]
    fn bodies_whose_duties_are_asked() {
        let document = "+++\nid = \"kh\"\ntype = \"Kế hoạch\"\nnumber = \"1\"\nshort = \"Kế hoạch 1\"\ntitle = \"A\"\n\
            issuer = \"B\"\n+++\n# A\n## I. A\n- Các sở tuyên truyền, bảo vệ trẻ em.\n";
        let units = "[[unit]]\nid='so'\nname='Các sở'\nlevel='tinh'\nkind='named'\n\
            [[unit]]\nid='ubnd-xa'\nname='UBND xã'\naliases=['xã tôi']\nlevel='xa'\nkind='member'\nmember_of=['so']\n\
            [bodies]\nnames=['công an', 'công an xã', 'hội luật gia', 'trạm y tế']\n";
        let lexicon = "[home]\nplaces=['Sông Xanh']\n";
        let files = [
            ("kh.md", document),
            ("don-vi.toml", units),
            ("tu-dien.toml", lexicon),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.into()));
        let (corpus, _) = Corpus::from_files(files.to_vec()).unwrap();
        let reader = Reader::new(&corpus);
        for (asked, body) in [
            ("Công an huyện làm gì?", Some("Công an huyện")),
            ("cong an huyen phai lam gi", Some("cong an huyen")),
            (
                "nhiệm vụ của công an huyện Sông Xanh là gì",
                Some("công an huyện Sông Xanh"),
            ),
            // "xã tôi" alone is a unit.
            ("công an xã tôi phải làm gì", Some("công an xã tôi")),
            ("trạm y tế?", Some("trạm y tế")),
            ("hội luật gia được giao gì", Some("hội luật gia")),
            (
                "Trạm y tế tụi tui được giao việc gì",
                Some("Trạm y tế tụi tui"),
            ),
            // Not the one whose duties are asked for.
            ("các sở phối hợp với công an làm gì", None),
            ("công an bảo vệ trẻ em thế nào", None),
            ("khi công an tới nhà thì trẻ em phải làm gì", None),
        ] {
            let question = reader.read(&corpus, asked, &Context::default());
            let found = question.body.clone().map(|body| question.typed(body));
            assert_eq!(found, body, "{asked}");
            assert_eq!(question.foreign_document, None, "{asked}");
        }
    }
}
