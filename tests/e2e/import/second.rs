//! A second province.
