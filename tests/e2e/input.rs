//! Whatever may be typed or piped in: a clear line for each, never a panic.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::process::Stdio;

use super::harness::Place;

#[test]
fn odd_questions_abstain() {
    let place = Place::new();
    for question in [
        "",
        "   ",
        "\t\n",
        "\u{7}\u{1b}[2J\u{0}x".trim_matches('\0'),
        "😀😀🎉",
        "???",
        "。",
    ] {
        let question = question.replace('\0', "");
        let answer = place.hoidap(&["ask", "--json", &question]).code(0).object();
        assert_eq!(answer["kind"], "abstain", "{question:?}");
        assert_eq!(answer["citations"], serde_json::json!([]), "{question:?}");
    }
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let place = Place::new();
    place
        .hoidap(&["ask", "\u{1b}[31mMượn sách được mấy ngày?"])
        .code(0)
        .prints_not("\u{1b}");
}

#[test]
fn a_question_of_invalid_utf8() {
    let question = OsString::from_vec(b"M\xc6\xb0\xe1\xbb\xa3n s\xff\xfech".to_vec());
    let arguments = [OsString::from("ask"), OsString::from("--json"), question];
    Place::new().hoidap(&arguments).code(0).object();
}

#[test]
fn words_without_quotation_marks_are_one_question() {
    let place = Place::new();
    let answer = place
        .hoidap(&["ask", "--json", "mượn", "sách", "mấy", "ngày"])
        .code(0)
        .object();
    assert_eq!(answer["question"], "mượn sách mấy ngày");
}

#[test]
fn every_line_gets_an_object_in_order() {
    let lines = b"Ai ch\xe1\xbb\xa7 tr\xc3\xac vi\xe1\xbb\x87c mua s\xc3\xa1ch m\xe1\xbb\x9bi?\r\n\
        \n\
        {\"q\":1}\n\
        {\"question\":5}\n\
        {not json\n\
        {\"question\":\"xin ch\xc3\xa0o\",\"session\":7,\"gold\":[]}\n\
        \xff\xfe\xfa\n\
        \x1b\x07\x01\n\
        {\"question\":\"\\ud800\"}\n\
        xin ch\xc3\xa0o";
    let answers = Place::new()
        .piped(&["ask", "--lines"], lines)
        .code(0)
        .objects(10);
    let kinds: Vec<_> = answers
        .iter()
        .map(|answer| answer["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "answer", "abstain", "abstain", "abstain", "abstain", "chat", "abstain", "abstain",
            "abstain", "chat"
        ]
    );
    for (i, answer) in answers.iter().enumerate() {
        let unreadable = [2, 3, 4, 8].contains(&i);
        assert_eq!(answer.get("error").is_some(), unreadable, "{answer}");
        for field in [
            "question",
            "intent",
            "units",
            "text",
            "citations",
            "suggestions",
        ] {
            assert!(answer.get(field).is_some(), "{field} in {answer}");
        }
    }
}

#[test]
fn a_line_of_100_kilobytes() {
    let long = "mượn sách ".repeat(10_000);
    let nested = format!("{{\"question\":{}", "[".repeat(100_000));
    let input = format!("{long}\n{nested}\n{}\nxin chào\n", "a".repeat(100_000));
    let answers = Place::new()
        .piped(&["ask", "--lines"], input)
        .code(0)
        .objects(4);
    assert_eq!(answers[3]["kind"], "chat");
    assert!(answers[1]["error"].is_string());
    for answer in &answers {
        assert!(
            answer["elapsed_us"].as_u64().unwrap() < 5_000_000,
            "too slow"
        );
    }
}

#[test]
fn answers_come_as_soon_as_they_are_ready() {
    use std::io::{BufRead, BufReader, Write};
    let place = Place::new();
    let mut child = place
        .command(&["ask", "--lines"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..2 {
        writeln!(stdin, "xin chào").unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert!(line.starts_with("{\"question\":\"xin chào\""), "{line}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_is_no_error() {
    let place = Place::new();
    let mut child = place
        .command(&["ask", "--lines"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    for _ in 0..100 {
        if std::io::Write::write_all(&mut stdin, "xin chào\n".as_bytes()).is_err() {
            break;
        }
    }
    drop(stdin);
    place.finish(child).code(0).quiet();
}

#[test]
fn no_input_no_output() {
    let ran = Place::new().piped(&["ask", "--lines"], "");
    ran.code(0).quiet().objects(0);
}

#[test]
fn a_missing_corpus_is_told_with_a_hint() {
    let place = Place::new();
    for command in [&["ask", "a"][..], &["index"], &["check"], &["chat"]] {
        let ran = place.hoidap(&[command, &["--corpus", "khong-co"]].concat());
        ran.code(1)
            .prints_not("a")
            .warns("hoidap: ")
            .warns("khong-co")
            .warns("\n\nChỉ thư mục");
        ran.check(
            !ran.stderr().contains("os error"),
            "no English from the system",
        );
    }
}

#[test]
fn a_folder_without_documents() {
    let place = Place::new();
    std::fs::create_dir(place.path("rong")).unwrap();
    place.write("rong/a.md", "Không có phần đầu.\n");
    place
        .hoidap(&["ask", "--corpus", "rong", "a"])
        .code(1)
        .warns("rong: không có văn bản nào");
}

#[test]
fn a_document_without_front_matter_does_not_stop_the_others() {
    let place = Place::new();
    place.write("corpus/ghi-chu.md", "# Ghi chú\n\n- Không phải văn bản.\n");
    let ran = place.hoidap(&["ask", "--json", "Ai chủ trì việc mua sách mới?"]);
    assert_eq!(ran.code(0).object()["kind"], "answer");
}
