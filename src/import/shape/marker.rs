//! What a paragraph begins with: “Chương II”, “Điều 5.”, “I.”, “1.”, “1.1.”, “a)”, “-”, “+”.

use crate::text::lower;
use crate::text::roman::is_numeral;

/// What a paragraph begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marker {
    /// “Phụ lục”, with its number if it has one.
    Annex(Option<String>),
    /// “Biểu số 3”: a form beside the annexes.
    Form(String),
    /// “Phần thứ nhất”, “Phần I”: the number as written.
    Part(String),
    /// “A.”
    Capital(String),
    /// “Chương II”.
    Chapter(String),
    /// “I.”
    Roman(String),
    /// “Mục 1”.
    Division(String),
    /// “Điều 5.”
    Article(String),
    /// A heading without a number.
    Title,
    /// “1.”, “1.1.”: without its last dot.
    Number(String),
    /// “a)”.
    Letter(char),
    /// “-”.
    Dash,
    /// “+”.
    Plus,
    /// A row over several columns of a table, a heading for the rows below.
    Group(Option<String>),
    /// A row of a table, by its number where the rows are numbered.
    Row(Option<String>),
    /// Nothing.
    None,
}

impl Marker {
    /// How deep it stands: a paragraph lies in the last one before it of a lesser rank.
    pub fn rank(&self) -> u8 {
        match self {
            Marker::Annex(_) | Marker::Form(_) => 0,
            Marker::Part(_) => 1,
            Marker::Capital(_) => 2,
            Marker::Chapter(_) => 3,
            Marker::Roman(_) | Marker::Title => 4,
            Marker::Division(_) => 5,
            Marker::Article(_) => 6,
            Marker::Number(number) => 7 + depth(number).min(3),
            Marker::Group(_) => 11,
            Marker::Row(_) => 12,
            Marker::Letter(_) => 13,
            Marker::Dash => 14,
            Marker::Plus => 15,
            Marker::None => 16,
        }
    }

    /// True for what stands after the end of the document proper.
    pub fn is_annex(&self) -> bool {
        matches!(self, Marker::Annex(_) | Marker::Form(_))
    }

    /// True for what is a heading wherever it stands.
    pub fn is_heading(&self) -> bool {
        self.rank() < 7 || matches!(self, Marker::Group(_))
    }

    /// Lists count among themselves: 1., 2., 3. and a), b), c) are two.
    pub fn same_list(&self, other: &Marker) -> bool {
        self.rank() == other.rank()
    }
}

/// Dots inside a number.
fn depth(number: &str) -> u8 {
    u8::try_from(number.matches('.').count()).unwrap_or(u8::MAX)
}

/// Makes a marker of a number.
type Numbered = fn(String) -> Marker;

/// Words before a number, as statutes write them, and what they make.
const KEYWORDS: [(&str, Numbered); 4] = [
    ("phần", Marker::Part),
    ("chương", Marker::Chapter),
    ("mục", Marker::Division),
    ("điều", Marker::Article),
];

const ORDINALS: [&str; 10] = [
    "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười",
];

/// Takes apart a paragraph: its marker, and its words without the marker.
pub fn read(text: &str) -> (Marker, &str) {
    keyword(text)
        .or_else(|| annex(text))
        .or_else(|| form(text))
        .or_else(|| bullet(text))
        .or_else(|| number(text))
        .or_else(|| letter(text))
        .or_else(|| capital(text))
        .unwrap_or((Marker::None, text))
}

/// The marker of a number that the word processor draws: “1.”, “Điều 1.”, “-”.
pub fn drawn(number: &str) -> Marker {
    let number = number.trim();
    let typed = match number.ends_with(['.', ')', ':', '-', '+', '–', '•', '*']) {
        true => format!("{number} x"),
        false => format!("{number}. x"),
    };
    match read(&typed) {
        // Whatever picture a bullet is, it is a bullet.
        (Marker::None, _) => Marker::Dash,
        (marker, _) => marker,
    }
}

/// “Điều 5. Phạm vi”, “CHƯƠNG II”, “Phần thứ nhất: …”. Within a sentence (“Điều 5 của Luật này”)
/// the number is followed by a small letter.
fn keyword(text: &str) -> Option<(Marker, &str)> {
    let (first, rest) = text.split_once(' ')?;
    let typed = lower(first);
    let (_, make) = KEYWORDS.iter().find(|(word, _)| *word == typed)?;
    if !first.starts_with(char::is_uppercase) {
        return None;
    }
    let (number, rest) = numeral(rest.trim_start())?;
    let words = rest.trim_start_matches(['.', ':', '-', '–', ' ', ')']);
    let closed = words.len() < rest.len() && !rest.starts_with(' ');
    let begins = words.is_empty() || words.starts_with(char::is_uppercase);
    (closed || begins).then(|| (make(number), words))
}

/// “5”, “5a”, “II”, “thứ nhất”, and what follows.
fn numeral(text: &str) -> Option<(String, &str)> {
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '-' | '–' | ')'))
        .unwrap_or(text.len());
    let (first, rest) = text.split_at(end);
    if lower(first) == "thứ" {
        let (_, second) = text.split_once(' ')?;
        let end = second
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(second.len());
        let (word, rest) = second.split_at(end);
        let known = ORDINALS.contains(&lower(word).as_str());
        return known.then(|| (format!("thứ {}", lower(word)), rest));
    }
    let digits = first.trim_end_matches(char::is_lowercase);
    let suffix = first[digits.len()..].chars().count();
    let decimal = !digits.is_empty()
        && digits.len() <= 3
        && digits.chars().all(|c| c.is_ascii_digit())
        && suffix <= 1;
    (decimal || is_numeral(first)).then(|| (first.to_owned(), rest))
}

/// “PHỤ LỤC”, “Phụ lục I”, “PHỤ LỤC 02: …”.
fn annex(text: &str) -> Option<(Marker, &str)> {
    const NAME: &str = "phụ lục";
    let end = text.char_indices().nth(NAME.chars().count());
    let end = end.map_or(text.len(), |(at, _)| at);
    let (name, rest) = text.split_at(end);
    if lower(name) != NAME || !name.starts_with('P') {
        return None;
    }
    let rest = rest.trim_start_matches([' ', ':', '.']);
    if rest.is_empty() {
        return Some((Marker::Annex(None), rest));
    }
    let capitals = !name.contains(char::is_lowercase);
    match numeral(rest.trim_start_matches("số ")) {
        Some((number, after)) => {
            let words = after.trim_start_matches(['.', ':', '-', '–', ' ', ')']);
            let begins = words.is_empty()
                || words.starts_with(['('])
                || words.starts_with(char::is_uppercase);
            begins.then_some((Marker::Annex(Some(number)), words))
        }
        None => capitals.then_some((Marker::Annex(None), rest)),
    }
}

/// “BIỂU SỐ 3”, “Biểu mẫu số 02: …”.
fn form(text: &str) -> Option<(Marker, &str)> {
    const NAMES: [&str; 3] = ["biểu mẫu số ", "biểu mẫu ", "biểu số "];
    let typed = lower(text);
    // Letters of these names keep their length in lower case.
    let name = NAMES.iter().find(|name| typed.starts_with(**name))?;
    let rest = text.get(name.len()..).filter(|_| text.starts_with('B'))?;
    let (number, after) = numeral(rest)?;
    let words = after.trim_start_matches(['.', ':', '-', '–', ' ', ')']);
    let begins =
        words.is_empty() || words.starts_with('(') || words.starts_with(char::is_uppercase);
    begins.then_some((Marker::Form(number), words))
}

fn bullet(text: &str) -> Option<(Marker, &str)> {
    let first = text.chars().next()?;
    let marker = match first {
        '-' | '–' | '•' | '*' | '−' | '—' | '\u{f0b7}' | '\u{f0a7}' | '▪' | '●' => {
            Marker::Dash
        }
        '+' | '○' | '◦' => Marker::Plus,
        _ => return None,
    };
    let rest = &text[first.len_utf8()..];
    let words = rest.trim_start();
    // “-Tăng cường” happens; “-5 độ”, “--”, “*” do not mark anything.
    let parted = words.len() < rest.len() || words.starts_with(char::is_uppercase);
    (parted && !words.is_empty()).then_some((marker, words))
}

/// “1.”, “1)”, “1-”, “1/”, “1.1.”, “1.1 ”; “II.”, “II-”.
fn number(text: &str) -> Option<(Marker, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '.')?;
    let (typed, rest) = text.split_at(end);
    let number = typed.trim_end_matches('.');
    let dotted = number.len() < typed.len();
    if is_numeral(number) {
        let words = after(rest, dotted)?;
        return Some((Marker::Roman(number.to_owned()), words));
    }
    let decimal = !number.is_empty()
        && number
            .split('.')
            .all(|part| (1..=3).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit()));
    if !decimal {
        return None;
    }
    // “1.1 Công tác” needs no last dot, but then a capital.
    let inner = number.contains('.') && rest.trim_start().starts_with(char::is_uppercase);
    let words = after(rest, dotted || inner)?;
    Some((Marker::Number(number.to_owned()), words))
}

/// What follows a number that ends with a dot, or with a bracket, a stroke or a dash.
fn after(rest: &str, dotted: bool) -> Option<&str> {
    if dotted {
        let words = rest.trim_start();
        return (words.len() < rest.len() && !words.is_empty()).then_some(words);
    }
    let rest = rest.strip_prefix([')', '-', '/', '–'])?;
    let words = rest.trim_start();
    // “1-Tăng cường” is a number, “28-CT/TW” is one whole.
    let mut letters = words.chars();
    let word = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase);
    let parted = words.len() < rest.len() || word;
    (parted && !words.is_empty()).then_some(words)
}

/// “a)”, “đ)”, “a.”, “a/”, “a-”.
fn letter(text: &str) -> Option<(Marker, &str)> {
    let letter = text.chars().next().filter(|c| c.is_lowercase())?;
    let rest = text[letter.len_utf8()..].strip_prefix([')', '.', '/', '-'])?;
    let words = rest.trim_start();
    (words.len() < rest.len() && !words.is_empty()).then_some((Marker::Letter(letter), words))
}

/// “A.”, “B -”: those that are no Roman numerals.
fn capital(text: &str) -> Option<(Marker, &str)> {
    let letter = text.chars().next().filter(|c| c.is_uppercase())?;
    let rest = text[letter.len_utf8()..].strip_prefix(['.', '-'])?;
    let words = rest.trim_start();
    let fits = words.len() < rest.len() && words.starts_with(char::is_uppercase);
    // A name has a letter with a dot too: “A. Nguyễn”; a heading goes on in capitals.
    let capitals = words
        .chars()
        .filter(|c| c.is_alphabetic())
        .take(6)
        .all(char::is_uppercase);
    (fits && capitals).then(|| (Marker::Capital(letter.to_string()), words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, marker: Marker, words: &str) {
        assert_eq!(read(text), (marker, words), "{text}");
    }

    #[track_caller]
    fn check_plain(text: &str) {
        check(text, Marker::None, text);
    }

    #[test]
    fn statutes() {
        let own = str::to_owned;
        check("Chương II", Marker::Chapter(own("II")), "");
        check("CHƯƠNG III. QUYỀN", Marker::Chapter(own("III")), "QUYỀN");
        check("Điều 5. Phạm vi", Marker::Article(own("5")), "Phạm vi");
        check("Điều 5a: Phạm vi", Marker::Article(own("5a")), "Phạm vi");
        check("Mục 1. A", Marker::Division(own("1")), "A");
        check("PHẦN I", Marker::Part(own("I")), "");
        check("Phần thứ nhất", Marker::Part(own("thứ nhất")), "");
        check("PHẦN THỨ HAI. B", Marker::Part(own("thứ hai")), "B");
        check("Phần thứ ba: C", Marker::Part(own("thứ ba")), "C");
        for plain in [
            "Điều 5 của Luật này",
            "Mục tiêu",
            "Phần mềm",
            "Mục đích, yêu cầu",
            "điều 5. x",
            "Phần lớn cán bộ",
        ] {
            check_plain(plain);
        }
    }

    #[test]
    fn numbers() {
        let own = str::to_owned;
        check("I. MỤC ĐÍCH", Marker::Roman(own("I")), "MỤC ĐÍCH");
        check("IV- NHIỆM VỤ", Marker::Roman(own("IV")), "NHIỆM VỤ");
        check("1. Việc", Marker::Number(own("1")), "Việc");
        check("1- Việc", Marker::Number(own("1")), "Việc");
        check("12) việc", Marker::Number(own("12")), "việc");
        check("1.1. việc", Marker::Number(own("1.1")), "việc");
        check("1.1 Việc", Marker::Number(own("1.1")), "Việc");
        check("2.1.3. Việc", Marker::Number(own("2.1.3")), "Việc");
        for plain in [
            "2024. Năm",
            "5 năm",
            "1.5 triệu",
            "15/3/2024",
            "1-2 lần",
            "28-CT/TW",
            "IIII. x",
            "I",
            "3.",
        ] {
            check_plain(plain);
        }
    }

    #[test]
    fn letters_and_bullets() {
        check("a) việc", Marker::Letter('a'), "việc");
        check("đ) việc", Marker::Letter('đ'), "việc");
        check("b. việc", Marker::Letter('b'), "việc");
        check("- việc", Marker::Dash, "việc");
        check("– việc", Marker::Dash, "việc");
        check("-Việc", Marker::Dash, "Việc");
        check("+ việc", Marker::Plus, "việc");
        check("A. TÌNH HÌNH", Marker::Capital("A".to_owned()), "TÌNH HÌNH");
        for plain in ["-5 độ", "-----", "*", "A. Nguyễn Văn", "a", "v.v."] {
            check_plain(plain);
        }
    }

    #[test]
    fn annexes() {
        check("PHỤ LỤC", Marker::Annex(None), "");
        check("Phụ lục I", Marker::Annex(Some("I".to_owned())), "");
        check(
            "PHỤ LỤC 02: BẢNG",
            Marker::Annex(Some("02".to_owned())),
            "BẢNG",
        );
        check("Biểu số 3", Marker::Form("3".to_owned()), "");
        check(
            "BIỂU MẪU SỐ 02: THEO DÕI",
            Marker::Form("02".to_owned()),
            "THEO DÕI",
        );
        check_plain("Biểu số 3 và các biểu khác");
        check_plain("Biểu dương");
        check("PHỤ LỤC DANH MỤC", Marker::Annex(None), "DANH MỤC");
        check_plain("Phụ lục kèm theo Kế hoạch này");
        check_plain("phụ lục");
    }

    #[test]
    fn what_a_word_processor_draws() {
        for (number, marker) in [
            ("1.", Marker::Number("1".to_owned())),
            ("1.2", Marker::Number("1.2".to_owned())),
            ("III.", Marker::Roman("III".to_owned())),
            ("a)", Marker::Letter('a')),
            ("-", Marker::Dash),
            ("+", Marker::Plus),
            ("", Marker::Dash),
            ("Điều 3.", Marker::Article("3".to_owned())),
            ("Chương II", Marker::Chapter("II".to_owned())),
        ] {
            assert_eq!(drawn(number), marker, "{number}");
        }
    }
}
