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
    /// Kho dữ liệu của bot trong Redis, cho nhiều máy: redis://MÁY:CỔNG/SỐ (mặc định: kho nhúng trong --data)
    #[cfg(feature = "bot")]
    #[arg(long, global = true, value_name = "ĐỊA CHỈ")]
    pub store: Option<String>,
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
        after_help = "Ví dụ:\n  hoidap check --corpus van-ban-cua-toi\n  hoidap check --words"
    )]
    Check(Check),
    /// Hỏi bộ câu hỏi mẫu theo mười cách gõ và đo kết quả
    #[command(
        help_template = TEMPLATE,
        override_usage = "hoidap eval [TÙY CHỌN] <TỆP>…\n           hoidap eval --generate <N> [--seed <SỐ>]",
        after_help = "Ví dụ:\n  hoidap eval tests/gold --fails\n  hoidap eval tests/gold --check tests/gold/table.tsv\n  hoidap eval --generate 100000 --seed 7"
    )]
    Eval(Eval),
    /// Nhập một văn bản DOCX, PDF, HTML hay văn bản thường vào thư mục văn bản
    #[command(
        help_template = TEMPLATE,
        override_usage = "hoidap import [TÙY CHỌN] <TỆP>",
        after_help = "Ví dụ:\n  hoidap import ke-hoach.docx --dry-run\n  hoidap import chi-thi.pdf --id chi-thi-28\n\nBản đang có cùng mã được giữ trong thư mục goc. Đơn vị và phân công do máy đề xuất ghi review = true: đối chiếu từng mục\n(hoidap check liệt kê), xóa dòng ấy là đã rà soát."
    )]
    Import(Import),
    /// Chạy bot trên Telegram
    #[cfg(feature = "bot")]
    #[command(
        help_template = TEMPLATE,
        override_usage = "hoidap bot [TÙY CHỌN]",
        after_help = "Ví dụ:\n  hoidap bot --token-file token.txt --data du-lieu\n  hoidap bot --data du-lieu --webhook https://bot.example.vn/hook --listen 127.0.0.1:8080\n\nMã token: tệp của --token-file, hoặc biến TELOXIDE_TOKEN. Dừng bằng Ctrl-C hoặc SIGTERM; SIGHUP nạp lại bộ văn bản.\nMọi tùy chọn cũng đặt được trong bảng [bot] của hoidap.toml."
    )]
    Bot(Bot),
    /// Số liệu: hỏi gì nhiều, câu nào chưa trả lời được, góp ý
    #[cfg(feature = "bot")]
    #[command(
        help_template = TEMPLATE,
        override_usage = "hoidap stats [TÙY CHỌN]",
        after_help = "Ví dụ:\n  hoidap stats --data du-lieu\n  hoidap stats --data du-lieu --csv --days 30 > thong-ke.csv"
    )]
    Stats(Stats),
    /// Sao lưu kho dữ liệu của bot vào một tệp, cả khi bot đang chạy
    #[cfg(feature = "bot")]
    #[command(
        help_template = TEMPLATE,
        override_usage = "hoidap backup [TÙY CHỌN] <TỆP>",
        after_help = "Ví dụ:\n  hoidap backup --data du-lieu sao-luu-2026-05-01\n\nBot đang chạy thì bot đưa bản sao lưu, không phải dừng. Tệp chỉ hiện ra khi đã ghi xong và soát lại; có mã kiểm tra,\nchỉ chủ tệp đọc được."
    )]
    Backup(Backup),
    /// Khôi phục kho dữ liệu của bot từ một tệp sao lưu; phải dừng bot
    #[cfg(feature = "bot")]
    #[command(
        help_template = TEMPLATE,
        override_usage = "hoidap restore [TÙY CHỌN] <TỆP>",
        after_help = "Ví dụ:\n  hoidap restore --data du-lieu sao-luu-2026-05-01\n  hoidap restore --check sao-luu-2026-05-01\n\nTệp hỏng, bị cắt hay của phiên bản mới hơn thì không nạp. Kho đang có dữ liệu thì phải thêm --force; kho cũ được giữ lại\nbên cạnh."
    )]
    Restore(Restore),
    /// Kho dữ liệu của bot: xuất, nạp, sửa
    #[cfg(feature = "bot")]
    #[command(
        help_template = TEMPLATE,
        override_usage = "hoidap store <VIỆC> [TÙY CHỌN]",
        after_help = "Ví dụ:\n  hoidap store dump --data du-lieu > kho.jsonl\n  hoidap store load kho.jsonl --data du-lieu-moi\n  hoidap store repair --data du-lieu",
        subcommand_help_heading = COMMANDS,
        disable_help_subcommand = true
    )]
    Store(StoreArguments),
}

/// `bot`.
#[cfg(feature = "bot")]
#[derive(Args, Debug, Default)]
#[command(next_help_heading = OPTIONS)]
pub struct Bot {
    /// Tệp chứa mã token của BotFather
    #[arg(long, value_name = "TỆP")]
    pub token_file: Option<PathBuf>,
    /// Máy chủ Bot API khác (mặc định: của Telegram)
    #[arg(long, value_name = "ĐỊA CHỈ")]
    pub api_url: Option<String>,
    /// Nhận tin qua webhook ở địa chỉ này, thay vì hỏi liên tục; cần --listen
    #[arg(long, value_name = "ĐỊA CHỈ")]
    pub webhook: Option<String>,
    /// Tệp chứa mã bí mật của webhook (mặc định: suy từ token)
    #[arg(long, value_name = "TỆP")]
    pub webhook_secret_file: Option<PathBuf>,
    /// Mở /healthz, /readyz, /metrics và webhook ở địa chỉ và cổng này
    #[arg(long, value_name = "ĐỊA CHỈ:CỔNG")]
    pub listen: Option<String>,
    /// Số tài khoản Telegram của người vận hành, cách nhau bằng dấu phẩy
    #[arg(long, value_name = "SỐ,SỐ")]
    pub operators: Option<String>,
    /// Dạng nhật ký: plain hoặc json
    #[arg(long, value_name = "DẠNG", hide_possible_values = true)]
    pub log: Option<Log>,
    /// Số tin gửi mỗi giây, mọi nơi (mặc định: 30)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub per_second: Option<u32>,
    /// Số tin gửi mỗi giây trong một cuộc trò chuyện (mặc định: 1)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub per_second_chat: Option<u32>,
    /// Số tin gửi mỗi phút trong một nhóm (mặc định: 20)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub per_minute_group: Option<u32>,
    /// Số tin nhận mỗi phút của một người (mặc định: 20)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub per_minute_person: Option<u32>,
    /// Số giây Telegram được giữ kết quả tra trong dòng (mặc định: 300)
    #[arg(long, value_name = "GIÂY")]
    pub inline_cache: Option<u32>,
}

/// How log lines look.
#[cfg(feature = "bot")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Log {
    /// For people.
    #[default]
    Plain,
    /// For machines.
    Json,
}

/// `stats`.
#[cfg(feature = "bot")]
#[derive(Args, Debug)]
#[command(next_help_heading = OPTIONS)]
pub struct Stats {
    /// In JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// In CSV
    #[arg(long)]
    pub csv: bool,
    /// Số ngày gần đây (mặc định: 30)
    #[arg(
        long,
        value_name = "N",
        default_value_t = 30,
        hide_default_value = true
    )]
    pub days: u32,
}

/// `backup`.
#[cfg(feature = "bot")]
#[derive(Args, Debug)]
#[command(next_help_heading = OPTIONS)]
pub struct Backup {
    /// Tệp sẽ ghi
    #[arg(value_name = "TỆP", help_heading = ARGUMENTS)]
    pub file: PathBuf,
    /// Ghi đè tệp đã có
    #[arg(long)]
    pub force: bool,
}

/// `restore`.
#[cfg(feature = "bot")]
#[derive(Args, Debug)]
#[command(next_help_heading = OPTIONS)]
pub struct Restore {
    /// Tệp sao lưu
    #[arg(value_name = "TỆP", help_heading = ARGUMENTS)]
    pub file: PathBuf,
    /// Khôi phục cả khi kho đang có dữ liệu; kho cũ được giữ lại bên cạnh
    #[arg(long)]
    pub force: bool,
    /// Chỉ soát tệp, không khôi phục
    #[arg(long, conflicts_with = "force")]
    pub check: bool,
}

/// `store`.
#[cfg(feature = "bot")]
#[derive(Args, Debug)]
pub struct StoreArguments {
    #[command(subcommand)]
    pub command: StoreCommand,
}

/// What is done with the store.
#[cfg(feature = "bot")]
#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// In mọi bản ghi, mỗi dòng một bản ghi JSON
    Dump,
    /// Nạp tệp do dump in ra vào một kho trống
    Load {
        /// Tệp JSON mỗi dòng một bản ghi
        #[arg(value_name = "TỆP", help_heading = ARGUMENTS)]
        file: PathBuf,
    },
    /// Sửa kho hỏng; bản hỏng được giữ lại bên cạnh
    Repair,
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

/// `check`.
#[derive(Args, Debug)]
#[command(next_help_heading = OPTIONS)]
pub struct Check {
    /// In thêm báo cáo từ ngữ: đoạn mà lời thường khó tới, từ trùng nhau, số từ của mỗi khái niệm
    #[arg(long)]
    pub words: bool,
}

/// `eval`.
#[derive(Args, Debug)]
#[command(next_help_heading = OPTIONS)]
pub struct Eval {
    /// Tệp .jsonl, hoặc thư mục chứa các tệp ấy
    #[arg(value_name = "TỆP", required_unless_present = "generate", help_heading = ARGUMENTS)]
    pub files: Vec<PathBuf>,
    /// Thay vì hỏi bộ câu hỏi mẫu: sinh N câu từ văn bản và các bảng, soát từng câu trả lời
    #[arg(long, value_name = "N", conflicts_with_all = ["files", "json", "fails", "rough", "check", "write"])]
    pub generate: Option<usize>,
    /// Số gieo của --generate (mặc định: 1); cùng số, cùng câu hỏi
    #[arg(
        long,
        value_name = "SỐ",
        requires = "generate",
        conflicts_with = "files",
        default_value_t = 1,
        hide_default_value = true
    )]
    pub seed: u64,
    /// In kết quả đo dạng JSON
    #[arg(long)]
    pub json: bool,
    /// In từng câu sai, vì sao sai và đã trích gì
    #[arg(long)]
    pub fails: bool,
    /// Hỏi theo sáu cách gõ thô hơn (nửa có dấu, dính chữ, giữ phím, đọc cho máy gõ, biểu tượng, Viết Hoa Đầu Chữ)
    #[arg(long, conflicts_with_all = ["check", "write"])]
    pub rough: bool,
    /// Bỏ một luật xếp hạng để xem nó đem lại gì; lặp lại được
    #[arg(long, value_name = "LUẬT", conflicts_with_all = ["check", "write"])]
    pub without: Vec<String>,
    /// So với bảng đã lưu: câu từng đúng mà nay sai, hay dưới mức sàn, thì thoát với mã 1
    #[arg(long, value_name = "BẢNG")]
    pub check: Option<PathBuf>,
    /// Ghi bảng, mỗi câu một dòng; các mức sàn của bảng cũ được giữ
    #[arg(long, value_name = "BẢNG", conflicts_with = "check")]
    pub write: Option<PathBuf>,
}

/// `import`.
#[derive(Args, Debug)]
#[command(next_help_heading = OPTIONS)]
pub struct Import {
    /// Tệp văn bản
    #[arg(value_name = "TỆP", help_heading = ARGUMENTS)]
    pub file: PathBuf,
    /// Mã văn bản (mặc định: suy từ tên loại và số, như ke-hoach-109)
    #[arg(long, value_name = "MÃ")]
    pub id: Option<String>,
    /// Chỉ in báo cáo và kết quả, không ghi gì
    #[arg(long)]
    pub dry_run: bool,
    /// Vẫn nhập khi chữ nhận dạng còn nhiều chỗ ngờ; mọi câu trả lời từ bản này sẽ ghi rõ
    #[arg(long)]
    pub force: bool,
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
