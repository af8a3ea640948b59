//! The hand-kept tables beside a sound document.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hoidap_fuzz::tables(bytes));
