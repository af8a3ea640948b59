//! What a question takes over from the one before it, once it is known how it leans on it.

use super::{DocumentMention, Field, Question, UnitMention};
use crate::answer::{Context, Intent};
use crate::corpus::Corpus;

/// "còn X?": the last question again, about what is named now. `read` reads a question that was
/// put together from both. Returns what was carried over, for people to see.
pub fn and(
    question: &mut Question,
    context: &Context,
    read: impl Fn(&str) -> Question,
) -> Option<String> {
    let has_topic = question
        .terms
        .iter()
        .any(|term| !term.is_slight() && !term.is_unit());
    if !question.units.is_empty() && !has_topic {
        question.intent = Intent::Duties;
        return None;
    }
    let asks_anew = !matches!(question.intent, Intent::Lookup | Intent::List);
    let same_topic = !question.documents.is_empty() && !has_topic && !context.topic.is_empty();
    if same_topic && !asks_anew {
        let follow_up = question.follow_up;
        let said = match context.said.as_str() {
            "" => &context.topic,
            said => said,
        };
        *question = read(&format!("{} {said}", question.text));
        question.follow_up = follow_up;
        // The document is all that is named: it is where to look.
        for mention in &mut question.documents {
            mention.certain = true;
        }
        if matches!(
            question.intent,
            Intent::Compare | Intent::About | Intent::Lookup
        ) {
            question.intent = context.intent;
        }
        return Some(context.topic.clone());
    }
    // A new topic is asked about in the same way; duties are asked of a unit, and none is named.
    let way = context.intent;
    let asks_what_is_said = question
        .restored
        .iter()
        .any(|word| SAYING.contains(&word.as_str()));
    if question.intent == Intent::Lookup
        && !asks_what_is_said
        && !matches!(way, Intent::Place | Intent::Duties)
    {
        question.intent = way;
    }
    None
}

/// Verbs with which it is asked what a text says, whatever was asked before.
const SAYING: [&str; 7] = ["nói", "viết", "ghi", "nêu", "chê", "khen", "nhắc"];

/// "việc đó do ai làm?": a new thing about the places last cited.
pub fn same(corpus: &Corpus, question: &mut Question, context: &Context) {
    if context.intent == Intent::About && question.intent == Intent::When {
        question.intent = Intent::About;
        question.fields = vec![Field::Date];
    }
    if question.documents.is_empty()
        && let Some(document) = context
            .document
            .as_deref()
            .and_then(|id| corpus.document(id))
        && question.intent == Intent::About
    {
        question.documents.push(DocumentMention {
            document: document.0,
            tokens: 0..0,
            certain: true,
            object: false,
        });
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
