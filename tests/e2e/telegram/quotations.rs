//! Every quotation of a message held against the files of the corpus, byte for byte, from outside: this
//! knows nothing of passages, only what Telegram shows and what is on disk.

use std::fs;
use std::path::Path;

use super::rules;
use super::server::Call;

/// The documents as they are on disk.
pub struct Documents {
    texts: Vec<String>,
}

impl Documents {
    pub fn read(corpus: &Path) -> Self {
        let mut texts = Vec::new();
        for entry in fs::read_dir(corpus).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "md") {
                texts.push(fs::read_to_string(path).unwrap());
            }
        }
        assert!(!texts.is_empty(), "no documents in {}", corpus.display());
        Self { texts }
    }

    /// How many quotations the messages that went out have, each held against the documents.
    #[track_caller]
    pub fn check_all(&self, calls: &[Call]) -> usize {
        let is_message = |call: &&Call| {
            let shows = ["sendmessage", "editmessagetext"].contains(&call.method.as_str());
            shows && call.status == 200
        };
        let messages = calls.iter().filter(is_message);
        messages
            .map(|call| self.check(call.body["text"].as_str().unwrap()))
            .sum()
    }

    /// How many quotations a message has. Each must stand in a document as it is.
    #[track_caller]
    pub fn check(&self, html: &str) -> usize {
        let quotations = quotations(html);
        for quotation in &quotations {
            assert!(
                self.texts.iter().any(|text| text.contains(quotation)),
                "no document says “{quotation}”, which is quoted in:\n{html}"
            );
        }
        quotations.len()
    }
}

/// What stands in the blockquotes of a message. A long quotation is cut into several of them.
fn quotations(html: &str) -> Vec<String> {
    let opened = html.split("<blockquote").skip(1);
    opened
        .map(|rest| {
            let (_, inside) = rest.split_once('>').expect("a whole tag");
            let (quoted, _) = inside.split_once("</blockquote>").expect("its end");
            rules::plain(quoted).expect("markup that Telegram takes")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Documents;

    fn documents() -> Documents {
        Documents {
            texts: vec!["- Một & hai.".to_owned()],
        }
    }

    #[test]
    fn what_a_document_says_passes() {
        let html = "x\n<blockquote expandable>Một &amp; hai.</blockquote>\n<i>— mục I</i>";
        assert_eq!(documents().check(html), 1);
        assert_eq!(documents().check("Chào bạn"), 0);
    }

    #[test]
    #[should_panic(expected = "no document says")]
    fn what_none_says_does_not() {
        documents().check("<blockquote>Một và hai.</blockquote>");
    }
}
