//! The city's own surveys.

use thuocdo::survey::Row;

use crate::{Error, Import, Numbered, Remarked, on_tx};

impl Import {
    /// Takes surveys in: one of each agency and day.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_surveys(&mut self, rows: Vec<Numbered<Row>>) -> Result<Vec<Remarked>, Error> {
        const STORED: &str =
            "select asked, answered, satisfied from surveys where agency_id = $1 and surveyed_on = $2";
        const WRITE: &str = "insert into surveys (agency_id, surveyed_on, asked, answered, satisfied, batch_id) \
                             values ($1, $2, $3, $4, $5, $6) on conflict (agency_id, surveyed_on) do update set \
                             asked = excluded.asked, answered = excluded.answered, satisfied = excluded.satisfied, \
                             batch_id = excluded.batch_id";
        let mut remarks = Vec::new();
        for Numbered { line, row } in
            self.last_of_each(rows, |row| format!("{} {}", row.agency_code, row.surveyed_on), &mut remarks)
        {
            let agency = self.agency(line, &row.agency_code, &mut remarks).await?;
            let stored: Option<(Option<i64>, i64, i64)> = on_tx!(&mut self.tx, conn => sqlx::query_as(STORED)
                .bind(agency.id).bind(row.surveyed_on).fetch_optional(conn).await)?;
            let asked = row.asked.over(stored.and_then(|(asked, ..)| asked));
            let new = (asked, row.answered, row.satisfied);
            if self.tally(stored.as_ref(), &new) {
                on_tx!(&mut self.tx, conn => sqlx::query(WRITE)
                    .bind(agency.id).bind(row.surveyed_on).bind(new.0).bind(new.1).bind(new.2)
                    .bind(self.receipt.batch_id).execute(conn).await.map(drop))?;
            }
        }
        Ok(remarks)
    }
}
