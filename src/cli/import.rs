//! `hoidap import`: an official file into the corpus, with a report of what was recognised.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context as _;

use super::Outcome;
use super::arguments::Import;
use super::bounded;
use super::config::Config;
use crate::answer::date;
use crate::import::{self, ImportError, Plan, Request};
use crate::render::terminal::{shown, shown_lines};

/// What is longer, in bytes, is not read at all; the import's own limit is lower, and better explained.
const LONGEST: u64 = 64 << 20;
/// Folder of the corpus for what was there before.
const BEFORE: &str = "goc";

/// Reads the file, shows what it comes to, and writes it unless it is only to be shown.
pub fn run(config: &Config, import: &Import) -> anyhow::Result<Outcome> {
    let name = import
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let at = || import.file.display().to_string();
    let bytes = bounded::read(&import.file, LONGEST).with_context(at)?;
    let source = import::read(&name, &bytes).with_context(at)?;
    let request = Request {
        name,
        source,
        files: corpus_files(&config.corpus)?,
        id: import.id.clone(),
        force: import.force,
    };
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    let plan = match import::plan(request) {
        Ok(plan) => plan,
        Err(error) => {
            if let ImportError::Unsound { doubtful, .. } = &error {
                for word in doubtful {
                    writeln!(stdout, "{}", shown(&word.to_string()))?;
                }
            }
            stdout.flush()?;
            return Err(error).with_context(at);
        }
    };
    show(&mut stdout, &plan, import.dry_run)?;
    if !import.dry_run {
        for path in write(&config.corpus, &plan)? {
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

/// Writes what the plan says: first what was there before goes to a folder of its own.
fn write(folder: &Path, plan: &Plan) -> anyhow::Result<Vec<PathBuf>> {
    let mut written = Vec::new();
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let before = folder.join(BEFORE);
    let day = today();
    for (name, bytes) in &plan.replaced {
        fs::create_dir_all(&before).with_context(|| before.display().to_string())?;
        let path = free(&before, name, &day);
        replace(&path, bytes)?;
        written.push(path);
    }
    for (name, bytes) in &plan.writes {
        let path = folder.join(name);
        replace(&path, bytes)?;
        written.push(path);
    }
    Ok(written)
}

/// A name that no file has yet: `ke-hoach-109.truoc-2026-05-01.md`.
fn free(folder: &Path, name: &str, day: &str) -> PathBuf {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let named = |again: &str| folder.join(format!("{stem}.truoc-{day}{again}.{ending}"));
    let mut path = named("");
    let mut times = 1;
    while path.exists() {
        times += 1;
        path = named(&format!("-{times}"));
    }
    path
}

/// Writes a file whole or not at all: aside, then in place of the old one.
fn replace(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(".tam");
    let aside = path.with_file_name(name);
    let done = write_through(&aside, bytes).and_then(|()| fs::rename(&aside, path));
    if done.is_err() {
        // Nothing half written stays beside the corpus.
        let _ = fs::remove_file(&aside);
    }
    done.with_context(|| path.display().to_string())
}

/// A link that somebody has put under this name is not followed.
fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Today's date, UTC: `2026-05-01`.
fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = since.map_or(0, |since| since.as_secs() / 86_400);
    date(u32::try_from(days).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_before_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let first = free(folder.path(), "a.md", "2026-05-01");
        fs::write(&first, "x").unwrap();
        let second = free(folder.path(), "a.md", "2026-05-01");
        assert_eq!(first.file_name().unwrap(), "a.truoc-2026-05-01.md");
        assert_eq!(second.file_name().unwrap(), "a.truoc-2026-05-01-2.md");
    }
}
