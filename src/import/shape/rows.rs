//! A table as lines of text: each row a line, its cells apart by “ | ”, so that every cell can be
//! quoted letter by letter.

use std::collections::HashSet;

use super::line::is_capitals;
use super::marker::Marker;
use crate::text::lower;
use crate::text::roman::is_numeral;

/// What stands between two cells.
pub const BETWEEN: &str = " | ";

/// A table read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The names of its columns, on one line.
    pub head: Option<String>,
    /// Its rows.
    pub rows: Vec<(Marker, String)>,
}

/// Words of column names.
const COLUMNS: [&str; 22] = [
    "tt",
    "stt",
    "số tt",
    "nội dung",
    "nhiệm vụ",
    "công việc",
    "chủ trì",
    "phối hợp",
    "thời gian",
    "thời hạn",
    "hoàn thành",
    "sản phẩm",
    "kết quả",
    "ghi chú",
    "cơ quan",
    "đơn vị",
    "tiến độ",
    "chỉ tiêu",
    "mục tiêu",
    "thực hiện",
    "tên",
    "hoạt động",
];

/// Names of the column that counts the rows.
const COUNTING: [&str; 4] = ["tt", "stt", "số tt", "số thứ tự"];

/// Column names take at most so many rows.
const DEEPEST_HEAD: usize = 3;

/// Reads rows of cells.
pub fn read(cells: &[Vec<String>]) -> Read {
    let (head, rows) = cells.split_at(head(cells));
    // On every page the head may come again.
    let rows: Vec<&Vec<String>> = rows.iter().filter(|row| !head.contains(row)).collect();
    let counted = head
        .first()
        .and_then(|head| head.first())
        .is_some_and(|name| COUNTING.contains(&lower(name.trim_end_matches('.')).as_str()));
    let numbers = numbers(&rows);
    Read {
        head: (!head.is_empty()).then(|| line(&names(head))),
        rows: rows
            .into_iter()
            .map(|row| read_row(row, counted && numbers))
            .collect(),
    }
}

/// How many rows the names of the columns take.
fn head(cells: &[Vec<String>]) -> usize {
    match cells.first() {
        Some(first) if is_head(first) => {
            1 + (1..cells.len().min(DEEPEST_HEAD))
                .take_while(|at| goes_below(&cells[at - 1], &cells[*at]))
                .count()
        }
        _ => 0,
    }
}

/// Whether a row goes on with the names of the row above: it parts a name that stands over several
/// columns, and holds nothing else; cells that span both rows are the same in both, or empty.
fn goes_below(above: &[String], row: &[String]) -> bool {
    let spans = |at: usize| {
        let beside =
            |other: Option<usize>| other.is_some_and(|other| above.get(other) == above.get(at));
        !above[at].is_empty() && (beside(at.checked_sub(1)) || beside(Some(at + 1)))
    };
    let mut parted = 0;
    let fits = above.iter().zip(row).enumerate().all(|(at, (name, cell))| {
        let same = cell.is_empty() || cell == name;
        let new = !same && spans(at) && cell.chars().count() <= LONGEST_NAME;
        parted += usize::from(new);
        same || new
    });
    fits && parted > 1
}

/// The names of the columns; one over several stands before each of theirs, as lines of one cell do.
fn names(head: &[Vec<String>]) -> Vec<String> {
    let columns = head.first().map_or(0, Vec::len);
    let name = |column: usize| {
        let mut cells: Vec<&str> = Vec::new();
        for cell in head.iter().filter_map(|row| row.get(column)) {
            if !cell.is_empty() && cells.last() != Some(&cell.as_str()) {
                cells.push(cell);
            }
        }
        cells.join(super::line::LINE)
    };
    (0..columns).map(name).collect()
}

/// A column's name has at most so many characters.
const LONGEST_NAME: usize = 60;

/// Whether a row holds names of columns.
fn is_head(row: &[String]) -> bool {
    let named = row.iter().filter(|cell| {
        let typed = lower(cell);
        cell.chars().count() <= LONGEST_NAME
            && COLUMNS
                .iter()
                .any(|name| typed == *name || (name.len() > 3 && typed.contains(name)))
    });
    row.len() > 1 && named.count() * 2 > row.len()
}

/// Whether the first cells number the rows, each once; under a heading over rows the numbers may
/// begin anew.
fn numbers(rows: &[&Vec<String>]) -> bool {
    let mut seen = HashSet::new();
    rows.iter().all(|row| {
        if is_group(row) {
            seen.clear();
            return true;
        }
        let number = row.first().and_then(|cell| number(cell));
        number.is_some_and(|number| seen.insert(number))
    })
}

/// “12”, “12.”.
fn number(cell: &str) -> Option<&str> {
    let bare = cell.trim_end_matches('.');
    let fits = (1..=3).contains(&bare.len()) && bare.chars().all(|c| c.is_ascii_digit());
    fits.then_some(bare)
}

/// One text over all columns, or a Roman numeral or capital and one text.
fn is_group(row: &[String]) -> bool {
    let mut filled: Vec<&String> = row.iter().filter(|cell| !cell.is_empty()).collect();
    filled.dedup();
    match filled.as_slice() {
        [only] => row.len() > 2 && number(only).is_none(),
        [first, _] => {
            row.len() > 2
                && (is_numeral(first.trim_end_matches('.'))
                    || (is_capitals(&format!("{first}A")) && first.chars().count() <= 2))
        }
        _ => false,
    }
}

fn read_row(row: &[String], counted: bool) -> (Marker, String) {
    if is_group(row) {
        let mut filled: Vec<&String> = row.iter().filter(|cell| !cell.is_empty()).collect();
        filled.dedup();
        return match filled.as_slice() {
            [number, words] => (
                Marker::Group(Some(number.trim_end_matches('.').to_owned())),
                (*words).clone(),
            ),
            [words] => {
                // The number may stand in the same cell: “I. Tuyên truyền”.
                let (marker, rest) = super::marker::read(words);
                match marker {
                    Marker::Roman(number) | Marker::Capital(number) => {
                        (Marker::Group(Some(number)), rest.to_owned())
                    }
                    _ => (Marker::Group(None), (*words).clone()),
                }
            }
            _ => (Marker::Group(None), line(row)),
        };
    }
    match row.split_first() {
        Some((first, rest)) if counted => {
            let number = number(first).map(str::to_owned);
            (Marker::Row(number), line(rest))
        }
        _ => (Marker::Row(None), line(row)),
    }
}

fn line(cells: &[String]) -> String {
    let line = cells.join(BETWEEN);
    // An empty cell leaves its two strokes side by side.
    let words: Vec<&str> = line.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(table: &str) -> Vec<Vec<String>> {
        let cells = |row: &str| row.split('/').map(|cell| cell.trim().to_owned()).collect();
        table.split('\n').map(cells).collect()
    }

    #[track_caller]
    fn check(table: &str, head: Option<&str>, expect: &[(&str, &str)]) {
        let found = read(&rows(table));
        assert_eq!(found.head.as_deref(), head);
        let shown: Vec<(String, &str)> = found
            .rows
            .iter()
            .map(|(marker, words)| {
                let marker = match marker {
                    Marker::Row(Some(number)) => number.clone(),
                    Marker::Row(None) => "-".to_owned(),
                    Marker::Group(number) => format!("#{}", number.as_deref().unwrap_or_default()),
                    other => format!("{other:?}"),
                };
                (marker, words.as_str())
            })
            .collect();
        let shown: Vec<(&str, &str)> = shown
            .iter()
            .map(|(marker, words)| (marker.as_str(), *words))
            .collect();
        assert_eq!(shown, expect);
    }

    #[test]
    fn numbered_rows() {
        check(
            "TT/Nhiệm vụ/Chủ trì/Thời hạn\n1/Lập kế hoạch/Sở Y tế/Quý I\n2./Báo cáo//Quý II",
            Some("TT | Nhiệm vụ | Chủ trì | Thời hạn"),
            &[
                ("1", "Lập kế hoạch | Sở Y tế | Quý I"),
                ("2", "Báo cáo | | Quý II"),
            ],
        );
    }

    #[test]
    fn groups_and_a_head_that_comes_again() {
        check(
            "TT/Nhiệm vụ/Chủ trì\nI/Tuyên truyền/\n1/a/b\nTT/Nhiệm vụ/Chủ trì\nII. Khác/II. Khác/II. Khác\n2/c/d",
            Some("TT | Nhiệm vụ | Chủ trì"),
            &[
                ("#I", "Tuyên truyền"),
                ("1", "a | b"),
                ("#II", "Khác"),
                ("2", "c | d"),
            ],
        );
    }

    #[test]
    fn names_over_several_columns() {
        let head = Some("TT | Nhiệm vụ | Cơ quan / Chủ trì | Cơ quan / Phối hợp | Thời hạn");
        let rows = [("1", "a | b | c | d"), ("2", "e | g | h | i")];
        check(
            "TT/Nhiệm vụ/Cơ quan/Cơ quan/Thời hạn\nTT/Nhiệm vụ/Chủ trì/Phối hợp/Thời hạn\n1/a/b/c/d\n\
             TT/Nhiệm vụ/Cơ quan/Cơ quan/Thời hạn\nTT/Nhiệm vụ/Chủ trì/Phối hợp/Thời hạn\n2/e/g/h/i",
            head,
            &rows,
        );
        check(
            "TT/Nhiệm vụ/Cơ quan/Cơ quan/Thời hạn\n//Chủ trì/Phối hợp/\n1/a/b/c/d\n2/e/g/h/i",
            head,
            &rows,
        );
        // Two rows of the same unit are no names.
        check(
            "Nhiệm vụ/Chủ trì/Thời hạn\na/b/c",
            Some("Nhiệm vụ | Chủ trì | Thời hạn"),
            &[("-", "a | b | c")],
        );
    }

    #[test]
    fn rows_whose_numbers_come_again_are_counted() {
        check(
            "TT/Nhiệm vụ/Chủ trì\n1/a/b\n1/c/d",
            Some("TT | Nhiệm vụ | Chủ trì"),
            &[("-", "1 | a | b"), ("-", "1 | c | d")],
        );
    }

    #[test]
    fn without_a_head() {
        check(
            "a/b/c\nd/e/g",
            None,
            &[("-", "a | b | c"), ("-", "d | e | g")],
        );
    }
}
