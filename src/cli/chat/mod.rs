//! `hoidap chat`: a conversation in the terminal. The same answers and follow-ups as everywhere;
//! this file only carries lines to and fro.

mod input;
mod orders;
mod talk;

use std::io::{self, IsTerminal, Write};

use self::input::{Editor, Input, Piped};
use self::talk::{Talk, Turn};
use super::config::Config;
use super::open::open;
use super::{Outcome, screen};

/// Talks until the person leaves.
pub fn run(config: &Config) -> anyhow::Result<Outcome> {
    let engine = open(config)?;
    let person = io::stdin().is_terminal() && io::stdout().is_terminal();
    if person {
        let mut editor = Editor::open(config.data.as_deref())?;
        let style = screen::style_of_terminal(editor.width());
        let mut talk = Talk::new(&engine, style);
        write_out(&talk.welcome())?;
        converse(&mut talk, &mut editor)?;
        write_out("Tạm biệt!\n")?;
    } else {
        converse(
            &mut Talk::new(&engine, screen::style()),
            &mut Piped::new(io::stdin().lock()),
        )?;
    }
    Ok(Outcome::Fine)
}

fn converse(talk: &mut Talk, input: &mut impl Input) -> anyhow::Result<()> {
    while let Some(line) = input.line()? {
        match talk.turn(&line) {
            Turn::Say { text, private } => {
                write_out(&text)?;
                if !private {
                    input.remember(&line);
                }
            }
            Turn::Nothing => {}
            Turn::Leave => break,
        }
    }
    Ok(())
}

/// Written and flushed at once: the other side may be a program that waits for the answer.
fn write_out(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}
