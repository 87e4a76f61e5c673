//! Days as the hot tables keep them: whole numbers since 1970-01-01.

use chrono::{Days, NaiveDate};

/// 1970-01-01.
const EPOCH: NaiveDate = NaiveDate::from_ymd_opt(1970, 1, 1).expect("a date");

/// The number of a day.
pub(crate) fn number(day: NaiveDate) -> i32 {
    i32::try_from((day - EPOCH).num_days()).unwrap_or(i32::MAX)
}

/// The day of a number.
pub(crate) fn day(number: i32) -> NaiveDate {
    let days = Days::new(u64::from(number.unsigned_abs()));
    if number < 0 { EPOCH - days } else { EPOCH + days }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_keep_their_place_on_both_sides_of_1970() {
        for text in ["1900-01-01", "1969-12-31", "1970-01-01", "2023-03-31", "2200-12-31"] {
            let date: NaiveDate = text.parse().expect("a date");
            assert_eq!(day(number(date)), date);
        }
    }
}
