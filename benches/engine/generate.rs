//! A large corpus made of a small one: documents whose sentences are random walks over the small
//! one's neighbouring syllables. The same size gives the same bytes.

use std::collections::HashMap;
use std::fmt::Write;

use hoidap::corpus::Corpus;
use hoidap::text::tokenize;

/// Documents the passages are spread over, at most.
const DOCUMENTS: usize = 10;
const PASSAGES_IN_SECTION: usize = 25;
const SECTIONS_IN_PART: usize = 20;
const WORDS_IN_HEADING: usize = 8;
/// Words in a passage, from and to: 40 on average, in sentences of 20 on average.
const WORDS: (usize, usize) = (20, 60);
const WORDS_IN_SENTENCE: (usize, usize) = (10, 30);
/// One step in so many leaves the pairs that the small corpus has.
const LEAP: usize = 6;

/// Files, by name, of documents with `passages` passages in all.
pub fn documents(corpus: &Corpus, passages: usize) -> Vec<(String, Vec<u8>)> {
    let mut walk = Walk::new(corpus);
    let documents = DOCUMENTS.min(passages);
    (0..documents)
        .map(|document| {
            let share = passages * (document + 1) / documents - passages * document / documents;
            let file = walk.document(document + 1, share);
            (format!("sinh-{:02}.md", document + 1), file.into_bytes())
        })
        .collect()
}

/// A walk over words, each of which stands as often as in the small corpus.
struct Walk {
    words: Vec<String>,
    /// Where each word stands in `words`: a step goes to what follows one of these places.
    places: HashMap<String, Vec<usize>>,
    at: usize,
    random: Random,
}

impl Walk {
    fn new(corpus: &Corpus) -> Self {
        let texts = (0..corpus.passage_count()).map(|passage| corpus.text_of(passage));
        let words: Vec<String> = texts.flat_map(tokenize).map(|token| token.word).collect();
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
            places.entry(word.clone()).or_default().push(at);
        }
        Self {
            words,
            places,
            at: 0,
            random: Random(1),
        }
    }

    fn document(&mut self, number: usize, passages: usize) -> String {
        let mut file = String::with_capacity(passages * 256);
        let title = self.sentence(WORDS_IN_HEADING);
        let _ = write!(
            file,
            "+++\nid = \"sinh-{number}\"\ntype = \"Báo cáo\"\nnumber = \"{number}-BC/SINH\"\n\
             short = \"Báo cáo {number}-BC/SINH\"\ntitle = \"{title}\"\nissuer = \"Máy sinh chữ\"\n\
             issued = 2024-01-01\ntext = \"verbatim\"\n+++\n\n# {title}\n"
        );
        for passage in 0..passages {
            if passage % (PASSAGES_IN_SECTION * SECTIONS_IN_PART) == 0 {
                let part = passage / (PASSAGES_IN_SECTION * SECTIONS_IN_PART) + 1;
                let heading = self.sentence(WORDS_IN_HEADING);
                let _ = write!(file, "\n## {heading} {{#phan-{part}}}\n");
            }
            if passage % PASSAGES_IN_SECTION == 0 {
                let section = passage / PASSAGES_IN_SECTION % SECTIONS_IN_PART + 1;
                let heading = self.sentence(WORDS_IN_HEADING);
                let _ = write!(file, "\n### {section}. {heading}\n\n");
            }
            let text = self.passage();
            let _ = writeln!(file, "- {text}");
        }
        file
    }

    fn passage(&mut self) -> String {
        let mut left = self.random.between(WORDS);
        let mut sentences = Vec::new();
        while left > 0 {
            let length = self.random.between(WORDS_IN_SENTENCE).min(left);
            sentences.push(self.sentence(length) + ".");
            left -= length;
        }
        sentences.join(" ")
    }

    fn sentence(&mut self, length: usize) -> String {
        let mut sentence = String::with_capacity(length * 7);
        for _ in 0..length {
            self.step();
            let mut letters = self.words[self.at].chars();
            if sentence.is_empty() {
                sentence.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            } else {
                sentence.push(' ');
            }
            sentence.push_str(letters.as_str());
        }
        sentence
    }

    fn step(&mut self) {
        let next = if self.random.below(LEAP) == 0 {
            self.random.below(self.words.len())
        } else {
            let same = &self.places[&self.words[self.at]];
            same[self.random.below(same.len())] + 1
        };
        self.at = next % self.words.len();
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn between(&mut self, (from, to): (usize, usize)) -> usize {
        from + self.below(to - from + 1)
    }
}
