//! `hoidap store`: the kept data as lines and back, and repair.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context as _;

use super::Outcome;
use super::arguments::StoreCommand;
use super::config::Config;
use super::failure::UsageError;
use crate::bot::now;
use crate::store::{EmbeddedStore, Retention, dump, load, repair};

/// The folder of the store inside the data folder.
const FOLDER: &str = "store";

/// Runs one of the commands.
pub fn run(config: &Config, command: &StoreCommand) -> anyhow::Result<Outcome> {
    match command {
        StoreCommand::Dump => {
            let mut out = BufWriter::new(io::stdout().lock());
            let store = open_store(config)?;
            dump(&store, &mut out)?;
            out.flush()?;
        }
        StoreCommand::Load { file } => {
            let input = File::open(file).with_context(|| file.display().to_string())?;
            let store = open_store(config)?;
            let read = load(&store, &mut BufReader::new(input))
                .with_context(|| file.display().to_string())?;
            writeln!(io::stdout(), "Đã nạp {read} bản ghi.")?;
        }
        StoreCommand::Repair => {
            let folder = folder(config)?;
            let aside = folder.with_file_name(format!("{FOLDER}.hong-{}", now()));
            let kept = repair(&folder, &aside, Retention::default())
                .with_context(|| folder.display().to_string())?;
            let mut stdout = io::stdout().lock();
            writeln!(stdout, "Kho dữ liệu mở được, có {kept} bản ghi.")?;
            if aside.exists() {
                writeln!(stdout, "Bản hỏng được giữ ở {}.", aside.display())?;
            }
        }
    }
    Ok(Outcome::Fine)
}

/// Opens the store in the data folder, which must be named.
pub fn open_store(config: &Config) -> anyhow::Result<EmbeddedStore> {
    let folder = folder(config)?;
    let retention = Retention {
        days: config.bot.days.unwrap_or(Retention::default().days),
        ..Retention::default()
    };
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    EmbeddedStore::open(&folder, retention).with_context(|| folder.display().to_string())
}

fn folder(config: &Config) -> anyhow::Result<PathBuf> {
    let data = config.data.as_ref().ok_or_else(|| UsageError {
        message: "cần thư mục dữ liệu: --data THƯ MỤC".to_owned(),
        command: "store",
    })?;
    Ok(data.join(FOLDER))
}
