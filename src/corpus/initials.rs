//! Short forms of units' names that nobody has to list: the word that begins the names of several units and the
//! initials of the rest, “sở GD”, “ban TG”, “hội PN”.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::{fold, is_folded_syllable, tokenize};

/// A word begins the names of so many units before it says what kind of body they are.
const SEVERAL: usize = 2;
/// One initial could be any letter.
const SHORTEST: usize = 2;

/// A short form.
pub(super) struct Short {
    /// As people type it.
    pub short: String,
    /// The name it is short for.
    pub name: String,
    /// The place of the only unit with such a name.
    pub unit: usize,
}

/// The short forms that name one unit alone. Takes the units in their order, of each its official name first and
/// all its names after.
pub(super) fn of(units: &[(&str, Vec<&str>)]) -> Vec<Short> {
    let kinds = kinds(units.iter().map(|(name, _)| *name));
    let mut owners: BTreeMap<String, BTreeMap<usize, &str>> = BTreeMap::new();
    for (place, (_, names)) in units.iter().enumerate() {
        for name in names {
            if let Some(short) = shorten(name, &kinds) {
                owners
                    .entry(short)
                    .or_default()
                    .entry(place)
                    .or_insert(name);
            }
        }
    }
    let alone = |(short, owners): (String, BTreeMap<usize, &str>)| {
        let (unit, name) = owners.first_key_value()?;
        (owners.len() == 1).then(|| Short {
            short,
            name: (*name).to_owned(),
            unit: *unit,
        })
    };
    owners.into_iter().filter_map(alone).collect()
}

/// The words that begin several official names and are followed by a capital, as official spelling has it
/// where they say the kind: “Hội Nông dân”, but “Hội đồng nhân dân”.
fn kinds<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        let words = tokenize(name);
        if let [kind, next, ..] = words.as_slice()
            && name[next.span.clone()].starts_with(char::is_uppercase)
        {
            *counts.entry(kind.word.clone()).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count >= SEVERAL);
    counts.into_keys().collect()
}

/// A name of such a kind in short; not one whose initials could be read as a syllable.
fn shorten(name: &str, kinds: &BTreeSet<String>) -> Option<String> {
    let words = tokenize(name);
    let (kind, rest) = words.split_first()?;
    // Of “Sở GD&ĐT” nothing can be left out.
    let written_out = rest.iter().all(|word| is_folded_syllable(&word.fold));
    if !kinds.contains(&kind.word) || rest.len() < SHORTEST || !written_out {
        return None;
    }
    let initials: String = rest
        .iter()
        .filter_map(|word| word.word.chars().next())
        .collect();
    (!is_folded_syllable(&fold(&initials))).then(|| format!("{} {initials}", kind.word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(units: &[&[&str]], expect: &[(&str, usize)]) {
        let units: Vec<(&str, Vec<&str>)> = units
            .iter()
            .map(|names| (names[0], names.to_vec()))
            .collect();
        let found = of(&units);
        let found: Vec<(&str, usize)> = found
            .iter()
            .map(|found| (found.short.as_str(), found.unit))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn kind_and_initials() {
        check(
            &[
                &[
                    "Sở Giáo dục và Đào tạo",
                    "Sở Giáo dục",
                    "Sở GDĐT",
                    "ngành giáo dục",
                ],
                &["Sở Lao động"],
            ],
            &[("sở gd", 0), ("sở gdvđt", 0), ("sở lđ", 1)],
        );
    }

    #[test]
    fn no_kind_and_no_name_of_two() {
        check(&[&["Hội đồng nhân dân"], &["Hội Nông dân"]], &[]);
        check(
            &[&["Ban Tổ chức"], &["Ban Tài chính"], &["Ban Dân vận"]],
            &[("ban dv", 2)],
        );
    }

    #[test]
    fn initials_that_are_a_syllable_are_no_short_form() {
        check(&[&["Hội Bảo an"], &["Hội Nông dân"]], &[("hội nd", 1)]);
    }
}
