//! Counting everything anew from the files: to prove the counters, or to make them again.

use std::collections::HashMap;

use thuocdo::{
    case_file::CaseFileCounts,
    counts::Counts,
    petition::{Limits, PetitionCounts},
    working_days::WorkingDays,
};

use crate::{
    Error, Store, Tx, case_files,
    counters::{Deltas, case_file_columns, counts_from, petition_columns},
    days,
    import::Codes,
    on_tx, petitions,
};
use sqlx::{AssertSqlSafe, ColumnIndex, Decode, FromRow, Row, Type};

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
        tx.bump_data_version().await?;
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

/// The key of a counter as one row of numbers, then its counts.
struct CellRow<const K: usize, const N: usize>([i64; K], Counts<N>);

impl<'r, R: Row, const K: usize, const N: usize> FromRow<'r, R> for CellRow<K, N>
where
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let mut key = [0; K];
        for (place, part) in key.iter_mut().enumerate() {
            *part = row.try_get(place)?;
        }
        Ok(Self(key, counts_from(row, K)?))
    }
}

impl Tx {
    /// Makes computed columns and counters anew.
    pub(crate) async fn rebuild(
        &mut self,
        calendar: &WorkingDays,
        limits: Limits,
        batch_id: Option<i64>,
    ) -> Result<(), Error> {
        const CLEAR: [&str; 5] = [
            "delete from case_file_level_days",
            "delete from case_file_agency_days",
            "delete from case_file_agency_halves",
            "delete from case_file_slice_days",
            "delete from petition_days",
        ];
        let codes = Codes::load(self).await?;
        let mut recounted = self.recount(&codes, calendar, limits, Derived::MadeAnew(batch_id)).await?;
        for sql in CLEAR {
            on_tx!(self, conn => sqlx::query(sql).execute(conn).await.map(drop))?;
        }
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
        let files = case_file_columns();
        let by = |keys: HashMap<_, CaseFileCounts>| keys;
        let levels =
            by(recounted.levels.into_iter().map(|((a, d), c)| (vec![a.into(), d.into()], c)).collect());
        let agencies = by(recounted.agencies.into_iter().map(|((a, d), c)| (vec![a, d.into()], c)).collect());
        let halves = by(recounted.halves.into_iter().map(|((a, d), c)| (vec![a, d.into()], c)).collect());
        let slices = by(recounted
            .slices
            .into_iter()
            .map(|((l, f, c, d), n)| (vec![l.into(), f, c.into(), d.into()], n))
            .collect());
        let petitions: HashMap<Vec<i64>, PetitionCounts> = recounted
            .petitions
            .into_iter()
            .map(|((a, f, c, d), n)| (vec![a, f, c.into(), d.into()], n))
            .collect();
        let mut found = Vec::new();
        found.extend(self.compare::<2, _>("case_file_level_days", "level, day", &files, levels).await?);
        found
            .extend(self.compare::<2, _>("case_file_agency_days", "agency_id, day", &files, agencies).await?);
        found
            .extend(self.compare::<2, _>("case_file_agency_halves", "agency_id, day", &files, halves).await?);
        found.extend(
            self.compare::<4, _>("case_file_slice_days", "level, field_id, channel, day", &files, slices)
                .await?,
        );
        let columns = petition_columns();
        found.extend(
            self.compare::<4, _>("petition_days", "agency_id, field_id, channel, day", &columns, petitions)
                .await?,
        );
        Ok(found)
    }

    /// Compares one table with its recount.
    async fn compare<const K: usize, const N: usize>(
        &mut self,
        table: &str,
        keys: &str,
        columns: &[&str],
        mut recounted: HashMap<Vec<i64>, Counts<N>>,
    ) -> Result<Vec<Difference>, Error> {
        let wide_keys: Vec<String> = keys.split(", ").map(|key| format!("cast({key} as bigint)")).collect();
        let text =
            format!("select {}, {} from {table} order by {keys}", wide_keys.join(", "), columns.join(", "));
        let rows: Vec<CellRow<K, N>> =
            on_tx!(self, conn => sqlx::query_as(AssertSqlSafe(text)).fetch_all(conn).await)?;
        let mut found = Vec::new();
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
        for CellRow(key, counted) in rows {
            let truly = recounted.remove(key.as_slice()).unwrap_or_default();
            differ(&key, counted, truly);
        }
        let mut left: Vec<_> = recounted.into_iter().collect();
        left.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        for (key, truly) in left {
            differ(&key, Counts::default(), truly);
        }
        Ok(found)
    }
}
