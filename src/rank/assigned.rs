//! Rule "assigned": a question for who does something is best answered where a unit is given just
//! that, and a question for a unit's duties where that unit is.

use super::{Needs, Scene};
use crate::answer::Intent;
use crate::corpus::Assignment;

/// The share of the needs that a task given in this passage covers, for questions from a task to
/// units; 1 where a unit asked about is given something, for questions from a unit to its tasks.
pub fn score(scene: &Scene, passage: usize) -> f32 {
    let assignments = scene
        .corpus
        .assignments
        .iter()
        .filter(|assignment| assignment.passage == passage);
    match scene.question.intent {
        Intent::When => assignments
            .filter(|assignment| assignment.when.is_some())
            // The very task with its time: worth as much again.
            .map(|assignment| 2.0 * covered(scene, scene.needs, assignment))
            .fold(0.0, f32::max),
        Intent::Who => assignments
            .map(|assignment| covered(scene, scene.needs, assignment))
            .fold(0.0, f32::max),
        Intent::Duties => {
            let named = |assignment: &Assignment| {
                scene
                    .question
                    .units
                    .iter()
                    .any(|mention| assignment.units.contains(&mention.unit))
            };
            if assignments.into_iter().any(named) {
                1.0
            } else {
                0.0
            }
        }
        _ => 0.0,
    }
}

/// The share of the needs that the words of one task cover.
fn covered(scene: &Scene, needs: &Needs, assignment: &Assignment) -> f32 {
    // A heading that names who acts speaks of the whole section, and less of this task.
    let by_heading = if assignment.via_heading { 0.5 } else { 1.0 };
    by_heading * task_coverage(scene.corpus, scene.features, needs, assignment)
}

/// The share of the needs that the words of one task cover, its heading's help included.
pub fn task_coverage(
    corpus: &crate::corpus::Corpus,
    features: &super::Features,
    needs: &Needs,
    assignment: &Assignment,
) -> f32 {
    let words = words_of(corpus, features, assignment);
    needs.covered_with(
        &features.passages[assignment.passage].body,
        words,
        features.heading(corpus, assignment.passage),
    )
}

/// The task's words as a range of the passage's words.
fn words_of(
    corpus: &crate::corpus::Corpus,
    features: &super::Features,
    assignment: &Assignment,
) -> std::ops::Range<usize> {
    let passage = &corpus.passages[assignment.passage];
    let file = &corpus.documents[passage.document].file;
    let count = |range: std::ops::Range<usize>| {
        file.get(range)
            .map_or(0, |text| crate::text::tokenize(text).len())
    };
    let start = count(passage.span.start..assignment.task.start);
    let length = count(assignment.task.clone());
    let all = features.passages[assignment.passage].body.exact.len();
    start.min(all)..(start + length).min(all)
}
