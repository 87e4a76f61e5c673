//! Days as the hot tables keep them: whole numbers since 1970-01-01.

use chrono::{Datelike as _, Days, NaiveDate};

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

/// The half of a month that holds a day, by its first day: the 1st or the 15th. Months of both cycles are made of whole
/// halves.
pub(crate) fn half(number: i32) -> i32 {
    let in_month = i32::try_from(day(number).day()).unwrap_or(1);
    number + 1 - if in_month >= 15 { in_month - 14 } else { in_month }
}

/// The last day of the half that holds a day.
pub(crate) fn half_end(number: i32) -> i32 {
    let first = half(number);
    // A half is 14 to 17 days long: the day 20 days on is in the next one.
    half(first + 20) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_begin_on_the_1st_and_the_15th_and_end_the_day_before_the_next() {
        let of = |text: &str| number(text.parse().expect("a date"));
        for (text, first, last) in [
            ("2023-01-01", "2023-01-01", "2023-01-14"),
            ("2023-01-14", "2023-01-01", "2023-01-14"),
            ("2023-01-15", "2023-01-15", "2023-01-31"),
            ("2023-02-28", "2023-02-15", "2023-02-28"),
            ("2024-02-29", "2024-02-15", "2024-02-29"),
            ("1969-12-31", "1969-12-15", "1969-12-31"),
        ] {
            assert_eq!((half(of(text)), half_end(of(text))), (of(first), of(last)), "{text}");
        }
    }

    #[test]
    fn days_keep_their_place_on_both_sides_of_1970() {
        for text in ["1900-01-01", "1969-12-31", "1970-01-01", "2023-03-31", "2200-12-31"] {
            let date: NaiveDate = text.parse().expect("a date");
            assert_eq!(day(number(date)), date);
        }
    }
}
