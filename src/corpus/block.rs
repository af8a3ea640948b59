//! Markdown read line by line into blocks: headings, list items, paragraphs. Every line belongs
//! to some block or is furniture (blank, rule, comment); nothing can fail.

use std::ops::Range;

/// A heading, a list item or a paragraph, still without its place in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub kind: BlockKind,
    /// The words, marker excluded, white space trimmed. Empty where a marker has no words.
    pub span: Range<usize>,
}

/// What a block begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// This many `#`.
    Heading(u8),
    /// A bullet.
    Bullet,
    /// `4.`, `4)` or `4.1.`.
    Number(String),
    /// `a)`.
    Letter(char),
    /// Nothing.
    Plain,
}

/// The blocks of `text` from the offset `body` on.
pub(super) fn blocks(text: &str, body: usize) -> Vec<Block> {
    let mut scanner = Scanner {
        blocks: Vec::new(),
        open: false,
    };
    let mut at = body;
    for line in text[body..].split_inclusive('\n') {
        scanner.line(at + (line.len() - line.trim_start().len()), line.trim());
        at += line.len();
    }
    scanner.blocks
}

struct Scanner {
    blocks: Vec<Block>,
    /// The last block goes on until a blank line.
    open: bool,
}

impl Scanner {
    fn line(&mut self, at: usize, line: &str) {
        if is_furniture(line) {
            self.open = false;
        } else if let Some((level, words)) = heading(line) {
            self.begin(BlockKind::Heading(level), at, line, words);
            self.open = false;
        } else if let Some((kind, words)) = marker(line).filter(|(kind, _)| self.may_begin(kind)) {
            self.begin(kind, at, line, words);
        } else if self.open {
            self.extend(at, line);
        } else {
            self.begin(BlockKind::Plain, at, line, line);
        }
    }

    fn begin(&mut self, kind: BlockKind, at: usize, line: &str, words: &str) {
        let end = at + line.len();
        self.blocks.push(Block {
            kind,
            span: end - words.len()..end,
        });
        self.open = true;
    }

    fn extend(&mut self, at: usize, line: &str) {
        if let Some(block) = self.blocks.last_mut() {
            let start = if block.span.is_empty() {
                at
            } else {
                block.span.start
            };
            block.span = start..at + line.len();
        }
    }

    /// A number at the start of a line is a list item, except within a running paragraph, where
    /// “… trước ngày\n30. …” is how a line happened to break. Lists begin with 1 or a.
    fn may_begin(&self, kind: &BlockKind) -> bool {
        let last = self
            .blocks
            .last()
            .filter(|_| self.open)
            .map(|block| &block.kind);
        let in_list = matches!(
            last,
            None | Some(BlockKind::Number(_) | BlockKind::Letter(_))
        );
        match kind {
            BlockKind::Number(number) => in_list || number == "1",
            BlockKind::Letter(letter) => in_list || *letter == 'a',
            _ => true,
        }
    }
}

/// Blank lines, rules, comments on a line of their own.
fn is_furniture(line: &str) -> bool {
    let is_rule =
        |mark: char| line.chars().all(|c| c == mark || c == ' ') && line.matches(mark).count() >= 3;
    line.is_empty()
        || ['-', '*', '_'].into_iter().any(is_rule)
        || (line.starts_with("<!--") && line.ends_with("-->"))
}

/// Level and words of a heading: one to six `#`, then a space or nothing.
fn heading(line: &str) -> Option<(u8, &str)> {
    let words = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - words.len())
        .ok()
        .filter(|level| (1..=6).contains(level));
    let level = level?;
    after_marker(words).map(|words| (level, words))
}

/// Kind and words of a list item.
fn marker(line: &str) -> Option<(BlockKind, &str)> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    if matches!(first, '-' | '*' | '+' | '•' | '–') {
        return after_marker(rest).map(|words| (BlockKind::Bullet, words));
    }
    if first.is_ascii_digit() {
        let (number, rest) = number(line)?;
        let number = BlockKind::Number(number.to_owned());
        return after_marker(rest).map(|words| (number, words));
    }
    let rest = rest.strip_prefix(')').filter(|_| first.is_lowercase())?;
    after_marker(rest).map(|words| (BlockKind::Letter(first), words))
}

/// A number and what follows its dot or bracket: “4.”, “4)”, “4.1.”.
fn number(line: &str) -> Option<(&str, &str)> {
    let end = line.find(|c: char| !c.is_ascii_digit() && c != '.');
    let typed = &line[..end.unwrap_or(line.len())];
    let number = typed.strip_suffix('.').unwrap_or(typed);
    let rest = match typed.len() > number.len() {
        true => &line[typed.len()..],
        false => line[number.len()..].strip_prefix(')')?,
    };
    // Four digits are a year at the start of a sentence.
    let fits = number.split('.').all(|part| (1..=3).contains(&part.len()));
    fits.then_some((number, rest))
}

/// What follows a marker, when white space or nothing does.
fn after_marker(rest: &str) -> Option<&str> {
    let words = rest.trim_start();
    (words.is_empty() || words.len() < rest.len()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(&str, &str)]) {
        let found: Vec<(String, &str)> = blocks(text, 0)
            .into_iter()
            .map(|block| {
                let kind = match block.kind {
                    BlockKind::Heading(level) => format!("h{level}"),
                    BlockKind::Bullet => "-".to_owned(),
                    BlockKind::Number(number) => number,
                    BlockKind::Letter(letter) => letter.to_string(),
                    BlockKind::Plain => String::new(),
                };
                (kind, &text[block.span])
            })
            .collect();
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(kind, words)| (kind.as_str(), *words))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn headings() {
        check("# Tên\n## I. Phần\n", &[("h1", "Tên"), ("h2", "I. Phần")]);
        check("##Không phải", &[("", "##Không phải")]);
        check("####### Bảy", &[("", "####### Bảy")]);
        check("chữ\n##\nchữ", &[("", "chữ"), ("h2", ""), ("", "chữ")]);
    }

    #[test]
    fn items_and_paragraphs() {
        check(
            "- một\n- hai\r\n\r\n* ba\n",
            &[("-", "một"), ("-", "hai"), ("-", "ba")],
        );
        check(
            "1. một\n2) hai\na) ba",
            &[("1", "một"), ("2", "hai"), ("a", "ba")],
        );
        check("một\nhai\n\nba", &[("", "một\nhai"), ("", "ba")]);
        check("- một\n  hai\n\n  ba", &[("-", "một\n  hai"), ("", "ba")]);
        check("-\nmột\n-", &[("-", "một"), ("-", "")]);
        check("**đậm** chữ\n-5 độ", &[("", "**đậm** chữ\n-5 độ")]);
        check("2024. Năm", &[("", "2024. Năm")]);
        check("1.1. một\n\n1.2. hai", &[("1.1", "một"), ("1.2", "hai")]);
        check("1.1 một", &[("", "1.1 một")]);
        check("1.. một", &[("", "1.. một")]);
    }

    #[test]
    fn a_number_within_a_paragraph_is_no_item() {
        check("trước ngày\n30. Tháng", &[("", "trước ngày\n30. Tháng")]);
        check(
            "gồm:\n1. một\n2. hai",
            &[("", "gồm:"), ("1", "một"), ("2", "hai")],
        );
        check(
            "gồm:\na) một\nb) hai",
            &[("", "gồm:"), ("a", "một"), ("b", "hai")],
        );
    }

    #[test]
    fn furniture() {
        check(
            "một\n---\n<!-- ghi chú -->\nhai\n* * *\n",
            &[("", "một"), ("", "hai")],
        );
        check("", &[]);
    }
}
