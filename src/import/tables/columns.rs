//! Tasks in the rows of a table whose columns are named.

use super::{Named, Task, names};
use crate::corpus::{Corpus, Passage, Shape};
use crate::text::lower;

/// Which cell of a row holds what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    task: Option<usize>,
    lead: Option<usize>,
    support: Option<usize>,
    when: Option<usize>,
    /// Cells before the first that a row has: its number stands before the row.
    skipped: usize,
}

/// The columns of the table that a row stands in: their names lead in to the rows.
pub fn of(corpus: &Corpus, row: &Passage) -> Option<Columns> {
    let sections = std::iter::successors(row.section, |at| corpus.section(*at).parent);
    let heads = sections.flat_map(|section| {
        let passages = corpus.section(section).passages.clone();
        passages.filter(move |at| corpus.passage(*at).section == Some(section))
    });
    let document = corpus.file(row.document);
    let mut names = heads
        .map(|at| &document[corpus.passage(at).span.clone()])
        .filter(|words| words.contains('|'));
    let skipped = usize::from(row.shape == Shape::Numbered);
    names.find_map(|names| read(names, skipped))
}

/// The columns by their names; `None` when there is none for the task or none for who does it.
fn read(names: &str, skipped: usize) -> Option<Columns> {
    let names: Vec<String> = names.split('|').map(|name| lower(name.trim())).collect();
    let find = |words: &[&str]| {
        words
            .iter()
            .find_map(|word| names.iter().position(|name| name.contains(word)))
    };
    let support = find(&["phối hợp"]).filter(|at| !names[*at].contains("chủ trì"));
    let lead = find(&[
        "chủ trì",
        "thực hiện chính",
        "chịu trách nhiệm",
        "đơn vị thực hiện",
        "cơ quan thực hiện",
        "đơn vị",
        "cơ quan",
    ])
    .filter(|at| Some(*at) != support);
    let columns = Columns {
        task: find(&["nhiệm vụ", "công việc", "nội dung", "hoạt động"]),
        lead,
        support,
        when: find(&["thời hạn", "thời gian", "tiến độ", "hoàn thành"]),
        skipped,
    };
    let whole = columns.task.is_some() && columns.lead.is_some() && columns.task != columns.lead;
    whole.then_some(columns)
}

/// The tasks of a row.
pub fn tasks(columns: &Columns, row: &str, passage: &str) -> Vec<Task> {
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    let cell = |at: Option<usize>| {
        let at = at?.checked_sub(columns.skipped)?;
        cells.get(at).copied().filter(|cell| !cell.is_empty())
    };
    let Some(task) = cell(columns.task) else {
        return Vec::new();
    };
    let given = |at: Option<usize>, role: &'static str| {
        let units: Vec<String> = names::list(cell(at)?)
            .into_iter()
            .map(str::to_owned)
            .collect();
        (!units.is_empty()).then(|| Task {
            units,
            role,
            passage: passage.to_owned(),
            task: task.to_owned(),
            when: cell(columns.when).map(str::to_owned),
            report_to: None,
            named: Named::Here,
            general: false,
        })
    };
    [
        given(columns.lead, "chu-tri"),
        given(columns.support, "phoi-hop"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &str, skipped: usize, row: &str, expect: &[(&str, &str, &str, &str)]) {
        let columns = read(head, skipped).unwrap();
        let found = tasks(&columns, row, "a#1");
        super::super::check_tasks(&found, expect);
    }

    #[test]
    fn rows() {
        check(
            "TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành | Sản phẩm",
            1,
            "Lập danh sách | Sở Y tế | Công an tỉnh; UBND xã | Quý II/2024 | Báo cáo",
            &[
                ("Sở Y tế", "chu-tri", "Lập danh sách", "Quý II/2024"),
                (
                    "Công an tỉnh + UBND xã",
                    "phoi-hop",
                    "Lập danh sách",
                    "Quý II/2024",
                ),
            ],
        );
        check(
            "Nội dung | Đơn vị thực hiện",
            0,
            "Lập danh sách | Sở Y tế",
            &[("Sở Y tế", "chu-tri", "Lập danh sách", "")],
        );
        check(
            "Nhiệm vụ | Chủ trì | Thời hạn",
            0,
            "Lập danh sách | | Quý I",
            &[],
        );
    }

    #[test]
    fn a_name_over_two_columns() {
        check(
            "TT | Nhiệm vụ | Cơ quan / Chủ trì | Cơ quan / Phối hợp | Thời hạn",
            1,
            "Lập danh sách | Sở Y tế | Công an tỉnh | Quý II",
            &[
                ("Sở Y tế", "chu-tri", "Lập danh sách", "Quý II"),
                ("Công an tỉnh", "phoi-hop", "Lập danh sách", "Quý II"),
            ],
        );
    }

    #[test]
    fn tables_of_something_else() {
        assert_eq!(read("TT | Chỉ tiêu | Năm 2024 | Năm 2025", 1), None);
    }
}
