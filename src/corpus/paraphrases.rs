//! How people put what a passage says (`dien-dat.toml`): everyday words beside the documents' own,
//! so that a question in everyday words finds its passage. A paraphrase is only ever searched, it
//! is never quoted.

use std::collections::HashSet;

use super::Corpus;
use super::problem::Reporter;
use super::table;
use crate::answer::PassageId;
use crate::text::{Token, tokenize};

/// One way to put what a passage says, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paraphrase {
    /// Place of the passage in the corpus.
    pub passage: usize,
    /// Its words.
    pub tokens: Vec<Token>,
}

/// Reads the table against the corpus, whose documents are already there; in the order of the
/// passages. What has faults is left out.
pub(super) fn read(text: &str, corpus: &Corpus, reporter: &mut Reporter) -> Vec<Paraphrase> {
    let root = table::parse(text, 0, reporter);
    table::only(&root, &["passage"], reporter);
    let mut paraphrases = Vec::new();
    let mut seen = HashSet::new();
    for mut entry in table::entries(&root, "passage", reporter) {
        let id = entry.required("id", reporter);
        let says = entry.texts("says", reporter);
        let Some(passage) = corpus.passage_by_id(&PassageId::new(id.value.clone())) else {
            entry.reject(
                id.at,
                format!("không có đoạn nào mã “{}”", id.value),
                reporter,
            );
            entry.finish(reporter);
            continue;
        };
        for said in says {
            if seen.insert((passage, said.value.clone())) {
                let tokens = tokenize(&said.value);
                paraphrases.push(Paraphrase { passage, tokens });
            } else {
                let what = format!("“{}” đã có ở trên", said.value);
                entry.reject(said.at, what, reporter);
            }
        }
        entry.finish(reporter);
    }
    paraphrases.sort_by_key(|paraphrase| paraphrase.passage);
    paraphrases
}

#[cfg(test)]
mod tests {
    use super::super::sample::{lines, with_body};

    #[test]
    fn what_is_right_is_kept_and_what_is_wrong_is_said() {
        let (corpus, problems) = with_body(
            "## I. A\n- một\n- hai\n",
            &[(
                "dien-dat.toml",
                "[[passage]]\nid='kh#I.2'\nsays=['số hai', 'số hai']\n\
                 [[passage]]\nid='kh#I.1'\nsays='số một'\n\
                 [[passage]]\nid='kh#II'\nsays=['x']\n",
            )],
        );
        let kept: Vec<(usize, &str)> = corpus
            .paraphrases
            .iter()
            .map(|paraphrase| (paraphrase.passage, paraphrase.tokens[1].word.as_str()))
            .collect();
        assert_eq!(kept, [(0, "một"), (1, "hai")]);
        assert_eq!(
            lines(&problems),
            [
                "dien-dat.toml:3: “số hai” đã có ở trên",
                "dien-dat.toml:8: không có đoạn nào mã “kh#II”",
            ]
        );
        assert_eq!(corpus.paraphrases_of(1).len(), 1);
        assert_eq!(corpus.paraphrases_of(2).len(), 0);
    }
}
