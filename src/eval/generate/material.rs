//! What questions are made of: the names, examples, paraphrases, messages and passages of the
//! corpus, and a few words that people say to anything.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::forms::rng::Rng;
use super::hostile;
use crate::corpus::{Corpus, Form};
use crate::text::{Token, tokenize};

/// Words that people and documents use, for questions that nobody would think of.
pub const WORDS: &[&str] = &[
    "ai",
    "làm",
    "gì",
    "khi nào",
    "bao nhiêu",
    "nhiệm vụ",
    "mục",
    "III.4",
    "phần II",
    "ý 3",
    "còn",
    "HĐND",
    "ban tuyên giáo",
    "sở y tế",
    "chi thi 28",
    "kế hoạch 109",
    "trẻ em",
    "xâm hại",
    "ngân sách",
    "trer em",
    "tre3",
    "bao ve",
    "đánh",
    "em",
    "sợ quá",
    "so sánh",
    "tiếp theo",
    "đọc đầy đủ",
    "gồm những gì",
    "“trẻ em”",
    "học phí",
    "🙂",
    "x",
    "...",
    "\u{300}",
    "LÂM ĐỒNG",
    "đượccc",
];

/// What people say when they go on.
const GO_ON: [&str; 10] = [
    "tiếp theo",
    "ý tiếp theo",
    "đoạn trước",
    "đọc đầy đủ",
    "cả mục",
    "ai làm",
    "bao giờ xong",
    "còn văn bản kia",
    "thế thôi à",
    "cảm ơn",
];

/// The name of the source of a question that was offered.
pub(super) const SUGGESTION: &str = "câu gợi ý";

/// Words of the longest stretch of a passage that is asked with.
const LONGEST_SPAN: usize = 18;
/// Words of the longest salad.
const LONGEST_SALAD: usize = 9;

/// A passage as it is cut up.
struct Passage<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    /// Stretches of words for which people have other ones, with the concept.
    official: Vec<(Range<usize>, usize)>,
}

/// All that questions are made of.
pub(super) struct Material<'a> {
    corpus: &'a Corpus,
    /// The names of units, all together.
    names: Vec<&'a str>,
    /// Examples that name a unit: what stands before the name, and after it.
    around_units: Vec<(String, String)>,
    /// Examples of all intents.
    examples: Vec<String>,
    paraphrases: Vec<String>,
    /// Messages of danger, ordinary ones, and questions that nothing answers.
    messages: Vec<String>,
    passages: Vec<Passage<'a>>,
    /// Places as people cite them, and as programs do.
    places: Vec<String>,
    /// Single words of all of these.
    words: Vec<String>,
}

impl<'a> Material<'a> {
    pub fn new(corpus: &'a Corpus) -> Self {
        let names = corpus.units.iter().flat_map(|unit| {
            let others = unit.aliases.iter().chain(&unit.includes);
            std::iter::once(&unit.name)
                .chain(others)
                .map(String::as_str)
        });
        let asked = || corpus.intents.iter().flat_map(|asking| &asking.questions);
        let messages = corpus
            .messages
            .urgent
            .iter()
            .chain(&corpus.messages.ordinary);
        let sections = corpus.sections().map(|section| &section.id);
        let ids = corpus.passages().map(|passage| &passage.id).chain(sections);
        let titles = corpus.documents.iter().flat_map(|document| {
            [&document.short, &document.number, &document.title].map(String::clone)
        });
        let mut material = Self {
            corpus,
            names: names.collect(),
            around_units: asked()
                .filter_map(|question| around_unit(corpus, question))
                .collect(),
            examples: asked().map(|question| words(question)).collect(),
            paraphrases: corpus
                .paraphrases
                .iter()
                .map(|said| words(&said.tokens))
                .collect(),
            messages: messages
                .map(|message| words(&tokenize(message)))
                .chain(corpus.silent.iter().map(|question| words(question)))
                .collect(),
            passages: (0..corpus.passage_count())
                .map(|at| passage(corpus, at))
                .collect(),
            places: ids
                .flat_map(|id| [corpus.label(id), id.to_string()])
                .chain(titles)
                .collect(),
            words: Vec::new(),
        };
        material.words = material.all_words();
        material
    }

    fn all_words(&self) -> Vec<String> {
        let lexicon = self.corpus.lexicon.concepts.iter();
        let said = lexicon.flat_map(|concept| concept.official.iter().chain(&concept.everyday));
        let passages = self.passages.iter().flat_map(|passage| &passage.tokens);
        let longer = self
            .paraphrases
            .iter()
            .chain(&self.messages)
            .chain(&self.examples);
        let words: BTreeSet<String> = passages
            .map(|token| token.word.clone())
            .chain(said.cloned())
            .chain(longer.flat_map(|text| text.split(' ')).map(str::to_owned))
            .chain(WORDS.iter().map(|word| (*word).to_owned()))
            .collect();
        words.into_iter().collect()
    }

    /// A question, and the name of what it was made from.
    pub fn question(&self, rng: &mut Rng) -> (&'static str, String) {
        match rng.below(100) {
            0..18 => ("đơn vị", self.of_unit(rng)),
            18..40 => ("đoạn, thay lời thường", self.of_passage(rng)),
            40..55 => ("cách diễn đạt", joined(&self.paraphrases, rng)),
            55..68 => ("câu mẫu theo ý hỏi", self.of_example(rng)),
            68..76 => ("nơi trích", self.of_place(rng)),
            76..86 => ("tin nhắn mẫu", joined(&self.messages, rng)),
            86..95 => ("chữ ngẫu nhiên", self.salad(rng)),
            _ => ("ký tự lạ", hostile::message(rng)),
        }
    }

    /// What comes after an answer: an offered question or its number, another unit, a few words, or
    /// something new.
    pub fn follow_up(&self, offered: &[String], rng: &mut Rng) -> (&'static str, String) {
        match rng.below(8) {
            0 | 1 if !offered.is_empty() => (SUGGESTION, rng.pick(offered).clone()),
            2 => ("hỏi tiếp", (1 + rng.below(4)).to_string()),
            3 => ("hỏi tiếp", format!("còn {}", self.name(rng))),
            4 => ("hỏi tiếp", format!("còn {} thì sao", self.of_passage(rng))),
            5 => ("hỏi tiếp", (*rng.pick(&GO_ON)).to_owned()),
            _ => self.question(rng),
        }
    }

    fn name(&self, rng: &mut Rng) -> &'a str {
        match self.names.is_empty() {
            true => rng.pick::<&str>(WORDS),
            false => rng.pick::<&str>(&self.names),
        }
    }

    /// A unit in the frame of an example; now and then two, or the name alone.
    fn of_unit(&self, rng: &mut Rng) -> String {
        let mut name = self.name(rng).to_owned();
        if rng.below(6) == 0 {
            name = format!("{name} và {}", self.name(rng));
        }
        if self.around_units.is_empty() || rng.below(10) == 0 {
            return name;
        }
        let (before, after) = rng.pick(&self.around_units);
        format!("{before} {name} {after}").trim().to_owned()
    }

    /// A stretch of a passage, some of the documents' words replaced by what people say for them.
    fn of_passage(&self, rng: &mut Rng) -> String {
        if self.passages.is_empty() {
            return self.salad(rng);
        }
        let passage = rng.pick(&self.passages);
        let length = (1 + rng.below(LONGEST_SPAN)).min(passage.tokens.len());
        let start = rng.below(passage.tokens.len() - length + 1);
        let mut at = start;
        let mut said: Vec<&str> = Vec::new();
        while at < start + length {
            let here = passage.official.iter().find(|(range, _)| range.start == at);
            let everyday = here
                .map(|(range, concept)| (range, &self.corpus.lexicon.concepts[*concept].everyday));
            match everyday {
                Some((range, others)) if !others.is_empty() && rng.below(2) == 0 => {
                    said.push(rng.pick::<String>(others).as_str());
                    at = range.end;
                }
                _ => {
                    said.push(&passage.text[passage.tokens[at].span.clone()]);
                    at += 1;
                }
            }
        }
        said.join(" ")
    }

    /// An example, alone or with what a passage is said to say.
    fn of_example(&self, rng: &mut Rng) -> String {
        match rng.below(3) {
            0 => format!(
                "{} {}",
                joined(&self.examples, rng),
                joined(&self.paraphrases, rng)
            ),
            _ => joined(&self.examples, rng),
        }
    }

    /// A place, some of its numbers changed, alone or before an example.
    fn of_place(&self, rng: &mut Rng) -> String {
        let mut place = match self.places.is_empty() {
            true => String::new(),
            false => rng.pick(&self.places).clone(),
        };
        if rng.below(2) == 0 {
            let change = |c: char| match c {
                '0'..='9' => char::from(b'0' + rng.below(10) as u8),
                'I' | 'V' | 'X' => *rng.pick(&['I', 'V', 'X']),
                other => other,
            };
            place = place.chars().map(change).collect();
        }
        match rng.below(3) {
            0 => place,
            1 => format!("{place} {}", joined(&self.examples, rng)),
            _ => format!("{} {place}", joined(&self.examples, rng)),
        }
    }

    fn salad(&self, rng: &mut Rng) -> String {
        let mut salad: Vec<&str> = Vec::new();
        for _ in 0..rng.below(LONGEST_SALAD + 1) {
            salad.push(match rng.below(3) {
                0 => *rng.pick::<&str>(WORDS),
                _ => rng.pick::<String>(&self.words).as_str(),
            });
        }
        salad.join(" ")
    }
}

/// One of the texts; as often, the beginning of one and the end of another.
fn joined(texts: &[String], rng: &mut Rng) -> String {
    if texts.is_empty() {
        return (*rng.pick(WORDS)).to_owned();
    }
    let one = rng.pick(texts);
    if rng.below(2) == 0 {
        return one.clone();
    }
    let (one, other): (Vec<&str>, Vec<&str>) = (
        one.split(' ').collect(),
        rng.pick(texts).split(' ').collect(),
    );
    let beginning = &one[..1 + rng.below(one.len())];
    let end = &other[rng.below(other.len())..];
    [beginning, end].concat().join(" ")
}

fn words(tokens: &[Token]) -> String {
    let words: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
    words.join(" ")
}

/// What stands before and after the first unit that an example names.
fn around_unit(corpus: &Corpus, question: &[Token]) -> Option<(String, String)> {
    let named = corpus.units.phrases.find_longest(question);
    let unit = &named.first()?.tokens;
    Some((words(&question[..unit.start]), words(&question[unit.end..])))
}

fn passage(corpus: &Corpus, at: usize) -> Passage<'_> {
    let text = corpus.text_of(at);
    let tokens = tokenize(text);
    let official = |found: &crate::text::Match<'_, (usize, Form)>| found.value.1 == Form::Official;
    let found = corpus.lexicon.phrases.find_longest_where(&tokens, official);
    Passage {
        text,
        official: found
            .iter()
            .map(|found| (found.tokens.clone(), found.value.0))
            .collect(),
        tokens,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus() -> Corpus {
        let document = "+++\nid = \"kh\"\ntype = \"Kế hoạch\"\nnumber = \"7-KH\"\nshort = \"Kế hoạch 7\"\n\
             title = \"Kế hoạch trồng cây\"\nissuer = \"Ủy ban xã\"\n+++\n## I. VIỆC LÀM\n- Trẻ em trồng cây.\n";
        let files = [
            ("kh.md", document),
            (
                "y-hoi.toml",
                "[duties]\nquestions = ['việc của Sở Y tế ở tỉnh']\n",
            ),
            (
                "don-vi.toml",
                "[[unit]]\nid='y'\nname='Sở Y tế'\nlevel='tinh'\nkind='named'\n",
            ),
            (
                "tu-dien.toml",
                "[[concept]]\nid='t'\nofficial=['trẻ em']\neveryday=['con nít']\n",
            ),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.into()));
        Corpus::from_files(files.to_vec()).unwrap().0
    }

    #[test]
    fn a_unit_takes_the_place_of_another_in_an_example() {
        let corpus = corpus();
        let material = Material::new(&corpus);
        assert_eq!(
            material.around_units,
            [("việc của".to_owned(), "ở tỉnh".to_owned())]
        );
        let mut rng = Rng::of("a");
        let asked: BTreeSet<String> = (0..50).map(|_| material.of_unit(&mut rng)).collect();
        assert!(asked.contains("việc của Sở Y tế ở tỉnh"), "{asked:?}");
    }

    #[test]
    fn everyday_words_take_the_place_of_official_ones() {
        let corpus = corpus();
        let material = Material::new(&corpus);
        let mut rng = Rng::of("a");
        let asked: BTreeSet<String> = (0..200).map(|_| material.of_passage(&mut rng)).collect();
        for question in ["Trẻ em trồng cây", "con nít trồng cây", "trồng"] {
            assert!(asked.contains(question), "{question} in {asked:?}");
        }
    }

    #[test]
    fn a_corpus_without_tables_is_enough() {
        let document = "+++\nid = \"kh\"\ntype = \"A\"\nnumber = \"\"\nshort = \"A\"\ntitle = \"A\"\nissuer = \"B\"\n+++\n";
        let (corpus, _) = Corpus::from_files(vec![("kh.md".to_owned(), document.into())]).unwrap();
        let material = Material::new(&corpus);
        let mut rng = Rng::of("a");
        for _ in 0..500 {
            material.question(&mut rng);
            material.follow_up(&[], &mut rng);
        }
    }
}
