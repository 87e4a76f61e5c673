//! A case file: one application for one procedure, its life by civil days, and what it adds to the counters.
//!
//! The rules are those of Decree 61/2018/NĐ-CP and Circular 01/2018/TT-VPCP; see [`CaseFile::state_on`].

mod changes;
mod row;
pub mod urgency;
mod words;

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

pub use self::{
    changes::{Change, Measures},
    row::Row,
    words::{Channel, Status},
};
use crate::{
    counts::{Counts, Day, measures},
    working_days::{Limit, WorkingDays},
};

/// How a finished file stands against its due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Completed before the due date.
    Early,
    /// Completed on the due date, or immediate and without one.
    OnTime,
    /// Completed after the due date.
    Late,
    /// Completed, but nobody knows by when it should have been: outside the rate.
    Undetermined,
}

/// How a file ends, whenever that is; the numbers are the store's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Not ended.
    Open = 0,
    /// [`Verdict::Early`].
    Early = 1,
    /// [`Verdict::OnTime`].
    OnTime = 2,
    /// [`Verdict::Late`].
    Late = 3,
    /// [`Verdict::Undetermined`].
    Undetermined = 4,
    /// Taken back by the applicant.
    Withdrawn = 5,
    /// Never received: in no count.
    NotReceived = 6,
}

impl Outcome {
    /// The number the store keeps.
    #[must_use]
    pub fn number(self) -> i32 {
        self as i32
    }
}

/// Where a file stands at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// In no count.
    NotReceived,
    /// Finished.
    Done(Verdict),
    /// Taken back by the applicant: outside the rate.
    Withdrawn,
    /// Waiting for the applicant: never overdue.
    Paused,
    /// Open, the due date not passed.
    OpenWithinDue,
    /// Open, the due date passed.
    OpenOverdue,
    /// Open, without a due date.
    OpenUndetermined,
}

/// Which due date a file is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Yardstick {
    /// Today's due date, whatever letters moved it.
    Official,
    /// The first due date (NĐ 61/2018 Đ19.9: a letter moves the date; the applicant waited all the same).
    Strict,
}

measures! {
    /// What is counted of case files.
    Measure {
        /// Received on the day.
        Received = "received",
        /// Withdrawn on the day.
        Withdrawn = "withdrawn",
        /// Waiting for the applicant.
        Paused = "paused",
        /// Completed before the due date.
        Early = "early",
        /// Completed on the due date.
        OnTime = "on_time",
        /// Completed after the due date.
        Late = "late",
        /// Completed without a due date.
        Undetermined = "undetermined",
        /// Open within the due date.
        OpenWithinDue = "open_within_due",
        /// Open past the due date.
        OpenOverdue = "open_overdue",
        /// Open without a due date.
        OpenUndetermined = "open_undetermined",
        /// Early by the first due date.
        StrictEarly = "strict_early",
        /// On time by the first due date.
        StrictOnTime = "strict_on_time",
        /// Late by the first due date.
        StrictLate = "strict_late",
        /// Completed without a first due date.
        StrictUndetermined = "strict_undetermined",
        /// Open within the first due date.
        StrictOpenWithinDue = "strict_open_within_due",
        /// Open past the first due date.
        StrictOpenOverdue = "strict_open_overdue",
        /// Open without a first due date.
        StrictOpenUndetermined = "strict_open_undetermined",
        /// Open, no working day left after this one.
        DueIn0 = "due_in_0",
        /// Open, one working day left.
        DueIn1 = "due_in_1",
        /// Open, two or three working days left.
        DueIn3 = "due_in_3",
        /// Open, four or five working days left.
        DueIn5 = "due_in_5",
        /// Overdue by up to 5 working days.
        Overdue5 = "overdue_5",
        /// Overdue by 6 to 10 working days.
        Overdue10 = "overdue_10",
        /// Overdue by 11 to 30 working days.
        Overdue30 = "overdue_30",
        /// Overdue by more than 30 working days.
        OverdueMore = "overdue_more",
    }
}

/// One number for each [`Measure`].
pub type CaseFileCounts = Counts<{ Measure::COUNT }>;
/// What one day adds to each [`Measure`].
pub type CaseFileDay = Day<{ Measure::COUNT }>;

/// The dates of one file that decide every count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseFile {
    /// Ngày tiếp nhận.
    pub received_on: NaiveDate,
    /// Ngày hẹn trả, as it stands today.
    pub due_on: Option<NaiveDate>,
    /// Ngày hẹn trả ban đầu.
    pub original_due_on: Option<NaiveDate>,
    /// Ngày có kết quả.
    pub completed_on: Option<NaiveDate>,
    /// Ngày trả.
    pub returned_on: Option<NaiveDate>,
    /// Trạng thái.
    pub status: Option<Status>,
    /// Ngày cập nhật trạng thái.
    pub status_on: Option<NaiveDate>,
    /// Ngày yêu cầu bổ sung.
    pub paused_on: Option<NaiveDate>,
    /// Ngày bổ sung.
    pub resumed_on: Option<NaiveDate>,
    /// The procedure gives its result at once, so that no due date is needed (NĐ 61/2018 Đ17.4).
    pub immediate: bool,
}

impl CaseFile {
    /// Where the file stands at the end of `day`. The first rule that fits decides:
    ///
    /// 1. not yet received, or never (status 1, 3): in no count;
    /// 2. completed, or else returned, on or before the day: judged by the date as given; it counts on the later of
    ///    that date and the receipt;
    /// 3. withdrawn (status 7), from the day it was;
    /// 4. paused, from the request to the day before the applicant answered;
    /// 5. open without a due date;
    /// 6. open and overdue when the due date is before the day, else within.
    ///
    /// A withdrawn file is never judged, whatever dates it carries.
    #[must_use]
    pub fn state_on(&self, day: NaiveDate, yardstick: Yardstick) -> State {
        if !self.is_received() || day < self.received_on {
            return State::NotReceived;
        }
        if self.ended_on().is_some_and(|end| end <= day) {
            return match self.completion() {
                Some(completion) => State::Done(self.verdict(completion, yardstick)),
                None => State::Withdrawn,
            };
        }
        if self.paused().is_some_and(|(from, to)| from <= day && to.is_none_or(|to| day < to)) {
            return State::Paused;
        }
        match self.due(yardstick) {
            None => State::OpenUndetermined,
            Some(due) if due < day => State::OpenOverdue,
            Some(_) => State::OpenWithinDue,
        }
    }

    /// Whether the file counts at all: a file that was only registered, or refused at the counter, does not.
    #[must_use]
    pub fn is_received(&self) -> bool {
        !matches!(self.status, Some(Status::Submitted | Status::NotAccepted))
    }

    /// The day on which the file ends for every count: completed or withdrawn, never before its receipt.
    #[must_use]
    pub fn ended_on(&self) -> Option<NaiveDate> {
        let end = self.completion().or_else(|| {
            self.is_withdrawn().then(|| {
                self.completed_on.or(self.returned_on).or(self.status_on).unwrap_or(self.received_on)
            })
        });
        end.map(|end| end.max(self.received_on))
    }

    /// The date of the result as given; the return stands in where nobody wrote when the work was done.
    #[must_use]
    pub fn completion(&self) -> Option<NaiveDate> {
        if self.is_withdrawn() { None } else { self.completed_on.or(self.returned_on) }
    }

    /// How the file ends, by the dates it has.
    #[must_use]
    pub fn outcome(&self, yardstick: Yardstick) -> Outcome {
        let Some(end) = self.ended_on().filter(|_| self.is_received()) else {
            return if self.is_received() { Outcome::Open } else { Outcome::NotReceived };
        };
        match self.state_on(end, yardstick) {
            State::Done(Verdict::Early) => Outcome::Early,
            State::Done(Verdict::OnTime) => Outcome::OnTime,
            State::Done(Verdict::Late) => Outcome::Late,
            State::Done(Verdict::Undetermined) => Outcome::Undetermined,
            _ => Outcome::Withdrawn,
        }
    }

    fn is_withdrawn(&self) -> bool {
        self.status == Some(Status::Withdrawn)
    }

    fn due(&self, yardstick: Yardstick) -> Option<NaiveDate> {
        match yardstick {
            Yardstick::Official => self.due_on,
            Yardstick::Strict => self.original_due_on,
        }
    }

    fn verdict(&self, completion: NaiveDate, yardstick: Yardstick) -> Verdict {
        match self.due(yardstick) {
            Some(due) if completion < due => Verdict::Early,
            Some(due) if completion == due => Verdict::OnTime,
            Some(_) => Verdict::Late,
            None if self.immediate => Verdict::OnTime,
            None => Verdict::Undetermined,
        }
    }

    /// The pause: its first day and the first day after it.
    #[must_use]
    pub fn paused(&self) -> Option<(NaiveDate, Option<NaiveDate>)> {
        match (self.paused_on, self.status) {
            (Some(from), _) => Some((from, self.resumed_on)),
            (None, Some(status)) if status.waits_for_applicant() => {
                Some((self.status_on.unwrap_or(self.received_on), None))
            }
            _ => None,
        }
    }

    /// What the file adds to the counters: the differences of its states from day to day.
    #[must_use]
    pub fn events(&self, calendar: &WorkingDays) -> Vec<CaseFileDay> {
        let event = |change: Change| {
            let mut counts = CaseFileCounts::default();
            change.add_to(&mut counts, 1);
            CaseFileDay { day: change.day, counts }
        };
        self.changes(calendar).into_iter().map(event).collect()
    }

    /// The days on which the file changes its state, and how: the events in a twentieth of the room.
    #[must_use]
    pub fn changes(&self, calendar: &WorkingDays) -> Vec<Change> {
        if !self.is_received() {
            return Vec::new();
        }
        let mut turns = self.turns(calendar);
        turns.sort_unstable();
        turns.dedup();
        let mut was = Measures::default();
        let mut changes = Vec::with_capacity(turns.len());
        for day in turns {
            let is = self.measures_on(day, calendar);
            if is != was {
                changes.push(Change { day, entered: is.without(was), left: was.without(is) });
            }
            was = is;
        }
        changes
    }

    /// The days on which the file may change its state.
    fn turns(&self, calendar: &WorkingDays) -> Vec<NaiveDate> {
        let mut turns = vec![self.received_on];
        let end = self.ended_on();
        turns.extend(end);
        if let Some((from, to)) = self.paused() {
            turns.push(from);
            turns.extend(to);
        }
        if let Some(due) = self.original_due_on {
            turns.extend(due.succ_opt());
        }
        if let Some(due) = self.due_on {
            turns.extend(due.succ_opt());
            for left in [0, 1, 3, 5] {
                // The first day with no more than `left` working days to go.
                turns.extend(calendar.days_left_from(due, left + 1).succ_opt());
            }
            // A working day is a day at least: what ended before needs no calendar.
            let is_over = |age: u32| {
                end.is_some_and(|end| {
                    due.checked_add_days(Days::new(age.into())).is_some_and(|day| end <= day)
                })
            };
            for age in [5, 10, 30].into_iter().filter(|age| !is_over(*age)) {
                turns.push(calendar.add(due, age + 1));
            }
        }
        turns.retain(|day| *day >= self.received_on && end.is_none_or(|end| *day <= end));
        turns
    }

    /// The measures the file is in at the end of the day; what happened once stays.
    fn measures_on(&self, day: NaiveDate, calendar: &WorkingDays) -> Measures {
        let official = self.state_on(day, Yardstick::Official);
        let by_due = match official {
            State::NotReceived => return Measures::default(),
            State::Withdrawn => Measure::Withdrawn,
            State::Paused => Measure::Paused,
            State::Done(Verdict::Early) => Measure::Early,
            State::Done(Verdict::OnTime) => Measure::OnTime,
            State::Done(Verdict::Late) => Measure::Late,
            State::Done(Verdict::Undetermined) => Measure::Undetermined,
            State::OpenWithinDue => Measure::OpenWithinDue,
            State::OpenOverdue => Measure::OpenOverdue,
            State::OpenUndetermined => Measure::OpenUndetermined,
        };
        let by_first_due = match self.state_on(day, Yardstick::Strict) {
            State::NotReceived | State::Withdrawn | State::Paused => None,
            State::Done(Verdict::Early) => Some(Measure::StrictEarly),
            State::Done(Verdict::OnTime) => Some(Measure::StrictOnTime),
            State::Done(Verdict::Late) => Some(Measure::StrictLate),
            State::Done(Verdict::Undetermined) => Some(Measure::StrictUndetermined),
            State::OpenWithinDue => Some(Measure::StrictOpenWithinDue),
            State::OpenOverdue => Some(Measure::StrictOpenOverdue),
            State::OpenUndetermined => Some(Measure::StrictOpenUndetermined),
        };
        let urgency = self.urgency_on(day, official, calendar);
        [Measure::Received, by_due].into_iter().chain(by_first_due).chain(urgency).collect()
    }

    /// By how many working days an open file is from its due date, in the steps people act on.
    fn urgency_on(&self, day: NaiveDate, state: State, calendar: &WorkingDays) -> Option<Measure> {
        let due = self.due_on?;
        match state {
            State::OpenWithinDue => match calendar.between(day, due) {
                0 => Some(Measure::DueIn0),
                1 => Some(Measure::DueIn1),
                2..=3 => Some(Measure::DueIn3),
                4..=5 => Some(Measure::DueIn5),
                _ => None,
            },
            State::OpenOverdue => Some(match calendar.between(due, day) {
                0..=5 => Measure::Overdue5,
                6..=10 => Measure::Overdue10,
                11..=30 => Measure::Overdue30,
                _ => Measure::OverdueMore,
            }),
            _ => None,
        }
    }
}

/// The due date a file gets from its procedure's limit where the source gives none.
///
/// After a supplement the clock restarts from the day the papers were complete (NĐ 61/2018 Đ19.4).
#[must_use]
pub fn computed_due(
    limit: Option<Limit>,
    received_on: NaiveDate,
    resumed_on: Option<NaiveDate>,
    calendar: &WorkingDays,
) -> Option<NaiveDate> {
    limit.map(|limit| limit.due(resumed_on.unwrap_or(received_on).max(received_on), calendar))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{counts::Read, period::Window};
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a test date")
    }

    fn received(on: &str) -> CaseFile {
        CaseFile {
            received_on: day(on),
            due_on: None,
            original_due_on: None,
            completed_on: None,
            returned_on: None,
            status: None,
            status_on: None,
            paused_on: None,
            resumed_on: None,
            immediate: false,
        }
    }

    fn due(on: &str, due: &str) -> CaseFile {
        CaseFile { due_on: Some(day(due)), original_due_on: Some(day(due)), ..received(on) }
    }

    fn state(file: &CaseFile, on: &str) -> State {
        file.state_on(day(on), Yardstick::Official)
    }

    #[test]
    fn a_file_is_within_due_on_its_due_date_and_overdue_the_day_after() {
        let file = due("2023-03-01", "2023-03-10");
        assert_eq!(state(&file, "2023-02-28"), State::NotReceived);
        assert_eq!(state(&file, "2023-03-10"), State::OpenWithinDue);
        assert_eq!(state(&file, "2023-03-11"), State::OpenOverdue);
    }

    #[test]
    fn a_completion_after_the_day_asked_for_has_not_happened_yet() {
        let file = CaseFile { completed_on: Some(day("2023-03-20")), ..due("2023-03-01", "2023-03-10") };
        assert_eq!(state(&file, "2023-03-19"), State::OpenOverdue);
        assert_eq!(state(&file, "2023-03-20"), State::Done(Verdict::Late));
    }

    #[test]
    fn dates_beat_an_open_status() {
        let file = CaseFile {
            completed_on: Some(day("2023-03-10")),
            status: Some(Status::Processing),
            ..due("2023-03-01", "2023-03-10")
        };
        assert_eq!(state(&file, "2023-03-10"), State::Done(Verdict::OnTime));
    }

    #[test]
    fn the_return_stands_in_for_a_missing_completion() {
        let file = CaseFile { returned_on: Some(day("2023-03-09")), ..due("2023-03-01", "2023-03-10") };
        assert_eq!(state(&file, "2023-03-09"), State::Done(Verdict::Early));
    }

    #[test]
    fn a_completion_before_the_receipt_counts_from_the_receipt_but_is_judged_as_given() {
        let file = CaseFile { completed_on: Some(day("2023-02-20")), ..due("2023-03-01", "2023-02-25") };
        assert_eq!(state(&file, "2023-02-28"), State::NotReceived);
        assert_eq!(state(&file, "2023-03-01"), State::Done(Verdict::Early));
    }

    #[test]
    fn a_withdrawn_file_is_open_until_it_is_withdrawn_and_never_judged() {
        let file = CaseFile {
            status: Some(Status::Withdrawn),
            status_on: Some(day("2023-03-15")),
            ..due("2023-03-01", "2023-03-10")
        };
        assert_eq!(state(&file, "2023-03-14"), State::OpenOverdue);
        assert_eq!(state(&file, "2023-03-15"), State::Withdrawn);
        let completed = CaseFile { completed_on: Some(day("2023-03-12")), ..file };
        assert_eq!(state(&completed, "2023-03-12"), State::Withdrawn);
        let undated = CaseFile { status_on: None, ..file };
        assert_eq!(state(&undated, "2023-03-01"), State::Withdrawn);
    }

    #[test]
    fn a_file_waiting_for_the_applicant_is_never_overdue() {
        let file = CaseFile {
            paused_on: Some(day("2023-03-05")),
            resumed_on: Some(day("2023-03-20")),
            ..due("2023-03-01", "2023-03-10")
        };
        assert_eq!(state(&file, "2023-03-04"), State::OpenWithinDue);
        assert_eq!(state(&file, "2023-03-19"), State::Paused);
        assert_eq!(state(&file, "2023-03-20"), State::OpenOverdue);
        let by_status = CaseFile { status: Some(Status::AwaitingPayment), ..due("2023-03-01", "2023-03-10") };
        assert_eq!(state(&by_status, "2023-03-01"), State::Paused);
    }

    #[test]
    fn a_file_without_a_due_date_is_on_time_only_when_its_procedure_is_immediate() {
        let file = CaseFile { completed_on: Some(day("2023-03-01")), ..received("2023-03-01") };
        assert_eq!(state(&file, "2023-03-01"), State::Done(Verdict::Undetermined));
        assert_eq!(state(&CaseFile { immediate: true, ..file }, "2023-03-01"), State::Done(Verdict::OnTime));
        assert_eq!(state(&received("2023-03-01"), "2023-03-02"), State::OpenUndetermined);
    }

    #[test]
    fn a_refused_or_merely_registered_file_is_in_no_count() {
        for status in [Status::Submitted, Status::NotAccepted] {
            let file = CaseFile { status: Some(status), ..due("2023-03-01", "2023-03-10") };
            assert_eq!(state(&file, "2023-03-02"), State::NotReceived);
            assert!(file.events(&WorkingDays::default()).is_empty());
        }
    }

    #[test]
    fn a_moved_due_date_helps_the_official_verdict_and_not_the_strict_one() {
        let file = CaseFile {
            due_on: Some(day("2023-03-20")),
            completed_on: Some(day("2023-03-15")),
            ..due("2023-03-01", "2023-03-10")
        };
        assert_eq!(file.state_on(day("2023-03-15"), Yardstick::Official), State::Done(Verdict::Early));
        assert_eq!(file.state_on(day("2023-03-15"), Yardstick::Strict), State::Done(Verdict::Late));
    }

    prop_compose! {
        fn near()(offset in 0..60u64) -> NaiveDate { day("2023-01-02") + Days::new(offset) }
    }

    prop_compose! {
        fn any_file()(
            received_on in near(),
            dates in prop::collection::vec(prop::option::of(near()), 7),
            status in prop::option::of(1..=10i32),
            immediate in any::<bool>(),
        ) -> CaseFile {
            CaseFile {
                received_on,
                due_on: dates[0],
                original_due_on: dates[1],
                completed_on: dates[2],
                returned_on: dates[3],
                status: status.and_then(Status::from_code),
                status_on: dates[4],
                paused_on: dates[5],
                resumed_on: dates[6],
                immediate,
            }
        }
    }

    proptest! {
        #[test]
        fn the_sum_of_events_is_the_state_at_the_end_of_any_day(file in any_file(), offset in 0..140u64) {
            let calendar = WorkingDays::default();
            let on = day("2022-12-25") + Days::new(offset);
            let read = Read::of(&file.events(&calendar), Window::up_to(on));
            let mut is = CaseFileCounts::default();
            let entered = file.measures_on(on, &calendar);
            Change { day: on, entered, left: Measures::default() }.add_to(&mut is, 1);
            prop_assert_eq!(read.inside, is);
        }

        #[test]
        fn whatever_came_in_is_finished_or_still_open(file in any_file(), offset in 0..140u64) {
            use Measure::{
                Early, Late, OnTime, OpenOverdue, OpenUndetermined, OpenWithinDue, Paused, Received, StrictEarly,
                StrictLate, StrictOnTime, StrictOpenOverdue, StrictOpenUndetermined, StrictOpenWithinDue,
                StrictUndetermined, Undetermined, Withdrawn,
            };
            let on = day("2022-12-25") + Days::new(offset);
            let all = Read::of(&file.events(&WorkingDays::default()), Window::up_to(on)).inside;
            let both = all[Withdrawn] + all[Paused];
            let official = [Early, OnTime, Late, Undetermined, OpenWithinDue, OpenOverdue, OpenUndetermined];
            let strict = [StrictEarly, StrictOnTime, StrictLate, StrictUndetermined, StrictOpenWithinDue,
                StrictOpenOverdue, StrictOpenUndetermined];
            prop_assert_eq!(all[Received], both + official.iter().map(|m| all[*m]).sum::<i64>());
            prop_assert_eq!(all[Received], both + strict.iter().map(|m| all[*m]).sum::<i64>());
        }
    }
}
