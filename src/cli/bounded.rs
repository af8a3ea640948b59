//! Reading a file no further than it may be long: what was named by mistake, or put there by somebody
//! else, must not fill the memory.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The bytes of a file of at most `longest` bytes.
///
/// # Errors
/// As for any file, and [`io::ErrorKind::FileTooLarge`].
pub fn read(path: &Path, longest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(longest + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > longest {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// The same as text.
///
/// # Errors
/// The same, and [`io::ErrorKind::InvalidData`] for what is no UTF-8.
pub fn read_text(path: &Path, longest: u64) -> io::Result<String> {
    String::from_utf8(read(path, longest)?).map_err(|_| io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::*;

    #[test]
    fn a_file_is_read_whole_or_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "mười").unwrap();
        assert_eq!(read_text(&path, 7).unwrap(), "mười");
        let kind = |error: io::Error| error.kind();
        assert_eq!(read(&path, 6).map_err(kind), Err(ErrorKind::FileTooLarge));
        let endless = read(Path::new("/dev/zero"), 1_000);
        assert_eq!(endless.map_err(kind), Err(ErrorKind::FileTooLarge));
        std::fs::write(&path, b"\xff").unwrap();
        assert_eq!(
            read_text(&path, 7).map_err(kind),
            Err(ErrorKind::InvalidData)
        );
    }
}
