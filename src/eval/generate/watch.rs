//! What must hold of any answer whatever was asked, looked at from outside: nothing here asks the
//! engine how it came to its answer.

use std::fmt;

use super::super::literal;
use super::frame;
use crate::answer::{Answer, Citation, Kind, PassageId};
use crate::corpus::Corpus;

/// Longest text of an answer, in characters: three messages of a chat.
const LONGEST_TEXT: usize = 12_000;
/// At most so many questions are offered: two to four where it is asked back which is meant.
const MOST_SUGGESTIONS: usize = 4;
/// At most so many quotations stand in one answer.
const MOST_CITATIONS: usize = 30;
/// The number that stands in the first line of an urgent answer.
const HELPLINE: &str = "111";

/// Something that must never be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breach {
    /// The engine broke down.
    Panic,
    /// The quotation is no byte-exact piece of its place.
    NotLiteral(PassageId),
    /// The label or the document of a citation is not that of its place.
    WrongPlace(PassageId),
    /// The text of the answer shows a citation's quotation or place otherwise, or not at all.
    NotShown(PassageId),
    /// A frame names a unit that the table does not give what is quoted under it.
    Frame(String),
    /// An answer that cites nothing.
    NothingCited,
    /// Silence, or a greeting, that cites something.
    SilenceCites,
    /// The helpline is not in the first line of an urgent answer.
    NoHelpline,
    /// The text is empty, or longer than anybody reads.
    Length(usize),
    /// Too many quotations.
    Citations(usize),
    /// Too many questions are offered, or one twice, or one without words.
    Suggestions,
    /// A question that was offered has no answer.
    EmptyPromise,
    /// The confidence is no share.
    Confidence,
    /// The same question has another answer the second time.
    Unsteady,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Breach::Panic => write!(f, "máy gặp sự cố (panic)"),
            Breach::NotLiteral(place) => write!(f, "lời trích không có ở {place}"),
            Breach::WrongPlace(place) => write!(f, "nơi trích ghi sai: {place}"),
            Breach::NotShown(place) => write!(f, "câu trả lời không in lời trích {place}"),
            Breach::Frame(frame) => write!(f, "bảng phân công không giao như câu dẫn: {frame}"),
            Breach::NothingCited => write!(f, "trả lời mà không trích gì"),
            Breach::SilenceCites => write!(f, "nói là không có mà lại trích"),
            Breach::NoHelpline => write!(f, "dòng đầu không có số {HELPLINE}"),
            Breach::Length(length) => write!(f, "câu trả lời dài {length} ký tự"),
            Breach::Citations(count) => write!(f, "trích {count} chỗ"),
            Breach::Suggestions => write!(f, "câu gợi ý thừa, trùng hay trống"),
            Breach::EmptyPromise => write!(f, "câu gợi ý không có câu trả lời"),
            Breach::Confidence => write!(f, "độ chắc chắn ngoài 0–1"),
            Breach::Unsteady => write!(f, "hỏi lại thì trả lời khác"),
        }
    }
}

/// All that is wrong with an answer.
pub fn look(corpus: &Corpus, answer: &Answer) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for citation in &answer.citations {
        citation_holds(corpus, answer, citation, &mut breaches);
    }
    breaches.extend(frame::wrong(corpus, answer).into_iter().map(Breach::Frame));
    let cites = !answer.citations.is_empty();
    match answer.kind {
        Kind::Answer if !cites => breaches.push(Breach::NothingCited),
        Kind::Abstain | Kind::Chat if cites => breaches.push(Breach::SilenceCites),
        Kind::Urgent if !first_line(answer).contains(HELPLINE) => breaches.push(Breach::NoHelpline),
        _ => {}
    }
    let length = answer.text.chars().count();
    if answer.text.trim().is_empty() || length > LONGEST_TEXT {
        breaches.push(Breach::Length(length));
    }
    if answer.citations.len() > MOST_CITATIONS {
        breaches.push(Breach::Citations(answer.citations.len()));
    }
    if !suggestions_hold(&answer.suggestions) {
        breaches.push(Breach::Suggestions);
    }
    if !(0.0..=1.0).contains(&answer.confidence) {
        breaches.push(Breach::Confidence);
    }
    breaches
}

fn citation_holds(
    corpus: &Corpus,
    answer: &Answer,
    citation: &Citation,
    breaches: &mut Vec<Breach>,
) {
    let place = || citation.passage.clone();
    if !literal::is_literal(corpus, citation) {
        breaches.push(Breach::NotLiteral(place()));
    }
    let document = corpus.document(&citation.document);
    let text = document.map(|(_, document)| document.text);
    if citation.label != corpus.label(&citation.passage)
        || citation.document != citation.passage.document()
        || text != Some(citation.text)
    {
        breaches.push(Breach::WrongPlace(place()));
    }
    if !answer.text.contains(&citation.quote) || !answer.text.contains(&citation.label) {
        breaches.push(Breach::NotShown(place()));
    }
}

fn first_line(answer: &Answer) -> &str {
    answer.text.lines().next().unwrap_or_default()
}

fn suggestions_hold(suggestions: &[String]) -> bool {
    let anew = |at: usize| !suggestions[..at].contains(&suggestions[at]);
    suggestions.len() <= MOST_SUGGESTIONS
        && (0..suggestions.len()).all(|at| !suggestions[at].trim().is_empty() && anew(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Block, Context, Intent, TextKind};
    use crate::engine::Engine;
    use crate::index;

    const DOCUMENT: &str = "+++\nid = \"kh\"\ntype = \"Kế hoạch\"\nnumber = \"7-KH\"\nshort = \"Kế hoạch 7\"\n\
         title = \"Kế hoạch trồng cây\"\nissuer = \"Ủy ban xã\"\n+++\n## I. VIỆC LÀM\n\
         - Trường học trồng cây bóng mát.\n- Thôn dọn mương hằng tháng.\n";

    fn corpus() -> Corpus {
        let files = vec![("kh.md".to_owned(), DOCUMENT.into())];
        Corpus::from_files(files).unwrap().0
    }

    fn answer() -> Answer {
        let citation = Citation {
            passage: PassageId::new("kh#I.2"),
            document: "kh".to_owned(),
            label: "Kế hoạch 7, phần I, ý 2".to_owned(),
            quote: "dọn mương".to_owned(),
            text: TextKind::Verbatim,
        };
        Answer {
            question: String::new(),
            kind: Kind::Answer,
            intent: Intent::Lookup,
            units: Vec::new(),
            text: "“dọn mương” (Kế hoạch 7, phần I, ý 2)".to_owned(),
            citations: vec![citation],
            suggestions: vec!["a".to_owned()],
            confidence: 1.0,
            fingerprint: String::new(),
            elapsed_us: 0,
            blocks: vec![Block::Quote(0)],
        }
    }

    #[track_caller]
    fn check(change: fn(&mut Answer), expect: &[Breach]) {
        let mut answer = answer();
        change(&mut answer);
        assert_eq!(look(&corpus(), &answer), expect);
    }

    #[test]
    fn a_sound_answer_has_no_breach() {
        check(|_| (), &[]);
        let corpus = corpus();
        let index = index::open_in_memory(&corpus).unwrap();
        let engine = Engine::new(corpus, index);
        for question in ["bao giờ dọn mương?", "giá vàng", "xin chào", ""] {
            let answer = engine.ask(question, &Context::default()).answer;
            assert_eq!(look(engine.corpus(), &answer), [], "{question}");
        }
    }

    #[test]
    fn every_breach_is_seen() {
        let place = || PassageId::new("kh#I.2");
        check(
            |answer| {
                answer.citations[0].quote = "trồng cây".to_owned();
                answer.text.push_str("trồng cây");
            },
            &[Breach::NotLiteral(place())],
        );
        check(
            |answer| answer.citations[0].label = "Kế hoạch 7".to_owned(),
            &[Breach::WrongPlace(place())],
        );
        check(
            |answer| answer.citations[0].document = "x".to_owned(),
            &[Breach::WrongPlace(place())],
        );
        check(
            |answer| answer.text = "gì đó".to_owned(),
            &[Breach::NotShown(place())],
        );
        check(|answer| answer.citations.clear(), &[Breach::NothingCited]);
        check(
            |answer| answer.kind = Kind::Abstain,
            &[Breach::SilenceCites],
        );
        check(|answer| answer.kind = Kind::Chat, &[Breach::SilenceCites]);
        check(|answer| answer.kind = Kind::Urgent, &[Breach::NoHelpline]);
        check(
            |answer| answer.text.push_str(&" ".repeat(LONGEST_TEXT)),
            &[Breach::Length(LONGEST_TEXT + 37)],
        );
        check(
            |answer| answer.suggestions.push("a".to_owned()),
            &[Breach::Suggestions],
        );
        check(
            |answer| answer.suggestions.push(" ".to_owned()),
            &[Breach::Suggestions],
        );
        check(|answer| answer.confidence = f64::NAN, &[Breach::Confidence]);
        check(
            |answer| {
                let citation = answer.citations[0].clone();
                answer.citations = vec![citation; MOST_CITATIONS + 1];
            },
            &[Breach::Citations(MOST_CITATIONS + 1)],
        );
    }
}
