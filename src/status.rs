//! The one vocabulary of how a target stands, in words and shapes.

use serde::{Deserialize, Serialize};

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
    pub fn label(self) -> &'static str {
        match self {
            Self::Met => "Đạt",
            Self::AtRisk => "Có nguy cơ",
            Self::Missed => "Không đạt",
            Self::NotDue => "Chưa đến hạn",
            Self::NoData => "Chưa có số liệu",
            Self::NotPublished => "Chưa công bố",
            Self::NotApplicable => "Không áp dụng",
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
