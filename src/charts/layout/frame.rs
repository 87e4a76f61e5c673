//! A picture for downloads: the chart with its title, its subtitle and its source inside the drawing.

use super::{Anchor, Placed, Shape, layout, tenths};
use crate::charts::{Chart, Kind, Size, ink::Ink, metrics::Face};

const SMALL: Face = Face::plain(13);
const STRONG: Face = Face::bold(13);
/// The least height left for the chart itself, pixels; a picture with longer texts becomes higher.
const LEAST: u16 = 160;

/// Places a chart in a picture: a ground, the band "invented data" where it is due, title, subtitle, chart, source.
pub fn picture(chart: &Chart, size: Size) -> Placed {
    let narrow = size.width < 600;
    let edge = if narrow { 160 } else { 280 };
    let width = (tenths(size.width) - 2 * edge).max(0);
    let mut page = Page { edge, width, y: edge, shapes: Vec::new() };
    if chart.invented {
        page.band(&chart.words.invented, tenths(size.width));
    }
    page.paragraph(Ink::Title, Face::bold(if narrow { 17 } else { 20 }), &chart.title);
    page.y += 40;
    page.paragraph(Ink::Small, SMALL, &chart.subtitle);
    page.y += 140;
    let source = SMALL.wrap(&chart.source, width);
    let foot =
        i32::try_from(source.len()).unwrap_or(0) * SMALL.line() + if source.is_empty() { 0 } else { 240 };
    let room = u16::try_from((tenths(size.height) - page.y - foot - edge).max(0) / 10).unwrap_or(0);
    let inner_width = u16::try_from(width / 10).unwrap_or(0);
    // Cells and their legend cannot be squeezed.
    let least = if matches!(chart.kind, Kind::HeatMap(_)) { chart.fit(inner_width).height } else { LEAST };
    let inner = Size { width: inner_width, height: room.max(least) };
    let placed = layout(chart, inner);
    let (dx, dy) = (edge, page.y);
    page.shapes.extend(placed.shapes.into_iter().map(|shape| moved(shape, dx, dy)));
    page.y += tenths(inner.height);
    if !source.is_empty() {
        page.y += 120;
        page.shapes.push(Shape::line(Ink::Grid, 10, [(edge, page.y), (edge + width, page.y)]));
        page.y += 120;
        page.paragraph(Ink::Small, SMALL, &chart.source);
    }
    let height = size.height.max(u16::try_from((page.y + edge + 9) / 10).unwrap_or(u16::MAX));
    let size = Size { width: size.width, height };
    let ground = Shape::Block { ink: Ink::Ground, from: (0, 0), to: (tenths(size.width), tenths(height)) };
    page.shapes.insert(0, ground);
    Placed { size, shapes: page.shapes, hits: Vec::new(), across: 1 }
}

/// A picture that is being filled from top to bottom, tenths of a pixel.
struct Page {
    edge: i32,
    width: i32,
    y: i32,
    shapes: Vec<Shape>,
}

impl Page {
    fn paragraph(&mut self, ink: Ink, face: Face, text: &str) {
        for line in face.wrap(text, self.width) {
            let at = (self.edge, self.y + face.ascent());
            self.shapes.push(Shape::text(ink, face, Anchor::Start, at, line));
            self.y += face.line();
        }
    }

    fn band(&mut self, text: &str, width: i32) {
        let height = STRONG.line() + 100;
        self.shapes.push(Shape::Block { ink: Ink::Band, from: (0, 0), to: (width, height) });
        let at = (width / 2, 50 + STRONG.ascent());
        self.shapes.push(Shape::text(Ink::Title, STRONG, Anchor::Middle, at, text));
        self.y = height + 200;
    }
}

fn moved(mut shape: Shape, dx: i32, dy: i32) -> Shape {
    let shift = |spot: &mut (i32, i32)| *spot = (spot.0 + dx, spot.1 + dy);
    match &mut shape {
        Shape::Line { points, .. } | Shape::Area { points, .. } => points.iter_mut().for_each(shift),
        Shape::Block { from, to, .. } => [from, to].into_iter().for_each(shift),
        Shape::Dot { at, .. } | Shape::Ring { at, .. } | Shape::Text { at, .. } => shift(at),
    }
    shape
}
