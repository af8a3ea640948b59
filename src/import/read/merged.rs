//! Cells that span rows and columns, repeated in each of them, within limits: a file may claim that
//! a cell spans a million.

use super::draft::{Draft, Rows};

/// A table has no more columns than this.
pub(super) const MOST_COLUMNS: usize = 64;
/// So many bytes are repeated; what goes beyond stays empty.
const MOST_REPEATED: usize = 1 << 20;

/// A cell as the file has it.
#[derive(Debug, Default)]
pub(super) struct Spanning {
    /// Its paragraphs.
    pub(super) drafts: Vec<Draft>,
    /// Columns that it spans.
    pub(super) columns: usize,
    /// Rows that it spans.
    pub(super) rows: usize,
}

/// Lays the cells of each row out, one in each column of each row.
pub(super) fn lay_out(table: Vec<Vec<Spanning>>) -> Rows {
    let mut repeated = 0;
    // What hangs down into the next rows, by column: how many rows, and what.
    let mut hanging: Vec<Option<(usize, Vec<Draft>)>> = Vec::new();
    let mut rows = Vec::with_capacity(table.len());
    for cells in table {
        let mut row: Vec<Vec<Draft>> = Vec::new();
        for cell in cells {
            hang(&mut row, &mut hanging, &mut repeated);
            let columns = cell.columns.clamp(1, MOST_COLUMNS);
            for at in 0..columns {
                if row.len() >= MOST_COLUMNS && at > 0 {
                    break;
                }
                if cell.rows > 1 && row.len() < MOST_COLUMNS {
                    hanging.resize_with(hanging.len().max(row.len() + 1), || None);
                    hanging[row.len()] = Some((cell.rows - 1, copy(&cell.drafts, &mut repeated)));
                }
                if at > 0 {
                    row.push(copy(&cell.drafts, &mut repeated));
                } else {
                    row.push(Vec::new());
                }
            }
            let first = row.len() - columns.min(row.len());
            // The first of them has the cell itself, which nobody else needs.
            if let Some(place) = row.get_mut(first) {
                *place = cell.drafts;
            }
        }
        // A short row still has what hangs down behind its end.
        while row.len()
            < hanging
                .iter()
                .rposition(Option::is_some)
                .map_or(0, |last| last + 1)
        {
            hang(&mut row, &mut hanging, &mut repeated);
            if hanging.iter().skip(row.len()).any(Option::is_some) {
                row.push(Vec::new());
            }
        }
        rows.push(row);
    }
    rows
}

/// Puts what hangs from above into the next columns.
fn hang(
    row: &mut Vec<Vec<Draft>>,
    hanging: &mut [Option<(usize, Vec<Draft>)>],
    repeated: &mut usize,
) {
    while let Some(Some((left, drafts))) = hanging.get_mut(row.len()) {
        row.push(copy(drafts, repeated));
        *left -= 1;
        if *left == 0 {
            hanging[row.len() - 1] = None;
        }
    }
}

fn copy(drafts: &[Draft], repeated: &mut usize) -> Vec<Draft> {
    // An empty paragraph costs something too.
    let size: usize = drafts
        .iter()
        .flat_map(|draft| &draft.runs)
        .map(|run| run.text.len() + 64)
        .sum();
    *repeated += size + drafts.len() * 64;
    if *repeated > MOST_REPEATED {
        return Vec::new();
    }
    drafts.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, columns: usize, rows: usize) -> Spanning {
        Spanning {
            drafts: vec![Draft::plain(text.to_owned(), Default::default())],
            columns,
            rows,
        }
    }

    #[track_caller]
    fn check(table: Vec<Vec<Spanning>>, expect: &[&str]) {
        let rows: Vec<String> = lay_out(table)
            .iter()
            .map(|row| {
                let cells = row.iter().map(|cell| {
                    cell.iter()
                        .flat_map(|d| &d.runs)
                        .map(|r| r.text.as_str())
                        .collect()
                });
                cells.collect::<Vec<String>>().join("|")
            })
            .collect();
        assert_eq!(rows, expect);
    }

    #[test]
    fn spans() {
        check(vec![vec![cell("a", 2, 1), cell("b", 1, 1)]], &["a|a|b"]);
        check(
            vec![
                vec![cell("a", 1, 2), cell("b", 1, 1)],
                vec![cell("c", 1, 1)],
            ],
            &["a|b", "a|c"],
        );
        check(
            vec![
                vec![cell("a", 1, 1), cell("b", 2, 3)],
                vec![cell("c", 1, 1)],
                vec![],
                vec![cell("d", 1, 1)],
            ],
            &["a|b|b", "c|b|b", "|b|b", "d"],
        );
        check(vec![vec![cell("a", 0, 0)], vec![]], &["a", ""]);
    }

    #[test]
    fn claims_have_limits() {
        let rows = lay_out(vec![
            vec![cell(&"x".repeat(100_000), 1_000_000, 1_000_000)],
            vec![],
            vec![],
        ]);
        assert!(rows.iter().all(|row| row.len() <= MOST_COLUMNS));
        let size: usize = rows
            .iter()
            .flatten()
            .flatten()
            .flat_map(|d| &d.runs)
            .map(|r| r.text.len())
            .sum();
        assert!(size <= MOST_REPEATED + 100_000, "{size}");
    }
}
