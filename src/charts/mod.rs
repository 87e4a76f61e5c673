//! What a chart says, without a pixel: its sentences, its values, its target.
//!
//! Three steps: a [`Chart`] is data; [`mod@layout`] places it ([`Placed`]); [`draw`] hands the placed marks to any
//! plotters back end. [`svg()`] (page) and [`picture`] (download) do all three.
//!
//! Invariant: the same chart and size give the same bytes, on every machine. Nothing here measures text through the
//! platform: widths come from [`metrics`]. The browser draws nothing: it gets the drawings, with the regions a pointer
//! or a key finds in them.
//!
//! A new kind is a variant of [`Kind`], a file in `layout/`, and snapshots; `draw` and `svg` stay as they are.

pub mod columns;
pub mod draw;
pub mod heat_map;
pub mod ink;
pub mod layout;
pub mod mark_words;
pub mod marks;
pub mod metrics;
pub mod svg;
pub mod table;
pub mod values;
pub mod words;

mod advances;
#[cfg(test)]
mod grid_samples;
#[cfg(test)]
mod mark_snapshots;
mod regions;
#[cfg(test)]
mod snapshots;

pub use self::columns::{Columns, Layer, Stack};
pub use self::heat_map::{HeatCell, HeatMap, HeatRow};
pub use self::ink::Theme;
pub use self::layout::{Hit, Placed, layout};
pub use self::mark_words::MarkWords;
pub use self::marks::{Control, ControlPoint, Funnel, FunnelDot, IntervalRow, Intervals};
pub use self::svg::{picture, svg, with_regions};
pub use self::words::{ScaleWords, TableWords};

use serde::{Deserialize, Serialize};

use crate::{agency::Level, lang::Lang, period::Period};

/// A chart as data: what it says in words, and its values. It stays on the server; what travels is its drawing.
#[derive(Default, Clone, PartialEq, Eq, Debug)]
pub struct Chart {
    /// The finding, as a sentence: "Tháng 9 gần chỉ tiêu nhất: 99,91 %".
    pub title: String,
    /// What is measured, for which period and which agencies.
    pub subtitle: String,
    /// The text alternative: one or two sentences that say what the eye would see.
    pub description: String,
    /// The line under the chart: source, as-of date, definition.
    pub source: String,
    /// Whether the data were made up; a picture then says so.
    pub invented: bool,
    /// The fixed words of the chart, in the reader's language.
    pub words: Words,
    /// What each point, row or cell is about, in the order of the data; empty where a press on it opens nothing.
    pub about: Vec<About>,
    /// What is drawn.
    pub kind: Kind,
}

/// What one mark is about, so that a press on it can open more of it.
#[derive(Default, Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct About {
    /// The code of an agency.
    pub agency: Option<String>,
    /// Its level, where its own desk alone is meant.
    pub own_desk: Option<Level>,
    /// A period.
    pub period: Option<Period>,
}

impl About {
    /// A month by itself; nothing where it has not begun.
    #[must_use]
    pub fn of_month(month: Period, question: &crate::indicator::Question) -> Self {
        let has_begun = month.from(question.cycle) <= question.as_of;
        Self { period: has_begun.then_some(month), ..Self::default() }
    }
}

/// The kinds of chart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A series against its target, with axes and direct labels.
    Trend(Trend),
    /// Horizontal bars with direct labels, for up to about fifteen rows.
    Bars(Bars),
    /// A series against its target in the height of three lines of text, without axes.
    Spark(Spark),
    /// Agencies by months, each cell tinted by its distance to the target.
    HeatMap(HeatMap),
    /// Stacked columns by month.
    Columns(Columns),
    /// Rates against their number of cases, between the limits of chance.
    Funnel(Funnel),
    /// A series with the limits of its own noise.
    Control(Control),
    /// Values with their uncertainty, one below the other.
    Intervals(Intervals),
}

/// A series over time and the target it is held against.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Trend {
    /// What the values are.
    pub unit: Unit,
    /// One for each place on the x axis, in the order of time; future places are points without a value.
    pub points: Vec<Point>,
    /// The name of the thin series of [`Point::before`]: "Cùng kỳ 2022".
    pub before: String,
    /// How the last point stands against its target.
    pub tone: Tone,
}

/// One place on the x axis of a [`Trend`]; values are in the trend's [`Unit`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Point {
    /// What stands under the axis: "T9".
    pub tick: String,
    /// The name in full, for the label of the last point, tooltips and speech: "Tháng 9/2023".
    pub name: String,
    /// The value; `None` is a gap, never zero.
    pub value: Option<i64>,
    /// The target that held at this place.
    pub target: Option<i64>,
    /// The value of the comparison series, such as the same month a year before.
    pub before: Option<i64>,
    /// Whether the period is not over yet; drawn hollow.
    pub open: bool,
    /// What the value is made of, for tooltips and speech: "262 trễ trong 291.111".
    pub detail: String,
    /// A remark drawn beside the point.
    pub note: Option<String>,
    /// Set where the series begins anew (another method, another border); says why.
    pub series_break: Option<String>,
}

/// The small trend in a row of the ledger; made for about 220 × 56 px.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spark {
    /// The same data as in the full chart; notes and the comparison series are not drawn.
    pub trend: Trend,
    /// Whether each point wears its value and its tick; for a few yearly values.
    pub labelled: bool,
}

/// Rows with a whole number each, in the order given.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bars {
    /// The rows, the longest first as a rule.
    pub rows: Vec<Bar>,
    /// What is counted, above the bars: "hồ sơ trễ".
    pub counted: String,
    /// The colour of the bars.
    pub tone: Tone,
}

/// One row of [`Bars`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bar {
    /// The name on the left.
    pub name: String,
    /// The length of the bar; nothing below zero is drawn.
    pub value: i64,
    /// The share of this and all rows above in the whole, hundredths of a percent; shown floored to whole percents.
    pub cumulated: Option<i64>,
    /// Whether this row sums up the others ("625 đơn vị khác"); it gets a figure and no bar.
    pub rest: bool,
}

/// What a value of a [`Trend`] is, and so how it is written and which end is good.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Hundredths of a percent, between 0 and 10 000.
    #[default]
    Percent,
    /// Hundredths of a point, between 0 and 10 000, as PAR INDEX is given.
    Score,
    /// A place in a ranking, 1 being the best; drawn with the small ones on top.
    Rank,
}

/// How something stands against its target. Only the status colours say it, so most of a chart stays [`Tone::Plain`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// Says nothing about a target.
    #[default]
    Plain,
    /// Reached.
    Met,
    /// May be missed.
    Risk,
    /// Missed.
    Miss,
}

/// The fixed words of a chart; [`Words::default`] is Vietnamese.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// The language, for numbers.
    pub lang: Lang,
    /// The name of the target line.
    pub target: String,
    /// Said where there is no value.
    pub no_data: String,
    /// Said of a point whose period is not over.
    pub open: String,
    /// Before the distance to the target: "thiếu 0,09 điểm".
    pub short_by: String,
    /// After the distance to the target in percentage points.
    pub points: String,
    /// The head of the column of cumulated shares.
    pub cumulated: String,
    /// The band on pictures of invented data.
    pub invented: String,
    /// The heads of the table.
    pub table: TableWords,
    /// The words of a legend whose steps are distances to a target.
    pub scale: ScaleWords,
    /// The words of the statistical charts.
    pub marks: MarkWords,
}

impl Default for Words {
    fn default() -> Self {
        Self::from([
            "Chỉ tiêu",
            "chưa có số liệu",
            "chưa hết kỳ",
            "thiếu",
            "điểm",
            "cộng dồn",
            "Số liệu mô phỏng",
        ])
    }
}

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn of(lang: Lang) -> Self {
        match lang {
            Lang::Vi => Self::default(),
            Lang::En => Self::english(),
        }
    }

    /// The same words for the English page.
    #[must_use]
    pub fn english() -> Self {
        let words = Self::from([
            "Target",
            "no data",
            "period not over",
            "short by",
            "points",
            "cumulated",
            "Invented data",
        ]);
        Self {
            table: TableWords::english(),
            scale: ScaleWords::english(),
            marks: MarkWords::english(),
            lang: Lang::En,
            ..words
        }
    }
}

impl From<[&str; 7]> for Words {
    fn from(words: [&str; 7]) -> Self {
        let [target, no_data, open, short_by, points, cumulated, invented] = words.map(str::to_owned);
        let (table, scale, marks) = (TableWords::default(), ScaleWords::default(), MarkWords::default());
        let lang = Lang::Vi;
        Self { lang, target, no_data, open, short_by, points, cumulated, invented, table, scale, marks }
    }
}

/// The width and height of a drawing in pixels; the page scales it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Size {
    /// Pixels from left to right.
    pub width: u16,
    /// Pixels from top to bottom.
    pub height: u16,
}

impl Default for Kind {
    fn default() -> Self {
        Self::Trend(Trend::default())
    }
}

impl Size {
    /// The size of [`Kind::Spark`] in a row of the ledger.
    pub const SPARK: Self = Self { width: 220, height: 56 };
}

impl Chart {
    /// The size in which this chart looks right in a column of the given width (pixels).
    #[must_use]
    pub fn fit(&self, width: u16) -> Size {
        let height = match &self.kind {
            Kind::Trend(_) => (u32::from(width) * 28 / 100).clamp(260, 340),
            Kind::Bars(bars) => layout::bars::height(bars, width),
            Kind::Spark(_) => u32::from(Size::SPARK.height),
            Kind::HeatMap(map) => layout::heat_map::height(map, &self.words, width),
            Kind::Columns(columns) => layout::columns::height(columns, &self.words, width),
            Kind::Funnel(_) => (u32::from(width) * 42 / 100).clamp(300, 440),
            Kind::Control(_) => (u32::from(width) * 28 / 100).clamp(260, 340),
            Kind::Intervals(intervals) => layout::intervals::height(intervals, width),
        };
        Size { width, height: u16::try_from(height).unwrap_or(u16::MAX) }
    }
}

impl Chart {
    /// The same chart without what it shows: of a detail that the public is not told.
    #[must_use]
    pub fn held_back(self) -> Self {
        let lang = self.words.lang;
        let said = lang.of("Không công khai chi tiết này", "This detail is not public");
        Self {
            title: said.to_owned(),
            subtitle: String::new(),
            description: crate::disclosure::note(lang).to_owned(),
            about: Vec::new(),
            kind: Kind::default(),
            ..self
        }
    }

    /// Whether a chart is one without what it shows: no page has room for it.
    #[must_use]
    pub fn is_held_back(&self) -> bool {
        self.description == crate::disclosure::note(self.words.lang)
    }

    /// The same chart without the series of the year before.
    #[must_use]
    pub fn without_before(mut self) -> Self {
        if let Kind::Trend(trend) = &mut self.kind {
            trend.points.iter_mut().for_each(|point| point.before = None);
        }
        self
    }
}

impl Chart {
    /// The same chart with room for axes and labels: what a spark becomes in a file of its own.
    #[must_use]
    pub fn unfolded(self) -> Self {
        match self.kind {
            Kind::Spark(Spark { trend, .. }) => Self { kind: Kind::Trend(trend), ..self },
            kind => Self { kind, ..self },
        }
    }
}

impl Unit {
    /// The value as people read it: `99,91 %`, `89,58`, `3`.
    #[must_use]
    pub fn write(self, value: i64, lang: Lang) -> String {
        match self {
            Self::Percent => lang.percent(value),
            Self::Score => lang.hundredths(value),
            Self::Rank => lang.number(value),
        }
    }

    /// The value without zeros that say nothing, as targets and axes are labelled: `100 %`.
    #[must_use]
    pub fn write_short(self, value: i64, lang: Lang) -> String {
        match self {
            Self::Percent => lang.percent_short(value),
            Self::Score => lang.hundredths_short(value),
            Self::Rank => lang.number(value),
        }
    }

    /// Whether a value falls short of a target.
    #[must_use]
    pub fn falls_short(self, value: i64, target: i64) -> bool {
        match self {
            Self::Percent | Self::Score => value < target,
            Self::Rank => value > target,
        }
    }

    /// The smallest and the largest value there can be.
    #[must_use]
    pub fn bounds(self) -> (i64, i64) {
        match self {
            Self::Percent | Self::Score => (0, 10_000),
            Self::Rank => (1, 1_000),
        }
    }
}
