//! A question to the engine, and one that follows it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hoidap_fuzz::question(bytes));
