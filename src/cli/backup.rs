//! `hoidap backup` and `hoidap restore`: the store in one checked file, and back.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, anyhow};

use super::Outcome;
use super::arguments::{Backup, Restore};
use super::config::{Address, Config};
use super::shared;
use super::store::{folder, open_in, open_store, retention};
use crate::answer::date;
use crate::bot::{BACKUP_SOCKET, now};
use crate::store::{self, Store, StoreError, check_backup, day_of, finish_restore};

/// A bot that says nothing for so long has stopped.
const PATIENCE: Duration = Duration::from_secs(60);

/// Writes the store to a file: aside, checked, then under its name.
pub fn back_up(config: &Config, arguments: &Backup) -> anyhow::Result<Outcome> {
    let file = &arguments.file;
    let place = || file.display().to_string();
    if file.exists() && !arguments.force {
        return Err(anyhow!("đã có tệp này; ghi đè bằng --force")).with_context(place);
    }
    let aside = Aside::beside(file);
    let mut out = create(&aside.path).with_context(place)?;
    let source = write(config, &mut out)?;
    out.sync_all().with_context(place)?;
    let backup = check(&aside.path).with_context(place)?;
    fs::rename(&aside.path, file).with_context(place)?;
    sync(file).with_context(place)?;
    writeln!(
        io::stdout(),
        "Đã sao lưu {} bản ghi vào {} ({source}).",
        backup.records,
        file.display()
    )?;
    Ok(Outcome::Fine)
}

/// Makes the store what a file holds.
pub fn restore(config: &Config, arguments: &Restore) -> anyhow::Result<Outcome> {
    let file = &arguments.file;
    let place = || file.display().to_string();
    let mut stdout = io::stdout().lock();
    if arguments.check {
        let backup = check(file).with_context(place)?;
        let made = date(day_of(backup.made));
        writeln!(
            stdout,
            "Bản sao lưu nguyên vẹn: {} bản ghi, làm ngày {made}.",
            backup.records
        )?;
        return Ok(Outcome::Fine);
    }
    if let Some(address) = &config.store {
        return restore_shared(config, address, arguments);
    }
    let input = File::open(file).with_context(place)?;
    let folder = folder(config, "restore")?;
    super::store::make(&folder)?;
    let aside = free(&folder);
    let restored = store::restore(
        &folder,
        &aside,
        &mut BufReader::new(input),
        arguments.force,
        retention(config),
    );
    let restored = restored.map_err(|error| match error {
        StoreError::Backup(_) => anyhow::Error::from(error).context(place()),
        error => anyhow::Error::from(error).context(folder.display().to_string()),
    })?;
    writeln!(
        stdout,
        "Đã khôi phục {} bản ghi, sao lưu ngày {}.",
        restored.backup.records,
        date(day_of(restored.backup.made))
    )?;
    if restored.kept {
        writeln!(stdout, "Kho cũ được giữ ở {}.", aside.display())?;
    }
    Ok(Outcome::Fine)
}

/// Makes the store in Redis what a file holds. The file is read twice: what is not whole touches
/// nothing.
fn restore_shared(
    config: &Config,
    address: &Address,
    arguments: &Restore,
) -> anyhow::Result<Outcome> {
    let file = &arguments.file;
    let place = || file.display().to_string();
    if arguments.force {
        return Err(anyhow!(
            "kho trong Redis không ghi đè: chọn một số khác trong --store, như redis://127.0.0.1:6379/1"
        ));
    }
    check(file).with_context(place)?;
    let input = File::open(file).with_context(place)?;
    let restored = shared::restore(address, &mut BufReader::new(input), retention(config))?;
    writeln!(
        io::stdout(),
        "Đã khôi phục {} bản ghi, sao lưu ngày {}.",
        restored.records,
        date(day_of(restored.made))
    )?;
    Ok(Outcome::Fine)
}

/// A name beside the store that nothing has yet.
fn free(folder: &Path) -> PathBuf {
    let day = date(day_of(now()));
    (1..)
        .map(|number| folder.with_file_name(format!("store.truoc-{day}-{number}")))
        .find(|path| !path.exists())
        .unwrap_or_default()
}

/// The bytes from the bot, if one runs, else from the store; which of them gave them.
fn write(config: &Config, out: &mut File) -> anyhow::Result<&'static str> {
    if config.store.is_some() {
        let store = open_store(config)?;
        let mut out = BufWriter::new(out);
        store.back_up(now(), &mut out)?;
        out.flush()?;
        return Ok("đọc từ Redis");
    }
    let folder = folder(config, "backup")?;
    let socket = folder.with_file_name(BACKUP_SOCKET);
    match UnixStream::connect(&socket) {
        Ok(mut stream) => {
            let place = || socket.display().to_string();
            stream
                .set_read_timeout(Some(PATIENCE))
                .with_context(place)?;
            io::copy(&mut stream, out).with_context(place)?;
            Ok("hỏi bot đang chạy")
        }
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Err(error)
            .context("chạy lệnh này bằng người dùng của bot")
            .with_context(|| socket.display().to_string()),
        Err(_) => {
            finish_restore(&folder)?;
            if !folder.exists() {
                return Err(anyhow!("chưa có kho dữ liệu nào"))
                    .with_context(|| folder.display().to_string());
            }
            let store = open_in(&folder, config)?;
            let mut out = BufWriter::new(out);
            store.back_up(now(), &mut out)?;
            out.flush()?;
            Ok("đọc thẳng từ kho")
        }
    }
}

fn check(file: &Path) -> anyhow::Result<store::Backup> {
    Ok(check_backup(&mut BufReader::new(File::open(file)?))?)
}

/// Questions are for nobody else on the machine, and a link that somebody has put there is not
/// followed.
fn create(path: &Path) -> io::Result<File> {
    File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

/// The rename is on disk once the folder is.
fn sync(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| *folder != Path::new(""));
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// A file that is gone when it goes out of scope, unless it was renamed away.
struct Aside {
    path: PathBuf,
}

impl Aside {
    fn beside(file: &Path) -> Self {
        let mut name = file.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".tam-{}", std::process::id()));
        Self {
            path: file.with_file_name(name),
        }
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}
