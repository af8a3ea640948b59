//! Enumerations: what a section holds, bullets with the same label, the items of one sentence.

use super::draft::Draft;
use super::quote::Quote;
use super::section::{section_named, section_said};
use super::{Brief, about, item, lookup, phrases, suggest};
use crate::answer::{Intent, Kind};
use crate::corpus::{Corpus, Shape};
use crate::question::{Meaning, Term};
use crate::rank::{Verdict, Why};
use crate::text;

/// Share of the question's needs a label must cover to be what is asked for.
const NAMED: f32 = 0.85;
/// At most so many items are quoted.
const MOST: usize = 12;

/// The enumeration asked for.
pub fn compose(brief: &Brief) -> Result<Draft, Why> {
    if let Some(draft) = section_named(brief, Intent::List) {
        return Ok(draft);
    }
    if let Some(draft) = labelled(brief).or_else(|| section_said(brief)) {
        return Ok(draft);
    }
    if let Verdict::Abstain(why) = brief.verdict() {
        return match why {
            Why::NoTopic => parts_counted(brief).ok_or(why),
            _ => Err(why),
        };
    }
    if let Some(draft) = in_sentence(brief) {
        return Ok(draft);
    }
    if brief.question.counting {
        // A number of things is asked for, and the text neither lists nor counts them.
        let best = brief.ranking.best().ok_or(Why::NotCovered)?;
        if !has_number(brief.corpus, best.passage) && !enumerates(brief, best.passage) {
            return Err(Why::NoSuchFact);
        }
    }
    lookup::compose(brief).map(|mut draft| {
        draft.intent = Intent::List;
        draft
    })
}

/// "chỉ thị 28 có mấy nhiệm vụ": no topic but the document; what can be counted are its parts.
fn parts_counted(brief: &Brief) -> Option<Draft> {
    let [mention] = &brief.question.documents[..] else {
        return None;
    };
    let counted = brief.question.counts_parts && !mention.object;
    counted.then(|| about::parts(brief.corpus, mention.document))
}

/// Bullets of one section that begin with the same label, "Hạn chế: …", where the label is asked for.
pub fn labelled(brief: &Brief) -> Option<Draft> {
    let corpus = brief.corpus;
    let candidates = brief
        .ranking
        .candidates
        .iter()
        .map(|candidate| candidate.passage);
    let passages = candidates
        .filter(|passage| label_asked_for(brief, *passage))
        .find_map(|found| of_one_label(corpus, found))?;
    let mut draft = Draft::new(Kind::Answer, Intent::List);
    draft.frame(phrases::listed(passages.len()));
    for passage in passages.iter().take(MOST) {
        draft.quote(Quote::passage(corpus, *passage));
    }
    draft.confidence = 1.0;
    draft.suggestions = suggest::around(brief, passages[0]);
    Some(draft)
}

/// The passages of its section that begin with the same label as this one, where there are others.
pub(super) fn of_one_label(corpus: &Corpus, passage: usize) -> Option<Vec<usize>> {
    let label = label_of(corpus, passage)?;
    let section = corpus.section(corpus.passage(passage).section?);
    let alike = |other: &usize| label_of(corpus, *other) == Some(label);
    let passages: Vec<usize> = section.passages.clone().filter(alike).collect();
    (passages.len() > 1).then_some(passages)
}

/// Whether a passage's label is what the question asks for.
fn label_asked_for(brief: &Brief, passage: usize) -> bool {
    label_of(brief.corpus, passage).is_some_and(|label| {
        let words = text::tokenize(label).len();
        let body = &brief.features.passage(brief.corpus, passage).body;
        brief.needs.covered(body, 0..words) >= NAMED
            || is_what_is_listed(brief, passage, words)
            || rest_is_the_subject(brief, passage, words)
    })
}

/// "hạn chế trong công tác trẻ em": what is asked beside the label is what the whole document is about, by the
/// words of its title.
fn rest_is_the_subject(brief: &Brief, passage: usize, words: usize) -> bool {
    let corpus = brief.corpus;
    let body = &brief.features.passage(corpus, passage).body;
    let title = text::tokenize(&corpus.documents[corpus.document_of(passage)].title);
    let question = brief.question;
    let of_title = |term: &Term| {
        let mut said = term.tokens.clone();
        said.all(|at| {
            title
                .iter()
                .any(|word| word.fold == question.tokens[at].fold)
        })
    };
    let named = |at: usize| brief.needs.found_within(at, body, 0..words);
    let mut terms = question.terms.iter().enumerate();
    // "hạn" alone is not "hạn chế".
    let a_piece = |term: &Term| term.meaning == Meaning::Word && term.tokens.len() < words;
    let any = terms.clone().any(|(at, term)| named(at) && !a_piece(term));
    let aside = |term: &Term| {
        let mut asides = question.asides.iter();
        asides.any(|clause| clause.contains(&term.tokens.start))
    };
    let scope = brief.scope();
    let there = scope.is_empty() || scope.contains(&corpus.document_of(passage));
    any && there
        && question.follow_up.is_none()
        && terms.all(|(at, term)| named(at) || term.is_slight() || of_title(term) || aside(term))
}

/// "những điểm yếu kém nào trong công tác trẻ em", "còn tồn tại gì, liệt kê giúp": the label is some of what is
/// asked, and the noun before "nào" or what is surely to be listed.
fn is_what_is_listed(brief: &Brief, passage: usize, words: usize) -> bool {
    /// Share of the question.
    const SOME: f32 = 0.2;
    /// So likely is it put as for a list.
    const SURELY: f32 = 0.9;
    let body = &brief.features.passage(brief.corpus, passage).body;
    let question = brief.question;
    let named = |term: usize| brief.needs.found_within(term, body, 0..words);
    let to_be_listed = match question.focus {
        Some(focus) => named(focus),
        None => question.manner.of(Intent::List) >= SURELY,
    };
    question.enumerates && to_be_listed && brief.needs.covered(body, 0..words) >= SOME
}

/// The words before a colon at the beginning of a bullet, if they are few.
fn label_of(corpus: &Corpus, passage: usize) -> Option<&str> {
    if corpus.passage(passage).shape == Shape::Recipient {
        return None;
    }
    let (label, _) = corpus.text_of(passage).split_once(':')?;
    (label.split(' ').count() <= 6).then_some(label)
}

/// The items of an enumeration inside the sentence that answers.
fn in_sentence(brief: &Brief) -> Option<Draft> {
    let corpus = brief.corpus;
    let best = brief.ranking.best()?;
    let answering =
        crate::rank::answering(brief.features.passage(corpus, best.passage), brief.needs);
    let sentences = corpus.sentences_of(best.passage);
    let sentences = sentences.get(answering)?;
    let file = corpus.file(corpus.document_of(best.passage));
    let items = sentences.iter().find_map(|sentence| {
        let items = item::items(file.get(sentence.clone())?, sentence.start);
        (items.len() >= item::FEWEST).then_some(items)
    })?;
    // "chương trình nào cho trẻ mồ côi": one of them, and no enumeration.
    let one = item::singled_out(brief, best.passage).is_some();
    if one || !item::are_asked_for(brief, best.passage, &items) {
        return None;
    }
    let mut draft = Draft::new(Kind::Answer, Intent::List);
    draft.frame(phrases::listed(items.len()));
    for item in items.into_iter().take(MOST) {
        draft.quote(Quote::piece(corpus, best.passage, item));
    }
    draft.confidence = best.coverage;
    draft.suggestions = suggest::around(brief, best.passage);
    Some(draft)
}

/// Whether kinds are counted, and the sentences that answer enumerate something, comma by comma.
fn enumerates(brief: &Brief, passage: usize) -> bool {
    const KINDS: [&str; 5] = ["kiểu", "loại", "dạng", "thứ", "hành"];
    let words = &brief.question.restored;
    words.iter().any(|word| KINDS.contains(&word.as_str()))
        && lookup::quote(brief, passage).words().matches(',').count() >= item::FEWEST
}

fn has_number(corpus: &Corpus, passage: usize) -> bool {
    text::tokenize(corpus.text_of(passage))
        .iter()
        .any(text::Token::is_number)
}
