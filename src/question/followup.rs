//! How a question leans on the one before it: "còn …?", "mục tiếp theo", "đọc đầy đủ", "việc đó".

use super::cue::{self, Cue, CueMatch, has};
use super::documents::DocumentMention;
use super::{Danger, Question, intent, lean};
use crate::answer::{Context, Intent};
use crate::corpus::Corpus;
use crate::text::{self, Token};

/// What a phrase leans on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// "còn X?": the same question about something else.
    And,
    /// The passage after the last one.
    Next,
    /// The passage before the last one.
    Previous,
    /// The last passage as a whole.
    Whole,
    /// A word that stands for what was spoken of.
    Pronoun,
    /// The place last cited, where something is asked of it.
    Inside,
    /// Other passages on what was spoken of.
    More,
}

/// What the question takes over from the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUp {
    /// The same intent, about the unit, document or topic named now.
    And,
    /// The passage after the last one.
    Next,
    /// The passage before the last one.
    Previous,
    /// The last passage as a whole.
    Whole,
    /// A new thing is asked about the same topic or place.
    Same,
    /// Other passages that answer the last question.
    More,
}

/// Phrases that lean on the question before.
pub(super) const PHRASES: &[(&str, Cue)] = &[
    ("còn", Cue::Follow(Lean::And)),
    ("thế còn", Cue::Follow(Lean::And)),
    ("vậy còn", Cue::Follow(Lean::And)),
    ("rồi còn", Cue::Follow(Lean::And)),
    ("thì sao", Cue::Follow(Lean::And)),
    ("thì thế nào", Cue::Follow(Lean::And)),
    ("thì nói sao", Cue::Follow(Lean::And)),
    ("thế", Cue::Follow(Lean::And)),
    ("vậy", Cue::Follow(Lean::And)),
    ("mục tiếp theo", Cue::Follow(Lean::Next)),
    ("mục tiếp", Cue::Follow(Lean::Next)),
    ("mục sau", Cue::Follow(Lean::Next)),
    ("mục kế", Cue::Follow(Lean::Next)),
    ("mục kế tiếp", Cue::Follow(Lean::Next)),
    ("ý tiếp theo", Cue::Follow(Lean::Next)),
    ("ý tiếp", Cue::Follow(Lean::Next)),
    ("ý sau", Cue::Follow(Lean::Next)),
    ("ý kế tiếp", Cue::Follow(Lean::Next)),
    ("đoạn tiếp", Cue::Follow(Lean::Next)),
    ("đoạn sau", Cue::Follow(Lean::Next)),
    ("đoạn tiếp theo", Cue::Follow(Lean::Next)),
    ("đoạn kế", Cue::Follow(Lean::Next)),
    ("đoạn kế tiếp", Cue::Follow(Lean::Next)),
    ("ý kế", Cue::Follow(Lean::Next)),
    ("điểm kế", Cue::Follow(Lean::Next)),
    ("điểm sau", Cue::Follow(Lean::Next)),
    ("phần kế", Cue::Follow(Lean::Next)),
    ("phần sau", Cue::Follow(Lean::Next)),
    ("khúc sau", Cue::Follow(Lean::Next)),
    ("khúc kế", Cue::Follow(Lean::Next)),
    ("câu sau", Cue::Follow(Lean::Next)),
    ("câu tiếp", Cue::Follow(Lean::Next)),
    ("dòng sau", Cue::Follow(Lean::Next)),
    ("dòng tiếp", Cue::Follow(Lean::Next)),
    ("gạch sau", Cue::Follow(Lean::Next)),
    ("gạch tiếp", Cue::Follow(Lean::Next)),
    ("cái kế", Cue::Follow(Lean::Next)),
    ("cái tiếp", Cue::Follow(Lean::Next)),
    ("cái sau", Cue::Follow(Lean::Next)),
    ("điểm tiếp theo", Cue::Follow(Lean::Next)),
    ("phần tiếp theo", Cue::Follow(Lean::Next)),
    ("nhiệm vụ tiếp theo", Cue::Follow(Lean::Next)),
    ("mục ngay sau", Cue::Follow(Lean::Next)),
    ("mục ngay sau đó", Cue::Follow(Lean::Next)),
    ("đoạn ngay sau", Cue::Follow(Lean::Next)),
    ("đoạn ngay sau đó", Cue::Follow(Lean::Next)),
    ("dòng ngay dưới", Cue::Follow(Lean::Next)),
    ("ngay sau đó", Cue::Follow(Lean::Next)),
    ("liền sau", Cue::Follow(Lean::Next)),
    ("sau nữa", Cue::Follow(Lean::Next)),
    ("rồi sau nữa", Cue::Follow(Lean::Next)),
    ("kế nữa", Cue::Follow(Lean::Next)),
    ("câu liền sau", Cue::Follow(Lean::Next)),
    ("ý liền sau", Cue::Follow(Lean::Next)),
    ("đoạn liền sau", Cue::Follow(Lean::Next)),
    ("mục liền sau", Cue::Follow(Lean::Next)),
    ("câu liền trước", Cue::Follow(Lean::Previous)),
    ("tiếp theo", Cue::Follow(Lean::Next)),
    ("tiếp đi", Cue::Follow(Lean::Next)),
    ("tiếp nữa", Cue::Follow(Lean::Next)),
    ("đọc tiếp", Cue::Follow(Lean::Next)),
    ("xem tiếp", Cue::Follow(Lean::Next)),
    ("kế tiếp", Cue::Follow(Lean::Next)),
    ("mục trước", Cue::Follow(Lean::Previous)),
    ("mục trước đó", Cue::Follow(Lean::Previous)),
    ("ý trước", Cue::Follow(Lean::Previous)),
    ("ý trước đó", Cue::Follow(Lean::Previous)),
    ("đoạn trước", Cue::Follow(Lean::Previous)),
    ("điểm trước", Cue::Follow(Lean::Previous)),
    ("quay lại", Cue::Follow(Lean::Previous)),
    ("trước nữa", Cue::Follow(Lean::Previous)),
    ("trước đó nữa", Cue::Follow(Lean::Previous)),
    ("mục liền trước", Cue::Follow(Lean::Previous)),
    ("đoạn liền trước", Cue::Follow(Lean::Previous)),
    ("ý liền trước", Cue::Follow(Lean::Previous)),
    ("mục kế trước", Cue::Follow(Lean::Previous)),
    ("lùi lại", Cue::Follow(Lean::Previous)),
    ("mục trên", Cue::Follow(Lean::Previous)),
    ("mục ngay trước", Cue::Follow(Lean::Previous)),
    ("mục ngay trên", Cue::Follow(Lean::Previous)),
    ("đoạn ngay trước", Cue::Follow(Lean::Previous)),
    ("dòng ngay trên", Cue::Follow(Lean::Previous)),
    ("ngay trước đó", Cue::Follow(Lean::Previous)),
    ("ý trên", Cue::Follow(Lean::Previous)),
    ("đọc đầy đủ", Cue::Follow(Lean::Whole)),
    ("đọc hết", Cue::Follow(Lean::Whole)),
    ("đọc nguyên văn", Cue::Follow(Lean::Whole)),
    ("đọc toàn bộ", Cue::Follow(Lean::Whole)),
    ("đọc cả", Cue::Follow(Lean::Whole)),
    ("xem đầy đủ", Cue::Follow(Lean::Whole)),
    ("xem hết", Cue::Follow(Lean::Whole)),
    ("xem nguyên văn", Cue::Follow(Lean::Whole)),
    ("xem toàn bộ", Cue::Follow(Lean::Whole)),
    ("cho xem cả", Cue::Follow(Lean::Whole)),
    ("trích đầy đủ", Cue::Follow(Lean::Whole)),
    ("trích nguyên văn", Cue::Follow(Lean::Whole)),
    ("nguyên văn", Cue::Follow(Lean::Whole)),
    ("đầy đủ", Cue::Follow(Lean::Whole)),
    ("toàn văn", Cue::Follow(Lean::Whole)),
    ("cả đoạn", Cue::Follow(Lean::Whole)),
    ("cả mục", Cue::Follow(Lean::Whole)),
    ("nguyên đoạn", Cue::Follow(Lean::Whole)),
    ("nguyên câu", Cue::Follow(Lean::Whole)),
    ("cụ thể hơn", Cue::Follow(Lean::Whole)),
    ("chi tiết hơn", Cue::Follow(Lean::Whole)),
    ("rõ hơn", Cue::Follow(Lean::Whole)),
    ("kỹ hơn", Cue::Follow(Lean::Whole)),
    ("nói thêm", Cue::Follow(Lean::Whole)),
    ("đọc lại", Cue::Follow(Lean::Whole)),
    ("nhắc lại", Cue::Follow(Lean::Whole)),
    ("nói lại", Cue::Follow(Lean::Whole)),
    ("việc đó", Cue::Follow(Lean::Pronoun)),
    ("việc này", Cue::Follow(Lean::Pronoun)),
    ("việc ấy", Cue::Follow(Lean::Pronoun)),
    ("chuyện đó", Cue::Follow(Lean::Pronoun)),
    ("chuyện này", Cue::Follow(Lean::Pronoun)),
    ("chuyện ấy", Cue::Follow(Lean::Pronoun)),
    ("cái đó", Cue::Follow(Lean::Pronoun)),
    ("cái này", Cue::Follow(Lean::Pronoun)),
    ("vụ đó", Cue::Follow(Lean::Pronoun)),
    ("vụ này", Cue::Follow(Lean::Pronoun)),
    ("vấn đề đó", Cue::Follow(Lean::Pronoun)),
    ("vấn đề này", Cue::Follow(Lean::Pronoun)),
    ("nhiệm vụ đó", Cue::Follow(Lean::Pronoun)),
    ("nhiệm vụ này", Cue::Follow(Lean::Pronoun)),
    ("nhiệm vụ ấy", Cue::Follow(Lean::Pronoun)),
    ("nội dung này", Cue::Follow(Lean::Pronoun)),
    ("nội dung đó", Cue::Follow(Lean::Pronoun)),
    ("mục này", Cue::Follow(Lean::Pronoun)),
    ("mục đó", Cue::Follow(Lean::Pronoun)),
    ("đoạn này", Cue::Follow(Lean::Pronoun)),
    ("đoạn đó", Cue::Follow(Lean::Pronoun)),
    ("ý này", Cue::Follow(Lean::Pronoun)),
    ("ý đó", Cue::Follow(Lean::Pronoun)),
    ("trong đó", Cue::Follow(Lean::Inside)),
    ("trong ấy", Cue::Follow(Lean::Inside)),
    ("trong số đó", Cue::Follow(Lean::Inside)),
    ("trong số này", Cue::Follow(Lean::Inside)),
    ("trong danh sách đó", Cue::Follow(Lean::Inside)),
    ("câu đó", Cue::Follow(Lean::Pronoun)),
    ("câu này", Cue::Follow(Lean::Pronoun)),
    ("câu ấy", Cue::Follow(Lean::Pronoun)),
    ("đoạn ấy", Cue::Follow(Lean::Pronoun)),
    ("ý ấy", Cue::Follow(Lean::Pronoun)),
    ("tình trạng này", Cue::Follow(Lean::Pronoun)),
    ("tình trạng đó", Cue::Follow(Lean::Pronoun)),
    ("thực trạng này", Cue::Follow(Lean::Pronoun)),
    ("nạn này", Cue::Follow(Lean::Pronoun)),
    ("nạn đó", Cue::Follow(Lean::Pronoun)),
    ("còn chỗ nào nữa", Cue::Follow(Lean::More)),
    ("còn đoạn nào nữa", Cue::Follow(Lean::More)),
    ("còn mục nào nữa", Cue::Follow(Lean::More)),
    ("còn câu nào nữa", Cue::Follow(Lean::More)),
    ("còn cái nào nữa", Cue::Follow(Lean::More)),
    ("còn nữa không", Cue::Follow(Lean::More)),
    ("còn ai nữa", Cue::Follow(Lean::More)),
    ("còn chỗ nào khác", Cue::Follow(Lean::More)),
    ("chỗ nào khác", Cue::Follow(Lean::More)),
    ("chỗ khác", Cue::Follow(Lean::More)),
    ("đoạn nào khác", Cue::Follow(Lean::More)),
    ("đoạn khác", Cue::Follow(Lean::More)),
    ("mục nào khác", Cue::Follow(Lean::More)),
    ("ngoài ra còn", Cue::Follow(Lean::More)),
    ("đơn vị đó", Cue::Follow(Lean::Pronoun)),
    ("đơn vị này", Cue::Follow(Lean::Pronoun)),
    ("đơn vị ấy", Cue::Follow(Lean::Pronoun)),
    ("cơ quan đó", Cue::Follow(Lean::Pronoun)),
    ("cơ quan này", Cue::Follow(Lean::Pronoun)),
    ("ban đó", Cue::Follow(Lean::Pronoun)),
    ("ban này", Cue::Follow(Lean::Pronoun)),
    ("văn bản này", Cue::Follow(Lean::Pronoun)),
    ("văn bản đó", Cue::Follow(Lean::Pronoun)),
    ("văn bản ấy", Cue::Follow(Lean::Pronoun)),
    ("phần này", Cue::Follow(Lean::Pronoun)),
    ("phần đó", Cue::Follow(Lean::Pronoun)),
    ("khâu này", Cue::Follow(Lean::Pronoun)),
    ("khâu đó", Cue::Follow(Lean::Pronoun)),
    ("chương trình đó", Cue::Follow(Lean::Pronoun)),
    ("chương trình này", Cue::Follow(Lean::Pronoun)),
    ("họ", Cue::Follow(Lean::Pronoun)),
    ("nó", Cue::Follow(Lean::Pronoun)),
];

/// Most words a question may have besides its cues and still lean on the one before without
/// saying so ("bao giờ xong?").
const SHORT: usize = 1;

/// More words than these are a question of their own.
const FEW: usize = 8;

/// "the ke hoach", without marks: "thế" opens questions, "thể" and "thẻ" do so in a few words only.
pub(super) fn opens_with_the(tokens: &[Token]) -> bool {
    const THE_AND: [&str; 16] = [
        "thao", "duc", "chat", "che", "luc", "trang", "hien", "loai", "tich", "nghiem", "bao",
        "can", "cuoc", "hoc", "dang", "nha",
    ];
    let [first, next, ..] = tokens else {
        return false;
    };
    let unmarked = tokens.iter().all(|token| !token.marked);
    unmarked && first.fold == "the" && !THE_AND.contains(&next.fold.as_str())
}

/// Whether something was asked before that could be asked of another document, and the question names nobody and
/// no place.
pub(super) fn may_turn(question: &Question, context: &Context) -> bool {
    let spoken_of = !context.topic.is_empty() || context.intent == Intent::About;
    spoken_of && question.units.is_empty() && question.place.is_none()
}

/// Whether documents that only a level or a type stands for are what a question turns to: "còn của tỉnh?", "Lâm
/// Đồng thì sao", "của trung ương thì số mấy", "trung ương có nói không".
pub(super) fn turns_to(
    named: &[DocumentMention],
    cues: &[CueMatch],
    question: &Question,
    tokens: &[Token],
    context: &Context,
) -> bool {
    let Some(name) = named.first().map(|mention| &mention.tokens) else {
        return false;
    };
    let nothing_else = question
        .terms
        .iter()
        .all(|term| term.is_slight() || text::covers(name, &term.tokens) || term.tokens == *name);
    let then = tokens
        .get(name.end)
        .is_some_and(|token| token.may_be("thì"));
    let of_documents = context.intent == Intent::About || !cue::fields(cues).is_empty();
    let says = tokens[name.end..]
        .iter()
        .take(2)
        .any(|token| token.may_be_any(&["nói", "viết", "ghi", "nêu", "nhắc"]));
    let of_it = name.start <= 1 && ((then && of_documents) || says);
    nothing_else && (starts_with_and(cues) || of_it)
}

/// That the same is asked of a document, as "còn" before it would say.
pub(super) fn next(mention: &DocumentMention) -> CueMatch {
    CueMatch {
        cue: Cue::Follow(Lean::And),
        tokens: mention.tokens.clone(),
    }
}

/// Whether the passage before, the next, or the whole of one is asked for.
pub(super) fn is_step(cues: &[CueMatch]) -> bool {
    [Lean::Next, Lean::Previous, Lean::Whole]
        .iter()
        .any(|lean| has(cues, Cue::Follow(*lean)))
}

/// Whether something new is asked, by its cue, in a talk that has something to lean on.
pub(super) fn goes_on(cues: &[CueMatch], context: &Context) -> bool {
    let of_a_fact = |m: &CueMatch| matches!(m.cue, Cue::Fact(_) | Cue::About(_));
    has_something(context) && (asks_by_a_cue(cues) || cues.iter().any(of_a_fact))
}

/// Whether a question can lean on what was said before.
fn has_something(context: &Context) -> bool {
    !(context.places.is_empty() && context.units.is_empty() && context.topic.is_empty())
}

/// Whether somebody, a time, tasks, a list or a purpose is asked for.
fn asks_by_a_cue(cues: &[CueMatch]) -> bool {
    cues.iter().any(|m| {
        matches!(
            m.cue,
            Cue::Who
                | Cue::When
                | Cue::Calendar
                | Cue::Recipient
                | Cue::Duties
                | Cue::List
                | Cue::Purpose
        )
    })
}

/// How the question leans on the one before, if there was one.
pub(super) fn find(
    corpus: &Corpus,
    cues: &[CueMatch],
    question: &Question,
    tokens: &[Token],
    restored: &[String],
    context: &Context,
) -> Option<FollowUp> {
    if !has_something(context) {
        return None;
    }
    if question.place.is_some() || question.chat.is_some() {
        return None;
    }
    let weighty = question
        .terms
        .iter()
        .filter(|term| term.is_topic())
        .map(|term| &restored[term.tokens.clone()])
        .filter(|words| !is_of_the_frame(words))
        .count();
    let names_nothing = weighty == 0 && question.units.is_empty() && question.documents.is_empty();
    let asked_before = !context.said.is_empty() || !context.topic.is_empty();
    if names_nothing && asked_before && has(cues, Cue::Follow(Lean::More)) {
        return Some(FollowUp::More);
    }
    // "đọc nguyên văn câu trong chỉ thị": of what was cited of it.
    let of_one_cited = weighty == 0
        && question.units.is_empty()
        && question
            .documents
            .iter()
            .any(|mention| is_cited(corpus, context, mention.document));
    if of_one_cited && has(cues, Cue::Follow(Lean::Whole)) {
        return Some(FollowUp::Whole);
    }
    if names_nothing {
        for (lean, follow_up) in [
            (Lean::Next, FollowUp::Next),
            (Lean::Previous, FollowUp::Previous),
            (Lean::Whole, FollowUp::Whole),
        ] {
            if has(cues, Cue::Follow(lean)) {
                return Some(follow_up);
            }
        }
    }
    let place = context.places.first();
    let of_section = place.is_some_and(|place| corpus.section_by_id(place).is_some());
    if names_nothing && of_section && counts_its_parts(tokens) {
        return Some(FollowUp::Whole);
    }
    let of_what_was_cited = !context.places.is_empty() && context.intent != Intent::About;
    let of_it = asks_which_place(tokens) || asks_how_much(tokens);
    if names_nothing && of_what_was_cited && of_it {
        return Some(FollowUp::Same);
    }
    // "vậy họ báo cáo cho ai", after the duties of a unit.
    let its_reports = context.intent == Intent::Duties && question.recipient;
    let nobody = question.units.is_empty() && question.documents.is_empty();
    if its_reports && nobody && !context.units.is_empty() && tokens.len() <= FEW {
        return Some(FollowUp::Same);
    }
    let asks_of_next = starts_with_and(cues) || says_then(tokens, question) || corrects(restored);
    if asks_of_next && (weighty <= 3 || !question.units.is_empty()) {
        return Some(FollowUp::And);
    }
    let only_document = weighty == 0
        && question.units.is_empty()
        && !question.documents.is_empty()
        && question.fields.is_empty()
        && !context.topic.is_empty()
        && !cues.iter().any(|m| {
            matches!(
                m.cue,
                Cue::Compare | Cue::When | Cue::Calendar | Cue::Grounds
            )
        });
    if only_document {
        return Some(FollowUp::And);
    }
    // "chỉ thị thì đánh giá tình trạng này thế nào": another document, about what was spoken of.
    let elsewhere = question
        .documents
        .iter()
        .any(|mention| !mention.object && !is_cited(corpus, context, mention.document));
    if elsewhere && has(cues, Cue::Follow(Lean::Pronoun)) && weighty == 0 {
        return Some(FollowUp::And);
    }
    // "thành ủy có khác không", after the duties of another unit.
    let as_another = context.intent == Intent::Duties
        && !question.units.is_empty()
        && weighty == 0
        && has(cues, Cue::Compare);
    if as_another {
        return Some(FollowUp::And);
    }
    // "người đó giữ chức gì", "chức vụ người đó", after who signed.
    let office = context.intent == Intent::About && lean::asks_office(restored);
    if office && question.documents.is_empty() && question.units.is_empty() && tokens.len() <= FEW {
        return Some(FollowUp::Same);
    }
    let inside = has(cues, Cue::Follow(Lean::Inside)) && question.units.is_empty();
    if (has(cues, Cue::Follow(Lean::Pronoun)) || inside) && weighty <= 3 {
        return Some(FollowUp::Same);
    }
    let by_a_cue = question.units.is_empty()
        && question.documents.is_empty()
        && !tokens.is_empty()
        && asks_by_a_cue(cues);
    let only_cues = by_a_cue && weighty <= SHORT;
    let slight = question
        .terms
        .iter()
        .all(|term| term.is_slight() || is_of_the_frame(&restored[term.tokens.clone()]));
    // Of a document itself nothing is said in its passages.
    let of_passages = context.intent != Intent::About;
    let leans = only_cues || (names_nothing && of_passages && asks_how(restored));
    let asks_of_it = by_a_cue || (question.how_often && question.units.is_empty());
    let again = asks_of_it && of_passages && says_again(corpus, question, tokens, context);
    ((leans && slight) || again).then_some(FollowUp::Same)
}

/// "mục nào", "phần nào vậy": where something is written, and no more.
pub(super) fn asks_which_place(tokens: &[Token]) -> bool {
    const FEW: usize = 5;
    let where_only = tokens.len() <= 3
        && tokens
            .windows(2)
            .any(|two| two[0].may_be("ở") && two[1].may_be("đâu"));
    tokens.len() <= FEW && (where_only || intent::asks_for_a_place(tokens))
}

/// "bao nhiêu vậy": how much or how many of what was spoken of.
fn asks_how_much(tokens: &[Token]) -> bool {
    const FEW: usize = 5;
    let mut pairs = tokens.windows(2);
    let how_much = |two: &[Token]| {
        (two[0].may_be("bao") && two[1].may_be("nhiêu"))
            || (two[0].may_be("mấy") && two[1].may_be("tuổi"))
    };
    tokens.len() <= FEW && pairs.any(how_much)
}

/// "có mấy ý", "mục đó gồm bao nhiêu nội dung": how many parts the section last read has.
fn counts_its_parts(tokens: &[Token]) -> bool {
    const FEW: usize = 7;
    const PARTS: [&str; 6] = ["ý", "điểm", "mục", "nội", "gạch", "đoạn"];
    let many = |two: &[Token]| {
        two[1].may_be_any(&PARTS) && (two[0].may_be("mấy") || two[0].may_be("nhiêu"))
    };
    tokens.len() <= FEW && tokens.windows(2).any(many)
}

/// Whether a passage of a document was last cited.
fn is_cited(corpus: &Corpus, context: &Context, document: usize) -> bool {
    let id = &corpus.documents[document].id;
    context.places.iter().any(|place| place.document() == id)
}

/// Words that only ask for a time, for the part somebody has in what was spoken of, or whether that is so
/// elsewhere: "hạn chót bao giờ xong", "ai chủ trì", "có câu nào tương tự".
fn is_of_the_frame(restored: &[String]) -> bool {
    const TIME: [&str; 26] = [
        "ngày", "tháng", "trước", "nhiêu", "mấy", "hạn", "chót", "cuối", "cùng", "bao", "giờ",
        "khi", "nào", "lúc", "chừng", "hồi", "xong", "thời", "gian", "điểm", "mốc", "hoàn",
        "thành", "phải", "thì", "deadline",
    ];
    const OF_IT: [[&str; 2]; 8] = [
        ["tương", "tự"],
        ["giống", "vậy"],
        ["giống", "thế"],
        ["như", "vậy"],
        ["như", "thế"],
        ["y", "vậy"],
        ["chủ", "trì"],
        ["phối", "hợp"],
    ];
    let of_time = restored.iter().all(|word| TIME.contains(&word.as_str()));
    let of_it = |words: &[&str; 2]| restored.iter().all(|word| words.contains(&word.as_str()));
    of_time || OF_IT.iter().any(of_it)
}

/// "ai bố trí?" after a passage that says "bố trí": what is asked for is what was spoken of.
fn says_again(corpus: &Corpus, question: &Question, tokens: &[Token], context: &Context) -> bool {
    /// More words may be a question of their own.
    const FEW: usize = 4;
    /// "mấy tháng sơ kết một lần": so many of them ask how often.
    const HOW_OFTEN: usize = 4;
    let place = context.places.first();
    let Some(passage) = place.and_then(|place| corpus.passage_by_id(place)) else {
        return false;
    };
    let said = text::tokenize(corpus.text_of(passage));
    let words = question
        .terms
        .iter()
        .map(|term| &tokens[term.tokens.clone()]);
    let says = |words: &[Token]| {
        said.windows(words.len().max(1)).any(|here| {
            here.iter()
                .zip(words)
                .all(|(said, word)| word.may_be(&said.word))
        })
    };
    let most = FEW + if question.how_often { HOW_OFTEN } else { 0 };
    tokens.len() <= most && words.into_iter().all(says)
}

/// "con sap xep bo may thi noi the nao": "còn" at the beginning and "thì" after it, both without marks.
fn says_then(tokens: &[Token], question: &Question) -> bool {
    let [first, _, rest @ ..] = tokens else {
        return false;
    };
    let bare = tokens.iter().all(|token| !token.marked);
    question.danger == Danger::None
        && bare
        && first.may_be("còn")
        && rest.iter().any(|token| token.may_be("thì"))
}

/// "làm bằng những cách nào?": a few words that ask, and say nothing of what.
fn asks_how(restored: &[String]) -> bool {
    const FEW: std::ops::RangeInclusive<usize> = 3..=7;
    const ASKING: [&str; 4] = ["nào", "sao", "đâu", "gì"];
    FEW.contains(&restored.len()) && restored.iter().any(|word| ASKING.contains(&word.as_str()))
}

/// "không, ý tôi là …", "à nhầm, …": the last question again, about what was meant.
pub(super) fn corrects(restored: &[String]) -> bool {
    /// "ý của các anh là" has no more words than these between.
    const BETWEEN: usize = 4;
    let words: Vec<&str> = restored.iter().map(String::as_str).collect();
    let said = words
        .iter()
        .position(|word| *word == "ý")
        .is_some_and(|at| at <= 2 && words[at + 1..].iter().take(BETWEEN).any(|w| *w == "là"));
    let slip = words
        .iter()
        .take(2)
        .any(|word| ["nhầm", "lộn"].contains(word));
    said || slip
}

/// The question opens with "còn …", or with "thế"/"vậy" in front of it.
fn starts_with_and(cues: &[CueMatch]) -> bool {
    cues.iter()
        .any(|m| m.cue == Cue::Follow(Lean::And) && (m.tokens.start <= 1 || m.tokens.len() > 1))
}
