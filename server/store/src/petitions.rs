//! Petitions: how a row of an import becomes a stored petition, and what it changes in the counters.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::{FromRow, QueryBuilder};
use thuocdo::{
    case_file::Channel,
    counts::Given,
    petition::{Kind, Limits, Petition, PetitionDay, Recorded, Row, Status},
    working_days::WorkingDays,
};

use crate::{
    Error, Import, Numbered, Remark, Remarked, Tx, agencies::push_list, days, deltas::Cell, on_tx,
    undo::Filed,
};

const COLUMNS: &str = "petition_code, agency_id, field_id, kind, channel, sent_on, transferred_on, acknowledged_on, \
    supplement_requested_on, answered_on, published_on, due_on, status, records_received, records_handled, \
    records_notified, first_batch_id, batch_id";

/// A petition has 18 values, and SQLite binds at most 32 766.
const ROWS_AT_ONCE: usize = 1_000;

/// A petition as it stands in the table.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(crate) struct Stored {
    pub petition_id: i64,
    pub petition_code: String,
    pub agency_id: i64,
    pub field_id: Option<i64>,
    pub kind: Option<i32>,
    pub channel: i32,
    pub sent_on: i32,
    pub transferred_on: Option<i32>,
    pub acknowledged_on: Option<i32>,
    pub supplement_requested_on: Option<i32>,
    pub answered_on: Option<i32>,
    pub published_on: Option<i32>,
    pub due_on: Option<i32>,
    pub status: Option<i32>,
    pub records_received: bool,
    pub records_handled: bool,
    pub records_notified: bool,
    pub first_batch_id: i64,
    pub batch_id: i64,
}

impl Stored {
    pub(crate) fn events(&self, limits: Limits, calendar: &WorkingDays) -> Vec<PetitionDay> {
        let day = |number: Option<i32>| number.map(days::day);
        let petition = Petition {
            sent_on: days::day(self.sent_on),
            transferred_on: day(self.transferred_on),
            acknowledged_on: day(self.acknowledged_on),
            supplement_requested_on: day(self.supplement_requested_on),
            answered_on: day(self.answered_on),
            published_on: day(self.published_on),
            due_on: day(self.due_on),
            status: self.status.and_then(Status::from_number),
            recorded: Recorded {
                received: self.records_received,
                handled: self.records_handled,
                notified: self.records_notified,
            },
        };
        petition.events(limits, calendar)
    }

    pub(crate) fn cell(&self) -> Cell {
        Cell { agency_id: self.agency_id, level: 0, field_id: self.field_id, channel: self.channel }
    }

    fn says_the_same_as(&self, other: &Self) -> bool {
        let Self { petition_id, first_batch_id, batch_id, .. } = *other;
        Self { petition_id, first_batch_id, batch_id, ..self.clone() } == *other
    }
}

/// The petition that a row leaves where `prior` stood.
fn merged(row: &Row, agency_id: i64, field_id: &Given<i64>, prior: Option<&Stored>, batch_id: i64) -> Stored {
    let date = |given: &Given<NaiveDate>, get: fn(&Stored) -> Option<i32>| match given {
        Given::Absent => prior.and_then(get),
        Given::Empty => None,
        Given::Value(day) => Some(days::number(*day)),
    };
    // A step is recorded once any source carried its column.
    let records = |is_carried: bool, get: fn(&Stored) -> bool| is_carried || prior.is_some_and(get);
    Stored {
        petition_id: prior.map_or(0, |p| p.petition_id),
        petition_code: row.petition_code.clone(),
        agency_id,
        field_id: field_id.clone().over(prior.and_then(|p| p.field_id)),
        kind: row.kind.clone().over(prior.and_then(|p| p.kind).and_then(Kind::from_number)).map(Kind::number),
        channel: row
            .channel
            .clone()
            .over(prior.and_then(|p| Channel::from_number(p.channel)))
            .unwrap_or(Channel::Other)
            .number(),
        sent_on: days::number(row.sent_on),
        transferred_on: date(&row.transferred_on, |p| p.transferred_on),
        acknowledged_on: date(&row.acknowledged_on, |p| p.acknowledged_on),
        supplement_requested_on: date(&row.supplement_requested_on, |p| p.supplement_requested_on),
        answered_on: date(&row.answered_on, |p| p.answered_on),
        published_on: date(&row.published_on, |p| p.published_on),
        due_on: date(&row.due_on, |p| p.due_on),
        status: row
            .status
            .clone()
            .over(prior.and_then(|p| p.status).and_then(Status::from_number))
            .map(Status::number),
        records_received: records(
            row.acknowledged_on.is_carried() || row.supplement_requested_on.is_carried(),
            |p| p.records_received,
        ),
        records_handled: records(row.answered_on.is_carried(), |p| p.records_handled),
        records_notified: records(row.published_on.is_carried(), |p| p.records_notified),
        first_batch_id: prior.map_or(batch_id, |p| p.first_batch_id),
        batch_id,
    }
}

impl Import {
    /// Takes petitions in. The last row of a code wins; since a file carries the same columns in each row, it leaves
    /// nothing of the earlier ones.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_petitions(&mut self, rows: Vec<Numbered<Row>>) -> Result<Vec<Remarked>, Error> {
        let mut remarks = Vec::new();
        let rows = self.receipt.last_of_each(rows, |row| row.petition_code.clone(), &mut remarks);
        for some in rows.chunks(ROWS_AT_ONCE) {
            self.write_some_petitions(some, &mut remarks).await?;
        }
        self.flush_when_full().await?;
        Ok(remarks)
    }

    async fn write_some_petitions(
        &mut self,
        rows: &[Numbered<Row>],
        remarks: &mut Vec<Remarked>,
    ) -> Result<(), Error> {
        let batch_id = self.receipt.batch_id;
        let stored = self.stored_petitions(rows).await?;
        let mut written = Vec::with_capacity(rows.len());
        let mut touched = Vec::new();
        for Numbered { line, row } in rows {
            let agency_id = self.agency(*line, &row.agency_code, remarks).await?.id;
            let field_id = match &row.field_code {
                Given::Absent => Given::Absent,
                Given::Empty => Given::Empty,
                Given::Value(code) => Given::Value(self.field(*line, code, remarks).await?),
            };
            let prior = stored.get(&row.petition_code);
            let new = merged(row, agency_id, &field_id, prior, batch_id);
            if prior.is_some_and(|p| p.batch_id == batch_id) {
                remarks.push(Remarked::warning(*line, Remark::Duplicate(row.petition_code.clone())));
                self.receipt.unchanged += 1;
            } else {
                let is_same = prior.is_some_and(|p| p.says_the_same_as(&new));
                if !self.tally(prior.map(|_| &is_same), &true) {
                    continue;
                }
            }
            if let Some(prior) = prior {
                if prior.batch_id != batch_id {
                    touched.push(prior.petition_id);
                }
                self.deltas.petition(prior.cell(), &prior.events(self.limits, &self.calendar), true);
            }
            self.deltas.petition(new.cell(), &new.events(self.limits, &self.calendar), false);
            written.push(new);
        }
        self.changed.petitions |= !written.is_empty();
        self.tx.keep_before::<Stored>(batch_id, &touched).await?;
        self.tx.upsert_petitions(&written).await
    }

    async fn stored_petitions(&mut self, rows: &[Numbered<Row>]) -> Result<HashMap<String, Stored>, Error> {
        let found: Vec<Stored> = on_tx!(&mut self.tx, conn => {
            let mut query = QueryBuilder::new("select petition_id, ");
            query.push(COLUMNS).push(" from petitions where petition_code in ");
            push_list(&mut query, rows.iter().map(|numbered| numbered.row.petition_code.as_str()));
            query.build_query_as().fetch_all(conn).await
        })?;
        Ok(found.into_iter().map(|stored| (stored.petition_code.clone(), stored)).collect())
    }
}

impl Filed for Stored {
    const TABLE: &'static str = "petitions";
    const BEFORE: &'static str = "petition_before";
    const ID: &'static str = "petition_id";
    const COLUMNS: &'static str = COLUMNS;

    fn id(&self) -> i64 {
        self.petition_id
    }

    fn count(&self, import: &mut Import, is_taken_back: bool) {
        let events = self.events(import.limits, &import.calendar);
        import.deltas.petition(self.cell(), &events, is_taken_back);
    }

    async fn write(tx: &mut Tx, petitions: &[Self]) -> Result<(), Error> {
        tx.upsert_petitions(petitions).await
    }
}

impl Tx {
    /// Writes petitions, new ones and changed ones.
    async fn upsert_petitions(&mut self, petitions: &[Stored]) -> Result<(), Error> {
        for some in petitions.chunks(ROWS_AT_ONCE) {
            on_tx!(self, conn => {
                let mut query = QueryBuilder::new("insert into petitions (");
                query.push(COLUMNS).push(") ");
                query.push_values(some, |mut row, petition| {
                    row.push_bind(&petition.petition_code).push_bind(petition.agency_id).push_bind(petition.field_id)
                        .push_bind(petition.kind).push_bind(petition.channel).push_bind(petition.sent_on)
                        .push_bind(petition.transferred_on).push_bind(petition.acknowledged_on)
                        .push_bind(petition.supplement_requested_on).push_bind(petition.answered_on)
                        .push_bind(petition.published_on).push_bind(petition.due_on).push_bind(petition.status)
                        .push_bind(petition.records_received).push_bind(petition.records_handled)
                        .push_bind(petition.records_notified).push_bind(petition.first_batch_id)
                        .push_bind(petition.batch_id);
                });
                query.push(UPDATE);
                query.build().execute(conn).await.map(drop)
            })?;
        }
        Ok(())
    }
}

const UPDATE: &str = " on conflict (petition_code) do update set agency_id = excluded.agency_id, \
    field_id = excluded.field_id, kind = excluded.kind, channel = excluded.channel, sent_on = excluded.sent_on, \
    transferred_on = excluded.transferred_on, acknowledged_on = excluded.acknowledged_on, \
    supplement_requested_on = excluded.supplement_requested_on, answered_on = excluded.answered_on, \
    published_on = excluded.published_on, due_on = excluded.due_on, status = excluded.status, \
    records_received = excluded.records_received, records_handled = excluded.records_handled, \
    records_notified = excluded.records_notified, batch_id = excluded.batch_id";
