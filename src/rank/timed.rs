//! Rule "timed": a question for a time is best answered by a passage that says one.

use super::{Scene, time};
use crate::answer::Intent;
use crate::text;

/// 1 for a passage with an expression of time, when a time is asked for.
pub fn score(scene: &Scene, passage: usize) -> f32 {
    if scene.question.intent != Intent::When {
        return 0.0;
    }
    let tokens = text::tokenize(scene.corpus.text_of(passage));
    if time::expressions(&tokens).is_empty() {
        0.0
    } else {
        1.0
    }
}
