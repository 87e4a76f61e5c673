//! What changes about a case file from one day to the next: the measures it enters and those it leaves.

use std::iter;

use chrono::NaiveDate;

use super::{CaseFileCounts, Measure};
use crate::counts::Measure as _;

/// Some of the measures: a bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Measures(u32);

const _: () = assert!(Measure::COUNT <= u32::BITS as usize, "each measure has a bit");

impl Measures {
    pub(super) fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Adds so many files that are in these; fewer than none are taken out.
    pub fn add_to(self, counts: &mut CaseFileCounts, files: i64) {
        for measure in self.each() {
            counts[measure] += files;
        }
    }

    fn each(self) -> impl Iterator<Item = Measure> {
        let mut bits = self.0;
        iter::from_fn(move || {
            let measure = Measure::ALL.get(bits.trailing_zeros() as usize).copied()?;
            bits &= bits - 1;
            Some(measure)
        })
    }
}

impl FromIterator<Measure> for Measures {
    fn from_iter<I: IntoIterator<Item = Measure>>(measures: I) -> Self {
        Self(measures.into_iter().fold(0, |bits, measure| bits | (1 << measure.place())))
    }
}

/// A day on which a file changes its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The day.
    pub day: NaiveDate,
    /// The measures it is in from this day on.
    pub entered: Measures,
    /// Those it is in no longer.
    pub left: Measures,
}

impl Change {
    /// Adds so many files that change alike; fewer than none are taken back.
    pub fn add_to(&self, counts: &mut CaseFileCounts, files: i64) {
        self.entered.add_to(counts, files);
        self.left.add_to(counts, -files);
    }
}
