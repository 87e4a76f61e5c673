//! Signed daily counts: what a fact adds to each day, and how a window reads them.
//!
//! Each fact puts +1 on the day it enters a state and −1 on the day it leaves, so that the state at the end of any
//! day is the sum of all days up to it. A changed fact takes its old events back and adds its new ones.

use std::ops::{AddAssign, Index, IndexMut, Neg};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::period::Window;

/// A set of things that are counted, each with its column in the counters.
pub trait Measure: Copy + 'static {
    /// Every measure, in the order of the columns.
    const ALL: &'static [Self];
    /// The place in a [`Counts`].
    fn place(self) -> usize;
}

/// Declares a measure enum together with the names of its columns.
macro_rules! measures {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $column:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// How many there are.
            pub const COUNT: usize = [$(Self::$variant),+].len();

            /// The column of the counters.
            #[must_use]
            pub fn column(self) -> &'static str {
                match self { $(Self::$variant => $column),+ }
            }
        }

        impl $crate::counts::Measure for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn place(self) -> usize { self as usize }
        }
    };
}
pub(crate) use measures;

/// One number for each of `N` measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts<const N: usize>(pub [i64; N]);

impl<const N: usize> Default for Counts<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> Counts<N> {
    /// Whether every number is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.iter().all(|n| *n == 0)
    }
}

impl<const N: usize, M: Measure> Index<M> for Counts<N> {
    type Output = i64;
    fn index(&self, measure: M) -> &i64 {
        &self.0[measure.place()]
    }
}

impl<const N: usize, M: Measure> IndexMut<M> for Counts<N> {
    fn index_mut(&mut self, measure: M) -> &mut i64 {
        &mut self.0[measure.place()]
    }
}

impl<const N: usize> AddAssign for Counts<N> {
    fn add_assign(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }
}

impl<const N: usize> Neg for Counts<N> {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.map(|n| -n))
    }
}

/// What one day adds: the facts of every reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<const N: usize> {
    /// The day.
    pub day: NaiveDate,
    /// What it adds to each measure.
    pub counts: Counts<N>,
}

/// The three sums a window needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Read<const N: usize> {
    /// Before the window: the states carried over.
    pub before: Counts<N>,
    /// Inside the window: what happened.
    pub inside: Counts<N>,
}

impl<const N: usize> Read<N> {
    /// Reads a window from days in any order.
    pub fn of<'a>(days: impl IntoIterator<Item = &'a Day<N>>, window: Window) -> Self {
        let mut read = Self::default();
        for Day { day, counts } in days {
            if window.contains(*day) {
                read.inside += *counts;
            } else if window.is_after(*day) {
                read.before += *counts;
            }
        }
        read
    }

    /// The state at the end of the window's last day.
    pub fn at_end<M: Measure>(&self, measure: M) -> i64 {
        self.before[measure] + self.inside[measure]
    }
}

impl<const N: usize> AddAssign for Read<N> {
    fn add_assign(&mut self, other: Self) {
        self.before += other.before;
        self.inside += other.inside;
    }
}

/// A cell an import gives: a column may be missing from the file (keep what is stored), be empty (clear it), or say
/// something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Given<T> {
    /// The file has no such column.
    #[default]
    Absent,
    /// The cell is empty.
    Empty,
    /// The cell says this.
    Value(T),
}

impl<T> Given<T> {
    /// The value this cell leaves where `stored` stood.
    pub fn over(self, stored: Option<T>) -> Option<T> {
        match self {
            Self::Absent => stored,
            Self::Empty => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value, where there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Empty => None,
        }
    }

    /// Whether the file has the column.
    pub fn is_carried(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}
