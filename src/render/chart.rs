//! The operators' figures as a picture: questions a day as bars, the answered part of each filled,
//! and the most asked passages. Hand-written SVG, drawn with a font that comes with the program and
//! has all Vietnamese letters.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::markup::escape;

/// DejaVu Sans; its licence stands beside it.
const FONT: &[u8] = include_bytes!("font/DejaVuSans.ttf");

const WIDTH: usize = 900;
const LEFT: usize = 60;
const RIGHT: usize = 870;
const TOP: usize = 90;
const BOTTOM: usize = 330;
/// Height of a line of the list below the bars.
const LINE: usize = 34;
/// Letters of a topic before it is cut.
const TOPIC: usize = 46;

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// Over the picture.
    pub title: String,
    /// The bars, in order.
    pub days: Vec<Day>,
    /// The most asked, with how often.
    pub topics: Vec<(String, usize)>,
}

/// One bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Under the bar.
    pub label: String,
    /// Questions.
    pub all: usize,
    /// Of them answered.
    pub answered: usize,
}

/// The picture as PNG; `None` if it cannot be drawn.
pub fn png(chart: &Chart) -> Option<Vec<u8>> {
    let mut options = Options {
        font_family: "DejaVu Sans".to_owned(),
        ..Options::default()
    };
    options.fontdb_mut().load_font_data(FONT.to_vec());
    let tree = Tree::from_str(&svg(chart), &options).ok()?;
    let size = tree.size().to_int_size();
    let mut pixmap = Pixmap::new(size.width(), size.height())?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    pixmap.encode_png().ok()
}

fn svg(chart: &Chart) -> String {
    let height =
        BOTTOM + 80 + LINE * chart.topics.len() + if chart.topics.is_empty() { 0 } else { 50 };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         font-family=\"DejaVu Sans\" font-size=\"18\" fill=\"#222\">\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>"
    );
    text(&mut svg, LEFT, 42, "start", 26, &chart.title);
    text(&mut svg, LEFT, 70, "start", 15, &share(chart));
    bars(&mut svg, chart);
    topics(&mut svg, chart);
    svg.push_str("</svg>");
    svg
}

fn share(chart: &Chart) -> String {
    let sum = |of: fn(&Day) -> usize| chart.days.iter().map(of).sum::<usize>();
    let (all, answered) = (sum(|day| day.all), sum(|day| day.answered));
    match (100 * answered).checked_div(all) {
        Some(share) => format!("{all} câu hỏi, trả lời được {answered} ({share} %, phần đậm)"),
        None => "Chưa có câu hỏi nào.".to_owned(),
    }
}

fn bars(svg: &mut String, chart: &Chart) {
    let most = chart
        .days
        .iter()
        .map(|day| day.all)
        .max()
        .unwrap_or(0)
        .max(1);
    let room = RIGHT - LEFT;
    let step = room / chart.days.len().max(1);
    let width = (step * 3 / 4).clamp(2, 60);
    for line in 0..=4 {
        let y = BOTTOM - (BOTTOM - TOP) * line / 4;
        svg.push_str(&format!(
            "<line x1=\"{LEFT}\" y1=\"{y}\" x2=\"{RIGHT}\" y2=\"{y}\" stroke=\"#ddd\"/>"
        ));
        // Fewer questions than lines: only whole numbers are named.
        if (most * line) % 4 == 0 {
            text(
                svg,
                LEFT - 10,
                y + 5,
                "end",
                14,
                &(most * line / 4).to_string(),
            );
        }
    }
    let every = chart.days.len().div_ceil(10).max(1);
    for (at, day) in chart.days.iter().enumerate() {
        let x = LEFT + step * at + (step.saturating_sub(width)) / 2;
        bar(svg, x, width, day.all, most, "#bcd4e6");
        bar(svg, x, width, day.answered.min(day.all), most, "#2f6f9f");
        if at % every == 0 {
            text(svg, x + width / 2, BOTTOM + 24, "middle", 14, &day.label);
        }
    }
}

fn bar(svg: &mut String, x: usize, width: usize, value: usize, most: usize, fill: &str) {
    let height = (BOTTOM - TOP) * value / most;
    let y = BOTTOM - height;
    svg.push_str(&format!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>"
    ));
}

fn topics(svg: &mut String, chart: &Chart) {
    let most = chart
        .topics
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(1)
        .max(1);
    if !chart.topics.is_empty() {
        text(svg, LEFT, BOTTOM + 70, "start", 20, "Hỏi nhiều nhất");
    }
    for (at, (topic, count)) in chart.topics.iter().enumerate() {
        let y = BOTTOM + 84 + LINE * at;
        let width = (RIGHT - LEFT - 60) * count / most;
        svg.push_str(&format!(
            "<rect x=\"{LEFT}\" y=\"{y}\" width=\"{width}\" height=\"26\" fill=\"#e4eef6\"/>"
        ));
        text(svg, LEFT + 8, y + 19, "start", 16, &cut(topic));
        text(svg, RIGHT, y + 19, "end", 16, &count.to_string());
    }
}

fn cut(topic: &str) -> String {
    if topic.chars().count() <= TOPIC {
        return topic.to_owned();
    }
    let kept: String = topic.chars().take(TOPIC - 1).collect();
    format!("{}…", kept.trim_end())
}

fn text(svg: &mut String, x: usize, y: usize, anchor: &str, size: usize, text: &str) {
    let escaped = escape(text);
    svg.push_str(&format!(
        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\">{escaped}</text>"
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(days: usize) -> Chart {
        Chart {
            title: "Câu hỏi <30 ngày> & góp ý: Đẩy mạnh, ưỡn, nghĩa, quỹ".to_owned(),
            days: (0..days)
                .map(|at| Day {
                    label: format!("11-{:02}", at % 30 + 1),
                    all: at % 7 + 1,
                    answered: at % 5,
                })
                .collect(),
            topics: vec![
                ("ke-hoach-109#III.4".to_owned(), 12),
                (
                    "Một chủ đề rất dài không thể vừa một dòng của bức hình này được".to_owned(),
                    3,
                ),
            ],
        }
    }

    #[test]
    fn any_number_of_days_is_drawn() {
        for days in [0, 1, 30, 90, 800] {
            let png = png(&chart(days)).expect("a picture");
            assert_eq!(&png[1..4], b"PNG", "{days}");
        }
        assert!(png(&Chart::default()).is_some());
    }

    #[test]
    fn letters_are_drawn_with_the_font_that_comes_along() {
        let mut with = chart(3);
        let picture = png(&with).unwrap();
        with.title = "Câu hỏi khác hẳn".to_owned();
        assert_ne!(picture, png(&with).unwrap(), "the title is not drawn");
    }
}
