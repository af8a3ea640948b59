//! Goes through a part of a document file, which is XML, and tells of what matters there.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::super::ReadError;

/// Elements within elements; Word does not write a tenth of it.
const DEEPEST: usize = 1_500;

/// What happens on the way through a part. Names are without their prefix; elements of other
/// vocabularies are named `""`.
pub(super) trait Visitor {
    /// An element begins.
    fn start(&mut self, element: &Element) -> Result<(), ReadError>;
    /// An element ends.
    fn end(&mut self, name: &str) -> Result<(), ReadError>;
    /// Text in an element.
    fn text(&mut self, text: &str);
}

/// An element that begins.
pub(super) struct Element<'x> {
    /// Its name.
    pub(super) name: &'x str,
    start: &'x BytesStart<'x>,
}

impl Element<'_> {
    /// The value of an attribute, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.start.attributes();
        attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)
            .map(|attribute| {
                let value = quick_xml::escape::unescape(&attribute.value).map(Cow::into_owned);
                value.map_or(attribute.value, Cow::Owned)
            })
    }

    /// The attribute `val`, which most properties have.
    pub(super) fn value(&self) -> Option<Cow<'_, str>> {
        self.attribute("val")
    }

    /// The attribute `val` as a number.
    pub(super) fn number(&self) -> Option<i64> {
        self.value()?.trim().parse().ok()
    }

    /// Whether a property that is either on or off is on.
    pub(super) fn is_on(&self) -> bool {
        !matches!(
            self.value().as_deref(),
            Some("0" | "false" | "off" | "none")
        )
    }
}

/// Goes through `part`.
pub(super) fn walk(part: &[u8], visitor: &mut impl Visitor) -> Result<(), ReadError> {
    let text = String::from_utf8_lossy(part);
    let mut reader = NsReader::from_str(text.trim_start_matches('\u{FEFF}'));
    reader.config_mut().check_end_names = false;
    let mut own: Option<Vocabulary> = None;
    let mut depth = 0usize;
    loop {
        let (namespace, event) = reader.read_resolved_event().map_err(|_| super::DAMAGED)?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(super::DAMAGED);
                }
                let own = own.get_or_insert_with(|| Vocabulary::of(&namespace));
                visitor.start(&element(&start, own.has(&namespace)))?;
            }
            Event::Empty(start) => {
                let own = own.get_or_insert_with(|| Vocabulary::of(&namespace));
                let element = element(&start, own.has(&namespace));
                visitor.start(&element)?;
                visitor.end(element.name)?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                let is_own = own.as_ref().is_some_and(|own| own.has(&namespace));
                visitor.end(known(end.name().local_name().into_inner(), is_own))?;
            }
            Event::Text(text) => visitor.text(&text.xml10_content()),
            Event::CData(text) => visitor.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let named = resolve_predefined_entity(&reference);
                let numbered = reference
                    .resolve_char_ref()
                    .ok()
                    .flatten()
                    .map(String::from);
                if let Some(text) = named.map(str::to_owned).or(numbered) {
                    visitor.text(&text);
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The namespace of a part's root: Word has one for its usual files and another for “strict” ones.
/// A prefix that the part does not declare stands for itself.
struct Vocabulary(Option<String>);

impl Vocabulary {
    fn of(namespace: &ResolveResult) -> Self {
        Self(name(namespace).map(str::to_owned))
    }

    fn has(&self, namespace: &ResolveResult) -> bool {
        self.0.as_deref() == name(namespace)
    }
}

fn name<'n>(namespace: &'n ResolveResult) -> Option<&'n str> {
    match namespace {
        ResolveResult::Bound(Namespace(name)) => Some(name),
        ResolveResult::Unknown(prefix) => Some(prefix),
        ResolveResult::Unbound => None,
    }
}

fn element<'x>(start: &'x BytesStart<'x>, is_own: bool) -> Element<'x> {
    Element {
        name: known(start.name().local_name().into_inner(), is_own),
        start,
    }
}

/// The name of an element of the part's own vocabulary, or of those that say which of two versions
/// of a thing to take.
fn known(local: &str, is_own: bool) -> &str {
    let other = ["AlternateContent", "Choice", "Fallback", "txbxContent"];
    if is_own || other.contains(&local) {
        local
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a part tells, each element by its name.
    #[derive(Default)]
    struct Told(Vec<String>);

    impl Visitor for Told {
        fn start(&mut self, element: &Element) -> Result<(), ReadError> {
            self.0.push(format!("<{}>", element.name));
            Ok(())
        }

        fn end(&mut self, name: &str) -> Result<(), ReadError> {
            self.0.push(format!("</{name}>"));
            Ok(())
        }

        fn text(&mut self, text: &str) {
            self.0.push(text.to_owned());
        }
    }

    #[track_caller]
    fn check(part: &str, expect: &str) {
        let mut told = Told::default();
        walk(part.as_bytes(), &mut told).expect("XML");
        assert_eq!(told.0.concat(), expect);
    }

    #[test]
    fn names_belong_to_vocabularies() {
        check(
            "<w:d xmlns:w='a' xmlns:m='b'><m:p/><w:p>x</w:p></w:d>",
            "<d><></><p>x</p></d>",
        );
        // Whatever the prefix, and whoever declares it.
        check(
            "<d xmlns='a'><w:p xmlns:w='a'/><p xmlns='b'/></d>",
            "<d><p></p><></></d>",
        );
        check("<w:d><w:p/><m:p/></w:d>", "<d><p></p><></></d>");
        check(
            "<w:d xmlns:w='a' xmlns:mc='b'><mc:Choice/></w:d>",
            "<d><Choice></Choice></d>",
        );
    }

    #[test]
    fn references() {
        check("<d>&amp;&#7843;&other;</d>", "<d>&ả</d>");
    }
}
