//! Commands that anybody may give.

use std::sync::Arc;

use teloxide::prelude::*;
use teloxide::utils::command::BotCommands;

use super::leaf;
use super::question::{admitted, ask, draw, find, keep, line, log, send, session, talk};
use crate::answer::{Kind, PassageId};
use crate::bot::app::{App, Handled, locked};
use crate::bot::kept::words;
use crate::bot::phrases;
use crate::bot::send::Failure;
use crate::render::telegram::{self, Action, Button, Message as Drawn};
use crate::text;

/// The commands, in the order of the menu. The library shows doc comments of the variants to people, so that
/// they have none.
#[derive(BotCommands, Clone, Debug, PartialEq, Eq)]
#[command(rename_rule = "lowercase")]
pub enum Command {
    // `/start`, with a place where a link led here.
    #[command(description = "bắt đầu, với vài câu hỏi mẫu")]
    Start(String),
    // `/trogiup`
    #[command(description = "cách hỏi và các lệnh")]
    Trogiup,
    // `/vanban`
    #[command(description = "các văn bản, mở từng phần")]
    Vanban,
    // `/donvi`
    #[command(description = "các cơ quan, đơn vị theo cấp")]
    Donvi,
    // `/nhiemvu <đơn vị>`
    #[command(description = "nhiệm vụ của một đơn vị")]
    Nhiemvu(String),
    // `/muc <III.4>`
    #[command(description = "đọc một mục, ví dụ /muc III.4")]
    Muc(String),
    // `/tim <từ khóa>`
    #[command(description = "tìm các đoạn có từ khóa")]
    Tim(String),
    // `/phatbieu <chủ đề>`
    #[command(description = "trích các văn bản theo chủ đề, để phát biểu")]
    Phatbieu(String),
    // `/nguon`
    #[command(description = "nguồn văn bản, phần còn thiếu")]
    Nguon,
    // `/dochinhxac`
    #[command(description = "độ chính xác đo được")]
    Dochinhxac,
    // `/quen`
    #[command(description = "xóa những gì tôi giữ của bạn")]
    Quen,
    // `/hoi <câu hỏi>`, or as a reply to one
    #[command(description = "hỏi trong nhóm; hoặc trả lời một câu hỏi bằng /hoi")]
    Hoi(String),
    // `/xoa`, as a reply to a message of the bot
    #[command(description = "xóa tin của tôi mà bạn trả lời")]
    Xoa,
}

/// Runs a command.
pub async fn on_command(app: Arc<App>, message: Message, command: Command) -> Handled {
    if !admitted(&app, &message).await? {
        return Ok(());
    }
    match command {
        Command::Start(place) if !place.trim().is_empty() => start_at(&app, &message, &place).await,
        Command::Start(_) | Command::Trogiup => help(&app, &message).await,
        Command::Vanban => page(&app, &message, |service| leaf::contents(service, None, 0)).await,
        Command::Donvi => {
            page(&app, &message, |service| {
                Some(leaf::levels(service, phrases::LEVELS))
            })
            .await
        }
        Command::Nhiemvu(unit) => duties(&app, &message, &unit).await,
        Command::Muc(place) => read_place(&app, &message, &place).await,
        Command::Tim(words) => search(&app, &message, words).await,
        Command::Phatbieu(topic) => card(&app, &message, topic).await,
        Command::Nguon => {
            let text = app.think(sources).await?;
            reply(&app, &message, &[line(&text)]).await
        }
        Command::Dochinhxac => reply(&app, &message, &[line(&app.accuracy)]).await,
        Command::Quen => forget(&app, &message).await,
        Command::Hoi(question) => ask_here(&app, &message, &question).await,
        Command::Xoa => delete(&app, &message).await,
    }
}

/// A command that nobody knows, in a private chat.
pub async fn on_unknown(app: Arc<App>, message: Message) -> Handled {
    if !admitted(&app, &message).await? {
        return Ok(());
    }
    reply(&app, &message, &[line(phrases::UNKNOWN_COMMAND)]).await
}

/// Sends messages to where a command was given; in a group as a reply to it.
pub async fn reply(app: &Arc<App>, message: &Message, drawn: &[Drawn]) -> Handled {
    let reply_to = (!message.chat.is_private()).then_some(message.id);
    send(app, message.chat.id, drawn, reply_to).await?;
    Ok(())
}

async fn page(
    app: &Arc<App>,
    message: &Message,
    make: impl FnOnce(&crate::bot::service::Service) -> Option<Drawn> + Send + 'static,
) -> Handled {
    let page = app.think(make).await?;
    let page = page.unwrap_or_else(|| line(phrases::HIDDEN));
    reply(app, message, &[page]).await
}

async fn start_at(app: &Arc<App>, message: &Message, parameter: &str) -> Handled {
    let Some(place) = telegram::from_start(parameter.trim()) else {
        return help(app, message).await;
    };
    // A link may be older than the text: one to a document that is here is told from nonsense.
    let document = PassageId::of(place.document(), "");
    match read_and_draw(app, message, place).await? {
        Some(drawn) => reply(app, message, &drawn).await,
        None if app
            .think(move |service| service.engine().holds(&document))
            .await? =>
        {
            reply(app, message, &[line(phrases::GONE)]).await
        }
        None => help(app, message).await,
    }
}

/// Reads a place and lets the next question lean on it; `None` when it is not there.
async fn read_and_draw(
    app: &Arc<App>,
    message: &Message,
    place: PassageId,
) -> Result<Option<Vec<Drawn>>, Failure> {
    let wanted = place.clone();
    let drawn = app
        .think(move |service| {
            let answer = service.read(&wanted)?;
            Some(draw(service, &answer))
        })
        .await?;
    if drawn.is_some() {
        let talk = talk(message);
        let mut session = session(app, talk).await;
        session.context.document = Some(place.document().to_owned());
        session.context.places = vec![place];
        keep(app, talk, session).await;
    }
    Ok(drawn)
}

async fn help(app: &Arc<App>, message: &Message) -> Handled {
    let drawn = app
        .think(|service| {
            let engine = service.engine();
            let mut text = engine.greeting();
            text.push_str("\n\n");
            text.push_str(phrases::COMMANDS);
            let examples = engine.examples();
            let buttons = examples
                .iter()
                .zip(0u8..)
                .map(|(question, number)| vec![Button::call(question, Action::Ask(number))]);
            Drawn {
                html: telegram::line(&text),
                keyboard: buttons.collect(),
            }
        })
        .await?;
    reply(app, message, &[drawn]).await
}

async fn duties(app: &Arc<App>, message: &Message, unit: &str) -> Handled {
    if unit.trim().is_empty() {
        return page(app, message, |service| {
            Some(leaf::levels(service, phrases::WHICH_UNIT))
        })
        .await;
    }
    let question = app
        .think({
            let unit = unit.trim().to_owned();
            move |service| service.engine().ask_for_duties(&unit)
        })
        .await?;
    ask(app, message, &question).await
}

async fn read_place(app: &Arc<App>, message: &Message, place: &str) -> Handled {
    let place = place.trim().to_owned();
    if place.is_empty() {
        return reply(app, message, &[line(phrases::WHICH_PLACE)]).await;
    }
    if let Some(drawn) = read_and_draw(app, message, PassageId::new(&place)).await? {
        return reply(app, message, &drawn).await;
    }
    ask(app, message, &format!("mục {place}")).await
}

async fn search(app: &Arc<App>, message: &Message, words: String) -> Handled {
    if words.trim().is_empty() {
        return reply(app, message, &[line(phrases::WHICH_WORDS)]).await;
    }
    app.count("tim").await;
    page(app, message, move |service| {
        Some(leaf::hits(service, &words, 0))
    })
    .await
}

async fn card(app: &Arc<App>, message: &Message, topic: String) -> Handled {
    if topic.trim().is_empty() {
        return reply(app, message, &[line(phrases::WHICH_TOPIC)]).await;
    }
    let typed = topic.clone();
    let (answer, sensitive) = app
        .think(move |service| {
            let sensitive = service.engine().is_sensitive(&typed);
            (service.card(&typed), sensitive)
        })
        .await?;
    if sensitive {
        let found = find(app, message.chat.id, &topic, Default::default()).await?;
        send(app, message.chat.id, &found.drawn, Some(message.id)).await?;
        return Ok(());
    }
    if answer.kind == Kind::Abstain {
        log(app, &topic, &answer).await;
    }
    // Ready to be forwarded: quotations and their places, no buttons.
    let mut drawn = telegram::answer(&answer, &Default::default());
    drawn.iter_mut().for_each(|drawn| drawn.keyboard.clear());
    reply(app, message, &drawn).await
}

fn sources(service: &crate::bot::service::Service) -> String {
    let engine = service.engine();
    let mut text = phrases::SOURCES.to_owned();
    for source in engine.sources() {
        text.push_str(&format!("\n\n{}: {}", source.short, source.title));
        text.push_str(&format!("\n{}", source.description));
        if !source.source.is_empty() {
            text.push_str(&format!("\nNguồn: {}", source.source));
        }
        if source.digest {
            text.push_str(&format!("\n{}", phrases::missing(&source.missing)));
        }
    }
    text.push_str("\n\n");
    text.push_str(&phrases::edition(&engine.corpus().fingerprint));
    text
}

async fn forget(app: &Arc<App>, message: &Message) -> Handled {
    let person = talk(message).person;
    let voter = app.voter(person);
    locked(&app.late).forget(person);
    let forgotten = app.keep(move |store| store.forget(person, voter)).await;
    match forgotten {
        Some(count) => reply(app, message, &[line(&phrases::forgotten(count))]).await,
        None => reply(app, message, &[line(phrases::NOT_FORGOTTEN)]).await,
    }
}

/// `/hoi`: the question typed with it, or the message it replies to.
async fn ask_here(app: &Arc<App>, message: &Message, question: &str) -> Handled {
    if !question.trim().is_empty() {
        return ask(app, message, question.trim()).await;
    }
    let replied = message
        .reply_to_message()
        .and_then(words)
        .map(str::to_owned);
    match replied {
        Some(question) => ask(app, message, &question).await,
        None => reply(app, message, &[line(phrases::WHICH_QUESTION)]).await,
    }
}

async fn delete(app: &Arc<App>, message: &Message) -> Handled {
    let own = message.reply_to_message().filter(|replied| {
        replied
            .from
            .as_ref()
            .is_some_and(|user| app.me.get().is_some_and(|me| me.id == user.id))
    });
    match own {
        Some(own) => app.sender.delete(message.chat.id, own.id).await,
        None => reply(app, message, &[line(phrases::WHICH_MESSAGE)]).await,
    }
}

/// Whether a text begins as a command does.
pub fn looks_like_command(text: &str) -> bool {
    text.strip_prefix('/')
        .and_then(|rest| rest.chars().next())
        .is_some_and(|first| {
            text::fold(&first.to_string())
                .bytes()
                .all(|b| b.is_ascii_alphabetic())
        })
}
