//! The first large file: its rows are appended, and what finds them is made when all are in.
//!
//! An index that grows row by row costs more than the row, an index made of all rows at once costs a sort. So the
//! large ones are left out while an empty table is filled, and nothing is looked up in it meanwhile: a filter says of
//! each code whether it may have come before. The few of which it says so wait until the index is there.

use fastbloom::BloomFilter;
use sqlx::FromRow;
use thuocdo::case_file::Row;

use super::{LookedUp, Prepared, lacks_completion, prepare};
use crate::{Error, IMPORT_CACHE, Import, Numbered, Remark, Remarked, Tx, on_tx};

/// Where PostgreSQL collects the files: to take an index from a table is to shut its readers out.
pub(super) const FILLING: &str = "case_files_filling";

/// Rows that come together before it is worth the trouble.
const WORTHWHILE: usize = 2_000;
/// Rows that may wait, unless told otherwise; with more of them the file repeats itself, and goes in the usual way.
pub(crate) const WAIT_AT_MOST: usize = 20_000;
/// 64 MB: of 10 million codes one in thirty thousand is taken for one that came before, of 40 million one in two hundred.
const BITS: usize = 1 << 29;
const HASHES: u32 = 4;

/// What filling an empty table needs to know.
pub(crate) struct Appending {
    codes: BloomFilter,
    waiting: Vec<Numbered<Row>>,
    indexes: Vec<Index>,
}

#[derive(FromRow)]
struct Index {
    name: String,
    definition: String,
}

impl Appending {
    /// Keeps back the rows whose code may have come before; gives those that are new for certain.
    pub(super) fn set_apart(&mut self, mut rows: Vec<Numbered<Row>>) -> Vec<Numbered<Row>> {
        let Self { codes, waiting, .. } = self;
        // What will not go in is no earlier row either.
        let may_have_come = |Numbered { row, .. }: &mut Numbered<Row>| {
            !lacks_completion(row, None) && codes.insert(&row.case_code)
        };
        waiting.extend(rows.extract_if(.., may_have_come));
        rows
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }
}

impl Import {
    /// Begins to append when there is nothing to look up and much seems to come.
    pub(super) async fn append_if_worthwhile(&mut self, rows: usize) -> Result<(), Error> {
        let is_first = self.receipt.rows_in == 0 && self.appending.is_none();
        if is_first && rows >= WORTHWHILE && self.tx.has_no_case_files().await? {
            self.appending = Some(Appending {
                codes: BloomFilter::with_num_bits(BITS).hashes(HASHES),
                waiting: Vec::new(),
                indexes: self.tx.set_indexes_aside().await?,
            });
        }
        Ok(())
    }

    /// Appends rows that are new for certain.
    pub(super) async fn append_some(
        &mut self,
        mut rows: Vec<Numbered<Row>>,
        remarks: &mut Vec<Remarked>,
    ) -> Result<(), Error> {
        rows.retain(|Numbered { line, row }| {
            let lacks = lacks_completion(row, None);
            if lacks {
                remarks.push(Remarked::set_aside(*line, Remark::NoCompletionDate(row.case_code.clone())));
            }
            !lacks
        });
        self.receipt.rows_in += i64::try_from(rows.len()).unwrap_or(0);
        let batch_id = self.receipt.batch_id;
        // The rows before are written while these are worked out: the engine has a thread of its own.
        let Self { tx, codes, calendar, deltas, pending, .. } = self;
        let is_enough = pending.new_files.len() >= tx.worth_appending() || !pending.bound.is_empty();
        let is_sqlite = matches!(tx, Tx::Sqlite(_));
        let written = if is_enough { std::mem::take(pending) } else { Prepared::default() };
        let work_out = async {
            let found: Option<Vec<_>> = rows
                .iter()
                .map(|numbered| Some(LookedUp::new(numbered, codes.find(&numbered.row)?)))
                .collect();
            let mut prepared = found.map(|found| prepare(&found, batch_id, codes, calendar, deltas, remarks));
            match &mut prepared {
                Some(prepared) if is_sqlite => prepared.bind()?,
                _ => {}
            }
            Ok::<_, Error>(prepared)
        };
        let (stored, prepared) = futures::join!(tx.store(batch_id, written, true), work_out);
        stored?;
        let prepared = match prepared? {
            Some(prepared) => prepared,
            None => {
                let mut found = Vec::with_capacity(rows.len());
                for numbered in &rows {
                    let means = self.look_up(numbered.line, &numbered.row, remarks).await?;
                    found.push(LookedUp::new(numbered, means));
                }
                let Self { codes, calendar, deltas, .. } = self;
                let mut prepared = prepare(&found, batch_id, codes, calendar, deltas, remarks);
                if is_sqlite {
                    prepared.bind()?;
                }
                prepared
            }
        };
        let waiting = std::mem::take(&mut self.pending.new_files);
        self.await_writing(prepared);
        self.pending.new_files.splice(0..0, waiting);
        Ok(())
    }

    /// Makes the indexes and lets in who waited. `is_last` says that nothing else comes.
    pub(crate) async fn append_no_longer(
        &mut self,
        is_last: bool,
        remarks: &mut Vec<Remarked>,
    ) -> Result<(), Error> {
        if self.appending.is_none() {
            return Ok(());
        }
        self.store_pending().await?;
        // Before the tables change places, so that PostgreSQL's readers have nothing to wait for but the commit.
        self.tx.flush(&mut self.deltas).await?;
        let Some(Appending { codes, waiting, indexes }) = self.appending.take() else { return Ok(()) };
        drop(codes);
        // Rows that come now may be of files that were appended.
        self.beside = None;
        self.tx.bring_indexes_back(&indexes, is_last).await?;
        // Only once: it is asked for again by what it calls.
        remarks.extend(Box::pin(self.write_case_files(waiting)).await?);
        Ok(())
    }
}

impl Tx {
    /// Rows that are appended together. To begin and end a COPY takes PostgreSQL as long as thousands of rows.
    fn worth_appending(&self) -> usize {
        match self {
            Self::Sqlite(_) => 1,
            Self::Postgres(_) => 20_000,
        }
    }

    async fn has_no_case_files(&mut self) -> Result<bool, Error> {
        const NONE: &str = "select not exists (select 1 from case_files)";
        Ok(on_tx!(self, conn => sqlx::query_scalar(NONE).fetch_one(conn).await)?)
    }

    async fn set_indexes_aside(&mut self) -> Result<Vec<Index>, Error> {
        // The partial ones hold few rows: to grow with them costs less than to read all rows again.
        const SQLITE: &str = "select name, sql as definition from sqlite_master where type = 'index' \
                              and tbl_name = 'case_files' and sql is not null and sql not like '% where %'";
        const POSTGRES: &str = "select indexname::text as name, indexdef as definition from pg_indexes \
                                where tablename = 'case_files' and schemaname = current_schema()";
        let indexes: Vec<Index> = match self {
            Self::Sqlite(tx) => sqlx::query_as(SQLITE).fetch_all(&mut **tx).await?,
            Self::Postgres(tx) => sqlx::query_as(POSTGRES).fetch_all(&mut **tx).await?,
        };
        match self {
            Self::Sqlite(_) => {
                // What is appended is not looked at again.
                self.run("pragma cache_size = -16384".to_owned()).await?;
                for Index { name, .. } in &indexes {
                    self.run(format!("drop index {name}")).await?;
                }
            }
            Self::Postgres(_) => {
                let like = "(like case_files including defaults including identity)";
                self.run(format!("create table {FILLING} {like}")).await?;
            }
        }
        Ok(indexes)
    }

    async fn bring_indexes_back(&mut self, indexes: &[Index], is_last: bool) -> Result<(), Error> {
        match self {
            Self::Sqlite(_) => {
                // Sorted in parts that fit into the processor's cache, and beside the reading of the rows.
                self.run("pragma cache_size = -4096".to_owned()).await?;
                self.run("pragma threads = 2".to_owned()).await?;
                for Index { definition, .. } in indexes {
                    self.run(definition.clone()).await?;
                }
                // What the engine needs to know to pick the right one.
                self.run("pragma analysis_limit = 1000".to_owned()).await?;
                self.run("analyze case_files".to_owned()).await?;
                self.run("pragma threads = 0".to_owned()).await?;
                self.run(format!("pragma cache_size = {IMPORT_CACHE}")).await?;
            }
            // What is still to come takes its time: readers keep the table they have.
            Self::Postgres(_) if !is_last => {
                let columns = super::COLUMNS;
                self.run(format!(
                    "insert into case_files ({columns}) select {columns} from {FILLING} order by case_file_id"
                ))
                .await?;
                self.run(format!("drop table {FILLING}")).await?;
            }
            Self::Postgres(_) => {
                for Index { name, definition } in indexes {
                    let filling = definition
                        .replacen(&format!(" {name} ON "), &format!(" {name}_filling ON "), 1)
                        .replacen(".case_files ", &format!(".{FILLING} "), 1);
                    self.run(filling).await?;
                }
                self.run(format!("analyze {FILLING}")).await?;
                self.run("drop table case_files".to_owned()).await?;
                self.run(format!("alter table {FILLING} rename to case_files")).await?;
                for Index { name, .. } in indexes {
                    self.run(format!("alter index {name}_filling rename to {name}")).await?;
                }
            }
        }
        Ok(())
    }
}
