//! The end of a document: recipients, signer, office of the signer.

use super::super::report::{Report, Sort};
use super::capitals::written;
use super::line::{Line, Piece, is_capitals, is_recipients};
use super::marker::Marker;
use crate::text::lower;

/// What the end says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tail {
    /// Lines of “Nơi nhận”.
    pub recipients: Vec<String>,
    /// Who signed; where several did, each with the office in brackets.
    pub signer: Option<String>,
    /// The signer's office; none where several signed.
    pub signer_role: Option<String>,
    /// In whose name, where that is said: “Ban Thường vụ”. More than one of a joint document.
    pub on_behalf: Vec<String>,
}

/// One of those who signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Signature {
    name: Option<String>,
    role: Option<String>,
    on_behalf: Option<String>,
}

/// What stands before an office: in whose name, or instead of whom, it is signed.
const PREFIXES: [&str; 10] = [
    "T/M", "TM.", "TM ", "KT.", "KT ", "K/T", "TL.", "T/L", "TUQ.", "Q.",
];

/// Words of offices.
const OFFICES: [&str; 14] = [
    "BÍ THƯ",
    "CHỦ TỊCH",
    "GIÁM ĐỐC",
    "TRƯỞNG BAN",
    "CHÁNH VĂN PHÒNG",
    "THƯỜNG TRỰC",
    "BỘ TRƯỞNG",
    "THỨ TRƯỞNG",
    "THỦ TƯỚNG",
    "CHỦ NHIỆM",
    "HIỆU TRƯỞNG",
    "TRƯỞNG PHÒNG",
    "CỤC TRƯỞNG",
    "VIỆN TRƯỞNG",
];

/// Takes the end off the pieces from `start` on: gives it, and the pieces that are body or annexes.
pub fn take(pieces: &[Piece], start: usize, report: &mut Report) -> (Tail, Vec<Piece>) {
    let body = &pieces[start.min(pieces.len())..];
    let annex = body
        .iter()
        .position(|piece| matches!(piece, Piece::Line(line) if line.marker.is_annex() && stands_apart(line)))
        .unwrap_or(body.len());
    let (main, annexes) = body.split_at(annex);
    let recipients = main
        .iter()
        .rposition(|piece| matches!(piece, Piece::Line(line) if is_recipients(&line.whole)));
    let mut tail = Tail::default();
    let mut kept: Vec<Piece> = Vec::new();
    let mut signature: Vec<&Line> = Vec::new();
    let list_at = recipients.unwrap_or(main.len());
    // The signature may stand before the recipients, where columns are read right to left.
    let signed_at = signature_before(&main[..list_at]);
    kept.extend_from_slice(&main[..signed_at]);
    signature.extend(lines(&main[signed_at..list_at]));
    let mut signing = false;
    let mut offices: Vec<&str> = Vec::new();
    for line in lines(&main[list_at..]) {
        if is_recipients(&line.whole) {
            let (own, beside) = beside(&line.whole);
            tail.recipients.extend(on_the_same_line(own));
            offices.extend(beside);
        } else if signing
            || begins_signature(line)
            || is_mark(&line.whole)
            || named_beside(line, &offices)
        {
            signing = true;
            signature.push(line);
        } else if !line.is_rule() {
            let (own, beside) = beside(&line.words);
            tail.recipients.push(own.to_owned());
            offices.extend(beside);
        }
    }
    sign(&mut tail, &offices, &signature, report);
    if !tail.recipients.is_empty() {
        let what = format!("nơi nhận: {} dòng", tail.recipients.len());
        report.add(
            Sort::Recognised,
            lines(&main[list_at..]).next().map(|line| line.at),
            what,
        );
    }
    kept.extend_from_slice(annexes);
    (tail, kept)
}

fn lines(pieces: &[Piece]) -> impl Iterator<Item = &Line> {
    pieces.iter().filter_map(|piece| match piece {
        Piece::Line(line) => Some(line),
        Piece::Table(..) => None,
    })
}

/// An annex begins with a line of its own, not with a sentence that speaks of one.
fn stands_apart(line: &Line) -> bool {
    line.is_capitals() || line.centred || line.bold || line.level.is_some() || line.words.is_empty()
}

/// “Nơi nhận: - Như trên; - Lưu.” on one line.
fn on_the_same_line(text: &str) -> Vec<String> {
    let rest = text["Nơi nhận".len()..].trim_start_matches([':', ' ']);
    let rest = rest.strip_prefix("- ").unwrap_or(rest);
    rest.split(" - ")
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// “T/M BAN THƯỜNG VỤ”, “PHÓ BÍ THƯ”.
fn begins_signature(line: &Line) -> bool {
    let words = line.whole.as_str();
    let short = words.chars().count() <= 80;
    let prefixed = PREFIXES.iter().any(|prefix| words.starts_with(prefix));
    let office = OFFICES.iter().any(|office| words.contains(office));
    line.marker == Marker::None && short && is_capitals(words) && (prefixed || office)
}

/// “(Đã ký)”, “(Ký tên, đóng dấu)”.
fn is_mark(text: &str) -> bool {
    let typed = lower(text);
    let typed = typed.trim_matches(['(', ')', ' ', '.']);
    ["đã ký", "ký tên", "đã kí", "ký, ghi", "chữ ký"]
        .iter()
        .any(|mark| typed.starts_with(mark))
}

/// “(Đã ký) Trần Đình Văn” on one line: the name.
fn after_mark(text: &str) -> &str {
    let rest = text.split_once(')').map(|(_, rest)| rest.trim());
    rest.filter(|rest| is_mark(text) && !rest.is_empty())
        .unwrap_or(text)
}

/// A recipient, and the office that a reader found on the same line because the columns are close.
fn beside(text: &str) -> (&str, Option<&str>) {
    let mut start = text.len();
    for word in text.rsplit(' ') {
        if !word.chars().any(char::is_alphabetic) || word.contains(char::is_lowercase) {
            break;
        }
        // The blank before the word goes with it.
        start = start.saturating_sub(word.len() + usize::from(start < text.len()));
    }
    let (own, office) = (&text[..start], text[start..].trim_start());
    let known = OFFICES.iter().any(|name| office.contains(name))
        || PREFIXES.iter().any(|prefix| office.starts_with(prefix));
    match known {
        true => (own.trim_end(), Some(office)),
        false => (text, None),
    }
}

/// A name below an office that stood beside the recipients.
fn named_beside(line: &Line, offices: &[&str]) -> bool {
    !offices.is_empty() && line.marker == Marker::None && is_name(&line.whole)
}

/// Two to six words, each with a capital.
fn is_name(text: &str) -> bool {
    let count = text.split_whitespace().count();
    let capital = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '.')
    };
    (2..=6).contains(&count) && text.split_whitespace().all(capital) && !is_capitals(text)
}

/// Where a signature at the end of these pieces begins.
fn signature_before(pieces: &[Piece]) -> usize {
    let mut at = pieces.len();
    let mut begun = false;
    while let Some(Piece::Line(line)) = at.checked_sub(1).and_then(|at| pieces.get(at)) {
        // Above an office may stand the name of another who signed.
        let other = begun && !is_other_signer(pieces, at - 1);
        if begins_signature(line) {
            begun = true;
        } else if other || !(is_mark(&line.whole) || is_name(&line.whole) || line.is_rule()) {
            break;
        }
        at -= 1;
    }
    match begun {
        true => at,
        false => pieces.len(),
    }
}

/// Whether a name stands here under an office of its own, with nothing but a mark between.
fn is_other_signer(pieces: &[Piece], at: usize) -> bool {
    let line = |at: usize| match pieces.get(at) {
        Some(Piece::Line(line)) => Some(line),
        _ => None,
    };
    let is_name_or_mark =
        |line: &Line| is_mark(&line.whole) || is_name(&line.whole) || line.is_rule();
    let above = (0..=at).rev().map_while(line);
    let mut above = above.skip_while(|line| is_name_or_mark(line) && !begins_signature(line));
    line(at).is_some_and(is_name_or_mark) && above.next().is_some_and(begins_signature)
}

/// Reads the signatures: offices, then a name; offices after a name are another's.
fn sign(tail: &mut Tail, beside: &[&str], signature: &[&Line], report: &mut Report) {
    let mut signatures = vec![Signature::default()];
    for words in beside {
        office(last(&mut signatures), words);
    }
    for line in signature {
        let words = after_mark(&line.whole);
        if begins_signature(line) {
            if last(&mut signatures).name.is_some() {
                signatures.push(Signature::default());
            }
            office(last(&mut signatures), words);
        } else if is_mark(words) || line.is_rule() {
            continue;
        } else if last(&mut signatures).name.is_none() && (is_name(words) || is_capitals(words)) {
            last(&mut signatures).name = Some(person(words));
        } else {
            report.add(
                Sort::Left,
                Some(line.at),
                format!("dòng “{words}” ở phần ký"),
            );
        }
    }
    // An office below its name is no other's.
    if let [
        ..,
        named,
        Signature {
            name: None, role, ..
        },
    ] = signatures.as_mut_slice()
        && named.role.is_none()
    {
        named.role = role.take();
        signatures.pop();
    }
    let at = signature.first().map(|line| line.at);
    for signature in &signatures {
        let (sort, what) = told(signature);
        report.add(sort, at, what);
    }
    tail.on_behalf = signatures
        .iter()
        .filter_map(|signature| signature.on_behalf.clone())
        .collect();
    match signatures.as_slice() {
        [one] => {
            tail.signer.clone_from(&one.name);
            tail.signer_role.clone_from(&one.role);
        }
        several => {
            let names: Vec<String> = several.iter().filter_map(with_role).collect();
            tail.signer = Some(names.join("; ")).filter(|names| !names.is_empty());
        }
    }
}

/// The signature that is being read.
fn last(signatures: &mut Vec<Signature>) -> &mut Signature {
    if signatures.is_empty() {
        signatures.push(Signature::default());
    }
    let at = signatures.len() - 1;
    &mut signatures[at]
}

/// “Trần Thị Mai (Phó Chủ tịch)”.
fn with_role(signature: &Signature) -> Option<String> {
    let name = signature.name.as_ref()?;
    Some(match &signature.role {
        Some(role) => format!("{name} ({role})"),
        None => name.clone(),
    })
}

fn told(signature: &Signature) -> (Sort, String) {
    match (&signature.name, &signature.role) {
        (Some(signer), Some(role)) => (Sort::Recognised, format!("người ký: {signer}, {role}")),
        (Some(signer), None) => (
            Sort::Guessed,
            format!("người ký: {signer}; không thấy chức vụ"),
        ),
        (None, Some(role)) => (
            Sort::ToDo,
            format!("chức vụ người ký: {role}; không thấy họ tên"),
        ),
        (None, None) => (Sort::ToDo, "không thấy người ký".to_owned()),
    }
}

/// “T/M BAN THƯỜNG VỤ”, “KT. CHỦ TỊCH”, “PHÓ CHỦ TỊCH”, or two of them on one line.
fn office(signature: &mut Signature, words: &str) {
    let Some(prefix) = PREFIXES.iter().find(|prefix| words.starts_with(*prefix)) else {
        signature.role = Some(written(words));
        return;
    };
    let rest = words[prefix.len()..].trim_start_matches(['.', ' ']);
    let next = PREFIXES
        .iter()
        .map(|prefix| format!(" {prefix}"))
        .chain([" PHÓ ".to_owned()])
        .filter_map(|next| rest.find(&next))
        .min();
    let (name, after) = rest.split_at(next.unwrap_or(rest.len()));
    // “KT. CHỦ TỊCH” names the one who did not sign.
    if prefix.starts_with("T/M") || prefix.starts_with("TM") {
        signature.on_behalf = Some(written(name));
    }
    if !after.is_empty() {
        office(signature, after.trim_start());
    }
}

/// A name, with capitals as names have them.
fn person(words: &str) -> String {
    if !is_capitals(words) {
        return words.to_owned();
    }
    let words: Vec<String> = words.split_whitespace().map(written_name).collect();
    words.join(" ")
}

fn written_name(word: &str) -> String {
    let typed = lower(word);
    let mut letters = typed.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::super::line::pieces;
    use super::*;
    use crate::import::sample::source;

    #[track_caller]
    fn check(
        text: &str,
        recipients: &[&str],
        signer: &str,
        role: &str,
        on_behalf: &str,
        body: usize,
    ) {
        let pieces = pieces(&source(text));
        let (tail, rest) = take(&pieces, 0, &mut Report::default());
        assert_eq!(tail.recipients, recipients);
        let shown = [&tail.signer, &tail.signer_role];
        assert_eq!(
            shown.map(|field| field.as_deref().unwrap_or_default()),
            [signer, role]
        );
        assert_eq!(tail.on_behalf.join("; "), on_behalf);
        assert_eq!(rest.len(), body);
    }

    #[test]
    fn beside_each_other() {
        check(
            "Việc.\n|Nơi nhận: // - Như trên; // - Lưu: VT.|TM. ỦY BAN NHÂN DÂN // KT. CHỦ TỊCH // PHÓ CHỦ TỊCH // Trần Thị Mai",
            &["Như trên;", "Lưu: VT."],
            "Trần Thị Mai",
            "Phó Chủ tịch",
            "Ủy ban nhân dân",
            1,
        );
    }

    #[test]
    fn one_after_the_other() {
        check(
            "Việc.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n(Đã ký)\nLê An\nNơi nhận:\n- Như trên.",
            &["Như trên."],
            "Lê An",
            "Phó Bí thư",
            "Ban Thường vụ",
            1,
        );
        check(
            "Việc.\nNơi nhận: - Như trên; - Lưu.\nGIÁM ĐỐC\nLÊ VĂN AN",
            &["Như trên;", "Lưu."],
            "Lê Văn An",
            "Giám đốc",
            "",
            1,
        );
        check(
            "Việc.\nKT. CHỦ TỊCH PHÓ CHỦ TỊCH\n(Đã ký) Lê An",
            &[],
            "Lê An",
            "Phó Chủ tịch",
            "",
            1,
        );
    }

    #[test]
    fn on_the_same_lines() {
        check(
            "Việc.\nNơi nhận: T/M BAN THƯỜNG VỤ\n- Ban Bí thư (Báo cáo), PHÓ BÍ THƯ\n- Lưu.\n(Đã ký)\nLê An",
            &["Ban Bí thư (Báo cáo),", "Lưu."],
            "Lê An",
            "Phó Bí thư",
            "Ban Thường vụ",
            1,
        );
    }

    #[test]
    fn two_who_signed() {
        check(
            "Việc.\n|TM. ỦY BAN NHÂN DÂN // KT. CHỦ TỊCH // PHÓ CHỦ TỊCH // (Đã ký) // Trần Thị Mai|T/M BAN THƯỜNG VỤ // PHÓ BÍ THƯ // Lê An\nNơi nhận:\n- Như trên.",
            &["Như trên."],
            "Trần Thị Mai (Phó Chủ tịch); Lê An (Phó Bí thư)",
            "",
            "Ủy ban nhân dân; Ban Thường vụ",
            1,
        );
        check(
            "Việc.\n|Nơi nhận: // - Như trên.|GIÁM ĐỐC // LÊ VĂN AN|TRƯỞNG BAN // Trần Thị Mai",
            &["Như trên."],
            "Lê Văn An (Giám đốc); Trần Thị Mai (Trưởng ban)",
            "",
            "",
            1,
        );
    }

    #[test]
    fn an_annex_after_the_end() {
        check(
            "Việc.\nNơi nhận:\n- Như trên.\n>PHỤ LỤC\nBảng.",
            &["Như trên."],
            "",
            "",
            "",
            3,
        );
        check("Theo Phụ lục kèm theo.", &[], "", "", "", 1);
    }
}
