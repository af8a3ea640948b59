//! A document itself: number, date, signer, issuer, title, structure.

use super::draft::Draft;
use super::quote::Quote;
use super::{Brief, phrases, suggest};
use crate::answer::{Intent, Kind, TextKind};
use crate::corpus::{Corpus, Document};
use crate::question::Field;
use crate::rank::Why;

/// The metadata asked for; of every document when none is named.
pub fn compose(brief: &Brief) -> Result<Draft, Why> {
    let corpus = brief.corpus;
    let mut documents: Vec<usize> = brief
        .question
        .documents
        .iter()
        .map(|mention| mention.document)
        .collect();
    if documents.is_empty() {
        documents.clone_from(&brief.question.of_level);
    }
    if documents.is_empty() {
        documents = match document_spoken_of(brief) {
            Some(document) => vec![document],
            None => brief.at_hand(),
        };
    }
    let mut draft = Draft::new(Kind::Answer, Intent::About);
    let mut unknown = Vec::new();
    for document in documents {
        let entry = &corpus.documents[document];
        let mut lines: Vec<String> = brief
            .question
            .fields
            .iter()
            .filter_map(|field| value(entry, *field))
            .collect();
        if brief.question.fields.contains(&Field::Source) {
            lines.extend(phrases::digest_lacks(entry));
        }
        if lines.is_empty() && !brief.question.fields.contains(&Field::Structure) {
            unknown.push(document);
            continue;
        }
        for line in lines {
            draft.frame(line);
        }
        // Of two things asked, the one that is not known is told as well.
        for field in &brief.question.fields {
            let named = phrases::field_name(*field).filter(|_| value(entry, *field).is_none());
            if let Some(name) = named {
                draft.frame(phrases::field_missing(entry, name));
            }
        }
        draft.quote(Quote::title(corpus, document));
        if brief.question.fields.contains(&Field::Structure) {
            add_structure(corpus, &mut draft, document);
        }
    }
    if draft.citations.is_empty() {
        return Err(Why::NoSuchFact);
    }
    for document in unknown {
        draft.note(phrases::metadata_missing(&corpus.documents[document]));
    }
    draft.confidence = 1.0;
    Ok(draft)
}

/// The parts of a document, and what is known to be wanting.
pub fn parts(corpus: &Corpus, document: usize) -> Draft {
    let mut draft = Draft::new(Kind::Answer, Intent::List);
    draft.quote(Quote::title(corpus, document));
    add_structure(corpus, &mut draft, document);
    if let Some(lacks) = phrases::digest_lacks(&corpus.documents[document]) {
        draft.note(lacks);
    }
    draft.confidence = 1.0;
    draft
}

/// One line on a document: what it is, of whom, of when.
pub fn line(corpus: &Corpus, document: usize) -> String {
    let entry = &corpus.documents[document];
    phrases::document_line(entry)
}

/// The document the conversation is about.
pub fn document_spoken_of(brief: &Brief) -> Option<usize> {
    let id = brief.context.document.as_deref()?;
    brief.corpus.document(id).map(|(index, _)| index)
}

/// The document meant when none is named: the only one in its own words.
pub fn main_document(corpus: &Corpus) -> Option<usize> {
    let mut own = (0..corpus.documents.len())
        .filter(|document| corpus.documents[*document].text == TextKind::Verbatim);
    let first = own.next()?;
    own.next().is_none().then_some(first)
}

fn value(document: &Document, field: Field) -> Option<String> {
    match field {
        Field::Number => Some(phrases::number(document)),
        Field::Date => document
            .issued
            .map(|date| phrases::issued(document, &date.to_string())),
        Field::Signer => document
            .signer
            .as_ref()
            .map(|signer| phrases::signer(document, signer)),
        Field::Issuer => Some(phrases::issuer(document)),
        Field::Title => Some(phrases::title(document)),
        Field::Place => document
            .place
            .as_ref()
            .map(|place| phrases::signed_at(document, place)),
        Field::Structure => None,
        Field::Source => Some(phrases::source(document)),
    }
}

fn add_structure(corpus: &Corpus, draft: &mut Draft, document: usize) {
    let parts: Vec<usize> = corpus
        .sections_of(document)
        .filter(|section| corpus.section(*section).parent.is_none())
        .collect();
    // "Điều 1." alone heads an article in some documents.
    let has_words = |part: &usize| !corpus.section(*part).heading.is_empty();
    let follow = parts.iter().any(has_words);
    // Where parts have numbers, the recipients are none of them.
    let numbered = |part: &&usize| corpus.section(**part).number.is_some();
    let count = match parts.iter().filter(numbered).count() {
        0 => parts.len(),
        count => count,
    };
    let recipients = count + 1 == parts.len();
    draft.frame(phrases::parts(
        &corpus.documents[document],
        count,
        recipients,
        follow,
    ));
    for part in &parts {
        draft.quote(Quote::heading(corpus, *part));
    }
    draft.suggestions = suggest::sections(corpus, &parts);
}
