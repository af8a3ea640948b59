//! Names set in capitals, as letterheads and signatures have them, written as a text writes them:
//! “ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA” → “Ủy ban nhân dân tỉnh Khánh Hòa”.

use crate::text::{is_syllable, lower};

/// Words after which a place's name follows, every syllable of which is capital.
const BEFORE_PLACES: [&str; 14] = [
    "tỉnh",
    "thành phố",
    "huyện",
    "thị xã",
    "quận",
    "xã",
    "phường",
    "thị trấn",
    "đặc khu",
    "tỉnh ủy",
    "thành ủy",
    "huyện ủy",
    "quận ủy",
    "thị ủy",
];

/// Kinds of bodies whose own name begins with a capital: “Sở Y tế”, “Ban Tuyên giáo”.
const KINDS: [&str; 14] = [
    "ban",
    "bộ",
    "sở",
    "hội",
    "cục",
    "vụ",
    "viện",
    "phòng",
    "đoàn",
    "văn phòng",
    "tổng cục",
    "chi cục",
    "trung tâm",
    "liên đoàn",
];

/// Words that begin like a kind of body and are none.
const NO_BODIES: [(&str, &str); 19] = [
    ("ban", "hành"),
    ("bộ", "máy"),
    ("hội", "nghị"),
    ("hội", "thảo"),
    ("hội", "thi"),
    ("hội", "nhập"),
    ("hội", "đồng"),
    ("vụ", "việc"),
    ("đoàn", "kết"),
    ("viện", "trợ"),
    ("phòng", "chống"),
    ("phòng", "ngừa"),
    ("phòng", "cháy"),
    ("phòng", "bệnh"),
    ("phòng", "dịch"),
    ("phòng", "hộ"),
    ("phòng", "thủ"),
    ("ban", "nhân"),
    ("sở", "hữu"),
];

/// Words that are always written so.
const FIXED: [(&str, &str); 22] = [
    ("hội đồng nhân dân", "hội đồng nhân dân"),
    ("hội đồng", "hội đồng"),
    ("trung ương", "Trung ương"),
    ("việt nam", "Việt Nam"),
    ("mặt trận tổ quốc", "Mặt trận Tổ quốc"),
    ("chính phủ", "Chính phủ"),
    ("quốc hội", "Quốc hội"),
    ("đảng", "Đảng"),
    ("bí thư", "Bí thư"),
    ("chủ tịch", "Chủ tịch"),
    ("giám đốc", "Giám đốc"),
    ("trưởng ban", "Trưởng ban"),
    ("chánh văn phòng", "Chánh Văn phòng"),
    ("thường trực", "Thường trực"),
    ("bộ trưởng", "Bộ trưởng"),
    ("thủ tướng", "Thủ tướng"),
    ("tổng bí thư", "Tổng Bí thư"),
    ("thể thao", "Thể thao"),
    ("du lịch", "Du lịch"),
    ("đào tạo", "Đào tạo"),
    ("dân vận", "Dân vận"),
    ("xã hội", "Xã hội"),
];

/// The name in the letters of a text. What is not in capitals stays as it is.
pub fn written(name: &str) -> String {
    if !super::line::is_capitals(name) {
        return name.to_owned();
    }
    let typed = lower(name);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    let mut place = false;
    let mut named = false;
    while at < words.len() {
        let rest = &words[at..];
        if let Some((count, written)) = fixed(rest).filter(|_| !place) {
            out.extend(written.split(' ').map(str::to_owned));
            at += count;
            named = false;
            continue;
        }
        let count = BEFORE_PLACES
            .iter()
            .filter_map(|phrase| starts(rest, phrase))
            .max();
        if let Some(count) = count.filter(|count| at + count < words.len() && !place) {
            out.extend(rest[..count].iter().map(|word| (*word).to_owned()));
            at += count;
            // What follows “huyện ủy” may be a place or “và …”: a name has no small words.
            place = true;
            continue;
        }
        let word = words[at];
        if is_abbreviation(word) {
            out.push(word.to_uppercase());
            named = false;
        } else if place || named {
            out.push(capitalised(word));
            named = false;
        } else {
            // “phòng, chống” is no “Phòng Chống” either.
            let next = rest.get(1).filter(|_| !word.ends_with(','));
            named = next
                .is_some_and(|next| KINDS.contains(&word) && !NO_BODIES.contains(&(word, *next)));
            out.push(match named {
                true => capitalised(word),
                false => word.to_owned(),
            });
        }
        at += 1;
    }
    let mut written = out.join(" ");
    if let Some(first) = written.chars().next() {
        written.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    written
}

/// “ubnd”: letters that no syllable is made of.
fn is_abbreviation(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    letters > 1 && word.chars().all(char::is_alphabetic) && !is_syllable(word)
}

fn fixed(words: &[&str]) -> Option<(usize, &'static str)> {
    FIXED
        .iter()
        .filter_map(|(phrase, written)| Some((starts(words, phrase)?, *written)))
        .max_by_key(|(count, _)| *count)
}

/// How many words the phrase has, if the words begin with it.
fn starts(words: &[&str], phrase: &str) -> Option<usize> {
    let count = phrase.split(' ').count();
    let same = words.len() >= count && phrase.split(' ').zip(words).all(|(a, b)| a == *b);
    same.then_some(count)
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letterheads_and_offices() {
        for (name, expect) in [
            ("TỈNH ỦY LÂM ĐỒNG", "Tỉnh ủy Lâm Đồng"),
            (
                "ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA",
                "Ủy ban nhân dân tỉnh Khánh Hòa",
            ),
            (
                "HỘI ĐỒNG NHÂN DÂN XÃ SÔNG XANH",
                "Hội đồng nhân dân xã Sông Xanh",
            ),
            ("BAN CHẤP HÀNH TRUNG ƯƠNG", "Ban Chấp hành Trung ương"),
            ("BAN TUYÊN GIÁO TRUNG ƯƠNG", "Ban Tuyên giáo Trung ương"),
            ("BỘ CHÍNH TRỊ", "Bộ Chính trị"),
            ("SỞ Y TẾ", "Sở Y tế"),
            (
                "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",
                "Sở Văn hóa, Thể thao và Du lịch",
            ),
            ("PHÓ BÍ THƯ", "Phó Bí thư"),
            ("PHÓ BÍ THƯ THƯỜNG TRỰC", "Phó Bí thư Thường trực"),
            ("PHÓ CHỦ TỊCH", "Phó Chủ tịch"),
            ("CHÁNH VĂN PHÒNG", "Chánh Văn phòng"),
            ("Ban Thường vụ", "Ban Thường vụ"),
            ("CỦA BỘ CHÍNH TRỊ", "Của Bộ Chính trị"),
            ("VỀ VIỆC BAN HÀNH QUY CHẾ", "Về việc ban hành quy chế"),
            ("PHÒNG, CHỐNG BẠO LỰC", "Phòng, chống bạo lực"),
            ("TĂNG CƯỜNG PHÒNG CHÁY RỪNG", "Tăng cường phòng cháy rừng"),
            ("UBND TỈNH KHÁNH HÒA", "UBND tỉnh Khánh Hòa"),
            ("", ""),
        ] {
            assert_eq!(written(name), expect);
        }
    }
}
