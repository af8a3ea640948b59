//! A place named by its number: "mục III.4", "nhiệm vụ thứ hai phần II", "ý 3 mục 4 phần II",
//! "điểm cuối phần III".

use std::ops::Range;

use super::numbers::{Position, numeral, position, word};
use crate::corpus::Corpus;
use crate::text::roman::roman;
use crate::text::{PhraseTable, Token};

/// One step of a place, as deep as its word says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// "phụ lục I", "biểu số 3": an annex.
    Annex(Position),
    /// "phần II", "chương 2": a part.
    Part(Position),
    /// "mục 4": a section, or a numbered paragraph of a part without sections.
    Section(Position),
    /// "điều 5": an article, whatever part it stands in.
    Article(Position),
    /// "điểm b": a point by its letter.
    Point(String),
    /// "ý 3", "điểm cuối", "gạch đầu dòng thứ hai": a passage.
    Item(Position),
    /// "cái thứ hai", "nơi cuối cùng": of the passages last cited.
    Cited(Position),
    /// "nhiệm vụ thứ hai": the nth child of the part whose heading has this word.
    Named(String, Position),
    /// "III.4", "II.3.2": a path as written, its components in lower case.
    Path(Vec<String>),
    /// "phần tổ chức thực hiện": sections with this heading.
    Heading(Vec<usize>),
    /// "phần mở đầu": what stands before the first part.
    Opening,
}

/// A place as the question names it; the outermost step first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The steps, outermost first.
    pub steps: Vec<Step>,
}

impl Place {
    /// True when headings alone are named and something else is asked for: then the place is
    /// where to look, and not what to read out.
    pub(super) fn only_frames(&self, question: &super::Question) -> bool {
        let headings = self
            .steps
            .iter()
            .all(|step| matches!(step, Step::Heading(_)));
        let asks_more = question
            .terms
            .iter()
            .any(|term| !term.is_slight() && term.meaning != super::Meaning::Word);
        headings && asks_more
    }

    /// "cái thứ hai", "ý cuối": one of several that were cited.
    pub fn is_of_listed(&self) -> bool {
        matches!(self.steps.as_slice(), [Step::Cited(_) | Step::Item(_)])
    }

    /// The sections named by their headings alone.
    pub fn headings(&self) -> &[usize] {
        match self.steps.as_slice() {
            [Step::Heading(sections)] => sections,
            _ => &[],
        }
    }
}

/// A place and the tokens that name it.
pub(super) struct FoundPlace {
    pub place: Place,
    pub tokens: Vec<Range<usize>>,
}

/// How deep a noun reaches.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Depth {
    Annex,
    Part,
    Article,
    Section,
    Named,
    Clause,
    Item,
    Cited,
    Point,
}

/// No answer cites more passages.
const MOST_CITED: u32 = 20;

/// Nouns for places, longest first where one begins another.
const NOUNS: &[(&[&str], Depth)] = &[
    (&["phụ", "lục"], Depth::Annex),
    (&["biểu", "mẫu"], Depth::Annex),
    // "biểu" alone is half of other words: "đại biểu".
    (&["biểu", "số"], Depth::Annex),
    (&["gạch", "đầu", "dòng"], Depth::Item),
    (&["phần"], Depth::Part),
    (&["chương"], Depth::Part),
    (&["tiểu", "mục"], Depth::Item),
    (&["mục"], Depth::Section),
    (&["điều"], Depth::Article),
    (&["khoản"], Depth::Clause),
    (&["điểm"], Depth::Item),
    (&["gạch"], Depth::Item),
    (&["dòng"], Depth::Item),
    (&["cái"], Depth::Cited),
    (&["nơi"], Depth::Cited),
    (&["đoạn"], Depth::Item),
    (&["ý"], Depth::Item),
    (&["nhóm", "nhiệm", "vụ"], Depth::Named),
    (&["nhiệm", "vụ"], Depth::Named),
    (&["giải", "pháp"], Depth::Named),
    (&["yêu", "cầu"], Depth::Named),
    (&["mục", "đích"], Depth::Named),
];

/// Headings by their words, for places named by them.
pub(super) struct Headings {
    phrases: PhraseTable<(usize, Extent)>,
}

/// How much of a heading a phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    Whole,
    Piece,
}

/// Headings longer than this many words are sentences that nobody says as a name.
const LONGEST_HEADING: usize = 12;

impl Headings {
    pub fn new(corpus: &Corpus) -> Self {
        let mut phrases = PhraseTable::new();
        // In a library the same heading stands in hundreds of documents, and names none of them.
        let sections = match corpus.is_library() {
            true => 0,
            false => corpus.section_count(),
        };
        for section in 0..sections {
            let heading = corpus.heading_of(section).to_lowercase();
            if heading.split_whitespace().count() > LONGEST_HEADING {
                continue;
            }
            phrases.insert(&heading, (section, Extent::Whole));
            let words: Vec<&str> = heading.split_whitespace().collect();
            for end in 2..words.len() {
                phrases.insert(&words[..end].join(" "), (section, Extent::Piece));
            }
            for piece in heading
                .split([',', ';'])
                .flat_map(|piece| piece.split(" và "))
            {
                if piece.trim() != heading {
                    phrases.insert(piece, (section, Extent::Piece));
                }
            }
        }
        Self { phrases }
    }

    /// Every section whose heading, or a piece of it, is said somewhere; whole headings first,
    /// then longer ones.
    pub fn said(&self, tokens: &[Token]) -> Vec<usize> {
        let mut found = self.phrases.find(tokens);
        found.sort_by_key(|m| {
            (
                m.value.1 == Extent::Piece,
                std::cmp::Reverse(m.tokens.len()),
                m.value.0,
            )
        });
        let mut sections: Vec<usize> = Vec::new();
        for m in found {
            if !sections.contains(&m.value.0) {
                sections.push(m.value.0);
            }
        }
        sections
    }

    /// The sections called by the words at `at`, with the number of words; a piece of a heading
    /// counts only after a noun for a place.
    fn at(&self, tokens: &[Token], at: usize, after_noun: bool) -> Option<(Vec<usize>, usize)> {
        let found: Vec<_> = self
            .phrases
            .find_at_start(&tokens[at..])
            .into_iter()
            .filter(|found| after_noun || found.value.1 == Extent::Whole)
            .collect();
        let longest = found.iter().map(|found| found.tokens.len()).max()?;
        let longest_found = found
            .into_iter()
            .filter(|found| found.tokens.len() == longest);
        let mut sections: Vec<(Extent, usize)> = longest_found
            .map(|found| (found.value.1, found.value.0))
            .collect();
        if !after_noun {
            sections.retain(|(extent, _)| *extent == Extent::Whole);
        }
        sections.sort_by_key(|(extent, section)| (*extent == Extent::Piece, *section));
        Some((
            sections.into_iter().map(|(_, section)| section).collect(),
            longest,
        ))
    }
}

/// Beginnings of places as people say them, for the vocabulary.
pub(super) fn phrases() -> impl Iterator<Item = String> {
    NOUNS.iter().flat_map(|(noun, _)| {
        ["số", "thứ", "đầu", "cuối", "mở đầu"].map(|next| format!("{} {next}", noun.join(" ")))
    })
}

/// Finds the place a question names, if it names one.
pub(super) fn find(
    headings: &Headings,
    tokens: &[Token],
    restored: &[String],
    typed: &str,
) -> Option<FoundPlace> {
    let mut steps: Vec<(Depth, Step)> = Vec::new();
    let mut ranges = Vec::new();
    let mut unnamed: Option<(Vec<usize>, Range<usize>)> = None;
    let mut at = 0;
    while at < tokens.len() {
        if let Some((noun, sections, length)) = heading_at(headings, tokens, restored, at) {
            let range = at..at + length;
            if noun {
                steps.push((Depth::Part, Step::Heading(sections)));
                ranges.push(range.clone());
                at = range.end;
                continue;
            }
            unnamed = unnamed.or(Some((sections, range)));
        }
        if let Some((depth, step, length)) = step_at(tokens, restored, typed, at)
            && (depth != Depth::Point || names_more(tokens, at))
        {
            steps.push((depth, step));
            ranges.push(at..at + length);
            at += length;
        } else {
            at += 1;
        }
    }
    // A heading without a noun before it is a place when something is counted inside it:
    // "nơi nhận, dòng số 8".
    let inside_only = steps.iter().all(|(depth, _)| *depth >= Depth::Clause);
    if let Some((sections, range)) = unnamed.filter(|_| !steps.is_empty() && inside_only) {
        let free = !ranges
            .iter()
            .any(|taken| taken.start < range.end && range.start < taken.end);
        if free {
            steps.push((Depth::Part, Step::Heading(sections)));
            ranges.push(range);
        }
    }
    if steps.is_empty() {
        return None;
    }
    // "ý 3 mục 4 phần II" and "phần II mục 4 ý 3" are the same place.
    steps.sort_by_key(|(depth, _)| *depth);
    let place = Place {
        steps: steps.into_iter().map(|(_, step)| step).collect(),
    };
    Some(FoundPlace {
        place,
        tokens: ranges,
    })
}

/// A heading named at `at`, with or without a noun for a place before it ("phần về nguồn lực").
fn heading_at(
    headings: &Headings,
    tokens: &[Token],
    restored: &[String],
    at: usize,
) -> Option<(bool, Vec<usize>, usize)> {
    let noun = noun_at(tokens, restored, at)
        .filter(|(depth, ..)| matches!(depth, Depth::Part | Depth::Section | Depth::Article));
    if let Some((_, _, length)) = noun {
        let mut after = at + length;
        if tokens.get(after).is_some_and(|token| token.may_be("về")) {
            after += 1;
        }
        if after < tokens.len()
            && let Some((sections, words)) = headings.at(tokens, after, true)
        {
            return Some((true, sections, after - at + words));
        }
    }
    let (sections, words) = headings.at(tokens, at, false)?;
    Some((false, sections, words))
}

fn step_at(
    tokens: &[Token],
    restored: &[String],
    typed: &str,
    at: usize,
) -> Option<(Depth, Step, usize)> {
    if let Some(length) = closing_at(tokens, at) {
        return Some((Depth::Item, Step::Item(Position::Last), length));
    }
    if let Some(length) = opening_at(tokens, at) {
        return Some((Depth::Part, Step::Opening, length));
    }
    if let Some((depth, noun, length)) = noun_at(tokens, restored, at) {
        let after = at + length;
        let path = dotted(tokens, typed, after)
            .or_else(|| spoken(tokens, after))
            .filter(|_| depth != Depth::Annex);
        if let Some((path, read)) = path {
            return Some((Depth::Part, Step::Path(path), length + read));
        }
        if let Some(letter) = point_at(tokens, after).filter(|_| noun == "điểm") {
            return Some((Depth::Point, Step::Point(letter), length + 1));
        }
        // "cái thứ hai", not "cái 109".
        if depth == Depth::Cited
            && tokens
                .get(after)
                .is_none_or(|token| numeral(token).is_some())
        {
            return None;
        }
        // "các/mấy nhiệm vụ 1" does not occur; "nhiệm vụ 5 năm" does.
        let spelled = || match depth {
            Depth::Part => tokens
                .get(after)
                .and_then(word)
                .map(|n| (Position::Nth(n), 1)),
            _ => None,
        };
        let (position, read) = position(tokens, after).or_else(spelled)?;
        if is_count(tokens, after + read) {
            return None;
        }
        // "cái số 28" is a document.
        let too_many = matches!(position, Position::Nth(number) if number > MOST_CITED);
        if depth == Depth::Cited && too_many {
            return None;
        }
        let step = match depth {
            Depth::Annex => Step::Annex(position),
            Depth::Part => Step::Part(position),
            Depth::Section if roman_at(tokens, after) => Step::Part(position),
            Depth::Section => Step::Section(position),
            Depth::Article => Step::Article(position),
            Depth::Clause | Depth::Item | Depth::Point => Step::Item(position),
            Depth::Cited => Step::Cited(position),
            Depth::Named => Step::Named(noun, position),
        };
        return Some((depth, step, length + read));
    }
    let bare = dotted(tokens, typed, at)?;
    Some((Depth::Part, Step::Path(bare.0), bare.1))
}

/// The letter of a point: one that stands alone, without a tone.
fn point_at(tokens: &[Token], at: usize) -> Option<String> {
    let word = &tokens.get(at)?.word;
    let mut letters = word.chars();
    let letter = letters
        .next()
        .filter(|c| c.is_ascii_lowercase() || *c == 'đ')?;
    letters.next().is_none().then(|| letter.to_string())
}

/// Whether a clause, an article or a section is named next to a point: "thi diem o xa" names none.
fn names_more(tokens: &[Token], at: usize) -> bool {
    let near = &tokens[at.saturating_sub(6)..tokens.len().min(at + 6)];
    near.iter().any(|token| {
        ["khoản", "điều", "mục"]
            .iter()
            .any(|noun| token.may_be(noun))
    })
}

/// "(phần) mở đầu", "lời mở đầu".
/// "đoạn kết", "phần kết thúc"; not "đoàn kết" typed without marks, of which nothing is said to be a part.
fn closing_at(tokens: &[Token], at: usize) -> Option<usize> {
    const NOUNS: [&str; 4] = ["phần", "đoạn", "lời", "câu"];
    const AFTER: [&str; 10] = [
        "của", "trong", "kế", "chỉ", "hướng", "văn", "nói", "viết", "ghi", "là",
    ];
    let is =
        |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| token.may_be_any(words));
    let length = 2 + usize::from(is(at + 2, &["thúc", "luận"]));
    let ends = at + length == tokens.len() || is(at + length, &AFTER);
    (is(at, &NOUNS) && is(at + 1, &["kết"]) && ends).then_some(length)
}

fn opening_at(tokens: &[Token], at: usize) -> Option<usize> {
    let words = |from: usize, words: &[&str]| {
        tokens.get(from..from + words.len()).is_some_and(|here| {
            here.iter()
                .zip(words)
                .all(|(token, word)| token.may_be(word))
        })
    };
    let noun = ["phần", "đoạn", "lời", "câu"]
        .iter()
        .any(|noun| tokens[at].may_be(noun));
    (noun && words(at + 1, &["mở", "đầu"])).then_some(3)
}

/// A noun for a place at `at`, with its last two words and its length in tokens.
fn noun_at(tokens: &[Token], restored: &[String], at: usize) -> Option<(Depth, String, usize)> {
    NOUNS.iter().find_map(|(words, depth)| {
        let here = tokens.get(at..at + words.len())?;
        let fits = here
            .iter()
            .zip(*words)
            .enumerate()
            .all(|(i, (token, word))| {
                // One short word typed without marks is only believed in its likeliest reading.
                token.may_be(word)
                    && (words.len() > 1
                        || token.marked
                        || plausible(restored, tokens, at + i, word))
            });
        let name = words[words.len().saturating_sub(2)..].join(" ");
        fits.then_some((*depth, name, words.len()))
    })
}

/// A numeral follows these nouns anyway, so any word of the same letters may be the noun ("diem" in
/// "địa điểm" is still "điểm"), unless the numeral reads as a word itself: "hanh dong vi tre em" is
/// "hành động vì trẻ em" and no "dòng VI".
fn plausible(restored: &[String], tokens: &[Token], at: usize, word: &str) -> bool {
    let reads_as_word = |at: usize| {
        let (Some(token), Some(restored)) = (tokens.get(at), restored.get(at)) else {
            return false;
        };
        roman(&token.fold).is_some() && *restored != token.fold
    };
    restored
        .get(at)
        .is_none_or(|restored| restored == word || !reads_as_word(at + 1))
}

fn roman_at(tokens: &[Token], at: usize) -> bool {
    tokens
        .get(at)
        .is_some_and(|token| roman(&token.fold).is_some())
}

/// After a number, these make it a count and no position: "5 năm", "3 tháng".
fn is_count(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| {
        [
            "năm", "tháng", "ngày", "tuổi", "lần", "triệu", "tỷ", "đồng", "người",
        ]
        .iter()
        .any(|unit| token.marked && token.word == *unit)
    })
}

/// A path written with dots and no spaces, beginning with a Roman numeral or two numbers deep:
/// "III.4", "II.3.2", "2.3". Returns its components in lower case and the tokens read.
fn dotted(tokens: &[Token], typed: &str, at: usize) -> Option<(Vec<String>, usize)> {
    let first = tokens.get(at)?;
    numeral(first)?;
    let mut path = vec![first.fold.clone()];
    let mut next = at + 1;
    while let (Some(left), Some(right)) = (tokens.get(next - 1), tokens.get(next)) {
        let joined = typed
            .get(left.span.end..right.span.start)
            .is_some_and(|gap| gap == ".");
        if !joined || numeral(right).is_none() {
            break;
        }
        path.push(right.fold.clone());
        next += 1;
    }
    let deep = path.len() > 1 && (roman(&path[0]).is_some() || path.len() > 1 && path.len() <= 4);
    deep.then_some((path, next - at))
}

/// A path as it is said: "ba chấm bốn", "3 chấm 4".
fn spoken(tokens: &[Token], at: usize) -> Option<(Vec<String>, usize)> {
    let number = |at: usize| {
        let token = tokens.get(at)?;
        numeral(token).or_else(|| word(token))
    };
    let mut path = vec![number(at)?.to_string()];
    let mut next = at + 1;
    while tokens.get(next).is_some_and(|token| token.may_be("chấm"))
        && let Some(deeper) = number(next + 1)
    {
        path.push(deeper.to_string());
        next += 2;
    }
    (path.len() > 1).then_some((path, next - at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    #[track_caller]
    fn check(text: &str, expect: &[Step]) {
        let restored: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
        check_restored(text, &restored, expect);
    }

    #[track_caller]
    fn check_restored(text: &str, restored: &[String], expect: &[Step]) {
        let tokens = tokenize(text);
        let headings = Headings {
            phrases: PhraseTable::new(),
        };
        let found = find(&headings, &tokens, restored, text).map(|found| found.place.steps);
        assert_eq!(found.unwrap_or_default(), expect, "{text}");
    }

    fn path(components: &[&str]) -> Step {
        Step::Path(components.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn places() {
        use Position::{Last, Nth};
        check("mục III.4", &[path(&["iii", "4"])]);
        check("mục ba chấm bốn nói gì", &[path(&["3", "4"])]);
        check("muc 2 cham 3", &[path(&["2", "3"])]);
        check("II.3.2 nói gì", &[path(&["ii", "3", "2"])]);
        check(
            "ý 3 mục 4 phần II",
            &[
                Step::Part(Nth(2)),
                Step::Section(Nth(4)),
                Step::Item(Nth(3)),
            ],
        );
        check(
            "muc 4 phan ii",
            &[Step::Part(Nth(2)), Step::Section(Nth(4))],
        );
        check(
            "nhiệm vụ thứ hai phần II",
            &[Step::Part(Nth(2)), Step::Named("nhiệm vụ".into(), Nth(2))],
        );
        check(
            "điểm cuối phần III",
            &[Step::Part(Nth(3)), Step::Item(Last)],
        );
        check("đoạn kết của kế hoạch", &[Step::Item(Last)]);
        check("phần kết thúc nói gì", &[Step::Item(Last)]);
        check("doan ket de lam viec", &[]);
        check("mục III", &[Step::Part(Nth(3))]);
        check("phụ lục I", &[Step::Annex(Nth(1))]);
        check("phu luc so 2", &[Step::Annex(Nth(2))]);
        check("biểu số 3", &[Step::Annex(Nth(3))]);
        check(
            "nhiệm vụ số 4 phụ lục II",
            &[Step::Annex(Nth(2)), Step::Named("nhiệm vụ".into(), Nth(4))],
        );
        check(
            "phụ lục cuối, mục I",
            &[Step::Annex(Last), Step::Part(Nth(1))],
        );
        check(
            "điều 5 khoản 2",
            &[Step::Article(Nth(5)), Step::Item(Nth(2))],
        );
    }

    #[test]
    fn no_places() {
        for text in [
            "nhiệm vụ của sở y tế",
            "nhiệm vụ 5 năm tới",
            "trẻ dưới 5 tuổi",
            "mục đích là gì",
            "phụ lục có những gì",
            "đại biểu số lượng bao nhiêu",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_numeral_that_reads_as_a_word() {
        let restored = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        check_restored("hanh dong vi tre em", &restored("hành động vì trẻ em"), &[]);
        let sixth = [Step::Item(Position::Nth(6))];
        check_restored("dong vi", &restored("dòng vì"), &sixth);
        check_restored("dong vi", &restored("động vi"), &sixth);
    }
}
