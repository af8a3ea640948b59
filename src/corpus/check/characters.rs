//! Characters that no reader can see and that make equal words unequal.

use crate::corpus::problem::Reporter;
use crate::corpus::{Corpus, Problem};
use crate::text::nfc;

/// Reports text that is not composed and characters that do not show.
pub(super) fn check(corpus: &Corpus, problems: &mut Vec<Problem>) {
    let documents = corpus
        .documents
        .iter()
        .enumerate()
        .map(|(at, document)| (document.file_name.as_str(), corpus.file(at)));
    let tables = corpus
        .tables
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    for (name, text) in documents.chain(tables) {
        let mut reporter = Reporter::new(name, text);
        decomposed(text, &mut reporter);
        invisible(text, &mut reporter);
        problems.extend(reporter.finish());
    }
}

/// One problem a file: an editor that writes decomposed text does so on every line.
fn decomposed(text: &str, reporter: &mut Reporter) {
    let mut at = 0;
    let mut first = None;
    let mut count = 0;
    for line in text.split_inclusive('\n') {
        if !line.is_ascii() && nfc(line) != line {
            first = first.or(Some(at));
            count += 1;
        }
        at += line.len();
    }
    if let Some(first) = first {
        let what =
            format!("chữ tách rời dấu (không phải NFC) ở {count} dòng, đầu tiên là dòng này");
        reporter.suggest(first, what, "lưu lại tệp ở dạng Unicode dựng sẵn (NFC)");
    }
}

fn invisible(text: &str, reporter: &mut Reporter) {
    for (at, c) in text.char_indices().filter(|(at, c)| !shows(*at, *c)) {
        let what = format!("ký tự không nhìn thấy được: U+{:04X}", u32::from(c));
        reporter.suggest(at, what, "xóa ký tự này");
    }
}

/// True for what can stand in a text; a byte order mark may open the file.
fn shows(at: usize, c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' => true,
        '\u{FEFF}' => at == 0,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => {
            false
        }
        _ => !c.is_control(),
    }
}
