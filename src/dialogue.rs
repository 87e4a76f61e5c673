//! A dialogue (đối thoại) of an agency's head on procedures, and the issues raised in it.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    counts::Given,
    period::{Cycle, Period, Unit, Window},
};

/// One dialogue, planned or held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialogue {
    /// Its code in the source.
    pub code: String,
    /// Whose head owes it.
    pub agency_code: String,
    /// The day it is planned for.
    pub planned_on: Option<NaiveDate>,
    /// The day it was held.
    pub held_on: Option<NaiveDate>,
    /// Whether the head was in the chair.
    pub chaired_by_head: bool,
    /// Whether one of its fields is a priority of the plan.
    pub is_priority: bool,
    /// The number of its minutes.
    pub minutes_no: Option<String>,
}

impl Dialogue {
    /// Whether it counts: held by the end of the day, chaired by the head, with minutes.
    #[must_use]
    pub fn counts_in(&self, half_year: Window) -> bool {
        self.was_held_in(half_year) && self.chaired_by_head && self.minutes_no.is_some()
    }

    /// Whether it was held in the window at all.
    #[must_use]
    pub fn was_held_in(&self, half_year: Window) -> bool {
        self.held_on.is_some_and(|held| half_year.contains(held))
    }
}

/// An obstacle raised in a dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Its code in the source.
    pub code: String,
    /// The dialogue that raised it.
    pub dialogue_code: String,
    /// Who has to clear it.
    pub owner_agency_code: String,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// When it was cleared.
    pub resolved_on: Option<NaiveDate>,
}

/// The half-year a reading of dialogues is about: by calendar whatever the cycle, the one that holds the day.
#[must_use]
pub fn half_year(day: NaiveDate) -> Period {
    Period::containing(day, Unit::HalfYear, Cycle::Calendar)
}

/// When the next dialogue is due at the latest, six calendar months after the last one.
#[must_use]
pub fn next_due(last_held: NaiveDate) -> NaiveDate {
    let months = last_held.month0() + 6;
    let year = last_held.year() + i32::try_from(months / 12).unwrap_or(0);
    let month = months % 12 + 1;
    (1..=last_held.day()).rev().find_map(|day| NaiveDate::from_ymd_opt(year, month, day)).unwrap_or(last_held)
}

/// A row of a `dialogues` import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Mã đối thoại.
    pub dialogue_code: String,
    /// Mã đơn vị.
    pub agency_code: String,
    /// Ngày dự kiến.
    pub planned_on: Given<NaiveDate>,
    /// Ngày tổ chức.
    pub held_on: Given<NaiveDate>,
    /// Người đứng đầu chủ trì.
    pub chaired_by_head: Given<bool>,
    /// Lĩnh vực.
    pub fields: Given<Vec<String>>,
    /// Số người tham dự.
    pub participants: Given<i32>,
    /// Số biên bản.
    pub minutes_no: Given<String>,
}

/// A row of a `dialogue-issues` import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IssueRow {
    /// Mã vướng mắc.
    pub issue_code: String,
    /// Mã đối thoại.
    pub dialogue_code: String,
    /// Nội dung.
    pub summary: Given<String>,
    /// Đơn vị chủ trì.
    pub owner_agency_code: Given<String>,
    /// Hạn xử lý.
    pub due_on: Given<NaiveDate>,
    /// Ngày xử lý xong.
    pub resolved_on: Given<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_dialogue_is_due_six_calendar_months_later() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        assert_eq!(next_due(day("2023-03-15")), day("2023-09-15"));
        assert_eq!(next_due(day("2023-08-31")), day("2024-02-29"));
        assert_eq!(next_due(day("2023-12-30")), day("2024-06-30"));
    }
}
