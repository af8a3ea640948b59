//! A document: what its front matter says about it, and where its text begins.

use std::fmt;
use std::ops::Range;

use toml::de::DeValue;

use super::problem::Reporter;
use super::slug::{is_slug, slug};
use super::table::{self, Entry, Text};
use crate::answer::TextKind;

/// One document of the corpus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The stable id, first part of every [`PassageId`](crate::answer::PassageId) in it.
    pub id: String,
    /// The sort of document it is: “Chỉ thị”, “Kế hoạch” (`type` in the front matter).
    pub kind: String,
    /// The official number; empty where there is none.
    pub number: String,
    /// The name people use: “Kế hoạch 109-KH/TU”.
    pub short: String,
    /// The full title.
    pub title: String,
    /// Who issued it.
    pub issuer: String,
    /// When it was issued.
    pub issued: Option<Date>,
    /// Where it was issued.
    pub place: Option<String>,
    /// Who signed it.
    pub signer: Option<String>,
    /// The office of who signed it.
    pub signer_role: Option<String>,
    /// Its own words, or a digest of them.
    pub text: TextKind,
    /// Where the text was taken from.
    pub source: Option<String>,
    /// What a digest lacks.
    pub missing: Vec<String>,
    /// From when it is in force.
    pub in_force_from: Option<Date>,
    /// What took its place: a document's id, or its name where it is not here.
    pub replaced_by: Option<String>,
    /// What it changes: ids of documents, or names of those that are not here.
    pub amends: Vec<String>,
    /// Its text was taken in though much of it could not be read for certain.
    pub doubtful: bool,
    /// Name of the file it was read from.
    pub file_name: String,
    /// The title's words in the file: what a citation of the document as a whole quotes.
    pub title_span: Range<usize>,
    /// Its passages in the corpus.
    pub passages: Range<usize>,
    /// Its sections in the corpus.
    pub sections: Range<usize>,
}

impl Document {
    /// The words of its front matter that questions use: names, number, people.
    pub(super) fn front_matter(&self) -> impl Iterator<Item = &str> {
        let stated = [
            &self.kind,
            &self.number,
            &self.short,
            &self.title,
            &self.issuer,
        ];
        let optional = [&self.place, &self.signer, &self.signer_role];
        stated
            .into_iter()
            .chain(optional.into_iter().flatten())
            .map(String::as_str)
    }
}

/// A day. Shown as official documents write it: 25/12/2023, 15/01/2024, 08/3/2024.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl fmt::Display for Date {
    /// The day always has two digits; the month only where one could be taken for ten more.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        match month {
            1 | 2 => write!(f, "{day:02}/{month:02}/{year}"),
            _ => write!(f, "{day:02}/{month}/{year}"),
        }
    }
}

/// Where front matter and body lie in a file.
pub(super) struct Layout {
    front: Range<usize>,
    /// Offset at which the body begins.
    pub body: usize,
    closed: bool,
}

const FENCE: &str = "+++";

/// Finds the front matter; `None` when the file has none and so is no document.
pub(super) fn layout(file: &str) -> Option<Layout> {
    let unmarked = file.strip_prefix('\u{feff}').unwrap_or(file);
    let mut at = file.len() - unmarked.len();
    let mut lines = unmarked.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == FENCE)?;
    at += first.len();
    let start = at;
    let mut first_blank = None;
    for line in lines {
        if line.trim_end() == FENCE {
            return Some(Layout {
                front: start..at,
                body: at + line.len(),
                closed: true,
            });
        }
        if first_blank.is_none() && line.trim().is_empty() {
            first_blank = Some(at);
        }
        at += line.len();
    }
    // Never closed: the fields end, at the latest, where a blank line does.
    let end = first_blank.unwrap_or(file.len());
    Some(Layout {
        front: start..end,
        body: end,
        closed: false,
    })
}

/// Reads a document's front matter. Passages and sections are still to be parsed.
pub(super) fn read(
    file_name: &str,
    file: &str,
    layout: &Layout,
    reporter: &mut Reporter,
) -> Document {
    if !layout.closed {
        reporter.report(0, "phần thông tin đầu tệp thiếu dòng “+++” kết thúc");
    }
    let mut document = Document {
        file_name: file_name.to_owned(),
        ..Document::default()
    };
    let root = table::parse(&file[layout.front.clone()], layout.front.start, reporter);
    let mut entry = Entry::new(&root, layout.front.start, layout.front.start);
    let title = fill(&mut document, &mut entry, reporter);
    // A document with a faulty field is still read: its text can be quoted.
    let _ = entry.finish(reporter);
    document.title_span = title_span(file, &title, layout.body);
    if document.title.is_empty() {
        file[document.title_span.clone()].clone_into(&mut document.title);
    }
    if document.short.is_empty() {
        document.short.clone_from(if document.title.is_empty() {
            &document.id
        } else {
            &document.title
        });
    }
    document
}

fn fill(document: &mut Document, entry: &mut Entry<'_, '_>, reporter: &mut Reporter) -> Text {
    document.id = id(entry, &document.file_name, reporter);
    document.kind = entry.required("type", reporter).value;
    document.number = number(entry, reporter);
    document.short = entry.required("short", reporter).value;
    let title = entry.required("title", reporter);
    document.title.clone_from(&title.value);
    document.issuer = entry.required("issuer", reporter).value;
    document.issued = date(entry, "issued", "ngày ban hành", reporter);
    document.place = entry.text("place", reporter).map(|text| text.value);
    document.signer = entry.text("signer", reporter).map(|text| text.value);
    document.signer_role = entry.text("signer_role", reporter).map(|text| text.value);
    document.text = text_kind(entry, reporter);
    document.source = entry.text("source", reporter).map(|text| text.value);
    document.missing = table::values(&entry.texts("missing", reporter));
    document.in_force_from = date(entry, "in_force_from", "ngày có hiệu lực", reporter);
    document.replaced_by = entry.text("replaced_by", reporter).map(|text| text.value);
    document.amends = table::values(&entry.texts("amends", reporter));
    document.doubtful = entry.mark("doubtful", reporter);
    title
}

/// The id, or the file's name where there is none that can stand in a passage id.
fn id(entry: &mut Entry<'_, '_>, file_name: &str, reporter: &mut Reporter) -> String {
    let id = entry.required("id", reporter);
    if is_slug(&id.value) {
        return id.value;
    }
    let stem = file_name
        .rsplit('/')
        .next()
        .unwrap_or(file_name)
        .trim_end_matches(".md");
    let stand_in = slug(if id.value.trim().is_empty() {
        stem
    } else {
        &id.value
    });
    if !id.value.trim().is_empty() {
        let what = format!("mã “{}” chỉ được gồm chữ, số và gạch nối", id.value);
        entry.reject_with(id.at, what, format!("ví dụ: {stand_in}"), reporter);
    }
    stand_in
}

/// The number must be stated, but may be stated to be none.
fn number(entry: &mut Entry<'_, '_>, reporter: &mut Reporter) -> String {
    let at = entry.at;
    let present = entry.value("number").is_some();
    if !present {
        let hint = "văn bản không có số thì ghi: number = \"\"";
        entry.reject_with(at, "thiếu trường “number”", hint, reporter);
    }
    entry.text("number", reporter).unwrap_or_default().value
}

fn date(
    entry: &mut Entry<'_, '_>,
    field: &'static str,
    name: &str,
    reporter: &mut Reporter,
) -> Option<Date> {
    let (value, span) = entry.value(field)?;
    if let DeValue::Datetime(when) = value
        && let Some(date) = when.date
    {
        return Some(Date {
            year: date.year,
            month: date.month,
            day: date.day,
        });
    }
    let hint = format!("viết năm-tháng-ngày, không có dấu nháy, ví dụ: {field} = 2024-03-08");
    entry.reject_with(span.start, format!("{name} không đọc được"), hint, reporter);
    None
}

/// A bad value counts as a digest: to promise less than the text holds is the safe mistake.
fn text_kind(entry: &mut Entry<'_, '_>, reporter: &mut Reporter) -> TextKind {
    let Some(text) = entry.text("text", reporter) else {
        return TextKind::default();
    };
    match text.value.as_str() {
        "verbatim" => TextKind::Verbatim,
        "digest" => TextKind::Digest,
        other => {
            let what = format!("trường “text” không nhận giá trị “{other}”");
            let hint = "verbatim (nguyên văn) hoặc digest (tóm lược)";
            entry.reject_with(text.at, what, hint, reporter);
            TextKind::Digest
        }
    }
}

/// The words of the title in the front matter; failing that, those of the `# ` heading; failing
/// that, nothing.
fn title_span(file: &str, title: &Text, body: usize) -> Range<usize> {
    if !title.value.is_empty()
        && let Some(offset) = file[title.at..body].find(&title.value)
    {
        return title.at + offset..title.at + offset + title.value.len();
    }
    let mut at = body;
    for line in file[body..].split_inclusive('\n') {
        if let Some(words) = line.strip_prefix("# ").map(str::trim) {
            let start = at + line.find(words).unwrap_or(0);
            return start..start + words.len();
        }
        at += line.len();
    }
    body..body
}

#[cfg(test)]
mod tests {
    use super::super::sample::{corpus, document as sample, lines};
    use super::*;

    /// The document that the file holds, with the words of its title there.
    #[track_caller]
    fn check(file: &str, problems: &[&str]) -> (Document, String) {
        let (corpus, found) = corpus(&[("tep/Một hai.md", file)]);
        let expect: Vec<String> = problems
            .iter()
            .map(|problem| format!("tep/Một hai.md:{problem}"))
            .collect();
        assert_eq!(lines(&found), expect);
        let document = corpus.documents[0].clone();
        let title = corpus.cut(0, document.title_span.clone()).to_owned();
        (document, title)
    }

    #[test]
    fn dates_as_officials_write_them() {
        for ((year, month, day), expect) in [
            ((2023, 12, 25), "25/12/2023"),
            ((2024, 1, 15), "15/01/2024"),
            ((2024, 2, 3), "03/02/2024"),
            ((2024, 3, 8), "08/3/2024"),
            ((2024, 10, 1), "01/10/2024"),
        ] {
            assert_eq!(Date { year, month, day }.to_string(), expect);
        }
    }

    #[test]
    fn reads_every_field() {
        let (document, title) = check(
            "+++\nid = \"a\"\ntype = \"Chỉ thị\"\nnumber = \"28-CT/TW\"\nshort = \"Chỉ thị 28\"\n\
             title = \"Về “trẻ em”\"\nissuer = \"Bộ Chính trị\"\nissued = 2023-12-25\nplace = \"Hà Nội\"\n\
             signer = \"Ai đó\"\nsigner_role = \"Thường trực\"\ntext = \"digest\"\nsource = \"báo\"\n\
             missing = [\"thời hạn\"]\nin_force_from = 2024-01-01\nreplaced_by = \"Chỉ thị 30\"\n\
             amends = [\"Chỉ thị 20\"]\ndoubtful = true\n+++\n# Tên\n",
            &[],
        );
        assert_eq!(
            (
                document.in_force_from.map(|date| date.to_string()),
                document.doubtful
            ),
            (Some("01/01/2024".to_owned()), true)
        );
        assert_eq!(
            (document.replaced_by.as_deref(), document.amends.as_slice()),
            (Some("Chỉ thị 30"), ["Chỉ thị 20".to_owned()].as_slice())
        );
        assert_eq!(
            document.issued,
            Some(Date {
                year: 2023,
                month: 12,
                day: 25
            })
        );
        assert_eq!(document.text, TextKind::Digest);
        assert_eq!(
            (document.kind.as_str(), document.number.as_str()),
            ("Chỉ thị", "28-CT/TW")
        );
        assert_eq!(document.signer_role.as_deref(), Some("Thường trực"));
        assert_eq!(document.missing, ["thời hạn"]);
        assert_eq!(title, "Về “trẻ em”");
    }

    #[test]
    fn a_faulty_front_matter_is_reported_field_by_field() {
        let (document, title) = check(
            "+++\nid = \"a b\"\nissued = \"25/12/2023\"\ntext = \"tom-luoc\"\nten = 1\n+++\n# Tên này\n",
            &[
                "2: mã “a b” chỉ được gồm chữ, số và gạch nối",
                "2: thiếu trường “issuer”",
                "2: thiếu trường “number”",
                "2: thiếu trường “short”",
                "2: thiếu trường “title”",
                "2: thiếu trường “type”",
                "3: ngày ban hành không đọc được",
                "4: trường “text” không nhận giá trị “tom-luoc”",
                "5: không có trường nào tên là “ten”",
            ],
        );
        assert_eq!(
            (document.id.as_str(), document.text),
            ("a-b", TextKind::Digest)
        );
        assert_eq!(
            (document.title.as_str(), document.short.as_str()),
            ("Tên này", "Tên này")
        );
        assert_eq!(title, "Tên này");
    }

    #[test]
    fn a_number_may_be_none_but_must_be_stated() {
        check(&sample("a", "").replace("1-KH/TU", ""), &[]);
        let file = sample("a", "").replace("number = \"1-KH/TU\"\n", "number = 1\n");
        check(&file, &["4: trường “number” phải là một chuỗi"]);
    }

    #[test]
    fn without_an_id_the_file_name_stands_in() {
        let file = sample("a", "## I. B\n- c\n").replace("id = \"a\"\n", "");
        let (document, _) = check(&file, &["2: thiếu trường “id”"]);
        assert_eq!(document.id, "mot-hai");
    }

    #[test]
    fn front_matter_that_is_never_closed_ends_at_a_blank_line() {
        let file = sample("a", "\n## I. B\n").replace("+++\n\n", "\n");
        let (document, _) = check(
            &file,
            &["1: phần thông tin đầu tệp thiếu dòng “+++” kết thúc"],
        );
        assert_eq!(
            (document.issuer.as_str(), document.sections.len()),
            ("Tỉnh ủy", 1)
        );
    }

    #[test]
    fn windows_files_are_files() {
        let file = format!(
            "\u{feff}{}",
            sample("a", "## I. B\n- c\n").replace('\n', "\r\n")
        );
        let (document, title) = check(&file, &[]);
        assert_eq!((document.id.as_str(), document.passages.len()), ("a", 1));
        assert_eq!(title, "Kế hoạch bảo vệ trẻ em");
    }
}
