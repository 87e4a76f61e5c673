//! The one vocabulary of how a target stands, in words and shapes.

use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// How a reading stands against its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The target is met.
    Met,
    /// Not lost yet, but something open may lose it.
    AtRisk,
    /// The target is not met.
    Missed,
    /// Its day has not come.
    NotDue,
    /// Nothing happened that could be judged, or nothing was reported.
    NoData,
    /// The value is published by others, later.
    NotPublished,
    /// The target does not concern this agency or time.
    NotApplicable,
}

impl Status {
    /// The word in `readings` and in style classes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::AtRisk => "at_risk",
            Self::Missed => "missed",
            Self::NotDue => "not_due",
            Self::NoData => "no_data",
            Self::NotPublished => "not_published",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// The word on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Met => lang.of("Đạt", "Met"),
            Self::AtRisk => lang.of("Có nguy cơ", "At risk"),
            Self::Missed => lang.of("Không đạt", "Missed"),
            Self::NotDue => lang.of("Chưa đến hạn", "Not yet due"),
            Self::NoData => lang.of("Chưa có số liệu", "No data"),
            Self::NotPublished => lang.of("Chưa công bố", "Not published"),
            Self::NotApplicable => lang.of("Không áp dụng", "Not applicable"),
        }
    }

    /// The shape beside the word, so that colour is never alone.
    #[must_use]
    pub fn shape(self) -> &'static str {
        match self {
            Self::Met => "●",
            Self::AtRisk => "▲",
            Self::Missed => "■",
            Self::NotDue => "◇",
            Self::NoData | Self::NotPublished => "○",
            Self::NotApplicable => "–",
        }
    }
}
