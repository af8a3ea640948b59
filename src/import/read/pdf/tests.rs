//! Files made in memory, and what is read of them; damaged ones, and what becomes of them.

use proptest::prelude::*;

use super::super::tests::line;
use super::super::{ReadError, read};

/// A page under construction: operators of its content.
#[derive(Default)]
struct Page {
    content: String,
}

/// The letters of the made font: a code a letter.
const LETTERS: &str = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵbcdđghklmnpqrstvx\
    AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴBCDĐGHKLMNPQRSTVX\
    0123456789 .,:;-/()*+";
/// How wide each is, of its height.
const WIDTH: f64 = 0.5;

impl Page {
    /// Text that begins at a place, from the left and from the top, in points.
    fn text(mut self, x: f64, y: f64, text: &str) -> Self {
        let codes: String = text.chars().map(|c| format!("{:02X}", code(c))).collect();
        self.content += &format!("BT /F1 12 Tf {x} {} Td <{codes}> Tj ET\n", 800.0 - y);
        self
    }

    /// A rule.
    fn rule(mut self, from: (f64, f64), to: (f64, f64)) -> Self {
        self.content += &format!(
            "{} {} m {} {} l S\n",
            from.0,
            800.0 - from.1,
            to.0,
            800.0 - to.1
        );
        self
    }

    fn raw(mut self, operators: &str) -> Self {
        self.content += operators;
        self
    }
}

fn code(c: char) -> usize {
    let at = LETTERS.chars().position(|letter| letter == c);
    at.unwrap_or_else(|| panic!("no {c} in the font")) + 1
}

fn to_unicode() -> String {
    let lines: Vec<String> = LETTERS
        .chars()
        .map(|c| format!("<{:02X}> <{:04X}>", code(c), c as u32))
        .collect();
    let blocks = lines.chunks(100).map(|block| {
        format!(
            "{} beginbfchar\n{}\nendbfchar\n",
            block.len(),
            block.join("\n")
        )
    });
    format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n\
         1 begincodespacerange <00> <FF> endcodespacerange\n{}endcmap end end",
        blocks.collect::<String>()
    )
}

/// A file of these pages, 600 by 800 points.
fn pdf(pages: &[Page]) -> Vec<u8> {
    let widths = vec![format!("{}", WIDTH * 1000.0); 255].join(" ");
    let map = to_unicode();
    let kids: Vec<String> = (0..pages.len())
        .map(|at| format!("{} 0 R", 10 + 2 * at))
        .collect();
    let mut objects = vec![
        (1, "<< /Type /Catalog /Pages 2 0 R >>".to_owned()),
        (
            2,
            format!(
                "<< /Type /Pages /Count {} /Kids [{}] /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> >>",
                pages.len(),
                kids.join(" ")
            ),
        ),
        (
            3,
            format!(
                "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Made-Bold /FirstChar 1 /LastChar 255 /Widths [{widths}] /ToUnicode 4 0 R >>"
            ),
        ),
        (
            4,
            format!("<< /Length {} >>\nstream\n{map}\nendstream", map.len()),
        ),
    ];
    for (at, page) in pages.iter().enumerate() {
        let id = 10 + 2 * at;
        objects.push((
            id,
            format!("<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>", id + 1),
        ));
        objects.push((
            id + 1,
            format!(
                "<< /Length {} >>\nstream\n{}\nendstream",
                page.content.len(),
                page.content
            ),
        ));
    }
    file(&objects, "")
}

fn file(objects: &[(usize, String)], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut entries = String::new();
    for (id, object) in objects {
        entries += &format!("{id} 1\n{:010} 00000 n \n", file.len());
        file.extend(format!("{id} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let start = file.len();
    let size = objects.iter().map(|(id, _)| id + 1).max().unwrap_or(1);
    let end = format!(
        "xref\n0 1\n0000000000 65535 f \n{entries}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF"
    );
    file.extend(end.into_bytes());
    file
}

#[track_caller]
fn check(pages: &[Page], expect: &[&str]) {
    let source = read("x.pdf", &pdf(pages)).expect("a document");
    let lines: Vec<String> = source
        .blocks
        .iter()
        .map(line)
        .map(|line| line.replace("**", ""))
        .collect();
    assert_eq!(lines, expect);
}

/// A page of lines as an editor sets them: the first of each paragraph set in, none wider than sixty
/// letters.
fn set(paragraphs: &[&str], top: f64) -> Page {
    let mut page = Page::default();
    let mut y = top;
    for paragraph in paragraphs {
        (page, y) = lines(page, paragraph, 120.0, y);
    }
    page
}

/// The lines of a paragraph, the first from `x` on; and where the next one begins.
fn lines(mut page: Page, text: &str, mut x: f64, mut y: f64) -> (Page, f64) {
    let mut line = String::new();
    for word in text.split(' ') {
        let room = if x > 100.0 { 56 } else { 60 };
        if line.chars().count() + word.chars().count() > room {
            page = page.text(x, y, line.trim());
            (line, x, y) = (String::new(), 96.0, y + 16.0);
        }
        line += word;
        line += " ";
    }
    (page.text(x, y, line.trim()), y + 16.0)
}

const ONE: &str = "Các cấp ủy, các tổ chức chính trị - xã hội tổ chức quán triệt các nhiệm vụ, giải pháp đề ra tại Chỉ thị số 28 đến các tầng lớp nhân dân về tính cấp bách của công tác bảo vệ trẻ em.";
const TWO: &str = "- Tăng cường phối hợp giữa gia đình, nhà trường và các tổ chức, nêu cao trách nhiệm của gia đình, nhà trường, bảo đảm cho trẻ em có cơ hội phát triển.";

#[test]
fn lines_become_paragraphs() {
    check(
        &[set(&[ONE, TWO, "Hết.", TWO], 100.0)],
        &[ONE, TWO, "Hết.", TWO],
    );
}

#[test]
fn paragraphs_go_on_over_pages() {
    // Its first two lines end the page, full.
    let (first, second) = ONE.split_at(ONE.find("các tầng lớp").expect("it is there"));
    let number = Page::default().text(300.0, 20.0, "2");
    let (next, _) = lines(number, second, 96.0, 60.0);
    check(&[set(&[TWO, first.trim()], 100.0), next], &[TWO, ONE]);
}

#[test]
fn titles_are_centred() {
    let middle = |text: &str| 276.0 - text.chars().count() as f64 * 3.0;
    let titles = ["KẾ HOẠCH", "Tăng cường bảo vệ trẻ em", "trong tình hình"];
    let mut page = set(&[ONE, TWO], 180.0);
    for (at, title) in titles.iter().enumerate() {
        page = page.text(middle(title), 100.0 + 16.0 * at as f64, title);
    }
    check(
        &[page],
        &[
            "|KẾ HOẠCH|",
            "|Tăng cường bảo vệ trẻ em trong tình hình|",
            ONE,
            TWO,
        ],
    );
}

#[test]
fn what_stands_beside_each_other() {
    let page = set(&[ONE, TWO], 180.0)
        .text(100.0, 60.0, "TỈNH ỦY")
        .text(320.0, 60.0, "ĐẢNG CỘNG SẢN")
        .text(100.0, 76.0, "Số 109")
        .text(320.0, 76.0, "ngày 08");
    check(
        &[page],
        &["[TỈNH ỦY/Số 109 | ĐẢNG CỘNG SẢN/ngày 08]", ONE, TWO],
    );
}

#[test]
fn tables_go_on_over_pages() {
    let table = |rows: &[[&str; 2]], top: f64| {
        let bottom = top + 20.0 * rows.len() as f64;
        let mut page = Page::default();
        for x in [100.0, 200.0, 300.0] {
            page = page.rule((x, top), (x, bottom));
        }
        for at in 0..=rows.len() {
            let y = top + 20.0 * at as f64;
            page = page.rule((100.0, y), (300.0, y));
        }
        for (at, [a, b]) in rows.iter().enumerate() {
            let y = top + 14.0 + 20.0 * at as f64;
            page = page.text(104.0, y, a).text(204.0, y, b);
        }
        page
    };
    check(
        &[
            table(&[["TT", "Việc"], ["1", "Một"], ["2", "Hai"]], 600.0),
            table(&[["TT", "Việc"], ["", "ba"], ["3", "Bốn"]], 60.0),
        ],
        &["[TT | Việc] [1 | Một] [2 | Hai ba] [3 | Bốn]"],
    );
}

#[test]
fn running_text_in_two_columns() {
    let column = |page: Page, left: f64, from: usize| {
        (0..20).fold(page, |page, at| {
            let word = format!("{:02}", from + at);
            page.text(
                left,
                100.0 + 16.0 * at as f64,
                &format!("dòng thứ {word} của bài này"),
            )
        })
    };
    let page = column(column(Page::default(), 60.0, 1), 320.0, 21);
    let all: Vec<String> = (1..=40)
        .map(|at| format!("dòng thứ {at:02} của bài này"))
        .collect();
    check(&[page], &[&all.join(" ")]);
}

#[test]
fn recipients_beside_a_signature() {
    // The lines of one side stand between those of the other.
    let page = set(&[ONE, TWO], 100.0)
        .text(96.0, 300.0, "Nơi nhận:")
        .text(320.0, 300.0, "T/M BAN THƯỜNG VỤ")
        .text(96.0, 314.0, "- Một,")
        .text(320.0, 321.0, "PHÓ BÍ THƯ")
        .text(96.0, 328.0, "- Hai.");
    check(
        &[page],
        &[
            ONE,
            TWO,
            "[Nơi nhận:/- Một,/- Hai. | T/M BAN THƯỜNG VỤ/PHÓ BÍ THƯ]",
        ],
    );
}

#[test]
fn footnotes_become_remarks() {
    let codes = format!("<{:02X}{:02X}{:02X}>", code('1'), code(' '), code('A'));
    let page = set(&[ONE, TWO], 100.0).raw(&format!("BT /F1 9 Tf 96 60 Td {codes} Tj ET\n"));
    let source = read("x.pdf", &pdf(&[page])).expect("a document");
    assert_eq!(source.blocks.len(), 2);
    let remarks: Vec<&str> = source
        .remarks
        .iter()
        .map(|remark| remark.text.as_str())
        .collect();
    assert_eq!(remarks, ["chú thích không đưa vào văn bản: “1 A”"]);
}

#[test]
fn drawings_and_artifacts() {
    let page = Page::default()
        .raw("/Artifact <</Type /Pagination>> BDC\n")
        .text(100.0, 100.0, "chạy")
        .raw("EMC\n0 1 -1 0 0 0 cm\n")
        .text(100.0, 120.0, "đứng")
        .raw("0 -1 1 0 0 0 cm\n")
        .text(100.0, 140.0, "Một");
    check(&[page], &["Một"]);
}

/// A page in one font, given by its dictionary and the objects from 5 on that it refers to.
fn in_font(font: &str, objects: &[&str], operators: &str) -> Vec<u8> {
    let content = |text: &str| format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len());
    let mut all = vec![
        (1, "<< /Type /Catalog /Pages 2 0 R >>".to_owned()),
        (
            2,
            "<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 600 800] >>".to_owned(),
        ),
        (
            3,
            format!(
                "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font {font} >> >> >> >>"
            ),
        ),
        (
            4,
            content(&format!("BT /F1 12 Tf 72 700 Td {operators} ET")),
        ),
    ];
    let others = objects.iter().map(|object| content(object));
    all.extend((5..).zip(others));
    file(&all, "")
}

/// The letters of old fonts are those of Latin-1; the font's name alone tells what they stand for.
#[test]
fn old_fonts_are_told_by_their_names() {
    let old = |name: &str| {
        let font =
            format!("/Subtype /TrueType /BaseFont /ABCDEF+{name} /Encoding /WinAnsiEncoding");
        in_font(&font, &[], "<42B66F2076D62074D7E9206568> Tj")
    };
    let text = |name: &str| {
        let source = read("x.pdf", &old(name)).expect("a document");
        source.blocks.iter().map(line).collect::<String>()
    };
    assert_eq!(text("Arial"), "B¶o vÖ t×é eh");
    assert_eq!(text(".VnTime"), "Bảo vệ tìộ eh");
}

/// The table that a font gives for copying its text, in the forms that programs write.
#[test]
fn tables_of_characters() {
    #[track_caller]
    fn check(table: &str, expect: &str) {
        let font = "/Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 5 0 R \
            /DescendantFonts [<< /Subtype /CIDFontType2 /DW 500 >>]";
        let bytes = in_font(font, &[table], "<00100011001200130014> Tj");
        let source = read("x.pdf", &bytes).expect("a document");
        let lines: Vec<String> = source.blocks.iter().map(line).collect();
        assert_eq!(lines, [expect], "{table}");
    }
    check(
        "2 beginbfchar\n<0010> <0041>\n<0011><1EA1>\nendbfchar\n1 beginbfchar <12> <00660069> endbfchar",
        "Aạfi",
    );
    check("1 beginbfrange <0010> <0014> <0061> endbfrange", "abcde");
    check(
        "2 beginbfrange\n<0010> <0011> [<0061> <00660069>] <0012> <0014> <0042>\nendbfrange",
        "afiBCD",
    );
    check("1 beginbfchar <0010> <D835DC00> endbfchar", "𝐀");
    check(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def \
         1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <1EA0> endbfrange endcmap",
        "ẰằẲẳẴ",
    );
}

#[test]
fn refusals() {
    #[track_caller]
    fn check(bytes: &[u8], expect: ReadError) {
        assert_eq!(read("x.pdf", bytes), Err(expect));
    }
    check(b"%PDF-1.5\n", ReadError::Damaged("PDF"));
    check(&pdf(&[Page::default()]), ReadError::Scanned);
    let objects = [
        (1, "<< /Type /Catalog /Pages 2 0 R >>".to_owned()),
        (2, "<< /Type /Pages /Count 0 /Kids [] >>".to_owned()),
        (
            3,
            "<< /Filter /Standard /V 1 /R 2 /P -4 /O <00> /U <00> >>".to_owned(),
        ),
    ];
    check(
        &file(&objects, "/Encrypt 3 0 R /ID [<00> <00>]"),
        ReadError::Encrypted,
    );
    // A drawing that draws itself, twice.
    let endless = [
        (1, "<< /Type /Catalog /Pages 2 0 R >>".to_owned()),
        (2, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned()),
        (3, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>".to_owned()),
        (4, "<< /Length 5 >>\nstream\n/X Do\nendstream".to_owned()),
        (5, "<< /Subtype /Form /Resources << /XObject << /X 5 0 R >> >> /Length 11 >>\nstream\n/X Do /X Do\nendstream".to_owned()),
    ];
    check(&file(&endless, ""), ReadError::Scanned);
}

#[test]
fn a_file_without_its_index_is_mended() {
    let sound = pdf(&[Page::default().text(100.0, 100.0, "Một")]);
    let index = sound
        .windows(4)
        .position(|window| window == b"xref")
        .expect("an index");
    let mut bytes = sound.clone();
    bytes[index] = b'X';
    assert_eq!(read("x.pdf", &bytes), read("x.pdf", &sound));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_files_are_refused_or_read(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6), cut in 0usize..9) {
        let mut bytes = pdf(&[set(&[ONE], 100.0), set(&[TWO], 100.0)]);
        for (at, byte) in damage {
            let place = at.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.truncate(bytes.len() - bytes.len() * cut / 10);
        let _ = read("x.pdf", &bytes);
    }

    #[test]
    fn any_operators_are_drawn(operators in prop::collection::vec(
        prop::sample::select(vec![
            "q", "Q", "BT", "ET", "/F1 12 Tf", "1 0 0 1 9 9 cm", "1e30 0 0 1e30 0 0 cm", "0 0 0 0 0 0 cm", "<0102> Tj", "[<01> -900 <02>] TJ",
            "T*", "12 TL", "0 0 m", "90 0 l", "S", "f", "0 0 90 1 re", "-1e9 Tc", "(x) '", "1 1 (x) \"", "/Artifact BMC", "EMC",
            "/Span <</ActualText (x)>> BDC", "9 9 Td", "BI /W 1 /H 1 ID x EI", "]", "<<", "/X Do", "1 0 0 1 0 0 Tm", "h", "1 2 3 4 5 6 c",
        ]),
        0..60,
    )) {
        let _ = read("x.pdf", &pdf(&[Page::default().raw(&operators.join("\n"))]));
    }
}
