//! What a reader leafs through without asking a question: documents and their parts, units, the
//! passages around one. Each view is an [`Answer`] or plain data, quoted and labelled like any
//! other answer.

use super::Engine;
use crate::answer::{Answer, Citation, Context, Kind, PassageId, TextKind};
use crate::compose::{self, Brief, Draft, Quote};
use crate::corpus::{Document, Level, Section};
use crate::question::{Danger, Question};
use crate::rank::{Needs, Ranking};

/// Letters of a title in a table of contents.
const TITLE: usize = 60;
/// Letters of a passage that its topic is read from.
const TOPIC: usize = 400;

/// A place in a table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The place.
    pub place: PassageId,
    /// Its label as people cite it.
    pub label: String,
    /// Its heading or the beginning of its words.
    pub title: String,
    /// True when there is something inside it to leaf through.
    pub opens: bool,
}

/// The places next to one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The section it stands in.
    pub section: Option<PassageId>,
    /// The passage, or section, before it in the same document.
    pub previous: Option<PassageId>,
    /// The one after it.
    pub next: Option<PassageId>,
}

/// A unit in the list of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitEntry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A document as a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub document: String,
    /// How it is called for short.
    pub short: String,
    /// Its title.
    pub title: String,
    /// Issuer, date and signer, as its front matter has them.
    pub description: String,
    /// Where the text was taken from.
    pub source: String,
    /// What a digest lacks; empty for a document in its own words.
    pub missing: Vec<String>,
    /// True when the corpus holds a digest.
    pub digest: bool,
}

/// Words understood, and what is found for them.
struct Reading {
    question: Question,
    needs: Needs,
    ranking: Ranking,
}

/// Levels in the order of the state, as people name them.
const LEVELS: [(Level, &str); 5] = [
    (Level::Central, "Trung ương"),
    (Level::Province, "Cấp tỉnh"),
    (Level::District, "Cấp huyện"),
    (Level::Commune, "Cấp xã"),
    (Level::Any, "Không riêng cấp nào"),
];

impl Engine {
    /// Whether the corpus has this place: a document, a section or a passage.
    pub fn holds(&self, place: &PassageId) -> bool {
        self.corpus.passage_by_id(place).is_some()
            || self.corpus.section_by_id(place).is_some()
            || self.document(place).is_some()
    }

    /// The place as people cite it.
    pub fn label(&self, place: &PassageId) -> String {
        self.corpus.label(place)
    }

    /// A place read out: a passage, a section with its passages, or a document's contents.
    pub fn read(&self, place: &PassageId) -> Option<Answer> {
        let draft = match self.document(place) {
            Some(document) => Some(compose::document(&self.corpus, document)),
            None => self.compose(&self.nothing(), |brief| compose::place(brief, place)),
        };
        draft.map(|draft| self.marked(place.as_str(), draft))
    }

    /// What stands next to a place.
    pub fn around(&self, place: &PassageId) -> Around {
        let beside = |forward| compose::beside(&self.corpus, place, forward);
        let parent = |section: usize| self.corpus.section(section).parent;
        let section = match self.corpus.passage_by_id(place) {
            Some(passage) => self.corpus.passage(passage).section,
            None => self.corpus.section_by_id(place).and_then(parent),
        };
        Around {
            section: section.map(|section| self.corpus.section(section).id.clone()),
            previous: beside(false),
            next: beside(true),
        }
    }

    /// The documents, or what is inside a document or section.
    pub fn contents(&self, place: Option<&PassageId>) -> Vec<Entry> {
        let Some(place) = place else {
            return self.corpus.documents.iter().map(document_entry).collect();
        };
        if let Some(document) = self.document(place) {
            let sections = self.corpus.sections_of(document);
            return sections
                .filter(|section| self.corpus.section(*section).parent.is_none())
                .map(|section| self.section_entry(section))
                .collect();
        }
        let Some(section) = self.corpus.section_by_id(place) else {
            return Vec::new();
        };
        let section = self.corpus.section(section);
        if section.children.is_empty() {
            let passages = section.passages.clone();
            passages
                .map(|passage| self.passage_entry(passage))
                .collect()
        } else {
            let children = section.children.iter();
            children.map(|child| self.section_entry(*child)).collect()
        }
    }

    /// The levels of units, each with its units, in the order of the table.
    pub fn units(&self) -> Vec<(&'static str, Vec<UnitEntry>)> {
        let of = |level: Level| {
            let units = self
                .corpus
                .units
                .iter()
                .filter(move |unit| unit.level == level);
            units
                .map(|unit| UnitEntry {
                    id: unit.id.clone(),
                    name: unit.name.clone(),
                })
                .collect::<Vec<_>>()
        };
        LEVELS
            .iter()
            .map(|(level, name)| (*name, of(*level)))
            .filter(|(_, units)| !units.is_empty())
            .collect()
    }

    /// The duties of a unit by its id.
    pub fn duties(&self, unit: &str) -> Option<Answer> {
        let index = self.corpus.units.index_of(unit)?;
        let question = compose::ask_for_duties(&self.corpus.units.at(index).name);
        Some(self.ask(&question, &Context::default()).answer)
    }

    /// The passages nearest to some words, from the `from`th on, and how many there are.
    pub fn search(&self, words: &str, from: usize, count: usize) -> (Vec<Citation>, usize) {
        let ranking = self.reading_of(words).ranking;
        let hits = ranking
            .candidates
            .iter()
            .skip(from)
            .take(count)
            .map(|hit| Quote::passage(&self.corpus, hit.passage).into_citation())
            .collect();
        (hits, ranking.candidates.len())
    }

    /// One topic across all documents, quotations only: a card to speak from.
    pub fn card(&self, topic: &str) -> Answer {
        let draft = self.compose(&self.reading_of(topic), |brief| compose::card(brief, topic));
        self.marked(topic, draft)
    }

    /// What the other documents say on the topic of a place.
    pub fn elsewhere(&self, place: &PassageId) -> Option<Answer> {
        let passage = self.corpus.passage_by_id(place).or_else(|| {
            let section = self.corpus.section_by_id(place)?;
            self.corpus.section(section).passages.clone().next()
        })?;
        let own = self.corpus.document_of(passage);
        let words: String = self.corpus.text_of(passage).chars().take(TOPIC).collect();
        let reading = self.reading_of(&words);
        let draft = self.compose(&reading, |brief| compose::elsewhere(brief, own))?;
        Some(self.marked(&words, draft))
    }

    /// Hello, and what can be asked.
    pub fn greeting(&self) -> String {
        compose::greeting(&self.corpus)
    }

    /// A few questions to begin with, each of which has an answer.
    pub fn examples(&self) -> Vec<String> {
        compose::examples(&self.corpus)
    }

    /// The question that asks for the duties of a unit named so.
    pub fn ask_for_duties(&self, unit: &str) -> String {
        compose::ask_for_duties(unit)
    }

    /// Where the documents were taken from and what is missing of them.
    pub fn sources(&self) -> Vec<Source> {
        self.corpus.documents.iter().map(source).collect()
    }

    /// Whether a message tells of a child who may be in danger, so that nothing of it may be kept.
    pub fn is_sensitive(&self, typed: &str) -> bool {
        let question = self
            .reader
            .read(&self.corpus, super::beginning(typed), &Context::default());
        question.danger != Danger::None || question.personal
    }

    /// The question inside a long message: of the sentences that ask, the one that says most of
    /// what it is about; `None` when none asks.
    pub fn question_within<'a>(&self, message: &'a str) -> Option<&'a str> {
        /// At most so many sentences are read.
        const MOST: usize = 60;
        let sentences = message
            .split_inclusive(['?', '.', '!', '\n'])
            .map(str::trim)
            .filter(|sentence| !sentence.is_empty());
        let mut best: Option<(bool, f32, &str)> = None;
        for sentence in sentences.take(MOST) {
            let question = self
                .reader
                .read(&self.corpus, sentence, &Context::default());
            let asks = sentence.ends_with('?');
            if !asks && !question.asks() {
                continue;
            }
            let needs = self.ranker.needs(&self.corpus, &question);
            let weight: f32 = (0..question.terms.len())
                .map(|term| needs.weight(term))
                .sum();
            let better = best.is_none_or(|(asked, most, _)| (asks, weight) > (asked, most));
            if better {
                best = Some((asks, weight, sentence));
            }
        }
        best.map(|(_, _, sentence)| sentence)
    }

    fn document(&self, place: &PassageId) -> Option<usize> {
        self.corpus.document(place.as_str()).map(|(at, _)| at)
    }

    /// Words read as a question, and what is found for them.
    fn reading_of(&self, words: &str) -> Reading {
        let words = super::beginning(words);
        let question = self.reader.read(&self.corpus, words, &Context::default());
        let needs = self.ranker.needs(&self.corpus, &question);
        let ranking = self.ranker.rank(&self.corpus, &question, &needs);
        Reading {
            question,
            needs,
            ranking: ranking.unwrap_or_default(),
        }
    }

    /// Nothing asked for, as for a place that is read out.
    fn nothing(&self) -> Reading {
        let question = Question::default();
        Reading {
            needs: self.ranker.needs(&self.corpus, &question),
            question,
            ranking: Ranking::default(),
        }
    }

    /// Composes from words read without a talk before them.
    fn compose<T>(&self, reading: &Reading, make: impl FnOnce(&Brief) -> T) -> T {
        make(&self.brief(
            &reading.question,
            &reading.needs,
            &reading.ranking,
            &Context::default(),
            &|words| self.ranker.never_say(words),
        ))
    }

    fn marked(&self, typed: &str, mut draft: Draft) -> Answer {
        if draft.kind == Kind::Answer {
            draft.mark_digest();
        }
        self.finish(typed, draft)
    }

    fn section_entry(&self, section: usize) -> Entry {
        let entry: &Section = self.corpus.section(section);
        Entry {
            place: entry.id.clone(),
            label: self.corpus.label(&entry.id),
            title: match &entry.number {
                Some(number) => format!("{number}. {}", self.corpus.heading_of(section)),
                None => self.corpus.heading_of(section).to_owned(),
            },
            opens: true,
        }
    }

    fn passage_entry(&self, passage: usize) -> Entry {
        let id = &self.corpus.passage(passage).id;
        Entry {
            place: id.clone(),
            label: self.corpus.label(id),
            title: first_words(self.corpus.text_of(passage)),
            opens: false,
        }
    }
}

fn document_entry(document: &Document) -> Entry {
    Entry {
        place: PassageId::of(&document.id, ""),
        label: document.short.clone(),
        title: document.title.clone(),
        opens: true,
    }
}

fn source(document: &Document) -> Source {
    let digest = document.text == TextKind::Digest;
    let mut description = document.issuer.clone();
    if let Some(date) = &document.issued {
        description.push_str(&format!(", {date}"));
    }
    Source {
        document: document.id.clone(),
        short: document.short.clone(),
        title: document.title.clone(),
        description,
        source: document.source.clone().unwrap_or_default(),
        missing: if digest {
            document.missing.clone()
        } else {
            Vec::new()
        },
        digest,
    }
}

/// Whole words from the beginning, with “…” where something is left out.
fn first_words(text: &str) -> String {
    if text.chars().count() <= TITLE {
        return text.to_owned();
    }
    let mut title = String::new();
    for word in text.split_whitespace() {
        if title.chars().count() + word.chars().count() >= TITLE {
            break;
        }
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(word);
    }
    format!("{title}…")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn engine() -> Engine {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        Engine::open(&corpus, None).unwrap().engine
    }

    #[test]
    fn every_place_of_the_corpus_can_be_leafed_to_and_read() {
        let engine = engine();
        let mut open: Vec<Entry> = engine.contents(None);
        let mut read = 0;
        while let Some(entry) = open.pop() {
            assert!(engine.holds(&entry.place), "{}", entry.place);
            let answer = engine.read(&entry.place).unwrap();
            assert_eq!(answer.kind, Kind::Answer);
            assert!(!answer.citations.is_empty(), "{}", entry.place);
            assert!(!entry.title.is_empty());
            read += 1;
            if entry.opens {
                let inside = engine.contents(Some(&entry.place));
                assert!(!inside.is_empty(), "{}", entry.place);
                open.extend(inside);
            }
        }
        assert!(read > 62, "only {read} places");
        assert!(!engine.holds(&PassageId::new("ke-hoach-109#IX.9")));
        assert!(engine.read(&PassageId::new("khong-co")).is_none());
    }

    #[test]
    fn leafing_forward_comes_to_the_end_of_the_document() {
        let engine = engine();
        let mut place = PassageId::new("ke-hoach-109#II.1.1");
        let mut steps = 0;
        while let Some(next) = engine.around(&place).next {
            assert_eq!(engine.around(&next).previous, Some(place));
            place = next;
            steps += 1;
        }
        assert!(place.as_str().starts_with("ke-hoach-109#noi-nhan") && steps > 10);
    }

    #[test]
    fn duties_by_id_are_the_duties_asked_for() {
        let engine = engine();
        let question = "Ban Tuyên giáo Tỉnh ủy có nhiệm vụ gì?";
        let asked = engine.ask(question, &Context::default()).answer;
        let read = engine.duties("ban-tuyen-giao-tinh-uy").unwrap();
        assert_eq!(read.text, asked.text);
        assert_eq!(read.citations, asked.citations);
        assert!(engine.duties("khong-co").is_none());
        let (_, units) = &engine.units()[1];
        assert!(units.len() > 3);
    }

    #[test]
    fn a_search_pages_and_a_card_quotes_each_document_once_or_more() {
        let engine = engine();
        let (first, all) = engine.search("đuối nước", 0, 3);
        let (second, _) = engine.search("duoi nuoc", 0, 3);
        assert_eq!(first, second);
        assert!(all >= 3 && first[0].quote.contains("đuối nước"));
        assert_eq!(engine.search("đuối nước", all, 3).0, []);
        let card = engine.card("tuyên truyền");
        assert_eq!(card.kind, Kind::Answer);
        assert!(card.citations.iter().any(|c| c.document == "ke-hoach-109"));
        assert_eq!(engine.card("giá vàng").kind, Kind::Abstain);
    }

    #[test]
    fn the_other_documents_on_a_topic() {
        let engine = engine();
        let place = PassageId::new("ke-hoach-109#II.3.1");
        let other = engine.elsewhere(&place).unwrap();
        assert!(other.citations.iter().all(|c| c.document != "ke-hoach-109"));
    }

    #[test]
    fn the_question_in_a_long_message() {
        let engine = engine();
        let message = "Chào anh chị. Hôm qua họp ở xã tôi có nghe nói nhiều chuyện. \
                       Đơn vị nào báo cáo Ban Thường vụ Tỉnh ủy? Cảm ơn nhiều.";
        assert_eq!(
            engine.question_within(message),
            Some("Đơn vị nào báo cáo Ban Thường vụ Tỉnh ủy?")
        );
        assert_eq!(
            engine.question_within("Trời hôm nay đẹp. Tôi đi chơi."),
            None
        );
    }

    #[test]
    fn a_talk_about_places_that_are_gone_goes_on() {
        let engine = engine();
        let gone = Context {
            places: vec![PassageId::new("ke-hoach-109#IX.9")],
            document: Some("khong-con".to_owned()),
            units: vec!["khong-con".to_owned()],
            topic: "nguồn lực".to_owned(),
            ..Context::default()
        };
        for question in [
            "đọc đầy đủ",
            "ý tiếp theo",
            "còn HĐND thì sao?",
            "bao giờ xong?",
            "ý 2",
        ] {
            let answer = engine.ask(question, &gone).answer;
            assert!(!answer.text.is_empty());
            assert!(
                answer
                    .citations
                    .iter()
                    .all(|cited| engine.holds(&cited.passage)),
                "{question}"
            );
        }
    }

    #[test]
    fn what_must_not_be_kept() {
        let engine = engine();
        assert!(engine.is_sensitive("con tôi bị bố dượng đánh đập mỗi ngày, giúp với"));
        assert!(!engine.is_sensitive("Ban Tuyên giáo Tỉnh ủy có nhiệm vụ gì?"));
    }
}
