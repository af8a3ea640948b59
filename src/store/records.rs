//! A store as records: named trees of keys and values, the same whatever keeps them. What a dump and a
//! backup are made of, so that one kind of store can be loaded with what another has written.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Asked, Day, Feedback, Session, StoreError, Switches, Talk, Vote};

/// Format of the records; a store of another format is not opened.
pub(super) const FORMAT: &[u8] = b"1";
pub(super) const FORMAT_KEY: &[u8] = b"format";
pub(super) const SWITCHES_KEY: &[u8] = b"switches";
/// So many of the last updates are remembered as done, whatever their numbers.
pub(super) const REMEMBERED: u64 = 10_000;

/// So many of the last questions are kept: enough for half a year of a busy office, and no more, whoever
/// asks however fast.
pub(super) const QUESTIONS: u64 = 20_000;

/// So many votes are kept with the passage they are about; when there are so many more, the oldest are
/// counted by day instead, and gone. It bounds what the embedded store takes, whoever votes however often.
pub(super) const VOTES: u64 = 5_000;
pub(super) const VOTES_SLACK: u64 = 500;

/// The tree of the updates that wait, and that of those that are done.
pub(super) const WAITING: &str = "inbox";
pub(super) const DONE: &str = "done";
/// The trees of what is promised to people: the format and the switches, and the votes.
pub(super) const META: &str = "meta";
pub(super) const FEEDBACK: &str = "feedback";
/// The tree of what is counted by day.
pub(super) const COUNTERS: &str = "counters";
/// The trees.
pub(super) const TREES: [&str; 7] = [
    META,
    WAITING,
    DONE,
    "sessions",
    "questions",
    FEEDBACK,
    COUNTERS,
];

/// Takes a record's key and value.
pub type Take<'a> = dyn FnMut(&[u8], &[u8]) -> Result<(), StoreError> + 'a;

/// What can be written out and read in record by record.
pub trait Records {
    /// Hands on every record of a tree, in the order of the keys.
    fn each(&self, tree: &str, take: &mut Take<'_>) -> Result<(), StoreError>;
    /// Puts a record where nothing is; it is kept once [`Records::loaded`] has returned.
    fn put(&self, tree: &str, key: &[u8], value: &[u8]) -> Result<(), StoreError>;
    /// After the last record that was put.
    fn loaded(&self) -> Result<(), StoreError>;
    /// Whether nothing is kept but the format, and nobody is about to keep something.
    fn is_empty(&self) -> Result<bool, StoreError>;
}

/// Whether a store could have written such a record.
pub(super) fn is_sound(tree: &str, key: &[u8], value: &[u8]) -> bool {
    let long = |length: usize| key.len() >= length;
    let number = value.len() == 8;
    match tree {
        META if key == FORMAT_KEY => value == FORMAT,
        META => key == SWITCHES_KEY && parse::<Switches>(value).is_ok(),
        WAITING => key.len() == 4 && std::str::from_utf8(value).is_ok(),
        DONE => key.len() == 4 && number,
        "sessions" => key.len() == 16 && parse::<Session>(value).is_ok(),
        "questions" => key.len() == 8 && parse::<Asked>(value).is_ok(),
        FEEDBACK => long(8) && parse::<Feedback>(value).is_ok(),
        COUNTERS => long(4) && number,
        _ => false,
    }
}

pub(super) fn parse<T: DeserializeOwned>(value: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(value).map_err(|error| StoreError::Damaged(error.to_string()))
}

pub(super) fn write<T: Serialize>(value: &T) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(value).map_err(|error| StoreError::Io(error.to_string()))
}

pub(super) fn talk_key(talk: Talk) -> [u8; 16] {
    let mut key = [0; 16];
    key[..8].copy_from_slice(&talk.person.to_be_bytes());
    key[8..].copy_from_slice(&talk.chat.to_be_bytes());
    key
}

/// The key of a counter of a day.
pub(super) fn counter_key(name: &str, day: Day) -> Vec<u8> {
    let mut key = day.to_be_bytes().to_vec();
    key.extend(name.as_bytes());
    key
}

/// Whether a counter has votes that are not kept one by one any more.
pub(super) fn counts_votes(key: &[u8]) -> bool {
    let name = key.get(4..).unwrap_or_default();
    Vote::ALL
        .iter()
        .any(|vote| vote.counter().as_bytes() == name)
}

pub(super) fn key_day(key: &[u8]) -> Result<Day, StoreError> {
    Ok(Day::from_be_bytes(bytes(key.get(..4).unwrap_or_default())?))
}

pub(super) fn number(value: &[u8]) -> Result<u64, StoreError> {
    Ok(u64::from_be_bytes(bytes(value)?))
}

pub(super) fn bytes<const N: usize>(value: &[u8]) -> Result<[u8; N], StoreError> {
    value
        .try_into()
        .map_err(|_| StoreError::Damaged("bản ghi có độ dài sai".to_owned()))
}
