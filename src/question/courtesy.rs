//! Courtesies around what somebody says: they tell nothing of what it is about.

use std::borrow::Cow;
use std::ops::Range;

use super::cue::{Cue, CueMatch};
use crate::corpus::Corpus;
use crate::text::Token;

/// Sounds made before one begins to speak; a machine that types what is said types them too.
const SOUNDS: [&str; 14] = [
    "à", "ạ", "ờ", "ừ", "ừm", "ầu", "ơ", "ô", "ồ", "ê", "um", "uhm", "hmm", "dạ",
];

/// How many words at the beginning are only sounds, or call what answers here: none of what follows, where
/// something follows.
pub(super) fn sounds_before(tokens: &[Token], restored: &[String]) -> usize {
    let is_sound = |at: &usize| SOUNDS.contains(&restored[*at].as_str());
    let sounds = (0..tokens.len()).take_while(is_sound).count();
    let before = sounds + calls(&tokens[sounds..]);
    if before < tokens.len() { before } else { 0 }
}

/// How many words call the machine by its name: "bot ơi", "e bot".
fn calls(tokens: &[Token]) -> usize {
    const MACHINES: [&str; 4] = ["bot", "ad", "admin", "chatbot"];
    const WHO: [&str; 6] = ["em", "e", "này", "nè", "ê", "chào"];
    let is = |at: usize, words: &[&str]| {
        tokens
            .get(at)
            .is_some_and(|token| words.contains(&token.fold.as_str()))
    };
    let calls_out = |at: usize| tokens.get(at).is_some_and(|token| token.may_be("ơi"));
    match () {
        () if is(0, &MACHINES) && calls_out(1) => 2,
        () if is(0, &WHO) && is(1, &MACHINES) => 2 + usize::from(calls_out(2)),
        () => 0,
    }
}

/// Words of address and of asking before "hỏi": "anh chị cho em hỏi", "dạ xin cho tôi hỏi".
const ADDRESS: [&str; 36] = [
    "a", "c", "e", "b", "dạ", "ạ", "à", "thưa", "kính", "xin", "chào", "phép", "vui", "lòng",
    "làm", "ơn", "anh", "chị", "em", "cô", "chú", "bác", "bạn", "ad", "admin", "bot", "ơi", "cho",
    "tôi", "tui", "mình", "con", "cháu", "muốn", "cần", "các",
];
/// How far into a message "hỏi" is asking leave to ask.
const LEAVE: usize = 7;
/// Words that go with it: "cho em hỏi với ạ", "hỏi chút".
const AFTER_LEAVE: [&str; 8] = ["với", "ạ", "chút", "xíu", "tí", "tý", "là", "nhé"];

/// What is said between the asking of leave to ask and the thanks for the answer; all of it where
/// nothing else is said.
pub(super) fn between(tokens: &[Token], restored: &[String]) -> Range<usize> {
    let words: Vec<&str> = restored.iter().map(String::as_str).collect();
    let start = after_leave(&words);
    let end = before_thanks(tokens, &words);
    // Two words at least make a question; "cho em hỏi được không" is none.
    let asks = |word: &&str| !ADDRESS.contains(word) && !["được", "không"].contains(word);
    if start + 2 > end || !words[start..end].iter().any(asks) {
        0..words.len()
    } else {
        start..end
    }
}

fn after_leave(words: &[&str]) -> usize {
    let Some(at) = words.iter().take(LEAVE).position(|word| *word == "hỏi") else {
        return 0;
    };
    if at == 0 || !words[..at].iter().all(|word| ADDRESS.contains(word)) {
        return 0;
    }
    let with_it = words[at + 1..].iter();
    at + 1
        + with_it
            .take_while(|word| AFTER_LEAVE.contains(word))
            .count()
}

/// "ai nói giúp", "ai biết chỉ em với": who is to answer here, and not who does something.
pub(super) fn calls_for_an_answer(cue: &CueMatch, restored: &[String]) -> bool {
    const TELLS: [&str; 6] = ["nói", "chỉ", "trả", "giải", "biết", "rành"];
    const FOR_ME: [&str; 8] = ["giúp", "giùm", "dùm", "hộ", "với", "em", "tôi", "mình"];
    /// "ai giải thích giúp".
    const NEAR: usize = 3;
    let after = restored.get(cue.tokens.end..).unwrap_or_default();
    let Some((first, rest)) = after.split_first() else {
        return false;
    };
    let ends = rest.is_empty() || (rest.len() == 1 && rest[0] == "không");
    let for_me = rest
        .iter()
        .take(NEAR)
        .any(|word| FOR_ME.contains(&word.as_str()));
    cue.cue == Cue::Who
        && cue.tokens.len() == 1
        && TELLS.contains(&first.as_str())
        && (for_me || (first == "biết" && ends))
}

/// How many words ask before the same is said again: "giám sát hay không giám sát".
pub(super) fn asked_once(restored: &[String]) -> usize {
    /// More words are no verb.
    const VERB: usize = 3;
    let or_not = restored
        .windows(2)
        .rposition(|two| two[0] == "hay" && two[1] == "không");
    let Some(at) = or_not else {
        return restored.len();
    };
    let (before, again) = (&restored[..at], &restored[at + 2..]);
    let said_again = (1..=VERB).contains(&again.len()) && before.ends_with(again);
    if said_again { at + 2 } else { restored.len() }
}

/// Thanks at the end, and the small words before them: "… ạ, xin cảm ơn".
fn before_thanks(tokens: &[Token], words: &[&str]) -> usize {
    /// More words after thanks are no longer thanks.
    const FEW: usize = 3;
    let thanks = (0..words.len().saturating_sub(1))
        .rev()
        .find(|at| tokens[*at].may_be_any(&["cảm", "cám"]) && tokens[*at + 1].may_be("ơn"));
    let mut end = match thanks {
        Some(at) if words.len() - at <= 2 + FEW => at,
        _ => words.len(),
    };
    let ends_so = |end: usize, small: &[&str]| end > 0 && small.contains(&words[end - 1]);
    if end < words.len() && ends_so(end, &["xin", "em", "con", "tôi", "mình"]) {
        end -= 1;
    }
    // "v" is "vậy" in a hurry.
    while ends_so(end, &["ạ", "v"]) {
        end -= 1;
    }
    // "… làm gì vậy chú": who is asked.
    // "mấy cháu" are not called, "hở cháu" is.
    let calls_a_child =
        ends_so(end, &["cháu", "con"]) && ends_so(end - 1, &["hở", "hả", "vậy", "nhỉ"]);
    if calls_a_child || (ends_so(end, &CALLED) && ends_so(end - 1, &AFTER_WHICH)) {
        end -= 1;
    }
    end
}

/// Words by which somebody is called at the end of a question, and words that end it before them.
const CALLED: [&str; 14] = [
    "chú", "bác", "cô", "anh", "chị", "bạn", "ad", "admin", "bot", "dì", "cậu", "thầy", "bồ", "mọi",
];
const AFTER_WHICH: [&str; 20] = [
    "gì", "nào", "đâu", "sao", "không", "chưa", "vậy", "thế", "hả", "ha", "nhỉ", "nhé", "nha", "à",
    "ạ", "hở", "đó", "rồi", "hông", "nhiêu",
];

/// A text without its courtesies, its abbreviations written out: what is learnt from. Who is polite is not in
/// danger for it, and asks about nothing else.
pub fn without_courtesies<'a>(corpus: &Corpus, tokens: &'a [Token]) -> Cow<'a, [Token]> {
    let tokens = super::write_out(corpus, tokens);
    let words: Vec<String> = tokens.iter().map(|token| token.word.clone()).collect();
    let sounds = sounds_before(&tokens, &words);
    let said = between(&tokens[sounds..], &words[sounds..]);
    if said.len() == tokens.len() {
        return tokens;
    }
    Cow::Owned(tokens[sounds..][said].to_vec())
}

/// The places of words outside phrases that carry no content, such as "cho em hỏi".
pub(super) fn beside_courtesies(corpus: &Corpus, tokens: &[Token]) -> Vec<usize> {
    let mut free = corpus.lexicon.content_free.find(tokens);
    free.retain(|found| found.tokens.len() > 1);
    (0..tokens.len())
        .filter(|at| !free.iter().any(|found| found.tokens.contains(at)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    #[test]
    fn what_is_said_between() {
        for (text, said) in [
            ("cho em hỏi ai ký ạ", "ai ký"),
            ("anh chị cho em hỏi với ạ ai ký", "ai ký"),
            ("xin cho tôi hỏi ai ký ạ xin cảm ơn", "ai ký"),
            ("ai ký vậy em cảm ơn ạ", "ai ký vậy"),
            ("chia mấy phần vậy chú", "chia mấy phần vậy"),
            ("bao giờ tổng kết hở cháu", "bao giờ tổng kết hở"),
            ("bao lâu sơ kết một lần v", "bao lâu sơ kết một lần"),
            ("gặp chú ở đâu", "gặp chú ở đâu"),
            ("mỗi năm bao nhiêu cháu", "mỗi năm bao nhiêu cháu"),
            // Nothing else is said, or what is said is no courtesy.
            ("cảm ơn", "cảm ơn"),
            ("cho em hỏi", "cho em hỏi"),
            ("cho em hỏi chút được không", "cho em hỏi chút được không"),
            (
                "cảm ơn nhé còn hội nông dân tỉnh",
                "cảm ơn nhé còn hội nông dân tỉnh",
            ),
            ("trẻ em hỏi đường", "trẻ em hỏi đường"),
        ] {
            let tokens = tokenize(text);
            let restored: Vec<String> = text.split(' ').map(str::to_owned).collect();
            let kept = &restored[between(&tokens, &restored)];
            assert_eq!(kept.join(" "), said, "{text}");
        }
    }

    #[test]
    fn the_same_verb_twice_asks_once() {
        for (text, once) in [
            ("hội giám sát hay không giám sát", "hội giám sát hay không"),
            (
                "hội có phải báo cáo hay không báo cáo",
                "hội có phải báo cáo hay không",
            ),
            ("hội làm hay không ai biết", "hội làm hay không ai biết"),
            ("giám sát hay không", "giám sát hay không"),
        ] {
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            assert_eq!(words[..asked_once(&words)].join(" "), once, "{text}");
        }
    }

    #[test]
    fn who_is_to_answer_here_does_nothing() {
        for (text, calls) in [
            ("ai nói giúp", true),
            ("ai biết chỉ em với", true),
            ("ai biết không", true),
            ("ai giúp trẻ mồ côi", false),
            ("ai chỉ đạo việc này", false),
            ("ai biết việc này thì báo", false),
        ] {
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            let who = CueMatch {
                tokens: 0..1,
                cue: Cue::Who,
            };
            assert_eq!(calls_for_an_answer(&who, &words), calls, "{text}");
        }
    }
}
