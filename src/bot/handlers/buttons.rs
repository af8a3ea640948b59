//! Buttons under a message, each of which edits that message in place.

use std::sync::Arc;

use teloxide::prelude::*;
use teloxide::types::{InlineKeyboardButton, InlineKeyboardButtonKind, InlineKeyboardMarkup};

use super::leaf;
use super::question::{draw, find, keep, line, log, session};
use crate::answer::{Answer, Context, Kind, PassageId};
use crate::bot::app::{App, Handled};
use crate::bot::kept::words;
use crate::bot::limits::Verdict;
use crate::bot::phrases;
use crate::bot::send::Failure;
use crate::bot::service::Service;
use crate::render::telegram::{Action, Ballot, Message as Drawn, Rated};
use crate::store::{Feedback, Session, Talk, Vote};

/// A button was pressed. The press is always answered, or the phone shows it as waiting.
pub async fn on_press(app: Arc<App>, press: CallbackQuery) -> Handled {
    match app.verdict(&app.presses, press.from.id.0).await {
        Verdict::Answer => {}
        Verdict::Warn => {
            let note = Some(phrases::TOO_MANY);
            app.sender.answer_press(&press.id, note, true).await;
            return Ok(());
        }
        Verdict::Silence => return Ok(()),
    }
    let action = press.data.as_deref().and_then(Action::decode);
    let message = press.regular_message().cloned();
    let (Some(action), Some(message)) = (action, message) else {
        app.sender
            .answer_press(&press.id, Some(phrases::STALE), true)
            .await;
        return Ok(());
    };
    let off = app.service.switches().bot_off && !app.is_operator(Some(&press.from));
    if off {
        app.sender
            .answer_press(&press.id, Some(phrases::OFF), true)
            .await;
        return Ok(());
    }
    if let Action::Vote(ballot, rated) = action {
        return vote(&app, &press, &message, ballot, rated).await;
    }
    let pages = turn(&app, &press, &message, action).await?;
    if pages.is_empty() {
        app.sender
            .answer_press(&press.id, Some(phrases::STALE), true)
            .await;
        return Ok(());
    }
    app.sender.answer_press(&press.id, None, false).await;
    for (at, page) in pages.iter().enumerate() {
        if at == 0 {
            app.sender.edit(message.chat.id, message.id, page).await?;
        } else {
            app.sender.message(message.chat.id, page, None).await?;
        }
    }
    Ok(())
}

/// What the message shows after the press; nothing when the button fits nothing any more.
async fn turn(
    app: &Arc<App>,
    press: &CallbackQuery,
    message: &Message,
    action: Action,
) -> Result<Vec<Drawn>, Failure> {
    let talk = Talk {
        chat: message.chat.id.0,
        person: press.from.id.0,
    };
    match action {
        Action::Ask(_) => {
            let Some(question) = label_of(press, message) else {
                return Ok(Vec::new());
            };
            let mut session = session(app, talk).await;
            let found = find(app, message.chat.id, &question, session.context.clone()).await?;
            if let Some(reply) = found.kept() {
                session.context = reply.context.clone();
                keep(app, talk, session).await;
                log(app, &question, &reply.answer).await;
            }
            Ok(found.drawn)
        }
        Action::OnlyAsking => only_asking(app, message, talk).await,
        Action::Read(place) => {
            let wanted = place.clone();
            let answer = app.think(move |service| service.read(&wanted)).await?;
            show(app, talk, answer, place).await
        }
        Action::Elsewhere(place) => {
            let wanted = place.clone();
            let found = app
                .think(move |service| {
                    let there = service.engine().holds(&wanted);
                    (there, service.elsewhere(&wanted))
                })
                .await?;
            match found {
                (true, None) => Ok(vec![line(phrases::NOT_ELSEWHERE)]),
                (_, answer) => show(app, talk, answer, place).await,
            }
        }
        Action::Duties(unit) => {
            let answer = app.think(move |service| service.duties(&unit)).await?;
            show(app, talk, answer, PassageId::default()).await
        }
        Action::Contents(place, from) => {
            let from = usize::from(from);
            let page = app
                .think(move |service| leaf::contents(service, place.as_ref(), from))
                .await?;
            Ok(page.into_iter().collect())
        }
        Action::Units(level, from) => {
            let from = usize::from(from);
            let page = app
                .think(move |service| match level {
                    Some(level) => leaf::units(service, level, from),
                    None => Some(leaf::levels(service, phrases::LEVELS)),
                })
                .await?;
            Ok(page.into_iter().collect())
        }
        Action::Hits(from) => {
            let words = message.text().and_then(leaf::words_of_hits);
            let Some(words) = words.map(str::to_owned) else {
                return Ok(Vec::new());
            };
            let from = usize::from(from);
            let page = app
                .think(move |service| leaf::hits(service, &words, from))
                .await?;
            Ok(vec![page])
        }
        Action::Vote(..) => Ok(Vec::new()),
    }
}

/// Draws an answer that was leafed to, and lets the next question lean on it.
async fn show(
    app: &Arc<App>,
    talk: Talk,
    answer: Option<Answer>,
    place: PassageId,
) -> Result<Vec<Drawn>, Failure> {
    let Some(answer) = answer else {
        return Ok(Vec::new());
    };
    let session: Session = session(app, talk).await;
    let context = leafed_to(session.context.clone(), &answer, &place);
    keep(app, talk, Session { context, ..session }).await;
    app.think(move |service: &Service| draw(service, &answer))
        .await
}

/// What the next question leans on after leafing to a place.
fn leafed_to(before: Context, answer: &Answer, place: &PassageId) -> Context {
    let mut places: Vec<PassageId> = answer
        .citations
        .iter()
        .map(|citation| citation.passage.clone())
        .collect();
    if !place.as_str().is_empty() && answer.kind == Kind::Answer {
        places.insert(0, place.clone());
        places.dedup();
    }
    Context {
        intent: answer.intent,
        units: answer.units.clone(),
        document: places.first().map(|place| place.document().to_owned()),
        places,
        listed: before.listed,
        topic: before.topic,
        said: before.said,
        suggestions: answer.suggestions.clone(),
    }
}

/// Only the documents were meant: the message that the urgent reply answers is asked again. It is
/// read from Telegram's own message; nothing of it is kept here.
async fn only_asking(app: &Arc<App>, message: &Message, talk: Talk) -> Result<Vec<Drawn>, Failure> {
    let context = session(app, talk).await.context;
    let question = message
        .reply_to_message()
        .and_then(words)
        .map(str::to_owned);
    let Some(question) = question else {
        return Ok(vec![line(phrases::ASK_AGAIN)]);
    };
    app.think(move |service| {
        let reply = service.ask(&question, &context, true);
        draw(service, &reply.answer)
    })
    .await
}

/// The label of the pressed button, from the message itself.
fn label_of(press: &CallbackQuery, message: &Message) -> Option<String> {
    let pressed = press.data.as_deref()?;
    let rows = &message.reply_markup()?.inline_keyboard;
    rows.iter()
        .flatten()
        .find(|button| data_of(button) == Some(pressed))
        .map(|button| button.text.clone())
}

fn data_of(button: &InlineKeyboardButton) -> Option<&str> {
    match &button.kind {
        InlineKeyboardButtonKind::CallbackData(data) => Some(data),
        _ => None,
    }
}

/// Keeps a vote; a vote down asks for the reason with the buttons in the place of the thumbs.
async fn vote(
    app: &Arc<App>,
    press: &CallbackQuery,
    message: &Message,
    ballot: Ballot,
    rated: Rated,
) -> Handled {
    // What is pressed may be made up, and would be kept: only what stands under the message counts.
    if label_of(press, message).is_none() {
        app.sender
            .answer_press(&press.id, Some(phrases::STALE), false)
            .await;
        return Ok(());
    }
    let kind = match ballot {
        Ballot::Good => Vote::Up,
        Ballot::Bad => Vote::Down,
        Ballot::Because(0) => Vote::OffTopic,
        Ballot::Because(1) => Vote::Incomplete,
        Ballot::Because(2) => Vote::Unclear,
        Ballot::Because(_) => Vote::Wrong,
    };
    let feedback = Feedback {
        answer: rated.print.clone(),
        cited: rated.place.clone(),
        vote: kind,
        day: app.today(),
    };
    let voter = app.voter(press.from.id.0);
    let kept = app
        .keep(move |store| store.vote(voter, &feedback))
        .await
        .is_some();
    if !kept {
        let note = Some(phrases::NOT_THANKS);
        app.sender.answer_press(&press.id, note, true).await;
        return Ok(());
    }
    let note = match ballot {
        Ballot::Bad => phrases::WHY,
        _ => phrases::THANKS,
    };
    app.sender.answer_press(&press.id, Some(note), false).await;
    let reasons = if ballot == Ballot::Bad {
        reasons(&rated)
    } else {
        Vec::new()
    };
    let Some(markup) = message.reply_markup() else {
        return Ok(());
    };
    let buttons = in_place_of_votes(markup, reasons);
    app.sender
        .edit_buttons(message.chat.id, message.id, buttons)
        .await
}

fn reasons(rated: &Rated) -> Vec<Vec<InlineKeyboardButton>> {
    let buttons: Vec<InlineKeyboardButton> = phrases::REASONS
        .iter()
        .zip(0u8..)
        .filter_map(|(label, number)| {
            let action = Action::Vote(Ballot::Because(number), rated.clone());
            Some(InlineKeyboardButton::callback(*label, action.encode()?))
        })
        .collect();
    buttons.chunks(2).map(<[_]>::to_vec).collect()
}

/// The buttons with the rows of votes replaced.
fn in_place_of_votes(
    markup: &InlineKeyboardMarkup,
    mut rows: Vec<Vec<InlineKeyboardButton>>,
) -> InlineKeyboardMarkup {
    let is_vote = |button: &InlineKeyboardButton| {
        let action = data_of(button).and_then(Action::decode);
        matches!(action, Some(Action::Vote(..)))
    };
    let mut buttons = Vec::new();
    for row in &markup.inline_keyboard {
        if row.iter().any(is_vote) {
            buttons.append(&mut rows);
        } else {
            buttons.push(row.clone());
        }
    }
    InlineKeyboardMarkup::new(buttons)
}
