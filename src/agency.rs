//! Agencies: their level, the time they are valid and owe a dialogue, and the scope a person may see.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{counts::Given, lang::Lang};

/// Where an agency stands in the city.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The city itself (UBND thành phố).
    City,
    /// A department or other city-level agency (sở, ban, ngành).
    Department,
    /// A district (quận, huyện, thị xã).
    District,
    /// A commune (xã, phường, thị trấn).
    Commune,
    /// Made from an unknown code in an import and not yet placed by anyone.
    Unclassified,
}

impl Level {
    /// Every level, highest first.
    pub const ALL: [Self; 5] =
        [Self::City, Self::Department, Self::District, Self::Commune, Self::Unclassified];

    /// The word in files, addresses and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Department => "department",
            Self::District => "district",
            Self::Commune => "commune",
            Self::Unclassified => "unclassified",
        }
    }

    /// The word on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::City => lang.of("Thành phố", "City"),
            Self::Department => lang.of("Sở, ban, ngành", "Departments"),
            Self::District => lang.of("Quận, huyện, thị xã", "Districts"),
            Self::Commune => lang.of("Xã, phường, thị trấn", "Communes"),
            Self::Unclassified => lang.of("Chưa phân loại", "Not classified"),
        }
    }

    /// The number the counters keep the level under.
    #[must_use]
    pub fn number(self) -> i32 {
        self as i32
    }

    /// The level of a counter's number.
    #[must_use]
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.number() == number)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no level.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "cấp là city, department, district, commune hoặc unclassified / \
     the level is city, department, district, commune or unclassified"
)]
pub struct ParseLevelError;

impl FromStr for Level {
    type Err = ParseLevelError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|level| level.as_str() == text).ok_or(ParseLevelError)
    }
}

/// An office that receives case files, answers petitions or owes a dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Its code in the sources.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub level: Level,
    /// The agency above it.
    pub parent_code: Option<String>,
    /// The first day it exists; empty is always.
    pub valid_from: Option<NaiveDate>,
    /// The last day it exists.
    pub valid_to: Option<NaiveDate>,
    /// The first day its head owes dialogues; empty is as long as it exists.
    pub dialogue_from: Option<NaiveDate>,
    /// The last day its head owes dialogues.
    pub dialogue_to: Option<NaiveDate>,
    /// Since when the present head is in office.
    pub head_since: Option<NaiveDate>,
}

impl Agency {
    /// The agency made from a code nobody has described yet.
    #[must_use]
    pub fn unclassified(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            name: code.to_owned(),
            level: Level::Unclassified,
            parent_code: None,
            valid_from: None,
            valid_to: None,
            dialogue_from: None,
            dialogue_to: None,
            head_since: None,
        }
    }

    /// Whether the office owes a dialogue on this day.
    ///
    /// An agency that nobody has placed owes none; where no dates are given the duty lasts as long as the agency.
    #[must_use]
    pub fn owes_dialogue_on(&self, day: NaiveDate) -> bool {
        let from = self.dialogue_from.or(self.valid_from);
        let to = self.dialogue_to.or(self.valid_to);
        self.level != Level::Unclassified
            && from.is_none_or(|from| day >= from)
            && to.is_none_or(|to| day <= to)
    }
}

/// A row of an `agencies` import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Mã đơn vị.
    pub agency_code: String,
    /// Tên đơn vị.
    pub name: Given<String>,
    /// Cấp.
    pub level: Given<Level>,
    /// Mã đơn vị cấp trên.
    pub parent_code: Given<String>,
    /// Có hiệu lực từ.
    pub valid_from: Given<NaiveDate>,
    /// Có hiệu lực đến.
    pub valid_to: Given<NaiveDate>,
    /// Phải đối thoại từ.
    pub dialogue_from: Given<NaiveDate>,
    /// Phải đối thoại đến.
    pub dialogue_to: Given<NaiveDate>,
    /// Người đứng đầu từ.
    pub head_since: Given<NaiveDate>,
}

/// Which agencies a person may see. Every reading takes one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// The whole city.
    #[default]
    All,
    /// An agency and what is below it, by its code.
    Below(String),
    /// The whole city as the public sees it: in figures alone, small groups held back (see [`crate::disclosure`]).
    Public,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_keep_their_word_and_number() {
        for level in Level::ALL {
            assert_eq!(level.as_str().parse(), Ok(level));
            assert_eq!(Level::from_number(level.number()), Some(level));
        }
        assert!("ward".parse::<Level>().is_err());
    }

    #[test]
    fn the_duty_to_hold_dialogues_lasts_as_long_as_the_agency_unless_dated() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let mut agency = Agency { level: Level::District, ..Agency::unclassified("001") };
        assert!(agency.owes_dialogue_on(day("2023-06-30")));
        agency.valid_to = Some(day("2023-03-31"));
        assert!(!agency.owes_dialogue_on(day("2023-06-30")));
        agency.dialogue_to = Some(day("2023-12-31"));
        assert!(agency.owes_dialogue_on(day("2023-06-30")));
        agency.level = Level::Unclassified;
        assert!(!agency.owes_dialogue_on(day("2023-06-30")));
    }
}
