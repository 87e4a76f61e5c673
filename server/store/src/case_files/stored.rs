//! A case file as it stands in the table, and what follows from its dates.

use std::sync::LazyLock;

use serde::Serialize;
use sqlx::{ColumnIndex, Decode, FromRow, Type};
use thuocdo::{
    case_file::{self, CaseFile, Change, Status, Yardstick},
    working_days::WorkingDays,
};

use crate::{
    days,
    deltas::Cell,
    packed::{maybe, number, packed, unpacked, yes},
    procedures::ProcedureFacts,
};

/// The columns of a stored file, in the order of [`Stored`]: that in which they are written.
pub(crate) const COLUMNS: &str = "case_code, agency_id, received_on, due_on, original_due_on, completed_on, \
    returned_on, status, status_on, paused_on, resumed_on, is_immediate, own_field_id, field_id, procedure_id, \
    channel, is_due_computed, apology_on, reschedules, ended_on, outcome, strict_outcome, pause_from, pause_until, \
    first_batch_id, batch_id";

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
    pub(super) fn is_placed_as(&self, other: &Self) -> bool {
        let place = |file: &Self| {
            let Dates { agency_id, received_on, is_immediate, .. } = file.dates;
            let Self { own_field_id, field_id, procedure_id, channel, apology_on, reschedules, .. } = *file;
            let codes = (agency_id, own_field_id, field_id, procedure_id, channel);
            (codes, received_on, is_immediate, apology_on, reschedules)
        };
        place(self) == place(other)
    }

    /// Whether the two say the same of the file, whichever batches wrote them.
    pub(super) fn says_the_same_as(&self, other: &Self) -> bool {
        let Self { case_file_id, first_batch_id, batch_id, .. } = *other;
        Self { case_file_id, first_batch_id, batch_id, ..self.clone() } == *other
    }
}
