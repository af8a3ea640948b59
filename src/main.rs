//! The binary: hands over to the command line and gives its exit code back.

#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    hoidap::cli::main()
}
