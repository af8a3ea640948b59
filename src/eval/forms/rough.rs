//! Rougher ways to type than the ten: half of the diacritics, two words run together, a letter held
//! down, speech typed by a machine, pictures between words, a capital where the keyboard put one.

use super::marks;
use super::rng::Rng;

/// Words shorter than this are left whole.
const SHORTEST: usize = 3;

/// About half of the words without their diacritics.
pub fn half_marks(text: &str, id: &str) -> String {
    let mut rng = Rng::of(id);
    each_word(text, |word| match rng.below(2) {
        0 => marks::bare(word),
        _ => word.to_owned(),
    })
}

/// One blank left out between two words of letters.
pub fn glued(text: &str, id: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let letters = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
    let gaps: Vec<usize> = (1..words.len())
        .filter(|at| letters(words[at - 1]) && letters(words[*at]))
        .filter(|at| words[at - 1].chars().count() + words[*at].chars().count() >= 2 * SHORTEST)
        .collect();
    if gaps.is_empty() {
        return text.to_owned();
    }
    let gap = *Rng::of(id).pick(&gaps);
    format!("{}{}", words[..gap].join(" "), words[gap..].join(" "))
}

/// The last letter of one word held down.
pub fn held(text: &str, id: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let fits =
        |word: &&str| word.chars().count() >= SHORTEST && word.chars().all(|c| c.is_lowercase());
    let long: Vec<usize> = (0..words.len()).filter(|at| fits(&words[*at])).collect();
    if long.is_empty() {
        return text.to_owned();
    }
    let chosen = *Rng::of(id).pick(&long);
    let hold = |(at, word): (usize, &&str)| match word.chars().last() {
        Some(last) if at == chosen => format!("{word}{last}{last}"),
        _ => (*word).to_owned(),
    };
    let held: Vec<String> = words.iter().enumerate().map(hold).collect();
    held.join(" ")
}

/// As a machine types what is said: no marks of punctuation, small letters, a filler before.
pub fn spoken(text: &str, id: &str) -> String {
    const FILLERS: [&str; 4] = ["ờ", "à ừm", "dạ", "ừ thì"];
    let kept = |c: char| {
        if ",.?!;:“”\"…".contains(c) {
            ' '
        } else {
            c
        }
    };
    // A point between numbers is said, and typed: "III.4".
    let letters: Vec<char> = text.chars().collect();
    let plain: String = letters
        .iter()
        .enumerate()
        .map(|(at, c)| {
            let inside = at > 0
                && letters
                    .get(at + 1)
                    .is_some_and(|next| next.is_alphanumeric());
            if *c == '.' && inside { *c } else { kept(*c) }
        })
        .collect();
    let words: Vec<String> = plain.split_whitespace().map(spoken_word).collect();
    format!("{} {}", Rng::of(id).pick(&FILLERS), words.join(" "))
}

/// Numbers of documents and places stay as they are written.
fn spoken_word(word: &str) -> String {
    let number =
        word.chars().any(|c| c.is_ascii_digit()) || word.chars().all(|c| "IVXLC".contains(c));
    if number {
        word.to_owned()
    } else {
        word.to_lowercase()
    }
}

/// Pictures before, after and for the last mark of punctuation.
pub fn pictures(text: &str, id: &str) -> String {
    const PICTURES: [&str; 5] = ["🙏", "😢", "👶", "❤️", "🤔"];
    let mut rng = Rng::of(id);
    let (before, after) = (*rng.pick(&PICTURES), *rng.pick(&PICTURES));
    format!(
        "{before} {} {after}{after}",
        text.trim_end_matches(['?', '.', '!'])
    )
}

/// A capital at the beginning of every word, as some keyboards put it after a point.
pub fn title_case(text: &str) -> String {
    each_word(text, |word| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| {
            first.to_uppercase().chain(letters).collect()
        })
    })
}

fn each_word(text: &str, mut change: impl FnMut(&str) -> String) -> String {
    let words: Vec<String> = text.split(' ').map(&mut change).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Xã phải làm gì, theo mục III.4?";

    #[test]
    fn half_of_the_marks() {
        let half = half_marks("được giao việc này phải báo cáo ở đâu và khi nào", "a");
        assert_ne!(half, marks::bare(&half));
        assert_ne!(marks::bare(&half), half);
    }

    #[test]
    fn one_blank_less() {
        let glued = glued(TEXT, "a");
        assert_eq!(glued.split(' ').count() + 1, TEXT.split(' ').count());
        assert_eq!(glued.replace(' ', ""), TEXT.replace(' ', ""));
    }

    #[test]
    fn a_letter_held() {
        assert_eq!(held("xã phải", "a"), "xã phảiii");
    }

    #[test]
    fn typed_by_a_machine() {
        assert!(spoken(TEXT, "a").ends_with(" xã phải làm gì theo mục III.4"));
    }

    #[test]
    fn pictures_around() {
        assert!(!pictures(TEXT, "a").contains('?'));
        assert!(pictures(TEXT, "a").contains("Xã phải làm gì, theo mục III.4 "));
    }

    #[test]
    fn capitals() {
        assert_eq!(title_case("đơn vị tôi"), "Đơn Vị Tôi");
    }
}
