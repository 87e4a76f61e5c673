//! Undoing a batch: what it added goes, what it changed is again as it was, and every figure with it.

use chrono::NaiveDate;
use sqlx::{AssertSqlSafe, FromRow, QueryBuilder, postgres::PgRow, sqlite::SqliteRow};
use thuocdo::agency::Agency;
use thuocdo::yearly_index::Edition;

use crate::{
    Batch, Error, Import, Store, Tx,
    agencies::push_list,
    case_files,
    criteria::Scored,
    dialogues::{Raised, Talk},
    holidays::Holiday,
    keyed::{Keyed, parsed},
    on_read, on_tx, petitions,
    plan::Aim,
    procedures::{Field, Procedure},
    settings::Changed,
    surveys::Asked,
};

/// Rows taken back at a time.
const ROWS_AT_ONCE: i64 = 1_000;

/// Why a batch was not undone. Nothing is changed then.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// There is no such batch.
    #[error("không có lần nhập số {0} / there is no batch {0}")]
    Unknown(i64),
    /// It was undone before.
    #[error("lần nhập số {0} đã được hoàn tác / batch {0} is undone already")]
    AlreadyUndone(i64),
    /// A version of the product that kept nothing for it imported it.
    #[error(
        "lần nhập số {0} do phiên bản cũ thực hiện, không giữ số liệu trước đó: nhập lại tệp đúng để sửa / \
         batch {0} was imported by an older version that did not keep what was before: import a corrected file instead"
    )]
    NothingKept(i64),
    /// Later batches changed its rows.
    #[error(
        "các lần nhập sau đã thay đổi dữ liệu của lần nhập này: hoàn tác trước lần nhập số {} / \
         later imports changed its rows: undo these first: {}", list(.0), list(.0)
    )]
    ChangedSince(Vec<i64>),
    /// Rows of other batches lean on a row it added.
    #[error(
        "«{0}» đang được dữ liệu nhập khác dùng đến: hoàn tác lần nhập đó trước / \
         other imports lean on “{0}”: undo those first"
    )]
    LeantOn(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] Error),
}

impl From<sqlx::Error> for UndoError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

fn list(batches: &[i64]) -> String {
    let batches: Vec<String> = batches.iter().map(ToString::to_string).collect();
    batches.join(", ")
}

/// A kind with too many rows to be kept one by one: case files and petitions.
pub(crate) trait Filed:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Sync + Unpin
{
    const TABLE: &'static str;
    const BEFORE: &'static str;
    const ID: &'static str;
    const COLUMNS: &'static str;

    /// SQL for what a row is read from.
    fn select() -> String {
        format!("select {}, {} ", Self::ID, Self::COLUMNS)
    }

    fn id(&self) -> i64;

    /// Adds the row to the counters, or takes it back from them.
    fn count(&self, import: &mut Import, is_taken_back: bool);

    /// Writes rows in the place of their codes.
    async fn write(tx: &mut Tx, rows: &[Self]) -> Result<(), Error>;
}

impl Tx {
    /// Keeps rows as they are before a batch changes them.
    pub(crate) async fn keep_before<F: Filed>(&mut self, batch_id: i64, ids: &[i64]) -> Result<(), Error> {
        if ids.is_empty() {
            return Ok(());
        }
        let (table, before, id, columns) = (F::TABLE, F::BEFORE, F::ID, F::COLUMNS);
        on_tx!(self, conn => {
            let mut query = QueryBuilder::new(
                format!("insert into {before} (changed_in_batch_id, {id}, {columns}) select "),
            );
            query.push_bind(batch_id).push(format!(", {id}, {columns} from {table} where {id} in "));
            push_list(&mut query, ids.iter().copied());
            query.push(format!(" on conflict (changed_in_batch_id, {id}) do nothing"));
            query.build().execute(conn).await.map(drop)
        })?;
        Ok(())
    }
}

/// Runs one expression for the type that a kept row is of.
macro_rules! of_kind {
    ($row:expr, $kind:ident => $body:expr) => {
        of_kind!($row, $kind => $body,
            Agency, Field, Procedure, Holiday, Aim, Edition, Talk, Raised, Asked, Scored)
    };
    ($row:expr, $kind:ident => $body:expr, $($type:ty),+) => {
        match $row.kind.as_str() {
            $(<$type as Keyed>::KIND => {
                type $kind = $type;
                $body
            })+
            // Kept by a newer version: there is nothing of it here.
            _ => Ok(true),
        }
    };
}

/// What a batch did to a row of a small kind.
#[derive(FromRow)]
struct Kept {
    kind: String,
    row_key: String,
    body: Option<String>,
    is_made: bool,
    /// Whether any other batch has to do with the row.
    is_shared: bool,
}

impl Store {
    /// The batch, if nothing stands in the way of undoing it.
    ///
    /// # Errors
    /// Why it cannot be undone. What leans on its rows is only found by trying.
    pub async fn can_undo(&self, batch_id: i64) -> Result<Batch, UndoError> {
        // On a connection that reads: whoever looks does not wait for an import.
        let batch = self.batch(batch_id).await?.ok_or(UndoError::Unknown(batch_id))?;
        let later: Vec<i64> =
            on_read!(self, pool => sqlx::query_scalar(LATER).bind(batch_id).fetch_all(pool).await)?;
        undoable(batch, later)
    }

    /// Undoes a batch, in one transaction.
    ///
    /// # Errors
    /// When it is unknown or undone already, when later batches changed its rows, or when the database fails.
    pub async fn undo(&self, batch_id: i64, today: NaiveDate) -> Result<Batch, UndoError> {
        let mut tx = self.begin().await?;
        let batch = tx.batch(batch_id).await?.ok_or(UndoError::Unknown(batch_id))?;
        let later = tx.changed_since(batch_id).await?;
        let batch = undoable(batch, later)?;
        let mut import = Import::of(tx, batch_id).await?;
        import.take_back::<case_files::Stored>(batch_id).await?;
        import.take_back::<petitions::Stored>(batch_id).await?;
        import.take_back_rows(batch_id).await?;
        import.settle_undone(batch_id, today).await?;
        Ok(Batch { undone_on: Some(today), ..batch })
    }
}

fn undoable(batch: Batch, later: Vec<i64>) -> Result<Batch, UndoError> {
    match &batch {
        Batch { batch_id, undone_on: Some(_), .. } => Err(UndoError::AlreadyUndone(*batch_id)),
        Batch { batch_id, keeps_before: false, .. } => Err(UndoError::NothingKept(*batch_id)),
        _ if !later.is_empty() => Err(UndoError::ChangedSince(later)),
        _ => Ok(batch),
    }
}

/// The batches that changed rows of a batch after it.
const LATER: &str = "select changed_in_batch_id from case_file_before \
                     where batch_id = $1 and changed_in_batch_id <> $1 \
                     union select changed_in_batch_id from petition_before \
                     where batch_id = $1 and changed_in_batch_id <> $1 \
                     union select l.batch_id from rows_before m \
                     join rows_before l on l.kind = m.kind and l.row_key = m.row_key \
                     where m.batch_id = $1 and not m.is_made and l.batch_id > $1 and not l.is_made order by 1";

impl Tx {
    async fn changed_since(&mut self, batch_id: i64) -> Result<Vec<i64>, Error> {
        Ok(on_tx!(self, conn => sqlx::query_scalar(LATER).bind(batch_id).fetch_all(conn).await)?)
    }

    async fn kept_rows(&mut self, batch_id: i64) -> Result<Vec<Kept>, Error> {
        const KEPT: &str = "select m.kind, m.row_key, m.body, m.is_made, exists (select 1 from rows_before o \
                            where o.kind = m.kind and o.row_key = m.row_key and o.batch_id <> m.batch_id) as is_shared \
                            from rows_before m where m.batch_id = $1";
        Ok(on_tx!(self, conn => sqlx::query_as(KEPT).bind(batch_id).fetch_all(conn).await)?)
    }
}

impl Import {
    /// Puts back what a batch changed of a kind with many rows, and takes away what it added.
    async fn take_back<F: Filed>(&mut self, batch_id: i64) -> Result<(), Error> {
        let (table, before, id, select) = (F::TABLE, F::BEFORE, F::ID, F::select());
        let changed = format!(
            "{select} from {before} where changed_in_batch_id = $1 and {id} > $2 order by {id} limit $3"
        );
        let now = format!(
            "{select} from {table} where {id} in \
             (select {id} from {before} where changed_in_batch_id = $1 and {id} > $2 order by {id} limit $3)"
        );
        let mut after = 0;
        loop {
            let were: Vec<F> = on_tx!(&mut self.tx, conn => sqlx::query_as(AssertSqlSafe(changed.as_str()))
                .bind(batch_id).bind(after).bind(ROWS_AT_ONCE).fetch_all(conn).await)?;
            let Some(last) = were.last().map(F::id) else { break };
            let are: Vec<F> = on_tx!(&mut self.tx, conn => sqlx::query_as(AssertSqlSafe(now.as_str()))
                .bind(batch_id).bind(after).bind(ROWS_AT_ONCE).fetch_all(conn).await)?;
            are.iter().for_each(|row| row.count(self, true));
            were.iter().for_each(|row| row.count(self, false));
            F::write(&mut self.tx, &were).await?;
            after = last;
            self.flush_when_full().await?;
        }
        let added = format!(
            "{select} from {table} where {id} > $2 and first_batch_id = $1 \
             and {id} > (select after_row from batches where batch_id = $1) order by {id} limit $3"
        );
        let remove = format!(
            "delete from {table} where first_batch_id = $1 and {id} > $2 and {id} <= $3 \
             and {id} > (select after_row from batches where batch_id = $1)"
        );
        let mut after = 0;
        loop {
            let are: Vec<F> = on_tx!(&mut self.tx, conn => sqlx::query_as(AssertSqlSafe(added.as_str()))
                .bind(batch_id).bind(after).bind(ROWS_AT_ONCE).fetch_all(conn).await)?;
            let Some(last) = are.last().map(F::id) else { break };
            are.iter().for_each(|row| row.count(self, true));
            on_tx!(&mut self.tx, conn => sqlx::query(AssertSqlSafe(remove.as_str()))
                .bind(batch_id).bind(after).bind(last).execute(conn).await.map(drop))?;
            after = last;
            self.flush_when_full().await?;
        }
        Ok(())
    }

    /// Puts back what a batch changed of the small kinds, then takes away what it added, as far as nobody leans on it.
    async fn take_back_rows(&mut self, batch_id: i64) -> Result<(), UndoError> {
        let kept = self.tx.kept_rows(batch_id).await?;
        let mut added = Vec::new();
        for row in kept {
            match &row.body {
                Some(body) => {
                    let is_bare = self.restore(&row, body).await?;
                    // Nobody else ever spoke of it, so that nobody misses it.
                    if is_bare && !row.is_shared {
                        added.push(Kept { is_made: true, ..row });
                    }
                }
                None if row.is_made && row.is_shared => {}
                None => added.push(row),
            }
        }
        self.settle_tree().await?;
        let left = self.remove_free(added).await?;
        for row in left.iter().filter(|row| !row.is_made) {
            if !self.strip(row).await? {
                return Err(UndoError::LeantOn(row.row_key.trim_matches('"').to_owned()));
            }
        }
        // Without what the batch said of them, some lean on others no longer.
        self.settle_tree().await?;
        self.remove_free(left).await?;
        Ok(())
    }

    /// Takes away the rows nobody leans on; gives back the others. A row may lean on another of the same batch: whoever
    /// is free goes first, until nobody is.
    async fn remove_free(&mut self, mut rows: Vec<Kept>) -> Result<Vec<Kept>, Error> {
        loop {
            let all = rows.len();
            let mut left = Vec::new();
            for row in rows {
                if !self.remove(&row).await? {
                    left.push(row);
                }
            }
            if left.is_empty() || left.len() == all {
                return Ok(left);
            }
            rows = left;
        }
    }

    /// Counters, the tree and the batch itself, then all of it for good.
    async fn settle_undone(mut self, batch_id: i64, today: NaiveDate) -> Result<(), Error> {
        const FORGET: [&str; 4] = [
            "delete from case_file_before where changed_in_batch_id = $1",
            "delete from petition_before where changed_in_batch_id = $1",
            "delete from due_changes where batch_id = $1",
            "delete from rows_before where batch_id = $1",
        ];
        const MARK: &str = "update batches set undone_on = $2 where batch_id = $1";
        self.settle_tree().await?;
        self.tx.rebuild_tree().await?;
        self.tx.flush(&mut self.deltas).await?;
        if self.recount {
            let calendar = self.tx.calendar().await?;
            self.tx.rebuild(&calendar, self.limits, None).await?;
        }
        for sql in FORGET {
            on_tx!(&mut self.tx, conn => sqlx::query(sql).bind(batch_id).execute(conn).await.map(drop))?;
        }
        on_tx!(&mut self.tx, conn => sqlx::query(MARK).bind(batch_id).bind(today).execute(conn).await.map(drop))?;
        self.tx.raise_versions(Changed::ALL).await?;
        self.tx.commit().await
    }

    /// Puts a row back; whether it is no more than its code.
    async fn restore(&mut self, row: &Kept, body: &str) -> Result<bool, Error> {
        of_kind!(row, K => self.restored::<K>(&row.row_key, body).await)
    }

    async fn restored<K: Keyed>(&mut self, key: &str, body: &str) -> Result<bool, Error> {
        let (key, was): (K::Key, K) = (parsed(key)?, parsed(body)?);
        let is = K::stored(&mut self.tx, &key).await?;
        was.write(&mut self.tx, &key, self.receipt.batch_id).await?;
        K::follow(self, 0, &key, is.as_ref(), Some(&was)).await?;
        Ok(K::bare(&key).is_some_and(|bare| bare == was))
    }

    /// Takes a row away; `false` when others lean on it.
    async fn remove(&mut self, row: &Kept) -> Result<bool, Error> {
        of_kind!(row, K => self.removed::<K>(&row.row_key).await)
    }

    async fn removed<K: Keyed>(&mut self, key: &str) -> Result<bool, Error> {
        let key: K::Key = parsed(key)?;
        let is = K::stored(&mut self.tx, &key).await?;
        let is_gone = is.is_none() || K::remove(&mut self.tx, &key).await?;
        if is_gone {
            K::follow(self, 0, &key, is.as_ref(), None).await?;
        }
        Ok(is_gone)
    }

    /// Leaves no more of a row than its code; `false` when it cannot be without the rest.
    async fn strip(&mut self, row: &Kept) -> Result<bool, Error> {
        of_kind!(row, K => self.stripped::<K>(&row.row_key).await)
    }

    async fn stripped<K: Keyed>(&mut self, key: &str) -> Result<bool, Error> {
        let key: K::Key = parsed(key)?;
        let Some(bare) = K::bare(&key) else { return Ok(false) };
        let is = K::stored(&mut self.tx, &key).await?;
        bare.write(&mut self.tx, &key, self.receipt.batch_id).await?;
        K::follow(self, 0, &key, is.as_ref(), Some(&bare)).await?;
        Ok(true)
    }
}
