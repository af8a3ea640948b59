//! Goes through a part of a document file, which is XML, and tells of what matters there.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

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
    let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
    reader.config_mut().check_end_names = false;
    let mut prefix: Option<Option<String>> = None;
    let mut depth = 0usize;
    loop {
        match reader.read_event().map_err(|_| super::DAMAGED)? {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(super::DAMAGED);
                }
                let own = prefix.get_or_insert_with(|| prefix_of(&start));
                visitor.start(&element(&start, own.as_deref()))?;
            }
            Event::Empty(start) => {
                let own = prefix.get_or_insert_with(|| prefix_of(&start));
                let element = element(&start, own.as_deref());
                visitor.start(&element)?;
                visitor.end(element.name)?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                let name = end.name();
                let own = prefix.as_ref().and_then(Option::as_deref);
                let local = name.local_name();
                visitor.end(known(
                    local.as_ref(),
                    name.prefix().as_ref().map(AsRef::as_ref),
                    own,
                ))?;
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

fn prefix_of(start: &BytesStart) -> Option<String> {
    start
        .name()
        .prefix()
        .map(|prefix| prefix.as_ref().to_owned())
}

fn element<'x>(start: &'x BytesStart<'x>, own: Option<&str>) -> Element<'x> {
    let name = start.name();
    Element {
        name: known(
            name.local_name().into_inner(),
            name.prefix().as_ref().map(AsRef::as_ref),
            own,
        ),
        start,
    }
}

/// The name of an element of the part's own vocabulary, or of those that say which of two versions
/// of a thing to take.
fn known<'n>(local: &'n str, prefix: Option<&str>, own: Option<&str>) -> &'n str {
    if prefix == own
        || matches!(
            local,
            "AlternateContent" | "Choice" | "Fallback" | "txbxContent"
        )
    {
        local
    } else {
        ""
    }
}
