//! Plain text and Markdown, in whatever encoding, single-byte ones among them.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hoidap_fuzz::text(bytes));
