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
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}
