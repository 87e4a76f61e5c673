//! The plan's targets.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use thuocdo::plan::{Plan, Target};

use crate::{Error, Import, Numbered, Remarked, Store, Tx, keyed::Keyed, on_read, on_tx};

#[derive(FromRow)]
struct TargetRow {
    indicator: String,
    value: i64,
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
    agency_code: String,
    source: String,
}

impl TargetRow {
    /// `None` for an indicator this version does not know.
    fn target(self) -> Option<Target> {
        Some(Target {
            indicator: self.indicator.parse().ok()?,
            value: self.value,
            from: self.valid_from,
            to: self.valid_to,
            agency_code: (!self.agency_code.is_empty()).then_some(self.agency_code),
            source: self.source,
        })
    }
}

impl Store {
    /// Every target ever set.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn plan(&self) -> Result<Plan, Error> {
        const LIST: &str = "select indicator, value, valid_from, valid_to, agency_code, source from targets \
                            order by valid_from, target_id";
        let rows: Vec<TargetRow> = on_read!(self, pool => sqlx::query_as(LIST).fetch_all(pool).await)?;
        Ok(Plan { targets: rows.into_iter().filter_map(TargetRow::target).collect() })
    }
}

/// A target without what tells it apart: indicator, first day, agency.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize)]
pub(crate) struct Aim {
    value: i64,
    valid_to: Option<NaiveDate>,
    source: String,
}

impl Keyed for Aim {
    type Key = (String, NaiveDate, String);
    const KIND: &'static str = "targets";

    async fn stored(tx: &mut Tx, (indicator, from, agency): &Self::Key) -> Result<Option<Self>, Error> {
        const STORED: &str = "select value, valid_to, source from targets \
                              where indicator = $1 and valid_from = $2 and agency_code = $3";
        Ok(on_tx!(tx, conn => sqlx::query_as(STORED)
            .bind(indicator).bind(from).bind(agency).fetch_optional(conn).await)?)
    }

    async fn write(
        &self,
        tx: &mut Tx,
        (indicator, from, agency): &Self::Key,
        _batch_id: i64,
    ) -> Result<(), Error> {
        const WRITE: &str = "insert into targets (indicator, valid_from, agency_code, value, valid_to, source) \
                             values ($1, $2, $3, $4, $5, $6) on conflict (indicator, valid_from, agency_code) \
                             do update set value = excluded.value, valid_to = excluded.valid_to, source = excluded.source";
        on_tx!(tx, conn => sqlx::query(WRITE)
            .bind(indicator).bind(from).bind(agency).bind(self.value).bind(self.valid_to).bind(&self.source)
            .execute(conn).await.map(drop))?;
        Ok(())
    }

    async fn remove(tx: &mut Tx, (indicator, from, agency): &Self::Key) -> Result<bool, Error> {
        const REMOVE: &str =
            "delete from targets where indicator = $1 and valid_from = $2 and agency_code = $3";
        on_tx!(tx, conn => sqlx::query(REMOVE)
            .bind(indicator).bind(from).bind(agency).execute(conn).await.map(drop))?;
        Ok(true)
    }
}

impl Import {
    /// Takes targets in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_targets(&mut self, rows: Vec<Numbered<Target>>) -> Result<Vec<Remarked>, Error> {
        let mut remarks = Vec::new();
        let key =
            |t: &Target| format!("{} {} {}", t.indicator, t.from, t.agency_code.as_deref().unwrap_or(""));
        for Numbered { line, row } in self.receipt.last_of_each(rows, key, &mut remarks) {
            let key = (row.indicator.as_str().to_owned(), row.from, row.agency_code.unwrap_or_default());
            let stored = Aim::stored(&mut self.tx, &key).await?;
            let new = Aim { value: row.value, valid_to: row.to, source: row.source };
            self.put(line, &key, stored.as_ref(), &new).await?;
        }
        Ok(remarks)
    }
}
