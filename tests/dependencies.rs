//! Holds what is built in from others: each crate's licence is one of those allowed, each comes from
//! crates.io with a checksum, and none is there in more versions than before. Works without a
//! network; the lists are in `.ci/dependencies.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowed {
    licences: BTreeSet<String>,
    read_by_hand: BTreeMap<String, String>,
    excused: BTreeMap<String, Excuse>,
    duplicates: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Excuse {
    licence: String,
    why: String,
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
    source: Option<String>,
    checksum: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    license: Option<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn allowed() -> Allowed {
    let text = fs::read_to_string(root().join(".ci/dependencies.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

fn locked() -> Vec<Locked> {
    let text = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let lock: Lock = toml::from_str(&text).unwrap();
    assert!(lock.package.len() > 100, "Cargo.lock was not read");
    lock.package
}

/// The crates that are built on this machine: those alone are sure to be on its disk.
fn packages() -> Vec<Package> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--format-version", "1"])
        .args(["--filter-platform", &host()])
        .current_dir(root())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata: {said}");
    let metadata: Metadata = serde_json::from_slice(&output.stdout).unwrap();
    assert!(metadata.packages.len() > 100, "no packages");
    metadata.packages
}

fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap().to_owned()
}

/// Whether an SPDX expression holds when these licences are taken; `A/B` is an old way to write
/// `A OR B`. What cannot be read does not hold.
fn holds(expression: &str, licences: &BTreeSet<String>) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let held = either(&words, &mut at, licences);
    held && at == words.len()
}

fn either(words: &[&str], at: &mut usize, licences: &BTreeSet<String>) -> bool {
    let mut held = both(words, at, licences);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        held |= both(words, at, licences);
    }
    held
}

fn both(words: &[&str], at: &mut usize, licences: &BTreeSet<String>) -> bool {
    let mut held = one(words, at, licences);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        held &= one(words, at, licences);
    }
    held
}

fn one(words: &[&str], at: &mut usize, licences: &BTreeSet<String>) -> bool {
    let word = words.get(*at).unwrap_or(&"");
    *at += 1;
    if *word == "(" {
        let held = either(words, at, licences);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return held && closed;
    }
    let mut licence = (*word).to_owned();
    if words.get(*at) == Some(&"WITH") {
        let exception = words.get(*at + 1).unwrap_or(&"");
        licence = format!("{licence} WITH {exception}");
        *at += 2;
    }
    licences.contains(&licence)
}

/// The part of a version that must differ for two of them to be built in side by side.
fn incompatible(version: &str) -> String {
    let mut parts = version.split(['.', '-', '+']);
    let (major, minor, patch) = (parts.next(), parts.next(), parts.next());
    match (major, minor) {
        (Some("0"), Some("0")) => format!("0.0.{}", patch.unwrap_or("0")),
        (Some("0"), Some(minor)) => format!("0.{minor}"),
        (major, _) => major.unwrap_or("").to_owned(),
    }
}

/// What differs between the duplicates there are and those recorded.
fn changes(
    there: &BTreeMap<String, BTreeSet<String>>,
    recorded: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, versions) in there {
        if recorded.get(name) != Some(versions) {
            wrong.push(format!("{name} is there as {versions:?}, not as recorded"));
        }
    }
    for name in recorded.keys().filter(|name| !there.contains_key(*name)) {
        wrong.push(format!("{name} is no duplicate any more: take it out"));
    }
    wrong
}

#[test]
fn every_licence_is_allowed() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    let mut needed = BTreeSet::new();
    for package in packages() {
        let by_hand = allowed.read_by_hand.get(&package.name);
        let licence = match (&package.license, by_hand) {
            (Some(licence), None) => licence,
            (None, Some(licence)) => licence,
            (said, _) => {
                wrong.push(format!(
                    "{}: says {said:?}, by hand {by_hand:?}",
                    package.name
                ));
                continue;
            }
        };
        let excuse = allowed.excused.get(&package.name);
        let excused = excuse.is_some_and(|excuse| excuse.licence == *licence);
        if excused || by_hand.is_some() {
            needed.insert(package.name.clone());
        }
        if !excused && !holds(licence, &allowed.licences) {
            wrong.push(format!("{}: {licence}", package.name));
        }
    }
    for name in allowed.excused.keys().chain(allowed.read_by_hand.keys()) {
        if !needed.contains(name) {
            wrong.push(format!("{name}: its entry fits nothing any more"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(allowed.excused.values().all(|excuse| excuse.why.len() > 20));
}

#[test]
fn duplicates_only_become_fewer() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in locked() {
        let version = incompatible(&package.version);
        versions.entry(package.name).or_default().insert(version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    let wrong = changes(&versions, &allowed().duplicates);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn everything_comes_from_the_registry_with_a_checksum() {
    for package in locked().iter().filter(|package| package.name != "hoidap") {
        let sound = package.source.as_deref() == Some(REGISTRY) && package.checksum.is_some();
        assert!(sound, "{} {}", package.name, package.version);
    }
}

#[test]
fn expressions_are_read_as_meant() {
    let licences = ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"];
    let licences = licences.map(str::to_owned).into();
    for good in [
        "MIT",
        "GPL-3.0 OR MIT",
        "GPL-3.0/MIT",
        "(GPL-3.0 OR MIT) AND Zlib",
        "GPL-3.0 AND Zlib OR MIT",
        "Apache-2.0 WITH LLVM-exception",
    ] {
        assert!(holds(good, &licences), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "GPL-3.0 OR",
        "(MIT",
        "MIT Zlib",
        "(GPL-3.0 OR MIT) AND GPL-2.0",
        "Apache-2.0",
        "MIT WITH LLVM-exception",
    ] {
        assert!(!holds(bad, &licences), "{bad}");
    }
}

#[test]
fn a_new_duplicate_and_one_that_went_are_both_told() {
    let map = |entries: &[(&str, &[&str])]| -> BTreeMap<String, BTreeSet<String>> {
        let set = |versions: &[&str]| versions.iter().map(|v| (*v).to_owned()).collect();
        entries
            .iter()
            .map(|(name, versions)| ((*name).to_owned(), set(versions)))
            .collect()
    };
    let recorded = map(&[("a", &["1", "2"]), ("b", &["0.1", "0.2"])]);
    assert_eq!(changes(&recorded, &recorded), Vec::<String>::new());
    let more = map(&[("a", &["1", "2", "3"]), ("b", &["0.1", "0.2"])]);
    assert_eq!(changes(&more, &recorded).len(), 1);
    let another = map(&[("a", &["1", "2"]), ("c", &["1", "2"])]);
    assert_eq!(changes(&another, &recorded).len(), 2);
    for (version, part) in [("1.2.3", "1"), ("0.3.1-beta", "0.3"), ("0.0.7", "0.0.7")] {
        assert_eq!(incompatible(version), part);
    }
}
