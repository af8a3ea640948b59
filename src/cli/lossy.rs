//! Reading lines of any bytes: whoever sends broken UTF-8 gets an answer too.

use std::io::{self, BufRead};

/// One line without its end, whatever bytes it holds; `None` at the end of the input.
pub fn read_lossy_line(reader: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if reader.read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    let line = String::from_utf8_lossy(&bytes);
    Ok(Some(
        line.trim_start_matches('\u{feff}')
            .trim_end_matches(['\n', '\r'])
            .to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_whatever_its_bytes() {
        let mut input: &[u8] = b"\xef\xbb\xbfm\xe1\xbb\x99t\r\n\n\xff\xfe\nb";
        let mut lines = Vec::new();
        while let Some(line) = read_lossy_line(&mut input).unwrap() {
            lines.push(line);
        }
        assert_eq!(lines, ["một", "", "\u{fffd}\u{fffd}", "b"]);
    }
}
