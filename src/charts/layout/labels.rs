//! Direct labels: blocks of text that keep clear of lines and of each other.

use super::{Anchor, Area, Shape, Spot};
use crate::charts::{ink::Ink, metrics::Face};

/// A label of one or several lines that move together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    lines: Vec<(Ink, Face, String)>,
}

impl Label {
    /// A label of one line.
    pub fn line(ink: Ink, face: Face, text: impl Into<String>) -> Self {
        Self { lines: vec![(ink, face, text.into())] }
    }

    /// A line more, below.
    pub fn and(mut self, ink: Ink, face: Face, text: impl Into<String>) -> Self {
        self.lines.push((ink, face, text.into()));
        self
    }

    /// A remark, broken into lines of at most `width` tenths of a pixel.
    pub fn wrapped(ink: Ink, face: Face, text: &str, width: i32) -> Self {
        let mut lines = face.wrap(text, width);
        // Lines of like length: the narrowest width that needs no line more.
        let widths = (1..8).map(|eighths| face.width(text).min(width) * eighths / 8);
        if let Some(even) = widths.map(|width| face.wrap(text, width)).find(|even| even.len() <= lines.len())
        {
            lines = even;
        }
        Self { lines: lines.into_iter().map(|line| (ink, face, line)).collect() }
    }

    /// The ink of its first line.
    pub fn ink(&self) -> Option<Ink> {
        self.lines.first().map(|line| line.0)
    }

    /// Tenths of a pixel.
    pub fn width(&self) -> i32 {
        self.lines.iter().map(|(_, face, text)| face.width(text)).max().unwrap_or(0)
    }

    /// Tenths of a pixel.
    pub fn height(&self) -> i32 {
        self.lines.iter().map(|(_, face, _)| face.line()).sum()
    }

    /// The texts of this label with its upper left corner at a place; with a rim where it lies on lines.
    pub fn at(self, (left, mut top): Spot, rim: bool) -> impl Iterator<Item = Shape> {
        self.lines.into_iter().map(move |(ink, face, text)| {
            let base = top + face.ascent();
            top += face.line();
            Shape::Text { ink, face, anchor: Anchor::Start, at: (left, base), text, rim }
        })
    }
}

/// How far a label stays away from lines, tenths of a pixel.
const CLEAR: i32 = 30;

/// What labels must keep clear of.
#[derive(Default, Debug)]
pub struct Obstacles {
    bounds: Area,
    /// What no label may cover: other labels, the last point.
    pub areas: Vec<Area>,
    /// What labels should not cover: small points.
    pub marks: Vec<Area>,
    lines: Vec<(Spot, Spot, usize)>,
}

impl Obstacles {
    /// Nothing in the way yet; no label may leave the bounds.
    pub fn new(bounds: Area) -> Self {
        Self { bounds, ..Self::default() }
    }

    /// Takes a line through points as something to keep clear of; how much so, `weight` says.
    pub fn add_line(&mut self, points: &[Spot], weight: usize) {
        self.lines.extend(points.windows(2).map(|pair| (pair[0], pair[1], weight)));
    }

    /// Whether a label may lie here at all: inside the bounds and on no other.
    pub fn is_free(&self, area: Area) -> bool {
        let (from, to) = self.bounds;
        let inside = area.0.0 >= from.0 && area.0.1 >= from.1 && area.1.0 <= to.0 && area.1.1 <= to.1;
        inside && self.areas.iter().all(|other| !overlap(area, *other))
    }

    /// Of the places for a label (its upper left corner), given best first, the one that crosses least, and whether it
    /// crosses anything; `None` when each leaves the bounds or lies on another label. The label's area is an obstacle
    /// from then on.
    pub fn settle(&mut self, label: &Label, places: impl IntoIterator<Item = Spot>) -> Option<(Spot, bool)> {
        let area = |(x, y): Spot| ((x, y), (x + label.width(), y + label.height()));
        let free = places.into_iter().filter(|place| self.is_free(area(*place)));
        let (crossed, place) =
            free.map(|place| (self.crossed(area(place)), place)).min_by_key(|(crossed, _)| *crossed)?;
        self.areas.push(area(place));
        Some((place, crossed > 0))
    }

    /// The weight of all lines and marks that an area would lie on.
    fn crossed(&self, (from, to): Area) -> usize {
        let area = ((from.0 - CLEAR, from.1 - CLEAR), (to.0 + CLEAR, to.1 + CLEAR));
        let lines = self.lines.iter().filter(|(from, to, _)| crosses((*from, *to), area));
        let marks = self.marks.iter().filter(|mark| overlap(area, **mark));
        lines.map(|(.., weight)| weight).sum::<usize>() + marks.count()
    }
}

/// Moves intervals (wished top, height) apart that stand in one column, in their given order, inside `top..bottom`
/// while there is room; answers their tops.
pub fn spread(wishes: &[(i32, i32)], top: i32, bottom: i32) -> Vec<i32> {
    let mut tops: Vec<i32> = Vec::with_capacity(wishes.len());
    let mut free = top;
    for &(wish, height) in wishes {
        tops.push(wish.max(free));
        free = tops[tops.len() - 1] + height;
    }
    let mut limit = bottom;
    for (place, &(_, height)) in tops.iter_mut().zip(wishes).rev() {
        *place = (*place).min(limit - height);
        limit = *place;
    }
    tops
}

fn overlap(a: Area, b: Area) -> bool {
    a.0.0 < b.1.0 && b.0.0 < a.1.0 && a.0.1 < b.1.1 && b.0.1 < a.1.1
}

/// Whether a straight line meets an area: their boxes overlap, and the corners do not all lie on one side of it.
fn crosses((a, b): (Spot, Spot), area: Area) -> bool {
    let hull = ((a.0.min(b.0), a.1.min(b.1)), (a.0.max(b.0) + 1, a.1.max(b.1) + 1));
    let side = |x: i32, y: i32| {
        let (dx, dy) = (i64::from(b.0 - a.0), i64::from(b.1 - a.1));
        (dx * i64::from(y - a.1) - dy * i64::from(x - a.0)).signum()
    };
    let (from, to) = area;
    let sides = [side(from.0, from.1), side(to.0, from.1), side(from.0, to.1), side(to.0, to.1)];
    overlap(hull, area) && sides.iter().any(|s| *s >= 0) && sides.iter().any(|s| *s <= 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_one_column_are_moved_apart_and_stay_inside() {
        assert_eq!(spread(&[(0, 180), (20, 380), (900, 180)], 0, 2_000), [0, 180, 900]);
        assert_eq!(spread(&[(1_950, 180), (1_960, 180)], 0, 2_000), [1_640, 1_820]);
        assert_eq!(spread(&[], 0, 2_000), [0; 0]);
    }

    #[test]
    fn a_label_goes_where_it_crosses_no_line() {
        let mut obstacles = Obstacles::new(((0, 0), (4_000, 1_000)));
        obstacles.add_line(&[(0, 100), (4_000, 100)], 1);
        let label = Label::line(Ink::Label, Face::plain(12), "Cùng kỳ");
        assert_eq!(obstacles.settle(&label, [(100, 20), (100, 300)]), Some(((100, 300), false)));
        assert_eq!(obstacles.settle(&label, [(100, 300), (3_900, 300)]), None, "taken, and outside");
    }

    #[test]
    fn a_line_beside_an_area_does_not_cross_it() {
        let area = ((100, 100), (200, 200));
        assert!(crosses(((0, 150), (300, 150)), area));
        assert!(crosses(((90, 90), (210, 210)), area));
        assert!(!crosses(((0, 190), (190, 0)), area), "passes the corner");
        assert!(!crosses(((0, 50), (300, 50)), area));
    }
}
