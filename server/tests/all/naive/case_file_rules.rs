//! A case file by the naive rules.

use chrono::{Datelike, Days, NaiveDate};
use thuocdo::{
    agency::Level,
    case_file::{self, Status},
    filter::Measured,
    procedure,
    working_days::{LimitUnit, WorkingDays},
};

use super::{Span, between, first_working, given, plus};

/// Where a file stands at the end of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    None,
    Early,
    OnTime,
    Late,
    Undetermined,
    Withdrawn,
    Paused,
    Within,
    Overdue,
    NoDue,
}

/// A case file with everything its row and its procedure say.
pub struct File {
    pub agency: String,
    pub(super) level: Level,
    pub(super) field: Option<String>,
    pub(super) channel: Option<case_file::Channel>,
    pub(super) procedure: Option<String>,
    received: NaiveDate,
    due: Option<NaiveDate>,
    first_due: Option<NaiveDate>,
    completed: Option<NaiveDate>,
    returned: Option<NaiveDate>,
    status: Option<Status>,
    status_on: Option<NaiveDate>,
    paused: Option<NaiveDate>,
    resumed: Option<NaiveDate>,
    immediate: bool,
    apology: Option<NaiveDate>,
    reschedules: i32,
}

impl File {
    /// A row with what its procedure says of it.
    pub fn of(
        row: case_file::Row,
        procedure: Option<&procedure::Row>,
        level: Level,
        calendar: &WorkingDays,
    ) -> Self {
        let start = given(&row.resumed_on).unwrap_or(row.received_on).max(row.received_on);
        let limit = procedure.and_then(|procedure| given(&procedure.limit));
        let unit = procedure.and_then(|procedure| given(&procedure.limit_unit));
        let computed = limit.map(|limit| match unit {
            Some(LimitUnit::Hour) => plus(calendar, start, limit.div_ceil(8)),
            Some(LimitUnit::Day) => first_working(calendar, start + Days::new(limit.into())),
            _ => plus(calendar, start, limit),
        });
        let due = given(&row.due_on).or(computed);
        Self {
            level,
            agency: row.agency_code,
            field: given(&row.field_code).or_else(|| procedure.and_then(|p| given(&p.field_code))),
            channel: given(&row.channel),
            procedure: given(&row.procedure_code),
            received: row.received_on,
            due,
            first_due: given(&row.original_due_on).or(due),
            completed: given(&row.completed_on),
            returned: given(&row.returned_on),
            status: given(&row.status),
            status_on: given(&row.status_on),
            paused: given(&row.paused_on),
            resumed: given(&row.resumed_on),
            immediate: procedure.is_some_and(|procedure| given(&procedure.immediate) == Some(true)),
            apology: given(&row.apology_on),
            reschedules: given(&row.reschedules).unwrap_or(0),
        }
    }

    /// Where it stands at the end of a day, by today's due date or by the first one.
    pub fn state(&self, day: NaiveDate, by_first_due: bool) -> State {
        if matches!(self.status, Some(Status::Submitted | Status::NotAccepted)) || day < self.received {
            return State::None;
        }
        let due = if by_first_due { self.first_due } else { self.due };
        if let Some(end) = self.end()
            && end <= day
        {
            if self.status == Some(Status::Withdrawn) {
                return State::Withdrawn;
            }
            let done = self.completed.or(self.returned).expect("it ended");
            return match due {
                Some(due) if done < due => State::Early,
                Some(due) if done == due => State::OnTime,
                Some(_) => State::Late,
                None if self.immediate => State::OnTime,
                None => State::Undetermined,
            };
        }
        let waits = matches!(self.status, Some(Status::AwaitingSupplement | Status::AwaitingPayment));
        let pause = self.paused.or_else(|| waits.then(|| self.status_on.unwrap_or(self.received)));
        let until = if self.paused.is_some() { self.resumed } else { None };
        if pause.is_some_and(|from| from <= day) && until.is_none_or(|until| day < until) {
            return State::Paused;
        }
        match due {
            None => State::NoDue,
            Some(due) if due < day => State::Overdue,
            Some(_) => State::Within,
        }
    }

    /// The day on which it ends.
    pub fn end(&self) -> Option<NaiveDate> {
        let withdrawn = (self.status == Some(Status::Withdrawn))
            .then(|| self.completed.or(self.returned).or(self.status_on).unwrap_or(self.received));
        withdrawn.or(self.completed).or(self.returned).map(|end| end.max(self.received))
    }

    /// Its field's code.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// Its procedure's code.
    pub fn procedure(&self) -> Option<&str> {
        self.procedure.as_deref()
    }

    fn ends_in(&self, (from, last): Span) -> bool {
        self.end().is_some_and(|end| from.is_none_or(|from| from <= end) && end <= last)
    }

    /// Early or on time, late: of those that ended in the days.
    pub fn timed(&self, days: Span, by_first_due: bool) -> (i64, i64) {
        if !self.ends_in(days) {
            return (0, 0);
        }
        match self.state(days.1, by_first_due) {
            State::Early | State::OnTime => (1, 0),
            State::Late => (0, 1),
            _ => (0, 0),
        }
    }

    /// Whether a figure counts it.
    pub fn counts(&self, measured: Measured, days: Span, calendar: &WorkingDays) -> bool {
        let (from, last) = days;
        let inside = |day: NaiveDate| from.is_none_or(|from| from <= day) && day <= last;
        let state = self.state(last, false);
        let by_first = self.state(last, true);
        let is_received = !matches!(self.status, Some(Status::Submitted | Status::NotAccepted));
        let received = is_received && inside(self.received);
        let ended = self.ends_in(days);
        let is_open = |state| matches!(state, State::Paused | State::Within | State::Overdue | State::NoDue);
        let left = || between(calendar, last, self.due.expect("it is within"));
        let late_by = || between(calendar, self.due.expect("it is overdue"), last);
        let within = state == State::Within;
        let overdue = state == State::Overdue;
        let sent = self.apology.filter(|sent| *sent <= last);
        match measured {
            Measured::Received => received,
            Measured::CarriedOver => from
                .is_some_and(|from| from.pred_opt().is_some_and(|before| is_open(self.state(before, false)))),
            Measured::Early => ended && state == State::Early,
            Measured::OnTime => ended && state == State::OnTime,
            Measured::Late => ended && state == State::Late,
            Measured::StrictLate => ended && by_first == State::Late,
            Measured::Undetermined => ended && state == State::Undetermined,
            Measured::Withdrawn => ended && state == State::Withdrawn,
            Measured::Open => is_open(state),
            Measured::OpenWithinDue => within,
            Measured::OpenOverdue => overdue,
            Measured::OpenUndetermined => state == State::NoDue,
            Measured::Paused => state == State::Paused,
            Measured::DueIn0 => within && left() == 0,
            Measured::DueIn1 => within && left() == 1,
            Measured::DueIn3 => within && (2..=3).contains(&left()),
            Measured::DueIn5 => within && (4..=5).contains(&left()),
            Measured::DueInMonth => {
                within && self.due.is_some_and(|due| (due.year(), due.month()) == (last.year(), last.month()))
            }
            Measured::Overdue5 => overdue && late_by() <= 5,
            Measured::Overdue10 => overdue && (6..=10).contains(&late_by()),
            Measured::Overdue30 => overdue && (11..=30).contains(&late_by()),
            Measured::OverdueMore => overdue && late_by() > 30,
            Measured::LetterDue => {
                // The last working day that is at least a day before the first due date.
                let last_day = |due: NaiveDate| {
                    due.pred_opt()
                        .and_then(|before| before.iter_days().rev().find(|day| calendar.is_working(*day)))
                };
                by_first == State::Within && sent.is_none() && self.first_due.and_then(last_day) == Some(last)
            }
            Measured::LetterSent => is_received && sent.is_some_and(inside),
            Measured::LetterLate => {
                is_received
                    && sent.is_some_and(inside)
                    && sent.zip(self.first_due).is_some_and(|(sent, due)| sent >= due)
            }
            Measured::LetterMissing => {
                sent.is_none() && ((ended && by_first == State::Late) || by_first == State::Overdue)
            }
            Measured::RescheduledTwice => {
                self.reschedules >= 2 && is_received && self.received <= last && (ended || is_open(state))
            }
            Measured::WithoutDue => received && self.due.is_none() && !self.immediate,
            Measured::CompletedBeforeReceived => {
                ended
                    && self.status != Some(Status::Withdrawn)
                    && self.completed.or(self.returned).is_some_and(|done| done < self.received)
            }
            Measured::DueBeforeReceived => received && self.due.is_some_and(|due| due < self.received),
            // One import alone moves nothing.
            Measured::DueMovedAfter => false,
        }
    }
}
