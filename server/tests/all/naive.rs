//! The rules of what counts when, a second time and deliberately naive: a plain loop over the rows as they came in, day
//! by day. Of the product it takes the types of the rows, the words of the figures and which days offices work on.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate};
use server::demo;
use store::{Import, Numbered};
use thuocdo::{
    agency::Level,
    case_file::{self, Status},
    counts::Given,
    dialogue,
    filter::{Filter, Measured},
    petition::{self, Kind, Status as PetitionStatus},
    petition_report::{KindChoice, PetitionFigure},
    working_days::{LimitUnit, WorkingDays},
};

use crate::helpers::{Server, TODAY};

/// The first and the last day of a reading; without a first day everything up to the last.
pub type Span = (Option<NaiveDate>, NaiveDate);

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
    level: Level,
    field: Option<String>,
    channel: Option<case_file::Channel>,
    procedure: Option<String>,
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

/// A petition with everything its row says.
pub struct Petition {
    pub agency: String,
    level: Level,
    field: Option<String>,
    channel: Option<case_file::Channel>,
    row: petition::Row,
    judged: Judged,
}

/// A step with the day it was decided and whether in time.
type Step = Option<(NaiveDate, bool)>;

/// Received, handled, notified; then the whole.
type Judged = ([Step; 3], Step);

/// The invented city, as its rows say it.
pub struct City {
    pub files: Vec<File>,
    pub petitions: Vec<Petition>,
    pub dialogues: Vec<dialogue::Row>,
    pub agencies: Vec<Agency>,
    pub calendar: WorkingDays,
    /// Each agency with all above it and itself.
    above: HashMap<String, Vec<String>>,
}

/// An office and what stands above it.
pub struct Agency {
    pub code: String,
    pub level: Level,
    parent: Option<String>,
    dialogue_from: Option<NaiveDate>,
    dialogue_to: Option<NaiveDate>,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

fn numbered<T>(rows: impl IntoIterator<Item = T>) -> Vec<Numbered<T>> {
    rows.into_iter().zip(2..).map(|(row, line)| Numbered { line, row }).collect()
}

async fn begin(server: &Server, kind: &str) -> Import {
    server.store.import(kind, "demo", TODAY.parse().expect("a date")).await.expect("begins")
}

async fn end(mut import: Import) {
    import.settle().await.expect("settles");
    import.finish(0, 0, &[]).await.expect("finishes");
}

impl City {
    /// Imports the invented city, and keeps its rows.
    pub async fn imported(server: &Server, rows: u64) -> Self {
        let mut import = begin(server, "agencies").await;
        import.write_agencies(numbered(demo::agencies())).await.expect("writes");
        end(import).await;
        let mut import = begin(server, "fields").await;
        import.write_fields(numbered(demo::fields())).await.expect("writes");
        end(import).await;
        let mut import = begin(server, "procedures").await;
        import.write_procedures(numbered(demo::procedures())).await.expect("writes");
        end(import).await;
        let mut import = begin(server, "case-files").await;
        import.write_case_files(numbered(demo::case_files(rows))).await.expect("writes");
        end(import).await;
        let mut import = begin(server, "petitions").await;
        import.write_petitions(numbered(demo::petitions(rows / 2))).await.expect("writes");
        end(import).await;
        let mut import = begin(server, "dialogues").await;
        import.write_dialogues(numbered(demo::dialogues())).await.expect("writes");
        end(import).await;
        Self::of_rows(rows, server.store.calendar().await.expect("a calendar"))
    }

    fn of_rows(rows: u64, calendar: WorkingDays) -> Self {
        let agencies: Vec<Agency> = demo::agencies()
            .into_iter()
            .map(|row| Agency {
                code: row.agency_code,
                level: given(&row.level).expect("a level"),
                parent: given(&row.parent_code),
                dialogue_from: given(&row.dialogue_from),
                dialogue_to: given(&row.dialogue_to),
                valid_from: given(&row.valid_from),
                valid_to: given(&row.valid_to),
            })
            .collect();
        let procedures: HashMap<String, _> =
            demo::procedures().into_iter().map(|row| (row.procedure_code.clone(), row)).collect();
        let levels: HashMap<String, Level> = agencies.iter().map(|a| (a.code.clone(), a.level)).collect();
        let file = |row: case_file::Row| {
            let procedure = given(&row.procedure_code).and_then(|code| procedures.get(&code));
            let start = given(&row.resumed_on).unwrap_or(row.received_on).max(row.received_on);
            let limit = procedure.and_then(|procedure| given(&procedure.limit));
            let unit = procedure.and_then(|procedure| given(&procedure.limit_unit));
            let computed = limit.map(|limit| match unit {
                Some(LimitUnit::Hour) => plus(&calendar, start, limit.div_ceil(8)),
                Some(LimitUnit::Day) => first_working(&calendar, start + Days::new(limit.into())),
                _ => plus(&calendar, start, limit),
            });
            let due = given(&row.due_on).or(computed);
            File {
                level: levels[&row.agency_code],
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
        };
        let petition = |row: petition::Row| Petition {
            judged: steps(&row, &calendar),
            agency: row.agency_code.clone(),
            level: levels[&row.agency_code],
            field: given(&row.field_code),
            channel: given(&row.channel),
            row,
        };
        let parents: HashMap<&str, Option<&str>> =
            agencies.iter().map(|agency| (agency.code.as_str(), agency.parent.as_deref())).collect();
        let above = |code: &str| {
            let mut line = vec![code.to_owned()];
            while let Some(Some(parent)) = parents.get(line[line.len() - 1].as_str()) {
                line.push((*parent).to_owned());
            }
            line
        };
        Self {
            above: agencies.iter().map(|agency| (agency.code.clone(), above(&agency.code))).collect(),
            files: demo::case_files(rows).map(file).collect(),
            petitions: demo::petitions(rows / 2).map(petition).collect(),
            dialogues: demo::dialogues().collect(),
            agencies,
            calendar,
        }
    }

    /// Whether an agency is another one or below it.
    pub fn is_below(&self, code: &str, above: &str) -> bool {
        self.above.get(code).is_some_and(|line| line.iter().any(|of| of == above))
    }

    /// The files of a filter.
    pub fn files_of(&self, filter: &Filter) -> Vec<&File> {
        let is_in = |file: &&File| {
            self.is_within(&file.agency, filter)
                && filter.level.is_none_or(|level| level == file.level)
                && (filter.field.is_none() || filter.field == file.field)
                && (filter.channel.is_none() || filter.channel == file.channel)
                && (filter.procedure.is_none() || filter.procedure == file.procedure)
        };
        self.files.iter().filter(is_in).collect()
    }

    /// The petitions of a filter and of one kind, or of all; they know no procedure.
    pub fn petitions_of(&self, filter: &Filter, kind: Option<KindChoice>) -> Vec<&Petition> {
        let is_in = |petition: &&Petition| {
            self.is_within(&petition.agency, filter)
                && filter.level.is_none_or(|level| level == petition.level)
                && (filter.field.is_none() || filter.field == petition.field)
                && (filter.channel.is_none() || filter.channel == petition.channel)
                && kind.is_none_or(|kind| kind == kind_of(&petition.row))
        };
        self.petitions.iter().filter(is_in).collect()
    }

    /// The offices of a filter that owe a dialogue on a day.
    pub fn obliged(&self, filter: &Filter, day: NaiveDate) -> Vec<&Agency> {
        let owes = |agency: &&Agency| {
            let from = agency.dialogue_from.or(agency.valid_from);
            let to = agency.dialogue_to.or(agency.valid_to);
            self.is_within(&agency.code, filter)
                && filter.level.is_none_or(|level| level == agency.level)
                && from.is_none_or(|from| from <= day)
                && to.is_none_or(|to| day <= to)
        };
        self.agencies.iter().filter(owes).collect()
    }

    fn is_within(&self, code: &str, filter: &Filter) -> bool {
        filter.agency.as_deref().is_none_or(|above| self.is_below(code, above))
    }
}

impl File {
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

impl Petition {
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
        if status == Some(PetitionStatus::Transferred) {
            return plus(calendar, start, 5);
        }
        let mut limits = Vec::new();
        if !done(&row.acknowledged_on) && !done(&row.supplement_requested_on) {
            let (first, second) = (plus(calendar, start, 2), plus(calendar, start, 5));
            limits.push(if last <= first { first } else { second });
        }
        if !matches!(status, Some(PetitionStatus::Refused | PetitionStatus::AwaitingSupplement)) {
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
        Some(PetitionStatus::Transferred) => row.sent_on,
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
    if status == Some(PetitionStatus::Transferred) {
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
    let ends = matches!(status, Some(PetitionStatus::Refused | PetitionStatus::AwaitingSupplement));
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

/// Whether a dialogue counts: held between two days, chaired by the head, with minutes.
pub fn counts_between(row: &dialogue::Row, from: NaiveDate, to: NaiveDate) -> bool {
    given(&row.held_on).is_some_and(|held| from <= held && held <= to)
        && given(&row.chaired_by_head) == Some(true)
        && given(&row.minutes_no).is_some()
}

/// What a cell says.
pub fn given<T: Clone>(cell: &Given<T>) -> Option<T> {
    cell.value().cloned()
}

/// The `n`th working day after a day.
fn plus(calendar: &WorkingDays, day: NaiveDate, n: u32) -> NaiveDate {
    if n == 0 {
        return day;
    }
    let mut working = day.iter_days().skip(1).filter(|day| calendar.is_working(*day));
    working.nth(n as usize - 1).expect("a day")
}

fn first_working(calendar: &WorkingDays, day: NaiveDate) -> NaiveDate {
    day.iter_days().find(|day| calendar.is_working(*day)).expect("a day")
}

/// Working days after one day up to another.
fn between(calendar: &WorkingDays, after: NaiveDate, to: NaiveDate) -> usize {
    after.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| calendar.is_working(*day)).count()
}
