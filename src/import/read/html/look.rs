//! How an element looks to people, and whether it belongs to the text at all.

use super::super::super::encoding::Face;
use super::token::Tag;

/// What an element hands on to what is in it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) centred: bool,
    pub(super) face: Face,
    /// Whether it leads somewhere else.
    pub(super) link: bool,
    /// Whether ends of lines count.
    pub(super) preformatted: bool,
    /// Whether it is left out…
    pub(super) skipped: bool,
    /// …because the page does not show it.
    pub(super) hidden: bool,
}

/// Names of boxes around the text.
const AROUND: [&str; 13] = [
    "menu",
    "nav",
    "navbar",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "footer",
    "related",
    "social",
    "share",
    "comments",
    "banner",
    "navigation",
];

impl Look {
    /// The look of an element in one that looks so. `by_names`: boxes around the text are left out.
    pub(super) fn within(mut self, tag: &Tag, by_names: bool) -> Self {
        if self.skipped {
            return self;
        }
        match tag.name.as_str() {
            "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.bold = true,
            "i" | "em" => self.italic = true,
            "center" => self.centred = true,
            "th" => (self.bold, self.centred) = (true, true),
            "pre" => self.preformatted = true,
            "a" => {
                let href = tag.attribute("href").unwrap_or_default();
                self.link |= !href.is_empty();
                // The mark of a footnote is no letter of the sentence.
                self.skipped |= href.starts_with("#_ftn") || href.starts_with("#sdfootnote");
            }
            "noscript" | "template" | "svg" | "object" | "button" | "select" => self.skipped = true,
            "nav" | "aside" | "header" | "footer" => self.skipped |= by_names,
            _ => {}
        }
        self.skipped |= by_names && is_around(tag);
        self.attributes(tag);
        self
    }

    fn attributes(&mut self, tag: &Tag) {
        if tag.attribute("hidden").is_some() {
            (self.skipped, self.hidden) = (true, true);
        }
        if let Some(face) = tag.attribute("face") {
            self.face = Face::of(face);
        }
        // The place of a table on the page is not that of the lines in it.
        if tag.name != "table"
            && let Some(align) = tag.attribute("align")
        {
            self.centred = align.trim().eq_ignore_ascii_case("center");
        }
        if let Some(style) = tag.attribute("style") {
            style
                .split(';')
                .filter_map(|rule| rule.split_once(':'))
                .for_each(|(name, value)| self.rule(name, value));
        }
    }

    fn rule(&mut self, name: &str, value: &str) {
        let small = value.trim().to_ascii_lowercase();
        match name.trim().to_ascii_lowercase().as_str() {
            "text-align" => self.centred = small == "center",
            "font-weight" => {
                self.bold = small.starts_with("bold")
                    || small.parse::<u32>().is_ok_and(|weight| weight >= 600);
            }
            "font-style" => self.italic = small == "italic",
            "font-family" => self.face = Face::of(value.trim()),
            "display" if small == "none" => (self.skipped, self.hidden) = (true, true),
            "mso-hide" if small == "all" => (self.skipped, self.hidden) = (true, true),
            _ => {}
        }
    }
}

/// LibreOffice saves the head and the foot of pages so.
fn is_running_head(tag: &Tag) -> bool {
    let title = tag.attribute("title");
    title.is_some_and(|title| matches!(title, "header" | "footer"))
}

/// True for a box that is called menu, footer and the like.
fn is_around(tag: &Tag) -> bool {
    if !matches!(tag.name.as_str(), "div" | "ul" | "section" | "td" | "table") {
        return false;
    }
    let named = |attribute| {
        tag.attribute(attribute).is_some_and(|names| {
            names
                .split_whitespace()
                .any(|name| AROUND.contains(&name.to_ascii_lowercase().as_str()))
        })
    };
    named("class") || named("id") || named("role") || is_running_head(tag)
}
