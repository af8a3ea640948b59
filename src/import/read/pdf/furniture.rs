//! What stands on every page and is not the document: page numbers, running heads and feet.

use std::collections::HashMap;

use super::super::draft::Drafts;
use super::super::lines::page_number;
use super::columns::{Item, Page};
use super::line::Line;

/// So many lines from the top and from the bottom are looked at.
const EDGE: usize = 2;

/// Takes it out of the pages.
pub(super) fn remove(pages: &mut [Page], drafts: &mut Drafts) {
    let heads = running(pages);
    let mut found = 0;
    for page in pages.iter_mut() {
        let count = page.items.len();
        let mut at = 0;
        page.items.retain(|item| {
            let edge = at < EDGE || at + EDGE >= count;
            // Only a number that is alone at the edge counts pages; between other lines it is text.
            let outermost = at == 0 || at + 1 == count;
            at += 1;
            let Item::Line(line) = item else {
                return true;
            };
            let gone = (edge && heads.contains_key(&key(line)))
                || (outermost && is_page_number(line, count));
            found += usize::from(gone);
            !gone
        });
    }
    if found > 0 {
        drafts.remark(
            None,
            format!("đã bỏ {found} dòng lặp ở đầu trang, chân trang và số trang"),
        );
    }
}

fn is_page_number(line: &Line, items: usize) -> bool {
    // A page with nothing but a number keeps it.
    items > 1 && page_number(&line.text()).is_some()
}

/// What a line says, its digits aside, and where it stands.
fn key(line: &Line) -> (String, i64) {
    let text = line.text();
    let text: String = text
        .trim()
        .chars()
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect();
    (text, (line.base / 4.0).round() as i64)
}

/// Lines that stand at the same place of several pages and say the same.
fn running(pages: &[Page]) -> HashMap<(String, i64), usize> {
    let mut seen: HashMap<(String, i64), usize> = HashMap::new();
    for page in pages {
        let count = page.items.len();
        for (at, item) in page.items.iter().enumerate() {
            if let Item::Line(line) = item
                && (at < EDGE || at + EDGE >= count)
                && count > EDGE
            {
                *seen.entry(key(line)).or_default() += 1;
            }
        }
    }
    // The first page often has none.
    let least = (pages.len() / 2).max(2);
    seen.retain(|_, count| *count >= least);
    seen
}

#[cfg(test)]
mod tests {
    use super::super::line::{letters, rows};
    use super::*;

    fn page(number: u32, lines: &[(&str, f64)]) -> Page {
        let glyphs = lines
            .iter()
            .flat_map(|(text, base)| letters(text, 10.0, *base))
            .collect();
        let items = rows(glyphs).into_iter().flatten().map(Item::Line).collect();
        Page { number, items }
    }

    #[track_caller]
    fn check(mut pages: Vec<Page>, expect: &[&str]) {
        remove(&mut pages, &mut Drafts::default());
        let left: Vec<String> = pages
            .iter()
            .map(|page| {
                let texts = page.items.iter().map(|item| match item {
                    Item::Line(line) => line.text(),
                    _ => String::new(),
                });
                texts.collect::<Vec<_>>().join("/")
            })
            .collect();
        assert_eq!(left, expect);
    }

    #[test]
    fn numbers_and_heads() {
        check(
            vec![
                page(1, &[("MỘT", 50.0), ("hai", 70.0), ("ba", 90.0)]),
                page(2, &[("2", 20.0), ("bốn", 50.0), ("năm", 70.0)]),
                page(3, &[("- 3 -", 20.0), ("sáu", 50.0), ("bảy", 70.0)]),
            ],
            &["MỘT/hai/ba", "bốn/năm", "sáu/bảy"],
        );
        check(
            vec![
                page(
                    1,
                    &[
                        ("Công báo số 12", 20.0),
                        ("một", 50.0),
                        ("hai", 70.0),
                        ("Trang 1/2", 800.0),
                    ],
                ),
                page(
                    2,
                    &[
                        ("Công báo số 13", 20.0),
                        ("ba", 50.0),
                        ("bốn", 70.0),
                        ("Trang 2/2", 800.0),
                    ],
                ),
            ],
            &["một/hai", "ba/bốn"],
        );
    }

    #[test]
    fn what_stays() {
        // The same words elsewhere, a number in the middle, a page with nothing else.
        check(
            vec![
                page(
                    1,
                    &[
                        ("một", 20.0),
                        ("2", 40.0),
                        ("hai", 60.0),
                        ("ba", 80.0),
                        ("năm", 100.0),
                    ],
                ),
                page(2, &[("một", 30.0), ("bốn", 60.0), ("sáu", 80.0)]),
                page(3, &[("7", 20.0)]),
            ],
            &["một/2/hai/ba/năm", "một/bốn/sáu", "7"],
        );
    }
}
