//! Configuration as resolved: flags over environment over a TOML file over defaults.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::arguments::Common;
use super::bounded;

const FILE: &str = "hoidap.toml";
/// A longer file, in bytes, is none of ours.
const LONGEST: u64 = 1 << 20;

/// Where things are.
#[derive(Debug, PartialEq, Eq)]
pub struct Config {
    /// Folder of the documents and tables.
    pub corpus: PathBuf,
    /// Folder of the built index.
    pub index: PathBuf,
    /// Folder of the operator's own data; nothing is kept without one.
    pub data: Option<PathBuf>,
    /// Address of the store that several processes share; it may hold a password.
    pub store: Option<Address>,
    /// What the file says of the bot.
    pub bot: BotFile,
}

/// An address that is not to be shown.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Address(pub String);

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// The file's table `[bot]`; its flags and variables are resolved where the bot is started.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct BotFile {
    pub token_file: Option<PathBuf>,
    pub api_url: Option<String>,
    pub webhook: Option<String>,
    pub webhook_secret_file: Option<PathBuf>,
    pub listen: Option<String>,
    pub operators: Option<String>,
    pub days: Option<u32>,
    pub per_second: Option<u32>,
    pub per_second_chat: Option<u32>,
    pub per_minute_group: Option<u32>,
    pub per_minute_person: Option<u32>,
    pub inline_cache: Option<u32>,
}

/// The file's keys.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    corpus: Option<PathBuf>,
    index: Option<PathBuf>,
    data: Option<PathBuf>,
    store: Option<Address>,
    bot: Option<BotFile>,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file that was named cannot be read.
    #[error("{path}: không đọc được tệp cấu hình")]
    Unreadable { path: PathBuf, source: io::Error },
    /// The file is no TOML, or holds a key that nobody knows.
    #[error("{path}:{line}: tệp cấu hình sai: {what}")]
    Malformed {
        path: PathBuf,
        line: usize,
        what: String,
    },
}

impl Config {
    /// Resolves the common options; `environment` looks a variable up.
    pub fn resolve(
        flags: &Common,
        environment: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, ConfigError> {
        let file = File::find(flags.config.as_deref())?;
        let pick = |flag: &Option<PathBuf>, variable: &str, file: Option<PathBuf>| {
            let set = || {
                environment(variable)
                    .filter(|value| !value.is_empty())
                    .map(PathBuf::from)
            };
            flag.clone().or_else(set).or(file)
        };
        Ok(Self {
            corpus: pick(&flags.corpus, "HOIDAP_CORPUS", file.corpus)
                .unwrap_or_else(|| PathBuf::from("corpus")),
            index: pick(&flags.index, "HOIDAP_INDEX", file.index)
                .unwrap_or_else(|| PathBuf::from("index")),
            data: pick(&flags.data, "HOIDAP_DATA", file.data),
            store: store(flags, &environment).map(Address).or(file.store),
            bot: file.bot.unwrap_or_default(),
        })
    }
}

/// What the flag or the variable says.
fn store(flags: &Common, environment: impl Fn(&str) -> Option<OsString>) -> Option<String> {
    #[cfg(feature = "bot")]
    let flag = flags.store.clone();
    #[cfg(not(feature = "bot"))]
    let flag = None;
    let _ = flags;
    let set = || environment("HOIDAP_STORE").map(|value| value.to_string_lossy().into_owned());
    flag.or_else(set).filter(|address| !address.is_empty())
}

impl File {
    /// The named file, which must be there, or the one of the current folder, which need not.
    fn find(named: Option<&Path>) -> Result<Self, ConfigError> {
        let path = named.unwrap_or(Path::new(FILE));
        match bounded::read_text(path, LONGEST) {
            Ok(text) => Self::parse(path, &text),
            Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => {
                Ok(Self::default())
            }
            Err(source) => Err(ConfigError::Unreadable {
                path: path.to_owned(),
                source,
            }),
        }
    }

    fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let file: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = 1 + text.as_bytes()[..at]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            ConfigError::Malformed {
                path: path.to_owned(),
                line,
                what: error.message().to_owned(),
            }
        })?;
        Ok(file.relative_to(path.parent().unwrap_or(Path::new(""))))
    }

    /// Paths in a file are meant from where the file lies, not from where one stands.
    fn relative_to(self, folder: &Path) -> Self {
        let join = |path: Option<PathBuf>| path.map(|path| folder.join(path));
        Self {
            corpus: join(self.corpus),
            index: join(self.index),
            data: join(self.data),
            store: self.store,
            bot: self.bot.map(|bot| BotFile {
                token_file: join(bot.token_file),
                webhook_secret_file: join(bot.webhook_secret_file),
                ..bot
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn nothing(_: &str) -> Option<OsString> {
        None
    }

    #[test]
    fn defaults_when_nothing_is_said() {
        let config = Config::resolve(&Common::default(), nothing).unwrap();
        assert_eq!(config.corpus, PathBuf::from("corpus"));
        assert_eq!(config.index, PathBuf::from("index"));
        assert_eq!(config.data, None);
    }

    #[test]
    fn flags_over_environment_over_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("c.toml");
        fs::write(&path, "corpus = \"a\"\nindex = \"b\"\ndata = \"/c\"\n").unwrap();
        let flags = Common {
            config: Some(path),
            corpus: Some("flag".into()),
            ..Common::default()
        };
        let environment = |name: &str| match name {
            "HOIDAP_CORPUS" | "HOIDAP_INDEX" => Some("env".into()),
            _ => Some(OsString::new()),
        };
        let config = Config::resolve(&flags, environment).unwrap();
        assert_eq!(config.corpus, PathBuf::from("flag"));
        assert_eq!(config.index, PathBuf::from("env"));
        assert_eq!(
            config.data,
            Some(PathBuf::from("/c")),
            "an empty variable is not set"
        );
    }

    #[test]
    fn paths_of_a_file_are_meant_from_where_it_lies() {
        let file = File::parse(Path::new("/etc/hoidap.toml"), "corpus = \"a\"").unwrap();
        assert_eq!(file.corpus, Some(PathBuf::from("/etc/a")));
    }

    #[test]
    fn an_unknown_key_is_an_error_with_its_line() {
        let error = File::parse(Path::new("c.toml"), "corpus = \"a\"\ncorpse = 1\n").unwrap_err();
        let told = error.to_string();
        assert!(
            told.starts_with("c.toml:2: tệp cấu hình sai: unknown field `corpse`"),
            "{told}"
        );
    }

    #[test]
    fn a_named_file_must_be_there() {
        let flags = Common {
            config: Some("/nowhere/c.toml".into()),
            ..Common::default()
        };
        assert!(matches!(
            Config::resolve(&flags, nothing),
            Err(ConfigError::Unreadable { .. })
        ));
    }
}
