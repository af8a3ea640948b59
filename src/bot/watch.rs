//! What goes wrong with the files of a library while it is open, and shows in no answer: a document's file that
//! was changed, of which nothing is quoted then, and a large index with damage in it, which only reading it
//! whole can tell. The operator is told once, and the index is built anew.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::app::App;
use super::handlers::operators::reload;
use crate::engine::{Checked, Engine};
use crate::index::IndexError;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(5);
/// A large index is read whole so long after it was opened: the first answers have the disk to themselves.
const CALM: Duration = Duration::from_secs(30);
/// So many names in one line of the log.
const NAMES: usize = 5;

/// Looks for as long as the bot runs.
pub async fn watch(app: Arc<App>) {
    let mut told = Told::default();
    let mut unchecked = None;
    let mut fingerprint = String::new();
    loop {
        let engine = app.service.engine();
        tell_of_lost(&mut told, &engine);
        // Once for each opening with other documents: reading gigabytes again and again wears the disk.
        if engine.corpus().fingerprint != fingerprint {
            fingerprint.clone_from(&engine.corpus().fingerprint);
            unchecked = Some(Instant::now());
        }
        drop(engine);
        if unchecked
            .take_if(|opened| opened.elapsed() >= CALM)
            .is_some()
        {
            check_index(&app).await;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Which lost files were told of, and of which documents.
#[derive(Default)]
struct Told {
    fingerprint: String,
    files: HashSet<String>,
}

impl Told {
    /// Those not told of yet, as long as the documents are the same ones.
    fn new_of(&mut self, fingerprint: &str, lost: Vec<String>) -> Vec<String> {
        if self.fingerprint != fingerprint {
            self.fingerprint = fingerprint.to_owned();
            self.files.clear();
        }
        let mut new = lost;
        new.retain(|file| self.files.insert(file.clone()));
        new
    }
}

fn tell_of_lost(told: &mut Told, engine: &Engine) {
    let corpus = engine.corpus();
    let new = told.new_of(&corpus.fingerprint, corpus.lost_files());
    if new.is_empty() {
        return;
    }
    let files = new[..new.len().min(NAMES)].join(", ");
    tracing::warn!(
        count = new.len(),
        %files,
        "văn bản đã đổi hay mất từ khi mở; không trích nữa cho tới khi nạp lại"
    );
}

async fn check_index(app: &Arc<App>) {
    let Ok(checked) = app.think(|service| service.engine().check_index()).await else {
        return;
    };
    match checked {
        Ok(Checked::Sound) => {}
        Ok(Checked::Discarded) => {
            tracing::error!("chỉ mục hỏng trên đĩa; đang dựng lại");
            reload(app).await;
        }
        Ok(Checked::Left) => {
            tracing::error!("chỉ mục hỏng trên đĩa; tiến trình khác đang dựng lại")
        }
        Err(error) => not_discarded(&error),
    }
}

fn not_discarded(error: &IndexError) {
    tracing::error!(%error, "chỉ mục hỏng trên đĩa, và không xóa được");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_of_once_and_again_after_a_reload() {
        let mut told = Told::default();
        let files = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut new = |print: &str, lost| told.new_of(print, files(lost));
        assert_eq!(new("a", &["1.md"]), ["1.md"]);
        assert_eq!(new("a", &["1.md", "2.md"]), ["2.md"]);
        // An engine that was emptied loses them again.
        assert!(new("a", &["2.md"]).is_empty());
        assert_eq!(new("b", &["2.md"]), ["2.md"]);
    }
}
