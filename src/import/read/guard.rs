//! Runs a reader where neither a panic nor a long run in one of its libraries can harm: on a thread
//! of its own, with a stack of known size, for a limited time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;
use std::thread::Builder;
use std::time::Duration;

use super::ReadError;

/// A reader that takes longer is given up. Its thread ends with the process.
const LONGEST: Duration = Duration::from_secs(8);
/// Room for the libraries' recursion, which has limits of its own.
const STACK: usize = 32 << 20;

/// What `reader` returns, or why it did not; `format` names the file in messages.
pub(super) fn run<T: Send + 'static>(
    format: &'static str,
    reader: impl FnOnce() -> Result<T, ReadError> + Send + 'static,
) -> Result<T, ReadError> {
    match within(LONGEST, reader) {
        Some(result) => result.unwrap_or(Err(ReadError::Damaged(format))),
        None => Err(ReadError::TooSlow),
    }
}

/// What `work` returns, or how it panicked; nothing if it takes too long.
pub(in crate::import) fn within<T: Send + 'static>(
    longest: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<std::thread::Result<T>> {
    let (sender, receiver) = channel();
    let thread = Builder::new()
        .name("import".to_owned())
        .stack_size(STACK)
        .spawn(move || {
            // Nobody waits any more: nothing to be done.
            let _ = sender.send(catch_unwind(AssertUnwindSafe(work)));
        });
    thread.ok()?;
    receiver.recv_timeout(longest).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_and_panics() {
        assert_eq!(run("PDF", || Ok(1)), Ok(1));
        assert_eq!(
            run::<u8>("PDF", || Err(ReadError::Scanned)),
            Err(ReadError::Scanned)
        );
        let slow = || std::thread::sleep(Duration::from_secs(60));
        assert!(within(Duration::from_millis(1), slow).is_none());
        let cut = |bytes: Vec<u8>| move || Ok(bytes[7]);
        assert_eq!(run("PDF", cut(Vec::new())), Err(ReadError::Damaged("PDF")));
    }
}
