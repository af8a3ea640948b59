//! Where the lines of a conversation come from: a person at a terminal, or a pipe.

use std::fs;
use std::io::BufRead;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;

use crate::cli::failure::tell;
use crate::cli::lossy::read_lossy_line;

const PROMPT: &str = "hỏi> ";
const HISTORY: &str = "chat.history";
const USUAL_WIDTH: usize = 80;

/// A source of lines.
pub trait Input {
    /// The next line; `None` when the person leaves.
    fn line(&mut self) -> anyhow::Result<Option<String>>;
    /// Keeps a line for the arrow keys.
    fn remember(&mut self, line: &str);
}

/// A person at a terminal, with line editing and, where there is a data folder, history.
pub struct Editor {
    editor: rustyline::Editor<(), FileHistory>,
    history: Option<PathBuf>,
}

impl Editor {
    /// Takes over the terminal's line editing.
    pub fn open(data: Option<&Path>) -> anyhow::Result<Self> {
        let mut editor =
            rustyline::Editor::new().context("không dùng được cửa sổ lệnh để gõ câu hỏi")?;
        let history = data.and_then(history_file);
        if let Some(path) = &history {
            // The first conversation has none yet.
            let _ = editor.load_history(path);
        }
        Ok(Self { editor, history })
    }

    /// Characters in a line of the terminal.
    pub fn width(&mut self) -> usize {
        self.editor
            .dimensions()
            .map_or(USUAL_WIDTH, |(columns, _)| usize::from(columns))
    }
}

/// The history's file in the data folder, which is made if need be. Talking works without.
fn history_file(data: &Path) -> Option<PathBuf> {
    match fs::create_dir_all(data) {
        Ok(()) => Some(data.join(HISTORY)),
        Err(error) => {
            let place = data.display();
            tell(
                &format!("{place}: không lưu được lịch sử câu đã gõ: {error}"),
                None,
            );
            None
        }
    }
}

impl Input for Editor {
    fn line(&mut self) -> anyhow::Result<Option<String>> {
        match self.editor.readline(PROMPT) {
            Ok(line) => Ok(Some(line)),
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn remember(&mut self, line: &str) {
        let _ = self.editor.add_history_entry(line);
        if let Some(path) = &self.history {
            // After each line, so that a closed window loses nothing. A full disk costs the
            // history, not the conversation.
            let _ = self.editor.append_history(path);
        }
    }
}

/// Lines from a pipe or a file: no prompt, no history, any bytes.
pub struct Piped<R> {
    reader: R,
}

impl<R: BufRead> Piped<R> {
    /// Reads from here.
    pub fn new(reader: R) -> Self {
        Self { reader }
    }
}

impl<R: BufRead> Input for Piped<R> {
    fn line(&mut self) -> anyhow::Result<Option<String>> {
        Ok(read_lossy_line(&mut self.reader)?)
    }

    fn remember(&mut self, _: &str) {}
}
