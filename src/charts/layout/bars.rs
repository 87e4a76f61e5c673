//! Places bars: name, bar, figure at its end, cumulated share; on narrow screens the name stands above its bar.

use super::{Anchor, Hit, Shape, tenths, tone_ink};
use crate::charts::{Bar, Bars, Size, Tone, Unit, Words, ink::Ink, metrics::Face};
use crate::lang::Lang;

const NAME: Face = Face::plain(13);
const FIGURE: Face = Face::bold(13);
const SMALL: Face = Face::plain(12);

/// Below this width (pixels) the names stand above the bars.
const WIDE: u16 = 520;
/// Heights in tenths of a pixel.
const HEAD: i32 = 220;
const ROW: i32 = 280;
const TALL_ROW: i32 = 420;
const BAR: i32 = 220;
/// No value beyond this sets the scale, so that the arithmetic stays inside 64 bits.
const MOST: i64 = 1_000_000_000_000;

/// The height these bars need, pixels.
pub fn height(bars: &Bars, width: u16) -> u32 {
    let row = if width < WIDE { TALL_ROW } else { ROW };
    let rows = u32::try_from(bars.rows.len()).unwrap_or(u32::MAX).max(1);
    rows.saturating_mul(row.unsigned_abs() / 10) + HEAD.unsigned_abs() / 10
}

/// The marks of the bars, and a hit for each row. Column by column: neighbours of one ink need one group in the SVG.
pub fn place(bars: &Bars, words: &Words, size: Size) -> (Vec<Shape>, Vec<Hit>) {
    let columns = Columns::new(bars, words, size);
    if bars.rows.is_empty() {
        let at = (columns.right / 2, tenths(size.height) / 2 + 40);
        return (vec![Shape::text(Ink::Label, NAME, Anchor::Middle, at, &words.no_data)], Vec::new());
    }
    let rows = || bars.rows.iter().enumerate();
    let bottom = tenths(size.height);
    let mut shapes: Vec<Shape> = rows().filter_map(|(i, bar)| columns.bar(i, bar, bars.tone)).collect();
    if !columns.stacked {
        shapes.push(Shape::line(Ink::Axis, 10, [(columns.bar, HEAD.min(bottom)), (columns.bar, bottom)]));
    }
    shapes.extend(rows().map(|(i, bar)| columns.name(i, bar)));
    shapes.extend(rows().map(|(i, bar)| columns.figure(i, bar)));
    shapes.push(Shape::text(Ink::Tick, SMALL, Anchor::Start, (columns.bar, 130), &bars.counted));
    if columns.share > 0 {
        shapes.push(Shape::text(Ink::Tick, SMALL, Anchor::End, (columns.right, 130), &words.cumulated));
    }
    shapes.extend(rows().filter_map(|(i, bar)| columns.share(i, bar)));
    let hit = |(i, bar): (usize, &Bar)| Hit {
        item: i,
        from: (0, columns.top(i)),
        to: (columns.right, columns.top(i + 1)),
        at: (columns.bar, columns.middle(i)),
        label: bar.name.clone(),
        value: words.lang.number(bar.value),
        known: true,
        spoken: spoken(bar, bars, words),
    };
    (shapes, rows().map(hit).collect())
}

/// Where columns and rows stand, tenths of a pixel.
struct Columns {
    name_width: i32,
    bar: i32,
    bar_width: i32,
    /// The width of the shares; 0 when there are none.
    share: i32,
    right: i32,
    head: i32,
    row: i32,
    /// The value of the longest bar.
    largest: i64,
    /// Whether names stand above their bars.
    stacked: bool,
    lang: Lang,
}

impl Columns {
    fn new(bars: &Bars, words: &Words, size: Size) -> Self {
        let right = tenths(size.width);
        let stacked = size.width < WIDE;
        let names = bars.rows.iter().map(|bar| NAME.width(&bar.name)).max().unwrap_or(0);
        let share = match bars.rows.iter().any(|bar| bar.cumulated.is_some()) {
            true => SMALL.width(&words.cumulated).max(SMALL.width("100\u{a0}%")) + 160,
            false => 0,
        };
        let name_width = if stacked { right - share } else { names.min(right * 2 / 5) };
        let bar = if stacked { 0 } else { name_width + 120 };
        let figures =
            bars.rows.iter().map(|row| FIGURE.width(&words.lang.number(row.value))).max().unwrap_or(0);
        let bar_width = (right - bar - figures - 80 - share).max(0);
        let head = HEAD.min(tenths(size.height));
        let count = i32::try_from(bars.rows.len()).unwrap_or(i32::MAX).max(1);
        let row = (tenths(size.height) - head) / count;
        let largest = bars.rows.iter().filter(|bar| !bar.rest).map(|bar| bar.value).max().unwrap_or(0);
        let (largest, lang) = (largest.clamp(1, MOST), words.lang);
        Self { name_width, bar, bar_width, share, right, head, row, largest, stacked, lang }
    }

    fn top(&self, i: usize) -> i32 {
        self.head + self.row * i32::try_from(i).unwrap_or(0)
    }

    /// The middle of the bar.
    fn middle(&self, i: usize) -> i32 {
        self.top(i) + if self.stacked { self.row * 7 / 10 } else { self.row / 2 }
    }

    fn end(&self, bar: &Bar) -> i32 {
        let value = if bar.rest { 0 } else { bar.value.clamp(0, self.largest) };
        let length = i32::try_from(value * i64::from(self.bar_width) / self.largest).unwrap_or(0);
        self.bar + length.max(if value > 0 { 10 } else { 0 })
    }

    fn bar(&self, i: usize, bar: &Bar, tone: Tone) -> Option<Shape> {
        let half = (if self.stacked { self.row / 3 } else { self.row / 2 }).min(BAR) / 2;
        let (end, middle) = (self.end(bar), self.middle(i));
        let (from, to) = ((self.bar, middle - half), (end, middle + half));
        (end > self.bar).then(|| Shape::Block { ink: tone_ink(tone, Ink::Bar), from, to })
    }

    fn name(&self, i: usize, bar: &Bar) -> Shape {
        let name = NAME.shorten(&bar.name, self.name_width);
        match self.stacked {
            true => {
                let at = (0, self.top(i) + self.row * 4 / 10 - 20);
                Shape::text(Ink::Label, NAME, Anchor::Start, at, name)
            }
            false => Shape::text(Ink::Label, NAME, Anchor::End, (self.name_width, self.middle(i) + 45), name),
        }
    }

    fn figure(&self, i: usize, bar: &Bar) -> Shape {
        let at = (self.end(bar) + 80, self.middle(i) + 45);
        Shape::text(Ink::Value, FIGURE, Anchor::Start, at, self.lang.number(bar.value))
    }

    fn share(&self, i: usize, bar: &Bar) -> Option<Shape> {
        let at = (self.right, self.middle(i) + 45);
        Some(Shape::text(Ink::Tick, SMALL, Anchor::End, at, whole_percent(bar.cumulated?, self.lang)))
    }
}

/// The sentence about one row.
fn spoken(bar: &Bar, bars: &Bars, words: &Words) -> String {
    let mut out = format!("{}: {} {}", bar.name, words.lang.number(bar.value), bars.counted);
    if let Some(part) = bar.cumulated {
        out += &format!("; {} {}", words.cumulated, whole_percent(part, words.lang));
    }
    out
}

fn whole_percent(hundredths: i64, lang: Lang) -> String {
    Unit::Percent.write_short(hundredths / 100 * 100, lang)
}
