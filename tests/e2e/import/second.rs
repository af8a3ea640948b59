//! A second province's programme, in other words and another structure: imported with no hand
//! work but the review, it answers nine of ten questions.

use std::fs;
use std::path::Path;

use super::super::harness::Place;
use super::paper::{Letters, Paper};

const NEEDED: f64 = 0.9;

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/e2e/import/second")
        .join(name)
}

#[test]
fn nine_of_ten_questions_are_answered_right() {
    let paper = Paper::new(&fs::read_to_string(fixture("van-ban.txt")).unwrap());
    let place = Place::new();
    place.write("chuong-trinh.docx", paper.docx(false, Letters::Unicode));
    place
        .hoidap(&["import", "chuong-trinh.docx", "--corpus", "moi"])
        .code(0)
        .quiet();
    for table in ["don-vi.toml", "phan-cong.toml"] {
        // What a reviewer does who finds nothing wrong.
        let name = format!("moi/{table}");
        let text = place.read(&name).replace("review = true\n", "");
        place.write(&name, text);
    }
    place
        .hoidap(&["check", "--corpus", "moi"])
        .code(0)
        .prints_not("chờ rà soát");
    let questions = fixture("cau-hoi.jsonl");
    let ran = place.hoidap(&[
        "eval",
        "--corpus",
        "moi",
        "--index",
        "chi-muc",
        "--json",
        questions.to_str().unwrap(),
    ]);
    let measures: serde_json::Value = serde_json::from_str(&ran.stdout()).unwrap();
    let right = measures["forms"]["clean"]["right"]["percent"]
        .as_f64()
        .unwrap()
        / 100.0;
    println!("{}", measures["forms"]["clean"]["right"]);
    ran.check(
        right >= NEEDED,
        &format!("{NEEDED} of the questions right, not {right}"),
    );
}
