//! Case files written: the files, what they were before, and due dates that moved.

use std::sync::LazyLock;

use sqlx::{AssertSqlSafe, QueryBuilder};

use super::{COLUMNS, Prepared, ROWS_AT_ONCE, Stored, append::FILLING};
use crate::{
    Error, Import, Tx, agencies::push_list, copy::copy, on_tx, placeholders::placeholders, undo::Filed,
};

impl Filed for Stored {
    const TABLE: &'static str = "case_files";
    const BEFORE: &'static str = "case_file_before";
    const ID: &'static str = "case_file_id";
    const COLUMNS: &'static str = COLUMNS;

    fn id(&self) -> i64 {
        self.case_file_id
    }

    fn count(&self, import: &mut Import, is_taken_back: bool) {
        let cell = self.cell(import.codes.level_of(self.dates.agency_id));
        let events = self.events(&import.calendar);
        import.deltas.case_file(cell, &events, is_taken_back);
    }

    async fn write(tx: &mut Tx, files: &[Self]) -> Result<(), Error> {
        tx.upsert(files).await
    }
}

impl Tx {
    /// Writes rows that were worked out, and before them what they replace; appended ones replace nothing.
    pub(super) async fn store(
        &mut self,
        batch_id: i64,
        prepared: &Prepared,
        appends: bool,
    ) -> Result<(), Error> {
        if appends {
            return self.append(&prepared.written).await;
        }
        self.forget_moved_due(batch_id, &prepared.repeated).await?;
        self.forget_before(batch_id, &prepared.restored).await?;
        self.keep_before::<Stored>(batch_id, &prepared.touched).await?;
        self.log_moved_due(batch_id, &prepared.moved_due).await?;
        self.upsert(&prepared.written).await
    }

    /// Writes down which due dates a batch moved.
    pub(crate) async fn log_moved_due(
        &mut self,
        batch_id: i64,
        moved: &[(i64, Option<i32>, Option<i32>)],
    ) -> Result<(), Error> {
        if moved.is_empty() {
            return Ok(());
        }
        on_tx!(self, conn => {
            let mut query =
                QueryBuilder::new("insert into due_changes (batch_id, case_file_id, old_due_on, new_due_on) ");
            query.push_values(moved, |mut row, (id, old, new)| {
                row.push_bind(batch_id).push_bind(id).push_bind(old).push_bind(new);
            });
            query.build().execute(conn).await.map(drop)
        })?;
        Ok(())
    }

    /// Takes back what was written down of files that another row of the same batch speaks of.
    pub(crate) async fn forget_moved_due(
        &mut self,
        batch_id: i64,
        case_file_ids: &[i64],
    ) -> Result<(), Error> {
        self.forget("delete from due_changes where batch_id = ", batch_id, case_file_ids).await
    }

    /// Takes back what was kept of files that the batch leaves as they were after all.
    pub(crate) async fn forget_before(&mut self, batch_id: i64, case_file_ids: &[i64]) -> Result<(), Error> {
        self.forget("delete from case_file_before where changed_in_batch_id = ", batch_id, case_file_ids)
            .await
    }

    async fn forget(
        &mut self,
        delete: &'static str,
        batch_id: i64,
        case_file_ids: &[i64],
    ) -> Result<(), Error> {
        if case_file_ids.is_empty() {
            return Ok(());
        }
        on_tx!(self, conn => {
            let mut query = QueryBuilder::new(delete);
            query.push_bind(batch_id).push(" and case_file_id in ");
            push_list(&mut query, case_file_ids.iter().copied());
            query.build().execute(conn).await.map(drop)
        })?;
        Ok(())
    }

    /// Writes files, new ones and changed ones.
    pub(crate) async fn upsert(&mut self, files: &[Stored]) -> Result<(), Error> {
        let full = if matches!(self, Self::Postgres(_)) { &UPSERT_POSTGRES } else { &UPSERT_SQLITE };
        self.insert(files, full).await
    }

    /// Writes files that are not there yet to where [`Appending`](super::Appending) made room for them.
    async fn append(&mut self, files: &[Stored]) -> Result<(), Error> {
        match self {
            Self::Sqlite(_) => self.insert(files, &APPEND_SQLITE).await,
            Self::Postgres(tx) => copy(tx, FILLING, COLUMNS, files).await,
        }
    }

    async fn insert(&mut self, files: &[Stored], insert: &Insert) -> Result<(), Error> {
        for some in files.chunks(ROWS_AT_ONCE) {
            let is_full = some.len() == ROWS_AT_ONCE;
            let rest;
            let text = if is_full {
                &*insert.full
            } else {
                rest = (insert.of)(some.len());
                &rest
            };
            on_tx!(self, conn => {
                let mut query = sqlx::query(AssertSqlSafe(text.as_str())).persistent(is_full);
                for file in some {
                    let dates = &file.dates;
                    query = query.bind(&file.case_code).bind(dates.agency_id).bind(dates.received_on)
                        .bind(dates.due_on).bind(dates.original_due_on).bind(dates.completed_on)
                        .bind(dates.returned_on).bind(dates.status).bind(dates.status_on).bind(dates.paused_on)
                        .bind(dates.resumed_on).bind(dates.is_immediate).bind(file.own_field_id)
                        .bind(file.field_id).bind(file.procedure_id).bind(file.channel)
                        .bind(file.is_due_computed).bind(file.apology_on).bind(file.reschedules)
                        .bind(file.ended_on).bind(file.outcome).bind(file.strict_outcome)
                        .bind(file.pause_from).bind(file.pause_until).bind(file.first_batch_id)
                        .bind(file.batch_id);
                }
                query.execute(conn).await.map(drop)
            })?;
        }
        Ok(())
    }
}

/// A statement that writes many files; the one for a full chunk is written once, for that costs as much as what it
/// carries.
struct Insert {
    of: fn(usize) -> String,
    full: LazyLock<String>,
}

static UPSERT_SQLITE: Insert =
    Insert { of: upsert_sqlite, full: LazyLock::new(|| upsert_sqlite(ROWS_AT_ONCE)) };
static UPSERT_POSTGRES: Insert =
    Insert { of: upsert_postgres, full: LazyLock::new(|| upsert_postgres(ROWS_AT_ONCE)) };
static APPEND_SQLITE: Insert =
    Insert { of: append_sqlite, full: LazyLock::new(|| append_sqlite(ROWS_AT_ONCE)) };

fn upsert_sqlite(rows: usize) -> String {
    append_sqlite(rows) + UPDATE
}

fn upsert_postgres(rows: usize) -> String {
    insert_text(rows, true) + UPDATE
}

fn append_sqlite(rows: usize) -> String {
    insert_text(rows, false)
}

fn insert_text(rows: usize, is_numbered: bool) -> String {
    let values = placeholders(rows, COLUMNS.split(',').count(), is_numbered);
    format!("insert into case_files ({COLUMNS}) values {values}")
}

const UPDATE: &str = " on conflict (case_code) do update set agency_id = excluded.agency_id, \
    own_field_id = excluded.own_field_id, field_id = excluded.field_id, procedure_id = excluded.procedure_id, \
    channel = excluded.channel, received_on = excluded.received_on, due_on = excluded.due_on, \
    is_due_computed = excluded.is_due_computed, original_due_on = excluded.original_due_on, \
    completed_on = excluded.completed_on, \
    returned_on = excluded.returned_on, status = excluded.status, status_on = excluded.status_on, \
    paused_on = excluded.paused_on, resumed_on = excluded.resumed_on, apology_on = excluded.apology_on, \
    reschedules = excluded.reschedules, is_immediate = excluded.is_immediate, ended_on = excluded.ended_on, \
    outcome = excluded.outcome, strict_outcome = excluded.strict_outcome, pause_from = excluded.pause_from, \
    pause_until = excluded.pause_until, batch_id = excluded.batch_id";
