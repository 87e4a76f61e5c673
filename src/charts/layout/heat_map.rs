//! Places a heat map: a legend in words, names on the left (above each row on narrow screens), one cell for each month.
//!
//! A cell says its step three times: by its tint, by the value written in it, and where that does not fit by a mark
//! that grows with the distance.

use super::legend::{self, SMALL};
use super::{Anchor, Area, Hit, Shape, Spot, series, tenths};
use crate::charts::{HeatCell, HeatMap, Point, Size, Trend, Unit, Words, ink::Ink, metrics::Face};
use crate::lang::Lang;

const NAME: Face = Face::plain(13);
const VALUE: Face = Face::plain(12);
const SMALL_VALUE: Face = Face::plain(11);

/// Below this width (pixels) the names stand above the rows.
const WIDE: u16 = 520;
/// Heights in tenths of a pixel: the names of the columns, a row, a name above its row.
const HEAD: i32 = 200;
const ROW: i32 = 260;
const NAME_ABOVE: i32 = 220;
/// Between the legend and the names of the columns.
const AIR: i32 = 60;
/// The steps from reached to far away.
const STEPS: usize = 5;

/// The height this map needs, pixels.
pub fn height(map: &HeatMap, words: &Words, width: u16) -> u32 {
    let row = if width < WIDE { ROW + NAME_ABOVE } else { ROW };
    let rows = i32::try_from(map.rows.len()).unwrap_or(i32::MAX).max(1);
    let legend = legend::height(&entries(map, words, tenths(width)).0);
    row.saturating_mul(rows).saturating_add(legend + AIR + HEAD + 9).unsigned_abs() / 10
}

/// The marks of the map, and a hit for each cell, row by row.
pub fn place(map: &HeatMap, words: &Words, size: Size) -> (Vec<Shape>, Vec<Hit>) {
    if map.rows.is_empty() || map.columns.is_empty() {
        let at = (tenths(size.width) / 2, tenths(size.height) / 2 + 40);
        return (vec![Shape::text(Ink::Label, NAME, Anchor::Middle, at, &words.no_data)], Vec::new());
    }
    let grid = Grid::new(map, words, size);
    let mut shapes = Vec::new();
    grid.fill(&mut shapes);
    grid.rule(&mut shapes);
    grid.mark(&mut shapes);
    grid.frame_open(&mut shapes);
    grid.write(&mut shapes);
    grid.name(&mut shapes);
    grid.explain(&mut shapes);
    (shapes, grid.hits(words))
}

/// One entry of the legend: what its sign shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Step(usize),
    Gap,
    Open,
}

/// The places, signs and texts of the legend; only signs that occur, but always the whole scale.
fn entries(map: &HeatMap, words: &Words, width: i32) -> (Vec<Spot>, Vec<(Sign, String)>) {
    let mut entries = Vec::new();
    if let Some(target) = map.target {
        let scale = &words.scale;
        let [a, b, c] = map.bounds().map(|bound| amount(map.unit, bound, words.lang));
        let points = if map.unit == Unit::Rank { &scale.places } else { &words.points };
        entries
            .push((Sign::Step(0), format!("{} ({})", scale.met, map.unit.write_short(target, words.lang))));
        let short = &words.short_by;
        entries.push((Sign::Step(1), format!("{short} {} {a} {points}", scale.under)));
        entries.push((Sign::Step(2), format!("{a} – {} {b}", scale.under)));
        entries.push((Sign::Step(3), format!("{b} – {} {c}", scale.under)));
        entries.push((Sign::Step(4), format!("{short} {} {c} {points}", scale.from)));
    }
    let cell = |row: usize, column: usize| map.rows[row].cells.get(column);
    let cells =
        || (0..map.rows.len()).flat_map(|row| (0..map.columns.len()).map(move |column| (row, column)));
    if cells().any(|(row, column)| cell(row, column).is_none_or(|cell| cell.value.is_none())) {
        entries.push((Sign::Gap, words.no_data.clone()));
    }
    if cells().any(|(row, column)| cell(row, column).is_some_and(|cell| cell.open)) {
        entries.push((Sign::Open, words.open.clone()));
    }
    (legend::flow(entries.iter().map(|entry| &entry.1[..]), width), entries)
}

/// A distance without the zeros that say nothing.
fn amount(unit: Unit, value: i64, lang: Lang) -> String {
    if unit == Unit::Rank { lang.number(value) } else { lang.hundredths_short(value) }
}

/// The ink of a step's ground; none where the value reaches its target.
fn tint(step: usize) -> Option<Ink> {
    [None, Some(Ink::Tint1), Some(Ink::Tint2), Some(Ink::Tint3), Some(Ink::Miss)].get(step).copied().flatten()
}

/// The ink of what is written on a step's ground.
fn on_tint(step: Option<usize>) -> Ink {
    if step == Some(STEPS - 1) { Ink::Ground } else { Ink::Value }
}

/// Where rows and columns stand, tenths of a pixel.
struct Grid<'a> {
    map: &'a HeatMap,
    lang: Lang,
    legend: (Vec<Spot>, Vec<(Sign, String)>),
    bounds: [i64; 3],
    left: i32,
    right: i32,
    top: i32,
    row: i32,
    /// The height of the name above a row; 0 when names stand on the left.
    above: i32,
    /// How values are set, and how many of their decimals fit; `None` when marks stand in their place.
    figures: Option<(Face, u32)>,
}

impl<'a> Grid<'a> {
    fn new(map: &'a HeatMap, words: &Words, size: Size) -> Self {
        let (right, bottom) = (tenths(size.width), tenths(size.height));
        let legend = entries(map, words, right);
        let above = size.width < WIDE;
        let names = map.rows.iter().map(|row| NAME.width(&row.name)).max().unwrap_or(0);
        let left = if above { 0 } else { (names.min(right * 3 / 10) + 120).min(right) };
        let top = (legend::height(&legend.0) + AIR + HEAD).min(bottom);
        let rows = i32::try_from(map.rows.len()).unwrap_or(i32::MAX).max(1);
        let row = (bottom - top) / rows;
        let above = if above { row * NAME_ABOVE / (ROW + NAME_ABOVE) } else { 0 };
        let mut grid = Self {
            map,
            lang: words.lang,
            legend,
            bounds: map.bounds(),
            left,
            right,
            top,
            row,
            above,
            figures: None,
        };
        let room = grid.border(1) - grid.border(0) - 30;
        let values = || map.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.value);
        let fits = |(face, decimals): &(Face, u32)| {
            values().all(|value| face.width(&written(map.unit, value, *decimals, words.lang)) <= room)
        };
        // A figure that looks alike in two steps says less than a mark.
        let whole = map.target.is_none() || map.unit == Unit::Rank || grid.bounds[0] >= 100;
        let ways = [(VALUE, 2), (VALUE, 1), (SMALL_VALUE, 1), (VALUE, 0)];
        let mut ways = ways.into_iter().filter(|way| whole || way.1 > 0);
        grid.figures = ways.find(fits).filter(|_| row - above >= VALUE.line());
        grid
    }

    /// The left edge of a column.
    fn border(&self, column: usize) -> i32 {
        let (column, count) = (column as i64, self.map.columns.len().max(1) as i64);
        self.left + i32::try_from(i64::from(self.right - self.left) * column / count).unwrap_or(0)
    }

    fn row_top(&self, row: usize) -> i32 {
        self.top.saturating_add(self.row.saturating_mul(i32::try_from(row).unwrap_or(i32::MAX)))
    }

    /// The ground of the cells of some columns of one row.
    fn area(&self, row: usize, (from, to): (usize, usize)) -> Area {
        ((self.border(from), self.row_top(row) + self.above), (self.border(to), self.row_top(row + 1)))
    }

    fn middle(&self, row: usize, column: usize) -> Spot {
        let (from, to) = self.area(row, (column, column + 1));
        (i32::midpoint(from.0, to.0), i32::midpoint(from.1, to.1))
    }

    fn cell(&self, row: usize, column: usize) -> Option<&'a HeatCell> {
        self.map.rows[row].cells.get(column)
    }

    fn cells(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (rows, columns) = (self.map.rows.len(), self.map.columns.len());
        (0..rows).flat_map(move |row| (0..columns).map(move |column| (row, column)))
    }

    /// How far the value is from its target: 0 reached, then one step more beyond each bound.
    fn step(&self, row: usize, column: usize) -> Option<usize> {
        let by = self.map.short_by(self.cell(row, column)?)?;
        Some(if by == 0 { 0 } else { 1 + self.bounds.iter().filter(|bound| by >= **bound).count() })
    }

    fn is_open(&self, row: usize, column: usize) -> bool {
        self.cell(row, column).is_some_and(|cell| cell.open)
    }

    /// The step whose tint the ground wears; an open period wears none, for it can still turn out well.
    fn worn(&self, row: usize, column: usize) -> Option<usize> {
        self.step(row, column).filter(|_| !self.is_open(row, column))
    }

    /// The grounds; neighbours of one step are one block.
    fn fill(&self, shapes: &mut Vec<Shape>) {
        for step in 0..STEPS {
            let Some(ink) = tint(step) else { continue };
            for row in 0..self.map.rows.len() {
                let mut column = 0;
                while column < self.map.columns.len() {
                    let wears = |column: &usize| self.worn(row, *column) == Some(step);
                    let run = (column..self.map.columns.len()).take_while(wears).count();
                    if run > 0 {
                        let (from, to) = self.area(row, (column, column + run));
                        shapes.push(Shape::Block { ink, from, to });
                    }
                    column += run.max(1);
                }
            }
        }
    }

    /// The lines between the cells.
    fn rule(&self, shapes: &mut Vec<Shape>) {
        let (rows, columns) = (self.map.rows.len(), self.map.columns.len());
        let line = |from, to| Shape::line(Ink::Grid, 10, [from, to]);
        for row in 0..rows {
            let (from, to) = self.area(row, (0, columns));
            shapes.push(line(from, (to.0, from.1)));
            if self.above > 0 || row + 1 == rows {
                shapes.push(line((from.0, to.1), to));
            }
            for column in (1..columns).filter(|_| self.above > 0) {
                shapes.push(line((self.border(column), from.1), (self.border(column), to.1)));
            }
        }
        for column in (1..columns).filter(|_| self.above == 0) {
            let x = self.border(column);
            shapes.push(line((x, self.top), (x, self.row_top(rows))));
        }
    }

    /// A dot where the target is reached; where no value fits, a square that grows with the distance.
    fn mark(&self, shapes: &mut Vec<Shape>) {
        for (row, column) in self.cells() {
            let (from, to) = self.area(row, (column, column + 1));
            let least = (to.0 - from.0).min(to.1 - from.1);
            let inset = if self.is_open(row, column) { 65 } else { 42 };
            let corner = (to.0 - inset, from.1 + inset);
            match (self.step(row, column), self.figures) {
                (Some(0), Some(_)) if least >= 110 => {
                    shapes.push(Shape::Dot { ink: Ink::Met, at: corner, radius: 20 });
                }
                (Some(_), Some(_)) => {}
                (Some(step), None) => {
                    let ink = on_tint(self.worn(row, column));
                    shapes.extend(sign(step, self.middle(row, column), least, ink));
                }
                (None, figures) => {
                    let known = self.cell(row, column).is_some_and(|cell| cell.value.is_some());
                    let radius = 20.min(least / 2);
                    if known && figures.is_none() {
                        shapes.push(Shape::Dot { ink: Ink::Bar, at: self.middle(row, column), radius });
                    }
                }
            }
        }
    }

    fn frame_open(&self, shapes: &mut Vec<Shape>) {
        for (row, column) in self.cells().filter(|(row, column)| self.is_open(*row, *column)) {
            shapes.extend(outline(Ink::Line, self.area(row, (column, column + 1)), 20));
        }
    }

    /// The values, and a dash for each gap; one ink after the other.
    fn write(&self, shapes: &mut Vec<Shape>) {
        if self.row - self.above < VALUE.line() {
            return;
        }
        for wanted in [Ink::Value, Ink::Ground, Ink::Tick] {
            for (row, column) in self.cells() {
                let value = self.cell(row, column).and_then(|cell| cell.value);
                let (ink, face, text) = match (value, self.figures) {
                    (None, _) => (Ink::Tick, VALUE, "–".to_owned()),
                    (Some(value), Some((face, decimals))) => {
                        let text = written(self.map.unit, value, decimals, self.lang);
                        (on_tint(self.worn(row, column)), face, text)
                    }
                    (Some(_), None) => continue,
                };
                let (x, y) = self.middle(row, column);
                let (from, to) = self.area(row, (column, column + 1));
                if ink == wanted && face.width(&text) <= to.0 - from.0 {
                    shapes.push(Shape::text(ink, face, Anchor::Middle, (x, y + 42), text));
                }
            }
        }
    }

    /// The names of rows and columns.
    fn name(&self, shapes: &mut Vec<Shape>) {
        for (row, data) in self.map.rows.iter().enumerate().filter(|_| self.row >= NAME.line()) {
            let middle = i32::midpoint(self.row_top(row), self.row_top(row + 1));
            shapes.push(match self.above {
                0 => {
                    let name = NAME.shorten(&data.name, (self.left - 120).max(0));
                    Shape::text(Ink::Label, NAME, Anchor::End, ((self.left - 120).max(0), middle + 45), name)
                }
                above => {
                    let at = (0, self.row_top(row) + above - 50);
                    Shape::text(Ink::Label, NAME, Anchor::Start, at, NAME.shorten(&data.name, self.right))
                }
            });
        }
        let names: Vec<_> = self.map.columns.iter().map(String::as_str).collect();
        let middles: Vec<_> = (0..names.len()).map(|column| self.middle(0, column).0).collect();
        shapes.extend(legend::heads(&names, &middles, (self.top - 60).max(0), (self.left, self.right)));
    }

    fn explain(&self, shapes: &mut Vec<Shape>) {
        let signs = || self.legend.0.iter().zip(&self.legend.1);
        for (&(x, y), (sign, _)) in signs() {
            let area = ((x, y + 25), (x + 150, y + 175));
            let middle = (x + 75, y + 100);
            match *sign {
                Sign::Step(step) => {
                    match tint(step) {
                        Some(ink) => shapes.push(Shape::Block { ink, from: area.0, to: area.1 }),
                        None => shapes.extend(outline(Ink::Axis, area, 5)),
                    }
                    if step == 0 || self.figures.is_none() {
                        shapes.extend(self::sign(step, middle, 150, on_tint(Some(step))));
                    }
                }
                Sign::Gap => {
                    shapes.push(Shape::text(Ink::Tick, SMALL, Anchor::Middle, (middle.0, y + 140), "–"))
                }
                Sign::Open => shapes.extend(outline(Ink::Line, area, 5)),
            }
        }
        shapes.extend(signs().map(|(at, (_, text))| legend::entry(*at, text, self.right)));
    }

    fn hits(&self, words: &Words) -> Vec<Hit> {
        let hit = |(row, column): (usize, usize)| {
            let cell = self.cell(row, column);
            let value = cell.and_then(|cell| cell.value);
            let (from, to) = self.area(row, (column, column + 1));
            let name = self.map.column_names.get(column).unwrap_or(&self.map.columns[column]);
            let point = Point {
                name: format!("{}, {name}", self.map.rows[row].name),
                value,
                target: self.map.target,
                open: self.is_open(row, column),
                detail: cell.map(|cell| cell.detail.clone()).unwrap_or_default(),
                ..Point::default()
            };
            let trend = Trend { unit: self.map.unit, ..Trend::default() };
            Hit {
                item: row * self.map.columns.len() + column,
                from: (from.0, from.1 - self.above),
                to,
                at: self.middle(row, column),
                value: value
                    .map_or_else(|| words.no_data.clone(), |value| self.map.unit.write(value, words.lang)),
                known: value.is_some(),
                spoken: series::spoken(&trend, &point, words),
                label: point.name,
            }
        };
        self.cells().map(hit).collect()
    }
}

/// A value with so many decimals, cut and never rounded up, without the sign of its unit.
fn written(unit: Unit, value: i64, decimals: u32, lang: Lang) -> String {
    let cut = 10_i64.pow(2 - decimals.min(2));
    match unit {
        Unit::Rank => lang.number(value),
        Unit::Percent | Unit::Score if decimals == 1 && value == unit.bounds().1 => {
            lang.hundredths_short(value)
        }
        Unit::Percent | Unit::Score if decimals == 2 => lang.hundredths(value),
        Unit::Percent | Unit::Score => {
            let long = lang.hundredths(value / cut * cut);
            // The cut digits are zeros now; the comma goes with the last of them.
            let kept = long.len().saturating_sub(if decimals == 1 { 1 } else { 3 });
            long[..kept].to_owned()
        }
    }
}

/// A dot for a target reached; else a square that grows with the distance.
fn sign(step: usize, at: Spot, room: i32, ink: Ink) -> Option<Shape> {
    if step == 0 {
        return Some(Shape::Dot { ink: Ink::Met, at, radius: 30.min(room / 2).max(0) });
    }
    let half = i32::try_from(step).unwrap_or(0) * 10;
    let half = half.min(room / 2 - 10);
    let (from, to) = ((at.0 - half, at.1 - half), (at.0 + half, at.1 + half));
    (half > 0).then_some(Shape::Block { ink, from, to })
}

/// The outline of an area, a little inside; none where there is no room for one.
fn outline(ink: Ink, (from, to): Area, inset: i32) -> Option<Shape> {
    let (left, top, right, bottom) = (from.0 + inset, from.1 + inset, to.0 - inset, to.1 - inset);
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
    (left < right && top < bottom).then(|| Shape::line(ink, 15, corners))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::HeatRow;

    fn map(values: &[Option<i64>]) -> HeatMap {
        let cell = |&value: &Option<i64>| HeatCell { value, ..HeatCell::default() };
        HeatMap {
            rows: vec![HeatRow { name: "Sở Y tế".to_owned(), cells: values.iter().map(cell).collect() }],
            columns: values.iter().map(|_| "T1".to_owned()).collect(),
            column_names: values.iter().map(|_| "Tháng 1/2023".to_owned()).collect(),
            target: Some(9_000),
            ..HeatMap::default()
        }
    }

    #[test]
    fn a_step_begins_at_its_bound_and_a_gap_has_none() {
        let map = map(&[9_000, 8_999, 8_990, 8_950, 8_900].map(Some));
        let grid = Grid::new(&map, &Words::default(), Size { width: 960, height: 100 });
        assert_eq!(grid.bounds, [10, 50, 100]);
        assert_eq!((0..5).map(|i| grid.step(0, i)).collect::<Vec<_>>(), [0, 1, 2, 3, 4].map(Some));
        let gap = self::map(&[None]);
        assert_eq!(Grid::new(&gap, &Words::default(), Size { width: 960, height: 100 }).step(0, 0), None);
    }

    #[test]
    fn a_value_too_long_for_its_cell_loses_decimals_but_is_never_rounded_up() {
        assert_eq!([2, 1, 0].map(|n| written(Unit::Percent, 9_998, n, Lang::Vi)), ["99,98", "99,9", "99"]);
        assert_eq!([2, 1, 0].map(|n| written(Unit::Percent, 10_000, n, Lang::Vi)), ["100,00", "100", "100"]);
        assert_eq!(written(Unit::Rank, 12, 0, Lang::Vi), "12");
    }

    #[test]
    fn where_no_value_fits_the_mark_grows_with_the_distance() {
        let values: Vec<_> = [8_995, 8_970, 8_930, 8_800].into_iter().cycle().take(16).map(Some).collect();
        let map = map(&values);
        let (shapes, _) = place(&map, &Words::default(), Size { width: 340, height: 150 });
        let squares = |step: usize| {
            let side = i32::try_from(step).unwrap_or(0) * 20;
            let is_one = |s: &&Shape| matches!(s, Shape::Block { from, to, .. } if to.0 - from.0 == side && to.1 - from.1 == side);
            shapes.iter().filter(is_one).count()
        };
        // Four cells of each step, and one entry of the legend.
        assert_eq!([1, 2, 3, 4].map(squares), [5, 5, 5, 5]);
    }

    #[test]
    fn a_cell_says_its_row_its_column_and_its_distance() {
        let mut map = map(&[Some(8_950), None]);
        map.rows[0].cells[0].detail = "21 trễ trong 200".to_owned();
        let (_, hits) = place(&map, &Words::default(), Size { width: 960, height: 100 });
        assert_eq!(
            hits[0].spoken,
            "Sở Y tế, Tháng 1/2023: 89,50\u{a0}%; chỉ tiêu 90\u{a0}%, thiếu 0,50 điểm; 21 trễ trong 200"
        );
        assert!(!hits[1].known && hits[1].spoken.contains("chưa có số liệu"));
    }
}
