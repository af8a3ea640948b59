//! How far the indexing of a library is: a bar on a terminal, a line now and then elsewhere.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::failure::tell;
use crate::engine::Progress;

/// Nothing is shown of what takes less.
const SILENT: Duration = Duration::from_secs(1);
/// Between two lines.
const EVERY: Duration = Duration::from_secs(10);

/// Shows progress on standard error.
pub struct Shown {
    bar: Option<ProgressBar>,
    begun: Instant,
    /// When the last line was written.
    line: Option<Instant>,
    step: &'static str,
}

impl Shown {
    /// Nothing is shown yet.
    pub fn new() -> Self {
        let bar = stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{msg} {wide_bar} {percent} %, còn {eta}");
            let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::hidden().with_style(style)
        });
        Self {
            bar,
            begun: Instant::now(),
            line: None,
            step: "",
        }
    }

    /// Shows how far it is.
    pub fn show(&mut self, progress: Progress) {
        let (step, done, all) = match progress {
            Progress::Waiting => {
                tell("một tiến trình khác đang dựng chỉ mục này, chờ xong", None);
                return;
            }
            Progress::Listing { done, all } => ("xem các tệp", done, all),
            Progress::Indexing { done, all } => ("dựng chỉ mục, đoạn", done, all),
            Progress::Finishing => ("gộp chỉ mục", 0, 0),
        };
        let begins = step != self.step;
        self.step = step;
        if self.begun.elapsed() < SILENT {
            return;
        }
        match &self.bar {
            Some(bar) => {
                if bar.is_hidden() {
                    bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
                }
                if begins || bar.message().is_empty() {
                    bar.reset();
                    bar.set_message(step);
                }
                bar.set_length(all as u64);
                bar.set_position(done as u64);
            }
            None => self.line(step, done, all),
        }
    }

    fn line(&mut self, step: &str, done: usize, all: usize) {
        if self.line.is_some_and(|line| line.elapsed() < EVERY) {
            return;
        }
        self.line = Some(Instant::now());
        match all {
            0 => tell(step, None),
            _ => tell(
                &format!("{step}: {done}/{all} ({} %)", done * 100 / all),
                None,
            ),
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
