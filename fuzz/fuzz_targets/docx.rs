//! Word files: a whole archive, or the parts that one is made of.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hoidap_fuzz::docx(bytes));
