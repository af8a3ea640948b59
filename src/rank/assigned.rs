//! Rule "assigned": a question for who does something is best answered where a unit is given just
//! that, and a question for a unit's duties where that unit is.

use super::{Features, Needs, Scene};
use crate::answer::Intent;
use crate::corpus::{Assignment, Corpus};

/// What a task counts whose units the heading names: a heading speaks of the whole section, and
/// less of this task.
const BY_HEADING: f32 = 0.5;

/// The share of the needs that a task given in this passage covers, for questions from a task to
/// units; 1 where a unit asked about is given something, for questions from a unit to its tasks.
pub fn score(scene: &Scene, passage: usize) -> f32 {
    let tasks = || {
        scene
            .corpus
            .assignments
            .iter()
            .enumerate()
            .filter(|(_, task)| task.passage == passage)
    };
    let covered = |(index, task): (usize, &Assignment)| {
        let by_heading = if task.via_heading { BY_HEADING } else { 1.0 };
        by_heading * task_coverage(scene.corpus, scene.features, scene.needs, index)
    };
    match scene.question.intent {
        // The very task with its time: worth as much again.
        Intent::When => tasks()
            .filter(|(_, task)| task.when.is_some())
            .map(|task| 2.0 * covered(task))
            .fold(0.0, f32::max),
        Intent::Who => tasks().map(covered).fold(0.0, f32::max),
        Intent::Duties => {
            let named = |(_, task): (usize, &Assignment)| {
                let mut units = scene.question.units.iter();
                units.any(|mention| task.units.contains(&mention.unit))
            };
            if tasks().any(named) { 1.0 } else { 0.0 }
        }
        _ => 0.0,
    }
}

/// The share of the needs that the words of one task cover, its heading's help included. The task
/// is named by its place among the corpus's assignments.
pub fn task_coverage(corpus: &Corpus, features: &Features, needs: &Needs, task: usize) -> f32 {
    let passage = corpus.assignments[task].passage;
    needs.covered_with(
        &features.passage(corpus, passage).body,
        features.tasks[task].clone(),
        features.heading(corpus, passage),
    )
}
