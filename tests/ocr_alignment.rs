//! The restored plan held against the OCR it was restored from, word by word with diacritics
//! folded: nothing was left out, nothing was put in.
//!
//! The OCR mistakes letters (6 for ó, 1 for l, ¢ for ê) but it keeps the words apart, so the two
//! texts must have the same words in the same order, each pair of them alike enough.

use std::path::Path;

use hoidap::corpus::Corpus;
use hoidap::text::fold;

/// What the scan shows and the plan's text has elsewhere or not at all.
const FURNITURE: [&str; 4] = [
    // The signature block, set beside the recipients; office and name are in the front matter.
    "T/M BAN THUONG VU",
    "PHO BI THU",
    "Tran Pinh Vin",
    // A stroke of the signature, read as letters.
    ", 5 AN",
];

/// Places where the OCR joined or broke words, or read one past recognition.
const MISREAD: [(&str, &str); 5] = [
    ("dich\nvuy té", "dich\nvu y té"),
    ("136-\nHD/BTGTW", "136-HD/BTGTW"),
    ("tinh hinh mé", "tinh hinh moi"),
    ("nguon lwe", "nguon luc"),
    ("dit liéu", "dir liéu"),
];

/// How far apart the two texts may run: as many words as can be lost and still be named.
const REACH: usize = 3;
/// Words less alike than this are not the same word read badly (see [`unlikeness`]).
const LIMIT: usize = 50;
/// What leaving a word alone costs an alignment: two alone are dearer than the worst pair.
const ALONE: usize = 70;

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(file);
    std::fs::read_to_string(path).expect("a file of the corpus")
}

/// The words of the plan: title, then the body.
fn plan() -> Vec<String> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let (corpus, _) = Corpus::load(&dir).expect("the corpus");
    let (at, plan) = corpus.document("ke-hoach-109").expect("the plan");
    let body = corpus.file(at).splitn(3, "+++").nth(2).expect("a body");
    let (_, body) = body
        .split_once("\n# ")
        .expect("a heading with the short title");
    let (_, body) = body.split_once('\n').expect("text below it");
    words(&format!("{} {body}", plan.title))
}

/// The words of the OCR, page furniture left out.
fn ocr() -> Vec<String> {
    let mut text = read("goc/ke-hoach-109.ocr.txt");
    for piece in FURNITURE {
        assert!(text.contains(piece), "not in the OCR any more: {piece}");
        text = text.replacen(piece, "", 1);
    }
    for (read, meant) in MISREAD {
        assert!(text.contains(read), "not in the OCR any more: {read}");
        text = text.replace(read, meant);
    }
    words(&text)
}

/// Everything between white space that has a letter or digit in it, in the shape it is compared in.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(shape)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Folded, letters and digits only, with what the OCR takes for each other made equal.
fn shape(word: &str) -> String {
    let letters = fold(word).to_lowercase();
    let shape: String = letters.chars().filter_map(lookalike).collect();
    // “ư” is often read as “ir”, which no Vietnamese word has.
    shape.replace("lr", "u")
}

fn lookalike(c: char) -> Option<char> {
    match c {
        '1' | 'i' | 'j' | 'l' | '!' => Some('l'),
        '0' | '6' | '¢' | '§' | '&' => Some('o'),
        '3' | '4' | '@' => Some('a'),
        'p' | 'b' => Some('d'),
        _ => Some(c).filter(|c| c.is_alphanumeric()),
    }
}

/// How unlike two words are, in percent of the longer one.
fn unlikeness(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().collect();
    let mut row: Vec<usize> = (0..=one.len()).collect();
    let mut length = 0;
    for letter in other.chars() {
        let mut diagonal = length;
        length += 1;
        row[0] = length;
        for at in 0..one.len() {
            let replaced = diagonal + usize::from(one[at] != letter);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(diagonal + 1).min(row[at] + 1);
        }
    }
    100 * row[one.len()] / one.len().max(length).max(1)
}

/// What is wrong between two texts, by the words' places in each.
#[derive(Debug, PartialEq, Eq)]
enum Fault {
    /// A word of the plan that the OCR does not have.
    OnlyInPlan(usize),
    /// A word of the OCR that the plan does not have.
    OnlyInOcr(usize),
    /// Two words that cannot be the same.
    Unlike(usize, usize),
    /// More words lost than an alignment can name.
    TooFarApart,
}

/// Both texts, and how unlike their words are as far as [`REACH`] needs it.
struct Texts {
    plan: Vec<String>,
    ocr: Vec<String>,
    unlike: Vec<[usize; 2 * (REACH + 1) + 1]>,
}

impl Texts {
    fn new() -> Self {
        let (plan, ocr) = (plan(), ocr());
        let around = |at: usize, word: &String| {
            std::array::from_fn(|column| {
                let other = (at + column)
                    .checked_sub(REACH + 1)
                    .and_then(|other| ocr.get(other));
                other.map_or(100, |other| unlikeness(word, other))
            })
        };
        let unlike = plan
            .iter()
            .enumerate()
            .map(|(at, word)| around(at, word))
            .collect();
        Self { plan, ocr, unlike }
    }

    fn unlike(&self, plan: usize, ocr: usize) -> usize {
        let column = (ocr + REACH + 1).checked_sub(plan);
        column
            .and_then(|column| self.unlike[plan].get(column))
            .copied()
            .unwrap_or(100)
    }

    /// Aligns the words of the plan at these places with the OCR at the least cost, and says what
    /// is wrong with the result. `plan` may be any of the plan's words, one left out or twice.
    fn faults(&self, plan: &[usize]) -> Vec<Fault> {
        if plan.len().abs_diff(self.ocr.len()) > REACH {
            return vec![Fault::TooFarApart];
        }
        let moves = self.align(plan);
        let (mut at, mut other) = (plan.len(), self.ocr.len());
        let mut faults = Vec::new();
        while at > 0 || other > 0 {
            match moves[at][other + REACH - at] {
                Move::Pair => {
                    (at, other) = (at - 1, other - 1);
                    if self.unlike(plan[at], other) > LIMIT {
                        faults.push(Fault::Unlike(plan[at], other));
                    }
                }
                Move::PlanAlone => {
                    at -= 1;
                    faults.push(Fault::OnlyInPlan(plan[at]));
                }
                Move::OcrAlone => {
                    other -= 1;
                    faults.push(Fault::OnlyInOcr(other));
                }
            }
        }
        faults
    }

    /// The cheapest last move to each pair of places, row by row; columns run from `REACH` before
    /// the row's own place to `REACH` after it.
    fn align(&self, plan: &[usize]) -> Vec<[Move; WIDTH]> {
        let mut moves = vec![[Move::Pair; WIDTH]; plan.len() + 1];
        let mut above = [usize::MAX / 2; WIDTH];
        for (at, moves) in moves.iter_mut().enumerate() {
            let mut row = [usize::MAX / 2; WIDTH];
            for column in 0..WIDTH {
                let Some(other) = (at + column).checked_sub(REACH) else {
                    continue;
                };
                if other > self.ocr.len() {
                    break;
                }
                if at == 0 && other == 0 {
                    row[column] = 0;
                    continue;
                }
                let mut best = (usize::MAX / 2, Move::Pair);
                if at > 0 && other > 0 {
                    best = (
                        above[column] + self.unlike(plan[at - 1], other - 1),
                        Move::Pair,
                    );
                }
                if at > 0 && column + 1 < WIDTH && above[column + 1] + ALONE < best.0 {
                    best = (above[column + 1] + ALONE, Move::PlanAlone);
                }
                if column > 0 && row[column - 1] + ALONE < best.0 {
                    best = (row[column - 1] + ALONE, Move::OcrAlone);
                }
                (row[column], moves[column]) = best;
            }
            above = row;
        }
        moves
    }

    /// The fault in words, with what stands before it.
    fn describe(&self, fault: &Fault) -> String {
        let around = |words: &[String], at: usize| words[at.saturating_sub(5)..=at].join(" ");
        match fault {
            Fault::OnlyInPlan(at) => format!("not in the OCR: … {}", around(&self.plan, *at)),
            Fault::OnlyInOcr(at) => format!("not in the plan: … {}", around(&self.ocr, *at)),
            Fault::Unlike(at, other) => {
                format!(
                    "… {} is not … {}",
                    around(&self.plan, *at),
                    around(&self.ocr, *other)
                )
            }
            Fault::TooFarApart => {
                format!(
                    "{} words in the plan, {} in the OCR",
                    self.plan.len(),
                    self.ocr.len()
                )
            }
        }
    }
}

const WIDTH: usize = 2 * REACH + 1;

#[derive(Clone, Copy)]
enum Move {
    Pair,
    PlanAlone,
    OcrAlone,
}

#[test]
fn the_plan_has_the_words_of_its_scan() {
    let texts = Texts::new();
    let whole: Vec<usize> = (0..texts.plan.len()).collect();
    let faults = texts.faults(&whole);
    let told: Vec<String> = faults.iter().map(|fault| texts.describe(fault)).collect();
    assert!(faults.is_empty(), "{}", told.join("\n"));
}

#[test]
fn one_word_less_or_more_anywhere_is_seen() {
    let texts = Texts::new();
    let whole: Vec<usize> = (0..texts.plan.len()).collect();
    for at in 0..whole.len() {
        let mut less = whole.clone();
        less.remove(at);
        let faults = texts.faults(&less);
        assert!(
            matches!(faults[..], [Fault::OnlyInOcr(found)] if found.abs_diff(at) <= 2),
            "{at}: {faults:?}"
        );
        // The hardest word to see is one that stands there already.
        let mut more = whole.clone();
        more.insert(at, at);
        let faults = texts.faults(&more);
        assert!(
            matches!(faults[..], [Fault::OnlyInPlan(found)] if found.abs_diff(at) <= 2),
            "{at}: {faults:?}"
        );
    }
}
