//! A place named by its number, and the neighbours of the place last read.

use super::draft::Draft;
use super::quote::Quote;
use super::{Brief, about, item, lookup, phrases, section, suggest};
use crate::answer::{Intent, Kind, PassageId, TextKind};
use crate::corpus::{Corpus, Shape};
use crate::question::{FollowUp, Position, Step};
use crate::rank::Why;
use crate::text;

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Section(usize),
    Passage(usize),
}

/// Ordinals as passages write them.
const ORDINALS: &[&str] = &[
    "", "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười",
];

/// Reads out the place asked for.
pub fn compose(brief: &Brief) -> Result<Draft, Why> {
    let corpus = brief.corpus;
    let place = brief.question.place.as_ref().ok_or(Why::NoSuchPlace)?;
    if let Some(draft) = item_listed(brief, &place.steps) {
        return Ok(draft);
    }
    let only_numbered = asks_by_number_alone(brief, &place.steps);
    for document in documents(brief) {
        if only_numbered && !parts_are_numbered(corpus, document) {
            continue;
        }
        let targets = resolve(brief, document, &place.steps);
        match targets.as_slice() {
            [] => {}
            [target] => return Ok(read_as_asked(brief, *target)),
            several => {
                return Ok(match only_one_that_says_it(brief, several) {
                    Some(target) => read_as_asked(brief, target),
                    None => ask_back(corpus, several),
                });
            }
        }
    }
    // "nhiệm vụ thứ nhất" may be the words of a passage and no place.
    if let [Step::Named(noun, Position::Nth(number))] = place.steps.as_slice()
        && let Some(ordinal) = ORDINALS.get(*number as usize)
        && let Some(draft) = super::lookup::literal_words(brief, &format!("{noun} thứ {ordinal}"))
    {
        return Ok(draft);
    }
    Err(Why::NoSuchPlace)
}

/// "cái cuối cùng", after the items of one sentence were listed.
fn item_listed(brief: &Brief, steps: &[Step]) -> Option<Draft> {
    let ([Step::Item(position) | Step::Cited(position)], Intent::List) =
        (steps, brief.context.intent)
    else {
        return None;
    };
    let corpus = brief.corpus;
    let place = brief.context.places.first()?;
    let one = brief.context.places.iter().all(|other| other == place);
    let passage = corpus.passage_by_id(place).filter(|_| one)?;
    let file = corpus.file(corpus.document_of(passage));
    let items = corpus.sentences_of(passage).iter().find_map(|sentence| {
        let items = item::items(file.get(sentence.clone())?, sentence.start);
        (items.len() >= item::FEWEST).then_some(items)
    })?;
    let item = pick(&items, *position)?;
    let mut draft = Draft::new(Kind::Answer, Intent::Place);
    draft.frame(phrases::at_place(&corpus.label(place)));
    draft.quote(Quote::piece(corpus, passage, item));
    draft.confidence = 1.0;
    Some(draft)
}

/// "mục IV" of no document: it is looked for where parts have numbers, if any has; of others it would only be
/// the fourth.
fn asks_by_number_alone(brief: &Brief, steps: &[Step]) -> bool {
    let by_number = matches!(
        steps.first(),
        Some(Step::Part(Position::Nth(_)) | Step::Section(Position::Nth(_)))
    );
    let of_none = brief.question.documents.is_empty() && about::document_spoken_of(brief).is_none();
    let mut at_hand = brief.at_hand().into_iter();
    by_number && of_none && at_hand.any(|document| parts_are_numbered(brief.corpus, document))
}

fn parts_are_numbered(corpus: &Corpus, document: usize) -> bool {
    let sections = corpus.sections_of(document);
    let mut parts = sections.filter(|section| corpus.section(*section).parent.is_none());
    parts.any(|part| corpus.section(part).number.is_some())
}

/// "ai tuyên truyền theo mục 5": of the places with that number, the one that holds what is asked for.
fn only_one_that_says_it(brief: &Brief, targets: &[Target]) -> Option<Target> {
    /// Share of what is asked for.
    const ALL: f32 = 0.85;
    let best = brief.ranking.best().filter(|best| best.coverage >= ALL)?;
    let passage = &brief.corpus.passage(best.passage).id;
    let mut holding = targets
        .iter()
        .filter(|target| id(brief.corpus, **target).covers(passage));
    let target = holding.next()?;
    holding.next().is_none().then_some(*target)
}

/// Reads out a place by its id.
pub fn place(brief: &Brief, place: &PassageId) -> Option<Draft> {
    target(brief.corpus, place).map(|target| read(brief, target))
}

/// The id of the place after one, or before it, in the same document.
pub fn beside(corpus: &Corpus, place: &PassageId, forward: bool) -> Option<PassageId> {
    let next = step(corpus, target(corpus, place)?, forward)?;
    Some(id(corpus, next))
}

fn target(corpus: &Corpus, place: &PassageId) -> Option<Target> {
    match (corpus.passage_by_id(place), corpus.section_by_id(place)) {
        (Some(passage), _) => Some(Target::Passage(passage)),
        (_, Some(section)) => Some(Target::Section(section)),
        _ => None,
    }
}

/// The passage after or before the last one, or the last one as a whole.
pub fn neighbour(brief: &Brief) -> Option<Draft> {
    let corpus = brief.corpus;
    let scope = brief.scope();
    let of_scope = |place: &&PassageId| {
        let mut documents = scope.iter();
        documents.any(|document| corpus.documents[*document].id == place.document())
    };
    let places = &brief.context.places;
    let last = places.iter().find(of_scope).or_else(|| places.first())?;
    let target = target(corpus, last)?;
    let forward = match brief.question.follow_up? {
        FollowUp::Whole => return Some(read(brief, target)),
        FollowUp::Next => true,
        FollowUp::Previous => false,
        _ => return None,
    };
    Some(match step(corpus, target, forward) {
        Some(target) => read(brief, target),
        None => {
            let mut draft = Draft::new(Kind::Abstain, Intent::Place);
            draft.frame(phrases::NO_NEIGHBOUR);
            draft.suggestions = suggest::nearest(brief);
            draft
        }
    })
}

fn step(corpus: &Corpus, target: Target, forward: bool) -> Option<Target> {
    match target {
        Target::Passage(passage) => {
            let next = if forward {
                passage.checked_add(1)?
            } else {
                passage.checked_sub(1)?
            };
            let entry = &corpus.documents[corpus.document_of(passage)];
            entry
                .passages
                .contains(&next)
                .then_some(Target::Passage(next))
        }
        Target::Section(section) => {
            let entry = corpus.section(section);
            let siblings: Vec<usize> = match entry.parent {
                Some(parent) => corpus.section(parent).children.clone(),
                None => corpus
                    .sections_of(entry.document)
                    .filter(|other| corpus.section(*other).parent.is_none())
                    .collect(),
            };
            let at = siblings.iter().position(|other| *other == section)?;
            let next = if forward { at + 1 } else { at.checked_sub(1)? };
            siblings.get(next).map(|section| Target::Section(*section))
        }
    }
}

/// The documents to look in, in order: those named, the one spoken of, own words, digests.
fn documents(brief: &Brief) -> Vec<usize> {
    let named: Vec<usize> = brief
        .question
        .documents
        .iter()
        .map(|m| m.document)
        .collect();
    if !named.is_empty() {
        return named;
    }
    let corpus = brief.corpus;
    let spoken_of = about::document_spoken_of(brief);
    let mut documents = brief.at_hand();
    documents.extend(spoken_of.filter(|document| !documents.contains(document)));
    documents.sort_by_key(|document| {
        let digest = corpus.documents[*document].text == TextKind::Digest;
        (Some(*document) != spoken_of, digest, *document)
    });
    documents
}

/// Everything in a document that the steps can mean.
fn resolve(brief: &Brief, document: usize, steps: &[Step]) -> Vec<Target> {
    let corpus = brief.corpus;
    let mut here: Vec<Option<Target>> = vec![None];
    for step in steps {
        let mut next = Vec::new();
        for from in &here {
            next.extend(descend(brief, document, *from, step).into_iter().map(Some));
        }
        here = next;
    }
    let mut targets: Vec<Target> = here.into_iter().flatten().collect();
    targets.dedup();
    if targets.is_empty() {
        targets = only_of_number(corpus, document, steps)
            .into_iter()
            .collect();
    }
    // A part already spoken of decides between "mục 4" of this part and of that.
    if targets.len() > 1
        && let Some(last) = brief.context.places.first()
    {
        let part = |id: &PassageId| id.path().split('.').next().unwrap_or("").to_owned();
        let near: Vec<Target> = targets
            .iter()
            .copied()
            .filter(|t| part(&id(corpus, *t)) == part(last))
            .collect();
        if near.len() == 1 && last.document() == corpus.documents[document].id {
            return near;
        }
    }
    targets
}

/// "mục 3", "điểm 3" of a document whose numbered paragraphs are of one list.
fn only_of_number(corpus: &Corpus, document: usize, steps: &[Step]) -> Option<Target> {
    let [Step::Section(Position::Nth(number)) | Step::Item(Position::Nth(number))] = steps else {
        return None;
    };
    let number = number.to_string();
    let mut numbered = corpus.passages_of(document).filter(|at| {
        let passage = corpus.passage(*at);
        passage.shape == Shape::Numbered && passage.id.path().ends_with(&format!(".{number}"))
    });
    let only = numbered.next()?;
    numbered.next().is_none().then_some(Target::Passage(only))
}

fn descend(brief: &Brief, document: usize, from: Option<Target>, step: &Step) -> Vec<Target> {
    let corpus = brief.corpus;
    let parts = || -> Vec<usize> {
        corpus
            .sections_of(document)
            .filter(|section| corpus.section(*section).parent.is_none())
            .collect()
    };
    match (from, step) {
        (None, Step::Annex(position)) => annex(corpus, document, *position)
            .map(Target::Section)
            .into_iter()
            .collect(),
        // Within an annex, parts are what lies in it.
        (Some(Target::Section(section)), Step::Part(position)) if is_annex(corpus, section) => {
            nth_child(corpus, section, *position).into_iter().collect()
        }
        (None, Step::Path(path)) => by_path(corpus, document, path).into_iter().collect(),
        (None, Step::Heading(sections)) => sections
            .iter()
            // Whole headings come before pieces of longer ones.
            .find(|section| corpus.document_of_section(**section) == document)
            .map(|section| Target::Section(*section))
            .into_iter()
            .collect(),
        (None, Step::Opening) => corpus
            .passages_of(document)
            .find(|passage| corpus.passage(*passage).shape == Shape::Preamble)
            .map(Target::Passage)
            .into_iter()
            .collect(),
        (None, Step::Part(position)) => {
            let mut parts = parts();
            // Where parts are numbered, one without a number is not counted ("nơi nhận").
            if parts_are_numbered(corpus, document) {
                parts.retain(|part| corpus.section(*part).number.is_some());
            }
            pick(&parts, *position)
                .map(Target::Section)
                .into_iter()
                .collect()
        }
        (None, Step::Section(position)) => {
            // Lines of recipients are no sections.
            let lists_recipients = |part: &usize| {
                let mut passages = corpus.section(*part).passages.clone();
                passages.any(|passage| corpus.passage(passage).shape == Shape::Recipient)
            };
            let mut found: Vec<Target> = parts()
                .into_iter()
                .filter(|part| !lists_recipients(part))
                .flat_map(|part| {
                    descend(
                        brief,
                        document,
                        Some(Target::Section(part)),
                        &Step::Section(*position),
                    )
                })
                .collect();
            // Statutes number their articles through, whatever part they stand in.
            if let Position::Nth(number) = position {
                let numbered = corpus.sections_of(document).filter(|section| {
                    corpus.section(*section).number.as_deref() == Some(&number.to_string())
                        && corpus.section(*section).parent.is_none()
                });
                found.extend(numbered.map(Target::Section));
            }
            found.dedup();
            found
        }
        (None, Step::Named(noun, position)) => by_heading(corpus, document, noun)
            .and_then(|section| nth_child(corpus, section, *position))
            .into_iter()
            .collect(),
        (None, Step::Cited(position)) => pick(&cited(brief, document), *position)
            .into_iter()
            .collect(),
        // "ý thứ hai" of several passages cited, "cái hạn chế thứ hai".
        (None, Step::Item(position)) if cited(brief, document).len() > 1 => {
            pick(&cited(brief, document), *position)
                .into_iter()
                .collect()
        }
        // "đoạn cuối của kế hoạch": its last passage, recipients apart.
        (None, Step::Item(Position::Last)) if names(brief, document) => corpus
            .passages_of(document)
            .rfind(|passage| corpus.passage(*passage).shape != Shape::Recipient)
            .map(Target::Passage)
            .into_iter()
            .collect(),
        // "ý thứ hai" alone: of the section last spoken of.
        (None, Step::Item(position)) => brief
            .context
            .places
            .first()
            .and_then(|place| {
                let passage = corpus.passage_by_id(place);
                corpus
                    .section_by_id(place)
                    .or_else(|| corpus.passage(passage?).section)
            })
            .filter(|section| corpus.document_of_section(*section) == document)
            .and_then(|section| nth_child(corpus, section, *position))
            .into_iter()
            .collect(),
        (from, Step::Article(position)) => articles(brief, document, from, *position),
        (
            Some(Target::Section(section)),
            Step::Section(position) | Step::Item(position) | Step::Named(_, position),
        ) => nth_child(corpus, section, *position).into_iter().collect(),
        (Some(Target::Passage(passage)), Step::Item(Position::Nth(number))) => {
            let above = &corpus.passage(passage).id;
            below(corpus, above, &number.to_string())
                .into_iter()
                .collect()
        }
        (Some(target), Step::Point(letter)) => below(corpus, &id(corpus, target), letter)
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

/// Whether the question names the document.
fn names(brief: &Brief, document: usize) -> bool {
    let mut named = brief.question.documents.iter();
    named.any(|mention| mention.document == document)
}

/// The passages of a document that were last cited; its sections where no passage was: its parts.
fn cited(brief: &Brief, document: usize) -> Vec<Target> {
    let context = brief.context;
    let places = match context.listed.is_empty() {
        true => &context.places,
        false => &context.listed,
    };
    let of_document = places
        .iter()
        .filter(|place| place.document() == brief.corpus.documents[document].id);
    let cited: Vec<Target> = of_document
        .filter_map(|place| target(brief.corpus, place))
        .collect();
    let is_passage = |target: &Target| matches!(target, Target::Passage(_));
    match cited.iter().any(is_passage) {
        true => cited.into_iter().filter(is_passage).collect(),
        false => cited,
    }
}

/// The articles of that number; in a document without articles, what a section of that number is.
fn articles(
    brief: &Brief,
    document: usize,
    from: Option<Target>,
    position: Position,
) -> Vec<Target> {
    let corpus = brief.corpus;
    let within = |section: usize| match from {
        Some(target) => id(corpus, target).covers(&corpus.section(section).id),
        None => true,
    };
    let articles: Vec<usize> = corpus
        .sections_of(document)
        .filter(|section| corpus.section(*section).keyword == Some("Điều") && within(*section))
        .collect();
    if articles.is_empty() {
        return descend(brief, document, from, &Step::Section(position));
    }
    let found: Vec<usize> = match position {
        Position::Last => articles.last().copied().into_iter().collect(),
        Position::Nth(number) => {
            let number = number.to_string();
            let same = |at: &usize| corpus.section(*at).number.as_ref() == Some(&number);
            articles.into_iter().filter(same).collect()
        }
    };
    found.into_iter().map(Target::Section).collect()
}

/// The annex of that number, by its id: `#phu-luc-i`, `#phu-luc-02`, `#bieu-3`.
fn annex(corpus: &Corpus, document: usize, position: Position) -> Option<usize> {
    let sections = corpus.sections_of(document);
    let mut annexes = sections.filter(|section| is_annex(corpus, *section));
    match position {
        Position::Last => annexes.next_back(),
        Position::Nth(number) => annexes.find(|section| {
            let typed = corpus.section(*section).id.path().rsplit('-').next();
            typed.is_some_and(|typed| {
                typed.parse().ok().or_else(|| text::roman::roman(typed)) == Some(number)
            })
        }),
    }
}

/// Whether a section is an annex or a form beside a document's parts.
fn is_annex(corpus: &Corpus, section: usize) -> bool {
    let section = corpus.section(section);
    let path = section.id.path();
    section.parent.is_none() && (path.starts_with("phu-luc") || path.starts_with("bieu-"))
}

/// What has this component right below a place.
fn below(corpus: &Corpus, place: &PassageId, component: &str) -> Option<Target> {
    let inner = PassageId::of(place.document(), &format!("{}.{component}", place.path()));
    target(corpus, &inner)
}

/// The nth child of a section: a section below it, or one of its passages. The lead-in of a list
/// is not counted.
fn nth_child(corpus: &Corpus, section: usize, position: Position) -> Option<Target> {
    let entry = corpus.section(section);
    if !entry.children.is_empty() {
        return pick(&entry.children, position).map(Target::Section);
    }
    // A numbered paragraph goes by its number, whatever stands between it and the one before.
    if let Position::Nth(number) = position
        && let Some(Target::Passage(passage)) = below(corpus, &entry.id, &number.to_string())
        && corpus.passage(passage).shape == Shape::Numbered
    {
        return Some(Target::Passage(passage));
    }
    let passages: Vec<usize> = entry
        .passages
        .clone()
        .filter(|passage| corpus.passage(*passage).shape != Shape::LeadIn)
        .collect();
    pick(&passages, position).map(Target::Passage)
}

fn pick<T: Clone>(list: &[T], position: Position) -> Option<T> {
    match position {
        Position::Nth(number) => list.get((number as usize).checked_sub(1)?).cloned(),
        Position::Last => list.last().cloned(),
    }
}

/// A path as written; its numerals compared without regard to case.
/// The place of that path; "2.3" is "II.3" where parts have Roman numerals.
fn by_path(corpus: &Corpus, document: usize, path: &[String]) -> Option<Target> {
    let [first, rest @ ..] = path else {
        return None;
    };
    as_written(corpus, document, path).or_else(|| {
        let part = text::roman::written(first.parse().ok()?);
        as_written(corpus, document, &[&[part], rest].concat())
    })
}

fn as_written(corpus: &Corpus, document: usize, path: &[String]) -> Option<Target> {
    let wanted = path.join(".");
    let fits = |id: &PassageId| id.path().eq_ignore_ascii_case(&wanted);
    let entry = &corpus.documents[document];
    let section = entry
        .sections
        .clone()
        .find(|section| fits(&corpus.section(*section).id));
    let passage = entry
        .passages
        .clone()
        .find(|passage| fits(&corpus.passage(*passage).id));
    section
        .map(Target::Section)
        .or(passage.map(Target::Passage))
}

/// The section whose heading is this noun, or the first whose heading has it.
fn by_heading(corpus: &Corpus, document: usize, noun: &str) -> Option<usize> {
    let noun = text::fold(noun);
    let heading = |section: usize| text::fold(&corpus.heading_of(section).to_lowercase());
    let sections = corpus.sections_of(document);
    sections
        .clone()
        .find(|section| heading(*section) == noun)
        .or_else(|| {
            sections
                .into_iter()
                .find(|section| heading(*section).contains(&noun))
        })
}

/// Reads out a place; where its parts or its units were asked for, the answer says so.
fn read_as_asked(brief: &Brief, target: Target) -> Draft {
    if !brief.question.enumerates {
        return said_there(brief, target).unwrap_or_else(|| read(brief, target));
    }
    // "Phần I đặt ra mấy yêu cầu": a section inside the place, said by its heading.
    let inside = match target {
        Target::Section(section) => brief
            .question
            .headings
            .iter()
            .find(|said| brief.corpus.section(section).children.contains(said))
            .map(|section| Target::Section(*section)),
        Target::Passage(_) => None,
    };
    let mut draft = read(brief, inside.unwrap_or(target));
    draft.intent = Intent::List;
    draft
}

/// "mục II.3 nói gì về dữ liệu": of a section, the passages that say all of it.
fn said_there(brief: &Brief, target: Target) -> Option<Draft> {
    /// Share of what is asked for.
    const ALL: f32 = 0.85;
    let Target::Section(section) = target else {
        return None;
    };
    let corpus = brief.corpus;
    let inside = &corpus.section(section).id;
    let says = |passage: &usize| {
        let body = &brief.features.passage(corpus, *passage).body;
        brief.needs.covered(body, 0..body.exact.len()) >= ALL
    };
    let candidates = brief
        .ranking
        .candidates
        .iter()
        .map(|candidate| candidate.passage);
    let found: Vec<usize> = candidates
        .filter(|passage| inside.covers(&corpus.passage(*passage).id) && says(passage))
        .collect();
    if brief.needs.is_empty() || found.is_empty() || found.len() > lookup::MOST {
        return None;
    }
    let mut draft = Draft::new(Kind::Answer, Intent::Place);
    draft.frame(phrases::at_place(&corpus.label(inside)));
    for passage in found {
        draft.quote(Quote::passage(corpus, passage));
    }
    draft.confidence = 1.0;
    Some(draft)
}

fn read(brief: &Brief, target: Target) -> Draft {
    let corpus = brief.corpus;
    let mut draft = Draft::new(Kind::Answer, Intent::Place);
    match target {
        Target::Passage(passage) => {
            draft.frame(phrases::at_place(
                &corpus.label(&corpus.passage(passage).id),
            ));
            draft.quote(Quote::passage(corpus, passage));
            draft.suggestions = suggest::around(brief, passage);
        }
        Target::Section(section) => {
            draft.quote(Quote::heading(corpus, section));
            section::fill_section(brief, &mut draft, section);
        }
    }
    draft.confidence = 1.0;
    draft
}

fn ask_back(corpus: &Corpus, targets: &[Target]) -> Draft {
    let mut draft = Draft::new(Kind::Abstain, Intent::Place);
    draft.frame(phrases::WHICH_PLACE);
    draft.suggestions = targets
        .iter()
        .take(4)
        .map(|target| phrases::ask_place(&corpus.label(&id(corpus, *target))))
        .collect();
    draft
}

fn id(corpus: &Corpus, target: Target) -> PassageId {
    match target {
        Target::Section(section) => corpus.section(section).id.clone(),
        Target::Passage(passage) => corpus.passage(passage).id.clone(),
    }
}
