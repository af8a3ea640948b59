//! Documents as an office would have them, written down as text and made into files: Word with
//! drawn or typed numbers, HTML, plain text, old encodings.
//!
//! A paragraph a line; `>` sets it in the middle, `*` in bold; `|` begins a row of a table whose
//! cells have their lines apart by ` // `; `=` before a row makes it one of a table with lines.

use super::built::{Docx, list, numbered, paragraph};
use super::old;

/// A piece of a paper.
enum Piece {
    Line(Line),
    Table { ruled: bool, rows: Vec<Vec<String>> },
}

struct Line {
    text: String,
    centred: bool,
    bold: bool,
}

/// A paper.
pub struct Paper {
    pieces: Vec<Piece>,
}

/// How letters lie in a Word file.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Letters {
    #[default]
    Unicode,
    Tcvn3,
    Vni,
}

impl Paper {
    /// Reads the notation.
    pub fn new(text: &str) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let ruled = line.starts_with("=|");
            let Some(row) = line.trim_start_matches('=').strip_prefix('|') else {
                pieces.push(Piece::Line(Line::new(line)));
                continue;
            };
            let row: Vec<String> = row.split('|').map(|cell| cell.trim().to_owned()).collect();
            match pieces.last_mut() {
                Some(Piece::Table { ruled: same, rows }) if *same == ruled => rows.push(row),
                _ => pieces.push(Piece::Table {
                    ruled,
                    rows: vec![row],
                }),
            }
        }
        Self { pieces }
    }

    /// A Word file. With `drawn`, Word draws the numbers: the text does not hold them.
    pub fn docx(&self, drawn: bool, letters: Letters) -> Vec<u8> {
        let mut lists = Lists {
            drawn,
            letters,
            ..Lists::default()
        };
        let mut body = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Line(line) => body += &lists.paragraph(line),
                Piece::Table { ruled, rows } => body += &table(*ruled, rows, letters),
            }
        }
        // The page of an office: A4, portrait.
        body += r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>"#;
        Docx::of(body)
            .with("numbering", lists.definitions())
            .bytes()
    }

    /// A page of a portal.
    pub fn html(&self) -> String {
        let mut body = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Line(line) => {
                    let align = if line.centred {
                        " align=\"center\""
                    } else {
                        ""
                    };
                    let text = escape(&line.text);
                    let text = if line.bold {
                        format!("<b>{text}</b>")
                    } else {
                        text
                    };
                    body += &format!("<p{align}>{text}</p>\n");
                }
                Piece::Table { rows, .. } => {
                    body += "<table>";
                    for row in rows {
                        let cells = row.iter().map(|cell| {
                            let lines = cell.split(" // ").map(escape).collect::<Vec<_>>();
                            format!("<td>{}</td>", lines.join("<br>"))
                        });
                        body += &format!("<tr>{}</tr>", cells.collect::<String>());
                    }
                    body += "</table>\n";
                }
            }
        }
        format!(
            "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>x</title></head><body><nav><a href=\"/\">Trang chủ</a></nav><main>{body}</main></body></html>"
        )
    }

    /// Plain text, a paragraph a line; tables have no lines there and are written column by column.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Line(line) => text += &format!("{}\n\n", line.text),
                Piece::Table { rows, .. } => {
                    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
                    for column in 0..columns {
                        for row in rows {
                            for line in row
                                .get(column)
                                .into_iter()
                                .flat_map(|cell| cell.split(" // "))
                            {
                                text += &format!("{line}\n\n");
                            }
                        }
                    }
                }
            }
        }
        text
    }
}

impl Line {
    fn new(line: &str) -> Self {
        let (centred, line) = match line.strip_prefix('>') {
            Some(rest) => (true, rest.trim()),
            None => (false, line),
        };
        let (bold, line) = match line.strip_prefix('*') {
            Some(rest) => (true, rest.trim()),
            None => (false, line),
        };
        Self {
            text: line.to_owned(),
            centred,
            bold,
        }
    }
}

/// Lists that Word draws: Roman numbers, Arabic ones below, bullets.
#[derive(Default)]
struct Lists {
    drawn: bool,
    letters: Letters,
    roman: bool,
    /// Lists of Arabic numbers and of letters begin anew: each is one of its own.
    numbers: u32,
    points: u32,
}

const ROMAN: u32 = 1;
const BULLETS: u32 = 2;
const NUMBERS: u32 = 100;
const POINTS: u32 = 500;

impl Lists {
    fn paragraph(&mut self, line: &Line) -> String {
        let mut properties = String::new();
        let mut text = line.text.as_str();
        if self.drawn && !line.centred {
            let (marker, rest) = text.split_once(' ').unwrap_or((text, ""));
            let list = match marker {
                "-" => Some((BULLETS, 0)),
                _ if is_roman(marker) => {
                    self.roman = true;
                    Some((ROMAN, 0))
                }
                _ if marker.ends_with('.') && marker[..marker.len() - 1].parse::<u32>().is_ok() => {
                    self.numbers += u32::from(marker == "1.");
                    Some((NUMBERS + self.numbers, 0))
                }
                _ if marker.len() <= 3 && marker.ends_with(')') => {
                    self.points += u32::from(marker == "a)");
                    Some((POINTS + self.points, 0))
                }
                _ => None,
            };
            if let Some((list, level)) = list {
                properties += &numbered(list, level);
                text = rest;
            }
        }
        if line.centred {
            properties += r#"<w:jc w:val="center"/>"#;
        }
        match (self.letters, line.bold) {
            (Letters::Unicode, false) => paragraph(&properties, text),
            (letters, bold) => format!(
                "<w:p><w:pPr>{properties}</w:pPr>{}</w:p>",
                runs(text, letters, bold)
            ),
        }
    }

    fn definitions(&self) -> String {
        let mut lists = vec![
            list(ROMAN, &[("upperRoman", "%1.")]),
            list(BULLETS, &[("bullet", "-")]),
        ];
        lists.extend((1..=self.numbers).map(|at| list(NUMBERS + at, &[("decimal", "%1.")])));
        lists.extend((1..=self.points).map(|at| list(POINTS + at, &[("lowerLetter", "%1)")])));
        // Word wants all abstract lists before the lists that use them.
        let (mut kinds, mut uses) = (String::new(), String::new());
        for list in lists {
            let at = list.find("<w:num ").expect("a list");
            kinds += &list[..at];
            uses += &list[at..];
        }
        kinds + &uses
    }
}

fn is_roman(marker: &str) -> bool {
    let number = marker.trim_end_matches('.');
    number.len() < marker.len()
        && !number.is_empty()
        && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// The text in runs; an old encoding needs its own font, and another for capitals with a tone.
fn runs(text: &str, letters: Letters, bold: bool) -> String {
    let bold = if bold { "<w:b/>" } else { "" };
    let run = |font: &str, text: &str| {
        let font = match font {
            "" => String::new(),
            font => format!(r#"<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>"#),
        };
        format!(
            r#"<w:r><w:rPr>{font}{bold}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>"#,
            escape(text)
        )
    };
    match letters {
        Letters::Unicode => run("", text),
        Letters::Vni => run("VNI-Times", &old::vni(text)),
        Letters::Tcvn3 => old::tcvn3(text)
            .iter()
            .map(|(capitals, text)| run(if *capitals { ".VnTimeH" } else { ".VnTime" }, text))
            .collect(),
    }
}

fn table(ruled: bool, rows: &[Vec<String>], letters: Letters) -> String {
    let borders = match ruled {
        true => ["top", "left", "bottom", "right", "insideH", "insideV"]
            .map(|side| {
                format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>"#)
            })
            .concat(),
        false => String::new(),
    };
    let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
    let width = 9354 / columns;
    let grid = format!(r#"<w:gridCol w:w="{width}"/>"#).repeat(columns);
    let rows: String = rows
        .iter()
        .map(|row| {
            let cells: String = row
                .iter()
                .enumerate()
                .map(|(at, cell)| {
                    // What stands on the right of a head or an end is set in the middle.
                    let centre = match !ruled && at > 0 {
                        true => r#"<w:pPr><w:jc w:val="center"/></w:pPr>"#,
                        false => "",
                    };
                    let lines: String = cell
                        .split(" // ")
                        .map(|line| format!("<w:p>{centre}{}</w:p>", runs(line, letters, false)))
                        .collect();
                    format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{lines}</w:tc>"#)
                })
                .collect();
            format!("<w:tr>{cells}</w:tr>")
        })
        .collect();
    format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="9354" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"#
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
