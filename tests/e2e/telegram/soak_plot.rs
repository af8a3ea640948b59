//! The soak's samples as a picture: latency, memory and the store's size over time, one above the other.

use super::soak::Sample;

const WIDTH: f64 = 900.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 860.0;
/// Height of a panel, and from one to the next.
const HEIGHT: f64 = 150.0;
const STEP: f64 = 220.0;
const FIRST: f64 = 50.0;

/// A line: its name, its colour, its value in a sample.
type Line = (&'static str, &'static str, fn(&Sample) -> f64);

fn panels() -> [(&'static str, Vec<Line>); 3] {
    [
        (
            "Latency, question to answer, ms",
            vec![
                ("99th percentile", "#b3432f", |s| s.p99 as f64 / 1e3),
                ("95th", "#d69a2d", |s| s.p95 as f64 / 1e3),
                ("median", "#2f6f9f", |s| s.p50 as f64 / 1e3),
            ],
        ),
        (
            "Memory, MiB",
            vec![
                ("resident", "#2f6f9f", |s| s.rss as f64 / 1024.0),
                ("of it no file", "#5a9e6f", |s| s.anonymous as f64 / 1024.0),
            ],
        ),
        (
            "Store on disk, MiB",
            vec![("store", "#2f6f9f", |s| s.store as f64 / 1_048_576.0)],
        ),
    ]
}

/// The picture.
pub fn svg(samples: &[Sample]) -> String {
    let panels = panels();
    let height = FIRST + STEP * panels.len() as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"DejaVu Sans, sans-serif\" font-size=\"13\" fill=\"#222\">\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    // Whole minutes.
    let last = samples.last().map_or(0, |sample| sample.second);
    let end = last.div_ceil(60).max(1) * 60;
    for (at, (title, lines)) in panels.iter().enumerate() {
        panel(
            &mut svg,
            FIRST + STEP * at as f64,
            title,
            lines,
            samples,
            end,
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn panel(svg: &mut String, top: f64, title: &str, lines: &[Line], samples: &[Sample], end: u64) {
    let bottom = top + HEIGHT;
    let values = lines.iter().flat_map(|(_, _, of)| samples.iter().map(of));
    let most = round_up(values.fold(0.0, f64::max));
    text(svg, LEFT, top - 14.0, "start", title, "#222");
    for mark in 0..=4 {
        let y = bottom - HEIGHT * f64::from(mark) / 4.0;
        svg.push_str(&format!(
            "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{RIGHT}\" y2=\"{y:.1}\" stroke=\"#ddd\"/>\n"
        ));
        let value = most * f64::from(mark) / 4.0;
        text(svg, LEFT - 8.0, y + 4.0, "end", &short(value), "#555");
    }
    let minutes = end / 60;
    for minute in (0..=minutes).step_by(minutes.div_ceil(6) as usize) {
        let x = LEFT + (RIGHT - LEFT) * minute as f64 / minutes as f64;
        let label = format!("{minute} min");
        text(svg, x, bottom + 18.0, "middle", &label, "#555");
    }
    let mut x = RIGHT;
    for (name, colour, of) in lines {
        text(svg, x, top - 14.0, "end", name, colour);
        x -= 8.5 * name.len() as f64 + 20.0;
        let points: Vec<String> = samples
            .iter()
            .map(|sample| {
                let x = LEFT + (RIGHT - LEFT) * sample.second as f64 / end as f64;
                let y = bottom - HEIGHT * of(sample) / most;
                format!("{x:.1},{y:.1}")
            })
            .collect();
        svg.push_str(&format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\"/>\n",
            points.join(" ")
        ));
    }
}

/// The next of 1, 2, 4, 8 times a power of ten, so that quarters of it are short.
fn round_up(value: f64) -> f64 {
    let ten = 10f64.powf(value.max(1e-3).log10().floor());
    [1.0, 2.0, 4.0, 8.0, 10.0]
        .into_iter()
        .map(|step| step * ten)
        .find(|step| *step >= value)
        .unwrap_or(value)
}

fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, text: &str, colour: &str) {
    svg.push_str(&format!(
        "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{text}</text>\n"
    ));
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The plot of the last soak is made of its samples: `HOIDAP_SOAK_PLOT=1` draws it anew.
    #[test]
    fn the_plot_in_docs_is_that_of_the_samples() {
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
        let samples = fs::read_to_string(docs.join("soak.csv")).unwrap();
        let mut lines = samples.lines();
        assert_eq!(lines.next(), Some(Sample::head().as_str()));
        let drawn = svg(&lines.map(Sample::parse).collect::<Vec<_>>());
        let plot = docs.join("soak.svg");
        if std::env::var_os("HOIDAP_SOAK_PLOT").is_some() {
            fs::write(&plot, &drawn).unwrap();
        }
        let kept = fs::read_to_string(plot).unwrap();
        assert!(
            kept == drawn,
            "docs/soak.svg is not drawn from docs/soak.csv"
        );
    }

    #[test]
    fn every_line_has_a_point_a_sample() {
        let samples: Vec<Sample> = (1..=5)
            .map(|second| Sample {
                second,
                p50: 1_500 * second,
                ..Sample::default()
            })
            .collect();
        let svg = svg(&samples);
        assert_eq!(svg.matches("<polyline").count(), 6);
        let first = svg.split("points=\"").nth(3).unwrap();
        let points = first.split('"').next().unwrap();
        assert_eq!(points.split(' ').count(), samples.len());
    }

    #[test]
    fn scales_end_on_short_numbers() {
        for (value, scale) in [(0.3, 0.4), (1.0, 1.0), (15.0, 20.0), (99.0, 100.0)] {
            assert!((round_up(value) - scale).abs() < 1e-9, "{value}");
        }
    }
}
