//! Text inside markup: Telegram's HTML and the SVG of a picture escape alike.

/// Text as it stands between tags. Control characters but the line's end are dropped: Telegram
/// refuses some, and none has a meaning for a reader.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\n' => escaped.push('\n'),
            c if !shows(c) => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Whether a reader may get this character: none that steers, and none that turns the direction of
/// what follows, with which a document or a question could show other words than it holds.
pub(super) fn shows(c: char) -> bool {
    let turns = matches!(
        c,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    );
    !c.is_control() && !turns
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_steers_and_nothing_is_markup() {
        assert_eq!(escape("a<b>&\nc"), "a&lt;b&gt;&amp;\nc");
        assert_eq!(
            escape("a\0\u{1b}[2J\u{202e}cba\u{2069}\u{200f}\r"),
            "a[2Jcba"
        );
        assert_eq!(escape("👨\u{200d}👩 trẻ em"), "👨\u{200d}👩 trẻ em");
    }
}
