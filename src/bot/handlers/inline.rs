//! Inline mode: passages as cards in any chat; the chosen one is posted with its place.

use std::sync::Arc;
use std::time::Instant;

use teloxide::payloads::AnswerInlineQuerySetters;
use teloxide::prelude::*;
use teloxide::types::{
    InlineQueryResult, InlineQueryResultArticle, InlineQueryResultsButton,
    InlineQueryResultsButtonKind, InputMessageContent, InputMessageContentText, ParseMode,
};

use crate::answer::{Citation, PassageId};
use crate::bot::app::{App, Handled};
use crate::bot::limits::Verdict;
use crate::bot::phrases;
use crate::bot::service::Service;
use crate::render::telegram::{self, Card};
use crate::store::stats;

/// Cards a page.
const PAGE: usize = 20;
/// What the private chat is opened with; it is no place, so that it shows the greeting.
const START: &str = "hoi";

/// Somebody types `@bot …`.
pub async fn on_query(app: Arc<App>, query: InlineQuery) -> Handled {
    let silent = app.service.switches().bot_off
        || app.limit.count(query.from.id.0, Instant::now()) != Verdict::Answer;
    let from: usize = query.offset.parse().unwrap_or(0);
    let typed = query.query.trim().to_owned();
    let (cards, more) = if silent {
        (Vec::new(), false)
    } else if typed.is_empty() {
        (most_asked(&app).await?, false)
    } else {
        app.think(move |service| found(service, &typed, from))
            .await?
    };
    let next = if more {
        (from + PAGE).to_string()
    } else {
        String::new()
    };
    let results: Vec<InlineQueryResult> = cards.into_iter().map(result).collect();
    let button = InlineQueryResultsButton {
        text: phrases::INLINE_BUTTON.to_owned(),
        kind: InlineQueryResultsButtonKind::StartParameter(START.to_owned()),
    };
    // A query that has waited too long is answered by nobody, and the person has typed on.
    let answered = app
        .sender
        .bot()
        .answer_inline_query(query.id, results)
        .cache_time(if silent { 0 } else { app.inline_cache })
        // What one person does not get now is not kept from the others.
        .is_personal(silent)
        .next_offset(next)
        .button(button)
        .await;
    if let Err(error) = answered {
        tracing::debug!(
            reason = error_name(&error),
            "câu hỏi trong dòng không trả lời được"
        );
    }
    Ok(())
}

/// A card was chosen: what people use is counted, not who.
pub async fn on_chosen(app: Arc<App>) -> Handled {
    app.count("chon").await;
    Ok(())
}

/// The place that the query names, or the passages nearest to its words.
fn found(service: &Service, typed: &str, from: usize) -> (Vec<Card>, bool) {
    let place = PassageId::new(typed);
    if let Some(answer) = service.read(&place) {
        let cards = answer.citations.iter().map(telegram::card).collect();
        return (unique(cards), false);
    }
    if service.engine().is_sensitive(typed) {
        return (Vec::new(), false);
    }
    let (hits, all) = service.search(typed, from, PAGE);
    let cards = hits.iter().map(telegram::card).collect();
    (unique(cards), from + PAGE < all)
}

/// What people ask most, then the beginnings of the documents.
async fn most_asked(app: &Arc<App>) -> Result<Vec<Card>, crate::bot::send::Failure> {
    let questions = app
        .keep(|store| store.questions())
        .await
        .unwrap_or_default();
    app.think(move |service| {
        let stats = stats::of(&questions, &[]);
        let asked = stats
            .passages
            .into_iter()
            .map(|line| PassageId::new(line.what));
        let engine = service.engine();
        let documents = engine.contents(None).into_iter();
        let parts = documents.flat_map(|document| engine.contents(Some(&document.place)));
        let places = asked.chain(parts.map(|part| part.place));
        let first = |place: PassageId| -> Option<Citation> {
            service.read(&place)?.citations.into_iter().next()
        };
        let cards = places.filter_map(first).take(PAGE);
        unique(cards.map(|citation| telegram::card(&citation)).collect())
    })
    .await
}

fn unique(cards: Vec<Card>) -> Vec<Card> {
    let mut kept: Vec<Card> = Vec::new();
    for card in cards.into_iter().take(PAGE) {
        if !kept.iter().any(|other| other.id == card.id) {
            kept.push(card);
        }
    }
    kept
}

fn result(card: Card) -> InlineQueryResult {
    let content = InputMessageContentText::new(card.html).parse_mode(ParseMode::Html);
    let article =
        InlineQueryResultArticle::new(card.id, card.title, InputMessageContent::Text(content));
    InlineQueryResult::Article(article.description(card.description))
}

fn error_name(error: &teloxide::RequestError) -> &'static str {
    match error {
        teloxide::RequestError::Api(_) => "api",
        teloxide::RequestError::Network(_) => "network",
        _ => "other",
    }
}
