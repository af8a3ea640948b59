//! Of which kind a short text is, learnt from examples: logistic regression, one kind against all
//! others, on words and pairs of neighbouring words, with and without their diacritics.
//!
//! Learning walks through the examples a few times in a fixed order (stochastic gradient descent,
//! Bottou 2010), so that the same examples always give the same weights. Every example is learnt
//! as it is typed and once more without diacritics.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use super::hash::{FastHasher, FastMap};
use super::{Token, fold};

/// How often learning walks through the examples.
const ROUNDS: u32 = 6;
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

/// Examples of a kind, or of none.
pub struct Examples<'a> {
    /// The kind, counted from 0.
    pub kind: Option<usize>,
    /// The texts.
    pub texts: Vec<Cow<'a, [Token]>>,
}

/// Tells texts of some kinds from one another.
#[derive(Clone, Debug, Default)]
pub struct Classifier {
    kinds: usize,
    places: FastMap<u64, u32>,
    /// A weight for each kind at each place.
    weights: Vec<f32>,
    biases: Vec<f32>,
}

impl Classifier {
    /// Learns a number of kinds from examples.
    pub fn learn(kinds: usize, examples: &[Examples]) -> Self {
        let mut classifier = Self {
            kinds,
            biases: vec![0.0; kinds],
            ..Self::default()
        };
        let examples = classifier.mixed(examples);
        for round in 0..ROUNDS {
            let step = STEP / (1.0 + round as f32);
            for (places, kind) in &examples {
                for at in 0..kinds {
                    classifier.learn_one(places, at, *kind == Some(at), step);
                }
            }
        }
        classifier
    }

    /// True when there was nothing to learn from.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// How likely the text is of each kind, 0 to 1.
    pub fn likelihoods(&self, words: &Words) -> Vec<f32> {
        let features = words.features();
        let known = features
            .iter()
            .filter_map(|feature| self.places.get(feature));
        let places: Vec<u32> = known.copied().collect();
        let scale = scale(features.len());
        (0..self.kinds)
            .map(|kind| logistic(self.sum(&places, kind) * scale + self.biases[kind]))
            .collect()
    }

    fn learn_one(&mut self, places: &[u32], kind: usize, is: bool, step: f32) {
        let scale = scale(places.len());
        let sum = self.sum(places, kind) * scale + self.biases[kind];
        let error = f32::from(u8::from(is)) - logistic(sum);
        for place in places {
            let weight = &mut self.weights[*place as usize * self.kinds + kind];
            *weight += step * (error * scale - DECAY * *weight);
        }
        self.biases[kind] += 0.1 * step * error;
    }

    /// All examples by the places of their features, the kinds evenly mixed: what is learnt last
    /// would count most.
    fn mixed(&mut self, examples: &[Examples]) -> Vec<(Vec<u32>, Option<usize>)> {
        let mut order: Vec<(f32, &[Token], Option<usize>)> = Vec::new();
        for group in examples {
            let place = |at: usize| (at as f32 + 0.5) / group.texts.len() as f32;
            let texts = group.texts.iter().enumerate();
            order.extend(texts.map(|(at, tokens)| (place(at), tokens.as_ref(), group.kind)));
        }
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut mixed = Vec::new();
        for (_, tokens, kind) in order {
            mixed.extend(self.forms(tokens).into_iter().map(|places| (places, kind)));
        }
        mixed
    }

    /// The places of an example's features, as typed and without diacritics.
    fn forms(&mut self, tokens: &[Token]) -> Vec<Vec<u32>> {
        let marked = tokens.iter().any(|token| fold(&token.word) != token.word);
        let forms: &[bool] = if marked { &[true, false] } else { &[false] };
        forms
            .iter()
            .map(|marked| {
                let words = tokens.iter().map(|token| (token, token.word.as_str()));
                let features = Words::new(words, *marked).features();
                features
                    .into_iter()
                    .map(|feature| self.place(feature))
                    .collect()
            })
            .collect()
    }

    fn place(&mut self, feature: u64) -> u32 {
        let next = (self.weights.len() / self.kinds) as u32;
        let place = *self.places.entry(feature).or_insert(next);
        if place == next {
            self.weights.resize(self.weights.len() + self.kinds, 0.0);
        }
        place
    }

    fn sum(&self, places: &[u32], kind: usize) -> f32 {
        let weight = |place: &u32| self.weights[*place as usize * self.kinds + kind];
        places.iter().map(weight).sum()
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
        let list = |texts: &[&str]| {
            let texts = texts.iter().map(|text| Cow::from(tokenize(text)));
            texts.collect::<Vec<_>>()
        };
        let classifier = Classifier::learn(
            1,
            &[
                Examples {
                    kind: Some(0),
                    texts: list(&["bố đánh con", "mẹ đánh em hoài", "chú sờ con"]),
                },
                Examples {
                    kind: None,
                    texts: list(&["đánh giá kế hoạch", "bố mẹ họp", "kế hoạch của mẹ"]),
                },
            ],
        );
        let likely = |text: &str| {
            let tokens = tokenize(text);
            let restored = restore(&tokens, &Vocabulary::new());
            let marked = tokens.iter().any(|token| token.marked);
            let words = tokens.iter().zip(restored.iter().map(String::as_str));
            classifier.likelihoods(&Words::new(words, marked))[0]
        };
        assert!(likely("chú đánh con") > 0.6);
        assert!(likely("chu danh con") > 0.6);
        assert!(likely("đánh giá của bố mẹ") < 0.4);
        assert!(Classifier::default().is_empty());
    }
}
