//! From a unit to its tasks: what the tables give it, and whether an answer says all of that and
//! nothing of others.

use hoidap::answer::{Answer, Block, Intent, Kind};
use hoidap::corpus::{Assignment, Corpus, Level, Role};

use crate::figures::Judged;
use crate::names::Name;

/// Ways to ask for the tasks of a unit.
pub const FRAMES: [&str; 8] = [
    "{} làm gì?",
    "{} có nhiệm vụ gì?",
    "Nhiệm vụ của {} là gì",
    "{} phải làm những việc gì?",
    "{} được giao việc gì?",
    "Trách nhiệm của {}?",
    "Văn bản giao cho {} những gì",
    "{} lo phần nào vậy?",
];

/// How a unit comes to a task.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Through {
    /// The text names it.
    Itself,
    /// The text speaks to it through this unit.
    Speaks(usize),
    /// It belongs to this group.
    Group(usize),
}

impl Through {
    fn unit(self, own: usize) -> usize {
        match self {
            Through::Itself => own,
            Through::Speaks(unit) | Through::Group(unit) => unit,
        }
    }
}

/// The tasks of a unit, each with the first way by which it comes to it.
pub struct Given<'a> {
    unit: usize,
    tasks: Vec<(&'a Assignment, Through)>,
}

impl<'a> Given<'a> {
    /// What the tables give a unit: its own tasks, those of the unit through which the text speaks
    /// to it, those of its groups; of the latter two, none that is for another level alone.
    pub fn new(corpus: &'a Corpus, unit: usize) -> Self {
        let mut tasks: Vec<(&Assignment, Through)> = Vec::new();
        for way in ways(corpus, unit) {
            let level = corpus.units.at(unit).level;
            for task in &corpus.assignments {
                let theirs = task.units.contains(&way.unit(unit));
                let concerns =
                    way == Through::Itself || task.level.is_none_or(|only: Level| only == level);
                if theirs && concerns && !tasks.iter().any(|(seen, _)| *seen == task) {
                    tasks.push((task, way));
                }
            }
        }
        Self { unit, tasks }
    }
}

fn ways(corpus: &Corpus, unit: usize) -> Vec<Through> {
    let places = |ids: &[String]| -> Vec<usize> {
        ids.iter()
            .filter_map(|id| corpus.units.index_of(id))
            .collect()
    };
    let entry = corpus.units.at(unit);
    let speaks = places(&entry.see);
    let mut groups = places(&entry.member_of);
    for other in &speaks {
        groups.extend(places(&corpus.units.at(*other).member_of));
    }
    std::iter::once(Through::Itself)
        .chain(speaks.into_iter().map(Through::Speaks))
        .chain(groups.into_iter().map(Through::Group))
        .collect()
}

/// One answer on the tasks of a unit against the tables.
pub fn judge(corpus: &Corpus, given: &Given, name: &Name, answer: &Answer) -> Judged {
    let mut judged = Judged {
        wanted: given.tasks.len(),
        ..Judged::default()
    };
    if given.tasks.is_empty() {
        judged.faults.extend(claims_a_duty(answer));
        return judged;
    }
    if let Some(fault) = other_than(answer, Intent::Duties) {
        judged.faults.push(fault);
        return judged;
    }
    let id = &corpus.units.at(given.unit).id;
    if answer.units != [id.as_str()] {
        judged
            .faults
            .push(format!("units {:?} and not {id}", answer.units));
    }
    let missing = missing(corpus, given, answer);
    judged.found = judged.wanted - missing.len();
    judged.faults.extend(missing);
    let (told, foreign) = told(corpus, given, answer);
    judged.told = told;
    judged.true_told = told - foreign.len();
    judged.faults.extend(foreign);
    judged.faults.extend(untold_charges(corpus, given, answer));
    judged
        .faults
        .extend(untold_ways(corpus, given, name, answer));
    judged
}

/// Tasks whose words no quotation has.
fn missing(corpus: &Corpus, given: &Given, answer: &Answer) -> Vec<String> {
    let tasks = given.tasks.iter().map(|(task, _)| *task);
    tasks
        .filter(|task| {
            !answer.citations.iter().any(|citation| {
                citation.passage == corpus.passage(task.passage).id
                    && citation.quote.contains(words(corpus, task))
            })
        })
        .map(|task| format!("not told: {}", brief(corpus, task)))
        .collect()
}

/// How many tasks the quotations tell, and which of them are not the unit's. A quotation of a
/// passage that gives it nothing counts as one.
fn told(corpus: &Corpus, given: &Given, answer: &Answer) -> (usize, Vec<String>) {
    let mut told = 0;
    let mut foreign = Vec::new();
    for citation in &answer.citations {
        let inside: Vec<&Assignment> = corpus
            .assignments
            .iter()
            .filter(|task| corpus.passage(task.passage).id == citation.passage)
            .filter(|task| citation.quote.contains(words(corpus, task)))
            .collect();
        told += inside.len().max(1);
        if inside.is_empty() {
            foreign.push(format!("quoted without a task: {}", citation.passage));
        }
        // A task inside another, or around one, cannot be quoted apart.
        let apart = |task: &&Assignment| {
            given.tasks.iter().all(|(own, _)| {
                own.passage != task.passage
                    || own.task.end <= task.task.start
                    || task.task.end <= own.task.start
            })
        };
        let others = inside.into_iter().filter(apart);
        foreign.extend(others.map(|task| format!("of another: {}", brief(corpus, task))));
    }
    (told, foreign)
}

/// Roles, times and addresses of reports that the table has and the answer does not tell.
fn untold_charges(corpus: &Corpus, given: &Given, answer: &Answer) -> Vec<String> {
    let tasks = given.tasks.iter();
    tasks
        .filter_map(|(task, _)| untold_charge(corpus, task, answer))
        .collect()
}

/// What the table has of one task beside its units and words, where a sentence of the answer does not
/// tell it.
pub fn untold_charge(corpus: &Corpus, task: &Assignment, answer: &Answer) -> Option<String> {
    let mut charge = match task.role {
        Role::Lead => "chủ trì",
        Role::Direct => "chỉ đạo",
        Role::Perform => "thực hiện",
        Role::Support => "phối hợp",
        Role::Oversee => "theo dõi, đôn đốc, kiểm tra, giám sát",
        Role::Advise => "tham mưu",
    }
    .to_owned();
    let document = corpus.document_of(task.passage);
    if let Some(when) = &task.when {
        charge.push_str(&format!(" (“{}”", corpus.cut(document, when.clone())));
    }
    let to = task
        .report_to
        .as_ref()
        .map(|to| match corpus.units.get(to) {
            Some((_, unit)) => unit.name.as_str(),
            None => to,
        });
    let tells = |block: &Block| match block {
        Block::Frame(sentence) => {
            sentence.contains(&charge) && to.is_none_or(|to| sentence.contains(to))
        }
        _ => false,
    };
    (!answer.blocks.iter().any(tells)).then(|| format!("does not tell “{charge}”"))
}

/// Groups, and units spoken through, that the answer does not name as such.
fn untold_ways(corpus: &Corpus, given: &Given, name: &Name, answer: &Answer) -> Vec<String> {
    const USUAL: &str = "theo phân loại thông thường, không phải lời văn bản";
    let text = answer.text.to_lowercase();
    let includes = &corpus.units.at(given.unit).includes;
    let mut ways: Vec<Through> = Vec::new();
    for (_, way) in &given.tasks {
        if !ways.contains(way) {
            ways.push(*way);
        }
    }
    let mut untold = Vec::new();
    for way in ways {
        let through = &corpus.units.at(way.unit(given.unit)).name;
        let said = text.contains(&through.to_lowercase());
        let by_group = matches!(way, Through::Group(_))
            || (way == Through::Itself && includes.contains(&name.words));
        if !said || (by_group && !text.contains(USUAL)) {
            untold.push(format!("does not say that it goes through {through}"));
        }
    }
    untold
}

/// For a unit that is given nothing: no sentence of the answer may say that it is.
pub fn claims_a_duty(answer: &Answer) -> Option<String> {
    let claims = |block: &Block| match block {
        Block::Frame(sentence) | Block::Note(sentence) => {
            let denies = sentence.starts_with("Không có đoạn nào");
            !denies && (sentence.contains("giao cho") || sentence.contains("được giao:"))
        }
        Block::Quote(_) => false,
    };
    (answer.kind == Kind::Answer && answer.blocks.iter().any(claims))
        .then(|| format!("claims a duty: {}", first_line(answer)))
}

/// The words of a task.
pub fn words<'a>(corpus: &'a Corpus, task: &Assignment) -> &'a str {
    corpus.cut(corpus.document_of(task.passage), task.task.clone())
}

/// A task as a line shows it.
pub fn brief(corpus: &Corpus, task: &Assignment) -> String {
    let start: String = words(corpus, task).chars().take(50).collect();
    format!("{} “{start}”", corpus.passage(task.passage).id)
}

/// What is wrong with an answer that is none, or none to that intent.
pub fn other_than(answer: &Answer, intent: Intent) -> Option<String> {
    let as_asked = (answer.kind, answer.intent) == (Kind::Answer, intent);
    let told = || {
        format!(
            "{:?}, {:?}: {}",
            answer.kind,
            answer.intent,
            first_line(answer)
        )
    };
    (!as_asked).then(told)
}

/// The beginning of an answer as a line shows it.
pub fn first_line(answer: &Answer) -> String {
    answer
        .text
        .lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(120)
        .collect()
}
