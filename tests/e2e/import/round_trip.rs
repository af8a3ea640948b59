//! The plan of the corpus, made into the files an office might have of it, comes back passage by
//! passage, byte for byte.

use std::fs;
use std::path::Path;

use super::super::harness::Place;
use super::paper::{Letters, Paper};
use super::passages;
use super::{office, old};

const ID: &str = "ke-hoach-109";

fn corpus() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// The plan with the head and end that its front matter tells of.
fn plan() -> Paper {
    let text = fs::read_to_string(corpus().join("ke-hoach-109.md")).unwrap();
    let (_, body) = text.split_once("\n+++\n\n# ").unwrap();
    let (_, body) = body.split_once('\n').unwrap();
    let (body, recipients) = body.split_once("## Nơi nhận").unwrap();
    let body: Vec<&str> = body
        .lines()
        .map(|line| line.trim_start_matches('#').trim())
        .collect();
    let recipients: Vec<&str> = recipients.lines().filter(|line| !line.is_empty()).collect();
    Paper::new(&format!(
        "|TỈNH ỦY LÂM ĐỒNG // * // Số 109-KH/TU|ĐẢNG CỘNG SẢN VIỆT NAM // Lâm Đồng, ngày 08 tháng 3 năm 2024\n\
         >* KẾ HOẠCH\n\
         >* Thực hiện Chỉ thị số 28-CT/TW, ngày 25/12/2023 của Bộ Chính trị\n\
         >* về tăng cường công tác chăm sóc, giáo dục và bảo vệ trẻ em đáp ứng yêu cầu phát triển đất nước phồn vinh, hạnh phúc\n\
         >-----\n{}\n|Nơi nhận: // {}|T/M BAN THƯỜNG VỤ // PHÓ BÍ THƯ // (Đã ký) // Trần Đình Văn\n",
        body.join("\n"),
        recipients.join(" // ")
    ))
}

/// Imports the file into an empty folder and compares what comes of it.
#[track_caller]
fn check(name: &str, bytes: &[u8]) {
    let place = Place::new();
    place.write(name, bytes);
    let ran = place.hoidap(&["import", name, "--corpus", "moi"]);
    ran.code(0).quiet();
    place.hoidap(&["check", "--corpus", "moi"]).code(0);
    let (found, expect) = (passages(&place.path("moi"), ID), passages(&corpus(), ID));
    for (id, text) in &expect {
        ran.check(
            found.get(id) == Some(text),
            &format!("{name}: {id} “{text}”, found {:?}", found.get(id)),
        );
    }
    ran.check(
        found.len() == expect.len(),
        &format!("{name}: {} passages", expect.len()),
    );
    let file = place.read("moi/ke-hoach-109.md");
    for line in [
        "number = \"109-KH/TU\"",
        "title = \"Kế hoạch thực hiện Chỉ thị số 28-CT/TW, ngày 25/12/2023 của Bộ Chính trị về tăng cường công tác chăm sóc, giáo dục và bảo vệ trẻ em đáp ứng yêu cầu phát triển đất nước phồn vinh, hạnh phúc\"",
        "issuer = \"Ban Thường vụ Tỉnh ủy Lâm Đồng\"",
        "issued = 2024-03-08",
        "place = \"Lâm Đồng\"",
        "signer = \"Trần Đình Văn\"",
        "signer_role = \"Phó Bí thư\"",
    ] {
        ran.check(
            file.contains(line),
            &format!("{name}: front matter with {line}"),
        );
    }
    // For docs/import.md: `-- --nocapture`.
    let test = std::thread::current().name().unwrap_or_default().to_owned();
    println!(
        "{test} ({name}): {} passages, each equal\n{}",
        expect.len(),
        ran.stdout()
    );
}

#[test]
fn word_draws_the_numbers() {
    check("a.docx", &plan().docx(true, Letters::Unicode));
}

#[test]
fn the_numbers_are_typed() {
    check("a.docx", &plan().docx(false, Letters::Unicode));
}

#[test]
fn fonts_of_tcvn3() {
    check("a.docx", &plan().docx(false, Letters::Tcvn3));
}

#[test]
fn fonts_of_vni() {
    check("a.docx", &plan().docx(true, Letters::Vni));
}

#[test]
fn a_page_of_a_portal() {
    check("a.html", plan().html().as_bytes());
}

#[test]
fn plain_text() {
    check("a.txt", plan().text().as_bytes());
}

#[test]
fn plain_text_of_vni() {
    check("a.txt", &old::bytes(&old::vni(&plan().text())));
}

/// Capitals with a tone are lost in TCVN3; the plan has them where sentences begin, in words all
/// in capitals, and in “Ủy ban”.
#[test]
fn plain_text_of_tcvn3() {
    check("a.txt", &old::tcvn3_bytes(&plan().text()));
}

#[test]
fn plain_text_of_the_whole_of_tcvn_5712() {
    check("a.txt", &old::tcvn5712_bytes(&plan().text()));
}

/// Through LibreOffice, from Word with drawn and with typed numbers.
#[track_caller]
fn check_through_office(to: &str) {
    for drawn in [true, false] {
        let word = plan().docx(drawn, Letters::Unicode);
        if let Some(bytes) = office::convert(&word, to) {
            check(&format!("a.{to}"), &bytes);
        }
    }
}

#[test]
fn html_of_an_office() {
    check_through_office("html");
}

#[test]
fn pdf_of_an_office() {
    check_through_office("pdf");
}
