//! The command menus: in private chats, in groups, and for operators.

use teloxide::payloads::SetMyCommandsSetters;
use teloxide::prelude::*;
use teloxide::types::{BotCommand, BotCommandScope, Recipient};
use teloxide::utils::command::BotCommands;

use super::app::App;
use super::handlers::commands::Command;
use super::handlers::operators::OperatorCommand;

/// Commands that make sense in a group alone.
const GROUP_ONLY: [&str; 2] = ["hoi", "xoa"];
/// Commands that a group's menu shows.
const IN_GROUPS: [&str; 6] = ["hoi", "muc", "nhiemvu", "tim", "trogiup", "xoa"];

/// Sets all menus, for everybody and for Vietnamese phones. A menu that cannot be set is told of and
/// keeps nobody from asking.
pub async fn set(app: &App) {
    set_one(app, BotCommandScope::AllPrivateChats, private()).await;
    set_one(app, BotCommandScope::AllGroupChats, groups()).await;
    for operator in &app.operators {
        let chat_id = Recipient::Id(ChatId(i64::try_from(*operator).unwrap_or(i64::MAX)));
        let mut commands = private();
        commands.extend(named(OperatorCommand::bot_commands()));
        set_one(app, BotCommandScope::Chat { chat_id }, commands).await;
    }
}

async fn set_one(app: &App, scope: BotCommandScope, commands: Vec<BotCommand>) {
    for language in [None, Some("vi")] {
        let mut call = app
            .sender
            .bot()
            .set_my_commands(commands.clone())
            .scope(scope.clone());
        if let Some(language) = language {
            call = call.language_code(language);
        }
        if call.await.is_err() {
            tracing::warn!("không đặt được danh sách lệnh");
            return;
        }
    }
}

/// Telegram shows the names without a slash.
fn named(commands: Vec<BotCommand>) -> Vec<BotCommand> {
    let bare = |command: BotCommand| {
        BotCommand::new(command.command.trim_start_matches('/'), command.description)
    };
    commands.into_iter().map(bare).collect()
}

fn private() -> Vec<BotCommand> {
    let mut commands = named(Command::bot_commands());
    commands.retain(|command| !GROUP_ONLY.contains(&command.command.as_str()));
    commands
}

fn groups() -> Vec<BotCommand> {
    let mut commands = named(Command::bot_commands());
    commands.retain(|command| IN_GROUPS.contains(&command.command.as_str()));
    commands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn menus_keep_telegrams_limits() {
        for menu in [private(), groups(), named(OperatorCommand::bot_commands())] {
            assert!(!menu.is_empty() && menu.len() <= 100);
            for command in menu {
                let name = command.command;
                assert!((1..=32).contains(&name.len()), "{name}");
                assert!(name.bytes().all(|byte| byte.is_ascii_lowercase()), "{name}");
                let description = command.description.chars().count();
                assert!((1..=256).contains(&description), "{name}");
                assert!(
                    !command.description.contains('`'),
                    "{name}: a comment is shown"
                );
            }
        }
        assert_eq!(groups().len(), IN_GROUPS.len());
    }
}
