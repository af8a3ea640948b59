//! `hoidap check`: every problem of the corpus and its tables on a line of its own, what waits to be
//! looked at, and on demand a report on everyday words.

use std::io::{self, Write};

use anyhow::Context as _;

use super::Outcome;
use super::arguments::Check;
use super::config::Config;
use crate::corpus::{Corpus, LEXICON_FILE, Reach, Shared, Words};
use crate::render::terminal::{shown, shown_lines};

/// Prints all problems and a summary.
pub fn run(config: &Config, arguments: &Check) -> anyhow::Result<Outcome> {
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
        corpus.passage_count()
    );
    if problems.is_empty() {
        writeln!(stdout, "Không có lỗi nào: {size}.")?;
    } else {
        writeln!(stdout, "\n{} chỗ cần sửa: {size}.", problems.len())?;
    }
    if arguments.words {
        print_words(&corpus, &mut stdout)?;
    }
    stdout.flush()?;
    Ok(if problems.is_empty() {
        Outcome::Fine
    } else {
        Outcome::Failed
    })
}

/// What leads people to the passages, and where words meet. Nothing here is an error.
fn print_words(corpus: &Corpus, out: &mut impl Write) -> io::Result<()> {
    let words = Words::new(corpus);
    let unreached: Vec<&Reach> = words.unreached().collect();
    writeln!(
        out,
        "\nĐoạn không có lời thường nào dẫn tới: {}",
        unreached.len()
    )?;
    print_passages(corpus, &unreached, out)?;
    let (median, poor) = words.poor();
    writeln!(
        out,
        "\nĐoạn có ít cách diễn đạt (chưa bằng nửa của trung vị {median}): {}",
        poor.len()
    )?;
    print_passages(corpus, &poor, out)?;
    print_shared("Từ dẫn tới hơn một khái niệm", &words.shared, out)?;
    print_shared(
        "Từ của các khái niệm khác nhau mà bỏ dấu thì trùng",
        &words.alike,
        out,
    )?;
    print_shared("Từ của khái niệm cũng ghi ở content_free", &words.idle, out)?;
    writeln!(out, "\nKhái niệm: từ của văn bản, lời thường, số đoạn")?;
    for concept in &words.concepts {
        writeln!(
            out,
            "  {}: {}, {}, {}",
            concept.id, concept.official, concept.everyday, concept.passages
        )?;
    }
    Ok(())
}

fn print_passages(corpus: &Corpus, passages: &[&Reach], out: &mut impl Write) -> io::Result<()> {
    for reach in passages {
        writeln!(
            out,
            "  {}: {} khái niệm có lời thường, {} cách diễn đạt",
            corpus.passage(reach.passage).id,
            reach.concepts,
            reach.paraphrases
        )?;
    }
    Ok(())
}

fn print_shared(title: &str, shared: &[Shared], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n{title}: {}", shared.len())?;
    for shared in shared {
        let phrases = shared.phrases.iter();
        let phrases: Vec<String> = phrases
            .map(|(phrase, id)| format!("“{phrase}” ({id})"))
            .collect();
        writeln!(
            out,
            "  {LEXICON_FILE}:{}: {}",
            shared.line,
            phrases.join(", ")
        )?;
    }
    Ok(())
}
