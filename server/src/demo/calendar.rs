//! The two years as numbered days, with the core's rules for working days and limits looked up instead of counted.
//!
//! Ten million files ask for some thirty million working days; a table answers each in one step.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use thuocdo::working_days::{HolidayKind, Limit, WorkingDays};

use super::{FIRST_DAY, LAST_DAY};

/// The published days off, the same file that every installation starts with.
const HOLIDAYS: &str = include_str!("../../seed/holidays.csv");
/// How the days of the lunar new year are called in it.
const TET: &str = "Nghỉ Tết Nguyên đán";
/// Days known after the last one: a file received then may be due, or a dialogue planned, this much later.
const AHEAD: u64 = 366;

/// A day, counted from the first one.
pub type Day = usize;

/// The days of the demonstration and a year more.
#[derive(Debug)]
pub struct Calendar {
    rules: WorkingDays,
    dates: Vec<NaiveDate>,
    /// Every working day.
    working: Vec<Day>,
    /// How many working days there are up to and with each day.
    worked: Vec<usize>,
    tet: Vec<Day>,
    /// The last day on which anything has happened.
    pub last: Day,
}

impl Calendar {
    pub fn new() -> Self {
        let rules = WorkingDays::new(holidays().map(|(date, _, kind)| (date, kind)));
        let end = LAST_DAY + Days::new(AHEAD);
        let dates: Vec<NaiveDate> = FIRST_DAY.iter_days().take_while(|date| *date <= end).collect();
        let working: Vec<Day> = (0..dates.len()).filter(|day| rules.is_working(dates[*day])).collect();
        let worked = (0..dates.len()).map(|day| working.partition_point(|worked| *worked <= day)).collect();
        let mut calendar = Self { rules, dates, working, worked, tet: Vec::new(), last: 0 };
        calendar.last = calendar.day(LAST_DAY);
        calendar.tet =
            holidays().filter(|(_, name, _)| *name == TET).map(|(d, _, _)| calendar.day(d)).collect();
        calendar
    }

    /// The number of a date.
    pub fn day(&self, date: NaiveDate) -> Day {
        self.dates.partition_point(|known| *known < date)
    }

    /// The date of a number; what lies beyond the calendar is its last day.
    pub fn date(&self, day: Day) -> NaiveDate {
        self.dates[day.min(self.dates.len() - 1)]
    }

    /// The days on which things happen.
    pub fn days(&self) -> std::ops::RangeInclusive<Day> {
        0..=self.last
    }

    pub fn is_working(&self, day: Day) -> bool {
        self.rules.is_working(self.date(day))
    }

    pub fn is_weekend(&self, day: Day) -> bool {
        matches!(self.date(day).weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The `n`th working day after `day`, `day` itself not counted.
    pub fn add(&self, day: Day, n: u32) -> Day {
        if n == 0 {
            return day;
        }
        let place = self.worked[day.min(self.worked.len() - 1)] + n as usize - 1;
        self.working[place.min(self.working.len() - 1)]
    }

    /// `day`, or the last working day before it; the first one of all where there is none.
    pub fn on_or_before(&self, day: Day) -> Day {
        self.working[self.worked[day].max(1) - 1]
    }

    /// Working days after `from` up to and with `to`.
    pub fn between(&self, from: Day, to: Day) -> u32 {
        self.worked[to].saturating_sub(self.worked[from]) as u32
    }

    /// Whether `day` lies up to so many days before Tết, or after it.
    pub fn is_near_tet(&self, day: Day, before: Day, after: Day) -> bool {
        self.tet.iter().any(|tet| (*tet..=tet + after).contains(&day) || (day..=day + before).contains(tet))
    }

    /// For a limit, the due date of every receipt day, as the core computes it.
    pub fn dues(&self, limit: Limit) -> Vec<Day> {
        self.days().map(|day| self.day(limit.due(self.dates[day], &self.rules))).collect()
    }
}

/// The lines of the holiday file: date, name, kind.
fn holidays() -> impl Iterator<Item = (NaiveDate, &'static str, HolidayKind)> {
    HOLIDAYS.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let (date, name, kind) = (cells.next()?, cells.next()?, cells.next()?);
        let kind = HolidayKind::ALL.into_iter().find(|known| known.as_str() == kind)?;
        Some((date.parse().ok()?, name, kind))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use thuocdo::working_days::LimitUnit;

    #[test]
    fn the_table_knows_what_the_core_counts() {
        let calendar = Calendar::new();
        for day in calendar.days() {
            for n in [0, 1, 2, 5, 22, 45] {
                let counted = calendar.rules.add(calendar.date(day), n);
                assert_eq!(calendar.date(calendar.add(day, n)), counted, "{} + {n}", calendar.date(day));
                assert_eq!(calendar.between(day, calendar.add(day, n)), n);
            }
            let before = calendar.on_or_before(day);
            assert!(calendar.is_working(before) && (before <= day || before == calendar.working[0]));
        }
        let limit = Limit { amount: 20, unit: LimitUnit::Day };
        let received = calendar.day("2023-01-06".parse().expect("a date"));
        assert_eq!(calendar.date(calendar.dues(limit)[received]).to_string(), "2023-01-27", "after Tết");
    }

    #[test]
    fn every_line_of_the_holiday_file_is_read() {
        assert_eq!(holidays().count(), HOLIDAYS.lines().count() - 1);
        assert_eq!(Calendar::new().tet.len(), 19);
    }
}
