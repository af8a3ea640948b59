//! Plain text and Markdown: hard-wrapped lines become paragraphs again.

use super::super::encoding::{Converted, convert};
use super::super::source::{Place, Source};
use super::draft::{Allowance, Draft, Drafts, MOST_TEXT, Rows};
use super::{ReadError, charset, lines};

/// How the text is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Not at all.
    Text,
    /// As Markdown.
    Markdown,
}

/// Reads text. Its places are lines.
pub(super) fn read(bytes: &[u8], kind: Kind) -> Result<Source, ReadError> {
    let text = charset::decode(bytes, None)?;
    if text.len() > MOST_TEXT {
        return Err(ReadError::TooLarge("quá nhiều chữ so với một văn bản"));
    }
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut drafts = Drafts::default();
    // Before lines are joined to paragraphs, which looks at their letters.
    if let Some(converted) = convert(&text) {
        text = tell(converted, &mut drafts);
    }
    let lines = text.split('\n').enumerate().map(|(at, text)| Line {
        text,
        at: at as u32 + 1,
    });
    match kind {
        Kind::Text => wrapped(lines, &mut drafts)?,
        Kind::Markdown => marked(lines, &mut drafts)?,
    }
    Ok(drafts.finish())
}

/// Tells that the text was converted, and gives it.
fn tell(converted: Converted, drafts: &mut Drafts) -> String {
    let name = converted.from.name();
    drafts.remark(
        None,
        format!("đã chuyển tệp từ bảng mã {name} sang Unicode"),
    );
    if converted.lacks_capitals {
        let names = match converted.possible_names.as_slice() {
            [] => String::new(),
            names => format!(", như: “{}”", names[..names.len().min(20)].join("”, “")),
        };
        let what = format!(
            "bảng mã TCVN3 không có chữ hoa mang dấu: đã viết hoa đầu câu, đầu ý và “Ủy ban”; soát lại chữ đầu của các tên riêng{names}"
        );
        drafts.remark(None, what);
    }
    converted.text
}

/// A line of the file, with its number.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    at: u32,
}

impl Line<'_> {
    /// How far in it begins; a tab counts for four.
    fn indent(self) -> usize {
        let blanks = self.text.chars().take_while(|c| c.is_whitespace());
        blanks.map(|c| if c == '\t' { 4 } else { 1 }).sum()
    }

    fn length(self) -> usize {
        self.text.trim_end().chars().count()
    }

    fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }

    fn place(self) -> Place {
        Place {
            page: None,
            line: self.at,
        }
    }
}

/// A line longer than this was not wrapped by hand or by an old program.
const WIDEST: usize = 130;
/// A text whose longest lines are shorter is a list rather than wrapped.
const NARROWEST: usize = 50;

/// Paragraphs of text that may be hard-wrapped.
fn wrapped<'t>(
    lines: impl Iterator<Item = Line<'t>> + Clone,
    drafts: &mut Drafts,
) -> Result<(), ReadError> {
    let width = width(lines.clone());
    let mut open: Option<(Line, Line, String)> = None;
    for line in lines {
        // A form feed ends a page; what a page number leaves is no paragraph.
        let (before, new_page) = (line.text, line.text.contains('\u{C}'));
        let line = Line {
            text: before.trim_start_matches('\u{C}'),
            ..line
        };
        let number = new_page && lines::page_number(line.text).is_some();
        let goes_on = open.as_ref().is_some_and(|(first, last, _)| {
            width.is_some_and(|width| !line.is_blank() && belongs(*first, *last, line, width))
        });
        match &mut open {
            Some((_, last, text)) if goes_on => {
                lines::join(text, line.text);
                *last = line;
            }
            _ => {
                finish(open.take(), drafts)?;
                open = (!line.is_blank() && !number)
                    .then(|| (line, line, line.text.trim().to_owned()));
            }
        }
    }
    finish(open, drafts)
}

fn finish(open: Option<(Line, Line, String)>, drafts: &mut Drafts) -> Result<(), ReadError> {
    open.map_or(Ok(()), |(first, _, text)| {
        drafts.paragraph(Draft::plain(text, first.place()))
    })
}

/// The width at which the text is wrapped; nothing if every line is a paragraph.
fn width<'t>(lines: impl Iterator<Item = Line<'t>>) -> Option<usize> {
    let mut lengths: Vec<usize> = lines
        .map(Line::length)
        .filter(|length| *length > 0)
        .collect();
    lengths.sort_unstable();
    // A few lines stand out: addresses, rows of dots.
    let width = *lengths.get(lengths.len().checked_sub(1)? * 19 / 20)?;
    (NARROWEST..=WIDEST).contains(&width).then_some(width)
}

/// True when `line` goes on where `last` ended, in the paragraph that `first` began.
fn belongs(first: Line, last: Line, line: Line, width: usize) -> bool {
    let full = last.length() * 4 >= width * 3;
    let indented =
        line.indent() > last.indent() && !(last.at == first.at && lines::starts_item(first.text));
    let item = lines::starts_item(line.text) && lines::ends_in_stop(last.text);
    full && !indented && !item && !lines::shouts(last.text, line.text)
}

/// Paragraphs of Markdown.
fn marked<'t>(lines: impl Iterator<Item = Line<'t>>, drafts: &mut Drafts) -> Result<(), ReadError> {
    let mut open: Option<(Line, String)> = None;
    let mut table: Option<(Rows, Place)> = None;
    let mut allowance = Allowance::default();
    for line in without_front_matter(lines) {
        let text = line.text.trim();
        charge(text, &mut allowance)?;
        if let Some(row) = row(text, line) {
            close(open.take(), drafts)?;
            let (rows, _) = table.get_or_insert_with(|| (Vec::new(), line.place()));
            rows.extend(row);
            continue;
        }
        if let Some((rows, at)) = table.take() {
            drafts.table(rows, at)?;
        }
        let begins = text.starts_with('#')
            || lines::starts_item(text)
            || open.as_ref().is_some_and(|(_, text)| text.starts_with('#'));
        match &mut open {
            Some((_, paragraph)) if !text.is_empty() && !begins => {
                let hard = paragraph.ends_with("  ") || paragraph.ends_with('\\');
                if hard {
                    let kept = paragraph.trim_end_matches([' ', '\\']).len();
                    paragraph.truncate(kept);
                    paragraph.push('\n');
                    paragraph.push_str(line.text.trim_start());
                } else {
                    paragraph.push(' ');
                    paragraph.push_str(line.text.trim_start());
                }
            }
            _ => {
                close(open.take(), drafts)?;
                open = (!text.is_empty() && !is_rule(text))
                    .then(|| (line, line.text.trim_start().to_owned()));
            }
        }
    }
    if let Some((rows, at)) = table {
        drafts.table(rows, at)?;
    }
    close(open, drafts)
}

/// Leaves out what stands between `+++` or `---` lines at the head of the file.
fn without_front_matter<'t>(
    lines: impl Iterator<Item = Line<'t>>,
) -> impl Iterator<Item = Line<'t>> {
    let mut fence: Option<&str> = None;
    lines.filter(move |line| {
        let text = line.text.trim_end();
        if line.at == 1 && matches!(text, "+++" | "---") {
            fence = Some(text);
            return false;
        }
        let inside = fence.is_some();
        if fence == Some(text) {
            fence = None;
        }
        !inside
    })
}

/// `---`, `***`.
fn is_rule(text: &str) -> bool {
    text.len() >= 3
        && ['-', '*', '_']
            .iter()
            .any(|sign| text.chars().all(|c| c == *sign || c == ' '))
}

fn close(open: Option<(Line, String)>, drafts: &mut Drafts) -> Result<(), ReadError> {
    let Some((line, text)) = open else {
        return Ok(());
    };
    let level = text.chars().take_while(|c| *c == '#').count();
    let heading = (1..=6).contains(&level) && text[level..].starts_with(' ');
    let text = if heading {
        without_slug(&text[level..])
    } else {
        &text
    };
    let mut draft = Draft::plain(String::new(), line.place());
    draft.level = heading.then_some(level as u8);
    draft.runs.clear();
    emphasis(text, &mut draft);
    drafts.paragraph(draft)
}

/// A heading without the name in braces at its end.
fn without_slug(heading: &str) -> &str {
    let trimmed = heading.trim_end().trim_end_matches('#').trim_end();
    match trimmed.rfind("{#") {
        Some(at) if trimmed.ends_with('}') => &trimmed[..at],
        _ => trimmed,
    }
}

/// Takes the stars of bold and italic letters away.
fn emphasis(text: &str, draft: &mut Draft) {
    let (mut bold, mut italic) = (false, false);
    let mut rest = text;
    // A star before a blank is a bullet or a product, not emphasis, unless it closes some.
    while let Some(at) = rest.find(['*', '\\']) {
        let (before, from) = rest.split_at(at);
        draft.push(before, super::draft::Run::default().face, bold, italic);
        let stars = from.chars().take_while(|c| *c == '*').count();
        let opens = from[stars..].starts_with(|c: char| !c.is_whitespace());
        let taken = match stars {
            0 => {
                let escaped = from[1..].chars().next().filter(char::is_ascii_punctuation);
                let shown = escaped.unwrap_or('\\').to_string();
                draft.push(&shown, Default::default(), bold, italic);
                1 + escaped.map_or(0, char::len_utf8)
            }
            2 | 3 if bold || opens => {
                bold = !bold;
                italic ^= stars == 3;
                stars
            }
            1 if italic || opens => {
                italic = !italic;
                1
            }
            _ => {
                draft.push(&from[..stars], Default::default(), bold, italic);
                stars
            }
        };
        rest = &from[taken..];
    }
    draft.push(rest, Default::default(), bold, italic);
}

/// Charges the cells of a line before they are made.
fn charge(text: &str, allowance: &mut Allowance) -> Result<(), ReadError> {
    if text.starts_with('|') {
        text.matches('|').try_for_each(|_| allowance.cell())?;
    }
    Ok(())
}

/// The cells of a row `| a | b |`; no row of the line under the head, nothing of another line.
fn row(text: &str, line: Line) -> Option<Option<Vec<Vec<Draft>>>> {
    let inner = text.strip_prefix('|')?.strip_suffix('|')?;
    if inner.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ')) {
        return Some(None);
    }
    let cells = inner.split('|').map(|cell| {
        let mut draft = Draft {
            at: line.place(),
            ..Draft::default()
        };
        emphasis(&cell.trim().replace("<br>", "\n"), &mut draft);
        vec![draft]
    });
    Some(Some(cells.collect()))
}

#[cfg(test)]
mod tests {
    use super::super::super::source::Block;
    use super::*;

    fn shown(text: &str, kind: Kind) -> Vec<String> {
        let source = read(text.as_bytes(), kind).expect("text");
        source
            .blocks
            .iter()
            .map(super::super::tests::line)
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        assert_eq!(shown(text, Kind::Text), expect);
    }

    #[track_caller]
    fn check_marked(text: &str, expect: &[&str]) {
        assert_eq!(shown(text, Kind::Markdown), expect);
    }

    #[test]
    fn wrapped_lines() {
        check(
            "Các cấp ủy, chính quyền, Mặt trận Tổ quốc, các tổ chức chính trị\n\
             - xã hội tổ chức quán triệt, triển khai thực hiện nghiêm túc và số\n\
             28-CT/TW.\n\
             - Xây dựng, bổ sung nội dung chăm sóc, giáo dục và bảo vệ trẻ em;\n\
             \n\
             1. Mục đích\n\
             2. Yêu cầu",
            &[
                "Các cấp ủy, chính quyền, Mặt trận Tổ quốc, các tổ chức chính trị - xã hội tổ chức quán triệt, \
                 triển khai thực hiện nghiêm túc và số 28-CT/TW.",
                "- Xây dựng, bổ sung nội dung chăm sóc, giáo dục và bảo vệ trẻ em;",
                "1. Mục đích",
                "2. Yêu cầu",
            ],
        );
    }

    #[test]
    fn indents_begin_paragraphs() {
        check(
            "    Một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm sáu\n\
             bảy tám chín mười một hai ba bốn năm sáu bảy tám chín mười một hai\n    \
             Đoạn hai một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn\nnăm.",
            &[
                "Một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm \
                 sáu bảy tám chín mười một hai",
                "Đoạn hai một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm.",
            ],
        );
    }

    #[test]
    fn long_and_short_lines_are_paragraphs() {
        let long = "một hai ba ".repeat(30);
        let long = long.trim_end();
        check(&format!("{long}\r\n{long}\r\rhết"), &[long, long, "hết"]);
        check("Một\nHai\n\nBa", &["Một", "Hai", "Ba"]);
        check("\u{FEFF}\n", &[]);
    }

    #[test]
    fn markdown() {
        check_marked(
            "+++\nid = \"x\"\n+++\n\n# Kế hoạch\n\n## I. MỤC ĐÍCH {#muc}\nĐoạn một\ntiếp theo.\n\n- **Một**\n- *hai* **ba**\n  tiếp\n\n---\n1. A \\* b",
            &[
                "#1 Kế hoạch",
                "#2 I. MỤC ĐÍCH",
                "Đoạn một tiếp theo.",
                "**- Một**",
                "- hai ba tiếp",
                "1. A * b",
            ],
        );
    }

    #[test]
    fn tables_of_markdown() {
        check_marked(
            "| a | **b** |\n|---|:-:|\n| c | |\nsau",
            &["[a | **b**] [c | ]", "sau"],
        );
    }

    #[test]
    fn places_are_lines() {
        let source = read("\n\nMột\n\nHai".as_bytes(), Kind::Text).expect("text");
        let places: Vec<u32> = source
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(paragraph) => paragraph.at.line,
                Block::Table(table) => table.at.line,
            })
            .collect();
        assert_eq!(places, [3, 5]);
    }
}
