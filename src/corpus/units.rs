//! Units: who can be given a task, under which names, and how the texts speak of them
//! (`don-vi.toml`).

use std::collections::{HashMap, HashSet};

use super::initials;
use super::problem::Reporter;
use super::slug::{is_slug, slug};
use super::table::{self, Entry, Text, values};
use crate::text::phrase::PhraseTable;
use crate::text::{Token, tokenize};

/// An organisation or group of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The stable id.
    pub id: String,
    /// The name as the documents write it.
    pub name: String,
    /// Where it stands in the state.
    pub level: Level,
    /// Whether the documents name it.
    pub kind: UnitKind,
    /// Ids of the groups it belongs to.
    pub member_of: Vec<String>,
    /// Other names, abbreviations among them.
    pub aliases: Vec<String>,
    /// Names of offices and bodies that the documents speak to through this unit alone, by the usual
    /// classification: a school among schools, its head for it.
    pub includes: Vec<String>,
    /// Kinds of places that this unit answers for where the place itself is said to do something: "xã".
    pub localities: Vec<String>,
    /// Ids of the units through which the documents speak to it.
    pub see: Vec<String>,
    /// What became of it after the documents were issued, with the date.
    pub since: Option<String>,
    /// It was proposed by the import, and nobody has looked at it yet.
    pub review: bool,
    /// Where it begins in the table's file.
    pub(super) at: usize,
}

/// Where a unit stands in the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Trung ương.
    Central,
    /// Tỉnh.
    Province,
    /// Huyện.
    District,
    /// Xã.
    Commune,
    /// No level of its own.
    Any,
}

/// Whether the documents name a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// They do.
    Named,
    /// They don't, but it belongs to a group they name.
    Member,
}

/// All units.
#[derive(Clone, Debug, Default)]
pub struct Units {
    list: Vec<Unit>,
    index: HashMap<String, usize>,
    /// Names, aliases and what is included, each with the unit's place in the list.
    pub phrases: PhraseTable<usize>,
    /// Kinds of places, each with the place in the list of the unit that answers for them.
    pub localities: PhraseTable<usize>,
    /// Names of bodies and offices that no unit stands for and people ask about: the documents do not
    /// speak to them.
    pub bodies: PhraseTable<()>,
    /// The words of what is included.
    included: HashSet<String>,
}

impl Units {
    /// The unit with that id and its place in the list.
    pub fn get(&self, id: &str) -> Option<(usize, &Unit)> {
        let at = *self.index.get(id)?;
        Some((at, &self.list[at]))
    }

    /// The place of the unit with that id.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// The unit at that place.
    ///
    /// # Panics
    /// When there is no such place; places come from [`Units::get`] and [`Units::phrases`].
    pub fn at(&self, place: usize) -> &Unit {
        &self.list[place]
    }

    /// Whether a phrase of [`Units::phrases`] names something included in its unit, and not the unit.
    pub fn is_included(&self, phrase: &[Token]) -> bool {
        self.included.contains(&key(phrase))
    }

    /// All units, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &Unit> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True when there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

fn key(phrase: &[Token]) -> String {
    let words: Vec<&str> = phrase.iter().map(|token| token.word.as_str()).collect();
    words.join(" ")
}

/// A unit with the places of what can be wrong in it.
struct Draft {
    unit: Unit,
    id_at: usize,
    names: Vec<Text>,
    references: Vec<Text>,
}

impl Draft {
    /// Its official name, and all of them.
    fn names(&self) -> (&str, Vec<&str>) {
        let all = self.names.iter().map(|name| name.value.as_str());
        (&self.unit.name, all.collect())
    }
}

/// Reads the table. Entries with faults are left out.
pub(super) fn read(text: &str, reporter: &mut Reporter) -> Units {
    let root = table::parse(text, 0, reporter);
    table::only(&root, &["unit", "bodies"], reporter);
    let entries = table::entries(&root, "unit", reporter);
    let mut drafts = Vec::new();
    let mut units = Units::default();
    for entry in entries {
        let Some(draft) = read_unit(entry, reporter) else {
            continue;
        };
        if units.index.contains_key(&draft.unit.id) {
            reporter.report(draft.id_at, format!("trùng mã đơn vị “{}”", draft.unit.id));
            continue;
        }
        units.index.insert(draft.unit.id.clone(), drafts.len());
        drafts.push(draft);
    }
    for mut entry in table::entries(&root, "bodies", reporter) {
        for name in entry.texts("names", reporter) {
            units.bodies.insert(&name.value, ());
        }
        entry.finish(reporter);
    }
    report_shared_names(&drafts, reporter);
    let names: Vec<(&str, Vec<&str>)> = drafts.iter().map(Draft::names).collect();
    let initials = initials::of(&names);
    for (place, draft) in drafts.into_iter().enumerate() {
        for name in &draft.names {
            units.phrases.insert(&name.value, place);
        }
        for kind in &draft.unit.localities {
            units.localities.insert(kind, place);
        }
        let included = draft.unit.includes.iter().map(|name| key(&tokenize(name)));
        units.included.extend(included);
        units
            .list
            .push(without_dead_references(draft, &units.index, reporter));
    }
    // Last: of the same words, those that the table has come first.
    for initials::Short { short, name, unit } in initials {
        units.phrases.insert(&short, unit);
        if units.included.contains(&key(&tokenize(&name))) {
            units.included.insert(key(&tokenize(&short)));
        }
    }
    units
}

fn read_unit(mut entry: Entry<'_, '_>, reporter: &mut Reporter) -> Option<Draft> {
    let at = entry.at;
    let id = entry.required("id", reporter);
    if !id.value.trim().is_empty() && !is_slug(&id.value) {
        let what = format!("mã “{}” chỉ được gồm chữ, số và gạch nối", id.value);
        entry.reject_with(id.at, what, format!("ví dụ: {}", slug(&id.value)), reporter);
    }
    let name = entry.required("name", reporter);
    let level = choice(&mut entry, "level", &LEVELS, reporter).unwrap_or(Level::Any);
    let kind = choice(&mut entry, "kind", &KINDS, reporter).unwrap_or(UnitKind::Named);
    let member_of = entry.texts("member_of", reporter);
    let aliases = entry.texts("aliases", reporter);
    let includes = entry.texts("includes", reporter);
    let localities = entry.texts("localities", reporter);
    let see = entry.texts("see", reporter);
    let since = entry.text("since", reporter);
    let review = entry.mark("review", reporter);
    if kind == UnitKind::Member && member_of.is_empty() {
        entry.reject(
            entry.at,
            "đơn vị loại “member” phải ghi thuộc nhóm nào (member_of)",
            reporter,
        );
    }
    let unit = Unit {
        id: id.value,
        name: name.value.clone(),
        level,
        kind,
        member_of: values(&member_of),
        aliases: values(&aliases),
        includes: values(&includes),
        localities: values(&localities),
        see: values(&see),
        since: since.map(|text| text.value),
        review,
        at,
    };
    let names = std::iter::once(name)
        .chain(aliases)
        .chain(includes)
        .collect();
    let references = member_of.into_iter().chain(see).collect();
    entry.finish(reporter).then_some(Draft {
        unit,
        id_at: id.at,
        names,
        references,
    })
}

const LEVELS: [(&str, Level); 5] = [
    ("trung-uong", Level::Central),
    ("tinh", Level::Province),
    ("huyen", Level::District),
    ("xa", Level::Commune),
    ("chung", Level::Any),
];

const KINDS: [(&str, UnitKind); 2] = [("named", UnitKind::Named), ("member", UnitKind::Member)];

/// A required field that holds one of a few words.
pub(super) fn choice<T: Copy>(
    entry: &mut Entry<'_, '_>,
    name: &'static str,
    choices: &[(&str, T)],
    reporter: &mut Reporter,
) -> Option<T> {
    let text = entry.required(name, reporter);
    if text.value.trim().is_empty() {
        return None;
    }
    let found = choices.iter().find(|(word, _)| *word == text.value);
    if found.is_none() {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let what = format!("trường “{name}” không nhận giá trị “{}”", text.value);
        entry.reject_with(text.at, what, words.join(", "), reporter);
    }
    found.map(|(_, choice)| *choice)
}

/// The field "level", where it is there.
pub(super) fn optional_level(entry: &mut Entry<'_, '_>, reporter: &mut Reporter) -> Option<Level> {
    entry
        .has("level")
        .then(|| choice(entry, "level", &LEVELS, reporter))?
}

fn without_dead_references(
    draft: Draft,
    index: &HashMap<String, usize>,
    reporter: &mut Reporter,
) -> Unit {
    for reference in draft
        .references
        .iter()
        .filter(|text| !index.contains_key(&text.value))
    {
        reporter.report(
            reference.at,
            format!("không có đơn vị nào mã “{}”", reference.value),
        );
    }
    let mut unit = draft.unit;
    unit.member_of.retain(|id| index.contains_key(id));
    unit.see.retain(|id| index.contains_key(id));
    unit
}

/// Reports names that two units share: a question that uses one could mean either. Names that
/// differ only in their diacritics are two names as long as both have some.
fn report_shared_names(drafts: &[Draft], reporter: &mut Reporter) {
    let mut owners: HashMap<String, Vec<(usize, Vec<Token>)>> = HashMap::new();
    for (owner, draft) in drafts.iter().enumerate() {
        for name in &draft.names {
            let tokens = tokenize(&name.value);
            let folds: Vec<&str> = tokens.iter().map(|token| token.fold.as_str()).collect();
            let earlier = owners.entry(folds.join(" ")).or_default();
            if let Some((other, _)) = earlier
                .iter()
                .find(|(other, seen)| *other != owner && can_be_taken_for(seen, &tokens))
            {
                let what = format!(
                    "tên “{}” trùng với đơn vị “{}”",
                    name.value, drafts[*other].unit.id
                );
                reporter.suggest(name.at, what, "mỗi tên gọi chỉ để ở một đơn vị");
            }
            earlier.push((owner, tokens));
        }
    }
}

/// For two names that fold to the same.
fn can_be_taken_for(one: &[Token], other: &[Token]) -> bool {
    let is_marked = |tokens: &[Token]| tokens.iter().any(|token| token.marked);
    let same = one
        .iter()
        .map(|token| &token.word)
        .eq(other.iter().map(|token| &token.word));
    same || !is_marked(one) || !is_marked(other)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{lines, with_body};
    use super::*;

    #[track_caller]
    fn check(table: &str, ids: &[&str], problems: &[&str]) -> Units {
        let (corpus, found) = with_body("", &[("don-vi.toml", table)]);
        let found: Vec<String> = lines(&found)
            .iter()
            .map(|line| line.replace("don-vi.toml:", ""))
            .collect();
        assert_eq!(found, problems);
        let found: Vec<&str> = corpus.units.iter().map(|unit| unit.id.as_str()).collect();
        assert_eq!(found, ids);
        corpus.units
    }

    /// A unit with this id, name and aliases.
    fn unit(id: &str, name: &str, aliases: &str) -> String {
        format!(
            "[[unit]]\nid='{id}'\nname='{name}'\nlevel='xa'\nkind='named'\naliases=[{aliases}]\n"
        )
    }

    #[test]
    fn reads_units() {
        let table = "[[unit]]\nid='so'\nname='Các sở'\nlevel='tinh'\nkind='named'\n\
                     [[unit]]\nid='so-y-te'\nname='Sở Y tế'\nlevel='tinh'\nkind='member'\n\
                     member_of=['so']\naliases=['ngành y tế']\nsee=['so']\nsince='Năm 2025, …'\n";
        let units = check(table, &["so", "so-y-te"], &[]);
        let (place, unit) = units.get("so-y-te").unwrap();
        assert_eq!(
            (place, unit.kind, unit.level),
            (1, UnitKind::Member, Level::Province)
        );
        assert_eq!(
            (unit.member_of.as_slice(), unit.see.as_slice()),
            (&["so".to_owned()][..], &["so".to_owned()][..])
        );
        assert_eq!(
            (units.at(0).name.as_str(), units.len(), units.is_empty()),
            ("Các sở", 2, false)
        );
        let tokens = tokenize("hỏi ngành y tế");
        let found: Vec<usize> = units
            .phrases
            .find(&tokens)
            .iter()
            .map(|m| *m.value)
            .collect();
        assert_eq!(found, [1]);
    }

    #[test]
    fn faulty_units_are_left_out() {
        check(
            "[[unit]]\nid='a b'\nname='A'\nlevel='xa'\nkind='named'\n\
             [[unit]]\nid='c'\nname='C'\nlevel='lang'\nkind='named'\n\
             [[unit]]\nid='d'\nname='D'\nlevel='xa'\nkind='member'\n\
             [[unit]]\nid='e'\nname='E'\nlevel='xa'\nkind='named'\nalias=['x']\n\
             [[unit]]\nid='f'\nname='F'\nlevel='xa'\nkind='named'\nmember_of=['c']\n\
             [[unit]]\nid='f'\nname='G'\nlevel='xa'\nkind='named'\n",
            &["f"],
            &[
                "2: mã “a b” chỉ được gồm chữ, số và gạch nối",
                "9: trường “level” không nhận giá trị “lang”",
                "11: đơn vị loại “member” phải ghi thuộc nhóm nào (member_of)",
                "21: không có trường nào tên là “alias”",
                "27: không có đơn vị nào mã “c”",
                "29: trùng mã đơn vị “f”",
            ],
        );
    }

    #[test]
    fn shared_names() {
        let pair = |one: &str, other: &str| unit("a", "Một", one) + &unit("b", "Hai", other);
        check(
            &pair("'Thành ủy'", "'thành uỷ'"),
            &["a", "b"],
            &["12: tên “thành uỷ” trùng với đơn vị “a”"],
        );
        check(
            &pair("'BTGTƯ'", "'BTGTU'"),
            &["a", "b"],
            &["12: tên “BTGTU” trùng với đơn vị “a”"],
        );
        check(&pair("'ban bảo vệ'", "'bàn bao vẻ'"), &["a", "b"], &[]);
        check(&pair("'hội', 'Hội', 'hoi'", "'một hai'"), &["a", "b"], &[]);
    }
}
