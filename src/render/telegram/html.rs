//! Telegram's HTML: escaping, and the few tags used here.

use crate::render::markup::escape;

/// A quotation longer than this many characters is folded until the reader opens it.
const LONG: usize = 500;

/// Escaped text in bold.
pub(super) fn bold(text: &str) -> String {
    format!("<b>{}</b>", escape(text))
}

/// Escaped text in italics.
pub(super) fn italic(text: &str) -> String {
    format!("<i>{}</i>", escape(text))
}

/// Escaped text as a quotation.
pub(super) fn quotation(text: &str) -> String {
    let tag = if text.chars().count() > LONG {
        "blockquote expandable"
    } else {
        "blockquote"
    };
    format!("<{tag}>{}</blockquote>", escape(text))
}

/// The length that Telegram counts: UTF-16 units.
pub(super) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The beginning of a text, at most `most` UTF-16 units of whole words, with “…” where something
/// is left out.
pub fn beginning(text: &str, most: usize) -> String {
    if units(text) <= most {
        return text.to_owned();
    }
    let mut end = 0;
    let mut used = 1;
    let mut last_space = 0;
    for (at, c) in text.char_indices() {
        used += c.len_utf16();
        if used > most {
            break;
        }
        if c.is_whitespace() {
            last_space = at;
        }
        end = at + c.len_utf8();
    }
    let end = if last_space > 0 { last_space } else { end };
    let kept = text[..end].trim_end_matches([' ', ',', ';', ':', '-', '–', '\n']);
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(
            escape("a < b & \"c\" > d\u{7}\n"),
            "a &lt; b &amp; \"c\" &gt; d\n"
        );
        assert_eq!(quotation("x"), "<blockquote>x</blockquote>");
        assert!(quotation(&"x ".repeat(300)).starts_with("<blockquote expandable>"));
    }

    #[test]
    fn beginnings_are_whole_words() {
        for (text, most, expect) in [
            ("bảo vệ trẻ em", 20, "bảo vệ trẻ em"),
            ("bảo vệ trẻ em", 10, "bảo vệ…"),
            ("bảo vệ, trẻ em", 9, "bảo vệ…"),
            ("abcdefgh", 4, "abc…"),
            ("👶👶👶", 4, "👶…"),
            ("", 4, ""),
        ] {
            let begun = beginning(text, most);
            assert_eq!(begun, expect);
            assert!(units(&begun) <= most);
        }
    }
}
