//! The working-day calendar: Monday to Friday, less the days off, plus the Saturdays and Sundays worked in exchange.

use std::{collections::BTreeSet, ops::Bound};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// What a line of the holiday table says of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayKind {
    /// Nobody works: a holiday, or the weekday given in lieu of one.
    DayOff,
    /// A weekend day worked in exchange for a weekday off.
    SwapWorkday,
}

impl HolidayKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::DayOff, Self::SwapWorkday];

    /// The word in files and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DayOff => "day_off",
            Self::SwapWorkday => "swap_workday",
        }
    }
}

/// A row of a `holidays` import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayRow {
    /// Ngày.
    pub date: NaiveDate,
    /// Tên ngày nghỉ.
    pub name: Option<String>,
    /// Loại.
    pub kind: HolidayKind,
}

/// The days on which the city's offices work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingDays {
    days_off: BTreeSet<NaiveDate>,
    worked: BTreeSet<NaiveDate>,
}

impl WorkingDays {
    /// The calendar of a holiday table. A day listed both ways is worked.
    pub fn new(holidays: impl IntoIterator<Item = (NaiveDate, HolidayKind)>) -> Self {
        let mut calendar = Self::default();
        for (day, kind) in holidays {
            match kind {
                HolidayKind::DayOff => calendar.days_off.insert(day),
                HolidayKind::SwapWorkday => calendar.worked.insert(day),
            };
        }
        calendar
    }

    /// Whether offices work on this day.
    #[must_use]
    pub fn is_working(&self, day: NaiveDate) -> bool {
        self.worked.contains(&day) || (is_weekday(day) && !self.days_off.contains(&day))
    }

    /// The `n`th working day after `day`; `day` itself is not counted (Civil Code 2015, art. 147).
    /// With `n` = 0, `day` itself.
    #[must_use]
    pub fn add(&self, day: NaiveDate, n: u32) -> NaiveDate {
        let mut at = day;
        let mut left = n;
        while left > 0 {
            let Some(next) = at.succ_opt() else { return at };
            at = next;
            left -= u32::from(self.is_working(at));
        }
        at
    }

    /// `day`, or the next working day when offices are closed on it (Civil Code 2015, art. 148).
    #[must_use]
    pub fn on_or_after(&self, day: NaiveDate) -> NaiveDate {
        if self.is_working(day) { day } else { self.add(day, 1) }
    }

    /// `day`, or the last working day before it.
    #[must_use]
    pub fn on_or_before(&self, day: NaiveDate) -> NaiveDate {
        let mut at = day;
        while !self.is_working(at) {
            let Some(previous) = at.pred_opt() else { return at };
            at = previous;
        }
        at
    }

    /// Working days after `from` up to and with `to`; zero when `to` is not after `from`.
    #[must_use]
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let days = (to - from).num_days();
        if days <= 0 {
            return 0;
        }
        // Whole weeks have five weekdays; the days that are left over are looked at one by one.
        let (weeks, left) = (days / 7, days % 7);
        let last = to - Days::new(u64::try_from(left).unwrap_or(0));
        let over =
            last.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| is_weekday(*day)).count();
        let between = (Bound::Excluded(from), Bound::Included(to));
        let off = self.days_off.range(between).filter(|day| is_weekday(**day) && !self.worked.contains(day));
        let worked = self.worked.range(between).filter(|day| !is_weekday(**day));
        let count = weeks * 5 + over as i64 - off.count() as i64 + worked.count() as i64;
        u32::try_from(count).unwrap_or(0)
    }

    /// The last day from which the `n`th working day is not after `to`: the inverse of [`add`](Self::add).
    ///
    /// A thing due on `to` has `n` working days or more left on this day, and fewer on the next.
    #[must_use]
    pub fn days_left_from(&self, to: NaiveDate, n: u32) -> NaiveDate {
        let mut at = to;
        let mut left = n;
        while left > 0 {
            left -= u32::from(self.is_working(at));
            let Some(previous) = at.pred_opt() else { return at };
            at = previous;
        }
        at
    }
}

fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

impl LimitUnit {
    /// Every unit.
    pub const ALL: [Self; 3] = [Self::WorkingDay, Self::Day, Self::Hour];

    /// The word in files and tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WorkingDay => "working_day",
            Self::Day => "day",
            Self::Hour => "hour",
        }
    }
}

/// A procedure's time limit, in the unit the rule names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: LimitUnit,
}

/// The unit of a procedure's time limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitUnit {
    /// Working days.
    WorkingDay,
    /// Calendar days; an end on a day off moves to the next working day.
    Day,
    /// Working hours, eight a day; times of day do not count, so a part of a day is a day.
    Hour,
}

impl Limit {
    /// The due date of something received on `from`.
    #[must_use]
    pub fn due(self, from: NaiveDate, calendar: &WorkingDays) -> NaiveDate {
        match self.unit {
            LimitUnit::WorkingDay => calendar.add(from, self.amount),
            LimitUnit::Hour => calendar.add(from, self.amount.div_ceil(8)),
            LimitUnit::Day => {
                let end = from.checked_add_days(Days::new(self.amount.into())).unwrap_or(NaiveDate::MAX);
                calendar.on_or_after(end)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    /// The public-sector days off of 2022 to 2024 that fall on weekdays, and the one Saturday worked.
    fn vietnam() -> WorkingDays {
        let off = "2022-01-03 2022-01-31 2022-02-01 2022-02-02 2022-02-03 2022-02-04 2022-04-11 2022-05-02 2022-05-03 \
                   2022-09-01 2022-09-02 2023-01-02 2023-01-20 2023-01-23 2023-01-24 2023-01-25 2023-01-26 2023-05-01 \
                   2023-05-02 2023-05-03 2023-09-01 2023-09-04 2024-01-01 2024-02-08 2024-02-09 2024-02-12 2024-02-13 \
                   2024-02-14 2024-04-18 2024-04-29 2024-04-30 2024-05-01 2024-09-02 2024-09-03";
        let off = off.split_whitespace().map(|text| (day(text), HolidayKind::DayOff));
        WorkingDays::new(off.chain([(day("2024-05-04"), HolidayKind::SwapWorkday)]))
    }

    #[test]
    fn due_dates_step_over_weekends_and_tet_and_count_the_swapped_saturday() {
        let calendar = vietnam();
        for (received, working_days, due) in [
            ("2022-12-30", 1, "2023-01-03"),
            ("2023-01-17", 5, "2023-01-31"),
            ("2023-01-19", 1, "2023-01-27"),
            ("2023-01-21", 1, "2023-01-27"),
            ("2023-03-10", 15, "2023-03-31"),
            ("2023-04-27", 3, "2023-05-05"),
            ("2023-08-31", 2, "2023-09-06"),
            ("2024-02-06", 3, "2024-02-16"),
            ("2024-04-26", 3, "2024-05-04"),
        ] {
            assert_eq!(calendar.add(day(received), working_days), day(due), "{received} + {working_days}");
        }
    }

    #[test]
    fn the_years_have_as_many_working_days_as_published() {
        let calendar = vietnam();
        for (year, days) in [(2022, 249), (2023, 249), (2024, 251)] {
            assert_eq!(
                calendar.between(day(&format!("{}-12-31", year - 1)), day(&format!("{year}-12-31"))),
                days
            );
        }
    }

    #[test]
    fn a_limit_in_calendar_days_that_ends_on_a_day_off_moves_to_the_next_working_day() {
        let calendar = vietnam();
        let ten = Limit { amount: 10, unit: LimitUnit::Day };
        assert_eq!(ten.due(day("2023-01-12"), &calendar), day("2023-01-27"));
        assert_eq!(
            Limit { amount: 4, unit: LimitUnit::Hour }.due(day("2023-03-10"), &calendar),
            day("2023-03-13")
        );
    }

    prop_compose! {
        fn any_day()(offset in 0..1_000u64) -> NaiveDate { day("2022-01-01") + Days::new(offset) }
    }

    proptest! {
        #[test]
        fn working_days_between_two_days_are_those_met_on_the_way(from in 0_u64..2_000, days in 0_u64..900) {
            let calendar = vietnam();
            let from = day("2021-06-01") + Days::new(from);
            let to = from + Days::new(days);
            let met = from.iter_days().skip(1).take_while(|day| *day <= to);
            let met = met.filter(|day| calendar.is_working(*day)).count();
            prop_assert_eq!(calendar.between(from, to), u32::try_from(met).unwrap());
            prop_assert_eq!(calendar.between(to, from), 0);
        }

        #[test]
        fn working_days_add_up(from in any_day(), a in 0..60u32, b in 0..60u32) {
            let calendar = vietnam();
            prop_assert_eq!(calendar.add(calendar.add(from, a), b), calendar.add(from, a + b));
        }

        #[test]
        fn counting_back_what_was_added_gives_the_same_number(from in any_day(), n in 0..60u32) {
            let calendar = vietnam();
            prop_assert_eq!(calendar.between(from, calendar.add(from, n)), n);
        }

        #[test]
        fn days_left_is_the_last_day_with_enough_days(to in any_day(), n in 0..40u32) {
            let calendar = vietnam();
            let last = calendar.days_left_from(to, n);
            prop_assert!(calendar.between(last, to) >= n);
            prop_assert!(n == 0 || calendar.between(last + Days::new(1), to) < n);
        }
    }
}
