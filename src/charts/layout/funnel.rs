//! Places a funnel: dots over their number of cases, the mean, and the limits of chance that narrow to the right.

use super::labels::{Label, Obstacles, spread};
use super::scale::{Axis, LogAxis};
use super::tiles::tiles;
use super::{Anchor, Area, Hit, Shape, Spot, square, tenths};
use crate::charts::values::capital;
use crate::charts::{Funnel, FunnelDot, Size, Unit, Words, ink::Ink, metrics::Face};
use crate::funnel::{Limit, Standing, WHOLE, limits, standing};

const TICK: Face = Face::plain(12);
const LABEL: Face = Face::plain(13);
const STRONG: Face = Face::bold(13);

/// From this width on (pixels), the lines are named in a margin on the right; below, inside the frame.
const WIDE: u16 = 560;
/// Between a mark and its label, tenths of a pixel.
const AIR: i32 = 100;
/// The radius of a dot.
const DOT: i32 = 30;
/// No more marks than these are named, the lowest first; the others are found by pointing and in the table.
const NAMED: usize = 10;

/// The marks of a funnel from back to front, and a hit for each dot.
pub fn place(funnel: &Funnel, words: &Words, size: Size) -> (Vec<Shape>, Vec<Hit>) {
    let dots: Vec<&FunnelDot> = funnel.dots.iter().filter(|dot| dot.volume > 0).collect();
    if dots.is_empty() {
        let at = (tenths(size.width) / 2, tenths(size.height) / 2 + 40);
        return (vec![Shape::text(Ink::Label, LABEL, Anchor::Middle, at, &words.no_data)], Vec::new());
    }
    let rates = dots.iter().map(|dot| dot.rate().floored()).chain([funnel.mean.floored()]);
    let axis = Axis::round(rates.flatten(), Unit::Percent, 5);
    let volumes = LogAxis::round(dots.iter().map(|dot| dot.volume));
    let frame = frame(funnel, words, size, &axis);
    let mut drawing = Drawing {
        funnel,
        words,
        size,
        frame,
        axis,
        volumes,
        shapes: Vec::new(),
        texts: Vec::new(),
        obstacles: Obstacles::new(((0, 0), (tenths(size.width), frame.1.1 - 20))),
    };
    let spots: Vec<Spot> = dots.iter().map(|dot| drawing.spot(dot)).collect();
    drawing.draw_axes();
    let lines = drawing.draw_lines();
    drawing.draw_dots(&dots, &spots);
    // Where the lines have no margin of their own, the offices choose their places first.
    if size.width < WIDE {
        drawing.name_dots(&dots, &spots);
        drawing.name_lines(lines);
    } else {
        drawing.name_lines(lines);
        drawing.name_dots(&dots, &spots);
    }
    let hits = drawing.hits(&dots, &spots);
    drawing.shapes.append(&mut drawing.texts);
    (drawing.shapes, hits)
}

/// The area of the dots: what axis labels and the names of the lines leave over.
fn frame(funnel: &Funnel, words: &Words, size: Size, axis: &Axis) -> Area {
    let ticks = axis
        .ticks
        .iter()
        .map(|tick| TICK.width(&Unit::Percent.write_short(*tick, words.lang)))
        .max()
        .unwrap_or(0);
    let names = names(funnel, words).iter().map(Label::width).max().unwrap_or(0);
    let right = if size.width < WIDE { 100 } else { names + AIR };
    let (width, height) = (tenths(size.width), tenths(size.height));
    // Without a margin, the mean is named above the frame.
    let top = if size.width < WIDE { 360 } else { 160 };
    let (left, top) = ((ticks + 100).min(width), top.min(height));
    ((left, top), ((width - right).max(left), (height - 440).max(top)))
}

/// The names of the mean and of the lower limits, from top to bottom.
fn names(funnel: &Funnel, words: &Words) -> [Label; 3] {
    let mean = funnel.mean.floored().map(|mean| Unit::Percent.write(mean, words.lang)).unwrap_or_default();
    [
        Label::line(Ink::Mean, STRONG, format!("{} {mean}", words.marks.mean)),
        Label::line(Ink::Inner, LABEL, &words.marks.inner),
        Label::line(Ink::Limit, LABEL, &words.marks.outer),
    ]
}

struct Drawing<'a> {
    funnel: &'a Funnel,
    words: &'a Words,
    size: Size,
    frame: Area,
    axis: Axis,
    volumes: LogAxis,
    shapes: Vec<Shape>,
    texts: Vec<Shape>,
    obstacles: Obstacles,
}

impl Drawing<'_> {
    fn x(&self, volume: i64) -> i32 {
        self.volumes.place(volume, self.frame.0.0, self.frame.1.0)
    }

    /// The height of a rate in millionths; beyond the axis too.
    fn y(&self, millionths: i64) -> i32 {
        self.axis.place_fine(millionths, self.frame.0.1, self.frame.1.1)
    }

    fn spot(&self, dot: &FunnelDot) -> Spot {
        let (top, bottom) = (self.frame.0.1, self.frame.1.1);
        (self.x(dot.volume), self.y(millionths(dot.rate().hits, dot.volume)).clamp(top, bottom))
    }

    fn draw_axes(&mut self) {
        let ((left, _), (right, bottom)) = self.frame;
        for (i, tick) in self.axis.ticks.iter().enumerate() {
            let y = self.y(tick * 100);
            let ink = if y == bottom { Ink::Axis } else { Ink::Grid };
            self.shapes.push(Shape::line(ink, 10, [(left, y), (right, y)]));
            // The topmost label alone carries the sign of the unit.
            let is_top = i + 1 == self.axis.ticks.len();
            let text = Unit::Percent.write_short(*tick, self.words.lang);
            let text = if is_top { &text[..] } else { text.trim_end_matches('%').trim_end() };
            self.texts.push(Shape::text(Ink::Tick, TICK, Anchor::End, (left - 80, y + 42), text));
        }
        let (edge, mut free) = (tenths(self.size.width), left / 2);
        for tick in &self.volumes.ticks {
            let text = self.words.lang.number(*tick);
            let half = TICK.width(&text) / 2 + 1;
            let x = self.x(*tick).min(edge - half).max(half);
            if x - half >= free {
                free = x + half + 80;
                self.shapes.push(Shape::line(Ink::Axis, 10, [(x, bottom), (x, bottom + 50)]));
                self.texts.push(Shape::text(Ink::Tick, TICK, Anchor::Middle, (x, bottom + 200), text));
            }
        }
        let counted = TICK.shorten(&capital(&self.funnel.counted), edge);
        let x = right.max(TICK.width(&counted)).min(edge);
        self.texts.push(Shape::text(Ink::Tick, TICK, Anchor::End, (x, bottom + 380), counted));
    }

    /// The mean and the limits. Answers where mean, inner and outer lower limit can be named.
    fn draw_lines(&mut self) -> [Vec<Spot>; 3] {
        let mean = self.funnel.mean;
        if mean.all <= 0 {
            return Default::default();
        }
        let ((left, _), (right, _)) = self.frame;
        let y = self.y(millionths(mean.hits, mean.all));
        let mut named = [vec![(left, y), (right, y)], Vec::new(), Vec::new()];
        for (limit, ink, place) in [(Limit::Outer, Ink::Limit, 2), (Limit::Inner, Ink::Inner, 1)] {
            for lower in [false, true] {
                for points in self.curve(limit, lower) {
                    self.obstacles.add_line(&points, 2);
                    if lower {
                        named[place].clone_from(&points);
                    }
                    self.shapes.push(Shape::Line { ink, width: 12, points });
                }
            }
        }
        self.obstacles.add_line(&named[0], 3);
        self.shapes.push(Shape::line(Ink::Mean, 12, named[0].clone()));
        named
    }

    /// One limit as lines inside the frame; where it lies at 0 or 100 % it limits nothing and is not drawn.
    fn curve(&self, limit: Limit, lower: bool) -> Vec<Vec<Spot>> {
        let (top, bottom) = (self.frame.0.1, self.frame.1.1);
        let value = |n| limits(self.funnel.mean, n, limit).map(|(low, high)| if lower { low } else { high });
        let points: Vec<_> = self.volumes.samples().filter_map(|n| Some((self.x(n), value(n)?))).collect();
        let mut lines: Vec<Vec<Spot>> = Vec::new();
        for pair in points.windows(2) {
            if pair.iter().all(|(_, value)| *value == 0 || *value == WHOLE) {
                continue;
            }
            let [from, to] = [pair[0], pair[1]].map(|(x, value)| (x, self.y(value)));
            let Some((from, to)) = inside(from, to, top, bottom) else { continue };
            match lines.last_mut() {
                Some(line) if line.last() == Some(&from) => line.push(to),
                _ => lines.push(vec![from, to]),
            }
        }
        lines
    }

    fn is_far_below(&self, dot: &FunnelDot) -> bool {
        standing(dot.rate(), self.funnel.mean) == Some(Standing::FarBelow)
    }

    /// Plain dots first, so that the squares lie on top.
    fn draw_dots(&mut self, dots: &[&FunnelDot], spots: &[Spot]) {
        for marked in [false, true] {
            for (dot, &at) in dots.iter().zip(spots) {
                if self.is_far_below(dot) != marked {
                    continue;
                }
                let reach = if marked { 65 } else { DOT };
                let area = ((at.0 - reach, at.1 - reach), (at.0 + reach, at.1 + reach));
                if marked {
                    self.shapes.extend(square(Ink::Signal, at));
                    self.obstacles.areas.push(area);
                } else {
                    self.shapes.push(Shape::Dot { ink: Ink::Mark, at, radius: DOT });
                    self.obstacles.marks.push(area);
                }
            }
        }
    }

    fn name_lines(&mut self, lines: [Vec<Spot>; 3]) {
        let labels =
            names(self.funnel, self.words).into_iter().zip(lines).filter(|(_, line)| !line.is_empty());
        if self.size.width >= WIDE {
            let labels: Vec<_> = labels.collect();
            let wish = |(label, line): &(Label, Vec<Spot>)| {
                (line[line.len() - 1].1 - label.height() / 2, label.height())
            };
            let tops = spread(&labels.iter().map(wish).collect::<Vec<_>>(), 0, self.frame.1.1);
            for (top, (label, _)) in tops.into_iter().zip(labels) {
                let corner = (self.frame.1.0 + AIR, top.max(0));
                self.obstacles.areas.push((corner, (corner.0 + label.width(), corner.1 + label.height())));
                self.texts.extend(label.at(corner, false));
            }
            return;
        }
        let right = self.frame.1.0;
        for (label, line) in labels {
            let head = (label.ink() == Some(Ink::Mean)).then_some(((right - label.width()).max(0), 0));
            // Beside the line, from its right end backwards.
            let places = line.iter().rev().flat_map(|&(x, y)| {
                let x = (x + 60).min(right - label.width());
                [(x, y + 40), (x, y - label.height() - 30), (x, y + 220)]
            });
            self.settle(&label, head.into_iter().chain(places).collect());
        }
    }

    /// Names what chance does not explain, the lowest rates first.
    fn name_dots(&mut self, dots: &[&FunnelDot], spots: &[Spot]) {
        let mut marked: Vec<usize> = (0..dots.len()).filter(|i| self.is_far_below(dots[*i])).collect();
        marked.sort_by_key(|i| std::cmp::Reverse(spots[*i].1));
        for i in marked.into_iter().take(NAMED) {
            let ((x, y), most) = (spots[i], (self.frame.1.0 - self.frame.0.0) / 2);
            let label = Label::line(Ink::Value, LABEL, LABEL.shorten(&dots[i].name, most));
            let (width, height) = (label.width(), label.height());
            let (right, left, middle) = (x + AIR, x - AIR - width, x - width / 2);
            let (level, below, above) = (y - height / 2, y + 80, y - height - 80);
            let places = [(right, level), (left, level), (middle, below), (middle, above)];
            let slanted = [
                (right - 40, below - 20),
                (left + 40, below - 20),
                (right - 40, above + 20),
                (left + 40, above + 20),
            ];
            let inside = |(at, _): &Spot| *at >= self.frame.0.0 && at + width <= tenths(self.size.width);
            let places = places.into_iter().chain(slanted).filter(inside).collect();
            self.settle(&label, places);
        }
    }

    fn settle(&mut self, label: &Label, places: Vec<Spot>) {
        if let Some((place, rim)) = self.obstacles.settle(label, places) {
            self.texts.extend(label.clone().at(place, rim));
        }
    }

    fn hits(&self, dots: &[&FunnelDot], spots: &[Spot]) -> Vec<Hit> {
        let whole = ((0, 0), (tenths(self.size.width), tenths(self.size.height)));
        let hit = |(i, at, (from, to)): (usize, Spot, Area)| {
            let dot: &FunnelDot = dots[i];
            let value = dot
                .rate()
                .floored()
                .map(|rate| Unit::Percent.write(rate, self.words.lang))
                .unwrap_or_default();
            let spoken = spoken(dot, &value, self.funnel, self.words);
            Hit { item: i, from, to, at, label: dot.name.clone(), value, known: true, spoken }
        };
        tiles(spots, whole).into_iter().map(hit).collect()
    }
}

/// The sentence about one dot: rate, cases, and whether chance explains it.
fn spoken(dot: &FunnelDot, value: &str, funnel: &Funnel, words: &Words) -> String {
    let mut out = format!("{}: {value}; {} {}", dot.name, words.lang.number(dot.volume), funnel.counted);
    if let Some(standing) = standing(dot.rate(), funnel.mean) {
        out += &format!("; {}", words.marks.standing(standing));
    }
    out
}

fn millionths(hits: i64, all: i64) -> i64 {
    i64::try_from(i128::from(hits) * i128::from(WHOLE) / i128::from(all.max(1))).unwrap_or(WHOLE)
}

/// The part of a straight line that lies between two heights.
fn inside(from: Spot, to: Spot, top: i32, bottom: i32) -> Option<(Spot, Spot)> {
    if from.1.max(to.1) < top || from.1.min(to.1) > bottom {
        return None;
    }
    let cut = |end: Spot| {
        let y = end.1.clamp(top, bottom);
        if y == end.1 {
            return end;
        }
        let along = i64::from(to.0 - from.0) * (i64::from(y) - i64::from(from.1))
            / (i64::from(to.1) - i64::from(from.1));
        (from.0 + i32::try_from(along).unwrap_or(0), y)
    };
    Some((cut(from), cut(to)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rate::Rate;
    use proptest::prelude::*;

    fn dot(name: &str, volume: i64, late: i64) -> FunnelDot {
        FunnelDot { name: name.to_owned(), volume, hits: volume - late }
    }

    #[test]
    fn a_small_office_is_not_marked_and_a_large_one_with_the_same_rate_is() {
        let dots = vec![dot("Xã nhỏ", 12, 1), dot("Quận lớn", 12_000, 1_000)];
        let funnel = Funnel { dots, mean: Rate::new(738_004, 739_630), counted: "hồ sơ".to_owned() };
        let (shapes, hits) = place(&funnel, &Words::default(), Size { width: 960, height: 400 });
        let says = |name: &str| shapes.iter().any(|s| matches!(s, Shape::Text { text, .. } if text == name));
        assert!(says("Quận lớn") && !says("Xã nhỏ"));
        assert_eq!(hits[0].spoken, "Xã nhỏ: 91,66\u{a0}%; 12 hồ sơ; không khác mức trung bình");
        assert_eq!(
            hits[1].spoken,
            "Quận lớn: 91,66\u{a0}%; 12.000 hồ sơ; trễ nhiều hơn mức ngẫu nhiên giải thích được (tin cậy 99,8\u{a0}%)"
        );
    }

    proptest! {
        #[test]
        fn any_counts_can_be_placed(
            counts in prop::collection::vec((any::<i64>(), any::<i64>()), 0..40),
            mean in (0..i64::MAX / 2, 0..i64::MAX / 2),
            (width, height) in (0_u16..2_000, 0_u16..600),
        ) {
            let dots = counts.iter().map(|&(volume, hits)| FunnelDot { name: "X".to_owned(), volume, hits });
            let funnel = Funnel { dots: dots.collect(), mean: Rate::new(mean.0, mean.0 + mean.1), counted: String::new() };
            let (_, hits) = place(&funnel, &Words::default(), Size { width, height });
            prop_assert_eq!(hits.len(), counts.iter().filter(|(volume, _)| *volume > 0).count());
        }
    }
}
