//! Every line that the bot says by itself on Telegram, in one list. What speaks for a document is
//! never here: it is quoted by the engine.

/// A message that is no text.
pub const NOT_TEXT: &str =
    "Tôi chỉ đọc được chữ. Mời bạn gõ câu hỏi, có dấu hay không dấu đều được.";
/// A message that is too long to be read.
pub const TOO_LONG: &str =
    "Tin nhắn dài quá, tôi không đọc hết được. Mời bạn gõ riêng câu hỏi, khoảng vài dòng.";
/// A long message without a question in it.
pub const NO_QUESTION: &str =
    "Tôi không thấy câu hỏi nào trong tin nhắn dài này. Mời bạn gõ riêng câu cần hỏi.";
/// Before the answer to a question found in a long message.
pub fn taken_question(question: &str) -> String {
    format!("Tôi hiểu câu bạn hỏi là: “{question}”")
}
/// Too many messages in a minute.
pub const TOO_MANY: &str =
    "Bạn gửi nhanh quá. Mời bạn chờ khoảng một phút rồi hỏi tiếp, tôi sẽ trả lời.";
/// A message held personal data.
pub const PERSONAL_DATA: &str = "Xin đừng gửi số điện thoại, số giấy tờ hay địa chỉ thư của ai ở đây; tôi không cần và đã che đi khi ghi lại.";
/// Something broke while answering.
pub const BROKEN: &str = "Xin lỗi, tôi gặp trục trặc khi trả lời. Mời bạn hỏi lại sau ít phút.";
/// The bot is switched off.
pub const OFF: &str = "Dịch vụ đang tạm ngưng. Mời bạn hỏi lại sau.";
/// What was asked for is switched off.
pub const HIDDEN: &str = "Nội dung này đang tạm ngưng cung cấp.";
/// A button of an old message that no longer fits.
pub const STALE: &str = "Nút này không còn dùng được: văn bản đã thay đổi. Mời bạn hỏi lại.";
/// A link to a place of a text that was changed since.
pub const GONE: &str = "Đường dẫn này trỏ tới một chỗ không còn trong văn bản ở đây: văn bản đã thay đổi. Mời bạn hỏi lại.";
/// A vote was kept.
pub const THANKS: &str = "Cảm ơn bạn đã góp ý.";
/// A vote could not be kept; the buttons stay.
pub const NOT_THANKS: &str =
    "Góp ý của bạn chưa ghi được vì kho dữ liệu đang trục trặc. Mời bạn bấm lại sau ít phút.";
/// Under an answer, while what was said before cannot be read.
pub const NO_MEMORY: &str =
    "Lúc này tôi không nhớ được câu trước. Nếu bạn hỏi tiếp, mời gõ đủ câu hỏi.";
/// What a person asked to be forgotten could not be.
pub const NOT_FORGOTTEN: &str =
    "Tôi chưa xóa được vì kho dữ liệu đang trục trặc. Mời bạn gõ lại /quen sau ít phút.";
/// The figures are asked for while the store fails.
pub const NO_FIGURES: &str =
    "Chưa đọc được số liệu vì kho dữ liệu đang trục trặc. Mời bạn gõ lại /thongke sau ít phút.";
/// Before the reasons of a vote down.
pub const WHY: &str = "Chưa được ở điểm nào?";
/// The reasons, in the order of their numbers.
pub const REASONS: [&str; 4] = [
    "Trả lời chuyện khác",
    "Thiếu ý",
    "Khó hiểu",
    "Trích sai, sai chỗ",
];
/// No other document on the topic.
pub const NOT_ELSEWHERE: &str = "Các văn bản khác không có đoạn nào gần với nội dung này.";
/// A command that is not known.
pub const UNKNOWN_COMMAND: &str = "Tôi không có lệnh này. Gõ /trogiup để xem các lệnh.";
/// After `/quen`.
pub fn forgotten(count: usize) -> String {
    if count == 0 {
        "Tôi không giữ gì của bạn.".to_owned()
    } else {
        "Đã xóa những gì tôi giữ của bạn (câu chuyện đang nói dở, góp ý).".to_owned()
    }
}
/// `/muc` without a place.
pub const WHICH_PLACE: &str = "Bạn muốn đọc mục nào? Ví dụ: /muc III.4";
/// `/tim` without words.
pub const WHICH_WORDS: &str = "Bạn muốn tìm gì? Ví dụ: /tim đuối nước";
/// `/phatbieu` without a topic.
pub const WHICH_TOPIC: &str = "Bạn cần chủ đề nào? Ví dụ: /phatbieu tuyên truyền";
/// `/hoi` without a question.
pub const WHICH_QUESTION: &str =
    "Bạn muốn hỏi gì? Gõ /hoi kèm câu hỏi, hoặc trả lời một câu hỏi bằng /hoi.";
/// `/xoa` not as a reply to the bot.
pub const WHICH_MESSAGE: &str = "Hãy trả lời (reply) một tin của tôi bằng /xoa để xóa tin ấy.";
/// First line of the hits of a search; the words follow.
pub const SEARCH: &str = "Tìm: ";
/// A search that found nothing.
pub const NOTHING_FOUND: &str = "Không có đoạn nào khớp.";
/// Over the list of documents.
pub const DOCUMENTS: &str = "Các văn bản. Bấm để mở từng phần:";
/// Over the levels of units.
pub const LEVELS: &str = "Các cơ quan, đơn vị theo cấp. Bấm để xem:";
/// Over the units of a level.
pub fn level(name: &str) -> String {
    format!("{name}. Bấm tên đơn vị để xem nhiệm vụ:")
}
/// Over the units when `/nhiemvu` names none.
pub const WHICH_UNIT: &str =
    "Bạn muốn xem nhiệm vụ của đơn vị nào? Gõ /nhiemvu kèm tên đơn vị, hoặc bấm chọn cấp:";
/// Buttons for leafing.
pub const UP: &str = "⬆ Lên trên";
/// See [`UP`].
pub const WHOLE: &str = "📖 Đọc cả mục này";
/// See [`UP`].
pub const BACK: &str = "«";
/// See [`UP`].
pub const ON: &str = "»";
/// The button over inline results.
pub const INLINE_BUTTON: &str = "Mở trò chuyện riêng để hỏi đầy đủ";
/// What can be done, under the greeting of the engine.
pub const COMMANDS: &str = "/vanban các văn bản và mục lục\n/donvi các cơ quan, đơn vị\n/nhiemvu nhiệm vụ của một đơn vị\n/muc đọc một mục, ví dụ /muc III.4\n/tim tìm đoạn có từ khóa\n/phatbieu trích theo chủ đề để phát biểu\n/nguon nguồn văn bản\n/dochinhxac độ chính xác đo được\n/quen xóa những gì tôi giữ của bạn";
/// Over the sources.
pub const SOURCES: &str = "Nguồn các văn bản:";
/// Under the sources.
pub fn edition(fingerprint: &str) -> String {
    format!("Dấu vân tay bộ văn bản: {fingerprint}")
}
/// What a digest lacks.
pub fn missing(what: &[String]) -> String {
    format!("Bản tóm lược; chưa có: {}.", what.join("; "))
}
/// The corpus was read again.
pub fn reloaded(fingerprint: &str) -> String {
    format!("Đã nạp lại bộ văn bản. Dấu vân tay: {fingerprint}")
}
/// The corpus has faults, and the old one stays.
pub fn not_reloaded(problems: &str) -> String {
    format!("Bộ văn bản mới có lỗi nên không nạp; vẫn dùng bản cũ.\n{problems}")
}
/// A switch without a known target.
pub const WHICH_SWITCH: &str = "Cần nêu điều cần tắt hoặc mở: bot, hoặc mã văn bản, mục, đoạn. Ví dụ: /tat ke-hoach-109#II.3.2";
/// After a switch.
pub fn switched(what: &str, on: bool) -> String {
    if on {
        format!("Đã mở: {what}")
    } else {
        format!("Đã tắt: {what}")
    }
}
/// Only the documents were meant, and what was asked is not at hand any more.
pub const ASK_AGAIN: &str = "Vâng. Mời bạn gõ lại câu hỏi về văn bản.";
