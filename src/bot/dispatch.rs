//! The dispatch tree: it reads as the list of all that the bot reacts to.

use std::convert::Infallible;
use std::sync::Arc;

use teloxide::dispatching::{DpHandlerDescription, HandlerExt, MessageFilterExt, UpdateFilterExt};
use teloxide::dptree::{self, Handler};
use teloxide::prelude::*;
use teloxide::types::Me;

use super::app::App;
use super::handlers::commands::{self, Command};
use super::handlers::operators::{self, OperatorCommand};
use super::handlers::{buttons, edited, groups, inline, question};

/// A handler of updates; it cannot fail, since the guard deals with what can.
pub type Tree = Handler<'static, Result<(), Infallible>, DpHandlerDescription>;

/// All that the bot reacts to.
pub fn tree() -> Tree {
    dptree::entry()
        .branch(messages())
        .branch(edited_messages())
        .branch(Update::filter_callback_query().endpoint(
            |app: Arc<App>, update: Update, press: CallbackQuery| async move {
                let work = buttons::on_press(Arc::clone(&app), press);
                app.guard(update, "button", work).await
            },
        ))
        .branch(Update::filter_inline_query().endpoint(
            |app: Arc<App>, update: Update, query: InlineQuery| async move {
                let work = inline::on_query(Arc::clone(&app), query);
                app.guard(update, "inline", work).await
            },
        ))
        .branch(Update::filter_chosen_inline_result().endpoint(
            |app: Arc<App>, update: Update| async move {
                let work = inline::on_chosen(Arc::clone(&app));
                app.guard(update, "chosen", work).await
            },
        ))
}

fn messages() -> Tree {
    Update::filter_message()
        .branch(
            dptree::entry()
                .filter_command::<OperatorCommand>()
                .filter(operators::is_operator)
                .endpoint(
                    |app: Arc<App>, update: Update, message: Message, command: OperatorCommand| async move {
                        let work = operators::on_command(Arc::clone(&app), message, command);
                        app.guard(update, "operator", work).await
                    },
                ),
        )
        .branch(dptree::entry().filter_command::<Command>().endpoint(
            |app: Arc<App>, update: Update, message: Message, command: Command| async move {
                let work = commands::on_command(Arc::clone(&app), message, command);
                app.guard(update, "command", work).await
            },
        ))
        .branch(dptree::filter(|message: Message| message.chat.is_private()).chain(private()))
        .branch(
            dptree::filter(|message: Message| message.chat.is_group() || message.chat.is_supergroup())
.filter(groups::concerns_bot)
            .endpoint(
                    |app: Arc<App>, update: Update, message: Message, me: Me| async move {
                        let work = groups::on_addressed(Arc::clone(&app), update.clone(), message, me);
                        app.guard(update, "group", work).await
                    },
                ),
        )
}

fn private() -> Tree {
    dptree::entry()
        .branch(
            dptree::filter(|message: Message| {
                message.text().is_some_and(commands::looks_like_command)
            })
            .endpoint(
                |app: Arc<App>, update: Update, message: Message| async move {
                    let work = commands::on_unknown(Arc::clone(&app), message);
                    app.guard(update, "unknown-command", work).await
                },
            ),
        )
        .branch(Message::filter_text().endpoint(
            |app: Arc<App>, update: Update, message: Message| async move {
                let work = question::on_text(Arc::clone(&app), update.clone(), message);
                app.guard(update, "question", work).await
            },
        ))
        .branch(dptree::filter(is_media).endpoint(
            |app: Arc<App>, update: Update, message: Message| async move {
                let work = question::on_other(Arc::clone(&app), message);
                app.guard(update, "not-text", work).await
            },
        ))
}

fn edited_messages() -> Tree {
    Update::filter_edited_message().endpoint(
        |app: Arc<App>, update: Update, message: Message| async move {
            let work = edited::on_edited(Arc::clone(&app), update.clone(), message);
            app.guard(update, "edited", work).await
        },
    )
}

/// What a person sent that is no text; what Telegram itself says (somebody joined, a title changed)
/// is nobody's question.
fn is_media(message: Message) -> bool {
    use teloxide::types::MessageKind::{Common, Dice};
    matches!(message.kind, Common(_) | Dice(_))
}

/// Whatever nothing above reacts to is done without an answer.
pub async fn ignored(app: Arc<App>, update: Arc<Update>) {
    let update = Update::clone(&update);
    let _ = app.guard(update, "ignored", async { Ok(()) }).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_built() {
        // Building it checks that what each endpoint asks for is at hand.
        let _ = tree();
    }
}
