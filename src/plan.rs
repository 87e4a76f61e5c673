//! The plan: dated targets with their legal source; one is in force for an indicator on a day.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::lang::Lang;

/// The five things the plan sets a target for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Indicator {
    /// Hồ sơ trả kết quả đúng hạn và trước hạn.
    OnTimeReturns,
    /// Phản ánh, kiến nghị xử lý kịp thời.
    PetitionsInTime,
    /// Đối thoại của người đứng đầu.
    DialoguesHeld,
    /// Xếp hạng PAR INDEX.
    ParIndex,
    /// Chỉ số hài lòng SIPAS.
    Sipas,
}

impl Indicator {
    /// All five, in the order of the overview.
    pub const ALL: [Self; 5] =
        [Self::OnTimeReturns, Self::PetitionsInTime, Self::DialoguesHeld, Self::ParIndex, Self::Sipas];

    /// The word in files, addresses and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnTimeReturns => "on_time_returns",
            Self::PetitionsInTime => "petitions_in_time",
            Self::DialoguesHeld => "dialogues_held",
            Self::ParIndex => "par_index",
            Self::Sipas => "sipas",
        }
    }

    /// The name on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::OnTimeReturns => {
                lang.of("Hồ sơ trả đúng hạn và trước hạn", "Case files returned early or on time")
            }
            Self::PetitionsInTime => {
                lang.of("Phản ánh, kiến nghị xử lý kịp thời", "Petitions handled in time")
            }
            Self::DialoguesHeld => lang.of("Đối thoại của người đứng đầu", "Dialogues held by the heads"),
            Self::ParIndex => lang.of("Xếp hạng PAR INDEX", "PAR INDEX rank"),
            Self::Sipas => lang.of("Chỉ số hài lòng SIPAS", "SIPAS satisfaction index"),
        }
    }

    /// The value the plan of 2023 sets, in hundredths: the fallback where no target was ever entered.
    fn usual_target(self) -> i64 {
        match self {
            Self::OnTimeReturns | Self::PetitionsInTime => 10_000,
            Self::DialoguesHeld => 100,
            Self::ParIndex => 800,
            Self::Sipas => 8_900,
        }
    }
}

impl fmt::Display for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "chỉ tiêu là on_time_returns, petitions_in_time, dialogues_held, par_index hoặc sipas / \
     the indicator is on_time_returns, petitions_in_time, dialogues_held, par_index or sipas"
)]
pub struct ParseIndicatorError;

impl FromStr for Indicator {
    type Err = ParseIndicatorError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|indicator| indicator.as_str() == text).ok_or(ParseIndicatorError)
    }
}

/// One target: what value, from when to when, for whom, by which decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Of what.
    pub indicator: Indicator,
    /// In hundredths: percent for rates and SIPAS, the rank for PAR INDEX, dialogues in six months.
    pub value: i64,
    /// The first day it is in force.
    pub from: NaiveDate,
    /// The last day it is in force; empty is until another begins.
    pub to: Option<NaiveDate>,
    /// The agency it is for; empty is every one.
    pub agency_code: Option<String>,
    /// The decision that set it.
    pub source: String,
}

/// All targets ever set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// In any order.
    pub targets: Vec<Target>,
}

impl Plan {
    /// The target for an indicator on a day: the agency's own before the one for every agency, the one begun last
    /// before older ones. `None` where none is in force that day.
    #[must_use]
    pub fn in_force(&self, indicator: Indicator, day: NaiveDate, agency: Option<&str>) -> Option<&Target> {
        self.targets
            .iter()
            .filter(|target| target.indicator == indicator)
            .filter(|target| target.from <= day && target.to.is_none_or(|to| day <= to))
            .filter(|target| target.agency_code.is_none() || target.agency_code.as_deref() == agency)
            .max_by_key(|target| (target.agency_code.is_some(), target.from))
    }

    /// The value to judge a day by: that of the target in force, else of the nearest before it, else of the first
    /// after it, else the plan of 2023's.
    #[must_use]
    pub fn value_for(&self, indicator: Indicator, day: NaiveDate, agency: Option<&str>) -> i64 {
        if let Some(target) = self.in_force(indicator, day, agency) {
            return target.value;
        }
        let general = || self.targets.iter().filter(|t| t.indicator == indicator && t.agency_code.is_none());
        let before = general().filter(|target| target.from <= day).max_by_key(|target| target.from);
        let nearest = before.or_else(|| general().min_by_key(|target| target.from));
        nearest.map_or_else(|| indicator.usual_target(), |target| target.value)
    }

    /// The years that have targets of their own, with the decision behind them, newest first.
    #[must_use]
    pub fn years(&self) -> Vec<(i32, &str)> {
        use chrono::Datelike;
        let mut years: Vec<(i32, &str)> =
            self.targets.iter().map(|target| (target.from.year(), target.source.as_str())).collect();
        years.sort_unstable_by(|a, b| b.cmp(a));
        years.dedup_by_key(|(year, _)| *year);
        years
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(from: &str, to: Option<&str>, value: i64, agency: Option<&str>) -> Target {
        Target {
            indicator: Indicator::OnTimeReturns,
            value,
            from: from.parse().expect("a date"),
            to: to.map(|to| to.parse().expect("a date")),
            agency_code: agency.map(str::to_owned),
            source: "QĐ".to_owned(),
        }
    }

    #[test]
    fn an_old_month_is_judged_by_the_target_of_its_time() {
        let plan = Plan {
            targets: vec![
                target("2022-01-01", Some("2022-12-31"), 9_500, None),
                target("2023-01-01", Some("2023-12-31"), 10_000, None),
                target("2023-01-01", Some("2023-12-31"), 9_800, Some("001")),
            ],
        };
        let on = |day: &str, agency| {
            plan.value_for(Indicator::OnTimeReturns, day.parse().expect("a date"), agency)
        };
        assert_eq!(on("2022-06-30", None), 9_500);
        assert_eq!(on("2023-06-30", None), 10_000);
        assert_eq!(on("2023-06-30", Some("001")), 9_800);
        assert_eq!(on("2023-06-30", Some("002")), 10_000);
        assert_eq!(on("2026-06-30", None), 10_000, "the last one known");
        assert_eq!(on("2015-06-30", None), 9_500, "the first one known");
    }
}
