//! The funnel: which rates lie too far from the mean for the number of cases behind them.
//!
//! An office with 12 case files and one of them late is not the worst of the city: by chance alone a small number
//! strays far. The limits are those of a binomial proportion, `p ± (z · sqrt(p(1 − p) / n) + 1 / n)`. The last term is
//! a whole case: near 100 % the bell curve is too narrow for small `n`, and no office is marked for a single case.
//! Whole numbers throughout, so that server and browser agree.

use crate::rate::Rate;

/// How wide the limits are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// 95 %: one office in twenty lies outside by chance.
    Inner,
    /// 99,8 %: two offices in a thousand lie outside by chance.
    Outer,
}

/// Where a rate lies in the funnel.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// Below the lower 99,8 % limit: too low for chance.
    FarBelow,
    /// Between the lower limits.
    Below,
    /// Inside the 95 % limits: not to be told from the mean.
    Within,
    /// Between the upper limits.
    Above,
    /// Above the upper 99,8 % limit.
    FarAbove,
}

/// The whole as limits are given: millionths, finer than any screen shows, so that a curve has no steps.
pub const WHOLE: i64 = 1_000_000;

/// Above this the last bits of a count are left out, so that the squares stay inside 128 bits.
const MOST: i64 = 1 << 26;

impl Limit {
    /// The quantile of the normal distribution, thousandths.
    fn z(self) -> i128 {
        match self {
            Self::Inner => 1_960,
            Self::Outer => 3_090,
        }
    }
}

/// The lower and the upper limit around a mean for `n` cases, millionths between 0 and [`WHOLE`].
/// `None` without cases or without a mean.
#[must_use]
pub fn limits(mean: Rate, n: i64, limit: Limit) -> Option<(i64, i64)> {
    let mean = small(mean);
    if mean.all <= 0 || n <= 0 {
        return None;
    }
    let (hits, all, n) = (i128::from(mean.hits), i128::from(mean.all), i128::from(n.min(MOST)));
    // All in thousandths of `all * n`, as the root comes.
    let reach = (limit.z().pow(2) * n * hits * (all - hits)).isqrt() + 1_000 * all;
    let share = |part: i128| {
        let millionths = part * i128::from(WHOLE / 1_000) / (all * n);
        i64::try_from(millionths.clamp(0, i128::from(WHOLE))).unwrap_or(0)
    };
    Some((share(1_000 * hits * n - reach), share(1_000 * hits * n + reach)))
}

/// Where a rate stands against the limits around a mean; compared exactly, not on rounded limits.
/// `None` where either has no cases.
#[must_use]
pub fn standing(rate: Rate, mean: Rate) -> Option<Standing> {
    let (rate, mean) = (small(rate), small(mean));
    if rate.all <= 0 || mean.all <= 0 {
        return None;
    }
    let [hits, n, mean_hits, all] = [rate.hits, rate.all, mean.hits, mean.all].map(i128::from);
    let apart = hits * all - mean_hits * n;
    let beyond = apart.abs() - all;
    let outside = |limit: Limit| {
        beyond > 0 && beyond.pow(2) * 1_000_000 > limit.z().pow(2) * n * mean_hits * (all - mean_hits)
    };
    Some(match (outside(Limit::Outer), outside(Limit::Inner), apart < 0) {
        (true, _, true) => Standing::FarBelow,
        (_, true, true) => Standing::Below,
        (true, _, false) => Standing::FarAbove,
        (_, true, false) => Standing::Above,
        _ => Standing::Within,
    })
}

/// The same rate with its counts inside [`MOST`], and its invariant kept.
fn small(rate: Rate) -> Rate {
    let all = rate.all.max(0);
    let bits = (64 - all.leading_zeros()).saturating_sub(26);
    Rate { hits: rate.hits.clamp(0, all) >> bits, all: all >> bits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CITY: Rate = Rate { hits: 738_004, all: 739_630 };

    #[test]
    fn one_late_file_of_twelve_is_chance_and_twenty_of_a_thousand_are_not() {
        let stands = |late, all| standing(Rate::new(all - late, all), CITY);
        assert_eq!(stands(1, 12), Some(Standing::Within));
        assert_eq!(stands(1, 1), Some(Standing::Within));
        assert_eq!(stands(20, 1_000), Some(Standing::FarBelow));
        assert_eq!(stands(7, 1_000), Some(Standing::Below));
        assert_eq!(stands(5, 1_000), Some(Standing::Within));
        assert_eq!(stands(0, 100_000), Some(Standing::FarAbove));
        assert_eq!(stands(0, 0), None);
        assert_eq!(standing(Rate::new(1, 2), Rate::default()), None, "no mean, no judgement");
    }

    #[test]
    fn the_limits_around_one_half_are_those_of_the_textbook() {
        // sqrt(0,25 / 100) = 0,05: 1,96 × 0,05 = 0,098 and 3,09 × 0,05 = 0,1545, and one case of a hundred.
        let half = Rate::new(1, 2);
        assert_eq!(limits(half, 100, Limit::Inner), Some((392_000, 608_000)));
        assert_eq!(limits(half, 100, Limit::Outer), Some((335_500, 664_500)));
        assert_eq!(limits(half, 1, Limit::Outer), Some((0, WHOLE)), "never beyond 0 and 100 %");
        assert_eq!(limits(half, 0, Limit::Outer), None);
        assert_eq!(limits(Rate::default(), 10, Limit::Inner), None);
    }

    /// The chance of at least `misses` misses, by the definition.
    fn tail(misses: i64, n: i64, share: f64) -> f64 {
        let mut exactly = (1.0 - share).powf(n as f64);
        let mut below = 0.0;
        for k in 0..misses {
            below += exactly;
            exactly *= (n - k) as f64 / (k + 1) as f64 * share / (1.0 - share);
        }
        1.0 - below
    }

    #[test]
    fn what_is_marked_is_rare_by_the_exact_distribution_too() {
        let share = CITY.misses() as f64 / CITY.all as f64;
        for n in [1, 2, 5, 12, 30, 100, 300, 1_000, 3_000, 10_000, 30_000] {
            let marked = |misses: &i64| standing(Rate::new(n - misses, n), CITY) == Some(Standing::FarBelow);
            let Some(first) = (0..=n).find(marked) else { continue };
            assert!(tail(first, n, share) < 0.003, "{first} of {n}: {}", tail(first, n, share));
        }
    }

    proptest! {
        #[test]
        fn more_cases_never_widen_the_limits(hits in 0..10_000i64, misses in 0..10_000i64, n in 1..1_000_000i64, more in 0..1_000_000i64) {
            let mean = Rate::new(hits, hits + misses);
            for limit in [Limit::Inner, Limit::Outer] {
                if let (Some(few), Some(many)) = (limits(mean, n, limit), limits(mean, n + more, limit)) {
                    // A millionth for the floor.
                    prop_assert!(few.0 <= many.0 + 1 && many.1 <= few.1 + 1);
                    prop_assert!(0 <= few.0 && few.0 <= few.1 && few.1 <= WHOLE);
                }
            }
        }

        #[test]
        fn the_judgement_agrees_with_the_lines(hits in 0..5_000i64, misses in 0..5_000i64, all in 1..5_000i64, late in 0..5_000i64) {
            let mean = Rate::new(hits, hits + misses);
            let rate = Rate::new(all - late.min(all), all);
            if let (Some(standing), Some((low, _))) = (standing(rate, mean), limits(mean, all, Limit::Outer)) {
                let at = rate.hits * WHOLE / rate.all;
                if standing == Standing::FarBelow { prop_assert!(at <= low) } else { prop_assert!(at + 1 >= low) }
            }
        }

        #[test]
        fn any_counts_can_be_judged(hits in any::<i64>(), all in any::<i64>(), n in any::<i64>()) {
            let mean = Rate { hits, all };
            let _ = (limits(mean, n, Limit::Outer), standing(Rate { hits: n, all }, mean));
        }
    }
}
