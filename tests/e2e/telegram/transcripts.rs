//! Whole conversations as Telegram sees them: every call with its body, held as snapshots. A change
//! of one is reviewed by reading it as the person who asked (`INSTA_UPDATE=always cargo test …`).

use std::fmt::Write;

use serde_json::{Value, json};

use super::people::{Bot, Person, Shown, text_of};
use super::server::{BOT_NAME, Call};

/// What the process asks for by itself, while it starts and waits.
const AT_THE_START: [&str; 4] = ["getupdates", "getme", "getwebhookinfo", "setmycommands"];

/// A conversation, and what was written down of it.
struct Transcript<'a> {
    bot: &'a Bot,
    seen: usize,
    text: String,
}

impl<'a> Transcript<'a> {
    fn new(bot: &'a Bot) -> Self {
        Self {
            bot,
            seen: 0,
            text: String::new(),
        }
    }

    fn says(&mut self, person: Person<'_>, text: &str) -> Shown {
        writeln!(self.text, ">>> {text}\n").unwrap();
        let shown = person.says(text);
        self.calls();
        shown
    }

    fn presses(&mut self, person: Person<'_>, shown: &Shown, label: &str, sees: &str) -> Shown {
        writeln!(self.text, ">>> [{label}]\n").unwrap();
        person.presses(shown, label);
        let shown = person.sees(shown, sees);
        // A message is changed a moment before the call is written down.
        let seen = self.seen;
        self.bot.wait_for("the call that edits", |calls| {
            calls[seen..]
                .iter()
                .any(|call| call.method == "editmessagetext")
        });
        self.calls();
        shown
    }

    /// Writes down what Telegram was asked since the last step.
    fn calls(&mut self) {
        let calls = self.bot.server.calls();
        for call in &calls[self.seen..] {
            if !AT_THE_START.contains(&call.method.as_str()) {
                write_call(&mut self.text, call);
            }
        }
        self.seen = calls.len();
    }
}

fn write_call(text: &mut String, call: &Call) {
    let mut body = without_prints(&call.body);
    let message = body.as_object_mut().and_then(|body| body.remove("text"));
    writeln!(text, "{} {body}", call.method).unwrap();
    if let Some(message) = message {
        for line in message.as_str().unwrap().lines() {
            writeln!(text, "    {line}").unwrap();
        }
    }
    text.push('\n');
}

/// Fingerprints change with every change of the tables.
fn without_prints(value: &Value) -> Value {
    let text = value.to_string();
    let mut masked = String::with_capacity(text.len());
    for (at, part) in text.split('|').enumerate() {
        let print = part.len() == 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        masked.push_str(if at > 0 { "|" } else { "" });
        masked.push_str(if print { "…" } else { part });
    }
    serde_json::from_str(&masked).unwrap()
}

#[test]
fn an_official_before_a_meeting() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let mut talk = Transcript::new(&bot);
    talk.says(lan, "/start");
    let shown = talk.says(lan, "btg tinh uy phai lam gi");
    talk.presses(lan, &shown, "« Trước", "— Kế hoạch 109-KH/TU, mục III.3");
    talk.says(lan, "bao cao ai");
    talk.says(lan, "bao giờ xong?");
    talk.says(lan, "kinh phí bao nhiêu tiền?");
    insta::assert_snapshot!(talk.text);
}

#[test]
fn a_citizen_on_a_phone() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let mut talk = Transcript::new(&bot);
    talk.says(lan, "ai lo vu tre duoi nuoc z ad");
    talk.says(lan, "con dau nua");
    talk.says(lan, "cam on ad");
    insta::assert_snapshot!(talk.text);
}

#[test]
fn a_propagandist_with_ten_minutes() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let mut talk = Transcript::new(&bot);
    talk.says(lan, "/phatbieu xâm hại trẻ em");
    let shown = talk.says(lan, "/tim môi trường mạng");
    talk.presses(lan, &shown, "1", "—");
    insta::assert_snapshot!(talk.text);
}

#[test]
fn a_child_alone_at_night() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let mut talk = Transcript::new(&bot);
    let shown = talk.says(lan, "chú hay vào phòng em ban đêm, em sợ lắm");
    talk.presses(lan, &shown, "Tôi chỉ hỏi về văn bản", "Không tìm thấy");
    insta::assert_snapshot!(talk.text);
}

#[test]
fn somebody_who_votes() {
    let bot = Bot::start();
    let lan = bot.person(11);
    let mut talk = Transcript::new(&bot);
    let shown = talk.says(lan, "Mục III.4 viết gì?");
    talk.text.push_str(">>> [👎]\n\n");
    lan.presses(&shown, "👎");
    lan.sees_button(&shown, "Khó hiểu");
    talk.text.push_str(">>> [Khó hiểu]\n\n");
    lan.presses(&shown, "Khó hiểu");
    bot.wait_for("the buttons to go", |calls| {
        calls
            .iter()
            .filter(|call| call.method == "editmessagereplymarkup")
            .count()
            >= 2
    });
    talk.calls();
    insta::assert_snapshot!(talk.text);
}

#[test]
fn a_group_that_quarrels() {
    const GROUP: i64 = -100_200_300;
    let bot = Bot::start();
    let lan = bot.person(11).in_group(GROUP);
    let minh = bot.person(12).in_group(GROUP);
    let mut talk = Transcript::new(&bot);
    minh.sends(text_of("tui nói là công an phải lo chứ ai"));
    let asked = minh.sends(text_of("HĐND tỉnh làm gì trong vụ này?"));
    talk.text.push_str(">>> /hoi\n\n");
    lan.gets(|| {
        lan.replies(&asked, "/hoi");
    });
    talk.calls();
    talk.says(minh, &format!("@{BOT_NAME} còn công an thì sao?"));
    let answer = lan.types_inline("ke-hoach-109#III.2", "");
    assert_eq!(answer["results"].as_array().unwrap().len(), 1);
    assert_ne!(answer["results"][0]["id"], json!(""));
    talk.calls();
    insta::assert_snapshot!(talk.text);
}
