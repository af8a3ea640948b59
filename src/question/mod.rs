//! A question, understood: intent, units, documents, place, follow-up, danger. One signal a file.
//!
//! Reading a person's words cannot fail: what is not recognised stays among the terms, and the
//! ranking sees how much of them the documents cover.

mod aside;
mod asked;
mod asking;
mod body;
mod chat;
mod courtesy;
mod cue;
mod danger;
mod dialect;
mod documents;
mod focus;
mod followup;
mod heads;
mod intent;
pub mod lean;
mod numbers;
mod place;
mod terms;
mod units;
mod utterance;

use std::borrow::Cow;
use std::ops::Range;
use std::panic::resume_unwind;

use crate::answer::{Context, Intent};
use crate::corpus::Corpus;
use crate::text::spelling::Vocabulary;
use crate::text::{self, Match, Token, Topics, Utterance};

pub use asked::Asked;
pub use asking::Manner;
pub use chat::Chat;
pub use courtesy::without_courtesies;
pub use cue::{Cue, Field};
pub use danger::Danger;
pub use documents::{DocumentMention, ForeignDocument};
pub use followup::FollowUp;
pub use numbers::Position;
pub use place::{Place, Step};
pub use terms::{COMMON, Meaning, Term};
pub use units::UnitMention;
pub use utterance::utterance;

use cue::CueTable;

/// A question as the later rooms see it.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// As typed.
    pub text: String,
    /// Its words, slips mended and abbreviations written out.
    pub tokens: Vec<Token>,
    /// The most likely accented form of each token.
    pub restored: Vec<String>,
    /// The concepts its words name, without marks: what is learnt of questions is told by them.
    pub concepts: Vec<usize>,
    /// What is asked for, as far as the words alone say.
    pub intent: Intent,
    /// What is asked for by the way the question is put, as learnt from examples.
    pub manner: Manner,
    /// True when that alone told the intent, and no word of the question.
    pub by_manner: bool,
    /// Units named, without those that only give what is asked about.
    pub units: Vec<UnitMention>,
    /// Units whose names begin with the one word that is there in place of a name.
    pub either: Vec<usize>,
    /// A body that no unit stands for, where its duties are asked for or nothing else is said.
    pub body: Option<Range<usize>>,
    /// A body that the table of units does not class, joined to a unit that is asked about.
    pub other_body: Option<Range<usize>>,
    /// Another place is named than those that the documents are about.
    pub elsewhere: bool,
    /// Documents of the corpus named.
    pub documents: Vec<DocumentMention>,
    /// Documents of the level that is spoken of, where none is named.
    pub of_level: Vec<usize>,
    /// A place of here is asked about, and the unit named is the one that answers for it.
    pub of_locality: bool,
    /// A document named that the corpus does not hold.
    pub foreign_document: Option<ForeignDocument>,
    /// A place named by its number.
    pub place: Option<Place>,
    /// Sections whose headings are said, most likely first.
    pub headings: Vec<usize>,
    /// How it leans on the question before it.
    pub follow_up: Option<FollowUp>,
    /// Signs that a child may be in danger.
    pub danger: Danger,
    /// How much the message is like those of danger, 0 to 1; `None` where no examples are given.
    pub alarm: Option<f32>,
    /// Somebody tells of a child at hand, or of himself, and asks for nothing that documents hold.
    pub personal: bool,
    /// It asks whether something is said at all: "… có được nhắc không".
    pub whether_said: bool,
    /// Greeting, thanks, help, or a wish no quotation can answer.
    pub chat: Option<Chat>,
    /// The kind of fact asked for, where only that kind of fact would be an answer.
    pub asked: Option<Asked>,
    /// The term whose thing the answer must name: "dự án" of "mấy dự án".
    pub focus: Option<usize>,
    /// Which metadata of a document is asked for.
    pub fields: Vec<Field>,
    /// The words that carry the topic.
    pub terms: Vec<Term>,
    /// Clauses that tell why somebody asks, and not what.
    pub asides: Vec<Range<usize>>,
    /// Thanks or a greeting that begin a message which wants more.
    pub civility: Option<Chat>,
    /// True when it is asked how often something is done.
    pub how_often: bool,
    /// True when it is asked who does something.
    pub who: bool,
    /// True when the reply would be to whom a report goes.
    pub recipient: bool,
    /// True when the tasks of the units named are asked for in the same breath.
    pub duties_too: bool,
    /// True when who does the task is asked for in the same breath as when it is done or to whom it
    /// is reported.
    pub who_too: bool,
    /// True when it is asked in the same breath when or how often something is reported, and to whom.
    pub when_too: bool,
    /// True when the question is what a document rests on.
    pub grounds: bool,
    /// True when the question is what a document is for.
    pub purpose: bool,
    /// True when a number of things is asked for.
    pub counting: bool,
    /// And of what parts of a document are called: "mấy nhiệm vụ".
    pub counts_parts: bool,
    /// True when the things themselves are: "những hạn chế nào", "gồm những gì".
    pub enumerates: bool,
}

impl Question {
    /// Whether its words ask for something, question mark or not.
    pub fn asks(&self) -> bool {
        let by_intent = !self.by_manner && !matches!(self.intent, Intent::Lookup | Intent::None);
        by_intent
            || self.asked.is_some()
            || self.recipient
            || self.grounds
            || self.purpose
            || self.counting
            || self.enumerates
    }

    /// Whether it asks where something is written.
    pub fn asks_where(&self) -> bool {
        intent::asks_for_a_place(&self.tokens)
    }

    /// Whether it names a unit, a document or a place.
    pub fn names_something(&self) -> bool {
        !self.units.is_empty() || !self.documents.is_empty() || self.place.is_some()
    }

    /// The documents it restricts itself to, when it names one for certain as where something is written.
    pub fn restricted_to(&self) -> Vec<usize> {
        let scope = self.documents.iter().filter(|mention| !mention.object);
        if !scope.clone().any(|mention| mention.certain) {
            return Vec::new();
        }
        scope.map(|mention| mention.document).collect()
    }

    /// The tokens' text as typed, for showing what was carried over.
    pub fn typed(&self, tokens: Range<usize>) -> &str {
        match (
            self.tokens.get(tokens.start),
            self.tokens.get(tokens.end.wrapping_sub(1)),
        ) {
            (Some(first), Some(last)) if first.span.start <= last.span.end => {
                self.text.get(first.span.start..last.span.end).unwrap_or("")
            }
            _ => "",
        }
    }

    /// The topic's words as typed, joined.
    pub fn topic(&self) -> String {
        let mut topic = String::new();
        for term in &self.terms {
            if !topic.is_empty() {
                topic.push(' ');
            }
            topic.push_str(self.typed(term.tokens.clone()));
        }
        topic
    }

    /// Its words and concepts.
    pub fn utterance(&self) -> Utterance<'_> {
        utterance::of(&self.tokens, self.concepts.clone())
    }

    /// The same of what is asked, without what its asker tells of himself.
    pub fn asked(&self, corpus: &Corpus) -> Utterance<'_> {
        if self.asides.is_empty() {
            return self.utterance();
        }
        let aside = |at: usize| self.asides.iter().any(|clause| clause.contains(&at));
        let asked = (0..self.tokens.len()).filter(|at| !aside(*at));
        let asked: Vec<Token> = asked.map(|at| self.tokens[at].clone()).collect();
        let mut said = self.utterance();
        said.concepts = utterance::concepts(corpus, &asked);
        let mut at = 0..self.tokens.len();
        said.words
            .retain(|_| at.next().is_some_and(|at| !aside(at)));
        said
    }

    /// The question as it was put, without courtesies and the documents it names; nothing of a long story.
    pub fn said(&self) -> String {
        const WORDS: usize = 40;
        /// "trong chỉ thị", "theo kế hoạch"
        const IN: [&str; 3] = ["trong", "theo", "tại"];
        let is_name = |at: usize| {
            let mut names = self.documents.iter().map(|mention| &mention.tokens);
            names.any(|name| {
                let before = at + 1 == name.start && self.tokens[at].may_be_any(&IN);
                name.contains(&at) || before
            })
        };
        if self.tokens.len() > WORDS {
            return String::new();
        }
        let words = (0..self.tokens.len()).filter(|at| !is_name(*at));
        let words: Vec<&str> = words.map(|at| self.typed(at..at + 1)).collect();
        words.join(" ")
    }
}

/// "trẻ mấy tuổi", "cho trẻ mấy tuổi vậy": in so few words of what was spoken of.
const AGE_ASKED: usize = 5;

/// Weight of a turn of speech in the vocabulary, beside 1 for an occurrence in the documents:
/// questions are full of words that documents have seldom or never.
const SPOKEN: u32 = 3;
/// Weight of words that stand side by side in everyday language.
const COLLOCATION: u32 = 2;

/// Reads questions; made once for a corpus.
pub struct Reader {
    cues: CueTable,
    documents: documents::DocumentTable,
    headings: place::Headings,
    topic: terms::Tables,
    vocabulary: Vocabulary,
    alarm: Topics,
    askings: asking::Askings,
}

impl Reader {
    /// Prepares the tables for a corpus. What is learnt from examples is learnt beside the rest: it
    /// takes the longest, and neither needs the other.
    pub fn new(corpus: &Corpus) -> Self {
        std::thread::scope(|scope| {
            let alarm = scope.spawn(|| danger::learn(corpus));
            let documents = documents::DocumentTable::new(corpus);
            let askings = asking::Askings::new(corpus, &documents);
            let vocabulary = vocabulary(corpus);
            let cues = CueTable::new();
            let headings = place::Headings::new(corpus);
            let topic = terms::Tables::new(corpus);
            Self {
                cues,
                documents,
                headings,
                topic,
                vocabulary,
                alarm: alarm.join().unwrap_or_else(|panic| resume_unwind(panic)),
                askings,
            }
        })
    }

    /// Reads one question. The context only decides what a follow-up leans on.
    pub fn read(&self, corpus: &Corpus, typed: &str, context: &Context) -> Question {
        let tokens = text::spelling::repair(text::tokenize(typed), &self.vocabulary);
        let mut tokens = write_out(corpus, &tokens).into_owned();
        let mut restored = text::spelling::restore(&tokens, &self.vocabulary);
        let sounds = courtesy::sounds_before(&tokens, &restored);
        tokens.drain(..sounds);
        restored.drain(..sounds);
        let said = courtesy::between(&tokens, &restored);
        for rest in [said.end..tokens.len(), 0..said.start] {
            tokens.drain(rest.clone());
            restored.drain(rest);
        }
        let once = courtesy::asked_once(&restored);
        tokens.truncate(once);
        restored.truncate(once);
        if units::is_asked_of_next(corpus, &tokens)
            || self.documents.is_asked_of_next(&tokens, &restored)
        {
            restored[0] = "còn".to_owned();
        }
        if followup::opens_with_the(&tokens) {
            restored[0] = "thế".to_owned();
        }
        let mut cues = self.cues.find(corpus, typed, &tokens, &restored);
        let place = place::find(&self.headings, &tokens, &restored, typed);
        let (documents, foreign_document) =
            self.documents
                .find(corpus, &tokens, &restored, place.as_ref());
        let mut units = units::find(corpus, &tokens, &restored, &documents, &self.vocabulary);
        if units.is_empty() && documents.is_empty() && context.intent == Intent::Duties {
            units.extend(units::next_of_its_kind(corpus, &tokens, &restored));
        }
        let locality = match units.is_empty() && place.is_none() {
            true => body::locality(corpus, &tokens, &restored, &cues),
            false => Vec::new(),
        };
        let of_locality = !locality.is_empty();
        units.extend(locality);
        // "cơ quan" of "thủ trưởng cơ quan được giao việc gì" is of the name.
        cues.retain(|cue| {
            !units
                .iter()
                .any(|mention| begins_inside(&cue.tokens, &mention.tokens))
        });
        let times: Vec<Range<usize>> = cues
            .extract_if(.., |cue| intent::times_said(cue, &restored))
            .map(|cue| cue.tokens)
            .collect();
        cues.retain(|cue| {
            !intent::every_time(cue, &restored)
                && !intent::at_any_time(cue, &restored)
                && !courtesy::calls_for_an_answer(cue, &restored)
        });
        let only_gives =
            |mention: &UnitMention| mention.gives && !units::sends(&tokens, &mention.tokens);
        let givers = match units.iter().all(only_gives) {
            true => Vec::new(),
            false => units.extract_if(.., |mention| mention.gives).collect(),
        };
        let place_tokens = place
            .as_ref()
            .map(|found| found.tokens.clone())
            .unwrap_or_default();
        let mut question = Question {
            text: typed.to_owned(),
            place: place.map(|found| found.place),
            of_level: match documents.is_empty() {
                true => self.documents.of_level_said(&restored),
                false => Vec::new(),
            },
            documents,
            foreign_document,
            units,
            of_locality,
            concepts: utterance::concepts(corpus, &tokens),
            headings: self.headings.said(&tokens),
            ..Question::default()
        };
        let known = terms::Known {
            corpus,
            tables: &self.topic,
            vocabulary: &self.vocabulary,
        };
        question.terms = terms::find(
            &known,
            &tokens,
            &restored,
            &cues,
            &question,
            &givers,
            &place_tokens,
        );
        // "trong bản chỉ thị": one more word for the document.
        let documents = &question.documents;
        question.terms.retain(|term| {
            let classifies = matches!(restored[term.tokens.start].as_str(), "bản" | "tờ" | "cái");
            let mut mentions = documents.iter();
            !(term.tokens.len() == 1
                && classifies
                && mentions.any(|mention| mention.tokens.start == term.tokens.end))
        });
        if question.documents.is_empty() && followup::may_turn(&question, context) {
            let of_level = &question.of_level;
            let mut named = self.documents.named_by_level(of_level, &tokens, &restored);
            if named.is_empty() {
                named.extend(self.documents.named_by_type(&restored));
            }
            if followup::turns_to(&named, &cues, &question, &tokens, context) {
                question.terms.retain(Term::is_slight);
                cues.extend(named.first().map(followup::next));
                question.documents = named;
            }
        }
        question.asides = aside::find(typed, &tokens, &restored, &question.terms);
        // "Em là bí thư đoàn trường, Tỉnh đoàn có việc gì": of the unit asked about, and not of his own.
        let aside = |mention: &UnitMention| {
            let mut clauses = question.asides.iter();
            clauses.any(|clause| clause.contains(&mention.tokens.start))
        };
        if question.units.iter().any(|mention| !aside(mention)) {
            let asked = question.units.iter().filter(|mention| !aside(mention));
            question.units = asked.cloned().collect();
        }
        // "được nhắc mấy lần": how many times it is said is no topic.
        question.terms.retain(|term| {
            let mut times = times.iter();
            !times.any(|range| text::covers(range, &term.tokens) || *range == term.tokens)
        });
        question.how_often = intent::asks_how_often(&tokens);
        if question.how_often {
            // "mấy tháng … một lần": no topic.
            let asking = [intent::some_time(&tokens), intent::once(&tokens)];
            let of_the_frame = |term: &Term| {
                let mut asking = asking.iter().flatten();
                asking.any(|range| range.start <= term.tokens.start && term.tokens.end <= range.end)
            };
            question.terms.retain(|term| !of_the_frame(term));
        }
        let duties_of_another = question.units.is_empty()
            && cue::has(&cues, Cue::Duties)
            && units::names_another_level(corpus, &tokens, &restored);
        question.elsewhere = duties_of_another
            || units::is_elsewhere(corpus, &tokens, &question.units)
            || question.terms.iter().any(|term| match &term.meaning {
                Meaning::Concepts(ids) => {
                    ids.iter().all(|id| corpus.lexicon.concepts[*id].elsewhere)
                }
                _ => false,
            });
        question.chat = chat::find(&cues, &question, &tokens, &restored);
        question.civility = chat::civility(&cues);
        let duties = cue::has(&cues, Cue::Duties) && !question.units.is_empty();
        // "còn công an": the next unit, whose name says nothing of what happened.
        let next = cue::has(&cues, Cue::Follow(followup::Lean::And)) && !question.units.is_empty();
        let nothing = question
            .terms
            .iter()
            .all(|term| term.is_slight() || ((duties || next) && term.is_unit()));
        let asks = danger::Asks {
            something_else: question.chat.is_some() || question.civility == Some(Chat::Thanks),
            // "ba mẹ phải làm gì": a unit and its duties, and nothing that befell anybody.
            nothing,
            // "cho ai", "mấy lần" in a talk: of what was spoken of.
            step: nothing
                && (next || followup::is_step(&cues) || followup::goes_on(&cues, context)),
            penalty: cue::has(&cues, Cue::Fact(Asked::Penalty)),
            of_a_document: !question.documents.is_empty(),
            documents: !question.documents.is_empty() || intent::asks_of_documents(&cues),
            duties,
            unit_alone: !question.units.is_empty()
                && question.terms.iter().all(|term| !term.is_topic()),
        };
        question.alarm = (!self.alarm.is_empty()).then(|| {
            danger::likeness(
                &self.alarm,
                &utterance::of(&tokens, question.concepts.clone()),
            )
        });
        (question.danger, question.personal) =
            danger::find(corpus, &tokens, &restored, asks, question.alarm);
        question.fields = intent::asked_fields(&tokens, &restored, &cues, &question);
        if intent::asks_what_it_lacks(&restored, &question) {
            question.terms.retain(Term::is_slight);
            question.fields = vec![Field::Source];
        }
        // "chế tài … không thực hiện kế hoạch là gì": of a punishment, and not of the plan.
        let penalty = cue::has(&cues, Cue::Fact(Asked::Penalty));
        if question.fields.is_empty()
            && !penalty
            && intent::asks_summary(&tokens, &cues, &question, context)
        {
            question.fields = vec![Field::Structure];
        }
        // "bà … ký văn bản nào": of several documents, the one that she signed.
        let which_document = restored.windows(2).any(|two| two == ["bản", "nào"]);
        // "bà … giữ chức vụ gì": hers, by what she signed.
        let office = lean::asks_office(&restored)
            || (question.fields == [Field::Signer] && question.documents.is_empty());
        let nothing_else =
            question.fields.is_empty() && (cue::has(&cues, Cue::Who) || which_document);
        if office || nothing_else {
            let signed = self.documents.signed_by(&tokens);
            if intent::asks_who_signed(&question, &signed) {
                question.fields = vec![Field::Signer];
                question.documents = signed;
            }
        }
        question.whether_said = intent::asks_whether_said(&restored);
        question.focus = focus::find(&tokens, &restored, &question.terms);
        question.asked = asked::find(&cues, &tokens, &restored);
        // Who holds an office today is said by no document.
        if question.asked == Some(Asked::OfficeHolder) {
            question.fields.retain(|field| *field != Field::Signer);
        }
        let how_much = question.fields.is_empty() && focus::ends_in_how_much(&restored);
        let counted = focus::counts_things(&restored, &question.terms) || how_much;
        if question.asked.is_none() && counted && question.place.is_none() {
            question.asked = Some(Asked::Figure);
        }
        // "trẻ em là bao nhiêu tuổi": of whom all passages speak; who that is, is defined or not.
        let spoken_of = followup::goes_on(&cues, context) && tokens.len() <= AGE_ASKED;
        let of_all = question.terms.iter().all(Term::is_slight);
        if question.asked == Some(Asked::Age) && of_all && !spoken_of {
            question.asked = Some(Asked::Definition);
        }
        question.recipient = cue::has(&cues, Cue::Recipient) || intent::report_goes_to(&tokens);
        question.who = intent::asks_who(&cues, &tokens, &restored, &question);
        if question.who
            && let Some(options) = intent::options(&tokens, &restored, &question)
        {
            question.terms.retain(|term| term.tokens.start < options);
        }
        let asks_when = cue::has(&cues, Cue::When) || question.how_often;
        let something_too =
            (question.recipient || asks_when) && intent::two_clauses(&tokens, typed);
        question.who_too = something_too && intent::asks_who_first(&cues, &tokens);
        question.when_too = something_too && !question.who_too && question.recipient && asks_when;
        question.duties_too = something_too
            && !question.who_too
            && !question.units.is_empty()
            && cue::has(&cues, Cue::Duties);
        question.grounds = intent::asks_grounds(&cues, &question, &tokens)
            || intent::asks_reason(&tokens, &question);
        question.purpose = intent::asks_purpose(&restored, &cues, &question);
        // "ý em là mấy ngày lễ": some of them.
        question.counting = cue::has(&cues, Cue::Count)
            && !intent::which_of_some(&tokens, &restored)
            && !intent::some_of_them(&cues, &restored)
            && !followup::corrects(&restored);
        question.counts_parts = question.counting && intent::asks_how_many_parts(&tokens);
        question.enumerates = question.counting
            || cue::has(&cues, Cue::List)
            || intent::which_of_several(&tokens)
            || intent::which_of_some(&tokens, &restored);
        question.either = heads::find(corpus, &tokens, &cues, &question);
        question
            .units
            .extend(heads::spoken_of(corpus, &question, context));
        if !question.units.is_empty() {
            question.either.clear();
        }
        question.body = body::find(corpus, &tokens, &restored, &cues, &question);
        question.other_body = body::beside_a_unit(corpus, &tokens, &restored, &question);
        question.follow_up = followup::find(corpus, &cues, &question, &tokens, &restored, context);
        question.intent = intent::find(&cues, &question, &tokens);
        question.manner = self
            .askings
            .find(corpus, &self.documents, &tokens, &restored);
        let reconsidered = intent::reconsider(&question, &cues, &restored);
        question.by_manner = reconsidered != question.intent;
        question.intent = reconsidered;
        question.who |= question.intent == Intent::Who;
        question.tokens = tokens;
        question.restored = restored;
        question
    }
}

/// Whether words begin inside a name, after its first word.
fn begins_inside(words: &Range<usize>, name: &Range<usize>) -> bool {
    name.start < words.start && words.start < name.end
}

/// The words of documents, tables and questions, for repairing and completing what people type.
fn vocabulary(corpus: &Corpus) -> Vocabulary {
    let mut vocabulary = Vocabulary::clone(&corpus.vocabulary);
    for phrase in cue::phrases() {
        vocabulary.add(&text::tokenize(phrase), SPOKEN);
    }
    for phrase in place::phrases() {
        vocabulary.add(&text::tokenize(&phrase), SPOKEN);
    }
    let units = corpus.units.phrases.phrases();
    let bodies = corpus.units.bodies.phrases();
    let lexicon = corpus.lexicon.phrases.phrases();
    for phrase in corpus
        .lexicon
        .content_free
        .phrases()
        .chain(units)
        .chain(bodies)
        .chain(lexicon)
    {
        vocabulary.add(phrase, SPOKEN);
    }
    add_places(corpus, &mut vocabulary);
    for phrase in &corpus.collocations {
        vocabulary.add(phrase, COLLOCATION);
    }
    for paraphrase in &corpus.paraphrases {
        // One put down without marks, as some people type, would teach that words have none.
        if paraphrase.tokens.iter().any(|token| token.marked) {
            vocabulary.add(&paraphrase.tokens, COLLOCATION);
        }
    }
    vocabulary.finish();
    vocabulary
}

/// Places, alone and after the word for their kind, so that they are not mended into other words. One of
/// syllables of another language teaches nothing.
fn add_places(corpus: &Corpus, vocabulary: &mut Vocabulary) {
    let syllables = |place: &&[Token]| {
        place
            .iter()
            .all(|token| text::is_folded_syllable(&token.fold))
    };
    for place in corpus.lexicon.home.phrases().filter(syllables) {
        vocabulary.add(place, COLLOCATION);
        for kind in corpus.units.localities.phrases() {
            vocabulary.add(&[kind, place].concat(), 1);
        }
    }
}

/// Writes out abbreviations; the written-out words keep the span of the short form. A unit's
/// alias is left alone: the unit's name says more than its letters. So are letters inside a longer
/// phrase of the lexicon: the K of "người K'Ho" is no short form.
fn write_out<'a>(corpus: &Corpus, tokens: &'a [Token]) -> Cow<'a, [Token]> {
    dialect::read(without_short_forms(corpus, tokens))
}

/// Abbreviations written out.
fn without_short_forms<'a>(corpus: &Corpus, tokens: &'a [Token]) -> Cow<'a, [Token]> {
    let found = corpus.lexicon.abbreviations.find_longest(tokens);
    if found.is_empty() {
        return Cow::Borrowed(tokens);
    }
    let units = corpus.units.phrases.find_longest(tokens);
    let units = units.into_iter().map(|unit| unit.tokens);
    let mut whole: Vec<Range<usize>> = units.collect();
    let phrases = corpus.lexicon.phrases.find(tokens).into_iter();
    let longer = |phrase: &Range<usize>| {
        let mut short = found.iter();
        short.any(|found| text::covers(phrase, &found.tokens))
    };
    whole.extend(phrases.map(|phrase| phrase.tokens).filter(longer));
    let short: Vec<(Range<usize>, String)> = found
        .into_iter()
        .filter(|found| found.exact == found.tokens.len())
        .filter(|found| {
            let inside = |whole: &Range<usize>| {
                whole.start <= found.tokens.start && found.tokens.end <= whole.end
            };
            !whole.iter().any(inside) || names_longer(corpus, tokens, found)
        })
        .map(|found| (found.tokens.clone(), found.value.clone()))
        .collect();
    if short.is_empty() {
        return Cow::Borrowed(tokens);
    }
    let mut written = Vec::with_capacity(tokens.len() + short.len() * 2);
    let mut next = 0;
    for (range, long) in short {
        written.extend_from_slice(&tokens[next..range.start]);
        let span = tokens[range.start].span.start..tokens[range.end - 1].span.end;
        for mut token in text::tokenize(&long) {
            token.span = span.clone();
            written.push(token);
        }
        next = range.end;
    }
    written.extend_from_slice(&tokens[next..]);
    Cow::Owned(written)
}

/// "BTG huyện ủy", "phòng LĐTBXH huyện": where the short form is a unit's name, or is in one, but written out is
/// a part of a longer one.
fn names_longer(corpus: &Corpus, tokens: &[Token], short: &Match<'_, String>) -> bool {
    let long = text::tokenize(short.value);
    let more = long.len().saturating_sub(short.tokens.len());
    let written = [
        &tokens[..short.tokens.start],
        &long,
        &tokens[short.tokens.end..],
    ]
    .concat();
    let written_out = short.tokens.start..short.tokens.end + more;
    let reach = |tokens: &[Token], name: &Range<usize>| {
        let named = corpus.units.phrases.find_longest(tokens).into_iter();
        let around =
            named.filter(|found| text::covers(&found.tokens, name) || found.tokens == *name);
        around.map(|found| found.tokens.len()).max()
    };
    let now = reach(tokens, &short.tokens).unwrap_or(0);
    reach(&written, &written_out).is_some_and(|then| then > now + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is typed, with the short forms of these tables written out.
    fn written(lexicon: &str, units: &str, typed: &str) -> String {
        let document = "+++\nid = \"kh\"\ntype = \"A\"\nnumber = \"1\"\nshort = \"A 1\"\ntitle = \"A\"\nissuer = \"B\"\n+++\n";
        let files = [
            ("kh.md", document),
            ("tu-dien.toml", lexicon),
            ("don-vi.toml", units),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.into()));
        let (corpus, _) = Corpus::from_files(files.to_vec()).unwrap();
        let tokens = text::tokenize(typed);
        let written = write_out(&corpus, &tokens);
        let words: Vec<&str> = written.iter().map(|token| token.word.as_str()).collect();
        words.join(" ")
    }

    #[test]
    fn letters_inside_a_phrase_are_no_short_form() {
        let lexicon = "[[abbreviation]]\nshort='k'\nlong='không'\n\
             [[concept]]\nid='a'\neveryday=[\"người k'ho\", 'k']\n";
        let written = |typed: &str| written(lexicon, "", typed);
        assert_eq!(written("người K'Ho biết k"), "người k ho biết không");
        assert_eq!(written("có k ho"), "có không ho");
    }

    #[test]
    fn a_short_form_that_begins_a_longer_name_is_written_out() {
        let lexicon = "[[abbreviation]]\nshort='btg'\nlong='ban tuyên giáo'\n\
             [[abbreviation]]\nshort='lđ'\nlong='lao động'\n";
        let units = "[[unit]]\nid='a'\nname='Ban Tuyên giáo Tỉnh ủy'\nlevel='tinh'\nkind='named'\naliases=['BTG']\n\
             [[unit]]\nid='b'\nname='Huyện ủy'\nlevel='huyen'\nkind='named'\n\
             includes=['ban tuyên giáo huyện ủy', 'phòng lao động huyện']\n";
        let written = |typed: &str| written(lexicon, units, typed);
        assert_eq!(written("BTG làm gì"), "btg làm gì");
        assert_eq!(
            written("BTG huyện ủy làm gì"),
            "ban tuyên giáo huyện ủy làm gì"
        );
        assert_eq!(written("phòng LĐ huyện"), "phòng lao động huyện");
    }
}
