//! Case files written: the files, what they were before, and due dates that moved.

use sqlx::QueryBuilder;

use super::{COLUMNS, ROWS_AT_ONCE, Stored};
use crate::{Error, Import, Tx, agencies::push_list, on_tx, undo::Filed};

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
        for some in files.chunks(ROWS_AT_ONCE) {
            on_tx!(self, conn => {
                let mut query = QueryBuilder::new("insert into case_files (");
                query.push(COLUMNS).push(") ");
                query.push_values(some, |mut row, file| {
                    row.push_bind(&file.case_code).push_bind(file.dates.agency_id).push_bind(file.own_field_id)
                        .push_bind(file.field_id).push_bind(file.procedure_id).push_bind(file.channel)
                        .push_bind(file.dates.received_on).push_bind(file.dates.due_on).push_bind(file.is_due_computed)
                        .push_bind(file.dates.original_due_on)
                        .push_bind(file.dates.completed_on).push_bind(file.dates.returned_on).push_bind(file.dates.status)
                        .push_bind(file.dates.status_on).push_bind(file.dates.paused_on).push_bind(file.dates.resumed_on)
                        .push_bind(file.apology_on).push_bind(file.reschedules).push_bind(file.dates.is_immediate)
                        .push_bind(file.ended_on).push_bind(file.outcome).push_bind(file.strict_outcome)
                        .push_bind(file.pause_from).push_bind(file.pause_until).push_bind(file.first_batch_id)
                        .push_bind(file.batch_id);
                });
                query.push(UPDATE);
                query.build().execute(conn).await.map(drop)
            })?;
        }
        Ok(())
    }
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
