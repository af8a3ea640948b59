//! The figures as a plot: both axes by powers of ten, a line a figure.

use super::Row;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 70.0;
const BOTTOM: f64 = 360.0;
const TOP: f64 = 20.0;
const RIGHT: f64 = 500.0;
/// Powers of ten at the ends of the axis of figures.
const LEAST: f64 = -1.0;
const MOST: f64 = 4.0;

type Figure = (&'static str, &'static str, fn(&Row) -> f64);

const FIGURES: &[Figure] = &[
    ("indexing, s", "#1b6ca8", |row| row.indexing),
    ("own memory, indexing, MB", "#7a4b94", |row| {
        row.indexing_memory.own
    }),
    ("opening, ms", "#2e8540", |row| row.opening),
    ("answer, median, ms", "#d98200", |row| row.median),
    ("answer, 99th percentile, ms", "#c0392b", |row| row.slow),
];

/// An SVG picture.
pub fn svg(rows: &[Row]) -> String {
    let least = rows.first().map_or(1.0, |row| row.passages as f64).log10();
    let most = rows.last().map_or(1.0, |row| row.passages as f64).log10();
    let across = |passages: f64| {
        LEFT + (passages.log10() - least) / (most - least).max(1e-9) * (RIGHT - LEFT)
    };
    let up = |value: f64| {
        let power = value.max(1e-9).log10().clamp(LEAST, MOST);
        BOTTOM - (power - LEAST) / (MOST - LEAST) * (BOTTOM - TOP)
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n"
    );
    for power in LEAST as i32..=MOST as i32 {
        let y = up(10f64.powi(power));
        let label = 10f64.powi(power);
        svg += &format!(
            "<line x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#ddd\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>\n",
            LEFT - 8.0,
            y + 4.0
        );
    }
    for row in rows {
        let x = across(row.passages as f64);
        svg += &format!(
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>\n",
            BOTTOM + 20.0,
            row.passages
        );
    }
    svg += &format!(
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">passages</text>\n",
        (LEFT + RIGHT) / 2.0,
        BOTTOM + 42.0
    );
    for (at, (name, colour, value)) in FIGURES.iter().enumerate() {
        let points: Vec<String> = rows
            .iter()
            .map(|row| format!("{:.1},{:.1}", across(row.passages as f64), up(value(row))))
            .collect();
        let y = TOP + 20.0 + 22.0 * at as f64;
        svg += &format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n\
             <line x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"{colour}\" stroke-width=\"3\"/>\n\
             <text x=\"{:.1}\" y=\"{:.1}\">{name}</text>\n",
            points.join(" "),
            RIGHT + 15.0,
            RIGHT + 35.0,
            RIGHT + 42.0,
            y + 4.0
        );
    }
    svg + "</svg>\n"
}
