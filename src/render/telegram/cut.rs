//! Cuts long answers between quotations, so that each message keeps within Telegram's length with
//! its tags balanced; a quotation too long for one message is cut at the end of a sentence.

use super::html;

/// Telegram's limit is 4,096 UTF-16 units of text without tags; some room is left.
pub(super) const MOST: usize = 4_000;

/// A stretch of a message that is not cut: balanced HTML, and its length as Telegram counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    html: String,
    units: usize,
    /// Stands on the line after the piece before it, with no empty line between.
    follows: bool,
}

impl Piece {
    /// A piece whose text without tags is `text`.
    pub(super) fn new(html: String, text: &str, follows: bool) -> Self {
        Self {
            html,
            units: html::units(text),
            follows,
        }
    }
}

/// Joins pieces to messages of at most [`MOST`] units.
pub(super) fn messages(pieces: Vec<Piece>) -> Vec<String> {
    let mut messages: Vec<String> = Vec::new();
    let mut used = 0;
    for piece in pieces {
        let between = if piece.follows { "\n" } else { "\n\n" };
        match messages.last_mut() {
            Some(message) if used + between.len() + piece.units <= MOST => {
                message.push_str(between);
                message.push_str(&piece.html);
                used += between.len() + piece.units;
            }
            _ => {
                used = piece.units;
                messages.push(piece.html);
            }
        }
    }
    messages
}

/// Cuts a text into parts of at most `most` units: after a sentence where one ends in the second
/// half, else between words, else anywhere. Joined, the parts are the text.
pub(super) fn parts(text: &str, most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while html::units(rest) > most {
        let end = end_of_part(rest, most);
        parts.push(&rest[..end]);
        rest = &rest[end..];
    }
    parts.push(rest);
    parts
}

fn end_of_part(text: &str, most: usize) -> usize {
    let mut used = 0;
    let mut limit = 0;
    let mut word = None;
    let mut sentence = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        used += c.len_utf16();
        if used > most {
            break;
        }
        limit = at + c.len_utf8();
        if c.is_whitespace() {
            word = Some(limit);
            if matches!(before, '.' | ';' | '?' | '!') && used * 2 > most {
                sentence = Some(limit);
            }
        }
        before = c;
    }
    // A single letter always fits: the limits used here are far above two units.
    sentence.or(word).unwrap_or(limit.max(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn sentences_stay_whole_where_they_can() {
        assert_eq!(
            parts("Một hai. Ba bốn năm", 12),
            ["Một hai. ", "Ba bốn năm"]
        );
        assert_eq!(parts("một hai ba", 8), ["một hai ", "ba"]);
        assert_eq!(parts("mộthaiba", 4), ["mộth", "aiba"]);
    }

    #[test]
    fn pieces_are_packed() {
        let piece = |units: usize| Piece::new("x".repeat(units), &"x".repeat(units), false);
        let lengths: Vec<usize> = messages(vec![piece(3_000), piece(900), piece(900), piece(10)])
            .iter()
            .map(String::len)
            .collect();
        assert_eq!(lengths, [3_902, 912]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in any::<String>(), most in 4usize..40) {
            let parts = parts(&text, most);
            prop_assert_eq!(parts.concat(), text.as_str());
            prop_assert!(parts.iter().all(|part| html::units(part) <= most));
        }
    }
}
