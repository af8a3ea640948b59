//! Shares, and how sure one can be of them.

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many were.
    pub hits: usize,
    /// How many there were.
    pub all: usize,
}

impl Share {
    /// Counts one more.
    pub fn count(&mut self, hit: bool) {
        self.hits += usize::from(hit);
        self.all += 1;
    }

    /// Both together.
    pub fn plus(self, other: Share) -> Share {
        Share {
            hits: self.hits + other.hits,
            all: self.all + other.all,
        }
    }

    /// The share of those for which it holds.
    pub fn of<T>(items: impl IntoIterator<Item = T>, mut holds: impl FnMut(T) -> bool) -> Share {
        let mut share = Share::default();
        for item in items {
            share.count(holds(item));
        }
        share
    }

    /// In percent; `None` of nothing.
    pub fn percent(self) -> Option<f64> {
        (self.all > 0).then(|| 100.0 * self.hits as f64 / self.all as f64)
    }

    /// The 95 % interval by Wilson, in percent: honest near 100 % and for few questions, where the
    /// usual one is not.
    pub fn interval(self) -> Option<(f64, f64)> {
        const Z: f64 = 1.959_964;
        let (share, n) = (self.percent()? / 100.0, self.all as f64);
        let scale = 1.0 + Z * Z / n;
        let middle = (share + Z * Z / (2.0 * n)) / scale;
        let spread = Z / scale * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        Some((
            100.0 * (middle - spread).max(0.0),
            100.0 * (middle + spread).min(1.0),
        ))
    }
}

impl std::iter::Sum for Share {
    fn sum<I: Iterator<Item = Share>>(shares: I) -> Share {
        shares.fold(Share::default(), Share::plus)
    }
}

/// The value below which this part of them lies; `None` of nothing.
pub fn quantile(values: &mut [u64], part: f64) -> Option<u64> {
    values.sort_unstable();
    let last = values.len().checked_sub(1)?;
    Some(values[((values.len() as f64 * part) as usize).min(last)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hits: usize, all: usize, low: f64, high: f64) {
        let (l, h) = Share { hits, all }.interval().unwrap();
        assert!((l - low).abs() < 0.05 && (h - high).abs() < 0.05, "{l} {h}");
    }

    #[test]
    fn wilson_intervals() {
        check(10, 10, 72.2, 100.0);
        check(0, 10, 0.0, 27.8);
        check(95, 100, 88.8, 97.8);
        assert_eq!(Share::default().interval(), None);
    }

    #[test]
    fn quantiles() {
        assert_eq!(quantile(&mut [3, 1, 2], 0.5), Some(2));
        assert_eq!(quantile(&mut [3, 1, 2], 0.99), Some(3));
        assert_eq!(quantile(&mut [], 0.5), None);
    }
}
