//! The palette: what each mark means, its CSS class for the page, its colours for a picture.

/// The meaning of a mark's colour. The page colours the class, a picture takes the colour of its [`Theme`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    /// What the chart lies on; also the inside of hollow points.
    Ground,
    /// The tint between a line and the target it falls short of.
    Gap,
    /// Thin lines at the ticks.
    Grid,
    /// The base line.
    Axis,
    /// The upright line where a series begins anew.
    Break,
    /// The comparison series.
    Previous,
    /// The target line and its label.
    Target,
    /// The series.
    Line,
    /// The last point of a series, when it says nothing about a target.
    End,
    /// Reached its target.
    Met,
    /// May miss its target.
    Risk,
    /// Missed its target.
    Miss,
    /// Bars that say nothing about a target.
    Bar,
    /// Text at an axis.
    Tick,
    /// A direct label.
    Label,
    /// A remark and the line that leads to it.
    Note,
    /// A figure.
    Value,
    /// The heading of a picture.
    Title,
    /// The lines under the heading and under the chart of a picture.
    Small,
    /// The band that says "invented data".
    Band,
    /// The ground of a cell close to its target.
    Tint1,
    /// The ground of a cell farther from it.
    Tint2,
    /// The ground of a cell far from it; the farthest wear [`Ink::Miss`].
    Tint3,
    /// The mean line of a funnel or a control chart, and its label.
    Mean,
    /// The limits of chance, and their labels.
    Limit,
    /// The 95 % limits inside the outer ones, and their label.
    Inner,
    /// A mark among many that says nothing by itself.
    Mark,
    /// A mark that chance does not explain.
    Signal,
}

/// Which colours a picture takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// Dark on light; also for paper.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

impl Ink {
    /// The CSS class of marks in this ink on the page.
    #[must_use]
    pub fn class(self) -> &'static str {
        self.row().class
    }

    /// The colour in a picture, as CSS writes it.
    #[must_use]
    pub fn colour(self, theme: Theme) -> &'static str {
        match theme {
            Theme::Light => self.row().light,
            Theme::Dark => self.row().dark,
        }
    }

    /// The dashes of lines in this ink, in pixels as SVG writes them.
    #[must_use]
    pub fn dashes(self) -> Option<&'static str> {
        match self {
            Self::Target => Some("5 4"),
            Self::Break | Self::Inner => Some("2 3"),
            _ => None,
        }
    }

    /// The colour under which this ink travels through plotters, and whether a text wears a rim; [`Ink::from_key`]
    /// reads both back.
    #[must_use]
    pub fn key(self, rim: bool) -> (u8, u8, u8) {
        (self as u8, u8::from(rim), 0)
    }

    /// The ink of a key colour and whether a text wears a rim; `None` for a colour that is no key.
    #[must_use]
    pub fn from_key((key, rim, zero): (u8, u8, u8)) -> Option<(Self, bool)> {
        TABLE.get(usize::from(key)).filter(|_| rim < 2 && zero == 0).map(|row| (row.ink, rim == 1))
    }

    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }
}

struct Row {
    ink: Ink,
    class: &'static str,
    light: &'static str,
    dark: &'static str,
}

const fn row(ink: Ink, class: &'static str, light: &'static str, dark: &'static str) -> Row {
    Row { ink, class, light, dark }
}

/// In the order of the enum. Status colours: the set that survives colour blindness (anchors.md 6.3).
/// Tints are mixed with the ground already, so that a picture needs no transparency.
const TABLE: [Row; 28] = [
    row(Ink::Ground, "ink-ground", "#ffffff", "#161c25"),
    row(Ink::Gap, "ink-gap", "#f3ecee", "#312230"),
    row(Ink::Grid, "ink-grid", "#ebe7de", "#2a333f"),
    row(Ink::Axis, "ink-axis", "#c9c4b8", "#465160"),
    row(Ink::Break, "ink-break", "#4d5560", "#a9b3bf"),
    row(Ink::Previous, "ink-previous", "#8b9198", "#767e89"),
    row(Ink::Target, "ink-target", "#00418c", "#8ab8f2"),
    row(Ink::Line, "ink-line", "#17191d", "#eceff3"),
    row(Ink::End, "ink-end", "#17191d", "#eceff3"),
    row(Ink::Met, "ink-met", "#00418c", "#5f9eea"),
    row(Ink::Risk, "ink-risk", "#bf4d00", "#ebaa2e"),
    row(Ink::Miss, "ink-miss", "#650d2b", "#f74d80"),
    row(Ink::Bar, "ink-bar", "#17191d", "#eceff3"),
    row(Ink::Tick, "ink-tick", "#4d5560", "#a9b3bf"),
    row(Ink::Label, "ink-label", "#4d5560", "#a9b3bf"),
    row(Ink::Note, "ink-note", "#4d5560", "#a9b3bf"),
    row(Ink::Value, "ink-value", "#17191d", "#eceff3"),
    row(Ink::Title, "ink-title", "#17191d", "#eceff3"),
    row(Ink::Small, "ink-small", "#4d5560", "#a9b3bf"),
    row(Ink::Band, "ink-band", "#ebe7de", "#2a333f"),
    row(Ink::Tint1, "ink-tint-1", "#f0e7ea", "#312230"),
    row(Ink::Tint2, "ink-tint-2", "#d8c2ca", "#55293e"),
    row(Ink::Tint3, "ink-tint-3", "#ba92a0", "#863453"),
    row(Ink::Mean, "ink-mean", "#17191d", "#eceff3"),
    row(Ink::Limit, "ink-limit", "#4d5560", "#a9b3bf"),
    row(Ink::Inner, "ink-inner", "#4d5560", "#a9b3bf"),
    row(Ink::Mark, "ink-mark", "#8b9198", "#767e89"),
    row(Ink::Signal, "ink-signal", "#17191d", "#eceff3"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ink_stands_in_its_row_and_comes_back_from_its_key() {
        for (i, row) in TABLE.iter().enumerate() {
            assert_eq!(row.ink as usize, i);
            for rim in [false, true] {
                assert_eq!(Ink::from_key(row.ink.key(rim)), Some((row.ink, rim)));
            }
            assert!(TABLE.iter().all(|other| other.ink == row.ink || other.class != row.class));
        }
        assert_eq!(TABLE.len(), Ink::Signal as usize + 1);
        assert_eq!(Ink::from_key((1, 2, 3)), None);
        assert_eq!(Ink::from_key((255, 0, 0)), None);
    }
}
