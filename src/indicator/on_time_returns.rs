//! T3: the share of case files returned early or on time, with what is still open beside it.

use serde::{Deserialize, Serialize};

use super::Standing;
use crate::{
    case_file::{CaseFileDay, Measure},
    counts::Read,
    filter::Measured,
    lang::Lang,
    period::Window,
    rate::Rate,
    status::Status,
};

/// What [`Read`] gives for case files.
pub type CaseFileRead = Read<{ Measure::COUNT }>;

/// The reading by today's due dates, and by the first ones beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnTimeReturns {
    /// By today's due dates.
    #[serde(flatten)]
    pub official: Tally,
    /// By the first due dates.
    pub strict: Tally,
}

/// Where the files of a window went.
///
/// Invariant: `carried_over + received` is the sum of all that follow up to `paused`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Received in the window.
    pub received: i64,
    /// Open when the window began.
    pub carried_over: i64,
    /// Completed in the window before the due date.
    pub early: i64,
    /// Completed in the window on the due date.
    pub on_time: i64,
    /// Completed in the window after the due date.
    pub late: i64,
    /// Completed in the window without a due date.
    pub undetermined: i64,
    /// Withdrawn in the window.
    pub withdrawn: i64,
    /// Open at its end, the due date not passed.
    pub open_within_due: i64,
    /// Open at its end, the due date passed.
    pub open_overdue: i64,
    /// Open at its end, without a due date.
    pub open_undetermined: i64,
    /// Waiting for the applicant at its end.
    pub paused: i64,
    /// (early + on_time) of (early + on_time + late), floored, `"78.48"`.
    pub rate: Option<String>,
    /// How it stands against the target.
    pub status: Option<Status>,
}

impl OnTimeReturns {
    /// Reads a window from daily counts; `target` in hundredths of a percent.
    #[must_use]
    pub fn read(days: &[CaseFileDay], window: Window, target: i64) -> Self {
        Self::of(&Read::of(days, window), target)
    }

    /// The same from sums already made.
    #[must_use]
    pub fn of(read: &CaseFileRead, target: i64) -> Self {
        Self { official: Tally::of(read, &OFFICIAL, target), strict: Tally::of(read, &STRICT, target) }
    }
}

/// The columns of one yardstick: early, on time, late, undetermined, open within, overdue, undetermined.
type Columns = [Measure; 7];

const OFFICIAL: Columns = [
    Measure::Early,
    Measure::OnTime,
    Measure::Late,
    Measure::Undetermined,
    Measure::OpenWithinDue,
    Measure::OpenOverdue,
    Measure::OpenUndetermined,
];

const STRICT: Columns = [
    Measure::StrictEarly,
    Measure::StrictOnTime,
    Measure::StrictLate,
    Measure::StrictUndetermined,
    Measure::StrictOpenWithinDue,
    Measure::StrictOpenOverdue,
    Measure::StrictOpenUndetermined,
];

impl Tally {
    fn of(read: &CaseFileRead, columns: &Columns, target: i64) -> Self {
        let [early, on_time, late, undetermined, within, overdue, open_undetermined] = *columns;
        let open = [within, overdue, open_undetermined, Measure::Paused];
        let mut tally = Self {
            received: read.inside[Measure::Received],
            carried_over: open.iter().map(|measure| read.before[*measure]).sum(),
            early: read.inside[early],
            on_time: read.inside[on_time],
            late: read.inside[late],
            undetermined: read.inside[undetermined],
            withdrawn: read.inside[Measure::Withdrawn],
            open_within_due: read.at_end(within),
            open_overdue: read.at_end(overdue),
            open_undetermined: read.at_end(open_undetermined),
            paused: read.at_end(Measure::Paused),
            rate: None,
            status: None,
        };
        tally.rate = tally.timed().machine();
        tally.status = Some(tally.stands(target));
        tally
    }

    /// Early or on time, of all that was timed.
    #[must_use]
    pub fn timed(&self) -> Rate {
        let hits = self.early + self.on_time;
        Rate::new(hits, hits + self.late)
    }

    /// All that is open at the end.
    #[must_use]
    pub fn open(&self) -> i64 {
        self.open_within_due + self.open_overdue + self.open_undetermined + self.paused
    }

    /// The figure whose files a list shows; zero for what is no part of a tally.
    #[must_use]
    pub fn figure(&self, measured: Measured) -> i64 {
        match measured {
            Measured::Received => self.received,
            Measured::Early => self.early,
            Measured::OnTime => self.on_time,
            Measured::Late => self.late,
            Measured::Undetermined => self.undetermined,
            Measured::Withdrawn => self.withdrawn,
            Measured::CarriedOver => self.carried_over,
            Measured::Open => self.open(),
            Measured::OpenWithinDue => self.open_within_due,
            Measured::OpenOverdue => self.open_overdue,
            Measured::OpenUndetermined => self.open_undetermined,
            Measured::Paused => self.paused,
            _ => 0,
        }
    }

    /// How the tally stands: missed below the target; at risk when the open overdue files, all of them late already,
    /// would bring it below; no data where nothing was timed.
    fn stands(&self, target: i64) -> Status {
        let timed = self.timed();
        let with_overdue = Rate::new(timed.hits, timed.all + self.open_overdue);
        if !timed.reaches(target) {
            Status::Missed
        } else if !with_overdue.reaches(target) {
            Status::AtRisk
        } else if timed.all == 0 {
            Status::NoData
        } else {
            Status::Met
        }
    }

    /// The status in words.
    #[must_use]
    pub fn standing(&self, target: i64, lang: Lang) -> Standing {
        let timed = self.timed();
        let status = self.stands(target);
        let shown = timed.floored().map_or_else(String::new, |rate| lang.percent(rate));
        let aim = lang.percent_short(target);
        let gap = lang.hundredths(target - timed.floored().unwrap_or(0));
        let is_grave = !timed.reaches(9_500);
        let (late, all, overdue) =
            (lang.number(timed.misses()), lang.number(timed.all), lang.number(self.open_overdue));
        let sentence = match (status, lang) {
            (Status::NoData, _) => lang
                .of(
                    "Không phát sinh hồ sơ có kết quả tính được hạn.",
                    "No case file with a due date was completed.",
                )
                .to_owned(),
            (Status::Missed, Lang::Vi) => {
                let grave = if is_grave { " (nghiêm trọng: dưới 95\u{a0}%)" } else { "" };
                format!(
                    "{shown} đúng hạn và trước hạn, thấp hơn chỉ tiêu {aim} là {gap} điểm{grave}: \
                     {late} hồ sơ trễ trong {all}."
                )
            }
            (Status::Missed, Lang::En) => {
                let grave = if is_grave { " (grave: below 95%)" } else { "" };
                format!(
                    "{shown} early or on time, {gap} points short of the target of {aim}{grave}: \
                     {late} of {all} case files late."
                )
            }
            (Status::AtRisk, Lang::Vi) => format!(
                "{overdue} hồ sơ đang giải quyết đã quá hạn, khi xong đều là hồ sơ trễ; đến nay chưa hụt chỉ tiêu {aim}."
            ),
            (Status::AtRisk, Lang::En) => format!(
                "{overdue} open case files are overdue and will be late when they are done; so far the target of {aim} \
                 is not missed."
            ),
            (_, Lang::Vi) => format!("{shown} đúng hạn và trước hạn trong {all} hồ sơ; đạt chỉ tiêu {aim}."),
            (_, Lang::En) => {
                format!("{shown} early or on time of {all} case files; the target of {aim} is met.")
            }
        };
        Standing { status, sentence }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counts::Counts;

    fn read(early: i64, late: i64, overdue: i64) -> CaseFileRead {
        let mut inside = Counts::default();
        inside[Measure::Early] = early;
        inside[Measure::Late] = late;
        inside[Measure::OpenOverdue] = overdue;
        Read { before: Counts::default(), inside }
    }

    fn status(early: i64, late: i64, overdue: i64, target: i64) -> Status {
        OnTimeReturns::of(&read(early, late, overdue), target).official.standing(target, Lang::Vi).status
    }

    #[test]
    fn one_late_file_in_a_hundred_thousand_misses_the_target_of_100_percent() {
        assert_eq!(status(99_999, 1, 0, 10_000), Status::Missed);
        assert_eq!(status(100_000, 0, 0, 10_000), Status::Met);
    }

    #[test]
    fn an_open_overdue_file_puts_a_clean_sheet_at_risk() {
        assert_eq!(status(100, 0, 1, 10_000), Status::AtRisk);
        assert_eq!(status(0, 0, 1, 10_000), Status::AtRisk);
        assert_eq!(status(0, 0, 0, 10_000), Status::NoData);
    }

    #[test]
    fn a_target_below_100_percent_is_met_exactly_at_its_boundary() {
        assert_eq!(status(98, 2, 0, 9_800), Status::Met);
        assert_eq!(status(979, 21, 0, 9_800), Status::Missed);
        assert_eq!(status(98, 2, 1, 9_800), Status::AtRisk);
    }

    #[test]
    fn the_sentence_says_the_rate_the_gap_and_the_late_files() {
        let tally = OnTimeReturns::of(&read(738_004, 1_626, 0), 10_000).official;
        assert_eq!(
            tally.standing(10_000, Lang::Vi).sentence,
            "99,78\u{a0}% đúng hạn và trước hạn, thấp hơn chỉ tiêu 100\u{a0}% là 0,22 điểm: 1.626 hồ sơ trễ trong 739.630."
        );
        let grave = OnTimeReturns::of(&read(94, 6, 0), 10_000).official.standing(10_000, Lang::Vi).sentence;
        assert!(grave.contains("nghiêm trọng"), "{grave}");
        assert_eq!(
            tally.standing(10_000, Lang::En).sentence,
            "99.78% early or on time, 0.22 points short of the target of 100%: 1,626 of 739,630 case files late."
        );
    }
}
