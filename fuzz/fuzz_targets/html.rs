//! Pages of the web, in whatever encoding.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hoidap_fuzz::html(bytes));
