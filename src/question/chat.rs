//! Greeting, thanks, help; and wishes that no quotation can meet.

use super::aside::is_oneself;
use super::cue::{Cue, CueMatch};
use super::{Meaning, Question};
use crate::text::Token;

/// What a message wants besides an answer from the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chat {
    /// Hello.
    Greeting,
    /// Thank you, goodbye.
    Thanks,
    /// What can you do, who are you.
    Help,
    /// An opinion or a judgement.
    Opinion,
    /// A text to be written.
    Writing,
    /// An order to be something else.
    Injection,
    /// "I only ask about the documents": takes an urgent reply back.
    OnlyRules,
}

/// Words for what answers here.
const MACHINES: &[&str] = &["bot", "chatbot", "robot", "chatgpt"];

/// Phrases that show one.
pub(super) const PHRASES: &[(&str, Cue)] = &[
    ("tôi chỉ hỏi về văn bản", Cue::Chat(Chat::OnlyRules)),
    ("chỉ hỏi về văn bản", Cue::Chat(Chat::OnlyRules)),
    ("chỉ hỏi văn bản", Cue::Chat(Chat::OnlyRules)),
    ("xin chào", Cue::Chat(Chat::Greeting)),
    ("chào", Cue::Chat(Chat::Greeting)),
    ("chào bạn", Cue::Chat(Chat::Greeting)),
    ("chào bot", Cue::Chat(Chat::Greeting)),
    ("chào em", Cue::Chat(Chat::Greeting)),
    ("chào anh", Cue::Chat(Chat::Greeting)),
    ("chào ad", Cue::Chat(Chat::Greeting)),
    ("chào buổi sáng", Cue::Chat(Chat::Greeting)),
    ("hello", Cue::Chat(Chat::Greeting)),
    ("helo", Cue::Chat(Chat::Greeting)),
    ("alo", Cue::Chat(Chat::Greeting)),
    ("hi", Cue::Chat(Chat::Greeting)),
    ("có ai ở đó không", Cue::Chat(Chat::Greeting)),
    ("có ai không", Cue::Chat(Chat::Greeting)),
    ("cảm ơn", Cue::Chat(Chat::Thanks)),
    ("cám ơn", Cue::Chat(Chat::Thanks)),
    ("thank", Cue::Chat(Chat::Thanks)),
    ("thanks", Cue::Chat(Chat::Thanks)),
    ("thank you", Cue::Chat(Chat::Thanks)),
    ("tks", Cue::Chat(Chat::Thanks)),
    ("thks", Cue::Chat(Chat::Thanks)),
    ("tạm biệt", Cue::Chat(Chat::Thanks)),
    ("bye", Cue::Chat(Chat::Thanks)),
    ("tốt lắm", Cue::Chat(Chat::Thanks)),
    ("hay quá", Cue::Chat(Chat::Thanks)),
    ("hay lắm", Cue::Chat(Chat::Thanks)),
    ("giỏi quá", Cue::Chat(Chat::Thanks)),
    ("hay đấy", Cue::Chat(Chat::Thanks)),
    ("thế à", Cue::Chat(Chat::Thanks)),
    ("vậy à", Cue::Chat(Chat::Thanks)),
    ("vậy hả", Cue::Chat(Chat::Thanks)),
    ("hiểu rồi", Cue::Chat(Chat::Thanks)),
    ("rõ rồi", Cue::Chat(Chat::Thanks)),
    ("biết rồi", Cue::Chat(Chat::Thanks)),
    ("được rồi", Cue::Chat(Chat::Thanks)),
    ("ok", Cue::Chat(Chat::Thanks)),
    ("oke", Cue::Chat(Chat::Thanks)),
    ("bạn là ai", Cue::Chat(Chat::Help)),
    ("em là ai", Cue::Chat(Chat::Help)),
    ("mày là ai", Cue::Chat(Chat::Help)),
    ("bot là ai", Cue::Chat(Chat::Help)),
    ("bạn tên gì", Cue::Chat(Chat::Help)),
    ("bạn tên là gì", Cue::Chat(Chat::Help)),
    ("bot này là gì", Cue::Chat(Chat::Help)),
    ("bot này làm gì", Cue::Chat(Chat::Help)),
    ("bot này dùng để làm gì", Cue::Chat(Chat::Help)),
    ("bot này để làm gì", Cue::Chat(Chat::Help)),
    ("bot làm được gì", Cue::Chat(Chat::Help)),
    ("bot biết gì", Cue::Chat(Chat::Help)),
    ("bạn biết gì", Cue::Chat(Chat::Help)),
    ("bạn biết những gì", Cue::Chat(Chat::Help)),
    ("bạn làm được gì", Cue::Chat(Chat::Help)),
    ("bạn làm được những gì", Cue::Chat(Chat::Help)),
    ("bạn có thể làm gì", Cue::Chat(Chat::Help)),
    ("bạn có thể làm được gì", Cue::Chat(Chat::Help)),
    ("bạn giúp được gì", Cue::Chat(Chat::Help)),
    ("bạn giúp được những gì", Cue::Chat(Chat::Help)),
    ("bạn giúp được việc gì", Cue::Chat(Chat::Help)),
    ("giúp được những gì", Cue::Chat(Chat::Help)),
    ("trả lời được những gì", Cue::Chat(Chat::Help)),
    ("bạn giúp gì được", Cue::Chat(Chat::Help)),
    ("em làm được gì", Cue::Chat(Chat::Help)),
    ("em giúp được gì", Cue::Chat(Chat::Help)),
    ("có thể hỏi gì", Cue::Chat(Chat::Help)),
    ("hỏi được gì", Cue::Chat(Chat::Help)),
    ("hỏi được những gì", Cue::Chat(Chat::Help)),
    ("hỏi gì được", Cue::Chat(Chat::Help)),
    ("hỏi cái gì được", Cue::Chat(Chat::Help)),
    ("hướng dẫn sử dụng", Cue::Chat(Chat::Help)),
    ("cách xài", Cue::Chat(Chat::Help)),
    ("xài bot", Cue::Chat(Chat::Help)),
    ("xài sao", Cue::Chat(Chat::Help)),
    ("xài thế nào", Cue::Chat(Chat::Help)),
    ("trả lời được gì", Cue::Chat(Chat::Help)),
    ("trả lời được mấy văn bản", Cue::Chat(Chat::Help)),
    ("trả lời được văn bản nào", Cue::Chat(Chat::Help)),
    ("biết mấy văn bản", Cue::Chat(Chat::Help)),
    ("biết những văn bản nào", Cue::Chat(Chat::Help)),
    ("có những văn bản nào", Cue::Chat(Chat::Help)),
    ("tra được những văn bản nào", Cue::Chat(Chat::Help)),
    ("cách hỏi", Cue::Chat(Chat::Help)),
    ("người thật hay máy", Cue::Chat(Chat::Help)),
    ("là người hay máy", Cue::Chat(Chat::Help)),
    ("cách dùng", Cue::Chat(Chat::Help)),
    ("cách sử dụng", Cue::Chat(Chat::Help)),
    ("dùng thế nào", Cue::Chat(Chat::Help)),
    ("dùng sao", Cue::Chat(Chat::Help)),
    ("sử dụng thế nào", Cue::Chat(Chat::Help)),
    ("sử dụng như thế nào", Cue::Chat(Chat::Help)),
    ("dùng như thế nào", Cue::Chat(Chat::Help)),
    ("trợ giúp", Cue::Chat(Chat::Help)),
    ("help", Cue::Chat(Chat::Help)),
    ("bạn nghĩ sao", Cue::Chat(Chat::Opinion)),
    ("bạn nghĩ gì", Cue::Chat(Chat::Opinion)),
    ("bạn thấy sao", Cue::Chat(Chat::Opinion)),
    ("bạn thấy thế nào", Cue::Chat(Chat::Opinion)),
    ("em nghĩ sao", Cue::Chat(Chat::Opinion)),
    ("theo bạn", Cue::Chat(Chat::Opinion)),
    ("theo ý bạn", Cue::Chat(Chat::Opinion)),
    ("theo bot", Cue::Chat(Chat::Opinion)),
    ("bot thấy sao", Cue::Chat(Chat::Opinion)),
    ("bot thấy thế nào", Cue::Chat(Chat::Opinion)),
    ("bot nghĩ sao", Cue::Chat(Chat::Opinion)),
    ("ý kiến của bạn", Cue::Chat(Chat::Opinion)),
    ("quan điểm của bạn", Cue::Chat(Chat::Opinion)),
    ("bạn đánh giá", Cue::Chat(Chat::Opinion)),
    ("đánh giá của bạn", Cue::Chat(Chat::Opinion)),
    ("có nên", Cue::Chat(Chat::Opinion)),
    ("tôi nên", Cue::Chat(Chat::Opinion)),
    ("mình nên", Cue::Chat(Chat::Opinion)),
    ("em nên", Cue::Chat(Chat::Opinion)),
    ("có hợp lý không", Cue::Chat(Chat::Opinion)),
    ("có hiệu quả không", Cue::Chat(Chat::Opinion)),
    ("hay hay dở", Cue::Chat(Chat::Opinion)),
    ("chỗ nào tốt", Cue::Chat(Chat::Opinion)),
    ("ở đâu tốt", Cue::Chat(Chat::Opinion)),
    ("nơi nào tốt", Cue::Chat(Chat::Opinion)),
    ("trường nào tốt", Cue::Chat(Chat::Opinion)),
    ("đúng hay sai", Cue::Chat(Chat::Opinion)),
    ("tốt hay xấu", Cue::Chat(Chat::Opinion)),
    ("nào tốt hơn", Cue::Chat(Chat::Opinion)),
    ("nào hay hơn", Cue::Chat(Chat::Opinion)),
    ("nào giỏi hơn", Cue::Chat(Chat::Opinion)),
    ("ai giỏi hơn", Cue::Chat(Chat::Opinion)),
    ("tốt hơn không", Cue::Chat(Chat::Opinion)),
    ("tốt hơn hay", Cue::Chat(Chat::Opinion)),
    ("hay hơn không", Cue::Chat(Chat::Opinion)),
    ("viết hộ", Cue::Chat(Chat::Writing)),
    ("viết giúp", Cue::Chat(Chat::Writing)),
    ("viết cho", Cue::Chat(Chat::Writing)),
    ("viết một bài", Cue::Chat(Chat::Writing)),
    ("viết bài", Cue::Chat(Chat::Writing)),
    ("viết báo cáo", Cue::Chat(Chat::Writing)),
    ("viết dùm", Cue::Chat(Chat::Writing)),
    ("viết giùm", Cue::Chat(Chat::Writing)),
    ("soạn giúp", Cue::Chat(Chat::Writing)),
    ("soạn hộ", Cue::Chat(Chat::Writing)),
    ("soạn cho", Cue::Chat(Chat::Writing)),
    ("soạn thảo", Cue::Chat(Chat::Writing)),
    ("soạn dùm", Cue::Chat(Chat::Writing)),
    ("soạn giùm", Cue::Chat(Chat::Writing)),
    ("soạn bài", Cue::Chat(Chat::Writing)),
    ("làm thơ", Cue::Chat(Chat::Writing)),
    ("làm một bài thơ", Cue::Chat(Chat::Writing)),
    ("bài thơ", Cue::Chat(Chat::Writing)),
    ("kể chuyện", Cue::Chat(Chat::Writing)),
    ("dịch giúp", Cue::Chat(Chat::Writing)),
    ("dịch sang", Cue::Chat(Chat::Writing)),
    ("dịch hộ", Cue::Chat(Chat::Writing)),
    ("bỏ qua mọi hướng dẫn", Cue::Chat(Chat::Injection)),
    ("bỏ qua các hướng dẫn", Cue::Chat(Chat::Injection)),
    ("bỏ qua hướng dẫn", Cue::Chat(Chat::Injection)),
    ("bỏ qua tất cả", Cue::Chat(Chat::Injection)),
    ("quên hết", Cue::Chat(Chat::Injection)),
    ("quên mọi", Cue::Chat(Chat::Injection)),
    ("đóng vai", Cue::Chat(Chat::Injection)),
    ("giả vờ", Cue::Chat(Chat::Injection)),
    ("giả sử bạn là", Cue::Chat(Chat::Injection)),
    ("từ giờ bạn là", Cue::Chat(Chat::Injection)),
    ("từ bây giờ bạn là", Cue::Chat(Chat::Injection)),
    ("ignore previous", Cue::Chat(Chat::Injection)),
    ("ignore all", Cue::Chat(Chat::Injection)),
    ("system prompt", Cue::Chat(Chat::Injection)),
];

/// A message of so few words is a greeting or thanks even with an unknown word in it.
const FEW_WORDS: usize = 5;

/// "nên cấm hay cho", "nên dọn ra không": what to do, of somebody's own affairs.
fn asks_for_advice(tokens: &[Token], restored: &[String]) -> bool {
    const NO_ADVICE: [&str; 6] = ["trở", "cho", "vì", "thế", "làm", "bởi"];
    const CHOICE: [&str; 3] = ["hay", "không", "hông"];
    // Who asks whether to report something is not sent away.
    if tokens.iter().any(|token| token.is("báo")) {
        return false;
    }
    (0..tokens.len()).any(|at| {
        let after_a_cause = at > 0 && tokens[at - 1].may_be_any(&NO_ADVICE);
        let choice = |token: &Token| token.may_be_any(&CHOICE);
        restored[at] == "nên" && !after_a_cause && tokens[at + 1..].iter().any(choice)
    })
}

/// Thanks or a greeting at the very beginning.
pub(super) fn civility(cues: &[CueMatch]) -> Option<Chat> {
    cues.iter().find_map(|m| match m.cue {
        Cue::Chat(chat @ (Chat::Thanks | Chat::Greeting)) if m.tokens.start <= 1 => Some(chat),
        _ => None,
    })
}

/// "bạn giúp được những việc gì", "em trả lời được chi": the one who answers, and what he can do.
fn asks_what_it_can(restored: &[String]) -> bool {
    const YOU: [&str; 7] = ["m", "bạn", "bot", "ad", "mày", "máy", "chatbot"];
    const CAN: [&str; 7] = ["giúp", "làm", "biết", "trả", "tra", "nói", "chỉ"];
    const WHAT: [&str; 3] = ["gì", "chi", "nào"];
    /// More words ask for more.
    const FEW: usize = 9;
    let says = |words: &[&str]| restored.iter().any(|word| words.contains(&word.as_str()));
    // "ban" without marks too: a committee does not answer.
    let you = restored
        .first()
        .is_some_and(|word| YOU.contains(&word.as_str()) || (word == "ban" && says(&["trả"])));
    you && restored.len() <= FEW && says(&CAN) && says(&["được"]) && says(&WHAT)
}

/// "viết giúp", "soạn cho": somebody is to do it for the one who asks.
fn is_request(tokens: &[Token]) -> bool {
    const FOR: [&str; 6] = ["giúp", "hộ", "cho", "dùm", "giùm", "sang"];
    tokens.iter().any(|token| token.may_be_any(&FOR))
}

/// "tôi đang viết bài", "em phải soạn thảo": he does it himself who asks, and nobody is asked to.
fn writes_himself(before: &[Token]) -> bool {
    const ON_THE_WAY: [&str; 8] = [
        "phải", "cần", "muốn", "định", "sắp", "được", "giao", "chuẩn",
    ];
    let verb = |token: &&Token| token.may_be_any(&ON_THE_WAY);
    let himself = |token: &Token| is_oneself(token) || token.may_be("đang");
    let verbs = before.iter().rev().take_while(verb).count();
    match &before[..before.len() - verbs] {
        // "làm cho mình bài thơ": somebody else is to.
        [.., giver, oneself] => himself(oneself) && !is_request(std::slice::from_ref(giver)),
        [oneself] => himself(oneself),
        [] => false,
    }
}

/// "tôi viết cho báo": "tôi" is never the one who is spoken to, as "em" may be.
fn writes_for(before: &[Token], writing: &CueMatch, tokens: &[Token]) -> bool {
    let is_i = |token: &Token| token.may_be_any(&["tôi", "tui"]);
    before.last().is_some_and(is_i) && tokens[writing.tokens.end - 1].may_be("cho")
}

/// What the message wants. A greeting or thanks before a real question is only a greeting.
pub(super) fn find(
    cues: &[CueMatch],
    question: &Question,
    tokens: &[Token],
    restored: &[String],
) -> Option<Chat> {
    let says_bot = restored
        .iter()
        .any(|word| MACHINES.contains(&word.as_str()))
        && tokens.iter().any(|token| {
            ["gì", "chi", "nào", "ai", "hay"]
                .iter()
                .any(|word| token.may_be(word))
        });
    let says_bot = says_bot || asks_what_it_can(restored);
    let found: Vec<Chat> = cues
        .iter()
        .filter_map(|m| match m.cue {
            Cue::Chat(chat) => Some(chat),
            _ => None,
        })
        .collect();
    // "Em phải viết báo cáo, mục nào nói về …", "muốn viết bài, xin hỏi …": what is written is not wished
    // for here.
    let asks_more = question.place.is_some()
        || restored.iter().any(|word| word == "hỏi")
        || super::intent::asks_for_a_place(tokens)
        || super::intent::asks_by_a_word(cues);
    let weighty = question.terms.iter().filter(|term| !term.is_slight());
    let topics = weighty
        .clone()
        .filter(|term| term.meaning != Meaning::Word)
        .count();
    let wants_passages = question.names_something() || topics > 0;
    let nobody_named = question.units.is_empty() && question.documents.is_empty();
    if nobody_named && asks_for_advice(tokens, restored) {
        return Some(Chat::Opinion);
    }
    let beyond = cues.iter().find_map(|m| match m.cue {
        Cue::Chat(chat @ (Chat::Injection | Chat::Writing | Chat::Opinion)) => {
            let (before, after) = (&tokens[..m.tokens.start], &tokens[m.tokens.end..]);
            let told = chat == Chat::Writing
                && m.tokens.len() <= 3
                && (!is_request(&tokens[m.tokens.clone()]) || writes_for(before, m, tokens));
            let himself = writes_himself(before) && !is_request(&after[..after.len().min(2)]);
            let asks_more = asks_more || (wants_passages && himself);
            (!(told && asks_more)).then_some(chat)
        }
        _ => None,
    });
    if beyond.is_some() {
        return beyond;
    }
    if question.names_something() {
        return None;
    }
    if says_bot && !found.contains(&Chat::OnlyRules) {
        return Some(Chat::Help);
    }
    if topics > 0 {
        return None;
    }
    // "… bao giờ xong ạ, xin cảm ơn": the thanks belong to the question.
    if super::intent::asks_something(cues) && !found.contains(&Chat::Help) {
        return None;
    }
    // A word or two beside a wish for help, or in a message of a few words, is a turn of speech.
    if found.contains(&Chat::Help) {
        return Some(Chat::Help);
    }
    if weighty.count() > usize::from(tokens.len() <= FEW_WORDS) {
        return None;
    }
    [Chat::OnlyRules, Chat::Help, Chat::Thanks, Chat::Greeting]
        .into_iter()
        .find(|chat| found.contains(chat))
}
