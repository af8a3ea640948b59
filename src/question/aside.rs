//! What somebody says of himself beside what he asks: "Em đang làm báo cáo, …", "…, để tôi đưa vào
//! bài". It tells why, not what.

use std::ops::Range;

use super::Term;
use crate::text::Token;

/// Words that ask where they open a clause: "cần đoạn nói về …".
const WANTING: &[&str] = &["cần", "muốn", "xin"];
/// What somebody does for others.
const WRITES: &[&str] = &["viết", "làm", "soạn", "chuẩn", "bị"];
/// What he is busy with, where it follows what he calls himself: "em ra câu hỏi …".
const BUSY: &[&str] = &["viết", "soạn", "dựng", "biên", "ra", "chuẩn"];
/// "em đang soạn", "tôi sắp phải viết": so many words stand between at most.
const MEANWHILE: usize = 3;

/// Who speaks of himself, or of the one who sent him.
const SPEAKERS: &[&str] = &[
    "tôi", "tui", "em", "mình", "chị", "anh", "cháu", "tụi", "bọn", "chúng", "sếp", "cô", "thầy",
    "lãnh",
];
/// What people call themselves.
const ONESELF: [&str; 6] = ["tôi", "tui", "em", "mình", "con", "cháu"];
/// So near to the end of a clause "hỏi" announces a question.
const LAST: usize = 3;
/// Words that ask.
const ASKING: &[&str] = &[
    "gì", "nào", "ai", "đâu", "sao", "mấy", "nhiêu", "không", "chưa", "chi", "hả", "hông", "hỏi",
    "tìm", "biết", "xem", "cho", "chỉ",
];

/// Words before which "chi" is no "gì".
const AFTER_CHI: [&str; 6] = ["bộ", "hội", "đoàn", "ủy", "tiết", "phí"];

/// Whether a word may mean the one who speaks.
pub(super) fn is_oneself(token: &Token) -> bool {
    token.may_be_any(&ONESELF)
}

/// The clauses that are asides, as ranges of tokens; none where nothing else would be asked for.
pub(super) fn find(
    typed: &str,
    tokens: &[Token],
    restored: &[String],
    terms: &[Term],
) -> Vec<Range<usize>> {
    let clauses = clauses(typed, tokens);
    let word = |at: usize| restored.get(at).map_or("", String::as_str);
    // "viết cho đài phát thanh": for whom, and no asking for something.
    let for_whom = |at: usize| word(at) == "cho" && at > 0 && WRITES.contains(&word(at - 1));
    // "tôi đang soạn bài nói chuyện cho chi bộ", "em ra câu hỏi cho hội thi": what somebody writes, and for whom.
    let is_busy = |clause: &Range<usize>| {
        let mut begins = clause.clone().take(MEANWHILE + 1);
        SPEAKERS.contains(&word(clause.start)) && begins.any(|at| BUSY.contains(&word(at)))
    };
    // "chi bộ" asks for nothing.
    let of_a_word = |at: usize| word(at) == "chi" && AFTER_CHI.contains(&word(at + 1));
    let of_his_text = |at: usize| word(at) == "cho" || (at > 0 && word(at - 1) == "câu");
    let asks = |clause: &Range<usize>| {
        let busy = is_busy(clause);
        let asking = |at: usize| {
            ASKING.contains(&word(at))
                && !(for_whom(at) || of_a_word(at) || (busy && of_his_text(at)))
        };
        WANTING.contains(&word(clause.start)) || clause.clone().any(asking)
    };
    // "em đang trên xe hỏi nhanh: …": that he asks, and not what.
    let says_he_asks = |clause: &Range<usize>| {
        let near_its_end = clause.start.max(clause.end.saturating_sub(LAST))..clause.end;
        let mut words = clause.clone().filter(|at| ASKING.contains(&word(*at)));
        near_its_end.clone().any(|at| word(at) == "hỏi")
            && words.all(|at| word(at) == "hỏi" || near_its_end.contains(&at))
    };
    let speaks_of_himself = |clause: &Range<usize>| {
        let first = match word(clause.start) {
            "để" | "vì" | "do" | "bởi" | "tại" => clause.start + 1,
            _ => clause.start,
        };
        SPEAKERS.contains(&word(first)) || puts_in(&tokens[clause.clone()])
    };
    let asides: Vec<Range<usize>> = clauses
        .iter()
        .filter(|clause| speaks_of_himself(clause) && (!asks(clause) || says_he_asks(clause)))
        .cloned()
        .collect();
    let aside = |at: usize| asides.iter().any(|clause| clause.contains(&at));
    let asked_beside = clauses
        .iter()
        .any(|clause| !asides.contains(clause) && asks(clause));
    let topic_beside = terms
        .iter()
        .any(|term| !term.is_slight() && !aside(term.tokens.start));
    // "tóm tắt phần tổ chức thực hiện, phần đó có mấy đầu mục": what is asked about was told before.
    let refers_back = (0..tokens.len()).any(|at| at > 0 && !aside(at) && word(at) == "đó");
    if asked_beside && topic_beside && !refers_back {
        asides
    } else {
        Vec::new()
    }
}

/// "để em đưa vào": for a text of one's own.
fn puts_in(tokens: &[Token]) -> bool {
    const PUTS: [&str; 7] = ["đưa", "dán", "trích", "chèn", "bỏ", "ghi", "viết"];
    /// "để em đưa vào".
    const NEAR: usize = 4;
    let begins = tokens.first().is_some_and(|token| token.may_be("để"));
    let mut pairs = tokens[..tokens.len().min(NEAR)].windows(2);
    const INTO: [&str; 5] = ["vào", "vô", "lên", "đầu", "cuối"];
    begins && pairs.any(|two| two[0].may_be_any(&PUTS) && two[1].may_be_any(&INTO))
}

/// The stretches between punctuation marks.
fn clauses(typed: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for at in 1..tokens.len() {
        let between = typed.get(tokens[at - 1].span.end..tokens[at].span.start);
        if between.is_some_and(|text| text.contains([',', '.', ';', ':', '?', '!', '\n', '(', ')']))
        {
            clauses.push(start..at);
            start = at;
        }
    }
    // "… để đưa vào báo cáo", said without a comma.
    let purpose = (start + 1..tokens.len()).rfind(|at| puts_in(&tokens[*at..]));
    if let Some(at) = purpose {
        clauses.push(start..at);
        start = at;
    }
    if start < tokens.len() {
        clauses.push(start..tokens.len());
    }
    clauses
}

#[cfg(test)]
mod tests {
    use super::super::Meaning;
    use super::*;
    use crate::text::tokenize;

    #[track_caller]
    fn check(typed: &str, expect: Option<Range<usize>>) {
        let tokens = tokenize(typed);
        let restored: Vec<String> = tokens.iter().map(|token| token.word.clone()).collect();
        let terms: Vec<Term> = (0..tokens.len())
            .map(|at| Term {
                tokens: at..at + 1,
                meaning: Meaning::Word,
                slight: false,
            })
            .collect();
        let found = find(typed, &tokens, &restored, &terms);
        assert_eq!(found.first().cloned(), expect, "{typed}");
    }

    #[test]
    fn why_somebody_asks_is_an_aside() {
        check("em đang làm báo cáo, hạn chế ghi ở đâu", Some(0..5));
        check("hạn chế ghi ở đâu, để tôi đưa vào bài", Some(5..10));
        check("tôi đang trên xe hỏi nhanh: hội phải làm gì", Some(0..6));
        check(
            "cho em xin câu về ngân sách để đưa vào báo cáo",
            Some(7..12),
        );
        check("tôi đang soạn bài cho chi bộ, ban làm gì", Some(0..7));
        check("nêu mấy hạn chế, em ra câu hỏi cho hội thi", Some(4..11));
        check("tôi viết cho đài xã, cần đoạn về đuối nước", Some(0..5));
        check("tôi phải làm gì, báo cáo ai", None);
        check("con tôi hay lên mạng, có đoạn nào nói không", None);
    }
}
