//! Everything in the corpus checked against everything else: what reading one file cannot see.

mod characters;
mod lexicon;
mod names;
mod syllables;
mod validity;

use super::{Corpus, Problem};

/// All cross-checks, sorted by file and line. What reading found is not repeated;
/// [`Corpus::problems`] has both.
pub fn check(corpus: &Corpus) -> Vec<Problem> {
    let mut problems = Vec::new();
    characters::check(corpus, &mut problems);
    syllables::check(corpus, &mut problems);
    names::check(corpus, &mut problems);
    lexicon::check(corpus, &mut problems);
    validity::check(corpus, &mut problems);
    problems.sort();
    problems
}

#[cfg(test)]
mod tests {
    use super::super::sample::{FRONT_MATTER, lines, with_body};

    #[track_caller]
    fn check(body: &str, tables: &[(&str, &str)], expect: &[&str]) {
        let (corpus, reading) = with_body(body, tables);
        assert_eq!(reading, []);
        assert_eq!(lines(&super::check(&corpus)), expect);
    }

    /// A problem on that line of the body.
    fn at(line: usize, what: &str) -> String {
        format!("kh.md:{}: {what}", FRONT_MATTER + line)
    }

    #[test]
    fn a_sound_corpus_has_no_problems() {
        check(
            "## I. A\n- Bảo vệ trẻ em, XH1, II, 3190/KH-UBND, 109-KH/TU, b.\n",
            &[],
            &[],
        );
    }

    #[test]
    fn characters() {
        let decomposed = "tr\u{65}\u{309} em";
        let body = format!("## I. A\n- {decomposed}\n- {decomposed}\n- tr\u{200b}ẻ\u{7} em\n");
        let tables = [("tu-dien.toml", "# tre\u{309}\n")];
        check(
            &body,
            &tables,
            &[
                &at(
                    2,
                    "chữ tách rời dấu (không phải NFC) ở 2 dòng, đầu tiên là dòng này",
                ),
                &at(4, "ký tự không nhìn thấy được: U+0007"),
                &at(4, "ký tự không nhìn thấy được: U+200B"),
                "tu-dien.toml:1: chữ tách rời dấu (không phải NFC) ở 1 dòng, đầu tiên là dòng này",
            ],
        );
    }

    #[test]
    fn syllables() {
        let body = "## I. A\n- bảo vệ trẻ em đưọc được\n- OCR cac đưọc xyzt ubnd\n";
        let tables = [(
            "tu-dien.toml",
            "[foreign]\nwords=['OCR']\n[[abbreviation]]\nshort='ubnd'\nlong='ủy ban'\n",
        )];
        let (corpus, _) = with_body(body, &tables);
        let problems = super::check(&corpus);
        assert_eq!(
            lines(&problems),
            [
                at(2, "“đưọc” không phải âm tiết tiếng Việt"),
                at(3, "“cac” không phải âm tiết tiếng Việt"),
                at(3, "“xyzt” không phải âm tiết tiếng Việt"),
            ]
        );
        let hints: Vec<_> = problems
            .iter()
            .filter_map(|problem| problem.hint.as_deref())
            .collect();
        assert_eq!(hints[0], "có phải là “được”?");
        assert_eq!(
            hints[2],
            "nếu là chữ nước ngoài hay chữ viết tắt, thêm vào [foreign] trong tu-dien.toml"
        );
    }

    #[test]
    fn official_phrases() {
        let table = "[[concept]]\nid='a'\nofficial=['Trẻ em', 'bạo lực',\n'tre em']\neveryday=['con nít']\n";
        check(
            "## I. A\n- Bảo vệ trẻ em.\n",
            &[("tu-dien.toml", table)],
            &[
                "tu-dien.toml:3: khái niệm “a”: không văn bản nào có “bạo lực”",
                "tu-dien.toml:4: khái niệm “a”: không văn bản nào có “tre em”",
            ],
        );
    }

    #[test]
    fn phrases_of_the_lexicon_that_can_never_be_found() {
        let table = "[[abbreviation]]\nshort=['ko', 'k']\nlong='không'\n\
                     [[abbreviation]]\nshort='K'\nlong='ca'\n\
                     [[concept]]\nid='a'\nofficial='trẻ em'\n\
                     everyday=['con nít', 'ko', 'con ko ngoan', 'Con  nít', '…']\n\
                     [[concept]]\nid='b'\nofficial='bảo vệ'\nnot=['con nít', 'con nịt']\n\
                     [[concept]]\nid='c'\nofficial='kế hoạch'\n[[concept]]\nid='d'\n\
                     [[concept]]\nid='e'\neveryday='học phí'\n";
        check(
            "## I. A\n- Bảo vệ trẻ em.\n",
            &[("tu-dien.toml", table)],
            &[
                "tu-dien.toml:5: chữ tắt “K” đã có nghĩa khác ở trên",
                "tu-dien.toml:10: khái niệm “a”: “Con  nít” đã có ở trên",
                "tu-dien.toml:10: khái niệm “a”: “ko” là chữ tắt, được viết ra là “không” trước khi tra",
                "tu-dien.toml:10: khái niệm “a”: “…” không có chữ nào để tra",
                "tu-dien.toml:14: khái niệm “b”: not chặn “con nít” của khái niệm “a” ở mọi nơi",
                "tu-dien.toml:16: khái niệm “c”: không đoạn hay tiêu đề nào có chữ official nào",
                "tu-dien.toml:19: khái niệm “d” không có từ nào",
            ],
        );
    }

    #[test]
    fn units_and_the_documents_that_name_them() {
        let table = "[[unit]]\nid='so'\nname='Các sở'\nlevel='tinh'\nkind='named'\naliases=['sở']\n\
                     [[unit]]\nid='hoi'\nname='Hội'\nlevel='tinh'\nkind='named'\n\
                     [[unit]]\nid='y-te'\nname='Sở Y tế'\nlevel='tinh'\nkind='member'\nmember_of=['so']\n";
        check(
            "## I. A\n- Sở Y tế.\n",
            &[("don-vi.toml", table)],
            &[
                "don-vi.toml:7: không văn bản nào nêu tên “Hội”",
                "don-vi.toml:12: có văn bản nêu tên “Sở Y tế”",
            ],
        );
    }

    #[test]
    fn a_name_that_goes_on_is_of_one_body_of_its_kind() {
        let table = "[[unit]]\nid='so'\nname='Các sở'\nlevel='tinh'\nkind='named'\naliases=['sở']\n\
                     [[unit]]\nid='xa'\nname='Sở xã'\nlevel='xa'\nkind='member'\nmember_of=['so']\n";
        let units = [("don-vi.toml", table)];
        check("## I. A\n- Sở xã Sông Xanh.\n", &units, &[]);
        let named = "don-vi.toml:7: có văn bản nêu tên “Sở xã”";
        check("## I. A\n- Sở xã sửa đường.\n", &units, &[named]);
    }

    #[test]
    fn assignments_name_their_units() {
        let units = "[[unit]]\nid='so'\nname='Các sở'\nlevel='tinh'\nkind='named'\n\
                     [[unit]]\nid='hoi'\nname='Đoàn hội'\nlevel='tinh'\nkind='named'\n";
        let assignment = |unit: &str, via: &str| {
            format!(
                "[[assignment]]\nunit='{unit}'\nrole='chu-tri'\npassage='kh#I.1.1'\ntask='tuyên truyền'\n{via}"
            )
        };
        let heading = "via='heading'\n";
        let table = assignment("so", "")
            + &assignment("hoi", "")
            + &assignment("hoi", heading)
            + &assignment("so", heading);
        check(
            "## I. Đoàn hội\n### 1. A\n- Các sở tuyên truyền.\n",
            &[("don-vi.toml", units), ("phan-cong.toml", &table)],
            &[
                "phan-cong.toml:6: đoạn kh#I.1.1 không nêu tên “hoi”",
                "phan-cong.toml:17: tiêu đề của kh#I.1.1 không nêu tên “so”",
            ],
        );
    }
}
