//! The city's own surveys: satisfied of answered, with the interval a sample allows. Not SIPAS.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{agency::Level, counts::Given, lang::Lang, rate::Rate, status::Status};

/// A row of a `surveys` import: one survey of one agency on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Mã đơn vị.
    pub agency_code: String,
    /// Ngày khảo sát.
    pub surveyed_on: NaiveDate,
    /// Số phiếu phát ra.
    pub asked: Given<i64>,
    /// Số phiếu hợp lệ.
    pub answered: i64,
    /// Số phiếu hài lòng.
    pub satisfied: i64,
}

/// One survey as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// The agency's code.
    pub agency_code: String,
    /// Its name.
    pub agency_name: String,
    /// Its level.
    pub level: Level,
    /// The day people were asked.
    pub surveyed_on: NaiveDate,
    /// How many were asked, where known.
    pub asked: Option<i64>,
    /// Satisfied of answered.
    pub satisfied: Rate,
}

/// Fewer answers than these say nothing.
pub const ENOUGH: i64 = 30;

/// The square of the normal quantile of 95 %, 1,959964² = 3,8414588…, in millionths. Rounded up, so that the interval
/// is never narrower than it should be.
const Z_SQUARED: i128 = 3_841_459;
const MILLION: i128 = 1_000_000;
/// One in hundredths of a percent.
const WHOLE: i64 = 10_000;

/// Where the rate of all people lies in 95 of 100 samples (Wilson), in hundredths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end, floored.
    pub lower: i64,
    /// The upper end, rounded up.
    pub upper: i64,
}

/// The Wilson interval of a sample; `None` where nobody answered.
///
/// The interval holds exactly the shares p with n(p̂ − p)² ≤ z²·p(1 − p). Each end is looked for among whole hundredths
/// of a percent by this very inequality, on integers: the same bits on every machine, and no root to round.
#[must_use]
pub fn wilson(sample: Rate) -> Option<Interval> {
    let rate = sample.floored()?;
    // Zero is never above the lower end and the whole never below the upper one: both searches find something.
    let lower = first(1, WHOLE, |share| !is_up_to_lower(sample, share)) - 1;
    let upper = first(rate, WHOLE, |share| is_from_upper(sample, share));
    Some(Interval { lower, upper })
}

/// How surely a sample shows that a target is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assurance {
    /// The whole interval reaches the target.
    Surely,
    /// The target lies within the interval.
    Maybe,
    /// The whole interval falls short.
    SurelyNot,
    /// Too few answered.
    TooFew,
}

impl Assurance {
    /// What a sample shows of a target (hundredths of a percent); compared on integers, not on the ends as shown.
    #[must_use]
    pub fn of(sample: Rate, target: i64) -> Self {
        if sample.all < ENOUGH {
            return Self::TooFew;
        }
        let (distance, room) = sides(sample, target);
        if is_up_to_lower(sample, target) {
            Self::Surely
        } else if !sample.reaches(target) && distance > room {
            Self::SurelyNot
        } else {
            Self::Maybe
        }
    }

    /// The words on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Surely => lang.of("Đạt chắc chắn", "Surely met"),
            Self::Maybe => lang.of("Có thể đạt", "May be met"),
            Self::SurelyNot => lang.of("Chắc chắn chưa đạt", "Surely not met"),
            Self::TooFew => lang.of("Chưa đủ phiếu", "Too few answers"),
        }
    }

    /// The status whose shape and colour go with the words.
    #[must_use]
    pub fn status(self) -> Status {
        match self {
            Self::Surely => Status::Met,
            Self::Maybe => Status::AtRisk,
            Self::SurelyNot => Status::Missed,
            Self::TooFew => Status::NoData,
        }
    }
}

/// n(p̂ − p)² and z²·p(1 − p), both times n·10⁸·10⁶.
fn sides(sample: Rate, share: i64) -> (i128, i128) {
    let (hits, all) = (i128::from(sample.hits), i128::from(sample.all));
    let (share, whole) = (i128::from(share), i128::from(WHOLE));
    let distance = hits * whole - share * all;
    (distance * distance * MILLION, Z_SQUARED * all * share * (whole - share))
}

/// Whether a share is the lower end or below it. No sample proves the whole.
fn is_up_to_lower(sample: Rate, share: i64) -> bool {
    let (distance, room) = sides(sample, share);
    share < WHOLE && sample.reaches(share) && distance >= room
}

/// Whether a share is the upper end or above it. No sample proves that there is none.
fn is_from_upper(sample: Rate, share: i64) -> bool {
    let (distance, room) = sides(sample, share);
    let is_at_least =
        i128::from(share) * i128::from(sample.all) >= i128::from(sample.hits) * i128::from(WHOLE);
    share > 0 && is_at_least && distance >= room
}

/// The first number from `from` on that passes, `to` at the latest; once one passes, all after it do.
fn first(from: i64, to: i64, passes: impl Fn(i64) -> bool) -> i64 {
    let (mut low, mut high) = (from, to);
    while low < high {
        let middle = low.midpoint(high);
        if passes(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ends(satisfied: i64, answered: i64) -> (i64, i64) {
        let Interval { lower, upper } = wilson(Rate::new(satisfied, answered)).expect("somebody answered");
        (lower, upper)
    }

    #[test]
    fn the_interval_is_the_one_of_the_textbook_its_ends_rounded_outwards() {
        // 0.87967 and 0.94873; 0.81369 and 0.93746; 0.74379 and 0.96540; 0.94555 and 0.95410.
        assert_eq!(ends(221, 240), (8_796, 9_488));
        assert_eq!(ends(89, 100), (8_136, 9_375));
        assert_eq!(ends(27, 30), (7_437, 9_655));
        assert_eq!(ends(9_500, 10_000), (9_455, 9_542));
        // Where all or none are satisfied, one end is known and the other is n / (n + z²) away.
        assert_eq!(ends(30, 30), (8_864, 10_000));
        assert_eq!(ends(0, 30), (0, 1_136));
        assert_eq!(wilson(Rate::default()), None);
    }

    #[test]
    fn four_words_say_how_surely_the_target_is_met() {
        let of = |satisfied, answered| Assurance::of(Rate::new(satisfied, answered), 8_900);
        assert_eq!(of(9_500, 10_000), Assurance::Surely);
        assert_eq!(of(221, 240), Assurance::Maybe, "92 of a hundred, but the sample is small");
        assert_eq!(of(8_300, 10_000), Assurance::SurelyNot);
        assert_eq!(of(29, 29), Assurance::TooFew);
        assert_eq!(of(30, 30), Assurance::Maybe, "its lower end is 88.64 %");
        assert_eq!(of(32, 32), Assurance::Surely, "its lower end is 89.28 %");
        assert_eq!(of(0, 0), Assurance::TooFew);
    }

    /// The interval by the formula of the textbook, in floating point.
    fn by_formula(satisfied: i64, answered: i64) -> (f64, f64) {
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let (k, n) = (satisfied as f64, answered as f64);
        let (p, z) = (k / n, 1.959_963_984_540_054_f64);
        let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / (1.0 + z * z / n);
        ((middle - half) * 10_000.0, (middle + half) * 10_000.0)
    }

    proptest! {
        #[test]
        fn the_ends_hold_the_rate_and_lie_where_the_formula_says((n, k) in (1..100_000i64).prop_flat_map(|n| (Just(n), 0..=n))) {
            let (lower, upper) = ends(k, n);
            let rate = Rate::new(k, n).floored().expect("somebody answered");
            prop_assert!(0 <= lower && lower <= rate && rate <= upper && upper <= 10_000);
            let (low, high) = by_formula(k, n);
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let (lower, upper) = (lower as f64, upper as f64);
            prop_assert!(lower <= low + 0.01 && low < lower + 1.01, "{low} {lower}");
            prop_assert!(upper >= high - 0.01 && high > upper - 1.01, "{high} {upper}");
        }

        #[test]
        fn more_answers_with_the_same_rate_never_widen_it((n, k) in (1..5_000i64).prop_flat_map(|n| (Just(n), 0..=n)), more in 2..20i64) {
            let ((lower, upper), (lower_of_more, upper_of_more)) = (ends(k, n), ends(k * more, n * more));
            prop_assert!(lower <= lower_of_more && upper_of_more <= upper);
        }

        #[test]
        fn the_words_never_contradict_the_ends((n, k) in (30..5_000i64).prop_flat_map(|n| (Just(n), 0..=n))) {
            let (lower, upper) = ends(k, n);
            match Assurance::of(Rate::new(k, n), 8_900) {
                Assurance::Surely => prop_assert!(lower >= 8_900),
                Assurance::Maybe => prop_assert!(lower <= 8_900 && upper >= 8_900),
                Assurance::SurelyNot => prop_assert!(upper <= 8_900),
                Assurance::TooFew => prop_assert!(false, "enough answered"),
            }
        }
    }
}
