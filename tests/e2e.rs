//! End to end: the real binary on a tiny invented corpus. `tests/e2e/README.md` tells how.

mod e2e {
    mod chat;
    mod check;
    mod contract;
    mod eval;
    mod harness;
    mod hostile;
    mod import;
    mod index;
    mod input;
    mod library;
    #[cfg(feature = "bot")]
    mod telegram;
    mod usage;
}
