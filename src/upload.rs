//! A file handed in: what it is taken for, how far its import is, and what came of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A file handed in, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Its number.
    pub id: u64,
    /// The name it came with.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The day it came.
    pub received_on: NaiveDate,
    /// How it is read; `None` until somebody, or the header, has said so.
    pub reading: Option<Reading>,
    /// How far it is.
    pub stage: Stage,
    /// What was said of its rows at its last import, the most frequent first.
    #[serde(default)]
    pub said: Vec<Often>,
}

/// How a file is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What its rows are: a kind's word, such as `case-files`.
    pub kind: String,
    /// The stored mapping it is read through.
    pub mapping: Option<String>,
    /// Whether a single bad row refuses the file.
    pub all_or_nothing: bool,
}

/// How far a file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Here, and nothing of it is imported: somebody has to say that it is understood rightly.
    Waiting,
    /// Its turn comes after those before it: one import writes at a time.
    Queued,
    /// Being imported.
    Running(Progress),
    /// In.
    Done(Done),
    /// Nothing of it is in.
    Failed(Said),
}

impl Stage {
    /// Whether it goes on by itself, so that a page asks again.
    #[must_use]
    pub fn is_moving(&self) -> bool {
        matches!(self, Self::Queued | Self::Running(_))
    }
}

/// A sentence in both languages, as it was when something happened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Rows written.
    pub rows: i64,
    /// How much of the file has been read: bytes, or rows of a sheet.
    pub done: u64,
    /// Of how much; 0 where nobody knows.
    pub all: u64,
    /// Since the import began.
    pub milliseconds: u64,
    /// Rows set aside so far.
    pub set_aside: i64,
    /// Warnings so far.
    pub warnings: i64,
    /// Whether it waits for another program that holds the database.
    pub is_waiting: bool,
}

impl Progress {
    /// The part read, in hundredths of a percent, floored; `None` where nobody knows of how much.
    #[must_use]
    pub fn part(self) -> Option<i64> {
        let done = i128::from(self.done.min(self.all));
        let part = (done * 10_000).checked_div(i128::from(self.all))?;
        i64::try_from(part).ok()
    }

    /// Rows in a second, over the whole import so far.
    #[must_use]
    pub fn rows_a_second(self) -> Option<i64> {
        let milliseconds = i64::try_from(self.milliseconds).ok().filter(|elapsed| *elapsed > 0)?;
        self.rows.checked_mul(1_000).map(|rows| rows / milliseconds)
    }

    /// The seconds left, rounded up, when what is left goes as fast as what is done.
    #[must_use]
    pub fn seconds_left(self) -> Option<u64> {
        let left = u128::from(self.all.checked_sub(self.done)?) * u128::from(self.milliseconds);
        let done = u128::from(self.done) * 1_000;
        (done > 0).then(|| u64::try_from(left.div_ceil(done)).ok())?
    }
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Its batch.
    pub batch_id: i64,
    /// Rows that went in.
    pub rows_in: i64,
    /// Rows that were new.
    pub added: i64,
    /// Rows that changed what was stored.
    pub changed: i64,
    /// Rows that said what was stored already.
    pub unchanged: i64,
    /// Rows set aside.
    pub set_aside: i64,
    /// Warnings given.
    pub warnings: i64,
    /// Columns that were not taken.
    pub dropped: Vec<String>,
    /// How long it took.
    pub milliseconds: u64,
}

/// Something said of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// The line of the file.
    pub line: u64,
    /// Whether the row was set aside for it.
    pub is_hard: bool,
    /// What.
    pub said: Said,
}

/// What was said of many rows, with the first of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Often {
    /// How many times.
    pub times: i64,
    /// The first time.
    pub first: Noted,
}

/// What a file looks like before anything of it is imported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// The headers the file has.
    pub header: Vec<String>,
    /// The columns of the kind, and where each comes from.
    pub columns: Vec<Understood>,
    /// The first rows.
    pub rows: Vec<LookedAt>,
    /// Headers that are not taken: nothing of them is kept.
    pub dropped: Vec<String>,
    /// Headers that the mapping names and the file does not have.
    pub not_found: Vec<String>,
    /// Why the file cannot be read like this.
    pub refusal: Option<Said>,
}

/// A column of a kind, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understood {
    /// Its name.
    pub name: String,
    /// Its Vietnamese label.
    pub label: String,
    /// Whether a file without it is refused.
    pub is_needed: bool,
    /// The header it is read from.
    pub from: Option<String>,
    /// The value that the mapping gives every row.
    pub constant: Option<String>,
}

/// One of the first rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedAt {
    /// Its line.
    pub line: u64,
    /// What each column of the kind says, dates as `31/03/2023`; `None` where the file does not carry it.
    pub cells: Vec<Option<String>>,
    /// What there is to say of it.
    pub notes: Vec<Noted>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_tells_part_speed_and_time_left_from_what_is_done() {
        let half = Progress { rows: 1_000, done: 50, all: 100, milliseconds: 2_000, ..Progress::default() };
        assert_eq!(
            (half.part(), half.rows_a_second(), half.seconds_left()),
            (Some(5_000), Some(500), Some(2))
        );
        let begun = Progress { all: 100, ..Progress::default() };
        assert_eq!((begun.part(), begun.rows_a_second(), begun.seconds_left()), (Some(0), None, None));
        let unknown = Progress { rows: 5, done: 5, milliseconds: 10, ..Progress::default() };
        assert_eq!((unknown.part(), unknown.seconds_left()), (None, None));
        let grown = Progress { done: 120, all: 100, milliseconds: 10, ..Progress::default() };
        assert_eq!((grown.part(), grown.seconds_left()), (Some(10_000), None), "a file that grew meanwhile");
    }

    #[test]
    fn the_last_moment_has_a_second_left_and_never_a_negative_one() {
        let late = Progress { done: 99_999, all: 100_000, milliseconds: 60_000, ..Progress::default() };
        assert_eq!((late.part(), late.seconds_left()), (Some(9_999), Some(1)));
    }
}
