//! What the documents say on a topic: the sentences that answer, with their place.

use std::ops::Range;

use super::draft::Draft;
use super::quote::Quote;
use super::{Brief, phrases, suggest, unit_names, who};
use crate::answer::{Intent, Kind};
use crate::corpus::{Assignment, Level, Shape};
use crate::question::{Meaning, Term};
use crate::rank::{Candidate, Verdict, Why, answering, enough};
use crate::text;

/// A second passage is quoted along when it stands this near to the first, as a share of the
/// first one's score.
const NEARLY: f32 = 0.93;
/// At most so many passages are quoted.
pub const MOST: usize = 3;

/// Answers from the best passages, or tells why not.
pub fn compose(brief: &Brief) -> Result<Draft, Why> {
    let section = || super::section::section_named(brief, brief.question.intent);
    if brief.question.asked.is_none()
        && let Some(draft) = section()
    {
        return Ok(draft);
    }
    if let Some(draft) = literal(brief).or_else(|| predecessor(brief)) {
        return Ok(draft);
    }
    // "hạn chế là gì": all that stands under that label.
    let label_alone = brief.question.intent == Intent::Lookup && brief.question.asked.is_none();
    if label_alone && let Some(draft) = super::list::labelled(brief) {
        return Ok(draft);
    }
    if let Some(draft) = sent_to(brief) {
        return Ok(draft);
    }
    let unmentioned = brief.unmentioned_body();
    match brief.verdict() {
        // "tôi là tổ trưởng dân phố, tôi phải làm gì": the body is the topic.
        Verdict::Abstain(Why::NoTopic) if unmentioned.is_some() => return Err(Why::NotCovered),
        Verdict::Abstain(why) => return Err(why),
        Verdict::Answer => {}
    }
    let body_alone = brief.asks_of_body_alone() || brief.question.whether_said;
    if (unmentioned.is_some() && body_alone) || brief.unit_not_there() {
        return Err(Why::NotCovered);
    }
    let best = brief.ranking.best().ok_or(Why::NotCovered)?;
    if let Some(section) = only_in_heading(brief, best) {
        return Ok(heading_alone(brief, best, section));
    }
    let mut draft = Draft::new(Kind::Answer, Intent::Lookup);
    tell_silence(brief, &mut draft, &brief.scope(), &[best.passage]);
    // A passage may answer the rest.
    let never = unmentioned
        .or_else(|| foreign_word(brief))
        .or_else(|| super::abstain::unheard_concept(brief));
    if let Some(word) = &never {
        draft.frame(phrases::never_mentioned(brief.corpus, word));
    }
    if let Some(others) = charged_others(brief, best.passage) {
        draft.frame(others);
    }
    draft.frame(match never {
        Some(_) => phrases::of_the_rest(brief.corpus, best.passage),
        None => phrases::lookup(brief.corpus, best.passage),
    });
    let mut speaking = brief.corpus.document_of(best.passage);
    for candidate in quoted(brief, best) {
        let document = brief.corpus.document_of(candidate.passage);
        if document != speaking {
            draft.frame(phrases::lookup(brief.corpus, candidate.passage));
            speaking = document;
        }
        draft.quote(quote(brief, candidate.passage));
    }
    draft.confidence = best.coverage;
    draft.suggestions = suggest::around(brief, best.passage);
    Ok(draft)
}

/// The section of the best passage, where its heading alone has what is asked for: "du lịch" stands over
/// passages that say nothing of it, and none of them is the answer.
fn only_in_heading(brief: &Brief, best: &Candidate) -> Option<usize> {
    /// Share of the needs that a heading has which names the topic.
    const NAMED: f32 = 0.85;
    /// Share that a passage has which says something of it, beside words that all have.
    const SAID: f32 = 0.3;
    /// Share that paraphrases may add where they do not speak of it.
    const PARAPHRASED: f32 = 0.05;
    let section = brief.corpus.passage(best.passage).section?;
    let heading = brief.features.heading_of(brief.corpus, section);
    let named = brief.needs.covered(heading, 0..heading.exact.len()) >= NAMED;
    let said = |candidate: &Candidate| {
        let body = &brief.features.passage(brief.corpus, candidate.passage).body;
        brief.needs.covered(body, 0..body.exact.len()) >= SAID
    };
    let paraphrased = best.coverage > best.own + PARAPHRASED;
    // Without a lexicon the words of a heading may be any words.
    let tables = brief.ranking.likeness.is_none();
    let alone = !paraphrased && !brief.ranking.candidates.iter().any(said);
    (tables && named && alone).then_some(section)
}

/// A heading as the answer, and the way to what stands below it. Under one of a few words, asked of its
/// document, stands what is asked for: "hướng dẫn 136 yêu cầu gì".
fn heading_alone(brief: &Brief, best: &Candidate, section: usize) -> Draft {
    /// A longer heading tells of several things.
    const WORDS: usize = 4;
    let corpus = brief.corpus;
    let label = corpus.label(&corpus.section(section).id);
    let passages = corpus.section(section).passages.clone();
    let words = brief.features.heading_of(corpus, section).exact.len();
    let asked_of_it = !brief.question.restricted_to().is_empty();
    let mut draft = Draft::new(Kind::Answer, Intent::Lookup);
    if asked_of_it && words <= WORDS && passages.len() <= MOST {
        draft.frame(phrases::at_place(&label));
        for passage in passages {
            draft.quote(Quote::passage(corpus, passage));
        }
    } else {
        draft.frame(phrases::in_the_heading(&label));
        draft.quote(Quote::heading(corpus, section));
    }
    draft.confidence = best.own;
    draft.suggestions = suggest::around(brief, best.passage);
    draft
}

/// "kế hoạch có gửi cho trường học không": whether units are among the recipients, where nothing else is asked.
fn sent_to(brief: &Brief) -> Option<Draft> {
    let corpus = brief.corpus;
    let documents = match brief.scope() {
        scope if scope.is_empty() => brief.at_hand(),
        scope => scope,
    };
    let recipients = documents
        .into_iter()
        .flat_map(|document| corpus.documents[document].passages.clone());
    let recipients: Vec<usize> = recipients
        .filter(|passage| corpus.passage(*passage).shape == Shape::Recipient)
        .collect();
    let section = corpus.passage(*recipients.first()?).section?;
    let heading = brief.features.heading_of(corpus, section);
    let terms = || brief.question.terms.iter().enumerate();
    let others = terms().filter(|(_, term)| term.is_topic());
    let of_heading = |(at, _): (usize, &Term)| {
        brief
            .needs
            .found_within(at, heading, 0..heading.exact.len())
    };
    let (of_sending, rest): (Vec<_>, Vec<_>) = others.partition(|term| of_heading(*term));
    let units: Vec<usize> = terms()
        .filter(|(_, term)| term.is_unit())
        .map(|(at, _)| at)
        .collect();
    let rest: Vec<Range<usize>> = rest.iter().map(|(_, term)| term.tokens.clone()).collect();
    if let (false, [], Some(name)) = (of_sending.is_empty(), &units[..], whole_name(brief, &rest)) {
        let mut draft = Draft::new(Kind::Answer, Intent::Lookup);
        draft.confidence = 1.0;
        draft.frame(phrases::not_sent_to(&[format!("“{name}”")]));
        super::section::fill_section(brief, &mut draft, section);
        return Some(draft);
    }
    if of_sending.is_empty() || !rest.is_empty() || units.is_empty() {
        return None;
    }
    let names = |passage: &usize| {
        let body = &brief.features.passage(corpus, *passage).body;
        units
            .iter()
            .any(|unit| brief.needs.names(*unit, body, None))
    };
    let mut draft = Draft::new(Kind::Answer, Intent::Lookup);
    draft.confidence = 1.0;
    let named: Vec<usize> = recipients.iter().copied().filter(names).collect();
    if named.is_empty() {
        draft.frame(phrases::not_sent_to(&unit_names(corpus, &brief.units())));
        super::section::fill_section(brief, &mut draft, section);
        return Some(draft);
    }
    draft.frame(phrases::lookup(corpus, named[0]));
    for passage in named {
        draft.quote(Quote::passage(corpus, passage));
    }
    Some(draft)
}

/// "đài huyện" of "có gửi đài huyện không": words side by side, right after those of sending and up to the end,
/// that no passage has so.
fn whole_name(brief: &Brief, terms: &[Range<usize>]) -> Option<String> {
    /// "không", "không ạ"
    const END: usize = 2;
    let question = brief.question;
    let (first, last) = (terms.first()?, terms.last()?);
    let whole = terms.windows(2).all(|two| two[0].end == two[1].start);
    let rest = question.restored.get(last.end..).unwrap_or_default();
    let whether = rest
        .first()
        .is_some_and(|word| word == "không" || word == "chưa");
    let name = first.start..last.end;
    let several = name.len() > 1;
    let never = || (brief.never_say)(&question.tokens[name.clone()]);
    (whole && several && whether && rest.len() <= END && never())
        .then(|| text::nfc(question.typed(name.clone())))
}

/// Whom a passage charges, where none of them is a unit asked about, nor a group it belongs to: its task is not
/// to be read as theirs. Of bodies of no level, like families, a passage may speak without charging them.
pub(super) fn charged_others(brief: &Brief, passage: usize) -> Option<String> {
    /// More are no help to a reader.
    const MOST: usize = 3;
    let corpus = brief.corpus;
    let asked = brief.units();
    let level = |unit: &usize| corpus.units.at(*unit).level;
    let of_a_level = asked.iter().all(|unit| level(unit) != Level::Any);
    let tasks = corpus.assignments.iter();
    let tasks: Vec<&Assignment> = tasks.filter(|task| task.passage == passage).collect();
    let mut charged: Vec<usize> = tasks.iter().flat_map(|task| task.units.clone()).collect();
    charged.sort_unstable();
    charged.dedup();
    let is_own = |unit: &usize| tasks.iter().any(|task| who::concerns(corpus, *unit, task));
    let own = asked.iter().any(is_own);
    if asked.is_empty() || !of_a_level || own || !(1..=MOST).contains(&charged.len()) {
        return None;
    }
    Some(phrases::charges_others(
        &unit_names(corpus, &charged),
        &unit_names(corpus, &asked),
    ))
}

/// A name that no document mentions, though what is asked about it may be found: "TikTok".
fn foreign_word(brief: &Brief) -> Option<String> {
    let tokens = &brief.question.tokens;
    let is_name = |term: &&Term| matches!(term.meaning, Meaning::Word) || brief.is_unheard(term);
    let mut terms = brief.question.terms.iter().filter(is_name);
    let named = terms.find_map(|term| {
        term.tokens.clone().find(|at| {
            let token = &tokens[*at];
            let known = brief.features.statistics.words.folded.id(&token.fold);
            // The K of "K'ho", "kh" for some word: no name.
            token.fold.chars().count() > 2
                && token.repair.is_none()
                && token.fold.chars().all(char::is_alphabetic)
                && !text::is_folded_syllable(&token.fold)
                && brief.features.statistics.words.folded.passages(known) == 0
        })
    })?;
    Some(brief.question.typed(named..named + 1).to_owned())
}

/// Where documents are meant and only others answer, it is said first which of those meant are silent.
pub fn tell_silence(brief: &Brief, draft: &mut Draft, meant: &[usize], answering: &[usize]) {
    let is_meant = |passage: &usize| meant.contains(&brief.corpus.document_of(*passage));
    if answering.iter().any(is_meant) {
        return;
    }
    let silent = |document: &&usize| !brief.candidates_of(**document).any(enough);
    for document in meant.iter().filter(silent) {
        draft.frame(phrases::no_passage_in(&brief.corpus.documents[*document]));
    }
}

/// "trước Chỉ thị 28 thì có chỉ thị nào": what a document says of another of its kind.
pub(super) fn predecessor(brief: &Brief) -> Option<Draft> {
    let corpus = brief.corpus;
    let tokens = &brief.question.tokens;
    let says = |words: &[&str]| {
        tokens
            .iter()
            .any(|token| words.contains(&token.fold.as_str()))
    };
    let [mention] = brief.question.documents.as_slice() else {
        return None;
    };
    let entry = &corpus.documents[mention.document];
    let kind: Vec<String> = text::tokenize(&entry.kind)
        .into_iter()
        .map(|token| token.fold)
        .collect();
    let own = text::tokenize(&entry.number).first()?.fold.clone();
    // "chỉ thị nào", "chỉ thị gì", "chỉ thị số mấy"
    let which = |at: usize| {
        let number = tokens[at].fold == "so";
        let asks = tokens.get(at + usize::from(number));
        asks.is_some_and(|token| ["nao", "gi", "may", "bao"].contains(&token.fold.as_str()))
    };
    let said_again = (0..tokens.len().saturating_sub(kind.len())).any(|at| {
        let mut both = tokens[at..].iter().zip(&kind);
        both.all(|(t, k)| t.fold == *k) && which(at + kind.len())
    });
    if !said_again || !says(&["truoc", "thay", "cu"]) {
        return None;
    }
    let names_another = |passage: &usize| {
        let tokens = text::tokenize(corpus.text_of(*passage));
        tokens.windows(kind.len() + 2).any(|here| {
            let (name, number) = here.split_at(kind.len());
            let number = if number[0].fold == "so" {
                &number[1]
            } else {
                &number[0]
            };
            let is_number = number.is_number();
            name.iter().zip(&kind).all(|(t, k)| t.fold == *k) && is_number && number.fold != own
        })
    };
    let passage = entry.passages.clone().find(names_another)?;
    let mut draft = Draft::new(Kind::Answer, Intent::Lookup);
    draft.frame(phrases::lookup(corpus, passage));
    draft.quote(Quote::passage(corpus, passage));
    draft.confidence = 1.0;
    draft.suggestions = suggest::around(brief, passage);
    Some(draft)
}

/// Words in quotation marks that a passage has to the letter: where they stand.
fn literal(brief: &Brief) -> Option<Draft> {
    let (_, rest) = brief.question.text.split_once(['“', '"', '«'])?;
    let (words, _) = rest.split_once(['”', '"', '»'])?;
    literal_words(brief, words)
}

/// The first passage in scope that has these words side by side, whatever their marks.
pub fn literal_words(brief: &Brief, words: &str) -> Option<Draft> {
    /// Fewer words stand in many places.
    const FEWEST: usize = 3;
    let scope = brief.scope();
    let words = text::tokenize(words);
    let wanted: Vec<u32> = words
        .iter()
        .map(|token| brief.features.statistics.words.folded.id(&token.fold))
        .collect();
    if wanted.len() < FEWEST {
        return None;
    }
    if (brief.never_say)(&words) {
        return None;
    }
    let has = |passage: &usize| {
        let document = brief.corpus.document_of(*passage);
        (scope.is_empty() || scope.contains(&document))
            && brief
                .features
                .passage(brief.corpus, *passage)
                .body
                .folded
                .windows(wanted.len())
                .any(|here| here == wanted)
    };
    let passage = match brief.corpus.is_library() {
        false => (0..brief.corpus.passage_count()).find(has)?,
        // What has the words side by side is among the best of those found by them.
        true => {
            let found = brief.ranking.candidates.iter();
            found.map(|found| found.passage).filter(has).min()?
        }
    };
    let mut draft = Draft::new(Kind::Answer, Intent::Lookup);
    draft.frame(phrases::lookup(brief.corpus, passage));
    draft.quote(quote(brief, passage));
    draft.confidence = 1.0;
    draft.suggestions = suggest::around(brief, passage);
    Some(draft)
}

/// What a document rests on: the section named so, or what stands before its first part.
pub fn grounds(brief: &Brief) -> Option<Draft> {
    let corpus = brief.corpus;
    let scope = brief.scope();
    let document = *scope
        .first()
        .or(super::about::document_spoken_of(brief).as_ref())
        .or(super::about::main_document(corpus).as_ref())?;
    let named = |words: &str| {
        corpus.sections_of(document).find(|section| {
            text::fold(&corpus.heading_of(*section).to_lowercase()).starts_with(words)
        })
    };
    let section = |words: &str| {
        named(words).map(|section| corpus.section(section).passages.clone().collect())
    };
    let opening: Vec<usize> = corpus
        .passages_of(document)
        .filter(|passage| corpus.passage(*passage).shape == Shape::Preamble)
        .collect();
    let opening = (!opening.is_empty()).then_some(opening);
    let passages: Vec<usize> = section(GROUNDS)
        .or(opening)
        .or_else(|| section(BACKGROUND))?;
    let first = *passages.first()?;
    let mut draft = Draft::new(Kind::Answer, Intent::Lookup);
    draft.frame(phrases::lookup(corpus, first));
    for passage in passages.into_iter().take(MOST) {
        draft.quote(Quote::passage(corpus, passage));
    }
    draft.confidence = 1.0;
    Some(draft)
}

/// What a document is for: its section of that name, of the first document named that has one.
pub fn purpose(brief: &Brief) -> Option<Draft> {
    let corpus = brief.corpus;
    // The innermost such section: "I. Mục đích, yêu cầu" holds "1. Mục đích".
    let section = brief.question.documents.iter().find_map(|mention| {
        let named = |section: &usize| {
            text::fold(&corpus.heading_of(*section).to_lowercase()).starts_with(PURPOSE)
        };
        let mut sections = corpus.sections_of(mention.document);
        sections.rfind(named)
    })?;
    let passages = corpus.section(section).passages.clone();
    let mut draft = Draft::new(Kind::Answer, Intent::Lookup);
    draft.frame(phrases::lookup(corpus, passages.start));
    for passage in passages.take(MOST) {
        draft.quote(Quote::passage(corpus, passage));
    }
    draft.confidence = 1.0;
    Some(draft).filter(|draft| !draft.citations.is_empty())
}

/// How the headings of the purpose, the grounds and of the background begin, folded.
const PURPOSE: &str = "muc dich";
const GROUNDS: &str = "can cu";
const BACKGROUND: &str = "boi canh";

/// The candidates to quote: the best, and those nearly as good that cover as much.
pub fn quoted<'a>(brief: &'a Brief, best: &'a Candidate) -> impl Iterator<Item = &'a Candidate> {
    // "Hạn chế: …", "Kết quả: …": what was found to be so, and no answer beside what is to be done.
    let is_labelled = |candidate: &Candidate| {
        super::list::of_one_label(brief.corpus, candidate.passage).is_some()
    };
    let labels = is_labelled(best);
    brief
        .ranking
        .candidates
        .iter()
        .filter(move |candidate| {
            candidate.passage == best.passage
                || (enough(candidate)
                    && (labels || !is_labelled(candidate))
                    && candidate.coverage + 0.05 >= best.coverage
                    && (candidate.score >= best.score * NEARLY
                        || stands_beside(brief, best, candidate)
                        || says_all_of_it_too(brief, best, candidate)))
        })
        .take(MOST)
}

/// Two units asked about may stand in two passages of one list: "có gửi Thường trực Tỉnh ủy và
/// Ủy ban nhân dân tỉnh không".
fn stands_beside(brief: &Brief, best: &Candidate, other: &Candidate) -> bool {
    let section = |candidate: &Candidate| brief.corpus.passage(candidate.passage).section;
    brief.question.units.len() > 1 && section(best).is_some() && section(best) == section(other)
}

/// "hằng năm phải làm những gì": where a single thing is asked for, whatever else of the document has it in its
/// own words says as much.
fn says_all_of_it_too(brief: &Brief, best: &Candidate, other: &Candidate) -> bool {
    /// Share in its own words.
    const ALL: f32 = 0.99;
    let corpus = brief.corpus;
    let mut terms = brief.question.terms.iter().filter(|term| !term.is_slight());
    let of_what = terms.next().map(|term| &term.meaning);
    let single = matches!(of_what, Some(Meaning::Concepts(_))) && terms.next().is_none();
    let same_document = corpus.document_of(best.passage) == corpus.document_of(other.passage);
    single && same_document && best.own >= ALL && other.own >= ALL
}

/// The sentences of a passage that answer, or the one item of an enumeration in it.
pub fn quote(brief: &Brief, passage: usize) -> Quote {
    if let Some(item) = super::item::singled_out(brief, passage) {
        return Quote::piece(brief.corpus, passage, item);
    }
    sentences(brief, passage)
}

/// The sentences of a passage that answer: who acts may stand before what is listed.
pub fn sentences(brief: &Brief, passage: usize) -> Quote {
    Quote::sentences(
        brief.corpus,
        passage,
        answering(brief.features.passage(brief.corpus, passage), brief.needs),
    )
}
