//! `hoidap check`: every problem of the corpus and its tables on a line of its own, and what waits
//! to be looked at.

use std::io::{self, Write};

use anyhow::Context as _;

use super::Outcome;
use super::config::Config;
use crate::corpus::Corpus;
use crate::render::terminal::{shown, shown_lines};

/// Prints all problems and a summary.
pub fn run(config: &Config) -> anyhow::Result<Outcome> {
    let loaded = Corpus::load(&config.corpus);
    let (corpus, _) = loaded.with_context(|| config.corpus.display().to_string())?;
    let problems = corpus.problems();
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    for problem in &problems {
        writeln!(stdout, "{}", shown_lines(&problem.to_string()))?;
    }
    let waiting = corpus.waiting();
    for entry in &waiting {
        writeln!(
            stdout,
            "{}:{}: chờ rà soát: {}",
            entry.file,
            entry.line,
            shown(&entry.what)
        )?;
    }
    if !waiting.is_empty() {
        writeln!(
            stdout,
            "\n{} mục chờ rà soát (không phải lỗi): đối chiếu xong thì xóa dòng “review = true”.",
            waiting.len()
        )?;
    }
    let size = format!(
        "{} văn bản, {} đoạn",
        corpus.documents.len(),
        corpus.passages.len()
    );
    if problems.is_empty() {
        writeln!(stdout, "Không có lỗi nào: {size}.")?;
    } else {
        writeln!(stdout, "\n{} chỗ cần sửa: {size}.", problems.len())?;
    }
    stdout.flush()?;
    Ok(if problems.is_empty() {
        Outcome::Fine
    } else {
        Outcome::Failed
    })
}
