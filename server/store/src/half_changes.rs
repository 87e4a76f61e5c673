//! What happened in a half of a month, change by change, in memory: by agency, field and channel there are as many cells of a
//! day as files, so that no counter keeps them, and a window that ends inside a half is asked for one part after the other.

use std::{num::TryFromIntError, sync::Arc};

use foldhash::fast::FixedState;
use indexmap::IndexSet;
use thuocdo::case_file::{CaseFileCounts, Measures};

use crate::{
    Error, Store,
    case_files::{Filed, Part},
    days,
};

/// Halves held at a time: the one that goes on, and two that somebody looks back at.
pub(crate) const HALVES_AT_MOST: u64 = 3;

/// The changes of a half. A city has some hundred thousand, of which many are alike.
pub(crate) struct HalfChanges {
    first: i32,
    places: Vec<Place>,
    kinds: Vec<CaseFileCounts>,
    changes: Vec<Made>,
}

/// Where a file is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub agency_id: i64,
    /// 0 is none.
    pub field_id: i64,
    /// 0 is none.
    pub procedure_id: i64,
    pub channel: i32,
}

/// A change: where, which and how many days after the first.
struct Made {
    place: u32,
    kind: u16,
    days: u8,
}

impl HalfChanges {
    /// Every change in some places up to a day, as what it adds to the counts.
    pub(crate) fn each(
        &self,
        is_asked: impl Fn(&Place) -> bool,
        last: i32,
        mut take: impl FnMut(&Place, i32, &CaseFileCounts),
    ) {
        let asked: Vec<Option<&Place>> =
            self.places.iter().map(|place| is_asked(place).then_some(place)).collect();
        for made in &self.changes {
            let day = self.first + i32::from(made.days);
            if let Some(Some(place)) = asked.get(made.place as usize)
                && let Some(counts) = self.kinds.get(usize::from(made.kind))
                && day <= last
            {
                take(place, day, counts);
            }
        }
    }
}

impl Store {
    /// The changes of the half that begins on a day, as of the last commit.
    pub(crate) async fn half_changes(&self, first: i32) -> Result<Arc<HalfChanges>, Error> {
        // Asked before the files: what is committed meanwhile is read once more next time.
        let version = self.versions().await?.case_files;
        let read = async { self.read_half_changes(first).await.map(Arc::new) };
        self.recent.halves.get(version, first, read).await
    }

    async fn read_half_changes(&self, first: i32) -> Result<HalfChanges, Error> {
        let last = days::half_end(first);
        let mut places: IndexSet<Place, FixedState> = IndexSet::default();
        let mut kinds: IndexSet<(Measures, Measures), FixedState> = IndexSet::default();
        let mut changes = Vec::new();
        let mut beyond = None;
        self.each_change(&Part::default(), Some((first, last)), |file, change| {
            let day = days::number(change.day);
            if !(first..=last).contains(&day) {
                return;
            }
            let Filed { field_id, procedure_id, channel, .. } = *file;
            let place = Place { agency_id: file.dates.agency_id, field_id, procedure_id, channel };
            let mut made = || -> Result<Made, TryFromIntError> {
                Ok(Made {
                    place: places.insert_full(place).0.try_into()?,
                    kind: kinds.insert_full((change.entered, change.left)).0.try_into()?,
                    days: (day - first).try_into()?,
                })
            };
            match made() {
                Ok(made) => changes.push(made),
                // A count that leaves something out would be a wrong one.
                Err(error) => beyond = Some(error),
            }
        })
        .await?;
        if let Some(error) = beyond {
            return Err(sqlx::Error::Decode(error.into()).into());
        }
        changes.shrink_to_fit();
        let counts = |(entered, left): (Measures, Measures)| {
            let mut counts = CaseFileCounts::default();
            entered.add_to(&mut counts, 1);
            left.add_to(&mut counts, -1);
            counts
        };
        Ok(HalfChanges {
            first,
            places: places.into_iter().collect(),
            kinds: kinds.into_iter().map(counts).collect(),
            changes,
        })
    }
}
