//! The data of the statistical charts: funnel, control chart, intervals.

use super::{Tone, Unit};
use crate::rate::Rate;

/// Rates against the number of cases behind them, between the limits of chance of [`crate::funnel`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Funnel {
    /// One for each office; one without cases is not drawn.
    pub dots: Vec<FunnelDot>,
    /// The rate of all of them together.
    pub mean: Rate,
    /// What is counted, under the axis: "hồ sơ đã trả kết quả".
    pub counted: String,
}

/// One office in a [`Funnel`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FunnelDot {
    /// Its name.
    pub name: String,
    /// All its cases.
    pub volume: i64,
    /// Those that were as they should be.
    pub hits: i64,
}

impl FunnelDot {
    /// The rate, within its bounds whatever the counts say.
    #[must_use]
    pub fn rate(&self) -> Rate {
        let all = self.volume.max(0);
        Rate { hits: self.hits.clamp(0, all), all }
    }
}

/// A series with the limits of its own noise (XmR). The limits come in as data.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Control {
    /// What the values are.
    pub unit: Unit,
    /// In the order of time.
    pub points: Vec<ControlPoint>,
    /// The mean of the series.
    pub mean: Option<i64>,
    /// The lower and the upper limit; `None` while the series is too short, and the chart says so.
    pub limits: Option<(i64, i64)>,
    /// The places of the points that are no noise, in [`Control::points`].
    pub signals: Vec<usize>,
}

/// One place on the x axis of a [`Control`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ControlPoint {
    /// What stands under the axis: "T9".
    pub tick: String,
    /// The name in full: "Tháng 9/2023".
    pub name: String,
    /// The value; `None` is a gap, never zero.
    pub value: Option<i64>,
    /// Whether the period is not over yet; drawn hollow.
    pub open: bool,
    /// What the value is made of, for tooltips and speech.
    pub detail: String,
}

/// Values with their uncertainty, one below the other.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Intervals {
    /// What the values are.
    pub unit: Unit,
    /// The rows, in the order given.
    pub rows: Vec<IntervalRow>,
    /// The target that all rows are held against.
    pub target: Option<i64>,
    /// What `n` counts: "phiếu".
    pub counted: String,
}

/// One row of [`Intervals`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IntervalRow {
    /// The name on the left.
    pub name: String,
    /// The value; `None` when there are no answers, and then no interval either.
    pub value: Option<i64>,
    /// The lower end of the interval.
    pub low: i64,
    /// The upper end of the interval.
    pub high: i64,
    /// How many answers the value rests on.
    pub n: i64,
    /// Whether that is too few to say anything; the row is then hollow and says so.
    pub few: bool,
    /// How the row stands against the target.
    pub tone: Tone,
}
