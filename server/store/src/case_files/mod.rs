//! Case files: how a row of an import becomes a stored file, and what it changes in the counters.

mod append;
mod parts;
mod write;

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use chrono::NaiveDate;
use serde::Serialize;
use sqlx::{ColumnIndex, Decode, FromRow, QueryBuilder, Sqlite, Type};
use thuocdo::{
    case_file::{self, CaseFile, Change, Channel, Row, Status, Yardstick},
    counts::Given,
    working_days::WorkingDays,
};

use self::write::Bound;
pub(crate) use self::{
    append::{Appending, WAIT_AT_MOST},
    parts::{Part, PartedBy},
};
use crate::{
    Error, Import, Numbered, Remark, Remarked,
    agencies::push_list,
    days,
    deltas::{Cell, Deltas},
    import::Codes,
    on_tx,
    packed::{maybe, number, packed, unpacked, yes},
    procedures::ProcedureFacts,
};

/// The columns of a stored file, in the order of [`Stored`]: that in which they are written.
pub(crate) const COLUMNS: &str = "case_code, agency_id, received_on, due_on, original_due_on, completed_on, \
    returned_on, status, status_on, paused_on, resumed_on, is_immediate, own_field_id, field_id, procedure_id, \
    channel, is_due_computed, apology_on, reschedules, ended_on, outcome, strict_outcome, pause_from, pause_until, \
    first_batch_id, batch_id";

/// A stored file has 26 values, and SQLite binds at most 32 766.
const ROWS_AT_ONCE: usize = 500;

/// The columns that decide every count. Days are numbers in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Dates {
    pub agency_id: i64,
    pub received_on: i32,
    pub due_on: Option<i32>,
    pub original_due_on: Option<i32>,
    pub completed_on: Option<i32>,
    pub returned_on: Option<i32>,
    pub status: Option<i32>,
    pub status_on: Option<i32>,
    pub paused_on: Option<i32>,
    pub resumed_on: Option<i32>,
    pub is_immediate: bool,
}

impl Dates {
    /// In the order in which they are unpacked.
    pub(super) const COLUMNS: &'static str = "agency_id, received_on, due_on, original_due_on, completed_on, \
        returned_on, status, status_on, paused_on, resumed_on, is_immediate";

    /// The next pieces.
    pub(super) fn unpack(pieces: &mut dyn Iterator<Item = &str>) -> Option<Self> {
        Some(Self {
            agency_id: number(pieces)?,
            received_on: number(pieces)?,
            due_on: maybe(pieces)?,
            original_due_on: maybe(pieces)?,
            completed_on: maybe(pieces)?,
            returned_on: maybe(pieces)?,
            status: maybe(pieces)?,
            status_on: maybe(pieces)?,
            paused_on: maybe(pieces)?,
            resumed_on: maybe(pieces)?,
            is_immediate: yes(pieces)?,
        })
    }

    pub(crate) fn facts(&self) -> CaseFile {
        let day = |number: Option<i32>| number.map(days::day);
        CaseFile {
            received_on: days::day(self.received_on),
            due_on: day(self.due_on),
            original_due_on: day(self.original_due_on),
            completed_on: day(self.completed_on),
            returned_on: day(self.returned_on),
            status: self.status.and_then(Status::from_code),
            status_on: day(self.status_on),
            paused_on: day(self.paused_on),
            resumed_on: day(self.resumed_on),
            immediate: self.is_immediate,
        }
    }
}

/// A file as it stands in the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Stored {
    #[serde(skip)]
    pub case_file_id: i64,
    pub case_code: String,
    pub dates: Dates,
    pub own_field_id: Option<i64>,
    pub field_id: Option<i64>,
    pub procedure_id: Option<i64>,
    pub channel: i32,
    pub is_due_computed: bool,
    pub apology_on: Option<i32>,
    pub reschedules: Option<i32>,
    pub ended_on: Option<i32>,
    pub outcome: i32,
    pub strict_outcome: i32,
    pub pause_from: Option<i32>,
    pub pause_until: Option<i32>,
    pub first_batch_id: i64,
    pub batch_id: i64,
}

impl<'r, R: sqlx::Row> FromRow<'r, R> for Stored
where
    usize: ColumnIndex<R>,
    &'r str: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        // A code is a person's text and may hold what parts the numbers.
        let case_code = row.try_get::<&str, _>(1)?.to_owned();
        unpacked(row, |pieces| {
            Some(Self {
                case_file_id: number(pieces)?,
                case_code,
                dates: Dates::unpack(pieces)?,
                own_field_id: maybe(pieces)?,
                field_id: maybe(pieces)?,
                procedure_id: maybe(pieces)?,
                channel: number(pieces)?,
                is_due_computed: yes(pieces)?,
                apology_on: maybe(pieces)?,
                reschedules: maybe(pieces)?,
                ended_on: maybe(pieces)?,
                outcome: number(pieces)?,
                strict_outcome: number(pieces)?,
                pause_from: maybe(pieces)?,
                pause_until: maybe(pieces)?,
                first_batch_id: number(pieces)?,
                batch_id: number(pieces)?,
            })
        })
    }
}

impl Stored {
    /// SQL for what a file is read from: `case_file_id`, then [`COLUMNS`], all but the code packed.
    pub(crate) fn select() -> &'static str {
        static SELECT: LazyLock<String> = LazyLock::new(|| {
            let numbers = COLUMNS.split(", ").filter(|column| *column != "case_code");
            format!("select {}, case_code ", packed(["case_file_id"].into_iter().chain(numbers)))
        });
        &SELECT
    }

    pub(crate) fn changes(&self, calendar: &WorkingDays) -> Vec<Change> {
        self.dates.facts().changes(calendar)
    }

    pub(crate) fn cell(&self, level: i32) -> Cell {
        Cell { agency_id: self.dates.agency_id, level, field_id: self.field_id, channel: self.channel }
    }

    /// Fills in what follows from the rest: computed due dates, the effective field, and the columns that lists ask by.
    pub(crate) fn derive(&mut self, procedure: Option<&ProcedureFacts>, calendar: &WorkingDays) {
        self.dates.is_immediate = procedure.is_some_and(|p| p.is_immediate);
        self.field_id = self.own_field_id.or(procedure.and_then(|p| p.field_id));
        if self.dates.due_on.is_none() || self.is_due_computed {
            let limit = procedure.and_then(|p| p.limit);
            let received = days::day(self.dates.received_on);
            let due =
                case_file::computed_due(limit, received, self.dates.resumed_on.map(days::day), calendar);
            self.dates.due_on = due.map(days::number);
            self.is_due_computed = due.is_some();
        }
        // The first due date there was; no later one replaces it.
        self.dates.original_due_on = self.dates.original_due_on.or(self.dates.due_on);
        let facts = self.dates.facts();
        self.ended_on = facts.ended_on().map(days::number);
        self.outcome = facts.outcome(Yardstick::Official).number();
        self.strict_outcome = facts.outcome(Yardstick::Strict).number();
        let pause = facts.paused();
        self.pause_from = pause.map(|(from, _)| days::number(from));
        self.pause_until = pause.and_then(|(_, until)| until).map(days::number);
    }

    /// Whether the two are of one agency, field, procedure, channel and day of receipt, with the same letters and
    /// appointments: only the file's course differs.
    fn is_placed_as(&self, other: &Self) -> bool {
        let place = |file: &Self| {
            let Dates { agency_id, received_on, is_immediate, .. } = file.dates;
            let Self { own_field_id, field_id, procedure_id, channel, apology_on, reschedules, .. } = *file;
            let codes = (agency_id, own_field_id, field_id, procedure_id, channel);
            (codes, received_on, is_immediate, apology_on, reschedules)
        };
        place(self) == place(other)
    }

    /// Whether the two say the same of the file, whichever batches wrote them.
    fn says_the_same_as(&self, other: &Self) -> bool {
        let Self { case_file_id, first_batch_id, batch_id, .. } = *other;
        Self { case_file_id, first_batch_id, batch_id, ..self.clone() } == *other
    }
}

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
    written: Vec<Stored>,
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
        self.written.iter().chain(&self.kept_place)
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
    let mut prepared = Prepared { written: Vec::with_capacity(rows.len()), ..Prepared::default() };
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
        if current.is_some_and(|current| new.is_placed_as(current)) {
            prepared.kept_place.push(new);
        } else {
            prepared.written.push(new);
        }
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
        mut rows: Vec<Numbered<Row>>,
        remarks: &mut Vec<Remarked>,
    ) -> Result<(), Error> {
        if rows.iter().any(|numbered| self.pending.holds(&numbered.row.case_code)) {
            self.store_pending().await?;
        }
        let batch_id = self.receipt.batch_id;
        let stored = self.stored_case_files(&rows).await?;
        let before = self.before_this_batch(&stored).await?;
        let stands = |row: &Row| -> (Option<&Stored>, bool, Option<&Stored>) {
            match stored.get(&row.case_code) {
                Some(current) if current.batch_id == batch_id => {
                    (Some(current), true, before.get(&current.case_file_id))
                }
                current => (current, false, current),
            }
        };
        // What is set aside is no row: an earlier one of its code stays.
        rows.retain(|Numbered { line, row }| {
            let (_, _, prior) = stands(row);
            let lacks = lacks_completion(row, prior);
            if lacks {
                remarks.push(Remarked::set_aside(*line, Remark::NoCompletionDate(row.case_code.clone())));
            }
            !lacks
        });
        let rows = self.last_of_each(rows, |row| row.case_code.clone(), remarks);
        let mut looked_up = Vec::with_capacity(rows.len());
        for Numbered { line, row } in &rows {
            let (current, is_repeated, prior) = stands(row);
            if is_repeated {
                remarks.push(Remarked::warning(*line, Remark::Duplicate(row.case_code.clone())));
            }
            let found = self.look_up(*line, row, remarks).await?;
            looked_up.push(LookedUp { line: *line, row, found, current, prior, is_repeated });
        }
        // The rows before are written while these are worked out: the engine has a thread of its own.
        let Self { tx, codes, calendar, deltas, pending, .. } = self;
        let written = std::mem::take(pending);
        let work_out = async { prepare(&looked_up, batch_id, codes, calendar, deltas, remarks) };
        let (stored, mut prepared) = futures::join!(tx.store(batch_id, written, false), work_out);
        stored?;
        prepared.codes = prepared.all().map(|file| file.case_code.clone()).collect();
        self.await_writing(prepared);
        Ok(())
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

    async fn stored_case_files(&mut self, rows: &[Numbered<Row>]) -> Result<HashMap<String, Stored>, Error> {
        let found: Vec<Stored> = on_tx!(&mut self.tx, conn => {
            let mut query = QueryBuilder::new(Stored::select());
            query.push(" from case_files where case_code in ");
            push_list(&mut query, rows.iter().map(|numbered| numbered.row.case_code.as_str()));
            query.build_query_as().fetch_all(conn).await
        })?;
        Ok(found.into_iter().map(|stored| (stored.case_code.clone(), stored)).collect())
    }

    /// What stood before this batch in the place of files that an earlier row of it changed.
    async fn before_this_batch(
        &mut self,
        stored: &HashMap<String, Stored>,
    ) -> Result<HashMap<i64, Stored>, Error> {
        let batch_id = self.receipt.batch_id;
        let changed: Vec<i64> = stored
            .values()
            .filter(|s| s.batch_id == batch_id && s.first_batch_id != batch_id)
            .map(|s| s.case_file_id)
            .collect();
        if changed.is_empty() {
            return Ok(HashMap::new());
        }
        let found: Vec<Stored> = on_tx!(&mut self.tx, conn => {
            let mut query = QueryBuilder::new(Stored::select());
            query.push(" from case_file_before where changed_in_batch_id = ").push_bind(batch_id);
            query.push(" and case_file_id in ");
            push_list(&mut query, changed.iter().copied());
            query.build_query_as().fetch_all(conn).await
        })?;
        Ok(found.into_iter().map(|before| (before.case_file_id, before)).collect())
    }
}
