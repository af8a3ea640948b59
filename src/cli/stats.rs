//! `hoidap stats`: what people asked, what was not answered, what they thought of the answers.

use std::io::{self, Write};

use super::Outcome;
use super::arguments::Stats as Flags;
use super::config::Config;
use super::store::open_store;
use crate::bot::today;
use crate::render::terminal::shown;
use crate::store::stats::{self, Line, Stats};

/// Prints the figures.
pub fn run(config: &Config, flags: &Flags) -> anyhow::Result<Outcome> {
    let store = open_store(config)?;
    let stats = stats::read(store.as_ref(), today(), flags.days)?;
    let text = if flags.json {
        format!("{}\n", serde_json::to_string(&stats)?)
    } else if flags.csv {
        csv(&stats)
    } else {
        table(&stats)
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Outcome::Fine)
}

fn lists(stats: &Stats) -> [(&'static str, &[Line]); 6] {
    [
        ("Ý hỏi", &stats.intents),
        ("Hỏi nhiều nhất", &stats.asked),
        ("Đoạn được trích nhiều nhất", &stats.passages),
        ("Chưa trả lời được", &stats.unanswered),
        ("Góp ý", &stats.votes),
        ("Đoạn bị chê", &stats.voted_down),
    ]
}

fn table(stats: &Stats) -> String {
    if stats.questions == 0 && stats.votes.is_empty() {
        return "Chưa có câu hỏi nào được ghi.\n".to_owned();
    }
    let mut text = format!(
        "Từ {} đến {}: {} câu hỏi, trả lời được {}, không có trong văn bản {}.\n",
        stats.from, stats.to, stats.questions, stats.answered, stats.abstained
    );
    for (title, lines) in lists(stats).iter().filter(|(_, lines)| !lines.is_empty()) {
        text.push_str(&format!("\n{title}\n"));
        for line in *lines {
            text.push_str(&format!("{:>6}  {}\n", line.count, shown(&line.what)));
        }
    }
    text.push_str("\nTừng ngày\n");
    for day in &stats.days {
        text.push_str(&format!(
            "{:>6}  {}, trả lời được {}\n",
            day.questions, day.day, day.answered
        ));
    }
    text
}

fn csv(stats: &Stats) -> String {
    let mut text = "bảng,mục,số\n".to_owned();
    for day in &stats.days {
        text.push_str(&row("câu hỏi trong ngày", &day.day, day.questions));
        text.push_str(&row("trả lời được trong ngày", &day.day, day.answered));
    }
    for (title, lines) in lists(stats) {
        for line in lines {
            text.push_str(&row(title, &line.what, line.count));
        }
    }
    text
}

fn row(table: &str, what: &str, count: usize) -> String {
    format!("{},{},{count}\n", field(table), field(what))
}

/// A field of CSV. What a spreadsheet would take for a formula begins with an apostrophe: it is
/// somebody's question.
fn field(text: &str) -> String {
    let text = shown(text);
    let formula = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let text = if formula { format!("'{text}") } else { text };
    if text.contains(['"', ',']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_safe() {
        for (text, expect) in [
            ("ai lo?", "ai lo?"),
            ("ai, ở đâu", "\"ai, ở đâu\""),
            ("nói \"a\"", "\"nói \"\"a\"\"\""),
            ("=1+1", "'=1+1"),
            ("＝1+1", "'＝1+1"),
            ("a\u{1b}[2J", "a [2J"),
            ("a\nb", "a b"),
        ] {
            assert_eq!(field(text), expect);
        }
    }
}
