//! Deadlines, periods, frequencies: the text's own words for them, or the proof that it has none.

use super::draft::Draft;
use super::quote::Quote;
use super::{Brief, about, lookup, phrases, suggest};
use crate::answer::{Intent, Kind};
use crate::question::{Asked, FollowUp};
use crate::rank::time::{Kind as TimeKind, expressions};
use crate::rank::{Candidate, Verdict, Why};
use crate::text;

/// The times that the text gives for what is asked about.
pub fn compose(brief: &Brief) -> Result<Draft, Why> {
    // "thay thế chỉ thị nào trước đó, năm nào"
    if let Some(mut draft) = lookup::predecessor(brief) {
        draft.intent = Intent::When;
        return Ok(draft);
    }
    if brief.needs.is_empty() && brief.question.follow_up.is_none() {
        return without_topic(brief);
    }
    if let Verdict::Abstain(why) = brief.verdict() {
        return Err(why);
    }
    let best = brief.ranking.best().ok_or(Why::NotCovered)?;
    let mut draft = Draft::new(Kind::Answer, Intent::When);
    let document = brief.corpus.document_of(best.passage);
    match timed_sentence(brief, best.passage) {
        Some((quote, kind)) => {
            if kind == TimeKind::Frequency && has_no_deadline(brief, document) {
                draft.frame(phrases::no_deadline(
                    &brief.corpus.documents[document].short,
                ));
            }
            draft.frame(phrases::TIME);
            draft.quote(quote);
            for other in as_good(brief, best) {
                if let Some((quote, _)) = timed_sentence(brief, other.passage) {
                    draft.quote(quote);
                }
            }
        }
        // What was cited says nothing of time, and is not said again.
        None if brief.question.follow_up == Some(FollowUp::Same) => {
            return Err(Why::NoSuchFact);
        }
        None => {
            if has_no_deadline(brief, document) {
                draft.frame(phrases::no_deadline(
                    &brief.corpus.documents[document].short,
                ));
            } else {
                draft.frame(phrases::NO_TIME_HERE);
            }
            draft.quote(lookup::quote(brief, best.passage));
        }
    }
    draft.confidence = best.coverage;
    draft.suggestions = suggest::around(brief, best.passage);
    Ok(draft)
}

/// Other passages that cover all that is asked for and are ranked nearly as high: what is done
/// every year may stand in several places.
fn as_good<'a>(brief: &'a Brief, best: &'a Candidate) -> impl Iterator<Item = &'a Candidate> {
    /// Share of the first one's score, and how many are quoted along.
    const NEARLY: f32 = 0.88;
    const MOST: usize = 2;
    let all = best.coverage >= 1.0 - f32::EPSILON;
    let good = move |other: &&Candidate| {
        all && other.passage != best.passage
            && other.coverage >= best.coverage
            && other.score >= best.score * NEARLY
            && brief.features.passage(brief.corpus, other.passage).timed
    };
    brief.ranking.candidates.iter().filter(good).take(MOST)
}

/// A time is asked for and nothing else: the document's day of issue, and what it says of
/// frequency; with the proof that there is no deadline.
fn without_topic(brief: &Brief) -> Result<Draft, Why> {
    let corpus = brief.corpus;
    if brief
        .question
        .asked
        .is_some_and(|asked| asked != Asked::Day)
    {
        return Err(Why::NoSuchFact);
    }
    let Some(document) = brief
        .question
        .documents
        .first()
        .map(|mention| mention.document)
        .or_else(|| about::document_spoken_of(brief))
        .or_else(|| about::main_document(corpus))
    else {
        return Err(Why::NoTopic);
    };
    let mut draft = Draft::new(Kind::Answer, Intent::When);
    if !has_no_deadline(brief, document) {
        return Err(Why::NoTopic);
    }
    draft.frame(phrases::no_deadline(&corpus.documents[document].short));
    let general = corpus.assignments.iter().find(|task| {
        task.general && task.when.is_some() && corpus.document_of(task.passage) == document
    });
    let Some(task) = general else {
        return Err(Why::NotCovered);
    };
    draft.frame(phrases::TIME);
    draft.quote(Quote::passage(corpus, task.passage));
    draft.confidence = 1.0;
    draft.suggestions = suggest::around(brief, task.passage);
    Ok(draft)
}

/// The sentences of a passage that answer, where one of them says when.
fn timed_sentence(brief: &Brief, passage: usize) -> Option<(Quote, TimeKind)> {
    let corpus = brief.corpus;
    let file = corpus.file(corpus.document_of(passage));
    if let Some(item) = super::item::singled_out(brief, passage)
        && let Some(kind) = kind_of_time(file.get(item.clone()).unwrap_or(""))
    {
        return Some((Quote::piece(corpus, passage, item), kind));
    }
    let answering = crate::rank::answering(brief.features.passage(corpus, passage), brief.needs);
    let sentences = corpus.sentences_of(passage);
    let kind = |at: usize| kind_of_time(file.get(sentences[at].clone()).unwrap_or(""));
    let inside = answering
        .clone()
        .find_map(|at| kind(at).map(|kind| (at, kind)));
    // The time of another sentence is not that of what is asked about.
    let (_, found) = inside?;
    Some((Quote::sentences(corpus, passage, answering), found))
}

/// What kind of time a text gives; nothing where it gives none.
fn kind_of_time(said: &str) -> Option<TimeKind> {
    let found = expressions(&text::tokenize(said));
    let date = found.iter().any(|(_, kind)| *kind == TimeKind::Date);
    (!found.is_empty()).then_some(if date {
        TimeKind::Date
    } else {
        TimeKind::Frequency
    })
}

/// Whether a document's whole text sets no deadline.
pub(super) fn has_no_deadline(brief: &Brief, document: usize) -> bool {
    let mut passages = brief.corpus.passages_of(document);
    !brief.corpus.is_lost(document)
        && passages.all(|passage| !brief.features.passage(brief.corpus, passage).deadline)
}
