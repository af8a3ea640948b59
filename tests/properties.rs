//! What holds for any question whatever: no panic, every quotation literal, the same question the
//! same answer, and silence without citations.

#[path = "support/own_corpus.rs"]
mod own_corpus;

use hoidap::answer::{Answer, Context, Kind};
use hoidap::eval::generate::{self, Plan, WORDS};
use own_corpus::engine;
use proptest::prelude::*;

fn questions() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        prop::collection::vec(prop::sample::select(WORDS), 0..9).prop_map(|words| words.join(" ")),
        "[a-zđăâêôơưáàảãạ ]{0,60}",
    ]
}

fn check(answer: &Answer) -> Result<(), TestCaseError> {
    let breaches = generate::look(engine().corpus(), answer);
    prop_assert!(breaches.is_empty(), "{breaches:?} in:\n{}", answer.text);
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

/// Questions made from the corpus itself; `hoidap eval --generate` asks more of them.
#[test]
fn generated_questions_have_sound_answers() {
    // The same questions in a build without optimisation take ten times as long.
    let questions = if cfg!(debug_assertions) {
        1_500
    } else {
        30_000
    };
    let plan = Plan {
        questions,
        seed: 1,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
    };
    let tally = generate::run(engine(), &plan, |_| ());
    assert!(tally.is_sound(), "{tally}");
    assert_eq!(tally.asked, questions);
    assert_eq!(tally.literal.hits, tally.literal.all);
    // What is looked at is there to be looked at.
    assert!(tally.literal.all > questions / 4, "{tally}");
    assert!(tally.frames > questions / 50, "{tally}");
    for kind in ["answer", "abstain", "urgent", "chat"] {
        assert!(tally.kinds.contains_key(kind), "no {kind}:\n{tally}");
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
