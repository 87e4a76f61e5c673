//! Places stacked columns: an axis of counts, one stack for each month, names of the parts on the right (above on
//! narrow screens). Parts differ by pattern as well as by colour.

use super::labels::spread;
use super::legend::{self, LINE, SMALL};
use super::{Anchor, Area, Hit, Shape, Spot, tenths, tone_ink};
use crate::charts::{Columns, Size, Stack, Tone, Words, ink::Ink, metrics::Face};
use crate::lang::Lang;

const NAME: Face = Face::plain(13);
const TOTAL: Face = Face::bold(12);

/// Below this width (pixels) the names of the parts stand above the columns.
const WIDE: u16 = 520;
/// Between the columns and the names of their parts, tenths of a pixel.
const AIR: i32 = 140;
/// The widest column.
const WIDEST: i32 = 440;
/// No sum beyond this sets the scale, so that the arithmetic stays inside 64 bits.
const MOST: i64 = 1_000_000_000_000;

/// The height these columns need, pixels.
pub fn height(columns: &Columns, words: &Words, width: u16) -> u32 {
    let plain = (u32::from(width) * 28 / 100).clamp(260, 340);
    let entries = entries(columns, words, width);
    plain + legend::height(&entries.0).unsigned_abs() / 10
}

/// The marks of the columns from back to front, and a hit for each stack.
pub fn place(columns: &Columns, words: &Words, size: Size) -> (Vec<Shape>, Vec<Hit>) {
    if columns.stacks.is_empty() || columns.layers.is_empty() {
        let at = (tenths(size.width) / 2, tenths(size.height) / 2 + 40);
        return (vec![Shape::text(Ink::Label, NAME, Anchor::Middle, at, &words.no_data)], Vec::new());
    }
    let drawing = Drawing::new(columns, words, size);
    let mut shapes = Vec::new();
    drawing.axis(&mut shapes);
    for layer in 0..columns.layers.len() {
        drawing.layer(layer, &mut shapes);
    }
    drawing.base(&mut shapes);
    drawing.frame_open(&mut shapes);
    drawing.write(&mut shapes);
    drawing.explain(&mut shapes);
    (shapes, drawing.hits(words))
}

/// The places and texts of the legend: all parts on narrow screens, and what an open stack looks like.
fn entries(columns: &Columns, words: &Words, width: u16) -> (Vec<Spot>, Vec<(Option<usize>, String)>) {
    let mut entries = Vec::new();
    if width < WIDE {
        entries.extend(columns.layers.iter().enumerate().map(|(i, layer)| (Some(i), layer.name.clone())));
    }
    if columns.stacks.iter().any(|stack| stack.open) {
        entries.push((None, words.open.clone()));
    }
    (legend::flow(entries.iter().map(|entry| &entry.1[..]), tenths(width)), entries)
}

/// The highest sum, and the step between two lines of the axis: a round number, at most four of them.
fn scale(columns: &Columns) -> (i64, i64) {
    let sum = |stack: &Stack| (0..columns.layers.len()).map(|layer| known(stack, layer)).sum::<i64>();
    let highest = columns.stacks.iter().map(sum).max().unwrap_or(0).clamp(1, 100 * MOST);
    let steps = (0..15).flat_map(|power| [1, 2, 5].map(|base| base * 10_i64.pow(power)));
    let step = steps.into_iter().find(|step| (highest + step - 1) / step <= 4).unwrap_or(MOST);
    ((highest + step - 1) / step * step, step)
}

/// The number of a layer as it is drawn: nothing for an unknown one, nothing below zero.
fn known(stack: &Stack, layer: usize) -> i64 {
    stack.value(layer).unwrap_or(0).clamp(0, MOST)
}

struct Drawing<'a> {
    columns: &'a Columns,
    legend: (Vec<Spot>, Vec<(Option<usize>, String)>),
    size: Size,
    frame: Area,
    high: i64,
    step: i64,
    /// The width of a column.
    width: i32,
    wide: bool,
    lang: Lang,
}

impl<'a> Drawing<'a> {
    fn new(columns: &'a Columns, words: &Words, size: Size) -> Self {
        let (high, step) = scale(columns);
        let (right, bottom) = (tenths(size.width), tenths(size.height));
        let wide = size.width >= WIDE;
        let names = columns.layers.iter().map(|layer| NAME.width(&layer.name)).max().unwrap_or(0);
        let names = if wide { (names + legend::SIGN).min(right / 3) + AIR } else { 0 };
        let legend = entries(columns, words, size.width);
        let left = (SMALL.width(&words.lang.number(high)) + 100).min(right);
        let top = (legend::height(&legend.0) + 400).min(bottom);
        let frame = ((left, top), ((right - names).max(left), (bottom - 260).max(top)));
        let count = i32::try_from(columns.stacks.len()).unwrap_or(i32::MAX);
        let width = ((frame.1.0 - left) / count * 7 / 10).min(WIDEST);
        Self { columns, legend, size, frame, high, step, width, wide, lang: words.lang }
    }

    fn y(&self, value: i64) -> i32 {
        let (top, bottom) = (self.frame.0.1, self.frame.1.1);
        let up = i128::from(value.clamp(0, self.high)) * i128::from(bottom - top) / i128::from(self.high);
        bottom - i32::try_from(up).unwrap_or(0)
    }

    /// The border between a stack and the one before.
    fn border(&self, stack: usize) -> i32 {
        let (left, right) = (self.frame.0.0, self.frame.1.0);
        let (stack, count) = (stack as i64, self.columns.stacks.len().max(1) as i64);
        left + i32::try_from(i64::from(right - left) * stack / count).unwrap_or(0)
    }

    fn middle(&self, stack: usize) -> i32 {
        i32::midpoint(self.border(stack), self.border(stack + 1))
    }

    /// The block of one layer in one stack; a known number above zero is always seen.
    fn area(&self, stack: usize, layer: usize) -> Option<Area> {
        let data = &self.columns.stacks[stack];
        let below: i64 = (0..layer).map(|layer| known(data, layer)).sum();
        let value = known(data, layer);
        let bottom = self.y(below);
        let top = self.y(below + value).min(bottom - 10).max(0);
        let left = self.middle(stack) - self.width / 2;
        (value > 0).then_some(((left, top), (left + self.width, bottom)))
    }

    /// The top of a stack.
    fn top(&self, stack: usize) -> i32 {
        let tops = (0..self.columns.layers.len()).filter_map(|layer| Some(self.area(stack, layer)?.0.1));
        tops.min().unwrap_or(self.frame.1.1)
    }

    fn axis(&self, shapes: &mut Vec<Shape>) {
        let ((left, _), (right, _)) = self.frame;
        let values: Vec<i64> = (1..=self.high / self.step).map(|i| i * self.step).collect();
        for y in values.iter().map(|value| self.y(*value)) {
            shapes.push(Shape::line(Ink::Grid, 10, [(left, y), (right, y)]));
        }
        if self.frame.1.1 - self.frame.0.1 < 4 * SMALL.line() {
            return;
        }
        let label = |value: &i64| {
            let at = ((left - 80).max(0), self.y(*value) + 42);
            Shape::text(Ink::Tick, SMALL, Anchor::End, at, self.lang.number(*value))
        };
        shapes.extend(values.iter().map(label));
        let at = (0, self.frame.0.1 - 200);
        let counted = SMALL.shorten(&self.columns.counted, tenths(self.size.width));
        shapes.push(Shape::text(Ink::Tick, SMALL, Anchor::Start, at, counted));
    }

    fn layer(&self, layer: usize, shapes: &mut Vec<Shape>) {
        let tone = self.columns.layers[layer].tone;
        let areas: Vec<Area> =
            (0..self.columns.stacks.len()).filter_map(|stack| self.area(stack, layer)).collect();
        pattern(layer, tone, &areas, shapes);
    }

    fn base(&self, shapes: &mut Vec<Shape>) {
        let ((left, _), (right, bottom)) = self.frame;
        shapes.push(Shape::line(Ink::Axis, 10, [(left, bottom), (right, bottom)]));
    }

    fn frame_open(&self, shapes: &mut Vec<Shape>) {
        for (i, _) in self.columns.stacks.iter().enumerate().filter(|(_, stack)| stack.open) {
            let half = (self.width / 2 + 30).min((self.border(i + 1) - self.border(i)) / 2);
            let (x, top, bottom) = (self.middle(i), (self.top(i) - 30).max(0), self.frame.1.1);
            let corners = [(x - half, bottom), (x - half, top), (x + half, top), (x + half, bottom)];
            shapes.push(Shape::line(Ink::Break, 10, corners));
        }
    }

    /// The sums over the stacks, a dash for each gap, and the names of the months.
    fn write(&self, shapes: &mut Vec<Shape>) {
        let stacks = || self.columns.stacks.iter().enumerate();
        let layers = self.columns.layers.len();
        let total = |stack: &Stack| stack.total(layers).map(|n| self.lang.number(n));
        let room = self.border(1) - self.border(0) - 20;
        let fits = stacks().filter_map(|(_, stack)| total(stack)).all(|sum| TOTAL.width(&sum) <= room);
        // A zero is always said: it would look like a gap.
        let is_zero = |stack: &Stack| stack.total(layers) == Some(0) && TOTAL.width("0") <= room;
        for (i, stack) in stacks().filter(|(_, stack)| fits || is_zero(stack)) {
            let at = (self.middle(i), (self.top(i) - 70).max(0));
            shapes.extend(total(stack).map(|sum| Shape::text(Ink::Value, TOTAL, Anchor::Middle, at, sum)));
        }
        for (i, _) in stacks().filter(|(_, stack)| !stack.is_known() && SMALL.width("–") <= room) {
            let at = (self.middle(i), (self.frame.1.1 - 70).max(0));
            shapes.push(Shape::text(Ink::Tick, SMALL, Anchor::Middle, at, "–"));
        }
        let ticks: Vec<_> = stacks().map(|(_, stack)| &stack.tick[..]).collect();
        let middles: Vec<_> = (0..ticks.len()).map(|i| self.middle(i)).collect();
        let edges = (0, tenths(self.size.width));
        shapes.extend(legend::heads(&ticks, &middles, self.frame.1.1 + 200, edges));
    }

    /// The names of the parts, each beside its sign.
    fn explain(&self, shapes: &mut Vec<Shape>) {
        let sign = |(x, y): Spot| ((x, y + 35), (x + 130, y + 165));
        for (&at, (layer, _)) in self.legend.0.iter().zip(&self.legend.1) {
            match *layer {
                Some(layer) => pattern(layer, self.columns.layers[layer].tone, &[sign(at)], shapes),
                None => shapes.push(outline(Ink::Break, sign(at))),
            }
        }
        let width = tenths(self.size.width);
        for (at, (_, text)) in self.legend.0.iter().zip(&self.legend.1) {
            shapes.push(legend::entry(*at, text, width));
        }
        if self.wide {
            self.label_layers(shapes);
        }
    }

    /// The names on the right, from top to bottom as the parts of the last stack lie.
    fn label_layers(&self, shapes: &mut Vec<Shape>) {
        let bottom = self.frame.1.1;
        let last = self.columns.stacks.iter().rposition(Stack::is_known).unwrap_or(0);
        let mut wished = bottom - LINE;
        let mut wishes: Vec<(i32, i32)> = Vec::new();
        for layer in 0..self.columns.layers.len() {
            if let Some((from, to)) = self.area(last, layer) {
                wished = i32::midpoint(from.1, to.1) - LINE / 2;
            }
            wishes.insert(0, (wished, LINE));
        }
        let tops = spread(&wishes, 0, bottom);
        let left = self.frame.1.0 + AIR;
        for (layer, top) in tops.into_iter().rev().enumerate() {
            let data = &self.columns.layers[layer];
            let (top, edge) = (top.max(0), tenths(self.size.width));
            if top + LINE > bottom || left + legend::SIGN > edge {
                continue;
            }
            pattern(layer, data.tone, &[((left, top + 45), (left + 130, top + 175))], shapes);
            let name = NAME.shorten(&data.name, edge - left - legend::SIGN);
            let at = (left + legend::SIGN, top + 155);
            shapes.push(Shape::text(Ink::Label, NAME, Anchor::Start, at, name));
        }
    }

    fn hits(&self, words: &Words) -> Vec<Hit> {
        let layers = &self.columns.layers;
        let hit = |(i, stack): (usize, &Stack)| {
            let part = |(i, layer): (usize, &crate::charts::Layer)| {
                let value = stack.value(i).map_or_else(|| words.no_data.clone(), |n| words.lang.number(n));
                format!("{} {value}", layer.name)
            };
            let parts: Vec<_> = layers.iter().enumerate().map(part).collect();
            let value = if stack.is_known() { parts.join(", ") } else { words.no_data.clone() };
            let mut spoken = match stack.total(layers.len()) {
                Some(sum) => {
                    format!("{}: {} {}; {value}", stack.name, words.lang.number(sum), self.columns.counted)
                }
                None => format!("{}: {value}", stack.name),
            };
            if stack.open {
                spoken += &format!(" ({})", words.open);
            }
            if !stack.detail.is_empty() {
                spoken += &format!("; {}", stack.detail);
            }
            Hit {
                item: i,
                from: (self.border(i), 0),
                to: (self.border(i + 1), tenths(self.size.height)),
                at: (self.middle(i), self.top(i)),
                label: stack.name.clone(),
                value,
                known: stack.is_known(),
                spoken,
            }
        };
        self.columns.stacks.iter().enumerate().map(hit).collect()
    }
}

/// Blocks in the pattern of a layer: grey, striped, hollow, filled. A hairline of the ground parts them from the next.
fn pattern(layer: usize, tone: Tone, areas: &[Area], shapes: &mut Vec<Shape>) {
    // As a rule the lowest part is the largest and the least remarkable.
    let plain = if layer.is_multiple_of(4) { Ink::Previous } else { Ink::Bar };
    let ink = tone_ink(tone, plain);
    for &(from, (right, bottom)) in areas {
        let to = (right, (bottom - 10).max(from.1));
        match layer % 4 {
            0 | 3 => shapes.push(Shape::Block { ink, from, to }),
            1 => {
                shapes.push(outline(ink, (from, to)));
                let stripes = (1..).map(|i| from.0 + i * 50).take_while(|x| x + 20 < to.0);
                shapes.extend(stripes.map(|x| Shape::line(ink, 15, [(x, from.1), (x, to.1)])));
            }
            _ => shapes.push(outline(ink, (from, to))),
        }
    }
}

/// The outline of an area, inside of it.
fn outline(ink: Ink, (from, to): Area) -> Shape {
    let inset = 8.min((to.0 - from.0) / 2).min((to.1 - from.1) / 2).max(0);
    let (left, top, right, bottom) = (from.0 + inset, from.1 + inset, to.0 - inset, to.1 - inset);
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
    Shape::line(ink, 15, corners)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::Layer;

    #[test]
    fn the_axis_ends_at_a_round_number_that_no_stack_exceeds() {
        let of = |value| {
            let stack = Stack { values: vec![Some(value), None], ..Stack::default() };
            scale(&Columns { layers: vec![Default::default(); 2], stacks: vec![stack], ..Columns::default() })
        };
        assert_eq!(of(0), (1, 1));
        assert_eq!(of(7), (8, 2));
        assert_eq!(of(31_002), (40_000, 10_000));
        assert!(of(i64::MAX).0 >= MOST);
    }

    #[test]
    fn a_stack_says_its_sum_only_when_all_of_its_parts_are_known() {
        let layer = |name: &str| Layer { name: name.to_owned(), tone: Tone::Plain };
        let stack = |values: [Option<i64>; 2]| Stack {
            name: "Tháng 1/2023".to_owned(),
            values: values.to_vec(),
            ..Stack::default()
        };
        let columns = Columns {
            layers: vec![layer("đúng hạn"), layer("trễ hạn")],
            stacks: [[Some(1_200), Some(0)], [Some(3), None], [None, None]].map(stack).to_vec(),
            counted: "hồ sơ".to_owned(),
        };
        let (shapes, hits) = place(&columns, &Words::default(), Size { width: 960, height: 300 });
        let spoken = [
            "Tháng 1/2023: 1.200 hồ sơ; đúng hạn 1.200, trễ hạn 0",
            "Tháng 1/2023: đúng hạn 3, trễ hạn chưa có số liệu",
            "Tháng 1/2023: chưa có số liệu",
        ];
        assert_eq!(hits.iter().map(|hit| &hit.spoken[..]).collect::<Vec<_>>(), spoken);
        let says =
            |words: &str| shapes.iter().any(|s| matches!(s, Shape::Text { text, .. } if text == words));
        assert!(says("1.200") && says("–") && !says("3"));
    }
}
