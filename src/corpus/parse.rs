//! The body of a document made into sections and passages, each with its id.

use std::ops::Range;

use super::block::{Block, BlockKind, blocks};
use super::heading;
use super::problem::Reporter;
use super::slug::slug;
use crate::answer::PassageId;
use crate::text::FastMap;

/// A heading and what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Where it is: `ke-hoach-109#II.3`.
    pub id: PassageId,
    /// Its document's place in the corpus.
    pub document: usize,
    /// Depth of the heading: 2 for a part, 3 for a section of it, and so on.
    pub level: u8,
    /// The section it lies in.
    pub parent: Option<usize>,
    /// The heading's own number, “II” or “3”.
    pub number: Option<String>,
    /// What stands for the number in the id, if it is not the number.
    pub slug: Option<String>,
    /// The word before the number, in statutes: “Điều”, “Chương”.
    pub keyword: Option<&'static str>,
    /// The heading's words in the file.
    pub heading: Range<usize>,
    /// All passages below it, those of nested sections included.
    pub passages: Range<usize>,
    /// The sections directly below it.
    pub children: Vec<usize>,
}

/// The smallest piece of text that has a place of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it is: `ke-hoach-109#II.3.2`.
    pub id: PassageId,
    /// Its document's place in the corpus.
    pub document: usize,
    /// The section it stands in; none before the first heading.
    pub section: Option<usize>,
    /// Its words in the file, without bullet or number.
    pub span: Range<usize>,
    /// What sort of paragraph it is.
    pub shape: Shape,
}

/// What sort of paragraph a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// An item of a list with bullets.
    Bullet,
    /// A paragraph or item with a number or letter.
    Numbered,
    /// The paragraph before a list.
    LeadIn,
    /// Any other paragraph.
    Plain,
    /// A line of “Nơi nhận”.
    Recipient,
    /// Text before the first part.
    Preamble,
}

/// Path of the text before the first part.
pub(super) const PREAMBLE: &str = "mo-dau";
/// Path of the recipients.
pub(super) const RECIPIENTS: &str = "noi-nhan";

/// A document's sections and passages, their ordinals counted from its beginning.
#[derive(Default)]
pub(super) struct Text {
    pub sections: Vec<Section>,
    pub passages: Vec<Passage>,
}

/// Parses the body, which begins at `body`, of the document with that id, as if there were no other.
/// Anything parses to something; what looks wrong is reported.
pub(super) fn parse(file: &str, body: usize, id: &str, reporter: &mut Reporter) -> Text {
    let blocks = without_title(blocks(file, body));
    let mut parser = Parser {
        file,
        id,
        text: Text::default(),
        reporter,
        taken: FastMap::default(),
        open: Vec::new(),
    };
    let mut rest = blocks.as_slice();
    // A group is a heading, if any, and the blocks up to the next.
    while let Some((_, others)) = rest.split_first() {
        let length = 1 + others.iter().take_while(|block| level(block) == 0).count();
        let (group, after) = rest.split_at(length);
        parser.group(group, after.first().map_or(0, level));
        rest = after;
    }
    parser.close(0);
    parser.text
}

/// The first heading with one `#` repeats the title; it is no section.
fn without_title(mut blocks: Vec<Block>) -> Vec<Block> {
    if blocks.first().is_some_and(|block| level(block) == 1) {
        blocks.remove(0);
    }
    blocks
}

/// The level of a heading; 0 for any other block.
fn level(block: &Block) -> u8 {
    match block.kind {
        BlockKind::Heading(level) => level,
        _ => 0,
    }
}

struct Parser<'a> {
    file: &'a str,
    id: &'a str,
    text: Text,
    reporter: &'a mut Reporter,
    /// Paths given out so far, each with how often it was asked for.
    taken: FastMap<String, usize>,
    /// The sections that are open, outermost first.
    open: Vec<usize>,
}

impl Parser<'_> {
    fn group(&mut self, group: &[Block], next_level: u8) {
        let (heading, items) = match group.split_first() {
            Some((first, items)) if level(first) > 0 => (Some(first), items),
            _ => (None, group),
        };
        let items = self.with_words(items);
        let Some(heading) = heading else {
            self.add(&items, None, number_preamble(items.len()));
            return;
        };
        let section = self.begin(level(heading), heading.span.clone());
        let path = self.text.sections[section].id.path();
        let numbered = if path == RECIPIENTS {
            number_recipients(items.len())
        } else if next_level > level(heading) {
            number_lead_ins(path, &items)
        } else {
            number(path, &items)
        };
        self.add(&items, Some(section), numbered);
    }

    /// The items that are more than a marker; the others are reported.
    fn with_words<'b>(&mut self, items: &'b [Block]) -> Vec<&'b Block> {
        let (kept, empty): (Vec<_>, Vec<_>) = items.iter().partition(|item| !item.span.is_empty());
        for item in empty {
            self.reporter
                .report(item.span.start, "ý này không có chữ nào");
        }
        kept
    }

    /// Opens a section below the innermost open one of a lesser level.
    fn begin(&mut self, level: u8, span: Range<usize>) -> usize {
        self.close(level);
        let parent = self.open.last().copied();
        self.report_skipped_level(level, parent, span.start);
        let heading = heading::read(self.file, span);
        let number = heading
            .number
            .as_deref()
            .map(|typed| self.own_number(typed, parent));
        let slug = match (heading.slug, &number) {
            (None, None) => Some(slug(&self.file[heading.words.clone()])),
            (slug, _) => slug,
        };
        let slug = slug.filter(|slug| !slug.is_empty());
        let component = slug.as_deref().or(number.as_deref()).unwrap_or("muc");
        let path = match parent {
            Some(parent) => join(self.text.sections[parent].id.path(), component),
            None => component.to_owned(),
        };
        let path = self.unique(path, heading.words.start);
        self.push(Section {
            id: PassageId::of(self.id, &path),
            document: 0,
            level,
            parent,
            number,
            slug,
            keyword: heading.keyword,
            heading: heading.words,
            passages: self.text.passages.len()..self.text.passages.len(),
            children: Vec::new(),
        })
    }

    fn push(&mut self, section: Section) -> usize {
        let at = self.text.sections.len();
        if let Some(parent) = section.parent {
            self.text.sections[parent].children.push(at);
        }
        self.text.sections.push(section);
        self.open.push(at);
        at
    }

    fn report_skipped_level(&mut self, level: u8, parent: Option<usize>, at: usize) {
        let expected = parent.map_or(2, |parent| self.text.sections[parent].level + 1);
        if level > expected {
            let what = format!("tiêu đề nhảy bậc: {level} dấu #, lẽ ra {expected}");
            self.reporter.report(at, what);
        }
    }

    /// “1.1” below section 1 is its section 1.
    fn own_number(&self, typed: &str, parent: Option<usize>) -> String {
        let outer = parent.and_then(|parent| self.text.sections[parent].number.as_deref());
        let own = outer.and_then(|outer| typed.strip_prefix(outer)?.strip_prefix('.'));
        own.unwrap_or(typed).to_owned()
    }

    /// Closes the open sections of that level and deeper.
    fn close(&mut self, level: u8) {
        while let Some(section) = self
            .open
            .pop_if(|open| self.text.sections[*open].level >= level)
        {
            self.text.sections[section].passages.end = self.text.passages.len();
        }
    }

    fn add(&mut self, items: &[&Block], section: Option<usize>, numbered: Vec<(String, Shape)>) {
        for (item, (path, shape)) in items.iter().zip(numbered) {
            let path = self.unique(path, item.span.start);
            self.text.passages.push(Passage {
                id: PassageId::of(self.id, &path),
                document: 0,
                section,
                span: item.span.clone(),
                shape,
            });
        }
    }

    /// The path, or one made from it when it is taken: an id names one place.
    fn unique(&mut self, path: String, at: usize) -> String {
        let mut free = path;
        if let Some(times) = self.taken.get(&free) {
            let (path, mut times) = (free, *times);
            let what = format!("trùng mã “{}#{path}”", self.id);
            self.reporter
                .suggest(at, what, "đánh lại số, hoặc đặt {#ten-rieng} sau tiêu đề");
            loop {
                times += 1;
                free = format!("{path}-{times}");
                if !self.taken.contains_key(&free) {
                    break;
                }
            }
            self.taken.insert(path, times);
        }
        self.taken.insert(free.clone(), 1);
        free
    }
}

fn join(path: &str, component: &str) -> String {
    [path, ".", component].concat()
}

fn number_preamble(count: usize) -> Vec<(String, Shape)> {
    if count == 1 {
        return vec![(PREAMBLE.to_owned(), Shape::Preamble)];
    }
    (1..=count)
        .map(|n| (format!("{PREAMBLE}.{n}"), Shape::Preamble))
        .collect()
}

fn number_recipients(count: usize) -> Vec<(String, Shape)> {
    (1..=count)
        .map(|n| (format!("{RECIPIENTS}.{n}"), Shape::Recipient))
        .collect()
}

/// Paths of `count` paragraphs that lead in to a list or to sections: `.0`, or `.0.1`, `.0.2`, …
fn lead_in_paths(path: &str, count: usize) -> Vec<String> {
    if count == 1 {
        return vec![join(path, "0")];
    }
    (1..=count).map(|n| format!("{path}.0.{n}")).collect()
}

/// Between a heading and the first heading below it everything leads in: its numbers must not be
/// those of the sections.
fn number_lead_ins(path: &str, items: &[&Block]) -> Vec<(String, Shape)> {
    let shape = |item: &&Block| match item.kind {
        BlockKind::Plain | BlockKind::Heading(_) => Shape::LeadIn,
        BlockKind::Bullet => Shape::Bullet,
        BlockKind::Number(_) | BlockKind::Letter(_) => Shape::Numbered,
    };
    lead_in_paths(path, items.len())
        .into_iter()
        .zip(items.iter().map(shape))
        .collect()
}

/// Paths within a section without sections. Bullets and plain paragraphs are counted; numbers and
/// letters are kept as typed; what follows a numbered paragraph lies below it, and a bullet that
/// follows a lettered one below that.
fn number(path: &str, items: &[&Block]) -> Vec<(String, Shape)> {
    let leading = items
        .iter()
        .take_while(|item| item.kind == BlockKind::Plain)
        .count();
    // Paragraphs with no list after them are passages like any other.
    let leading = if leading == items.len() { 0 } else { leading };
    let lead_ins = lead_in_paths(path, leading);
    let mut numbered: Vec<(String, Shape)> = lead_ins
        .into_iter()
        .take(leading)
        .map(|path| (path, Shape::LeadIn))
        .collect();
    let mut counts = FastMap::default();
    let mut above = path.to_owned();
    let mut above_bullets = above.clone();
    for item in &items[leading..] {
        let (path, shape) = match &item.kind {
            BlockKind::Number(number) => {
                above = join(path, own_part(path, number));
                above_bullets.clone_from(&above);
                (above.clone(), Shape::Numbered)
            }
            BlockKind::Letter(letter) => {
                above_bullets = join(&above, &letter.to_string());
                (above_bullets.clone(), Shape::Numbered)
            }
            BlockKind::Bullet => (counted(&mut counts, &above_bullets), Shape::Bullet),
            _ => (counted(&mut counts, &above), Shape::Plain),
        };
        numbered.push((path, shape));
    }
    numbered
}

/// The path of the next thing counted below `above`.
fn counted(counts: &mut FastMap<String, usize>, above: &str) -> String {
    let count = match counts.get_mut(above) {
        Some(count) => count,
        None => counts.entry(above.to_owned()).or_default(),
    };
    *count += 1;
    join(above, &count.to_string())
}

/// The part of a paragraph's number that is its own: “2.1.3” in section II.2.1 is its 3.
fn own_part<'n>(path: &str, number: &'n str) -> &'n str {
    let inner = path.match_indices('.').map(|(at, _)| &path[at + 1..]);
    std::iter::once(path)
        .chain(inner)
        .find_map(|end| number.strip_prefix(end)?.strip_prefix('.'))
        .unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{FRONT_MATTER, with_body};

    /// Passages as “path shape: words”, sections as “path: words” in the order of their ids.
    #[track_caller]
    fn check(body: &str, sections: &[&str], passages: &[&str]) {
        let (corpus, problems) = with_body(body, &[]);
        assert_eq!(problems, []);
        let file = corpus.file(0);
        let found: Vec<String> = corpus
            .sections()
            .map(|section| format!("{}: {}", section.id.path(), &file[section.heading.clone()]))
            .collect();
        assert_eq!(found, sections);
        let found: Vec<String> = corpus
            .passages()
            .map(|p| format!("{} {:?}: {}", p.id.path(), p.shape, &file[p.span.clone()]))
            .collect();
        assert_eq!(found, passages);
    }

    #[track_caller]
    fn check_problems(body: &str, expect: &[(usize, &str)]) {
        let (_, problems) = with_body(body, &[]);
        let found: Vec<(usize, &str)> = problems
            .iter()
            .map(|p| (p.line - FRONT_MATTER, p.what.as_str()))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn parts_sections_and_bullets() {
        check(
            "# Tên\n\n## I. MỘT\n\n### 1. Hai\n\n- ba\n\n- bốn\n\n### 2. Năm\n- sáu\n\n## II. BẢY\n\n1. tám\n\n4. chín\n",
            &["I: MỘT", "I.1: Hai", "I.2: Năm", "II: BẢY"],
            &[
                "I.1.1 Bullet: ba",
                "I.1.2 Bullet: bốn",
                "I.2.1 Bullet: sáu",
                "II.1 Numbered: tám",
                "II.4 Numbered: chín",
            ],
        );
    }

    #[test]
    fn text_before_the_first_part() {
        check(
            "# Tên\n\nmột\nhai\n\n## I. B\n",
            &["I: B"],
            &["mo-dau Preamble: một\nhai"],
        );
        check(
            "một\n\n- hai\n",
            &[],
            &["mo-dau.1 Preamble: một", "mo-dau.2 Preamble: hai"],
        );
        check("", &[], &[]);
    }

    #[test]
    fn slugs_stand_for_numbers() {
        check(
            "## Bối cảnh {#bc}\n- a\n\n## Điều khoản thi hành\n- b\n### 1. C\n- d\n\n## Nơi nhận:\n- Như trên;\n- Lưu.\n",
            &[
                "bc: Bối cảnh",
                "dieu-khoan-thi-hanh: Điều khoản thi hành",
                "dieu-khoan-thi-hanh.1: C",
                "noi-nhan: Nơi nhận:",
            ],
            &[
                "bc.1 Bullet: a",
                "dieu-khoan-thi-hanh.0 Bullet: b",
                "dieu-khoan-thi-hanh.1.1 Bullet: d",
                "noi-nhan.1 Recipient: Như trên;",
                "noi-nhan.2 Recipient: Lưu.",
            ],
        );
    }

    #[test]
    fn lead_ins() {
        check(
            "## I. A\n\nb:\n\n- c\n\n- d\n\ne\n",
            &["I: A"],
            &[
                "I.0 LeadIn: b:",
                "I.1 Bullet: c",
                "I.2 Bullet: d",
                "I.3 Plain: e",
            ],
        );
        check(
            "## I. A\n\nb\n\nc:\n\n1. d\n",
            &["I: A"],
            &["I.0.1 LeadIn: b", "I.0.2 LeadIn: c:", "I.1 Numbered: d"],
        );
        check(
            "## I. A\n\nb\n\nc\n",
            &["I: A"],
            &["I.1 Plain: b", "I.2 Plain: c"],
        );
        check(
            "## I. A\n\nb\n\n### 1. C\n\nd\n",
            &["I: A", "I.1: C"],
            &["I.0 LeadIn: b", "I.1.1 Plain: d"],
        );
    }

    #[test]
    fn what_follows_a_numbered_paragraph_lies_below_it() {
        check(
            "## Điều 5. Phạm vi\n\n1. một:\n\na) hai;\n\nđ) ba.\n\n2. bốn:\n- năm\n\nsáu\n",
            &["5: Phạm vi"],
            &[
                "5.1 Numbered: một:",
                "5.1.a Numbered: hai;",
                "5.1.đ Numbered: ba.",
                "5.2 Numbered: bốn:",
                "5.2.1 Bullet: năm",
                "5.2.2 Plain: sáu",
            ],
        );
    }

    #[test]
    fn deeper_headings_add_a_component() {
        check(
            "## I. A\n### 1. B\n#### 1.1. C\n- d\n#### a) E\n- f\n",
            &["I: A", "I.1: B", "I.1.1: C", "I.1.a: E"],
            &["I.1.1.1 Bullet: d", "I.1.a.1 Bullet: f"],
        );
    }

    #[test]
    fn sections_know_their_passages_and_each_other() {
        let (corpus, _) = with_body(
            "x\n\n## I. A\n\nb\n\n### 1. C\n- d\n- e\n### 2. F\n## II. G\n- h\n",
            &[],
        );
        let found: Vec<_> = corpus
            .sections()
            .map(|s| {
                (
                    s.id.path(),
                    s.level,
                    s.parent,
                    s.passages.clone(),
                    s.children.clone(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("I", 2, None, 1..4, vec![1, 2]),
                ("I.1", 3, Some(0), 2..4, vec![]),
                ("I.2", 3, Some(0), 4..4, vec![]),
                ("II", 2, None, 4..5, vec![]),
            ]
        );
        let sections: Vec<_> = corpus.passages().map(|p| p.section).collect();
        assert_eq!(sections, [None, Some(0), Some(1), Some(1), Some(3)]);
    }

    #[test]
    fn problems() {
        check_problems(
            "## I. A\n#### a) B\n- c\n",
            &[(2, "tiêu đề nhảy bậc: 4 dấu #, lẽ ra 3")],
        );
        check_problems("## I. A\n-\n- c\n", &[(2, "ý này không có chữ nào")]);
        check_problems(
            "## I. A\n1. b\n1. c\n1. d\n## I. A\n",
            &[
                (3, "trùng mã “kh#I.1”"),
                (4, "trùng mã “kh#I.1”"),
                (5, "trùng mã “kh#I”"),
            ],
        );
    }

    #[test]
    fn an_id_names_one_place() {
        let (corpus, _) = with_body("## I. A\n1. b\n1. c\n1. d\n## I. A\n", &[]);
        let paths: Vec<_> = corpus.passages().map(|p| p.id.path()).collect();
        assert_eq!(paths, ["I.1", "I.1-2", "I.1-3"]);
        assert_eq!(corpus.section(1).id.path(), "I-2");
    }
}
