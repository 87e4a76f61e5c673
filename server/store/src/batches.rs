//! Batches: one import each, with what it did.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, FromRow};

use crate::{Error, Store, Tx, on_read, on_tx};

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its batch.
    pub batch_id: i64,
    /// Rows of the file that went in.
    pub rows_in: i64,
    /// Rows that were new.
    pub added: i64,
    /// Rows that changed what was stored.
    pub changed: i64,
    /// Rows that said what was stored already.
    pub unchanged: i64,
}

/// An import as the table of batches keeps it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize)]
pub struct Batch {
    /// Its number.
    pub batch_id: i64,
    /// What was imported.
    pub kind: String,
    /// The file's name.
    pub source_name: String,
    /// The day it was imported.
    pub imported_on: NaiveDate,
    /// Rows that went in.
    pub rows_in: i64,
    /// Rows that were new.
    pub added: i64,
    /// Rows that changed something.
    pub changed: i64,
    /// Rows that said what was stored already.
    pub unchanged: i64,
    /// Rows set aside.
    pub set_aside: i64,
    /// Warnings given.
    pub warnings: i64,
    /// Columns that were not taken.
    pub dropped_columns: String,
    /// Whether it can be taken back as far as it goes by itself: what it changed was kept.
    pub keeps_before: bool,
    /// The day it was undone.
    pub undone_on: Option<NaiveDate>,
    /// Who brought it; empty of old ones.
    pub brought_by: String,
    /// The agency that this one is bound to; none is the whole city.
    pub agency_code: Option<String>,
}

const BATCHES: &str = "select batch_id, kind, source_name, imported_on, rows_in, added, changed, unchanged, set_aside, \
                       warnings, dropped_columns, keeps_before, undone_on, brought_by, agency_code from batches";

impl Store {
    /// One batch.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn batch(&self, batch_id: i64) -> Result<Option<Batch>, Error> {
        let one = AssertSqlSafe(format!("{BATCHES} where batch_id = $1"));
        Ok(on_read!(self, pool => sqlx::query_as(one).bind(batch_id).fetch_optional(pool).await)?)
    }

    /// The latest batches, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn batches(&self, at_most: i64) -> Result<Vec<Batch>, Error> {
        let list = AssertSqlSafe(format!("{BATCHES} order by batch_id desc limit $1"));
        Ok(on_read!(self, pool => sqlx::query_as(list).bind(at_most).fetch_all(pool).await)?)
    }
}

impl Store {
    /// The latest batches brought for an agency or one below it, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn batches_below(&self, agency_code: &str, at_most: i64) -> Result<Vec<Batch>, Error> {
        const BELOW: &str = "where agency_code in (select a.code from agencies_below b \
                             join agencies a on a.agency_id = b.agency_id join agencies t on t.agency_id = b.above_id \
                             where t.code = $1)";
        let list = AssertSqlSafe(format!("{BATCHES} {BELOW} order by batch_id desc limit $2"));
        Ok(
            on_read!(self, pool => sqlx::query_as(list).bind(agency_code).bind(at_most).fetch_all(pool).await)?,
        )
    }

    /// The days on which each kind of data came in, the oldest first; what was undone did not come.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn import_days(&self) -> Result<Vec<(String, NaiveDate)>, Error> {
        const DAYS: &str = "select distinct kind, imported_on from batches where undone_on is null \
                            order by kind, imported_on";
        Ok(on_read!(self, pool => sqlx::query_as(DAYS).fetch_all(pool).await)?)
    }
}

impl Tx {
    pub(crate) async fn batch(&mut self, batch_id: i64) -> Result<Option<Batch>, Error> {
        let one = AssertSqlSafe(format!("{BATCHES} where batch_id = $1"));
        Ok(on_tx!(self, conn => sqlx::query_as(one).bind(batch_id).fetch_optional(conn).await)?)
    }

    pub(crate) async fn open_batch(
        &mut self,
        kind: &str,
        source: &str,
        today: NaiveDate,
    ) -> Result<i64, Error> {
        const OPEN: &str = "insert into batches (kind, source_name, imported_on, keeps_before, after_row) select $1, $2, $3, true, \
             case $1 when 'case-files' then coalesce((select max(case_file_id) from case_files), 0) \
             when 'petitions' then coalesce((select max(petition_id) from petitions), 0) else 0 end returning batch_id";
        Ok(on_tx!(self, conn =>
            sqlx::query_scalar(OPEN).bind(kind).bind(source).bind(today).fetch_one(conn).await)?)
    }

    pub(crate) async fn close_batch(
        &mut self,
        receipt: &Receipt,
        set_aside: i64,
        warnings: i64,
        dropped: &str,
    ) -> Result<(), Error> {
        const CLOSE: &str = "update batches set rows_in = $2, added = $3, changed = $4, unchanged = $5, set_aside = $6, \
                             warnings = $7, dropped_columns = $8 where batch_id = $1";
        on_tx!(self, conn => sqlx::query(CLOSE)
            .bind(receipt.batch_id).bind(receipt.rows_in).bind(receipt.added).bind(receipt.changed)
            .bind(receipt.unchanged).bind(set_aside).bind(warnings).bind(dropped)
            .execute(conn).await.map(drop))?;
        Ok(())
    }
}
