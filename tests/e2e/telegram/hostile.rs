//! What somebody who means harm may send to the bot, or put into its documents; and where the token
//! is not. `docs/security.md` tells which harm each test is about.

use std::collections::HashSet;
use std::fs;

use serde_json::{Value, json};

use super::http::{free_port, get, post};
use super::people::{Bot, Person, Shown, text_of, to};
use super::server::TOKEN;

/// Characters that turn the direction of text, or that Telegram takes for none.
fn steers(text: &str) -> bool {
    text.chars().any(|c| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    })
}

#[track_caller]
fn is_clean(shown: &Shown) {
    assert!(!steers(&shown.text), "{:?}", shown.text);
    let labels = shown.labels.iter().flatten();
    assert!(labels.into_iter().all(|label| !steers(label)), "{shown:?}");
}

/// Nothing that the bot sent was refused, and nothing in it broke.
#[track_caller]
fn went_well(bot: &Bot) {
    for call in bot.server.calls() {
        let unchanged = call.body.to_string().contains("editmessage");
        assert!(
            call.status != 400 || unchanged,
            "refused: {} {}",
            call.method,
            call.body
        );
    }
    let log = bot.log();
    assert!(!log.contains("lỗi trong chương trình"), "{log}");
}

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.next(from.len())]
    }

    /// A few characters from all over Unicode.
    fn noise(&mut self, longest: usize) -> String {
        let length = self.next(longest + 1);
        let ranges = [
            0x20..0x7f,
            0..0x20,
            0xa0..0x300,
            0x1ea0..0x1f00,
            0x2000..0x2070,
            0x1_f300..0x1_f700,
        ];
        (0..length)
            .filter_map(|_| {
                let range = &ranges[self.next(ranges.len())];
                let width = (range.end - range.start) as usize;
                char::from_u32(range.start + self.next(width) as u32)
            })
            .collect()
    }
}

#[test]
fn what_people_type_is_text_and_nothing_else() {
    let bot = Bot::start();
    let lan = bot.person(11);
    for text in [
        "<b>Mục</b> III.4 </blockquote><a href=\"http://a\">viết gì?",
        "Mục III.4 &lt;script&gt; & &#0; viết gì?",
        "\u{202e}?ìg tếiv 4.III cụM",
        "Mục\0 III.4\u{7}\u{1b}[31m viết gì?",
        "\u{feff}\u{200b}Mục III.4 viết\u{200d} gì?\u{2069}\u{2066}",
        "giá vàng <i>hôm nay\u{202e} là bao nhiêu",
        "kinh phí \u{2067}<tg-spoiler>là bao nhiêu tiền?",
    ] {
        is_clean(&lan.says(text));
        is_clean(&lan.says(&format!("/tim {text}")));
        is_clean(&lan.says(&format!("/muc {text}")));
        is_clean(&lan.says(&format!("/nhiemvu {text}")));
        is_clean(&lan.says(&format!("/phatbieu {text}")));
        let inline = lan.types_inline(text, "");
        assert!(!inline.to_string().contains("\\u001b"), "{inline}");
    }
    for text in [
        "<".repeat(4_000),
        "&".repeat(4_096),
        "\u{202e}".repeat(900),
        "a\u{301}".repeat(2_000),
    ] {
        is_clean(&lan.says(&text));
    }
    went_well(&bot);
}

#[test]
fn whatever_people_type_is_answered() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let mut numbers = Numbers(0x5eed_1234_abcd_0001);
    let words = [
        "Mục III.4",
        "trẻ em",
        "/muc ",
        "/tim ",
        "ai",
        "\u{202e}",
        "<b>",
        "III.",
        "#",
        "109",
    ];
    for _ in 0..120 {
        let parts = [0; 4].map(|_| format!("{}{}", numbers.pick(&words), numbers.noise(9)));
        let text = parts.concat();
        if !text.trim().is_empty() {
            is_clean(&lan.says(&text));
        }
    }
    went_well(&bot);
}

#[test]
fn pressed_data_that_nobody_wrote_does_no_harm() {
    let mut bot = Bot::with(&["--operators", "77"]);
    bot.person(77).says("/tat ke-hoach-109#III.2");
    let shown = bot.person(11).says("Mục III.4 viết gì?");
    let before = shown.text.clone();
    let lan = bot.person(11);
    let long = "x".repeat(5_000);
    for data in [
        "",
        "1",
        "1r",
        "1r\0",
        "1r../../etc/passwd",
        "1rke-hoach-109#III.99999999999999999999",
        "1c65535|ke-hoach-109",
        "1c65536|ke-hoach-109",
        "1c-1|",
        "1u255|65535",
        "1u999|0",
        "1h65535",
        "1d../x",
        "1dkhong-co",
        "1a0",
        "1a255",
        "1g||",
        "1w255|a|b",
        "2rke-hoach-109#III.4",
        "1z",
        "1rke-hoach-109#\u{202e}",
        "đđđ",
        long.as_str(),
    ] {
        lan.presses_data(&shown.raw, data);
    }
    let mut numbers = Numbers(0x5eed_1234_abcd_0002);
    let heads = [
        "1r", "1e", "1c", "1u", "1d", "1h", "1g|", "1b|", "1w1|", "1a", "1o", "",
    ];
    let middles = [
        "ke-hoach-109#",
        "0|",
        "chi-thi-28",
        "III.4",
        "|",
        "65535|ke-hoach-109#II",
        "",
    ];
    for _ in 0..250 {
        let data = [numbers.pick(&heads), numbers.pick(&middles)].concat() + &numbers.noise(12);
        lan.presses_data(&shown.raw, &data);
    }
    went_well(&bot);
    // What is switched off is shown to nobody who makes up its button.
    for data in ["1rke-hoach-109#III.2", "1eke-hoach-109#III.2"] {
        lan.presses_data(&shown.raw, data);
        let now = bot.server.message(11, shown.id).unwrap();
        let text = now["text"].as_str().unwrap();
        assert!(!text.contains("lồng ghép, phân bổ nguồn lực"), "{text}");
    }
    // Nor does a vote count that stands under no message.
    for data in [
        "1g|0123456789ab|ke-hoach-109#III.4",
        "1b|=1+1|<b>",
        "1w3|a|ke-hoach-109#III.4",
    ] {
        lan.presses_data(&shown.raw, data);
    }
    assert!(before.contains("III.4"));
    bot.stop();
    let stats = bot.command("stats").arg("--json").output().unwrap();
    let stats: Value = serde_json::from_slice(&stats.stdout).unwrap();
    assert_eq!(stats["votes"], json!([]), "{stats}");
}

#[test]
fn a_press_reaches_the_chat_of_its_message_alone() {
    let bot = Bot::start();
    let lan = bot.person(11).says("Mục III.4 viết gì?");
    let minh = bot.person(12).says("Mục III.3 viết gì?");
    // Data that names another chat, or another's message, is no data.
    for data in ["1r12", "1r-1001|12", "12", &format!("1r{}", minh.id)] {
        bot.person(11).presses_data(&lan.raw, data);
    }
    bot.person(11)
        .presses_data(&lan.raw, "1rke-hoach-109#III.1");
    let lan = bot.person(11).sees(&lan, "mục III.1");
    let now = bot.server.message(12, minh.id).unwrap();
    assert_eq!(now["text"].as_str().unwrap(), minh.text);
    // What one person leans on is not what another does.
    bot.person(12).says("mục tiếp theo").has("mục III.4");
    assert_eq!(to(&bot.server.calls(), 11).count(), 1, "{lan:?}");
}

#[test]
fn who_presses_without_end_is_left_alone() {
    let bot = Bot::with(&["--per-minute-person", "2"]);
    let shown = bot.person(11).says("Mục III.4 viết gì?");
    for _ in 0..6 {
        bot.person(11)
            .presses_data(&shown.raw, "1rke-hoach-109#III.3");
    }
    let note = bot
        .person(11)
        .presses_data(&shown.raw, "1rke-hoach-109#III.3")
        .note;
    assert!(note.contains("phút"), "{note}");
    let answers = |bot: &Bot| bot.server.taken("answerCallbackQuery").len();
    assert_eq!(answers(&bot), 7);
    for _ in 0..5 {
        bot.server.push(json!({"callback_query": {
            "id": "1", "from": {"id": 11, "is_bot": false, "first_name": "L"},
            "message": shown.raw, "chat_instance": "1", "data": "1rke-hoach-109#III.3",
        }}));
    }
    // Others are served.
    let other = bot.person(12).says("Mục III.4 viết gì?");
    bot.person(12)
        .presses_data(&other.raw, "1rke-hoach-109#III.3");
    bot.person(12).sees(&other, "mục III.3");
    assert_eq!(answers(&bot), 8);
}

#[test]
fn start_parameters_that_nobody_made_show_help() {
    let bot = Bot::with(&["--operators", "77"]);
    bot.person(77).says("/tat ke-hoach-109#III.2");
    let lan: Person = bot.person(11);
    let long = "a".repeat(3_000);
    for parameter in [
        "x",
        "_",
        "___",
        "../../etc/passwd",
        "ke-hoach-109#III.4\0",
        "<b>a",
        "\u{202e}ke",
        long.as_str(),
        "ke-hoach-109_99999999999999999999_1",
        "khong-co_I_1",
        "0",
        "-",
        "; rm -rf /",
        "%00",
        "12345678901",
    ] {
        let shown = lan.says(&format!("/start {parameter}"));
        is_clean(&shown);
        shown.has_not("lồng ghép");
    }
    lan.says("/start ke-hoach-109_III_2")
        .has_not("lồng ghép, phân bổ nguồn lực");
    lan.says("/start ke-hoach-109_III_4")
        .has("— Kế hoạch 109-KH/TU, mục III.4");
    went_well(&bot);
}

#[test]
fn operators_commands_are_theirs_whatever_the_name() {
    let bot = Bot::with(&["--operators", "77"]);
    for command in [
        "/tat bot",
        "/tat@hoidap_thu_bot bot",
        "/TAT bot",
        "/tat\u{200b} bot",
        "/naplai",
        "/mo bot",
    ] {
        bot.person(11)
            .says(command)
            .has_not("Đã tắt")
            .has_not("Đã nạp");
    }
    // A forwarded or quoted command of an operator is nobody's.
    let mut fields = text_of("/tat bot");
    fields["forward_origin"] = json!({"type": "user", "date": 1, "sender_user": {"id": 77, "is_bot": false, "first_name": "V"}});
    bot.person(11).gets(|| {
        bot.person(11).sends(fields);
    });
    bot.person(11)
        .says("Mục III.4 viết gì?")
        .has("— Kế hoạch 109-KH/TU, mục III.4");
}

#[test]
fn a_hostile_document_is_quoted_as_text() {
    let mut bot = Bot::with_own_corpus(&[]);
    bot.stop();
    let document = "+++\nid = \"la\"\ntype = \"Quy định\"\nnumber = \"1\"\nshort = \"Quy định <b>1</b>\\u202E & 2\"\n\
         title = \"<i>Trồng cây\"\nissuer = \"Xã\"\n+++\n\n# Trồng cây\n\n## I. <script>\u{202e}VIỆC\n\n\
         - Trường <b>học</u> trồng &lt;cây&gt; \u{202e}bóng\u{2066} mát\u{1b}[2J </blockquote><a href=\"tg://user?id=1\">ở đây</a>.\n";
    fs::write(bot.corpus().join("la.md"), document).unwrap();
    bot.run();
    let lan = bot.person(11);
    let shown = lan.says("/muc la#I.1");
    is_clean(&shown);
    shown.has("Trường <b>học</u> trồng &lt;cây&gt; bóng mát[2J </blockquote><a href=");
    is_clean(&lan.says("/vanban"));
    is_clean(&lan.says("/tim bóng mát"));
    is_clean(&lan.says("/start la_I_1"));
    is_clean(&lan.says("/nguon"));
    went_well(&bot);
}

#[test]
fn the_token_is_nowhere() {
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let mut bot = Bot::with(&[
        "--listen",
        &listen,
        "--webhook",
        "https://bot.example.vn/hook",
    ]);
    // All that the libraries have to say; the log is searched for the token when the test ends.
    bot.set("HOIDAP_LOG", "trace");
    bot.wait_for("the webhook to be set", |calls| {
        calls.iter().any(|call| call.method == "setwebhook")
    });
    let (_, webhook_secret) = bot.server.webhook().unwrap();
    // Nor is what somebody asks.
    let asked = "chuyện zenzen của tôi là gì";
    let message = bot.person(11).message(text_of(asked));
    let update = json!({"update_id": 1, "message": message}).to_string();
    assert_eq!(post(port, "/hook", Some(&webhook_secret), &update), 200);
    bot.sent(11, 1);
    let token = TOKEN.split_once(':').unwrap().1;
    let secrets: HashSet<&str> = [TOKEN, token, &webhook_secret, asked, "zenzen"].into();
    let hidden = |text: &str, where_: &str| {
        for secret in &secrets {
            assert!(!text.contains(secret), "{secret} in {where_}:\n{text}");
        }
    };
    for path in ["/metrics", "/healthz", "/readyz", "/hook", "/"] {
        hidden(&get(port, path), path);
    }
    let process = format!("/proc/{}", bot.pid());
    for file in ["cmdline", "comm", "environ", "status"] {
        let text = fs::read(format!("{process}/{file}")).unwrap();
        hidden(&String::from_utf8_lossy(&text), file);
    }
    bot.server
        .fault("setWebhook", &[super::server::Fault::Code(400)]);
    assert_eq!(bot.stop().0, Some(0));
    hidden(&bot.log(), "log");
    assert!(bot.log().contains("TRACE"), "nothing was traced");
    // What fails says why without it, from the environment too.
    for arguments in [
        &["bot", "--help"][..],
        &["bot"],
        &[
            "bot",
            "--data",
            "data",
            "--api-url",
            "http://127.0.0.1:1",
            "--webhook",
            "https://a",
        ],
        &["bot", "--data", "data", "--listen", "256.0.0.1:1"],
        &["--help"],
    ] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_hoidap"));
        command
            .args(arguments)
            .current_dir(bot.folder.path())
            .env("TELOXIDE_TOKEN", TOKEN)
            .env("HOIDAP_LOG", "trace")
            .stdin(std::process::Stdio::null());
        hidden(&ended(&mut command), &arguments.join(" "));
    }
}

/// What a process says before it ends, or in a second.
fn ended(command: &mut std::process::Command) -> String {
    use std::process::Stdio;
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    for _ in 0..50 {
        if child.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let _ = child.kill();
    let output = child.wait_with_output().unwrap();
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}
