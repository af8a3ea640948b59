//! What the tables say of the documents, held against the documents: official phrases must occur
//! in them, units must be named in them just where the tables say so.

use std::collections::{HashMap, HashSet};

use crate::corpus::problem::Reporter;
use crate::corpus::{
    ASSIGNMENTS_FILE, Assignment, Corpus, LEXICON_FILE, Leaf, Problem, UNITS_FILE, UnitKind,
};
use crate::text::phrase::PhraseTable;
use crate::text::{Token, tokenize};

/// One check of a table, given all texts.
type Check = fn(&Corpus, &Texts, &mut Reporter);

/// Texts with their words.
struct Texts<'a> {
    typed: Vec<&'a str>,
    tokens: Vec<Vec<Token>>,
}

/// Runs the checks that have a table to check.
pub(super) fn check(corpus: &Corpus, problems: &mut Vec<Problem>) {
    if corpus.tables.is_empty() {
        return;
    }
    let typed: Vec<&str> = corpus
        .leaves()
        .flat_map(Leaf::words)
        .chain(titles(corpus))
        .collect();
    let tokens = typed.iter().map(|text| tokenize(text)).collect();
    let texts = Texts { typed, tokens };
    let checks: [(&str, Check); 3] = [
        (UNITS_FILE, units),
        (ASSIGNMENTS_FILE, assignments),
        (LEXICON_FILE, official_phrases),
    ];
    for (name, check) in checks {
        if let Some(text) = corpus.table(name) {
            let mut reporter = Reporter::new(name, text);
            check(corpus, &texts, &mut reporter);
            problems.extend(reporter.finish());
        }
    }
}

fn titles(corpus: &Corpus) -> impl Iterator<Item = &str> {
    corpus
        .documents
        .iter()
        .flat_map(|document| [document.title.as_str(), &document.issuer])
}

/// The values of the phrases that occur word for word, diacritics included.
fn occurring<T: Copy + Eq + std::hash::Hash>(
    table: &PhraseTable<T>,
    texts: &[Vec<Token>],
) -> HashSet<T> {
    let matches = texts.iter().flat_map(|tokens| table.find(tokens));
    matches
        .filter(|found| found.exact == found.tokens.len())
        .map(|found| *found.value)
        .collect()
}

/// The values of the names that occur to the letter, and do not go on to say which one of its kind it
/// is: "Ủy ban nhân dân xã Sông Xanh" is not the commune's committee of everywhere.
fn occurring_alone(names: &PhraseTable<usize>, texts: &Texts) -> HashSet<usize> {
    let mut alone = HashSet::new();
    for (typed, tokens) in texts.typed.iter().zip(&texts.tokens) {
        for found in names.find(tokens) {
            let rest = &typed[tokens[found.tokens.end - 1].span.end..];
            let goes_on = rest.trim_start_matches(' ').starts_with(char::is_uppercase);
            if found.exact == found.tokens.len() && !goes_on {
                alone.insert(*found.value);
            }
        }
    }
    alone
}

/// A unit that the documents name is `named`, one that they don't is a `member` of a group.
fn units(corpus: &Corpus, texts: &Texts, reporter: &mut Reporter) {
    let named = occurring(&corpus.units.phrases, &texts.tokens);
    let mut names = PhraseTable::new();
    for (at, unit) in corpus.units.iter().enumerate() {
        names.insert(&unit.name, at);
    }
    let named_in_full = occurring_alone(&names, texts);
    for (at, unit) in corpus.units.iter().enumerate() {
        if unit.kind == UnitKind::Named && !named.contains(&at) {
            let what = format!("không văn bản nào nêu tên “{}”", unit.name);
            reporter.suggest(
                unit.at,
                what,
                "sửa tên cho đúng văn bản, hoặc ghi kind = \"member\"",
            );
        }
        if unit.kind == UnitKind::Member && named_in_full.contains(&at) {
            let what = format!("có văn bản nêu tên “{}”", unit.name);
            reporter.suggest(unit.at, what, "ghi kind = \"named\"");
        }
    }
}

/// A unit is given a task only by words that name it.
fn assignments(corpus: &Corpus, _: &Texts, reporter: &mut Reporter) {
    for assignment in &corpus.assignments {
        let named = occurring(&corpus.units.phrases, &naming_texts(corpus, assignment));
        for unit in assignment.units.iter().filter(|unit| !named.contains(unit)) {
            let unit = &corpus.units.at(*unit).id;
            let passage = &corpus.passage(assignment.passage).id;
            if let Some(above) = assignment.above {
                let above = &corpus.passage(above).id;
                let what = format!("đoạn {above}, ở trên {passage}, không nêu tên “{unit}”");
                reporter.report(assignment.at, what);
            } else if assignment.via_heading {
                reporter.report(
                    assignment.at,
                    format!("tiêu đề của {passage} không nêu tên “{unit}”"),
                );
            } else {
                let what = format!("đoạn {passage} không nêu tên “{unit}”");
                let hint = "đơn vị được nêu ở tiêu đề thì ghi via = \"heading\"";
                reporter.suggest(assignment.at, what, hint);
            }
        }
    }
}

/// The passage, the one above that leads in to it, or the headings it stands under.
fn naming_texts(corpus: &Corpus, assignment: &Assignment) -> Vec<Vec<Token>> {
    if !assignment.via_heading {
        return vec![tokenize(corpus.text_of(assignment.passage))];
    }
    if let Some(above) = assignment.above {
        return vec![tokenize(corpus.text_of(above))];
    }
    let passage = corpus.passage(assignment.passage);
    let sections = std::iter::successors(passage.section, |at| corpus.section(*at).parent);
    sections.map(|at| tokenize(corpus.heading_of(at))).collect()
}

/// Official phrases are what questions are translated into: one that no document uses leads
/// nowhere.
fn official_phrases(corpus: &Corpus, texts: &Texts, reporter: &mut Reporter) {
    let mut table = PhraseTable::new();
    let mut places = HashMap::new();
    for (concept, entry) in corpus.lexicon.concepts.iter().enumerate() {
        for (at, phrase) in entry.official_at.iter().zip(&entry.official) {
            table.insert(phrase, *at);
            places.insert(*at, (concept, phrase));
        }
    }
    let found = occurring(&table, &texts.tokens);
    let mut missing: Vec<_> = places
        .into_iter()
        .filter(|(at, _)| !found.contains(at))
        .collect();
    missing.sort_unstable();
    for (at, (concept, phrase)) in missing {
        let id = &corpus.lexicon.concepts[concept].id;
        let what = format!("khái niệm “{id}”: không văn bản nào có “{phrase}”");
        reporter.suggest(
            at,
            what,
            "official chỉ chứa chữ của văn bản; cách nói khác để ở everyday",
        );
    }
}
