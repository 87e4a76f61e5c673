//! The working-day calendar's table.

use chrono::NaiveDate;
use thuocdo::working_days::{HolidayKind, HolidayRow, WorkingDays};

use crate::{Error, Import, Numbered, Remarked, Store, Tx, on_read, on_tx};

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

impl Import {
    /// Takes days off and swapped days in. Computed due dates and petition limits follow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_holidays(&mut self, rows: Vec<Numbered<HolidayRow>>) -> Result<Vec<Remarked>, Error> {
        const STORED: &str = "select name, kind from holidays where day = $1";
        const WRITE: &str = "insert into holidays (day, name, kind) values ($1, $2, $3) on conflict (day) \
                             do update set name = excluded.name, kind = excluded.kind";
        let mut remarks = Vec::new();
        for Numbered { row, .. } in self.last_of_each(rows, |row| row.date.to_string(), &mut remarks) {
            let stored: Option<(Option<String>, String)> = on_tx!(&mut self.tx, conn => sqlx::query_as(STORED).bind(row.date).fetch_optional(conn).await)?;
            let new = (row.name, row.kind.as_str().to_owned());
            if self.tally(stored.as_ref(), &new) {
                on_tx!(&mut self.tx, conn => sqlx::query(WRITE)
                    .bind(row.date).bind(&new.0).bind(&new.1).execute(conn).await.map(drop))?;
                self.recount = true;
            }
        }
        Ok(remarks)
    }
}
