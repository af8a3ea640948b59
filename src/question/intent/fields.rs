//! Which of its metadata are asked of a document: number, day, signer, issuer.

use super::asks_something;
use crate::question::cue::{self, Cue, CueMatch, Field, has};
use crate::question::{DocumentMention, Meaning, Question, Term};
use crate::text::{self, Token};

/// The fields asked for; none where something else is.
pub fn asked_fields(
    tokens: &[Token],
    restored: &[String],
    cues: &[CueMatch],
    question: &Question,
) -> Vec<Field> {
    let mut fields = cue::fields(cues);
    if takes_something_else(tokens, cues, question) {
        fields.retain(|field| *field != Field::Source);
    }
    if fields == [Field::Signer] && asks_day_of_signing(cues) {
        fields = vec![Field::Date];
    }
    if fields.is_empty() && !question.documents.is_empty() && !asks_something(cues) {
        fields = bare_fields(tokens, restored, question);
    }
    if fields.is_empty()
        && (asks_issuer(restored, cues, question) || asks_which_issuer(restored, question))
    {
        fields = vec![Field::Issuer];
    }
    let day = has(cues, Cue::Calendar) || has(cues, Cue::When);
    if !fields.is_empty() && day && !fields.contains(&Field::Date) {
        fields.push(Field::Date);
    }
    if fields.is_empty() && asks_day_of_it(cues, question) {
        fields.push(Field::Date);
    }
    let other_than_issuer = fields.iter().any(|field| *field != Field::Issuer);
    if !other_than_issuer && asks_date(restored, cues, question) {
        fields.insert(0, Field::Date);
    }
    if fields == [Field::Date] && asks_by_whom_too(tokens) {
        fields.push(Field::Issuer);
    }
    if !fields.is_empty() && !fields.contains(&Field::Place) && ends_in_where(restored) {
        fields.push(Field::Place);
    }
    fields
}

/// "tiền thực hiện kế hoạch lấy từ đâu": where something that the lexicon knows is taken from, and not the text
/// of a document.
fn takes_something_else(tokens: &[Token], cues: &[CueMatch], question: &Question) -> bool {
    let mut sources = cues.iter().filter(|m| m.cue == Cue::About(Field::Source));
    let source = |at: usize| tokens[at].may_be("nguồn");
    let topic = |term: &Term| {
        let known = matches!(term.meaning, Meaning::Concepts(_));
        known && term.is_topic() && !term.tokens.clone().all(source)
    };
    sources.any(|m| tokens[m.tokens.start].may_be("lấy")) && question.terms.iter().any(topic)
}

/// "ai ký, ở đâu": where it was signed, as a second clause.
fn ends_in_where(restored: &[String]) -> bool {
    let [.., at, place] = restored else {
        return false;
    };
    ["ở", "tại"].contains(&at.as_str()) && place == "đâu"
}

/// "ban hành năm nào, do ai", "ra ngày mấy, của bên nào vậy": a second clause, of which little more is said.
fn asks_by_whom_too(tokens: &[Token]) -> bool {
    const BY: [&str; 2] = ["do", "của"];
    const WHO: [&str; 5] = ["ai", "bên", "cơ", "cấp", "ban"];
    /// "của cơ quan nào thế" goes on so long.
    const REST: usize = 4;
    let last = tokens
        .windows(2)
        .rposition(|two| two[0].may_be_any(&BY) && two[1].may_be_any(&WHO));
    last.is_some_and(|at| tokens.len() - at <= 2 + REST)
}

/// "Số và ngày của Hướng dẫn 136": nouns of metadata and nothing else.
fn bare_fields(tokens: &[Token], restored: &[String], question: &Question) -> Vec<Field> {
    const NOUNS: &[(&str, Field)] = &[
        ("số", Field::Number),
        ("ngày", Field::Date),
        ("tháng", Field::Date),
        ("tên", Field::Title),
    ];
    // "so với" is no number.
    let compares = |at: usize| restored.get(at + 1).is_some_and(|next| next == "với");
    let field = |at: usize| {
        if compares(at) {
            return None;
        }
        NOUNS
            .iter()
            .find(|(noun, _)| tokens[at].may_be(noun))
            .map(|(_, field)| *field)
    };
    let nothing_else = question
        .terms
        .iter()
        .all(|term| term.tokens.clone().all(|at| field(at).is_some()));
    if !nothing_else {
        return Vec::new();
    }
    let mut fields = Vec::new();
    for at in 0..tokens.len() {
        let named = question
            .documents
            .iter()
            .any(|mention| mention.tokens.contains(&at));
        if let Some(field) = field(at).filter(|field| !named && !fields.contains(field)) {
            fields.push(field);
        }
    }
    fields
}

/// "Ai … ra Hướng dẫn 136?": who is asked for, and a verb of issuing stands right before a document.
fn asks_issuer(restored: &[String], cues: &[CueMatch], question: &Question) -> bool {
    has(cues, Cue::Who)
        && (is_issued(restored, question)
            || is_whose(restored, question)
            || question.documents.iter().any(|mention| {
                let before = mention.tokens.start.checked_sub(1);
                if before.is_some_and(|at| ["theo", "trong"].contains(&restored[at].as_str())) {
                    return false;
                }
                let after: Vec<&str> = restored[mention.tokens.end..]
                    .iter()
                    .map(String::as_str)
                    .collect();
                const BY: [&str; 6] = ["do", "ai", "cơ", "đơn", "bên", "cấp"];
                let by = after.iter().position(|word| BY.contains(word));
                by.is_some_and(|by| {
                    by <= 1
                        && after[by..]
                            .windows(2)
                            .any(|two| ISSUED.contains(&two) || two[1] == "lập")
                })
            }))
}

/// "hướng dẫn 136 của ai", "chỉ thị 28 do ai làm": a document, by whom, and nothing that is done about it.
fn is_whose(restored: &[String], question: &Question) -> bool {
    const MADE: [&str; 6] = ["làm", "ra", "soạn", "viết", "lập", "nào"];
    const BY: [[&str; 2]; 4] = [["của", "ai"], ["do", "ai"], ["của", "bên"], ["do", "bên"]];
    let [mention] = &question.documents[..] else {
        return false;
    };
    let after = &restored[mention.tokens.end..];
    let by = after
        .windows(2)
        .position(|two| BY.iter().any(|words| two == words));
    // "do ai thực hiện": who acts on it.
    let made = |by: usize| {
        let next = after.get(by + 2);
        by <= 1 && next.is_none_or(|next| MADE.contains(&next.as_str()))
    };
    let nothing_else = question.terms.iter().all(Term::is_slight);
    mention.tokens.start <= 1 && by.is_some_and(made) && nothing_else && question.units.is_empty()
}

/// "Trần Đình Văn là ai mà có tên ở cuối kế hoạch": who signed is named, where it is asked who.
pub fn asks_who_signed(question: &Question, signed: &[DocumentMention]) -> bool {
    /// "có tên ở cuối kế hoạch" has so many words that are no frame.
    const WORDS: usize = 2;
    let name = |term: &Term| {
        let mut names = signed.iter();
        names.any(|mention| text::covers(&mention.tokens, &term.tokens))
    };
    let else_said = question
        .terms
        .iter()
        .filter(|term| !term.is_slight() && !name(term));
    !signed.is_empty() && question.units.is_empty() && else_said.count() <= WORDS
}

/// Verbs of issuing.
const ISSUED: &[&[&str]] = &[
    &["ban", "hành"],
    &["đưa", "ra"],
    &["làm", "ra"],
    &["cho", "ra"],
    &["viết", "ra"],
];

/// "… ra (cái) Hướng dẫn 136": a verb of issuing stands right before a document.
fn is_issued(restored: &[String], question: &Question) -> bool {
    question.documents.iter().any(|mention| {
        let mut before: Vec<&str> = restored[..mention.tokens.start]
            .iter()
            .map(String::as_str)
            .collect();
        while before
            .last()
            .is_some_and(|word| ["cái", "bản", "tờ"].contains(word))
        {
            before.pop();
        }
        before.ends_with(&["ra"]) || before.ends_with(&["ban", "hành"])
    })
}

/// "ngày nào … ra Chỉ thị 28": the date of a document.
fn asks_date(restored: &[String], cues: &[CueMatch], question: &Question) -> bool {
    (has(cues, Cue::Calendar) || has(cues, Cue::When))
        && (is_issued(restored, question) || issues(restored, question))
}

/// "phần nào của chỉ thị mà bản này chưa có", "nó còn thiếu gì": what is wanting in the text that is here.
pub fn asks_what_it_lacks(restored: &[String], question: &Question) -> bool {
    const WHAT: [&str; 3] = ["gì", "nào", "chi"];
    const WANTING: [&str; 8] = ["thiếu", "chưa", "có", "đủ", "bản", "so", "còn", "phần"];
    let says = |words: &[&str]| restored.windows(words.len()).any(|here| here == words);
    let wanting = says(&["thiếu"]) || says(&["chưa", "có"]);
    let asks = restored.iter().any(|word| WHAT.contains(&word.as_str()));
    let of_it = !question.documents.is_empty() || says(&["nó"]);
    let nothing_else = question.terms.iter().all(|term| {
        let mut words = restored[term.tokens.clone()].iter();
        term.is_slight() || words.all(|word| WANTING.contains(&word.as_str()))
    });
    wanting && asks && of_it && nothing_else && question.units.is_empty()
}

/// "hướng dẫn 136 ngày mấy": a document, its day right beside it, and nothing else.
fn asks_day_of_it(cues: &[CueMatch], question: &Question) -> bool {
    let named = question.documents.iter().filter(|mention| mention.certain);
    let foreign = question.foreign_document.iter().map(|named| &named.tokens);
    let mut named = named.map(|mention| &mention.tokens).chain(foreign);
    let mut days = cues.iter().filter(|cue| cue.cue == Cue::Calendar);
    let nothing_else = question.units.is_empty()
        && question.place.is_none()
        && question.terms.iter().all(|term| {
            let of_name = question.foreign_document.iter().any(|named| {
                named.tokens == term.tokens || text::covers(&named.tokens, &term.tokens)
            });
            term.is_slight() || of_name
        });
    nothing_else
        && days.any(|day| {
            named.any(|name| name.end == day.tokens.start || day.tokens.end == name.start)
        })
}

/// "kế hoạch ngày mấy ký": signing, and when, whichever comes first.
fn asks_day_of_signing(cues: &[CueMatch]) -> bool {
    let mut signed = cues.iter().filter(|m| m.cue == Cue::About(Field::Signer));
    let by_nobody = signed.next().is_some_and(|m| m.tokens.len() == 1) && signed.next().is_none();
    let when = has(cues, Cue::Calendar) || has(cues, Cue::When);
    by_nobody && when && !has(cues, Cue::Who)
}

/// "Kế hoạch của tỉnh ra …", "Hướng dẫn 136 đề …": a verb of issuing soon after a document, and nothing
/// else is asked about, or the time right after it.
fn issues(restored: &[String], question: &Question) -> bool {
    const VERBS: [&str; 5] = ["ra", "ký", "đề", "phát", "ban"];
    /// "ra đời", "ban hành": what goes on with the verb.
    const WITH_IT: [&str; 3] = ["đời", "hành", "ra"];
    const TIMES: [&str; 8] = ["ngày", "hôm", "năm", "tháng", "khi", "hồi", "bao", "lúc"];
    const NEAR: usize = 3;
    let nothing_else = question.terms.iter().all(Term::is_slight);
    let is = |at: usize, words: &[&str]| {
        restored
            .get(at)
            .is_some_and(|word| words.contains(&word.as_str()))
    };
    question.documents.iter().any(|mention| {
        let end = mention.tokens.end;
        (end..end + NEAR).any(|at| {
            let after = at + 1 + usize::from(is(at + 1, &WITH_IT));
            is(at, &VERBS) && (nothing_else || is(after, &TIMES))
        })
    })
}

/// "chỉ thị của A hay của B": a document, and which of two bodies it is from.
fn asks_which_issuer(restored: &[String], question: &Question) -> bool {
    let [one, other] = question.units.as_slice() else {
        return false;
    };
    let word = |at: usize| restored.get(at).map_or("", String::as_str);
    let between = one.tokens.end..other.tokens.start;
    let either = between.len() <= 2 && ["hay", "hoặc"].contains(&word(between.start));
    let from = one
        .tokens
        .start
        .checked_sub(1)
        .is_some_and(|at| ["của", "do"].contains(&word(at)));
    either && from && !question.documents.is_empty()
}
