//! Rule "sentence": how much of what is asked for stands together in one sentence.

use std::ops::Range;

use super::features::PassageFeatures;
use super::{Needs, Scene};

/// The share the best single sentence covers.
pub fn best(scene: &Scene, passage: usize) -> f32 {
    let features = scene.features.passage(scene.corpus, passage);
    features
        .sentences
        .iter()
        .map(|sentence| scene.needs.covered(&features.body, sentence.clone()))
        .fold(0.0, f32::max)
}

/// The sentences that answer: the best one, and its neighbours as long as they add to what is
/// covered. Indices into the passage's sentences; all of them when none covers anything.
pub fn answering(features: &PassageFeatures, needs: &Needs) -> Range<usize> {
    /// A neighbour must add this share to be quoted along.
    const WORTH: f32 = 0.15;
    let body = &features.body;
    let count = features.sentences.len();
    let covered = |range: Range<usize>| match (
        features.sentences.get(range.start),
        features.sentences.get(range.end - 1),
    ) {
        (Some(first), Some(last)) => needs.covered(body, first.start..last.end),
        _ => 0.0,
    };
    let mut best = 0..count;
    let mut most = 0.0;
    for at in 0..count {
        let here = covered(at..at + 1);
        // Of sentences that cover as much, the shorter says it more to the point.
        let shorter = features.sentences[at].len() < features.sentences[best.start].len();
        if here > most + f32::EPSILON || (here > 0.0 && here >= most - f32::EPSILON && shorter) {
            most = here.max(most);
            best = at..at + 1;
        }
    }
    if most <= f32::EPSILON {
        return 0..count;
    }
    loop {
        let before = (best.start > 0).then(|| best.start - 1..best.end);
        let after = (best.end < count).then(|| best.start..best.end + 1);
        let wider = [before, after]
            .into_iter()
            .flatten()
            .map(|range| (covered(range.clone()), range))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        match wider {
            Some((share, range)) if share >= most + WORTH => {
                most = share;
                best = range;
            }
            _ => return best,
        }
    }
}
