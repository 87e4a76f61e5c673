//! The sums of half a month by agency, field and channel, in memory: what one field's agencies and one agency's fields are
//! read from. There are hundreds of thousands, of which each says little, so that each is kept in some twenty bytes.

use std::{
    collections::BTreeMap,
    sync::{PoisonError, RwLock, RwLockReadGuard},
};

use foldhash::HashMap;
use futures::{TryStreamExt as _, lock::Mutex};
use sqlx::AssertSqlSafe;
use thuocdo::case_file::{self, CaseFileCounts};

use crate::{
    Error, Store,
    counters::{CellRow, case_file_columns},
    on_read,
    packed::{Packed, packed},
};

/// An agency, field and channel.
pub(crate) type PartKey = (i64, i64, i32);

/// What is held, and whose turn it is to bring it up to date.
#[derive(Default)]
pub(crate) struct HoldingParts {
    held: RwLock<HeldParts>,
    turn: Mutex<()>,
}

/// The cells of a version.
#[derive(Default)]
pub(crate) struct HeldParts {
    version: Option<i64>,
    cells: HashMap<PartKey, Series>,
}

/// The halves of one key, one after the other: each the day it begins on and its counts other than zero, by their places.
#[derive(Default)]
struct Series(Box<[u8]>);

/// A half as it is written down.
type Written = (i32, Vec<(u8, i64)>);

impl Series {
    fn of<'a>(halves: impl Iterator<Item = (i32, &'a CaseFileCounts)>) -> Result<Self, Error> {
        let mut bytes = Vec::new();
        for (half, counts) in halves {
            let counts = counts.0.iter().zip(0..).filter(|(count, _)| **count != 0);
            let written: Written = (half, counts.map(|(count, place)| (place, *count)).collect());
            bytes =
                postcard::to_extend(&written, bytes).map_err(|error| sqlx::Error::Encode(error.into()))?;
        }
        Ok(Self(bytes.into()))
    }

    fn halves(&self) -> impl Iterator<Item = (i32, CaseFileCounts)> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || {
            let ((half, written), after): (Written, _) = postcard::take_from_bytes(rest).ok()?;
            rest = after;
            let mut counts = CaseFileCounts::default();
            for (place, count) in written {
                *counts.0.get_mut(usize::from(place))? = count;
            }
            Some((half, counts))
        })
    }
}

impl HeldParts {
    /// Every cell of some keys, up to a half.
    pub(crate) fn each(
        &self,
        is_asked: impl Fn(PartKey) -> bool,
        last: i32,
        mut take: impl FnMut(PartKey, i32, &CaseFileCounts),
    ) {
        for (key, series) in self.cells.iter().filter(|(key, _)| is_asked(**key)) {
            for (half, counts) in series.halves().take_while(|(half, _)| *half <= last) {
                take(*key, half, &counts);
            }
        }
    }

    /// Puts halves of a key in the place of those it has.
    fn put(&mut self, key: PartKey, halves: BTreeMap<i32, CaseFileCounts>) -> Result<(), Error> {
        let series = self.cells.entry(key).or_default();
        let mut all: BTreeMap<i32, CaseFileCounts> = series.halves().collect();
        all.extend(halves);
        *series = Series::of(all.iter().map(|(half, counts)| (*half, counts)))?;
        Ok(())
    }
}

impl Store {
    /// What is held, as of the last commit.
    pub(crate) async fn held_parts(&self) -> Result<RwLockReadGuard<'_, HeldParts>, Error> {
        let versions = self.versions().await?;
        if self.holds_parts().version.is_none_or(|held| held < versions.all) {
            let _turn = self.holding_parts.turn.lock().await;
            self.bring_parts_up_to_date().await?;
        }
        Ok(self.holds_parts())
    }

    fn holds_parts(&self) -> RwLockReadGuard<'_, HeldParts> {
        self.holding_parts.held.read().unwrap_or_else(PoisonError::into_inner)
    }

    async fn bring_parts_up_to_date(&self) -> Result<(), Error> {
        // Asked before the cells: what is committed meanwhile is fetched once more next time.
        let versions = self.versions().await?;
        let held = self.holds_parts().version;
        if held.is_some_and(|held| held >= versions.all) {
            return Ok(());
        }
        let since = held.filter(|held| *held >= versions.recounted);
        let changed = self.changed_parts(since.unwrap_or(-1)).await?;
        let mut held = self.holding_parts.held.write().unwrap_or_else(PoisonError::into_inner);
        if since.is_none() {
            held.cells = changed.cells;
        } else {
            for (key, series) in changed.cells {
                held.put(key, series.halves().collect())?;
            }
        }
        held.version = Some(versions.all);
        Ok(())
    }

    /// The cells that a version after the given one changed.
    async fn changed_parts(&self, since: i64) -> Result<HeldParts, Error> {
        type Row = Packed<CellRow<4, { case_file::Measure::COUNT }>>;
        const KEYS: [&str; 4] = ["agency_id", "field_id", "channel", "day"];
        let select = AssertSqlSafe(format!(
            "select {} from case_file_agency_slice_halves where version > $1 order by {}",
            packed(KEYS.into_iter().chain(case_file_columns())),
            KEYS.join(", ")
        ));
        let mut changed = HeldParts::default();
        let mut of_key: (PartKey, BTreeMap<i32, CaseFileCounts>) = ((0, 0, 0), BTreeMap::new());
        on_read!(self, pool => {
            let mut rows = sqlx::query_as::<_, Row>(select).bind(since).fetch(pool);
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
        changed.cells.retain(|_, series| !series.0.is_empty());
        Ok(changed)
    }

    /// Fetches what pages are read from, so that the first one does not wait for it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fetch_counters(&self) -> Result<(), Error> {
        drop(self.held().await?);
        drop(self.held_parts().await?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(place: usize, count: i64) -> CaseFileCounts {
        let mut counts = CaseFileCounts::default();
        counts.0[place] = count;
        counts
    }

    #[test]
    fn a_half_that_changed_takes_the_place_of_what_was_held_and_the_others_stay() {
        let key = (7, 0, 2);
        let mut held = HeldParts::default();
        held.put(key, [(19_000, counts(0, 300)), (19_014, counts(24, -1))].into()).expect("put");
        held.put(key, [(19_014, counts(3, 5)), (19_031, CaseFileCounts::default())].into()).expect("put");
        held.put((8, 0, 2), [(19_000, counts(1, 1))].into()).expect("put");
        let mut found = Vec::new();
        held.each(|of| of == key, 19_031, |_, half, counts| found.push((half, *counts)));
        assert_eq!(
            found,
            [(19_000, counts(0, 300)), (19_014, counts(3, 5)), (19_031, CaseFileCounts::default())]
        );
        found.clear();
        held.each(|_| true, 19_000, |_, half, counts| found.push((half, *counts)));
        assert_eq!(found.len(), 2, "no half after the one asked for");
    }
}
