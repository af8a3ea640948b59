//! How many, which of several, how often; and what only sounds so.

use std::ops::Range;

use crate::question::cue::{Cue, CueMatch};
use crate::text::{self, Token};

/// "mấy nơi như vậy", "kể mấy ý chính": some that are pointed at or asked to be told, and not how many.
pub fn some_of_them(cues: &[CueMatch], restored: &[String]) -> bool {
    const TELLING: [&str; 4] = ["kể", "nêu", "cho", "nói"];
    const POINTING: [&str; 10] = [
        "vậy", "này", "đó", "ấy", "kia", "như", "kiểu", "vầy", "thế", "nọ",
    ];
    let word = |at: Option<usize>| {
        at.and_then(|at| restored.get(at))
            .map_or("", String::as_str)
    };
    let mut counted = cues.iter().filter(|cue| cue.cue == Cue::Count).peekable();
    let some = |cue: &CueMatch| {
        let begins = restored[cue.tokens.start] == "mấy";
        let told = TELLING.contains(&word(cue.tokens.start.checked_sub(1)));
        let near = [cue.tokens.end, cue.tokens.end + 1];
        begins && (told || near.iter().any(|at| POINTING.contains(&word(Some(*at)))))
    };
    counted.peek().is_some() && counted.all(some)
}

/// "năm nào cũng phải có", "năm nào nghỉ hè cũng nghe": every year, and no day of the calendar.
pub fn every_time(cue: &CueMatch, restored: &[String]) -> bool {
    const NEAR: usize = 4;
    let after = restored[cue.tokens.end..].iter().take(NEAR);
    cue.cue == Cue::Calendar
        && restored[cue.tokens.end - 1] == "nào"
        && after.clone().any(|word| word == "cũng")
}

/// "có khi nào … không": whether it ever is so, and not when.
pub fn at_any_time(cue: &CueMatch, restored: &[String]) -> bool {
    let before = cue
        .tokens
        .start
        .checked_sub(1)
        .map(|at| restored[at].as_str());
    cue.cue == Cue::When
        && restored[cue.tokens.clone()] == ["khi", "nào"]
        && before == Some("có")
        && restored.last().is_some_and(|last| last == "không")
}

/// "được nhắc mấy lần": how many times it is said, and not how often it is done.
pub fn times_said(cue: &CueMatch, restored: &[String]) -> bool {
    const SAID: [&str; 6] = ["nhắc", "nói", "viết", "ghi", "nêu", "cập"];
    /// "nhắc tư pháp thân thiện mấy lần"
    const NEAR: usize = 7;
    let before = &restored[cue.tokens.start.saturating_sub(NEAR)..cue.tokens.start];
    cue.cue == Cue::When
        && restored[cue.tokens.end - 1] == "lần"
        && before.iter().any(|word| SAID.contains(&word.as_str()))
}

/// "mấy loại dịch vụ nào": with "nào" after it, "mấy" asks which and not how many.
pub fn which_of_some(tokens: &[Token], restored: &[String]) -> bool {
    // Not "máy" of "bộ máy" typed without marks.
    let some = restored.iter().position(|word| word == "mấy");
    some.is_some_and(|at| {
        let near = tokens[at + 1..].iter().take(5);
        near.clone().any(|token| token.may_be("nào"))
    })
}

/// "những hạn chế nào", "các nhóm gì": an enumeration with its noun in between.
pub fn which_of_several(tokens: &[Token]) -> bool {
    /// Most words between "những" and "nào".
    const NOUN: usize = 5;
    tokens.iter().enumerate().any(|(at, token)| {
        token.may_be_any(&["những", "các"])
            && tokens[at + 1..]
                .iter()
                .take(NOUN)
                .any(|later| later.may_be_any(&["nào", "gì", "chi"]))
    })
}

/// What parts of a document are called, and what stands in them.
const PARTS: [&str; 10] = [
    "nhiệm", "nhóm", "giải", "yêu", "mục", "chương", "nội", "việc", "phần", "điểm",
];

/// "5 nhiệm vụ": a number of things, spoken of as known.
pub fn counted(tokens: &[Token]) -> bool {
    tokens.windows(2).any(|two| {
        let number = two[0].fold.parse::<u32>();
        number.is_ok_and(|number| (2..=20).contains(&number)) && two[1].may_be_any(&PARTS)
    })
}

/// "có mấy nhiệm vụ": how many parts there are, or things that stand in them.
pub fn asks_how_many_parts(tokens: &[Token]) -> bool {
    let mut pairs = tokens.windows(2);
    pairs.any(|two| two[0].may_be_any(&["mấy", "nhiêu"]) && two[1].may_be_any(&PARTS))
}

/// Whether it is asked how often something is done.
pub fn asks_how_often(tokens: &[Token]) -> bool {
    const WORDS: &[&[&str]] = &[&["chu", "kỳ"], &["tần", "suất"], &["định", "kỳ", "bao"]];
    how_often(tokens)
        || WORDS
            .iter()
            .any(|words| text::contains(tokens, words, Token::may_be))
}

/// "một lần", where it stands.
pub fn once(tokens: &[Token]) -> Option<Range<usize>> {
    tokens
        .windows(2)
        .rposition(|two| two[0].may_be_any(&["một", "1"]) && two[1].may_be_any(&["lần"]))
        .map(|at| at..at + 2)
}

/// "mấy năm bố trí một lần": how often, with the verb in between.
pub fn how_often(tokens: &[Token]) -> bool {
    matches!((some_time(tokens), once(tokens)), (Some(asks), Some(once)) if asks.start < once.start)
}

/// "mấy tháng", where it stands.
pub fn some_time(tokens: &[Token]) -> Option<Range<usize>> {
    let at = tokens.windows(2).position(|two| {
        two[0].may_be_any(&["mấy", "nhiêu", "bao"])
            && two[1].may_be_any(&["năm", "tháng", "quý", "tuần", "lâu"])
    })?;
    Some(at..at + 2)
}
