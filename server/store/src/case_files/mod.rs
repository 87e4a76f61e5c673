//! Case files: how a row of an import becomes a stored file, and what it changes in the counters.

mod append;
mod look_up;
mod parts;
mod stored;
mod write;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sqlx::Sqlite;
use thuocdo::{
    case_file::{Channel, Row, Status},
    counts::Given,
    working_days::WorkingDays,
};

use self::write::Bound;
pub(crate) use self::{
    append::{Appending, WAIT_AT_MOST},
    look_up::Beside,
    parts::{Filed, Part},
    stored::{COLUMNS, Dates, Stored},
};
use crate::{
    Error, Import, Numbered, Receipt, Remark, Remarked, days, deltas::Deltas, import::Codes,
    procedures::ProcedureFacts,
};

/// A stored file has 26 values, and SQLite binds at most 32 766.
const ROWS_AT_ONCE: usize = 500;

/// Codes of a row, looked up.
struct Found {
    agency_id: i64,
    own_field_id: Given<i64>,
    procedure: Given<ProcedureFacts>,
}

/// The file that a row leaves where `prior` stood.
fn merged(row: &Row, found: &Found, prior: Option<&Stored>, batch_id: i64) -> Stored {
    let date = |given: &Given<NaiveDate>, stored: Option<i32>| match given {
        Given::Absent => stored,
        Given::Empty => None,
        Given::Value(day) => Some(days::number(*day)),
    };
    let old = |get: fn(&Stored) -> Option<i32>| prior.and_then(get);
    let (due_on, is_due_computed) = match (&row.due_on, prior) {
        (Given::Value(day), _) => (Some(days::number(*day)), false),
        (Given::Absent, Some(prior)) => (prior.dates.due_on, prior.is_due_computed),
        (Given::Empty, _) | (Given::Absent, None) => (None, false),
    };
    let original_due_on = match &row.original_due_on {
        Given::Value(day) => Some(days::number(*day)),
        // An empty cell does not clear the first due date: it is kept from the first import.
        Given::Absent | Given::Empty => old(|p| p.dates.original_due_on),
    };
    Stored {
        case_file_id: prior.map_or(0, |p| p.case_file_id),
        case_code: row.case_code.clone(),
        dates: Dates {
            agency_id: found.agency_id,
            received_on: days::number(row.received_on),
            due_on,
            original_due_on,
            completed_on: date(&row.completed_on, old(|p| p.dates.completed_on)),
            returned_on: date(&row.returned_on, old(|p| p.dates.returned_on)),
            status: status(row, prior).map(Status::code),
            status_on: date(&row.status_on, old(|p| p.dates.status_on)),
            paused_on: date(&row.paused_on, old(|p| p.dates.paused_on)),
            resumed_on: date(&row.resumed_on, old(|p| p.dates.resumed_on)),
            is_immediate: false,
        },
        own_field_id: found.own_field_id.clone().over(prior.and_then(|p| p.own_field_id)),
        field_id: None,
        procedure_id: match &found.procedure {
            Given::Absent => prior.and_then(|p| p.procedure_id),
            Given::Empty => None,
            Given::Value(procedure) => Some(procedure.id),
        },
        channel: row
            .channel
            .clone()
            .over(prior.and_then(|p| Channel::from_number(p.channel)))
            .unwrap_or(Channel::Other)
            .number(),
        is_due_computed,
        apology_on: date(&row.apology_on, old(|p| p.apology_on)),
        reschedules: row.reschedules.clone().over(old(|p| p.reschedules)),
        ended_on: None,
        outcome: 0,
        strict_outcome: 0,
        pause_from: None,
        pause_until: None,
        first_batch_id: prior.map_or(batch_id, |p| p.first_batch_id),
        batch_id,
    }
}

/// The status that a row leaves.
fn status(row: &Row, prior: Option<&Stored>) -> Option<Status> {
    row.status.clone().over(prior.and_then(|p| p.dates.status).and_then(Status::from_code))
}

/// Whether the file is said to be finished (status 9, 10) and neither the row nor what is stored says when.
fn lacks_completion(row: &Row, prior: Option<&Stored>) -> bool {
    let stored = |get: fn(&Dates) -> Option<i32>| prior.and_then(|p| get(&p.dates)).map(days::day);
    matches!(status(row, prior), Some(Status::Completed | Status::Returned))
        && row.completed_on.clone().over(stored(|dates| dates.completed_on)).is_none()
        && row.returned_on.clone().over(stored(|dates| dates.returned_on)).is_none()
}

impl Codes {
    /// What the codes of a row mean, where each of them is known.
    fn find(&self, row: &Row) -> Option<Found> {
        let own_field_id = match &row.field_code {
            Given::Absent => Given::Absent,
            Given::Empty => Given::Empty,
            Given::Value(code) => Given::Value(self.field(code)?),
        };
        let procedure = match &row.procedure_code {
            Given::Absent => Given::Absent,
            Given::Empty => Given::Empty,
            Given::Value(code) => Given::Value(self.procedure_of(code)?),
        };
        Some(Found { agency_id: self.agency(&row.agency_code)?.id, own_field_id, procedure })
    }
}

/// A row with what its codes mean and what stands in its place.
struct LookedUp<'a> {
    line: u64,
    row: &'a Row,
    found: Found,
    /// What the table holds.
    current: Option<&'a Stored>,
    /// What stood there before this batch.
    prior: Option<&'a Stored>,
    /// Whether an earlier row of this batch spoke of the same file.
    is_repeated: bool,
}

impl<'a> LookedUp<'a> {
    /// A row in whose place nothing stands.
    fn new(Numbered { line, row }: &'a Numbered<Row>, found: Found) -> Self {
        Self { line: *line, row, found, current: None, prior: None, is_repeated: false }
    }
}

/// Rows worked out and not written yet, with what else is written of them.
#[derive(Default)]
pub(crate) struct Prepared {
    /// There is nothing under their codes.
    new_files: Vec<Stored>,
    /// Changed ones.
    replaced: Vec<Stored>,
    /// Changed ones that stay where they are in the largest indexes.
    kept_place: Vec<Stored>,
    /// Appended ones, ready to be sent.
    bound: Bound<Sqlite>,
    touched: Vec<i64>,
    moved_due: Vec<(i64, Option<i32>, Option<i32>)>,
    repeated: Vec<i64>,
    restored: Vec<i64>,
    codes: HashSet<String>,
    added: i64,
    changed: i64,
    unchanged: i64,
}

impl Prepared {
    /// Every file that waits to be written.
    fn all(&self) -> impl Iterator<Item = &Stored> {
        self.new_files.iter().chain(&self.replaced).chain(&self.kept_place)
    }

    /// Whether a file of this code waits to be written.
    fn holds(&self, code: &str) -> bool {
        self.codes.contains(code)
    }
}

/// Works out what rows leave, and what that changes in the counters. Nothing is read or written meanwhile.
fn prepare(
    rows: &[LookedUp<'_>],
    batch_id: i64,
    codes: &Codes,
    calendar: &WorkingDays,
    deltas: &mut Deltas,
    remarks: &mut Vec<Remarked>,
) -> Prepared {
    let mut prepared = Prepared { new_files: Vec::with_capacity(rows.len()), ..Prepared::default() };
    for LookedUp { line, row, found, current, prior, is_repeated } in rows {
        let (current, prior) = (*current, *prior);
        let mut new = merged(row, found, prior, batch_id);
        new.derive(new.procedure_id.and_then(|id| codes.procedure(id)), calendar);
        let is_same = prior.is_some_and(|prior| prior.says_the_same_as(&new));
        match prior {
            // Its first row was counted; the last one decides what became of the file.
            _ if *is_repeated => {
                prepared.unchanged += 1;
                if let Some(prior) = prior {
                    prepared.repeated.push(prior.case_file_id);
                    if is_same {
                        prepared.changed -= 1;
                        prepared.unchanged += 1;
                        new.batch_id = prior.batch_id;
                        prepared.restored.push(prior.case_file_id);
                    }
                }
            }
            None => prepared.added += 1,
            Some(_) if is_same => {
                prepared.unchanged += 1;
                continue;
            }
            Some(_) => prepared.changed += 1,
        }
        if let Some(prior) = prior {
            if !is_repeated {
                prepared.touched.push(prior.case_file_id);
            }
            if prior.dates.due_on != new.dates.due_on {
                prepared.moved_due.push((prior.case_file_id, prior.dates.due_on, new.dates.due_on));
            }
            if prior.dates.agency_id != new.dates.agency_id {
                remarks.push(Remarked::warning(*line, moved(row, prior, codes)));
            }
        }
        if let Some(current) = current {
            new.case_file_id = current.case_file_id;
            new.first_batch_id = current.first_batch_id;
            let cell = current.cell(codes.level_of(current.dates.agency_id));
            deltas.case_file(cell, &current.changes(calendar), true);
        }
        let cell = new.cell(codes.level_of(new.dates.agency_id));
        deltas.case_file(cell, &new.changes(calendar), false);
        match current {
            None => &mut prepared.new_files,
            Some(current) if new.is_placed_as(current) => &mut prepared.kept_place,
            Some(_) => &mut prepared.replaced,
        }
        .push(new);
    }
    prepared
}

fn moved(row: &Row, prior: &Stored, codes: &Codes) -> Remark {
    Remark::Moved {
        case_code: row.case_code.clone(),
        from: codes.agency_code(prior.dates.agency_id).unwrap_or_default().to_owned(),
        to: row.agency_code.clone(),
    }
}

impl Import {
    /// Takes case files in, some thousand at a time.
    ///
    /// Of rows with one code in one file the last wins whole: it is laid over what was stored before this import, as
    /// if the earlier ones were not there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_case_files(&mut self, rows: Vec<Numbered<Row>>) -> Result<Vec<Remarked>, Error> {
        let mut remarks = Vec::new();
        self.append_if_worthwhile(rows.len()).await?;
        let mut rows = match &mut self.appending {
            Some(appending) => appending.set_apart(rows),
            None => rows,
        };
        while !rows.is_empty() {
            let rest = rows.split_off(ROWS_AT_ONCE.min(rows.len()));
            if self.appending.is_some() {
                self.append_some(rows, &mut remarks).await?;
            } else {
                self.write_some(rows, &mut remarks).await?;
            }
            rows = rest;
        }
        self.flush_when_full().await?;
        if self.appending.as_ref().is_some_and(|appending| appending.waiting() > self.waiting_at_most) {
            self.append_no_longer(false, &mut remarks).await?;
        }
        Ok(remarks)
    }

    async fn write_some(
        &mut self,
        rows: Vec<Numbered<Row>>,
        remarks: &mut Vec<Remarked>,
    ) -> Result<(), Error> {
        if rows.iter().any(|numbered| self.pending.holds(&numbered.row.case_code)) {
            self.store_pending().await?;
        }
        let batch_id = self.receipt.batch_id;
        let Self { tx, codes, calendar, deltas, pending, receipt, beside, .. } = self;
        let are_known = rows.iter().all(|numbered| codes.find(&numbered.row).is_some());
        let mut prepared = match beside {
            Some(beside) if are_known && !beside.may_have_written(&rows) => {
                // The rows before are written while these are looked up and worked out.
                let written = std::mem::take(pending);
                let work_out = async {
                    let stands = Standing { stored: beside.stored(&rows).await?, ..Standing::of(batch_id) };
                    let rows = receipt.take_in(rows, &stands, remarks);
                    let looked_up: Vec<_> = rows
                        .iter()
                        .filter_map(|numbered| Some(stands.looked_up(numbered, codes.find(&numbered.row)?)))
                        .collect();
                    Ok::<_, Error>(prepare(&looked_up, batch_id, codes, calendar, deltas, remarks))
                };
                let (stored, prepared) = futures::join!(tx.store(batch_id, written, false), work_out);
                stored?;
                prepared?
            }
            _ => self.write_after_looking_up(rows, remarks).await?,
        };
        prepared.codes = prepared.all().map(|file| file.case_code.clone()).collect();
        if let Some(beside) = &mut self.beside {
            beside.wrote(&prepared);
        }
        self.await_writing(prepared);
        Ok(())
    }

    /// Works out rows of which this import may have written some, or whose codes are to be made first.
    async fn write_after_looking_up(
        &mut self,
        rows: Vec<Numbered<Row>>,
        remarks: &mut Vec<Remarked>,
    ) -> Result<Prepared, Error> {
        let batch_id = self.receipt.batch_id;
        let stored = self.tx.stored_case_files(&rows).await?;
        let before = self.tx.before_this_batch(batch_id, &stored).await?;
        let stands = Standing { batch_id, stored, before };
        let rows = self.receipt.take_in(rows, &stands, remarks);
        let mut looked_up = Vec::with_capacity(rows.len());
        for numbered in &rows {
            let found = self.look_up(numbered.line, &numbered.row, remarks).await?;
            let looked = stands.looked_up(numbered, found);
            if looked.is_repeated {
                let code = numbered.row.case_code.clone();
                remarks.push(Remarked::warning(numbered.line, Remark::Duplicate(code)));
            }
            looked_up.push(looked);
        }
        let Self { tx, codes, calendar, deltas, pending, .. } = self;
        let written = std::mem::take(pending);
        let work_out = async { prepare(&looked_up, batch_id, codes, calendar, deltas, remarks) };
        let (stored, prepared) = futures::join!(tx.store(batch_id, written, false), work_out);
        stored.map(|()| prepared)
    }

    /// Keeps what was worked out until it is written.
    fn await_writing(&mut self, prepared: Prepared) {
        self.receipt.added += prepared.added;
        self.receipt.changed += prepared.changed;
        self.receipt.unchanged += prepared.unchanged;
        self.changed.case_files |= prepared.all().next().is_some() || !prepared.bound.is_empty();
        self.pending = prepared;
    }

    /// Writes what was worked out and is not written yet.
    pub(crate) async fn store_pending(&mut self) -> Result<(), Error> {
        let written = std::mem::take(&mut self.pending);
        self.tx.store(self.receipt.batch_id, written, self.appending.is_some()).await
    }

    /// What the codes of a row mean; what nobody knows is made.
    async fn look_up(&mut self, line: u64, row: &Row, remarks: &mut Vec<Remarked>) -> Result<Found, Error> {
        if let Some(found) = self.codes.find(row) {
            return Ok(found);
        }
        let agency_id = self.agency(line, &row.agency_code, remarks).await?.id;
        let own_field_id = match &row.field_code {
            Given::Absent => Given::Absent,
            Given::Empty => Given::Empty,
            Given::Value(code) => Given::Value(self.field(line, code, remarks).await?),
        };
        let procedure = match &row.procedure_code {
            Given::Absent => Given::Absent,
            Given::Empty => Given::Empty,
            Given::Value(code) => Given::Value(self.procedure(line, code, remarks).await?),
        };
        Ok(Found { agency_id, own_field_id, procedure })
    }
}

/// What stands in the place of some rows.
#[derive(Default)]
struct Standing {
    batch_id: i64,
    /// What the table holds, by code.
    stored: HashMap<String, Stored>,
    /// What stood there before this batch, where an earlier row of it changed the file.
    before: HashMap<i64, Stored>,
}

impl Standing {
    fn of(batch_id: i64) -> Self {
        Self { batch_id, ..Self::default() }
    }

    /// What the table holds, whether an earlier row of this batch wrote it, and what stood there before the batch.
    fn at(&self, row: &Row) -> (Option<&Stored>, bool, Option<&Stored>) {
        match self.stored.get(&row.case_code) {
            Some(current) if current.batch_id == self.batch_id => {
                (Some(current), true, self.before.get(&current.case_file_id))
            }
            current => (current, false, current),
        }
    }

    fn looked_up<'a>(&'a self, Numbered { line, row }: &'a Numbered<Row>, found: Found) -> LookedUp<'a> {
        let (current, is_repeated, prior) = self.at(row);
        LookedUp { line: *line, row, found, current, prior, is_repeated }
    }
}

impl Receipt {
    /// The rows that go in, each code once. What is set aside is no row: an earlier one of its code stays.
    fn take_in(
        &mut self,
        mut rows: Vec<Numbered<Row>>,
        stands: &Standing,
        remarks: &mut Vec<Remarked>,
    ) -> Vec<Numbered<Row>> {
        rows.retain(|Numbered { line, row }| {
            let (_, _, prior) = stands.at(row);
            let lacks = lacks_completion(row, prior);
            if lacks {
                remarks.push(Remarked::set_aside(*line, Remark::NoCompletionDate(row.case_code.clone())));
            }
            !lacks
        });
        self.last_of_each(rows, |row| row.case_code.clone(), remarks)
    }
}
