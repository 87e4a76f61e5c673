//! Counts by key and day in some twenty bytes each: most counts of a small cell are zero, and those that are not are small.

use std::{collections::BTreeMap, hash::Hash};

use foldhash::HashMap;
use thuocdo::case_file::CaseFileCounts;

use crate::Error;

/// Counts by key, and by day or by the first day of a half of a month.
pub(crate) struct SeriesBy<K>(HashMap<K, Series>);

/// The days of one key, one after the other: each with its counts other than zero, by their places.
#[derive(Default)]
struct Series(Box<[u8]>);

/// A day as it is written down.
type Written = (i32, Vec<(u8, i64)>);

impl Series {
    fn of<'a>(days: impl IntoIterator<Item = (i32, &'a CaseFileCounts)>) -> Result<Self, Error> {
        let mut bytes = Vec::new();
        for (day, counts) in days {
            let counts = counts.0.iter().zip(0..).filter(|(count, _)| **count != 0);
            let written: Written = (day, counts.map(|(count, place)| (place, *count)).collect());
            bytes =
                postcard::to_extend(&written, bytes).map_err(|error| sqlx::Error::Encode(error.into()))?;
        }
        Ok(Self(bytes.into()))
    }

    fn days(&self) -> impl Iterator<Item = (i32, CaseFileCounts)> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || {
            let ((day, written), after): (Written, _) = postcard::take_from_bytes(rest).ok()?;
            rest = after;
            let mut counts = CaseFileCounts::default();
            for (place, count) in written {
                *counts.0.get_mut(usize::from(place))? = count;
            }
            Some((day, counts))
        })
    }
}

impl<K> Default for SeriesBy<K> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<K: Eq + Hash + Ord + Copy> SeriesBy<K> {
    /// Writes down cells in any order.
    pub(crate) fn of(cells: HashMap<(K, i32), CaseFileCounts>) -> Result<Self, Error> {
        let mut cells: Vec<_> = cells.into_iter().filter(|(_, counts)| !counts.is_zero()).collect();
        cells.sort_unstable_by_key(|(at, _)| *at);
        let mut series = Self::default();
        for of_key in cells.chunk_by(|((one, _), _), ((other, _), _)| one == other) {
            if let Some(((key, _), _)) = of_key.first() {
                let days = of_key.iter().map(|((_, day), counts)| (*day, counts));
                series.0.insert(*key, Series::of(days)?);
            }
        }
        Ok(series)
    }

    /// Every cell of some keys, up to a day.
    pub(crate) fn each(
        &self,
        is_asked: impl Fn(K) -> bool,
        last: i32,
        mut take: impl FnMut(K, i32, &CaseFileCounts),
    ) {
        for (key, series) in self.0.iter().filter(|(key, _)| is_asked(**key)) {
            for (day, counts) in series.days().take_while(|(day, _)| *day <= last) {
                take(*key, day, &counts);
            }
        }
    }

    /// Puts days of a key in the place of those it has.
    pub(crate) fn put(&mut self, key: K, days: BTreeMap<i32, CaseFileCounts>) -> Result<(), Error> {
        if days.is_empty() {
            return Ok(());
        }
        let series = self.0.entry(key).or_default();
        let mut all: BTreeMap<i32, CaseFileCounts> = series.days().collect();
        all.extend(days);
        *series = Series::of(all.iter().map(|(day, counts)| (*day, counts)))?;
        Ok(())
    }

    /// Puts what another holds in the place of what stands there.
    pub(crate) fn put_all(&mut self, others: Self) -> Result<(), Error> {
        if self.0.is_empty() {
            *self = others;
            return Ok(());
        }
        others.0.into_iter().try_for_each(|(key, series)| self.put(key, series.days().collect()))
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

    fn found(
        series: &SeriesBy<(i64, i64, i32)>,
        key: (i64, i64, i32),
        last: i32,
    ) -> Vec<(i32, CaseFileCounts)> {
        let mut found = Vec::new();
        series.each(|of| of == key, last, |_, day, counts| found.push((day, *counts)));
        found
    }

    #[test]
    fn a_half_that_changed_takes_the_place_of_what_was_held_and_the_others_stay() {
        let key = (7, 0, 2);
        let mut held = SeriesBy::default();
        held.put(key, [(19_000, counts(0, 300)), (19_014, counts(24, -1))].into()).expect("put");
        held.put(key, [(19_014, counts(3, 5)), (19_031, CaseFileCounts::default())].into()).expect("put");
        held.put((8, 0, 2), [(19_000, counts(1, 1))].into()).expect("put");
        assert_eq!(
            found(&held, key, 19_031),
            [(19_000, counts(0, 300)), (19_014, counts(3, 5)), (19_031, CaseFileCounts::default())]
        );
        assert_eq!(found(&held, key, 19_000), [(19_000, counts(0, 300))], "no half after the one asked for");
    }

    #[test]
    fn cells_are_read_back_in_the_order_of_their_days() {
        let (key, other) = ((7, 0, 2), (8, 0, 2));
        let cells =
            [((key, 19_014), counts(3, -5)), ((other, 19_000), counts(1, 1)), ((key, 19_000), counts(0, 9))];
        let series = SeriesBy::of(cells.into_iter().collect()).expect("written down");
        assert_eq!(found(&series, key, i32::MAX), [(19_000, counts(0, 9)), (19_014, counts(3, -5))]);
    }
}
