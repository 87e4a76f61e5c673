//! So many rows over so many days, in order of the days.

/// Gives the day of each row: as many rows to a day as its weight asks for, and no row lost by rounding.
#[derive(Debug)]
pub struct Spread {
    sums: Vec<u64>,
    rows: u64,
    given: u64,
    at: usize,
    /// How many rows are given by the end of day `at`.
    until: u64,
}

impl Spread {
    pub fn new(rows: u64, weights: impl Iterator<Item = u32>) -> Self {
        let sums = weights.scan(0, |sum, weight| {
            *sum += u64::from(weight);
            Some(*sum)
        });
        let mut spread = Self { sums: sums.collect(), rows, given: 0, at: 0, until: 0 };
        spread.until = spread.by_end_of(0);
        spread
    }

    /// How many rows are still to come.
    pub fn left(&self) -> u64 {
        self.rows - self.given
    }

    fn by_end_of(&self, at: usize) -> u64 {
        let total = self.sums.last().copied().unwrap_or(1).max(1);
        let rows = u128::from(self.rows) * u128::from(self.sums[at]) / u128::from(total);
        u64::try_from(rows).unwrap_or(self.rows)
    }
}

impl Iterator for Spread {
    /// The place of the row's day among the weights.
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.given == self.rows {
            return None;
        }
        while self.given >= self.until {
            self.at += 1;
            self.until = self.by_end_of(self.at);
        }
        self.given += 1;
        Some(self.at)
    }
}
