//! Phrases of the lexicon that can never be found, whatever is asked, and concepts that lead
//! nowhere.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::corpus::problem::Reporter;
use crate::corpus::words::{in_places, key};
use crate::corpus::{Concept, Corpus, Form, LEXICON_FILE, Problem};
use crate::text::tokenize;

/// Reports them, if there is a lexicon.
pub(super) fn check(corpus: &Corpus, problems: &mut Vec<Problem>) {
    let Some(text) = corpus.table(LEXICON_FILE) else {
        return;
    };
    let mut reporter = Reporter::new(LEXICON_FILE, text);
    short_forms(corpus, &mut reporter);
    for concept in &corpus.lexicon.concepts {
        repeated(concept, &mut reporter);
        written_out(corpus, concept, &mut reporter);
    }
    blocked(corpus, &mut reporter);
    dead(corpus, &mut reporter);
    problems.extend(reporter.finish());
}

/// Of two meanings of a short form the first is taken, always.
fn short_forms(corpus: &Corpus, reporter: &mut Reporter) {
    let lexicon = &corpus.lexicon;
    let mut seen = HashSet::new();
    for (short, at) in lexicon.short_forms.iter().zip(&lexicon.short_forms_at) {
        if !seen.insert(key(short)) {
            reporter.report(*at, format!("chữ tắt “{short}” đã có nghĩa khác ở trên"));
        }
    }
}

/// A phrase twice in one concept, or without a word in it.
fn repeated(concept: &Concept, reporter: &mut Reporter) {
    let id = &concept.id;
    let names = concept
        .phrases(Form::Official)
        .chain(concept.phrases(Form::Everyday));
    // An official phrase may be said by people too: only what is written twice is reported.
    for phrases in [
        names.collect::<Vec<_>>(),
        concept.phrases(Form::Not).collect(),
    ] {
        let mut seen = HashSet::new();
        for (phrase, at) in phrases {
            let words = key(phrase);
            if words.is_empty() {
                let what = format!("khái niệm “{id}”: “{phrase}” không có chữ nào để tra");
                reporter.report(at, what);
            } else if !seen.insert(words) {
                reporter.report(at, format!("khái niệm “{id}”: “{phrase}” đã có ở trên"));
            }
        }
    }
}

/// A short form that stands alone is written out before phrases are looked up.
fn written_out(corpus: &Corpus, concept: &Concept, reporter: &mut Reporter) {
    for (phrase, at) in concept
        .phrases(Form::Everyday)
        .chain(concept.phrases(Form::Not))
    {
        let tokens = tokenize(phrase);
        let short = corpus.lexicon.abbreviations.find_longest(&tokens);
        let [short] = short.as_slice() else { continue };
        let unit = corpus.units.phrases.find(&tokens);
        let whole = |range: &Range<usize>| range.len() == tokens.len();
        if whole(&short.tokens)
            && short.exact == tokens.len()
            && !unit.iter().any(|unit| whole(&unit.tokens))
        {
            let what = format!(
                "khái niệm “{}”: “{phrase}” là chữ tắt, được viết ra là “{}” trước khi tra",
                concept.id, short.value
            );
            reporter.suggest(at, what, "ghi chữ đầy đủ");
        }
    }
}

/// What stands in `not` is no concept's name anywhere.
fn blocked(corpus: &Corpus, reporter: &mut Reporter) {
    let mut names: HashMap<String, &str> = HashMap::new();
    for concept in &corpus.lexicon.concepts {
        for (phrase, _) in concept
            .phrases(Form::Official)
            .chain(concept.phrases(Form::Everyday))
        {
            names.entry(key(phrase)).or_insert(&concept.id);
        }
    }
    for concept in &corpus.lexicon.concepts {
        for (phrase, at) in concept.phrases(Form::Not) {
            if let Some(other) = names.get(&key(phrase)) {
                let what = format!(
                    "khái niệm “{}”: not chặn “{phrase}” của khái niệm “{other}” ở mọi nơi",
                    concept.id
                );
                reporter.suggest(at, what, "bỏ ở not, hoặc bỏ ở khái niệm kia");
            }
        }
    }
}

/// A concept that the documents are to have and no passage has: whoever asks for it is told that
/// the documents are silent.
fn dead(corpus: &Corpus, reporter: &mut Reporter) {
    let places = in_places(corpus);
    for (concept, places) in corpus.lexicon.concepts.iter().zip(places) {
        let id = &concept.id;
        if concept.official.is_empty() && concept.everyday.is_empty() {
            reporter.report(concept.at, format!("khái niệm “{id}” không có từ nào"));
        } else if !concept.official.is_empty() && places.is_empty() {
            let what = format!("khái niệm “{id}”: không đoạn hay tiêu đề nào có chữ official nào");
            let hint = "việc văn bản không nói tới thì chỉ ghi everyday";
            reporter.suggest(concept.at, what, hint);
        }
    }
}
