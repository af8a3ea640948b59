//! Every sentence the bot says in its own words, in one list. A frame states only what the tables
//! and the front matter hold; whatever speaks for a document is a quotation and is not here.

use crate::answer::TextKind;
use crate::corpus::{Corpus, Document, Role};
use crate::question::{Asked, Field};

/// The mark of an answer that rests on a digest.
pub const DIGEST: &str =
    "Lưu ý: phần trích từ bản tóm lược, chưa phải toàn văn; cần đối chiếu văn bản gốc.";

/// The mark of an answer that rests on a text much of which could not be read for certain.
pub fn doubtful(document: &Document) -> String {
    format!(
        "Lưu ý: bản {} ở đây nhập từ bản nhận dạng chữ còn nhiều chỗ ngờ; cần đối chiếu văn bản gốc.",
        document.short
    )
}

/// What is said first of a document that another has replaced.
pub fn replaced(document: &Document, by: &str) -> String {
    format!("Lưu ý: {} đã được thay thế bởi {by}.", document.short)
}

/// The mark of an answer that rests on what the import proposed.
pub const UNREVIEWED: &str = "Chưa rà soát: việc giao cho đơn vị nào ở đây do máy đề xuất khi nhập văn bản, chưa có người đối chiếu.";

// Urgent.
/// First line when a child may be in danger.
pub const HOTLINE: &str = "Nếu có trẻ em đang gặp nguy hiểm: gọi ngay 111 (Tổng đài điện thoại quốc gia bảo vệ trẻ em, miễn phí, 24/7).";
/// Before a refusal to somebody who tells of a child.
pub const IF_WORRIED: &str = "Nếu bạn lo cho sự an toàn của một trẻ em: gọi 111 (miễn phí, 24/7).";
/// Second line.
pub const POLICE: &str = "Trường hợp khẩn cấp, gọi công an: 113.";
/// Third line.
pub const NOBODY_READS: &str = "Đây là máy trả lời tự động, không có người đọc và không lưu lại tin nhắn này; xin đừng chờ trả lời ở đây.";
/// Before a quotation that follows the hotline.
pub const DOCUMENTS_ON_THIS: &str = "Về câu hỏi văn bản, các văn bản viết:";
/// Before it, where it is asked who does something or who is told.
pub const NOBODY_TOLD: &str = "Đoạn gần nhất không nêu đơn vị nào làm việc này hoặc nhận tin báo.";
/// What takes the urgent reply back.
pub const ONLY_ASKING: &str = "Tôi chỉ hỏi về văn bản";
/// After it was taken back.
pub const ONLY_RULES: &str = "Vâng. Mời bạn hỏi lại, ví dụ nêu điều cần tra trong văn bản.";

// Chat.
/// Thanks and goodbye.
pub const THANKS: &str = "Rất vui được giúp bạn. Khi cần tra cứu, bạn cứ hỏi tiếp.";
/// No opinion.
pub const NO_OPINION: &str =
    "Tôi chỉ trích dẫn văn bản, không nêu ý kiến, đánh giá hay lời khuyên.";
/// No writing.
pub const NO_WRITING: &str = "Tôi chỉ trích dẫn văn bản, không soạn thảo, dịch hay viết thay. Bạn có thể hỏi từng nội dung để lấy đoạn trích.";
/// No orders.
pub const NO_ORDERS: &str = "Tôi chỉ làm một việc: trích dẫn văn bản kèm nơi trích.";

/// Hello, and what can be asked.
pub fn greeting(corpus: &Corpus) -> String {
    format!("Chào bạn. {}", help(corpus))
}

/// What can be asked.
pub fn help(corpus: &Corpus) -> String {
    format!(
        "Tôi trả lời câu hỏi về {} bằng đoạn trích nguyên văn kèm nơi trích. Bạn có thể hỏi: đơn vị nào làm gì, việc nào do ai làm, văn bản nói gì về một vấn đề, hoặc đọc một mục (ví dụ “mục III.4”). Điều văn bản không nói, tôi sẽ nói là không có.",
        documents(corpus)
    )
}

// Lookup.
/// Before the passages on a topic.
pub fn lookup(corpus: &Corpus, passage: usize) -> String {
    document_says(&corpus.documents[corpus.document_of(passage)].short)
}

/// The same where something else that was asked for is not there.
pub fn of_the_rest(corpus: &Corpus, passage: usize) -> String {
    let short = &corpus.documents[corpus.document_of(passage)].short;
    format!("Về phần còn lại của câu hỏi, {short} viết:")
}

/// Before a passage that charges others than the unit asked about.
pub fn charges_others(charged: &[String], asked: &[String]) -> String {
    let names =
        |units: &[String]| -> Vec<String> { units.iter().map(|unit| lower_first(unit)).collect() };
    format!(
        "Đoạn sau giao cho {}; không nêu việc giao cho {}.",
        names(charged).join(", "),
        names(asked).join(", ")
    )
}

/// Before a quotation of one document.
pub fn document_says(short: &str) -> String {
    format!("{short} viết:")
}

// Duties.
/// Before the tasks of a unit.
pub fn given(unit: &str) -> String {
    format!("{unit} được giao:")
}

/// Before the tasks of the unit through which the text speaks of another.
pub fn given_through(unit: &str, through: &str) -> String {
    format!("Văn bản giao việc cho {unit} thông qua {through}:")
}

/// Before the tasks of a group a unit belongs to.
pub fn given_as_member(unit: &str, group: &str) -> String {
    format!(
        "Đoạn sau giao cho {}, không nêu riêng {unit} (xếp vào nhóm này theo phân loại thông thường, không phải lời văn bản):",
        lower_first(group)
    )
}

/// What a unit is to a task, with the text's own words for when, and to whom to report.
pub fn charge(role: Role, when: Option<&str>, report_to: Option<&str>) -> String {
    let when = when.map(|when| format!("“{when}”"));
    let report_to = report_to.map(|to| format!("báo cáo {to}"));
    let more: Vec<String> = when.into_iter().chain(report_to).collect();
    match more.as_slice() {
        [] => role_name(role).to_owned(),
        more => format!("{} ({})", role_name(role), more.join(", ")),
    }
}

/// In place of a passage that is quoted already, for another unit: where it is, and what the unit is to its tasks.
pub fn quoted_above(label: &str, charges: &str) -> String {
    format!("{label} (đã trích ở trên). {charges}")
}

/// Before a passage that gives tasks: what the units are to them.
pub fn charges(charges: &[String]) -> String {
    format!("Vai trò: {}.", charges.join("; "))
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Lead => "chủ trì",
        Role::Direct => "chỉ đạo",
        Role::Perform => "thực hiện",
        Role::Support => "phối hợp",
        Role::Oversee => "theo dõi, đôn đốc, kiểm tra, giám sát",
        Role::Advise => "tham mưu",
    }
}

/// What became of a unit.
pub fn since(since: &str) -> String {
    format!("Cập nhật tổ chức: {since}")
}

/// Asks which of several bodies is meant.
pub fn which_unit(head: &str) -> String {
    format!("Nhiều đơn vị có tên bắt đầu bằng “{head}”. Bạn hỏi đơn vị nào?")
}

/// A unit that is given nothing, before the places that name it.
pub fn only_named(unit: &str) -> String {
    format!("Không có đoạn nào nêu riêng việc giao cho {unit}; tên này được nhắc đến ở:")
}

/// Of a unit that no assignment names, before what else answers.
pub fn charged_nowhere(unit: &str) -> String {
    format!("Không có đoạn nào nêu riêng việc giao cho {unit}.")
}

/// A document that gives a unit nothing.
pub fn gives_nothing(document: &Document, unit: &str) -> String {
    let text = match document.text {
        crate::answer::TextKind::Digest => "bản tóm lược ",
        crate::answer::TextKind::Verbatim => "",
    };
    format!(
        "Trong {text}{} không có đoạn nào nêu riêng việc giao cho {unit}.",
        document.short
    )
}

/// After the tasks of a unit whose short name other units could have as well.
pub fn also_called(short: &str) -> String {
    format!("Nếu “{short}” ở đây là đơn vị khác, mời bạn chọn bên dưới.")
}

/// After the nearest passages, when more are nearly as near.
pub const OTHER_PLACES: &str =
    "Còn những chỗ khác cũng nói gần với câu hỏi này; nếu bạn hỏi chỗ ấy, mời bạn chọn bên dưới.";

// Who.
/// Before the passages that give a task to units.
pub fn named(units: &[String]) -> String {
    format!("Văn bản giao cho: {}.", join(units))
}

/// Before a passage that speaks of units without an entry in the table.
pub fn speaks_of(units: &[String]) -> String {
    format!("Đoạn này nhắc đến {}:", join(units))
}

/// The paragraph names nobody.
pub const NAMES_NOBODY: &str = "Đoạn nêu việc này không nêu đơn vị nào chịu trách nhiệm:";
/// The heading of the section names who acts.
pub const NAMED_BY_HEADING: &str =
    "Đoạn này không nêu riêng đơn vị nào; tên mục chứa đoạn nêu chủ thể:";
/// An item above names who acts.
pub const NAMED_ABOVE: &str = "Đoạn này không nêu riêng đơn vị nào; ý phía trên nêu chủ thể:";
/// Who is charged with the whole document.
pub const CHARGED_IN_GENERAL: &str =
    "Trách nhiệm chung về thực hiện văn bản (không riêng việc này) được giao như sau:";
/// Where the rest of it stands.
pub fn charged_in_general_too(places: &[String]) -> String {
    format!("Xem thêm: {}.", places.join("; "))
}
/// Before the tasks that speak of reporting.
pub const REPORT_TASKS: &str = "Về việc báo cáo, văn bản giao:";
/// The tasks found say nothing of a report, and no recipient is marked for one.
pub const REPORTS_TO_NOBODY: &str =
    "Về việc báo cáo: văn bản giao việc này không nêu báo cáo cho ai.";
/// Before the recipients marked for reports.
pub const REPORT_RECIPIENTS: &str =
    "Phần nơi nhận ghi những nơi được gửi chính văn bản này để báo cáo:";

/// No task of these units says anything of a report.
pub fn not_told_to_report(units: &[String]) -> String {
    format!(
        "Không có đoạn nào nêu việc báo cáo của {}.",
        units.join(", ")
    )
}

/// No recipient is a unit asked about, nor a group it belongs to.
pub fn not_sent_to(units: &[String]) -> String {
    format!("Phần nơi nhận không nêu {}.", units.join(", "))
}

// When.
/// Before a quotation that holds a time.
pub const TIME: &str = "Về thời gian, văn bản viết:";
/// The passage has no time, though its document names deadlines elsewhere.
pub const NO_TIME_HERE: &str = "Đoạn nêu việc này không nêu thời hạn:";

/// The whole document names no deadline.
pub fn no_deadline(short: &str) -> String {
    format!("Cả {short} không nêu thời hạn cụ thể nào.")
}

// List.
/// Before the items of an enumeration.
pub fn listed(count: usize) -> String {
    format!("Văn bản liệt kê {count} nội dung:")
}

/// Before a heading that has what was asked for, where nothing below it has.
pub fn in_the_heading(label: &str) -> String {
    format!("Điều này có trong tiêu đề của {label}:")
}

/// Before what a section holds.
pub fn section_has(label: &str, count: usize) -> String {
    format!("{} có {count} nội dung:", upper_first(label))
}

// Compare.
/// Before the documents side by side.
pub const COMPARE_AS_A_WHOLE: &str = "Các văn bản, mỗi văn bản một dòng:";

/// A document that has nothing on the topic.
pub fn no_passage_in(document: &Document) -> String {
    match document.text {
        crate::answer::TextKind::Digest => {
            format!(
                "Bản tóm lược {} không có đoạn nào về nội dung này.",
                document.short
            )
        }
        crate::answer::TextKind::Verbatim => {
            format!("{} không có đoạn nào về nội dung này.", document.short)
        }
    }
}

// About.
/// Number and sign.
pub fn number(document: &Document) -> String {
    format!("{}: số {}.", document.kind, document.number)
}

/// Day of issue.
pub fn issued(document: &Document, date: &str) -> String {
    format!("{}: ban hành ngày {date}.", document.short)
}

/// Who signed.
pub fn signer(document: &Document, signer: &str) -> String {
    match &document.signer_role {
        Some(role) => format!("{}: người ký là {signer}, {role}.", document.short),
        None => format!("{}: người ký là {signer}.", document.short),
    }
}

/// From when it is in force.
pub fn in_force_from(document: &Document, date: &str) -> String {
    format!("{}: có hiệu lực từ ngày {date}.", document.short)
}

/// What it changes.
pub fn amends(document: &Document, names: &[String]) -> String {
    format!("{}: sửa đổi, bổ sung {}.", document.short, join(names))
}

/// Who issued it.
pub fn issuer(document: &Document) -> String {
    format!(
        "{}: cơ quan ban hành là {}.",
        document.short, document.issuer
    )
}

/// Its title.
pub fn title(document: &Document) -> String {
    format!("{}, tên đầy đủ:", document.short)
}

/// Where it was signed.
pub fn signed_at(document: &Document, place: &str) -> String {
    format!("{}: ban hành tại {place}.", document.short)
}

/// Whether the text here is the document's own, and where it comes from.
pub fn source(document: &Document) -> String {
    let kind = match document.text {
        crate::answer::TextKind::Digest => "bản ở đây là bản tóm lược, không phải nguyên văn",
        crate::answer::TextKind::Verbatim => "bản ở đây là nguyên văn",
    };
    match &document.source {
        Some(source) => format!("{}: {kind}. Nguồn: {source}.", document.short),
        None => format!("{}: {kind}.", document.short),
    }
}

/// What a unit is given does not name the topic; it follows.
pub fn unnamed_topic(topic: &str) -> String {
    format!("Các đoạn giao việc sau không nhắc đến “{topic}”.")
}

/// How many parts it has, recipients beside them, and whether their headings follow.
pub fn parts(document: &Document, count: usize, recipients: bool, headings_follow: bool) -> String {
    let end = if headings_follow { ':' } else { '.' };
    let and = if recipients { " và nơi nhận" } else { "" };
    format!(
        "{} ở đây có {count} phần{and}{end}",
        name_with_digest(document)
    )
}

/// One line on a document.
pub fn document_line(document: &Document) -> String {
    let mut line = format!("{}, {}", document.short, document.issuer);
    if let Some(date) = document.issued {
        line.push_str(&format!(", ngày {date}"));
    }
    line.push(':');
    line
}

/// The metadata asked for are not known.
pub fn metadata_missing(document: &Document) -> String {
    format!(
        "{}: bản ở đây không có thông tin này.",
        name_with_digest(document)
    )
}

/// What the front matter may lack, as people call it.
pub fn field_name(field: Field) -> Option<&'static str> {
    match field {
        Field::Date => Some("ngày ban hành"),
        Field::Signer => Some("người ký"),
        Field::Place => Some("nơi ký"),
        _ => None,
    }
}

/// One of the things asked about a document is not known.
pub fn field_missing(document: &Document, field: &str) -> String {
    format!(
        "{}: bản ở đây không có thông tin về {field}.",
        name_with_digest(document)
    )
}

// Place.
/// Before a place read out.
pub fn at_place(label: &str) -> String {
    format!("{}:", upper_first(label))
}

/// The place asked for does not exist.
pub fn no_such_place(corpus: &Corpus, scope: &[usize]) -> String {
    match scope {
        [document] => format!(
            "{} ở đây không có mục này.",
            name_with_digest(&corpus.documents[*document])
        ),
        _ => "Các văn bản ở đây không có mục này.".to_owned(),
    }
}

/// More than one place answers to the name.
pub const WHICH_PLACE: &str = "Có hơn một chỗ ứng với câu hỏi. Bạn muốn xem chỗ nào?";
/// No other passage answers what was asked last.
pub const NOTHING_MORE: &str = "Không thấy đoạn nào khác trong văn bản trả lời câu vừa rồi.";
/// There is none after or before the last one.
pub const NO_NEIGHBOUR: &str = "Không còn đoạn nào nữa theo hướng đó trong văn bản.";

// Abstain.
/// No topic in the question.
pub const NO_TOPIC: &str =
    "Tôi chưa rõ bạn muốn tra điều gì. Mời bạn nêu đơn vị, việc cần tra hoặc số mục.";

/// Nothing found in some documents; in all where none are named.
pub fn not_found(corpus: &Corpus, named: &[usize]) -> String {
    let searched = match named {
        [] => documents(corpus),
        named => {
            let names = named
                .iter()
                .map(|at| name_with_digest(&corpus.documents[*at]));
            join(&names.collect::<Vec<String>>())
        }
    };
    format!("Không tìm thấy đoạn nào trong {searched} trả lời câu này.")
}

/// A word that no document has.
pub fn never_mentioned(corpus: &Corpus, word: &str) -> String {
    format!(
        "Không có trong văn bản: {} không nhắc đến “{word}”.",
        documents(corpus)
    )
}

/// The fact asked for is not stated.
pub fn not_stated(corpus: &Corpus) -> String {
    format!(
        "Không có trong văn bản: {} không nêu điều được hỏi.",
        documents(corpus)
    )
}

/// No document holds any fact of this kind.
pub fn silent_on(corpus: &Corpus, asked: Asked) -> String {
    format!(
        "Đã đọc hết {}: không nêu {} nào.",
        documents(corpus),
        fact(asked)
    )
}

/// The nearest passage holds no fact of this kind.
pub fn passage_silent_on(asked: Asked) -> String {
    format!(
        "Không có trong văn bản: đoạn gần nhất không nêu {} nào.",
        fact(asked)
    )
}

/// A document that is not here.
pub fn foreign_document(corpus: &Corpus) -> String {
    format!(
        "Văn bản bạn hỏi không có ở đây; tôi chỉ có {}.",
        documents(corpus)
    )
}

/// What a document is known to lack, where only a digest is here.
pub fn digest_lacks(document: &Document) -> Option<String> {
    let lacks = document.text == TextKind::Digest && !document.missing.is_empty();
    lacks.then(|| {
        format!(
            "{} ở đây là bản tóm lược, chưa có: {}.",
            document.short,
            document.missing.join("; ")
        )
    })
}

fn fact(asked: Asked) -> &'static str {
    match asked {
        Asked::Money => "số tiền",
        Asked::Telephone => "số điện thoại",
        Asked::Address => "địa chỉ",
        Asked::Penalty => "mức phạt",
        Asked::OfficeHolder => "người đang giữ chức vụ",
        Asked::Figure => "số liệu như vậy",
        Asked::Age => "độ tuổi",
        Asked::Procedure => "thủ tục, hồ sơ",
        Asked::Cause => "nguyên nhân",
        Asked::Definition => "định nghĩa",
        Asked::Progress => "việc đã làm tới đâu",
        Asked::Validity => "thời điểm có hay hết hiệu lực",
        Asked::Day => "ngày, tháng, năm cụ thể",
    }
}

/// An answer that did not pass the gate.
pub const WITHHELD: &str = "Câu trả lời bị giữ lại vì đoạn trích không khớp văn bản.";

/// What a follow-up took over.
pub fn still_about(what: &str) -> String {
    format!("(Vẫn nói về: {what})")
}

// Suggestions.
/// Reads a place.
pub fn ask_place(label: &str) -> String {
    format!("{} nói gì?", upper_first(label))
}

/// Asks for a unit's tasks.
pub fn ask_duties(unit: &str) -> String {
    format!("{unit} có nhiệm vụ gì?")
}

/// The documents here, by their short names.
fn documents(corpus: &Corpus) -> String {
    let names: Vec<String> = corpus
        .documents
        .iter()
        .take(4)
        .map(name_with_digest)
        .collect();
    if corpus.documents.len() > 4 {
        return format!("{} văn bản ở đây", corpus.documents.len());
    }
    join(&names)
}

fn name_with_digest(document: &Document) -> String {
    match document.text {
        crate::answer::TextKind::Digest => format!("{} (tóm lược)", document.short),
        crate::answer::TextKind::Verbatim => document.short.clone(),
    }
}

fn join(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} và {last}", first.join(", ")),
    }
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// "Các sở" inside a sentence; a name that begins with a proper noun keeps its capital.
fn lower_first(name: &str) -> String {
    match name.strip_prefix("Các ") {
        Some(rest) => format!("các {rest}"),
        None => name.to_owned(),
    }
}

// Cards.
/// The first line of a card to speak from.
pub fn card(topic: &str) -> String {
    format!("Chủ đề: {}", topic.trim())
}

// Examples.
/// The question for a document's date.
pub fn ask_date(document: &Document) -> String {
    format!("{} ban hành ngày nào?", document.short)
}
