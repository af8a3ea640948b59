//! Help, options, configuration, exit codes.

use super::harness::Place;

#[cfg(feature = "bot")]
const COMMANDS: [&str; 9] = [
    "chat", "ask", "index", "check", "eval", "bot", "stats", "backup", "restore",
];
#[cfg(not(feature = "bot"))]
const COMMANDS: [&str; 5] = ["chat", "ask", "index", "check", "eval"];

#[test]
fn help_is_vietnamese_with_an_example() {
    let place = Place::new();
    for command in COMMANDS {
        for flag in ["--help", "-h"] {
            let ran = place.hoidap(&[command, flag]);
            ran.code(0).quiet();
            ran.prints(&format!("Cách dùng: hoidap {command}"));
            ran.prints(&format!("Ví dụ:\n  hoidap {command}"));
            ran.prints("--corpus <THƯ MỤC>").prints("In trợ giúp");
            for english in [
                "Usage",
                "Options",
                "Arguments",
                "Print",
                "default",
                "possible",
            ] {
                ran.prints_not(english);
            }
        }
    }
}

#[test]
fn the_first_page_lists_every_command() {
    let ran = Place::new().hoidap(&["--help"]);
    ran.code(0).quiet().prints("Các lệnh:").prints("Mã thoát");
    for command in COMMANDS {
        ran.prints(&format!("\n  {command} "));
    }
    ran.prints_not("Commands")
        .prints_not("Usage")
        .prints_not("Print");
}

#[test]
fn the_version() {
    let ran = Place::new().hoidap(&["--version"]);
    ran.code(0)
        .quiet()
        .prints(concat!("hoidap ", env!("CARGO_PKG_VERSION")));
}

#[track_caller]
fn wrong(arguments: &[&str], told: &str) {
    let ran = Place::new().hoidap(arguments);
    ran.code(2)
        .warns(told)
        .check(ran.stdout().is_empty(), "nothing on standard output");
    for english in ["error:", "Usage", "unexpected", "tip:", "For more"] {
        ran.check(!ran.stderr().contains(english), &format!("no “{english}”"));
    }
}

#[test]
fn wrong_usage_is_told_in_one_line_with_a_hint() {
    wrong(
        &["chekc"],
        "hoidap: không có lệnh “chekc”\n\nCó phải “check”?",
    );
    wrong(
        &["ask"],
        "hoidap: chưa có câu hỏi\n\nXem cách dùng: hoidap ask --help\n",
    );
    wrong(
        &["ask", "--jsno", "a"],
        "hoidap: không có tùy chọn “--jsno”\n\nCó phải “--json”?",
    );
    wrong(&["ask", "--ranked", "năm", "a"], "“năm”");
    wrong(&["ask", "--lines", "a"], "không đi cùng");
    wrong(&["eval"], "còn thiếu");
    wrong(&["check", "a"], "hoidap: ");
    wrong(&[], "Cách dùng: hoidap");
}

#[test]
fn the_terminal_rendering() {
    let ran = Place::new().hoidap(&["ask", "mục II.1 ý 1 của quy chế"]);
    ran.code(0)
        .quiet()
        .prints("\n  │ Mỗi bạn đọc được mượn ba cuốn");
    ran.prints("\n  └ Quy chế 05-QC/TV, mục II.1, ý 1\n")
        .prints_not("\u{1b}")
        .prints_not("bm25");
}

#[test]
fn the_trace_goes_where_it_does_not_mix_with_json() {
    let place = Place::new();
    let question = "Ai chủ trì việc mua sách mới?";
    place
        .hoidap(&["ask", "--trace", question])
        .code(0)
        .quiet()
        .prints("quy-che-05#III.1");
    let ran = place.hoidap(&["ask", "--trace", "--json", question]);
    ran.code(0).warns("quy-che-05#III.1").object();
}

#[test]
fn configuration_flags_over_environment_over_file() {
    let place = Place::new();
    std::fs::rename(place.path("corpus"), place.path("van-ban")).unwrap();
    let ask = ["ask", "--json", "Ai chủ trì việc mua sách mới?"];
    place.hoidap(&ask).code(1);

    let mut by_environment = place.command(&ask);
    by_environment.env("HOIDAP_CORPUS", "van-ban");
    place.run(by_environment).code(0).object();

    place.write("hoidap.toml", "corpus = \"van-ban\"\nindex = \"chi-muc\"\n");
    place.hoidap(&ask).code(0).object();
    assert!(place.path("chi-muc").is_dir());

    let mut environment_wins = place.command(&ask);
    environment_wins.env("HOIDAP_CORPUS", "khong-co");
    place.run(environment_wins).code(1).warns("khong-co");

    let mut flag_wins = place.command(&[&ask[..], &["--corpus", "van-ban"]].concat());
    flag_wins.env("HOIDAP_CORPUS", "khong-co");
    place.run(flag_wins).code(0).object();
}

#[test]
fn a_wrong_configuration_is_told_with_its_line() {
    let place = Place::new();
    place.write("hoidap.toml", "# chú thích\ncorpse = \"a\"\n");
    place
        .hoidap(&["check"])
        .code(2)
        .warns("hoidap: hoidap.toml:2: tệp cấu hình sai");
    place
        .hoidap(&["check", "--config", "khac.toml"])
        .code(2)
        .warns("khac.toml");
    place.write("khac.toml", "");
    place.hoidap(&["check", "--config", "khac.toml"]).code(0);
}
