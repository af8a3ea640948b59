//! The head of a document: who issued it, number, place and date, type, subject.

use super::super::report::{Report, Sort};
use super::super::source::Place;
use super::capitals::written;
use super::line::{Line, Piece, is_capitals};
use super::marker::Marker;
use crate::corpus::Date;
use crate::text::lower;

/// What the head says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// “Kế hoạch”.
    pub kind: String,
    /// “109-KH/TU”.
    pub number: String,
    /// What it is about, with its type in front.
    pub title: String,
    /// The body in whose name it was issued, as the letterhead has it.
    pub issuer: String,
    /// When.
    pub issued: Option<Date>,
    /// Where.
    pub place: Option<String>,
}

/// Types of documents, longest first where one begins another.
const KINDS: [&str; 33] = [
    "Chương trình hành động",
    "Chương trình công tác",
    "Chương trình",
    "Kế hoạch liên tịch",
    "Hướng dẫn liên tịch",
    "Hướng dẫn liên ngành",
    "Nghị quyết liên tịch",
    "Kế hoạch",
    "Chỉ thị",
    "Hướng dẫn",
    "Quyết định",
    "Nghị quyết",
    "Nghị định",
    "Thông tư liên tịch",
    "Thông tư",
    "Thông báo",
    "Kết luận",
    "Quy định",
    "Quy chế",
    "Quy trình",
    "Báo cáo",
    "Tờ trình",
    "Đề án",
    "Phương án",
    "Dự án",
    "Công điện",
    "Công văn",
    "Pháp lệnh",
    "Luật",
    "Thông tri",
    "Tuyên bố",
    "Điều lệ",
    "Bộ quy tắc",
];

/// So far down a type is looked for.
const FURTHEST: usize = 40;

/// What stands over documents and says nothing of this one.
const MOTTOES: [&str; 5] = [
    "đảng cộng sản việt nam",
    "cộng hòa xã hội chủ nghĩa việt nam",
    "cộng hoà xã hội chủ nghĩa việt nam",
    "độc lập - tự do - hạnh phúc",
    "độc lập – tự do – hạnh phúc",
];

/// Reads the head; also gives where the body begins.
pub fn read(pieces: &[Piece], report: &mut Report) -> (Head, usize) {
    let lines: Vec<(usize, &Line)> = pieces
        .iter()
        .enumerate()
        .take(FURTHEST)
        .map_while(|(at, piece)| match piece {
            Piece::Line(line) => Some((at, line)),
            Piece::Table(..) => None,
        })
        .collect();
    let mut head = Head::default();
    let named = lines.iter().position(|(_, line)| kind_of(line).is_some());
    // A letter has no type, only “V/v …” under its number.
    let about = lines.iter().position(|(_, line)| is_about(&line.whole));
    let end = match (named, about) {
        (Some(named), _) => {
            let at = named;
            over(&mut head, &lines[..at], report);
            under(&mut head, &lines[at..], report)
        }
        (None, Some(about)) => {
            over(&mut head, &lines[..about], report);
            letter(&mut head, &lines[about..], report)
        }
        (None, None) => untyped(&mut head, &lines, report),
    };
    tell(&head, report);
    (head, end)
}

/// The type that a line is, and the words that follow it on the same line.
fn kind_of(line: &Line) -> Option<(&'static str, &str)> {
    if line.marker != Marker::None {
        return None;
    }
    let typed = line.whole.trim_end_matches([':', '.']);
    KINDS.iter().find_map(|kind| {
        let end = typed.char_indices().nth(kind.chars().count());
        let end = end.map_or(typed.len(), |(at, _)| at);
        let (first, rest) = typed.split_at(end);
        if lower(first) != lower(kind) {
            return None;
        }
        let alone = rest.is_empty();
        let joined = rest.starts_with(' ') && is_capitals(first);
        // In small letters it is a type only as a heading of its own.
        let set = is_capitals(first) || line.bold || line.centred || line.level.is_some();
        ((alone && set) || joined).then(|| (*kind, rest.trim_start()))
    })
}

fn is_about(text: &str) -> bool {
    let typed = lower(text);
    typed.starts_with("v/v") || typed.starts_with("về việc ")
}

/// What stands above the type: letterhead, mottoes, number, place and date.
fn over(head: &mut Head, lines: &[(usize, &Line)], report: &mut Report) {
    let mut letterhead: Vec<&str> = Vec::new();
    for (_, line) in lines {
        let mut rest = line.whole.as_str();
        if line.is_rule() {
            continue;
        }
        if let Some(found) = motto(rest) {
            report.add(
                Sort::Left,
                Some(line.at),
                format!(
                    "quốc hiệu, tiêu ngữ hoặc tiêu đề “{}”",
                    &rest[found.clone()]
                ),
            );
            // Set in two columns, a letterhead stands on the same line before it.
            rest = rest[..found.start].trim_end_matches(['*', '-', ' ']);
        }
        if let Some((date, place, before)) = place_and_date(rest) {
            head.issued = head.issued.or(date);
            if date.is_none() {
                report.add(
                    Sort::ToDo,
                    Some(line.at),
                    "ngày ban hành để trống: điền “issued”",
                );
            }
            head.place = head.place.take().or(place);
            rest = before;
        }
        if let Some((number, before)) = number(rest) {
            if head.number.is_empty() {
                head.number = number;
            }
            rest = before;
        }
        let rest = rest.trim_matches(['*', ' ', '-', '_']);
        if !rest.is_empty() && is_capitals(rest) {
            letterhead.push(rest);
        } else if !rest.is_empty() {
            report.add(
                Sort::Left,
                Some(line.at),
                format!("dòng “{rest}” ở đầu văn bản"),
            );
        }
    }
    head.issuer = issuer(&letterhead);
}

/// Where a motto stands in a line.
fn motto(text: &str) -> Option<std::ops::Range<usize>> {
    let typed = lower(text);
    // Lower case may change the length of a line only in letters that no motto has.
    (typed.len() == text.len()).then_some(())?;
    MOTTOES.iter().find_map(|motto| {
        let at = typed.find(motto)?;
        Some(at..at + motto.len())
    })
}

/// “Số 109-KH/TU”, “Số: 15/2024/QĐ-UBND”: the number and what stands before it.
fn number(text: &str) -> Option<(String, &str)> {
    let typed = lower(text);
    let at = match typed.starts_with("số") && typed.len() == text.len() {
        true => 0,
        false => text.find(" Số ").or_else(|| text.find(" Số: "))? + 1,
    };
    let rest = text[at + "Số".len()..].trim_start_matches([':', ' ', '.']);
    let number = rest.split_whitespace().next()?;
    let number = number.trim_end_matches([',', ';', '.']);
    let fits = number.starts_with(|c: char| c.is_ascii_digit()) && number.contains(['-', '/']);
    // An empty place for the number, “Số:      /KH-UBND”, is the sign alone.
    let blank = number.starts_with(['/', '-']) && number.chars().any(char::is_alphabetic);
    (fits || blank).then(|| {
        (
            number.trim_start_matches('-').to_owned(),
            text[..at].trim_end(),
        )
    })
}

/// “Lâm Đồng, ngày 08 tháng 3 năm 2024”: the date, the place and what stands before them. The day
/// may still be blank.
fn place_and_date(text: &str) -> Option<(Option<Date>, Option<String>, &str)> {
    let typed = lower(text);
    if typed.len() != text.len() {
        return None;
    }
    let at = typed.find("ngày ").filter(|_| typed.contains("tháng"))?;
    let (before, when) = (text[..at].trim_end_matches([',', ' ']), &typed[at..]);
    let after = |word: &str| {
        let at = when.find(word)? + word.len();
        let digits = when[at..].trim_start();
        let end = digits
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(digits.len());
        digits[..end].parse::<u16>().ok()
    };
    when.find("năm")?;
    let date = date(after("ngày"), after("tháng"), after("năm"));
    // The place is what stands after the number, if that stands on the same line.
    let (place, before) = match number(before) {
        Some((number, _)) => {
            let end = before.find(&number)? + number.len();
            (before[end..].trim(), &before[..end])
        }
        None => (before, ""),
    };
    Some((
        date,
        Some(place.to_owned()).filter(|place| !place.is_empty()),
        before,
    ))
}

fn date(day: Option<u16>, month: Option<u16>, year: Option<u16>) -> Option<Date> {
    let day = u8::try_from(day?)
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    let month = u8::try_from(month?)
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    let year = year.filter(|year| (1900..2200).contains(year))?;
    Some(Date { year, month, day })
}

/// The letterhead's last body is the one that issues; a Party body over it is the one it belongs to.
fn issuer(letterhead: &[&str]) -> String {
    match letterhead {
        [] => String::new(),
        [one] => joint(one),
        [first, rest @ ..] => {
            // “ỦY BAN NHÂN DÂN” / “TỈNH KHÁNH HÒA” is one name on two lines.
            let continues = [
                "TỈNH ",
                "THÀNH PHỐ ",
                "HUYỆN ",
                "XÃ ",
                "PHƯỜNG ",
                "TRUNG ƯƠNG",
            ]
            .iter()
            .any(|start| rest[0].starts_with(start) && !rest[0].starts_with("TỈNH ỦY"));
            match continues {
                true => written(&format!("{first} {}", rest[0])),
                false => written(rest[rest.len() - 1]),
            }
        }
    }
}

/// “SỞ Y TẾ - CÔNG AN TỈNH” are two bodies of a joint document, each written as its own.
fn joint(name: &str) -> String {
    const BODIES: [&str; 12] = [
        "SỞ ",
        "BAN ",
        "BỘ ",
        "CÔNG AN",
        "ỦY BAN ",
        "UBND",
        "HỘI ",
        "LIÊN ĐOÀN ",
        "MẶT TRẬN ",
        "TỈNH ",
        "ĐOÀN ",
        "VIỆN ",
    ];
    let parts: Vec<&str> = name.split(" - ").collect();
    let bodies = |part: &&str| BODIES.iter().any(|body| part.starts_with(body));
    match parts.iter().all(bodies) {
        true => parts
            .into_iter()
            .map(written)
            .collect::<Vec<_>>()
            .join(" - "),
        false => written(name),
    }
}

/// What stands under the type: the subject.
fn under(head: &mut Head, lines: &[(usize, &Line)], report: &mut Report) -> usize {
    let (first, line) = lines[0];
    let Some((kind, rest)) = kind_of(line) else {
        return first;
    };
    head.kind = kind.to_owned();
    report.add(
        Sort::Recognised,
        Some(line.at),
        format!("loại văn bản: {kind}"),
    );
    let mut subject: Vec<&str> = Vec::new();
    let mut end = first + 1;
    if !rest.is_empty() {
        subject.push(rest);
    }
    for (place, (at, line)) in lines.iter().enumerate().skip(1) {
        if line.is_rule() {
            end = at + 1;
            break;
        }
        let next = lines.get(place + 1).map(|(_, next)| *next);
        if is_authority(&line.whole, &head.issuer, &subject, next) {
            let what = format!("“{}”, nhắc lại cơ quan ban hành", line.whole);
            report.add(Sort::Left, Some(line.at), what);
            end = at + 1;
            break;
        }
        if !goes_on(line, &subject) {
            break;
        }
        subject.push(&line.whole);
        end = at + 1;
    }
    head.title = title(kind, &in_small_letters(&subject));
    end
}

/// Whether a line below the subject names who issues: “ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA”, “GIÁM ĐỐC SỞ
/// Y TẾ”, over the grounds of a decision.
fn is_authority(words: &str, issuer: &str, subject: &[&str], next: Option<&Line>) -> bool {
    let Some(above) = subject.last().filter(|_| !issuer.is_empty()) else {
        return false;
    };
    let apart =
        !is_capitals(above) || next.is_some_and(|next| lower(&next.whole).starts_with("căn cứ"));
    let goes_on = ["của", "thuộc", "tại", "do", "và", "trong", "cho"]
        .iter()
        .any(|word| lower(above).ends_with(&format!(" {word}")));
    is_capitals(words) && apart && !goes_on && lower(words).ends_with(&lower(issuer))
}

/// Whether a line is still the subject: the first line under the type is, whatever it looks like
/// but a part of the body; further ones only where they are set like a heading.
fn goes_on(line: &Line, subject: &[&str]) -> bool {
    let typed = lower(&line.whole);
    let body = line.marker != Marker::None
        || typed.starts_with("căn cứ")
        || typed.starts_with("kính gửi")
        || line.whole.ends_with([':', ';', '.']);
    let set = line.bold || line.centred || line.level.is_some() || line.is_capitals();
    // “Thực hiện Chỉ thị …” / “về tăng cường …”
    let set = set || line.whole.starts_with(char::is_lowercase);
    !body && (subject.is_empty() || set) && line.whole.chars().count() <= 500
}

/// A letter: its subject is under “V/v”, its type is in no line.
fn letter(head: &mut Head, lines: &[(usize, &Line)], report: &mut Report) -> usize {
    let (first, line) = lines[0];
    head.kind = "Công văn".to_owned();
    report.add(
        Sort::Guessed,
        Some(line.at),
        "loại văn bản: Công văn (không có dòng tên loại)",
    );
    let typed = lower(&line.whole);
    let words = match typed.starts_with("v/v") {
        true => line.whole["v/v".len()..].trim_start_matches([':', ' ']),
        false => line.whole.as_str(),
    };
    let words = match lower(words).starts_with("về ") {
        true => words.to_owned(),
        false => format!("về việc {words}"),
    };
    head.title = title("Công văn", &words);
    // The date may stand below, where the right column ends.
    let mut end = first + 1;
    for (at, line) in &lines[1..] {
        let Some((date, place, _)) = place_and_date(&line.whole) else {
            if motto(&line.whole).is_some() || line.is_rule() {
                end = at + 1;
                continue;
            }
            break;
        };
        head.issued = head.issued.or(date);
        head.place = head.place.take().or(place);
        end = at + 1;
    }
    end
}

/// Neither a type nor “V/v”: the first line that is set like a heading is the title.
fn untyped(head: &mut Head, lines: &[(usize, &Line)], report: &mut Report) -> usize {
    head.kind = "Văn bản".to_owned();
    report.add(
        Sort::ToDo,
        None,
        "không thấy tên loại văn bản: điền “type”, “number”, “issuer”",
    );
    let set = |line: &Line| {
        line.marker == Marker::None
            && (line.level == Some(1) || line.is_capitals() || (line.bold && line.centred))
            && motto(&line.whole).is_none()
    };
    let Some(at) = lines.iter().position(|(_, line)| set(line)) else {
        return 0;
    };
    head.title.clone_from(&lines[at].1.whole);
    report.add(
        Sort::Guessed,
        Some(lines[at].1.at),
        format!("tên văn bản: {}", head.title),
    );
    lines[at].0 + 1
}

/// The lines of a subject as one; those in capitals that stand together are read together.
fn in_small_letters(lines: &[&str]) -> String {
    let runs = lines.chunk_by(|one, other| is_capitals(one) == is_capitals(other));
    let runs: Vec<String> = runs.map(|run| written(&run.join(" "))).collect();
    runs.join(" ")
}

/// “Kế hoạch” and “Thực hiện Chỉ thị …” are “Kế hoạch thực hiện Chỉ thị …”.
fn title(kind: &str, subject: &str) -> String {
    if subject.is_empty() {
        return kind.to_owned();
    }
    let mut words = subject.split_whitespace();
    let proper = words.next().is_some_and(is_capitals)
        || words
            .next()
            .is_some_and(|second| second.starts_with(char::is_uppercase));
    if proper {
        return format!("{kind} {subject}");
    }
    let mut letters = subject.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .collect();
    format!("{kind} {first}{}", letters.as_str())
}

fn tell(head: &Head, report: &mut Report) {
    let fields = [
        ("số, ký hiệu", head.number.clone()),
        ("tên", head.title.clone()),
        ("cơ quan ban hành", head.issuer.clone()),
        (
            "ngày ban hành",
            head.issued.map(|date| date.to_string()).unwrap_or_default(),
        ),
        ("nơi ban hành", head.place.clone().unwrap_or_default()),
    ];
    for (name, value) in fields {
        match value.is_empty() {
            true => report.add(Sort::ToDo, None::<Place>, format!("không thấy {name}")),
            false => report.add(Sort::Recognised, None, format!("{name}: {value}")),
        }
    }
}
