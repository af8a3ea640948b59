//! Pages to leaf through: documents and their parts, units by level, the hits of a search. Each page
//! is a message that its buttons turn over in place.

use crate::answer::{Citation, PassageId};
use crate::bot::phrases;
use crate::bot::service::Service;
use crate::render::telegram::{
    Action, Button, Keyboard, Message as Drawn, beginning, heading, line,
};

/// Entries on a page.
const PAGE: usize = 8;
/// Hits on a page.
const HITS: usize = 5;
/// Letters of a button that a phone shows.
const LABEL: usize = 60;
/// Letters of a hit.
const HIT: usize = 160;

/// The documents, or what is inside a place, from an entry on; `None` for a place that is not there.
pub fn contents(service: &Service, place: Option<&PassageId>, from: usize) -> Option<Drawn> {
    let engine = service.engine();
    let mut entries = engine.contents(place);
    entries.retain(|entry| !service.is_hidden(&entry.place));
    if entries.is_empty() {
        return None;
    }
    let all = entries.len();
    let mut keyboard: Keyboard = Vec::new();
    for entry in entries.into_iter().skip(from).take(PAGE) {
        let label = match place {
            None => entry.label.clone(),
            Some(_) => entry.title.clone(),
        };
        let action = if entry.opens {
            Action::Contents(Some(entry.place), 0)
        } else {
            Action::Read(entry.place)
        };
        keyboard.push(vec![Button::call(beginning(&label, LABEL), action)]);
    }
    keyboard.push(turning(from, PAGE, all, |from| {
        Action::Contents(place.cloned(), from)
    }));
    let html = match place {
        None => line(phrases::DOCUMENTS),
        Some(place) => {
            keyboard.push(vec![Button::call(
                phrases::WHOLE,
                Action::Read(place.clone()),
            )]);
            let above = engine.around(place).section;
            let above = above.or_else(|| parent_document(place));
            keyboard.push(vec![Button::call(phrases::UP, Action::Contents(above, 0))]);
            heading(&engine.label(place))
        }
    };
    Some(page(html, keyboard))
}

/// The document of a place inside it.
fn parent_document(place: &PassageId) -> Option<PassageId> {
    (!place.path().is_empty()).then(|| PassageId::of(place.document(), ""))
}

/// The levels of units under a line.
pub fn levels(service: &Service, over: &str) -> Drawn {
    let levels = service.engine().units();
    let buttons = levels.iter().enumerate().map(|(at, (name, units))| {
        let label = format!("{name} ({})", units.len());
        vec![Button::call(label, Action::Units(Some(number(at)), 0))]
    });
    page(line(over), buttons.collect())
}

/// The units of a level, from one on.
pub fn units(service: &Service, level: u8, from: usize) -> Option<Drawn> {
    let levels = service.engine().units();
    let (name, units) = levels.get(usize::from(level))?;
    let buttons = units.iter().skip(from).take(PAGE).map(|unit| {
        let action = Action::Duties(unit.id.clone());
        vec![Button::call(beginning(&unit.name, LABEL), action)]
    });
    let mut keyboard: Keyboard = buttons.collect();
    keyboard.push(turning(from, PAGE, units.len(), |from| {
        Action::Units(Some(level), from)
    }));
    keyboard.push(vec![Button::call(phrases::UP, Action::Units(None, 0))]);
    Some(page(line(&phrases::level(name)), keyboard))
}

/// The hits for some words, from one on.
pub fn hits(service: &Service, words: &str, from: usize) -> Drawn {
    let (found, all) = service.search(words, from, HITS);
    let first = line(&format!("{}{}", phrases::SEARCH, one_line(words)));
    if found.is_empty() {
        return page(
            format!("{first}\n\n{}", line(phrases::NOTHING_FOUND)),
            Vec::new(),
        );
    }
    let mut html = first;
    let mut numbers = Vec::new();
    for (at, hit) in found.iter().enumerate() {
        let number = from + at + 1;
        html.push_str(&hit_lines(number, hit));
        let action = Action::Read(hit.passage.clone());
        numbers.push(Button::call(number.to_string(), action));
    }
    page(html, vec![numbers, turning(from, HITS, all, Action::Hits)])
}

fn hit_lines(number: usize, hit: &Citation) -> String {
    let words = beginning(&hit.quote, HIT);
    format!("\n\n{number}. {}\n{}", heading(&hit.label), line(&words))
}

/// The words of a search from the page that shows its hits.
pub fn words_of_hits(text: &str) -> Option<&str> {
    let words = text.lines().next()?.strip_prefix(phrases::SEARCH)?.trim();
    (!words.is_empty()).then_some(words)
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Buttons to the page before and after.
fn turning(from: usize, page: usize, all: usize, action: impl Fn(u16) -> Action) -> Vec<Button> {
    let to = |from: usize| u16::try_from(from).unwrap_or(u16::MAX);
    let mut row = Vec::new();
    if from > 0 {
        row.push(Button::call(
            phrases::BACK,
            action(to(from.saturating_sub(page))),
        ));
    }
    if from + page < all {
        row.push(Button::call(phrases::ON, action(to(from + page))));
    }
    row
}

fn number(at: usize) -> u8 {
    u8::try_from(at).unwrap_or(u8::MAX)
}

fn page(html: String, mut keyboard: Keyboard) -> Drawn {
    keyboard.retain(|row| !row.is_empty());
    Drawn { html, keyboard }
}
