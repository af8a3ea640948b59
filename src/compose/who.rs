//! From a task to the units that do it.

use std::ops::Range;

use super::draft::Draft;
use super::quote::Quote;
use super::{Brief, charge, lookup, notes, phrases, section, suggest, unit_ids, unit_names};
use crate::answer::{Intent, Kind, TextKind};
use crate::corpus::{Assignment, Corpus, Shape};
use crate::question::{FollowUp, Term, lean};
use crate::rank::{Candidate, Verdict, Why, enough, task_coverage};
use crate::text::{self, Token};

/// The least share of the question's needs that the words of a task must cover to be that task.
const SAME_TASK: f32 = 0.5;
/// Other tasks are named along when they cover nearly as much as the best.
const NEARLY: f32 = 0.95;
/// A task covers all that is asked for from here on.
const ALL: f32 = 0.99;
/// And from here on, one of several with which the document as a whole is charged.
const OF_THE_WHOLE: f32 = 0.85;
/// And when their passages are ranked nearly as high.
const IN_REACH: f32 = 0.85;
/// From so many syllables on, a task said word for word is that task.
const WORD_FOR_WORD: usize = 4;
/// At most so many passages are quoted.
const MOST: usize = 4;
/// A recipient stands alone for the whole list when the next passage's score is under this share.
const ALONE: f32 = 0.8;

/// The units that the text gives the task asked about; or that it names nobody for it.
pub fn compose(brief: &Brief) -> Result<Draft, Why> {
    if brief.question.recipient {
        return match brief.question.who_too {
            true => with_recipients(brief),
            false => recipients(brief, &brief.units(), &brief.scope()),
        };
    }
    if let Some(draft) = recipients_named(brief) {
        return Ok(draft);
    }
    if let Some(draft) = carried_out(brief) {
        return Ok(draft);
    }
    let tasks = tasks(brief);
    if tasks.is_empty() {
        return nobody(brief);
    }
    Ok(given(brief, &tasks))
}

/// "ai thực hiện kế hoạch 109": of a document and no task of it, its section on how it is carried out.
fn carried_out(brief: &Brief) -> Option<Draft> {
    let corpus = brief.corpus;
    let document = match (&brief.question.documents[..], &brief.scope()[..]) {
        ([mention], _) => mention.document,
        (_, [document]) => *document,
        _ => return None,
    };
    let points_at_a_task = lean::speaks_of_something_else(&brief.question.restored);
    if !brief.needs.is_empty() || !brief.question.units.is_empty() || points_at_a_task {
        return None;
    }
    let section = corpus.sections_of(document).find(|section| {
        corpus.section(*section).level == 2 && tells_who_acts(corpus.heading_of(*section))
    })?;
    let mut draft = Draft::new(Kind::Answer, Intent::Who);
    section::fill_section(brief, &mut draft, section);
    draft.confidence = 1.0;
    Some(draft)
}

/// "TỔ CHỨC THỰC HIỆN", "Triển khai": the headings under which documents of office say who acts.
fn tells_who_acts(heading: &str) -> bool {
    const HEADINGS: [&[&str]; 4] = [
        &["tổ", "chức", "thực", "hiện"],
        &["tổ", "chức", "triển", "khai"],
        &["triển", "khai"],
        &["trách", "nhiệm", "thực", "hiện"],
    ];
    let words = text::tokenize(heading);
    HEADINGS.iter().any(|named| {
        words.len() == named.len()
            && words
                .iter()
                .zip(*named)
                .all(|(word, named)| word.may_be(named))
    })
}

/// "ai theo dõi và báo cáo cho ai": who has the task, then to whom those report under the documents
/// that give it, or that they say nothing of it.
fn with_recipients(brief: &Brief) -> Result<Draft, Why> {
    let tasks = tasks(brief);
    if tasks.is_empty() {
        return recipients(brief, &brief.units(), &brief.scope());
    }
    let mut draft = given(brief, &tasks);
    let units: Vec<usize> = tasks
        .iter()
        .flat_map(|(task, _)| task.units.clone())
        .collect();
    let documents: Vec<usize> = tasks
        .iter()
        .map(|(task, _)| brief.corpus.document_of(task.passage))
        .collect();
    match recipients(brief, &units, &documents) {
        Ok(reports) => draft.append(reports),
        Err(_) => {
            draft.note(phrases::REPORTS_TO_NOBODY);
        }
    }
    Ok(draft)
}

/// The units of these tasks, and the passages that give them.
fn given(brief: &Brief, tasks: &[(&Assignment, f32)]) -> Draft {
    let corpus = brief.corpus;
    let mut draft = Draft::new(Kind::Answer, Intent::Who);
    let mut units: Vec<usize> = Vec::new();
    let mut passages: Vec<usize> = Vec::new();
    for (task, _) in tasks {
        if !passages.contains(&task.passage) {
            // Who is given it by a passage that is not quoted is not named either.
            if passages.len() == MOST {
                continue;
            }
            passages.push(task.passage);
        }
        for unit in &task.units {
            if !units.contains(unit) {
                units.push(*unit);
            }
        }
    }
    // "ở cấp tỉnh ai chủ trì"
    let meant = match brief.scope() {
        scope if scope.is_empty() => brief.question.of_level.clone(),
        scope => scope,
    };
    lookup::tell_silence(brief, &mut draft, &meant, &passages);
    draft.frame(phrases::named(&unit_names(corpus, &units)));
    for passage in passages {
        let here = || {
            let tasks = tasks.iter().map(|(task, _)| *task);
            tasks.filter(|task| task.passage == passage)
        };
        if let Some(line) = charge::line(corpus, here()) {
            draft.frame(line);
        }
        let by_heading = here().any(|task| task.via_heading);
        if let Some(above) = here().find_map(|task| task.above) {
            draft.frame(phrases::NAMED_ABOVE);
            draft.quote(task_quote(brief, passage, tasks));
            draft.quote(Quote::passage(corpus, above));
        } else if by_heading && let Some(section) = corpus.passage(passage).section {
            draft.frame(phrases::NAMED_BY_HEADING);
            draft.quote(task_quote(brief, passage, tasks));
            draft.quote(Quote::heading(corpus, section));
        } else {
            draft.quote(task_quote(brief, passage, tasks));
        }
    }
    draft.units = unit_ids(corpus, &units);
    draft.confidence = tasks[0].1;
    notes::since(&mut draft, corpus, &units);
    draft.suggestions = suggest::duties_of(corpus, &units);
    draft
}

/// "nhiệm vụ thứ nhất … giao cho ai": a place that was read out, with the units it is given to.
pub fn of_place(brief: &Brief, mut draft: Draft) -> Draft {
    let corpus = brief.corpus;
    let [cited] = draft.citations.as_slice() else {
        return draft;
    };
    let Some(passage) = corpus.passage_by_id(&cited.passage) else {
        return draft;
    };
    let units = given_something(corpus, passage);
    if brief.question.who && !units.is_empty() {
        draft.intent = Intent::Who;
        draft.note(phrases::named(&unit_names(corpus, &units)));
        draft.units = unit_ids(corpus, &units);
        notes::since(&mut draft, corpus, &units);
    }
    draft
}

/// The list of recipients that a passage found stands in.
fn recipients_of(brief: &Brief, passage: usize) -> Option<Draft> {
    let place = brief.corpus.passage(passage);
    let section = place.section.filter(|_| place.shape == Shape::Recipient)?;
    let ranked = &brief.ranking.candidates;
    let far_behind = |other: &Candidate| other.score < ranked[0].score * ALONE;
    if ranked.get(1).is_some_and(far_behind) {
        return None;
    }
    let mut draft = Draft::new(Kind::Answer, Intent::List);
    super::section::fill_section(brief, &mut draft, section);
    Some(draft)
}

/// "gửi cho những ai": the list of recipients, when its heading is what is asked for.
fn recipients_named(brief: &Brief) -> Option<Draft> {
    let draft = super::section::section_named(brief, Intent::List)?;
    let first = brief
        .corpus
        .passage_by_id(&draft.citations.first()?.passage)?;
    (brief.corpus.passage(first).shape == Shape::Recipient).then_some(draft)
}

/// The tasks whose own words the question says, all of its topic and in their order; of those the ones
/// of which most is said, own words before digests.
fn said_word_for_word<'a>(brief: &Brief<'a>) -> Vec<(&'a Assignment, f32)> {
    let corpus = brief.corpus;
    let topic = brief.question.terms.iter().map(|term| &term.tokens);
    let (Some(start), Some(end)) = (
        topic.clone().map(|tokens| tokens.start).min(),
        topic.map(|tokens| tokens.end).max(),
    ) else {
        return Vec::new();
    };
    let mut said: Vec<(usize, &Assignment)> = corpus
        .assignments
        .iter()
        .map(|task| (words_said(brief, task, start..end), task))
        .filter(|(count, _)| *count >= WORD_FOR_WORD)
        .collect();
    let most = said.iter().map(|(count, _)| *count).max();
    said.retain(|(count, _)| Some(*count) == most);
    said.sort_by_key(|(_, task)| {
        let document = corpus.document_of(task.passage);
        corpus.documents[document].text == TextKind::Digest
    });
    said.into_iter().map(|(_, task)| (task, 1.0)).collect()
}

/// Whether a task has the words of each piece of the topic side by side, as typed.
fn says_the_topic(brief: &Brief, task: &Assignment) -> bool {
    let document = brief.corpus.document_of(task.passage);
    let words = text::tokenize(brief.corpus.cut(document, task.task.clone()));
    let has = |term: &Term| {
        let typed = &brief.question.tokens[term.tokens.clone()];
        words.windows(typed.len()).any(|here| {
            let mut both = typed.iter().zip(here);
            both.all(|(typed, word)| typed.may_be(&word.word))
        })
    };
    let mut topics = brief.question.terms.iter().filter(|term| term.is_topic());
    topics.all(has)
}

/// How many syllables around the topic the question says as the task has them; 0 when the topic is not
/// said so.
fn words_said(brief: &Brief, task: &Assignment, topic: Range<usize>) -> usize {
    let document = brief.corpus.document_of(task.passage);
    let words = text::tokenize(brief.corpus.cut(document, task.task.clone()));
    let typed = &brief.question.tokens;
    let same = |typed: &Token, word: &Token| typed.may_be(&word.word);
    let alike = |one: &[Token], other: &[Token]| {
        one.iter()
            .zip(other)
            .take_while(|(t, w)| same(t, w))
            .count()
    };
    let before = |at: usize| {
        let typed = typed[..topic.start].iter().rev();
        typed
            .zip(words[..at].iter().rev())
            .take_while(|(t, w)| same(t, w))
            .count()
    };
    (0..words.len())
        .map(|at| (at, alike(&typed[topic.start..], &words[at..])))
        .filter(|(_, count)| *count >= topic.len())
        .map(|(at, count)| count + before(at))
        .max()
        .unwrap_or(0)
}

/// The tasks asked about, best first: those said word for word, or those whose words cover most of the
/// question's needs.
fn tasks<'a>(brief: &Brief<'a>) -> Vec<(&'a Assignment, f32)> {
    let corpus = brief.corpus;
    let scope = brief.scope();
    // "ai giám sát việc thực hiện": whoever is charged with it for the document as a whole, however near to the
    // task's words the question is and however the passages are ranked.
    // Where some task has the very words of the question, only those that have them.
    let general = || corpus.assignments.iter().filter(|task| task.general);
    let literal = general().any(|task| says_the_topic(brief, task));
    let may_be_it = |task: &Assignment| task.general && (!literal || says_the_topic(brief, task));
    let of_the_whole = |task: &Assignment, covered: f32| covered >= ALL && may_be_it(task);
    let mut said = said_word_for_word(brief);
    if said.iter().any(|(task, _)| task.general) {
        let there = |task: &Assignment| said.iter().any(|(said, _)| said.passage == task.passage);
        let tasks = corpus.assignments.iter().enumerate();
        let tasks = tasks.filter(|(_, task)| {
            !there(task) && (scope.is_empty() || scope.contains(&corpus.document_of(task.passage)))
        });
        let tasks = tasks.map(|(index, task)| {
            (
                task,
                task_coverage(corpus, brief.features, brief.needs, index),
            )
        });
        let others: Vec<(&Assignment, f32)> = tasks
            .filter(|(task, covered)| of_the_whole(task, *covered))
            .collect();
        said.extend(others);
    }
    if !said.is_empty() {
        return said;
    }
    let carried = (brief.question.follow_up == Some(FollowUp::Same))
        .then(|| brief.ranking.best())
        .flatten();
    let mut tasks: Vec<(&Assignment, f32)> = corpus
        .assignments
        .iter()
        .enumerate()
        .filter(|(_, task)| scope.is_empty() || scope.contains(&corpus.document_of(task.passage)))
        .filter_map(|(index, task)| {
            if let Some(carried) = carried {
                return (carried.passage == task.passage).then_some((task, 1.0));
            }
            let covered = task_coverage(corpus, brief.features, brief.needs, index);
            (covered >= SAME_TASK).then_some((task, covered))
        })
        .collect();
    // A passage that answers better than any task does, and names nobody, is the honest answer.
    let most = tasks
        .iter()
        .map(|(_, covered)| *covered)
        .fold(0.0, f32::max);
    let better = brief
        .ranking
        .best()
        .filter(|best| best.coverage > most + 0.15);
    if carried.is_none()
        && better.is_some_and(|best| !tasks.iter().any(|(task, _)| task.passage == best.passage))
    {
        return Vec::new();
    }
    let score = |task: &Assignment| brief.ranking.of(task.passage).map_or(0.0, |c| c.score);
    let highest = tasks
        .iter()
        .map(|(task, _)| score(task))
        .fold(0.0, f32::max);
    let whole = tasks
        .iter()
        .any(|(task, covered)| of_the_whole(task, *covered));
    tasks.retain(|(task, covered)| {
        let in_reach = *covered >= most * NEARLY && score(task) >= highest * IN_REACH;
        in_reach || (whole && *covered >= OF_THE_WHOLE && may_be_it(task))
    });
    // Who has it at another level is no answer where one has it at the level spoken of.
    let of_level = |task: &Assignment| {
        let document = corpus.document_of(task.passage);
        brief.question.of_level.contains(&document)
    };
    if tasks.iter().any(|(task, _)| of_level(task)) {
        tasks.retain(|(task, _)| of_level(task));
    }
    tasks.sort_by(|a, b| {
        let rank = |task: &Assignment| {
            brief
                .ranking
                .candidates
                .iter()
                .position(|c| c.passage == task.passage)
                .unwrap_or(usize::MAX)
        };
        rank(a.0).cmp(&rank(b.0)).then(b.1.total_cmp(&a.1))
    });
    tasks
}

/// The sentences that hold the tasks of one passage.
fn task_quote(brief: &Brief, passage: usize, tasks: &[(&Assignment, f32)]) -> Quote {
    let sentences = brief.corpus.sentences_of(passage);
    let holds = |at: usize| {
        tasks.iter().any(|(task, _)| {
            task.passage == passage
                && sentences[at].start < task.task.end
                && task.task.start < sentences[at].end
        })
    };
    let first = (0..sentences.len()).find(|at| holds(*at));
    let last = (0..sentences.len()).rev().find(|at| holds(*at));
    match (first, last) {
        (Some(first), Some(last)) => Quote::sentences(brief.corpus, passage, first..last + 1),
        _ => Quote::passage(brief.corpus, passage),
    }
}

/// Whether a charge is asked about, in so many words.
fn asks_of_a_charge(brief: &Brief) -> bool {
    const CHARGES: [[&str; 2]; 4] = [
        ["trách", "nhiệm"],
        ["nhiệm", "vụ"],
        ["phụ", "trách"],
        ["chủ", "trì"],
    ];
    let mut pairs = brief.question.restored.windows(2);
    pairs.any(|two| CHARGES.iter().any(|charge| two == charge))
}

/// The text has the task and names nobody for it.
fn nobody(brief: &Brief) -> Result<Draft, Why> {
    let corpus = brief.corpus;
    if let Verdict::Abstain(why) = brief.verdict() {
        return Err(why);
    }
    let best = brief.ranking.best().ok_or(Why::NotCovered)?;
    let best = beside_findings(brief, best);
    // "cấp nào chịu trách nhiệm cao nhất": who is sent a copy is not.
    if corpus.passage(best.passage).shape == Shape::Recipient && asks_of_a_charge(brief) {
        return Err(Why::NotCovered);
    }
    if let Some(mut draft) = recipients_of(brief, best.passage) {
        draft.confidence = best.coverage;
        return Ok(draft);
    }
    let mut named = given_something(corpus, best.passage);
    for unit in named_in(brief, best.passage) {
        if !named.contains(&unit) {
            named.push(unit);
        }
    }
    let mut draft = Draft::new(Kind::Answer, Intent::Who);
    if named.is_empty() {
        draft.frame(phrases::NAMES_NOBODY);
        draft.quote(lookup::sentences(brief, best.passage));
        add_general(brief, &mut draft, best.passage);
    } else {
        draft.frame(phrases::speaks_of(&unit_names(corpus, &named)));
        draft.quote(lookup::sentences(brief, best.passage));
        draft.units = unit_ids(corpus, &named);
        notes::since(&mut draft, corpus, &named);
    }
    draft.confidence = best.coverage;
    draft.suggestions = suggest::around(brief, best.passage);
    Ok(draft)
}

/// "tai nạn thương tích thì ai lo": before "Hạn chế: …", which tells what was found to be so, a passage that says
/// nearly as much of it and what is to be done.
fn beside_findings<'a>(brief: &'a Brief, best: &'a Candidate) -> &'a Candidate {
    /// Share of what the best one says.
    const AS_MUCH: f32 = 0.9;
    let is_finding = |candidate: &Candidate| {
        super::list::of_one_label(brief.corpus, candidate.passage).is_some()
    };
    if !is_finding(best) {
        return best;
    }
    let mut others = brief.ranking.candidates.iter();
    let says_as_much =
        |other: &&Candidate| enough(other) && other.coverage >= best.coverage * AS_MUCH;
    others
        .find(|other| !is_finding(other) && says_as_much(other))
        .unwrap_or(best)
}

/// Units that a passage itself gives something, if not the very task asked about.
fn given_something(corpus: &Corpus, passage: usize) -> Vec<usize> {
    let mut units: Vec<usize> = Vec::new();
    let own = |task: &&Assignment| task.passage == passage && !task.via_heading;
    for unit in corpus
        .assignments
        .iter()
        .filter(own)
        .flat_map(|task| &task.units)
    {
        if !units.contains(unit) {
            units.push(*unit);
        }
    }
    units
}

/// Units that the answering sentences of a passage name.
fn named_in(brief: &Brief, passage: usize) -> Vec<usize> {
    let quote = lookup::sentences(brief, passage);
    let tokens = text::tokenize(quote.words());
    let mut units: Vec<usize> = Vec::new();
    let asked = |unit: usize| {
        brief
            .question
            .units
            .iter()
            .any(|mention| mention.unit == unit)
    };
    for found in brief.corpus.units.phrases.find_longest(&tokens) {
        let unit = *found.value;
        if asked(unit) {
            continue;
        }
        let name = text::tokenize(&brief.corpus.units.at(unit).name).len();
        // One-word and borrowed names ("địa phương", "gia đình") are mostly spoken of, not charged.
        if found.exact == found.tokens.len()
            && found.tokens.len() >= name.min(3)
            && name >= 3
            && !units.contains(&unit)
        {
            units.push(unit);
        }
    }
    units
}

/// Who is charged with carrying out the whole document, as such and not with this task.
fn add_general(brief: &Brief, draft: &mut Draft, passage: usize) {
    let corpus = brief.corpus;
    let document = corpus.document_of(passage);
    /// So many passages are quoted; where the others stand is told.
    const QUOTED: usize = 2;
    let mut general: Vec<usize> = {
        let mut passages: Vec<usize> = corpus
            .assignments
            .iter()
            .filter(|task| task.general && corpus.document_of(task.passage) == document)
            .map(|task| task.passage)
            .collect();
        passages.dedup();
        passages
    };
    if general.is_empty() {
        return;
    }
    draft.frame(phrases::CHARGED_IN_GENERAL);
    let rest = general.split_off(general.len().min(QUOTED));
    for passage in general {
        draft.quote(Quote::passage(corpus, passage));
    }
    if !rest.is_empty() {
        let label = |passage: &usize| corpus.label(&corpus.passage(*passage).id);
        let places: Vec<String> = rest.iter().map(label).collect();
        draft.frame(phrases::charged_in_general_too(&places));
    }
}

/// To whom a report goes under these documents, all where there are none: what the tasks of the
/// units asked about say of reporting, then the recipients marked for it.
fn recipients(brief: &Brief, asked: &[usize], documents: &[usize]) -> Result<Draft, Why> {
    let corpus = brief.corpus;
    let in_scope =
        |passage: usize| documents.is_empty() || documents.contains(&corpus.document_of(passage));
    let says_report =
        |passage: usize| text::fold(&corpus.text_of(passage).to_lowercase()).contains(REPORT);
    let mut looked_into = match documents.is_empty() {
        true => brief.at_hand(),
        false => documents.to_vec(),
    };
    looked_into.sort_unstable();
    looked_into.dedup();
    let marked: Vec<usize> = looked_into
        .into_iter()
        .flat_map(|document| corpus.documents[document].passages.clone())
        .filter(|passage| corpus.passage(*passage).shape == Shape::Recipient)
        .filter(|passage| says_report(*passage))
        .collect();
    let mut reporting: Vec<&Assignment> = corpus
        .assignments
        .iter()
        .filter(|task| in_scope(task.passage) && says_report(task.passage))
        .filter(|task| asked.is_empty() || asked.iter().any(|unit| concerns(corpus, *unit, task)))
        .collect();
    if marked.is_empty() && reporting.is_empty() {
        return Err(Why::NotCovered);
    }
    let mut draft = Draft::new(Kind::Answer, Intent::Who);
    // What a unit is given itself before what its group is.
    let is_own = |task: &Assignment| asked.iter().any(|unit| task.units.contains(unit));
    reporting.sort_by_key(|task| !is_own(task));
    let mut passages: Vec<usize> = Vec::new();
    for task in &reporting {
        if !passages.contains(&task.passage) {
            passages.push(task.passage);
        }
    }
    let tasks_first = !asked.is_empty() && !passages.is_empty();
    let add_tasks = |draft: &mut Draft| {
        if !passages.is_empty() {
            draft.frame(phrases::REPORT_TASKS);
            for passage in &passages {
                draft.quote(Quote::passage(corpus, *passage));
            }
        }
    };
    if tasks_first {
        add_tasks(&mut draft);
        if reporting.iter().all(|task| task.report_to.is_none()) {
            draft.frame(phrases::REPORTS_TO_NOBODY);
        }
    } else if !asked.is_empty() {
        draft.frame(phrases::not_told_to_report(&unit_names(corpus, asked)));
    }
    let mut units: Vec<usize> = Vec::new();
    if !marked.is_empty() {
        draft.frame(phrases::REPORT_RECIPIENTS);
        for passage in &marked {
            draft.quote(Quote::passage(corpus, *passage));
            let tokens = text::tokenize(corpus.text_of(*passage));
            units.extend(
                corpus
                    .units
                    .phrases
                    .find_longest(&tokens)
                    .into_iter()
                    .map(|f| *f.value),
            );
        }
    }
    if !tasks_first {
        add_tasks(&mut draft);
    }
    draft.units = unit_ids(corpus, &units);
    draft.confidence = 1.0;
    notes::since(&mut draft, corpus, &units);
    Ok(draft)
}

/// What a passage about reporting says, folded.
const REPORT: &str = "bao cao";

/// Whether a task is the unit's own, or that of its group or of the unit it acts through.
pub(super) fn concerns(corpus: &Corpus, unit: usize, task: &Assignment) -> bool {
    let entry = corpus.units.at(unit);
    task.units.contains(&unit)
        || entry
            .member_of
            .iter()
            .chain(&entry.see)
            .filter_map(|id| corpus.units.index_of(id))
            .any(|group| task.units.contains(&group))
}
