//! Buttons as plain data. What a button does is written into at most 64 bytes that carry passage
//! ids, so that it still works after a restart, and a version, since old messages live for years.

use crate::answer::PassageId;
use crate::render::markup::shows;

/// The version of this way of writing actions; data of another version is not understood.
const VERSION: char = '1';
/// Telegram's limit, in bytes.
const LONGEST: usize = 64;

/// What pressing a button asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Show this place in the message: a passage, a section, a document's contents.
    Read(PassageId),
    /// Show what the other documents say on the topic of this passage.
    Elsewhere(PassageId),
    /// Ask the question that the pressed button is labelled with; the number only tells buttons of
    /// one message apart. The label is in the message itself, so nothing must be remembered.
    Ask(u8),
    /// Leaf through the documents, or what is inside a place, from the nth entry on.
    Contents(Option<PassageId>, u16),
    /// The levels of units, or the units of the nth level from an entry on.
    Units(Option<u8>, u16),
    /// The duties of a unit.
    Duties(String),
    /// The hits of the search that the message shows, from the nth on.
    Hits(u16),
    /// A vote on the answer.
    Vote(Ballot, Rated),
    /// Only the documents were meant: takes an urgent reply back.
    OnlyAsking,
}

/// What a vote button says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ballot {
    /// It was good.
    Good,
    /// It was not; ask why.
    Bad,
    /// It was not, for the nth reason.
    Because(u8),
}

/// The answer voted on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// Its fingerprint.
    pub print: String,
    /// The place it rested on.
    pub place: Option<PassageId>,
}

/// A button of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Button {
    /// Calls back with an action.
    Call {
        /// What it shows.
        label: String,
        /// What it asks for.
        action: Action,
    },
    /// Copies a text of at most 256 characters.
    Copy {
        /// What it shows.
        label: String,
        /// What it copies.
        text: String,
    },
    /// Opens the choice of a chat with an inline query typed in.
    Share {
        /// What it shows.
        label: String,
        /// The query.
        query: String,
    },
}

/// Rows of buttons.
pub type Keyboard = Vec<Vec<Button>>;

impl Button {
    /// A button that calls back.
    pub fn call(label: impl Into<String>, action: Action) -> Self {
        let mut label: String = label.into();
        label.retain(shows);
        if label.is_empty() {
            // Telegram takes no button without one.
            label.push('…');
        }
        Self::Call { label, action }
    }
}

impl Action {
    /// At most 64 bytes; `None` if it cannot be said in so few.
    pub fn encode(&self) -> Option<String> {
        let data = match self {
            Self::Read(place) => format!("{VERSION}r{place}"),
            Self::Elsewhere(place) => format!("{VERSION}e{place}"),
            Self::Ask(number) => format!("{VERSION}a{number}"),
            Self::Contents(place, from) => {
                let place = place.as_ref().map_or("", PassageId::as_str);
                format!("{VERSION}c{from}|{place}")
            }
            Self::Units(None, _) => format!("{VERSION}u"),
            Self::Units(Some(level), from) => format!("{VERSION}u{level}|{from}"),
            Self::Duties(unit) => format!("{VERSION}d{unit}"),
            Self::Hits(from) => format!("{VERSION}h{from}"),
            Self::Vote(ballot, rated) => {
                let kind = match ballot {
                    Ballot::Good => "g".to_owned(),
                    Ballot::Bad => "b".to_owned(),
                    Ballot::Because(reason) => format!("w{reason}"),
                };
                let place = rated.place.as_ref().map_or("", PassageId::as_str);
                format!("{VERSION}{kind}|{}|{place}", rated.print)
            }
            Self::OnlyAsking => format!("{VERSION}o"),
        };
        (data.len() <= LONGEST).then_some(data)
    }

    /// The action written in some callback data; `None` for what this version does not know.
    pub fn decode(data: &str) -> Option<Self> {
        if data.len() > LONGEST {
            return None;
        }
        let mut letters = data.strip_prefix(VERSION)?.chars();
        let kind = letters.next()?;
        let rest = letters.as_str();
        match kind {
            'r' => place(rest).map(Self::Read),
            'e' => place(rest).map(Self::Elsewhere),
            'a' => rest.parse().ok().map(Self::Ask),
            'c' => {
                let (from, inside) = rest.split_once('|')?;
                Some(Self::Contents(place(inside), from.parse().ok()?))
            }
            'u' if rest.is_empty() => Some(Self::Units(None, 0)),
            'u' => {
                let (level, from) = rest.split_once('|')?;
                Some(Self::Units(Some(level.parse().ok()?), from.parse().ok()?))
            }
            'd' if !rest.is_empty() => Some(Self::Duties(rest.to_owned())),
            'h' => rest.parse().ok().map(Self::Hits),
            'g' | 'b' | 'w' => vote(kind, rest),
            'o' if rest.is_empty() => Some(Self::OnlyAsking),
            _ => None,
        }
    }
}

fn place(text: &str) -> Option<PassageId> {
    (!text.is_empty()).then(|| PassageId::new(text))
}

fn vote(kind: char, rest: &str) -> Option<Action> {
    let (reason, rated) = rest.split_once('|')?;
    let ballot = match kind {
        'g' if reason.is_empty() => Ballot::Good,
        'b' if reason.is_empty() => Ballot::Bad,
        'w' => Ballot::Because(reason.parse().ok()?),
        _ => return None,
    };
    let (print, rests_on) = rated.split_once('|')?;
    let rated = Rated {
        print: print.to_owned(),
        place: place(rests_on),
    };
    Some(Action::Vote(ballot, rated))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rated() -> Rated {
        Rated {
            print: "0123456789ab".to_owned(),
            place: Some(PassageId::new("huong-dan-136#muc-dich-yeu-cau.3")),
        }
    }

    #[test]
    fn there_and_back() {
        let place = PassageId::new("chi-thi-28#quan-ly-nha-nuoc.3");
        for action in [
            Action::Read(place.clone()),
            Action::Elsewhere(place.clone()),
            Action::Ask(3),
            Action::Contents(None, 0),
            Action::Contents(Some(place), 65_535),
            Action::Units(None, 0),
            Action::Units(Some(2), 40),
            Action::Duties("ban-tuyen-giao-tinh-uy".to_owned()),
            Action::Hits(10),
            Action::Vote(Ballot::Good, rated()),
            Action::Vote(Ballot::Bad, rated()),
            Action::Vote(Ballot::Because(3), rated()),
            Action::OnlyAsking,
        ] {
            let data = action.encode().unwrap();
            assert!(data.len() <= LONGEST, "{data}");
            assert_eq!(Action::decode(&data), Some(action), "{data}");
        }
    }

    #[test]
    fn what_does_not_fit_is_no_button() {
        assert_eq!(Action::Read(PassageId::new("x".repeat(63))).encode(), None);
    }

    #[test]
    fn what_nobody_wrote_is_not_understood() {
        for data in [
            "", "1", "2o", "1z", "1r", "1ax", "1a999", "1u1", "1w|a", "1g", "1ox", "đ",
        ] {
            assert_eq!(Action::decode(data), None, "{data}");
        }
    }

    proptest! {
        #[test]
        fn any_data_is_read_without_harm(data in any::<String>()) {
            if let Some(action) = Action::decode(&data) {
                prop_assert!(action.encode().is_some());
            }
        }
    }
}
