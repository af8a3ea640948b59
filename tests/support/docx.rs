//! Word documents made in memory, part by part: for the tests of the reader and of the whole import.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml""#;
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A document under construction. What is given is the inside of each part.
#[derive(Clone, Debug, Default)]
pub struct Docx {
    body: String,
    parts: Vec<(&'static str, String)>,
}

impl Docx {
    /// A document with this body: `w:p` and `w:tbl` elements.
    pub fn of(body: impl Into<String>) -> Self {
        Self {
            body: body.into(),
            parts: Vec::new(),
        }
    }

    /// With `styles`, `numbering`, `footnotes`: the inside of the part's root.
    pub fn with(mut self, part: &'static str, inside: impl Into<String>) -> Self {
        self.parts.push((part, inside.into()));
        self
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let mut put = |name: &str, text: &str| {
            zip.start_file(name, options).expect("a part");
            zip.write_all(text.as_bytes()).expect("memory");
        };
        let mut types = String::new();
        let mut relations = String::new();
        for (at, (part, _)) in self.parts.iter().enumerate() {
            types += &format!(
                r#"<Override PartName="/word/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{part}+xml"/>"#
            );
            relations += &format!(
                r#"<Relationship Id="r{at}" Type="{RELATIONS}/{part}" Target="{part}.xml"/>"#
            );
        }
        put(
            "[Content_Types].xml",
            &format!(
                r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{types}</Types>"#
            ),
        );
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        put(
            "_rels/.rels",
            &format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="d" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>"#
            ),
        );
        put(
            "word/_rels/document.xml.rels",
            &format!(r#"<Relationships xmlns="{package}">{relations}</Relationships>"#),
        );
        put(
            "word/document.xml",
            &format!(
                r#"<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACES}><w:body>{}</w:body></w:document>"#,
                self.body
            ),
        );
        for (part, inside) in &self.parts {
            put(
                &format!("word/{part}.xml"),
                &format!("<w:{part} {NAMESPACES}>{inside}</w:{part}>"),
            );
        }
        zip.finish().expect("an archive").into_inner()
    }
}

/// A paragraph: what stands in its `w:pPr`, and its text in one run.
pub fn paragraph(properties: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        r#"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#
    )
}

/// The properties of a paragraph that a list numbers.
pub fn numbered(list: u32, level: u32) -> String {
    format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#)
}

/// A list: its id, and of each level the format, the text, and the number of the first item.
pub fn list(id: u32, levels: &[(&str, &str)]) -> String {
    let levels: String = levels
        .iter()
        .enumerate()
        .map(|(at, (format, text))| {
            format!(
                r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>"#
            )
        })
        .collect();
    format!(
        r#"<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum><w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>"#
    )
}
