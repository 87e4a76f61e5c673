//! Periods: month, quarter, half-year, year; by calendar, or from the 15th to the 14th as report forms are cut.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::lang::{self, Lang};

/// How a period is cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// From the first of a month to the last: leaders' pages.
    #[default]
    Calendar,
    /// From the 15th of the month before to the 14th: the official forms. Q1/2023 is 15/12/2022 to 14/03/2023.
    Reporting,
}

impl Cycle {
    /// The word in addresses and in `readings`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Reporting => "reporting",
        }
    }
}

impl FromStr for Cycle {
    type Err = ParseCycleError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "calendar" => Ok(Self::Calendar),
            "reporting" => Ok(Self::Reporting),
            _ => Err(ParseCycleError),
        }
    }
}

/// The text names no cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("chu kỳ là calendar hoặc reporting / the cycle is calendar or reporting")]
pub struct ParseCycleError;

/// The kinds of period, shortest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// One month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    HalfYear,
    /// Twelve months.
    Year,
}

impl Unit {
    /// Every unit, shortest first.
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::HalfYear, Self::Year];

    fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }
}

/// One month, quarter, half-year or year. Written `2023-03`, `2023-Q1`, `2023-H1`, `2023`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    unit: Unit,
    year: i32,
    /// Counted from one within the year.
    index: u32,
}

impl Period {
    /// The period of this unit that holds `day` in this cycle.
    #[must_use]
    pub fn containing(day: NaiveDate, unit: Unit, cycle: Cycle) -> Self {
        let in_cycle = match cycle {
            Cycle::Calendar => day,
            // From the 15th on, a day belongs to the next month's report.
            Cycle::Reporting if day.day() >= 15 => day.checked_add_months(Months::new(1)).unwrap_or(day),
            Cycle::Reporting => day,
        };
        Self { unit, year: in_cycle.year(), index: in_cycle.month0() / unit.months() + 1 }
    }

    /// The unit.
    #[must_use]
    pub fn unit(self) -> Unit {
        self.unit
    }

    /// The year the period belongs to.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year
    }

    /// Which month, quarter or half of its year, from one.
    #[must_use]
    pub fn index(self) -> u32 {
        self.index
    }

    /// The first day.
    #[must_use]
    pub fn from(self, cycle: Cycle) -> NaiveDate {
        let first = month_start(self.year, (self.index - 1) * self.unit.months());
        match cycle {
            Cycle::Calendar => first,
            Cycle::Reporting => first - Months::new(1) + Days::new(14),
        }
    }

    /// The last day.
    #[must_use]
    pub fn to(self, cycle: Cycle) -> NaiveDate {
        let after = month_start(self.year, self.index * self.unit.months());
        match cycle {
            Cycle::Calendar => after - Days::new(1),
            Cycle::Reporting => after - Months::new(1) + Days::new(13),
        }
    }

    /// The period of the same unit before this one.
    #[must_use]
    pub fn previous(self) -> Self {
        if self.index > 1 {
            Self { index: self.index - 1, ..self }
        } else {
            Self { year: self.year - 1, index: 12 / self.unit.months(), ..self }
        }
    }

    /// The period of the same unit after this one.
    #[must_use]
    pub fn next(self) -> Self {
        if self.index < 12 / self.unit.months() {
            Self { index: self.index + 1, ..self }
        } else {
            Self { year: self.year + 1, index: 1, ..self }
        }
    }

    /// The same period of the year before.
    #[must_use]
    pub fn same_last_year(self) -> Self {
        Self { year: self.year - 1, ..self }
    }

    /// The periods of a shorter unit inside this one, in order.
    pub fn split(self, unit: Unit) -> impl Iterator<Item = Self> {
        let per = self.unit.months() / unit.months().min(self.unit.months());
        let first = (self.index - 1) * per;
        let unit = unit.min(self.unit);
        (1..=per).map(move |i| Self { unit, year: self.year, index: first + i })
    }

    /// As readers say it: `Quý I/2023`, `6 tháng đầu năm 2023`, `Tháng 3/2023`, `Năm 2023`; `Q1 2023`,
    /// `first half of 2023`, `Mar 2023`, `2023`.
    #[must_use]
    pub fn label(self, lang: Lang) -> String {
        let (year, index) = (self.year, self.index);
        match (self.unit, lang) {
            (Unit::Month, Lang::Vi) => format!("Tháng {index}/{year}"),
            (Unit::Month, Lang::En) => format!("{} {year}", lang::month_name(index)),
            (Unit::Quarter, Lang::Vi) => {
                format!("Quý {}/{year}", ["I", "II", "III", "IV"][index as usize - 1])
            }
            (Unit::Quarter, Lang::En) => format!("Q{index} {year}"),
            (Unit::HalfYear, Lang::Vi) => {
                format!("6 tháng {} năm {year}", if index == 1 { "đầu" } else { "cuối" })
            }
            (Unit::HalfYear, Lang::En) => {
                format!("{} half of {year}", if index == 1 { "First" } else { "Second" })
            }
            (Unit::Year, Lang::Vi) => format!("Năm {year}"),
            (Unit::Year, Lang::En) => year.to_string(),
        }
    }
}

/// The first day of the month that is `months` after January of `year`.
fn month_start(year: i32, months: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default() + Months::new(months)
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.unit {
            Unit::Month => write!(f, "{}-{:02}", self.year, self.index),
            Unit::Quarter => write!(f, "{}-Q{}", self.year, self.index),
            Unit::HalfYear => write!(f, "{}-H{}", self.year, self.index),
            Unit::Year => write!(f, "{}", self.year),
        }
    }
}

/// The text names no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "«{0}» không phải là kỳ: viết 2023, 2023-H1, 2023-Q1 hoặc 2023-03 / \
     “{0}” is no period: write 2023, 2023-H1, 2023-Q1 or 2023-03"
)]
pub struct ParsePeriodError(String);

impl FromStr for Period {
    type Err = ParsePeriodError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParsePeriodError(text.chars().take(40).collect());
        let (year, rest) = text.split_once('-').map_or((text, None), |(year, rest)| (year, Some(rest)));
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let year: i32 = year.parse().map_err(|_| wrong())?;
        let (unit, index) = match rest {
            None => (Unit::Year, "1"),
            Some(rest) => match rest.strip_prefix(['Q', 'q']) {
                Some(index) => (Unit::Quarter, index),
                None => match rest.strip_prefix(['H', 'h']) {
                    Some(index) => (Unit::HalfYear, index),
                    None if rest.len() == 2 => (Unit::Month, rest),
                    None => return Err(wrong()),
                },
            },
        };
        if !index.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong());
        }
        let index: u32 = index.parse().map_err(|_| wrong())?;
        let fits = (1..=12 / unit.months()).contains(&index) && (1901..=2199).contains(&year);
        if fits { Ok(Self { unit, year, index }) } else { Err(wrong()) }
    }
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The days a reading covers: from `from` (or the beginning of all data) to the end of `last`.
///
/// `last` is the earlier of the period's end and `as_of`; open states are those at the end of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    /// The first day; `None` is the beginning of all data.
    pub from: Option<NaiveDate>,
    /// The last day counted.
    pub last: NaiveDate,
}

impl Window {
    /// Everything up to the end of `as_of`.
    #[must_use]
    pub fn up_to(as_of: NaiveDate) -> Self {
        Self { from: None, last: as_of }
    }

    /// A period, as far as it has gone by the end of `as_of`.
    #[must_use]
    pub fn of(period: Period, cycle: Cycle, as_of: NaiveDate) -> Self {
        Self { from: Some(period.from(cycle)), last: period.to(cycle).min(as_of) }
    }

    /// Whether the day lies in the window.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        day <= self.last && self.from.is_none_or(|from| day >= from)
    }

    /// Whether the day lies before the window (never later than its last day).
    #[must_use]
    pub fn is_after(self, day: NaiveDate) -> bool {
        day <= self.last && self.from.is_some_and(|from| day < from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn period(text: &str) -> Period {
        text.parse().expect("a test period")
    }

    #[test]
    fn a_reporting_quarter_runs_from_the_15th_to_the_14th() {
        let q1 = period("2023-Q1");
        assert_eq!(q1.from(Cycle::Reporting).to_string(), "2022-12-15");
        assert_eq!(q1.to(Cycle::Reporting).to_string(), "2023-03-14");
        assert_eq!(q1.from(Cycle::Calendar).to_string(), "2023-01-01");
        assert_eq!(q1.to(Cycle::Calendar).to_string(), "2023-03-31");
        assert_eq!(period("2023").from(Cycle::Reporting).to_string(), "2022-12-15");
        assert_eq!(period("2023").to(Cycle::Reporting).to_string(), "2023-12-14");
    }

    #[test]
    fn what_is_no_period_is_refused_with_the_ways_to_write_one() {
        for text in
            ["", "2023-Q5", "2023-13", "2023-3", "23-Q1", "2023-Q", "2023-", "9999-Q1", "２０２３", "2023-+1"]
        {
            let error = text.parse::<Period>().expect_err(text);
            assert!(error.to_string().contains("2023-Q1"), "{error}");
        }
    }

    #[test]
    fn a_window_ends_with_the_period_or_with_the_day_asked_for() {
        let as_of = "2023-02-10".parse().expect("a date");
        let window = Window::of(period("2023-Q1"), Cycle::Calendar, as_of);
        assert_eq!(window.last, as_of);
        assert!(window.is_after("2022-12-31".parse().expect("a date")));
        assert!(!window.contains("2023-02-11".parse().expect("a date")));
    }

    prop_compose! {
        fn any_period()(unit in 0..4usize, year in 1950..2150i32, month in 0..12u32) -> Period {
            Period::containing(month_start(year, month), Unit::ALL[unit], Cycle::Calendar)
        }
    }

    proptest! {
        #[test]
        fn next_and_previous_undo_each_other(p in any_period()) {
            prop_assert_eq!(p.next().previous(), p);
            prop_assert_eq!(p.to_string().parse::<Period>(), Ok(p));
        }

        #[test]
        fn periods_leave_no_day_out_and_count_none_twice(p in any_period()) {
            for cycle in [Cycle::Calendar, Cycle::Reporting] {
                prop_assert_eq!(p.next().from(cycle), p.to(cycle) + Days::new(1));
                prop_assert_eq!(Period::containing(p.from(cycle), p.unit(), cycle), p);
                prop_assert_eq!(Period::containing(p.to(cycle), p.unit(), cycle), p);
                let months: Vec<Period> = p.split(Unit::Month).collect();
                prop_assert_eq!(months[0].from(cycle), p.from(cycle));
                prop_assert_eq!(months[months.len() - 1].to(cycle), p.to(cycle));
            }
        }
    }
}
