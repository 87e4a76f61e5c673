//! T1 and T2: the ministry's yearly indexes. The last official value and its year, never a made-up live one.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Question, Standing};
use crate::{
    lang::Lang,
    status::Status,
    text,
    yearly_index::{self, Edition, HANOI, Index, Value},
};

/// The reading of one index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Yearly {
    /// The year of the value shown; null where none is known.
    pub year: Option<i32>,
    /// The rank.
    pub rank: Option<i32>,
    /// Of how many provinces.
    pub of: Option<i32>,
    /// The score, `"89.58"`; null where sources contradict each other.
    pub score: Option<String>,
    /// The day it was published.
    pub published_on: Option<NaiveDate>,
    /// Who says so.
    pub source: Option<String>,
    /// How the year asked about stands.
    pub status: Status,
}

impl Yearly {
    /// Reads what was known at `as_of`: the value of the year asked about, or until it is out the last one before.
    /// `target` in hundredths: a rank for PAR INDEX, a percentage for SIPAS.
    #[must_use]
    pub fn read(editions: &[Edition], index: Index, question: &Question, target: i64) -> Self {
        let known = yearly_index::known(editions, index, HANOI, question.as_of);
        let year = question.window().last.year();
        let shown = known.iter().rfind(|value| value.year <= year);
        let status = match shown.filter(|value| value.year == year) {
            Some(value) => stands(index, value, target),
            None if question.as_of < yearly_index::taken_as_published(year) => Status::NotPublished,
            None => Status::NoData,
        };
        Self {
            year: shown.map(|value| value.year),
            rank: shown.and_then(|value| value.rank),
            of: shown.and_then(|value| value.of),
            score: shown.and_then(|value| value.score).map(text::hundredths_machine),
            published_on: shown.and_then(|value| value.published_on),
            source: shown.map(|value| value.source.clone()),
            status,
        }
    }

    /// The status in words, for the year asked about.
    #[must_use]
    pub fn standing(&self, index: Index, year: i32, as_of: NaiveDate, target: i64, lang: Lang) -> Standing {
        let aim = match (index, lang) {
            (Index::ParIndex, Lang::Vi) => format!("nhóm {} tỉnh, thành phố đứng đầu", target / 100),
            (Index::ParIndex, Lang::En) => format!("to be among the first {} provinces", target / 100),
            (Index::Sipas, Lang::Vi) => format!("tối thiểu {}", lang.percent_short(target)),
            (Index::Sipas, Lang::En) => format!("of at least {}", lang.percent_short(target)),
        };
        let missing = self.year.map(|last| yearly_index::missing_after(last, as_of)).unwrap_or_default();
        let gone = match missing.as_slice() {
            [] => String::new(),
            [only] => only.to_string(),
            [first, .., end] => format!("{first}–{end}"),
        };
        let (next, day) = (year + 1, lang.date(as_of));
        let sentence = match (self.status, self.year, lang) {
            (Status::Met, _, Lang::Vi) => format!("Kết quả {year} đạt chỉ tiêu {aim}."),
            (Status::Met, _, Lang::En) => format!("The result of {year} meets the target {aim}."),
            (Status::Missed, _, Lang::Vi) => format!("Kết quả {year} không đạt chỉ tiêu {aim}."),
            (Status::Missed, _, Lang::En) => format!("The result of {year} misses the target {aim}."),
            (Status::NotPublished, _, Lang::Vi) if gone.is_empty() => {
                format!("Kết quả {year} sẽ được công bố vào khoảng tháng 4/{next}.")
            }
            (Status::NotPublished, _, Lang::En) if gone.is_empty() => {
                format!("The result of {year} will be published around April {next}.")
            }
            (_, Some(last), Lang::Vi) if gone.is_empty() => {
                format!("Chưa có kết quả {year}; số liệu gần nhất có được: {last}.")
            }
            (_, Some(last), Lang::En) if gone.is_empty() => {
                format!("There is no result of {year} yet; the latest is of {last}.")
            }
            (_, Some(last), Lang::Vi) => format!("Số liệu gần nhất có được: {last}; {gone} chưa có."),
            (_, Some(last), Lang::En) => format!("The last value held is of {last}; {gone} are not held."),
            (_, None, Lang::Vi) => format!("Chưa có số liệu nào được công bố tính đến {day}."),
            (_, None, Lang::En) => format!("Nothing was published by {day}."),
        };
        Standing { status: self.status, sentence }
    }
}

fn stands(index: Index, value: &Value, target: i64) -> Status {
    let met = match index {
        Index::ParIndex => value.rank.map(|rank| i64::from(rank) * 100 <= target),
        Index::Sipas => value.score.map(|score| score >= target),
    };
    match met {
        Some(true) => Status::Met,
        Some(false) => Status::Missed,
        None => Status::NoData,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{period::Cycle, yearly_index::Mark};

    fn editions() -> Vec<Edition> {
        let edition = |index, year, rank, score, published: &str| Edition {
            index,
            year,
            province_code: HANOI.to_owned(),
            rank: Some(rank),
            of: Some(63),
            score: Some(score),
            published_on: Some(published.parse().expect("a date")),
            source: "báo".to_owned(),
            method: None,
            mark: Mark::Found,
        };
        vec![
            edition(Index::ParIndex, 2018, 2, 8_398, "2019-05-24"),
            edition(Index::ParIndex, 2022, 3, 8_958, "2023-04-19"),
            edition(Index::ParIndex, 2023, 3, 9_143, "2024-04-17"),
            edition(Index::Sipas, 2023, 21, 8_357, "2024-04-17"),
        ]
    }

    fn read(index: Index, period: Option<&str>, as_of: &str, target: i64) -> (Yearly, String) {
        let question = Question {
            as_of: as_of.parse().expect("a date"),
            cycle: Cycle::Calendar,
            period: period.map(|period| period.parse().expect("a period")),
            agency: None,
        };
        let reading = Yearly::read(&editions(), index, &question, target);
        let year = question.window().last.year();
        let sentence = reading.standing(index, year, question.as_of, target, Lang::Vi).sentence;
        (reading, sentence)
    }

    #[test]
    fn during_the_plan_year_the_last_official_value_is_shown_and_nothing_is_judged() {
        let (reading, sentence) = read(Index::ParIndex, Some("2023"), "2023-09-30", 800);
        assert_eq!((reading.year, reading.rank, reading.status), (Some(2022), Some(3), Status::NotPublished));
        assert_eq!(sentence, "Kết quả 2023 sẽ được công bố vào khoảng tháng 4/2024.");
    }

    #[test]
    fn once_published_the_plan_years_value_is_judged() {
        let (par, _) = read(Index::ParIndex, Some("2023"), "2024-05-01", 800);
        assert_eq!((par.year, par.status), (Some(2023), Status::Met));
        let (sipas, sentence) = read(Index::Sipas, Some("2023"), "2024-05-01", 8_900);
        assert_eq!((sipas.score.as_deref(), sipas.status), (Some("83.57"), Status::Missed));
        assert_eq!(sentence, "Kết quả 2023 không đạt chỉ tiêu tối thiểu 89\u{a0}%.");
        let at_boundary = read(Index::Sipas, Some("2023"), "2024-05-01", 8_357).0;
        assert_eq!(at_boundary.status, Status::Met);
    }

    #[test]
    fn editions_that_were_out_but_are_not_held_are_named() {
        let (reading, sentence) = read(Index::ParIndex, None, "2022-12-31", 800);
        assert_eq!((reading.year, reading.status), (Some(2018), Status::NotPublished));
        assert_eq!(sentence, "Số liệu gần nhất có được: 2018; 2019–2021 chưa có.");
    }

    #[test]
    fn where_nothing_is_known_the_reading_says_so() {
        let (reading, sentence) = read(Index::Sipas, None, "2015-06-30", 8_900);
        assert_eq!((reading.year, reading.score, reading.status), (None, None, Status::NotPublished));
        assert_eq!(sentence, "Kết quả 2015 sẽ được công bố vào khoảng tháng 4/2016.");
    }
}
