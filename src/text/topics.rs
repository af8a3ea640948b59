//! What a short text is about, of many topics, learnt from examples: multinomial logistic
//! regression on folded words, pairs of neighbours and the concepts named, each weighted by its inverse
//! document frequency. What was learnt is kept in bytes: there are many features, and topics for each.
//!
//! Since only folded words are looked at, a text is about the same with its diacritics and without.
//! Learning walks through the examples in a fixed order (stochastic gradient descent, Bottou 2010),
//! so that the same examples always give the same weights.

use std::hash::{Hash, Hasher};

use super::hash::{FastHasher, FastMap};

/// How often learning walks through the examples.
const ROUNDS: u32 = 6;
/// Size of the first steps; later ones are smaller.
const STEP: f32 = 6.0;
/// Errors smaller than this teach nothing worth the time.
const SLIGHT: f32 = 0.002;

/// Tells topics from one another.
#[derive(Clone, Debug, Default)]
pub struct Topics {
    kinds: usize,
    places: FastMap<u64, u32>,
    /// Inverse document frequency at each place.
    idf: Vec<f32>,
    /// What a feature no example has would weigh.
    rarest: f32,
    /// A weight for each topic at each place, in units of the place's own.
    weights: Vec<i8>,
    units: Vec<f32>,
    biases: Vec<f32>,
}

/// A text to learn from or to tell.
#[derive(Clone, Debug, Default)]
pub struct Utterance<'a> {
    /// Its words in their order, folded.
    pub words: Vec<&'a str>,
    /// Numbers of the concepts it names, whatever the words: what is learnt of one word for a thing
    /// holds for the others.
    pub concepts: Vec<usize>,
}

impl<'a> From<Vec<&'a str>> for Utterance<'a> {
    fn from(words: Vec<&'a str>) -> Self {
        let concepts = Vec::new();
        Self { words, concepts }
    }
}

/// Weights while they are learnt.
struct Draft {
    weights: Vec<f32>,
    biases: Vec<f32>,
}

/// A text as its features: places, and the share each has of the text.
type Features = Vec<(u32, f32)>;

impl Topics {
    /// Keeps what was learnt, each row in units of a 127th of its largest weight.
    fn keep(&mut self, draft: Draft) {
        let rows = draft.weights.chunks(self.kinds.max(1));
        let largest = |row: &[f32]| row.iter().map(|w| w.abs()).fold(0.0, f32::max);
        self.units = rows
            .clone()
            .map(|row| (largest(row) / 127.0).max(f32::MIN_POSITIVE))
            .collect();
        self.weights = rows
            .zip(&self.units)
            .flat_map(|(row, unit)| row.iter().map(move |weight| (weight / unit).round() as i8))
            .collect();
        self.biases = draft.biases;
    }

    /// True when there was nothing to learn from.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// How likely a text is about each topic; together 1.
    pub fn likelihoods(&self, text: &Utterance) -> Vec<f32> {
        let mut places = Vec::new();
        let mut unknown = 0;
        for (hash, is_word) in hashes(text) {
            match self.places.get(&hash) {
                Some(place) => places.push(*place),
                None if is_word => unknown += 1,
                None => {}
            }
        }
        let mut sums = vec![0.0; self.kinds];
        self.sum(&self.shares(&places, unknown), &mut sums);
        to_likelihoods(&mut sums);
        sums
    }

    fn sum(&self, features: &Features, sums: &mut [f32]) {
        sums.copy_from_slice(&self.biases);
        for (place, share) in features {
            let start = *place as usize * self.kinds;
            let row = &self.weights[start..start + self.kinds];
            let share = share * self.units[*place as usize];
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += share * f32::from(*weight);
            }
        }
    }

    /// The places of an example's features, made when they are new.
    fn new_places(&mut self, text: &Utterance) -> Vec<u32> {
        let mut places: Vec<u32> = hashes(text)
            .map(|(hash, _)| {
                let next = self.places.len() as u32;
                *self.places.entry(hash).or_insert(next)
            })
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Counts in how many examples each feature is.
    fn weigh(&mut self, examples: &[(usize, Vec<u32>)]) {
        let mut counts = vec![0u32; self.places.len()];
        for place in examples.iter().flat_map(|(_, places)| places) {
            counts[*place as usize] += 1;
        }
        let all = examples.len() as f32;
        let idf = |count: u32| (all / (1.0 + count as f32)).ln().max(0.0) + 1.0;
        self.idf = counts.into_iter().map(idf).collect();
        self.rarest = idf(0);
    }

    /// What each feature has of a text: its squares add up to 1, those of unknown words counted.
    fn shares(&self, places: &[u32], unknown: usize) -> Features {
        let idf = |place: &u32| self.idf[*place as usize];
        let known: f32 = places.iter().map(|place| idf(place).powi(2)).sum();
        let length = (known + unknown as f32 * self.rarest.powi(2)).sqrt();
        let share = |place: &u32| (*place, idf(place) / length.max(f32::EPSILON));
        places.iter().map(share).collect()
    }
}

/// Examples to learn from, told one after the other: of each only its features are kept, so that no text
/// need be held.
pub struct Lessons {
    topics: Topics,
    read: Vec<(usize, Vec<u32>)>,
}

impl Lessons {
    /// None yet, for that many topics.
    pub fn new(kinds: usize) -> Self {
        let topics = Topics {
            kinds,
            ..Topics::default()
        };
        let read = Vec::new();
        Self { topics, read }
    }

    /// One more example, with its topic, counted from 0.
    pub fn add(&mut self, kind: usize, text: &Utterance) {
        let places = self.topics.new_places(text);
        self.read.push((kind, places));
    }

    /// What they teach.
    pub fn learn(self) -> Topics {
        let Self { mut topics, read } = self;
        topics.weigh(&read);
        let kinds = topics.kinds;
        let examples = mixed(kinds, read)
            .into_iter()
            .map(|(kind, places)| (kind, topics.shares(&places, 0)))
            .collect::<Vec<_>>();
        let mut draft = Draft {
            weights: vec![0.0; topics.idf.len() * kinds],
            biases: vec![0.0; kinds],
        };
        let mut sums = vec![0.0; kinds];
        for round in 0..ROUNDS {
            let step = STEP / (1.0 + round as f32);
            for (kind, features) in &examples {
                draft.learn_one(*kind, features, step, &mut sums);
            }
        }
        topics.keep(draft);
        topics
    }
}

impl Draft {
    fn learn_one(&mut self, kind: usize, features: &Features, step: f32, sums: &mut [f32]) {
        let kinds = self.biases.len();
        sums.copy_from_slice(&self.biases);
        for (place, share) in features {
            let start = *place as usize * kinds;
            for (sum, weight) in sums.iter_mut().zip(&self.weights[start..start + kinds]) {
                *sum += share * weight;
            }
        }
        to_likelihoods(sums);
        sums[kind] -= 1.0;
        for (at, error) in sums.iter().enumerate() {
            if error.abs() < SLIGHT {
                continue;
            }
            for (place, share) in features {
                self.weights[*place as usize * kinds + at] -= step * error * share;
            }
            self.biases[at] -= 0.1 * step * error;
        }
    }
}

/// Hashes of what stands in a text, and whether it is a single word.
fn hashes<'a>(text: &'a Utterance) -> impl Iterator<Item = (u64, bool)> + 'a {
    let single = text.words.iter().map(|word| (hash(0, word), true));
    let pairs = text.words.windows(2);
    let pairs = pairs.map(|two| (hash(1, (two[0], two[1])), false));
    let concepts = text
        .concepts
        .iter()
        .map(|concept| (hash(2, concept), false));
    single.chain(pairs).chain(concepts)
}

fn hash(kind: u8, what: impl Hash) -> u64 {
    let mut hasher = FastHasher::default();
    (kind, what).hash(&mut hasher);
    hasher.finish()
}

/// Examples with the topics evenly mixed: what is learnt last would count most.
fn mixed(kinds: usize, examples: Vec<(usize, Vec<u32>)>) -> Vec<(usize, Vec<u32>)> {
    let mut counts = vec![0u32; kinds];
    for (kind, _) in &examples {
        counts[*kind] += 1;
    }
    let mut seen = vec![0u32; kinds];
    let mut order: Vec<(f32, (usize, Vec<u32>))> = examples
        .into_iter()
        .map(|(kind, places)| {
            seen[kind] += 1;
            let at = (seen[kind] as f32 - 0.5) / counts[kind] as f32;
            (at, (kind, places))
        })
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    order.into_iter().map(|(_, example)| example).collect()
}

/// Softmax, in place.
fn to_likelihoods(sums: &mut [f32]) {
    let most = sums.iter().copied().fold(f32::MIN, f32::max);
    let mut all = 0.0;
    for sum in sums.iter_mut() {
        *sum = (*sum - most).exp();
        all += *sum;
    }
    for sum in sums {
        *sum /= all;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Token, tokenize};
    use super::*;

    const TEXTS: [(usize, &str); 6] = [
        (0, "hồ bơi cho trẻ em"),
        (0, "dạy bơi ở xã"),
        (1, "sách cho thư viện"),
        (1, "mua sách mới ở xã"),
        (2, "tiền thuê nhà"),
        (2, "nhà cho thuê ở xã"),
    ];

    fn learnt() -> Topics {
        let mut lessons = Lessons::new(3);
        for (kind, text) in TEXTS {
            lessons.add(kind, &folds(&tokenize(text)));
        }
        lessons.learn()
    }

    fn folds(tokens: &[Token]) -> Utterance<'_> {
        let words: Vec<&str> = tokens.iter().map(|token| token.fold.as_str()).collect();
        words.into()
    }

    fn likelihoods(text: &str) -> Vec<f32> {
        learnt().likelihoods(&folds(&tokenize(text)))
    }

    #[test]
    fn what_a_text_is_about() {
        for (text, kind) in [
            ("trẻ em tập bơi", 0),
            ("thư viện mua gì", 1),
            ("thue nha", 2),
        ] {
            let likely = likelihoods(text);
            assert!(likely[kind] > 0.5, "{text}: {likely:?}");
        }
    }

    #[test]
    fn with_diacritics_and_without_it_is_the_same() {
        assert_eq!(likelihoods("hồ bơi"), likelihoods("ho boi"));
    }

    #[test]
    fn unknown_words_make_unsure() {
        let (all, part) = (
            likelihoods("thư viện"),
            likelihoods("thư viện quốc hội khóa mười"),
        );
        assert!(part[1] < all[1]);
        assert!(
            likelihoods("")
                .iter()
                .all(|share| (share - 1.0 / 3.0).abs() < 0.2)
        );
    }

    #[test]
    fn nothing_to_learn() {
        assert!(Topics::default().is_empty());
        assert!(Lessons::new(0).learn().is_empty());
    }
}
