//! The official text in place of a digest: what still holds of the tables moves with it, the rest
//! is set aside, nothing is lost.

use super::super::harness::Place;

const DIGEST: &str = "+++
id = \"chi-thi-9\"
type = \"Chỉ thị\"
number = \"09-CT/TU\"
short = \"Chỉ thị 09-CT/TU\"
title = \"Chỉ thị về trồng rừng\"
issuer = \"Tỉnh ủy\"
signer = \"Lê An\"
signer_role = \"Bí thư\"
text = \"digest\"
missing = [\"thời hạn\"]
amends = [\"Chỉ thị 03-CT/TU\"]
+++

## Việc chính {#viec}

- Sở Nông nghiệp lập vườn ươm ở mỗi huyện.

- Trạm Kiểm lâm giữ rừng đầu nguồn.
";

const UNITS: &str = "# Bảng của tôi

[[unit]]
id = \"so-nn\"
name = \"Sở Nông nghiệp\"
level = \"tinh\"
kind = \"named\"

# trạm ở huyện
[[unit]]
id = \"kiem-lam\"
name = \"Trạm Kiểm lâm\"
level = \"huyen\"
kind = \"named\"
";

const TASKS: &str = "# Phân công

[[assignment]]
unit = \"so-nn\"
role = \"chu-tri\"
passage = \"chi-thi-9#viec.1\"
task = \"lập vườn ươm ở mỗi huyện\"

[[assignment]]
unit = \"kiem-lam\"
role = \"thuc-hien\"
passage = \"chi-thi-9#viec.2\"
task = \"giữ rừng đầu nguồn\"
";

const SAYINGS: &str = "[[passage]]
id = \"chi-thi-9#viec.1\"
says = [
  \"chỗ gieo cây con\",
]

[[passage]]
id = \"chi-thi-9#viec.2\"
says = [\"giữ rừng\"]
";

const OFFICIAL: &str = "TỈNH ỦY BÌNH MINH

Số 09-CT/TU

CHỈ THỊ

về trồng rừng

Rừng của tỉnh còn ít.

1- Sở Nông nghiệp lập vườn ươm ở mỗi huyện. Vườn rộng một héc-ta.

2- Công an tỉnh xử lý nghiêm việc phá rừng.

T/M TỈNH ỦY

BÍ THƯ

Lê An
";

fn place() -> Place {
    let place = Place::new();
    std::fs::create_dir(place.path("moi")).unwrap();
    for (name, text) in [
        ("chi-thi-9.md", DIGEST),
        ("don-vi.toml", UNITS),
        ("phan-cong.toml", TASKS),
        ("dien-dat.toml", SAYINGS),
    ] {
        place.write(&format!("moi/{name}"), text);
    }
    place.write("chi-thi.txt", OFFICIAL);
    place.hoidap(&["check", "--corpus", "moi"]).code(0);
    place
}

#[test]
fn what_holds_moves_and_what_does_not_is_set_aside() {
    let place = place();
    let ran = place.hoidap(&[
        "import",
        "chi-thi.txt",
        "--id",
        "chi-thi-9",
        "--corpus",
        "moi",
    ]);
    ran.code(0).quiet();
    ran.prints("1 chuyển sang mã đoạn mới")
        .prints("1 việc giao không còn khớp")
        .prints("- chi-thi-9#viec.2: Trạm Kiểm lâm giữ rừng đầu nguồn.")
        .prints("+ chi-thi-9#2.1: Công an tỉnh xử lý nghiêm việc phá rừng.");
    place
        .hoidap(&["check", "--corpus", "moi"])
        .code(0)
        .prints("chờ rà soát");
    let tasks = place.read("moi/phan-cong.toml");
    ran.check(
        tasks.contains("passage = \"chi-thi-9#1.1\"\ntask = \"lập vườn ươm"),
        "the task moved",
    );
    for line in TASKS.lines().skip(8) {
        let aside = format!("# {line}");
        ran.check(
            tasks.contains(aside.trim_end()),
            &format!("{line} is set aside"),
        );
    }
    let units = place.read("moi/don-vi.toml");
    ran.check(
        units.starts_with("# Bảng của tôi\n\n[[unit]]\nid = \"so-nn\""),
        "hand-kept text stays",
    );
    ran.check(
        units.contains("# id = \"kiem-lam\""),
        "a unit that no text names is set aside",
    );
    let says = place.read("moi/dien-dat.toml");
    ran.check(
        says.contains("# says = [\"giữ rừng\"]"),
        "a paraphrase of what is gone is set aside",
    );
    // What the digest said of itself and the file does not say stays.
    let text = place.read("moi/chi-thi-9.md");
    for line in [
        "text = \"verbatim\"",
        "amends = [\"Chỉ thị 03-CT/TU\"]",
        "signer_role = \"Bí thư\"",
    ] {
        ran.check(text.contains(line), line);
    }
    ran.check(!text.contains("missing"), "a whole text lacks nothing");
    let kept: Vec<String> = std::fs::read_dir(place.path("moi/goc"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("chi-thi-9.truoc-"))
        .collect();
    ran.check(
        kept.len() == 1 && place.read(&format!("moi/goc/{}", kept[0])) == DIGEST,
        "the old file is kept",
    );
}

#[test]
fn what_nobody_has_looked_at_says_so() {
    let place = place();
    let ask = |question: &str| {
        let asked = ["ask", "--json", question, "--corpus", "moi", "--index", "i"];
        place.hoidap(&asked).code(0).object()["text"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(!ask("Ai lập vườn ươm?").contains("Chưa rà soát"));
    place
        .hoidap(&[
            "import",
            "chi-thi.txt",
            "--id",
            "chi-thi-9",
            "--corpus",
            "moi",
        ])
        .code(0);
    assert!(!ask("Ai lập vườn ươm?").contains("Chưa rà soát"));
    for question in ["Ai xử lý việc phá rừng?", "Công an tỉnh có nhiệm vụ gì?"] {
        let text = ask(question);
        assert!(
            text.contains("Công an tỉnh xử lý nghiêm") && text.contains("Chưa rà soát"),
            "{text}"
        );
    }
}

#[test]
fn a_dry_run_writes_nothing() {
    let place = place();
    let ran = place.hoidap(&["import", "chi-thi.txt", "--dry-run", "--corpus", "moi"]);
    ran.code(0).prints("=== ").prints("Nhận ra:");
    assert_eq!(place.read("moi/chi-thi-9.md"), DIGEST);
    assert!(!place.path("moi/goc").exists() && !place.path("moi/chi-thi-09.md").exists());
}

#[test]
fn the_same_file_again_changes_nothing() {
    let place = place();
    let import = [
        "import",
        "chi-thi.txt",
        "--id",
        "chi-thi-9",
        "--corpus",
        "moi",
    ];
    place.hoidap(&import).code(0);
    let kept = || {
        [
            "chi-thi-9.md",
            "don-vi.toml",
            "phan-cong.toml",
            "dien-dat.toml",
        ]
        .map(|name| place.read(&format!("moi/{name}")))
    };
    let before = kept();
    let ran = place.hoidap(&import);
    ran.code(0).prints_not("Đã ghi");
    assert_eq!(before, kept());
}

#[test]
fn doubtful_and_replaced_texts_say_so() {
    let place = place();
    place.change(
        "moi/chi-thi-9.md",
        "amends",
        "doubtful = true\nreplaced_by = \"Chỉ thị 12-CT/TU\"\namends",
    );
    place.hoidap(&["check", "--corpus", "moi"]).code(0);
    let ran = place.hoidap(&[
        "ask",
        "--json",
        "ai giữ rừng đầu nguồn?",
        "--corpus",
        "moi",
        "--index",
        "i",
    ]);
    let text = ran.code(0).object()["text"].as_str().unwrap().to_owned();
    ran.check(
        text.starts_with("Lưu ý: Chỉ thị 09-CT/TU đã được thay thế bởi Chỉ thị 12-CT/TU."),
        "what was replaced says so first",
    );
    ran.check(
        text.contains("còn nhiều chỗ ngờ"),
        "a doubtful text says so",
    );
    place.change(
        "moi/chi-thi-9.md",
        "doubtful = true",
        "in_force_from = 2024-05-01",
    );
    for question in [
        "Chỉ thị 09 còn hiệu lực không?",
        "Chỉ thị 09 có hiệu lực từ ngày nào?",
    ] {
        let ran = place.hoidap(&["ask", question, "--corpus", "moi", "--index", "i"]);
        ran.code(0)
            .prints("đã được thay thế bởi Chỉ thị 12-CT/TU")
            .prints("có hiệu lực từ ngày 01/5/2024");
    }
}

#[test]
fn unreadable_recognition_is_refused_unless_wanted() {
    let place = place();
    let garbled = OFFICIAL
        .replace("lập vườn ươm", "lgp vvườn ươwm")
        .replace("Rừng của tỉnh", "Rưnưg cua tlnh");
    place.write("ocr.txt", garbled);
    let ran = place.hoidap(&["import", "ocr.txt", "--corpus", "moi2"]);
    ran.code(1)
        .prints("chữ “tlnh” không phải tiếng Việt")
        .warns("--force");
    assert!(!place.path("moi2").exists());
    place
        .hoidap(&["import", "ocr.txt", "--force", "--corpus", "moi2"])
        .code(0);
    assert!(place.read("moi2/chi-thi-09.md").contains("doubtful = true"));
}
