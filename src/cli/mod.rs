//! The command line: arguments as typed, configuration as resolved, one file a command. What a
//! command does with a question is the engine's; here it is only fetched and shown.

mod arguments;
mod ask;
#[cfg(feature = "bot")]
mod backup;
#[cfg(feature = "bot")]
mod bot;
mod bounded;
mod chat;
mod check;
mod config;
mod eval;
mod failure;
mod files;
mod import;
mod index;
mod lossy;
mod open;
mod progress;
mod screen;
#[cfg(feature = "bot")]
mod shared;
#[cfg(feature = "bot")]
mod stats;
#[cfg(feature = "bot")]
mod store;
mod usage;

use std::process::ExitCode;

use clap::Parser;

use self::arguments::{Arguments, Command};
use self::config::Config;

/// How a command ended that did not break off.
enum Outcome {
    /// All well.
    Fine,
    /// It ran to its end and found something wrong.
    Failed,
}

/// Runs the process's arguments.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage::answer(&error),
    };
    match run(arguments) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::FAILURE,
        Err(error) => failure::report(&error),
    }
}

fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let config = Config::resolve(&arguments.common, |name| std::env::var_os(name))?;
    match arguments.command {
        Command::Chat => chat::run(&config),
        Command::Ask(ask) => ask::run(&config, &ask),
        Command::Index => index::run(&config),
        Command::Check(check) => check::run(&config, &check),
        Command::Eval(eval) => eval::run(&config, &eval),
        Command::Import(import) => import::run(&config, &import),
        #[cfg(feature = "bot")]
        Command::Bot(bot) => bot::run(&config, &bot),
        #[cfg(feature = "bot")]
        Command::Stats(stats) => stats::run(&config, &stats),
        #[cfg(feature = "bot")]
        Command::Backup(arguments) => backup::back_up(&config, &arguments),
        #[cfg(feature = "bot")]
        Command::Restore(arguments) => backup::restore(&config, &arguments),
        #[cfg(feature = "bot")]
        Command::Store(store) => store::run(&config, &store.command),
    }
}
