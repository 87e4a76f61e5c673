//! Files looked up by their codes: in the import's transaction, or beside it while it writes.

use std::collections::{HashMap, HashSet};

use fastbloom::BloomFilter;
use sqlx::{Database, QueryBuilder};
use thuocdo::case_file::Row;

use super::{Prepared, Stored};
use crate::{Error, Numbered, Store, Tx, agencies::push_list, on_read, on_tx};

/// From so many files on a filter is made.
const FEW: usize = 1_000;
/// 16 MB: of a million codes of one import hardly one is looked for in vain.
const BITS: usize = 1 << 27;
const HASHES: u32 = 4;

/// Looks up, on a connection of its own, what stood before an import. What the import wrote itself cannot be seen from
/// there: a filter says of which codes that may be so.
pub(crate) struct Beside {
    store: Store,
    written: Written,
}

/// The codes of files that an import wrote: a pushed file has few, for which a filter is too large to make.
enum Written {
    Few(HashSet<String>),
    Many(BloomFilter),
}

impl Beside {
    pub(crate) fn of(store: Store) -> Self {
        Self { store, written: Written::Few(HashSet::new()) }
    }

    pub(super) fn wrote(&mut self, prepared: &Prepared) {
        if let Written::Few(codes) = &self.written
            && codes.len() >= FEW
        {
            let mut filter = BloomFilter::with_num_bits(BITS).hashes(HASHES);
            filter.extend(codes);
            self.written = Written::Many(filter);
        }
        for Stored { case_code, .. } in prepared.all() {
            match &mut self.written {
                Written::Few(codes) => codes.insert(case_code.clone()),
                Written::Many(filter) => !filter.insert(case_code),
            };
        }
    }

    pub(super) fn may_have_written(&self, rows: &[Numbered<Row>]) -> bool {
        rows.iter().any(|Numbered { row, .. }| match &self.written {
            Written::Few(codes) => codes.contains(&row.case_code),
            Written::Many(filter) => filter.contains(&row.case_code),
        })
    }

    pub(super) async fn stored(&self, rows: &[Numbered<Row>]) -> Result<HashMap<String, Stored>, Error> {
        let found: Vec<Stored> =
            on_read!(self.store, pool => by_code(rows).build_query_as().fetch_all(pool).await)?;
        Ok(by_their_codes(found))
    }
}

fn by_code<DB: Database>(rows: &[Numbered<Row>]) -> QueryBuilder<DB>
where
    for<'t> &'t str: sqlx::Encode<'t, DB> + sqlx::Type<DB>,
{
    let mut query = QueryBuilder::new(Stored::select());
    query.push(" from case_files where case_code in ");
    push_list(&mut query, rows.iter().map(|numbered| numbered.row.case_code.as_str()));
    query
}

fn by_their_codes(found: Vec<Stored>) -> HashMap<String, Stored> {
    found.into_iter().map(|stored| (stored.case_code.clone(), stored)).collect()
}

impl Tx {
    pub(super) async fn stored_case_files(
        &mut self,
        rows: &[Numbered<Row>],
    ) -> Result<HashMap<String, Stored>, Error> {
        let found: Vec<Stored> = on_tx!(self, conn => by_code(rows).build_query_as().fetch_all(conn).await)?;
        Ok(by_their_codes(found))
    }

    /// What stood before a batch in the place of files that an earlier row of it changed.
    pub(super) async fn before_this_batch(
        &mut self,
        batch_id: i64,
        stored: &HashMap<String, Stored>,
    ) -> Result<HashMap<i64, Stored>, Error> {
        let changed: Vec<i64> = stored
            .values()
            .filter(|s| s.batch_id == batch_id && s.first_batch_id != batch_id)
            .map(|s| s.case_file_id)
            .collect();
        if changed.is_empty() {
            return Ok(HashMap::new());
        }
        let found: Vec<Stored> = on_tx!(self, conn => {
            let mut query = QueryBuilder::new(Stored::select());
            query.push(" from case_file_before where changed_in_batch_id = ").push_bind(batch_id);
            query.push(" and case_file_id in ");
            push_list(&mut query, changed.iter().copied());
            query.build_query_as().fetch_all(conn).await
        })?;
        Ok(found.into_iter().map(|before| (before.case_file_id, before)).collect())
    }
}
