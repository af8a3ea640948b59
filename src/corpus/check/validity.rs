//! What front matters say of other documents, held against the documents that are there.

use crate::corpus::problem::Reporter;
use crate::corpus::{Corpus, Document, Problem};

/// Reports ids that name no document, and documents that took each other's place.
pub(super) fn check(corpus: &Corpus, problems: &mut Vec<Problem>) {
    for (at, document) in corpus.documents.iter().enumerate() {
        let file = corpus.file(at);
        let mut reporter = Reporter::new(&document.file_name, file);
        for named in document.replaced_by.iter().chain(&document.amends) {
            if is_id(named) && corpus.document(named).is_none() {
                let what = format!("không có văn bản nào mã “{named}”");
                let hint = "văn bản không có ở đây thì ghi tên, ví dụ: Kế hoạch 12-KH/TU";
                reporter.suggest(place(file, named), what, hint);
            }
            if *named == document.id {
                reporter.report(
                    place(file, named),
                    "văn bản không thể thay thế hay sửa đổi chính nó",
                );
            }
        }
        if let Some(next) = document
            .replaced_by
            .as_ref()
            .filter(|_| comes_back(corpus, document))
        {
            let what = format!("“{}” và “{next}” thay thế lẫn nhau", document.id);
            reporter.report(place(file, next), what);
        }
        problems.extend(reporter.finish());
    }
}

/// A name has capitals or blanks; an id has neither.
fn is_id(named: &str) -> bool {
    named
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether the documents that took this one's place end with this one again.
fn comes_back(corpus: &Corpus, document: &Document) -> bool {
    let next = |document: &&Document| {
        let (_, next) = corpus.document(document.replaced_by.as_deref()?)?;
        Some(next)
    };
    let mut chain = std::iter::successors(next(&document), next).take(corpus.documents.len());
    document.replaced_by.as_ref() != Some(&document.id) && chain.any(|next| next.id == document.id)
}

/// Where the front matter names it.
fn place(file: &str, named: &str) -> usize {
    let mut at = 0;
    for line in file.split_inclusive('\n') {
        let field = ["replaced_by", "amends"]
            .iter()
            .any(|name| line.starts_with(name));
        if field && line.contains(named) {
            return at;
        }
        at += line.len();
    }
    0
}

#[cfg(test)]
mod tests {
    use crate::corpus::sample::{corpus, document, lines};

    #[track_caller]
    fn check(one: &str, two: &str, expect: &[&str]) {
        let file = |id: &str, more: &str| {
            document(id, "## I. A\n- b\n").replace("issuer", &format!("{more}\nissuer"))
        };
        let (a, b) = (file("a", one), file("b", two));
        let (corpus, _) = corpus(&[("a.md", &a), ("b.md", &b)]);
        assert_eq!(lines(&corpus.problems()), expect);
    }

    #[test]
    fn ids_and_names() {
        check(
            "replaced_by = \"b\"",
            "amends = [\"a\", \"Chỉ thị 20\"]",
            &[],
        );
        check("replaced_by = \"Kế hoạch 5\"", "", &[]);
        check(
            "replaced_by = \"c\"",
            "amends = [\"d-1\"]",
            &[
                "a.md:7: không có văn bản nào mã “c”",
                "b.md:7: không có văn bản nào mã “d-1”",
            ],
        );
        check(
            "amends = \"a\"",
            "",
            &["a.md:7: văn bản không thể thay thế hay sửa đổi chính nó"],
        );
    }

    #[test]
    fn in_a_circle() {
        check(
            "replaced_by = \"b\"",
            "replaced_by = \"a\"",
            &[
                "a.md:7: “a” và “b” thay thế lẫn nhau",
                "b.md:7: “b” và “a” thay thế lẫn nhau",
            ],
        );
    }
}
