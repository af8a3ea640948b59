//! The tags and the text of HTML, one after the other.
//!
//! Parsers of whole pages take time that grows with the square of what a page can be made to hold
//! (attributes in a tag, open elements) and many times its size in memory. What is read here needs
//! no tree: this goes through the page once and keeps nothing.

use std::borrow::Cow;

use super::entity;

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Text, as a browser would show it but for blanks.
    Text(Cow<'t, str>),
    /// `<name …>`.
    Start(Tag<'t>),
    /// `</name>`, in lower case.
    End(String),
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// In lower case.
    pub(super) name: String,
    attributes: &'t str,
}

/// Elements whose content is not marked up, and never shown as part of a text.
const RAW: [&str; 8] = [
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
];
/// What a tag says further on is not read.
const LONGEST_TAG: usize = 1 << 16;
/// No name of an element is longer.
const LONGEST_NAME: usize = 20;

/// Goes through a page.
pub(super) struct Tokens<'t> {
    rest: &'t str,
}

impl<'t> Tokens<'t> {
    pub(super) fn of(page: &'t str) -> Self {
        Self { rest: page }
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Skips a comment, a declaration, an instruction of an office program.
    fn skip_declaration(&mut self) {
        let end = if self.rest.starts_with("<!--") {
            self.rest[4..].find("-->").map(|at| at + 7)
        } else {
            self.rest.find('>').map(|at| at + 1)
        };
        self.take(end.unwrap_or(self.rest.len()));
    }

    fn start(&mut self) -> Token<'t> {
        let inside = tag_length(&self.rest[1..]);
        let whole = self.take((1 + inside + 1).min(self.rest.len()));
        let inner = &whole[1..1 + inside];
        let name_end = inner
            .find(|c: char| c.is_ascii_whitespace() || c == '/')
            .unwrap_or(inner.len());
        let name = lower_name(&inner[..name_end]);
        if RAW.contains(&name.as_str()) {
            let end = end_of_raw(self.rest, &name);
            self.take(end);
        }
        Token::Start(Tag {
            name,
            attributes: &inner[name_end..inner.floor_char_boundary(name_end + LONGEST_TAG)],
        })
    }

    fn end(&mut self) -> Token<'t> {
        let length = self.rest.find('>').map_or(self.rest.len(), |at| at + 1);
        let inner = self.take(length)[2..].trim_end_matches('>');
        let name_end = inner
            .find(|c: char| c.is_ascii_whitespace() || c == '/')
            .unwrap_or(inner.len());
        Token::End(lower_name(&inner[..name_end]))
    }

    /// Text up to the next tag, whose first character may be a `<` that opens nothing.
    fn text(&mut self, first: char) -> Token<'t> {
        let mut end = first.len_utf8();
        loop {
            match self.rest[end..].find('<') {
                None => end = self.rest.len(),
                Some(at) if !opens(&self.rest[end + at..]) => {
                    end += at + 1;
                    continue;
                }
                Some(at) => end += at,
            }
            return Token::Text(entity::decode(self.take(end)));
        }
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let second = self.rest.as_bytes().get(1).copied();
            return match (self.rest.chars().next()?, second) {
                ('<', Some(b'!' | b'?')) => {
                    self.skip_declaration();
                    continue;
                }
                ('<', Some(b'/')) if opens(self.rest) => Some(self.end()),
                ('<', Some(_)) if opens(self.rest) => Some(self.start()),
                (first, _) => Some(self.text(first)),
            };
        }
    }
}

/// True for a `<` behind which a tag or a declaration stands.
fn opens(rest: &str) -> bool {
    match rest.as_bytes() {
        [b'<', b'!' | b'?', ..] => true,
        [b'<', b'/', next, ..] | [b'<', next, ..] => next.is_ascii_alphabetic(),
        _ => false,
    }
}

/// How much of the text lies before the `>` that ends a tag; quoted values may hold others.
fn tag_length(inner: &str) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in inner.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    // A quotation mark that nothing closes: the tag ends at the next `>` after all.
    inner.find('>').unwrap_or(inner.len())
}

fn lower_name(name: &str) -> String {
    let short: String = name.chars().take(LONGEST_NAME).collect();
    short.to_ascii_lowercase()
}

/// Where the content of a raw element ends: before `</name`.
fn end_of_raw(rest: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let tag = from + at;
        let found = rest.get(tag + 2..tag + 2 + name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return tag;
        }
        from = tag + 2;
    }
    rest.len()
}

impl Tag<'_> {
    /// The value of an attribute, given in lower case; empty if it has none.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest
                .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/'))
                // An attribute that begins with `=` is a slip; it must not stop us.
                .map_or(rest.len(), |end| end.max(1));
            let (found, after) = rest.split_at_checked(end)?;
            let after = after.trim_start();
            let (value, next) = match after.strip_prefix('=') {
                Some(value) => value_of(value.trim_start()),
                None => ("", after),
            };
            if found.eq_ignore_ascii_case(name) {
                return Some(entity::decode(value));
            }
            rest = next;
        }
    }
}

/// The value at the head of `text`, and what follows it.
fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    text.split_at(
        text.find(|c: char| c.is_ascii_whitespace())
            .unwrap_or(text.len()),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(page: &str, expect: &str) {
        let tokens: Vec<String> = Tokens::of(page)
            .map(|token| match token {
                Token::Text(text) => text.into_owned(),
                Token::Start(tag) => format!("<{}>", tag.name),
                Token::End(name) => format!("</{name}>"),
            })
            .collect();
        assert_eq!(tokens.join("·"), expect);
    }

    #[test]
    fn tokens() {
        check("<P class=x>Một&nbsp;hai</P>", "<p>·Một\u{a0}hai·</p>");
        check("a < b <b>c</b", "a < b ·<b>·c·</b>");
        check("ả <i>", "ả ·<i>");
        check("<!-- <b> --><!DOCTYPE html><![if x]>a<?xml ?>", "a");
        check(
            "<script>if (a<b) '</p>'</SCRIPT>x<style>",
            "<script>·</script>·x·<style>",
        );
        check("<a title='>' b=\">\">x", "<a>·x");
        check("<a title='x>y", "<a>·y");
        check("<br/><hr / >", "<br>·<hr>");
        check("<", "<");
        check("", "");
        check("</ x>", "</ x>");
    }

    #[test]
    fn attributes() {
        #[track_caller]
        fn check(page: &str, name: &str, expect: Option<&str>) {
            let Some(Token::Start(tag)) = Tokens::of(page).next() else {
                panic!("no tag: {page}");
            };
            assert_eq!(tag.attribute(name).as_deref(), expect, "{page}");
        }
        check(
            "<td colspan=2 ALIGN = 'center' nowrap style=\"a:b; c\">",
            "colspan",
            Some("2"),
        );
        check(
            "<td colspan=2 ALIGN = 'center' nowrap style=\"a:b; c\">",
            "align",
            Some("center"),
        );
        check(
            "<td colspan=2 ALIGN = 'center' nowrap style=\"a:b; c\">",
            "nowrap",
            Some(""),
        );
        check(
            "<td colspan=2 ALIGN = 'center' nowrap style=\"a:b; c\">",
            "style",
            Some("a:b; c"),
        );
        check(
            "<td colspan=2 ALIGN = 'center' nowrap style=\"a:b; c\">",
            "rowspan",
            None,
        );
        check("<td =x a=\"&amp;\" b='>", "a", Some("&"));
        check("<td ả=ệ b=c>", "b", Some("c"));
    }

    proptest! {
        #[test]
        fn any_page_is_gone_through(page in prop_oneof![any::<String>(), "[<>/!a-c \"'=&;ả-]{0,60}"]) {
            for token in Tokens::of(&page) {
                if let Token::Start(tag) = token {
                    let _ = tag.attribute("a");
                }
            }
        }
    }
}
