//! The engine: opened once, asked many times. Everything that answers goes through here, from the
//! terminal, the bot and the evaluation alike.

mod library;
mod views;

use std::fmt;
use std::ops::Range;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use crate::answer::{Answer, Context, Intent, Kind, PassageId, fnv1a};
use crate::compose::{self, Brief, Draft};
use crate::corpus::{Corpus, LoadError, Problem, Shape};
use crate::index::{self, IndexError, SearchIndex};
use crate::question::{Danger, Field, FollowUp, Place, Question, Reader, lean};
use crate::rank::{Candidate, Needs, Ranker, Ranking, Statistics};
use crate::text::Token;

pub use library::Changes;
pub use views::{Around, Entry, Source, UnitEntry};

/// Why an engine could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The corpus cannot be read at all.
    #[error(transparent)]
    Corpus(#[from] LoadError),
    /// No index can be built, not even in memory.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// An engine, and what was noticed while opening it.
pub struct Opened {
    /// The engine.
    pub engine: Engine,
    /// What is wrong with the corpus.
    pub problems: Vec<Problem>,
    /// One line each, for the operator.
    pub warnings: Vec<String>,
    /// True when the index was built now.
    pub built: bool,
    /// What was new to it then, where that is told: of a library.
    pub changes: Option<Changes>,
}

/// How far the opening of a library is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Another process is indexing it.
    Waiting,
    /// Files are looked through.
    Listing {
        /// So many files are done.
        done: usize,
        /// Of so many.
        all: usize,
    },
    /// Passages are read and indexed where they must be.
    Indexing {
        /// So many passages are done.
        done: usize,
        /// Of so many.
        all: usize,
    },
    /// The index is put together.
    Finishing,
}

/// So many bytes of a library's documents may be read and kept; in memory they take a few times as much.
const FULL: u64 = 64_000_000;

/// Answers questions about one corpus.
pub struct Engine {
    corpus: Corpus,
    reader: Arc<Reader>,
    ranker: Ranker,
    /// The folder of an index that was not read whole when it was opened.
    unchecked: Option<PathBuf>,
}

/// How the files of an index were found when they were read whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// As they were written, or small enough that the opening has seen that.
    Sound,
    /// Damaged; it was thrown away, and opening the corpus again builds another.
    Discarded,
    /// Damaged; another process is about to build another.
    Left,
}

/// An answer, what the conversation carries on, and how it came about.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The answer.
    pub answer: Answer,
    /// What the next question may lean on.
    pub context: Context,
    /// How it came about.
    pub trace: Trace,
}

impl Reply {
    /// Notes the time taken since the question was handed in.
    fn timed(mut self, start: Instant) -> Self {
        self.answer.elapsed_us = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        self
    }
}

/// The names of the ranking rules.
pub fn rules() -> Vec<&'static str> {
    crate::rank::rules().collect()
}

impl Engine {
    /// Opens the corpus in a folder, with its index under another, or in memory.
    pub fn open(corpus: &Path, index: Option<&Path>) -> Result<Opened, EngineError> {
        Self::open_telling(corpus, index, &mut |_| ())
    }

    /// The same, telling how far it is where that takes long.
    pub fn open_telling(
        corpus: &Path,
        index: Option<&Path>,
        tell: &mut dyn FnMut(Progress),
    ) -> Result<Opened, EngineError> {
        let (listing, known) = library::look(corpus, index)?;
        match library::is_library(&listing) {
            true => {
                let library = library::open(corpus, index, (listing, known), tell)?;
                Ok(Self::of_library(library))
            }
            false => Self::open_whole(corpus, index),
        }
    }

    /// An engine over a library, whose documents are read when they are needed.
    fn of_library(library: library::Library) -> Opened {
        let problems = library.corpus.found_when_reading().to_vec();
        Opened {
            engine: Self {
                unchecked: library.unchecked,
                ..Self::with(library.corpus, library.index, library.statistics)
            },
            problems,
            warnings: library.warning.into_iter().collect(),
            built: library.changes.is_some(),
            changes: library.changes,
        }
    }

    /// Opens a corpus that is read whole.
    fn open_whole(corpus: &Path, index: Option<&Path>) -> Result<Opened, EngineError> {
        let (corpus, problems) = Corpus::load(corpus)?;
        let (search, built, warning) = match index {
            Some(folder) => {
                let opened = index::open(&corpus, folder)?;
                (opened.index, opened.built, opened.warning)
            }
            None => (index::open_in_memory(&corpus)?, true, None),
        };
        let engine = Self::new(corpus, search);
        Ok(Opened {
            engine,
            problems,
            warnings: warning.into_iter().collect(),
            built,
            changes: None,
        })
    }

    /// An engine over a corpus and its index.
    pub fn new(corpus: Corpus, index: SearchIndex) -> Self {
        Self::of(corpus, |corpus| Ranker::new(corpus, index))
    }

    /// The same where the statistics of the documents are known, and those that no question needs are
    /// not read for them.
    pub fn with(corpus: Corpus, index: SearchIndex, statistics: Statistics) -> Self {
        Self::of(corpus, |corpus| Ranker::with(corpus, index, statistics))
    }

    fn of(corpus: Corpus, ranker: impl FnOnce(&Corpus) -> Ranker + Send) -> Self {
        // Both learn from the tables, which takes the longest of all; neither needs the other.
        let (reader, ranker) = std::thread::scope(|scope| {
            let ranker = scope.spawn(|| ranker(&corpus));
            let reader = Reader::new(&corpus);
            (
                reader,
                ranker.join().unwrap_or_else(|panic| resume_unwind(panic)),
            )
        });
        Self {
            corpus,
            reader: Arc::new(reader),
            ranker,
            unchecked: None,
        }
    }

    /// Whether so much of a library was read that an [emptied](Self::emptied) engine should take this
    /// one's place.
    pub fn is_full(&self) -> bool {
        self.corpus.filled() >= FULL
    }

    /// An engine that answers alike, with none of a library's documents read.
    pub fn emptied(&self) -> Self {
        Self {
            corpus: self.corpus.emptied(),
            reader: Arc::clone(&self.reader),
            ranker: self.ranker.emptied(),
            unchecked: self.unchecked.clone(),
        }
    }

    /// Reads the files of a large index whole, which its opening does not do, and throws it away where they
    /// are not as they were written. This engine goes on with what it has open: a damaged index can
    /// spoil an order, never a quotation.
    ///
    /// # Errors
    /// When a damaged index cannot be thrown away.
    pub fn check_index(&self) -> Result<Checked, IndexError> {
        let Some(folder) = &self.unchecked else {
            return Ok(Checked::Sound);
        };
        if index::check(folder).is_ok() || !folder.exists() {
            return Ok(Checked::Sound);
        }
        Ok(match library::discard(folder)? {
            true => Checked::Discarded,
            false => Checked::Left,
        })
    }

    /// The corpus.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Has a ranking rule give nothing from now on, to measure what it brings; false when there is
    /// none of this name.
    pub fn switch_off(&mut self, rule: &str) -> bool {
        self.ranker.switch_off(rule)
    }

    /// Answers a question. Cannot fail: what cannot be answered is said to be so.
    pub fn ask(&self, typed: &str, context: &Context) -> Reply {
        let start = Instant::now();
        let (question, carried) = self.understand(typed, context);
        self.reply(typed, question, carried, context).timed(start)
    }

    /// Answers a question of somebody who has said that only the documents are meant, whatever his
    /// words make think of.
    pub fn ask_of_documents(&self, typed: &str, context: &Context) -> Reply {
        let start = Instant::now();
        let (mut question, carried) = self.understand(typed, context);
        question.danger = Danger::None;
        question.personal = false;
        self.reply(typed, question, carried, context).timed(start)
    }

    /// The reply to somebody who tells of a child in danger, without regard to his words.
    pub fn urgent(&self) -> Answer {
        let question = Question {
            danger: Danger::Urgent,
            ..Question::default()
        };
        self.reply("", question, None, &Context::default()).answer
    }

    fn reply(
        &self,
        typed: &str,
        question: Question,
        carried: Option<String>,
        context: &Context,
    ) -> Reply {
        let mut question = question;
        let needs = self.ranker.needs(&self.corpus, &question);
        if self.asks_of_something_else(&question, &needs, context) {
            lean::apart(&self.corpus, &mut question, context);
        }
        let ranking = self.rank(&question, &needs, context);
        let never_say = |words: &[Token]| self.ranker.never_say(words);
        let brief = self.brief(&question, &needs, &ranking, context, &never_say);
        let mut draft = compose::compose(&brief);
        if let Some(carried) = carried
            && draft.kind == Kind::Answer
        {
            draft.first(compose::carried_over(&carried));
        }
        let context = self.carry_on(&question, &draft, context);
        let trace = Trace::new(&self.corpus, &question, &ranking);
        Reply {
            answer: self.finish(typed, draft),
            context,
            trace,
        }
    }

    fn brief<'a>(
        &'a self,
        question: &'a Question,
        needs: &'a Needs,
        ranking: &'a Ranking,
        context: &'a Context,
        never_say: &'a dyn Fn(&[Token]) -> bool,
    ) -> Brief<'a> {
        Brief {
            corpus: &self.corpus,
            features: self.ranker.features(),
            never_say,
            question,
            needs,
            ranking,
            context,
        }
    }

    /// The first `count` passages of the ranking, whatever the kind of answer.
    pub fn ranked(&self, typed: &str, context: &Context, count: usize) -> Vec<PassageId> {
        let (question, _) = self.understand(typed, context);
        let needs = self.ranker.needs(&self.corpus, &question);
        let ranking = self.rank(&question, &needs, context);
        ranking
            .candidates
            .iter()
            .take(count)
            .map(|candidate| self.corpus.passage(candidate.passage).id.clone())
            .collect()
    }

    /// Reads the question; one that leans on the last is read together with what it leans on.
    /// Also returns what was carried over, for people to see.
    fn understand(&self, typed: &str, context: &Context) -> (Question, Option<String>) {
        let typed = beginning(typed);
        let mut question = self.reader.read(&self.corpus, typed, context);
        if question.follow_up.is_none() && lean::stays_in_document(&self.corpus, &question, context)
        {
            lean::inside(&self.corpus, &mut question, context);
        }
        if lean::looks_for_a_unit_inside(&question) && self.cites_recipients(context) {
            lean::among_recipients(&mut question);
            return (question, None);
        }
        match question.follow_up {
            _ if lean::leans_on_a_topic(&question, context)
                || lean::compares_what_was_spoken_of(&question, context) =>
            {
                let again = |said: &str| self.reader.read(&self.corpus, said, &Context::default());
                let carried = lean::of_topic(&mut question, context, again);
                (question, Some(carried))
            }
            Some(FollowUp::And) => {
                let again = |merged: &str| self.reader.read(&self.corpus, merged, context);
                let recipients = self.cites_recipients(context);
                let carried = lean::and(&mut question, context, recipients, again);
                (question, carried)
            }
            Some(FollowUp::More) => {
                let again = |said: &str| self.reader.read(&self.corpus, said, &Context::default());
                let carried = lean::more(&mut question, context, again);
                (question, Some(carried))
            }
            Some(FollowUp::Same) => {
                lean::same(&self.corpus, &mut question, context);
                let place = context.places.first().map(|place| self.corpus.label(place));
                (question, place)
            }
            _ => (question, None),
        }
    }

    fn rank(&self, question: &Question, needs: &Needs, context: &Context) -> Ranking {
        if question.follow_up == Some(FollowUp::Same)
            && let Some(ranking) = self.carried_ranking(question, needs, context)
        {
            return ranking;
        }
        // An index that fails in the middle of a search leaves the question without candidates,
        // and the answer says that nothing was found; it never makes a wrong quotation.
        let mut ranking = self
            .ranker
            .rank(&self.corpus, question, needs)
            .unwrap_or_default();
        if question.follow_up == Some(FollowUp::More) {
            /// What goes unasked must say this share of it by its own words.
            const OWN: f32 = 0.3;
            let cited = self.carried(context);
            ranking
                .candidates
                .retain(|candidate| candidate.own >= OWN && !cited.contains(&candidate.passage));
        }
        if lean::goes_on(question) {
            self.prefer_spoken_of(question, &mut ranking, context);
        }
        ranking
    }

    /// Of passages that say as much of the question, first the one that was last cited.
    fn prefer_spoken_of(&self, question: &Question, ranking: &mut Ranking, context: &Context) {
        /// Share of what the best one says by its own words.
        const AS_MUCH: f32 = 0.9;
        /// Where the question has no subject: share of its own words, if it says as much with paraphrases.
        const HALF: f32 = 0.5;
        let Some((best, coverage)) = ranking.best().map(|best| (best.own, best.coverage)) else {
            return;
        };
        let carried = self.carried(context);
        let (least, own) = match lean::lacks_a_subject(question) {
            true => (coverage * AS_MUCH, best * HALF),
            false => (0.0, best * AS_MUCH),
        };
        let says = |candidate: &Candidate| {
            let much = candidate.own > 0.0 && candidate.own >= own && candidate.coverage >= least;
            much && carried.contains(&candidate.passage)
        };
        if let Some(at) = ranking.candidates.iter().position(says) {
            ranking.candidates[..=at].rotate_right(1);
        }
    }

    /// The passages last cited, as the ranking of a question that leans on them: first those that say more of
    /// what it asks for.
    fn carried_ranking(
        &self,
        question: &Question,
        needs: &Needs,
        context: &Context,
    ) -> Option<Ranking> {
        let asks_when = question.intent == Intent::When && !needs.is_empty();
        let said = |passage: usize| {
            let features = self.ranker.features().passage(&self.corpus, passage);
            let timed = if asks_when && features.timed {
                1.0
            } else {
                0.0
            };
            timed + needs.covered(&features.body, 0..features.body.exact.len())
        };
        let carried = self.carried(context).into_iter();
        let mut carried: Vec<(usize, f32)> =
            carried.map(|passage| (passage, said(passage))).collect();
        carried.sort_by(|one, other| other.1.total_cmp(&one.1));
        let most = carried.first().map_or(0.0, |first| first.1);
        let candidates: Vec<Candidate> = carried
            .into_iter()
            .map(|(passage, said)| Candidate {
                passage,
                // What says less of it than another is not quoted beside it.
                score: if said < most { 0.5 } else { 1.0 },
                coverage: 1.0,
                likely: 1.0,
                own: 1.0,
                rules: vec![("carried", 1.0)],
            })
            .collect();
        (!candidates.is_empty()).then_some(Ranking {
            candidates,
            ..Ranking::default()
        })
    }

    /// Whether a document's recipients are what was last cited.
    fn cites_recipients(&self, context: &Context) -> bool {
        let place = context.places.first();
        let passage = place.and_then(|place| self.corpus.passage_by_id(place));
        passage.is_some_and(|passage| self.corpus.passage(passage).shape == Shape::Recipient)
    }

    /// The passages last cited, each once; of recipients, all.
    fn carried(&self, context: &Context) -> Vec<usize> {
        let mut carried: Vec<usize> = Vec::new();
        for place in &context.places {
            let passages = match (
                self.corpus.passage_by_id(place),
                self.corpus.section_by_id(place),
            ) {
                (Some(passage), _) if self.corpus.passage(passage).shape == Shape::Recipient => {
                    self.recipients_beside(passage)
                }
                (Some(passage), _) => passage..passage + 1,
                (_, Some(section)) => self.corpus.section(section).passages.clone(),
                _ => continue,
            };
            for passage in passages {
                if !carried.contains(&passage) {
                    carried.push(passage);
                }
            }
        }
        carried
    }

    /// The recipients among which this one stands.
    fn recipients_beside(&self, passage: usize) -> Range<usize> {
        match self.corpus.passage(passage).section {
            Some(section) => self.corpus.section(section).passages.clone(),
            None => passage..passage + 1,
        }
    }

    /// Whether a question that leans on the passages last cited asks what is said of a topic, and none of them
    /// says anything of it.
    fn asks_of_something_else(
        &self,
        question: &Question,
        needs: &Needs,
        context: &Context,
    ) -> bool {
        /// Share of the question.
        const SOMETHING: f32 = 0.3;
        let says = |passage: usize| {
            let body = &self.ranker.features().passage(&self.corpus, passage).body;
            needs.covered(body, 0..body.exact.len()) >= SOMETHING
        };
        question.follow_up == Some(FollowUp::Same)
            && matches!(question.intent, Intent::Lookup | Intent::List)
            && question.fields.is_empty()
            && !question.asks_where()
            && !needs.is_empty()
            && !self.carried(context).into_iter().any(says)
    }

    fn carry_on(&self, question: &Question, draft: &Draft, before: &Context) -> Context {
        match draft.kind {
            // Nothing of such a message is kept.
            Kind::Urgent => Context::default(),
            Kind::Chat => before.clone(),
            Kind::Abstain => Context {
                suggestions: draft.suggestions.clone(),
                ..self.silent_of(question, before)
            },
            Kind::Answer => {
                let topic = match draft.intent {
                    // What was asked about a document is asked again about another.
                    Intent::About => asked_again(&question.fields),
                    _ => self.topic(question),
                };
                // What was put together from two questions is not said again as a whole.
                let said = match question.follow_up {
                    None if draft.intent != Intent::About => question.said(),
                    Some(FollowUp::Same | FollowUp::More) => before.said.clone(),
                    Some(_) if topic.is_empty() || topic == before.topic => before.said.clone(),
                    _ => String::new(),
                };
                Context {
                    said,
                    intent: draft.intent,
                    units: match draft.intent {
                        Intent::Duties | Intent::Who => draft.units.clone(),
                        _ => self.units_named(question),
                    },
                    document: draft
                        .citations
                        .first()
                        .map(|citation| citation.document.clone()),
                    listed: listed(question, draft, before),
                    places: cited_now_or_before(question, draft, before),
                    // What leans on the question before is of its topic.
                    topic: match question.follow_up {
                        Some(FollowUp::Same | FollowUp::More) if !before.topic.is_empty() => {
                            before.topic.clone()
                        }
                        _ if topic.is_empty() => before.topic.clone(),
                        _ => topic,
                    },
                    suggestions: draft.suggestions.clone(),
                }
            }
        }
    }

    /// Ids of the units that a question names.
    fn units_named(&self, question: &Question) -> Vec<String> {
        let units = question.units.iter();
        units
            .map(|mention| self.corpus.units.at(mention.unit).id.clone())
            .collect()
    }

    /// What a question is about: its topic's words, or the heading that it names.
    fn topic(&self, question: &Question) -> String {
        let topic = question.topic();
        let place = question.place.as_ref();
        match place.and_then(|place| place.headings().first()) {
            Some(heading) if topic.is_empty() => self.corpus.heading_of(*heading).to_lowercase(),
            _ => topic,
        }
    }

    /// What is spoken of after nothing was found: the units and the document that were asked about, where
    /// there are any.
    fn silent_of(&self, question: &Question, before: &Context) -> Context {
        let units = self.units_named(question);
        match question.documents.as_slice() {
            [mention] if question.intent == Intent::About => Context {
                intent: Intent::About,
                document: Some(self.corpus.documents[mention.document].id.clone()),
                topic: asked_again(&question.fields),
                ..Context::default()
            },
            _ if !units.is_empty() && question.follow_up.is_none() => Context {
                units,
                ..before.clone()
            },
            // What one document does not say another may.
            [_] if question.follow_up.is_none() && !question.topic().is_empty() => Context {
                intent: question.intent,
                topic: question.topic(),
                said: question.said(),
                ..Context::default()
            },
            _ => before.clone(),
        }
    }

    fn finish(&self, typed: &str, mut draft: Draft) -> Answer {
        compose::mark_validity(&mut draft, &self.corpus);
        let draft = if draft
            .citations
            .iter()
            .all(|c| compose::is_literal(&self.corpus, c))
        {
            draft
        } else {
            // Cannot happen by construction; if it ever does, silence is better than a wrong quotation.
            compose::withheld(draft.intent)
        };
        let text = draft.text();
        let fingerprint = fingerprint(&self.corpus, &draft);
        Answer {
            question: typed.to_owned(),
            kind: draft.kind,
            intent: draft.intent,
            units: draft.units,
            text,
            citations: draft.citations,
            suggestions: draft.suggestions,
            confidence: f64::from((draft.confidence * 1000.0).round() / 1000.0),
            fingerprint,
            elapsed_us: 0,
            blocks: draft.blocks,
        }
    }
}

/// Several places that an answer cites; after one of them was read, alone or as a whole, those of before.
fn listed(question: &Question, draft: &Draft, before: &Context) -> Vec<PassageId> {
    let mut places: Vec<PassageId> = Vec::new();
    for citation in &draft.citations {
        if !places.contains(&citation.passage) {
            places.push(citation.passage.clone());
        }
    }
    match places.len() {
        1 if question.place.as_ref().is_some_and(Place::is_of_listed) => before.listed.clone(),
        1 if question.follow_up == Some(FollowUp::Whole) => before.listed.clone(),
        1 => Vec::new(),
        _ => places,
    }
}

/// The places that an answer cites; where it goes on with the last question, those cited before as well.
fn cited_now_or_before(question: &Question, draft: &Draft, before: &Context) -> Vec<PassageId> {
    let now = draft
        .citations
        .iter()
        .map(|citation| citation.passage.clone());
    match question.follow_up {
        Some(FollowUp::More) => now.chain(before.places.iter().cloned()).collect(),
        _ => now.collect(),
    }
}

/// The shortest words that ask for these fields.
fn asked_again(fields: &[Field]) -> String {
    let asked: Vec<&str> = fields.iter().map(|field| field.ask()).collect();
    asked.join(" ")
}

/// What of a message is read: nobody asks in more letters, and a message made to be slow is not
/// worth the time of others.
fn beginning(typed: &str) -> &str {
    const LONGEST: usize = 2_000;
    let end = typed
        .char_indices()
        .nth(LONGEST)
        .map_or(typed.len(), |(at, _)| at);
    &typed[..end]
}

/// Equal for equal answers from the same corpus: a hash of what was cited.
fn fingerprint(corpus: &Corpus, draft: &Draft) -> String {
    let cited = draft
        .citations
        .iter()
        .flat_map(|citation| [citation.passage.as_str(), &citation.quote]);
    let parts = [corpus.fingerprint.as_str(), draft.kind.name()].into_iter();
    let hash = fnv1a(parts.chain(cited).flat_map(|part| part.bytes().chain([0])));
    format!("{:012x}", hash & 0xffff_ffff_ffff)
}

/// How an answer came about, for `ask --trace`.
#[derive(Clone, Debug)]
pub struct Trace {
    lines: Vec<String>,
}

impl Trace {
    fn new(corpus: &Corpus, question: &Question, ranking: &Ranking) -> Self {
        let words: Vec<&str> = question
            .tokens
            .iter()
            .map(|token| token.word.as_str())
            .collect();
        let mut lines = vec![
            format!("từ: {}", words.join(" ")),
            format!("dấu khôi phục: {}", question.restored.join(" ")),
            format!("ý định: {:?}", question.intent),
        ];
        for mention in &question.units {
            lines.push(format!("đơn vị: {}", corpus.units.at(mention.unit).id));
        }
        for mention in &question.documents {
            let how = if mention.object {
                "được thực hiện"
            } else {
                "nơi hỏi"
            };
            lines.push(format!(
                "văn bản: {} ({how})",
                corpus.documents[mention.document].id
            ));
        }
        if let Some(place) = &question.place {
            lines.push(format!("vị trí: {:?}", place.steps));
        }
        if let Some(follow_up) = question.follow_up {
            lines.push(format!("nối tiếp: {follow_up:?}"));
        }
        if question.danger != Danger::None {
            lines.push("dấu hiệu nguy hiểm".to_owned());
        }
        if let Some((learnt, likely)) = question.manner.best() {
            let as_read = question.manner.of(question.intent);
            lines.push(format!(
                "cách hỏi: {learnt:?} {likely:.2} (như đã hiểu: {as_read:.2})"
            ));
        }
        if let Some(alarm) = question.alarm {
            lines.push(format!("giống tin báo nguy: {alarm:.2}"));
        }
        if let Some((likeness, least)) = ranking.likeness {
            lines.push(format!("giống đoạn đầu: {likeness:.3} (cần {least:.3})"));
        }
        if ranking.silent > 0.0 {
            lines.push(format!(
                "giống câu văn bản không nêu: {:.2}",
                ranking.silent
            ));
        }
        if let Some(asked) = question.asked {
            lines.push(format!("loại dữ kiện: {asked:?}"));
        }
        for term in &question.terms {
            let words: Vec<&str> = question.restored[term.tokens.clone()]
                .iter()
                .map(String::as_str)
                .collect();
            let slight = if term.slight { " (phổ biến)" } else { "" };
            lines.push(format!(
                "nội dung: {}{slight} {:?}",
                words.join(" "),
                term.meaning
            ));
        }
        for candidate in ranking.candidates.iter().take(8) {
            lines.push(format!(
                "{} {candidate}",
                corpus.passage(candidate.passage).id
            ));
        }
        Self { lines }
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines.join("\n"))
    }
}

#[cfg(test)]
mod shelf_tests;
