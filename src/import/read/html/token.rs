//! The tags and the text of HTML, one after the other, as html5gum reads them by the rules of HTML:
//! character references, comments, scripts, attributes in all their forms.
//!
//! No tree is built of them: one of a page of 20 MB would not fit into the memory that an import may
//! take. What ends a paragraph, a cell, a row is told in [`super`].

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span, StringReader, Tokenizer};

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Text, as a browser would show it but for blanks.
    Text(String),
    /// `<name …>`.
    Start(Tag),
    /// `</name>`, in lower case.
    End(String),
}

/// A start tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tag {
    /// In lower case.
    pub(super) name: String,
    /// Those that the reader asks for.
    attributes: Vec<(String, String)>,
}

/// Elements whose content is not marked up, and never shown as part of a text.
const RAW: [&str; 8] = [
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
];
/// The attributes that are asked for; a page may have any number of others.
const READ: [&str; 14] = [
    "align", "class", "colspan", "face", "hidden", "href", "id", "role", "rowspan", "start",
    "style", "title", "type", "value",
];
/// What a value says further on is not read.
const LONGEST_VALUE: usize = 1 << 12;
/// No name of an element is longer.
const LONGEST_NAME: usize = 20;

/// Goes through a page.
pub(super) struct Tokens<'t> {
    tokenizer: Tokenizer<StringReader<'t>, CallbackEmitter<Collector, Token>>,
}

impl<'t> Tokens<'t> {
    pub(super) fn of(page: &'t str) -> Self {
        let mut emitter = CallbackEmitter::new(Collector::default());
        // Where scripts and titles begin, which html5gum leaves to whoever builds the tree.
        emitter.naively_switch_states(true);
        Self {
            tokenizer: Tokenizer::new_with_emitter(page, emitter),
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        match self.tokenizer.next()? {
            Ok(token) => Some(token),
            Err(never) => match never {},
        }
    }
}

/// Makes tokens of what the parser tells.
#[derive(Default)]
struct Collector {
    /// The start tag under way.
    tag: Tag,
    /// Whether the value that comes next is that of the last attribute kept.
    keeps_value: bool,
    /// Whether the text that comes next is that of a raw element.
    in_raw: bool,
}

impl Callback<Token, ()> for Collector {
    fn handle_event(&mut self, event: CallbackEvent<'_>, _: Span<()>) -> Option<Token> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag {
                    name: short(name, LONGEST_NAME),
                    attributes: Vec::new(),
                };
                None
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute(name);
                None
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, kept)) = self.tag.attributes.last_mut().filter(|_| self.keeps_value)
                {
                    *kept = short(value, LONGEST_VALUE);
                }
                None
            }
            CallbackEvent::CloseStartTag { .. } => {
                self.in_raw = RAW.contains(&self.tag.name.as_str());
                Some(Token::Start(std::mem::take(&mut self.tag)))
            }
            CallbackEvent::EndTag { name } => {
                self.in_raw = false;
                Some(Token::End(short(name, LONGEST_NAME)))
            }
            CallbackEvent::String { value } => {
                let text = || Token::Text(String::from_utf8_lossy(value).into_owned());
                (!self.in_raw).then(text)
            }
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => None,
        }
    }
}

impl Collector {
    /// Keeps an attribute that is asked for; of several of one name the first counts.
    fn attribute(&mut self, name: &[u8]) {
        let wanted = READ.iter().find(|wanted| wanted.as_bytes() == name);
        self.keeps_value = wanted.is_some_and(|wanted| self.tag.attribute(wanted).is_none());
        if let Some(wanted) = wanted.filter(|_| self.keeps_value) {
            let attribute = ((*wanted).to_owned(), String::new());
            self.tag.attributes.push(attribute);
        }
    }
}

/// The beginning of what the page says, no longer than `longest` bytes.
fn short(bytes: &[u8], longest: usize) -> String {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(longest)]);
    text.trim_end_matches(char::REPLACEMENT_CHARACTER)
        .to_owned()
}

impl Tag {
    /// The value of one of the attributes in [`READ`]; empty if it has none.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(page: &str, expect: &str) {
        let tokens: Vec<String> = Tokens::of(page)
            .map(|token| match token {
                Token::Text(text) => text,
                Token::Start(tag) => format!("<{}>", tag.name),
                Token::End(name) => format!("</{name}>"),
            })
            .collect();
        assert_eq!(tokens.join("·"), expect);
    }

    #[test]
    fn tokens() {
        check("<P class=x>Một&nbsp;hai</P>", "<p>·Một\u{a0}hai·</p>");
        check("a < b <b>c</b>", "a < b ·<b>·c·</b>");
        check("ả <i>", "ả ·<i>");
        check("<!-- <b> --><!DOCTYPE html><![if x]>a<?xml ?>", "a");
        check(
            "<script>if (a<b) '</p>'</SCRIPT>x<style>",
            "<script>·</script>·x·<style>",
        );
        check("<title>Một &amp; hai</title>x", "<title>·</title>·x");
        check("<a title='>' b=\">\">x", "<a>·x");
        check("<br/><hr / >", "<br>·<hr>");
        check("<", "<");
        check("", "");
    }

    #[test]
    fn references() {
        check("tr&#7867; em tr&#x1EBB;", "trẻ em trẻ");
        check("c&ocirc; gi&aacute;o &abreve;&dstrok;", "cô giáo ăđ");
        check("&#147;x&#148; &ldquo;y&rdquo;", "“x” “y”");
        check("a & b &unknown; AT&T;", "a & b &unknown; AT&T;");
        check("&nbsp x", "\u{a0} x");
    }

    #[test]
    fn attributes() {
        #[track_caller]
        fn check(page: &str, name: &str, expect: Option<&str>) {
            let Some(Token::Start(tag)) = Tokens::of(page).next() else {
                panic!("no tag: {page}");
            };
            assert_eq!(tag.attribute(name), expect, "{page}");
        }
        let cell = "<td colspan=2 ALIGN = 'center' hidden style=\"a:b; c\">";
        check(cell, "colspan", Some("2"));
        check(cell, "align", Some("center"));
        check(cell, "hidden", Some(""));
        check(cell, "style", Some("a:b; c"));
        check(cell, "rowspan", None);
        check("<td =x class=\"&amp;\">", "class", Some("&"));
        check("<td ả=ệ id=c ID=d>", "id", Some("c"));
        check("<td id value=d>", "id", Some(""));
        let long = format!("<td id={}>", "ả".repeat(LONGEST_VALUE));
        check(&long, "id", Some(&"ả".repeat(LONGEST_VALUE / 3)));
    }

    proptest! {
        #[test]
        fn any_page_is_gone_through(page in prop_oneof![any::<String>(), "[<>/!a-c \"'=&;ả-]{0,60}"]) {
            for token in Tokens::of(&page) {
                if let Token::Start(tag) = token {
                    let _ = tag.attribute("id");
                }
            }
        }
    }
}
