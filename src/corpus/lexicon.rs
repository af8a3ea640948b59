//! The lexicon: how people say what the documents say otherwise (`tu-dien.toml`). It describes
//! the language, never a particular question.

use std::collections::{HashMap, HashSet};

use toml::de::DeTable;

use super::problem::Reporter;
use super::table::{self, Entry, Text};
use crate::text::phrase::PhraseTable;
use crate::text::{lower, nfc};

/// Words and what they stand for.
#[derive(Default)]
pub struct Lexicon {
    /// Short forms, each with its long form.
    pub abbreviations: PhraseTable<String>,
    /// Things that have more than one name.
    pub concepts: Vec<Concept>,
    /// The phrases of all concepts, with the concept's place in the list.
    pub phrases: PhraseTable<(usize, Form)>,
    /// Words that carry no content.
    pub content_free: PhraseTable<()>,
    /// Words of the documents that are not Vietnamese, in lower case.
    pub foreign: HashSet<String>,
    /// Words that tell of danger.
    pub danger: Danger,
    /// Every phrase of the table, abbreviations on both sides: what questions may be spelt with.
    pub(super) words: Vec<String>,
    /// Short forms, for telling an abbreviation from a misspelling.
    pub(super) short_forms: Vec<String>,
}

/// One thing and its names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concept {
    /// The stable id.
    pub id: String,
    /// Names the documents use.
    pub official: Vec<String>,
    /// Names people use.
    pub everyday: Vec<String>,
    /// Phrases that contain one of the names and mean something else.
    pub not: Vec<String>,
    /// Its line in the table.
    pub line: usize,
}

/// What sort of name a phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// As the documents say it.
    Official,
    /// As people say it.
    Everyday,
    /// Something else that looks like it.
    Not,
}

/// Words that tell of danger to a child.
#[derive(Default)]
pub struct Danger {
    /// Danger whatever else is said.
    pub certain: PhraseTable<()>,
    /// Harmful acts.
    pub acts: PhraseTable<()>,
    /// Who suffers them.
    pub victims: PhraseTable<()>,
    /// Who does them.
    pub perpetrators: PhraseTable<()>,
    /// Fear and calls for help.
    pub distress: PhraseTable<()>,
    /// Words of someone who reports.
    pub report: PhraseTable<()>,
    /// Words that say the question is about the documents.
    pub calm: PhraseTable<()>,
}

/// Reads the table. Entries with faults are left out.
pub(super) fn read(text: &str, reporter: &mut Reporter) -> Lexicon {
    let root = table::parse(text, 0, reporter);
    let known = [
        "abbreviation",
        "concept",
        "content_free",
        "foreign",
        "danger",
    ];
    table::only(&root, &known, reporter);
    let mut lexicon = Lexicon::default();
    for entry in table::entries(&root, "abbreviation", reporter) {
        lexicon.abbreviation(entry, reporter);
    }
    let mut seen = HashMap::new();
    for entry in table::entries(&root, "concept", reporter) {
        lexicon.concept(entry, &mut seen, reporter);
    }
    lexicon.word_lists(&root, reporter);
    for entry in table::entries(&root, "danger", reporter) {
        lexicon.danger(entry, reporter);
    }
    lexicon
}

impl Lexicon {
    fn abbreviation(&mut self, mut entry: Entry<'_, '_>, reporter: &mut Reporter) {
        let short = entry.texts("short", reporter);
        if short.is_empty() {
            entry.reject(entry.at, "thiếu trường “short”", reporter);
        }
        let long = entry.required("long", reporter);
        if !entry.finish(reporter) {
            return;
        }
        for short in short {
            self.abbreviations.insert(&short.value, long.value.clone());
            self.words.push(short.value.clone());
            self.short_forms.push(short.value);
        }
        self.words.push(long.value);
    }

    fn concept(
        &mut self,
        mut entry: Entry<'_, '_>,
        seen: &mut HashMap<String, usize>,
        reporter: &mut Reporter,
    ) {
        let line = reporter.line(entry.at);
        let id = entry.required("id", reporter);
        let mut names = |name, form| -> Vec<(String, Form)> {
            let texts = entry.texts(name, reporter);
            texts.into_iter().map(|text| (text.value, form)).collect()
        };
        let official = names("official", Form::Official);
        let everyday = names("everyday", Form::Everyday);
        let not = names("not", Form::Not);
        if let Some(first) = seen.get(&id.value) {
            let what = format!("trùng mã khái niệm “{}” (đã có ở dòng {first})", id.value);
            entry.reject(id.at, what, reporter);
        }
        if !entry.finish(reporter) {
            return;
        }
        seen.insert(id.value.clone(), line);
        for (phrase, form) in official.iter().chain(&everyday).chain(&not) {
            self.phrases.insert(phrase, (self.concepts.len(), *form));
            self.words.push(phrase.clone());
        }
        let phrases =
            |names: Vec<(String, Form)>| names.into_iter().map(|(name, _)| name).collect();
        self.concepts.push(Concept {
            id: id.value,
            official: phrases(official),
            everyday: phrases(everyday),
            not: phrases(not),
            line,
        });
    }

    fn word_lists(&mut self, root: &DeTable<'_>, reporter: &mut Reporter) {
        for mut entry in table::entries(root, "content_free", reporter) {
            let words = entry.texts("words", reporter);
            entry.finish(reporter);
            fill(&mut self.content_free, &words, &mut self.words);
        }
        for mut entry in table::entries(root, "foreign", reporter) {
            let words = entry.texts("words", reporter);
            entry.finish(reporter);
            self.foreign
                .extend(words.iter().map(|word| lower(&nfc(&word.value))));
            self.words.extend(words.into_iter().map(|word| word.value));
        }
    }

    fn danger(&mut self, mut entry: Entry<'_, '_>, reporter: &mut Reporter) {
        let danger = &mut self.danger;
        for (name, table) in [
            ("certain", &mut danger.certain),
            ("acts", &mut danger.acts),
            ("victims", &mut danger.victims),
            ("perpetrators", &mut danger.perpetrators),
            ("distress", &mut danger.distress),
            ("report", &mut danger.report),
            ("calm", &mut danger.calm),
        ] {
            fill(table, &entry.texts(name, reporter), &mut self.words);
        }
        entry.finish(reporter);
    }
}

fn fill(table: &mut PhraseTable<()>, phrases: &[Text], words: &mut Vec<String>) {
    for phrase in phrases {
        table.insert(&phrase.value, ());
        words.push(phrase.value.clone());
    }
}
