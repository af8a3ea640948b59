//! Which of two kinds a short text is, learnt from examples of both: logistic regression on words
//! and pairs of neighbouring words, with and without their diacritics.
//!
//! Learning walks through the examples a few times in a fixed order (stochastic gradient descent,
//! Bottou 2010), so that the same examples always give the same weights. Every example is learnt
//! as it is typed and once more without diacritics.

use std::hash::{Hash, Hasher};

use super::hash::{FastHasher, FastMap};
use super::{Token, fold};

/// How often learning walks through the examples.
const ROUNDS: u32 = 12;
/// Size of the first steps; later ones are smaller.
const STEP: f32 = 3.0;
/// How much of a weight is given back at each step that uses it: what a few examples have by chance
/// does not grow large.
const DECAY: f32 = 0.003;

/// A text, ready to be told: its words, and whether they carry their diacritics.
pub struct Words<'a> {
    exact: Vec<&'a str>,
    folded: Vec<&'a str>,
    marked: bool,
}

impl<'a> Words<'a> {
    /// Tokens with their likeliest accented forms.
    pub fn new(words: impl Iterator<Item = (&'a Token, &'a str)>, marked: bool) -> Self {
        let (folded, exact) = words
            .map(|(token, restored)| (token.fold.as_str(), restored))
            .unzip();
        Self {
            exact,
            folded,
            marked,
        }
    }

    /// Hashes of what stands in the text, each once.
    fn features(&self) -> Vec<u64> {
        let mut features = Vec::with_capacity(4 * self.folded.len());
        let mut add = |kind: u8, one: &str, two: &str| {
            let mut hasher = FastHasher::default();
            (kind, one, two).hash(&mut hasher);
            features.push(hasher.finish());
        };
        let views = [(&self.folded, 0), (&self.exact, 2)];
        for (words, kind) in views.into_iter().take(if self.marked { 2 } else { 1 }) {
            for word in words {
                add(kind, word, "");
            }
            for two in words.windows(2) {
                add(kind + 1, two[0], two[1]);
            }
        }
        // How it begins and ends, and about how long it is.
        add(4, self.folded.first().unwrap_or(&""), "");
        add(5, self.folded.last().unwrap_or(&""), "");
        add(6 + (self.folded.len() / 4).min(8) as u8, "", "");
        features.sort_unstable();
        features.dedup();
        features
    }
}

/// Tells texts of one kind from those of another.
#[derive(Clone, Debug, Default)]
pub struct Classifier {
    places: FastMap<u64, u32>,
    weights: Vec<f32>,
    bias: f32,
}

impl Classifier {
    /// Learns from examples: which are of the kind, and which are not.
    pub fn learn(yes: &[Vec<Token>], no: &[Vec<Token>]) -> Self {
        let mut classifier = Self::default();
        let mut examples: Vec<(Vec<u32>, bool)> = Vec::new();
        // Both kinds evenly mixed: what is learnt last would count most.
        let mut order: Vec<(f32, &Vec<Token>, bool)> = Vec::with_capacity(yes.len() + no.len());
        for (list, kind) in [(yes, true), (no, false)] {
            let place = |at: usize| (at as f32 + 0.5) / list.len() as f32;
            order.extend(list.iter().enumerate().map(|(at, tokens)| (place(at), tokens, kind)));
        }
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (_, tokens, kind) in order {
            examples.extend(classifier.examples(tokens).map(|places| (places, kind)));
        }
        for round in 0..ROUNDS {
            let step = STEP / (1.0 + round as f32);
            for (places, kind) in &examples {
                let error = f32::from(u8::from(*kind)) - logistic(classifier.sum(places));
                let change = error * scale(places.len());
                for place in places {
                    let weight = &mut classifier.weights[*place as usize];
                    *weight += step * (change - DECAY * *weight);
                }
                classifier.bias += 0.1 * step * error;
            }
        }
        classifier
    }

    /// True when there was nothing to learn from.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// How likely the text is of the kind, 0 to 1.
    pub fn likelihood(&self, words: &Words) -> f32 {
        let features = words.features();
        let known = features.iter().filter_map(|feature| self.places.get(feature));
        let sum: f32 = known.map(|place| self.weights[*place as usize]).sum();
        logistic(sum * scale(features.len()) + self.bias)
    }

    /// The places of an example's features, as typed and without diacritics.
    fn examples(&mut self, tokens: &[Token]) -> impl Iterator<Item = Vec<u32>> + use<> {
        let marked = tokens.iter().any(|token| fold(&token.word) != token.word);
        let forms: &[bool] = if marked { &[true, false] } else { &[false] };
        let examples: Vec<Vec<u32>> = forms
            .iter()
            .map(|marked| {
                let words = tokens.iter().map(|token| (token, token.word.as_str()));
                let features = Words::new(words, *marked).features();
                features.into_iter().map(|feature| self.place(feature)).collect()
            })
            .collect();
        examples.into_iter()
    }

    fn place(&mut self, feature: u64) -> u32 {
        let next = self.weights.len() as u32;
        let place = *self.places.entry(feature).or_insert(next);
        if place == next {
            self.weights.push(0.0);
        }
        place
    }

    fn sum(&self, places: &[u32]) -> f32 {
        let sum: f32 = places.iter().map(|place| self.weights[*place as usize]).sum();
        sum * scale(places.len()) + self.bias
    }
}

/// Long texts have many features, and each says less.
fn scale(features: usize) -> f32 {
    1.0 / (features.max(1) as f32).sqrt()
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::super::{Vocabulary, restore, tokenize};
    use super::*;

    #[test]
    fn texts_like_the_examples_are_told_apart() {
        let list = |texts: &[&str]| texts.iter().map(|text| tokenize(text)).collect::<Vec<_>>();
        let classifier = Classifier::learn(
            &list(&["bố đánh con", "mẹ đánh em hoài", "chú sờ con"]),
            &list(&["đánh giá kế hoạch", "bố mẹ họp", "kế hoạch của mẹ"]),
        );
        let likely = |text: &str| {
            let tokens = tokenize(text);
            let restored = restore(&tokens, &Vocabulary::new());
            let marked = tokens.iter().any(|token| token.marked);
            let words = tokens.iter().zip(restored.iter().map(String::as_str));
            classifier.likelihood(&Words::new(words, marked))
        };
        assert!(likely("chú đánh con") > 0.6);
        assert!(likely("chu danh con") > 0.6);
        assert!(likely("đánh giá của bố mẹ") < 0.4);
        assert!(Classifier::default().is_empty());
    }
}
