//! Proposed units and tasks as entries of `don-vi.toml` and `phan-cong.toml`.

use std::collections::HashSet;
use std::fmt::Write;

use super::{Named, Task, names};
use crate::corpus::{Corpus, Units};
use crate::import::write::quoted;
use crate::text::{fold, lower, tokenize};

/// A proposed unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: String,
    /// Its name, as the document has it.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
}

/// All that is proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    /// Units that the table does not have.
    pub units: Vec<Unit>,
    /// Tasks, each with the ids of its units.
    pub tasks: Vec<(Vec<String>, Task)>,
}

impl Entries {
    /// Gives every task the ids of its units: those that the corpus has, and new ones.
    pub(super) fn new(corpus: &Corpus, tasks: Vec<Task>) -> Self {
        let mut known = Known::new(&corpus.units);
        let mut entries = Self::default();
        for task in tasks {
            let mut ids: Vec<String> = Vec::new();
            for name in &task.units {
                let id = known.id(&corpus.units, name, &mut entries.units);
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
            entries.tasks.push((ids, task));
        }
        entries
    }

    /// Leaves out tasks, by their place in the list, and the units that no other task has.
    pub fn without(&mut self, places: &HashSet<usize>) {
        let mut at = 0;
        self.tasks.retain(|_| {
            at += 1;
            !places.contains(&(at - 1))
        });
        let used: HashSet<&String> = self.tasks.iter().flat_map(|(ids, _)| ids).collect();
        let unused: HashSet<String> = self
            .units
            .iter()
            .filter(|unit| !used.contains(&unit.id))
            .map(|unit| unit.id.clone())
            .collect();
        self.units.retain(|unit| !unused.contains(&unit.id));
    }

    /// The units as text for the end of `don-vi.toml`.
    pub fn units_toml(&self) -> String {
        let mut text = String::new();
        for unit in &self.units {
            text.push_str("\n[[unit]]\n");
            let _ = writeln!(text, "id = {}", quoted(&unit.id));
            let _ = writeln!(text, "name = {}", quoted(&unit.name));
            let _ = writeln!(text, "level = {}", quoted(names::level(&unit.name)));
            text.push_str("kind = \"named\"\n");
            if !unit.aliases.is_empty() {
                let _ = writeln!(text, "aliases = [{}]", list(&unit.aliases));
            }
            text.push_str("review = true\n");
        }
        text
    }

    /// The tasks as text for the end of `phan-cong.toml`, each entry a piece of its own.
    pub fn tasks_toml(&self) -> Vec<String> {
        self.tasks
            .iter()
            .map(|(ids, task)| task_toml(ids, task))
            .collect()
    }
}

fn task_toml(ids: &[String], task: &Task) -> String {
    let mut text = String::from("\n[[assignment]]\n");
    let _ = writeln!(text, "unit = [{}]", list(ids));
    let _ = writeln!(text, "role = {}", quoted(task.role));
    let _ = writeln!(text, "passage = {}", quoted(&task.passage));
    let _ = writeln!(text, "task = {}", quoted(&task.task));
    if let Some(when) = &task.when {
        let _ = writeln!(text, "when = {}", quoted(when));
    }
    if let Some(to) = &task.report_to {
        let _ = writeln!(text, "report_to = {}", quoted(to));
    }
    match task.named {
        Named::Here => {}
        Named::Heading => text.push_str("via = \"heading\"\n"),
        Named::Above => text.push_str("via = \"above\"\n"),
    }
    if task.general {
        text.push_str("scope = \"document\"\n");
    }
    text.push_str("review = true\n");
    text
}

fn list(items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
    items.join(", ")
}

/// Names that are taken: a name belongs to one unit, with or without its marks.
struct Known {
    ids: HashSet<String>,
    names: HashSet<String>,
}

impl Known {
    fn new(units: &Units) -> Self {
        let names = units.iter().flat_map(|unit| {
            std::iter::once(&unit.name)
                .chain(&unit.aliases)
                .chain(&unit.includes)
        });
        Self {
            ids: units.iter().map(|unit| unit.id.clone()).collect(),
            names: names.map(|name| key(name)).collect(),
        }
    }

    /// The id of the unit of that name; a new one is added to the list.
    fn id(&mut self, units: &Units, name: &str, new: &mut Vec<Unit>) -> String {
        let name = upper_first(name);
        if let Some(id) = id_in(units, &name) {
            return id;
        }
        let same = |unit: &&Unit| {
            let folded = lower(&name);
            lower(&unit.name) == folded || unit.aliases.iter().any(|alias| lower(alias) == folded)
        };
        if let Some(unit) = new.iter().find(same) {
            return unit.id.clone();
        }
        let id = self.free_id(&name);
        let mut aliases = names::aliases(&name);
        self.names.insert(key(&name));
        aliases.retain(|alias| self.names.insert(key(alias)));
        new.push(Unit {
            id: id.clone(),
            name,
            aliases,
        });
        id
    }

    fn free_id(&mut self, name: &str) -> String {
        let id = super::super::slug(name);
        let mut free = id.clone();
        let mut times = 1;
        while !self.ids.insert(free.clone()) {
            times += 1;
            free = format!("{id}-{times}");
        }
        free
    }
}

/// The unit that goes by exactly this name.
fn id_in(units: &Units, name: &str) -> Option<String> {
    let tokens = tokenize(name);
    let whole = units
        .phrases
        .find(&tokens)
        .into_iter()
        .find(|found| found.tokens.len() == tokens.len() && found.exact == tokens.len())?;
    Some(units.at(*whole.value).id.clone())
}

fn key(name: &str) -> String {
    let folds: Vec<String> = tokenize(name).into_iter().map(|token| token.fold).collect();
    match folds.is_empty() {
        true => fold(&lower(name)),
        false => folds.join(" "),
    }
}

fn upper_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
