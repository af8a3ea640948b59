//! What is asked for, from cues and from what the question names.

mod about;
mod fields;
mod number;
mod phrases;

use super::Question;
use super::aside::is_oneself;
use super::cue::{Cue, CueMatch, Field, has};
use crate::answer::Intent;
use crate::text::{self, Token};

pub(super) use about::{asks_grounds, asks_purpose, asks_reason, asks_summary};
pub(super) use fields::{asked_fields, asks_what_it_lacks, asks_who_signed};
pub(super) use number::{
    asks_how_many_parts, asks_how_often, at_any_time, every_time, once, some_of_them, some_time,
    times_said, which_of_several, which_of_some,
};
pub(super) use phrases::PHRASES;

use about::is_about;
use number::{counted, how_often};

/// The intent the words show. Later rooms may find that the documents ask for another reading,
/// but not on other grounds than these.
pub(super) fn find(cues: &[CueMatch], question: &Question, tokens: &[Token]) -> Intent {
    let scoped = question
        .documents
        .iter()
        .filter(|mention| !mention.object)
        .count();
    // "nhiệm vụ gì theo mục II.1": the unit's tasks, and where to look for them.
    let duties_there = !question.units.is_empty() && has(cues, Cue::Duties);
    let something_else = duties_there || question.who || question.asked.is_some();
    let compares = compares(cues, tokens, question.documents.len(), something_else)
        || asks_which_came_first(tokens);
    if compares && scoped > 1 {
        return Intent::Compare;
    }
    if compares && compares_units(cues, question, tokens) {
        return Intent::Duties;
    }
    if !duties_there
        && question
            .place
            .as_ref()
            .is_some_and(|place| !place.only_frames(question))
    {
        return Intent::Place;
    }
    if is_about(cues, question, tokens) {
        return Intent::About;
    }
    if compares || scoped > 1 || both_levels(tokens) {
        return Intent::Compare;
    }
    if question.recipient {
        return Intent::Who;
    }
    if has(cues, Cue::When) || has(cues, Cue::Calendar) || how_often(tokens) {
        return Intent::When;
    }
    // "cấp huyện ai lo": whatever the place has to do.
    if question.who && !question.of_locality {
        return Intent::Who;
    }
    // "… có trong phần nơi nhận không": of the place named, not of the unit's tasks.
    let of_a_place = question.place.is_some() && !has(cues, Cue::Duties);
    if !question.units.is_empty()
        && !of_a_place
        && (question.of_locality
            || asks_duties(cues, question)
            || must_do_what(question, tokens)
            || is_given_what(tokens)
            || is_given(question, tokens)
            || does_how(question, tokens))
    {
        return Intent::Duties;
    }
    if question.enumerates || counted(tokens) {
        return Intent::List;
    }
    Intent::Lookup
}

/// Whether documents are compared. Where something else is asked, "ba văn bản" only says where to look.
fn compares(cues: &[CueMatch], tokens: &[Token], named: usize, something_else: bool) -> bool {
    // "Chỉ thị 28 thay cho văn bản nào trước đó": what came before the one that is named.
    let of_one = |cue: &CueMatch| {
        let before = tokens[cue.tokens.clone()]
            .iter()
            .any(|token| token.may_be("trước"));
        before && named == 1
    };
    let mut cues = cues.iter().filter(|cue| cue.cue == Cue::Compare);
    let by_the_way = |cue: &CueMatch| something_else && names_documents(cue, tokens);
    cues.any(|cue| !by_the_way(cue) && !of_one(cue))
}

/// "cái nào ra đời đầu tiên", "văn bản nào mới nhất": which of the documents, by their days.
fn asks_which_came_first(tokens: &[Token]) -> bool {
    const WHICH: [&str; 3] = ["cái", "bản", "tờ"];
    const ORDER: [[&str; 2]; 7] = [
        ["đầu", "tiên"],
        ["sớm", "nhất"],
        ["mới", "nhất"],
        ["cũ", "nhất"],
        ["muộn", "nhất"],
        ["ra", "sau"],
        ["ra", "trước"],
    ];
    /// "được ban hành" stands between.
    const NEAR: usize = 5;
    let which = tokens
        .windows(2)
        .position(|two| two[0].may_be_any(&WHICH) && two[1].may_be("nào"));
    which.is_some_and(|at| {
        let after = &tokens[at + 2..tokens.len().min(at + 2 + NEAR)];
        after.windows(2).any(|two| {
            let mut orders = ORDER.iter();
            orders.any(|order| two[0].may_be(order[0]) && two[1].may_be(order[1]))
        })
    })
}

/// "tỉnh đoàn với hội phụ nữ khác nhau chỗ nào": what is compared is what units have to do.
fn compares_units(cues: &[CueMatch], question: &Question, tokens: &[Token]) -> bool {
    let mut cues = cues.iter().filter(|cue| cue.cue == Cue::Compare);
    question.units.len() > 1 && !cues.any(|cue| names_documents(cue, tokens))
}

/// "hai văn bản", "từng văn bản".
fn names_documents(cue: &CueMatch, tokens: &[Token]) -> bool {
    tokens[cue.tokens.end - 1].may_be("bản")
}

/// From here on the way a question is put is believed where no cue decided, or one that other ways
/// to put a question have as well.
const SURE: f32 = 0.7;

/// And where it seldom misleads.
const SUREST: f32 = 0.9;

/// And where the answer would be all that a unit has to do, instead of what was asked.
const BEYOND_DOUBT: f32 = 0.95;

/// Less is enough where it is asked what: "được yêu cầu gì", "lo khúc nào".
const RATHER_SURE: f32 = 0.8;

/// Words that a question has and a topic has not.
const ASKING: [&str; 12] = [
    "ai", "gì", "chi", "nào", "đâu", "sao", "mấy", "bao", "nhiêu", "không", "chưa", "hả",
];

/// Where no cue decided, the way the question is put does; and where it leaves little doubt, a cue
/// is taken for a part of something else: "ai" of "gồm những ai", "phải làm" of "phải làm thế nào".
/// A few words with no cue at all are a topic, and are not put in any way: "diễn đàn trẻ em".
pub(super) fn reconsider(question: &Question, cues: &[CueMatch], restored: &[String]) -> Intent {
    /// More words make a question.
    const TOPIC: usize = 8;
    let read = question.intent;
    let Some((learnt, likely)) = question.manner.best() else {
        return read;
    };
    let asks = restored.iter().any(|word| ASKING.contains(&word.as_str()));
    let topic = cues.is_empty() && !asks && restored.len() <= TOPIC;
    let believed = match (read, learnt) {
        _ if question.asked.is_some() => false,
        (_, Intent::Who | Intent::When | Intent::List) if topic => false,
        // "dựa vào mục nào": where it is written.
        (Intent::Lookup, Intent::Who) if asks_for_a_place(&question.tokens) => false,
        (Intent::Lookup | Intent::List, Intent::Who | Intent::When) => likely >= SURE,
        (Intent::Lookup | Intent::List, Intent::Duties) => {
            let least = if asks_what(restored) {
                RATHER_SURE
            } else {
                BEYOND_DOUBT
            };
            likely >= least && names_who_acts(question, restored)
        }
        (Intent::Lookup, Intent::List) | (Intent::Duties, Intent::Lookup) => likely >= SURE,
        (Intent::Who, Intent::List) => {
            likely >= SUREST && !question.recipient && !who_must(restored)
        }
        _ => false,
    };
    if believed { learnt } else { read }
}

/// Whether a thing is asked for, and not whether something is so.
fn asks_what(restored: &[String]) -> bool {
    let what = |word: &String| ["gì", "nào"].contains(&word.as_str());
    let whether = restored
        .last()
        .is_some_and(|word| word == "không" || word == "chưa");
    restored.iter().any(what) && !whether
}

/// "những ai phải …": somebody has to do something, and is no item of a list.
fn who_must(restored: &[String]) -> bool {
    restored
        .windows(2)
        .any(|two| ["ai", "nào"].contains(&two[0].as_str()) && two[1] == "phải")
}

/// Whether a unit is named that acts, and is not what something is sent to or comes from.
fn names_who_acts(question: &Question, restored: &[String]) -> bool {
    const OBJECT: [&str; 6] = ["gửi", "cho", "đến", "tới", "với", "từ"];
    question.units.iter().any(|mention| {
        let before = mention
            .tokens
            .start
            .checked_sub(1)
            .map(|at| restored[at].as_str());
        !before.is_some_and(|word| OBJECT.contains(&word))
    })
}

/// Whether any cue asks for something other than metadata.
pub(super) fn asks_something(cues: &[CueMatch]) -> bool {
    cues.iter()
        .any(|m| !matches!(m.cue, Cue::Follow(_) | Cue::Chat(_) | Cue::About(_)))
}

/// Whether a cue asks for something that only documents are asked for. "Ai" and "làm gì" are not:
/// somebody in need asks so too.
pub(super) fn asks_of_documents(cues: &[CueMatch]) -> bool {
    cues.iter().any(|m| {
        !matches!(
            m.cue,
            Cue::Follow(_) | Cue::Chat(_) | Cue::Who | Cue::Duties | Cue::When
        )
    })
}

/// A unit with a duties cue, or a unit and next to nothing else.
fn asks_duties(cues: &[CueMatch], question: &Question) -> bool {
    has(cues, Cue::Duties) || question.terms.iter().all(|term| !term.is_topic())
}

/// "ai đôn đốc, tuyên giáo hay là lao động": where the names begin of which one is asked for, at the end of a
/// question for somebody.
pub(super) fn options(tokens: &[Token], restored: &[String], question: &Question) -> Option<usize> {
    /// "hay là sở lao động vậy"
    const LAST: usize = 6;
    const OR: [&str; 2] = ["hay", "hoặc"];
    let or = restored
        .iter()
        .rposition(|word| OR.contains(&word.as_str()))?;
    let units = || question.units.iter().map(|mention| &mention.tokens);
    let left = units().find(|unit| unit.end == or)?;
    let asked_before = tokens[..left.start]
        .iter()
        .any(|token| token.may_be_any(&["ai", "nào"]));
    let at_the_end = tokens.len() - or <= LAST && or + 1 < tokens.len();
    (asked_before && at_the_end).then_some(left.start)
}

/// "tổ chức đảng nào", "những chủ thể nào": which body, with at most two words in between; not in "cơ
/// quan lo phần nào", where another thing is asked for.
fn which_body(cues: &[CueMatch], tokens: &[Token], restored: &[String]) -> bool {
    let asks_else = |at: usize| {
        let mut duties = cues.iter().filter(|cue| cue.cue == Cue::Duties);
        duties.any(|cue| cue.tokens.contains(&at))
    };
    const BODIES: &[&[&str]] = &[
        &["cơ", "quan"],
        &["đơn", "vị"],
        &["tổ", "chức"],
        &["chủ", "thể"],
        &["lực", "lượng"],
        &["bộ", "phận"],
        &["đoàn", "thể"],
        &["cấp", "ủy"],
        &["nhóm"],
        &["bên"],
        &["phía"],
        &["khối"],
        &["ngành"],
        &["đầu", "mối"],
        &["đứa"],
        &["ông"],
        &["bà"],
    ];
    const BETWEEN: usize = 2;
    // "… cho bà con thế nào": no body.
    const OTHER: [&str; 8] = ["thế", "khi", "lúc", "ngày", "năm", "tháng", "chừng", "cách"];
    // "đứa nào cũng": all of them.
    let all = |at: usize| tokens.get(at + 1).is_some_and(|next| next.may_be("cũng"));
    let which =
        |at: usize| tokens[at].may_be("nào") && !tokens[at - 1].may_be_any(&OTHER) && !all(at);
    (0..tokens.len()).any(|at| {
        BODIES.iter().any(|body| {
            let end = at + body.len();
            let named = tokens
                .get(at..end)
                .is_some_and(|here| here.iter().zip(*body).all(|(t, w)| t.may_be(w)));
            // "thi dua vao": "dựa", and no "đứa".
            let named = named && (body.len() > 1 || restored[at] == body[0]);
            named
                && (end..tokens.len())
                    .take(BETWEEN + 1)
                    .any(|at| which(at) && !asks_else(at))
        })
    })
}

/// Whether somebody is asked for who does something.
pub(super) fn asks_who(
    cues: &[CueMatch],
    tokens: &[Token],
    restored: &[String],
    question: &Question,
) -> bool {
    // "ai ra lệnh làm": of no document.
    let of_nothing = question.documents.is_empty() && has(cues, Cue::About(Field::Issuer));
    (has(cues, Cue::Who) || of_nothing || which_body(cues, tokens, restored))
        && !whether_said(tokens)
}

/// "có ai nói … không": whether it is said, and not who does it.
fn whether_said(tokens: &[Token]) -> bool {
    const SAYING: [&str; 7] = ["nói", "nhắc", "bảo", "dặn", "viết", "ghi", "nêu"];
    let asked = tokens.windows(3).any(|three| {
        three[0].may_be("có") && three[1].may_be("ai") && three[2].may_be_any(&SAYING)
    });
    asked
        && tokens
            .last()
            .is_some_and(|t| t.may_be("không") || t.may_be("chưa"))
}

/// "… có được nhắc không", "có nói tới … không": whether it is said at all.
pub(super) fn asks_whether_said(restored: &[String]) -> bool {
    const SAID: [&str; 7] = ["nhắc", "nói", "đề", "nêu", "ghi", "viết", "bàn"];
    let says = restored.iter().any(|word| SAID.contains(&word.as_str()));
    let has = restored.iter().any(|word| word == "có");
    let whether = |last: &String| ["không", "chưa"].contains(&last.as_str());
    /// A longer question tells of more than what is asked after.
    const FEW: usize = 16;
    restored.len() <= FEW && says && has && restored.last().is_some_and(whether)
}

/// "mục nào", "đoạn nào", "chỗ nào", "ở đâu": where it is written.
pub(super) fn asks_for_a_place(tokens: &[Token]) -> bool {
    const PLACES: [&str; 7] = ["mục", "đoạn", "phần", "chỗ", "câu", "trang", "ý"];
    tokens
        .windows(2)
        .any(|two| two[0].may_be_any(&PLACES) && two[1].may_be_any(&["nào", "mấy"]))
}

/// Whether a question word asks for somebody, for tasks, for a time or for an enumeration.
pub(super) fn asks_by_a_word(cues: &[CueMatch]) -> bool {
    cues.iter().any(|m| {
        matches!(
            m.cue,
            Cue::Who | Cue::Duties | Cue::When | Cue::Calendar | Cue::List | Cue::Count
        )
    })
}

/// "Hội phải triển khai những nội dung nào": the unit, an obligation, and what it is.
fn must_do_what(question: &Question, tokens: &[Token]) -> bool {
    const WHAT: [&str; 4] = ["gì", "chi", "nào", "sao"];
    question.units.iter().any(|mention| {
        let after = tokens.get(mention.tokens.end..).unwrap_or_default();
        let must = after.iter().position(|token| token.may_be("phải"));
        must.is_some_and(|must| {
            after[must + 1..]
                .iter()
                .any(|token| token.may_be_any(&WHAT))
        })
    })
}

/// "có giao Hội Nông dân việc … không", "giao cho sở y tế việc …": the unit right after the verb, and a task.
fn is_given(question: &Question, tokens: &[Token]) -> bool {
    let verb = |at: usize| tokens.get(at).is_some_and(|token| token.may_be("giao"));
    let gives = |start: usize| {
        let before = start.checked_sub(1);
        let for_it = before.is_some_and(|at| tokens[at].may_be("cho"));
        before.is_some_and(verb) || (for_it && start.checked_sub(2).is_some_and(verb))
    };
    let task = |end: usize| {
        tokens
            .get(end)
            .is_some_and(|token| token.may_be_any(&["việc", "nhiệm"]))
    };
    let mut units = question.units.iter().map(|mention| &mention.tokens);
    units.any(|unit| gives(unit.start) && task(unit.end))
}

/// "mặt trận thì tuyên truyền sao": the unit, and how it does something.
fn does_how(question: &Question, tokens: &[Token]) -> bool {
    const HOW: [&[&str]; 3] = [&["sao"], &["thế", "nào"], &["ra", "sao"]];
    let ends_in = |words: &&[&str]| {
        let from = tokens.len().checked_sub(words.len());
        from.is_some_and(|from| {
            let mut both = tokens[from..].iter().zip(*words);
            both.all(|(token, word)| token.may_be(word))
        })
    };
    let then = |at: usize| tokens.get(at).is_some_and(|token| token.may_be("thì"));
    let mut units = question.units.iter();
    units.any(|mention| then(mention.tokens.end)) && HOW.iter().any(ends_in)
}

/// "giao bên mình những gì", "bắt tụi em làm chi": what those have to do who ask.
fn is_given_what(tokens: &[Token]) -> bool {
    const GIVES: [&str; 5] = ["giao", "bắt", "buộc", "đòi", "bảo"];
    const OWN: [&str; 6] = ["bên", "chỗ", "tụi", "bọn", "chúng", "đơn"];
    const WHAT: [&str; 3] = ["gì", "chi", "nào"];
    /// "đơn vị chúng tôi" has so many words; and so many stand before what is asked for.
    const NEAR: usize = 4;
    tokens.windows(3).enumerate().any(|(at, three)| {
        let rest = &tokens[at + 2..];
        let ours = rest.iter().take(NEAR).position(is_oneself);
        three[0].may_be_any(&GIVES)
            && three[1].may_be_any(&OWN)
            && ours.is_some_and(|ours| {
                let mut after = rest[ours + 1..].iter().take(NEAR);
                after.any(|token| token.may_be_any(&WHAT))
            })
    })
}

/// "làm gì, báo cáo ai", "làm gì và báo cáo cho ai": a mark or a word between two clauses.
pub(super) fn two_clauses(tokens: &[Token], typed: &str) -> bool {
    const BETWEEN: [&str; 5] = ["và", "rồi", "với", "cùng", "đồng"];
    let inner = typed.trim_end_matches(|c: char| !c.is_alphanumeric());
    inner.contains([',', ';', '?', '.', '\n'])
        || tokens.iter().any(|token| token.may_be_any(&BETWEEN))
}

/// "ai theo dõi và báo cáo cho ai", "bên nào sơ kết, bao lâu một lần": who does it stands before what
/// else is asked of it.
pub(super) fn asks_who_first(cues: &[CueMatch], tokens: &[Token]) -> bool {
    let else_asked = cues
        .iter()
        .filter(|cue| matches!(cue.cue, Cue::Recipient | Cue::When))
        .map(|cue| cue.tokens.start);
    let report = tokens
        .windows(2)
        .position(|two| two[0].may_be("báo") && two[1].may_be("cáo"));
    let Some(before) = else_asked.min().or(report) else {
        return false;
    };
    cues.iter()
        .any(|cue| cue.cue == Cue::Who && cue.tokens.end <= before)
}

/// "báo cáo … lên những cơ quan nào", "nơi nào nhận … để báo cáo": whom a report goes to.
pub(super) fn report_goes_to(tokens: &[Token]) -> bool {
    /// Most words between the report and the one it goes to.
    const REACH: usize = 7;
    let Some(report) = tokens
        .windows(2)
        .position(|two| two[0].may_be("báo") && two[1].may_be("cáo"))
    else {
        return false;
    };
    let asks = |token: &Token| token.may_be_any(&["ai", "đâu", "nào"]);
    let after = tokens[report + 2..].iter().take(REACH);
    // "việc báo cáo giao cho ai": the task is given, and no report sent.
    let given = |at: usize| tokens[report + 1 + at].may_be("giao");
    let goes = after.clone().enumerate().position(|(at, token)| {
        token.may_be_any(&["cho", "lên", "về", "với", "đến", "tới", "gửi", "nộp"]) && !given(at)
    });
    let to_whom = goes.is_some_and(|goes| after.clone().skip(goes).any(asks));
    let received = tokens.iter().any(|token| token.may_be("nhận")) && tokens.iter().any(asks);
    to_whom || received
}

/// "trung ương viết sao, tỉnh viết sao": both levels, and what each says.
fn both_levels(tokens: &[Token]) -> bool {
    let says = |words: &[&str]| text::contains(tokens, words, Token::may_be);
    let verbs = [["viết"], ["nói"], ["ghi"], ["so"], ["khác"], ["giống"]];
    says(&["trung", "ương"]) && says(&["tỉnh"]) && verbs.iter().any(|verb| says(verb))
}
