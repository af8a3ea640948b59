//! Names of units in running text and in the cells of tables: where one begins, where it ends.

use crate::text::lower;

/// Words that begin a name whatever follows.
const FREE: [&str; 36] = [
    "ủy ban",
    "uỷ ban",
    "ubnd",
    "hđnd",
    "mttq",
    "hội đồng",
    "công an",
    "mặt trận tổ quốc",
    "đảng đoàn",
    "ban cán sự đảng",
    "văn phòng",
    "tỉnh ủy",
    "thành ủy",
    "huyện ủy",
    "thị ủy",
    "quận ủy",
    "đảng ủy",
    "cấp ủy",
    "thường trực",
    "ban chỉ đạo",
    "ban thường vụ",
    "nhà trường",
    "tỉnh đoàn",
    "huyện đoàn",
    "liên minh hợp tác xã",
    "bộ đội biên phòng",
    "bộ chỉ huy",
    "đoàn thanh niên",
    "tòa án nhân dân",
    "viện kiểm sát",
    "bảo hiểm xã hội",
    "ngân hàng",
    "kho bạc",
    "bưu điện",
    "đoàn đại biểu quốc hội",
    "chủ tịch ubnd",
];

/// Words that begin a name when a capital follows: “Sở Y tế”, but “Ban hành”, “Báo cáo”.
const BEFORE_CAPITALS: [&str; 21] = [
    "ban",
    "bộ",
    "sở",
    "hội",
    "đoàn",
    "báo",
    "đài",
    "phòng",
    "trường",
    "cục",
    "chi cục",
    "viện",
    "tòa án",
    "thanh tra",
    "trung tâm",
    "liên đoàn",
    "bệnh viện",
    "trạm",
    "quỹ",
    "học viện",
    "tổng cục",
];

/// What “các …” may name.
const MANY: [&str; 20] = [
    "sở",
    "ban",
    "cơ quan",
    "cấp",
    "đơn vị",
    "địa phương",
    "tổ chức",
    "huyện",
    "xã",
    "phường",
    "trường",
    "đồng chí",
    "thành viên",
    "doanh nghiệp",
    "ngành",
    "phòng",
    "chi bộ",
    "đoàn thể",
    "đảng bộ",
    "đảng ủy",
];

/// What a unit does, in small letters: a name ends before it.
const VERBS: &[&str] = &[
    "chủ trì",
    "chủ động",
    "phối hợp",
    "chịu trách nhiệm",
    "có trách nhiệm",
    "có nhiệm vụ",
    "tham mưu",
    "chỉ đạo",
    "lãnh đạo",
    "theo dõi",
    "xây dựng",
    "tổ chức",
    "hướng dẫn",
    "ban hành",
    "bố trí",
    "rà soát",
    "tăng cường",
    "thực hiện",
    "căn cứ",
    "đẩy mạnh",
    "vận động",
    "tuyên truyền",
    "kiểm tra",
    "giám sát",
    "đôn đốc",
    "cụ thể hóa",
    "triển khai",
    "tiếp tục",
    "nghiên cứu",
    "đề xuất",
    "cân đối",
    "bảo đảm",
    "đảm bảo",
    "lồng ghép",
    "quán triệt",
    "phổ biến",
    "đăng tải",
    "định kỳ",
    "thường xuyên",
    "tổng hợp",
    "báo cáo",
    "quản lý",
    "cung cấp",
    "hỗ trợ",
    "duy trì",
    "phát động",
    "phát huy",
    "giúp",
    "thẩm định",
    "lập",
    "cử",
    "tập trung",
    "nâng cao",
    "khảo sát",
    "đánh giá",
    "bồi dưỡng",
    "huy động",
    "phân công",
    "nhân rộng",
    "phòng ngừa",
    "tiếp nhận",
    "công bố",
    "kịp thời",
    "ưu tiên",
    "đưa",
    "mở",
    "xử lý",
    "phát hiện",
    "ngăn chặn",
    "điều tra",
    "tham gia",
    "tiến hành",
    "thành lập",
    "đổi mới",
    "phân bổ",
    "giải quyết",
    "phản ánh",
    "chấn chỉnh",
    "củng cố",
    "mở rộng",
    "khuyến khích",
    "đầu tư",
    "sửa chữa",
    "lắp đặt",
    "thu thập",
    "thống kê",
    "cập nhật",
    "ứng dụng",
    "chuyển giao",
    "tư vấn",
];

/// Words after which a verb is a noun: “các tổ chức”.
const BEFORE_NOUNS: [&str; 6] = ["các", "những", "mọi", "công tác", "việc", "trung tâm"];

/// Names longer than this many words are sentences.
const LONGEST: usize = 45;

/// Whether a text begins with the name of a unit.
pub fn begins(text: &str) -> bool {
    let typed = lower(text);
    let starts = |word: &str| {
        typed
            .strip_prefix(word)
            .filter(|rest| rest.is_empty() || rest.starts_with(|c: char| !c.is_alphabetic()))
    };
    let many = || {
        let rest = starts("các").or_else(|| starts("những"))?;
        let rest = rest.trim_start();
        MANY.iter().find(|word| {
            rest.strip_prefix(**word)
                .is_some_and(|after| !after.starts_with(char::is_alphabetic))
        })
    };
    let capital = |word: &str| {
        let after = starts(word)?;
        let next = text.get(text.len() - after.len()..)?.trim_start();
        next.starts_with(char::is_uppercase).then_some(())
    };
    FREE.iter().any(|word| starts(word).is_some())
        || many().is_some()
        || BEFORE_CAPITALS.iter().any(|word| capital(word).is_some())
}

/// Where in a text the first verb from `from` on begins.
pub fn verb(text: &str, from: usize) -> Option<usize> {
    VERBS
        .iter()
        .filter_map(|verb| {
            let found = text
                .get(from..)?
                .match_indices(verb)
                .map(|(at, _)| from + at);
            found
                .into_iter()
                .find(|at| stands_alone(text, *at, verb.len()))
        })
        .min()
}

/// Whether what stands at `at` is a whole word, and a verb there.
fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let (before, after) = (&text[..at], &text[at + length..]);
    let whole =
        before.ends_with([' ', ',', ';', ':', '(']) && !after.starts_with(char::is_alphanumeric);
    let before = lower(before.trim_end());
    let noun = BEFORE_NOUNS.iter().any(|word| {
        before.ends_with(word)
            && !before[..before.len() - word.len()].ends_with(char::is_alphanumeric)
    });
    (whole || at == 0) && !noun
}

/// The unit or units that a sentence begins with, and where what they do begins.
pub fn subject(text: &str) -> Option<(&str, usize)> {
    let start = led_in(text);
    let rest = &text[start..];
    if !begins(rest) {
        return None;
    }
    let end = verb(text, start).filter(|end| *end > start)?;
    let name = text[start..end].trim().trim_end_matches([',', ':', ' ']);
    let fits = name.split_whitespace().count() <= LONGEST && !name.contains(". ");
    (fits && !name.is_empty()).then_some((name, end))
}

/// The unit or units that a heading names: “Sở Y tế”, “Trách nhiệm của Sở Y tế:”.
pub fn heading(text: &str) -> Option<&str> {
    let start = led_in(text);
    let rest = text[start..].trim_end_matches([':', '.', ' ', ';']);
    if !begins(rest) {
        return None;
    }
    let end = verb(rest, 0).filter(|end| *end > 0).unwrap_or(rest.len());
    let name = rest[..end].trim().trim_end_matches([',', ':', ' ', '(']);
    (name.split_whitespace().count() <= LONGEST).then_some(name)
}

/// What leads in to a name: “Giao Ban Tuyên giáo …”.
fn led_in(text: &str) -> usize {
    const LEADS: [&str; 12] = [
        "Giao cho ",
        "Giao ",
        "Đề nghị ",
        "Yêu cầu ",
        "Phân công ",
        "Trách nhiệm của ",
        "Nhiệm vụ của ",
        "Đối với ",
        "Trách nhiệm ",
        "Nhiệm vụ ",
        "Đồng chí ",
        "Đảng bộ và ",
    ];
    LEADS
        .iter()
        .find(|lead| text.starts_with(**lead))
        .map_or(0, |lead| lead.len())
}

/// The units of a list: “Sở Y tế, Sở Văn hóa, Thể thao và Du lịch và Công an tỉnh” are three.
pub fn list(text: &str) -> Vec<&str> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for parting in [", ", "; ", " và ", " / ", ","] {
        for (at, found) in text.match_indices(parting) {
            if begins(text[at + found.len()..].trim_start()) {
                cuts.push((at, at + found.len()));
            }
        }
    }
    cuts.sort_unstable();
    let mut names = Vec::new();
    let mut start = 0;
    for (end, next) in cuts {
        if end >= start {
            names.push(&text[start..end]);
            start = next;
        }
    }
    names.push(&text[start..]);
    let mut found: Vec<&str> = Vec::new();
    for name in names {
        let name = name
            .trim_matches([' ', ',', ';', '.', '-', '/', ':'])
            .trim_start_matches("và ");
        if name.chars().count() > 1 && !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// Other names of a unit: what is commonly shortened in it.
pub fn aliases(name: &str) -> Vec<String> {
    const SHORT: [(&str, &str); 6] = [
        ("Ủy ban nhân dân", "UBND"),
        ("Hội đồng nhân dân", "HĐND"),
        ("Mặt trận Tổ quốc Việt Nam", "MTTQ"),
        ("Mặt trận Tổ quốc", "MTTQ"),
        ("Thành phố", "TP"),
        ("Trung ương", "TW"),
    ];
    let mut aliases: Vec<String> = Vec::new();
    for (long, short) in SHORT {
        let other = if name.contains(long) {
            name.replace(long, short)
        } else if name.split(' ').any(|word| word == short) {
            name.replace(short, long)
        } else {
            continue;
        };
        if !aliases.contains(&other) {
            aliases.push(other);
        }
    }
    aliases.extend(initials(name));
    aliases.extend(without_level(name));
    aliases
}

/// “Hội Liên hiệp Phụ nữ tỉnh” is the only one of its name in a province's document.
fn without_level(name: &str) -> Option<String> {
    let short = name
        .strip_suffix(" tỉnh")
        .or_else(|| name.strip_suffix(" Tỉnh ủy"))?;
    let fits = short.split(' ').count() >= 3 && !name.starts_with("Các ") && begins(short);
    fits.then(|| short.to_owned())
}

/// “Sở Giáo dục và Đào tạo” is “Sở GDĐT”.
fn initials(name: &str) -> Option<String> {
    let (kind, rest) = name.split_once(' ')?;
    let words: Vec<&str> = rest
        .split([' ', ',', '-', '–'])
        .filter(|word| !word.is_empty() && *word != "và")
        .collect();
    let plain = words
        .iter()
        .all(|word| word.chars().all(char::is_alphabetic));
    if !matches!(kind, "Sở" | "Bộ") || words.len() < 3 || !plain {
        return None;
    }
    let initials: String = words
        .iter()
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    Some(format!("{kind} {initials}"))
}

/// Where a unit stands in the state, by its name.
pub fn level(name: &str) -> &'static str {
    let typed = format!(" {} ", lower(name).replace([',', ';', '(', ')'], " "));
    let has = |words: &[&str]| {
        words
            .iter()
            .any(|word| typed.contains(&format!(" {word} ")))
    };
    // What is said of units of two levels belongs to none.
    let many = typed.starts_with(" các ") || typed.starts_with(" những ");
    if has(&["trung ương", "chính phủ", "quốc hội"])
        || (typed.starts_with(" bộ ") && !has(&["chỉ huy", "đội"]))
    {
        "trung-uong"
    } else if many && has(&["cấp"]) {
        "chung"
    } else if has(&["xã", "phường", "thị trấn"]) && !has(&["hợp tác xã", "thị xã", "bảo hiểm xã"])
    {
        "xa"
    } else if has(&["huyện", "quận", "thị xã", "huyện ủy", "thị ủy", "quận ủy"])
    {
        "huyen"
    } else if has(&["tỉnh", "tỉnh ủy", "sở", "tỉnh đoàn"]) {
        "tinh"
    } else {
        "chung"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_name_and_what_is_not() {
        for name in [
            "Sở Y tế",
            "các sở, ban, ngành",
            "Ban Tuyên giáo",
            "UBND xã",
            "Công an tỉnh",
            "Các cấp ủy",
            "Hội Nông dân",
            "Ủy ban nhân dân",
        ] {
            assert!(begins(name), "{name}");
        }
        for other in [
            "Ban hành",
            "Báo cáo",
            "Hội nghị",
            "Các hoạt động",
            "Trường hợp",
            "Phòng ngừa",
            "Sở dĩ",
            "Thanh tra việc",
            "Bộ máy",
        ] {
            assert!(!begins(other), "{other}");
        }
    }

    #[track_caller]
    fn check_subject(text: &str, expect: Option<(&str, &str)>) {
        assert_eq!(subject(text).map(|(name, at)| (name, &text[at..])), expect);
    }

    #[test]
    fn who_a_sentence_is_about() {
        check_subject(
            "Giao Ban Tuyên giáo Tỉnh ủy theo dõi việc thực hiện",
            Some(("Ban Tuyên giáo Tỉnh ủy", "theo dõi việc thực hiện")),
        );
        check_subject(
            "Các ban, Mặt trận và các tổ chức chính trị tỉnh; thành ủy tổ chức phổ biến",
            Some((
                "Các ban, Mặt trận và các tổ chức chính trị tỉnh; thành ủy",
                "tổ chức phổ biến",
            )),
        );
        check_subject(
            "Sở Xây dựng rà soát quỹ đất",
            Some(("Sở Xây dựng", "rà soát quỹ đất")),
        );
        check_subject("Tổ chức tốt các phong trào", None);
        check_subject("Ban hành kế hoạch", None);
    }

    #[test]
    fn who_a_heading_is_about() {
        assert_eq!(heading("Sở Y tế:"), Some("Sở Y tế"));
        assert_eq!(heading("Trách nhiệm của Sở Y tế"), Some("Sở Y tế"));
        assert_eq!(
            heading("Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh chủ trì:"),
            Some("Ủy ban Mặt trận Tổ quốc tỉnh")
        );
        assert_eq!(heading("Mục đích"), None);
    }

    #[test]
    fn lists_of_names() {
        for (text, expect) in [
            ("Sở Y tế", vec!["Sở Y tế"]),
            (
                "Sở Văn hóa, Thể thao và Du lịch, Công an tỉnh; UBND các huyện, thành phố",
                vec![
                    "Sở Văn hóa, Thể thao và Du lịch",
                    "Công an tỉnh",
                    "UBND các huyện, thành phố",
                ],
            ),
            (
                "Sở Giáo dục và Đào tạo và các sở, ban, ngành liên quan",
                vec!["Sở Giáo dục và Đào tạo", "các sở, ban, ngành liên quan"],
            ),
            ("", vec![]),
        ] {
            assert_eq!(list(text), expect, "{text}");
        }
    }

    #[test]
    fn short_names_and_levels() {
        assert_eq!(aliases("Sở Giáo dục và Đào tạo"), ["Sở GDĐT"]);
        assert_eq!(aliases("UBND xã"), ["Ủy ban nhân dân xã"]);
        assert_eq!(aliases("Hội Nông dân tỉnh"), ["Hội Nông dân"]);
        assert_eq!(aliases("Công an tỉnh"), Vec::<String>::new());
        assert_eq!(aliases("Sở Y tế"), Vec::<String>::new());
        for (name, expect) in [
            ("Sở Y tế", "tinh"),
            ("UBND các xã, phường", "xa"),
            ("Huyện ủy", "huyen"),
            ("Ban Tuyên giáo Trung ương", "trung-uong"),
            ("Bộ Chỉ huy Quân sự tỉnh", "tinh"),
            ("Các cấp ủy", "chung"),
            ("Nhà trường", "chung"),
        ] {
            assert_eq!(level(name), expect, "{name}");
        }
    }
}
