//! Places a control chart: the series, its mean, the limits of its noise, and squares on what is no noise.

use super::labels::{Label, Obstacles, spread};
use super::series::Course;
use super::{Anchor, Area, Hit, Shape, Spot, scale::Axis, square, tenths};
use crate::charts::{Control, Point, Size, Trend, Words, ink::Ink, metrics::Face};
use crate::lang::Lang;

const TICK: Face = Face::plain(12);
const LABEL: Face = Face::plain(13);
const STRONG: Face = Face::bold(13);

/// From this width on (pixels), the lines are named in a margin on the right; below, inside the frame.
const WIDE: u16 = 480;
/// Between a mark and its label, tenths of a pixel.
const AIR: i32 = 120;

/// The marks of a control chart from back to front, and its hits.
pub fn place(control: &Control, words: &Words, size: Size) -> (Vec<Shape>, Vec<Hit>) {
    let trend = as_trend(control, words);
    let lines = lines(control, words);
    let values = trend.points.iter().filter_map(|point| point.value).chain(lines.iter().map(|line| line.1));
    let axis = Axis::round(values, control.unit, if size.height < 200 { 3 } else { 5 });
    let frame = frame(control, words, &lines, size, &axis);
    let mut drawing = Drawing {
        control,
        lang: words.lang,
        size,
        frame,
        course: Course::new(&trend, axis.clone(), frame, if size.width < WIDE { 90 } else { 140 }),
        shapes: Vec::new(),
        texts: Vec::new(),
        obstacles: Obstacles::new(((0, 0), (tenths(size.width), frame.1.1 - 20))),
    };
    drawing.draw_grid(&axis);
    drawing.draw_ticks();
    drawing.draw_lines(&lines);
    drawing.draw_points();
    if control.limits.is_none() {
        drawing.say_no_limits(words);
    }
    drawing.name_lines(lines);
    drawing.name_points(words);
    let hits = drawing.course.hits(words, tenths(size.height));
    drawing.shapes.append(&mut drawing.texts);
    (drawing.shapes, hits)
}

/// The same series for the parts shared with trends; a signal says so after its detail.
fn as_trend(control: &Control, words: &Words) -> Trend {
    let points = control.points.iter().enumerate().map(|(i, point)| Point {
        tick: point.tick.clone(),
        name: point.name.clone(),
        value: point.value,
        open: point.open,
        detail: point.detail.clone(),
        note: control.signals.contains(&i).then(|| words.marks.signal.clone()),
        ..Point::default()
    });
    Trend { unit: control.unit, points: points.collect(), ..Trend::default() }
}

/// The straight lines with their names, the highest value first.
fn lines(control: &Control, words: &Words) -> Vec<(Ink, i64, Label)> {
    let line = |ink, face, name: &str, value: i64| {
        (ink, value, Label::line(ink, face, format!("{name} {}", control.unit.write(value, words.lang))))
    };
    let limit = |value| line(Ink::Limit, LABEL, &words.marks.limit, value);
    let mean = control.mean.map(|mean| line(Ink::Mean, STRONG, &words.marks.mean, mean));
    let upper = control.limits.map(|limits| limit(limits.1));
    let lower = control.limits.map(|limits| limit(limits.0));
    [upper, mean, lower].into_iter().flatten().collect()
}

/// The area of the values: what axis labels and the names of the lines leave over.
fn frame(control: &Control, words: &Words, lines: &[(Ink, i64, Label)], size: Size, axis: &Axis) -> Area {
    let ticks = axis
        .ticks
        .iter()
        .map(|tick| TICK.width(&control.unit.write_short(*tick, words.lang)))
        .max()
        .unwrap_or(0);
    let names = lines.iter().map(|line| line.2.width() + AIR).max().unwrap_or(60);
    let right = if size.width < WIDE { 60 } else { names };
    let (width, height) = (tenths(size.width), tenths(size.height));
    // Above the frame: a series that is too short says so, without a margin the mean is named, values find room.
    let top = if control.limits.is_some() && size.width >= WIDE { 300 } else { 380 };
    let (left, top) = ((ticks + 100).min(width), top.min(height));
    ((left, top), ((width - right).max(left), (height - 260).max(top)))
}

struct Drawing<'a> {
    control: &'a Control,
    lang: Lang,
    size: Size,
    frame: Area,
    course: Course<'a>,
    shapes: Vec<Shape>,
    texts: Vec<Shape>,
    obstacles: Obstacles,
}

impl Drawing<'_> {
    fn draw_grid(&mut self, axis: &Axis) {
        let ((left, _), (right, bottom)) = self.frame;
        for (i, tick) in axis.ticks.iter().enumerate() {
            let y = self.course.y(*tick);
            let ink = if y == bottom { Ink::Axis } else { Ink::Grid };
            self.shapes.push(Shape::line(ink, 10, [(left, y), (right, y)]));
            // The topmost label alone carries the sign of the unit.
            let is_top = i + 1 == axis.ticks.len();
            let text = self.control.unit.write_short(*tick, self.lang);
            let text = if is_top { &text[..] } else { text.trim_end_matches('%').trim_end() };
            self.texts.push(Shape::text(Ink::Tick, TICK, Anchor::End, (left - 80, y + 42), text));
        }
    }

    /// Names the columns; where they are too narrow only every second, third, ... so that no two touch.
    fn draw_ticks(&mut self) {
        let points = &self.control.points;
        let half = |i: usize| TICK.width(&points[i].tick) / 2 + 1;
        let xs = &self.course.xs;
        let fits = |every: &usize| {
            let shown: Vec<_> = (0..points.len()).step_by(*every).collect();
            shown.windows(2).all(|pair| xs[pair[0]] + half(pair[0]) + 60 <= xs[pair[1]] - half(pair[1]))
        };
        let every = [1, 2, 3, 4, 6].into_iter().chain((12..).step_by(12)).find(fits).unwrap_or(1);
        for i in (0..points.len()).step_by(every) {
            let at = (xs[i].min(tenths(self.size.width) - half(i)).max(half(i)), self.frame.1.1 + 200);
            self.texts.push(Shape::text(Ink::Tick, TICK, Anchor::Middle, at, &points[i].tick));
        }
    }

    fn draw_lines(&mut self, lines: &[(Ink, i64, Label)]) {
        for (ink, value, _) in lines {
            let y = self.course.y(*value);
            let points = vec![(self.frame.0.0, y), (self.frame.1.0, y)];
            self.obstacles.add_line(&points, 2);
            self.shapes.push(Shape::Line { ink: *ink, width: 12, points });
        }
        for points in self.course.lines().into_iter().filter(|points| points.len() > 1) {
            self.obstacles.add_line(&points, 3);
            self.shapes.push(Shape::Line { ink: Ink::Line, width: 20, points });
        }
    }

    fn is_signal(&self, i: usize) -> bool {
        self.control.signals.contains(&i)
    }

    fn draw_points(&mut self) {
        let roomy = self.course.xs.windows(2).all(|pair| pair[1] - pair[0] >= 100);
        let alone: Vec<Spot> = self.course.lines().into_iter().filter(|l| l.len() == 1).flatten().collect();
        for (i, point) in self.control.points.iter().enumerate() {
            let Some(at) = self.course.spot(i) else { continue };
            let reach = if self.is_signal(i) { 65 } else { 50 };
            let area = ((at.0 - reach, at.1 - reach), (at.0 + reach, at.1 + reach));
            if self.is_signal(i) {
                self.shapes.extend(square(Ink::Signal, at));
                self.obstacles.areas.push(area);
            } else if point.open {
                self.shapes.push(Shape::Ring { ink: Ink::Line, width: 20, at, radius: 34 });
                self.obstacles.marks.push(area);
            } else if roomy || alone.contains(&at) {
                self.shapes.push(Shape::Dot { ink: Ink::Line, at, radius: 28 });
                self.obstacles.marks.push(area);
            }
        }
    }

    fn say_no_limits(&mut self, words: &Words) {
        let text = LABEL.shorten(&words.marks.no_limits, tenths(self.size.width));
        self.texts.push(Shape::text(Ink::Note, LABEL, Anchor::Start, (0, LABEL.ascent()), text));
        let line = ((0, 0), (tenths(self.size.width), LABEL.line()));
        self.obstacles.areas.push(line);
    }

    fn name_lines(&mut self, lines: Vec<(Ink, i64, Label)>) {
        let right = self.frame.1.0;
        if self.size.width >= WIDE {
            // A ranking has its small values on top.
            let mut lines: Vec<_> =
                lines.into_iter().map(|(_, value, label)| (self.course.y(value), label)).collect();
            if lines.first().is_some_and(|first| lines.last().is_some_and(|last| first.0 > last.0)) {
                lines.reverse();
            }
            let wishes: Vec<_> =
                lines.iter().map(|(y, label)| (y - label.height() / 2, label.height())).collect();
            for (top, (_, label)) in spread(&wishes, 0, self.frame.1.1).into_iter().zip(lines) {
                let corner = (right + AIR, top.max(0));
                self.obstacles.areas.push((corner, (corner.0 + label.width(), corner.1 + label.height())));
                self.texts.extend(label.at(corner, false));
            }
            return;
        }
        for (ink, value, label) in lines {
            let head = (ink == Ink::Mean).then_some(((right - label.width()).max(0), 0));
            let (y, left, end) = (self.course.y(value), self.frame.0.0 + 40, right - label.width());
            let columns = [end, left, i32::midpoint(left, end)];
            let rows = [y - label.height() - 20, y + 30];
            let beside = columns.into_iter().flat_map(|x| rows.map(|y| (x, y)));
            self.settle(&label, head.into_iter().chain(beside).collect());
        }
    }

    /// The values of the signals and of the last point beside them; words where there is no point at all.
    fn name_points(&mut self, words: &Words) {
        let Some(last) = self.course.last() else {
            let label = Label::line(Ink::Label, LABEL, &words.no_data);
            let (from, to) = self.frame;
            let middle = i32::midpoint(from.0, to.0) - label.width() / 2;
            self.settle(&label, [2, 1, 3].map(|i| (middle, from.1 + (to.1 - from.1) * i / 4)).to_vec());
            return;
        };
        let signals = (0..self.control.points.len()).filter(|i| self.is_signal(*i) && *i != last);
        for i in std::iter::once(last).chain(signals).collect::<Vec<_>>() {
            let (Some((x, y)), Some(value)) = (self.course.spot(i), self.control.points[i].value) else {
                continue;
            };
            let label = Label::line(Ink::Value, STRONG, self.control.unit.write(value, words.lang));
            let (width, height) = (label.width(), label.height());
            let most = (self.frame.1.0 - width).max(self.frame.0.0);
            let columns =
                [x - width / 2, x + 100, x - 100 - width, x - width].map(|x| x.clamp(self.frame.0.0, most));
            let rows = [y - height - 80, y + 80, y - height / 2, y - height - 240, y + 240];
            let inside = |(at, _): &Spot| {
                (at + width + 60 <= x || at - 60 >= x) || i32::abs(at + width / 2 - x) <= width
            };
            let places = rows.into_iter().flat_map(|y| columns.map(|x| (x, y))).filter(inside).collect();
            self.settle(&label, places);
        }
    }

    fn settle(&mut self, label: &Label, places: Vec<Spot>) {
        if let Some((place, rim)) = self.obstacles.settle(label, places) {
            self.texts.extend(label.clone().at(place, rim));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{ControlPoint, Unit};
    use proptest::prelude::*;

    fn control(values: &[Option<i64>]) -> Control {
        let point = |&value: &Option<i64>| ControlPoint {
            name: "Tháng 1".to_owned(),
            value,
            ..ControlPoint::default()
        };
        Control { points: values.iter().map(point).collect(), ..Control::default() }
    }

    fn placed(control: &Control) -> (Vec<Shape>, Vec<Hit>) {
        place(control, &Words::default(), Size { width: 960, height: 300 })
    }

    #[test]
    fn a_signal_is_a_square_and_says_so_and_noise_is_a_dot() {
        let noise =
            Control { limits: Some((9_900, 9_990)), ..control(&[Some(9_950), Some(9_800), Some(9_940)]) };
        let squares = |control: &Control| {
            placed(control).0.iter().filter(|s| matches!(s, Shape::Block { ink: Ink::Signal, .. })).count()
        };
        assert_eq!(squares(&noise), 0);
        let signal = Control { signals: vec![1], ..noise };
        assert_eq!(squares(&signal), 1);
        assert_eq!(placed(&signal).1[1].spoken, "Tháng 1: 98,00\u{a0}%; tín hiệu");
        assert_eq!(placed(&signal).1[2].spoken, "Tháng 1: 99,40\u{a0}%");
    }

    #[test]
    fn a_series_too_short_for_limits_says_so() {
        let says = |control: &Control| {
            placed(control)
                .0
                .iter()
                .any(|s| matches!(s, Shape::Text { text, .. } if text.starts_with("Chưa đủ 8 kỳ")))
        };
        let short = control(&[Some(9_950), None]);
        assert!(says(&short));
        assert!(!says(&Control { limits: Some((9_900, 9_990)), ..short }));
    }

    proptest! {
        #[test]
        fn any_series_can_be_placed(
            values in prop::collection::vec(prop::option::of(any::<i64>()), 0..40),
            mean in prop::option::of(any::<i64>()),
            limits in prop::option::of((any::<i64>(), any::<i64>())),
            signals in prop::collection::vec(0..50_usize, 0..5),
            (width, height) in (0_u16..2_000, 0_u16..600),
            unit in prop::sample::select(vec![Unit::Percent, Unit::Score, Unit::Rank]),
        ) {
            let control = Control { unit, mean, limits, signals, ..control(&values) };
            let (_, hits) = place(&control, &Words::default(), Size { width, height });
            prop_assert_eq!(hits.len(), values.len());
        }
    }
}
