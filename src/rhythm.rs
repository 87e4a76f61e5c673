//! How often a source brings data, and whether it has fallen silent: measured by its own habit, not by a wish.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Fewer imports than this tell nothing of a habit.
const FEWEST: usize = 3;

/// How often a source brings data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    /// Days since it last did.
    pub days_ago: i64,
    /// The usual number of days between two imports: the middle of the gaps so far. `None` while there were too few.
    pub usual: Option<i64>,
}

impl Rhythm {
    /// The rhythm of a source from the days on which it brought something, the oldest first, each once; `None` for a
    /// source that never did.
    #[must_use]
    pub fn of(days: &[NaiveDate], today: NaiveDate) -> Option<Self> {
        let last = days.last()?;
        let mut gaps: Vec<i64> = days.windows(2).map(|two| (two[1] - two[0]).num_days()).collect();
        gaps.sort_unstable();
        let usual = (days.len() >= FEWEST).then(|| gaps[gaps.len() / 2]);
        Some(Self { days_ago: (today - *last).num_days(), usual })
    }

    /// Whether it is silent: twice as long as usual has passed, and two days more, so that a weekend is no silence.
    #[must_use]
    pub fn is_silent(self) -> bool {
        self.usual.is_some_and(|usual| self.days_ago > 2 * usual + 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(texts: &[&str]) -> Vec<NaiveDate> {
        texts.iter().map(|text| text.parse().expect("a test date")).collect()
    }

    fn rhythm(texts: &[&str], today: &str) -> Option<Rhythm> {
        Rhythm::of(&days(texts), today.parse().expect("a test date"))
    }

    #[test]
    fn a_weekly_source_is_silent_after_more_than_two_weeks_and_a_weekend() {
        let weekly = ["2023-03-01", "2023-03-08", "2023-03-15", "2023-03-22"];
        let at = |today| rhythm(&weekly, today).expect("a rhythm");
        assert_eq!(at("2023-03-29"), Rhythm { days_ago: 7, usual: Some(7) });
        assert!(!at("2023-04-07").is_silent());
        assert!(at("2023-04-08").is_silent());
    }

    #[test]
    fn a_daily_source_is_not_silent_over_a_weekend() {
        let daily = ["2023-03-01", "2023-03-02", "2023-03-03"];
        assert!(!rhythm(&daily, "2023-03-06").expect("a rhythm").is_silent());
        assert!(rhythm(&daily, "2023-03-08").expect("a rhythm").is_silent());
    }

    #[test]
    fn two_imports_are_no_habit_and_none_are_no_source() {
        let two = rhythm(&["2023-03-01", "2023-03-02"], "2024-03-01").expect("a rhythm");
        assert_eq!((two.usual, two.is_silent()), (None, false));
        assert_eq!(rhythm(&[], "2024-03-01"), None);
    }
}
