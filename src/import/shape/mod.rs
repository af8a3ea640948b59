//! What the paragraphs of a file are: head, parts, items, annexes, recipients, signature, by the
//! form that Party documents and administrative documents have (Nghị định 30/2020/NĐ-CP, annex I;
//! Hướng dẫn 36-HD/VPTW of 2018).

mod capitals;
mod head;
mod line;
mod marker;
mod outline;
mod rows;
mod tail;

pub use head::Head;
pub use marker::Marker;
pub use outline::Node;
pub use rows::BETWEEN;
pub use tail::Tail;

use super::report::{Report, Sort};
use super::source::Source;

/// A file whose structure is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shaped {
    /// What its head says.
    pub head: Head,
    /// The body and the annexes.
    pub body: Vec<Node>,
    /// What its end says.
    pub tail: Tail,
}

/// Recognises the structure of a file.
pub fn recognise(source: &Source, report: &mut Report) -> Shaped {
    for remark in &source.remarks {
        report.add(Sort::Guessed, remark.at, remark.text.clone());
    }
    let pieces = line::pieces(source);
    let (mut head, start) = head::read(&pieces, report);
    let (tail, body) = tail::take(&pieces, start, report);
    let issuer = match tail.on_behalf.as_slice() {
        [] => head.issuer.clone(),
        [one] => in_whose_name(one, &head.issuer),
        several => several.join(" và "),
    };
    if issuer != head.issuer {
        let what = match head.issuer.is_empty() {
            true => format!("cơ quan ban hành, theo phần ký: {issuer}"),
            false => format!(
                "ghi cơ quan ban hành theo phần ký: {issuer} (đầu văn bản: {})",
                head.issuer
            ),
        };
        report.add(Sort::Guessed, None, what);
        head.issuer = issuer;
    }
    let body = outline::build(&body, report);
    count(&body, report);
    Shaped { head, body, tail }
}

/// “Ban Thường vụ” signs for “Tỉnh ủy Lâm Đồng”: the issuer is both. “Ủy ban nhân dân” signs for
/// the one of the letterhead; any other body, as “Bộ Chính trị”, for itself.
fn in_whose_name(behalf: &str, letterhead: &str) -> String {
    let part = ["Ban Thường vụ", "Thường trực"]
        .iter()
        .any(|part| behalf.starts_with(part));
    if letterhead.starts_with(behalf) {
        letterhead.to_owned()
    } else if part && !letterhead.is_empty() {
        format!("{behalf} {letterhead}")
    } else {
        behalf.to_owned()
    }
}

/// Tells how many of each sort of heading and item there are.
fn count(nodes: &[Node], report: &mut Report) {
    fn walk(nodes: &[Node], counts: &mut [(&'static str, usize)]) {
        for node in nodes {
            let sort = sort(&node.marker);
            if let Some((_, count)) = counts.iter_mut().find(|(name, _)| *name == sort) {
                *count += 1;
            }
            walk(&node.children, counts);
        }
    }
    let mut counts = SORTS.map(|sort| (sort, 0));
    walk(nodes, &mut counts);
    let shown: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    match shown.is_empty() {
        true => report.add(Sort::ToDo, None, "văn bản không có nội dung"),
        false => report.add(
            Sort::Recognised,
            None,
            format!("nội dung: {}", shown.join(", ")),
        ),
    }
}

const SORTS: [&str; 12] = [
    "phụ lục",
    "phần",
    "chương",
    "mục La Mã",
    "mục",
    "điều",
    "tiêu đề không số",
    "đoạn đánh số",
    "điểm có chữ cái",
    "gạch đầu dòng",
    "hàng của bảng",
    "đoạn thường",
];

fn sort(marker: &Marker) -> &'static str {
    match marker {
        Marker::Annex(_) | Marker::Form(_) => "phụ lục",
        Marker::Part(_) | Marker::Capital(_) => "phần",
        Marker::Chapter(_) => "chương",
        Marker::Roman(_) => "mục La Mã",
        Marker::Division(_) => "mục",
        Marker::Article(_) => "điều",
        Marker::Title | Marker::Group(_) => "tiêu đề không số",
        Marker::Number(_) => "đoạn đánh số",
        Marker::Letter(_) => "điểm có chữ cái",
        Marker::Dash | Marker::Plus => "gạch đầu dòng",
        Marker::Row(_) => "hàng của bảng",
        Marker::None => "đoạn thường",
    }
}
