//! A petition by the naive rules.

use chrono::NaiveDate;
use thuocdo::{
    agency::Level,
    case_file,
    counts::Given,
    petition::{self, Kind, Status},
    petition_report::{KindChoice, PetitionFigure},
    working_days::WorkingDays,
};

use super::{Span, between, given, plus};

/// A petition with everything its row says.
pub struct Petition {
    pub agency: String,
    pub(super) level: Level,
    pub(super) field: Option<String>,
    pub(super) channel: Option<case_file::Channel>,
    pub(super) row: petition::Row,
    judged: Judged,
}

/// A step with the day it was decided and whether in time.
type Step = Option<(NaiveDate, bool)>;

/// Received, handled, notified; then the whole.
type Judged = ([Step; 3], Step);

impl Petition {
    /// A row, judged.
    pub fn of(row: petition::Row, level: Level, calendar: &WorkingDays) -> Self {
        Self {
            judged: steps(&row, calendar),
            agency: row.agency_code.clone(),
            level,
            field: given(&row.field_code),
            channel: given(&row.channel),
            row,
        }
    }

    /// Whether a figure counts it.
    pub fn counts(&self, figure: PetitionFigure, (from, last): Span, calendar: &WorkingDays) -> bool {
        let inside = |day: NaiveDate| from.is_none_or(|from| from <= day) && day <= last;
        let ([received, handled, notified], whole) = self.judged;
        let is = |step: Option<(NaiveDate, bool)>, in_time: bool| {
            step.is_some_and(|(on, kept)| inside(on) && kept == in_time)
        };
        let start = start(&self.row);
        let open = start <= last && whole.is_none_or(|(on, _)| on > last);
        let age = || between(calendar, start, last);
        match figure {
            PetitionFigure::Started => inside(start),
            PetitionFigure::InTime => is(whole, true),
            PetitionFigure::Late => is(whole, false),
            PetitionFigure::Open => open,
            PetitionFigure::ReceivedInTime => is(received, true),
            PetitionFigure::ReceivedLate => is(received, false),
            PetitionFigure::HandledInTime => is(handled, true),
            PetitionFigure::HandledLate => is(handled, false),
            PetitionFigure::NotifiedInTime => is(notified, true),
            PetitionFigure::NotifiedLate => is(notified, false),
            PetitionFigure::Open0To2 => open && age() <= 2,
            PetitionFigure::Open3To5 => open && (3..=5).contains(&age()),
            PetitionFigure::Open6To10 => open && (6..=10).contains(&age()),
            PetitionFigure::Open11To15 => open && (11..=15).contains(&age()),
            PetitionFigure::OpenOver15 => open && age() > 15,
            PetitionFigure::OpenDueSoon => open && self.next_limit(last, calendar) <= plus(calendar, last, 3),
        }
    }

    /// The next limit of an open one: the step it waits for.
    fn next_limit(&self, last: NaiveDate, calendar: &WorkingDays) -> NaiveDate {
        let (row, start) = (&self.row, start(&self.row));
        let done = |day: &Given<NaiveDate>| given(day).is_some_and(|day| day <= last);
        let status = given(&row.status);
        if status == Some(Status::Transferred) {
            return plus(calendar, start, 5);
        }
        let mut limits = Vec::new();
        if !done(&row.acknowledged_on) && !done(&row.supplement_requested_on) {
            let (first, second) = (plus(calendar, start, 2), plus(calendar, start, 5));
            limits.push(if last <= first { first } else { second });
        }
        if !matches!(status, Some(Status::Refused | Status::AwaitingSupplement)) {
            match given(&row.answered_on).filter(|answered| *answered <= last) {
                None => limits.push(given(&row.due_on).unwrap_or_else(|| plus(calendar, start, 15))),
                Some(answered) if !done(&row.published_on) => {
                    limits.push(plus(calendar, answered.max(start), 2));
                }
                Some(_) => {}
            }
        }
        limits.into_iter().min().unwrap_or(NaiveDate::MAX)
    }
}

/// When the clock of a petition starts.
fn start(row: &petition::Row) -> NaiveDate {
    match given(&row.status) {
        Some(Status::Transferred) => row.sent_on,
        _ => given(&row.transferred_on).unwrap_or(row.sent_on),
    }
}

/// Judges a petition, step by step.
fn steps(row: &petition::Row, calendar: &WorkingDays) -> Judged {
    let start = start(row);
    let by = |limit: NaiveDate, done: Option<NaiveDate>, begin: NaiveDate| match done {
        Some(done) if done <= limit => (done.max(begin), true),
        _ => (limit.succ_opt().expect("a day").max(begin), false),
    };
    let status = given(&row.status);
    if status == Some(Status::Transferred) {
        let limit = plus(calendar, start, 5);
        return ([None; 3], Some(by(limit, given(&row.transferred_on), start)));
    }
    let acknowledged = by(plus(calendar, start, 2), given(&row.acknowledged_on), start);
    let supplement =
        given(&row.supplement_requested_on).map(|asked| by(plus(calendar, start, 5), Some(asked), start));
    let received = match supplement {
        Some(asked) if asked.1 && acknowledged.1 => {
            if asked.0 < acknowledged.0 {
                asked
            } else {
                acknowledged
            }
        }
        Some(asked) if !acknowledged.1 => asked,
        _ => acknowledged,
    };
    let ends = matches!(status, Some(Status::Refused | Status::AwaitingSupplement));
    let mut steps = [Some(received), None, None];
    if !ends {
        let limit = given(&row.due_on).unwrap_or_else(|| plus(calendar, start, 15));
        steps[1] = Some(by(limit, given(&row.answered_on), start));
        if let Some(answered) = given(&row.answered_on) {
            let answered = answered.max(start);
            steps[2] = Some(by(plus(calendar, answered, 2), given(&row.published_on), answered));
        }
    }
    let first_failed = steps.iter().flatten().filter(|step| !step.1).min_by_key(|step| step.0).copied();
    let is_done = ends || steps[2].is_some();
    let last_done = steps.iter().flatten().max_by_key(|step| step.0).copied().filter(|_| is_done);
    (steps, first_failed.or(last_done))
}

/// What a petition is about, as the page groups it.
pub fn kind_of(row: &petition::Row) -> KindChoice {
    match given(&row.kind) {
        Some(Kind::Regulation) => KindChoice::Regulation,
        Some(Kind::Procedure) => KindChoice::Procedure,
        Some(Kind::Conduct) => KindChoice::Conduct,
        None => KindChoice::Unstated,
    }
}
