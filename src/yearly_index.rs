//! PAR INDEX and SIPAS: yearly values published by the ministry, each known from a day on.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Hanoi's statistical code.
pub const HANOI: &str = "01";
/// The code under which national means are kept.
pub const NATION: &str = "VN";

/// Which index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Index {
    /// Chỉ số cải cách hành chính.
    ParIndex,
    /// Chỉ số hài lòng về sự phục vụ hành chính.
    Sipas,
}

impl Index {
    /// Both.
    pub const ALL: [Self; 2] = [Self::ParIndex, Self::Sipas];

    /// The word in files and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ParIndex => "par_index",
            Self::Sipas => "sipas",
        }
    }
}

/// How sure a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Read in a source.
    Found,
    /// Computed from values that were read.
    Derived,
    /// Sources say different things: shown as a conflict, never compared or drawn.
    Conflict,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Self; 3] = [Self::Found, Self::Derived, Self::Conflict];

    /// The word in files and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Derived => "derived",
            Self::Conflict => "conflict",
        }
    }
}

/// What one source says of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Which index.
    pub index: Index,
    /// Of which year.
    pub year: i32,
    /// Of which province, by statistical code.
    pub province_code: String,
    /// The rank, where said.
    pub rank: Option<i32>,
    /// Of how many.
    pub of: Option<i32>,
    /// The score in hundredths (of points, or of a percent), where said.
    pub score: Option<i64>,
    /// The day it was published; empty is the last day of the following year.
    pub published_on: Option<NaiveDate>,
    /// Who says so.
    pub source: String,
    /// The method's name; a change of it breaks the series.
    pub method: Option<String>,
    /// How sure it is.
    pub mark: Mark,
}

impl Edition {
    /// The day from which the value is known.
    #[must_use]
    pub fn known_from(&self) -> NaiveDate {
        self.published_on.unwrap_or_else(|| taken_as_published(self.year))
    }
}

/// The day a year's value is taken as published where nobody wrote the day down.
#[must_use]
pub fn taken_as_published(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year + 1, 12, 31).unwrap_or_default()
}

/// A year's value as far as the sources agree, and what they disagree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// Of which year.
    pub year: i32,
    /// The rank, unless in conflict.
    pub rank: Option<i32>,
    /// Of how many.
    pub of: Option<i32>,
    /// The score in hundredths, unless in conflict.
    pub score: Option<i64>,
    /// The day it was published, where known.
    pub published_on: Option<NaiveDate>,
    /// Who says so.
    pub source: String,
    /// The method's name.
    pub method: Option<String>,
    /// Whether any part was computed rather than read.
    pub is_derived: bool,
    /// The scores that contradict each other, with who says so.
    pub conflicts: Vec<(i64, String)>,
}

/// The values of one index and province known at the end of `as_of`, by year.
#[must_use]
pub fn known(editions: &[Edition], index: Index, province_code: &str, as_of: NaiveDate) -> Vec<Value> {
    let mut known: Vec<&Edition> = editions
        .iter()
        .filter(|e| e.index == index && e.province_code == province_code && e.known_from() <= as_of)
        .collect();
    known.sort_by_key(|edition| edition.year);
    known.chunk_by(|a, b| a.year == b.year).map(agreed).collect()
}

fn agreed(editions: &[&Edition]) -> Value {
    let sure = || editions.iter().filter(|edition| edition.mark != Mark::Conflict);
    let doubted = || editions.iter().filter(|edition| edition.mark == Mark::Conflict);
    let mut sources: Vec<&str> = editions.iter().map(|edition| edition.source.as_str()).collect();
    sources.dedup();
    Value {
        year: editions[0].year,
        // A contradicted figure is no figure, however sure another source is of it.
        rank: sure()
            .find_map(|edition| edition.rank)
            .filter(|_| doubted().all(|edition| edition.rank.is_none())),
        of: sure().find_map(|edition| edition.of),
        score: sure()
            .find_map(|edition| edition.score)
            .filter(|_| doubted().all(|edition| edition.score.is_none())),
        published_on: editions.iter().find_map(|edition| edition.published_on),
        source: sources.join("; "),
        method: editions.iter().find_map(|edition| edition.method.clone()),
        is_derived: editions.iter().any(|edition| edition.mark == Mark::Derived),
        conflicts: doubted().filter_map(|e| e.score.map(|score| (score, e.source.clone()))).collect(),
    }
}

/// The years after `last` whose edition was out by `as_of` but is not held.
#[must_use]
pub fn missing_after(last: i32, as_of: NaiveDate) -> Vec<i32> {
    (last + 1..).take_while(|year| taken_as_published(*year) <= as_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(year: i32, score: i64, published_on: Option<&str>, mark: Mark, source: &str) -> Edition {
        Edition {
            index: Index::ParIndex,
            year,
            province_code: HANOI.to_owned(),
            rank: None,
            of: None,
            score: Some(score),
            published_on: published_on.map(|day| day.parse().expect("a date")),
            source: source.to_owned(),
            method: None,
            mark,
        }
    }

    #[test]
    fn the_value_of_2023_is_not_known_before_its_publication_in_april_2024() {
        let editions = [
            edition(2022, 8_958, Some("2023-04-19"), Mark::Found, "a"),
            edition(2023, 9_143, Some("2024-04-17"), Mark::Found, "a"),
        ];
        let years = |as_of: &str| -> Vec<i32> {
            let as_of = as_of.parse().expect("a date");
            known(&editions, Index::ParIndex, HANOI, as_of).iter().map(|value| value.year).collect()
        };
        assert_eq!(years("2023-04-18"), [] as [i32; 0]);
        assert_eq!(years("2024-04-16"), [2022]);
        assert_eq!(years("2024-04-17"), [2022, 2023]);
    }

    #[test]
    fn a_value_without_a_publication_date_is_known_from_the_end_of_the_next_year() {
        let editions = [edition(2020, 8_515, None, Mark::Found, "a")];
        let at = |as_of: &str| known(&editions, Index::ParIndex, HANOI, as_of.parse().expect("a date")).len();
        assert_eq!((at("2021-12-30"), at("2021-12-31")), (0, 1));
    }

    #[test]
    fn contradicting_scores_are_a_conflict_and_no_value() {
        let editions = [
            edition(2024, 9_257, Some("2025-04-06"), Mark::Conflict, "a"),
            edition(2024, 9_275, Some("2025-04-06"), Mark::Conflict, "b"),
        ];
        let values = known(&editions, Index::ParIndex, HANOI, "2025-12-31".parse().expect("a date"));
        assert_eq!(values.len(), 1);
        assert_eq!(values[0].score, None);
        let sure = edition(2024, 9_257, Some("2025-04-06"), Mark::Found, "c");
        let three = [editions[0].clone(), editions[1].clone(), sure];
        let values_of_three = known(&three, Index::ParIndex, HANOI, "2025-12-31".parse().expect("a date"));
        assert_eq!(values_of_three[0].score, None, "one more voice settles nothing");
        assert_eq!(values[0].conflicts, [(9_257, "a".to_owned()), (9_275, "b".to_owned())]);
    }

    #[test]
    fn years_whose_edition_was_out_but_is_not_held_are_named() {
        assert_eq!(missing_after(2018, "2022-06-01".parse().expect("a date")), [2019, 2020]);
    }
}
