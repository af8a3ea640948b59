//! Rule "document": a document the question names comes first; among equals a document's own
//! words come before a digest.

use super::Scene;
use crate::answer::TextKind;

/// What a document named by its type alone counts beside one named by number.
const BY_TYPE: f32 = 0.6;
/// What a document counts that comes from the level spoken of.
const LEVEL: f32 = 0.3;
/// What own words count before a digest where no document is named.
const VERBATIM: f32 = 0.15;

/// 1 for a passage of the document named, a little for one in the document's own words.
pub fn score(scene: &Scene, passage: usize) -> f32 {
    let document = scene.corpus.document_of(passage);
    let named = scene
        .question
        .documents
        .iter()
        .filter(|mention| mention.document == document && !mention.object)
        .map(|mention| if mention.certain { 1.0 } else { BY_TYPE })
        .fold(0.0, f32::max);
    let of_level = scene.question.of_level.contains(&document);
    let own_words = scene.corpus.documents[document].text == TextKind::Verbatim;
    let when = |holds: bool, worth: f32| if holds { worth } else { 0.0 };
    named + when(of_level, LEVEL) + when(own_words, VERBATIM)
}
