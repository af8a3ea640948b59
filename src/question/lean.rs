//! What a question takes over from the one before it, once it is known how it leans on it.

use super::{DocumentMention, Field, FollowUp, Question, Term, UnitMention, followup};
use crate::answer::{Context, Intent, PassageId};
use crate::corpus::{Corpus, Shape};
use crate::text::{self, Token};

/// "còn X?": the last question again, about what is named now. `read` reads a question that was
/// put together from both. A unit is looked for among the recipients where they are what was last cited.
/// Returns what was carried over, for people to see.
pub fn and(
    question: &mut Question,
    context: &Context,
    among_recipients: bool,
    read: impl Fn(&str) -> Question,
) -> Option<String> {
    // "còn kế hoạch thì ngày nào": the day of a document was spoken of.
    if context.intent == Intent::About
        && question.intent == Intent::When
        && !question.documents.is_empty()
    {
        question.intent = Intent::About;
        question.fields = vec![Field::Date];
        return None;
    }
    // "chỉ thị thì chê luật lệ ở điểm nào": a question of its own, be its words ever so common.
    let of_its_own = asks_itself(&question.restored);
    let has_topic = question
        .terms
        .iter()
        .any(|term| (!term.is_slight() || of_its_own) && !term.is_unit());
    if !question.units.is_empty() && !has_topic {
        match among_recipients {
            true => self::among_recipients(question),
            false => question.intent = Intent::Duties,
        }
        return None;
    }
    // Two documents of a level are where to look, and not compared.
    let by_level = !question.of_level.is_empty() && question.intent == Intent::Compare;
    let asks_anew = !matches!(question.intent, Intent::Lookup | Intent::List) && !by_level;
    let compared = context.intent == Intent::Compare;
    let same_topic = !question.documents.is_empty() && !has_topic && !context.topic.is_empty();
    if same_topic && !asks_anew {
        let follow_up = question.follow_up;
        // What was compared is asked of this one alone.
        let said = match context.said.as_str() {
            said if !said.is_empty() && !compared => said,
            _ => &context.topic,
        };
        // Its name would be read as a word of the topic: "còn hướng dẫn", "còn của tỉnh".
        let named: Vec<usize> = question.documents.iter().map(|m| m.document).collect();
        *question = read(said);
        question.documents = named.into_iter().map(spoken_of).collect();
        question.follow_up = follow_up;
        if matches!(
            question.intent,
            Intent::Compare | Intent::About | Intent::Lookup
        ) {
            question.intent = match context.intent {
                Intent::Compare => Intent::Lookup,
                intent => intent,
            };
        }
        return Some(context.topic.clone());
    }
    // "còn của tỉnh thì ai lo": another thing about the same topic.
    if same_topic && matches!(question.intent, Intent::Who | Intent::When) {
        return Some(of_topic(question, context, read));
    }
    // A new topic is asked about in the same way; duties are asked of a unit, and none is named.
    let way = context.intent;
    let asks_what_is_said = question
        .restored
        .iter()
        .any(|word| SAYING.contains(&word.as_str()));
    let not_asked = question.intent == Intent::Lookup
        || (question.by_manner && question.intent == Intent::List);
    if not_asked
        && !asks_what_is_said
        && !asks_itself(&question.restored)
        && !matches!(way, Intent::Place | Intent::Duties)
    {
        question.intent = way;
    }
    None
}

/// Whether the question has a question word of its own, and not only "thì sao", "thế nào": "còn đảng viên
/// thì phải làm gì".
fn asks_itself(restored: &[String]) -> bool {
    const ASKING: [&str; 5] = ["gì", "nào", "đâu", "mấy", "nhiêu"];
    let asks = |at: usize| {
        let before = at.checked_sub(1).map(|at| restored[at].as_str());
        ASKING.contains(&restored[at].as_str()) && before != Some("thế")
    };
    (0..restored.len()).any(asks)
}

/// Whether a passage gives the day of a document: "Chỉ thị số 20-CT/TW, ngày 05/11/2012".
fn names_a_document(corpus: &Corpus, place: &PassageId) -> bool {
    let Some(passage) = corpus.passage_by_id(place) else {
        return false;
    };
    let words = text::tokenize(corpus.text_of(passage));
    let numbers = |from: usize| words.iter().skip(from).take(3).all(Token::is_number);
    let mut days = (0..words.len()).filter(|at| words[*at].may_be("ngày") && numbers(at + 1));
    days.any(|day| {
        let near = &words[day.saturating_sub(5)..day];
        near.iter().any(Token::is_number)
    })
}

/// "tên đầy đủ của chương trình đó": of something that is no document.
pub fn speaks_of_something_else(restored: &[String]) -> bool {
    const THINGS: [&str; 6] = ["trình", "trào", "việc", "vụ", "chuyện", "quan"];
    const THAT: [&str; 4] = ["đó", "ấy", "này", "kia"];
    restored
        .windows(2)
        .any(|two| THINGS.contains(&two[0].as_str()) && THAT.contains(&two[1].as_str()))
}

/// "giữ chức gì", "chức vụ người đó": the office of who signed, and not whether he still holds it.
pub(super) fn asks_office(restored: &[String]) -> bool {
    const NOW: [&str; 6] = ["giờ", "hiện", "nay", "đang", "còn", "chưa"];
    let says = |words: &[&str]| restored.iter().any(|word| words.contains(&word.as_str()));
    says(&["chức"]) && !says(&NOW)
}

/// Verbs with which it is asked what a text says, whatever was asked before.
const SAYING: [&str; 7] = ["nói", "viết", "ghi", "nêu", "chê", "khen", "nhắc"];

/// "phải nối với hệ thống nào": a few words that name nobody and no document, and may go on with what was
/// spoken of.
pub fn goes_on(question: &Question) -> bool {
    const FEW: usize = 8;
    question.follow_up.is_none()
        && matches!(question.intent, Intent::Lookup | Intent::List)
        && !question.names_something()
        && question.tokens.len() <= FEW
}

/// "phải nối với hệ thống nào": it begins with what is done, and does not say by whom or of what.
pub fn lacks_a_subject(question: &Question) -> bool {
    const BEGINNINGS: [&str; 8] = ["phải", "có", "được", "cần", "thì", "gồm", "gắn", "trong"];
    let first = question.restored.first();
    first.is_some_and(|word| BEGINNINGS.contains(&word.as_str()))
}

/// "yêu cầu những gì" after the day or the number of a document: a heading of it, and nothing else, is named.
pub fn stays_in_document(corpus: &Corpus, question: &Question, context: &Context) -> bool {
    let document = document_spoken_of(corpus, context);
    let of_it = |section: &usize| Some(corpus.document_of_section(*section)) == document;
    let weighty = question.terms.iter().filter(|term| !term.is_slight());
    context.intent == Intent::About
        && matches!(question.intent, Intent::Lookup | Intent::List)
        && !question.names_something()
        && (question.headings.iter().any(of_it)
            || question.counts_parts
            || names_recipients(corpus, question))
        && weighty.count() <= 1
}

/// "gửi những nơi nào": by its heading, the list of those a document was sent to, whichever has one.
fn names_recipients(corpus: &Corpus, question: &Question) -> bool {
    let lists = |section: &usize| {
        let mut passages = corpus.section(*section).passages.clone();
        passages.any(|passage| corpus.passage(passage).shape == Shape::Recipient)
    };
    !question.headings.is_empty() && question.headings.iter().all(lists)
}

/// Asks it of the document that was spoken of.
pub fn inside(corpus: &Corpus, question: &mut Question, context: &Context) {
    let document = document_spoken_of(corpus, context);
    question.documents.extend(document.map(spoken_of));
}

/// Whether a unit is looked for in what was said: "trong đó có các sở không".
pub fn looks_for_a_unit_inside(question: &Question) -> bool {
    question.follow_up.is_none() && !question.units.is_empty() && is_inside(question)
}

/// Looks for the unit where recipients were cited.
pub fn among_recipients(question: &mut Question) {
    question.intent = Intent::Lookup;
    question.follow_up = Some(FollowUp::Same);
}

/// "trong đó", "trong ấy", "trong số đó".
fn is_inside(question: &Question) -> bool {
    const INSIDE: [&[&str]; 5] = [
        &["trong", "đó"],
        &["trong", "ấy"],
        &["trong", "số", "đó"],
        &["trong", "số", "này"],
        &["trong", "danh", "sách", "đó"],
    ];
    let says = |words: &&[&str]| {
        let mut here = question.restored.windows(words.len());
        here.any(|here| *here == **words)
    };
    INSIDE.iter().any(says)
}

/// "trong đó có nói học phí không", where what was cited says nothing of it: the whole document may.
pub fn apart(corpus: &Corpus, question: &mut Question, context: &Context) {
    question.follow_up = None;
    if is_inside(question) && question.documents.is_empty() {
        inside(corpus, question, context);
    }
}

/// The document that the talk is about.
fn document_spoken_of(corpus: &Corpus, context: &Context) -> Option<usize> {
    let id = context.document.as_deref()?;
    corpus.document(id).map(|(document, _)| document)
}

/// A document that was spoken of and is not named again.
fn spoken_of(document: usize) -> DocumentMention {
    DocumentMention::certain(document, 0..0)
}

/// "còn chỗ nào nữa không": the last question again, for the passages that were not cited.
pub fn more(question: &mut Question, context: &Context, read: impl Fn(&str) -> Question) -> String {
    let said = match context.said.as_str() {
        "" => &context.topic,
        said => said,
    };
    *question = read(said);
    question.follow_up = Some(FollowUp::More);
    question.intent = Intent::Lookup;
    context.topic.clone()
}

/// Whether a question that names nothing leans on one of which nothing was cited.
pub fn leans_on_a_topic(question: &Question, context: &Context) -> bool {
    let leans = matches!(question.follow_up, Some(FollowUp::And | FollowUp::Same));
    let names_nothing = !question.names_something() && question.terms.iter().all(Term::is_slight);
    let only_topic = context.places.is_empty() && !context.topic.is_empty();
    leans && names_nothing && only_topic && context.intent != Intent::About
}

/// "khác nhau chỗ nào": a comparison of nothing that is named, after a topic.
pub fn compares_what_was_spoken_of(question: &Question, context: &Context) -> bool {
    let of_nothing = question.terms.iter().all(Term::is_slight) && question.units.is_empty();
    // "chỉ thị có nói giống kế hoạch không": not of the two as a whole.
    let of_what_is_said = question
        .restored
        .iter()
        .any(|word| SAYING.contains(&word.as_str()));
    let whole = question.documents.len() > 1 && !of_what_is_said;
    question.intent == Intent::Compare && of_nothing && !whole && !context.topic.is_empty()
}

/// "ai lo?": a new thing about the topic of the last question. Returns that.
pub fn of_topic(
    question: &mut Question,
    context: &Context,
    read: impl Fn(&str) -> Question,
) -> String {
    let follow_up = question.follow_up.filter(|lean| *lean == FollowUp::And);
    *question = read(&format!("{} {}", question.text, context.topic));
    question.follow_up = follow_up;
    context.topic.clone()
}

/// "việc đó do ai làm?": a new thing about the places last cited.
pub fn same(corpus: &Corpus, question: &mut Question, context: &Context) {
    // "chức vụ người đó", after who signed.
    if context.intent == Intent::About
        && asks_office(&question.restored)
        && question.asked.is_none()
    {
        question.intent = Intent::About;
        question.fields = vec![Field::Signer];
    }
    // "thuộc phần nào", "phần nào", after a passage.
    let where_it_stands = followup::asks_which_place(&question.tokens)
        || question
            .restored
            .iter()
            .any(|word| word == "thuộc" || word == "nằm");
    if context.intent != Intent::About && where_it_stands && question.fields == [Field::Structure] {
        question.intent = Intent::Lookup;
    }
    // "ra ngày nào" of another document that the passage tells of: the passage has it, or nothing.
    let of_another = context.intent != Intent::About
        && question.documents.is_empty()
        && question
            .fields
            .iter()
            .all(|field| matches!(field, Field::Date | Field::Number))
        && context
            .places
            .first()
            .is_some_and(|place| names_a_document(corpus, place));
    let of_no_document = context.intent != Intent::About
        && question.documents.is_empty()
        && speaks_of_something_else(&question.restored);
    if question.intent == Intent::About && (of_another || of_no_document) {
        question.intent = Intent::Lookup;
    }
    if context.intent == Intent::About && question.intent == Intent::When {
        question.intent = Intent::About;
        question.fields = vec![Field::Date];
    }
    if question.documents.is_empty() && question.intent == Intent::About {
        inside(corpus, question, context);
    }
    if question.units.is_empty() && (question.recipient || question.intent == Intent::Duties) {
        question.units = context
            .units
            .iter()
            .filter_map(|id| corpus.units.index_of(id))
            .map(|unit| UnitMention {
                unit,
                tokens: 0..0,
                included: false,
                gives: false,
            })
            .collect();
    }
}
