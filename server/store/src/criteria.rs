//! The criteria by which the office scores itself.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use thuocdo::{
    agency::Scope,
    criterion::{Criterion, Row},
};

use crate::{Error, Import, Numbered, Remarked, Store, Tx, keyed::Keyed, on_read, on_tx};

#[derive(FromRow)]
struct CriterionRow {
    code: String,
    name: Option<String>,
    max_points: Option<i64>,
    planned: Option<i64>,
    achieved: Option<i64>,
    owner_code: Option<String>,
    owner_name: Option<String>,
    due_on: Option<NaiveDate>,
    evidence: Option<String>,
}

impl From<CriterionRow> for Criterion {
    fn from(row: CriterionRow) -> Self {
        Self {
            code: row.code,
            name: row.name,
            max_points: row.max_points,
            planned: row.planned,
            achieved: row.achieved,
            owner_code: row.owner_code,
            owner_name: row.owner_name,
            due_on: row.due_on,
            evidence: row.evidence,
        }
    }
}

impl Store {
    /// The criteria whose agency in charge is within the scope; one without an agency is the whole city's. In the order
    /// they came in, which is that of the form.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn criteria(&self, scope: &Scope) -> Result<Vec<Criterion>, Error> {
        const LIST: &str = "select c.code, c.name, c.max_points, c.planned, c.achieved, a.code as owner_code, \
                            a.name as owner_name, c.due_on, c.evidence \
                            from criteria c left join agencies a on a.agency_id = c.owner_agency_id \
                            where ($1 is null or c.owner_agency_id in \
                              (select agency_id from agencies_below where above_id = $1)) order by c.criterion_id";
        let Some(below) = self.select(scope, None).await?.below() else {
            return Ok(Vec::new());
        };
        let rows: Vec<CriterionRow> =
            on_read!(self, pool => sqlx::query_as(LIST).bind(below).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }
}

/// A criterion without its code.
#[derive(Debug, Clone, PartialEq, Eq, Default, FromRow, Serialize, Deserialize)]
pub(crate) struct Scored {
    name: Option<String>,
    max_points: Option<i64>,
    planned: Option<i64>,
    achieved: Option<i64>,
    owner_agency_id: Option<i64>,
    due_on: Option<NaiveDate>,
    evidence: Option<String>,
}

impl Keyed for Scored {
    type Key = String;
    const KIND: &'static str = "criteria";

    async fn stored(tx: &mut Tx, code: &String) -> Result<Option<Self>, Error> {
        const STORED: &str = "select name, max_points, planned, achieved, owner_agency_id, due_on, evidence \
                              from criteria where code = $1";
        Ok(on_tx!(tx, conn => sqlx::query_as(STORED).bind(code).fetch_optional(conn).await)?)
    }

    async fn write(&self, tx: &mut Tx, code: &String, batch_id: i64) -> Result<(), Error> {
        const WRITE: &str = "insert into criteria (code, name, max_points, planned, achieved, owner_agency_id, due_on, \
                             evidence, batch_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (code) do \
                             update set name = excluded.name, max_points = excluded.max_points, \
                             planned = excluded.planned, achieved = excluded.achieved, \
                             owner_agency_id = excluded.owner_agency_id, due_on = excluded.due_on, \
                             evidence = excluded.evidence, batch_id = excluded.batch_id";
        on_tx!(tx, conn => sqlx::query(WRITE)
            .bind(code).bind(&self.name).bind(self.max_points).bind(self.planned).bind(self.achieved)
            .bind(self.owner_agency_id).bind(self.due_on).bind(&self.evidence).bind(batch_id)
            .execute(conn).await.map(drop))?;
        Ok(())
    }

    async fn remove(tx: &mut Tx, code: &String) -> Result<bool, Error> {
        tx.removes("delete from criteria where code = $1", code).await
    }
}

impl Import {
    /// Takes criteria in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_criteria(&mut self, rows: Vec<Numbered<Row>>) -> Result<Vec<Remarked>, Error> {
        let mut remarks = Vec::new();
        for Numbered { line, row } in self.receipt.last_of_each(rows, |row| row.code.clone(), &mut remarks) {
            let stored = Scored::stored(&mut self.tx, &row.code).await?;
            let owner = match row.owner_agency_code.value() {
                Some(code) => Some(self.agency(line, code, &mut remarks).await?.id),
                None => None,
            };
            let old = stored.clone().unwrap_or_default();
            let new = Scored {
                name: row.name.over(old.name),
                max_points: row.max_points.over(old.max_points),
                planned: row.planned.over(old.planned),
                achieved: row.achieved.over(old.achieved),
                owner_agency_id: if row.owner_agency_code.is_carried() { owner } else { old.owner_agency_id },
                due_on: row.due_on.over(old.due_on),
                evidence: row.evidence.over(old.evidence),
            };
            self.put(line, &row.code, stored.as_ref(), &new).await?;
        }
        Ok(remarks)
    }
}
