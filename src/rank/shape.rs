//! Rule "shape": an opening that recites titles and a list of recipients say little about a topic,
//! unless recipients are what is asked for.

use super::Scene;
use crate::corpus::Shape;

/// Between -1 and 1.
pub fn score(scene: &Scene, passage: usize) -> f32 {
    match (scene.corpus.passages[passage].shape, scene.question.recipient) {
        (Shape::Recipient, true) => 1.0,
        (Shape::Recipient | Shape::Preamble, _) => -1.0,
        _ => 0.0,
    }
}
