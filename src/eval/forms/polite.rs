//! A question wrapped in politeness, as one asks an office.

use super::rng::Rng;

const WRAPPINGS: [(&str, &str); 4] = [
    ("Cho em hỏi ", " ạ"),
    ("Dạ cho em hỏi ", " ạ?"),
    ("Anh chị cho em hỏi với ạ, ", "?"),
    ("Xin cho tôi hỏi ", " ạ, xin cảm ơn"),
];
const SMALL_TALK: (&str, &str) = ("Dạ ", " ạ");

/// The question in a wrapping drawn from its id.
pub fn polite(question: &str, id: &str, small_talk: bool) -> String {
    let (before, after) = if small_talk {
        SMALL_TALK
    } else {
        *Rng::of(id).pick(&WRAPPINGS)
    };
    let question = question.trim().trim_end_matches(['?', '.', '!']).trim_end();
    format!("{before}{}{after}", uncapped(question))
}

/// Lower case at the start, unless it begins with an abbreviation.
fn uncapped(question: &str) -> String {
    let mut letters = question.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let rest = letters.as_str();
    if rest
        .chars()
        .next()
        .is_some_and(|second| second.is_uppercase() || second.is_numeric())
    {
        return question.to_owned();
    }
    first.to_lowercase().chain(rest.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped() {
        let all: Vec<_> = (0..40)
            .map(|id| polite("Ai ký?", &id.to_string(), false))
            .collect();
        for expect in [
            "Cho em hỏi ai ký ạ",
            "Dạ cho em hỏi ai ký ạ?",
            "Anh chị cho em hỏi với ạ, ai ký?",
            "Xin cho tôi hỏi ai ký ạ, xin cảm ơn",
        ] {
            assert!(all.contains(&expect.to_owned()), "{expect}");
        }
    }

    #[test]
    fn abbreviations_and_small_talk() {
        assert!(polite("UBND xã làm gì?", "1", false).contains(" UBND xã"));
        assert_eq!(polite("Cảm ơn!", "1", true), "Dạ cảm ơn ạ");
        assert_eq!(polite("", "1", true), "Dạ  ạ");
    }
}
