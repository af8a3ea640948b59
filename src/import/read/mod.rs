//! Reads official files: a file in whatever format becomes a [`Source`]. The format is told by the
//! content; the name of the file only helps.
//!
//! Any bytes are read in bounded time and memory, or refused: every reader counts what it makes.

mod charset;
mod docx;
mod draft;
pub(super) mod guard;
mod html;
mod lines;
mod merged;
mod number;
mod pdf;
mod plain;

#[cfg(test)]
mod tests;

use thiserror::Error;

use super::source::{Counted, Source};

/// A larger file is not read.
const LARGEST_FILE: usize = 20 << 20;

/// Why a file was not read. The messages are for the person who imports.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// Nothing is in it.
    #[error("tệp không có chữ nào; hãy kiểm tra lại tệp, hoặc tải lại từ nơi ban hành")]
    Empty,
    /// More than [`LARGEST_FILE`], or more than that when unpacked.
    #[error(
        "tệp quá lớn ({0}); hãy bỏ bớt hình ảnh, hoặc tách phần phụ lục thành tệp riêng rồi nhập từng tệp"
    )]
    TooLarge(&'static str),
    /// The format was recognised, and what it promises is not there.
    #[error(
        "tệp {0} bị hỏng, không đọc được; hãy tải lại, hoặc mở bằng phần mềm soạn thảo rồi lưu thành tệp .docx mới"
    )]
    Damaged(&'static str),
    /// A password is needed.
    #[error(
        "tệp được đặt mật khẩu; hãy mở tệp bằng mật khẩu, lưu thành tệp mới không có mật khẩu, rồi nhập tệp mới"
    )]
    Encrypted,
    /// A binary document of Word before 2007, or RTF.
    #[error(
        "tệp ở dạng Word cũ (.doc, .rtf); hãy mở bằng Word hoặc LibreOffice, chọn “Lưu thành” (Save As) dạng .docx, rồi nhập tệp .docx"
    )]
    OldWord,
    /// Pictures of pages.
    #[error(
        "tệp chỉ có ảnh chụp các trang, không có lớp chữ; hãy tìm bản có chữ, hoặc nhận dạng chữ (OCR) bằng phần mềm khác, soát lại, rồi nhập kết quả dạng .docx hay .txt"
    )]
    Scanned,
    /// Not one of the formats that are read.
    #[error(
        "không đọc được dạng tệp này ({0}); hãy lưu văn bản thành .docx, .pdf có lớp chữ, .html, .txt hoặc .md"
    )]
    Unknown(&'static str),
    /// Text in an encoding that could not be told.
    #[error(
        "không nhận ra bảng mã của tệp; hãy mở tệp bằng phần mềm soạn thảo rồi lưu lại ở bảng mã UTF-8"
    )]
    Charset,
    /// It took too long.
    #[error(
        "đọc tệp quá lâu nên đã dừng; hãy mở bằng phần mềm soạn thảo, lưu thành tệp .docx mới rồi nhập tệp ấy"
    )]
    TooSlow,
}

/// Reads a file. `name` is its name, which helps where the content does not tell the format.
pub fn read(name: &str, bytes: &[u8]) -> Result<Source, ReadError> {
    if bytes.len() > LARGEST_FILE {
        return Err(ReadError::TooLarge("hơn 20 MB"));
    }
    let format = Format::of(name, bytes)?;
    let bytes = bytes.to_vec();
    let mut source = guard::run(format.name(), move || match format {
        Format::Docx => docx::read(&bytes),
        Format::Pdf => pdf::read(bytes),
        Format::Html => html::read(&bytes),
        Format::Text => plain::read(&bytes, plain::Kind::Text),
        Format::Markdown => plain::read(&bytes, plain::Kind::Markdown),
    })?;
    if source.blocks.is_empty() {
        return Err(ReadError::Empty);
    }
    source.counted = match format {
        Format::Docx | Format::Html => Counted::Paragraphs,
        Format::Pdf | Format::Text | Format::Markdown => Counted::Lines,
    };
    Ok(source)
}

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Docx,
    Pdf,
    Html,
    Text,
    Markdown,
}

impl Format {
    fn of(name: &str, bytes: &[u8]) -> Result<Self, ReadError> {
        let head = &bytes[..bytes.len().min(4096)];
        match head {
            [b'P', b'K', 3, 4, ..] => Ok(Self::Docx),
            [b'P', b'K', 5, 6, ..] => Err(ReadError::Empty),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(compound(bytes)),
            [b'{', b'\\', b'r', b't', b'f', ..] => Err(ReadError::OldWord),
            [0x89, b'P', b'N', b'G', ..]
            | [0xFF, 0xD8, 0xFF, ..]
            | [b'I', b'I', 42, 0, ..]
            | [b'M', b'M', 0, 42, ..] => Err(ReadError::Scanned),
            _ if contains(&head[..head.len().min(1024)], b"%PDF-") => Ok(Self::Pdf),
            _ if bytes
                .iter()
                .all(|byte| byte.is_ascii_whitespace() || *byte == 0) =>
            {
                Err(ReadError::Empty)
            }
            _ => Self::of_text(name, head),
        }
    }

    fn of_text(name: &str, head: &[u8]) -> Result<Self, ReadError> {
        let utf_16 = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
        if !utf_16 && head.contains(&0) {
            return Err(ReadError::Unknown("tệp nhị phân"));
        }
        let small: Vec<u8> = head
            .iter()
            .filter(|byte| **byte != 0)
            .map(u8::to_ascii_lowercase)
            .collect();
        let has = |what: &str| contains(&small, what.as_bytes());
        if has("<w:worddocument") || has("<pkg:package") {
            return Err(ReadError::Unknown("Word XML"));
        }
        if has("mime-version:") && has("multipart/related") {
            return Err(ReadError::Unknown("trang web lưu dạng .mht"));
        }
        let extension = name.rsplit('.').next().unwrap_or("").to_lowercase();
        let html = [
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<table",
            "<div",
            "<p>",
            "<p ",
        ];
        if matches!(extension.as_str(), "htm" | "html" | "xhtml")
            || html.iter().any(|tag| has(tag)) && extension != "md"
        {
            Ok(Self::Html)
        } else if matches!(extension.as_str(), "md" | "markdown") || small.starts_with(b"+++") {
            Ok(Self::Markdown)
        } else {
            Ok(Self::Text)
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Docx => "Word (.docx)",
            Self::Pdf => "PDF",
            Self::Html => "HTML",
            Self::Text => "văn bản thuần",
            Self::Markdown => "Markdown",
        }
    }
}

/// What a compound file of old Office programs is: its streams are named in UTF-16.
fn compound(bytes: &[u8]) -> ReadError {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        contains(bytes, &name)
    };
    if has("EncryptedPackage") {
        ReadError::Encrypted
    } else if has("WordDocument") {
        ReadError::OldWord
    } else {
        ReadError::Unknown("tệp Office cũ")
    }
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}
