//! HTML as law portals print it and as office programs save it: paragraphs in all sorts of boxes,
//! lines ended by hand, tables for looks and tables for content, menus around the text.

mod look;
mod pieces;
mod token;

use super::super::source::Source;
use super::draft::{Allowance, Draft, Drafts};
use super::{ReadError, charset};
use look::Look;
use pieces::{Container, Entry, Grid};
use token::{Tag, Token, Tokens};

/// Deeper elements are not told apart.
const DEEPEST: usize = 200;
/// A page of a law portal has a hundredth of it.
const MOST_TAGS: usize = 1_000_000;
/// Nor tables within tables.
const DEEPEST_TABLE: usize = 24;

/// Reads a page. Its places are paragraphs.
pub(super) fn read(bytes: &[u8]) -> Result<Source, ReadError> {
    let page = charset::decode(bytes, declared(bytes).as_deref())?;
    let mut drafts = parse(&page, true)?;
    // A page whose names mislead.
    if drafts.is_empty() {
        drafts = parse(&page, false)?;
    }
    Ok(drafts.finish())
}

/// The encoding that the head of the page names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'));
    Some(label[..end.unwrap_or(label.len())].to_owned())
}

fn parse(page: &str, by_names: bool) -> Result<Drafts, ReadError> {
    let mut parser = Parser {
        by_names,
        ..Parser::default()
    };
    let mut tags = 0;
    for token in Tokens::of(page) {
        tags += usize::from(!matches!(token, Token::Text(_)));
        if tags > MOST_TAGS {
            return Err(ReadError::TooLarge("quá nhiều thẻ HTML"));
        }
        match token {
            Token::Text(text) => parser.text(&text),
            Token::Start(tag) => parser.start(&tag)?,
            Token::End(name) => parser.end(&name)?,
        }
    }
    parser.finish()
}

/// An open element.
struct Open {
    name: String,
    look: Look,
}

/// A list whose items are numbered or have bullets.
struct List {
    style: Style,
    next: i64,
}

/// What stands before an item.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Nothing,
    Bullet,
    Number(super::number::Format),
}

#[derive(Default)]
struct Parser {
    /// Whether boxes called menu, footer and the like are left out.
    by_names: bool,
    open: Vec<Open>,
    lists: Vec<List>,
    /// The page, then the tables that are open, the innermost last.
    body: Container,
    tables: Vec<Grid>,
    /// The paragraph under way, and how much of it is link and is not.
    draft: Draft,
    linked: usize,
    unlinked: usize,
    links: usize,
    /// The number of the item that the next paragraph opens.
    number: Option<String>,
    paragraphs: u32,
    allowance: Allowance,
    /// Whether something was left out: by its name, because it does not show.
    left_out: bool,
    hidden: bool,
}

impl Parser {
    fn look(&self) -> Look {
        self.open.last().map(|open| open.look).unwrap_or_default()
    }

    fn text(&mut self, text: &str) {
        let look = self.look();
        if look.skipped {
            return;
        }
        let text: String = text
            .chars()
            .map(|c| match c {
                '\n' if look.preformatted => '\n',
                _ if c.is_ascii_whitespace() => ' ',
                _ => c,
            })
            .collect();
        let shown = text.chars().filter(|c| !c.is_whitespace()).count();
        if self.linked + self.unlinked == 0 {
            if shown == 0 && self.draft.runs.is_empty() {
                return;
            }
            self.draft.centred = look.centred;
        }
        if look.link {
            self.linked += shown;
        } else {
            self.unlinked += shown;
        }
        self.draft.push(&text, look.face, look.bold, look.italic);
    }

    /// A line ended by hand; two of them end the paragraph.
    fn line_break(&mut self) -> Result<(), ReadError> {
        let ended = self.draft.runs.last().is_some_and(|run| {
            run.text
                .trim_end_matches(|c: char| c != '\n' && c.is_whitespace())
                .ends_with('\n')
        });
        if ended {
            return self.flush();
        }
        let look = self.look();
        if !look.skipped && !self.draft.runs.is_empty() {
            self.draft.push("\n", look.face, look.bold, look.italic);
        }
        Ok(())
    }

    /// Ends the paragraph under way.
    fn flush(&mut self) -> Result<(), ReadError> {
        let mut draft = std::mem::take(&mut self.draft);
        let link_only = self.unlinked == 0 && self.linked > 0;
        let links = std::mem::take(&mut self.links);
        (self.linked, self.unlinked) = (0, 0);
        if draft.is_blank() {
            return Ok(());
        }
        self.paragraphs += 1;
        draft.at.line = self.paragraphs;
        draft.level = self
            .open
            .iter()
            .rev()
            .find_map(|open| heading_level(&open.name));
        draft.number = self.number.take();
        self.allowance.draft(&draft)?;
        let links = if link_only { links.max(1) } else { 0 };
        self.container().push(Entry::Paragraph { draft, links });
        Ok(())
    }

    /// Where paragraphs go: the innermost open cell, or the page.
    fn container(&mut self) -> &mut Container {
        match self.tables.last_mut() {
            Some(grid) => grid.container(),
            None => &mut self.body,
        }
    }

    fn start(&mut self, tag: &Tag) -> Result<(), ReadError> {
        let name = tag.name.as_str();
        match name {
            "br" => return self.line_break(),
            "hr" | "img" | "input" | "meta" | "link" | "col" | "wbr" | "area" | "base"
            | "embed" | "source" | "track" | "param" | "script" | "style" | "title" => {
                if name == "hr" {
                    self.flush()?;
                }
                return Ok(());
            }
            _ => {}
        }
        if is_block(name) {
            self.flush()?;
            self.close_implied(name);
        }
        let look = self.look().within(tag, self.by_names && !self.in_article());
        self.note(look);
        self.links += usize::from(name == "a" && look.link);
        match name {
            "ul" | "ol" | "menu" => self.lists.push(list(tag)),
            "li" => self.number = self.next_number(tag),
            "table" if self.tables.len() < DEEPEST_TABLE && !look.skipped => {
                self.tables.push(Grid::default())
            }
            "tr" => {
                if let Some(grid) = self.tables.last_mut() {
                    grid.row();
                }
            }
            "td" | "th" if !look.skipped => {
                self.allowance.cell()?;
                if let Some(grid) = self.tables.last_mut() {
                    let span = |name| {
                        tag.attribute(name)
                            .and_then(|value| value.trim().parse().ok())
                            .unwrap_or(1)
                    };
                    grid.cell(span("colspan"), span("rowspan"));
                }
            }
            _ => {}
        }
        if self.open.len() < DEEPEST {
            self.open.push(Open {
                name: tag.name.clone(),
                look,
            });
        }
        Ok(())
    }

    fn in_article(&self) -> bool {
        self.open
            .iter()
            .any(|open| matches!(open.name.as_str(), "article" | "main"))
    }

    /// Remembers what begins to be left out.
    fn note(&mut self, look: Look) {
        if look.skipped && !self.look().skipped && !look.link {
            self.hidden |= look.hidden;
            self.left_out |= !look.hidden;
        }
    }

    /// Ends the elements that the start of this one ends.
    fn close_implied(&mut self, name: &str) {
        let (ended, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "td", "th", "table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot"], &["table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "td", "th", "table"]),
            _ => (&["p"], &["td", "th", "table", "li", "div", "blockquote"]),
        };
        let found = self.open.iter().rposition(|open| {
            ended.contains(&open.name.as_str()) || within.contains(&open.name.as_str())
        });
        if let Some(at) = found.filter(|at| ended.contains(&self.open[*at].name.as_str())) {
            self.open.truncate(at);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if is_block(name) {
            self.flush()?;
        }
        let bounds: &[&str] = match name {
            "table" => &[],
            "td" | "th" | "tr" | "thead" | "tbody" | "tfoot" | "caption" => &["table"],
            _ => &["td", "th", "caption", "table"],
        };
        let found = self
            .open
            .iter()
            .rposition(|open| open.name == name || bounds.contains(&open.name.as_str()));
        let Some(at) = found.filter(|at| self.open[*at].name == name) else {
            return Ok(());
        };
        let skipped = self.open[at].look.skipped;
        self.open.truncate(at);
        match name {
            "ul" | "ol" | "menu" => {
                self.lists.pop();
                self.number = None;
            }
            "li" => self.number = None,
            "table" if !skipped => self.end_table(),
            _ => {}
        }
        Ok(())
    }

    fn end_table(&mut self) {
        if let Some(grid) = self.tables.pop() {
            let entries = grid.finish(self.paragraphs);
            self.container().extend(entries);
        }
    }

    fn next_number(&mut self, tag: &Tag) -> Option<String> {
        let list = self.lists.last_mut()?;
        if let Some(value) = tag
            .attribute("value")
            .and_then(|value| value.trim().parse().ok())
        {
            list.next = value;
        }
        let number = list.next;
        list.next = list.next.saturating_add(1);
        match list.style {
            Style::Nothing => None,
            Style::Bullet => Some("•".to_owned()),
            Style::Number(format) => Some(format!("{}.", format.write(number))),
        }
    }

    fn finish(mut self) -> Result<Drafts, ReadError> {
        self.flush()?;
        while !self.tables.is_empty() {
            self.end_table();
        }
        let mut drafts = Drafts::default();
        if self.left_out {
            drafts.remark(None, "đã bỏ các khối không thuộc văn bản của trang web (trình đơn, đầu trang, chân trang)");
        }
        if self.hidden {
            drafts.remark(None, "đã bỏ chữ mà trang web không cho hiện");
        }
        self.body.deliver(&mut drafts)?;
        Ok(drafts)
    }
}

fn list(tag: &Tag) -> List {
    use super::number::Format;
    let css = tag.attribute("style").unwrap_or_default().to_lowercase();
    let kind = tag.attribute("type").unwrap_or_default();
    let style = match (tag.name.as_str(), kind) {
        _ if css.contains("list-style-type:none")
            || css.contains("list-style:none")
            || css.contains("list-style: none") =>
        {
            Style::Nothing
        }
        ("ol", "a") => Style::Number(Format::LowerLetter),
        ("ol", "A") => Style::Number(Format::UpperLetter),
        ("ol", "i") => Style::Number(Format::LowerRoman),
        ("ol", "I") => Style::Number(Format::UpperRoman),
        ("ol", _) => Style::Number(Format::Decimal),
        _ => Style::Bullet,
    };
    List {
        style,
        next: tag
            .attribute("start")
            .and_then(|value| value.trim().parse().ok())
            .unwrap_or(1),
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// Elements that stand on lines of their own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "menu"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "caption"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "blockquote"
            | "pre"
            | "center"
            | "address"
            | "figure"
            | "figcaption"
            | "form"
            | "fieldset"
            | "body"
            | "html"
            | "details"
            | "summary"
            | "option"
            | "select"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expect: &[&str]) {
        let source = read(page.as_bytes()).expect("a page");
        let lines: Vec<String> = source
            .blocks
            .iter()
            .map(super::super::tests::line)
            .collect();
        assert_eq!(lines, expect);
    }

    #[test]
    fn paragraphs_and_soup() {
        check(
            "<p>Một<p>Hai</p>ba<div>bốn<div>năm</div>sáu</div>",
            &["Một", "Hai", "ba", "bốn", "năm", "sáu"],
        );
        check(
            "<p>M&#7897;t&nbsp;&nbsp;<b>hai</b>\n ba</p>",
            &["Một hai ba"],
        );
        check(
            "Một.<br>Hai.<br><br>Ba bốn<br>năm",
            &["Một.", "Hai.", "Ba bốn năm"],
        );
        check("<p>KẾ HOẠCH<br/>Thực hiện</p>", &["KẾ HOẠCH", "Thực hiện"]);
        check("<b>Một</p></b></div></td>hai", &["**Một**", "hai"]);
        check("", &[]);
    }

    #[test]
    fn looks() {
        check("<p align=center><b>I. MỘT</b></p>", &["|**I. MỘT**|"]);
        check(
            "<p style='text-align: center; font-weight:700'>Một <span style='font-weight:normal'>hai</span></p>",
            &["|Một hai|"],
        );
        check(
            "<center>Một</center><p style='text-align:justify'>Hai</p>",
            &["|Một|", "Hai"],
        );
        check("<h2>Chương</h2><i>nghiêng</i>", &["#2 Chương", "_nghiêng_"]);
    }

    #[test]
    fn lists() {
        check(
            "<ol type=I start=3><li><p>Ba</p><p>thêm</p></li><li>Bốn<ul><li>chấm</li></ul></ol>",
            &["(III.) Ba", "thêm", "(IV.) Bốn", "(•) chấm"],
        );
        check(
            "<ul style='list-style-type:none'><li>- Một</ul>",
            &["- Một"],
        );
    }

    #[test]
    fn tables() {
        check(
            "<table><tr><th colspan=2>A</th></tr><tr><td rowspan=2>b</td><td>c<br>d</td></tr><tr><td><p>e<p>f</td></tr></table>g",
            &["[|**A**| | |**A**|] [b | c d] [b | e/f]", "g"],
        );
        check(
            "<table><tr><td>ỦY BAN</td><td>CỘNG HÒA</td></table>",
            &["[ỦY BAN | CỘNG HÒA]"],
        );
    }

    #[test]
    fn tables_for_looks() {
        check(
            "<table><tr><td>Một</td></tr><tr><td>Hai</td></tr></table>",
            &["Một", "Hai"],
        );
        check(
            "<table><tr><td><a href=x>m</a></td><td><p>Một</p><table><tr><td>a</td><td>b</td></tr></table><p>Hai</p></td></tr></table>",
            &["m", "Một", "[a | b]", "Hai"],
        );
    }

    #[test]
    fn what_is_not_the_document() {
        check(
            "<head><title>x</title><style>p{}</style></head><nav><a href=x>Menu</a></nav><header>Trang chủ</header>\
             <div class='menu top'>Mục</div><p>Một</p><script>var a='<p>x'</script><p style='display:none'>y</p><footer>z</footer>",
            &["Một"],
        );
        check(
            "<article><header>Đầu</header><p>Một</p></article>",
            &["Đầu", "Một"],
        );
        check("<div class=menu>Tất cả</div>", &["Tất cả"]);
        check(
            "<div><a href=1>Toàn văn</a><a href=2>Thuộc tính</a><a href=3>Tải về</a></div><p><a href=4>Một</a></p>",
            &["Một"],
        );
        check(
            "<ul><li><a href=1>một</a><li><a href=2>hai</a><li><a href=3>ba</a></ul><p>Theo <a href=4>Nghị định</a></p><p><a href=5>Phụ lục</a></p>",
            &["Theo Nghị định", "Phụ lục"],
        );
    }

    #[test]
    fn fonts_and_charsets() {
        let page = b"<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>\
            <p><span style='font-family:\".VnTime\"'>B\xb6o v\xd6 tr\xce em</span></p>";
        let source = read(page).expect("a page");
        assert_eq!(
            super::super::tests::line(&source.blocks[0]),
            "Bảo vệ trẻ em"
        );
        check("<font face='VNI-Times'>Baûo veä</font>", &["Bảo vệ"]);
    }
}
