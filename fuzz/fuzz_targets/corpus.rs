//! Markdown of the corpus.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hoidap_fuzz::corpus_markdown(bytes));
