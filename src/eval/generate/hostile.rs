//! Characters that nobody means to type and that still arrive: marks without a letter, directions
//! turned round, commands of other programs, words without an end.

use super::super::forms::rng::Rng;

/// Single characters and pieces that programs have stumbled over.
const PIECES: [&str; 30] = [
    "\0",
    "\u{1b}[31m",
    "\u{7f}",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "\u{300}",
    "\u{323}\u{302}\u{301}",
    "\u{1f46a}",
    "\u{1f1fb}\u{1f1f3}",
    "\u{fffd}",
    "\u{10ffff}",
    "İ",
    "ſ",
    "ﬁ",
    "Ǆ",
    "<b>",
    "&amp;",
    "\\",
    "\"",
    "'; --",
    "*:*",
    "${x}",
    "%s",
];

/// Longest run of one piece, in pieces.
const LONGEST_RUN: usize = 3_000;

/// A message of little but such characters.
pub(super) fn message(rng: &mut Rng) -> String {
    match rng.below(40) {
        0 => {
            let longest = 1 + rng.below(LONGEST_RUN);
            rng.pick(&PIECES).repeat(longest)
        }
        1 => String::new(),
        _ => (0..rng.below(40)).map(|_| piece(rng)).collect(),
    }
}

/// The text with a few of them anywhere in it.
pub(super) fn sprinkled(text: &str, rng: &mut Rng) -> String {
    let mut letters: Vec<String> = text.chars().map(String::from).collect();
    for _ in 0..=rng.below(4) {
        let at = rng.below(letters.len() + 1);
        letters.insert(at, piece(rng));
    }
    letters.concat()
}

/// One of the known ones, or any character there is.
fn piece(rng: &mut Rng) -> String {
    match rng.below(3) {
        0 => (*rng.pick(&PIECES)).to_owned(),
        1 => char::from(b' ' + rng.below(95) as u8).to_string(),
        _ => char::from_u32(rng.below(0x11_0000) as u32).map_or_else(String::new, String::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_still_there() {
        let mut rng = Rng::of("a");
        for _ in 0..200 {
            let sprinkled = sprinkled("abc", &mut rng);
            let mut rest = sprinkled.chars();
            assert!(
                "abc"
                    .chars()
                    .all(|letter| rest.any(|other| other == letter))
            );
        }
    }

    #[test]
    fn messages_differ() {
        let mut rng = Rng::of("a");
        let messages: std::collections::HashSet<_> = (0..100).map(|_| message(&mut rng)).collect();
        assert!(messages.len() > 80);
    }
}
