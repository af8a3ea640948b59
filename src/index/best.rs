//! The best hits of many.

use super::search::Hit;

/// The best hits of those offered, in whatever order they come.
pub(super) struct Best {
    limit: usize,
    hits: Vec<Hit>,
    /// The hit that one has to be better than to be among the best so far.
    least: Hit,
}

impl Best {
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            hits: Vec::new(),
            least: Hit {
                passage: 0,
                score: 0.0,
            },
        }
    }

    /// The score that one needs at least to be among the best so far.
    pub fn least(&self) -> f32 {
        self.least.score
    }

    pub fn offer(&mut self, hit: Hit) {
        // Nearly none comes further than the first comparison.
        if hit.score >= self.least.score && better(&hit, &self.least).is_lt() {
            self.hits.push(hit);
            if self.hits.len() == self.limit.saturating_mul(2) {
                self.drop_worst();
            }
        }
    }

    /// The best of both.
    pub fn and(mut self, others: Self) -> Self {
        for hit in others.hits {
            self.offer(hit);
        }
        self
    }

    fn drop_worst(&mut self) {
        if self.hits.len() > self.limit {
            self.hits.select_nth_unstable_by(self.limit - 1, better);
            self.hits.truncate(self.limit);
            self.least = self.hits[self.limit - 1];
        }
    }

    pub fn finish(mut self) -> Vec<Hit> {
        self.drop_worst();
        self.hits.sort_unstable_by(better);
        self.hits
    }
}

/// The better one first, the earlier one of equals.
pub(super) fn better(a: &Hit, b: &Hit) -> std::cmp::Ordering {
    b.score.total_cmp(&a.score).then(a.passage.cmp(&b.passage))
}
