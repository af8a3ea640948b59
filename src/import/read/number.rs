//! How word processors write the numbers of lists.

use crate::text::roman;

/// A way to write a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, 03.
    DecimalZero,
    /// I, II, III.
    UpperRoman,
    /// i, ii, iii.
    LowerRoman,
    /// A, B, … Z, AA, BB.
    UpperLetter,
    /// a, b, … z, aa, bb.
    LowerLetter,
    /// A sign, the same for all.
    Bullet,
    /// Nothing.
    None,
}

impl Format {
    /// The number written so. Numbers that the format cannot write are written as decimals.
    pub(super) fn write(self, number: i64) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::DecimalZero => format!("{number:02}"),
            Self::UpperRoman => roman(number).to_uppercase(),
            Self::LowerRoman => roman(number),
            Self::UpperLetter => letters(number, b'A'),
            Self::LowerLetter => letters(number, b'a'),
            Self::Bullet | Self::None => String::new(),
        }
    }
}

fn roman(number: i64) -> String {
    match u32::try_from(number) {
        Ok(small @ 1..4000) => roman::written(small),
        _ => number.to_string(),
    }
}

/// The letter of the alphabet, doubled after its end as Word does.
fn letters(number: i64, first: u8) -> String {
    match number {
        1..=780 => {
            let at = u8::try_from((number - 1) % 26).unwrap_or(0);
            let times = usize::try_from((number - 1) / 26 + 1).unwrap_or(1);
            char::from(first + at).to_string().repeat(times)
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        for (format, number, expect) in [
            (Format::Decimal, 12, "12"),
            (Format::DecimalZero, 3, "03"),
            (Format::UpperRoman, 4, "IV"),
            (Format::UpperRoman, 1994, "MCMXCIV"),
            (Format::LowerRoman, 9, "ix"),
            (Format::UpperRoman, 0, "0"),
            (Format::LowerLetter, 1, "a"),
            (Format::UpperLetter, 26, "Z"),
            (Format::LowerLetter, 28, "bb"),
            (Format::LowerLetter, -1, "-1"),
            (Format::Bullet, 1, ""),
            (Format::LowerLetter, 100_000, "100000"),
        ] {
            assert_eq!(format.write(number), expect, "{format:?} {number}");
        }
    }
}
