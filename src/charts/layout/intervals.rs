//! Places intervals: name, interval with its point, value and number of answers; the target is an upright line.
//! On narrow screens name and figures stand above the interval.

use super::{Anchor, Hit, Shape, scale::Axis, tenths, tone_ink};
use crate::charts::{IntervalRow, Intervals, Size, Words, ink::Ink, metrics::Face};

const NAME: Face = Face::plain(13);
const FIGURE: Face = Face::bold(13);
const SMALL: Face = Face::plain(12);

/// Below this width (pixels) the names stand above the intervals.
const WIDE: u16 = 700;
/// Heights in tenths of a pixel.
const HEAD: i32 = 240;
const FOOT: i32 = 240;
const ROW: i32 = 320;
const TALL_ROW: i32 = 460;

/// The height these intervals need, pixels.
pub fn height(intervals: &Intervals, width: u16) -> u32 {
    let row = if width < WIDE { TALL_ROW } else { ROW };
    let rows = u32::try_from(intervals.rows.len()).unwrap_or(u32::MAX).max(1);
    rows.saturating_mul(row.unsigned_abs() / 10) + (HEAD + FOOT).unsigned_abs() / 10
}

/// The marks of the intervals, and a hit for each row.
pub fn place(intervals: &Intervals, words: &Words, size: Size) -> (Vec<Shape>, Vec<Hit>) {
    if intervals.rows.is_empty() {
        let at = (tenths(size.width) / 2, tenths(size.height) / 2 + 40);
        return (vec![Shape::text(Ink::Label, NAME, Anchor::Middle, at, &words.no_data)], Vec::new());
    }
    let columns = Columns::new(intervals, words, size);
    let rows = || intervals.rows.iter().enumerate();
    let mut shapes = columns.scale(intervals);
    let mut texts: Vec<Shape> = columns.heads(intervals, words);
    for (i, row) in rows() {
        shapes.extend(columns.interval(i, row));
        texts.extend(columns.texts(i, row, intervals, words));
    }
    shapes.append(&mut texts);
    let hit = |(i, row): (usize, &IntervalRow)| Hit {
        item: i,
        from: (0, columns.top(i)),
        to: (columns.right, columns.top(i + 1)),
        at: (row.value.map_or(columns.left, |value| columns.x(value)), columns.middle(i)),
        label: row.name.clone(),
        value: value(row, intervals, words),
        known: row.value.is_some(),
        spoken: spoken(row, intervals, words),
    };
    (shapes, rows().map(hit).collect())
}

/// Where columns and rows stand, tenths of a pixel.
struct Columns {
    axis: Axis,
    name_width: i32,
    /// The edges of the scale.
    left: i32,
    end: i32,
    /// Where the values begin.
    figure: i32,
    right: i32,
    head: i32,
    bottom: i32,
    row: i32,
    /// Whether names stand above their intervals.
    stacked: bool,
}

impl Columns {
    fn new(intervals: &Intervals, words: &Words, size: Size) -> Self {
        let rows = &intervals.rows;
        let known = rows.iter().filter(|row| row.value.is_some());
        let values =
            known.flat_map(|row| [Some(row.low), row.value, Some(row.high)]).chain([intervals.target]);
        let axis = Axis::round(values.flatten(), intervals.unit, if size.width < WIDE { 3 } else { 5 });
        let widest = |width: &dyn Fn(&IntervalRow) -> i32| rows.iter().map(width).max().unwrap_or(0);
        let right = tenths(size.width);
        let stacked = size.width < WIDE;
        let name_width = widest(&|row| NAME.width(&row.name)).min(right * 3 / 10);
        let figures =
            widest(&|row| FIGURE.width(&value(row, intervals, words)).max(SMALL.width(note(row, words))));
        let counts =
            widest(&|row| SMALL.width(&words.lang.number(row.n))).max(SMALL.width(&intervals.counted));
        let figure = right - counts - 200 - figures;
        let (left, end) = if stacked { (100, right - 100) } else { (name_width + 220, figure - 220) };
        let (head, height) = (HEAD.min(tenths(size.height)), tenths(size.height));
        let bottom = (height - FOOT).max(head);
        let row = (bottom - head) / i32::try_from(rows.len()).unwrap_or(i32::MAX).max(1);
        let name_width = if stacked { right } else { name_width };
        let (left, right) = (left.min(right), right);
        Self {
            axis,
            name_width,
            left,
            end: end.clamp(left, right),
            figure,
            right,
            head,
            bottom,
            row,
            stacked,
        }
    }

    fn x(&self, value: i64) -> i32 {
        self.axis.place(value, self.end, self.left)
    }

    fn top(&self, i: usize) -> i32 {
        self.head + self.row * i32::try_from(i).unwrap_or(0)
    }

    /// The height of the interval.
    fn middle(&self, i: usize) -> i32 {
        self.top(i) + if self.stacked { self.row * 7 / 10 } else { self.row / 2 }
    }

    /// Thin upright lines at the ticks, and the target.
    fn scale(&self, intervals: &Intervals) -> Vec<Shape> {
        let upright = |ink, width, x| Shape::line(ink, width, [(x, self.head), (x, self.bottom)]);
        let mut shapes: Vec<Shape> =
            self.axis.ticks.iter().map(|tick| upright(Ink::Grid, 10, self.x(*tick))).collect();
        shapes.push(Shape::line(Ink::Axis, 10, [(self.left, self.bottom), (self.end, self.bottom)]));
        let Some(target) = intervals.target.map(|target| self.x(target)) else { return shapes };
        if self.stacked {
            // Beside the intervals alone: the figures above them stand where the line would cross them.
            shapes.extend((0..intervals.rows.len()).map(|i| {
                Shape::line(
                    Ink::Target,
                    15,
                    [(target, self.top(i) + self.row / 2), (target, self.top(i + 1))],
                )
            }));
        } else {
            shapes.push(upright(Ink::Target, 15, target));
        }
        shapes
    }

    /// The ticks, the name of the target, and the head of the counts.
    fn heads(&self, intervals: &Intervals, words: &Words) -> Vec<Shape> {
        let mut texts = Vec::new();
        let mut free = 0;
        for tick in &self.axis.ticks {
            let tick_text = intervals.unit.write_short(*tick, words.lang);
            let half = SMALL.width(&tick_text) / 2 + 1;
            let x = self.x(*tick).min(self.right - half).max(half);
            if x - half >= free {
                free = x + half + 80;
                texts.push(Shape::text(Ink::Tick, SMALL, Anchor::Middle, (x, self.bottom + 180), tick_text));
            }
        }
        let mut edge = self.right;
        if !self.stacked {
            texts.push(Shape::text(Ink::Tick, SMALL, Anchor::End, (self.right, 140), &intervals.counted));
            edge -= SMALL.width(&intervals.counted) + 100;
        }
        if let Some(target) = intervals.target {
            let name = format!("{} {}", words.target, intervals.unit.write_short(target, words.lang));
            let half = FIGURE.width(&name) / 2 + 1;
            let x = self.x(target).min(edge - half).max(half);
            texts.push(Shape::text(Ink::Target, FIGURE, Anchor::Middle, (x, 140), name));
        }
        texts
    }

    fn interval(&self, i: usize, row: &IntervalRow) -> Vec<Shape> {
        let Some(value) = row.value else { return Vec::new() };
        let (y, low, high) = (self.middle(i), self.x(row.low), self.x(row.high));
        let ink = if row.few { Ink::Mark } else { tone_ink(row.tone, Ink::Line) };
        let cap = |x| Shape::line(ink, 20, [(x, y - 50), (x, y + 50)]);
        let at = (self.x(value), y);
        let point = match row.few {
            true => Shape::Ring { ink, width: 20, at, radius: 50 },
            false => Shape::Dot { ink, at, radius: 55 },
        };
        vec![Shape::line(ink, 20, [(low, y), (high, y)]), cap(low), cap(high), point]
    }

    fn texts(&self, i: usize, row: &IntervalRow, intervals: &Intervals, words: &Words) -> Vec<Shape> {
        let value = value(row, intervals, words);
        let ink = if row.few || row.value.is_none() { Ink::Label } else { Ink::Value };
        let face = if ink == Ink::Value { FIGURE } else { NAME };
        let note = note(row, words);
        if self.stacked {
            let y = self.top(i) + self.row * 4 / 10 - 20;
            let answers = format!("{} {}", words.lang.number(row.n), intervals.counted);
            let first = if note.is_empty() { value } else { note.to_owned() };
            let figures = SMALL.shorten(&format!("{first} · {answers}"), self.right * 6 / 10);
            let room = self.name_width - SMALL.width(&figures) - 120;
            let name = Shape::text(Ink::Label, NAME, Anchor::Start, (0, y), NAME.shorten(&row.name, room));
            return vec![name, Shape::text(ink, SMALL, Anchor::End, (self.right, y), figures)];
        }
        let y = self.middle(i);
        let name = NAME.shorten(&row.name, self.name_width);
        let mut texts = vec![
            Shape::text(Ink::Label, NAME, Anchor::End, (self.name_width, y + 45), name),
            Shape::text(Ink::Tick, SMALL, Anchor::End, (self.right, y + 45), words.lang.number(row.n)),
        ];
        // Too few answers: the words stand where the value would, and the value is left to the tooltip and the table.
        let (face, figure) = if note.is_empty() { (face, &value[..]) } else { (SMALL, note) };
        texts.push(Shape::text(ink, face, Anchor::Start, (self.figure, y + 45), figure));
        texts
    }
}

/// What is said of a row with too few answers.
fn note<'a>(row: &IntervalRow, words: &'a Words) -> &'a str {
    if row.few && row.value.is_some() { &words.marks.few } else { "" }
}

fn value(row: &IntervalRow, intervals: &Intervals, words: &Words) -> String {
    row.value.map_or_else(|| words.no_data.clone(), |value| intervals.unit.write(value, words.lang))
}

/// The sentence about one row: value, interval, answers, and whether they are enough.
fn spoken(row: &IntervalRow, intervals: &Intervals, words: &Words) -> String {
    let mut out = format!("{}: {}", row.name, value(row, intervals, words));
    if row.value.is_some() {
        let [low, high] = [row.low, row.high].map(|end| intervals.unit.write(end, words.lang));
        out += &format!("; {} {low} – {high}", words.marks.interval);
    }
    out += &format!("; {} {}", words.lang.number(row.n), intervals.counted);
    let note = note(row, words);
    if !note.is_empty() {
        out += &format!("; {note}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::Unit;
    use proptest::prelude::*;

    #[test]
    fn a_row_with_too_few_answers_is_hollow_and_says_so_instead_of_its_value() {
        let row = IntervalRow {
            name: "Sở A".to_owned(),
            value: Some(9_000),
            low: 6_000,
            high: 9_800,
            n: 12,
            ..IntervalRow::default()
        };
        let few = IntervalRow { few: true, ..row.clone() };
        let intervals = Intervals {
            rows: vec![row, few],
            target: Some(8_900),
            counted: "phiếu".to_owned(),
            ..Intervals::default()
        };
        let (shapes, hits) = place(&intervals, &Words::default(), Size { width: 960, height: 120 });
        let rings = shapes.iter().filter(|s| matches!(s, Shape::Ring { .. })).count();
        let says = |words: &str| {
            shapes.iter().filter(|s| matches!(s, Shape::Text { text, .. } if text == words)).count()
        };
        assert_eq!((rings, says("chưa đủ phiếu"), says("90,00\u{a0}%")), (1, 1, 1));
        assert_eq!(
            hits[1].spoken,
            "Sở A: 90,00\u{a0}%; khoảng tin cậy 95\u{a0}% 60,00\u{a0}% – 98,00\u{a0}%; 12 phiếu; chưa đủ phiếu"
        );
    }

    proptest! {
        #[test]
        fn any_intervals_can_be_placed(
            rows in prop::collection::vec((prop::option::of(any::<i64>()), any::<i64>(), any::<i64>(), any::<i64>(), any::<bool>()), 0..20),
            target in prop::option::of(any::<i64>()),
            (width, height) in (0_u16..2_000, 0_u16..600),
            unit in prop::sample::select(vec![Unit::Percent, Unit::Score, Unit::Rank]),
        ) {
            let row = |&(value, low, high, n, few): &(Option<i64>, i64, i64, i64, bool)| {
                IntervalRow { name: "X".to_owned(), value, low, high, n, few, ..IntervalRow::default() }
            };
            let intervals = Intervals { unit, rows: rows.iter().map(row).collect(), target, counted: String::new() };
            let (_, hits) = place(&intervals, &Words::default(), Size { width, height });
            prop_assert_eq!(hits.len(), rows.len());
        }
    }
}
