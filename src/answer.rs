//! The contract: what an answer is, as plain data. Every other room may use this one; this one
//! uses none of them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The stable name of a place in the corpus: `<document>#<path>`, or `<document>` for a document
/// as a whole. `ke-hoach-109#II.3.2` is part II, section 3, second bullet.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PassageId(String);

impl PassageId {
    /// Takes an id as written; whether the corpus holds it is the corpus's to say.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// `<document>#<path>`, or the document as a whole when the path is empty.
    pub fn of(document: &str, path: &str) -> Self {
        if path.is_empty() {
            Self(document.to_owned())
        } else {
            Self([document, "#", path].concat())
        }
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The document's id.
    pub fn document(&self) -> &str {
        self.0.split('#').next().unwrap_or("")
    }

    /// The path within the document, empty for the document as a whole.
    pub fn path(&self) -> &str {
        self.0.split_once('#').map_or("", |(_, path)| path)
    }

    /// True when `other` is this place or lies inside it.
    pub fn covers(&self, other: &PassageId) -> bool {
        if self.document() != other.document() {
            return false;
        }
        let (own, inner) = (self.path(), other.path());
        own.is_empty()
            || own == inner
            || (inner.starts_with(own) && inner[own.len()..].starts_with('.'))
    }
}

impl fmt::Display for PassageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sort of reply this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The documents say it; the citations hold the words.
    Answer,
    /// The documents do not say it; nothing is cited.
    Abstain,
    /// A child may be in danger: the hotline comes first.
    Urgent,
    /// Greeting, thanks, help.
    Chat,
}

impl Kind {
    /// Its name, as the JSON answer has it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Answer => "answer",
            Kind::Abstain => "abstain",
            Kind::Urgent => "urgent",
            Kind::Chat => "chat",
        }
    }
}

/// What was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Intent {
    /// From a unit to its tasks.
    Duties,
    /// From a task to the units that do it.
    Who,
    /// What the documents say on a topic.
    Lookup,
    /// An enumeration, or how many it has.
    List,
    /// Deadlines, periods, frequency.
    When,
    /// A document itself: number, date, signer, issuer, structure.
    About,
    /// One topic across the documents.
    Compare,
    /// A place named by its number.
    Place,
    /// None of these.
    #[default]
    None,
}

/// Whether the corpus holds a document's own words or a digest of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    /// The document's own words.
    #[default]
    Verbatim,
    /// A digest, until the official file is imported.
    Digest,
}

/// A quotation with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// The place the quotation was cut from.
    pub passage: PassageId,
    /// The document's id.
    pub document: String,
    /// The place as a person reads it.
    pub label: String,
    /// A literal piece of the passage.
    pub quote: String,
    /// Own words or digest.
    pub text: TextKind,
}

/// A piece of an answer as it is shown; the renderings differ only in how they draw one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A sentence of the bot's own, before or between quotations.
    Frame(String),
    /// The citation with this index, quotation and place.
    Quote(usize),
    /// A remark of the bot's own, after the quotations.
    Note(String),
}

/// FNV-1a: short names for texts, the same on every machine and in every version.
pub fn fnv1a(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// `YYYY-MM-DD` of a day counted from 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level
/// Date Algorithms").
pub fn date(day: u32) -> String {
    let shifted = i64::from(day) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The pieces of an answer as plain text.
pub fn plain_text(blocks: &[Block], citations: &[Citation]) -> String {
    let lines: Vec<String> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Frame(sentence) | Block::Note(sentence) => Some(sentence.clone()),
            Block::Quote(index) => citations
                .get(*index)
                .map(|citation| format!("“{}”\n({})", citation.quote, citation.label)),
        })
        .collect();
    lines.join("\n")
}

/// One answer.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The question as typed.
    pub question: String,
    /// What sort of reply this is.
    pub kind: Kind,
    /// What was asked for.
    pub intent: Intent,
    /// For [`Intent::Duties`] the units asked about, for [`Intent::Who`] the units named.
    pub units: Vec<String>,
    /// The answer as plain text.
    pub text: String,
    /// The quotations, best first.
    pub citations: Vec<Citation>,
    /// Questions that have answers, nearest first.
    pub suggestions: Vec<String>,
    /// How much of the question the first citation covers, 0 to 1.
    pub confidence: f64,
    /// Equal for equal answers from the same corpus.
    pub fingerprint: String,
    /// Time taken, in microseconds; the one field that differs between two runs.
    pub elapsed_us: u64,
    /// The same answer in pieces, for renderings richer than plain text.
    #[serde(skip)]
    pub blocks: Vec<Block>,
}

/// What a conversation carries from one question to the next. Plain data, so that a store can
/// keep it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Context {
    /// Intent of the last answered question.
    pub intent: Intent,
    /// Ids of the units last spoken of.
    pub units: Vec<String>,
    /// Id of the document last named.
    pub document: Option<String>,
    /// The places last cited, best first.
    pub places: Vec<PassageId>,
    /// Several places cited together, in their order: "cái thứ hai" is of them, also after one was read.
    pub listed: Vec<PassageId>,
    /// The last question's words that carried its topic.
    pub topic: String,
    /// The last question as it was put, without the documents it named; empty where only its topic is kept.
    pub said: String,
    /// The last suggestions, for an answer by number.
    pub suggestions: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (day, expect) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (19_790, "2024-03-08"),
            (20_454, "2026-01-01"),
            (20_783, "2026-11-26"),
        ] {
            assert_eq!(date(day), expect);
        }
    }
}
