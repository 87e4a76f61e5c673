//! A series and its target on a frame: the lines, the tint between them, and the hits. Shared by trend and spark.

use super::{Area, Hit, Shape, Spot, scale::Axis, scale::slot};
use crate::charts::{Point, Trend, Unit, Words, ink::Ink};

/// A trend with its values at their places.
pub struct Course<'a> {
    trend: &'a Trend,
    axis: Axis,
    frame: Area,
    /// The middle of each point's column.
    pub xs: Vec<i32>,
}

impl<'a> Course<'a> {
    /// Spreads the points over the frame, `inset` away from its left and right edge.
    pub fn new(trend: &'a Trend, axis: Axis, frame: Area, inset: i32) -> Self {
        let (left, right) = (frame.0.0 + inset, (frame.1.0 - inset).max(frame.0.0 + inset));
        let count = trend.points.len();
        Self { trend, axis, frame, xs: (0..count).map(|i| slot(i, count, left, right)).collect() }
    }

    /// The height of a value.
    pub fn y(&self, value: i64) -> i32 {
        self.axis.place(value, self.frame.0.1, self.frame.1.1)
    }

    /// The place of a point; `None` for a gap.
    pub fn spot(&self, i: usize) -> Option<Spot> {
        Some((self.xs[i], self.y(self.trend.points[i].value?)))
    }

    /// The last point with a value.
    pub fn last(&self) -> Option<usize> {
        self.trend.points.iter().rposition(|point| point.value.is_some())
    }

    /// The border between point `i` and the one before; the frame's edges at both ends.
    pub fn border(&self, i: usize) -> i32 {
        match (i.checked_sub(1).and_then(|i| self.xs.get(i)), self.xs.get(i)) {
            (Some(before), Some(after)) => i32::midpoint(*before, *after),
            (None, _) => self.frame.0.0,
            (_, None) => self.frame.1.0,
        }
    }

    /// The series as lines that end at gaps and series breaks. A line of one spot is a lone point.
    pub fn lines(&self) -> Vec<Vec<Spot>> {
        runs(
            self.trend
                .points
                .iter()
                .enumerate()
                .map(|(i, point)| (self.spot(i), point.series_break.is_some())),
        )
    }

    /// The comparison series as lines that end at gaps.
    pub fn before(&self) -> Vec<Vec<Spot>> {
        let spot = |(i, point): (usize, &Point)| Some((self.xs[i], self.y(point.before?)));
        runs(self.trend.points.iter().enumerate().map(|at| (spot(at), false)))
    }

    /// The target as steps: each holds for the whole column of its point.
    pub fn target(&self) -> Vec<Vec<Spot>> {
        let mut steps: Vec<Vec<Spot>> = Vec::new();
        for (i, point) in self.trend.points.iter().enumerate() {
            let Some(target) = point.target else { continue };
            let (from, to) = ((self.border(i), self.y(target)), (self.border(i + 1), self.y(target)));
            match steps.last_mut() {
                Some(step) if step.last() == Some(&from) => {
                    step.pop();
                    step.push(to);
                }
                Some(step) if step.last().is_some_and(|last| last.0 == from.0) => step.extend([from, to]),
                _ => steps.push(vec![from, to]),
            }
        }
        steps
    }

    /// The spans of points over which one target holds: (first point, last point, target).
    pub fn target_spans(&self) -> Vec<(usize, usize, i64)> {
        let mut spans: Vec<(usize, usize, i64)> = Vec::new();
        for (i, point) in self.trend.points.iter().enumerate() {
            let Some(target) = point.target else { continue };
            match spans.last_mut() {
                Some(span) if span.1 + 1 == i && span.2 == target => span.1 = i,
                _ => spans.push((i, i, target)),
            }
        }
        spans
    }

    /// The areas between series and target where the series falls short, as polygons.
    pub fn shortfalls(&self) -> Vec<Shape> {
        let mut areas = Vec::new();
        let (mut above, mut below): (Vec<Spot>, Vec<Spot>) = (Vec::new(), Vec::new());
        for i in 1..self.xs.len() {
            for (from, to, target) in self.pieces(i) {
                if below.last() != Some(&from) {
                    close(&mut above, &mut below, &mut areas);
                }
                let cut = short_part(from, to, target);
                let Some((start, end)) = cut else {
                    close(&mut above, &mut below, &mut areas);
                    continue;
                };
                if start != from || below.is_empty() {
                    close(&mut above, &mut below, &mut areas);
                    below.push(start);
                }
                if above.len() > 1 && above[above.len() - 2..].iter().all(|spot| spot.1 == target) {
                    above.pop();
                } else {
                    above.push((start.0, target));
                }
                above.push((end.0, target));
                below.push(end);
            }
        }
        close(&mut above, &mut below, &mut areas);
        areas.extend(self.lone_shortfalls());
        areas
    }

    /// A narrow strip for each point that no line reaches.
    fn lone_shortfalls(&self) -> impl Iterator<Item = Shape> {
        let points = &self.trend.points;
        let joined = |i: usize| points[i].series_break.is_none() && points[i - 1].value.is_some();
        (0..points.len()).filter_map(move |i| {
            let lone = (i == 0 || !joined(i))
                && (i + 1 == points.len() || points[i + 1].value.is_none() || !joined(i + 1));
            let ((x, y), target) = (self.spot(i)?, self.y(points[i].target?));
            let strip = [(x - 40, target), (x + 40, target), (x + 40, y), (x - 40, y)];
            (lone && y > target).then(|| Shape::Area { ink: Ink::Gap, points: strip.to_vec() })
        })
    }

    /// The line from point `i - 1` to point `i` with the height of its target; two halves where the target changes.
    fn pieces(&self, i: usize) -> Vec<(Spot, Spot, i32)> {
        let (Some(from), Some(to)) = (self.spot(i - 1), self.spot(i)) else { return Vec::new() };
        let [before, after] = [&self.trend.points[i - 1], &self.trend.points[i]];
        if after.series_break.is_some() {
            return Vec::new();
        }
        if before.target == after.target {
            return after.target.map(|target| (from, to, self.y(target))).into_iter().collect();
        }
        let middle = (i32::midpoint(from.0, to.0), i32::midpoint(from.1, to.1));
        [(from, middle, before.target), (middle, to, after.target)]
            .into_iter()
            .filter_map(|(from, to, target)| Some((from, to, self.y(target?))))
            .collect()
    }

    /// One hit for each point, gaps as well.
    pub fn hits(&self, words: &Words, bottom: i32) -> Vec<Hit> {
        let hit = |(i, point): (usize, &Point)| Hit {
            item: i,
            from: (self.border(i), 0),
            to: (self.border(i + 1), bottom),
            at: self.spot(i).unwrap_or((self.xs[i], self.frame.1.1)),
            label: point.name.clone(),
            value: point
                .value
                .map_or_else(|| words.no_data.clone(), |value| self.trend.unit.write(value, words.lang)),
            known: point.value.is_some(),
            spoken: spoken(self.trend, point, words),
        };
        self.trend.points.iter().enumerate().map(hit).collect()
    }
}

/// Every value that must be on the axis.
pub fn values(trend: &Trend) -> impl Iterator<Item = i64> {
    trend.points.iter().flat_map(|point| [point.value, point.target, point.before]).flatten()
}

/// The sentence about one point: value, target, distance, comparison, what it is made of.
pub fn spoken(trend: &Trend, point: &Point, words: &Words) -> String {
    let unit = trend.unit;
    let mut out = format!("{}: ", point.name);
    match point.value {
        Some(value) => out += &unit.write(value, words.lang),
        None => out += &words.no_data,
    }
    if point.open && point.value.is_some() {
        out += &format!(" ({})", words.open);
    }
    if let Some(target) = point.target {
        out += &format!("; {} {}", lower_first(&words.target), unit.write_short(target, words.lang));
        if let Some(value) =
            point.value.filter(|value| unit != Unit::Rank && unit.falls_short(*value, target))
        {
            out += &format!(
                ", {} {} {}",
                words.short_by,
                words.lang.hundredths(target.saturating_sub(value)),
                words.points
            );
        }
    }
    if let Some(before) = point.before {
        out += &format!("; {} {}", lower_first(&trend.before), unit.write(before, words.lang));
    }
    for more in [Some(&point.detail), point.note.as_ref(), point.series_break.as_ref()].into_iter().flatten()
    {
        if !more.is_empty() {
            out += &format!("; {more}");
        }
    }
    out
}

/// A name inside a sentence: "Cùng kỳ 2022" is "cùng kỳ 2022".
fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Joins neighbouring spots to lines; a missing spot ends a line, a break begins one.
fn runs(spots: impl Iterator<Item = (Option<Spot>, bool)>) -> Vec<Vec<Spot>> {
    let mut lines: Vec<Vec<Spot>> = Vec::new();
    let mut joined = false;
    for (spot, breaks) in spots {
        if let Some(spot) = spot {
            match lines.last_mut() {
                Some(line) if joined && !breaks => line.push(spot),
                _ => lines.push(vec![spot]),
            }
        }
        joined = spot.is_some();
    }
    lines
}

/// The part of a line that lies below (on the screen) the height of the target.
fn short_part(from: Spot, to: Spot, target: i32) -> Option<(Spot, Spot)> {
    let meets = || {
        let along = i64::from(to.0 - from.0) * i64::from(target - from.1) / i64::from(to.1 - from.1);
        (from.0 + i32::try_from(along).unwrap_or(0), target)
    };
    match (from.1 > target, to.1 > target) {
        (true, true) => Some((from, to)),
        (true, false) => Some((from, meets())),
        (false, true) => Some((meets(), to)),
        (false, false) => None,
    }
}

fn close(above: &mut Vec<Spot>, below: &mut Vec<Spot>, areas: &mut Vec<Shape>) {
    above.dedup();
    let mut points = std::mem::take(above);
    points.extend(std::mem::take(below).into_iter().rev());
    points.dedup();
    if points.len() > 2 {
        areas.push(Shape::Area { ink: Ink::Gap, points });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(points: &[(Option<i64>, Option<i64>)]) -> Trend {
        let point =
            |&(value, target)| Point { value, target, name: "Tháng 1".to_owned(), ..Point::default() };
        Trend { points: points.iter().map(point).collect(), ..Trend::default() }
    }

    fn placed(trend: &Trend) -> Course<'_> {
        Course::new(trend, Axis::round([0, 10_000].into_iter(), trend.unit, 5), ((0, 0), (1_000, 1_000)), 0)
    }

    #[test]
    fn a_gap_breaks_the_line_and_is_never_drawn_as_zero() {
        let trend = course(&[(Some(5_000), None), (None, None), (Some(6_000), None), (Some(7_000), None)]);
        assert_eq!(placed(&trend).lines(), [vec![(0, 500)], vec![(666, 400), (1_000, 300)]]);
    }

    #[test]
    fn a_target_that_changes_is_a_step_between_two_points() {
        let trend = course(&[(None, Some(9_000)), (None, Some(9_000)), (None, Some(10_000))]);
        let step = vec![(0, 100), (750, 100), (750, 0), (1_000, 0)];
        assert_eq!(placed(&trend).target(), [step]);
        assert_eq!(placed(&trend).target_spans(), [(0, 1, 9_000), (2, 2, 10_000)]);
    }

    #[test]
    fn only_what_falls_short_of_the_target_is_tinted() {
        let met = course(&[(Some(9_500), Some(9_000)), (Some(9_100), Some(9_000))]);
        assert!(placed(&met).shortfalls().is_empty());
        let crossing = course(&[(Some(8_000), Some(9_000)), (Some(10_000), Some(9_000))]);
        let tint = vec![(0, 100), (500, 100), (0, 200)];
        assert_eq!(placed(&crossing).shortfalls(), [Shape::Area { ink: Ink::Gap, points: tint }]);
    }

    #[test]
    fn a_point_says_its_value_its_target_and_the_distance() {
        let trend = course(&[(Some(9_991), Some(10_000)), (None, Some(10_000))]);
        let hits = placed(&trend).hits(&Words::default(), 1_000);
        assert_eq!(hits[0].spoken, "Tháng 1: 99,91\u{a0}%; chỉ tiêu 100\u{a0}%, thiếu 0,09 điểm");
        assert_eq!(hits[1].spoken, "Tháng 1: chưa có số liệu; chỉ tiêu 100\u{a0}%");
    }
}
