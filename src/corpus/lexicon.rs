//! The lexicon: how people say what the documents say otherwise (`tu-dien.toml`). It describes
//! the language, never a particular question.

use std::collections::HashSet;

use toml::de::DeTable;

use super::problem::Reporter;
use super::table::{self, Entry, Text, values};
use crate::text::phrase::PhraseTable;
use crate::text::{lower, nfc};

/// Words and what they stand for.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Short forms, each with its long form.
    pub abbreviations: PhraseTable<String>,
    /// Things that have more than one name.
    pub concepts: Vec<Concept>,
    /// The phrases of all concepts, with the concept's place in the list.
    pub phrases: PhraseTable<(usize, Form)>,
    /// Words that carry no content.
    pub content_free: PhraseTable<()>,
    /// Names of places inside the one that the documents are about: a body named with one of them
    /// is still a body of here.
    pub home: PhraseTable<()>,
    /// Words of the documents that are not Vietnamese, in lower case.
    pub foreign: HashSet<String>,
    /// Words that tell of danger.
    pub danger: Danger,
    /// Every phrase of the table, abbreviations on both sides: what questions may be spelt with.
    pub(super) words: Vec<String>,
    /// Short forms, for telling an abbreviation from a misspelling.
    pub(super) short_forms: Vec<String>,
    /// Where each short form stands in the table's file.
    pub(super) short_forms_at: Vec<usize>,
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
    /// Names of places that the documents are not about: what is asked of there is not here.
    pub elsewhere: bool,
    /// Where each official name stands in the table's file.
    pub(super) official_at: Vec<usize>,
    /// Where each everyday name does.
    pub(super) everyday_at: Vec<usize>,
    /// Where each of the other phrases does.
    pub(super) not_at: Vec<usize>,
    /// Where it begins.
    pub(super) at: usize,
}

impl Concept {
    /// The phrases of one form, each with where it stands in the table's file.
    pub(super) fn phrases(&self, form: Form) -> impl Iterator<Item = (&str, usize)> {
        let (phrases, places) = match form {
            Form::Official => (&self.official, &self.official_at),
            Form::Everyday => (&self.everyday, &self.everyday_at),
            Form::Not => (&self.not, &self.not_at),
        };
        let places = places.iter().copied();
        phrases.iter().map(String::as_str).zip(places)
    }
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
#[derive(Clone, Debug, Default)]
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
    /// Marks, pain, fear, threats: little alone, much in a story about somebody.
    pub weak: PhraseTable<()>,
    /// Words that say the question is about the documents.
    pub calm: PhraseTable<()>,
    /// What one calls for help: "đường dây nóng".
    pub hotline: PhraseTable<()>,
    /// Turns of speech that hold words of danger and mean none: "bận muốn chết".
    pub figures: PhraseTable<()>,
    /// Animals that people keep.
    pub animals: PhraseTable<()>,
}

/// Reads the table. Entries with faults are left out.
pub(super) fn read(text: &str, reporter: &mut Reporter) -> Lexicon {
    let root = table::parse(text, 0, reporter);
    let known = [
        "abbreviation",
        "concept",
        "content_free",
        "home",
        "foreign",
        "danger",
    ];
    table::only(&root, &known, reporter);
    let mut lexicon = Lexicon::default();
    for entry in table::entries(&root, "abbreviation", reporter) {
        lexicon.abbreviation(entry, reporter);
    }
    let mut seen = HashSet::new();
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
            self.short_forms_at.push(short.at);
        }
        self.words.push(long.value);
    }

    fn concept(
        &mut self,
        mut entry: Entry<'_, '_>,
        seen: &mut HashSet<String>,
        reporter: &mut Reporter,
    ) {
        let id = entry.required("id", reporter);
        let official = entry.texts("official", reporter);
        let everyday = entry.texts("everyday", reporter);
        let not = entry.texts("not", reporter);
        let elsewhere = entry.flag("scope", "elsewhere", reporter);
        if seen.contains(&id.value) {
            entry.reject(
                id.at,
                format!("trùng mã khái niệm “{}”", id.value),
                reporter,
            );
        }
        if !entry.finish(reporter) {
            return;
        }
        seen.insert(id.value.clone());
        let place = self.concepts.len();
        for (texts, form) in [
            (&official, Form::Official),
            (&everyday, Form::Everyday),
            (&not, Form::Not),
        ] {
            for text in texts {
                self.phrases.insert(&text.value, (place, form));
                self.words.push(text.value.clone());
            }
        }
        self.concepts.push(Concept {
            id: id.value,
            official: values(&official),
            everyday: values(&everyday),
            not: values(&not),
            elsewhere,
            official_at: places(&official),
            everyday_at: places(&everyday),
            not_at: places(&not),
            at: id.at,
        });
    }

    fn word_lists(&mut self, root: &DeTable<'_>, reporter: &mut Reporter) {
        for mut entry in table::entries(root, "content_free", reporter) {
            let words = entry.texts("words", reporter);
            entry.finish(reporter);
            fill(&mut self.content_free, &words, &mut self.words);
        }
        for mut entry in table::entries(root, "home", reporter) {
            // Not for spelling: names may be made of syllables of other languages.
            for place in entry.texts("places", reporter) {
                self.home.insert(&place.value, ());
            }
            entry.finish(reporter);
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
            ("weak", &mut danger.weak),
            ("calm", &mut danger.calm),
            ("hotline", &mut danger.hotline),
            ("figures", &mut danger.figures),
            ("animals", &mut danger.animals),
        ] {
            fill(table, &entry.texts(name, reporter), &mut self.words);
        }
        entry.finish(reporter);
    }
}

fn places(texts: &[Text]) -> Vec<usize> {
    texts.iter().map(|text| text.at).collect()
}

fn fill(table: &mut PhraseTable<()>, phrases: &[Text], words: &mut Vec<String>) {
    for phrase in phrases {
        table.insert(&phrase.value, ());
        words.push(phrase.value.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{lines, with_body};
    use super::*;
    use crate::text::tokenize;

    #[track_caller]
    fn check(table: &str, problems: &[&str]) -> Lexicon {
        let (corpus, found) = with_body("", &[("tu-dien.toml", table)]);
        let found: Vec<String> = lines(&found)
            .iter()
            .map(|line| line.replace("tu-dien.toml:", ""))
            .collect();
        assert_eq!(found, problems);
        corpus.lexicon
    }

    #[test]
    fn reads_every_list() {
        let lexicon = check(
            "[[abbreviation]]\nshort=['ko','hok']\nlong='không'\n\
             [[concept]]\nid='bao-luc'\nofficial=['bạo lực']\neveryday=['đánh đập']\nnot=['đánh giá']\n\
             [content_free]\nwords=['cho hỏi']\n[home]\nplaces=['Sông Xanh']\n[foreign]\nwords=['OCR']\n\
             [danger]\ncertain=['cầu cứu']\nacts=['đánh']\nvictims=['con']\nperpetrators=['bố']\n\
             distress=['sợ']\nreport=['báo']\nweak=['vết bầm']\ncalm=['văn bản']\nhotline=['tổng đài']\nfigures=['mệt muốn chết']\nanimals=['mèo']\n",
            &[],
        );
        let long = lexicon.abbreviations.find(&tokenize("hok biết"));
        assert_eq!(long[0].value, "không");
        let forms: Vec<_> = ["bạo lực", "đánh đập", "đánh giá"]
            .iter()
            .map(|phrase| *lexicon.phrases.find(&tokenize(phrase))[0].value)
            .collect();
        assert_eq!(
            forms,
            [(0, Form::Official), (0, Form::Everyday), (0, Form::Not)]
        );
        assert_eq!(lexicon.content_free.find(&tokenize("cho hỏi")).len(), 1);
        assert_eq!(lexicon.home.find(&tokenize("xã Sông Xanh")).len(), 1);
        assert!(lexicon.foreign.contains("ocr"));
        let danger = &lexicon.danger;
        for (table, phrase) in [
            (&danger.certain, "cầu cứu"),
            (&danger.acts, "đánh"),
            (&danger.victims, "con"),
            (&danger.perpetrators, "bố"),
            (&danger.distress, "sợ"),
            (&danger.report, "báo"),
            (&danger.weak, "vết bầm"),
            (&danger.calm, "văn bản"),
            (&danger.hotline, "tổng đài"),
            (&danger.figures, "mệt muốn chết"),
            (&danger.animals, "mèo"),
        ] {
            assert_eq!(table.find(&tokenize(phrase)).len(), 1, "{phrase}");
        }
    }

    #[test]
    fn faulty_entries_are_left_out() {
        let lexicon = check(
            "[[abbreviation]]\nlong='không'\n[[abbreviation]]\nshort='ko'\n\
             [[concept]]\nid='a'\nofficial=['x']\n[[concept]]\nid='a'\n[[concept]]\nid='b'\nofficals=['y']\n\
             [danger]\nact=['đánh']\n",
            &[
                "1: thiếu trường “short”",
                "3: thiếu trường “long”",
                "9: trùng mã khái niệm “a”",
                "12: không có trường nào tên là “officals”",
                "14: không có trường nào tên là “act”",
            ],
        );
        assert_eq!(lexicon.concepts.len(), 1);
    }
}
