//! The way to a backup while the bot runs: it holds the store, so that whoever wants a backup asks it
//! over a socket in the data folder, and gets the file's bytes. Only the bot's own user and root are
//! answered.

use std::fs;
use std::io::{self, BufWriter};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{UnixListener, UnixStream};

use super::app::{App, now};

/// The socket's name in the data folder.
pub const BACKUP_SOCKET: &str = "backup.sock";
/// Whoever asked and does not read for so long is given up.
const PATIENCE: Duration = Duration::from_secs(30);
const ROOT: u32 = 0;

/// The open socket; its file goes when this does.
pub struct Door {
    listener: UnixListener,
    path: PathBuf,
    owner: u32,
}

impl Door {
    /// Opens the socket in a data folder. What an earlier process left there is removed: the store's
    /// lock is held, so nobody answers at it.
    pub fn open(data: &Path) -> io::Result<Self> {
        let path = data.join(BACKUP_SOCKET);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = UnixListener::bind(&path)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
        let owner = fs::metadata(&path)?.uid();
        Ok(Self {
            listener,
            path,
            owner,
        })
    }

    /// Answers one after the other, until the process ends.
    pub async fn serve(self, app: Arc<App>) {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) if self.is_welcome(&stream) => give(&app, stream).await,
                Ok(_) => tracing::warn!("người dùng khác của máy xin bản sao lưu, không đưa"),
                // Too many open files, for one: it passes.
                Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
            }
        }
    }

    /// The socket's mode says so too, but not between its making and its change.
    fn is_welcome(&self, stream: &UnixStream) -> bool {
        stream
            .peer_cred()
            .is_ok_and(|peer| peer.uid() == self.owner || peer.uid() == ROOT)
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

async fn give(app: &Arc<App>, stream: UnixStream) {
    let Ok(stream) = blocking(stream) else { return };
    let written = app
        .keep_long(move |store| store.back_up(now(), &mut BufWriter::new(stream)))
        .await;
    let result = if written.is_some() { "ok" } else { "failed" };
    metrics::counter!("hoidap_backups_total", "result" => result).increment(1);
    if let Some(records) = written {
        metrics::gauge!("hoidap_last_backup_timestamp_seconds").set(now() as f64);
        tracing::info!(records, "đã đưa bản sao lưu");
    }
}

/// The store writes as to a file; a reader that is gone or asleep ends it.
fn blocking(stream: UnixStream) -> io::Result<std::os::unix::net::UnixStream> {
    let stream = stream.into_std()?;
    stream.set_nonblocking(false)?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}
