//! Marks put back on words typed without them: the most likely path through the spellings that the
//! vocabulary has for each word, by its pairs and counts (Viterbi).

use super::super::{Token, is_syllable};
use super::is_marked_text;
use super::vocabulary::{Vocabulary, WordId};

/// The most likely accented form of each token, one word a token. Marked words, and words the
/// vocabulary doesn't know, stay as they are.
pub fn restore(tokens: &[Token], vocabulary: &Vocabulary) -> Vec<String> {
    if tokens.iter().all(|token| token.marked) {
        return tokens.iter().map(|token| token.word.clone()).collect();
    }
    let path = best_path(tokens, is_marked_text(tokens), vocabulary);
    tokens
        .iter()
        .zip(path)
        .map(|(token, state)| state.word(token, vocabulary).to_owned())
        .collect()
}

/// Among marked words an unmarked one is mostly meant so: worth this much in natural logarithms.
const UNMARKED_ON_PURPOSE: f64 = 3.0;
/// A word seen with fewer different words after it is taken to be as open as this.
const LEAST_OPEN: f64 = 2.0;

/// A form a token may have: a word of the vocabulary, or what was typed.
#[derive(Clone, Copy)]
enum State {
    Word(WordId),
    Typed,
}

impl State {
    fn word<'a>(self, token: &'a Token, vocabulary: &'a Vocabulary) -> &'a str {
        match self {
            Self::Word(word) => vocabulary.name(word),
            Self::Typed => &token.word,
        }
    }
}

/// A state with the score of the best path to it, and where in the step before that path comes from.
struct Step {
    state: State,
    score: f64,
    from: usize,
}

fn best_path(tokens: &[Token], marked_text: bool, vocabulary: &Vocabulary) -> Vec<State> {
    let keep_bonus = if marked_text {
        UNMARKED_ON_PURPOSE
    } else {
        0.0
    };
    let mut steps: Vec<Vec<Step>> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let next = states(token, marked_text, vocabulary)
            .into_iter()
            .map(|state| {
                let kept = state.word(token, vocabulary) == token.word;
                let mut step = reach(state, steps.last().map_or(&[], Vec::as_slice), vocabulary);
                step.score += if kept { keep_bonus } else { 0.0 };
                step
            })
            .collect();
        steps.push(next);
    }
    trace_back(&steps)
}

/// The forms of a token, the most frequent first. In a marked text an unmarked syllable may be what
/// it is, even if the vocabulary has it with marks only.
fn states(token: &Token, marked_text: bool, vocabulary: &Vocabulary) -> Vec<State> {
    if token.marked {
        return vec![
            vocabulary
                .word(&token.word)
                .map_or(State::Typed, State::Word),
        ];
    }
    match vocabulary.fold(&token.fold) {
        Some(fold) => {
            let own = marked_text && vocabulary.count(&token.word) == 0 && is_syllable(&token.word);
            let words = vocabulary.words_of(fold).iter().copied().map(State::Word);
            words.chain(own.then_some(State::Typed)).collect()
        }
        None => vec![State::Typed],
    }
}

/// The best way to `state` from the step before; the first of equals.
fn reach(state: State, before: &[Step], vocabulary: &Vocabulary) -> Step {
    let frequency = frequency(state, vocabulary);
    let mut best = Step {
        state,
        score: f64::NEG_INFINITY,
        from: 0,
    };
    for (from, step) in before.iter().enumerate() {
        let score = step.score + transition(step.state, state, frequency, vocabulary);
        if score > best.score {
            best = Step { state, score, from };
        }
    }
    if before.is_empty() {
        Step {
            score: frequency.ln(),
            ..best
        }
    } else {
        best
    }
}

/// The share of the word among all, never zero.
fn frequency(state: State, vocabulary: &Vocabulary) -> f64 {
    let count = match state {
        State::Word(word) => vocabulary.count_of(word),
        State::Typed => 0,
    };
    (f64::from(count) + 0.5) / (vocabulary.total() as f64 + 1.0)
}

/// Logarithm of how likely the word is after the one before: its pairs, backed by its frequency as
/// far as the word before was seen with ever new words after it (Witten and Bell 1991).
fn transition(before: State, state: State, frequency: f64, vocabulary: &Vocabulary) -> f64 {
    let State::Word(a) = before else {
        return frequency.ln();
    };
    let pairs = match state {
        State::Word(b) => vocabulary.pair(a, b),
        State::Typed => 0,
    };
    let open = f64::from(vocabulary.followers_of(a)).max(LEAST_OPEN);
    ((f64::from(pairs) + open * frequency) / (f64::from(vocabulary.count_of(a)) + open)).ln()
}

fn trace_back(steps: &[Vec<Step>]) -> Vec<State> {
    let mut path = Vec::with_capacity(steps.len());
    let mut at = steps.last().map_or(0, |last| best(last));
    for step in steps.iter().rev() {
        path.push(step[at].state);
        at = step[at].from;
    }
    path.reverse();
    path
}

/// Index of the best step, the first of equals.
fn best(steps: &[Step]) -> usize {
    let mut best = 0;
    for (at, step) in steps.iter().enumerate() {
        if step.score > steps[best].score {
            best = at;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::super::tokenize;
    use super::super::tests::vocabulary;
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        assert_eq!(restore(&tokenize(text), &vocabulary()).join(" "), expect);
    }

    #[test]
    fn restores() {
        check("bao ve tre em", "bảo vệ trẻ em");
        check("bao cao ban thuong vu", "báo cáo ban thường vụ");
        check("nhà truong bảo ve tre em", "nhà trường bảo vệ trẻ em");
        check("ban tuyen giao", "ban tuyên giáo");
        check("xyz tre em 2024", "xyz trẻ em 2024");
        check("", "");
    }

    #[test]
    fn in_marked_text_unmarked_words_mostly_stay() {
        check("trẻ em được bao nhiêu tuổi", "trẻ em được bao nhiêu tuổi");
        check("tre em duoc bao ve", "trẻ em được bảo vệ");
        check("nha trường được giao", "nhà trường được giao");
    }

    #[test]
    fn marked_words_stay() {
        check("báo vệ trẻ em", "báo vệ trẻ em");
        check("quá trẻ", "quá trẻ");
    }
}
