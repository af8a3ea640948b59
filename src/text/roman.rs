//! Roman numerals, as documents number their parts.

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
    (to_roman(total) == word).then_some(total)
}

fn to_roman(mut value: u32) -> String {
    let mut word = String::new();
    for (unit, letters) in [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")] {
        while value >= unit {
            word.push_str(letters);
            value -= unit;
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
}
