//! The one line between answering and abstaining.

use super::{Candidate, Features, Needs, Ranking};
use crate::corpus::Corpus;
use crate::question::{Asked, Question};

/// The least share of the question's needs that the first passage must cover to be an answer.
const ENOUGH: f32 = 0.5;

/// How much more is asked for when the question is like those the documents do not answer.
const WHEN_SILENT: f32 = 0.2;

/// What counts instead where a fact of a kind is asked for and paraphrases say of what.
const ALMOST_ALL: f32 = 0.75;

/// A passage that covers less than this by its own words is an answer by its paraphrases alone.
const OWN_WORDS: f32 = 0.1;
/// And then must be at least this likely by all that was learnt of them, and not by a few of their words.
const LIKELY: f32 = 0.2;

/// So likely by all that was learnt of paraphrases, the first passage answers a question that is unlike
/// those the documents are silent on, in whatever words it is put.
const SURE: f32 = 0.6;
/// And is so unlike them.
const HARDLY_SILENT: f32 = 0.05;
/// Or so likely by how unlike it is.
const ON_BALANCE: f32 = 0.7;
/// And covers at least this much.
const SOMETHING: f32 = 0.2;
/// So likely, it answers though a thing is named in passing that no passage knows, or words stand there
/// with which a meaning, an age, a progress is asked for otherwise.
const BEYOND_DOUBT: f32 = 0.9;

/// So much like those the documents are silent on, a question is answered only
const LIKE_SILENT: f32 = 0.9;
/// by a passage that it is so likely about,
const RATHER_LIKELY: f32 = 0.5;
/// or that has nearly all it asks for in its own words.
const NEARLY_ALL: f32 = 0.9;

/// Whether the best passages answer the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They do.
    Answer,
    /// They don't, and why.
    Abstain(Why),
}

/// Why no passage answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The question names no topic.
    NoTopic,
    /// The documents hold too little of what it asks for.
    NotCovered,
    /// The topic is there, the kind of fact asked for is not.
    NoSuchFact,
    /// It names a document that is not in the corpus.
    ForeignDocument,
    /// It names a place that its document does not have.
    NoSuchPlace,
}

/// Decides for the best candidate.
pub fn decide(
    corpus: &Corpus,
    features: &Features,
    question: &Question,
    needs: &Needs,
    ranking: &Ranking,
) -> Verdict {
    if needs.is_empty() && ranking.likeness.is_none() {
        // "Học phí là bao nhiêu": the fact alone was the topic.
        let why = if question.asked.is_some() {
            Why::NoSuchFact
        } else {
            Why::NoTopic
        };
        return Verdict::Abstain(why);
    }
    let Some(best) = ranking.best() else {
        return Verdict::Abstain(Why::NotCovered);
    };
    if let Some((likeness, least)) = ranking.likeness {
        return match likeness >= least {
            true => Verdict::Answer,
            false => Verdict::Abstain(Why::NotCovered),
        };
    }
    let hardly_silent = ranking.silent <= HARDLY_SILENT;
    let on_balance = best.likely * (1.0 - ranking.silent) >= ON_BALANCE;
    let sure = ((best.likely >= SURE && hardly_silent) || on_balance) && best.coverage >= SOMETHING;
    let beyond_doubt = sure && hardly_silent && best.likely >= BEYOND_DOUBT;
    let in_other_words = |asked| matches!(asked, Asked::Definition | Asked::Age | Asked::Progress);
    let asked = question
        .asked
        .filter(|asked| !(beyond_doubt && in_other_words(*asked)));
    if let Some(asked) = asked {
        if !features
            .passage(corpus, best.passage)
            .facts
            .contains(&asked)
        {
            return Verdict::Abstain(Why::NoSuchFact);
        }
        // A fact of that kind about something else is none: the passage's own words count.
        if best.own < ENOUGH && best.coverage < ALMOST_ALL {
            return Verdict::Abstain(Why::NotCovered);
        }
    }
    // What no passage knows is not made up for by other words for the rest.
    if needs.names_unheard() && best.own < ENOUGH && !beyond_doubt {
        return Verdict::Abstain(Why::NotCovered);
    }
    // "tảo hôn ở vùng dân tộc có được nhắc không": no other words say what is asked after.
    if needs.names_unheard() && best.own < ENOUGH && question.whether_said {
        return Verdict::Abstain(Why::NotCovered);
    }
    let body = &features.passage(corpus, best.passage).body;
    let heading = features.heading(corpus, best.passage);
    if !sure
        && question
            .focus
            .is_some_and(|term| !needs.names(term, body, heading))
    {
        return Verdict::Abstain(Why::NotCovered);
    }
    let learnt = ranking.candidates.iter().any(|other| other.likely > 0.0);
    // Another document may be the one that says it.
    let least = match question.restricted_to().is_empty() {
        true => LIKELY,
        false => RATHER_LIKELY,
    };
    let by_a_few_words = learnt && best.own < OWN_WORDS && best.likely < least;
    let otherwise_named = question.asked.is_some() || !question.headings.is_empty();
    if by_a_few_words && !otherwise_named {
        return Verdict::Abstain(Why::NotCovered);
    }
    let is_silent = ranking.silent >= LIKE_SILENT;
    if is_silent && best.likely < RATHER_LIKELY && best.own < NEARLY_ALL {
        return Verdict::Abstain(Why::NotCovered);
    }
    if sure || best.coverage >= ENOUGH + WHEN_SILENT * ranking.silent {
        Verdict::Answer
    } else {
        Verdict::Abstain(Why::NotCovered)
    }
}

/// Whether a candidate covers enough to be quoted as an answer.
pub fn enough(candidate: &Candidate) -> bool {
    candidate.coverage >= ENOUGH
}
