//! Rule "shape": an opening that recites titles and a list of recipients say little about a topic,
//! unless recipients are what is asked for.

use super::Scene;
use crate::corpus::Shape;

/// Between -1 and 1.
pub fn score(scene: &Scene, passage: usize) -> f32 {
    match scene.corpus.passage(passage).shape {
        Shape::Recipient if scene.question.recipient || heading_asked_for(scene, passage) => 1.0,
        Shape::Recipient | Shape::Preamble => -1.0,
        _ => 0.0,
    }
}

/// Whether the question speaks of what the heading above the passage says.
fn heading_asked_for(scene: &Scene, passage: usize) -> bool {
    scene
        .features
        .heading(scene.corpus, passage)
        .is_some_and(|heading| scene.needs.covered(heading, 0..heading.exact.len()) > 0.25)
}
