//! Rule "timed": a question for a time is best answered by a passage that says one.

use super::Scene;
use crate::answer::Intent;

/// What another time counts where it is asked how often.
const NO_FREQUENCY: f32 = 0.6;

/// 1 for a passage with an expression of time, when a time is asked for.
pub fn score(scene: &Scene, passage: usize) -> f32 {
    if scene.question.intent != Intent::When {
        return 0.0;
    }
    let passage = scene.features.passage(scene.corpus, passage);
    match passage.timed {
        true if scene.question.how_often && !passage.frequent => NO_FREQUENCY,
        true => 1.0,
        false => 0.0,
    }
}
