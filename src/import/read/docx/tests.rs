//! Documents made in memory, and what is read of them; damaged ones, and what becomes of them.

use proptest::prelude::*;

use super::super::tests::line;
use super::super::{ReadError, read};
use built::{Docx, list, numbered, paragraph};

#[allow(dead_code, reason = "the tests of the whole import use the rest")]
#[path = "../../../../tests/support/docx.rs"]
mod built;

#[track_caller]
fn check(docx: &Docx, expect: &[&str]) {
    let source = read("x.docx", &docx.bytes()).expect("a document");
    let lines: Vec<String> = source.blocks.iter().map(line).collect();
    assert_eq!(lines, expect);
}

#[track_caller]
fn check_body(body: &str, expect: &[&str]) {
    check(&Docx::of(body), expect);
}

#[track_caller]
fn check_remarks(docx: &Docx, expect: &[&str]) {
    let source = read("x.docx", &docx.bytes()).expect("a document");
    let remarks: Vec<&str> = source
        .remarks
        .iter()
        .map(|remark| remark.text.as_str())
        .collect();
    assert_eq!(remarks, expect);
}

const STYLES: &str = r#"
    <w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr></w:rPrDefault></w:docDefaults>
    <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
    <w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
      <w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="Part"><w:name w:val="Part"/><w:basedOn w:val="Heading1"/>
      <w:pPr><w:outlineLvl w:val="1"/><w:jc w:val="left"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
    <w:style w:type="paragraph" w:styleId="Old"><w:name w:val="Old"/><w:rPr><w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="Item"><w:name w:val="Item"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="SubItem"><w:name w:val="SubItem"/><w:basedOn w:val="Item"/></w:style>
    <w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/><w:i/></w:rPr></w:style>"#;

fn styled(style: &str, text: &str) -> String {
    paragraph(&format!(r#"<w:pStyle w:val="{style}"/>"#), text)
}

#[test]
fn runs_and_breaks() {
    check_body(
        "<w:p><w:r><w:t>Bảo </w:t></w:r><w:r><w:t xml:space='preserve'>vệ  </w:t><w:tab/><w:t>trẻ&#160;em &amp; &lt;b></w:t></w:r></w:p><w:p/>",
        &["Bảo vệ trẻ em & <b>"],
    );
    check_body(
        "<w:p><w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>Thực</w:t><w:softHyphen/><w:t> hiện 28</w:t><w:noBreakHyphen/><w:t>CT</w:t><w:br w:type='page'/></w:r></w:p>",
        &["KẾ HOẠCH", "Thực hiện 28-CT"],
    );
}

#[test]
fn styles() {
    let body = [
        styled("Heading1", "Một"),
        styled("Part", "Hai"),
        styled("Loop", "Ba"),
        paragraph("<w:outlineLvl w:val=\"9\"/><w:pStyle w:val=\"Part\"/>", "Bốn"),
        "<w:p><w:r><w:rPr><w:rStyle w:val='Strong'/></w:rPr><w:t>Năm</w:t></w:r><w:r><w:rPr><w:b/><w:i w:val='0'/></w:rPr><w:t>!</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>Sáu</w:t></w:r></w:p>".to_owned(),
        styled("Old", "kÕ ho¹ch"),
    ];
    check(
        &Docx::of(body.concat()).with("styles", STYLES),
        &[
            "#1 |Một|",
            "#2 Hai",
            "Ba",
            "**Bốn**",
            "_**Năm!**_",
            "SÁU",
            "KẾ HOẠCH",
        ],
    );
}

#[test]
fn numbers_that_word_draws() {
    let lists = list(
        1,
        &[
            ("upperRoman", "%1."),
            ("decimal", "%2."),
            ("lowerLetter", "%3)"),
            ("bullet", "-"),
        ],
    );
    let item = |level, text| paragraph(&numbered(1, level), text);
    let body = [
        item(0, "Một"),
        item(1, "Hai"),
        item(2, "Ba"),
        item(3, "Bốn"),
        paragraph("", "Giữa"),
        item(2, "Năm"),
        item(0, "Sáu"),
        item(1, ""),
        item(1, "Bảy"),
    ];
    check(
        &Docx::of(body.concat()).with("numbering", lists),
        &[
            "(I.) Một",
            "(1.) Hai",
            "(a)) Ba",
            "(-) Bốn",
            "Giữa",
            "(b)) Năm",
            "(II.) Sáu",
            "(2.) Bảy",
        ],
    );
}

#[test]
fn numbers_of_styles() {
    let lists = list(1, &[("decimal", "Điều %1."), ("decimal", "%2.")]).replacen(
        "<w:lvlText w:val=\"%2.\"/>",
        "<w:pStyle w:val=\"SubItem\"/><w:lvlText w:val=\"%2.\"/>",
        1,
    );
    let body = [
        styled("Item", "Một"),
        styled("SubItem", "Hai"),
        paragraph(
            "<w:pStyle w:val=\"Item\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>",
            "Ba",
        ),
        styled("Item", "Bốn"),
    ];
    let docx = Docx::of(body.concat())
        .with("styles", STYLES)
        .with("numbering", lists);
    // The style of the second level takes its level from the list.
    check(&docx, &["(Điều 1.) Một", "(1.) Hai", "Ba", "(Điều 2.) Bốn"]);
}

fn cell(properties: &str, text: &str) -> String {
    format!(
        "<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>",
        paragraph("", text)
    )
}

#[test]
fn tables() {
    let start = cell("<w:vMerge w:val='restart'/>", "A");
    let table = format!(
        "<w:tbl><w:tr>{start}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("<w:gridSpan w:val='2'/>", "B"),
        cell("<w:vMerge/>", ""),
        cell("", "c"),
        cell("", "d"),
        cell("", "e"),
        cell("", "f"),
        cell("", "g"),
    );
    check_body(
        &format!("{}{table}{}", paragraph("", "Trước"), paragraph("", "Sau")),
        &["Trước", "[A | B | B] [A | c | d] [e | f | g]", "Sau"],
    );
    let nested = format!(
        "<w:tbl><w:tr><w:tc>{}<w:tbl><w:tr>{}{}</w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
        paragraph("", "a"),
        cell("", "b"),
        cell("", "c")
    );
    check_body(&nested, &["[a/b/c]"]);
    check_body(
        "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        &["[ | a]"],
    );
}

#[test]
fn text_boxes_are_read_once() {
    let inside = format!(
        "<w:txbxContent>{}</w:txbxContent>",
        paragraph("", "Trong khung")
    );
    let body = format!(
        "<w:p><w:r><w:t>Trước</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent><w:t> sau</w:t></w:r></w:p>"
    );
    check_body(&body, &["Trước sau", "Trong khung"]);
    check_body(
        &format!("<w:p><w:r><w:pict><v:textbox>{inside}</v:textbox></w:pict></w:r></w:p>"),
        &["Trong khung"],
    );
}

#[test]
fn tracked_changes() {
    let body = "<w:p><w:ins w:id='1'><w:r><w:t>Thêm</w:t></w:r></w:ins><w:del w:id='2'><w:r><w:delText>bớt</w:delText></w:r></w:del>\
        <w:moveFrom w:id='3'><w:r><w:t>đi</w:t></w:r></w:moveFrom><w:moveTo w:id='4'><w:r><w:t> đến</w:t></w:r></w:moveTo></w:p>";
    check_body(body, &["Thêm đến"]);
    check_remarks(
        &Docx::of(body),
        &["tệp còn các sửa đổi chưa chốt (Track Changes): đã bỏ chữ bị xóa, giữ chữ được thêm"],
    );
    // The end of the first paragraph is deleted: both are one.
    let joined = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>Một </w:t></w:r></w:p><w:p><w:r><w:t>hai</w:t></w:r></w:p>";
    check_body(joined, &["Một hai"]);
    check_body(
        &joined.replace("</w:p><w:p><w:r><w:t>hai</w:t></w:r></w:p>", "</w:p>"),
        &["Một"],
    );
    let rows = format!(
        "<w:tbl><w:tr>{}</w:tr><w:tr><w:trPr><w:del w:id='1'/></w:trPr>{}</w:tr></w:tbl>",
        cell("", "a"),
        cell("", "b")
    );
    check_body(&rows, &["[a]"]);
}

#[test]
fn fields() {
    let begin =
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>";
    let separate = "<w:r><w:fldChar w:fldCharType='separate'/></w:r>";
    let end = "<w:r><w:fldChar w:fldCharType='end'/></w:r>";
    let run = |text| format!("<w:r><w:t>{text}</w:t></w:r>");
    check_body(
        &format!(
            "<w:p>{}{begin}{separate}{}{end}{}</w:p>",
            run("a"),
            run("7"),
            run("b")
        ),
        &["a7b"],
    );
    check_body(
        &format!(
            "<w:p>{begin}{}</w:p><w:p>{}</w:p>",
            run("lost"),
            run("kept")
        ),
        &["kept"],
    );
    let contents = begin.replace("PAGE", " TOC \\o");
    let docx = Docx::of(format!(
        "<w:p>{contents}{separate}{}</w:p><w:p>{}{end}</w:p><w:p>{}</w:p>",
        run("I. MỘT"),
        run("II. HAI"),
        run("I. MỘT")
    ));
    check(&docx, &["I. MỘT"]);
    check_remarks(&docx, &["đã bỏ mục lục tự động"]);
    // A table of contents without an end does not swallow the text.
    check_body(
        &format!(
            "<w:p>{contents}{separate}{}</w:p><w:p>{}</w:p>",
            run("a"),
            run("b")
        ),
        &["a", "b"],
    );
    check_body(
        "<w:p><w:fldSimple w:instr='DATE'><w:r><w:t>hôm nay</w:t></w:r></w:fldSimple></w:p>",
        &["hôm nay"],
    );
}

#[test]
fn hidden_text_and_notes() {
    let body = "<w:p><w:r><w:t>Hiện</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>";
    let notes = "<w:footnote w:id='2'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Theo số liệu.</w:t></w:r></w:p></w:footnote>";
    let docx = Docx::of(body).with("footnotes", notes);
    check(&docx, &["Hiện"]);
    check_remarks(
        &docx,
        &[
            "chú thích không đưa vào văn bản: “Theo số liệu.”",
            "đã bỏ chữ ẩn (Hidden)",
        ],
    );
}

#[test]
fn refusals() {
    #[track_caller]
    fn check(bytes: &[u8], expect: ReadError) {
        assert_eq!(read("x.docx", bytes), Err(expect));
    }
    let damaged = || ReadError::Damaged("Word (.docx)");
    check(&Docx::of("<w:p/>").bytes(), ReadError::Empty);
    check(&Docx::of("<w:p><w:r><w:t>cut").bytes()[..200], damaged());
    check(b"PK\x03\x04", damaged());
    // A part that unpacks to far more than any document holds.
    let bomb = Docx::of(" ".repeat(50 << 20)).bytes();
    assert!(bomb.len() < 1 << 20);
    check(&bomb, ReadError::TooLarge("giải nén ra quá nhiều"));
    let many = "<w:p><w:r><w:t>a</w:t></w:r></w:p>".repeat(200_001);
    check(
        &Docx::of(many).bytes(),
        ReadError::TooLarge("quá nhiều chữ so với một văn bản"),
    );
    let deep = "<w:p><w:r>".repeat(100_000);
    check(&Docx::of(deep).bytes(), damaged());
    let wide = format!("<w:tbl>{}</w:tbl>", "<w:tr><w:tc/></w:tr>".repeat(200_001));
    check(
        &Docx::of(wide).bytes(),
        ReadError::TooLarge("quá nhiều chữ so với một văn bản"),
    );
}

/// Everything at once, small.
fn rich() -> Docx {
    let body = [
        styled("Heading1", "Một"),
        paragraph(&numbered(1, 1), "Hai"),
        format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("<w:gridSpan w:val='2'/>", "a"), cell("<w:vMerge/>", "b")),
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType='separate'/><w:t>x</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>y</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>".to_owned(),
    ];
    Docx::of(body.concat()).with("styles", STYLES).with(
        "numbering",
        list(1, &[("upperRoman", "%1."), ("decimal", "%1.%2.")]),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_archives_are_refused_or_read(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in 0usize..40) {
        let mut bytes = rich().bytes();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        bytes.truncate(bytes.len() - cut * 7);
        let _ = read("x.docx", &bytes);
    }

    #[test]
    fn any_markup_is_refused_or_read(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "chữ", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>",
            "<w:tc>", "</w:tc>", "<w:pPr>", "</w:pPr>", "<w:rPr>", "</w:rPr>", "<w:del/>", "<w:del>", "</w:del>",
            "<mc:AlternateContent>", "</mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>", "<mc:Fallback>",
            "<w:txbxContent>", "</w:txbxContent>", "<w:fldChar w:fldCharType='begin'/>", "<w:fldChar w:fldCharType='separate'/>",
            "<w:instrText>TOC</w:instrText>", "<w:gridSpan w:val='9'/>", "<w:vMerge/>", "&amp;", "&#x0;", "&nbsp;", "<",
            "<w:numPr><w:ilvl w:val='99'/><w:numId w:val='1'/></w:numPr>", "<![CDATA[x]]>", "<w:br/>",
        ]),
        0..60,
    )) {
        let docx = Docx::of(pieces.concat()).with("numbering", list(1, &[("decimal", "%1.")]));
        let _ = read("x.docx", &docx.bytes());
    }
}
