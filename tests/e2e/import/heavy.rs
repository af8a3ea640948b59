//! Time and memory of the import of hostile files and of large honest ones: the real binary, each
//! file by itself. The limits are those of the program as it is shipped, so the test is run with
//! the release build only:
//!
//! ```sh
//! cargo test --release --test e2e heavy -- --ignored --nocapture
//! ```

use std::fs;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::harness::Place;
use super::built::{Docx, list, numbered, paragraph};
use super::old;

/// No file may take longer.
const LONGEST: Duration = Duration::from_secs(10);
/// Nor more memory, in KB.
const MOST_MEMORY: u64 = 300 << 10;
/// Files of this size are the largest that are read.
const LARGE: usize = 20 << 20;

const SENTENCE: &str = "Sở Y tế chủ trì, phối hợp với Công an tỉnh rà soát trẻ em có hoàn cảnh đặc biệt trong quý II/2024; báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12 hằng năm.";

type Made = fn() -> Vec<u8>;

/// Names of files, and what is in them.
fn files() -> Vec<(&'static str, Made)> {
    let mut files = word();
    files.extend(pdf());
    files.extend(html());
    files.extend(text());
    files
}

fn word() -> Vec<(&'static str, Made)> {
    vec![
        ("a blank part of 300 MB.docx", || {
            Docx::of(" ".repeat(300 << 20)).bytes()
        }),
        ("styles of 300 MB.docx", || {
            let styles = " ".repeat(300 << 20);
            Docx::of(paragraph("", "Một"))
                .with("styles", styles)
                .bytes()
        }),
        ("60,000 parts.docx", || archive(60_000, 0)),
        ("200 parts of 10 MB.docx", || archive(200, 10 << 20)),
        ("elements a million deep.docx", || {
            Docx::of("<w:p><w:r>".repeat(500_000)).bytes()
        }),
        ("199,000 paragraphs.docx", || {
            Docx::of(paragraph("", "Xã trồng cây.").repeat(199_000)).bytes()
        }),
        ("a million empty paragraphs.docx", || {
            Docx::of("<w:p/>".repeat(1_000_000)).bytes()
        }),
        ("one paragraph of 10 MB.docx", || {
            Docx::of(paragraph("", &"trẻ em ".repeat(1 << 20))).bytes()
        }),
        ("one word of 10 MB.docx", || {
            Docx::of(paragraph("", &"a".repeat(10 << 20))).bytes()
        }),
        ("599,000 runs.docx", || {
            let runs = "<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r>";
            Docx::of(format!("<w:p>{}</w:p>", runs.repeat(299_500))).bytes()
        }),
        ("a name of 10 MB.docx", || {
            Docx::of(format!("<w:p w:a=\"{}\"/>", "x".repeat(10 << 20))).bytes()
        }),
        ("half a million attributes.docx", || {
            let attributes: String = (0..500_000).map(|at| format!(" w:a{at}=\"1\"")).collect();
            Docx::of(format!("<w:p{attributes}/>")).bytes()
        }),
        ("199,000 rows.docx", || {
            let row = "<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>";
            Docx::of(format!("<w:tbl>{}</w:tbl>", row.repeat(99_000))).bytes()
        }),
        ("cells that span all.docx", || {
            let cell = "<w:tc><w:tcPr><w:gridSpan w:val=\"99999999\"/><w:vMerge/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>";
            let rows = format!("<w:tr>{}</w:tr>", cell.repeat(20)).repeat(1_000);
            Docx::of(format!("<w:tbl>{rows}</w:tbl>")).bytes()
        }),
        ("tables 5,000 deep.docx", || {
            let open = "<w:tbl><w:tr><w:tc>".repeat(5_000);
            let close = "</w:tc></w:tr></w:tbl>".repeat(5_000);
            Docx::of(format!("{open}{}{close}", paragraph("", "Một"))).bytes()
        }),
        ("entities of entities.docx", || {
            let mut entities = String::from("<!ENTITY a \"aaaaaaaaaa\">");
            for (name, of) in ["b", "c", "d", "e", "f", "g", "h"]
                .iter()
                .zip("abcdefg".chars())
            {
                entities += &format!("<!ENTITY {name} \"{}\">", format!("&{of};").repeat(10));
            }
            let document = format!(
                "<!DOCTYPE x [{entities}]><w:document><w:body><w:p><w:r><w:t>&h;</w:t></w:r></w:p></w:body></w:document>"
            );
            Docx::of(document).bytes()
        }),
        ("fields 100,000 deep.docx", || {
            let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>";
            Docx::of(format!("<w:p>{}</w:p>", field.repeat(100_000))).bytes()
        }),
        ("50,000 styles on one another.docx", || {
            let styles: String = (1..50_000)
                .map(|at| format!("<w:style w:type=\"paragraph\" w:styleId=\"s{at}\"><w:basedOn w:val=\"s{}\"/></w:style>", at - 1))
                .collect();
            let last = paragraph("<w:pStyle w:val=\"s49999\"/>", "Một").repeat(5_000);
            Docx::of(last).with("styles", styles).bytes()
        }),
        ("20,000 lists.docx", || {
            let lists: String = (1..20_000)
                .map(|at| list(at, &[("decimal", "%1.")]))
                .collect();
            let body: String = (1..20_000)
                .map(|at| paragraph(&numbered(at, 0), "Xã trồng cây."))
                .collect();
            Docx::of(body).with("numbering", lists).bytes()
        }),
        ("100,000 footnotes.docx", || {
            let notes: String = (2..100_000)
                .map(|at| format!("<w:footnote w:id=\"{at}\"><w:p><w:r><w:t>Ghi chú {at}.</w:t></w:r></w:p></w:footnote>"))
                .collect();
            let body: String = (2..100_000)
                .map(|at| {
                    format!(
                        "<w:p><w:r><w:t>Một</w:t><w:footnoteReference w:id=\"{at}\"/></w:r></w:p>"
                    )
                })
                .collect();
            Docx::of(body).with("footnotes", notes).bytes()
        }),
        ("cut in the middle.docx", || {
            let mut bytes = Docx::of(paragraph("", SENTENCE).repeat(100_000)).bytes();
            bytes.truncate(bytes.len() / 2);
            bytes
        }),
        ("noise after the head.docx", || {
            let mut bytes = b"PK\x03\x04".to_vec();
            bytes.extend(noise(LARGE - 4));
            bytes
        }),
        ("honest, 20,000 tasks.docx", || {
            Docx::of(plan(20_000)).bytes()
        }),
        ("honest, an annex of 10,000 rows.docx", || {
            Docx::of(annex(10_000)).bytes()
        }),
        ("honest, 18 MB of pictures.docx", || with_pictures(18 << 20)),
    ]
}

/// An archive of many parts, none of them a document.
fn archive(parts: usize, size: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let blank = vec![b' '; size];
    for at in 0..parts {
        zip.start_file(format!("word/part{at}.xml"), options)
            .unwrap();
        zip.write_all(&blank).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn with_pictures(size: usize) -> Vec<u8> {
    let text = Docx::of(plan(500)).bytes();
    let mut zip = ZipWriter::new_append(Cursor::new(text)).unwrap();
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("word/media/image1.jpeg", options).unwrap();
    zip.write_all(&noise(size)).unwrap();
    zip.finish().unwrap().into_inner()
}

fn plan(tasks: usize) -> String {
    let mut body = paragraph("<w:jc w:val=\"center\"/>", "KẾ HOẠCH");
    body += &paragraph("<w:jc w:val=\"center\"/>", "Trồng cây");
    for at in 0..tasks {
        if at % 100 == 0 {
            body += &paragraph("", &format!("Điều {}. Việc của năm", at / 100 + 1));
        }
        body += &paragraph("", &format!("{}. {SENTENCE}", at % 100 + 1));
    }
    body
}

fn annex(rows: usize) -> String {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph("", text));
    let mut body = plan(10) + &paragraph("<w:jc w:val=\"center\"/>", "PHỤ LỤC I") + "<w:tbl>";
    let head = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp"];
    body += &format!("<w:tr>{}</w:tr>", head.map(cell).concat());
    for at in 1..=rows {
        let row = [
            at.to_string(),
            format!("Trồng cây ở thôn {at}"),
            "Sở Y tế".into(),
            "Công an tỉnh".into(),
        ];
        body += &format!("<w:tr>{}</w:tr>", row.map(|text| cell(&text)).concat());
    }
    body + "</w:tbl>"
}

/// Bytes that nothing can press together: a linear congruence.
fn noise(size: usize) -> Vec<u8> {
    let mut state = 1_u64;
    let next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(size).collect()
}

fn pdf() -> Vec<(&'static str, Made)> {
    vec![
        ("a drawing of 300 MB.pdf", || {
            one_page(&pressed(&vec![b' '; 300 << 20]))
        }),
        ("filters on filters.pdf", || {
            let twice = deflated(&deflated(&vec![b' '; 300 << 20]));
            one_page(&stream("/Filter [/FlateDecode /FlateDecode]", &twice))
        }),
        ("a row of four billion bytes.pdf", || {
            one_page(&stream(
                "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2147483647 /Colors 4 >>",
                &deflated(b"x"),
            ))
        }),
        ("drawings that draw one another.pdf", || {
            let mut objects = vec![content("/X5 Do")];
            for at in 5..25 {
                let next = at + 1;
                let resources =
                    format!("/Subtype /Form /Resources << /XObject << /X{next} {next} 0 R >> >>");
                objects.push(stream(
                    &resources,
                    format!("/X{next} Do ").repeat(20).as_bytes(),
                ));
            }
            page("/XObject << /X5 5 0 R >>", &objects)
        }),
        ("three million operators.pdf", || {
            one_page(&pressed(
                "q Q 1 0 0 1 0 0 cm\n".repeat(1_000_000).as_bytes(),
            ))
        }),
        ("two million lines.pdf", || {
            one_page(&pressed("0 0 m 9 9 l S\n".repeat(2_000_000).as_bytes()))
        }),
        ("a million words.pdf", || {
            let words: String = (0..1_000_000)
                .map(|at| format!("BT /F1 9 Tf {} {} Td (tre em) Tj ET\n", at % 600, at % 797))
                .collect();
            page(
                "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
                &[pressed(words.as_bytes())],
            )
        }),
        ("words on one spot.pdf", || {
            let words = "BT /F1 9 Tf 9 9 Td (tre em) Tj ET\n".repeat(300_000);
            page(
                "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>",
                &[pressed(words.as_bytes())],
            )
        }),
        ("100,000 pages.pdf", || {
            let pages = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_owned();
            let kids: Vec<String> = (10..100_010).map(|at| format!("{at} 0 R")).collect();
            let mut objects = vec![
                (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
                (
                    2,
                    format!(
                        "<< /Type /Pages /Count 100000 /Kids [{}] >>",
                        kids.join(" ")
                    )
                    .into_bytes(),
                ),
                (4, content("BT ET")),
            ];
            objects.extend((10..100_010).map(|at| (at, pages.clone().into_bytes())));
            file(&objects)
        }),
        ("pages that lie in themselves.pdf", || {
            file(&[
                (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
                (
                    2,
                    format!(
                        "<< /Type /Pages /Count 9 /Kids [{}] >>",
                        "2 0 R ".repeat(1_000)
                    )
                    .into_bytes(),
                ),
            ])
        }),
        ("lists a million deep.pdf", || {
            let deep = "[".repeat(1_000_000);
            file(&[(
                1,
                format!("<< /Type /Catalog /Pages 2 0 R /X {deep} >>").into_bytes(),
            )])
        }),
        ("a font for every code.pdf", || {
            let map = "1 beginbfrange <0000> <FFFF> <0041> endbfrange\n".repeat(20_000);
            let font = "/Font << /F1 << /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [<< /Subtype /CIDFontType2 /W [0 999999999 500] >>] >> >>";
            page(
                font,
                &[
                    content("BT /F1 9 Tf <00410042> Tj ET"),
                    pressed(map.as_bytes()),
                ],
            )
        }),
        ("2,000 fonts that share one table.pdf", || {
            let codes: String = (0..60_000).map(|code| format!("<{code:X}><41>")).collect();
            let map = format!("1 beginbfchar {codes} endbfchar");
            let fonts: String = (0..2_000)
                .map(|at| format!("/F{at} << /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [<< /Subtype /CIDFontType2 /W 6 0 R >>] >> "))
                .collect();
            let words: String = (0..2_000)
                .map(|at| format!("BT /F{at} 9 Tf 9 9 Td <00410042> Tj ET\n"))
                .collect();
            page(
                &format!("/Font << {fonts} >>"),
                &[
                    content(&words),
                    pressed(map.as_bytes()),
                    b"[0 69999 500]".to_vec(),
                ],
            )
        }),
        ("a table of four billion codes.pdf", || {
            let map = "1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange";
            let font = "/Font << /F1 << /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [<< /Subtype /CIDFontType2 >>] >> >>";
            page(
                font,
                &[content("BT /F1 9 Tf 9 9 Td <00000001> Tj ET"), content(map)],
            )
        }),
        ("200,000 objects in streams.pdf", || {
            let index: String = (0..200_000)
                .map(|at| format!("{} {} ", at + 100, at * 2))
                .collect();
            let inside = format!("{index}{}", "1 ".repeat(200_000));
            let packed = stream(
                &format!(
                    "/Type /ObjStm /N 200000 /First {} /Filter /FlateDecode",
                    index.len()
                ),
                &deflated(inside.as_bytes()),
            );
            page("", &[content("BT ET"), packed])
        }),
        ("noise after the head.pdf", || {
            let mut bytes = b"%PDF-1.5\n".to_vec();
            bytes.extend(noise(LARGE - 9));
            bytes
        }),
        ("no index and 19 MB of objects.pdf", || {
            let mut bytes = b"%PDF-1.5\n".to_vec();
            bytes.extend(
                "1 0 obj\n<< /A [1 2 3] >>\nendobj\n"
                    .repeat(600_000)
                    .bytes(),
            );
            bytes
        }),
        ("honest, 300 pages of 18 MB.pdf", || {
            let lines: String = (0..40)
                .map(|at| format!("BT /F1 12 Tf 72 {} Td (Xa trong cay va giu cay o thon nay moi nam mot lan vao mua xuan.) Tj ET\n", 760 - at * 16))
                .collect();
            let kids: Vec<String> = (10..310).map(|at| format!("{at} 0 R")).collect();
            let mut objects = vec![
                (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
                (2, format!("<< /Type /Pages /Count 300 /Kids [{}] /MediaBox [0 0 600 800] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>", kids.join(" ")).into_bytes()),
                (3, stream("/Subtype /Image /Filter /DCTDecode", &noise(18 << 20))),
                (4, pressed(lines.as_bytes())),
            ];
            objects.extend((10..310).map(|at| {
                (
                    at,
                    b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_vec(),
                )
            }));
            file(&objects)
        }),
    ]
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    // A zlib stream is what a part of an archive is, between two bytes and a sum.
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    zip.start_file("a", options).unwrap();
    zip.write_all(bytes).unwrap();
    let whole = zip.finish().unwrap().into_inner();
    let mut read = zip::ZipArchive::new(Cursor::new(whole.as_slice())).unwrap();
    let part = read.by_index_raw(0).unwrap();
    let from = usize::try_from(part.data_start().unwrap()).unwrap();
    let length = usize::try_from(part.compressed_size()).unwrap();
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in bytes {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    [
        &[0x78, 0x9C],
        &whole[from..from + length],
        &(high << 16 | low).to_be_bytes(),
    ]
    .concat()
}

pub fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("<< {entries} /Length {} >>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

pub fn pressed(bytes: &[u8]) -> Vec<u8> {
    stream("/Filter /FlateDecode", &deflated(bytes))
}

pub fn content(operators: &str) -> Vec<u8> {
    stream("", operators.as_bytes())
}

fn one_page(content: &[u8]) -> Vec<u8> {
    page("", &[content.to_vec()])
}

/// A page whose content is object 4; what follows are 5 and so on.
pub fn page(resources: &str, objects: &[Vec<u8>]) -> Vec<u8> {
    let mut all = vec![
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (
            2,
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 600 800] >>".to_vec(),
        ),
        (
            3,
            format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << {resources} >> >>")
                .into_bytes(),
        ),
    ];
    all.extend(
        objects
            .iter()
            .cloned()
            .zip(4..)
            .map(|(object, id)| (id, object)),
    );
    file(&all)
}

fn file(objects: &[(usize, Vec<u8>)]) -> Vec<u8> {
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut index = String::new();
    for (id, object) in objects {
        index += &format!("{id} 1\n{:010} 00000 n \n", file.len());
        file.extend(format!("{id} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let at = file.len();
    let size = objects.iter().map(|(id, _)| id + 1).max().unwrap_or(1);
    file.extend(format!("xref\n0 1\n0000000000 65535 f \n{index}trailer\n<< /Root 1 0 R /Size {size} >>\nstartxref\n{at}\n%%EOF").bytes());
    file
}

fn html() -> Vec<(&'static str, Made)> {
    vec![
        ("one paragraph of 10 MB.html", || {
            repeated("<p>", "trẻ em ", 10 << 20)
        }),
        ("text of 20 MB.html", || {
            repeated("<p>", "<p>trẻ em trồng cây", LARGE)
        }),
        ("a million elements deep.html", || {
            repeated("<html>", "<div>", 5 << 20)
        }),
        ("bold in bold.html", || repeated("<html>", "<b>a", LARGE)),
        ("lists in lists.html", || {
            repeated("<html>", "<ul><li>a", LARGE)
        }),
        ("tables in tables.html", || {
            repeated("<html>", "<table><tr><td>a", LARGE)
        }),
        ("cells that span all.html", || {
            repeated("<table>", "<tr><td rowspan=65534 colspan=1000>a", LARGE)
        }),
        ("angle brackets.html", || repeated("<html>", "<", LARGE)),
        ("a tag that never ends.html", || {
            repeated("<p a=\"", "x", LARGE)
        }),
        ("comments that never end.html", || {
            repeated("<html>", "<!--", LARGE)
        }),
        ("attributes.html", || repeated("<p", " a=b", LARGE)),
        ("a million attributes of one tag.html", || {
            let names: String = (0..1_000_000).map(|at| format!(" a{at}=b")).collect();
            format!("<p{names}>trẻ em").into_bytes()
        }),
        ("a declaration that never ends.html", || {
            repeated("<!DOCTYPE ", "x", LARGE)
        }),
        ("entities.html", || repeated("<p>", "&amp;&#7879;&x", LARGE)),
        ("closing tags.html", || {
            repeated("<div><p>", "</div></span></table>", LARGE)
        }),
        ("a script of 20 MB.html", || {
            repeated("<script>", "</scrip", LARGE)
        }),
        ("links.html", || {
            repeated("<html>", "<a href=x>a</a> ", LARGE)
        }),
        ("honest, 20,000 tasks.html", || {
            let body: String = (1..20_000)
                .map(|at| format!("<p>{at}. {SENTENCE}</p>\n"))
                .collect();
            format!("<html><meta charset=utf-8><main><h1>KẾ HOẠCH</h1>{body}</main>").into_bytes()
        }),
    ]
}

/// `start`, then `piece` over and over up to a size.
fn repeated(start: &str, piece: &str, size: usize) -> Vec<u8> {
    let times = (size - start.len()) / piece.len();
    format!("{start}{}", piece.repeat(times)).into_bytes()
}

fn text() -> Vec<(&'static str, Made)> {
    vec![
        ("one line of 20 MB.txt", || repeated("", "trẻ em ", LARGE)),
        ("one word of 20 MB.txt", || repeated("", "a", LARGE)),
        ("empty lines.txt", || repeated("a", "\n", LARGE)),
        ("short lines.txt", || repeated("", "a\n", LARGE)),
        ("hyphens.txt", || repeated("", "-", LARGE)),
        ("items.txt", || {
            repeated("", "I. A\n1. B\na) C\n- D\n+ E\n", 4 << 20)
        }),
        ("deep numbers.txt", || {
            repeated("", "1.1.1.1.1.1.1.1. A\n", 3 << 20)
        }),
        ("marks on one letter.txt", || {
            repeated("a", "\u{301}\u{323}", LARGE)
        }),
        ("doubtful words.txt", || {
            (0..400_000)
                .map(|at| format!("từx{at}z\u{fd} "))
                .collect::<String>()
                .into_bytes()
        }),
        ("noise.txt", || noise(LARGE)),
        ("TCVN3 of 10 MB.txt", || {
            old::tcvn3_bytes(&format!("{SENTENCE}\n").repeat(60_000))
        }),
        ("TCVN3 in one line.txt", || {
            old::tcvn3_bytes(&SENTENCE.repeat(60_000))
        }),
        ("VNI of 10 MB.txt", || {
            old::bytes(&old::vni(&format!("{SENTENCE}\n").repeat(60_000)))
        }),
        ("UTF-16 of 20 MB.txt", || {
            let text = format!("{SENTENCE}\n").repeat(60_000);
            std::iter::once(0xFEFF)
                .chain(text.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .take(LARGE)
                .collect()
        }),
        ("stars.md", || repeated("", "*a ", LARGE)),
        ("strokes.md", || repeated("", "|a|b|\n", LARGE)),
        ("one row.md", || repeated("|", "a|", LARGE)),
        ("backslashes.md", || repeated("", "\\", LARGE)),
        ("honest, 20,000 tasks.txt", || {
            let body: String = (1..20_000)
                .map(|at| format!("{at}. {SENTENCE}\n\n"))
                .collect();
            format!("KẾ HOẠCH\n\nTrồng cây\n\n{body}").into_bytes()
        }),
    ]
}

/// What a run took: time, the most memory in KB, its exit code.
fn measure(place: &Place, name: &str) -> (Duration, u64, Option<i32>) {
    let mut command = place.command(&["import", name, "--corpus", "moi", "--id", "a", "--force"]);
    // What it prints may be long, and nobody reads it.
    let printed = fs::File::create(place.path("printed")).unwrap();
    command.stdout(printed.try_clone().unwrap()).stderr(printed);
    let start = Instant::now();
    let mut child = command.spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    loop {
        if let Some(ended) = child.try_wait().unwrap() {
            return (start.elapsed(), most, ended.code());
        }
        most = most.max(peak(&fs::read_to_string(&status).unwrap_or_default()));
        std::thread::sleep(Duration::from_millis(2));
        if start.elapsed() > 6 * LONGEST {
            child.kill().unwrap();
        }
    }
}

/// The most memory that a process has had at once, as the kernel tells it.
fn peak(status: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[test]
#[ignore = "measures the release build, for minutes"]
fn every_file_is_read_or_refused_within_the_limits() {
    if cfg!(debug_assertions) {
        panic!("the limits are those of the release build");
    }
    let only = std::env::var("HOIDAP_HEAVY").unwrap_or_default();
    let mut over = Vec::new();
    println!("| file | MB | s | MB of memory | |\n| --- | --- | --- | --- | --- |");
    for (name, make) in files().into_iter().filter(|(name, _)| name.contains(&only)) {
        let place = Place::new();
        let bytes = make();
        let size = bytes.len() as f64 / f64::from(1 << 20);
        place.write(name, bytes);
        let (time, memory, code) = measure(&place, name);
        let printed = place.read("printed");
        let what = match code {
            Some(0) => "đọc".to_owned(),
            _ => printed
                .lines()
                .last()
                .unwrap_or_default()
                .chars()
                .take(90)
                .collect(),
        };
        println!(
            "| {name} | {size:.1} | {:.1} | {:.0} | {what} |",
            time.as_secs_f64(),
            memory as f64 / 1024.0
        );
        let ended = matches!(code, Some(0 | 1));
        if time > LONGEST || memory > MOST_MEMORY || !ended {
            over.push(name);
        }
    }
    assert!(over.is_empty(), "over the limits: {over:#?}");
}
