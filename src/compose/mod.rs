//! From ranked passages to an answer: one file for each intent, and one list of every sentence
//! the bot says in its own words.

mod about;
mod abstain;
mod card;
mod charge;
mod chat;
mod choices;
mod compare;
mod draft;
mod duties;
mod item;
mod list;
mod lookup;
mod notes;
mod phrases;
mod place;
mod quote;
mod section;
mod suggest;
mod urgent;
mod validity;
mod when;
mod who;

use std::ops::Range;

use crate::answer::{Context, Intent, Kind};
use crate::corpus::Corpus;
use crate::question::{Asked, Chat, Danger, Field, FollowUp, Meaning, Question, Term};
use crate::rank::{Candidate, Features, Needs, Ranking, Verdict, Why, decide};
use crate::text::{self, Token};

pub use card::{card, elsewhere};
pub use draft::Draft;
pub use place::{beside, place};
pub use quote::{Quote, is_literal};
pub use validity::mark as mark_validity;

/// All that an answer is made from.
pub struct Brief<'a> {
    /// The corpus.
    pub corpus: &'a Corpus,
    /// What is known of its passages.
    pub features: &'a Features,
    /// Whether no passage has some words side by side.
    pub never_say: &'a dyn Fn(&[Token]) -> bool,
    /// The question.
    pub question: &'a Question,
    /// What it asks for.
    pub needs: &'a Needs,
    /// Passages, best first.
    pub ranking: &'a Ranking,
    /// What was spoken of before.
    pub context: &'a Context,
}

impl Brief<'_> {
    /// Whether the best passage answers.
    pub fn verdict(&self) -> Verdict {
        if self.question.follow_up == Some(FollowUp::Same) && self.ranking.best().is_some() {
            // What is spoken of was settled by the question before; a fact of some kind may not be there.
            return match self.question.asked {
                Some(asked) if !self.holds(asked) => Verdict::Abstain(Why::NoSuchFact),
                _ => Verdict::Answer,
            };
        }
        decide(
            self.corpus,
            self.features,
            self.question,
            self.needs,
            self.ranking,
        )
    }

    /// Whether one of the passages found holds a fact of this kind.
    fn holds(&self, asked: Asked) -> bool {
        let mut passages = self.ranking.candidates.iter();
        passages.any(|candidate| {
            let passage = self.features.passage(self.corpus, candidate.passage);
            passage.facts.contains(&asked)
        })
    }

    /// Whether a term is a topic that the lexicon knows and no passage has.
    pub fn is_unheard(&self, term: &Term) -> bool {
        match &term.meaning {
            Meaning::Concepts(ids) => ids
                .iter()
                .all(|id| self.features.statistics.concept(*id) == 0),
            _ => false,
        }
    }

    /// The units named, each once, in the order of the question.
    pub fn units(&self) -> Vec<usize> {
        let mut units: Vec<usize> = Vec::new();
        for mention in &self.question.units {
            if !units.contains(&mention.unit) {
                units.push(mention.unit);
            }
        }
        units
    }

    /// A body without a unit, as typed, that no passage mentions.
    pub fn unmentioned_body(&self) -> Option<String> {
        self.unmentioned(self.question.body.as_ref())
    }

    /// The words of a body, as typed, that no passage mentions.
    pub fn unmentioned(&self, body: Option<&Range<usize>>) -> Option<String> {
        let body = body?.clone();
        let unsaid = (self.never_say)(&self.question.tokens[body.clone()]);
        unsaid.then(|| text::nfc(self.question.typed(body)))
    }

    /// Whether the question has no topic beside the body that it is about.
    pub fn asks_of_body_alone(&self) -> bool {
        let Some(body) = &self.question.body else {
            return false;
        };
        self.question.terms.iter().all(|term| {
            term.is_slight() || (body.start < term.tokens.end && term.tokens.start < body.end)
        })
    }

    /// "chỉ thị có nhắc báo chí không": a unit alone is looked for in a document, and no passage of it
    /// has a word of the name, whatever people say of the passages.
    pub fn unit_not_there(&self) -> bool {
        let question = self.question;
        let restricted = question.restricted_to();
        let weighty = || question.terms.iter().filter(|term| !term.is_slight());
        let alone = weighty().count() > 0 && weighty().all(Term::is_unit);
        let names = |candidate: &Candidate| candidate.own > 0.0;
        let mut documents = restricted.iter();
        !restricted.is_empty()
            && alone
            && !documents.any(|document| self.candidates_of(*document).any(names))
    }

    /// The passages found in a document, best first.
    pub fn candidates_of(&self, document: usize) -> impl Iterator<Item = &Candidate> + Clone {
        let of =
            move |candidate: &&Candidate| self.corpus.document_of(candidate.passage) == document;
        self.ranking.candidates.iter().filter(of)
    }

    /// The documents that are looked into where none is named: all, or of a library those of the
    /// passages found, best first.
    pub fn at_hand(&self) -> Vec<usize> {
        /// So many documents of a library.
        const MOST: usize = 8;
        if !self.corpus.is_library() {
            return (0..self.corpus.documents.len()).collect();
        }
        let mut documents: Vec<usize> = Vec::new();
        for candidate in &self.ranking.candidates {
            let document = self.corpus.document_of(candidate.passage);
            if documents.len() < MOST && !documents.contains(&document) {
                documents.push(document);
            }
        }
        documents
    }

    /// The documents that the question restricts itself to; empty when it names none.
    pub fn scope(&self) -> Vec<usize> {
        self.question
            .documents
            .iter()
            .filter(|mention| !mention.object)
            .map(|mention| mention.document)
            .collect()
    }
}

/// The line that shows what a follow-up took over.
pub fn carried_over(what: &str) -> String {
    phrases::still_about(what)
}

/// Hello, and what can be asked.
pub fn greeting(corpus: &Corpus) -> String {
    phrases::greeting(corpus)
}

/// The question that asks for the duties of a unit named so.
pub fn ask_for_duties(unit: &str) -> String {
    phrases::ask_duties(unit)
}

/// A few questions to begin with, each of which has an answer: the duties of a unit, a place, a
/// document's date.
pub fn examples(corpus: &Corpus) -> Vec<String> {
    let mut examples = suggest::some_duties(corpus);
    examples.truncate(1);
    if let Some(document) = about::main_document(corpus) {
        let document = &corpus.documents[document];
        let section = document
            .sections
            .clone()
            .find(|section| corpus.section(*section).children.is_empty());
        examples
            .extend(section.map(|section| suggest::ask_place(corpus, &corpus.section(section).id)));
        examples.extend(document.issued.map(|_| phrases::ask_date(document)));
    }
    examples
}

/// A document as a whole: what it is, and the headings of its parts.
pub fn document(corpus: &Corpus, document: usize) -> Draft {
    let mut draft = Draft::new(Kind::Answer, Intent::About);
    draft.frame(about::line(corpus, document));
    draft.quote(Quote::title(corpus, document));
    for line in validity::lines(corpus, document) {
        draft.frame(line);
    }
    let sections = corpus.sections_of(document);
    for part in sections.filter(|section| corpus.section(*section).parent.is_none()) {
        draft.quote(Quote::heading(corpus, part));
    }
    draft.confidence = 1.0;
    draft
}

/// What stands in for an answer that did not pass the gate.
pub fn withheld(intent: Intent) -> Draft {
    let mut draft = Draft::new(Kind::Abstain, intent);
    draft.frame(phrases::WITHHELD);
    draft
}

/// The ids of units, as an answer carries them.
fn unit_ids(corpus: &Corpus, units: &[usize]) -> Vec<String> {
    let id = |unit: &usize| corpus.units.at(*unit).id.clone();
    units.iter().map(id).collect()
}

/// The names of units, as an answer says them.
fn unit_names(corpus: &Corpus, units: &[usize]) -> Vec<String> {
    let name = |unit: &usize| corpus.units.at(*unit).name.clone();
    units.iter().map(name).collect()
}

/// Answers.
pub fn compose(brief: &Brief) -> Draft {
    let mut draft = match brief.question.danger {
        Danger::None => answer(brief),
        danger => urgent::compose(brief, danger),
    };
    // "ban tuyên giáo còn không": what became of a unit that is asked about, whatever is said of it.
    if draft.kind == Kind::Answer && draft.intent == Intent::Lookup {
        notes::since(&mut draft, brief.corpus, &brief.units());
    }
    if brief.question.personal && draft.kind == Kind::Answer {
        draft.note(phrases::IF_WORRIED);
    }
    draft.mark_digest();
    notes::unreviewed(&mut draft, brief.corpus);
    draft
}

/// A document that is not here may still be spoken of here: its number and date, or that it came
/// before. What it says itself is not here.
fn foreign(brief: &Brief) -> Draft {
    let fields = &brief.question.fields;
    let not_said_here = |field: &Field| [Field::Signer, Field::Structure].contains(field);
    let asks_about = !fields.is_empty() && !fields.iter().any(not_said_here);
    let spoken_of = asks_about
        .then(|| lookup::compose(brief))
        .and_then(Result::ok);
    spoken_of.unwrap_or_else(|| abstain::compose(brief, Why::ForeignDocument))
}

/// "làm gì, báo cáo ai", "ai làm, bao lâu một lần": both clauses are answered.
fn both_clauses(brief: &Brief, intent: Intent) -> Option<Draft> {
    let question = brief.question;
    let (first, second) = match intent {
        Intent::Who if question.duties_too => (duties::compose(brief), who::compose(brief)),
        Intent::Who if question.when_too => (when::compose(brief), who::compose(brief)),
        Intent::When if question.duties_too => (duties::compose(brief), when::compose(brief)),
        Intent::When if question.who_too => (who::compose(brief), when::compose(brief)),
        _ => return None,
    };
    let mut draft = first.ok()?;
    if let Ok(second) = second {
        draft.append(second);
    }
    Some(draft)
}

/// The answer; without tables, the passage that is like the question comes in where it was put in a
/// way that finds none, and where none is like it nothing is answered in any way.
fn answer(brief: &Brief) -> Draft {
    let question = brief.question;
    let Some((likeness, least)) = brief.ranking.likeness.filter(|_| !brief.needs.is_empty()) else {
        return answer_as_put(brief);
    };
    if likeness < least {
        return match is_searched(question) {
            true => abstain::compose(brief, Why::NotCovered),
            false => answer_as_put(brief),
        };
    }
    let draft = answer_as_put(brief);
    if draft.kind == Kind::Answer || question.civility.is_some() {
        return draft;
    }
    lookup::compose(brief).unwrap_or(draft)
}

/// Whether what is asked for is found by its words alone: not by a number, in the front matter or in
/// what was said before, and no talk.
fn is_searched(question: &Question) -> bool {
    let by_heading = question
        .place
        .as_ref()
        .is_some_and(|place| !place.headings().is_empty());
    let otherwise = matches!(question.intent, Intent::Place | Intent::About) && !by_heading;
    let talk = question.chat.is_some() || question.civility.is_some();
    let elsewhere = question.foreign_document.is_some() || question.follow_up.is_some();
    !otherwise && !talk && !elsewhere
}

/// Whether the best passage says all of a topic beside the unit, and nothing that the unit is given says as
/// much as half of it: "các ngành phối hợp ra sao khi có vụ xâm hại".
fn says_more(brief: &Brief, duties: &Draft) -> bool {
    const ALL: f32 = 0.95;
    const OWN: f32 = 0.6;
    const LIKELY: f32 = 0.4;
    const HALF: f32 = 0.5;
    let Some(best) = brief.ranking.best() else {
        return false;
    };
    let said = |passage: usize| {
        let body = &brief.features.passage(brief.corpus, passage).body;
        brief.needs.covered(body, 0..body.exact.len())
    };
    let mut given = duties
        .citations
        .iter()
        .filter_map(|citation| brief.corpus.passage_by_id(&citation.passage));
    brief.question.terms.iter().any(Term::is_topic)
        && best.coverage >= ALL
        && best.own >= OWN
        && best.likely >= LIKELY
        && given.all(|passage| passage != best.passage && said(passage) < HALF)
}

fn answer_as_put(brief: &Brief) -> Draft {
    let question = brief.question;
    if let Some(wish) = question.chat {
        return chat::compose(brief, wish);
    }
    // Thanks end a talk: what else is said with them is no question.
    if question.civility == Some(Chat::Thanks) && !question.asks() && !question.names_something() {
        return chat::compose(brief, Chat::Thanks);
    }
    if let Some(FollowUp::Next | FollowUp::Previous | FollowUp::Whole) = question.follow_up
        && let Some(draft) = place::neighbour(brief)
    {
        return draft;
    }
    if question.follow_up == Some(FollowUp::More) {
        return lookup::compose(brief).unwrap_or_else(|_| abstain::nothing_more());
    }
    if question.asked == Some(Asked::Validity)
        && let Some(draft) = validity::answer(brief)
    {
        return draft;
    }
    if question.elsewhere {
        return abstain::compose(brief, Why::NotCovered);
    }
    if question.foreign_document.is_some() && brief.scope().is_empty() {
        return foreign(brief);
    }
    if question.grounds
        && let Some(draft) = lookup::grounds(brief)
    {
        // "ban hành ngày nào, căn cứ vào đâu"
        let told = [Field::Date, Field::Number, Field::Signer];
        let metadata =
            question.text.contains(',') && question.fields.iter().any(|field| told.contains(field));
        return match about::compose(brief) {
            Ok(mut about) if metadata => {
                about.append(draft);
                about
            }
            _ => draft,
        };
    }
    if question.purpose
        && let Some(draft) = lookup::purpose(brief)
    {
        return draft;
    }
    // A fact of a certain kind is asked for, and a duty would be no answer to it.
    let intent = match question.intent {
        Intent::Duties | Intent::Who | Intent::List if question.asked.is_some() => Intent::Lookup,
        intent => intent,
    };
    // Another province's office, a matter that no passage knows: its duties are not these.
    let aside = |term: &Term| {
        let mut asides = question.asides.iter();
        asides.any(|clause| clause.contains(&term.tokens.start))
    };
    let unheard = |term: &Term| brief.is_unheard(term) && !aside(term);
    // "báo cáo gửi tỉnh theo mẫu nào": so is what one of is asked for, whoever reports to whom.
    let one_of = question.focus.and_then(|focus| question.terms.get(focus));
    let unknown = match intent {
        Intent::Duties => question.terms.iter().any(unheard),
        Intent::Who | Intent::When | Intent::List => one_of.is_some_and(unheard),
        _ => false,
    };
    if unknown {
        return abstain::compose(brief, Why::NotCovered);
    }
    if let Some(draft) = both_clauses(brief, intent) {
        return draft;
    }
    if !question.either.is_empty() {
        return choices::ask_back(brief);
    }
    let draft = match intent {
        Intent::Place => place::compose(brief).map(|draft| who::of_place(brief, draft)),
        // "trước đó là chỉ thị số mấy": not its own number.
        Intent::About => match lookup::predecessor(brief) {
            Some(draft) => Ok(draft),
            None => about::compose(brief),
        },
        Intent::Compare => compare::compose(brief),
        Intent::Duties => duties::compose(brief).map(|draft| match says_more(brief, &draft) {
            true => lookup::compose(brief).unwrap_or(draft),
            false => choices::beside_duties(brief, draft),
        }),
        Intent::Who => who::compose(brief),
        Intent::When => when::compose(brief),
        Intent::List => list::compose(brief),
        Intent::Lookup | Intent::None => {
            lookup::compose(brief).map(|draft| choices::beside_lookup(brief, draft))
        }
    };
    draft.unwrap_or_else(|why| match question.civility {
        // "Cảm ơn nha, không có bạn chắc tôi mệt": nothing was asked.
        Some(wish) if !question.asks() => chat::compose(brief, wish),
        _ => abstain::compose(brief, why),
    })
}
