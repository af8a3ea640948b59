//! `hoidap import`: official files in, as the people who have them in hand have them.

mod annex;
mod heavy;
mod office;
mod old;
mod paper;
mod replaced;
mod round_trip;
mod second;
mod seeds;
mod stopped;

#[path = "../../support/docx.rs"]
mod built;

use std::collections::BTreeMap;
use std::path::Path;

use hoidap::corpus::Corpus;

/// Ids and texts of the passages of a corpus folder.
fn passages(folder: &Path, document: &str) -> BTreeMap<String, String> {
    let (corpus, problems) = Corpus::load(folder).unwrap();
    assert_eq!(problems, []);
    let (_, found) = corpus.document(document).unwrap();
    found
        .passages
        .clone()
        .map(|at| {
            (
                corpus.passage(at).id.to_string(),
                corpus.text_of(at).to_owned(),
            )
        })
        .collect()
}
