//! The two languages of the product, and how each writes numbers, dates and texts.
//!
//! A text stands beside its translation, as two arguments of [`Lang::of`] or two arms of one `match`: neither can be
//! written without the other.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::text;

/// A language of the product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// Vietnamese, the language of the office.
    #[default]
    Vi,
    /// English.
    En,
}

/// The months in English dates.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A month's English name, from one: `Mar`.
#[must_use]
pub fn month_name(month: u32) -> &'static str {
    MONTHS.get(month as usize - 1).copied().unwrap_or("")
}

impl Lang {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The word in addresses and in the document's `lang`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.of("vi", "en")
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    /// A text in this language.
    #[must_use]
    pub fn of<T>(self, vi: T, en: T) -> T {
        match self {
            Self::Vi => vi,
            Self::En => en,
        }
    }

    /// A whole number: `738.004`, `738,004`.
    #[must_use]
    pub fn number(self, n: i64) -> String {
        self.punctuated(text::number(n))
    }

    /// Hundredths: `99,78`, `99.78`. The caller has already floored.
    #[must_use]
    pub fn hundredths(self, n: i64) -> String {
        self.punctuated(text::hundredths(n))
    }

    /// Hundredths without the zeros that say nothing.
    #[must_use]
    pub fn hundredths_short(self, n: i64) -> String {
        self.punctuated(text::hundredths_short(n))
    }

    /// A percentage: `99,78 %`, `99.78%`.
    #[must_use]
    pub fn percent(self, n: i64) -> String {
        match self {
            Self::Vi => text::percent(n),
            Self::En => format!("{}%", self.hundredths(n)),
        }
    }

    /// A percentage without the zeros that say nothing: `89 %`, `89%`.
    #[must_use]
    pub fn percent_short(self, n: i64) -> String {
        let short = self.hundredths_short(n);
        match self {
            Self::Vi => format!("{short}\u{a0}%"),
            Self::En => format!("{short}%"),
        }
    }

    /// A date: `31/03/2023`, `31 Mar 2023`.
    #[must_use]
    pub fn date(self, day: NaiveDate) -> String {
        match self {
            Self::Vi => text::date(day),
            Self::En => format!("{} {} {}", day.day(), month_name(day.month()), day.year()),
        }
    }

    /// A moment in Hanoi, from seconds since 1970 in UTC: `27/11/2026 15:04`, `27 Nov 2026 15:04`. Hanoi is seven hours
    /// ahead all year round.
    #[must_use]
    pub fn moment(self, seconds: i64) -> String {
        const DAY: i64 = 86_400;
        let there = seconds.saturating_add(7 * 3_600);
        let day = i32::try_from(there.div_euclid(DAY)).ok().and_then(NaiveDate::from_epoch_days);
        let (hour, minute) = (there.rem_euclid(DAY) / 3_600, there.rem_euclid(3_600) / 60);
        day.map_or_else(|| "–".to_owned(), |day| format!("{} {hour:02}:{minute:02}", self.date(day)))
    }

    /// So many of something in English, where one and many differ: `1 petition`, `2 petitions`. Vietnamese has one word.
    #[must_use]
    pub fn count(self, n: i64, vi: &str, one: &str, many: &str) -> String {
        let word = self.of(vi, if n == 1 { one } else { many });
        format!("{} {word}", self.number(n))
    }

    /// Vietnamese punctuation of numbers as this language has it.
    fn punctuated(self, number: String) -> String {
        let swap = |sign| match sign {
            '.' => ',',
            ',' => '.',
            other => other,
        };
        match self {
            Self::Vi => number,
            Self::En => number.chars().map(swap).collect(),
        }
    }
}

/// The text names no language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("ngôn ngữ là vi hoặc en / the language is vi or en")]
pub struct ParseLangError;

impl FromStr for Lang {
    type Err = ParseLangError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|lang| lang.as_str() == text).ok_or(ParseLangError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_by_the_clocks_of_hanoi() {
        // 2026-11-27 23:59 UTC.
        let seconds = 1_795_823_940;
        assert_eq!(Lang::Vi.moment(seconds), "28/11/2026 06:59");
        assert_eq!(Lang::En.moment(seconds), "28 Nov 2026 06:59");
        assert_eq!(Lang::Vi.moment(i64::MAX), "–");
    }

    #[test]
    fn each_language_writes_numbers_and_dates_its_own_way() {
        let day = "2023-03-31".parse().expect("a date");
        let [vi, en] = Lang::ALL;
        assert_eq!((vi.number(738_004), en.number(738_004)), ("738.004".to_owned(), "738,004".to_owned()));
        assert_eq!((vi.percent(9_978), en.percent(9_978)), ("99,78\u{a0}%".to_owned(), "99.78%".to_owned()));
        assert_eq!((vi.percent_short(8_900), en.percent_short(8_950)), ("89\u{a0}%".into(), "89.5%".into()));
        assert_eq!((vi.date(day), en.date(day)), ("31/03/2023".to_owned(), "31 Mar 2023".to_owned()));
        let late = |lang: Lang, n| lang.count(n, "hồ sơ", "case file", "case files");
        assert_eq!(
            (late(vi, 1), late(en, 1), late(en, 2)),
            ("1 hồ sơ".into(), "1 case file".into(), "2 case files".into())
        );
    }
}
