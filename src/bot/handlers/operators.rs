//! What operators alone may do: figures, switches, a new corpus. Others get no other answer than to
//! a command that does not exist.

use std::sync::Arc;

use teloxide::prelude::*;
use teloxide::utils::command::BotCommands;

use super::commands::reply;
use super::question::line;
use crate::answer::PassageId;
use crate::bot::app::{App, Handled};
use crate::bot::phrases;
use crate::render::chart;
use crate::render::telegram::beginning;
use crate::store::stats::{self, Line, Stats};

/// The operators' commands, in the order of the menu. The library shows doc comments of the variants to people, so that
/// they have none.
#[derive(BotCommands, Clone, Debug, PartialEq, Eq)]
#[command(rename_rule = "lowercase")]
pub enum OperatorCommand {
    // `/thongke`
    #[command(description = "số liệu 30 ngày")]
    Thongke,
    // `/tat <bot hoặc mã>`
    #[command(description = "tắt bot, một văn bản hay một đoạn")]
    Tat(String),
    // `/mo <bot hoặc mã>`
    #[command(description = "mở lại điều đã tắt")]
    Mo(String),
    // `/naplai`
    #[command(description = "nạp lại bộ văn bản")]
    Naplai,
}

/// Days that the figures cover.
const DAYS: u32 = 30;
/// Lines of each list of the figures.
const LINES: usize = 5;
/// Letters of such a line.
const LINE: usize = 70;
/// Telegram's limit is 4,096; a list of problems is cut before.
const PROBLEMS: usize = 3_500;

/// Whether a message comes from an operator.
pub fn is_operator(app: Arc<App>, message: Message) -> bool {
    app.is_operator(message.from.as_ref())
}

/// Runs an operator's command.
pub async fn on_command(app: Arc<App>, message: Message, command: OperatorCommand) -> Handled {
    match command {
        OperatorCommand::Thongke => figures(&app, &message).await,
        OperatorCommand::Tat(what) => switch(&app, &message, what.trim(), false).await,
        OperatorCommand::Mo(what) => switch(&app, &message, what.trim(), true).await,
        OperatorCommand::Naplai => {
            let text = reload(&app).await;
            reply(&app, &message, &[line(&text)]).await
        }
    }
}

/// Reads the corpus again; what came of it.
pub async fn reload(app: &Arc<App>) -> String {
    let reloaded = app.think(|service| service.reload()).await;
    match reloaded {
        Ok(Ok(fingerprint)) => {
            tracing::info!(%fingerprint, "đã nạp lại bộ văn bản");
            phrases::reloaded(&fingerprint)
        }
        Ok(Err(problems)) => {
            tracing::warn!(
                problems = problems.len(),
                "bộ văn bản mới có lỗi, giữ bản cũ"
            );
            phrases::not_reloaded(&beginning(&problems.join("\n"), PROBLEMS))
        }
        Err(_) => phrases::BROKEN.to_owned(),
    }
}

async fn figures(app: &Arc<App>, message: &Message) -> Handled {
    let today = app.today();
    let read = app
        .keep_long(move |store| stats::read(store, today, DAYS))
        .await;
    let Some(mut stats) = read else {
        return reply(app, message, &[line(phrases::NO_FIGURES)]).await;
    };
    label_places(app, &mut stats);
    reply(app, message, &[line(&text_of(&stats))]).await?;
    let drawn = tokio::task::spawn_blocking(move || chart::png(&chart_of(&stats))).await;
    match drawn {
        Ok(Some(png)) => app.sender.picture(message.chat.id, png, "").await,
        _ => {
            tracing::warn!("không vẽ được biểu đồ");
            Ok(())
        }
    }
}

/// Passages as people cite them, as far as the corpus still has them.
fn label_places(app: &App, stats: &mut Stats) {
    let engine = app.service.engine();
    for line in stats.passages.iter_mut().chain(&mut stats.voted_down) {
        let place = PassageId::new(&line.what);
        if engine.holds(&place) {
            line.what = engine.label(&place);
        }
    }
}

fn text_of(stats: &Stats) -> String {
    let share = (100 * stats.answered)
        .checked_div(stats.questions)
        .unwrap_or(0);
    let mut text = format!(
        "{DAYS} ngày: {} câu hỏi, trả lời được {} ({share} %), không có trong văn bản {}.",
        stats.questions, stats.answered, stats.abstained
    );
    for (title, lines) in [
        ("Hỏi nhiều nhất", &stats.asked),
        ("Đoạn được trích nhiều nhất", &stats.passages),
        ("Chưa trả lời được", &stats.unanswered),
        ("Góp ý", &stats.votes),
        ("Đoạn bị chê", &stats.voted_down),
    ] {
        if !lines.is_empty() {
            text.push_str(&format!("\n\n{title}:"));
            lines
                .iter()
                .take(LINES)
                .for_each(|line| text.push_str(&counted(line)));
        }
    }
    text
}

fn counted(line: &Line) -> String {
    format!("\n{} × {}", line.count, beginning(&line.what, LINE))
}

fn chart_of(stats: &Stats) -> chart::Chart {
    chart::Chart {
        title: format!("Câu hỏi {DAYS} ngày qua"),
        days: stats
            .days
            .iter()
            .map(|day| chart::Day {
                label: day_and_month(&day.day),
                all: day.questions,
                answered: day.answered,
            })
            .collect(),
        topics: stats
            .passages
            .iter()
            .take(LINES)
            .map(|line| (line.what.clone(), line.count))
            .collect(),
    }
}

/// `28/11` of `2026-11-28`.
fn day_and_month(day: &str) -> String {
    match day.split('-').collect::<Vec<_>>().as_slice() {
        [_, month, day] => format!("{day}/{month}"),
        _ => day.to_owned(),
    }
}

async fn switch(app: &Arc<App>, message: &Message, what: &str, on: bool) -> Handled {
    let text = switched(app, what, on).await;
    reply(app, message, &[line(&text)]).await
}

/// Switches; what came of it.
async fn switched(app: &Arc<App>, what: &str, on: bool) -> String {
    // One after the other, and on top of what another process has switched.
    let _alone = app.tending.write().await;
    let Some(mut switches) = app.keep(|store| store.switches()).await else {
        return phrases::BROKEN.to_owned();
    };
    let place = PassageId::new(what);
    if what == "bot" {
        switches.bot_off = !on;
    } else if !what.is_empty() && app.service.engine().holds(&place) {
        switches.hidden.retain(|hidden| *hidden != place);
        if !on {
            switches.hidden.push(place);
        }
    } else {
        return phrases::WHICH_SWITCH.to_owned();
    }
    let kept = switches.clone();
    let kept = app.keep(move |store| store.keep_switches(&kept)).await;
    if kept.is_none() {
        return phrases::BROKEN.to_owned();
    }
    app.service.set_switches(switches);
    tracing::info!(what, on, "công tắc");
    phrases::switched(what, on)
}
