//! PDF files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hoidap_fuzz::pdf(bytes));
