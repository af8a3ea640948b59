//! A question in plain words, and its answer.

use std::sync::Arc;
use std::time::Duration;

use teloxide::prelude::*;
use teloxide::types::MessageId;

use crate::answer::{Answer, Context, Kind};
use crate::bot::app::{App, Handled};
use crate::bot::limits::Verdict;
use crate::bot::send::Failure;
use crate::bot::{personal, phrases};
use crate::engine::Reply;
use crate::render::telegram::{self, Message as Drawn, Surroundings};
use crate::store::{Answered, Asked, Session, Talk};

/// A message longer than this many characters is searched for the question in it.
const LONG: usize = 300;
/// A message longer than this is not read.
const TOO_LONG: usize = 4_000;
/// An answer that takes longer shows that it is being written.
const SLOW: Duration = Duration::from_millis(300);
/// So many questions of a talk can be edited.
const EDITABLE: usize = 10;

/// Who speaks where; nobody in particular where a chat speaks for itself.
pub fn talk(message: &Message) -> Talk {
    Talk {
        chat: message.chat.id.0,
        person: message.from.as_ref().map_or(0, |user| user.id.0),
    }
}

/// Whether a person may go on now; says so once where not.
pub async fn admitted(app: &Arc<App>, message: &Message) -> Result<bool, Failure> {
    if app.service.switches().bot_off && !app.is_operator(message.from.as_ref()) {
        app.sender.line(message.chat.id, phrases::OFF).await?;
        return Ok(false);
    }
    let person = message.from.as_ref().map_or(0, |user| user.id.0);
    match app.verdict(&app.limit, person).await {
        Verdict::Answer => Ok(true),
        Verdict::Warn => {
            app.sender.line(message.chat.id, phrases::TOO_MANY).await?;
            Ok(false)
        }
        Verdict::Silence => Ok(false),
    }
}

/// A text in a private chat.
pub async fn on_text(app: Arc<App>, update: Update, message: Message) -> Handled {
    let Some(text) = message.text().map(str::to_owned) else {
        return Ok(());
    };
    if !admitted(&app, &message).await? {
        return Ok(());
    }
    if app.is_redacted(&update) {
        return urgent_again(&app, &message).await;
    }
    ask(&app, &message, &text).await
}

/// Something that is no text, in a private chat.
pub async fn on_other(app: Arc<App>, message: Message) -> Handled {
    if !admitted(&app, &message).await? {
        return Ok(());
    }
    app.sender.line(message.chat.id, phrases::NOT_TEXT).await
}

/// Answers a text as a question of a message's sender.
pub async fn ask(app: &Arc<App>, message: &Message, text: &str) -> Handled {
    let talk = talk(message);
    let remembered = app.recall(talk).await;
    let forgot = remembered.is_none();
    let mut session = remembered.unwrap_or_default();
    let before = session.context.clone();
    let mut found = find(app, message.chat.id, text, before.clone()).await?;
    if forgot {
        found.tell_of_no_memory();
    }
    let reply_to = (!message.chat.is_private() || found.is_sensitive()).then_some(message.id);
    let answers = send(app, message.chat.id, &found.drawn, reply_to).await?;
    if let Some(reply) = found.kept() {
        session.context = reply.context.clone();
        session.answered.push(Answered {
            question: message.id.0,
            answers,
            before,
        });
        let extra = session.answered.len().saturating_sub(EDITABLE);
        session.answered.drain(..extra);
        keep(app, talk, session).await;
        log(app, text, &reply.answer).await;
    }
    Ok(())
}

/// What is to be sent for a text, and what came of the engine.
pub struct Found {
    /// The messages.
    pub drawn: Vec<Drawn>,
    reply: Option<Reply>,
    sensitive: bool,
}

impl Found {
    fn line(text: &str) -> Self {
        Self {
            drawn: vec![line(text)],
            reply: None,
            sensitive: false,
        }
    }

    /// Says that what was said before is not at hand, under an answer that might have leant on it.
    fn tell_of_no_memory(&mut self) {
        let leans = |reply: &&Reply| matches!(reply.answer.kind, Kind::Answer | Kind::Abstain);
        if self.kept().filter(leans).is_some()
            && let Some(last) = self.drawn.last_mut()
        {
            let line = telegram::line(phrases::NO_MEMORY);
            last.html = format!("{}\n\n{line}", last.html);
        }
    }

    /// Whether nothing of the question may be kept.
    pub fn is_sensitive(&self) -> bool {
        self.sensitive
    }

    /// The engine's reply, where the question and it may be kept.
    pub fn kept(&self) -> Option<&Reply> {
        self.reply.as_ref().filter(|_| !self.sensitive)
    }
}

/// A line of the bot's own as a message.
pub fn line(text: &str) -> Drawn {
    Drawn {
        html: telegram::line(text),
        keyboard: Vec::new(),
    }
}

/// Finds the answer to a text. A long one is searched for the question in it.
pub async fn find(
    app: &Arc<App>,
    chat: ChatId,
    text: &str,
    context: Context,
) -> Result<Found, Failure> {
    let length = text.chars().count();
    if length > TOO_LONG {
        return Ok(Found::line(phrases::TOO_LONG));
    }
    let typed = text.to_owned();
    let thinking = app.think(move |service| {
        let engine = service.engine();
        let sensitive = engine.is_sensitive(&typed);
        let within = if length > LONG && !sensitive {
            match engine.question_within(&typed) {
                Some(question) => Some(question.to_owned()),
                None => return None,
            }
        } else {
            None
        };
        let question = within.as_deref().unwrap_or(&typed);
        let reply = service.ask(question, &context, false);
        let around = service.surroundings(&reply.answer);
        Some((reply, around, sensitive, within))
    });
    let thought = with_typing(app, chat, thinking).await??;
    let Some((reply, around, sensitive, within)) = thought else {
        return Ok(Found::line(phrases::NO_QUESTION));
    };
    let sensitive = sensitive || reply.answer.kind == Kind::Urgent;
    metrics::histogram!("hoidap_answer_seconds").record(reply.answer.elapsed_us as f64 / 1e6);
    metrics::counter!("hoidap_answers_total", "kind" => reply.answer.kind.name()).increment(1);
    let mut drawn = telegram::answer(&reply.answer, &around);
    if let (Some(question), Some(first)) = (within, drawn.first_mut()) {
        let line = telegram::line(&phrases::taken_question(&question));
        first.html = format!("{line}\n\n{}", first.html);
    }
    if !sensitive
        && personal::masked(text).is_some()
        && let Some(last) = drawn.last_mut()
    {
        let line = telegram::line(phrases::PERSONAL_DATA);
        last.html = format!("{}\n\n{line}", last.html);
    }
    Ok(Found {
        drawn,
        reply: Some(reply),
        sensitive,
    })
}

/// Shows that an answer is being written, if it takes long.
async fn with_typing<T>(
    app: &Arc<App>,
    chat: ChatId,
    work: impl Future<Output = T>,
) -> Result<T, Failure> {
    tokio::pin!(work);
    tokio::select! {
        done = &mut work => Ok(done),
        () = tokio::time::sleep(SLOW) => {
            app.sender.typing(chat).await;
            Ok(work.await)
        }
    }
}

/// Sends messages in order; their numbers.
pub async fn send(
    app: &Arc<App>,
    chat: ChatId,
    drawn: &[Drawn],
    reply_to: Option<MessageId>,
) -> Result<Vec<i32>, Failure> {
    let mut sent = Vec::with_capacity(drawn.len());
    for message in drawn {
        sent.push(app.sender.message(chat, message, reply_to).await?.0);
    }
    Ok(sent)
}

/// Draws an answer with its buttons.
pub fn draw(service: &crate::bot::service::Service, answer: &Answer) -> Vec<Drawn> {
    let around: Surroundings = service.surroundings(answer);
    telegram::answer(answer, &around)
}

/// The talk as kept, or a new one, also where the store cannot be read.
pub async fn session(app: &Arc<App>, talk: Talk) -> Session {
    app.recall(talk).await.unwrap_or_default()
}

/// Keeps a talk as used now.
pub async fn keep(app: &Arc<App>, talk: Talk, mut session: Session) {
    session.used = app.now();
    mask(&mut session.context);
    session
        .answered
        .iter_mut()
        .for_each(|answered| mask(&mut answered.before));
    app.remember(talk, session).await;
}

/// What the next question leans on may hold what somebody typed.
fn mask(context: &mut Context) {
    for kept in [&mut context.topic, &mut context.said] {
        if let Some(masked) = personal::masked(kept) {
            *kept = masked;
        }
    }
}

/// Keeps a question for the operator, without who asked it, and without personal data.
pub async fn log(app: &Arc<App>, text: &str, answer: &Answer) {
    let asked = Asked {
        text: personal::masked(text).unwrap_or_else(|| text.to_owned()),
        kind: answer.kind,
        intent: answer.intent,
        cited: answer.citations.first().map(|first| first.passage.clone()),
        day: app.today(),
    };
    app.keep(move |store| store.log(&asked)).await;
    app.count("hoi").await;
}

/// The urgent reply to a message whose words were not kept.
pub async fn urgent_again(app: &Arc<App>, message: &Message) -> Handled {
    let answer = app.think(|service| service.engine().urgent()).await?;
    let drawn = telegram::answer(&answer, &Surroundings::default());
    send(app, message.chat.id, &drawn, Some(message.id)).await?;
    Ok(())
}
