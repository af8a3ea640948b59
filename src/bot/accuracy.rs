//! `/dochinhxac`: what was measured of this build, from the table that was committed with it.

/// The table of `hoidap eval`, as committed.
const TABLE: &str = include_str!("../../tests/gold/table.tsv");
/// Before the day of the measuring, in a comment of the table.
const DAY: &str = "# đo ngày ";

/// Ways of typing as people name them, by the table's columns.
const FORMS: [(&str, &str); 10] = [
    ("clean", "đúng chính tả"),
    ("bare", "không dấu"),
    ("capitals", "chữ hoa"),
    ("nfd", "Unicode tổ hợp"),
    ("old-tone", "dấu kiểu cũ"),
    ("slip", "gõ nhầm một phím"),
    ("bare-slip", "gõ nhầm, không dấu"),
    ("telex", "Telex thô"),
    ("vni", "VNI thô"),
    ("polite", "có thưa gửi"),
];

/// The measures as a message.
pub fn text() -> String {
    of(TABLE)
}

fn of(table: &str) -> String {
    let mut rows = table.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = rows
        .next()
        .unwrap_or_default()
        .split('\t')
        .skip(1)
        .collect();
    let rows: Vec<Vec<&str>> = rows
        .map(|row| row.split('\t').skip(1).collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect();
    let mut text = format!(
        "Độ chính xác của bản đang chạy ({}), đo trên {} câu hỏi mẫu",
        env!("CARGO_PKG_VERSION"),
        rows.len()
    );
    if let Some(day) = table.lines().find_map(|line| line.strip_prefix(DAY)) {
        text.push_str(&format!(", ngày {day}"));
    }
    text.push_str(". Trả lời đúng một phần tính là sai.");
    for (at, column) in columns.iter().enumerate() {
        let right = rows
            .iter()
            .filter(|row| row.get(at).is_some_and(|cell| cell.starts_with('=')))
            .count();
        let name = FORMS
            .iter()
            .find(|(form, _)| form == column)
            .map_or(*column, |(_, name)| *name);
        text.push_str(&format!(
            "\n{name}: {} % ({right}/{})",
            percent(right, rows.len()),
            rows.len()
        ));
    }
    text.push_str("\nBộ câu hỏi này đã dùng để chỉnh máy; với câu hỏi mới, kết quả thấp hơn.");
    text
}

/// One decimal, with the Vietnamese comma.
fn percent(part: usize, whole: usize) -> String {
    let tenths = (1000 * part).checked_div(whole).unwrap_or(0);
    format!("{},{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_counted() {
        let table = "# x\n# đo ngày 2026-11-26\nid\tclean\tbare\na\t=1\tx1\nb\t=\t=2\nc\tx-\tx-\n";
        let text = of(table);
        assert!(text.contains("3 câu hỏi mẫu, ngày 2026-11-26"), "{text}");
        assert!(text.contains("\nđúng chính tả: 66,6 % (2/3)"), "{text}");
        assert!(text.contains("\nkhông dấu: 33,3 % (1/3)"), "{text}");
    }

    #[test]
    fn the_committed_table_has_every_form() {
        let text = text();
        for (_, name) in FORMS {
            assert!(text.contains(&format!("\n{name}: ")), "{name}");
        }
    }
}
