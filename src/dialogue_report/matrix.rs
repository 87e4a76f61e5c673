//! Heads by half-year: a row for every office, sums by level, and by district for its communes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cell::{Cell, Column, LAST_DAYS, State};
use crate::{
    agency::{Agency, Level},
    dialogue::{Dialogue, next_due},
    indicator::Facts,
    period::Window,
    rate::Rate,
    wire,
};

/// How an office stands by the rolling date, six months after its last dialogue that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Due {
    /// It never held one that counts.
    Never,
    /// More than six months ago.
    Overdue,
    /// The date comes within thirty days.
    Soon,
    /// There is time.
    Later,
    /// It owes none.
    NotObliged,
}

/// One office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// Half-years, oldest first.
    pub cells: Vec<Cell>,
    /// The last dialogue that counts, whenever it was.
    #[serde(with = "wire::maybe_day")]
    pub last_valid: Option<NaiveDate>,
    /// Six months after it.
    #[serde(with = "wire::maybe_day")]
    pub next_due: Option<NaiveDate>,
    /// Days until then; negative once it has passed.
    pub days_left: Option<i64>,
    /// The same in a word.
    pub due: Due,
}

impl Row {
    /// How it stands in the half-year asked for.
    #[must_use]
    pub fn state(&self) -> State {
        self.cells.last().map_or(State::NotObliged, |cell| cell.state)
    }

    fn of(agency: &Agency, dialogues: &[&Dialogue], columns: &[Column], day: NaiveDate) -> Self {
        let cells: Vec<Cell> = columns.iter().map(|column| column.cell(agency, dialogues)).collect();
        let so_far = Window::up_to(day);
        let last_valid = dialogues.iter().filter(|d| d.counts_in(so_far)).filter_map(|d| d.held_on).max();
        let next = last_valid.map(next_due);
        let days_left = next.map(|next| (next - day).num_days());
        let due = match days_left {
            _ if !agency.owes_dialogue_on(day) => Due::NotObliged,
            None => Due::Never,
            Some(left) if left < 0 => Due::Overdue,
            Some(left) if left <= LAST_DAYS => Due::Soon,
            Some(_) => Due::Later,
        };
        Self {
            code: agency.code.clone(),
            name: agency.name.clone(),
            level: agency.level,
            cells,
            last_valid,
            next_due: next,
            days_left,
            due,
        }
    }
}

/// Obliged and held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Offices that owe a dialogue.
    pub obliged: i64,
    /// Of those, with one that counts.
    pub held: i64,
}

impl Tally {
    /// Those without one that counts.
    #[must_use]
    pub fn without(self) -> i64 {
        self.obliged - self.held
    }

    /// Held of obliged.
    #[must_use]
    pub fn rate(self) -> Rate {
        Rate::new(self.held, self.obliged)
    }

    fn add(&mut self, state: State) {
        self.obliged += i64::from(state != State::NotObliged);
        self.held += i64::from(state == State::Held);
    }
}

/// Offices of one level in the half-year asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The level.
    pub level: Level,
    /// Its offices.
    pub tally: Tally,
}

/// The communes of one district by half-year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct District {
    /// Its code; empty for communes that name no district.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Half-years, oldest first.
    pub halves: Vec<Tally>,
}

/// Every office that owes a dialogue in one of the half-years, highest level first, then by code.
#[must_use]
pub fn rows(facts: &Facts, columns: &[Column], day: NaiveDate) -> Vec<Row> {
    let mut by_agency: BTreeMap<&str, Vec<&Dialogue>> = BTreeMap::new();
    for dialogue in &facts.dialogues {
        by_agency.entry(dialogue.agency_code.as_str()).or_default().push(dialogue);
    }
    let dialogues = |agency: &Agency| by_agency.get(agency.code.as_str()).map_or(&[][..], Vec::as_slice);
    let rows = facts.agencies.iter().map(|agency| Row::of(agency, dialogues(agency), columns, day));
    let mut rows: Vec<Row> =
        rows.filter(|row| row.cells.iter().any(|cell| cell.state != State::NotObliged)).collect();
    rows.sort_by(|a, b| (a.level, &a.code).cmp(&(b.level, &b.code)));
    rows
}

/// Sums by level; levels without an obliged office are left out.
#[must_use]
pub fn groups(rows: &[Row]) -> Vec<Group> {
    let mut groups: BTreeMap<Level, Tally> = BTreeMap::new();
    for row in rows {
        groups.entry(row.level).or_default().add(row.state());
    }
    let groups = groups.into_iter().filter(|(_, tally)| tally.obliged > 0);
    groups.map(|(level, tally)| Group { level, tally }).collect()
}

/// Communes summed up by the agency above them.
#[must_use]
pub fn districts(rows: &[Row], agencies: &[Agency]) -> Vec<District> {
    let named: BTreeMap<&str, &Agency> = agencies.iter().map(|a| (a.code.as_str(), a)).collect();
    let mut districts: BTreeMap<&str, District> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.level == Level::Commune) {
        let above = named.get(row.code.as_str()).and_then(|a| a.parent_code.as_deref()).unwrap_or("");
        let district = districts.entry(above).or_insert_with(|| District {
            code: above.to_owned(),
            name: named.get(above).map_or_else(|| above.to_owned(), |a| a.name.clone()),
            halves: vec![Tally::default(); row.cells.len()],
        });
        for (tally, cell) in district.halves.iter_mut().zip(&row.cells) {
            tally.add(cell.state);
        }
    }
    districts.into_values().collect()
}
