//! Places a trend: axes, the tint of the shortfall, lines, points, and labels that name everything directly.

use super::labels::{Label, Obstacles, spread};
use super::series::{Course, values};
use super::{Anchor, Area, Hit, Shape, Spot, scale::Axis, tenths, tone_ink};
use crate::charts::{Point, Size, Trend, Words, ink::Ink, metrics::Face};

const TICK: Face = Face::plain(12);
const LABEL: Face = Face::plain(13);
const STRONG: Face = Face::bold(13);
const VALUE: Face = Face::bold(18);

/// From this width on (pixels), labels stand in a margin on the right; below, inside the frame.
const WIDE: u16 = 420;
/// Between a mark and its label, tenths of a pixel.
const AIR: i32 = 120;

/// The marks of a trend from back to front, and its hits.
pub fn place(trend: &Trend, words: &Words, size: Size) -> (Vec<Shape>, Vec<Hit>) {
    let axis = Axis::round(values(trend), trend.unit, if size.height < 200 { 3 } else { 5 });
    let frame = frame(trend, words, size, &axis);
    let mut drawing = Drawing {
        trend,
        words,
        size,
        frame,
        course: Course::new(trend, axis.clone(), frame, if size.width < WIDE { 90 } else { 140 }),
        shapes: Vec::new(),
        texts: Vec::new(),
        obstacles: Obstacles::new(((0, 0), (tenths(size.width), frame.1.1 - 20))),
    };
    drawing.shapes = drawing.course.shortfalls();
    drawing.draw_grid(&axis);
    drawing.draw_ticks();
    drawing.draw_breaks();
    drawing.draw_lines();
    drawing.draw_points();
    drawing.label_series();
    drawing.label_target_steps();
    drawing.label_points();
    let hits = drawing.course.hits(words, tenths(size.height));
    drawing.shapes.append(&mut drawing.texts);
    (drawing.shapes, hits)
}

/// The area of the values: what axis labels and the labels on the right leave over.
fn frame(trend: &Trend, words: &Words, size: Size, axis: &Axis) -> Area {
    let ticks = axis
        .ticks
        .iter()
        .map(|tick| TICK.width(&trend.unit.write_short(*tick, words.lang)))
        .max()
        .unwrap_or(0);
    let mut names =
        vec![STRONG.width(&target_label(trend, words, trend.points.last().and_then(|p| p.target)))];
    if trend.points.last().is_some_and(|point| point.before.is_some()) {
        names.push(LABEL.width(&trend.before));
    }
    if let Some(point) = trend.points.last().filter(|point| point.value.is_some()) {
        names.push(value_label(trend, words, point).width());
    }
    let names = names.into_iter().max().unwrap_or(0);
    let right = if size.width < WIDE { 60 } else { names + AIR };
    let (width, height) = (tenths(size.width), tenths(size.height));
    let top = if size.width < WIDE { 260 } else { 160 };
    let (left, top) = ((ticks + 100).min(width), top.min(height));
    ((left, top), ((width - right).max(left), (height - 260).max(top)))
}

fn target_label(trend: &Trend, words: &Words, target: Option<i64>) -> String {
    target.map_or_else(String::new, |target| {
        format!("{} {}", words.target, trend.unit.write_short(target, words.lang))
    })
}

/// The figure of a point in large type, and its name below.
fn value_label(trend: &Trend, words: &Words, point: &Point) -> Label {
    let value = point.value.map_or_else(String::new, |value| trend.unit.write(value, words.lang));
    let label = Label::line(Ink::Value, VALUE, value).and(Ink::Label, LABEL, &point.name);
    if point.open { label.and(Ink::Label, LABEL, &words.open) } else { label }
}

struct Drawing<'a> {
    trend: &'a Trend,
    words: &'a Words,
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
            let text = self.trend.unit.write_short(*tick, self.words.lang);
            let text = if is_top { &text[..] } else { text.trim_end_matches('%').trim_end() };
            self.texts.push(Shape::text(Ink::Tick, TICK, Anchor::End, (left - 80, y + 42), text));
        }
    }

    /// Names the columns; where they are too narrow only every second, third, ... so that no two touch.
    fn draw_ticks(&mut self) {
        let bottom = self.frame.1.1;
        let ticks: Vec<_> = self.trend.points.iter().map(|point| &point.tick[..]).collect();
        let edge = tenths(self.size.width);
        let half = |i: usize| TICK.width(ticks[i]) / 2;
        let fits = |every: &usize| {
            let shown: Vec<_> = (0..ticks.len()).step_by(*every).collect();
            shown.windows(2).all(|pair| {
                self.course.xs[pair[0]] + half(pair[0]) + 60 <= self.course.xs[pair[1]] - half(pair[1])
            })
        };
        let every = [1, 2, 3, 4, 6].into_iter().chain((12..).step_by(12)).find(fits).unwrap_or(1);
        for i in (0..ticks.len()).step_by(every) {
            let x = self.course.xs[i].min(edge - half(i)).max(half(i));
            self.texts.push(Shape::text(Ink::Tick, TICK, Anchor::Middle, (x, bottom + 200), ticks[i]));
        }
    }

    fn draw_breaks(&mut self) {
        let (top, bottom) = (self.frame.0.1, self.frame.1.1);
        for i in 1..self.trend.points.len() {
            if self.trend.points[i].series_break.is_some() {
                let x = self.course.border(i);
                self.shapes.push(Shape::line(Ink::Break, 10, [(x, top), (x, bottom)]));
                self.obstacles.add_line(&[(x, top), (x, bottom)], 3);
            }
        }
    }

    fn draw_lines(&mut self) {
        let drawn = [
            (Ink::Previous, 15, self.course.before()),
            (Ink::Target, 15, self.course.target()),
            (Ink::Line, 20, self.course.lines()),
        ];
        for (ink, width, lines) in drawn {
            for points in lines.into_iter().filter(|points| points.len() > 1) {
                self.obstacles.add_line(&points, if ink == Ink::Previous { 1 } else { 3 });
                self.shapes.push(Shape::Line { ink, width, points });
            }
        }
    }

    /// A dot on each value while there is room for dots; always on a lone one and on the last.
    fn draw_points(&mut self) {
        let roomy = self.course.xs.windows(2).all(|pair| pair[1] - pair[0] >= 140);
        let alone: Vec<Spot> = self.course.lines().into_iter().filter(|l| l.len() == 1).flatten().collect();
        let last = self.course.last();
        for (i, point) in self.trend.points.iter().enumerate() {
            let Some(at) = self.course.spot(i) else { continue };
            let (ink, radius) = if Some(i) == last {
                (tone_ink(self.trend.tone, Ink::End), 50)
            } else if roomy || alone.contains(&at) || point.open || point.note.is_some() {
                (Ink::Line, 28)
            } else {
                continue;
            };
            self.shapes.push(match point.open {
                true => Shape::Ring { ink, width: 20, at, radius },
                false => Shape::Dot { ink, at, radius },
            });
            let reach = radius + 20;
            let area = ((at.0 - reach, at.1 - reach), (at.0 + reach, at.1 + reach));
            let taken = if Some(i) == last { &mut self.obstacles.areas } else { &mut self.obstacles.marks };
            taken.push(area);
        }
    }

    /// Names the last point, the target and the comparison: in the right margin what ends there, else beside its end.
    fn label_series(&mut self) {
        let trend = self.trend;
        let last = self.course.last();
        let value =
            last.and_then(|i| Some((self.course.spot(i)?, value_label(trend, self.words, &trend.points[i]))));
        let target = trend.points.iter().rposition(|point| point.target.is_some()).and_then(|i| {
            let target = trend.points[i].target?;
            let text = target_label(trend, self.words, Some(target));
            Some(((self.course.border(i + 1), self.course.y(target)), Label::line(Ink::Target, STRONG, text)))
        });
        let before = trend.points.iter().rposition(|point| point.before.is_some()).and_then(|i| {
            let y = self.course.y(trend.points[i].before?);
            Some(((self.course.xs[i], y), Label::line(Ink::Label, LABEL, &trend.before)))
        });
        let wide = self.size.width >= WIDE;
        let edge = self.course.xs.last().copied().unwrap_or(0);
        let (margin, inside): (Vec<_>, Vec<_>) =
            [target, value, before].into_iter().flatten().partition(|(end, _)| wide && end.0 >= edge);
        self.label_margin(margin);
        for (end, label) in inside {
            let place = self.settle(&label, around(end, &label, self.frame));
            if let Some(place) = place.filter(|_| last.and_then(|i| self.course.spot(i)) == Some(end)) {
                self.lead(end, place, &label);
            }
        }
        if last.is_none() {
            let label = Label::line(Ink::Label, LABEL, &self.words.no_data);
            let (from, to) = self.frame;
            let middle = i32::midpoint(from.0, to.0) - label.width() / 2;
            self.settle(&label, [1, 2, 3].map(|i| (middle, from.1 + (to.1 - from.1) * i / 4)));
        }
    }

    /// Stands labels in the right margin at the height of their ends, moved apart.
    fn label_margin(&mut self, mut labels: Vec<(Spot, Label)>) {
        // The target first: where a value lies on it, the name of the target stands above the figure.
        // At most three: swapping neighbours saves the client four kilobytes of sorting code.
        let order = |((x, y), _): &(Spot, Label)| (*y, -*x);
        while let Some(i) = labels.windows(2).position(|pair| order(&pair[0]) > order(&pair[1])) {
            labels.swap(i, i + 1);
        }
        let wishes: Vec<_> = labels.iter().map(|((_, y), l)| (y - l.height() / 2, l.height())).collect();
        let tops = spread(&wishes, 0, self.frame.1.1);
        for (top, (_, label)) in tops.into_iter().zip(labels) {
            let corner = (self.frame.1.0 + AIR, top.max(0));
            self.obstacles.areas.push((corner, (corner.0 + label.width(), corner.1 + label.height())));
            self.texts.extend(label.at(corner, false));
        }
    }

    /// Names each former target beside its own part of the line.
    fn label_target_steps(&mut self) {
        let mut spans = self.course.target_spans();
        spans.pop();
        for (first, last, target) in spans {
            let y = self.course.y(target);
            let label = Label::line(Ink::Target, STRONG, target_label(self.trend, self.words, Some(target)));
            let (left, right) =
                (self.course.border(first) + 40, self.course.border(last + 1) - label.width() - 40);
            let rows = [y - label.height() - 20, y + 30];
            self.settle(
                &label,
                [right, i32::midpoint(left, right), left].into_iter().flat_map(|x| rows.map(|y| (x, y))),
            );
        }
    }

    /// Remarks beside their points, the reason of a series break beside its line, and words in a gap.
    fn label_points(&mut self) {
        let trend = self.trend;
        let bottom = self.frame.1.1;
        for (i, point) in trend.points.iter().enumerate() {
            if let Some(why) = point.series_break.as_ref().filter(|_| i > 0) {
                let label = Label::wrapped(Ink::Note, LABEL, why, 1_600);
                let (x, top) = (self.course.border(i), self.frame.0.1);
                let rows = [bottom - label.height() - 40, top + 60, i32::midpoint(top, bottom)];
                let columns = [x + 60, x - 60 - label.width()];
                self.settle(&label, rows.into_iter().flat_map(|y| columns.map(|x| (x, y))));
            }
            if let (Some(note), Some(at)) = (&point.note, self.course.spot(i)) {
                self.note(at, &Label::wrapped(Ink::Note, LABEL, note, 2_000));
            }
        }
        let known: Vec<usize> =
            (0..trend.points.len()).filter(|i| trend.points[*i].value.is_some()).collect();
        for gap in known.windows(2).filter(|pair| pair[1] - pair[0] > 1) {
            let (left, right) = (self.course.xs[gap[0]], self.course.xs[gap[1]]);
            let label = Label::line(Ink::Tick, TICK, &self.words.no_data);
            if label.width() + 80 <= right - left {
                let x = i32::midpoint(left, right) - label.width() / 2;
                self.settle(&label, [(x, bottom - label.height() - 40)]);
            }
        }
    }

    /// A remark near its point, below if it can be.
    fn note(&mut self, at: Spot, label: &Label) {
        let (width, height) = (label.width(), label.height());
        let columns = [at.0 - 30, at.0 - width / 2, at.0 + 30 - width];
        let rows = [160, 300, 460, 640, 900, 1_200].map(|away| [at.1 + away, at.1 - away - height]);
        let inside =
            |&(x, y): &Spot| x > self.frame.0.0 && x + width <= self.frame.1.0 && y >= self.frame.0.1;
        let places = rows.into_iter().flatten().flat_map(|y| columns.map(|x| (x, y))).filter(inside);
        let places: Vec<Spot> = places.collect();
        if let Some(place) = self.settle(label, places) {
            self.lead(at, place, label);
        }
    }

    /// A line from a point to its label, when the label had to go further away.
    fn lead(&mut self, at: Spot, place: Spot, label: &Label) {
        let end = (
            at.0.clamp(place.0, place.0 + label.width()),
            at.1.clamp(place.1 - 20, place.1 + label.height() + 20),
        );
        let start = (at.0, at.1 + (end.1 - at.1).signum() * 70);
        if (end.1 - start.1).abs() > 60 {
            self.obstacles.add_line(&[start, end], 3);
            self.shapes.push(Shape::line(Ink::Note, 10, [start, end]));
        }
    }

    fn settle(&mut self, label: &Label, places: impl IntoIterator<Item = Spot>) -> Option<Spot> {
        let (place, rim) = self.obstacles.settle(label, places)?;
        self.texts.extend(label.clone().at(place, rim));
        Some(place)
    }
}

/// Places for a label beside the end of a line, best first.
fn around((x, y): Spot, label: &Label, frame: Area) -> Vec<Spot> {
    let (width, height) = (label.width(), label.height());
    let right = x + AIR;
    let middle = (x - width / 2).min(frame.1.0 - width).max(frame.0.0);
    let left = x - AIR - width;
    let mut places = vec![(right, y - height / 2), (right, y - height - 30), (right, y + 30)];
    for away in [100, 200, 320, 460, 640, 900, 1_200] {
        for x in [middle, left, right, frame.1.0 - width] {
            places.extend([(x, y - away - height + 40), (x, y + away - 20)]);
        }
    }
    places
}
