//! Writes what the fuzzing of `fuzz/` starts from, out of the files that the tests make:
//!
//! ```sh
//! cargo test --test e2e seeds -- --ignored
//! ```

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use super::heavy::{content, page, pressed};
use super::old;
use super::paper::{Letters, Paper};

/// A short paper with all that the import knows.
const PAPER: &str = "|ỦY BAN NHÂN DÂN // XÃ SÔNG XANH // Số: 12/KH-UBND|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM // Sông Xanh, ngày 02 tháng 5 năm 2024\n\
    >* KẾ HOẠCH\n>* Trồng cây\n>-----\nI. MỤC ĐÍCH\n- Trồng cây xanh.\nII. NHIỆM VỤ\n1. Sở Y tế:\na) Chủ trì, phối hợp với Công an tỉnh rà soát;\n\
    b) Hằng năm báo cáo Ủy ban nhân dân tỉnh.\n- Công an tỉnh:\n+ Điều tra.\nĐiều 1. Giữ cây\n1.1. Thôn giữ cây.\n\
    |Nơi nhận: // - Như trên; // - Lưu.|KT. CHỦ TỊCH // PHÓ CHỦ TỊCH // (Đã ký) // Trần Thị Mai\n\
    >* PHỤ LỤC I\n=|TT|Nhiệm vụ|Cơ quan chủ trì|Cơ quan phối hợp\n=|1|Ươm cây|Xã|Thôn; Công an xã\n";

fn put(target: &str, name: &str, bytes: impl AsRef<[u8]>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("seed-{name}")), bytes).unwrap();
}

/// What lies within the first and the last element of a part.
fn inside(archive: &[u8], part: &str, element: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut text = String::new();
    let Ok(mut file) = zip.by_name(part) else {
        return text;
    };
    file.read_to_string(&mut text).unwrap();
    let start = text.find(&format!("<{element}")).unwrap();
    let start = start + text[start..].find('>').unwrap() + 1;
    text[start..text.rfind(&format!("</{element}")).unwrap()].to_owned()
}

#[test]
#[ignore = "writes fuzz/corpus"]
fn the_seeds_of_all_targets() {
    let paper = Paper::new(PAPER);
    for (name, drawn, letters) in [
        ("unicode", true, Letters::Unicode),
        ("tcvn3", false, Letters::Tcvn3),
        ("vni", true, Letters::Vni),
    ] {
        let archive = paper.docx(drawn, letters);
        let body = inside(&archive, "word/document.xml", "w:body");
        let numbering = inside(&archive, "word/numbering.xml", "w:numbering");
        put("docx", &format!("{name}.docx"), &archive);
        put("docx", name, format!("{body}\0\0{numbering}"));
        put(
            "plan",
            &format!("{name}-word"),
            format!("\0{body}\0\0{numbering}"),
        );
    }
    let html = paper.html();
    put("html", "page", &html);
    put("plan", "page", format!("\u{1}{html}"));
    let text = paper.text();
    let encoded = [
        ("utf-8", text.clone().into_bytes()),
        ("tcvn3", old::tcvn3_bytes(&text)),
        ("tcvn5712", old::tcvn5712_bytes(&text)),
        ("vni", old::bytes(&old::vni(&text))),
    ];
    for (name, bytes) in encoded {
        put("text", name, &bytes);
        put("html", name, [b"<html><p>".as_slice(), &bytes].concat());
        put("plan", name, [&[3], bytes.as_slice()].concat());
    }
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/corpus");
    for (at, table) in ["don-vi.toml", "phan-cong.toml", "tu-dien.toml"]
        .iter()
        .enumerate()
    {
        let bytes = fs::read(own.join(table)).unwrap();
        put(
            "tables",
            table,
            [&[u8::try_from(at).unwrap()], bytes.as_slice()].concat(),
        );
    }
    for table in [
        "tu-thuong.toml",
        "dien-dat.toml",
        "y-hoi.toml",
        "im-lang.toml",
        "nguy-hiem.toml",
    ]
    .iter()
    .zip(3_u8..)
    {
        let whole = fs::read_to_string(own.join("../../../corpus").join(table.0)).unwrap();
        let beginning: String = whole
            .lines()
            .take(60)
            .map(|line| format!("{line}\n"))
            .collect();
        put(
            "tables",
            table.0,
            [&[table.1], beginning.as_bytes()].concat(),
        );
    }
    for name in ["quy-che-05.md", "thong-bao-12.md"] {
        let bytes = fs::read(own.join(name)).unwrap();
        put("corpus", name, &bytes);
        put("text", name, &bytes);
        put("plan", name, [&[2], bytes.as_slice()].concat());
    }
    let questions = [
        "Thư viện mở cửa lúc nào?",
        "ai lo viec nay",
        "muc II.3 noi gi\ny tiep theo\ndoc day du",
        "phụ lục I, biểu số 3",
        "trer em bij ddanhs",
        "so sánh hai văn bản",
        "bao giờ báo cáo?\ncòn ai nữa?",
    ];
    for (at, question) in questions.iter().enumerate() {
        put("question", &at.to_string(), question);
    }
    pdf();
}

fn pdf() {
    let helvetica = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
    let words =
        "BT /F1 12 Tf 72 700 Td (Xa trong cay) Tj 0 -16 Td [(va) -300 (giu)] TJ T* (cay.) ' ET";
    put("pdf", "words", page(helvetica, &[content(words)]));
    put(
        "pdf",
        "pressed",
        page(helvetica, &[pressed(words.as_bytes())]),
    );
    let grid: String = (0..4)
        .map(|at| {
            format!(
                "72 {y} m 300 {y} l S {x} 640 m {x} 700 l S ",
                y = 640 + at * 20,
                x = 72 + at * 76
            )
        })
        .collect();
    let cells =
        "BT /F1 9 Tf 76 686 Td (TT) Tj 76 0 Td (Viec) Tj -76 -20 Td (1) Tj 76 0 Td (Mot) Tj ET";
    put(
        "pdf",
        "grid",
        page(helvetica, &[content(&format!("{grid}{cells}"))]),
    );
    let coded = "/Font << /F1 << /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+A /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [<< /Subtype /CIDFontType2 /DW 500 /W [1 [500 600] 3 9 400] >>] >> >>";
    let map = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfchar <0001> <1EBB> endbfchar 1 beginbfrange <0002> <0009> <0061> endbfrange endcmap";
    put(
        "pdf",
        "coded",
        page(
            coded,
            &[
                content("BT /F1 12 Tf 72 700 Td <000100020003> Tj ET"),
                content(map),
            ],
        ),
    );
    let old = "/Font << /F1 << /Type /Font /Subtype /TrueType /BaseFont /.VnTime /FirstChar 32 /LastChar 34 /Widths [250 333 408] /Encoding << /Differences [65 /Aacute 66 /uni1EBB] >> >> >>";
    put(
        "pdf",
        "old",
        page(
            old,
            &[content(
                "/Artifact BMC BT /F1 12 Tf 1 0 0 1 72 20 Tm (1) Tj ET EMC q 1 0 0 1 9 9 cm BT /F1 12 Tf 72 700 Td (KAB) Tj ET Q",
            )],
        ),
    );
    let form = "/XObject << /X 5 0 R >>";
    let drawing = super::heavy::stream(
        &format!("/Subtype /Form /Resources << {helvetica} >>"),
        words.as_bytes(),
    );
    put(
        "pdf",
        "form",
        page(form, &[content("q 1 0 0 1 9 9 cm /X Do Q"), drawing]),
    );
}
