//! What makes the data doubtful: dates that cannot be right, results that pile up on the last day of a month, agencies
//! that fell silent.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Step;
use crate::{
    case_file::{CaseFileDay, Measure, urgency::month_of},
    lang::Lang,
    period::Window,
    rate::Rate,
    working_days::WorkingDays,
};

/// An agency that received nothing in the last days of the window counts as silent after this many.
pub const SILENT_DAYS: u64 = 30;

/// What makes the data doubtful.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quality {
    /// Files whose dates cannot be right.
    pub doubts: Vec<Step>,
    /// Results on the last working days of months; `None` where no month is over or nothing was completed.
    pub bulk: Option<Bulk>,
    /// Agencies that received nothing in the last days, and did before.
    pub silent: Vec<Silent>,
}

/// An agency that fell silent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silent {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// Results on the last working days of the months that are whole in the window, against all their days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bulk {
    /// Completed on last working days, of all completed.
    pub results: Rate,
    /// Last working days, of all working days: what the share would be if every day were like the others.
    pub days: Rate,
}

impl Bulk {
    /// Whether the last days have more than twice what an ordinary day has.
    #[must_use]
    pub fn stands_out(&self) -> bool {
        let (results, days) = (self.results, self.days);
        i128::from(results.hits) * i128::from(days.all) > 2 * i128::from(days.hits) * i128::from(results.all)
    }

    /// The finding in one sentence.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let share = |rate: Rate| lang.percent(rate.floored().unwrap_or(0));
        let (results, days) = (share(self.results), share(self.days));
        let verdict = if self.stands_out() {
            lang.of(
                "gấp hơn hai lần ngày thường: nên kiểm tra việc kết thúc hàng loạt",
                "more than twice an ordinary day: look for files closed in bulk",
            )
        } else {
            lang.of("không có dấu hiệu kết thúc hàng loạt", "no sign of files closed in bulk")
        };
        match lang {
            Lang::Vi => format!(
                "Ngày làm việc cuối tháng có {results} số kết quả, trong khi các ngày đó chiếm {days} số ngày làm việc; {verdict}."
            ),
            Lang::En => format!(
                "The last working day of the month has {results} of the results, and these days are {days} of the working days; {verdict}."
            ),
        }
    }
}

/// Counts the results of the months that are whole in the window.
pub(super) fn bulk(days: &[CaseFileDay], window: Window, calendar: &WorkingDays) -> Option<Bulk> {
    let mut months: BTreeMap<NaiveDate, Vec<(NaiveDate, i64)>> = BTreeMap::new();
    for day in days.iter().filter(|day| window.contains(day.day)) {
        let (from, to) = month_of(day.day);
        if window.contains(from) && window.contains(to) {
            let done = [Measure::Early, Measure::OnTime, Measure::Late, Measure::Undetermined];
            let results = done.iter().map(|measure| day.counts[*measure]).sum();
            months.entry(from).or_default().push((day.day, results));
        }
    }
    let (mut results, mut working) = (Rate::default(), Rate::default());
    for (first, days) in months {
        let last = month_of(first).1;
        let last_working = calendar.on_or_before(last);
        let all: i64 = days.iter().map(|(_, count)| count).sum();
        let on_last: i64 = days.iter().filter(|(day, _)| *day >= last_working).map(|(_, count)| count).sum();
        results = results + Rate::new(on_last, all);
        let before = first.pred_opt().unwrap_or(first);
        working = working + Rate::new(1, i64::from(calendar.between(before, last)).max(1));
    }
    (results.all > 0).then_some(Bulk { results, days: working })
}
