//! The plotters back end that writes SVG: small, without styles inside, sharp at every size.
//!
//! It has a viewBox and no fixed size, coordinates to a tenth of a pixel, and one `<g>` for neighbouring marks of one
//! ink. Every word from outside passes [`escape`].

use std::convert::Infallible;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};

use super::draw::{FONT, draw};
use super::ink::{Ink, Theme};
use super::layout::{Placed, layout, picture as place_picture};
use super::metrics::Face;
use super::{Chart, Kind, Size, regions};

/// The chart for the page: transparent ground, colours by the classes of [`Ink`], text in the page's font.
#[must_use]
pub fn svg(chart: &Chart, size: Size) -> String {
    write(chart, &layout(chart, size), None, |_| ())
}

/// The same with the regions over it that a pointer or a key finds, and what can be found in them.
#[must_use]
pub fn with_regions(chart: &Chart, size: Size) -> (String, Placed) {
    let placed = layout(chart, size);
    (write(chart, &placed, None, |out| regions::write(out, &placed)), placed)
}

/// The chart as a file of its own: ground, title, source and all colours inside. When the texts need more room the
/// picture becomes higher than `size` says.
#[must_use]
pub fn picture(chart: &Chart, size: Size, theme: Theme) -> String {
    write(chart, &place_picture(chart, size), Some(theme), |_| ())
}

/// Writes a chart; `finish` puts something over it.
fn write(chart: &Chart, placed: &Placed, theme: Option<Theme>, finish: impl FnOnce(&mut String)) -> String {
    let kind = match chart.kind {
        Kind::Trend(_) => "trend",
        Kind::Bars(_) => "bars",
        Kind::Spark(_) => "spark",
        Kind::HeatMap(_) => "heat-map",
        Kind::Columns(_) => "columns",
        Kind::Funnel(_) => "funnel",
        Kind::Control(_) => "control",
        Kind::Intervals(_) => "intervals",
    };
    let Size { width, height } = placed.size;
    let mut out = String::with_capacity(4_096);
    out += "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ";
    out += &format!("{width} {height}\" role=\"img\"");
    match theme {
        None => out += &format!(" class=\"plot {kind}\""),
        Some(_) => out += &format!(" font-family=\"{FONT}\""),
    }
    out += "><title>";
    escape(&mut out, &chart.title);
    out += "</title>";
    if !chart.description.is_empty() {
        out += "<desc>";
        escape(&mut out, &chart.description);
        out += "</desc>";
    }
    // The writer answers every call with Ok, and nobody else holds it.
    let drawn = draw(placed, Writer { out: &mut out, size: placed.size, theme, group: None, in_path: false });
    debug_assert!(drawn.is_ok());
    finish(&mut out);
    out += "</svg>";
    out
}

/// Appends a text so that it stays text: marks of XML escaped, control characters left out.
pub fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '"' => *out += "&quot;",
            '\'' => *out += "&#39;",
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => *out += " ",
            '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
}

/// What the marks of one `<g>` have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Fill(Ink),
    /// Width in tenths of a pixel.
    Stroke(Ink, u32),
    /// Its anchor, and whether it wears a rim.
    Text(Ink, Face, &'static str, bool),
}

struct Writer<'a> {
    out: &'a mut String,
    size: Size,
    theme: Option<Theme>,
    group: Option<Group>,
    /// Whether a `<path d="` is open, so that the next line of the group goes on in it.
    in_path: bool,
}

impl Writer<'_> {
    fn enter(&mut self, group: Group) {
        if self.group == Some(group) {
            return;
        }
        self.leave();
        self.group = Some(group);
        let ink = match group {
            Group::Fill(ink) | Group::Stroke(ink, _) | Group::Text(ink, ..) => ink,
        };
        let rim = matches!(group, Group::Text(.., true));
        *self.out += "<g";
        let colour = match self.theme {
            None => {
                *self.out += &format!(" class=\"{}{}\"", ink.class(), if rim { " rim" } else { "" });
                "currentColor"
            }
            Some(theme) => ink.colour(theme),
        };
        match group {
            Group::Fill(_) => *self.out += &format!(" fill=\"{colour}\""),
            Group::Stroke(_, width) => {
                *self.out += &format!(" fill=\"none\" stroke=\"{colour}\" stroke-width=\"");
                tenths(self.out, i32::try_from(width).unwrap_or(10));
                *self.out += "\"";
                match ink.dashes() {
                    Some(dashes) => *self.out += &format!(" stroke-dasharray=\"{dashes}\""),
                    None => *self.out += " stroke-linejoin=\"round\"",
                }
            }
            Group::Text(_, face, anchor, _) => {
                *self.out += &format!(" fill=\"{colour}\" font-size=\"{}\"", face.size);
                if face.bold {
                    *self.out += " font-weight=\"600\"";
                }
                if !anchor.is_empty() {
                    *self.out += &format!(" text-anchor=\"{anchor}\"");
                }
                if rim {
                    *self.out += " stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"";
                    if let Some(theme) = self.theme {
                        *self.out += &format!(" stroke=\"{}\"", Ink::Ground.colour(theme));
                    }
                }
            }
        }
        *self.out += ">";
    }

    fn leave(&mut self) {
        self.end_path();
        if self.group.take().is_some() {
            *self.out += "</g>";
        }
    }

    fn end_path(&mut self) {
        if std::mem::take(&mut self.in_path) {
            *self.out += "\"/>";
        }
    }

    /// Path commands for a line through points, relative to each other.
    fn go(&mut self, path: impl IntoIterator<Item = BackendCoord>) {
        let mut path = path.into_iter();
        let Some(mut at) = path.next() else { return };
        self.out.push('M');
        pair(self.out, at);
        let mut command = 'M';
        for next in path {
            let (dx, dy) = (next.0 - at.0, next.1 - at.1);
            let (needed, both) = match (dx, dy) {
                (_, 0) => ('h', false),
                (0, _) => ('v', false),
                _ => ('l', true),
            };
            // A repeated command is left out; then only a minus sign can part two numbers.
            if command != needed {
                self.out.push(needed);
            } else if (if needed == 'v' { dy } else { dx }) >= 0 {
                self.out.push(' ');
            }
            match both {
                true => pair(self.out, (dx, dy)),
                false => tenths(self.out, dx + dy),
            }
            (command, at) = (needed, next);
        }
    }

    fn attribute(&mut self, name: &str, value: i32) {
        *self.out += name;
        tenths(self.out, value);
        self.out.push('"');
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Writer<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (u32::from(self.size.width) * 10, u32::from(self.size.height) * 10)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        self.leave();
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.enter(Group::Stroke(key(style.color()).0, style.stroke_width()));
        if !std::mem::replace(&mut self.in_path, true) {
            *self.out += "<path d=\"";
        }
        self.go(path);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.enter(Group::Fill(key(style.color()).0));
        *self.out += "<path d=\"";
        self.go(path);
        *self.out += "z\"/>";
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        if !fill {
            return self.draw_path([from, (to.0, from.1), to, (from.0, to.1), from], style);
        }
        self.enter(Group::Fill(key(style.color()).0));
        self.attribute("<rect x=\"", from.0);
        self.attribute(" y=\"", from.1);
        self.attribute(" width=\"", to.0 - from.0);
        self.attribute(" height=\"", to.1 - from.1);
        *self.out += "/>";
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        at: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let ink = key(style.color()).0;
        self.enter(if fill { Group::Fill(ink) } else { Group::Stroke(ink, style.stroke_width()) });
        self.end_path();
        self.attribute("<circle cx=\"", at.0);
        self.attribute(" cy=\"", at.1);
        self.attribute(" r=\"", i32::try_from(radius).unwrap_or(0));
        *self.out += "/>";
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Drawn {
        let face = face(style);
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let (ink, rim) = key(style.color());
        self.enter(Group::Text(ink, face, anchor, rim));
        self.attribute("<text x=\"", at.0);
        self.attribute(" y=\"", at.1 - face.descent());
        *self.out += ">";
        escape(self.out, text);
        *self.out += "</text>";
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let face = face(style);
        Ok((face.width(text).unsigned_abs(), face.line().unsigned_abs()))
    }
}

/// A colour that is no key can only come from a drawing that is not ours.
fn key(colour: BackendColor) -> (Ink, bool) {
    Ink::from_key(colour.rgb).unwrap_or((Ink::Line, false))
}

fn face<T: BackendTextStyle>(style: &T) -> Face {
    Face { size: (style.size() / 10.0) as u8, bold: matches!(style.style(), FontStyle::Bold) }
}

/// Two numbers; a minus sign parts them as well as a space.
fn pair(out: &mut String, (x, y): BackendCoord) {
    tenths(out, x);
    if y >= 0 {
        out.push(' ');
    }
    tenths(out, y);
}

/// Tenths of a pixel as pixels: `1802` is `180.2`.
pub(super) fn tenths(out: &mut String, value: i32) {
    if value < 0 {
        out.push('-');
    }
    let value = value.unsigned_abs();
    *out += &(value / 10).to_string();
    if !value.is_multiple_of(10) {
        out.push('.');
        *out += &(value % 10).to_string();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{Spark, snapshots};

    #[test]
    fn words_from_outside_stay_words() {
        for (name, mut chart) in snapshots::all() {
            let evil = "<script>alert(\"1\")</script> & 'x'\u{0}\u{8}";
            chart.title = evil.to_owned();
            chart.description = evil.to_owned();
            chart.subtitle = evil.to_owned();
            chart.source = evil.to_owned();
            chart.words.no_data = evil.to_owned();
            match &mut chart.kind {
                Kind::Trend(trend) | Kind::Spark(Spark { trend, .. }) => {
                    trend.before = evil.to_owned();
                    for point in &mut trend.points {
                        point.tick = evil.to_owned();
                        point.name = evil.to_owned();
                        point.note = Some(evil.to_owned());
                        point.series_break = Some(evil.to_owned());
                    }
                }
                Kind::Bars(bars) => {
                    bars.counted = evil.to_owned();
                    bars.rows.iter_mut().for_each(|bar| bar.name = evil.to_owned());
                }
                Kind::HeatMap(map) => {
                    map.columns.fill(evil.to_owned());
                    map.rows.iter_mut().for_each(|row| row.name = evil.to_owned());
                }
                Kind::Columns(columns) => {
                    columns.counted = evil.to_owned();
                    columns.layers.iter_mut().for_each(|layer| layer.name = evil.to_owned());
                    columns.stacks.iter_mut().for_each(|stack| stack.tick = evil.to_owned());
                }
                Kind::Funnel(funnel) => {
                    funnel.counted = evil.to_owned();
                    funnel.dots.iter_mut().for_each(|dot| dot.name = evil.to_owned());
                }
                Kind::Control(control) => {
                    for point in &mut control.points {
                        point.tick = evil.to_owned();
                        point.name = evil.to_owned();
                    }
                }
                Kind::Intervals(intervals) => {
                    intervals.counted = evil.to_owned();
                    intervals.rows.iter_mut().for_each(|row| row.name = evil.to_owned());
                }
            }
            for drawn in [svg(&chart, chart.fit(960)), picture(&chart, chart.fit(960), Theme::Light)] {
                assert!(!drawn.contains("<script") && !drawn.contains(['\'', '\u{0}', '\u{8}']), "{name}");
                assert!(drawn.contains("&lt;script&gt;"), "{name}");
            }
        }
    }

    #[test]
    fn lines_are_written_relative_on_a_grid_of_tenths() {
        let mut out = String::new();
        let size = Size { width: 100, height: 100 };
        let mut writer = Writer { out: &mut out, size, theme: None, group: None, in_path: false };
        writer.go([
            (520, 1_802),
            (1_409, 2_168),
            (1_409, 2_100),
            (1_409, 2_200),
            (1_400, 2_200),
            (1_300, 2_195),
        ]);
        assert_eq!(out, "M52 180.2l88.9 36.6v-6.8 10h-0.9l-10-0.5");
    }
}
