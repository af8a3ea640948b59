//! Questions about a document itself: its number, day, signer and issuer, its parts, what it is for and what
//! it rests on.

use std::ops::Range;

use super::asks_by_a_word;
use crate::answer::Context;
use crate::question::aside::is_oneself;
use crate::question::cue::{Cue, CueMatch, Field, has};
use crate::question::followup::Lean;
use crate::question::{DocumentMention, Question, Term, numbers};
use crate::text::{self, Token};

/// "Tóm tắt kế hoạch 109", "chỉ thị 28 nói gì": what a document is about, and nothing else; its parts
/// say it.
pub fn asks_summary(
    tokens: &[Token],
    cues: &[CueMatch],
    question: &Question,
    context: &Context,
) -> bool {
    const SUMMARY: &[&[&str]] = &[
        &["tóm", "tắt"],
        &["tóm", "lược"],
        &["nội", "dung", "chính"],
        &["nội", "dung", "cơ", "bản"],
        &["tổng", "quan"],
        &["khái", "quát"],
        &["là", "gì"],
        &["là", "cái", "gì"],
    ];
    // "kế hoạch giao gì cho tôi": of one's own duties.
    let for_oneself = tokens
        .windows(2)
        .any(|two| two[0].may_be("cho") && is_oneself(&two[1]));
    let given = tokens.iter().any(|token| token.may_be("giao"));
    if question.documents.is_empty() || (given && for_oneself) {
        return false;
    }
    let named = |at: usize| question.documents.iter().any(|m| m.tokens.contains(&at));
    let word = |at: usize| {
        SUMMARY
            .iter()
            .any(|words| words.iter().any(|w| tokens[at].may_be(w)))
    };
    // "chỉ thị 28 bắt làm gì": a document bids, and nobody is named.
    let bids = |at: usize| {
        has(cues, Cue::Duties)
            && tokens[at].may_be_any(&["bắt", "bảo", "dặn", "giao", "đòi", "buộc"])
    };
    let length = wanted_length(tokens).unwrap_or_default();
    let nothing_else = question.units.is_empty()
        && question.place.is_none()
        && question.terms.iter().all(|term| {
            let mut at = term.tokens.clone();
            at.all(|at| word(at) || named(at) || bids(at) || length.contains(&at))
        });
    let in_so_many_words = || {
        let mut summaries = SUMMARY.iter();
        summaries.any(|words| text::contains(tokens, words, Token::may_be))
    };
    // A list is asked for, if anything: "gồm những gì"; "có nói không" asks of what was spoken of.
    let asks_whether =
        !context.topic.is_empty() && tokens.last().is_some_and(|t| t.may_be("không"));
    // "chỉ xem chỉ thị thôi": of what was spoken of.
    let only_named = cues.is_empty() && !context.topic.is_empty();
    let of_its_content = || {
        let of_content = |m: &CueMatch| {
            // "… nói gì vậy", "… thế nào"
            let at_the_end = m.tokens.len() == 1 && m.tokens.start > 1;
            matches!(m.cue, Cue::List | Cue::Duties)
                || (m.cue == Cue::Follow(Lean::And) && at_the_end)
        };
        // "tôi hỏi trong kế hoạch ấy": where to look for what was spoken of.
        let spoken_of_else = !context.places.is_empty() && !has(cues, Cue::List);
        let only_where = |mention: &DocumentMention| {
            let before = mention.tokens.start.checked_sub(1).map(|at| &tokens[at]);
            spoken_of_else && before.is_some_and(|token| token.may_be_any(&["trong", "theo", "ở"]))
        };
        let mut documents = question.documents.iter();
        !documents.any(|mention| mention.object || only_where(mention))
            && cues.iter().all(of_content)
    };
    nothing_else && (in_so_many_words() || (!asks_whether && !only_named && of_its_content()))
}

/// "trong 3 câu", "bằng vài dòng": how long something is to be.
fn wanted_length(tokens: &[Token]) -> Option<Range<usize>> {
    const MEASURES: [&str; 8] = ["câu", "dòng", "ý", "chữ", "từ", "phút", "đoạn", "trang"];
    const FEW: [&str; 2] = ["vài", "mấy"];
    let at = tokens.windows(3).position(|three| {
        let number = &three[1];
        let counts =
            number.is_number() || number.may_be_any(&FEW) || numbers::word(number).is_some();
        three[0].may_be_any(&["trong", "bằng", "khoảng"])
            && counts
            && three[2].may_be_any(&MEASURES)
    })?;
    Some(at..at + 3)
}

/// "kế hoạch này nhằm cái gì": what a document is for, and nothing else.
pub fn asks_purpose(restored: &[String], cues: &[CueMatch], question: &Question) -> bool {
    let [mention] = question.documents.as_slice() else {
        return false;
    };
    // "tỉnh ra bản kế hoạch này": who issued it is no topic.
    let issuer = |term: &Term| {
        let rest = restored.get(term.tokens.end..mention.tokens.start);
        rest.is_some_and(|rest| {
            rest.iter()
                .any(|word| ["ra", "ban", "viết", "lập"].contains(&word.as_str()))
        }) || (term.tokens.end == mention.tokens.start && term.tokens.len() == 1)
            || restored[term.tokens.clone()]
                .iter()
                .all(|word| word == "lập")
    };
    (has(cues, Cue::Purpose) || aims(restored, mention))
        && question
            .terms
            .iter()
            .all(|term| term.is_slight() || issuer(term))
}

/// "cái kế hoạch này làm ra để chi", "sinh ra nhằm được gì": a document, and what it was made for.
fn aims(restored: &[String], mention: &DocumentMention) -> bool {
    /// Words between the document and the aim, and between the aim and what asks for it.
    const NEAR: usize = 5;
    let after = &restored[mention.tokens.end..];
    let aim = after
        .iter()
        .take(NEAR)
        .position(|word| ["để", "nhằm"].contains(&word.as_str()));
    aim.is_some_and(|aim| {
        let mut asked = after[aim + 1..].iter().take(3);
        asked.any(|word| ["gì", "chi"].contains(&word.as_str()))
    })
}

/// Metadata is asked for, and of a document: one is named, or nothing else is.
pub fn is_about(cues: &[CueMatch], question: &Question, tokens: &[Token]) -> bool {
    // "tên đầy đủ ba văn bản, để tôi ghi vào bài"
    let aside = |term: &Term| {
        let mut asides = question.asides.iter();
        asides.any(|clause| clause.contains(&term.tokens.start))
    };
    let mut terms = question.terms.iter();
    let nothing_else = terms.all(|term| term.is_slight() || aside(term));
    let of_a_document =
        !question.documents.is_empty() && !source_by_the_way(cues, question, tokens);
    !question.fields.is_empty() && (nothing_else || of_a_document)
}

/// "trong bản tóm lược chỉ thị có nói về …": what kind of text it is, by the way.
fn source_by_the_way(cues: &[CueMatch], question: &Question, tokens: &[Token]) -> bool {
    const SAYING: [&str; 6] = ["nói", "nhắc", "đề", "viết", "ghi", "nêu"];
    /// "theo lời tóm lược của chỉ thị" has so many words between.
    const NEAR: usize = 2;
    let mut documents = question.documents.iter();
    let before_its_name = documents.any(|mention| {
        let mut sources = cues.iter().filter(|m| m.cue == Cue::About(Field::Source));
        let rest = &tokens[mention.tokens.end..];
        let according_to = |at: usize| {
            let mut before = tokens[at.saturating_sub(NEAR)..at].iter();
            before.any(|token| token.may_be("theo"))
        };
        let says = rest.iter().any(|t| t.may_be_any(&SAYING));
        sources.any(|m| {
            let named = (m.tokens.end..m.tokens.end + NEAR).contains(&mention.tokens.start);
            named && (says || according_to(m.tokens.start))
        })
    });
    before_its_name && question.fields.iter().all(|field| *field == Field::Source)
}

/// What a document rests on is asked for; not so in "căn cứ Kế hoạch này, đơn vị phải làm gì".
pub fn asks_grounds(cues: &[CueMatch], question: &Question, tokens: &[Token]) -> bool {
    let by_the_way = |cue: &CueMatch| {
        // "sao phải ra chỉ thị mới làm gì nữa" asks why, whatever else.
        let why = tokens[cue.tokens.start].may_be_any(&["sao", "vì", "tại"]);
        !why && (asks_by_a_word(cues) || !question.units.is_empty())
            && question
                .documents
                .iter()
                .any(|mention| mention.tokens.start == cue.tokens.end)
    };
    // "căn cứ nào để đưa chỉ tiêu vào kế hoạch": for what is to be done, and not of the document.
    let for_a_task = |cue: &CueMatch| {
        const ISSUES: [&str; 5] = ["ban", "ra", "xây", "lập", "ký"];
        let after = tokens.get(cue.tokens.end..).unwrap_or_default();
        let [to, does, ..] = after else {
            return false;
        };
        to.may_be("để") && !does.may_be_any(&ISSUES)
    };
    cues.iter()
        .any(|cue| cue.cue == Cue::Grounds && !by_the_way(cue) && !for_a_task(cue))
}

/// "vì sao … ra Hướng dẫn 136": the reason of a document, when nothing else is asked about it.
pub fn asks_reason(tokens: &[Token], question: &Question) -> bool {
    let why = tokens.windows(2).any(|two| {
        two[0].may_be_any(&["vì", "tại", "lý", "lí"]) && two[1].may_be_any(&["sao", "do"])
    });
    let nothing_else = question.terms.iter().all(|term| !term.is_topic());
    why && !question.documents.is_empty() && nothing_else
}
