//! From a unit to its tasks.

use std::ops::Range;

use super::draft::Draft;
use super::quote::Quote;
use super::{Brief, charge, notes, phrases, suggest, unit_ids};
use crate::answer::{Intent, Kind, TextKind};
use crate::corpus::{Assignment, Corpus, Level};
use crate::question::{Meaning, Term, UnitMention};
use crate::rank::{Why, task_coverage};
use crate::text;

/// Share of the topic a task must cover to be the one asked about.
const ON_TOPIC: f32 = 0.5;

/// Words by which a topic is brought in.
const BEFORE_TOPIC: [&str; 9] = [
    "về", "cho", "để", "trong", "với", "nhằm", "chống", "phòng", "tới",
];

/// How far before a topic: "cho trẻ mồ côi", "trong việc tổ chức vui chơi".
const NEAR: usize = 3;

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
    let units = brief.units();
    let scope = brief.scope();
    for unit in &units {
        add_unit(brief, &mut draft, *unit, &scope);
    }
    if let Some(topic) = unnamed_topic(brief, &draft) {
        let given = std::mem::replace(&mut draft, Draft::new(Kind::Answer, Intent::Duties));
        draft.frame(phrases::unnamed_topic(&topic));
        draft.append(given);
        add_where_it_stands(brief, &mut draft);
    }
    if draft.citations.is_empty() && !scope.is_empty() {
        elsewhere(brief, &mut draft, &scope);
    }
    if draft.citations.is_empty() {
        only_named(brief, &mut draft);
    }
    if draft.citations.is_empty() {
        return super::lookup::compose(brief).map(|mut draft| {
            let best = brief.ranking.best();
            let others = best.and_then(|best| super::lookup::charged_others(brief, best.passage));
            let unsaid = others.is_none() && !corpus.assignments.is_empty();
            if draft.kind == Kind::Answer && unsaid {
                for unit in units.iter().rev() {
                    draft.first(phrases::charged_nowhere(&corpus.units.at(*unit).name));
                }
            }
            draft.intent = Intent::Duties;
            draft.units = unit_ids(corpus, &units);
            draft
        });
    }
    // "công an xã với ban tuyên giáo làm gì": of the other one nothing is said.
    if let Some(body) = brief.unmentioned(brief.question.other_body.as_ref()) {
        draft.first(phrases::never_mentioned(corpus, &body));
    }
    draft.units = unit_ids(corpus, &units);
    draft.confidence = 1.0;
    notes::since(&mut draft, corpus, &units);
    draft.suggestions = suggest::other_units(brief, &units);
    Ok(draft)
}

/// The topic beside the units, as typed, where the lexicon knows all of it and no passage quoted names any
/// of it: of other words nobody can tell whether a task is about them.
fn unnamed_topic(brief: &Brief, draft: &Draft) -> Option<String> {
    let question = brief.question;
    let end = question
        .units
        .iter()
        .map(|mention| mention.tokens.end)
        .max();
    // "có giao hội nông dân việc chống đuối nước không": neither what stands before the unit nor the words that
    // bring the topic in.
    let is_of_it = |term: &Term| {
        let mut words = question.restored[term.tokens.clone()].iter();
        let brings_in = words.all(|word| BEFORE_TOPIC.contains(&word.as_str()));
        let word = term.meaning == Meaning::Word;
        let before = end.is_some_and(|end| term.tokens.end <= end);
        term.is_topic() && !(word && (brings_in || before))
    };
    let terms = || {
        let all = question.terms.iter().enumerate();
        all.filter(move |(_, term)| is_of_it(term))
    };
    // "… làm gì về đuối nước", and not the "yêu cầu" of "chỉ thị yêu cầu … làm gì".
    let brought_in = |term: &Term| {
        let before = &question.restored[..term.tokens.start];
        end.is_some_and(|end| end <= term.tokens.start)
            && before
                .iter()
                .rev()
                .take(NEAR)
                .any(|word| BEFORE_TOPIC.contains(&word.as_str()))
    };
    let known = |(_, term): (usize, &Term)| matches!(term.meaning, Meaning::Concepts(_));
    let quoted = || {
        let places = draft.citations.iter();
        places.filter_map(|citation| brief.corpus.passage_by_id(&citation.passage))
    };
    let named = |passage: usize| {
        let body = &brief.features.passage(brief.corpus, passage).body;
        let heading = brief.features.heading(brief.corpus, passage);
        terms().any(|(at, _)| brief.needs.names(at, body, heading))
    };
    if !(terms().any(|(_, term)| brought_in(term)) || asks_whether_it_has_to(brief))
        || !terms().all(known)
        || quoted().next().is_none()
        || quoted().any(named)
    {
        return None;
    }
    let typed: Vec<&str> = terms()
        .map(|(_, term)| question.typed(term.tokens.clone()))
        .collect();
    Some(typed.join(", "))
}

/// "hội nông dân xã có phải sơ kết không", "bí thư chi bộ phải nêu gương thế nào": whether and how a unit does what is
/// said after it.
fn asks_whether_it_has_to(brief: &Brief) -> bool {
    let question = brief.question;
    let end = question
        .units
        .iter()
        .map(|mention| mention.tokens.end)
        .max();
    let after = |term: &&Term| end.is_some_and(|end| end <= term.tokens.start);
    let topics = || {
        let terms = question.terms.iter();
        terms.filter(|term| term.is_topic())
    };
    let words: Vec<&str> = question.restored.iter().map(String::as_str).collect();
    let whether = words
        .last()
        .is_some_and(|last| ["không", "chưa"].contains(last));
    let how = [["thế", "nào"], ["ra", "sao"]];
    let how = words.windows(2).any(|two| how.iter().any(|how| two == how));
    (whether || how) && topics().next().is_some() && topics().all(|term| after(&term))
}

/// Where the topic stands that no task of the unit names: the passage, and that it charges others or nobody.
fn add_where_it_stands(brief: &Brief, draft: &mut Draft) {
    let cited = |passage: usize| {
        let id = &brief.corpus.passage(passage).id;
        draft
            .citations
            .iter()
            .any(|citation| citation.passage == *id)
    };
    let names_topic = |passage: usize| {
        let body = &brief.features.passage(brief.corpus, passage).body;
        let terms = brief.question.terms.iter().enumerate();
        let mut topics = terms.filter(|(_, term)| term.is_topic());
        topics.all(|(at, _)| brief.needs.names(at, body, None))
    };
    let scope = brief.scope();
    let candidates = brief.ranking.candidates.iter();
    let mut there = candidates.filter(|candidate| {
        let passage = candidate.passage;
        let document = brief.corpus.document_of(passage);
        let in_scope = scope.is_empty() || scope.contains(&document);
        !cited(passage) && names_topic(passage) && in_scope
    });
    let Some(best) = there.next() else {
        return;
    };
    match super::lookup::charged_others(brief, best.passage) {
        Some(others) => draft.frame(others),
        None => draft.frame(phrases::lookup(brief.corpus, best.passage)),
    };
    draft.quote(super::lookup::sentences(brief, best.passage));
}

/// What the other documents give to units to which those asked about give nothing, after saying so.
fn elsewhere(brief: &Brief, draft: &mut Draft, scope: &[usize]) {
    let corpus = brief.corpus;
    let mut given = Draft::new(draft.kind, draft.intent);
    let units = brief.units();
    for unit in &units {
        add_unit(brief, &mut given, *unit, &[]);
    }
    if given.citations.is_empty() {
        return;
    }
    for document in scope {
        for unit in &units {
            let unit = &corpus.units.at(*unit).name;
            draft.frame(phrases::gives_nothing(&corpus.documents[*document], unit));
        }
    }
    draft.append(given);
}

/// Of units that the table of tasks gives nothing, where nothing else is asked: that, and what names them.
fn only_named(brief: &Brief, draft: &mut Draft) {
    /// So many places are quoted of each.
    const MOST: usize = 3;
    let (corpus, question) = (brief.corpus, brief.question);
    if corpus.assignments.is_empty() || question.terms.iter().any(Term::is_topic) {
        return;
    }
    for mention in &question.units {
        let of_unit = |term: &Term| term.tokens.start == mention.tokens.start && term.is_unit();
        let Some(term) = question.terms.iter().position(of_unit) else {
            continue;
        };
        let names = |passage: &usize| {
            let body = &brief.features.passage(corpus, *passage).body;
            brief.needs.names(term, body, None)
        };
        let candidates = brief.ranking.candidates.iter();
        let mut named = candidates
            .map(|candidate| candidate.passage)
            .filter(names)
            .take(MOST)
            .peekable();
        if named.peek().is_some() {
            draft.frame(phrases::only_named(&corpus.units.at(mention.unit).name));
        }
        for passage in named {
            draft.quote(Quote::passage(corpus, passage));
        }
    }
}

/// Quotes all that one unit is given: itself, through the unit by which the text speaks of it,
/// through the groups it belongs to.
fn add_unit(brief: &Brief, draft: &mut Draft, unit: usize, scope: &[usize]) {
    let corpus = brief.corpus;
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
    let included = included(brief, unit);
    let name = match included.is_empty() {
        true => entry.name.clone(),
        false => included.join(", "),
    };
    let name = name.as_str();
    let mut quoted: Vec<usize> = Vec::new();
    for way in ways {
        let through = match way {
            Through::Itself => unit,
            Through::See(other) | Through::Group(other) => other,
        };
        let level = (through != unit).then_some(entry.level);
        let passages: Vec<usize> = passages_of(brief, through, level, scope)
            .into_iter()
            .filter(|passage| !quoted.contains(passage))
            .collect();
        if passages.is_empty() {
            continue;
        }
        let through_name = &corpus.units.at(through).name;
        draft.frame(match way {
            Through::Itself if included.is_empty() => phrases::given(name),
            Through::See(_) => phrases::given_through(name, through_name),
            Through::Itself | Through::Group(_) => phrases::given_as_member(name, through_name),
        });
        for passage in &passages {
            let tasks: Vec<&Assignment> = tasks_of(brief, through, level)
                .map(|(_, task)| task)
                .filter(|task| task.passage == *passage)
                .collect();
            let quotes = quotes(corpus, *passage, &tasks);
            let quoted = quotes.iter().all(|quote| draft.quotes(quote));
            if let Some(line) = charge::line(corpus, tasks.iter().copied()) {
                draft.frame(match quoted {
                    true => {
                        phrases::quoted_above(&corpus.label(&corpus.passage(*passage).id), &line)
                    }
                    false => line,
                });
            }
            for quote in quotes {
                draft.quote(quote);
            }
        }
        quoted.extend(passages);
    }
}

/// What is named that the text speaks of through this unit alone, as typed; where that was without marks, as
/// it was read. Nothing where the unit itself is named.
fn included(brief: &Brief, unit: usize) -> Vec<String> {
    let question = brief.question;
    let marked = text::spelling::is_marked_text(&question.tokens);
    let of_unit = || question.units.iter().filter(|mention| mention.unit == unit);
    if of_unit().any(|mention| !mention.included) {
        return Vec::new();
    }
    let name = |mention: &UnitMention| match marked {
        true => question.typed(mention.tokens.clone()).to_owned(),
        false => question.restored[mention.tokens.clone()].join(" "),
    };
    of_unit().map(name).collect()
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

/// The tasks given to a unit, with their places among the corpus's assignments; asked for by another
/// of that level, not what the text gives to the units of another level.
fn tasks_of<'a>(
    brief: &Brief<'a>,
    unit: usize,
    level: Option<Level>,
) -> impl Iterator<Item = (usize, &'a Assignment)> {
    let tasks = brief.corpus.assignments.iter().enumerate();
    tasks.filter(move |(_, task)| {
        task.units.contains(&unit)
            && task
                .level
                .is_none_or(|only| level.is_none_or(|level| only == level))
    })
}

/// The passages that give a unit something, each once.
fn passages_of(brief: &Brief, unit: usize, level: Option<Level>, scope: &[usize]) -> Vec<usize> {
    let corpus = brief.corpus;
    let mut passages: Vec<Given> = Vec::new();
    let names_topic = brief.question.terms.iter().any(Term::is_topic);
    for (index, task) in tasks_of(brief, unit, level) {
        let document = corpus.document_of(task.passage);
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

/// The pieces of a passage that hold these tasks of one unit, in the order of the text: the
/// sentences they stand in, neighbouring ones as one piece. A sentence between two of them that
/// holds none, or a clause at either end of one that holds another's task alone, is left out: it
/// would be told as this unit's.
fn quotes(corpus: &Corpus, passage: usize, tasks: &[&Assignment]) -> Vec<Quote> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let others: Vec<&Range<usize>> = corpus
        .assignments
        .iter()
        .filter(|other| other.passage == passage && !tasks.contains(other))
        .map(|other| &other.task)
        .collect();
    let mut last = None;
    for (at, sentence) in corpus.sentences_of(passage).iter().enumerate() {
        let mut own = tasks
            .iter()
            .map(|task| &task.task)
            .filter(|task| meet(task, sentence));
        let Some(first) = own.next() else {
            continue;
        };
        let needed = own.fold(first.clone(), |all, task| {
            all.start.min(task.start)..all.end.max(task.end)
        });
        let file = corpus.file(corpus.document_of(passage));
        let piece = without_others(file, sentence.clone(), &needed, &others);
        match pieces.last_mut() {
            Some(before) if last.is_some_and(|last| last + 1 == at) => before.end = piece.end,
            _ => pieces.push(piece.clone()),
        }
        // A sentence cut at its end has no neighbour.
        last = (piece.end == sentence.end).then_some(at);
    }
    if pieces.is_empty() {
        return vec![Quote::passage(corpus, passage)];
    }
    let cut = |piece| Quote::piece(corpus, passage, piece);
    pieces.into_iter().map(cut).collect()
}

/// A sentence without the clauses, set off by semicolons, that follow all that is needed or go before
/// it and hold a task of others.
fn without_others(
    file: &str,
    sentence: Range<usize>,
    needed: &Range<usize>,
    others: &[&Range<usize>],
) -> Range<usize> {
    const BETWEEN: char = ';';
    let mut piece = sentence;
    let holds = |range: &Range<usize>| others.iter().any(|other| meet(other, range));
    let after = needed.end.clamp(piece.start, piece.end);
    if let Some(mark) = file
        .get(after..piece.end)
        .and_then(|rest| rest.find(BETWEEN))
        && holds(&(after + mark..piece.end))
    {
        piece.end = after + mark;
    }
    let before = needed.start.clamp(piece.start, piece.end);
    if let Some(mark) = file
        .get(piece.start..before)
        .and_then(|rest| rest.rfind(BETWEEN))
        && holds(&(piece.start..piece.start + mark))
    {
        let clause = &file[piece.start + mark + BETWEEN.len_utf8()..];
        piece.start = file.len() - clause.trim_start().len();
    }
    piece
}

fn meet(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}
