//! `hoidap index`: builds the index where it is missing, stale or damaged.

use std::io::{self, Write};

use super::Outcome;
use super::config::Config;
use super::open::open_told;

/// Builds and says how much, and where.
pub fn run(config: &Config) -> anyhow::Result<Outcome> {
    let opened = open_told(config)?;
    let corpus = opened.engine.corpus();
    let size = format!(
        "{} đoạn trong {} văn bản",
        corpus.passage_count(),
        corpus.documents.len()
    );
    let place = config.index.display();
    // A warning here means that the index stayed in memory: all that this command is for is lost.
    if !opened.warnings.is_empty() {
        return Ok(Outcome::Failed);
    }
    let mut stdout = io::stdout().lock();
    if opened.built {
        writeln!(stdout, "Đã dựng chỉ mục: {size}, ở {place}")?;
        if let Some(changes) = opened.changes {
            writeln!(
                stdout,
                "Văn bản mới: {}; thay đổi: {}; không còn: {}; giữ nguyên: {}",
                changes.new, changes.changed, changes.removed, changes.kept
            )?;
        }
    } else {
        writeln!(
            stdout,
            "Chỉ mục đã sẵn sàng, không phải dựng lại: {size}, ở {place}"
        )?;
    }
    Ok(Outcome::Fine)
}
