//! Statistics as bytes and back.

use super::statistics::{Lists, Statistics, Words};
use crate::question::Asked;
use crate::text::bytes::{four, number, numbers, put, put_all, put_text, take, text};

impl Statistics {
    /// The bytes that [`Statistics::from_bytes`] makes the same of.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for words in [&self.words.exact, &self.words.folded] {
            put(&mut bytes, words.len());
            for name in words.names() {
                put_text(&mut bytes, name);
            }
            put_all(&mut bytes, &words.passages);
            put_all(&mut bytes, &words.said);
        }
        put(&mut bytes, self.passages);
        put_all(&mut bytes, &self.concepts);
        put(&mut bytes, usize::from(self.neighbours.is_some()));
        let neighbours = self.neighbours.as_deref().unwrap_or_default();
        put(&mut bytes, neighbours.len());
        for (left, right) in neighbours {
            bytes.extend(left.to_le_bytes());
            bytes.extend(right.to_le_bytes());
        }
        let facts = Asked::ALL.iter().enumerate();
        let held = facts.filter(|(_, asked)| self.hold(**asked));
        put_all(
            &mut bytes,
            &held.map(|(at, _)| at as u32).collect::<Vec<_>>(),
        );
        bytes
    }

    /// The statistics that these bytes were made of; `None` when they are not whole.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let words = Lists {
            exact: words(&mut rest)?,
            folded: words(&mut rest)?,
        };
        let passages = number(&mut rest)? as usize;
        let concepts = numbers(&mut rest)?;
        let are_known = number(&mut rest)? == 1;
        let count = number(&mut rest)? as usize;
        let pairs = take(&mut rest, count.checked_mul(8)?)?.chunks_exact(8);
        let neighbours = pairs
            .map(|pair| (four(&pair[..4]), four(&pair[4..])))
            .collect();
        let facts = numbers(&mut rest)?
            .into_iter()
            .map(|at| Asked::ALL.get(at as usize).copied())
            .collect::<Option<_>>()?;
        rest.is_empty().then_some(Self {
            words,
            passages,
            concepts,
            neighbours: are_known.then_some(neighbours),
            facts,
        })
    }
}

fn words(rest: &mut &[u8]) -> Option<Words> {
    let count = number(rest)?;
    let mut words = Words::default();
    for id in 0..count {
        if words.insert(text(rest)?) != id {
            return None;
        }
    }
    words.passages = numbers(rest).filter(|counts| counts.len() == count as usize)?;
    words.said = numbers(rest).filter(|counts| counts.len() == count as usize)?;
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::super::Gathering;
    use super::*;
    use crate::corpus::Corpus;

    const FILE: &str = "+++\nid = \"kh\"\ntype = \"Kế hoạch\"\nnumber = \"1\"\nshort = \"Kế hoạch 1\"\n\
        title = \"Kế hoạch\"\nissuer = \"Tỉnh ủy\"\n+++\n## I. Dạy bơi\n- Dạy bơi cho trẻ em.\n\
        - Chi 20.000.000 đồng mỗi năm.\n";
    const LEXICON: &str =
        "[[concept]]\nid = 'boi'\nofficial = ['dạy bơi']\neveryday = ['tập bơi']\n";
    const SAID: &str = "[[passage]]\nid = 'kh#I.1'\nsays = ['học bơi ở đâu', 'trẻ tập bơi']\n";

    fn statistics() -> Statistics {
        let files = [
            ("kh.md", FILE),
            ("tu-dien.toml", LEXICON),
            ("dien-dat.toml", SAID),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_owned()));
        let (corpus, problems) = Corpus::from_files(files.to_vec()).unwrap();
        assert_eq!(problems, []);
        let mut gathering = Gathering::default();
        gathering.add(&corpus, 0, corpus.leaf(0));
        gathering.finish()
    }

    #[test]
    fn come_back_as_they_were() {
        let (made, bytes) = (statistics(), statistics().to_bytes());
        let read = Statistics::from_bytes(&bytes).unwrap();
        assert_eq!(read.to_bytes(), bytes);
        for word in ["bơi", "trẻ", "tập", "rừng"] {
            let (id, same) = (made.words.exact.id(word), read.words.exact.id(word));
            assert_eq!(same, id, "{word}");
            assert_eq!(read.words.exact.passages(id), made.words.exact.passages(id));
            assert_eq!(read.words.exact.said(id), made.words.exact.said(id));
        }
        // Of two passages under a heading that says it: both; the paraphrases count apart.
        let id = |word| read.words.folded.id(word);
        let counts = |word| {
            (
                read.words.folded.passages(id(word)),
                read.words.folded.said(id(word)),
            )
        };
        assert_eq!((counts("boi"), counts("tap")), ((2, 2), (0, 1)));
        assert_eq!((read.passages, read.concept(0), read.concept(9)), (2, 2, 0));
        assert!(!read.never_say(&[id("tre"), id("em")]));
        assert!(read.never_say(&[id("em"), id("tre")]));
        assert_eq!(
            (read.hold(Asked::Money), read.hold(Asked::Telephone)),
            (true, false)
        );
    }

    #[test]
    fn what_is_not_whole_is_refused() {
        let bytes = statistics().to_bytes();
        for length in 0..bytes.len() {
            assert!(
                Statistics::from_bytes(&bytes[..length]).is_none(),
                "{length}"
            );
        }
        let longer = [bytes.as_slice(), &[0]].concat();
        assert!(Statistics::from_bytes(&longer).is_none());
        // A length beyond all bytes is no reason to ask for so much memory.
        assert!(Statistics::from_bytes(&[0xff; 64]).is_none());
    }
}
