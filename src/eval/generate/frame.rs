//! The sentences that tell who is given something, held against the table: the unit that such a
//! sentence names must be given what is quoted. The wording is written down here once more, on
//! purpose: what is measured must not measure itself. How many frames were recognised is counted,
//! so that a change of wording cannot silence the check unseen.

use crate::answer::{Answer, Block, Citation};
use crate::corpus::Corpus;
use crate::text::tokenize;

/// How a line begins that tells what a unit is to a task.
const ROLE: &str = "Vai trò: ";

/// How many sentences of an answer name a unit in a way that can be held against the table.
pub(super) fn count(answer: &Answer) -> usize {
    let named = |block: &&Block| match block {
        Block::Frame(sentence) | Block::Note(sentence) => read(sentence).is_some(),
        Block::Quote(_) => false,
    };
    answer.blocks.iter().filter(named).count()
}

/// What a sentence says of units and of what is quoted.
#[derive(Debug, PartialEq, Eq)]
enum Said<'a> {
    /// "A được giao:": all that follows is given to it.
    Given(&'a str),
    /// "Văn bản giao việc cho A thông qua B:": to B, through which A is spoken to.
    Through(&'a str, &'a str),
    /// "Đoạn sau giao cho B, không nêu riêng A (": to the group B, to which A belongs.
    Group(&'a str, &'a str),
    /// "Văn bản giao cho: A và B.": something that is quoted is given to each.
    Named(&'a str),
    /// "Đoạn này nhắc đến A:": what follows names it or gives it something.
    SpokenOf(&'a str),
}

/// The sentences of the answer that the table does not bear out.
pub(super) fn wrong(corpus: &Corpus, answer: &Answer) -> Vec<String> {
    let mut wrong = Vec::new();
    for (at, block) in answer.blocks.iter().enumerate() {
        let (Block::Frame(sentence) | Block::Note(sentence)) = block else {
            continue;
        };
        let unfounded = |said: Said| !Shown::new(corpus, answer, at).bears_out(&said);
        if read(sentence).is_some_and(unfounded) {
            wrong.push(sentence.clone());
        }
    }
    wrong
}

fn read(sentence: &str) -> Option<Said<'_>> {
    if let Some(rest) = sentence.strip_prefix("Văn bản giao việc cho ") {
        let (unit, through) = rest.strip_suffix(':')?.split_once(" thông qua ")?;
        return Some(Said::Through(unit, through));
    }
    if let Some(rest) = sentence.strip_prefix("Đoạn sau giao cho ") {
        let (group, rest) = rest.split_once(", không nêu riêng ")?;
        let (unit, _) = rest.rsplit_once(" (")?;
        return Some(Said::Group(group, unit));
    }
    if let Some(rest) = sentence.strip_prefix("Văn bản giao cho: ") {
        return Some(Said::Named(rest.strip_suffix('.')?));
    }
    if let Some(rest) = sentence.strip_prefix("Đoạn này nhắc đến ") {
        return Some(Said::SpokenOf(rest.strip_suffix(':')?));
    }
    sentence.strip_suffix(" được giao:").map(Said::Given)
}

/// What is quoted with a sentence.
struct Shown<'a> {
    corpus: &'a Corpus,
    /// Quoted right under it; all of the answer's, when what would stand there was quoted before.
    under: Vec<&'a Citation>,
    all: Vec<&'a Citation>,
    /// Ids of the units asked about.
    asked: &'a [String],
    /// Whether something is quoted right under it.
    own: bool,
}

impl<'a> Shown<'a> {
    fn new(corpus: &'a Corpus, answer: &'a Answer, at: usize) -> Self {
        let all: Vec<&Citation> = answer.citations.iter().collect();
        let mut under: Vec<&Citation> = Vec::new();
        for block in &answer.blocks[at + 1..] {
            match block {
                Block::Quote(index) => under.extend(answer.citations.get(*index)),
                // What the unit is to the task stands between its name and the quotation.
                Block::Frame(sentence) if sentence.starts_with(ROLE) => {}
                Block::Frame(_) | Block::Note(_) => break,
            }
        }
        let own = !under.is_empty();
        if !own {
            under.clone_from(&all);
        }
        Self {
            corpus,
            under,
            all,
            asked: &answer.units,
            own,
        }
    }

    fn bears_out(&self, said: &Said) -> bool {
        match said {
            Said::Given(name) => self.named(name).any(|unit| self.all_given(unit)),
            Said::Through(name, through) => self.named(through).any(|see| {
                let id = &self.corpus.units.at(see).id;
                let speaks = |unit: usize| self.corpus.units.at(unit).see.contains(id);
                self.all_given(see) && self.called(name).into_iter().any(speaks)
            }),
            Said::Group(group, name) => self.named(group).any(|group| {
                let belongs = |unit: usize| unit == group || self.belongs(unit, group);
                self.all_given(group) && self.called(name).into_iter().any(belongs)
            }),
            Said::Named(names) => self.listed(names).is_some_and(|units| {
                let given = |unit: &usize| self.all.iter().any(|c| self.gives(c, *unit));
                units.iter().all(given)
            }),
            Said::SpokenOf(names) => self.listed(names).is_some_and(|units| {
                let told = |unit: &usize| self.under.iter().any(|c| self.tells_of(c, *unit));
                units.iter().all(told)
            }),
        }
    }

    /// Units of that name; "Các sở" is "các sở" inside a sentence.
    fn named(&self, name: &str) -> impl Iterator<Item = usize> {
        let names = self.corpus.units.iter().enumerate();
        let lower = |own: &str| own.strip_prefix("Các ").map(|rest| format!("các {rest}"));
        let same = |own: &str| own == name || lower(own).as_deref() == Some(name);
        let found = names.filter(|(_, unit)| same(&unit.name));
        found.map(|(at, _)| at).collect::<Vec<_>>().into_iter()
    }

    /// Units that are called so by any name. What is included in a unit keeps the words in which it
    /// was asked for, which may be raw keys: then it is one of the units asked about.
    fn called(&self, name: &str) -> Vec<usize> {
        let units = &self.corpus.units;
        let found = units.phrases.find(&tokenize(name));
        let called = found.into_iter().map(|found| *found.value);
        let asked = self.asked.iter().filter_map(|id| units.index_of(id));
        self.named(name).chain(called).chain(asked).collect()
    }

    fn belongs(&self, unit: usize, group: usize) -> bool {
        let units = &self.corpus.units;
        let id = &units.at(group).id;
        let entry = units.at(unit);
        let through = entry.see.iter().filter_map(|see| units.get(see));
        entry.member_of.contains(id)
            || through
                .into_iter()
                .any(|(_, see)| see.member_of.contains(id))
    }

    /// Whether everything quoted right under the sentence is given to the unit; when that was quoted
    /// before, whether something is.
    fn all_given(&self, unit: usize) -> bool {
        match self.own {
            true => self.under.iter().all(|citation| self.gives(citation, unit)),
            false => self.under.iter().any(|citation| self.gives(citation, unit)),
        }
    }

    /// Whether the table gives the unit a task by the place cited, and the task is quoted in part at
    /// least.
    fn gives(&self, citation: &Citation, unit: usize) -> bool {
        let Some(passage) = self.corpus.passage_by_id(&citation.passage) else {
            return false;
        };
        let span = &self.corpus.passage(passage).span;
        let Some(start) = self.corpus.text_of(passage).find(&citation.quote) else {
            return false;
        };
        let quoted = span.start + start..span.start + start + citation.quote.len();
        self.corpus.assignments.iter().any(|task| {
            let shown = task.task.start < quoted.end && quoted.start < task.task.end;
            task.passage == passage && task.units.contains(&unit) && shown
        })
    }

    fn tells_of(&self, citation: &Citation, unit: usize) -> bool {
        let passage = self.corpus.passage_by_id(&citation.passage);
        let tasks = self.corpus.assignments.iter();
        let given = tasks
            .filter(|task| Some(task.passage) == passage)
            .any(|task| task.units.contains(&unit));
        let tokens = tokenize(&citation.quote);
        let named = self.corpus.units.phrases.find(&tokens);
        given || named.iter().any(|found| *found.value == unit)
    }

    /// The units of "A, B và C"; names may hold commas and "và" themselves. `None` when it is no
    /// such list.
    fn listed(&self, names: &str) -> Option<Vec<usize>> {
        if names.is_empty() {
            return Some(Vec::new());
        }
        let units = self.corpus.units.iter().enumerate();
        let mut begins: Vec<(usize, &str)> = units
            .filter_map(|(at, unit)| Some((at, names.strip_prefix(unit.name.as_str())?)))
            .collect();
        begins.sort_by_key(|(_, rest)| rest.len());
        begins.into_iter().find_map(|(at, rest)| {
            let next = match rest {
                "" => "",
                _ => rest
                    .strip_prefix(", ")
                    .or_else(|| rest.strip_prefix(" và "))?,
            };
            let mut units = self.listed(next)?;
            units.push(at);
            Some(units)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Intent, Kind, PassageId, TextKind};

    const DOCUMENT: &str = "+++\nid = \"kh\"\ntype = \"Kế hoạch\"\nnumber = \"7-KH\"\nshort = \"Kế hoạch 7\"\n\
         title = \"Kế hoạch trồng cây\"\nissuer = \"Ủy ban xã\"\n+++\n## I. VIỆC LÀM\n\
         - Các sở trồng cây. Hội nông dân và Đoàn, Đội dọn mương.\n- Nhân dân nghỉ ngơi.\n";
    const UNITS: &str = "[[unit]]\nid='so'\nname='Các sở'\nlevel='tinh'\nkind='named'\n\
         [[unit]]\nid='y'\nname='Sở Y tế'\nlevel='tinh'\nkind='member'\nmember_of=['so']\n\
         [[unit]]\nid='hoi'\nname='Hội nông dân'\nlevel='xa'\nkind='named'\n\
         [[unit]]\nid='doan'\nname='Đoàn, Đội'\nlevel='xa'\nkind='named'\n\
         [[unit]]\nid='chi'\nname='Chi hội'\nlevel='xa'\nkind='member'\nmember_of=['hoi']\nsee=['hoi']\n";
    const TASKS: &str = "[[assignment]]\nunit='so'\nrole='thuc-hien'\npassage='kh#I.1'\ntask='trồng cây'\n\
         [[assignment]]\nunit=['hoi', 'doan']\nrole='thuc-hien'\npassage='kh#I.1'\ntask='dọn mương'\n";

    /// Whether the frame is borne out by a quotation under it; `None` when it names no unit.
    #[track_caller]
    fn check(sentence: &str, place: &str, quote: &str, expect: Option<bool>) {
        let files = [
            ("kh.md", DOCUMENT),
            ("don-vi.toml", UNITS),
            ("phan-cong.toml", TASKS),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.into()));
        let (corpus, problems) = Corpus::from_files(files.to_vec()).unwrap();
        assert_eq!(problems, []);
        let answer = Answer {
            question: String::new(),
            kind: Kind::Answer,
            intent: Intent::Duties,
            units: Vec::new(),
            text: String::new(),
            citations: vec![Citation {
                passage: PassageId::new(place),
                document: "kh".to_owned(),
                label: String::new(),
                quote: quote.to_owned(),
                text: TextKind::Verbatim,
            }],
            suggestions: Vec::new(),
            confidence: 1.0,
            fingerprint: String::new(),
            elapsed_us: 0,
            blocks: vec![Block::Frame(sentence.to_owned()), Block::Quote(0)],
        };
        let found = (count(&answer) > 0).then(|| wrong(&corpus, &answer).is_empty());
        assert_eq!(found, expect, "{sentence}");
    }

    #[test]
    fn what_the_table_gives() {
        check(
            "Các sở được giao:",
            "kh#I.1",
            "Các sở trồng cây.",
            Some(true),
        );
        let through = "Văn bản giao việc cho Chi hội thông qua Hội nông dân:";
        check(through, "kh#I.1", "dọn mương", Some(true));
        let group = "Đoạn sau giao cho các sở, không nêu riêng Sở Y tế (xếp vào nhóm này):";
        check(group, "kh#I.1", "trồng cây", Some(true));
        let named = "Văn bản giao cho: Hội nông dân và Đoàn, Đội.";
        check(named, "kh#I.1", "dọn mương", Some(true));
        check(
            "Đoạn này nhắc đến Đoàn, Đội:",
            "kh#I.1",
            "dọn mương",
            Some(true),
        );
        check("Kế hoạch 7 viết:", "kh#I.1", "dọn mương", None);
    }

    #[test]
    fn what_it_does_not_give() {
        check(
            "Các sở được giao:",
            "kh#I.2",
            "Nhân dân nghỉ ngơi.",
            Some(false),
        );
        check("Các sở được giao:", "kh#I.1", "dọn mương", Some(false));
        check("Ai đó được giao:", "kh#I.1", "trồng cây", Some(false));
        let through = "Văn bản giao việc cho Sở Y tế thông qua Hội nông dân:";
        check(through, "kh#I.1", "dọn mương", Some(false));
        let group = "Đoạn sau giao cho các sở, không nêu riêng Chi hội (xếp vào nhóm này):";
        check(group, "kh#I.1", "trồng cây", Some(false));
        let named = "Văn bản giao cho: Hội nông dân và Các sở.";
        check(named, "kh#I.1", "dọn mương", Some(false));
        check(
            "Đoạn này nhắc đến Các sở:",
            "kh#I.2",
            "Nhân dân nghỉ ngơi.",
            Some(false),
        );
    }
}
