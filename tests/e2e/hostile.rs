//! What somebody who means harm may put into files, names and pipes. `docs/security.md` tells which
//! harm each test is about.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::{Duration, Instant};

use super::harness::Place;

/// Steers a terminal, turns the direction of text, hides.
const STEERING: [char; 7] = [
    '\u{1b}', '\u{7}', '\0', '\r', '\u{202e}', '\u{2066}', '\u{9b}',
];

const QUESTION: &str = "Ai chủ trì việc mua sách mới?";

/// A small official paper as plain text.
const PAPER: &str = "ỦY BAN NHÂN DÂN XÃ SÔNG XANH\nSố: 7/KH-UBND\n\nSông Xanh, ngày 02 tháng 5 năm 2024\n\n\
     KẾ HOẠCH\nTrồng cây\n\nI. MỤC ĐÍCH\n- Trường học trồng cây bóng mát trước mùa mưa.\n\
     II. TỔ CHỨC\n1. Thôn dọn mương hằng tháng.\n";

#[track_caller]
fn steers_nothing(text: &str) {
    let found = text.chars().find(|c| STEERING.contains(c));
    assert!(found.is_none(), "{found:?} in:\n{text:?}");
}

#[test]
fn a_document_steers_neither_the_terminal_nor_a_check() {
    let place = Place::new();
    place.change(
        "corpus/quy-che-05.md",
        "Mỗi bạn đọc được mượn ba cuốn sách",
        "Mỗi bạn đọc\u{1b}[2J được mượn \u{202e}ba\u{2066} cuốn sách <b>\u{9b}31m\u{7}",
    );
    place.change(
        "corpus/don-vi.toml",
        "[[unit]]",
        "[[unit]]\nsai = \"\\u001b]0;x\\u0007\"\n",
    );
    let ran = place.hoidap(&["ask", "mục II.1 ý 1 của quy chế"]);
    ran.code(0).prints("được mượn");
    steers_nothing(&ran.stdout());
    steers_nothing(&ran.stderr());
    let ran = place.hoidap(&["check"]);
    ran.code(1).prints("U+001B").prints("U+202E");
    steers_nothing(&ran.stdout());
    // Machines get the very bytes, escaped as JSON.
    let answer = place
        .hoidap(&["ask", "--json", "mục II.1 ý 1 của quy chế"])
        .code(0)
        .object();
    let quote = answer["citations"][0]["quote"].as_str().unwrap();
    assert!(quote.contains('\u{202e}'), "{quote}");
}

#[test]
fn a_question_steers_nothing() {
    let place = Place::new();
    for question in [
        "\u{202e}iớm hcás aum cệiv ìrt ủhc iA",
        "<script>\u{1b}]8;;http://a\u{7}giá vàng\u{1b}]8;;\u{7}",
        "giá \u{2066}vàng\u{9b}2J hôm nay\r?",
    ] {
        let ran = place.hoidap(&["ask", question]);
        steers_nothing(&ran.code(0).stdout());
        let piped = place.piped(&["chat"], format!("{question}\n/tim {question}\n"));
        steers_nothing(&piped.code(0).stdout());
    }
}

#[cfg(feature = "bot")]
#[test]
fn what_people_asked_steers_no_figures() {
    let place = Place::new();
    let asked = serde_json::json!({
        "text": "=HYPERLINK(\"http://a\")\u{1b}[2J\u{202e}\r", "kind": "abstain", "intent": "none",
        "cited": null, "day": 4_000_000,
    });
    let line = serde_json::json!({"tree": "questions", "key": "0000000000000001", "json": asked});
    place.write("kho", format!("{line}\n"));
    place
        .hoidap(&["store", "load", "kho", "--data", "d"])
        .code(0);
    for how in [&[][..], &["--csv"]] {
        let arguments = [&["stats", "--data", "d"][..], how].concat();
        let ran = place.hoidap(&arguments);
        ran.code(0).prints("HYPERLINK");
        steers_nothing(&ran.stdout());
        ran.check(!ran.stdout().contains(",=HYPER"), "no formula");
    }
    // Machines get the very text, control characters escaped.
    let json = place.hoidap(&["stats", "--data", "d", "--json"]);
    json.code(0).prints("\\u001b[2J").prints_not("\u{1b}");
}

#[test]
fn an_id_names_no_path() {
    let place = Place::new();
    place.write("a.txt", PAPER);
    for id in [
        "../x", "/etc/x", "a/b", "..", "a\nb", "a b", ".x", "", "A", "đ",
    ] {
        let ran = place.hoidap(&["import", "a.txt", "--corpus", "moi/trong", "--id", id]);
        ran.code(1).warns("chỉ được gồm");
        assert!(!place.path("moi").exists(), "{id:?} made something");
    }
    // Nor does a number that a document gives itself.
    for number in ["../../x/KH-UBND", "7\u{0}/../..", "..", "/"] {
        let paper = PAPER.replace("7/KH-UBND", number);
        place.write("b.txt", paper);
        place.hoidap(&["import", "b.txt", "--corpus", "moi/trong"]);
        let made =
            |folder: &str| fs::read_dir(place.path(folder)).map_or(0, |entries| entries.count());
        assert!(made("moi") <= 1, "{number:?} wrote beside the corpus");
        for entry in fs::read_dir(place.path("moi/trong")).into_iter().flatten() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(!name.starts_with('.'), "{number:?} made {name:?}");
        }
        let _ = fs::remove_dir_all(place.path("moi"));
    }
}

#[test]
fn an_id_in_a_document_names_no_path() {
    let place = Place::new();
    place.change(
        "corpus/quy-che-05.md",
        "id = \"quy-che-05\"",
        "id = \"../../quy-che\"",
    );
    place.hoidap(&["check"]).code(1).prints("quy-che-05.md:2: ");
    place.hoidap(&["ask", "--json", QUESTION]).code(0).object();
    place.write("a.txt", PAPER);
    place.hoidap(&["import", "a.txt"]).code(0);
    let parent = fs::read_dir(place.path("..")).unwrap();
    let names = parent.map(|entry| entry.unwrap().file_name());
    assert!(
        names
            .into_iter()
            .all(|name| name != "quy-che.md" && name != "quy-che")
    );
}

#[test]
fn a_file_name_is_only_a_name() {
    let place = Place::new();
    let name = "a\n+++\nid = \"x\"\u{1b}[2J\".txt";
    place.write(name, PAPER);
    let ran = place.hoidap(&["import", name, "--corpus", "moi"]);
    ran.code(0);
    steers_nothing(&ran.stdout());
    place.hoidap(&["check", "--corpus", "moi"]).code(0);
    let kept = place.read("moi/ke-hoach-7.md");
    assert_eq!(kept.matches("\n+++\n").count(), 1, "{kept}");
}

#[test]
fn links_in_the_corpus_are_not_written_through() {
    let place = Place::new();
    place.write("a.txt", PAPER).write("ngoai", "của người khác");
    fs::create_dir(place.path("moi")).unwrap();
    for name in ["ke-hoach-7.md", "ke-hoach-7.md.tam", "don-vi.toml.tam"] {
        symlink(place.path("ngoai"), place.path("moi").join(name)).unwrap();
    }
    place
        .hoidap(&["import", "a.txt", "--corpus", "moi"])
        .code(0);
    assert_eq!(place.read("ngoai"), "của người khác");
    assert!(place.read("moi/ke-hoach-7.md").contains("dọn mương"));
}

#[test]
fn what_is_no_file_is_passed_over() {
    let place = Place::new();
    fs::create_dir(place.path("corpus/thu-muc.md")).unwrap();
    symlink("khong-co", place.path("corpus/dut.md")).unwrap();
    symlink("vong.md", place.path("corpus/vong.md")).unwrap();
    symlink("/dev/zero", place.path("corpus/vo-tan.md")).unwrap();
    symlink("..", place.path("corpus/len")).unwrap();
    let made = Command::new("mkfifo")
        .arg(place.path("corpus/ong.md"))
        .status();
    assert!(made.unwrap().success());
    let start = Instant::now();
    place.hoidap(&["check"]).code(0);
    place.hoidap(&["ask", "--json", QUESTION]).code(0).object();
    assert!(start.elapsed() < Duration::from_secs(30));
    // The folder itself may be a link, with dots on the way.
    symlink("corpus", place.path("lien-ket")).unwrap();
    for corpus in ["lien-ket", "corpus/../corpus", "./lien-ket/len/corpus"] {
        let answer = place.hoidap(&["ask", "--json", QUESTION, "--corpus", corpus]);
        assert_eq!(answer.code(0).object()["kind"], "answer");
    }
}

#[test]
fn folders_that_are_none_are_told() {
    let place = Place::new();
    place.write("tep", "của người khác");
    let ask = ["ask", "--json", QUESTION];
    place
        .hoidap(&[&ask[..], &["--corpus", "tep"]].concat())
        .code(1)
        .warns("tep");
    // An index that cannot be kept costs a warning.
    let ran = place.hoidap(&[&ask[..], &["--index", "tep"]].concat());
    assert_eq!(ran.code(0).object()["kind"], "answer");
    if cfg!(feature = "bot") {
        let data = ["--data", "tep"];
        for command in [
            &["stats"][..],
            &["store", "dump"],
            &["backup", "f"],
            &["restore", "f"],
        ] {
            place
                .hoidap(&[command, &data].concat())
                .code(1)
                .warns("hoidap: ");
        }
    }
    assert_eq!(place.read("tep"), "của người khác");
}

#[test]
fn foreign_files_in_the_index_folder_stay() {
    let place = Place::new();
    place.write("quan-trong", "a");
    fs::create_dir(place.path("index")).unwrap();
    place.write("index/cua-toi", "a");
    symlink(place.path("quan-trong"), place.path("index/lien-ket")).unwrap();
    place.hoidap(&["index"]).code(0);
    place.change("corpus/quy-che-05.md", "ba cuốn", "bốn cuốn");
    place.hoidap(&["index"]).code(0);
    for name in ["quan-trong", "index/cua-toi", "index/lien-ket"] {
        assert_eq!(place.read(name), "a");
    }
}

#[test]
fn files_without_end_are_refused() {
    let place = Place::new();
    let start = Instant::now();
    place
        .hoidap(&["check", "--config", "/dev/zero"])
        .code(2)
        .warns("tệp quá lớn");
    place.write("hoidap.toml", "#".repeat(2 << 20));
    place.hoidap(&["check"]).code(2).warns("tệp quá lớn");
    fs::remove_file(place.path("hoidap.toml")).unwrap();
    place
        .hoidap(&["import", "/dev/zero"])
        .code(1)
        .warns("quá lớn");
    if cfg!(feature = "bot") {
        let data = ["--data", "d"];
        place
            .hoidap(&[&["bot", "--token-file", "/dev/zero"][..], &data].concat())
            .code(1)
            .warns("tệp quá lớn");
        place
            .hoidap(&[&["restore", "/dev/zero"][..], &data].concat())
            .code(1)
            .warns("không dùng được");
        place
            .hoidap(&[&["store", "load", "/dev/zero"][..], &data].concat())
            .code(1)
            .warns("dòng quá dài");
    }
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_document_and_a_table_that_are_too_long_are_told_and_the_others_answer() {
    let place = Place::new();
    let long = "# a\n".repeat(5 << 20);
    place
        .write("corpus/dai.md", &long)
        .write("corpus/tu-thuong.toml", &long);
    place
        .hoidap(&["check"])
        .code(1)
        .prints("dai.md:1: tệp dài hơn 16 MB")
        .prints("tu-thuong.toml:1: tệp dài hơn 16 MB");
    let answer = place.hoidap(&["ask", "--json", QUESTION]);
    assert_eq!(answer.code(0).object()["kind"], "answer");
}

#[test]
fn a_line_without_end_is_cut() {
    let place = Place::new();
    let input = format!("{}\nxin chào\n", "a".repeat(5 << 20));
    let answers = place.piped(&["ask", "--lines"], input).code(0).objects(2);
    assert_eq!(answers[1]["kind"], "chat");
}
