//! The whole store as JSON lines and back, and what can be done about a damaged one. sled's format
//! will not be upgraded, so this is the way to another machine, version or kind of store.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::database::set_snapshots_aside;
use super::embedded::EmbeddedStore;
use super::ledger::Ledger;
use super::records::{DONE, Records, TREES, WAITING, is_sound};
use super::{Retention, StoreError};

/// A line of more bytes is no record: an update is at most 1 MiB, and its hexadecimal twice that.
pub(super) const LONGEST: u64 = 4 << 20;

/// One record: the tree, its key and value in hexadecimal, the value as text where it is JSON.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    pub(super) tree: String,
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    json: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hex: Option<String>,
}

/// Writes every record as a line; how many there were. The store may be in use meanwhile: an update
/// that is answered while others are written is written as done, and not as waiting too.
pub fn dump(store: &dyn Records, out: &mut dyn Write) -> Result<usize, StoreError> {
    let mut written = 0;
    let mut waiting = BTreeMap::new();
    store.each(WAITING, &mut |key, value| {
        waiting.insert(key.to_vec(), value.to_vec());
        Ok(())
    })?;
    for name in TREES.into_iter().filter(|name| *name != WAITING) {
        store.each(name, &mut |key, value| {
            if name == DONE {
                waiting.remove(key);
            }
            written += 1;
            write_record(out, name, key, value)
        })?;
    }
    for (key, value) in &waiting {
        write_record(out, WAITING, key, value)?;
    }
    Ok(written + waiting.len())
}

fn write_record(
    out: &mut dyn Write,
    tree: &str,
    key: &[u8],
    value: &[u8],
) -> Result<(), StoreError> {
    let mut text = serde_json::to_string(&Line::new(tree, key, value)).map_err(io)?;
    text.push('\n');
    out.write_all(text.as_bytes()).map_err(io)
}

/// Reads what [`dump`] wrote into a store that is empty but for its format; how many records.
pub fn load(store: &dyn Records, input: &mut dyn BufRead) -> Result<usize, StoreError> {
    if !store.is_empty()? {
        return Err(StoreError::Io(
            "chỉ nạp vào một kho trống; hãy chọn --data hay --store khác".to_owned(),
        ));
    }
    let (mut read, mut at) = (0, 0);
    while let Some(text) = next_line(input)? {
        at += 1;
        if text.trim().is_empty() {
            continue;
        }
        insert(store, &text).map_err(|what| StoreError::Io(format!("dòng {at}: {what}")))?;
        read += 1;
    }
    store.loaded()?;
    Ok(read)
}

/// The next line with its end, if it has one; `None` at the end of the file. A file without lines, as
/// another file may be, must not fill the memory.
pub(super) fn next_line(input: &mut dyn BufRead) -> Result<Option<String>, StoreError> {
    let mut bytes = Vec::new();
    input
        .take(LONGEST)
        .read_until(b'\n', &mut bytes)
        .map_err(io)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.len() as u64 == LONGEST && bytes.last() != Some(&b'\n') {
        return Err(StoreError::Io("có dòng quá dài".to_owned()));
    }
    let line = String::from_utf8(bytes);
    line.map(Some)
        .map_err(|_| StoreError::Io("không phải UTF-8".to_owned()))
}

/// Puts one line of a dump into a store; what is wrong with it, if something is. A record that this
/// store could not have written is refused: it would be found damaged when somebody needs it.
pub(super) fn insert(store: &dyn Records, text: &str) -> Result<(), String> {
    let line: Line = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if !TREES.contains(&line.tree.as_str()) {
        return Err(format!("không có nhóm “{}”", line.tree));
    }
    let record = line.record();
    let (key, value) = record
        .filter(|(key, value)| is_sound(&line.tree, key, value))
        .ok_or("khóa hoặc giá trị sai")?;
    let put = store.put(&line.tree, &key, &value);
    put.map_err(|error| error.to_string())
}

/// Makes a damaged store usable: snapshots are set aside and rebuilt; if that does not help, the
/// folder is renamed to `aside`, what can still be read is copied, and the rest stays there. How
/// many records the repaired store has.
pub fn repair(folder: &Path, aside: &Path, retention: Retention) -> Result<usize, StoreError> {
    set_snapshots_aside(folder)?;
    let mut lines = Vec::new();
    match EmbeddedStore::open(folder, retention) {
        Ok(store) => return dump(&store, &mut std::io::sink()),
        Err(StoreError::Damaged(_)) => {}
        Err(other) => return Err(other),
    }
    if aside.exists() {
        return Err(StoreError::Io(format!("{} đã có", aside.display())));
    }
    salvage(folder, &mut lines);
    fs::rename(folder, aside).map_err(io)?;
    let store = EmbeddedStore::open(folder, retention)?;
    load(&store, &mut lines.as_slice())
}

/// Dumps what can be read of a folder that does not open as a store.
fn salvage(folder: &Path, lines: &mut Vec<u8>) {
    let read = std::panic::AssertUnwindSafe(|| {
        let Ok(db) = sled::open(folder) else { return };
        for name in TREES.into_iter().filter(|name| *name != "meta") {
            let Ok(tree) = db.open_tree(name) else {
                continue;
            };
            let records = tree.iter().map_while(Result::ok);
            for (key, value) in records.filter(|(key, value)| is_sound(name, key, value)) {
                if let Ok(text) = serde_json::to_string(&Line::new(name, &key, &value)) {
                    lines.extend(text.as_bytes());
                    lines.push(b'\n');
                }
            }
        }
    });
    // A panic of sled's ends the copying; what was copied before it stays.
    let _ = std::panic::catch_unwind(read);
    // What was promised stands in a file of its own, which is read line by line.
    for promise in Ledger::read(folder) {
        if let Ok(text) = serde_json::to_string(&promise.line()) {
            lines.extend(text.as_bytes());
            lines.push(b'\n');
        }
    }
}

impl Line {
    pub(super) fn new(tree: &str, key: &[u8], value: &[u8]) -> Self {
        let json = serde_json::from_slice::<serde_json::Value>(value)
            .ok()
            .filter(serde_json::Value::is_object);
        Self {
            tree: tree.to_owned(),
            key: to_hex(key),
            hex: json.is_none().then(|| to_hex(value)),
            json,
        }
    }

    /// The same with the value as it is, byte for byte, which JSON that is read and written again is not.
    pub(super) fn exact(tree: &str, key: &[u8], value: &[u8]) -> Self {
        Self {
            tree: tree.to_owned(),
            key: to_hex(key),
            json: None,
            hex: Some(to_hex(value)),
        }
    }

    pub(super) fn record(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let value = match (&self.json, &self.hex) {
            (Some(json), None) => serde_json::to_vec(json).ok()?,
            (None, Some(hex)) => from_hex(hex)?,
            _ => return None,
        };
        Some((from_hex(&self.key)?, value))
    }
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

fn io(error: impl std::fmt::Display) -> StoreError {
    StoreError::Io(error.to_string())
}
