//! The numbers that Word draws before paragraphs, which their text does not hold: reckoned from the
//! lists of the document and from what came before.

use std::collections::{HashMap, HashSet};

use super::super::ReadError;
use super::super::lines;
use super::super::number::Format;
use super::styles::Styles;
use super::xml::{Element, Visitor, walk};

/// Levels of a list.
const LEVELS: usize = 9;

/// The lists of a document, and how far each has been counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering {
    plans: HashMap<u32, Plan>,
    lists: HashMap<u32, List>,
    /// By plan: lists of one plan count on from each other.
    counted: HashMap<u32, [Option<i64>; LEVELS]>,
    begun: HashSet<u32>,
}

/// How a list looks: Word's abstract numbering.
#[derive(Clone, Debug, Default)]
struct Plan {
    levels: [Option<Level>; LEVELS],
    /// The style that has the levels, if they are not here.
    style: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    start: i64,
    format: Format,
    /// `%1.%2.`
    text: String,
    /// After which level (from 1) it begins anew; 0 for never.
    restart: Option<usize>,
    /// The style whose paragraphs are on this level.
    style: Option<String>,
    /// Whether all numbers in it are decimals.
    legal: bool,
}

/// A list: Word's numbering instance.
#[derive(Clone, Debug, Default)]
struct List {
    plan: u32,
    starts: [Option<i64>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

impl Numbering {
    /// Reads the part `numbering.xml`.
    pub(super) fn read(part: &[u8], styles: &Styles) -> Result<Self, ReadError> {
        let mut reader = Reader::default();
        walk(part, &mut reader)?;
        let mut numbering = reader.numbering;
        numbering.link(styles);
        Ok(numbering)
    }

    /// Plans that only name a style stand for the plan of that style's list.
    fn link(&mut self, styles: &Styles) {
        let targets: HashMap<u32, u32> = self
            .plans
            .iter()
            .filter_map(|(id, plan)| {
                let (_, list) = styles.list(Some(plan.style.as_deref()?))?;
                Some((*id, self.lists.get(&list)?.plan))
            })
            .collect();
        for list in self.lists.values_mut() {
            list.plan = targets.get(&list.plan).copied().unwrap_or(list.plan);
        }
    }

    /// The level of a list that belongs to a style of paragraphs.
    pub(super) fn level_of(&self, list: u32, style: &str) -> Option<usize> {
        let plan = self.plans.get(&self.lists.get(&list)?.plan)?;
        plan.levels.iter().position(|level| {
            level
                .as_ref()
                .is_some_and(|level| level.style.as_deref() == Some(style))
        })
    }

    /// Counts a paragraph, and says what is drawn before it.
    pub(super) fn next(&mut self, id: u32, depth: usize) -> Option<String> {
        let depth = depth.min(LEVELS - 1);
        let list = self.lists.get(&id)?;
        let plan = self.plans.get(&list.plan)?;
        let level = |at: usize| list.levels[at].as_ref().or(plan.levels[at].as_ref());
        let this = level(depth)?;
        let counted = self.counted.entry(list.plan).or_default();
        if self.begun.insert(id) {
            for (count, start) in counted.iter_mut().zip(list.starts) {
                *count = start.map(|start| start.saturating_sub(1)).or(*count);
            }
        }
        counted[depth] = Some(counted[depth].map_or(this.start, |count| count.saturating_add(1)));
        for (at, count) in counted.iter_mut().enumerate().skip(depth + 1) {
            let restart = level(at).and_then(|level| level.restart);
            if restart.is_none_or(|after| depth < after) {
                *count = None;
            }
        }
        let number = |at: usize| {
            let level = level(at);
            let format = level.map(|level| level.format).unwrap_or_default();
            let format = if this.legal { Format::Decimal } else { format };
            let start = level.map_or(1, |level| level.start);
            format.write(counted[at].unwrap_or(start))
        };
        let drawn = match this.format {
            Format::Bullet => bullet(&this.text),
            _ => filled(&this.text, number),
        };
        Some(drawn.trim().to_owned()).filter(|drawn| !drawn.is_empty())
    }
}

/// The text of a level with its numbers in place.
fn filled(text: &str, number: impl Fn(usize) -> String) -> String {
    let mut filled = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let level = chars
            .peek()
            .and_then(|next| next.to_digit(10))
            .filter(|_| c == '%');
        match level {
            Some(level @ 1..=9) => {
                chars.next();
                filled.push_str(&number(level as usize - 1));
            }
            _ => filled.push(c),
        }
    }
    filled
}

/// A bullet that text can show: most are letters of symbol fonts.
fn bullet(text: &str) -> String {
    let text = text.trim();
    let shown = match text.chars().next() {
        None => "",
        Some('\u{F02D}') => "-",
        Some('\u{F02B}') => "+",
        Some(_) if lines::is_bullet(text) => text,
        Some(_) => "•",
    };
    shown.to_owned()
}

#[derive(Default)]
struct Reader {
    numbering: Numbering,
    plan: Option<(u32, Plan)>,
    list: Option<(u32, List)>,
    /// The level under way, and its place.
    level: Option<(usize, Level)>,
    /// The level whose place in a list is overridden.
    overridden: usize,
}

fn place(element: &Element) -> usize {
    let place = element
        .attribute("ilvl")
        .and_then(|place| place.trim().parse().ok());
    place.unwrap_or(LEVELS)
}

fn id(element: &Element, name: &str) -> u32 {
    let id = element
        .attribute(name)
        .and_then(|id| id.trim().parse().ok());
    id.unwrap_or(u32::MAX)
}

impl Visitor for Reader {
    fn start(&mut self, element: &Element) -> Result<(), ReadError> {
        match element.name {
            "abstractNum" => self.plan = Some((id(element, "abstractNumId"), Plan::default())),
            "num" => self.list = Some((id(element, "numId"), List::default())),
            "lvlOverride" => self.overridden = place(element),
            "lvl" => {
                let level = Level {
                    start: 1,
                    ..Level::default()
                };
                self.level = Some((place(element), level));
            }
            "numStyleLink" => {
                if let Some((_, plan)) = &mut self.plan {
                    plan.style = element.value().map(|style| style.into_owned());
                }
            }
            "abstractNumId" => {
                if let Some((_, list)) = &mut self.list {
                    list.plan = id(element, "val");
                }
            }
            "startOverride" => {
                let place = self
                    .list
                    .as_mut()
                    .and_then(|(_, list)| list.starts.get_mut(self.overridden));
                if let Some(start) = place {
                    *start = element.number();
                }
            }
            _ => self.property(element),
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "abstractNum" => self.numbering.plans.extend(self.plan.take()),
            "num" => self.numbering.lists.extend(self.list.take()),
            "lvl" => {
                let levels = match (&mut self.list, &mut self.plan) {
                    (Some((_, list)), _) => Some(&mut list.levels),
                    (None, Some((_, plan))) => Some(&mut plan.levels),
                    (None, None) => None,
                };
                if let (Some(levels), Some((at, level))) = (levels, self.level.take())
                    && let Some(place) = levels.get_mut(at)
                {
                    *place = Some(level);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, _: &str) {}
}

impl Reader {
    fn property(&mut self, element: &Element) {
        let Some((_, level)) = &mut self.level else {
            return;
        };
        match element.name {
            "start" => level.start = element.number().unwrap_or(1),
            "numFmt" => {
                level.format = match element.value().as_deref() {
                    Some("decimalZero") => Format::DecimalZero,
                    Some("upperRoman") => Format::UpperRoman,
                    Some("lowerRoman") => Format::LowerRoman,
                    Some("upperLetter") => Format::UpperLetter,
                    Some("lowerLetter") => Format::LowerLetter,
                    Some("bullet") => Format::Bullet,
                    Some("none") => Format::None,
                    _ => Format::Decimal,
                };
            }
            "lvlText" => {
                level.text = element
                    .value()
                    .unwrap_or_default()
                    .chars()
                    .take(40)
                    .collect()
            }
            "lvlRestart" => {
                level.restart = element
                    .number()
                    .and_then(|after| usize::try_from(after).ok())
            }
            "pStyle" => level.style = element.value().map(|style| style.into_owned()),
            "isLgl" => level.legal = element.is_on(),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = r#"<w:numbering xmlns:w="w">
        <w:abstractNum w:abstractNumId="0">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/><w:pStyle w:val="Two"/></w:lvl>
          <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/><w:isLgl/></w:lvl>
          <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%4)"/><w:lvlRestart w:val="0"/></w:lvl>
          <w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl>
          <w:lvl w:ilvl="5"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
          <w:lvl w:ilvl="6"><w:numFmt w:val="none"/><w:lvlText w:val=""/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="0"/>
          <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="4"><w:abstractNumId w:val="0"/>
          <w:lvlOverride w:ilvl="1"><w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:lvlOverride></w:num>
      </w:numbering>"#;

    #[track_caller]
    fn check(paragraphs: &[(u32, usize)], expect: &str) {
        let mut numbering = Numbering::read(LISTS.as_bytes(), &Styles::default()).expect("lists");
        let drawn = paragraphs
            .iter()
            .map(|(list, depth)| numbering.next(*list, *depth).unwrap_or("_".to_owned()));
        assert_eq!(drawn.collect::<Vec<_>>().join(" "), expect);
    }

    #[test]
    fn counting() {
        check(
            &[(1, 0), (1, 0), (1, 1), (1, 1), (1, 0), (1, 1)],
            "I. II. 1. 2. III. 1.",
        );
        check(
            &[(1, 0), (1, 0), (1, 1), (1, 2), (1, 2)],
            "I. II. 1. 2.1.1 2.1.2",
        );
    }

    #[test]
    fn a_level_may_count_on() {
        check(&[(1, 0), (1, 3), (1, 3), (1, 0), (1, 3)], "I. a) b) II. c)");
    }

    #[test]
    fn bullets_and_nothing() {
        check(&[(1, 4), (1, 5), (1, 6), (1, 8), (9, 0)], "- • _ _ _");
    }

    #[test]
    fn lists_of_one_plan_count_on_unless_told_to_begin() {
        check(
            &[(1, 0), (3, 0), (2, 0), (2, 0), (1, 0)],
            "I. II. V. VI. VII.",
        );
        check(&[(1, 1), (4, 1)], "1. (B)");
    }

    #[test]
    fn levels_of_styles() {
        let numbering = Numbering::read(LISTS.as_bytes(), &Styles::default()).expect("lists");
        assert_eq!(numbering.level_of(1, "Two"), Some(1));
        assert_eq!(numbering.level_of(1, "Three"), None);
    }
}
