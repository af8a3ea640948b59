//! `hoidap bot`: the bot on Telegram.

use std::collections::HashSet;
use std::fs;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use tracing_subscriber::EnvFilter;

use super::Outcome;
use super::arguments::{Bot, Log};
use super::bounded;
use super::config::{BotFile, Config};
use super::failure::{UsageError, tell};
use super::open::open;
use super::store::open_store;
use crate::bot::{A_MINUTE, Folders, Pace, Settings, Token, run as run_bot};
use crate::eval::summary;

/// What is logged unless HOIDAP_LOG says otherwise.
const FILTER: &str = "info,teloxide=warn,teloxide_core=warn,hyper=warn,sled=warn";
/// The library logs whole updates at these places, which would put what people write into the log:
/// they stay silent whatever HOIDAP_LOG says.
const SILENT: [&str; 3] = [
    "teloxide::dispatching=off",
    "teloxide::update_listeners=off",
    "teloxide_core::net=off",
];
/// A file of more bytes holds no token and no secret.
const LONGEST_SECRET: u64 = 4 << 10;
const INLINE_CACHE: u32 = 300;
/// The table of `hoidap eval`, as committed with this build.
const TABLE: &str = include_str!("../../tests/gold/table.tsv");

/// Opens everything, and runs the bot until the process is told to stop.
pub fn run(config: &Config, flags: &Bot) -> anyhow::Result<Outcome> {
    let environment = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let settings = Settings {
        // A shared store is backed up without asking the bot.
        data: config.data.clone().filter(|_| config.store.is_none()),
        ..settings(flags, &config.bot, environment)?
    };
    start_log(flags.log.unwrap_or_default());
    let engine = open(config)?;
    let store = open_store(config)?;
    let folders = Folders {
        corpus: config.corpus.clone(),
        index: config.index.clone(),
    };
    run_bot(settings, engine, folders, store)?;
    Ok(Outcome::Fine)
}

fn start_log(log: Log) {
    let wanted = std::env::var("HOIDAP_LOG").unwrap_or_else(|_| FILTER.to_owned());
    let mut filter = EnvFilter::try_new(&wanted).unwrap_or_else(|_| {
        tell("HOIDAP_LOG: không hiểu được, dùng mức mặc định", None);
        EnvFilter::new(FILTER)
    });
    for silent in SILENT.iter().filter_map(|directive| directive.parse().ok()) {
        filter = filter.add_directive(silent);
    }
    let plain = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    // A second logger can only be there in tests, and the first goes on.
    let _ = match log {
        Log::Plain => plain.try_init(),
        Log::Json => plain.json().try_init(),
    };
}

/// The settings: flags over environment over file.
fn settings(
    flags: &Bot,
    file: &BotFile,
    environment: impl Fn(&str) -> Option<String>,
) -> anyhow::Result<Settings> {
    let token_file = pick(
        &flags.token_file,
        "HOIDAP_TOKEN_FILE",
        &file.token_file,
        &environment,
    );
    let secret_file = pick(
        &flags.webhook_secret_file,
        "HOIDAP_WEBHOOK_SECRET_FILE",
        &file.webhook_secret_file,
        &environment,
    );
    let operators = pick(
        &flags.operators,
        "HOIDAP_OPERATORS",
        &file.operators,
        &environment,
    );
    let url = |name: &str, value: Option<String>| {
        value
            .map(|value| {
                url::Url::parse(&value)
                    .map_err(|_| wrong(format!("{name}: “{value}” không phải địa chỉ mạng")))
            })
            .transpose()
    };
    let listen = pick(&flags.listen, "HOIDAP_LISTEN", &file.listen, &environment);
    let pace = Pace::default();
    Ok(Settings {
        accuracy: summary(TABLE)?,
        data: None,
        token: token(token_file.as_deref(), environment("TELOXIDE_TOKEN"))?,
        api_url: url(
            "--api-url",
            pick(
                &flags.api_url,
                "HOIDAP_API_URL",
                &file.api_url,
                &environment,
            ),
        )?,
        webhook: url(
            "--webhook",
            pick(
                &flags.webhook,
                "HOIDAP_WEBHOOK",
                &file.webhook,
                &environment,
            ),
        )?,
        webhook_secret: secret_file.as_deref().map(secret).transpose()?,
        listen: listen.map(|value| address(&value)).transpose()?,
        operators: operators.map_or(Ok(HashSet::new()), |list| numbers(&list))?,
        pace: Pace {
            overall: flags.per_second.or(file.per_second).unwrap_or(pace.overall),
            chat: flags
                .per_second_chat
                .or(file.per_second_chat)
                .unwrap_or(pace.chat),
            group_minute: flags
                .per_minute_group
                .or(file.per_minute_group)
                .unwrap_or(pace.group_minute),
        },
        person_limit: flags
            .per_minute_person
            .or(file.per_minute_person)
            .unwrap_or(A_MINUTE),
        inline_cache: flags
            .inline_cache
            .or(file.inline_cache)
            .unwrap_or(INLINE_CACHE),
    })
}

/// The flag, else the variable, else what the file says.
fn pick<T: Clone + From<String>>(
    flag: &Option<T>,
    variable: &str,
    file: &Option<T>,
    environment: &impl Fn(&str) -> Option<String>,
) -> Option<T> {
    flag.clone()
        .or_else(|| environment(variable).map(T::from))
        .or_else(|| file.clone())
}

fn wrong(message: String) -> anyhow::Error {
    UsageError {
        message,
        command: "bot",
    }
    .into()
}

fn address(text: &str) -> anyhow::Result<SocketAddr> {
    text.parse().map_err(|_| {
        wrong(format!(
            "--listen: “{text}” không phải địa chỉ và cổng, như 127.0.0.1:8080"
        ))
    })
}

fn numbers(list: &str) -> anyhow::Result<HashSet<u64>> {
    list.split(',')
        .map(str::trim)
        .filter(|number| !number.is_empty())
        .map(|number| {
            number.parse().map_err(|_| {
                wrong(format!(
                    "--operators: “{number}” không phải số tài khoản Telegram"
                ))
            })
        })
        .collect()
}

/// The token from a file, else from the environment. The error never holds it.
fn token(file: Option<&Path>, environment: Option<String>) -> anyhow::Result<Token> {
    let (text, place) = match (file, environment) {
        (Some(file), _) => (secret_text(file)?, file.display().to_string()),
        (None, Some(token)) => (token, "TELOXIDE_TOKEN".to_owned()),
        (None, None) => {
            return Err(wrong(
                "cần mã token của bot: --token-file TỆP hoặc biến TELOXIDE_TOKEN".to_owned(),
            ));
        }
    };
    Token::new(&text).ok_or_else(|| anyhow!("{place}: không phải mã token của BotFather"))
}

fn secret(file: &Path) -> anyhow::Result<String> {
    let text = secret_text(file)?.trim().to_owned();
    let sound = (1..=256).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    sound
        .then_some(text)
        .ok_or_else(|| anyhow!("{}: cần 1 đến 256 ký tự A-Z a-z 0-9 _ -", file.display()))
}

fn secret_text(file: &Path) -> anyhow::Result<String> {
    let text =
        bounded::read_text(file, LONGEST_SECRET).with_context(|| file.display().to_string())?;
    warn_if_open(file);
    Ok(text)
}

/// A secret that others on the machine can read is none.
fn warn_if_open(file: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let open = fs::metadata(file).is_ok_and(|data| data.permissions().mode() & 0o077 != 0);
    if open {
        tell(
            &format!(
                "{}: người khác trên máy đọc được tệp này; nên chmod 600",
                file.display()
            ),
            None,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing(_: &str) -> Option<String> {
        None
    }

    #[test]
    fn flags_over_environment_over_file() {
        let flags = Bot {
            listen: Some("127.0.0.1:1".to_owned()),
            ..Bot::default()
        };
        let file = BotFile {
            listen: Some("127.0.0.1:3".to_owned()),
            operators: Some("5".to_owned()),
            per_second: Some(9),
            ..BotFile::default()
        };
        let environment = |name: &str| match name {
            "TELOXIDE_TOKEN" => Some("1:a".to_owned()),
            "HOIDAP_LISTEN" => Some("127.0.0.1:2".to_owned()),
            "HOIDAP_OPERATORS" => Some("7, 8".to_owned()),
            _ => None,
        };
        let settings = settings(&flags, &file, environment).unwrap();
        assert_eq!(settings.listen.unwrap().port(), 1);
        assert_eq!(settings.operators, HashSet::from([7, 8]));
        assert_eq!(settings.pace.overall, 9);
        assert_eq!(settings.person_limit, A_MINUTE);
        assert!(!format!("{settings:?}").contains("1:a"));
    }

    #[test]
    fn what_is_wrong_is_said_without_the_token() {
        let error = settings(&Bot::default(), &BotFile::default(), nothing).unwrap_err();
        assert!(error.to_string().contains("--token-file"));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        fs::write(&path, "sai-secret").unwrap();
        let flags = Bot {
            token_file: Some(path),
            ..Bot::default()
        };
        let error = settings(&flags, &BotFile::default(), nothing).unwrap_err();
        assert!(!format!("{error:#}").contains("sai-secret"));
        let flags = Bot {
            operators: Some("a".to_owned()),
            ..Bot::default()
        };
        let token = |name: &str| (name == "TELOXIDE_TOKEN").then(|| "1:a".to_owned());
        let error = settings(&flags, &BotFile::default(), token).unwrap_err();
        assert!(error.to_string().contains("--operators"));
    }
}
