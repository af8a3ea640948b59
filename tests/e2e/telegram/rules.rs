//! What Telegram refuses: markup it cannot read, texts and buttons that are too long.

use serde_json::Value;

/// Telegram's tags; of them only these open and close around text here.
const TAGS: [&str; 16] = [
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "span",
    "tg-spoiler",
    "a",
    "code",
    "pre",
    "blockquote",
    "tg-emoji",
];

/// The text without tags, or what Telegram would say.
pub fn plain(html: &str) -> Result<String, String> {
    let refuse = |what: &str| Err(format!("Bad Request: can't parse entities: {what}"));
    let mut text = String::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        match c {
            '<' => {
                let Some((tag, after)) = rest[1..].split_once('>') else {
                    return refuse("Unclosed start tag");
                };
                if let Some(name) = tag.strip_prefix('/') {
                    if open.pop().as_deref() != Some(name) {
                        return refuse("Unmatched end tag");
                    }
                } else {
                    let name = tag.split(' ').next().unwrap_or_default();
                    if !TAGS.contains(&name) {
                        return refuse("Unsupported start tag");
                    }
                    if name == "blockquote" && open.iter().any(|tag| tag == name) {
                        return refuse("Blockquote can't be nested");
                    }
                    open.push(name.to_owned());
                }
                rest = after;
            }
            '&' => {
                let Some((entity, after)) = rest[1..].split_once(';') else {
                    return refuse("Unclosed entity");
                };
                let meant = match entity {
                    "lt" => '<',
                    "gt" => '>',
                    "amp" => '&',
                    "quot" => '"',
                    _ => return refuse("Unsupported entity"),
                };
                text.push(meant);
                rest = after;
            }
            c => {
                text.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    if open.is_empty() {
        Ok(text)
    } else {
        refuse("Can't find end tag")
    }
}

/// The text of a message to be sent or edited.
pub fn message_text(body: &Value) -> Result<String, String> {
    let text = body["text"].as_str().unwrap_or_default();
    let text = match body["parse_mode"].as_str() {
        Some("HTML") => plain(text)?,
        Some(other) => return Err(format!("Bad Request: unsupported parse_mode {other}")),
        None => text.to_owned(),
    };
    if text.trim().is_empty() {
        return Err("Bad Request: message text is empty".to_owned());
    }
    if text.encode_utf16().count() > 4096 {
        return Err("Bad Request: message is too long".to_owned());
    }
    Ok(text)
}

/// The buttons under a message.
pub fn buttons(body: &Value) -> Result<(), String> {
    let rows = body["reply_markup"]["inline_keyboard"].as_array();
    for button in rows
        .into_iter()
        .flatten()
        .flat_map(|row| row.as_array().into_iter().flatten())
    {
        if button["text"].as_str().is_none_or(str::is_empty) {
            return Err("Bad Request: button text is empty".to_owned());
        }
        if let Some(data) = button["callback_data"].as_str()
            && !(1..=64).contains(&data.len())
        {
            return Err("Bad Request: BUTTON_DATA_INVALID".to_owned());
        }
        if let Some(text) = button["copy_text"]["text"].as_str()
            && !(1..=256).contains(&text.encode_utf16().count())
        {
            return Err("Bad Request: BUTTON_COPY_TEXT_INVALID".to_owned());
        }
    }
    Ok(())
}

/// The answer to an inline query.
pub fn inline(body: &Value) -> Result<(), String> {
    let results = body["results"].as_array().cloned().unwrap_or_default();
    if results.len() > 50 {
        return Err("Bad Request: RESULTS_TOO_MUCH".to_owned());
    }
    let mut seen = std::collections::HashSet::new();
    for result in &results {
        let id = result["id"].as_str().unwrap_or_default();
        if !(1..=64).contains(&id.len()) || !seen.insert(id.to_owned()) {
            return Err("Bad Request: RESULT_ID_INVALID".to_owned());
        }
        let content = &result["input_message_content"];
        let text = serde_json::json!({
            "text": content["message_text"],
            "parse_mode": content["parse_mode"],
        });
        message_text(&text)?;
    }
    if body["next_offset"]
        .as_str()
        .is_some_and(|offset| offset.len() > 64)
    {
        return Err("Bad Request: NEXT_OFFSET_INVALID".to_owned());
    }
    Ok(())
}

/// A list of commands.
pub fn commands(body: &Value) -> Result<(), String> {
    let commands = body["commands"].as_array().cloned().unwrap_or_default();
    let sound = commands.len() <= 100
        && commands.iter().all(|command| {
            let name = command["command"].as_str().unwrap_or_default();
            let description = command["description"].as_str().unwrap_or_default();
            (1..=32).contains(&name.len())
                && name
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
                && (1..=256).contains(&description.chars().count())
        });
    sound
        .then_some(())
        .ok_or_else(|| "Bad Request: BOT_COMMAND_INVALID".to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_is_read_as_telegram_reads_it() {
        assert_eq!(super::plain("<b>a</b> &lt;b&gt;").as_deref(), Ok("a <b>"));
        for html in [
            "<p>a</p>",
            "<b>a",
            "a</b>",
            "&nbsp;",
            "a & b",
            "<b><i>a</b></i>",
        ] {
            assert!(super::plain(html).is_err(), "{html}");
        }
        assert!(super::plain("<blockquote>a<blockquote>b</blockquote></blockquote>").is_err());
    }
}
