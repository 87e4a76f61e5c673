//! What can still be saved: open files by the working days left, and how the month ends if they are.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Step;
use crate::{
    case_file::{CaseFileDay, Measure, urgency::month_of},
    case_file_report::inside,
    filter::Measured,
    indicator::on_time_returns::CaseFileRead,
    lang::Lang,
    rate::Rate,
    wire,
};

/// Open files by the working days left, and by the working days overdue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescue {
    /// Due in 0, 1, 2–3, 4–5 working days.
    pub steps: Vec<Step>,
    /// Overdue by 1–5, 6–10, 11–30, more working days.
    pub ages: Vec<Step>,
    /// How the month ends if what is due in it is closed in time.
    pub month: MonthEnd,
}

/// The calendar month of the last day, as it stands and as it can still end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthEnd {
    /// Its last day.
    #[serde(with = "wire::day")]
    pub to: NaiveDate,
    /// Early and on time, of those timed in the month so far.
    pub so_far: Rate,
    /// Open within a due date that lies in the month.
    pub saved: Step,
    /// Open past the due date: late, whenever they are done.
    pub overdue: i64,
}

impl Rescue {
    pub(super) fn of(days: &[CaseFileDay], read: &CaseFileRead, saved: i64, last: NaiveDate) -> Self {
        let step = |measured: Measured| Step {
            measured,
            count: measured.urgency().map_or(0, |measure| read.at_end(measure)),
        };
        let (from, to) = month_of(last);
        let month = inside(days, from, last).inside;
        let hits = month[Measure::Early] + month[Measure::OnTime];
        Self {
            steps: Measured::RESCUE.map(step).to_vec(),
            ages: Measured::AGES.map(step).to_vec(),
            month: MonthEnd {
                to,
                so_far: Rate::new(hits, hits + month[Measure::Late]),
                saved: Step { measured: Measured::DueInMonth, count: saved },
                overdue: read.at_end(Measure::OpenOverdue),
            },
        }
    }
}

impl MonthEnd {
    /// How the month ends when everything due in it is closed in time and nothing else is closed.
    #[must_use]
    pub fn best(&self) -> Rate {
        self.so_far + Rate::new(self.saved.count, self.saved.count)
    }

    /// The same when the overdue files are closed in it as well.
    #[must_use]
    pub fn with_overdue(&self) -> Rate {
        self.best() + Rate::new(0, self.overdue)
    }

    /// What the figures mean for the month, in one or two sentences.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let Some(best) = self.best().floored() else {
            return lang
                .of(
                    "Trong tháng chưa có hồ sơ nào có kết quả hay đến hạn.",
                    "No case file was completed or falls due in the month.",
                )
                .to_owned();
        };
        let (best, to) = (lang.percent(best), lang.date(self.to));
        let saved = lang.number(self.saved.count);
        let first = match (lang, self.saved.count) {
            (Lang::Vi, 0) => format!("Không còn hồ sơ nào đến hạn từ nay đến {to}: tháng đang ở mức {best}."),
            (Lang::En, 0) => format!("Nothing more falls due by {to}: the month stands at {best}."),
            (Lang::Vi, _) => {
                format!(
                    "Nếu {saved} hồ sơ đến hạn từ nay đến {to} đều xong đúng hạn, tháng kết thúc ở mức {best}."
                )
            }
            (Lang::En, 1) => {
                format!("If the one case file due by {to} is closed in time, the month ends at {best}.")
            }
            (Lang::En, _) => {
                format!("If all {saved} case files due by {to} are closed in time, the month ends at {best}.")
            }
        };
        match self.with_overdue().floored().filter(|_| self.overdue > 0) {
            None => first,
            Some(less) => format!("{first} {}", self.overdue_sentence(less, lang)),
        }
    }

    fn overdue_sentence(&self, less: i64, lang: Lang) -> String {
        let (less, overdue) = (lang.percent(less), lang.number(self.overdue));
        match lang {
            Lang::Vi => format!(
                "{overdue} hồ sơ đã quá hạn khi xong đều tính thêm là trễ; xong hết trong tháng thì còn {less}."
            ),
            Lang::En => {
                let files = lang.count(self.overdue, "", "overdue file", "overdue files");
                format!(
                    "On top, {files} will count as late when done; all done within the month, it ends at {less}."
                )
            }
        }
    }
}
