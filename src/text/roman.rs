//! Roman numerals, as documents number their parts and word processors their lists.

/// The value of a Roman numeral up to 39, lower case; `None` for what is none.
pub fn roman(word: &str) -> Option<u32> {
    if word.is_empty() || word.len() > 7 {
        return None;
    }
    let mut values = Vec::with_capacity(word.len());
    for letter in word.chars() {
        values.push(match letter {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            _ => return None,
        });
    }
    let mut total = 0;
    for (i, value) in values.iter().enumerate() {
        if values.get(i + 1).is_some_and(|next| next > value) {
            total -= value;
        } else {
            total += value;
        }
    }
    let total = u32::try_from(total).ok()?;
    // Written back, it must be the same: "iiii" and "vx" are no numerals.
    (written(total) == word).then_some(total)
}

/// True for a Roman numeral up to 39 in capitals, as headings have it.
pub fn is_numeral(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_uppercase()) && roman(&text.to_lowercase()).is_some()
}

/// A number below 4000 as a Roman numeral, lower case.
pub fn written(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut left = number;
    let mut word = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            word.push_str(sign);
            left -= value;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals() {
        for (word, value) in [
            ("i", 1),
            ("iii", 3),
            ("iv", 4),
            ("ix", 9),
            ("xiv", 14),
            ("xxxix", 39),
        ] {
            assert_eq!(roman(word), Some(value), "{word}");
        }
        for word in ["", "iiii", "vx", "tu", "ivi"] {
            assert_eq!(roman(word), None, "{word}");
        }
    }

    #[test]
    fn numerals_in_capitals() {
        for good in ["I", "III", "IV", "V", "VIII", "IX", "X", "XIV", "XXXIX"] {
            assert!(is_numeral(good), "{good}");
        }
        for bad in ["", "IIII", "VV", "IXI", "C", "IVX", "XXXX", "iv", "Iv"] {
            assert!(!is_numeral(bad), "{bad}");
        }
    }
}
