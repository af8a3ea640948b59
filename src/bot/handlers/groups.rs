//! Groups: the bot is silent unless it is spoken to, by a mention or a reply to one of its messages.

use std::sync::Arc;

use teloxide::prelude::*;
use teloxide::types::Me;

use super::commands::looks_like_command;
use super::question::{admitted, ask, urgent_again};
use crate::bot::app::{App, Handled};

/// Whether a message in a group speaks to the bot. A command that is none of the bot's is for
/// another, even in a reply.
pub fn is_addressed(message: &Message, me: &Me) -> bool {
    if message.text().is_some_and(looks_like_command) {
        return false;
    }
    if message.via_bot.as_ref().is_some_and(|bot| bot.id == me.id) {
        return false;
    }
    let replies = message
        .reply_to_message()
        .and_then(|replied| replied.from.as_ref())
        .is_some_and(|user| user.id == me.id);
    replies
        || message
            .text()
            .is_some_and(|text| mention(text, me.username()).is_some())
}

/// The same for an update whose words were not kept: that it was kept at all tells.
pub fn concerns_bot(app: Arc<App>, update: Update, message: Message, me: Me) -> bool {
    app.is_redacted(&update) || is_addressed(&message, &me)
}

/// A text that speaks to the bot is a question; its name is no part of it.
pub async fn on_addressed(app: Arc<App>, update: Update, message: Message, me: Me) -> Handled {
    let question = without_mention(message.text().unwrap_or_default(), me.username());
    if app.is_redacted(&update) {
        return urgent_again(&app, &message).await;
    }
    if question.is_empty() || !admitted(&app, &message).await? {
        return Ok(());
    }
    ask(&app, &message, &question).await
}

/// Where `@name` stands in a text, as a word of its own, in any case.
fn mention(text: &str, name: &str) -> Option<std::ops::Range<usize>> {
    let wanted = format!("@{name}").to_ascii_lowercase();
    let lower = text.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find(&wanted) {
        let range = from + at..from + at + wanted.len();
        let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if !lower[range.end..].starts_with(part) {
            return Some(range);
        }
        from = range.end;
    }
    None
}

/// The text without the bot's name.
pub fn without_mention(text: &str, name: &str) -> String {
    let mut text = text.to_owned();
    while let Some(range) = mention(&text, name) {
        text.replace_range(range, " ");
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_found_as_a_word() {
        for (text, expect) in [
            ("@hoidap_bot ai lo?", "ai lo?"),
            ("ai lo @HoiDap_Bot, bot ơi", "ai lo , bot ơi"),
            ("@hoidap_bot2 ai lo?", "@hoidap_bot2 ai lo?"),
            ("trẻ em", "trẻ em"),
            ("@hoidap_bot", ""),
        ] {
            assert_eq!(without_mention(text, "hoidap_bot"), expect);
        }
    }
}
