//! An update as it is kept until it is answered: what a later answer needs, and no more. The words of
//! a message that tells of a child in danger are left out, personal data are masked, and of names,
//! pictures and places nothing is kept.

use serde::{Deserialize, Serialize};
use teloxide::prelude::*;
use teloxide::types::{
    Chat, ChatKind, Dice, DiceEmoji, MaybeInaccessibleMessage, Me, MediaKind, MediaText,
    MessageCommon, MessageDice, MessageKind, UpdateKind, User,
};

use super::handlers::commands::looks_like_command;
use super::handlers::groups::is_addressed;
use super::personal;

/// An update as it is kept.
#[derive(Serialize, Deserialize)]
pub struct Kept {
    /// The message told of a child in danger, and its words were left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
    /// How often it was tried by a process that ended over it.
    #[serde(default)]
    pub tries: u8,
    /// The update.
    pub update: Update,
}

impl Kept {
    /// What is kept of an update; `None` when nothing needs to be, or may be.
    pub fn of(mut update: Update, me: &Me, sensitive: &dyn Fn(&str) -> bool) -> Option<Self> {
        let mut redacted = false;
        match &mut update.kind {
            UpdateKind::Message(message) | UpdateKind::EditedMessage(message) => {
                if !concerns_bot(message, me) {
                    return None;
                }
                let replied = message.reply_to_message().and_then(words);
                redacted = words(message).is_some_and(sensitive) || replied.is_some_and(sensitive);
                strip(message, redacted);
            }
            UpdateKind::CallbackQuery(query) => {
                strip_user(&mut query.from);
                if let Some(MaybeInaccessibleMessage::Regular(message)) = &mut query.message {
                    strip_chat(&mut message.chat);
                    // The button that takes an urgent reply back is under a reply to what was said.
                    if let Some(common) = common_of(message) {
                        strip_replied(common, sensitive);
                    }
                }
            }
            // A query is typed anew before a process is back.
            _ => return None,
        }
        Some(Self {
            sensitive: redacted,
            tries: 0,
            update,
        })
    }

    /// As JSON.
    pub fn write(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }

    /// From JSON; `None` for what another version wrote.
    pub fn read(json: &str) -> Option<Self> {
        let kept: Self = serde_json::from_str(json).ok()?;
        (!matches!(kept.update.kind, UpdateKind::Error(_))).then_some(kept)
    }
}

/// Whether the bot would answer: what others say to each other in a group is not kept.
fn concerns_bot(message: &Message, me: &Me) -> bool {
    message.chat.is_private()
        || message.text().is_some_and(looks_like_command)
        || is_addressed(message, me)
}

/// What a message says, under a picture or by itself.
pub fn words(message: &Message) -> Option<&str> {
    message.text().or_else(|| message.caption())
}

fn common_of(message: &mut Message) -> Option<&mut MessageCommon> {
    match &mut message.kind {
        MessageKind::Common(common) => Some(common),
        _ => None,
    }
}

/// Leaves of a message who speaks where and, where they may be kept, the words.
fn strip(message: &mut Message, redacted: bool) {
    if let Some(user) = &mut message.from {
        strip_user(user);
    }
    strip_chat(&mut message.chat);
    message.sender_chat = None;
    if words(message).is_none() || message.text().is_none() && !redacted {
        // Whatever it was, it gets the same line.
        if let MessageKind::Common(_) = message.kind {
            let dice = Dice {
                emoji: DiceEmoji::Dice,
                value: 1,
            };
            message.kind = MessageKind::Dice(MessageDice { dice });
        }
        return;
    }
    let Some(common) = common_of(message) else {
        return;
    };
    common.forward_origin = None;
    common.external_reply = None;
    common.quote = None;
    if redacted {
        common.media_kind = text("…".to_owned());
        common.reply_to_message = None;
        return;
    }
    if let MediaKind::Text(text) = &mut common.media_kind
        && let Some(masked) = personal::masked(&text.text)
    {
        text.text = masked;
        text.entities = Vec::new();
    }
    if let Some(replied) = common.reply_to_message.as_deref_mut() {
        let own = replied.from.as_ref().is_some_and(|user| user.is_bot);
        let kept =
            words(replied).map(|text| personal::masked(text).unwrap_or_else(|| text.to_owned()));
        strip_chat(&mut replied.chat);
        if let Some(user) = replied.from.as_mut().filter(|_| !own) {
            strip_user(user);
        }
        if let Some(replied) = common_of(replied) {
            replied.media_kind = text(kept.unwrap_or_default());
        }
    }
}

/// Of the message that a pressed button's message replies to, words that may be kept.
fn strip_replied(common: &mut MessageCommon, sensitive: &dyn Fn(&str) -> bool) {
    let told = common.reply_to_message.as_deref().and_then(words);
    if told.is_some_and(sensitive) {
        common.reply_to_message = None;
    } else if let Some(replied) = common.reply_to_message.as_deref_mut() {
        strip(replied, false);
    }
}

fn text(text: String) -> MediaKind {
    MediaKind::Text(MediaText {
        text,
        entities: Vec::new(),
        link_preview_options: None,
    })
}

fn strip_user(user: &mut User) {
    user.first_name = String::new();
    user.last_name = None;
    user.username = None;
}

fn strip_chat(chat: &mut Chat) {
    match &mut chat.kind {
        ChatKind::Public(public) => public.title = None,
        ChatKind::Private(private) => {
            private.username = None;
            private.first_name = None;
            private.last_name = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::bot::sample;

    fn message(chat: i64, fields: &Value) -> Value {
        let kind = if chat < 0 { "supergroup" } else { "private" };
        let mut message = json!({
            "message_id": 5, "date": 1_790_000_000,
            "chat": {"id": chat, "type": kind, "title": "Nhóm Kín", "first_name": "Nguyễn", "username": "nguyen_lan"},
            "from": {"id": 7, "is_bot": false, "first_name": "Nguyễn", "last_name": "Lan", "username": "nguyen_lan"},
        });
        for (name, value) in fields.as_object().unwrap() {
            message[name] = value.clone();
        }
        message
    }

    fn kept(update: Value) -> Option<Kept> {
        let update: Update = serde_json::from_str(&update.to_string()).unwrap();
        let kept = Kept::of(update, &sample::me(), &|text| text.contains("nguy hiểm"))?;
        // What is written can be read again, and is the same.
        let json = kept.write().unwrap();
        let again = Kept::read(&json).expect("it can be read");
        assert_eq!(again.update, kept.update);
        Some(again)
    }

    #[test]
    fn only_what_an_answer_needs_is_kept() {
        let photo = json!([{"file_id": "ảnh", "file_unique_id": "b", "width": 1, "height": 1, "file_size": 1}]);
        for fields in [
            json!({"text": "hỏi gì đó, số 0912345678"}),
            json!({"photo": photo, "caption": "bí mật"}),
            json!({"contact": {"phone_number": "0912345678", "first_name": "Bí mật"}}),
            json!({"text": "/hoi", "reply_to_message": message(7, &json!({"text": "hỏi 0912345678"}))}),
        ] {
            let kept = kept(json!({"update_id": 3, "message": message(7, &fields)})).unwrap();
            let json = kept.write().unwrap();
            for secret in [
                "Nguyễn",
                "nguyen_lan",
                "0912345678",
                "ảnh",
                "bí mật",
                "Bí mật",
            ] {
                assert!(!json.contains(secret), "{secret} in {json}");
            }
            assert!(!kept.sensitive);
        }
    }

    #[test]
    fn words_of_danger_are_kept_nowhere() {
        let told = json!({"text": "em đang gặp nguy hiểm"});
        let replying = json!({"text": "/hoi", "reply_to_message": message(7, &told)});
        for fields in [&told, &replying] {
            let kept = kept(json!({"update_id": 3, "message": message(7, fields)})).unwrap();
            assert!(kept.sensitive);
            assert!(!kept.write().unwrap().contains("nguy hiểm"));
        }
        let mut under = message(7, &json!({"text": "Gọi 111"}));
        under["reply_to_message"] = message(7, &told);
        let press = json!({
            "id": "1", "from": {"id": 7, "is_bot": false, "first_name": "Lan"},
            "message": under, "chat_instance": "1", "data": "1o",
        });
        let kept = kept(json!({"update_id": 3, "callback_query": press})).unwrap();
        assert!(!kept.write().unwrap().contains("nguy hiểm"));
    }

    #[test]
    fn what_people_say_to_each_other_is_not_kept() {
        let said = |text: &str| json!({"update_id": 3, "message": message(-1_007, &json!({"text": text}))});
        assert!(kept(said("chuyện riêng của nhóm")).is_none());
        assert!(kept(said("@thu_bot ai lo?")).is_some());
        assert!(kept(said("/muc III.4")).is_some());
    }
}
