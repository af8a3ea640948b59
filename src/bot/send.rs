//! Sending: every message goes out through here, with Telegram's limits kept, faults waited out,
//! and what cannot be helped told apart from what can.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use teloxide::adaptors::Throttle;
use teloxide::adaptors::throttle::{Limits, Settings};
use teloxide::payloads::{
    EditMessageReplyMarkupSetters, EditMessageTextSetters, SendMessageSetters, SendPhotoSetters,
};
use teloxide::prelude::*;
use teloxide::types::{
    CallbackQueryId, ChatAction, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup,
    InputFile, LinkPreviewOptions, MessageId, ParseMode, ReplyParameters,
};
use teloxide::{ApiError, RequestError};

use crate::render::telegram::{Button, Keyboard, Message as Drawn, line};

/// How often a call is tried before it is left for the next start.
const ATTEMPTS: u32 = 6;
/// The first wait after a fault; each next one is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// Telegram with its limits kept.
pub type Api = Throttle<Bot>;

/// Why something could not be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The person has blocked the bot, or the chat is gone.
    Gone,
    /// Telegram will never take this.
    Rejected,
    /// Telegram could not be reached for long; it is tried again after the next start.
    Unreachable,
    /// A fault of this program.
    Broken,
}

impl Failure {
    /// A short name for logs and measures.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Rejected => "rejected",
            Self::Unreachable => "unreachable",
            Self::Broken => "broken",
        }
    }
}

/// How many messages Telegram takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Messages a second over all chats.
    pub overall: u32,
    /// Messages a second in one chat.
    pub chat: u32,
    /// Messages a minute in one group.
    pub group_minute: u32,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            overall: 30,
            chat: 1,
            group_minute: 20,
        }
    }
}

/// Sends, edits, deletes.
#[derive(Clone)]
pub struct Sender {
    api: Api,
    /// The same without limits, for what Telegram does not count.
    direct: Bot,
}

impl Sender {
    /// Keeps to the pace from now on; to be called within the runtime.
    pub fn new(bot: Bot, pace: Pace) -> Self {
        let limits = Limits {
            messages_per_sec_chat: pace.chat,
            messages_per_sec_overall: pace.overall,
            // A private chat is limited by the second alone.
            messages_per_min_chat: pace.chat.saturating_mul(60),
            messages_per_min_channel_or_supergroup: pace.group_minute,
        };
        let settings = Settings::default().limits(limits);
        Self {
            direct: bot.clone(),
            api: Throttle::spawn_with_settings(bot, settings),
        }
    }

    /// The library's own way to Telegram.
    pub fn bot(&self) -> &Bot {
        &self.direct
    }

    /// Sends a line of the bot's own.
    pub async fn line(&self, chat: ChatId, text: &str) -> Result<(), Failure> {
        let drawn = Drawn {
            html: line(text),
            keyboard: Keyboard::new(),
        };
        self.message(chat, &drawn, None).await.map(|_| ())
    }

    /// Sends a message, as a reply where one is named; its number.
    pub async fn message(
        &self,
        chat: ChatId,
        drawn: &Drawn,
        reply_to: Option<MessageId>,
    ) -> Result<MessageId, Failure> {
        let sent = patient(|| {
            let mut call = self
                .api
                .send_message(chat, &drawn.html)
                .parse_mode(ParseMode::Html)
                .link_preview_options(no_preview());
            if let Some(message) = reply_to {
                call = call
                    .reply_parameters(ReplyParameters::new(message).allow_sending_without_reply());
            }
            if !drawn.keyboard.is_empty() {
                call = call.reply_markup(markup(&drawn.keyboard));
            }
            call
        })
        .await?;
        sent.map(|sent| sent.id).ok_or(Failure::Rejected)
    }

    /// Puts another text and other buttons in a message; that it says so already is no fault.
    pub async fn edit(
        &self,
        chat: ChatId,
        message: MessageId,
        drawn: &Drawn,
    ) -> Result<(), Failure> {
        let edited = patient(|| {
            self.api
                .edit_message_text(chat, message, &drawn.html)
                .parse_mode(ParseMode::Html)
                .link_preview_options(no_preview())
                .reply_markup(markup(&drawn.keyboard))
        });
        edited.await.map(|_| ())
    }

    /// Puts other buttons under a message.
    pub async fn edit_buttons(
        &self,
        chat: ChatId,
        message: MessageId,
        buttons: InlineKeyboardMarkup,
    ) -> Result<(), Failure> {
        let edited = patient(|| {
            self.api
                .edit_message_reply_markup(chat, message)
                .reply_markup(buttons.clone())
        });
        edited.await.map(|_| ())
    }

    /// Deletes a message; that it is gone already is no fault.
    pub async fn delete(&self, chat: ChatId, message: MessageId) -> Result<(), Failure> {
        patient(|| self.direct.delete_message(chat, message))
            .await
            .map(|_| ())
    }

    /// Sends a picture in PNG.
    pub async fn picture(&self, chat: ChatId, png: Vec<u8>, caption: &str) -> Result<(), Failure> {
        let sent = patient(|| {
            let file = InputFile::memory(png.clone()).file_name("thong-ke.png");
            self.api.send_photo(chat, file).caption(caption)
        });
        sent.await.map(|_| ())
    }

    /// Shows for a while that an answer is being written; nobody minds if that fails.
    pub async fn typing(&self, chat: ChatId) {
        let _ = self.direct.send_chat_action(chat, ChatAction::Typing).await;
    }

    /// Ends the waiting of a pressed button, with a note where there is something to say.
    pub async fn answer_press(&self, press: &CallbackQueryId, note: Option<&str>, alert: bool) {
        let mut call = self
            .direct
            .answer_callback_query(press.clone())
            .show_alert(alert);
        if let Some(note) = note {
            call = call.text(note);
        }
        // A press that has waited too long cannot be answered any more, which harms nobody.
        let _ = call.await;
    }
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

/// The buttons as Telegram takes them. A button that cannot be written is left out.
pub fn markup(keyboard: &Keyboard) -> InlineKeyboardMarkup {
    let rows = keyboard
        .iter()
        .map(|row| row.iter().filter_map(button).collect::<Vec<_>>());
    InlineKeyboardMarkup::new(rows.filter(|row| !row.is_empty()))
}

fn button(button: &Button) -> Option<InlineKeyboardButton> {
    Some(match button {
        Button::Call { label, action } => InlineKeyboardButton::callback(label, action.encode()?),
        Button::Copy { label, text } => {
            InlineKeyboardButton::copy_text_button(label, CopyTextButton { text: text.clone() })
        }
        Button::Share { label, query } => InlineKeyboardButton::switch_inline_query(label, query),
    })
}

/// Makes a call until it gets through, waiting as told or ever longer. `None` when Telegram says
/// that there was nothing to do.
async fn patient<R>(make: impl Fn() -> R) -> Result<Option<Sent<R>>, Failure>
where
    R: Request<Err = RequestError>,
{
    let mut wait = FIRST_WAIT;
    for attempt in 1..=ATTEMPTS {
        let error = match make().send().await {
            Ok(sent) => return Ok(Some(sent)),
            Err(error) => error,
        };
        match judge(&error) {
            Judgement::Fine => return Ok(None),
            Judgement::Hopeless(failure) => return Err(failure),
            Judgement::Wait(told) => tokio::time::sleep(told).await,
            Judgement::Again => {
                if attempt == 1 {
                    tracing::warn!(reason = kind(&error), "Telegram không nhận, sẽ thử lại");
                }
                tokio::time::sleep(jittered(wait)).await;
                wait *= 2;
            }
        }
    }
    Err(Failure::Unreachable)
}

/// What a request gives.
type Sent<R> =
    <<R as teloxide::requests::HasPayload>::Payload as teloxide::requests::Payload>::Output;

enum Judgement {
    /// There was nothing to do.
    Fine,
    /// It will never get through.
    Hopeless(Failure),
    /// Telegram says how long to wait.
    Wait(Duration),
    /// It may get through later.
    Again,
}

fn judge(error: &RequestError) -> Judgement {
    match error {
        RequestError::RetryAfter(seconds) => Judgement::Wait(seconds.duration()),
        RequestError::Network(_) | RequestError::InvalidJson { .. } | RequestError::Io(_) => {
            Judgement::Again
        }
        RequestError::MigrateToChatId(_) => Judgement::Hopeless(Failure::Gone),
        RequestError::Api(error) => judge_api(error),
    }
}

fn judge_api(error: &ApiError) -> Judgement {
    match error {
        ApiError::MessageNotModified | ApiError::MessageToDeleteNotFound => Judgement::Fine,
        ApiError::BotBlocked
        | ApiError::ChatNotFound
        | ApiError::UserDeactivated
        | ApiError::BotKicked
        | ApiError::BotKickedFromSupergroup
        | ApiError::BotKickedFromChannel
        | ApiError::GroupDeactivated
        | ApiError::CantInitiateConversation => Judgement::Hopeless(Failure::Gone),
        ApiError::Unknown(text) if is_server_fault(text) => Judgement::Again,
        _ => Judgement::Hopeless(Failure::Rejected),
    }
}

/// Telegram's own faults come as text.
fn is_server_fault(text: &str) -> bool {
    [
        "Internal Server Error",
        "Bad Gateway",
        "Gateway Time",
        "Service Unavailable",
    ]
    .iter()
    .any(|fault| text.starts_with(fault))
}

/// A name of the fault without anything of its content.
fn kind(error: &RequestError) -> &'static str {
    match error {
        RequestError::Api(_) => "api",
        RequestError::Network(_) => "network",
        RequestError::RetryAfter(_) => "retry-after",
        _ => "other",
    }
}

/// Up to half as long again, so that many waiting do not come back at once.
pub fn jittered(wait: Duration) -> Duration {
    let nanos = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .subsec_nanos();
    wait + wait.mul_f64(f64::from(nanos % 1_000) / 2_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_told_apart() {
        let name = |error: ApiError| match judge_api(&error) {
            Judgement::Fine => "fine",
            Judgement::Hopeless(failure) => failure.reason(),
            Judgement::Wait(_) => "wait",
            Judgement::Again => "again",
        };
        for (error, expect) in [
            (ApiError::MessageNotModified, "fine"),
            (ApiError::BotBlocked, "gone"),
            (ApiError::UserDeactivated, "gone"),
            (ApiError::MessageIsTooLong, "rejected"),
            (ApiError::Unknown("Internal Server Error".into()), "again"),
            (ApiError::Unknown("Bad Request: x".into()), "rejected"),
        ] {
            assert_eq!(name(error), expect);
        }
    }

    #[test]
    fn waits_are_spread() {
        let wait = Duration::from_secs(2);
        let jittered = jittered(wait);
        assert!(jittered >= wait && jittered <= wait * 3 / 2);
    }
}
