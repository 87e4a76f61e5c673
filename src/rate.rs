//! A rate as two whole numbers: it adds up, is never averaged, and never rounds up to its target.

use std::{iter::Sum, ops::Add};

use serde::{Deserialize, Serialize};

use crate::text;

/// So many of so many. Invariant: `0 <= hits <= all`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// What was as it should be.
    pub hits: i64,
    /// All that was judged.
    pub all: i64,
}

impl Rate {
    /// `hits` of `all`.
    #[must_use]
    pub fn new(hits: i64, all: i64) -> Self {
        debug_assert!(0 <= hits && hits <= all, "{hits} of {all}");
        Self { hits, all }
    }

    /// What was not as it should be.
    #[must_use]
    pub fn misses(self) -> i64 {
        self.all - self.hits
    }

    /// The rate in hundredths of a percent, floored, so that 10 000 means that nothing was missed.
    /// `None` where nothing was judged: no data is not zero.
    #[must_use]
    pub fn floored(self) -> Option<i64> {
        (self.all > 0).then(|| scaled(self.hits, 10_000, self.all))
    }

    /// The share of misses, in hundredths of a percent: 10 000 less the floored rate, so that the two add up.
    #[must_use]
    pub fn miss_share(self) -> Option<i64> {
        self.floored().map(|rate| 10_000 - rate)
    }

    /// Whether the rate is at least `target` hundredths of a percent; compared on integers.
    #[must_use]
    pub fn reaches(self, target: i64) -> bool {
        i128::from(self.hits) * 10_000 >= i128::from(target) * i128::from(self.all)
    }

    /// For machines: `"78.48"`, or `None`.
    #[must_use]
    pub fn machine(self) -> Option<String> {
        self.floored().map(text::hundredths_machine)
    }

    /// For people: `99,78`, or `None`.
    #[must_use]
    pub fn shown(self) -> Option<String> {
        self.floored().map(text::hundredths)
    }
}

/// `hits * scale / all`, floored, without overflow.
fn scaled(hits: i64, scale: i64, all: i64) -> i64 {
    i64::try_from(i128::from(hits) * i128::from(scale) / i128::from(all)).unwrap_or(scale)
}

impl Add for Rate {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { hits: self.hits + other.hits, all: self.all + other.all }
    }
}

impl Sum for Rate {
    fn sum<I: Iterator<Item = Self>>(rates: I) -> Self {
        rates.fold(Self::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hanoi_first_quarter_of_2023_is_99_78_percent_with_1626_late() {
        let rate = Rate::new(738_004, 739_630);
        assert_eq!(rate.shown().as_deref(), Some("99,78"));
        assert_eq!(rate.misses(), 1_626);
        assert_eq!(rate.miss_share(), Some(22), "0,22: the two add up to 100,00");
    }

    #[test]
    fn one_late_file_in_a_hundred_thousand_is_not_100_percent() {
        assert_eq!(Rate::new(99_999, 100_000).shown().as_deref(), Some("99,99"));
        assert!(!Rate::new(99_999, 100_000).reaches(10_000));
        assert!(Rate::new(100_000, 100_000).reaches(10_000));
    }

    #[test]
    fn nothing_judged_is_no_data_rather_than_zero() {
        assert_eq!(Rate::default().floored(), None);
        assert_eq!(Rate::new(0, 5).floored(), Some(0));
    }

    proptest! {
        #[test]
        fn rates_of_parts_add_up_to_the_whole(parts in prop::collection::vec((0..1_000_000i64, 0..1_000_000i64), 0..20)) {
            let rates: Vec<Rate> = parts.iter().map(|&(a, b)| Rate::new(a.min(b), a.max(b))).collect();
            let whole: Rate = rates.iter().copied().sum();
            prop_assert_eq!(whole.hits, rates.iter().map(|r| r.hits).sum::<i64>());
            prop_assert_eq!(whole.all, rates.iter().map(|r| r.all).sum::<i64>());
        }

        #[test]
        fn only_a_clean_sheet_is_shown_as_100(hits in 0..10_000_000i64, misses in 1..10_000_000i64) {
            prop_assert!(Rate::new(hits, hits + misses).floored() < Some(10_000));
        }
    }
}
