//! What the terminal can show: colours, and how wide.

use std::io::{self, IsTerminal};

use crate::render::terminal::Style;

/// Longer lines are hard to read even where there is room.
const WIDEST: usize = 100;
const USUAL: usize = 80;

/// The style for standard output: colours and broken lines only where a person looks on.
pub fn style() -> Style {
    if !io::stdout().is_terminal() {
        return Style::default();
    }
    style_of_terminal(width())
}

/// The style for a terminal of this width.
pub fn style_of_terminal(width: usize) -> Style {
    Style {
        colour: wants_colour(),
        width: Some(width.min(WIDEST)),
    }
}

/// NO_COLOR counts when it is set and not empty (no-color.org).
fn wants_colour() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !refused && !dumb
}

fn width() -> usize {
    std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok())
        .unwrap_or(USUAL)
}
