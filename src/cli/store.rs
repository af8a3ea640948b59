//! `hoidap store`: the kept data as lines and back, and repair.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;

use super::Outcome;
use super::arguments::StoreCommand;
use super::config::Config;
use super::failure::{UsageError, tell};
use super::shared;
use crate::bot::now;
use crate::store::{EmbeddedStore, Retention, Store, dump, finish_restore, load, repair};

/// The folder of the store inside the data folder.
const FOLDER: &str = "store";

/// Runs one of the commands.
pub fn run(config: &Config, command: &StoreCommand) -> anyhow::Result<Outcome> {
    match command {
        StoreCommand::Dump => {
            let mut out = BufWriter::new(io::stdout().lock());
            let store = open_store(config)?;
            dump(store.as_ref(), &mut out)?;
            out.flush()?;
        }
        StoreCommand::Load { file } => {
            let input = File::open(file).with_context(|| file.display().to_string())?;
            let store = open_store(config)?;
            let read = load(store.as_ref(), &mut BufReader::new(input))
                .with_context(|| file.display().to_string())?;
            writeln!(io::stdout(), "Đã nạp {read} bản ghi.")?;
        }
        StoreCommand::Repair if config.store.is_some() => {
            return Err(UsageError {
                message: "kho trong Redis do Redis tự sửa: redis-check-aof --fix, hoặc khôi phục bản sao lưu"
                    .to_owned(),
                command: "store",
            }
            .into());
        }
        StoreCommand::Repair => {
            let folder = folder(config, "store")?;
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

/// Opens the store: the shared one where one is named, else that in the data folder, which must be.
pub fn open_store(config: &Config) -> anyhow::Result<Arc<dyn Store>> {
    match &config.store {
        Some(address) => shared::open(address, "store", retention(config)),
        None => Ok(Arc::new(open_in(&folder(config, "store")?, config)?)),
    }
}

/// Opens the store in its folder, after a restore that was killed has been ended.
pub fn open_in(folder: &Path, config: &Config) -> anyhow::Result<EmbeddedStore> {
    let place = || folder.display().to_string();
    finish_restore(folder).with_context(place)?;
    make_folder(folder).with_context(place)?;
    let store = EmbeddedStore::open(folder, retention(config)).with_context(place)?;
    if store.regained() > 0 {
        tell(
            &format!(
                "{}: kho dữ liệu đã mất phần cuối (đĩa hỏng, hay tệp bị cắt hoặc ghi đè); đã lấy lại {} góp ý và điều đã tắt, câu hỏi và mạch trò chuyện trong phần ấy thì mất",
                folder.display(),
                store.regained()
            ),
            None,
        );
    }
    Ok(store)
}

/// Makes the data folder around the store's.
pub fn make(folder: &Path) -> anyhow::Result<()> {
    match folder.parent() {
        Some(data) => make_folder(data).with_context(|| data.display().to_string()),
        None => Ok(()),
    }
}

/// What people ask is for nobody else on the machine. A folder that is there stays as it is.
fn make_folder(folder: &Path) -> io::Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

/// How long what is kept.
pub fn retention(config: &Config) -> Retention {
    Retention {
        days: config.bot.days.unwrap_or(Retention::default().days),
        ..Retention::default()
    }
}

/// The store's folder in the data folder.
pub fn folder(config: &Config, command: &'static str) -> anyhow::Result<PathBuf> {
    let data = config.data.as_ref().ok_or_else(|| UsageError {
        message: "cần thư mục dữ liệu: --data THƯ MỤC".to_owned(),
        command,
    })?;
    Ok(data.join(FOLDER))
}
