//! `hoidap check`: all problems in one run, each with file and line.

use super::harness::Place;

#[test]
fn the_tiny_corpus_has_no_problem() {
    Place::new()
        .hoidap(&["check"])
        .code(0)
        .prints("Không có lỗi nào: 2 văn bản")
        .quiet();
}

#[test]
fn every_problem_is_told_with_its_line() {
    let place = Place::new();
    place
        .change(
            "corpus/phan-cong.toml",
            "chủ trì việc mua sách mới",
            "chủ trì việc bán sách",
        )
        .change(
            "corpus/phan-cong.toml",
            "\"doan-thanh-nien-xa\"",
            "\"doan-ma\"",
        )
        .change(
            "corpus/don-vi.toml",
            "aliases = [\"UBND xã\"]",
            "alias = [\"UBND xã\"]",
        )
        .change("corpus/quy-che-05.md", "trật tự", "trậtt tự");
    let ran = place.hoidap(&["check"]);
    ran.code(1).quiet();
    ran.prints("phan-cong.toml:6: ")
        .prints("phan-cong.toml:17: ");
    ran.prints("don-vi.toml:7: ").prints("quy-che-05.md:38: ");
    ran.prints("gợi ý: ").prints("chỗ cần sửa");
}

#[test]
fn a_broken_table_is_told_and_answers_still_come() {
    let place = Place::new();
    place.write("corpus/tu-dien.toml", "[[concept]\n");
    place.hoidap(&["check"]).code(1).prints("tu-dien.toml:1: ");
    let ran = place.hoidap(&["ask", "--json", "Ai chủ trì việc mua sách mới?"]);
    assert_eq!(ran.code(0).object()["kind"], "answer");
    ran.warns("chạy `hoidap check` để xem");
    ran.check(ran.stderr().lines().count() == 1, "one line of warning");
}

#[test]
fn everyday_words_are_reported_on_demand() {
    let place = Place::new();
    place.hoidap(&["check"]).code(0).prints_not("lời thường");
    let ran = place.hoidap(&["check", "--words"]);
    ran.code(0).quiet();
    ran.prints("Không có lỗi nào")
        .prints("Đoạn không có lời thường nào dẫn tới: ")
        .prints("Từ dẫn tới hơn một khái niệm: ")
        .prints("Khái niệm: từ của văn bản, lời thường, số đoạn");
}

#[test]
fn a_phrase_that_can_never_be_found_is_an_error() {
    let place = Place::new();
    let lexicon = "[[concept]]\nid = \"a\"\neveryday = [\"học phí\"]\nnot = [\"học phí\"]\n";
    place.write("corpus/tu-dien.toml", lexicon);
    let ran = place.hoidap(&["check"]);
    ran.code(1)
        .prints("tu-dien.toml:4: khái niệm “a”: not chặn");
}
