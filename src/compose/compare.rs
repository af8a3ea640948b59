//! One topic across the documents.

use super::draft::Draft;
use super::quote::Quote;
use super::{Brief, about, lookup, phrases};
use crate::answer::{Intent, Kind};
use crate::rank::{Candidate, Why, enough};

/// Share of the question a heading must say for its section to be about it.
const IN_HEADING: f32 = 0.85;

/// What each document says on the topic, and which is silent.
pub fn compose(brief: &Brief) -> Result<Draft, Why> {
    let corpus = brief.corpus;
    let mut documents = brief.scope();
    if documents.len() < 2 {
        documents = brief.at_hand();
    }
    if !brief.question.fields.is_empty() && brief.scope().len() != 1 {
        // "cái nào ra trước": what is compared stands in the front matter.
        return about::compose(brief).map(|mut draft| {
            draft.intent = Intent::Compare;
            draft
        });
    }
    let mut draft = Draft::new(Kind::Answer, Intent::Compare);
    add_sections(brief, &mut draft, &documents);
    if !draft.citations.is_empty() {
        draft.confidence = 1.0;
        return Ok(draft);
    }
    if brief.needs.is_empty() {
        draft.frame(phrases::COMPARE_AS_A_WHOLE);
        for document in documents {
            draft.frame(about::line(corpus, document));
            draft.quote(Quote::title(corpus, document));
        }
        draft.confidence = 1.0;
        return Ok(draft);
    }
    let mut silent = Vec::new();
    let holds_what_is_asked = |candidate: &&Candidate| {
        let facts = &brief.features.passage(corpus, candidate.passage).facts;
        let asked = brief.question.asked;
        asked.is_none_or(|asked| facts.contains(&asked))
    };
    for document in documents {
        let mut good = brief
            .candidates_of(document)
            .filter(|candidate| enough(candidate))
            .filter(holds_what_is_asked);
        // Where a heading says the topic, the section is about it.
        let under_it = |candidate: &&Candidate| {
            let heading = brief.features.heading(corpus, candidate.passage);
            heading.is_some_and(|heading| {
                brief.needs.covered(heading, 0..heading.exact.len()) >= IN_HEADING
            })
        };
        let best = good.clone().find(under_it).or_else(|| good.next());
        match best {
            Some(best) => {
                draft.frame(phrases::document_says(&corpus.documents[document].short));
                draft.quote(lookup::quote(brief, best.passage));
                draft.confidence = draft.confidence.max(best.coverage);
            }
            None => silent.push(document),
        }
    }
    if draft.citations.is_empty() {
        return Err(match brief.question.asked {
            Some(_) => Why::NoSuchFact,
            None => Why::NotCovered,
        });
    }
    for document in silent {
        draft.note(phrases::no_passage_in(&corpus.documents[document]));
    }
    Ok(draft)
}

/// The section named by its heading ("phần mục đích"), of each document that has it.
fn add_sections(brief: &Brief, draft: &mut Draft, documents: &[usize]) {
    /// At most so many passages are quoted of one section.
    const MOST: usize = 4;
    let corpus = brief.corpus;
    let named = brief
        .question
        .place
        .as_ref()
        .map_or(&[][..], |place| place.headings());
    for document in documents {
        let section = named
            .iter()
            .find(|section| corpus.document_of_section(**section) == *document);
        if let Some(section) = section {
            draft.frame(phrases::at_place(
                &corpus.label(&corpus.section(*section).id),
            ));
            for passage in corpus.section(*section).passages.clone().take(MOST) {
                draft.quote(Quote::passage(corpus, passage));
            }
        }
    }
}
