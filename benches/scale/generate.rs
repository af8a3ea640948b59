//! A library of generated documents: the words and headings of a real corpus, put together anew. The same
//! number gives the same document.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use hoidap::corpus::Corpus;
use hoidap::text::tokenize;

/// Passages of a document.
pub const PASSAGES: usize = 100;
const IN_SECTION: usize = 5;
const SECTIONS_IN_PART: usize = 4;
const KINDS: &[(&str, &str)] = &[
    ("Kế hoạch", "KH"),
    ("Hướng dẫn", "HD"),
    ("Quyết định", "QĐ"),
    ("Thông báo", "TB"),
    ("Công văn", "CV"),
    ("Nghị quyết", "NQ"),
];
const BODIES: &[(&str, &str)] = &[
    ("Ủy ban nhân dân tỉnh", "UBND"),
    ("Ban Thường vụ Tỉnh ủy", "TU"),
    ("Hội đồng nhân dân tỉnh", "HĐND"),
    ("Sở Giáo dục và Đào tạo", "SGDĐT"),
    ("Sở Y tế", "SYT"),
    ("Ban Tuyên giáo Trung ương", "BTGTW"),
];
const PLACES: &[&str] = &["Lâm Đồng", "Bình Phước", "Khánh Hòa", "Gia Lai", "Nghệ An"];

/// What documents are made of.
pub struct Words {
    /// From the most frequent to the rarest.
    by_count: Vec<String>,
    /// What follows a word in the real text, as often as it does.
    after: HashMap<String, Vec<String>>,
    headings: Vec<String>,
}

impl Words {
    /// The words of the corpus in a folder.
    pub fn of(folder: &Path) -> Self {
        let (corpus, _) = Corpus::load(folder).expect("a corpus");
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut after: HashMap<String, Vec<String>> = HashMap::new();
        for passage in 0..corpus.passage_count() {
            let tokens = tokenize(corpus.text_of(passage));
            for two in tokens.windows(2) {
                let next = after.entry(two[0].word.clone()).or_default();
                next.push(two[1].word.clone());
            }
            for token in tokens {
                *counts.entry(token.word).or_default() += 1;
            }
        }
        let mut counted: Vec<(String, usize)> = counts.into_iter().collect();
        counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let headings = (0..corpus.section_count()).map(|section| corpus.heading_of(section));
        let headings = headings.filter(|heading| !heading.is_empty());
        Self {
            by_count: counted.into_iter().map(|(word, _)| word).collect(),
            after,
            headings: headings.map(str::to_owned).collect(),
        }
    }

    /// A word as often as its place among all makes it (Zipf).
    fn draw(&self, random: &mut Random) -> &str {
        let place = (self.by_count.len() as f64).powf(random.share()) as usize;
        &self.by_count[(place - 1).min(self.by_count.len() - 1)]
    }

    /// Words one after the other: mostly as they follow each other in the real text, and now and then
    /// one that the document is about.
    fn scraps(&self, random: &mut Random, about: &[&str], count: usize) -> String {
        let mut text: Vec<&str> = vec![self.draw(random)];
        while text.len() < count {
            let next = self.after.get(text[text.len() - 1]);
            text.push(match (random.below(8), next) {
                (0, _) => about[random.below(about.len())],
                (1, _) | (_, None) => self.draw(random),
                (_, Some(next)) => &next[random.below(next.len())],
            });
        }
        let text = text.join(" ");
        let mut letters = text.chars();
        let first = letters
            .next()
            .map(|letter| letter.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    }
}

/// Writes the documents of these numbers that are not there yet.
pub fn write(folder: &Path, words: &Words, count: usize) {
    fs::create_dir_all(folder).expect("a folder");
    for number in 0..count {
        let path = folder.join(name(number));
        if !path.exists() {
            fs::write(path, document(words, number, "")).expect("written");
        }
    }
}

/// The name of a document's file.
pub fn name(number: usize) -> String {
    format!("vb-{number:06}.md")
}

/// A document, and `more` as a passage at its end.
pub fn document(words: &Words, number: usize, more: &str) -> String {
    let mut random = Random(number as u64 + 1);
    let about: Vec<&str> = (0..6)
        .map(|_| words.by_count[random.below(words.by_count.len())].as_str())
        .collect();
    let (kind, sign) = KINDS[random.below(KINDS.len())];
    let (body, code) = BODIES[random.below(BODIES.len())];
    let place = PLACES[random.below(PLACES.len())];
    let official = format!("{}/{sign}-{code}", number + 1);
    let day = (
        1 + random.below(28),
        1 + random.below(12),
        2010 + random.below(15),
    );
    let title = words.scraps(&mut random, &about, 14);
    let mut text = format!(
        "+++\nid = \"vb-{number:06}\"\ntype = \"{kind}\"\nnumber = \"{official}\"\n\
         short = \"{kind} {official}\"\ntitle = \"{title}\"\nissuer = \"{body} {place}\"\n\
         issued = {}-{:02}-{:02}\nplace = \"{place}\"\n+++\n",
        day.2, day.1, day.0
    );
    for section in 0..PASSAGES.div_ceil(IN_SECTION) {
        if section % SECTIONS_IN_PART == 0 {
            let part = ["I", "II", "III", "IV", "V"][section / SECTIONS_IN_PART];
            let heading = &words.headings[random.below(words.headings.len())];
            text += &format!("\n## {part}. {heading}\n");
        }
        let heading = words.scraps(&mut random, &about, 7);
        text += &format!("\n### {}. {heading}\n", section % SECTIONS_IN_PART + 1);
        for passage in 0..IN_SECTION {
            let length = 25 + (section * IN_SECTION + passage) * 7 % 41;
            text += &format!("- {}.\n", words.scraps(&mut random, &about, length));
        }
    }
    if !more.is_empty() {
        text += &format!("- {more}\n");
    }
    text
}

/// A xorshift generator.
pub struct Random(pub u64);

impl Random {
    /// A number less than `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 33) as usize % end
    }

    /// A number from 0 to 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn next(&mut self) -> u64 {
        for (left, shift) in [(true, 13), (false, 7), (true, 17)] {
            self.0 ^= if left {
                self.0 << shift
            } else {
                self.0 >> shift
            };
        }
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
}
