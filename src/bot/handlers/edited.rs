//! An edited question: its answer is edited to the new one.

use std::sync::Arc;

use teloxide::prelude::*;
use teloxide::types::MessageId;

use super::groups::without_mention;
use super::question::{admitted, ask, find, keep, log, session, talk, urgent_again};
use crate::bot::app::{App, Handled};
use crate::store::Answered;

/// A text was edited. One that was not answered before is answered now, in a private chat.
pub async fn on_edited(app: Arc<App>, update: Update, message: Message) -> Handled {
    let text = without_mention(
        message.text().unwrap_or_default(),
        app.me.get().map_or("", |me| me.username()),
    );
    if text.is_empty() {
        return Ok(());
    }
    if !admitted(&app, &message).await? {
        return Ok(());
    }
    if app.is_redacted(&update) {
        return urgent_again(&app, &message).await;
    }
    let talk = talk(&message);
    let mut session = session(&app, talk).await;
    let known = session
        .answered
        .iter()
        .position(|answered| answered.question == message.id.0);
    let Some(known) = known else {
        if message.chat.is_private() && !text.starts_with('/') {
            return ask(&app, &message, &text).await;
        }
        return Ok(());
    };
    let Answered {
        answers, before, ..
    } = session.answered[known].clone();
    let found = find(&app, message.chat.id, &text, before).await?;
    let mut numbers = Vec::with_capacity(found.drawn.len());
    for (at, drawn) in found.drawn.iter().enumerate() {
        match answers.get(at) {
            Some(number) => {
                let number = MessageId(*number);
                app.sender.edit(message.chat.id, number, drawn).await?;
                numbers.push(number.0);
            }
            None => {
                let reply_to = (!message.chat.is_private()).then_some(message.id);
                let sent = app.sender.message(message.chat.id, drawn, reply_to).await?;
                numbers.push(sent.0);
            }
        }
    }
    for number in answers.iter().skip(found.drawn.len()) {
        app.sender
            .delete(message.chat.id, MessageId(*number))
            .await?;
    }
    if let Some(reply) = found.kept() {
        // What was asked since stays what the next question leans on.
        if known + 1 == session.answered.len() {
            session.context = reply.context.clone();
        }
        session.answered[known].answers = numbers;
        log(&app, &text, &reply.answer).await;
    } else {
        session.answered.remove(known);
    }
    keep(&app, talk, session).await;
    Ok(())
}
