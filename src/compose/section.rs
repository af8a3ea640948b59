//! Sections as a whole: the one a question says by its heading, and what it holds.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::quote::Quote;
use super::{Brief, about, lookup, phrases, suggest};
use crate::answer::{Intent, Kind, TextKind};
use crate::question::Meaning;
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
/// At most so many items are quoted.
const MOST: usize = 12;

/// The section whose heading, or a piece of it, is said, when nothing else is asked for: "có bao
/// nhiêu nhiệm vụ".
pub fn section_said(brief: &Brief) -> Option<Draft> {
    // Without a lexicon any word may be a topic inside the section.
    if brief.ranking.likeness.is_some() {
        return None;
    }
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
        .filter(|section| scope.is_empty() || scope.contains(&corpus.document_of_section(*section)))
        .min_by_key(|section| {
            corpus.documents[corpus.document_of_section(*section)].text == TextKind::Digest
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
    // "yêu cầu của Hướng dẫn 136 gồm mấy điểm": of that document, by a part of the heading.
    let counted_there = brief.question.counting && !scope.is_empty();
    let enough = if says_section(brief) || counted_there {
        SAID_AS_SECTION
    } else {
        SAID
    };
    // The index knows headings: a section that is meant is above one of the passages it found.
    let mut best: Option<(f32, usize)> = None;
    for index in sections_found(brief) {
        if !scope.is_empty() && !scope.contains(&corpus.document_of_section(index)) {
            continue;
        }
        let heading = brief.features.heading_of(corpus, index);
        let covered = brief.needs.covered(heading, 0..heading.exact.len());
        let said = said_share(brief, heading);
        // A document's own words before a digest's, where both have such a section.
        let digest = corpus.documents[corpus.document_of_section(index)].text == TextKind::Digest;
        let worth = if digest { said } else { said + OWN_WORDS };
        if covered >= NAMED && said >= enough && best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, index));
        }
    }
    let (_, section) = best?;
    let mut draft = Draft::new(Kind::Answer, intent);
    // "gửi cho những nơi nào", after the day of a document that has no recipients here.
    let spoken_of = about::document_spoken_of(brief)
        .filter(|_| scope.is_empty() && brief.context.intent == Intent::About);
    let first = corpus.section(section).passages.start;
    lookup::tell_silence(brief, &mut draft, spoken_of.as_slice(), &[first]);
    fill_section(brief, &mut draft, section);
    draft.confidence = 1.0;
    Some(draft)
}

/// Quotes a section: the headings below it, or its passages.
pub fn fill_section(brief: &Brief, draft: &mut Draft, section: usize) {
    let corpus = brief.corpus;
    let entry = corpus.section(section);
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
        let mut above = brief.corpus.passage(candidate.passage).section;
        while let Some(section) = above.filter(|section| sections.insert(*section)) {
            above = brief.corpus.section(section).parent;
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
        .map(|token| brief.features.statistics.words.folded.id(&token.fold))
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
                    .map(|token| brief.features.statistics.words.folded.id(&token.fold)),
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
