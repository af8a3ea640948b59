//! Names of units by general rules: what the table has, and what people make of it, by the head of
//! a body, by a place, by words that go before a name.

use std::collections::{HashMap, HashSet};

use hoidap::corpus::{Corpus, Level, Unit, UnitKind};
use hoidap::text::{fold, lower, tokenize};

/// A unit said in some way.
pub struct Name {
    /// Place of the unit in the table.
    pub unit: usize,
    /// What is said.
    pub words: String,
}

/// Who stands at the head of a body whose name begins so; the longest beginning counts, and a body
/// without a head of its own has none.
const HEADS: &[(&str, &[&str])] = &[
    ("ban cán sự", &["bí thư"]),
    ("đảng đoàn", &["bí thư"]),
    ("ban bí thư", &[]),
    ("ban thường vụ", &[]),
    ("ban giám hiệu", &[]),
    ("ban công tác mặt trận", &["trưởng"]),
    ("ban", &["trưởng", "phó trưởng", "đồng chí trưởng"]),
    ("sở", &["giám đốc", "phó giám đốc"]),
    ("công an", &["giám đốc"]),
    ("văn phòng", &["chánh", "phó chánh"]),
    ("hội đồng nhân dân", &["chủ tịch"]),
    ("hội", &["chủ tịch", "phó chủ tịch"]),
    ("ủy ban", &["chủ tịch", "phó chủ tịch"]),
    ("mặt trận", &["chủ tịch"]),
    ("liên đoàn", &["chủ tịch"]),
    ("tỉnh đoàn", &["bí thư"]),
    ("đoàn", &["bí thư"]),
    ("thành ủy", &["bí thư", "phó bí thư"]),
    ("huyện ủy", &["bí thư", "phó bí thư"]),
    ("đảng ủy", &["bí thư", "phó bí thư"]),
];

/// Places of the province, for bodies below it: districts and towns, communes and wards.
const DISTRICTS: [&str; 4] = ["Đức Trọng", "Di Linh", "Lâm Hà", "Đơn Dương"];
const TOWNS: [&str; 2] = ["Đà Lạt", "Bảo Lộc"];
const COMMUNES: [&str; 4] = ["Hiệp Thạnh", "Đinh Văn", "Liên Nghĩa", "Lộc An"];

/// What is said before a name.
const BEFORE: [&str; 3] = ["bên", "phía", "cơ quan"];

/// All names of all units, each once, in the order of the table. A made name that the table keeps
/// for another unit is left out: it would be that one's.
pub fn of_all_units(corpus: &Corpus) -> Vec<Name> {
    let mut owners: HashMap<String, usize> = HashMap::new();
    for (place, unit) in corpus.units.iter().enumerate() {
        for name in in_table(unit) {
            owners.entry(key(name)).or_insert(place);
        }
    }
    let mut names = Vec::new();
    for (place, unit) in corpus.units.iter().enumerate() {
        let mut seen = HashSet::new();
        let made = made(unit);
        for words in in_table(unit).map(str::to_owned).chain(made) {
            let key = key(&words);
            let is_its_own = owners.get(&key).is_none_or(|owner| *owner == place);
            if is_its_own && seen.insert(key) {
                names.push(Name { unit: place, words });
            }
        }
    }
    names
}

/// The names that the table has.
pub fn in_table(unit: &Unit) -> impl Iterator<Item = &str> {
    std::iter::once(&unit.name)
        .chain(&unit.aliases)
        .chain(&unit.includes)
        .map(String::as_str)
}

/// Names made from those of the table.
fn made(unit: &Unit) -> Vec<String> {
    let own = || std::iter::once(&unit.name).chain(&unit.aliases);
    let several = unit.name.starts_with("Các ");
    let mut made: Vec<String> = Vec::new();
    if !several {
        made.extend(own().flat_map(|name| heads(name)));
    }
    made.extend(
        own()
            .chain(&unit.includes)
            .flat_map(|name| at_places(unit.level, name)),
    );
    if is_one_body(&unit.name) {
        made.extend(BEFORE.map(|before| format!("{before} {}", unit.name)));
    } else if unit.level == Level::Any && !several {
        made.push(format!("các {}", begin_small(&unit.name)));
    }
    made
}

/// The head of the body, where the name is that of one.
fn heads(name: &str) -> Vec<String> {
    let small = lower(name);
    let heads = HEADS
        .iter()
        .filter(|(first, _)| begins_with(&small, first))
        .max_by_key(|(first, _)| first.len())
        .map_or(&[][..], |(_, heads)| heads);
    let head = |head: &&str| format!("{head} {}", begin_small(name));
    heads.iter().map(head).collect()
}

/// The body of a place, where its name ends in the kind of place.
fn at_places(level: Level, name: &str) -> Vec<String> {
    let ends = |last: &str| {
        tokenize(name)
            .last()
            .is_some_and(|token| token.word == last)
    };
    let places: &[&str] = match level {
        Level::Province if ends("tỉnh") => &["Lâm Đồng"],
        Level::Province if begins_with(&lower(name), "sở") => {
            &["tỉnh", "Lâm Đồng", "tỉnh Lâm Đồng"]
        }
        Level::District if is_one_body(name) && !names_a_place(name) => match () {
            () if begins_with(&lower(name), "thành ủy") || ends("phố") => &TOWNS,
            () if begins_with(&lower(name), "huyện ủy") || ends("huyện") => &DISTRICTS,
            () => &[],
        },
        Level::Commune if ends("xã") || ends("phường") || ends("trấn") => &COMMUNES,
        _ => &[],
    };
    places
        .iter()
        .map(|place| format!("{name} {place}"))
        .collect()
}

fn names_a_place(name: &str) -> bool {
    TOWNS
        .iter()
        .chain(&DISTRICTS)
        .any(|place| name.ends_with(place))
}

/// A body, and not several or anybody: "Các sở, ban, ngành", "Gia đình".
fn is_one_body(name: &str) -> bool {
    HEADS
        .iter()
        .any(|(first, _)| begins_with(&lower(name), first))
}

fn begins_with(name: &str, first: &str) -> bool {
    name.strip_prefix(first)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// "ban Tuyên giáo" of "Ban Tuyên giáo"; an abbreviation stays.
pub fn begin_small(name: &str) -> String {
    let mut letters = name.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_owned(),
    }
}

/// Without marks, as many type.
pub fn without_marks(text: &str) -> String {
    fold(text)
}

fn key(name: &str) -> String {
    let words: Vec<String> = tokenize(name).into_iter().map(|token| token.word).collect();
    words.join(" ")
}

/// Bodies that are none of these units: those of other places, and those that the lexicon knows as
/// bodies that no text speaks of.
pub fn of_others(corpus: &Corpus) -> Vec<String> {
    let mut others = Vec::new();
    let elsewhere = corpus
        .lexicon
        .concepts
        .iter()
        .filter(|concept| concept.elsewhere);
    let places: Vec<&String> = elsewhere.flat_map(|concept| &concept.everyday).collect();
    let bodies = corpus.units.iter().filter(|unit| {
        matches!(
            unit.level,
            Level::Province | Level::District | Level::Commune
        ) && is_one_body(&unit.name)
    });
    for (at, unit) in bodies.enumerate() {
        // Some places for each body; together they go through all.
        const EACH: usize = 4;
        let of = |turn: usize| places[(at * EACH + turn) % places.len()];
        others.extend((0..EACH).map(|turn| format!("{} {}", unit.name, capitals(of(turn)))));
    }
    others.extend(of_the_centre(corpus));
    let unheard = corpus
        .lexicon
        .concepts
        .iter()
        .filter(|concept| concept.official.is_empty());
    let names = unheard.flat_map(|concept| &concept.everyday);
    others.extend(names.filter(|name| is_a_body(name)).cloned());
    others
}

/// The bodies of the centre that are like those of the province, but for the ones in the table.
fn of_the_centre(corpus: &Corpus) -> Vec<String> {
    let known: HashSet<String> = corpus.units.iter().flat_map(in_table).map(key).collect();
    let of_province = corpus.units.iter().filter(|unit| {
        unit.level == Level::Province && unit.kind == UnitKind::Member && is_one_body(&unit.name)
    });
    of_province
        .flat_map(|unit| unit.aliases.iter())
        .filter(|name| {
            is_one_body(name) && !lower(name).ends_with("tỉnh") && !lower(name).ends_with("ủy")
        })
        .map(|name| format!("{name} Trung ương"))
        .filter(|name| !known.contains(&key(name)))
        .collect()
}

/// Whether the lexicon's word for something no text has is the name of a body.
fn is_a_body(name: &str) -> bool {
    const KINDS: [&str; 9] = [
        "bộ",
        "cục",
        "viện",
        "tòa án",
        "kho bạc",
        "ngân hàng",
        "đoàn đại biểu",
        "ủy ban",
        "hội đồng",
    ];
    // A ministry has a field: "bộ đội" is none.
    let ministry = !begins_with(name, "bộ") || tokenize(name).len() >= 3;
    ministry && KINDS.iter().any(|kind| begins_with(name, kind))
}

fn capitals(place: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    };
    place.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
