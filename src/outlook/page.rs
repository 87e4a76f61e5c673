//! What the page on case files says of the rest of the year, made from daily counts, in words.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    Assumption, Basis, Expected, expected, lost_on, what_if,
    words::{Said, figures, forecast_sentence, lost_sentence},
};
use crate::{
    case_file::{CaseFileDay, Measure},
    case_file_report::{AgencyRead, Origin, source, timed},
    disclosure::Told,
    indicator::Question,
    lang::Lang,
    period::{Period, Unit},
    plan::{Indicator, Plan},
    rate::Rate,
    signal::{self, Series},
    wire,
    working_days::WorkingDays,
};

/// How many months the pace is taken from.
const RECENT: u32 = 3;

/// What an address asks to assume; what it leaves out is as expected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Asked {
    /// How many timed files are still to come.
    pub rest: Option<i64>,
    /// Their rate in hundredths of a percent.
    pub rest_rate: Option<i64>,
    /// How many agencies come down to the median share of late files.
    pub improved: Option<u32>,
}

/// A figure with its name and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its name.
    pub name: String,
    /// The figure.
    pub value: String,
    /// What it is made of.
    pub remark: String,
}

/// The section "to year end" of the page on case files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFileOutlook {
    /// The year.
    pub year: i32,
    /// Whether it is over, so that nothing is left to assume.
    pub is_over: bool,
    /// Where it stands.
    pub basis: Basis,
    /// What is assumed: as asked, else as expected.
    pub assumption: Assumption,
    /// The year's rate if the rest goes as the last months did.
    pub forecast: Rate,
    /// The forecast with its range, in words.
    pub sentence: String,
    /// Expected files, late budget, best reachable, needed rate.
    pub figures: Vec<Figure>,
    /// The day from which the target is out of reach.
    #[serde(with = "wire::maybe_day")]
    pub lost_on: Option<NaiveDate>,
    /// The same in words.
    pub lost: Option<String>,
    /// The finished months: whether they vary as usual.
    pub months: Series,
}

/// Makes the section from days in order and the agencies of the window; `None` where nothing was timed in the year.
#[must_use]
pub fn assemble_outlook(
    days: &[CaseFileDay],
    plan: &Plan,
    calendar: &WorkingDays,
    question: &Question,
    agencies: &[AgencyRead],
    asked: &Asked,
    origin: &Origin,
) -> Option<CaseFileOutlook> {
    let cycle = question.cycle;
    let at = question.window().last;
    let year = question.period.unwrap_or_else(|| Period::containing(at, Unit::Month, cycle)).year();
    let whole: Period = year.to_string().parse().ok()?;
    let last = question.as_of.min(whole.to(cycle));
    let is_over = last >= whole.to(cycle);
    let so_far = timed(days, whole.from(cycle), last);
    if last < whole.from(cycle) || so_far.all == 0 {
        return None;
    }
    let of_year = Question { period: Some(whole), ..question.clone() };
    let target = of_year.target(plan, Indicator::OnTimeReturns);
    let overdue =
        days.iter().take_while(|day| day.day <= last).map(|day| day.counts[Measure::OpenOverdue]).sum();
    let Expected { rest, source } = expected(days, calendar, whole, cycle, last);
    let reads: Vec<Rate> = agencies.iter().map(timed_of).collect();
    let basis = Basis::new(so_far, overdue, rest, is_over, target).with_agencies(&reads);

    let recent = timed(days, last - Months::new(RECENT) + Days::new(1), last);
    let pace = recent.floored().or(so_far.floored())?;
    let as_now = Assumption { rest: basis.rest, rest_rate: pace, improved: 0 };
    let months = series(days, calendar, question, origin);
    let signal = months.signal;
    let at_rate = |rest_rate| what_if(&basis, &Assumption { rest_rate, ..as_now });
    let forecast = what_if(&basis, &as_now);
    let lost_on = lost_on(days, whole.from(cycle), last, basis.allowance());
    let lost_on = lost_on.filter(|_| basis.late_budget() < 0);
    let said = Said { lang: origin.lang, year, is_over, basis: &basis, source };
    Some(CaseFileOutlook {
        sentence: forecast_sentence(
            &said,
            forecast,
            pace,
            signal.map(|signal| (at_rate(signal.limits.lower), at_rate(signal.limits.upper))),
        ),
        figures: figures(&said),
        lost: lost_on.map(|day| lost_sentence(&said, day)),
        year,
        is_over,
        assumption: asked.over(as_now, basis.excess.len()),
        forecast,
        lost_on,
        months,
        basis,
    })
}

impl CaseFileOutlook {
    /// What of the section a reader is told; `None` where it would tell of days or months that are held back.
    #[must_use]
    pub fn told(self, told: Told) -> Option<Self> {
        if told == Told::EVERYTHING {
            return Some(self);
        }
        // The day from which the target is out of reach is that of one file.
        told.before.then_some(Self { lost_on: None, lost: None, ..self })
    }
}

impl Asked {
    /// What is asked laid over what is expected.
    fn over(self, expected: Assumption, agencies: usize) -> Assumption {
        let improved = self.improved.map_or(expected.improved, |n| usize::try_from(n).unwrap_or(usize::MAX));
        Assumption {
            rest: self.rest.unwrap_or(expected.rest),
            rest_rate: self.rest_rate.unwrap_or(expected.rest_rate),
            improved: improved.min(agencies),
        }
    }
}

fn timed_of(agency: &AgencyRead) -> Rate {
    let read = &agency.read.inside;
    let hits = read[Measure::Early] + read[Measure::OnTime];
    Rate::new(hits, hits + read[Measure::Late])
}

/// The finished months of the part of the city asked for.
fn series(days: &[CaseFileDay], calendar: &WorkingDays, question: &Question, origin: &Origin) -> Series {
    let subtitle = match origin.lang {
        Lang::Vi => format!("Tỷ lệ hồ sơ đúng hạn và trước hạn theo tháng có kết quả, {}", origin.whom),
        Lang::En => format!("Share of case files early or on time, by month of completion, {}", origin.whom),
    };
    let subject = signal::Subject { subtitle: &subtitle, source: source(question, origin) };
    let first = days.first().map(|day| day.day);
    signal::series(first, calendar, question, origin, &subject, |from, to| timed(days, from, to))
}
