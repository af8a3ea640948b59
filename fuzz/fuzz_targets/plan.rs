//! A whole import: read, shape, tables, what is written; twice, the second time over the first.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hoidap_fuzz::plan(bytes));
