//! What is asked for, from cues and from what the question names.

use std::ops::Range;

use super::cue::{Cue, CueMatch, Field, has};
use super::followup::Lean;
use super::numbers;
use super::{DocumentMention, Question, Term};
use crate::answer::{Context, Intent};
use crate::text::{self, Token};

/// Phrases that show an intent.
pub(super) const PHRASES: &[(&str, Cue)] = &[
    // who
    ("ai", Cue::Who),
    ("những ai", Cue::Who),
    ("cơ quan nào", Cue::Who),
    ("các cơ quan nào", Cue::Who),
    ("những cơ quan nào", Cue::Who),
    ("cơ quan gì", Cue::Who),
    ("đơn vị nào", Cue::Who),
    ("những đơn vị nào", Cue::Who),
    ("các đơn vị nào", Cue::Who),
    ("đơn vị gì", Cue::Who),
    ("tổ chức nào", Cue::Who),
    ("những tổ chức nào", Cue::Who),
    ("ban nào", Cue::Who),
    ("sở nào", Cue::Who),
    ("phòng nào", Cue::Who),
    ("bên nào", Cue::Who),
    ("ngành nào", Cue::Who),
    ("cấp nào", Cue::Who),
    ("hội nào", Cue::Who),
    ("đoàn thể nào", Cue::Who),
    ("chỗ nào lo", Cue::Who),
    ("chỗ nào phụ trách", Cue::Who),
    ("nơi nào lo", Cue::Who),
    ("người nào", Cue::Who),
    ("những nơi nào", Cue::Who),
    ("nơi nào phải", Cue::Who),
    ("các nơi nào", Cue::Who),
    ("bộ phận nào", Cue::Who),
    ("chủ thể nào", Cue::Who),
    ("lực lượng nào", Cue::Who),
    ("thằng nào", Cue::Who),
    ("ông nào", Cue::Who),
    ("trách nhiệm của ai", Cue::Who),
    ("trách nhiệm thuộc về ai", Cue::Who),
    ("thuộc về ai", Cue::Who),
    ("giao cho ai", Cue::Who),
    ("giao ai", Cue::Who),
    ("nhiệm vụ của ai", Cue::Who),
    ("việc của ai", Cue::Who),
    ("trách nhiệm của cơ quan nào", Cue::Who),
    ("trách nhiệm của đơn vị nào", Cue::Who),
    ("ai chịu trách nhiệm", Cue::Who),
    ("ai có trách nhiệm", Cue::Who),
    ("ai phụ trách", Cue::Who),
    ("ai đảm nhận", Cue::Who),
    ("ai lo", Cue::Who),
    ("ai làm", Cue::Who),
    ("ai phải làm", Cue::Who),
    ("ai được giao", Cue::Who),
    ("ai được giao nhiệm vụ", Cue::Who),
    ("cơ quan chủ trì", Cue::Who),
    ("đơn vị chủ trì", Cue::Who),
    ("cơ quan được giao", Cue::Who),
    ("cơ quan được giao nhiệm vụ", Cue::Who),
    ("đơn vị được giao", Cue::Who),
    ("đơn vị được giao nhiệm vụ", Cue::Who),
    ("cơ quan phụ trách", Cue::Who),
    ("đơn vị phụ trách", Cue::Who),
    ("cơ quan chịu trách nhiệm", Cue::Who),
    ("đơn vị chịu trách nhiệm", Cue::Who),
    ("phần của ai", Cue::Who),
    ("thuộc trách nhiệm của ai", Cue::Who),
    ("ai cầm trịch", Cue::Who),
    ("ai đứng ra", Cue::Who),
    // duties
    ("nhiệm vụ", Cue::Duties),
    ("trách nhiệm", Cue::Duties),
    ("nhiệm vụ gì", Cue::Duties),
    ("trách nhiệm gì", Cue::Duties),
    ("nhiệm vụ nào", Cue::Duties),
    ("làm gì", Cue::Duties),
    ("làm những gì", Cue::Duties),
    ("làm những việc gì", Cue::Duties),
    ("làm việc gì", Cue::Duties),
    ("làm được gì", Cue::Duties),
    ("làm cái gì", Cue::Duties),
    ("làm sao", Cue::Duties),
    ("phải làm", Cue::Duties),
    ("cần làm", Cue::Duties),
    ("được giao", Cue::Duties),
    ("được giao nhiệm vụ", Cue::Duties),
    ("được giao gì", Cue::Duties),
    ("được phân công", Cue::Duties),
    ("giao gì", Cue::Duties),
    ("giao việc gì", Cue::Duties),
    ("giao những gì", Cue::Duties),
    ("giao nhiệm vụ", Cue::Duties),
    ("vai trò", Cue::Duties),
    ("vai trò gì", Cue::Duties),
    ("việc gì", Cue::Duties),
    ("những việc gì", Cue::Duties),
    ("việc nào", Cue::Duties),
    ("lo gì", Cue::Duties),
    ("lo việc gì", Cue::Duties),
    ("lo cái gì", Cue::Duties),
    ("lo phần nào", Cue::Duties),
    ("lo những gì", Cue::Duties),
    ("phụ trách gì", Cue::Duties),
    ("phụ trách việc gì", Cue::Duties),
    ("phụ trách cái gì", Cue::Duties),
    ("phụ trách những gì", Cue::Duties),
    ("phụ trách mảng nào", Cue::Duties),
    ("phần việc", Cue::Duties),
    ("công việc", Cue::Duties),
    ("chức năng", Cue::Duties),
    ("đảm nhận gì", Cue::Duties),
    ("có việc gì", Cue::Duties),
    ("dính gì", Cue::Duties),
    ("giao việc", Cue::Duties),
    ("giao việc cho", Cue::Duties),
    ("tham gia chỗ nào", Cue::Duties),
    ("tham gia gì", Cue::Duties),
    ("tham gia việc gì", Cue::Duties),
    ("tham gia những gì", Cue::Duties),
    ("tham gia thế nào", Cue::Duties),
    ("chịu trách nhiệm", Cue::Duties),
    ("chịu trách nhiệm gì", Cue::Duties),
    ("chịu trách nhiệm tới đâu", Cue::Duties),
    ("trách nhiệm tới đâu", Cue::Duties),
    ("bổn phận", Cue::Duties),
    ("bổn phận gì", Cue::Duties),
    ("nghĩa vụ", Cue::Duties),
    ("phần gì", Cue::Duties),
    ("mảng nào", Cue::Duties),
    ("mảng gì", Cue::Duties),
    ("triển khai gì", Cue::Duties),
    ("triển khai cái gì", Cue::Duties),
    ("triển khai những gì", Cue::Duties),
    ("triển khai thế nào", Cue::Duties),
    ("triển khai sao", Cue::Duties),
    ("thực hiện gì", Cue::Duties),
    ("thực hiện những gì", Cue::Duties),
    ("đóng vai trò", Cue::Duties),
    ("bị giao", Cue::Duties),
    ("giao cho", Cue::Duties),
    ("phân công", Cue::Duties),
    ("phân công gì", Cue::Duties),
    ("phân công việc gì", Cue::Duties),
    ("gánh", Cue::Duties),
    ("gánh việc gì", Cue::Duties),
    ("gánh phần nào", Cue::Duties),
    ("làm phần nào", Cue::Duties),
    ("giữ phần nào", Cue::Duties),
    ("phụ trách phần nào", Cue::Duties),
    ("đảm nhận phần nào", Cue::Duties),
    ("có phải làm gì", Cue::Duties),
    ("việc của họ", Cue::Duties),
    ("tham gia kiểu gì", Cue::Duties),
    ("tham gia sao", Cue::Duties),
    ("tham gia ra sao", Cue::Duties),
    ("đòi hỏi gì", Cue::Duties),
    ("đòi hỏi gì ở", Cue::Duties),
    ("trông đợi gì ở", Cue::Duties),
    ("mong đợi gì ở", Cue::Duties),
    ("trông chờ gì ở", Cue::Duties),
    ("kỳ vọng gì ở", Cue::Duties),
    ("mong gì ở", Cue::Duties),
    ("yêu cầu gì ở", Cue::Duties),
    ("việc của nó", Cue::Duties),
    ("việc mình là gì", Cue::Duties),
    ("phần việc của", Cue::Duties),
    ("phải lo", Cue::Duties),
    // when
    ("khi nào", Cue::When),
    ("bao giờ", Cue::When),
    ("lúc nào", Cue::When),
    ("hồi nào", Cue::When),
    ("chừng nào", Cue::When),
    ("hạn chót", Cue::When),
    ("hạn cuối", Cue::When),
    ("thời hạn", Cue::When),
    ("thời gian nào", Cue::When),
    ("hạn nộp", Cue::When),
    ("hạn báo cáo", Cue::When),
    ("kỳ hạn", Cue::When),
    ("thời điểm nào", Cue::When),
    ("đến hạn", Cue::When),
    ("bao lâu", Cue::When),
    ("bao lâu một lần", Cue::When),
    ("mấy lần", Cue::When),
    ("mấy tháng một lần", Cue::When),
    ("mấy năm một lần", Cue::When),
    ("tần suất", Cue::When),
    ("ngày nào", Cue::Calendar),
    ("tháng nào", Cue::Calendar),
    ("tháng mấy", Cue::Calendar),
    ("ngày mấy", Cue::Calendar),
    ("ngày cụ thể", Cue::Calendar),
    ("ngày tháng cụ thể", Cue::Calendar),
    ("năm nào", Cue::Calendar),
    ("quý nào", Cue::Calendar),
    ("mốc thời gian", Cue::When),
    ("năm nào cũng", Cue::When),
    ("từ năm nào tới năm nào", Cue::When),
    ("từ năm nào đến năm nào", Cue::When),
    ("năm bao nhiêu", Cue::Calendar),
    ("hôm nào", Cue::Calendar),
    ("năm mấy", Cue::Calendar),
    ("tới năm nào", Cue::Calendar),
    ("thứ mấy", Cue::Calendar),
    ("bao nhiêu năm", Cue::When),
    ("bao nhiêu tháng", Cue::When),
    ("bao nhiêu ngày", Cue::When),
    ("bao nhiêu lần", Cue::When),
    ("bao nhiêu lâu", Cue::When),
    ("mấy năm làm", Cue::When),
    ("trong mấy năm", Cue::When),
    ("giai đoạn mấy năm", Cue::When),
    ("kéo dài mấy năm", Cue::When),
    ("mấy tháng báo cáo", Cue::When),
    ("kéo dài bao lâu", Cue::When),
    ("kéo dài đến", Cue::When),
    ("làm lúc nào", Cue::When),
    ("có lịch không", Cue::When),
    ("một năm mấy lần", Cue::When),
    ("mỗi năm mấy lần", Cue::When),
    ("khi mô", Cue::When),
    ("bữa nào", Cue::When),
    ("đến năm nào", Cue::Calendar),
    ("đến bao giờ", Cue::When),
    ("trước ngày nào", Cue::Calendar),
    ("trước ngày bao nhiêu", Cue::Calendar),
    ("trước ngày mấy", Cue::Calendar),
    ("xong ngày bao nhiêu", Cue::Calendar),
    ("hạn ngày bao nhiêu", Cue::Calendar),
    ("giai đoạn nào", Cue::When),
    ("thường xuyên hay", Cue::When),
    ("định kỳ thế nào", Cue::When),
    ("định kỳ ra sao", Cue::When),
    ("định kỳ như thế nào", Cue::When),
    ("có hạn không", Cue::When),
    ("thời gian hoàn thành", Cue::When),
    ("thời gian thực hiện", Cue::When),
    ("deadline", Cue::When),
    ("chu kỳ nào", Cue::When),
    ("theo chu kỳ nào", Cue::When),
    ("chu kỳ ra sao", Cue::When),
    ("thời gian thế nào", Cue::When),
    ("thời gian như thế nào", Cue::When),
    ("thời gian ra sao", Cue::When),
    ("tới chừng nào", Cue::When),
    ("theo nhịp nào", Cue::When),
    ("nhịp nào", Cue::When),
    ("định kỳ hay", Cue::When),
    ("định kì hay", Cue::When),
    ("hằng năm hay", Cue::When),
    ("hàng năm hay", Cue::When),
    ("tới bao giờ", Cue::When),
    ("mấy lúc một lần", Cue::When),
    // list
    ("gồm những", Cue::List),
    ("gồm những gì", Cue::List),
    ("gồm những ai", Cue::List),
    ("bao gồm những", Cue::List),
    ("gồm các", Cue::List),
    ("gồm có", Cue::List),
    ("gồm gì", Cue::List),
    ("gồm mấy", Cue::Count),
    ("liệt kê", Cue::List),
    ("kể tên", Cue::List),
    ("kể ra", Cue::List),
    ("kể giúp", Cue::List),
    ("nêu tên", Cue::List),
    ("danh sách", Cue::List),
    ("danh mục", Cue::List),
    ("tên các", Cue::List),
    ("những gì", Cue::List),
    ("bao nhiêu", Cue::Count),
    ("có mấy", Cue::Count),
    ("có bao nhiêu", Cue::Count),
    ("bao nhiêu nhiệm vụ", Cue::Count),
    ("bao nhiêu nhóm", Cue::Count),
    ("bao nhiêu nhóm nhiệm vụ", Cue::Count),
    ("mấy nhóm nhiệm vụ", Cue::Count),
    ("bao nhiêu yêu cầu", Cue::Count),
    ("bao nhiêu mục đích", Cue::Count),
    ("bao nhiêu giải pháp", Cue::Count),
    ("bao nhiêu nội dung", Cue::Count),
    ("mấy nhiệm vụ", Cue::Count),
    ("mấy nhóm", Cue::Count),
    ("mấy loại", Cue::Count),
    ("mấy ý", Cue::Count),
    ("mấy điểm", Cue::Count),
    ("mấy yêu cầu", Cue::Count),
    ("mấy mục đích", Cue::Count),
    ("mấy giải pháp", Cue::Count),
    ("mấy nội dung", Cue::Count),
    ("mấy đơn vị", Cue::Count),
    ("mấy cơ quan", Cue::Count),
    ("mấy nơi", Cue::Count),
    ("là mấy", Cue::Count),
    ("kể các", Cue::List),
    ("kể những", Cue::List),
    ("kể hết", Cue::List),
    ("kể hết tên", Cue::List),
    ("kể cho", Cue::List),
    ("kể mấy", Cue::List),
    ("nêu mấy", Cue::List),
    ("nêu các", Cue::List),
    ("nêu những", Cue::List),
    ("đọc tên", Cue::List),
    ("gọi tên", Cue::List),
    ("điểm tên", Cue::List),
    // compare
    ("so sánh", Cue::Compare),
    ("so giùm", Cue::Compare),
    ("so giúp", Cue::Compare),
    ("so thử", Cue::Compare),
    ("so hai", Cue::Compare),
    ("đặt cạnh nhau", Cue::Compare),
    ("khác nhau ra sao", Cue::Compare),
    ("có khác", Cue::Compare),
    ("có giống", Cue::Compare),
    ("khác nhau", Cue::Compare),
    ("khác gì", Cue::Compare),
    ("khác chỗ nào", Cue::Compare),
    ("khác biệt", Cue::Compare),
    ("giống nhau", Cue::Compare),
    ("giống gì", Cue::Compare),
    ("giống với", Cue::Compare),
    ("khác với", Cue::Compare),
    ("điểm chung", Cue::Compare),
    ("đối chiếu", Cue::Compare),
    ("cả hai văn bản", Cue::Compare),
    ("cả ba văn bản", Cue::Compare),
    ("hai văn bản", Cue::Compare),
    ("ba văn bản", Cue::Compare),
    ("từng văn bản", Cue::Compare),
    ("mỗi văn bản", Cue::Compare),
    ("các văn bản đều", Cue::Compare),
    ("cụ thể hóa so với", Cue::Compare),
    ("cách nhau", Cue::Compare),
    ("cái nào trước", Cue::Compare),
    ("cái nào ra trước", Cue::Compare),
    ("cái nào có trước", Cue::Compare),
    ("cái nào ra sau", Cue::Compare),
    ("văn bản nào trước", Cue::Compare),
    ("văn bản nào ra trước", Cue::Compare),
    ("văn bản nào có trước", Cue::Compare),
    // to whom a report goes
    ("báo cáo cho ai", Cue::Recipient),
    ("báo cáo ai", Cue::Recipient),
    ("báo cáo lên ai", Cue::Recipient),
    ("báo cáo với ai", Cue::Recipient),
    ("báo cáo về đâu", Cue::Recipient),
    ("báo cáo đi đâu", Cue::Recipient),
    ("báo cáo lên đâu", Cue::Recipient),
    ("báo cáo cho đơn vị nào", Cue::Recipient),
    ("báo cáo cho cơ quan nào", Cue::Recipient),
    ("báo cáo lên cấp nào", Cue::Recipient),
    ("báo cáo gửi cho ai", Cue::Recipient),
    ("báo cáo gửi đi đâu", Cue::Recipient),
    ("báo cáo gửi về đâu", Cue::Recipient),
    ("báo cáo gửi ai", Cue::Recipient),
    ("nộp báo cáo cho ai", Cue::Recipient),
    ("nộp báo cáo về đâu", Cue::Recipient),
    ("gửi báo cáo cho ai", Cue::Recipient),
    ("gửi báo cáo về đâu", Cue::Recipient),
    ("gửi báo cáo đi đâu", Cue::Recipient),
    ("ai nhận báo cáo", Cue::Recipient),
    ("nơi nhận báo cáo", Cue::Recipient),
    // what something is for
    ("để làm gì", Cue::Purpose),
    ("để gì", Cue::Purpose),
    ("nhằm làm gì", Cue::Purpose),
    ("nhằm mục đích gì", Cue::Purpose),
    ("nhằm mục tiêu gì", Cue::Purpose),
    ("nhằm cái gì", Cue::Purpose),
    ("nhắm tới cái gì", Cue::Purpose),
    ("nhắm tới gì", Cue::Purpose),
    ("nhắm đến gì", Cue::Purpose),
    ("nhắm đến cái gì", Cue::Purpose),
    ("hướng tới cái gì", Cue::Purpose),
    ("nhắm vào gì", Cue::Purpose),
    ("nhắm vào cái gì", Cue::Purpose),
    ("hướng tới điều gì", Cue::Purpose),
    ("hướng tới gì", Cue::Purpose),
    ("hướng đến cái gì", Cue::Purpose),
    ("hướng đến điều gì", Cue::Purpose),
    ("hướng đến gì", Cue::Purpose),
    ("ra đời nhằm", Cue::Purpose),
    ("sinh ra để", Cue::Purpose),
    ("làm ra để", Cue::Purpose),
    ("mục tiêu mà", Cue::Purpose),
    ("mục đích mà", Cue::Purpose),
    ("nhằm gì", Cue::Purpose),
    ("nhằm vào cái gì", Cue::Purpose),
    ("để làm cái gì", Cue::Purpose),
    ("mục đích ban hành", Cue::Purpose),
    ("mục đích ra đời", Cue::Purpose),
    ("mục đích của việc ban hành", Cue::Purpose),
    ("ban hành với mục đích", Cue::Purpose),
    // what a document rests on
    ("căn cứ", Cue::Grounds),
    ("căn cứ ban hành", Cue::Grounds),
    ("căn cứ vào đâu", Cue::Grounds),
    ("căn cứ pháp lý", Cue::Grounds),
    ("cơ sở pháp lý", Cue::Grounds),
    ("dựa vào đâu", Cue::Grounds),
    ("dựa trên đâu", Cue::Grounds),
    ("dựa vào văn bản nào", Cue::Grounds),
    ("dựa trên văn bản nào", Cue::Grounds),
    ("dựa vào những văn bản nào", Cue::Grounds),
    ("dựa trên những văn bản nào", Cue::Grounds),
    ("dựa vào cái gì", Cue::Grounds),
    ("căn cứ gì", Cue::Grounds),
    ("trên cơ sở nào", Cue::Grounds),
    ("trên cơ sở văn bản nào", Cue::Grounds),
    ("trên cơ sở những văn bản nào", Cue::Grounds),
    ("dựa trên cơ sở nào", Cue::Grounds),
    ("dựa vào giấy tờ nào", Cue::Grounds),
    ("dựa vào mấy cái giấy nào", Cue::Grounds),
    ("dựa vào mấy văn bản nào", Cue::Grounds),
    ("dựa vào chỉ đạo nào", Cue::Grounds),
    ("thực hiện văn bản nào", Cue::Grounds),
    ("căn cứ vào những văn bản nào", Cue::Grounds),
    ("căn cứ vào văn bản nào", Cue::Grounds),
    ("căn cứ văn bản nào", Cue::Grounds),
    ("vì sao có", Cue::Grounds),
    ("vì sao ra", Cue::Grounds),
    ("vì sao phải ra", Cue::Grounds),
    ("vì sao ban hành", Cue::Grounds),
    ("tại sao có", Cue::Grounds),
    ("tại sao ra", Cue::Grounds),
    ("tại sao phải ra", Cue::Grounds),
    ("tại sao ban hành", Cue::Grounds),
    ("sao lại có", Cue::Grounds),
    ("sao phải có", Cue::Grounds),
    ("từ đâu mà có", Cue::Grounds),
    ("lý do ban hành", Cue::Grounds),
    ("lý do ra đời", Cue::Grounds),
    ("hoàn cảnh ra đời", Cue::Grounds),
    ("bối cảnh ra đời", Cue::Grounds),
    // about a document
    ("số hiệu", Cue::About(Field::Number)),
    ("số ký hiệu", Cue::About(Field::Number)),
    ("ký hiệu", Cue::About(Field::Number)),
    ("số bao nhiêu", Cue::About(Field::Number)),
    ("số mấy", Cue::About(Field::Number)),
    ("mang số", Cue::About(Field::Number)),
    ("ai ký", Cue::About(Field::Signer)),
    ("ký", Cue::About(Field::Signer)),
    ("ban hành hôm nào", Cue::About(Field::Date)),
    ("ra hôm nào", Cue::About(Field::Date)),
    ("ký hôm nào", Cue::About(Field::Date)),
    ("ra đời hôm nào", Cue::About(Field::Date)),
    ("ai ký ban hành", Cue::About(Field::Signer)),
    ("do ai ký", Cue::About(Field::Signer)),
    ("người ký", Cue::About(Field::Signer)),
    ("ký tên", Cue::About(Field::Signer)),
    ("ai ký tên", Cue::About(Field::Signer)),
    ("đồng chí nào ký", Cue::About(Field::Signer)),
    ("ông nào ký", Cue::About(Field::Signer)),
    ("người nào ký", Cue::About(Field::Signer)),
    ("ai đã ký", Cue::About(Field::Signer)),
    ("ai là người ký", Cue::About(Field::Signer)),
    ("chữ ký", Cue::About(Field::Signer)),
    ("giữ chức gì", Cue::About(Field::Signer)),
    ("làm chức gì", Cue::About(Field::Signer)),
    ("chức gì", Cue::About(Field::Signer)),
    ("chức vụ gì", Cue::About(Field::Signer)),
    ("chức danh gì", Cue::About(Field::Signer)),
    ("ngày bao nhiêu", Cue::About(Field::Date)),
    ("năm ban hành", Cue::About(Field::Date)),
    ("thời điểm ban hành", Cue::About(Field::Date)),
    ("ngày phát hành", Cue::About(Field::Date)),
    ("bên nào phát hành", Cue::About(Field::Issuer)),
    ("ai phát hành", Cue::About(Field::Issuer)),
    ("tên gọi", Cue::About(Field::Title)),
    ("tên của", Cue::About(Field::Title)),
    ("ngày nhiêu", Cue::About(Field::Date)),
    ("đề ngày", Cue::About(Field::Date)),
    ("ngày ký", Cue::About(Field::Date)),
    ("ký ngày", Cue::About(Field::Date)),
    ("ký ngày nào", Cue::About(Field::Date)),
    ("ký khi nào", Cue::About(Field::Date)),
    ("ký hồi nào", Cue::About(Field::Date)),
    ("ký bao giờ", Cue::About(Field::Date)),
    ("ngày ban hành", Cue::About(Field::Date)),
    ("ban hành ngày", Cue::About(Field::Date)),
    ("ban hành ngày nào", Cue::About(Field::Date)),
    ("ban hành ngày mấy", Cue::About(Field::Date)),
    ("ban hành khi nào", Cue::About(Field::Date)),
    ("ban hành hồi nào", Cue::About(Field::Date)),
    ("ban hành lúc nào", Cue::About(Field::Date)),
    ("ban hành bao giờ", Cue::About(Field::Date)),
    ("ban hành năm nào", Cue::About(Field::Date)),
    ("ban hành vào ngày nào", Cue::About(Field::Date)),
    ("ban hành vào năm nào", Cue::About(Field::Date)),
    ("ban hành vào thời gian nào", Cue::About(Field::Date)),
    ("được ban hành", Cue::About(Field::Date)),
    ("có từ hồi nào", Cue::About(Field::Date)),
    ("có từ lúc nào", Cue::About(Field::Date)),
    ("có từ năm nào", Cue::About(Field::Date)),
    ("ra đời hồi nào", Cue::About(Field::Date)),
    ("ra đời lúc nào", Cue::About(Field::Date)),
    ("ra đời khi nào", Cue::About(Field::Date)),
    ("ra đời năm nào", Cue::About(Field::Date)),
    ("ra ngày nào", Cue::About(Field::Date)),
    ("ra khi nào", Cue::About(Field::Date)),
    ("ra hồi nào", Cue::About(Field::Date)),
    ("ra năm nào", Cue::About(Field::Date)),
    ("có từ khi nào", Cue::About(Field::Date)),
    ("có từ bao giờ", Cue::About(Field::Date)),
    ("ai ban hành", Cue::About(Field::Issuer)),
    ("do ai ban hành", Cue::About(Field::Issuer)),
    ("cơ quan ban hành", Cue::About(Field::Issuer)),
    ("cơ quan nào ban hành", Cue::About(Field::Issuer)),
    ("đơn vị nào ban hành", Cue::About(Field::Issuer)),
    ("cấp nào ban hành", Cue::About(Field::Issuer)),
    ("bên nào ban hành", Cue::About(Field::Issuer)),
    ("nơi ban hành", Cue::About(Field::Issuer)),
    ("ai ra", Cue::About(Field::Issuer)),
    ("của cơ quan nào", Cue::About(Field::Issuer)),
    ("là của ai", Cue::About(Field::Issuer)),
    ("của tỉnh nào", Cue::About(Field::Issuer)),
    ("của cấp nào", Cue::About(Field::Issuer)),
    ("của bên nào", Cue::About(Field::Issuer)),
    ("cơ quan nào ra", Cue::About(Field::Issuer)),
    ("do cơ quan nào ban hành", Cue::About(Field::Issuer)),
    ("do đơn vị nào ban hành", Cue::About(Field::Issuer)),
    ("ban hành ở đâu", Cue::About(Field::Place)),
    ("ký ở đâu", Cue::About(Field::Place)),
    ("ký tại đâu", Cue::About(Field::Place)),
    ("ban hành tại đâu", Cue::About(Field::Place)),
    ("ra trước", Cue::About(Field::Date)),
    ("ra sau", Cue::About(Field::Date)),
    ("có trước", Cue::About(Field::Date)),
    ("ban hành trước", Cue::About(Field::Date)),
    ("ban hành sau", Cue::About(Field::Date)),
    ("ngày tháng", Cue::About(Field::Date)),
    ("ngày tháng năm", Cue::About(Field::Date)),
    ("mấy mục", Cue::About(Field::Structure)),
    ("bao nhiêu mục", Cue::About(Field::Structure)),
    ("rút gọn", Cue::About(Field::Source)),
    ("tóm lược", Cue::About(Field::Source)),
    ("bản gốc", Cue::About(Field::Source)),
    ("bản đầy đủ", Cue::About(Field::Source)),
    ("bản toàn văn", Cue::About(Field::Source)),
    ("có toàn văn", Cue::About(Field::Source)),
    ("bản chính thức", Cue::About(Field::Source)),
    ("nguyên văn hay", Cue::About(Field::Source)),
    ("phải nguyên văn", Cue::About(Field::Source)),
    ("là nguyên văn", Cue::About(Field::Source)),
    ("nguyên văn không", Cue::About(Field::Source)),
    ("nguyên văn chưa", Cue::About(Field::Source)),
    ("toàn văn hay", Cue::About(Field::Source)),
    ("tên đầy đủ", Cue::About(Field::Title)),
    ("tên gọi đầy đủ", Cue::About(Field::Title)),
    ("trích yếu", Cue::About(Field::Title)),
    ("tên là gì", Cue::About(Field::Title)),
    ("tên gì", Cue::About(Field::Title)),
    ("tiêu đề", Cue::About(Field::Title)),
    ("nói về việc gì", Cue::About(Field::Title)),
    ("nói về vấn đề gì", Cue::About(Field::Title)),
    ("nói về cái gì", Cue::About(Field::Title)),
    ("về việc gì", Cue::About(Field::Title)),
    ("là văn bản gì", Cue::About(Field::Title)),
    ("mấy phần", Cue::About(Field::Structure)),
    ("bao nhiêu phần", Cue::About(Field::Structure)),
    ("những phần nào", Cue::About(Field::Structure)),
    ("các phần nào", Cue::About(Field::Structure)),
    ("phần nào", Cue::About(Field::Structure)),
    ("bao nhiêu chương", Cue::About(Field::Structure)),
    ("mấy chương", Cue::About(Field::Structure)),
    ("mấy điều", Cue::About(Field::Structure)),
    ("bao nhiêu điều", Cue::About(Field::Structure)),
    ("bố cục", Cue::About(Field::Structure)),
    ("cấu trúc", Cue::About(Field::Structure)),
    ("mục lục", Cue::About(Field::Structure)),
    ("lấy từ đâu", Cue::About(Field::Source)),
    ("nguồn ở đâu", Cue::About(Field::Source)),
    ("nguồn của văn bản", Cue::About(Field::Source)),
    ("nguồn văn bản", Cue::About(Field::Source)),
    ("lấy từ trang nào", Cue::About(Field::Source)),
    ("lấy từ nguồn nào", Cue::About(Field::Source)),
    ("nguyên văn hay tóm lược", Cue::About(Field::Source)),
];

/// The intent the words show. Later rooms may find that the documents ask for another reading,
/// but not on other grounds than these.
pub(super) fn find(cues: &[CueMatch], question: &Question, tokens: &[Token]) -> Intent {
    let scoped = question
        .documents
        .iter()
        .filter(|mention| !mention.object)
        .count();
    if has(cues, Cue::Compare) && scoped > 1 {
        return Intent::Compare;
    }
    // "nhiệm vụ gì theo mục II.1": the unit's tasks, and where to look for them.
    let duties_there = !question.units.is_empty() && has(cues, Cue::Duties);
    if !duties_there
        && question
            .place
            .as_ref()
            .is_some_and(|place| !place.only_frames(question))
    {
        return Intent::Place;
    }
    if is_about(cues, question, tokens) {
        return Intent::About;
    }
    if has(cues, Cue::Compare) || scoped > 1 || both_levels(tokens) {
        return Intent::Compare;
    }
    if question.recipient {
        return Intent::Who;
    }
    if has(cues, Cue::When) || has(cues, Cue::Calendar) || how_often(tokens) {
        return Intent::When;
    }
    // "cấp huyện ai lo": whatever the place has to do.
    if question.who && !question.of_locality {
        return Intent::Who;
    }
    // "… có trong phần nơi nhận không": of the place named, not of the unit's tasks.
    let of_a_place = question.place.is_some() && !has(cues, Cue::Duties);
    if !question.units.is_empty()
        && !of_a_place
        && (question.of_locality || asks_duties(cues, question) || must_do_what(question, tokens))
    {
        return Intent::Duties;
    }
    if question.enumerates || counted(tokens) {
        return Intent::List;
    }
    Intent::Lookup
}

/// From here on the way a question is put is believed where no cue decided, or one that other ways
/// to put a question have as well.
const SURE: f32 = 0.7;
/// And where it seldom misleads.
const SUREST: f32 = 0.9;
/// And where the answer would be all that a unit has to do, instead of what was asked.
const BEYOND_DOUBT: f32 = 0.95;

/// Words that a question has and a topic has not.
const ASKING: [&str; 12] = [
    "ai", "gì", "chi", "nào", "đâu", "sao", "mấy", "bao", "nhiêu", "không", "chưa", "hả",
];

/// Where no cue decided, the way the question is put does; and where it leaves little doubt, a cue
/// is taken for a part of something else: "ai" of "gồm những ai", "phải làm" of "phải làm thế nào".
/// A few words with no cue at all are a topic, and are not put in any way: "diễn đàn trẻ em".
pub(super) fn reconsider(question: &Question, cues: &[CueMatch], restored: &[String]) -> Intent {
    /// More words make a question.
    const TOPIC: usize = 8;
    let read = question.intent;
    let Some((learnt, likely)) = question.manner.best() else {
        return read;
    };
    let asks = restored.iter().any(|word| ASKING.contains(&word.as_str()));
    let topic = cues.is_empty() && !asks && restored.len() <= TOPIC;
    let believed = match (read, learnt) {
        _ if question.asked.is_some() => false,
        (_, Intent::Who | Intent::When | Intent::List) if topic => false,
        (Intent::Lookup | Intent::List, Intent::Who | Intent::When) => likely >= SURE,
        (Intent::Lookup | Intent::List, Intent::Duties) => {
            likely >= BEYOND_DOUBT && names_who_acts(question, restored)
        }
        (Intent::Lookup, Intent::List) | (Intent::Duties, Intent::Lookup) => likely >= SURE,
        (Intent::Who, Intent::List) => {
            likely >= SUREST && !question.recipient && !who_must(restored)
        }
        _ => false,
    };
    if believed { learnt } else { read }
}

/// "những ai phải …": somebody has to do something, and is no item of a list.
fn who_must(restored: &[String]) -> bool {
    restored
        .windows(2)
        .any(|two| ["ai", "nào"].contains(&two[0].as_str()) && two[1] == "phải")
}

/// Whether a unit is named that acts, and is not what something is sent to or comes from.
fn names_who_acts(question: &Question, restored: &[String]) -> bool {
    const OBJECT: [&str; 6] = ["gửi", "cho", "đến", "tới", "với", "từ"];
    question.units.iter().any(|mention| {
        let before = mention
            .tokens
            .start
            .checked_sub(1)
            .map(|at| restored[at].as_str());
        !before.is_some_and(|word| OBJECT.contains(&word))
    })
}

/// Whether any cue asks for something other than metadata.
pub(super) fn asks_something(cues: &[CueMatch]) -> bool {
    cues.iter()
        .any(|m| !matches!(m.cue, Cue::Follow(_) | Cue::Chat(_) | Cue::About(_)))
}

/// Whether a cue asks for something that only documents are asked for. "Ai" and "làm gì" are not:
/// somebody in need asks so too.
pub(super) fn asks_of_documents(cues: &[CueMatch]) -> bool {
    cues.iter().any(|m| {
        !matches!(
            m.cue,
            Cue::Follow(_) | Cue::Chat(_) | Cue::Who | Cue::Duties | Cue::When
        )
    })
}

/// "Số và ngày của Hướng dẫn 136": nouns of metadata and nothing else.
pub(super) fn bare_fields(tokens: &[Token], question: &Question) -> Vec<Field> {
    const NOUNS: &[(&str, Field)] = &[
        ("số", Field::Number),
        ("ngày", Field::Date),
        ("tháng", Field::Date),
        ("tên", Field::Title),
    ];
    let field = |at: usize| {
        NOUNS
            .iter()
            .find(|(noun, _)| tokens[at].may_be(noun))
            .map(|(_, field)| *field)
    };
    let nothing_else = question
        .terms
        .iter()
        .all(|term| term.tokens.clone().all(|at| field(at).is_some()));
    if !nothing_else {
        return Vec::new();
    }
    let mut fields = Vec::new();
    for at in 0..tokens.len() {
        let named = question
            .documents
            .iter()
            .any(|mention| mention.tokens.contains(&at));
        if let Some(field) = field(at).filter(|field| !named && !fields.contains(field)) {
            fields.push(field);
        }
    }
    fields
}

/// "Tóm tắt kế hoạch 109", "chỉ thị 28 nói gì": what a document is about, and nothing else; its parts
/// say it.
pub(super) fn asks_summary(
    tokens: &[Token],
    cues: &[CueMatch],
    question: &Question,
    context: &Context,
) -> bool {
    const SUMMARY: &[&[&str]] = &[
        &["tóm", "tắt"],
        &["tóm", "lược"],
        &["nội", "dung", "chính"],
        &["nội", "dung", "cơ", "bản"],
        &["tổng", "quan"],
        &["khái", "quát"],
        &["là", "gì"],
        &["là", "cái", "gì"],
    ];
    if question.documents.is_empty() {
        return false;
    }
    let named = |at: usize| question.documents.iter().any(|m| m.tokens.contains(&at));
    let word = |at: usize| {
        SUMMARY
            .iter()
            .any(|words| words.iter().any(|w| tokens[at].may_be(w)))
    };
    // "chỉ thị 28 bắt làm gì": a document bids, and nobody is named.
    let bids = |at: usize| {
        has(cues, Cue::Duties)
            && tokens[at].may_be_any(&["bắt", "bảo", "dặn", "giao", "đòi", "buộc"])
    };
    let length = wanted_length(tokens).unwrap_or_default();
    let nothing_else = question.units.is_empty()
        && question.place.is_none()
        && question.terms.iter().all(|term| {
            let mut at = term.tokens.clone();
            at.all(|at| word(at) || named(at) || bids(at) || length.contains(&at))
        });
    let in_so_many_words = || {
        let mut summaries = SUMMARY.iter();
        summaries.any(|words| text::contains(tokens, words, Token::may_be))
    };
    // A list is asked for, if anything: "gồm những gì"; "có nói không" asks of what was spoken of.
    let asks_whether =
        !context.topic.is_empty() && tokens.last().is_some_and(|t| t.may_be("không"));
    // "chỉ xem chỉ thị thôi": of what was spoken of.
    let only_named = cues.is_empty() && !context.topic.is_empty();
    let of_its_content = || {
        let of_content = |m: &CueMatch| {
            // "… nói gì vậy", "… thế nào"
            let at_the_end = m.tokens.len() == 1 && m.tokens.start > 1;
            matches!(m.cue, Cue::List | Cue::Duties)
                || (m.cue == Cue::Follow(Lean::And) && at_the_end)
        };
        // "tôi hỏi trong kế hoạch ấy": where to look for what was spoken of.
        let spoken_of_else = !context.places.is_empty() && !has(cues, Cue::List);
        let only_where = |mention: &DocumentMention| {
            let before = mention.tokens.start.checked_sub(1).map(|at| &tokens[at]);
            spoken_of_else && before.is_some_and(|token| token.may_be_any(&["trong", "theo", "ở"]))
        };
        let mut documents = question.documents.iter();
        !documents.any(|mention| mention.object || only_where(mention))
            && cues.iter().all(of_content)
    };
    nothing_else && (in_so_many_words() || (!asks_whether && !only_named && of_its_content()))
}

/// "trong 3 câu", "bằng vài dòng": how long something is to be.
fn wanted_length(tokens: &[Token]) -> Option<Range<usize>> {
    const MEASURES: [&str; 8] = ["câu", "dòng", "ý", "chữ", "từ", "phút", "đoạn", "trang"];
    const FEW: [&str; 2] = ["vài", "mấy"];
    let at = tokens.windows(3).position(|three| {
        let number = &three[1];
        let counts =
            number.is_number() || number.may_be_any(&FEW) || numbers::word(number).is_some();
        three[0].may_be_any(&["trong", "bằng", "khoảng"])
            && counts
            && three[2].may_be_any(&MEASURES)
    })?;
    Some(at..at + 3)
}

/// "Ai … ra Hướng dẫn 136?": who is asked for, and a verb of issuing stands right before a document.
pub(super) fn asks_issuer(restored: &[String], cues: &[CueMatch], question: &Question) -> bool {
    has(cues, Cue::Who)
        && (is_issued(restored, question)
            || question.documents.iter().any(|mention| {
                let before = mention.tokens.start.checked_sub(1);
                if before.is_some_and(|at| ["theo", "trong"].contains(&restored[at].as_str())) {
                    return false;
                }
                let after: Vec<&str> = restored[mention.tokens.end..]
                    .iter()
                    .map(String::as_str)
                    .collect();
                const BY: [&str; 6] = ["do", "ai", "cơ", "đơn", "bên", "cấp"];
                let by = after.iter().position(|word| BY.contains(word));
                by.is_some_and(|by| {
                    by <= 1
                        && after[by..]
                            .windows(2)
                            .any(|two| ISSUED.contains(&two) || two[1] == "lập")
                })
            }))
}

/// "Trần Đình Văn là ai mà có tên ở cuối kế hoạch": who signed is named, and asked who he is.
pub(super) fn asks_who_signed(
    cues: &[CueMatch],
    question: &Question,
    signed: &[DocumentMention],
) -> bool {
    /// "có tên ở cuối kế hoạch" has so many words that are no frame.
    const WORDS: usize = 2;
    let name = |term: &Term| {
        let mut names = signed.iter();
        names.any(|mention| text::covers(&mention.tokens, &term.tokens))
    };
    let else_said = question
        .terms
        .iter()
        .filter(|term| !term.is_slight() && !name(term));
    !signed.is_empty()
        && has(cues, Cue::Who)
        && question.units.is_empty()
        && else_said.count() <= WORDS
}

/// Verbs of issuing.
const ISSUED: &[&[&str]] = &[
    &["ban", "hành"],
    &["đưa", "ra"],
    &["làm", "ra"],
    &["cho", "ra"],
    &["viết", "ra"],
];

/// "… ra (cái) Hướng dẫn 136": a verb of issuing stands right before a document.
fn is_issued(restored: &[String], question: &Question) -> bool {
    question.documents.iter().any(|mention| {
        let mut before: Vec<&str> = restored[..mention.tokens.start]
            .iter()
            .map(String::as_str)
            .collect();
        while before
            .last()
            .is_some_and(|word| ["cái", "bản", "tờ"].contains(word))
        {
            before.pop();
        }
        before.ends_with(&["ra"]) || before.ends_with(&["ban", "hành"])
    })
}

/// "ngày nào … ra Chỉ thị 28": the date of a document.
pub(super) fn asks_date(restored: &[String], cues: &[CueMatch], question: &Question) -> bool {
    (has(cues, Cue::Calendar) || has(cues, Cue::When))
        && (is_issued(restored, question) || issues(restored, question))
}

/// "Kế hoạch của tỉnh ra …", "Hướng dẫn 136 đề …": a verb of issuing soon after a document, and nothing
/// else is asked about, or the time right after it.
fn issues(restored: &[String], question: &Question) -> bool {
    const VERBS: [&str; 5] = ["ra", "ký", "đề", "phát", "ban"];
    const TIMES: [&str; 8] = ["ngày", "hôm", "năm", "tháng", "khi", "hồi", "bao", "lúc"];
    const NEAR: usize = 3;
    let nothing_else = question.terms.iter().all(Term::is_slight);
    let is = |at: usize, words: &[&str]| {
        restored
            .get(at)
            .is_some_and(|word| words.contains(&word.as_str()))
    };
    question.documents.iter().any(|mention| {
        let end = mention.tokens.end;
        (end..end + NEAR).any(|at| is(at, &VERBS) && (nothing_else || is(at + 1, &TIMES)))
    })
}

/// "chỉ thị của A hay của B": a document, and which of two bodies it is from.
pub(super) fn asks_which_issuer(restored: &[String], question: &Question) -> bool {
    let [one, other] = question.units.as_slice() else {
        return false;
    };
    let word = |at: usize| restored.get(at).map_or("", String::as_str);
    let between = one.tokens.end..other.tokens.start;
    let either = between.len() <= 2 && ["hay", "hoặc"].contains(&word(between.start));
    let from = one
        .tokens
        .start
        .checked_sub(1)
        .is_some_and(|at| ["của", "do"].contains(&word(at)));
    either && from && !question.documents.is_empty()
}

/// "kế hoạch này nhằm cái gì": what a document is for, and nothing else.
pub(super) fn asks_purpose(restored: &[String], cues: &[CueMatch], question: &Question) -> bool {
    let [mention] = question.documents.as_slice() else {
        return false;
    };
    // "tỉnh ra bản kế hoạch này": who issued it is no topic.
    let issuer = |term: &Term| {
        let rest = restored.get(term.tokens.end..mention.tokens.start);
        rest.is_some_and(|rest| {
            rest.iter()
                .any(|word| ["ra", "ban", "viết", "lập"].contains(&word.as_str()))
        }) || (term.tokens.end == mention.tokens.start && term.tokens.len() == 1)
            || restored[term.tokens.clone()]
                .iter()
                .all(|word| word == "lập")
    };
    (has(cues, Cue::Purpose) || aims(restored, mention))
        && question
            .terms
            .iter()
            .all(|term| term.is_slight() || issuer(term))
}

/// "cái kế hoạch này làm ra để chi", "sinh ra nhằm được gì": a document, and what it was made for.
fn aims(restored: &[String], mention: &DocumentMention) -> bool {
    /// Words between the document and the aim, and between the aim and what asks for it.
    const NEAR: usize = 5;
    let after = &restored[mention.tokens.end..];
    let aim = after
        .iter()
        .take(NEAR)
        .position(|word| ["để", "nhằm"].contains(&word.as_str()));
    aim.is_some_and(|aim| {
        let mut asked = after[aim + 1..].iter().take(3);
        asked.any(|word| ["gì", "chi"].contains(&word.as_str()))
    })
}

/// Metadata is asked for, and of a document: one is named, or nothing else is.
fn is_about(cues: &[CueMatch], question: &Question, tokens: &[Token]) -> bool {
    let nothing_else = question.terms.iter().all(Term::is_slight);
    let of_a_document =
        !question.documents.is_empty() && !source_by_the_way(cues, question, tokens);
    !question.fields.is_empty() && (nothing_else || of_a_document)
}

/// "trong bản tóm lược chỉ thị có nói về …": what kind of text it is, by the way.
fn source_by_the_way(cues: &[CueMatch], question: &Question, tokens: &[Token]) -> bool {
    const SAYING: [&str; 6] = ["nói", "nhắc", "đề", "viết", "ghi", "nêu"];
    let mut documents = question.documents.iter();
    let before_its_name = documents.any(|mention| {
        let mut sources = cues.iter().filter(|m| m.cue == Cue::About(Field::Source));
        let rest = &tokens[mention.tokens.end..];
        sources.any(|m| m.tokens.end == mention.tokens.start)
            && rest.iter().any(|t| t.may_be_any(&SAYING))
    });
    before_its_name && question.fields.iter().all(|field| *field == Field::Source)
}

/// A unit with a duties cue, or a unit and next to nothing else.
fn asks_duties(cues: &[CueMatch], question: &Question) -> bool {
    has(cues, Cue::Duties)
        || question
            .terms
            .iter()
            .all(|term| term.is_unit() || term.is_slight())
}

/// "tổ chức đảng nào", "những chủ thể nào": which body, with at most two words in between; not in "cơ
/// quan lo phần nào", where another thing is asked for.
fn which_body(cues: &[CueMatch], tokens: &[Token]) -> bool {
    let asks_else = |at: usize| {
        let mut duties = cues.iter().filter(|cue| cue.cue == Cue::Duties);
        duties.any(|cue| cue.tokens.contains(&at))
    };
    const BODIES: &[&[&str]] = &[
        &["cơ", "quan"],
        &["đơn", "vị"],
        &["tổ", "chức"],
        &["chủ", "thể"],
        &["lực", "lượng"],
        &["bộ", "phận"],
        &["đoàn", "thể"],
        &["cấp", "ủy"],
        &["nhóm"],
        &["bên"],
        &["phía"],
        &["khối"],
        &["ngành"],
        &["đứa"],
        &["ông"],
        &["bà"],
    ];
    const BETWEEN: usize = 2;
    // "… cho bà con thế nào": no body.
    const OTHER: [&str; 8] = ["thế", "khi", "lúc", "ngày", "năm", "tháng", "chừng", "cách"];
    let which = |at: usize| tokens[at].may_be("nào") && !tokens[at - 1].may_be_any(&OTHER);
    (0..tokens.len()).any(|at| {
        BODIES.iter().any(|body| {
            let end = at + body.len();
            let named = tokens
                .get(at..end)
                .is_some_and(|here| here.iter().zip(*body).all(|(t, w)| t.may_be(w)));
            named
                && (end..tokens.len())
                    .take(BETWEEN + 1)
                    .any(|at| which(at) && !asks_else(at))
        })
    })
}

/// Whether somebody is asked for who does something.
pub(super) fn asks_who(cues: &[CueMatch], tokens: &[Token], question: &Question) -> bool {
    // "ai ra lệnh làm": of no document.
    let of_nothing = question.documents.is_empty() && has(cues, Cue::About(Field::Issuer));
    (has(cues, Cue::Who) || of_nothing || which_body(cues, tokens)) && !whether_said(tokens)
}

/// "có ai nói … không": whether it is said, and not who does it.
fn whether_said(tokens: &[Token]) -> bool {
    const SAYING: [&str; 7] = ["nói", "nhắc", "bảo", "dặn", "viết", "ghi", "nêu"];
    let asked = tokens.windows(3).any(|three| {
        three[0].may_be("có") && three[1].may_be("ai") && three[2].may_be_any(&SAYING)
    });
    asked
        && tokens
            .last()
            .is_some_and(|t| t.may_be("không") || t.may_be("chưa"))
}

/// "mục nào", "đoạn nào", "chỗ nào", "ở đâu": where it is written.
pub(super) fn asks_for_a_place(tokens: &[Token]) -> bool {
    const PLACES: [&str; 7] = ["mục", "đoạn", "phần", "chỗ", "câu", "trang", "ý"];
    tokens
        .windows(2)
        .any(|two| two[0].may_be_any(&PLACES) && two[1].may_be_any(&["nào", "mấy"]))
}

/// Whether a question word asks for somebody, for tasks, for a time or for an enumeration.
pub(super) fn asks_by_a_word(cues: &[CueMatch]) -> bool {
    cues.iter().any(|m| {
        matches!(
            m.cue,
            Cue::Who | Cue::Duties | Cue::When | Cue::Calendar | Cue::List | Cue::Count
        )
    })
}

/// "Hội phải triển khai những nội dung nào": the unit, an obligation, and what it is.
fn must_do_what(question: &Question, tokens: &[Token]) -> bool {
    const WHAT: [&str; 4] = ["gì", "chi", "nào", "sao"];
    question.units.iter().any(|mention| {
        let after = tokens.get(mention.tokens.end..).unwrap_or_default();
        let must = after.iter().position(|token| token.may_be("phải"));
        must.is_some_and(|must| {
            after[must + 1..]
                .iter()
                .any(|token| token.may_be_any(&WHAT))
        })
    })
}

/// "mấy nơi như vậy", "kể mấy ý chính": some that are pointed at or asked to be told, and not how many.
pub(super) fn some_of_them(cues: &[CueMatch], restored: &[String]) -> bool {
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
pub(super) fn every_time(cue: &CueMatch, restored: &[String]) -> bool {
    const NEAR: usize = 4;
    let after = restored[cue.tokens.end..].iter().take(NEAR);
    cue.cue == Cue::Calendar
        && restored[cue.tokens.end - 1] == "nào"
        && after.clone().any(|word| word == "cũng")
}

/// "mấy loại dịch vụ nào": with "nào" after it, "mấy" asks which and not how many.
pub(super) fn which_of_some(tokens: &[Token], restored: &[String]) -> bool {
    // Not "máy" of "bộ máy" typed without marks.
    let some = restored.iter().position(|word| word == "mấy");
    some.is_some_and(|at| {
        let near = tokens[at + 1..].iter().take(5);
        near.clone().any(|token| token.may_be("nào"))
    })
}

/// "làm gì, báo cáo ai", "làm gì và báo cáo cho ai": a mark or a word between two clauses.
pub(super) fn two_clauses(tokens: &[Token], typed: &str) -> bool {
    const BETWEEN: [&str; 5] = ["và", "rồi", "với", "cùng", "đồng"];
    let inner = typed.trim_end_matches(|c: char| !c.is_alphanumeric());
    inner.contains([',', ';', '?', '.', '\n'])
        || tokens.iter().any(|token| token.may_be_any(&BETWEEN))
}

/// "ai theo dõi và báo cáo cho ai", "bên nào sơ kết, bao lâu một lần": who does it stands before what
/// else is asked of it.
pub(super) fn asks_who_first(cues: &[CueMatch], tokens: &[Token]) -> bool {
    let else_asked = cues
        .iter()
        .filter(|cue| matches!(cue.cue, Cue::Recipient | Cue::When))
        .map(|cue| cue.tokens.start);
    let report = tokens
        .windows(2)
        .position(|two| two[0].may_be("báo") && two[1].may_be("cáo"));
    let Some(before) = else_asked.min().or(report) else {
        return false;
    };
    cues.iter()
        .any(|cue| cue.cue == Cue::Who && cue.tokens.end <= before)
}

/// "những hạn chế nào", "các nhóm gì": an enumeration with its noun in between.
pub(super) fn which_of_several(tokens: &[Token]) -> bool {
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

/// "5 nhiệm vụ": a number of things, spoken of as known.
fn counted(tokens: &[Token]) -> bool {
    tokens.windows(2).any(|two| {
        let number = two[0]
            .fold
            .parse::<u32>()
            .is_ok_and(|number| (2..=20).contains(&number));
        number
            && [
                "nhiệm", "nhóm", "giải", "yêu", "mục", "chương", "nội", "việc", "phần",
            ]
            .iter()
            .any(|noun| two[1].may_be(noun))
    })
}

/// "báo cáo … lên những cơ quan nào", "nơi nào nhận … để báo cáo": whom a report goes to.
pub(super) fn report_goes_to(tokens: &[Token]) -> bool {
    /// Most words between the report and the one it goes to.
    const REACH: usize = 7;
    let Some(report) = tokens
        .windows(2)
        .position(|two| two[0].may_be("báo") && two[1].may_be("cáo"))
    else {
        return false;
    };
    let asks = |token: &Token| token.may_be_any(&["ai", "đâu", "nào"]);
    let after = tokens[report + 2..].iter().take(REACH);
    // "việc báo cáo giao cho ai": the task is given, and no report sent.
    let given = |at: usize| tokens[report + 1 + at].may_be("giao");
    let goes = after.clone().enumerate().position(|(at, token)| {
        token.may_be_any(&["cho", "lên", "về", "với", "đến", "tới", "gửi", "nộp"]) && !given(at)
    });
    let to_whom = goes.is_some_and(|goes| after.clone().skip(goes).any(asks));
    let received = tokens.iter().any(|token| token.may_be("nhận")) && tokens.iter().any(asks);
    to_whom || received
}

/// "trung ương viết sao, tỉnh viết sao": both levels, and what each says.
fn both_levels(tokens: &[Token]) -> bool {
    let says = |words: &[&str]| text::contains(tokens, words, Token::may_be);
    let verbs = [["viết"], ["nói"], ["ghi"], ["so"], ["khác"], ["giống"]];
    says(&["trung", "ương"]) && says(&["tỉnh"]) && verbs.iter().any(|verb| says(verb))
}

/// Whether it is asked how often something is done.
pub(super) fn asks_how_often(tokens: &[Token]) -> bool {
    const WORDS: &[&[&str]] = &[&["chu", "kỳ"], &["tần", "suất"], &["định", "kỳ", "bao"]];
    how_often(tokens)
        || WORDS
            .iter()
            .any(|words| text::contains(tokens, words, Token::may_be))
}

/// "một lần", where it stands.
pub(super) fn once(tokens: &[Token]) -> Option<std::ops::Range<usize>> {
    tokens
        .windows(2)
        .rposition(|two| two[0].may_be_any(&["một", "1"]) && two[1].may_be_any(&["lần"]))
        .map(|at| at..at + 2)
}

/// "mấy năm bố trí một lần": how often, with the verb in between.
fn how_often(tokens: &[Token]) -> bool {
    matches!((some_time(tokens), once(tokens)), (Some(asks), Some(once)) if asks.start < once.start)
}

/// "mấy tháng", where it stands.
pub(super) fn some_time(tokens: &[Token]) -> Option<std::ops::Range<usize>> {
    let at = tokens.windows(2).position(|two| {
        two[0].may_be_any(&["mấy", "nhiêu", "bao"])
            && two[1].may_be_any(&["năm", "tháng", "quý", "tuần", "lâu"])
    })?;
    Some(at..at + 2)
}

/// What a document rests on is asked for; not so in "căn cứ Kế hoạch này, đơn vị phải làm gì".
pub(super) fn asks_grounds(cues: &[CueMatch], question: &Question) -> bool {
    let by_the_way = |cue: &CueMatch| {
        (asks_by_a_word(cues) || !question.units.is_empty())
            && question
                .documents
                .iter()
                .any(|mention| mention.tokens.start == cue.tokens.end)
    };
    cues.iter()
        .any(|cue| cue.cue == Cue::Grounds && !by_the_way(cue))
}

/// "vì sao … ra Hướng dẫn 136": the reason of a document, when nothing else is asked about it.
pub(super) fn asks_reason(tokens: &[Token], question: &Question) -> bool {
    let why = tokens.windows(2).any(|two| {
        two[0].may_be_any(&["vì", "tại", "lý", "lí"]) && two[1].may_be_any(&["sao", "do"])
    });
    let nothing_else = question
        .terms
        .iter()
        .all(|term| term.is_slight() || term.is_unit());
    why && !question.documents.is_empty() && nothing_else
}
