//! From a unit to its tasks.

use super::draft::Draft;
use super::quote::Quote;
use super::{Brief, notes, phrases, suggest, unit_ids};
use crate::answer::{Intent, Kind, TextKind};
use crate::corpus::{Assignment, Level};
use crate::question::UnitMention;
use crate::rank::{Why, task_coverage};

/// At most so many passages are quoted for one unit.
const MOST: usize = 6;
/// Share of the topic a task must cover to be the one asked about.
const ON_TOPIC: f32 = 0.5;

/// How a passage gives a unit something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Through {
    Itself,
    See(usize),
    Group(usize),
}

/// The tasks of the units asked about.
pub fn compose(brief: &Brief) -> Result<Draft, Why> {
    let corpus = brief.corpus;
    let mut draft = Draft::new(Kind::Answer, Intent::Duties);
    let units: Vec<usize> = brief
        .question
        .units
        .iter()
        .map(|mention| mention.unit)
        .collect();
    for mention in &brief.question.units {
        add_unit(brief, &mut draft, mention);
    }
    if draft.citations.is_empty() {
        return super::lookup::compose(brief).map(|mut draft| {
            draft.intent = Intent::Duties;
            draft.units = unit_ids(corpus, &units);
            draft
        });
    }
    draft.units = unit_ids(corpus, &units);
    draft.confidence = 1.0;
    notes::since(&mut draft, corpus, &units);
    draft.suggestions = suggest::other_units(brief, &units);
    Ok(draft)
}

/// Quotes all that one unit is given: itself, through the unit by which the text speaks of it,
/// through the groups it belongs to.
fn add_unit(brief: &Brief, draft: &mut Draft, mention: &UnitMention) {
    let corpus = brief.corpus;
    let unit = mention.unit;
    let entry = corpus.units.at(unit);
    let mut ways = vec![Through::Itself];
    ways.extend(
        entry
            .see
            .iter()
            .filter_map(|id| corpus.units.index_of(id))
            .map(Through::See),
    );
    ways.extend(
        entry
            .member_of
            .iter()
            .filter_map(|id| corpus.units.index_of(id))
            .map(Through::Group),
    );
    for see in &entry.see {
        if let Some(see) = corpus.units.index_of(see) {
            let groups = &corpus.units.at(see).member_of;
            ways.extend(
                groups
                    .iter()
                    .filter_map(|id| corpus.units.index_of(id))
                    .map(Through::Group),
            );
        }
    }
    // As the table writes it: what was typed may be without diacritics, or raw keys.
    let name = mention.included.as_deref().unwrap_or(&entry.name);
    let mut quoted: Vec<usize> = Vec::new();
    for way in ways {
        let through = match way {
            Through::Itself => unit,
            Through::See(other) | Through::Group(other) => other,
        };
        let passages: Vec<usize> =
            passages_of(brief, through, (through != unit).then_some(entry.level))
                .into_iter()
                .filter(|passage| !quoted.contains(passage))
                .take(MOST)
                .collect();
        if passages.is_empty() {
            continue;
        }
        let through_name = &corpus.units.at(through).name;
        draft.frame(match way {
            Through::Itself if mention.included.is_none() => phrases::given(name),
            Through::See(_) => phrases::given_through(name, through_name),
            Through::Itself | Through::Group(_) => phrases::given_as_member(name, through_name),
        });
        for passage in &passages {
            draft.quote(quote(brief, *passage, through));
        }
        quoted.extend(passages);
    }
}

/// A passage that gives a unit something, in the order in which passages are quoted: what is on
/// the question's topic first, then own words before digests, what charges the unit with the
/// document as a whole, what names it in the passage and not in the heading, the text's order.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Given {
    off_topic: bool,
    digest: bool,
    particular: bool,
    by_heading: bool,
    passage: usize,
}

/// The passages that give a unit something, each once; asked for by another of that level, not what
/// the text gives to the units of another level.
fn passages_of(brief: &Brief, unit: usize, level: Option<Level>) -> Vec<usize> {
    let corpus = brief.corpus;
    let scope = brief.scope();
    let mut passages: Vec<Given> = Vec::new();
    let tasks = corpus.assignments.iter().enumerate();
    let names_topic = brief
        .question
        .terms
        .iter()
        .any(|term| !term.is_unit() && !term.is_slight());
    let concerns = |task: &Assignment| {
        task.units.contains(&unit)
            && task
                .level
                .is_none_or(|only| level.is_none_or(|level| only == level))
    };
    for (index, task) in tasks.filter(|(_, task)| concerns(task)) {
        let document = corpus.passages[task.passage].document;
        if !scope.is_empty() && !scope.contains(&document) {
            continue;
        }
        let covered = task_coverage(corpus, brief.features, brief.needs, index);
        let given = Given {
            off_topic: names_topic && covered < ON_TOPIC,
            digest: corpus.documents[document].text == TextKind::Digest,
            particular: !task.general,
            by_heading: task.via_heading,
            passage: task.passage,
        };
        match passages
            .iter_mut()
            .find(|seen| seen.passage == task.passage)
        {
            // A passage is as good as its best task.
            Some(seen) if given < *seen => *seen = given,
            Some(_) => {}
            None => passages.push(given),
        }
    }
    passages.sort();
    passages.into_iter().map(|given| given.passage).collect()
}

/// The sentences of a passage that hold the unit's tasks.
fn quote(brief: &Brief, passage: usize, unit: usize) -> Quote {
    let corpus = brief.corpus;
    let sentences = &corpus.passages[passage].sentences;
    let holding: Vec<usize> = corpus
        .assignments
        .iter()
        .filter(|assignment| assignment.passage == passage && assignment.units.contains(&unit))
        .flat_map(|assignment| {
            let task = assignment.task.clone();
            (0..sentences.len()).filter(move |at| {
                let sentence = &sentences[*at];
                sentence.start < task.end && task.start < sentence.end
            })
        })
        .collect();
    match (holding.iter().min(), holding.iter().max()) {
        (Some(first), Some(last)) => Quote::sentences(corpus, passage, *first..last + 1),
        _ => Quote::passage(corpus, passage),
    }
}
