//! Counting everything anew from the files: to prove the counters, or to make them again.

use futures::TryStreamExt as _;
use thuocdo::{counts::Counts, petition::Limits, working_days::WorkingDays};

use crate::{
    Error, Store, Tx, case_files,
    counters::CellRow,
    days,
    deltas::{Cells, Deltas},
    import::Codes,
    on_tx,
    packed::packed,
    petitions,
    settings::Changed,
};
use sqlx::AssertSqlSafe;

/// Rows read at a time.
const ROWS_AT_ONCE: i64 = 5_000;

/// A counter that does not say what the files say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which counter, for which key and day.
    pub what: String,
    /// What the counter says.
    pub counted: i64,
    /// What the files say.
    pub recounted: i64,
}

impl Store {
    /// Recounts every counter from the files and names each difference. Readers are not disturbed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn verify(&self) -> Result<Vec<Difference>, Error> {
        let mut tx = self.begin().await?;
        let calendar = tx.calendar().await?;
        let codes = Codes::load(&mut tx).await?;
        let mut found = Vec::new();
        let recounted =
            tx.recount(&codes, &calendar, Limits::default(), Derived::Checked(&mut found)).await?;
        found.extend(tx.differences(recounted).await?);
        Ok(found)
    }

    /// Makes computed due dates and all counters anew, in one transaction.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rebuild(&self) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        let calendar = tx.calendar().await?;
        tx.rebuild(&calendar, Limits::default(), None).await?;
        tx.raise_versions(Changed::ALL).await?;
        tx.commit().await
    }
}

/// What a recount does with columns that follow from others.
enum Derived<'a> {
    /// Takes them as they stand, and names the files where they are not what they should be.
    Checked(&'a mut Vec<Difference>),
    /// Works them out again and writes the files whose columns changed; a batch keeps what it changed.
    MadeAnew(Option<i64>),
}

impl Tx {
    /// Makes computed columns and counters anew.
    pub(crate) async fn rebuild(
        &mut self,
        calendar: &WorkingDays,
        limits: Limits,
        batch_id: Option<i64>,
    ) -> Result<(), Error> {
        const CLEAR: [&str; 7] = [
            "delete from case_file_level_days",
            "delete from case_file_agency_days",
            "delete from case_file_agency_halves",
            "delete from case_file_slice_days",
            "delete from case_file_slice_halves",
            "delete from case_file_agency_slice_halves",
            "delete from petition_days",
        ];
        let codes = Codes::load(self).await?;
        let mut recounted = self.recount(&codes, calendar, limits, Derived::MadeAnew(batch_id)).await?;
        for sql in CLEAR {
            on_tx!(self, conn => sqlx::query(sql).execute(conn).await.map(drop))?;
        }
        self.note_recount().await?;
        self.flush(&mut recounted).await
    }

    async fn recount(
        &mut self,
        codes: &Codes,
        calendar: &WorkingDays,
        limits: Limits,
        mut derived: Derived<'_>,
    ) -> Result<Deltas, Error> {
        const FILES: &str = "select * from case_files where case_file_id > $1 order by case_file_id limit $2";
        const PETITIONS: &str =
            "select * from petitions where petition_id > $1 order by petition_id limit $2";
        let mut recounted = Deltas::default();
        let mut last = 0;
        loop {
            let files: Vec<case_files::Stored> = on_tx!(self, conn =>
                sqlx::query_as(FILES).bind(last).bind(ROWS_AT_ONCE).fetch_all(conn).await)?;
            let Some(file) = files.last() else { break };
            last = file.case_file_id;
            let mut changed = Vec::new();
            let mut moved_due = Vec::new();
            for mut file in files {
                let mut anew = file.clone();
                anew.derive(file.procedure_id.and_then(|id| codes.procedure(id)), calendar);
                if anew != file {
                    match &mut derived {
                        Derived::Checked(found) => found.push(Difference {
                            what: format!("case_files {} outcome", file.case_code),
                            counted: file.outcome.into(),
                            recounted: anew.outcome.into(),
                        }),
                        Derived::MadeAnew(batch_id) => {
                            // The change is the batch's: whoever undoes an earlier one is told of it.
                            anew.batch_id = batch_id.unwrap_or(anew.batch_id);
                            if anew.dates.due_on != file.dates.due_on {
                                moved_due.push((file.case_file_id, file.dates.due_on, anew.dates.due_on));
                            }
                            file = anew;
                            changed.push(file.clone());
                        }
                    }
                }
                recounted.case_file(
                    file.cell(codes.level_of(file.dates.agency_id)),
                    &file.events(calendar),
                    false,
                );
            }
            if let Derived::MadeAnew(Some(batch_id)) = derived {
                let ids: Vec<i64> = changed.iter().map(|file| file.case_file_id).collect();
                self.keep_before::<case_files::Stored>(batch_id, &ids).await?;
                self.log_moved_due(batch_id, &moved_due).await?;
            }
            self.upsert(&changed).await?;
        }
        let mut last = 0;
        loop {
            let petitions: Vec<petitions::Stored> = on_tx!(self, conn =>
                sqlx::query_as(PETITIONS).bind(last).bind(ROWS_AT_ONCE).fetch_all(conn).await)?;
            let Some(petition) = petitions.last() else { break };
            last = petition.petition_id;
            for petition in &petitions {
                recounted.petition(petition.cell(), &petition.events(limits, calendar), false);
            }
        }
        Ok(recounted)
    }

    async fn differences(&mut self, recounted: Deltas) -> Result<Vec<Difference>, Error> {
        let tables = recounted.tables(0);
        let mut found = Vec::new();
        self.compare(&tables.levels, &mut found).await?;
        self.compare(&tables.agencies, &mut found).await?;
        self.compare(&tables.agency_halves, &mut found).await?;
        self.compare(&tables.slices, &mut found).await?;
        self.compare(&tables.slice_halves, &mut found).await?;
        self.compare(&tables.agency_slice_halves, &mut found).await?;
        self.compare(&tables.petitions, &mut found).await?;
        Ok(found)
    }

    /// Goes through a table and its recount side by side, both in the order of their keys.
    async fn compare<const K: usize, const N: usize>(
        &mut self,
        recounted: &Cells<K, N>,
        found: &mut Vec<Difference>,
    ) -> Result<(), Error> {
        let Cells { table, keys, columns, cells, .. } = recounted;
        let text = format!(
            "select {} from {table} order by {keys}",
            packed(keys.split(", ").chain(columns.iter().copied()))
        );
        let mut differ = |key: &[i64], counted: Counts<N>, truly: Counts<N>| {
            for ((column, counted), recounted) in columns.iter().zip(counted.0).zip(truly.0) {
                if counted != recounted {
                    let (day, rest) = key.split_last().unwrap_or((&0, &[]));
                    let day = days::day(i32::try_from(*day).unwrap_or(0));
                    found.push(Difference {
                        what: format!("{table} {rest:?} {day} {column}"),
                        counted,
                        recounted,
                    });
                }
            }
        };
        let mut cells = cells.iter().peekable();
        on_tx!(self, conn => {
            let mut rows = sqlx::query_as::<_, CellRow<K, N>>(AssertSqlSafe(text)).fetch(conn);
            while let Some(CellRow(key, counted)) = rows.try_next().await? {
                while let Some((missing, truly)) = cells.next_if(|(of, _)| *of < key) {
                    differ(missing, Counts::default(), *truly);
                }
                let truly = cells.next_if(|(of, _)| *of == key).map(|(_, truly)| *truly);
                differ(&key, counted, truly.unwrap_or_default());
            }
        });
        for (missing, truly) in cells {
            differ(missing, Counts::default(), *truly);
        }
        Ok(())
    }
}
