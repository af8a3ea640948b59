//! The table that a font gives for copying its text: which characters each code stands for.
//!
//! Read for the few operators that matter and nothing else, since the programs that write PDF agree
//! on little more.

use std::collections::HashMap;

/// More codes are not read.
const MOST_CODES: usize = 70_000;
/// A code stands for no more UTF-16 units.
const LONGEST: usize = 16;

/// The characters of each code.
pub(super) fn read(table: &[u8]) -> HashMap<u32, String> {
    let mut reader = Reader::default();
    for token in Tokens(table) {
        if reader.written >= MOST_CODES {
            break;
        }
        reader.take(token);
    }
    reader.characters
}

/// A piece of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'t> {
    /// Digits between `<` and `>`.
    Hex(&'t [u8]),
    Open,
    Close,
    Word(&'t [u8]),
}

struct Tokens<'t>(&'t [u8]);

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let blanks = self
            .0
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace() || **byte == 0)
            .count();
        let rest = &self.0[blanks..];
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"<>[]".contains(byte);
        let (token, length) = match rest {
            [] => return None,
            [b'<', inner @ ..] if inner.first() != Some(&b'<') => {
                let length = inner
                    .iter()
                    .position(|byte| *byte == b'>')
                    .unwrap_or(inner.len());
                (Token::Hex(&inner[..length]), length + 2)
            }
            [b'[', ..] => (Token::Open, 1),
            [b']', ..] => (Token::Close, 1),
            [_, after @ ..] => {
                let length = 1 + after.iter().position(ends).unwrap_or(after.len());
                (Token::Word(&rest[..length]), length)
            }
        };
        self.0 = rest.get(length..).unwrap_or_default();
        Some(token)
    }
}

/// What the codes under way are for.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Section {
    #[default]
    None,
    /// Code, characters.
    Single,
    /// First code, last code, characters of the first or of each.
    Range,
}

#[derive(Default)]
struct Reader {
    section: Section,
    /// Codes read of the entry under way.
    codes: Vec<u32>,
    in_list: bool,
    /// How often a code was given its characters.
    written: usize,
    characters: HashMap<u32, String>,
}

impl Reader {
    fn take(&mut self, token: Token) {
        match token {
            Token::Word(b"beginbfchar") => self.begin(Section::Single),
            Token::Word(b"beginbfrange") => self.begin(Section::Range),
            Token::Word(b"endbfchar" | b"endbfrange") => self.begin(Section::None),
            Token::Open => self.in_list = true,
            Token::Close => {
                self.in_list = false;
                self.codes.clear();
            }
            Token::Hex(digits) => self.hex(digits),
            Token::Word(_) => {}
        }
    }

    fn begin(&mut self, section: Section) {
        self.section = section;
        self.in_list = false;
        self.codes.clear();
    }

    fn hex(&mut self, digits: &[u8]) {
        let needed = match self.section {
            Section::None => return,
            Section::Single => 1,
            Section::Range => 2,
        };
        if self.codes.len() < needed {
            self.codes.push(number(digits));
            return;
        }
        let (first, last) = (self.codes[0], self.codes[needed - 1]);
        let units = units(digits);
        if self.in_list {
            self.set(first, &units);
            self.codes[0] = first.saturating_add(1);
            return;
        }
        for code in first..=last.min(first.saturating_add(0xFFFF)) {
            let mut units = units.clone();
            if let Some(unit) = units.last_mut() {
                *unit = unit.wrapping_add((code - first) as u16);
            }
            self.set(code, &units);
            if self.written >= MOST_CODES {
                break;
            }
        }
        self.codes.clear();
    }

    fn set(&mut self, code: u32, units: &[u16]) {
        let text = char::decode_utf16(units.iter().copied())
            .flatten()
            .filter(|c| *c != '\0');
        self.characters.insert(code, text.collect());
        self.written += 1;
    }
}

fn digit(byte: &u8) -> Option<u32> {
    char::from(*byte).to_digit(16)
}

fn number(digits: &[u8]) -> u32 {
    digits
        .iter()
        .filter_map(digit)
        .fold(0, |number, digit| number.wrapping_shl(4) | digit)
}

fn units(digits: &[u8]) -> Vec<u16> {
    let digits: Vec<u32> = digits.iter().filter_map(digit).take(4 * LONGEST).collect();
    let units = digits
        .chunks(4)
        .map(|unit| unit.iter().fold(0, |number, digit| number << 4 | digit) as u16);
    units.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(table: &str, expect: &str) {
        let mut found: Vec<(u32, String)> = read(table.as_bytes()).into_iter().collect();
        found.sort();
        let shown: Vec<String> = found
            .iter()
            .map(|(code, text)| format!("{code:x}={text}"))
            .collect();
        assert_eq!(shown.join(" "), expect);
    }

    #[test]
    fn entries() {
        check(
            "2 beginbfchar\n<01> <0041>\n<0002><1EA1>\nendbfchar",
            "1=A 2=ạ",
        );
        check(
            "1 beginbfrange <10> <12> <0061> endbfrange",
            "10=a 11=b 12=c",
        );
        check(
            "beginbfrange\n<10> <11> [<0061> <00660069>] <20> <20> <0062>\nendbfrange",
            "10=a 11=fi 20=b",
        );
        check("beginbfchar <1> <D835DC00> endbfchar", "1=𝐀");
        check(
            "<</CIDSystemInfo <</Registry (Adobe)>> >> 1 begincodespacerange <00> <FF> endcodespacerange",
            "",
        );
        check("beginbfchar <01> <0041", "1=A");
        check("", "");
    }

    #[test]
    fn claims_have_limits() {
        assert!(read(b"beginbfrange <00000000> <FFFFFFFF> <0041>").len() <= MOST_CODES + 1);
    }

    proptest! {
        #[test]
        fn any_table_is_read(table in "[<>\\[\\] 0-9A-F]{0,40}(beginbfchar|beginbfrange|endbfchar|)[<>\\[\\] 0-9A-F]{0,60}") {
            let _ = read(table.as_bytes());
        }
    }
}
