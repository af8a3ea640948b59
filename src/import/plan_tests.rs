//! The plan of the corpus, written out with a complete head and end, comes back as it was; other
//! forms of documents; whatever a file holds, no word of its body is lost.

use proptest::prelude::*;

use super::sample::source;
use super::*;

fn corpus_files(only: &str) -> Vec<(String, Vec<u8>)> {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_file() && name.contains(only) {
            files.push((name, std::fs::read(path).unwrap()));
        }
    }
    files
}

/// The plan as a file of its issuer would have it.
fn plan_text() -> String {
    let files = corpus_files("ke-hoach-109");
    let text = String::from_utf8(files[0].1.clone()).unwrap();
    let body = text.split("+++\n\n# ").nth(1).unwrap();
    let body: Vec<&str> = body
        .lines()
        .skip(1)
        .map(|line| line.trim_start_matches('#').trim())
        .collect();
    let (body, recipients) = {
        let at = body.iter().position(|line| *line == "Nơi nhận").unwrap();
        (body[..at].join("\n"), body[at..].join("\n"))
    };
    format!(
        "|TỈNH ỦY LÂM ĐỒNG // * // Số 109-KH/TU|ĐẢNG CỘNG SẢN VIỆT NAM // Lâm Đồng, ngày 08 tháng 3 năm 2024|\n\
         >** KẾ HOẠCH\n>** Thực hiện Chỉ thị số 28-CT/TW, ngày 25/12/2023 của Bộ Chính trị\n\
         >** về tăng cường công tác chăm sóc, giáo dục và bảo vệ trẻ em đáp ứng yêu cầu phát triển đất nước phồn vinh, hạnh phúc\n-----\n\
         {body}\n|{}|T/M BAN THƯỜNG VỤ // PHÓ BÍ THƯ // (Đã ký) // Trần Đình Văn|\n",
        recipients.lines().collect::<Vec<_>>().join(" // ")
    )
}

#[test]
fn the_plan_comes_back_passage_by_passage() {
    let request = Request {
        name: "ke-hoach.txt".to_owned(),
        source: source(&plan_text()),
        ..Request::default()
    };
    let plan = plan(request).unwrap();
    let (old, _) = Corpus::from_files(corpus_files("ke-hoach-109")).unwrap();
    let (new, problems) =
        Corpus::from_files(vec![("a.md".into(), plan.markdown.clone().into_bytes())]).unwrap();
    assert_eq!(problems, [], "{}", plan.markdown);
    let texts = |corpus: &Corpus| {
        let passages = corpus.passages().enumerate();
        passages
            .map(|(at, passage)| (passage.id.to_string(), corpus.text_of(at).to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(&new), texts(&old), "{}", plan.report);
    let headings = |corpus: &Corpus| {
        let sections = 0..corpus.section_count();
        sections
            .map(|at| {
                (
                    corpus.section(at).id.to_string(),
                    corpus.heading_of(at).to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(headings(&new), headings(&old));
    let (one, other) = (&new.documents[0], &old.documents[0]);
    assert_eq!(
        (
            &one.id,
            &one.kind,
            &one.number,
            &one.title,
            &one.issuer,
            one.issued,
            &one.signer,
            &one.signer_role
        ),
        (
            &other.id,
            &other.kind,
            &other.number,
            &other.title,
            &other.issuer,
            other.issued,
            &other.signer,
            &other.signer_role
        )
    );
}

/// Ids and texts of what the text is imported as, headings with `#`.
#[track_caller]
fn check(text: &str, expect: &[(&str, &str)]) {
    let request = Request {
        name: "a.txt".to_owned(),
        source: source(text),
        id: Some("a".to_owned()),
        ..Request::default()
    };
    let plan = plan(request).unwrap();
    let (corpus, problems) =
        Corpus::from_files(vec![("a.md".into(), plan.markdown.clone().into_bytes())]).unwrap();
    assert_eq!(problems, [], "{}", plan.markdown);
    let sections = (0..corpus.section_count()).map(|at| {
        let id = format!("#{}", corpus.section(at).id.path());
        (
            corpus.section(at).heading.start,
            id,
            corpus.heading_of(at).to_owned(),
        )
    });
    let passages = (0..corpus.passage_count()).map(|at| {
        let id = corpus.passage(at).id.path().to_owned();
        (
            corpus.passage(at).span.start,
            id,
            corpus.text_of(at).to_owned(),
        )
    });
    let mut found: Vec<_> = sections.chain(passages).collect();
    found.sort();
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(_, id, text)| (id.as_str(), text.as_str()))
        .collect();
    assert_eq!(found, expect);
}

const HEAD: &str = ">** KẾ HOẠCH\n>** Trồng cây\n";

#[test]
fn chapters_articles_clauses_and_points() {
    check(
        &format!(
            "{HEAD}Chương I\n>** QUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Trồng cây ở xã.\n2. Cây gồm:\na) Cây gỗ;\nb) Cây quả.\nĐiều 2. Xã giữ cây."
        ),
        &[
            ("#I", "QUY ĐỊNH CHUNG"),
            ("#I.1", "Phạm vi"),
            ("#I.1.1", ""),
            ("I.1.1.1", "Trồng cây ở xã."),
            ("#I.1.2", "Cây gồm:"),
            ("I.1.2.a", "Cây gỗ;"),
            ("I.1.2.b", "Cây quả."),
            ("#I.2", ""),
            ("I.2.1", "Xã giữ cây."),
        ],
    );
}

#[test]
fn numbers_with_dots_and_nested_bullets() {
    check(
        &format!(
            "{HEAD}I. VIỆC\n1. Trồng cây\n1.1. Xã trồng cây gỗ.\n1.2. Thôn trồng cây quả.\n- Mỗi nhà một cây.\n+ Cây cam.\n2. Giữ cây\nCả xã cùng giữ."
        ),
        &[
            ("#I", "VIỆC"),
            ("#I.1", "Trồng cây"),
            ("I.1.1", "Xã trồng cây gỗ."),
            ("I.1.2", "Thôn trồng cây quả."),
            ("I.1.2.1", "Mỗi nhà một cây."),
            ("I.1.2.2", "Cây cam."),
            ("#I.2", "Giữ cây"),
            ("I.2.1", "Cả xã cùng giữ."),
        ],
    );
}

#[test]
fn numbers_that_word_draws() {
    check(
        &format!("{HEAD}I.= VIỆC\n1.= Trồng cây\n-= Xã trồng.\n2.= Giữ cây\n-= Thôn giữ."),
        &[
            ("#I", "VIỆC"),
            ("#I.1", "Trồng cây"),
            ("I.1.1", "Xã trồng."),
            ("#I.2", "Giữ cây"),
            ("I.2.1", "Thôn giữ."),
        ],
    );
}

#[test]
fn a_directive_of_numbered_paragraphs() {
    check(
        ">** CHỈ THỊ\n>** Về trồng cây\nRừng còn ít.\n1- Xã trồng cây.\n2- Thôn giữ cây.\nChỉ thị này phổ biến đến thôn.",
        &[
            ("mo-dau", "Rừng còn ít."),
            ("#1", ""),
            ("1.1", "Xã trồng cây."),
            ("#2", ""),
            ("2.1", "Thôn giữ cây."),
            ("2.2", "Chỉ thị này phổ biến đến thôn."),
        ],
    );
}

#[test]
fn an_annex_with_groups_of_rows() {
    check(
        &format!(
            "{HEAD}I. VIỆC\n- Trồng.\n>PHỤ LỤC I\n>** BẢNG VIỆC\n|TT|Nhiệm vụ|Chủ trì|\n|I|Trồng||\n|1|Ươm cây|Xã|\n|II|Giữ||\n|1|Rào cây||"
        ),
        &[
            ("#I", "VIỆC"),
            ("I.1", "Trồng."),
            ("#phu-luc-i", "BẢNG VIỆC"),
            ("phu-luc-i.0", "TT | Nhiệm vụ | Chủ trì"),
            ("#phu-luc-i.I", "Trồng"),
            ("phu-luc-i.I.1", "Ươm cây | Xã"),
            ("#phu-luc-i.II", "Giữ"),
            ("phu-luc-i.II.1", "Rào cây |"),
        ],
    );
}

#[test]
fn a_form_and_columns_named_in_two_rows() {
    check(
        &format!(
            "{HEAD}I. VIỆC\n- Trồng.\n>** BIỂU SỐ 2\n>** BẢNG VIỆC\n|TT|Nhiệm vụ|Cơ quan|Cơ quan|\n|TT|Nhiệm vụ|Chủ trì|Phối hợp|\n|1|Ươm cây|Xã|Thôn|"
        ),
        &[
            ("#I", "VIỆC"),
            ("I.1", "Trồng."),
            ("#bieu-2", "Biểu số 2. BẢNG VIỆC"),
            (
                "bieu-2.0",
                "TT | Nhiệm vụ | Cơ quan / Chủ trì | Cơ quan / Phối hợp",
            ),
            ("bieu-2.1", "Ươm cây | Xã | Thôn"),
        ],
    );
}

#[test]
fn a_joint_document() {
    let request = Request {
        name: "a.txt".to_owned(),
        source: source(
            "|SỞ Y TẾ - CÔNG AN TỈNH // Số: 12/KHLT-SYT-CAT|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM // Sông Xanh, ngày 02 tháng 5 năm 2024|\n>** KẾ HOẠCH LIÊN TỊCH\n>** Về trồng cây\n-----\nI. VIỆC\n- Trồng cây.\n|Nơi nhận: // - Như trên.|KT. GIÁM ĐỐC // PHÓ GIÁM ĐỐC // Trần Thị Mai|GIÁM ĐỐC // Lê An|",
        ),
        ..Request::default()
    };
    let plan = plan(request).unwrap();
    assert_eq!(plan.id, "ke-hoach-lien-tich-12");
    for line in [
        "type = \"Kế hoạch liên tịch\"",
        "signer = \"Trần Thị Mai (Phó Giám đốc); Lê An (Giám đốc)\"",
        "issuer = \"Sở Y tế - Công an tỉnh\"",
    ] {
        assert!(plan.markdown.contains(line), "{line} in\n{}", plan.markdown);
    }
    assert!(!plan.markdown.contains("signer_role"), "{}", plan.markdown);
}

#[test]
fn a_number_given_twice_names_no_second_place() {
    check(
        &format!("{HEAD}I. VIỆC\n1. Xã trồng.\n2. Thôn giữ.\n1. Nhà tưới."),
        &[
            ("#I", "VIỆC"),
            ("I.1", "Xã trồng."),
            ("I.2", "Thôn giữ."),
            ("I.2.1", "1. Nhà tưới."),
        ],
    );
}

#[test]
fn a_letter_has_its_subject_under_its_number() {
    let request = Request {
        name: "a.txt".to_owned(),
        source: source(
            "|ỦY BAN NHÂN DÂN // XÃ SÔNG XANH // Số: 12/UBND-VX // V/v trồng cây|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM // Sông Xanh, ngày 02 tháng 5 năm 2024|\nKính gửi: Các thôn.\nThôn trồng cây.",
        ),
        ..Request::default()
    };
    let plan = plan(request).unwrap();
    assert_eq!(plan.id, "cong-van-12");
    for line in [
        "title = \"Công văn về việc trồng cây\"",
        "number = \"12/UBND-VX\"",
        "issuer = \"Ủy ban nhân dân xã Sông Xanh\"",
        "issued = 2024-05-02",
    ] {
        assert!(plan.markdown.contains(line), "{line} in\n{}", plan.markdown);
    }
}

#[test]
fn another_document_of_the_same_type_and_number_has_another_id() {
    let file = "|ỦY BAN NHÂN DÂN // XÃ A // Số: 109/KH-UBND|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|\n>** KẾ HOẠCH\n>** Trồng cây\nI. VIỆC\n- Xã trồng cây.";
    let request = |files, id: Option<&str>| Request {
        name: "a.txt".to_owned(),
        source: source(file),
        files,
        id: id.map(str::to_owned),
        ..Request::default()
    };
    assert_eq!(plan(request(Vec::new(), None)).unwrap().id, "ke-hoach-109");
    assert_eq!(
        plan(request(corpus_files("ke-hoach-109"), None))
            .unwrap()
            .id,
        "ke-hoach-109-kh-ubnd"
    );
    assert_eq!(
        plan(request(Vec::new(), Some("Kế hoạch"))),
        Err(ImportError::Id("Kế hoạch".to_owned()))
    );
}

proptest! {
    #[test]
    fn no_word_of_a_body_is_lost(lines in proptest::collection::vec(
        "(I\\. |II\\. |1\\. |2\\. |1\\.1\\. |a\\) |b\\) |- |\\+ |Điều 1\\. |Chương I\\. |Phần thứ nhất\\. |A\\. |#|\\||>\\*\\* ?|PHỤ LỤC )?[a-zà-ỹ.;:]{1,5}( [a-zà-ỹA-Z]{1,5}){0,4}[.;:]?",
        1..25,
    )) {
        let body = format!("{HEAD}-----\n{}", lines.join("\n"));
        let source = source(&body);
        let request = Request { name: "a.txt".to_owned(), source: source.clone(), id: Some("a".to_owned()), force: true, ..Request::default() };
        let Ok(plan) = plan(request) else { return Ok(()) };
        let count = |text: &str| tokenize(text).into_iter().filter(|token| token.word.chars().all(char::is_alphabetic) && token.word.chars().count() > 1).fold(
            std::collections::BTreeMap::<String, usize>::new(),
            |mut counts, token| { *counts.entry(token.word).or_default() += 1; counts },
        );
        let (_, body_written) = plan.markdown.split_once("+++\n\n").unwrap();
        let written = count(body_written);
        let left = count(&plan.report.of(Sort::Left).collect::<Vec<_>>().join(" "));
        for (word, times) in count(&lines.join("\n")) {
            let kept = written.get(&word).copied().unwrap_or(0) + left.get(&word).copied().unwrap_or(0);
            prop_assert!(kept >= times, "“{word}” {kept} of {times}\n{body}\n{}\n{}", plan.markdown, plan.report);
        }
        let (corpus, _) = Corpus::from_files(vec![("a.md".into(), plan.markdown.into_bytes())]).unwrap();
        corpus.problems();
    }

    #[test]
    fn any_source_is_planned_or_refused(lines in proptest::collection::vec("\\PC{0,40}", 0..20)) {
        let request = Request { name: "a.txt".to_owned(), source: source(&lines.join("\n")), force: true, ..Request::default() };
        let _ = plan(request);
    }
}
