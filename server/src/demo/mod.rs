//! Invented data for trying the product: one city, two years, the same rows on every machine.
//!
//! Real here are the calendar, the names of departments and districts, and how many communes each district has. All
//! else is made up. Communes are numbered and not named, so that no invented figure can be read as a real commune's.
//!
//! Nothing is held that grows with the number of rows: a file is drawn, handed over and forgotten.

mod calendar;
mod case_files;
mod criteria;
mod dialogues;
mod dice;
mod life;
mod offices;
mod petitions;
mod procedures;
mod spread;
mod surveys;
#[cfg(test)]
mod tests;

pub use case_files::case_files;
pub use criteria::criteria;
pub use dialogues::{dialogue_issues, dialogues};
pub use offices::agencies;
pub use petitions::petitions;
pub use procedures::{fields, procedures};
pub use surveys::surveys;

use chrono::NaiveDate;
use thuocdo::counts::Given;

/// How many case files a demonstration has unless told otherwise.
pub const CASE_FILES: u64 = 300_000;
/// How many petitions; about as many in two years as the city published for one quarter of 2023, times eight.
pub const PETITIONS: u64 = 8_600;

/// The first day of the invented data.
pub const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2022, 1, 1).expect("a date");
/// The last day on which anything has happened; later dates are only due or planned.
pub const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2023, 12, 31).expect("a date");

/// A cell of an invented file: the file has every column, so what is not known is an empty cell.
fn cell<T>(value: Option<T>) -> Given<T> {
    value.map_or(Given::Empty, Given::Value)
}
