//! Case files written: the files, what they were before, and due dates that moved.

use std::sync::LazyLock;

use sqlx::{
    Arguments as _, AssertSqlSafe, Database, Encode, Postgres, QueryBuilder, Sqlite, Type, error::BoxDynError,
};

use super::{COLUMNS, Prepared, ROWS_AT_ONCE, Stored, append::FILLING};
use crate::{
    Error, Import, Tx, agencies::push_list, copy::copy, on_tx, placeholders::placeholders, undo::Filed,
};

impl Filed for Stored {
    const TABLE: &'static str = "case_files";
    const BEFORE: &'static str = "case_file_before";
    const ID: &'static str = "case_file_id";
    const COLUMNS: &'static str = COLUMNS;

    fn select() -> String {
        Self::select().to_owned()
    }

    fn id(&self) -> i64 {
        self.case_file_id
    }

    fn count(&self, import: &mut Import, is_taken_back: bool) {
        let cell = self.cell(import.codes.level_of(self.dates.agency_id));
        let changes = self.changes(&import.calendar);
        import.deltas.case_file(cell, &changes, is_taken_back);
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
        prepared: Prepared,
        appends: bool,
    ) -> Result<(), Error> {
        if appends {
            return self.append(prepared).await;
        }
        self.forget_moved_due(batch_id, &prepared.repeated).await?;
        self.forget_before(batch_id, &prepared.restored).await?;
        self.keep_before::<Stored>(batch_id, &prepared.touched).await?;
        self.log_moved_due(batch_id, &prepared.moved_due).await?;
        self.insert(&prepared.new_files, |statements| &statements.append).await?;
        self.upsert(&prepared.replaced).await?;
        self.insert(&prepared.kept_place, |statements| &statements.update).await
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
        self.insert(files, |statements| &statements.upsert).await
    }

    /// Writes files that are not there yet to where [`Appending`](super::Appending) made room for them.
    async fn append(&mut self, Prepared { new_files, bound, .. }: Prepared) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => {
                for (text, arguments) in bound {
                    sqlx::query_with(AssertSqlSafe(text), arguments).execute(&mut **tx).await?;
                }
                Ok(())
            }
            Self::Postgres(tx) => copy(tx, FILLING, COLUMNS, new_files).await,
        }
    }

    async fn insert(&mut self, files: &[Stored], kind: fn(&Statements) -> &Sizes) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx) => {
                for (text, arguments) in bound::<Sqlite>(files, kind(&SQLITE))? {
                    sqlx::query_with(AssertSqlSafe(text), arguments).execute(&mut **tx).await?;
                }
            }
            Self::Postgres(tx) => {
                for (text, arguments) in bound::<Postgres>(files, kind(&POSTGRES))? {
                    sqlx::query_with(AssertSqlSafe(text), arguments).execute(&mut **tx).await?;
                }
            }
        }
        Ok(())
    }
}

impl Prepared {
    /// Binds what is appended to SQLite: while the rows before are written, there is time for it.
    pub(super) fn bind(&mut self) -> Result<(), Error> {
        self.bound = bound::<Sqlite>(&std::mem::take(&mut self.new_files), &SQLITE.append)?;
        Ok(())
    }
}

/// Statements with the values of the files that each of them writes.
pub(super) type Bound<DB> = Vec<(&'static str, <DB as Database>::Arguments)>;

fn bound<DB: Database>(files: &[Stored], sizes: &'static Sizes) -> Result<Bound<DB>, Error>
where
    for<'t> &'t str: Encode<'t, DB> + Type<DB>,
    for<'t> bool: Encode<'t, DB> + Type<DB>,
    for<'t> i32: Encode<'t, DB> + Type<DB>,
    for<'t> i64: Encode<'t, DB> + Type<DB>,
    for<'t> Option<i32>: Encode<'t, DB> + Type<DB>,
    for<'t> Option<i64>: Encode<'t, DB> + Type<DB>,
{
    let mut bound = Vec::new();
    let mut rest = files;
    while let Some((size, text)) = sizes.iter().find(|(size, _)| (1..=rest.len()).contains(size)) {
        let some;
        (some, rest) = rest.split_at(*size);
        let mut arguments = DB::Arguments::default();
        arguments.reserve(size * COLUMNS.split(',').count(), 0);
        let mut bind = || -> Result<(), BoxDynError> {
            for file in some {
                let dates = &file.dates;
                arguments.add(file.case_code.as_str())?;
                arguments.add(dates.agency_id)?;
                arguments.add(dates.received_on)?;
                arguments.add(dates.due_on)?;
                arguments.add(dates.original_due_on)?;
                arguments.add(dates.completed_on)?;
                arguments.add(dates.returned_on)?;
                arguments.add(dates.status)?;
                arguments.add(dates.status_on)?;
                arguments.add(dates.paused_on)?;
                arguments.add(dates.resumed_on)?;
                arguments.add(dates.is_immediate)?;
                arguments.add(file.own_field_id)?;
                arguments.add(file.field_id)?;
                arguments.add(file.procedure_id)?;
                arguments.add(file.channel)?;
                arguments.add(file.is_due_computed)?;
                arguments.add(file.apology_on)?;
                arguments.add(file.reschedules)?;
                arguments.add(file.ended_on)?;
                arguments.add(file.outcome)?;
                arguments.add(file.strict_outcome)?;
                arguments.add(file.pause_from)?;
                arguments.add(file.pause_until)?;
                arguments.add(file.first_batch_id)?;
                arguments.add(file.batch_id)?;
            }
            Ok(())
        };
        bind().map_err(sqlx::Error::Encode)?;
        bound.push((text.as_str(), arguments));
    }
    Ok(bound)
}

/// Statements for so many files at a time, the largest first. To read one takes the engine as long as to carry it out: a
/// few are kept, and whatever number of files there is, they are made of these.
type Sizes = Vec<(usize, String)>;

static SQLITE: LazyLock<Statements> = LazyLock::new(|| Statements::of(false));
static POSTGRES: LazyLock<Statements> = LazyLock::new(|| Statements::of(true));

/// How files are written to one engine.
struct Statements {
    /// There is nothing under their codes.
    append: Sizes,
    /// Whatever stands under their codes is replaced.
    upsert: Sizes,
    /// Only their course is, see [`PLACE`].
    update: Sizes,
}

impl Statements {
    fn of(is_numbered: bool) -> Self {
        let sizes = |end: &str| {
            [ROWS_AT_ONCE, 50, 5, 1].map(|rows| (rows, insert_text(rows, is_numbered) + end)).into()
        };
        Self {
            append: sizes(""),
            upsert: sizes(&format!("{ON_CONFLICT}{PLACE}, {COURSE}")),
            update: sizes(&format!("{ON_CONFLICT}{COURSE}")),
        }
    }
}

fn insert_text(rows: usize, is_numbered: bool) -> String {
    let values = placeholders(rows, COLUMNS.split(',').count(), is_numbered);
    format!("insert into case_files ({COLUMNS}) values {values}")
}

const ON_CONFLICT: &str = " on conflict (case_code) do update set ";

/// What [`Stored::is_placed_as`] compares: the largest indexes are made of it, and SQLite writes an index anew whenever one
/// of its columns is named, also when its value stays.
const PLACE: &str = "agency_id = excluded.agency_id, own_field_id = excluded.own_field_id, \
    field_id = excluded.field_id, procedure_id = excluded.procedure_id, channel = excluded.channel, \
    received_on = excluded.received_on, apology_on = excluded.apology_on, reschedules = excluded.reschedules, \
    is_immediate = excluded.is_immediate";

/// What changes while a file takes its course.
const COURSE: &str = "due_on = excluded.due_on, is_due_computed = excluded.is_due_computed, \
    original_due_on = excluded.original_due_on, completed_on = excluded.completed_on, \
    returned_on = excluded.returned_on, status = excluded.status, status_on = excluded.status_on, \
    paused_on = excluded.paused_on, resumed_on = excluded.resumed_on, ended_on = excluded.ended_on, \
    outcome = excluded.outcome, strict_outcome = excluded.strict_outcome, pause_from = excluded.pause_from, \
    pause_until = excluded.pause_until, batch_id = excluded.batch_id";
