//! What operators get: figures, switches, a new corpus, pages for machines.

use super::http::{free_port, get};
use super::people::Bot;

const OPERATOR: i64 = 77;

#[test]
fn figures_are_for_operators_alone() {
    let bot = Bot::with(&["--operators", "77"]);
    bot.person(11).says("/thongke").has("Tôi không có lệnh này");
    bot.person(11).says("giá vàng hôm nay");
    bot.person(11).says("Mục III.4 viết gì?");
    // A chat's messages wait for each other: once this is answered, the question before it is kept.
    bot.person(11).says("/thongke").has("Tôi không có lệnh này");
    bot.person(OPERATOR)
        .says("/thongke")
        .has("2 câu hỏi")
        .has("giá vàng hôm nay");
    bot.wait_for("the picture", |calls| {
        calls
            .iter()
            .any(|call| call.method == "sendphoto" && call.status == 200)
    });
    let picture = &bot.server.taken("sendPhoto")[0].body;
    assert!(picture["bytes"].as_u64().unwrap() > 5_000, "{picture}");
}

#[test]
fn a_passage_a_document_and_the_bot_are_switched_off_and_stay_so() {
    let mut bot = Bot::with(&["--operators", "77"]);
    bot.person(OPERATOR)
        .says("/tat ke-hoach-109#III.4")
        .has("Đã tắt");
    bot.person(11)
        .says("/muc III.4")
        .has("tạm ngưng")
        .has_not("—");
    bot.restart();
    bot.person(11).says("/muc III.4").has("tạm ngưng");
    bot.person(11)
        .says("/muc III.3")
        .has("— Kế hoạch 109-KH/TU, mục III.3");
    bot.person(OPERATOR)
        .says("/mo ke-hoach-109#III.4")
        .has("Đã mở");
    bot.person(11).says("/muc III.4").has("—");
    bot.person(OPERATOR).says("/tat khong-co").has("Ví dụ");
    bot.person(OPERATOR).says("/tat bot").has("Đã tắt");
    bot.person(11).says("/muc III.3").has("tạm ngưng");
    bot.person(OPERATOR).says("/muc III.3").has("—");
    bot.person(OPERATOR).says("/mo bot");
    bot.person(11).says("/muc III.3").has("—");
}

#[test]
fn a_new_corpus_is_taken_and_a_bad_one_refused() {
    let bot = Bot::with_own_corpus(&["--operators", "77"]);
    // It has read the corpus once it answers.
    bot.person(OPERATOR).says("xin chào");
    let path = bot.corpus().join("ke-hoach-109.md");
    let good = std::fs::read_to_string(&path).unwrap();
    let changed = good.replacen("## I.", "## I. ĐỔI", 1);
    std::fs::write(&path, changed.replacen("+++", "+++\nsai = 1", 1)).unwrap();
    let operator = bot.person(OPERATOR);
    operator
        .says("/naplai")
        .has("vẫn dùng bản cũ")
        .has("ke-hoach-109.md:");
    bot.person(11).says("/muc phần I").has_not("ĐỔI");
    std::fs::write(&path, &changed).unwrap();
    operator.says("/naplai").has("Đã nạp lại");
    bot.person(11).says("/muc phần I").has("ĐỔI");
    std::fs::write(&path, &good).unwrap();
    bot.signal("HUP");
    bot.wait_for_log("đã nạp lại bộ văn bản", 2);
    bot.person(11).says("/muc phần I").has_not("ĐỔI");
}

/// A file is imported into the folder of a bot that runs; once told, it answers from it, and from
/// the old texts until then.
#[test]
fn an_import_is_answered_from_once_the_bot_has_read_it() {
    let bot = Bot::with_own_corpus(&["--operators", "77"]);
    bot.person(11)
        .says("Điều 1 Quyết định 15/QĐ-UBND")
        .has_not("ven suối");
    let file = bot.folder.path().join("quyet-dinh.txt");
    std::fs::write(
        &file,
        "ỦY BAN NHÂN DÂN\n\nXÃ SÔNG XANH\n\nSố: 15/QĐ-UBND\n\nSông Xanh, ngày 02 tháng 5 năm 2024\n\n\
         QUYẾT ĐỊNH\n\nVề trồng cây\n\nĐiều 1. Thôn trồng cây xanh ở ven suối trước mùa mưa.\n\n\
         Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n",
    )
    .unwrap();
    let import = |file: &std::path::Path| {
        std::process::Command::new(env!("CARGO_BIN_EXE_hoidap"))
            .arg("import")
            .arg(file)
            .arg("--corpus")
            .arg(bot.corpus())
            .output()
            .unwrap()
    };
    let imported = import(&file);
    assert!(imported.status.success(), "{imported:?}");
    assert!(
        bot.corpus().join("quyet-dinh-15.md").exists(),
        "{imported:?}"
    );
    bot.person(11)
        .says("Điều 1 Quyết định 15/QĐ-UBND")
        .has_not("ven suối");
    bot.signal("HUP");
    bot.wait_for_log("đã nạp lại bộ văn bản", 1);
    bot.person(11)
        .says("Điều 1 Quyết định 15/QĐ-UBND")
        .has("Thôn trồng cây xanh ở ven suối trước mùa mưa.")
        .has("Quyết định 15/QĐ-UBND");
    // What was there before is still answered, and a file that is none changes nothing.
    bot.person(11)
        .says("/muc III.4")
        .has("— Kế hoạch 109-KH/TU, mục III.4");
    std::fs::write(&file, "\u{0}").unwrap();
    assert_eq!(import(&file).status.code(), Some(1));
    bot.person(OPERATOR).says("/naplai").has("Đã nạp lại");
    bot.person(11)
        .says("Điều 1 Quyết định 15/QĐ-UBND")
        .has("ven suối");
}

#[test]
fn pages_for_machines() {
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let bot = Bot::with(&["--listen", &listen]);
    bot.person(11).says("Mục III.4 viết gì?");
    assert!(get(port, "/healthz").starts_with("HTTP/1.1 200"));
    assert!(get(port, "/readyz").starts_with("HTTP/1.1 200"));
    // The update is done a moment after its answer was sent.
    let mut metrics = get(port, "/metrics");
    for _ in 0..250 {
        if metrics.contains("hoidap_waiting_updates 0") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
        metrics = get(port, "/metrics");
    }
    for name in [
        "hoidap_updates_total{kind=\"question\"} 1",
        "hoidap_answers_total{kind=\"answer\"} 1",
        "hoidap_answer_seconds",
        "hoidap_waiting_updates 0",
    ] {
        assert!(metrics.contains(name), "no {name} in:\n{metrics}");
    }
    assert!(get(port, "/gi-do").starts_with("HTTP/1.1 404"));
}

#[test]
fn logs_can_be_read_by_machines() {
    let bot = Bot::with(&["--log", "json"]);
    bot.person(11).says("xin chào");
    let log = bot.log();
    let line = log.lines().find(|line| line.starts_with('{')).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(line["level"], serde_json::json!("INFO"));
}
