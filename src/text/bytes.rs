//! What is kept in files of the program's own, as bytes and back: numbers of four or eight bytes, the low
//! one first; each list and each text after its length. What is not whole reads as nothing.

/// Appends a number. No list of ours has more than four thousand million entries.
pub fn put(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend((number as u32).to_le_bytes());
}

/// Appends a number of eight bytes.
pub fn put_long(bytes: &mut Vec<u8>, number: u64) {
    bytes.extend(number.to_le_bytes());
}

/// Appends a list of numbers.
pub fn put_all(bytes: &mut Vec<u8>, numbers: &[u32]) {
    put(bytes, numbers.len());
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

/// Appends a text.
pub fn put_text(bytes: &mut Vec<u8>, text: &str) {
    put(bytes, text.len());
    bytes.extend(text.as_bytes());
}

/// Appends a text that may be missing.
pub fn put_optional(bytes: &mut Vec<u8>, text: Option<&str>) {
    put(bytes, usize::from(text.is_some()));
    if let Some(text) = text {
        put_text(bytes, text);
    }
}

/// The next `count` bytes, where there are so many.
pub fn take<'b>(rest: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, after) = rest.split_at_checked(count)?;
    *rest = after;
    Some(taken)
}

/// The next number.
pub fn number(rest: &mut &[u8]) -> Option<u32> {
    take(rest, 4).map(four)
}

/// The next number of eight bytes.
pub fn long(rest: &mut &[u8]) -> Option<u64> {
    let mut number = [0; 8];
    number.copy_from_slice(take(rest, 8)?);
    Some(u64::from_le_bytes(number))
}

/// The next list of numbers.
pub fn numbers(rest: &mut &[u8]) -> Option<Vec<u32>> {
    let count = number(rest)? as usize;
    let bytes = take(rest, count.checked_mul(4)?)?;
    Some(bytes.chunks_exact(4).map(four).collect())
}

/// The next text.
pub fn text<'b>(rest: &mut &'b [u8]) -> Option<&'b str> {
    let length = number(rest)? as usize;
    std::str::from_utf8(take(rest, length)?).ok()
}

/// The next text that may be missing.
pub fn optional(rest: &mut &[u8]) -> Option<Option<String>> {
    match number(rest)? {
        0 => Some(None),
        1 => Some(Some(text(rest)?.to_owned())),
        _ => None,
    }
}

/// The number that four bytes are.
pub fn four(bytes: &[u8]) -> u32 {
    let mut number = [0; 4];
    number.copy_from_slice(bytes);
    u32::from_le_bytes(number)
}

/// A hash of many bytes, eight at a time: tells damage, not malice.
pub fn checksum(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut lanes = [bytes.len() as u64, 1, 2, 3];
    let mut chunks = bytes.chunks_exact(32);
    for chunk in &mut chunks {
        for (lane, eight) in lanes.iter_mut().zip(chunk.chunks_exact(8)) {
            *lane = (lane.rotate_left(23) ^ eight_of(eight)).wrapping_mul(FACTOR);
        }
    }
    let mut hash = lanes.iter().fold(0, |hash: u64, lane| {
        (hash.rotate_left(17) ^ lane).wrapping_mul(FACTOR)
    });
    for byte in chunks.remainder() {
        hash = (hash.rotate_left(9) ^ u64::from(*byte)).wrapping_mul(FACTOR);
    }
    hash ^ (hash >> 31)
}

fn eight_of(bytes: &[u8]) -> u64 {
    let mut number = [0; 8];
    number.copy_from_slice(bytes);
    u64::from_le_bytes(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_read_again_and_nothing_of_what_is_cut() {
        let mut bytes = Vec::new();
        put(&mut bytes, 7);
        put_long(&mut bytes, u64::MAX - 1);
        put_all(&mut bytes, &[1, 2]);
        put_text(&mut bytes, "trẻ em");
        put_optional(&mut bytes, None);
        put_optional(&mut bytes, Some("có"));
        let read = |mut rest: &[u8]| {
            let rest = &mut rest;
            let first = (number(rest)?, long(rest)?, numbers(rest)?);
            Some((
                first,
                text(rest)?.to_owned(),
                optional(rest)?,
                optional(rest)?,
            ))
        };
        let expect = (
            (7, u64::MAX - 1, vec![1, 2]),
            "trẻ em".to_owned(),
            None,
            Some("có".to_owned()),
        );
        assert_eq!(read(&bytes), Some(expect));
        for length in 0..bytes.len() {
            assert_eq!(read(&bytes[..length]), None, "{length}");
        }
    }

    #[test]
    fn a_changed_bit_changes_the_checksum() {
        let bytes: Vec<u8> = (0..75).collect();
        for at in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[at / 8] ^= 1 << (at % 8);
            assert_ne!(checksum(&changed), checksum(&bytes), "{at}");
        }
        assert_ne!(checksum(&bytes[..74]), checksum(&bytes));
    }
}
