//! The counters that every page asks for, in memory: some ten thousand cells, however many files there are.

use std::{collections::HashMap, hash::Hash, sync::RwLockReadGuard};

use sqlx::AssertSqlSafe;
use thuocdo::{
    case_file::{self, CaseFileCounts},
    indicator::on_time_returns::CaseFileRead,
    period::Window,
};

use crate::{
    Error, Store,
    counters::{CellRow, case_file_columns},
    days,
    holding::{Counted, Held, changed_after},
    on_read,
    packed::{Packed, packed},
};

/// A level, field and channel.
pub(crate) type Slice = (i32, i64, i32);

/// Counters by key, and by day or by the first day of a half of a month, in the order of the days.
pub(crate) struct Cells<K>(HashMap<K, Vec<(i32, CaseFileCounts)>>);

/// What most pages are read from.
#[derive(Default)]
pub(crate) struct HeldCells {
    /// By day.
    pub levels: Cells<i32>,
    /// By half of a month.
    pub agencies: Cells<i64>,
    /// By half of a month.
    pub slices: Cells<Slice>,
}

impl<K> Default for Cells<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash + Copy> Cells<K> {
    fn put<const N: usize>(&mut self, rows: Vec<Cell<N>>, key: impl Fn(&[i64]) -> Option<K>) {
        for Packed(CellRow(numbers, counts)) in rows {
            if let Some((day, rest)) = numbers.split_last()
                && let (Some(key), Ok(day)) = (key(rest), i32::try_from(*day))
            {
                let days = self.0.entry(key).or_default();
                match days.binary_search_by_key(&day, |(day, _)| *day) {
                    Ok(at) => days[at].1 = counts,
                    Err(at) => days.insert(at, (day, counts)),
                }
            }
        }
        self.0.values_mut().for_each(Vec::shrink_to_fit);
    }

    /// Every cell up to a day.
    pub(crate) fn up_to(&self, last: i32) -> impl Iterator<Item = (K, i32, &CaseFileCounts)> {
        self.0.iter().flat_map(move |(key, days)| {
            let days = days.iter().take_while(move |(day, _)| *day <= last);
            days.map(move |(day, counts)| (*key, *day, counts))
        })
    }
}

type Cell<const K: usize> = Packed<CellRow<K, { case_file::Measure::COUNT }>>;

/// Rows of each table.
pub(crate) struct Fetched {
    levels: Vec<Cell<2>>,
    agencies: Vec<Cell<2>>,
    slices: Vec<Cell<4>>,
}

impl Counted for HeldCells {
    type Cells = Fetched;

    async fn changed_since(store: &Store, version: i64) -> Result<Fetched, Error> {
        Ok(Fetched {
            levels: store.cells("case_file_level_days", "level, day", version).await?,
            agencies: store.cells("case_file_agency_halves", "agency_id, day", version).await?,
            slices: store.cells("case_file_slice_halves", "level, field_id, channel, day", version).await?,
        })
    }

    fn put(&mut self, cells: Fetched) -> Result<(), Error> {
        let small = |number: i64| i32::try_from(number).ok();
        self.levels.put(cells.levels, |key| small(*key.first()?));
        self.agencies.put(cells.agencies, |key| key.first().copied());
        self.slices.put(cells.slices, |key| match key {
            [level, field, channel] => Some((small(*level)?, *field, small(*channel)?)),
            _ => None,
        });
        Ok(())
    }
}

impl Store {
    /// What is held, as of the last commit.
    pub(crate) async fn held(&self) -> Result<RwLockReadGuard<'_, Held<HeldCells>>, Error> {
        self.holding.get(self).await
    }

    /// The cells of a table that a version after the given one changed.
    async fn cells<const K: usize>(
        &self,
        table: &str,
        keys: &str,
        since: i64,
    ) -> Result<Vec<Cell<K>>, Error> {
        let columns = packed(keys.split(", ").chain(case_file_columns()));
        let select = AssertSqlSafe(format!(
            "select {columns} from {table} where {} order by {keys}",
            changed_after(since)
        ));
        Ok(on_read!(self, pool => sqlx::query_as(select).bind(since).fetch_all(pool).await)?)
    }
}

/// Windows in whole halves of months, and the halves that one of them begins or ends in the middle of.
pub(crate) struct Halves {
    window: (i32, i32),
    months: Vec<(i32, i32)>,
    /// The last day of all of them.
    pub last: i32,
    /// These are to be read day by day.
    pub cut: Vec<i32>,
}

impl Halves {
    pub(crate) fn of(window: Window, months: &[Window]) -> Self {
        let days = |window: &Window| (window.from.map_or(i32::MIN, days::number), days::number(window.last));
        let (window, months) = (days(&window), months.iter().map(days).collect::<Vec<_>>());
        let mut cut = Vec::new();
        for (first, last) in months.iter().copied().chain([window]) {
            let first = Some(first).filter(|first| *first != i32::MIN && days::half(*first) != *first);
            let last = Some(last).filter(|last| days::half_end(*last) != *last);
            cut.extend([first, last].into_iter().flatten().map(days::half));
        }
        cut.sort_unstable();
        cut.dedup();
        let last = months.iter().map(|month| month.1).fold(window.1, i32::max);
        Self { window, months, last, cut }
    }

    /// How many months there are.
    pub(crate) fn months(&self) -> usize {
        self.months.len()
    }

    /// Whether a half is read day by day.
    pub(crate) fn cuts(&self, half: i32) -> bool {
        self.cut.binary_search(&half).is_ok()
    }

    /// Adds what a day adds to the sums of the window.
    pub(crate) fn add(&self, read: &mut CaseFileRead, day: i32, counts: &CaseFileCounts) {
        let (from, last) = self.window;
        if day < from {
            read.before += *counts;
        } else if day <= last {
            read.inside += *counts;
        }
    }

    /// The month that a day is in.
    pub(crate) fn month(&self, day: i32) -> Option<usize> {
        self.months.iter().position(|(from, last)| (*from..=*last).contains(&day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_that_ends_in_the_middle_of_a_half_reads_that_half_by_days() {
        let window =
            |from: &str, last: &str| Window { from: from.parse().ok(), last: last.parse().expect("a date") };
        let halves = Halves::of(window("2023-01-01", "2023-03-20"), &[window("2023-02-15", "2023-03-14")]);
        assert_eq!(halves.cut, [days::number("2023-03-15".parse().expect("a date"))]);
        let whole = Halves::of(window("2023-01-01", "2023-03-31"), &[]);
        assert!(whole.cut.is_empty());
    }
}
