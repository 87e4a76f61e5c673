//! The city's own surveys.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use thuocdo::{
    agency::{Level, Scope},
    filter::Filter,
    rate::Rate,
    survey::{Row, Survey},
};

use crate::{
    Error, Import, Numbered, Remarked, Store, Tx, facts::level_number, keyed::Keyed, on_read, on_tx,
};

#[derive(FromRow)]
struct SurveyRow {
    code: String,
    name: String,
    level: i32,
    surveyed_on: NaiveDate,
    asked: Option<i64>,
    answered: i64,
    satisfied: i64,
}

impl From<SurveyRow> for Survey {
    fn from(row: SurveyRow) -> Self {
        Self {
            agency_code: row.code,
            agency_name: row.name,
            level: Level::from_number(row.level).unwrap_or(Level::Unclassified),
            surveyed_on: row.surveyed_on,
            asked: row.asked,
            satisfied: Rate { hits: row.satisfied, all: row.answered },
        }
    }
}

impl Store {
    /// The surveys of the agencies of a filter, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn surveys(&self, scope: &Scope, filter: &Filter) -> Result<Vec<Survey>, Error> {
        const LIST: &str = "select a.code, a.name, a.level, s.surveyed_on, s.asked, s.answered, s.satisfied \
                            from surveys s join agencies a on a.agency_id = s.agency_id \
                            where ($1 is null or s.agency_id in (select agency_id from agencies_below where above_id = $1)) \
                            and ($2 is null or a.level = $2) order by s.surveyed_on, a.code";
        let Some(below) = self.select(scope, filter.agency.as_deref()).await?.below() else {
            return Ok(Vec::new());
        };
        let rows: Vec<SurveyRow> = on_read!(self, pool => sqlx::query_as(LIST)
            .bind(below).bind(level_number(filter)).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(Into::into).collect())
    }
}

/// A survey without its agency and day.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize)]
pub(crate) struct Asked {
    asked: Option<i64>,
    answered: i64,
    satisfied: i64,
}

impl Keyed for Asked {
    type Key = (i64, NaiveDate);
    const KIND: &'static str = "surveys";

    async fn stored(tx: &mut Tx, (agency_id, day): &Self::Key) -> Result<Option<Self>, Error> {
        const STORED: &str =
            "select asked, answered, satisfied from surveys where agency_id = $1 and surveyed_on = $2";
        Ok(on_tx!(tx, conn => sqlx::query_as(STORED).bind(agency_id).bind(day).fetch_optional(conn).await)?)
    }

    async fn write(&self, tx: &mut Tx, (agency_id, day): &Self::Key, batch_id: i64) -> Result<(), Error> {
        const WRITE: &str = "insert into surveys (agency_id, surveyed_on, asked, answered, satisfied, batch_id) \
                             values ($1, $2, $3, $4, $5, $6) on conflict (agency_id, surveyed_on) do update set \
                             asked = excluded.asked, answered = excluded.answered, satisfied = excluded.satisfied, \
                             batch_id = excluded.batch_id";
        on_tx!(tx, conn => sqlx::query(WRITE)
            .bind(agency_id).bind(day).bind(self.asked).bind(self.answered).bind(self.satisfied).bind(batch_id)
            .execute(conn).await.map(drop))?;
        Ok(())
    }

    async fn remove(tx: &mut Tx, (agency_id, day): &Self::Key) -> Result<bool, Error> {
        const REMOVE: &str = "delete from surveys where agency_id = $1 and surveyed_on = $2";
        on_tx!(tx, conn => sqlx::query(REMOVE).bind(agency_id).bind(day).execute(conn).await.map(drop))?;
        Ok(true)
    }
}

impl Import {
    /// Takes surveys in: one of each agency and day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_surveys(&mut self, rows: Vec<Numbered<Row>>) -> Result<Vec<Remarked>, Error> {
        let mut remarks = Vec::new();
        for Numbered { line, row } in self.receipt.last_of_each(
            rows,
            |row| format!("{} {}", row.agency_code, row.surveyed_on),
            &mut remarks,
        ) {
            let key = (self.agency(line, &row.agency_code, &mut remarks).await?.id, row.surveyed_on);
            let stored = Asked::stored(&mut self.tx, &key).await?;
            let asked = row.asked.over(stored.as_ref().and_then(|stored| stored.asked));
            let new = Asked { asked, answered: row.answered, satisfied: row.satisfied };
            self.put(line, &key, stored.as_ref(), &new).await?;
        }
        Ok(remarks)
    }
}
