//! What a reader hands over, still as the file has it: runs of letters with their fonts. Here it
//! becomes Unicode without anything invisible, in paragraphs of one line.

use super::super::encoding::{Encoding, Evidence, Face, has_unicode_letters, recognise};
use super::super::source::{Block, Cell, Paragraph, Place, Remark, Source, Table};
use super::ReadError;
use super::lines;
use crate::text::nfc;

/// No official document has more paragraphs and cells.
const MOST_PIECES: usize = 200_000;
/// Nor more bytes of text: some two thousand pages.
pub(super) const MOST_TEXT: usize = 4 << 20;
/// Formatted pieces of text, all in all; a file may format each letter.
const MOST_RUNS: usize = 600_000;

/// Letters that look alike. A `\n` in the text is a line that was ended by hand.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    /// As the file has it.
    pub(super) text: String,
    /// What the font tells.
    pub(super) face: Face,
    /// Whether it is bold.
    pub(super) bold: bool,
    /// Whether it is italic.
    pub(super) italic: bool,
}

/// A paragraph as the file has it.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// Its letters.
    pub(super) runs: Vec<Run>,
    /// See [`Paragraph::number`].
    pub(super) number: Option<String>,
    /// See [`Paragraph::level`].
    pub(super) level: Option<u8>,
    /// See [`Paragraph::centred`].
    pub(super) centred: bool,
    /// See [`Paragraph::at`].
    pub(super) at: Place,
}

impl Draft {
    /// A paragraph of plain text.
    pub(super) fn plain(text: String, at: Place) -> Self {
        Self {
            runs: vec![Run {
                text,
                ..Run::default()
            }],
            at,
            ..Self::default()
        }
    }

    /// Adds letters, to the last run if they look like it.
    pub(super) fn push(&mut self, text: &str, face: Face, bold: bool, italic: bool) {
        if text.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(run) if (run.face, run.bold, run.italic) == (face, bold, italic) => {
                run.text.push_str(text)
            }
            _ => self.runs.push(Run {
                text: text.to_owned(),
                face,
                bold,
                italic,
            }),
        }
    }

    /// True when nothing of it shows.
    pub(super) fn is_blank(&self) -> bool {
        self.runs.iter().all(|run| run.text.chars().all(is_blank))
    }

    fn size(&self) -> usize {
        self.runs.iter().map(|run| run.text.len()).sum()
    }
}

/// The rows of a table, their cells, the paragraphs in each.
pub(super) type Rows = Vec<Vec<Vec<Draft>>>;

/// A piece of a file.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Paragraph(Draft),
    Table(Rows, Place),
}

/// All pieces of a file, in order, within limits.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    pieces: Vec<Piece>,
    remarks: Vec<Remark>,
    allowance: Allowance,
}

/// How much a file has been found to hold. Readers charge what they make before they keep it.
#[derive(Debug, Default)]
pub(super) struct Allowance {
    pieces: usize,
    text: usize,
    runs: usize,
}

impl Allowance {
    /// Charges a paragraph.
    pub(super) fn draft(&mut self, draft: &Draft) -> Result<(), ReadError> {
        self.pieces += 1;
        self.runs += draft.runs.len();
        self.text += draft.size();
        self.check()
    }

    /// Charges an empty cell.
    pub(super) fn cell(&mut self) -> Result<(), ReadError> {
        self.pieces += 1;
        self.check()
    }

    fn check(&self) -> Result<(), ReadError> {
        if self.pieces > MOST_PIECES || self.text > MOST_TEXT || self.runs > MOST_RUNS {
            Err(ReadError::TooLarge("quá nhiều chữ so với một văn bản"))
        } else {
            Ok(())
        }
    }
}

impl Drafts {
    /// Adds a paragraph; blank ones are left out.
    pub(super) fn paragraph(&mut self, draft: Draft) -> Result<(), ReadError> {
        if !draft.is_blank() {
            self.allowance.draft(&draft)?;
            self.pieces.push(Piece::Paragraph(draft));
        }
        Ok(())
    }

    /// Adds a table; one without any text is left out.
    pub(super) fn table(&mut self, rows: Rows, at: Place) -> Result<(), ReadError> {
        for cell in rows.iter().flatten() {
            self.allowance.cell()?;
            for draft in cell {
                self.allowance.draft(draft)?;
            }
        }
        if rows
            .iter()
            .flatten()
            .flatten()
            .any(|draft| !draft.is_blank())
        {
            self.pieces.push(Piece::Table(rows, at));
        }
        Ok(())
    }

    /// True when there is no text in it.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Adds a remark.
    pub(super) fn remark(&mut self, at: Option<Place>, text: impl Into<String>) {
        self.remarks.push(Remark {
            at,
            text: text.into(),
        });
    }

    /// The paragraphs and tables in Unicode, with all remarks.
    pub(super) fn finish(self) -> Source {
        let encoding = recognise(
            self.drafts()
                .flat_map(|draft| &draft.runs)
                .filter_map(|run| {
                    let untold = run.face == Face::Any;
                    untold.then_some(run.text.as_str())
                }),
        );
        let mut reader = Reader {
            encoding,
            trusted: [self.trusts(Encoding::Tcvn3), self.trusts(Encoding::Vni)],
            converted: [0; 2],
        };
        let blocks = self.pieces.into_iter().flat_map(|piece| match piece {
            Piece::Paragraph(draft) => reader
                .paragraphs(draft)
                .into_iter()
                .map(Block::Paragraph)
                .collect(),
            Piece::Table(rows, at) => vec![Block::Table(reader.table(rows, at))],
        });
        let mut source = Source {
            blocks: blocks.collect(),
            remarks: self.remarks,
            ..Source::default()
        };
        source.remarks.extend(reader.remarks());
        source
    }

    /// Whether the names of fonts tell the truth about an encoding. In some files a style names an
    /// old font while people typed Unicode, which the program showed in another font.
    fn trusts(&self, encoding: Encoding) -> bool {
        let (mut honest, mut lying) = (0, 0);
        for draft in self.drafts() {
            let text = told(&draft.runs, encoding);
            if text.is_ascii() {
                continue;
            }
            if has_unicode_letters(&text) {
                lying += 1;
            } else if Evidence::of_encoded(&text, encoding).sound > Evidence::of(&text).sound {
                honest += 1;
            }
        }
        honest >= lying
    }

    fn drafts(&self) -> impl Iterator<Item = &Draft> + Clone {
        self.pieces.iter().flat_map(|piece| {
            let (one, cells) = match piece {
                Piece::Paragraph(draft) => (Some(draft), None),
                Piece::Table(rows, _) => (None, Some(rows.iter().flatten().flatten())),
            };
            one.into_iter().chain(cells.into_iter().flatten())
        })
    }
}

/// Makes paragraphs of drafts.
struct Reader {
    /// What the letters are in whose font tells nothing.
    encoding: Option<Encoding>,
    /// Whether fonts tell the truth: those of TCVN3, those of VNI.
    trusted: [bool; 2],
    /// How many paragraphs were converted: from TCVN3, from VNI.
    converted: [usize; 2],
}

impl Reader {
    fn table(&mut self, rows: Rows, at: Place) -> Table {
        let rows = rows.into_iter().map(|row| {
            let cells = row.into_iter().map(|cell| Cell {
                paragraphs: cell
                    .into_iter()
                    .flat_map(|draft| self.paragraphs(draft))
                    .collect(),
            });
            cells.collect()
        });
        Table {
            rows: rows.collect(),
            at,
        }
    }

    /// The paragraphs that a draft is: more than one where lines ended by hand are paragraphs.
    fn paragraphs(&mut self, mut draft: Draft) -> Vec<Paragraph> {
        self.decode(&mut draft.runs);
        let mut paragraphs: Vec<Paragraph> = Vec::new();
        for line in soft_lines(&draft.runs) {
            let text: String = line.iter().map(|run| run.text.as_str()).collect();
            let text = tidy(&text);
            if text.is_empty() {
                continue;
            }
            let all =
                |has: fn(&Run) -> bool| line.iter().filter(|run| has_letters(&run.text)).all(has);
            let (bold, italic) = (all(|run| run.bold), all(|run| run.italic));
            match paragraphs.last_mut() {
                Some(last) if lines::goes_on(&last.text, &text) => {
                    lines::join(&mut last.text, &text);
                    last.bold &= bold;
                    last.italic &= italic;
                }
                last => {
                    let first = last.is_none();
                    let letters = has_letters(&text);
                    paragraphs.push(Paragraph {
                        text,
                        number: draft.number.take().filter(|_| first),
                        level: draft.level,
                        bold: bold && letters,
                        italic: italic && letters,
                        centred: draft.centred,
                        at: draft.at,
                    });
                }
            }
        }
        paragraphs
    }

    /// Turns what is in an old encoding into Unicode, where that makes at least as many words sound.
    fn decode(&mut self, runs: &mut [Run]) {
        for encoding in [Encoding::Tcvn3, Encoding::Vni] {
            let of_run = |face: Face| face.encoding() == Some(encoding);
            self.decode_where(runs, encoding, of_run, true);
        }
        if let Some(encoding) = self.encoding {
            self.decode_where(runs, encoding, |face| face == Face::Any, false);
        }
    }

    fn decode_where(
        &mut self,
        runs: &mut [Run],
        encoding: Encoding,
        of_run: impl Fn(Face) -> bool,
        told: bool,
    ) {
        let text: String = runs
            .iter()
            .filter(|run| of_run(run.face))
            .map(|run| run.text.as_str())
            .collect();
        let capitals = runs
            .iter()
            .any(|run| of_run(run.face) && run.face == Face::Tcvn3Capitals);
        if text.is_empty() || (text.is_ascii() && !capitals) || has_unicode_letters(&text) {
            return;
        }
        let (before, after) = (Evidence::of(&text), Evidence::of_encoded(&text, encoding));
        let trusted = told && self.trusted[usize::from(encoding == Encoding::Vni)];
        let better = after.sound > before.sound
            || (after.sound == before.sound && (trusted || after.sound > 0 && !told));
        if !better {
            return;
        }
        for run in runs.iter_mut().filter(|run| of_run(run.face)) {
            run.text = encoding.decode(&run.text);
            if run.face == Face::Tcvn3Capitals {
                run.text = run.text.to_uppercase();
            }
        }
        if !text.is_ascii() {
            self.converted[usize::from(encoding == Encoding::Vni)] += 1;
        }
    }

    fn remarks(&self) -> Vec<Remark> {
        [Encoding::Tcvn3, Encoding::Vni]
            .into_iter()
            .zip(self.converted)
            .filter(|(_, count)| *count > 0)
            .map(|(encoding, count)| Remark {
                at: None,
                text: format!(
                    "đã chuyển {count} đoạn từ bảng mã {} sang Unicode",
                    encoding.name()
                ),
            })
            .collect()
    }
}

/// The letters in fonts of an encoding.
fn told(runs: &[Run], encoding: Encoding) -> String {
    runs.iter()
        .filter(|run| run.face.encoding() == Some(encoding))
        .map(|run| run.text.as_str())
        .collect()
}

/// The runs between lines ended by hand.
fn soft_lines(runs: &[Run]) -> Vec<Vec<Run>> {
    let mut lines = vec![Vec::new()];
    for run in runs {
        for (at, text) in run.text.split('\n').enumerate() {
            if at > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut().filter(|_| !text.is_empty()) {
                line.push(Run {
                    text: text.to_owned(),
                    ..*run
                });
            }
        }
    }
    lines
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c)
}

/// Characters that do not show: soft hyphens, joiners, marks of direction and order, placeholders.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFC}')
}

/// The text as [`Paragraph::text`] promises: NFC, one line, no blank doubled or at the ends, nothing
/// invisible.
pub(super) fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = !tidy.is_empty();
            continue;
        }
        let Some(c) = shown(c, tidy.is_empty()) else {
            continue;
        };
        if std::mem::take(&mut blank) {
            tidy.push(' ');
        }
        tidy.push(c);
    }
    nfc(&tidy)
}

/// What a reader sees of a character, which may open the paragraph.
fn shown(c: char, first: bool) -> Option<char> {
    match c {
        // Letters of other languages that look like Đ, and are typed for it.
        'Ð' | 'Ɖ' => Some('Đ'),
        // Characters of symbol fonts: the usual bullets, and what nobody can name.
        '\u{F02D}' => Some('-'),
        '\u{F02B}' => Some('+'),
        '\u{F000}'..='\u{F0FF}' => first.then_some('•'),
        _ if c.is_control() || is_invisible(c) || c == '\u{FFFD}' => None,
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn run(text: &str, face: Face, bold: bool) -> Run {
        Run {
            text: text.to_owned(),
            face,
            bold,
            italic: false,
        }
    }

    fn finish(drafts: Vec<Vec<Run>>) -> Source {
        let mut all = Drafts::default();
        for runs in drafts {
            let draft = Draft {
                runs,
                ..Draft::default()
            };
            all.paragraph(draft).expect("within limits");
        }
        all.finish()
    }

    fn texts(source: &Source) -> Vec<&str> {
        source
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
                Block::Table(_) => None,
            })
            .collect()
    }

    #[track_caller]
    fn check(drafts: Vec<Vec<Run>>, expect: &[&str], remarks: usize) {
        let source = finish(drafts);
        assert_eq!(texts(&source), expect);
        assert_eq!(source.remarks.len(), remarks, "{:?}", source.remarks);
    }

    const TIME: Face = Face::Encoded(Encoding::Tcvn3);
    const VNI: Face = Face::Encoded(Encoding::Vni);

    #[test]
    fn tidied() {
        assert_eq!(tidy(" a\u{A0}\t b\u{200B}c\u{AD}d\u{7}\n"), "a bcd");
        assert_eq!(tidy("tre\u{309} em"), "trẻ em");
        assert_eq!(tidy("\u{F0B7}\u{A0}Một \u{F0B7}"), "• Một");
        assert_eq!(tidy("ÐẢNG"), "ĐẢNG");
        assert_eq!(tidy("\u{200B} "), "");
    }

    #[test]
    fn fonts_tell_the_encoding() {
        check(
            vec![vec![run("B¶o vÖ trÎ em", TIME, false)]],
            &["Bảo vệ trẻ em"],
            1,
        );
        check(
            vec![vec![run("kÕ ho¹ch", Face::Tcvn3Capitals, true)]],
            &["KẾ HOẠCH"],
            1,
        );
        check(
            vec![vec![run("Baûo veä treû em", VNI, false)]],
            &["Bảo vệ trẻ em"],
            1,
        );
        // A font that lies: Unicode set in an old font.
        check(
            vec![vec![run("Bảo vệ trẻ em", TIME, false)]],
            &["Bảo vệ trẻ em"],
            0,
        );
        check(
            vec![
                vec![run("Bảo vệ trẻ em", TIME, false)],
                vec![run("có công", TIME, false)],
            ],
            &["Bảo vệ trẻ em", "có công"],
            0,
        );
    }

    #[test]
    fn files_mix_encodings() {
        let words = |text, face| vec![run(text, face, false)];
        check(
            vec![
                words("Cộng hòa xã hội", Face::Any),
                words("B¶o vÖ trÎ em lµ tr¸ch nhiÖm cña mäi ng\u{ad}êi", Face::Any),
                words("Baûo veä treû em", VNI),
                words("cô chú", Face::Any),
            ],
            &[
                "Cộng hòa xã hội",
                "Bảo vệ trẻ em là trách nhiệm của mọi người",
                "Bảo vệ trẻ em",
                "cô chú",
            ],
            2,
        );
    }

    #[test]
    fn lines_ended_by_hand() {
        let words = |text| vec![vec![run(text, Face::Any, false)]];
        check(
            words("ỦY BAN NHÂN DÂN\nTỈNH LÂM ĐỒNG"),
            &["ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG"],
            0,
        );
        check(
            words("KẾ HOẠCH\nThực hiện Chỉ thị\nsố 28"),
            &["KẾ HOẠCH", "Thực hiện Chỉ thị số 28"],
            0,
        );
        check(
            words("Nơi nhận:\n- Một,\n- Hai."),
            &["Nơi nhận:", "- Một,", "- Hai."],
            0,
        );
        check(words("\n \n"), &[], 0);
    }

    #[test]
    fn bold_when_all_letters_are() {
        let bold = |runs: Vec<Run>| match finish(vec![runs]).blocks.first() {
            Some(Block::Paragraph(paragraph)) => paragraph.bold,
            _ => panic!("no paragraph"),
        };
        assert!(bold(vec![
            run("Điều", Face::Any, true),
            run(" 1. ", Face::Any, false),
            run("Hai", Face::Any, true)
        ]));
        assert!(!bold(vec![
            run("Điều", Face::Any, true),
            run(" một", Face::Any, false)
        ]));
        assert!(!bold(vec![run("1", Face::Any, true)]));
    }

    proptest! {
        #[test]
        fn what_is_tidy_stays_tidy(text in any::<String>()) {
            let once = tidy(&text);
            prop_assert_eq!(tidy(&once), once.clone());
            prop_assert!(!once.contains("  ") && !once.contains('\n') && once.trim() == once);
        }

        #[test]
        fn any_runs_come_through(runs in prop::collection::vec(("[a-zA-Z \n\u{a0}-\u{ff}ảệ-]{0,20}", 0usize..4), 0..6)) {
            let faces = [Face::Any, TIME, VNI, Face::Tcvn3Capitals];
            let runs = runs.into_iter().map(|(text, face)| run(&text, faces[face], false)).collect();
            for text in texts(&finish(vec![runs])) {
                prop_assert!(!text.is_empty() && tidy(text) == text);
            }
        }
    }
}
