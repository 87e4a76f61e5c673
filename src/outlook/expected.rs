//! How many files the year will have, and the day from which its target is out of reach: from daily counts.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::scaled;
use crate::{
    case_file::{CaseFileDay, Measure},
    case_file_report::timed,
    period::{Cycle, Period},
    working_days::WorkingDays,
};

/// What an expected number was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// Last year's same remaining days, scaled by this year's ratio to it.
    LastYear,
    /// The files of a working day so far, for the working days left.
    RunRate,
    /// Nothing was timed yet, or the year is over: nothing is added.
    Nothing,
}

/// How many timed files are still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// So many.
    pub rest: i64,
    /// Made from what.
    pub source: Source,
}

/// The timed files still to come in a year after `last`, from days in order.
///
/// Last year's data are complete when the data begin no later than its first working day: a year that began in the
/// middle would make this year look grown.
#[must_use]
pub fn expected(
    days: &[CaseFileDay],
    calendar: &WorkingDays,
    year: Period,
    cycle: Cycle,
    last: NaiveDate,
) -> Expected {
    let (from, to) = (year.from(cycle), year.to(cycle));
    let so_far = timed(days, from, last).all;
    if last >= to || so_far == 0 {
        return Expected { rest: 0, source: Source::Nothing };
    }
    let before = year.previous();
    let (old_from, old_to) = (before.from(cycle), before.to(cycle));
    let is_complete = days.first().is_some_and(|day| day.day <= calendar.on_or_after(old_from));
    let old_last = last - Months::new(12);
    let old_so_far = timed(days, old_from, old_last).all;
    if is_complete && old_so_far > 0 {
        let old_rest = timed(days, old_last + Days::new(1), old_to).all;
        return Expected { rest: scaled(old_rest, so_far, old_so_far), source: Source::LastYear };
    }
    let gone = i64::from(calendar.between(from - Days::new(1), last)).max(1);
    let left = i64::from(calendar.between(last, to));
    Expected { rest: scaled(so_far, left, gone), source: Source::RunRate }
}

/// The day from which a year can no longer reach its target, from days in order: with an allowance of none the day of
/// the first late file, else the day since which late and overdue files together are more than the allowance.
#[must_use]
pub fn lost_on(days: &[CaseFileDay], from: NaiveDate, last: NaiveDate, allowance: i64) -> Option<NaiveDate> {
    let of_year = || days.iter().filter(|day| from <= day.day && day.day <= last);
    if allowance <= 0
        && let Some(first) = of_year().find(|day| day.counts[Measure::Late] > 0)
    {
        return Some(first.day);
    }
    let mut spent: i64 =
        days.iter().take_while(|day| day.day < from).map(|day| day.counts[Measure::OpenOverdue]).sum();
    let mut lost = (spent > allowance).then_some(from);
    for day in of_year() {
        spent += day.counts[Measure::Late] + day.counts[Measure::OpenOverdue];
        lost = if spent > allowance { lost.or(Some(day.day)) } else { None };
    }
    lost
}
