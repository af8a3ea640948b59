//! Vietnamese text as people type it: tokens, the folding chain, spelling, phrases.
