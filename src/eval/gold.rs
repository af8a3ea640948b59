//! Gold questions: what a person wrote down before anything was tuned. One JSON object a line.

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::answer::{Intent, Kind, PassageId};
use crate::corpus::Corpus;

/// A dialogue, or a single question as a dialogue of one turn.
#[derive(Clone, Debug, PartialEq)]
pub struct Talk {
    /// Name of the file, without its ending.
    pub file: String,
    /// Number of its line in the file.
    pub line: usize,
    /// The questions in order; the context is carried on from each to the next.
    pub turns: Vec<Turn>,
}

/// A question and what is expected of its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Unique among all gold questions.
    pub id: String,
    /// The question, well typed.
    pub question: String,
    /// What the answer must be.
    pub expect: Expect,
}

/// What is expected of an answer. What is empty is not asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expect {
    /// Acceptable kinds.
    pub kinds: Vec<Kind>,
    /// Acceptable intents.
    pub intents: Vec<Intent>,
    /// The very units of the answer.
    pub units: Option<Vec<String>>,
    /// Units that must be among the answer's; more may be.
    pub least: Vec<String>,
    /// The first citation must be one of these, or inside one.
    pub gold: Vec<PassageId>,
    /// All must be among the citations.
    pub need: Vec<PassageId>,
    /// Others that may be cited.
    pub ok: Vec<PassageId>,
    /// Pieces of the answer's text, alternatives parted by `|`.
    pub must: Vec<String>,
    /// Pieces that may not stand in it.
    pub mustnot: Vec<String>,
}

impl Expect {
    /// False for a turn that only leads up to the next.
    pub fn is_asked_for(&self) -> bool {
        *self != Self::default()
    }

    /// Small talk and nothing else.
    pub fn only_chat(&self) -> bool {
        !self.kinds.is_empty() && self.kinds.iter().all(|kind| *kind == Kind::Chat)
    }

    /// What the question is counted under.
    pub fn label(&self) -> String {
        match (self.kinds.first(), self.intents.first()) {
            (None | Some(Kind::Answer), Some(intent)) => word(intent),
            (Some(kind), _) => word(kind),
            (None, None) => word(&Kind::Answer),
        }
    }

    fn places(&self) -> impl Iterator<Item = &PassageId> {
        self.gold.iter().chain(&self.need).chain(&self.ok)
    }
}

/// A contract word as it is written in JSON.
pub(super) fn word(value: &impl serde::Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

/// Something wrong with a gold question itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The file, as named.
    pub file: String,
    /// The line in it.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// Why there are no gold questions.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// A file or folder cannot be read.
    #[error("{path}: không đọc được")]
    Unreadable { path: PathBuf, source: io::Error },
    /// No question in any of the files.
    #[error("không có câu hỏi nào trong các tệp đã cho")]
    Empty,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        OneOrMany::Many(Vec::new())
    }
}

impl<T> From<OneOrMany<T>> for Vec<T> {
    fn from(value: OneOrMany<T>) -> Self {
        match value {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedTurn {
    #[serde(default)]
    id: Option<String>,
    q: String,
    #[serde(default)]
    kind: OneOrMany<Kind>,
    #[serde(default)]
    intent: OneOrMany<Intent>,
    #[serde(default)]
    units: Option<Vec<String>>,
    #[serde(default)]
    least: OneOrMany<String>,
    #[serde(default)]
    gold: OneOrMany<PassageId>,
    #[serde(default)]
    need: OneOrMany<PassageId>,
    #[serde(default)]
    ok: OneOrMany<PassageId>,
    #[serde(default)]
    must: OneOrMany<String>,
    #[serde(default)]
    mustnot: OneOrMany<String>,
    /// For the reader of the file.
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypedDialogue {
    id: String,
    turns: Vec<TypedTurn>,
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

impl TypedTurn {
    fn turn(self, id: String) -> Turn {
        let expect = Expect {
            kinds: self.kind.into(),
            intents: self.intent.into(),
            units: self.units,
            least: self.least.into(),
            gold: self.gold.into(),
            need: self.need.into(),
            ok: self.ok.into(),
            must: self.must.into(),
            mustnot: self.mustnot.into(),
        };
        Turn {
            id,
            question: self.q,
            expect,
        }
    }
}

/// Reads files, and the `.jsonl` files of folders. Lines that cannot be read are flaws; the
/// others are still there.
pub fn read(paths: &[PathBuf]) -> Result<(Vec<Talk>, Vec<Flaw>), GoldError> {
    let mut talks = Vec::new();
    let mut flaws = Vec::new();
    for path in files(paths)? {
        let text = fs::read_to_string(&path).map_err(|source| unreadable(&path, source))?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        for (i, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            match talk(line, &stem, i + 1) {
                Ok(talk) => talks.push(talk),
                Err(what) => {
                    flaws.push(Flaw {
                        file: path.display().to_string(),
                        line: i + 1,
                        what,
                    });
                }
            }
        }
    }
    if talks.is_empty() && flaws.is_empty() {
        Err(GoldError::Empty)
    } else {
        Ok((talks, flaws))
    }
}

fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, GoldError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = fs::read_dir(path).map_err(|source| unreadable(path, source))?;
        let mut inside: Vec<_> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| {
                path.extension()
                    .is_some_and(|extension| extension == "jsonl")
            })
            .collect();
        inside.sort();
        files.append(&mut inside);
    }
    Ok(files)
}

fn unreadable(path: &Path, source: io::Error) -> GoldError {
    GoldError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

fn talk(line: &str, file: &str, number: usize) -> Result<Talk, String> {
    // Which of the two forms it is, is seen first, so that an error speaks of that form.
    let value: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let turns = if value.get("turns").is_some() {
        let dialogue: TypedDialogue = serde_json::from_value(value).map_err(|e| e.to_string())?;
        dialogue_turns(dialogue)
    } else {
        let mut turn: TypedTurn = serde_json::from_value(value).map_err(|e| e.to_string())?;
        let id = turn.id.take().ok_or("thiếu “id”")?;
        vec![turn.turn(id)]
    };
    if !turns.iter().any(|turn| turn.expect.is_asked_for()) {
        return Err("không nói câu trả lời phải ra sao".to_owned());
    }
    Ok(Talk {
        file: file.to_owned(),
        line: number,
        turns,
    })
}

fn dialogue_turns(dialogue: TypedDialogue) -> Vec<Turn> {
    let mut turns = Vec::new();
    for (i, mut turn) in dialogue.turns.into_iter().enumerate() {
        let id = turn
            .id
            .take()
            .unwrap_or_else(|| format!("{}.{}", dialogue.id, i + 1));
        turns.push(turn.turn(id));
    }
    turns
}

/// What is wrong with the questions themselves: an id used twice, a place or a unit that the
/// corpus does not have.
pub fn flaws(talks: &[Talk], corpus: &Corpus) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut ids = HashSet::new();
    for talk in talks {
        let mut flaw = |what: String| {
            flaws.push(Flaw {
                file: format!("{}.jsonl", talk.file),
                line: talk.line,
                what,
            });
        };
        for turn in &talk.turns {
            if !ids.insert(turn.id.as_str()) {
                flaw(format!("mã “{}” đã dùng cho câu khác", turn.id));
            }
            for place in turn
                .expect
                .places()
                .filter(|place| !is_place(corpus, place))
            {
                flaw(format!("“{}”: văn bản không có chỗ {place}", turn.id));
            }
            let units = turn.expect.units.iter().flatten();
            for unit in units.chain(&turn.expect.least) {
                if corpus.units.get(unit).is_none() {
                    flaw(format!("“{}”: không có đơn vị {unit}", turn.id));
                }
            }
        }
    }
    flaws
}

fn is_place(corpus: &Corpus, place: &PassageId) -> bool {
    if place.path().is_empty() {
        return corpus.document(place.document()).is_some();
    }
    corpus.passage_by_id(place).is_some()
        || corpus.section_by_id(place).is_some()
        // `#mo-dau` names all its paragraphs, which have numbers when there are several.
        || corpus.passages().any(|passage| place.covers(&passage.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_with_single_values_and_lists() {
        let line = r#"{"id":"a","q":"Ai?","kind":["answer","abstain"],"intent":"who","gold":["d#I.1"],"must":"x|y"}"#;
        let talk = talk(line, "who", 3).unwrap();
        let turn = &talk.turns[0];
        assert_eq!(turn.id, "a");
        assert_eq!(turn.expect.kinds, [Kind::Answer, Kind::Abstain]);
        assert_eq!(turn.expect.intents, [Intent::Who]);
        assert_eq!(turn.expect.gold, [PassageId::new("d#I.1")]);
        assert_eq!(turn.expect.must, ["x|y"]);
        assert_eq!(turn.expect.label(), "who");
    }

    #[test]
    fn turns_of_a_dialogue_get_ids() {
        let line = r#"{"id":"d","turns":[{"q":"Một?"},{"q":"Hai?","kind":"answer"}]}"#;
        let talk = talk(line, "dialogues", 1).unwrap();
        assert_eq!(talk.turns[1].id, "d.2");
        assert!(!talk.turns[0].expect.is_asked_for());
    }

    #[track_caller]
    fn refused(line: &str, part: &str) {
        let what = talk(line, "f", 1).unwrap_err();
        assert!(what.contains(part), "{what}");
    }

    #[test]
    fn a_misspelt_field_is_refused() {
        refused(r#"{"id":"a","q":"Ai?","kinds":"answer"}"#, "kinds");
        refused(r#"{"q":"Ai?","kind":"answer"}"#, "id");
        refused(r#"{"id":"a","q":"Ai?"}"#, "phải ra sao");
        refused(r#"{"id":"a","turns":[{"q":"Ai?","knd":"x"}]}"#, "knd");
        refused("{", "EOF");
    }
}
