//! Properties of letters and paragraphs, as styles and paragraphs themselves set them.

use super::super::super::encoding::Face;
use super::xml::Element;

/// How letters look; `None` where nothing is said.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Letters {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) capitals: Option<bool>,
    pub(super) face: Option<Face>,
}

impl Letters {
    /// Takes a property in.
    pub(super) fn set(&mut self, element: &Element) {
        match element.name {
            "b" => self.bold = Some(element.is_on()),
            "i" => self.italic = Some(element.is_on()),
            "vanish" => self.hidden = Some(element.is_on()),
            "caps" => self.capitals = Some(element.is_on()),
            "rFonts" => {
                let font = element
                    .attribute("hAnsi")
                    .or_else(|| element.attribute("ascii"));
                if let Some(font) = font {
                    self.face = Some(Face::of(&font));
                } else if element.attribute("hAnsiTheme").is_some() {
                    self.face = Some(Face::Any);
                }
            }
            _ => {}
        }
    }

    /// These properties where they are said, else those.
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            hidden: self.hidden.or(below.hidden),
            capitals: self.capitals.or(below.capitals),
            face: self.face.or(below.face),
        }
    }
}

/// How a paragraph is set; `None` where nothing is said.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Setting {
    pub(super) centred: Option<bool>,
    /// From 1; 0 for body text.
    pub(super) level: Option<u8>,
    /// The list that numbers it; 0 for none.
    pub(super) list: Option<u32>,
    /// The level in that list, from 0.
    pub(super) depth: Option<usize>,
}

impl Setting {
    /// Takes a property in.
    pub(super) fn set(&mut self, element: &Element) {
        match element.name {
            "jc" => self.centred = Some(element.value().as_deref() == Some("center")),
            "outlineLvl" => {
                let level = element.number().and_then(|level| u8::try_from(level).ok());
                self.level = Some(
                    level
                        .filter(|level| *level < 9)
                        .map_or(0, |level| level + 1),
                );
            }
            "numId" => self.list = element.number().and_then(|list| u32::try_from(list).ok()),
            "ilvl" => {
                self.depth = element
                    .number()
                    .and_then(|depth| usize::try_from(depth).ok())
            }
            _ => {}
        }
    }

    /// These properties where they are said, else those.
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            centred: self.centred.or(below.centred),
            level: self.level.or(below.level),
            list: self.list.or(below.list),
            depth: self.depth.or(below.depth),
        }
    }
}
