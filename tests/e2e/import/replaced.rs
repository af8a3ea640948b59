//! A replaced digest.
