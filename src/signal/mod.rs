//! Signal or noise: whether a month differs from the others more than months usually do (a chart of individuals and
//! moving ranges, XmR).

mod months;

use serde::{Deserialize, Serialize};

pub use self::months::{Series, Subject, series};

/// Fewer points than this say nothing about what is usual.
pub const ENOUGH: usize = 8;

/// As many in a row on one side of the mean do not come by chance.
const RUN: usize = 8;

/// The factor of the mean moving range, in hundredths: 2.66.
const FACTOR: i128 = 266;

/// What is usual, in hundredths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The mean, floored.
    pub mean: i64,
    /// The lower limit, floored, never below zero.
    pub lower: i64,
    /// The upper limit, rounded up, never above 10 000.
    pub upper: i64,
}

/// Which rule calls a change real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rule {
    /// A point outside the limits.
    Outside,
    /// Eight in a row on one side of the mean.
    Run,
}

/// A change that chance does not explain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// By which rule.
    pub rule: Rule,
    /// The place in the series of the last point that shows it.
    pub at: usize,
    /// Whether it is upwards.
    pub is_up: bool,
}

/// What a series says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// What is usual.
    pub limits: Limits,
    /// The last real change; `None` is ordinary variation.
    pub change: Option<Change>,
}

/// The sums that limits are made from. Compared as they are: a rounded limit would find changes that are none.
struct Sums {
    points: i128,
    sum: i128,
    ranges: i128,
    range_sum: i128,
}

/// Reads a series of months in hundredths of a percent, in order; `None` is a month without data. Months that are not
/// over do not belong in it. Silent below eight points.
///
/// A moving range is taken between neighbours only: over a gap, more than one month lies between two points. A gap
/// neither breaks a run nor adds to it.
#[must_use]
pub fn read(series: &[Option<i64>]) -> Option<Signal> {
    let sums = Sums::of(series)?;
    Some(Signal { limits: sums.limits(), change: sums.changes(series).last() })
}

/// The places of all points that chance does not explain; none below eight points.
#[must_use]
pub fn marked(series: &[Option<i64>]) -> Vec<usize> {
    Sums::of(series).map_or_else(Vec::new, |sums| sums.changes(series).map(|change| change.at).collect())
}

impl Sums {
    fn of(series: &[Option<i64>]) -> Option<Self> {
        let points = series.iter().flatten().count();
        let ranges: Vec<i128> =
            series.windows(2).filter_map(|pair| Some(i128::from((pair[1]? - pair[0]?).abs()))).collect();
        (points >= ENOUGH && !ranges.is_empty()).then(|| Self {
            points: points as i128,
            sum: series.iter().flatten().map(|value| i128::from(*value)).sum(),
            ranges: ranges.len() as i128,
            range_sum: ranges.iter().sum(),
        })
    }

    /// Mean and limits with one denominator: numerators of both, and the denominator.
    fn parts(&self) -> (i128, i128, i128) {
        let mean = self.sum * 100 * self.ranges;
        let reach = FACTOR * self.range_sum * self.points;
        (mean, reach, self.points * 100 * self.ranges)
    }

    fn limits(&self) -> Limits {
        let (mean, reach, whole) = self.parts();
        let down = |n: i128| i64::try_from(n.div_euclid(whole)).unwrap_or(0).clamp(0, 10_000);
        Limits { mean: down(mean), lower: down(mean - reach), upper: down(mean + reach + whole - 1) }
    }

    fn changes(&self, series: &[Option<i64>]) -> impl Iterator<Item = Change> {
        let (mean, reach, whole) = self.parts();
        let mut run = 0;
        let mut side = 0;
        series.iter().enumerate().filter_map(move |(at, value)| {
            let off = i128::from((*value)?) * whole - mean;
            let is_up = off > 0;
            run = if off.signum() == side { run + 1 } else { 1 };
            side = off.signum();
            let rule = if off.abs() > reach { Rule::Outside } else { Rule::Run };
            (rule == Rule::Outside || (side != 0 && run >= RUN)).then_some(Change { rule, at, is_up })
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn months(values: &[i64]) -> Vec<Option<i64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn months_that_go_up_and_down_by_two_points_lie_within_5_32_points_of_their_mean() {
        let signal =
            read(&months(&[9_000, 9_200, 9_000, 9_200, 9_000, 9_200, 9_000, 9_200])).expect("enough");
        // The mean is 91.00; the mean moving range is 2.00, and 2.66 times that is 5.32.
        assert_eq!(signal.limits, Limits { mean: 9_100, lower: 8_568, upper: 9_632 });
        assert_eq!(signal.change, None, "ordinary variation");
    }

    #[test]
    fn a_month_far_below_the_others_is_a_real_change() {
        let mut values = [9_900; 12];
        values[10] = 8_000;
        let change = read(&months(&values)).expect("enough").change.expect("a change");
        assert_eq!((change.rule, change.at, change.is_up), (Rule::Outside, 10, false));
        // The one far below draws the mean down, so that eight in a row lie above it: a run.
        assert_eq!(marked(&months(&values)), [7, 8, 9, 10]);
        assert_eq!(marked(&months(&values[..7])), [0_usize; 0], "seven say nothing");
    }

    #[test]
    fn eight_months_on_one_side_of_the_mean_are_a_real_change() {
        // Big steps early on keep every point inside the limits.
        let mut values = vec![8_600, 9_600, 8_600, 9_600, 8_600, 9_300, 8_600, 9_300];
        values.extend([9_200; 8]);
        let change = read(&months(&values)).expect("enough").change.expect("a change");
        assert_eq!((change.rule, change.is_up), (Rule::Run, true));
        assert_eq!(change.at, values.len() - 1);
        values.truncate(14);
        assert_eq!(read(&months(&values)).expect("enough").change, None, "seven do not make a run");
    }

    #[test]
    fn seven_months_say_nothing_and_gaps_are_no_months() {
        assert_eq!(read(&months(&[9_000; 7])), None);
        let mut series = months(&[9_000; 7]);
        series.extend([None, None]);
        assert_eq!(read(&series), None);
        series.push(Some(9_000));
        assert!(read(&series).is_some_and(|signal| signal.change.is_none()));
    }

    #[test]
    fn the_step_over_a_gap_is_no_moving_range() {
        let mut series = months(&[9_000, 9_010, 9_000, 9_010, 9_000]);
        series.push(None);
        series.extend(months(&[9_500, 9_510, 9_500]));
        // The mean is 91.9125; six ranges of 0.10 reach 0.266 to each side.
        assert_eq!(read(&series).expect("enough").limits, Limits { mean: 9_191, lower: 9_164, upper: 9_218 });
    }

    proptest! {
        #[test]
        fn a_constant_series_has_no_signal(value in 0_i64..=10_000, n in ENOUGH..40) {
            let signal = read(&vec![Some(value); n]).expect("enough");
            prop_assert_eq!(signal.change, None);
            prop_assert_eq!(signal.limits, Limits { mean: value, lower: value, upper: value });
        }

        #[test]
        fn adding_a_constant_moves_the_limits_by_it(values in prop::collection::vec(4_900_i64..5_100, ENOUGH..30), by in -500_i64..500) {
            let before = read(&months(&values)).expect("enough");
            let moved: Vec<i64> = values.iter().map(|value| value + by).collect();
            let after = read(&months(&moved)).expect("enough");
            let Limits { mean, lower, upper } = before.limits;
            prop_assert_eq!(after.limits, Limits { mean: mean + by, lower: lower + by, upper: upper + by });
            prop_assert_eq!(after.change, before.change);
        }
    }
}
