//! What holds for any question whatever: no panic, every quotation literal, the same question the
//! same answer, and silence without citations.

use std::path::Path;
use std::sync::OnceLock;

use hoidap::answer::{Answer, Context, Kind, PassageId};
use hoidap::corpus::Corpus;
use hoidap::engine::Engine;
use hoidap::index;
use proptest::prelude::*;

/// The engine over the project's own corpus, opened once.
fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let (corpus, _) = Corpus::load(&folder).expect("the project's corpus loads");
        let index = index::open_in_memory(&corpus).expect("an index in memory");
        Engine::new(corpus, index)
    })
}

/// Words that people and documents use, for questions that nobody would think of.
const WORDS: &[&str] = &[
    "ai",
    "làm",
    "gì",
    "khi nào",
    "bao nhiêu",
    "nhiệm vụ",
    "mục",
    "III.4",
    "phần II",
    "ý 3",
    "còn",
    "HĐND",
    "ban tuyên giáo",
    "sở y tế",
    "chi thi 28",
    "kế hoạch 109",
    "trẻ em",
    "xâm hại",
    "ngân sách",
    "trer em",
    "tre3",
    "bao ve",
    "đánh",
    "em",
    "sợ quá",
    "so sánh",
    "tiếp theo",
    "đọc đầy đủ",
    "gồm những gì",
    "“trẻ em”",
    "học phí",
    "🙂",
    "x",
    "...",
    "\u{300}",
    "LÂM ĐỒNG",
    "đượccc",
];

fn questions() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        prop::collection::vec(prop::sample::select(WORDS), 0..9).prop_map(|words| words.join(" ")),
        "[a-zđăâêôơưáàảãạ ]{0,60}",
    ]
}

/// The words of a place, read from the corpus without the engine's help.
fn words_of(corpus: &Corpus, place: &PassageId) -> String {
    if let Some(passage) = corpus.passage_by_id(place) {
        return corpus.text_of(passage).to_owned();
    }
    if let Some(section) = corpus.section_by_id(place) {
        return corpus.heading_of(section).to_owned();
    }
    corpus
        .document(place.as_str())
        .map(|(_, document)| document.title.clone())
        .unwrap_or_default()
}

fn check(answer: &Answer) -> Result<(), TestCaseError> {
    for citation in &answer.citations {
        let words = words_of(engine().corpus(), &citation.passage);
        prop_assert!(!citation.quote.is_empty());
        prop_assert!(
            words.contains(&citation.quote),
            "{} is not in {}",
            citation.quote,
            citation.passage
        );
        prop_assert!(answer.text.contains(&citation.quote));
        prop_assert!(answer.text.contains(&citation.label));
    }
    match answer.kind {
        Kind::Answer => prop_assert!(!answer.citations.is_empty()),
        Kind::Abstain | Kind::Chat => prop_assert!(answer.citations.is_empty()),
        Kind::Urgent => prop_assert!(
            answer
                .text
                .lines()
                .next()
                .is_some_and(|line| line.contains("111"))
        ),
    }
    prop_assert!(!answer.text.is_empty());
    prop_assert!((0.0..=1.0).contains(&answer.confidence));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_quotation_is_literal(turns in prop::collection::vec(questions(), 1..4)) {
        let mut context = Context::default();
        for turn in turns {
            let reply = engine().ask(&turn, &context);
            check(&reply.answer)?;
            let again = engine().ask(&turn, &context);
            prop_assert_eq!(&reply.answer.text, &again.answer.text);
            prop_assert_eq!(&reply.answer.fingerprint, &again.answer.fingerprint);
            prop_assert_eq!(&reply.context, &again.context);
            context = reply.context;
        }
    }
}

/// What is offered to go on with has an answer.
#[test]
fn suggestions_have_answers() {
    let questions = [
        "Ban Tuyên giáo Tỉnh ủy có nhiệm vụ gì?",
        "ai bố trí quỹ đất",
        "trẻ em mồ côi",
        "giá vàng hôm nay",
        "phần II gồm những gì",
        "so sánh ngân sách trong chỉ thị và kế hoạch",
        "học phí bao nhiêu tiền",
    ];
    let mut offered = 0;
    for question in questions {
        for suggestion in engine()
            .ask(question, &Context::default())
            .answer
            .suggestions
        {
            let answer = engine().ask(&suggestion, &Context::default()).answer;
            assert_eq!(
                answer.kind,
                Kind::Answer,
                "{question} -> {suggestion}: {}",
                answer.text
            );
            offered += 1;
        }
    }
    assert!(offered >= questions.len(), "only {offered} suggestions");
}
