//! Dialogues by month of the year: held and counting, held and not, planned, planned and let pass.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::listed::{Became, DialogueFigure, became};
use crate::{indicator::Facts, wire};

/// How many of the planned dialogues are named.
pub const NAMED: usize = 10;

/// One month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    /// From one.
    pub month: u32,
    /// Held, chaired by the head, with minutes.
    pub held: i64,
    /// Held otherwise.
    pub held_without_minutes: i64,
    /// Planned for a day still to come.
    pub planned: i64,
    /// Planned for a day that has passed, and not held.
    pub passed: i64,
}

impl Month {
    /// How many became this.
    #[must_use]
    pub fn of(&self, became: Became) -> i64 {
        match became {
            Became::Held => self.held,
            Became::HeldWithoutMinutes => self.held_without_minutes,
            Became::Planned => self.planned,
            Became::Passed => self.passed,
        }
    }

    fn add(&mut self, became: Became) {
        let count = match became {
            Became::Held => &mut self.held,
            Became::HeldWithoutMinutes => &mut self.held_without_minutes,
            Became::Planned => &mut self.planned,
            Became::Passed => &mut self.passed,
        };
        *count += 1;
    }
}

/// A planned dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// For when.
    #[serde(with = "wire::day")]
    pub on: NaiveDate,
    /// Whose head.
    pub agency_code: String,
    /// Its name.
    pub agency_name: String,
}

/// The year of the half-year asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// The year.
    pub year: i32,
    /// January to December.
    pub months: Vec<Month>,
    /// Planned dialogues to come, whatever their year.
    pub planned: i64,
    /// The next of them, soonest first.
    pub next: Vec<Planned>,
}

impl Calendar {
    /// The calendar as seen at the end of `day`.
    #[must_use]
    pub fn read(facts: &Facts, day: NaiveDate) -> Self {
        let year = day.year();
        let names: BTreeMap<&str, &str> =
            facts.agencies.iter().map(|a| (a.code.as_str(), a.name.as_str())).collect();
        let mut months: Vec<Month> = (1..=12).map(|month| Month { month, ..Month::default() }).collect();
        let mut planned = Vec::new();
        for dialogue in &facts.dialogues {
            let Some((became, on)) = became(dialogue, day) else { continue };
            if became == Became::Planned {
                planned.push((on, dialogue.agency_code.as_str()));
            }
            if let Some(month) = months.get_mut(on.month0() as usize).filter(|_| on.year() == year) {
                month.add(became);
            }
        }
        planned.sort_unstable();
        let next = planned.iter().take(NAMED).map(|(on, code)| Planned {
            on: *on,
            agency_code: (*code).to_owned(),
            agency_name: names.get(code).unwrap_or(code).to_string(),
        });
        Self { year, months, planned: i64::try_from(planned.len()).unwrap_or(i64::MAX), next: next.collect() }
    }

    /// What a number of the calendar says.
    #[must_use]
    pub fn said(&self, figure: DialogueFigure) -> i64 {
        let is_asked = |month: &&Month| figure.month.is_none_or(|asked| asked == month.month);
        self.months.iter().filter(is_asked).map(|month| month.of(figure.became)).sum()
    }
}
