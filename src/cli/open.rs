//! Opening the engine for a command, with what the operator should know told on standard error.

use anyhow::Context as _;

use super::config::Config;
use super::failure::tell;
use super::progress::Shown;
use crate::engine::{Engine, Opened};

/// Opens the engine; one line for each warning, one for all problems of the corpus together.
pub fn open(config: &Config) -> anyhow::Result<Engine> {
    Ok(open_told(config)?.engine)
}

/// The same, with how it came about.
pub fn open_told(config: &Config) -> anyhow::Result<Opened> {
    let mut shown = Shown::new();
    let tell_how_far = &mut |progress| shown.show(progress);
    let opened = Engine::open_telling(&config.corpus, Some(&config.index), tell_how_far)
        .with_context(|| format!("{}", config.corpus.display()))?;
    drop(shown);
    for warning in &opened.warnings {
        tell(warning, None);
    }
    if !opened.problems.is_empty() {
        tell(
            &format!(
                "{}: {} chỗ cần sửa trong văn bản hoặc các bảng; chạy `hoidap check` để xem",
                config.corpus.display(),
                opened.problems.len()
            ),
            None,
        );
    }
    Ok(opened)
}
