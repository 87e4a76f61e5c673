//! One office in one half-year: what its head can show for it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    agency::Agency,
    dialogue::{Dialogue, half_year},
    lang::Lang,
    period::{Cycle, Period, Window},
    wire,
};

/// Days before the end of a half-year from which a missing dialogue is a risk; also how far rolling dates look ahead.
pub const LAST_DAYS: i64 = 30;

/// How an office stands in a half-year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Held by the head, with minutes.
    Held,
    /// Held, but without minutes or without the head in the chair: it does not count.
    HeldWithoutMinutes,
    /// Planned for a day still to come in the half-year.
    Planned,
    /// None, and the half-year ends within thirty days.
    DueSoon,
    /// None, and the half-year is over.
    Missed,
    /// None yet, and there is time.
    NotYetDue,
    /// The office owes no dialogue in this half-year.
    NotObliged,
}

impl State {
    /// Every state, in the order of the legend.
    pub const ALL: [Self; 7] = [
        Self::Held,
        Self::HeldWithoutMinutes,
        Self::Planned,
        Self::DueSoon,
        Self::Missed,
        Self::NotYetDue,
        Self::NotObliged,
    ];

    /// The word in addresses and classes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::HeldWithoutMinutes => "held_without_minutes",
            Self::Planned => "planned",
            Self::DueSoon => "due_soon",
            Self::Missed => "missed",
            Self::NotYetDue => "not_yet_due",
            Self::NotObliged => "not_obliged",
        }
    }

    /// The shape beside the word.
    #[must_use]
    pub fn shape(self) -> &'static str {
        match self {
            Self::Held => "●",
            Self::HeldWithoutMinutes => "◐",
            Self::Planned => "◇",
            Self::DueSoon => "▲",
            Self::Missed => "■",
            Self::NotYetDue => "○",
            Self::NotObliged => "–",
        }
    }

    /// The words on a screen.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Held => lang.of("Đã đối thoại, hợp lệ", "Held, counts"),
            Self::HeldWithoutMinutes => {
                lang.of("Có tổ chức, chưa hợp lệ", "Held, without minutes or head: does not count")
            }
            Self::Planned => lang.of("Đã lên lịch", "Planned"),
            Self::DueSoon => lang.of("Chưa có, còn không quá 30 ngày", "None yet, 30 days left or fewer"),
            Self::Missed => lang.of("Không đối thoại", "Missed"),
            Self::NotYetDue => lang.of("Chưa đến hạn", "Not yet due"),
            Self::NotObliged => lang.of("Không thuộc diện", "Not obliged"),
        }
    }

    /// Whether the office owes a dialogue and has none that counts.
    #[must_use]
    pub fn is_missing(self) -> bool {
        !matches!(self, Self::Held | Self::NotObliged)
    }
}

/// One cell of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// How the office stands.
    pub state: State,
    /// The last day it was held, or the first it is planned for.
    #[serde(with = "wire::maybe_day")]
    pub day: Option<NaiveDate>,
    /// Since when a head who took office inside the half-year is there; the office owes all the same.
    #[serde(with = "wire::maybe_day")]
    pub head_since: Option<NaiveDate>,
}

/// One half-year, seen from its end or from the day asked for, whichever is earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The half-year.
    pub period: Period,
    /// Its days so far.
    pub window: Window,
}

impl Column {
    /// The half-years of the last two calendar years up to the one that holds `day`, oldest first.
    #[must_use]
    pub fn up_to(day: NaiveDate) -> Vec<Self> {
        let asked = half_year(day);
        let mut columns = vec![Self::of(asked, day)];
        let mut period = asked.previous();
        while period.year() >= asked.year() - 1 {
            columns.insert(0, Self::of(period, day));
            period = period.previous();
        }
        columns
    }

    fn of(period: Period, day: NaiveDate) -> Self {
        Self { period, window: Window::of(period, Cycle::Calendar, day) }
    }

    fn end(self) -> NaiveDate {
        self.period.to(Cycle::Calendar)
    }

    /// How an office stands in it.
    #[must_use]
    pub fn cell(self, agency: &Agency, dialogues: &[&Dialogue]) -> Cell {
        let days_left = (self.end() - self.window.last).num_days();
        let is_ahead = |planned: &NaiveDate| *planned > self.window.last && *planned <= self.end();
        let valid = dialogues.iter().filter(|d| d.counts_in(self.window)).filter_map(|d| d.held_on).max();
        let held = dialogues.iter().filter(|d| d.was_held_in(self.window)).filter_map(|d| d.held_on).max();
        let planned = dialogues.iter().filter_map(|d| d.planned_on).filter(is_ahead).min();
        let (state, day) = if !agency.owes_dialogue_on(self.window.last) {
            (State::NotObliged, None)
        } else if valid.is_some() {
            (State::Held, valid)
        } else if held.is_some() {
            (State::HeldWithoutMinutes, held)
        } else if planned.is_some() {
            (State::Planned, planned)
        } else if days_left == 0 {
            (State::Missed, None)
        } else if days_left < LAST_DAYS {
            (State::DueSoon, None)
        } else {
            (State::NotYetDue, None)
        };
        let head_since =
            agency.head_since.filter(|since| self.window.contains(*since) && state != State::NotObliged);
        Cell { state, day, head_since }
    }
}
