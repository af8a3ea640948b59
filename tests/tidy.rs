//! Holds the rooms apart: reads `src/` and fails when a crate is named outside the room that
//! owns it, when a room imports against the arrows of the design, or when a file does not say
//! what it is for.

use std::fs;
use std::path::{Path, PathBuf};

/// Crates that one room alone may name, with the path prefixes where they may stand.
const OWNED: [(&str, &[&str]); 12] = [
    ("tantivy", &["index/"]),
    ("sled", &["store/", "store.rs"]),
    ("redis", &["store/mod.rs", "store/redis/"]),
    ("teloxide", &["bot/"]),
    ("tokio", &["bot/"]),
    ("axum", &["bot/"]),
    ("resvg", &["render/chart.rs"]),
    ("quick_xml", &["import/read/docx/"]),
    ("lopdf", &["import/read/pdf/"]),
    ("encoding_rs", &["import/read/"]),
    ("clap", &["cli/", "main.rs"]),
    ("anyhow", &["cli/", "main.rs"]),
];

/// The rooms along the line of the flow; a room may import those of a lower level.
const LINE: [(&str, u8); 12] = [
    ("main", 9),
    ("cli", 8),
    ("bot", 7),
    ("eval", 7),
    ("engine", 6),
    ("compose", 5),
    ("rank", 4),
    ("question", 3),
    ("index", 3),
    ("corpus", 2),
    ("text", 1),
    ("answer", 0),
];

/// The rooms beside the line: what they may import, and who may import them.
const BESIDE: [(&str, &[&str], &[&str]); 3] = [
    ("render", &["answer"], &["main", "cli", "bot"]),
    ("store", &["answer"], &["main", "cli", "bot"]),
    ("import", &["corpus", "text", "answer"], &["main", "cli"]),
];

struct Source {
    /// Path below `src/`.
    path: String,
    text: String,
    /// The text without comments and without what stands in quotation marks.
    code: String,
}

impl Source {
    /// The room a file belongs to; `lib.rs` belongs to none.
    fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or("");
        first.strip_suffix(".rs").unwrap_or(first)
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources: Vec<_> = rust_files(&root)
        .iter()
        .map(|path| source(&root, path))
        .collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(sources.len() > 20, "the sources were not found");
    sources
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

fn source(root: &Path, path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap();
    let path = path.strip_prefix(root).unwrap();
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    Source {
        path: parts.join("/"),
        code: code_of(&text),
        text,
    }
}

/// Takes comments and literals out of a source, so that only names are left.
fn code_of(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut code = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let skipped = match rest {
            [b'/', b'/', ..] => line_comment(rest),
            [b'/', b'*', ..] => block_comment(rest),
            [b'"', ..] => string(rest),
            [b'r', b'"' | b'#', ..] if !ends_in_name(&code) => raw_string(rest),
            [b'\'', ..] => character(rest),
            _ => 0,
        };
        if skipped == 0 {
            code.push(rest[0]);
            at += 1;
        } else {
            code.push(b' ');
            at += skipped;
        }
    }
    String::from_utf8_lossy(&code).into_owned()
}

fn ends_in_name(code: &[u8]) -> bool {
    code.last()
        .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

fn line_comment(rest: &[u8]) -> usize {
    rest.iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(rest.len())
}

fn block_comment(rest: &[u8]) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        match &rest[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn string(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != b'"' {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// `r"…"` or `r#"…"#`; not a raw identifier.
fn raw_string(rest: &[u8]) -> usize {
    let hashes = rest[1..].iter().take_while(|byte| **byte == b'#').count();
    if rest.get(1 + hashes) != Some(&b'"') {
        return 0;
    }
    let mut end = vec![b'"'];
    end.extend(std::iter::repeat_n(b'#', hashes));
    let start = 2 + hashes;
    let found = rest[start..]
        .windows(end.len())
        .position(|window| window == end);
    found.map_or(rest.len(), |found| start + found + end.len())
}

/// A character in quotation marks; a lifetime has no closing mark and stays.
fn character(rest: &[u8]) -> usize {
    if rest.get(1) == Some(&b'\\') {
        let end = rest[2..].iter().skip(1).position(|byte| *byte == b'\'');
        return end.map_or(0, |end| end + 4);
    }
    // One character is at most four bytes long.
    let end = rest.iter().skip(2).take(4).position(|byte| *byte == b'\'');
    let one =
        |end: usize| std::str::from_utf8(&rest[1..end + 2]).is_ok_and(|s| s.chars().count() == 1);
    end.filter(|end| one(*end)).map_or(0, |end| end + 3)
}

/// The names in a piece of code.
fn names(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|name| !name.is_empty())
}

/// The rooms that a file imports: whatever follows `crate::` or `hoidap::`, braces included.
fn imports(code: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for start in ["crate::", "hoidap::"] {
        for (at, _) in code.match_indices(start) {
            let whole_name = !ends_in_name(&code.as_bytes()[..at]);
            if whole_name && !code[..at].ends_with('$') {
                rooms.extend(heads(&code[at + start.len()..]));
            }
        }
    }
    rooms
}

/// The first names of a path, or of each path in braces.
fn heads(path: &str) -> Vec<String> {
    let Some(group) = path.trim_start().strip_prefix('{') else {
        return names(path).next().map(str::to_owned).into_iter().collect();
    };
    let mut heads = Vec::new();
    let mut depth = 1;
    let mut item = String::new();
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 || (depth == 1 && c == ',') {
            heads.extend(names(&item).next().map(str::to_owned));
            item.clear();
        } else {
            item.push(c);
        }
        if depth == 0 {
            break;
        }
    }
    heads
}

fn level(room: &str) -> Option<u8> {
    LINE.iter()
        .find(|(name, _)| *name == room)
        .map(|(_, level)| *level)
}

fn may_import(from: &str, to: &str) -> bool {
    if from == to {
        return true;
    }
    if let Some((_, allowed, _)) = BESIDE.iter().find(|(name, _, _)| *name == from) {
        return allowed.contains(&to);
    }
    if let Some((_, _, by)) = BESIDE.iter().find(|(name, _, _)| *name == to) {
        return by.contains(&from);
    }
    matches!((level(from), level(to)), (Some(from), Some(to)) if from > to)
}

#[test]
fn a_crate_is_named_only_by_the_room_that_owns_it() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (owned, places) in OWNED {
            let at_home = places.iter().any(|place| source.path.starts_with(place));
            if !at_home && names(&source.code).any(|name| name == owned) {
                wrong.push(format!("src/{} names {owned}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn imports_follow_the_arrows() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| source.path != "lib.rs") {
        for room in imports(&source.code) {
            if !may_import(source.room(), &room) {
                wrong.push(format!("src/{} imports {room}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_has_its_place_in_the_design() {
    for source in sources().iter().filter(|source| source.path != "lib.rs") {
        let room = source.room();
        let beside = BESIDE.iter().any(|(name, _, _)| *name == room);
        assert!(
            beside || level(room).is_some(),
            "src/{}: no such room",
            source.path
        );
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for source in sources() {
        assert!(
            source.text.starts_with("//! "),
            "src/{} has no `//!`",
            source.path
        );
    }
}

#[test]
fn comments_and_literals_are_no_code() {
    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(names(&code_of(text)).collect::<Vec<_>>().join(" "), expect);
    }
    check("a // clap\nb", "a b");
    check("a /* clap /* sled */ */ b", "a b");
    check(r#"a("clap \" sled") b"#, "a b");
    check("a(r#\"clap \" sled\"#) b", "a b");
    check(
        "fn f<'a>(x: &'a str) { '\"' ; 'đ' ; '\\'' ; '\\u{301}'; sled }",
        "fn f a x a str sled",
    );
    check("for x in y", "for x in y");
}

#[test]
fn imports_are_found_however_they_are_written() {
    #[track_caller]
    fn check(code: &str, expect: &[&str]) {
        assert_eq!(imports(code), expect);
    }
    check("use crate::text::fold;", &["text"]);
    check(
        "use crate::{answer::{A, B}, corpus, rank::x as y};",
        &["answer", "corpus", "rank"],
    );
    check("let x = crate::engine::open();", &["engine"]);
    check("pub(crate) fn f() {}", &[]);
    check("$crate::text::x", &[]);
    check("hoidap::cli::main()", &["cli"]);
}

#[test]
fn the_arrows() {
    assert!(may_import("engine", "text") && !may_import("text", "engine"));
    assert!(!may_import("question", "index") && !may_import("eval", "bot"));
    assert!(may_import("render", "answer") && !may_import("render", "corpus"));
    assert!(may_import("cli", "render") && !may_import("engine", "render"));
    assert!(may_import("import", "corpus") && !may_import("corpus", "import"));
}
