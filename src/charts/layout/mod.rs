//! Chart and size → [`Placed`]: every mark with its place, and a map of what lies where.
//!
//! All coordinates are whole tenths of a pixel, so that every platform rounds alike. One file for each kind, and the
//! parts they share: `scale` (values to places) and `labels` (texts that keep clear of lines and of each other).

pub(super) mod bars;
pub(super) mod columns;
mod control;
mod frame;
mod funnel;
pub(super) mod heat_map;
pub(super) mod intervals;
mod labels;
mod legend;
mod scale;
mod series;
mod spark;
mod tiles;
mod trend;

use super::{Chart, Kind, Size, Tone, ink::Ink, metrics::Face};

pub(super) use frame::picture;

/// A place: tenths of a pixel from the left and from the top.
pub type Spot = (i32, i32);

/// A rectangle: its upper left and its lower right corner.
pub type Area = (Spot, Spot);

/// A chart with everything in its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
    /// The size of the whole drawing, pixels.
    pub size: Size,
    /// What is drawn, the lowest first.
    pub(super) shapes: Vec<Shape>,
    /// What can be pointed at, from left to right or from top to bottom: one for each point, row or cell, cells in
    /// reading order.
    pub hits: Vec<Hit>,
    /// How many hits a step down skips: the columns of a heat map, else 1.
    pub across: usize,
}

/// One mark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// An open line through the points, `width` tenths of a pixel wide.
    Line { ink: Ink, width: i32, points: Vec<Spot> },
    /// A filled polygon.
    Area { ink: Ink, points: Vec<Spot> },
    /// A filled rectangle from its upper left to its lower right corner.
    Block { ink: Ink, from: Spot, to: Spot },
    /// A filled disc.
    Dot { ink: Ink, at: Spot, radius: i32 },
    /// A circle whose inside shows the ground.
    Ring { ink: Ink, width: i32, at: Spot, radius: i32 },
    /// One line of text; `at` is on the base line, at the end named by `anchor`. Where it lies on lines it wears a
    /// rim in the colour of the ground.
    Text { ink: Ink, face: Face, anchor: Anchor, at: Spot, text: String, rim: bool },
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Anchor {
    /// The text begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// What a pointer or a key finds at one point or row. Together the rectangles leave no hole between the marks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// Which point, row or cell of the data, counted as they stand there.
    pub item: usize,
    /// The upper left corner of the region that belongs to the mark.
    pub from: Spot,
    /// The lower right corner.
    pub to: Spot,
    /// Where the mark is; for a gap the foot of its column.
    pub at: Spot,
    /// The name of the point or row: "Tháng 9/2023".
    pub label: String,
    /// The value as written, or the words for "no data".
    pub value: String,
    /// Whether there is a value.
    pub known: bool,
    /// The whole sentence for a screen reader and for the tooltip's text.
    pub spoken: String,
}

/// Places a chart in a drawing of the given size, for the page: title and source are the page's.
#[must_use]
pub fn layout(chart: &Chart, size: Size) -> Placed {
    let (shapes, hits) = match &chart.kind {
        Kind::Trend(trend) => trend::place(trend, &chart.words, size),
        Kind::Bars(bars) => bars::place(bars, &chart.words, size),
        Kind::Spark(spark) => spark::place(spark, &chart.words, size),
        Kind::HeatMap(map) => heat_map::place(map, &chart.words, size),
        Kind::Columns(columns) => columns::place(columns, &chart.words, size),
        Kind::Funnel(funnel) => funnel::place(funnel, &chart.words, size),
        Kind::Control(control) => control::place(control, &chart.words, size),
        Kind::Intervals(intervals) => intervals::place(intervals, &chart.words, size),
    };
    let across = if let Kind::HeatMap(map) = &chart.kind { map.columns.len().max(1) } else { 1 };
    Placed { size, shapes, hits, across }
}

impl Shape {
    fn line(ink: Ink, width: i32, points: impl Into<Vec<Spot>>) -> Self {
        Self::Line { ink, width, points: points.into() }
    }

    fn text(ink: Ink, face: Face, anchor: Anchor, at: Spot, text: impl Into<String>) -> Self {
        Self::Text { ink, face, anchor, at, text: text.into(), rim: false }
    }
}

/// The ink of a mark that shows how something stands.
fn tone_ink(tone: Tone, plain: Ink) -> Ink {
    match tone {
        Tone::Plain => plain,
        Tone::Met => Ink::Met,
        Tone::Risk => Ink::Risk,
        Tone::Miss => Ink::Miss,
    }
}

/// A square with a rim in the colour of the ground: a mark that stands out in shape, not by colour alone.
fn square(ink: Ink, (x, y): Spot) -> [Shape; 2] {
    let block = |ink, half| Shape::Block { ink, from: (x - half, y - half), to: (x + half, y + half) };
    [block(Ink::Ground, 65), block(ink, 45)]
}

/// Pixels in tenths.
fn tenths(pixels: u16) -> i32 {
    i32::from(pixels) * 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::snapshots::{self, SIZES};
    use crate::charts::{
        Bar, Bars, Columns, HeatCell, HeatMap, HeatRow, Layer, Point, Spark, Stack, Trend, Unit, Words,
    };
    use crate::lang::Lang;

    /// The box of a text: left, top, right, bottom.
    fn extent(shape: &Shape) -> Option<(i32, i32, i32, i32)> {
        let Shape::Text { face, anchor, at, text, .. } = shape else { return None };
        let width = face.width(text);
        let left = match anchor {
            Anchor::Start => at.0,
            Anchor::Middle => at.0 - width / 2,
            Anchor::End => at.0 - width,
        };
        Some((left, at.1 - face.ascent(), left + width, at.1 + face.descent()))
    }

    fn spots(shape: &Shape) -> Vec<Spot> {
        match shape {
            Shape::Line { points, .. } | Shape::Area { points, .. } => points.clone(),
            Shape::Block { from, to, .. } => vec![*from, *to],
            Shape::Dot { at, radius, .. } | Shape::Ring { at, radius, .. } => {
                vec![(at.0 - radius, at.1 - radius), (at.0 + radius, at.1 + radius)]
            }
            Shape::Text { .. } => {
                extent(shape).map_or(vec![], |(left, top, right, bottom)| vec![(left, top), (right, bottom)])
            }
        }
    }

    #[test]
    fn everything_stays_inside_the_drawing() {
        for (name, chart) in snapshots::all() {
            for width in SIZES {
                for placed in [layout(&chart, chart.fit(width)), picture(&chart, Size { width, height: 600 })]
                {
                    let (right, bottom) = (tenths(placed.size.width), tenths(placed.size.height));
                    for shape in &placed.shapes {
                        let inside = |&(x, y): &Spot| (0..=right).contains(&x) && (0..=bottom).contains(&y);
                        assert!(spots(shape).iter().all(inside), "{name} at {width}: {shape:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn no_text_lies_on_another() {
        for (name, chart) in snapshots::all() {
            for width in SIZES {
                let placed = layout(&chart, chart.fit(width));
                let texts: Vec<_> = placed.shapes.iter().filter_map(|s| Some((extent(s)?, s))).collect();
                for (i, (a, first)) in texts.iter().enumerate() {
                    for (b, second) in &texts[i + 1..] {
                        // Lines of one label touch; marks over and under a letter leave a pixel to spare.
                        let apart = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 + 10 || b.3 <= a.1 + 10;
                        assert!(apart, "{name} at {width}: {first:?} on {second:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_last_point_and_the_target_are_named_at_every_width() {
        for (name, chart) in snapshots::all() {
            let Kind::Trend(trend) = &chart.kind else { continue };
            for width in SIZES {
                let placed = layout(&chart, chart.fit(width));
                let says = |words: &str| {
                    placed
                        .shapes
                        .iter()
                        .any(|s| matches!(s, Shape::Text { text, .. } if text.ends_with(words)))
                };
                let value = trend.points.iter().rev().find_map(|point| point.value);
                let target = trend.points.last().and_then(|point| point.target);
                assert!(
                    value.is_none_or(|value| says(&trend.unit.write(value, Lang::Vi))),
                    "{name} at {width}"
                );
                assert!(
                    target.is_none_or(|target| says(&format!(
                        "Chỉ tiêu {}",
                        trend.unit.write_short(target, Lang::Vi)
                    ))),
                    "{name} at {width}"
                );
            }
        }
    }

    #[test]
    fn hits_follow_each_other_and_hold_their_mark_and_its_words() {
        for (name, chart) in snapshots::all() {
            for width in SIZES {
                let placed = layout(&chart, chart.fit(width));
                for pair in placed.hits.windows(2) {
                    let follows = pair[0].to.0 == pair[1].from.0 || pair[0].to.1 == pair[1].from.1;
                    assert!(follows, "{name}: {pair:?}");
                }
                for hit in &placed.hits {
                    let holds = |at, from, to| (from..=to).contains(&at);
                    assert!(holds(hit.at.0, hit.from.0, hit.to.0), "{name}: {hit:?}");
                    assert!(holds(hit.at.1, hit.from.1, hit.to.1), "{name}: {hit:?}");
                    assert!(hit.spoken.starts_with(&hit.label) && hit.spoken.contains(&hit.value));
                }
            }
        }
    }

    #[test]
    fn hits_tile_their_common_area_without_holes() {
        for (name, chart) in snapshots::all() {
            let (Kind::HeatMap(_) | Kind::Columns(_)) = &chart.kind else { continue };
            for width in SIZES {
                let placed = layout(&chart, chart.fit(width));
                let hits = &placed.hits;
                let area = |from: Spot, to: Spot| i64::from(to.0 - from.0) * i64::from(to.1 - from.1);
                let tiles: i64 = hits.iter().map(|hit| area(hit.from, hit.to)).sum();
                let Some(end) = hits.last() else { continue };
                assert_eq!(tiles, area(hits[0].from, end.to), "{name} at {width}");
                for (above, below) in hits.iter().zip(hits.iter().skip(placed.across)) {
                    let stands_under = below.from == (above.from.0, above.to.1) && below.to.0 == above.to.0;
                    assert!(placed.across == 1 || stands_under, "{name} at {width}: {above:?} {below:?}");
                }
            }
        }
    }

    #[test]
    fn the_better_value_is_never_drawn_lower() {
        for (name, chart) in snapshots::all() {
            let (Kind::Trend(trend) | Kind::Spark(Spark { trend, .. })) = &chart.kind else {
                continue;
            };
            let placed = layout(&chart, chart.fit(960));
            for (a, first) in trend.points.iter().zip(&placed.hits) {
                for (b, second) in trend.points.iter().zip(&placed.hits) {
                    if let (Some(better), Some(worse)) = (a.value, b.value)
                        && trend.unit.falls_short(worse, better)
                    {
                        assert!(first.at.1 <= second.at.1, "{name}: {first:?} {second:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_drawing_too_small_for_anything_is_still_a_drawing() {
        for (_, chart) in snapshots::all() {
            for size in
                [Size { width: 0, height: 0 }, Size { width: 1, height: 9 }, Size { width: 60, height: 20 }]
            {
                assert_eq!(layout(&chart, size).size, size);
                assert!(picture(&chart, size).size.width == size.width);
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_values_can_be_placed(
            values in proptest::collection::vec(proptest::option::of(proptest::num::i64::ANY), 0..40),
            (width, height) in (0_u16..2_000, 0_u16..600),
            unit in proptest::sample::select(vec![Unit::Percent, Unit::Score, Unit::Rank]),
        ) {
            let size = Size { width, height };
            let point = |value: Option<i64>| Point { value, target: value, name: "T".to_owned(), ..Point::default() };
            let points: Vec<Point> = values.iter().rev().copied().map(point).collect();
            let trend = Trend { unit, points, ..Trend::default() };
            let rows = values.iter().flatten().map(|&value| Bar { value, cumulated: Some(value), ..Bar::default() });
            let bars = Bars { rows: rows.collect(), ..Bars::default() };
            let (_, hits) = trend::place(&trend, &Words::default(), size);
            assert_eq!(hits.len(), values.len());
            spark::place(&Spark { trend, labelled: true }, &Words::default(), size);
            bars::place(&bars, &Words::default(), size);
            let cells = |row: &[Option<i64>]| {
                row.iter().map(|&value| HeatCell { value, open: value == Some(0), ..HeatCell::default() }).collect()
            };
            let rows = values.chunks(5).map(|row| HeatRow { cells: cells(row), ..HeatRow::default() }).collect();
            let columns = vec!["T".to_owned(); 5];
            let map = HeatMap { rows, columns, unit, target: values.first().copied().flatten(), ..HeatMap::default() };
            let (_, hits) = heat_map::place(&map, &Words::default(), size);
            assert_eq!(hits.len(), values.len().div_ceil(5) * 5);
            let stack = |row: &[Option<i64>]| Stack { values: row.to_vec(), open: true, ..Stack::default() };
            let stacks: Vec<Stack> = values.chunks(4).map(stack).collect();
            let stacked = Columns { layers: vec![Layer::default(); 5], stacks, ..Columns::default() };
            let (_, hits) = columns::place(&stacked, &Words::default(), size);
            assert_eq!(hits.len(), stacked.stacks.len());
        }
    }
}
