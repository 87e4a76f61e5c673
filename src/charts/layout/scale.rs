//! From values to places: a value axis with round ticks, and evenly spaced slots.

use super::super::Unit;

/// A value axis. Values are in the unit's own whole numbers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Axis {
    low: i64,
    high: i64,
    small_on_top: bool,
    /// The values that get a line and a label, rising.
    pub ticks: Vec<i64>,
}

impl Axis {
    /// A tight axis around the values with about `want` round steps, so that a small distance to the target is seen.
    /// It never leaves the unit's bounds: nothing above 100 %.
    pub fn round(values: impl Iterator<Item = i64>, unit: Unit, want: i64) -> Self {
        let (floor, ceiling) = unit.bounds();
        let (low, high) = reach(values, unit);
        let step = (0..).flat_map(|power| [1, 2, 5].map(|base| base * 10_i64.pow(power)));
        let step = step.into_iter().find(|step| (high - low + step - 1) / step <= want).unwrap_or(1);
        let mut bottom = low / step * step;
        if unit != Unit::Rank && (low - bottom) * 6 < step {
            bottom -= step;
        }
        let top = ((high + step - 1) / step * step).clamp(floor, ceiling);
        let bottom = bottom.clamp(floor, ceiling);
        // A ranking begins at the best place, as long as that leaves the others room.
        let bottom = if unit == Unit::Rank && bottom <= step * 2 { floor } else { bottom };
        let first = (bottom + step - 1) / step * step;
        let mut ticks: Vec<i64> = (0..).map(|i| first + i * step).take_while(|tick| *tick <= top).collect();
        if unit == Unit::Rank {
            ticks.retain(|tick| (tick - bottom) * 2 >= step);
            ticks.insert(0, bottom);
        }
        Self { low: bottom, high: top, small_on_top: unit == Unit::Rank, ticks }
    }

    /// An axis from the lowest to the highest value, without ticks.
    pub fn tight(values: impl Iterator<Item = i64>, unit: Unit) -> Self {
        let (low, high) = reach(values, unit);
        Self { low, high, small_on_top: unit == Unit::Rank, ticks: Vec::new() }
    }

    /// Where a value lies between `top` and `bottom`; a value beyond the axis lies at its end.
    pub fn place(&self, value: i64, top: i32, bottom: i32) -> i32 {
        let value = value.clamp(self.low, self.high);
        let from_top = if self.small_on_top { value - self.low } else { self.high - value };
        let span = self.high - self.low;
        let along = (from_top * i64::from(bottom - top) * 2 + span) / (span * 2);
        top + i32::try_from(along).unwrap_or(0)
    }
}

impl Axis {
    /// Where a value given in hundredths of the axis' own whole numbers lies, beyond the axis too: for curves, which
    /// must not show the steps of rounding and are cut at the frame.
    pub fn place_fine(&self, hundredfold: i64, top: i32, bottom: i32) -> i32 {
        let span = (self.high - self.low) * 100;
        let along = (self.high * 100 - hundredfold) * i64::from(bottom - top) / span;
        top + i32::try_from(along).unwrap_or(0)
    }
}

/// A logarithmic axis of whole numbers from 1 on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogAxis {
    low: i64,
    high: i64,
    /// The numbers that get a label, rising.
    pub ticks: Vec<i64>,
}

impl LogAxis {
    /// The most it can show.
    const MOST: i64 = 1_000_000_000_000;

    /// An axis that begins and ends at 1, 2 or 5 with zeros, at least one power of ten long.
    pub fn round(numbers: impl Iterator<Item = i64> + Clone) -> Self {
        let least = numbers.clone().min().unwrap_or(1).clamp(1, Self::MOST);
        let most = numbers.max().unwrap_or(1).clamp(1, Self::MOST);
        let round = || (0..14).flat_map(|power| [1, 2, 5].map(|base| base * 10_i64.pow(power)));
        let low = round().take_while(|number| *number <= least).last().unwrap_or(1);
        let high = round().find(|number| *number > most.max(low * 9)).unwrap_or(Self::MOST);
        let inside = |number: &i64| (low..=high).contains(number);
        let tens: Vec<i64> = (0..14).map(|power| 10_i64.pow(power)).filter(inside).collect();
        let ticks = if tens.len() > 2 { tens } else { round().filter(inside).collect() };
        Self { low, high, ticks }
    }

    /// Where a number lies between `left` and `right`.
    pub fn place(&self, number: i64, left: i32, right: i32) -> i32 {
        let [low, high, at] = [self.low, self.high, number.clamp(self.low, self.high)].map(log2);
        left + i32::try_from(i64::from(right - left) * (at - low) / (high - low).max(1)).unwrap_or(0)
    }

    /// Numbers over the whole axis, each about a quarter more than the one before.
    pub fn samples(&self) -> impl Iterator<Item = i64> {
        let high = self.high;
        std::iter::successors(Some(self.low), move |n| (*n < high).then(|| (n + n / 4).max(n + 1).min(high)))
    }
}

/// The binary logarithm in 65 536ths, by squaring: the same on every platform, as floating point is not.
fn log2(number: i64) -> i64 {
    let number = number.max(1).unsigned_abs();
    let whole = number.ilog2();
    let mut rest = if whole > 31 { number >> (whole - 31) } else { number << (31 - whole) };
    let mut log = i64::from(whole);
    for _ in 0..16 {
        rest = (rest * rest) >> 31;
        let bit = rest >> 32;
        rest >>= bit;
        log = log * 2 + i64::try_from(bit).unwrap_or(0);
    }
    log
}

/// The middle of slot `i` of `count` between `left` and `right`; the first and the last lie on the ends.
pub fn slot(i: usize, count: usize, left: i32, right: i32) -> i32 {
    let (i, count) = (i32::try_from(i).unwrap_or(0), i32::try_from(count).unwrap_or(i32::MAX));
    if count < 2 {
        return (left + right) / 2;
    }
    left + i32::try_from(i64::from(right - left) * i64::from(i) / i64::from(count - 1)).unwrap_or(0)
}

/// The lowest and the highest value, made wide enough that noise does not look like a mountain.
fn reach(values: impl Iterator<Item = i64>, unit: Unit) -> (i64, i64) {
    let (floor, ceiling) = unit.bounds();
    let bounds = values.map(|value| value.clamp(floor, ceiling)).fold(None, |reach, value| match reach {
        None => Some((value, value)),
        Some((low, high)) => Some((value.min(low), value.max(high))),
    });
    let (low, high) = bounds.unwrap_or(match unit {
        Unit::Percent | Unit::Score => (ceiling, ceiling),
        Unit::Rank => (floor, floor),
    });
    let least = if unit == Unit::Rank { 4 } else { 30 };
    let missing = (least - (high - low)).max(0);
    let high = (high + missing / 2).min(ceiling);
    let low = low.min(high - least).max(floor);
    (low, high.max(low + least))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(values: &[i64], unit: Unit) -> Vec<i64> {
        Axis::round(values.iter().copied(), unit, 5).ticks
    }

    #[test]
    fn small_distances_to_a_hundred_percent_are_visible_and_ticks_are_round() {
        assert_eq!(ticks(&[9_964, 9_991, 10_000], Unit::Percent), [9_960, 9_970, 9_980, 9_990, 10_000]);
        assert_eq!(ticks(&[9_200, 10_000], Unit::Percent), [9_000, 9_200, 9_400, 9_600, 9_800, 10_000]);
        assert_eq!(ticks(&[8_515, 8_900], Unit::Score), [8_400, 8_500, 8_600, 8_700, 8_800, 8_900]);
    }

    #[test]
    fn no_axis_leaves_the_bounds_of_its_unit() {
        assert_eq!(ticks(&[10_000], Unit::Percent).last(), Some(&10_000));
        assert_eq!(ticks(&[0, 0], Unit::Percent).first(), Some(&0));
        assert_eq!(ticks(&[i64::MIN, i64::MAX], Unit::Percent), [0, 2_000, 4_000, 6_000, 8_000, 10_000]);
        assert_eq!(ticks(&[1, 3], Unit::Rank).first(), Some(&1));
        assert!(ticks(&[], Unit::Percent).len() > 2);
    }

    #[test]
    fn the_best_rank_is_on_top() {
        let axis = Axis::round([1, 40].into_iter(), Unit::Rank, 5);
        assert_eq!(axis.ticks, [1, 10, 20, 30, 40]);
        assert_eq!(axis.place(1, 0, 1_000), 0);
        assert_eq!(axis.place(40, 0, 1_000), 1_000);
        assert_eq!(axis.place(99, 0, 1_000), 1_000);
    }

    #[test]
    fn slots_are_even_and_a_single_one_is_in_the_middle() {
        assert_eq!((0..3).map(|i| slot(i, 3, 100, 500)).collect::<Vec<_>>(), [100, 300, 500]);
        assert_eq!(slot(0, 1, 100, 500), 300);
    }

    #[test]
    fn powers_of_ten_stand_at_equal_distances() {
        let axis = LogAxis::round([12, 88_000].into_iter());
        assert_eq!(axis.ticks, [10, 100, 1_000, 10_000, 100_000]);
        assert_eq!(
            axis.ticks.iter().map(|n| axis.place(*n, 0, 4_000)).collect::<Vec<_>>(),
            [0, 1_000, 2_000, 3_000, 4_000]
        );
        assert_eq!(LogAxis::round([].into_iter()).ticks, [1, 2, 5, 10]);
        assert_eq!(LogAxis::round([12].into_iter()).ticks, [10, 20, 50, 100]);
        assert_eq!((log2(1), log2(2), log2(1 << 40)), (0, 65_536, 40 * 65_536));
        assert_eq!(log2(10), 217_705, "3,321928 × 65 536");
    }
}
