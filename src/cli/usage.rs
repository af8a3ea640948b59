//! What clap has to say, said in Vietnamese: help and version as they are, every mistake as one
//! `hoidap: …` line with a hint.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::failure::{USAGE, tell};

/// Shows what clap answered instead of arguments, and gives the exit code.
pub fn answer(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader that went away has seen enough.
            let _ = write!(io::stdout(), "{}", error.render());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = write!(io::stderr(), "{}", error.render());
            ExitCode::from(USAGE)
        }
        _ => {
            tell(&message(error), Some(&hint(error)));
            ExitCode::from(USAGE)
        }
    }
}

fn message(error: &clap::Error) -> String {
    let argument = || quoted(error, ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => format!("không có tùy chọn {}", argument()),
        ErrorKind::InvalidSubcommand => {
            format!(
                "không có lệnh {}",
                quoted(error, ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::MissingRequiredArgument => format!("còn thiếu {}", argument()),
        ErrorKind::MissingSubcommand => "chưa nói lệnh nào".to_owned(),
        ErrorKind::ArgumentConflict => {
            let prior = quoted(error, ContextKind::PriorArg);
            if prior.is_empty() || prior == argument() {
                format!("{} chỉ dùng được một lần", argument())
            } else {
                format!("{} không đi cùng {prior}", argument())
            }
        }
        ErrorKind::InvalidValue if quoted(error, ContextKind::InvalidValue) == "“”" => {
            format!("{} cần một giá trị", argument())
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = quoted(error, ContextKind::InvalidValue);
            format!("giá trị {value} của {} không dùng được", argument())
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{} thiếu giá trị", argument())
        }
        ErrorKind::TooManyValues => format!("{} thừa giá trị", argument()),
        _ => "dòng lệnh không đọc được".to_owned(),
    }
}

fn hint(error: &clap::Error) -> String {
    let meant = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(|kind| quoted(error, kind))
    .find(|meant| !meant.is_empty());
    match meant {
        Some(meant) => format!("Có phải {meant}? Xem cách dùng: hoidap --help"),
        None if error.kind() == ErrorKind::UnknownArgument => {
            "Xem cách dùng: hoidap --help. Câu hỏi bắt đầu bằng dấu “-” thì viết sau hai gạch: hoidap ask -- \"-…\""
                .to_owned()
        }
        None => "Xem cách dùng: hoidap --help".to_owned(),
    }
}

/// A piece of what clap knows of the mistake, in quotation marks; empty when it knows none.
fn quoted(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(word)) => format!("“{word}”"),
        Some(ContextValue::Strings(words)) => words
            .iter()
            .map(|word| format!("“{word}”"))
            .collect::<Vec<_>>()
            .join(", "),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::arguments::Arguments;

    #[track_caller]
    fn check(arguments: &[&str], expect: &str) {
        let error = Arguments::try_parse_from([&["hoidap"], arguments].concat()).unwrap_err();
        assert_eq!(message(&error), expect);
    }

    #[test]
    fn mistakes_are_told_in_vietnamese() {
        check(&["aks"], "không có lệnh “aks”");
        check(&["ask", "--jsno", "a"], "không có tùy chọn “--jsno”");
        check(
            &["ask", "--ranked", "x", "a"],
            "giá trị “x” của “--ranked <N>” không dùng được",
        );
        check(&["ask", "--ranked"], "“--ranked <N>” cần một giá trị");
        check(&["eval"], "còn thiếu “<TỆP>...”");
        check(
            &["ask", "--lines", "a"],
            "“--lines” không đi cùng “[CÂU HỎI]...”",
        );
        check(
            &["--corpus", "a", "--corpus", "b", "check"],
            "“--corpus <THƯ MỤC>” chỉ dùng được một lần",
        );
    }

    #[test]
    fn a_near_miss_is_offered() {
        let error = Arguments::try_parse_from(["hoidap", "chek"]).unwrap_err();
        assert!(
            hint(&error).starts_with("Có phải “check”?"),
            "{}",
            hint(&error)
        );
    }
}
