//! Enumerations: the parts of a section, bullets with the same label, the items of one sentence.

use std::collections::BTreeSet;
use std::ops::Range;

use super::draft::Draft;
use super::quote::Quote;
use super::{Brief, lookup, phrases, suggest};
use crate::answer::{Intent, Kind, TextKind};
use crate::corpus::{Corpus, Shape};
use crate::question::Meaning;
use crate::rank::{Verdict, Why};
use crate::text;

/// Share of the question's needs a heading must cover to be what is asked for.
const NAMED: f32 = 0.85;
/// Share of the heading's words that the question must have said, for a section to be meant as a
/// whole and not a topic inside it.
const SAID: f32 = 0.6;
/// The same where the question says that it means a section: "nhóm nhiệm vụ về …".
const SAID_AS_SECTION: f32 = 0.4;
/// What own words count before a digest among sections said alike.
const OWN_WORDS: f32 = 0.2;
/// A list has at least so many items.
const FEWEST: usize = 3;
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
        return Err(why);
    }
    if let Some(draft) = in_sentence(brief) {
        return Ok(draft);
    }
    if brief.question.counting {
        // A number of things is asked for, and the text neither lists nor counts them.
        let best = brief.ranking.best().ok_or(Why::NotCovered)?;
        if !has_number(brief.corpus, best.passage) {
            return Err(Why::NoSuchFact);
        }
    }
    lookup::compose(brief).map(|mut draft| {
        draft.intent = Intent::List;
        draft
    })
}

/// The section whose heading, or a piece of it, is said, when nothing else is asked for: "có bao
/// nhiêu nhiệm vụ".
fn section_said(brief: &Brief) -> Option<Draft> {
    let corpus = brief.corpus;
    let scope = brief.scope();
    // A heading's own words are no topic inside it.
    let other = brief
        .question
        .terms
        .iter()
        .any(|term| !term.is_slight() && term.meaning != Meaning::Word);
    let heading = brief
        .question
        .headings
        .iter()
        .copied()
        .filter(|section| scope.is_empty() || scope.contains(&corpus.sections[*section].document))
        .min_by_key(|section| {
            corpus.documents[corpus.sections[*section].document].text == TextKind::Digest
        })
        .filter(|_| !other)?;
    let mut draft = Draft::new(Kind::Answer, Intent::List);
    fill_section(brief, &mut draft, heading);
    draft.confidence = 1.0;
    Some(draft)
}

/// The section whose heading the question says, as a whole: its sections, or its passages.
pub fn section_named(brief: &Brief, intent: Intent) -> Option<Draft> {
    let corpus = brief.corpus;
    let scope = brief.scope();
    if brief.needs.is_empty() {
        return None;
    }
    let enough = if says_section(brief) {
        SAID_AS_SECTION
    } else {
        SAID
    };
    // The index knows headings: a section that is meant is above one of the passages it found.
    let mut best: Option<(f32, usize)> = None;
    for index in sections_found(brief) {
        if !scope.is_empty() && !scope.contains(&corpus.sections[index].document) {
            continue;
        }
        let heading = &brief.features.headings[index];
        let covered = brief.needs.covered(heading, 0..heading.exact.len());
        let said = said_share(brief, heading);
        // A document's own words before a digest's, where both have such a section.
        let digest = corpus.documents[corpus.sections[index].document].text == TextKind::Digest;
        let worth = if digest { said } else { said + OWN_WORDS };
        if covered >= NAMED && said >= enough && best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, index));
        }
    }
    let (_, section) = best?;
    let mut draft = Draft::new(Kind::Answer, intent);
    fill_section(brief, &mut draft, section);
    draft.confidence = 1.0;
    Some(draft)
}

/// Quotes a section: the headings below it, or its passages.
pub fn fill_section(brief: &Brief, draft: &mut Draft, section: usize) {
    let corpus = brief.corpus;
    let entry = &corpus.sections[section];
    let label = corpus.label(&entry.id);
    if entry.children.is_empty() {
        let passages: Vec<usize> = entry.passages.clone().collect();
        draft.frame(phrases::section_has(&label, passages.len()));
        for passage in passages.into_iter().take(MOST) {
            draft.quote(Quote::passage(corpus, passage));
        }
    } else {
        draft.frame(phrases::section_has(&label, entry.children.len()));
        for child in entry.children.iter().take(MOST) {
            draft.quote(Quote::heading(corpus, *child));
        }
        draft.suggestions = suggest::sections(corpus, &entry.children);
    }
}

/// Whether a word for a section is said.
fn says_section(brief: &Brief) -> bool {
    const SECTIONS: &[&str] = &["nhóm", "phần", "mục"];
    brief
        .question
        .restored
        .iter()
        .any(|word| SECTIONS.contains(&word.as_str()))
}

/// The sections above the passages found, each once, in the order of the text.
fn sections_found(brief: &Brief) -> BTreeSet<usize> {
    let mut sections = BTreeSet::new();
    for candidate in &brief.ranking.candidates {
        let mut above = brief.corpus.passages[candidate.passage].section;
        while let Some(section) = above.filter(|section| sections.insert(*section)) {
            above = brief.corpus.sections[section].parent;
        }
    }
    sections
}

/// The share of a heading's words that the question says.
fn said_share(brief: &Brief, heading: &crate::rank::Piece) -> f32 {
    if heading.folded.is_empty() {
        return 0.0;
    }
    let mut said: Vec<u32> = brief
        .question
        .tokens
        .iter()
        .map(|token| brief.features.folded.id(&token.fold))
        .collect();
    // What is said in everyday words is said.
    for term in &brief.question.terms {
        if let Meaning::Concepts(ids) = &term.meaning {
            let official = ids
                .iter()
                .flat_map(|id| &brief.corpus.lexicon.concepts[*id].official);
            said.extend(
                official
                    .flat_map(|phrase| text::tokenize(phrase))
                    .map(|token| brief.features.folded.id(&token.fold)),
            );
        }
    }
    let count = heading
        .folded
        .iter()
        .filter(|word| said.contains(word))
        .count();
    count as f32 / heading.folded.len() as f32
}

/// Bullets of one section that begin with the same label, "Hạn chế: …", where the label is asked for.
fn labelled(brief: &Brief) -> Option<Draft> {
    let corpus = brief.corpus;
    let candidates = brief
        .ranking
        .candidates
        .iter()
        .map(|candidate| candidate.passage);
    let passages = candidates
        .filter(|passage| label_asked_for(brief, *passage))
        .find_map(|found| {
            let label = label_of(corpus, found);
            let section = &corpus.sections[corpus.passages[found].section?];
            let alike = section
                .passages
                .clone()
                .filter(|other| label_of(corpus, *other) == label);
            let passages: Vec<usize> = alike.collect();
            (passages.len() > 1).then_some(passages)
        })?;
    let mut draft = Draft::new(Kind::Answer, Intent::List);
    draft.frame(phrases::listed(passages.len()));
    for passage in passages.iter().take(MOST) {
        draft.quote(Quote::passage(corpus, *passage));
    }
    draft.confidence = 1.0;
    draft.suggestions = suggest::around(brief, passages[0]);
    Some(draft)
}

/// Whether a passage's label is what the question asks for.
fn label_asked_for(brief: &Brief, passage: usize) -> bool {
    label_of(brief.corpus, passage).is_some_and(|label| {
        let words = text::tokenize(label).len();
        let body = &brief.features.passages[passage].body;
        brief.needs.covered(body, 0..words) >= NAMED
    })
}

/// The words before a colon at the beginning of a bullet, if they are few.
fn label_of(corpus: &Corpus, passage: usize) -> Option<&str> {
    if corpus.passages[passage].shape == Shape::Recipient {
        return None;
    }
    let (label, _) = corpus.text_of(passage).split_once(':')?;
    (label.split(' ').count() <= 6).then_some(label)
}

/// The items of an enumeration inside the sentence that answers.
fn in_sentence(brief: &Brief) -> Option<Draft> {
    let corpus = brief.corpus;
    let best = brief.ranking.best()?;
    let answering = crate::rank::answering(brief.features, brief.needs, best.passage);
    let sentences = corpus.passages[best.passage].sentences.get(answering)?;
    let file = &corpus.documents[corpus.passages[best.passage].document].file;
    let items = sentences.iter().find_map(|sentence| {
        let items = items(file.get(sentence.clone())?, sentence.start);
        (items.len() >= FEWEST).then_some(items)
    })?;
    let mut draft = Draft::new(Kind::Answer, Intent::List);
    draft.frame(phrases::listed(items.len()));
    for item in items.into_iter().take(MOST) {
        draft.quote(Quote::piece(corpus, best.passage, item));
    }
    draft.confidence = best.coverage;
    draft.suggestions = suggest::around(brief, best.passage);
    Some(draft)
}

/// The items between the colon and the end of a sentence, parted by semicolons; spans in bytes of
/// the file, `start` being where the sentence begins.
fn items(sentence: &str, start: usize) -> Vec<Range<usize>> {
    let Some(colon) = sentence.find(':') else {
        return Vec::new();
    };
    let list = colon + 1;
    let mut items = Vec::new();
    let mut from = list;
    for (at, _) in sentence[list..]
        .match_indices(';')
        .map(|(at, sign)| (at + list, sign))
    {
        items.push(from..at);
        from = at + 1;
    }
    items.push(from..sentence.len());
    items
        .into_iter()
        .map(|range| {
            let item = &sentence[range.clone()];
            let lead = item.len() - item.trim_start().len();
            let tail = item.len() - item.trim_end().trim_end_matches('.').len();
            start + range.start + lead..start + range.end - tail
        })
        .filter(|range| range.start < range.end)
        .collect()
}

fn has_number(corpus: &Corpus, passage: usize) -> bool {
    text::tokenize(corpus.text_of(passage))
        .iter()
        .any(|token| token.fold.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::items;

    #[test]
    fn items_are_cut_at_semicolons() {
        let sentence = "Làm ba việc, như: một; hai và nửa; ba.";
        let cut: Vec<&str> = items(sentence, 0)
            .into_iter()
            .map(|range| &sentence[range])
            .collect();
        assert_eq!(cut, ["một", "hai và nửa", "ba"]);
        assert!(items("Không có danh sách; chỉ có chấm phẩy", 0).is_empty());
    }
}
