//! One topic over the documents, quotations only: a card to speak from, and what the other
//! documents say on what one of them says.

use super::draft::Draft;
use super::quote::Quote;
use super::{Brief, abstain, lookup, phrases};
use crate::answer::{Intent, Kind};
use crate::rank::{Why, enough};

/// At most so many passages of one document.
const MOST: usize = 3;
/// A passage of another document is on the same topic if it covers so much of the one it is
/// compared with: passages are long, and share a topic without sharing most words.
const SAME_TOPIC: f32 = 0.3;

/// What each document says on a topic, in the order of their dates; an abstention when none does.
pub fn card(brief: &Brief, topic: &str) -> Draft {
    let corpus = brief.corpus;
    if brief.needs.is_empty() {
        return abstain::compose(brief, Why::NoTopic);
    }
    let mut documents = brief.at_hand();
    documents.sort_by(|a, b| {
        let issued = |document: &usize| corpus.documents[*document].issued;
        issued(a).cmp(&issued(b)).then(a.cmp(b))
    });
    let mut draft = Draft::new(Kind::Answer, Intent::Compare);
    draft.frame(phrases::card(topic));
    for document in documents {
        let mut found = brief
            .candidates_of(document)
            .filter(|found| enough(found))
            .peekable();
        if found.peek().is_some() {
            draft.frame(phrases::document_says(&corpus.documents[document].short));
        }
        for candidate in found.take(MOST) {
            draft.quote(Quote::passage(corpus, candidate.passage));
            draft.confidence = draft.confidence.max(candidate.coverage);
        }
    }
    if draft.citations.is_empty() {
        return abstain::compose(brief, Why::NotCovered);
    }
    draft
}

/// The best passage of each other document on the topic that the question was read from.
pub fn elsewhere(brief: &Brief, own: usize) -> Option<Draft> {
    let corpus = brief.corpus;
    let mut draft = Draft::new(Kind::Answer, Intent::Compare);
    for document in brief
        .at_hand()
        .into_iter()
        .filter(|document| *document != own)
    {
        let best = brief
            .candidates_of(document)
            .max_by(|a, b| a.coverage.total_cmp(&b.coverage));
        if let Some(best) = best.filter(|best| best.coverage >= SAME_TOPIC) {
            draft.frame(phrases::document_says(&corpus.documents[document].short));
            draft.quote(lookup::quote(brief, best.passage));
            draft.confidence = draft.confidence.max(best.coverage);
        }
    }
    (!draft.citations.is_empty()).then_some(draft)
}
