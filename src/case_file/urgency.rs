//! The due dates of open files that have so many working days left, or are overdue by so many: what a list is asked by.

use chrono::NaiveDate;

use crate::{
    filter::Measured,
    period::{Cycle, Period, Unit},
    working_days::WorkingDays,
};

/// The first and the last due date of the open files that a figure by working days counts at the end of `day`; `None`
/// where the figure is no such one.
///
/// The counters say the same from the other side: they take each file and ask how far its due date is.
#[must_use]
pub fn due_between(
    measured: Measured,
    day: NaiveDate,
    calendar: &WorkingDays,
) -> Option<(NaiveDate, NaiveDate)> {
    let left = |from, to: u32| (calendar.add(day, from), before(calendar.add(day, to + 1)));
    // The due date from which `day` is the `n`th working day, or later.
    let overdue_by = |n| calendar.days_left_from(day, n);
    let after = |date: NaiveDate| date.succ_opt().unwrap_or(date);
    Some(match measured {
        Measured::DueIn0 => left(0, 0),
        Measured::DueIn1 => left(1, 1),
        Measured::DueIn3 => left(2, 3),
        Measured::DueIn5 => left(4, 5),
        Measured::DueInMonth => (day, month_of(day).1),
        Measured::Overdue5 => (after(overdue_by(6)), before(day)),
        Measured::Overdue10 => (after(overdue_by(11)), overdue_by(6)),
        Measured::Overdue30 => (after(overdue_by(31)), overdue_by(11)),
        Measured::OverdueMore => (NaiveDate::MIN, overdue_by(31)),
        _ => return None,
    })
}

/// The first and the last day of the calendar month that holds a day.
#[must_use]
pub fn month_of(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let month = Period::containing(day, Unit::Month, Cycle::Calendar);
    (month.from(Cycle::Calendar), month.to(Cycle::Calendar))
}

fn before(date: NaiveDate) -> NaiveDate {
    date.pred_opt().unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        case_file::{CaseFile, Measure},
        counts::Read,
        period::Window,
        working_days::HolidayKind,
    };

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    fn tet() -> WorkingDays {
        let off = ["2023-01-20", "2023-01-23", "2023-01-24", "2023-01-25", "2023-01-26"];
        let worked = (on("2023-02-04"), HolidayKind::SwapWorkday);
        WorkingDays::new(off.map(|day| (on(day), HolidayKind::DayOff)).into_iter().chain([worked]))
    }

    #[test]
    fn what_is_due_over_the_holidays_is_due_today_for_those_who_work() {
        let bounds = |measured| due_between(measured, on("2023-01-19"), &tet());
        assert_eq!(bounds(Measured::DueIn0), Some((on("2023-01-19"), on("2023-01-26"))));
        assert_eq!(bounds(Measured::DueIn1), Some((on("2023-01-27"), on("2023-01-29"))));
        assert_eq!(bounds(Measured::Overdue5), Some((on("2023-01-12"), on("2023-01-18"))));
        assert_eq!(bounds(Measured::Late), None);
    }

    proptest! {
        #[test]
        fn a_file_is_in_the_list_of_a_step_exactly_when_the_counter_has_it(day in 0..60u64, due in 0..140u64) {
            let (day, due) = (on("2023-01-10") + Days::new(day), on("2022-11-15") + Days::new(due));
            let received_on = on("2022-11-01");
            let file = CaseFile {
                received_on,
                due_on: Some(due),
                original_due_on: Some(due),
                completed_on: None,
                returned_on: None,
                status: None,
                status_on: None,
                paused_on: None,
                resumed_on: None,
                immediate: false,
            };
            let events = file.events(&tet());
            let counted = Read::of(&events, Window::up_to(day));
            for measured in Measured::RESCUE.into_iter().chain(Measured::AGES) {
                let (low, high) = due_between(measured, day, &tet()).expect("a step");
                let measure: Measure = measured.urgency().expect("a step");
                prop_assert_eq!(i64::from(low <= due && due <= high), counted.at_end(measure), "{:?}", measured);
            }
        }
    }
}
