//! The city's own surveys: each autumn people are asked at departments and districts, and at some communes.

use chrono::NaiveDate;
use thuocdo::{agency::Level, counts::Given, survey::Row};

use super::{
    calendar::Calendar,
    dice::{Dice, Stream},
    offices::offices,
};

/// The first day of each survey, and how many of a thousand are satisfied on average.
const ROUNDS: [(NaiveDate, u32); 2] = [
    (NaiveDate::from_ymd_opt(2022, 10, 10).expect("a date"), 872),
    (NaiveDate::from_ymd_opt(2023, 10, 9).expect("a date"), 886),
];

/// The rows of a `surveys` import.
pub fn surveys() -> impl Iterator<Item = Row> {
    let calendar = Calendar::new();
    let mut dice = Dice::new(Stream::Surveys);
    ROUNDS.into_iter().flat_map(move |(first_day, average)| {
        let mut rows = Vec::with_capacity(200);
        for (n, office) in offices().enumerate() {
            let asked = match office.level {
                Level::Department => dice.between(50, 120),
                Level::District => dice.between(150, 240),
                // Every fourth commune; in some too few answer to say anything.
                Level::Commune if n % 4 == 0 => dice.between(30, 60),
                Level::City | Level::Commune | Level::Unclassified => continue,
            };
            let answered = asked * dice.between(82, 99) / 100;
            let share = average - 26 + dice.below(53);
            let satisfied = (0..answered).filter(|_| dice.below(1_000) < share).count();
            let day = calendar.add(calendar.day(first_day), dice.below(20));
            rows.push(Row {
                agency_code: office.code,
                surveyed_on: calendar.date(day),
                asked: Given::Value(asked.into()),
                answered: answered.into(),
                satisfied: satisfied as i64,
            });
        }
        rows
    })
}
