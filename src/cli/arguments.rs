//! Arguments as typed. Every word a person reads here is Vietnamese; clap's own headings are
//! replaced, and its habit of adding English remarks about defaults is turned off.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand};

const COMMANDS: &str = "Các lệnh";
const OPTIONS: &str = "Tùy chọn";
const COMMON: &str = "Tùy chọn chung";
const ARGUMENTS: &str = "Tham số";

const TEMPLATE: &str = "{about-with-newline}
Cách dùng: {usage}

{all-args}{after-help}";

const ABOUT: &str =
    "Hỏi–đáp tiếng Việt trên văn bản: mỗi câu trả lời là đoạn trích nguyên văn kèm nơi trích";

const EXIT_CODES: &str = "Ví dụ:
  hoidap chat
  hoidap ask \"Đơn vị nào phải báo cáo, khi nào?\"

Mã thoát: 0 là xong; 1 là lệnh hỏng hoặc kiểm tra không đạt; 2 là gõ lệnh sai.
Cấu hình: tùy chọn trên dòng lệnh, rồi biến môi trường HOIDAP_CORPUS, HOIDAP_INDEX, HOIDAP_DATA,
rồi tệp hoidap.toml với các khóa corpus, index, data.";

/// Everything on the command line.
#[derive(Debug, Parser)]
#[command(
    name = "hoidap",
    version,
    about = ABOUT,
    help_template = TEMPLATE,
    override_usage = "hoidap <LỆNH> [TÙY CHỌN]",
    after_help = EXIT_CODES,
    subcommand_help_heading = COMMANDS,
    next_help_heading = OPTIONS,
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
    /// In phiên bản
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// What every command understands.
#[derive(Args, Debug, Default)]
#[command(next_help_heading = COMMON)]
pub struct Common {
    /// Thư mục văn bản (mặc định: corpus)
    #[arg(long, global = true, value_name = "THƯ MỤC")]
    pub corpus: Option<PathBuf>,
    /// Thư mục chỉ mục (mặc định: index)
    #[arg(long, global = true, value_name = "THƯ MỤC")]
    pub index: Option<PathBuf>,
    /// Thư mục dữ liệu riêng, như lịch sử câu đã gõ (mặc định: không lưu gì)
    #[arg(long, global = true, value_name = "THƯ MỤC")]
    pub data: Option<PathBuf>,
    /// Tệp cấu hình (mặc định: hoidap.toml ở thư mục hiện tại, nếu có)
    #[arg(long, global = true, value_name = "TỆP")]
    pub config: Option<PathBuf>,
    /// In trợ giúp
    #[arg(short, long, global = true, action = ArgAction::Help)]
    pub help: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Trò chuyện: gõ câu hỏi, đọc câu trả lời, hỏi tiếp
    #[command(
        help_template = TEMPLATE,
        override_usage = "hoidap chat [TÙY CHỌN]",
        after_help = "Ví dụ:\n  hoidap chat\n  hoidap chat --data ~/.hoidap\n\nTrong cuộc trò chuyện: /trogiup để xem các lệnh, /thoat để ra."
    )]
    Chat,
    /// Trả lời một câu hỏi, hoặc mỗi dòng một câu với --lines
    #[command(
        help_template = TEMPLATE,
        override_usage = "hoidap ask [TÙY CHỌN] <CÂU HỎI>\n           hoidap ask --lines [TÙY CHỌN] < TỆP",
        after_help = "Ví dụ:\n  hoidap ask \"Mục III.4 viết gì?\"\n  hoidap ask --json \"khi nao phai bao cao\"\n  hoidap ask --lines --ranked 20 < cau-hoi.jsonl"
    )]
    Ask(Ask),
    /// Dựng chỉ mục tìm kiếm (các lệnh khác cũng tự dựng khi thiếu hoặc cũ)
    #[command(
        help_template = TEMPLATE,
        override_usage = "hoidap index [TÙY CHỌN]",
        after_help = "Ví dụ:\n  hoidap index --corpus corpus --index index"
    )]
    Index,
    /// Soát văn bản và các bảng; in mọi lỗi kèm tệp và số dòng
    #[command(
        help_template = TEMPLATE,
        override_usage = "hoidap check [TÙY CHỌN]",
        after_help = "Ví dụ:\n  hoidap check --corpus van-ban-cua-toi"
    )]
    Check,
    /// Hỏi bộ câu hỏi mẫu theo mười cách gõ và đo kết quả
    #[command(
        help_template = TEMPLATE,
        override_usage = "hoidap eval [TÙY CHỌN] <TỆP>…",
        after_help = "Ví dụ:\n  hoidap eval tests/gold --fails\n  hoidap eval tests/gold --check tests/gold/table.tsv"
    )]
    Eval(Eval),
}

/// `ask`.
#[derive(Args, Debug)]
#[command(next_help_heading = OPTIONS)]
pub struct Ask {
    /// Câu hỏi; không cần dấu nháy nếu không có ký tự đặc biệt
    #[arg(value_name = "CÂU HỎI", help_heading = ARGUMENTS)]
    pub question: Vec<OsString>,
    /// In JSON, một đối tượng trên một dòng
    #[arg(long)]
    pub json: bool,
    /// In cả cách tìm ra câu trả lời (với --json hay --lines thì in ra luồng lỗi)
    #[arg(long)]
    pub trace: bool,
    /// Thêm N đoạn đứng đầu bảng xếp hạng vào JSON (kéo theo --json)
    #[arg(long, value_name = "N")]
    pub ranked: Option<usize>,
    /// Đọc mỗi dòng một câu hỏi từ đầu vào chuẩn, hoặc {"question": "…", "session": "…"}
    #[arg(long, conflicts_with = "question")]
    pub lines: bool,
}

/// `eval`.
#[derive(Args, Debug)]
#[command(next_help_heading = OPTIONS)]
pub struct Eval {
    /// Tệp .jsonl, hoặc thư mục chứa các tệp ấy
    #[arg(value_name = "TỆP", required = true, help_heading = ARGUMENTS)]
    pub files: Vec<PathBuf>,
    /// In kết quả đo dạng JSON
    #[arg(long)]
    pub json: bool,
    /// In từng câu sai, vì sao sai và đã trích gì
    #[arg(long)]
    pub fails: bool,
    /// So với bảng đã lưu: câu từng đúng mà nay sai, hay dưới mức sàn, thì thoát với mã 1
    #[arg(long, value_name = "BẢNG")]
    pub check: Option<PathBuf>,
    /// Ghi bảng, mỗi câu một dòng; các mức sàn của bảng cũ được giữ
    #[arg(long, value_name = "BẢNG", conflicts_with = "check")]
    pub write: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn help_is_vietnamese_with_an_example_for_each_command() {
        let mut command = Arguments::command();
        command.build();
        for sub in command.get_subcommands_mut() {
            let help = sub.render_long_help().to_string();
            for english in [
                "Usage",
                "Options",
                "Commands",
                "Arguments",
                "default:",
                "Print",
                "[env",
            ] {
                assert!(!help.contains(english), "{english} in:\n{help}");
            }
            assert!(help.contains("Ví dụ:\n  hoidap "), "no example in:\n{help}");
            assert!(help.contains("Cách dùng: hoidap "), "no usage in:\n{help}");
        }
    }
}
