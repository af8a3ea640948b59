//! `hoidap import`: an official file into the corpus, with a report of what was recognised.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::Context as _;

use super::Outcome;
use super::arguments::Import;
use super::bounded;
use super::config::Config;
use super::files;
use crate::answer::date;
use crate::import::{self, ImportError, Plan, Request};
use crate::render::terminal::{shown, shown_lines};

/// What is longer, in bytes, is not read at all; the import's own limit is lower, and better explained.
const LONGEST: u64 = 64 << 20;

/// An import is given up after so long; the reader gives up a second before.
const LONGEST_RUN: Duration = Duration::from_secs(9);

/// Reads the file, shows what it comes to, and writes it unless it is only to be shown.
pub fn run(config: &Config, import: &Import) -> anyhow::Result<Outcome> {
    let name = import
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let started = Instant::now();
    let at = || import.file.display().to_string();
    let bytes = bounded::read(&import.file, LONGEST).with_context(at)?;
    let source = import::read(&name, &bytes).with_context(at)?;
    if !import.dry_run {
        let finished = files::finish(&config.corpus);
        for path in finished.with_context(|| config.corpus.display().to_string())? {
            eprintln!(
                "hoidap: đã ghi nốt {} của lần nhập bị dừng giữa chừng",
                path.display()
            );
        }
    }
    let request = Request {
        name,
        source,
        files: corpus_files(&config.corpus)?,
        id: import.id.clone(),
        force: import.force,
    };
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    let left = LONGEST_RUN.saturating_sub(started.elapsed());
    let plan = match import::plan_within(request, left) {
        Ok(plan) => plan,
        Err(error) => {
            if let ImportError::Unsound { doubtful, .. } = &error {
                for word in doubtful {
                    writeln!(stdout, "{}", shown(word))?;
                }
            }
            stdout.flush()?;
            return Err(error).with_context(at);
        }
    };
    show(&mut stdout, &plan, import.dry_run)?;
    if !import.dry_run {
        let written = files::write(&config.corpus, &plan.replaced, &plan.writes, &today());
        for path in written.with_context(|| config.corpus.display().to_string())? {
            writeln!(stdout, "Đã ghi {}", path.display())?;
        }
    }
    stdout.flush()?;
    Ok(Outcome::Fine)
}

fn show(out: &mut impl Write, plan: &Plan, whole: bool) -> io::Result<()> {
    writeln!(out, "{}", shown_lines(&plan.report.to_string()))?;
    if !plan.difference.is_empty() {
        writeln!(
            out,
            "Khác với bản đang có:\n{}",
            shown_lines(&plan.difference)
        )?;
    }
    if whole {
        let names: Vec<&str> = plan.writes.iter().map(|(name, _)| name.as_str()).collect();
        writeln!(
            out,
            "Chạy thử, chưa ghi gì. Bỏ --dry-run thì {}:\n",
            match names.is_empty() {
                true => "cũng không có gì để ghi".to_owned(),
                false => format!("sẽ ghi {}, như sau", names.join(", ")),
            }
        )?;
        for (name, bytes) in &plan.writes {
            writeln!(out, "=== {name}\n{}", String::from_utf8_lossy(bytes))?;
        }
    }
    Ok(())
}

/// The corpus as it is; none of it where the folder is not there yet.
fn corpus_files(folder: &Path) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(files),
        Err(error) => return Err(error).with_context(|| folder.display().to_string()),
    };
    for entry in entries {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let own = !name.starts_with('.') && (name.ends_with(".md") || name.ends_with(".toml"));
        if own && path.is_file() {
            let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
            files.push((name, bytes));
        }
    }
    Ok(files)
}

/// Today's date, UTC: `2026-05-01`.
fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.map_or(0, |since| since.as_secs() / 86_400);
    date(u32::try_from(days).unwrap_or(u32::MAX))
}
