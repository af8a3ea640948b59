//! stub
use super::super::source::Source;
use super::ReadError;
pub(super) fn read(_: Vec<u8>) -> Result<Source, ReadError> {
    Err(ReadError::Scanned)
}
