//! The styles of a document: what each says of letters and paragraphs, after all that it is based on.

use std::collections::HashMap;

use super::super::ReadError;
use super::look::{Letters, Setting};
use super::xml::{Element, Visitor, walk};

/// Styles based on styles; Word allows ten.
const LONGEST_CHAIN: usize = 12;

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// What holds where no style says anything.
    defaults: Letters,
    /// The style of paragraphs that name none.
    normal: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    letters: Letters,
    setting: Setting,
}

impl Styles {
    /// Reads the part `styles.xml`.
    pub(super) fn read(part: &[u8]) -> Result<Self, ReadError> {
        let mut reader = Reader::default();
        walk(part, &mut reader)?;
        Ok(reader.styles)
    }

    /// What a style of paragraphs says, and what holds for paragraphs without one.
    pub(super) fn paragraph(&self, id: Option<&str>) -> (Letters, Setting) {
        let (letters, setting) = self.resolve(id.or(self.normal.as_deref()));
        (letters.over(self.defaults), setting)
    }

    /// What a style of letters says.
    pub(super) fn letters(&self, id: &str) -> Letters {
        self.resolve(Some(id)).0
    }

    /// The list that a style belongs to, and the style in its chain that says so.
    pub(super) fn list<'s>(&'s self, id: Option<&'s str>) -> Option<(&'s str, u32)> {
        let mut at = id.or(self.normal.as_deref());
        for _ in 0..LONGEST_CHAIN {
            let (name, style) = self.styles.get_key_value(at?)?;
            if let Some(list) = style.setting.list {
                return Some((name, list));
            }
            at = style.based_on.as_deref();
        }
        None
    }

    fn resolve(&self, id: Option<&str>) -> (Letters, Setting) {
        let (mut letters, mut setting) = (Letters::default(), Setting::default());
        let mut at = id;
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = at.and_then(|id| self.styles.get(id)) else {
                break;
            };
            letters = letters.over(style.letters);
            setting = setting.over(style.setting);
            at = style.based_on.as_deref();
        }
        (letters, setting)
    }
}

#[derive(Default)]
struct Reader {
    styles: Styles,
    open: Option<(String, Style)>,
    in_defaults: bool,
    in_letters: bool,
    in_setting: bool,
}

impl Visitor for Reader {
    fn start(&mut self, element: &Element) -> Result<(), ReadError> {
        match element.name {
            "rPrDefault" => self.in_defaults = true,
            "style" => {
                let id = element
                    .attribute("styleId")
                    .unwrap_or_default()
                    .into_owned();
                let paragraphs = element.attribute("type").as_deref() == Some("paragraph");
                if paragraphs
                    && matches!(element.attribute("default").as_deref(), Some("1" | "true"))
                {
                    self.styles.normal = Some(id.clone());
                }
                self.open = Some((id, Style::default()));
            }
            "rPr" => self.in_letters = true,
            "pPr" => self.in_setting = true,
            _ if self.in_letters && self.in_defaults => self.styles.defaults.set(element),
            _ => self.property(element),
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "rPrDefault" => self.in_defaults = false,
            "rPr" => self.in_letters = false,
            "pPr" => self.in_setting = false,
            "style" => self.styles.styles.extend(self.open.take()),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}

impl Reader {
    fn property(&mut self, element: &Element) {
        let Some((_, style)) = &mut self.open else {
            return;
        };
        match element.name {
            "basedOn" => style.based_on = element.value().map(|id| id.into_owned()),
            // Headings that Word knows by name and that say nothing of their level.
            "name" => {
                let name = element.value().unwrap_or_default().to_lowercase();
                let level = name
                    .strip_prefix("heading ")
                    .and_then(|level| level.parse().ok());
                style.setting.level = level.filter(|level| (1..=9).contains(level));
            }
            _ if self.in_letters => style.letters.set(element),
            _ if self.in_setting => style.setting.set(element),
            _ => {}
        }
    }
}
