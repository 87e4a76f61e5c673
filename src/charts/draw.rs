//! Placed marks → any plotters back end. The only file that calls plotters to draw.
//!
//! The back end is ten times as large as the drawing, so that its whole pixels are our tenths.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::DrawingBackend;

use super::ink::Ink;
use super::layout::{Anchor, Placed, Shape, Spot};
use super::metrics::Face;

/// The font of all texts.
pub const FONT: &str = "Be Vietnam Pro";

/// Draws the marks in their order. Colours are the key colours of [`Ink`], which the back end turns into its own.
///
/// # Errors
/// Those of the back end.
pub fn draw<DB: DrawingBackend>(
    placed: &Placed,
    backend: DB,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    let area = backend.into_drawing_area();
    for shape in &placed.shapes {
        draw_shape(shape, &area)?;
    }
    area.present()
}

fn draw_shape<DB: DrawingBackend>(
    shape: &Shape,
    area: &DrawingArea<DB, Shift>,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    match shape {
        Shape::Line { ink, width, points } => area.draw(&PathElement::new(&points[..], stroke(*ink, *width))),
        Shape::Area { ink, points } => area.draw(&Polygon::new(&points[..], fill(*ink))),
        Shape::Block { ink, from, to } => area.draw(&Rectangle::new([*from, *to], fill(*ink))),
        Shape::Dot { ink, at, radius } => area.draw(&Circle::new(*at, *radius, fill(*ink))),
        Shape::Ring { ink, width, at, radius } => {
            area.draw(&Circle::new(*at, *radius, fill(Ink::Ground)))?;
            area.draw(&Circle::new(*at, *radius, stroke(*ink, *width)))
        }
        Shape::Text { ink, face, anchor, at, text, rim } => {
            area.draw(&Text::new(&text[..], foot(*at, *face), text_style(*ink, *face, *anchor, *rim)))
        }
    }
}

/// plotters knows the lower edge of a text, we the base line.
fn foot((x, base): Spot, face: Face) -> Spot {
    (x, base + face.descent())
}

fn colour(ink: Ink, rim: bool) -> RGBColor {
    let (red, green, blue) = ink.key(rim);
    RGBColor(red, green, blue)
}

fn fill(ink: Ink) -> ShapeStyle {
    ShapeStyle { color: colour(ink, false).into(), filled: true, stroke_width: 0 }
}

fn stroke(ink: Ink, width: i32) -> ShapeStyle {
    ShapeStyle { color: colour(ink, false).into(), filled: false, stroke_width: width.unsigned_abs() }
}

fn text_style(ink: Ink, face: Face, anchor: Anchor, rim: bool) -> TextStyle<'static> {
    let h_pos = match anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let style = if face.bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = FontDesc::new(FontFamily::Name(FONT), f64::from(face.size) * 10.0, style);
    font.color(&colour(ink, rim)).pos(Pos::new(h_pos, VPos::Bottom))
}
