//! Rule "timed": a question for a time is best answered by a passage that says one.

use super::Scene;
use crate::answer::Intent;

/// 1 for a passage with an expression of time, when a time is asked for.
pub fn score(scene: &Scene, passage: usize) -> f32 {
    if scene.question.intent != Intent::When {
        return 0.0;
    }
    if scene.features.passages[passage].timed {
        1.0
    } else {
        0.0
    }
}
