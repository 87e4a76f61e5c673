//! The sums of half a month by agency, field and channel, in memory: what one field's agencies and one agency's fields are
//! read from.

use std::{collections::BTreeMap, sync::RwLockReadGuard};

use chrono::NaiveDate;
use futures::TryStreamExt as _;
use sqlx::AssertSqlSafe;
use thuocdo::case_file::{CaseFileCounts, Measure};

use crate::{
    Error, Store,
    counters::{CellRow, case_file_columns},
    days,
    holding::{Counted, Held, changed_after},
    on_read,
    packed::{Packed, packed},
    series::SeriesBy,
};

/// An agency, field and channel.
pub(crate) type PartKey = (i64, i64, i32);

/// By agency, field and channel, and by half of a month.
pub(crate) type HeldParts = SeriesBy<PartKey>;

impl Counted for HeldParts {
    type Cells = Self;

    async fn changed_since(store: &Store, version: i64) -> Result<Self, Error> {
        type Row = Packed<CellRow<4, { Measure::COUNT }>>;
        const KEYS: [&str; 4] = ["agency_id", "field_id", "channel", "day"];
        let select = AssertSqlSafe(format!(
            "select {} from case_file_agency_slice_halves where {} order by {}",
            packed(KEYS.into_iter().chain(case_file_columns())),
            changed_after(version),
            KEYS.join(", ")
        ));
        let mut changed = Self::default();
        let mut of_key: (PartKey, BTreeMap<i32, CaseFileCounts>) = ((0, 0, 0), BTreeMap::new());
        on_read!(store, pool => {
            let mut rows = sqlx::query_as::<_, Row>(select).bind(version).fetch(pool);
            while let Some(Packed(CellRow([agency, field, channel, half], counts))) = rows.try_next().await? {
                let (Ok(channel), Ok(half)) = (i32::try_from(channel), i32::try_from(half)) else { continue };
                let key = (agency, field, channel);
                if key != of_key.0 {
                    let (before, halves) = std::mem::replace(&mut of_key, (key, BTreeMap::new()));
                    changed.put(before, halves)?;
                }
                of_key.1.insert(half, counts);
            }
        });
        let (last, halves) = of_key;
        changed.put(last, halves)?;
        Ok(changed)
    }

    fn put(&mut self, cells: Self) -> Result<(), Error> {
        self.put_all(cells)
    }
}

impl Store {
    /// The sums by agency, field and channel, as of the last commit.
    pub(crate) async fn held_parts(&self) -> Result<RwLockReadGuard<'_, Held<HeldParts>>, Error> {
        self.holding_parts.get(self).await
    }

    /// Fetches what pages of a day are read from, so that the first one does not wait for it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fetch_counters(&self, today: NaiveDate) -> Result<(), Error> {
        drop(self.held().await?);
        drop(self.held_parts().await?);
        let today = days::number(today);
        if days::half_end(today) != today {
            self.half_changes(days::half(today)).await?;
        }
        Ok(())
    }
}
