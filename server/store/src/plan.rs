//! The plan's targets.

use chrono::NaiveDate;
use sqlx::FromRow;
use thuocdo::plan::{Plan, Target};

use crate::{Error, Import, Numbered, Remarked, Store, on_read, on_tx};

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

impl Import {
    /// Takes targets in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_targets(&mut self, rows: Vec<Numbered<Target>>) -> Result<Vec<Remarked>, Error> {
        const STORED: &str = "select value, valid_to, source from targets \
                              where indicator = $1 and valid_from = $2 and agency_code = $3";
        const WRITE: &str = "insert into targets (indicator, valid_from, agency_code, value, valid_to, source) \
                             values ($1, $2, $3, $4, $5, $6) on conflict (indicator, valid_from, agency_code) \
                             do update set value = excluded.value, valid_to = excluded.valid_to, source = excluded.source";
        let mut remarks = Vec::new();
        let key =
            |t: &Target| format!("{} {} {}", t.indicator, t.from, t.agency_code.as_deref().unwrap_or(""));
        for Numbered { row, .. } in self.last_of_each(rows, key, &mut remarks) {
            let agency_code = row.agency_code.unwrap_or_default();
            let stored: Option<(i64, Option<NaiveDate>, String)> = on_tx!(&mut self.tx, conn => sqlx::query_as(STORED)
                .bind(row.indicator.as_str()).bind(row.from).bind(&agency_code).fetch_optional(conn).await)?;
            let new = (row.value, row.to, row.source);
            if self.tally(stored.as_ref(), &new) {
                on_tx!(&mut self.tx, conn => sqlx::query(WRITE)
                    .bind(row.indicator.as_str()).bind(row.from).bind(&agency_code).bind(new.0).bind(new.1).bind(&new.2)
                    .execute(conn).await.map(drop))?;
            }
        }
        Ok(remarks)
    }
}
