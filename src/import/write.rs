//! A recognised document as the Markdown of `corpus/`.

use std::collections::HashSet;
use std::fmt::Write;

use super::shape::{Marker, Node, Shaped};

/// What stands in the front matter beside what the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The document's id.
    pub id: String,
    /// Where the text was taken from.
    pub source: String,
    /// The text could not be read for certain.
    pub doubtful: bool,
    /// Lines that the document of the same id had and no file says.
    pub kept: Vec<String>,
}

/// Headings of parts have so many `#`.
const OUTERMOST: usize = 2;
/// Headings have at most so many.
const DEEPEST: usize = 6;

/// Writes the file.
pub fn markdown(shaped: &Shaped, facts: &Facts) -> String {
    let mut writer = Writer::default();
    writer.front_matter(shaped, facts);
    writer.block(&format!("# {}", one_line(&shaped.head.title)));
    writer.nodes(&shaped.body, OUTERMOST, "");
    if !shaped.tail.recipients.is_empty() {
        writer.block("## Nơi nhận");
        for recipient in &shaped.tail.recipients {
            // A list of names needs no blank lines.
            let _ = writeln!(writer.text, "- {}", one_line(recipient));
        }
    }
    format!("{}\n", writer.text.trim_end())
}

#[derive(Default)]
struct Writer {
    text: String,
    /// Paths of headings written so far.
    taken: HashSet<String>,
}

impl Writer {
    fn front_matter(&mut self, shaped: &Shaped, facts: &Facts) {
        let head = &shaped.head;
        self.text.push_str("+++\n");
        self.field("id", Some(&facts.id));
        self.field("type", Some(&head.kind));
        self.field("number", Some(&head.number));
        self.field("short", Some(&short(&head.kind, &head.number, &head.title)));
        self.field("title", Some(&head.title));
        self.field(
            "issuer",
            Some(match head.issuer.as_str() {
                "" => "(chưa rõ)",
                issuer => issuer,
            }),
        );
        if let Some(date) = head.issued {
            let _ = writeln!(
                self.text,
                "issued = {:04}-{:02}-{:02}",
                date.year, date.month, date.day
            );
        }
        self.field("place", head.place.as_deref());
        self.field("signer", shaped.tail.signer.as_deref());
        self.field("signer_role", shaped.tail.signer_role.as_deref());
        self.text.push_str("text = \"verbatim\"\n");
        self.field("source", Some(&facts.source));
        if facts.doubtful {
            self.text.push_str("doubtful = true\n");
        }
        for line in &facts.kept {
            let _ = writeln!(self.text, "{line}");
        }
        self.text.push_str("+++\n\n");
    }

    fn field(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            let _ = writeln!(self.text, "{name} = {}", quoted(value));
        }
    }

    fn block(&mut self, block: &str) {
        self.text.push_str(block);
        self.text.push_str("\n\n");
    }

    /// Writes what lies in one section, headings with so many `#`.
    fn nodes(&mut self, nodes: &[Node], level: usize, path: &str) {
        for (at, node) in nodes.iter().enumerate() {
            if level <= DEEPEST && is_section(nodes, at, level) {
                self.section(node, level, path);
            } else {
                self.paragraph(node);
            }
        }
    }

    fn section(&mut self, node: &Node, level: usize, path: &str) {
        let titled = node.is_titled() && (!node.children.is_empty() || is_name_only(&node.marker));
        let words = if titled {
            one_line(&node.words)
        } else {
            String::new()
        };
        let (number, component) = numbered(&node.marker);
        let mut heading = match (number.is_empty(), words.is_empty()) {
            (true, _) => words,
            (false, true) => number,
            (false, false) => format!("{number} {words}"),
        };
        let path = self.free(&node.marker, path, &component, &mut heading);
        self.block(&format!("{} {heading}", "#".repeat(level)));
        if !titled && !node.words.is_empty() {
            self.block(&one_line(&node.words));
        }
        self.nodes(&node.children, level + 1, &path);
    }

    /// The path of a heading; one that is taken gets a name of its own.
    fn free(
        &mut self,
        marker: &Marker,
        path: &str,
        component: &str,
        heading: &mut String,
    ) -> String {
        // Headings that go by their words are told apart by the parser.
        if component.is_empty() {
            return path.to_owned();
        }
        let of = |component: &str| match path {
            "" => component.to_owned(),
            path => format!("{path}.{component}"),
        };
        let mut found = of(component);
        let mut times = 1;
        while !self.taken.insert(found.clone()) {
            times += 1;
            found = of(&format!("{component}-{times}"));
        }
        if times > 1 {
            let _ = write!(heading, " {{#{component}-{times}}}");
        } else if matches!(marker, Marker::Form(_)) {
            // The format has no name of its own for these.
            let _ = write!(heading, " {{#{component}}}");
        }
        found
    }

    fn paragraph(&mut self, node: &Node) {
        let words = one_line(&node.words);
        let block = match &node.marker {
            Marker::Number(number) | Marker::Row(Some(number)) => format!("{number}. {words}"),
            Marker::Letter(letter) => format!("{letter}) {words}"),
            Marker::Dash | Marker::Row(None) => format!("- {words}"),
            Marker::Plus => format!("+ {words}"),
            _ => words,
        };
        self.block(&block);
        for child in &node.children {
            self.paragraph(child);
        }
    }
}

/// Chapters and such stand for themselves even when nothing lies in them.
fn is_name_only(marker: &Marker) -> bool {
    marker.rank() <= Marker::Chapter(String::new()).rank() || *marker == Marker::Title
}

/// Whether a node is a heading: what always is one; the items of a list one of which names what
/// lies in it; those of the document's outermost list; points only where each is a name.
fn is_section(nodes: &[Node], at: usize, level: usize) -> bool {
    let node = &nodes[at];
    let named = |other: &Node| other.is_titled() && !other.children.is_empty();
    let mut list = nodes
        .iter()
        .filter(|other| other.marker.same_list(&node.marker));
    match node.marker {
        Marker::Number(_) => level == OUTERMOST || list.any(named),
        Marker::Letter(_) => list.all(named),
        _ => node.marker.is_heading(),
    }
}

/// A marker as a heading writes it, and as the path has it.
fn numbered(marker: &Marker) -> (String, String) {
    let dotted = |number: &str| (format!("{number}."), number.to_owned());
    match marker {
        Marker::Annex(None) => ("Phụ lục.".to_owned(), "phu-luc".to_owned()),
        Marker::Annex(Some(number)) => (
            format!("Phụ lục {number}."),
            format!("phu-luc-{}", crate::text::lower(number)),
        ),
        Marker::Form(number) => (
            format!("Biểu số {number}."),
            format!("bieu-{}", crate::text::lower(number)),
        ),
        Marker::Part(number) => (format!("Phần {number}."), ordinal(number)),
        Marker::Chapter(number) => (format!("Chương {number}."), number.clone()),
        Marker::Division(number) => (format!("Mục {number}."), number.clone()),
        Marker::Article(number) => (format!("Điều {number}."), number.clone()),
        Marker::Roman(number) | Marker::Capital(number) | Marker::Group(Some(number)) => {
            dotted(number)
        }
        Marker::Number(number) => {
            let own = number.rsplit('.').next().unwrap_or(number);
            (format!("{number}."), own.to_owned())
        }
        Marker::Letter(letter) => (format!("{letter})"), letter.to_string()),
        _ => (String::new(), String::new()),
    }
}

/// “thứ hai” stands in a path as 2.
fn ordinal(number: &str) -> String {
    const ORDINALS: [&str; 10] = [
        "thứ nhất",
        "thứ hai",
        "thứ ba",
        "thứ tư",
        "thứ năm",
        "thứ sáu",
        "thứ bảy",
        "thứ tám",
        "thứ chín",
        "thứ mười",
    ];
    let place = ORDINALS.iter().position(|ordinal| *ordinal == number);
    place.map_or_else(|| number.to_owned(), |place| (place + 1).to_string())
}

/// “Kế hoạch 109-KH/TU”.
pub fn short(kind: &str, number: &str, title: &str) -> String {
    match number {
        "" if title.chars().count() <= 80 && !title.is_empty() => title.to_owned(),
        "" => kind.to_owned(),
        number => format!("{kind} {number}"),
    }
}

/// A TOML string.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
