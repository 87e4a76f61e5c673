//! The working-day calendar's table.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use thuocdo::working_days::{HolidayKind, HolidayRow, WorkingDays};

use crate::{Error, Import, Numbered, Remarked, Store, Tx, keyed::Keyed, on_read, on_tx};

const CALENDAR: &str = "select day, kind from holidays";

impl Store {
    /// The calendar of working days.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn calendar(&self) -> Result<WorkingDays, Error> {
        let rows: Vec<(NaiveDate, String)> =
            on_read!(self, pool => sqlx::query_as(CALENDAR).fetch_all(pool).await)?;
        Ok(calendar(rows))
    }
}

impl Tx {
    pub(crate) async fn calendar(&mut self) -> Result<WorkingDays, Error> {
        let rows: Vec<(NaiveDate, String)> =
            on_tx!(self, conn => sqlx::query_as(CALENDAR).fetch_all(conn).await)?;
        Ok(calendar(rows))
    }
}

fn calendar(rows: Vec<(NaiveDate, String)>) -> WorkingDays {
    let kind_of = |name: &str| HolidayKind::ALL.into_iter().find(|kind| kind.as_str() == name);
    WorkingDays::new(rows.into_iter().filter_map(|(day, name)| Some((day, kind_of(&name)?))))
}

/// A day without its date.
#[derive(Debug, Clone, PartialEq, Eq, FromRow, Serialize, Deserialize)]
pub(crate) struct Holiday {
    name: Option<String>,
    kind: String,
}

impl Keyed for Holiday {
    type Key = NaiveDate;
    const KIND: &'static str = "holidays";

    async fn stored(tx: &mut Tx, day: &NaiveDate) -> Result<Option<Self>, Error> {
        const STORED: &str = "select name, kind from holidays where day = $1";
        Ok(on_tx!(tx, conn => sqlx::query_as(STORED).bind(day).fetch_optional(conn).await)?)
    }

    async fn write(&self, tx: &mut Tx, day: &NaiveDate, _batch_id: i64) -> Result<(), Error> {
        const WRITE: &str = "insert into holidays (day, name, kind) values ($1, $2, $3) on conflict (day) \
                             do update set name = excluded.name, kind = excluded.kind";
        on_tx!(tx, conn => sqlx::query(WRITE)
            .bind(day).bind(&self.name).bind(&self.kind).execute(conn).await.map(drop))?;
        Ok(())
    }

    async fn remove(tx: &mut Tx, day: &NaiveDate) -> Result<bool, Error> {
        const REMOVE: &str = "delete from holidays where day = $1";
        on_tx!(tx, conn => sqlx::query(REMOVE).bind(day).execute(conn).await.map(drop))?;
        Ok(true)
    }

    async fn follow(
        import: &mut Import,
        _line: u64,
        _day: &NaiveDate,
        _was: Option<&Self>,
        _is: Option<&Self>,
    ) -> Result<(), Error> {
        import.recount = true;
        Ok(())
    }
}

impl Import {
    /// Takes days off and swapped days in. Computed due dates and petition limits follow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_holidays(&mut self, rows: Vec<Numbered<HolidayRow>>) -> Result<Vec<Remarked>, Error> {
        let mut remarks = Vec::new();
        for Numbered { line, row } in
            self.receipt.last_of_each(rows, |row| row.date.to_string(), &mut remarks)
        {
            let stored = Holiday::stored(&mut self.tx, &row.date).await?;
            let new = Holiday { name: row.name, kind: row.kind.as_str().to_owned() };
            self.put(line, &row.date, stored.as_ref(), &new).await?;
        }
        Ok(remarks)
    }
}
