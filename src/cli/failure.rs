//! How an error is told to the operator: `hoidap: ` and the chain on one line, the place first,
//! then a hint after an empty line; and which exit code it makes.

use std::io::{self, Write};
use std::process::ExitCode;

use super::config::ConfigError;
use crate::corpus::LoadError;
use crate::engine::EngineError;
use crate::render::terminal::shown;
#[cfg(feature = "bot")]
use crate::store::StoreError;

/// Exit code of wrong usage.
pub const USAGE: u8 = 2;
const FAILURE: u8 = 1;

/// The command was understood but cannot be meant like this.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct UsageError {
    /// What is wrong.
    pub message: String,
    /// The command whose help explains it.
    pub command: &'static str,
}

/// Tells an error and gives its exit code. A reader that went away is no error.
pub fn report(error: &anyhow::Error) -> ExitCode {
    if is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    tell(&one_line(error), hint(error).as_deref());
    ExitCode::from(code(error))
}

/// Writes `hoidap: message` and the hint to standard error, which may itself be closed.
pub fn tell(message: &str, hint: Option<&str>) {
    let mut stderr = io::stderr().lock();
    // It may name a file or tell what is in one.
    let _ = writeln!(stderr, "hoidap: {}", shown(message));
    if let Some(hint) = hint {
        let _ = writeln!(stderr, "\n{hint}");
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// The chain on one line. What the next cause tells again with more words is told once.
fn one_line(error: &anyhow::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in error.chain() {
        let cause = cause
            .downcast_ref::<io::Error>()
            .map_or_else(|| cause.to_string(), system);
        let cause = cause.split_whitespace().collect::<Vec<_>>().join(" ");
        parts.retain(|part| !cause.contains(part));
        if !parts.iter().any(|part| part.contains(&cause)) {
            parts.push(cause);
        }
    }
    parts.join(": ")
}

/// What the system said, in Vietnamese where it is common.
fn system(error: &io::Error) -> String {
    let said = match error.kind() {
        io::ErrorKind::NotFound => "không có tệp hay thư mục này",
        io::ErrorKind::PermissionDenied => "không có quyền",
        io::ErrorKind::AlreadyExists => "đã có sẵn",
        io::ErrorKind::NotADirectory => "không phải thư mục",
        io::ErrorKind::IsADirectory => "là thư mục, không phải tệp",
        io::ErrorKind::ReadOnlyFilesystem => "ổ đĩa chỉ cho đọc",
        io::ErrorKind::StorageFull => "hết chỗ trên đĩa",
        io::ErrorKind::FileTooLarge => "tệp quá lớn",
        io::ErrorKind::InvalidData => "không phải văn bản UTF-8",
        _ => return error.to_string(),
    };
    said.to_owned()
}

fn code(error: &anyhow::Error) -> u8 {
    let usage = find::<UsageError>(error).is_some() || find::<ConfigError>(error).is_some();
    if usage { USAGE } else { FAILURE }
}

fn hint(error: &anyhow::Error) -> Option<String> {
    if let Some(usage) = find::<UsageError>(error) {
        return Some(format!("Xem cách dùng: hoidap {} --help", usage.command));
    }
    if find::<ConfigError>(error).is_some() {
        return Some("Các khóa dùng được: corpus, index, data, store và bảng [bot].".to_owned());
    }
    #[cfg(feature = "bot")]
    if let Some(hint) = find::<StoreError>(error).and_then(store_hint) {
        return Some(hint.to_owned());
    }
    if !is_load_error(error) {
        return None;
    }
    let hint = "Chỉ thư mục văn bản bằng --corpus THƯ MỤC hoặc biến HOIDAP_CORPUS.";
    Some(hint.to_owned())
}

#[cfg(feature = "bot")]
fn store_hint(error: &StoreError) -> Option<&'static str> {
    match error {
        StoreError::Damaged(_) => {
            Some("Sửa bằng: hoidap store repair (bản hỏng được giữ lại bên cạnh).")
        }
        StoreError::NotEmpty => Some(
            "Thêm --force để khôi phục đè lên; kho cũ được giữ lại bên cạnh. Hoặc chọn --data khác (Redis: một số khác).",
        ),
        StoreError::InUse => {
            Some("Dừng tiến trình ấy (thường là bot đang chạy) rồi chạy lại lệnh này.")
        }
        StoreError::Away(_) => {
            Some("Xem Redis có chạy không, địa chỉ --store và mật khẩu có đúng không.")
        }
        StoreError::Backup(_) | StoreError::Io(_) => None,
    }
}

/// The engine passes a load error through without standing in the chain twice.
fn is_load_error(error: &anyhow::Error) -> bool {
    let in_engine = matches!(find::<EngineError>(error), Some(EngineError::Corpus(_)));
    in_engine || find::<LoadError>(error).is_some()
}

fn find<E: std::error::Error + 'static>(error: &anyhow::Error) -> Option<&E> {
    error.chain().find_map(|cause| cause.downcast_ref::<E>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_is_one_line_and_tells_nothing_twice() {
        let error = anyhow::anyhow!("gốc\n  hai dòng")
            .context("giữa")
            .context("ngoài: giữa");
        assert_eq!(one_line(&error), "ngoài: giữa: gốc hai dòng");
        let error = anyhow::anyhow!("không mở được corpus").context("corpus");
        assert_eq!(one_line(&error), "không mở được corpus");
    }

    #[test]
    fn the_system_speaks_vietnamese() {
        let error = anyhow::Error::from(io::Error::from(io::ErrorKind::NotFound)).context("a.toml");
        assert_eq!(one_line(&error), "a.toml: không có tệp hay thư mục này");
    }

    #[test]
    fn a_broken_pipe_is_seen_through_the_chain() {
        let error = anyhow::Error::from(io::Error::from(io::ErrorKind::BrokenPipe)).context("in");
        assert!(is_broken_pipe(&error));
        assert!(!is_broken_pipe(&anyhow::anyhow!("khác")));
    }

    #[test]
    fn wrong_usage_has_a_code_and_a_hint_of_its_own() {
        let error = UsageError {
            message: "thiếu câu hỏi".to_owned(),
            command: "ask",
        }
        .into();
        assert_eq!(code(&error), USAGE);
        assert_eq!(hint(&error).unwrap(), "Xem cách dùng: hoidap ask --help");
        assert_eq!(code(&anyhow::anyhow!("khác")), FAILURE);
    }
}
