//! Counting everything anew from the files: to prove the counters, or to make them again.

use sqlx::AssertSqlSafe;
use thuocdo::{petition::Limits, working_days::WorkingDays};

use crate::{
    Error, Store, Tx, case_files, days,
    deltas::{Counters, Deltas, Table},
    import::Codes,
    on_tx,
    packed::{Numbers, Packed, packed},
    petitions,
    settings::Changed,
};

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
        tx.make_room_for_recount().await?;
        let mut found = Vec::new();
        tx.recount(&codes, &calendar, Limits::default(), Derived::Checked(&mut found)).await?;
        for table in Table::ALL {
            found.extend(tx.differences(table).await?);
        }
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
        for Table { name, .. } in Table::ALL {
            self.run(format!("delete from {name}")).await?;
        }
        self.note_recount().await?;
        let codes = Codes::load(self).await?;
        self.recount(&codes, calendar, limits, Derived::MadeAnew(batch_id)).await
    }

    /// Tables like those of the counters, for as long as the transaction lasts.
    async fn make_room_for_recount(&mut self) -> Result<(), Error> {
        for Table { name, keys, .. } in Table::ALL {
            let recounted = Counters::Recounted.table(name);
            self.run(format!("create temp table {recounted} as select * from {name} where false")).await?;
            self.run(format!("create unique index {recounted}_key on {recounted} ({keys})")).await?;
        }
        Ok(())
    }

    /// Counts all files and petitions: into the counters in force when it makes them anew, else beside them.
    async fn recount(
        &mut self,
        codes: &Codes,
        calendar: &WorkingDays,
        limits: Limits,
        mut derived: Derived<'_>,
    ) -> Result<(), Error> {
        let text = format!(
            "{} from case_files where case_file_id > $1 order by case_file_id limit $2",
            case_files::Stored::select()
        );
        const PETITIONS: &str =
            "select * from petitions where petition_id > $1 order by petition_id limit $2";
        let to = match derived {
            Derived::Checked(_) => Counters::Recounted,
            Derived::MadeAnew(_) => Counters::InForce,
        };
        let mut recounted = Deltas::default();
        let mut last = 0;
        loop {
            let files: Vec<case_files::Stored> = on_tx!(self, conn =>
                sqlx::query_as(AssertSqlSafe(text.as_str())).bind(last).bind(ROWS_AT_ONCE).fetch_all(conn).await)?;
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
                    &file.changes(calendar),
                    false,
                );
            }
            if let Derived::MadeAnew(Some(batch_id)) = derived {
                let ids: Vec<i64> = changed.iter().map(|file| file.case_file_id).collect();
                self.keep_before::<case_files::Stored>(batch_id, &ids).await?;
                self.log_moved_due(batch_id, &moved_due).await?;
            }
            self.upsert(&changed).await?;
            if recounted.is_full() {
                self.flush_to(to, &mut recounted).await?;
            }
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
            if recounted.is_full() {
                self.flush_to(to, &mut recounted).await?;
            }
        }
        self.flush_to(to, &mut recounted).await
    }

    /// The cells of a table that the recount has otherwise.
    async fn differences(&mut self, table: Table) -> Result<Vec<Difference>, Error> {
        let (name, columns) = (table.name, (table.columns)());
        let keys: Vec<&str> = table.keys.split(", ").collect();
        let key = each(&keys, |key| format!("coalesce(c.{key}, r.{key})"));
        let counted = each(&columns, |column| format!("coalesce(c.{column}, 0)"));
        let recounted = each(&columns, |column| format!("coalesce(r.{column}, 0)"));
        let is_same_cell = each(&keys, |key| format!("c.{key} = r.{key}")).join(" and ");
        let differs = each(&columns, |column| format!("coalesce(c.{column}, 0) <> coalesce(r.{column}, 0)"))
            .join(" or ");
        let select = format!(
            "select {} from {name} c full join {} r on {is_same_cell} where {} order by {}",
            packed(key.iter().chain(&counted).chain(&recounted)),
            Counters::Recounted.table(name),
            differs,
            key.join(", "),
        );
        let rows: Vec<Packed<Numbers>> = on_tx!(self, conn => sqlx::query_as(AssertSqlSafe(select)).persistent(false).fetch_all(conn).await)?;
        let mut found = Vec::new();
        for Packed(Numbers(numbers)) in rows {
            let (key, counts) = numbers.split_at(keys.len().min(numbers.len()));
            let (counted, recounted) = counts.split_at(columns.len().min(counts.len()));
            let (day, rest) = key.split_last().unwrap_or((&0, &[]));
            let day = days::day(i32::try_from(*day).unwrap_or(0));
            for ((column, &counted), &recounted) in columns.iter().zip(counted).zip(recounted) {
                if counted != recounted {
                    found.push(Difference {
                        what: format!("{name} {rest:?} {day} {column}"),
                        counted,
                        recounted,
                    });
                }
            }
        }
        Ok(found)
    }
}

/// SQL for each of some columns.
fn each(columns: &[&str], sql: impl Fn(&str) -> String) -> Vec<String> {
    columns.iter().map(|column| sql(column)).collect()
}
