//! TOML read entry by entry, with the line of everything: one bad entry costs only itself.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::Reporter;
use crate::text::{Token, tokenize};

/// A string and where its value begins in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    pub value: String,
    pub at: usize,
}

/// The strings without their places.
pub(super) fn values(texts: &[Text]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}

/// A table being read. Fields that nobody asks for are unknown fields.
pub(super) struct Entry<'a, 'i> {
    fields: &'a DeTable<'i>,
    /// Offset in the file of the text that the TOML was parsed from.
    base: usize,
    /// Where the entry begins.
    pub at: usize,
    asked: Vec<&'static str>,
    sound: bool,
}

/// Parses as much as can be parsed; the rest is reported. `base` is the offset of `text` in its
/// file.
pub(super) fn parse<'i>(text: &'i str, base: usize, reporter: &mut Reporter) -> DeTable<'i> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        reporter.report(
            base + at,
            format!("không đúng cú pháp TOML: {}", error.message()),
        );
    }
    table.into_inner()
}

/// The entries of `[[name]]`, or the one of `[name]`.
pub(super) fn entries<'a, 'i>(
    root: &'a DeTable<'i>,
    name: &str,
    reporter: &mut Reporter,
) -> Vec<Entry<'a, 'i>> {
    let Some((key, value)) = root.get_key_value(name) else {
        return Vec::new();
    };
    let listed = match value.get_ref() {
        DeValue::Table(fields) => return vec![Entry::new(fields, 0, key.span().start)],
        DeValue::Array(list) => list.iter().collect(),
        _ => vec![value],
    };
    let mut entries = Vec::new();
    for entry in listed {
        match entry.get_ref() {
            DeValue::Table(fields) => entries.push(Entry::new(fields, 0, entry.span().start)),
            _ => reporter.report(entry.span().start, format!("“{name}” phải là một bảng")),
        }
    }
    entries
}

/// Reports every table in the file that is not one of `known`.
pub(super) fn only(root: &DeTable<'_>, known: &[&str], reporter: &mut Reporter) {
    for key in root
        .keys()
        .filter(|key| !known.contains(&key.get_ref().as_ref()))
    {
        let what = format!("không có bảng nào tên là “{}”", key.get_ref());
        reporter.suggest(
            key.span().start,
            what,
            format!("các bảng: {}", known.join(", ")),
        );
    }
}

/// The texts of one field of all entries of that name, as words.
pub(super) fn tokens_of(
    root: &DeTable<'_>,
    name: &'static str,
    field: &'static str,
    reporter: &mut Reporter,
) -> Vec<Vec<Token>> {
    let texts = texts_of(root, name, field, reporter);
    texts.iter().map(|text| tokenize(text)).collect()
}

/// The texts of one field of all entries of that name.
pub(super) fn texts_of(
    root: &DeTable<'_>,
    name: &'static str,
    field: &'static str,
    reporter: &mut Reporter,
) -> Vec<String> {
    let mut texts = Vec::new();
    for mut entry in entries(root, name, reporter) {
        texts.extend(values(&entry.texts(field, reporter)));
        entry.finish(reporter);
    }
    texts
}

impl<'a, 'i> Entry<'a, 'i> {
    /// A table whose spans count from `base`.
    pub(super) fn new(fields: &'a DeTable<'i>, base: usize, at: usize) -> Self {
        Self {
            fields,
            base,
            at,
            asked: Vec::new(),
            sound: true,
        }
    }

    /// The field as parsed, with where its value begins and ends in the file.
    pub(super) fn value(
        &mut self,
        name: &'static str,
    ) -> Option<(&'a DeValue<'i>, std::ops::Range<usize>)> {
        self.asked.push(name);
        let value: &'a Spanned<DeValue<'i>> = self.fields.get(name)?;
        let span = value.span();
        Some((
            value.get_ref(),
            span.start + self.base..span.end + self.base,
        ))
    }

    /// A field that holds a string, if it is there.
    pub(super) fn text(&mut self, name: &'static str, reporter: &mut Reporter) -> Option<Text> {
        let (value, span) = self.value(name)?;
        match value {
            DeValue::String(text) => Some(Text {
                value: text.to_string(),
                at: span.start,
            }),
            _ => {
                self.reject(
                    span.start,
                    format!("trường “{name}” phải là một chuỗi"),
                    reporter,
                );
                None
            }
        }
    }

    /// A field that must be there and hold a string with something in it.
    pub(super) fn required(&mut self, name: &'static str, reporter: &mut Reporter) -> Text {
        let absent = !self.fields.contains_key(name);
        let text = self.text(name, reporter);
        if absent {
            self.reject(self.at, format!("thiếu trường “{name}”"), reporter);
        } else if let Some(text) = text.as_ref().filter(|text| text.value.trim().is_empty()) {
            self.reject(text.at, format!("trường “{name}” bị bỏ trống"), reporter);
        }
        text.unwrap_or_default()
    }

    /// Whether the field is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// A field that may hold one value only; whether it is there.
    pub(super) fn flag(
        &mut self,
        field: &'static str,
        only: &str,
        reporter: &mut Reporter,
    ) -> bool {
        let Some(text) = self.text(field, reporter) else {
            return false;
        };
        if text.value != only {
            let what = format!("trường “{field}” không nhận giá trị “{}”", text.value);
            let hint = format!("giá trị duy nhất của {field} là {only}");
            self.reject_with(text.at, what, hint, reporter);
        }
        true
    }

    /// A field that may be `true`; false when it is not there.
    pub(super) fn mark(&mut self, name: &'static str, reporter: &mut Reporter) -> bool {
        let Some((value, span)) = self.value(name) else {
            return false;
        };
        if let DeValue::Boolean(marked) = value {
            return *marked;
        }
        let what = format!("trường “{name}” phải là true hoặc false");
        self.reject(span.start, what, reporter);
        false
    }

    /// A field that holds a list of strings, or one string; empty when it is not there.
    pub(super) fn texts(&mut self, name: &'static str, reporter: &mut Reporter) -> Vec<Text> {
        let Some((value, span)) = self.value(name) else {
            return Vec::new();
        };
        let list = match value {
            DeValue::String(text) => {
                return vec![Text {
                    value: text.to_string(),
                    at: span.start,
                }];
            }
            DeValue::Array(list) => list,
            _ => {
                let what = format!("trường “{name}” phải là một danh sách chuỗi");
                self.reject(span.start, what, reporter);
                return Vec::new();
            }
        };
        let mut texts = Vec::new();
        for item in list.iter() {
            let at = item.span().start + self.base;
            match item.get_ref() {
                DeValue::String(text) if !text.trim().is_empty() => {
                    texts.push(Text {
                        value: text.to_string(),
                        at,
                    });
                }
                _ => {
                    self.reject(at, format!("“{name}” chỉ được chứa chuỗi có chữ"), reporter);
                }
            }
        }
        texts
    }

    /// Reports a problem that makes the entry unusable.
    pub(super) fn reject(&mut self, at: usize, what: impl Into<String>, reporter: &mut Reporter) {
        self.sound = false;
        reporter.report(at, what);
    }

    /// As [`Entry::reject`], with advice.
    pub(super) fn reject_with(
        &mut self,
        at: usize,
        what: impl Into<String>,
        hint: impl Into<String>,
        reporter: &mut Reporter,
    ) {
        self.sound = false;
        reporter.suggest(at, what, hint);
    }

    /// Reports the fields that nobody asked for; true when the entry can be used.
    pub(super) fn finish(mut self, reporter: &mut Reporter) -> bool {
        let unknown: Vec<_> = self
            .fields
            .keys()
            .filter(|key| !self.asked.contains(&key.get_ref().as_ref()))
            .map(|key| (key.span().start + self.base, key.get_ref().to_string()))
            .collect();
        for (at, name) in unknown {
            let hint = format!("các trường: {}", self.asked.join(", "));
            self.reject_with(
                at,
                format!("không có trường nào tên là “{name}”"),
                hint,
                reporter,
            );
        }
        self.sound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, sound: &[bool], problems: &[&str]) {
        let mut reporter = Reporter::new("t.toml", text);
        let root = parse(text, 0, &mut reporter);
        only(&root, &["a"], &mut reporter);
        let found: Vec<bool> = entries(&root, "a", &mut reporter)
            .into_iter()
            .map(|mut entry| {
                entry.required("id", &mut reporter);
                entry.texts("list", &mut reporter);
                entry.finish(&mut reporter)
            })
            .collect();
        assert_eq!(found, sound);
        let shown: Vec<String> = reporter
            .finish()
            .iter()
            .map(|problem| format!("{}: {}", problem.line, problem.what))
            .collect();
        assert_eq!(shown, problems);
    }

    #[test]
    fn a_bad_entry_costs_only_itself() {
        check("[[a]]\nid = 'x'\n", &[true], &[]);
        check("[a]\nid = 'x'\nlist = ['một']\n", &[true], &[]);
        check(
            "[[a]]\nid = 3\n[[a]]\nid = 'y'\n",
            &[false, true],
            &["2: trường “id” phải là một chuỗi"],
        );
        check(
            "[[a]]\nlist = 'một'\n\n[[a]]\nid = ' '\n",
            &[false, false],
            &["1: thiếu trường “id”", "5: trường “id” bị bỏ trống"],
        );
        check(
            "[[a]]\nid = 'x'\nid2 = 'y'\nlist = ['một', 2]\n",
            &[false],
            &[
                "4: “list” chỉ được chứa chuỗi có chữ",
                "3: không có trường nào tên là “id2”",
            ],
        );
        check("[b]\n", &[], &["1: không có bảng nào tên là “b”"]);
        check("a = 1\n", &[], &["1: “a” phải là một bảng"]);
        check("a = [1]\n", &[], &["1: “a” phải là một bảng"]);
    }

    #[test]
    fn what_cannot_be_parsed_is_reported_and_the_rest_is_read() {
        let text = "[[a]]\nid = \n[[a]]\nid = 'y'\n";
        let mut reporter = Reporter::new("t.toml", text);
        let root = parse(text, 0, &mut reporter);
        assert_eq!(entries(&root, "a", &mut reporter).len(), 2);
        let problems = reporter.finish();
        assert_eq!(problems[0].line, 2);
        assert!(problems[0].what.starts_with("không đúng cú pháp TOML: "));
    }
}
