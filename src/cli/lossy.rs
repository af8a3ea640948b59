//! Reading lines of any bytes: whoever sends broken UTF-8 gets an answer too.

use std::io::{self, BufRead, Read};

/// Bytes of a line that are read; an endless one must not fill the memory.
const LONGEST: u64 = 1 << 20;

/// One line without its end, whatever bytes it holds; `None` at the end of the input. What goes
/// beyond the longest line is passed over.
pub fn read_lossy_line(reader: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = reader
        .by_ref()
        .take(LONGEST)
        .read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if read as u64 == LONGEST && !bytes.ends_with(b"\n") {
        reader.skip_until(b'\n')?;
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

    #[test]
    fn an_endless_line_is_cut_and_the_next_one_read() {
        for more in [0, 1, 70_000] {
            let longest = "a".repeat(LONGEST as usize);
            let text = format!("{longest}{}\nb\n", "a".repeat(more));
            let mut input = text.as_bytes();
            let first = read_lossy_line(&mut input).unwrap().unwrap();
            assert_eq!(first.len() as u64, LONGEST);
            assert_eq!(read_lossy_line(&mut input).unwrap().unwrap(), "b");
            assert_eq!(read_lossy_line(&mut input).unwrap(), None);
        }
    }
}
