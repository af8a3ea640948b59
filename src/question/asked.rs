//! The kind of fact asked for, where a passage on the topic is no answer unless it holds one.

use super::cue::{Cue, CueMatch, has};
use crate::text::{self, Token};

/// A kind of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asked {
    /// A sum of money.
    Money,
    /// A telephone number.
    Telephone,
    /// A street address, an office, a link, an e-mail.
    Address,
    /// A punishment and its measure.
    Penalty,
    /// Who holds an office.
    OfficeHolder,
    /// A share, a rate, a statistic.
    Figure,
    /// An age.
    Age,
    /// Papers, forms, steps of a procedure.
    Procedure,
    /// What something comes from.
    Cause,
    /// What a word means.
    Definition,
    /// How far something has come by now.
    Progress,
    /// Whether a document is in force.
    Validity,
    /// A day, a month or a year of the calendar.
    Day,
}

impl Asked {
    /// Every kind of fact.
    pub const ALL: [Asked; 13] = [
        Asked::Money,
        Asked::Telephone,
        Asked::Address,
        Asked::Penalty,
        Asked::OfficeHolder,
        Asked::Figure,
        Asked::Age,
        Asked::Procedure,
        Asked::Cause,
        Asked::Definition,
        Asked::Progress,
        Asked::Validity,
        Asked::Day,
    ];
}

/// Phrases that ask for a kind of fact.
pub(super) const PHRASES: &[(&str, Cue)] = &[
    ("bao nhiêu tiền", Cue::Fact(Asked::Money)),
    ("mấy tiền", Cue::Fact(Asked::Money)),
    ("nhiêu tiền", Cue::Fact(Asked::Money)),
    ("bao nhiêu đồng", Cue::Fact(Asked::Money)),
    ("bao nhiêu triệu", Cue::Fact(Asked::Money)),
    ("bao nhiêu tỷ", Cue::Fact(Asked::Money)),
    ("bao nhiêu kinh phí", Cue::Fact(Asked::Money)),
    ("bao nhiêu ngân sách", Cue::Fact(Asked::Money)),
    ("kinh phí bao nhiêu", Cue::Fact(Asked::Money)),
    ("kinh phí là bao nhiêu", Cue::Fact(Asked::Money)),
    ("ngân sách bao nhiêu", Cue::Fact(Asked::Money)),
    ("ngân sách là bao nhiêu", Cue::Fact(Asked::Money)),
    ("mấy triệu", Cue::Fact(Asked::Money)),
    ("mấy tỷ", Cue::Fact(Asked::Money)),
    ("mấy đồng", Cue::Fact(Asked::Money)),
    ("mức hỗ trợ", Cue::Fact(Asked::Money)),
    ("mức chi", Cue::Fact(Asked::Money)),
    ("mức trợ cấp", Cue::Fact(Asked::Money)),
    ("trợ cấp bao nhiêu", Cue::Fact(Asked::Money)),
    ("hỗ trợ bao nhiêu", Cue::Fact(Asked::Money)),
    ("mức lương", Cue::Fact(Asked::Money)),
    ("lương bao nhiêu", Cue::Fact(Asked::Money)),
    ("thưởng bao nhiêu", Cue::Fact(Asked::Money)),
    ("mức thưởng", Cue::Fact(Asked::Money)),
    ("mức đóng", Cue::Fact(Asked::Money)),
    ("học phí", Cue::Fact(Asked::Money)),
    ("số tiền", Cue::Fact(Asked::Money)),
    ("số điện thoại", Cue::Fact(Asked::Telephone)),
    ("sđt", Cue::Fact(Asked::Telephone)),
    ("số phone", Cue::Fact(Asked::Telephone)),
    ("hotline", Cue::Fact(Asked::Telephone)),
    ("đường dây nóng", Cue::Fact(Asked::Telephone)),
    ("số máy", Cue::Fact(Asked::Telephone)),
    ("địa chỉ", Cue::Fact(Asked::Address)),
    ("gần nhất ở đâu", Cue::Fact(Asked::Address)),
    ("liên hệ đâu", Cue::Fact(Asked::Address)),
    ("liên hệ ở đâu", Cue::Fact(Asked::Address)),
    ("liên hệ chỗ nào", Cue::Fact(Asked::Address)),
    ("liên hệ nơi nào", Cue::Fact(Asked::Address)),
    ("liên lạc đâu", Cue::Fact(Asked::Address)),
    ("liên lạc ở đâu", Cue::Fact(Asked::Address)),
    ("liên lạc chỗ nào", Cue::Fact(Asked::Address)),
    ("trụ sở", Cue::Fact(Asked::Address)),
    ("tổ chức ở đâu", Cue::Fact(Asked::Address)),
    ("mở ở đâu", Cue::Fact(Asked::Address)),
    ("diễn ra ở đâu", Cue::Fact(Asked::Address)),
    ("họp ở đâu", Cue::Fact(Asked::Address)),
    ("phần nghìn", Cue::Fact(Asked::Figure)),
    ("mấy phần nghìn", Cue::Fact(Asked::Figure)),
    ("phần trăm", Cue::Fact(Asked::Figure)),
    ("ở đường nào", Cue::Fact(Asked::Address)),
    ("email", Cue::Fact(Asked::Address)),
    ("thư điện tử", Cue::Fact(Asked::Address)),
    ("website", Cue::Fact(Asked::Address)),
    ("trang web", Cue::Fact(Asked::Address)),
    ("đường link", Cue::Fact(Asked::Address)),
    ("đường dẫn", Cue::Fact(Asked::Address)),
    ("mức phạt", Cue::Fact(Asked::Penalty)),
    ("phạt bao nhiêu", Cue::Fact(Asked::Penalty)),
    ("phạt tiền", Cue::Fact(Asked::Penalty)),
    ("bị phạt", Cue::Fact(Asked::Penalty)),
    ("xử phạt", Cue::Fact(Asked::Penalty)),
    ("phạt sao", Cue::Fact(Asked::Penalty)),
    ("phạt thế nào", Cue::Fact(Asked::Penalty)),
    ("phạt mấy", Cue::Fact(Asked::Penalty)),
    ("phạt tù", Cue::Fact(Asked::Penalty)),
    ("tù mấy năm", Cue::Fact(Asked::Penalty)),
    ("mấy năm tù", Cue::Fact(Asked::Penalty)),
    ("bao nhiêu năm tù", Cue::Fact(Asked::Penalty)),
    ("đi tù", Cue::Fact(Asked::Penalty)),
    ("án tù", Cue::Fact(Asked::Penalty)),
    ("tội gì", Cue::Fact(Asked::Penalty)),
    ("khung hình phạt", Cue::Fact(Asked::Penalty)),
    ("hình phạt", Cue::Fact(Asked::Penalty)),
    ("chế tài", Cue::Fact(Asked::Penalty)),
    ("kỷ luật", Cue::Fact(Asked::Penalty)),
    ("kỉ luật", Cue::Fact(Asked::Penalty)),
    ("bị kỷ luật", Cue::Fact(Asked::Penalty)),
    ("xử lý kỷ luật", Cue::Fact(Asked::Penalty)),
    ("đương nhiệm", Cue::Fact(Asked::OfficeHolder)),
    ("hiện nay là ai", Cue::Fact(Asked::OfficeHolder)),
    ("bây giờ là ai", Cue::Fact(Asked::OfficeHolder)),
    ("hiện tại là ai", Cue::Fact(Asked::OfficeHolder)),
    ("là ông nào", Cue::Fact(Asked::OfficeHolder)),
    ("là bà nào", Cue::Fact(Asked::OfficeHolder)),
    ("là đồng chí nào", Cue::Fact(Asked::OfficeHolder)),
    ("bí thư là ai", Cue::Fact(Asked::OfficeHolder)),
    ("bí thư tỉnh ủy là ai", Cue::Fact(Asked::OfficeHolder)),
    ("chủ tịch tỉnh là ai", Cue::Fact(Asked::OfficeHolder)),
    ("chủ tịch là ai", Cue::Fact(Asked::OfficeHolder)),
    ("giám đốc là ai", Cue::Fact(Asked::OfficeHolder)),
    ("trưởng ban là ai", Cue::Fact(Asked::OfficeHolder)),
    ("bao nhiêu phần trăm", Cue::Fact(Asked::Figure)),
    ("mấy phần trăm", Cue::Fact(Asked::Figure)),
    ("tỷ lệ", Cue::Fact(Asked::Figure)),
    ("tỉ lệ", Cue::Fact(Asked::Figure)),
    ("thống kê", Cue::Fact(Asked::Figure)),
    ("bao nhiêu vụ", Cue::Fact(Asked::Figure)),
    ("mấy vụ", Cue::Fact(Asked::Figure)),
    ("bao nhiêu ca", Cue::Fact(Asked::Figure)),
    ("có mấy cháu", Cue::Fact(Asked::Figure)),
    ("có mấy đứa", Cue::Fact(Asked::Figure)),
    ("có mấy em", Cue::Fact(Asked::Figure)),
    ("có mấy trẻ", Cue::Fact(Asked::Figure)),
    ("có mấy người", Cue::Fact(Asked::Figure)),
    ("có mấy vụ", Cue::Fact(Asked::Figure)),
    ("có mấy ca", Cue::Fact(Asked::Figure)),
    ("có mấy trường hợp", Cue::Fact(Asked::Figure)),
    ("mấy tiết", Cue::Fact(Asked::Figure)),
    ("bao nhiêu tiết", Cue::Fact(Asked::Figure)),
    ("mấy giờ", Cue::Fact(Asked::Figure)),
    ("bao nhiêu em", Cue::Fact(Asked::Figure)),
    ("bao nhiêu trẻ", Cue::Fact(Asked::Figure)),
    ("bao nhiêu cháu", Cue::Fact(Asked::Figure)),
    ("bao nhiêu đứa", Cue::Fact(Asked::Figure)),
    ("bao nhiêu người", Cue::Fact(Asked::Figure)),
    ("bao nhiêu trường", Cue::Fact(Asked::Figure)),
    ("bao nhiêu xã", Cue::Fact(Asked::Figure)),
    ("bao nhiêu hộ", Cue::Fact(Asked::Figure)),
    ("chỉ tiêu bao nhiêu", Cue::Fact(Asked::Figure)),
    ("chỉ tiêu là bao nhiêu", Cue::Fact(Asked::Figure)),
    ("bao nhiêu biên chế", Cue::Fact(Asked::Figure)),
    ("bao nhiêu cán bộ", Cue::Fact(Asked::Figure)),
    ("bao nhiêu tuổi", Cue::Fact(Asked::Age)),
    ("mấy tuổi", Cue::Fact(Asked::Age)),
    ("độ tuổi nào", Cue::Fact(Asked::Age)),
    ("tuổi nào", Cue::Fact(Asked::Age)),
    ("còn hiệu lực", Cue::Fact(Asked::Validity)),
    ("hết hạn chưa", Cue::Fact(Asked::Validity)),
    ("còn hạn không", Cue::Fact(Asked::Validity)),
    ("hết hiệu lực", Cue::Fact(Asked::Validity)),
    ("có hiệu lực", Cue::Fact(Asked::Validity)),
    ("hiệu lực từ", Cue::Fact(Asked::Validity)),
    ("hiệu lực đến", Cue::Fact(Asked::Validity)),
    ("hiệu lực thi hành", Cue::Fact(Asked::Validity)),
    ("bị thay thế", Cue::Fact(Asked::Validity)),
    ("bị bãi bỏ", Cue::Fact(Asked::Validity)),
    ("sửa đổi lần nào", Cue::Fact(Asked::Validity)),
    ("đã sửa đổi", Cue::Fact(Asked::Validity)),
    ("thế nào rồi", Cue::Fact(Asked::Progress)),
    ("ra sao rồi", Cue::Fact(Asked::Progress)),
    ("tới đâu rồi", Cue::Fact(Asked::Progress)),
    ("đến đâu rồi", Cue::Fact(Asked::Progress)),
    ("xong chưa", Cue::Fact(Asked::Progress)),
    ("làm xong chưa", Cue::Fact(Asked::Progress)),
    ("hoàn thành chưa", Cue::Fact(Asked::Progress)),
    ("đã làm chưa", Cue::Fact(Asked::Progress)),
    ("định nghĩa", Cue::Fact(Asked::Definition)),
    ("khái niệm", Cue::Fact(Asked::Definition)),
    ("nghĩa là gì", Cue::Fact(Asked::Definition)),
    ("có nghĩa là gì", Cue::Fact(Asked::Definition)),
    ("hiểu là gì", Cue::Fact(Asked::Definition)),
    ("thế nào là", Cue::Fact(Asked::Definition)),
    ("như thế nào là", Cue::Fact(Asked::Definition)),
    ("được coi là", Cue::Fact(Asked::Definition)),
    ("được xem là", Cue::Fact(Asked::Definition)),
    ("được tính là", Cue::Fact(Asked::Definition)),
    ("tuổi thì là trẻ em", Cue::Fact(Asked::Definition)),
    ("nguyên nhân", Cue::Fact(Asked::Cause)),
    ("do nguyên nhân", Cue::Fact(Asked::Cause)),
    ("thủ tục", Cue::Fact(Asked::Procedure)),
    ("hồ sơ gì", Cue::Fact(Asked::Procedure)),
    ("hồ sơ gồm", Cue::Fact(Asked::Procedure)),
    ("giấy tờ gì", Cue::Fact(Asked::Procedure)),
    ("mẫu đơn", Cue::Fact(Asked::Procedure)),
    ("biểu mẫu", Cue::Fact(Asked::Procedure)),
    ("mẫu báo cáo", Cue::Fact(Asked::Procedure)),
    ("mẫu biểu", Cue::Fact(Asked::Procedure)),
];

/// Titles of offices that people hold.
const OFFICES: &[&str] = &[
    "trưởng ban",
    "phó ban",
    "giám đốc",
    "phó giám đốc",
    "chủ tịch",
    "phó chủ tịch",
    "bí thư",
    "phó bí thư",
    "hiệu trưởng",
    "trưởng phòng",
    "bộ trưởng",
    "chánh văn phòng",
    "lãnh đạo",
    "trưởng công an",
    "chủ nhiệm",
];
/// Ways to ask for a person's name.
const NAMES: &[&str] = &[
    "tên gì",
    "tên là gì",
    "là ai",
    "tên ai",
    "ông nào",
    "bà nào",
    "đồng chí nào",
    "hiện nay",
    "hiện tại",
    "hiện giờ",
    "bây giờ",
    "đương nhiệm",
    "họ tên",
];

/// The first kind of fact asked for.
pub(super) fn find(cues: &[CueMatch], tokens: &[Token], restored: &[String]) -> Option<Asked> {
    /// How far behind them the word that points at some stands: "mấy vụ bạo hành vậy".
    const POINTING: usize = 3;
    // "Mấy vụ xâm hại xử chậm, …", "ngừa mấy vụ đó": some, and not how many.
    let some = |m: &CueMatch| {
        let mut next = restored[m.tokens.end..].iter().take(POINTING);
        let pointed_at = next.any(|next| is_pointing(next));
        restored[m.tokens.start] == "mấy"
            && m.tokens.len() == 2
            && (m.tokens.start == 0 || pointed_at || asks_otherwise(restored, m))
    };
    // "X có được coi là Y không": whether it is so.
    let whether_so = |m: &CueMatch| {
        let before = m
            .tokens
            .start
            .checked_sub(1)
            .map(|at| restored[at].as_str());
        before == Some("có") && restored[m.tokens.end..].iter().any(|word| word == "không")
    };
    let by_cue = cues.iter().find_map(|m| match m.cue {
        Cue::Fact(Asked::Figure) if some(m) => None,
        Cue::Fact(Asked::Definition) if whether_so(m) => None,
        Cue::Fact(asked) => Some(asked),
        _ => None,
    });
    let meaning = asks_meaning(restored).then_some(Asked::Definition);
    let day = has(cues, Cue::Calendar).then_some(Asked::Day);
    let money = how_much_money(restored).then_some(Asked::Money);
    meaning.or(by_cue).or(money).or(day).or_else(|| {
        let holder = (says(tokens, OFFICES) && says(tokens, NAMES))
            || who_holds(restored)
            || which_office_now(restored);
        holder.then_some(Asked::OfficeHolder)
    })
}

/// "sao chỉ thị bảo mấy vụ xâm hại chưa được xử lý": another word asks, and none before "mấy" has it count.
fn asks_otherwise(restored: &[String], many: &CueMatch) -> bool {
    const ASKING: [&str; 4] = ["sao", "gì", "ai", "nào"];
    const COUNTS: [&str; 6] = ["có", "gồm", "là", "được", "xảy", "hết"];
    let before = many
        .tokens
        .start
        .checked_sub(1)
        .map(|at| restored[at].as_str());
    const TIMES: [&str; 5] = ["giờ", "ngày", "tháng", "năm", "lần"];
    let counts = before.is_some_and(|before| COUNTS.contains(&before))
        || TIMES.contains(&restored[many.tokens.end - 1].as_str());
    !counts && restored.iter().any(|word| ASKING.contains(&word.as_str()))
}

/// Words after a noun that tell which ones are meant.
fn is_pointing(word: &str) -> bool {
    ["đó", "này", "kia", "ấy", "đấy", "nọ", "vậy", "vầy"].contains(&word)
}

/// "hiện giờ ông ấy giữ chức gì", "người đó nay làm chức gì": the office somebody holds by now.
fn which_office_now(restored: &[String]) -> bool {
    const NOW: [&str; 4] = ["giờ", "nay", "hiện", "đang"];
    const OFFICE: [&[&str]; 3] = [
        &["giữ", "chức", "gì"],
        &["chức", "vụ", "gì"],
        &["làm", "chức", "gì"],
    ];
    let words: Vec<&str> = restored.iter().map(String::as_str).collect();
    let office = OFFICE
        .iter()
        .any(|office| words.windows(office.len()).any(|here| here == *office));
    office && words.iter().any(|word| NOW.contains(word))
}

/// "ai là bí thư", "ai đang giữ chức chủ tịch": who, words of holding an office, and an office.
fn who_holds(restored: &[String]) -> bool {
    const HOLDING: [&str; 12] = [
        "là", "làm", "đang", "hiện", "giữ", "chức", "vụ", "nay", "ngồi", "ghế", "đảm", "nhiệm",
    ];
    let words: Vec<&str> = restored.iter().map(String::as_str).collect();
    words.iter().enumerate().any(|(at, word)| {
        let rest = &words[at + 1..];
        let held = rest
            .iter()
            .take_while(|word| HOLDING.contains(word))
            .count();
        let office = |office: &&str| {
            office
                .split(' ')
                .eq(rest[held..].iter().copied().take(office.split(' ').count()))
        };
        *word == "ai" && held > 0 && OFFICES.iter().any(office)
    })
}

/// "tư pháp thân thiện là gì", "trẻ em là người dưới bao nhiêu tuổi": a thing, and what it is. Nouns
/// of what documents hold ("nhiệm vụ là gì") ask for that and not for their meaning.
fn asks_meaning(restored: &[String]) -> bool {
    const HELD: [&str; 32] = [
        "vụ", "đích", "cầu", "thức", "chế", "dung", "đề", "tên", "số", "việc", "trò", "nhiệm",
        "tiêu", "do", "hiệu", "phận", "quả", "điểm", "thị", "hoạch", "dẫn", "bản", "nghĩa",
        "hướng", "ngày", "email", "án", "này", "đó", "mình", "họ", "cứ",
    ];
    let words: Vec<&str> = restored.iter().map(String::as_str).collect();
    let what = words.ends_with(&["là", "gì"]) && words.len() > 2 && {
        let said = &words[..words.len() - 2];
        // "những chỗ còn yếu là gì": which they are. "trung tâm của chính sách là gì": which one it is.
        !["những", "các", "mấy"].contains(&said[0])
            && !said
                .iter()
                .any(|word| HELD.contains(word) || *word == "của")
            && !said.ends_with(&["giải", "pháp"])
    };
    let who = words.windows(2).any(|two| two == ["là", "người"])
        && words
            .windows(3)
            .any(|three| three == ["bao", "nhiêu", "tuổi"]);
    what || who
}

/// "trợ cấp mỗi tháng bao nhiêu": a noun of money, and how much of it, with something in between.
fn how_much_money(restored: &[String]) -> bool {
    const MONEY: [[&str; 2]; 6] = [
        ["trợ", "cấp"],
        ["hỗ", "trợ"],
        ["phụ", "cấp"],
        ["học", "phí"],
        ["kinh", "phí"],
        ["ngân", "sách"],
    ];
    let words: Vec<&str> = restored.iter().map(String::as_str).collect();
    let noun = words
        .windows(2)
        .position(|two| MONEY.iter().any(|noun| two == noun));
    noun.is_some_and(|at| words[at..].ends_with(&["bao", "nhiêu"]))
}

/// Whether one of the phrases stands in the tokens.
fn says(tokens: &[Token], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        let words: Vec<&str> = phrase.split(' ').collect();
        text::contains(tokens, &words, Token::may_be)
    })
}
