//! The entries of a hand-kept table as pieces of its text, so that one can be changed or set aside
//! and every other byte stays.

/// A table's text cut before each `[[…]]`: first what stands before the first entry, then one
/// piece an entry. Comments right above an entry belong to it.
pub struct Blocks<'a> {
    pieces: Vec<&'a str>,
}

impl<'a> Blocks<'a> {
    /// Cuts a text.
    pub fn new(text: &'a str) -> Self {
        let mut starts = vec![0];
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if line.starts_with("[[") {
                starts.push(at);
            }
            at += line.len();
        }
        starts.push(text.len());
        let pieces = starts.windows(2).map(|ends| &text[ends[0]..ends[1]]);
        Self {
            pieces: pieces.collect(),
        }
    }

    /// The text with each entry as `change` gives it back; `None` keeps it byte for byte. Entries
    /// come with the number, from 1, of their first line and the number of the first after them.
    pub fn change(
        &self,
        mut change: impl FnMut(&str, std::ops::Range<usize>) -> Option<String>,
    ) -> String {
        let mut text = String::new();
        let mut line = 1;
        for (at, piece) in self.pieces.iter().enumerate() {
            let lines = piece.matches('\n').count();
            let changed = (at > 0)
                .then(|| change(piece, line..line + lines.max(1)))
                .flatten();
            text.push_str(changed.as_deref().unwrap_or(piece));
            line += lines;
        }
        text
    }
}

/// The entry as comments, with a line over it that says why. What follows the entry's last field
/// (blank lines, comments on the next one) stays.
pub fn set_aside(entry: &str, why: &str) -> String {
    let lines: Vec<&str> = entry.split_inclusive('\n').collect();
    let own = lines
        .iter()
        .rposition(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .map_or(0, |last| last + 1);
    let mut text = format!("# {why}\n");
    for line in &lines[..own] {
        text.push_str("# ");
        text.push_str(line);
    }
    text.extend(lines[own..].iter().copied());
    text
}

/// The value of a field that holds one string in `"…"` or `'…'` on a line of its own.
pub fn field(entry: &str, name: &str) -> Option<String> {
    let table: toml::Table = toml::from_str(entry).ok()?;
    let (_, entries) = table.iter().next()?;
    let first = entries.as_array()?.first()?;
    first.get(name)?.as_str().map(str::to_owned)
}

/// How many strings a field's list has.
pub fn texts(entry: &str, name: &str) -> Option<usize> {
    let table: toml::Table = toml::from_str(entry).ok()?;
    let (_, entries) = table.iter().next()?;
    Some(entries.as_array()?.first()?.get(name)?.as_array()?.len())
}

/// The entry with the string `from` of a field's line replaced.
pub fn with_field(entry: &str, name: &str, from: &str, to: &str) -> String {
    let mut text = String::new();
    for line in entry.split_inclusive('\n') {
        let own = line
            .trim_start()
            .strip_prefix(name)
            .is_some_and(|rest| rest.trim_start().starts_with('='));
        match own {
            true => text.push_str(&line.replacen(from, to, 1)),
            false => text.push_str(line),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "# đầu\n\n[[a]]\nid = \"x\"\nsays = [\n  \"một\",\n]\n\n# về y\n[[a]]\nid = 'y'\n";

    #[test]
    fn nothing_changed_is_the_same_bytes() {
        assert_eq!(Blocks::new(TABLE).change(|_, _| None), TABLE);
        assert_eq!(Blocks::new("").change(|_, _| None), "");
    }

    #[test]
    fn entries_with_their_lines() {
        let mut seen = Vec::new();
        Blocks::new(TABLE).change(|entry, lines| {
            seen.push((field(entry, "id"), lines));
            None
        });
        assert_eq!(
            seen,
            [
                (Some("x".to_owned()), 3..10),
                (Some("y".to_owned()), 10..12)
            ]
        );
    }

    #[test]
    fn one_entry_set_aside() {
        let text = Blocks::new(TABLE).change(|entry, _| {
            (field(entry, "id").as_deref() == Some("x")).then(|| set_aside(entry, "hết"))
        });
        assert_eq!(
            text,
            "# đầu\n\n# hết\n# [[a]]\n# id = \"x\"\n# says = [\n#   \"một\",\n# ]\n\n# về y\n[[a]]\nid = 'y'\n"
        );
    }

    #[test]
    fn one_field_changed() {
        let text = Blocks::new(TABLE).change(|entry, _| Some(with_field(entry, "id", "y", "z")));
        assert_eq!(text, TABLE.replace("'y'", "'z'"));
    }
}
