//! What a committed table says, for people: the share right in each form, the size of the set, the
//! day it was measured.

use super::{Form, Table, TableError};

/// Before the day of the measuring, in a comment of the table.
const DAY: &str = "# đo ngày ";

/// The comment that says when a table was measured, its line ended.
pub fn measured(day: &str) -> String {
    format!("{DAY}{day}\n")
}

/// The measures of a table as a message.
pub fn summary(text: &str) -> Result<String, TableError> {
    let table = Table::parse(text)?;
    let clean = table.right(Form::Clean);
    let mut summary = format!(
        "Độ chính xác của bản đang chạy ({}), đo trên {} câu hỏi mẫu",
        env!("CARGO_PKG_VERSION"),
        clean.all
    );
    if let Some(day) = text.lines().find_map(|line| line.strip_prefix(DAY)) {
        summary.push_str(&format!(", ngày {day}"));
    }
    summary.push_str(". Trả lời đúng một phần tính là sai.");
    for form in Form::ALL {
        let right = table.right(form);
        summary.push_str(&format!(
            "\n{}: {} % ({}/{})",
            form.name(),
            percent(right.hits, right.all),
            right.hits,
            right.all
        ));
    }
    summary.push_str("\nBộ câu hỏi này đã dùng để chỉnh máy; với câu hỏi mới, kết quả thấp hơn.");
    Ok(summary)
}

/// One decimal, with the Vietnamese comma; never rounded up.
fn percent(part: usize, whole: usize) -> String {
    let tenths = (1000 * part).checked_div(whole).unwrap_or(0);
    format!("{},{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_counted() {
        let rest = "\t=\t=\t=\t=\t=\t=\t=\t=\n";
        let table = format!(
            "# x\n{}id\tclean\tbare\na\t=1\tx1{rest}b\t=\t=2{rest}c\tx-\tx-{rest}",
            measured("2026-11-26")
        );
        let text = summary(&table).unwrap();
        assert!(text.contains("3 câu hỏi mẫu, ngày 2026-11-26"), "{text}");
        assert!(text.contains("\nđúng chính tả: 66,6 % (2/3)"), "{text}");
        assert!(text.contains("\nkhông dấu: 33,3 % (1/3)"), "{text}");
    }

    #[test]
    fn the_committed_table_has_every_form() {
        let text = summary(include_str!("../../tests/gold/table.tsv")).unwrap();
        for form in Form::ALL {
            assert!(
                text.contains(&format!("\n{}: ", form.name())),
                "{}",
                form.name()
            );
        }
    }
}
