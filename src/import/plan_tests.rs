//! The plan of the corpus, written out with a complete head and end, comes back as it was.

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
        let passages = corpus.passages.iter().enumerate();
        passages
            .map(|(at, passage)| (passage.id.to_string(), corpus.text_of(at).to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(&new), texts(&old), "{}", plan.report);
    let headings = |corpus: &Corpus| {
        let sections = 0..corpus.sections.len();
        sections
            .map(|at| {
                (
                    corpus.sections[at].id.to_string(),
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
