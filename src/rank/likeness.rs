//! Whether the best passage has so much of a question that it can be an answer, by the statistics of
//! the documents alone: for corpora without tables.
//!
//! What is measured is a share of what a passage could have at most (`index/likeness.rs`). Any question
//! has some of its words in any text, the more of them the more words the documents have: the line is
//! raised with the size of their vocabulary.

use super::features::Features;
use super::query::Terms;

/// What counts as evidence. Pairs count more than for an order: chance brings single words together.
/// So do names.
pub const TERMS: Terms = Terms {
    pair: 1.2,
    frame: 0.5,
    frame_pair: 0.5,
    half_frame_pair: 0.8,
    name: 4.0,
};

/// The least likeness for a corpus of a thousand different words.
const LEAST: f32 = 0.113;
/// How it grows with their number: of twice as many words, about a quarter more.
const GROWTH: f32 = 0.3;

/// The least likeness of an answer.
pub fn least(features: &Features) -> f32 {
    let thousands = features.statistics.words.exact.len() as f32 / 1000.0;
    LEAST * thousands.powf(GROWTH)
}

#[cfg(test)]
mod tests {
    use super::super::{Features, Ranker, Verdict, decide};
    use super::least;
    use crate::answer::Context;
    use crate::corpus::Corpus;
    use crate::index::open_in_memory;
    use crate::question::Reader;

    const LIBRARY: &str = "+++\nid = \"a\"\ntype = \"Quy chế\"\nnumber = \"1\"\nshort = \"Quy chế 1\"\n\
        title = \"Quy chế thư viện\"\nissuer = \"Ủy ban xã\"\n+++\n## I. Chung\n\
        ### 1. Mượn sách\n- Bạn đọc mượn tối đa ba cuốn.\n- Thời hạn trả là hai tuần.\n\
        ### 2. Phòng đọc\n- Phòng đọc mở cửa cả tuần.\n- Không mang đồ uống vào phòng.\n\
        ### 3. Thẻ\n- Thẻ bạn đọc làm tại quầy.\n- Mất thẻ thì báo thủ thư.\n";
    const WORDS: &str = "[[concept]]\nid='the'\nofficial=['thẻ bạn đọc']\neveryday=['cạc']\n";

    fn corpus(files: &[(&str, &str)]) -> Corpus {
        let files = files
            .iter()
            .map(|(name, text)| (name.to_string(), text.to_string().into()));
        Corpus::from_files(files.collect()).unwrap().0
    }

    /// The likeness of the best passage, its id, and whether it answers.
    fn ask(corpus: &Corpus, typed: &str) -> (Option<f32>, String, Verdict) {
        let ranker = Ranker::new(corpus, open_in_memory(corpus).unwrap());
        let question = Reader::new(corpus).read(corpus, typed, &Context::default());
        let needs = ranker.needs(corpus, &question);
        let ranking = ranker.rank(corpus, &question, &needs).unwrap();
        let best = ranking
            .best()
            .map_or("", |best| corpus.passage(best.passage).id.as_str());
        let verdict = decide(corpus, ranker.features(), &question, &needs, &ranking);
        let likeness = ranking.likeness.map(|(likeness, _)| likeness);
        (likeness, best.to_owned(), verdict)
    }

    #[test]
    fn with_documents_alone_likeness_decides() {
        let library = corpus(&[("a.md", LIBRARY)]);
        for (typed, passage) in [
            ("được mượn tối đa mấy cuốn?", "a#I.1.1"),
            ("mat the bao ai", "a#I.3.2"),
            ("phòng đọc mở cửa hôm nào", "a#I.2.1"),
        ] {
            let (likeness, best, verdict) = ask(&library, typed);
            assert!(
                likeness.is_some_and(|share| share > 0.0 && share < 1.0),
                "{typed}"
            );
            assert_eq!(
                (best.as_str(), verdict),
                (passage, Verdict::Answer),
                "{typed}"
            );
        }
        for typed in [
            "Napoleon sinh năm nào?",
            "kinh tế châu Âu tăng trưởng ra sao?",
        ] {
            assert!(
                matches!(ask(&library, typed).2, Verdict::Abstain(_)),
                "{typed}"
            );
        }
    }

    #[test]
    fn where_tables_tell_how_people_put_it_they_decide() {
        let library = corpus(&[("a.md", LIBRARY), ("tu-dien.toml", WORDS)]);
        assert_eq!(ask(&library, "mất thẻ báo ai").0, None);
    }

    #[test]
    fn a_short_section_is_read_as_one() {
        let apart = LIBRARY.replace("- Thời hạn", "### 4. Trả sách\n- Thời hạn");
        let typed = "mượn ba cuốn thì hai tuần trả";
        let of = |text: &str| ask(&corpus(&[("a.md", text)]), typed).0.unwrap();
        assert!(of(LIBRARY) > of(&apart), "{} {}", of(LIBRARY), of(&apart));
    }

    #[test]
    fn more_words_raise_the_line() {
        let line = |text: &str| least(&Features::new(&corpus(&[("a.md", text)])));
        let longer = format!("{LIBRARY}### 5. Khác\n- Cấm hút thuốc lá trong khuôn viên.\n");
        assert!(line(&longer) > line(LIBRARY));
    }
}
