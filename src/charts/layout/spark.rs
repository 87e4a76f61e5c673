//! Places a spark: a trend without axes, in the height of three lines of text.

use super::series::{Course, values};
use super::{Anchor, Hit, Shape, scale::Axis, tenths, tone_ink};
use crate::charts::{Size, Spark, Words, ink::Ink, metrics::Face};
use crate::lang::Lang;

const FACE: Face = Face::plain(12);
const FIGURE: Face = Face::bold(12);

/// The marks of a spark from back to front, and its hits.
pub fn place(spark: &Spark, words: &Words, size: Size) -> (Vec<Shape>, Vec<Hit>) {
    let trend = &spark.trend;
    let (width, height) = (tenths(size.width), tenths(size.height));
    let shown = values(trend).map(|value| value.clamp(trend.unit.bounds().0, trend.unit.bounds().1));
    let axis = Axis::tight(shown, trend.unit);
    let (top, foot) = if spark.labelled { (200, 200) } else { (70, 70) };
    let inset =
        trend.points.iter().map(|point| FACE.width(&point.tick) / 2 + 10).max().filter(|_| spark.labelled);
    let frame = ((0, top.min(height)), (width, (height - foot).max(top.min(height))));
    let course = Course::new(trend, axis, frame, inset.unwrap_or(80).min(width / 2));
    let mut shapes = course.shortfalls();
    for points in course.target() {
        shapes.push(Shape::Line { ink: Ink::Target, width: 15, points });
    }
    for points in course.lines() {
        shapes.push(match points[..] {
            [at] => Shape::Dot { ink: Ink::Line, at, radius: 20 },
            _ => Shape::Line { ink: Ink::Line, width: 20, points },
        });
    }
    let last = course.last();
    for (i, point) in trend.points.iter().enumerate() {
        let Some(at) = course.spot(i).filter(|_| spark.labelled || Some(i) == last) else { continue };
        let ink = if Some(i) == last { tone_ink(trend.tone, Ink::End) } else { Ink::End };
        shapes.push(match point.open {
            true => Shape::Ring { ink, width: 20, at, radius: 34 },
            false => Shape::Dot { ink, at, radius: if Some(i) == last { 34 } else { 26 } },
        });
    }
    if spark.labelled {
        shapes.extend(texts(spark, words.lang, &course, height));
    }
    if shapes.is_empty() {
        let at = (width / 2, i32::midpoint(height, FACE.ascent() - FACE.descent()));
        shapes.push(Shape::text(Ink::Tick, FACE, Anchor::Middle, at, &words.no_data));
    }
    (shapes, course.hits(words, height))
}

/// Each value above its point and each tick below, as far as they keep apart.
fn texts(spark: &Spark, lang: Lang, course: &Course<'_>, height: i32) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let mut free = [i32::MIN; 2];
    for (i, point) in spark.trend.points.iter().enumerate() {
        let (Some((x, y)), Some(value)) = (course.spot(i), point.value) else { continue };
        let figure = spark.trend.unit.write_short(value, lang);
        let rows = [
            (Ink::Value, FIGURE, y - 70, figure.trim_end_matches('%').trim_end()),
            (Ink::Tick, FACE, height - 40, &point.tick),
        ];
        for (row, (ink, face, y, text)) in rows.into_iter().enumerate() {
            let half = face.width(text) / 2;
            if x - half > free[row] {
                free[row] = x + half + 20;
                // A figure may lie on the target line: its rim parts the two.
                let (at, text) = ((x, y), text.to_owned());
                shapes.push(Shape::Text { ink, face, anchor: Anchor::Middle, at, text, rim: row == 0 });
            }
        }
    }
    shapes
}
