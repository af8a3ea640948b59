//! Tiny corpora for the tests of this room.

use super::{Corpus, Problem};

/// A corpus of these files.
#[track_caller]
pub(super) fn corpus(files: &[(&str, &str)]) -> (Corpus, Vec<Problem>) {
    let files = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_owned()));
    Corpus::from_files(files.collect()).expect("a document among the files")
}

/// Lines of the front matter of [`document`].
pub(super) const FRONT_MATTER: usize = 8;

/// The file of a document with this id and body.
pub(super) fn document(id: &str, body: &str) -> String {
    format!(
        "+++\nid = \"{id}\"\ntype = \"Kế hoạch\"\nnumber = \"1-KH/TU\"\nshort = \"Kế hoạch 1\"\n\
         title = \"Kế hoạch bảo vệ trẻ em\"\nissuer = \"Tỉnh ủy\"\n+++\n{body}"
    )
}

/// A corpus of one document `kh` with this body, and of these tables.
#[track_caller]
pub(super) fn with_body(body: &str, tables: &[(&str, &str)]) -> (Corpus, Vec<Problem>) {
    let document = document("kh", body);
    let files: Vec<(&str, &str)> = std::iter::once(("kh.md", document.as_str()))
        .chain(tables.iter().copied())
        .collect();
    corpus(&files)
}

/// Problems as `file:line: what`, hints left out.
pub(super) fn lines(problems: &[Problem]) -> Vec<String> {
    problems
        .iter()
        .map(|p| format!("{}:{}: {}", p.file, p.line, p.what))
        .collect()
}
