//! Which offices the matrix is asked to show: every figure of the page opens its rows.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{
    cell::State,
    matrix::{Due, Row},
};

/// Which rows are asked for. In addresses: `only=missing`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Only {
    /// Offices without a dialogue that counts in the half-year.
    Missing,
    /// Offices whose next dialogue is due within thirty days, six months after the last.
    Soon,
    /// Offices whose last dialogue is more than six months ago.
    Overdue,
    /// Offices that never held one that counts.
    Never,
    /// Offices with a dialogue that counts in a priority field, in the half-year.
    Priority,
    /// The same in the one field that the address names.
    InField,
    /// Offices in one state.
    In(State),
}

impl Only {
    /// The word in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Soon => "soon",
            Self::Overdue => "overdue",
            Self::Never => "never",
            Self::Priority => "priority",
            Self::InField => "in_field",
            Self::In(state) => state.as_str(),
        }
    }

    /// Whether a row is one of these. Of offices by field a row says nothing: all pass.
    #[must_use]
    pub fn holds(self, row: &Row) -> bool {
        match self {
            Self::Missing => row.state().is_missing(),
            Self::In(state) => row.state() == state,
            Self::Soon => row.due == Due::Soon,
            Self::Overdue => row.due == Due::Overdue,
            Self::Never => row.due == Due::Never,
            Self::Priority | Self::InField => true,
        }
    }
}

/// The text names no such rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "viết missing, soon, overdue, never, priority, in_field, held, held_without_minutes, planned, due_soon, missed, \
     not_yet_due hoặc not_obliged / write one of these words"
)]
pub struct ParseOnlyError;

impl FromStr for Only {
    type Err = ParseOnlyError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let states = State::ALL.into_iter().map(Self::In);
        let all = [Self::Missing, Self::Soon, Self::Overdue, Self::Never, Self::Priority, Self::InField];
        all.into_iter().chain(states).find(|only| only.as_str() == text).ok_or(ParseOnlyError)
    }
}
